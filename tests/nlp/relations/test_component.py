"""The relations component: mentions are put in place by the tests, CURIEs and names stay empty."""

from __future__ import annotations

import pytest
import spacy
from exomine.nlp.extensions import register_extensions
from exomine.nlp.factories import register_factories
from exomine.vocabulary.predicates import PREDICATES, predicate
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from helpers.relation_sentences import Case, read_cases, rows_of, run

CASES = read_cases()
#: Labels of the mentions in the predicates' example sentences.
LABELS = {
    "miR-21": "MIRNA", "miR-34a": "MIRNA", "miR-1246": "MIRNA", "miR-155": "MIRNA", "miR-145": "MIRNA",
    "miR-10b": "MIRNA", "cisplatin": "DRUG", "docetaxel": "DRUG", "trastuzumab": "DRUG", "STAT3": "PROTEIN",
    "PTEN": "PROTEIN", "HSP70": "PROTEIN", "HER2": "PROTEIN", "angiogenesis": "PROCESS", "apoptosis": "PROCESS",
    "metastasis": "PROCESS", "breast cancer": "CANCER", "lymphoma": "CANCER", "colon cancer": "CANCER",
    "Exosomes": "VESICLE", "Exosomal": "VESICLE", "exosomes": "VESICLE", "macrophages": "CELL_TYPE",
}  # fmt: skip


@pytest.fixture(scope="module")
def blank() -> Language:
    register_extensions()
    return spacy.blank("en")


def _examples(kind: str) -> list[tuple[str, str, str, str]]:
    return [(p.name, *example) for p in PREDICATES for example in getattr(p, kind)]


def _triples(nlp: Language, text: str) -> set[tuple[str, ...]]:
    mentions = []
    for words, label in LABELS.items():
        at = text.find(words)
        while at >= 0:
            mentions.append((at, at + len(words), label))
            at = text.find(words, at + 1)
    return {row[:3] for row in rows_of(run(nlp(text), tuple(mentions)))}


@pytest.mark.parametrize(("name", "sentence", "subject", "target"), _examples("positive"))
def test_positive_examples(blank: Language, name: str, sentence: str, subject: str, target: str) -> None:
    assert (subject, name, target) in _triples(blank, sentence)


@pytest.mark.parametrize(("name", "sentence", "subject", "target"), _examples("negative"))
def test_negative_examples(blank: Language, name: str, sentence: str, subject: str, target: str) -> None:
    assert (subject, name, target) not in _triples(blank, sentence)


@pytest.mark.parametrize(("name", "sentence", "subject", "target"), _examples("positive"))
def test_positive_examples_with_the_parser(
    syntax: Language, name: str, sentence: str, subject: str, target: str
) -> None:
    assert (subject, name, target) in _triples(syntax, sentence)


@pytest.mark.parametrize(("name", "sentence", "subject", "target"), _examples("negative"))
def test_negative_examples_with_the_parser(
    syntax: Language, name: str, sentence: str, subject: str, target: str
) -> None:
    assert (subject, name, target) not in _triples(syntax, sentence)


@pytest.mark.parametrize("case", [c for c in CASES if c.no_parse], ids=lambda c: c.text[:60])
def test_sentences_by_word_order_alone(blank: Language, case: Case) -> None:
    found = rows_of(run(blank(case.text), case.mentions))
    assert set(case.expected) <= found


def test_sentences_with_the_parser(syntax: Language) -> None:
    """Nearly all of the own sentences are read whole, and little is found beside them."""
    wanted = found = extra = 0
    for case in CASES:
        rows = rows_of(run(syntax(case.text), case.mentions))
        triples = {row[:3] for row in rows}
        assert not triples & set(case.barred), case.text
        wanted += len(case.expected)
        found += len(set(case.expected) & rows)
        extra += len(triples - {row[:3] for row in case.expected})
    assert found / wanted >= 0.9
    assert extra / wanted <= 0.12


def test_the_data_holds_enough_sentences() -> None:
    assert len(CASES) >= 80
    assert {row[1] for c in CASES for row in c.expected} == {p.name for p in PREDICATES}


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_any_mentions_give_well_formed_relations(data: st.DataObject) -> None:
    """Whatever lies where in a sentence: no error, labels as declared, spans of the same Doc."""
    register_extensions()
    nlp = spacy.blank("en")
    words = data.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14))
    doc = nlp(" ".join(words))
    labels = sorted({label for p in PREDICATES for label in (*p.subjects, *p.objects)})
    mentions = []
    for token in doc:
        if data.draw(st.booleans()):
            end = min(len(doc), token.i + data.draw(st.integers(1, 3)))
            mentions.append((token.idx, doc[end - 1].idx + len(doc[end - 1]), data.draw(st.sampled_from(labels))))
    run(doc, tuple(mentions))
    for relation in doc._.relations:
        declared = predicate(relation.predicate)
        assert relation.subject.label_ in declared.subjects
        assert relation.object.label_ in declared.objects
        assert relation.subject.doc is doc
        assert 0 <= relation.score <= 1


WORDS = (
    "exosomes", "miR-21", "cisplatin", "resistance", "to", "promotes", "inhibits", ",", "and", "of", "in", "by", "via",
    "not", "may", "carry", "such", "as", "like", "(", ")", "[3]", "apoptosis", "which", "It", "-", "mediated",
    "against", "overexpressed", "biomarker", "for", "sensitizes", "loss", ".", ";",
)  # fmt: skip


def test_a_doc_without_a_parse_is_never_walked() -> None:
    # "boundaries" splits tokens and leaves edges behind; following them, spaCy would read outside its memory
    names = ("blocks", "mirna", "lexicon", "boundaries", "sentencizer", "resolve", "assertion", "relations", "context")
    nlp = spacy.blank("en")
    register_factories()
    for name in names:
        nlp.add_pipe(name)
    doc = nlp("Caveolin-1 acts here as the target. Transfer of miR-302b did not affect the response to erlotinib.")
    assert not doc.has_annotation("DEP")
    assert "miR-302b" in {m.text for m in doc.spans["mentions"]}
