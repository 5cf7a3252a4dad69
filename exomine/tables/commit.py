"""Files replaced as a set: all of them or none.

New files are written and synced in a hidden folder inside the target, which one rename declares complete; only then do they
take the places of the old ones. A crash before that rename leaves the old files; a crash after it is finished by
:func:`recover`, which every writer of the folder calls first, and every reader where no run holds the folder. Files of other names are never touched.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from exomine.errors import StorageError, UsageError

__all__ = ["locked", "recover", "recover_if_free", "staged", "storage_error", "write_synced"]

_COMPLETE = ".commit"
_OLD = ".replaced"
_PREFIX = ".incoming-"


@contextlib.contextmanager
def staged(target: Path) -> Iterator[Path]:
    """A folder to write into; what lies in it when the block ends replaces the entries of the same names in ``target``.

    Raises :class:`StorageError`, with ``target`` as it was, where the disk is full or may not be written to.
    """
    staging: Path | None = None
    try:
        prepare(target)
        staging = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=target))
        yield staging
        _sync(staging)
        complete = target / _COMPLETE
        staging.rename(complete)
        staging = complete
        _sync(target)
        _move_all(complete, target)
    except OSError as error:
        raise storage_error(error, target) from error
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)
            shutil.rmtree(target / _OLD, ignore_errors=True)


def prepare(target: Path) -> None:
    """Make the folder if need be and finish what an earlier run left half done."""
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target} is a file; give a folder for the results.")
    target.mkdir(parents=True, exist_ok=True)
    recover(target)


def recover(target: Path) -> None:
    """Finish an interrupted replacement and remove what a crash left behind; nothing to do is the usual case."""
    complete = target / _COMPLETE
    if complete.is_dir():
        for entry in sorted(complete.iterdir()):
            _remove(target / entry.name)
            entry.rename(target / entry.name)
        complete.rmdir()
    if (target / _OLD).is_dir():
        shutil.rmtree(target / _OLD, ignore_errors=True)


def recover_if_free(target: Path) -> None:
    """As :func:`recover`, for readers: not while a run holds the folder, since that run will finish its own work."""
    with contextlib.suppress(StorageError), locked(target):
        pass


def clear_leftovers(target: Path) -> None:
    """Remove the unfinished folders of crashed runs; only for one that holds the lock."""
    for leftover in target.glob(_PREFIX + "*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _move_all(source: Path, target: Path) -> None:
    """Put each entry in its place; on an error put the old ones back."""
    old = target / _OLD
    old.mkdir(exist_ok=True)
    done: list[str] = []
    try:
        for entry in sorted(source.iterdir()):
            place = target / entry.name
            if place.exists() or place.is_symlink():
                place.rename(old / entry.name)
            done.append(entry.name)
            entry.rename(place)
    except BaseException:
        for name in reversed(done):
            _remove(target / name)
            if (old / name).exists():
                (old / name).rename(target / name)
        raise
    _sync(target)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


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
        prepare(target)
        handle = os.open(target, os.O_RDONLY)
    except OSError as error:
        raise storage_error(error, target) from error
    try:
        _lock(handle, target)
        clear_leftovers(target)
        yield
    finally:
        os.close(handle)


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
        errno.EACCES: "check its permissions or give another folder",
        errno.EPERM: "check its permissions or give another folder",
        errno.EROFS: "give a folder that can be written to",
    }.get(error.errno or 0, "check the disk and try again")
    return StorageError(
        f"Cannot write to {target}: {error.strerror or error}; what was there before is unchanged; {remedy}."
    )
