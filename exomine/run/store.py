"""What is kept by content: the results of each stage, so that nothing is done twice.

An entry is a file ``STAGE/XX/DOC-KEY``: the paper's doc_id and a hash over all that the result depends on (see
:mod:`exomine.run.stages`). Its first line tells the hash of what follows; an entry that is not what that
line says is no entry, and is made again. Entries are written beside their place and moved there in one step: runs that
share a folder may make the same entry at the same time and never see half of one.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["STAGES", "Kept", "Store", "Usage"]

#: The stages whose results are kept, in the order of a paper's way.
STAGES = ("read", "annotated", "pairs", "rows")
_NAME = re.compile(r"[0-9a-f]{16}-[0-9a-f]{32}")
#: What an entry is called before it is whole.
_UNFINISHED = re.compile(r"\.[0-9a-f]{16}-[0-9a-f]{32}\.\w+\.tmp")
#: Entries of earlier versions, which kept all stages in one.
_FORMER = re.compile(r"[0-9a-f]{16}-[0-9a-f]{16}\.json\.(?:gz|\d+\.tmp)")
_FASTEST = 1
#: Seconds after which a use is noted again, and after which an unfinished entry is nobody's any more.
_DAY, _HOUR = 86_400.0, 3_600.0


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry on the disk: ``stage/name``, bytes, and when it was last used, in seconds since 1970."""

    stage: str
    name: str
    path: Path
    size: int
    used: float


@dataclass(frozen=True, slots=True)
class Usage:
    """Entries and bytes of one stage."""

    stage: str
    entries: int
    size: int


class Store:
    """A folder of entries. What cannot be read is as if it were not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, stage: str, name: str) -> Path:
        """Where an entry lies."""
        return self.folder / stage / name[:2] / name

    def has(self, stage: str, name: str) -> bool:
        """Whether there is an entry, whole or not."""
        return self.path(stage, name).is_file()

    def get(self, stage: str, name: str) -> bytes | None:
        """The content of an entry; ``None`` where there is none, or none that is whole."""
        path = self.path(stage, name)
        try:
            content = zlib.decompress(_checked(path.read_bytes())[1])
        except (OSError, ValueError, zlib.error):
            return None
        _note_use(path)
        return content

    def digest(self, stage: str, name: str) -> str:
        """The SHA-256 of the content of an entry that is whole; empty where there is none."""
        path = self.path(stage, name)
        try:
            head, _ = _checked(path.read_bytes())
        except (OSError, ValueError):
            return ""
        _note_use(path)
        return str(head["content"])

    def put(self, stage: str, name: str, content: bytes) -> None:
        """Keep ``content``; raises ``OSError`` where it cannot be written."""
        path = self.path(stage, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{name}.", suffix=".tmp", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_packed(content))
            Path(temporary).replace(path)
        except BaseException:  # an interrupt too
            Path(temporary).unlink(missing_ok=True)
            raise

    def entries(self) -> list[Kept]:
        """All entries, the one that was used longest ago first."""
        found = (kept for stage in STAGES for path in _files(self.folder / stage) if (kept := _kept(stage, path)))
        return sorted(found, key=lambda k: (k.used, k.stage, k.name))

    def usage(self) -> list[Usage]:
        """Entries and bytes by stage."""
        kept = self.entries()
        sizes = {stage: [k.size for k in kept if k.stage == stage] for stage in STAGES}
        return [Usage(stage, len(found), sum(found)) for stage, found in sizes.items()]

    def keep_only(self, names: Iterable[tuple[str, str]]) -> None:
        """Remove all entries but those that are named by stage and name."""
        wanted = set(names)
        _remove(k for k in self.entries() if (k.stage, k.name) not in wanted)
        self.sweep(age=0.0)

    def prune(self, *, age: float | None = None, size: int | None = None) -> list[Kept]:
        """Remove entries that were not used for ``age`` seconds, and then those used longest ago until the rest has
        ``size`` bytes; returns what was removed. Both may go on while runs use the folder: they make again what they
        miss.
        """
        kept = self.entries()
        limit = time.time() - age if age is not None else float("-inf")
        old = [k for k in kept if k.used <= limit]
        excess = _excess([k for k in kept if k.used > limit], size)
        _remove([*old, *excess])
        self.sweep()
        return [*old, *excess]

    def sweep(self, *, age: float = _HOUR) -> None:
        """Remove entries that runs which were killed left unfinished, and those of earlier versions."""
        limit = time.time() - age
        for stage in STAGES:
            for path in _files(self.folder / stage, _UNFINISHED):
                with contextlib.suppress(OSError):
                    if path.stat().st_mtime <= limit:
                        path.unlink()
        with contextlib.suppress(OSError):
            for path in [p for p in self.folder.iterdir() if _FORMER.fullmatch(p.name)]:
                path.unlink(missing_ok=True)


def _packed(content: bytes) -> bytes:
    body = zlib.compress(content, _FASTEST)
    head = {"content": hashlib.sha256(content).hexdigest(), "sha256": hashlib.sha256(body).hexdigest()}
    return json.dumps(head).encode("ascii") + b"\n" + body


def _checked(data: bytes) -> tuple[dict[str, str], bytes]:
    """The first line and what follows it; raises ``ValueError`` where that is not whole."""
    line, _, body = data.partition(b"\n")
    head = json.loads(line)
    if not isinstance(head, dict) or head.get("sha256") != hashlib.sha256(body).hexdigest() or "content" not in head:
        raise ValueError("the entry is not whole")
    return head, body


def _note_use(path: Path) -> None:
    """Make the entry's time today's: what is used is pruned last."""
    with contextlib.suppress(OSError):
        if time.time() - path.stat().st_mtime > _DAY:
            os.utime(path)


def _files(folder: Path, pattern: re.Pattern[str] = _NAME) -> Iterator[Path]:
    """The files of a stage whose names fit."""
    for root, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(root, name) for name in sorted(names) if pattern.fullmatch(name))


def _kept(stage: str, path: Path) -> Kept | None:
    try:
        found = path.stat()
    except OSError:  # removed meanwhile
        return None
    return Kept(stage, path.name, path, found.st_size, found.st_mtime)


def _excess(kept: list[Kept], size: int | None) -> list[Kept]:
    """Those to be removed, oldest first, until the rest has at most ``size`` bytes."""
    out: list[Kept] = []
    left = sum(k.size for k in kept)
    for entry in kept:
        if size is None or left <= size:
            break
        out.append(entry)
        left -= entry.size
    return out


def _remove(kept: Iterable[Kept]) -> None:
    for entry in kept:
        with contextlib.suppress(OSError):
            entry.path.unlink(missing_ok=True)
