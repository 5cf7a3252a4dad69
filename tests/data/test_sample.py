"""The sample paper is what its script makes, and its golden statements keep to the vocabulary."""

from __future__ import annotations

import csv
import runpy
from pathlib import Path

import pytest
from exomine.vocabulary.predicates import PREDICATE_NAMES

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden" / "sample_statements.tsv"


def test_script_makes_the_committed_bytes(tmp_path: Path) -> None:
    pytest.importorskip("reportlab")
    script = runpy.run_path(str(ROOT / "data" / "sample" / "make_sample.py"))
    script["make"](tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == (ROOT / "data" / "raw" / "sample_review.pdf").read_bytes()


def test_golden_statements_use_known_words() -> None:
    with GOLDEN.open(encoding="utf8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) >= 40
    stated = {p for row in rows for p in row["predicate"].split("|")}
    assert stated == set(PREDICATE_NAMES)
    assert {row["assertion"] for row in rows} == {"asserted", "negated", "speculative"}
