"""Tables from their regions: columns from the white space between words, rows from rules and distances, spans, headers.

The columns are the stretches of a region that words cover, parted by white that (nearly) no row crosses; a phrase that
crosses it is a cell over several columns. Rows are what rules part; without rules inside, a line whose first column is
empty, or that follows closely where rows stand apart, goes on with the row above it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from exomine.document.hyphens import Vocabulary, join_hyphenated
from exomine.document.model import Box, Cell, Table
from exomine.document.pdf.backends.base import TextLine, Word
from exomine.document.pdf.table_regions import Region, Rule

__all__ = ["continued", "extract_table"]

#: Words of one phrase stand no further apart than this, in font sizes.
PHRASE_GAP = 0.75
#: What stands in a cell as a value: "3.1", "<0.05", "12 (5%)", "x", "+", "—".
_VALUE = re.compile(r"[<>≤≥=±~≈+−–-]?\d[\d.,]*\s?%?(?:\s?\(\d[\d.,]*\s?%?\))?|[xX✓✔+−–—-]")


@dataclass(slots=True)
class _Piece:
    """A phrase on one printed line, in columns ``first`` to ``last``."""

    words: list[Word]
    first: int = 0
    last: int = 0

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(w.x1 for w in self.words)

    @property
    def text(self) -> str:
        return "".join(w.text if w.glued or not i else " " + w.text for i, w in enumerate(self.words))


@dataclass(slots=True)
class _Row:
    """Printed lines that make one row of the table."""

    base: float
    pieces: list[_Piece] = field(default_factory=list)
    header: bool = False


def extract_table(
    region: Region, *, table_id: str, label: str, caption: str, page: int, vocabulary: Vocabulary
) -> Table | None:
    """The table in a region; ``None`` when it has fewer than two columns."""
    printed, inner_notes = _without_notes(_printed_rows(region.lines), region)
    if not printed:
        return None
    inner = region.rules[1:-1]
    header_end = _header_end(region, printed)
    body = [r for r in printed if r.base > header_end]
    columns = _widened(_with_empty(_columns(body or printed, region), [r for r in printed if r.base <= header_end]))
    if len(columns) < 2:
        return None
    for row in printed:
        row.header = row.base <= header_end
        row.pieces = [piece for p in row.pieces for piece in _placed(p, columns)]
    rows = _logical(printed, inner, header_end)
    cells = _cells(rows, page, vocabulary)
    texts = [row.pieces[0].text for row in inner_notes] + [line.text for line in region.notes]
    notes = (_joined(texts, vocabulary),) if texts else ()
    return Table(table_id, label, caption, tuple(cells), page, notes) if cells else None


def _without_notes(rows: list[_Row], region: Region) -> tuple[list[_Row], list[_Row]]:
    """The rows and, apart, lines of running text at the end of the region: notes set inside of the table's frame."""
    wide = 0.5 * (region.box.x1 - region.box.x0)
    cut = len(rows)
    while cut and len(rows[cut - 1].pieces) == 1:
        cut -= 1
    tail = rows[cut:]
    while tail and tail[0].pieces[0].x1 - tail[0].pieces[0].x0 < wide:
        tail = tail[1:]
    return rows[: len(rows) - len(tail)], tail


def _printed_rows(lines: Sequence[TextLine]) -> list[_Row]:
    """Lines on one height as one row of phrases."""
    rows: list[_Row] = []
    for line in sorted(lines, key=lambda x: (x.base, x.x0)):
        if rows and abs(line.base - rows[-1].base) < 0.4 * line.size:
            row = rows[-1]
        else:
            row = _Row(line.base)
            rows.append(row)
        row.pieces.extend(_phrases(line.words))
    for row in rows:
        row.pieces.sort(key=lambda p: p.x0)
    return rows


def _phrases(words: Sequence[Word]) -> Iterable[_Piece]:
    piece: list[Word] = []
    for w in words:
        if piece and w.x0 - piece[-1].x1 > PHRASE_GAP * max(w.size, piece[-1].size):
            yield _Piece(piece)
            piece = []
        piece.append(w)
    if piece:
        yield _Piece(piece)


