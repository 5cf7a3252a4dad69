"""Plain text into a :class:`~exomine.document.model.Document`.

Two kinds of text come in: well-formed text, a paragraph a line or set off by blank lines, and text that another tool pulled out
of a PDF: hard-wrapped and hyphenated, with running heads, page numbers, captions and flattened tables inside sentences.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from exomine.document.builder import DocumentBuilder
from exomine.document.citations import find_marks
from exomine.document.hyphens import Vocabulary, join_lines, repair_inner
from exomine.document.model import Aside, Cell, Document, Reference, Table
from exomine.document.plain_forms import REFERENCES, finished
from exomine.document.plain_front import is_front, split_title
from exomine.document.plain_lines import (
    Chunk,
    chunks,
    continues,
    goes_on,
    heading_level,
    is_wrapped,
    known_heading,
    looks_like_heading,
)
from exomine.document.plain_tables import TableEnd, flat_table, row_end_style, row_ends
from exomine.document.references import ListLine, find_doi, read_references
from exomine.errors import DocumentError

__all__ = ["read_plain", "read_text"]

_ABSTRACT = re.compile(r"(?:abstract|summary)\s*(?:[:.\-–—]\s*|$)", re.I)
_BODY_BEGINS = re.compile(r"(?:abstract|summary)\s*(?:[:.\-–—]|$)|(?:1\.?\s*)?introduction$", re.I)
_ABSTRACT_PART = re.compile(
    r"(?:background|context|introduction|objectives?|aims?|purpose|design|setting|(?:patients|materials?) and methods?|methods?|"
    r"main outcome|results?|findings|conclusions?|interpretation|discussion|significance|funding|trial registration|summary)\b[^.]{0,40}[:.]",
    re.I,
)
_KEYWORDS = re.compile(r"key\s?words?\s*[:.\-–—]", re.I)
_BACK_MATTER = re.compile(
    r"(?:acknowledge?ments?|funding(?: sources?)?|(?:disclosure of )?(?:conflicts?|declarations?) of (?:competing )?interests?|"
    r"competing interests?|authors?[’']? contributions?|data availability(?: statement)?|ethics (?:approval|statement).*|"
    r"supplementary (?:materials?|information)|consent for publication|abbreviations|disclosures?|address correspondence to.*)\s*[:.]?",
    re.I,
)
_BACK_START = re.compile(r"(?:address correspondence to|corresponding author|received .{3,30}(?:19|20)\d\d)\b", re.I)
_BULLET = re.compile(r"(?:[•●▪◦‣·*]|[-–—](?=\s))\s*")
_FOOTNOTE = re.compile(r"(?:abbreviations?|notes?|[*†‡§]|[a-e]\s)[:.\s]?", re.I)


def read_plain(data: bytes, *, source: str) -> Document:
    """Read a text file; ``source`` is its name. Raises :class:`~exomine.errors.DocumentError` with reason ``no_text``."""
    from exomine.document.read import decode_text

    return read_text(decode_text(data), source=source, doc_id=hashlib.sha256(data).hexdigest()[:16])


def read_text(text: str, *, source: str, doc_id: str) -> Document:
    """A Document from text that is in memory. Raises as :func:`read_plain`."""
    lines = text.replace("\f", "\n\f").split("\n")
    reader = _Reader(Vocabulary.of(lines))
    if is_wrapped(lines):
        reader.wrapped(chunks(lines))
    else:
        reader.lines([" ".join(x.split("\f")[-1].split(" ")) for x in lines])
    built = reader.builder.finish()
    if not re.search(r"\w", built.text):
        raise DocumentError("no_text")
    return Document(
        doc_id=doc_id,
        source=source,
        format="text",
        text=built.text,
        blocks=built.blocks,
        title=reader.title,
        doi=reader.doi,
        sections=built.sections,
        tables=built.tables,
        references=reader.references,
        citations=find_marks(built.text, reader.references),
        apart=tuple(reader.apart),
    )


@dataclass
class _Reader:
    vocabulary: Vocabulary
    builder: DocumentBuilder = field(default_factory=DocumentBuilder)
    apart: list[Aside] = field(default_factory=list)
    references: tuple[Reference, ...] = ()
    title: str = ""
    doi: str = ""
    kind: str = "paragraph"  # what text is now: paragraph, abstract, back_matter
    open: list[str] = field(default_factory=list)  # lines of the paragraph that may go on
    floats: list[tuple[str, Table | None]] = field(default_factory=list)  # captions, with their tables, met inside it
    n_tables: int = 0
    parts: list[str] = field(default_factory=list)  # headings met inside the abstract
    abstracted: bool = False  # whether a paragraph of the abstract has been added

    # both ways ----------------------------------------------------------------------------------------------------

    def join(self, lines: Sequence[str]) -> str:
        return repair_inner(join_lines(lines, vocabulary=self.vocabulary), vocabulary=self.vocabulary)

    def flush(self) -> None:
        """Close the open paragraph, then the floats that stood inside it."""
        if self.open:
            self._put(self.join(self.open))
            self.open = []
        floats, self.floats = self.floats, []
        for caption, table in floats:
            if table is None:
                self.builder.add("caption", caption)
            else:
                self.builder.add_table(table, caption)

    def _put(self, text: str) -> None:
        if self.kind == "back_matter":
            self.apart.append(Aside("back_matter", text))
        elif m := _BULLET.match(text):
            self.builder.add("list_item", text[m.end() :])
        else:
            self.builder.add(self.kind, text)
            self.abstracted = self.abstracted or self.kind == "abstract"

    def heading(self, text: str) -> None:
        self.flush()
        text = text.strip()
        part = (
            _ABSTRACT_PART.match(text + ":") is not None and len(text) < 40 and not re.match("(?i)introduction", text)
        )
        if self.kind == "abstract" and part and (self.parts or not self.abstracted) and text.lower() not in self.parts:
            self.parts.append(text.lower())
            self.builder.add("heading", text.rstrip(":"), level=2)
            return
        if _ABSTRACT.fullmatch(text):
            self.kind = "abstract"
        elif _BACK_MATTER.fullmatch(text):
            self.kind = "back_matter"
            self.apart.append(Aside("back_matter", text))
            return
        else:
            self.kind = "paragraph"
        self.builder.add("heading", text.rstrip(":"), level=heading_level(text))

    def run_in(self, text: str) -> str:
        """Takes "Abstract:" and "Keywords:" off the beginning of a paragraph; "" where nothing is left to add."""
        if _KEYWORDS.match(text):
            self.flush()
            self.apart.append(Aside("other", text))
            self.kind = "paragraph"
            self.builder.leave_sections()
            return ""
        m = _ABSTRACT.match(text)
        if m and m.end() < len(text) and not self.abstracted:
            self.flush()
            self.builder.add("heading", re.sub(r"\W+$", "", text[: m.end()]), level=1)
            self.kind = "abstract"
            return text[m.end() :]
        return text

    def _end_abstract(self, first: str) -> None:
        """An abstract has one paragraph, or several that each name their part; what else follows is the body."""
        if self.kind == "abstract" and self.abstracted and not self.parts and not _ABSTRACT_PART.match(first):
            self.kind = "paragraph"
            self.builder.leave_sections()

    def add_references(self, lines: Sequence[str]) -> None:
        self.flush()
        self.references = read_references([ListLine(x) for x in lines], vocabulary=self.vocabulary)
        self.apart += [Aside("reference", r.text) for r in self.references]

    # a paragraph a line -------------------------------------------------------------------------------------------

    def lines(self, lines: Sequence[str]) -> None:
        """Well-formed text: every line is a block."""
        filled = [(i, x.strip()) for i, x in enumerate(lines) if x.strip()]
        at = 0
        while at < len(filled):
            text = filled[at][1]
            after = filled[at + 1][1] if at + 1 < len(filled) else ""
            if REFERENCES.fullmatch(text) and after:
                self.add_references([x for _, x in filled[at + 1 :]])
                break
            if grid := _grid(filled, at):
                self._grid_table(grid)
                at += len(grid)
                continue
            self._line(text, after, first=at == 0 and len(filled) > 2)
            at += 1
        self.flush()

    def _line(self, text: str, after: str, *, first: bool) -> None:
        caption = chunks([text])
        if caption and caption[0].kind in ("table", "figure"):
            self.flush()
            self.builder.add("caption", text)
        elif first and _is_title(text):
            self.title = text
            self.builder.add("title", text)
        elif after and _heads(text, after):
            self.heading(text)
        else:
            self._end_abstract(text)
            if text := self.run_in(text):
                self.open = [text]
                self.flush()

    def _grid_table(self, grid: list[list[str]]) -> None:
        self.flush()
        self.n_tables += 1
        cells = tuple(
            Cell(r, c, x.strip(), header=r == 0) for r, row in enumerate(grid) for c, x in enumerate(row) if x.strip()
        )
        self.builder.add_table(Table(f"t{self.n_tables}", "", "", cells))

    # wrapped text -------------------------------------------------------------------------------------------------

    def wrapped(self, parts: list[Chunk]) -> None:
        """Hard-wrapped text, cut into chunks."""
        width = median([len(x) for p in parts for x in p.lines] or [80])
        at = self._front(parts)
        while at < len(parts):
            chunk = parts[at]
            if chunk.kind == "text" and len(chunk.lines) == 1 and REFERENCES.fullmatch(chunk.first):
                self.add_references([x for p in parts[at + 1 :] if p.kind != "furniture" for x in [*p.lines, ""]])
                break
            if chunk.kind == "table":
                at = self._table(parts, at, width)
                continue
            self._chunk(chunk, parts, at, width)
            at += 1
        self.flush()

    def _front(self, parts: list[Chunk]) -> int:
        """Title and author block: what stands before the abstract or the introduction."""
        begins = (k for k, c in enumerate(parts[:20]) if c.kind == "text" and _BODY_BEGINS.match(c.first))
        i = next(begins, None)
        i = self._front_end(parts) if i is None else i
        for part in parts[:i]:
            self.doi = self.doi or find_doi(" ".join(part.lines))
            if part.kind == "furniture":
                self.apart.append(Aside("running_head", part.first))
        title, others = split_title([x for p in parts[:i] if p.kind == "text" for x in [*p.lines, ""]])
        if title:
            self.title = self.join(title)
            self.builder.add("title", self.title)
        self.apart += [Aside("author_block", x) for x in others]
        return i

    def _front_end(self, parts: list[Chunk]) -> int:
        """Where no heading says so: a title, and authors, before the first paragraph."""
        texts = [k for k, c in enumerate(parts[:12]) if c.kind == "text"]
        first = next((k for k in texts if finished(parts[k].last) and not _is_front_chunk(parts[k])), 0)
        before = [k for k in texts if k < first]
        if not before:
            return 0
        named = any(_is_front_chunk(parts[k]) for k in before)
        if named and len(before) > 1 and not _is_front_chunk(parts[before[-1]]):
            before.pop()  # a heading above the paragraph
        return before[-1] + 1 if named or looks_like_heading(parts[before[0]].lines) else 0

    def _chunk(self, chunk: Chunk, parts: list[Chunk], at: int, width: float) -> None:
        if chunk.kind == "furniture":
            kind = "page_number" if re.fullmatch(r"\W*\d+\W*", chunk.first) else "running_head"
            self.apart.append(Aside(kind, chunk.first))
        elif chunk.kind == "figure":
            self._float(self.join(chunk.lines))
        elif self._is_heading(chunk, parts, at, width):
            self.heading(self.join(chunk.lines))
        elif self.open and continues(self.open[-1], chunk.first) and not _BULLET.match(chunk.first):
            self.open += chunk.lines
        else:
            self._paragraph(chunk)

    def _paragraph(self, chunk: Chunk) -> None:
        self.flush()
        self._end_abstract(chunk.first)
        if _BACK_START.match(chunk.first):
            self.kind = "back_matter"
        first = self.run_in(chunk.first)
        if first or len(chunk.lines) > 1:
            if first or self.kind == "abstract":
                self.open = [x for x in [first, *chunk.lines[1:]] if x]
            else:
                self.apart.append(Aside("other", self.join(chunk.lines[1:])))

    def _float(self, caption: str, table: Table | None = None) -> None:
        """A caption, with its table; kept back while the paragraph around it may go on."""
        self.floats.append((caption, table))
        if not self.open:
            self.flush()

    def _is_heading(self, chunk: Chunk, parts: list[Chunk], at: int, width: float) -> bool:
        if not looks_like_heading(chunk.lines, width=width):
            return False
        text = " ".join(chunk.lines)
        if _ABSTRACT.fullmatch(text) or _BACK_MATTER.fullmatch(text):
            return True
        following = next((p for p in parts[at + 1 :] if p.kind in ("text", "table")), None)
        if following is None or goes_on(following.first):
            return False
        if parts[at + 1].kind == "furniture" and len(chunk.last) > 0.8 * width and not known_heading(text):
            return False  # no heading stands at the foot of a page; the last line of one does
        if not known_heading(text) and _run_of_headings(parts, at, width) > 2:
            return False  # items of a list without stops
        return not self.open or finished(self.open[-1])

    # flattened tables ---------------------------------------------------------------------------------------------

    def _table(self, parts: list[Chunk], at: int, width: float) -> int:
        """Take the table whose caption begins at ``at``; the index of the chunk behind it."""
        end = self._table_end(parts, at, width)
        lines: list[str] = []
        for chunk in parts[at:end]:
            if chunk.kind == "furniture":
                self.apart.append(Aside("running_head", chunk.first))
            elif lines and _FOOTNOTE.match(chunk.first) and not row_ends(chunk.last):
                self.apart.append(Aside("table_footnote", self.join(chunk.lines)))
            else:
                lines += [*([""] if lines else []), *chunk.lines]
        label = parts[at].label
        caption, rest = _caption(lines, label)
        self.n_tables += 1
        try:
            table = flat_table(rest, vocabulary=self.vocabulary).table(f"t{self.n_tables}", label, self.join(caption))
        except TableEnd:
            table = self._one_column(rest, label, self.join(caption))
        between = re.match(r"[\s.:|–—]*", lines[0][len(label) :])
        printed = label + (between[0] if between and between[0].strip() else " ") + table.caption
        self._float(printed, table)
        return end

    def _one_column(self, lines: Sequence[str], label: str, caption: str) -> Table:
        groups: list[list[str]] = [[]]
        for line in lines:
            groups += [[]] if not line else []
            groups[-1] += [line] if line else []
        cells = tuple(Cell(r, 0, self.join(g)) for r, g in enumerate(g for g in groups if g))
        return Table(f"t{self.n_tables}", label, caption, cells)

    def _table_end(self, parts: list[Chunk], at: int, width: float) -> int:
        style = row_end_style([x for p in parts[at : at + 150] if p.kind in ("text", "table") for x in p.lines])
        closed = len(parts[at].lines) > 1 and row_ends(parts[at].last, style)
        k = at + 1
        while k < len(parts):
            chunk = parts[k]
            if chunk.kind in ("table", "figure"):
                break
            if chunk.kind == "text":
                if self._is_body(parts, k, width, closed=closed or not style, style=style):
                    break
                closed = row_ends(chunk.last, style)
            k += 1
        while k - 1 > at and parts[k - 1].kind == "furniture":
            k -= 1
        return k

    def _is_body(self, parts: list[Chunk], k: int, width: float, *, closed: bool, style: str) -> bool:
        """Whether the text outside the table goes on with this chunk."""
        chunk = parts[k]
        if _like_paragraph(chunk, width) and not row_ends(chunk.last, style):
            return True
        if not closed:
            return False
        if self.open and not finished(self.open[-1]) and re.match(r"[a-z]+[,;.)]?(?:\s|$)", chunk.first):
            return True
        following = next((p for p in parts[k + 1 :] if p.kind != "furniture"), None)
        if looks_like_heading(chunk.lines, width=width) and following is not None and _like_paragraph(following, width):
            return True
        ahead = [x for p in parts[k : k + 6] if p.kind == "text" for x in p.lines]
        return bool(style) and not any(row_ends(x, style) for x in ahead) and not _FOOTNOTE.match(chunk.first)


def _is_front_chunk(chunk: Chunk) -> bool:
    return any(is_front(x) for x in chunk.lines)


def _run_of_headings(parts: list[Chunk], at: int, width: float) -> int:
    """How many chunks in a row around ``at`` have the form of a heading."""

    def like(k: int) -> bool:
        return 0 <= k < len(parts) and parts[k].kind == "text" and looks_like_heading(parts[k].lines, width=width)

    before = next(n for n in range(1, len(parts) + 2) if not like(at - n)) - 1
    after = next(n for n in range(1, len(parts) + 2) if not like(at + n)) - 1
    return before + 1 + after


def _is_title(line: str) -> bool:
    """Whether the first line of a text is its title."""
    plain = heading_level(line) == 1 and not _BODY_BEGINS.match(line)
    return plain and len(line) < 250 and looks_like_heading([line], width=250) and not finished(line)


def _heads(line: str, after: str) -> bool:
    """Whether a line has the form of a heading and the one after it the form of text."""
    form = len(line) < 150 and looks_like_heading([line]) and not finished(line)
    return form and (len(after) > len(line) or finished(after))


def _like_paragraph(chunk: Chunk, width: float) -> bool:
    """Several lines as wide as the column, with the end of a sentence in them."""
    if chunk.kind != "text" or len(chunk.lines) < 3:
        return False
    full = sum(0.75 * width <= len(x) <= 1.25 * width for x in chunk.lines[:-1])
    text = " ".join(chunk.lines)
    return full >= 0.6 * (len(chunk.lines) - 1) and bool(re.search(r"[a-z\])]\.(?:\s+[A-Z]|$)", text))


def _caption(lines: Sequence[str], label: str) -> tuple[list[str], list[str]]:
    """The caption's lines without the label, and the lines of the table below it."""
    first = re.sub(r"^[\s.:|–—]+", "", lines[0][len(label) :])
    rest = list(lines[1:])
    if not first:
        while rest and not rest[0]:
            rest.pop(0)
        first = rest.pop(0) if rest else ""
    caption = [first]
    widest = max((len(x) for x in lines), default=0)
    while (
        rest
        and rest[0]
        and not first.endswith(".")
        and len(caption[-1]) > 0.9 * widest
        and not row_ends(rest[0])
        and len(caption) < 4
    ):
        caption.append(rest.pop(0))
        first = caption[-1]
    while rest and not rest[0]:
        rest.pop(0)
    return caption, rest


def _grid(filled: Sequence[tuple[int, str]], at: int) -> list[list[str]]:
    """The rows from a place on whose cells are set off by tabs or bars; empty if fewer than two."""
    for mark in ("\t", " | "):
        rows: list[list[str]] = []
        while at + len(rows) < len(filled):
            cells = filled[at + len(rows)][1].split(mark)
            if len(cells) < 2 or (rows and len(cells) != len(rows[0])):
                break
            rows.append(cells)
        if len(rows) > 1:
            return rows
    return []
