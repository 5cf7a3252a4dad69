"""``exomine extract``: papers to tables."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from exomine.config import PROCESSED, RAW, RunSettings

__all__ = ["PdfBackend", "register"]


class PdfBackend(StrEnum):
    """The names of :data:`exomine.config.PDF_BACKENDS`."""

    pdfminer = "pdfminer"
    pdfium = "pdfium"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("extract")(extract)


def extract(
    paths: Annotated[
        list[Path] | None, typer.Argument(help=f"Papers: files, or folders with .pdf .xml .nxml .txt  [default: {RAW}]")
    ] = None,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Folder for the tables; it will hold exactly these papers.")
    ] = Path(PROCESSED),
    pipeline: Annotated[
        Path | None, typer.Option(help="spaCy configuration of the pipeline  [default: pipelines/exosome.cfg]")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes; each loads the model once.")] = 1,
    force: Annotated[
        bool, typer.Option("--force", help="Do again what an earlier run into the folder has done.")
    ] = False,
    pdf_backend: Annotated[
        PdfBackend, typer.Option(help="What draws the characters out of a PDF.")
    ] = PdfBackend.pdfminer,
) -> None:
    """Read papers and write the tables.

    Only files that exomine wrote into the folder are replaced or removed; anything else in the way, or a paper inside
    its papers/, is refused before any work. Where all papers fail, earlier tables stay.

    Exit status: 0 all papers read, 3 some failed (see failures.csv), 1 nothing could be done, 2 bad usage, 130
    interrupted.
    """
    from exomine.cli.progress import progress_bar, summary
    from exomine.errors import Interrupted
    from exomine.run.extract import extract_papers

    settings = RunSettings(pipeline=str(pipeline) if pipeline else "", pdf_backend=pdf_backend.value)
    with progress_bar() as progress:
        try:
            outcome = extract_papers(
                paths or [Path(RAW)], out=out, settings=settings, workers=workers, force=force, progress=progress
            )
        except KeyboardInterrupt:
            raise Interrupted(
                f"Stopped. {progress.finished} of {progress.total} papers were finished and are kept; the "
                f"tables in {out} are as they "
                "were before. Run the same command again (without --force) to go on with the rest."
            ) from None
    summary(outcome)
    raise typer.Exit(outcome.exit_status)
