"""``exomine export``: the tables in the forms that other programs read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from exomine.cli.tables import AS_EXTRACTED, DECISIONS_FOLDER
from exomine.config import CURATED, EXPORTED, PROCESSED
from exomine.export.formats import FORMATS

__all__ = ["register"]

ExportFormat = StrEnum("ExportFormat", {f.name: f.name for f in FORMATS})  # type: ignore[misc]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("export")(export)


def export(
    format: Annotated[ExportFormat, typer.Argument(help="; ".join(f"{f.name}: {f.meaning}" for f in FORMATS) + ".")],
    processed: Annotated[Path, typer.Option(help="Folder with the extracted tables.")] = Path(PROCESSED),
    curated: Annotated[Path, typer.Option(help=f"{DECISIONS_FOLDER}; a rocrate is of the run as it was.")] = Path(
        CURATED
    ),
    as_extracted: Annotated[bool, typer.Option("--as-extracted", help=AS_EXTRACTED)] = False,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the files.")] = Path(EXPORTED),
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
) -> None:
    """Write the tables for another program; prints the files.

    What people rejected is left out, what they edited reads as edited.
    xlsx needs the extra `export`. Exit status: 0 written, 2 bad usage, a file in the way or a library that is not
    installed.
    """
    from exomine.cli.output import put
    from exomine.export.formats import export as write

    files = write(format.value, processed=processed, curated=None if as_extracted else curated, out=out, force=force)
    put("".join(f"{path}\n" for path in files))
