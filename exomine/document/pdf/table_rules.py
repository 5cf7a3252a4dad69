"""The rules of a page: horizontal lines drawn across (parts of) tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from exomine.document.model import Box
from exomine.document.pdf.backends.base import PageContent, TextLine
from exomine.document.pdf.table_lines import overlap

__all__ = ["NEAR", "Rule", "horizontal_rules", "place_of", "shared_width", "standing_rules"]

#: A table's first line lies no further than this from its caption, in points.
NEAR = 42.0
#: A rule with so many others of its width near it is a row of a table.
_STACKED = 2
#: Rulings shorter than this are parts of figures or signs.
_SHORTEST_RULE = 18


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line across (part of) a table, its pieces joined."""

    x0: float
    x1: float
    y: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0


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
        places.update({place_of(r) for r in horizontal_rules(page)})
    least = max(3, 0.25 * len(pages))
    often = {p for p, n in places.items() if n >= least}
    return {p for p in often if sum(_is_row_beside(p, q) for q in often) < _STACKED}


def _is_row_beside(place: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Whether two rules are of one width, and as near to each other as the rows of a table are."""
    (x0, x1, y), (left, right, height) = place, other
    return 0 < abs(y - height) < NEAR and abs(x0 - left) < 3 and abs(x1 - right) < 3


def place_of(rule: Rule) -> tuple[int, int, int]:
    return round(rule.x0), round(rule.x1), round(rule.y)


def shared_width(one: TextLine | Rule | Box, other: TextLine | Rule | Box) -> float:
    """The width that two things share; negative where they lie apart."""
    return overlap(one.x0, one.x1, other.x0, other.x1)
