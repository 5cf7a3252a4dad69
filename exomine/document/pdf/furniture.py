"""Running heads, page numbers, footers, stamps and margin line numbers: what is printed on pages but belongs to none.

Furniture is found by repetition: the same words (digits masked) at the same height of several pages, or a line of an
unusual font where other pages have their furniture.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from exomine.document.pdf.backends.base import PageContent, TextLine
from exomine.document.pdf.cues import CAPTION

__all__ = ["PAGE_NUMBER", "Furniture", "split_furniture"]

#: Parts of the page's height at its top and bottom in which furniture is looked for.
BAND = 0.13
#: A running head in a page's middle (a watermark, the foot of a picture) has so many letters.
_LETTERS = 8
#: Lines that stand so many points inside of the running heads of most pages are no second line of them.
_HEADS_APART = 25
#: An edge of the text is one at which so large a part of its lines begin, or end.
_OFTEN = 0.1
#: Further than any place on a page.
_FAR = 1e9
PAGE_NUMBER = re.compile(
    r"^\W*(?:page\s*)?(?:[es]?\d{1,6}|[ivxlc]{1,6})(?:\s*(?:of|/|\||–|-)\s*[es]?\d{1,6})?\W*$|^page\s+\d+\b.{0,12}$",
    re.I,
)
_DIGITS = re.compile(r"\d+")
_SPACE = re.compile(r"[\s|]+")


@dataclass(slots=True)
class Furniture:
    """The lines of each page, parted into text and furniture (kind, line)."""

    text: list[list[TextLine]]
    removed: list[list[tuple[str, TextLine]]]


def split_furniture(pages: Sequence[PageContent], lines: Sequence[list[TextLine]]) -> Furniture:
    """Part the lines of all pages into text and furniture."""
    numbered = _numbered_margins(lines)
    repeated = _without_table_heads(_repeated(pages, lines, numbered), pages, lines)
    tops, bottoms = _bands(pages, lines, repeated)
    out = Furniture([], [])
    for i, page in enumerate(pages):
        numbers = numbered[i]
        kept, gone = [], []
        for j, line in enumerate(lines[i]):
            if j in numbers:
                gone.append(("page_number", line))
            elif (i, j) in repeated or _is_outside(line, tops[i], bottoms[i]) or _is_lone_number(line, lines[i], page):
                gone.append((_kind(line), line))
            else:
                kept.append(line)
        out.text.append(kept)
        out.removed.append(gone)
    return out


def _kind(line: TextLine) -> str:
    return "page_number" if PAGE_NUMBER.match(line.text) else "running_head"


def _is_outside(line: TextLine, top: float, bottom: float) -> bool:
    """Whether a line stands above or below the heights between which the text is; captions may do so."""
    return (line.y1 <= top or line.y0 >= bottom) and not CAPTION.match(line.text)


def _is_lone_number(line: TextLine, lines: Sequence[TextLine], page: PageContent) -> bool:
    """Whether a line is a page number at the page's top or foot with nothing beyond it, not the end of a sentence
    ("1996).")."""
    if line.text.rstrip().endswith(".") or line.text.count("(") != line.text.count(")"):
        return False
    return _in_band(line, page) and PAGE_NUMBER.match(line.text) is not None and _outermost(line, lines, page)


def _mask(text: str) -> str:
    return _SPACE.sub(" ", _DIGITS.sub("#", text.lower())).strip(" .·•")


def _in_band(line: TextLine, page: PageContent) -> bool:
    return line.y1 < BAND * page.height or line.y0 > (1 - BAND) * page.height


def _repeated(
    pages: Sequence[PageContent], lines: Sequence[list[TextLine]], numbered: Sequence[set[int]]
) -> set[tuple[int, int]]:
    """(page, line) of lines whose masked text stands at the same height of at least two (elsewhere: most) pages.

    The numbers of a manuscript's lines (``numbered``) stand on every page's first and last lines and tell nothing.
    """
    found: set[tuple[int, int]] = set()
    for (masked, in_band), spots in _places(pages, lines, numbered).items():
        need = _pages_needed(masked, len(pages), in_band=in_band)
        if len(spots) >= max(2, need):
            found.update((s.page, s.line) for s in spots if _pages_at(s.y, spots) >= need)
    return found


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a line stands: the indices of its page and itself, and its height."""

    page: int
    line: int
    y: float


