"""Exports as files: what is written, what is refused, the same bytes each time."""

from __future__ import annotations

import sys

import pytest
from exomine.cli.app import app
from exomine.errors import UsageError
from exomine.export.formats import FORMATS, export
from typer.testing import CliRunner

from helpers.tables import written

NAMES = [f.name for f in FORMATS]


@pytest.fixture(scope="module")
def processed(tmp_path_factory):
    return written(tmp_path_factory.mktemp("tables") / "processed")


@pytest.mark.parametrize("name", NAMES)
def test_the_same_tables_give_the_same_bytes(processed, tmp_path, name):
    one = export(name, processed=processed, out=tmp_path / "one")
    two = export(name, processed=processed, out=tmp_path / "two")
    assert one
    assert [p.name for p in one] == [p.name for p in two]
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_there_is_replaced_only_by_force(processed, tmp_path, name):
    (first, *_) = export(name, processed=processed, out=tmp_path)
    first.write_text("mine")
    with pytest.raises(UsageError, match="--force"):
        export(name, processed=processed, out=tmp_path)
    assert first.read_text() == "mine"
    export(name, processed=processed, out=tmp_path, force=True)
    assert first.read_bytes() != b"mine"
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("name", NAMES)
def test_tables_without_a_statement(tmp_path, name):
    empty = written(tmp_path / "empty", ())
    assert export(name, processed=empty, out=tmp_path / "out")


def test_an_unknown_format_is_told_with_the_known_ones(processed, tmp_path):
    with pytest.raises(UsageError, match="known: xlsx, kgx"):
        export("doc", processed=processed, out=tmp_path)


def test_the_command_prints_its_files(processed, tmp_path):
    result = CliRunner().invoke(app, ["export", "kgx", "--processed", str(processed), "--out", str(tmp_path)])
    assert result.stdout.split() == [str(tmp_path / "exomine_nodes.tsv"), str(tmp_path / "exomine_edges.tsv")]


def test_without_the_extra_a_message_says_how_to_install(processed, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UsageError, match=r"pip install 'exomine\[export\]'"):
        export("xlsx", processed=processed, out=tmp_path)
    assert not list(tmp_path.iterdir())
