"""Classified chunks to blocks: paragraphs parted by indents and short last lines, and joined across columns and
pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from exomine.document.model import Table
from exomine.document.pdf import cues
from exomine.document.pdf.backends.base import TextLine, Word
from exomine.document.pdf.layout import Chunk, make_line
from exomine.document.pdf.styles import Style
from exomine.document.pdf.text import raised

__all__ = ["Paragraph", "paragraphs_of"]

_APART = {
    "author_block": "author_block", "small": "other", "reference": "reference", "back_matter": "back_matter",
    "heading_back": "back_matter", "heading_references": "reference", "other": "other", "footnote": "footnote",
    "running_head": "running_head", "formula": "formula", "table": "other", "figure": "other",
}  # fmt: skip
_HEADINGS = frozenset({"heading", "heading_back", "heading_references"})
#: What may go on behind a float, a column's foot or a page's end.
_MAY_GO_ON = frozenset({"paragraph", "list_item", "abstract"})
#: How a paragraph ends: "cells.", "cells.”", "cells. [3, 4]", "cells.12".
_CLOSED = re.compile(r"[.!?:][)\]\"”’']*(?:\s*[\[(]?\d[\d,;–\-\s]*[\])]?)?$")
#: "(3) Growth": an item of a list, or a citation behind the stop of the line before.
_NUMBER_IN_BRACKETS = re.compile(r"\(\d{1,3}\)\s")
#: A number of several levels: "3.1.", "2.10.4".
_MANY_LEVELS = re.compile(r"^\d{1,2}(?:\.\d{1,2}){1,4}\.?$")
#: Ends of words set apart that open a sentence instead of heading it.
_OPEN_ENDS = (":", ",", ";", "-", "–")
#: What parts a heading from the text behind it: ".—", ". –".
_DASH = re.compile(r"[.:]?[—–](?=[^\W\d_]|$)")
#: Stands for the face in the style of headings with a number: their level is the number's.
_BY_NUMBER = "#"
#: A line ends short by so many font sizes; by the second number it ends a paragraph without any indent.
_SHORT, _VERY_SHORT = 2.5, 6.0
_LONGEST_RUN_IN = 22  # words
#: A heading in the type of the text has no more lines; its distance from the text is so many times that of lines.
_HEADING_LINES, _WIDER = 3, 1.1
_RUN_IN_LEVEL = 4


@dataclass(slots=True)
class Paragraph:
    """Lines of one block; ``apart`` blocks do not go into the text."""

    kind: str
    lines: list[TextLine]
    level: int = 0
    apart: bool = False
    table: Table | None = None


def paragraphs_of(chunks: Sequence[Chunk], style: Style) -> list[Paragraph]:
    """The blocks of the paper in reading order."""
    blocks = _Blocks(style, _heading_levels(chunks))
    for chunk in chunks:
        blocks.add(chunk)
    return blocks.out


@dataclass(slots=True)
class _Blocks:
    """Puts chunks in reading order together; ``last`` is the open paragraph of the running text, floats may follow
    it.
    """

    style: Style
    levels: dict[tuple[int, str], int]
    out: list[Paragraph] = field(default_factory=list)
    last: Paragraph | None = None

    def add(self, chunk: Chunk) -> None:
        kind = chunk.kind
        table = chunk.extra.get("table")
        if isinstance(table, Table):
            self.out.append(Paragraph("table", chunk.lines, table=table))
        elif kind in _APART:
            self.out.append(Paragraph(_APART[kind], chunk.lines, apart=True))
        elif kind == "heading":
            self._heading(chunk)
        elif kind in ("title", "caption"):
            self.out.append(Paragraph(kind, chunk.lines))
        else:
            self._text(chunk)

    def _heading(self, chunk: Chunk) -> None:
        self.last = None
        previous = self.out[-1] if self.out else None
        if previous and previous.kind == "heading" and _same_heading(previous, chunk):
            previous.lines = previous.lines + chunk.lines
            return
        level = self.levels.get(_heading_style(chunk), 2)
        self.out.append(Paragraph("heading", chunk.lines, level=level))

    def _text(self, chunk: Chunk) -> None:
        first, *others = _parts(chunk, self.style)
        if self.last is not None and _goes_on(self.last, first, chunk, self.style):
            self.last.lines = self.last.lines + first
        else:
            self._begin(first, chunk.kind)
        for lines in others:
            self._begin(lines, chunk.kind)

    def _begin(self, lines: list[TextLine], kind: str) -> None:
        """A new paragraph, the heading that runs into it apart."""
        count = run_in(lines, self.style) if kind == "paragraph" else 0
        if count:
            head, lines = take_words(lines, count)
            lines = _without_dash(lines)
            self.out.append(Paragraph("heading", head, level=_RUN_IN_LEVEL))
            if not lines:
                return
        item = kind == "paragraph" and cues.LIST_ITEM.match(lines[0].text)
        self.last = Paragraph("list_item" if item else kind, lines)
        self.out.append(self.last)


def _parts(chunk: Chunk, style: Style) -> list[list[TextLine]]:
    """The paragraphs inside a chunk."""
    lines = chunk.lines
    if len(lines) < 2:
        return [lines]
    margins = _Margins(min(line.x0 for line in lines), max(line.x1 for line in lines), chunk.size, style.indents)
    out = [[lines[0]]]
    for before, line in pairwise(lines):
        if margins.part(before, line):
            out.append([line])
        else:
            out[-1].append(line)
    return out


@dataclass(frozen=True, slots=True)
class _Margins:
    """The edges of a chunk's lines; they tell where paragraphs begin inside of it."""

    left: float
    right: float
    size: float
    indents: bool  # the paper indents the first line of a paragraph

    def part(self, before: TextLine, line: TextLine) -> bool:
        """Whether a paragraph ends with the line before and another one begins."""
        if begins_with_mark(line):
            return False
        closed = _CLOSED.search(before.text) is not None
        if self.indents and self._is_indented(line) and before.x0 - self.left < 0.5 * self.size:
            return closed or self._is_short(before, _SHORT)
        if not closed:
            return False
        if self._is_short(before, _SHORT) and _may_begin_paragraph(line.text):
            return self._is_short(before, _VERY_SHORT) or not self.indents or self._is_indented(line)
        if cues.LIST_ITEM.match(line.text) is None:
            return False
        # a citation "(3)" behind a stop may begin a line too, but beneath a full one
        return not _NUMBER_IN_BRACKETS.match(line.text) or self._is_short(before, 1.0) or self._is_indented(line)

    def _is_indented(self, line: TextLine) -> bool:
        return 0.5 * self.size < line.x0 - self.left < 5 * self.size

    def _is_short(self, line: TextLine, by: float) -> bool:
        """Whether a line ends before the right margin by so many font sizes."""
        return line.x1 < self.right - by * self.size


