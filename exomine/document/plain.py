"""Plain text into a :class:`~exomine.document.model.Document`."""

from __future__ import annotations

import hashlib

from exomine.document.builder import DocumentBuilder
from exomine.document.citations import find_marks
from exomine.document.hyphens import Vocabulary, join_lines, repair_inner
from exomine.document.model import Document
from exomine.errors import DocumentError

__all__ = ["read_plain"]


def read_plain(data: bytes, *, source: str) -> Document:
    """Read a text file. Raises :class:`~exomine.errors.DocumentError` with reason ``no_text``."""
    from exomine.document.read import decode_text

    lines = decode_text(data).split("\n")
    words = Vocabulary.of(lines)
    builder = DocumentBuilder()
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            paragraph.append(line)
        elif paragraph:
            builder.add("paragraph", repair_inner(join_lines(paragraph, vocabulary=words), vocabulary=words))
            paragraph = []
    built = builder.finish()
    if not built.text:
        raise DocumentError("no_text")
    return Document(
        doc_id=hashlib.sha256(data).hexdigest()[:16],
        source=source,
        format="text",
        text=built.text,
        blocks=built.blocks,
        citations=find_marks(built.text),
    )
