"""The relation network as it is shipped: an ONNX graph over a sentence with marked mentions, run one sentence at a
time.

What is said of a sentence depends on that sentence only (see :mod:`exomine.nlp.encoder.network`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from exomine.nlp.encoder.pieces import WordPieces
from exomine.nlp.relations.learned.pairs import CLASSES as CLASS_NAMES
from exomine.nlp.relations.learned.pairs import NONE, Place, admitted, fitting_pairs
from exomine.nlp.relations.learned.pieces import mark_text
from exomine.nlp.session import inference_session

__all__ = ["HEADS", "INPUTS", "PairModel", "PairScore"]

GRAPH, VOCABULARY, CLASSES = "pairs.onnx", "vocabulary.txt", "classes.json"
INPUTS = ("ids", "shapes", "marks", "subjects", "objects")
HEADS = ("predicate", "assertion", "state")

Floats = npt.NDArray[np.float64]
#: Pairs that see one another at once: the memory grows with their square, and lists of sixty names have thousands.
MOST_PAIRS = 500


@dataclass(frozen=True, slots=True)
class PairScore:
    """Probabilities of a pair, given by the positions of its mentions: predicates (with ``none``), assertions,
    states."""

    subject: int
    object: int
    predicates: dict[str, float]
    assertions: dict[str, float]
    states: dict[str, float]

    @property
    def some(self) -> float:
        """The probability that anything is stated between the two in this direction."""
        return 1 - self.predicates[NONE]


class PairModel:
    """Files of a trained network; the session is made when first used, and again after unpickling."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self.files = {name: (folder / name).read_bytes() for name in (GRAPH, VOCABULARY, CLASSES)}
        self.threads = threads
        self.classes: dict[str, list[str]] = json.loads(self.files[CLASSES])
        self.pieces = WordPieces(self.files[VOCABULARY].decode("utf8").split("\n")[:-1])
        self._session: Any = None

    def __getstate__(self) -> dict[str, Any]:
        """The state without the session, which cannot be pickled."""
        return {**self.__dict__, "_session": None}

    def scores(self, text: str, mentions: list[Place]) -> list[PairScore]:
        """Scores of all pairs of ``mentions`` that fit; pairs with a mention that was cut off have none."""
        marked = mark_text(text, mentions, self.pieces)
        pairs = [p for p in fitting_pairs(mentions) if min(marked.places[k] for k in p) >= 0]
        if not pairs:
            return []
        places = np.asarray([[marked.places[k] for k in p] for p in pairs], dtype=np.int64)
        sentence = (marked.ids[None], marked.shapes[None], marked.marks[None])
        blocks = (places[k : k + MOST_PAIRS] for k in range(0, len(places), MOST_PAIRS))
        parts = [self._run(dict(zip(INPUTS, (*sentence, b[:, 0], b[:, 1]), strict=True))) for b in blocks]
        predicate, assertion, state = (np.concatenate(head) for head in zip(*parts, strict=True))
        fit = np.asarray([self._fit(mentions[i][2], mentions[j][2]) for i, j in pairs])
        said = (_softmax(np.where(fit, predicate, -1e4)), _softmax(assertion), _softmax(state))
        return [PairScore(i, j, *self._named(*rows)) for (i, j), *rows in zip(pairs, *said, strict=True)]

    def _fit(self, subject: str, object_: str) -> list[bool]:
        """Which of the network's own classes two labels allow: a predicate may be younger than the network."""
        known = dict(zip(CLASS_NAMES, admitted(subject, object_), strict=True))
        return [known.get(name, False) for name in self.classes["predicate"]]

    def _run(self, feed: dict[str, Any]) -> list[Floats]:
        if self._session is None:
            self._session = inference_session(self.files[GRAPH], self.threads)
        return [out.astype(np.float64) for out in self._session.run(HEADS, feed)]

    def _named(self, *rows: Floats) -> tuple[dict[str, float], ...]:
        """Probabilities by the names of their classes; six decimals, so that a processor's last digits do not show."""
        return tuple(
            {name: round(float(p), 6) for name, p in zip(self.classes[head], row, strict=True)}
            for head, row in zip(HEADS, rows, strict=True)
        )


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(-1, keepdims=True))
    out: Floats = e / e.sum(-1, keepdims=True)
    return out
