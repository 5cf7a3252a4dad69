"""``exomine annotate``: entities and relations of a text."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["check_length", "given_text", "register"]


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
    from exomine.nlp.load import load
    from exomine.tables.page import html_page
    from exomine.tables.render import annotation
    from exomine.tables.store import json_bytes

    text = given_text(text)
    nlp = load(pipeline)
    check_length(text, nlp.max_length)
    doc = nlp(text)
    data = html_page(doc).encode("utf-8") if format is AnnotateFormat.html else json_bytes(annotation(doc))
    put(data)


def given_text(text: str) -> str:
    """The text of the argument, or what was sent for ``-``; raises :class:`UsageError` where there is none."""
    from exomine.errors import UsageError

    text = _sent() if text == "-" else _given(text)
    if not text.strip():
        raise UsageError("No text given; write it as the argument, or - and send it to standard input.")
    return text.rstrip("\n")


def check_length(text: str, most: int) -> None:
    """Raise :class:`UsageError` where the text is longer than the pipeline takes."""
    from exomine.errors import UsageError

    if len(text) > most:
        raise UsageError(
            f"The text has {len(text):,} characters; annotate takes up to {most:,}. "
            "Cut it into parts, or write it to a .txt file and give that to exomine extract."
        )


def _given(text: str) -> str:
    """The argument, which may have come in another encoding than UTF-8, without a byte-order mark."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _decoded(os.fsencode(text), "The text")
    return text.removeprefix("\ufeff")


def _sent() -> str:
    """What comes from standard input; raises :class:`~exomine.errors.UsageError` where it is no text."""
    from exomine.errors import UsageError

    try:
        data = sys.stdin.buffer.read() if sys.stdin else b""
    except OSError as error:
        raise UsageError(f"Standard input cannot be read: {error.strerror or error}; send a text to it.") from None
    return _decoded(data, "Standard input")


def _decoded(data: bytes, what: str) -> str:
    """Bytes as text by the rule for files; told where that is another encoding than UTF-8, refused where it is no
    text."""
    from exomine.document.read import NAMES, decode_text, encoding_of, sniff
    from exomine.errors import UsageError

    if (kind := sniff(data)) != "text":
        raise UsageError(
            f"{what} is {NAMES[kind]}, and annotate takes plain text; save it as a file and give that to "
            "exomine extract."
        )
    if (encoding := encoding_of(data)) != "utf-8":
        told = f"exomine: {what} is not UTF-8 and was read as {encoding}; save it as UTF-8 if signs are wrong.\n"
        sys.stderr.write(told)
    return decode_text(data)
