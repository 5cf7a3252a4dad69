"""Papers in this process and in processes of their own."""

from __future__ import annotations

import hashlib
import time

import pytest
from exomine.config import RunSettings
from exomine.errors import ResourceError
from exomine.run.engines import processes, serial
from exomine.run.extract import Progress
from exomine.run.find import Source
from exomine.run.paper import Job
from exomine.run.stages import Keys
from exomine.run.store import Store

from helpers import papers


class Watcher(Progress):
    def __init__(self):
        self.told = []

    def stage(self, source, name):
        self.told.append((source.source_path, name))


def source(path):
    return Source(path, path.name, hashlib.sha256(path.read_bytes()).hexdigest()[:16])


@pytest.fixture
def sources(tmp_path):
    out = []
    for i, extra in enumerate(["", "die:SIGKILL", "fail:encrypted", "die:SIGSEGV", ""]):
        path = tmp_path / f"{i}.txt"
        path.write_text(f"miR-21 confers cisplatin resistance in case {i}.\n{extra}\n")
        out.append(source(path))
    return out


KEYS = Keys("1", "2", "3", "4")


def run(engine, sources, *, worker=papers.WORKER, **options):
    watcher = Watcher()
    job = Job(RunSettings(), KEYS, str(sources[0].path.parent / "cache") if sources else "")
    receipts = dict(engine(sources, worker=worker, argument=job.to_dict(), watcher=watcher, **options))
    return {s.source_path: r for s, r in receipts.items()}, watcher


def reasons(receipts):
    return {path: [f[3] for f in r.failures] for path, r in receipts.items()}


@pytest.mark.parametrize("count", [1, 2, 7])
def test_a_paper_that_kills_its_process_fails_alone(sources, count):
    results, watcher = run(processes, sources, count=count)
    assert reasons(results) == {
        "0.txt": [],
        "1.txt": ["memory"],
        "2.txt": ["encrypted"],
        "3.txt": ["internal"],
        "4.txt": [],
    }
    assert ("4.txt", "tables") in watcher.told
    assert "SIGSEGV" in results["3.txt"].failures[0][5]


def test_both_engines_give_the_same(sources):
    fine = [sources[0], sources[2], sources[4]]
    alone, _ = run(serial, fine)
    store = Store(sources[0].path.parent / "cache")
    kept = {k.name: k.path.read_bytes() for k in store.entries()}
    store.keep_only([])
    together, _ = run(processes, fine, count=2)
    assert told(alone) == told(together)
    assert kept == {k.name: k.path.read_bytes() for k in store.entries()}
    assert len(kept) == 4  # as read, and rows, of the two that can be read


def told(receipts):
    return {k: (r.documents, r.failures, r.digest) for k, r in receipts.items()}


@pytest.mark.parametrize(
    "worker", ["helpers.papers:make_unusable", "helpers.papers:make_dead", "helpers.papers:no_such_thing"]
)
def test_a_worker_that_cannot_be_made_ends_the_run(sources, worker):
    with pytest.raises(ResourceError):
        run(processes, sources, worker=worker, count=2)


def test_a_paper_that_takes_too_long_fails_alone(tmp_path):
    papers_ = []
    for i, extra in enumerate(["wait:3600", "", ""]):
        (tmp_path / f"{i}.txt").write_text(f"miR-21 confers cisplatin resistance in case {i}.\n{extra}\n")
        papers_.append(source(tmp_path / f"{i}.txt"))
    began = time.monotonic()
    run(processes, papers_[1:], count=1)
    plenty = 5 + 3 * (time.monotonic() - began)  # as long as it takes on this machine, with all else that it has to do
    results, _ = run(processes, papers_, count=1, limit=plenty)
    assert reasons(results) == {"0.txt": ["timeout"], "1.txt": [], "2.txt": []}


def test_no_paper_no_process():
    assert run(processes, [], count=2)[0] == {}
    assert run(serial, [])[0] == {}
