"""Papers on the workers of a Dask cluster, which may be on other machines.

A task is one paper. A plugin gives each Dask worker a team of our own processes, one a thread, which load the model
once: what a paper does to its process it does to nothing else, as with :func:`exomine.run.engines.processes`, whose
limits and messages these are. Papers and the store are files that all machines see under one path. Results go into the
store; only receipts pass the scheduler. A worker that dies has its papers given to another; a scheduler that dies ends
the run, and the next run finds in the store what was done.

Dask is imported here alone, and only when it is asked for.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from exomine.config import PAPER_SECONDS
from exomine.errors import EngineError, UsageError
from exomine.run.engines import Process, Watcher
from exomine.run.failures import failure_rows, killed
from exomine.run.find import Source
from exomine.run.paper import Receipt, failed_receipt

__all__ = ["dask"]

#: Papers given out at once for each thread of the cluster.
_AHEAD = 3
#: Seconds between two looks whether the scheduler is there, and for which a cluster without a worker is waited for.
_TICK, _PATIENCE = 1.0, 120.0
_INSTALL = "The engine dask needs the package distributed: pip install 'exomine[dask]'."


def dask(
    sources: Iterable[Source],
    *,
    worker: str,
    argument: Any,
    watcher: Watcher,
    count: int,
    scheduler: str = "",
    limit: float = PAPER_SECONDS,
) -> Iterator[tuple[Source, Receipt]]:
    """Papers on the cluster whose scheduler is at the address ``scheduler``; without one, on a cluster of ``count``
    processes on this machine.

    Raises as :func:`exomine.run.engines.processes`, :class:`UsageError` where Dask is not installed and
    :class:`EngineError` where the cluster cannot be reached or is lost.
    """
    waiting = iter(sources)
    first = next(waiting, None)
    if first is None:
        return
    with _client(scheduler, count) as client:
        run = f"exomine-{uuid.uuid4().hex}"  # several runs may share a cluster; no result holds this name
        _register(client, run, {"worker": worker, "argument": argument, "limit": limit})
        yield from _Run(client, run, scheduler or "this machine", watcher).through(first, waiting)


@contextlib.contextmanager
def _client(scheduler: str, count: int) -> Iterator[Any]:
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise UsageError(_INSTALL) from None
    with contextlib.ExitStack() as stack:
        try:
            # one Dask worker with a thread for each of our processes: Dask's own would be started for nothing
            address: Any = scheduler or stack.enter_context(
                LocalCluster(n_workers=1, threads_per_worker=count, processes=False, dashboard_address=None)
            )
            client = stack.enter_context(Client(address, timeout="20s", set_as_default=False))
        except (OSError, ValueError) as error:
            raise EngineError(
                f"No Dask scheduler answers at {scheduler or 'this machine'} ({error}). Start one with `dask "
                "scheduler`, and give the address that it prints."
            ) from error
        yield client


def _register(client: Any, run: str, team: dict[str, Any]) -> None:
    """Have the run's team on all workers, those that come later included."""
    from distributed import WorkerPlugin

    class Plugin(WorkerPlugin):  # type: ignore[misc]
        """A team on a Dask worker."""

        def setup(self, worker: Any) -> None:
            teams = worker.__dict__.setdefault("exomine_teams", {})
            teams[run] = Team(**team, count=max(1, worker.state.nthreads))

        def teardown(self, worker: Any) -> None:
            worker.exomine_teams.pop(run).close()

    client.register_plugin(Plugin(), name=run)


