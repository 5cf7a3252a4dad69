"""What headers, captions and cells of tables say: patterns over lower-case text."""

from __future__ import annotations

__all__ = [
    "AMOUNT_CELL", "ASSOCIATED", "BIOMARKER", "BY_ANOTHER", "CAPTION_CARGO", "CHAIN", "DECREASED", "DENIED",
    "HEADER_DOWN", "HEADER_ROLES", "HEADER_UP", "INCREASED", "NEGATIVE", "NOT_STATED", "OF_CANCERS", "OF_ITSELF",
    "OF_LESS", "OF_RESPONDERS", "OF_SPONGES", "POSITIVE", "PREDICTED", "RESISTANCE", "SPONGED", "UNSURE",
]  # fmt: skip

#: Column roles by header, first match wins; what no header tells, the cells' mentions do.
HEADER_ROLES: tuple[tuple[str, str], ...] = (
    ("references", r"\b(?:refs?|references?|citations?|stud(?:y|ies)|authors?|pmid|doi|year)\b"),
    ("target", r"\b(?:targets?|target(?:ed)? (?:genes?|proteins?|mrnas?)|direct targets?|downstream|targeting)\b"),
    ("expression", r"\b(?:expression|expressed|regulation|dysregulation|levels?|up/down|fold|trend|alteration)\b"),
    ("function", r"\b(?:functions?|functional|effects?|roles?|outcomes?|significance|mechanisms?|findings?|activit(?:y"
        r"|ies)|clinical|"
                 r"application|impacts?|results?|relevance|actions?|biological process|consequences?|use"
                 r"|implications?)\b"),
    ("drug", (
        r"\b(?:drugs?|chemo\w*|therap\w+|agents?|treatments?|compounds?|resistance to|resistant to|resistance"
        r"|medication)\b"
    )),
    ("subject", r"\b(?:mi-?rnas?|mirs?|micro-?rnas?|lncrnas?|ncrnas?|rnas?|proteins?|genes?|molecules?|cargos?|cargoes"
        r"|contents?|"
                r"components?|bio-?markers?|markers?|names?|factors?|exosomal \w+|candidates?)\b"),
    ("cancer", r"\b(?:cancers?|tumou?rs?|malignanc\w+|neoplasms?|diseases?|carcinomas?|leuka?emias?)\b"),
    ("source", (
        r"\b(?:sources?|origins?|cells?|cell lines?|vesicles?|samples?|bio-?fluids?|fluids?|body fluids?|donor"
        r"|recipient|model)\b"
    )),
)  # fmt: skip

#: A header that says cancer whatever the cells' mentions are: "Breast", "Prostate".
OF_CANCERS = (
    r"\b(?:cancers?|tumou?rs?|malignanc\w+|neoplasms?|diseases?|carcinomas?)(?: types?| sites?|\(s\))*$|^types? of "
)

