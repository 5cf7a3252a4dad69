"""Hard-wrapped text that another tool pulled out of a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import dropwhile, groupby, takewhile
from statistics import median

from exomine.document.model import Aside, Cell, Table
from exomine.document.plain.base import ABSTRACT, BACK_MATTER, BACK_START, BODY_BEGINS, BULLET, NOTE, TextReader
from exomine.document.plain.columns import shape
from exomine.document.plain.forms import BEHIND_REFERENCES, REFERENCES, finished
from exomine.document.plain.front import is_front, split_title
from exomine.document.plain.lines import Chunk, continues, goes_on, known_heading, looks_like_heading, text_lines
from exomine.document.plain.tables import TableEnd, flat_table, names_references, row_end_style, row_ends
from exomine.document.references import find_doi

__all__ = ["WrappedReader"]

#: How a note under a table begins: "Abbreviations:", "* p < 0.05", "a Mean of".
_FOOTNOTE = re.compile(r"(?:(?i:abbreviations?|notes?)\b|[*†‡§]|[a-e]\s(?=[A-Z]))[:.\s]?")
#: A key to short forms below a table: "CAF, fibroblast; MSC, stem cell."
_KEY = re.compile(r"(?:[\w/+\-]{2,12}[,:=]\s[^;,]{3,60}[;,]\s){1,}[\w/+\-]{2,12}[,:=]\s.*\.$|Abbreviations?\s*:")
_PAGE_NUMBER = re.compile(r"\W*\d+\W*")
_KEYWORDS = re.compile(r"(?i)key\s?words?\s*[:–—]\s")
#: A sentence that goes on: "cells, which".
_SMALL_WORD = re.compile(r"[a-z]+[,;.)]?(?:\s|$)")
_SENTENCE_END = re.compile(r"[a-z\])]\.(?:\s+[A-Z]|$)")
#: Signs between a caption's label and its words.
_LABEL_END = re.compile(r"^[\s.:|–—]+")
#: A line that is a caption and no mention of one: "Table 2. Cargo", "Table 2" alone.
_WHOLE_CAPTION = re.compile(r"[.:|]\s|^\S+ \S+$")
#: Captions of tables have no more lines.
_CAPTION_LINES = 4


class WrappedReader(TextReader):
    """Reads text that is cut into chunks; ``width`` is the usual length of a line."""

    width: float = 80.0

    def read(self, parts: list[Chunk]) -> None:
        """Hard-wrapped text, cut into chunks."""
        self.width = median([len(x) for p in parts for x in p.lines] or [80])
        at = self._front(parts)
        while at < len(parts):
            at = self._take(parts, at)
        self.flush()

    def _take(self, parts: list[Chunk], at: int) -> int:
        """Take the chunk at ``at`` and what belongs to it; the index of the chunk behind."""
        chunk = parts[at]
        if chunk.is_line_of_text and REFERENCES.fullmatch(chunk.first):
            return self._reference_list(parts, at)
        if chunk.kind == "table":
            return self._table(parts, at, self._table_end(parts, at))
        below = _caption_below(parts, at, self.width) if chunk.is_text else 0
        if below:
            rows = [p for p in parts[at:below] if p.is_text]
            self._table([parts[below], *rows], 0, len(rows) + 1)
            return below + 1
        self._chunk(chunk, parts, at)
        return at + 1

    def _reference_list(self, parts: list[Chunk], at: int) -> int:
        end = _references_end(parts, at + 1)
        self.add_references(_parted_lines(p for p in parts[at + 1 : end] if p.kind != "furniture"))
        return end

    def _front(self, parts: list[Chunk]) -> int:
        """Title and author block: what stands before the abstract or the introduction."""
        end = self._front_end(parts)
        for part in parts[:end]:
            self.doi = self.doi or find_doi(part.text)
            if part.kind == "furniture":
                self.apart.append(Aside("running_head", part.first))
        title, others = split_title(_parted_lines(p for p in parts[:end] if p.is_text))
        if title:
            self.title = self.join(title)
            self.builder.add("title", self.title)
        self.apart += [Aside("author_block", x) for x in others]
        return end

    def _front_end(self, parts: list[Chunk]) -> int:
        """The chunk with which the abstract or the body begins."""
        begins = next((k for k, c in enumerate(parts[:20]) if c.is_text and BODY_BEGINS.match(c.first)), None)
        if begins is None:
            return _first_paragraph(parts)
        bare = _bare_abstract(parts[:begins])
        if bare is None:
            return begins
        self.kind = "abstract"
        return bare

    def _chunk(self, chunk: Chunk, parts: list[Chunk], at: int) -> None:
        if chunk.kind == "furniture":
            kind = "page_number" if _PAGE_NUMBER.fullmatch(chunk.first) else "running_head"
            self.apart.append(Aside(kind, chunk.first))
        elif chunk.kind == "figure":
            self._float(self.join(chunk.lines))
        elif _is_note(chunk, at):
            kind = "back_matter" if self.kind == "back_matter" else "footnote"
            self.apart.append(Aside(kind, self.join(chunk.lines)))
        elif self._is_heading(chunk, parts, at):
            self.heading(self.join(chunk.lines))
        elif self.open and continues(self.open[-1], chunk.first) and not BULLET.match(chunk.first):
            self.open += chunk.lines
        else:
            self._paragraph(chunk)

    def _paragraph(self, chunk: Chunk) -> None:
        self.flush()
        self.end_abstract(chunk.first)
        if BACK_START.match(chunk.first):
            self.kind = "back_matter"
        first = self.run_in(chunk.first)
        if first or self.kind == "abstract":
            self.open = [x for x in [first, *chunk.lines[1:]] if x]
        elif len(chunk.lines) > 1:
            self.apart.append(Aside("other", self.join(chunk.lines[1:])))

    def _float(self, caption: str, table: Table | None = None) -> None:
        """A caption, with its table; kept back while the paragraph around it may go on."""
        self.floats.append((caption, table))
        if not self.open:
            self.flush()

    def _is_heading(self, chunk: Chunk, parts: list[Chunk], at: int) -> bool:
        """Whether a chunk has the form of a heading and stands where one may."""
        if not looks_like_heading(chunk.lines, width=self.width) or _KEYWORDS.match(chunk.first):
            return False
        text = chunk.text
        if ABSTRACT.fullmatch(text) or BACK_MATTER.fullmatch(text):
            return True
        following = next((p for p in parts[at + 1 :] if p.kind in ("text", "table")), None)
        if following is None or goes_on(following.first):
            return False
        if not known_heading(text) and self._only_looks_so(chunk, parts, at):
            return False
        return not self.open or finished(self.open[-1])

    def _only_looks_so(self, chunk: Chunk, parts: list[Chunk], at: int) -> bool:
        """Whether a chunk is a page's last line, where no heading stands, or an item of a list without stops."""
        if parts[at + 1].kind == "furniture" and len(chunk.last) > 0.8 * self.width:
            return True
        return _run_of_headings(parts, at, self.width) > 2

    # flattened tables ---------------------------------------------------------------------------------------------

    def _table(self, parts: list[Chunk], at: int, end: int) -> int:
        """Take the table whose caption begins at ``at`` and that ends before ``end``; gives ``end`` back."""
        lines = self._table_lines(parts[at:end])
        label = parts[at].label
        caption, rest = _caption(lines, label)
        self.n_tables += 1
        try:
            table = flat_table(rest, vocabulary=self.vocabulary).table(f"t{self.n_tables}", label, self.join(caption))
        except TableEnd:
            table = self._one_column(rest, label, self.join(caption))
        between = _LABEL_END.match(lines[0][len(label) :])
        sign = between[0] if between else ""
        self._float(label + (sign if sign.strip() else " ") + table.caption, table)
        return end

    def _table_lines(self, parts: Sequence[Chunk]) -> list[str]:
        """The lines of a table, blank ones between chunks; running heads and notes are put aside."""
        lines: list[str] = []
        for chunk in parts:
            if chunk.kind == "furniture":
                self.apart.append(Aside("running_head", chunk.first))
            elif lines and _is_table_note(chunk.first) and not row_ends(chunk.last):
                self.apart.append(Aside("table_footnote", self.join(chunk.lines)))
            else:
                lines += ["", *chunk.lines] if lines else chunk.lines
        while len(lines) > 4 and _KEY.match(lines[-1]) and not row_ends(lines[-1]):
            self.apart.append(Aside("table_footnote", lines.pop()))
        return lines

    def _one_column(self, lines: Sequence[str], label: str, caption: str) -> Table:
        cells = tuple(Cell(r, 0, self.join(group)) for r, group in enumerate(_blocks(lines)))
        return Table(f"t{self.n_tables}", label, caption, cells)

    def _table_end(self, parts: list[Chunk], at: int) -> int:
        """The index of the first chunk that is not of the table whose caption is at ``at``."""
        style = row_end_style([x for p in parts[at : at + 150] if p.kind in ("text", "table") for x in p.lines])
        end = _last_row(parts, at, self._text_end(parts, at, style), style)
        while end - 1 > at and parts[end - 1].kind == "furniture":
            end -= 1
        return end

    def _text_end(self, parts: list[Chunk], at: int, style: str) -> int:
        """Where the next caption or the text outside of a table begins behind the table's caption."""
        closed = len(parts[at].lines) > 1 and row_ends(parts[at].last, style)
        for k, chunk in enumerate(parts[at + 1 :], at + 1):
            if chunk.kind in ("table", "figure"):
                return k
            if not chunk.is_text:
                continue
            if self._is_body(parts, k, closed=closed or not style, style=style):
                return k
            closed = row_ends(chunk.last, style) or (closed and _spelled_out(chunk.first))
        return len(parts)

    def _is_body(self, parts: list[Chunk], k: int, *, closed: bool, style: str) -> bool:
        """Whether the text outside the table goes on with this chunk."""
        chunk = parts[k]
        if _like_paragraph(chunk, self.width) and not row_ends(chunk.last, style):
            return True
        if not closed or _spelled_out(chunk.first):
            return False
        if self._carries_on(chunk) or self._is_heading_over_paragraph(parts, k):
            return True
        if not style or _FOOTNOTE.match(chunk.first):
            return False
        return not any(row_ends(x, style) for x in text_lines(parts[k : k + 6]))

    def _carries_on(self, chunk: Chunk) -> bool:
        """Whether the open paragraph goes on with a chunk that begins small."""
        if not self.open or finished(self.open[-1]):
            return False
        return _SMALL_WORD.match(chunk.first) is not None

    def _is_heading_over_paragraph(self, parts: list[Chunk], k: int) -> bool:
        """Whether a chunk has the form of a heading and a paragraph begins behind it, furniture left out."""
        if not looks_like_heading(parts[k].lines, width=self.width):
            return False
        following = next((p for p in parts[k + 1 :] if p.kind != "furniture"), None)
        if following is None or goes_on(following.first):
            return False
        return _like_paragraph(following, self.width)


