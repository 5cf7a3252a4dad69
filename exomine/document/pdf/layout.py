"""Words to lines, lines to chunks, chunks in reading order.

The order in which a file draws its text is nearly always right inside a column and often across columns; geometry cuts
lines where they run over a gutter and puts chunks in order where the two disagree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, compress, pairwise

from exomine.document.pdf.backends.base import ASCENT, DESCENT, PageContent, TextLine, Word, box_of
from exomine.document.pdf.backends.symbols import LOST
from exomine.document.pdf.cues import CAPTION
from exomine.document.words import general_words

__all__ = ["Chunk", "chunks_of", "in_reading_order", "lines_of", "make_line"]

#: A wider gap between words than this (in font sizes) may be the gutter between columns.
WIDE_GAP = 1.5
#: Pieces of one line lie no further apart than this.
MERGE_GAP = 4.0
#: Between glyphs of different runs (a change of font, a raised mark) a space is at least this wide.
CROSS_GAP = 0.115
#: A gap narrower than this is no space (in font sizes of the smaller neighbour).
GLUE_GAP = 0.12
SOFT_HYPHEN = "\u00ad"
#: So many single letters are words set apart; the widest gap of letters (font sizes), and how much wider spaces are.
_LETTERS_APART, _WIDEST_LETTER_GAP, _WORD_GAP = 5, 0.8, 1.7
#: So large a part of letters that are set apart may stand in pairs.
_PAIRS = 0.25
#: Raised marks are smaller than this part of the text's size, and stand so far above its baseline.
_RAISED_SIZE, _RAISED_BY = 0.86, 0.35
#: Small capitals are of so much of the size of large ones.
_SMALL_CAPITAL = 0.6, 0.92
#: A longer word with signs in it may hang over its column's edge.
_LONGEST_WORD = 25
#: A line goes on no further down than so many font sizes.
_WIDEST_STEP = 2.6
#: A line is full that ends no further before the next one's end than so many font sizes.
_FULL = 5
#: A caption set in the text's type stands further beneath the text than its lines do, by this factor.
_APART = 1.1
#: So many pieces of a justified line, whose gaps differ by no more than this (font sizes).
_STRETCHED_PIECES, _SAME_GAP = 3, 0.1
_HYPHEN_ENDS = frozenset({"-", "\u2010", SOFT_HYPHEN})
#: Words that stand behind "A" more often than they are the rest of a word with it.
_BEHIND_A = frozenset("new long wide broad cross".split())
#: A capital so many times larger than the text beside it, whose top is no further from the text's (in parts of the
#: capital's size) and whose right edge is no further from its left (an indent may lie between), opens the text.
_DROP_CAP, _DROP_CAP_TOP, _DROP_CAP_GAP = 1.7, 0.25, 2.5


@dataclass(slots=True)
class Chunk:
    """Lines that follow each other in one column without a visible break; ``kind`` is found by the classifier."""

    page: int
    lines: list[TextLine]
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    kind: str = ""
    level: int = 0
    label: str = ""
    order: int = 0
    extra: dict[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def first(self) -> TextLine:
        return self.lines[0]

    @property
    def last(self) -> TextLine:
        return self.lines[-1]

    @property
    def width(self) -> float:
        return self.x1 - self.x0


def make_line(page: int, words: list[Word]) -> TextLine:
    """A line from its words: main font and size are those of most letters."""
    if len(words) == 1:
        w = words[0]
        return TextLine(page, words, w.x0, w.y0, w.x1, w.y1, w.base, w.size, w.font, w.font.bold, w.font.italic)
    weight: dict[tuple[float, str], int] = {}
    total = bold = italic = 0
    x0, x1 = words[0].x0, words[0].x1
    for w in words:
        n = len(w.text)
        key = (w.size, w.font.name)
        weight[key] = weight.get(key, 0) + n
        total += n
        if w.font.bold:
            bold += n
        if w.font.italic:
            italic += n
        if w.x0 < x0:
            x0 = w.x0
        if w.x1 > x1:
            x1 = w.x1
    main = max(weight, key=lambda k: (weight[k], k[0]))
    if (largest := max(weight))[0] * _RAISED_SIZE > main[0] and _are_numbers(words, main[0]):
        main = largest  # a raised mark with nothing but a stop behind it
    elif capitals := _small_capitals(words, main[0]):
        main = capitals
    lead = next(w for w in words if w.size == main[0] and w.font.name == main[1])
    base, size = lead.base, lead.size
    return TextLine(
        page,
        words,
        x0,
        base - ASCENT * size,
        x1,
        base + DESCENT * size,
        base,
        size,
        lead.font,
        bold=bold * 10 >= total * 8,
        italic=italic * 10 >= total * 8,
    )


def _small_capitals(words: Sequence[Word], size: float) -> tuple[float, str] | None:
    """Size and font of the large letters where the words of a size are small capitals: "OIL RED" in two sizes."""
    large = {(a.size, a.font.name) for a, b in pairwise(words) if _opens_small_capitals(a, b, size)}
    if not large or any(c.islower() for w in words for c in w.text):
        return None
    return max(large)


def _opens_small_capitals(capital: Word, rest: Word, size: float) -> bool:
    """Whether a capital (or a word of them) stands right before smaller ones on one line: the rest of its word, or the
    next."""
    if rest.size != size or not rest.text[:1].isupper() or rest.font != capital.font:
        return False
    if not any(c.isupper() for c in capital.text) or abs(rest.base - capital.base) > 0.05 * size:
        return False
    # products: a damaged file may have letters without a size
    return _SMALL_CAPITAL[0] * capital.size < size < _SMALL_CAPITAL[1] * capital.size


def _are_numbers(words: Iterable[Word], size: float) -> bool:
    """Whether the words of a size are digits and signs."""
    return not any(c.isalpha() for w in words if w.size == size for c in w.text)


def lines_of(page: PageContent) -> list[TextLine]:
    """The page's lines in drawing order, cut at gutters."""
    runs = _stream_runs(page.words)
    edges = _left_edges(runs)
    runs = _cut(runs, edges)
    runs = _merged(runs, edges, _columns(runs, edges))
    out = []
    for run in runs:
        run.sort(key=lambda w: w.x0)
        _glue(run)
        _show_hyphens(run)
        if run[0].text == LOST and len(run) > 1 and not run[1].glued:
            run[0].text = "•"  # an unknown sign by itself before a line's text is a bullet
        out.append(make_line(page.number, run))
    return _with_lone_marks(_with_small_capitals(_with_drop_caps(_collect_scraps(out))))


