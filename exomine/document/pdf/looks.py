"""What a chunk looks like by itself: body text, heading, caption, formula; and chunks cut where two things are
glued."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from exomine.document.pdf import cues
from exomine.document.pdf.backends.base import Font, PageContent, TextLine, Word
from exomine.document.pdf.layout import Chunk
from exomine.document.pdf.pieces import covers_part, cut, holds, piece
from exomine.document.pdf.styles import Style
from exomine.document.words import general_words

__all__ = ["Looks", "caption_match"]

#: Smaller type than this (in parts of the body's size) is small print: captions, notes.
_SMALL_PRINT = 0.96
#: Larger type than this is set apart from the body.
_LARGER = 1.06
#: A chunk is set apart although so many of its words are plain ("role of miR-21 *in vivo*").
_PLAIN_SHARE = 0.35
#: The least size of headings in parts of the body's; short bold ones may be smaller.
_SMALLEST_HEADING = 0.82
_SMALLEST_BOLD_HEADING = 0.68
#: Headings have no more lines and letters than these.
_HEADING_LINES = 4
_LONGEST_HEADING = 220
_LONGEST_NUMBERED_HEADING = 149
_LONGEST_PLAIN_HEADING = 110
#: A line of the same paragraph follows no further down than this, in parts of the usual distance.
_NEXT_LINE = 1.15
#: In this part of a page's height at its top and foot notes and running heads stand, in so many lines.
_EDGE, _LINES_AT_EDGE = 0.12, 3
#: Baselines that differ by no more points are one.
_LEVEL = 3
#: Below this part of a page's height a column may end.
_FOOT = 0.75
#: The share of words of four letters and more that a formula may hold ("where").
_WORDS_IN_FORMULA = 0.3
_FLOATS = frozenset({"table", "figure", "caption"})

#: "cells.", "cells (ref).", "cells.[12]", "cells:".
_SENTENCE_END = re.compile(r"[.!?:;][)\]\"”’]*(?:\[?\d[\d,–-]*\]?)?$")
#: A number of several levels before a capital: "4.13. Public data" needs no type of its own to be a heading.
#: No text follows it on its line.
_DEEP_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+[A-Z][a-z](?!.*[a-z)]{2}\. [A-Z])")
#: What follows a label that is mentioned in a sentence: "(see | Figure 1). Growth", "Table 2, which".
_BEHIND_MENTION = frozenset(".,;)")
#: The words with which a line ends whose sentence goes on with a label: "as shown in | Figure 2.".
_BEFORE_MENTION = frozenset("in see and or of from to with by both supplementary".split())
#: "=" and its like anywhere, a plus or minus before a space.
_OPERATOR = re.compile(r"[=≈≤≥<>∑∫√×∝]|[+−]\s")
#: A sentence of the text that is repeated in large type.
_QUOTED = re.compile(r"^[“\"«].{30,}[”\"»]$")
#: A letter of the alphabets that only formulas use.
_MATHEMATICAL = re.compile("[\U0001d400-\U0001d7ff]")
#: "(3)", "(2b)" behind a formula.
_FORMULA_NUMBER = re.compile(r"\(\d{1,2}[a-z]?\)$")


def caption_match(chunk: Chunk, style: Style) -> re.Match[str] | None:
    """The match of a caption's label ("Table 2.") at the chunk's beginning, if the chunk is a caption and no
    sentence."""
    text = chunk.first.text
    m = cues.CAPTION.match(text)
    if not m:
        return None
    rest = text[m.end() :].strip()
    if rest[:1] in _BEHIND_MENTION:
        return None
    if chunk.size < style.size * _SMALL_PRINT or m["after"].strip() or not rest:
        return m
    return m if cues.CONTINUED.match(rest) or _is_label_set_apart(chunk.first, rest, style) else None


def _is_label_set_apart(line: TextLine, rest: str, style: Style) -> bool:
    """Whether a label in the body's size differs from the text behind it: "Figure 2" in bold, then "Growth of
    cells"."""
    label = line.words[0].font
    if not rest[:1].isupper() and not label.bold:
        return False
    if line.words[0].text.isupper() and not rest.isupper():
        return True
    if label.name != style.font:
        return True
    return label.bold and not all(w.font.bold for w in line.words[3:])


