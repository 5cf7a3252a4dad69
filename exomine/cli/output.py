"""Standard output and standard error, as they are where a reader goes away (``exomine info | head -1``) or a disk is
full."""

from __future__ import annotations

import contextlib
import os
import select
import sys
import unicodedata
from collections.abc import Iterator
from typing import Any

import typer

from exomine.errors import StorageError

__all__ = ["Patient", "Told", "put", "reader_may_leave", "visible"]


def put(text: str | bytes) -> None:
    """Write to standard output; where nobody reads it any more, the rest goes nowhere and the command goes on.

    Raises :class:`StorageError` where it cannot be written for another reason.
    """
    if sys.stdout is None:
        raise StorageError("Standard output is closed; send it to a file or a program.")
    try:
        with _told():
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode("utf-8") if isinstance(text, str) else text)
            sys.stdout.flush()
    except BrokenPipeError:
        _quiet(sys.stdout)


def visible(text: str) -> str:
    """``text`` for a terminal: what would steer it or turn the line round (escape codes, right-to-left marks) is shown
    as a code."""
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
        _quiet(sys.stdout)
        raise typer.Exit(0) from None


class Told:
    """Standard output whose faults are told as ours are: :class:`StorageError`, but for a reader that has gone."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write to the stream; nothing, with which others try what kind of stream this is, is written to no file."""
        if not text:
            return len("" + text)
        with _told():
            return int(self._stream.write(text))

    def flush(self) -> None:
        """Flush the stream."""
        with _told():
            self._stream.flush()


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _unwritable(error) from None


class Patient:
    """A stream that drops what cannot be written: for standard error, since the work counts more than what is told of
    it."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write, or drop."""
        try:
            self._stream.write(text)
        except OSError:
            _quiet(self._stream)
        return len(text)

    def flush(self) -> None:
        """Flush; what cannot be written any more goes nowhere from now on."""
        try:
            self._stream.flush()
        except OSError:
            _quiet(self._stream)


def _unwritable(error: OSError) -> StorageError:
    _quiet(sys.stdout)
    return StorageError(
        f"Standard output cannot be written: {error.strerror or error}. Free space, or send it to another place."
    )


def _reader_is_gone() -> bool:
    """Whether standard output leads nowhere any more."""
    try:
        watch = select.poll()
        watch.register(sys.stdout.fileno(), 0)  # errors are told unasked
        return bool(watch.poll(0))
    except (AttributeError, OSError, ValueError):  # no poll on this platform, or no real file
        return False


def _quiet(stream: Any) -> None:
    """Send a stream nowhere from now on, also what Python flushes at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
