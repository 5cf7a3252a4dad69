"""Flattened tables that keep their cells apart: by columns of spaces, by bars, or by a line for each cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from exomine.document.plain.columns import shape
from exomine.document.plain.forms import CAPTION

__all__ = ["cell_per_line", "split_bars", "with_bars"]

_BAR = " | "
_GAP = re.compile(r"(?<=\S)(?:\s{2,}|\t)(?=\S)")
_MOST_COLUMNS = 9
#: The end of a cell that goes on: "lung,", "inter-", "growth and".
_OPEN_END = re.compile(r"(?:[,;\-(/]|\b(?:and|or|of|with|to|the))$")
#: A cell that begins small ("cells of"), and names that do ("miR-21", "circRNA").
_SMALL_WORD = re.compile(r"[a-z]{2,}\b(?!-?\d)")
_SMALL_NAME = re.compile(r"mi[rR]|let|lnc|circ")


def with_bars(lines: Sequence[str]) -> list[str]:
    """Lines in which a table below or above a caption whose columns are set off by spaces has a line a row, cells by
    bars.
    """
    out = list(lines)
    at = 0
    while at < len(out):
        caption = CAPTION.match(" ".join(out[at].split()))
        laid = _laid_table(out, at) if caption and caption["kind"].lower() == "table" else None
        if laid:
            start, end, rows = laid
            out[start:end] = [_BAR.join(row) for row in rows]
            at = start + len(rows)
        else:
            at += 1
    return out


def _laid_table(lines: Sequence[str], caption: int) -> tuple[int, int, list[list[str]]] | None:
    """First line, end and rows of the table with columns set off by spaces that begins close to a caption."""
    start = next((k for k in range(caption + 1, min(caption + 6, len(lines))) if _GAP.search(lines[k].strip())), None)
    if start is None:
        return None
    end = _laid_end(lines, start)
    rows = _laid_rows(lines[start:end]) if end - start >= 3 else []
    return (start, end, rows) if rows else None


def _laid_end(lines: Sequence[str], start: int) -> int:
    """Where lines with columns end; a line with one cell goes on with its row if it is set in or followed by more of
    them.
    """
    end = start
    blank = 0
    for k in range(start, len(lines)):
        line = lines[k]
        if not line.strip():
            blank += 1
            if blank > 2:
                break
        elif _GAP.search(line.strip()):
            end, blank = k + 1, 0
        elif blank > 1 or _is_text(line):
            break
        elif blank == 0 and line[:1].isspace():
            end = k + 1
    return end


def _is_text(line: str) -> bool:
    """Whether a line without columns is no cell of a table: a caption, or long and not set in."""
    if CAPTION.match(line.strip()):
        return True
    return len(line) > 45 and not line[:3].isspace()


def _laid_rows(lines: Sequence[str]) -> list[list[str]]:
    """Rows of cells by the places where columns begin; a line without a first cell, or in lower case, continues its
    row.
    """
    filled = [x.expandtabs() for x in lines if x.strip()]
    columns = _laid_columns(filled)
    if not 2 <= len(columns) <= _MOST_COLUMNS:
        return []
    rows: list[list[str]] = []
    for line in filled:
        cells = _laid_cells(line, columns)
        if rows and (not cells[0] or _continues(rows[-1], cells)):
            rows[-1] = [_joined(a, b) for a, b in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    return rows if len(rows) > 1 else []


def _laid_columns(lines: Sequence[str]) -> list[int]:
    """The places at which words of many lines begin; of places close by the first one."""
    starts = Counter(start for line in lines for start, _ in _pieces(line))
    common = sorted(s for s, n in starts.items() if n >= max(2, 0.4 * len(lines)))
    return [s for before, s in zip([-9, *common], common, strict=False) if s - before > 2]


def _laid_cells(line: str, columns: Sequence[int]) -> list[str]:
    """The cells of a line: each piece goes to the last column that begins before it."""
    cells = [""] * len(columns)
    for start, text in _pieces(line):
        column = max(0, bisect_right(columns, start + 2) - 1)
        cells[column] = f"{cells[column]} {text}".strip()
    return cells


def _continues(row: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether the cells of a line carry on those of the row above: an open end, a lower-case start, or too few of
    them.
    """
    if _OPEN_END.search(row[0]) or (_SMALL_WORD.match(cells[0]) and not _SMALL_NAME.match(cells[0])):
        return True
    return len(cells) > 2 and sum(map(bool, cells)) == 1 and sum(map(bool, row)) > 2


