"""A page of a PDF as a picture, for people to look at."""

from __future__ import annotations

import struct
import threading
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

from exomine.errors import DocumentError

__all__ = ["page_png"]

#: Pixels a page has at most, whatever its size in points.
_MOST_PIXELS = 12_000_000
_ONE_AT_A_TIME = threading.Lock()  # pdfium knows no threads


def page_png(path: Path, number: int, *, scale: float = 2.0) -> bytes:
    """Page ``number`` (1-based) as PNG; ``scale`` is pixels a point. Raises :class:`DocumentError` where it cannot be
    drawn."""
    with _ONE_AT_A_TIME:
        try:
            document = pdfium.PdfDocument(path)
            try:
                page = document[number - 1]
                width, height = page.get_size()
                fitting = min(scale, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
                pixels = page.render(scale=fitting, rev_byteorder=True).to_numpy()
                return _png(np.ascontiguousarray(pixels[:, :, :3]))
            finally:
                document.close()
        except (pdfium.PdfiumError, OSError, IndexError, ValueError) as error:
            raise DocumentError("page_damaged", f"{path.name}, page {number}: {error}.", page=number) from error


def _png(pixels: npt.NDArray[np.uint8]) -> bytes:
    """Rows of red, green and blue bytes as a PNG file."""
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + width * 3), np.uint8)  # each row begins with its filter: none
    rows[:, 1:] = pixels.reshape(height, width * 3)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.tobytes(), 4)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
