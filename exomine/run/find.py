"""Which files are papers: those named, and those of known suffixes in the folders named."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from exomine.document.names import shown_name
from exomine.errors import NoPapersError, UsageError

__all__ = ["SUFFIXES", "Copy", "Source", "find_papers", "identify"]

SUFFIXES = (".pdf", ".xml", ".nxml", ".txt")


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read. ``source_path`` is POSIX: its name, with as many of its folders as tell it from the other
    papers."""

    path: Path
    source_path: str
    doc_id: str = ""
    error: str = ""  # why its bytes could not be had
    copies: tuple[Copy, ...] = ()  # other files with the same bytes


@dataclass(frozen=True, slots=True)
class Copy:
    """Another file with the bytes of a :class:`Source`. ``misnamed`` says what is wrong with its suffix, if anything
    is."""

    source_path: str
    misnamed: str = ""


def find_papers(paths: Iterable[str | Path]) -> list[Source]:
    """The papers of ``paths``, each file once, sorted by ``source_path``.

    Folders are searched recursively for :data:`SUFFIXES` in any case, hidden files and folders left out; a file that
    is named is taken whatever its suffix. Raises :class:`UsageError` for a path that does not exist,
    :class:`NoPapersError` for nothing.
    """
    given = [Path(p) for p in paths]
    if not given:
        raise UsageError("No paper given; name files or folders.")
    found: dict[str, Path] = {}
    for path in given:
        if path.is_dir():
            for file in _walk(path):
                if not _is_pipe_or_device(file):
                    found.setdefault(os.path.realpath(file), file)
        elif _is_pipe_or_device(path):
            raise UsageError(f"{path} is a pipe or a device, which may never end; save it as a file and name that.")
        elif path.exists() or path.is_symlink():
            found[os.path.realpath(path)] = path
        else:
            raise UsageError(f"{path} does not exist; name a file or a folder with papers.")
    if not found:
        shown = ", ".join(str(p) for p in given)
        raise NoPapersError(
            f"No paper in {shown}: no file ends in {', '.join(SUFFIXES)}. Put papers there or name other files."
        )
    named = zip(found.values(), shortest_paths(found.values()), strict=True)
    return sorted((Source(path, name) for path, name in named), key=lambda s: (s.source_path, str(s.path)))


def _is_pipe_or_device(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()


def shortest_paths(paths: Iterable[Path]) -> list[str]:
    """For each file its name, with as many of its folders before it as no other of ``paths`` shares; never the root."""
    parts = [_parts(path) for path in paths]
    depth = dict.fromkeys(range(len(parts)), 1)
    while True:
        same: dict[tuple[str, ...], list[int]] = {}
        for i, n in depth.items():
            same.setdefault(parts[i][-n:], []).append(i)
        longer = [i for group in same.values() if len(group) > 1 for i in group if depth[i] < len(parts[i])]
        if not longer:
            return ["/".join(parts[i][-n:]) for i, n in depth.items()]
        for i in longer:
            depth[i] += 1


def _parts(path: Path) -> tuple[str, ...]:
    """Folders and name, without drive and root.

    Bytes that are no text in a file's name are written out, as ``\\xff`` is.
    """
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - resolving would follow links: the file is called what it was called
    return tuple(map(shown_name, whole.parts[1:]))


def _walk(folder: Path) -> Iterator[Path]:
    seen: set[str] = set()
    for root, folders, files in os.walk(folder, followlinks=True):
        real = os.path.realpath(root)
        folders[:] = sorted(f for f in folders if not f.startswith(".")) if real not in seen else []
        if real in seen:  # a link back to where the search has been
            continue
        seen.add(real)
        for name in sorted(files):
            if not name.startswith(".") and name.lower().endswith(SUFFIXES):
                yield Path(root, name)


def identify(sources: Iterable[Source]) -> list[Source]:
    """The sources with their doc_id: the first 16 hex digits of the SHA-256 of the bytes.

    The same bytes are kept once, under the first name whose suffix is right for them; the others are its ``copies``. A
    file that cannot be opened keeps its place, with ``error`` set and the hash of its path as doc_id.
    """
    out: dict[str, list[Source]] = {}
    for source in sources:
        try:
            with source.path.open("rb") as handle:
                doc_id, error = hashlib.file_digest(handle, "sha256").hexdigest()[:16], ""
        except OSError as exc:
            doc_id, error = (
                hashlib.sha256(f"unreadable:{source.source_path}".encode()).hexdigest()[:16],
                exc.strerror or str(exc),
            )
        out.setdefault(doc_id, []).append(Source(source.path, source.source_path, doc_id, error))
    chosen = [same[0] if len(same) == 1 else _best_named(same) for same in out.values()]
    return sorted(chosen, key=lambda s: (s.source_path, str(s.path)))


def _best_named(same: list[Source]) -> Source:
    """Of files with the same bytes the first with a right name, or else the first; the others become its copies."""
    from exomine.document.read import HEAD, sniff, wrong_suffix

    with contextlib.suppress(OSError), same[0].path.open("rb") as handle:
        head = handle.read(HEAD)
        kind = sniff(head)
        named = [(wrong_suffix(kind, s.path.suffix) if head.strip() else "", s) for s in same]
        best = next((s for wrong, s in named if not wrong), same[0])
        return replace(best, copies=tuple(Copy(s.source_path, wrong) for wrong, s in named if s is not best))
    return replace(same[0], copies=tuple(Copy(s.source_path) for s in same[1:]))
