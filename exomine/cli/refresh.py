"""``exomine refresh``: tables and people's decisions to the curated triples."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exomine.config import CURATED, PROCESSED

if TYPE_CHECKING:
    from exomine.curation.decisions import Decision

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
    from exomine.curation.decisions import ahead
    from exomine.curation.refresh import refresh as run

    report = run(processed=processed, curated=curated)
    put(report.text())
    if told := _ahead(curated / "decisions.csv", ahead(report.given, datetime.now(UTC))):
        typer.echo(told, err=True)
    if report.alarms:
        typer.echo(report.remedy(curated / "decisions.csv"), err=True)
    raise typer.Exit(4 if report.alarms else 0)


def _ahead(path: Path, rows: Sequence[Decision]) -> str:
    """What people are told of rows whose date is still to come; they are carried out as they stand."""
    if not rows:
        return ""
    first, *others = rows
    more = f" The same holds for {len(others)} more, from line {others[0].line} on." if others else ""
    return (
        f"exomine: {path}, line {first.line}: the date {first.date} is still to come; until then the row counts over "
        f"every decision with an earlier date.{more} Correct the date, or leave the cell empty."
    )
