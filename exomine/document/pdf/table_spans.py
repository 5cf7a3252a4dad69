"""Cells over several rows: where rules part groups of rows, what stands once in a group belongs to all of it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from exomine.document.model import Cell
from exomine.document.pdf.table_pieces import Row, Span
from exomine.document.pdf.table_rules import Rule

__all__ = ["merged_in_grid", "over_rows"]

#: A cell stands in the middle of its group where it is so near to it, in points.
_IN_MIDDLE = 6.0


def over_rows(cells: Sequence[Cell], rules: Sequence[float]) -> list[Cell]:
    """The cells of a table's body, those over several rows with their spans.

    ``rules`` are the heights of the rules over the whole width. A group of rows between two of them whose first column
    holds one cell is named by it; of the other columns a cell is the whole group's where it is the only one and
    stands in the group's middle.
    """
    groups = _groups(cells, rules)
    if len(groups) < 2:
        return list(cells)
    spans = {id(cell): rows for group in groups for cell, rows in _spanning(group)}
    return sorted((_spread(c, spans.get(id(c))) for c in cells), key=lambda c: (c.row, c.column))


def _groups(cells: Sequence[Cell], rules: Sequence[float]) -> list[list[Cell]]:
    found: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.box is not None and cell.row_span == 1:
            found[bisect_right(rules, (cell.box.y0 + cell.box.y1) / 2)].append(cell)
    return list(found.values())


def _spanning(group: Sequence[Cell]) -> Iterator[tuple[Cell, tuple[int, int]]]:
    """The cells of a group that are of all its rows, with the first row and the number of them."""
    rows = {c.row for c in group}
    by_column: dict[int, list[Cell]] = defaultdict(list)
    for cell in group:
        by_column[cell.column].append(cell)
    if len(rows) < 2 or len(by_column[0]) != 1 or len(rows) != max(rows) - min(rows) + 1:
        return
    middle = _middle(group)
    for column, found in by_column.items():
        lone = len(found) == 1 and found[0].column_span == 1
        if lone and (not column or abs(_middle(found) - middle) < _IN_MIDDLE):
            yield found[0], (min(rows), len(rows))


def _middle(cells: Sequence[Cell]) -> float:
    boxes = [c.box for c in cells if c.box is not None]
    return (min(b.y0 for b in boxes) + max(b.y1 for b in boxes)) / 2


def _spread(cell: Cell, rows: tuple[int, int] | None) -> Cell:
    return replace(cell, row=rows[0], row_span=rows[1]) if rows else cell


def merged_in_grid(
    groups: Sequence[list[Row]], columns: Sequence[Span], rules: Sequence[Rule]
) -> dict[tuple[int, int], int]:
    """Put together the cells of a grid that no line parts in their own column while others of their rows are parted;
    how many rows each of them has, by row and column."""
    spans: dict[tuple[int, int], int] = {}
    drawn = [[r for r in rules if a[-1].base < r.y < b[0].base] for a, b in pairwise(groups)]
    parted = [{k for k, (x0, x1) in enumerate(columns) if any(r.x0 < x1 and x0 < r.x1 for r in d)} for d in drawn]
    for column in range(len(columns)):
        start = 0
        for k in range(1, len(groups) + 1):
            if k < len(groups) and parted[k - 1] and column not in parted[k - 1]:
                continue
            if k - start > 1 and _gather(groups[start:k], column):
                spans[start, column] = k - start
            start = k
    return spans


def _gather(groups: Sequence[list[Row]], column: int) -> bool:
    """Move the phrases of a column into the first of some groups of rows; whether there are any."""
    rows = [row for group in groups for row in group]
    found = [p for row in rows for p in row.pieces if p.first == p.last == column]
    for row in rows:
        row.pieces = [p for p in row.pieces if not p.first == p.last == column]
    if found:
        groups[0].insert(0, Row(rows[0].base, found))
    return bool(found)
