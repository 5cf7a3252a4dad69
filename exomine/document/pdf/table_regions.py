"""Where the tables of a page are: from a caption along the ruling lines, or down the small print when none are drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from exomine.document.model import Box
from exomine.document.pdf.backends.base import PageContent, TextLine
from exomine.document.pdf.styles import Style

__all__ = ["Region", "RegionFinder", "Rule", "horizontal_rules", "standing_rules"]

#: A table's first line lies no further than this from its caption, in points.
NEAR = 42.0
#: Lines of a table without rulings follow each other no further apart than this many font sizes.
LOOSE = 3.2


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line across (part of) a table, its pieces joined."""

    x0: float
    x1: float
    y: float


@dataclass(slots=True)
class Region:
    """The area of one table: its caption, the lines in it, its rules from top to bottom, and the notes beneath."""

    caption: list[TextLine]
    box: Box
    lines: list[TextLine]
    rules: list[Rule]
    notes: list[TextLine] = field(default_factory=list)
    uprights: list[float] = field(default_factory=list)  # x of the vertical rules


def horizontal_rules(page: PageContent) -> list[Rule]:
    """The page's horizontal rulings with pieces on one height joined, from top to bottom."""
    rules: list[Rule] = []
    pieces = sorted(
        ((r.x0, r.x1, (r.y0 + r.y1) / 2) for r in page.rulings if r.horizontal and r.x1 > 0 and r.x0 < page.width),
        key=lambda p: (round(p[2]), p[0]),
    )
    for x0, x1, y in pieces:
        near = [i for i, r in enumerate(rules) if abs(y - r.y) <= 1.6 and x0 - r.x1 < 8.0 and r.x0 - x1 < 8.0]
        if near:
            rule = rules[near[-1]]
            rules[near[-1]] = Rule(min(rule.x0, x0), max(rule.x1, x1), rule.y)
        else:
            rules.append(Rule(x0, x1, y))
    return sorted((r for r in rules if r.x1 - r.x0 > 18), key=lambda r: r.y)


def standing_rules(pages: Sequence[PageContent]) -> set[tuple[int, int, int]]:
    """Rules that belong to the pages' frames: drawn at the same place of many pages. Whole points (x0, x1, y)."""
    places: Counter[tuple[int, int, int]] = Counter()
    for page in pages:
        places.update({_place(r) for r in horizontal_rules(page)})
    least = max(3, 0.25 * len(pages))
    return {p for p, n in places.items() if n >= least}


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
        """How many of the captions have a ruled table only (or closer) beneath them, less those that have it above."""
        rules = self.rules(page)
        votes = 0
        for whole in captions:
            caption, _ = _above_rule(whole, rules)
            others = [c for c in captions if c is not whole]
            gaps = []
            for down in (True, False):
                region = _ruled(caption, lines, rules, others, self.style, down=down)
                edge = _box(caption)
                gaps.append(1e9 if region is None else region.box.y0 - edge.y1 if down else edge.y0 - region.box.y1)
            votes += (gaps[0] + 3 < gaps[1]) - (gaps[1] + 3 < gaps[0])
        return votes

    def find(self, page: PageContent, lines: Sequence[TextLine], captions: Sequence[list[TextLine]]) -> list[Region]:
        """The regions of the tables whose captions are given, in their order; a caption without a table gives none."""
        rules = self.rules(page)
        taken = {id(line) for caption in captions for line in caption}
        free = [line for line in lines if id(line) not in taken]
        out: list[Region] = []
        for whole in captions:
            others = [c for c in captions if c is not whole]
            caption, rest = _above_rule(whole, rules)
            free += rest
            region = None
            for down in (self.above, not self.above):
                region = region or _ruled(caption, free, rules, others, self.style, down=down)
            region = region or _unruled(caption, free, others, self.style)
            if region is None or len(region.lines) < 2:
                continue
            region.uprights = _uprights(region.box, page)
            used = {id(line) for line in region.lines} | {id(line) for line in region.notes}
            free = [line for line in free if id(line) not in used]
            out.append(region)
        return out


