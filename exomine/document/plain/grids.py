"""Flattened tables that keep their cells apart: by columns of spaces, by bars, or by a line for each cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from exomine.document.plain.columns import shape
from exomine.document.plain.forms import CAPTION

__all__ = ["cell_per_line", "split_bars", "with_bars"]

_BAR = " | "
_GAP = re.compile(r"(?<=\S)(?:\s{2,}|\t)(?=\S)")
_MOST_COLUMNS = 9


def with_bars(lines: Sequence[str]) -> list[str]:
    """Lines in which a table below or above a caption whose columns are set off by spaces has a line a row, cells by bars."""
    out = list(lines)
    at = 0
    while at < len(out):
        caption = CAPTION.match(" ".join(out[at].split()))
        if caption and caption["kind"].lower() == "table":
            start = next((k for k in range(at + 1, min(at + 6, len(out))) if _GAP.search(out[k].strip())), None)
            end = _laid_end(out, start) if start is not None else 0
            if start is not None and end - start >= 3 and (rows := _laid_rows(out[start:end])):
                out[start:end] = [_BAR.join(row) for row in rows]
                at = start + len(rows)
                continue
        at += 1
    return out


def _laid_end(lines: Sequence[str], start: int) -> int:
    """Where lines with columns end; a line with one cell goes on with its row if it is set in or followed by more of them."""
    end = k = start
    blank = 0
    while k < len(lines):
        line = lines[k]
        if not line.strip():
            blank += 1
        elif _GAP.search(line.strip()):
            end, blank = k + 1, 0
        elif blank > 1 or (not line[:3].isspace() and len(line) > 45) or CAPTION.match(line.strip()):
            break
        elif blank == 0 and line[:1].isspace():
            end = k + 1
        if blank > 2:
            break
        k += 1
    return end


def _laid_rows(lines: Sequence[str]) -> list[list[str]]:
    """Rows of cells by the places where columns begin; a line without a first cell, or in lower case, continues its row."""
    filled = [x.expandtabs() for x in lines if x.strip()]
    starts = Counter(s for x in filled for s in _starts(x))
    columns = sorted(s for s, n in starts.items() if n >= max(2, 0.4 * len(filled)))
    columns = [c for i, c in enumerate(columns) if i == 0 or c - columns[i - 1] > 2]
    if not 2 <= len(columns) <= _MOST_COLUMNS:
        return []
    rows: list[list[str]] = []
    for line in filled:
        cells = [""] * len(columns)
        for start, text in _pieces(line):
            column = max((i for i, c in enumerate(columns) if c <= start + 2), default=0)
            cells[column] = f"{cells[column]} {text}".strip()
        if rows and (not cells[0] or _continues(rows[-1], cells)):
            rows[-1] = [_joined(a, b) for a, b in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    return rows if len(rows) > 1 else []


def _continues(row: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether the cells of a line carry on those of the row above: an open end, a lower-case start, or too few of them."""
    filled = [i for i, x in enumerate(cells) if x]
    if len(row[0]) and re.search(r"(?:[,;\-(/]|\b(?:and|or|of|with|to|the))$", row[0]):
        return True
    small = re.match(r"[a-z]{2,}\b(?!-?\d)", cells[0]) is not None and not re.match(r"mi[rR]|let|lnc|circ", cells[0])
    return small or (len(filled) == 1 and sum(map(bool, row)) > 2 and len(cells) > 2)


def _joined(before: str, after: str) -> str:
    if re.search(r"[a-z]-$", before) and after[:1].islower():
        return before[:-1] + after
    return f"{before} {after}".strip()


def _pieces(line: str) -> list[tuple[int, str]]:
    out = []
    at = len(line) - len(line.lstrip())
    for m in [*_GAP.finditer(line), None]:
        end = m.start() if m else len(line)
        if line[at:end].strip():
            out.append((at, line[at:end].strip()))
        at = m.end() if m else end
    return out


def _starts(line: str) -> list[int]:
    return [start for start, _ in _pieces(line)]


def split_bars(lines: Sequence[str]) -> list[list[str]]:
    """The rows of lines whose cells are set off by bars; empty unless all are of one length."""
    rows = [[c.strip() for c in x.split("|")] for x in lines if x.strip()]
    return rows if len(rows) > 1 and len(rows[0]) > 1 and len({len(r) for r in rows}) == 1 else []


_COLUMN_NAME = re.compile(
    r"\b(?:mi-?rnas?|mirs?|micrornas?|rnas?|cargo(?:s|es)?|cancers?|tumou?rs?|types?|drugs?|agents?|therap\w+|effects?|functions?|targets?|"
    r"genes?|proteins?|mechanisms?|pathways?|roles?|sources?|samples?|origins?|cells?|lines?|expression|levels?|outcomes?|names?|"
    r"refs?|references?|stud(?:y|ies)|authors?|years?|models?|diseases?|resistance|regulation|use|exosom\w+|vesicles?)\b",
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
        named = sum(_COLUMN_NAME.search(x) is not None and len(x.split()) < 6 for x in rows[0]) / width
        alike = sum(_alike([row[c] for row in rows[1:]]) for c in range(width)) / width
        if named >= 0.6 and alike >= 0.7 and named + alike > best[0]:
            best = (named + alike, rows)
    return best[1]


def _alike(column: Sequence[str]) -> float:
    """The share of a column's commonest form."""
    forms = Counter(re.sub("symbol|capital", "name", shape(x.split()[0])) for x in column if x.strip())
    brackets = Counter(x[:1] in "[(" for x in column)
    return min(max(forms.values(), default=0), brackets.most_common(1)[0][1]) / len(column)
