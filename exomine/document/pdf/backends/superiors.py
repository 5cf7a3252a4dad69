"""Citation marks that a font draws raised by itself: small figures of its own in the text's size, or the signs ¹²³.

A font has such figures where two of its codes are one digit and one of them is far narrower. They may be superiors,
inferiors or parts of fractions; which they are is told by what stands before them in the whole paper.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from exomine.document.pdf.backends.base import PageContent, Word

__all__ = ["narrow_figures", "raise_figures", "small_figure"]

#: The small figure 0 while a paper is read, in the private part of Unicode; the others follow it.
_ZERO = 0xF0000
#: A figure that has at most so much of the width of the font's other figure for the same digit is a small one.
_NARROW = 0.78
#: With fewer marks a paper does not cite so.
_FEWEST = 5
#: Size and height of a raised figure in parts of the text's size, and the width of a figure in parts of a letter's.
_SIZE, _RISE, _WIDTH = 0.6, 0.35, 0.65

_SIGNS = {**{chr(_ZERO + n): str(n) for n in range(10)}, **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))}
_SMALL = "[" + "".join(_SIGNS) + "]"
_PLAIN = {_ZERO + n: str(n) for n in range(10)}
_ANY = re.compile(_SMALL)
#: Small figures, commas and dashes between them.
_RUN = re.compile(rf"{_SMALL}+(?:[,;–—‐⁻-]{_SMALL}+)*")
#: What is cited for: a word in small letters, a stop or a bracket behind a word.
_BEFORE = re.compile(r"(?:[^\W\d_A-Z]{3}|[^\W\d_]{2}[)\]]?[.,;:)\]”])$")
_BEHIND = re.compile(r"(?:[^\w]|$)")


def small_figure(digit: str) -> str:
    """The sign that stands for a font's small figure until the whole paper is read."""
    return chr(_ZERO + int(digit))


def narrow_figures(codes: Iterable[tuple[int, str, float]]) -> frozenset[int]:
    """Of a font's codes (with text and width) those that draw a digit far narrower than another code does."""
    digits: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for code, text, width in codes:
        if len(text) == 1 and text in "0123456789" and width > 0:
            digits[text].append((code, width))
    small = {
        (code, text)
        for text, found in digits.items()
        for code, width in found
        if width < _NARROW * max(w for _, w in found)
    }
    # proportional figures beside tabular ones: the 1 alone is far narrower
    return frozenset(code for code, _ in small) if any(text != "1" for _, text in small) else frozenset()


def raise_figures(pages: Sequence[PageContent]) -> None:
    """Raise the small figures that cite, where a paper has several, and make plain digits of the font's others."""
    words = [w for page in pages for w in page.words if _ANY.search(w.text)]
    if not words:
        return
    cites = sum(_cites(w.text, m) for w in words for m in _RUN.finditer(w.text)) >= _FEWEST
    for page in pages:
        page.words = [part for w in page.words for part in (_parts(w) if cites else [w])]
        for w in (*page.words, *page.turned):
            w.text = w.text.translate(_PLAIN)


def _cites(text: str, run: re.Match[str]) -> bool:
    """Whether small figures stand behind a word or stop and before nothing that goes on with them."""
    return _BEFORE.search(text, 0, run.start()) is not None and _BEHIND.match(text, run.end()) is not None


def _is_raised(text: str, run: re.Match[str]) -> bool:
    """Whether small figures are raised: they cite, or stand before a name as the number of a note or reference."""
    return _cites(text, run) or (not run.start() and text[run.end() : run.end() + 1].isupper())


def _parts(word: Word) -> Iterator[Word]:
    """A word in parts, small figures that are raised apart."""
    small = {i for m in _RUN.finditer(word.text) if _is_raised(word.text, m) for i in range(m.start(), m.end())}
    if not small:
        yield word
        return
    widths = [_WIDTH if i in small else 1.0 for i in range(len(word.text))]
    unit, at = (word.x1 - word.x0) / sum(widths), word.x0
    for up, places in groupby(range(len(word.text)), key=small.__contains__):
        indices = list(places)
        text = word.text[indices[0] : indices[-1] + 1]
        end = at + unit * sum(widths[i] for i in indices)
        part = replace(word, text=text, x0=at, x1=end, glued=word.glued if not indices[0] else True)
        if up:
            part.text = "".join(_SIGNS.get(c, "-" if c == "⁻" else c) for c in text)
            part.base, part.size = word.base - _RISE * word.size, _SIZE * word.size
        yield part
        at = end
