"""How authors say that cells have less or more of something, and what they then say of the cells."""

from __future__ import annotations

__all__ = [
    "BECOME", "BETTER", "CELLS", "DONE", "HOLDING", "IN_WHICH", "KILLED", "LESS", "LESS_NEEDED", "MORE", "MORE_NEEDED",
    "NEEDED", "RESISTANT_HAVE", "RESPONDED", "SO_THAT", "STATES", "WITHSTOOD", "WORSE",
]  # fmt: skip

#: What stands for a population of cells.
CELLS = (
    r"(?:cells?|cell lines?|tumou?rs?|(?:adeno)?carcinomas?|cancers?|lymphomas?|xenografts?|mice|patients|clones?"
    r"|sublines?|spheroids?|organoids?|cultures?)"
)
#: Between the cells and a name: pattern, sign, state, example.
HOLDING: tuple[tuple[str, int, str, str], ...] = (
    (r"(?:lacking|without|devoid of|deficient (?:in|for)|depleted of|deprived of|negative for|null for|deleted for|"
     r"with (?:no|less|"
     r"low|lower|reduced|decreased|little|"
     r"silenced|deleted|absent|(?:a )?(?:knock-?down|knock-?out|loss|deletion|depletion) of)(?: (?:levels?|"
     r"expression) of)?|"
     r"with low levels of|expressing (?:low levels of|less|little))", -1, "reduced", "cells lacking {BRCA2}"),
    (r"(?:over-?expressing|(?:stably |transiently |ectopically )?(?:expressing|transfected with|transduced with|"
     r"infected with)(?: (?:high levels of|more|a|an|the))?|"
     r"with (?:high|higher|increased|elevated|forced|ectopic|abundant)(?: (?:levels?|expression) of)?|"
     r"with (?:over-?expression|up-?regulation) of|"
     r"positive for|(?:treated|incubated|cultured|loaded) with|(?:exposed|subjected) to|given|receiving|that received)"
     r"(?: exosomal)?", 1, "increased", "cells overexpressing {TRPC5}"),
    (r"(?:that|which|who) (?:lack(?:ed|s)?|had lost|have lost|lost|did not express|"
     r"do not express)(?: (?:the )?expression of)?", -1, "reduced",
     "cells that lacked {BRCA2}"),
    (r"(?:that|which) (?:stably |ectopically |strongly |highly )?(?:over-?)?express(?:ed|"
     r"es)?(?: (?:high levels of|more|a|an|the))?", 1, "increased",
     "cells that overexpressed {TRPC5}"),
    (r"(?:carrying|harbou?ring|bearing|with)(?: (?:a|an|the))? (?:inactivating|loss-of-function|nonsense|"
     r"truncating|frameshift|deleterious)"
     r"(?: (?:mutations?|variants?|alterations?) (?:of|in))?", -1, "reduced",
     "cells with inactivating mutations of {KEAP1}"),
    (r"(?:carrying|harbou?ring|bearing|expressing|with)(?: (?:a|an|the))? (?:mutant|mutated)", 1, "mutated",
    "cells with mutant {KRAS}"),
    (r"(?:carrying|harbou?ring|bearing|with)(?: (?:a|an|the))?", 1, "mutated", "cells harbouring {KRAS} mutations"),
)  # fmt: skip
#: Cells in which something was done to a name, and what was done: "cells in which X had been silenced".
IN_WHICH = rf"\b{CELLS}\s+(?:in which|in whom|where|whose)\s+(?:the\s+)?(?:\w+\s+)?$"
DONE: tuple[tuple[str, int, str], ...] = (
    (
        r"(?:silenced|knocked[- ](?:down|out)|deleted|depleted|suppressed|inhibited|blocked|reduced|decreased|lost"
        r"|down-?regulated"
        r"|low|absent|"
        r"mutated|inactivated|disrupted|ablated|lacking|missing)",
        -1,
        "reduced",
    ),
    (
        r"(?:over-?expressed|up-?regulated|restored|re-?expressed|re-?introduced|increased|elevated|high"
        r"|highly expressed|introduced|activated)",
        1,
        "increased",
    ),
)
#: How cells respond to a drug, behind "responded": +1 sensitive, -1 resistant.
RESPONDED = frozenset("respond responds responded".split())
#: Cells that bear a drug: "cells lacking X resisted D".
WITHSTOOD = frozenset(
    "resist resists resisted tolerate tolerates tolerated withstand withstood survive survives survived".split()
)
#: What drugs do to cells that do not resist them: "cells lacking X were killed by D".
KILLED = frozenset("killed eradicated eliminated sensitized".split())
BETTER = frozenset("better more well strongly markedly favourably favorably faster".split())
WORSE = frozenset("less worse poorly weakly hardly barely badly little".split())
#: Behind a name and before the cells, where no operator says it: pattern, sign, state, example.
STATES: tuple[tuple[str, int, str, str], ...] = (
    (r"[\s-]+expressing", 1, "increased", "{ABCB1}-expressing cells"),
    (r"[\s-]+positive", 1, "normal", "{CD44}-positive cells"),
    (r"[\s-]+(?:mutant|mutated|mutations?)", 1, "mutated", "{TP53}-mutant tumors"),
)
#: Verbs that say what the cells are or have.
BECOME = frozenset(
    "was were is are became become becomes showed show shows shown exhibited exhibit exhibits displayed display "
    "displays had has have "
    "developed develop acquired acquire remained remain appeared".split()
)
#: Words of degree before what the cells are or have.
MORE = frozenset(
    "more increased enhanced higher greater elevated stronger faster accelerated increase high strong augmented "
    "marked profound increasingly "
    "hyper".split()
)
LESS = frozenset(
    "less reduced decreased lower diminished impaired weaker slower attenuated poor low poorly fewer suppressed "
    "blunted compromised "
    "defective limited little least hardly delayed longer".split()
)
#: Verbs between resistant cells and what they have or give off: "D-resistant cells release {X}".
RESISTANT_HAVE = frozenset(
    "express expressed expresses overexpress overexpressed release released releases secrete secreted secretes "
    "shed contain contained "
    "show showed display displayed exhibit exhibited have had has possess".split()
)
#: Between an act and what comes of it for the cells: "X lowers Y, so that cells became resistant to D".
SO_THAT = (
    r"\b(?:so that|such that|with the (?:result|consequence|effect) that|"
    r"(?:and|so),?\s+(?:thus|hence|therefore|consequently|thereby|as a (?:result|consequence)),?)"
)
#: Verbs of the dose that it takes: "cells needed more D", "cells required lower doses of D"; and the words of degree.
NEEDED = r"needed|needs?|required?|requires"
MORE_NEEDED, LESS_NEEDED = r"more|(?:much )?higher|larger|greater|increased", r"less|(?:much )?lower|smaller|reduced"
