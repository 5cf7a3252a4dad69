"""What the rules and the network say of a sentence, side by side: one candidate a pair of names and predicate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from exomine.nlp.relations.items import Item
from exomine.nlp.relations.learned.network import PairScore
from exomine.nlp.relations.learned.pairs import NONE
from exomine.nlp.relations.sentence import Sentence
from exomine.nlp.relations.statement import Statement

__all__ = ["LEARNED", "LEAST", "Candidate", "Pairs", "candidates", "name_of"]

#: The method of statements that the network finds and no rule.
LEARNED = "learned"
#: A pair is a candidate of the network's from this probability on that anything is stated.
LEAST = 0.1
#: Subject and object by their names.
Names = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement to be judged: by rule (``rule`` with its score), by the network (``pair``) or by both.

    ``others`` are the predicates that rules state for the same names, ``turned`` those for subject and object exchanged.
    """

    statement: Statement
    pair: PairScore | None
    rule: float = 0.0
    others: frozenset[str] = frozenset()
    turned: frozenset[str] = frozenset()

    @property
    def predicate(self) -> str:
        """The predicate that is judged."""
        return self.statement.predicate

    @property
    def learned(self) -> float:
        """The network's probability of the predicate; 0 where it has read nothing."""
        return self.pair.predicates.get(self.predicate, 0.0) if self.pair else 0.0


class Pairs:
    """The network's scores of a sentence with the items that they speak of."""

    def __init__(self, sentence: Sentence, mentions: Sequence[object], scores: Iterable[PairScore]) -> None:
        places = {id(m): k for k, m in enumerate(mentions)}
        items = {places[id(i.span)]: i for i in sentence.items if id(i.span) in places}
        self.by_names: dict[Names, list[tuple[Item, Item, PairScore]]] = {}
        for score in scores:
            subject, object_ = items.get(score.subject), items.get(score.object)
            if subject is not None and object_ is not None:
                self.by_names.setdefault((name_of(subject), name_of(object_)), []).append((subject, object_, score))

    def best(self, names: Names, predicate: str) -> PairScore | None:
        """The scores of the pair of these names that the network finds likeliest for ``predicate``."""
        found = [score for _, _, score in self.by_names.get(names, ())]
        return max(found, key=lambda s: s.predicates[predicate], default=None)

    def stated(self) -> Iterator[tuple[Names, Item, Item, PairScore, str]]:
        """For each pair of names its likeliest pair of mentions, with the predicate that is likeliest there."""
        for names, found in self.by_names.items():
            subject, object_, score = max(found, key=lambda f: f[2].some)
            if score.some >= LEAST:
                yield names, subject, object_, score, _likeliest(score.predicates)


def name_of(item: Item) -> str:
    """The name that mentions of one thing in a sentence share; an abbreviation's is that of its long form."""
    return (item.alias or item).span.text.lower()


def candidates(sentence: Sentence, rules: Sequence[tuple[Statement, float]], pairs: Pairs) -> list[Candidate]:
    """All candidates of a sentence; ``rules`` are statements with their scores. A rule's statement keeps its own items."""
    ruled = _by_names(rules)
    out = [
        Candidate(s, pairs.best(names, s.predicate), score, *_beside(ruled, names, s.predicate))
        for s, score in rules
        for names in [(name_of(s.subject), name_of(s.object))]
    ]
    for names, subject, object_, score, predicate in pairs.stated():
        if predicate not in ruled.get(names, {}):
            statement = Statement(subject, predicate, object_, LEARNED, between(sentence, subject, object_))
            out.append(Candidate(statement, score, 0.0, *_beside(ruled, names, predicate)))
    return out


def between(sentence: Sentence, subject: Item, object_: Item) -> tuple[int, ...]:
    """The tokens that carry what is said of two items: where their ways to the root of the parse meet, else their own."""
    above = _ways_up(sentence, subject.root)
    for token in _ways_up(sentence, object_.root):
        if token in above:
            return tuple(sorted({token, subject.root, object_.root}))
    return tuple(sorted({subject.root, object_.root}))


def _ways_up(sentence: Sentence, token: int) -> list[int]:
    way = [token]
    while (head := sentence.head(way[-1])) not in way and sentence.start <= head < sentence.end:
        way.append(head)
    return way


def _likeliest(predicates: Mapping[str, float]) -> str:
    return max((p for p in predicates if p != NONE), key=lambda p: predicates[p])


def _by_names(rules: Iterable[tuple[Statement, float]]) -> dict[Names, dict[str, float]]:
    out: dict[Names, dict[str, float]] = {}
    for s, score in rules:
        out.setdefault((name_of(s.subject), name_of(s.object)), {})[s.predicate] = score
    return out


def _beside(ruled: Mapping[Names, Mapping[str, float]], names: Names, predicate: str) -> tuple[frozenset[str], ...]:
    """What rules state of the same names besides ``predicate``, and of the names exchanged."""
    return frozenset(ruled.get(names, ())) - {predicate}, frozenset(ruled.get(names[::-1], ()))
