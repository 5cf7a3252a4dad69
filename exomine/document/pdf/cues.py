"""Words by which the parts of a paper are recognised: headings of back matter, references, captions. Data, no logic."""

from __future__ import annotations

import re

from exomine.document.headings import BACK, BACK_RUN_IN, NUMBERING, heading_key

__all__ = [
    "ABSTRACT", "ABSTRACT_RUN_IN", "BACK", "BACK_RUN_IN", "BODY", "CAPTION", "CONTINUED", "FUNCTION_WORDS",
    "INTRODUCTION", "ISSUE", "KEYWORDS", "LIST_ITEM", "NUMBERING", "REFERENCES", "count_letters", "heading_key",
    "is_references_heading",
]  # fmt: skip

REFERENCES = re.compile(
    r"^(?:(?:notes and )?references?(?: and notes?| cited| list)?|(?:literature|bibliographic(?:al)?) references?|"
    r"bibliography|literature(?: cited)?|works cited|cited literature|"
    r"reference list)$"
)
INTRODUCTION = re.compile(
    r"^(?:introduction|backgrounds?|introduction and (?:background|objectives?)|general introduction)$"
)
ABSTRACT = re.compile(r"^(?:abstract|summary|synopsis|a b s t r a c t|graphical abstract|plain language summary)$")
ABSTRACT_RUN_IN = re.compile(r"^(?:abstract|summary)\s*[:.—–|-]", re.I)
KEYWORDS = re.compile(r"^(?:key\s?words?(?: and phrases)?|index terms|abbreviations)\b", re.I)

#: Headings whose text is body whatever stands before them.
BODY = re.compile(
    r"^(?:introduction|backgrounds?|(?:materials?|patients?|subjects|participants)?(?: and |/| & )?(?:methods?|"
    r"methodology)(?: and materials?)?"
    r"|experimental(?: section| procedures?| design)?|results?(?: and discussions?)?|"
    r"discussions?(?: and conclusions?)?|conclusions?"
    r"(?: and .*)?|concluding remarks|limitations?|case (?:reports?|presentations?)|statistical analysis|appendix.*)$"
)

#: Letters of the label may stand apart ("Ta bl e 1"): small capitals with letter spacing.
CAPTION = re.compile(
    r"^(?:(?:supplementary|supplemental|extended data|additional|online)\s+)?"
    r"(?P<kind>figs?\.?|f ?i ?g ?u ?r ?es?|t ?a ?b ?l ?es?|tab\.|schemes?|box|chart|plates?|graph|diagram|panel|"
    r"algorithm|appendix table|video|photo(?:graph)?|map)"
    r"\s*\.?\s*(?P<number>[A-Z]?\d{1,3}(?:\.\d{1,2})?[A-Za-z]?|[IVX]{1,5})\b(?P<after>\s*[.:|)\-–—]?)",
    re.I,
)

#: What stands behind the label of a table's later parts: "Table 2 (Continued)".
CONTINUED = re.compile(r"^\W*cont(?:inued|d|\.)\W*$", re.I)

LIST_ITEM = re.compile(
    r"^(?:[•●▪■◆►▶‣∙·○–—\-*✓➢]\s+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)\s+|(?:\d{1,2}|[a-z])\.\s+(?=[A-Z]))"
)


#: "2215 Am J Cancer Res 2018;8(11):2210-2226": the address of an issue on a line of its own.
ISSUE = re.compile(
    r"^(?:\d{1,5}\s+)?[A-Z][\w.&\- ]{3,60}\s(?:19|"
    r"20)\d\d;\s*\d{1,4}\s*(?:\(\d{1,3}\))?\s*:\s*[eE]?\d+(?:\s*[-–]\s*\d+)?(?:\s+\d{1,5})?$"
)
FUNCTION_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "of",
        "on",
        "or",
        "that",
        "the",
        "to",
        "was",
        "were",
        "which",
        "with",
    ]
)


def is_references_heading(text: str) -> bool:
    """Whether a text is the heading of the list of references: "7. References"."""
    return REFERENCES.match(heading_key(text)) is not None


def count_letters(text: str) -> int:
    """How many letters a text has, digits and signs not counted."""
    return sum(c.isalpha() for c in text)
