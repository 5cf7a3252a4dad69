"""What each chunk of a paper is: title, abstract, heading, paragraph, caption, reference, back matter and the rest.

The classifier knows the body's style and a few words (:mod:`.cues`); it walks the chunks in reading order through the zones
front, abstract, body, references, back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from exomine.document.pdf import cues
from exomine.document.pdf.layout import Chunk
from exomine.document.pdf.looks import Looks

__all__ = ["Classifier"]

_ENTRY = re.compile(r"^\s*(?:\[\d{1,3}\]|\d{1,3}[.)]?\s|[A-ZÀ-Ý][\w'’-]+,? (?:[A-Z]\.? ?){1,3}[,.(])")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Classifier(Looks):
    """Gives every chunk its kind. ``chunks`` are those of the whole paper in reading order."""

    # --- the walk -------------------------------------------------------------------------------------------------

    def classify(self) -> list[Chunk]:
        """Kinds for all chunks; returns them, run-in headings and mixed chunks taken apart."""
        self.chunks = [
            p for c in self.chunks for part in self._split_bare_headings(c) for p in self._split_stacked_headings(part)
        ]
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
        self._promote_second_size(chunks)
        return chunks

    def _promote_second_size(self, chunks: Sequence[Chunk]) -> None:
        """Sections set smaller than the rest (methods, often) are body too.

        They are told from captions and notes by their share of the paper, by full lines and by the heading over them.
        """
        letters: Counter[float] = Counter()
        captions: Counter[float] = Counter()
        body = 0
        for c in chunks:
            n = sum(len(w.text) for line in c.lines for w in line.words)
            if c.kind == "small" and self._is_full(c):
                letters[round(c.size * 2)] += n
            elif c.kind == "caption":
                captions[round(c.size * 2)] += n
            elif c.kind == "paragraph":
                body += n
        sizes = {s for s, n in letters.items() if n > 0.08 * body and n > 2 * captions[s]}
        headed = False
        last = max((i for i, c in enumerate(chunks) if c.kind == "paragraph"), default=0)
        for i, c in enumerate(chunks):
            if c.kind == "heading":
                headed = i < last or bool(cues.BODY.match(cues.heading_key(c.text)))
            elif self._back_run_in(c) or (c.kind == "paragraph" and len(c.lines) > 3):
                headed = False
            elif c.kind == "small" and headed and round(c.size * 2) in sizes and self._is_full(c):
                c.kind = "paragraph"

    def _is_full(self, chunk: Chunk) -> bool:
        full = sum(line.x1 - line.x0 > 0.85 * self.widths for line in chunk.lines)
        return len(chunk.lines) >= 4 and full >= 0.6 * len(chunk.lines) and not self._is_boxed(chunk)

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
        strong = words[0].font.bold or words[0].font.name != self.style.font
        if not strong:
            return False
        if cues.BACK_RUN_IN.match(chunk.text[:120]):
            return True
        lead = 0
        while lead < len(words) and words[lead].font == words[0].font:
            lead += 1
        text = " ".join(w.text for w in words[:lead])
        return lead < len(words) and bool(cues.BACK.match(cues.heading_key(text)))

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
            self.walked, self.at = chunks, i - 1
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
