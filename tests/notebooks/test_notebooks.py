"""The notebooks run from the top to the bottom, without Jupyter, and show what they promise."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from helpers.tables import HOSTILE, OTHER, PAPERS, REVIEW, written

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with two releases of tables, in which a notebook is started."""
    written(tmp_path / "data" / "processed", PAPERS)
    written(tmp_path / "data" / "previous", (REVIEW, HOSTILE))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(notebook):
    """What each code cell shows: the value of its last expression."""
    names, values = {}, []
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            *body, last = ast.parse("".join(cell["source"])).body
            body += [] if isinstance(last, ast.Expr) else [last]
            exec(compile(ast.Module(body, []), notebook.name, "exec"), names)
            if isinstance(last, ast.Expr):
                values.append(eval(compile(ast.Expression(last.value), notebook.name, "eval"), names))
    return values


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)
def test_it_is_a_notebook_without_outputs(notebook):
    told = json.loads(notebook.read_text(encoding="utf-8"))
    assert (told["nbformat"], told["nbformat_minor"]) == (4, 5)
    assert len({c["id"] for c in told["cells"]}) == len(told["cells"])
    for cell in told["cells"]:
        assert cell["cell_type"] in ("code", "markdown")
        assert cell["cell_type"] == "markdown" or (cell["outputs"], cell["execution_count"]) == ([], None)


def test_from_tables_to_answers(place):
    _, found, picture, sentences, effects, opposed = shown(ROOT / "notebooks" / "tables_to_answers.ipynb")
    assert found.values.tolist() == [["miR-21", "stomach cancer", 2, 2, pytest.approx(0.98)]]
    assert picture._repr_svg_().startswith("<svg")
    assert len(sentences) == 2
    assert len(effects) == 5
    assert len(opposed) == 1


def test_comparing_two_releases(place):
    counts, papers, releases, added, grown, new = shown(ROOT / "notebooks" / "two_releases.ipynb")
    assert counts["documents"] == (2, 3)
    assert papers["right_only"] == 1
    assert releases.to_dict() == {"kept": 6, "added": 1, "lost": 0}
    assert list(added["statement_after"]) == ["miR-21 -> cisplatin sensitivity -> stomach cancer"]
    assert grown[["n_documents_before", "n_documents_after"]].values.tolist() == [[1, 2]]
    assert set(new["sentence"]) == {s.text for s in OTHER.said}


def test_correcting_a_paper(place):
    *_, curated = shown(ROOT / "notebooks" / "correct_a_paper.ipynb")
    assert set(curated["status"]) == {"accepted", "edited"}
    assert "miR-21 -> cisplatin sensitivity" in set(curated["statement"])
