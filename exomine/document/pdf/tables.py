"""Tables from their regions: columns from the white space between words, rows from rules and distances, spans, headers.

The columns are the stretches of a region that words cover, parted by white that (nearly) no row crosses; a phrase that
crosses it is a cell over several columns. Rows are what rules part; without rules inside, a line whose first column is
empty, or that follows closely where rows stand apart, goes on with the row above it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from exomine.document.accents import compose_accents
from exomine.document.hyphens import Vocabulary, join_hyphenated
from exomine.document.model import Cell, Table
from exomine.document.pdf.backends.base import box_of
from exomine.document.pdf.table_area import Region
from exomine.document.pdf.table_heads import VALUE, HeadCell, grow_head, head_cells, header_end, spread
from exomine.document.pdf.table_lists import in_lists
from exomine.document.pdf.table_names import Named, centred_names, take_names
from exomine.document.pdf.table_pieces import PHRASE_GAP, Piece, Row, Span, placed, printed_rows, rejoined
from exomine.document.pdf.table_shades import alternate
from exomine.document.pdf.table_spans import merged_in_grid, over_rows

__all__ = ["extract_table"]

#: Notes inside of a table's frame are no larger part of its rows than this.
_MOST_NOTES = 0.5
#: Ends of a cell's line behind which the cell goes on: "inter-", "lung,", "heart and", "4.1 ±".
_OPEN_ENDS = ("-", "–", "−", "±", "×", "=", "/", ",", " +", " and", " of")
#: How a cell's further line begins where no new cell does, small letters aside.
_GOING_ON = ("(", "±", "+ ")
#: Lines inside of cells stand no further apart than this, in parts of the distance that is usual there.
_CLOSE = 1.18
#: A jump between the distances of lines and of rows is clear from so many parts of the usual distance on.
_CLEAR_JUMP = 0.1
#: In the count of rows that cover a point: a vertical rule.
_UPRIGHT = -1
_NO_END = 10**6
#: A rule over so large a part of a table's width reaches over the whole of it.
_WHOLE = 0.9
#: In a grid so many vertical lines are drawn, and so large a part of those that may stand between its columns.
_FEWEST_UPRIGHTS, _MOST_UPRIGHTS = 2, 0.75
#: Rows at (nearly) the distance at which this many rows surely part do not go on.
_FEWEST_PARTED, _SURE, _FAR = 3, 0.97, 1e9
#: Of so many lines that go on in a single column no larger part may have had room in the line above.
_FEWEST_TOLD, _MOST_WITH_ROOM = 3, 0.4
#: Rows go on where they have no room if so large a part of those that show it do so.
_MOST_OF_SHOWN = 0.7
#: Lines of cells stand at one distance, give or take so much, and rows further apart by so much, so often at least; so
#: large a part of the lines must be the rest of a cell.
_ONE_STEP, _CLEARLY, _FEWEST_STEPS, _NEARLY_ALL = 1.06, 1.3, 2, 0.9
#: Distances tell nothing where they would join a larger part of the rows.
_TELLING = 0.95
#: The space between words, in font sizes, and half of the height of letters.
_SPACE, _HALF = 0.3, 0.3
#: The widest space between words that counts as covered, in font sizes.
_SPACE_BETWEEN = 0.45
#: The number of a list's item, which names no row: "2."
_ITEM_NUMBER = re.compile(r"\d{1,2}[.)]")
#: How a note inside of a table's frame begins: "*p<0.05", "Values expressed as", "a: with", a page's foot.
_NOTE = re.compile(r"[*∗#†‡§¶]|Values? |Data |Abbreviations?\b|Notes?\b|https?://")


def extract_table(
    region: Region, *, table_id: str, label: str, caption: str, page: int, vocabulary: Vocabulary
) -> Table | None:
    """The table in a region; ``None`` when it has no column, or no rules and a single one."""
    printed, inner_notes = _without_notes(printed_rows(region.lines), region)
    if not printed:
        return None
    end = 0.0 if region.headless else header_end(region, printed)
    if alternate(region.bands):
        end = _end_of_shade(printed, region, end)
    for row in printed:
        row.header = row.base <= end
    contents = region.columns = region.columns or _table_columns(printed, region)
    columns = _widened(contents)
    if len(columns) + len(region.rules) < 2:  # a list in a frame is a table of one column
        return None
    for row in printed:
        whole = rejoined(row.pieces, contents)
        row.pieces = [piece for p in whole for piece in placed(p, columns, contents)]
    end = end and grow_head(printed, end)
    spread(printed, columns, region)
    head, n_head = head_cells([row for row in printed if row.header])
    cells = [_head_cell(cell, page, vocabulary) for cell in head]
    centred_names([row for row in printed if not row.header], contents, region.box)
    named = take_names([row for row in printed if not row.header])
    groups = _begun_at(_logical([row for row in printed if row.pieces], region, end), named)
    below = [rule for rule in region.rules if rule.y > end]
    spans = merged_in_grid(groups, region.columns, below) if len(region.uprights) >= _FEWEST_UPRIGHTS else {}
    body = _cells(groups, n_head, page, vocabulary)
    body = [replace(c, row_span=spans.get((c.row - n_head, c.column), 1)) for c in body]
    names = _name_cells(named, groups, n_head, page, vocabulary)
    cells += [*names, *body] if named else over_rows(body, _whole_rules(region, end))
    texts = [row.pieces[0].text for row in inner_notes] + [line.text for line in region.notes]
    notes = (_joined(texts, vocabulary),) if texts else ()
    return Table(table_id, label, caption, tuple(cells), page, notes) if cells else None


def _whole_rules(region: Region, end: float) -> list[float]:
    """The heights of the rules beneath the head that reach over the whole table."""
    return [r.y for r in region.rules if r.y > end and r.width > _WHOLE * (region.box.x1 - region.box.x0)]


def _table_columns(printed: Sequence[Row], region: Region) -> list[Span]:
    """The columns by the rows of the body (all rows where there is none), with those that have nothing but a head."""
    head = [r for r in printed if r.header]
    body = [r for r in printed if not r.header]
    return _with_empty(_columns(body or printed, region), head)


def _without_notes(rows: list[Row], region: Region) -> tuple[list[Row], list[Row]]:
    """The rows and, apart, lines of running text at the end of the region: notes set inside of the table's frame."""
    wide = 0.5 * (region.box.x1 - region.box.x0)
    cut = len(rows)
    while cut and len(rows[cut - 1].pieces) == 1:
        cut -= 1
    tail = rows[cut:]
    while tail and tail[0].pieces[0].width < wide and not _NOTE.match(tail[0].pieces[0].text):
        tail = tail[1:]
    if len(tail) > _MOST_NOTES * len(rows):  # a table of sentences
        return rows, []
    return rows[: len(rows) - len(tail)], tail


