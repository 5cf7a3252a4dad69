"""``exomine cache``, and where ``exomine extract`` keeps what it made."""

from __future__ import annotations

import json

import pytest
from exomine.cli.app import app
from exomine.run.store import Store
from typer.testing import CliRunner

NAME = "a" * 16 + "-" + "1" * 32


def run(*args):
    return CliRunner().invoke(app, list(map(str, args)))


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path / "out" / ".exomine" / "cache")
    made.put("read", NAME, b"x" * 1000)
    made.put("rows", NAME, b"y")
    return made


def test_show_finds_the_cache_in_a_folder_of_tables_or_by_itself(store, tmp_path):
    for folder in (tmp_path / "out", store.folder):
        told = run("cache", "show", folder)
        assert told.exit_code == 0
        assert str(store.folder) in told.stdout
        stages = json.loads(run("cache", "show", folder, "--json").stdout)["stages"]
        assert {s["stage"]: s["entries"] for s in stages} == {"read": 1, "annotated": 0, "pairs": 0, "rows": 1}


def test_prune_needs_to_be_told_what(store, tmp_path):
    result = run("cache", "prune", tmp_path / "out")
    assert "--max-size" in str(result.exception)
    assert "no size" in str(run("cache", "prune", tmp_path / "out", "--max-size", "big").exception)
    assert len(store.entries()) == 2


def test_prune(store, tmp_path):
    assert "0 entries removed" in run("cache", "prune", tmp_path / "out", "--days", 1, "--max-size", "1.5 GB").stdout
    assert "2 entries removed" in run("cache", "prune", tmp_path / "out", "--all").stdout
    assert store.entries() == []


def test_a_folder_without_a_cache_is_told(tmp_path):
    assert "holds no cache" in str(run("cache", "show", tmp_path).exception)


def test_cache_and_no_cache_exclude_each_other(tmp_path):
    (tmp_path / "a.txt").write_text("miR-21 fell.")
    result = run("extract", tmp_path / "a.txt", "--out", tmp_path / "out", "--cache", tmp_path / "c", "--no-cache")
    assert "exclude each other" in str(result.exception)
