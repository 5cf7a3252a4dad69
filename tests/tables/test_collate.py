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
    return (doc_id, label, "text", "", "", None, doi, pmid, "")


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


TITLE = "A long enough title of one and the same study"


def titled(doc_id, label, title=TITLE, *, year=2015, doi="", pmid="", retracted=""):
    return (doc_id, label, "text", title, "", year, doi, pmid, retracted)


def cited(*references, papers=("p", "q", "r")):
    """The triple that each paper states with its reference "1"."""
    documents = [document(f"d{i}", paper) for i, paper in enumerate(papers)]
    relations = [
        relation(doc_id=d, relation_id=f"r{d}", evidence_id=f"e{d}", citations="1")
        for d, _ in documents[: len(references)]
    ]
    return collated(documents, relations, references)[0]


def test_what_several_reviews_cite_counts_once_as_a_primary():
    t = cited(titled("d0", "1"), titled("d1", "1", TITLE.upper() + "."), titled("d2", "1", doi="10.1/a"))
    assert (t["n_documents"], t["n_primaries"], t["n_citations"]) == (3, 1, 3)


def test_titles_of_other_years_or_with_several_identifiers_are_kept_apart():
    assert cited(titled("d0", "1"), titled("d1", "1", year=2016))["n_primaries"] == 2
    assert (
        cited(titled("d0", "1"), titled("d1", "1", doi="10.1/a"), titled("d2", "1", doi="10.1/b"))["n_primaries"] == 3
    )


def test_short_titles_and_titles_without_a_year_tell_no_work():
    assert cited(titled("d0", "1", "Editorial"), titled("d1", "1", "Editorial"))["n_primaries"] == 2
    assert cited(titled("d0", "1", year=None), titled("d1", "1", year=None))["n_primaries"] == 2


def test_a_pmid_is_its_doi_where_a_list_gives_both():
    t = cited(titled("d0", "1", doi="10.1/a", pmid="5"), titled("d1", "1", "", pmid="5"))
    assert t["n_primaries"] == 1


def test_retracted_primaries_are_marked_wherever_they_are_cited():
    t = cited(titled("d0", "1", pmid="5", retracted="yes"), titled("d1", "1"))
    assert (t["n_primaries"], t["n_retracted"]) == (1, 1)
