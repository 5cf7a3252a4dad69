"""What the README shows can be done."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import exomine
import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
PAPER = "A review\n\nExosomal miR-21 confers cisplatin resistance in gastric cancer. It was seen in many patients.\n"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A folder in which the sample paper is extracted as `make extract` does it."""
    folder = tmp_path_factory.mktemp("readme")
    exomine.extract([ROOT / "data" / "raw"], out=folder / "data" / "processed")
    return folder


def shown(snippet):
    """What a notebook shows for a snippet: the values of its expressions that stand alone, those of tuples one by
    one.
    """
    names, values = {}, []
    for part in ast.parse(snippet).body:
        if isinstance(part, ast.Expr):
            value = eval(compile(ast.Expression(part.value), "README", "eval"), names)
            values += value if isinstance(value, tuple) else [value]
        else:
            exec(compile(ast.Module([part], []), "README", "exec"), names)
    return values


@pytest.mark.slow
def test_python_snippets_show_something_on_the_sample(sample, monkeypatch):
    monkeypatch.chdir(sample)
    snippets = re.findall(r"```python\n(.*?)```", TEXT, re.S)
    assert snippets
    for snippet in snippets:
        values = shown(snippet)
        assert values
        for value in values:
            assert len(value) > 0, snippet


@pytest.mark.slow
def test_the_rows_shown_are_rows_of_the_sample(sample):
    tables = exomine.load_tables(sample / "data" / "processed")
    rows = tables.relations.merge(tables.triples[["triple_id", "statement"]])
    columns = ["statement", "assertion", "page", "citations", "tier"]
    found: dict[tuple[str, ...], list[float]] = {}
    for *facts, score in rows[[*columns, "score"]].itertuples(index=False):
        found.setdefault(tuple(str(f) for f in facts), []).append(score)
    told = re.findall(r"^\| (.* -> .*) \|$", TEXT, re.M)
    assert len(told) == 5
    for line in told:
        *facts, score, tier = line.split(" | ")
        # another processor may give other last digits
        assert any(abs(float(score) - s) < 0.02 for s in found[(*facts, tier)])


@pytest.mark.slow
def test_python_snippets_run(tmp_path):
    (tmp_path / "raw.txt").write_text(PAPER)
    extract = [sys.executable, "-m", "exomine", "extract", "raw.txt", "--out", "data/processed"]
    subprocess.run(extract, cwd=tmp_path, check=True, capture_output=True)
    snippets = re.findall(r"```python\n(.*?)```", TEXT, re.S)
    assert snippets
    for snippet in snippets:
        subprocess.run([sys.executable, "-c", snippet], cwd=tmp_path, check=True, capture_output=True)


def test_files_and_targets_that_are_named_exist():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M)
    assert set(re.findall(r"`?make ([a-z]+)", TEXT)) <= set(targets)
    for path in re.findall(r"`((?:docs|models|data/raw)[a-z/.-]*)`", TEXT):
        assert (ROOT / path).exists(), path