def _with_small_capitals(lines: list[TextLine]) -> list[TextLine]:
    """The lines; one of small capitals alone that goes on with a line of both sizes has the size of that."""
    for above, line in pairwise(lines):
        small = line.size < above.size and line.font == above.font and line.text.isupper()
        if small and line.base - above.base < _WIDEST_STEP * above.size and _small_capitals(above.words, line.size):
            line.size = above.size
            line.y0, line.y1 = line.base - ASCENT * line.size, line.base + DESCENT * line.size
    return lines


def _with_drop_caps(lines: list[TextLine]) -> list[TextLine]:
    """The lines, each large capital that was drawn by itself put before the line that it opens."""
    gone: set[int] = set()
    for i, line in enumerate(lines):
        if len(line.words) == 1 and len(line.text) == 1 and line.text.isupper():
            opened = min((x for x in lines if _opens(line, x)), key=lambda x: x.base, default=None)
            if opened is not None:
                _take_in(opened, line)
                gone.add(i)
    return [line for i, line in enumerate(lines) if i not in gone]


def _opens(capital: TextLine, line: TextLine) -> bool:
    """Whether a line of several words begins close beside a large capital, at its height, with more of its paragraph
    beneath."""
    if capital.size <= _DROP_CAP * line.size or len(line.words) < 3:
        return False
    if not -0.3 * line.size < line.x0 - capital.x1 < _DROP_CAP_GAP * line.size:
        return False
    return abs(line.y0 - capital.y0) < _DROP_CAP_TOP * capital.size and line.base < capital.base + 0.3 * line.size


def _with_lone_marks(lines: list[TextLine]) -> list[TextLine]:
    """The lines; a raised number that has a paragraph's last line to itself is set as the line above it is."""
    for above, line in pairwise(lines):
        if _is_lone_mark(above, line):
            line.size, line.font = above.size, above.font
            line.base += _RAISED_BY * above.size
            line.y0, line.y1 = line.base - ASCENT * line.size, line.base + DESCENT * line.size
    return lines


