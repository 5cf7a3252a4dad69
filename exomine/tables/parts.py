"""The rows of one paper as text: CSV lines by table, as they will stand in the files, so that tables are put together
without being taken apart.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from exomine.errors import TableError
from exomine.tables.dataframes import fits, shown
from exomine.tables.ids import evidence_id
from exomine.tables.rows import PaperRows
from exomine.tables.schema import Column, TableSchema, column_names, table
from exomine.tables.sketch import sketch

__all__ = ["GROWING", "SINGLE", "PaperPart", "check_rows", "csv_lines", "rows_of"]

Row = tuple[Any, ...]
#: Tables to which a paper adds few rows, which are sorted over all papers.
SINGLE = ("documents", "failures")
#: Tables in which the rows of a paper stand together, papers in the order of their doc_id.
GROWING = ("sentences", "mentions", "relations", "references", "citations", "tables", "unread")
_CAST: dict[str, Any] = {"string": str, "integer": int, "number": float}
#: Where the path of a paper stands in its rows: it depends on the other papers of a run and is not kept.
_PAPER_ID = column_names("documents").index("paper_id")
_EVIDENCE = column_names("relations").index("evidence_id")
_EVIDENCE_OF = [column_names("relations").index(name) for name in ("sentence", "triple_id")]
_SENTENCE, _BLOCK = (column_names("sentences").index(name) for name in ("text", "block"))
#: Kinds of blocks that are the paper's prose, in every format of it.
_PROSE = ("paragraph", "list_item")
_PATHS = {name: column_names(name).index("source_path") for name in SINGLE}


@dataclass
class PaperPart:
    """What a paper adds to the tables: the rows of :data:`SINGLE`, and of each of :data:`GROWING` the lines and how
    many rows they are. ``sketch`` is that of its prose (:mod:`exomine.tables.sketch`)."""

    documents: list[Row] = field(default_factory=list)
    failures: list[Row] = field(default_factory=list)
    lines: dict[str, bytes] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    sketch: tuple[int, ...] = ()

    @classmethod
    def of_rows(cls, rows: PaperRows) -> PaperPart:
        """The part of a paper; raises :class:`TableError` where a row does not keep to its table."""
        lines, counts = {}, {}
        for name in (*SINGLE, *GROWING):
            check_rows(table(name), getattr(rows, name))
            _check_foreign(table(name), rows)
        for name in GROWING:
            lines[name] = csv_lines(table(name), getattr(rows, name))
            counts[name] = len(getattr(rows, name))
        prose = [row[_SENTENCE] for row in rows.sentences if row[_BLOCK] in _PROSE]
        return cls(list(rows.documents), list(rows.failures), lines, counts, sketch(prose))

    def of_paper(self, paper_id: str) -> PaperPart:
        """The same rows as those of a copy of the paper ``paper_id``: what is made of that id is made anew."""
        if all(row[_PAPER_ID] == paper_id for row in self.documents):
            return self
        documents = [_with(row, _PAPER_ID, paper_id) for row in self.documents]
        schema = table("relations")
        relations = (
            _with(row, _EVIDENCE, evidence_id(paper_id, row[_EVIDENCE_OF[0]] or "", row[_EVIDENCE_OF[1]]))
            for row in rows_of(schema, self.lines["relations"])
        )
        lines = {**self.lines, schema.name: csv_lines(schema, relations)}
        return replace(self, documents=documents, lines=lines)

    def to_bytes(self) -> bytes:
        """As it is kept: a line of JSON, and the lines of the tables behind it."""
        single = {name: [_without_path(name, row) for row in getattr(self, name)] for name in SINGLE}
        sizes = {name: [self.counts[name], len(self.lines[name])] for name in GROWING}
        head = json.dumps({**single, "sizes": sizes, "sketch": self.sketch}, ensure_ascii=False).encode("utf-8")
        return b"\n".join((head, b"".join(self.lines[name] for name in GROWING)))

    @classmethod
    def from_bytes(cls, data: bytes, source_path: str) -> PaperPart:
        """The inverse of :meth:`to_bytes`, for a paper at ``source_path``; raises ``ValueError`` or ``KeyError`` where
        it is nothing of the kind."""
        line, _, rest = data.partition(b"\n")
        head = json.loads(line)
        single = {name: [_with_path(name, row, source_path) for row in head[name]] for name in SINGLE}
        lines, counts, start = {}, {}, 0
        for name in GROWING:
            counts[name], size = head["sizes"][name]
            lines[name] = rest[start : start + size]
            start += size
        if start != len(rest):
            raise ValueError(f"{len(rest)} bytes of rows, expected {start}")
        return cls(single["documents"], single["failures"], lines, counts, tuple(head["sketch"]))


def _with(row: Row, place: int, cell: Any) -> Row:
    return (*row[:place], cell, *row[place + 1 :])


def _without_path(name: str, row: Row) -> list[Any]:
    return [None if i == _PATHS[name] else cell for i, cell in enumerate(row)]


def _with_path(name: str, row: list[Any], source_path: str) -> Row:
    return tuple(source_path if i == _PATHS[name] else cell for i, cell in enumerate(row))


def csv_lines(schema: TableSchema, rows: Iterable[Sequence[Any]]) -> bytes:
    """The rows as lines of the table's CSV, without the header."""
    casts = [_CAST[c.type] for c in schema.columns]
    out = io.StringIO()
    for row in rows:
        cells = (None if v is None or v == "" else cast(v) for cast, v in zip(casts, row, strict=True))
        out.write(",".join(map(shown, cells)))
        out.write("\n")
    return out.getvalue().encode("utf-8")


