"""Columns of flattened table rows: where in a row's words the next cell begins.

Shapes of neighbouring words propose boundaries ("cancer | miR-21", "CD86 | Immune"), the names of the columns and what
they hold in the other rows decide: expectation maximisation over a multinomial model of each column, the best path of a
row by dynamic programming.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise

__all__ = ["Row", "Token", "cells", "places", "segment", "shape"]

_FUNCTION_WORDS = frozenset({
    "of", "and", "or", "in", "the", "a", "an", "by", "to", "for", "with", "on", "at", "from", "as", "via", "into",
    "per", "vs", "that", "which", "is", "are",
})  # fmt: skip
_MIR = re.compile(r"(?:[a-z]{3}-)?(?:pre-|pri-)?(?:mir|let|mirna|microrna)[-s]?\d", re.I)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a row; ``gap``: what stands before it: "row", "blank" (a cell ended), "line" or "space"."""

    text: str
    gap: str
    first_line: bool  # of its segment: only there can a column begin without a blank line before it


@dataclass
class Row:
    tokens: list[Token]
    reference: str
    cuts: tuple[int, ...] = ()


@lru_cache(maxsize=65_536)
def shape(word: str) -> str:
    """What a word looks like: mir, number, symbol, function (a function word), capital or lower."""
    core = word.strip(".,;:()[]")
    if _MIR.match(core):
        return "mir"
    if re.fullmatch(r"-?\d+[a-z]?(?:[-*]\w{1,3})*", core):
        return "number"
    if core.lower() in _FUNCTION_WORDS:
        return "function"
    if re.search(r"\d", core) or sum(c.isupper() for c in core) > 1 or re.fullmatch(r"[α-ωßµ]\w*|[IVX]+", core):
        return "symbol"
    return "capital" if core[:1].isupper() else "lower"


_NAMES = frozenset({"mir", "symbol", "number"})


#: What stands in a cell that holds nothing.
_NOTHING = frozenset({"-", "–", "—", "/", "NA", "N/A", "n/a", "n.a.", "N.A.", "ND", "n.d."})


def _transition(before: Token, after: Token) -> float:
    """How well a column may begin at ``after``; log-like, 0 is neutral."""
    if before.text in _NOTHING or after.text in _NOTHING:
        return 4.0
    a, b = shape(before.text), shape(after.text)
    score = _gap_score(after)
    if before.text[-1] in ",;/-–(&+" or a == "function" or after.text[0] in ",;/-–)&+":
        score -= 5
    if after.text[0] == "(":
        score -= 5
    return score + _shape_score(a, b)


def _gap_score(token: Token) -> float:
    """What the white before a word says: a blank line parts columns, a space inside of a later line hardly does."""
    if token.gap == "blank":
        return 7.0
    if token.first_line:
        return 0.0
    return -6.0 if token.gap == "space" else -3.0


def _shape_score(a: str, b: str) -> float:
    """What the forms of two words say: a change from names to words parts columns, "miR-21 MCF-7" may."""
    if b in ("lower", "function"):
        return -5.0
    if b == "number":
        return -2.5
    if (a in _NAMES) != (b in _NAMES):
        return 2.0
    if a in _NAMES:
        return 0.5 if (a == "mir") != (b == "mir") else -2.5
    return 1.0 if b == "capital" and a == "lower" else -0.5