class Team:
    """Processes of one Dask worker, made when they are needed; a thread has one for itself while it works."""

    def __init__(self, worker: str, argument: Any, limit: float, count: int) -> None:
        self._made, self._limit = (worker, argument, count), limit
        self._idle: queue.SimpleQueue[Process] = queue.SimpleQueue()
        self._all: set[Process] = set()
        self._lock = threading.Lock()

    def work(self, source: Source) -> Receipt:
        """The receipt of one paper."""
        process = self._process()
        receipt = process.one(source, limit=self._limit)
        if process.dead:
            with self._lock:
                self._all.discard(process)
        else:
            self._idle.put(process)
        return receipt

    def _process(self) -> Process:
        with contextlib.suppress(queue.Empty):
            while (process := self._idle.get_nowait()).gone:
                self._all.discard(process)
            return process
        process = Process(*self._made)
        with self._lock:
            self._all.add(process)
        return process

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            for process in self._all:
                process.kill()
            self._all.clear()


def paper(run: str, source: Source) -> Receipt:
    """The task: one paper, by the run's team on the worker that is given it."""
    from distributed import get_worker

    receipt: Receipt = get_worker().exomine_teams[run].work(source)
    return receipt


class _Run:
    """Papers given out a few at a time, and their receipts as they come."""

    def __init__(self, client: Any, name: str, place: str, watcher: Watcher) -> None:
        self._client, self._name, self._place, self._watcher = client, name, place, watcher
        self._done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._out: dict[str, tuple[Source, Any]] = {}

    def through(self, first: Source, waiting: Iterator[Source]) -> Iterator[tuple[Source, Receipt]]:
        """Work through all papers."""
        self._threads()
        self._give(first)
        try:
            while self._out:
                for source in self._next(waiting):
                    self._give(source)
                if (future := self._heard()) is not None:
                    source, _ = self._out.pop(future.key)
                    yield source, self._receipt(source, future)
                    future.release()
        finally:
            self._end()

    def _next(self, waiting: Iterator[Source]) -> Iterator[Source]:
        room = max(1, self._threads() * _AHEAD) - len(self._out)
        for _ in range(max(0, room)):
            source = next(waiting, None)
            if source is None:
                return
            yield source

    def _threads(self) -> int:
        """Threads of all workers; waits for the first."""
        known = self._client.scheduler_info(n_workers=-1)["workers"].values()
        if not known and not self._out:
            self._await_worker()
            return self._threads()
        return sum(w["nthreads"] for w in known)

    def _await_worker(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            raise EngineError(
                f"The Dask scheduler at {self._place} has no worker. Start one with `dask worker {self._place}` in an "
                "environment that has exomine."
            ) from None

    def _give(self, source: Source) -> None:
        self._watcher.stage(source, "waiting")
        sent = replace(source, path=Path(source.path).absolute())
        future = self._client.submit(paper, self._name, sent, key=f"{self._name}-{source.doc_id}")
        self._out[future.key] = source, future
        future.add_done_callback(self._done.put)

    def _heard(self) -> Any:
        """A paper that is done, or ``None``; raises where the scheduler is gone."""
        with contextlib.suppress(queue.Empty):
            return self._done.get(timeout=_TICK)
        if self._client.status not in ("running", "connecting"):
            raise self._lost()
        return None

    def _receipt(self, source: Source, future: Any) -> Receipt:
        from distributed import KilledWorker

        try:
            receipt: Receipt = future.result(timeout=30)
        except KilledWorker:
            # several workers died with it, each with all its processes: machines that ran out of memory
            return failed_receipt(source.doc_id, failure_rows(source.source_path, source.doc_id, killed(-9)))
        except (OSError, TimeoutError) as error:
            raise self._lost() from error
        except Exception as error:
            if future.cancelled():
                raise self._lost() from error
            raise
        return receipt

    def _lost(self) -> EngineError:
        return EngineError(
            f"The Dask scheduler at {self._place} is gone. What was finished is kept; start a scheduler and run the "
            "same command again to go on with the rest."
        )

    def _end(self) -> None:
        """Take back what was given out, and end the teams."""
        with contextlib.suppress(Exception):
            self._client.cancel([future for _, future in self._out.values()], force=True)
        with contextlib.suppress(Exception):
            self._client.unregister_worker_plugin(self._name)
