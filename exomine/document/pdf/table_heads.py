"""The head of a table: how far down it reaches, which of its cells stand over several columns, and its rows.

A cell over several columns is told by the rule beneath it, by words that cover them, or by its middle, which is the
middle of the columns and not that of a single one. The head has as many rows as its cells nest; what no cell spans is
one cell down to the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from exomine.document.pdf.table_area import Region
from exomine.document.pdf.table_lists import is_item
from exomine.document.pdf.table_pieces import Piece, Row, Span
from exomine.document.pdf.table_rules import Rule

__all__ = ["VALUE", "HeadCell", "grow_head", "head_cells", "header_end", "spread"]

#: A number with its sign, power and unit of a hundred: "< 0.05", "− 0.15", "4.1e−05", "3.5×10−9", "12%".
_NUMBER = r"[<>≤≥=~≈+−–-]?\s?\d[\d.,]*(?:e[+−–-]?\d+|\s?[×x]\s?10[+−–-]?\d+)?\s?%?"
#: What stands in a cell as a value: a number, "4.9 ± 1.2", "12–17", "12 (5%)", "4.9 (0–17)"; "x", "—".
VALUE = re.compile(
    rf"{_NUMBER}(?:\s?(?:±|[–-])\s?{_NUMBER})?(?:\s?\({_NUMBER}(?:\s?[–,;-]\s?{_NUMBER})?\))?[*†‡§]{{0,3}}"
    r"|[xX✓✔+−–—-]|---?"
)

#: A rule begins at the table's left edge where it is so near to it, in points.
_AT_EDGE = 8.0
#: Middles, and left edges, are one where they differ by no more points; of a wide cell, nearly one.
_SAME, _NEARLY = 4.0, 7.0
#: The same as a part of a wide stretch of columns.
_SHARE = 0.03
#: Lines of one name stand no further apart than so many font sizes.
_WRAPPED = 1.3
#: Rows that stand apart by less than so many font sizes share a cell's height.
_WITHIN = 0.75
#: A row names its columns where it fills so large a part of them.
_NAMES_MOST = 0.75
#: A head without a rule has no more lines than so many, and so many rows beneath it.
_MOST_HEAD, _LEAST_BENEATH = 6, 3


# --- how far down ----------------------------------------------------------------------------------------------------


def header_end(region: Region, rows: Sequence[Row]) -> float:
    """The height down to which rows are header: a wide rule inside of the region that has rows on both sides.

    A rule that leaves out the first column may part a heading over columns from their own; one beneath it that
    reaches over the whole table then ends the head.
    """
    ending = [rule for rule in region.rules if _rules_off_header(rule, region, rows)]
    left = min((row.pieces[0].x0 for row in rows), default=0.0)
    whole = next((rule for rule in ending if rule.x0 < left + _AT_EDGE), None)
    if ending:
        return (whole or ending[0]).y
    bold = len(list(takewhile(_is_bold, rows)))
    if 0 < bold < len(rows):
        return rows[bold - 1].base
    if not rows or any(is_item(p.text) for p in rows[0].pieces):  # lists beside their names, without a head
        return 0.0
    return _named_rows(rows)[-1].base


def _named_rows(rows: Sequence[Row]) -> Sequence[Row]:
    """The first rows, and those beneath that name columns too: over values, or going on in small letters, where the
    head has nothing in the first column yet or the row has not."""
    found = end = len(_first_rows(rows))
    while end < min(len(rows) - _LEAST_BENEATH, _MOST_HEAD) and not any(
        VALUE.fullmatch(p.text) for p in rows[end].pieces
    ):
        beneath = rows[end + 1 :]
        first = [row.pieces[0] for row in beneath]
        begun = [any(_stands_in(p, first) for p in r.pieces) for r in rows[: end + 1]]
        if not (begun[-1] and any(begun[:-1])) and (
            _is_over_values(rows[end], beneath) or _goes_on(rows[end], rows[:end])
        ):
            found = end + 1
        end += 1
    return rows[:found]


def _stands_in(piece: Piece, column: Sequence[Piece]) -> bool:
    """Whether a phrase stands over most of those of a column."""
    return 2 * sum(p.x0 < piece.x1 and piece.x0 < p.x1 for p in column) > len(column)


def _is_over_values(row: Row, beneath: Sequence[Row]) -> bool:
    """Whether a phrase of a row stands where most rows beneath it have a value."""
    values = [[p for p in r.pieces if VALUE.fullmatch(p.text)] for r in beneath]
    return any(2 * sum(any(v.x0 < p.x1 and p.x0 < v.x1 for v in r) for r in values) > len(values) for p in row.pieces)


def _goes_on(row: Row, head: Sequence[Row]) -> bool:
    """Whether all phrases of a row begin with small letters beneath phrases of the head: the rest of its cells."""
    above = [p for r in head for p in r.pieces]
    close = row.base - head[-1].base < _WRAPPED * row.size
    return close and all(p.text[:1].islower() and any(a.x0 < p.x1 and p.x0 < a.x1 for a in above) for p in row.pieces)


def _first_rows(rows: Sequence[Row]) -> Sequence[Row]:
    """The first row, and those after it that stand lower by less than a line: a head of several lines with cells in the
    middle of its height."""
    steps = enumerate(pairwise(rows), 1)
    return rows[: next((k for k, (a, b) in steps if b.base - a.base > _WITHIN * b.size), len(rows))]


def _rules_off_header(rule: Rule, region: Region, rows: Sequence[Row]) -> bool:
    """Whether a wide rule has a few rows above it, and not only a title over all columns with the header proper
    beneath.
    """
    if rule.x1 - rule.x0 <= 0.6 * (region.box.x1 - region.box.x0):
        return False
    above = sum(r.base < rule.y for r in rows)
    if not 0 < above <= max(3, 0.4 * len(rows)) or above == len(rows):
        return False
    titled = above == 1 and len(rows[0].pieces) == 1
    return not titled or len(rows) <= 3


def _is_bold(row: Row) -> bool:
    return all(w.font.bold for p in row.pieces for w in p.words)


def grow_head(rows: Sequence[Row], end: float) -> float:
    """The height down to which rows are header when those are counted that name columns beneath a heading over
    them; pieces have their columns."""
    head = [row for row in rows if row.header]
    body = [row for row in rows if not row.header]
    if (
        len(head) == 1 and _is_across(head[0]) and any(map(_is_across, body))
    ):  # a heading inside of a table without head
        return end
    while head and len(body) > 2 and len(head) <= 3 and _names_columns(body[0], head):
        head.append(body.pop(0))
        head[-1].header = True
        end = head[-1].base
    return end


def _is_across(row: Row) -> bool:
    """Whether a row is one phrase over several columns from the first on."""
    return len(row.pieces) == 1 and row.pieces[0].first == 0 < row.pieces[0].last


def _names_columns(row: Row, head: Sequence[Row]) -> bool:
    """Whether a row beneath the head goes on with it: the head has a heading over several columns, and the row names
    them."""
    filled, named = _filled([row]), _filled(head)
    wide = any(p.last > p.first for r in head for p in r.pieces)
    if not wide and len(named) >= len(filled | named) - 1:
        return False
    if _lies_under_wide(row, head):
        return True
    if (0 in named) != (0 in filled):
        bare = 0 not in filled
        return len(filled) > 1 and len(filled) >= _NAMES_MOST * len(filled | named) - bare and _is_bare(row, bare=bare)
    return not named & {0} and not filled & {0}


def _lies_under_wide(row: Row, head: Sequence[Row]) -> bool:
    """Whether a row has names, and nothing else, beneath the headings that stand over several columns: two or more
    under each.
    """
    wide = [range(p.first, p.last + 1) for r in head for p in r.pieces if p.last > p.first]
    filled = _filled([row])
    parted = all(p.first == p.last and not VALUE.fullmatch(p.text) for p in row.pieces)
    return bool(wide) and parted and all(len(filled & set(w)) > 1 for w in wide) and filled <= set().union(*wide)


def _is_bare(row: Row, *, bare: bool) -> bool:
    """Whether a row may name columns: it has no value, or nothing in the first column."""
    return bare or not any(VALUE.fullmatch(p.text) for p in row.pieces)


def _filled(rows: Sequence[Row]) -> set[int]:
    return {k for r in rows for p in r.pieces for k in range(p.first, p.last + 1)}


# --- cells over several columns --------------------------------------------------------------------------------------


def spread(rows: Sequence[Row], columns: Sequence[Span], region: Region) -> None:
    """Give the phrases of the head the columns over which they stand."""
    head = [row for row in rows if row.header]
    right = max((rule.x1 for rule in region.rules), default=0.0)
    for above, row in pairwise([None, *head[:-1]]):
        if row is not None:
            beneath = [r for r in rows if r.base > row.base + 1]
            contents, aligned = _contents(beneath, columns), _left_aligned(beneath, columns)
            _Spreading(head, row, above, contents, aligned, region.rules, region.bars, right).run()


def _contents(rows: Sequence[Row], columns: Sequence[Span]) -> list[Span]:
    """What is printed in each column, from its left to its right."""
    out: list[Span] = []
    last_head = max((row.base - _WRAPPED * row.size for row in rows if row.header), default=0.0)
    for k, column in enumerate(columns):
        inside = [p for r in rows if r.base >= last_head for p in r.pieces if p.first == p.last == k]
        x0 = min((p.x0 for p in inside), default=column[0])
        out.append((x0, max((p.x1 for p in inside), default=column[1])))
    return out


def _left_aligned(rows: Sequence[Row], columns: Sequence[Span]) -> list[bool]:
    """For each column whether most of what stands in it begins at its left edge."""
    lefts = [[p.x0 for r in rows for p in r.pieces if p.first == p.last == k] for k in range(len(columns))]
    return [2 * sum(x < min(found) + _SAME / 2 for x in found) > len(found) for found in lefts]


@dataclass(slots=True)
class _Spreading:
    """One row of the head whose phrases are being given their columns."""

    head: Sequence[Row]
    row: Row
    above: Row | None
    contents: Sequence[Span]
    aligned: Sequence[bool]  # columns whose phrases begin on one line
    rules: Sequence[Rule]
    bars: Sequence[tuple[float, float, float]]
    right: float  # of the table

    def run(self) -> None:
        open_to: list[tuple[Piece, list[tuple[int, int]]]] = []
        for piece in self.row.pieces:
            if found := self._by_bars(piece) or self._by_rule(piece) or self._as_above(piece):
                piece.first, piece.last = found
            elif stretches := self._by_middle(piece):
                open_to.append((piece, stretches))
        for (piece, _), stretch in zip(open_to, self._together([s for _, s in open_to]), strict=True):
            if stretch:
                piece.first, piece.last = stretch

    def _together(self, open_to: Sequence[Sequence[tuple[int, int]]], after: int = -1) -> list[tuple[int, int] | None]:
        """A stretch for each of several phrases, from left to right and none over another: as many as can have one, and
        as long as they can be."""
        if not open_to:
            return []
        rest = open_to[1:]
        free = [s for s in open_to[0] if s[0] > after]
        ways = [[s, *self._together(rest, s[1])] for s in free] or [[None, *self._together(rest, after)]]
        return max(ways, key=lambda way: (sum(s is not None for s in way), sum(b - a for a, b in filter(None, way))))

    def _by_bars(self, piece: Piece) -> tuple[int, int] | None:
        """The columns between the vertical lines that are drawn beside a phrase, where the table has them."""
        height = self.row.base - 0.3 * self.row.size
        bars = [x for x, top, bottom in self.bars if top < height < bottom]
        left = max((x for x in bars if x < piece.x0 + 2), default=None)
        right = min((x for x in bars if x > piece.x1 - 2), default=self.right)
        if left is None:
            return None
        between = [k for k, span in enumerate(self.contents) if left < _middle(span) < right]
        return (between[0], between[-1]) if between and self._is_free(piece, between) else None

    def _by_rule(self, piece: Piece) -> tuple[int, int] | None:
        """The columns over the rule that is drawn beneath a phrase, and beneath no other one."""
        below = min((r.base for r in self.head if r.base > self.row.base + 1), default=self.row.base)
        for rule in self.rules:
            if not self.row.base < rule.y < below:
                continue
            if rule.x0 < self.contents[0][0] + _AT_EDGE:
                if self._is_title(rule):
                    return 0, len(self.contents) - 1
                continue
            over = [k for k, span in enumerate(self.contents) if rule.x0 - 3 < _middle(span) < rule.x1 + 3]
            if over and over[0] <= piece.first <= piece.last <= over[-1] and self._is_free(piece, over):
                return over[0], over[-1]
        return None

    def _is_title(self, rule: Rule) -> bool:
        """Whether the row is a title over the whole table, parted from the head proper by a rule."""
        only = len(self.row.pieces) == 1 and self.row is self.head[0]
        return only and rule.x1 > self.contents[-1][0] and len(self.contents) > 1

    def _as_above(self, piece: Piece) -> tuple[int, int] | None:
        """The columns of the phrase above that this one goes on with: one beneath the other, nothing beside."""
        for p in self.above.pieces if self.above else ():
            over = range(p.first, p.last + 1)
            if len(over) == 1 or piece.first not in over or not self._is_free(piece, over):
                continue
            if abs(p.x0 - piece.x0) < _SAME or abs(_middle_of(p) - _middle_of(piece)) < _SAME:
                return p.first, p.last
        return None

    def _by_middle(self, piece: Piece) -> list[tuple[int, int]]:
        """The stretches of columns whose middle is the phrase's, each column with a name beneath, the longest
        first."""
        own = self.contents[piece.first]
        if piece.first == piece.last and self._is_set_over(piece, own, aligned=self.aligned[piece.first]):
            return []
        off = {stretch: self._off_middle(piece, *stretch) for stretch in self._ranges(piece)}
        exact = [s for s in off if off[s] < max(_SAME, _SHARE * self._width(*s))]
        return exact or [s for s in sorted(off, key=lambda s: off[s])[:1] if off[s] < _NEARLY]

    def _width(self, first: int, last: int) -> float:
        return self.contents[last][1] - self.contents[first][0]

    def _off_middle(self, piece: Piece, first: int, last: int) -> float:
        """How far the middle of a phrase lies from that of columns; the last column reaches to the table's edge."""
        left, right = self.contents[first][0], self.contents[last][1]
        ends = (right, self.right) if last + 1 == len(self.contents) else (right,)
        return min(abs((left + end) / 2 - _middle_of(piece)) for end in ends)

    def _is_set_over(self, piece: Piece, column: Span, *, aligned: bool) -> bool:
        """Whether a phrase is set as a column is: from the same left edge, or no wider and around the same middle."""
        if aligned and abs(piece.x0 - column[0]) < _SAME / 2:
            return True
        no_wider = piece.width <= column[1] - column[0] + _SAME
        return no_wider and abs(_middle(column) - _middle_of(piece)) < _SAME

    def _ranges(self, piece: Piece) -> Iterator[tuple[int, int]]:
        """The stretches of named columns around a phrase, free of other phrases, the longest first."""
        low, high = piece.first, piece.last
        while low > 1 and self._is_named(low - 1):
            low -= 1
        while high + 1 < len(self.contents) and self._is_named(high + 1):
            high += 1
        stretches = [(a, b) for a in range(low, piece.first + 1) for b in range(piece.last, high + 1) if b > a]
        yield from sorted(stretches, key=lambda s: s[0] - s[1])

    def _is_named(self, column: int) -> bool:
        """Whether a column has a name in the head beneath this row and nothing in it."""
        if any(p.first <= column <= p.last for p in self.row.pieces):
            return False
        lower = (r for r in self.head if r.base > self.row.base + 1)
        return any(p.first <= column <= p.last for r in lower for p in r.pieces)

    def _is_free(self, piece: Piece, over: Sequence[int]) -> bool:
        """Whether no other phrase of the row stands in the columns."""
        return not any(p.last >= over[0] and p.first <= over[-1] for p in self.row.pieces if p is not piece)


