"""Headings in the text's own type, told by the space around them: less beneath than above, more than between lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from exomine.document.pdf import cues
from exomine.document.pdf.backends.base import TextLine
from exomine.document.pdf.layout import Chunk
from exomine.document.pdf.pieces import cut, piece
from exomine.document.pdf.styles import Style

__all__ = ["gap_headings"]

#: A heading has no more lines and words than these, and the text beneath it at least so many letters.
_LINES, _WORDS, _TEXT = 3, 20, 60
#: Lines of one paragraph stand no further apart than this, in parts of the usual distance; a heading stands at least
#: and at most so far above its text.
_LINE, _LEAST, _MOST = 1.06, 1.1, 3.0
#: What stands above a heading is so many times further from it than its text.
_ABOVE = 1.1
#: A heading at the distance of lines from its text is shorter than this part of a column, its text's first line longer.
_SHORT = 0.65
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
    parts = [part for i, chunk in enumerate(chunks) for part in _cut(chunk, _next(chunks, i), style, width)]
    counts = [
        _heading_lines(_Place(parts[i - 1] if i else None, part, _next(parts, i)), style, width)
        for i, part in enumerate(parts)
    ]
    if sum(map(bool, counts)) < _FEWEST:
        return list(chunks)
    out: list[Chunk] = []
    for part, count in zip(parts, counts, strict=True):
        if not count:
            out.append(part)
            continue
        head = piece(part, part.lines[:count])
        head.extra["plain_heading"] = True
        out.append(head)
        if count < len(part.lines):
            out.append(piece(part, part.lines[count:]))
    return out


def _next(chunks: Sequence[Chunk], i: int) -> Chunk | None:
    return chunks[i + 1] if i + 1 < len(chunks) else None


def _cut(chunk: Chunk, after: Chunk | None, style: Style, width: float) -> list[Chunk]:
    """A chunk in parts that begin with a heading, where one stands within it."""
    least = _LEAST * style.pitch * style.size
    out, rest = [], chunk
    for i, (above, line) in enumerate(pairwise(chunk.lines), 1 - len(chunk.lines)):
        if chunk.kind or line.base - above.base < least or len(rest.lines) <= -i:
            continue
        upper, lower = cut(rest, len(rest.lines) + i)
        if _heading_lines(_Place(upper, lower, after), style, width):
            out.append(upper)
            rest = lower
    return [*out, rest]


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
            if count == 1 and _stands_alone(place, text, style, width):
                return 1
            continue
        fits = _LEAST * usual < step < _MOST * usual and _is_text(text, lines[0], style)
        return count if fits and _is_title(lines[:count], width) and _has_room(place, step, style) else 0
    return 0


def _stands_alone(place: _Place, text: Sequence[TextLine], style: Style, width: float) -> bool:
    """Whether a short line at the distance of lines from its text has more room above, as in manuscripts."""
    before, first = place.before, place.chunk.first
    if before is None or before.kind or before.page != first.page or first.width > _SHORT * width:
        return False
    above = first.base - before.last.base
    if not _LEAST * style.pitch * style.size < above < _MOST * style.pitch * style.size:
        return False
    return (
        _is_closed(before, style)
        and _is_title([first], width)
        and _is_text(text, first, style)
        and text[0].width > _SHORT * width
    )


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
    if not _is_closed(before, style):
        return False
    if before.page != first.page or before.last.base > first.base:
        return True
    return first.base - before.last.base > (step if _is_apart(before, style) else _ABOVE * step)


def _is_closed(chunk: Chunk, style: Style) -> bool:
    """Whether nothing goes on behind a chunk: it ends a sentence, or is a heading."""
    return _is_apart(chunk, style) or _SENTENCE_END.search(chunk.last.text) is not None


def _is_apart(chunk: Chunk, style: Style) -> bool:
    """Whether a chunk is set otherwise than the text, or in capitals."""
    return chunk.last.text.isupper() or all(not style.is_body(line) for line in chunk.lines)