def _header_end(region: Region, rows: Sequence[_Row]) -> float:
    """The height down to which rows are header: the first wide rule inside of the region that has rows on both sides."""
    width = region.box.x1 - region.box.x0
    for rule in region.rules:
        above = sum(r.base < rule.y for r in rows)
        if rule.x1 - rule.x0 > 0.6 * width and 0 < above <= max(3, 0.4 * len(rows)) and above < len(rows):
            if above == 1 and len(rows[0].pieces) == 1 and len(rows) > 3:
                continue  # a title over all columns, the header proper under it
            return rule.y
    bold = 0
    for row in rows:
        if not all(w.font.bold for p in row.pieces for w in p.words):
            break
        bold += 1
    if 0 < bold < len(rows):
        return rows[bold - 1].base
    return rows[0].base if rows and not region.rules else (rows[0].base if rows else 0.0)


def _columns(rows: Sequence[_Row], region: Region) -> list[tuple[float, float]]:
    """The x ranges of the columns; rows of one phrase that reach over several of the others' columns do not count."""
    many = [row for row in rows if len(row.pieces) > 1]
    if len(many) < 3 or len(many) == len(rows):
        return _covered(rows, region)
    found = _covered(many, region)
    across = {
        id(row)
        for row in rows
        if len(row.pieces) == 1 and sum(row.pieces[0].x0 < b and row.pieces[0].x1 > a for a, b in found) > 1
    }
    return _covered([row for row in rows if id(row) not in across], region)


def _covered(rows: Sequence[_Row], region: Region) -> list[tuple[float, float]]:
    """The x ranges that words cover, parted by white."""
    x0, x1 = int(region.box.x0) - 4, int(region.box.x1) + 5
    cover = [0] * (x1 - x0 + 1)
    wide = 0.55 * (region.box.x1 - region.box.x0)
    for row in rows:
        if len(row.pieces) == 1 and row.pieces[0].x1 - row.pieces[0].x0 > wide:
            continue  # a heading inside of the table, across its columns
        for piece in row.pieces:
            for i in range(max(0, int(piece.x0 + 0.5) - x0), min(len(cover), int(piece.x1 + 0.5) - x0)):
                cover[i] += 1
    size = sum(line.size for line in region.lines) / len(region.lines)
    allowed = int(0.06 * len(rows)) if len(rows) >= 8 else 0
    least = 0.45 * size if len(rows) >= 6 else 0.8 * size
    for x in region.uprights:
        for i in range(int(x) - x0 - 1, int(x) - x0 + 3):
            if 0 <= i < len(cover):
                cover[i] = -1
    spans: list[tuple[float, float]] = []
    start: int | None = None
    white = 0
    for i, n in enumerate([*cover, 0]):
        if n < 0:  # a vertical rule parts columns whatever the white beside it
            white = max(white + 1, int(least) + 1)
        elif n > allowed:
            if start is None:
                start = i
            elif white >= least:
                spans.append((x0 + start, x0 + i - white))
                start = i
            white = 0
        else:
            white += 1
    if start is not None:
        spans.append((x0 + start, x0 + len(cover) + 1 - white))
    return spans


def _with_empty(spans: list[tuple[float, float]], head: Sequence[_Row]) -> list[tuple[float, float]]:
    """The columns and those that have a head but nothing beneath it, between two columns with heads of their own."""
    out = list(spans)
    for row in head[-2:]:
        headed = [any(p.x0 < b + 1 and p.x1 > a - 1 for p in row.pieces) for a, b in spans]
        for piece in row.pieces:
            k = bisect_right(spans, (piece.x0, piece.x1))
            near = headed[max(0, k - 1) : k + 1]
            near += [not (p.x0 < piece.x1 + 3 and p.x1 > piece.x0 - 3) for p in row.pieces if p is not piece]
            if k and all(near) and all(piece.x1 < a - 1 or piece.x0 > b + 1 for a, b in out):
                out.append((piece.x0, piece.x1))
    return sorted(out)


