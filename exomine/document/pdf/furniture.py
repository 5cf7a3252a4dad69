"""Running heads, page numbers, footers, stamps and margin line numbers: what is printed on pages but belongs to none.

Furniture is found by repetition: the same words (digits masked) at the same height of several pages, or a line of an
unusual font where other pages have their furniture.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from exomine.document.pdf.backends.base import PageContent, TextLine
from exomine.document.pdf.cues import CAPTION

__all__ = ["PAGE_NUMBER", "Furniture", "split_furniture"]

#: Parts of the page's height at its top and bottom in which furniture is looked for.
BAND = 0.13
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
    repeated = _repeated(pages, lines)
    tops, bottoms = _bands(pages, lines, repeated)
    out = Furniture([], [])
    for i, page in enumerate(pages):
        numbers = _margin_numbers(lines[i])
        kept, gone = [], []
        for j, line in enumerate(lines[i]):
            kind = ""
            if (i, j) in repeated:
                kind = "page_number" if PAGE_NUMBER.match(line.text) else "running_head"
            elif j in numbers:
                kind = "page_number"
            elif (line.y1 <= tops[i] or line.y0 >= bottoms[i]) and not CAPTION.match(line.text):
                kind = "page_number" if PAGE_NUMBER.match(line.text) else "running_head"
            elif _in_band(line, page) and PAGE_NUMBER.match(line.text) and _outermost(line, lines[i], page):
                kind = "page_number"
            if kind:
                gone.append((kind, line))
            else:
                kept.append(line)
        out.text.append(kept)
        out.removed.append(gone)
    return out


def _mask(text: str) -> str:
    return _SPACE.sub(" ", _DIGITS.sub("#", text.lower())).strip(" .·•")


def _in_band(line: TextLine, page: PageContent) -> bool:
    return line.y1 < BAND * page.height or line.y0 > (1 - BAND) * page.height


def _repeated(pages: Sequence[PageContent], lines: Sequence[list[TextLine]]) -> set[tuple[int, int]]:
    """(page, line) of lines whose masked text stands at the same height of at least two (elsewhere: most) pages."""
    places: dict[str, list[tuple[int, int, float]]] = defaultdict(list)
    for i, page in enumerate(pages):
        for j, line in enumerate(lines[i]):
            text = line.text
            if len(text) < 400 and not CAPTION.match(text):
                band = _in_band(line, page)
                if band or len(text) >= 5:
                    places[("" if band else "~") + _mask(text)].append((i, j, line.y0))
    found: set[tuple[int, int]] = set()
    n = len(pages)
    for key, spots in places.items():
        if len(spots) < 2:
            continue
        inner = key.startswith("~")
        if inner:
            need = max(3, 0.6 * n)
        elif len(key) <= 3:
            need = max(2, 0.3 * n)
        else:
            need = 2 if n < 8 else 3
        if len(spots) < need:
            continue
        for i, j, y in spots:
            if len({a for a, _, b in spots if abs(b - y) < 6}) >= need:
                found.add((i, j))
    return found


def _bands(
    pages: Sequence[PageContent], lines: Sequence[list[TextLine]], repeated: set[tuple[int, int]]
) -> tuple[list[float], list[float]]:
    """Per page the heights above and below which everything is furniture, learnt from the repeated lines."""
    tops: Counter[int] = Counter()
    bottoms: Counter[int] = Counter()
    for i, j in repeated:
        line, page = lines[i][j], pages[i]
        if line.y1 < BAND * page.height:
            tops[round(line.y1)] += 1
        elif line.y0 > (1 - BAND) * page.height:
            bottoms[round(page.height - line.y0)] += 1
    n = len(pages)
    least = max(2, 0.3 * n)
    top = max((y for y in tops if tops[y] + tops[y - 1] + tops[y + 1] >= least), default=0)
    bottom = max((y for y in bottoms if bottoms[y] + bottoms[y - 1] + bottoms[y + 1] >= least), default=0)
    return [top + 1.0 if top else 0.0] * n, [p.height - bottom - 1.0 if bottom else p.height for p in pages]


def _outermost(line: TextLine, lines: Sequence[TextLine], page: PageContent) -> bool:
    """Whether no other text stands between the line and the page's nearer edge, nor on its height close by."""
    top = line.y0 < 0.5 * page.height
    for other in lines:
        if other is line:
            continue
        if abs(other.base - line.base) < 3:
            if min(abs(other.x0 - line.x1), abs(line.x0 - other.x1)) < 30:
                return False
        elif other.base < line.base if top else other.base > line.base:
            return False
    return True


def _margin_numbers(lines: Sequence[TextLine]) -> set[int]:
    """Lines that are the numbers of a manuscript's lines: many counting numbers at one margin."""
    spots: dict[tuple[str, int], list[tuple[float, int, int]]] = defaultdict(list)
    for j, line in enumerate(lines):
        text = line.text
        if len(line.words) == 1 and text.isdigit() and len(text) <= 4:
            spots["left", round(line.x0 / 4)].append((line.y0, int(text), j))
            spots["right", round(line.x1 / 4)].append((line.y0, int(text), j))
    out: set[int] = set()
    for column in spots.values():
        column.sort()
        steps = [b[1] - a[1] for a, b in pairwise(column)]
        if len(column) >= 10 and sum(s in (1, 5) for s in steps) >= 0.9 * len(steps):
            out.update(j for _, _, j in column)
    return out
