"""The columns of a table's part, and whether lines on another page or in another column stand in them."""

from __future__ import annotations

from collections.abc import Sequence

from exomine.document.pdf.backends.base import TextLine
from exomine.document.pdf.table_notes import NEXT_NOTE
from exomine.document.pdf.table_pieces import Piece, Row, printed_rows
from exomine.document.pdf.table_rules import Rule

__all__ = ["first_words", "from_columns_on", "is_right_beneath", "stand_in", "words_of"]

#: So large a part of the phrases of a table's rest stand in a column of its first part.
_MOST_IN_COLUMNS = 0.75
#: The fullest row of a table's rest fills more than this part of the columns.
_LEAST_FILLED = 0.5
#: A row that fills no more than those has so many phrases at least.
_FEWEST_SPARSE = 3


def is_right_beneath(rule: Rule, lines: Sequence[TextLine]) -> bool:
    return any(line.base < rule.y < line.base + NEXT_NOTE * line.size for line in lines)


def stand_in(lines: Sequence[TextLine], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether nearly all phrases stand in one of the columns each, and those of some row in most of them, or in half of
    them and those of all rows in all."""
    rows = [[_columns_of(p, columns) for p in row.pieces] for row in printed_rows(lines)]
    phrases = [m for row in rows for m in row]
    filled = [{m[0] for m in row if len(m) == 1} for row in rows]
    half = _LEAST_FILLED * len(columns)
    fullest = max(map(len, filled), default=0)
    sparse = fullest >= max(half, _FEWEST_SPARSE) and len(set().union(*filled)) == len(columns)
    single = sum(len(m) == 1 for m in phrases)
    return (fullest > max(1, half) or sparse) and single >= _MOST_IN_COLUMNS * len(phrases)


def first_words(lines: Sequence[TextLine]) -> list[str]:
    """What stands on the first height of a table: of its head, which may be printed again."""
    return [p.text for row in printed_rows(lines)[:1] for p in row.pieces]


def words_of(row: Row) -> str:
    """The text of a row, however its phrases are parted."""
    return " ".join(p.text for p in row.pieces)


def from_columns_on(lines: list[TextLine], columns: Sequence[tuple[float, float]]) -> list[TextLine]:
    """Rows from top to bottom without single phrases above them that reach over several columns: text."""
    rows = printed_rows(lines)
    for row in rows:
        if len(row.pieces) > 1 or len(_columns_of(row.pieces[0], columns)) == 1:
            return [x for x in lines if x.base > row.base - x.size / 2]
    return []


def _columns_of(piece: Piece, columns: Sequence[tuple[float, float]]) -> list[int]:
    return [k for k, (a, b) in enumerate(columns) if piece.x0 < b and piece.x1 > a]