def begins_with_mark(line: TextLine) -> bool:
    """Whether a line begins with a raised number, which belongs to the line before; a nuclide ("13C") does not."""
    first, *others = line.words
    if not first.text[:1].isdigit() or not raised(first, line):
        return False
    return not (others and others[0].glued and others[0].text[:1].isalpha())


def _may_begin_paragraph(text: str) -> bool:
    """Whether a line begins with a capital, a number or a sign."""
    return text[:1].isupper() or not text[:1].isalpha()


def _goes_on(last: Paragraph, lines: Sequence[TextLine], chunk: Chunk, style: Style) -> bool:
    """Whether the running paragraph continues in these lines."""
    if last.kind not in _MAY_GO_ON:
        return False
    before, line = last.lines[-1], lines[0]
    open_end = _CLOSED.search(before.text) is None
    if last.kind == "abstract":
        return chunk.kind == "abstract" and open_end
    if line.text[:1].islower() or open_end or begins_with_mark(line):
        return True
    if cues.LIST_ITEM.match(line.text) or not style.indents or _is_beneath(before, line):
        return False
    full = before.x1 >= max(x.x1 for x in last.lines) - 1.0 * chunk.size
    return full and _is_flush(line, chunk)


def _is_beneath(before: TextLine, line: TextLine) -> bool:
    """Whether a line stands on the page of the line before, within the same column."""
    if line.page != before.page:
        return False
    return line.x0 < before.x1 and before.x0 < line.x1


