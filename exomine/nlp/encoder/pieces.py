"""Word pieces of the encoder: greedy longest match over an uncased vocabulary, with what lower-casing throws away.

The vocabulary is BERT's uncased one (Devlin et al. 2019), so ``MET`` the gene and ``met`` the verb have the same
pieces. Each piece therefore carries a *shape*: how it is written, and whether white space stands before it. The
encoder adds an embedding of the shape to that of the piece.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

__all__ = ["N_SHAPES", "Encoded", "WordPieces", "shape_of"]

CLS, SEP, UNKNOWN, MASK = "[CLS]", "[SEP]", "[UNK]", "[MASK]"
#: Longest word that is cut into pieces; longer ones (sequences, URLs) are one unknown piece, as in BERT.
LONGEST_WORD = 100
#: A word of more pieces (numbers run together by commas) is one unknown piece as well: it must fit a window.
MOST_PIECES = 100
#: Words kept with their pieces: prose repeats itself, and nine words of ten are found here.
CACHE_SIZE = 50_000

_SPECIAL, _LOWER, _TITLE, _CAPITAL, _UPPER, _MIXED, _DIGITS, _OTHER = range(8)
#: Added to the shape of a piece that continues a word or touches the word before it.
_GLUED = 8
N_SHAPES = 16

Int64 = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Encoded:
    """Pieces of one window: ids and shapes per piece, and per word the places of its first and last piece."""

    ids: Int64
    shapes: Int64
    first: Int64
    last: Int64


def shape_of(written: str) -> int:
    """How a piece is written: lower, Title, one capital, UPPER, miXed (also letters with digits), digits, other."""
    letters = [c for c in written if c.isalpha()]
    if not letters:
        return _DIGITS if any(c.isdigit() for c in written) else _OTHER
    if len(letters) < len(written):
        return _MIXED
    if not any(c.isupper() for c in letters):
        return _LOWER
    if len(letters) == 1:
        return _CAPITAL
    if all(c.isupper() for c in letters):
        return _UPPER
    return _TITLE if letters[0].isupper() and not any(c.isupper() for c in letters[1:]) else _MIXED


def _normal(char: str) -> str:
    """A character as the uncased vocabulary has it: lower case, without accents; empty for control characters."""
    if unicodedata.category(char) in ("Cc", "Cf"):
        return ""
    decomposed = unicodedata.normalize("NFD", char.lower())
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn")


def _is_punctuation(char: str) -> bool:
    ascii_symbol = char.isascii() and not char.isalnum() and not char.isspace()
    return ascii_symbol or unicodedata.category(char).startswith("P") or "\u4e00" <= char <= "\u9fff"


class WordPieces:
    """Cuts words into pieces and numbers them.

    ``vocabulary``: the pieces in the order of their ids, ``##`` before those that continue a word.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self.vocabulary = tuple(vocabulary)
        self._ids = {piece: i for i, piece in enumerate(self.vocabulary)}
        self.cls, self.sep, self._unknown = (self._ids[p] for p in (CLS, SEP, UNKNOWN))
        self.mask = self._ids.get(MASK, self._unknown)  # for training only
        self._cache: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {}

    @classmethod
    def from_file(cls, path: Path) -> WordPieces:
        """Read a vocabulary with one piece a line."""
        return cls(path.read_text(encoding="utf8").split("\n")[:-1])

    def to_file(self, path: Path) -> None:
        """Write the vocabulary, one piece a line."""
        path.write_text("".join(f"{piece}\n" for piece in self.vocabulary), encoding="utf8")

    def pieces(self, word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Ids and shapes of the pieces of one word; at least one piece."""
        known = self._cache.get(word)
        if known is None:
            known = self._cut(word)
            if len(self._cache) < CACHE_SIZE:
                self._cache[word] = known
        return known

    def encode(self, words: Sequence[str], spaced: Sequence[bool]) -> Encoded:
        """Encode a window. ``spaced[i]``: white space stands before word i."""
        ids, shapes, first, last = [self.cls], [_SPECIAL], [], []
        for word, space in zip(words, spaced, strict=True):
            piece_ids, piece_shapes = self.pieces(word)
            first.append(len(ids))
            ids.extend(piece_ids)
            shapes.append(piece_shapes[0] + (0 if space else _GLUED))
            shapes.extend(s + _GLUED for s in piece_shapes[1:])
            last.append(len(ids) - 1)
        ids.append(self.sep)
        shapes.append(_SPECIAL)
        return Encoded(*(np.asarray(x, dtype=np.int64) for x in (ids, shapes, first, last)))

    def _cut(self, word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        ids: list[int] = []
        shapes: list[int] = []
        for normal, written in _runs(word):
            for piece_id, start, end in self._greedy(normal):
                ids.append(piece_id)
                shapes.append(shape_of("".join(written[start:end])))
        known = 0 < len(ids) <= MOST_PIECES
        return (tuple(ids), tuple(shapes)) if known else ((self._unknown,), (_OTHER,))

    def _greedy(self, normal: str) -> list[tuple[int, int, int]]:
        """Longest pieces from the left, as (id, start, end); one unknown piece when any part is not in the
        vocabulary."""
        whole = [(self._unknown, 0, len(normal))]
        if len(normal) > LONGEST_WORD:
            return whole
        found, start = [], 0
        while start < len(normal):
            for end in range(len(normal), start, -1):
                piece_id = self._ids.get(("##" if start else "") + normal[start:end])
                if piece_id is not None:
                    found.append((piece_id, start, end))
                    start = end
                    break
            else:
                return whole
        return found


def _runs(word: str) -> list[tuple[str, list[str]]]:
    """Runs without punctuation, and single punctuation marks, as (normalised text, written character of each of its
    characters)."""
    runs: list[
        tuple[list[str], list[str]]
    ] = []  # lists grow in place: a long word costs no more a sign than a short one
    joined = False
    for char in word:
        normal = _normal(char)
        if not normal or normal.isspace():
            joined = joined and bool(normal) is False
            continue
        alone = _is_punctuation(char)
        if joined and not alone:
            runs[-1][0].append(normal)
            runs[-1][1].extend([char] * len(normal))
        else:
            runs.append(([normal], [char] * len(normal)))
        joined = not alone
    return [("".join(normals), written) for normals, written in runs]
