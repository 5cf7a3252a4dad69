"""The relations component on hand-made Docs: no model, no lexicon; mentions are put in place by the test."""

from __future__ import annotations

import pytest
import spacy
from exomine.nlp.assertion import Assertion
from exomine.nlp.context import Context
from exomine.nlp.relations import Relations
from exomine.vocabulary.predicates import PREDICATES
from spacy.tokens import Doc

#: Labels of the mentions in the predicates' example sentences.
LABELS = {
    "miR-21": "MIRNA", "miR-34a": "MIRNA", "miR-1246": "MIRNA", "miR-155": "MIRNA", "miR-145": "MIRNA", "miR-10b": "MIRNA",
    "cisplatin": "DRUG", "docetaxel": "DRUG", "trastuzumab": "DRUG", "STAT3": "PROTEIN", "PTEN": "PROTEIN", "HSP70": "PROTEIN",
    "HER2": "PROTEIN", "angiogenesis": "PROCESS", "apoptosis": "PROCESS", "metastasis": "PROCESS",
    "breast cancer": "CANCER", "lymphoma": "CANCER", "colon cancer": "CANCER", "Exosomes": "VESICLE", "Exosomal": "VESICLE",
    "exosomes": "VESICLE", "macrophages": "CELL_TYPE",
}  # fmt: skip


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    return spacy.blank("en")


def relations_of(nlp: spacy.Language, text: str, labels: dict[str, str]) -> Doc:
    """The Doc of ``text`` with every occurrence of the ``labels``' texts as a mention, through the components."""
    doc = nlp(text)
    spans = []
    for words, label in labels.items():
        at = text.find(words)
        while at >= 0:
            span = doc.char_span(at, at + len(words), label=label, alignment_mode="expand")
            if span is not None:
                spans.append(span)
            at = text.find(words, at + 1)
    doc.spans["mentions"] = spans
    for component in (Assertion(), Relations(), Context()):
        doc = component(doc)
    return doc


def stated(doc: Doc) -> set[tuple[str, str, str]]:
    return {(r.subject.text, r.predicate, r.object.text) for r in doc._.relations}


@pytest.mark.parametrize(
    ("name", "sentence", "subject", "object_"),
    [(p.name, *example) for p in PREDICATES for example in p.positive],
)
def test_positive_examples(nlp: spacy.Language, name: str, sentence: str, subject: str, object_: str) -> None:
    assert (subject, name, object_) in stated(relations_of(nlp, sentence, LABELS))


@pytest.mark.parametrize(
    ("name", "sentence", "subject", "object_"),
    [(p.name, *example) for p in PREDICATES for example in p.negative],
)
def test_negative_examples(nlp: spacy.Language, name: str, sentence: str, subject: str, object_: str) -> None:
    assert (subject, name, object_) not in stated(relations_of(nlp, sentence, LABELS))
