"""Files are replaced as a set, whatever happens in between."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest
from exomine.errors import StorageError, UsageError
from exomine.tables.commit import locked, recover, recover_if_free, staged, write_synced

NAMES = ("a.csv", "b.csv", "papers/x.json", "run.json")


def write(target, content, names=NAMES):
    with staged(target) as folder:
        for name in names:
            write_synced(folder / name, content)


def contents(target):
    return {p.relative_to(target).as_posix(): p.read_bytes() for p in sorted(target.rglob("*")) if p.is_file()}


def test_a_set_replaces_the_old_one_and_nothing_else(tmp_path):
    write(tmp_path, b"old")
    (tmp_path / "notes.md").write_bytes(b"mine")
    write(tmp_path, b"new", ("a.csv", "b.csv", "papers/y.json", "run.json"))
    assert contents(tmp_path) == dict.fromkeys(("a.csv", "b.csv", "papers/y.json", "run.json"), b"new") | {
        "notes.md": b"mine"
    }


def test_an_error_while_writing_leaves_the_old_set(tmp_path):
    write(tmp_path, b"old")
    with pytest.raises(TypeError), staged(tmp_path) as folder:
        write_synced(folder / "a.csv", "no bytes")
    assert contents(tmp_path) == dict.fromkeys(NAMES, b"old")


@pytest.mark.parametrize("nth", range(1, 10))
def test_an_error_at_any_rename_leaves_the_old_set(tmp_path, monkeypatch, nth):
    write(tmp_path, b"old")
    real, calls = Path.rename, []

    def rename(self, target):
        calls.append(target)
        if len(calls) == nth:
            raise OSError(errno.EIO, "broken")
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename)
        with pytest.raises(StorageError, match="unchanged"):
            write(tmp_path, b"new")
    assert contents(tmp_path) == dict.fromkeys(NAMES, b"old")


def test_a_full_disk_is_told_and_leaves_the_old_set(tmp_path, monkeypatch):
    write(tmp_path, b"old")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("exomine.tables.commit.os.fsync", full)
        with pytest.raises(StorageError, match=r"No space left.*free some space"):
            write(tmp_path, b"new")
    assert contents(tmp_path) == dict.fromkeys(NAMES, b"old")


CRASH = """
import os, pathlib, sys
from exomine.tables.commit import staged, write_synced
real, count = pathlib.Path.rename, [0]
def rename(self, target):
    count[0] += 1
    if count[0] == int(sys.argv[2]):
        os._exit(9)
    return real(self, target)
pathlib.Path.rename = rename
with staged(pathlib.Path(sys.argv[1])) as folder:
    for name in ("a.csv", "b.csv", "papers/x.json", "run.json"):
        write_synced(folder / name, b"new")
"""


@pytest.mark.parametrize(("nth", "expected"), [(1, b"old"), (2, b"new"), (5, b"new"), (9, b"new"), (10, b"new")])
def test_a_crash_at_any_rename_leaves_one_whole_set(tmp_path, nth, expected):
    write(tmp_path, b"old")
    subprocess.run([sys.executable, "-c", CRASH, str(tmp_path), str(nth)], check=False)
    with locked(tmp_path):
        pass
    assert contents(tmp_path) == dict.fromkeys(NAMES, expected)


def test_recover_has_usually_nothing_to_do(tmp_path):
    write(tmp_path, b"old")
    recover(tmp_path)
    recover_if_free(tmp_path)
    assert contents(tmp_path) == dict.fromkeys(NAMES, b"old")


def test_a_folder_in_use_is_told(tmp_path):
    with locked(tmp_path), pytest.raises(StorageError, match="another run"), locked(tmp_path):
        pass


def test_a_file_in_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "x").write_text("")
    with pytest.raises(UsageError, match="is a file"):
        write(tmp_path / "x", b"new")