def _is_lone_mark(above: TextLine, line: TextLine) -> bool:
    """Whether a line holds nothing but small figures that follow a line of text drawn right before it, at its left
    edge."""
    if line.size >= _RAISED_SIZE * above.size or len(above.words) < 4 or len(line.words) > 4:
        return False
    if not line.text[:1].isdigit() or any(c.isalpha() for c in line.text) or not _is_prose_end(above.words[-1].text):
        return False
    step = line.base + _RAISED_BY * above.size - above.base
    return 0.8 * above.size < step < _WIDEST_STEP * above.size and -3 * above.size < line.x0 - above.x0 < 1.5


def _is_prose_end(word: str) -> bool:
    """Whether a word may be cited for at a line's end: it ends with small letters or a stop."""
    return word[-1:] in ".,;)" or word[-1:].islower()


def _stream_runs(words: Sequence[Word]) -> list[list[Word]]:
    """Words that follow each other on one baseline (raised and lowered ones included)."""
    runs: list[list[Word]] = []
    run: list[Word] = []
    base = size = right = 0.0
    for w in words:
        if run and _on_line(w, base, size) and -0.6 * size < w.x0 - right <= WIDE_GAP * size:
            run.append(w)
            if w.size > 1.15 * size:
                base, size = w.base, w.size
            right = max(right, w.x1)
            continue
        run = [w]
        runs.append(run)
        base, size, right = w.base, w.size, w.x1
    return runs


def _on_line(w: Word, base: float, size: float) -> bool:
    """Whether a word stands on a line's baseline: a small one may be raised or lowered, a larger one is as the line
    to it.
    """
    off = w.base - base
    big = max(w.size, size)
    if abs(w.size - size) <= 0.12 * big:
        return abs(off) <= (0.45 if len(w.text) <= 3 else 0.22) * big
    if w.size < size:
        return -0.75 * size <= off <= 0.35 * size
    return -0.35 * w.size <= off <= 0.75 * w.size


def _left_edges(runs: Iterable[list[Word]]) -> set[int]:
    """x positions (whole points) at which many lines begin: the left edges of columns."""
    starts: Counter[int] = Counter()
    n = 0
    for run in runs:
        if len(run) >= 3:
            starts[round(run[0].x0)] += 1
            n += 1
    least = max(5, n * 0.12)
    return {x for x in starts if starts[x - 1] + starts[x] + starts[x + 1] >= least}


def _cut(runs: list[list[Word]], edges: set[int]) -> list[list[Word]]:
    """Runs cut where a word behind a visible gap begins at the left edge of a column."""
    out = []
    for run in runs:
        start = 0
        for i in range(1, len(run)):
            if _begins_column(run[i - 1], run[i], edges) and run[i].x0 > run[start].x0 + 60:
                out.append(run[start:i])
                start = i
        out.append(run[start:] if start else run)
    return out


def _begins_column(before: Word, w: Word, edges: set[int]) -> bool:
    """Whether a word stands at the left edge of a column, a gap before it."""
    return w.x0 - before.x1 > 0.85 * w.size and round(w.x0) in edges


def _columns(runs: Iterable[list[Word]], edges: set[int]) -> dict[int, float]:
    """Left edge of each column -> where most of its lines end."""
    ends: dict[int, Counter[int]] = {}
    for run in runs:
        left = round(run[0].x0)
        if left in edges and len(run) >= 4:
            ends.setdefault(left, Counter())[round(run[-1].x1)] += 1
    return {left: float(c.most_common(1)[0][0]) for left, c in ends.items() if c.most_common(1)[0][1] >= 3}


def _is_stretched(last: list[Word], run: list[Word], columns: dict[int, float]) -> bool:
    """Whether two pieces fill a column from edge to edge: a justified line of few words."""
    left = max((x for x in columns if x <= last[0].x0 + 1), default=None)
    if left is None or last[0].x0 - left > 30:
        return False
    return abs(run[-1].x1 - columns[left]) < 1.5


