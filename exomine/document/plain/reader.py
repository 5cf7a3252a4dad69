"""Plain text into a :class:`~exomine.document.model.Document`.

Two kinds of text come in: well-formed text, a paragraph a line or set off by blank lines, and text that another tool
pulled out of a PDF: hard-wrapped and hyphenated, with running heads, page numbers, captions and flattened tables inside
sentences.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from exomine.document.citations import find_marks
from exomine.document.hyphens import Vocabulary
from exomine.document.model import Document
from exomine.document.own_doi import stated_doi
from exomine.document.plain.base import TextReader
from exomine.document.plain.clean import CleanReader
from exomine.document.plain.grids import with_bars
from exomine.document.plain.lines import chunks, is_wrapped
from exomine.document.plain.wrapped import WrappedReader
from exomine.errors import DocumentError

__all__ = ["read_plain", "read_text"]


def read_plain(data: bytes, *, source: str) -> Document:
    """Read a text file; ``source`` is its name.

    Raises :class:`~exomine.errors.DocumentError` with reason ``no_text``.
    """
    from exomine.document.read import decode_text

    return read_text(decode_text(data), source=source, doc_id=hashlib.sha256(data).hexdigest()[:16])


def read_text(text: str, *, source: str, doc_id: str) -> Document:
    """A Document from text that is in memory. Raises as :func:`read_plain`."""
    lines = text.replace("\f", "\n\f").split("\n")
    reader: TextReader
    wrapped = is_wrapped(lines)
    if wrapped:
        reader = WrappedReader(Vocabulary.of(lines))
        reader.read(chunks(with_bars(lines)))
    else:
        reader = CleanReader(Vocabulary.of(lines))
        reader.read([" ".join(x.split("\f")[-1].split(" ")) for x in lines])
    built = reader.builder.finish()
    if not re.search(r"\w", built.text):
        raise DocumentError("no_text")
    return Document(
        doc_id=doc_id,
        source=source,
        format="text",
        text=built.text,
        blocks=built.blocks,
        title=reader.title,
        doi=stated_doi(_paragraphs(lines, wrapped=wrapped)) or reader.doi,
        sections=built.sections,
        tables=built.tables,
        references=reader.references,
        citations=find_marks(built.text, reader.references),
        apart=tuple(reader.apart),
    )


def _paragraphs(lines: Sequence[str], *, wrapped: bool) -> Iterator[list[str]]:
    """The lines of each paragraph: those between blank lines, or single ones where a line is a paragraph."""
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if paragraph and (not wrapped or not line.strip()):
            yield paragraph
            paragraph = []
        if line.strip():
            paragraph.append(line)
