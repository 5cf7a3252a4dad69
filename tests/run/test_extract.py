"""The main job over small papers and a pipeline of the tests' own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from exomine.config import RunSettings
from exomine.errors import NoPapersError, StorageError, UsageError
from exomine.run import extract as job
from exomine.run.engines import serial
from exomine.run.extract import Progress, extract_papers
from exomine.tables.commit import locked
from exomine.tables.store import load_tables

from helpers import papers
from helpers.processes import interruptible


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "In gastric cancer miR-21 confers cisplatin resistance [1].\nref:10.1/x\ndoi:10.1000/a\n"
    )
    (folder / "b.txt").write_text("miR-34a confers docetaxel resistance.\nmiR-21 confers cisplatin resistance.\n")
    return folder


@pytest.fixture(autouse=True)
def here(request, monkeypatch):
    """Papers are worked on in this process, where a test is not about others."""
    if "processes" not in request.keywords:
        monkeypatch.setattr(job, "processes", lambda sources, *, count, **options: serial(sources, **options))


def extract(raw, out, **options):
    options = {"settings": RunSettings(), "worker": papers.WORKER} | options
    return extract_papers([raw], out=out, **options)


def contents(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.name != "run.json" and ".exomine" not in p.parts
    }


def test_tables_are_written_and_returned(raw, tmp_path):
    outcome = extract(raw, tmp_path / "out")
    assert outcome.exit_status == 0
    loaded = load_tables(tmp_path / "out")
    assert list(loaded.documents["source_path"]) == ["a.txt", "b.txt"]
    assert len(loaded.triples) == len(outcome.tables.triples) == 3
    assert loaded.documents["paper_id"].iloc[0] == "doi:10.1000/a"
    assert (tmp_path / "out" / "failures.csv").read_text() == "source_path,doc_id,stage,reason,page,message\n"
    for doc_id in loaded.documents["doc_id"]:
        assert json.loads((tmp_path / "out" / "papers" / f"{doc_id}.json").read_bytes())["doc_id"] == doc_id
    run = json.loads((tmp_path / "out" / "run.json").read_text())
    assert run["counts"]["relations"] == 3
    assert set(run["seconds"]) >= {"read", "annotate", "tables", "total"}


@pytest.mark.processes
def test_same_input_same_bytes_whatever_the_number_of_workers(raw, tmp_path):
    for name, options in {"a": {}, "b": {"workers": 2}, "c": {"workers": 3, "force": True}}.items():
        extract(raw, tmp_path / name, **options)
    extract(raw, tmp_path / "c", force=True)
    assert contents(tmp_path / "a") == contents(tmp_path / "b") == contents(tmp_path / "c")


def test_the_folder_holds_exactly_the_papers_of_the_call(raw, tmp_path):
    out = tmp_path / "out"
    extract(raw, out)
    (raw / "a.txt").unlink()
    extract(raw, out)
    extract(raw, tmp_path / "fresh")
    assert contents(out) == contents(tmp_path / "fresh")
    assert len(list((out / "papers").iterdir())) == 1


def test_what_was_done_is_reused_until_forced(raw, tmp_path):
    out = tmp_path / "out"
    assert extract(raw, out).run["counts"]["reused"] == 0
    again = extract(raw, out)
    assert again.run["counts"]["reused"] == 2
    (raw / "b.txt").write_text("miR-34a confers docetaxel resistance in gastric cancer.\n")
    assert extract(raw, out).run["counts"]["reused"] == 1
    assert extract(raw, out, force=True).run["counts"]["reused"] == 0
    assert extract(raw, out, settings=RunSettings(pdf_backend="pdfium")).run["counts"]["reused"] == 0


@pytest.mark.processes
def test_bad_papers_never_stop_the_others(raw, tmp_path):
    (raw / "c.txt").write_text("fail:encrypted\n")
    (raw / "d.txt").write_text("die:SIGKILL\n")
    outcome = extract(raw, tmp_path / "out")
    assert outcome.exit_status == 3
    assert outcome.run["counts"]["reused"] == 0
    tables = load_tables(tmp_path / "out")
    assert dict(zip(tables.failures["source_path"], tables.failures["reason"], strict=True)) == {
        "c.txt": "encrypted",
        "d.txt": "memory",
    }
    assert list(tables.documents["status"]) == ["success", "success", "failed", "failed"]
    assert len(tables.relations) == 3


def test_a_wrongly_named_copy_fails_and_its_paper_is_read(raw, tmp_path):
    (raw / "a.pdf").write_bytes((raw / "a.txt").read_bytes())  # sorts before the good name
    (raw / "a-copy.txt").write_bytes((raw / "a.txt").read_bytes())
    for _ in ("new", "from the cache"):
        outcome = extract(raw, tmp_path / "out")
        assert outcome.exit_status == 3
        tables = load_tables(tmp_path / "out")
        assert list(tables.documents["source_path"]) == ["a-copy.txt", "b.txt"]
        assert set(tables.documents["status"]) == {"success"}
        failure, copy = tables.failures.to_dict("records")
        assert (failure["source_path"], failure["reason"]) == ("a.pdf", "wrong_format")
        assert (copy["source_path"], copy["reason"]) == ("a.txt", "duplicate_of")
        assert "The same bytes as a-copy.txt" in copy["message"]
        assert failure["doc_id"] == tables.documents["doc_id"].iloc[0]
        assert "plain text" in failure["message"]
        assert "read as a-copy.txt" in failure["message"]


def test_every_copy_of_a_paper_that_fails_has_its_row(raw, tmp_path):
    for name in ("c.txt", "d.txt", "e.pdf"):
        (raw / name).write_text("fail:encrypted\n")
    outcome = extract(raw, tmp_path / "out")
    assert outcome.exit_status == 3
    failures = outcome.tables.failures
    assert dict(zip(failures["source_path"], failures["reason"], strict=True)) == {
        "c.txt": "encrypted", "d.txt": "encrypted", "e.pdf": "wrong_format",
    }  # fmt: skip
    assert outcome.n_failed == 1


def test_all_failed_is_exit_status_1(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "c.txt").write_text("fail:no_text\n")
    assert extract(tmp_path / "raw", tmp_path / "out").exit_status == 1


def test_no_paper_leaves_the_old_tables(raw, tmp_path):
    extract(raw, tmp_path / "out")
    before = contents(tmp_path / "out")
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoPapersError):
        extract(tmp_path / "empty", tmp_path / "out")
    assert contents(tmp_path / "out") == before


@pytest.mark.parametrize(
    "options",
    [{"workers": 0}, {"settings": RunSettings(pdf_backend="magic")}, {"settings": RunSettings(pipeline="nowhere.cfg")}],
)
def test_wrong_settings_are_usage_errors(raw, tmp_path, options):
    with pytest.raises(UsageError):
        extract(raw, tmp_path / "out", **options)


def test_two_runs_into_one_folder_do_not_meet(raw, tmp_path):
    with locked(tmp_path / "out"), pytest.raises(StorageError, match="another run"):
        extract(raw, tmp_path / "out")


class Interrupted(Progress):
    def done(self, source, result, *, reused):
        raise KeyboardInterrupt


@pytest.mark.processes
def test_an_interrupt_keeps_finished_papers_and_old_tables(raw, tmp_path):
    out = tmp_path / "out"
    extract(raw, out)
    before = contents(out)
    (raw / "c.txt").write_text("miR-21 confers docetaxel resistance.\n")
    (raw / "d.txt").write_text("miR-34a confers cisplatin resistance.\n")
    with pytest.raises(KeyboardInterrupt):
        extract(raw, out, force=True, progress=Interrupted())
    assert contents(out) == before
    (raw / "a.txt").unlink()
    assert extract(raw, out).run["counts"]["reused"] >= 1


SCRIPT = """
import sys
from pathlib import Path
from exomine.config import RunSettings
from exomine.run.extract import extract_papers
worker = "helpers.papers:make_worker"
extract_papers([sys.argv[1]], out=Path(sys.argv[2]), settings=RunSettings(), workers=2, worker=worker)
"""


def test_a_script_needs_no_guard_and_an_interrupt_ends_its_workers(raw, tmp_path):
    (raw / "z.txt").write_text("miR-21 confers docetaxel resistance.\nwait:3600\n")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    process = subprocess.Popen(
        [sys.executable, str(script), str(raw), str(tmp_path / "out")],
        env=environment,
        stderr=subprocess.PIPE,
        preexec_fn=interruptible,
    )
    cache = tmp_path / "out" / ".exomine" / "cache"
    deadline = time.monotonic() + 600
    while len(list(cache.glob("rows/*/*"))) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=600)
    assert b"KeyboardInterrupt" in errors
    assert len(list(cache.glob("rows/*/*"))) == 2
    assert not (tmp_path / "out" / "triples.csv").exists()
