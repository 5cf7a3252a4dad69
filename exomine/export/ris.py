"""The cited works as RIS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exomine.export.references import Work, cited_works
from exomine.tables.store import Tables

__all__ = ["write"]


def write(tables: Tables, folder: Path) -> dict[str, bytes]:
    """``references.ris``: one record a work, with the statements that it is cited for as notes."""
    records = ["".join(f"{tag}  - {value}\r\n" for tag, value in _lines(w)) for w in cited_works(tables, folder)]
    return {"references.ris": "\r\n".join(records).encode("utf-8")}


def _lines(work: Work) -> Iterator[tuple[str, str]]:
    yield "TY", "JOUR" if work.journal else "GEN"
    yield "ID", work.key
    found = [
        *(("AU", a) for a in work.authors), ("TI", work.title), ("JO", work.journal), ("PY", str(work.year or "")),
        ("DO", work.doi),
        ("AN", work.pmid), *(("N1", s) for s in (["RETRACTED"] if work.retracted else []) + list(work.statements)),
        ("AB", "" if work.title else work.text),
    ]  # fmt: skip
    for tag, value in found:
        if plain := " ".join(value.split()):
            yield tag, plain
    yield "ER", ""
