"""The works that are cited for a statement, each once over all papers, with what the reference lists say of it."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exomine.tables.collate import Cited
from exomine.tables.dataframes import records
from exomine.tables.schema import column_names
from exomine.tables.store import Tables

__all__ = ["Work", "cited_works", "reference_texts"]

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Work:
    """A cited work. ``key`` is fit for a citation ("doe2015-1a2b"); ``statements`` are those that it is cited for,
    sorted."""

    key: str
    authors: tuple[str, ...]
    title: str
    journal: str
    year: int | None
    doi: str
    pmid: str
    text: str
    retracted: bool
    statements: tuple[str, ...]


def cited_works(tables: Tables, folder: Path) -> list[Work]:
    """The cited works that a reference list describes, sorted by key; authors are taken from the papers as read."""
    lists = {(r["doc_id"], r["label"]): r for r in records(tables.references)}
    cited = Cited(_papers(tables), (tuple(r[c] for c in column_names("references")) for r in lists.values()))
    authors = _authors(folder, tables)
    statements = _statements(tables)
    groups: dict[str, list[Place]] = defaultdict(list)
    for place in sorted(statements):
        if place in lists:
            groups[cited.primary(*place)].append(place)
    works = [_work(key, places, lists, authors, statements) for key, places in groups.items()]
    return sorted(works, key=lambda w: w.key)


def _papers(tables: Tables) -> dict[str, str]:
    return dict(zip(tables.documents["doc_id"], tables.documents["paper_id"], strict=True))


def _statements(tables: Tables) -> dict[Place, list[str]]:
    """The statements for which each entry of a reference list is cited."""
    shown = tables.relations[["relation_id", "triple_id"]].merge(
        tables.triples[["triple_id", "statement"]], on="triple_id"
    )
    rows = tables.citations.merge(shown[["relation_id", "statement"]], on="relation_id")
    found: dict[Place, list[str]] = defaultdict(list)
    for doc_id, label, statement in zip(rows["doc_id"], rows["label"], rows["statement"], strict=True):
        found[doc_id, label].append(statement)
    return found


def _authors(folder: Path, tables: Tables) -> dict[Place, tuple[str, ...]]:
    """Family names of the authors, where the papers as read are beside the tables."""
    found: dict[Place, tuple[str, ...]] = {}
    for doc_id in tables.documents["doc_id"]:
        path = folder / "papers" / f"{doc_id}.json"
        if path.is_file():
            for r in json.loads(path.read_text(encoding="utf-8"))["references"]:
                found[doc_id, r["label"]] = tuple(r["authors"])
    return found


def _work(
    identity: str,
    places: Iterable[Place],
    lists: Mapping[Place, Mapping[str, Any]],
    authors: Mapping[Place, tuple[str, ...]],
    statements: Mapping[Place, list[str]],
) -> Work:
    entries = [(lists[p], authors.get(p, ())) for p in places]
    rows = [row for row, _ in entries]
    names = max((a for _, a in entries), key=len)
    said = tuple(sorted({s for p in places for s in statements[p]}))
    year = next((int(r["year"]) for r in rows if r["year"]), None)
    return Work(
        _citation_key(identity, names, year), names, _longest(rows, "title"), _longest(rows, "journal"), year,
        _longest(rows, "doi"),
        _longest(rows, "pmid"), _longest(rows, "text"), any(r["retracted"] for r in rows), said,
    )  # fmt: skip


def _longest(rows: Iterable[Mapping[str, Any]], column: str) -> str:
    return max((str(r[column] or "") for r in rows), key=len)


def _citation_key(identity: str, authors: tuple[str, ...], year: int | None) -> str:
    """A key of plain letters that the next run gives again."""
    plain = unicodedata.normalize("NFKD", authors[0] if authors else "").encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z]", "", plain) or "anonymous"
    return f"{name}{year or ''}-{hashlib.sha256(identity.encode()).hexdigest()[:6]}"


def reference_texts(tables: Tables) -> dict[Place, str]:
    """Each entry of a reference list as it is printed, else put together of its parts."""
    return {(r["doc_id"], r["label"]): _text(r) for r in records(tables.references)}


def _text(row: Mapping[str, Any]) -> str:
    parts = [row[c] for c in ("title", "journal", "year") if row[c]]
    ids = [f"{name}:{row[name]}" for name in ("doi", "pmid") if row[name]]
    marked = ["RETRACTED:"] if row["retracted"] else []
    return " ".join(map(str, [*marked, row["text"] or ". ".join(map(str, parts)), *ids]))
