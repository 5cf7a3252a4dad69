"""Relations found with given mentions against the annotated corpus: precision, recall, F1 by predicate, assertion,
state.

A relation is right where subject, predicate and object are; another mention of the same name in the sentence, or the
alias of one, counts as the mention itself. Scores run over gold and found rows alike, so that a predicate never found
counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from exomine.annotation.record import AnnotatedMention, AnnotatedRelation, AnnotatedSentence
from exomine.evaluation.relations import related
from exomine.nlp.relation import Relation
from exomine.vocabulary.predicates import PREDICATE_NAMES

__all__ = [
    "CONTEXT",
    "Found",
    "f1",
    "found_by_pipeline",
    "found_from_text",
    "mention_at",
    "relation_rows",
    "score_pairs",
]


@dataclass(frozen=True, slots=True)
class Found:
    """A relation that a system found: positions of mentions, predicate, and what it says of it."""

    subject: int
    predicate: str
    object: int
    assertion: str = "asserted"
    state: str = "normal"
    basis: str = "cause"
    score: float = 1.0
    tier: str = "all"
    cancer: int | None = None
    vesicle: int | None = None
    donor: int | None = None
    recipient: int | None = None


#: The mentions that a relation has besides its subject and object.
CONTEXT = ("cancer", "vesicle", "donor", "recipient")


def f1(hits: int, found: int, gold: int) -> dict[str, float]:
    """Precision, recall and F1 (0 where nothing was found or nothing is there to be found), with their counts."""
    precision = hits / found if found else 0.0
    recall = hits / gold if gold else 0.0
    both = 2 * hits / (found + gold) if found + gold else 0.0
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(both, 4),
        "gold": gold,
        "found": found,
    }


def _names(s: AnnotatedSentence) -> list[str]:
    names = [s.text[m.start : m.end].lower() for m in s.mentions]
    for a, b in s.aliases:
        names[b] = names[a]
    return names


def relation_rows(
    s: AnnotatedSentence, relations: Iterable[AnnotatedRelation | Found]
) -> dict[tuple[str, str, str], Any]:
    """Relations by the names of their subject and object and their predicate."""
    names = _names(s)
    return {(names[r.subject], r.predicate, names[r.object]): r for r in relations}


def score_pairs(sentences: Sequence[AnnotatedSentence], found: Mapping[str, Sequence[Found]]) -> dict[str, Any]:
    """Figures over ``sentences``; ``found`` holds each sentence's relations by its id (none: an empty list is
    taken).

    ``high`` counts the tier "high" only, and there the assertion must be right too. ``context`` counts each slot of
    :data:`CONTEXT` over the relations that are right; a mention is right where its name is. ``across`` counts the
    relations of a sentence with a mention in the sentence before.
    """
    hits, gold, answers = Counter[str](), Counter[str](), Counter[str]()
    slots, across = Counter[tuple[str, str]](), Counter[str]()
    agreed = Counter[str]()
    surest, surest_right = 0, 0
    for s in sentences:
        right, said = relation_rows(s, s.relations), relation_rows(s, found.get(s.id, ()))
        gold.update(p for _, p, _ in right)
        answers.update(p for _, p, _ in said)
        there, told = ({k for k, r in rows.items() if _reaches_back(s, r)} for rows in (right, said))
        across.update({"hits": len(there & told), "found": len(told), "gold": len(there)})
        high = {key for key, r in said.items() if r.tier == "high"}
        surest += len(high)
        surest_right += sum(right[key].assertion == said[key].assertion for key in high & right.keys())
        for key in right.keys() & said.keys():
            hits[key[1]] += 1
            for field in ("assertion", "state", "basis"):
                agreed[field] += getattr(right[key], field) == getattr(said[key], field)
            slots.update(_slots(_names(s), right[key], said[key]))
    both = sum(hits.values())
    return {
        "sentences": len(sentences),
        "micro": f1(both, sum(answers.values()), sum(gold.values())),
        "high": f1(surest_right, surest, sum(gold.values())),
        "predicates": {p: f1(hits[p], answers[p], gold[p]) for p in PREDICATE_NAMES},
        "across": f1(across["hits"], across["found"], across["gold"]),
        "context": {c: f1(*(slots[c, count] for count in ("hits", "found", "gold"))) for c in CONTEXT},
        **{
            f"{field}_right": round(agreed[field] / both, 4) if both else 0.0
            for field in ("assertion", "state", "basis")
        },
    }


def _reaches_back(s: AnnotatedSentence, r: AnnotatedRelation | Found) -> bool:
    return any(s.mentions[k].start < s.focus for k in (r.subject, r.object))


def _slots(names: Sequence[str], right: AnnotatedRelation, said: Found) -> Iterator[tuple[str, str]]:
    """What counts of the context of a relation that is right; the relation's own two mentions are no context."""
    own = {names[right.subject], names[right.object]}
    for slot in CONTEXT:
        told_of = (names[k] if (k := getattr(r, slot)) is not None else "" for r in (right, said))
        there, told = ("" if name in own else name for name in told_of)
        counts = {"gold": there, "found": told, "hits": there and there == told}
        yield from ((slot, count) for count, holds in counts.items() if holds)