def _columns(rows: Sequence[Row], region: Region) -> list[Span]:
    """The x ranges of the columns; rows of one phrase that reach over several of the others' columns, or up to the next
    one, do not count."""
    many = [row for row in rows if len(row.pieces) > 1]
    if len(many) < 3 or len(many) == len(rows):
        return _covered(rows, region)
    found = _covered(many, region)
    whole = _covered([row for row in rows if not _lies_across(row, found)], region)
    return found if len(whole) < len(found) and 2 * len(many) > len(rows) else whole


def _lies_across(row: Row, columns: Sequence[Span]) -> bool:
    """Whether a row is one phrase over several columns."""
    if len(row.pieces) > 1:
        return False
    piece = row.pieces[0]
    return sum(piece.x0 < b and piece.x1 > a for a, b in columns) > 1


def _covered(rows: Sequence[Row], region: Region) -> list[Span]:
    """The x ranges that words cover, parted by white."""
    left = int(region.box.x0) - 4
    cover = _cover(rows, region, left)
    size = sum(line.size for line in region.lines) / len(region.lines)
    allowed = int(0.06 * len(rows)) if len(rows) >= 8 else 0
    least = 0.45 * size if len(rows) >= 6 else 0.65 * size
    return [(left + a, left + b) for a, b in _stretches(cover, allowed, least)]


def _cover(rows: Sequence[Row], region: Region, left: int) -> list[int]:
    """How many rows cover each point from ``left`` on; :data:`_UPRIGHT` at vertical rules."""
    cover = [0] * (int(region.box.x1) + 5 - left + 1)
    wide = 0.55 * (region.box.x1 - region.box.x0)
    for row in rows:
        if len(row.pieces) == 1 and row.pieces[0].width > wide:
            continue  # a heading inside of the table, across its columns
        for x0, x1 in _runs(row):
            for i in range(max(0, int(x0 + 0.5) - left), min(len(cover), int(x1 + 0.5) - left)):
                cover[i] += 1
    for x in region.uprights:
        for i in range(int(x) - left - 1, int(x) - left + 3):
            if 0 <= i < len(cover):
                cover[i] = _UPRIGHT
    return cover