@dataclass(frozen=True, slots=True)
class _Traits:
    """What may tell a heading from text: type of its own, capitals, a number before it."""

    set_apart: bool
    capitals: bool
    numbered: bool

    def any(self) -> bool:
        return self.set_apart or self.capitals or self.numbered


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
            if self.style.is_body(line):
                n += len(line.words)
        return 2 * n > total

    def caption_of(self, chunk: Chunk) -> re.Match[str] | None:
        """The match of a caption's label at the chunk's beginning, if the chunk is a caption."""
        found = caption_match(chunk, self.style)
        return None if found and self.is_body(chunk) and self._is_mentioned(chunk) else found

    def _is_mentioned(self, chunk: Chunk) -> bool:
        """Whether a label in the body's type is a part of the sentence that the text before it, in another column or on
        the page before, leaves open: "as shown in | Figure 2.", "(Additional file 1: | Figure S1)"."""
        if chunk.first.words[0].font.bold:
            return False
        before = next((c for c in reversed(self.walked[: self.at]) if c.kind == "paragraph"), None)
        if before is None or (_SENTENCE_END.search(before.last.text) and not before.last.text.endswith((":", ";"))):
            return False
        end = " ".join(line.text for line in before.lines[-3:])
        return end.rfind("(") > end.rfind(")") or end.split(" ")[-1].lower() in _BEFORE_MENTION

    def looks_like_heading(self, chunk: Chunk, following: Chunk | None) -> bool:
        """A short chunk in a style of its own before text."""
        if not _has_heading_length(chunk):
            return False
        if chunk.extra.get("plain_heading"):
            return True
        if chunk.size < self.style.size * _smallest_heading(chunk) or self._goes_on_with_text(chunk):
            return False
        traits = self._traits(chunk)
        if _is_known_heading(chunk.text) and (traits.any() or len(chunk.lines) == 1):
            return chunk.size >= self.style.size * _SMALLEST_HEADING or self._stands_over_text(chunk)
        if self._reads_like_text(chunk, traits) or following is None or self._begins_sentence(chunk, following):
            return False
        return self._stands_over_text(chunk)

    def _begins_sentence(self, chunk: Chunk, following: Chunk) -> bool:
        """Whether a slanted line of the body's size is the beginning of a sentence (names of genes): a common word in
        small letters stands right beneath it, at the distance of lines."""
        if chunk.first.bold or abs(chunk.size - self.style.size) > 0.3 or following.page != chunk.page:
            return False
        step = following.first.base - chunk.last.base
        if not 0 < step < _NEXT_LINE * self.style.pitch * chunk.size or not self.is_body(following):
            return False
        word = following.first.words[0].text.strip(",;")
        return word.islower() and word in general_words()

    def _goes_on_with_text(self, chunk: Chunk) -> bool:
        """Whether a line in another face is the middle of a sentence: names of species in italics that fill a line.

        It follows a full line of the body without a stop, at the body's distance and in its size.
        """
        if self.at < 1 or abs(chunk.size - self.style.size) > 0.3:
            return False
        before = self.walked[self.at - 1]
        if before.kind not in ("paragraph", "abstract", "back_matter") or before.page != chunk.page:
            return False
        step = chunk.first.base - before.last.base
        if not 0 < step < _NEXT_LINE * self.style.pitch * chunk.size or before.last.width < 0.9 * self.widths:
            return False
        return not _SENTENCE_END.search(before.last.text) and abs(chunk.x0 - before.last.x0) < chunk.size

    def _traits(self, chunk: Chunk) -> _Traits:
        text = chunk.text
        return _Traits(
            set_apart=self.set_apart(chunk),
            capitals=text.upper() == text and cues.count_letters(text) >= 4,
            numbered=cues.NUMBERING.match(text) is not None and len(text) <= _LONGEST_NUMBERED_HEADING,
        )

    def _reads_like_text(self, chunk: Chunk, traits: _Traits) -> bool:
        """Whether a chunk of unknown words is no heading by how it begins, ends, runs on, or is set."""
        if _QUOTED.match(chunk.text) or _MATHEMATICAL.search(chunk.text):
            return True
        apart = traits.set_apart or traits.capitals or _DEEP_NUMBER.match(chunk.text)
        if not apart or cues.count_letters(chunk.text) < 4:
            return True
        if _ends_like_clause(chunk, traits) or _begins_like_item(chunk.text, traits):
            return True
        return self._is_long_and_plain(chunk)

    def _is_long_and_plain(self, chunk: Chunk) -> bool:
        """Whether a chunk of the body's size and weight runs over lines: longer than headings are."""
        if len(chunk.lines) < 2 or chunk.first.bold:
            return False
        return abs(chunk.size - self.style.size) < 0.3 and len(chunk.text) > _LONGEST_PLAIN_HEADING

    def _stands_over_text(self, chunk: Chunk) -> bool:
        """Whether body text (or another heading over it) follows close beneath, or in the next column from a column's
        foot."""
        above = chunk
        for other in self.walked[self.at + 1 : self.at + 5]:
            if other.kind in _FLOATS or self._is_small_at_edge(chunk, other):
                continue
            if not self._leads_to(above, other):
                return False
            if self.is_body(other) and len(other.text) > 60:
                return True
            if not self.set_apart(other) and not other.text.isupper():
                return self._is_other_body(other)
            above = other
        return False

    def _is_small_at_edge(self, chunk: Chunk, other: Chunk) -> bool:
        """Whether small print between a heading and its text is a note at the page's foot, or a running head of the
        next page that no other page has."""
        if other.size >= _SMALL_PRINT * self.style.size or len(other.lines) > _LINES_AT_EDGE:
            return False
        height = self.pages[other.page - 1].height
        return other.y1 < _EDGE * height if other.page != chunk.page else other.y0 > (1 - _EDGE) * height

    def _leads_to(self, above: Chunk, other: Chunk) -> bool:
        """Whether the eye goes on from one chunk to the other: close beneath it, or from a column's foot to the next
        column, or from the margin to the text beside it."""
        beside = other.page == above.page and abs(other.first.base - above.first.base) < _LEVEL
        if beside and above.x1 < min(self.style.lefts, default=0):
            return True
        if other.page != above.page or other.y0 <= above.y1 - 3:
            return above.y1 >= _FOOT * self.pages[above.page - 1].height
        if other.y0 - above.y1 > 4.5 * self.style.size:
            return False
        return other.x0 <= above.x1 and above.x0 <= other.x1

    def differs(self, line: TextLine) -> bool:
        """Whether a line is set apart from the body by weight, slant, size or face."""
        style = self.style
        if line.size > style.size * _LARGER:
            return True
        if line.bold or line.italic or line.font.name not in style.fonts:
            return True
        return line.font.name != style.font and all(w.font.name != style.font for w in line.words)

    def set_apart(self, chunk: Chunk) -> bool:
        """Whether (nearly) all words of a chunk differ from the body, the first and the last among them."""
        words = [w for line in chunk.lines for w in line.words if cues.count_letters(w.text) >= 2]
        if not words:
            return self.differs(chunk.first)
        style = self.style
        if style.font and chunk.first.font.name == style.font and chunk.first.size <= _LARGER * style.size:
            return False
        plain = [self._is_plain(w) for w in words]
        if plain[0] or plain[-1]:
            return False
        return sum(plain) <= _PLAIN_SHARE * len(plain)

    def _is_plain(self, word: Word) -> bool:
        """Whether a word is set as the body's words are."""
        if word.font.name not in self.style.fonts or word.font.emphasised:
            return False
        return word.size <= _LARGER * self.style.size

    def is_formula(self, chunk: Chunk) -> bool:
        """A displayed formula: hardly a word, and an operator or a number in parentheses at its end."""
        if len(chunk.lines) > 6 or abs(chunk.size - self.style.size) > 0.1 * self.style.size:
            return False
        text = chunk.text
        if len(chunk.lines) == 1 and len(text) <= 3 and not text.isalpha():
            return True
        if not _OPERATOR.search(text) and not _FORMULA_NUMBER.search(text):
            return False
        if self._is_prose(chunk):
            return False
        tokens = [w.text for line in chunk.lines for w in line.words]
        return sum(map(_is_long_word, tokens)) <= _WORDS_IN_FORMULA * len(tokens)

    def _is_prose(self, chunk: Chunk) -> bool:
        """Whether a chunk with operators is text with figures in it: an item, several small words, a line that fills
        the column."""
        if cues.LIST_ITEM.match(chunk.text):
            return True
        small = sum(w.lower() in cues.FUNCTION_WORDS for w in chunk.text.split())
        return small >= 2 or (small == 1 and chunk.first.width > 0.93 * self.widths)

    def _is_other_body(self, chunk: Chunk) -> bool:
        """Lists and paragraphs of the body's size in another face: bullets, or lines that fill the column."""
        if abs(chunk.size - self.style.size) > 0.045 * self.style.size + 0.05:
            return False
        if cues.LIST_ITEM.match(chunk.text):
            return True
        if len(chunk.lines) < 2 or chunk.width <= 0.8 * self.widths or len(chunk.text) <= 90:
            return False
        return not self._is_boxed(chunk)

    def _is_boxed(self, chunk: Chunk) -> bool:
        """Whether a chunk lies in a framed or coloured box that covers only a part of the page."""
        page = self.pages[chunk.page - 1]
        boxes = (p for p in page.pictures if p.kind == "area" and covers_part(p, page))
        return any(holds(box, chunk) for box in boxes)

    def _split_references_heading(self, chunks: list[Chunk]) -> list[Chunk]:
        """A references heading or a back heading that lies inside a chunk (same style as the text) gets a chunk of its
        own."""
        out: list[Chunk] = []
        for chunk in chunks:
            at = self._references_heading(chunk)
            if at is None:
                out.append(chunk)
                continue
            for part in (chunk.lines[:at], chunk.lines[at : at + 1], chunk.lines[at + 1 :]):
                if part:
                    out.append(piece(chunk, part))
        return out

    def _references_heading(self, chunk: Chunk) -> int | None:
        """The line of a longer chunk that is a heading of references."""
        if len(chunk.lines) < 2:
            return None
        return next((i for i, line in enumerate(chunk.lines) if self._is_references_heading(line)), None)

    def _split_bare_headings(self, chunk: Chunk) -> list[Chunk]:
        """Headings in the body's own type without a gap to the text: capitals, or words that only a heading has."""
        out: list[Chunk] = []
        rest = chunk
        while (at := self._bare_heading(rest.lines)) is not None:
            *before, rest = cut(rest, at)
            head, *after = cut(rest, 1)
            out += [*before, head]
            if not after:
                return out
            rest = after[0]
        return [*out, rest]

    def _bare_heading(self, lines: Sequence[TextLine]) -> int | None:
        """The first of several lines that begins a sentence or a paragraph and is a heading by its words."""
        if len(lines) < 2:
            return None
        for i in range(len(lines)):
            fresh = not i or _SENTENCE_END.search(lines[i - 1].text)
            if fresh and self._is_bare_heading(lines, i):
                return i
        return None

    def _is_bare_heading(self, lines: Sequence[TextLine], i: int) -> bool:
        """Whether a line is a heading by its words alone, a fresh sentence under it."""
        line = lines[i]
        text = line.text.strip()
        following = lines[i + 1].text if i + 1 < len(lines) else None
        if len(line.words) > 9 or text[-1:] in ".,;:-" or line.width > 0.8 * self.widths:
            return False
        if following is not None and not following[:1].isupper():
            return False
        if text.isupper():
            return cues.count_letters(text) >= 6 and not (following or "").isupper()
        return _is_capitalised_heading(text)

    def _split_stacked_headings(self, chunk: Chunk) -> list[Chunk]:
        """A heading right under another one, told by its capitals, its number or its size."""
        lines = chunk.lines
        if not 2 <= len(lines) <= _HEADING_LINES or chunk.kind or not self.set_apart(chunk):
            return [chunk]
        for i, (above, line) in enumerate(pairwise(lines), 1):
            if _is_stacked(above, line):
                return cut(chunk, i)
        return [chunk]

    def _split_captions(self, chunks: list[Chunk]) -> list[Chunk]:
        """Body text that follows a wide caption at once, in a column's width, gets a chunk of its own."""
        out: list[Chunk] = []
        for chunk in chunks:
            out.extend(cut(chunk, self._caption_end(chunk.lines)))
        return out

    def _caption_end(self, lines: Sequence[TextLine]) -> int:
        """Where a caption wider than a column ends and narrower text follows; 0 where none does."""
        wide = 1.2 * self.widths
        if len(lines) <= 3 or lines[0].width <= wide or not cues.CAPTION.match(lines[0].text):
            return 0
        last = max(i for i, line in enumerate(lines) if line.width > wide)
        for i in (last + 1, last + 2):
            if i < len(lines) - 1 and _SENTENCE_END.search(lines[i - 1].text):
                return i
        return 0

    def _split_plain_headings(self, chunks: list[Chunk]) -> list[Chunk]:
        """Headings in the body's own type: short lines after a closed paragraph and before a gap, marked for later."""
        out: list[Chunk] = []
        for i, chunk in enumerate(chunks):
            following = chunks[i + 1] if i + 1 < len(chunks) else None
            if not self._ends_in_heading(chunk, following, out[-1] if out else None):
                out.append(chunk)
                continue
            parts = cut(chunk, len(chunk.lines) - 1)
            parts[-1].extra["plain_heading"] = True
            out.extend(parts)
        return out

    def _ends_in_heading(self, chunk: Chunk, following: Chunk | None, before: Chunk | None) -> bool:
        """Whether the last line of a body chunk is a heading: like a title, behind a sentence's end and above a gap."""
        if not self._before_gap(chunk, following) or not self.is_body(chunk):
            return False
        if len(chunk.lines) > 1:
            above = chunk.lines[-2]
        elif before is not None:
            above = before.last
        else:
            return False
        return _SENTENCE_END.search(above.text) is not None and self._is_title_like(chunk.last)

    def _before_gap(self, chunk: Chunk, following: Chunk | None) -> bool:
        """Whether a chunk stands right above another one of body text, a gap between them."""
        if following is None or following.page != chunk.page or not self.is_body(following):
            return False
        if following.x0 >= chunk.last.x1 or abs(following.x0 - chunk.x0) >= 2 * chunk.size:
            return False
        if not following.first.text[:1].isupper() or len(following.text) <= 60:
            return False
        step = following.first.base - chunk.last.base
        return 1.3 * self.style.pitch * chunk.size < step < 4 * chunk.size

    def _is_title_like(self, line: TextLine) -> bool:
        """Whether a line has the form of a heading: few words, a capital first, no stop or number at its end."""
        text = line.text.strip()
        words = text.split()
        if not 1 <= len(words) <= 10 or len(text) < 5 or not text[:1].isupper():
            return False
        if not _ends_like_title(text) or words[-1].lower() in cues.FUNCTION_WORDS:
            return False
        return line.width < 0.95 * self.widths and not cues.CAPTION.match(text)

    def _mark_stray_heads(self, chunks: Sequence[Chunk]) -> None:
        """Running heads that stand in the middle of a page's text, as after a conversion: an issue's address on its
        own."""
        for i, chunk in enumerate(chunks):
            if chunk.kind or len(chunk.lines) != 1 or not cues.ISSUE.match(chunk.text):
                continue
            chunk.kind = "running_head"
            before = chunks[i - 1] if i else None
            if before and _is_head_line_over(before, chunk):
                before.kind = "running_head"

    def _is_references_heading(self, line: TextLine) -> bool:
        if len(line.words) > 4 or not cues.is_references_heading(line.text):
            return False
        return self.differs(line) or line.text.isupper()


