"""Decisions added to a file: nothing of it changes, and a fault leaves it as it was."""

from __future__ import annotations

import csv
import errno
import io

import pytest
from exomine.curation.decisions import Decision, read_decisions
from exomine.curation.journal import append, fingerprint, template
from exomine.errors import CurationError, StorageError

from helpers.faults import Killed, dies_at

A, B = "t" + "a" * 16, "t" + "b" * 16
ROW = Decision(B, "reject", curator="Ada", date="2026-01-01", note='so, "she" said\nand went')


def add(path, *rows):
    return append(path, rows or [ROW], known=fingerprint(path))


def test_a_new_file_begins_with_every_column(tmp_path):
    path = tmp_path / "curated" / "decisions.csv"
    add(path)
    (row,) = csv.DictReader(io.StringIO(path.read_text()))
    assert (row["triple_id"], row["note"]) == (B, 'so, "she" said and went')
    assert path.read_bytes().startswith(template())
    assert [p.name for p in path.parent.iterdir()] == ["decisions.csv"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("last", [True, False])
def test_what_a_spreadsheet_or_an_editor_left_stays(tmp_path, end, mark, last):
    path = tmp_path / "decisions.csv"
    before = f'{mark}triple_id,decision,note,mood{end}{A},accept,"a, b",good{end if last else ""}'.encode()
    path.write_bytes(before)
    add(path)
    after = path.read_bytes()
    head, _, rest = after.decode().partition(end)
    assert head == f"{mark}triple_id,decision,note,mood,curator,date"
    assert rest.startswith(f'{A},accept,"a, b",good{end}{B},reject,')
    assert after.endswith(end.encode())
    assert [d.decision for d in read_decisions(path).rows] == ["accept", "reject"]


def test_a_file_that_was_changed_meanwhile_is_left(tmp_path):
    path = tmp_path / "decisions.csv"
    known = add(path)
    with path.open("a") as handle:
        handle.write(f"{A},accept\n")
    before = path.read_bytes()
    with pytest.raises(CurationError, match="changed by somebody else"):
        append(path, [ROW], known=known)
    assert path.read_bytes() == before


def test_a_link_stays_one(tmp_path):
    real, path = tmp_path / "elsewhere.csv", tmp_path / "decisions.csv"
    real.write_bytes(template())
    real.chmod(0o640)
    path.symlink_to(real)
    add(path)
    assert path.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert len(read_decisions(path).rows) == 1


@pytest.mark.parametrize("error", [Killed(), OSError(errno.ENOSPC, "No space left on device")])
def test_a_crash_or_a_full_disk_leaves_all_rows_or_the_old_file(tmp_path, error):
    path = tmp_path / "decisions.csv"
    add(path)
    before = path.read_bytes()
    for at in range(40):
        told = ""
        with dies_at(at, error=error, once=not isinstance(error, Killed)) as operations:
            try:
                add(path, ROW, ROW)
            except (Killed, StorageError) as fault:
                told = str(fault)
        if operations.count <= at:
            break
        if told:
            assert "No space left on device; what was there before is unchanged" in told
        assert len(read_decisions(path).rows) in (1, 3)
        path.write_bytes(before)
    else:
        pytest.fail("it never came to an end")
    assert at > 3
