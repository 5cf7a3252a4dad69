"""The command as a person or a script meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import exomine
import pytest
import typer.main
from exomine.cli import docs
from exomine.cli.app import app
from exomine.document.model import Document
from exomine.nlp import load as loading
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = dict(docs.walk(typer.main.get_command(app), "exomine"))


def run(*arguments, text=None, cwd=None):
    return subprocess.run(
        [sys.executable, "-m", "exomine", *map(str, arguments)],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
    )


def test_help_is_light():
    code = (
        "import sys; sys.argv = ['exomine', '--help']\ntry:\n    from exomine.cli.app import main; "
        "main()\nexcept SystemExit:\n    pass\n"
    )
    code += "print(sorted({'spacy', 'pandas', 'pyarrow', 'lxml', 'rich'} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip().endswith("[]"), out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command):
    result = CliRunner().invoke(app, [*command.split()[1:], "--help"])
    assert result.exit_code == 0
    assert "--help" in result.output
    for p in COMMANDS[command].params:
        assert getattr(p, "help", "x"), f"{command} {p.name} has no help"


@pytest.mark.parametrize("name", docs.PAGES)
def test_reference_pages_are_those_that_the_code_tells(name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == docs.PAGES[name](), "run `make docs`"


def test_version():
    assert run("--version").stdout == f"exomine {exomine.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["extract", "nowhere.pdf"], 2, "nowhere.pdf does not exist"),
        (["extract", "."], 1, "No paper in"),
        (["extract"], 2, "data/raw does not exist"),
        (["extract", ".", "--workers", "0"], 2, "workers"),
        (["extract", ".", "--pdf-backend", "magic"], 2, "magic"),
        (["read", "nowhere.pdf"], 2, "nowhere.pdf does not exist"),
        (["read", __file__ + "c"], 2, "does not exist"),
        (["read", "."], 2, "is a folder; name one paper in it, or read them all with: exomine extract"),
        (["annotate", "   "], 2, "No text"),
        (["refresh"], 2, "exomine extract"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_wrong_use_is_told_in_a_line_with_its_status(tmp_path, arguments, status, told):
    result = run(*arguments, cwd=tmp_path)
    assert result.returncode == status
    assert told in result.stderr.replace("\n", " ")
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_paper_that_cannot_be_read_is_told_with_its_reason(tmp_path):
    (tmp_path / "a.pdf").write_text("<html></html>")
    result = run("read", "a.pdf", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("exomine: a.pdf: wrong_format: ")


def test_read_prints_body_text_and_the_whole_document(tmp_path):
    (tmp_path / "a.txt").write_text("A title\n\nVesicles carry β-catenin from cell to cell, as many have seen.\n")
    assert "Vesicles carry β-catenin from cell to cell, as many have seen." in run("read", "a.txt", cwd=tmp_path).stdout
    document = Document.from_dict(json.loads(run("read", "a.txt", "--format", "json", cwd=tmp_path).stdout))
    assert "β-catenin" in document.text


def test_public_names_load_when_used():
    assert set(exomine.__all__) <= set(dir(exomine))
    assert callable(exomine.load_tables)
    assert callable(exomine.extract)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = exomine.nonsense


def test_annotate_prints_json():
    result = run("annotate", "-", text="Cisplatin was given.\n")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["text"] == "Cisplatin was given."


def test_annotate_prints_html(pipeline, monkeypatch):
    monkeypatch.setattr(loading, "load", lambda _: pipeline)
    page = CliRunner().invoke(app, ["annotate", "Cisplatin <i>was</i> given.", "--format", "html"]).stdout
    assert page.startswith("<!DOCTYPE html>")
    assert "&lt;i&gt;" in page


def test_info_prints_versions():
    result = run("info", "--json")
    assert json.loads(result.stdout)["versions"]["exomine"] == exomine.__version__


CLOSED = (
    "import os, subprocess, sys\n"
    "process = subprocess.Popen([sys.executable, '-m', 'exomine', *sys.argv[1:]], stdout=subprocess.PIPE, "
    "stderr=subprocess.PIPE)\n"
    "process.stdout.close()\n"
    "told = process.stderr.read()\n"
    "print(process.wait(), told.decode())\n"
)


@pytest.mark.parametrize(
    "arguments",
    [
        ["info"],
        ["info", "--json"],
        ["--help"],
        ["--version"],
        ["extract", "-h"],
        ["read", "a.txt"],
        ["read", "a.txt", "--format", "json"],
    ],
)
def test_a_reader_that_goes_away_is_no_failure(tmp_path, arguments):
    (tmp_path / "a.txt").write_text("A title\n\nVesicles carry short molecules from cell to cell, as many have seen.\n")
    done = subprocess.run(
        [sys.executable, "-c", CLOSED, *arguments], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout == "0 \n"


def test_another_broken_pipe_is_a_failure():
    from exomine.cli.output import reader_may_leave

    with pytest.raises(BrokenPipeError), reader_may_leave():
        raise BrokenPipeError


@pytest.mark.parametrize("command", ["exomine", "exomine evaluate", *COMMANDS])
def test_h_is_help(command):
    result = CliRunner().invoke(app, [*command.split()[1:], "-h"])
    assert result.exit_code == 0
    assert result.output == CliRunner().invoke(app, [*command.split()[1:], "--help"]).output
    assert "Usage" in result.output


def test_a_byte_order_mark_from_standard_input_is_dropped(pipeline, monkeypatch):
    monkeypatch.setattr(loading, "load", lambda _: pipeline)
    result = CliRunner().invoke(app, ["annotate", "-"], input="\ufeffCisplatin was given.\n")
    assert json.loads(result.stdout)["text"] == "Cisplatin was given."


def test_an_interrupt_says_what_is_kept_and_how_to_go_on(monkeypatch, capsys):
    from exomine.cli import app as module
    from exomine.run import extract as job

    def stopped(paths, *, progress, **options):
        progress.begin(5)
        progress.finished = 2
        raise KeyboardInterrupt

    monkeypatch.setattr(job, "extract_papers", stopped)
    monkeypatch.setattr(sys, "argv", ["exomine", "extract", "a", "--out", "results"])
    with pytest.raises(SystemExit) as ended:
        module.main()
    told = capsys.readouterr().err
    assert ended.value.code == 130
    assert "2 of 5 papers were finished and are kept" in told
    assert "tables in results are as they were" in told
    assert "same command again" in told


@pytest.mark.parametrize(
    "first",
    ["import exomine", "import exomine.mirna", "import exomine, exomine.mirna", "import exomine.mirna, exomine"],
)
def test_the_grammar_is_one_module_however_it_is_imported(first):
    code = f"{first}\nimport sys\nassert exomine.mirna.parse('miR-21 fell')[0].name == 'miR-21'\n"
    code += (
        "import exomine.mirna\nassert exomine.mirna is sys.modules['exomine.mirna']\nfrom exomine import "
        "mirna\nassert mirna.parse\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
