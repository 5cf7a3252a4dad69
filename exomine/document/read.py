"""Reading one paper: the reader is chosen by content, the suffix is only a promise that must hold."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from exomine.document.limits import DEFAULT_LIMITS, Limits
from exomine.document.model import Document
from exomine.document.names import shown_name
from exomine.document.watch import watched
from exomine.errors import DocumentError, LimitExceeded

__all__ = [
    "HEAD",
    "NAMES",
    "SUFFIXES",
    "decode_text",
    "encoding_of",
    "read_bytes",
    "read_document",
    "sniff",
    "wrong_suffix",
]

#: Suffixes that are looked for in folders, and the content each promises.
SUFFIXES = {".pdf": "pdf", ".xml": "xml", ".nxml": "xml", ".txt": "text"}
#: How many bytes from the start tell what a file is.
HEAD = 65_536
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_XML = re.compile(r"\s*<(?:\?xml\b|!DOCTYPE\b|!--|[A-Za-z_][\w:.\-]*(?=[\s>/]))")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
#: What each answer of :func:`sniff` is called.
NAMES = {"pdf": "a PDF", "xml": "XML", "html": "an HTML page", "text": "plain text", "binary": "binary data"}


def read_document(
    path: str | Path, *, source: str | None = None, limits: Limits = DEFAULT_LIMITS, pdf_backend: str = "pdfminer"
) -> Document:
    """Read the paper at ``path``. ``source`` is the name it is given in the Document, by default the file's.

    Raises :class:`~exomine.errors.DocumentError`; its ``reason`` is a key of ``exomine.errors.REASONS``:
    ``unreadable``, ``empty_file``, ``too_large``, ``wrong_format``, ``unknown_format``, ``timeout``, ``memory`` and
    those of the readers.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise LimitExceeded("too_large", f"{size:,} bytes, at most {limits.file_bytes:,}.")
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError("unreadable", f"{error.strerror or error}.") from None
    return read_bytes(data, source or path.name, limits=limits, pdf_backend=pdf_backend, suffix=path.suffix)


def read_bytes(
    data: bytes,
    source: str,
    *,
    limits: Limits = DEFAULT_LIMITS,
    pdf_backend: str = "pdfminer",
    suffix: str | None = None,
) -> Document:
    """Read a paper from its bytes. ``suffix`` (by default the one of ``source``) must promise what the content is.

    Raises as :func:`read_document`.
    """
    if not data.strip():
        raise DocumentError("empty_file")
    if len(data) > limits.file_bytes:
        raise LimitExceeded("too_large", f"{len(data):,} bytes, at most {limits.file_bytes:,}.")
    kind = sniff(data)
    _check_promise(kind, (Path(source).suffix if suffix is None else suffix).lower())
    document = _read(kind, data, shown_name(source), limits, pdf_backend)
    if len(document.text) > limits.characters:
        raise LimitExceeded("too_long", f"{len(document.text):,} characters, at most {limits.characters:,}.")
    return document


def _read(kind: str, data: bytes, source: str, limits: Limits, pdf_backend: str) -> Document:
    if kind == "pdf":
        # Imported by name: only the PDF room knows its library, and it loads when the first PDF comes.
        read_pdf: Callable[..., Document] = import_module("exomine.document.pdf").read_pdf
        return read_pdf(data, source=source, limits=limits, backend=pdf_backend)
    if kind == "xml":
        from exomine.document.jats.reader import read_jats

        with watched(limits):
            return read_jats(data, source=source, limits=limits)
    from exomine.document.plain.reader import read_plain

    with watched(limits):
        return read_plain(data, source=source)


def sniff(data: bytes) -> str:
    """What the bytes are: pdf, xml, html, text or binary."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    head = decode_text(data[:HEAD])
    if _HTML.match(head):
        return "html"
    if _XML.match(head):
        return "xml"
    return "binary" if len(_CONTROL.findall(head)) > len(head) // 200 else "text"


def decode_text(data: bytes) -> str:
    """Text of unknown encoding: by byte order mark, else UTF-8, else UTF-16 by its zeros, else Windows-1252.

    Line ends become ``"\\n"``; never raises.
    """
    bom, encoding = next(((mark, name) for mark, name in _BOMS if data.startswith(mark)), (b"", ""))
    if bom:
        return _lines(data.decode(encoding, errors="replace"))
    encoding = encoding_of(data)
    errors = "ignore" if encoding == "utf-8" else "replace"  # of UTF-8 only a character cut at the end of a head
    return _lines(data.decode(encoding, errors=errors))


def encoding_of(data: bytes) -> str:
    """The encoding in which :func:`decode_text` reads bytes, as Python calls it."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding.removesuffix("-sig")
    zeros = data[:2000].count(0)
    if zeros > len(data[:2000]) // 4:
        return "utf-16-le" if data[1:2000:2].count(0) >= data[0:2000:2].count(0) else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return "utf-8" if error.reason == "unexpected end of data" else "cp1252"
    return "utf-8"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def wrong_suffix(kind: str, suffix: str) -> str:
    """What is wrong with a suffix of :data:`SUFFIXES` on content of a kind that :func:`sniff` tells; empty where
    nothing is."""
    promised = SUFFIXES.get(suffix.lower())
    kept = kind == promised or (kind == "xml" and promised == "text")
    return f"Named {suffix}, but the content is {NAMES[kind]}." if promised and not kept else ""


def _check_promise(kind: str, suffix: str) -> None:
    if wrong := wrong_suffix(kind, suffix):
        raise DocumentError("wrong_format", wrong)
    if kind in ("html", "binary"):
        raise DocumentError("unknown_format", f"The content is {NAMES[kind]}.")