def _runs(row: Row) -> list[Span]:
    """What the words of a row cover, with the spaces between words: columns can stand nearer to each other than the
    words of a phrase may, if they do so in all rows.
    """
    out: list[Span] = []
    for piece in row.pieces:
        for k, w in enumerate(piece.words):
            if k and w.x0 - out[-1][1] <= _SPACE_BETWEEN * w.size:
                out[-1] = (out[-1][0], max(out[-1][1], w.x1))
            else:
                out.append((w.x0, w.x1))
    return out


def _stretches(cover: Sequence[int], allowed: int, least: float) -> list[tuple[int, int]]:
    """Where more rows than ``allowed`` cover the points, parted by white of ``least`` points or a vertical rule."""
    spans: list[tuple[int, int]] = []
    start: int | None = None
    white = 0
    for i, n in enumerate([*cover, 0]):
        if n == _UPRIGHT:  # parts columns whatever the white beside it
            white = max(white + 1, int(least) + 1)
        elif n <= allowed:
            white += 1
        else:
            if start is None:
                start = i
            elif white >= least:
                spans.append((start, i - white))
                start = i
            white = 0
    if start is not None:
        spans.append((start, len(cover) + 1 - white))
    return spans


def _with_empty(spans: list[Span], head: Sequence[Row]) -> list[Span]:
    """The columns and those that have a head but nothing beneath it, between two columns with heads of their own."""
    out = list(spans)
    for row in head[-3:]:
        near = [p for r in head if abs(r.base - row.base) < row.size for p in r.pieces]
        headed = [any(_meets(p, span, 1) for p in near) for span in spans]
        for piece in row.pieces:
            k = bisect_right(spans, (piece.x0, piece.x1))
            if not all(headed[max(0, k - 1) : k + 1]) or _has_neighbour(piece, row):
                continue
            if not any(_touches(piece, span, 1) for span in out):
                out.append((piece.x0, piece.x1))
    return sorted(out)


def _meets(piece: Piece, span: Span, more: float) -> bool:
    """Whether a phrase and a stretch, made wider by some points, have a part in common."""
    return piece.x0 < span[1] + more and piece.x1 > span[0] - more


def _touches(piece: Piece, span: Span, more: float) -> bool:
    """As :func:`_meets`, the ends included."""
    return piece.x0 <= span[1] + more and piece.x1 >= span[0] - more


def _has_neighbour(piece: Piece, row: Row) -> bool:
    """Whether another phrase of the row stands closer to this one than phrases usually do."""
    return any(_meets(p, (piece.x0, piece.x1), PHRASE_GAP * row.size) for p in row.pieces if p is not piece)


def _widened(spans: list[Span]) -> list[Span]:
    """Columns that meet in the middle of the white between them."""
    out = []
    for i, (a, b) in enumerate(spans):
        left = a if not i else (spans[i - 1][1] + a) / 2
        right = b if i + 1 == len(spans) else (b + spans[i + 1][0]) / 2
        out.append((left, right))
    return out


def _logical(printed: Sequence[Row], region: Region, end: float) -> list[list[Row]]:
    """Printed rows of the body grouped into the table's rows."""
    body = [r for r in printed if not r.header]
    groups: list[list[Row]] = []
    lines = [r.y for r in region.rules[1:-1] if r.y > end + 1]
    edges = [y for band in region.bands for y in band if y > end + 1]
    all_ruled = len(lines) >= max(2, 0.5 * len(body) - 1) or _is_grid(body, region, lines)
    all_ruled = all_ruled or _is_shaded(body, region, edges)
    for i, (row, wraps) in enumerate(zip(body, _wraps(body), strict=True)):
        joins = i > 0 and (all_ruled or wraps)
        if joins and not _is_ruled_off(body[i - 1], row, lines) and not _is_shaded_off(body[i - 1], row, edges):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _end_of_shade(printed: Sequence[Row], region: Region, end: float) -> float:
    """The end of the head where it goes on over further lines on one shade."""
    for before, row in pairwise(printed):
        shared = any(top < before.base and row.base < foot for top, foot in region.bands)
        end = row.base if shared and before.base <= end < row.base else end
    return end


