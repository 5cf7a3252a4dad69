"""The tables on disk: CSV and Parquet beside each other, the papers as read, the descriptor, and the summary of the
run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exomine.document.utf8 import why
from exomine.errors import TableError, UsageError
from exomine.tables.assemble import PARTITIONS, arrow_schema, assemble, partition_path
from exomine.tables.commit import WORK, recover_if_free, staged, write_synced
from exomine.tables.dataframes import check_foreign_keys, frame, frame_from_csv, to_csv, validate
from exomine.tables.gather import Gathering
from exomine.tables.owned import RUN, file_hash, is_unchanged, json_bytes, own_files, with_list
from exomine.tables.parts import GROWING, PaperPart
from exomine.tables.schema import TABLE_NAMES, TABLES, TableSchema, datapackage, table

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "LOST_TRIPLES",
    "Paper",
    "Tables",
    "json_bytes",
    "load_tables",
    "make_tables",
    "planned_files",
    "read_run",
    "stage_table",
    "write_papers",
    "write_tables",
]

#: In a folder of results: the triples that its last runs no longer found, for the next refresh.
LOST_TRIPLES = f"{WORK}/lost_triples.csv"


@dataclass(frozen=True)
class Tables:
    """The contract's tables as DataFrames with pandas' nullable types."""

    documents: pd.DataFrame
    sentences: pd.DataFrame
    mentions: pd.DataFrame
    relations: pd.DataFrame
    triples: pd.DataFrame
    references: pd.DataFrame
    citations: pd.DataFrame
    tables: pd.DataFrame
    unread: pd.DataFrame
    failures: pd.DataFrame

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in {s.name for s in TABLES}:
            raise KeyError(f"no table {name!r}; there are {', '.join(s.name for s in TABLES)}")
        frame: pd.DataFrame = getattr(self, name)
        return frame

    def __iter__(self) -> Iterator[str]:
        return iter(s.name for s in TABLES)

    def items(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Pairs of name and table."""
        return ((name, self[name]) for name in self)

    def __repr__(self) -> str:
        return f"Tables({', '.join(f'{name}: {len(data)} rows' for name, data in self.items())})"


def make_tables(rows: Mapping[str, list[Any]]) -> Tables:
    """Tables from rows, validated; raises :class:`TableError`."""
    frames = {s.name: validate(s, frame(s, rows.get(s.name, []))) for s in TABLES}
    check_foreign_keys(TABLES, frames)
    return Tables(**frames)


def planned_files(doc_ids: Iterable[str], *, partition: bool = False) -> list[str]:
    """The paths in a folder of results that a run over these papers writes, if all of them can be read."""
    cut = GROWING if partition else ()
    tables = [f"{s.name}.csv" for s in TABLES] + [f"{s.name}.parquet" for s in TABLES if s.name not in cut]
    tables += [partition_path(name, digit) for name in cut for digit in PARTITIONS]
    return [*tables, "datapackage.json", RUN, *(f"papers/{doc_id}.json" for doc_id in doc_ids)]


def write_tables(target: Path, tables: Tables, *, papers: Mapping[str, bytes], run: Mapping[str, Any]) -> None:
    """Replace the result files in ``target`` as a set; see :mod:`exomine.tables.commit`.

    ``papers`` holds the JSON of each Document by doc_id. ``run.json`` gets the list of the files written. Raises
    :class:`exomine.errors.StorageError`, and :class:`UsageError` where something that is not ours is in the way.
    """
    with staged(target, own_files(target)) as folder:
        hashes: dict[str, str] = {}
        for schema in TABLES:
            hashes |= stage_table(folder, schema, tables[schema.name])
        for doc_id, data in papers.items():
            hashes |= _stage(folder, f"papers/{doc_id}.json", data)
        hashes |= _stage(folder, "datapackage.json", json_bytes(datapackage(hashes=hashes)))
        write_synced(folder / RUN, with_list(run, hashes))


