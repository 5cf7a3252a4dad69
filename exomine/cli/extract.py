"""``exomine extract``: papers to tables."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from exomine.config import PROCESSED, RAW, RunSettings

__all__ = ["Engine", "PdfBackend", "register"]


class PdfBackend(StrEnum):
    """The names of :data:`exomine.config.PDF_BACKENDS`."""

    pdfminer = "pdfminer"
    pdfium = "pdfium"


class Engine(StrEnum):
    """The names of :data:`exomine.config.ENGINES`."""

    local = "local"
    serial = "serial"
    dask = "dask"


_Papers = Annotated[
    list[Path] | None, typer.Argument(help=f"Papers: files, or folders with .pdf .xml .nxml .txt  [default: {RAW}]")
]
_Out = Annotated[Path, typer.Option("--out", "-o", help="Folder for the tables; it will hold exactly these papers.")]
_Pipeline = Annotated[
    Path | None, typer.Option(help="spaCy configuration of the pipeline  [default: pipelines/exosome.cfg]")
]
_Workers = Annotated[int | None, typer.Option(min=1, help="Processes; each loads the model once  [default: all cores]")]
_Engine = Annotated[Engine, typer.Option(help="Where papers are worked on; dask needs the extra of that name.")]
_Scheduler = Annotated[
    str, typer.Option(help="Address of a Dask scheduler: tcp://HOST:8786. Without one, dask works on this machine.")
]
_Force = Annotated[bool, typer.Option("--force", help="Do again what is kept of earlier runs.")]
_Backend = Annotated[PdfBackend, typer.Option(help="What draws the characters out of a PDF.")]
_Cache = Annotated[
    Path | None,
    typer.Option(help="Folder in which results of each stage are kept; runs may share it  [default: hidden in --out]"),
]
_NoCache = Annotated[bool, typer.Option("--no-cache", help="Use and keep no results of stages.")]
_Partition = Annotated[
    bool,
    typer.Option("--partition", help="Cut the Parquet of large tables into files by the doc_id's first digit."),
]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("extract")(extract)


def extract(
    paths: _Papers = None,
    out: _Out = Path(PROCESSED),
    pipeline: _Pipeline = None,
    workers: _Workers = None,
    engine: _Engine = Engine.local,
    scheduler: _Scheduler = "",
    force: _Force = False,
    pdf_backend: _Backend = PdfBackend.pdfminer,
    cache: _Cache = None,
    no_cache: _NoCache = False,
    partition: _Partition = False,
) -> None:
    """Read papers and write the tables.

    Only files that exomine wrote into the folder are replaced or removed; anything else in the way, or a paper inside
    its papers/, is refused before any work. Where all papers fail, earlier tables stay.

    Exit status: 0 all papers read, 3 some failed (see failures.csv), 1 nothing could be done, 2 bad usage, 130
    interrupted.
    """
    from exomine.cli.progress import progress_bar, summary
    from exomine.errors import Interrupted, ResourceError, StorageError, UsageError
    from exomine.run.extract import Workers, extract_papers

    settings = RunSettings(pipeline=str(pipeline) if pipeline else "", pdf_backend=pdf_backend.value)
    if cache and no_cache:
        raise UsageError("--cache and --no-cache exclude each other; give one of them.")
    with progress_bar() as progress:
        try:
            outcome = extract_papers(
                paths or [Path(RAW)], out=out, settings=settings, force=force, progress=progress,
                workers=Workers(workers, engine.value, scheduler), cache=cache or not no_cache, partition=partition,
            )  # fmt: skip
        except KeyboardInterrupt:
            kept = progress.kept(cache=not no_cache)
            raise Interrupted(f"Stopped. The tables in {out} are as they were before. {kept}".rstrip()) from None
        except (StorageError, ResourceError) as error:
            raise type(error)(f"{error} {progress.kept(cache=not no_cache)}".rstrip()) from error
    summary(outcome)
    raise typer.Exit(outcome.exit_status)
