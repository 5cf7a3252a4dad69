"""Papers on a Dask cluster: a scheduler and workers as processes of their own, on this machine's loopback."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time

import pytest
from exomine.config import RunSettings
from exomine.errors import EngineError, UsageError
from exomine.run.cluster import dask
from exomine.run.extract import Progress, Workers, extract_papers

from helpers import papers

pytest.importorskip("distributed", reason="the engine dask needs the extra of that name")

ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
    "DASK_DISTRIBUTED__WORKER__DAEMON": "False",
}


def start(*command):
    return subprocess.Popen(
        [sys.executable, "-m", *command], env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Cluster:
    """A scheduler, and workers that can be killed."""

    def __init__(self, folder):
        port = free_port()
        self.address = f"tcp://127.0.0.1:{port}"
        self.folder = folder
        self.scheduler = start(
            "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"
        )
        self.workers = []
        self._wait(port)

    def _wait(self, port):
        """Until the scheduler listens, which takes a while on a machine that is busy."""
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                return
            time.sleep(0.2)

    def add_worker(self):
        self.workers.append(
            start(
                "distributed.cli.dask_worker", self.address, "--host", "127.0.0.1", "--no-nanny", "--nthreads", "1",
                "--no-dashboard", "--local-directory", str(self.folder),
            )
        )  # fmt: skip

    def end(self):
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path):
    made = Cluster(tmp_path)
    for _ in range(2):
        made.add_worker()
    yield made
    made.end()


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    folder.mkdir()
    for i in range(8):
        extra = {2: "die:SIGKILL", 5: "fail:encrypted"}.get(i, "wait:0.5")
        (folder / f"{i}.txt").write_text(
            f"miR-21 confers cisplatin resistance in case {i} of gastric cancer.\n{extra}\n"
        )
    return folder


def extract(raw, out, **options):
    return extract_papers([raw], out=out, settings=RunSettings(), worker=papers.WORKER, **options)


def contents(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.name != "run.json" and ".exomine" not in p.parts
    }


class KillsAfter(Progress):
    """Kills a process when so many papers are done."""

    def __init__(self, victim, after):
        self.victim, self.left = victim, after

    def done(self, source, receipt, *, reused):
        self.left -= 1
        if self.left == 0:
            self.victim.send_signal(signal.SIGKILL)
            self.victim.wait()


def test_a_worker_that_is_killed_costs_nothing_and_all_engines_give_the_same(raw, tmp_path, cluster):
    out = tmp_path / "dask"
    team = Workers(engine="dask", scheduler=cluster.address)
    outcome = extract(raw, out, workers=team, progress=KillsAfter(cluster.workers[0], 3))
    assert (outcome.exit_status, outcome.run["engine"]) == (3, "dask")
    failures = outcome.tables.failures
    assert dict(zip(failures["source_path"], failures["reason"], strict=True)) == {
        "2.txt": "memory", "5.txt": "encrypted",
    }  # fmt: skip
    extract(raw, tmp_path / "local", workers=2)
    assert contents(out) == contents(tmp_path / "local")


def test_a_scheduler_that_is_killed_ends_the_run_and_the_next_goes_on(raw, tmp_path, cluster):
    out = tmp_path / "out"
    (raw / "2.txt").unlink()
    team = Workers(engine="dask", scheduler=cluster.address)
    with pytest.raises(EngineError, match="run the same command again"):
        extract(raw, out, workers=team, progress=KillsAfter(cluster.scheduler, 3))
    again = extract(raw, out, workers=2)
    assert again.run["counts"]["reused"] >= 2
    extract(raw, tmp_path / "fresh", workers=2)
    assert contents(out) == contents(tmp_path / "fresh")


def test_a_cluster_of_its_own(raw, tmp_path):
    outcome = extract(raw, tmp_path / "out", workers=Workers(2, "dask"))
    assert outcome.run["counts"]["success"] == 6


def test_no_scheduler_there_is_told(raw, tmp_path):
    with pytest.raises(EngineError, match="No Dask scheduler answers"):
        extract(raw, tmp_path / "out", workers=Workers(engine="dask", scheduler=f"tcp://127.0.0.1:{free_port()}"))


def test_a_scheduler_is_for_dask(raw, tmp_path):
    with pytest.raises(UsageError, match="for the engine dask"):
        extract(raw, tmp_path / "out", workers=Workers(2, "local", "tcp://127.0.0.1:1"))


def test_no_paper_no_cluster():
    assert list(dask([], worker="", argument={}, watcher=Progress(), count=1)) == []
