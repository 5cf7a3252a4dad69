"""The tables as an SQLite database, with their keys and a full-text index of the sentences."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from exomine.tables.dataframes import records
from exomine.tables.schema import DECIDED_TRIPLES, TABLES, TableSchema
from exomine.tables.store import Tables

__all__ = ["write"]

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL"}
#: Columns by which people look things up and tables are joined.
_INDEXED = (
    ("relations", "triple_id"), ("relations", "doc_id"), ("mentions", "sentence_id"), ("mentions", "curie"),
    ("triples", "subject_name"),
    ("triples", "object_name"), ("triples", "cancer_name"), ("citations", "doc_id"),
)  # fmt: skip
_VIEW = """
CREATE VIEW evidence AS
SELECT t.statement, t.assertion, r.sentence, d.title, d.source_path, r.page, r.section, r.citations, r.score,
t.n_documents, t.n_primaries,
       t.triple_id, r.relation_id, r.doc_id
FROM triples t JOIN relations r USING (triple_id) JOIN documents d USING (doc_id)
"""
_FULL_TEXT = """
CREATE VIRTUAL TABLE sentences_fts USING fts5(text, content="sentences", content_rowid="rowid");
INSERT INTO sentences_fts(sentences_fts) VALUES ('rebuild');
"""


def write(tables: Tables, folder: Path) -> dict[str, bytes]:
    """``exomine.sqlite``: a table of each, the view ``evidence``, and ``sentences_fts`` where this SQLite has FTS5."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "exomine.sqlite"
        connection = sqlite3.connect(path)
        try:
            _fill(connection, tables)
        finally:
            connection.close()
        return {path.name: path.read_bytes()}


def _fill(connection: sqlite3.Connection, tables: Tables) -> None:
    for schema in (DECIDED_TRIPLES if _is_decided(tables, s) else s for s in TABLES):
        connection.execute(_create(schema))
        marks = ", ".join("?" for _ in schema.columns)
        rows = (tuple(r.values()) for r in records(tables[schema.name]))
        connection.executemany(f'INSERT INTO "{schema.name}" VALUES ({marks})', rows)
    for table, column in _INDEXED:
        connection.execute(f'CREATE INDEX "{table}_{column}" ON "{table}" ("{column}")')
    connection.execute(_VIEW)
    if connection.execute("SELECT 1 FROM pragma_compile_options WHERE compile_options = 'ENABLE_FTS5'").fetchone():
        connection.executescript(_FULL_TEXT)
    connection.commit()
    connection.execute("VACUUM")


def _is_decided(tables: Tables, schema: TableSchema) -> bool:
    return schema.name == DECIDED_TRIPLES.name and "status" in tables.triples.columns


def _create(schema: TableSchema) -> str:
    return f'CREATE TABLE "{schema.name}" ({", ".join(_parts(schema))})'


def _parts(schema: TableSchema) -> Iterator[str]:
    for column in schema.columns:
        yield f'"{column.name}" {_TYPES[column.type]}{" NOT NULL" if column.required else ""}'
    if schema.key:
        yield f"PRIMARY KEY ({_quoted(schema.key)})"
    for k in schema.foreign_keys:
        yield f'FOREIGN KEY ({_quoted(k.columns)}) REFERENCES "{k.table}" ({_quoted(k.target)})'


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)
