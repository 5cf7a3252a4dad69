"""Tables that another tool flattened into lines: where they end, what their rows and columns are.

Such a tool writes a row's cells one behind the other. A cell of one line is followed by the next cell on the same line; a
cell of several lines is closed by a blank line. Rows end where the reference column ends. Column boundaries inside a line
are found by the best path over all rows: shapes of neighbouring words propose them ("cancer | miR-21", "CD86 | Immune"),
and what the columns hold in the other rows decides (expectation maximisation over a multinomial model of each column).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from exomine.document.hyphens import Vocabulary, join_lines, repair_inner
from exomine.document.model import Cell, Table

__all__ = ["FlatTable", "TableEnd", "flat_table", "row_end_style", "row_ends"]

#: How a row may end in its reference column.
_ROW_ENDS: dict[str, re.Pattern[str]] = {
    "brackets": re.compile(
        r"(?:^|\s)(\[\s*\d{1,3}[a-z]?(?:\s*[,;–\-]\s*\d{1,3}[a-z]?)*\s*\](?:\s*,?\s*\[[\d,;\s–\-]+\])*)$"
    ),
    "parentheses": re.compile(r"(?:^|\s)(\(\s*\d{1,3}(?:\s*[,;–\-]\s*\d{1,3})*\s*\))$"),
    "authors": re.compile(
        r"(?:^|\s)([^\W\d_a-z][\w'’\-]+(?: (?:and|&) [^\W\d_a-z][\w'’\-]+| et al\.?)?,?\s\(?(?:19|20)\d\d[a-z]?\)?(?:\s?\[\d+\])?)$"
    ),
    "numbers": re.compile(r"(?:^|\s)(\d{1,3}(?:\s*[,;–\-]\s*\d{1,3})*)$"),
}
_REFERENCE_WORD = re.compile(
    r"\b(?:ref(?:erence)?s?|citations?|sources?|literature|pmids?|stud(?:y|ies)|authors?)\b\.?\s*$", re.I
)
_FUNCTION_WORDS = frozenset(
    [
        "of",
        "and",
        "or",
        "in",
        "the",
        "a",
        "an",
        "by",
        "to",
        "for",
        "with",
        "on",
        "at",
        "from",
        "as",
        "via",
        "into",
        "per",
        "vs",
        "that",
        "which",
        "is",
        "are",
    ]
)
_MIR = re.compile(r"(?:[a-z]{3}-)?(?:pre-|pri-)?(?:mir|let|mirna|microrna)[-s]?\d", re.I)


@dataclass(frozen=True, slots=True)
class FlatTable:
    """Header cells and rows of cells, all rows of one length."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def table(self, table_id: str, label: str, caption: str) -> Table:
        """As a :class:`~exomine.document.model.Table`, the header as row 0; empty cells are left out."""
        grid = [self.header, *self.rows]
        cells = tuple(
            Cell(r, c, text, header=r == 0)
            for r, row in enumerate(grid)
            for c, text in enumerate(row)
            if text or r == 0
        )
        return Table(table_id, label, caption, cells)


class TableEnd(Exception):
    """No table could be made of the lines."""


def row_end_style(lines: Sequence[str]) -> str:
    """The way rows end in these lines, "" if fewer than two lines end in any."""
    counts = {name: sum(bool(p.search(x.strip())) for x in lines) for name, p in _ROW_ENDS.items()}
    counts["numbers"] = counts["numbers"] // 2
    best = max(counts, key=lambda n: (counts[n], -list(counts).index(n)))
    return best if counts[best] >= 2 else ""


def row_ends(line: str, style: str = "brackets") -> bool:
    """Whether a line ends as rows of the style do."""
    return bool(style) and _ROW_ENDS[style].search(line.strip()) is not None


# --- tokens ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a row; ``gap``: what stands before it: "row", "blank" (a cell ended), "line" or "space"."""

    text: str
    gap: str
    first_line: bool  # of its segment: only there can a column begin without a blank line before it


@dataclass
class _Row:
    tokens: list[Token]
    reference: str
    cuts: tuple[int, ...] = ()


