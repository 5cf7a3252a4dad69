"""Where the tables of a page are: from a caption along the ruling lines, or down the small print when none are
drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from exomine.document.model import Box
from exomine.document.pdf.backends.base import PageContent, TextLine, box_of
from exomine.document.pdf.cues import CAPTION
from exomine.document.pdf.styles import Style
from exomine.document.pdf.table_lines import fills_column, followed, has_rows, heights, overlap, preceding
from exomine.document.pdf.table_pieces import Piece, Row, printed_rows
from exomine.document.pdf.table_shades import Band, bands

__all__ = ["Region", "RegionFinder", "Rule", "horizontal_rules", "standing_rules"]

#: A table's first line lies no further than this from its caption, in points.
NEAR = 42.0
#: The first note under a table, and each further one, follow no further apart than so many font sizes.
_FIRST_NOTE, _NEXT_NOTE = 2.8, 2.2
#: A stretch of so many points without a line parts two tables.
_EMPTY = 60
#: A table beside its caption may begin so many points above the caption's top.
_BESIDE = 12
#: A rule with so many others of its width near it is a row of a table.
_STACKED = 2
#: Rulings shorter than this are parts of figures or signs.
_SHORTEST_RULE = 18
#: A head has no more lines than so many.
_MOST_HEAD_LINES = 6
#: Of a table that begins at a page's foot no more than so many rows stand there.
_MOST_BEGUN = 3
#: A table may go on upon the next page from below this part of a page's height on.
_FOOT = 0.6
#: So large a part of the phrases of a table's rest stand in a column of its first part.
_MOST_IN_COLUMNS = 0.75
#: The fullest row of a table's rest fills more than this part of the columns.
_LEAST_FILLED = 0.5
#: A row that fills no more than those has so many phrases at least.
_FEWEST_SPARSE = 3
#: Words of one line that are cells stand further apart than this, in font sizes.
_CELL_GAP = 1.5
#: A line of text has no more phrases than so many.
_MOST_PHRASES = 2
#: A caption of no more lines may be narrower than its table.
_SHORT = 2
#: A line that begins further to the right of its caption's edge than this, in font sizes, is a table's head.
_CELL_INDENT = 3.0
#: A caption's further lines may hang beneath one of so many of its first words: "Table 1. | Doses of".
_LABEL_WORDS = 4
#: Lines whose heights differ by less than this, in font sizes, stand beside each other.
_ON_LINE = 0.5
#: A paragraph's first line begins no further from its column's edge than this, in font sizes.
_INDENT = 2.5
#: A rule over so large a part of a table's width reaches over the whole of it; the head stands between the first two.
_WHOLE, _AROUND_HEAD = 0.9, 2
#: Text is justified where so many gaps between its words, and so large a part of them, differ from their usual width by
#: less than this, in font sizes.
_FEWEST_GAPS, _NEARLY_ALL, _EQUAL = 3, 0.8, 0.1
#: So many rows beneath the last rule are the table's, whatever rules it has.
_LEAST_ROWS = 3
#: Further than any place on a page.
_FAR = 1e9


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line across (part of) a table, its pieces joined."""

    x0: float
    x1: float
    y: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0


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


def horizontal_rules(page: PageContent) -> list[Rule]:
    """The page's horizontal rulings with pieces on one height joined, from top to bottom."""
    rules: list[Rule] = []
    for piece in _pieces(page):
        near = [i for i, r in enumerate(rules) if _adjoin(r, piece)]
        if near:
            rule = rules[near[-1]]
            rules[near[-1]] = Rule(min(rule.x0, piece.x0), max(rule.x1, piece.x1), rule.y)
        else:
            rules.append(piece)
    return sorted((r for r in rules if r.width > _SHORTEST_RULE), key=lambda r: r.y)


def _pieces(page: PageContent) -> list[Rule]:
    """The horizontal rulings that lie on the page, by height and from left to right."""
    visible = (r for r in page.rulings if r.horizontal and r.x1 > 0 and r.x0 < page.width)
    pieces = [Rule(r.x0, r.x1, (r.y0 + r.y1) / 2) for r in visible]
    return sorted(pieces, key=lambda p: (round(p.y), p.x0))


