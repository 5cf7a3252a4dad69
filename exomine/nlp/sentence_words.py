"""Words that the rule for sentence borders knows (:mod:`exomine.nlp.sentences`): data, each list with its example."""

from __future__ import annotations

__all__ = ["BEFORE_NAMES", "CLOSERS", "LOWER_STARTERS", "NEVER", "OPENERS", "SOMETIMES", "STARTERS", "STOPS", "TITLED"]

STOPS = frozenset({".", "!", "?", "...", "…"})
#: They stand behind the full stop and belong to its sentence: 'called "cargo." The'.
CLOSERS = frozenset({")", "]", "}", '"', "”", "’", "'", "''", "»"})
OPENERS = frozenset({"(", "[", "{", '"', "“", "‘", "'", "``", "«"})

#: Abbreviations behind which no sentence begins, whatever follows, without their full stop: "(Fig. 2)", "e.g. PTEN",
#: "Dr. Ogawa", "on chr. 9", "miR-21 vs. miR-155". Those in lower case also begin sentences ("Fig."); "MS." and "CA."
#: are names.
NEVER = frozenset(
    {
        "fig", "figs", "eq", "eqs", "ref", "refs", "e.g", "i.e", "cf", "c.f", "vs", "v.s", "viz", "ca", "approx",
        "resp", "suppl", "vol", "vols",
        "p", "pp", "Dr", "Drs", "Prof", "Mr", "Mrs", "Ms", "Ph", "ver", "aff", "chr", "subsp", "var", "str", "dept",
        "cat", "incl", "esp",
    }
)  # fmt: skip
#: Abbreviations of names and numbers, not behind which but before a name or number none begins: "No. 12", "St. Gallen".
TITLED = frozenset({"no", "nos", "st", "mt", "ft"})
#: Abbreviations that also end sentences: "as shown by Ito et al. We", "(Staphylococcus spp.)", "given i.v. After".
SOMETIMES = frozenset(
    {
        "al", "etc", "spp", "sp", "inc", "ltd", "co", "corp", "u.s", "u.k", "u.s.a", "d.c", "n.a", "ph.d", "m.d",
        "jr", "sr", "a.m", "p.m",
        "i.p", "i.v", "s.c", "p.o", "i.m", "b.i.d", "t.i.d", "q.d", "w.t", "n.s", "s.d", "s.e", "s.e.m", "h.p.i",
        "d.p.c", "d.p.i", "p.c",
        "r.m.s", "int", "est", "bros", "ed", "eds", "gmbh",
    }
)  # fmt: skip
#: Words that begin a sentence behind an initial or abbreviation: "hepatitis C. The virus", "Ito et al. However".
STARTERS = frozenset(
    {
        "The", "This", "These", "That", "Those", "It", "Its", "They", "Their", "We", "Our", "He", "She", "There",
        "Here", "In", "On", "At",
        "For", "From", "By", "With", "When", "While", "Where", "Whereas", "Although", "Though", "However", "Moreover",
        "Furthermore",
        "Therefore", "Thus", "Hence", "Then", "Also", "Both", "Some", "Such", "Another", "After", "Before", "During",
        "Because", "Since",
        "As", "If", "To", "Exosomes", "Cells", "Taken", "Together", "Finally", "Interestingly", "Notably",
        "Similarly", "Consistently",
        "Conversely", "Additionally", "Importantly", "Several", "Recent", "Recently", "Most", "Many", "No", "Next",
        "First", "Second",
        "Accordingly", "Collectively", "Nevertheless", "Nonetheless", "Meanwhile", "Subsequently", "Overall",
        "Indeed", "Despite", "Unlike",
    }
)  # fmt: skip
#: Names in lower case that begin sentences: "... cells. miR-155 also", "... in mice. lncRNAs bind", "... alone.
#: siRNAs". Names with a digit, a capital inside or a Greek letter (p53, mTOR, α-tubulin) need no entry.
LOWER_STARTERS = (
    "mir", "mirna", "microrna", "lnc", "linc", "lncrna", "lincrna", "circ", "circrna", "sirna", "shrna", "mrna",
    "rrna", "trna", "snorna",
    "pirna", "ncrna", "ssdna", "dsdna", "cdna", "ctdna", "cfdna",
)  # fmt: skip
#: Words behind which an initial is a person's: "kindly given by M. Sato", "we thank R. Ito".
BEFORE_NAMES = frozenset(
    {"and", "by", "from", "of", "to", "with", "thank", "thanks", "for", "in", "see", "de", "van", "von", "der",
    "genus", "bacterium"}
)  # fmt: skip