def _uprights(box: Box, page: PageContent) -> list[float]:
    """The x of vertical lines that run along most of a table's height, in one piece or in many."""
    lengths: Counter[int] = Counter()
    for r in page.rulings:
        if not r.horizontal and box.x0 + 4 < r.x0 < box.x1 - 4:
            lengths[round(r.x0)] += round(max(0.0, _overlap(r.y0, r.y1, box.y0 - 2, box.y1 + 2)))
    least = 0.55 * (box.y1 - box.y0)
    found: list[float] = []
    for x in sorted(lengths):
        if lengths[x] + lengths[x + 1] >= least and (not found or x - found[-1] > 6):
            found.append(float(x))
    return found


def _above_rule(caption: list[TextLine], rules: Sequence[Rule]) -> tuple[list[TextLine], list[TextLine]]:
    """A caption without the lines that a rule parts from it: the table's head, set close to it."""
    box = _box(caption)
    for rule in rules:
        if caption[0].base < rule.y < caption[-1].base and _overlap(rule.x0, rule.x1, box.x0, box.x1) > 0.5 * (
            box.x1 - box.x0
        ):
            return [x for x in caption if x.base < rule.y], [x for x in caption if x.base > rule.y]
    return caption, []


def _box(lines: Sequence[TextLine]) -> Box:
    return Box(min(x.x0 for x in lines), min(x.y0 for x in lines), max(x.x1 for x in lines), max(x.y1 for x in lines))


def _overlap(a0: float, a1: float, b0: float, b1: float) -> float:
    return min(a1, b1) - max(a0, b0)


def _ruled(
    caption: list[TextLine], lines: Sequence[TextLine], rules: Sequence[Rule],
    others: Sequence[list[TextLine]], style: Style, *, down: bool,
) -> Region | None:  # fmt: skip
    """The region along the rules beneath (or above) the caption."""
    cap = _box(caption)
    chain = _chain(cap, lines, rules, others, style, down=down)
    if len(chain) < 2:
        return None
    x0, x1 = min(r.x0 for r in chain), max(r.x1 for r in chain)
    top, bottom = chain[0].y, chain[-1].y
    if down:
        top = max(top, cap.y1 - 2) if top < cap.y1 else top
    inside = [
        line
        for line in lines
        if top - 1 <= (line.y0 + line.y1) / 2 <= bottom + 1
        and _overlap(line.x0, line.x1, x0 - 3, x1 + 3) > 0.6 * (line.x1 - line.x0)
    ]
    if not inside or _is_text(inside, style, x1 - x0):
        return None
    region = Region(caption, Box(x0, top, x1, bottom), inside, list(chain))
    region.notes = _notes(region, lines, cap if not down else None)
    return region


def _chain(
    cap: Box,
    lines: Sequence[TextLine],
    rules: Sequence[Rule],
    others: Sequence[list[TextLine]],
    style: Style,
    *,
    down: bool,
) -> list[Rule]:
    """The rules of one table, from the one next to the caption on, as far as no body text or other caption lies between."""
    near = [r for r in rules if (r.y > cap.y0 - 2 if down else r.y < cap.y1 + 2)]
    over = [r for r in near if _overlap(r.x0, r.x1, cap.x0 - 5, cap.x1 + 5) > 0.3 * min(r.x1 - r.x0, cap.x1 - cap.x0)]
    if down and not over:  # the caption stands in the margin, the table beside it
        over = [r for r in rules if 0 < r.x0 - cap.x1 < 60 and cap.y0 - 12 < r.y]
        cap = Box(cap.x0, cap.y0 - 14, cap.x1, cap.y0 - 12)
    near = over
    near.sort(key=lambda r: r.y if down else -r.y)
    chain: list[Rule] = []
    edge = cap.y1 if down else cap.y0
    for rule in near:
        gap = rule.y - edge if down else edge - rule.y
        if not chain and gap > NEAR:
            return []
        if chain:
            widest = max(chain, key=lambda r: r.x1 - r.x0)
            if _overlap(rule.x0, rule.x1, widest.x0, widest.x1) < 0.5 * min(rule.x1 - rule.x0, widest.x1 - widest.x0):
                continue
            low, high = sorted((edge, rule.y))
            if _parted(low, high, widest, lines, others, style):
                break
        chain.append(rule)
        edge = rule.y
    return sorted(chain, key=lambda r: r.y)


