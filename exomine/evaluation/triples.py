"""How many of the statements that a reader wrote down are among the extracted relations.

The gold is a TSV with the columns subject, predicate, object, cancer, assertion (others may be there, such as refs: labels joined
by ";"); ``a|b`` accepts either. Names are compared after normalisation, with the canonical name and with what is written. The
gold of one reader is never exhaustive: recall is exact, precision cannot be told from it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exomine.errors import UsageError
from exomine.tables.ids import normalise_name

__all__ = ["Gold", "TripleScore", "read_gold", "score_triples"]

_NEEDED = ("subject", "predicate", "object", "cancer")
_LEVELS = ("pair", "triple", "full")


@dataclass(frozen=True, slots=True)
class Gold:
    """One statement; each slot holds the names or predicates that are accepted, none where it does not matter."""

    subject: frozenset[str]
    predicate: frozenset[str]
    object: frozenset[str]
    cancer: frozenset[str]
    assertion: str = ""
    references: frozenset[str] = frozenset()
    line: int = 0


@dataclass(frozen=True, slots=True)
class TripleScore:
    """Counts over ``n`` statements: subject and object found together (``pair``), with the predicate (``triple``), with the
    cancer (``full``); among the full ones those with the right assertion and, of ``cited``, with one of the right references.
    """

    n: int
    pair: int
    triple: int
    full: int
    assertion: int
    cited: int
    references: int
    missed: tuple[Gold, ...]

    def figures(self) -> dict[str, float]:
        """Counts and shares, for people and JSON."""
        shares = {level: round(getattr(self, level) / self.n, 4) if self.n else 0.0 for level in _LEVELS}
        right = round(self.assertion / self.full, 4) if self.full else 0.0
        cited = round(self.references / self.cited, 4) if self.cited else 0.0
        return {"statements": self.n, **shares, "assertion": right, "references": cited}


def read_gold(path: Path) -> list[Gold]:
    """The statements of a file; raises :class:`UsageError` where a column is missing."""
    if not path.is_file():
        raise UsageError(f"{path} does not exist; name a TSV with the columns {', '.join(_NEEDED)}.")
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle, delimiter="\t")
        missing = [c for c in _NEEDED if c not in (reader.fieldnames or [])]
        if missing:
            raise UsageError(f"{path}: column {', '.join(missing)} missing; expected {', '.join(_NEEDED)}.")
        return [_gold(row, reader.line_num) for row in reader]


def _gold(row: Mapping[str, str | None], line: int) -> Gold:
    slots = {c: frozenset(normalise_name(n) for n in (row[c] or "").split("|") if n.strip()) for c in _NEEDED}
    references = frozenset(r.strip() for r in (row.get("refs") or "").replace(",", ";").split(";") if r.strip())
    return Gold(**slots, assertion=row.get("assertion") or "", references=references, line=line)


def score_triples(gold: Sequence[Gold], relations: Iterable[Mapping[str, Any]]) -> TripleScore:
    """Compare statements with rows of the table relations."""
    rows = list(relations)
    counts = dict.fromkeys((*_LEVELS, "assertion", "cited", "references"), 0)
    missed = []
    for statement in gold:
        pair = [r for r in rows if _names(r, "subject") & statement.subject and _names(r, "object") & statement.object]
        triple = [r for r in pair if normalise_name(r["predicate"]) in statement.predicate]
        full = [r for r in triple if not statement.cancer or _cancers(r) & statement.cancer]
        for level, found in zip(_LEVELS, (pair, triple, full), strict=True):
            counts[level] += bool(found)
        if not full:
            missed.append(statement)
            continue
        counts["assertion"] += not statement.assertion or any(r["assertion"] == statement.assertion for r in full)
        if statement.references:
            counts["cited"] += 1
            counts["references"] += any(statement.references & set((r["citations"] or "").split(";")) for r in full)
    return TripleScore(len(gold), **counts, missed=tuple(missed))


def _names(row: Mapping[str, Any], role: str) -> set[str]:
    return {normalise_name(n) for n in (row[f"{role}_name"], row[f"{role}_text"]) if n}


def _cancers(row: Mapping[str, Any]) -> set[str]:
    return _names(row, "cancer") | (_names(row, "object") if row["object_label"] == "CANCER" else set())
