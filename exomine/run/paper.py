"""One paper through the house: read, annotate, flatten. The pipeline is loaded once for all papers of a process."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import platform
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exomine.config import PAPER_SECONDS, RunSettings
from exomine.document.limits import Limits
from exomine.document.model import Document
from exomine.document.watch import watched
from exomine.errors import DocumentError, ExomineError, ResourceError, TableError
from exomine.run.failures import failure_rows
from exomine.run.find import Source
from exomine.run.fingerprint import describe
from exomine.run.halves import Halves, digest_of, document_bytes
from exomine.run.stages import Keys, make_keys
from exomine.run.store import Store
from exomine.tables.commit import storage_error
from exomine.tables.owned import file_hash
from exomine.tables.parts import PaperPart
from exomine.tables.rows import PaperRows, paper_rows
from exomine.tables.schema import column_names

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = [
    "LOADING",
    "STAGES",
    "WORKER",
    "Job",
    "PaperResult",
    "PaperWorker",
    "Receipt",
    "failed_receipt",
    "kept_part",
    "kept_receipt",
    "make_worker",
]

STAGES = ("read", "annotate", "tables")
#: Told before the pipeline is loaded; after it the stage is told again. A process that ends in between has been killed
#: by no paper.
LOADING = "load"
Report = Callable[[str], None]
Read = Callable[[Path], Document]
Annotate = Callable[[Document], "Doc"]


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is told once: the settings, where results are kept, and under which keys.

    ``folder`` is empty where nothing is kept. ``anew``: what is kept is not used. ``elsewhere``: the worker may be on
    another machine, and has to make sure that its code and data are the same.
    """

    settings: RunSettings = field(default_factory=RunSettings)
    keys: Keys = field(default_factory=Keys)
    folder: str = ""
    anew: bool = False
    elsewhere: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for worker processes."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Job:
        """The inverse of :meth:`to_dict`."""
        settings, keys = RunSettings(**data["settings"]), Keys(**data["keys"])
        return cls(settings, keys, data["folder"], data["anew"], data["elsewhere"])


@dataclass
class PaperResult:
    """What one paper gave.

    ``document`` is its Document as JSON, empty where it failed; ``seconds`` are by stage.
    """

    doc_id: str
    rows: PaperRows
    document: bytes = b""
    n_pages: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    part: PaperPart = field(default_factory=PaperPart)

    @property
    def failed(self) -> bool:
        return not self.document


@dataclass
class Receipt:
    """That a paper is done, and what of it everybody wants to know: its rows in ``documents`` and ``failures``.

    All else lies in the store under the hash of its Document, ``digest``, which is empty where it failed. ``reused``:
    an earlier run has done it. ``sketch`` tells which other files are the same paper (:mod:`exomine.run.works`).
    """

    doc_id: str
    documents: list[Row]
    failures: list[Row]
    digest: str = ""
    seconds: dict[str, float] = field(default_factory=dict)
    reused: bool = False
    sketch: tuple[int, ...] = ()

    @property
    def failed(self) -> bool:
        return not self.digest

    @property
    def n_pages(self) -> int:
        """The pages of the paper, 0 where its format has none."""
        return sum(row[_N_PAGES] or 0 for row in self.documents)


def failed_receipt(doc_id: str, rows: PaperRows, seconds: dict[str, float] | None = None) -> Receipt:
    """The receipt of a paper of which there is nothing but the rows that say why."""
    return Receipt(doc_id, rows.documents, rows.failures, seconds=seconds or {})


Row = tuple[Any, ...]
_N_PAGES = column_names("documents").index("n_pages")
#: What annotating one paper may take; in processes of their own the engine ends one that does not obey.
_WHOLE = Limits(seconds=PAPER_SECONDS, memory_mb=1_000_000)