#: A header of a chain of names, none of which acts by itself: "Axis".
CHAIN = r"\b(?:ax[ie]s|pathways?|signal\w*|networks?|cascades?)\b"
#: A header of microRNAs that another RNA takes up, and one of RNAs that take them up.
SPONGED = r"\bspong"
OF_SPONGES = r"\bspong|lnc-?\s?rna|long non-?coding|circ(?:ular)?[ -]?rna|\bce-?rna|\bcirc\b"
#: A header that tells how much there is of the subjects below it: "Upregulated miRNAs", "Decreased".
HEADER_UP = r"^\W*(?:↑|up-?\s?regulated|over-?expressed|increased|elevated|enriched)(?!\w)"
HEADER_DOWN = r"^\W*(?:↓|down-?\s?regulated|under-?expressed|decreased|reduced|depleted)(?!\w)"
#: A cell that says nothing but more or less: "Up", "significantly decreased".
AMOUNT_CELL = (
    r"(?:significantly |highly |strongly )?(?:[↑↓]+|up|down|(?:up|down)-?\s?regulat(?:ed|ion)"
    r"|(?:over|under)-?express(?:ed|ion)|increased?|decreased?|elevated|reduced)"
)
#: Amounts in cells that resist or respond: "Expression in resistant cells".
OF_RESPONDERS = (
    r"\b(?:resistant|sensitive|non-?responders?|responders?)\b(?:\W+\w+){0,3}?\W+"
    r"(?:cells?|lines?|patients|tumou?rs?|strains?)\b"
)
#: A header of what is seen when the subject is taken away: "Effect of knockdown".
OF_LESS = (
    r"\b(?:effects?|outcomes?|results?|consequences?|impact|phenotypes?|changes?)\s+(?:of|after|upon|by|following|on|with|when)\s+"
    r"(?:\w+\s+){0,2}?(?:inhibition|inhibiting|knock-?\s?(?:down|out)|silencing|depletion|suppression|loss|down-?regulation|deletion"
    r"|si-?rna|antagomirs?|inhibitors?|anti-?mirs?)\b"
)
#: A phrase in which another acts on the subject: "Down-regulated by X".
BY_ANOTHER = r"\b\w+(?:ed|ion|driven)\s+by\b"
RESISTANCE = r"resistan|refractor|\bmdr\b|insensitiv"
BIOMARKER = (
    r"diagnos|prognos|bio-?marker|\bmarker|early detection|predictor|predictive|predicts?\b(?! to\b)"
    r"|predict(?:ing|ion of) (?:\w+ ){0,2}?(?:response|outcome|survival|prognosis|recurrence|relapse"
    r"|resistance|metasta)"
)
INCREASED = r"↑|\bup\b|up-?\s?regulat|over-?express|increas|elevat|\bhigh|enrich|gain|\+"
DECREASED = r"↓|\bdown\b|down-?\s?regulat|under-?express|decreas|reduc|\blow|\bloss|deplet"
POSITIVE = (
    r"↑|promot|enhanc|increas|induc|activat|stimulat|facilitat|elevat|up-?\s?regulat|accelerat|\bpro-|develop"
    r"|trigger|driv|support"
)
# a tumor suppressor is a kind of gene, and no less of it
NEGATIVE = (
    r"↓|inhibit|(?<!tumor )(?<!tumour )suppress|reduc|decreas|block|attenuat|impair|repress|silenc|prevent"
    r"|down-?\s?regulat|\banti-|abolish|arrest|target"
)
#: A header or caption of targets that nobody has tried: "Predicted targets", "according to target prediction".
PREDICTED = r"\b(?:predict\w*|putative|in silico|hypothetical|presumed|candidate targets?|potential targets?)\b"
#: How much of the subject there is, which is nothing that it does: "Upregulated in serum of patients".
OF_ITSELF = (
    r"^(?:(?:is|was|are|were|been|significantly|strongly|highly|markedly|much|most|also|found|often|frequently)\s+)*"
    r"(?:(?:up|down)-?\s?regulat(?:ed|ion)|(?:over|under)-?express(?:ed|ion)|increased|decreased|reduced|elevated|enriched"
    r"|depleted|higher|lower|high|low|raised|diminished|altered|changed|dysregulated|deregulated"
    r"|(?:differentially|aberrantly|abnormally)? ?expressed|present|absent|detected)"
    r"(?:\s+(?:expression|levels?|amounts?))?\s+(?:in|during|upon|with|across|among)(?!\s+vi(?:tro|vo)\b)\b"
)
#: A function that is named without a direction is read as furthered.
ASSOCIATED = r"associat|correlat|relat|involv"
NOT_STATED = r"^(?:n/?a|nd|none|not (?:reported|determined|known)|unknown|[-–—]|)$"
#: A phrase that denies: "no effect", "did not change", "unaffected".
DENIED = r"\b(?:no|not|neither|nor|without|unchanged|unaffected|unaltered|n\.?s\.?)\b"
#: What makes a cell unsure of its targets, or turns their direction: "candidates include", "down-regulated by X".
UNSURE = r"\b(?:unknown|candidates?|putative|predicted|possibl[ey]|potential|by|via|polymorphisms?|antagoni[sz]ed)\b"
#: A caption or header that tells that the subjects are inside the vesicle.
CAPTION_CARGO = (
    r"\b(?:exosom\w*|vesic\w*|evs?|microparticles?)\b[\s\-–]*(?:\w+[\s\-–]+){0,2}?(?:mi-?rnas?|mirs?"
    r"|micro-?rnas?|proteins?|rnas?|lncrnas?|"
    r"cargos?|cargoes|contents?|components?|markers?|biomarkers?|genes?|molecules?)\b"
    r"|\b(?:cargos?|cargoes|contents?|composition|components?|proteins?|mi-?rnas?|micro-?rnas?"
    r"|rnas?)\b[\s\w]{0,40}\b(?:in|of|from|within|by)\b"
    r"[\s\w\-–]{0,30}\b(?:exosom\w*|vesicles?|evs?|microparticles?)\b"
)
