"""Tables that another tool flattened into lines: where they end, what their rows and columns are.

Such a tool writes a row's cells one behind the other. A cell of one line is followed by the next cell on the same line;
a cell of several lines is closed by a blank line. Rows end where the reference column ends. Column boundaries inside a
line are found by :mod:`exomine.document.plain.columns`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from exomine.document.hyphens import Vocabulary, join_lines, repair_inner
from exomine.document.model import Cell, Table
from exomine.document.plain.columns import Row, Token, cells, places, segment, shape
from exomine.document.plain.grids import cell_per_line, split_bars

__all__ = ["FlatTable", "TableEnd", "flat_table", "names_references", "row_end_style", "row_ends"]

#: How a row may end in its reference column.
_ROW_ENDS: dict[str, re.Pattern[str]] = {
    "brackets": re.compile(
        r"(?:^|\s)(\[\s*\d{1,3}[a-z]?(?:\s*[,;–\-]\s*\d{1,3}[a-z]?)*\s*\](?:\s*,?\s*\[[\d,;\s–\-]+\])*)$"
    ),
    "parentheses": re.compile(r"(?:^|\s)(\(\s*\d{1,3}(?:\s*[,;–\-]\s*\d{1,3})*\s*\))$"),
    "authors": re.compile(
        r"(?:^|\s)([^\W\d_a-z][\w'’\-]+(?: (?:and|&) [^\W\d_a-z][\w'’\-]+| et al\.?)?,?\s\(?(?:19"
        r"|20)\d\d[a-z]?\)?(?:\s?\[\d+\])?)$"
    ),
    "numbers": re.compile(r"(?:^|\s)(\d{1,3}(?:\s*[,;–\-]\s*\d{1,3})*)$"),
}
_REFERENCE_WORD = re.compile(
    r"\b(?:ref(?:erence)?s?|citations?|sources?|literature|pmids?|stud(?:y|ies)|authors?)\b\.?\s*$", re.I
)
#: The end of a word cut at a line's end: "resis-".
_CUT_WORD = re.compile(r"[-\u00ad\u2010]$")
#: The beginning of a line that carries on a cell: small letters or a bracket, but not "let-7", "miR-21" or "lncRNA".
_CARRIES_ON = re.compile(r"(?!let-|lnc|circ)[a-z]{2,}\b(?!-?\d)|[(,;)]")
#: "[35, 125," and "126]".
_OPEN_BRACKET = re.compile(r"\[[\d,;\s–\-]*$")
_CLOSED_BRACKET = re.compile(r"\s*[\d,;\s–\-]*\]")
#: Names of RNAs, which begin small.
_RNA_NAME = re.compile(r"(?:mir|mi-?rna|lnc|circ|nc)")
#: A longer row is no row; the search for columns takes the square of its words.
_MOST_WORDS = 500


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
    if not any(_REFERENCE_WORD.search(x) for x in lines[:12]):
        counts["numbers"] = counts["numbers"] // 2
    best = max(counts, key=lambda n: (counts[n], -list(counts).index(n)))
    return best if counts[best] >= 2 else ""


def names_references(line: str) -> bool:
    """Whether a line of a header ends with the name of the column of references."""
    return _REFERENCE_WORD.search(line) is not None and len(line.split()) < 15 and line[:1].isupper()


def row_ends(line: str, style: str = "brackets") -> bool:
    """Whether a line ends as rows of the style do."""
    return bool(style) and _ROW_ENDS[style].search(line.strip()) is not None


def flat_table(lines: Sequence[str], *, vocabulary: Vocabulary) -> FlatTable:
    """Header and rows from the lines below a caption; blank lines are "".

    Raises :class:`TableEnd` where no header or rows can be told.
    """
    grid = split_bars(lines) or cell_per_line(_line_cells(lines, vocabulary))
    if grid and all(_one_name(x, vocabulary) for x in grid[0]):
        return FlatTable(tuple(grid[0]), tuple(map(tuple, grid[1:])))
    style = row_end_style(lines)
    lines = _close_brackets(lines)
    first = _header_end(lines, style)
    words = _header_tokens(lines[:first], vocabulary)
    rows = _read_rows(lines[first:], words, style, vocabulary)
    names = _names(words, _columns(words, rows))
    segment(rows, names)
    filled = [cells(row, len(names)) for row in rows]
    if not style:
        return FlatTable(tuple(names), tuple(map(tuple, filled)))
    references = tuple((*row, r.reference) for row, r in zip(filled, rows, strict=True))
    return FlatTable((*names, _references_name(lines[:first])), references)


def _read_rows(lines: Sequence[str], header: Sequence[Token], style: str, vocabulary: Vocabulary) -> list[Row]:
    """The rows by how they end, or by their shape where they end in no way."""
    rows = _rows(lines, _ROW_ENDS[style], vocabulary) if style else _rows_by_shape(lines, header, vocabulary)
    _check(header, rows)
    if any(t.gap == "blank" for row in rows for t in row.tokens):
        return rows
    return [_unblanked(row) for row in rows]


def _check(header: Sequence[Token], rows: Sequence[Row]) -> None:
    """Raise :class:`TableEnd` where there is no header or row, or one longer than any of a table."""
    if not rows or not header:
        raise TableEnd("no rows")
    if max(len(header), *(len(row.tokens) for row in rows)) > _MOST_WORDS:
        raise TableEnd("longer than any row of a table")


def _references_name(header: Sequence[str]) -> str:
    """The name of the column of references: the header's last word, if it names one."""
    words = " ".join(header).split()
    last = words[-1] if words else ""
    return last if _REFERENCE_WORD.search(last) else ""


