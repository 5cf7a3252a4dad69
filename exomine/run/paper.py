"""One paper through the house: read, annotate, flatten. The pipeline is loaded once for all papers of a process."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exomine.config import PAPER_SECONDS, RunSettings
from exomine.document.limits import Limits
from exomine.document.watch import watched
from exomine.errors import DocumentError
from exomine.run.failures import failure_rows
from exomine.run.find import Source
from exomine.tables.rows import PaperRows, paper_rows

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from exomine.document.model import Document

__all__ = ["STAGES", "PaperResult", "PaperWorker", "make_worker"]

STAGES = ("read", "annotate", "tables")
Report = Callable[[str], None]
Read = Callable[[Path], "Document"]
Annotate = Callable[["Document"], "Doc"]


@dataclass
class PaperResult:
    """What one paper gave.

    ``document`` is its Document as JSON, empty where it failed; ``seconds`` are by stage; ``reused`` results were kept
    from an earlier run.
    """

    doc_id: str
    rows: PaperRows
    document: bytes = b""
    n_pages: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    reused: bool = False

    @property
    def failed(self) -> bool:
        return not self.document

    def to_plain(self) -> dict[str, Any]:
        """Plain values without the seconds, which differ from run to run."""
        return {
            "doc_id": self.doc_id,
            "rows": asdict(self.rows),
            "document": self.document.decode("utf-8"),
            "n_pages": self.n_pages,
        }

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> PaperResult:
        """The inverse of :meth:`to_plain`."""
        rows = PaperRows(**{name: [tuple(r) for r in rows] for name, rows in data["rows"].items()})
        return cls(data["doc_id"], rows, data["document"].encode("utf-8"), data["n_pages"], reused=True)


#: What annotating one paper may take; in processes of their own the engine ends one that does not obey.
_WHOLE = Limits(seconds=PAPER_SECONDS, memory_mb=1_000_000)


class PaperWorker:
    """Turns papers into results; never raises for a bad paper.

    ``read`` and ``annotate`` are the house's own by default.
    """

    def __init__(self, settings: RunSettings, *, read: Read | None = None, annotate: Annotate | None = None) -> None:
        self._read = read or _reader(settings)
        self._annotate = annotate or _annotator(settings)

    def __call__(self, source: Source, report: Report | None = None) -> PaperResult:
        """The result of one paper; ``report`` is told each stage as it begins."""
        watch = _Watch(report or (lambda _: None))
        try:
            if source.error:
                raise DocumentError("unreadable", f"{source.error}.")
            with watch.stage("read"):
                document = self._read(source.path)
            with watch.stage("annotate"), watched(_WHOLE):
                doc = self._annotate(document)
            with watch.stage("tables"):
                # the bytes were hashed when the paper was found: that hash is its name, even should the file change
                # meanwhile
                document = dataclasses.replace(document, doc_id=source.doc_id)
                rows = paper_rows(document, doc, source_path=source.source_path)
                data = json.dumps(document.to_dict(), ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"
        except Exception as error:
            rows = failure_rows(source.source_path, source.doc_id, error, stage=watch.current)
            return PaperResult(source.doc_id, rows, seconds=watch.seconds)
        return PaperResult(source.doc_id, rows, data, len(document.pages), watch.seconds)


class _Watch:
    """Seconds by stage, and which stage it is."""

    def __init__(self, report: Report) -> None:
        self.current = STAGES[0]
        self.seconds: dict[str, float] = {}
        self._report = report

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self.current = name
        self._report(name)
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = time.perf_counter() - began


def _reader(settings: RunSettings) -> Read:
    from exomine.document.read import read_document

    return partial(read_document, pdf_backend=settings.pdf_backend)


def _annotator(settings: RunSettings) -> Annotate:
    from exomine.nlp.annotate import annotate
    from exomine.nlp.load import load

    return partial(annotate, load(settings.pipeline or None))


def make_worker(settings: Mapping[str, Any]) -> PaperWorker:
    """For worker processes: the settings arrive as plain values."""
    return PaperWorker(RunSettings(**settings))
