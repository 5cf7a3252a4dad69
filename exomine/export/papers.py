"""The papers as read, beside their tables, for formats that need the text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exomine.document.model import Document
from exomine.errors import UsageError
from exomine.tables.dataframes import records
from exomine.tables.store import Tables

__all__ = ["Paper", "papers"]

Paper = tuple[dict[str, Any], Document, list[dict[str, Any]], list[dict[str, Any]]]


def papers(tables: Tables, folder: Path) -> Iterator[Paper]:
    """Each paper that could be read: its row, the Document, its mentions and its relations.

    Raises :class:`UsageError` where a paper is not beside the tables.
    """
    mentions, relations = _by_paper(records(tables.mentions)), _by_paper(records(tables.relations))
    for row in records(tables.documents):
        if row["status"] != "failed":
            doc_id = row["doc_id"]
            yield row, _read(folder / "papers" / f"{doc_id}.json"), mentions.get(doc_id, []), relations.get(doc_id, [])


def _by_paper(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["doc_id"], []).append(row)
    return found


def _read(path: Path) -> Document:
    try:
        return Document.from_dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} cannot be read ({error}); run the extraction again.") from None