def _is_flush(line: TextLine, chunk: Chunk) -> bool:
    """Whether a chunk's first line begins where the following ones do; unknown (no) where none follows."""
    rest = [x.x0 for x in chunk.lines[1:3]]
    return bool(rest) and line.x0 - min(rest) <= 0.5 * chunk.size


def _heading_style(chunk: Chunk) -> tuple[int, str]:
    m = cues.NUMBERING.match(chunk.text)
    if m and m[1]:
        return m[1].count(".") + 1, _BY_NUMBER
    return round(chunk.size * 4), chunk.first.font.name + ("^" if chunk.text.isupper() else "")


def _heading_levels(chunks: Sequence[Chunk]) -> dict[tuple[int, str], int]:
    """Level of each style of heading: that of the introduction is 1; others follow by size and order of appearance."""
    main = _main_style(chunks)
    levels: dict[tuple[int, str], int] = {}
    next_level = 2
    for style in dict.fromkeys(_heading_style(c) for c in chunks if c.kind in _HEADINGS):
        if style[1] == _BY_NUMBER:
            levels[style] = style[0]
        elif main is None or style == main or style[0] > main[0] + 1:
            levels[style] = 1
        else:
            levels[style] = next_level
            next_level = min(4, next_level + 1)
    return levels


def _main_style(chunks: Sequence[Chunk]) -> tuple[int, str] | None:
    """The style of the first heading that names a main section: "Introduction", "Methods"."""
    headings = (c for c in chunks if c.kind == "heading")
    return next((_heading_style(c) for c in headings if cues.BODY.match(cues.heading_key(c.text))), None)


def _same_heading(previous: Paragraph, chunk: Chunk) -> bool:
    """Whether a heading goes on in the next chunk: right beneath, in the same type, without a number of its own."""
    a, b = previous.lines[-1], chunk.first
    if a.page != b.page or a.font != b.font or abs(a.size - b.size) >= 0.1:
        return False
    if not 0 < b.base - a.base < 1.5 * b.size:
        return False
    return a.text.isupper() == b.text.isupper() and not cues.NUMBERING.match(b.text)


def run_in(lines: Sequence[TextLine], style: Style) -> int:
    """How many words at the start of a paragraph are a heading that runs into it ("Cell culture. Cells were ..."); 0:
    none.

    The heading is set apart by weight, slant or face all along, and ends with a full stop, or, in bold, before a
    capital.
    """
    words = [w for line in lines[:3] for w in line.words]
    if numbered := _numbered_lines(lines) or _numbered_lead(words):
        return numbered
    lead = _lead(words, style)
    if not lead:
        return 0
    text = " ".join(w.text for w in words[:lead]).rstrip(" —–")
    strong = words[0].font.bold or words[0].font.name not in style.fonts
    after = words[lead].text
    if m := _DASH.match(after):
        text += "."
        after = after[m.end() :] or (words[lead + 1].text if lead + 1 < len(words) else "")
    return lead if _is_run_in(text, after, lead, strong=strong) else 0


def _without_dash(lines: list[TextLine]) -> list[TextLine]:
    """Lines without the dash that parts a heading from the text that it runs into: ".—Cells were"."""
    m = _DASH.match(lines[0].words[0].text) if lines else None
    if m is None:
        return lines
    first, *others = lines[0].words
    rest = first.text[m.end() :]
    words = [replace(first, text=rest), *others] if rest else others
    if not words:
        return lines[1:]
    return [make_line(lines[0].page, [replace(words[0], glued=False), *words[1:]]), *lines[1:]]


