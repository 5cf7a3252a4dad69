"""Where sentences begin: a rule over words, which leaves to the network only what the words leave open.

A sentence begins only behind a sentence's end (. ! ? with what closes behind it, and citation marks) or where a block
begins, and behind one it nearly always does. What the rule says of a place depends on the words of the sentence before it
and the first two of the one that may begin, on nothing else: so a sentence is cut the same way in whatever company.
Of CRAFT's 14,800 sentences that begin inside a line, 14 do so without a sentence's end before them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from exomine.nlp.sentence_words import (
    BEFORE_NAMES,
    CLOSERS,
    LOWER_STARTERS,
    NEVER,
    OPENERS,
    SOMETIMES,
    STARTERS,
    STOPS,
    TITLED,
)

__all__ = ["borders"]

#: What is said of a place: a sentence begins, none does, or (None) the network decides.
Border = bool | None

_NUMBER = re.compile(r"\d{1,3}[a-h]?")
_BETWEEN = re.compile(r"[,;&‐‑‒–—−\-]")
#: A raised citation mark that the text runs into the word: "cells.12 The", "PTEN.3 In".
_RAISED = re.compile(r"([^\W\d_]{3,}|[A-Z0-9]*[A-Z]{2}[A-Z0-9]*|.*[)\]%])\.\d{1,3}")
_INITIAL = re.compile(r"[A-Z]\.|(?:[A-Z]\.){2,}")
#: The number of an item, no sentence: "1. Isolation of vesicles", "2.3. Transfer", "b. Western blot".
_ITEM = re.compile(r"\d{1,2}(?:\.\d{1,2})*|[A-Za-z]|[ivx]{1,4}")
_NAME = re.compile(r"[a-z]+[A-Z0-9]|[α-ω]")
_PREFIX = re.compile(r"[a-z]{1,5}")
#: Names in lower case that a sentence may begin with right behind the stop of the one before.
_GLUED_NAMES = frozenset({"miR", "miRNA", "lncRNA", "circRNA", "siRNA", "mRNA", "let"})
_DASH = re.compile(r"[‐‑‒–−\-]")
#: A citation mark has no more words than this, nor are there more closing signs side by side.
_LONGEST_MARK = 24
#: Marks side by side ("[1][2][3]") have no more words than this together: numbers that run on are no marks.
_LONGEST_MARKS = 96
#: A name in lower case begins within so many prefixes with dashes: "pri-miR-21", "anti-pre-miR-21".
_MOST_PREFIXES = 4


def borders(words: Sequence[str], spaced: Sequence[bool], known: Sequence[Border]) -> list[Border]:
    """For each word True (a sentence begins), False (none does) or None (open); the first word is always True.

    ``spaced[i]``: white space stands before word i. ``known``: what is certain already; it is kept.
    """
    found: list[Border] = []
    begin = 0
    for i in range(len(words)):
        said = known[i] if i else True
        if said is None:
            said = _border(words, spaced, begin, i)
        found.append(said)
        if said:
            begin = i
    return found


def _border(words: Sequence[str], spaced: Sequence[bool], begin: int, i: int) -> Border:
    """What is said of word ``i``; the sentence before begins at ``begin`` at the earliest."""
    at, marked = _before_marks(words, spaced, begin, i - 1)
    stop, closed = _before_closers(words, begin, at)
    word = words[stop]
    if word not in STOPS and not word.endswith(".") and not _RAISED.fullmatch(word):
        return False
    if stop == begin or _is_mark_next(words, i):
        return False
    said = _after(words, spaced, begin, stop, i)
    if not spaced[i]:
        said = said if marked or _begins_glued(words, stop, i) else False
    if closed and said and words[at] in (")", "]") and words[begin] not in ("(", "[") and words[i] not in STARTERS:
        return None
    return said


def _before_marks(words: Sequence[str], spaced: Sequence[bool], begin: int, i: int) -> tuple[int, bool]:
    """The last word up to ``i`` that is no part of citation marks behind a sentence's end, and whether there are marks."""
    at, farthest = i, max(begin, i - _LONGEST_MARKS)
    while at > farthest and (before := _before_mark(words, spaced, begin, at)) < at:
        at = before
    ends = at > begin and (words[at] in STOPS or (words[at] in CLOSERS and words[at - 1] in STOPS))
    raised = _RAISED.fullmatch(words[at]) is not None
    return (at, at < i or raised) if ends or raised else (i, False)


def _before_mark(words: Sequence[str], spaced: Sequence[bool], begin: int, i: int) -> int:
    """The word before a mark that ends with word ``i`` ("[12,13]", glued "(4)", "12–14"); ``i`` where none does."""
    at = i - 1 if words[i] in ("]", ")") else i
    last = at
    while at > max(begin, i - _LONGEST_MARK) and (_NUMBER.fullmatch(words[at]) or _BETWEEN.fullmatch(words[at])):
        at -= 1
    if at == last or not _NUMBER.fullmatch(words[last]):
        return i
    if words[i] == "]":
        return at - 1 if words[at] == "[" and at > begin else i
    if words[i] == ")":
        return at - 1 if words[at] == "(" and at > begin and not spaced[at] else i
    return at if not any(spaced[at + 1 : i + 1]) else i