def _line_cells(lines: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """Lines as cells, those that go on with the line before joined to it; over blank lines none does."""
    out: list[list[str]] = []
    after_blank = True
    for line in lines:
        text = line.strip()
        if not text:
            after_blank = True
            continue
        if out and not after_blank and _goes_on(out[-1][-1], text):
            out[-1].append(text)
        else:
            out.append([text])
        after_blank = False
    return [repair_inner(join_lines(x, vocabulary=vocabulary), vocabulary=vocabulary) for x in out]


def _unblanked(row: Row) -> Row:
    """The row of a table without blank lines: a column may begin on any of its lines."""
    return Row([Token(t.text, t.gap, True) for t in row.tokens], row.reference)


def _one_name(cell: str, vocabulary: Vocabulary) -> bool:
    """Whether a header cell names one column only."""
    tokens = _tokens([[cell]], vocabulary)
    return not tokens or sum(s > 0 for s in _header_scores(tokens)) == 1 or "|" in cell


_OPEN_END = re.compile(r"(?:[,;\-(/–]|\b(?:and|or|of|in|by|with|to|for|the|via|from|on|into))$")


def _goes_on(before: str, line: str) -> bool:
    """Whether a line carries on the cell at the end of the line before."""
    return _OPEN_END.search(before) is not None or _CARRIES_ON.match(line) is not None


def _close_brackets(lines: Sequence[str]) -> list[str]:
    """Lines whose last bracket is open are joined with the next: "[35, 125," and "126]"."""
    out: list[str] = []
    for line in lines:
        if out and _OPEN_BRACKET.search(out[-1]) and _CLOSED_BRACKET.match(line):
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


def _rows(lines: Sequence[str], end: re.Pattern[str], vocabulary: Vocabulary) -> list[Row]:
    rows: list[Row] = []
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
        row = Row(_tokens(segments, vocabulary), " ".join(m[1].split()))
        if row.tokens:
            rows.append(row)
        elif rows:
            rows[-1].reference += f" {row.reference}"
        segments = [[]]
    return rows


def _rows_by_shape(lines: Sequence[str], header: Sequence[Token], vocabulary: Vocabulary) -> list[Row]:
    """Rows of a table without references: one begins with a line like a cell's beginning once the last has its
    columns.
    """
    wanted = sum(s > 0 for s in _header_scores(header))
    least = 0 if all(line.strip() for line in lines) else wanted  # blank lines follow cells of several lines
    rows: list[list[list[str]]] = []
    after_blank = True
    for line in lines:
        text = line.strip()
        if not text:
            after_blank = True
            continue
        may_begin = after_blank or wanted < 3 or _fills_columns(text, vocabulary)
        if not rows or (may_begin and _is_complete(rows[-1], text, least, vocabulary)):
            rows.append([[text]])
        elif after_blank:
            rows[-1].append([text])
        else:
            rows[-1][-1].append(text)
        after_blank = False
    return [Row(_tokens(segments, vocabulary), "") for segments in rows]


def _fills_columns(line: str, vocabulary: Vocabulary) -> bool:
    """Whether a line holds more than one cell, or the open beginning of one."""
    return places(_tokens([[line]], vocabulary)) > 1 or _OPEN_END.search(line) is not None


def _is_complete(row: Sequence[Sequence[str]], line: str, wanted: int, vocabulary: Vocabulary) -> bool:
    """Whether a row has (room for) its columns, and a line does not carry on its last cell."""
    if _goes_on(row[-1][-1], line):
        return False
    return not wanted or places(_tokens(row, vocabulary)) >= wanted


def _tokens(segments: Sequence[Sequence[str]], vocabulary: Vocabulary) -> list[Token]:
    """The words of cells or lines, each with what stands before it: row, blank line, line end or space."""
    tokens: list[Token] = []
    for part in segments:
        if not part:
            continue
        first_words = len(part[0].split())
        if len(part) > 1 and _CUT_WORD.search(part[0]):
            first_words -= 1
        text = repair_inner(join_lines(part, vocabulary=vocabulary), vocabulary=vocabulary)
        gaps = dict.fromkeys(_line_starts(part, vocabulary), "line")
        gaps[0] = "blank" if tokens else "row"
        tokens += [Token(word, gaps.get(i, "space"), i < first_words) for i, word in enumerate(text.split())]
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


# --- header ----------------------------------------------------------------------------------------------------------

#: First parts of column names in headers that capitalise every word, beside adjectives by their endings.
_MODIFIERS = frozenset({
    "cancer", "tumor", "tumour", "exosome", "vesicle", "ev", "evs", "target", "drug", "cell", "cells", "donor",
    "recipient", "parental", "signaling", "signalling", "study", "sample", "gene", "protein", "mirna", "mir", "rna",
    "patient", "patients", "disease",
})  # fmt: skip
_HEADS = frozenset({
    "type", "types", "cargo", "cargos", "cargoes", "gene", "genes", "mrna", "mrnas", "pathway", "pathways", "line",
    "lines", "source", "sources", "origin", "resistance", "name", "names", "design", "size", "number", "level",
    "levels", "model", "models", "mirna", "mirnas", "mirs", "mir", "rna", "rnas", "status", "class", "classes",
})  # fmt: skip
#: "Drug cargo" is no name: columns of their own.
_CARGO = frozenset({"cargo", "cargos", "cargoes", "mirna", "mirnas", "mir", "mirs", "rna", "rnas", "target", "targets"})
_OWNERS = frozenset(
    {"drug", "drugs", "cancer", "cancers", "tumor", "tumour", "disease", "patients", "agent", "therapy"}
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
    title_case = all(t.text[:1].isupper() or shape(t.text) in ("function", "mir") for t in tokens)
    return [9.0, *(_header_score(a, b, title_case=title_case) for a, b in pairwise(tokens))]


def _header_score(before: Token, after: Token, *, title_case: bool) -> float:
    score = 5.0 if after.gap == "blank" else _name_score(before.text, after.text, title_case=title_case)
    wraps = after.gap == "space" and not after.first_line
    return score - (3.0 if wraps else 0.0)


def _name_score(before: str, after: str, *, title_case: bool) -> float:
    """How well a word begins a column's name, by the words alone; ``title_case``: the header capitalises every word."""
    if _is_one_name(before, after):
        return -4.0
    a, b = before.strip("(),").lower(), after.strip("(),").lower()
    if not after[:1].isupper():
        return 0.5 if _RNA_NAME.match(b) and not _modifies(a) else -3.0
    if not title_case or (b in _CARGO and a in _OWNERS):
        return 2.0  # "Drug | Cargo", "Cancer | miRNA"
    if b in _HEADS and _modifies(a):
        return -1.0
    return -0.5 if _ADJECTIVE.search(a) else 2.0


def _is_one_name(before: str, after: str) -> bool:
    """Whether a sign or a function word joins two words: "miRNA/ gene", "Type of"."""
    if before[-1] in "/-&," or after[0] in "(/&-":
        return True
    return "function" in (shape(before.strip("(),").lower()), shape(after.strip("(),").lower()))


def _modifies(word: str) -> bool:
    """Whether a word is the first part of a column's name: "target", "clinical"."""
    return word in _MODIFIERS or _ADJECTIVE.search(word) is not None


def _columns(tokens: Sequence[Token], rows: Sequence[Row]) -> tuple[int, ...]:
    """Where the columns before the references begin in the header; the rows say how many there can be."""
    scores = _header_scores(tokens)
    wanted = sum(s > 0 for s in scores)
    most = max(1 + sum(t.gap == "blank" for t in row.tokens) for row in rows)
    possible = sorted(places(row.tokens) for row in rows)
    wanted = max(most, min(max(wanted, 1), possible[(3 * len(possible)) // 4]))
    order = sorted(range(len(scores)), key=lambda k: (-scores[k], k))[:wanted]
    starts = sorted(order)
    return tuple(starts + [len(tokens)] * (wanted - len(starts)))


def _names(tokens: Sequence[Token], starts: tuple[int, ...]) -> list[str]:
    bounds = [*starts, len(tokens)]
    return [" ".join(t.text for t in tokens[a:b]) for a, b in pairwise(bounds)]
