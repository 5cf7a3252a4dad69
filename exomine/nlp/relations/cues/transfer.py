"""Words that say who gives a vesicle and who takes it; each pattern with examples of what it matches."""

from __future__ import annotations

__all__ = [
    "BEHIND_DONOR",
    "BEHIND_RECIPIENT",
    "BEHIND_VESICLE",
    "DONE_TO",
    "FROM_DONOR",
    "HANDED_TO",
    "POINTING_VESICLE",
    "TAKEN",
    "THOSE_CELLS",
    "THOSE_OF",
    "TO_RECIPIENT",
]

_CELLS = r"(?:[- ]?(?:tumou?r|cancer|stem|progenitor|parental|resistant))?[- ]?(?:cells?|blasts?|cultures?)?"
_RELEASE = (
    r"(?:(?:deriv|secret|releas|shed|produc|export|originat|isolat|purifi|harvest|collect|obtain|deliver|"
    r"transmit|transferr?|emit|discharg|dispatch|packag)\w*|(?:put|pour|sen[dt]|giv|g[ai]ve|hand)\w* (?:out|off|over))"
)
#: Words that say which cells: "cisplatin-resistant", "activated", "normal".
_WHICH = (
    r"(?:(?:the|their|these|human|murine|primary|parental|metastatic|hypoxic|normal|mature|immature|aged|young|dying|"
    r"naive|healthy|resistant|sensitive|serum of|medium of|supernatants? of|neighbou?ring|surrounding|distant|adjacent|"
    r"other|recipient|[\w-]+-[\w-]+|[\w-]+ed) )*"
)

#: Before "to": what the cells have become.
_ADAPTED = r"(?:resistant|refractory|tolerant|insensitive|sensitive|exposed|adapted|subjected)"
#: A word that makes what follows no donor: "exosome uptake by", "exosomes were taken up by", "microparticles announced
#: progression of".
_NO_TAKER = (
    r"(?!taken|absorb|receiv|captur|ingest|incorporat|bound|uptake|intake|internali|engulf|phagocyt|progression|"
    r"relapse|recurrence|survival|announc|endocyt|predict|"
    r"metasta|invasi|migrat|prolifer|growth|apopto|resist|sensitiv|diagnos|prognos)"
)
#: Before a vesicle that is taken up: "uptake of exosomes by" names no donor.
TAKEN = r"\b(?:uptake|intake|internali[sz]ation|phagocytosis|endocytosis|engulfment) of (?:[\w-]+ ){0,3}$"