def _merged(runs: list[list[Word]], edges: set[int], columns: dict[int, float]) -> list[list[Word]]:
    """Neighbours in drawing order that are pieces of one line put together again (wide word spaces, tabs)."""
    out: list[list[Word]] = []
    for run in _joined_where_stretched(runs, columns):
        if out and _are_one_line(out[-1], run, edges, columns):
            out[-1].extend(run)
        else:
            out.append(run)
    return out


def _joined_where_stretched(runs: list[list[Word]], columns: dict[int, float]) -> list[list[Word]]:
    """Three pieces and more that lie equally far apart from edge to edge of a column put together: a justified line."""
    out: list[list[Word]] = []
    at = 0
    while at < len(runs):
        end = _end_of_stretched(runs, at)
        if end - at >= _STRETCHED_PIECES and _is_stretched(runs[at], runs[end - 1], columns):
            out.append([w for run in runs[at:end] for w in run])
            at = end
        else:
            out.append(runs[at])
            at += 1
    return out


def _end_of_stretched(runs: Sequence[list[Word]], at: int) -> int:
    """Where pieces on one baseline that lie equally far apart end."""
    first = runs[at][0]
    gap = 0.0
    end = at + 1
    while end < len(runs):
        before, w = runs[end - 1][-1], runs[end][0]
        step = w.x0 - before.x1
        if step <= 0 or abs(w.base - first.base) > 0.5 or abs(w.size - first.size) > 0.1:
            break
        if gap and abs(step - gap) > _SAME_GAP * w.size:
            break
        gap = gap or step
        end += 1
    return end


def _are_one_line(last: list[Word], run: list[Word], edges: set[int], columns: dict[int, float]) -> bool:
    """Whether a run goes on with the line before it: on its baseline, in its size, over no gutter."""
    w, before = run[0], last[-1]
    gap = w.x0 - before.x1
    if not -0.6 * w.size < gap < 15 * w.size or _begins_column(before, w, edges):
        return False
    if abs(w.base - before.base) >= 0.15 * w.size or abs(w.size - before.size) >= 0.1 * w.size:
        return False
    if gap < WIDE_GAP * 1.4 * w.size:
        return True
    return (len(last) <= 2 and gap < MERGE_GAP * w.size) or _is_stretched(last, run, columns)


def _glue(run: list[Word]) -> None:
    """Settle which words have no space before them."""
    run[0].glued = False
    for before, w in pairwise(run):
        w.glued = _is_glued(before, w)
    _close_letters(run)


