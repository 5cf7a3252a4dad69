"""How single lines of a plain text look: ends of sentences, captions, headings, furniture. Patterns only."""

from __future__ import annotations

import re

__all__ = [
    "BEHIND_REFERENCES",
    "CAPTION",
    "FURNITURE",
    "KNOWN",
    "LAST_WORD",
    "NUMBERED",
    "REFERENCES",
    "VERB",
    "finished",
]

#: Lines that a page carries and no text: page numbers, journal lines, addresses.
FURNITURE = re.compile(
    r"(?:\d{1,5}|[ivxl]{1,6}"
    r"|(?:page\s+)?\d+\s*(?:of|/)\s*\d+|page\s+\d+"
    r"|(?:\d{1,5}\s+)?[A-Z][\w .&,:'’\-]{2,60}?\s*(?:19|20)\d\d\s*[;,]\s*(?:vol(?:ume)?\.?\s*)?\d+\s*"
    r"(?:\(\d[^)]{0,12}\))?\s*[:,]\s*[\w.\-–]+(?:\s+\d{1,5})?"
    r"|(?:https?://|www\.)\S+|.{0,80}\be?-?ISSN\b.{0,60}|(?:[\w .&,|:()]{0,60}\s)?doi:?\s*10\.\S+"
    r"|[^|]{3,80}\|\s*(?:https?://|www\.)\S+|(?:[^|]{3,60}\|\s*)?vol(?:ume)?\.?\s*\d+\s*[|,].{1,40}"
    r"|[A-Z][\w .&,:'’\-]{2,90}\((?:19|20)\d\d\)\s*\d+\s*[:(]\s*\w+\)?(?:\s*[:,]\s*[\w\-–]+)?"
    r"|\(?continued (?:on|from) (?:the )?(?:next|previous|following) (?:page|column)\)?|vol\.?:\.?\(\d+\).{0,12}"
    r"|(?:©|copyright\b|downloaded from\b|all rights reserved).{0,120})",
    re.I,
)
CAPTION = re.compile(
    r"(?P<label>(?:supplementary\s+|suppl\.?\s+)?(?P<kind>table|fig(?:ure)?s?|scheme|chart"
    r"|box)\.?\s*(?:S?\d{1,2}|[IVX]{1,5})[A-Z]?)"
    r"\s*(?:[.:|–—]\s*(?P<rest>\S.*)?|\s(?=(?-i:[A-Z])[a-z]+ (?!.*\b(?:shows?|lists?|summari[sz]es?"
    r"|presents?|illustrates?|depicts?)\b))(?P<bare>.*)|$)",
    re.I,
)
NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=[A-Z])")
KNOWN = re.compile(
    r"(?:\d{1,2}\.?\s+)?(?:abstract|summary|key\s?words?|introduction|background|materials? and methods?"
    r"|methods?|results?(?: and discussion)?|"
    r"discussion|conclusions?(?: and (?:future )?perspectives?)?|concluding remarks|future (?:directions"
    r"|perspectives?)|perspectives?|"
    r"acknowledge?ments?|references|bibliography|literature cited|funding|conflicts? of interests?|competing interests|"
    r"disclosure of conflict of interest|author contributions?|abbreviations|limitations)[:.]?",
    re.I,
)
REFERENCES = re.compile(
    (
        r"(?:\d{1,2}\.?\s+)?(?:references?(?: and notes| cited| list)?|bibliography|literature(?: cited)?"
        r"|works cited)\s*[:.]?"
    ),
    re.I,
)
#: Words that end no heading, and verbs that are rare in one.
LAST_WORD = re.compile(
    r"\b(?:the|a|an|of|and|or|in|on|by|to|for|with|from|at|as|using|via|that|which|is|are|was|were|be|been"
    r"|has|have|et al\.?)$"
)
VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|can|may|could|showed?|shown|reported|found|suggest(?:s|ed)?)\b")
#: Headings of what a manuscript has behind its references.
BEHIND_REFERENCES = re.compile(
    r"(?:figure|table)s?(?: legends?| captions?)?|appendix.{0,60}|publisher[’']?s note.*|supplementa\w+ \w+", re.I
)
_FINISHED = re.compile(r"[.!?…:;][\"”’')\]]*(?:\s*\[[\d,;\s–\-]+\])?$")
#: Words whose full stop ends no sentence at the end of a line.
_ABBREVIATED = re.compile(
    r"\b(?:et\s+al|e\.\s?g|i\.\s?e|cf|vs|figs?|refs?|eqs?|approx|resp|ca|dr|prof|nos?|viz|incl)\.$", re.I
)


def finished(line: str) -> bool:
    """Whether a line ends like a sentence; "by Lee et al." does not."""
    return _FINISHED.search(line) is not None and _ABBREVIATED.search(line) is None