def _adjoin(rule: Rule, piece: Rule) -> bool:
    """Whether a piece lies on a rule's height and (nearly) touches it."""
    if abs(piece.y - rule.y) > 1.6:
        return False
    return piece.x0 - rule.x1 < 8.0 and rule.x0 - piece.x1 < 8.0


def standing_rules(pages: Sequence[PageContent]) -> set[tuple[int, int, int]]:
    """Rules that belong to the pages' frames: drawn at the same place of many pages, and not between rows of a table
    that goes on over several. Whole points (x0, x1, y).
    """
    places: Counter[tuple[int, int, int]] = Counter()
    for page in pages:
        places.update({_place(r) for r in horizontal_rules(page)})
    least = max(3, 0.25 * len(pages))
    often = {p for p, n in places.items() if n >= least}
    return {p for p in often if sum(_is_row_beside(p, q) for q in often) < _STACKED}


def _is_row_beside(place: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Whether two rules are of one width, and as near to each other as the rows of a table are."""
    (x0, x1, y), (left, right, height) = place, other
    return 0 < abs(y - height) < NEAR and abs(x0 - left) < 3 and abs(x1 - right) < 3


def _place(rule: Rule) -> tuple[int, int, int]:
    return round(rule.x0), round(rule.x1), round(rule.y)


@dataclass(slots=True)
class RegionFinder:
    """Finds regions page by page; learns from all captions whether they stand above or below their tables."""

    style: Style
    standing: set[tuple[int, int, int]]
    above: bool = True

    def rules(self, page: PageContent) -> list[Rule]:
        return [r for r in horizontal_rules(page) if _place(r) not in self.standing]

    def vote(self, page: PageContent, lines: Sequence[TextLine], captions: Sequence[list[TextLine]]) -> int:
        """How many of the captions have a table only (or closer) beneath them, less those that have it above."""
        rules = self.rules(page)
        votes = 0
        for whole in captions:
            caption, _ = _above_table(whole, rules, lines, self.style)
            around = _Surroundings(lines, rules, [c for c in captions if c is not whole], self.style)
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
            caption, rest = _above_table(whole, rules, lines, self.style)
            free += rest
            around = _Surroundings(free, rules, [c for c in captions if c is not whole], self.style)
            region = self._region(caption, around)
            if region is None or len(region.lines) < 2:
                continue
            _add_drawn(region, page)
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
        return not any(_common(line, region.box) > 0 for line in beneath)

    def going_on(self, page: PageContent, lines: Sequence[TextLine], first: Region) -> Region | None:
        """The rest of a table at the top of the next page, without a caption of its own; its columns tell it."""
        box = first.box
        over = [line for line in lines if _common(line, box) > 0]
        top = min((line.y0 for line in over), default=0.0)
        found = followed(over, Box(box.x0, top, box.x1, top), self.style)
        rules = [r for r in self.rules(page) if abs(r.x0 - box.x0) < _BESIDE and abs(r.x1 - box.x1) < _BESIDE]
        if first.rules and rules:
            foot = max((r.y for r in rules if _is_right_beneath(r, found)), default=_FAR)
            beneath = [line for line in found if line.base >= foot]
            if not _stand_in(beneath, first.columns):  # else it is the rule beneath a head that is printed again
                found = [line for line in found if line.base < foot]
        if not found or _is_above_figure_caption(found, lines):
            return None
        if not _stand_in(found, first.columns) and _first_words(found) != _first_words(first.lines):
            return None
        box = box_of(found)
        inner = [r for r in rules if box.y0 - NEAR / 2 < r.y < box.y1 + NEAR / 2]
        region = Region([], _with_rules(box, inner), found, inner)
        region.columns = list(first.columns)
        _add_drawn(region, page)
        region.notes = _notes(region, lines, None, self.style)
        return region

    @staticmethod
    def leave_out_head(rest: Region, first: Region | None) -> None:
        """Take the lines out of a table's rest that print its head again, where rows stand beneath them."""
        head = [_said(row) for row in printed_rows(first.lines)] if first else []
        rows = printed_rows(rest.lines)
        n = len(list(takewhile(lambda pair: _said(pair[0]) == pair[1], zip(rows, head, strict=False))))
        if 0 < n < len(rows):
            end = (rows[n - 1].base + rows[n].base) / 2
            rest.lines = [x for x in rest.lines if x.base > end]
        rest.headless = True

    def ending(self, page: PageContent, lines: Sequence[TextLine], place: Region) -> Region | None:
        """The part of a table at the foot of a column or page whose next part is in ``place``; its columns tell it."""
        over = [line for line in lines if _common(line, place.box) > 0]
        foot = max((line.y1 for line in over), default=0.0)
        if foot < _FOOT * page.height:
            return None
        found = preceding(over, Box(place.box.x0, foot, place.box.x1, foot), self.style)
        found = _from_columns_on(found, place.columns)
        if not found or not _stand_in(found, place.columns):
            return None
        box = box_of(found)
        rules = [
            r for r in self.rules(page) if box.y0 - NEAR / 2 < r.y < box.y1 + NEAR / 2 and _common_width(r, box) > 0
        ]
        region = Region([], _with_rules(box, rules), found, rules)
        region.columns = list(place.columns)
        _add_drawn(region, page)
        return region

    @staticmethod
    def narrower(region: Region, first: Region) -> bool:
        """Whether a part of a table was read with fewer columns than the first part, and stands in all of those."""
        level = abs(region.box.x0 - first.box.x0) < _BESIDE
        return level and len(region.columns) < len(first.columns) and _stand_in(region.lines, first.columns)

    def begun(self, page: PageContent, lines: Sequence[TextLine], caption: list[TextLine]) -> Region | None:
        """What stands beneath a caption at the foot of a page whose table goes on upon the next one: a head at most.

        None where text stands beneath it, or the caption is no page's last.
        """
        caption, rest = _above_table(caption, self.rules(page), lines, self.style)
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
        edge = Box(cap.x0, top - _BESIDE, cap.x1, top - _BESIDE / 2)
        around = _Surroundings(lines, self.rules(page), [], self.style)
        region = _ruled(caption, around, edge, down=True) or _unruled(caption, around, edge)
        if region is None or region.box.y0 > top + NEAR or _is_above_figure_caption(region.lines, lines):
            return None
        _add_drawn(region, page)
        return region

    def before_break(
        self, page: PageContent, lines: Sequence[TextLine], caption: list[TextLine], place: Box
    ) -> Region | None:
        """The table at the foot of a column or page, as wide as ``place``, whose caption stands at the top of the next
        one."""
        foot = max((x.y1 for x in lines if _common(x, place) > 0), default=0.0)
        if foot < _FOOT * page.height:
            return None
        edge = Box(place.x0, foot + _BESIDE / 2, place.x1, foot + _BESIDE)
        around = _Surroundings(lines, self.rules(page), [], self.style)
        region = _ruled(caption, around, edge, down=False) or _unruled_above(caption, around, edge)
        if region is None or region.box.y1 < foot - NEAR or len(region.lines) < _LEAST_ROWS:
            return None
        if _is_above_figure_caption(region.lines, lines):
            return None
        _add_drawn(region, page)
        return region

    def _region(self, caption: list[TextLine], around: _Surroundings) -> Region | None:
        """The ruled table where the paper's tables stand, else on the caption's other side, else one without rules."""
        return (
            _ruled(caption, around, down=self.above)
            or _ruled(caption, around, down=not self.above)
            or (None if self.above else _unruled_above(caption, around, grouped=True))
            or _unruled(caption, around)
        )


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What stands around a caption: the lines that no table has taken, the rules, the page's other captions."""

    lines: Sequence[TextLine]
    rules: Sequence[Rule]
    others: Sequence[list[TextLine]]
    style: Style


def _with_rules(box: Box, rules: Sequence[Rule]) -> Box:
    """A box that holds some rules too."""
    return Box(
        min([box.x0, *(r.x0 for r in rules)]),
        min([box.y0, *(r.y for r in rules)]),
        max([box.x1, *(r.x1 for r in rules)]),
        max([box.y1, *(r.y for r in rules)]),
    )


def _is_right_beneath(rule: Rule, lines: Sequence[TextLine]) -> bool:
    return any(line.base < rule.y < line.base + _NEXT_NOTE * line.size for line in lines)


def _stand_in(lines: Sequence[TextLine], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether nearly all phrases stand in one of the columns each, and those of some row in most of them, or in half of
    them and those of all rows in all."""
    rows = [[_columns_of(p, columns) for p in row.pieces] for row in printed_rows(lines)]
    phrases = [m for row in rows for m in row]
    filled = [{m[0] for m in row if len(m) == 1} for row in rows]
    half = _LEAST_FILLED * len(columns)
    fullest = max(map(len, filled), default=0)
    sparse = fullest >= max(half, _FEWEST_SPARSE) and len(set().union(*filled)) == len(columns)
    single = sum(len(m) == 1 for m in phrases)
    return (fullest > max(1, half) or sparse) and single >= _MOST_IN_COLUMNS * len(phrases)


def _first_words(lines: Sequence[TextLine]) -> list[str]:
    """What stands on the first height of a table: of its head, which may be printed again."""
    return [p.text for row in printed_rows(lines)[:1] for p in row.pieces]


def _said(row: Row) -> str:
    """The text of a row, however its phrases are parted."""
    return " ".join(p.text for p in row.pieces)


def _from_columns_on(lines: list[TextLine], columns: Sequence[tuple[float, float]]) -> list[TextLine]:
    """Rows from top to bottom without single phrases above them that reach over several columns: text."""
    rows = printed_rows(lines)
    for row in rows:
        if len(row.pieces) > 1 or len(_columns_of(row.pieces[0], columns)) == 1:
            return [x for x in lines if x.base > row.base - x.size / 2]
    return []


def _columns_of(piece: Piece, columns: Sequence[tuple[float, float]]) -> list[int]:
    return [k for k, (a, b) in enumerate(columns) if piece.x0 < b and piece.x1 > a]


def _gaps(caption: list[TextLine], around: _Surroundings) -> tuple[float, float]:
    """How far the tables beneath and above a caption are, very far where there is none; those without rules count where
    no ruled one is near."""
    ruled = (_ruled(caption, around, down=True), _ruled(caption, around, down=False))
    below, above = ruled if any(ruled) else (_unruled(caption, around), _unruled_above(caption, around))
    edge = box_of(caption)
    return below.box.y0 - edge.y1 if below else _FAR, edge.y0 - above.box.y1 if above else _FAR


def _add_drawn(region: Region, page: PageContent) -> None:
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


def _above_table(
    caption: list[TextLine], rules: Sequence[Rule], lines: Sequence[TextLine], style: Style
) -> tuple[list[TextLine], list[TextLine]]:
    """A caption without the lines of the table that are set as closely beneath it as its own lines are."""
    above, rest = _above_rule(caption, rules)
    mine = {id(x) for x in caption}
    others = [x for x in lines if id(x) not in mine]
    for i in range(1, len(above)):
        if (
            _is_parted_widely(above[i])
            or _stands_elsewhere(above[i], above[0])
            or _has_cells_beside(above[i], above[0], others, style)
        ):
            return above[:i], above[i:] + rest
    return above, rest


def _is_parted_widely(line: TextLine) -> bool:
    """Whether a line is made of cells: words stand further apart in it than in any text, or it has several phrases
    that do not stand equally far apart."""
    (row,) = printed_rows([line])
    uneven = len(row.pieces) > _MOST_PHRASES and not _is_justified(row)
    return uneven or any(b.x0 - a.x1 > _CELL_GAP * line.size for a, b in pairwise(line.words))


def _stands_elsewhere(line: TextLine, first: TextLine) -> bool:
    """Whether a line begins far from its caption's left edge, neither centred nor hanging beneath one of its words."""
    centred = abs((line.x0 + line.x1) - (first.x0 + first.x1)) < 4
    hanging = any(abs(word.x0 - line.x0) < 2 for word in first.words[:_LABEL_WORDS])
    return line.x0 - first.x0 > _CELL_INDENT * line.size and not centred and not hanging


def _has_cells_beside(line: TextLine, first: TextLine, others: Sequence[TextLine], style: Style) -> bool:
    """Whether phrases of a line's size stand on its height, to its right, and none beside the caption's first line:
    no text of another column."""
    cells = [x for x in others if x.x0 > line.x1 and _is_of_row(x, line) and not fills_column(x, style)]
    beside = [x for x in others if abs(x.base - first.base) < _ON_LINE * first.size]
    return any(all(overlap(x.x0, x.x1, b.x0, b.x1) <= 0 for b in beside) for x in cells)


def _is_of_row(line: TextLine, other: TextLine) -> bool:
    return abs(line.base - other.base) < 0.2 * other.size and abs(line.size - other.size) < 0.06 * other.size


def _above_rule(caption: list[TextLine], rules: Sequence[Rule]) -> tuple[list[TextLine], list[TextLine]]:
    """A caption without the lines that a rule parts from it: the table's head, set close to it."""
    box = box_of(caption)
    for rule in rules:
        if not caption[0].base < rule.y < caption[-1].base:
            continue
        if overlap(rule.x0, rule.x1, box.x0, box.x1) > 0.5 * (box.x1 - box.x0):
            above, below = [x for x in caption if x.base < rule.y], [x for x in caption if x.base > rule.y]
            if not _goes_on_across(above[-1], below[0]):
                return above, below
    return caption, []


def _goes_on_across(above: TextLine, below: TextLine) -> bool:
    """Whether a caption goes on beneath a line drawn through it, the edge of a shade: in the same type, from the same
    left edge, in the middle of a sentence."""
    end, first = above.words[-1].font, below.words[0].font
    same = first.bold == end.bold and abs(above.x0 - below.x0) < _BESIDE and abs(above.size - below.size) < 0.1
    return same and below.text[:1].islower() and not above.text.endswith(".")


def _ruled(caption: list[TextLine], around: _Surroundings, edge: Box | None = None, *, down: bool) -> Region | None:
    """The region along the rules beneath (or above) the caption, or ``edge`` in its place."""
    cap = edge or box_of(caption)
    chain = _chain(cap, around, down=down)
    if len(chain) < 2:
        return None
    x0, x1 = min(r.x0 for r in chain), max(r.x1 for r in chain)
    top, bottom = chain[0].y, chain[-1].y
    if down and top < cap.y1 and overlap(x0, x1, cap.x0, cap.x1) > 0:  # not beside its caption
        top = max(top, cap.y1 - 2)
    box = Box(x0, top, x1, bottom)
    inside = [line for line in around.lines if _lies_inside(line, box)]
    if not inside or _is_text(inside, around.style, x1 - x0):
        return None
    region = Region(caption, box, inside, list(chain))
    if down:
        _add_head_above(region, cap, around)
        _add_rows_beneath(region, around)
    else:
        _add_head_over(region, around)
    end = min((x.y0 for c in around.others for x in c if x.y0 > region.box.y1 - 2), default=_FAR)
    beneath = [x for x in around.lines if x.base < end]
    region.notes = _notes(region, beneath, cap if not down else None, around.style)
    return region


def _add_head_above(region: Region, cap: Box, around: _Surroundings) -> None:
    """The head between the caption and the first rule: cells beside each other, where no rule parts them from the
    caption.
    """
    box = region.box
    strip = Box(box.x0, cap.y1 - 1, box.x1, box.y0 - 1)
    over = [x for x in around.lines if x.y0 > cap.y1 - 2 and x.base < box.y0 and _lies_inside(x, strip)]
    rows = printed_rows(over)
    if (
        not rows
        or len(rows) > _MOST_HEAD_LINES
        or all(len(row.pieces) < 2 for row in rows)
        or _is_text(over, around.style, box.x1 - box.x0)
    ):
        return
    region.lines = [*over, *region.lines]
    region.box = Box(box.x0, min(x.y0 for x in over), box.x1, box.y1)


def _add_head_over(region: Region, around: _Surroundings) -> None:
    """The head over the first rule of a table whose caption stands beneath it: small print set closely, in cells."""
    box = region.box
    end = max((x.y1 for c in around.others for x in c if x.y1 < box.y0), default=0.0)
    free = [
        x for x in around.lines if end < x.y0 and x.base < box.y0 and _lies_inside(x, Box(box.x0, x.y0, box.x1, x.y1))
    ]
    over = preceding(free, Box(box.x0, box.y0, box.x1, box.y0), around.style)
    rows = printed_rows(over)
    if not rows or len(heights(over)) > _MOST_HEAD_LINES or all(len(row.pieces) < 2 for row in rows):
        return
    if any(around.style.is_body(x) for x in over):
        return
    region.lines = [*over, *region.lines]
    region.box = Box(box.x0, min(x.y0 for x in over), box.x1, box.y1)


def _add_rows_beneath(region: Region, around: _Surroundings) -> None:
    """Rows that follow beneath the last rule: only the head is ruled, or the table goes on upon the next page."""
    if len(heights(region.lines)) > _MOST_HEAD_LINES:
        return
    box = region.box
    end = min((x.y0 for c in around.others for x in c if x.y0 > box.y1 - 2), default=_FAR)
    below = [line for line in around.lines if box.y1 - 2 < line.y0 and line.base < end]
    rows = followed(below, Box(box.x0, box.y1, box.x1, box.y1), around.style)
    few = _is_head_alone(region) and not any(map(_is_justified, printed_rows(rows)))
    if has_rows(rows, uneven=few, least=1 if few else _LEAST_ROWS) and all(
        _common(line, box) > 0.6 * line.width for line in rows
    ):
        region.lines = [*region.lines, *rows]
        region.box = Box(box.x0, box.y0, box.x1, max(line.y1 for line in rows))


def _is_head_alone(region: Region) -> bool:
    """Whether a region has no more rules over its whole width than a head has, above and beneath it."""
    return sum(r.width > _WHOLE * (region.box.x1 - region.box.x0) for r in region.rules) == _AROUND_HEAD


def _is_justified(row: Row) -> bool:
    """Whether nearly all words of a row stand equally far apart: text made as wide as its column, or as two columns."""
    words = [w for p in row.pieces for w in p.words]
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(words) if not b.glued)
    near = sum(abs(gap - gaps[len(gaps) // 2]) < _EQUAL * row.size for gap in gaps)
    return near >= max(_FEWEST_GAPS, _NEARLY_ALL * len(gaps))


def _lies_inside(line: TextLine, box: Box) -> bool:
    """Whether a line's middle and most of its width lie inside of a box."""
    if not box.y0 - 1 <= (line.y0 + line.y1) / 2 <= box.y1 + 1:
        return False
    return overlap(line.x0, line.x1, box.x0 - 3, box.x1 + 3) > 0.6 * line.width


def _chain(cap: Box, around: _Surroundings, *, down: bool) -> list[Rule]:
    """The rules of one table, from the one next to the caption on, as far as no body text or other caption lies
    between.
    """
    cap, near = _candidates(cap, around.rules, down=down)
    chain: list[Rule] = []
    edge = _foot_of_head(cap, near, around) if down else _top_of_notes(cap, around)
    for rule in near:
        if not chain:
            gap = rule.y - edge if down else edge - rule.y
            if gap > NEAR:
                return []
        elif not _is_stacked(rule, _widest(chain)):
            continue
        elif _parted(min(edge, rule.y), max(edge, rule.y), _widest(chain), around):
            break
        chain.append(rule)
        edge = rule.y
    return sorted(chain, key=lambda r: r.y)


def _foot_of_head(cap: Box, rules: Sequence[Rule], around: _Surroundings) -> float:
    """The foot of a head of several lines that stands between a caption and the first rule, else the caption's."""
    if not rules or rules[0].y < cap.y1:
        return cap.y1
    over = [x for x in around.lines if cap.y1 - 4 < x.y0 and x.base < rules[0].y and _common(x, rules[0]) > 0]
    rows = printed_rows(over)
    if not rows or len(rows) > _MOST_HEAD_LINES or any(_is_full(x, around.style, around.style.column) for x in over):
        return cap.y1
    steps = [rows[0].base - cap.y1, *(b.base - a.base for a, b in pairwise(rows))]
    close = all(step < _NEXT_NOTE * row.size for step, row in zip(steps, rows, strict=True))
    return rows[-1].base if close else cap.y1


def _top_of_notes(cap: Box, around: _Surroundings) -> float:
    """The top of the small print right above a caption that stands beneath its table: the table's notes."""
    top = cap.y0
    for line in sorted(around.lines, key=lambda x: -x.base):
        if line.base > cap.y0 or overlap(line.x0, line.x1, cap.x0, cap.x1) <= 0:
            continue
        step = _NEXT_NOTE if top < cap.y0 else _FIRST_NOTE
        if top - line.y1 > (step - 1) * line.size or around.style.is_body(line):
            break
        if any(line.base < r.y < top + 0.5 * line.size and _stands_over(cap, r) for r in around.rules):
            break
        top = line.y0
    return top


def _candidates(cap: Box, rules: Sequence[Rule], *, down: bool) -> tuple[Box, list[Rule]]:
    """The rules that may be of the caption's table, the nearest first, and the caption's box from which to count.

    A caption may stand in the margin and the table beside it; the box is then put on the height of its first line.
    """
    near = [r for r in rules if (r.y > cap.y0 - 2 if down else r.y < cap.y1 + 2)]
    over = [r for r in near if _stands_over(cap, r)]
    if down and not over:
        over = [r for r in rules if 0 < r.x0 - cap.x1 < 60 and cap.y0 - _BESIDE < r.y]
        cap = Box(cap.x0, cap.y0 - 14, cap.x1, cap.y0 - _BESIDE)
    return cap, sorted(over, key=lambda r: r.y if down else -r.y)


def _stands_over(cap: Box, rule: Rule) -> bool:
    """Whether a caption and a rule share a good part of their widths."""
    return overlap(rule.x0, rule.x1, cap.x0 - 5, cap.x1 + 5) > 0.3 * min(rule.width, cap.x1 - cap.x0)


def _widest(chain: Sequence[Rule]) -> Rule:
    return max(chain, key=lambda r: r.width)


def _is_stacked(rule: Rule, widest: Rule) -> bool:
    """Whether a rule lies over or under another one by half of the shorter one's width."""
    return overlap(rule.x0, rule.x1, widest.x0, widest.x1) >= 0.5 * min(rule.width, widest.width)


def _parted(low: float, high: float, widest: Rule, around: _Surroundings) -> bool:
    """Whether running text, another caption or a wide empty space lies between two heights."""
    for line in (line for caption in around.others for line in caption):
        if low - 1 < line.base < high + 1 and _common(line, widest) > 0:
            return True
    between = [line for line in around.lines if low < line.base < high and _common(line, widest) > 0.5 * line.width]
    if not between and high - low > _EMPTY:
        return True
    if any(_opens_caption(line) and len(_on_height(line, between)) == 1 for line in between):
        return True
    return sum(_is_full(line, around.style, around.style.column) for line in between) >= 2


def _on_height(line: TextLine, lines: Sequence[TextLine]) -> list[TextLine]:
    return [x for x in lines if abs(x.base - line.base) < _ON_LINE * line.size]


def _common(line: TextLine, rule: Rule | Box) -> float:
    """The width that a line shares with a rule or box; negative where they lie apart."""
    return overlap(line.x0, line.x1, rule.x0, rule.x1)


def _is_full(line: TextLine, style: Style, width: float) -> bool:
    """Whether a line is set as the body is, and a phrase of it begins where columns of text do and fills one."""
    if not style.is_body(line) or line.width <= 0.85 * width:
        return False
    pieces = [p for row in printed_rows([line]) for p in row.pieces if p.width > 0.85 * width]
    edges = style.lefts or [p.x0 for p in pieces]
    return any(abs(p.x0 - left) < _INDENT * line.size for p in pieces for left in edges)


def _is_text(lines: Sequence[TextLine], style: Style, width: float) -> bool:
    """Whether the lines look like running text rather than cells."""
    full = sum(_is_full(line, style, min(width, style.column)) for line in lines)
    return full > 0.4 * len(lines)


def _notes(region: Region, lines: Sequence[TextLine], caption: Box | None, style: Style) -> list[TextLine]:
    """Small print right under a table."""
    if not region.lines:
        return []
    largest = 1.03 * max(line.size for line in region.lines)
    body = 0.97 * _body_size(lines)
    edge = region.box.y1
    out: list[TextLine] = []
    for line in _beneath(region, lines):
        limit = _NEXT_NOTE if out else _FIRST_NOTE
        if line.size > largest or line.size >= body or line.base - edge > limit * line.size or style.is_body(line):
            break
        if (caption and line.base > caption.y0) or _opens_caption(line):
            break
        out.append(line)
        edge = line.base
    return out


def _opens_caption(line: TextLine) -> bool:
    """Whether a line begins with a label set apart: "Figure 2." in bold or with a sign behind it."""
    m = CAPTION.match(line.text)
    return m is not None and (line.words[0].font.bold or bool(m["after"].strip()))


def _is_above_figure_caption(found: Sequence[TextLine], lines: Sequence[TextLine]) -> bool:
    """Whether a figure's caption follows closely: the rows are the labels in a figure."""
    foot = max(found, key=lambda x: x.base)
    near = (
        x for x in lines if 0 < x.base - foot.base < NEAR and overlap(x.x0, x.x1, foot.x0 - NEAR, foot.x1 + NEAR) > 0
    )
    return any(_opens_caption(x) and not x.text.lower().startswith("t") for x in near)


def _beneath(region: Region, lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines under a table, from top to bottom."""
    used = {id(line) for line in region.lines}
    under = (line for line in lines if id(line) not in used and line.y0 > region.box.y1 - 2)
    return sorted((line for line in under if _common(line, region.box) > 0), key=lambda x: x.base)


def _body_size(lines: Sequence[TextLine]) -> float:
    sizes = sorted(line.size for line in lines for _ in line.words)
    return sizes[len(sizes) // 2] * 1.2 if sizes else 10.0


def _unruled(caption: list[TextLine], around: _Surroundings, edge: Box | None = None) -> Region | None:
    """Small lines under the caption (or ``edge`` in its place), as far as they follow each other closely."""
    cap, style = edge or box_of(caption), around.style
    end = min((line.y0 for c in around.others for line in c if line.y0 > cap.y1), default=_FAR)
    below = [line for line in around.lines if cap.y1 - 2 < line.y0 < end]
    out = followed(below, Box(cap.x0 - 10, cap.y1, cap.x1 + 10, cap.y1), style)
    if not has_rows(out) and cap.x1 - cap.x0 < 0.8 * style.column:
        out = _beside_caption(cap, [x for x in around.lines if x.y0 > cap.y0 - 14 and x.base <= end], style)
    if not has_rows(out) and len(caption) == 1:  # narrower than its table: "Table 1 (Continued)"
        out = followed(below, Box(cap.x0 - 10, cap.y1, cap.x0 + style.column, cap.y1), style)
    if not has_rows(out, uneven=True):
        return None
    box = box_of(out)
    return Region(caption, box, out, [r for r in around.rules if box.y0 < r.y < box.y1 and _common_width(r, box) > 0])


def _unruled_above(
    caption: list[TextLine], around: _Surroundings, edge: Box | None = None, *, grouped: bool = False
) -> Region | None:
    """Rows above a caption that stands beneath its table (or above ``edge`` in its place), as far as they follow each
    other closely."""
    cap = edge or box_of(caption)
    end = max((line.y1 for c in around.others for line in c if line.y1 < cap.y0), default=0.0)
    above = [x for x in around.lines if end < x.y0 and x.y1 < cap.y0 + 2]
    rows = preceding(above, cap, around.style)
    if not has_rows(rows, uneven=True, grouped=grouped) and len(caption) <= _SHORT:  # narrower than its table
        rows = preceding(above, Box(cap.x0, cap.y0, cap.x0 + around.style.column, cap.y1), around.style)
    if not has_rows(rows, uneven=True, grouped=grouped):
        return None
    box = box_of(rows)
    rules = [r for r in around.rules if box.y0 - NEAR / 2 < r.y < box.y1 + NEAR / 2 and _common_width(r, box) > 0]
    region = Region(caption, box, rows, rules)
    region.notes = _notes(region, around.lines, cap, around.style)
    return region


def _common_width(rule: Rule, box: Box) -> float:
    return overlap(rule.x0, rule.x1, box.x0, box.x1)


def _beside_caption(cap: Box, lines: Sequence[TextLine], style: Style) -> list[TextLine]:
    """The table to the right or to the left of a caption that stands in the margin."""
    top, wide = cap.y0 - 14, 2 * style.column
    to_right = followed([x for x in lines if x.x0 > cap.x1], Box(cap.x1, top, cap.x1 + wide, top), style)
    if has_rows(to_right):
        return to_right
    return followed([x for x in lines if x.x1 < cap.x0], Box(cap.x0 - wide, top, cap.x0, top), style)
