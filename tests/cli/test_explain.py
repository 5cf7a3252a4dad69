"""``exomine explain``: each statement with its reasons, each silent sentence with its gate."""

from __future__ import annotations

import json

import pytest
from exomine.cli.app import app
from exomine.errors import UsageError
from exomine.nlp import load as loading
from spacy.language import Language
from typer.testing import CliRunner


@pytest.fixture(autouse=True)
def loaded(pipeline: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command finds the pipeline that the tests have loaded already."""
    monkeypatch.setattr(loading, "load", lambda _: pipeline)


@pytest.fixture
def told(loaded: None) -> list[dict[str, object]]:
    text = (
        "Exosomal miR-21 confers cisplatin resistance in gastric cancer. We will discuss how PTEN promotes apoptosis."
    )
    result = CliRunner().invoke(app, ["explain", text, "--format", "json"])
    assert result.exit_code == 0, result.output
    found: list[dict[str, object]] = json.loads(result.stdout)
    return found


def test_a_statement_has_its_rule_its_words_and_the_network(told: list[dict[str, object]]) -> None:
    reasons = [r for r in told[0]["reasons"] if r["predicate"] == "confers_resistance_to" and r["subject"] == "miR-21"]
    assert [r["frame"] for r in reasons] == ["regulate"]
    assert "confers" in reasons[0]["words"]
    assert reasons[0]["verdict"] in ("high", "all")
    assert 0 <= reasons[0]["network"] <= reasons[0]["any"] <= 1
    assert told[0]["gate"] == ""
    assert ["miR-21", "MIRNA"] in told[0]["mentions"]


def test_a_silent_sentence_has_its_gate(told: list[dict[str, object]]) -> None:
    assert told[1]["gate"] == "announced"


def test_to_read() -> None:
    result = CliRunner().invoke(app, ["explain", "miR-9 and gefitinib were measured in resistant cells."])
    assert result.exit_code == 0
    assert "no row: no_statement" in result.stdout


def test_no_text_is_an_error() -> None:
    assert isinstance(CliRunner().invoke(app, ["explain", "  "]).exception, UsageError)


def test_a_text_beyond_the_limit_is_an_error(pipeline: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "max_length", 1_000_000)
    result = CliRunner().invoke(app, ["explain", "-"], input="PTEN fell. " * 100_001)
    assert isinstance(result.exception, UsageError)
    assert "1,000,000" in str(result.exception)
