"""Files are replaced as a set, whatever happens in between, and nobody else's file is touched."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from exomine.errors import StorageError, UsageError
from exomine.tables.commit import WORK, locked, recover, recover_if_free, staged, write_synced
from exomine.tables.owned import own_files, with_list
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.faults import Killed, dies_at

OLD_PAPER, NEW_PAPER = "papers/0000000000000000.json", "papers/1111111111111111.json"
OLD = {"a.csv": b"old", "b.csv": b"same", OLD_PAPER: b"old"}
NEW = {"a.csv": b"new", "b.csv": b"same", "c.parquet": b"new", NEW_PAPER: b"new"}


def write(target, files):
    """As a run does: the files, and the list of them."""
    import hashlib

    with locked(target), staged(target, own_files(target)) as folder:
        for name, content in files.items():
            write_synced(folder / name, content)
        hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        write_synced(folder / "run.json", with_list({"n": len(files)}, hashes))


def everything(target):
    return {p.relative_to(target).as_posix(): p.read_bytes() for p in sorted(target.rglob("*")) if p.is_file()}


def contents(target):
    return {k: v for k, v in everything(target).items() if k != "run.json"}


def test_a_set_replaces_the_old_one_and_nothing_else(tmp_path):
    write(tmp_path, OLD)
    foreign = {"notes.md": b"mine", "papers/mine.txt": b"mine", "sub/relations.csv": b"mine", ".commit/a.csv": b"mine"}
    for name, content in foreign.items():
        write_synced(tmp_path / name, content)
    write(tmp_path, NEW)
    assert contents(tmp_path) == NEW | foreign
    assert not (tmp_path / WORK).exists()


def test_the_list_tells_what_is_ours(tmp_path):
    assert own_files(tmp_path) == {}
    write(tmp_path, OLD)
    assert set(own_files(tmp_path)) == {*OLD, "run.json"}
    run = json.loads((tmp_path / "run.json").read_text())
    (tmp_path / "run.json").write_text(json.dumps(run | {"n": 9}))
    assert set(own_files(tmp_path)) == set(OLD), "a run.json that somebody edited is not ours"
    (tmp_path / "run.json").write_text("[]")
    assert own_files(tmp_path) == {}


def test_names_outside_the_folder_are_never_ours(tmp_path):
    (tmp_path / "run.json").write_text(json.dumps({"files": {"../x.csv": "0", "/etc/x.csv": "0"}, "sha256": "0"}))
    assert own_files(tmp_path) == {}


def link(place):
    place.symlink_to(place.parent / "elsewhere")


def pipe(place):
    os.mkfifo(place)


@pytest.mark.parametrize(
    ("name", "make", "why"),
    [
        ("c.parquet", lambda p: p.write_bytes(b"mine"), "did not write it"),
        ("c.parquet", Path.mkdir, "is a folder"),
        ("c.parquet", link, "is a link"),
        ("c.parquet", pipe, "not a folder|no plain file|in the way"),
        ("a.csv", lambda p: p.write_bytes(b"edited"), "was changed since exomine wrote it"),
        ("run.json", lambda p: p.write_bytes(b"{}"), "did not write it"),
        (NEW_PAPER, lambda p: p.write_bytes(b"mine"), "did not write it"),
    ],
)
def test_what_is_in_the_way_is_refused_and_stays(tmp_path, name, make, why):
    write(tmp_path, OLD)
    make(tmp_path / name)
    before = everything(tmp_path)
    with pytest.raises(UsageError, match=why) as told:
        write(tmp_path, NEW)
    assert name in str(told.value)
    assert "Nothing was touched" in str(told.value)
    assert everything(tmp_path) == before


@pytest.mark.parametrize("make", [lambda p: p.write_bytes(b"mine"), link])
def test_a_papers_that_is_no_folder_is_refused(tmp_path, make):
    make(tmp_path / "papers")
    with pytest.raises(UsageError, match="papers: it is"):
        write(tmp_path, NEW)
    assert [p.name for p in tmp_path.iterdir()] == ["papers"]


def test_a_file_of_ours_that_was_edited_and_is_not_in_the_way_stays(tmp_path):
    write(tmp_path, OLD)
    (tmp_path / OLD_PAPER).write_bytes(b"edited")
    write(tmp_path, NEW)
    assert contents(tmp_path) == NEW | {OLD_PAPER: b"edited"}


def test_a_working_folder_that_is_none_is_refused(tmp_path):
    (tmp_path / WORK).write_text("mine")
    with pytest.raises(UsageError, match=WORK):
        write(tmp_path, NEW)
    assert everything(tmp_path) == {WORK: b"mine"}


def test_an_error_while_writing_leaves_the_old_set(tmp_path):
    write(tmp_path, OLD)
    before = everything(tmp_path)
    with pytest.raises(TypeError), staged(tmp_path, own_files(tmp_path)) as folder:
        write_synced(folder / "a.csv", "no bytes")
    assert everything(tmp_path) == before


def count_operations(target, files):
    with dies_at(10**9) as died:
        write(target, files)
    return died.count


def test_an_error_at_any_operation_leaves_a_whole_set(tmp_path):
    """A disk that fails once: the old set, or the new one where it was already in place."""
    n = None
    at = 0
    while n is None or at <= n:
        target = tmp_path / str(at)
        write(target, OLD)
        old = everything(target)
        if n is None:
            probe = tmp_path / "probe"
            write(probe, OLD)
            n = count_operations(probe, NEW)
        told = None
        with dies_at(at, error=OSError(errno.EIO, "broken"), once=True):
            try:
                write(target, NEW)
            except StorageError as error:
                told = str(error)
        if told:
            assert "unchanged" in told
            assert everything(target) == old, at
        else:
            found = {k: v for k, v in contents(target).items() if not k.startswith(f"{WORK}/done/")}
            assert found == NEW, at  # what could not be removed of the old is removed by the next run
        at += 1
    assert n > 30


def test_a_full_disk_is_told_and_leaves_the_old_set(tmp_path, monkeypatch):
    write(tmp_path, OLD)
    before = everything(tmp_path)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("exomine.tables.commit.os.fsync", full)
        with pytest.raises(StorageError, match=r"No space left.*free some space"):
            write(tmp_path, NEW)
    assert everything(tmp_path) == before


def test_a_file_system_without_links(tmp_path, monkeypatch):
    def none(*_, **__):
        raise OSError(errno.EOPNOTSUPP, "no links here")

    write(tmp_path, OLD)
    with monkeypatch.context() as patch:
        patch.setattr(os, "link", none)
        write(tmp_path, NEW)
    assert contents(tmp_path) == NEW


def test_a_kill_at_any_operation_leaves_one_whole_set(tmp_path):
    """Killed at operation n: whoever holds the folder next finds the old set or the new one, whole."""
    probe = tmp_path / "probe"
    write(probe, OLD)
    old_run = (probe / "run.json").read_bytes()
    n = count_operations(probe, NEW)
    seen = set()
    for at in range(n):
        target = tmp_path / str(at)
        write(target, OLD)
        (target / "notes.md").write_bytes(b"mine")
        with pytest.raises(Killed), dies_at(at):
            write(target, NEW)
        with locked(target):
            pass
        found = contents(target)
        assert found.pop("notes.md") == b"mine"
        assert found in (OLD, NEW), at
        assert ((target / "run.json").read_bytes() == old_run) == (found == OLD)
        seen.add(found == NEW)
        write(target, NEW)
        assert everything(target) == everything(probe) | {"notes.md": b"mine"}
    assert seen == {True, False}


NAMES = st.sampled_from(
    f"a.csv b.csv c.parquet run.json {OLD_PAPER} {NEW_PAPER} papers/x.txt papers/sub/y.json notes.md sub/a.csv A.CSV "
    f".cache/x.tmp .commit/a.csv .replaced/b.csv .incoming-1/c {WORK}/mine".split()
)
TREES = st.dictionaries(NAMES, st.sampled_from([b"mine", b"", b"old", b"new"]), max_size=4)
SETS = st.sampled_from([OLD, NEW, {}, {"a.csv": b"third"}])
STEPS = st.lists(st.tuples(SETS, TREES, st.integers(0, 120)), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, SETS)
def test_whatever_happens_no_foreign_file_is_lost(tmp_path_factory, steps, last):
    """Foreign files come, runs are killed: each foreign file stays byte for byte, and one quiet run puts all right."""
    target = tmp_path_factory.mktemp("tree")
    foreign: dict[str, bytes] = {}
    for files, tree, at in steps:
        for name, content in tree.items():
            place = target / name
            if not place.exists():
                write_synced(place, content)
                foreign[name] = content
        try:
            with dies_at(at):
                write(target, files)
        except (Killed, UsageError):
            pass
        assert {n: c for n, c in everything(target).items() if n in foreign} == foreign
    for name in [n for n in foreign if n in {*OLD, *NEW, "run.json"}]:  # the remedy that is told: move it
        (target / name).unlink()
        del foreign[name]
    with locked(target):
        pass
    write(target, last)
    fresh = tmp_path_factory.mktemp("fresh")
    write(fresh, last)
    assert everything(target) == everything(fresh) | foreign


KILLED = """
import os, pathlib, signal, sys
sys.path.insert(0, sys.argv[3])
from test_commit import NEW, write
import exomine.tables.commit as commit
real, count = commit._move, [0]
def move(source, place):
    count[0] += 1
    if count[0] == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    real(source, place)
