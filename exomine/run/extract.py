"""The main job: papers in, the contract's tables out."""

from __future__ import annotations

import contextlib
import csv
import datetime
import io
import os
import shutil
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from exomine.config import ENGINES, PDF_BACKENDS, PROCESSED, RAW, RunSettings
from exomine.errors import StorageError, UsageError
from exomine.run.cluster import dask
from exomine.run.engines import processes, serial
from exomine.run.failures import copy_rows
from exomine.run.find import Source, find_papers, identify
from exomine.run.fingerprint import describe
from exomine.run.paper import WORKER, Job, Receipt, kept_part, kept_receipt
from exomine.run.stages import Keys, make_keys
from exomine.run.store import STAGES, Store
from exomine.run.works import Work, as_one, works
from exomine.tables.commit import WORK, locked, storage_error, workspace
from exomine.tables.gather import Gathering
from exomine.tables.ids import content_hash
from exomine.tables.owned import check_inputs, check_way, is_unchanged, own_files
from exomine.tables.parts import SINGLE, PaperPart
from exomine.tables.schema import TABLE_NAMES, column_names
from exomine.tables.store import (
    LOST_TRIPLES,
    Paper,
    Tables,
    load_tables,
    make_tables,
    planned_files,
    read_run,
    write_papers,
)

__all__ = ["CACHE", "Outcome", "Progress", "Workers", "extract", "extract_papers"]

#: Where results are kept unless a folder is named: inside the folder of tables, for its papers alone.
CACHE = f"{WORK}/cache"


class Progress:
    """Told how a run goes on; this one says nothing."""

    def begin(self, total: int) -> None:
        """The number of papers is known."""

    def stage(self, source: Source, name: str) -> None:
        """A paper enters a stage."""

    def done(self, source: Source, receipt: Receipt, *, reused: bool) -> None:
        """A paper is finished."""

    def writing(self) -> None:
        """All papers are done; the tables are being written."""


@dataclass(frozen=True)
class Outcome:
    """A finished run: where its tables are, and what ``run.json`` says.

    ``made`` are the tables where they were put together. ``written`` is false where every paper failed and the folder
    held tables of an earlier run, which were left as they were.
    """

    out: Path
    run: dict[str, Any] = field(default_factory=dict)
    made: Tables | None = None
    written: bool = True

    @property
    def tables(self) -> Tables:
        """The tables, read from the folder where this run found them there as they would have become."""
        return self.made or load_tables(self.out)

    @property
    def n_failed(self) -> int:
        """Papers of which nothing could be read."""
        return int(self.run["counts"]["failed"])

    @property
    def exit_status(self) -> int:
        """0 all papers read, 3 some failed or were found under a wrong name too, 1 all failed."""
        if not self.n_failed and not self.run["counts"]["misnamed"]:
            return 0
        return 1 if self.n_failed == self.run["counts"]["documents"] else 3


def extract(
    paths: str | Path | Iterable[str | Path] = (RAW,),
    *,
    out: str | Path = PROCESSED,
    pipeline: str | Path | None = None,
    workers: int | None = None,
    force: bool = False,
    pdf_backend: str = PDF_BACKENDS[0],
    cache: str | Path | bool = True,
    engine: str = ENGINES[0],
    scheduler: str = "",
    partition: bool = False,
) -> Tables:
    """Read papers, annotate them and write the tables to ``out``; returns the tables.

    ``paths`` are files and folders. ``pipeline`` is the path of a spaCy configuration. ``workers`` is the number of
    processes, each of which loads the model once; ``None``: as many as there are cores. ``engine`` is where they work:
    ``local``, ``serial`` (in this process, one paper after the other) or ``dask``, on the cluster whose scheduler is at
    the address ``scheduler``. What each stage gave is kept in a hidden folder of ``out``, or in the folder ``cache``,
    which several runs may share, or nowhere (``False``); ``force`` does again what is kept. With ``partition`` the
    Parquet of tables that grow with papers is cut into files by the first digit of the doc_id. A
    paper that cannot be read is in ``tables.failures``, with its reason; where all of them fail, earlier tables in
    ``out`` stay. Only files that an earlier run wrote there are replaced or removed; anything else in the way is a
    :class:`~exomine.errors.UsageError` before any work. Raises :class:`exomine.errors.UsageError`,
    :class:`~exomine.errors.NoPapersError`,
    :class:`~exomine.errors.ResourceError` and :class:`~exomine.errors.StorageError`.
    """
    settings = RunSettings(pipeline=str(pipeline) if pipeline else "", pdf_backend=pdf_backend)
    team = Workers(workers, engine, scheduler)
    return extract_papers(
        paths, out=Path(out), settings=settings, workers=team, force=force, cache=cache, partition=partition
    ).tables


