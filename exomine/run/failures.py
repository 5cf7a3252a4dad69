"""What becomes of a paper that fails: its rows, with a reason code from :data:`exomine.errors.REASONS`."""

from __future__ import annotations

import signal

from exomine.errors import REASONS, DocumentError
from exomine.tables.rows import PaperRows, failed_paper

__all__ = ["failure_rows", "killed", "reason_of"]


def reason_of(error: BaseException) -> tuple[str, str, str | None, int | None]:
    """``(reason, message, stage, page)`` of an error; anything that was not foreseen is ``internal``.

    ``stage`` is ``None`` where the error does not say it.
    """
    if isinstance(error, DocumentError):
        return error.reason, str(error), error.stage, error.page
    if isinstance(error, MemoryError):
        return "memory", REASONS["memory"], None, None
    if isinstance(error, (FileNotFoundError, PermissionError, IsADirectoryError)):
        return "unreadable", f"{error.strerror or error}. {REASONS['unreadable']}", None, None
    text = " ".join(str(error).split())
    return "internal", f"{type(error).__name__}: {text[:300]}. {REASONS['internal']}", None, None


def failure_rows(source_path: str, doc_id: str, error: BaseException, *, stage: str = "read") -> PaperRows:
    """The rows of a paper that ended in ``error`` at ``stage``."""
    reason, message, told, page = reason_of(error)
    return failed_paper(
        source_path, doc_id, stage=told if told and told != "read" else stage, reason=reason, message=message, page=page
    )


def killed(code: int) -> DocumentError:
    """The error of a paper whose process died with ``code``, negative for a signal, as :mod:`subprocess` tells it.

    A process that is killed from outside has most often used up the memory of the machine.
    """
    if code == -signal.SIGKILL:
        return DocumentError("memory", "The process that worked on it was killed, as happens when memory runs out.")
    try:
        shown = signal.Signals(-code).name if code < 0 else f"exit status {code}"
    except ValueError:
        shown = f"signal {-code}"
    return DocumentError("internal", f"The process that worked on it ended ({shown}).")