@dataclass(frozen=True)
class Paper:
    """One of the papers of a run: what it adds to the tables, its Document and the Document's SHA-256; no Document, and
    an empty hash, where it failed."""

    doc_id: str
    digest: str
    part: Callable[[], PaperPart]
    document: Callable[[], bytes]


def write_papers(
    target: Path,
    papers: Sequence[Paper],
    *,
    run: Callable[[Mapping[str, int]], dict[str, Any]],
    partition: bool = False,
    gathered: Callable[[Gathering], None] = lambda _: None,
) -> dict[str, Any]:
    """As :func:`write_tables`, from papers in the order of their doc_id, one after the other.

    ``run`` makes what ``run.json`` says, which is returned, of the counts of rows; ``gathered`` is told the triples
    before anything is replaced.
    """
    own = own_files(target)
    kept: dict[str, str] = {}
    with staged(target, own, kept) as folder:
        parts = ((p.doc_id, p.part()) for p in papers)
        made = assemble(folder, parts, folder.parent / "sorting", partition=partition, gathered=gathered)
        hashes = dict(made.hashes)
        for paper in (p for p in papers if p.digest):
            path = f"papers/{paper.doc_id}.json"
            if own.get(path) == paper.digest and is_unchanged(target / path, paper.digest):
                kept[path] = paper.digest
            else:
                hashes |= _stage(folder, path, paper.document())
        hashes |= _stage(folder, "datapackage.json", json_bytes(datapackage(hashes=hashes)))
        told = run(made.counts)
        write_synced(folder / RUN, with_list(told, hashes | kept))
    return told


def stage_table(folder: Path, schema: TableSchema, data: pd.DataFrame) -> dict[str, str]:
    """Write one table as CSV and Parquet; returns the SHA-256 of each file by its name."""
    return _stage(folder, f"{schema.name}.csv", to_csv(schema, data)) | _stage(
        folder, f"{schema.name}.parquet", _parquet_bytes(schema, data)
    )


def _stage(folder: Path, path: str, data: bytes) -> dict[str, str]:
    write_synced(folder / path, data)
    return {path: hashlib.sha256(data).hexdigest()}


def _parquet_bytes(schema: TableSchema, data: pd.DataFrame) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    fields = arrow_schema(schema)
    arrays = [pa.array(data[f.name], type=f.type, from_pandas=True) for f in fields]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_arrays(arrays, schema=fields), sink, compression="zstd")
    return bytes(sink.getvalue())


#: Conditions on the rows of a table, all of which must hold, as pyarrow has them: ``[("tier", "==", "high")]``.
Filters = Sequence[tuple[str, str, Any]]


def load_tables(
    folder: str | Path,
    *,
    columns: Mapping[str, Sequence[str]] | None = None,
    filters: Mapping[str, Filters] | None = None,
) -> Tables:
    """The tables in ``folder``, with their types, validated.

    A CSV file that was changed since it was written is what counts; otherwise its Parquet twin is read, which is
    faster, or its partitions as one. With ``columns`` or ``filters``, each by table, a table is read when it is first
    asked for, and only as much of it: ``columns={"triples": ["statement", "score"]}``, ``filters={"relations":
    [("tier", "==", "high")]}``; whether tables belong together is not looked at then. Raises :class:`UsageError` where
    there are no tables and :class:`TableError` where one does not keep to its columns.
    """
    path = Path(folder)
    if not path.is_dir():
        raise UsageError(f"No folder {path}; run `exomine extract --out {path}` first.")
    recover_if_free(path)
    hashes = _stored_hashes(path)
    if columns is not None or filters is not None:
        return _Lazy(path, hashes, columns or {}, filters or {})
    files = {s.name: _file(path, s, hashes) for s in TABLES}
    frames = {s.name: validate(s, _load(s, files[s.name]), file=files[s.name]) for s in TABLES}
    check_foreign_keys(TABLES, frames, files=files)
    return Tables(**frames)


