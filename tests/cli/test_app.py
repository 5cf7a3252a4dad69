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
    code = "import sys; sys.argv = ['exomine', '--help']\ntry:\n    from exomine.cli.app import main; main()\nexcept SystemExit:\n    pass\n"
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


def test_annotate_prints_json_and_html():
    result = run("annotate", "-", text="Cisplatin was given.\n")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["text"] == "Cisplatin was given."
    page = run("annotate", "Cisplatin <i>was</i> given.", "--format", "html").stdout
    assert page.startswith("<!DOCTYPE html>")
    assert "&lt;i&gt;" in page


def test_info_prints_versions():
    result = run("info", "--json")
    assert json.loads(result.stdout)["versions"]["exomine"] == exomine.__version__
