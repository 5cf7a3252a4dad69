"""Hyphens at line ends: the word they cut, or the compound they belong to.

A hyphen at the end of a line is one of three things: a cut the printer made ("resis-/tance"), the hyphen of a compound
("MDR-/associated", "miR-/30a"), or a suspended one ("inter- and intra-"). The decision is by evidence: first the
paper's own words away from line ends, then a general word list (:mod:`exomine.document.words`), and only then the shape
of the two parts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from exomine.document.words import general_words

__all__ = ["HYPHENS", "Join", "Vocabulary", "join_hyphenated", "join_lines", "repair_inner"]

#: Characters that end a line as a hyphen: hyphen-minus, soft hyphen, hyphen, non-breaking hyphen, and two that broken
#: fonts yield for it.
HYPHENS = "\u00ad\u2010\u2011\x02\ufffe-"
_ALWAYS_CUT = "\u00ad\x02\ufffe"
_DASHES = "–—−/"
_LETTERS = r"[^\W\d_]+"
_TOKEN = re.compile(r"[\w" + HYPHENS + r"]+")
_AT_HYPHENS = re.compile(f"[{HYPHENS}]")
_WORD_OR_SLASH = re.compile(r"[\w/]+")
#: "miR" at a line's end before "-21" in the next.
_MIR = re.compile(r"(?i)mir$")
_HYPHENATED = re.compile(r"[-\u2010\u2011]\w")
#: "tumor- host", "tumor -host", "miR -21".
_SPACE_BEHIND = re.compile(r"(?<=[^\W\d_])- (?=([^\W\d_]+))")
_SPACE_BEFORE = re.compile(r"(?<=[^\W\d_]{2}) -(?=[^\W\d_]{3})")
_SPACE_IN_MIR = re.compile(r"(?i)\b(mir) -(?=\d)")
#: Two words joined by one hyphen: "mi-RNA".
_PAIR = re.compile(rf"(?<![\w\-])({_LETTERS})-({_LETTERS})(?![\w\-])")
#: Endings of inflection that the general word list leaves out.
_INFLECTIONS = ("s", "es", "ed", "ly", "'s")
#: Words before which a hyphen is suspended: "inter- and intraspecific", "pro- or anti-", "two- to threefold",
#: "high- from low-grade".
_SUSPENDING = frozenset({"and", "or", "to", "und", "and/or", "but", "nor", "as", "versus", "vs", "from", "than"})
#: First parts of compounds that are no words by themselves.
_PREFIXES = frozenset(
    {
        "angio",
        "anti",
        "auto",
        "bi",
        "bio",
        "cardio",
        "chemo",
        "co",
        "de",
        "electro",
        "endo",
        "ex",
        "exo",
        "extra",
        "hyper",
        "hypo",
        "immuno",
        "inter",
        "intra",
        "iso",
        "macro",
        "mega",
        "meta",
        "micro",
        "mono",
        "multi",
        "nano",
        "neo",
        "neuro",
        "non",
        "onco",
        "ortho",
        "over",
        "pan",
        "para",
        "patho",
        "peri",
        "photo",
        "physio",
        "poly",
        "post",
        "pre",
        "pro",
        "pseudo",
        "quasi",
        "radio",
        "re",
        "self",
        "semi",
        "sub",
        "super",
        "thermo",
        "trans",
        "tri",
        "ultra",
        "un",
        "under",
    }
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How often words and hyphenated pairs stand in a paper away from line ends; all in lower case."""

    words: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, lines: Iterable[str]) -> Vocabulary:
        """Counted over printed lines; a line's first and last token are left out where a hyphen cuts them."""
        words: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        for token in _whole_tokens(lines):
            parts = [p for p in _AT_HYPHENS.split(token.lower()) if p]
            if len(parts) == 1:
                words[parts[0]] += 1
            pairs.update(f"{a}-{b}" for a, b in pairwise(parts))
        return cls(words, pairs)


def _whole_tokens(lines: Iterable[str]) -> Iterator[str]:
    """The tokens of lines but for those that a hyphen at a line's end cuts."""
    cut = False
    for line in lines:
        text = line.strip()
        tokens = _TOKEN.findall(text)
        first = int(cut)
        if text:
            cut = text[-1] in HYPHENS
        yield from tokens[first : len(tokens) - cut]


_NOTHING = Vocabulary()


@dataclass(frozen=True, slots=True)
class Join:
    """How two lines meet: the whole text is ``left + glue + right``; ``left`` may have lost its hyphen."""

    left: str
    glue: str


def join_hyphenated(left: str, right: str, *, vocabulary: Vocabulary = _NOTHING) -> Join:
    """How the line ``left`` continues in the line ``right``; spaces at the break do not count.

    Lines that do not end in a hyphen or dash meet with a space.
    """
    left, right = left.rstrip(), right.lstrip()
    if not left or not right:
        return Join(left, "")
    last = left[-1]
    if last in _ALWAYS_CUT:
        return Join(left.rstrip(_ALWAYS_CUT), "")
    if last in _DASHES:
        return Join(left, "" if left[-2:-1].strip() and right[0].isalnum() else " ")
    if last not in HYPHENS:
        return Join(left, "" if _MIR.search(left) and _HYPHENATED.match(right) else " ")
    return _at_hyphen(left, right, vocabulary)


