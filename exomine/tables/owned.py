"""Which files in a folder are exomine's own, and what else stands in the way of new ones.

The list of the files that a run wrote is in its ``run.json``, each with its SHA-256; ``run.json`` itself carries a hash
of the rest of it. A file that is not on the list, or is no longer what the list says, belongs to somebody else.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from exomine.errors import UsageError

__all__ = [
    "RUN",
    "check_inputs",
    "check_way",
    "file_hash",
    "is_own_name",
    "is_unchanged",
    "json_bytes",
    "obstacles",
    "own_files",
    "refuse",
    "with_list",
]

#: The file that holds the list.
RUN = "run.json"
_FILES, _SEAL = "files", "sha256"
#: What a file of ours can be called: ``relations.csv``, ``datapackage.json``, ``papers/0123456789abcdef.json``.
_OWN_NAME = re.compile(
    r"[a-z_]+\.(?:csv|parquet|json)|papers/[0-9a-f]{16}\.json|parquet/[a-z_]+/part-[0-9a-f]\.parquet"
)
_SHOWN = 3


def json_bytes(data: Any) -> bytes:
    """JSON as it is stored: UTF-8, the given order of keys, a line end."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def with_list(run: Mapping[str, Any], hashes: Mapping[str, str]) -> bytes:
    """``run.json`` with the list of the files written beside it."""
    body = {**run, _FILES: dict(sorted(hashes.items()))}
    return json_bytes({**body, _SEAL: hashlib.sha256(json_bytes(body)).hexdigest()})


def own_files(folder: Path) -> dict[str, str]:
    """The files that exomine wrote into ``folder``, each with the SHA-256 that it had; empty where there is no list."""
    try:
        content = (folder / RUN).read_bytes()
        run = json.loads(content)
        told = run.pop(_SEAL)
        listed = {str(k): str(v) for k, v in run[_FILES].items() if is_own_name(str(k))}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    sealed = told == hashlib.sha256(json_bytes(run)).hexdigest()
    if sealed and content == json_bytes({**run, _SEAL: told}):
        listed[RUN] = hashlib.sha256(content).hexdigest()
    return listed


def is_own_name(path: str) -> bool:
    """Whether a file of ours can have this path in a folder of results."""
    return _OWN_NAME.fullmatch(path) is not None


def file_hash(path: Path) -> str:
    """The SHA-256 of a file as hex digits."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def is_unchanged(path: Path, digest: str) -> bool:
    """Whether a plain file stands there with this hash."""
    try:
        return not path.is_symlink() and path.is_file() and file_hash(path) == digest
    except OSError:
        return False


def obstacles(folder: Path, planned: Iterable[str], own: Mapping[str, str]) -> dict[str, str]:
    """What stands where files would be written and is not ours: its path in ``folder`` and why."""
    found: dict[str, str] = {}
    for path in sorted(planned):
        if barred := next(filter(None, (_barred(folder, parent) for parent in _parents(path))), None):
            found[barred[0]] = barred[1]
        elif os.path.lexists(folder / path) and (why := _why_foreign(folder / path, own.get(path))):
            found[path] = why
    return found


def _parents(path: str) -> list[str]:
    """The folders that a path goes through, outermost first."""
    names = path.split("/")[:-1]
    return ["/".join(names[: i + 1]) for i in range(len(names))]


def _barred(folder: Path, parent: str) -> tuple[str, str] | None:
    """A folder on the way to a file of ours, and why it cannot be gone through."""
    kind = _other_than(folder / parent, folder=True) if os.path.lexists(folder / parent) else ""
    return (parent, kind) if kind else None


def _why_foreign(place: Path, told: str | None) -> str:
    if kind := _other_than(place, folder=False):
        return kind
    if told is None:
        return f"exomine did not write it (the list in {RUN} does not name it)"
    try:
        return "" if file_hash(place) == told else "it was changed since exomine wrote it"
    except OSError as error:
        return f"it cannot be read ({error.strerror or error})"


def _other_than(place: Path, *, folder: bool) -> str:
    """Why ``place`` is not the plain folder, or the plain file, that it would have to be; else empty."""
    if place.is_symlink():
        return "it is a link"
    if place.is_dir():
        return "" if folder else "it is a folder"
    return "it is not a folder" if folder or not place.is_file() else ""


def check_way(folder: Path, planned: Iterable[str], own: Mapping[str, str]) -> None:
    """Raise :class:`UsageError`, with the remedy, where something that is not ours is in the way."""
    if found := obstacles(folder, planned, own):
        refuse(folder, found)


def refuse(folder: Path, found: Mapping[str, str]) -> None:
    """Raise the :class:`UsageError` that names what is in the way of files in ``folder``, and why."""
    if RUN in found and _is_older(folder):
        raise UsageError(
            f"{folder} holds results of an earlier exomine, which kept no list of its files, so that they "
            f"cannot be told from "
            f"yours. Rename the folder, for instance to {folder.absolute().name}.old, and run the command "
            f"again, or give "
            "another folder with --out. Nothing was touched."
        )
    shown = "; ".join(f"{folder / path}: {why}" for path, why in list(found.items())[:_SHOWN])
    more = f"; and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    raise UsageError(
        f"In the way of the results: {shown}{more}. Move or rename what you need of it, remove what you do "
        f"not, or give "
        "another folder with --out. Nothing was touched."
    )


def _is_older(folder: Path) -> bool:
    try:
        run = json.loads((folder / RUN).read_bytes())
        return "exomine" in run["versions"] and "counts" in run and _FILES not in run
    except (OSError, ValueError, KeyError, TypeError):
        return False


def check_inputs(folder: Path, inputs: Iterable[Path], planned: Iterable[str], *, private: Iterable[str]) -> None:
    """Raise :class:`UsageError` for a paper that lies where exomine keeps files of its own.

    ``private`` names the folders inside ``folder`` that are for exomine's files alone.
    """
    rooms: dict[tuple[int, int] | None, Path] = {
        key: folder / name for name in private if (key := _identity(folder / name))
    }
    taken = {key for name in planned if (key := _identity(folder / name))}
    known: dict[Path, Path | None] = {}
    for path in inputs:
        places = (Path(os.path.abspath(path)), Path(os.path.realpath(path)))  # noqa: PTH100 - links must stay
        room = next((r for p in places if (r := _room_of(p.parent, rooms, known))), None)
        if room is not None:
            raise UsageError(
                f"{path} lies in {room}, where exomine keeps its own files. Give another folder with "
                f"--out, or move the paper out "
                "of there. Nothing was touched."
            )
        if _identity(path) in taken:
            raise UsageError(
                f"{path} is to be read as a paper, but it stands where a table would be written. Move it, "
                f"or give another folder with "
                "--out. Nothing was touched."
            )


def _room_of(parent: Path, rooms: Mapping[tuple[int, int] | None, Path], known: dict[Path, Path | None]) -> Path | None:
    """The one of ``rooms`` that ``parent`` is or lies in."""
    if not rooms:
        return None
    if parent not in known:
        keys = (_identity(p) for p in (parent, *parent.parents))
        known[parent] = next((rooms[key] for key in keys if key in rooms), None)
    return known[parent]


def _identity(path: Path) -> tuple[int, int] | None:
    """Device and inode: two names are one file, whatever links or letter case lead there; ``None`` where nothing is."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
