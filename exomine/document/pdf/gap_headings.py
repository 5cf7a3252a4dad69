"""Headings in the text's own type, told by the space around them: less beneath than above, more than between lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from exomine.document.pdf import cues
from exomine.document.pdf.backends.base import TextLine
from exomine.document.pdf.layout import Chunk
from exomine.document.pdf.pieces import piece
from exomine.document.pdf.styles import Style

__all__ = ["gap_headings"]

#: A heading has no more lines and words than these, and the text beneath it at least so many letters.
_LINES, _WORDS, _TEXT = 3, 20, 60
#: Lines of one paragraph stand no further apart than this, in parts of the usual distance; a heading stands at least
#: and at most so far above its text.
_LINE, _LEAST, _MOST = 1.06, 1.1, 3.0
#: What stands above a heading is so many times further from it than its text.
_ABOVE = 1.1
#: A paper that sets headings so has more than one.
_FEWEST = 2
_SENTENCE_END = re.compile(r"[.!?:;][)\]\"”’]*(?:\[?\d[\d,–-]*\]?)?$")
_INNER_STOP = re.compile(r"[a-z)\]]{2}[.;] [A-Z]")


@dataclass(frozen=True, slots=True)
class _Place:
    """A chunk with what is read before and after it."""

    before: Chunk | None
    chunk: Chunk
    after: Chunk | None


def gap_headings(chunks: Sequence[Chunk], style: Style, width: float) -> list[Chunk]:
    """The chunks, headings in the text's own type cut out and marked; ``width`` is that of a column."""
    around = [None, *chunks, None]
    counts = [_heading_lines(_Place(around[i], chunk, around[i + 2]), style, width) for i, chunk in enumerate(chunks)]
    if sum(map(bool, counts)) < _FEWEST:
        return list(chunks)
    out: list[Chunk] = []
    for chunk, count in zip(chunks, counts, strict=True):
        if not count:
            out.append(chunk)
            continue
        head = piece(chunk, chunk.lines[:count])
        head.extra["plain_heading"] = True
        out.append(head)
        if count < len(chunk.lines):
            out.append(piece(chunk, chunk.lines[count:]))
    return out


def _heading_lines(place: _Place, style: Style, width: float) -> int:
    """How many lines at a chunk's beginning are a heading; 0 where none are."""
    lines = place.chunk.lines
    if place.chunk.kind or not style.is_body(lines[0]):
        return 0
    usual = style.pitch * style.size
    for count in range(1, min(_LINES, len(lines)) + 1):
        text = _text_beneath(place, count)
        if not text:
            return 0
        step = text[0].base - lines[count - 1].base
        if step <= _LINE * usual:
            continue
        fits = _LEAST * usual < step < _MOST * usual and _is_text(text, lines[0], style)
        return count if fits and _is_title(lines[:count], width) and _has_room(place, step, style) else 0
    return 0


def _text_beneath(place: _Place, count: int) -> Sequence[TextLine]:
    """The lines that follow the first ones of a chunk within its column."""
    rest = place.chunk.lines[count:]
    after = place.after
    if rest or after is None or after.kind or after.page != place.chunk.page:
        return rest
    beneath = after.x0 < place.chunk.x1 and place.chunk.x0 < after.x1
    return after.lines if beneath else []


def _is_text(lines: Sequence[TextLine], above: TextLine, style: Style) -> bool:
    """Whether a heading's text follows: a paragraph that begins at the heading's edge or a little to its right."""
    first = lines[0]
    if not style.is_body(first) or not first.text[:1].isupper() or abs(first.x0 - above.x0) > 2.5 * style.size:
        return False
    if len(lines) > 1 and lines[1].base - first.base > _LINE * style.pitch * style.size:
        return False
    return sum(len(line.text) for line in lines) >= _TEXT


def _is_title(lines: Sequence[TextLine], width: float) -> bool:
    """Whether lines read as a heading: few words, a capital or number first, no stop at the end or within."""
    text = " ".join(line.text for line in lines).strip()
    words = text.split()
    if len(words) > _WORDS or len(text) < 5 or not (text[:1].isupper() or cues.NUMBERING.match(text)):
        return False
    if not (text[-1].isalnum() or text[-1] in ")?*”") or words[-1].lower() in cues.FUNCTION_WORDS:
        return False
    if _INNER_STOP.search(text) or cues.CAPTION.match(text) or cues.LIST_ITEM.match(text):
        return False
    return lines[-1].width < 0.95 * width and cues.KEYWORDS.match(text) is None


def _has_room(place: _Place, step: float, style: Style) -> bool:
    """Whether a heading stands further from what goes before, which is closed, than from its text; or it is the first
    in its column."""
    before, first = place.before, place.chunk.first
    if before is None or before.kind:
        return before is not None
    apart = all(not style.is_body(line) for line in before.lines)
    if not apart and not _SENTENCE_END.search(before.last.text):
        return False
    if before.page != first.page or before.last.base > first.base:
        return True
    return first.base - before.last.base > (step if apart else _ABOVE * step)