def flat_table(lines: Sequence[str], *, vocabulary: Vocabulary) -> FlatTable:
    """Header and rows from the lines below a caption; blank lines are "".

    Raises :class:`TableEnd` where no header or rows can be told.
    """
    style = row_end_style(lines)
    lines = _close_brackets(lines)
    first = _header_end(lines, style)
    header, body = lines[:first], lines[first:]
    words = _header_tokens(header, vocabulary)
    rows = _rows(body, _ROW_ENDS[style], vocabulary) if style else _rows_by_shape(body, words, vocabulary)
    if not rows or not words:
        raise TableEnd("no rows")
    names = _names(words, _columns(words, rows)) if words else [""]
    _segment(rows, names)
    if not style:
        return FlatTable(tuple(names), tuple(tuple(_cells(row, len(names))) for row in rows))
    last = next((w for line in reversed(header) for w in reversed(line.split())), "")
    return FlatTable(
        (*names, last if _REFERENCE_WORD.search(last) else ""),
        tuple((*_cells(row, len(names)), row.reference) for row in rows),
    )


def _close_brackets(lines: Sequence[str]) -> list[str]:
    """Lines whose last bracket is open are joined with the next: "[35, 125," and "126]"."""
    out: list[str] = []
    for line in lines:
        if out and re.search(r"\[[\d,;\s–\-]*$", out[-1]) and re.match(r"\s*[\d,;\s–\-]*\]", line):
            out[-1] = f"{out[-1].rstrip()} {line.strip()}"
        else:
            out.append(line)
    return out


def _header_end(lines: Sequence[str], style: str) -> int:
    """The number of lines that are header: up to the word for references, before the first row's end."""
    end = _ROW_ENDS[style or "brackets"]
    for i, line in enumerate(lines[:12]):
        if line.strip() and _REFERENCE_WORD.search(line):
            return i + 1
        if end.search(line.strip()):
            break
    return next((i + 1 for i, line in enumerate(lines) if line.strip()), 0)


def _rows(lines: Sequence[str], end: re.Pattern[str], vocabulary: Vocabulary) -> list[_Row]:
    rows: list[_Row] = []
    segments: list[list[str]] = [[]]
    for line in lines:
        text = line.strip()
        if not text:
            segments += [[]] if segments[-1] else []
            continue
        m = end.search(text)
        if not m:
            segments[-1].append(text)
            continue
        before = text[: m.start(1)].strip()
        if before:
            segments[-1].append(before)
        row = _Row(_tokens(segments, vocabulary), " ".join(m[1].split()))
        if row.tokens:
            rows.append(row)
        elif rows:
            rows[-1].reference += f" {row.reference}"
        segments = [[]]
    return rows


def _rows_by_shape(lines: Sequence[str], header: Sequence[Token], vocabulary: Vocabulary) -> list[_Row]:
    """Rows of a table without references: one begins with a line like a cell's beginning once the last has its columns."""
    wanted = sum(s > 0 for s in _header_scores(header))
    rows: list[list[list[str]]] = []
    after_blank = True
    for line in lines:
        text = line.strip()
        if not text:
            after_blank = True
            continue
        full = bool(rows) and _places(_tokens(rows[-1], vocabulary)) >= wanted
        fresh = not re.match(r"[a-z]{2,}\b(?!-?\d)|[(,;]", text) and not (
            rows and re.search(r"[,;\-(/]$", rows[-1][-1][-1])
        )
        if not rows or (full and fresh):
            rows.append([[text]])
        elif after_blank:
            rows[-1].append([text])
        else:
            rows[-1][-1].append(text)
        after_blank = False
    return [_Row(_tokens(segments, vocabulary), "") for segments in rows]


def _places(tokens: Sequence[Token]) -> int:
    return 1 + sum(_transition(a, b) > -1 for a, b in pairwise(tokens))


def _tokens(segments: Sequence[Sequence[str]], vocabulary: Vocabulary) -> list[Token]:
    tokens: list[Token] = []
    for segment in segments:
        if not segment:
            continue
        first_words = len(segment[0].split())
        cut = bool(re.search(r"[-\u00ad\u2010]$", segment[0])) and len(segment) > 1
        text = repair_inner(join_lines(segment, vocabulary=vocabulary), vocabulary=vocabulary)
        starts = _line_starts(segment, vocabulary)
        for i, word in enumerate(text.split()):
            gap = ("row" if not tokens else "blank") if i == 0 else "line" if i in starts else "space"
            tokens.append(Token(word, gap, i < first_words - cut))
    return tokens


def _line_starts(segment: Sequence[str], vocabulary: Vocabulary) -> set[int]:
    """Indices of the words that begin a line of the segment; a word cut by the line end begins none."""
    starts, count, text = set(), 0, ""
    for line in segment:
        joined = join_lines([text, line], vocabulary=vocabulary) if text else line
        if text and len(joined.split()) == count + len(line.split()):
            starts.add(count)
        text, count = joined, len(joined.split())
    return starts