def _places(
    pages: Sequence[PageContent], lines: Sequence[list[TextLine]], numbered: Sequence[set[int]]
) -> dict[tuple[str, bool], list[_Spot]]:
    """The spots of each masked text, apart for those at a page's top or foot (True) and those in its middle."""
    places: dict[tuple[str, bool], list[_Spot]] = defaultdict(list)
    for i, page in enumerate(pages):
        for j, line in enumerate(lines[i]):
            text = line.text
            band = _in_band(line, page)
            if j not in numbered[i] and len(text) < 400 and (band or len(text) >= 5) and not CAPTION.match(text):
                places[_mask(text), band].append(_Spot(i, j, line.y0))
    return places


def _pages_needed(masked: str, n: int, *, in_band: bool) -> float:
    """On how many of n pages a text must stand: the more the less it is like a running head by its place and length;
    a short name in a page's middle ("miR-107-5p" in a table over pages) never is one."""
    if not in_band:
        return max(3, 0.6 * n) if sum(c.isalpha() for c in masked) >= _LETTERS else n + 1
    if len(masked) <= 3:
        return max(2, 0.3 * n)
    return 2 if n < 8 else 3


def _pages_at(y: float, spots: Sequence[_Spot]) -> int:
    return len({s.page for s in spots if abs(s.y - y) < 6})


#: The heights of repeated lines, as distances from a page's edge in whole points, and the pages on which each stands.
_Heights = dict[int, set[int]]


def _heights(
    spots: Iterable[tuple[int, int]], pages: Sequence[PageContent], lines: Sequence[list[TextLine]]
) -> tuple[_Heights, _Heights]:
    """The heights of lines at the tops and at the feet of pages."""
    both: tuple[_Heights, _Heights] = defaultdict(set), defaultdict(set)
    for i, j in spots:
        if place := _edge_distance(lines[i][j], pages[i]):
            side, distance = place
            both[side][distance].add(i)
    return both


def _edge_distance(line: TextLine, page: PageContent) -> tuple[int, int] | None:
    """The side (0 top, 1 foot) at which a line stands and how far it reaches into the page; None in the page's
    middle."""
    if line.y1 < BAND * page.height:
        return 0, round(line.y1)
    if line.y0 > (1 - BAND) * page.height:
        return 1, round(page.height - line.y0)
    return None


def _furthest(places: _Heights, least: float) -> int:
    """The place furthest from the edge where (to a point) lines stand on enough pages; 0 if there is none."""
    return max((y for y in places if len(_pages_near(places, y)) >= least), default=0)


def _pages_near(places: _Heights, y: int) -> set[int]:
    """The pages on which lines stand at a height, to a point."""
    return {page for at in (y - 1, y, y + 1) for page in places.get(at, ())}


def _without_table_heads(
    repeated: set[tuple[int, int]], pages: Sequence[PageContent], lines: Sequence[list[TextLine]]
) -> set[tuple[int, int]]:
    """Repeated lines but those on a few pages that stand well inside of the running heads, or that follow each other
    where others have nothing: heads of tables over pages."""
    half = 0.5 * len(pages)
    places = _heights(repeated, pages, lines)
    reach = [_furthest(side, half) for side in places]

    def is_head(i: int, j: int) -> bool:
        side, distance = _edge_distance(lines[i][j], pages[i]) or (0, 0)
        inside = reach[side] > 0 and distance > reach[side] + _HEADS_APART
        on = _pages_near(places[side], distance)
        in_a_row = side == 0 and reach[side] == 0 and len(on) == max(on, default=0) - min(on, default=0) + 1
        return (inside or in_a_row) and len(on) < half

    return {(i, j) for i, j in repeated if not (is_head(i, j) or _is_under_caption(lines[i][j], lines[i], pages[i]))}


