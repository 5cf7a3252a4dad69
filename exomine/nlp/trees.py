"""The dependency tree, read with care."""

from __future__ import annotations

from spacy.tokens import Span

__all__ = ["root_of"]


def root_of(span: Span) -> int:
    """The token that carries a span; its last one where the parse is no tree (spaCy's E039)."""
    try:
        root: int = span.root.i
    except RuntimeError:
        return int(span.end) - 1
    return root
