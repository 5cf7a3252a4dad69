"""Names of the lexicon that are written nearly as a text is: TF-IDF over character 3-grams.

Built for one label when it is first asked for, from one array of all 3-grams of its names. Numbers, Greek letters and
single letters must be the same ("IL-6" is not a misspelt "IL-8"), so that what is bridged are misspellings, inflections
and missing letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from exomine.vocabulary.normal import key

__all__ = ["Similar", "SimilarNames", "marks"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Shortest normal form that is compared: shorter ones differ in too few 3-grams.
SHORTEST = 7
#: Names that are looked at, the most similar first.
_LOOKED_AT = 20
_GREEK = frozenset("alpha beta gamma delta epsilon kappa zeta theta lambda sigma omega mu".split())


@dataclass(frozen=True, slots=True)
class Similar:
    """A name and how similar it is (cosine, 0 to 1)."""

    key: str
    similarity: float


def marks(form: str) -> tuple[str, ...]:
    """The parts of a normal form that must not differ: numbers, Greek letters, single letters, Roman numerals."""
    return tuple(
        sorted(t for t in form.split() if t.isdigit() or len(t) == 1 or t in _GREEK or re.fullmatch(r"[ivx]{2,4}", t))
    )


class SimilarNames:
    """An index over normal forms."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = [k for k in keys if len(k) >= SHORTEST]
        self._index: _Index | None = None
        self._remember()

    def _remember(self) -> None:
        self.nearest = lru_cache(maxsize=20_000)(self._nearest)

    def __getstate__(self) -> dict[str, Any]:
        """The keys and their index; what was answered is not passed on."""
        return {name: value for name, value in self.__dict__.items() if name != "nearest"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._remember()

    def _nearest(self, text: str, least: float = 0.8, *, same_length: bool = False) -> Similar | None:
        """The most similar name, if its similarity is at least ``least`` and its :func:`marks` are those of ``text``.

        ``same_length`` asks for the same number of words: "interleukin-27 receptor" is no "interleukin-27".
        """
        form = key(text)
        if len(form) < SHORTEST or not self._keys:
            return None
        if self._index is None:
            self._index = _Index(self._keys)
        own = marks(form)
        for similarity, i in self._index.nearest(form, least)[:_LOOKED_AT]:
            found = self._keys[i]
            if same_length and found.count(" ") != form.count(" "):
                continue
            if found.endswith("ase") != form.endswith("ase"):
                continue  # an enzyme: "peroxidase" is not misspelt "peroxidasin"
            if marks(found) == own and found[0] == form[0] and found.split()[-1][0] == form.split()[-1][0]:
                return Similar(found, round(similarity, 4))
        return None


class _Index:
    """For each 3-gram the names that have it, with its weight in each.

    A weight is the 3-gram's count times its rarity, ln((1 + names) / (1 + names with it)) + 1; each name's weights are
    scaled to length 1. Stored one 3-gram after the other: ``names`` and ``weights`` from ``first[g]`` to
    ``first[g + 1]``.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._n = len(keys)
        grams, owners = _grams(keys)
        pairs, counts = np.unique(grams * self._n + owners, return_counts=True)
        grams, self._names = np.divmod(pairs, self._n)
        self._grams, self._first = np.unique(grams, return_index=True)
        self._first = np.append(self._first, len(pairs))
        having = np.diff(self._first)
        self._rarity: Floats = np.log((1 + self._n) / (1 + having)) + 1
        weights = counts * np.repeat(self._rarity, having)
        lengths = np.sqrt(np.bincount(self._names, weights * weights, self._n))
        self._weights: Floats = weights / lengths[self._names]

    def nearest(self, form: str, least: float) -> list[tuple[float, int]]:
        """Names by their similarity to ``form``, from ``least`` on, the most similar first, then in their order."""
        grams, counts = np.unique(_grams([form])[0], return_counts=True)
        places = np.searchsorted(self._grams, grams)
        known = places < len(self._grams)
        known[known] = self._grams[places[known]] == grams[known]
        places, weights = places[known], counts[known] * self._rarity[places[known]]
        scores = np.zeros(self._n)
        for place, weight in zip(places.tolist(), weights / np.sqrt((weights * weights).sum()), strict=True):
            have = slice(self._first[place], self._first[place + 1])
            scores[self._names[have]] += weight * self._weights[have]
        scores = scores.round(9)  # so that an order of names does not hang on the last digits
        near = np.flatnonzero(scores >= least)
        return sorted(zip(scores[near].tolist(), near.tolist(), strict=True), key=lambda p: (-p[0], p[1]))


#: Bits of a sign; all beyond Latin-1 count as one (normal forms spell Greek letters out).
_BITS, _LAST = 8, 255


def _grams(keys: Sequence[str]) -> tuple[Ints, Ints]:
    """The 3-grams of all words, each with a space before and behind it, as numbers; and which key each is of."""
    text = "\n".join([" " + k.replace(" ", "  ") + " " for k in keys])
    signs: Ints = np.minimum(np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32), _LAST).astype(np.int64)
    space, end = signs == ord(" "), signs == ord("\n")
    between = (space[:-1] & space[1:]) | end[:-1] | end[1:]  # of two signs: between two words
    inside = ~(between[:-1] | between[1:])
    grams = (signs[:-2] << 2 * _BITS) | (signs[1:-1] << _BITS) | signs[2:]
    return grams[inside], np.cumsum(end)[:-2][inside]
