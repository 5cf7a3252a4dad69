"""Where the parts of a table stand that goes over several columns of text or pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from exomine.document.hyphens import Vocabulary
from exomine.document.model import Box
from exomine.document.pdf.backends.base import PageContent, TextLine, box_of
from exomine.document.pdf.styles import Style
from exomine.document.pdf.table_area import Region
from exomine.document.pdf.table_lines import overlap
from exomine.document.pdf.table_regions import RegionFinder
from exomine.document.pdf.tables import extract_table

__all__ = ["Flow", "Part"]

#: A table stands in a column of text where it begins so near to its left edge, in points.
_NEAR_EDGE = 12.0
#: It is no wider than the column by more than this, and two columns are no nearer to each other than this part of one.
_WIDER, _APART = 1.08, 0.8
#: So many lines of notes stand above a caption at the most whose table is on the page before.
_MOST_NOTES = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a table that stands before the one with the caption."""

    page: int  # its place in the list of pages
    region: Region


@dataclass(slots=True)
class Flow:
    """The columns and pages of a paper in the order in which tables go on."""

    style: Style
    regions: RegionFinder
    pages: Sequence[PageContent]
    lines: Sequence[Sequence[TextLine]]
    vocabulary: Vocabulary
    #: The lines of each page that are of tables whose captions stand further on.
    taken: dict[int, set[int]] = field(default_factory=dict)

    def next_column(self, region: Region) -> Region | None:
        """The place in the next column of the same page where a table may go on."""
        k, edges = self._column(region.box), self._edges()
        return _moved(region, edges[k + 1] - edges[k]) if k is not None and k + 1 < len(edges) else None

    def next_page(self, region: Region) -> list[Region]:
        """The places on the next page where a table may go on: in its first column, or in the same one."""
        k, edges = self._column(region.box), self._edges()
        return [*([_moved(region, edges[0] - edges[k])] if k else []), region]

    def parts_before(self, region: Region, page: int, captions: Sequence[Sequence[Box]]) -> list[Part]:
        """The parts of a table whose caption stands beneath its last one, from the first on.

        ``captions`` are the boxes of all captions of each page.
        """
        out: list[Part] = []
        last: Part | None = Part(page, region)
        while last is not None and self._is_at_top(last):
            last = next((p for p in self._tried(last, captions) if p), None)
            if last is not None:
                out.insert(0, last)
                self.taken.setdefault(last.page, set()).update(id(x) for x in last.region.lines)
        return out

    def table_before(self, caption: list[TextLine], page: int, captions: Sequence[Sequence[Box]]) -> Part | None:
        """The table at the foot of the column or page before the one at whose top its caption stands, notes at most
        above it."""
        box = box_of(caption)
        above = [x for x in self.lines[page] if x.y1 < box.y0 + 2 and overlap(x.x0, x.x1, box.x0, box.x1) > 0]
        if len(above) > _MOST_NOTES or any(self.style.is_body(x) or x.size > caption[0].size for x in above):
            return None
        mine = {id(x) for x in caption}
        for k, place in self._places_before(Part(page, Region(caption, box, caption, []))):
            free = [x for x in self._free(k, place.box, captions[k]) if id(x) not in mine]
            found = self.regions.before_break(self.pages[k], free, caption, place.box)
            if found is not None:
                extract_table(found, table_id="", label="", caption="", page=0, vocabulary=self.vocabulary)
                self.taken.setdefault(k, set()).update(id(x) for x in (*found.lines, *found.notes))
                return Part(k, found)
        return None

    def _free(self, page: int, place: Box, captions: Sequence[Box]) -> list[TextLine]:
        """The lines of a page beneath its last caption over or under a place, without those of tables."""
        start = max((b.y1 for b in captions if overlap(b.x0, b.x1, place.x0, place.x1) > 0), default=0.0)
        taken = self.taken.get(page, set())
        return [x for x in self.lines[page] if x.y0 > start - 1 and id(x) not in taken]

    def _tried(self, part: Part, captions: Sequence[Sequence[Box]]) -> Iterator[Part | None]:
        for page, place in self._places_before(part):
            over = (b.y1 for b in captions[page] if overlap(b.x0, b.x1, place.box.x0, place.box.x1) > 0)
            start = max((y for y in over if page != part.page or y < part.region.box.y0), default=0.0)
            taken = self.taken.get(page, set())
            free = [x for x in self.lines[page] if x.y0 > start - 1 and id(x) not in taken]
            found = self.regions.ending(self.pages[page], free, place)
            if found is not None:
                self._measure(found)
                yield Part(page, found)

    def _measure(self, found: Region) -> None:
        """Give a part its columns: its own where they are more than those of the part beneath."""
        columns, found.columns = found.columns, []
        extract_table(found, table_id="", label="", caption="", page=0, vocabulary=self.vocabulary)
        if len(found.columns) <= len(columns):
            found.columns = columns

    def _places_before(self, part: Part) -> Iterator[tuple[int, Region]]:
        k, edges = self._column(part.region.box), self._edges()
        if k:
            yield part.page, _moved(part.region, edges[k - 1] - edges[k])
        if part.page:
            if k is not None and len(edges) > 1:
                yield part.page - 1, _moved(part.region, edges[-1] - edges[k])
            yield part.page - 1, part.region

    def _is_at_top(self, part: Part) -> bool:
        """Whether nothing stands above a part in its column of the page."""
        box, mine = part.region.box, {id(x) for x in part.region.lines}
        above = (x for x in self.lines[part.page] if x.y1 < box.y0 + 2 and id(x) not in mine)
        return not any(overlap(x.x0, x.x1, box.x0, box.x1) > 0 for x in above)

    def _edges(self) -> list[float]:
        """The left edges of the columns of text."""
        out: list[float] = []
        for left in self.style.lefts:
            if not out or left - out[-1] > _APART * self.style.column:
                out.append(float(left))
        return out

    def _column(self, box: Box) -> int | None:
        """The column of text in which a table stands; none where it is wider."""
        if box.x1 - box.x0 > _WIDER * self.style.column:
            return None
        near = (k for k, left in enumerate(self._edges()) if abs(left - box.x0) < _NEAR_EDGE)
        return next(near, None)


def _moved(region: Region, by: float) -> Region:
    """The place of a table moved to another column, with nothing in it."""
    box = region.box
    moved = Region([], Box(box.x0 + by, box.y0, box.x1 + by, box.y1), [], region.rules)
    moved.columns = [(a + by, b + by) for a, b in region.columns]
    return moved
