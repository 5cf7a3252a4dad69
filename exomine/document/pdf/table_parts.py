"""Parts of a table on different pages put together."""

from __future__ import annotations

from itertools import dropwhile

from exomine.document.model import Cell, Table

__all__ = ["continued"]


def continued(first: Table, rest: Table, *, headed: bool = True) -> Table:
    """One table from two parts of it on different pages; header rows that are repeated are left out.

    A part without a caption (``headed``: no) has the first one's head or none: other rows at its top are body.
    """
    heads = {c.text for c in first.cells if c.header and c.text}
    rows = sorted({c.row for c in rest.cells})
    keep = list(dropwhile(lambda r: all(c.text in heads for c in rest.cells if c.row == r), rows))
    row_of = {r: first.n_rows + i for i, r in enumerate(keep)}
    more = tuple(
        Cell(row_of[c.row], c.column, c.text, c.row_span, c.column_span, headed and c.header, c.page, c.box)
        for c in rest.cells
        if c.row in row_of
    )
    return Table(
        first.table_id, first.label, first.caption, first.cells + more, first.page, first.footnotes + rest.footnotes
    )
