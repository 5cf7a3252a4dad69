"""The area of a table without rules: lines that follow each other closely beneath or above its caption."""

from __future__ import annotations

from collections.abc import Sequence

from exomine.document.model import Box
from exomine.document.pdf.backends.base import TextLine, box_of
from exomine.document.pdf.styles import Style
from exomine.document.pdf.table_area import FAR, Region, Surroundings
from exomine.document.pdf.table_lines import followed, has_rows, preceding
from exomine.document.pdf.table_notes import notes_of
from exomine.document.pdf.table_rules import NEAR, shared_width

__all__ = ["region_above", "region_below"]

#: A caption of no more lines may be narrower than its table.
_SHORT = 2


def region_below(caption: list[TextLine], around: Surroundings, edge: Box | None = None) -> Region | None:
    """Small lines under the caption (or ``edge`` in its place), as far as they follow each other closely."""
    cap, style = edge or box_of(caption), around.style
    end = min((line.y0 for c in around.others for line in c if line.y0 > cap.y1), default=FAR)
    below = [line for line in around.lines if cap.y1 - 2 < line.y0 < end]
    out = followed(below, Box(cap.x0 - 10, cap.y1, cap.x1 + 10, cap.y1), style)
    if not has_rows(out) and cap.x1 - cap.x0 < 0.8 * style.column:
        out = _beside_caption(cap, [x for x in around.lines if x.y0 > cap.y0 - 14 and x.base <= end], style)
    if not has_rows(out) and len(caption) == 1:  # narrower than its table: "Table 1 (Continued)"
        out = followed(below, Box(cap.x0 - 10, cap.y1, cap.x0 + style.column, cap.y1), style)
    if not has_rows(out, uneven=True):
        return None
    box = box_of(out)
    return Region(caption, box, out, [r for r in around.rules if box.y0 < r.y < box.y1 and shared_width(r, box) > 0])


def region_above(
    caption: list[TextLine], around: Surroundings, edge: Box | None = None, *, grouped: bool = False
) -> Region | None:
    """Rows above a caption that stands beneath its table (or above ``edge`` in its place), as far as they follow each
    other closely."""
    cap = edge or box_of(caption)
    end = max((line.y1 for c in around.others for line in c if line.y1 < cap.y0), default=0.0)
    above = [x for x in around.lines if end < x.y0 and x.y1 < cap.y0 + 2]
    rows = preceding(above, cap, around.style)
    if not has_rows(rows, uneven=True, grouped=grouped) and len(caption) <= _SHORT:  # narrower than its table
        rows = preceding(above, Box(cap.x0, cap.y0, cap.x0 + around.style.column, cap.y1), around.style)
    if not has_rows(rows, uneven=True, grouped=grouped):
        return None
    box = box_of(rows)
    rules = [r for r in around.rules if box.y0 - NEAR / 2 < r.y < box.y1 + NEAR / 2 and shared_width(r, box) > 0]
    region = Region(caption, box, rows, rules)
    region.notes = notes_of(region, around.lines, cap, around.style)
    return region


def _beside_caption(cap: Box, lines: Sequence[TextLine], style: Style) -> list[TextLine]:
    """The table to the right or to the left of a caption that stands in the margin."""
    top, wide = cap.y0 - 14, 2 * style.column
    to_right = followed([x for x in lines if x.x0 > cap.x1], Box(cap.x1, top, cap.x1 + wide, top), style)
    if has_rows(to_right):
        return to_right
    return followed([x for x in lines if x.x1 < cap.x0], Box(cap.x0 - wide, top, cap.x0, top), style)
