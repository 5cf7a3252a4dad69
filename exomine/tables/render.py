"""One annotated text as plain values, for JSON; the page to look at is :mod:`exomine.tables.page`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exomine.tables.statement import statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from exomine.nlp.relation import Relation

__all__ = ["annotation", "mentions_of", "relation_statement"]


def annotation(doc: Doc) -> dict[str, Any]:
    """Text, sentences, mentions and relations as plain values; relations name mentions by their position in the
    list.
    """
    spans = mentions_of(doc)
    place = {_key(s): i for i, s in enumerate(spans)}
    return {
        "text": doc.text,
        "sentences": [{"start": s.start_char, "end": s.end_char} for s in doc.sents],
        "mentions": [_mention(s) for s in spans],
        "relations": [_relation(r, place) for r in doc._.relations],
    }


def mentions_of(doc: Doc) -> list[Span]:
    """The mentions of a Doc in the order of the text."""
    spans = doc.spans.get("mentions", [])
    return sorted(spans, key=_key)


def _key(span: Span) -> tuple[int, int, str, str, str]:
    return span.start_char, span.end_char, span.label_, span.kb_id_, span._.name


def _mention(span: Span) -> dict[str, Any]:
    return {
        "start": span.start_char, "end": span.end_char, "text": span.text, "label": span.label_, "curie": span.kb_id_,
        "name": span._.name, "method": span._.method, "score": round(float(span._.score), 4),
    }  # fmt: skip


def _relation(relation: Relation, place: dict[tuple[int, int, str, str, str], int]) -> dict[str, Any]:
    return {
        "statement": relation_statement(relation),
        "subject": place[_key(relation.subject)], "subject_text": relation.subject.text,
        "subject_state": relation.subject_state,
        "predicate": relation.predicate,
        "object": place[_key(relation.object)], "object_text": relation.object.text,
        "cancer_name": relation.cancer_name, "cancer_curie": relation.cancer_curie,
        "cancer_source": relation.cancer_source,
        "vesicle": _text(relation.vesicle), "donor": _text(relation.donor), "recipient": _text(relation.recipient),
        "cell": _text(relation.cell), "evidence_words": [w.text for w in relation.evidence], "voice": relation.voice,
        "assertion": relation.assertion, "score": round(float(relation.score), 4), "tier": relation.tier,
        "method": relation.method, "citations": list(relation.citations),
        "sentence": {"start": relation.sentence.start_char, "end": relation.sentence.end_char},
    }  # fmt: skip


def _text(span: Span | None) -> str:
    return "" if span is None else span.text


def relation_statement(relation: Relation) -> str:
    """The arrow form of a relation."""
    subject, object_ = relation.subject, relation.object
    return statement(
        subject._.name or subject.text, relation.predicate, object_._.name or object_.text,
        object_label=object_.label_, cancer=relation.cancer_name, assertion=relation.assertion,
    )  # fmt: skip
