"""Hyphens at line ends: the word they cut, or the compound they belong to.

A hyphen at the end of a line is one of three things: a cut the printer made ("resis-/tance"), the hyphen of a compound
("MDR-/associated", "miR-/30a"), or a suspended one ("inter- and intra-"). The decision is by evidence: first the paper's own
words away from line ends, then a general word list (:mod:`exomine.document.words`), and only then the shape of the two parts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
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
_WORD = re.compile(_LETTERS)
_TOKEN = re.compile(r"[\w" + HYPHENS + r"]+")
#: Words before which a hyphen is suspended: "inter- and intraspecific", "pro- or anti-", "two- to threefold".
_SUSPENDING = frozenset({"and", "or", "to", "und", "and/or", "but", "nor", "as", "versus", "vs"})
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
        cut = False
        for line in lines:
            text = line.strip()
            tokens = _TOKEN.findall(text)
            if cut and tokens:
                tokens = tokens[1:]
            cut = text[-1:] in HYPHENS if text else cut
            if cut and tokens:
                tokens = tokens[:-1]
            for token in tokens:
                parts = [p for p in re.split(f"[{HYPHENS}]", token.lower()) if p]
                words.update(parts if len(parts) == 1 else ())
                pairs.update(f"{a}-{b}" for a, b in pairwise(parts))
        return cls(words, pairs)


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
        return Join(left, "" if re.match(r"[-\u2010\u2011]\w", right) and re.search(r"(?i)mir$", left) else " ")
    stem = left[:-1]
    if not stem or not stem[-1].isalnum():
        return Join(left, " " if stem and stem[-1].isspace() else "")
    if re.match(r"[\w/]+", right) and (re.match(r"[\w/]+", right) or [""])[0].lower() in _SUSPENDING:
        return _before_and(left, stem, right, vocabulary)
    before, after = re.split(r"[^\w]", stem)[-1], (re.match(r"\w+", right) or [""])[0]
    return Join(stem, "") if after and _is_cut(before, after, vocabulary) else Join(left, "")


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
    text = re.sub(r"(?<=[^\W\d_])- (?=([^\W\d_]+))", lambda m: "- " if m[1].lower() in _SUSPENDING else "-", text)
    text = re.sub(r"(?<=[^\W\d_]{2}) -(?=[^\W\d_]{3})", "-", text)
    text = re.sub(r"(?i)\b(mir) -(?=\d)", r"\1-", text)

    def whole(m: re.Match[str]) -> str:
        a, b = m[1], m[2]
        joined = vocabulary.words[(a + b).lower()]
        known = a.lower() in _PREFIXES or _is_word(a, vocabulary)
        return a + b if joined > vocabulary.pairs[f"{a}-{b}".lower()] and joined > 1 and not known else m[0]

    return re.sub(rf"(?<![\w\-])({_LETTERS})-({_LETTERS})(?![\w\-])", whole, text)


def _before_and(left: str, stem: str, right: str, vocabulary: Vocabulary) -> Join:
    """ "inter- and" keeps its space, but "metast- / as ..." cannot be told by its second part alone."""
    before, after = re.split(r"[^\w]", stem)[-1], (re.match(r"\w+", right) or [""])[0]
    joined = (before + after).lower()
    if vocabulary.words[joined] or (
        joined in general_words() and not _is_word(before, vocabulary) and before.lower() not in _PREFIXES
    ):
        return Join(stem, "")
    if vocabulary.pairs[f"{before}-{after}".lower()]:
        return Join(left, "")
    return Join(left, " ")


def _is_cut(before: str, after: str, vocabulary: Vocabulary) -> bool:
    """Whether the hyphen between the two parts is the printer's and goes."""
    if not before or before[-1].isdigit() or after[0].isdigit():
        return (
            bool(before)
            and vocabulary.words[(before + after).lower()] > 1
            and not vocabulary.pairs[_pair(before, after)]
        )
    joined, pair = vocabulary.words[(before + after).lower()], vocabulary.pairs[_pair(before, after)]
    if joined != pair:
        return joined > pair
    if _known(before + after):
        return True
    if before.isupper() and len(before) > 1 and not after.isupper():
        return False
    if before[-1].islower() and after[0].isupper():
        return not (_is_word(before, vocabulary) or before.lower() in _PREFIXES or len(before) == 1)
    return not _is_compound(before, after, vocabulary)


def _is_compound(before: str, after: str, vocabulary: Vocabulary) -> bool:
    if len(before) == 1 and before.isupper():
        return after.islower() and _is_word(after, vocabulary)
    if not (_is_word(after, vocabulary) and len(after) > 2):
        return False
    return len(before) > 2 and (_is_word(before, vocabulary) or before.lower() in _PREFIXES)


def _pair(before: str, after: str) -> str:
    return f"{before}-{after}".lower()


@lru_cache(maxsize=4096)
def _known(word: str) -> bool:
    """Whether the general list has the word, or it without an ending of inflection."""
    w = word.lower()
    words = general_words()
    return w in words or any(w.endswith(e) and w[: -len(e)] in words for e in ("s", "es", "ed", "ly", "'s"))


def _is_word(word: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.words[word.lower()] > 0 or word.lower() in general_words()
