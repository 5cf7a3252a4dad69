"""One spelling of dashes, stars, slashes and spaces, with the way back to the offsets of the text as it was given."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

__all__ = ["BREAK", "Plain", "plain"]

#: Stands where a member of an enumeration may not be sought any further: a block boundary or a blank line.
BREAK = "\x00"

#: Written variants, one character each. Em dashes keep apart from hyphens: "miR-21\u2014a short RNA" is not miR-21a.
_VARIANTS: dict[str, str] = {
    "-": "\u2010\u2011\u2012\u2013\u2212\u2043\u02d7\ufe63\uff0d\u207b\u058a",
    "\u2014": "\u2015\u2e3a",
    "~": "\u223c\uff5e\u02dc\u223d\u301c\u2248",
    "*": "\u2217\u204e\uff0a\u22c6\u2733\u2605",
    "/": "\u2215\u2044\uff0f",
    " ": "\t\r\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    ",": "\uff0c\u3001",
    "'": "\u2019\u2032\u02b9\u00b4\u2018",
    "(": "\uff08",
    ")": "\uff09",
}
#: Letters and digits of mathematics and of full width: "𝐦𝐢𝐑-𝟐𝟏".
_PRINTED = [chr(i) for i in (*range(0xFF10, 0xFF5B), *range(0x1D400, 0x1D800))]
_TABLE = {ord(c): unicodedata.normalize("NFKC", c) for c in _PRINTED if c.isalnum()}
_TABLE |= {ord(c): to for to, variants in _VARIANTS.items() for c in variants}

#: Left out: what prints as nothing (soft hyphen, zero-width spaces and joiners, direction marks), and spaces after a
#: space.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]|(?<= ) ")
_BLANK_LINE = re.compile(r"\n[ \n]*\n")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in one spelling; ``cuts[i]`` is the place in ``text`` from which on ``i + 1`` characters are left out."""

    text: str
    cuts: tuple[int, ...]

    def first(self, i: int) -> int:
        """The offset, in the text as given, of the character ``i``."""
        return i + bisect_right(self.cuts, i)

    def end(self, i: int) -> int:
        """The end (exclusive), in the text as given, of a span that ends at ``i`` (exclusive)."""
        return self.first(i - 1) + 1 if i else 0


def plain(text: str, *, line_breaks: bool) -> Plain:
    """``text`` in one spelling.

    With ``line_breaks`` a single newline counts as a space (a hard-wrapped text); without, as the end of a block. A
    blank line always ends a block.
    """
    spelt = text.translate(_TABLE)
    if line_breaks:
        spelt = _BLANK_LINE.sub(lambda m: BREAK * len(m.group()), spelt).replace("\n", " ")
    else:
        spelt = spelt.replace("\n", BREAK)
    if not _UNSEEN.search(spelt):
        return Plain(spelt, ())
    cuts = [m.start() - n for n, m in enumerate(_UNSEEN.finditer(spelt))]
    return Plain(_UNSEEN.sub("", spelt), tuple(cuts))