#: Between donor and vesicle: "MSC-derived [small] exosomes", "PC-3 exosomes", "fibroblasts [readily] shed exosomes",
#: "glioma cells' EVs", "glioma cells under hypoxia put out more EVs", "T cells secrete miR-7 by exosomes",
#: "glioma cells that had become resistant to temozolomide (TMZ) released EVs".
BEHIND_DONOR = (
    rf"{_CELLS}['’]?s?(?:[-– ]{_RELEASE})?(?: (?:(?:the|their|more|fewer|small|large|serum|plasma|extracellular|"
    rf"such|of|out|many|abundant)\b ?|[\w-]+ly ?)*)?[- ]*"
    rf"|{_CELLS}(?: \([^)]*\))?,?"
    rf"(?: (?:{_ADAPTED} to [\w-]+(?: \([^)]*\))?|(?!from\b|to\b|into\b|by\b)[\w-]+,?)){{0,8}}?"
    rf" {_RELEASE} "
    r"(?:(?!from\b|to\b)[\w-]+ ){0,5}"
)
#: Between vesicle and donor: "exosomes [released] from [the] A549", "vesicles of", "EVs secreted by
#: cisplatin-resistant SKOV3", "exosomal miR-499 from adipocytes", "exosome secretion by glioma cells".
BEHIND_VESICLE = (
    rf"(?:[- ]\([^)]*\))?(?:[- ](?:that were |which are |were |are )?{_RELEASE})? (?:from|by|of|out of) {_WHICH}"
    rf"|[- ](?:borne |associated |derived |secretion |release )?(?:{_NO_TAKER}[\w/-]+ ){{0,3}}?(?:from|of|by) {_WHICH}"
)
#: Right before the recipient: "to [recipient] A549", "into", "taken up by", "internalised by", "transferred to"; or
#: what the vesicle does to it: "migration of A549", "made HCT116".
TO_RECIPIENT = (
    r"(?:\b(?:in)?to(?:wards?)?|\b(?:taken up|tak\w+ in|internali[sz]ed|absorbed|swallowed|engulfed|endocytosed|"
    r"captured|ingested|uptake|received) by"
    r"|\brecipient|\b(?:incubat|cultur|treat)\w* (?:of )?(?:with )?)"
    rf" {_WHICH}$"
)
#: Before cells to which the vesicle does something: "promoted invasion of", "conferred resistance on", "made",
#: "rendered", "educates".
DONE_TO = (
    r"\b(?:(?:migration|invasion|invasiveness|proliferation|growth|apoptosis|survival|senescence|differentiation|EMT|"
    r"resistance|sensitivity|response|tolerance|chemoresistance|metastasis|viability|stemness|progression|activation|"
    r"polari[sz]ation) (?:of|in|on|upon)|ma[dk]es?|making|render\w*|let|lets|educat\w+|sensiti[sz]\w+|activat\w+"
    r"|protect\w*)"
    rf" {_WHICH}$"
)
#: Right behind the recipient: "A549 cells [that] took up exosomes", "receive", "exposed to", "incubated with".
BEHIND_RECIPIENT = (
    r"^(?: cells?| cultures?| blasts?)?(?:,? (?:that|which))?(?: had| have| were| was)?(?: \w+ly)?"
    r" (?:t(?:ake|ook|aken)s? up|internali[sz]\w*|receiv\w+|absorb\w*|engulf\w*|endocytos\w*|exposed to|given|"
    r"incubated with|treated with|cultured with|obtain\w*|acquir\w+)\b"
    r"(?=.{0,40}(?:exosom|vesic|EVs?\b))"
)
#: A vesicle that was told of before, its own word at the end: "these exosomes", "such vesicles", "the isolated EVs".
POINTING_VESICLE = (
    r"\b(?:the|these|those|such|both)(?: (?:same|said|isolated|purified|resulting|released|secreted|latter|two|"
    r"engineered|loaded|labell?ed))? [\w-]+$"
)
#: Behind a vesicle whose cells, or whose fluid, are told: "the exosomes from T cells", "the EVs in serum".
FROM_DONOR = rf"^ ?(?:\([^)]*\) )?(?:that were |which are |were |are )?(?:{_RELEASE} )?(?:of|from|by|in|out of) "
#: Before the donor of vesicles that were named before: "those of [bone marrow] stromal cells", "the ones released by".
THOSE_OF = rf"\b(?:those|the ones|that) (?:{_RELEASE} )?(?:of|from|by) {_WHICH}$"
#: Cells that were told of before: "the recipient cells", "these cells", "both cell lines".
THOSE_CELLS = (
    r"\b(?:the|these|those|both|all)(?: (?:recipient|target|acceptor|sensitive|parental|receiving|two|three))?"
    r" (?:cells?|cell lines?|lines)\b"
)
#: Before the cells that cargo is handed to: "was transferred to sensitive", "after uptake by", "in recipient".
HANDED_TO = (
    r"\b(?:(?:transferr?|deliver|pass|transmitt?|shuttl|convey|shipp?|transport|hand)(?:ed|s|es|ing)? (?:on |over )?"
    r"(?:in)?to|(?:uptake|internali[sz]ation|endocytosis) by|(?:taken up|internali[sz]ed|received) by|\brecipient)"
    rf" {_WHICH}$"
)
