"""The process that an engine starts: ``python -m exomine.run.worker FD``. It loads the pipeline once and works on
papers.

It talks to its parent over the connection whose descriptor it was given: first ``("work", factory, argument)`` comes in
and ``("ready",)`` or ``("unusable", error class, message)`` goes out; then each paper that comes in is answered by any
number of ``("stage", name)`` and one ``("result", result)``; ``None`` ends it. A process of its own rather than a fork:
the parent's ``__main__`` is not run again, so that scripts and notebooks need no guard, and no thread of a model
runtime is lost.
"""

from __future__ import annotations

import importlib
import logging
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from exomine.config import CHATTY

__all__ = ["factory", "serve"]


def factory(path: str) -> Callable[[Any], Callable[..., Any]]:
    """The function that ``"module:name"`` names."""
    module, _, name = path.partition(":")
    made: Callable[[Any], Callable[..., Any]] = getattr(importlib.import_module(module), name)
    return made


def serve(connection: Connection) -> None:
    """Work until the parent says so or is gone."""
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.ERROR)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    try:
        _, path, argument = connection.recv()
        try:
            work = factory(path)(argument)
        except Exception as error:
            connection.send(("unusable", type(error).__name__, str(error)))
            return
        connection.send(("ready",))
        while (source := connection.recv()) is not None:
            connection.send(("result", work(source, lambda stage: connection.send(("stage", stage)))))
    except (EOFError, BrokenPipeError):
        return


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
