"""One annotated text for people and programs: JSON, and an HTML page in displaCy's manner."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from exomine.tables.statement import statement
from exomine.vocabulary.entities import LABELS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from exomine.nlp.relation import Relation

__all__ = ["COLOURS", "annotation", "html_page"]

#: Background colours by label, light enough for black text.
COLOURS = dict(
    zip(
        LABELS,
        ("#ffd8a8", "#d0ebff", "#d3f9d8", "#ffc9c9", "#eebefa", "#fcc2d7", "#c3fae8", "#fff3bf", "#dee2e6"),
        strict=True,
    )
)


def annotation(doc: Doc) -> dict[str, Any]:
    """Text, sentences, mentions and relations as plain values; relations name mentions by their position in the list."""
    spans = _mentions(doc)
    place = {_key(s): i for i, s in enumerate(spans)}
    return {
        "text": doc.text,
        "sentences": [{"start": s.start_char, "end": s.end_char} for s in doc.sents],
        "mentions": [_mention(s) for s in spans],
        "relations": [_relation(r, place) for r in doc._.relations],
    }


def _mentions(doc: Doc) -> list[Span]:
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
        "statement": _statement(relation),
        "subject": place[_key(relation.subject)], "subject_text": relation.subject.text, "subject_state": relation.subject_state,
        "predicate": relation.predicate,
        "object": place[_key(relation.object)], "object_text": relation.object.text,
        "cancer_name": relation.cancer_name, "cancer_curie": relation.cancer_curie, "cancer_source": relation.cancer_source,
        "vesicle": relation.vesicle.text if relation.vesicle is not None else "",
        "cell": relation.cell.text if relation.cell is not None else "",
        "assertion": relation.assertion, "score": round(float(relation.score), 4), "tier": relation.tier, "method": relation.method,
        "citations": list(relation.citations), "sentence": {"start": relation.sentence.start_char, "end": relation.sentence.end_char},
    }  # fmt: skip


def _statement(relation: Relation) -> str:
    subject, object_ = relation.subject, relation.object
    return statement(
        subject._.name or subject.text, relation.predicate, object_._.name or object_.text,
        object_label=object_.label_, cancer=relation.cancer_name, assertion=relation.assertion,
    )  # fmt: skip


_STYLE = """
body { font: 16px/2.1 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #111; }
mark { padding: .15em .3em; border-radius: .3em; line-height: 1; color: inherit; }
mark small { font-size: .62em; font-weight: 700; margin-left: .4em; letter-spacing: .03em; }
table { border-collapse: collapse; line-height: 1.5; width: 100%; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #ccc; vertical-align: top; }
"""


def html_page(doc: Doc) -> str:
    """A self-contained page: the text with its longest mentions marked, below it the relations."""
    relations = "".join(
        f"<tr><td>{_escape(_statement(r))}</td><td>{_escape(r.predicate)}</td><td>{r.score:.2f}</td><td>{_escape(r.tier)}</td>"
        f"<td>{_escape(r.sentence.text)}</td></tr>\n"
        for r in doc._.relations
    )
    table = (
        f"<table>\n<tr><th>statement</th><th>predicate</th><th>score</th><th>tier</th><th>sentence</th></tr>\n{relations}</table>"
        if relations
        else "<p>No relation found.</p>"
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>exomine annotate</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>Entities</h1>\n<p>{_marked(doc)}</p>\n<h1>Relations</h1>\n{table}\n</body>\n</html>\n"
    )


def _marked(doc: Doc) -> str:
    parts: list[str] = []
    done = 0
    for span in doc.ents:
        title = " ".join(x for x in (span._.name, span.kb_id_) if x)
        parts.append(_escape(doc.text[done : span.start_char]))
        parts.append(
            f'<mark style="background: {COLOURS.get(span.label_, "#e9ecef")}" title="{html.escape(title, quote=True)}">'
            f"{_escape(span.text)}<small>{_escape(span.label_)}</small></mark>"
        )
        done = span.end_char
    parts.append(_escape(doc.text[done:]))
    return "".join(parts)


def _escape(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>\n")
