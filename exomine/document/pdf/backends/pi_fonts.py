"""Fonts that may draw signs in the place of letters, decided by what they spell in the whole paper.

One typesetting system names every font "AdvP" and a hash. Some of them hold text, some the Greek letters and signs of
Linotype's Mathematical Pi, and the file maps both to plain letters. A font whose characters stand in words is a text
font, whatever its name; one whose characters stand alone ("b" in "IFN-b", "6" in "5 6 2") draws signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from exomine.document.pdf.backends.base import Font, PageContent, Word
from exomine.document.pdf.backends.symbols import SYMBOL_LETTERS

__all__ = ["settle"]

#: "AdvP7DA6", "AdvPi1"; the fonts of TeX's signs ("AdvP4C4E74") are told by their codes.
_UNSURE = re.compile(r"AdvP(?!4C4E)(?:[0-9A-F]{4,6}|i\d|SMP\d?)")
#: Linotype Mathematical Pi 1 by the key of each sign: "n 5 12" is n = 12, "mean 6 SEM" is mean ± SEM, "P , 0.05" is P
#: < 0.05.
_PI_KEYS = {
    "1": "+", "2": "−", "3": "×", "4": "÷", "5": "=", "6": "±", "8": "°", "9": "′", ",": "<", ".": ">", "$": "≥",
    "#": "≤",
}  # fmt: skip
#: Short words of running text that may be all that a slanted font holds.
_SHORT_WORDS = frozenset({"al", "al.", "et", "in", "of", "to", "vs", "vs.", "by", "or"})


def settle(pages: Sequence[PageContent]) -> None:
    """Give the words of fonts that draw signs the text that they show."""
    for words in _by_font(pages).values():
        if not _spells(words):
            for word in words:
                word.text = _shown(word.text)
    _degrees(pages)


def _by_font(pages: Iterable[PageContent]) -> dict[Font, list[Word]]:
    """The words of each font that is not told by its name."""
    known: dict[Font, list[Word] | None] = {}
    for page in pages:
        for word in (*page.words, *page.turned):
            font = word.font
            if font not in known:
                known[font] = [] if _UNSURE.fullmatch(font.name) else None
            words = known[font]
            if words is not None:
                words.append(word)
    return {font: words for font, words in known.items() if words}


def _spells(words: Sequence[Word]) -> bool:
    """Whether most letters and digits stand in words or numbers of several characters."""
    total = inside = 0
    for word in words:
        n = sum(c.isalnum() for c in word.text)
        total += n
        if n >= 3 or word.text.lower() in _SHORT_WORDS:
            inside += n
    return inside > 0.5 * total


def _shown(text: str) -> str:
    """What characters of a sign font show: Greek letters, and signs where one stands alone."""
    if len(text) == 1 and text in _PI_KEYS:
        return _PI_KEYS[text]
    return "".join(SYMBOL_LETTERS.get(c, c) for c in text)


def _degrees(pages: Iterable[PageContent]) -> None:
    """One of the sign fonts draws a ring on the key of "u": "37 uC"."""
    for page in pages:
        for i, word in enumerate(page.words[1:-1], 1):
            if word.text == "υ" and page.words[i - 1].text[-1:].isdigit() and page.words[i + 1].text[:1] in ("C", "F"):
                word.text = "°"
