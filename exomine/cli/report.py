"""``exomine report``: one page to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from exomine.cli.tables import AS_EXTRACTED
from exomine.config import CURATED, PROCESSED, REPORT

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("report")(report)


def report(
    processed: Annotated[Path, typer.Option(help="Folder with the extracted tables.")] = Path(PROCESSED),
    curated: Annotated[
        Path,
        typer.Option(help="Folder with decisions.csv, which are carried out, and changes.csv of the last refresh."),
    ] = Path(CURATED),
    as_extracted: Annotated[bool, typer.Option("--as-extracted", help=AS_EXTRACTED)] = False,
    out: Annotated[Path, typer.Option("--out", "-o", help="The file; an earlier report there is replaced.")] = Path(
        REPORT
    ),
) -> None:
    """Write one self-contained HTML page: papers, counts, matrix, network, years, contradictions, and their sentences.

    It needs the extra `report` and opens without a network. Exit status: 0 written, 2 bad usage or the extra is not
    installed.
    """
    from exomine.cli.output import put
    from exomine.report.page import write_report

    put(f"{write_report(processed=processed, curated=curated, out=out, as_extracted=as_extracted)}\n")
