"""What a long run may meet: papers that end their process, processes that are killed, Ctrl-C, a full disk.

All of it with real processes. A fault costs the paper that it met, or the time of a second run, and nothing else.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from exomine.config import RunSettings
from exomine.run.extract import Workers, extract_papers

from helpers.runs import COMMAND, ENVIRONMENT, begin, contents, run

GOOD = "In gastric cancer miR-21 confers cisplatin resistance in case {n} [1].\nref:10.1/x\n"
#: What each paper does, and the reason and words with which it is told.
FAULTS = {
    "exit": ("exit:0", "internal", "exit status 0"),
    "segfault": ("die:SIGSEGV", "internal", "SIGSEGV"),
    "killed": ("die:SIGKILL", "memory", "killed"),
    "greedy": ("eat:50", "memory", "More than 50 MB"),
}


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


def put(raw, *, good=0, wait=(), bad=None):
    """``good`` papers, those of ``wait`` sleep."""
    for n in range(good):
        (raw / f"{n}.txt").write_text(GOOD.format(n=n) + ("wait:3600\n" if n in wait else ""))
    for name, line in (bad or {}).items():
        (raw / f"{name}.txt").write_text(f"miR-21 confers docetaxel resistance in case {name}.\n{line}\n")


def undisturbed(raw, out):
    """What a run writes to which nothing happens; here, since other processes would give the same."""
    team = Workers(engine="serial")
    extract_papers([raw], out=out, settings=RunSettings(), worker="helpers.papers:make_worker", workers=team)
    return contents(out)


def failures(out):
    with (out / "failures.csv").open(newline="", encoding="utf-8") as handle:
        return {row["source_path"]: row for row in csv.DictReader(handle)}


def until_kept(process, out, n):
    """Wait until the rows of ``n`` papers are kept."""
    while len(list((out / ".exomine").glob("*/rows/*/[0-9a-f]*"))) < n:
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.05)


def test_a_paper_that_ends_its_process_costs_itself_alone(raw, tmp_path):
    put(raw, good=3, bad={name: line for name, (line, _, _) in FAULTS.items()})
    status, told = run(raw, tmp_path / "out")
    assert status == 3, told
    found = failures(tmp_path / "out")
    assert {name: row["reason"] for name, row in found.items()} == {f"{n}.txt": r for n, (_, r, _) in FAULTS.items()}
    for name, (_, reason, words) in FAULTS.items():
        assert words in found[f"{name}.txt"]["message"]
        assert f"{name}.txt: {reason}: " in told
    for name in FAULTS:
        (raw / f"{name}.txt").unlink()
    after, fresh = contents(tmp_path / "out"), undisturbed(raw, tmp_path / "fresh")
    for name in ("relations.csv", "triples.csv", "sentences.csv", "mentions.csv"):
        assert after[name] == fresh[name]


def test_a_paper_alone_that_ends_its_process_has_its_reason(raw, tmp_path):
    """As one that is left of a long run: the others are kept, and it is tried again."""
    put(raw, good=1)
    undisturbed(raw, tmp_path / "out")
    put(raw, bad={"segfault": "die:SIGSEGV"})
    status, told = run(raw, tmp_path / "out")
    assert (status, failures(tmp_path / "out")["segfault.txt"]["reason"]) == (3, "internal"), told


def test_a_process_that_dies_while_it_loads_costs_nothing(raw, tmp_path):
    put(raw, bad=dict.fromkeys("abc", "The first load is killed."))
    status, told = run(raw, tmp_path / "out", worker="helpers.papers:make_loading")
    assert (tmp_path / "out" / ".exomine" / "died once").exists()
    assert (status, failures(tmp_path / "out")) == (0, {}), told


def test_the_first_paper_of_a_process_is_to_blame_once_the_load_is_over(raw, tmp_path):
    put(raw, good=1, bad={"first": "The process dies after all is loaded."})
    status, told = run(raw, tmp_path / "out", worker="helpers.papers:make_loading")
    assert status == 3, told
    assert "exit status 3" in failures(tmp_path / "out")["first.txt"]["message"]


def alive(group):
    """Whether a process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("options", [[], ["--no-cache"]])
def test_kill_9_of_the_run_costs_a_second_run_and_no_byte(raw, tmp_path, options):
    out = tmp_path / "out"
    put(raw, good=4, wait=[1])
    process = begin(raw, out, *options)
    until_kept(process, out, 3)
    process.kill()
    process.communicate()
    while alive(process.pid):  # a worker that nobody would ever end has ended by itself
        time.sleep(0.05)
    assert not (out / "triples.csv").exists()
    put(raw, good=4)
    assert undisturbed(raw, out) == undisturbed(raw, tmp_path / "fresh")
    assert [p.name for p in (out / ".exomine").iterdir()] == ["cache"]


