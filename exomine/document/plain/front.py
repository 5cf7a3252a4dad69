"""The front of a plain text: the title among labels, authors and addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

__all__ = ["is_front", "split_title"]

#: Labels of a paper's kind, printed above its title.
_LABEL = re.compile(
    r"(?:(?:invited|mini|systematic|short|brief|narrative|original|full|critical|state[- ]of[- ]the[- ]art"
    r"|open|free)[\s-]?)*"
    r"(?:reviews?|articles?|review articles?|research(?: articles?| papers?)?|papers?|editorials?"
    r"|perspectives?|opinions?|comment\w*|letters?|"
    r"(?:\w )+\w|(?:clinical )?(?:trials?|study)(?: protocols?)?|original research|access|communications?"
    r"|reports?|topical reviews?|overview)\s*[:.]?(?:\s*[|•·]?\s*open access)?",
    re.I,
)
_NAME = (
    r"(?:(?:[A-Z]\.?[\s-]?){0,3}|(?:[A-Z][\w'’\-]+\s){1,2}(?:[A-Z]\.?\s?){0,2})(?:(?:van|von|de|der|den|di"
    r"|da|del|le|la|al|el|bin)\s)*"
    r"[A-Z][\w'’\-]+(?:\s[A-Z]{1,3})?"
)
_MARKS = r"(?:\s?[\d,*†‡§¶#\sa-f✉]*)"
_PERSON = re.compile(rf"{_NAME}{_MARKS}(?:\s?\((?:MD|PhD|MSc|BSc)\)|,?\s(?:MD|PhD|MSc|BSc))*")
_MARKED = re.compile(r"[a-z]\s?(?:[\d*†‡§¶#✉]|[ ,][a-f](?=$|[,*]))")
_ADDRESS = re.compile(
    r"\b(?:universit\w+|departments?|dept|institut\w*|hospitals?|school of|college|facult\w+|laborator\w+"
    r"|academy|clinics?|"
    r"cent(?:er|re) (?:for|of)|e-?mail|correspond\w+|received|accepted|published|epub|revised|orcid|tel|fax)\b[\s.:,;]",
    re.I,
)


#: First lines of the notes that stand beside a title: the whole chunk is none.
_SIDE = re.compile(
    r"\W*(?:edited by|reviewed by|correspond\w+|specialty section|citation|cite this|academic editor"
    r"|article (?:history|info)|open access|"
    r"received|accepted|published|copyright|handling editor|submitted)\b",
    re.I,
)


#: "1 Department", "* Corresponding": a mark before an address.
_MARK_FIRST = re.compile(r"[\d*†‡a-z](?! |\d* |\.)")
_ADDRESS_SIGN = re.compile(r"[,:@;]")
#: What stands between two names: a comma (but not one before a mark), "and", a semicolon.
_BETWEEN_NAMES = re.compile(r",\s*(?![\d*†])|\s+(?:and|&)\s+|;\s*")
#: "A. B" in "A. B. Ash".
_INITIALS = re.compile(r"\b[A-Z]\.\s?[A-Z]")
#: A title has no more lines.
_TITLE_LINES = 5


def split_title(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines of the title, and the others, from the lines above the abstract; blank lines ("") part chunks."""
    others: list[str] = []
    title: list[str] = []
    done = side = False
    for before, line in pairwise(["", *lines]):
        if not before:
            side = _SIDE.match(line) is not None
        if not line:
            done = done or bool(title)
            continue
        if title and not side and not done:
            done = len(title) > _TITLE_LINES or _is_no_title(line)
        if side or done or (not title and _is_no_title(line)):
            others.append(line)
        else:
            title.append(line)
    return title, others


def _is_no_title(line: str) -> bool:
    """Whether a line is the label of a paper's kind ("Review"), or names authors, addresses or dates."""
    return _LABEL.fullmatch(line) is not None or is_front(line)


def is_front(line: str) -> bool:
    """Whether a line names authors, addresses or dates."""
    if _ADDRESS.search(line) and (_MARK_FIRST.match(line) or _ADDRESS_SIGN.search(line)):
        return True
    pieces = [p for p in _BETWEEN_NAMES.split(line.strip(" ,;")) if p.strip()]
    persons = sum(_PERSON.fullmatch(p.strip()) is not None for p in pieces)
    if not pieces or persons < 0.7 * len(pieces):
        return False
    return len(pieces) > 2 or _MARKED.search(line) is not None or _INITIALS.search(line) is not None
