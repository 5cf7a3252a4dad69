"""Results kept by content, so that a second run or a run that was stopped half-way does not do its work again.

An entry is good for the same bytes under the same path, settings, code, model, lexicon and library versions. The cache
lies in the hidden folder of the results that is exomine's own and holds no more than the papers of the last run.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import re
from collections.abc import Iterable
from pathlib import Path

from exomine.run.find import Source
from exomine.run.paper import PaperResult
from exomine.tables.commit import WORK
from exomine.tables.ids import content_hash

__all__ = ["FOLDER", "Cache"]

FOLDER = f"{WORK}/cache"
#: What an entry is called, and the file that becomes one.
_ENTRY = re.compile(r"[0-9a-f]{16}-[0-9a-f]{16}\.json\.(?:gz|\d+\.tmp)")


class Cache:
    """Entries of one folder of results; a cache that cannot be read or written is no error, only slower."""

    def __init__(self, results: Path, fingerprint: str) -> None:
        self._folder = results / FOLDER
        self._fingerprint = fingerprint

    def _path(self, source: Source) -> Path:
        return (
            self._folder
            / f"{source.doc_id}-{content_hash(self._fingerprint, source.doc_id, source.source_path)}.json.gz"
        )

    def get(self, source: Source) -> PaperResult | None:
        """The kept result of a paper, or ``None``."""
        try:
            return PaperResult.from_plain(json.loads(gzip.decompress(self._path(source).read_bytes())))
        except (OSError, EOFError, ValueError, KeyError, TypeError):
            return None

    def put(self, source: Source, result: PaperResult) -> None:
        """Keep a result; a paper that failed is not kept, so that it is tried again."""
        if result.failed:
            return
        path = self._path(source)
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            data = json.dumps(result.to_plain(), ensure_ascii=False, separators=(",", ":")).encode("utf-8")
            temporary.write_bytes(gzip.compress(data, compresslevel=3, mtime=0))
            temporary.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    def keep_only(self, sources: Iterable[Source]) -> None:
        """Remove the entries of other papers and of earlier versions."""
        kept = {self._path(s) for s in sources}
        with contextlib.suppress(OSError):
            for path in sorted(self._folder.iterdir()):
                if _ENTRY.fullmatch(path.name) and path not in kept:
                    path.unlink(missing_ok=True)
