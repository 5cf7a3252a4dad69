"""Headings by their words: how two are compared, and which head a paper's back matter. Data, nearly no logic."""

from __future__ import annotations

import re

__all__ = ["BACK", "BACK_RUN_IN", "NUMBERING", "heading_key"]

#: "1.", "2.3", "IV.", "A.", "2 |" before a heading.
NUMBERING = re.compile(r"^\s*(?:(\d{1,2}(?:\.\d{1,2}){0,4})[.)]?|([IVX]{1,5})[.)]|([A-H])[.)])\s*[|\-–—]?\s+(?=\S)")

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

#: A hyphen at the end of a heading's line: "ACKNOWLEDG- MENTS".
_CUT = re.compile("(?<=[^\\W\\d_])[-\u00ad\u2010] (?=[^\\W\\d_])")


#: A space before a letter that stands apart from its word: "RESULT S".
_LOOSE_LETTER = re.compile(r"(?<=[A-Z]{3}) (?=[B-HJ-Z](?: |$))")


def heading_key(text: str) -> str:
    """A heading for comparison: lower case, without numbering, trailing punctuation and doubled spaces."""
    text = NUMBERING.sub("", _CUT.sub("", text.strip()))
    text = _LOOSE_LETTER.sub("", text) if text.isupper() else text
    text = " ".join(text.replace("\u00a0", " ").lower().split()).strip(" .:|■•*—–-")
    letters = text.split(" ")
    if len(letters) > 5 and all(len(x) == 1 for x in letters):  # "A B S T R A C T", "R E F E R E N C E S"
        text = "".join(letters)
    return text
