"""``decisions.csv`` as the curation page writes it: rows are added at its end, and no row that is there changes.

The new file is written beside the old one, synced, and takes its name in one step: a crash, a full disk or a folder
that may not be written to leaves the file as it was. A file that somebody else changed meanwhile is never written
over.
"""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from exomine.curation.decisions import Decision
from exomine.curation.schema import DECISIONS_TABLE, EXAMPLE
from exomine.errors import ChangedError
from exomine.tables.commit import WORK, locked, storage_error, workspace, write_synced

__all__ = ["append", "fingerprint", "template", "write_template"]

_HOW = "write accept, reject or edit in place of example; only triple_id and decision must be there"
#: What tells whether a file is the one that was read: its inode, size and time of change; ``None`` where there is none.
Fingerprint = tuple[int, int, int] | None


def fingerprint(path: Path) -> Fingerprint:
    """What tells the file from what it was before."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def template(example: Mapping[str, Any] | None = None) -> bytes:
    """A file without decisions: its columns, and a row that shows how one is written but counts for nothing."""
    out = io.StringIO()
    writer = csv.DictWriter(out, DECISIONS_TABLE.names, restval="", lineterminator="\n")
    writer.writeheader()
    if example:
        shown = {name: example[name] for name in ("triple_id", "statement")}
        writer.writerow({**shown, "decision": EXAMPLE, "note": _HOW})
    return out.getvalue().encode("utf-8")


def write_template(path: Path, example: Mapping[str, Any] | None) -> bool:
    """Write :func:`template` where there is no file; tells whether it did. The folder is held by whoever asks."""
    if path.exists() or path.is_symlink():
        return False
    with _errors(path):
        _replace(path, template(example), work=path.parent)
    return True


def append(path: Path, decisions: Sequence[Decision], *, known: Fingerprint) -> Fingerprint:
    """Add rows, all of them or none; ``known`` is the file as it was read.

    Raises :class:`ChangedError` where the file is another one by now, and :class:`exomine.errors.StorageError` where
    it cannot be written; in both cases it is as it was.
    """
    with locked(path.parent), _errors(path):
        if fingerprint(path) != known:
            raise ChangedError(
                f"{path} was changed by somebody else a moment ago. Look at the page again, and decide again."
            )
        place = path.resolve()  # a link stays one
        before = place.read_bytes() if known else template()
        _replace(place, _with_rows(before, decisions), work=path.parent, mode=place.stat().st_mode if known else None)
        return fingerprint(path)


def _replace(place: Path, data: bytes, *, work: Path, mode: int | None = None) -> None:
    """Write a file beside the old one and give it its name; ``work`` is the folder in which exomine has a place of its
    own."""
    new = workspace(work) / f"{place.name}.new"
    try:
        write_synced(new, data)
        if mode is not None:
            new.chmod(mode & 0o777)
        new.replace(place)
    finally:
        new.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            (work / WORK).rmdir()  # where nothing else is kept in it


@contextlib.contextmanager
def _errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise storage_error(error, path) from error


def _with_rows(before: bytes, decisions: Iterable[Decision]) -> bytes:
    """The file with rows added, in its own way of ending lines; its header gets the columns that it lacks."""
    text = before.decode("utf-8-sig")
    mark = "\ufeff" if before.startswith(b"\xef\xbb\xbf") else ""
    end = "\r\n" if "\r\n" in text else "\n"
    cells = [_cells(d) for d in decisions]
    text, header = _with_columns(text, cells, end)
    out = io.StringIO()
    writer = csv.DictWriter(out, header, lineterminator=end)
    writer.writerows({name: row.get(name, "") for name in header} for row in cells)
    joint = "" if text.endswith("\n") else end
    return f"{mark}{text}{joint}{out.getvalue()}".encode()


def _with_columns(text: str, rows: Sequence[dict[str, str]], end: str) -> tuple[str, list[str]]:
    """The text with a header that names every column in use, and those names; cells that rows then lack are empty."""
    reader = csv.reader(io.StringIO(text, newline=""), skipinitialspace=True)
    header = [name.strip() for name in next(reader)]
    lacking = [name for name in DECISIONS_TABLE.names if name not in header and any(row[name] for row in rows)]
    if not lacking:
        return text, header
    first, mark, rest = text.partition("\n")
    return f"{first.rstrip()},{','.join(lacking)}{end if mark else ''}{rest}", [*header, *lacking]


def _cells(decision: Decision) -> dict[str, str]:
    changes = dict(decision.changes)
    return {name: changes.get(name) or _one_line(getattr(decision, name, "")) for name in DECISIONS_TABLE.names}


def _one_line(text: str) -> str:
    """A cell that stays in its line, so that a diff and a merge by lines can be read."""
    return " ".join(text.split())
