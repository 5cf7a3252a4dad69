"""Every evaluate command ends with an error where it finds nothing to score, and shows how far it is."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer.main
from exomine.cli.app import app, main
from exomine.cli.progress import track

Run = Callable[..., tuple[int, str, str]]
#: Each command with a name for the path that it scores: a folder, or a file of that name.
FOLDERS = ("reading", "relations", "mentions", "identifiers", "syntax")
FILES = ("mirna", "triples", "entities", "corpus")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["exomine", "evaluate", *map(str, arguments)])
        try:
            main()
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capsys.readouterr()
        return status, out, " ".join(err.split())

    return call


def refused(result: tuple[int, str, str], status: int, *told: object) -> None:
    code, out, err = result
    assert (code, out) == (status, "")
    assert "Traceback" not in err
    assert "expected" in err.lower()
    for word in told:
        assert str(word) in err


def test_all_commands_are_tested() -> None:
    group = typer.main.get_command(app).commands["evaluate"]  # type: ignore[attr-defined]
    assert set(group.commands) == {*FOLDERS, *FILES}


@pytest.mark.parametrize("command", FOLDERS)
def test_an_empty_folder_is_an_error(run: Run, tmp_path: Path, command: str) -> None:
    refused(run(command, tmp_path), 1, tmp_path)


@pytest.mark.parametrize("command", FOLDERS)
def test_a_missing_folder_is_an_error(run: Run, tmp_path: Path, command: str) -> None:
    refused(run(command, tmp_path / "nowhere"), 2, tmp_path / "nowhere", "does not exist")


@pytest.mark.parametrize("command", FOLDERS)
def test_a_file_in_place_of_a_folder_is_an_error(run: Run, tmp_path: Path, command: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Something else.\n")
    refused(run(command, path), 2, path, "is a file")


@pytest.mark.parametrize("command", FILES)
def test_a_missing_file_is_an_error(run: Run, tmp_path: Path, command: str) -> None:
    refused(run(command, tmp_path / "nowhere.tsv"), 2, tmp_path / "nowhere.tsv", "does not exist")


@pytest.mark.parametrize("command", FILES)
def test_a_folder_in_place_of_a_file_is_an_error(run: Run, tmp_path: Path, command: str) -> None:
    refused(run(command, tmp_path), 2, tmp_path, "is a folder")


@pytest.mark.parametrize("command", FILES)
@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_an_empty_file_is_an_error(run: Run, tmp_path: Path, command: str, content: bytes) -> None:
    path = tmp_path / "gold.tsv"
    path.write_bytes(content)
    code, out, err = run(command, path)
    assert (code in (1, 2), out) == (True, "")
    assert str(path) in err
    assert "expected" in err.lower()


@pytest.mark.parametrize("command", FILES)
@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\xff", b"Some plain words\nand more of them.\n"])
def test_a_file_of_the_wrong_kind_is_an_error(run: Run, tmp_path: Path, command: str, content: bytes) -> None:
    path = tmp_path / "gold.tsv"
    path.write_bytes(content)
    refused(run(command, path), 2, path)


@pytest.mark.parametrize(
    ("command", "name", "content"),
    [
        ("reading", "a.xml", b"<html><body>Not found</body></html>"),
        ("relations", "mmic/dev.xml", b"no XML at all"),
        ("relations", "cancermine/train/a.a1", b"no standoff"),
        ("relations", "bioscope/abstracts.xml", b"<a><b></a>"),
        ("mentions", "bionlp13cg/devel.tsv", b"\xff\xfe\x00"),
        ("identifiers", "biored/Dev.PubTator", b"\xff\xfe\x00"),
        ("syntax", "conllu/a.conllu", b"1\ta\ta\tX\tX\t_\t0\troot\t_\t_\n"),
    ],
)
def test_a_file_of_the_wrong_kind_in_a_folder_is_an_error(
    run: Run, tmp_path: Path, command: str, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if command == "reading":
        path.with_suffix(".pdf").write_bytes(b"%PDF-1.4\n")
    code, out, err = run(command, tmp_path)
    assert (code, out) == (2, ""), err
    assert str(tmp_path) in err


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("relations", "mmic/dev.xml"), ("relations", "cancermine/train"), ("identifiers", "civicmine/training"),
        ("syntax", "conllu/a.conllu"), ("mentions", "bionlp13cg/devel.tsv"),
    ],
)  # fmt: skip
def test_a_corpus_without_anything_in_it_is_an_error(run: Run, tmp_path: Path, command: str, name: str) -> None:
    path = tmp_path / name
    if path.suffix:
        path.parent.mkdir(parents=True)
        path.write_text("<collection></collection>" if path.suffix == ".xml" else "")
        (tmp_path / "txt").mkdir()
        (tmp_path / "txt" / "a.txt").write_text("")
    else:
        path.mkdir(parents=True)
    refused(run(command, tmp_path), 1, path)


@pytest.mark.parametrize("command", ["relations", "identifiers"])
def test_a_corpus_that_is_asked_for_must_be_there(run: Run, tmp_path: Path, command: str) -> None:
    refused(run(command, tmp_path, "--corpus", "civicmine"), 2, tmp_path / "civicmine" / "training")
    refused(run(command, tmp_path, "--corpus", "nonsense"), 2, "nonsense", "civicmine")


def test_a_model_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    path.write_text("Cells\tB-Cell\n")
    code, out, err = run("entities", path, "--model", "nowhere")
    assert (code, out) == (1, "")
    assert "nowhere" in err


def test_figures_and_what_is_left_out(run: Run, tmp_path: Path) -> None:
    names = tmp_path / "names.tsv"
    names.write_text("miR-21 rose\tmiR-21\n")
    code, out, _ = run("mirna", names)
    assert code == 0
    assert json.loads(out)["exact"] == 1.0


def test_progress_is_told_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(track(list(range(25)), "articles")) == list(range(25))
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[:2] == ["articles: 0 of 25", "articles: 3 of 25"]
    assert 5 <= len(err.splitlines()) <= 11
