"""Component ``blocks``: where sentences certainly begin and where they certainly do not; finds the citation marks.

A newline of the text ends a block and with it a sentence; titles and headings are one sentence each. A citation mark
glued behind a full stop ("MDR1.[34] Androgen") belongs to the sentence before it, and a new one begins behind. After a
comma, "et al." and other abbreviations none begins. What is left open is the sentence splitter's: every spaCy one keeps
starts that are set.

A paper's marks come from its Document; for bare text :mod:`exomine.document.citations` looks for them. Both are kept in
``doc.user_data[CITATIONS]`` as rows (start, end, labels), which :func:`citation_marks` gives as marks
and the component ``context`` takes away.
"""

from __future__ import annotations

import re
from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import SENT_START  # type: ignore[import-not-found]
from spacy.tokens import Doc

from exomine.document.citations import find_marks
from exomine.document.model import CitationMark

__all__ = ["CITATIONS", "BlockBoundaries", "citation_marks"]

CITATIONS = "exomine.citations"
#: Abbreviations that end with a full stop and no sentence.
_ABBREVIATION = re.compile(r"(?<!\w)(?:et al|e\.g|i\.e|cf|vs|approx|ca|[Ff]igs?|[Rr]efs?|[Ee]qs?|resp|Dr|Drs|Prof)\.,?")
_STOP = ".!?"
#: Behind these no sentence begins, whatever a model thinks.
_INSIDE = (",", "(", "[")
#: For every token 1 (a sentence begins), -1 (none does) or 0 (left open).
Starts = NDArray[np.int64]


class BlockBoundaries:
    """Sets ``is_sent_start`` where it is certain."""

    def __call__(self, doc: Doc) -> Doc:
        marks = _marks(doc)
        doc.user_data[CITATIONS] = [[m.start, m.end, list(m.labels)] for m in marks]
        starts = [t.idx for t in doc]
        # the setter of Token.is_sent_start walks over the whole Doc: all are set at once
        said = doc.to_array([SENT_START]).view("int64").reshape(-1)
        text = doc.text  # spaCy builds it anew each time
        for m in _ABBREVIATION.finditer(text):
            _deny(doc, said, starts, m.start(), _behind_mark(marks, text, m.end()))
        for mark in marks:
            _split_behind(said, text, starts, mark)
        at_start, whole = True, False
        undivided = _undivided(doc)
        for token in doc:
            if token.is_space:
                said[token.i] = 1 if token.i == 0 else -1
                at_start = at_start or "\n" in token.text
            elif at_start:
                said[token.i] = 1
                at_start, whole = False, token.idx in undivided
            elif whole or (token.i and doc[token.i - 1].text in _INSIDE):
                said[token.i] = -1
        return doc.from_array([SENT_START], said.view("uint64"))  # type: ignore[arg-type]


def _undivided(doc: Doc) -> frozenset[int]:
    """Where the blocks begin that are one sentence each, whatever full stops stand in them."""
    blocks = doc._.document.blocks if doc._.document is not None else ()
    return frozenset(b.start for b in blocks if b.kind in ("title", "heading"))


def _deny(doc: Doc, said: Starts, starts: list[int], start: int, end: int) -> None:
    """No sentence begins inside ``text[start:end]``, nor behind it in lower case."""
    i = bisect_left(starts, start + 1)
    while i < len(doc) and starts[i] < end:
        said[i] = -1
        i += 1
    while i < len(doc) and doc[i].is_space:
        i += 1
    if i < len(doc) and not doc[i].text[0].isupper():
        said[i] = -1


def _behind_mark(marks: tuple[CitationMark, ...], text: str, end: int) -> int:
    """Where a mark that follows ``end`` ends ("et al. [9] have"); ``end`` where none does."""
    i = bisect_left(marks, end, key=lambda m: m.start)
    return marks[i].end if i < len(marks) and not text[end : marks[i].start].strip(" ,") else end


def _split_behind(said: Starts, text: str, starts: list[int], mark: CitationMark) -> None:
    """A mark glued behind a full stop ends a sentence if what follows can begin one."""
    if (
        not mark.start
        or text[mark.start - 1] not in _STOP
        or _ABBREVIATION.search(text[max(0, mark.start - 8) : mark.start])
    ):
        return
    behind = text[mark.end : mark.end + 2]
    if len(behind) < 2 or behind[0] != " " or not (behind[1].isupper() or behind[1].isdigit() or behind[1] in "(“"):
        return
    i = bisect_left(starts, mark.start)
    while i < len(said) and starts[i] < mark.end:
        said[i] = -1
        i += 1
    if i < len(said) and starts[i] == mark.end + 1:
        said[i] = 1


def _marks(doc: Doc) -> tuple[CitationMark, ...]:
    if doc._.document is not None:
        marks: tuple[CitationMark, ...] = doc._.document.citations
        return marks
    return tuple(find_marks(doc.text))


def citation_marks(doc: Doc) -> tuple[CitationMark, ...]:
    """The citation marks of the text, in order; those that :class:`BlockBoundaries` left, where they are still
    there.
    """
    if CITATIONS not in doc.user_data:
        return _marks(doc)
    return tuple(CitationMark(start, end, tuple(labels)) for start, end, labels in doc.user_data.get(CITATIONS, ()))
