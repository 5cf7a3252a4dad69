"""The lines that follow a caption or a rule as rows of a table: small print, or cells in the body's type."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from exomine.document.model import Box
from exomine.document.pdf.backends.base import TextLine
from exomine.document.pdf.cues import CAPTION
from exomine.document.pdf.styles import Style
from exomine.document.pdf.table_pieces import PHRASE_GAP, Row, is_item, printed_rows

__all__ = ["ON_LINE", "fills_column", "followed", "has_rows", "heights", "is_full", "is_text", "overlap", "preceding"]

#: Lines of a table without rulings follow each other no further apart than this many font sizes.
_LOOSE = 3.2
#: Lines on one height differ by no more than so many points.
_LEVEL = 3
#: A line that fills more of a column than this is running text.
_FULL = 0.85
#: A table is no wider than a column of text by more than this.
_REACH = 1.08
#: From so many rows on their steps and their size tell what stands beneath them.
_LEAST_ROWS = 3
#: A line stands over or under a table where so many points of it do.
_TOUCH = 2.0
#: Notes are smaller than rows, and text stands further beneath them than rows do, by these factors.
_SMALLER, _WIDER = 0.96, 1.35
#: Lines that stand apart by less than so many font sizes are of one row.
_WITHIN = 0.75
#: Phrases begin at one place where they are so near to it, in points.
_SAME = 2.0
#: A line begins at the edge of a column where it is so near to it, in points.
_AT_EDGE = 3.0
#: So large a part of the lines of a table with names of groups have several phrases.
_LEAST_SEVERAL = 0.33
#: Lines whose heights differ by less than this, in font sizes, stand beside each other.
ON_LINE = 0.5
#: A paragraph's first line begins no further from its column's edge than this, in font sizes.
_INDENT = 2.5


def overlap(a0: float, a1: float, b0: float, b1: float) -> float:
    """The length that two stretches share; negative where they lie apart."""
    return min(a1, b1) - max(a0, b0)


def has_rows(
    lines: Sequence[TextLine], *, uneven: bool = False, least: int = _LEAST_ROWS, grouped: bool = False
) -> bool:
    """Whether phrases stand beside each other in rows, ``least`` of them or more; a single column of small print is no
    table.

    ``uneven``: cells may stand in the middle of their rows, so that there are more heights than rows.
    ``grouped``: names of groups may stand beside rows of a single other column.
    """
    rows = printed_rows(lines)
    n_rows = len(heights(lines)) if uneven else len(rows)
    full = sum(len(row.pieces) for row in rows) >= 1.5 * n_rows
    return len(rows) >= least and (full or (grouped and _stand_in_columns(rows, least)))


def _stand_in_columns(rows: Sequence[Row], least: int) -> bool:
    """Whether phrases that have a line for themselves begin where those of other lines do, and a good part of the lines
    has several: the names of groups beside their rows."""
    several = [row.pieces for row in rows if len(row.pieces) > 1]
    if len(several) < max(least, _LEAST_SEVERAL * len(rows)) or any(is_item(p[0].text) for p in several):
        return False
    begun = {round(p.x0) for pieces in several for p in pieces}
    single = (row.pieces[0] for row in rows if len(row.pieces) == 1)
    return all(any(abs(p.x0 - x) < _SAME for x in begun) for p in single)


def followed(lines: Sequence[TextLine], start: Box, style: Style) -> list[TextLine]:
    """The rows from a box's foot on, as wide as the box (and growing beyond it), as far as they follow closely.

    Lines in the body's type are rows where they stand beside each other as cells do, or between such rows.
    """
    return _without_loose_end(_collected(_levels(lines), start, style, start.y1), style)


def preceding(lines: Sequence[TextLine], foot: Box, style: Style) -> list[TextLine]:
    """The rows above a box, from top to bottom, as far as they follow closely: :func:`followed` the other way. Notes
    between them and the box are left out."""
    levels = _levels(lines)[::-1]
    notes = _notes_above(levels, foot)
    near = [x for level in levels[:notes] for x in level if overlap(x.x0, x.x1, foot.x0, foot.x1) > 0]
    edge = min((x.base for x in near), default=foot.y0)
    x0, x1 = min([foot.x0, *(x.x0 for x in near)]), max([foot.x1, *(x.x1 for x in near)])
    rows = _collected(levels[notes:], Box(x0, foot.y0, x1, foot.y1), style, edge)
    return _without_text_around(sorted(rows, key=lambda x: (x.base, x.x0)), style)


def _notes_above(levels: Sequence[list[TextLine]], foot: Box) -> int:
    """How many of the levels above a caption, from the nearest on, are notes: one phrase each, closely set, in print
    smaller than that of the row above them."""
    edge, largest, found = foot.y0, 0.0, 0
    for k, level in enumerate(levels, 1):
        over = [x for x in level if overlap(x.x0, x.x1, foot.x0, foot.x1) > 0]
        if not over:
            continue
        if largest and largest < _SMALLER * over[0].size:
            return found
        cells = [x for x in level if abs(x.size - over[0].size) < (1 - _SMALLER) * x.size]
        if len(over) > 1 or len(cells) > 1 or edge - over[0].base > _LOOSE * over[0].size:
            return 0
        edge, largest, found = over[0].base, max(largest, over[0].size), k
    return 0


def _levels(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Lines on one height together, from left to right, in the order of their heights."""
    out: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda x: (x.base, x.x0)):
        if out and line.base - out[-1][0].base < _LEVEL:
            out[-1].append(line)
        else:
            out.append([line])
    return [sorted(row, key=lambda x: x.x0) for row in out]


