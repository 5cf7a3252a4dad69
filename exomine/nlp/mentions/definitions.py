"""Abbreviation definitions in a text, over character offsets.

The algorithm is Schwartz and Hearst's ("A simple algorithm for identifying abbreviation definitions in biomedical
text", 2003) in the form of scispaCy's AbbreviationDetector, adapted: the short form may hold hyphens, digits and a
slash, its plural s need not be in the long form; the long form may stand inside the brackets; bracketed lists ("(EVs;
exosomes)") are cut at the first separator; and drug codes, whose letters are not those of the name ("cisplatin (DDP)"),
are left to
:mod:`exomine.nlp.mentions.abbreviations`, which knows the entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from exomine.vocabulary.normal import HYPHENS, fold

__all__ = ["Bracket", "Definition", "begins_words", "brackets", "definitions", "long_form_start", "plausible"]

_BRACKET = re.compile(r"[(\[]([^()\[\]\n]{1,150})[)\]]")
_SHORT = re.compile(rf"[A-Za-zα-ωΑ-Ω0-9\U0001d400-\U0001d7ff\uff10-\uff5a][\w{re.escape(HYPHENS)}/.+]{{0,11}}")
_CUT = re.compile(r"[;,:]| or | and |, also | termed | named | hereafter | abbreviated | also ")
_WORD = re.compile(r"\S+")
_OPENING = " \t(["


@dataclass(frozen=True, slots=True, order=True)
class Definition:
    """``text[start:end]`` is the short form, ``text[long_start:long_end]`` the long form that it is defined to mean."""

    start: int
    end: int
    long_start: int
    long_end: int


@dataclass(frozen=True, slots=True)
class Bracket:
    """``text[start:end]`` is what a pair of brackets holds, without them; ``before`` is where the text before them
    ends.
    """

    start: int
    end: int
    before: int


def brackets(text: str) -> Iterator[Bracket]:
    """Bracketed texts without brackets inside, in order."""
    for m in _BRACKET.finditer(text):
        before = len(text[: m.start()].rstrip(" "))
        yield Bracket(m.start(1), m.end(1), before)


def definitions(text: str) -> list[Definition]:
    """All definitions in ``text``, in order of their short forms."""
    found: list[Definition] = []
    for bracket in brackets(text):
        inside = text[bracket.start : bracket.end]
        cut = _CUT.search(inside)
        head = inside[: cut.start()] if cut else inside
        found += _short_inside(text, bracket, head.rstrip()) or _long_inside(text, bracket, head.rstrip())
    return sorted(set(found))


def _short_inside(text: str, bracket: Bracket, head: str) -> list[Definition]:
    """ "castration-resistant prostate cancer (CRPC)"."""
    lead = len(head) - len(head.lstrip(" \"'“‘"))
    short = head[lead:].rstrip(" \"'”’")
    if not is_short_form(short):
        return []
    words = min(len(short) + 5, len(short) * 2)
    line = text.rfind("\n", 0, bracket.before) + 1
    tail = [m.start() for m in _WORD.finditer(text, line, bracket.before)][-words:]
    if not tail:
        return []
    start = long_form_start(short, text[tail[0] : bracket.before])
    if start is None:
        return []
    at = bracket.start + lead
    long_start = tail[0] + start
    if not plausible(short, text[long_start : bracket.before]):
        return []
    return [Definition(at, at + len(short), long_start, bracket.before)]


def _long_inside(text: str, bracket: Bracket, head: str) -> list[Definition]:
    """ "CRPC (castration-resistant prostate cancer)": the short form is the word before the bracket."""
    if " " not in head.strip() and "-" not in head:
        return []
    line = text.rfind("\n", 0, bracket.before) + 1
    before = text[line : bracket.before]
    m = re.search(rf"(?:^|[\s(\[/,])({_SHORT.pattern})$", before)
    if not m or not is_short_form(m[1]) or (m[1].isalpha() and m[1].islower()):  # "a cell (cellid = 94)"
        return []
    long = head.strip()
    start = long_form_start(m[1], long)
    if start != 0 or not plausible(m[1], long):
        return []
    at = bracket.start + head.index(long)
    return [Definition(line + m.start(1), line + m.end(1), at, at + len(long))]


def is_short_form(text: str) -> bool:
    """Two to ten signs, a letter first (or a digit before letters), half of it letters, and not a plain lower-case
    word.
    """
    if not _SHORT.fullmatch(text) or not 2 <= len(text) <= 10:
        return False
    letters = sum(c.isalpha() for c in text)
    if letters * 2 < len(text) or not (text[0].isalpha() or (text[0].isdigit() and letters >= 2)):
        return False
    return not (text.islower() and len(text) > 5) and (text.isupper() or text.lower() not in _NEVER)


#: What stands in brackets behind words and abbreviates nothing.
_NEVER = frozenset(
    [
        "fig",
        "figs",
        "table",
        "see",
        "left",
        "right",
        "top",
        "bottom",
        "and",
        "the",
        "for",
        "vs",
        "ref",
        "refs",
        "eg",
        "ie",
        "data",
        "both",
        "yes",
        "no",
        "not",
        "all",
        "one",
        "two",
        "three",
        "four",
        "min",
        "max",
        "men",
        "women",
        "usa",
        "uk",
    ]
)


def long_form_start(short: str, candidate: str) -> int | None:
    """Where the long form of ``short`` starts in ``candidate``, which ends with it; ``None`` where it is none.

    Best each letter of the short form begins a word of the candidate; else its letters must occur in the candidate in
    order, read from the end, the first one at the beginning of a word. A plural s of the short form need not occur.
    Locants before a chemical's name ("2,6-") belong to it.
    """
    forms = [short]
    if short[-1:] == "s" and len(short) > 2 and short[-2].isupper():
        forms.insert(0, short[:-1])
    for match in (_initials, _match):
        for form in forms:
            start = match(form, candidate)
            if start is not None:
                return start - len(_LOCANT.search(candidate[:start])[0])  # type: ignore[index]
    return None


_LOCANT = re.compile(r"(?:(?<![A-Za-z])[\d,'′()]+-|(?<![A-Za-z])[\d,'′()]*[-\s]?(?:alpha|beta|gamma|[α-ωNOp])-)?$")
_SKIPPED = frozenset("of the and in for a to on with by".split())
_PART = re.compile(r"[A-Za-zα-ω0-9\U0001d400-\U0001d7ff\uff10-\uff5a]+")


def begins_words(short: str, long: str) -> bool:
    """Whether every letter of ``short`` begins a word of ``long``, in order; other words may stand between."""
    initials = iter([_sign(part[0][0]) for part in _PART.finditer(long)])
    signs = [_sign(c) for c in short.rstrip("s") if c.isalpha()]
    return len(signs) > 2 and short.isalpha() and all(sign in initials for sign in signs)


def _sign(letter: str) -> str:
    """A letter as it counts: lower case, a Greek one by the first letter of its name."""
    return fold(letter)[0]


def _initials(short: str, candidate: str) -> int | None:
    """The start when every letter begins a word, or a part of one after a hyphen; small words may stand between."""
    signs = [_sign(c) for c in short if c.isalnum()]
    if len(signs) < 2:
        return None
    at = len(signs) - 1
    for part in reversed(list(_PART.finditer(candidate))):
        initial = _sign(part[0][0])
        if initial == signs[at]:
            if at == 0:
                return part.start()
            at -= 1
        elif part[0].lower() not in _SKIPPED:
            return None
    return None


def _match(short: str, candidate: str) -> int | None:
    signs = [_sign(c) for c in short if c.isalnum()]
    low = "".join(map(_sign, candidate))
    at = len(low)
    for n in range(len(signs) - 1, -1, -1):
        at -= 1
        while at >= 0 and (low[at] != signs[n] or (n == 0 and at > 0 and low[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
    return at


def plausible(short: str, long: str) -> bool:
    """The long form is longer than the short one, does not hold it, and has not many words more than it has signs."""
    words = long.replace("-", " ").split()
    if len(long) <= len(short) or short in words or len(words) > len(short) + 3:
        return False
    return not any(b in long for b in "()[];") or long.count("(") == long.count(")")
