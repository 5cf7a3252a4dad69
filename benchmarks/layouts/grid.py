"""What both typesetters ask of a table: where its cells stand, how wide its columns are, which rows head a section."""

from __future__ import annotations

import re
from dataclasses import dataclass

from article import Block, Cell

NUMBER = re.compile(r"[<>≤≥±~−–-]?\s?\d[\d.,]*.{0,14}")


@dataclass(frozen=True)
class Placed:
    cell: Cell
    row: int
    column: int
    n_columns: int

    @property
    def section(self) -> bool:
        """Whether the cell is a heading inside of the table."""
        return not self.cell.head and self.cell.across >= self.n_columns > 1


def placed(block: Block) -> list[Placed]:
    taken: set[tuple[int, int]] = set()
    out = []
    for r, row in enumerate(block.rows):
        c = 0
        for cell in row:
            while (r, c) in taken:
                c += 1
            across = min(cell.across, max(1, block.columns - c))
            down = min(cell.down, (block.n_head if r < block.n_head else len(block.rows)) - r)
            taken |= {(r + i, c + j) for i in range(down) for j in range(across)}
            out.append(Placed(Cell(cell.runs, across, down, cell.head, cell.align), r, c, block.columns))
            c += across
    return [p for p in out if p.column < block.columns]


def widths(block: Block) -> list[int]:
    """Letters of the longest cell of each column, at most 34, at least those of its longest word."""
    out = [3] * block.columns
    for p in placed(block):
        if p.cell.across == 1:
            words = max((len(w) for w in p.cell.text.split()), default=0)
            out[p.column] = max(out[p.column], min(34, len(p.cell.text)), words)
    return out


def alignment(block: Block, align: str) -> list[str]:
    """left, center or right of each column."""
    body = [p for p in placed(block) if not p.cell.head and p.cell.across == 1]
    out = []
    for c in range(block.columns):
        cells = [p.cell for p in body if p.column == c]
        numbers = sum(NUMBER.fullmatch(x.text.strip()) is not None for x in cells) > 0.6 * len(cells)
        source = max((x.align for x in cells), key=[x.align for x in cells].count, default="left")
        found = {"left": "left", "centre": "center" if c else "left", "number": "right" if numbers and c else "left"}
        out.append(found.get(align, source if source in ("center", "right") else "left"))
    return out


def words_of(raw: str) -> str:
    """The label's letters and number: "Table 1"."""
    return " ".join(raw.strip(" .:").split())
