"""What a table's rows are made of: phrases on printed lines, and the columns in which they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from exomine.document.pdf.backends.base import TextLine, Word

__all__ = ["PHRASE_GAP", "Piece", "Row", "Span", "is_item", "is_justified", "placed", "printed_rows", "rejoined"]

#: Words of one phrase stand no further apart than this, in font sizes.
PHRASE_GAP = 0.75
#: Where a line's words are clearly closer to each other, phrases stand apart by more than this many font sizes, and so
#: many times as far as words.
_LEAST_GAP, _WIDER = 0.45, 1.7
#: The sign or number of an item, which stands further from its text: "•", "2.", "[8]".
_ITEM = re.compile(r"[•·▪◦*–—-]|[\[(]?(?:\d{1,3}|[a-z])[.)\]]+")

#: The left and right x of a column.
Span = tuple[float, float]
#: Text is justified where so many gaps between its words, and so large a part of them, differ from their usual width by
#: less than this, in font sizes.
_FEWEST_GAPS, _NEARLY_ALL, _EQUAL = 3, 0.8, 0.1


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
    limit = _phrase_gap(words)
    for w in words:
        apart = PHRASE_GAP if len(piece) == 1 and is_item(piece[0].text) else limit
        if piece and w.x0 - piece[-1].x1 > apart * max(w.size, piece[-1].size):
            yield Piece(piece)
            piece = []
        piece.append(w)
    if piece:
        yield Piece(piece)


def is_item(text: str) -> bool:
    """Whether a phrase is the sign or number of an item."""
    return bool(_ITEM.fullmatch(text))


def _phrase_gap(words: Sequence[Word]) -> float:
    """How far apart the phrases of a line stand, in font sizes: less than usual where most of its words are close."""
    gaps = sorted((b.x0 - a.x1) / max(a.size, b.size) for a, b in pairwise(words) if not b.glued)
    usual = gaps[len(gaps) // 4] if gaps else PHRASE_GAP
    return min(PHRASE_GAP, max(_LEAST_GAP, _WIDER * usual))


def rejoined(pieces: Sequence[Piece], contents: Sequence[Span]) -> list[Piece]:
    """Phrases that stand close to each other as one again, unless they stand in columns of their own."""
    out: list[Piece] = []
    for piece in pieces:
        if out and _is_one_phrase(out[-1], piece, contents):
            out[-1] = Piece([*out[-1].words, *piece.words])
        else:
            out.append(piece)
    return out


def _is_one_phrase(piece: Piece, following: Piece, contents: Sequence[Span]) -> bool:
    last, first = piece.words[-1], following.words[0]
    if first.x0 - last.x1 > PHRASE_GAP * max(last.size, first.size):
        return False
    own, other = _over(piece, contents), _over(following, contents)
    return not own or not other or bool(own & other)


def _over(piece: Piece, contents: Sequence[Span]) -> set[int]:
    """The columns over or under whose content a phrase stands."""
    return {k for k, (a, b) in enumerate(contents) if min(piece.x1, b) - max(piece.x0, a) > 1}


def placed(piece: Piece, columns: Sequence[Span], contents: Sequence[Span]) -> list[Piece]:
    """The phrase with its columns: the one whose content it stands over or under, else cut where its words part between
    columns.
    """
    over = _over(piece, contents)
    if len(over) == 1:
        return [Piece(piece.words, min(over), min(over))]
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


def is_justified(row: Row) -> bool:
    """Whether nearly all words of a row stand equally far apart: text made as wide as its column, or as two columns."""
    words = [w for p in row.pieces for w in p.words]
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(words) if not b.glued)
    near = sum(abs(gap - gaps[len(gaps) // 2]) < _EQUAL * row.size for gap in gaps)
    return near >= max(_FEWEST_GAPS, _NEARLY_ALL * len(gaps))
