"""How far two annotators agree who did not see each other's work: Cohen's kappa, by predicate and over all.

J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960), 37-46.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exomine.annotation.record import AnnotatedMention, AnnotatedRelation, AnnotatedSentence
from exomine.errors import CorpusError
from exomine.vocabulary.predicates import PREDICATE_NAMES

__all__ = ["Agreement", "agreement", "cohen"]

NONE = "none"
_Pair = tuple[str, AnnotatedMention, AnnotatedMention]


@dataclass(frozen=True, slots=True)
class Agreement:
    """``kappa`` over all pairs that either reader marked as mentions, by predicate, and of assertion and state where
    both see one.
    """

    sentences: int
    pairs: int
    kappa: float
    f1: float
    mentions_f1: float
    predicates: dict[str, float]
    counts: dict[str, tuple[int, int, int]]  # by the first, by the second, by both
    assertion: float
    state: float


def cohen(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa of two columns of labels; 1.0 where both columns hold one and the same label throughout."""
    if not pairs:
        return 0.0
    n = len(pairs)
    observed = sum(a == b for a, b in pairs) / n
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(first[label] * second[label] for label in first) / n**2
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)


def agreement(first: Sequence[AnnotatedSentence], second: Sequence[AnnotatedSentence]) -> Agreement:
    """Agreement on the sentences that both have, joined by id; raises :class:`CorpusError` where there are none."""
    others = {s.id: s for s in second}
    both = [(s, others[s.id]) for s in first if s.id in others]
    if not both:
        raise CorpusError("the two annotations have no sentence in common; compare files with the same ids.")
    a = {key: r for s, _ in both for key, r in _by_pair(s)}
    b = {key: r for _, s in both for key, r in _by_pair(s)}
    labels = [(_label(a.get(k)), _label(b.get(k))) for k in _all_pairs(both)]
    shared = [(a[k], b[k]) for k in sorted(a.keys() & b.keys()) if a[k].predicate == b[k].predicate]
    same = len(shared)
    seen = [({*s.mentions}, {*t.mentions}) for s, t in both]
    return Agreement(
        len(both), len(labels), cohen(labels), _f1(same, len(a), len(b)),
        _f1(sum(len(x & y) for x, y in seen), sum(len(x) for x, _ in seen), sum(len(y) for _, y in seen)),
        {p: cohen([(str(x == p), str(y == p)) for x, y in labels]) for p in PREDICATE_NAMES},
        {p: (sum(x == p for x, _ in labels), sum(y == p for _, y in labels), sum(x == y == p for x, y in labels))
            for p in PREDICATE_NAMES},
        cohen([(x.assertion, y.assertion) for x, y in shared]), cohen([(x.state, y.state) for x, y in shared]),
    )  # fmt: skip


def _f1(hits: int, first: int, second: int) -> float:
    return 2 * hits / (first + second) if first + second else 1.0


def _label(relation: AnnotatedRelation | None) -> str:
    return NONE if relation is None else relation.predicate


def _by_pair(s: AnnotatedSentence) -> Iterator[tuple[_Pair, AnnotatedRelation]]:
    for r in s.relations:
        yield (s.id, s.mentions[r.subject], s.mentions[r.object]), r


def _all_pairs(both: Sequence[tuple[AnnotatedSentence, AnnotatedSentence]]) -> Iterator[_Pair]:
    """Every ordered pair of mentions that either reader marked, in order of sentence and place."""
    for s, t in both:
        mentions = sorted({*s.mentions, *t.mentions})
        for x in mentions:
            for y in mentions:
                if x != y:
                    yield s.id, x, y
