"""From glyphs to words and from drawn paths to ruling lines: what both backends share."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from exomine.document.pdf.backends.base import ASCENT, DESCENT, Font, PageContent, Picture, Ruling, Word

__all__ = ["Pen", "Shapes"]

#: A gap between two glyphs that is a space though none is drawn, in parts of the font size.
SPACE_GAP = 0.155
#: A narrower one that may be a space when the letters around it are not spaced out.
THIN_GAP = 0.095
#: A glyph drawn no further than this behind the beginning of a space takes the space back.
ZERO_GAP = 0.04
#: Glyphs that step back further than this begin a new word.
BACK_GAP = -0.35
_PARALLEL = 0.02
_NOWHERE = -1e9


class Pen:
    """Collects the glyphs of one page into words.

    Text is followed in its own direction: a turned frame is used for text that does not run left to right, so that a
    page set in landscape can be read like any other.
    """

    def __init__(self, height: float) -> None:
        self.height = height
        self.frames: dict[int, list[Word]] = {}
        self.order = 0
        self._chars: list[str] = []
        self._x0 = self._x1 = self._base = self._size = 0.0
        self._font: Font | None = None
        self._turn = 0
        self._space = True  # a space was drawn since the last word
        self._space_at = _NOWHERE  # where it was drawn

    def draw(self, glyphs: Sequence[tuple[str, float, float]], matrix: Any, y: float, size: float, font: Font) -> None:
        """Draw glyphs (text, start, end along the line at height ``y`` in text space) through ``matrix``."""
        a, b, c, d, e, f = matrix
        norm = math.hypot(a, b)
        scale = math.hypot(c, d)
        if not norm or not scale:
            return
        if abs(b) < _PARALLEL * norm and a > 0:
            turn, base = 0, d * y + f + b * glyphs[0][1]
            origin = e + c * y
        else:
            turn = round(math.degrees(math.atan2(b, a))) % 360
            ux, uy = a / norm, b / norm
            px, py = c * y + e, d * y + f
            origin, base = ux * px + uy * py, ux * py - uy * px
        size = abs(size * scale)
        self.run(glyphs, origin, norm, base, size, font, turn)

    def run(
        self,
        glyphs: Sequence[tuple[str, float, float]],
        origin: float,
        k: float,
        base: float,
        size: float,
        font: Font,
        turn: int,
    ) -> None:
        """Draw glyphs at ``origin + start * k`` along a line at ``base``; ``size`` and ``turn`` (degrees) are the
        page's.
        """
        chars = self._chars
        if chars and not self._is_same_hand(base, size, font, turn):
            self._end()
        self._base, self._size, self._font, self._turn = base, size, font, turn
        wide, narrow, back = SPACE_GAP * size, THIN_GAP * size, BACK_GAP * size
        for i, (text, start, end) in enumerate(glyphs):
            if not text:
                continue
            x0 = origin + start * k
            if text == " ":
                self._draw_space(x0)
                continue
            if not chars:
                self._begin(x0, size)
            else:
                gap = x0 - self._x1
                if gap < back or (gap > narrow and (gap > wide or _thin_space(glyphs, i, k, size))):
                    self._end()
                    self._space, self._space_at = gap > narrow, _NOWHERE
                    self._x0 = x0
            chars.append(text)
            self._x1 = origin + end * k

    def _is_same_hand(self, base: float, size: float, font: Font, turn: int) -> bool:
        """Whether a run goes on in the font, direction, size and height of the word at hand."""
        if font is not self._font or turn != self._turn:
            return False
        return abs(base - self._base) <= 0.05 * size and abs(size - self._size) <= 0.1

    def _draw_space(self, x0: float) -> None:
        if self._chars:
            self._end()
        self._space, self._space_at = True, x0

    def _begin(self, x0: float, size: float) -> None:
        """Begin a word; where the pen went back over the space before it, that is a place to break lines, not a
        space.
        """
        if self._space and abs(x0 - self._space_at) < ZERO_GAP * size:
            self._space = False
        self._x0 = x0

    def _end(self) -> None:
        chars = self._chars
        if not chars or self._font is None:
            return
        text = "".join(chars)
        chars.clear()
        size, base = self._size, self._base
        x0, x1 = self._x0, max(self._x1, self._x0)
        self.order += 1
        words = self.frames.setdefault(self._turn, [])
        if " " in text:
            text = text.strip()
        words.append(
            Word(
                text,
                x0,
                base + ASCENT * size,
                x1,
                base - DESCENT * size,
                base,
                size,
                self._font,
                not self._space,
                self.order,
            )
        )
        self._space = False

    def finish(self, page: PageContent) -> None:
        """Hand the words to the page: upright ones, or those of the direction that most of the page's text has."""
        self._end()
        page.turn = main = self._main_turn()
        if main in (90, 270):
            page.width, page.height = page.height, page.width
        for turn, words in sorted(self.frames.items()):
            _place(words, *_frame(turn, page, main))
            if turn == main:
                page.words = _inside(_single(words), page)
            else:
                page.turned.extend(_unturned(words, turn, page) if main == 0 else words)

    def _main_turn(self) -> int:
        """The direction of most text; another one than upright only where it clearly has more."""
        counts = {turn: sum(len(w.text) for w in words) for turn, words in self.frames.items()}
        main = 0
        for turn in (90, 270, 180):
            if counts.get(turn, 0) > max(2 * counts.get(main, 0), 200):
                main = turn
        return main


