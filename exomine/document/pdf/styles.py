"""What the paper's body looks like: its font, size, line pitch and columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from exomine.document.pdf.backends.base import TextLine

__all__ = ["Style", "measure"]

#: Sizes that differ by no more than this (points) are one.
_SAME_SIZE = 0.3
#: A column's edge is one at which so large a part of the lines begin.
_OFTEN = 0.1


@dataclass(frozen=True, slots=True)
class Style:
    """The body's style.

    ``pitch`` is the distance of baselines over the size; ``fonts`` are its main font and the fonts mixed into it;
    ``lefts`` are the places, in points, at which many of its lines begin: the left edges of columns.
    """

    size: float
    font: str
    fonts: frozenset[str]
    pitch: float
    column: float  # usual width of a full line
    indents: bool  # paragraphs begin with an indented line
    lefts: tuple[int, ...] = ()

    def is_body(self, line: TextLine) -> bool:
        """Whether the line is set as body text is."""
        if abs(line.size - self.size) <= 0.045 * self.size + 0.05:
            return line.font.name in self.fonts or line.words[-1].font.name in self.fonts
        last = line.words[-1]  # a heading of another size that runs into the text
        return (
            last.font.name == self.font
            and abs(last.size - self.size) <= 0.1
            and abs(line.size - self.size) < 0.2 * self.size
        )


def measure(lines: Iterable[TextLine], pages_with_references: int = 10**6) -> Style:
    """The style of most of the letters in lines of some length."""
    lines = [line for line in lines if line.page <= pages_with_references]
    weight: Counter[tuple[float, str]] = Counter()
    for line in lines:
        if len(line.words) >= 4:
            weight[round(line.size * 4) / 4, line.font.name] += sum(len(w.text) for w in line.words)
    if not weight:
        return Style(10.0, "", frozenset(), 1.2, 200.0, False)
    (size, font), _ = max(weight.items(), key=lambda item: (item[1], item[0]))
    own = [line for line in lines if abs(line.size - size) <= _SAME_SIZE and line.font.name == font]
    exact = Counter(round(line.size, 2) for line in own)
    return Style(
        exact.most_common(1)[0][0] if exact else size,
        font,
        _fonts(own, size) | {font},
        _pitch(own, size),
        _column(own),
        _indents(own),
        _lefts(own),
    )


def _fonts(lines: Sequence[TextLine], size: float) -> frozenset[str]:
    """The fonts of words in a size."""
    return frozenset(w.font.name for line in lines for w in line.words if abs(w.size - size) <= _SAME_SIZE)


def _pitch(lines: Sequence[TextLine], size: float) -> float:
    steps: Counter[float] = Counter()
    for a, b in pairwise(lines):
        step = b.base - a.base
        if a.page == b.page and 0.9 * size < step < 2.6 * size:
            steps[round(step / size, 2)] += 1
    if not steps:
        return 1.2
    ordered = sorted(steps.elements())
    return ordered[len(ordered) // 2]


def _column(lines: Sequence[TextLine]) -> float:
    widths: Counter[int] = Counter()
    for line in lines:
        if line.width > 80:
            widths[round(line.width / 4)] += 1
    return widths.most_common(1)[0][0] * 4.0 if widths else 200.0


def _lefts(lines: Sequence[TextLine]) -> tuple[int, ...]:
    """Where many lines begin, from left to right."""
    places = Counter(round(line.x0) for line in lines if len(line.words) >= 4)
    return tuple(sorted(x for x, n in places.items() if n >= _OFTEN * sum(places.values())))


def _indents(lines: Sequence[TextLine]) -> bool:
    """Whether many lines start a little to the right of both neighbours."""
    hits = sum(_is_indented(a, b, c) for a, b, c in zip(lines, lines[1:], lines[2:], strict=False))
    return hits >= max(3, len(lines) / 150)


def _is_indented(before: TextLine, line: TextLine, after: TextLine) -> bool:
    """Whether a line stands to the right of the lines above and beneath it, which stand flush."""
    if before.page != after.page or abs(before.x0 - after.x0) >= 1.5:
        return False
    return 4 < line.x0 - before.x0 < 40 and before.base < line.base < after.base