# --- columns ---------------------------------------------------------------------------------------------------------


def _shape(word: str) -> str:
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


def _transition(before: Token, after: Token) -> float:
    """How well a column may begin at ``after``; log-like, 0 is neutral."""
    a, b = _shape(before.text), _shape(after.text)
    score = 0.0
    if after.gap == "blank":
        score += 7
    elif not after.first_line:
        score -= 6 if after.gap == "space" else 3
    if before.text[-1] in ",;/-–(&+" or a == "function" or after.text[0] in ",;/-–)&+":
        score -= 5
    if after.text[0] == "(":
        score -= 5
    if b in ("lower", "function"):
        score -= 5
    elif b == "number":
        score -= 2.5
    elif (a in _NAMES) != (b in _NAMES):
        score += 2
    elif a in _NAMES and b in _NAMES:
        score += 0.5 if (a == "mir") != (b == "mir") else -2.5
    else:
        score += 1 if b == "capital" and a == "lower" else -0.5
    return score


#: What columns hold by their names: pairs of patterns for the name and for a word in the cells.
_EXPECTED = (
    (re.compile(r"\bmi-?r(?:na)?s?\b|micro-?rna", re.I), _MIR),
    (
        re.compile(r"\b(?:cancers?|tumou?rs?|malignanc\w+|diseases?)\b", re.I),
        re.compile(
            r"(?:cancers?|carcinomas?|sarcomas?|leuka?emias?|lymphomas?|gliomas?|blastomas?|melanomas?|myelomas?|tumou?rs?)\b",
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
            r"(?:platin|taxel|rubicin|citabine|tinib|zomib|ciclib|mab|amide|uracil|mycin|oxifen|zolomide|abine)\b|^5-FU|^DDP|^TMZ",
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
    def of(cls, rows: Sequence[_Row], names: Sequence[str]) -> _Model:
        model, columns = cls.named(names), len(names)
        for row in rows:
            bounds = [0, *row.cuts, len(row.tokens)]
            for c in range(columns):
                cell = row.tokens[bounds[c] : bounds[c + 1]]
                for k, token in enumerate(cell):
                    model.shapes[c][_kind(token.text)] += 1
                    model.words[c][_word(token.text)] += 1
                    if k == 0:
                        model.starts[c][_shape(token.text)] += 1
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
        return math.log((starts[_shape(token.text)] + 0.5) / (starts.total() + 3))


def _kind(text: str) -> str:
    return _shape(text) + ("," if text.endswith((",", ";")) else "")


def _word(text: str) -> str:
    return text.strip(".,;:()[]").lower()


_EMPTY = -4.0
_VERB = re.compile(
    r"(?:down|up|de)?-?(?:inhibit|promot|target|regulat|activat|suppress|confer|enhanc|induc|reduc|increas|decreas|mediat|"
    r"modulat|stimulat|block|bind|degrad|stabili[sz]|sponge|impair|restor|revers|attenuat|abrogat|silenc|transfer)(?:e?s|ing|ed)",
    re.I,
)


def _segment(rows: list[_Row], names: Sequence[str]) -> None:
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
    sums = [[0.0] * (n + 1) for _ in range(columns)]
    for c in range(columns):
        for i, token in enumerate(tokens):
            sums[c][i + 1] = sums[c][i] + model.token(token, c)
    score = [[-math.inf] * (n + 1) for _ in range(columns + 1)]
    back = [[0] * (n + 1) for _ in range(columns + 1)]
    score[0][0] = 0.0
    for c in range(columns):
        for i in range(n + 1):
            if score[c][i] == -math.inf:
                continue
            for j in range(i, n + 1):
                value = score[c][i] + _cell_score(tokens, i, j, c, model) + sums[c][j] - sums[c][i]
                if value > score[c + 1][j]:
                    score[c + 1][j], back[c + 1][j] = value, i
    cuts, at = [], n
    for c in range(columns, 0, -1):
        at = back[c][at]
        cuts.append(at)
    return tuple(reversed(cuts[:-1]))


def _cell_score(tokens: Sequence[Token], i: int, j: int, column: int, model: _Model) -> float:
    if i == j:
        return _EMPTY
    begin = 0.0 if i == 0 else _transition(tokens[i - 1], tokens[i])
    # Going on where a cell might well have begun costs as well, most of all over a blank line.
    over = sum(0.7 * max(0.0, _transition(a, b)) for a, b in pairwise(tokens[i:j]))
    return begin - over - _odd_end(tokens[i:j]) + model.start(tokens[i], column)


def _odd_end(cell: Sequence[Token]) -> float:
    """What speaks against a cell that ends so: with a verb that wants an object, or a capital behind lower-case words."""
    last = cell[-1].text
    if _VERB.fullmatch(last) or _shape(last) == "function":
        return 5.0
    return 2.0 if len(cell) > 1 and _shape(last) == "capital" and _shape(cell[-2].text) == "lower" else 0.0


def _cells(row: _Row, columns: int) -> list[str]:
    bounds = [0, *row.cuts, len(row.tokens)]
    return [" ".join(t.text for t in row.tokens[bounds[c] : bounds[c + 1]]) for c in range(columns)]


# --- header ----------------------------------------------------------------------------------------------------------

#: First parts of column names in headers that capitalise every word, beside adjectives by their endings.
_MODIFIERS = frozenset(
    [
        "cancer",
        "tumor",
        "tumour",
        "exosome",
        "vesicle",
        "ev",
        "evs",
        "target",
        "drug",
        "cell",
        "cells",
        "donor",
        "recipient",
        "parental",
        "signaling",
        "signalling",
        "study",
        "sample",
        "gene",
        "protein",
        "mirna",
        "mir",
        "rna",
        "patient",
        "patients",
        "disease",
    ]
)
_HEADS = frozenset(
    [
        "type",
        "types",
        "cargo",
        "cargos",
        "cargoes",
        "gene",
        "genes",
        "mrna",
        "mrnas",
        "pathway",
        "pathways",
        "line",
        "lines",
        "source",
        "sources",
        "origin",
        "resistance",
        "name",
        "names",
        "design",
        "size",
        "number",
        "level",
        "levels",
        "model",
        "models",
        "mirna",
        "mirnas",
        "mirs",
        "mir",
        "rna",
        "rnas",
        "status",
        "class",
        "classes",
    ]
)
_ADJECTIVE = re.compile(r"(?:al|ic|ive|ed|ing|ous|ary)$")


def _header_tokens(lines: Sequence[str], vocabulary: Vocabulary) -> list[Token]:
    """The words of the header without its last column's, the one of references."""
    segments: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            segments[-1].append(line.strip())
        elif segments[-1]:
            segments.append([])
    tokens = _tokens(segments, vocabulary)
    if tokens and _REFERENCE_WORD.fullmatch(tokens[-1].text):
        tokens.pop()
    return tokens


def _header_scores(tokens: Sequence[Token]) -> list[float]:
    """How well a column's name begins at each word."""
    title_case = all(t.text[:1].isupper() or _shape(t.text) in ("function", "mir") for t in tokens)
    scores = [9.0]
    for before, after in pairwise(tokens):
        a, b = before.text.strip("(),").lower(), after.text.strip("(),").lower()
        if after.gap == "blank":
            score = 5.0
        elif before.text[-1] in "/-&," or after.text[0] in "(/&-" or "function" in (_shape(a), _shape(b)):
            score = -4.0
        elif not after.text[:1].isupper():
            score = (
                0.5
                if re.match(r"(?:mir|mi-?rna|lnc|circ|nc)", b) and a not in _MODIFIERS and not _ADJECTIVE.search(a)
                else -3.0
            )
        elif title_case and (a in _MODIFIERS or _ADJECTIVE.search(a)) and b in _HEADS:
            score = -1.0
        elif title_case and _ADJECTIVE.search(a):
            score = -0.5
        else:
            score = 2.0
        scores.append(score - (3.0 if after.gap == "space" and not after.first_line else 0.0))
    return scores


def _columns(tokens: Sequence[Token], rows: Sequence[_Row]) -> tuple[int, ...]:
    """Where the columns before the references begin in the header; the rows say how many there can be."""
    scores = _header_scores(tokens)
    wanted = sum(s > 0 for s in scores)
    most = max(1 + sum(t.gap == "blank" for t in row.tokens) for row in rows)
    places = sorted(_places(row.tokens) for row in rows)
    wanted = max(most, min(max(wanted, 1), places[(3 * len(places)) // 4]))
    order = sorted(range(len(scores)), key=lambda k: (-scores[k], k))[:wanted]
    starts = sorted(order)
    return tuple(starts + [len(tokens)] * (wanted - len(starts)))


def _names(tokens: Sequence[Token], starts: tuple[int, ...]) -> list[str]:
    bounds = [*starts, len(tokens)]
    return [" ".join(t.text for t in tokens[a:b]) for a, b in pairwise(bounds)]
