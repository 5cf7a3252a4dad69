"""What each chunk of a paper is: title, abstract, heading, paragraph, caption, reference, back matter and the rest.

The classifier knows the body's style and a few words (:mod:`.cues`); it walks the chunks in reading order through the zones
front, abstract, body, references, back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from exomine.document.pdf import cues
from exomine.document.pdf.backend import Font, PageContent, TextLine
from exomine.document.pdf.layout import Chunk, make_chunk
from exomine.document.pdf.styles import Style

__all__ = ["Classifier", "caption_match"]

_SENTENCE_END = re.compile(r"[.!?:;][)\]\"”’]*(?:\[?\d[\d,–-]*\]?)?$")
_ENTRY = re.compile(r"^\s*(?:\[\d{1,3}\]|\d{1,3}[.)]?\s|[A-ZÀ-Ý][\w'’-]+,? (?:[A-Z]\.? ?){1,3}[,.(])")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


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


class Classifier:
    """Gives every chunk its kind. ``chunks`` are those of the whole paper in reading order."""

    def __init__(
        self, chunks: list[Chunk], style: Style, pages: Sequence[PageContent], heads: Sequence[str] = ()
    ) -> None:
        self.chunks = chunks
        self.style = style
        self.pages = pages
        self.heads = [" ".join(h.lower().split()) for h in heads]
        self.widths = _column_widths(chunks, style)
        self.walked: list[Chunk] = chunks
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

    # --- the walk -------------------------------------------------------------------------------------------------

    def classify(self) -> list[Chunk]:
        """Kinds for all chunks; returns them, run-in headings and mixed chunks taken apart."""
        self.chunks = [part for c in self.chunks for part in self._split_stacked_headings(c)]
        chunks = self._split_captions(self._split_plain_headings(self._split_references_heading(self.chunks)))
        self._mark_stray_heads(chunks)
        references = self._references_start(chunks)
        start = self._body_start(chunks, references)
        title = self._title(chunks, start)
        self.walked, self.end = chunks, references
        self.heading_font = chunks[start].first.font if start < len(chunks) else None
        zone = "front"
        for i, chunk in enumerate(chunks):
            if chunk.kind:  # table, figure: already known
                continue
            self.at = i
            following = self._next_text(chunks, i)
            if chunk is title or chunk.extra.get("title"):
                chunk.kind = "title"
                continue
            if i == start:
                zone = "body"
            if i == references:
                zone = "references"
                if len(chunk.lines) == 1 and cues.REFERENCES.match(cues.heading_key(chunk.text)):
                    chunk.kind = "heading_references"
                    continue
            zone = getattr(self, "_in_" + zone)(chunk, following)
        return chunks

    def _in_front(self, chunk: Chunk, _following: Chunk | None) -> str:
        key = cues.heading_key(chunk.text) if len(chunk.lines) == 1 else ""
        if cues.ABSTRACT.match(key):
            chunk.kind, chunk.level = "heading", 1
            return "abstract"
        if cues.ABSTRACT_RUN_IN.match(chunk.text):
            chunk.kind = "abstract"
            return "abstract"
        chunk.kind = "abstract" if self._reads_like_prose(chunk) else "author_block"
        return "front"

    def _reads_like_prose(self, chunk: Chunk) -> bool:
        """A paragraph of several sentences before the body: an abstract without a heading, not a list of affiliations."""
        text = chunk.text
        words = text.split()
        if len(words) < 60 or chunk.page > 2 or self._is_note(chunk) or chunk.x1 - chunk.x0 < 0.5 * self.widths:
            return False
        small = sum(w.islower() for w in words)
        return small > 0.6 * len(words) and len(re.findall(r"[a-z)\]]{2}\. [A-Z]", text)) >= 2

    def _in_abstract(self, chunk: Chunk, _following: Chunk | None) -> str:
        text = chunk.text
        if cues.KEYWORDS.match(text):
            chunk.kind = "other"
            return "abstract"
        if chunk.page > 2 or self._is_note(chunk):
            chunk.kind = "author_block"
            return "abstract"
        chunk.kind = "abstract"
        return "abstract"

    def _is_note(self, chunk: Chunk) -> bool:
        """Correspondence, licence, dates: the small print of a first page."""
        return chunk.size < self.style.size * 0.88 or bool(
            re.match(
                r"(?i)^(?:\W{0,2}corresponding|\W{0,2}correspondence|received|accepted|copyright|©|how to cite|citation|academic editor|edited by|e-?mail)",
                chunk.text,
            )
        )

    def _in_body(self, chunk: Chunk, following: Chunk | None) -> str:
        if self.caption_of(chunk):
            chunk.kind = "caption"
            return "body"
        if self.looks_like_heading(chunk, following):
            key = cues.heading_key(chunk.text)
            if cues.BACK.match(key) and not self._ethics_inside(key):
                chunk.kind = "heading_back"
                return "back"
            chunk.kind = "heading"
            return "body"
        if self.is_formula(chunk):
            chunk.kind = "formula"
            return "body"
        if re.match(r"^\W*(?:table \d+\W*)?\(?cont(?:inued|d|\.)\.?\)?\W*$", chunk.text, re.I):
            chunk.kind = "other"
            return "body"
        if self.is_body(chunk):
            if self._back_run_in(chunk):
                chunk.kind = "back_matter"
                return "back"
            chunk.kind = "paragraph"
            return "body"
        if self._is_other_body(chunk):
            chunk.kind = "paragraph"
            return "body"
        if self._back_run_in(chunk):
            chunk.kind = "back_matter"
            return "body" if chunk.size < 0.85 * self.style.size else "back"
        chunk.kind = "small"
        return "body"

    def _is_other_body(self, chunk: Chunk) -> bool:
        """Lists and paragraphs of the body's size in another face: bullets, or lines that fill the column."""
        if abs(chunk.size - self.style.size) > 0.045 * self.style.size + 0.05:
            return False
        if cues.LIST_ITEM.match(chunk.text):
            return True
        wide = chunk.x1 - chunk.x0 > 0.8 * self.widths
        return len(chunk.lines) >= 2 and wide and len(chunk.text) > 90

    def _ethics_inside(self, key: str) -> bool:
        """Ethics and data statements may be sections of the methods: they are when more of the body follows."""
        if not re.match(
            r"^(?:ethic|informed consent|patient consent|data availability|trial registration|role of|abbreviations|registration)",
            key,
        ):
            return False
        for other in self.walked[self.at + 1 : self.end]:
            if len(other.lines) == 1 and re.match(r"^(?:results?|discussions?)\b", cues.heading_key(other.text)):
                return True
        return False

    def _back_run_in(self, chunk: Chunk) -> bool:
        words = chunk.first.words
        return bool(cues.BACK_RUN_IN.match(chunk.text[:120])) and (
            words[0].font.bold or words[0].font.name != self.style.font
        )

    def _in_back(self, chunk: Chunk, following: Chunk | None) -> str:
        if self.caption_of(chunk):
            chunk.kind = "caption"
            return "back"
        if self.looks_like_heading(chunk, following):
            key = cues.heading_key(chunk.text)
            early = self.at < 0.6 * self.end and chunk.first.font == self.heading_font and not cues.BACK.match(key)
            if early or (cues.BODY.match(key) and not key.startswith("background")):
                chunk.kind = "heading"
                return "body"
            chunk.kind = "heading_back"
            return "back"
        chunk.kind = "back_matter"
        return "back"

    def _in_references(self, chunk: Chunk, following: Chunk | None) -> str:
        if self.caption_of(chunk) and not _YEAR.search(chunk.first.text):
            chunk.kind = "caption"
            return "references"
        if len(chunk.lines) <= 2 and self.looks_like_heading(chunk, following):
            key = cues.heading_key(chunk.text)
            if cues.BACK.match(key):
                chunk.kind = "heading_back"
                return "back"
            if cues.BODY.match(key):
                chunk.kind = "heading"
                return "body"
        chunk.kind = "reference"
        return "references"

    # --- landmarks --------------------------------------------------------------------------------------------------

    def _next_text(self, chunks: Sequence[Chunk], i: int) -> Chunk | None:
        return next((c for c in chunks[i + 1 : i + 4] if not c.kind), None)

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

    def _references_start(self, chunks: Sequence[Chunk]) -> int:
        """Index of the references heading; ``len(chunks)`` when there is none.

        A column of a table may be headed "References" too: the heading with most of a list behind it is taken.
        """
        best, most = len(chunks), 3
        for i, chunk in enumerate(chunks):
            if chunk.kind or len(chunk.lines) > 1 or not cues.REFERENCES.match(cues.heading_key(chunk.text)):
                continue
            lines = [line.text for c in chunks[i + 1 : i + 60] for line in c.lines][:60]
            entries, years = sum(bool(_ENTRY.match(t)) for t in lines), sum(bool(_YEAR.search(t)) for t in lines)
            count = min(entries, 30) + 2 * min(years, 30)
            if count >= most and years >= min(3, len(lines) // 4):
                best, most = i, count
        return best if best < len(chunks) else self._unheaded_references(chunks)

    def _unheaded_references(self, chunks: Sequence[Chunk]) -> int:
        """A list without a heading: entries numbered from 1 on in small type, years in them."""
        for i, chunk in enumerate(chunks):
            if (
                chunk.kind
                or chunk.size > 0.97 * self.style.size
                or not re.match(r"^\[?1[\].]?(?:\s|$)", chunk.first.text)
            ):
                continue
            lines = [line.text for c in chunks[i : i + 40] for line in c.lines][:60]
            numbers = [int(m[1]) for t in lines if (m := re.match(r"^\[?(\d{1,3})[\].]?(?:\s|$)", t))]
            if all(n in numbers for n in (2, 3, 4)) and sum(bool(_YEAR.search(t)) for t in lines) >= 6:
                return i
        return len(chunks)

    def _body_start(self, chunks: Sequence[Chunk], references: int) -> int:
        """Index of the chunk with which the body begins."""
        found = []
        for i, chunk in enumerate(chunks[:references]):
            if chunk.page > 4:
                break
            if len(chunk.lines) <= 2 and not chunk.kind and cues.INTRODUCTION.match(cues.heading_key(chunk.text)):
                found.append(i)
        intro = [i for i in found if "introduction" in chunks[i].text.lower()]
        if intro:
            return intro[0]
        if found:
            return found[-1]
        after = 0
        for i, chunk in enumerate(chunks[: min(references, 80)]):
            if chunk.page <= 2 and (
                cues.KEYWORDS.match(chunk.text) or cues.ABSTRACT.match(cues.heading_key(chunk.text))
            ):
                after = i
        for i in range(after + 1 if after else 0, min(references, len(chunks))):
            chunk = chunks[i]
            if chunk.kind or not self.is_body(chunk) or len(chunk.lines) < 4 or cues.KEYWORDS.match(chunk.text):
                continue
            if i == after + 1 and cues.ABSTRACT.match(cues.heading_key(chunks[after].text)):
                continue
            if chunk.x1 - chunk.x0 > 0.8 * self.widths:
                if (
                    i
                    and not chunks[i - 1].kind
                    and chunks[i - 1].page == chunk.page
                    and self.looks_like_heading(chunks[i - 1], chunk)
                    and i - 1 > after
                ):
                    return i - 1
                return i
        return 0

    def _is_journal(self, text: str) -> bool:
        """Whether running heads give a volume or year right behind these words: the journal's name."""
        name = re.escape(" ".join(text.lower().split()))
        return any(re.search(name + r"\W{0,3}(?:(?:19|20)\d\d|vol)", head) for head in self.heads)

    def _title(self, chunks: Sequence[Chunk], start: int) -> Chunk | None:
        """The largest text on the first page that has one before the body begins."""
        for page in (1, 2):
            front = [c for c in chunks[: max(start, 1)] if c.page == page and not c.kind] or [
                c for c in chunks if c.page == page and not c.kind
            ]
            front = [
                c for c in front if len(c.text) > 12 and c.size > 1.04 * self.style.size and len(c.text.split()) >= 3
            ]
            front = [c for c in front if not self._is_journal(c.text)]
            if front:
                return max(front, key=lambda c: (round(c.size), len(c.text)))
        return None


def _column_widths(chunks: Sequence[Chunk], style: Style) -> float:
    """The usual width of body chunks."""
    widths: Counter[int] = Counter()
    for chunk in chunks:
        if style.is_body(chunk.first) and len(chunk.lines) >= 4:
            widths[round((chunk.x1 - chunk.x0) / 5) * 5] += len(chunk.lines)
    return float(widths.most_common(1)[0][0]) if widths else 200.0