class _Lazy(Tables):
    """Tables of which each is read when it is first asked for."""

    def __init__(
        self,
        folder: Path,
        hashes: Mapping[str, str],
        columns: Mapping[str, Sequence[str]],
        filters: Mapping[str, Filters],
    ) -> None:
        named = [
            *((t, c) for t, cs in columns.items() for c in cs),
            *((t, f[0]) for t, fs in filters.items() for f in fs),
        ]
        for name, column in named:
            _check_known(name, column)
        self.__dict__.update(_folder=folder, _hashes=hashes, _columns=columns, _filters=filters)

    def __getattr__(self, name: str) -> Any:
        if name not in TABLE_NAMES:
            raise AttributeError(name)
        schema = table(name)
        file = _file(self._folder, schema, self._hashes)
        columns, filters = self._columns.get(name), self._filters.get(name)
        data = _load(schema, file, columns=columns, filters=filters)
        self.__dict__[name] = data if columns else validate(schema, data, file=file)
        return self.__dict__[name]


def _check_known(name: str, column: str) -> None:
    if name not in TABLE_NAMES:
        raise UsageError(f"There is no table {name!r}; choose of {', '.join(TABLE_NAMES)}.")
    if column not in table(name).names:
        raise UsageError(f"Table {name} has no column {column!r}; it has {', '.join(table(name).names)}.")


def _load(
    schema: TableSchema, file: Path, *, columns: Sequence[str] | None = None, filters: Filters | None = None
) -> pd.DataFrame:
    if file.suffix != ".csv":
        return _from_parquet(file, columns, filters)
    data = frame_from_csv(schema, file)
    if filters:
        import pyarrow as pa
        import pyarrow.parquet as pq

        kept = pa.Table.from_pandas(data, preserve_index=False).filter(pq.filters_to_expression(list(filters)))
        data = frame(schema, [tuple(row.values()) for row in kept.to_pylist()])
    return data[list(columns)] if columns else data


def _file(folder: Path, schema: TableSchema, hashes: Mapping[str, str]) -> Path:
    """The file that a table is read from, or the folder of its partitions."""
    csv_path, parquet = folder / f"{schema.name}.csv", _parquet(folder, schema.name)
    if csv_path.is_file():
        unchanged = parquet is not None and hashes.get(csv_path.name) == file_hash(csv_path)
        return parquet if unchanged and parquet is not None else csv_path
    if parquet is not None:
        return parquet
    raise UsageError(f"{folder} holds no table {schema.name}; run `exomine extract --out {folder}` first.")


def _parquet(folder: Path, name: str) -> Path | None:
    whole, parts = folder / f"{name}.parquet", (folder / partition_path(name, PARTITIONS[0])).parent
    return next((p for p in (whole, parts) if p.exists()), None)


def _from_parquet(path: Path, columns: Sequence[str] | None = None, filters: Filters | None = None) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {pa.string(): pd.StringDtype(), pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype()}
    try:
        parts = [path / f"part-{digit}.parquet" for digit in PARTITIONS] if path.is_dir() else [path]
        dataset = pq.ParquetDataset(parts, filters=list(filters) if filters else None, partitioning=None)
        data = dataset.read(columns=list(columns) if columns else None)
    except (OSError, pa.ArrowInvalid) as error:
        reason = why(error) if isinstance(error, OSError) and error.strerror else "it is damaged, or no Parquet file"
        raise TableError(
            f"{path} cannot be read: {reason}. Remove it to use the CSV, or run the extraction again."
        ) from None
    loaded: pd.DataFrame = data.to_pandas(types_mapper=kinds.get, ignore_metadata=True)
    return loaded


def _stored_hashes(folder: Path) -> dict[str, str]:
    try:
        resources = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        return {r["path"]: r["hash"].removeprefix("sha256:") for r in resources if "hash" in r}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def read_run(folder: Path) -> dict[str, Any]:
    """``run.json`` of a folder of results; empty where there is none."""
    try:
        data = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}
