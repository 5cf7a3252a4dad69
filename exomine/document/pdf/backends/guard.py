"""What decompression of a PDF's streams may cost.

One call of zlib could use up the memory before the watchdog (:mod:`exomine.document.watch`) looks again, so what it
inflates is bounded here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from exomine.document.watch import Interrupted, watched
from exomine.errors import LimitExceeded

__all__ = ["CappedZlib", "Interrupted", "in_words", "watched"]

_PIECE = 1 << 16
#: What the names of a library's exceptions mean, by a part of the name or message in small letters; the first that
#: fits.
_MEANINGS = (
    ("eof", "it ends too early"),
    ("/root", "the list of its parts is missing"),
    ("data format", "its structure is broken"),
    ("zlib", "a compressed part is broken"),
    ("nothing can be inflated", "a compressed part is broken"),
    ("recursion", "its parts refer to each other in a circle"),
)


class CappedZlib:
    """Stands in for the module ``zlib`` in a library: what it inflates may not grow beyond ``most`` bytes."""

    error = zlib.error

    def __init__(self, most: int) -> None:
        self.most = most

    def decompress(self, data: bytes) -> bytes:
        """As ``zlib.decompress``, but a damaged stream gives what comes before the damage.

        Raises :class:`~exomine.errors.LimitExceeded` (memory) for a decompression bomb, ``zlib.error`` when nothing
        comes.
        """
        out: list[bytes] = []
        size = 0
        for piece in _inflated(data, self.most):
            size += len(piece)
            if size > self.most:
                raise LimitExceeded("memory", f"A stream of the file inflates to more than {self.most:,} bytes.")
            if piece:
                out.append(piece)
        if not out and data:
            raise zlib.error("nothing can be inflated")
        return b"".join(out)

    def decompressobj(self) -> Any:
        """As ``zlib.decompressobj``."""
        return zlib.decompressobj()


def _inflated(data: bytes, most: int) -> Iterator[bytes]:
    """What a stream inflates to, in pieces; ends where it is damaged."""
    stream = zlib.decompressobj()
    for start in range(0, len(data), _PIECE):
        rest = data[start : start + _PIECE]
        before = stream.copy()
        try:
            while rest:
                yield stream.decompress(rest, most + 1)
                rest = stream.unconsumed_tail
        except zlib.error:
            with suppress(zlib.error):
                for k in range(start, min(start + _PIECE, len(data))):
                    yield before.decompress(data[k : k + 1], most + 1)
            return
        if stream.eof:
            return


def in_words(error: BaseException) -> str:
    """What a PDF library tripped over, for people: its exceptions are named after its own parts (``PSEOF``)."""
    told = f"{type(error).__module__} {type(error).__name__} {error}".casefold()
    return next((words for sign, words in _MEANINGS if sign in told), "a part of it is not as the PDF format asks for")
