"""What a chunk looks like by itself: body text, heading, caption, formula; and chunks cut where two things are glued."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from exomine.document.pdf import cues
from exomine.document.pdf.backends.base import Font, PageContent, TextLine
from exomine.document.pdf.layout import Chunk, make_chunk
from exomine.document.pdf.styles import Style

__all__ = ["Looks", "caption_match"]

_SENTENCE_END = re.compile(r"[.!?:;][)\]\"”’]*(?:\[?\d[\d,–-]*\]?)?$")


def caption_match(chunk: Chunk, style: Style) -> re.Match[str] | None:
    """The match of a caption's label ("Table 2.") at the chunk's beginning, if the chunk is a caption and no sentence."""
    text = chunk.first.text
    m = cues.CAPTION.match(text)
    if not m:
        return None
    words = chunk.first.words
    label_bold = (words[0].font.bold and not all(w.font.bold for w in words[3:])) or words[0].font.name != style.font
    rest = text[m.end() :].strip()
    if chunk.size < style.size * 0.96 or m["after"].strip() or not rest:
        return m
    return m if label_bold and (rest[:1].isupper() or words[0].font.bold) else None


class Looks:
    """Questions to single chunks; the body's style and the pages answer them."""

    def __init__(
        self, chunks: list[Chunk], style: Style, pages: Sequence[PageContent], heads: Sequence[str] = ()
    ) -> None:
        self.chunks = chunks
        self.style = style
        self.pages = pages
        self.heads = [" ".join(h.lower().split()) for h in heads]
        self.widths = _column_widths(chunks, style)
        self.walked: Sequence[Chunk] = chunks
        self.at, self.end = 0, len(chunks)
        self.heading_font: Font | None = None

    # --- single chunks -------------------------------------------------------------------------------------------

    def is_body(self, chunk: Chunk) -> bool:
        """Whether a chunk is set like the body."""
        n = total = 0
        for line in chunk.lines:
            total += len(line.words)
            n += len(line.words) if self.style.is_body(line) else 0
        return 2 * n > total

    def caption_of(self, chunk: Chunk) -> re.Match[str] | None:
        """The match of a caption's label at the chunk's beginning, if the chunk is a caption."""
        return caption_match(chunk, self.style)

    def looks_like_heading(self, chunk: Chunk, following: Chunk | None) -> bool:
        """A short chunk in a style of its own before text."""
        text = chunk.text
        if len(chunk.lines) > 4 or len(text) > 220 or len(text) < 3 or not any(c.isalpha() for c in text):
            return False
        if chunk.extra.get("plain_heading"):
            return True
        key = cues.heading_key(text)
        known = bool(
            cues.BODY.match(key) or cues.BACK.match(key) or cues.REFERENCES.match(key) or cues.ABSTRACT.match(key)
        )
        first = chunk.first
        if chunk.size < self.style.size * (0.68 if first.bold and len(chunk.lines) <= 2 else 0.82):
            return False
        differs = self.set_apart(chunk)
        capitals = text.upper() == text and sum(c.isalpha() for c in text) >= 4
        numbered = bool(cues.NUMBERING.match(text)) and len(text) < 150
        if known and (differs or capitals or numbered or len(chunk.lines) == 1):
            return chunk.size >= self.style.size * 0.82 or self._stands_over_text(chunk)
        if (
            text.rstrip()[-1:] in ".,;"
            and not (numbered and differs)
            and not (differs and first.bold and text[-1:] == ".")
        ):
            return False
        if text[:1].islower() or (cues.LIST_ITEM.match(text) and not numbered):
            return False
        if len(chunk.lines) >= 2 and not first.bold and abs(chunk.size - self.style.size) < 0.3 and len(text) > 110:
            return False
        if not (differs or capitals) or sum(c.isalpha() for c in text) < 4:
            return False
        return following is not None and self._stands_over_text(chunk)

    def _stands_over_text(self, chunk: Chunk) -> bool:
        """Whether body text (or another heading over it) follows close beneath, or in the next column from a column's foot."""
        above = chunk
        for other in self.walked[self.at + 1 : self.at + 5]:
            if other.kind in ("table", "figure", "caption"):
                continue
            if other.page == above.page and other.y0 > above.y1 - 3:
                if other.y0 - above.y1 > 4.5 * self.style.size or other.x0 > above.x1 or above.x0 > other.x1:
                    return False
            elif above.y1 < 0.75 * self.pages[above.page - 1].height:
                return False
            if self.is_body(other) and len(other.text) > 60:
                return True
            if not self.set_apart(other) and not other.text.isupper():
                return self._is_other_body(other)
            above = other
        return False

    def differs(self, line: TextLine) -> bool:
        """Whether a line is set apart from the body by weight, slant, size or face."""
        style = self.style
        if line.size > style.size * 1.06:
            return True
        return line.bold or line.italic or (line.font.name not in style.fonts) or (
            line.font.name != style.font and all(w.font.name != style.font for w in line.words)
        )  # fmt: skip

    def set_apart(self, chunk: Chunk) -> bool:
        """Whether (nearly) all words of a chunk differ from the body, the first and the last among them."""
        words = [w for line in chunk.lines for w in line.words if sum(c.isalpha() for c in w.text) >= 2]
        if not words:
            return self.differs(chunk.first)
        style = self.style
        plain = [
            w.font.name in style.fonts and not w.font.bold and not w.font.italic and w.size <= 1.06 * style.size
            for w in words
        ]
        if style.font and chunk.first.font.name == style.font and chunk.first.size <= 1.06 * style.size:
            return False
        return not plain[0] and not plain[-1] and sum(plain) <= 0.35 * len(plain)

    def is_formula(self, chunk: Chunk) -> bool:
        """A displayed formula: hardly a word, and an operator or a number in parentheses at its end."""
        tokens = [w.text for line in chunk.lines for w in line.words]
        if len(chunk.lines) > 6 or not tokens or abs(chunk.size - self.style.size) > 0.1 * self.style.size:
            return False
        words = sum(len(t) >= 4 and t.strip(".,;:()").isalpha() for t in tokens)
        text = chunk.text
        operator = bool(re.search(r"[=≈≤≥<>∑∫√×∝]|[+−]\s", text))
        numbered = bool(re.search(r"\(\d{1,2}[a-z]?\)$", text))
        short = len(chunk.lines) == 1 and len(text) <= 3 and not text.isalpha()
        return (words <= 0.3 * len(tokens) and (operator or numbered)) or short

    def _is_other_body(self, chunk: Chunk) -> bool:
        """Lists and paragraphs of the body's size in another face: bullets, or lines that fill the column."""
        if abs(chunk.size - self.style.size) > 0.045 * self.style.size + 0.05:
            return False
        if cues.LIST_ITEM.match(chunk.text):
            return True
        wide = chunk.x1 - chunk.x0 > 0.8 * self.widths
        return len(chunk.lines) >= 2 and wide and len(chunk.text) > 90 and not self._is_boxed(chunk)

    def _is_boxed(self, chunk: Chunk) -> bool:
        """Whether a chunk lies in a framed or coloured box that covers only a part of the page."""
        page = self.pages[chunk.page - 1]
        for p in page.pictures:
            if p.kind == "area" and (p.x1 - p.x0) * (p.y1 - p.y0) < 0.6 * page.width * page.height:
                inside = p.x0 - 2 <= chunk.x0 and chunk.x1 <= p.x1 + 2 and p.y0 - 2 <= chunk.y0 and chunk.y1 <= p.y1 + 2
                if inside and p.y1 - p.y0 > (chunk.y1 - chunk.y0) + chunk.size:
                    return True
        return False

    def _split_references_heading(self, chunks: list[Chunk]) -> list[Chunk]:
        """A references heading or a back heading that lies inside a chunk (same style as the text) gets a chunk of its own."""
        out: list[Chunk] = []
        for chunk in chunks:
            cut = next(
                (i for i, line in enumerate(chunk.lines) if len(chunk.lines) > 1 and self._is_mark(line)),
                None,
            )
            if cut is None:
                out.append(chunk)
                continue
            for part in (chunk.lines[:cut], chunk.lines[cut : cut + 1], chunk.lines[cut + 1 :]):
                if part:
                    piece = make_chunk(part, chunk.order)
                    piece.kind = chunk.kind
                    out.append(piece)
        return out

    def _split_bare_headings(self, chunk: Chunk) -> list[Chunk]:
        """Headings in the body's own type without a gap to the text: capitals, or words that only a heading has."""
        out: list[Chunk] = []
        rest = chunk
        while len(rest.lines) > 1:
            lines = rest.lines
            at = next(
                (
                    i
                    for i in range(len(lines))
                    if (not i or _SENTENCE_END.search(lines[i - 1].text)) and self._is_bare_heading(lines, i)
                ),
                None,
            )
            if at is None:
                break
            *before, rest = self._cut(rest, at)
            head, *after = self._cut(rest, 1)
            out += [*before, head]
            if not after:
                return out
            rest = after[0]
        return [*out, rest]

    def _is_bare_heading(self, lines: Sequence[TextLine], i: int) -> bool:
        """Whether a line is a heading by its words alone, a fresh sentence under it."""
        line = lines[i]
        text = line.text.strip()
        if len(line.words) > 9 or text[-1:] in ".,;:-" or line.x1 - line.x0 > 0.8 * self.widths:
            return False
        if i + 1 < len(lines) and not lines[i + 1].text[:1].isupper():
            return False
        if text.isupper():
            return sum(c.isalpha() for c in text) >= 6 and not (i + 1 < len(lines) and lines[i + 1].text.isupper())
        key = cues.heading_key(text)
        known = cues.BODY.match(key) or cues.REFERENCES.match(key) or cues.BACK.match(key)
        return known is not None and text[:1].isalnum() and not text[:1].islower() and len(key) >= 6

    def _split_stacked_headings(self, chunk: Chunk) -> list[Chunk]:
        """A heading right under another one, told by its capitals, its number or its size."""
        lines = chunk.lines
        if not 2 <= len(lines) <= 4 or chunk.kind or not self.set_apart(chunk):
            return [chunk]
        for i in range(1, len(lines)):
            a, b = lines[i - 1].text, lines[i].text
            numbered = cues.NUMBERING.match(a) is not None and cues.NUMBERING.match(b) is not None
            capitals = (
                sum(c.isalpha() for c in a) >= 4
                and a.isupper()
                and not b.isupper()
                and sum(c.isalpha() for c in b) >= 4
            )
            if numbered or capitals or abs(lines[i].size - lines[i - 1].size) > 0.4:
                return self._cut(chunk, i)
        return [chunk]

    def _split_captions(self, chunks: list[Chunk]) -> list[Chunk]:
        """Body text that follows a wide caption at once, in a column's width, gets a chunk of its own."""
        out: list[Chunk] = []
        wide = 1.2 * self.widths
        for chunk in chunks:
            lines = chunk.lines
            cut = 0
            if len(lines) > 3 and lines[0].x1 - lines[0].x0 > wide and cues.CAPTION.match(lines[0].text):
                last = max(i for i, line in enumerate(lines) if line.x1 - line.x0 > wide)
                cut = next(
                    (i for i in (last + 1, last + 2) if i < len(lines) - 1 and _SENTENCE_END.search(lines[i - 1].text)),
                    0,
                )
            out.extend(self._cut(chunk, cut))
        return out

    def _split_plain_headings(self, chunks: list[Chunk]) -> list[Chunk]:
        """Headings in the body's own type: short lines after a closed paragraph and before a gap, marked for later."""
        out: list[Chunk] = []
        for i, chunk in enumerate(chunks):
            following = chunks[i + 1] if i + 1 < len(chunks) else None
            if not self._before_gap(chunk, following) or not self.is_body(chunk):
                out.append(chunk)
                continue
            if len(chunk.lines) == 1:
                closed = bool(out) and _SENTENCE_END.search(out[-1].lines[-1].text)
            else:
                closed = _SENTENCE_END.search(chunk.lines[-2].text)
            if closed and self._is_title_like(chunk.lines[-1]):
                parts = self._cut(chunk, len(chunk.lines) - 1)
                parts[-1].extra["plain_heading"] = True
                out.extend(parts)
            else:
                out.append(chunk)
        return out

    def _before_gap(self, chunk: Chunk, following: Chunk | None) -> bool:
        """Whether a chunk stands right above another one of body text, a gap between them."""
        if following is None or following.page != chunk.page or not self.is_body(following):
            return False
        step = following.first.base - chunk.lines[-1].base
        beneath = following.x0 < chunk.lines[-1].x1 and abs(following.x0 - chunk.x0) < 2 * chunk.size
        upper = following.first.text[:1].isupper() and len(following.text) > 60
        return beneath and upper and 1.3 * self.style.pitch * chunk.size < step < 4 * chunk.size

    def _is_title_like(self, line: TextLine) -> bool:
        text = line.text.strip()
        words = text.split()
        return (
            1 <= len(words) <= 10
            and len(text) >= 5
            and text[:1].isupper()
            and text[-1:].isalnum() | (text[-1:] == ")")
            and not text[-1:].isdigit()
            and words[-1].lower() not in cues.FUNCTION_WORDS
            and line.x1 - line.x0 < 0.95 * self.widths
            and not cues.CAPTION.match(text)
        )

    def _mark_stray_heads(self, chunks: Sequence[Chunk]) -> None:
        """Running heads that stand in the middle of a page's text, as after a conversion: an issue's address on its own."""
        for i, chunk in enumerate(chunks):
            if chunk.kind or len(chunk.lines) != 1 or not cues.ISSUE.match(chunk.text):
                continue
            chunk.kind = "running_head"
            before = chunks[i - 1] if i else None
            if (
                before
                and len(before.lines) == 1
                and before.page == chunk.page
                and not before.kind
                and chunk.y0 - before.y1 < 30
            ):
                before.kind = "running_head"

    def _cut(self, chunk: Chunk, at: int) -> list[Chunk]:
        if not 0 < at < len(chunk.lines):
            return [chunk]
        pieces = [make_chunk(chunk.lines[:at], chunk.order), make_chunk(chunk.lines[at:], chunk.order)]
        for piece in pieces:
            piece.kind = chunk.kind
        return pieces

    def _is_mark(self, line: TextLine) -> bool:
        if len(line.words) > 4:
            return False
        text = line.text
        return bool(cues.REFERENCES.match(cues.heading_key(text))) and (self.differs(line) or text.isupper())


def _column_widths(chunks: Sequence[Chunk], style: Style) -> float:
    """The usual width of body chunks."""
    widths: Counter[int] = Counter()
    for chunk in chunks:
        if style.is_body(chunk.first) and len(chunk.lines) >= 4:
            widths[round((chunk.x1 - chunk.x0) / 5) * 5] += len(chunk.lines)
    return float(widths.most_common(1)[0][0]) if widths else 200.0