def _is_under_caption(line: TextLine, lines: Sequence[TextLine], page: PageContent) -> bool:
    """Whether a line at the page's top stands close under a caption: the head of a table that goes on over pages."""
    if line.y1 > BAND * page.height:
        return False
    return any(0 < line.base - x.base < _HEADS_APART and CAPTION.match(x.text) for x in lines)


def _bands(
    pages: Sequence[PageContent], lines: Sequence[list[TextLine]], repeated: set[tuple[int, int]]
) -> tuple[list[float], list[float]]:
    """Per page the heights above and below which everything is furniture, learnt from the pages of the repeated
    lines."""
    tops, bottoms = _heights(repeated, pages, lines)
    least = max(2, 0.3 * len(pages))
    top, bottom = _furthest(tops, least), _furthest(bottoms, least)
    return [top + 1.0 if top else 0.0] * len(pages), [p.height - bottom - 1.0 if bottom else p.height for p in pages]


def _outermost(line: TextLine, lines: Sequence[TextLine], page: PageContent) -> bool:
    """Whether no other text stands between the line and the page's nearer edge, nor on its height close by."""
    top = line.y0 < 0.5 * page.height
    return not any(_is_beyond(other, line, top=top) for other in lines if other is not line)


def _is_beyond(other: TextLine, line: TextLine, *, top: bool) -> bool:
    """Whether a line stands nearer to the page's edge than another one, or close beside it."""
    if abs(other.base - line.base) < 3:
        return min(abs(other.x0 - line.x1), abs(line.x0 - other.x1)) < 30
    return other.base < line.base if top else other.base > line.base


def _numbered_margins(lines: Sequence[Sequence[TextLine]]) -> list[set[int]]:
    """Per page the numbers of a manuscript's lines; where only a few pages have any, they number the rows of a
    table."""
    edges = _edges(lines)
    found = [_margin_numbers(page, edges) for page in lines]
    written = sum(len(page) >= 10 for page in lines)
    return found if sum(map(bool, found)) >= 0.5 * written else [set() for _ in found]


def _edges(lines: Sequence[Sequence[TextLine]]) -> tuple[float, float]:
    """The left and the right edge of a paper's text: the outermost ones of those at which many lines begin and end."""
    long = [line for page in lines for line in page if len(line.words) >= 3]
    sides = (Counter(round(line.x0) for line in long), Counter(round(line.x1) for line in long))
    left, right = ([x for x, n in side.items() if n >= _OFTEN * len(long)] for side in sides)
    return min(left, default=_FAR), max(right, default=-_FAR)


def _margin_numbers(lines: Sequence[TextLine], edges: tuple[float, float]) -> set[int]:
    """Lines that are the numbers of a manuscript's lines: counting numbers outside of the text's edges, on ten heights
    or on most heights of a page with fewer."""
    spots: dict[tuple[str, int], list[tuple[float, int, int]]] = defaultdict(list)
    for j, line in enumerate(lines):
        text = line.text
        if len(line.words) > 1 or not text.isdigit() or len(text) > 4:
            continue
        if line.x1 < edges[0] + 1:
            spots["left", round(line.x0 / 4)].append((line.y0, int(text), j))
            spots["left, flush right", round(line.x1 / 4)].append((line.y0, int(text), j))
        elif line.x0 > edges[1] - 1:
            spots["right", round(line.x1 / 4)].append((line.y0, int(text), j))
            spots["right, flush left", round(line.x0 / 4)].append((line.y0, int(text), j))
    least = min(10, max(3, 0.7 * len({round(line.base / 3) for line in lines})))
    out: set[int] = set()
    for column in spots.values():
        column.sort()
        if len(column) >= least and _count_lines([number for _, number, _ in column]):
            out.update(j for _, _, j in column)
    return out


def _count_lines(numbers: Sequence[int]) -> bool:
    """Whether numbers from top to bottom count each line or every fifth."""
    steps = [b - a for a, b in pairwise(numbers)]
    return sum(s in (1, 5) for s in steps) >= 0.9 * len(steps)
