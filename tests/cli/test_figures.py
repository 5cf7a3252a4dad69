"""The README's figures: one file, rendered; taken from what commands print."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from exomine.cli import docs, figures
from exomine.cli.figures import Figure, figure_table, measured, read_figures, write_figures
from exomine.errors import UsageError

ROOT = Path(__file__).resolve().parents[2]
KEPT = read_figures(ROOT / "docs" / "figures.json")
ONE = Figure("lines right", 0.5, "exomine evaluate mirna NAMES.tsv", "mean.exact", "2026-01-01", "abc1234")


def test_the_readme_shows_the_file() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert docs.with_part("README.md", text) == text, "run `make docs`"
    assert figure_table(KEPT) in text


@pytest.mark.parametrize("figure", KEPT, ids=lambda f: f"{f.command} {f.key}")
def test_a_figure_says_how_it_was_measured(figure: Figure) -> None:
    assert figure.command.startswith("exomine evaluate ")
    assert date.fromisoformat(figure.date) >= date(2026, 1, 1)
    assert re.fullmatch(r"[0-9a-f]{7,}", figure.commit)
    assert figure.name
    assert figure.key


def test_figures_of_one_command_have_different_keys() -> None:
    assert len({(f.command, f.key) for f in KEPT}) == len(KEPT)


def test_what_a_command_prints_takes_the_place_of_its_figures() -> None:
    other = Figure("others", 3, "exomine evaluate entities", "f1", "2026-01-01", "abc1234")
    first, second = measured([ONE, other], ONE.command, {"mean": {"exact": 1}}, date="2026-02-03", commit="def5678")
    assert (first.value, first.date, first.commit) == (1.0, "2026-02-03", "def5678")
    assert second == other
    assert "| lines right | 1 | `exomine evaluate mirna NAMES.tsv` | 2026-02-03, def5678 |" in figure_table([first])


@pytest.mark.parametrize(
    ("command", "printed", "told"),
    [
        ("exomine evaluate nothing", {}, "NAMES.tsv"),
        (ONE.command, {"mean": 1}, "mean.exact"),
        (ONE.command, [], "mean.exact"),
    ],
)
def test_what_does_not_fit_is_told(command: str, printed: object, told: str) -> None:
    with pytest.raises(UsageError, match=re.escape(told)):
        measured([ONE], command, printed, date="", commit="")


def test_a_broken_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "figures.json").write_text('[{"name": 1}]', encoding="utf-8")
    with pytest.raises(UsageError, match="no file of figures"):
        read_figures(tmp_path / "figures.json")


def test_the_program_writes_day_and_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_figures(tmp_path / "figures.json", [ONE])
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps({"mean": {"exact": 0.75}})))
    figures.main([str(tmp_path / "figures.json"), ONE.command])
    (now,) = read_figures(tmp_path / "figures.json")
    assert now.value == 0.75
    assert now.date >= "2026-01-01"
    assert re.fullmatch(r"[0-9a-f]{7,}", now.commit)
