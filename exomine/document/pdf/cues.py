"""Words by which the parts of a paper are recognised: headings of back matter, references, captions. Data, no logic."""

from __future__ import annotations

import re

__all__ = [
    "ABSTRACT", "ABSTRACT_RUN_IN", "BACK", "BACK_RUN_IN", "BODY", "CAPTION", "CONTINUED", "FUNCTION_WORDS",
    "INTRODUCTION", "ISSUE", "KEYWORDS", "LIST_ITEM", "NUMBERING", "REFERENCES", "count_letters", "heading_key",
    "is_references_heading",
]  # fmt: skip

#: "1.", "2.3", "IV.", "A.", "2 |" before a heading.
NUMBERING = re.compile(r"^\s*(?:(\d{1,2}(?:\.\d{1,2}){0,4})[.)]?|([IVX]{1,5})[.)]|([A-H])[.)])\s*[|\-–—]?\s+(?=\S)")

REFERENCES = re.compile(
    r"^(?:references?(?: and notes?| cited)?|bibliography|literature(?: cited)?|works cited|cited literature|"
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

_BACK_PHRASES = (
    r"ac?knowledge?ments?(?: and .*)?|acknowledgments?(?: and .*)?|fundings?(?: (?:sources?|statements?|"
    r"information|support|details?))?"
    r"|(?:sources? of )?(?:financial )?support(?: and sponsorship)?|financial (?:disclosures?|support)|"
    r"grant support|sources? of funding"
    r"|(?:potential )?conflicts? of interests?(?: statements?| disclosures?)?|(?:declaration of )?(?:competing|"
    r"conflicting)"
    r"(?: financial)? interests?(?: statements?)?|declarations?(?: of (?:interests?|conflicts?.*|competing.*))?|"
    r"disclosures?(?: statements?)?"
    r"|(?:authors?['’]?s?['’]? )?contributions?(?: statements?| to the field)?|"
    r"contributors?(?:hip)?(?: statements?)?|authorship(?: statement)?"
    r"|credit author(?:ship)? .*|authors?['’]?s?['’]? (?:contributions?|information|details|notes?|"
    r"disclosures?)(?: statements?)?"
    r"|(?:data|code|materials?)(?: and (?:code|materials?|data))? (?:availability|accessibility|sharing|"
    r"access)(?: statements?)?"
    r"|availability of (?:data|supporting data|materials?|code)(?: and (?:data|materials?))?(?: statements?)?|"
    r"availability and requirements"
    r"|data archiving statement|ethics approval(?: and consent(?: to participate)?)?|"
    r"ethical approval(?: and consent(?: to participate)?)?"
    r"|ethical (?:standards?|statements?|considerations?)|ethics(?: statements?)?|consent(?: (?:for|"
    r"to) (?:publication|participate))?|compliance with ethical standards"
    r"|patient consent(?: for publication)?|informed consent(?: statement)?|institutional review board statement|"
    r"sample availability"
    r"|(?:list of )?abbreviations(?: list| used)?|nomenclature|glossary|supplement(?:ary|al)(?: (?:materials?|"
    r"information|data|files?|tables?|figures?))*"
    r"|supporting (?:information|materials?)|electronic supplementary materials?|additional (?:information|files?|"
    r"materials?|data)(?: .{0,30})?"
    r"|associated content|orcid(?: ids?)?|publisher['’]?s['’]? note|provenance and peer review|"
    r"how to cite(?: this article)?|about the authors?"
    r"|pre-?publication history|reviewer information|open access|copyright(?: .*)?|footnotes?|endnotes?|notes?|"
    r"author disclosure.*|transparency declarations?"
    r"|guarantor|registration|trial registration(?: .*)?|patient (?:and|or) public involvement statement|"
    r"peer review(?: .*)?|rights and permissions"
    r"|web resources|url|accession (?:codes?|numbers?)|disclaimer|dedication|article information|"
    r"significance statement|highlights"
    r"|lead contact|resource availability statement|correspondence|appendi(?:x|ces) .*supplement.*|source data|"
    r"reporting summary"
)
BACK = re.compile(rf"^(?:{_BACK_PHRASES})$")
BACK_RUN_IN = re.compile(rf"^(?:{_BACK_PHRASES})\s*[:.—–]", re.I)

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


#: A hyphen at the end of a heading's line: "ACKNOWLEDG- MENTS".
_CUT = re.compile("(?<=[^\\W\\d_])[-\u00ad\u2010] (?=[^\\W\\d_])")


def heading_key(text: str) -> str:
    """A heading for comparison: lower case, without numbering, trailing punctuation and doubled spaces."""
    text = NUMBERING.sub("", _CUT.sub("", text.strip()))
    text = " ".join(text.replace("\u00a0", " ").lower().split()).strip(" .:|■•*—–-")
    letters = text.split(" ")
    if len(letters) > 5 and all(len(x) == 1 for x in letters):  # "A B S T R A C T", "R E F E R E N C E S"
        text = "".join(letters)
    return text


def is_references_heading(text: str) -> bool:
    """Whether a text is the heading of the list of references: "7. References"."""
    return REFERENCES.match(heading_key(text)) is not None


def count_letters(text: str) -> int:
    """How many letters a text has, digits and signs not counted."""
    return sum(c.isalpha() for c in text)
