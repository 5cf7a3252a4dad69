"""Processes that are killed, full disks, folders that may not be written to, files that a spreadsheet saved."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request

import pytest
from exomine.curation.decisions import read_decisions
from exomine.curation.journal import append, fingerprint
from exomine.errors import CurationError, StorageError

from helpers import review_data
from helpers.dataset import Dataset
from helpers.faults import Killed, dies_at

TABLES = ("triples", "changes", "evidence", "rejected", "former", "extraction")


@pytest.fixture
def data(tmp_path):
    made = Dataset(tmp_path)
    made.extract()
    made.refresh()
    made.decide((made.triple("cisplatin")["triple_id"], "accept"))
    return made


def state(data):
    return {name: (data.curated / f"{name}.csv").read_bytes() for name in (*TABLES, "decisions")}


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Killed(), ""),
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device"),
        (PermissionError(errno.EACCES, "Permission denied"), "check its permissions"),
    ],
)
def test_a_refresh_that_fails_at_any_point_leaves_the_old_tables_or_the_new_ones(data, error, told):
    before = state(data)
    for at in range(0, 200, 7):  # each step costs two refreshes
        with dies_at(at, error=error, once=not isinstance(error, Killed)) as operations:
            message = ""
            try:
                data.refresh()
            except (Killed, StorageError) as fault:
                message = str(fault) or "killed"
        if operations.count <= at:
            break
        assert told in message or not message  # some steps may fail without harm
        assert (data.curated / "decisions.csv").read_bytes() == before["decisions"]
        data.refresh()  # finishes what was begun, or does it
        assert data.triple("cisplatin")["status"] == "accepted"
        put_back(data, before)
    else:
        pytest.fail("it never came to an end")
    assert at > 10


def put_back(data, before):
    for name, content in before.items():
        (data.curated / f"{name}.csv").write_bytes(content)


#: Decides and refreshes without an end; tells each decision that is written. It is the child of a process that has
#: loaded everything, so that it begins at once.
ENDLESS = """
import itertools, json, os, sys
from pathlib import Path
from exomine.curation.decisions import Decision
from exomine.curation.journal import append, fingerprint
from exomine.curation.refresh import refresh
processed, curated, key = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
refresh(processed=processed, curated=curated)
for line in sys.stdin:
    if (child := os.fork()) == 0:
        for n in itertools.count():
            path = curated / "decisions.csv"
            append(path, [Decision(key, ("accept", "reject")[n % 2])], known=fingerprint(path))
            os.write(1, b"written\\n")
            refresh(processed=processed, curated=curated)
    os.write(1, f"{child}\\n".encode())
    os.waitpid(child, 0)
    os.write(1, b"ended\\n")
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_kill_9_during_decisions_and_refreshes_loses_nothing(data):
    key = data.triple("docetaxel")["triple_id"]
    command = [sys.executable, "-c", ENDLESS, str(data.processed), str(data.curated), key]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    path = data.curated / "decisions.csv"
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as nursery:
        for seconds in (0.0, 0.003, 0.01, 0.02, 0.04, 0.06, 0.09, 0.13, 0.2, 0.3):
            before = len(read_decisions(path).rows)
            nursery.stdin.write("\n")
            nursery.stdin.flush()
            child, told = None, 0
            while child is None or told < 1:
                line = nursery.stdout.readline()
                told += line == "written\n"
                child = child if line == "written\n" else int(line)
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
            while (line := nursery.stdout.readline()) != "ended\n":
                told += line == "written\n"
            rows = read_decisions(path).rows
            assert len(rows) - before >= told
            data.refresh()
            status = {"accept": "accepted", "reject": "rejected"}[rows[-1].decision]
            assert {r["triple_id"]: r["status"] for r in data.rows("triples")}[key] == status
            assert data.triple("cisplatin")["status"] == "accepted"
        nursery.stdin.close()
    assert sorted(p.name for p in data.curated.iterdir()) == sorted(f"{n}.csv" for n in (*TABLES, "decisions"))