def _column_widths(chunks: Sequence[Chunk], style: Style) -> float:
    """The usual width of body chunks."""
    widths: Counter[int] = Counter()
    for chunk in chunks:
        if style.is_body(chunk.first) and len(chunk.lines) >= 4:
            widths[round(chunk.width / 5) * 5] += len(chunk.lines)
    return float(widths.most_common(1)[0][0]) if widths else 200.0


# --- headings by their form ------------------------------------------------------------------------------------------


def _is_long_word(token: str) -> bool:
    """Whether a token is a word of prose, not the name of a variable or function."""
    return len(token) >= 4 and token.strip(".,;:()").isalpha()


def _has_heading_length(chunk: Chunk) -> bool:
    """Whether a chunk is neither too long nor too short for a heading, and no number alone."""
    text = chunk.text
    if len(chunk.lines) > _HEADING_LINES or not 3 <= len(text) <= _LONGEST_HEADING:
        return False
    return any(c.isalpha() for c in text)


def _smallest_heading(chunk: Chunk) -> float:
    """The least size of a heading in parts of the body's; bold ones may be set smaller."""
    return _SMALLEST_BOLD_HEADING if chunk.first.bold and len(chunk.lines) <= 2 else _SMALLEST_HEADING


def _is_known_heading(text: str) -> bool:
    """Whether a text is a heading that many papers have: "2. Methods", "Funding", "References"."""
    key = cues.heading_key(text)
    return any(p.match(key) for p in (cues.BODY, cues.BACK, cues.REFERENCES, cues.ABSTRACT))


