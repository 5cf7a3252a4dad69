"""Words that say who gives a vesicle and who takes it; each pattern with examples of what it matches."""

from __future__ import annotations

__all__ = ["BEHIND_DONOR", "BEHIND_RECIPIENT", "BEHIND_VESICLE", "TO_RECIPIENT"]

_CELLS = r"(?:[- ]?(?:tumou?r|cancer|stem|progenitor|parental|resistant))?[- ]?(?:cells?|blasts?|cultures?)?"
_RELEASE = (
    r"(?:deriv|secret|releas|shed|produc|export|originat|isolat|purifi|harvest|collect|obtain|deliver|"
    r"transmit|transferr?)\w*"
)

#: Between donor and vesicle: "MSC-derived [small] exosomes", "PC-3 exosomes", "fibroblasts [readily] shed exosomes",
#: "glioma cells' EVs".
BEHIND_DONOR = (
    rf"{_CELLS}['’]?s?(?:[-– ]{_RELEASE})?(?: (?:(?:the|their|more|fewer|small|large|serum|plasma|extracellular|"
    rf"such|of|out|many|abundant)\b ?|[\w-]+ly ?)*)?[- ]*"
    rf"|{_CELLS} (?:\w+ly )?(?:that |which )?(?:can |may |also |readily )?{_RELEASE} (?:[\w-]+ ){{0,4}}"
)
#: Between vesicle and donor: "exosomes [released] from [the] A549", "vesicles of", "EVs secreted by
#: cisplatin-resistant SKOV3".
BEHIND_VESICLE = (
    rf"(?: \([^)]*\))?(?: (?:that were |which are |were |are )?{_RELEASE})? (?:from|by|of|out of)"
    r" (?:(?:the|human|murine|primary|parental|metastatic|untreated|activated|cultured|hypoxic|serum of|"
    r"[\w-]+-resistant|[\w-]+-treated|[\w-]+ed) )*"
)
#: Right before the recipient: "to [recipient] A549", "into", "taken up by", "internalised by", "transferred to".
TO_RECIPIENT = (
    r"(?:\b(?:in)?to(?:wards?)?|\b(?:taken up|tak\w+ in|internali[sz]ed|absorbed|swallowed|engulfed|endocytosed|"
    r"captured|ingested|uptake|received) by"
    r"|\brecipient|\b(?:incubat|cultur|treat)\w* (?:of )?(?:with )?)"
    r" (?:(?:the|recipient|neighbou?ring|sensitive|parental|surrounding|distant|adjacent|other|human|naive|"
    r"untreated|metastatic|[\w-]+-sensitive|non-[\w-]+) )*$"
)
#: Right behind the recipient: "A549 cells [that] took up exosomes", "receive", "exposed to", "incubated with".
BEHIND_RECIPIENT = (
    r"^(?: cells?| cultures?| blasts?)?(?:,? (?:that|which))?(?: had| have| were| was)?(?: \w+ly)?"
    r" (?:t(?:ake|ook|aken)s? up|internali[sz]\w*|receiv\w+|absorb\w*|engulf\w*|endocytos\w*|exposed to|"
    r"incubated with|treated with|obtain\w*|acquir\w+)\b"
    r"(?=.{0,40}(?:exosom|vesic|EVs?\b))"
)
