"""The scorer of statements, counted by hand."""

from __future__ import annotations

import pytest
from exomine.errors import UsageError
from exomine.evaluation.triples import read_gold, score_triples

HEADER = "subject\tpredicate\tobject\tcancer\tassertion\trefs\n"


def relation(subject, predicate, object_, cancer="", assertion="asserted", citations="", label="DRUG"):
    return {
        "subject_name": subject, "subject_text": "", "predicate": predicate, "object_name": object_, "object_text": None,
        "object_label": label, "cancer_name": cancer, "cancer_text": "", "assertion": assertion, "citations": citations,
    }  # fmt: skip


def score(tmp_path, gold, relations):
    (tmp_path / "gold.tsv").write_text(HEADER + gold)
    return score_triples(read_gold(tmp_path / "gold.tsv"), relations)


GOLD = (
    "miR-21\tconfers_resistance_to\tcisplatin|CDDP\tgastric cancer\tasserted\t3;4\n"  # full, assertion and reference right
    "miR-22\tpromotes|inhibits\tapoptosis\t\tnegated\t5\n"  # full, assertion and reference wrong
    "miR-23\tupregulates\tPTEN\tlung cancer\tasserted\t\n"  # triple, the cancer differs
    "miR-24\tupregulates\tPTEN\t\tasserted\t\n"  # pair, the predicate differs
    "miR-25\tupregulates\tPTEN\t\tasserted\t\n"  # nothing: subject and object stand in different rows
)
RELATIONS = [
    relation("MIR-21", "confers_resistance_to", "cddp", "Gastric cancer", citations="4"),
    relation("miR-22", "inhibits", "apoptosis", citations="6"),
    relation("miR-23", "upregulates", "PTEN", "breast cancer"),
    relation("miR-24", "downregulates", "PTEN"),
    relation("miR-25", "upregulates", "TP53"),
]


def test_levels_by_hand(tmp_path):
    found = score(tmp_path, GOLD, RELATIONS)
    assert (found.n, found.pair, found.triple, found.full) == (5, 4, 3, 2)
    assert (found.assertion, found.cited, found.references) == (1, 2, 1)
    assert [g.line for g in found.missed] == [4, 5, 6]
    assert found.figures() == {
        "statements": 5,
        "pair": 0.8,
        "triple": 0.6,
        "full": 0.4,
        "assertion": 0.5,
        "references": 0.5,
    }


def test_a_cancer_that_is_the_object_counts_as_the_cancer(tmp_path):
    gold = "miR-21\tbiomarker_for\tlymphoma\tlymphoma\tasserted\t\n"
    assert score(tmp_path, gold, [relation("miR-21", "biomarker_for", "lymphoma", label="CANCER")]).full == 1


def test_no_relation_scores_nothing(tmp_path):
    assert score(tmp_path, GOLD, []).figures()["pair"] == 0


def test_a_file_without_columns_is_told(tmp_path):
    (tmp_path / "gold.tsv").write_text("subject\tobject\n")
    with pytest.raises(UsageError, match="predicate"):
        read_gold(tmp_path / "gold.tsv")