def _middle(span: Span) -> float:
    return (span[0] + span[1]) / 2


def _middle_of(piece: Piece) -> float:
    return (piece.x0 + piece.x1) / 2


# --- cells -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class HeadCell:
    """A cell of the head: its place, its spans and what is printed in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    pieces: list[Piece]


def head_cells(head: Sequence[Row]) -> tuple[list[HeadCell], int]:
    """The cells of the head by row and column, and how many rows it has."""
    levels = _levels(head)
    spanned = _spanned(head)
    cells: dict[tuple[int, int], HeadCell] = {}
    for level, rows in enumerate(levels):
        for piece in (p for r in rows for p in r.pieces):
            alone = piece.first not in spanned and len(levels) > 1
            key = (0 if alone else level, piece.first)
            span = len(levels) if alone else 1
            cell = cells.setdefault(key, HeadCell(*key, span, 1, []))
            cell.pieces.append(piece)
            cell.column_span = max(cell.column_span, piece.last - piece.first + 1)
    return [cells[key] for key in sorted(cells)], len(levels)


def _spanned(head: Sequence[Row]) -> set[int]:
    """The columns that a cell of the head spans together with others."""
    return {k for r in head for p in r.pieces if p.last > p.first for k in range(p.first, p.last + 1)}


def _levels(head: Sequence[Row]) -> list[list[Row]]:
    """The printed rows of the head grouped into its rows: a new one begins where columns are named beneath a cell that
    spans them."""
    levels: list[list[Row]] = []
    for row in head:
        if levels and not any(_is_parted(p, row) for r in levels[-1] for p in r.pieces):
            levels[-1].append(row)
        else:
            levels.append([row])
    return levels


def _is_parted(piece: Piece, row: Row) -> bool:
    """Whether a row has a phrase over fewer of the columns than the one above it spans."""
    if piece.first == piece.last:
        return False
    under = (p for p in row.pieces if piece.first <= p.first and p.last <= piece.last)
    return any((p.first, p.last) != (piece.first, piece.last) for p in under)
