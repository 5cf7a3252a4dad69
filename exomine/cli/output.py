"""Standard output, as it is where its reader may go away before the end, as with ``exomine info | head -1``."""

from __future__ import annotations

import contextlib
import os
import select
import sys
import unicodedata
from collections.abc import Iterator

import typer

__all__ = ["put", "reader_may_leave", "visible"]


def put(text: str | bytes) -> None:
    """Write to standard output; where nobody reads it any more, the rest goes nowhere and the command goes on."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8") if isinstance(text, str) else text)
        sys.stdout.flush()
    except BrokenPipeError:
        _quiet()


def visible(text: str) -> str:
    """``text`` for a terminal: what would steer it or turn the line round (escape codes, right-to-left marks) is shown as a code."""
    return "".join(_code(c) if unicodedata.category(c) in ("Cc", "Cf") else c for c in text)


def _code(sign: str) -> str:
    return f"\\u{ord(sign):04x}"


@contextlib.contextmanager
def reader_may_leave() -> Iterator[None]:
    """End the command in peace, with status 0, where the reader of its output has gone."""
    try:
        yield
    except BrokenPipeError:
        if not _reader_is_gone():  # another pipe than standard output: a fault
            raise
        _quiet()
        raise typer.Exit(0) from None


def _reader_is_gone() -> bool:
    """Whether standard output leads nowhere any more."""
    try:
        watch = select.poll()
        watch.register(sys.stdout.fileno(), 0)  # errors are told unasked
        return bool(watch.poll(0))
    except (AttributeError, OSError, ValueError):  # no poll on this platform, or no real file
        return False


def _quiet() -> None:
    """Send standard output nowhere from now on, also what Python flushes at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
