"""Chunks cut in two, and the drawn boxes around them."""

from __future__ import annotations

from exomine.document.pdf.backends.base import PageContent, Picture, TextLine
from exomine.document.pdf.layout import Chunk, make_chunk

__all__ = ["covers_part", "cut", "holds", "piece"]


def covers_part(picture: Picture, page: PageContent) -> bool:
    """Whether a drawn area is smaller than the page's background would be."""
    return (picture.x1 - picture.x0) * (picture.y1 - picture.y0) < 0.6 * page.width * page.height


def holds(box: Picture, chunk: Chunk) -> bool:
    """Whether a chunk lies inside of a box that is higher than the chunk alone."""
    if chunk.x0 < box.x0 - 2 or chunk.x1 > box.x1 + 2:
        return False
    if chunk.y0 < box.y0 - 2 or chunk.y1 > box.y1 + 2:
        return False
    return box.y1 - box.y0 > (chunk.y1 - chunk.y0) + chunk.size


def cut(chunk: Chunk, at: int) -> list[Chunk]:
    """A chunk in two before the line ``at``; whole where that is an end of it."""
    if not 0 < at < len(chunk.lines):
        return [chunk]
    return [piece(chunk, chunk.lines[:at]), piece(chunk, chunk.lines[at:])]


def piece(chunk: Chunk, lines: list[TextLine]) -> Chunk:
    """Some lines of a chunk as a chunk of the same kind."""
    part = make_chunk(lines, chunk.order)
    part.kind = chunk.kind
    return part
