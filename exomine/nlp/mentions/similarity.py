"""Names of the lexicon that are written nearly as a text is: TF-IDF over character 3-grams.

Built for one label when it is first asked for. Numbers, Greek letters and single letters must be the same ("IL-6" is
not a misspelt "IL-8"), so that what is bridged are misspellings, inflections and missing letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from exomine.vocabulary.normal import key

__all__ = ["Similar", "SimilarNames", "marks"]

#: Shortest normal form that is compared: shorter ones differ in too few 3-grams.
SHORTEST = 7
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
        self._vectorizer: Any = None
        self._matrix: Any = None
        self.nearest = lru_cache(maxsize=20_000)(self._nearest)

    def _load(self) -> None:
        import numpy
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), lowercase=False, dtype=numpy.float32)
        self._matrix = self._vectorizer.fit_transform(self._keys).T.tocsr()

    def _nearest(self, text: str, least: float = 0.8, *, same_length: bool = False) -> Similar | None:
        """The most similar name, if its similarity is at least ``least`` and its :func:`marks` are those of ``text``.

        ``same_length`` asks for the same number of words: "interleukin-27 receptor" is no "interleukin-27".
        """
        form = key(text)
        if len(form) < SHORTEST or not self._keys:
            return None
        if self._matrix is None:
            self._load()
        row = (self._vectorizer.transform([form]) @ self._matrix).tocsr()
        own = marks(form)
        near = row.data >= least
        ranked = sorted(
            zip(row.data[near].tolist(), row.indices[near].tolist(), strict=True), key=lambda p: (-p[0], p[1])
        )
        for similarity, i in ranked[:20]:
            found = self._keys[i]
            if same_length and found.count(" ") != form.count(" "):
                continue
            if found.endswith("ase") != form.endswith("ase"):
                continue  # an enzyme: "peroxidase" is not misspelt "peroxidasin"
            if marks(found) == own and found[0] == form[0] and found.split()[-1][0] == form.split()[-1][0]:
                return Similar(self._keys[i], round(float(similarity), 4))
        return None
