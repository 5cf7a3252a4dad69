"""Text files of people's own: read as UTF-8 or told, with the line that is not."""

from __future__ import annotations

import codecs
from pathlib import Path

__all__ = ["read_utf8", "why"]


def read_utf8(path: Path) -> str:
    """The text of a file, line ends as they are, without a byte-order mark.

    Raises :class:`OSError`, and :class:`ValueError` naming the line and the byte that is no UTF-8; :func:`why` says
    either in words.
    """
    data = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line} is not UTF-8 (byte 0x{data[error.start]:02x})") from None


def why(error: OSError | ValueError) -> str:
    """What :func:`read_utf8` raised, in words."""
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
