"""Component ``blocks``: a newline of the text ends a block and with it a sentence; finds the citation marks.

A paper's marks come from its Document; for bare text :mod:`exomine.document.citations` looks for them. Both are kept as
:class:`~exomine.document.model.CitationMark` in ``doc.user_data[CITATIONS]``.
"""

from __future__ import annotations

from spacy.tokens import Doc

from exomine.document.citations import find_marks
from exomine.document.model import CitationMark

__all__ = ["CITATIONS", "BlockBoundaries", "citation_marks"]

CITATIONS = "exomine.citations"


class BlockBoundaries:
    """Sets ``is_sent_start``: yes at the first token of each block, no inside titles and headings ("1. Introduction")."""

    def __call__(self, doc: Doc) -> Doc:
        at_start, whole = True, False
        undivided = _undivided(doc)
        for token in doc:
            if token.is_space:
                token.is_sent_start = token.i == 0
                at_start = at_start or "\n" in token.text
            elif at_start:
                token.is_sent_start = True
                at_start, whole = False, token.idx in undivided
            elif whole:
                token.is_sent_start = False
        doc.user_data[CITATIONS] = _marks(doc)
        return doc


def _undivided(doc: Doc) -> frozenset[int]:
    """Where the blocks begin that are one sentence each, whatever full stops stand in them."""
    blocks = doc._.document.blocks if doc._.document is not None else ()
    return frozenset(b.start for b in blocks if b.kind in ("title", "heading"))


def _marks(doc: Doc) -> tuple[CitationMark, ...]:
    if doc._.document is not None:
        marks: tuple[CitationMark, ...] = doc._.document.citations
        return marks
    return tuple(find_marks(doc.text))


def citation_marks(doc: Doc) -> tuple[CitationMark, ...]:
    """The citation marks that :class:`BlockBoundaries` found, in order."""
    marks: tuple[CitationMark, ...] = doc.user_data.get(CITATIONS, ())
    return marks