def _is_grid(body: Sequence[Row], region: Region, lines: Sequence[float]) -> bool:
    """Whether lines are drawn between (nearly) all columns and between the rows: no row of values follows another one
    without a line between them."""
    if not lines or len(region.uprights) < max(_FEWEST_UPRIGHTS, _MOST_UPRIGHTS * (len(region.columns) - 1)):
        return False
    return not any(_repeats_values(a, b) for a, b in pairwise(body) if not _is_ruled_off(a, b, lines))


def _is_shaded(body: Sequence[Row], region: Region, edges: Sequence[float]) -> bool:
    """Whether shades tell the rows apart: every second one has one, and none goes on over rows of values."""
    within = (_repeats_values(a, b) for a, b in pairwise(body) if not _is_shaded_off(a, b, edges))
    return alternate(region.bands) and not any(within)


def _begun_at(groups: list[list[Row]], named: Sequence[Named]) -> list[list[Row]]:
    """Rows that begin anew where groups with names do."""
    first = {id(group.rows[0]) for group in named}
    out: list[list[Row]] = []
    for group in groups:
        for k, row in enumerate(group):
            if not k or id(row) in first:
                out.append([])
            out[-1].append(row)
    return out


def _name_cells(
    named: Sequence[Named], groups: Sequence[Sequence[Row]], first_row: int, page: int, vocabulary: Vocabulary
) -> list[Cell]:
    place = {id(row): r for r, group in enumerate(groups, first_row) for row in group}
    out: list[Cell] = []
    for group in named:
        top, foot = place[id(group.rows[0])], place[id(group.rows[-1])]
        text = _joined([p.text for p in group.pieces], vocabulary)
        box = box_of([w for p in group.pieces for w in p.words])
        out.append(Cell(top, 0, text, foot - top + 1, 1, False, page, box))
    return out


def _is_ruled_off(before: Row, row: Row, lines: Sequence[float]) -> bool:
    return any(before.base < y < row.base for y in lines)


def _is_shaded_off(before: Row, row: Row, edges: Sequence[float]) -> bool:
    """Whether a shade begins or ends between the middles of two rows; what is lowered may reach into the next one."""
    return any(before.base - _HALF * before.size < y < row.base - _HALF * row.size for y in edges)


