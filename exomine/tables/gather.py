"""Triples over any number of papers: the same as :func:`exomine.tables.collate.collate`, sorted on the disk.

Relations and references go into an SQLite file that is thrown away; what is held in memory does not grow with the
papers.
"""

from __future__ import annotations

import contextlib
import errno
import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from exomine.tables.collate import title_key, triple_row
from exomine.tables.schema import column_names

__all__ = ["Gathering", "sorting_faults"]

Row = tuple[Any, ...]
_RELATION = column_names("relations")
#: What a triple is made of.
_USED = (
    "triple_id", "doc_id", "evidence_id", "score", "citations", "tier", "assertion", "subject_name", "subject_label",
    "subject_curie", "predicate", "object_name", "object_label", "object_curie", "cancer_name", "cancer_curie",
)  # fmt: skip
_PLACES = [_RELATION.index(name) for name in _USED]
_TRIPLE = column_names("triples")
_N_DOCUMENTS, _SCORE, _TIER = (_TRIPLE.index(name) for name in ("n_documents", "score", "tier"))
_CACHE_KB = 16_000
_SCHEMA = f"""
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -{_CACHE_KB};
CREATE TABLE papers (doc_id TEXT PRIMARY KEY, paper_id TEXT);
CREATE TABLE relations ({", ".join(_USED)});
CREATE TABLE listed (paper_id TEXT, label TEXT, doi TEXT, pmid TEXT, title TEXT, retracted INTEGER,
    PRIMARY KEY (paper_id, label)) WITHOUT ROWID;
CREATE TABLE doi_of (pmid TEXT PRIMARY KEY, doi TEXT) WITHOUT ROWID;
CREATE TABLE triples (triple_id TEXT PRIMARY KEY, n_documents INTEGER, score REAL, row TEXT);
"""
#: A work is the same for all copies of a paper; what the first of them knows stays.
_LIST = """
INSERT INTO listed VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
    doi = CASE WHEN listed.doi = '' THEN excluded.doi ELSE listed.doi END,
    pmid = CASE WHEN listed.pmid = '' THEN excluded.pmid ELSE listed.pmid END,
    title = CASE WHEN listed.title = '' THEN excluded.title ELSE listed.title END,
    retracted = max(listed.retracted, excluded.retracted)
"""
#: ``known``: by DOI, else PMID, else nothing. ``of_title``: titles for which all lists that know one know the same.
_WORKS = """
CREATE TABLE works AS SELECT paper_id, label, title, retracted, CASE
        WHEN l.doi <> '' THEN 'doi:' || l.doi
        WHEN d.doi IS NOT NULL THEN 'doi:' || d.doi
        WHEN l.pmid <> '' THEN 'pmid:' || l.pmid ELSE '' END AS known
    FROM listed l LEFT JOIN doi_of d ON d.pmid = l.pmid AND l.pmid <> '';
CREATE UNIQUE INDEX place ON works (paper_id, label);
CREATE TABLE of_title AS SELECT title, min(known) AS known FROM works
    WHERE title <> '' AND known <> '' GROUP BY title HAVING count(DISTINCT known) = 1;
CREATE UNIQUE INDEX title ON of_title (title);
"""
_FIND = """
SELECT w.known, CASE WHEN w.known <> '' THEN w.known WHEN t.known IS NOT NULL THEN t.known ELSE w.title END
    FROM works w LEFT JOIN of_title t ON t.title = w.title AND w.title <> '' WHERE w.paper_id = ? AND w.label = ?
"""
_RETRACTED = "SELECT paper_id, label FROM works WHERE retracted ORDER BY paper_id, label"
_GROUPS = f"SELECT {', '.join(_USED)} FROM relations ORDER BY triple_id, rowid"
_ORDERED = "SELECT row FROM triples ORDER BY n_documents DESC, score DESC, triple_id"


