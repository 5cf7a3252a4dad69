"""Commands whose output cannot be written, and texts that are not UTF-8."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from exomine.cli import output
from exomine.cli.app import main
from exomine.errors import StorageError
from exomine.nlp import load as loading
from rich.console import Console
from spacy.language import Language

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
RECORD = {"id": "a-1", "doc": "a", "text": "miR-21 promotes growth.", "mentions": [[0, 6, "MIRNA"]], "relations": []}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text("A title\n\nVesicles carry short molecules from cell to cell, as many have seen.\n")
    (tmp_path / "a.jsonl").write_text(json.dumps(RECORD) + "\n")
    (tmp_path / "short.txt").write_text("@ a-1\n[miR-21|MIRNA] promotes [growth|PROCESS].\n1 P 2\n")
    return tmp_path


def run(*arguments, cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE):
    return subprocess.run(
        [sys.executable, "-m", "exomine", *arguments], stdout=stdout, stderr=stderr, check=False, cwd=cwd
    )


def call(monkeypatch, folder, *arguments):
    """The status of a command, in this process."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["exomine", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code or 0


@needs_full
@pytest.mark.parametrize(
    "arguments",
    [
        ["--version"],
        ["--help"],
        ["read", "--help"],
        ["info"],
        ["read", "a.txt"],
        ["read", "a.txt", "--format", "json"],
        ["corpus", "check", "a.jsonl"],
        ["corpus", "agreement", "a.jsonl", "a.jsonl"],
        ["evaluate", "mirna", "names.tsv"],
    ],
)
def test_a_full_disk_behind_standard_output_is_told(monkeypatch, capfd, folder, arguments):
    (folder / "names.tsv").write_text("miR-21 is one\tmiR-21\n")
    with FULL.open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert call(monkeypatch, folder, *arguments) == 1
    told = capfd.readouterr().err
    assert "exomine: Standard output cannot be written: No space left on device." in told
    assert "Traceback" not in told


@needs_full
def test_python_says_nothing_more_at_its_end(folder):
    with FULL.open("wb") as full:
        done = run("read", "a.txt", cwd=folder, stdout=full)
    assert done.returncode == 1
    assert done.stderr.startswith(b"exomine: Standard output cannot be written")
    assert done.stderr.count(b"\n") == 1


@needs_full
def test_a_file_on_a_full_disk_is_told(monkeypatch, capfd, folder):
    assert call(monkeypatch, folder, "corpus", "read", "short.txt", "--out", str(FULL)) == 1
    assert "/dev/full cannot be written: No space left on device" in capfd.readouterr().err


@needs_full
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["read", "a.txt"], 0),
        (["read", "none.txt"], 2),
        (["read", "--wrong"], 2),
        (["corpus", "read", "short.txt", "--out", "b.jsonl"], 0),
    ],
)
def test_messages_that_cannot_be_written_change_no_status(monkeypatch, folder, arguments, status):
    with FULL.open("w", buffering=1) as full:
        monkeypatch.setattr(sys, "stderr", full)
        assert call(monkeypatch, folder, *arguments) == status


@needs_full
def test_progress_that_cannot_be_shown_stops_no_run(monkeypatch):
    with FULL.open("w", buffering=1) as full:
        monkeypatch.setattr(sys, "stderr", output.Patient(full))
        for n in range(3):
            Console(stderr=True).print(f"{n} papers")


def test_a_closed_standard_output_is_told(folder):
    code = "import os, sys; os.close(1); os.execv(sys.executable, [sys.executable, '-m', 'exomine', 'read', 'a.txt'])"
    done = subprocess.run([sys.executable, "-c", code], stderr=subprocess.PIPE, check=False, cwd=folder)
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False)
    assert b"Standard output is closed" in done.stderr


@needs_full
def test_put_names_the_remedy(monkeypatch):
    with FULL.open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        with pytest.raises(StorageError, match="Free space, or send it to another place"):
            output.put("x" * 100_000)


def annotate(monkeypatch, capfdbinary, *, sent=None, argument="-"):
    """``exomine annotate`` with a pipeline that finds nothing: status, what it prints, what it tells."""
    nlp = Language()
    nlp.add_pipe("sentencizer")
    monkeypatch.setattr(loading, "load", lambda _: nlp)
    monkeypatch.setattr(sys, "argv", ["exomine", "annotate", argument])
    monkeypatch.setattr(sys, "stdin", sent if sent is None else io.TextIOWrapper(io.BytesIO(sent)))
    with pytest.raises(SystemExit) as ended:
        main()
    printed, told = capfdbinary.readouterr()
    return ended.value.code or 0, printed, told.decode()


@pytest.mark.parametrize(
    ("data", "text", "told"),
    [
        ("TGF-β was na\xefve.".encode(), "TGF-β was naïve.", ""),
        (b"It was na\xefve.", "It was naïve.", "Standard input is not UTF-8 and was read as cp1252"),
        ("\ufeffTGF-β.".encode("utf-16-le"), "TGF-β.", "read as utf-16"),
        ("\ufeffTGF-β.".encode(), "TGF-β.", ""),
    ],
)
def test_text_from_standard_input_is_decoded_as_files_are(monkeypatch, capfdbinary, data, text, told):
    status, printed, message = annotate(monkeypatch, capfdbinary, sent=data)
    assert (status, json.loads(printed)["text"]) == (0, text)
    assert told in message
    assert bool(message) == bool(told)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            b"%PDF-1.4\n%abc",
            "Standard input is a PDF, and annotate takes plain text; save it as a file and give that to",
        ),
        (b"\x00\x01\x02\x03" * 20, "Standard input is binary data"),
        (b"<!DOCTYPE html><html></html>", "Standard input is an HTML page"),
        (b"", "No text given; write it as the argument, or - and send it to standard input"),
        (None, "No text given"),
    ],
)
def test_what_is_no_text_is_refused(monkeypatch, capfdbinary, data, told):
    status, printed, message = annotate(monkeypatch, capfdbinary, sent=data)
    assert (status, printed) == (2, b"")
    assert told in message


def test_an_argument_in_another_encoding(monkeypatch, capfdbinary):
    argument = b"It was na\xefve.".decode("utf-8", "surrogateescape")
    status, printed, message = annotate(monkeypatch, capfdbinary, argument=argument)
    assert (status, json.loads(printed)["text"]) == (0, "It was naïve.")
    assert "not UTF-8" in message


@pytest.mark.skipif(os.name == "nt", reason="names there are text")
def test_a_name_that_is_no_text_is_shown(monkeypatch, capfd, folder):
    name = os.fsdecode(b"caf\xe9.txt")
    (folder / name).write_bytes((folder / "a.txt").read_bytes())
    assert call(monkeypatch, folder, "read", name, "--format", "json") == 0
    assert json.loads(capfd.readouterr().out)["source"] == "caf\\xe9.txt"
    assert call(monkeypatch, folder, "read", os.fsdecode(b"n\xe9.txt")) == 2
    assert capfd.readouterr().err == "exomine: n\\xe9.txt does not exist; name a paper.\n"