def _parted_lines(parts: Iterable[Chunk]) -> list[str]:
    """The lines of chunks, a blank one behind each chunk."""
    return [line for p in parts for line in (*p.lines, "")]


def _is_note(chunk: Chunk, at: int) -> bool:
    """Whether a chunk is a note of a page's foot, or one of authors and addresses near the paper's beginning."""
    if NOTE.match(chunk.first):
        return True
    return at < 20 and is_front(chunk.first) and is_front(chunk.last)


def _is_table_note(text: str) -> bool:
    """Whether a text begins like a note under a table: "Abbreviations:", "* p < 0.05", "MSC mesenchymal stem cell"."""
    return _FOOTNOTE.match(text) is not None or _spelled_out(text)


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    """Lines that no blank one parts."""
    return [list(group) for filled, group in groupby(lines, key=bool) if filled]


def _first_paragraph(parts: list[Chunk]) -> int:
    """Where no heading says so: a title, and authors, before the first paragraph."""
    texts = [k for k, c in enumerate(parts[:12]) if c.is_text]
    before = list(takewhile(lambda k: not _is_paragraph(parts[k]), texts))
    if not before or len(before) == len(texts):
        return 0
    named = any(_is_front_chunk(parts[k]) for k in before)
    if not named and not looks_like_heading(parts[before[0]].lines):
        return 0
    if named and len(before) > 1 and not _is_front_chunk(parts[before[-1]]):
        before.pop()  # a heading above the paragraph
    return before[-1] + 1


