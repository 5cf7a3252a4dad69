"""The area of a table on its page, and what stands around its caption."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from exomine.document.model import Box
from exomine.document.pdf.backends.base import PageContent, TextLine
from exomine.document.pdf.styles import Style
from exomine.document.pdf.table_lines import overlap
from exomine.document.pdf.table_rules import Rule
from exomine.document.pdf.table_shades import Band, bands

__all__ = ["BESIDE", "FAR", "Region", "Surroundings", "add_drawn", "with_rules"]

#: A table beside its caption may begin so many points above the caption's top.
BESIDE = 12
#: Further than any place on a page.
FAR = 1e9


@dataclass(slots=True)
class Region:
    """The area of one table: its caption, the lines in it, its rules from top to bottom, and the notes beneath."""

    caption: list[TextLine]
    box: Box
    lines: list[TextLine]
    rules: list[Rule]
    notes: list[TextLine] = field(default_factory=list)
    uprights: list[float] = field(default_factory=list)  # x of the vertical rules
    #: Pieces of vertical rules: x, top, bottom.
    bars: list[tuple[float, float, float]] = field(default_factory=list)
    #: The heights of rows that are shaded.
    bands: list[Band] = field(default_factory=list)
    #: What is printed in each column, from its left to its right; known from the start where a table goes on.
    columns: list[tuple[float, float]] = field(default_factory=list)
    #: Whether it is the rest of a table, without a head of its own.
    headless: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a caption: the lines that no table has taken, the rules, the page's other captions."""

    lines: Sequence[TextLine]
    rules: Sequence[Rule]
    others: Sequence[list[TextLine]]
    style: Style


def with_rules(box: Box, rules: Sequence[Rule]) -> Box:
    """A box that holds some rules too."""
    return Box(
        min([box.x0, *(r.x0 for r in rules)]),
        min([box.y0, *(r.y for r in rules)]),
        max([box.x1, *(r.x1 for r in rules)]),
        max([box.y1, *(r.y for r in rules)]),
    )


def add_drawn(region: Region, page: PageContent) -> None:
    """Give a region the vertical rules and the shades that are drawn in it."""
    region.uprights = _uprights(region.box, page)
    region.bars = _bars(region.box, page) if region.uprights else []
    region.bands = bands(region.box, page)


def _bars(box: Box, page: PageContent) -> list[tuple[float, float, float]]:
    """The vertical lines of a table, each piece as it is drawn."""
    drawn = (r for r in page.rulings if not r.horizontal and box.x0 - 4 < r.x0 < box.x1 + 4)
    return sorted((r.x0, r.y0, r.y1) for r in drawn if overlap(r.y0, r.y1, box.y0, box.y1) > 0)


def _uprights(box: Box, page: PageContent) -> list[float]:
    """The x of vertical lines that run along most of a table's height, in one piece or in many."""
    lengths: Counter[int] = Counter()
    for r in page.rulings:
        if not r.horizontal and box.x0 + 4 < r.x0 < box.x1 - 4:
            lengths[round(r.x0)] += round(max(0.0, overlap(r.y0, r.y1, box.y0 - 2, box.y1 + 2)))
    least = 0.55 * (box.y1 - box.y0)
    found: list[float] = []
    for x in sorted(lengths):
        if lengths[x] + lengths[x + 1] >= least and (not found or x - found[-1] > 6):
            found.append(float(x))
    return found
