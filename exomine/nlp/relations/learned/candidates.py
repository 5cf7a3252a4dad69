"""What the rules and the network say of a sentence, side by side: one candidate a pair of names and predicate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from spacy.tokens import Span

from exomine.nlp.relations.items import Item, as_item, marks_cells, response_word, same_thing, target_of_class
from exomine.nlp.relations.learned.network import PairScore
from exomine.nlp.relations.learned.pairs import NONE
from exomine.nlp.relations.sentence import Sentence
from exomine.nlp.relations.statement import Statement
from exomine.vocabulary.predicates import predicate

__all__ = ["LEARNED", "LEAST", "Candidate", "Pairs", "ScoredPair", "candidates"]

#: The method of statements that the network finds and no rule.
LEARNED = "learned"
#: A pair is a candidate of the network's from this probability on that anything is stated.
LEAST = 0.1
#: The label of which a word of the kind as such may stand in what only the network finds: "chemotherapy".
_KIND = "DRUG"
#: Subject and object by their names.
Names = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement to be judged: by rule (``rule`` with its score), by the network (``pair``) or by both.

    ``others`` are the predicates that rules state for the same names, with the rules' scores, ``turned`` those for
    subject and object exchanged; ``around`` tells what rules say of one of the
    two names and another (:func:`around`).
    """

    statement: Statement
    pair: PairScore | None
    rule: float = 0.0
    others: Mapping[str, float] = field(default_factory=dict)
    turned: Mapping[str, float] = field(default_factory=dict)
    around: frozenset[str] = frozenset()

    @property
    def predicate(self) -> str:
        """The predicate that is judged."""
        return self.statement.predicate

    @property
    def learned(self) -> float:
        """The network's probability of the predicate; 0 where it has read nothing."""
        return self.pair.predicates.get(self.predicate, 0.0) if self.pair else 0.0

    @property
    def assertion(self) -> str:
        """The assertion that the network finds likeliest; empty where it has read nothing."""
        return likeliest(self.pair.assertions) if self.pair else ""

    @property
    def state(self) -> str:
        """The subject's state that the network finds likeliest; empty where it has read nothing."""
        return likeliest(self.pair.states) if self.pair else ""


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """Two mentions of a document, subject and object, with what the network says of them."""

    subject: Span
    object: Span
    score: PairScore


@dataclass(frozen=True, slots=True)
class Told:
    """What the network says of a subject and an object; ``words`` are the items that stand for them in the sentence:
    "this miRNA" for the one that was named before."""

    subject: Item
    object: Item
    score: PairScore
    words: tuple[Item, Item]


class Pairs:
    """The network's scores of a sentence with the items that they speak of; mentions that the rules leave out get
    items of their own.

    What is said of "this miRNA" is said of the one named before, and counts instead of what is said of that name in
    the sentence before.
    """

    def __init__(self, sentence: Sentence, scores: Iterable[ScoredPair]) -> None:
        self._items = {_place(i.span): i for i in sentence.items}
        self.by_names: dict[Names, list[Told]] = {}
        pointed: dict[Names, list[Told]] = {}
        for pair in scores:
            if any(self._part_of_name(sentence, x) or self._response(x) for x in (pair.subject, pair.object)):
                continue
            subject, object_ = self._item(sentence, pair.subject), self._item(sentence, pair.object)
            if same_thing(subject, object_):
                continue
            told = pointed if subject.stands_for or object_.stands_for else self.by_names
            for a, b in product(subject.stands_for or (subject,), object_.stands_for or (object_,)):
                told.setdefault((a.name, b.name), []).append(Told(a, b, pair.score, (subject, object_)))
        self.by_names.update(pointed)

    @staticmethod
    def _part_of_name(sentence: Sentence, span: Span) -> bool:
        """Whether a mention is only a part of what another thing is called."""
        if marks_cells(sentence, span) or _in_process(sentence, span):
            return True
        return any(target_of_class(span, i.span) for i in sentence.items)

    def _response(self, span: Span) -> bool:
        """ "Chemoresistance to D": the word that the rules do not take for a drug of its own."""
        return span.label_ == "DRUG" and bool(response_word(span.text)) and _place(span) not in self._items

    def _item(self, sentence: Sentence, span: Span) -> Item:
        place = _place(span)
        if place not in self._items:
            self._items[place] = as_item(sentence, span)
        return self._items[place]

    def of(self, statement: Statement) -> PairScore | None:
        """What the network says of a rule's statement: the mean over the members of its enumerations, which share one
        verb, and over what the clause says that has its verb."""
        names = [(a.name, b.name) for a in _members(statement.subject) for b in _members(statement.object)]
        names += [(statement.like[0].name, statement.like[1].name)] if statement.like else []
        found = [self._best(n, statement.predicate) for n in names if n in self.by_names]
        return mean_score(found) if found else None

    def _best(self, names: Names, predicate: str) -> PairScore:
        """The scores of the pair of these names that the network finds likeliest for ``predicate``."""
        return max((told.score for told in self.by_names[names]), key=lambda s: s.predicates.get(predicate, 0.0))

    def stated(self) -> Iterator[tuple[Names, Told, str]]:
        """For each pair of names its likeliest pair of mentions, with the predicate that is likeliest there."""
        for names, found in self.by_names.items():
            told = max(found, key=lambda f: f.score.some)
            if told.score.some >= LEAST:
                yield names, told, likeliest({p: x for p, x in told.score.predicates.items() if p != NONE})