def _lead(words: Sequence[Word], style: Style) -> int:
    """How many words at the beginning are set apart, signs at their end left out; 0 where all are, or too many."""
    lead = 0
    for w in words[: _LONGEST_RUN_IN + 1]:
        if not _set_apart(w, style) and _has_letters(w.text):
            break
        lead += 1
    if not 0 < lead <= _LONGEST_RUN_IN or lead >= len(words):
        return 0
    while lead and _is_stray_sign(words[lead - 1].text):
        lead -= 1
    return lead


def _has_letters(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _is_stray_sign(text: str) -> bool:
    """Whether a word is a sign that may belong to the text behind a heading ("–", "("); a stop is the heading's."""
    return not _has_letters(text) and text not in (".", ".:")


def _is_run_in(text: str, after: str, n_words: int, *, strong: bool) -> bool:
    """Whether words set apart (``strong``: by weight or face, not by slant alone) and the word behind them read as a
    heading.
    """
    if not (text[:1].isupper() or text[:1].isdigit()) or cues.count_letters(text) < 4 or after[:1].islower():
        return False
    if text.endswith("."):
        return strong or n_words >= 2 or len(text) >= 9
    return strong and after[:1].isupper() and not text.endswith(_OPEN_ENDS)


def _numbered_lines(lines: Sequence[TextLine]) -> int:
    """The words of a heading with a number of several levels that has lines to itself over its text: the last of them
    is short, or stands further from the text than its lines from each other."""
    if not _MANY_LEVELS.match(lines[0].words[0].text):
        return 0
    for k in range(1, min(_HEADING_LINES, len(lines) - 1) + 1):
        if _CLOSED.search(lines[k - 1].text):
            return 0
        if lines[k].text[:1].isupper() and (_ends_short(lines, k) or _parts_from(lines, k)):
            return sum(len(line.words) for line in lines[:k])
    return 0


def _ends_short(lines: Sequence[TextLine], k: int) -> bool:
    """Whether the line before the k-th ends far from the right edge."""
    return lines[k - 1].x1 < max(line.x1 for line in lines) - _VERY_SHORT * lines[0].size


def _parts_from(lines: Sequence[TextLine], k: int) -> bool:
    """Whether the k-th line stands clearly further beneath the one before it than the next one beneath itself."""
    if k + 1 >= len(lines):
        return False
    return lines[k].base - lines[k - 1].base > _WIDER * (lines[k + 1].base - lines[k].base) > 0


def _numbered_lead(words: Sequence[Word]) -> int:
    """The words of a heading with a number of several levels up to its full stop: "3.1. Rosmarinus Genus.

    Rosmarinus is ...".
    """
    if not words or not _MANY_LEVELS.match(words[0].text):
        return 0
    for i, (w, after) in enumerate(pairwise(words[1:19]), 2):
        if w.text.endswith(".") and cues.count_letters(w.text) > (1 if w.text.isupper() else 3):
            return i if after.text[:1].isupper() else 0
    return 0


def _set_apart(word: Word, style: Style) -> bool:
    return word.font.emphasised or word.font.name not in style.fonts


def take_words(lines: Sequence[TextLine], count: int) -> tuple[list[TextLine], list[TextLine]]:
    """The first ``count`` words as lines of their own, and the rest."""
    head: list[TextLine] = []
    rest: list[TextLine] = []
    for line in lines:
        n = len(line.words)
        if count >= n:
            head.append(line)
        elif count > 0:
            head.append(make_line(line.page, line.words[:count]))
            tail = line.words[count:]
            tail[0].glued = False
            rest.append(make_line(line.page, tail))
        else:
            rest.append(line)
        count = max(0, count - n)
    return head, rest