def extract_papers(
    paths: str | Path | Iterable[str | Path],
    *,
    out: Path,
    settings: RunSettings,
    workers: int | Workers = 1,
    force: bool = False,
    cache: str | Path | bool = True,
    partition: bool = False,
    progress: Progress | None = None,
    worker: str = WORKER,
) -> Outcome:
    """As :func:`extract`, with what the command line shows besides.

    ``worker`` names the factory that turns papers into results.
    """
    began, started = time.perf_counter(), datetime.datetime.now(datetime.UTC)
    if settings.pdf_backend not in PDF_BACKENDS:
        raise UsageError(f"Unknown PDF backend {settings.pdf_backend!r}; choose {' or '.join(PDF_BACKENDS)}.")
    team = workers if isinstance(workers, Workers) else Workers(workers)
    team.check()
    progress = progress or Progress()
    found = find_papers([paths] if isinstance(paths, (str, os.PathLike)) else paths)
    check_inputs(out, [s.path for s in found], planned_files(()), private=("papers", WORK))
    sources = identify(found)
    description = describe(settings)
    keys = make_keys(settings, description, worker=worker)
    description["content"] = _content(sources, keys, partition=partition)
    plan = _Plan(sources, settings, keys, team, worker, partition, description, started, began)
    with locked(out):
        check_way(out, planned_files((s.doc_id for s in sources), partition=partition), own_files(out))
        progress.begin(len(sources))
        if not force and (run := _same_run(out, description)):
            return Outcome(out, _again(run, began))
        workspace(out)
        with _store(out, cache) as store:
            receipts = dict(plan.receipts(store, progress, anew=force))
            progress.writing()
            outcome = plan.write(out, store, receipts)
            if cache is True and outcome.written:
                store.keep_only(_used(sources, receipts, keys))
    return outcome