#: What columns hold by their names: pairs of patterns for the name and for a word in the cells.
_EXPECTED = (
    (re.compile(r"\bmi-?r(?:na)?s?\b|micro-?rna", re.I), _MIR),
    (
        re.compile(r"\b(?:cancers?|tumou?rs?|malignanc\w+|diseases?)\b", re.I),
        re.compile(
            (
                r"(?:cancers?|carcinomas?|sarcomas?|leuka?emias?|lymphomas?|gliomas?|blastomas?|melanomas?"
                r"|myelomas?|tumou?rs?)\b"
            ),
            re.I,
        ),
    ),
    (
        re.compile(r"\b(?:expression|regulation|level|change)s?\b", re.I),
        re.compile(r"^(?:up|down|high|low|increased|decreased|[↑↓])", re.I),
    ),
    (
        re.compile(r"\b(?:drugs?|chemo\w*|therap\w+|agents?|resistance|sensitivity)\b", re.I),
        re.compile(
            (
                r"(?:platin|taxel|rubicin|citabine|tinib|zomib|ciclib|mab|amide|uracil|mycin|oxifen|zolomide"
                r"|abine)\b|^5-FU|^DDP|^TMZ"
            ),
            re.I,
        ),
    ),
)


@dataclass
class _Model:
    """What the columns hold: counts of words and shapes in each."""

    shapes: list[Counter[str]]
    words: list[Counter[str]]
    starts: list[Counter[str]]
    known: set[str] = field(default_factory=set)

    expected: list[int | None] = field(default_factory=list)

    @classmethod
    def named(cls, names: Sequence[str]) -> _Model:
        """What the columns' names say alone."""
        expected = [next((k for k, (name, _) in enumerate(_EXPECTED) if name.search(n)), None) for n in names]
        shapes, words, starts = ([Counter[str]() for _ in names] for _ in range(3))
        return cls(shapes, words, starts, expected=expected)

    @classmethod
    def of(cls, rows: Sequence[Row], names: Sequence[str]) -> _Model:
        model, columns = cls.named(names), len(names)
        for row in rows:
            bounds = [0, *row.cuts, len(row.tokens)]
            for c in range(columns):
                cell = row.tokens[bounds[c] : bounds[c + 1]]
                for k, token in enumerate(cell):
                    model.shapes[c][_kind(token.text)] += 1
                    model.words[c][_word(token.text)] += 1
                    if k == 0:
                        model.starts[c][shape(token.text)] += 1
        model.known = {w for words in model.words for w in words}
        return model

    def token(self, token: Token, column: int) -> float:
        return self._named(token, column) + self._seen(token, column)

    def _named(self, token: Token, column: int) -> float:
        """A word that fits what a column's name asks for counts for it and against the others."""
        fits = next((k for k, (_, word) in enumerate(_EXPECTED) if word.search(token.text)), None)
        if fits is None or fits not in self.expected:
            return 0.0
        return 1.0 if self.expected[column] == fits else -1.0

    def _seen(self, token: Token, column: int) -> float:
        if not self.known:
            return 0.0
        shapes, words = self.shapes[column], self.words[column]
        by_shape = math.log((shapes[_kind(token.text)] + 0.5) / (shapes.total() + 6))
        by_word = math.log((words[_word(token.text)] + 0.2) / (words.total() + 0.2 * len(self.known) + 1))
        return 0.5 * by_shape + 0.5 * by_word

    def start(self, token: Token, column: int) -> float:
        starts = self.starts[column]
        if not self.known:
            return 0.0
        return math.log((starts[shape(token.text)] + 0.5) / (starts.total() + 3))


def _kind(text: str) -> str:
    return shape(text) + ("," if text.endswith((",", ";")) else "")


def _word(text: str) -> str:
    return text.strip(".,;:()[]").lower()


_EMPTY = -4.0
_VERB = re.compile(
    r"(?:down|up|de)?-?(?:inhibit|promot|target|regulat|activat|suppress|confer|enhanc|induc|reduc|increas"
    r"|decreas|mediat|"
    r"modulat|stimulat|block|bind|degrad|stabili[sz]|sponge|impair|restor|revers|attenuat|abrogat|silenc"
    r"|transfer)(?:e?s|ing|ed)",
    re.I,
)


