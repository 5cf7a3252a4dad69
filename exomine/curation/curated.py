"""The extracted tables as people's decisions leave them: ``exomine.load_curated``, for queries, report and exports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exomine.curation.before import left_before
from exomine.curation.checks import check_edits
from exomine.curation.decided import Carried, Decided, carried_out, carried_over
from exomine.curation.decisions import Decisions, read_decisions
from exomine.curation.edits import Names, slots_edited
from exomine.tables.dataframes import frame, records, validate
from exomine.tables.schema import DECIDED_TRIPLES, TableSchema, table
from exomine.tables.store import Tables, load_tables

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Curated", "curated_tables", "load_curated"]

Record = dict[str, Any]


@dataclass(frozen=True)
class Curated:
    """Tables with the decisions carried out; ``by_status`` counts their statements and those that were left out."""

    tables: Tables
    by_status: Mapping[str, int]


def load_curated(processed: str | Path, curated: str | Path) -> Tables:
    """The tables in ``processed`` as the decisions in ``curated`` leave them.

    Rejected statements and sentences are left out, edited ones read as they were edited, those that are the same after
    an edit are one. ``triples`` has one column more, ``status``: unreviewed, accepted, edited. Accepted statements that
    these tables do not have any more are not among them: they are kept in ``triples.csv`` of the curated folder, which
    ``exomine refresh`` writes. Raises :class:`UsageError` where there are no tables, and :class:`CurationError` for a
    decision that cannot be used.
    """
    return curated_tables(Path(processed), Path(curated)).tables


def curated_tables(processed: Path, curated: Path) -> Curated:
    """As :func:`load_curated`, with counts."""
    tables, path = load_tables(processed), curated / "decisions.csv"
    given, names = read_decisions(path), Names(tables)
    before = left_before(processed, curated)
    known = carried_over(tables, given, before)
    _check(path, known, tables, names)
    return _curated(tables, carried_out(tables, known, before, names), names)


def _check(path: Path, known: Carried, tables: Tables, names: Names) -> None:
    """Only what cannot be carried out is an error here: the tables may be others than those decided on."""
    rows: dict[tuple[str, str], Record] = {(r["triple_id"], ""): r for r in records(tables.triples)}
    rows |= {(r["triple_id"], r["evidence_id"]): r for r in records(tables.relations)}
    check_edits(path, known.decisions, lambda d: rows.get(d.key), names)


def _curated(tables: Tables, now: Decided, names: Names) -> Curated:
    triples = [r for r in now.triples if r["status"] != "rejected"]
    kept = {r["triple_id"] for r in triples}
    relations = [_as_edited(r, now.decisions, names) for r in now.relations if r["triple_id"] in kept]
    changed = replace(
        tables,
        triples=_frame(DECIDED_TRIPLES, triples),
        relations=_frame(table("relations"), relations),
        documents=_counted(tables.documents, relations),
    )
    return Curated(changed, Counter(r["status"] for r in now.triples))


def _as_edited(relation: Record, decisions: Decisions, names: Names) -> Record:
    """A relation says what its triple says, where that was edited as a whole."""
    decision = decisions.by_triple.get(relation["triple_id"])
    edited = decision is not None and decision.decision == "edit"
    return slots_edited(relation, dict(decision.changes), names) if decision and edited else relation


def _frame(schema: TableSchema, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    return validate(schema, frame(schema, ([r[c] for c in schema.names] for r in rows)))


def _counted(documents: pd.DataFrame, relations: Iterable[Record]) -> pd.DataFrame:
    """The papers with the numbers of the relations that are left."""
    counts = Counter(r["doc_id"] for r in relations)
    n_relations = documents["doc_id"].map(lambda doc_id: counts[doc_id]).astype(documents["n_relations"].dtype)
    return documents.assign(n_relations=n_relations)