def _at_hyphen(left: str, right: str, vocabulary: Vocabulary) -> Join:
    """How a line that ends in a hyphen continues."""
    stem = left[:-1]
    if not stem[-1:].isalnum():
        return Join(left, " " if stem[-1:].isspace() else "")
    before, after = _last_word(stem), _first_word(right)
    if _is_suspended(right):
        return _before_and(left, stem, after, vocabulary)
    return Join(stem if after and _is_cut(before, after, vocabulary) else left, "")


def _is_suspended(right: str) -> bool:
    """Whether a line begins with a word before which hyphens are suspended: "inter-|and intraspecific"."""
    first = _WORD_OR_SLASH.match(right)
    return first is not None and first[0].lower() in _SUSPENDING


def _last_word(text: str) -> str:
    return re.split(r"[^\w]", text)[-1]


def _first_word(text: str) -> str:
    first = re.match(r"\w+", text)
    return first[0] if first else ""


def join_lines(lines: Sequence[str], *, vocabulary: Vocabulary = _NOTHING) -> str:
    """The lines of one paragraph as one text, their spaces single."""
    parts: list[str] = []
    for line in lines:
        right = " ".join(line.split())
        if not right:
            continue
        if parts:
            join = join_hyphenated(parts[-1], right, vocabulary=vocabulary)
            parts[-1] = join.left + join.glue
        parts.append(right)
    return "".join(parts)


def repair_inner(text: str, *, vocabulary: Vocabulary = _NOTHING) -> str:
    """Hyphens that an earlier tool left inside a line: "mi-RNAs" where the paper else writes "miRNAs", "tumor- host".

    Changed only with evidence: a part that is no word by itself, and the joined word elsewhere in the paper; or a space
    behind or before a hyphen between letters where nothing is suspended.
    """
    text = _SPACE_BEHIND.sub(lambda m: "- " if m[1].lower() in _SUSPENDING else "-", text)
    text = _SPACE_BEFORE.sub("-", text)
    text = _SPACE_IN_MIR.sub(r"\1-", text)

    def whole(m: re.Match[str]) -> str:
        return m[1] + m[2] if _is_torn(m[1], m[2], vocabulary) else m[0]

    return _PAIR.sub(whole, text)


def _is_torn(before: str, after: str, vocabulary: Vocabulary) -> bool:
    """Whether two parts are one word of the paper: "mi-RNA" where it else writes "miRNA", and "mi" is no word."""
    joined = vocabulary.words[(before + after).lower()]
    if joined <= 1 or joined <= vocabulary.pairs[_pair(before, after)]:
        return False
    return not _is_first_part(before, vocabulary)


def _before_and(left: str, stem: str, after: str, vocabulary: Vocabulary) -> Join:
    """ "inter- and" keeps its space, but "metast- / as ..." cannot be told by its second part alone."""
    before = _last_word(stem)
    joined = (before + after).lower()
    if vocabulary.words[joined]:
        return Join(stem, "")
    if joined in general_words() and not _is_first_part(before, vocabulary):
        return Join(stem, "")
    return Join(left, "" if vocabulary.pairs[_pair(before, after)] else " ")


def _is_cut(before: str, after: str, vocabulary: Vocabulary) -> bool:
    """Whether the hyphen between the two parts is the printer's and goes."""
    if not before:
        return False
    joined, pair = vocabulary.words[(before + after).lower()], vocabulary.pairs[_pair(before, after)]
    if before[-1].isdigit() or after[0].isdigit():
        return joined > 1 and not pair
    if joined != pair:
        return joined > pair
    return _known(before + after) or _is_cut_by_shape(before, after, vocabulary)


def _is_cut_by_shape(before: str, after: str, vocabulary: Vocabulary) -> bool:
    """Whether two parts of which the paper says nothing are one word: not "MDR-|associated", not "drug-|resistant"."""
    if before.isupper() and len(before) > 1 and not after.isupper():
        return False
    if before[-1].islower() and after[0].isupper():
        return len(before) > 1 and not _is_first_part(before, vocabulary)
    return not _is_compound(before, after, vocabulary)


def _is_compound(before: str, after: str, vocabulary: Vocabulary) -> bool:
    """Whether both parts are words ("drug-resistant"), or the first a capital ("T-cell")."""
    if not _is_word(after, vocabulary):
        return False
    if len(before) == 1 and before.isupper():
        return after.islower()
    return len(before) > 2 and len(after) > 2 and _is_first_part(before, vocabulary)


def _is_first_part(word: str, vocabulary: Vocabulary) -> bool:
    """Whether compounds may begin with a part: a word, or one of :data:`_PREFIXES`."""
    return word.lower() in _PREFIXES or _is_word(word, vocabulary)


def _pair(before: str, after: str) -> str:
    return f"{before}-{after}".lower()


@lru_cache(maxsize=4096)
def _known(word: str) -> bool:
    """Whether the general list has the word, or it without an ending of inflection."""
    w = word.lower()
    words = general_words()
    if w in words:
        return True
    return any(w.removesuffix(ending) in words for ending in _INFLECTIONS if w.endswith(ending))


def _is_word(word: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.words[word.lower()] > 0 or word.lower() in general_words()
