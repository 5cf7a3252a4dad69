"""The tables on disk: CSV and Parquet beside each other, the papers as read, the descriptor, and the summary of the
run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exomine.document.utf8 import why
from exomine.errors import TableError, UsageError
from exomine.tables.commit import WORK, recover_if_free, staged, write_synced
from exomine.tables.dataframes import check_foreign_keys, frame, frame_from_csv, to_csv, validate
from exomine.tables.owned import RUN, json_bytes, own_files, with_list
from exomine.tables.schema import TABLES, TableSchema, datapackage

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "LOST_TRIPLES",
    "Tables",
    "json_bytes",
    "load_tables",
    "make_tables",
    "planned_files",
    "read_run",
    "stage_table",
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


def planned_files(doc_ids: Iterable[str]) -> list[str]:
    """The paths in a folder of results that a run over these papers writes, if all of them can be read."""
    tables = [f"{s.name}.{kind}" for s in TABLES for kind in ("csv", "parquet")]
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

    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}
    fields = [pa.field(c.name, types[c.type], metadata={"description": c.meaning}) for c in schema.columns]
    arrays = [pa.array(data[c.name], type=types[c.type], from_pandas=True) for c in schema.columns]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), sink, compression="zstd")
    return bytes(sink.getvalue())


def load_tables(folder: str | Path) -> Tables:
    """The tables in ``folder``, with their types, validated.

    A CSV file that was changed since it was written is what counts; otherwise its Parquet twin is read, which is
    faster. Raises :class:`UsageError` where there are no tables and :class:`TableError` where one does not keep to its
    columns.
    """
    path = Path(folder)
    if not path.is_dir():
        raise UsageError(f"No folder {path}; run `exomine extract --out {path}` first.")
    recover_if_free(path)
    hashes = _stored_hashes(path)
    files = {s.name: _file(path, s, hashes) for s in TABLES}
    frames = {s.name: validate(s, _load(s, files[s.name]), file=files[s.name]) for s in TABLES}
    check_foreign_keys(TABLES, frames, files=files)
    return Tables(**frames)


def _load(schema: TableSchema, file: Path) -> pd.DataFrame:
    return frame_from_csv(schema, file) if file.suffix == ".csv" else _from_parquet(file)


def _file(folder: Path, schema: TableSchema, hashes: Mapping[str, str]) -> Path:
    """The file that a table is read from."""
    csv_path, parquet = folder / f"{schema.name}.csv", folder / f"{schema.name}.parquet"
    if csv_path.is_file():
        unchanged = hashes.get(csv_path.name) == hashlib.sha256(csv_path.read_bytes()).hexdigest()
        return parquet if unchanged and parquet.is_file() else csv_path
    if parquet.is_file():
        return parquet
    raise UsageError(f"{folder} holds no table {schema.name}; run `exomine extract --out {folder}` first.")


def _from_parquet(path: Path) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {pa.string(): pd.StringDtype(), pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype()}
    try:
        data = pq.read_table(path)
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
