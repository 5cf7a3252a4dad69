"""Lines of a plain text and what kind each run of lines is: furniture, caption, heading, text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from statistics import median

from exomine.document.plain.forms import CAPTION, FURNITURE, KNOWN, LAST_WORD, NUMBERED, VERB, finished
from exomine.document.plain.front import is_front
from exomine.document.plain.furniture import furniture

__all__ = [
    "Chunk",
    "chunks",
    "continues",
    "goes_on",
    "heading_level",
    "is_wrapped",
    "known_heading",
    "looks_like_heading",
    "text_lines",
]

#: Lines of hard-wrapped text are not longer.
_LONGEST_LINE = 250
_WORD = re.compile(r"[^\W\d_]{2,}")
_CAPITAL_OR_DIGIT = re.compile(r"[A-Z\d]")
#: How the rest of a sentence begins: "which ", "cells,".
_SMALL_WORD = re.compile(r"[a-z]{2,}[\s,;.)]")
#: Line ends that no heading has.
_OPEN_END = re.compile(r"[.,;:\-–]$")
#: "[3, 5-7]" anywhere.
_CITATION = re.compile(r"\[\d[\d,\s–\-]*\]")
#: How a heading begins: with a capital or bracket, or like "microRNAs", "miR-21", "lncR-2", "p53".
_HEADING_BEGIN = re.compile(r"[A-ZΑ-Ω“‘(]|mi[cC]?ro?R|[a-z]{1,4}R-|p\d\d")
#: How the item of a list begins: "• cells", "- cells", "2. cells" or "(2) cells".
_BULLET = re.compile(r"[•●▪◦‣·○■□➢✓❖\uf0b7\uf0a7]\s*\S")
_DASH = re.compile(r"[-–—*o]\s+\S")
_ITEM_NUMBER = re.compile(r"\(?(\d{1,2})[.)]\s+\S")


@dataclass
class Chunk:
    """Lines that stand together. ``kind``: text, table, figure (captions), furniture, heading."""

    lines: list[str]
    kind: str = "text"
    label: str = ""

    @property
    def first(self) -> str:
        return self.lines[0]

    @property
    def last(self) -> str:
        return self.lines[-1]

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    @property
    def is_text(self) -> bool:
        return self.kind == "text"

    @property
    def is_line_of_text(self) -> bool:
        return self.is_text and len(self.lines) == 1


def text_lines(parts: Iterable[Chunk]) -> list[str]:
    """The lines of the chunks that are text."""
    return [line for p in parts if p.is_text for line in p.lines]


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether paragraphs run over several lines: most lines then end without the end of a sentence, or many go on in
    the next.
    """
    stripped = [x.strip() for x in lines]
    lengths = sorted(map(len, filter(None, stripped)))
    if len(lengths) < 3 or _quantile(lengths, 95) > _LONGEST_LINE:
        return False
    follow = [(a, b) for a, b in pairwise(stripped) if a and b]
    cut = sum(_cuts_sentence(a, b) for a, b in follow)
    if cut >= max(4, 0.2 * len(follow)):
        return True
    if len(follow) < 2 or median(lengths) <= 20 or lengths[-1] > _LONGEST_LINE:
        return False
    full = 0.6 * _quantile(lengths, 90)
    long = [a for a, _ in follow if len(a) >= full]
    return len(long) - sum(map(finished, long)) >= 0.4 * len(follow)


