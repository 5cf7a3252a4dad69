"""What the rules leave out on purpose, so that nobody else puts it in again: "PTEN-targeting miR-21 promoted invasion"
says nothing of what PTEN promotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from exomine.nlp.relations.cues.nouns import DEMONSTRATED
from exomine.nlp.relations.operated import operation_on
from exomine.nlp.relations.operators import Operator, operators_of
from exomine.nlp.relations.sentence import Item, Sentence
from exomine.nlp.relations.statement import Statement
from exomine.nlp.relations.tokens import FINITE

__all__ = ["Aside", "left_aside", "points_elsewhere", "taken_away", "turned_round"]

#: Words at a sentence's beginning among which one that points back stands, and those between it and its noun.
_FIRST, _TO_NOUN = 6, 3
_POINTING = ("this", "these", "those", "such", "both")


@dataclass(frozen=True, slots=True)
class Aside:
    """``subjects``: names that seem to act and do not, each with those that act in their place; ``pairs``: names that
    a contrast or a pairing one by one sets apart."""

    subjects: Mapping[str, frozenset[str]]
    pairs: frozenset[tuple[str, str]]

    def holds(self, s: Statement) -> bool:
        """Whether a statement is one of those left out; what a name does to those that act in its place stays."""
        subject, object_ = s.subject.name, s.object.name
        return (subject, object_) in self.pairs or object_ not in self.subjects.get(subject, {object_})


def left_aside(
    agents: Iterable[tuple[Item, Sequence[Item]]],
    before: Iterable[Statement],
    left: Iterable[Statement],
    crossed: frozenset[tuple[str, str]] = frozenset(),
) -> Aside:
    """``agents`` as the roles set them aside, with those in their place; ``before`` are statements of which only
    ``left`` is left; ``crossed`` are names of which one stands in another clause than the other."""
    kept = {(s.subject.name, s.object.name) for s in left}
    subjects: dict[str, frozenset[str]] = {}
    for item, acting in agents:
        allowed = {x.name for i in acting for x in (i, *i.group)} | {b for a, b in kept if a == item.name}
        subjects[item.name] = subjects.get(item.name, frozenset()) | allowed
    return Aside(subjects, frozenset((s.subject.name, s.object.name) for s in before) - kept | crossed - kept)


def turned_round(sentence: Sentence, item: Item) -> bool:
    """ "Silencing of X was done. It ...": the pronoun may mean the silencing, so nothing is said of X."""
    return any(o.sign < 0 and not _does_it(sentence, item, o) for o in operators_of(sentence, item))


def _does_it(sentence: Sentence, item: Item, operator: Operator) -> bool:
    """ "X inhibited growth": X does it, and nothing is done to X."""
    verb = operator.end - 1
    active = operator.start >= item.end and not operator.glued and sentence.tag(verb) in FINITE
    return active and any(sentence.dep(x.root) == "nsubj" for x in item.group or [item])


def taken_away(before: Sentence, item: Item) -> bool:
    """Whether the sentence ``before`` says that there is less of ``item``: what follows is said of its loss."""
    return turned_round(before, item) or operation_on(before, item) is not None


def points_elsewhere(sentence: Sentence, item: Item) -> bool:
    """Whether the words that point back at a sentence's beginning cannot mean ``item`` of the sentence before: "this
    compound" is no microRNA."""
    first = range(sentence.start, min(sentence.end, sentence.start + _FIRST))
    noun = next((n for k in first if (n := _pointed_at(sentence, k)) is not None), None)
    return noun is not None and item.label not in _meant(sentence, noun)


def _pointed_at(sentence: Sentence, k: int) -> int | None:
    """The noun behind a word that points; None where the word stands alone."""
    if sentence.lower(k) not in _POINTING:
        return None
    for n in range(k + 1, min(sentence.end, k + 1 + _TO_NOUN)):
        if sentence.tag(n).startswith("VB") or sentence.tag(n) in ("MD", "IN"):
            return None
        if sentence.tag(n).startswith("NN") and not (n + 1 < sentence.end and sentence.tag(n + 1).startswith("NN")):
            return n
    return None


def _meant(sentence: Sentence, noun: int) -> tuple[str, ...]:
    at = sentence.covered.get(noun)
    return (at.label,) if at is not None else tuple(DEMONSTRATED.get(sentence.lower(noun), ()))
