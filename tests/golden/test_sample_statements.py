"""The main job on the sample paper: what its authors state is found, with cancer, assertion and references."""

from __future__ import annotations

from pathlib import Path

import exomine
import pytest
from exomine.evaluation.triples import TripleScore, read_gold, score_triples
from exomine.tables.dataframes import records

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (ROOT / "models" / "exomine_core").is_dir(), reason="the model is not there"),
]


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return exomine.extract([ROOT / "data" / "raw"], out=tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def scores(tables) -> dict[str, TripleScore]:
    rows = [{k: "" if v is None else str(v) for k, v in r.items()} for r in records(tables.relations)]
    return score_triples(read_gold(ROOT / "tests" / "golden" / "sample_statements.tsv"), rows)[0]


def test_the_paper_is_read_whole(tables):
    (paper,) = records(tables.documents)
    assert (paper["status"], paper["format"]) == ("success", "pdf")
    assert paper["n_pages"] >= 5
    assert len(tables.failures) == 0
    assert len(tables.references) == 59
    assert set(tables.tables["label"].dropna()) >= {"Table 1", "Table 2"}


def test_nine_of_ten_statements_are_found_with_their_cancer(scores):
    found, gold = sum(s.full for s in scores.values()), sum(s.gold for s in scores.values())
    missed = [(g.subject, g.predicate, g.object) for s in scores.values() for g in s.missed]
    assert gold >= 40
    assert found / gold >= 0.9, missed


def test_assertions_and_references_are_right(scores):
    found = sum(s.full for s in scores.values())
    assert sum(s.assertion for s in scores.values()) / found >= 0.9
    assert sum(s.refs for s in scores.values()) / sum(s.refs_asked for s in scores.values()) >= 0.9


def test_every_citation_joins_a_reference(tables):
    joined = tables.citations.merge(tables.references, on=["doc_id", "label"])
    assert len(joined) == len(tables.citations) > 0
