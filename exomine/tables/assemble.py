"""Tables put together from the parts of papers, one after the other, so that memory does not grow with the papers.

The lines of the CSV files are those of the parts. The Parquet files are made of the same lines, some megabytes at a
time, each a row group of its own.
"""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from exomine.tables.gather import Gathering, sorting_faults
from exomine.tables.owned import file_hash
from exomine.tables.parts import GROWING, SINGLE, PaperPart, check_rows, csv_lines, rows_of
from exomine.tables.schema import TableSchema, column_names, table

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["PARTITIONS", "Assembled", "assemble", "partition_path"]

Row = tuple[Any, ...]
#: Bytes of CSV that make one row group: what a table holds in memory at most, besides the largest paper.
_GROUP = 2_000_000
#: Rows of triples that are turned into lines at once.
_BATCH = 2_000
#: First digits of the doc_id: with partitions each has files of its own, so that a paper more changes few.
PARTITIONS = "0123456789abcdef"
_TIER = column_names("relations").index("tier")
_PATH, _DOC_ID = (column_names("documents").index(name) for name in ("source_path", "doc_id"))
_PAGE = column_names("failures").index("page")


class Assembled:
    """What was written: the SHA-256 of each file by its path, and counts of rows, as ``run.json`` has them."""

    def __init__(self) -> None:
        self.hashes: dict[str, str] = {}
        self.counts: Counter[str] = Counter()


def partition_path(name: str, digit: str) -> str:
    """Where the rows of the papers whose doc_id begins with ``digit`` stand, in a folder of results."""
    return f"parquet/{name}/part-{digit}.parquet"


def assemble(
    folder: Path,
    parts: Iterable[tuple[str, PaperPart]],
    scratch: Path,
    *,
    partition: bool = False,
    gathered: Callable[[Gathering], None] = lambda _: None,
) -> Assembled:
    """Write all tables into ``folder``. ``parts`` are doc_ids, in order, and what each paper adds.

    ``scratch`` is a file to sort in, ``gathered`` is told the triples before they are written.
    """
    made = Assembled()
    single: dict[str, list[Row]] = {name: [] for name in SINGLE}
    with ExitStack() as stack:
        stack.enter_context(sorting_faults())
        gathering = stack.enter_context(Gathering(scratch))
        growing = {name: stack.enter_context(_Writer(folder, table(name), partition=partition)) for name in GROWING}
        for doc_id, part in parts:
            for name in GROWING:
                growing[name].add(part.lines.get(name, b""), digit=doc_id[0])
            made.counts.update(part.counts)
            for name in SINGLE:
                single[name].extend(getattr(part, name))
            made.counts["high_relations"] += _gather(gathering, part)
        made.counts["triples"], made.counts["high_triples"] = gathering.collate()
        gathered(gathering)
        _write_triples(stack.enter_context(_Writer(folder, table("triples"))), gathering.triples())
        _write_single(folder, single, stack)
    made.counts.update({name: len(rows) for name, rows in single.items()})
    made.hashes = {path.relative_to(folder).as_posix(): file_hash(path) for path in sorted(_tables_in(folder))}
    return made


def _tables_in(folder: Path) -> Iterator[Path]:
    return (p for p in folder.rglob("*") if p.suffix in (".csv", ".parquet"))


def _gather(gathering: Gathering, part: PaperPart) -> int:
    relations, references = (rows_of(table(n), part.lines.get(n, b"")) for n in ("relations", "references"))
    return gathering.add(part.documents, relations, references)


def _write_triples(writer: _Writer, rows: Iterator[Row]) -> None:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            writer.add(csv_lines(writer.schema, batch))
            batch.clear()
    writer.add(csv_lines(writer.schema, batch))


def _write_single(folder: Path, single: Mapping[str, list[Row]], stack: ExitStack) -> None:
    single["documents"].sort(key=lambda r: (r[_PATH], r[_DOC_ID]))
    single["failures"].sort(key=lambda r: (r[0], r[_PAGE] or 0, *(str(c) for c in r)))
    for name, rows in single.items():
        check_rows(table(name), rows)
        stack.enter_context(_Writer(folder, table(name))).add(csv_lines(table(name), rows))


class _Writer:
    """The files of one table."""

    def __init__(self, folder: Path, schema: TableSchema, *, partition: bool = False) -> None:
        self.schema = schema
        self._folder, self._partition = folder, partition
        self._csv = (folder / f"{schema.name}.csv").open("wb")
        self._csv.write(_header(schema))
        self._waiting: list[bytes] = []
        self._size = 0
        self._digit = PARTITIONS[0]
        self._parquet = self._opened()

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None) -> None:
        try:
            if kind is None:
                self._flush()
                while self._partition and self._digit != PARTITIONS[-1]:
                    self._next()
        finally:
            self._parquet.close()
            self._csv.flush()
            os.fsync(self._csv.fileno())
            self._csv.close()

    def add(self, lines: bytes, *, digit: str = PARTITIONS[0]) -> None:
        """Write lines of CSV; with partitions they belong to ``digit``, which never goes back."""
        while self._partition and digit != self._digit:
            self._flush()
            self._next()
        self._csv.write(lines)
        self._waiting.append(lines)
        self._size += len(lines)
        if self._size >= _GROUP:
            self._flush()

    def _next(self) -> None:
        """The next digit's file."""
        self._parquet.close()
        self._digit = PARTITIONS[PARTITIONS.index(self._digit) + 1]
        self._parquet = self._opened()

    def _opened(self) -> Any:
        import pyarrow.parquet as pq

        name = self.schema.name
        path = self._folder / (partition_path(name, self._digit) if self._partition else f"{name}.parquet")
        path.parent.mkdir(parents=True, exist_ok=True)
        return pq.ParquetWriter(path, arrow_schema(self.schema), compression="zstd")

    def _flush(self) -> None:
        lines = b"".join(self._waiting)
        self._waiting, self._size = [], 0
        if lines:
            self._parquet.write_table(_parsed(self.schema, lines))


def _header(schema: TableSchema) -> bytes:
    return (",".join(schema.names) + "\n").encode("ascii")


def arrow_schema(schema: TableSchema) -> pa.Schema:
    """The types of a table's columns in Parquet, with their meaning."""
    import pyarrow as pa

    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}
    return pa.schema([pa.field(c.name, types[c.type], metadata={"description": c.meaning}) for c in schema.columns])


def _parsed(schema: TableSchema, lines: bytes) -> pa.Table:
    from pyarrow import csv

    fields = arrow_schema(schema)
    types = {f.name: f.type for f in fields}
    read = csv.ReadOptions(column_names=list(schema.names), use_threads=False, block_size=len(lines) + 1)
    convert = csv.ConvertOptions(
        column_types=types, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
    )
    parse = csv.ParseOptions(newlines_in_values=True)
    found = csv.read_csv(io.BytesIO(lines), read_options=read, parse_options=parse, convert_options=convert)
    return found.cast(fields)
