"""``exomine annotate``: entities and relations of a text."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["register"]


class AnnotateFormat(StrEnum):
    """What to print."""

    json = "json"
    html = "html"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("annotate")(annotate)


def annotate(
    text: Annotated[str, typer.Argument(help="The text, or - to read it from standard input.")],
    format: Annotated[AnnotateFormat, typer.Option(help="json, or html for a page to look at.")] = AnnotateFormat.json,
    pipeline: Annotated[
        Path | None, typer.Option(help="spaCy configuration of the pipeline  [default: pipelines/exosome.cfg]")
    ] = None,
) -> None:
    """Print the entities and relations of a text."""
    from exomine.cli.output import put
    from exomine.errors import UsageError
    from exomine.nlp.load import load
    from exomine.tables.page import html_page
    from exomine.tables.render import annotation
    from exomine.tables.store import json_bytes

    text = sys.stdin.buffer.read().decode("utf-8", errors="replace") if text == "-" else text
    text = text.removeprefix("\ufeff")  # a byte-order mark, as editors and shells of some systems put before a text
    if not text.strip():
        raise UsageError("No text given; write it as the argument, or - and send it to standard input.")
    nlp = load(pipeline)
    if len(text) > nlp.max_length:
        raise UsageError(
            f"The text has {len(text):,} characters; annotate takes up to {nlp.max_length:,}. "
            "Cut it into parts, or write it to a .txt file and give that to exomine extract."
        )
    doc = nlp(text.rstrip("\n"))
    data = html_page(doc).encode("utf-8") if format is AnnotateFormat.html else json_bytes(annotation(doc))
    put(data)