@pytest.mark.slow
def test_kill_9_of_the_curation_server_loses_no_decision_that_it_had_confirmed(tmp_path):
    processed, raw = review_data.make(tmp_path / "data")
    path = tmp_path / "curated" / "decisions.csv"
    folders = ["--processed", processed, "--papers", raw, "--curated", path.parent]
    command = [sys.executable, "-m", "exomine", "curate", *map(str, folders), "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as server:
        address = re.match(r"(http://127\.0\.0\.1:\d+/) ", server.stderr.readline())[1]
        page = urllib.request.urlopen(address).read().decode()
        token = re.search(r'name="token" value="([^"]+)"', page)[1]
        key = re.search(r"/triple/(t[0-9a-f]{16})", page)[1]
        form = urllib.parse.urlencode({"token": token, "triple_id": key, "decision": "accept"}).encode()
        for _ in range(3):
            urllib.request.urlopen(f"{address}decide", form).read()
        server.kill()
        server.wait()
    assert len(read_decisions(path).rows) == 3


#: Everything that is written ends after a few bytes, as on a disk that is full.
FULL_DISK = """
import resource, sys
from pathlib import Path
from exomine.cli.app import main
resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
sys.argv = ["exomine", "refresh", "--processed", sys.argv[1], "--curated", sys.argv[2]]
main()
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of a process")
def test_a_file_that_cannot_grow_leaves_everything_as_it_was(data):
    before = state(data)
    command = [sys.executable, "-c", FULL_DISK, str(data.processed), str(data.curated)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 1, done.stderr
    assert "what was there before is unchanged" in done.stderr
    assert "Traceback" not in done.stderr
    assert state(data) == before


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_only_be_read(data):
    before = state(data)
    data.curated.chmod(0o500)
    try:
        with pytest.raises(StorageError, match="check its permissions"):
            data.refresh()
        with pytest.raises(StorageError, match="check its permissions"):
            append(data.curated / "decisions.csv", [], known=fingerprint(data.curated / "decisions.csv"))
    finally:
        data.curated.chmod(0o700)
    assert state(data) == before


@pytest.mark.parametrize("error", [OSError(errno.EROFS, "Read-only file system"), PermissionError(errno.EACCES, "no")])
def test_a_file_system_that_takes_nothing(data, error):
    before = state(data)
    with dies_at(0, error=error), pytest.raises(StorageError, match=r"folder that can be written to|permissions"):
        data.refresh()
    assert state(data) == before


HEAD = "triple_id,decision,note"


def saved(rows, *, separator=",", end="\r\n", mark="", encoding="utf-8", more=""):
    """Rows as a spreadsheet saves them."""
    lines = [HEAD.replace(",", separator), *(separator.join(r) for r in rows)]
    return (mark + "".join(f"{line}{more}{end}" for line in lines)).encode(encoding)


@pytest.mark.parametrize(
    "way",
    [
        {"mark": "\ufeff"},
        {"mark": "\ufeff", "more": ",,,"},  # columns that were once filled
        {"end": "\n"},
        {"mark": "\ufeff", "end": "\n", "more": ","},
    ],
)
def test_what_a_spreadsheet_saves_is_read_and_kept(data, way):
    path = data.curated / "decisions.csv"
    key = data.triple("docetaxel")["triple_id"]
    path.write_bytes(saved([(key, "REJECT", '"so, or ""so"""')], **way))
    before = path.read_bytes()
    data.refresh()
    assert data.triple("docetaxel")["status"] == "rejected"
    assert path.read_bytes() == before
    assert read_decisions(path).rows[0].note == 'so, or "so"'


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ({"separator": ";", "mark": "\ufeff"}, r"separated by semicolons.*commas"),
        ({"separator": "\t", "encoding": "utf-16"}, r"UTF-8"),
        ({"encoding": "cp1252"}, r"line 2 is not UTF-8"),
        ({"end": "\r"}, r"lines end with a carriage return alone"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_touched(data, way, told):
    path = data.curated / "decisions.csv"
    path.write_bytes(saved([(data.triple("docetaxel")["triple_id"], "reject", "Müller said so")], **way))
    before = state(data)
    with pytest.raises(CurationError, match=told):
        data.refresh()
    with pytest.raises(CurationError):
        read_decisions(path)
    assert state(data) == before


def test_a_bad_row_among_good_ones_is_named_by_its_line_though_cells_have_line_ends(data):
    path = data.curated / "decisions.csv"
    key = data.triple("docetaxel")["triple_id"]
    path.write_text(f'{HEAD}\n{key},accept,"two\nlines"\n\n{key},acept,\n{key},reject,\n')
    with pytest.raises(CurationError, match=r"line 5: decision 'acept'; write one of accept, reject"):
        data.refresh()


def test_the_fingerprint_tells_a_file_that_was_saved_again(data):
    path = data.curated / "decisions.csv"
    known = fingerprint(path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert fingerprint(path) != known
    assert json.dumps(known)
