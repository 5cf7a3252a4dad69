"""``exomine export``: the tables in the forms that other programs read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from exomine.config import EXPORTED, PROCESSED
from exomine.export.formats import FORMATS

__all__ = ["register"]

ExportFormat = StrEnum("ExportFormat", {f.name: f.name for f in FORMATS})  # type: ignore[misc]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("export")(export)


def export(
    format: Annotated[ExportFormat, typer.Argument(help="; ".join(f"{f.name}: {f.meaning}" for f in FORMATS) + ".")],
    processed: Annotated[Path, typer.Option(help="Folder with the extracted tables.")] = Path(PROCESSED),
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the files.")] = Path(EXPORTED),
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
) -> None:
    """Write the tables for another program; prints the files.

    xlsx needs the extra `export`. Exit status: 0 written, 2 bad usage, a file in the way or a library that is not
    installed.
    """
    from exomine.cli.output import put
    from exomine.export.formats import export as write

    files = write(format.value, processed=processed, out=out, force=force)
    put("".join(f"{path}\n" for path in files))