def _widened(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Columns that meet in the middle of the white between them."""
    out = []
    for i, (a, b) in enumerate(spans):
        left = a if not i else (spans[i - 1][1] + a) / 2
        right = b if i + 1 == len(spans) else (b + spans[i + 1][0]) / 2
        out.append((left, right))
    return out


def _placed(piece: _Piece, columns: Sequence[tuple[float, float]]) -> list[_Piece]:
    """The phrase with its columns; one whose words part between columns is cut there."""
    spots = [_column_of((w.x0 + w.x1) / 2, columns) for w in piece.words]
    out: list[_Piece] = []
    for w, spot in zip(piece.words, spots, strict=True):
        if out:
            last = out[-1].words[-1]
            if spot != out[-1].last and w.x0 - last.x1 > 0.55 * w.size and not w.glued:
                out.append(_Piece([w], spot, spot))
                continue
            out[-1].words.append(w)
            out[-1].last = max(out[-1].last, spot)
        else:
            out.append(_Piece([w], spot, spot))
    return out


def _column_of(x: float, columns: Sequence[tuple[float, float]]) -> int:
    for i, (_, right) in enumerate(columns):
        if x <= right:
            return i
    return len(columns) - 1


def _logical(printed: Sequence[_Row], inner: Sequence[Rule], header_end: float) -> list[list[_Row]]:
    """Printed rows grouped into the table's rows."""
    body = [r for r in printed if not r.header]
    head = [r for r in printed if r.header]
    groups = _head_groups(head)
    lines = [r.y for r in inner if r.y > header_end + 1]
    wraps = _wraps(body)
    for i, row in enumerate(body):
        if not i:
            groups.append([row])
            continue
        before = body[i - 1]
        ruled = any(before.base < y < row.base for y in lines)
        all_ruled = len(lines) >= max(2, 0.5 * len(body) - 1)
        goes_on = not ruled and (all_ruled or wraps[i])
        if goes_on:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _head_groups(head: Sequence[_Row]) -> list[list[_Row]]:
    """Header lines as one row, or as two where a cell over several columns stands above others."""
    if not head:
        return []
    over = [i for i, row in enumerate(head) if any(p.last > p.first for p in row.pieces)]
    if over and over[-1] + 1 < len(head):
        return [list(head[: over[-1] + 1]), list(head[over[-1] + 1 :])]
    return [list(head)]


def _wraps(rows: Sequence[_Row]) -> list[bool]:
    """For each printed row whether it goes on with the row above it.

    Several readings compete: rows begin where the first column has text; rows stand apart by more than the least distance
    of printed rows; by more than the distance of lines inside of cells; by more than what is common. The one with the most
    rows that are filled well wins: joined too much they are few, joined too little they have holes.
    """
    n = len(rows)
    if n < 2:
        return [False] * n
    steps = [0.0, *(b.base - a.base for a, b in pairwise(rows))]
    spots = [{k for p in r.pieces for k in range(p.first, p.last + 1)} for r in rows]
    pitch = _pitch(rows)
    common = sorted(steps[1:])[(n - 1) // 4]
    bounds = (1.18 * min(steps[1:]), 1.18 * pitch, 1.4 * common)
    readings = [[i > 0 and steps[i] < bound for i in range(n)] for bound in bounds]
    size = max(w.size for r in rows for p in r.pieces for w in p.words)
    least = min((step for step in steps[1:] if step > 0.95 * size), default=pitch)
    least = least if least < 0.8 * pitch else pitch
    filled = sorted(len(s) for s in spots)
    columns = filled[-1] if len(filled) else 1
    if sum(step < 0.8 * pitch for step in steps[1:]) < 0.25 * n:  # else cells are centred in the height of their rows
        readings.insert(0, _by_first_column(rows, steps))
        columns = filled[(3 * n) // 4]  # what a row fills, some columns being mostly empty
    again = [i > 0 and _repeats_values(rows[i - 1], rows[i]) for i in range(n)]
    readings = [[w and not a for w, a in zip(wraps, again, strict=True)] for wraps in readings]
    return max(
        readings, key=lambda wraps: (_fullness(wraps, spots, columns) - _misfit(wraps, steps, least), -sum(wraps))
    )


def _misfit(wraps: Sequence[bool], steps: Sequence[float], pitch: float) -> float:
    """A penalty for rows that begin as close to the line above as lines inside of cells are, where most rows stand apart."""
    begins = [step for goes_on, step in zip(wraps[1:], steps[1:], strict=True) if not goes_on]
    close = sum(step < 1.18 * pitch for step in begins)
    apart = len(begins) - close
    return 2.0 * close if apart >= 2 and close < 0.5 * apart else 0.0


def _repeats_values(before: _Row, row: _Row) -> bool:
    """Whether two columns or more hold a value (a number, a tick) in both rows: values do not go on over lines."""
    above = {p.first for p in before.pieces if _VALUE.fullmatch(p.text)}
    return len(above & {p.first for p in row.pieces if _VALUE.fullmatch(p.text)}) >= 2


def _fullness(wraps: Sequence[bool], spots: Sequence[set[int]], columns: int) -> float:
    """The number of rows that fill most columns, less a part of those that do not."""
    need = max(2, 0.6 * columns)
    groups: list[set[int]] = []
    for goes_on, spot in zip(wraps, spots, strict=True):
        if goes_on and groups:
            groups[-1] = groups[-1] | spot
        else:
            groups.append(set(spot))
    full = sum(len(g) >= need for g in groups)
    return full - 0.3 * (len(groups) - full)


def _by_first_column(rows: Sequence[_Row], steps: Sequence[float]) -> list[bool]:
    tight = min(steps[1:])
    first = [any(p.first == 0 for p in r.pieces) for r in rows]
    out = [False]
    for i in range(1, len(rows)):
        if not first[i]:
            out.append(steps[i] < 1.6 * tight or not any(first[i:]))
        else:
            out.append(_continues(rows[i - 1], rows[i]))
    return out


def _pitch(rows: Sequence[_Row]) -> float:
    """The distance of lines inside of cells: a low one of those between neighbours in one column."""
    steps: list[float] = []
    last: dict[int, float] = {}
    for row in rows:
        for piece in row.pieces:
            if piece.first in last and row.base - last[piece.first] > 0.8 * piece.words[0].size:
                steps.append(row.base - last[piece.first])
            last[piece.first] = row.base
    return sorted(steps)[len(steps) // 5] if steps else 12.0


def _continues(before: _Row, row: _Row) -> bool:
    """Whether the only text of a row, in its first column, goes on with the first column above: a word cut, or small letters."""
    if len(row.pieces) > 1:
        return False
    above = [p.text for p in before.pieces if p.first == 0]
    text = row.pieces[0].text
    if not above:
        return False
    open_bracket = above[-1].count("(") > above[-1].count(")")
    return open_bracket or above[-1].endswith(("-", ",", " and", " of")) or text[:1].islower() or text[:1] == "("


def _cells(groups: Sequence[Sequence[_Row]], page: int, vocabulary: Vocabulary) -> list[Cell]:
    cells: list[Cell] = []
    for r, group in enumerate(groups):
        spots: dict[int, list[_Piece]] = {}
        for row in group:
            for piece in row.pieces:
                spots.setdefault(piece.first, []).append(piece)
        for c in sorted(spots):
            pieces = spots[c]
            last = max(p.last for p in pieces)
            last = min([last, *(k - 1 for k in spots if k > c)])
            words = [w for p in pieces for w in p.words]
            box = Box(
                min(w.x0 for w in words), min(w.y0 for w in words), max(w.x1 for w in words), max(w.y1 for w in words)
            )
            text = _joined([p.text for p in pieces], vocabulary)
            cells.append(Cell(r, c, text, 1, max(1, last - c + 1), group[0].header, page, box))
    return cells


def _joined(parts: Sequence[str], vocabulary: Vocabulary) -> str:
    text = ""
    for part in parts:
        if not text:
            text = part
            continue
        join = join_hyphenated(text, part, vocabulary=vocabulary)
        text = join.left + join.glue + part
    return text


def continued(first: Table, rest: Table) -> Table:
    """One table from two parts of it on different pages; header rows that are repeated are left out."""
    heads = {(c.column, c.text) for c in first.cells if c.header}
    repeated = {c.row for c in rest.cells if c.header and (c.column, c.text) in heads}
    drop = {r for r in repeated if all((c.column, c.text) in heads for c in rest.cells if c.row == r)}
    keep = sorted({c.row for c in rest.cells} - drop)
    row_of = {r: first.n_rows + i for i, r in enumerate(keep)}
    more = tuple(
        Cell(row_of[c.row], c.column, c.text, c.row_span, c.column_span, c.header, c.page, c.box)
        for c in rest.cells
        if c.row in row_of
    )
    return Table(
        first.table_id, first.label, first.caption, first.cells + more, first.page, first.footnotes + rest.footnotes
    )
