"""``extract`` touches only what it wrote itself: everything else in the folder stays, or is refused before any work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from exomine.config import RunSettings
from exomine.errors import StorageError, UsageError
from exomine.run import extract as module
from exomine.run.engines import serial
from exomine.run.extract import extract_papers
from exomine.tables.commit import WORK, write_synced
from exomine.tables.owned import own_files
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import papers
from helpers.faults import Killed, dies_at

ONE = "In gastric cancer miR-21 confers cisplatin resistance [1].\nref:10.1/x\ndoi:10.1000/a\n"
TWO = "miR-34a confers docetaxel resistance.\n"


@pytest.fixture(autouse=True)
def one_process(monkeypatch):
    """All papers in this process: the tests are about files."""

    def here(sources, *, worker, argument, watcher, count):
        return serial(sources, worker=worker, argument=argument, watcher=watcher)

    monkeypatch.setattr(module, "processes", here)


@pytest.fixture
def raw(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(ONE)
    return tmp_path / "raw"


def extract(raw, out, **options):
    return extract_papers([raw], out=out, **({"settings": RunSettings(), "worker": papers.WORKER} | options))


def everything(folder, *, work=False):
    """Files by path, links by what they name; ``run.json`` and what exomine keeps for itself on demand only."""
    return {
        p.relative_to(folder).as_posix(): str(p.readlink()).encode() if p.is_symlink() else p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if (p.is_symlink() or p.is_file()) and (work or p.relative_to(folder).parts[0] not in ("run.json", WORK))
    }


def doc_id(raw, name="a.txt"):
    import hashlib

    return hashlib.sha256((raw / name).read_bytes()).hexdigest()[:16]


def test_extract_papers_here_refuses_and_loses_nothing(tmp_path, monkeypatch):
    """The case of a person in the folder of a project: `exomine extract papers --out .`"""
    monkeypatch.chdir(tmp_path)
    for name in ("papers/a.txt", "papers/notes.md", "papers/sub/b.txt", "thesis.docx"):
        write_synced(tmp_path / name, ONE.encode())
    with pytest.raises(UsageError, match=r"papers.*lies in papers, where exomine keeps its own files.*--out"):
        extract_papers(["papers"], out=tmp_path.__class__("."), settings=RunSettings(), worker=papers.WORKER)
    assert everything(tmp_path, work=True) == dict.fromkeys(
        ("papers/a.txt", "papers/notes.md", "papers/sub/b.txt", "thesis.docx"), ONE.encode()
    )


def make_file(place):
    place.write_text("mine")


def make_link(place):
    place.symlink_to("elsewhere")


@pytest.mark.parametrize("make", [make_file, make_link, lambda p: p.mkdir()])
@pytest.mark.parametrize("name", ["relations.csv", "triples.parquet", "datapackage.json", "run.json", "papers/ID.json"])
def test_what_is_in_the_way_is_refused_before_any_work(raw, tmp_path, name, make):
    out = tmp_path / "out"
    place = out / name.replace("ID", doc_id(raw))
    place.parent.mkdir(parents=True)
    make(place)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UsageError) as told:
        extract(raw, out, worker="helpers.papers:make_unusable")
    for part in (
        str(place),
        "it is a" if make is not make_file else "did not write it",
        "--out",
        "Nothing was touched",
    ):
        assert part in str(told.value)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["triples.csv", "run.json", "relations.parquet", "papers/ID.json"])
def test_a_file_of_ours_that_somebody_edited_is_refused(raw, tmp_path, name):
    out = tmp_path / "out"
    extract(raw, out)
    place = out / name.replace("ID", doc_id(raw))
    place.write_bytes(place.read_bytes() + b" ")
    before = everything(out, work=True)
    with pytest.raises(UsageError, match=r"changed since|did not write it"):
        extract(raw, out)
    assert everything(out, work=True) == before


def test_foreign_files_elsewhere_stay_byte_for_byte(raw, tmp_path):
    out = tmp_path / "out"
    foreign = ["notes.md", "papers/mine.json", "papers/sub/x.bin", "sub/relations.csv", ".cache/x.tmp", ".commit/t.csv"]
    foreign += [
        ".replaced/t.csv",
        ".incoming-x/t.csv",
        f"{WORK}/mine.txt",
        f"{WORK}/cache/mine.json.gz",
        "relations.CSV.bak",
    ]
    for name in foreign:
        write_synced(out / name, name.encode())
    extract(raw, out)
    (raw / "a.txt").write_text(TWO)
    extract(raw, out)
    extract(raw, out, force=True)
    found = everything(out, work=True)
    assert {n: found[n] for n in foreign} == {n: n.encode() for n in foreign}
    extract(raw, tmp_path / "fresh")
    ours = {n: c for n, c in everything(out).items() if n not in foreign}
    assert ours == everything(tmp_path / "fresh")
    assert set(own_files(out)) == {*ours, "run.json"}


def test_an_input_that_a_link_brings_into_papers_is_refused(raw, tmp_path):
    out = tmp_path / "out"
    (out / "papers").mkdir(parents=True)
    (out / "papers" / "x.txt").symlink_to(raw / "a.txt")
    for path in (out / "papers", out / "papers" / "x.txt"):
        with pytest.raises(UsageError, match="lies in"):
            extract(path, out)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "papers").symlink_to(raw)
    with pytest.raises(UsageError, match="lies in"):
        extract(raw, tmp_path / "other")
    assert (raw / "a.txt").read_text() == ONE


def test_a_table_named_as_a_paper_is_refused(raw, tmp_path):
    extract(raw, tmp_path / "out")
    with pytest.raises(UsageError, match="where a table would be written"):
        extract(tmp_path / "out" / "triples.csv", tmp_path / "out")


def test_results_of_an_earlier_exomine_without_a_list_are_refused_with_a_remedy(raw, tmp_path):
    import json

    out = tmp_path / "out"
    extract(raw, out)
    run = json.loads((out / "run.json").read_text())
    (out / "run.json").write_text(json.dumps({k: v for k, v in run.items() if k not in ("files", "sha256")}))
    before = everything(out)
    with pytest.raises(UsageError, match=r"earlier exomine.*out\.old"):
        extract(raw, out)
    assert everything(out) == before


def test_a_run_in_which_all_papers_fail_leaves_the_tables(raw, tmp_path):
    out = tmp_path / "out"
    extract(raw, out)
    before = everything(out, work=True)
    (raw / "a.txt").write_text("fail:encrypted\n")
    outcome = extract(raw, out)
    assert (outcome.exit_status, outcome.written) == (1, False)
    assert list(outcome.tables.failures["reason"]) == ["encrypted"]
    assert everything(out, work=True) == before
    (raw / "a.txt").write_text(ONE)
    assert extract(raw, out).run["counts"]["reused"] == 1


def test_where_there_were_no_tables_a_run_in_which_all_fail_tells_why(raw, tmp_path):
    (raw / "a.txt").write_text("fail:encrypted\n")
    outcome = extract(raw, tmp_path / "out")
    assert (outcome.exit_status, outcome.written) == (1, True)
    assert "encrypted" in (tmp_path / "out" / "failures.csv").read_text()


def test_a_folder_with_a_placeholder_works_twice(raw, tmp_path):
    write_synced(tmp_path / "out" / ".gitkeep", b"")
    for _ in range(2):
        assert extract(raw, tmp_path / "out").exit_status == 0
    assert (tmp_path / "out" / ".gitkeep").read_bytes() == b""


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_told_before_any_work(raw, tmp_path):
    (tmp_path / "out").mkdir(mode=0o555)
    with pytest.raises(StorageError, match="permissions"):
        extract(raw, tmp_path / "out", worker="helpers.papers:make_unusable")


def test_a_folder_that_cannot_be_written_is_told_before_any_work(raw, tmp_path, monkeypatch):
    (tmp_path / "out").mkdir()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(StorageError, match="permissions"):
        extract(raw, tmp_path / "out", worker="helpers.papers:make_unusable")


@pytest.mark.skipif(sys.platform == "linux", reason="for file systems that do not tell upper from lower case")
def test_letter_case_does_not_hide_a_foreign_file(raw, tmp_path):
    write_synced(tmp_path / "out" / "Relations.csv", b"mine")
    with pytest.raises(UsageError, match="in the way"):
        extract(raw, tmp_path / "out")


NAMES = ["relations.csv", "run.json", "papers/mine.json", "notes.md", "sub/run.json", ".cache/x.tmp", "papers/sub/x"]
STEPS = st.lists(
    st.tuples(
        st.sampled_from([ONE, TWO, "fail:damaged\n"]),
        st.dictionaries(st.sampled_from(NAMES), st.binary(max_size=3), max_size=2),
        st.one_of(st.integers(0, 150), st.just(10**9)),
    ),
    min_size=1, max_size=3,
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_whatever_happens_no_foreign_file_is_lost(tmp_path_factory, steps):
    root = tmp_path_factory.mktemp("runs")
    out, raw = root / "out", root / "raw"
    raw.mkdir()
    foreign: dict[str, bytes] = {}
    for text, tree, at in steps:
        for name, content in tree.items():
            if not (out / name).exists():
                write_synced(out / name, content)
                foreign[name] = content
        (raw / "a.txt").write_text(text)
        try:
            with dies_at(at):
                extract(raw, out)
        except (Killed, UsageError):
            pass
        assert {n: c for n, c in everything(out, work=True).items() if n in foreign} == foreign
    for name in {"relations.csv", "run.json"} & foreign.keys():  # as the message says
        (out / name).unlink()
        del foreign[name]
    (raw / "a.txt").write_text(TWO)
    extract(raw, out)
    extract(raw, root / "fresh")
    assert everything(out) == everything(root / "fresh") | foreign


SCRIPT = """
import os, pathlib, signal, sys
import exomine.tables.commit as commit
from exomine.config import RunSettings
from exomine.run.extract import extract_papers
real, count = commit._move, [0]
def move(source, place):
    count[0] += 1
    if count[0] == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    real(source, place)
commit._move = move
worker = "helpers.papers:make_worker"
extract_papers([sys.argv[1]], out=pathlib.Path(sys.argv[2]), settings=RunSettings(), worker=worker)
"""


def test_a_process_that_is_killed_while_it_puts_the_files_in_place(raw, tmp_path):
    out = tmp_path / "out"
    extract(raw, out)
    write_synced(out / "papers" / "mine.json", b"mine")
    (raw / "a.txt").write_text(TWO)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run([sys.executable, "-c", SCRIPT, str(raw), str(out)], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    assert (out / WORK / "complete").is_dir()
    extract(raw, out)
    extract(raw, tmp_path / "fresh")
    assert everything(out) == everything(tmp_path / "fresh") | {"papers/mine.json": b"mine"}
