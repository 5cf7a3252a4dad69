"""Tables taken out of the pages: their lines leave the text, a chunk that holds the table stands in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from exomine.document.hyphens import Vocabulary
from exomine.document.model import Aside, Table
from exomine.document.pdf.backends.base import PageContent, TextLine, box_of
from exomine.document.pdf.cues import CAPTION
from exomine.document.pdf.layout import Chunk, chunks_of, make_chunk
from exomine.document.pdf.looks import caption_match
from exomine.document.pdf.styles import Style
from exomine.document.pdf.table_area import Region
from exomine.document.pdf.table_flow import Flow, Part
from exomine.document.pdf.table_lines import overlap
from exomine.document.pdf.table_parts import continued
from exomine.document.pdf.table_pieces import printed_rows
from exomine.document.pdf.table_regions import RegionFinder
from exomine.document.pdf.table_rules import standing_rules
from exomine.document.pdf.tables import extract_table
from exomine.document.pdf.text import Marks, join_runs

__all__ = ["TableFinder"]

#: "Table 2 continued" at a caption's beginning, or "(Continued)" in brackets anywhere in it.
_CONTINUED = re.compile(r"^.{0,50}?\bcont(?:inued|d|\.)|\(\s*cont(?:inued|d|\.)\.?\s*\)", re.I | re.S)
#: What parts a label from its caption; a closing bracket is that of a sentence.
_BEHIND_LABELS = frozenset(".:|–—")


#: The text of a caption stands no further beneath its label than so many font sizes, in so many lines at most.
_TO_CAPTION, _MOST_CAPTION_LINES = 2.2, 5
#: Edges and heights that differ by no more points are one.
_LEVEL = 3


class TableFinder:
    """Finds the tables of a paper page by page and numbers them."""

    def __init__(
        self, style: Style, vocabulary: Vocabulary, pages: Sequence[PageContent], lines: Sequence[Sequence[TextLine]]
    ) -> None:
        self.style = style
        self.vocabulary = vocabulary
        self.regions = RegionFinder(style, standing_rules(pages))
        self.apart: list[Aside] = []
        self.holders: list[Chunk] = []
        self.open: tuple[Region, Chunk] | None = None  # the table that may go on upon the next page
        self.firsts: dict[int, Region] = {}  # of each table by its holder
        self.begun: Region | None = None  # a caption, with a head at most, whose table may be on the next page
        votes = 0
        for page, page_lines in zip(pages, lines, strict=True):
            captions = self._captions(chunks_of(page_lines, style.pitch, style.fonts))
            votes += self.regions.vote(page, page_lines, [c.lines for c in captions]) if captions else 0
        self.regions.above = votes >= 0
        self.flow = Flow(style, self.regions, pages, lines, vocabulary)
        self.ahead: dict[int, Part] = {}  # by the first line of a caption its table on the page before
        self.before: dict[int, list[Part]] = {} if self.regions.above else self._parts_before(pages, lines)
        self.of_later = {x for taken in self.flow.taken.values() for x in taken}

    def _parts_before(self, pages: Sequence[PageContent], lines: Sequence[Sequence[TextLine]]) -> dict[int, list[Part]]:
        """By the first line of each caption the parts of its table in the columns and on the pages before it."""
        captions = [self._captions(chunks_of(page, self.style.pitch, self.style.fonts)) for page in lines]
        boxes = [[box_of(c.lines) for c in found] for found in captions]
        out: dict[int, list[Part]] = {}
        for k in reversed(range(len(pages))):
            free = [x for x in lines[k] if id(x) not in self.flow.taken.get(k, ())]
            found = self.regions.find(pages[k], free, [c.lines for c in captions[k]])
            for region in found:
                extract_table(region, table_id="", label="", caption="", page=0, vocabulary=self.vocabulary)
                if parts := self.flow.parts_before(region, k, boxes):
                    out[id(region.caption[0])] = parts
            named = {id(region.caption[0]) for region in found}
            for caption in (c.lines for c in captions[k] if id(c.first) not in named):
                if part := self.flow.table_before(caption, k, boxes):
                    self.ahead[id(caption[0])] = part
                    out[id(caption[0])] = self.flow.parts_before(part.region, part.page, boxes)
        return out

    def _captions(self, chunks: Sequence[Chunk]) -> list[Chunk]:
        found = [c for chunk in chunks for c in self._cut_at_captions(chunk) if self._is_caption(c)]
        return [self._with_text_beneath(c, chunks) for c in found]

    def _with_text_beneath(self, caption: Chunk, chunks: Sequence[Chunk]) -> Chunk:
        """A label that stands alone, with the caption's text on the lines right beneath it."""
        m = CAPTION.match(caption.text)
        if m is None or caption.text[m.end() :].strip(" .:|"):
            return caption
        near = [c for c in chunks if 0 < c.first.base - caption.last.base < _TO_CAPTION * c.size]
        text = next((c for c in near if self._may_be_caption(c, caption, chunks)), None)
        return make_chunk([*caption.lines, *text.lines]) if text is not None else caption

    def _may_be_caption(self, chunk: Chunk, label: Chunk, chunks: Sequence[Chunk]) -> bool:
        """Whether a chunk right beneath a label is the caption's text: a few lines that begin at the label's edge or
        are centred beneath it, with nothing beside them, and no row of cells."""
        if len(chunk.lines) > _MOST_CAPTION_LINES or not chunk.text[:1].isupper() or self._is_caption(chunk):
            return False
        centred = abs((chunk.x0 + chunk.x1) - (label.x0 + label.x1)) < _LEVEL
        if not centred and abs(chunk.x0 - label.x0) > _LEVEL:
            return False
        if any(len(row.pieces) > 1 for row in printed_rows(chunk.lines)):
            return False
        others = (c for c in chunks if c is not chunk and c is not label)
        beside = (line for c in others for line in c.lines if abs(line.base - chunk.first.base) < _LEVEL)
        return not any(0 < line.x0 - chunk.first.x1 < self.style.column for line in beside)

    def _is_caption(self, chunk: Chunk) -> bool:
        m = caption_match(chunk, self.style)
        return m is not None and m["kind"].replace(" ", "").lower().startswith("tab")

    def _cut_at_captions(self, chunk: Chunk) -> list[Chunk]:
        """Small print in parts that begin with a caption, which may stand right beneath a table's last row."""
        starts = [i for i, line in enumerate(chunk.lines) if i and self._opens_caption(line)]
        bounds = [0, *starts, len(chunk.lines)]
        return [make_chunk(chunk.lines[a:b]) for a, b in pairwise(bounds)] if starts else [chunk]

    def _opens_caption(self, line: TextLine) -> bool:
        m = CAPTION.match(line.text)
        if m is None or self.style.is_body(line):
            return False
        rest = line.text[m.end() :].strip()
        in_capitals = line.words[0].text.isupper() and not rest.isupper() and not m["after"].strip()
        return (in_capitals or m["after"].strip() in _BEHIND_LABELS) and rest[:1].isupper()

    def take(self, page: PageContent, lines: Sequence[TextLine]) -> list[Chunk]:
        """The page's chunks, tables among them as chunks of kind table with the :class:`Table` in ``extra``."""
        chunks = chunks_of(lines, self.style.pitch, self.style.fonts)
        captions = self._captions(chunks)
        gone = {id(x) for x in lines} & self.of_later
        gone |= self._take_rest(page, [x for x in lines if id(x) not in gone], captions)
        holders, used = self._take_begun(page, [x for x in lines if id(x) not in gone], captions)
        gone |= used
        if not captions and not gone:
            return chunks
        free = [x for x in lines if id(x) not in gone]
        found = self.regions.find(page, free, [c.lines for c in captions])
        self._look_for_begun(page, free, captions, found)
        for part in (self.ahead[id(c.first)] for c in captions if id(c.first) in self.ahead):
            gone.update(id(x) for x in part.region.caption)
            if (holder := self._hold(part.region, self.flow.pages[part.page])) is not None:
                holders.append(holder)
        for region in found:
            holder = self._hold(region, page)
            gone.update(id(x) for x in (*region.caption, *region.lines, *region.notes))
            if holder is not None:
                holders.append(holder)
            if self.holders:
                others = gone | {id(x) for r in found for x in r.lines}
                free = [x for x in lines if id(x) not in others] + region.lines
                gone |= self._follow(page, free, captions, region, self.holders[-1])
        rest = chunks_of([x for x in lines if id(x) not in gone], self.style.pitch, self.style.fonts)
        return _inserted(rest, holders, lines)

    def _take_rest(self, page: PageContent, lines: Sequence[TextLine], captions: Sequence[Chunk]) -> set[int]:
        """The lines with which the last page's table goes on at the top of this one without a caption, added to it."""
        before, self.open = self.open, None
        if before is None:
            return set()
        first, holder = before
        for place in self.flow.next_page(first):
            if used := self._add_rest(page, lines, captions, place, holder):
                return used
        return set()

    def _add_rest(
        self, page: PageContent, lines: Sequence[TextLine], captions: Sequence[Chunk], place: Region, holder: Chunk
    ) -> set[int]:
        """The lines with which a table goes on at the top of a column, and of those after it; added to it."""
        boxes = [box_of(c.lines) for c in captions]
        over = (b.y0 for b in boxes if overlap(b.x0, b.x1, place.box.x0, place.box.x1) > 0)
        end = min(over, default=page.height)
        region = self.regions.going_on(page, [x for x in lines if x.y1 < end + 1], place)
        table = holder.extra["table"]
        if region is None or not isinstance(table, Table):
            return set()
        used = {id(x) for x in (*region.lines, *region.notes)}
        self.regions.leave_out_head(region, self.firsts.get(id(holder)))
        rest = self._extracted(region, page, table.label, table.caption)
        if rest is None:
            return set()
        holder.extra["table"] = continued(table, rest, headed=False)
        return used | self._follow(page, lines, captions, region, holder)

    def _follow(
        self, page: PageContent, lines: Sequence[TextLine], captions: Sequence[Chunk], region: Region, holder: Chunk
    ) -> set[int]:
        """Look for the rest of a table in the next column, and else keep it in mind for the next page."""
        if not self.regions.is_open(region, page, lines):
            return set()
        place = self.flow.next_column(region)
        if place is not None and (used := self._add_rest(page, lines, captions, place, holder)):
            return used
        self.open = region, holder
        return set()

    def _look_for_begun(
        self, page: PageContent, lines: Sequence[TextLine], captions: Sequence[Chunk], found: Sequence[Region]
    ) -> None:
        """Keep the page's last caption in mind where its table has not been found."""
        last = max(captions, key=lambda c: c.first.base, default=None)
        if last is None or any(id(x) in {id(y) for y in region.caption} for region in found for x in last.lines):
            return
        mine = {id(x) for x in last.lines}
        self.begun = self.regions.begun(page, [x for x in lines if id(x) not in mine], last.lines)

    def _take_begun(
        self, page: PageContent, lines: Sequence[TextLine], captions: Sequence[Chunk]
    ) -> tuple[list[Chunk], set[int]]:
        """The table at this page's top whose caption is the last page's last, and its lines."""
        begun, self.begun = self.begun, None
        if begun is None:
            return [], set()
        end = min((c.first.y0 for c in captions), default=page.height)
        region = self.regions.after_break(page, [x for x in lines if x.y1 < end + 1], begun.caption)
        if region is None or len(region.lines) < 2:
            return [], set()
        holder = self._hold(region, page)
        if holder is None or not isinstance(table := holder.extra.get("table"), Table):
            return [], set()
        holder.lines = region.lines
        holder.extra["table"] = self._headed(begun, region, table, page)
        if self.regions.is_open(region, page, lines):
            self.open = region, holder
        return [holder], {id(x) for x in (*region.lines, *region.notes)}

    def _headed(self, begun: Region, region: Region, table: Table, page: PageContent) -> Table:
        """A table with the head that stands on the page before."""
        if not begun.lines:
            return table
        begun.columns = list(region.columns)
        head = self._extracted(begun, page, table.label, table.caption)
        if head is None:
            return table
        printed = {c.text for c in head.cells}
        if all(c.text in printed for c in table.cells if c.row == 0):  # the head is printed again
            head = replace(head, cells=tuple(replace(c, header=True) for c in head.cells))
        return replace(continued(head, table, headed=False), table_id=table.table_id)

    def _extracted(self, region: Region, page: PageContent, label: str, caption: str) -> Table | None:
        for note in region.notes:
            self.apart.append(Aside("table_footnote", note.text, page.number, note.box))
        return extract_table(
            region,
            table_id=f"T{len(self.holders) + 1}",
            label=label,
            caption=caption,
            page=page.number,
            vocabulary=self.vocabulary,
        )

    def _hold(self, region: Region, page: PageContent) -> Chunk | None:
        text = "".join(r.text for r in join_runs(region.caption, self.vocabulary, Marks((), active=False)))
        m = caption_match(make_chunk(region.caption), self.style)
        label = _label(m, text[: m.end()]) if m else ""
        caption = text[m.end() :].strip(" .:|") if m else text
        table = self._extracted(region, page, label, caption)
        if table is None:
            self.apart.extend(Aside("other", line.text, page.number, line.box) for line in region.lines)
            holder = make_chunk(region.caption)
            holder.kind = "caption"
            return holder
        table = self._with_parts_before(region, table)
        if self._goes_on(self._in_columns_of_first(table, text, region, page), text):
            return None
        holder = make_chunk([*region.caption, *region.lines])
        holder.lines = region.caption
        holder.kind = "table"
        holder.extra["table"] = table
        self.holders.append(holder)
        self.firsts[id(holder)] = region
        return holder

    def _with_parts_before(self, region: Region, table: Table) -> Table:
        """A table with its parts that stand before the one with the caption."""
        whole: Table | None = None
        for part in self.before.get(id(region.caption[0]), ()):
            found = self._extracted(part.region, self.flow.pages[part.page], table.label, table.caption)
            if found is not None:
                whole = continued(whole, found, headed=False) if whole else found
        return continued(whole, table, headed=False) if whole else table

    def _in_columns_of_first(self, table: Table, caption: str, region: Region, page: PageContent) -> Table:
        """A continued part in the columns of the first one, where it has nothing in one of them."""
        if not _CONTINUED.search(caption):
            return table
        named = (h for h in reversed(self.holders) if _label_of(h) == table.label.lower())
        first = self.firsts.get(id(next(named, None)))
        if first is None or not self.regions.narrower(region, first):
            return table
        del self.apart[len(self.apart) - len(region.notes) :]
        region.columns = list(first.columns)
        return self._extracted(region, page, table.label, table.caption) or table

    def _goes_on(self, table: Table, caption: str) -> bool:
        """Whether the table continues one of an earlier column or page, as its caption says or by repeating that one's
        caption; it is then added there."""
        said = bool(_CONTINUED.search(caption))
        for holder in reversed(self.holders):
            first = holder.extra["table"]
            if not isinstance(first, Table) or first.label.lower() != table.label.lower():
                continue
            if said or (table.label and first.caption == table.caption):
                holder.extra["table"] = continued(first, table)
                return True
        return False


def _label_of(holder: Chunk) -> str:
    table = holder.extra["table"]
    return table.label.lower() if isinstance(table, Table) else ""


def _label(match: re.Match[str], printed: str) -> str:
    """The label as printed, the letters of its first word together: "Table 1" of "Ta bl e 1:"."""
    kind = match["kind"]
    return printed.strip(" .:|").replace(kind, kind.replace(" ", ""), 1)


def _inserted(chunks: list[Chunk], holders: list[Chunk], lines: Sequence[TextLine]) -> list[Chunk]:
    """Holders put where their captions stand in drawing order."""
    place = {id(line): i for i, line in enumerate(lines)}
    out = [(place[id(c.lines[0])], c) for c in chunks] + [(place[id(h.lines[0])], h) for h in holders]
    return [c for _, c in sorted(out, key=lambda item: item[0])]