def segment(rows: list[Row], names: Sequence[str]) -> None:
    """Give every row its cuts: first by shapes and names alone, then again with the columns as found so far."""
    columns = len(names)
    for row in rows:
        row.cuts = _best(row.tokens, columns, _Model.named(names))
    for _ in range(6):
        model = _Model.of(rows, names)
        cuts = [_best(row.tokens, columns, model) for row in rows]
        if cuts == [row.cuts for row in rows]:
            break
        for row, found in zip(rows, cuts, strict=True):
            row.cuts = found


def _best(tokens: Sequence[Token], columns: int, model: _Model) -> tuple[int, ...]:
    """The cuts of the best path: ``columns - 1`` positions, equal ones where a cell is empty."""
    n = len(tokens)
    sums, gaps = _sums(tokens, columns, model), _Gaps.of(tokens)
    score = [[-math.inf] * (n + 1) for _ in range(columns + 1)]
    back = [[0] * (n + 1) for _ in range(columns + 1)]
    score[0][0] = 0.0
    for c in range(columns):
        starts = [model.start(t, c) for t in tokens]
        for i in range(n + 1):
            if score[c][i] == -math.inf:
                continue
            for j in range(i, n + 1):
                cell = gaps.cell(i, j) + starts[i] if i < j else _EMPTY
                value = score[c][i] + cell + sums[c][j] - sums[c][i]
                if value > score[c + 1][j]:
                    score[c + 1][j], back[c + 1][j] = value, i
    return _path(back, n)


@dataclass(frozen=True, slots=True)
class _Gaps:
    """What speaks for and against a cell from its own words alone, worked out once a row: a row may have hundreds."""

    begins: Sequence[float]  # how well a cell may begin at each word
    over: Sequence[float]  # the costs of going on over each gap, summed up
    ends: Sequence[float]  # what speaks against an end behind each word, of a cell of one word
    later_ends: Sequence[float]  # the same of a longer cell

    @classmethod
    def of(cls, tokens: Sequence[Token]) -> _Gaps:
        between = [0.0, *(_transition(a, b) for a, b in pairwise(tokens))]
        # Going on where a cell might well have begun costs as well, most of all over a blank line.
        over = list(accumulate(0.7 * max(0.0, t) for t in between))
        ends = [_odd_end(tokens[k : k + 1]) for k in range(len(tokens))]
        later = [_odd_end(tokens[max(0, k - 1) : k + 1]) for k in range(len(tokens))]
        return cls(between, over, ends, later)

    def cell(self, i: int, j: int) -> float:
        """The words from ``i`` to before ``j``, one at least, as a cell."""
        end = self.ends[i] if j == i + 1 else self.later_ends[j - 1]
        return self.begins[i] - (self.over[j - 1] - self.over[i]) - end


def _sums(tokens: Sequence[Token], columns: int, model: _Model) -> list[list[float]]:
    """For each column how well the words up to each place fit it, summed up."""
    return [list(accumulate((model.token(t, c) for t in tokens), initial=0.0)) for c in range(columns)]


def _path(back: Sequence[Sequence[int]], n: int) -> tuple[int, ...]:
    """The cuts along the best path, read from its end."""
    cuts, at = [], n
    for places_back in reversed(back[1:]):
        at = places_back[at]
        cuts.append(at)
    return tuple(reversed(cuts[:-1]))


def _odd_end(cell: Sequence[Token]) -> float:
    """What speaks against a cell that ends so: with a verb that wants an object, or a capital behind lower-case
    words.
    """
    last = cell[-1].text
    if last in _NOTHING:
        return 0.0
    if _VERB.fullmatch(last) or shape(last) == "function":
        return 5.0
    if len(cell) < 2 or shape(last) != "capital" or shape(cell[-2].text) != "lower":
        return 0.0
    return 2.0


def cells(row: Row, columns: int) -> list[str]:
    bounds = [0, *row.cuts, len(row.tokens)]
    return [" ".join(t.text for t in row.tokens[bounds[c] : bounds[c + 1]]) for c in range(columns)]


def places(tokens: Sequence[Token]) -> int:
    return 1 + sum(_transition(a, b) > -1 for a, b in pairwise(tokens))