def _in_process(sentence: Sentence, span: Span) -> bool:
    """ "Epithelial" of "epithelial-mesenchymal transition" is a part of what the process is called."""
    whole = (i.span for i in sentence.items if i.label == "PROCESS")
    return any(w.start <= span.start and span.end <= w.end and len(span) < len(w) for w in whole)


def _place(span: Span) -> tuple[int, int, str, str]:
    """What tells a mention from others: spaCy makes Spans anew at each look, and several may stand at one place."""
    return span.start, span.end, span.label_, span.kb_id_


def _members(item: Item) -> list[Item]:
    return item.group or [item]


def mean_score(scores: Sequence[PairScore]) -> PairScore:
    """The mean of several pairs' probabilities, with the mentions of the first."""

    def mean(name: str) -> dict[str, float]:
        columns = [getattr(s, name) for s in scores]
        return {answer: sum(c[answer] for c in columns) / len(columns) for answer in columns[0]}

    first = scores[0]
    return PairScore(first.subject, first.object, mean("predicates"), mean("assertions"), mean("states"))


def candidates(sentence: Sentence, rules: Sequence[tuple[Statement, float]], pairs: Pairs) -> list[Candidate]:
    """All candidates of a sentence; ``rules`` are statements with their scores. A rule's statement keeps its own
    items."""
    ruled = _by_names(rules)
    out = [Candidate(s, pairs.of(s), score, *_beside(ruled, s)) for s, score in rules]
    for names, told, found in pairs.stated():
        if found not in ruled.get(names, {}):
            subject, object_ = told.subject, told.object
            here = [sentence.start <= i.start < sentence.end for i in (subject, object_)]
            kind = _KIND if all(here) and found != "cargo_of" else ""  # "multiple drugs" in exosomes says nothing
            if any(i.generic and i.label != kind for i in (subject, object_)):
                continue
            words = between(sentence, *told.words)
            pointing = tuple(i for i in told.words if i.stands_for)
            statement = Statement(subject, found, object_, LEARNED, words, inherited=not all(here), words=pointing)
            out.append(Candidate(statement, told.score, 0.0, *_beside(ruled, statement)))
    return out


def between(sentence: Sentence, subject: Item, object_: Item) -> tuple[int, ...]:
    """The tokens that carry what is said of two items: where their ways to the root of the parse meet, else their own.

    An item of the sentence before carries nothing here.
    """
    here = [i.root for i in (subject, object_) if sentence.start <= i.root < sentence.end]
    if len(here) < 2:
        return tuple(here)
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


def likeliest(answers: Mapping[str, float]) -> str:
    """The answer with the highest probability; empty where there is none."""
    return max(answers, key=lambda a: answers[a], default="")


def _by_names(rules: Iterable[tuple[Statement, float]]) -> dict[Names, dict[str, float]]:
    out: dict[Names, dict[str, float]] = {}
    for s, score in rules:
        out.setdefault((s.subject.name, s.object.name), {})[s.predicate] = score
    return out


def around(ruled: Mapping[Names, Mapping[str, float]], names: Names, name: str) -> frozenset[str]:
    """What rules state of one of ``names`` and another name of the sentence: who stands beside another that acts on
    the same object is often only described.

    ``name`` is the predicate that is judged of ``names``.
    """
    if not ruled:
        return frozenset(("nothing",))
    subject, object_ = names
    opposite = predicate(name).opposite
    others = {a: said for (a, b), said in ruled.items() if b == object_ and a != subject}
    rivals = [a for a, said in others.items() if name in said]
    objects = [b for (a, b), said in ruled.items() if a == subject and b != object_ and name in said]
    holds = {
        "other subject": rivals,
        "other subject, opposite": [a for a, said in others.items() if opposite in said],
        "other object": objects,
        "acts on the other subject": [a for a in rivals if (subject, a) in ruled],
        "the other subject acts on it": [a for a in rivals if (a, subject) in ruled],
        "is acted on": [a for a, b in ruled if b == subject],
        "subject acts": [b for a, b in ruled if a == subject],
    }
    return frozenset(flag for flag, found in holds.items() if found)


def _beside(
    ruled: Mapping[Names, Mapping[str, float]], s: Statement
) -> tuple[Mapping[str, float], Mapping[str, float], frozenset[str]]:
    """What rules state of the same names besides the statement, of the names exchanged, and of these and others."""
    names = s.subject.name, s.object.name
    same = {other: score for other, score in ruled.get(names, {}).items() if other != s.predicate}
    return same, ruled.get(names[::-1], {}), around(ruled, names, s.predicate)
