"""The area of a table along the rules beneath or above its caption."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from exomine.document.model import Box
from exomine.document.pdf.backends.base import TextLine, box_of
from exomine.document.pdf.table_area import BESIDE, FAR, Region, Surroundings
from exomine.document.pdf.table_captions import opens_caption
from exomine.document.pdf.table_lines import ON_LINE, followed, has_rows, heights, is_full, is_text, overlap, preceding
from exomine.document.pdf.table_notes import FIRST_NOTE, NEXT_NOTE, notes_of
from exomine.document.pdf.table_pieces import is_justified, printed_rows
from exomine.document.pdf.table_rules import NEAR, Rule, shared_width

__all__ = ["LEAST_ROWS", "ruled_region"]

#: A stretch of so many points without a line parts two tables.
_EMPTY = 60
#: A head has no more lines than so many.
_MOST_HEAD_LINES = 6
#: A rule over so large a part of a table's width reaches over the whole of it; the head stands between the first two.
_WHOLE, _AROUND_HEAD = 0.9, 2
#: So many rows beneath the last rule are the table's, whatever rules it has.
LEAST_ROWS = 3


def ruled_region(
    caption: list[TextLine], around: Surroundings, edge: Box | None = None, *, down: bool
) -> Region | None:
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
    if not inside or is_text(inside, around.style, x1 - x0):
        return None
    region = Region(caption, box, inside, list(chain))
    if down:
        _add_head_above(region, cap, around)
        _add_rows_beneath(region, around)
    else:
        _add_head_over(region, around)
    end = min((x.y0 for c in around.others for x in c if x.y0 > region.box.y1 - 2), default=FAR)
    beneath = [x for x in around.lines if x.base < end]
    region.notes = notes_of(region, beneath, cap if not down else None, around.style)
    return region


def _add_head_above(region: Region, cap: Box, around: Surroundings) -> None:
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
        or is_text(over, around.style, box.x1 - box.x0)
    ):
        return
    region.lines = [*over, *region.lines]
    region.box = Box(box.x0, min(x.y0 for x in over), box.x1, box.y1)


def _add_head_over(region: Region, around: Surroundings) -> None:
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


def _add_rows_beneath(region: Region, around: Surroundings) -> None:
    """Rows that follow beneath the last rule: only the head is ruled, or the table goes on upon the next page."""
    if len(heights(region.lines)) > _MOST_HEAD_LINES:
        return
    box = region.box
    end = min((x.y0 for c in around.others for x in c if x.y0 > box.y1 - 2), default=FAR)
    below = [line for line in around.lines if box.y1 - 2 < line.y0 and line.base < end]
    rows = followed(below, Box(box.x0, box.y1, box.x1, box.y1), around.style)
    few = _is_head_alone(region) and not any(map(is_justified, printed_rows(rows)))
    if has_rows(rows, uneven=few, least=1 if few else LEAST_ROWS) and all(
        shared_width(line, box) > 0.6 * line.width for line in rows
    ):
        region.lines = [*region.lines, *rows]
        region.box = Box(box.x0, box.y0, box.x1, max(line.y1 for line in rows))


def _is_head_alone(region: Region) -> bool:
    """Whether a region has no more rules over its whole width than a head has, above and beneath it."""
    return sum(r.width > _WHOLE * (region.box.x1 - region.box.x0) for r in region.rules) == _AROUND_HEAD


def _lies_inside(line: TextLine, box: Box) -> bool:
    """Whether a line's middle and most of its width lie inside of a box."""
    if not box.y0 - 1 <= (line.y0 + line.y1) / 2 <= box.y1 + 1:
        return False
    return overlap(line.x0, line.x1, box.x0 - 3, box.x1 + 3) > 0.6 * line.width


def _chain(cap: Box, around: Surroundings, *, down: bool) -> list[Rule]:
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


def _foot_of_head(cap: Box, rules: Sequence[Rule], around: Surroundings) -> float:
    """The foot of a head of several lines that stands between a caption and the first rule, else the caption's."""
    if not rules or rules[0].y < cap.y1:
        return cap.y1
    over = [x for x in around.lines if cap.y1 - 4 < x.y0 and x.base < rules[0].y and shared_width(x, rules[0]) > 0]
    rows = printed_rows(over)
    if not rows or len(rows) > _MOST_HEAD_LINES or any(is_full(x, around.style, around.style.column) for x in over):
        return cap.y1
    steps = [rows[0].base - cap.y1, *(b.base - a.base for a, b in pairwise(rows))]
    close = all(step < NEXT_NOTE * row.size for step, row in zip(steps, rows, strict=True))
    return rows[-1].base if close else cap.y1


def _top_of_notes(cap: Box, around: Surroundings) -> float:
    """The top of the small print right above a caption that stands beneath its table: the table's notes."""
    top = cap.y0
    for line in sorted(around.lines, key=lambda x: -x.base):
        if line.base > cap.y0 or overlap(line.x0, line.x1, cap.x0, cap.x1) <= 0:
            continue
        step = NEXT_NOTE if top < cap.y0 else FIRST_NOTE
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
        over = [r for r in rules if 0 < r.x0 - cap.x1 < 60 and cap.y0 - BESIDE < r.y]
        cap = Box(cap.x0, cap.y0 - 14, cap.x1, cap.y0 - BESIDE)
    return cap, sorted(over, key=lambda r: r.y if down else -r.y)


def _stands_over(cap: Box, rule: Rule) -> bool:
    """Whether a caption and a rule share a good part of their widths."""
    return overlap(rule.x0, rule.x1, cap.x0 - 5, cap.x1 + 5) > 0.3 * min(rule.width, cap.x1 - cap.x0)


def _widest(chain: Sequence[Rule]) -> Rule:
    return max(chain, key=lambda r: r.width)


def _is_stacked(rule: Rule, widest: Rule) -> bool:
    """Whether a rule lies over or under another one by half of the shorter one's width."""
    return overlap(rule.x0, rule.x1, widest.x0, widest.x1) >= 0.5 * min(rule.width, widest.width)


def _parted(low: float, high: float, widest: Rule, around: Surroundings) -> bool:
    """Whether running text, another caption or a wide empty space lies between two heights."""
    for line in (line for caption in around.others for line in caption):
        if low - 1 < line.base < high + 1 and shared_width(line, widest) > 0:
            return True
    between = [
        line for line in around.lines if low < line.base < high and shared_width(line, widest) > 0.5 * line.width
    ]
    if not between and high - low > _EMPTY:
        return True
    if any(opens_caption(line) and len(_on_height(line, between)) == 1 for line in between):
        return True
    return sum(is_full(line, around.style, around.style.column) for line in between) >= 2


def _on_height(line: TextLine, lines: Sequence[TextLine]) -> list[TextLine]:
    return [x for x in lines if abs(x.base - line.base) < ON_LINE * line.size]