def _place(words: Sequence[Word], shift_x: float, top: float) -> None:
    """Move words along their lines and count their heights from above."""
    for w in words:
        w.x0 += shift_x
        w.x1 += shift_x
        w.base = top - w.base
        w.y0, w.y1 = top - w.y0, top - w.y1


def _thin_space(glyphs: Sequence[tuple[str, float, float]], i: int, k: float, size: float) -> bool:
    """Whether a narrow gap before glyph ``i`` is a thin space ("48 hours"): its neighbours stand close together."""
    for j in (i - 1, i + 1):
        if 0 < j < len(glyphs) and 0.04 * size < (glyphs[j][1] - glyphs[j - 1][2]) * k < SPACE_GAP * size:
            return False
    return len(glyphs) > 1


def _frame(turn: int, page: PageContent, main: int) -> tuple[float, float]:
    """Shift along the text and the height from which its baseline is counted, of a frame turned by ``turn`` degrees."""
    if turn != main or turn == 0:
        return 0.0, page.height if turn == 0 else 0.0
    if turn == 90:  # along = y up, across = -x
        return 0.0, 0.0
    if turn == 270:  # along = -y, across = x
        return page.width, page.height
    return page.width, 0.0


def _unturned(words: list[Word], turn: int, page: PageContent) -> list[Word]:
    """Words of another direction with boxes in page space (their baseline is the box's lower edge)."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    for w in words:
        corners = [(x, -y) for x in (w.x0, w.x1) for y in (w.y0, w.y1)]
        xs = [cos * x - sin * y for x, y in corners]
        ys = [page.height - (sin * x + cos * y) for x, y in corners]
        w.x0, w.x1, w.y0, w.y1 = min(xs), max(xs), min(ys), max(ys)
        w.base = w.y1
    return words


def _inside(words: list[Word], page: PageContent) -> list[Word]:
    return [w for w in words if w.x1 > 0 and w.x0 < page.width and w.y1 > 0 and w.y0 < page.height]


def _single(words: list[Word]) -> list[Word]:
    """Without words drawn again over themselves (a poor man's bold, a shadow)."""
    seen: dict[tuple[str, int], float] = {}
    out = []
    for w in words:
        key = w.text, int(w.base * 0.4)
        before = seen.get(key)
        if before is not None and abs(before - w.x0) < 1.3 and len(w.text) > 1:
            continue
        seen[key] = w.x0
        out.append(w)
    return out


class Shapes:
    """Collects the lines, boxes and pictures of one page."""

    #: What is thinner than this is a line, in points.
    THIN = 2.5
    #: Lines shorter than this are parts of drawings.
    SHORT = 4.0

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.rulings: list[Ruling] = []
        self.pictures: list[Picture] = []

    def image(self, ctm: Any) -> None:
        """An image fills the unit square of the current space."""
        a, b, c, d, e, f = ctm
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        self._picture(min(xs), min(ys), max(xs), max(ys), "image")

    def path(self, ctm: Any, path: Any, *, filled: bool, stroked: bool) -> None:
        """A painted path: segments ("m", x, y), ("l", x, y), ("c", ...), ("h",)."""
        if not (filled or stroked):
            return
        a, b, c, d, e, f = ctm
        part: list[tuple[float, float]] = []
        curved = False
        for segment in path:
            op = segment[0]
            if op == "m" and part:
                self._shape(part, curved=curved, stroked=stroked)
                part, curved = [], False
            if op in "cvy":
                curved = True
            if len(segment) >= 3:
                x, y = segment[-2], segment[-1]
                part.append((a * x + c * y + e, b * x + d * y + f))
        if part:
            self._shape(part, curved=curved, stroked=stroked)

    def _shape(self, points: list[tuple[float, float]], *, curved: bool, stroked: bool) -> None:
        xs = [p[0] for p in points]
        ys = [p[1] for p in points]
        self.box(min(xs), min(ys), max(xs), max(ys), curved=curved or len(points) > 5, stroked=stroked)

    def box(self, x0: float, y0: float, x1: float, y1: float, *, curved: bool, stroked: bool) -> None:
        """A drawn shape by its box (y upward): a thin one is a ruling, a framed one four of them, else a picture."""
        wide, high = x1 - x0, y1 - y0
        if high < self.THIN or wide < self.THIN:
            if max(wide, high) >= self.SHORT and not curved:
                self._ruling(x0, y0, x1, y1, horizontal=wide >= high)
            return
        if curved:
            self._picture(x0, y0, x1, y1, "curve")
            return
        if stroked:
            self._ruling(x0, y0, x1, y0, horizontal=True)
            self._ruling(x0, y1, x1, y1, horizontal=True)
            self._ruling(x0, y0, x0, y1, horizontal=False)
            self._ruling(x1, y0, x1, y1, horizontal=False)
        self._picture(x0, y0, x1, y1, "area")

    def _ruling(self, x0: float, y0: float, x1: float, y1: float, *, horizontal: bool) -> None:
        self.rulings.append(Ruling(x0, self.height - y1, x1, self.height - y0, horizontal))

    def _picture(self, x0: float, y0: float, x1: float, y1: float, kind: str) -> None:
        if x1 <= 0 or y1 <= 0 or x0 >= self.width or y0 >= self.height:
            return
        self.pictures.append(Picture(x0, self.height - y1, x1, self.height - y0, kind))

    def finish(self, page: PageContent) -> None:
        """Hand lines and pictures to the page, turned with it when its text is."""
        if page.turn:
            self.rulings = [self._turned_ruling(r, page.turn) for r in self.rulings]
            self.pictures = [self._turned_picture(p, page.turn) for p in self.pictures]
        page.rulings, page.pictures = self.rulings, self.pictures

    def _turn(self, x0: float, y0: float, x1: float, y1: float, turn: int) -> tuple[float, float, float, float]:
        if turn == 90:  # text runs up the page: the new x is counted from the bottom, the new y from the left
            return self.height - y1, x0, self.height - y0, x1
        if turn == 270:
            return y0, self.width - x1, y1, self.width - x0
        return self.width - x1, self.height - y1, self.width - x0, self.height - y0

    def _turned_ruling(self, r: Ruling, turn: int) -> Ruling:
        return Ruling(*self._turn(r.x0, r.y0, r.x1, r.y1, turn), r.horizontal if turn == 180 else not r.horizontal)

    def _turned_picture(self, p: Picture, turn: int) -> Picture:
        return Picture(*self._turn(p.x0, p.y0, p.x1, p.y1, turn), p.kind)
