"""A file system on which a process dies, or an operation fails, at the n-th change that it makes."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator
from unittest import mock

#: What changes files: each call counts as one operation.
CHANGES = ("rename", "replace", "link", "unlink", "remove", "mkdir", "rmdir", "symlink", "fsync")


class Killed(BaseException):
    """Stands for the end of the process: from it on nothing that changes a file has any effect."""


class Operations:
    """How many there were, and whether the fault has come."""

    def __init__(self, at: int, error: BaseException, *, once: bool) -> None:
        self.count, self._at, self._error, self._once = 0, at, error, once

    def step(self) -> None:
        number, self.count = self.count, self.count + 1
        if number == self._at or (number > self._at and not self._once):
            raise self._error


@contextlib.contextmanager
def dies_at(at: int, *, error: BaseException | None = None, once: bool = False) -> Iterator[Operations]:
    """From operation ``at`` on (from 0) every change raises :class:`Killed`; with ``once`` only that one, and
    ``error``.
    """
    operations = Operations(at, error or Killed(), once=once)

    def counted(real):
        def call(*arguments, **options):
            operations.step()
            return real(*arguments, **options)

        return call

    real_open = io.open

    def opened(file, mode="r", *arguments, **options):
        if set(mode) & set("wax+"):
            operations.step()
        return real_open(file, mode, *arguments, **options)

    with contextlib.ExitStack() as stack:
        for name in CHANGES:
            stack.enter_context(mock.patch.object(os, name, counted(getattr(os, name))))
        stack.enter_context(mock.patch.object(io, "open", opened))
        yield operations