def _collected(levels: Sequence[list[TextLine]], start: Box, style: Style, edge: float) -> list[TextLine]:
    """The lines of a table, level by level away from a box, as long as they follow each other closely."""
    out: list[TextLine] = []
    head: list[TextLine] = []
    x0, x1 = start.x0, start.x1
    for level in levels:
        row = _of_table(level, (x0, x1), start, style)
        if not row and not out and _is_head_beside(level, edge, start, style):
            head, edge = [*head, *level], level[0].base
        if not row:
            continue  # the text of the other column
        if _is_beside_text(row, style) or (len(row) == 1 and CAPTION.match(row[0].text)):
            break
        if any(_in_body_type(x, style) and not _is_cell(x, row, out, style) for x in row):
            break
        largest = max(row, key=lambda x: x.size)  # a raised or lowered sign may stand before the others
        if abs(row[0].base - edge) > _LOOSE * largest.size + (0 if out else 10) or _is_parted(largest, out, style):
            break
        out.extend([*head, *row])
        x0, x1 = min(x0, row[0].x0), max(x1, *(x.x1 for x in (*head, *row)))
        head, edge = [], row[0].base
    return out


def _is_head_beside(level: Sequence[TextLine], edge: float, start: Box, style: Style) -> bool:
    """Whether small print right beneath a caption, but not under it, can be the head of columns to its right."""
    left, _ = _reach(start, style)
    small = all(left < x.x0 and not _in_body_type(x, style) and not fills_column(x, style) for x in level)
    return small and 0 < level[0].base - edge < _LOOSE * level[0].size + 10


def _reach(start: Box, style: Style) -> tuple[float, float]:
    """How far to the left and to the right a table may reach that begins at a box: over a column of text, or over all
    of them where the box is wider than one."""
    width = _REACH * style.column
    if style.lefts and start.x1 - start.x0 > width:
        return style.lefts[0] - _AT_EDGE, style.lefts[-1] + width
    return start.x1 - width, start.x0 + width


def _is_beside_text(row: Sequence[TextLine], style: Style) -> bool:
    """Whether lines in the body's type begin at the edges of two columns of text, and nowhere else."""
    return len(row) > 1 and all(_begins_column(x, style) and style.is_body(x) for x in row)


def _of_table(level: Sequence[TextLine], width: tuple[float, float], start: Box, style: Style) -> list[TextLine]:
    """The lines of a level that are of a table as wide as ``width``: those over or under it, and beside them what is no
    text of another column."""
    if not any(overlap(x.x0, x.x1, *width) > _TOUCH for x in level):
        return []
    left, right = _reach(start, style)

    def beside(x: TextLine) -> bool:
        filled, begun = fills_column(x, style), _begins_column(x, style)
        is_cell = not filled and (x.x1 < right or not begun)
        is_text = style.is_body(x) or (filled and begun)
        return left < x.x0 and (is_cell or not is_text)

    return [x for x in level if overlap(x.x0, x.x1, *width) > _TOUCH or beside(x)]


def _begins_column(line: TextLine, style: Style) -> bool:
    return any(abs(line.x0 - left) < _AT_EDGE for left in style.lefts)


def _without_text_around(lines: list[TextLine], style: Style) -> list[TextLine]:
    """Rows without single phrases above them that are in the body's type, and beneath them that are wider than any
    cell: text, and notes with their last lines."""
    rows = _levels(lines)
    together = [k for k, row in enumerate(rows) if len(row) > 1]
    if not together:
        return []
    widest = max(x.width for k in together for x in rows[k])
    top, foot = together[0], together[-1] + 1
    head = list(takewhile(lambda row: _may_be_head(row[0], style), reversed(rows[:top])))[::-1]
    inner = [x for row in rows[top:foot] for x in row]
    tail = takewhile(lambda row: row[0].width <= widest or _goes_on(row[0], inner), rows[foot:])
    return [line for row in (*head, *rows[top:foot], *tail) for line in row]


def _may_be_head(line: TextLine, style: Style) -> bool:
    """Whether a lone phrase above rows is no text: in small print, or short and not at a column's edge."""
    return not _in_body_type(line, style) or not (fills_column(line, style) or _begins_column(line, style))