def _before_closers(words: Sequence[str], begin: int, i: int) -> tuple[int, bool]:
    at, farthest = i, max(begin, i - _LONGEST_MARK)
    while at > farthest and words[at] in CLOSERS:
        at -= 1
    return at, at < i


def _is_mark_next(words: Sequence[str], i: int) -> bool:
    """Whether a mark begins at ``i`` that belongs to the sentence before it: "cells. [13] The", not "cells. [13] found"."""
    if words[i] != "[":
        return False
    at, farthest = i + 1, min(len(words), i + _LONGEST_MARKS)
    while at < farthest and (_NUMBER.fullmatch(words[at]) or _BETWEEN.fullmatch(words[at])):
        at += 1
    if at == i + 1 or at >= len(words) or words[at] != "]":
        return False
    return at + 1 == len(words) or not words[at + 1][0].islower()


def _after(words: Sequence[str], spaced: Sequence[bool], begin: int, stop: int, i: int) -> Border:
    """What is said of word ``i`` behind the sentence's end at word ``stop``, by the word before the stop."""
    word = words[stop]
    if word in ("...", "…"):
        return None if words[i][0].isupper() else False
    if word in ("!", "?"):
        return _can_begin(words, i)
    if _RAISED.fullmatch(word):
        return False if _abbreviated(word.rpartition(".")[0]) else words[i][0].isupper()
    if _INITIAL.fullmatch(word) and word[:-1].lower() not in SOMETIMES:
        return _after_initial(words, begin, stop, i)
    before = word[:-1] if word != "." else words[stop - 1]
    return _after_abbreviation(words, i, before) if _abbreviated(before) else _after_word(words, spaced, begin, stop, i)


def _begins_glued(words: Sequence[str], stop: int, i: int) -> bool:
    """Whether a sentence may begin without white space before it: "tumour growth.The next", "of TGFB2.This"."""
    before, following = words[stop - 1], words[i]
    if words[stop] not in STOPS:
        return False
    if not following[0].isupper():  # "in cells.miR-21 was": the tokeniser parts them before such a name only
        return len(before) > 2 and before.islower() and following.rstrip("s") in _GLUED_NAMES
    return following in STARTERS or before in CLOSERS or (len(before) > 2 and before.islower())


def _in(word: str, known: frozenset[str]) -> bool:
    """Whether a word is known as it stands, or in lower case where only its first letter is a capital."""
    return word in known or (word.istitle() and word.lower() in known)


def _abbreviated(before: str) -> bool:
    return any(_in(before, known) for known in (NEVER, TITLED, SOMETIMES))


def _after_initial(words: Sequence[str], begin: int, stop: int, i: int) -> Border:
    """Behind "E." of "E. coli", "D." of "vitamin D.", "J." of "by J. Ogawa"."""
    if words[i] in STARTERS:
        return True
    before = words[stop - 1] if stop > begin else ""
    if not before.islower() or before in BEFORE_NAMES:
        return False
    return None if words[i][0].isupper() or _is_name(words, i) else False


def _after_abbreviation(words: Sequence[str], i: int, before: str) -> Border:
    short, following = before.lower(), words[i]
    if _in(before, NEVER):
        return False
    if short in TITLED:
        numbered = any(c.isdigit() for c in following)
        if short in ("no", "nos"):
            return False if numbered else _can_begin(words, i)
        return True if following in STARTERS else (False if before[0].isupper() else _can_begin(words, i))
    if following in STARTERS:
        return True
    return None if following[0].isupper() or _is_name(words, i) else False


def _after_word(words: Sequence[str], spaced: Sequence[bool], begin: int, stop: int, i: int) -> Border:
    before = words[stop - 1]
    item = _ITEM.fullmatch(before) is not None
    if item and (stop - 1 == begin or words[stop - 2] in STOPS or (words[stop - 2] in (";", ":") and spaced[stop - 1])):
        return False
    if words[i][0].isdigit() and before.isdigit():
        return None if spaced[i] else False  # decimals that were torn apart: "P = 0. 05"
    said = _can_begin(words, i)
    if said is None and item and not before.isdigit():
        return False  # "the worm c. elegans"
    return None if said and words[i][0].isdigit() and len(before) < 4 and before.isalpha() else said


def _can_begin(words: Sequence[str], i: int) -> Border:
    """Whether a word can begin a sentence: yes, no, or perhaps."""
    word = words[i]
    if word in OPENERS:
        inner = words[i + 1] if i + 1 < len(words) else ""
        return True if inner[:1].isupper() or inner[:1].isdigit() or _ITEM.fullmatch(inner) else None
    if word[0].isupper() or word[0].isdigit() or _is_name(words, i):
        return True
    if word[0].isalpha():
        return None
    return False if word in CLOSERS or word in STOPS or word in (",", ";", ":") or _DASH.fullmatch(word) else None


def _is_name(words: Sequence[str], i: int) -> bool:
    """Whether a word in lower case is a name that keeps it: "miR", "lncRNAs", "p53", "mTOR", "α", "let" of "let-7"."""
    for at in range(i, min(len(words), i + 2 * _MOST_PREFIXES), 2):
        word = words[at]
        if _NAME.match(word) or word.lower().rstrip("s") in LOWER_STARTERS:
            return True
        if at > i and (word[0].isupper() or word[0].isdigit()):
            return True
        if not _PREFIX.fullmatch(word) or at + 2 >= len(words) or not _DASH.fullmatch(words[at + 1]):
            return False
    return False