@dataclass(frozen=True)
class Workers:
    """Where papers are worked on (:data:`exomine.config.ENGINES`), by how many; ``None``: as many as there are cores
    for us."""

    count: int | None = None
    engine: str = ENGINES[0]
    scheduler: str = ""

    @property
    def number(self) -> int:
        """How many there are on this machine."""
        return self.count or _cores()

    def check(self) -> None:
        """Raise :class:`UsageError` where this cannot be."""
        if self.count is not None and self.count < 1:
            raise UsageError(f"{self.count} workers cannot work; give 1 or more.")
        if self.engine not in ENGINES:
            raise UsageError(f"Unknown engine {self.engine!r}; choose {' or '.join(ENGINES)}.")
        if self.scheduler and self.engine != "dask":
            raise UsageError(f"A scheduler is for the engine dask, not for {self.engine}.")

    def work(self, todo: Sequence[Source], **options: Any) -> Iterator[tuple[Source, Receipt]]:
        """The papers and their receipts, as they are done."""
        if self.engine == "dask":
            return dask(todo, **options, count=self.number, scheduler=self.scheduler)
        if self.engine == "serial":
            return serial(todo, **options)
        return processes(todo, **options, count=self.number)


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class _Plan:
    """A run that is to be: its papers, how they are worked on, and what ``run.json`` says already."""

    sources: Sequence[Source]
    settings: RunSettings
    keys: Keys
    workers: Workers
    worker: str
    partition: bool
    description: dict[str, Any]
    started: datetime.datetime
    began: float

    def receipts(self, store: Store, progress: Progress, *, anew: bool) -> Iterator[tuple[str, Receipt]]:
        """The receipt of each paper, those first that need no work."""
        todo = []
        for source in self.sources:
            kept = None if anew else kept_receipt(store, self.keys, source)
            if kept is None:
                todo.append(source)
            else:
                yield source.doc_id, _told(source, kept, progress)
        job = Job(self.settings, self.keys, str(store.folder.absolute()), anew, bool(self.workers.scheduler))
        for source, receipt in self.workers.work(todo, worker=self.worker, argument=job.to_dict(), watcher=progress):
            yield source.doc_id, _told(source, receipt, progress)

    def write(self, out: Path, store: Store, receipts: Mapping[str, Receipt]) -> Outcome:
        """Put the tables together in ``out``; where every paper failed, earlier ones stay."""
        ordered = [receipts[doc_id] for doc_id in sorted(receipts)]
        if all(r.failed for r in ordered) and own_files(out):
            made = make_tables({name: [row for r in ordered for row in getattr(r, name)] for name in SINGLE})
            run = self._run({name: len(table) for name, table in made.items()}, ordered)
            return Outcome(out, run, made, written=False)
        run = write_papers(
            out,
            list(_papers(self.sources, receipts, store, self.keys, works(ordered))),
            run=lambda counts: self._run(counts, ordered),
            partition=self.partition,
            gathered=lambda found: _remember_lost(out, found),
        )
        return Outcome(out, run)

    def _run(self, counts: Mapping[str, int], receipts: Sequence[Receipt]) -> dict[str, Any]:
        seconds: dict[str, float] = defaultdict(float)
        for receipt in receipts:
            for stage, value in receipt.seconds.items():
                seconds[stage] += value
        spent = {k: round(v, 3) for k, v in seconds.items()}
        return {
            **self.description,
            "counts": _counts(counts, receipts),
            "workers": self.workers.number,
            "engine": self.workers.engine,
            "started": self.started.isoformat(timespec="seconds"),
            "seconds": {**spent, "total": round(time.perf_counter() - self.began, 3)},
        }


def _counts(rows: Mapping[str, int], receipts: Sequence[Receipt]) -> dict[str, int]:
    status = Counter(row[-1] for r in receipts for row in r.documents)
    high = [f"high_{name}" for name in ("relations", "triples")]
    return {
        **{name: rows.get(name, 0) for name in (*TABLE_NAMES, *high)},
        "pages": sum(r.n_pages for r in receipts),
        **{name: status[name] for name in ("success", "partial", "failed")},
        "misnamed": sum(r[3] == "wrong_format" and r[0] != path for path, r in _failures(receipts)),
        "reused": sum(r.reused for r in receipts),
    }


def _papers(
    sources: Iterable[Source], receipts: Mapping[str, Receipt], store: Store, keys: Keys, same: Mapping[str, Work]
) -> Iterator[Paper]:
    """What the tables are made of, in the order of the papers' doc_id; ``same`` are the works that they are."""
    for source in sorted(sources, key=lambda s: s.doc_id):
        receipt = receipts[source.doc_id]
        yield Paper(
            source.doc_id,
            receipt.digest,
            partial(_part, source, receipt, store, keys, same.get(source.doc_id)),
            partial(_document, source, store, keys),
        )


def _part(source: Source, receipt: Receipt, store: Store, keys: Keys, work: Work | None) -> PaperPart:
    if receipt.failed or work is None:
        return PaperPart(receipt.documents, receipt.failures)
    part = kept_part(store, keys, source, receipt.digest)
    if part is None:
        raise _missing(source, store)
    return as_one(replace(part, failures=receipt.failures), work)


def _document(source: Source, store: Store, keys: Keys) -> bytes:
    document = store.get("read", keys.of_source(source))
    if document is None:
        raise _missing(source, store)
    return document


