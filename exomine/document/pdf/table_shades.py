"""Rows told apart by their shade: every second one is printed on grey."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from exomine.document.model import Box
from exomine.document.pdf.backends.base import PageContent

__all__ = ["Band", "alternate", "bands"]

#: The top and the foot of a shaded row.
Band = tuple[float, float]

#: A shaded row is at least so high, in points, and no larger part of its table; so large a part of its width is shaded.
_LOWEST, _HIGHEST, _WIDE = 5.0, 0.4, 0.8
#: Shades of cells are of one row where their tops and feet differ by no more points.
_LEVEL = 1.5
#: Rows alternate where those between shaded ones are on the whole no higher than these, by this factor.
_HIGHER = 1.7
_FEWEST = 2


def bands(box: Box, page: PageContent) -> list[Band]:
    """The shaded rows of a table, from top to bottom; the shades of their cells may be drawn one by one."""
    out: list[Band] = []
    widths: list[float] = []
    drawn = (p for p in page.pictures if p.kind == "area" and p.x1 > box.x0 - 4 and p.x0 < box.x1 + 4)
    inside = (p for p in drawn if p.y1 > box.y0 + _LOWEST and p.y0 < box.y1 - _LOWEST)
    for p in sorted(inside, key=lambda p: (round(p.y0), p.x0)):
        if not _LOWEST < p.y1 - p.y0 < _HIGHEST * (box.y1 - box.y0):
            continue
        if out and abs(p.y0 - out[-1][0]) < _LEVEL and abs(p.y1 - out[-1][1]) < _LEVEL:
            widths[-1] += p.x1 - p.x0
        else:
            out.append((p.y0, p.y1))
            widths.append(p.x1 - p.x0)
    return [band for band, width in zip(out, widths, strict=True) if width > _WIDE * (box.x1 - box.x0)]


def alternate(found: Sequence[Band]) -> bool:
    """Whether every second row is shaded: what lies between shaded rows is about as high as they are on the whole."""
    if len(found) < _FEWEST:
        return False
    between = [b[0] - a[1] for a, b in pairwise(found)]
    heights = [foot - top for top, foot in found]
    return sum(between) / len(between) < _HIGHER * sum(heights) / len(heights)