class PaperWorker:
    """Turns papers into results; never raises for a bad paper.

    ``read`` and ``annotate`` are the house's own by default. Raises :class:`ExomineError` where the pipeline cannot be
    loaded.
    """

    def __init__(self, job: Job | None = None, *, read: Read | None = None, annotate: Annotate | None = None) -> None:
        job = job or Job()
        self._keys = job.keys
        self._store = Store(Path(job.folder)) if job.folder else None
        self._old = None if job.anew else self._store
        self._watch = _Watch(lambda _: None)
        self._read = read or _reader(job.settings)
        self._halves = (
            None if annotate else Halves(job.settings, job.keys, self._loading, old=self._old, new=self._store)
        )
        self._annotate = annotate

    def __call__(self, source: Source, report: Report | None = None) -> PaperResult:
        """The result of one paper; ``report`` is told each stage as it begins."""
        watch = self._watch = _Watch(report or (lambda _: None))
        try:
            if source.error:
                raise DocumentError("unreadable", f"{source.error}.")
            with watch.stage("read"):
                document, data = self._document(source)
            with watch.stage("annotate"), watched(_WHOLE):
                doc = self._doc(document, data)
            with watch.stage("tables"):
                rows = paper_rows(document, doc, source_path=source.source_path)
                part = PaperPart.of_rows(rows)
        except Exception as error:
            if isinstance(error, ExomineError) and not isinstance(error, (DocumentError, TableError)):
                raise
            rows = failure_rows(source.source_path, source.doc_id, error, stage=watch.current)
            return PaperResult(source.doc_id, rows, seconds=watch.seconds)
        return PaperResult(source.doc_id, rows, data, len(document.pages), watch.seconds, part)

    def receipt(self, source: Source, report: Report | None = None) -> Receipt:
        """As a call, with the result in the store. Raises :class:`StorageError` where it cannot be kept."""
        kept = kept_receipt(self._old, self._keys, source) if self._old else None
        if kept is not None:  # another run, or a worker that died a moment later, has made it meanwhile
            return kept
        result = self(source, report)
        if result.failed:
            return failed_receipt(source.doc_id, result.rows, result.seconds)
        digest = digest_of(result.document)
        self._keep("rows", self._keys.of_document("rows", source.doc_id, digest), result.part.to_bytes())
        part = result.part
        return Receipt(source.doc_id, part.documents, part.failures, digest, result.seconds, sketch=part.sketch)

    def _document(self, source: Source) -> tuple[Document, bytes]:
        """The Document of a paper, and its bytes as they are kept."""
        name = self._keys.of_source(source)
        kept = self._old.get("read", name) if self._old else None
        if kept is not None:
            return Document.from_dict(json.loads(kept)), kept
        # the bytes were hashed when the paper was found: that hash is its name
        document = dataclasses.replace(self._read(source.path), doc_id=source.doc_id)
        data = document_bytes(document)
        if self._store:
            if file_hash(source.path)[: len(source.doc_id)] != source.doc_id:
                raise DocumentError("unreadable", "It was changed while it was read.")
            self._keep("read", name, data)
        return document, data

    def _doc(self, document: Document, data: bytes) -> Doc:
        if self._annotate:
            return self._annotate(document)
        assert self._halves is not None
        return self._halves(document, digest_of(data))

    def _keep(self, stage: str, name: str, content: bytes) -> None:
        assert self._store is not None, "a receipt needs a store"
        try:
            self._store.put(stage, name, content)
        except OSError as error:
            raise storage_error(error, self._store.folder) from error

    @contextlib.contextmanager
    def _loading(self) -> Iterator[None]:
        """Tell that the pipeline is loaded, and when that is over: from then on the paper is to blame."""
        self._watch.told(LOADING)
        yield
        self._watch.told(self._watch.current)


class _Watch:
    """Seconds by stage, and which stage it is."""

    def __init__(self, report: Report) -> None:
        self.current = STAGES[0]
        self.seconds: dict[str, float] = {}
        self._report = report

    def told(self, name: str) -> None:
        """Tell what is done within a stage."""
        self._report(name)

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


def kept_receipt(store: Store, keys: Keys, source: Source) -> Receipt | None:
    """The receipt of a paper that an earlier run has done, or ``None``."""
    digest = store.digest("read", keys.of_source(source))
    part = kept_part(store, keys, source, digest) if digest else None
    if part is None or digest is None:
        return None
    return Receipt(source.doc_id, part.documents, part.failures, digest, reused=True, sketch=part.sketch)


def kept_part(store: Store, keys: Keys, source: Source, digest: str) -> PaperPart | None:
    """What a paper adds to the tables, or ``None`` where it is not kept."""
    data = store.get("rows", keys.of_document("rows", source.doc_id, digest))
    try:
        return PaperPart.from_bytes(data, source.source_path) if data is not None else None
    except (ValueError, KeyError, TypeError):
        return None


#: Names :func:`make_worker`, for those who start workers.
WORKER = "exomine.run.paper:make_worker"


def make_worker(job: Mapping[str, Any]) -> PaperWorker:
    """For worker processes: the job arrives as plain values. Raises :class:`ResourceError` on a machine with another
    exomine, model or library than where the job comes from."""
    told = Job.from_dict(job)
    if told.elsewhere and make_keys(told.settings, describe(told.settings), worker=WORKER) != told.keys:
        raise ResourceError(
            f"The worker on {platform.node()} has another exomine, model, Python or library than the command; install "
            "the same there (exomine info tells what is installed)."
        )
    return PaperWorker(told)
