"""The PDFs from which the tables were made, found again in a folder by the name and the content that the tables
tell."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

__all__ = ["Originals"]


class Originals:
    """A folder of papers; a file counts only if its content is that of the paper."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._found: dict[str, Path] = {}
        self._read: dict[tuple[Path, int, int], str] = {}  # what was hashed once need not be again

    def find(self, doc_id: str, source_path: str) -> Path | None:
        """The file of a paper, ``None`` where it is not there any more; ``source_path`` is as in the table
        documents."""
        known = self._found.get(doc_id)
        if known and known.is_file():
            return known
        for path in self._candidates(source_path):
            if self._doc_id(path) == doc_id:
                self._found[doc_id] = path
                return path
        return None

    def _candidates(self, source_path: str) -> Iterator[Path]:
        told = PurePosixPath(source_path)
        if self._folder.is_file():
            yield self._folder
        elif self._folder.is_dir():
            inside = sorted(p for p in self._folder.rglob("*") if p.is_file())
            yield from (p for p in inside if p.name == told.name)
            yield from (p for p in inside if p.name != told.name and p.suffix == told.suffix)

    def _doc_id(self, path: Path) -> str:
        """The id that a paper of this content has; empty where it cannot be read."""
        try:
            found = path.stat()
            key = path, found.st_size, found.st_mtime_ns
            if key not in self._read:
                with path.open("rb") as handle:
                    self._read[key] = hashlib.file_digest(handle, "sha256").hexdigest()[:16]
            return self._read[key]
        except OSError:
            return ""
