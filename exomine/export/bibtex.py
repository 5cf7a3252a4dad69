"""The cited works as BibTeX."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from exomine.export.references import Work, cited_works
from exomine.tables.store import Tables

__all__ = ["write"]

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "@": "{@}",
}  # fmt: skip
_SIGN = re.compile("[" + re.escape("".join(_SPECIAL)) + "]")


def write(tables: Tables, folder: Path) -> dict[str, bytes]:
    """``references.bib``: one entry a work, with the statements that it is cited for as a note."""
    return {"references.bib": "\n".join(map(_entry, cited_works(tables, folder))).encode("utf-8")}


def _entry(work: Work) -> str:
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(work) if value)
    return f"@{'article' if work.journal else 'misc'}{{{work.key},\n{fields}}}\n"


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    yield "author", " and ".join(f"{{{_text(a)}}}" for a in work.authors)  # family names only: kept whole
    yield "title", _text(work.title)
    yield "journal", _text(work.journal)
    yield "year", str(work.year or "")
    yield "doi", _text(work.doi)
    yield "pmid", _text(work.pmid)
    yield "note", _text("; ".join((["RETRACTED"] if work.retracted else []) + list(work.statements)))
    yield "annote", "" if work.title else _text(work.text)


def _text(value: str) -> str:
    """A value in braces, its special signs written out; braces that do not pair would end it."""
    plain = " ".join("".join(c for c in value if c.isspace() or unicodedata.category(c) != "Cc").split())
    return _SIGN.sub(lambda m: _SPECIAL[m[0]], plain)
