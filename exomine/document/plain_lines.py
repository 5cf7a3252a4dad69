"""Lines of a plain text and what kind each run of lines is: furniture, caption, heading, text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from exomine.document.plain_forms import CAPTION, FURNITURE, KNOWN, NUMBERED, finished
from exomine.document.plain_furniture import furniture

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

#: Words that end no heading, and verbs that are rare in one.
_LAST_WORD = re.compile(
    r"\b(?:the|a|an|of|and|or|in|on|by|to|for|with|from|at|as|using|via|that|which|is|are|was|were|be|been|has|have|et al\.?)$"
)
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|can|may|could|showed?|shown|reported|found|suggest(?:s|ed)?)\b")


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
    """Whether paragraphs run over several lines: most lines then end without the end of a sentence."""
    filled = [x.strip() for x in lines if x.strip()]
    if len(filled) < 3 or max(map(len, filled)) > 250:
        return False
    follow = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    lengths = sorted(map(len, filled))
    full = 0.6 * lengths[(9 * len(lengths)) // 10 - (len(lengths) < 10)]
    open_ends = sum(not finished(a.strip()) and len(a.strip()) >= full for a, _ in follow)
    return len(follow) >= 2 and open_ends >= 0.4 * len(follow) and median(lengths) > 20


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
    if _LAST_WORD.search(text) or (len(lines[-1]) > 0.8 * width and _VERB.search(text)):
        return False
    if re.search(r"[.,;:\-–]$", lines[-1]) or re.search(r"\[\d[\d,\s–\-]*\]", text):
        return False
    return (
        bool(NUMBERED.match(text) or re.match(r"[A-ZΑ-Ω“‘(]|mi[cC]?ro?R|[a-z]{1,4}R-|p\d\d", text))
        and len(re.findall(r"[^\W\d_]{2,}", text)) >= 1
    )


def chunks(lines: Sequence[str]) -> list[Chunk]:
    """Cut at blank lines, at lines set in by a space, at captions and around headings; label furniture."""
    repeated = _repeated(lines)
    indented = sum(x[:1].isspace() for x in lines if x.strip())
    by_indent = 0 < indented < 0.25 * sum(bool(x.strip()) for x in lines)
    out: list[Chunk] = []
    fresh = True
    carried = furniture(lines)
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
        if caption and (begins or not out or _may_precede_caption(out[-1].last)):
            kind = "table" if caption["kind"].lower() == "table" else "figure"
            out.append(Chunk([text], kind, caption["label"]))
        elif begins or not out:
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
    return _running_heads([part for c in out for part in _split_captions(_split_headings([c]))])


def _may_precede_caption(line: str) -> bool:
    return finished(line) or line.endswith("]")


def _norm(text: str) -> str:
    return re.sub(r"\d+", "#", text.lower())


def _repeated(lines: Sequence[str]) -> set[str]:
    """Short lines that stand alone three times or more: running heads."""
    alone: Counter[str] = Counter()
    for i, line in enumerate(lines):
        text = " ".join(line.split())
        before = i == 0 or not lines[i - 1].strip()
        after = i + 1 == len(lines) or not lines[i + 1].strip()
        alone_there = bool(text) and before and after and len(text) < 100 and not finished(text) and "[" not in text
        if alone_there and len(re.findall(r"[^\W\d_]{2,}", text)) >= 2:
            alone[_norm(text)] += 1
    return {x for x, n in alone.items() if n >= 3}


def _split_headings(parts: list[Chunk]) -> list[Chunk]:
    """A heading glued before or behind text without a blank line stands alone: its line is short and what is before ended."""
    out: list[Chunk] = []
    for chunk in parts:
        lines = chunk.lines
        if chunk.kind == "text" and len(lines) > 1 and lines[0][:1].isupper() and KNOWN.fullmatch(lines[0]):
            out += [Chunk(lines[:1]), Chunk(lines[1:])]
            continue
        if chunk.kind == "text" and len(lines) > 2:
            width = median(map(len, lines))
            if (
                len(lines[-1]) < 0.85 * width
                and finished(lines[-2])
                and looks_like_heading(lines[-1:])
                and not finished(lines[-1])
            ):
                out += [Chunk(lines[:-1]), Chunk(lines[-1:])]
                continue
        out.append(chunk)
    return out


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
        if not chunk.first[:1].isupper() or "[" in chunk.first:
            continue
        before = parts[i - 1].kind == "furniture" if i else False
        after = i + 1 < len(parts) and parts[i + 1].kind == "furniture"
        following = next((p for p in parts[i + 1 :] if p.kind == "text"), None)
        text_goes_on = following is not None and goes_on(following.first)
        open_text = next((p for p in reversed(parts[:i]) if p.kind == "text"), None)
        if text_goes_on and (open_text is None or finished(open_text.last)):
            continue  # it begins the sentence that goes on behind the furniture
        if after or (before and text_goes_on):
            chunk.kind = "furniture"
    return parts
