"""From a reader's pieces to a :class:`~exomine.document.model.Document`: the one place where offsets are given.

A reader hands over :class:`Piece` objects in reading order. Each piece is one block; its runs carry text with the page and
box it was printed at. The builder joins them, normalises spaces, gives offsets to blocks, lines, cells and citation marks,
and derives sections. Nothing changes the text afterwards.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from exomine.document.model import Block, Box, CitationMark, Line, Section, Table

__all__ = ["CELL_SEPARATOR", "Built", "DocumentBuilder", "Run"]

#: Between the cells of a table row in ``Document.text``.
CELL_SEPARATOR = " | "
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a block as printed in one place.

    Readers put the spaces between runs themselves (a word broken over two lines is two runs without a space). ``labels``
    makes the run a citation mark; its text is then what the text shall show ("[3,4]").
    """

    text: str
    page: int | None = None
    box: Box | None = None
    labels: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """What the builder has made: the parts of a Document that hang on offsets."""

    text: str
    blocks: tuple[Block, ...]
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    citations: tuple[CitationMark, ...]


@dataclass
class DocumentBuilder:
    """Collects blocks in reading order and gives offsets. Blocks without any visible character are left out."""

    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _blocks: list[Block] = field(default_factory=list)
    _lines: list[Line] = field(default_factory=list)
    _tables: list[Table] = field(default_factory=list)
    _marks: list[CitationMark] = field(default_factory=list)
    _path: list[tuple[int, str]] = field(default_factory=list)

    def add(self, kind: str, runs: Iterable[Run] | str, *, level: int = 0, table_id: str = "") -> Block | None:
        """Append one block. A heading of ``level`` closes the sections of that level and below."""
        pieces = [Run(runs)] if isinstance(runs, str) else list(runs)
        start = self._length + (1 if self._blocks else 0)
        text = self._lay(pieces, start)
        if not text:
            return None
        if self._blocks:
            self._parts.append("\n")
        self._parts.append(text)
        self._length = start + len(text)
        if kind == "heading":
            level = max(1, level)
            self._path = [p for p in self._path if p[0] < level] + [(level, text)]
        section = self._section(kind)
        block = Block(kind, start, self._length, section, level if kind == "heading" else 0, table_id)
        self._blocks.append(block)
        return block

    def leave_sections(self) -> None:
        """Close every open section: the next block belongs to none until a heading comes."""
        self._path = []

    def add_table(self, table: Table, caption: Iterable[Run] | str = "") -> None:
        """Append a table: its caption as a block, then each row as a block whose cells get their offsets."""
        self.add("caption", caption or " ".join(x for x in (table.label, table.caption) if x), table_id=table.table_id)
        placed: dict[tuple[int, int], tuple[int, int]] = {}
        grid = table.grid()
        for row in grid:
            cells = _once(row)
            runs: list[Run] = []
            spans: list[tuple[int, int]] = []
            offset = self._length + (1 if self._blocks else 0)
            for i, cell in enumerate(cells):
                sep = CELL_SEPARATOR if i else ""
                shown = _SPACE.sub(" ", cell.text).strip() if cell else ""
                if sep:
                    runs.append(Run(sep))
                runs.append(Run(shown, cell.page if cell else None, cell.box if cell else None))
                spans.append((offset + len(sep), offset + len(sep) + len(shown)))
                offset = spans[-1][1]
            if not any(c and c.text.strip() for c in cells):
                continue
            block = self._add_row(runs, table.table_id)
            for cell, span in zip(cells, spans, strict=True):
                if block and cell:
                    placed.setdefault((cell.row, cell.column), span)
        cells_out = tuple(
            dataclasses.replace(c, start=placed[c.row, c.column][0], end=placed[c.row, c.column][1])
            if (c.row, c.column) in placed
            else c
            for c in table.cells
        )
        self._tables.append(dataclasses.replace(table, cells=cells_out))

    def finish(self) -> Built:
        """The parts; the builder may not be used afterwards."""
        return Built(
            "".join(self._parts), tuple(self._blocks), tuple(self._lines), tuple(_sections(self._blocks)),
            tuple(self._tables), tuple(self._marks),
        )  # fmt: skip

    def _add_row(self, runs: Sequence[Run], table_id: str) -> Block:
        """A table row: laid verbatim, so that empty cells keep their separators and offsets stay exact."""
        start = self._length + (1 if self._blocks else 0)
        offset, parts = start, []
        for run in runs:
            parts.append(run.text)
            if run.text and run.page is not None and run.box is not None:
                self._lines.append(Line(offset, offset + len(run.text), run.page, run.box))
            offset += len(run.text)
        if self._blocks:
            self._parts.append("\n")
        self._parts.extend(parts)
        self._length = offset
        block = Block("table_row", start, offset, tuple(p[1] for p in self._path), 0, table_id)
        self._blocks.append(block)
        return block

    def _section(self, kind: str) -> tuple[str, ...]:
        if kind == "title":
            return ()
        if kind == "abstract":
            return tuple(p[1] for p in self._path) or ("Abstract",)
        return tuple(p[1] for p in self._path)

    def _lay(self, runs: Sequence[Run], start: int) -> str:
        """The block's text with single spaces, no spaces at its ends; registers lines and marks on the way."""
        out: list[str] = []
        length = 0
        pending = False
        for run in runs:
            text = _SPACE.sub(" ", run.text)
            lead, trail = text.startswith(" "), text.endswith(" ")
            core = text.strip(" ")
            pending = pending or (lead and length > 0)
            if not core:
                continue
            if pending and length:
                out.append(" ")
                length += 1
            if run.labels is not None:
                self._marks.append(CitationMark(start + length, start + length + len(core), run.labels))
            if run.page is not None and run.box is not None:
                self._lines.append(Line(start + length, start + length + len(core), run.page, run.box))
            out.append(core)
            length += len(core)
            pending = trail
        return "".join(out)


def _once(row: Sequence[object]) -> list:  # type: ignore[type-arg]
    """The cells of a grid row, a cell that spans columns once."""
    out: list = []  # type: ignore[type-arg]
    for cell in row:
        if cell is None or not out or out[-1] is not cell:
            out.append(cell)
    return out


def _sections(blocks: Sequence[Block]) -> list[Section]:
    """Sections from headings: each reaches over the blocks that follow under its path, to the next heading not below it."""
    out = []
    for i, block in enumerate(blocks):
        if block.kind != "heading":
            continue
        last, depth = block, len(block.section)
        for later in blocks[i + 1 :]:
            if later.section[:depth] != block.section or (later.kind == "heading" and later.level <= block.level):
                break
            last = later
        out.append(Section(block.section, block.level, block.start, last.end))
    return out
