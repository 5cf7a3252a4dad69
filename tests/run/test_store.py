"""What is kept by content: whole entries only, whoever writes at the same time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time

import pytest
from exomine.run.store import Store

NAME, OTHER = "a" * 16 + "-" + "1" * 32, "b" * 16 + "-" + "2" * 32


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "cache")


def entries(store):
    return [(k.stage, k.name) for k in store.entries()]


def used(store, stage, name, *, days):
    then = time.time() - days * 86_400
    os.utime(store.path(stage, name), (then, then))


def test_what_was_put_comes_back(store):
    assert store.get("read", NAME) is None
    store.put("read", NAME, b"as read")
    assert store.get("read", NAME) == b"as read"
    assert store.digest("read", NAME) == hashlib.sha256(b"as read").hexdigest()
    assert store.get("rows", NAME) is None
    assert store.digest("read", OTHER) == ""


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-3], lambda data: data + b"x", lambda data: b"", lambda data: b"[]\n",
        lambda data: data[:-1] + bytes([data[-1] ^ 1]), lambda data: b"\xff" + data,
    ],
)  # fmt: skip
def test_an_entry_that_is_not_whole_is_none(store, spoil):
    store.put("rows", NAME, b"0123456789" * 50)
    path = store.path("rows", NAME)
    path.write_bytes(spoil(path.read_bytes()))
    assert store.get("rows", NAME) is None
    assert store.digest("rows", NAME) == ""
    store.put("rows", NAME, b"anew")
    assert store.get("rows", NAME) == b"anew"


def test_a_folder_that_is_none_holds_nothing(tmp_path):
    (tmp_path / "file").write_text("a file where the folder should be")
    store = Store(tmp_path / "file")
    with pytest.raises(OSError):  # noqa: PT011 - which one depends on the system
        store.put("read", NAME, b"x")
    assert store.get("read", NAME) is None
    assert store.prune(age=0) == []


WRITER = """
import sys
from pathlib import Path
from exomine.run.store import Store
store, name = Store(Path(sys.argv[1])), sys.argv[2]
for _ in range(200):
    store.put("rows", name, b"the same content " * 5000)
"""


def test_several_writers_of_one_entry_leave_it_whole(store):
    command = [sys.executable, "-c", WRITER, str(store.folder), NAME]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    writers = [subprocess.Popen(command, env=environment) for _ in range(2)]
    seen = set()
    while any(w.poll() is None for w in writers):
        seen.add(store.get("rows", NAME))
    assert [w.returncode for w in writers] == [0, 0]
    assert seen <= {None, b"the same content " * 5000}
    assert store.get("rows", NAME) is not None
    assert [p.name for p in store.path("rows", NAME).parent.iterdir()] == [NAME]


def test_prune_removes_what_was_not_used(store):
    for name in (NAME, OTHER):
        store.put("read", name, b"x")
    used(store, "read", NAME, days=40)
    assert [k.name for k in store.prune(age=30 * 86_400)] == [NAME]
    assert entries(store) == [("read", OTHER)]


def test_use_is_noted(store):
    store.put("read", NAME, b"x")
    used(store, "read", NAME, days=40)
    store.get("read", NAME)
    assert store.prune(age=30 * 86_400) == []


def test_prune_to_a_size_removes_the_oldest_first(store):
    for days, name in ((3, NAME), (1, OTHER)):
        store.put("rows", name, os.urandom(1000))
        used(store, "rows", name, days=days)
    assert store.prune(size=10_000) == []
    assert [k.name for k in store.prune(size=1500)] == [NAME]
    assert [k.name for k in store.prune(size=0)] == [OTHER]
    assert store.entries() == []


def test_only_what_is_named_is_kept_and_nothing_of_others_is_removed(store):
    store.put("read", NAME, b"x")
    store.put("rows", NAME, b"x")
    foreign = [store.folder / "notes.txt", store.folder / "read" / "notes.txt"]
    for path in foreign:
        path.write_text("mine")
    left = store.folder / "read" / "aa" / f".{NAME}.abc123.tmp"
    left.write_bytes(b"half")
    former = store.folder / ("c" * 16 + "-" + "3" * 16 + ".json.gz")
    former.write_bytes(b"of an earlier version")
    store.keep_only([("rows", NAME)])
    assert entries(store) == [("rows", NAME)]
    assert all(p.exists() for p in foreign)
    assert not left.exists()
    assert not former.exists()


def test_usage_is_by_stage(store):
    store.put("annotated", NAME, b"x" * 100)
    told = {u.stage: (u.entries, u.size > 0) for u in store.usage()}
    assert told == {"read": (0, False), "annotated": (1, True), "pairs": (0, False), "rows": (0, False)}
