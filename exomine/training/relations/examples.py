"""Annotated sentences as examples: pairs of mentions that fit a predicate, each with its classes or none."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exomine.annotation.record import ASSERTIONS, BASES, STATES, AnnotatedRelation, AnnotatedSentence
from exomine.nlp.encoder.pieces import WordPieces
from exomine.nlp.relations.learned.pairs import CLASSES, fitting_pairs
from exomine.nlp.relations.learned.pieces import MarkedText, mark_text
from exomine.vocabulary.predicates import PREDICATE_NAMES

__all__ = ["IGNORE", "Example", "Pair", "examples", "marked"]

#: Class of pairs that are no evidence: another mention of a name that the relation is annotated with.
IGNORE = -100


@dataclass(frozen=True, slots=True)
class Pair:
    """A subject and an object (positions of mentions) with the classes of predicate, assertion, state and basis."""

    subject: int
    object: int
    predicate: int = 0
    assertion: int = IGNORE
    state: int = IGNORE
    basis: int = IGNORE


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with all its pairs, classified."""

    sentence: AnnotatedSentence
    pairs: tuple[Pair, ...]


def examples(sentences: Iterable[AnnotatedSentence]) -> list[Example]:
    """Sentences with at least one pair, each pair classified by the annotation."""
    out = []
    for s in sentences:
        said = _by_pair(s)
        same = {(_name(s, i), _name(s, j)) for i, j in said}
        places = [(m.start, m.end, m.label) for m in s.mentions]
        pairs = tuple(_pair(s, i, j, said.get((i, j)), same) for i, j in fitting_pairs(places))
        if pairs:
            out.append(Example(s, pairs))
    return out


def _by_pair(s: AnnotatedSentence) -> dict[tuple[int, int], AnnotatedRelation]:
    """One relation a pair: the first in the order of the predicates."""
    ranked = sorted(s.relations, key=lambda r: (PREDICATE_NAMES.index(r.predicate), r.assertion), reverse=True)
    return {(r.subject, r.object): r for r in ranked}


def _name(s: AnnotatedSentence, k: int) -> str:
    """The name of a mention; aliases share one."""
    for a, b in s.aliases:
        k = a if k == b else k
    m = s.mentions[k]
    return s.text[m.start : m.end].lower()


def _pair(s: AnnotatedSentence, i: int, j: int, r: AnnotatedRelation | None, same: set[tuple[str, str]]) -> Pair:
    if r is None:
        return Pair(i, j, IGNORE if (_name(s, i), _name(s, j)) in same else 0)
    return Pair(
        i, j, CLASSES.index(r.predicate), ASSERTIONS.index(r.assertion), STATES.index(r.state), BASES.index(r.basis)
    )  # fmt: skip


def marked(example: Example, pieces: WordPieces, *, hide: float = 0.0, rng: random.Random | None = None) -> MarkedText:
    """The pieces of an example; each name is masked with probability ``hide``."""
    s = example.sentence
    hidden: Sequence[bool] = [rng is not None and rng.random() < hide for _ in s.mentions]
    return mark_text(s.text, [(m.start, m.end, m.label) for m in s.mentions], pieces, hidden)
