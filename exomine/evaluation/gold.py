"""What every evaluation needs of gold data: that it is there, that it is what it should be, that something is in it.

A path that is missing or of the wrong kind is a :class:`UsageError`, one without anything to score a
:class:`NoGoldError`: no evaluation prints zeros for nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from exomine.errors import NoGoldError, UsageError

__all__ = ["Track", "gold_file", "gold_folder", "reading_gold", "silent", "some"]

T = TypeVar("T")
#: Hands the items of a sequence on, one after the other, and may show how far it is; the text names what they are of.
Track = Callable[[Sequence[Any], str], Iterable[Any]]


def silent(items: Sequence[Any], what: str) -> Iterable[Any]:  # noqa: ARG001
    """A :data:`Track` that shows nothing."""
    return items


def gold_folder(path: Path, expected: str) -> Path:
    """``path``, which is a folder with what is ``expected``; raises :class:`UsageError` where it is none."""
    if path.is_dir():
        return path
    found = "is a file" if path.exists() else "does not exist"
    raise UsageError(f"{path} {found}; expected a folder with {expected}.")


def gold_file(path: Path, expected: str) -> Path:
    """``path``, which is a file: ``expected`` says of what kind; raises :class:`UsageError` where it is none."""
    if path.is_file():
        return path
    found = "is a folder" if path.is_dir() else "does not exist"
    raise UsageError(f"{path} {found}; expected {expected}.")


@contextmanager
def reading_gold(path: Path, expected: str) -> Iterator[None]:
    """What a reader stumbles over inside becomes a :class:`UsageError` that names file and expectation."""
    try:
        yield
    except FileNotFoundError as error:
        raise UsageError(f"{error.filename} does not exist; expected {expected}.") from error
    except (
        OSError,
        UnicodeDecodeError,
        SyntaxError,
        csv.Error,
        ValueError,
        KeyError,
        IndexError,
        AttributeError,
    ) as error:
        # SyntaxError: lxml's and ElementTree's parse errors
        raise UsageError(f"{path}: expected {expected}; found: {str(error) or type(error).__name__}.") from error


def some(items: Iterable[T], path: Path, expected: str) -> list[T]:
    """The items as a list; raises :class:`NoGoldError` where there are none."""
    found = list(items)
    if not found:
        raise NoGoldError(f"{path}: nothing to score there; expected {expected}.")
    return found
