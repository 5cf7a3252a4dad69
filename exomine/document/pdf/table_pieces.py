"""What a table's rows are made of: phrases on printed lines, and the columns in which they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from exomine.document.pdf.backends.base import TextLine, Word

__all__ = ["PHRASE_GAP", "Piece", "Row", "Span", "placed", "printed_rows"]

#: Words of one phrase stand no further apart than this, in font sizes.
PHRASE_GAP = 0.75

#: The left and right x of a column.
Span = tuple[float, float]


@dataclass(slots=True)
class Piece:
    """A phrase on one printed line, in columns ``first`` to ``last``."""

    words: list[Word]
    first: int = 0
    last: int = 0

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(w.x1 for w in self.words)

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def text(self) -> str:
        return "".join(w.text if w.glued or not i else " " + w.text for i, w in enumerate(self.words))


@dataclass(slots=True)
class Row:
    """Printed lines that make one row of the table."""

    base: float
    pieces: list[Piece] = field(default_factory=list)
    header: bool = False

    @property
    def size(self) -> float:
        """The size of the row's first word, in points."""
        return self.pieces[0].words[0].size


def printed_rows(lines: Sequence[TextLine]) -> list[Row]:
    """Lines on one height as one row of phrases."""
    rows: list[Row] = []
    for line in sorted(lines, key=lambda x: (x.base, x.x0)):
        if rows and abs(line.base - rows[-1].base) < 0.4 * line.size:
            row = rows[-1]
        else:
            row = Row(line.base)
            rows.append(row)
        row.pieces.extend(_phrases(line.words))
    for row in rows:
        row.pieces.sort(key=lambda p: p.x0)
    return rows


def _phrases(words: Sequence[Word]) -> Iterable[Piece]:
    piece: list[Word] = []
    for w in words:
        if piece and w.x0 - piece[-1].x1 > PHRASE_GAP * max(w.size, piece[-1].size):
            yield Piece(piece)
            piece = []
        piece.append(w)
    if piece:
        yield Piece(piece)


def placed(piece: Piece, columns: Sequence[Span], contents: Sequence[Span]) -> list[Piece]:
    """The phrase with its columns: the one whose content it stands over or under, else cut where its words part between
    columns.
    """
    over = [k for k, (a, b) in enumerate(contents) if min(piece.x1, b) - max(piece.x0, a) > 1]
    if len(over) == 1:
        return [Piece(piece.words, over[0], over[0])]
    out: list[Piece] = []
    for w in piece.words:
        spot = _column_of((w.x0 + w.x1) / 2, columns)
        if not out or _parts_from(out[-1], w, spot):
            out.append(Piece([w], spot, spot))
            continue
        out[-1].words.append(w)
        out[-1].last = max(out[-1].last, spot)
    return out


def _parts_from(piece: Piece, word: Word, spot: int) -> bool:
    """Whether a word stands in another column than the phrase before it, a gap between them."""
    if spot == piece.last or word.glued:
        return False
    return word.x0 - piece.words[-1].x1 > 0.55 * word.size


def _column_of(x: float, columns: Sequence[Span]) -> int:
    for i, (_, right) in enumerate(columns):
        if x <= right:
            return i
    return len(columns) - 1
