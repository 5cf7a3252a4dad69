"""Tables as grids: whether a reader of the table as read gets the answers that the source gives.

A question names the headers above a cell and the header of its row, and asks for the cell. It is asked of the source's
table; the table as read answers it where the same headers lead to the same text. Cells of one name (two rows of one
label under one header) are asked together, each answer once.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from exomine.document.model import Cell, Table, header_path, is_group_row

__all__ = ["cell_key", "question_share", "questions"]

#: The number of an item of a list: "1. Age above 18 years 2. Consent".
_ITEM = re.compile(r"(?:^|(?<=\s))\d{1,2}\.\s+(?=[^\W\d]{2})")

#: The headers above and to the left of a cell, and its text, all as :func:`cell_key` makes them.
Question = tuple[str, str, str]


def cell_key(text: str) -> str:
    """A cell's text for comparison: letters, digits and signs that carry meaning, without case; numbers of lists are
    left out, which the XML of many papers does not print."""
    text = _ITEM.sub(" ", text)
    return re.sub(r"[^\w.%+<>=±/↑↓]", "", unicodedata.normalize("NFKC", text).casefold()).strip(".")


def questions(table: Table) -> Counter[Question]:
    """Every question that a table answers; first columns and headings inside of the table are the names of rows."""
    return Counter(_asked(table))


def _asked(table: Table) -> Iterator[Question]:
    grid = table.grid()
    head = max(1, table.n_header_rows)
    for r, row in enumerate(grid[head:], head):
        if is_group_row(row):
            continue
        for c, cell in enumerate(row[1:], 1):
            if cell is not None and cell is not row[c - 1] and (text := cell_key(cell.text)):
                yield _above(grid, head, c), _label(grid, r, c), text


def _above(grid: list[list[Cell | None]], head: int, column: int) -> str:
    """The headers of a column as one text; the first row is the head of a table that marks none."""
    texts = [cell.text for row in grid[:head] if (cell := row[column]) is not None]
    return cell_key(" ".join(dict.fromkeys(texts)))


def _label(grid: list[list[Cell | None]], row: int, column: int) -> str:
    left = header_path(grid, row, column).left
    return cell_key(left[-1]) if left else ""


def question_share(gold: Table, read: Table | None) -> float | None:
    """The share of the gold table's questions that the read one answers alike; None where it asks nothing."""
    asked = questions(gold)
    if not asked:
        return None
    answered = questions(read) if read else Counter[Question]()
    return (asked & answered).total() / asked.total()
