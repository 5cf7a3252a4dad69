"""Component ``ground``: a CURIE and a canonical name for each mention, or none where nothing is sure enough."""

from __future__ import annotations

from spacy.tokens import Doc, SpanGroup

from exomine.nlp.evidence import Candidate
from exomine.nlp.extensions import MENTIONS
from exomine.nlp.resolve import CHOICES

__all__ = ["Grounder"]


class Grounder:
    """Chooses among the candidates that ``resolve`` left for each mention."""

    def __call__(self, doc: Doc) -> Doc:
        choices: list[tuple[Candidate, ...]] = doc.user_data.pop(CHOICES, [])
        spans = []
        for span, candidates in zip(doc.spans[MENTIONS], choices, strict=True):
            best = next((c for c in candidates if c.name), None)
            span.kb_id_ = best.curie if best else ""
            span._.name = best.name if best else span.text
            spans.append(span)
        doc.spans[MENTIONS] = SpanGroup(doc, name=MENTIONS, spans=spans)
        return doc