def test_ctrl_c_says_what_is_kept_and_how_to_go_on(raw, tmp_path):
    out = tmp_path / "out"
    put(raw, good=4, wait=[2])
    process = begin(raw, out)
    until_kept(process, out, 3)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers, too
    told = process.communicate()[1]
    assert process.returncode == 130
    assert told == (
        f"exomine: Stopped. The tables in {out} are as they were before. 3 of 4 papers were finished and are kept: run "
        "the same command again (without --force) to go on.\n"
    )
    put(raw, good=4)
    assert undisturbed(raw, out) == undisturbed(raw, tmp_path / "fresh")
    assert json.loads((out / "run.json").read_text())["counts"]["reused"] == 3


def test_ctrl_c_before_the_first_paper_fills_no_screen(raw, tmp_path):
    put(raw, good=4)
    process = begin(raw, tmp_path / "out")
    while not (tmp_path / "out" / ".exomine").exists():  # the workers are about to start
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGINT)
    told = process.communicate()[1]
    assert process.returncode == 130
    assert told.startswith("exomine: Stopped. The tables in")
    assert told.count("\n") == 1


#: The command on a disk with so many kilobytes left, and once more when there is room again; in one process, for the
#: sake of time.
FULL = """
import functools, hashlib, io, json, os, shutil, subprocess, sys
from pathlib import Path
from exomine.cli.app import main
from exomine.run import extract as job
from helpers.runs import contents
job.extract_papers = functools.partial(job.extract_papers, worker="helpers.papers:make_worker")
raw, earlier, disk = map(Path, sys.argv[1:4])
def extract():
    sys.argv = ["exomine", "extract", str(raw), "--out", str(disk / "out"), "--workers", "1"]
    sys.stderr = told = io.StringIO()
    try:
        main()
    except SystemExit as ended:
        return ended.code, told.getvalue()
    finally:
        sys.stderr = sys.__stderr__
def hashed():
    return hashlib.sha256(repr(contents(disk / "out")).encode()).hexdigest()
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], check=True)
for given in sys.argv[4:]:
    place, size = given.split(":")
    shutil.rmtree(disk / "out", ignore_errors=True)
    if place == "earlier":
        shutil.copytree(earlier, disk / "out")
    before, free = hashed(), os.statvfs(disk)
    (disk / "filler").write_bytes(bytes(free.f_bavail * free.f_frsize - 1024 * int(size)))
    status, told = extract()
    kept = hashed() == before
    (disk / "filler").unlink()
    print(json.dumps([status, told, kept, extract()[0], hashed()]))
"""


def may_mount():
    """Whether a process may have file systems of its own."""
    tried = ["unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/tmp"]
    return bool(shutil.which("unshare")) and subprocess.run(tried, capture_output=True, check=False).returncode == 0


def test_a_full_disk_is_told_loses_nothing_and_a_later_run_completes(raw, tmp_path):
    """Full while papers are worked on; and while tables are written, beside those of an earlier run."""
    if not may_mount():
        pytest.skip("a process may not have file systems of its own here")
    put(raw, good=12)
    undisturbed(raw, tmp_path / "earlier")
    (raw / "0.txt").unlink()
    (tmp_path / "disk").mkdir()
    places = ["new:40", "earlier:0", "earlier:20", "earlier:60", "earlier:100", "earlier:140"]
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", sys.executable, "-c", FULL, raw, tmp_path / "earlier",
         tmp_path / "disk", *places],
        env=ENVIRONMENT, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    fresh = hashlib.sha256(repr(undisturbed(raw, tmp_path / "fresh")).encode()).hexdigest()
    for place, line in zip(places, done.stdout.splitlines(), strict=True):
        status, told, unchanged, later, after = json.loads(line)
        assert (status, unchanged, later, after) == (1, True, 0, fresh), place
        assert told.startswith(f"exomine: Cannot write to {tmp_path / 'disk' / 'out'}")
        assert told.count("\n") == 1
        for words in ("free some space", "of 11 papers were finished"):
            assert words in told
    assert "11 of 11" in told


#: No file may grow beyond so many bytes, as where a user has a quota.
LIMITED = "import resource, sys\nresource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)\n" + COMMAND


@pytest.mark.parametrize("limit", [300, 6_000])  # met by what is kept of a paper, and by what sorts the triples
def test_files_that_may_not_grow(raw, tmp_path, limit):
    out = tmp_path / "out"
    put(raw, good=1)
    before = undisturbed(raw, out)
    (raw / "0.txt").write_text(GOOD.format(n="changed"))
    given = [sys.executable, "-c", LIMITED, str(limit), "helpers.papers:make_worker", str(raw), "--out", str(out)]
    done = subprocess.run(given, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"exomine: Cannot write to {out}")
    assert done.stderr.count("\n") == 1
    assert contents(out) == before
    assert undisturbed(raw, out) == undisturbed(raw, tmp_path / "fresh")
