"""``exomine read``: one paper as read."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from exomine.cli.extract import PdfBackend

__all__ = ["register"]


class ReadFormat(StrEnum):
    """What to print."""

    text = "text"
    json = "json"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("read")(read)


def read(
    path: Annotated[Path, typer.Argument(help="A paper: PDF, PMC/JATS XML or plain text.")],
    format: Annotated[
        ReadFormat, typer.Option(help="text: body paragraphs, one a line; json: the whole document.")
    ] = ReadFormat.text,
    pdf_backend: Annotated[
        PdfBackend, typer.Option(help="What draws the characters out of a PDF.")
    ] = PdfBackend.pdfminer,
) -> None:
    """Print one paper as exomine reads it.

    text prints body paragraphs and list items, one a line, in reading order; json everything with pages and boxes.
    """
    from exomine.cli.output import put
    from exomine.document.names import shown_name
    from exomine.document.read import read_document
    from exomine.errors import DocumentError, UsageError
    from exomine.tables.store import json_bytes

    name = shown_name(str(path))
    if not path.exists():
        raise UsageError(f"{path} does not exist; name a paper.")
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name one paper in it, or read them all with: exomine extract {path}")
    try:
        document = read_document(path, pdf_backend=pdf_backend.value)
    except DocumentError as error:
        sys.stderr.write(f"exomine: {name}: {error.reason}: {error}\n")
        raise typer.Exit(1) from None
    data = json_bytes(document.to_dict()) if format is ReadFormat.json else (document.body + "\n").encode("utf-8")
    put(data)
    for problem in document.problems:
        where = f", page {problem.page}" if problem.page else ""
        sys.stderr.write(f"exomine: {name}{where}: {problem.reason}: {problem.message}\n")
