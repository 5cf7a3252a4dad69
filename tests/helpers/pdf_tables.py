"""A page of a made paper with a table on it, and what is read of the table."""

from __future__ import annotations

from exomine.document.limits import DEFAULT_LIMITS
from exomine.document.model import Document, Table
from exomine.document.pdf import read_pdf

from helpers.pdf import RESULTS, Setter


def begun(*, columns: int = 1) -> Setter:
    s = Setter(columns=columns)
    s.heading("Results")
    for text in RESULTS:
        s.paragraph(text)
    s.y -= 14
    return s


def read(s: Setter, backend: str = "pdfminer") -> Document:
    s.y -= 14
    for text in RESULTS:
        s.paragraph(text)
    return read_pdf(s.done(), source="made.pdf", limits=DEFAULT_LIMITS, backend=backend)


def only(document: Document) -> Table:
    (found,) = document.tables
    return found


def texts(found: Table) -> list[list[str]]:
    return [[c.text if c else "" for c in r] for r in found.grid()]
