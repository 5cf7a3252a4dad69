"""``exomine refresh``: tables and people's decisions to the curated triples."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from exomine.config import CURATED, PROCESSED

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("refresh")(refresh)


def refresh(
    processed: Annotated[Path, typer.Option(help="Folder with the extracted tables.")] = Path(PROCESSED),
    curated: Annotated[
        Path, typer.Option(help="Folder with decisions.csv; triples.csv and changes.csv are written there.")
    ] = Path(CURATED),
) -> None:
    """Bring the curated triples up to date and tell what was added, lost and changed.

    Exit status: 0 done, 4 an accepted triple is no longer found and nobody has acknowledged it, 2 bad usage.
    """
    from exomine.cli.output import put
    from exomine.curation.refresh import refresh as run

    report = run(processed=processed, curated=curated)
    put(report.text())
    if report.alarms:
        typer.echo(report.remedy(curated / "decisions.csv"), err=True)
    raise typer.Exit(4 if report.alarms else 0)
