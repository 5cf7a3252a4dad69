"""Well-formed text: a paragraph a line."""

from __future__ import annotations

from collections.abc import Sequence

from exomine.document.model import Cell, Table
from exomine.document.plain_base import BODY_BEGINS, Reader
from exomine.document.plain_forms import REFERENCES, finished
from exomine.document.plain_lines import chunks, heading_level, looks_like_heading

__all__ = ["CleanReader"]


class CleanReader(Reader):
    """Reads text whose lines are blocks."""

    def read(self, lines: Sequence[str]) -> None:
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
            self.end_abstract(text)
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


def _is_title(line: str) -> bool:
    """Whether the first line of a text is its title."""
    plain = heading_level(line) == 1 and not BODY_BEGINS.match(line)
    return plain and len(line) < 250 and looks_like_heading([line], width=250) and not finished(line)


def _heads(line: str, after: str) -> bool:
    """Whether a line has the form of a heading and the one after it the form of text."""
    form = len(line) < 150 and looks_like_heading([line]) and not finished(line)
    return form and (len(after) > len(line) or finished(after))


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
