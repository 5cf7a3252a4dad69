"""The paper as read: frozen dataclasses, with the place of every character.

Offsets are half-open and count Unicode code points of :attr:`Document.text`. Pages are 1-based. Boxes are in PDF points
with the origin at the top left corner of the page and y growing downward. ``Document.text`` holds the blocks of the
kinds in :data:`MINED_KINDS`, one a line, joined by a single ``"\\n"``; a block's own text holds no newline. What is not
mined (author block, running heads, page numbers, footnotes, references, back matter) is kept in :attr:`Document.apart`.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, NamedTuple

__all__ = [
    "APART_KINDS",
    "MINED_KINDS",
    "Aside",
    "Block",
    "Box",
    "Cell",
    "CitationMark",
    "Document",
    "HeaderPath",
    "Line",
    "Page",
    "ReadProblem",
    "Reference",
    "Section",
    "Table",
    "header_path",
    "is_group_row",
]

#: Kinds of blocks whose text is part of ``Document.text``.
MINED_KINDS = ("title", "abstract", "heading", "paragraph", "list_item", "caption", "table_row")
#: Kinds of text that stand apart and are never mined.
APART_KINDS = (
    "author_block", "running_head", "page_number", "footnote", "table_footnote", "boxed_text", "formula",
    "reference", "back_matter", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in points; origin top left, ``x0 <= x1`` and ``y0 <= y1``."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page; ``number`` is 1-based, sizes are in points. ``failed`` pages keep their number."""

    number: int
    width: float
    height: float
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Provenance: ``text[start:end]`` was printed in ``box`` of ``page``. Lines are sorted and do not overlap."""

    start: int
    end: int
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Block:
    """One mined block, ``text[start:end]``; ``section`` is its heading path, outermost first."""

    kind: str
    start: int
    end: int
    section: tuple[str, ...] = ()
    level: int = 0  # headings: 1 is the outermost; 0 for other kinds
    table_id: str = ""  # table rows and table captions: the table they belong to


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the range of text under it, subsections included; ``path`` ends with its own heading."""

    path: tuple[str, ...]
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Aside:
    """Text that stands apart (see :data:`APART_KINDS`), with its page and box where there are any."""

    kind: str
    text: str
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. ``row`` and ``column`` start at 0; spans are at least 1.

    ``start:end`` is where the cell stands in ``Document.text`` (-1 where it is not rendered there).
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    page: int | None = None
    box: Box | None = None
    start: int = -1
    end: int = -1


class HeaderPath(NamedTuple):
    """What heads a cell of a table: the texts above it and to its left, outermost first."""

    above: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``cells`` sorted by row and column, each spanned cell once; ``page`` is where it begins."""

    table_id: str
    label: str
    caption: str
    cells: tuple[Cell, ...]
    page: int | None = None
    footnotes: tuple[str, ...] = ()

    @property
    def n_rows(self) -> int:
        return max((c.row + c.row_span for c in self.cells), default=0)

    @property
    def n_columns(self) -> int:
        return max((c.column + c.column_span for c in self.cells), default=0)

    @property
    def n_header_rows(self) -> int:
        """How many rows at the top hold header cells only."""
        return sum(1 for _ in takewhile(_is_head, self.grid()))

    def header_path(self, row: int, column: int) -> HeaderPath:
        """All headers of the place ``row``, ``column``: those above it and those to its left, outermost first."""
        return header_path(self.grid(), row, column)

    def grid(self) -> list[list[Cell | None]]:
        """Rows of cells; a spanned cell stands in every place it covers, ``None`` where there is no cell."""
        width = self.n_columns
        rows: list[list[Cell | None]] = [[None] * width for _ in range(self.n_rows)]
        for cell in self.cells:
            for r in range(cell.row, cell.row + cell.row_span):
                for c in range(cell.column, cell.column + cell.column_span):
                    rows[r][c] = cell
        return rows


def header_path(grid: Sequence[Sequence[Cell | None]], row: int, column: int) -> HeaderPath:
    """As :meth:`Table.header_path`, of a table's :meth:`Table.grid`."""
    head = sum(1 for _ in takewhile(_is_head, grid))
    above = (grid[r][column] for r in range(min(row, head)))
    left = (*_group_above(grid, row, head), *_row_label(grid, row, column, head))
    return HeaderPath(_texts(above), _texts(left))


def _is_head(row: Sequence[Cell | None]) -> bool:
    cells = [c for c in row if c is not None]
    return bool(cells) and all(c.header for c in cells)


def is_group_row(row: Sequence[Cell | None]) -> bool:
    """Whether a row of a grid has one text only, at its beginning: the heading of the rows beneath it."""
    filled = [c for c in row if c is not None and c.text.strip()]
    return len(row) > 1 and bool(filled) and row[0] is filled[0] and all(c is filled[0] for c in filled)


def _group_above(grid: Sequence[Sequence[Cell | None]], row: int, head: int) -> Iterator[Cell | None]:
    """The heading inside of the table under which a row stands."""
    if row < head or is_group_row(grid[row]):
        return
    for r in range(row - 1, head - 1, -1):
        if is_group_row(grid[r]):
            yield grid[r][0]
            return