def _missing(source: Source, store: Store) -> StorageError:
    return StorageError(
        f"What was made of {source.source_path} is no longer in {store.folder}: it was removed or damaged meanwhile. "
        "Run the same command again."
    )


@contextlib.contextmanager
def _store(out: Path, cache: str | Path | bool) -> Iterator[Store]:
    """Where results lie: hidden in ``out``, in the folder named, or for this run only."""
    folder = out / WORK / "passing"
    shutil.rmtree(folder, ignore_errors=True)  # a run that was killed may have left it
    if cache is not False:
        yield Store(out / CACHE if cache is True else Path(cache))
        return
    try:
        yield Store(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        with contextlib.suppress(OSError):
            folder.parent.rmdir()  # where nothing else is kept in it


def _content(sources: Iterable[Source], keys: Keys, *, partition: bool) -> str:
    """A hash over all that the tables are made of."""
    papers = [(s.doc_id, s.source_path, s.path.name, s.error, *map(repr, s.copies)) for s in sources]
    return content_hash(repr(keys.to_dict()), repr(partition), *map(repr, papers))


def _same_run(out: Path, told: dict[str, Any]) -> dict[str, Any] | None:
    """What ``run.json`` in ``out`` says where the tables there are what this run would make of them; a paper that
    failed is tried again."""
    run, own = read_run(out), own_files(out)
    if not own or any(run.get(k) != v for k, v in told.items()) or run["counts"]["failed"]:
        return None
    return run if all(is_unchanged(out / path, digest) for path, digest in own.items()) else None


def _again(run: dict[str, Any], began: float) -> dict[str, Any]:
    """The summary of a run that found its tables there."""
    counts = {**run["counts"], "reused": run["counts"]["documents"]}
    return {**run, "counts": counts, "seconds": {"total": round(time.perf_counter() - began, 3)}}


def _used(sources: Iterable[Source], receipts: Mapping[str, Receipt], keys: Keys) -> Iterator[tuple[str, str]]:
    """The entries of this run's papers."""
    for source in sources:
        yield "read", keys.of_source(source)
        if digest := receipts[source.doc_id].digest:
            yield from ((stage, keys.of_document(stage, source.doc_id, digest)) for stage in STAGES[1:])


def _told(source: Source, receipt: Receipt, progress: Progress) -> Receipt:
    """The receipt with what becomes of other files with the same bytes, which the store does not know."""
    receipt.failures.extend(copy_rows(source, receipt))
    progress.done(source, receipt, reused=receipt.reused)
    return receipt


def _failures(receipts: Iterable[Receipt]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Each failure with the path of the paper that has its bytes."""
    path = column_names("documents").index("source_path")
    for receipt in receipts:
        for row in receipt.failures:
            yield receipt.documents[0][path], row


def _remember_lost(out: Path, found: Gathering) -> None:
    """Keep the triples that this run no longer finds, so that ``refresh`` can still say what a curator had accepted.

    They are of use only until the next refresh, hence in the hidden folder; a run into a new folder has none.
    """
    path = out / LOST_TRIPLES
    rows = {
        r["triple_id"]: r
        for source in (path, out / "triples.csv")
        for r in _read_rows(source)
        if not found.has(r["triple_id"])
    }
    lost = [rows[key] for key in sorted(rows)]
    if not lost:
        path.unlink(missing_ok=True)
        return
    text = io.StringIO()
    writer = csv.DictWriter(text, column_names("triples"), lineterminator="\n", restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(lost)
    temporary = path.with_suffix(".tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(text.getvalue(), encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise storage_error(error, out) from error


def _read_rows(path: Path) -> Iterator[dict[str, str]]:
    with contextlib.suppress(OSError, csv.Error, UnicodeDecodeError), path.open(encoding="utf-8", newline="") as handle:
        yield from (r for r in csv.DictReader(handle) if r.get("triple_id"))