def _joined(before: str, after: str) -> str:
    if re.search(r"[a-z]-$", before) and after[:1].islower():
        return before[:-1] + after
    return f"{before} {after}".strip()


def _pieces(line: str) -> list[tuple[int, str]]:
    """The stretches of a line that wide gaps part, each with the place at which it begins."""
    out = []
    at = len(line) - len(line.lstrip())
    for m in [*_GAP.finditer(line), None]:
        end = m.start() if m else len(line)
        if line[at:end].strip():
            out.append((at, line[at:end].strip()))
        at = m.end() if m else end
    return out


def split_bars(lines: Sequence[str]) -> list[list[str]]:
    """The rows of lines whose cells are set off by bars; empty unless all are of one length."""
    rows = [[c.strip() for c in x.split("|")] for x in lines if x.strip()]
    if len(rows) < 2 or len(rows[0]) < 2:
        return []
    return rows if all(len(row) == len(rows[0]) for row in rows) else []


_COLUMN_NAME = re.compile(
    r"\b(?:mi-?rnas?|mirs?|micrornas?|rnas?|cargo(?:s|es)?|cancers?|tumou?rs?|types?|drugs?|agents?"
    r"|therap\w+|effects?|functions?|targets?|"
    r"genes?|proteins?|mechanisms?|pathways?|roles?|sources?|samples?|origins?|cells?|lines?|expression"
    r"|levels?|outcomes?|names?|"
    r"refs?|references?|stud(?:y|ies)|authors?|years?|models?|diseases?|resistance|regulation|use|exosom\w+"
    r"|vesicles?)\b",
    re.I,
)


def cell_per_line(cells: Sequence[str]) -> list[list[str]]:
    """The rows of a table whose cells follow one another, a line each; empty where no number of columns fits.

    The number of columns divides that of the cells, the first row names columns, and what a column holds is alike.
    """
    if len(cells) < 6 or sum(len(x.split()) for x in cells) > 6 * len(cells):
        return []
    best: tuple[float, list[list[str]]] = (0.0, [])
    for width in range(2, _MOST_COLUMNS + 1):
        if len(cells) % width or len(cells) < 3 * width:
            continue
        rows = [list(cells[i : i + width]) for i in range(0, len(cells), width)]
        named, alike = _named(rows[0]), _alike_columns(rows[1:])
        if named >= 0.6 and alike >= 0.7 and named + alike > best[0]:
            best = (named + alike, rows)
    return best[1]


def _named(header: Sequence[str]) -> float:
    """The share of a row's cells that name a column."""
    return sum(_COLUMN_NAME.search(x) is not None and len(x.split()) < 6 for x in header) / len(header)


def _alike_columns(rows: Sequence[Sequence[str]]) -> float:
    """How alike the cells of a column are, as a mean over the columns."""
    columns = list(zip(*rows, strict=True))
    return sum(_alike(column) for column in columns) / len(columns)


def _alike(column: Sequence[str]) -> float:
    """The share of a column's commonest form."""
    forms = Counter(re.sub("symbol|capital", "name", shape(x.split()[0])) for x in column if x.strip())
    brackets = Counter(x[:1] in "[(" for x in column)
    return min(max(forms.values(), default=0), brackets.most_common(1)[0][1]) / len(column)