def _parted(
    low: float, high: float, widest: Rule, lines: Sequence[TextLine], others: Sequence[list[TextLine]], style: Style
) -> bool:
    """Whether running text, another caption or a wide empty space lies between two heights."""
    if any(
        low - 1 < line.base < high + 1 and _overlap(line.x0, line.x1, widest.x0, widest.x1) > 0
        for c in others
        for line in c
    ):
        return True
    between = [
        line
        for line in lines
        if low < line.base < high and _overlap(line.x0, line.x1, widest.x0, widest.x1) > 0.5 * (line.x1 - line.x0)
    ]
    full = [line for line in between if style.is_body(line) and line.x1 - line.x0 > 0.85 * style.column]
    return len(full) >= 2 or (not between and high - low > 60)


def _is_text(lines: Sequence[TextLine], style: Style, width: float) -> bool:
    """Whether the lines look like running text rather than cells."""
    full = sum(style.is_body(line) and line.x1 - line.x0 > 0.85 * min(width, style.column) for line in lines)
    return full > 0.4 * len(lines)


def _notes(region: Region, lines: Sequence[TextLine], caption: Box | None) -> list[TextLine]:
    """Small print right under a table."""
    if not region.lines:
        return []
    size = max(line.size for line in region.lines)
    used = {id(line) for line in region.lines}
    edge = region.box.y1
    out: list[TextLine] = []
    beneath = [
        line
        for line in lines
        if id(line) not in used
        and line.y0 > region.box.y1 - 2
        and _overlap(line.x0, line.x1, region.box.x0, region.box.x1) > 0
    ]
    for line in sorted(beneath, key=lambda x: x.base):
        limit = 2.2 if out else 2.8
        small = line.size <= size * 1.03 and line.size < 0.97 * _body_size(lines)
        if not small or line.base - edge > limit * line.size or (caption and line.base > caption.y0):
            break
        out.append(line)
        edge = line.base
    return out


def _body_size(lines: Sequence[TextLine]) -> float:
    sizes = sorted(line.size for line in lines for _ in line.words)
    return sizes[len(sizes) // 2] * 1.2 if sizes else 10.0


def _unruled(
    caption: list[TextLine], lines: Sequence[TextLine], others: Sequence[list[TextLine]], style: Style
) -> Region | None:
    """Small lines under the caption, as far as they follow each other closely."""
    cap = _box(caption)
    stops = [line.y0 for c in others for line in c if line.y0 > cap.y1]
    below = sorted(
        (line for line in lines if line.y0 > cap.y1 - 2 and line.y0 < min(stops, default=1e9)), key=lambda x: x.base
    )
    out = _followed(below, cap.y1, cap.x0 - 10, cap.x1 + 10, style)
    if (
        not _has_rows(out) and cap.x1 - cap.x0 < 0.8 * style.column
    ):  # the caption stands in the margin, the table beside it
        beside = [x for x in lines if x.y0 > cap.y0 - 14 and x.x0 > cap.x1 and not x.base > min(stops, default=1e9)]
        beside.sort(key=lambda x: x.base)
        out = _followed(beside, cap.y0 - 14, cap.x1, cap.x1 + 2 * style.column, style)
    return Region(caption, _box(out), out, []) if _has_rows(out) else None


def _has_rows(lines: Sequence[TextLine]) -> bool:
    rows = len({round(line.base / 3) for line in lines})
    return rows >= 3 and len(lines) >= 1.5 * rows  # a single column of small print is no table


def _followed(lines: Sequence[TextLine], edge: float, x0: float, x1: float, style: Style) -> list[TextLine]:
    """The small lines from a height on, between (and growing beyond) ``x0`` and ``x1``, as far as they follow closely."""
    out: list[TextLine] = []
    for line in lines:
        beside = _overlap(line.x0, line.x1, x0, x1) <= 0
        if beside and (style.is_body(line) or not any(abs(line.base - o.base) < 3 for o in out)):
            continue  # the text of the other column
        if (
            style.is_body(line)
            or line.size > 0.97 * style.size
            or line.base - edge > LOOSE * line.size + (10 if not out else 0)
        ):
            break
        out.append(line)
        edge = max(edge, line.base)
        x0, x1 = min(x0, line.x0), max(x1, line.x1)
    return out
