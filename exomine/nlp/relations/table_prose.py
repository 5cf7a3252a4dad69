"""Prose in a table's cell ("Knock-down of X restored sensitivity to D; Y was lowered by Z"): read by the rules of
sentences, since whom the row is about need not be who acts.

A row was parsed as one sentence, whose tree goes across its cells, so that cells are read by the order of their words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from exomine.nlp.assertion.component import Assertion
from exomine.nlp.extensions import MENTIONS
from exomine.nlp.relations.arguments import ACTORS
from exomine.nlp.relations.component import asserted_by_rules, sentence_statements, statement_score
from exomine.nlp.relations.learned.candidates import Candidate
from exomine.nlp.relations.sentence import Sentence
from exomine.nlp.relations.statement import Statement

__all__ = ["Prose", "Told", "prose_in"]

#: Shorter cells are phrases; who acts and its verb stand no further apart than so many tokens.
_LEAST_WORDS, _TO_VERB = 5, 10
_FINITE = ("VBZ", "VBP", "VBD")
_AUXILIARY = ("is", "are", "was", "were", "has", "have", "had", "does", "do", "did")
_RELATIVE = ("which", "that", "who", "whose")
_BULLETS = ("-", "–", "—", "•", "·", "▪", "*")


@dataclass(frozen=True, slots=True)
class Told:
    """A statement of a cell, by mentions of the paper; ``score`` is that of its frame, as if the grammar told it."""

    subject: Span
    predicate: str
    object: Span
    assertion: str
    state: str
    score: float
    frame: str


@dataclass(frozen=True, slots=True)
class Prose:
    """What a cell says in sentences; ``actors`` are those that are named before the first verb of each sentence, with
    the token where it begins."""

    actors: tuple[tuple[int, Span], ...]
    told: tuple[Told, ...]

    def acting_on(self, thing: Span) -> list[Span]:
        """Who is said to act on a mention."""
        return [x.subject for x in self.told if x.object == thing]

    def actor_at(self, thing: Span) -> Span | None:
        """Who acts in the sentence of a mention, or in the one before where it names nobody; None before the first."""
        return next((actor for start, actor in reversed(self.actors) if start <= thing.start), None)


def prose_in(cell: Span, mentions: Sequence[Span]) -> Prose | None:
    """The prose of a cell, with its ``mentions``.

    None where it is no sentence with somebody who acts: a phrase about the row's subject ("promotes invasion").
    """
    if sum(t.is_alpha for t in cell) < _LEAST_WORDS or any(t.text in _BULLETS and _apart(cell, t.i) for t in cell):
        return None
    copy = _copied(cell, mentions)
    spans = copy.spans[MENTIONS]
    sentences = [Sentence(s, [m for m in spans if s.start <= m.start and m.end <= s.end]) for s in copy.sents]
    actors = [(s.start, _actor(s)) for s in sentences]
    if all(actor is None for _, actor in actors):
        return None
    original = {(m.start, m.end, m.label_): o for m, o in zip(spans, mentions, strict=True)}

    def meant(span: Span) -> Span:
        return original[span.start, span.end, span.label_]

    told = [
        Told(meant(s.subject.span), s.predicate, meant(s.object.span), _assertion(copy, s),
             s.state, statement_score(replace(s, loose=False)), s.frame)
        for sentence in sentences
        for s in sentence_statements(sentence).statements
    ]  # fmt: skip
    return Prose(tuple((cell.start + at, meant(a)) for at, a in actors if a is not None), tuple(told))


def _apart(cell: Span, i: int) -> bool:
    """Whether a sign stands between spaces: it begins an item of a list."""
    doc = cell.doc
    return bool(doc[i].whitespace_) and (i == cell.start or bool(doc[i - 1].whitespace_))


def _copied(cell: Span, mentions: Sequence[Span]) -> Doc:
    """A cell as a Doc of its own, with tags and without a tree; what one sentence denies is not denied in the next."""
    tokens = list(cell)
    starts = {0, *_ends(tokens, mentions)}
    copy = Doc(
        cell.doc.vocab,
        words=[t.text for t in tokens],
        spaces=[bool(t.whitespace_) for t in tokens],
        tags=[t.tag_ for t in tokens],
        sent_starts=[k in starts for k in range(len(tokens))],
    )
    copy.spans[MENTIONS] = [
        Span(copy, m.start - cell.start, m.end - cell.start, label=m.label, kb_id=m.kb_id) for m in mentions
    ]
    return Assertion()(copy)


def _ends(tokens: Sequence[Token], mentions: Sequence[Span]) -> list[int]:
    """Behind which tokens a sentence ends: a stop parts two before a capital or a name ("P fell. miR-9 rose"), and so
    does a semicolon."""
    names = {m.start for m in mentions}
    pairs = enumerate(pairwise(tokens), 1)
    return [
        k for k, (t, after) in pairs
        if t.text == ";" or (t.text == "." and (after.text[:1].isupper() or after.i in names))
    ]  # fmt: skip


def _actor(sentence: Sentence) -> Span | None:
    """Who is named before the first verb, where the sentence does not begin with a verb ("Targets X, raises Y")."""
    verbs = {m.root for m in sentence.matches if m.trigger.form == "verb"}
    start = _behind_report(sentence)
    first = next((k for k in range(start, sentence.end) if sentence.token(k).text[:1].isalpha()), start)
    finite = next((i for i in range(start, sentence.end) if sentence.tag(i) in _FINITE), None)
    if sentence.lower(first).endswith("ing"):
        done = (i for i in sorted(verbs) if i > first and sentence.tag(i) == "VBN" and i - 1 in sentence.covered)
        finite = min((i for i in (finite, next(done, None)) if i is not None), default=None)
    if finite is None or finite <= first or (first in verbs and not _doing(sentence, first, finite)):
        return None
    if sentence.lower(finite) not in _AUXILIARY and finite not in verbs:
        return None
    if any(sentence.lower(k) in _RELATIVE for k in range(start, finite)):
        return None
    near = max(start, finite - _TO_VERB)
    named = [i.span for i in sentence.items if i.label in ACTORS and near <= i.start and i.end <= finite]
    return min(named, key=lambda m: (m.start, -m.end), default=None)


def _behind_report(sentence: Sentence) -> int:
    """Where what is told begins: behind "it was shown that", else at the sentence's beginning."""
    said = (k for k in range(sentence.start + 1, sentence.end - 1) if sentence.lower(k) == "that")
    return next((k + 1 for k in said if sentence.tag(k - 1).startswith("VB")), sentence.start)


def _doing(sentence: Sentence, first: int, finite: int) -> bool:
    """Whether the first word begins the subject of the verb: "Silencing X and Y raised Z", and not "Targeting X and
    raises Y"."""
    between = [k for k in range(first, finite) if sentence.lower(k) in (",", "and", "or", "to")]
    return sentence.lower(first).endswith("ing") and all(k + 1 in sentence.covered for k in between)


def _assertion(copy: Doc, s: Statement) -> str:
    return asserted_by_rules(copy, Candidate(s, None, statement_score(s)))
