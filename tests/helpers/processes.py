"""Processes that tests start."""

from __future__ import annotations

import signal


def interruptible() -> None:
    """To be called in a process before its program: shells start what runs in the background with interrupts ignored,
    and children inherit that.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