def rows_of(schema: TableSchema, lines: bytes) -> Iterator[Row]:
    """The inverse of :func:`csv_lines`; missing is ``None``."""
    casts = [_CAST[c.type] for c in schema.columns]
    limit = csv.field_size_limit(2**31 - 1)
    try:
        for row in csv.reader(io.StringIO(lines.decode("utf-8"), newline="")):
            yield tuple(None if v == "" else cast(v) for cast, v in zip(casts, row, strict=True))
    finally:
        csv.field_size_limit(limit)


def check_rows(schema: TableSchema, rows: Sequence[Row]) -> None:
    """Raise :class:`TableError` where the rows of one paper do not keep to the schema: the same that
    :func:`exomine.tables.dataframes.validate` asks, without pandas, and one paper at a time."""
    for i, column in enumerate(schema.columns):
        for row in rows:
            if fault := _fault(column, row[i]):
                raise TableError(f"Table {schema.name}: column {column.name}: {row[i]!r} {fault}.")
    places = [schema.names.index(name) for name in schema.key]
    keys = [tuple(row[i] for i in places) for row in rows]
    if places and len(set(keys)) != len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise TableError(f"Table {schema.name}: the key {twice!r} stands there twice.")


def _check_foreign(schema: TableSchema, rows: PaperRows) -> None:
    """Raise :class:`TableError` where a row of the paper names one that the paper has not; triples have no rows yet."""
    for key in (k for k in schema.foreign_keys if k.table in (*SINGLE, *GROWING)):
        (column,), (target,) = key.columns, key.target
        there = {row[column_names(key.table).index(target)] for row in getattr(rows, key.table)}
        named = {row[schema.names.index(column)] for row in getattr(rows, schema.name)} - {None, ""}
        if lost := sorted(map(str, named - there)):
            raise TableError(f"Table {schema.name}: column {column}: {lost[0]!r} is not among {key.table}.{target}.")


def _fault(column: Column, value: Any) -> str:
    """What is wrong with a cell; empty where nothing is."""
    if value is None or value == "":
        return "is empty, which it must not be" if column.required else ""
    if not fits(column, str(value)):
        return f"is no {column.type}"
    if column.type == "string":
        return _text_fault(column, value)
    if column.minimum is not None and value < column.minimum:
        return f"is less than {column.minimum:g}"
    return f"is more than {column.maximum:g}" if column.maximum is not None and value > column.maximum else ""


def _text_fault(column: Column, value: str) -> str:
    if column.values and value not in column.values:
        return f"is none of {', '.join(column.values)}"
    if column.pattern and not _pattern(column.pattern).match(value):
        return f"has not the form {column.pattern}"
    return ""


@lru_cache(maxsize=64)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)