class Gathering:
    """Takes the papers one by one; :meth:`triples` may be asked for when all are there."""

    def __init__(self, file: Path) -> None:
        self._file = file
        file.unlink(missing_ok=True)
        self._base = sqlite3.connect(file, isolation_level=None)
        self._base.executescript(_SCHEMA)
        self._base.execute("BEGIN")

    def __enter__(self) -> Gathering:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()
        self._file.unlink(missing_ok=True)

    def add(self, documents: Iterable[Row], relations: Iterable[Row], references: Iterable[Row]) -> int:
        """Take the rows of papers; returns how many relations are of tier high."""
        papers = {row[0]: row[1] for row in documents}
        self._base.executemany("INSERT INTO papers VALUES (?, ?)", papers.items())
        taken = [tuple(row[i] for i in _PLACES) for row in relations]
        marks = ", ".join("?" * len(_USED))
        self._base.executemany(f"INSERT INTO relations VALUES ({marks})", taken)
        for row in references:
            self._list(papers, dict(zip(column_names("references"), row, strict=True)))
        return sum(row[_USED.index("tier")] == "high" for row in taken)

    def _list(self, papers: Mapping[str, str], r: Mapping[str, Any]) -> None:
        doi, pmid = r["doi"] or "", r["pmid"] or ""
        if doi and pmid:
            self._base.execute("INSERT OR IGNORE INTO doi_of VALUES (?, ?)", (pmid, doi))
        title = title_key(r["title"] or "", r["year"])
        place = (papers[r["doc_id"]], r["label"])
        self._base.execute(_LIST, (*place, doi, pmid, title, 1 if r["retracted"] else 0))

    def collate(self) -> tuple[int, int]:
        """Make the triples; returns how many they are, and how many of tier high."""
        self._base.execute("COMMIT")
        self._base.executescript(_WORKS)
        self._base.execute("BEGIN")
        cited = _Cited(self._base)
        total = high = 0
        for row in self._made(cited):
            total += 1
            high += row[_TIER] == "high"
        self._base.execute("COMMIT")
        return total, high

    def _made(self, cited: _Cited) -> Iterator[Row]:
        found = (dict(zip(_USED, row, strict=True)) for row in self._base.execute(_GROUPS))
        for key, group in groupby(found, key=lambda r: str(r["triple_id"])):
            rows = list(group)
            row = triple_row(key, rows, cited.papers_of(rows), cited)
            values = (key, row[_N_DOCUMENTS], row[_SCORE], json.dumps(row))
            self._base.execute("INSERT INTO triples VALUES (?, ?, ?, ?)", values)
            yield row

    def triples(self) -> Iterator[Row]:
        """The rows of ``triples`` in their order."""
        for (row,) in self._base.execute(_ORDERED):
            yield tuple(json.loads(row))

    def has(self, triple_id: str) -> bool:
        """Whether the triple was found."""
        return self._base.execute("SELECT 1 FROM triples WHERE triple_id = ?", (triple_id,)).fetchone() is not None


@contextlib.contextmanager
def sorting_faults() -> Iterator[None]:
    """What SQLite cannot write or read is an ``OSError`` like any other; it sorts in the folder of temporary files,
    too."""
    try:
        yield
    except sqlite3.OperationalError as error:
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        told = f"{error}, there or in {tempfile.gettempdir()} (the variable TMPDIR names another folder)"
        raise OSError(errno.ENOSPC if full else errno.EIO, told) from error


class _Cited:
    """As :class:`exomine.tables.collate.Cited`."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        places = base.execute(_RETRACTED).fetchall()
        self.retracted = {self._found(*place)[1] for place in places}

    def papers_of(self, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
        """The paper_id of each doc_id among the rows."""
        ids = {str(r["doc_id"]) for r in rows}
        return {key: self._paper(key) for key in sorted(ids)}

    def _paper(self, doc_id: str) -> str:
        (found,) = self._base.execute("SELECT paper_id FROM papers WHERE doc_id = ?", (doc_id,)).fetchone()
        return str(found)

    def key(self, doc_id: str, label: str) -> str:
        """Who is cited, as far as DOI and PMID tell."""
        paper = self._paper(doc_id)
        return self._found(paper, label)[0] or f"{paper}#{label}"

    def primary(self, doc_id: str, label: str) -> str:
        """Who is cited, one over all papers."""
        return self._found(self._paper(doc_id), label)[1]

    def _found(self, paper: str, label: str) -> tuple[str, str]:
        known, primary = self._base.execute(_FIND, (paper, label)).fetchone() or ("", "")
        return known, primary or f"{paper}#{label}"
