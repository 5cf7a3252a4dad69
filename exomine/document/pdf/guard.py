"""A watchdog over the reading of one paper: ends it when it takes too long or too much memory.

The libraries run loops of their own that no callback of ours sees, so the reading thread is interrupted from outside: a
thread looks at the clock and at the process's memory, and sends an exception into the reading thread
(``PyThreadState_SetAsyncExc``), which takes effect at its next Python instruction. This works in any thread and on any
system; where memory cannot be looked up, only time is watched. Decompression is bounded apart, in :class:`CappedZlib`,
since one call of zlib could use up the memory before the watchdog looks again.
"""

from __future__ import annotations

import ctypes
import os
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from exomine.document.limits import Limits
from exomine.errors import LimitExceeded

__all__ = ["CappedZlib", "Interrupted", "watched"]

_STATM = Path("/proc/self/statm")
_TICK = 0.05
_PIECE = 1 << 16


class Interrupted(BaseException):
    """Sent into the reading thread; no library catches it by ``except Exception``."""


class _Watch:
    """The thread that looks at the clock and the memory."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.target = threading.get_ident()
        self.reason = ""
        self.done = threading.Event()
        self.lock = threading.Lock()
        self.begun = time.monotonic()
        self.memory = resident_mb()
        self.thread = threading.Thread(target=self._run, daemon=True, name="exomine-watch")

    def _run(self) -> None:
        while not self.done.wait(_TICK):
            if time.monotonic() - self.begun > self.limits.seconds:
                self._stop("timeout")
                return
            if resident_mb() - self.memory > self.limits.memory_mb:
                self._stop("memory")
                return

    def _stop(self, reason: str) -> None:
        with self.lock:
            if self.done.is_set():
                return
            self.reason = reason
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.target), ctypes.py_object(Interrupted))

    def end(self) -> None:
        """No exception is sent after this; one that was sent but has not arrived yet is taken back."""
        with self.lock:
            self.done.set()
            if self.reason:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.target), None)


def resident_mb() -> float:
    """The memory that the process uses, in MB; 0 where it cannot be told."""
    try:
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, ValueError, IndexError):
        return 0.0


@contextmanager
def watched(limits: Limits, source: str) -> Iterator[None]:
    """Run the body under the limits on seconds and memory.

    Raises :class:`~exomine.errors.LimitExceeded` with reason timeout or memory.
    """
    watch = _Watch(limits)
    watch.thread.start()
    try:
        try:
            yield
        finally:
            watch.end()
    except Interrupted:
        raise _exceeded(watch.reason, limits, source) from None
    except MemoryError:
        raise _exceeded("memory", limits, source) from None


def _exceeded(reason: str, limits: Limits, source: str) -> LimitExceeded:
    if reason == "memory":
        return LimitExceeded("memory", f"{source}: more than {limits.memory_mb} MB.")
    return LimitExceeded("timeout", f"{source}: more than {limits.seconds:g} s.")


class CappedZlib:
    """Stands in for the module ``zlib`` in a library: what it inflates may not grow beyond ``most`` bytes."""

    error = zlib.error

    def __init__(self, most: int) -> None:
        self.most = most

    def decompress(self, data: bytes) -> bytes:
        """As ``zlib.decompress``, but a damaged stream gives what comes before the damage.

        Raises :class:`~exomine.errors.LimitExceeded` (memory) for a decompression bomb, ``zlib.error`` when nothing comes.
        """
        out: list[bytes] = []
        size = 0
        for piece in _inflated(data, self.most):
            size += len(piece)
            if size > self.most:
                raise LimitExceeded("memory", f"A stream of the file inflates to more than {self.most:,} bytes.")
            if piece:
                out.append(piece)
        if not out and data:
            raise zlib.error("nothing can be inflated")
        return b"".join(out)

    def decompressobj(self) -> Any:
        """As ``zlib.decompressobj``."""
        return zlib.decompressobj()


def _inflated(data: bytes, most: int) -> Iterator[bytes]:
    """What a stream inflates to, in pieces; ends where it is damaged."""
    stream = zlib.decompressobj()
    for start in range(0, len(data), _PIECE):
        rest = data[start : start + _PIECE]
        before = stream.copy()
        try:
            while rest:
                yield stream.decompress(rest, most + 1)
                rest = stream.unconsumed_tail
        except zlib.error:
            with suppress(zlib.error):
                for k in range(start, min(start + _PIECE, len(data))):
                    yield before.decompress(data[k : k + 1], most + 1)
            return
        if stream.eof:
            return
