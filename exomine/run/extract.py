"""The main job: papers in, the contract's tables out."""

from __future__ import annotations

import csv
import datetime
import io
import os
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from exomine.config import PDF_BACKENDS, PROCESSED, RAW, RunSettings
from exomine.errors import UsageError
from exomine.run.cache import Cache
from exomine.run.engines import processes, serial
from exomine.run.failures import copy_rows
from exomine.run.find import Source, find_papers, identify
from exomine.run.fingerprint import describe, fingerprint
from exomine.run.paper import PaperResult
from exomine.tables.collate import collate
from exomine.tables.commit import WORK, locked, storage_error, workspace
from exomine.tables.owned import check_inputs, check_way, own_files
from exomine.tables.schema import TABLE_NAMES, column_names
from exomine.tables.store import LOST_TRIPLES, Tables, make_tables, planned_files, write_tables

__all__ = ["Outcome", "Progress", "extract", "extract_papers"]

WORKER = "exomine.run.paper:make_worker"


class Progress:
    """Told how a run goes on; this one says nothing."""

    def begin(self, total: int) -> None:
        """The number of papers is known."""

    def stage(self, source: Source, name: str) -> None:
        """A paper enters a stage."""

    def done(self, source: Source, result: PaperResult, *, reused: bool) -> None:
        """A paper is finished."""

    def writing(self) -> None:
        """All papers are done; the tables are being written."""


@dataclass(frozen=True)
class Outcome:
    """A finished run: its tables, where they are, and what ``run.json`` says.

    ``written`` is false where every paper failed and the folder held tables of an earlier run, which were left as they
    were.
    """

    tables: Tables
    out: Path
    run: dict[str, Any] = field(default_factory=dict)
    written: bool = True

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
    workers: int = 1,
    force: bool = False,
    pdf_backend: str = PDF_BACKENDS[0],
) -> Tables:
    """Read papers, annotate them and write the tables to ``out``; returns the tables.

    ``paths`` are files and folders. ``pipeline`` is the path of a spaCy configuration. ``workers`` is the number of
    processes, each of which loads the model once. ``force`` does again what an earlier run into ``out`` has done. A
    paper that cannot be read is in ``tables.failures``, with its reason; where all of them fail, earlier tables in
    ``out`` stay. Only files that an earlier run wrote there are replaced or removed; anything else in the way is a
    :class:`~exomine.errors.UsageError` before any work. Raises :class:`exomine.errors.UsageError`,
    :class:`~exomine.errors.NoPapersError`,
    :class:`~exomine.errors.ResourceError` and :class:`~exomine.errors.StorageError`.
    """
    settings = RunSettings(pipeline=str(pipeline) if pipeline else "", pdf_backend=pdf_backend)
    return extract_papers(paths, out=Path(out), settings=settings, workers=workers, force=force).tables


def extract_papers(
    paths: str | Path | Iterable[str | Path],
    *,
    out: Path,
    settings: RunSettings,
    workers: int = 1,
    force: bool = False,
    progress: Progress | None = None,
    worker: str = WORKER,
) -> Outcome:
    """As :func:`extract`, with what the command line shows besides.

    ``worker`` names the factory that turns papers into results.
    """
    began, started = time.perf_counter(), datetime.datetime.now(datetime.UTC)
    if settings.pdf_backend not in PDF_BACKENDS:
        raise UsageError(f"Unknown PDF backend {settings.pdf_backend!r}; choose {' or '.join(PDF_BACKENDS)}.")
    if workers < 1:
        raise UsageError(f"{workers} workers cannot work; give 1 or more.")
    progress = progress or Progress()
    found = find_papers([paths] if isinstance(paths, (str, os.PathLike)) else paths)
    check_inputs(out, [s.path for s in found], planned_files(()), private=("papers", WORK))
    sources = identify(found)
    description = describe(settings)
    with locked(out):
        check_way(out, planned_files(s.doc_id for s in sources), own_files(out))
        workspace(out)
        cache = Cache(out, fingerprint({**description, "worker": worker}))
        progress.begin(len(sources))
        results = dict(
            _results(sources, cache, settings=settings, workers=workers, force=force, progress=progress, worker=worker)
        )
        progress.writing()
        ordered = [results[doc_id] for doc_id in sorted(results)]
        tables = _tables(ordered)
        run = _run(description, tables, ordered, workers=workers, started=started, began=began)
        if all(r.failed for r in ordered) and own_files(out):
            return Outcome(tables, out, run, written=False)
        _remember_lost(out, tables)
        write_tables(out, tables, papers={r.doc_id: r.document for r in ordered if not r.failed}, run=run)
        cache.keep_only(sources)
    return Outcome(tables, out, run)


