"""Files replaced as a set: all of them or none, and nobody else's.

New files are written and synced in a hidden folder of our own inside the target (:data:`WORK`), together with a plan:
which files come, which of ours go, each with its hash. One rename declares this complete. Only then are the old files
put aside and the new ones moved in. A crash before that rename leaves the old files; a crash after it is finished by
:func:`recover`, which everybody who holds the folder calls first, and every reader where no run holds it.

A file is put aside only if it has the hash that the plan gives; a file is moved in only where nothing stands.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from exomine.errors import StorageError, UsageError
from exomine.tables.owned import RUN, check_way, file_hash, is_own_name, is_unchanged, json_bytes, refuse

__all__ = ["WORK", "locked", "recover", "recover_if_free", "staged", "storage_error", "workspace", "write_synced"]

#: The folder inside a target that is exomine's own.
WORK = ".exomine"
_INCOMING, _COMPLETE, _DONE = "incoming", "complete", "done"
_NEW, _OLD, _PLAN = "new", "old", "plan.json"


@dataclass(frozen=True, slots=True)
class _Plan:
    """Paths in the target, each with its SHA-256: what comes, and what of ours is there to be replaced or removed."""

    new: Mapping[str, str]
    old: Mapping[str, str]

    @property
    def order(self) -> list[str]:
        """All paths; the list of our files comes last."""
        return sorted({*self.new, *self.old}, key=lambda p: (p == RUN, p))


@contextlib.contextmanager
def staged(target: Path, own: Mapping[str, str], kept: Mapping[str, str] | None = None) -> Iterator[Path]:
    """A folder to write into; when the block ends, what lies in it takes its place in ``target``. ``kept`` are files of
    ours that stay as they are; it may be filled in the block.

    ``own`` are the files that are ours, with the hashes they had: they are replaced, or removed where nothing takes
    their place; one that is no longer the same stays. Raises :class:`StorageError` where the disk is full or may not be
    written to and
    :class:`UsageError` where something that is not ours is in the way; in both cases ``target`` is as it was.
    """
    incoming = workspace(target) / _INCOMING
    try:
        recover(target)
        _clear(incoming)
        (incoming / _NEW).mkdir(parents=True)
        yield incoming / _NEW
        new = _hashes(incoming / _NEW) | dict(kept or {})
        check_way(target, new, own)
        plan = _Plan(new, {p: h for p, h in own.items() if is_unchanged(target / p, h)})
        write_synced(incoming / _PLAN, json_bytes({"new": plan.new, "old": plan.old}))
        for folder in (incoming / _NEW, incoming):
            _sync(folder)
        _commit(target, plan)
    except OSError as error:
        raise storage_error(error, target) from error
    finally:
        _clear(incoming)
        with contextlib.suppress(OSError):
            (target / WORK).rmdir()  # where nothing else is kept in it


def workspace(target: Path) -> Path:
    """The folder for what exomine keeps for itself; raises where the target cannot be written to, before any work is
    done.
    """
    work = target / WORK
    if work.is_symlink() or (work.exists() and not work.is_dir()):
        refuse(target, {WORK: "exomine keeps a folder of that name"})
    try:
        work.mkdir(parents=True, exist_ok=True)
        if not os.access(target, os.W_OK | os.X_OK) or not os.access(work, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise storage_error(error, target) from error
    return work


def _commit(target: Path, plan: _Plan) -> None:
    work = target / WORK
    complete = work / _COMPLETE
    (work / _INCOMING).rename(complete)
    try:
        _sync(work)
        _put_in_place(target, plan)
        _close(target)
    except BaseException:
        if complete.exists():
            _take_back(target, plan)
        raise
    _clear(work / _DONE)


def recover(target: Path) -> None:
    """Finish an interrupted replacement and remove what a crash left behind; nothing to do is the usual case.

    Only for one that holds the folder. Raises :class:`UsageError` where something of other people came into the way
    meanwhile.
    """
    work = target / WORK
    if work.is_symlink() or not work.is_dir():
        return
    if os.path.lexists(work / _COMPLETE):
        _put_in_place(target, _read_plan(work / _COMPLETE))
        _close(target)
    for leftover in (_INCOMING, _DONE):
        _clear(work / leftover)


def recover_if_free(target: Path) -> None:
    """As :func:`recover`, for readers: not while a run holds the folder, since that run will finish its own work."""
    if os.path.lexists(target / WORK / _COMPLETE):
        with contextlib.suppress(StorageError), locked(target):
            pass


def _read_plan(complete: Path) -> _Plan:
    try:
        told = json.loads((complete / _PLAN).read_bytes())
        plan = _Plan(dict(told["new"]), dict(told["old"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError(
            f"{complete} cannot be used ({error}); move it elsewhere and run the extraction again."
        ) from None
    if odd := [p for p in plan.order if not is_own_name(p)]:
        raise StorageError(f"{complete} names {odd[0]!r}, which is no file of exomine; move it elsewhere.")
    return plan


def _put_in_place(target: Path, plan: _Plan) -> None:
    """Put the old files aside and the new ones into their places, wherever a run before was stopped in doing so."""
    complete = target / WORK / _COMPLETE
    waiting = [p for p in plan.new if (complete / _NEW / p).exists()]
    check_way(target, [p for p in waiting if not _same(complete / _NEW / p, target / p)], plan.old)
    for path in plan.order:
        place, new = target / path, complete / _NEW / path
        if path in plan.new and not new.exists():
            continue
        if _same(new, place) or (path in plan.new and _unchanged(target, path, plan)):
            new.unlink()  # linked already by a run that was stopped, or not needed
            continue
        if path in plan.old and is_unchanged(place, plan.old[path]):
            _move(place, complete / _OLD / path)
        if path in plan.new:
            _move(new, place)
    for folder in {(target / p).parent for p in plan.order}:
        _sync(folder)


def _take_back(target: Path, plan: _Plan) -> None:
    """The way back from :func:`_put_in_place` where it failed."""
    complete = target / WORK / _COMPLETE
    try:
        for path in reversed(plan.order):
            place, new, old = target / path, complete / _NEW / path, complete / _OLD / path
            if plan.old.get(path) == plan.new.get(path):
                continue
            if _same(new, place):
                place.unlink()
            elif path in plan.new and not new.exists() and is_unchanged(place, plan.new[path]):
                _move(place, new)
            if old.exists():
                _move(old, place)
        _close(target)
    except OSError as error:
        raise StorageError(
            f"Cannot write to {target}: {error.strerror or error}. The new tables are complete in "
            f"{complete}; the next run into "
            "the folder puts them into their places, once the disk can be written to."
        ) from error
    _clear(target / WORK / _DONE)


def _close(target: Path) -> None:
    """Declare the replacement over."""
    work = target / WORK
    _clear(work / _DONE)
    (work / _COMPLETE).rename(work / _DONE)
    _sync(work)


def _move(source: Path, place: Path) -> None:
    """Move a file to where nothing stands: unlike a rename, a link never replaces what came there a moment ago."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, place)
    except FileExistsError:
        if not _same(source, place):
            raise
        source.unlink()  # a run before was stopped between the two steps
    except OSError:  # a file system without links
        if os.path.lexists(place):
            raise FileExistsError(errno.EEXIST, "a file is in the way", str(place)) from None
        source.rename(place)
    else:
        source.unlink()