def _in_body_type(line: TextLine, style: Style) -> bool:
    return style.is_body(line) or line.size > 0.97 * style.size


def _is_cell(line: TextLine, row: Sequence[TextLine], rows: Sequence[TextLine], style: Style) -> bool:
    """Whether a line in the body's type stands in a row of its table: a phrase of the row is shorter than a column of
    text, or it goes on in a column of the ``rows`` that is not the first."""
    if line.size > 1.03 * style.size:
        return False
    return any(not fills_column(x, style) for x in row) or _goes_on(line, rows)


def _goes_on(line: TextLine, rows: Sequence[TextLine]) -> bool:
    """Whether a line begins where cells of a column begin, and not at the left edge of the rows."""
    left = min((x.x0 for x in rows), default=line.x0)
    return line.x0 > left + 2 * line.size and any(_has_phrase_at(line.x0, x) for x in rows)


def _has_phrase_at(x0: float, line: TextLine) -> bool:
    """Whether a phrase of a line begins at a place."""
    if abs(line.x0 - x0) < _SAME:
        return True
    if not line.x0 < x0 < line.x1:
        return False
    pairs = pairwise(line.words)
    return any(abs(b.x0 - x0) < _SAME and b.x0 - a.x1 > PHRASE_GAP * max(a.size, b.size) for a, b in pairs)


def _is_parted(line: TextLine, rows: Sequence[TextLine], style: Style) -> bool:
    """Whether a line is no further row: it is larger than all of them, a note in smaller print across the table or,
    where its rows are in the body's type, any smaller print, or a line beneath a wider step than any before."""
    standing = heights(rows)
    if len(standing) < _LEAST_ROWS or _is_level(line, rows):
        return False
    if _SMALLER * line.size > max(x.size for x in rows):
        return True
    in_body_type = _in_body_type(rows[-1], style)
    if line.size < _SMALLER * rows[-1].size:
        return in_body_type or line.width > _FULL * (max(x.x1 for x in rows) - min(x.x0 for x in rows))
    return in_body_type and line.base - standing[-1] > _WIDER * max(b - a for a, b in pairwise(standing))


def heights(rows: Sequence[TextLine]) -> list[float]:
    """The heights of rows; what stands lower than another by less than a line is in the middle of the same row."""
    out: list[float] = []
    for line in sorted(rows, key=lambda x: x.base):
        if not out or line.base - out[-1] > _WITHIN * line.size:
            out.append(line.base)
    return out


def fills_column(line: TextLine, style: Style) -> bool:
    """Whether a phrase of a line is as wide as a column of text."""
    return line.width > _FULL * style.column and any(
        piece.width > _FULL * style.column for row in printed_rows([line]) for piece in row.pieces
    )


def _without_loose_end(lines: list[TextLine], style: Style) -> list[TextLine]:
    """Rows without what stands beneath the table in the body's type: a heading, the end of a paragraph beside text."""
    rows = _levels(lines)
    while rows and _is_loose(rows[-1], [x for row in rows[:-1] for x in row], style):
        rows.pop()
    return [line for row in rows for line in row]


def _is_loose(row: Sequence[TextLine], rows: Sequence[TextLine], style: Style) -> bool:
    """Whether a row in the body's type is text: a single phrase, or one that fills a column, where no cells begin."""
    if not all(_in_body_type(x, style) for x in row):
        return False
    others = [x for x in row[1:] if _goes_on(x, rows)]
    if others and len(others) == len(row) - 1 and _is_at_left(row[0], rows):  # a wide name beside its values
        return False
    return any((len(row) == 1 or fills_column(x, style)) and not _goes_on(x, rows) for x in row)


def _is_at_left(line: TextLine, rows: Sequence[TextLine]) -> bool:
    """Whether a line begins where rows do."""
    return any(abs(x.x0 - line.x0) < _SAME for x in rows) and not _goes_on(line, rows)


def _is_level(line: TextLine, others: Sequence[TextLine]) -> bool:
    """Whether a line stands on the height of another one."""
    return any(abs(line.base - other.base) < _LEVEL for other in others)


def is_full(line: TextLine, style: Style, width: float) -> bool:
    """Whether a line is set as the body is, and a phrase of it begins where columns of text do and fills one."""
    if not style.is_body(line) or line.width <= 0.85 * width:
        return False
    pieces = [p for row in printed_rows([line]) for p in row.pieces if p.width > 0.85 * width]
    edges = style.lefts or [p.x0 for p in pieces]
    return any(abs(p.x0 - left) < _INDENT * line.size for p in pieces for left in edges)


def is_text(lines: Sequence[TextLine], style: Style, width: float) -> bool:
    """Whether the lines look like running text rather than cells."""
    full = sum(is_full(line, style, min(width, style.column)) for line in lines)
    return full > 0.4 * len(lines)
