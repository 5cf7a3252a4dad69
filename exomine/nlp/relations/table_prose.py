"""Prose in a table's cell ("Knock-down of X restored sensitivity to D; Y was lowered by Z"): read by the rules of
sentences, since whom the row is about need not be who acts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from exomine.nlp.relations.arguments import ACTORS
from exomine.nlp.relations.component import asserted_by_rules, sentence_statements, statement_score
from exomine.nlp.relations.learned.candidates import Candidate
from exomine.nlp.relations.sentence import Sentence
from exomine.nlp.relations.statement import Statement

__all__ = ["Prose", "prose_in"]

#: Shorter cells are phrases.
_LEAST_WORDS = 5
_FINITE = ("VBZ", "VBP", "VBD")
_NEXT_SENTENCE = re.compile(r"(?<=[a-z0-9)\]])\.\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Prose:
    """What a cell says in sentences: ``actor`` is the first that is named before a finite verb, ``said`` are the
    statements with their assertion and score."""

    actor: Span
    said: tuple[tuple[Statement, str, float], ...]

    def acting_on(self, thing: Span) -> list[Span]:
        """Who is said to act on a mention."""
        return [s.subject.span for s, _, _ in self.said if s.object.span == thing]


def prose_in(doc: Doc, text: str, start: int, end: int, mentions: Sequence[Span]) -> Prose | None:
    """The prose of the cell from ``start`` to ``end`` (offsets of ``text``, that of ``doc``), with its ``mentions``.

    None where it is no sentence with somebody who acts: a phrase about the row's subject ("promotes invasion").
    """
    whole = doc.char_span(start, end, alignment_mode="contract")
    if whole is None or sum(t.is_alpha for t in whole) < _LEAST_WORDS:
        return None
    actor = _actor(whole, mentions)
    if actor is None:
        return None
    said = [x for span in _sentences(doc, text, start, end) for x in _said(span, mentions)]
    return Prose(actor, tuple(said))


def _actor(cell: Span, mentions: Sequence[Span]) -> Span | None:
    verb = next((t.i for t in cell if t.tag_ in _FINITE), cell.start)
    before = [m for m in mentions if m.label_ in ACTORS and cell.start <= m.start and m.end <= verb]
    return min(before, key=lambda m: (m.start, -m.end), default=None)


def _sentences(doc: Doc, text: str, start: int, end: int) -> Iterator[Span]:
    ends = [m.start() + 1 for m in _NEXT_SENTENCE.finditer(text, start, end)]
    for a, b in zip([start, *ends], [*ends, end], strict=True):
        span = doc.char_span(a, b, alignment_mode="contract") or doc.char_span(a, b, alignment_mode="expand")
        if span is not None:
            yield span


def _said(span: Span, mentions: Sequence[Span]) -> Iterator[tuple[Statement, str, float]]:
    inside = [m for m in mentions if span.start <= m.start and m.end <= span.end]
    for s in sentence_statements(Sentence(span, inside)).statements:
        score = statement_score(s)
        yield s, asserted_by_rules(span.doc, Candidate(s, None, score)), score
