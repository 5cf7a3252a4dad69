"""The notes of a table: small print right under it."""

from __future__ import annotations

from collections.abc import Sequence

from exomine.document.model import Box
from exomine.document.pdf.backends.base import TextLine
from exomine.document.pdf.styles import Style
from exomine.document.pdf.table_area import Region
from exomine.document.pdf.table_captions import opens_caption
from exomine.document.pdf.table_rules import shared_width

__all__ = ["FIRST_NOTE", "NEXT_NOTE", "notes_of"]

#: The first note under a table, and each further one, follow no further apart than so many font sizes.
FIRST_NOTE, NEXT_NOTE = 2.8, 2.2


def notes_of(region: Region, lines: Sequence[TextLine], caption: Box | None, style: Style) -> list[TextLine]:
    """Small print right under a table."""
    if not region.lines:
        return []
    largest = 1.03 * max(line.size for line in region.lines)
    body = 0.97 * _body_size(lines)
    edge = region.box.y1
    out: list[TextLine] = []
    for line in _beneath(region, lines):
        limit = NEXT_NOTE if out else FIRST_NOTE
        if line.size > largest or line.size >= body or line.base - edge > limit * line.size or style.is_body(line):
            break
        if (caption and line.base > caption.y0) or opens_caption(line):
            break
        out.append(line)
        edge = line.base
    return out


def _beneath(region: Region, lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines under a table, from top to bottom."""
    used = {id(line) for line in region.lines}
    under = (line for line in lines if id(line) not in used and line.y0 > region.box.y1 - 2)
    return sorted((line for line in under if shared_width(line, region.box) > 0), key=lambda x: x.base)


def _body_size(lines: Sequence[TextLine]) -> float:
    sizes = sorted(line.size for line in lines for _ in line.words)
    return sizes[len(sizes) // 2] * 1.2 if sizes else 10.0
