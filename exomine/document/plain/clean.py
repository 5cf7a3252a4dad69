"""Well-formed text: a paragraph a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice, takewhile

from exomine.document.model import Aside, Cell, Table
from exomine.document.plain.base import BODY_BEGINS, NOTE, TextReader
from exomine.document.plain.forms import BEHIND_REFERENCES, CAPTION, NUMBERED, REFERENCES, finished
from exomine.document.plain.front import is_front, split_title
from exomine.document.plain.furniture import furniture
from exomine.document.plain.lines import goes_on, heading_level, looks_like_heading
from exomine.document.references import find_doi

__all__ = ["CleanReader"]

#: Title, authors and addresses are no more lines than these.
_FRONT_LINES = 6


class CleanReader(TextReader):
    """Reads text whose lines are blocks."""

    def read(self, lines: Sequence[str]) -> None:
        """Every line is a block, but for what a page left in them."""
        carried = furniture(lines)
        self.apart += [Aside(kind, lines[i].strip()) for i, kind in carried.items()]
        filled = [(i, x.strip()) for i, x in enumerate(lines) if x.strip() and i not in carried]
        at = self._front([x for _, x in filled])
        while at < len(filled):
            text = filled[at][1]
            if REFERENCES.fullmatch(text) and at + 1 < len(filled):
                end = self._references_end(filled, at + 1)
                self.add_references([x for _, x in filled[at + 1 : end]])
                at = end
            elif taken := self._table(filled, at):
                at += taken
            else:
                self._line(filled, at)
                at += 1
        self.flush()

    def _front(self, lines: Sequence[str]) -> int:
        """Title and author block; the index of the line behind them."""
        end = self._front_end(lines)
        front = lines[:end]
        notes = [a.text for a in self.apart[:5]]
        self.doi = next((d for d in map(find_doi, [*front, *notes]) if d), "")
        title, others = split_title([x for line in front for x in (line, "")])
        if title:
            self.title = title[0]
            self.builder.add("title", self.title)
        self.apart += [Aside("author_block", x) for x in others if x]
        return end

    def _front_end(self, lines: Sequence[str]) -> int:
        """The line with which the abstract or the body begins."""
        begins = next((k for k, x in enumerate(lines[:20]) if BODY_BEGINS.match(x)), 0)
        bare = next((k for k in range(1, begins) if len(lines[k]) > 250 and finished(lines[k])), None)
        if bare:
            self.kind = "abstract"
            return bare
        if begins or len(lines) <= 2 or not _is_title(lines[0]):
            return begins
        return 1 + len(list(takewhile(is_front, lines[1:_FRONT_LINES])))

    def _references_end(self, filled: Sequence[tuple[int, str]], at: int) -> int:
        """The list goes on to the end, or to the captions and tables that a manuscript has behind it."""
        for k in range(at + 1, len(filled)):
            text = filled[k][1]
            if BEHIND_REFERENCES.fullmatch(text) or CAPTION.fullmatch(text):
                return k
        return len(filled)

    def _line(self, filled: Sequence[tuple[int, str]], at: int) -> None:
        text = filled[at][1]
        if CAPTION.fullmatch(text):
            self.flush()
            self.builder.add("caption", text)
        elif _heads([x for _, x in filled[at : at + 4]]):
            self.heading(text)
        elif NOTE.match(text):
            self.apart.append(Aside("back_matter" if self.kind == "back_matter" else "footnote", text))
        elif self.open and _cut(self.open[-1], text, glued=filled[at][0] == filled[at - 1][0] + 1):
            self.open.append(text)
        else:
            self.flush()
            self.end_abstract(text)
            if text := self.run_in(text):
                self.open = [text]

    def _table(self, filled: Sequence[tuple[int, str]], at: int) -> int:
        """Take a table whose cells are set off by tabs or bars, with the caption above or below it; the lines taken."""
        above = _table_caption(filled, at)
        grid = _grid(filled, at + bool(above))
        if not grid:
            return 0
        taken = len(grid) + bool(above)
        below = None if above else _table_caption(filled, at + taken)
        if below and _grid(filled, at + taken + 1):
            below = None  # the next table's
        self._grid_table(grid, above or below)
        return taken + bool(below)

    def _grid_table(self, grid: list[list[str]], caption: re.Match[str] | None) -> None:
        self.flush()
        self.n_tables += 1
        cells = tuple(
            Cell(r, c, x.strip(), header=r == 0) for r, row in enumerate(grid) for c, x in enumerate(row) if x.strip()
        )
        table_id = f"t{self.n_tables}"
        if caption is None:
            self.builder.add_table(Table(table_id, "", "", cells))
            return
        words = caption["rest"] or caption["bare"] or ""
        self.builder.add_table(Table(table_id, caption["label"], words, cells), caption[0])


def _table_caption(filled: Sequence[tuple[int, str]], at: int) -> re.Match[str] | None:
    """The match of a line that is a table's caption."""
    m = CAPTION.fullmatch(filled[at][1]) if at < len(filled) else None
    return m if m and m["kind"].lower() == "table" else None


def _is_title(line: str) -> bool:
    """Whether the first line of a text is its title."""
    if heading_level(line) != 1 or BODY_BEGINS.match(line) or len(line) >= 250:
        return False
    return looks_like_heading([line], width=250) and not finished(line)


def _heads(lines: Sequence[str]) -> bool:
    """Whether the first of some lines has the form of a heading and what follows the form of text, at most below
    another.
    """
    if len(lines) < 2 or not _may_head(lines[0]):
        return False
    line, after = lines[:2]
    if _is_text_under(line, after):
        return True
    if NUMBERED.match(line):
        return NUMBERED.match(after) is not None or _is_heading_over_text(lines[1:])
    return len(line) < 80 and _is_heading_over_text(lines[1:])


def _is_text_under(heading: str, line: str) -> bool:
    """Whether a line is longer than the heading over it, or ends like a sentence."""
    if len(line) > 1.5 * len(heading) or finished(line):
        return True
    return len(line) > len(heading) and not NUMBERED.match(line)


def _is_heading_over_text(lines: Sequence[str]) -> bool:
    """Whether the first of some lines has the form of a heading, and a paragraph follows."""
    if len(lines) < 2 or not looks_like_heading(lines[:1], width=150):
        return False
    return len(lines[1]) > 100 or finished(lines[1])


def _may_head(line: str) -> bool:
    """Whether a line has the form of a heading of one line."""
    return len(line) <= 150 and not finished(line) and looks_like_heading([line], width=150)


def _cut(before: str, after: str, *, glued: bool) -> bool:
    """Whether a line break cut a sentence: "by Lee et al." and "[9] is"."""
    if not glued or finished(before) or CAPTION.match(after):
        return False
    return goes_on(after) and (len(before) > 40 or before.endswith("al."))


def _grid(filled: Sequence[tuple[int, str]], at: int) -> list[list[str]]:
    """The rows from a place on whose cells are set off by tabs or bars; empty if fewer than two."""
    for mark in ("\t", " | "):
        rows = _rows(islice(filled, at, None), mark)
        if len(rows) > 1:
            return rows
    return []


def _rows(filled: Iterable[tuple[int, str]], mark: str) -> list[list[str]]:
    """The first lines that a mark parts into cells, as many as the first line has."""
    rows: list[list[str]] = []
    for _, text in filled:
        cells = text.split(mark)
        if len(cells) < 2 or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
    return rows