def _ends_like_title(text: str) -> bool:
    """Whether a text ends with a letter or a closing bracket, but with no number ("page 12")."""
    end = text[-1:]
    return end == ")" or (end.isalnum() and not end.isdigit())


def _is_capitalised_heading(text: str) -> bool:
    """Whether a line reads "Methods" or "References" with a capital (or number) at its head; "results" goes on with a
    sentence."""
    if not text[:1].isalnum() or text[:1].islower():
        return False
    key = cues.heading_key(text)
    return len(key) >= 6 and any(p.match(key) for p in (cues.BODY, cues.REFERENCES, cues.BACK))


def _ends_like_clause(chunk: Chunk, traits: _Traits) -> bool:
    """Whether a stop or comma at the end makes a text no heading; "2.1. Cells." and a bold "Cells." may be ones all
    the same."""
    if chunk.text.rstrip()[-1:] not in ".,;":
        return False
    if not traits.set_apart:
        return True
    if traits.numbered:
        return False
    return not chunk.first.bold or chunk.text[-1:] != "."


#: A name that begins in small letters wherever it stands: "miRNAs in disease", "mTOR signaling".
_CAPITALS_BEHIND = re.compile(r"[a-z]{1,4}[A-Z]{2}")


def _begins_like_item(text: str, traits: _Traits) -> bool:
    """Whether a text begins in the middle of a sentence ("and cells") or as an item of a list ("a) cells")."""
    if text[:1].islower() and not _CAPITALS_BEHIND.match(text):
        return True
    return not traits.numbered and cues.LIST_ITEM.match(text) is not None


def _is_stacked(above: TextLine, line: TextLine) -> bool:
    """Whether the lower of two lines is a heading of its own: "RESULTS" over "Growth", "2. Methods" over "2.1.
    Cells"."""
    if cues.NUMBERING.match(above.text) and cues.NUMBERING.match(line.text):
        return True
    if abs(line.size - above.size) > 0.4:
        return True
    if not above.text.isupper() or line.text.isupper():
        return False
    return min(cues.count_letters(above.text), cues.count_letters(line.text)) >= 4


def _is_head_line_over(before: Chunk, chunk: Chunk) -> bool:
    """Whether the chunk before is one more line of the running head: close above it, alone, of unknown kind."""
    if before.kind or len(before.lines) != 1 or before.page != chunk.page:
        return False
    return chunk.y0 - before.y1 < 30
