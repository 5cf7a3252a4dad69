"""Numbered lists inside of cells: their lines are one cell, whatever stands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exomine.document.pdf.table_pieces import Row

__all__ = ["in_lists", "is_item"]

#: "1. Age above 18 years", "2) Written consent".
_ITEM = re.compile(r"(\d{1,2})[.)] ?[^\W\d]")


def is_item(text: str) -> bool:
    """Whether a phrase is an item of a numbered list."""
    return bool(_ITEM.match(text))


def in_lists(rows: Sequence[Row]) -> list[bool]:
    """For each printed row whether it lies inside of a numbered list of a cell, behind the list's first line."""
    columns = sorted({p.first for r in rows for p in r.pieces})
    items = {c: _items(rows, c) for c in columns}
    if _number_rows(items):
        return [False] * len(rows)
    inside = [False] * len(rows)
    for column in columns:
        for (i, _), (k, following) in zip(items[column], items[column][1:], strict=False):
            if following > 1 and not (column and _begins(rows[k])):
                inside[i + 1 : k + 1] = [True] * (k - i)
    return inside


def _items(rows: Sequence[Row], column: int) -> list[tuple[int, int]]:
    """The rows in which a column has an item of a list, with its number."""
    found = ((i, _ITEM.match(p.text)) for i, r in enumerate(rows) for p in r.pieces if p.first == column)
    return [(i, int(m[1])) for i, m in found if m]


def _number_rows(items: dict[int, list[tuple[int, int]]]) -> bool:
    """Whether the first column numbers the table's rows: it has items, and no other column has a list of its own."""
    others = [found for column, found in items.items() if column and len(found) > 1]
    return bool(items.get(0)) and not any([i for i, _ in found] != [i for i, _ in items[0]] for found in others)


def _begins(row: Row) -> bool:
    """Whether the first column begins something on this row."""
    return any(p.first == 0 and not p.text[:1].islower() for p in row.pieces)
