"""Ways of working through papers: in this process, or in processes of their own.

An engine yields the receipt of each paper; the results lie in the store, where the workers put them. The order in which
they come is the engine's, and whoever collects them sorts. In processes a paper that kills its process fails alone: the
process is replaced and the others go on.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, Protocol

import exomine.errors
from exomine.config import PAPER_SECONDS
from exomine.errors import DocumentError, ExomineError, ResourceError
from exomine.run.failures import failure_rows, killed
from exomine.run.find import Source
from exomine.run.paper import LOADING, Receipt, failed_receipt
from exomine.run.worker import factory

__all__ = ["Process", "Watcher", "processes", "serial"]


class Watcher(Protocol):
    """Who wants to know how a run goes on."""

    def stage(self, source: Source, name: str) -> None:
        """A paper enters a stage."""


def serial(
    sources: Iterable[Source], *, worker: str, argument: Any, watcher: Watcher
) -> Iterator[tuple[Source, Receipt]]:
    """One paper after the other in this process. ``worker`` names the factory as ``"module:name"``."""
    work = None
    for source in sources:
        work = work or factory(worker)(argument)
        yield source, work.receipt(source, lambda stage, source=source: watcher.stage(source, stage))


def processes(
    sources: Iterable[Source], *, worker: str, argument: Any, watcher: Watcher, count: int, limit: float = PAPER_SECONDS
) -> Iterator[tuple[Source, Receipt]]:
    """Papers in ``count`` processes, each of which makes its worker once; one that takes more than ``limit`` seconds
    fails.

    A process that ends while it loads has met no paper: its paper goes to another, and the run goes on with one less;
    where it was the last, one more is tried. Raises the worker's own :class:`ExomineError`, or
    :class:`ResourceError`, where no worker can be made at all.
    """
    waiting = deque(sources)
    size, faults = min(count, len(waiting)), 0
    team = [Process(worker, argument, size) for _ in range(size)]
    try:
        while team:
            ready = wait([p.connection for p in team], timeout=max(0.0, min(p.seconds_left(limit) for p in team)))
            for process in [p for p in team if p.connection in ready or p.seconds_left(limit) <= 0]:
                done = process.hear(watcher) if process.connection in ready else process.overdue(limit)
                if done is not None:
                    yield done
                if process.dead:
                    team.remove(process)
                    faults += process.fault is not None
                    waiting.extendleft(process.unfinished)
                    if process.fault and not team and faults > size:
                        raise process.fault
                    if waiting and not (process.fault and team):
                        team.append(Process(worker, argument, size))
                elif process.idle and not process.next(waiting):
                    team.remove(process)
    finally:
        for process in team:
            process.kill()


class Process:
    """One worker process and what it is working on; of ``count`` that share a machine."""

    def __init__(self, worker: str, argument: Any, count: int) -> None:
        self.connection, theirs = multiprocessing.Pipe()
        self._paper: Source | None = None
        self._since = 0.0
        self._started = False
        self._loading = False
        self.dead = False
        #: Why it ended where that was no paper's doing, and the paper that it had not begun with then.
        self.fault: ResourceError | None = None
        self.unfinished: list[Source] = []
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p or str(Path.cwd()) for p in sys.path)}
        if count > 1:  # else each process would start a thread per core
            environment |= {name: environment.get(name, "1") for name in _THREADS}
        with _interrupts_held():
            self._popen = subprocess.Popen(
                [sys.executable, "-m", "exomine.run.worker", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),), env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            )  # fmt: skip
        theirs.close()
        with contextlib.suppress(OSError):  # it has ended already: hear() will find out
            self.connection.send(("work", worker, argument))

    @property
    def idle(self) -> bool:
        return self._started and self._paper is None

    @property
    def gone(self) -> bool:
        """Whether it has ended, as when somebody killed it."""
        return self._popen.poll() is not None

    def next(self, waiting: deque[Source]) -> bool:
        """Give it the next paper; ``False``, and an end to it, where there is none."""
        if not waiting:
            with contextlib.suppress(OSError):
                self.connection.send(None)
            self.connection.close()
            self._popen.wait()
            return False
        self._paper, self._since = waiting.popleft(), time.monotonic()
        with contextlib.suppress(OSError):  # it died meanwhile: hear() will find out
            self.connection.send(self._paper)
        return True

    def one(self, source: Source, *, limit: float) -> Receipt:
        """The receipt of one paper; waits for it. The process may be ``dead`` then.

        Raises :class:`ResourceError` where the process ends while it loads.
        """
        quiet = _Nobody()
        while not self._started and not self.fault:
            self.hear(quiet)
        if not self.fault:
            self.next(deque([source]))
        while not self.fault:
            ready = wait([self.connection], timeout=max(0.0, self.seconds_left(limit)))
            if done := self.hear(quiet) if ready else self.overdue(limit):
                return done[1]
        raise self.fault

    def hear(self, watcher: Watcher) -> tuple[Source, Receipt] | None:
        """Take one message; a result is returned."""
        try:
            message = self.connection.recv()
        except (EOFError, OSError):
            return self._died()
        if message[0] == "unusable":
            raise _as_error(message[1], message[2])
        if message[0] == "ready":
            self._started = True
        elif message[0] == "stage" and self._paper is not None:
            self._loading = message[1] == LOADING
            watcher.stage(self._paper, message[1])
        elif message[0] == "result" and self._paper is not None:
            paper, self._paper = self._paper, None
            return paper, message[1]
        return None

    def seconds_left(self, limit: float) -> float:
        """Seconds until its paper has used up ``limit``; plenty where it has none."""
        return self._since + limit - time.monotonic() if self._paper is not None else 3600.0

    def overdue(self, limit: float) -> tuple[Source, Receipt] | None:
        """End the process, since its paper takes too long."""
        self._popen.kill()
        return self._died(DocumentError("timeout", f"It took more than {limit:g} s.", stage="annotate"))

    def _died(self, error: DocumentError | None = None) -> tuple[Source, Receipt] | None:
        self.dead = True
        self.connection.close()
        status = self._popen.wait()
        error = error or killed(status)
        paper, self._paper = self._paper, None
        if self._loading or not self._started:
            self.fault = ResourceError(f"A worker process ended while it loaded the pipeline. {error}")
            self.unfinished = [paper] if paper else []
            return None
        if paper is None:
            return None
        return paper, failed_receipt(paper.doc_id, failure_rows(paper.source_path, paper.doc_id, error))

    def kill(self) -> None:
        self._popen.kill()
        self._popen.wait()
        self.connection.close()


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C reaches a process that is started in here no more: a terminal sends it to all, and one that is still
    importing would fill the screen with it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Nobody:
    """Wants to know nothing."""

    def stage(self, source: Source, name: str) -> None:
        """A paper enters a stage."""


#: Libraries take their number of threads from here.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TOKENIZERS_PARALLELISM")


def _as_error(name: str, message: str) -> ExomineError:
    kind = getattr(exomine.errors, name, None)
    if isinstance(kind, type) and issubclass(kind, ExomineError) and not issubclass(kind, exomine.errors.DocumentError):
        return kind(message)
    return ResourceError(f"The pipeline cannot be loaded: {name}: {message}")
