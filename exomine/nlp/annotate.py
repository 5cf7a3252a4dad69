"""A paper through the pipeline."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from exomine.document.model import Document

__all__ = ["annotate"]


def annotate(nlp: Language, document: Document) -> Doc:
    """The Doc of a paper: ``doc.text == document.text``, and ``doc._.document`` is set before any component runs."""
    nlp.max_length = max(nlp.max_length, len(document.text) + 1)
    doc = nlp.make_doc(document.text)
    doc._.document = document
    return nlp(doc)
