"""Settings shared by several rooms; each with its unit and default."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

__all__ = [
    "CHATTY",
    "CURATED",
    "ENGINES",
    "EXPORTED",
    "PAPER_SECONDS",
    "PDF_BACKENDS",
    "PROCESSED",
    "RAW",
    "REPORT",
    "RunSettings",
]

#: Default folders, relative to the working directory.
RAW = "data/raw"
PROCESSED = "data/processed"
CURATED = "data/curated"
EXPORTED = "data/export"
REPORT = "data/report.html"

#: What can draw the characters out of a PDF; the first is the default.
PDF_BACKENDS = ("pdfminer", "pdfium")

#: Where papers are worked on: in processes on this machine, in the command's own process, on a Dask cluster.
ENGINES = ("local", "serial", "dask")

#: Seconds that one paper may take in all before its process is ended and it fails; reading has its own, lower limit.
PAPER_SECONDS = 1800.0

#: Libraries that log a warning for every oddity of a file; what matters of it is in ``failures``.
CHATTY = ("pdfminer",)


@dataclass(frozen=True, slots=True)
class RunSettings:
    """What a result depends on besides the papers, the code and the data that the package ships.

    ``pipeline`` is the path of a pipeline configuration, empty for the shipped ``pipelines/exosome.cfg``.
    """

    pipeline: str = ""
    pdf_backend: str = PDF_BACKENDS[0]

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for ``run.json`` and for worker processes."""
        return asdict(self)
