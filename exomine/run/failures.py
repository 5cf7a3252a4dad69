"""What becomes of a paper that fails: its rows, with a reason code from :data:`exomine.errors.REASONS`."""

from __future__ import annotations

import signal
from typing import Any, Protocol

from exomine.errors import REASONS, DocumentError
from exomine.run.find import Source
from exomine.tables.rows import PaperRows, failed_paper

__all__ = ["copy_rows", "failure_rows", "killed", "reason_of"]


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


class Told(Protocol):
    """Whatever has a paper's rows in ``documents`` and ``failures``."""

    documents: list[tuple[Any, ...]]
    failures: list[tuple[Any, ...]]


def copy_rows(source: Source, rows: Told) -> list[tuple[Any, ...]]:
    """The rows in ``failures`` of other files with the bytes of ``source``, whose own rows are ``rows``.

    A copy that is named wrongly fails although the paper is read under its right name; any other fails where the paper
    does, and is told as a copy where the paper is read.
    """
    failed = [r for r in rows.failures if r[0] == source.source_path] if _is_failed(rows) else []
    out: list[tuple[Any, ...]] = []
    for copy in source.copies:
        if copy.misnamed:
            read = (
                f"The same content was read as {source.source_path}: remove this copy, or fetch what it should "
                f"have been."
            )
            message = f"{copy.misnamed} {REASONS['wrong_format'] if failed else read}"
            out.append((copy.source_path, source.doc_id, "read", "wrong_format", None, message))
        elif failed:
            out.extend((copy.source_path, *row[1:]) for row in failed)
        else:
            message = f"The same bytes as {source.source_path}. {REASONS['duplicate_of']}"
            out.append((copy.source_path, source.doc_id, "read", "duplicate_of", None, message))
    return out


def _is_failed(rows: Told) -> bool:
    return any(row[-1] == "failed" for row in rows.documents)


def killed(code: int) -> DocumentError:
    """The error of a paper whose process died with ``code``, negative for a signal, as :mod:`subprocess` tells it.

    A process that is killed from outside has most often used up the memory of the machine.
    """
    if code == -signal.SIGKILL:
        return DocumentError("memory", "The process that worked on it was killed, as when the machine has no more.")
    try:
        shown = signal.Signals(-code).name if code < 0 else f"exit status {code}"
    except ValueError:
        shown = f"signal {-code}"
    return DocumentError("internal", f"The process that worked on it ended ({shown}).")