def found_by_pipeline(nlp: Language, sentences: Iterable[AnnotatedSentence]) -> dict[str, list[Found]]:
    """What the pipeline's relation components find with the annotated mentions in the place of ours, by sentence id.

    Where a record holds the sentence before, only what is stated in the focus counts.
    """
    out = {}
    for s in sentences:
        doc = related(nlp, s.text, [(m.start, m.end, m.label) for m in s.mentions])
        out[s.id] = [f for r in _in_focus(doc, s) if (f := _found(s, r)) is not None]
    return out


def found_from_text(
    nlp: Language, sentences: Iterable[AnnotatedSentence]
) -> tuple[list[AnnotatedSentence], dict[str, list[Found]]]:
    """What the whole pipeline finds in the bare texts: its own mentions, too.

    A mention counts as an annotated one that it overlaps and whose label it has; the sentences come back with the
    others behind their own, so that a relation of such a mention counts as found and wrong.
    """
    out, seen = {}, []
    for s in sentences:
        doc = nlp(s.text)
        stated = _in_focus(doc, s)
        spoken = [x for r in stated for x in (r.subject, r.object, *_context(r).values())]
        spans = {(x.start_char, x.end_char, x.label_) for x in spoken if mention_at(s, x) is None}
        more = replace(s, mentions=(*s.mentions, *(AnnotatedMention(*place) for place in sorted(spans))))
        seen.append(more)
        out[s.id] = [f for r in stated if (f := _found(more, r)) is not None]
    return seen, out


def _in_focus(doc: Doc, s: AnnotatedSentence) -> list[Relation]:
    return [r for r in doc._.relations if r.sentence.end_char > s.focus]


def _context(r: Relation) -> dict[str, Span]:
    return {slot: span for slot in CONTEXT if (span := getattr(r, slot)) is not None}


def _found(s: AnnotatedSentence, r: Relation) -> Found | None:
    """A relation of the pipeline by the record's mentions; None where one of its two is none of them."""
    subject, object_ = mention_at(s, r.subject), mention_at(s, r.object)
    if subject is None or object_ is None:
        return None
    said = Found(subject, r.predicate, object_, r.assertion, r.subject_state, score=r.score, tier=r.tier)
    slots: dict[str, Any] = {slot: mention_at(s, span) for slot, span in _context(r).items()}
    return replace(said, **slots)


def mention_at(s: AnnotatedSentence, span: Span) -> int | None:
    """The mention of a span's label that shares most characters with it: tokens may have widened the span."""
    shared = {
        k: min(m.end, span.end_char) - max(m.start, span.start_char)
        for k, m in enumerate(s.mentions)
        if m.label == span.label_
    }
    best = max(shared, key=lambda k: (shared[k], -k), default=None)
    return best if best is not None and shared[best] > 0 else None
