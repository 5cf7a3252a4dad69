"""The DOI that a paper prints as its own: behind "Cite this article as", "How to cite", "Citation".

The DOIs of cited works stand in the same paper; only what follows such a label, up to the next label or numbered
entry, is the paper's own entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from exomine.document.references import find_doi

__all__ = ["stated_doi"]

#: Labels before the paper's own entry. "Cite this article as: ..."; "How to cite this article: ..."; "To cite this
#: paper: ..."; "Please cite as: ..."; "To cite: ..."; "Recommended citation: ..."; "Citation: ..." (with its colon:
#: the word alone begins sentences too).
_LABEL = re.compile(
    r"(?:^|[.;:|•·*]\s+|\b10\.\d{4,9}/\S+\s+)\W{0,3}(?P<label>"
    r"(?:please\s+|(?:how\s+)?to\s+)?cite\s+(?:this|the)\s+(?:\w+\s+){0,2}?(?:article|paper|review|chapter|work|publication|manuscript)"
    r"(?:\s+in\s+press)?(?:\s+as)?\s*[:.]?"
    r"|(?:please\s+)?cite\s+(?:this\s+)?as\s*:"
    r"|how\s+to\s+cite\s*:?"
    r"|to\s+cite\s*:"
    r"|(?:(?:recommended|suggested|preferred|article)\s+)?citation\s*:"
    r")",
    re.I,
)
#: A DOI with nothing beside it: "doi:10.1000/fict.12" in the line above "Cite this article as: Doe et al.: ...".
_ALONE = re.compile(r"\W*(?:doi\b\W*)?(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+\W*", re.I)
#: The line after the entry: another label ("Received: 3 May", "© 2020"), a heading, a numbered reference ("1. Doe J").
_NEXT = re.compile(
    r"\W*(?:copyright|©|received|accepted|revised|published|(?:academic\s+|handling\s+)?editors?|edited|reviewed|funding|key\s?words|"
    r"abstract|introduction|background|references|bibliography|literature cited|correspond\w+|data availability|"
    r"competing|"
    r"conflicts? of interest|open access|license|this is an open)\b|\W*\(?\d{1,3}[.)\]]\s",
    re.I,
)
#: An address that goes on in the next line: "https://doi.org/", "doi:", "10.1000/j.fict.".
_OPEN = re.compile(r"(?:doi\.org/|\bdoi:|\b10\.\d{0,9}|\b10\.\d{4,9}/(?:\S*[./_-])?)$", re.I)
_LINES, _REACH = 8, 600


def stated_doi(paragraphs: Iterable[Sequence[str]]) -> str:
    """The paper's own DOI as it states it, lower case; "" if it does not. A paragraph is a sequence of lines."""
    lines = [(text.strip(), i == 0) for paragraph in paragraphs for i, text in enumerate(paragraph)]
    for at, (line, _) in enumerate(lines):
        for label in _LABEL.finditer(line):
            entry, above = _entry(lines, at, label.end()), _above(lines, at, label.start("label"))
            if doi := find_doi(entry) or (find_doi(above) if _ALONE.fullmatch(above) else ""):
                return doi
    return ""


def _above(lines: Sequence[tuple[str, bool]], at: int, begin: int) -> str:
    """What stands before a label, if it begins a paragraph: the last line of a reference does not."""
    line, first = lines[at]
    if before := line[:begin].strip():
        return before if first else ""
    line, first = lines[at - 1] if at else ("", False)
    return line if first else ""


def _entry(lines: Sequence[tuple[str, bool]], at: int, begin: int) -> str:
    """What follows a label: the rest of its paragraph, or the next one where the label stands alone."""
    text = lines[at][0][begin:].strip()
    for line, first in lines[at + 1 : at + 1 + _LINES]:
        if (first and text) or _NEXT.match(line):
            break
        text += line if not text or _OPEN.search(text) else f" {line}"
    return text[:_REACH]
