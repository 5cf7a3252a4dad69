"""``exomine query``."""

from __future__ import annotations

import csv
import io
import json

import exomine
import pytest
from exomine.cli.app import app
from exomine.cli.output import visible
from typer.testing import CliRunner

from helpers.tables import written


@pytest.fixture(scope="module")
def processed(tmp_path_factory):
    return written(tmp_path_factory.mktemp("tables") / "processed")


def run(processed, *arguments):
    return CliRunner().invoke(app, ["query", "--processed", str(processed), *arguments])


ASKED = ("--agent", "miR-21", "--drug", "DDP", "--cancer", "gastric", "--predicate", "resistance")


def test_the_table_for_the_terminal(processed):
    result = run(processed, *ASKED)
    assert result.exit_code == 0
    assert "miR-21 -> cisplatin resistance -> stomach cancer" in result.stdout
    assert "1 row of 7 statements" in result.stderr


def test_csv_and_json_hold_what_python_gives(processed):
    tables = exomine.load_tables(processed)
    expected = exomine.query(tables, drug="cisplatin")
    rows = list(csv.DictReader(io.StringIO(run(processed, "--drug", "cisplatin", "--format", "csv").stdout)))
    told = json.loads(run(processed, "--drug", "cisplatin", "--format", "json").stdout)
    assert [r["triple_id"] for r in rows] == [r["triple_id"] for r in told] == list(expected["triple_id"])
    assert list(rows[0]) == list(told[0]) == list(expected.columns)
    assert told[0]["n_primaries"] == 2


def test_without_decisions_every_statement_is_unreviewed(processed, tmp_path):
    folder = ("--curated", str(tmp_path), "--format", "json")
    assert {r["status"] for r in json.loads(run(processed, "--status", "unreviewed", *folder).stdout)} == {"unreviewed"}
    assert json.loads(run(processed, "--status", "accepted", *folder).stdout) == []


def test_sentences_and_contradictions(processed):
    assert "Vesicles with miR-21 make" in run(processed, *ASKED, "--sentences", "--format", "csv").stdout
    assert "cisplatin sensitivity" in run(processed, "--contradictions").stdout


def test_both_at_once_are_refused(processed):
    result = run(processed, "--contradictions", "--sentences")
    assert "choose one of them" in str(result.exception)


def test_hostile_text_is_shown_as_text(processed):
    shown = run(processed, "--sentences").stdout
    assert "<script>alert(1)</script>" in " ".join(shown.split())
    assert "\u202e" not in shown
    assert visible("a\u202eb\x1b[31mc") == "a\\u202eb\\u001b[31mc"