def _row_label(grid: Sequence[Sequence[Cell | None]], row: int, column: int, head: int) -> Iterator[Cell | None]:
    """The first cell of a row; where it is empty, the one above it goes on."""
    if column == 0 or row < head or grid[row][0] is grid[row][column]:
        return
    for r in range(row, head - 1, -1):
        cell = grid[r][0]
        if is_group_row(grid[r]) and r < row:
            return
        if cell is not None and cell.text.strip():
            yield cell
            return


def _texts(cells: Iterable[Cell | None]) -> tuple[str, ...]:
    """The texts of cells, each once; empty ones are left out."""
    return tuple(dict.fromkeys(text for c in cells if c is not None and (text := " ".join(c.text.split()))))


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the reference list. ``label`` is normalised: "1." and "[1]" are "1"; unlabelled ones are counted."""

    label: str
    text: str
    title: str = ""
    journal: str = ""
    year: int | None = None
    doi: str = ""
    pmid: str = ""
    authors: tuple[str, ...] = ()  # family names, as printed, in order
    page: int | None = None


@dataclass(frozen=True, slots=True)
class CitationMark:
    """A citation mark, ``text[start:end]``, brackets included; ``labels`` has its ranges expanded, in printed order.

    Superscript marks are written into the text in brackets ("resistance[3,4]"), so that a mark is never glued to a
    word.
    """

    start: int
    end: int
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadProblem:
    """Something that could not be read although the paper as a whole was; ``reason`` is a key of ``errors.REASONS``."""

    reason: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One paper as read. See the module's docstring for offsets, pages and boxes."""

    doc_id: str  # first 16 hex digits of the source's SHA-256
    source: str  # the file's name
    format: str  # pdf, jats, text
    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    year: int | None = None
    pages: tuple[Page, ...] = ()
    lines: tuple[Line, ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    references: tuple[Reference, ...] = ()
    citations: tuple[CitationMark, ...] = ()
    apart: tuple[Aside, ...] = ()
    problems: tuple[ReadProblem, ...] = ()

    @property
    def paper_id(self) -> str:
        """``doi:...``, else ``pmid:...``, else ``pmcid:...``, else the doc_id: shared by a PDF and an XML of one
        paper.
        """
        if self.doi:
            return f"doi:{self.doi.lower()}"
        if self.pmid:
            return f"pmid:{self.pmid}"
        return f"pmcid:{self.pmcid}" if self.pmcid else self.doc_id

    @property
    def body(self) -> str:
        """Paragraphs and list items only, one a line, in reading order."""
        kinds = ("paragraph", "list_item")
        return "\n".join(self.text[b.start : b.end] for b in self.blocks if b.kind in kinds)

    def block_at(self, offset: int) -> Block | None:
        """The block that holds the character at ``offset``, or ``None`` between blocks."""
        i = bisect_right(self.blocks, offset, key=lambda b: b.start) - 1
        return self.blocks[i] if i >= 0 and offset < self.blocks[i].end else None

    def lines_of(self, start: int, end: int) -> Iterator[Line]:
        """The printed lines that ``text[start:end]`` touches, in order."""
        i = max(0, bisect_right(self.lines, start, key=lambda line: line.start) - 1)
        for line in self.lines[i:]:
            if line.start >= end:
                return
            if line.end > start:
                yield line

    def page_of(self, start: int, end: int) -> int | None:
        """The 1-based page on which ``text[start:end]`` begins; ``None`` for formats without pages."""
        return next((line.page for line in self.lines_of(start, end)), None)

    def boxes_of(self, start: int, end: int) -> list[tuple[int, Box]]:
        """``(page, box)`` of each printed line that ``text[start:end]`` touches."""
        return [(line.page, line.box) for line in self.lines_of(start, end)]

    def to_dict(self) -> dict[str, Any]:
        """Plain lists and dictionaries, for JSON."""
        return dataclasses.asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Document:
        """The inverse of :meth:`to_dict`."""
        plain: dict[str, Any] = {k: v for k, v in data.items() if k not in _PARTS}
        parts: dict[str, Any] = {k: tuple(_PARTS[k](item) for item in data.get(k, ())) for k in _PARTS}
        return cls(**plain, **parts)


def _box(data: Any) -> Box | None:
    return Box(**data) if data else None


def _table(data: dict[str, Any]) -> Table:
    cells = tuple(Cell(**{**c, "box": _box(c["box"])}) for c in data["cells"])
    return Table(**{**data, "cells": cells, "footnotes": tuple(data["footnotes"])})


_PARTS: dict[str, Any] = {
    "blocks": lambda d: Block(**{**d, "section": tuple(d["section"])}),
    "pages": lambda d: Page(**d),
    "lines": lambda d: Line(**{**d, "box": Box(**d["box"])}),
    "sections": lambda d: Section(**{**d, "path": tuple(d["path"])}),
    "tables": _table,
    "references": lambda d: Reference(**{**d, "authors": tuple(d["authors"])}),
    "citations": lambda d: CitationMark(**{**d, "labels": tuple(d["labels"])}),
    "apart": lambda d: Aside(**{**d, "box": _box(d["box"])}),
    "problems": lambda d: ReadProblem(**d),
}