def _wraps(rows: Sequence[Row]) -> list[bool]:
    """For each printed row whether it goes on with the row above it.

    Several readings compete: rows begin where the first column has text; rows stand apart by more than the least
    distance of printed rows; by more than the distance of lines inside of cells; by more than what is common. The one
    with the most rows that are filled well wins: joined too much they are few, joined too little they have holes.
    """
    n = len(rows)
    if n < 2:
        return [False] * n
    steps = [0.0, *(b.base - a.base for a, b in pairwise(rows))]
    spots = [{k for p in r.pieces for k in range(p.first, p.last + 1)} for r in rows]
    pitch = _pitch(rows)
    filled = sorted(len(s) for s in spots)
    if filled[-1] <= 1:
        return _by_items(rows, steps, pitch)
    centred = sum(step < 0.8 * pitch for step in steps[1:]) >= 0.25 * n  # cells in the height of their rows
    # what a row fills, some columns being mostly empty
    columns = filled[-1] if centred else filled[(3 * n) // 4]
    sure = _by_clear_steps(rows, steps)
    readings = [sure] if sure else _readings(rows, steps, pitch, centred=centred)
    parted = [[w or m for w, m in zip(r, in_lists(rows), strict=True)] for r in _without_parted(readings, rows)]
    least = _least_step(rows, steps, pitch)

    def score(k: int) -> tuple[float, int]:
        full = _fullness(parted[k], spots, columns) - _misfit(parted[k], steps, least)
        return full - _times_wrong(readings[k], rows), -sum(parted[k])

    return parted[max(range(len(parted)), key=score)]


def _readings(rows: Sequence[Row], steps: Sequence[float], pitch: float, *, centred: bool) -> list[list[bool]]:
    """The ways to join printed rows; where cells are centred in their rows, a first column without text tells
    nothing."""
    readings = _by_distance(rows, steps, pitch)
    if not centred:
        labels = (_by_labels(rows, steps, column) for column in _label_columns(rows))
        return [*labels, *readings, *_by_room(rows)]
    bound = _widest_jump(steps[1:], pitch)
    readings = [*readings, _closer_than(bound, steps)] if bound else readings
    return readings or [[False] * len(rows)]


def _by_room(rows: Sequence[Row]) -> list[list[bool]]:
    """Rows go on where each of their phrases can only be the rest of the one right above it, and one of them shows it:
    a bracket or a word left open, small letters. No reading where many rows show it that do not go on so: their lines
    were cut by hand, or their cells are not set from the top.
    """
    rests = _rests(rows)
    cut = [False, *(any(_is_cut(a, p) for a, p in _in_columns(*pair)) for pair in pairwise(rows))]
    out = [a and b for a, b in zip(rests, cut, strict=True)]
    return [out] if sum(out) > _MOST_OF_SHOWN * sum(cut) else []


def _by_clear_steps(rows: Sequence[Row], steps: Sequence[float]) -> list[bool] | None:
    """Rows that go on at one distance, where all others stand clearly further apart, and nearly all of those that go on
    can only be the rest of what is above them."""
    least = min(steps[1:])
    close = [False, *(step < _ONE_STEP * least for step in steps[1:])]
    apart = [step for step, near in zip(steps[1:], close[1:], strict=True) if not near]
    rests = [rest for rest, near in zip(_rests(rows), close, strict=True) if near]
    if min(len(rests), len(apart)) < _FEWEST_STEPS or min(apart) < _CLEARLY * least:
        return None
    return close if sum(rests) >= _NEARLY_ALL * len(rests) else None


def _rests(rows: Sequence[Row]) -> list[bool]:
    """For each row whether all its phrases can be the rest of those right above them, which had no room for their first
    words."""
    widest = _widest(rows)
    out = [False]
    for above, row in pairwise(rows):
        pairs = _in_columns(above, row)
        out.append(len(pairs) == len(row.pieces) and all(_may_go_on(a, p, widest[a.first]) for a, p in pairs))
    return out


def _in_columns(above: Row, row: Row) -> list[tuple[Piece, Piece]]:
    """The phrases of two rows that stand in one column."""
    over = {p.first: p for p in above.pieces if p.first == p.last}
    return [(over[p.first], p) for p in row.pieces if p.first in over]


def _may_go_on(piece: Piece, following: Piece, width: float) -> bool:
    values = VALUE.fullmatch(piece.text) and VALUE.fullmatch(following.text)
    return following.first == following.last and not values and not _fits_behind(piece, following, width)


def _is_cut(piece: Piece, following: Piece) -> bool:
    """Whether two lines of a column show that the second is the rest of the first."""
    opened = piece.text.endswith(_OPEN_ENDS) or piece.text.count("(") > piece.text.count(")")
    return opened or following.text[:1].islower() or following.text.startswith(_GOING_ON)


def _closer_than(bound: float, steps: Sequence[float]) -> list[bool]:
    return [False, *(step < bound for step in steps[1:])]


def _by_items(rows: Sequence[Row], steps: Sequence[float], pitch: float) -> list[bool]:
    """The rows of a single column: parted by wider steps, else where a line begins with a capital, a number or a
    sign."""
    if bound := _widest_jump(steps[1:], pitch):
        return _closer_than(bound, steps)
    return [False, *("".join(p.text for p in row.pieces)[:1].islower() for row in rows[1:])]


def _by_distance(rows: Sequence[Row], steps: Sequence[float], pitch: float) -> list[list[bool]]:
    """Rows go on where they follow closely: by the least distance, by that inside of cells, by the common one; but
    none at the distance of rows that repeat the values of the one above. Where all do, they tell nothing."""
    common = sorted(steps[1:])[(len(steps) - 1) // 4]
    parted = sorted(step for step, (a, b) in zip(steps[1:], pairwise(rows), strict=True) if _repeats_values(a, b))
    most = _SURE * parted[len(parted) // 2] if len(parted) >= _FEWEST_PARTED else _FAR
    bounds = (_CLOSE * min(steps[1:]), _CLOSE * pitch, 1.4 * common)
    readings = [_closer_than(min(bound, most), steps) for bound in bounds]
    return [wraps for wraps in readings if sum(wraps) < _TELLING * (len(rows) - 1)]


def _widest_jump(steps: Sequence[float], pitch: float) -> float:
    """The middle of the widest jump between distances of lines and of rows, near the usual distance; 0 where none is
    clear."""
    near = sorted(step for step in steps if 0.85 * pitch < step < 1.8 * pitch)
    wide, middle = max(((b - a, (a + b) / 2) for a, b in pairwise(near)), default=(0.0, 0.0))
    return middle if wide > _CLEAR_JUMP * pitch else 0.0


def _without_parted(readings: Sequence[Sequence[bool]], rows: Sequence[Row]) -> list[list[bool]]:
    """The readings without rows that cannot go on: they repeat the values of what stands above, or had room there."""
    widest = _widest(rows)

    def parted(above: Row, row: Row) -> bool:
        return _repeats_values(above, row) or _had_room(above, row, widest)

    return [_without_lone(_cut(wraps, rows, parted), rows, widest) for wraps in readings]


def _times_wrong(wraps: Sequence[bool], rows: Sequence[Row]) -> int:
    """How often a reading joins two rows with values and a line between them."""
    cut = _cut(wraps, rows, _repeats_values)
    steps = zip(wraps[1:], cut[1:], pairwise(rows), strict=True)
    return sum(goes_on and not kept and not _repeats_values(*pair) for goes_on, kept, pair in steps)


def _without_lone(wraps: Sequence[bool], rows: Sequence[Row], widest: dict[int, float]) -> list[bool]:
    """A reading without lines that had room above them in the only column that tells it, where that is so of most:
    a single one may have been cut by hand."""
    told: list[bool] = []

    def had_room(above: Row, row: Row) -> bool:
        room = _had_room_in_one(above, row, widest)
        told.extend([] if room is None else [room])
        return bool(room)

    cut = _cut(wraps, rows, had_room)
    return cut if len(told) >= _FEWEST_TOLD and sum(told) > _MOST_WITH_ROOM * len(told) else list(wraps)


def _cut(wraps: Sequence[bool], rows: Sequence[Row], parted: Callable[[Row, Row], bool]) -> list[bool]:
    """A reading in which rows do not go on that are parted from what stands last above them, column by column."""
    out: list[bool] = []
    above: dict[int, Piece] = {}
    for goes_on, row in zip(wraps, rows, strict=True):
        out.append(goes_on and not parted(Row(row.base, list(above.values())), row))
        own = {p.first: p for p in row.pieces}
        above = above | own if out[-1] else own
    return out


def _widest(rows: Sequence[Row]) -> dict[int, float]:
    """The width of the widest phrase of each column."""
    widths: dict[int, float] = {}
    for piece in (p for r in rows for p in r.pieces if p.first == p.last):
        widths[piece.first] = max(widths.get(piece.first, 0.0), piece.width)
    return widths


def _had_room(before: Row, row: Row, widest: dict[int, float]) -> bool:
    """Whether in two columns or more, and in all that both rows fill, the second row's first word would have fitted
    behind the first row's phrase: cells wrap only where a line is full."""
    above = {p.first: p for p in before.pieces if p.first == p.last}
    pairs = [(above[p.first], p) for p in row.pieces if p.first == p.last and p.first in above]
    columns = {b.first for _, b in pairs}  # the number of a list's item is a phrase of its own in its column
    return len(columns) > 1 and all(_fits_behind(a, b, widest[a.first]) for a, b in pairs)


def _had_room_in_one(before: Row, row: Row, widest: dict[int, float]) -> bool | None:
    """The same of the only column that both rows fill; None where there are several or none."""
    above = {p.first: p for p in before.pieces if p.first == p.last}
    pairs = [(above[p.first], p) for p in row.pieces if p.first == p.last and p.first in above]
    return _fits_behind(*pairs[0], widest[pairs[0][0].first]) if len(pairs) == 1 else None


def _fits_behind(piece: Piece, following: Piece, width: float) -> bool:
    """Whether a line had room for the next one's first word, and does not look cut there by hand."""
    word = following.words[0]
    if piece.text.endswith(_OPEN_ENDS) or following.text[:1].islower() or following.text[:1] == "(":
        return False
    return piece.width + _SPACE * word.size + (word.x1 - word.x0) < width


def _label_columns(rows: Sequence[Row]) -> list[int]:
    """The columns that may name rows: the first, and the second where the first names groups of rows."""
    filled = [{p.first for p in r.pieces} for r in rows]
    grouped = sum(0 in f for f in filled) < 0.5 * len(rows) and sum(1 in f for f in filled) > 0.8 * len(rows)
    listed = any(_ITEM_NUMBER.fullmatch(p.text) for r in rows for p in r.pieces if p.first == 1)
    return [0, 1] if grouped and not listed else [0]


def _least_step(rows: Sequence[Row], steps: Sequence[float], pitch: float) -> float:
    """The least distance of printed rows that do not overlap, where it is clearly less than that inside of cells."""
    size = max(w.size for r in rows for p in r.pieces for w in p.words)
    least = min((step for step in steps[1:] if step > 0.95 * size), default=pitch)
    return least if least < 0.8 * pitch else pitch


def _misfit(wraps: Sequence[bool], steps: Sequence[float], pitch: float) -> float:
    """A penalty for rows that begin as close to the line above as lines inside of cells are, where most rows stand
    apart.
    """
    begins = [step for goes_on, step in zip(wraps[1:], steps[1:], strict=True) if not goes_on]
    close = sum(step < _CLOSE * pitch for step in begins)
    apart = len(begins) - close
    return 2.0 * close if apart >= 2 and close < 0.5 * apart else 0.0


def _repeats_values(before: Row, row: Row) -> bool:
    """Whether two columns or more hold a value (a number, a tick) in both rows: values do not go on over lines."""
    above = {p.first for p in before.pieces if VALUE.fullmatch(p.text)}
    return len(above & {p.first for p in row.pieces if VALUE.fullmatch(p.text)}) >= 2


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


def _by_labels(rows: Sequence[Row], steps: Sequence[float], column: int) -> list[bool]:
    """Rows go on while the column of their names is empty, or holds the rest of a word or phrase."""
    tight = min(steps[1:])
    named = [any(p.first == column for p in r.pieces) for r in rows]
    out = [False]
    for i in range(1, len(rows)):
        if named[i]:
            out.append(_continues(rows[i - 1], rows[i], column) or (steps[i] < 1.1 * tight and _goes_on(rows[i])))
        else:
            out.append(steps[i] < 1.6 * tight or not any(named[i:]))
    return out


def _goes_on(row: Row) -> bool:
    """Whether a row goes on with the one above in its first column and in another one: small letters, no values."""
    small = [p.text[:1].islower() for p in row.pieces]
    return small[0] and sum(small) > 1 and not any(VALUE.fullmatch(p.text) for p in row.pieces)


def _pitch(rows: Sequence[Row]) -> float:
    """The distance of lines inside of cells: a low one of those between neighbours in one column."""
    steps: list[float] = []
    last: dict[int, float] = {}
    for row in rows:
        for piece in row.pieces:
            if piece.first in last and row.base - last[piece.first] > 0.8 * piece.words[0].size:
                steps.append(row.base - last[piece.first])
            last[piece.first] = row.base
    return sorted(steps)[len(steps) // 5] if steps else 12.0


def _continues(before: Row, row: Row, column: int = 0) -> bool:
    """Whether the only text of a row, in the column of names, goes on with that above: a word cut, or small letters."""
    above = [p.text for p in before.pieces if p.first == column]
    if len(row.pieces) > 1 or not above:
        return False
    text = row.pieces[0].text
    if text[:1].islower() or text[:1] == "(":
        return True
    return above[-1].endswith(_OPEN_ENDS) or above[-1].count("(") > above[-1].count(")")


def _head_cell(cell: HeadCell, page: int, vocabulary: Vocabulary) -> Cell:
    text = _joined([p.text for p in cell.pieces], vocabulary)
    box = box_of([w for p in cell.pieces for w in p.words])
    return Cell(cell.row, cell.column, text, cell.row_span, cell.column_span, True, page, box)


def _cells(groups: Sequence[Sequence[Row]], first_row: int, page: int, vocabulary: Vocabulary) -> list[Cell]:
    cells: list[Cell] = []
    for r, group in enumerate(groups, first_row):
        spots: dict[int, list[Piece]] = {}
        for row in group:
            for piece in row.pieces:
                spots.setdefault(piece.first, []).append(piece)
        for c in sorted(spots):
            before_next = min((k - 1 for k in spots if k > c), default=_NO_END)
            last = min(max(p.last for p in spots[c]), before_next)
            text = _joined([p.text for p in spots[c]], vocabulary)
            span = max(1, last - c + 1)
            box = box_of([w for p in spots[c] for w in p.words])
            cells.append(Cell(r, c, text, 1, span, False, page, box))
    return cells


def _joined(parts: Sequence[str], vocabulary: Vocabulary) -> str:
    text = ""
    for part in parts:
        if not text:
            text = part
            continue
        join = join_hyphenated(text, part, vocabulary=vocabulary)
        text = join.left + join.glue + part
    return compose_accents(text)
