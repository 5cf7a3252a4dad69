"""Where sentences begin: a rule over words, which leaves to the network only what the words leave open.

A sentence begins only behind a sentence's end (. ! ? with what closes behind it, and citation marks) or where a block
begins, and behind one it nearly always does. What the rule says of a place depends on the words of the sentence before
it and the first two of the one that may begin, on nothing else: so a sentence is cut the same way in whatever company.
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
_DIGIT = re.compile(r"\d")
_OPENING, _CLOSING = ("(", "["), (")", "]")
#: Signs that no sentence begins with.
_NEVER_FIRST = {*CLOSERS, *STOPS, *",;:", *"‐‑‒–−-"}
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
    if stop == begin or not _can_end(words[stop]) or _is_mark_next(words, i):
        return False
    said = _after(words, spaced, begin, stop, i)
    if not spaced[i] and not marked and not _begins_glued(words, stop, i):
        return False
    return None if said and closed and _open_bracket(words, begin, at, i) else said


def _can_end(word: str) -> bool:
    """Whether a sentence may end with a word."""
    return word in STOPS or word.endswith(".") or _RAISED.fullmatch(word) is not None


def _open_bracket(words: Sequence[str], begin: int, at: int, i: int) -> bool:
    """Whether a bracket closes behind the stop that the sentence did not open: "(see above.) but"."""
    return words[at] in _CLOSING and words[begin] not in _OPENING and words[i] not in STARTERS


def _before_marks(words: Sequence[str], spaced: Sequence[bool], begin: int, i: int) -> tuple[int, bool]:
    """The last word up to ``i`` that is no part of citation marks behind a sentence's end, and whether there are
    marks."""
    at, farthest = i, max(begin, i - _LONGEST_MARKS)
    while at > farthest and (before := _before_mark(words, spaced, begin, at)) < at:
        at = before
    if _RAISED.fullmatch(words[at]):
        return at, True
    return (at, at < i) if at > begin and _is_end(words, at) else (i, False)


def _is_end(words: Sequence[str], at: int) -> bool:
    """Whether a stop stands at ``at``, or right before what closes there."""
    return words[at] in STOPS or (words[at] in CLOSERS and words[at - 1] in STOPS)


def _before_mark(words: Sequence[str], spaced: Sequence[bool], begin: int, i: int) -> int:
    """The word before a mark that ends with word ``i`` ("[12,13]", glued "(4)", "12–14"); ``i`` where none does."""
    last = i - 1 if words[i] in _CLOSING else i
    at = last
    while at > max(begin, i - _LONGEST_MARK) and _in_mark(words[at]):
        at -= 1
    if at == last or not _NUMBER.fullmatch(words[last]):
        return i
    if words[i] in _CLOSING:
        return at - 1 if at > begin and _opens(words, spaced, at, i) else i
    return i if any(spaced[at + 1 : i + 1]) else at


def _in_mark(word: str) -> bool:
    """Whether a word may stand in a citation mark: a number, or what stands between two."""
    return _NUMBER.fullmatch(word) is not None or _BETWEEN.fullmatch(word) is not None


def _opens(words: Sequence[str], spaced: Sequence[bool], at: int, i: int) -> bool:
    """Whether the bracket that closes at ``i`` opens at ``at``; a round one is no mark behind a space."""
    if words[i] == "]":
        return words[at] == "["
    return words[at] == "(" and not spaced[at]


def _before_closers(words: Sequence[str], begin: int, i: int) -> tuple[int, bool]:
    at, farthest = i, max(begin, i - _LONGEST_MARK)
    while at > farthest and words[at] in CLOSERS:
        at -= 1
    return at, at < i


def _is_mark_next(words: Sequence[str], i: int) -> bool:
    """Whether a mark begins at ``i`` that belongs to the sentence before it ("cells. [13] The", not "cells.
    [13] found").
    """
    if words[i] != "[":
        return False
    at, farthest = i + 1, min(len(words), i + _LONGEST_MARKS)
    while at < farthest and _in_mark(words[at]):
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
        return _after_title(words, i, before)
    if following in STARTERS:
        return True
    return None if following[0].isupper() or _is_name(words, i) else False


def _after_title(words: Sequence[str], i: int, before: str) -> Border:
    """Behind what stands before a name or number: "Dr. Ogawa", "chr. 9", "No. 5", and "no." that ends a sentence."""
    if before.lower() in ("no", "nos"):
        return False if _DIGIT.search(words[i]) else _can_begin(words, i)
    if words[i] in STARTERS:
        return True
    return False if before[0].isupper() else _can_begin(words, i)


def _after_word(words: Sequence[str], spaced: Sequence[bool], begin: int, stop: int, i: int) -> Border:
    before, numbered = words[stop - 1], words[i][0].isdigit()
    item = _ITEM.fullmatch(before) is not None
    if item and _begins_item(words, spaced, begin, stop - 1):
        return False
    if numbered and before.isdigit():
        return None if spaced[i] else False  # decimals that were torn apart: "P = 0. 05"
    said = _can_begin(words, i)
    if said is None and item and not before.isdigit():
        return False  # "the worm c. elegans"
    return None if said and numbered and before.isalpha() and len(before) < 4 else said


def _begins_item(words: Sequence[str], spaced: Sequence[bool], begin: int, i: int) -> bool:
    """Whether the number or letter at ``i`` counts an item: at a sentence's beginning, or behind a colon."""
    if i == begin or words[i - 1] in STOPS:
        return True
    return spaced[i] and words[i - 1] in (";", ":")


def _can_begin(words: Sequence[str], i: int) -> Border:
    """Whether a word can begin a sentence: yes, no, or perhaps."""
    word = words[i]
    if word in OPENERS:
        inner = words[i + 1] if i + 1 < len(words) else ""
        return True if _is_capital(inner) or _ITEM.fullmatch(inner) else None
    if _is_capital(word) or _is_name(words, i):
        return True
    if word[0].isalpha() or word not in _NEVER_FIRST:
        return None
    return False


def _is_capital(word: str) -> bool:
    """Whether a word begins with a capital or a digit."""
    return word[:1].isupper() or word[:1].isdigit()


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
