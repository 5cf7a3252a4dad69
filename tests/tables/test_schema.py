"""The declared tables against the contract's columns, and what derives from the declaration."""

from __future__ import annotations

import pandas as pd
import pytest
from exomine.errors import TableError
from exomine.nlp import relation as nlp_relation
from exomine.tables import schema as s
from exomine.tables.dataframes import frame, validate
from exomine.tables.store import Tables

#: What notebooks and scoring scripts rely on: names and order.
FIXED = {
    "documents": "doc_id paper_id source_path format title doi pmid pmcid year n_pages n_sentences n_mentions "
    "n_relations status",
    "sentences": "sentence_id doc_id block section page start end text",
    "mentions": "mention_id doc_id sentence_id start end text label curie name method score",
    "relations": "relation_id evidence_id triple_id doc_id sentence_id subject_text subject_label subject_curie "
    "subject_name"
    " subject_state predicate object_text object_label object_curie object_name cancer_text cancer_curie cancer_name"
    " cancer_source vesicle_name cell_name assertion source section page method score tier citations sentence"
    " evidence_words voice donor_name recipient_name subject_mention_id object_mention_id cancer_mention_id",
    "triples": "triple_id statement subject_curie subject_name subject_label predicate predicate_curie object_curie "
    "object_name"
    " object_label cancer_curie cancer_name assertion n_relations n_documents n_primaries n_citations n_retracted"
    " score tier",
    "references": "doc_id label text title journal year doi pmid retracted",
    "citations": "relation_id doc_id label",
    "tables": "table_id doc_id label caption page row column header text",
    "unread": "sentence_id doc_id cue agent object gate",
    "failures": "source_path doc_id stage reason page message",
}


@pytest.mark.parametrize("name", FIXED)
def test_columns_keep_their_names_and_order(name):
    assert s.column_names(name) == tuple(FIXED[name].split())


def test_tables_are_those_of_the_contract_and_of_the_class():
    assert set(s.TABLE_NAMES) == set(FIXED)
    assert set(Tables.__dataclass_fields__) == set(FIXED)


def test_values_are_those_of_the_relation_component():
    assert s.ASSERTIONS == nlp_relation.ASSERTIONS
    assert s.SUBJECT_STATES == nlp_relation.SUBJECT_STATES
    assert ("", *s.CANCER_SOURCES) == nlp_relation.CANCER_SOURCES
    assert s.TIERS == nlp_relation.TIERS
    assert s.VOICES == nlp_relation.VOICES
    assert tuple(s.GATES) == nlp_relation.GATES


def test_every_foreign_key_names_a_key():
    for schema in s.TABLES:
        for key in schema.foreign_keys:
            assert s.table(key.table).key == key.target
            assert set(key.columns) <= set(schema.names)


def test_datapackage_describes_every_column():
    package = s.datapackage(hashes={"triples.csv": "ab"})
    by_name = {r["name"]: r for r in package["resources"]}
    for schema in s.TABLES:
        fields = by_name[schema.name]["schema"]["fields"]
        assert [f["name"] for f in fields] == list(schema.names)
        assert all(f["description"] for f in fields)
        assert by_name[schema.name]["schema"].get("primaryKey", []) == list(schema.key)
    assert by_name["triples"]["hash"] == "sha256:ab"
    assert {"fields": ["doc_id"], "reference": {"resource": "documents", "fields": ["doc_id"]}} in by_name["mentions"][
        "schema"
    ]["foreignKeys"]


def failure(**changes):
    row = {"source_path": "a.pdf", "doc_id": "0" * 16, "stage": "read", "reason": "damaged", "page": 2, "message": "m"}
    return [tuple((row | changes).values())]


def test_a_good_row_is_valid():
    assert len(validate(s.FAILURES, frame(s.FAILURES, failure()))) == 1


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"reason": "tired"}, "reason"),
        ({"page": 0}, "page"),
        ({"doc_id": "xyz"}, "doc_id"),
        ({"message": ""}, "message"),
    ],
)
def test_a_bad_cell_is_named(changes, named):
    with pytest.raises(TableError, match=named):
        validate(s.FAILURES, frame(s.FAILURES, failure(**changes)))


def test_a_key_that_stands_twice_is_an_error():
    rows = [("0" * 16, "1", "", "", "", None, "", "")] * 2
    with pytest.raises(TableError, match="references"):
        validate(s.REFERENCES, frame(s.REFERENCES, rows))


def test_a_column_too_many_is_an_error():
    data = frame(s.FAILURES, failure()).assign(extra=1)
    with pytest.raises(TableError, match="extra"):
        validate(s.FAILURES, data)


def test_unknown_names_are_told_with_the_known_ones():
    with pytest.raises(KeyError, match="triples"):
        s.table("tripels")
    with pytest.raises(KeyError, match="statement"):
        s.TRIPLES.column("sentence")


def test_types_are_nullable():
    data = frame(s.FAILURES, failure(page=None))
    assert data["page"].dtype == "Int64"
    assert data["page"].isna().all()
    assert isinstance(data["reason"].dtype, pd.StringDtype)