def _quantile(lengths: Sequence[int], percent: int) -> int:
    """The length that so many of the sorted lengths do not exceed; of few lengths the longest one is left out."""
    few = len(lengths) * (100 - percent) < 100
    return lengths[(percent * len(lengths)) // 100 - few]


def _cuts_sentence(before: str, after: str) -> bool:
    """Whether a line break cuts a sentence: the next line begins with a small word."""
    return not finished(before) and _SMALL_WORD.match(after) is not None


def continues(before: str, after: str) -> bool:
    """Whether a paragraph that ends with the line ``before`` goes on with the line ``after`` over a break between
    them.
    """
    if re.search(r"[-\u00ad\u2010]$", before) or not finished(before):
        return True
    return re.match(r"[a-z]+[,;.)]?(?:\s|$)", after) is not None


def goes_on(line: str) -> bool:
    """Whether a line can't begin a sentence: "[55]. Others", "which it does"; a name may ("miR-21 is", "p53 is")."""
    return re.match(r"[a-z](?![a-z]{0,3}[-A-Z\d])|[\[\](),;.%]", line) is not None


def known_heading(text: str) -> bool:
    """Whether a text is a heading by its words ("Methods") or its number."""
    return bool(KNOWN.fullmatch(text) or NUMBERED.match(text))


def heading_level(text: str) -> int:
    """1 for an unnumbered heading, else by its number: "2.1 Cargo" is 2."""
    m = NUMBERED.match(text)
    return m["number"].count(".") + 1 if m else 1


def looks_like_heading(lines: Sequence[str], *, width: float = 100.0) -> bool:
    """Whether one to three lines have the form of a heading: short, without end, beginning with a capital or a
    number.
    """
    text = " ".join(lines)
    if KNOWN.fullmatch(text):
        return True
    if len(lines) > 3 or len(text) > 180 or max(map(len, lines)) > width * 1.4:
        return False
    if not (NUMBERED.match(text) or _HEADING_BEGIN.match(text)) or not _WORD.search(text):
        return False
    return not _ends_or_cites(lines[-1], text, width)


def _ends_or_cites(last: str, text: str, width: float) -> bool:
    """Whether lines end as no heading does (a stop, "of", a full line with a verb), or hold a citation."""
    if _OPEN_END.search(last) or LAST_WORD.search(text) or _CITATION.search(text):
        return True
    return len(last) > 0.8 * width and VERB.search(text) is not None


_KEYWORDS = re.compile(r"(?:Key\s?words?|KEY\s?WORDS?|Abstract|ABSTRACT|Summary|SUMMARY)\s*[:–—]\s")


def chunks(lines: Sequence[str]) -> list[Chunk]:
    """Cut at blank lines, at lines set in by a space, at captions and around headings; label furniture."""
    carried = furniture(lines)
    repeated = _repeated(lines, carried)
    out = _cut(lines, carried)
    for chunk in out:
        if chunk.is_line_of_text and _is_furniture(chunk.first, repeated):
            chunk.kind = "furniture"
    return _running_heads(_split_lists(_split_headings(_split_captions(out))))


def _cut(lines: Sequence[str], carried: Container[int]) -> list[Chunk]:
    """Chunks of lines between blank lines, indents, captions and furniture."""
    by_indent = _parts_by_indent(lines)
    out: list[Chunk] = []
    fresh = True
    for i, line in enumerate(lines):
        text = " ".join(line.split())
        if i in carried or not text:
            out += [Chunk([text], "furniture")] if text else []
            fresh = True
            continue
        fresh = fresh or "\f" in line or (by_indent and line[0].isspace())
        _add(out, text, begins=fresh)
        fresh = False
    return out


def _add(out: list[Chunk], text: str, *, begins: bool) -> None:
    """Add a line to the last chunk, or as a chunk of its own where one begins."""
    begins = begins or not out
    if caption := _caption(text, None if begins else out[-1].last):
        out.append(caption)
    elif begins or _KEYWORDS.match(text):
        out.append(Chunk([text]))
    else:
        out[-1].lines.append(text)


def _parts_by_indent(lines: Sequence[str]) -> bool:
    """Whether a space before a line begins a paragraph: some lines have one, most have none."""
    filled = [x for x in lines if x.strip()]
    return 0 < sum(x[:1].isspace() for x in filled) < 0.25 * len(filled)


def _caption(text: str, before: str | None) -> Chunk | None:
    """A caption's first line as a chunk; ``before`` is the line above where nothing parts the two."""
    m = CAPTION.match(text)
    if not m or (before is not None and not _may_precede_caption(before, m)):
        return None
    return Chunk([text], "table" if m["kind"].lower() == "table" else "figure", m["label"])


def _is_furniture(text: str, repeated: Container[str]) -> bool:
    return FURNITURE.fullmatch(text) is not None or _norm(text) in repeated


#: Words before a label that belongs to the sentence: "as shown in / Figure 1."
_LEADS_LABEL = re.compile(r"(?:\b(?:the|in|see|by|from|of|to|on|at|and|or|with|than|as|cf\.?|e\.g\.,?)|[(,;])$", re.I)


def _may_precede_caption(line: str, caption: re.Match[str]) -> bool:
    """Whether a caption may follow a line with no blank line between them, even inside a sentence."""
    titled = caption["rest"] is not None and re.match(r"[A-ZΑ-Ω]", caption["rest"]) is not None
    return finished(line) or line.endswith("]") or (titled and _LEADS_LABEL.search(line) is None)


def _norm(text: str) -> str:
    return re.sub(r"\d+", "#", text.lower())


def _repeated(lines: Sequence[str], carried: Container[int]) -> set[str]:
    """Short lines that stand alone three times or more and cut sentences or stand beside furniture: running heads."""
    alone: Counter[str] = Counter()
    placed: Counter[str] = Counter()
    filled = [i for i, x in enumerate(lines) if x.strip()]
    for before, i, after in zip([-2, *filled], filled, [*filled[1:], len(lines) + 1], strict=False):
        text = " ".join(lines[i].split())
        if before == i - 1 or after == i + 1 or not _may_be_head(text):
            continue
        alone[_norm(text)] += 1
        if before in carried or after in carried or _stands_in_sentence(lines, before, after):
            placed[_norm(text)] += 1
    return {x for x, n in alone.items() if n >= 3 and placed[x] >= n / 3}


def _may_be_head(text: str) -> bool:
    """Whether a line has the form of a running head: short, two words or more, without an end or a citation."""
    if len(text) >= 100 or finished(text) or "[" in text:
        return False
    return len(_WORD.findall(text)) >= 2


def _stands_in_sentence(lines: Sequence[str], before: int, after: int) -> bool:
    """Whether a sentence goes on from one line to the other over what stands between them."""
    if before < 0 or after >= len(lines):
        return False
    return not finished(lines[before].strip()) and goes_on(lines[after].strip())


def _split_headings(parts: list[Chunk]) -> list[Chunk]:
    """A heading glued before, behind or between text without a blank line stands alone."""
    out: list[Chunk] = []
    for chunk in parts:
        out += _around_headings(chunk) if chunk.is_text else [chunk]
    return out


class _Column:
    """The lines of a chunk, with what is asked of all of them for each that may be a heading."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.width = median(map(len, lines))

    @cached_property
    def is_filled(self) -> bool:
        """Whether most lines fill the column."""
        return sum(len(x) >= 0.8 * self.width for x in self.lines) >= 0.7 * len(self.lines)

    @cached_property
    def last_end(self) -> int:
        """The last line that ends a sentence; -1 where none does."""
        return next((j for j in range(len(self.lines) - 1, -1, -1) if finished(self.lines[j])), -1)


def _around_headings(chunk: Chunk) -> list[Chunk]:
    """A chunk of text cut around the headings in it."""
    lines = chunk.lines
    if len(lines) < 2:
        return [chunk]
    out: list[Chunk] = []
    at = 0
    column = _Column(lines)
    for j in range(len(lines)):
        if _glued_heading(column, j, begins=j == at):
            out += [Chunk(lines[at:j]), Chunk([lines[j]])]
            at = j + 1
    return [part for part in (*out, Chunk(lines[at:])) if part.lines] if out else [chunk]


def _glued_heading(column: _Column, j: int, *, begins: bool) -> bool:
    """Whether a line inside a chunk is a heading: by its words, or shorter than its column between two sentences."""
    lines, width = column.lines, column.width
    before = "" if begins else lines[j - 1]
    if _is_known(lines[j]):
        return _lets_begin(before) or len(before) < 0.7 * width or _is_set_off(lines[j], before, width)
    if not _may_be_glued_heading(lines[j], width):
        return False
    if j + 1 == len(lines):
        return len(lines) > 2 and finished(before)
    return _lets_begin(before) and _heads_text(column, j, begins=not before)


def _is_known(line: str) -> bool:
    """Whether a line is a heading by its words, with a capital first and no stop: "Methods", "2 Results"."""
    return not line.endswith(".") and KNOWN.fullmatch(line) is not None and _CAPITAL_OR_DIGIT.match(line) is not None


def _lets_begin(before: str) -> bool:
    """Whether something new may begin behind a line: nothing, or the end of a sentence."""
    return not before or finished(before)


def _heads_text(column: _Column, j: int, *, begins: bool) -> bool:
    """Whether what follows line ``j`` is text under a heading: under a number, or lines that fill the column.

    A sentence must end from the line on.
    """
    lines = column.lines
    after = lines[j + 1]
    if goes_on(after):
        return False
    if NUMBERED.match(lines[j]) and _CAPITAL_OR_DIGIT.match(after):
        return True
    if begins and len(lines) <= 3:
        return False
    return len(lines[j]) < 0.7 * column.width and column.is_filled and column.last_end >= j


def _is_set_off(line: str, before: str, width: float) -> bool:
    """Whether a known heading is much shorter than its column and the line before does not lead to it ("cells and
    the").
    """
    if len(line) >= 0.6 * width:
        return False
    return not re.search(r"[-,]$", before) and not LAST_WORD.search(before)


def _may_be_glued_heading(line: str, width: float) -> bool:
    """Whether a line has the form of a heading, is shorter than its column and names no authors."""
    if finished(line) or len(line) >= 0.85 * width:
        return False
    return looks_like_heading([line]) and not is_front(line)


def _split_lists(parts: list[Chunk]) -> list[Chunk]:
    """Every item of a list is a chunk: lines that begin with a bullet, or with numbers that count up from 1."""
    out: list[Chunk] = []
    for chunk in parts:
        starts = _item_starts(chunk.lines) if chunk.is_text else []
        bounds = [0, *(x for x in starts if x), len(chunk.lines)]
        out += [Chunk(chunk.lines[a:b]) for a, b in pairwise(bounds)] if len(bounds) > 2 else [chunk]
    return out


def _item_starts(lines: Sequence[str]) -> list[int]:
    """The lines with which the items of a list begin; none where there is no list."""
    bullets = [j for j, x in enumerate(lines) if _BULLET.match(x)]
    if bullets:
        return bullets
    dashes = [j for j, x in enumerate(lines) if _DASH.match(x)]
    if dashes and dashes[0] == 0:
        return dashes
    starts = _counted(lines)
    return starts if len(starts) > 1 else []


def _counted(lines: Sequence[str]) -> list[int]:
    """The lines whose numbers count up from 1, the first line being number 1: "1. ", "(2) "."""
    starts: list[int] = []
    for j, line in enumerate(lines):
        m = _ITEM_NUMBER.match(line)
        if m and int(m[1]) == len(starts) + 1 and (starts or j == 0):
            starts.append(j)
    return starts


def _split_captions(parts: list[Chunk]) -> list[Chunk]:
    """A figure's caption ends with the first shorter line that ends a sentence, if what follows is of another width."""
    out: list[Chunk] = []
    for chunk in parts:
        cut = _caption_end(chunk.lines) if chunk.kind == "figure" else 0
        if cut:
            out += [Chunk(chunk.lines[:cut], "figure", chunk.label), Chunk(chunk.lines[cut:])]
        else:
            out.append(chunk)
    return out


def _caption_end(lines: Sequence[str]) -> int:
    """The number of lines of a figure's caption; 0 where it ends with its chunk."""
    longest = [*accumulate(map(len, reversed(lines)), max)][::-1]  # from each line on
    for i, (line, after) in enumerate(pairwise(lines)):
        if finished(line) and (after[:1].islower() or _narrows(lines, i, longest[i + 1])):
            return i + 1
    return 0


def _narrows(lines: Sequence[str], i: int, longest: int) -> bool:
    """Whether the lines behind line ``i``, with at most ``longest`` signs, are much shorter than a caption's, of which
    it is the last."""
    if longest >= 0.7 * len(lines[0]):
        return False
    return i == 0 or len(lines[i]) < 0.97 * len(lines[0])


def _running_heads(parts: list[Chunk]) -> list[Chunk]:
    """A single line without an end beside furniture is a running head; behind it only if no paragraph begins there."""
    following = _next_texts(parts)
    before: Chunk | None = None
    for i, chunk in enumerate(parts):
        if chunk.is_line_of_text and _is_head_like(chunk.first):
            goes_on_behind = _text_goes_on(following[i])
            begins = goes_on_behind and _may_begin(before)  # the sentence that goes on behind the furniture
            if not begins and _stands_beside_furniture(parts, i, goes_on_behind=goes_on_behind):
                chunk.kind = "furniture"
        before = chunk if chunk.is_text else before
    return parts


def _next_texts(parts: Sequence[Chunk]) -> list[Chunk | None]:
    """For each chunk the next one that is text."""
    out: list[Chunk | None] = []
    following: Chunk | None = None
    for chunk in reversed(parts):
        out.append(following)
        following = chunk if chunk.is_text else following
    return out[::-1]


def _stands_beside_furniture(parts: Sequence[Chunk], i: int, *, goes_on_behind: bool) -> bool:
    """Whether furniture follows a line, or stands before it and the sentence goes on behind the line."""
    if i + 1 < len(parts) and parts[i + 1].kind == "furniture":
        return True
    return goes_on_behind and i > 0 and parts[i - 1].kind == "furniture"


def _is_head_like(text: str) -> bool:
    """Whether a line may be a running head: a capital first, of some length, no end of a sentence, no citation."""
    if not 10 <= len(text) <= 100 or not text[:1].isupper():
        return False
    return not finished(text) and "[" not in text and text[-1] not in "-,"


def _text_goes_on(following: Chunk | None) -> bool:
    """Whether the next text can't begin a sentence."""
    return following is not None and goes_on(following.first)


def _may_begin(before: Chunk | None) -> bool:
    """Whether a sentence may begin behind the text before: it ends with one, or is a heading."""
    if before is None or finished(before.last):
        return True
    return len(before.lines) == 1 and looks_like_heading(before.lines)