def _results(
    sources: Sequence[Source],
    cache: Cache,
    *,
    settings: RunSettings,
    workers: int,
    force: bool,
    progress: Progress,
    worker: str,
) -> Iterator[tuple[str, PaperResult]]:
    todo = []
    for source in sources:
        kept = None if force else cache.get(source)
        if kept is None:
            todo.append(source)
        else:
            yield source.doc_id, _told(source, kept, progress, reused=True)
    options = {"worker": worker, "argument": settings.to_dict(), "watcher": progress}
    # a single paper needs no process of its own; of several, one that kills its process must not take the others along
    work = serial(todo, **options) if workers == 1 and len(todo) < 2 else processes(todo, **options, count=workers)  # type: ignore[arg-type]
    for source, result in work:
        cache.put(source, result)
        yield source.doc_id, _told(source, result, progress, reused=False)


def _told(source: Source, result: PaperResult, progress: Progress, *, reused: bool) -> PaperResult:
    """The result with what becomes of other files with the same bytes, which the cache does not know."""
    result.rows.failures.extend(copy_rows(source, result.rows))
    result.rows.compact()  # the rows of all papers are held until the end
    progress.done(source, result, reused=reused)
    return result


def _tables(results: Sequence[PaperResult]) -> Tables:
    rows: dict[str, list[Any]] = {
        name: [row for r in results for row in getattr(r.rows, name)] for name in TABLE_NAMES if name != "triples"
    }
    rows["triples"] = collate(rows["documents"], rows["relations"], rows["references"])
    path, page = column_names("documents").index("source_path"), column_names("failures").index("page")
    rows["documents"].sort(key=lambda r: (r[path], r[0]))
    rows["failures"].sort(key=lambda r: (r[0], r[page] or 0, r))
    return make_tables(rows)


def _run(
    description: dict[str, Any],
    tables: Tables,
    results: Sequence[PaperResult],
    *,
    workers: int,
    started: datetime.datetime,
    began: float,
) -> dict[str, Any]:
    status = tables.documents["status"].value_counts().to_dict()
    seconds: dict[str, float] = defaultdict(float)
    for result in results:
        for stage, value in result.seconds.items():
            seconds[stage] += value
    return {
        **description,
        "counts": {
            **{name: len(data) for name, data in tables.items()},
            "pages": sum(r.n_pages for r in results),
            **{name: int(status.get(name, 0)) for name in ("success", "partial", "failed")},
            "misnamed": sum(r[3] == "wrong_format" and r[0] != path for path, r in _failures(results)),
            "reused": sum(r.reused for r in results),
        },
        "workers": workers,
        "started": started.isoformat(timespec="seconds"),
        "seconds": {**{k: round(v, 3) for k, v in seconds.items()}, "total": round(time.perf_counter() - began, 3)},
    }


def _failures(results: Iterable[PaperResult]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Each failure with the path of the paper that has its bytes."""
    path = column_names("documents").index("source_path")
    for result in results:
        for row in result.rows.failures:
            yield result.rows.documents[0][path], row


def _remember_lost(out: Path, new: Tables) -> None:
    """Keep the triples that this run no longer finds, so that ``refresh`` can still say what a curator had accepted.

    They are of use only until the next refresh, hence in the hidden folder; a run into a new folder has none.
    """
    path = out / LOST_TRIPLES
    rows = {r["triple_id"]: r for source in (path, out / "triples.csv") for r in _read_rows(source)}
    found = set(new.triples["triple_id"])
    lost = [rows[key] for key in sorted(rows) if key not in found]
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


def _read_rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            return [r for r in csv.DictReader(handle) if r.get("triple_id")]
    except (OSError, csv.Error, UnicodeDecodeError):
        return []
