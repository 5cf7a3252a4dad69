"""Words that say who gives a vesicle and who takes it; each pattern with examples of what it matches."""

from __future__ import annotations

__all__ = ["BEHIND_DONOR", "BEHIND_RECIPIENT", "BEHIND_VESICLE", "DONE_TO", "TAKEN", "TO_RECIPIENT"]

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

#: A word that makes what follows no donor: "exosome uptake by", "microparticles announced progression of".
_NO_TAKER = (
    r"(?!uptake|intake|internali|engulf|phagocyt|progression|relapse|recurrence|survival|announc|endocyt|predict|"
    r"metasta|invasi|migrat|prolifer|growth|apopto|resist|sensitiv|diagnos|prognos)"
)
#: Before a vesicle that is taken up: "uptake of exosomes by" names no donor.
TAKEN = r"\b(?:uptake|intake|internali[sz]ation|phagocytosis|endocytosis|engulfment) of (?:[\w-]+ ){0,3}$"

#: Between donor and vesicle: "MSC-derived [small] exosomes", "PC-3 exosomes", "fibroblasts [readily] shed exosomes",
#: "glioma cells' EVs", "glioma cells under hypoxia put out more EVs", "T cells secrete miR-7 by exosomes".
BEHIND_DONOR = (
    rf"{_CELLS}['’]?s?(?:[-– ]{_RELEASE})?(?: (?:(?:the|their|more|fewer|small|large|serum|plasma|extracellular|"
    rf"such|of|out|many|abundant)\b ?|[\w-]+ly ?)*)?[- ]*"
    rf"|{_CELLS}(?: \([^)]*\))?,?(?: (?:(?!from\b|to\b|into\b|by\b)[\w-]+,?)){{0,8}}? {_RELEASE} "
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
#: Before cells to which the vesicle does something: "promoted invasion of", "made", "rendered", "educates".
DONE_TO = (
    r"\b(?:(?:migration|invasion|invasiveness|proliferation|growth|apoptosis|survival|senescence|differentiation|EMT|"
    r"resistance|sensitivity|response|tolerance|chemoresistance|metastasis|viability|stemness|progression|activation|"
    r"polari[sz]ation) (?:of|in)|ma[dk]es?|making|render\w*|let|lets|educat\w+|sensiti[sz]\w+|activat\w+|protect\w*)"
    rf" {_WHICH}$"
)
#: Right behind the recipient: "A549 cells [that] took up exosomes", "receive", "exposed to", "incubated with".
BEHIND_RECIPIENT = (
    r"^(?: cells?| cultures?| blasts?)?(?:,? (?:that|which))?(?: had| have| were| was)?(?: \w+ly)?"
    r" (?:t(?:ake|ook|aken)s? up|internali[sz]\w*|receiv\w+|absorb\w*|engulf\w*|endocytos\w*|exposed to|given|"
    r"incubated with|treated with|cultured with|obtain\w*|acquir\w+)\b"
    r"(?=.{0,40}(?:exosom|vesic|EVs?\b))"
)