def _close_letters(run: Sequence[Word]) -> None:
    """Put words together whose letters are set apart ("R E S U L T S"): their spaces are far wider than the gaps of
    their letters, and a number may stand before them."""
    first = int(not run[0].text.isalpha())
    letters = run[first:]
    if len(letters) < _LETTERS_APART or not _are_set_apart([w.text for w in letters]):
        return
    gaps = sorted(w.x0 - before.x1 for before, w in pairwise(letters))
    usual = gaps[len(gaps) // 2]
    if not 0 < usual < _WIDEST_LETTER_GAP * run[first].size:
        return
    for before, w in pairwise(letters):
        w.glued = w.x0 - before.x1 < _WORD_GAP * usual


def _are_set_apart(parts: Sequence[str]) -> bool:
    """Whether parts of words are single letters, or capitals of which a few pairs stand close ("LT")."""
    if any(not (x.isalpha() or x in "’'&,") for x in parts):
        return False
    pairs = [x for x in parts if len(x) > 1]
    return len(pairs) <= _PAIRS * len(parts) and all(len(x) == 2 and x.isupper() for x in pairs)


def _show_hyphens(run: list[Word]) -> None:
    """Soft hyphens that are printed within a line are hyphens: fonts map the sign of both to either."""
    for w in run:
        if SOFT_HYPHEN in w.text:
            cut = w is run[-1] and w.text.endswith(SOFT_HYPHEN)
            w.text = w.text.replace(SOFT_HYPHEN, "-")
            if cut:
                w.text = w.text[:-1] + SOFT_HYPHEN


def _is_glued(before: Word, w: Word) -> bool:
    """Whether no space stands between two neighbours on a line."""
    if _is_drop_cap(before, w):
        return before.text not in "AI" or _is_torn_word(before.text, w.text)
    gap = w.x0 - before.x1
    small = min(w.size, before.size)
    if w.order == before.order + 1:
        return w.glued and gap < CROSS_GAP * small
    return gap < GLUE_GAP * small


def _is_torn_word(capital: str, rest: str) -> bool:
    """Whether a large "A" or "I" is the first letter of a word and no word itself: "A|cute", not "A|new"."""
    word = re.split(r"\W", rest.lower())[0]
    return word not in general_words() or (word not in _BEHIND_A and capital.lower() + word in general_words())


def _is_drop_cap(before: Word, w: Word) -> bool:
    """Whether one large capital stands before a word in small letters."""
    if before.size <= _DROP_CAP * w.size or len(before.text) != 1:
        return False
    return before.text.isupper() and w.text[:1].islower()


def _collect_scraps(lines: list[TextLine]) -> list[TextLine]:
    """Short pieces drawn out of turn (raised marks, symbols) moved into the line that they stand in."""
    scraps = [i for i, line in enumerate(lines) if len(line.words) <= 2 and line.width < 6 * line.size]
    if not scraps or len(lines) < 2:
        return lines
    gone: set[int] = set()
    hosts = sorted((line for line in lines if line.width > 60), key=lambda line: line.base)
    for i in scraps:
        host = _host(lines[i], hosts)
        if host is not None and host is not lines[i]:
            _take_in(host, lines[i])
            gone.add(i)
    return [line for i, line in enumerate(lines) if i not in gone]


def _take_in(host: TextLine, scrap: TextLine) -> None:
    host._text = ""
    host.words.extend(scrap.words)
    host.words.sort(key=lambda w: w.x0)
    _glue(host.words)
    host.x0, host.x1 = min(host.x0, scrap.x0), max(host.x1, scrap.x1)


def _host(scrap: TextLine, hosts: Sequence[TextLine]) -> TextLine | None:
    """The line inside of which (between two of its words, or right behind its end) the scrap stands: the nearest in
    height.
    """
    near: list[TextLine] = []
    for line in hosts:
        if line.base > scrap.base + 12:
            break
        if line.base >= scrap.base - 12 and _may_host(line, scrap):
            near.append(line)
    return min(near, key=lambda line: abs(line.base - scrap.base), default=None)


def _may_host(line: TextLine, scrap: TextLine) -> bool:
    """Whether a line has room for a scrap on its height, and the scrap is not larger than the line."""
    if line is scrap or scrap.size > 1.15 * line.size or not _on_line(scrap.words[0], line.base, line.size):
        return False
    if scrap.x0 < line.x0 - 0.3 * line.size or scrap.x0 > line.x1 + 0.3 * line.size:
        return False
    return not any(w.x0 < scrap.x1 - 1.0 and scrap.x0 < w.x1 - 1.0 for w in line.words)


def chunks_of(lines: Sequence[TextLine], pitch: float, fonts: frozenset[str] = frozenset()) -> list[Chunk]:
    """Lines grouped in drawing order.

    ``pitch`` is the usual distance of baselines over the font size; ``fonts`` are the body's, between which and others
    a chunk ends.
    """
    groups: list[list[TextLine]] = []
    for line in lines:
        if groups and _follows(groups[-1], line, pitch, fonts):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [make_chunk(group, i) for i, group in enumerate(groups)]


def make_chunk(lines: list[TextLine], order: int = 0) -> Chunk:
    box = box_of(lines)
    return Chunk(lines[0].page, lines, box.x0, box.y0, box.x1, box.y1, lines[0].size, order=order)


def _follows(group: list[TextLine], line: TextLine, pitch: float, fonts: frozenset[str]) -> bool:
    """Whether a line goes on with a group of lines: in its size and face, close beneath, in the same column."""
    last = group[-1]
    if line.page != last.page or abs(line.size - last.size) > 0.06 * last.size:
        return False
    step = line.base - last.base
    if not 0 < step <= 1.35 * pitch * line.size or _steps_wider(group, step, line.size):
        return False
    if _opens_caption(line) and step > _APART * pitch * line.size and not last.words[-1].font.bold:
        return False
    if not (_same_face(last, line, fonts) or _goes_on_in_caption(group, step, line.size) or _wraps(last, line)):
        return False
    return line.x0 < last.x1 and last.x0 < line.x1


def _wraps(last: TextLine, line: TextLine) -> bool:
    """Whether a heading that runs into its text is cut by the line's end: the next line begins in its type and ends in
    another, and the line is full or ends in a hyphen."""
    end, first = last.words[-1], line.words[0]
    if end.font != first.font or not end.font.emphasised or line.words[-1].font == first.font:
        return False
    if last.text[-1:] in _HYPHEN_ENDS:
        return first.text[:1].islower()
    return last.x1 > line.x1 - _FULL * line.size and last.text[-1:] not in ".:!?"


def _steps_wider(group: list[TextLine], step: float, size: float) -> bool:
    """Whether a step is clearly wider than the one before it."""
    if len(group) < 2:
        return False
    before = group[-1].base - group[-2].base
    return before > 0.5 * size and step > 1.3 * before


def _goes_on_in_caption(group: list[TextLine], step: float, size: float) -> bool:
    """Whether a line follows a caption's line closely: the face changes behind its label."""
    return 0.5 * size < step <= 1.25 * size and _is_caption(group)


def _is_caption(group: list[TextLine]) -> bool:
    """Whether the group begins with a caption's label set apart ("Figure 1." in bold): its face may change later on."""
    first = group[0]
    m = CAPTION.match(first.text)
    return m is not None and (first.words[0].font.bold or bool(m["after"].strip()))


def _opens_caption(line: TextLine) -> bool:
    """Whether a line begins with a label in bold and goes on behind it in another face: "Table 1. Doses"."""
    m = CAPTION.match(line.text) if line.words[0].font.bold else None
    return m is not None and bool(m["after"].strip()) and not line.words[-1].font.bold


def _same_face(last: TextLine, line: TextLine, fonts: frozenset[str]) -> bool:
    """Whether two lines agree in weight, slant and in being set in the body's fonts.

    A line that ends in the body's font is the body's, whatever heading runs into it.
    """
    return _face(last, fonts) == _face(line, fonts)


def _face(line: TextLine, fonts: frozenset[str]) -> tuple[bool, bool, bool]:
    end = line.words[-1].font
    if end.name in fonts and not end.emphasised:
        return False, False, True
    return line.bold, line.italic, line.font.name in fonts or end.name in fonts


def in_reading_order(chunks: list[Chunk], page: PageContent) -> list[Chunk]:
    """Chunks of one page in reading order: drawing order, corrected where the columns contradict it.

    A chunk comes before another when it stands above it in the same column, or left of it with nothing across both
    columns between them (text, a long ruling line, a picture). Ties follow the drawing order.
    """
    if len(chunks) < 2:
        return list(chunks)
    before = _predecessors(chunks, page)
    out: list[Chunk] = []
    left = list(range(len(chunks)))
    done: set[int] = set()
    while left:
        pick = next((i for i in left if before[i] <= done), left[0])
        left.remove(pick)
        done.add(pick)
        out.append(chunks[pick])
    return out


def _predecessors(chunks: list[Chunk], page: PageContent) -> list[set[int]]:
    """For each chunk those that are read before it, as far as geometry tells."""
    chunks = [_without_overhang(c) for c in chunks]
    column = _column_width(chunks)
    wide = [c.width >= 0.35 * column for c in chunks]
    bars = _bars(list(compress(chunks, wide)), page, 1.2 * column)
    spans = _spans(chunks, column)
    before: list[set[int]] = [set() for _ in chunks]
    for (i, a), (j, b) in combinations(enumerate(chunks), 2):
        side = _precedes(a, b) or _across(a, spans[i], b, spans[j])
        if not side and wide[i] and wide[j]:
            side = _beside(a, b, bars)
        if side > 0:
            before[j].add(i)
        elif side < 0:
            before[i].add(j)
    return before


def _without_overhang(chunk: Chunk) -> Chunk:
    """A chunk as wide as its lines are but one whose last word was too long to be broken: an address."""
    if len(chunk.lines) < 2:
        return chunk
    longest = max(chunk.lines, key=lambda line: line.x1)
    right = max(line.x1 for line in chunk.lines if line is not longest)
    over = longest.words[-1].x0 < right < longest.x1 - 2 * chunk.size
    return replace(chunk, x1=right) if over and _is_address(longest.words[-1].text) else chunk


def _is_address(word: str) -> bool:
    """Whether a word is an address or an identifier that no line's end may cut."""
    return len(word) > _LONGEST_WORD and ("/" in word or "." in word or "_" in word)


#: From where to where across the page a chunk reaches.
_Span = tuple[float, float]


def _spans(chunks: Sequence[Chunk], column: float) -> list[_Span | None]:
    """Of each chunk that lies over the gutter of two columns what they span together; None of others."""
    columns = [c for c in chunks if len(c.lines) >= 3 and 0.8 * column <= c.width <= 1.1 * column]
    return [_span_of(c, columns) if c.width > 0.35 * column else None for c in chunks]


def _span_of(chunk: Chunk, columns: Sequence[Chunk]) -> _Span | None:
    """What the columns beneath and above a chunk span, where they are several side by side."""
    mine = [c for c in columns if min(c.x1, chunk.x1) - max(c.x0, chunk.x0) > 0.15 * c.width]
    if not mine or max(c.x0 for c in mine) < min(c.x1 for c in mine):
        return None
    return min(c.x0 for c in mine), max(c.x1 for c in mine)


def _across(a: Chunk, span_a: _Span | None, b: Chunk, span_b: _Span | None) -> int:
    """The order of two chunks one of which lies over a gutter: all of its columns beneath it come after it."""
    if span_a is None and span_b is None:
        return 0
    (a0, a1), (b0, b1) = span_a or (a.x0, a.x1), span_b or (b.x0, b.x1)
    if min(a1, b1) <= max(a0, b0):
        return 0
    return int(a.y1 <= b.y0 + 2) - int(b.y1 <= a.y0 + 2)


def _precedes(a: Chunk, b: Chunk) -> int:
    """1 when ``a`` is read before ``b``, -1 the other way round, 0 when geometry does not tell."""
    overlap = min(a.x1, b.x1) - max(a.x0, b.x0)
    if overlap > 0.3 * min(a.x1 - a.x0, b.x1 - b.x0):
        return _stands_above(a, b) or -_stands_above(b, a)
    if a.y1 > b.y0 and b.y1 > a.y0:
        return 1 if a.x0 < b.x0 else -1
    return 0


def _stands_above(a: Chunk, b: Chunk) -> int:
    """1 when ``a`` ends above ``b``, or begins and ends higher, else 0."""
    return int(a.y1 <= b.y0 + 2 or (a.y0 < b.y0 and a.y1 < b.y1))


def _beside(a: Chunk, b: Chunk, bars: Sequence[tuple[float, float, float]]) -> int:
    """The order of two chunks in columns side by side at different heights."""
    if a.x0 > b.x0:
        return -_beside(b, a, bars)
    if abs(a.size - b.size) > 0.08 * max(a.size, b.size):  # a list of references set below both columns of the body
        return 0
    if a.x1 > b.x0 + 2:
        return 0
    top, bottom = min(a.y1, b.y1) - 2, max(a.y0, b.y0) + 2
    for x0, y, x1 in bars:
        if top <= y <= bottom and x0 < a.x1 - 10 and x1 > b.x0 + 10:
            return 0
    return 1


def _bars(chunks: Sequence[Chunk], page: PageContent, least: float) -> list[tuple[float, float, float]]:
    """What may lie across columns: (x0, y, x1), at least so wide."""
    wide = 0.4 * page.width
    out = [(c.x0, (c.y0 + c.y1) / 2, c.x1) for c in chunks if c.width > least]
    out += [(r.x0, r.y0, r.x1) for r in page.rulings if r.horizontal and r.x1 - r.x0 > wide]
    pictures = (p for p in page.pictures if p.x1 - p.x0 > wide and p.y1 - p.y0 < 0.95 * page.height)
    return [*out, *((p.x0, (p.y0 + p.y1) / 2, p.x1) for p in pictures)]


def _column_width(chunks: Sequence[Chunk]) -> float:
    widths = sorted(c.x1 - c.x0 for c in chunks for _ in c.lines if len(c.lines) >= 3)
    return widths[len(widths) // 2] if widths else 200.0
