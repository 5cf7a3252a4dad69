"""The lines that follow a caption or a rule as rows of a table: small print, or cells in the body's type."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from exomine.document.model import Box
from exomine.document.pdf.backends.base import TextLine
from exomine.document.pdf.styles import Style
from exomine.document.pdf.table_pieces import printed_rows

__all__ = ["followed", "has_rows", "overlap"]

#: Lines of a table without rulings follow each other no further apart than this many font sizes.
LOOSE = 3.2
#: Lines on one height differ by no more than so many points.
_LEVEL = 3
#: A line that fills more of a column than this is running text.
_FULL = 0.85
#: From so many rows on their steps and their size tell what stands beneath them.
_LEAST_ROWS = 3
#: Notes are smaller than rows, and text stands further beneath them than rows do, by these factors.
_SMALLER, _WIDER = 0.96, 1.35


def overlap(a0: float, a1: float, b0: float, b1: float) -> float:
    """The length that two stretches share; negative where they lie apart."""
    return min(a1, b1) - max(a0, b0)


def has_rows(lines: Sequence[TextLine]) -> bool:
    """Whether phrases stand beside each other in rows; a single column of small print is no table."""
    rows = printed_rows(lines)
    return len(rows) >= 3 and sum(len(row.pieces) for row in rows) >= 1.5 * len(rows)


def followed(lines: Sequence[TextLine], start: Box, style: Style) -> list[TextLine]:
    """The rows from a box's foot on, as wide as the box (and growing beyond it), as far as they follow closely.

    Lines in the body's type are rows where they stand beside each other as cells do, or between such rows.
    """
    out: list[TextLine] = []
    x0, x1, edge = start.x0, start.x1, start.y1
    for line in sorted(lines, key=lambda x: x.base):
        beside = overlap(line.x0, line.x1, x0, x1) <= 0
        if beside and (style.is_body(line) or not _is_level(line, out)):
            continue  # the text of the other column
        if _in_body_type(line, style) and not _is_cell(line, lines, (x0, x1), style):
            break
        if line.base - edge > LOOSE * line.size + (0 if out else 10) or _is_parted(line, out, style):
            break
        out.append(line)
        edge = max(edge, line.base)
        x0, x1 = min(x0, line.x0), max(x1, line.x1)
    return _without_loose_end(out, style)


def _in_body_type(line: TextLine, style: Style) -> bool:
    return style.is_body(line) or line.size > 0.97 * style.size


def _is_cell(line: TextLine, lines: Sequence[TextLine], columns: tuple[float, float], style: Style) -> bool:
    """Whether a line in the body's type stands in a row of its table: a phrase of the row is shorter than a column of
    text."""
    if line.size > 1.03 * style.size:
        return False
    row = [x for x in lines if abs(x.base - line.base) < _LEVEL and overlap(x.x0, x.x1, *columns) > 0]
    return any(not _fills_column(x, style) for x in row)


def _is_parted(line: TextLine, rows: Sequence[TextLine], style: Style) -> bool:
    """Whether a line is no further row: a note in smaller print across the table or, where its rows are in the body's
    type, any smaller print, or a line beneath a wider step than any before."""
    heights = sorted({x.base for x in rows})
    if len(heights) < _LEAST_ROWS or _is_level(line, rows):
        return False
    in_body_type = _in_body_type(rows[-1], style)
    if line.size < _SMALLER * rows[-1].size:
        return in_body_type or line.width > _FULL * (max(x.x1 for x in rows) - min(x.x0 for x in rows))
    return in_body_type and line.base - heights[-1] > _WIDER * max(b - a for a, b in pairwise(heights))


def _fills_column(line: TextLine, style: Style) -> bool:
    return line.width > _FULL * style.column


def _without_loose_end(lines: list[TextLine], style: Style) -> list[TextLine]:
    """Rows without what stands beneath the table in the body's type: a heading, the end of a paragraph beside text."""
    rows = [list(row) for _, row in groupby(lines, key=lambda x: round(x.base / _LEVEL))]
    while rows and all(_in_body_type(x, style) for x in rows[-1]):
        if len(rows[-1]) > 1 and not any(_fills_column(x, style) for x in rows[-1]):
            break
        rows.pop()
    return [line for row in rows for line in row]


def _is_level(line: TextLine, others: Sequence[TextLine]) -> bool:
    """Whether a line stands on the height of another one."""
    return any(abs(line.base - other.base) < _LEVEL for other in others)
