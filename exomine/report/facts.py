"""What the report tells, as plain values: every count keeps the relations that it counts, so that a number can show
them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from exomine.tables.collate import Cited
from exomine.tables.dataframes import records
from exomine.tables.schema import column_names
from exomine.tables.store import Tables

__all__ = ["RESISTANCE", "SENSITIVITY", "Facts", "Top", "changes_of"]

Row = Mapping[str, Any]
RESISTANCE, SENSITIVITY = "confers_resistance_to", "confers_sensitivity_to"
#: Names that stand for no single thing and would lead every list.
_UNSPECIFIC = frozenset(["exomine:mirna", "exomine:drug"])


@dataclass(frozen=True, slots=True)
class Top:
    """An entity with the positions of its relations, the papers that state them and the works that they cite."""

    name: str
    relations: tuple[int, ...]
    n_papers: int
    n_primaries: int


@dataclass(frozen=True)
class Facts:
    """The tables as records, and what is counted over them. Relations are known by their position."""

    tables: Tables
    relations: list[dict[str, Any]] = field(init=False)
    triples: list[dict[str, Any]] = field(init=False)
    papers: list[dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        for name, rows in (("relations", "relations"), ("triples", "triples"), ("papers", "documents")):
            object.__setattr__(self, name, records(self.tables[rows]))

    @cached_property
    def triple_index(self) -> dict[str, int]:
        return {r["triple_id"]: i for i, r in enumerate(self.triples)}

    @cached_property
    def paper_index(self) -> dict[str, int]:
        return {r["doc_id"]: i for i, r in enumerate(self.papers)}

    @cached_property
    def of_triple(self) -> dict[str, tuple[int, ...]]:
        """The relations of each triple."""
        return self._grouped(lambda r: r["triple_id"])

    @cached_property
    def of_paper(self) -> dict[str, tuple[int, ...]]:
        """The relations of each paper."""
        return self._grouped(lambda r: r["doc_id"])

    def _grouped(self, key: Callable[[Row], Any]) -> dict[Any, tuple[int, ...]]:
        found: dict[Any, list[int]] = defaultdict(list)
        for i, row in enumerate(self.relations):
            found[key(row)].append(i)
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def _cited(self) -> Cited:
        papers = {p["doc_id"]: p["paper_id"] for p in self.papers}
        rows = (tuple(r[c] for c in column_names("references")) for r in records(self.tables.references))
        return Cited(papers, rows)

    @cached_property
    def primaries(self) -> list[frozenset[str]]:
        """The works that each relation cites, one over all papers."""
        return [
            frozenset(self._cited.primary(r["doc_id"], label) for label in (r["citations"] or "").split(";") if label)
            for r in self.relations
        ]

    @cached_property
    def retracted(self) -> frozenset[tuple[str, str]]:
        """The entries of reference lists, as doc_id and label, that are retracted works."""
        rows = records(self.tables.references)
        works = {self._cited.primary(r["doc_id"], r["label"]) for r in rows if r["retracted"]}
        found = ((r["doc_id"], r["label"]) for r in rows)
        return frozenset(place for place in found if self._cited.primary(*place) in works)

    @cached_property
    def year_of(self) -> dict[str, int]:
        """The year of each cited work, where a reference list tells it."""
        found: dict[str, int] = {}
        for r in records(self.tables.references):
            if r["year"]:
                found.setdefault(self._cited.primary(r["doc_id"], r["label"]), int(r["year"]))
        return found

    def top(self, label: str, roles: Sequence[str]) -> list[Top]:
        """The entities of a label that stand in one of the roles, those of most relations first."""
        found: dict[str, list[int]] = defaultdict(list)
        for i, row in enumerate(self.relations):
            for name in {row[f"{role}_name"] for role in roles if _is(row, role, label)}:
                found[name].append(i)
        tops = [self._top(name, rows) for name, rows in found.items()]
        return sorted(tops, key=lambda t: (-t.n_papers, -t.n_primaries, -len(t.relations), t.name))

    def _top(self, name: str, rows: Sequence[int]) -> Top:
        papers = {self.relations[i]["doc_id"] for i in rows}
        return Top(name, tuple(rows), len(papers), len(frozenset().union(*(self.primaries[i] for i in rows))))

    def drug_pairs(self) -> list[tuple[str, str, str, str, int]]:
        """``(miRNA, drug, cancer, predicate, relation)`` of what is asserted of resistance and sensitivity."""
        return [
            (r["subject_name"], r["object_name"], r["cancer_name"] or "", r["predicate"], i)
            for i, r in enumerate(self.relations)
            if r["predicate"] in (RESISTANCE, SENSITIVITY)
            and r["assertion"] == "asserted"
            and _is(r, "subject", "MIRNA")
        ]

    def years(self) -> list[tuple[int, str, tuple[int, ...]]]:
        """``(year, kind, relations)``: which relations cite works of a year, those on resistance and sensitivity
        apart."""
        found: dict[tuple[int, str], list[int]] = defaultdict(list)
        for i, works in enumerate(self.primaries):
            for year in sorted({self.year_of[w] for w in works if w in self.year_of}):
                found[year, _kind(self.relations[i]["predicate"])].append(i)
        return [(year, kind, tuple(rows)) for (year, kind), rows in sorted(found.items())]

    def strongest(self, n: int) -> list[Row]:
        """The ``n`` asserted triples between named things with most papers and primaries."""
        named: list[Row] = [
            t for t in self.triples if t["assertion"] == "asserted" and t["subject_curie"] not in _UNSPECIFIC
        ]
        return sorted(named, key=lambda t: (-t["n_documents"], -t["n_primaries"], -t["score"], t["triple_id"]))[:n]


def _is(row: Row, role: str, label: str) -> bool:
    """Whether a role is filled with a named entity of a label."""
    if role == "cancer":
        return label == "CANCER" and bool(row["cancer_name"])
    return row[f"{role}_label"] == label and row[f"{role}_curie"] not in _UNSPECIFIC


_KINDS = {RESISTANCE: "resistance", SENSITIVITY: "sensitivity"}


def _kind(predicate: str) -> str:
    return _KINDS.get(predicate, "other statements")


def changes_of(curated: Path) -> list[dict[str, str]]:
    """The rows of changes.csv of the last refresh; none where there is no such file."""
    path = curated / "changes.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return [{k: v or "" for k, v in row.items() if k} for row in csv.DictReader(handle)]
