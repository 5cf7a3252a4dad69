"""Cells over several rows: where rules part groups of rows, what stands once in a group belongs to all of it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from exomine.document.model import Cell

__all__ = ["over_rows"]

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
        if cell.box is not None:
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
