"""The open benchmark's list stays right, and holds enough lines."""

from __future__ import annotations

from pathlib import Path

from exomine.evaluation.mirna import read_names, score_names

LIST = Path(__file__).parents[2] / "benchmarks" / "mirna" / "names.tsv"


def test_benchmark_list() -> None:
    score = score_names(read_names(LIST))
    assert score.lines >= 200
    assert score.wrong == ()