def _unchanged(target: Path, path: str, plan: _Plan) -> bool:
    """Whether the file that is there is ours and the new one would be the same."""
    return plan.old.get(path) == plan.new[path] and is_unchanged(target / path, plan.new[path])


def _same(one: Path, other: Path) -> bool:
    """Whether both names are links to one file."""
    try:
        return not other.is_symlink() and one.samefile(other)
    except OSError:
        return False


def _hashes(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): file_hash(p) for p in sorted(folder.rglob("*")) if p.is_file()}


def _clear(folder: Path) -> None:
    """Remove one of the folders that are used here."""
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder, ignore_errors=True)


def write_synced(path: Path, data: bytes) -> None:
    """Write bytes and have them reach the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def _sync(folder: Path) -> None:
    with contextlib.suppress(OSError):  # some network file systems cannot sync a folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def locked(target: Path) -> Iterator[None]:
    """Hold the folder for this process; raises :class:`StorageError` where another run holds it."""
    try:
        _make_folder(target)
        handle = os.open(target, os.O_RDONLY)
    except OSError as error:
        raise storage_error(error, target) from error
    try:
        _lock(handle, target)
        try:
            recover(target)
        except OSError as error:
            raise storage_error(error, target) from error
        yield
    finally:
        os.close(handle)


def _make_folder(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target} is a file; give a folder for the results.")
    if target.is_symlink() and not target.exists():
        raise UsageError(
            f"{target} is a link to {target.readlink()}, which does not exist; make that folder or give another."
        )
    target.mkdir(parents=True, exist_ok=True)


def _lock(handle: int, target: Path) -> None:
    try:
        import fcntl
    except ImportError:  # not on this platform: two runs into one folder are then the user's care
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise StorageError(f"{target} is being written by another run; wait for it or give another folder.") from None
    except OSError:
        return  # a file system without locks


def storage_error(error: OSError, target: Path) -> StorageError:
    """The error for people: what failed where, that the old files stand, and what to do."""
    remedy = {
        errno.ENOSPC: "free some space or give another folder",
        errno.EDQUOT: "free some space or give another folder",
        errno.EFBIG: "raise the limit on the size of a file (ulimit -f) or give another folder",
        errno.EACCES: "check its permissions or give another folder",
        errno.EPERM: "check its permissions or give another folder",
        errno.EROFS: "give a folder that can be written to",
    }.get(error.errno or 0, "check the disk and try again")
    told = " ".join(str(error.strerror or error).split())
    if " Detail: [errno " in told:  # pyarrow's words
        told = os.strerror(error.errno or 0)
    return StorageError(f"Cannot write to {target}: {told}; what was there before is unchanged; {remedy}.")
