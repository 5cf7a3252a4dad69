"""Triples, counted by hand."""

from __future__ import annotations

import pytest
from exomine.tables.collate import collate, noisy_or, rehash
from exomine.tables.schema import column_names
from hypothesis import given
from hypothesis import strategies as st

RELATION = dict.fromkeys(column_names("relations"), "") | {
    "relation_id": "r1", "evidence_id": "e1", "triple_id": "t1", "doc_id": "d1", "subject_label": "MIRNA",
    "subject_curie": "exomine:mir-21", "subject_name": "miR-21", "predicate": "confers_resistance_to",
    "object_label": "DRUG", "object_curie": "drugbank:DB00515",
    "object_name": "cisplatin", "assertion": "asserted", "score": 0.5, "tier": "all",
}  # fmt: skip


def relation(**changes):
    return tuple((RELATION | changes).values())


def reference(doc_id, label, *, doi="", pmid=""):
    return (doc_id, label, "text", "", "", None, doi, pmid)


def document(doc_id, paper_id):
    return (doc_id, paper_id)


def collated(documents, relations, references=()):
    return [dict(zip(column_names("triples"), r, strict=True)) for r in collate(documents, relations, references)]


def test_the_same_sentence_in_pdf_and_xml_counts_once_in_score_and_documents():
    (t,) = collated(
        [document("d1", "doi:x"), document("d2", "doi:x")],
        [relation(), relation(doc_id="d2", score=0.6, relation_id="r2")],
    )
    assert (t["n_relations"], t["n_documents"], t["score"], t["tier"]) == (2, 1, 0.6, "all")


def test_different_sentences_add_up():
    (t,) = collated(
        [document("d1", "p"), document("d2", "q")], [relation(), relation(doc_id="d2", evidence_id="e2", tier="high")]
    )
    assert (t["n_documents"], t["score"], t["tier"]) == (2, 0.75, "high")
    assert t["statement"] == "miR-21 -> cisplatin resistance"
    assert t["predicate_curie"] == "biolink:associated_with_resistance_to"


def test_citations_are_distinct_references():
    documents = [document("d1", "doi:x"), document("d2", "doi:x"), document("d3", "doi:y")]
    relations = [
        relation(citations="1;2;9"),  # two with identifiers, one without
        relation(doc_id="d2", relation_id="r2", citations="1"),  # the XML of the same paper: the same reference
        relation(
            doc_id="d3", relation_id="r3", evidence_id="e3", citations="7;9"
        ),  # 7 is 2 by its PMID; 9 is another paper's
    ]
    references = [
        reference("d1", "1", doi="10.1/a"), reference("d2", "1"), reference("d1", "2", doi="10.1/b", pmid="77"),
        reference("d3", "7", pmid="77"),
    ]  # fmt: skip
    (t,) = collated(documents, relations, references)
    assert t["n_citations"] == 4


def test_the_usual_name_is_shown():
    rows = [relation(object_name=n, relation_id=n, evidence_id=n) for n in ("CDDP", "cisplatin", "cisplatin")]
    assert collated([document("d1", "p")], rows)[0]["object_name"] == "cisplatin"


def test_most_documents_stand_first():
    rows = [
        relation(triple_id="a", score=0.9),
        relation(triple_id="b"),
        relation(triple_id="b", doc_id="d2", evidence_id="e2"),
    ]
    assert [t["triple_id"] for t in collated([document("d1", "p"), document("d2", "q")], rows)] == ["b", "a"]


def test_order_of_relations_does_not_matter():
    rows = [relation(evidence_id=str(i), relation_id=str(i), score=i / 10, citations=str(i)) for i in range(10)]
    documents = [document("d1", "p")]
    assert collated(documents, rows) == collated(documents, rows[::-1])


@pytest.mark.parametrize(
    ("scores", "expected"), [([], 0.0), ([0.5], 0.5), ([0.5, 0.5], 0.75), ([1.0, 0.2], 1.0), ([0.9, 0.8, 0.5], 0.99)]
)
def test_noisy_or_by_hand(scores, expected):
    assert noisy_or(scores) == expected


@given(st.lists(st.floats(0, 1), max_size=6))
def test_noisy_or_is_a_probability_and_at_least_the_best(scores):
    value = noisy_or(scores)
    assert 0 <= value <= 1
    assert value >= max(scores, default=0) - 1e-4


def test_rehash_follows_the_slots():
    assert rehash(RELATION) != rehash(RELATION | {"assertion": "negated"})
    assert rehash(RELATION) == rehash(RELATION | {"object_name": "CDDP"})
