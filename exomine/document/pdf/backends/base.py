"""What a PDF library has to deliver: words in the order in which the file draws them, ruling lines, pictures.

Two backends fill these types, :mod:`.miner` (pdfminer.six) and :mod:`.pdfium` (pypdfium2); everything above works on
the types alone. Coordinates are points, origin at the top left corner of the page, y growing downward. A word's box is
made from its baseline and size, not from the font's own ascent, which fonts state too differently to be compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from exomine.document.limits import Limits
from exomine.document.model import Box

__all__ = [
    "ASCENT",
    "DESCENT",
    "Backend",
    "Font",
    "PageContent",
    "PdfSource",
    "Picture",
    "Ruling",
    "TextLine",
    "Word",
    "box_of",
]

#: Height above and depth below the baseline that a word's box gets, in parts of its font size.
ASCENT = 0.74
DESCENT = 0.22


@dataclass(frozen=True, slots=True)
class Font:
    """A font as far as layout needs it; ``name`` is without its subset prefix ("ABCDEF+")."""

    name: str
    bold: bool = False
    italic: bool = False

    @property
    def emphasised(self) -> bool:
        """Whether the font is bold or slanted."""
        return self.bold or self.italic


@dataclass(slots=True)
class Word:
    """A stretch of glyphs of one font, size and baseline without a space inside.

    ``glued`` says that no space stands between the word before it on the same line and this one: "aging" and a raised
    "3" are two words, the second glued. ``base`` is the baseline's y. ``order`` counts words as the file draws them.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    font: Font
    glued: bool = False
    order: int = 0


@dataclass(slots=True)
class TextLine:
    """Words on one line of one column, left to right; ``size``, ``font`` and ``base`` are those of most of its
    letters.
    """

    page: int
    words: list[Word]
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    font: Font
    bold: bool = False
    italic: bool = False
    _text: str = ""

    @property
    def text(self) -> str:
        """The words with single spaces where there are spaces; made once, so words may change only before."""
        if not self._text:
            parts = [w.text if w.glued else " " + w.text for w in self.words]
            self._text = "".join(parts).lstrip(" ")
        return self._text

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def box(self) -> Box:
        return Box(self.x0, self.y0, self.x1, self.y1)


def box_of(parts: Sequence[Word] | Sequence[TextLine]) -> Box:
    """The smallest box around words or lines."""
    return Box(
        min(part.x0 for part in parts),
        min(part.y0 for part in parts),
        max(part.x1 for part in parts),
        max(part.y1 for part in parts),
    )


@dataclass(frozen=True, slots=True)
class Ruling:
    """A thin drawn line or the edge of a box; ``horizontal`` ones have (nearly) equal y."""

    x0: float
    y0: float
    x1: float
    y1: float
    horizontal: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The box of an image (``kind`` image), a filled or framed area (``area``) or a drawn curve (``curve``)."""

    x0: float
    y0: float
    x1: float
    y1: float
    kind: str = "image"


@dataclass(slots=True)
class PageContent:
    """One page: ``words`` upright and in drawing order, ``turned`` those that run in another direction."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    turned: list[Word] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    turn: int = 0  # degrees by which the page was turned so that its text runs left to right
    failure: str = ""  # why the page could not be read, or could be read only in part


class PdfSource(Protocol):
    """An opened PDF."""

    n_pages: int
    metadata: dict[str, str]  # title, doi and what else the file says of itself, keys in lower case

    def pages(self) -> Iterator[PageContent]:
        """Every page in order, one at a time; a page that cannot be read comes with its ``failure``."""
        ...

    def close(self) -> None:
        """Let go of the library's objects."""
        ...


class Backend(Protocol):
    """A way to open PDFs."""

    name: str

    def open(self, data: bytes, limits: Limits) -> PdfSource:
        """Open the file. Raises :class:`~exomine.errors.DocumentError` (encrypted, damaged, a limit)."""
        ...
