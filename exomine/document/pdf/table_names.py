"""Names of groups of rows that stand in the middle of their groups' heights: cells over several rows, without rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from exomine.document.model import Box
from exomine.document.pdf.table_heads import VALUE
from exomine.document.pdf.table_pieces import Piece, Row, Span

__all__ = ["Named", "centred_names", "take_names"]

#: A group ends where its name's middle says, give or take so many points.
_OFF = 3.0
#: A name has no more lines, which stand no further apart than so many font sizes.
_MOST_LINES, _WRAPPED = 3, 1.5
#: Headings are centred that stand so near to a table's middle, in points, in a table of so many columns.
_CENTRED, _FEWEST_COLUMNS = 4.0, 3


def centred_names(rows: Sequence[Row], columns: Sequence[Span], box: Box) -> None:
    """Give headings inside of a table that are centred in it to the first column, as those at its left edge are."""
    ends = ((box.x0, box.x1), (columns[0][0], columns[-1][1]))
    alone = [row.pieces[0] for row in rows if len(row.pieces) == 1 and row.pieces[0].first]
    centred = (p for p in alone if any(abs(p.x0 + p.x1 - a - b) < 2 * _CENTRED for a, b in ends))
    found = [p for p in centred if not _is_set_in(p, columns[p.first])]
    widths = [p.width for p in found]
    if found and len(columns) >= _FEWEST_COLUMNS and max(widths) - min(widths) > 2 * _CENTRED:
        for piece in found:
            piece.first = piece.last = 0


def _is_set_in(piece: Piece, column: Span) -> bool:
    """Whether a phrase is set as those of its column: at its left edge, or around its middle."""
    return abs(piece.x0 - column[0]) < _CENTRED / 2 or abs(piece.x0 + piece.x1 - sum(column)) < _CENTRED


@dataclass(frozen=True, slots=True)
class Named:
    """A group's name and the rows that it names."""

    pieces: list[Piece]
    rows: list[Row]


def take_names(rows: Sequence[Row]) -> list[Named]:
    """The groups of a table's body with their names, taken out of the rows; none where the heights do not say so.

    Each name must stand in the middle of its rows, one at least between two of them, and the groups must be all of the
    rows, one after the other; one of them at least holds several rows with values.
    """
    lines = [row for row in rows if any(p.first for p in row.pieces)]
    names = [row for row in rows if any(p.first == p.last == 0 for p in row.pieces)]
    between = any(all(p.first == p.last == 0 for p in row.pieces) for row in names)  # two rows of values
    groups = _partition(lines, names) if between and len(names) > 1 else None
    if not groups or not any(len(_with_values(g.rows)) > 1 for g in groups) or not all(map(_is_of_rows, groups)):
        return []
    for row in rows:
        row.pieces = [p for p in row.pieces if p.first]
    return groups


def _partition(lines: Sequence[Row], names: Sequence[Row]) -> list[Named] | None:
    """The lines in groups around the names, from the first on."""
    if not lines or not names:
        return None if lines or names else []
    for n in range(1, min(_MOST_LINES, len(names)) + 1):
        own = names[:n]
        if n > 1 and not _is_one_name(own):
            break
        foot = own[0].base + own[-1].base - lines[0].base
        end = next((k for k, line in enumerate(lines, 1) if abs(line.base - foot) < _OFF), 0)
        rest = _partition(lines[end:], names[n:]) if end else None
        if rest is not None:
            pieces = [p for row in own for p in row.pieces if p.first == p.last == 0]
            return [Named(pieces, list(lines[:end])), *rest]
    return None


def _is_one_name(rows: Sequence[Row]) -> bool:
    """Whether rows can be the lines of one name: close to each other, with nothing beside them."""
    close = all(b.base - a.base < _WRAPPED * b.size for a, b in pairwise(rows))
    return close and not any(p.first for row in rows for p in row.pieces)


def _is_of_rows(group: Named) -> bool:
    """Whether all lines of a group that hold values have them in the same columns, two at least: rows of their own."""
    held = _with_values(group.rows)
    return len(held) == 1 or all(len(a & b) > 1 for a, b in pairwise(held))


def _with_values(rows: Sequence[Row]) -> list[set[int]]:
    held = ({p.first for p in row.pieces if VALUE.fullmatch(p.text)} for row in rows)
    return [columns for columns in held if columns]