commit._move = move
write(pathlib.Path(sys.argv[1]), NEW)
"""


@pytest.mark.parametrize("nth", [1, 3, 5])
def test_a_real_kill_is_finished_by_the_next_who_opens_the_folder(tmp_path, nth):
    write(tmp_path, OLD)
    (tmp_path / "notes.md").write_bytes(b"mine")
    here = Path(__file__).parent
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(here.parent), *filter(None, sys.path)])}
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), str(nth), str(here)], env=environment, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert (tmp_path / WORK / "complete").is_dir()
    recover_if_free(tmp_path)
    assert contents(tmp_path) == NEW | {"notes.md": b"mine"}


def test_what_came_into_the_way_of_an_interrupted_run_is_told_and_stays(tmp_path):
    write(tmp_path, OLD)
    before = None
    for at in range(200):  # the first moment at which the new set is complete and c.parquet has not come yet
        target = tmp_path / str(at)
        write(target, OLD)
        with pytest.raises(Killed), dies_at(at):
            write(target, NEW)
        if (target / WORK / "complete").is_dir() and not (target / "c.parquet").exists():
            break
    (target / "c.parquet").write_bytes(b"mine")
    before = everything(target)
    with pytest.raises(UsageError, match=r"c\.parquet"), locked(target):
        pass
    assert everything(target) == before
    (target / "c.parquet").unlink()
    recover(target)
    assert contents(target) == NEW


def test_recover_has_usually_nothing_to_do(tmp_path):
    write(tmp_path, OLD)
    before = everything(tmp_path)
    recover(tmp_path)
    recover_if_free(tmp_path)
    assert everything(tmp_path) == before


def test_a_plan_that_is_none_is_told(tmp_path):
    write_synced(tmp_path / WORK / "complete" / "plan.json", b"{}")
    with pytest.raises(StorageError, match="cannot be used"), locked(tmp_path):
        pass
    write_synced(tmp_path / WORK / "complete" / "plan.json", b'{"new": {"../x": "0"}, "old": {}}')
    with pytest.raises(StorageError, match="no file of exomine"), locked(tmp_path):
        pass


def test_a_folder_in_use_is_told(tmp_path):
    with locked(tmp_path), pytest.raises(StorageError, match="another run"), locked(tmp_path):
        pass


def test_a_file_in_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "x").write_text("")
    with pytest.raises(UsageError, match="is a file"), locked(tmp_path / "x"):
        pass
    (tmp_path / "y").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="which does not exist"), locked(tmp_path / "y"):
        pass


def test_a_link_to_the_folder_is_the_folder(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write(tmp_path / "link", OLD)
    write(tmp_path / "link", NEW)
    assert contents(tmp_path / "real") == NEW
