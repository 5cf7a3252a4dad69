"""From a reader's pieces to a :class:`~exomine.document.model.Document`: the one place where offsets are given.

A reader hands over :class:`Piece` objects in reading order. Each piece is one block; its runs carry text with the page
and box it was printed at. The builder joins them, normalises spaces, gives offsets to blocks, lines, cells and citation
marks, and derives sections. Nothing changes the text afterwards.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from exomine.document.model import Block, Box, Cell, CitationMark, Line, Section, Table

__all__ = ["CELL_SEPARATOR", "Built", "DocumentBuilder", "Run"]

#: Between the cells of a table row in ``Document.text``.
CELL_SEPARATOR = " | "
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a block as printed in one place.

    Readers put the spaces between runs themselves (a word broken over two lines is two runs without a space).
    ``labels`` makes the run a citation mark; its text is then what the text shall show ("[3,4]").
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
        for row in table.grid():
            cells = _once(row)
            if not any(c and c.text.strip() for c in cells):
                continue
            for cell, span in zip(cells, self._add_cells(cells, table.table_id), strict=True):
                if cell:
                    placed.setdefault((cell.row, cell.column), span)
        cells_out = tuple(_placed(c, placed) for c in table.cells)
        self._tables.append(dataclasses.replace(table, cells=cells_out))

    def _add_cells(self, cells: Sequence[Cell | None], table_id: str) -> list[tuple[int, int]]:
        """Append a row as a block; the offsets of its cells."""
        runs: list[Run] = []
        spans: list[tuple[int, int]] = []
        offset = self._length + (1 if self._blocks else 0)
        for i, cell in enumerate(cells):
            if i:
                runs.append(Run(CELL_SEPARATOR))
                offset += len(CELL_SEPARATOR)
            shown = _SPACE.sub(" ", cell.text).strip() if cell else ""
            runs.append(Run(shown, cell.page, cell.box) if cell else Run(shown))
            spans.append((offset, offset + len(shown)))
            offset += len(shown)
        self._add_row(runs, table_id)
        return spans

    def finish(self) -> Built:
        """The parts; the builder may not be used afterwards."""
        return Built(
            text="".join(self._parts),
            blocks=tuple(self._blocks),
            lines=tuple(self._lines),
            sections=tuple(_sections(self._blocks)),
            tables=tuple(self._tables),
            citations=tuple(self._marks),
        )

    def _add_row(self, runs: Sequence[Run], table_id: str) -> None:
        """A table row: laid verbatim, so that empty cells keep their separators and offsets stay exact."""
        start = self._length + (1 if self._blocks else 0)
        offset, parts = start, []
        for run in runs:
            parts.append(run.text)
            if run.text:
                self._add_line(run, offset, len(run.text))
            offset += len(run.text)
        if self._blocks:
            self._parts.append("\n")
        self._parts.extend(parts)
        self._length = offset
        self._blocks.append(Block("table_row", start, offset, self._open_sections(), 0, table_id))

    def _add_line(self, run: Run, start: int, length: int) -> None:
        """Note where on a page a stretch of the text is printed, if the reader knows."""
        if run.page is not None and run.box is not None:
            self._lines.append(Line(start, start + length, run.page, run.box))

    def _open_sections(self) -> tuple[str, ...]:
        return tuple(heading for _, heading in self._path)

    def _section(self, kind: str) -> tuple[str, ...]:
        if kind == "title":
            return ()
        path = self._open_sections()
        return path or ("Abstract",) if kind == "abstract" else path

    def _lay(self, runs: Sequence[Run], start: int) -> str:
        """The block's text with single spaces, no spaces at its ends; registers lines and marks on the way."""
        out: list[str] = []
        length = 0
        pending = False
        for run in runs:
            text = _SPACE.sub(" ", run.text)
            core = text.strip(" ")
            pending = pending or text.startswith(" ")
            if not core:
                continue
            if pending and length:
                out.append(" ")
                length += 1
            if run.labels is not None:
                self._marks.append(CitationMark(start + length, start + length + len(core), run.labels))
            self._add_line(run, start + length, len(core))
            out.append(core)
            length += len(core)
            pending = text.endswith(" ")
        return "".join(out)


def _placed(cell: Cell, spans: Mapping[tuple[int, int], tuple[int, int]]) -> Cell:
    """The cell with its offsets; one without text, in a row without any, has none."""
    span = spans.get((cell.row, cell.column))
    return dataclasses.replace(cell, start=span[0], end=span[1]) if span else cell


def _once(row: Sequence[Cell | None]) -> list[Cell | None]:
    """The cells of a grid row, a cell that spans columns once."""
    out: list[Cell | None] = []
    for cell in row:
        if cell is None or not out or out[-1] is not cell:
            out.append(cell)
    return out


def _sections(blocks: Sequence[Block]) -> list[Section]:
    """Sections from headings: each reaches over the blocks that follow under its path, to the next heading not below
    it.
    """
    return [_section_of(blocks, i) for i, block in enumerate(blocks) if block.kind == "heading"]


def _section_of(blocks: Sequence[Block], i: int) -> Section:
    heading = blocks[i]
    last = heading
    for later in blocks[i + 1 :]:
        if later.section[: len(heading.section)] != heading.section:
            break
        if later.kind == "heading" and later.level <= heading.level:
            break
        last = later
    return Section(heading.section, heading.level, heading.start, last.end)