def _is_paragraph(chunk: Chunk) -> bool:
    return finished(chunk.last) and not _is_front_chunk(chunk)


def _last_row(parts: list[Chunk], at: int, end: int, style: str) -> int:
    """Where rows end in the column of references nothing behind the last of them is of the table but its notes."""
    rows = [k for k in range(at, end) if parts[k].kind != "furniture" and _holds_row_end(parts[k], style)]
    if not rows:
        return end
    k = rows[-1] + 1
    while k < end and (parts[k].kind == "furniture" or _is_table_note(parts[k].first)):
        k += 1
    return k


def _holds_row_end(chunk: Chunk, style: str) -> bool:
    return any(row_ends(line, style) for line in chunk.lines)


def _references_end(parts: list[Chunk], at: int) -> int:
    """The list goes on to the end, or to what a manuscript has behind it."""
    return next((k for k in range(at + 1, len(parts)) if _is_behind_references(parts[k])), len(parts))


def _is_behind_references(chunk: Chunk) -> bool:
    """Whether a chunk is a caption ("Table 2. Cargo" or "Table 2" alone) or a heading such as "Figure legends"."""
    if chunk.is_text:
        return BEHIND_REFERENCES.fullmatch(chunk.first) is not None
    return chunk.kind in ("table", "figure") and _WHOLE_CAPTION.search(chunk.first) is not None


