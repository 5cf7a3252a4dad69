"""Cells named by their markers: "CD8 (+) T cells", "CD4(+)CD25(+) T cells", "CD44+/CD24- cells" are each one name of
cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from exomine.nlp.mentions.evidence import Candidate

__all__ = ["MARKERS", "marked"]

#: A marker with its sign: "CD8 (+)", "CD8+", "CD24(-)"; a bare minus counts only behind another marker ("CD44+/CD24-").
_SIGNED = r"[A-Z][A-Za-z]*\d*[A-Za-z]{0,2}\s?(?:\(\s?[+−–-]\s?\)|[+])"
#: One marker or several.
MARKERS = rf"{_SIGNED}(?:\s?/?\s?(?:{_SIGNED}|[A-Z][A-Za-z]*\d*[−–-](?=[\s/])))*"
_BEFORE = re.compile(rf"(?<![\w-])(?:{MARKERS})\s?$")
#: Characters looked at before the name of the cells.
_REACH = 60


def marked(text: str, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """The candidates, those of cell types with the markers before them in their extent."""
    for c in candidates:
        hit = _BEFORE.search(text, max(0, c.start - _REACH), c.start) if c.label == "CELL_TYPE" else None
        yield replace(c, start=hit.start()) if hit else c
