"""Where the tables of a page are: from a caption along the ruling lines, or down the small print when none are
drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from exomine.document.model import Box
from exomine.document.pdf.backends.base import PageContent, TextLine, box_of
from exomine.document.pdf.styles import Style
from exomine.document.pdf.table_area import BESIDE, FAR, Region, Surroundings, add_drawn, with_rules
from exomine.document.pdf.table_breaks import first_words, from_columns_on, is_right_beneath, stand_in, words_of
from exomine.document.pdf.table_captions import above_table, is_above_figure_caption
from exomine.document.pdf.table_lines import fills_column, followed, overlap, preceding
from exomine.document.pdf.table_notes import notes_of
from exomine.document.pdf.table_pieces import printed_rows
from exomine.document.pdf.table_ruled import LEAST_ROWS, ruled_region
from exomine.document.pdf.table_rules import NEAR, Rule, horizontal_rules, place_of, shared_width
from exomine.document.pdf.table_unruled import region_above, region_below

__all__ = ["RegionFinder"]

#: Of a table that begins at a page's foot no more than so many rows stand there.
_MOST_BEGUN = 3
#: A table may go on upon the next page from below this part of a page's height on.
_FOOT = 0.6


@dataclass(slots=True)
class RegionFinder:
    """Finds regions page by page; learns from all captions whether they stand above or below their tables."""

    style: Style
    standing: set[tuple[int, int, int]]
    above: bool = True

    def rules(self, page: PageContent) -> list[Rule]:
        return [r for r in horizontal_rules(page) if place_of(r) not in self.standing]

    def vote(self, page: PageContent, lines: Sequence[TextLine], captions: Sequence[list[TextLine]]) -> int:
        """How many of the captions have a table only (or closer) beneath them, less those that have it above."""
        rules = self.rules(page)
        votes = 0
        for whole in captions:
            caption, _ = above_table(whole, rules, lines, self.style)
            around = Surroundings(lines, rules, [c for c in captions if c is not whole], self.style)
            below, above = _gaps(caption, around)
            votes += (below + 3 < above) - (above + 3 < below)
        return votes

    def find(self, page: PageContent, lines: Sequence[TextLine], captions: Sequence[list[TextLine]]) -> list[Region]:
        """The regions of the tables whose captions are given, in their order; a caption without a table gives none."""
        rules = self.rules(page)
        taken = {id(line) for caption in captions for line in caption}
        free = [line for line in lines if id(line) not in taken]
        out: list[Region] = []
        for whole in captions:
            caption, rest = above_table(whole, rules, lines, self.style)
            free += rest
            around = Surroundings(free, rules, [c for c in captions if c is not whole], self.style)
            region = self._region(caption, around)
            if region is None or len(region.lines) < 2:
                continue
            add_drawn(region, page)
            used = {id(line) for line in (*region.lines, *region.notes)}
            free = [line for line in free if id(line) not in used]
            out.append(region)
        return out

    def is_open(self, region: Region, page: PageContent, lines: Sequence[TextLine]) -> bool:
        """Whether a table may go on in the next column or upon the next page: it ends low on its page, without notes,
        text or its caption beneath it."""
        if region.notes or region.box.y1 < _FOOT * page.height:
            return False
        if region.caption and region.caption[0].y0 > region.box.y1 - 2:
            return False
        mine = {id(line) for line in region.lines}
        beneath = (line for line in lines if line.y0 > region.box.y1 - 2 and id(line) not in mine)
        return not any(shared_width(line, region.box) > 0 for line in beneath)

    def going_on(self, page: PageContent, lines: Sequence[TextLine], first: Region) -> Region | None:
        """The rest of a table at the top of the next page, without a caption of its own; its columns tell it."""
        box = first.box
        over = [line for line in lines if shared_width(line, box) > 0]
        top = min((line.y0 for line in over), default=0.0)
        found = followed(over, Box(box.x0, top, box.x1, top), self.style)
        rules = [r for r in self.rules(page) if abs(r.x0 - box.x0) < BESIDE and abs(r.x1 - box.x1) < BESIDE]
        if first.rules and rules:
            foot = max((r.y for r in rules if is_right_beneath(r, found)), default=FAR)
            beneath = [line for line in found if line.base >= foot]
            if not stand_in(beneath, first.columns):  # else it is the rule beneath a head that is printed again
                found = [line for line in found if line.base < foot]
        if not found or is_above_figure_caption(found, lines):
            return None
        if not stand_in(found, first.columns) and first_words(found) != first_words(first.lines):
            return None
        box = box_of(found)
        inner = [r for r in rules if box.y0 - NEAR / 2 < r.y < box.y1 + NEAR / 2]
        region = Region([], with_rules(box, inner), found, inner)
        region.columns = list(first.columns)
        add_drawn(region, page)
        region.notes = notes_of(region, lines, None, self.style)
        return region

    @staticmethod
    def leave_out_head(rest: Region, first: Region | None) -> None:
        """Take the lines out of a table's rest that print its head again, where rows stand beneath them."""
        head = [words_of(row) for row in printed_rows(first.lines)] if first else []
        rows = printed_rows(rest.lines)
        n = len(list(takewhile(lambda pair: words_of(pair[0]) == pair[1], zip(rows, head, strict=False))))
        if 0 < n < len(rows):
            end = (rows[n - 1].base + rows[n].base) / 2
            rest.lines = [x for x in rest.lines if x.base > end]
        rest.headless = True

    def ending(self, page: PageContent, lines: Sequence[TextLine], place: Region) -> Region | None:
        """The part of a table at the foot of a column or page whose next part is in ``place``; its columns tell it."""
        over = [line for line in lines if shared_width(line, place.box) > 0]
        foot = max((line.y1 for line in over), default=0.0)
        if foot < _FOOT * page.height:
            return None
        found = preceding(over, Box(place.box.x0, foot, place.box.x1, foot), self.style)
        found = from_columns_on(found, place.columns)
        if not found or not stand_in(found, place.columns):
            return None
        box = box_of(found)
        rules = [
            r for r in self.rules(page) if box.y0 - NEAR / 2 < r.y < box.y1 + NEAR / 2 and shared_width(r, box) > 0
        ]
        region = Region([], with_rules(box, rules), found, rules)
        region.columns = list(place.columns)
        add_drawn(region, page)
        return region

    @staticmethod
    def narrower(region: Region, first: Region) -> bool:
        """Whether a part of a table was read with fewer columns than the first part, and stands in all of those."""
        level = abs(region.box.x0 - first.box.x0) < BESIDE
        return level and len(region.columns) < len(first.columns) and stand_in(region.lines, first.columns)

    def begun(self, page: PageContent, lines: Sequence[TextLine], caption: list[TextLine]) -> Region | None:
        """What stands beneath a caption at the foot of a page whose table goes on upon the next one: a head at most.

        None where text stands beneath it, or the caption is no page's last.
        """
        caption, rest = above_table(caption, self.rules(page), lines, self.style)
        cap = box_of(caption)
        if cap.y0 < _FOOT * page.height:
            return None
        below = [x for x in (*rest, *lines) if x.y0 > cap.y1 - 2]
        under = [x for x in below if x.x0 < cap.x0 + self.style.column and x.x1 > cap.x0]
        rows = printed_rows(under)
        if len(rows) > _MOST_BEGUN or any(self.style.is_body(x) and fills_column(x, self.style) for x in under):
            return None
        if not under:
            return Region(caption, cap, [], [])
        return Region(caption, box_of(under), under, []) if all(len(row.pieces) > 1 for row in rows[-1:]) else None

    def after_break(self, page: PageContent, lines: Sequence[TextLine], caption: list[TextLine]) -> Region | None:
        """The table at the top of a page whose caption stands at the foot of the page before."""
        cap = box_of(caption)
        top = min((x.y0 for x in lines if overlap(x.x0, x.x1, cap.x0, cap.x1) > 0), default=page.height)
        edge = Box(cap.x0, top - BESIDE, cap.x1, top - BESIDE / 2)
        around = Surroundings(lines, self.rules(page), [], self.style)
        region = ruled_region(caption, around, edge, down=True) or region_below(caption, around, edge)
        if region is None or region.box.y0 > top + NEAR or is_above_figure_caption(region.lines, lines):
            return None
        add_drawn(region, page)
        return region

    def before_break(
        self, page: PageContent, lines: Sequence[TextLine], caption: list[TextLine], place: Box
    ) -> Region | None:
        """The table at the foot of a column or page, as wide as ``place``, whose caption stands at the top of the next
        one."""
        foot = max((x.y1 for x in lines if shared_width(x, place) > 0), default=0.0)
        if foot < _FOOT * page.height:
            return None
        edge = Box(place.x0, foot + BESIDE / 2, place.x1, foot + BESIDE)
        around = Surroundings(lines, self.rules(page), [], self.style)
        region = ruled_region(caption, around, edge, down=False) or region_above(caption, around, edge)
        if region is None or region.box.y1 < foot - NEAR or len(region.lines) < LEAST_ROWS:
            return None
        if is_above_figure_caption(region.lines, lines):
            return None
        add_drawn(region, page)
        return region

    def _region(self, caption: list[TextLine], around: Surroundings) -> Region | None:
        """The ruled table where the paper's tables stand, else on the caption's other side, else one without rules."""
        return (
            ruled_region(caption, around, down=self.above)
            or ruled_region(caption, around, down=not self.above)
            or (None if self.above else region_above(caption, around, grouped=True))
            or region_below(caption, around)
        )


def _gaps(caption: list[TextLine], around: Surroundings) -> tuple[float, float]:
    """How far the tables beneath and above a caption are, very far where there is none; those without rules count where
    no ruled one is near."""
    ruled = (ruled_region(caption, around, down=True), ruled_region(caption, around, down=False))
    below, above = ruled if any(ruled) else (region_below(caption, around), region_above(caption, around))
    edge = box_of(caption)
    return below.box.y0 - edge.y1 if below else FAR, edge.y0 - above.box.y1 if above else FAR
