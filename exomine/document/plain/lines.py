"""Lines of a plain text and what kind each run of lines is: furniture, caption, heading, text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise
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
]


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


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether paragraphs run over several lines: most lines then end without the end of a sentence, or many go on in the next."""
    filled = [x.strip() for x in lines if x.strip()]
    lengths = sorted(map(len, filled))
    if len(filled) < 3 or lengths[(95 * len(lengths)) // 100 - (len(lengths) < 20)] > 250:
        return False
    follow = [(a.strip(), b.strip()) for a, b in pairwise(lines) if a.strip() and b.strip()]
    cut = sum(not finished(a) and re.match(r"[a-z]{2,}[\s,;.)]", b) is not None for a, b in follow)
    if cut >= 4 and cut >= 0.2 * len(follow):
        return True
    full = 0.6 * lengths[(9 * len(lengths)) // 10 - (len(lengths) < 10)]
    open_ends = sum(not finished(a) and len(a) >= full for a, _ in follow)
    wrapped = len(follow) >= 2 and open_ends >= 0.4 * len(follow) and median(lengths) > 20
    return wrapped and lengths[-1] <= 250


def continues(before: str, after: str) -> bool:
    """Whether a paragraph that ends with the line ``before`` goes on with the line ``after`` over a break between them."""
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
    """Whether one to three lines have the form of a heading: short, without end, beginning with a capital or a number."""
    text = " ".join(lines)
    if KNOWN.fullmatch(text):
        return True
    if len(lines) > 3 or len(text) > 180 or any(len(x) > width * 1.4 for x in lines):
        return False
    if LAST_WORD.search(text) or (len(lines[-1]) > 0.8 * width and VERB.search(text)):
        return False
    if re.search(r"[.,;:\-–]$", lines[-1]) or re.search(r"\[\d[\d,\s–\-]*\]", text):
        return False
    return (
        bool(NUMBERED.match(text) or re.match(r"[A-ZΑ-Ω“‘(]|mi[cC]?ro?R|[a-z]{1,4}R-|p\d\d", text))
        and len(re.findall(r"[^\W\d_]{2,}", text)) >= 1
    )


_KEYWORDS = re.compile(r"(?:Key\s?words?|KEY\s?WORDS?|Abstract|ABSTRACT|Summary|SUMMARY)\s*[:–—]\s")


def chunks(lines: Sequence[str]) -> list[Chunk]:
    """Cut at blank lines, at lines set in by a space, at captions and around headings; label furniture."""
    indented = sum(x[:1].isspace() for x in lines if x.strip())
    by_indent = 0 < indented < 0.25 * sum(bool(x.strip()) for x in lines)
    out: list[Chunk] = []
    fresh = True
    carried = furniture(lines)
    repeated = _repeated(lines, carried)
    for i, line in enumerate(lines):
        text = " ".join(line.split())
        if not text:
            fresh = True
            continue
        if i in carried:
            out.append(Chunk([text], "furniture"))
            fresh = True
            continue
        caption = CAPTION.match(text)
        begins = fresh or (by_indent and line[:1].isspace()) or "\f" in line
        if caption and (begins or not out or _may_precede_caption(out[-1].last, caption)):
            kind = "table" if caption["kind"].lower() == "table" else "figure"
            out.append(Chunk([text], kind, caption["label"]))
        elif begins or not out or _KEYWORDS.match(text):
            out.append(Chunk([text]))
        else:
            out[-1].lines.append(text)
        fresh = False
    for chunk in out:
        if (
            chunk.kind == "text"
            and len(chunk.lines) == 1
            and (FURNITURE.fullmatch(chunk.first) or _norm(chunk.first) in repeated)
        ):
            chunk.kind = "furniture"
    return _running_heads([part for c in out for part in _split_lists(_split_headings(_split_captions([c])))])


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
    for k, i in enumerate(filled):
        text = " ".join(lines[i].split())
        before, after = filled[k - 1] if k else -2, filled[k + 1] if k + 1 < len(filled) else len(lines) + 1
        alone_there = before < i - 1 and after > i + 1 and len(text) < 100 and not finished(text) and "[" not in text
        if alone_there and len(re.findall(r"[^\W\d_]{2,}", text)) >= 2:
            alone[_norm(text)] += 1
            cuts = (
                after < len(lines)
                and before >= 0
                and not finished(lines[before].strip())
                and goes_on(lines[after].strip())
            )
            placed[_norm(text)] += cuts or before in carried or after in carried
    return {x for x, n in alone.items() if n >= 3 and placed[x] >= n / 3}


def _split_headings(parts: list[Chunk]) -> list[Chunk]:
    """A heading glued before, behind or between text without a blank line stands alone."""
    out: list[Chunk] = []
    for chunk in parts:
        at = 0
        lines = chunk.lines
        if chunk.kind == "text" and len(lines) > 1:
            width = median(map(len, lines))
            for j in range(len(lines)):
                if _glued_heading(lines, j, width, begins=j == at):
                    out += [Chunk(lines[at:j])] if j > at else []
                    out.append(Chunk([lines[j]]))
                    at = j + 1
        if at == 0:
            out.append(chunk)
        elif at < len(lines):
            out.append(Chunk(lines[at:]))
    return out


def _glued_heading(lines: Sequence[str], j: int, width: float, *, begins: bool) -> bool:
    """Whether a line inside a chunk is a heading: by its words, or shorter than its column between two sentences."""
    line = lines[j]
    before, after = "" if begins else lines[j - 1], lines[j + 1] if j + 1 < len(lines) else ""
    if KNOWN.fullmatch(line) and re.match(r"[A-Z\d]", line) and not line.endswith("."):
        short = len(line) < 0.6 * width and not re.search(r"[-,]$", before) and not LAST_WORD.search(before)
        return not before or finished(before) or len(before) < 0.7 * width or short
    if finished(line) or len(line) >= 0.85 * width or not looks_like_heading([line]) or goes_on(after):
        return False
    if is_front(line):
        return False
    if j + 1 == len(lines):
        return len(lines) > 2 and finished(before)
    if NUMBERED.match(line) and (not before or finished(before)) and re.match(r"[A-Z\d]", after):
        return True
    full = sum(len(x) >= 0.8 * width for x in lines)
    set_off = (not before and len(lines) > 3) or (bool(before) and finished(before))
    return set_off and len(line) < 0.7 * width and full >= 0.7 * len(lines) and any(map(finished, lines[j:]))


def _split_lists(parts: list[Chunk]) -> list[Chunk]:
    """Every item of a list is a chunk: lines that begin with a bullet, or with numbers that count up from 1."""
    out: list[Chunk] = []
    for chunk in parts:
        starts = _item_starts(chunk.lines) if chunk.kind == "text" else []
        bounds = [0, *(x for x in starts if x), len(chunk.lines)]
        out += [Chunk(chunk.lines[a:b]) for a, b in pairwise(bounds)] if len(bounds) > 2 else [chunk]
    return out


def _item_starts(lines: Sequence[str]) -> list[int]:
    bullets = [j for j, x in enumerate(lines) if re.match(r"[•●▪◦‣·○■□➢✓❖\uf0b7\uf0a7]\s*\S", x)]
    dashes = [j for j, x in enumerate(lines) if re.match(r"[-–—*o]\s+\S", x)]
    if bullets or (dashes and dashes[0] == 0):
        return bullets or dashes
    starts: list[int] = []
    for j, line in enumerate(lines):
        m = re.match(r"\(?(\d{1,2})[.)]\s+\S", line)
        if m and int(m[1]) == len(starts) + 1 and (starts or j == 0):
            starts.append(j)
    return starts if len(starts) > 1 else []


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
    for i in range(len(lines) - 1):
        rest = [len(x) for x in lines[i + 1 :]]
        other = max(rest) < 0.7 * len(lines[0])
        if finished(lines[i]) and (
            lines[i + 1][:1].islower() or (other and len(lines[i]) < 0.97 * len(lines[0])) or (other and i == 0)
        ):
            return i + 1
    return 0


def _running_heads(parts: list[Chunk]) -> list[Chunk]:
    """A single line without an end beside furniture is a running head; behind it only if no paragraph begins there."""
    for i, chunk in enumerate(parts):
        if chunk.kind != "text" or len(chunk.lines) > 1 or finished(chunk.first) or len(chunk.first) > 100:
            continue
        if (
            len(chunk.first) < 10
            or not chunk.first[:1].isupper()
            or "[" in chunk.first
            or re.search(r"[-,]$", chunk.first)
        ):
            continue
        before = parts[i - 1].kind == "furniture" if i else False
        after = i + 1 < len(parts) and parts[i + 1].kind == "furniture"
        following = next((p for p in parts[i + 1 :] if p.kind == "text"), None)
        text_goes_on = following is not None and goes_on(following.first)
        open_text = next((p for p in reversed(parts[:i]) if p.kind == "text"), None)
        headed = open_text is not None and len(open_text.lines) == 1 and looks_like_heading(open_text.lines)
        if text_goes_on and (open_text is None or headed or finished(open_text.last)):
            continue  # it begins the sentence that goes on behind the furniture
        if after or (before and text_goes_on):
            chunk.kind = "furniture"
    return parts
