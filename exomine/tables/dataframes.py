"""Rows to DataFrames and back to text: types, verbatim CSV, validation.

pandas is imported when a function is called, so that commands which need no table start fast.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import itertools
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exomine.document.utf8 import read_utf8, why
from exomine.errors import TableError
from exomine.tables.schema import PANDAS, Column, TableSchema, frame_schema

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_foreign_keys", "fits", "frame", "frame_from_csv", "records", "to_csv", "validate"]

Cell = str | int | float | None


def frame(schema: TableSchema, rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """A DataFrame with the declared columns and types; empty strings become missing."""
    import pandas as pd

    columns: list[list[Any]] = [list(c) for c in zip(*rows, strict=True)] or [[] for _ in schema.columns]
    if len(columns) != len(schema.columns):
        raise TableError(
            f"{schema.name}: rows of {len(columns)} cells, expected {len(schema.columns)}: {', '.join(schema.names)}"
        )
    data = {
        c.name: pd.Series([None if v is None or v == "" else v for v in values], dtype=PANDAS[c.type])
        for c, values in zip(schema.columns, columns, strict=True)
    }
    return pd.DataFrame(data, columns=list(schema.names))


def records(data: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries of plain values; missing is ``None``."""
    names = [str(name) for name in data.columns]
    columns = [_plain(data[name]) for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def validate(schema: TableSchema, data: pd.DataFrame, *, file: Path | None = None) -> pd.DataFrame:
    """``data`` if it keeps to the schema; else :class:`TableError` naming the first bad cells and what they should be.

    ``file`` is where the table was read from: lines of a CSV are named then.
    """
    import pandera.errors

    try:
        frame_schema(schema).validate(data, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = list(error.failure_cases.head(_SHOWN).itertuples())
        shown = "; ".join(f"{_place(c.index, file)}{_fault(schema, c)}" for c in cases)
        raise TableError(f"{file or f'Table {schema.name}'}: {shown}. {_RESTORE}") from None
    return data


_SHOWN = 5
_RESTORE = "Restore it, or move it away and run the extraction again."
#: What pandera calls a rule, and what to say of a cell that breaks it; the names in braces are those of
#: :class:`Column`.
_RULES = (
    ("not_nullable", "is empty, which it must not be"),
    ("uniqueness", "stands there twice"),
    ("isin", "is none of {values}"),
    ("greater", "is less than {minimum:g}"),
    ("less", "is more than {maximum:g}"),
    ("str_matches", "has not the form {pattern}"),
    ("column_in_schema", "is no column of this table"),
    ("column_in_dataframe", "is missing"),
    ("column_ordered", "is not in its place"),
    ("dtype", "is of another type than {type}"),
)


def _fault(schema: TableSchema, case: Any) -> str:
    """What is wrong with a cell or column, of a row of pandera's failures."""
    rule = next((words for name, words in _RULES if name in str(case.check)), str(case.check))
    if case.column not in schema.names:
        return f"column {case.failure_case} {rule}"
    column = schema.column(case.column)
    facts = {**dataclasses.asdict(column), "values": ", ".join(column.values)}
    shown = "" if rule is _RULES[0][1] else f"{case.failure_case!r} "
    return f"column {case.column}: {shown}{rule.format(**facts)}"


def _place(index: Any, file: Path | None) -> str:
    """Where the row of a table stands: its line in a CSV."""
    if index is None or index != index:
        return ""
    if file is None or file.suffix != ".csv":
        return f"row {int(index)}, "
    return f"line {_line(file, int(index))}, "


def _line(path: Path, index: int) -> int:
    """The line on which a row of a table begins, as :func:`frame_from_csv` counts rows."""
    text = _decoded(path)
    rows = _csv_rows(text, next((m for m in ",;\t" if m in text[: text.find("\n")]), ","), path)
    filled = (line for line, row in rows if any(row))
    return next(itertools.islice(filled, index + 1, None), 0)


def check_foreign_keys(
    schemas: Sequence[TableSchema], tables: Mapping[str, pd.DataFrame], *, files: Mapping[str, Path] | None = None
) -> None:
    """Raise :class:`TableError` where a foreign key names a row that does not exist; ``files`` are where tables were
    read from."""
    for schema in schemas:
        for key in schema.foreign_keys:
            if key.table not in tables:
                continue
            (column,), (target,) = key.columns, key.target
            values = tables[schema.name][column].dropna()
            lost = values[~values.isin(tables[key.table][target])]
            if len(lost):
                file = (files or {}).get(schema.name)
                raise TableError(
                    f"{file or f'Table {schema.name}'}: {_place(lost.index[0], file)}column {column}: "
                    f"{lost.iloc[0]!r} is not among "
                    f"{key.table}.{target} ({len(lost)} such rows). The tables do not belong together: restore "
                    f"them all, or run the "
                    "extraction again."
                )


def to_csv(schema: TableSchema, data: pd.DataFrame) -> bytes:
    """UTF-8 CSV with a header and ``\\n`` line ends. Cells are verbatim: no escaping beyond the quotes CSV needs."""
    out = io.StringIO()
    out.write(",".join(schema.names) + "\n")
    columns = [[shown(v) for v in _plain(data[name])] for name in schema.names]
    for row in zip(*columns, strict=True):
        out.write(",".join(row))
        out.write("\n")
    return out.getvalue().encode("utf-8")


_QUOTED = frozenset(',"\n\r')


def shown(value: Cell) -> str:
    if not isinstance(value, str):
        return "" if value is None else repr(value)
    if _QUOTED.isdisjoint(value) and value == value.strip():
        return value
    return '"' + value.replace('"', '""') + '"'


def _plain(column: pd.Series[Any]) -> list[Cell]:
    """The cells as plain Python values; missing is ``None``."""
    return [None if missing else value for value, missing in zip(column.tolist(), column.isna(), strict=True)]


def frame_from_csv(schema: TableSchema, path: Path) -> pd.DataFrame:
    """Read a table, also one that a spreadsheet saved: with a byte-order mark, CRLF, semicolons or tabs, decimal
    commas.

    Raises :class:`TableError` where the encoding, the header or a cell is not what it has to be.
    """
    text = _decoded(path)
    mark = _separator(schema, text)
    rows = _csv_rows(text, mark, path)
    _, header = next(rows, (1, []))
    if tuple(header) != schema.names:
        shown = f"its columns are {', '.join(header)}" if any(header) else "no columns stand there"
        raise TableError(f"{path}, line 1: {shown}; expected {', '.join(schema.names)}. {_REMEDY}")
    blank = not any(c.required for c in schema.columns)  # else an empty line is one that a spreadsheet added
    filled = ((i, row) for i, row in rows if blank or any(row))
    return frame(schema, (_typed(schema, row, path, i, comma=mark != ",") for i, row in filled))


_REMEDY = "Remove the file to use the Parquet file beside it, or restore it."


def _decoded(path: Path) -> str:
    """The text of a file; one that is not UTF-8 has lost its Greek letters already and is not guessed at."""
    try:
        return read_utf8(path)
    except OSError as error:
        raise TableError(f"{path} cannot be read: {why(error)}. {_REMEDY}") from None
    except ValueError as error:
        raise TableError(
            f"{path} is not UTF-8: {error}, as when a spreadsheet saves CSV in Windows-1252 or as Unicode text. "
            f"Save it "
            f'as "CSV UTF-8 (comma delimited)". {_REMEDY}'
        ) from None


def _separator(schema: TableSchema, text: str) -> str:
    """What stands between the cells: the comma, unless the header is whole with another."""
    head = re.split("[\r\n]", text, maxsplit=1)[0]
    return next((m for m in ";\t" if tuple(next(csv.reader([head], delimiter=m), ())) == schema.names), ",")


def _csv_rows(text: str, separator: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins."""
    limit = csv.field_size_limit(2**31 - 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error:
        raise TableError(
            f"{path}, line {line}: no CSV from there on; its quotes or line ends are damaged. {_REMEDY}"
        ) from None
    finally:
        csv.field_size_limit(limit)


def _typed(schema: TableSchema, row: list[str], path: Path, number: int, *, comma: bool) -> list[Cell]:
    """The cells as values; ``comma``: numbers may have a decimal comma."""
    if len(row) != len(schema.columns):
        quote = "; a quote that opens there may not be closed" if row and "\n" in row[-1] else ""
        raise TableError(f"{path}, line {number}: {len(row)} cells, expected {len(schema.columns)}{quote}. {_REMEDY}")
    out: list[Cell] = []
    for column, cell in zip(schema.columns, row, strict=True):
        shown = cell.replace(",", ".") if comma and column.type == "number" else cell
        if not fits(column, shown):
            raise TableError(f"{path}, line {number}, column {column.name}: {cell!r} is no {column.type}. {_REMEDY}")
        out.append(None if cell == "" else _PARSE[column.type](shown))
    return out


def fits(column: Column, cell: str) -> bool:
    """Whether a cell of a file is empty or a value of its column's type."""
    try:
        value = _PARSE[column.type](cell) if cell else 0
    except ValueError:
        return False
    if column.type == "integer":
        return bool(abs(value) < _LARGEST)
    return column.type == "string" or math.isfinite(value)


_PARSE: dict[str, Any] = {"string": str, "integer": int, "number": float}
_LARGEST = 2**63
