"""What earlier refreshes have left in the curated folder: the tables that a refresh compares with and then replaces."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exomine.curation.decisions import merge_mark
from exomine.curation.schema import CHANGES, CURATED_TABLES, CURATED_TRIPLES, EVIDENCE, EXTRACTION, FORMER, REJECTED
from exomine.document.utf8 import read_utf8, why
from exomine.errors import CurationError
from exomine.tables.dataframes import fits
from exomine.tables.ids import LETTERS, lettered
from exomine.tables.owned import check_way, file_hash
from exomine.tables.schema import TRIPLES, TableSchema
from exomine.tables.store import LOST_TRIPLES

__all__ = ["Before", "left_before"]

Record = dict[str, Any]


@dataclass(frozen=True)
class Before:
    """What earlier refreshes have left."""

    own: Mapping[str, str]
    triples: Sequence[Record]
    told: Mapping[str, Record]  # triple_id -> the loss that was told
    evidence: Sequence[Record]
    rejected: Sequence[Record]  # sentences that were rejected one by one
    former: Sequence[Record]
    memory: Sequence[Record]  # triples that the extraction no longer finds
    made_with: Mapping[str, str]  # model, lexicon... of the extraction that was refreshed last, each with its hash

    @property
    def said(self) -> dict[str, str]:
        """What each triple said that was ever known here; as it was extracted, where an edited row is not all there
        is."""
        rows = (*self.triples, *self.told.values(), *self.memory, *self.former)
        return {r["triple_id"]: "" for r in rows} | {r["triple_id"]: r["statement"] for r in rows if r.get("statement")}

    @property
    def sentences(self) -> Sequence[Record]:
        """All sentences as they were, whatever was decided on them."""
        return [*self.evidence, *self.rejected]

    @property
    def lost(self) -> set[str]:
        """The triples that the last refresh told, or kept, as lost."""
        return {r["triple_id"] for r in self.triples if r["presence"] == "lost"} | self.told.keys()


def left_before(processed: Path, curated: Path) -> Before:
    """What is there of earlier refreshes; raises :class:`CurationError` naming the file and line that is damaged."""
    own = _present(curated)
    changes = _read(curated / "changes.csv", CHANGES, ("triple_id", "change"))
    return Before(
        own,
        _read(curated / "triples.csv", CURATED_TRIPLES, ("triple_id", "status", "presence")),
        {r["triple_id"]: r for r in changes if r["change"] == "lost"},
        _read(curated / "evidence.csv", EVIDENCE, ("triple_id", "evidence_id", "paper_id")),
        _read(curated / "rejected.csv", REJECTED, ("triple_id", "evidence_id", "paper_id")),
        _read(curated / "former.csv", FORMER, ("triple_id",)),
        _read(processed / LOST_TRIPLES, TRIPLES, ("triple_id",)),
        {r["what"]: r["value"] for r in _read(curated / "extraction.csv", EXTRACTION, ("what", "value"))},
    )


def _present(curated: Path) -> dict[str, str]:
    """The curated tables that are there, with their hashes; whether they are ours their columns tell when they are
    read."""
    names = [f"{schema.name}.csv" for schema in CURATED_TABLES]
    check_way(curated, names, own := {n: file_hash(curated / n) for n in names if (curated / n).is_file()})
    return own


_RESTORE = "Restore the file from version control or remove it."
_UNMERGED = "a git merge that nobody has finished. Take one side (git checkout --ours, or --theirs) and refresh again."


def _read(path: Path, schema: TableSchema, needed: Sequence[str]) -> list[Record]:
    """The rows of an earlier file of ours, none where there is no file; columns that a later version added are empty.

    Raises :class:`CurationError` naming the line that is damaged.
    """
    if not path.exists():
        return []
    try:
        text = read_utf8(path)
        if line := merge_mark(text):
            raise CurationError(f"{path}, line {line}: {_UNMERGED}")
        reader = csv.DictReader(io.StringIO(text, newline=""))
        missing = [c for c in needed if c not in (reader.fieldnames or [])]
        if missing:
            raise CurationError(f"{path}, line 1: column {', '.join(missing)} missing. {_RESTORE}")
        return [_checked(r, f"{path}, line {reader.line_num}", schema, needed) for r in reader]
    except csv.Error:
        raise CurationError(f"{path} is no CSV: its quotes or line ends are damaged. {_RESTORE}") from None
    except (OSError, ValueError) as error:
        raise CurationError(f"{path} cannot be read: {why(error)}. {_RESTORE}") from None


def _checked(row: dict[str, Any], where: str, schema: TableSchema, needed: Sequence[str]) -> Record:
    """The row as it goes on; raises :class:`CurationError` for one that is cut, or has a cell of another kind."""
    if None in row or None in row.values():
        raise CurationError(f"{where}: more or fewer cells than there are columns. {_RESTORE}")
    empty = [c for c in needed if not row[c]]
    if empty:
        raise CurationError(f"{where}: column {empty[0]} is empty. {_RESTORE}")
    for column in schema.columns:
        if not fits(column, row.get(column.name, "")):
            raise CurationError(f"{where}, column {column.name}: {row[column.name]!r} is no {column.type}. {_RESTORE}")
    return _completed(row)


def _completed(row: Mapping[str, Any]) -> Record:
    """The row with a letter before the ids of an earlier version."""
    return {c: lettered(c, v) if c in LETTERS and v else v for c, v in row.items()}
