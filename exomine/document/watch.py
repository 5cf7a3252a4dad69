"""A watchdog over the reading of one paper: ends it when it takes too long or too much memory.

The libraries run loops of their own that no callback of ours sees, so the reading thread is interrupted from outside: a
thread looks at the clock and at the process's memory, and sends an exception into the reading thread
(``PyThreadState_SetAsyncExc``), which takes effect at its next Python instruction; a single call into C (parsing XML,
one regular expression) is not cut short. This works in any thread and on any system; where memory cannot be looked up,
only time is watched.

Time is that of the processor for the reading thread: what else the machine has to do fails no paper. One that only
waits, as for a disk that does not answer, ends after :data:`PATIENCE` times as many seconds of the clock.
"""

from __future__ import annotations

import ctypes
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from exomine.document.limits import Limits
from exomine.errors import LimitExceeded

__all__ = ["Interrupted", "resident_mb", "watched"]

#: Seconds of the clock that stand for one of the processor.
PATIENCE = 10
_STATM = Path("/proc/self/statm")
_TICK = 0.05


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
        self._clock = _thread_clock(self.target)
        self._begun = self._clock(), time.monotonic()
        self.memory = resident_mb()
        self.thread = threading.Thread(target=self._run, daemon=True, name="exomine-watch")

    @property
    def seconds(self) -> float:
        """What it has cost so far."""
        spent, passed = self._begun
        return max(self._clock() - spent, (time.monotonic() - passed) / PATIENCE)

    def _run(self) -> None:
        while not self.done.wait(_TICK):
            if self.seconds > self.limits.seconds:
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


def _thread_clock(thread: int) -> Callable[[], float]:
    """Tells the seconds of the processor that a thread has used; those of the clock where that cannot be told."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.monotonic
    return partial(time.clock_gettime, time.pthread_getcpuclockid(thread))


def resident_mb() -> float:
    """The memory that the process uses, in MB; 0 where it cannot be told."""
    try:
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, ValueError, IndexError):
        return 0.0


@contextmanager
def watched(limits: Limits) -> Iterator[None]:
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
        if watch.seconds > limits.seconds:  # over between two looks at the clock
            raise _exceeded("timeout", limits)
    except Interrupted:
        raise _exceeded(watch.reason, limits) from None
    except MemoryError:
        raise _exceeded("memory", limits) from None


def _exceeded(reason: str, limits: Limits) -> LimitExceeded:
    if reason == "memory":
        return LimitExceeded("memory", f"More than {limits.memory_mb} MB.")
    return LimitExceeded("timeout", f"More than {limits.seconds:g} s.")