def _spelled_out(text: str) -> bool:
    """Whether a text begins with a short form and what it stands for: "MSC mesenchymal stem cell"."""
    short, _, long = text.partition(" ")
    letters = re.sub(r"\W", "", short).lower()
    if not 2 <= len(letters) <= 8 or shape(short) != "symbol" or not long[:1].islower():
        return False
    initials = iter(w[0].lower() for w in re.split(r"[\s\-/]+", long) if w)
    return all(x in initials for x in letters)


def _caption_below(parts: list[Chunk], at: int, width: float) -> int:
    """The caption that stands below the rows beginning at ``at``; 0 if there is none.

    The rows name their columns, the last of them that of the references, and end as rows do; none follow the caption.
    """
    if not _has_header(parts[at].lines[:4]) or (at and parts[at - 1].kind == "table"):
        return 0
    below = next((k for k in range(at, min(at + 60, len(parts))) if parts[k].kind == "table"), 0)
    style = _style_of_rows([p for p in parts[at:below] if p.is_text], width)
    if not style:
        return 0
    behind = [x for p in parts[below + 1 : below + 3] if p.is_text for x in p.lines[:4]]
    return 0 if _has_header(behind) or any(row_ends(x, style) for x in behind) else below


def _has_header(lines: Sequence[str]) -> bool:
    """Whether one of some lines names the column of references."""
    return any(map(names_references, lines))


def _style_of_rows(rows: Sequence[Chunk], width: float) -> str:
    """The way in which rows end; "" where the last one does not, or paragraphs are among them."""
    style = row_end_style(text_lines(rows))
    if not style or not row_ends(rows[-1].last, style):
        return ""
    return "" if any(_like_paragraph(p, width) for p in rows) else style


def _bare_abstract(parts: Sequence[Chunk]) -> int | None:
    """The chunk where an abstract without its heading begins: sentences below the title."""
    return next((k for k, chunk in enumerate(parts[1:], 1) if _reads_like_abstract(chunk)), None)


def _reads_like_abstract(chunk: Chunk) -> bool:
    """Whether a chunk is two sentences or more, and no authors or addresses."""
    text = chunk.text
    if not chunk.is_text or len(text) <= 180 or not finished(text):
        return False
    return len(_SENTENCE_END.findall(text)) > 1 and not _is_front_chunk(chunk)

    # flattened tables ---------------------------------------------------------------------------------------------


def _is_front_chunk(chunk: Chunk) -> bool:
    return any(is_front(x) for x in chunk.lines)


def _run_of_headings(parts: list[Chunk], at: int, width: float) -> int:
    """How many chunks in a row around ``at`` have the form of a heading."""

    def like(chunk: Chunk) -> bool:
        return chunk.is_text and looks_like_heading(chunk.lines, width=width)

    before = takewhile(like, reversed(parts[:at]))
    after = takewhile(like, parts[at + 1 :])
    return len(list(before)) + 1 + len(list(after))


def _like_paragraph(chunk: Chunk, width: float) -> bool:
    """Several lines as wide as the column, with the end of a sentence in them."""
    if not chunk.is_text or len(chunk.lines) < 3 or not _SENTENCE_END.search(chunk.text):
        return False
    full = sum(0.75 * width <= len(x) <= 1.25 * width for x in chunk.lines[:-1])
    return full >= 0.6 * (len(chunk.lines) - 1)


def _caption(lines: Sequence[str], label: str) -> tuple[list[str], list[str]]:
    """The caption's lines without the label, and the lines of the table below it."""
    first = _LABEL_END.sub("", lines[0][len(label) :], count=1)
    rest = list(lines[1:])
    if not first:
        rest = _without_blanks(rest)
        first = rest.pop(0) if rest else ""
    caption = [first]
    widest = max((len(x) for x in lines), default=0)
    while rest and len(caption) < _CAPTION_LINES and _caption_goes_on(caption[-1], rest[0], widest):
        caption.append(rest.pop(0))
    return caption, _without_blanks(rest)


def _caption_goes_on(line: str, after: str, widest: int) -> bool:
    """Whether a caption's line is full and open, and the next one no row."""
    if not after or line.endswith("."):
        return False
    return len(line) > 0.9 * widest and not row_ends(after)


def _without_blanks(lines: Sequence[str]) -> list[str]:
    """The lines from the first one on that is not blank."""
    return list(dropwhile(lambda line: not line, lines))
