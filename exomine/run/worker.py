"""The process that an engine starts: ``python -m exomine.run.worker FD``. It loads the pipeline once and works on
papers.

It talks to its parent over the connection whose descriptor it was given: first ``("work", factory, argument)`` comes in
and ``("ready",)`` goes out; then each paper that comes in is answered by any number of ``("stage", name)`` and one
``("result", receipt)``; ``None`` ends it. ``("unusable", error class, message)`` is its last word where it cannot be
made or cannot load the pipeline. A process of its own rather than a fork:
the parent's ``__main__`` is not run again, so that scripts and notebooks need no guard, and no thread of a model
runtime is lost.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from exomine.config import CHATTY

__all__ = ["factory", "serve"]

#: Seconds between two looks whether the parent is there.
_TICK = 0.5


def factory(path: str) -> Callable[[Any], Any]:
    """The function that ``"module:name"`` names."""
    module, _, name = path.partition(":")
    made: Callable[[Any], Any] = getattr(importlib.import_module(module), name)
    return made


def serve(connection: Connection) -> None:
    """Work until the parent says so or is gone."""
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.ERROR)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True, name="exomine-parent").start()
    with contextlib.suppress(EOFError, BrokenPipeError):
        _, path, argument = connection.recv()
        try:
            _work(connection, factory(path)(argument))
        except (EOFError, BrokenPipeError):
            return
        except Exception as error:
            connection.send(("unusable", type(error).__name__, str(error)))


def _end_with(parent: int) -> None:
    """End this process when its parent is gone: nobody would end a paper that takes for ever."""
    while os.getppid() == parent:
        time.sleep(_TICK)
    os._exit(1)


def _work(connection: Connection, work: Any) -> None:
    connection.send(("ready",))
    while (source := connection.recv()) is not None:
        connection.send(("result", work.receipt(source, lambda stage: connection.send(("stage", stage)))))


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
