"""Statements by name, and the questions that everybody asks."""

from __future__ import annotations

import exomine
import pytest
from exomine.errors import UsageError
from exomine.questions.query import EVIDENCE_COLUMNS, STATEMENT_COLUMNS

from helpers.tables import tables

TABLES = tables()


def statements(**asked):
    return list(exomine.query(TABLES, **asked)["statement"])


RESISTANCE = "miR-21 -> cisplatin resistance -> stomach cancer"


def test_nothing_asked_gives_all_in_their_order():
    found = exomine.query(TABLES)
    assert list(found["triple_id"]) == list(TABLES.triples["triple_id"])
    assert tuple(found.columns) == STATEMENT_COLUMNS


def test_by_agent_drug_cancer_and_predicate():
    assert statements(agent="mir21", drug="DDP", cancer="gastric", predicate="resistance") == [RESISTANCE]


def test_a_cancer_counts_with_its_kinds():
    assert sorted(statements(cancer="prostate cancer")) == [
        "miR-21 -> exosome cargo -> prostate cancer",
        "miR-34a -> docetaxel sensitivity -> prostate carcinoma",
    ]
    assert statements(cancer="prostate carcinoma") == ["miR-34a -> docetaxel sensitivity -> prostate carcinoma"]


def test_of_several_names_any_may_hold():
    assert len(statements(drug=["cisplatin", "docetaxel"])) == 3
    assert statements(object="PTEN", agent=["miR-34a", "miR-21"]) == [
        "miR-21-5p -> PTEN downregulation -> stomach cancer"
    ]


def test_by_assertion_tier_and_type():
    assert statements(assertion="speculative") == ["miR-21 -> apoptotic process inhibition (speculative)"]
    assert statements(tier="all") == statements(assertion="speculative")
    assert len(statements(agent_type="PROTEIN")) == 1


def test_nothing_that_fits_is_an_empty_answer():
    assert statements(agent="miR-34a", drug="cisplatin") == []


def test_values_that_do_not_exist():
    with pytest.raises(UsageError, match="choose from asserted"):
        exomine.query(TABLES, assertion="certain")


def test_sentences_with_paper_page_and_citations():
    found = exomine.query(TABLES, drug="cisplatin", predicate="resistance", sentences=True)
    assert tuple(found.columns) == EVIDENCE_COLUMNS
    assert list(found["source_path"]) == ["review.pdf", "other.xml"]
    assert list(found["citations"]) == ["1;2", "7;8"]
    assert found["paper"][0] == "A first review of invented vesicles"


def test_who_makes_resistant_where_and_by_how_many_primaries():
    found = exomine.resistance(TABLES, "DDP")
    assert found[["agent", "drug", "cancer", "n_documents", "n_primaries", "n_citations"]].values.tolist() == [
        ["miR-21", "cisplatin", "stomach cancer", 2, 2, 4]
    ]
    assert len(exomine.resistance(TABLES, "=cmd()")) == 0
    assert len(exomine.resistance(TABLES, "=cmd()", agent_type="")) == 1


def test_what_an_agent_does():
    found = exomine.effects(TABLES, "miR-21")
    assert found["statement"][0] == RESISTANCE
    assert set(found["predicate"]) == {
        "confers_resistance_to",
        "confers_sensitivity_to",
        "downregulates",
        "cargo_of",
        "inhibits",
    }


def test_what_contradicts_what():
    (pair,) = exomine.contradictions(TABLES).to_dict("records")
    assert pair["statement"] == RESISTANCE
    assert pair["against"] == "miR-21 -> cisplatin sensitivity -> stomach cancer"
    assert (pair["n_primaries"], pair["n_primaries_against"]) == (2, 1)


def test_contradictions_by_name():
    assert len(exomine.contradictions(TABLES, drug="cisplatin")) == 1
    assert len(exomine.contradictions(TABLES, cancer="prostate")) == 0
