"""Rows to DataFrames and back to text: types, verbatim CSV, validation.

pandas is imported when a function is called, so that commands which need no table start fast.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exomine.errors import TableError
from exomine.tables.schema import PANDAS, TableSchema, frame_schema

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_foreign_keys", "frame", "frame_from_csv", "records", "to_csv", "validate"]

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


def validate(schema: TableSchema, data: pd.DataFrame, *, where: str = "") -> pd.DataFrame:
    """``data`` if it keeps to the schema; else :class:`TableError` naming table, column, rule and the first bad rows."""
    import pandera.errors

    try:
        frame_schema(schema).validate(data, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases.head(5)
        shown = "; ".join(
            f"column {c.column or '-'}: {c.check} fails for {c.failure_case!r}"
            + (f" in row {c.index}" if c.index == c.index else "")
            for c in cases.itertuples()
        )
        place = f" in {where}" if where else ""
        raise TableError(
            f"Table {schema.name}{place} does not keep to its columns: {shown}. Restore it, or move it away and run the extraction again."
        ) from None
    return data


def check_foreign_keys(schemas: Sequence[TableSchema], tables: Mapping[str, pd.DataFrame]) -> None:
    """Raise :class:`TableError` where a foreign key names a row that does not exist."""
    for schema in schemas:
        for key in schema.foreign_keys:
            if key.table not in tables:
                continue
            (column,), (target,) = key.columns, key.target
            values = tables[schema.name][column].dropna()
            lost = values[~values.isin(tables[key.table][target])]
            if len(lost):
                raise TableError(
                    f"Table {schema.name}: {column} {lost.iloc[0]!r} is not among {key.table}.{target} ({len(lost)} such rows)."
                )


def to_csv(schema: TableSchema, data: pd.DataFrame) -> bytes:
    """UTF-8 CSV with a header and ``\\n`` line ends. Cells are verbatim: no escaping beyond the quotes CSV needs."""
    out = io.StringIO()
    out.write(",".join(schema.names) + "\n")
    columns = [[_shown(v) for v in _plain(data[name])] for name in schema.names]
    for row in zip(*columns, strict=True):
        out.write(",".join(row))
        out.write("\n")
    return out.getvalue().encode("utf-8")


_QUOTED = frozenset(',"\n\r')


def _shown(value: Cell) -> str:
    if not isinstance(value, str):
        return "" if value is None else repr(value)
    if _QUOTED.isdisjoint(value) and value == value.strip():
        return value
    return '"' + value.replace('"', '""') + '"'


def _plain(column: pd.Series[Any]) -> list[Cell]:
    """The cells as plain Python values; missing is ``None``."""
    return [None if missing else value for value, missing in zip(column.tolist(), column.isna(), strict=True)]


def frame_from_csv(schema: TableSchema, path: Path) -> pd.DataFrame:
    """Read a table, also one that a spreadsheet saved: with a byte-order mark, CRLF, semicolons or tabs, decimal commas.

    Raises :class:`TableError` where the encoding, the header or a cell is not what it has to be.
    """
    text = _decoded(path)
    mark = _separator(schema, text)
    rows = _csv_rows(text, mark, path)
    header = tuple(next(rows, ()))
    if header != schema.names:
        raise TableError(f"{path}: columns are {', '.join(header)}; expected {', '.join(schema.names)}. {_REMEDY}")
    blank = not any(c.required for c in schema.columns)  # else an empty line is one that a spreadsheet added
    filled = ((i, row) for i, row in enumerate(rows, start=2) if blank or any(row))
    return frame(schema, (_typed(schema, row, path, i, comma=mark != ",") for i, row in filled))


_REMEDY = "Remove the file to use the Parquet file beside it, or restore it."


def _decoded(path: Path) -> str:
    """The text of a file; one that is not UTF-8 has lost its Greek letters already and is not guessed at."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(
            f"{path} is not UTF-8 (byte {error.start}), as when a spreadsheet saves CSV in Windows-1252 or as Unicode text. Save it "
            f'as "CSV UTF-8 (comma delimited)". {_REMEDY}'
        ) from None


def _separator(schema: TableSchema, text: str) -> str:
    """What stands between the cells: the comma, unless the header is whole with another."""
    head = re.split("[\r\n]", text, maxsplit=1)[0]
    return next((m for m in ";\t" if tuple(next(csv.reader([head], delimiter=m), ())) == schema.names), ",")


def _csv_rows(text: str, separator: str, path: Path) -> Iterator[list[str]]:
    limit = csv.field_size_limit(2**31 - 1)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise TableError(f"{path} is no CSV: {error}. {_REMEDY}") from None
    finally:
        csv.field_size_limit(limit)


def _typed(schema: TableSchema, row: list[str], path: Path, number: int, *, comma: bool) -> list[Cell]:
    """The cells as values; ``comma``: numbers may have a decimal comma."""
    if len(row) != len(schema.columns):
        raise TableError(f"{path}, record {number}: {len(row)} cells, expected {len(schema.columns)}. {_REMEDY}")
    out: list[Cell] = []
    for column, cell in zip(schema.columns, row, strict=True):
        shown = cell.replace(",", ".") if comma and column.type == "number" else cell
        try:
            out.append(None if cell == "" else _PARSE[column.type](shown))
        except ValueError:
            raise TableError(
                f"{path}, record {number}, column {column.name}: {cell!r} is no {column.type}. {_REMEDY}"
            ) from None
    return out


_PARSE: dict[str, Any] = {"string": str, "integer": int, "number": float}
