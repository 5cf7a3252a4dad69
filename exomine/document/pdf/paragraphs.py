"""Classified chunks to blocks: paragraphs parted by indents and short last lines, and joined across columns and pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from exomine.document.model import Table
from exomine.document.pdf import cues
from exomine.document.pdf.backends.base import TextLine, Word
from exomine.document.pdf.layout import Chunk, make_line
from exomine.document.pdf.styles import Style

__all__ = ["Paragraph", "paragraphs_of"]

_APART = {
    "author_block": "author_block", "small": "other", "reference": "reference", "back_matter": "back_matter",
    "heading_back": "back_matter", "heading_references": "reference", "other": "other", "footnote": "footnote",
    "running_head": "running_head", "formula": "formula", "table": "other", "figure": "other",
}  # fmt: skip
_CLOSED = re.compile(r"[.!?:][)\]\"”’']*(?:\s*[\[(]?\d[\d,;–\-\s]*[\])]?)?$")


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
    levels = _heading_levels(chunks)
    out: list[Paragraph] = []
    last: Paragraph | None = None  # the last paragraph of the running text, floats between
    for chunk in chunks:
        kind = chunk.kind
        table = chunk.extra.get("table")
        if isinstance(table, Table):
            out.append(Paragraph("table", chunk.lines, table=table))
            continue
        if kind in _APART:
            out.append(Paragraph(_APART[kind], chunk.lines, apart=True))
            continue
        if kind == "heading":
            last = None
            previous = out[-1] if out else None
            if previous and previous.kind == "heading" and _same_heading(previous, chunk):
                previous.lines = previous.lines + chunk.lines
                continue
            out.append(Paragraph("heading", chunk.lines, level=levels.get(_heading_style(chunk), 2)))
            continue
        if kind in ("title", "caption"):
            out.append(Paragraph(kind, chunk.lines))
            continue
        for i, lines in enumerate(_parts(chunk, style)):
            if (
                i == 0
                and last is not None
                and last.kind in ("paragraph", "list_item", "abstract")
                and _goes_on(last, lines, chunk, style)
            ):
                last.lines = last.lines + lines
                continue
            count = run_in(lines, style) if kind == "paragraph" else 0
            if count:
                head, lines = take_words(lines, count)
                out.append(Paragraph("heading", head, level=4))
                if not lines:
                    continue
            item = kind == "paragraph" and bool(cues.LIST_ITEM.match(lines[0].text))
            last = Paragraph("list_item" if item else kind, lines)
            out.append(last)
    return out


def _parts(chunk: Chunk, style: Style) -> list[list[TextLine]]:
    """The paragraphs inside a chunk."""
    lines = chunk.lines
    if len(lines) < 2:
        return [lines]
    left = min(line.x0 for line in lines)
    right = max(line.x1 for line in lines)
    size = chunk.size
    out = [[lines[0]]]
    for before, line in pairwise(lines):
        short = before.x1 < right - 2.5 * size
        indent = line.x0 - left
        new = False
        if style.indents and 0.5 * size < indent < 5 * size and before.x0 - left < 0.5 * size:
            new = bool(_CLOSED.search(before.text)) or short
        elif short and _CLOSED.search(before.text) and (line.text[:1].isupper() or not line.text[:1].isalpha()):
            new = before.x1 < right - 6 * size or style.indents is False or 0.5 * size < indent < 5 * size
        elif cues.LIST_ITEM.match(line.text) and _CLOSED.search(before.text):
            new = True
        if new:
            out.append([line])
        else:
            out[-1].append(line)
    return out


def _goes_on(last: Paragraph, lines: Sequence[TextLine], chunk: Chunk, style: Style) -> bool:
    """Whether the running paragraph continues in these lines."""
    if last.kind == "abstract":
        return chunk.kind == "abstract" and not _CLOSED.search(last.lines[-1].text)
    text, new = last.lines[-1].text, lines[0].text
    if new[:1].islower():
        return True
    if not _CLOSED.search(text):
        return True
    if cues.LIST_ITEM.match(new):
        return False
    same_page_below = (
        lines[0].page == last.lines[-1].page and lines[0].x0 < last.lines[-1].x1 and last.lines[-1].x0 < lines[0].x1
    )
    if not style.indents or same_page_below:
        return False
    rest = [line.x0 for line in chunk.lines[1:3]]
    indented = bool(rest) and lines[0].x0 - min(rest) > 0.5 * chunk.size
    full = last.lines[-1].x1 >= max(line.x1 for line in last.lines) - 1.0 * chunk.size
    return not indented and full and bool(rest)


def _heading_style(chunk: Chunk) -> tuple[int, str]:
    m = cues.NUMBERING.match(chunk.text)
    if m and m[1]:
        return m[1].count(".") + 1, "#"
    return round(chunk.size * 4), chunk.first.font.name + ("^" if chunk.text.isupper() else "")


def _heading_levels(chunks: Sequence[Chunk]) -> dict[tuple[int, str], int]:
    """Level of each style of heading: that of the introduction is 1; others follow by size and order of appearance."""
    styles: list[tuple[int, str]] = []
    main: tuple[int, str] | None = None
    for chunk in chunks:
        if chunk.kind not in ("heading", "heading_back", "heading_references"):
            continue
        style = _heading_style(chunk)
        if style not in styles:
            styles.append(style)
        key = cues.heading_key(chunk.text)
        if main is None and chunk.kind == "heading" and cues.BODY.match(key):
            main = style
    levels: dict[tuple[int, str], int] = {}
    next_level = 2
    for style in styles:
        if style[1] == "#":
            levels[style] = style[0]
        elif main is None or style == main or style[0] > main[0] + 1:
            levels[style] = 1
        else:
            levels[style] = next_level
            next_level = min(4, next_level + 1)
    return levels


def _same_heading(previous: Paragraph, chunk: Chunk) -> bool:
    a, b = previous.lines[-1], chunk.first
    return (
        a.page == b.page
        and abs(a.size - b.size) < 0.1
        and a.font == b.font
        and 0 < b.base - a.base < 1.5 * b.size
        and not cues.NUMBERING.match(b.text)
        and a.text.isupper() == b.text.isupper()
    )


_STRONG_WORDS = 22


def run_in(lines: Sequence[TextLine], style: Style) -> int:
    """How many words at the start of a paragraph are a heading that runs into it ("Cell culture. Cells were ..."); 0: none.

    The heading is set apart by weight, slant or face all along, and ends with a full stop, or, in bold, before a capital.
    """
    words = [w for line in lines[:3] for w in line.words]
    lead = _numbered_lead(words)
    if lead:
        return lead
    for w in words[: _STRONG_WORDS + 1]:
        if not _set_apart(w, style) and any(c.isalnum() for c in w.text):
            break
        lead += 1
    if not 0 < lead <= _STRONG_WORDS or lead >= len(words):
        return 0
    while lead and not any(c.isalnum() for c in words[lead - 1].text) and words[lead - 1].text not in (".", ".:"):
        lead -= 1
    if not lead:
        return 0
    text = " ".join(w.text for w in words[:lead]).rstrip()
    after = words[lead].text if lead < len(words) else ""
    bold = words[0].font.bold or words[0].font.name not in style.fonts
    if (not text[:1].isupper() and not text[:1].isdigit()) or sum(c.isalpha() for c in text) < 4:
        return 0
    if after[:1].islower() or (not after[:1].isalnum() and not text.endswith(".")):
        return 0
    if text.endswith("."):
        return lead if bold or lead >= 2 or len(text) >= 9 else 0
    return lead if bold and after[:1].isupper() and not text.endswith((":", ",", ";", "-", "–")) else 0


def _numbered_lead(words: Sequence[Word]) -> int:
    """The words of a heading with a number of several levels up to its full stop: "3.1. Rosmarinus Genus. Rosmarinus is ..."."""
    if not words or not re.match(r"^\d{1,2}(?:\.\d{1,2}){1,4}\.?$", words[0].text):
        return 0
    for i, w in enumerate(words[1:18], 1):
        if w.text.endswith(".") and sum(c.isalpha() for c in w.text) > 3 and i + 1 < len(words):
            return i + 1 if words[i + 1].text[:1].isupper() else 0
    return 0


def _set_apart(word: Word, style: Style) -> bool:
    return word.font.bold or word.font.italic or word.font.name not in style.fonts


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
