"""The ledger of what gave no row: sentences with a cue and two mentions that fit, each with the first gate that it
failed."""

from __future__ import annotations

from collections.abc import Sequence

from exomine.nlp.relation import Unread
from exomine.nlp.relations.items import Item
from exomine.nlp.relations.learned.candidates import Candidate
from exomine.nlp.relations.sentence import Match, Sentence
from exomine.vocabulary.predicates import PREDICATES

__all__ = ["unread"]

#: Families of triggers that are cues of resistance, sensitivity, regulation, cargo or markers.
_CUES = frozenset(
    "regulate target targeted oncogene protect sensitize make resist efflux resistant sensitive resistance "
    "sensitivity cargo "
    "located cargo_noun marker marker_verb marker_purpose".split()
)


def unread(sentence: Sentence, *, announced: bool, doubted: Sequence[tuple[Candidate, float]]) -> Unread | None:
    """The row of a sentence that gave none; ``doubted`` are candidates that were not sure enough. None where it holds
    no cue."""
    cue = next((m for m in sentence.matches if m.trigger.family in _CUES), None)
    pair = _surest(doubted) or (_fitting(sentence, cue) if cue is not None else None)
    if cue is None or pair is None:
        return None
    gate = "announced" if announced else "unsure" if doubted else "no_statement"
    said = sentence.doc[cue.start : cue.end].text
    return Unread(sentence.span.start_char, sentence.span.end_char, said, pair[0].span.text, pair[1].span.text, gate)


def _surest(doubted: Sequence[tuple[Candidate, float]]) -> tuple[Item, Item] | None:
    if not doubted:
        return None
    best = max(doubted, key=lambda d: d[1])[0].statement
    return best.subject, best.object


def _fitting(sentence: Sentence, cue: Match) -> tuple[Item, Item] | None:
    """The two mentions nearest to the cue that some predicate admits."""
    items = [i for i in sentence.items if not i.generic or i.label == "DRUG"]
    pairs = [(a, b) for a in items for b in items if a is not b and _fit(a.label, b.label)]
    return min(pairs, key=lambda p: (abs(p[0].root - cue.root) + abs(p[1].root - cue.root), p[0].start), default=None)


def _fit(subject: str, object_: str) -> bool:
    return any(subject in p.subjects and object_ in p.objects for p in PREDICATES)
