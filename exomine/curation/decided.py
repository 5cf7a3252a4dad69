"""The extraction with people's decisions carried out: what a refresh writes down, and what a curator's tables show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exomine.curation.before import Before
from exomine.curation.decisions import Decisions
from exomine.curation.edits import (
    Names,
    collated,
    edited,
    edited_away,
    joins,
    said_of_sentences,
    with_sentence_decisions,
)
from exomine.curation.former import Move, carried, chained, known_moves, moves, moves_of_edited
from exomine.tables.dataframes import records
from exomine.tables.store import Tables

__all__ = ["STATUS_AFTER", "Carried", "Decided", "carried_out", "carried_over", "names_of_papers", "sentences_of"]

Record = dict[str, Any]
#: What a triple is after the decision that is in force on it.
STATUS_AFTER = {"accept": "accepted", "reject": "rejected", "edit": "edited", "uncertain": "unreviewed"}


@dataclass(frozen=True)
class Carried:
    """Decisions for the tables as they are now: those on former ids are given once more under the ids now."""

    given: Decisions
    decisions: Decisions
    moved: Sequence[Move]
    evidence: Sequence[Record]  # the sentences of the tables, as evidence.csv has them


def carried_over(tables: Tables, given: Decisions, before: Before) -> Carried:
    """The decisions under the ids of these tables; ``before`` is what earlier refreshes have left."""
    evidence = sentences_of(tables, records(tables.relations), (), None)
    moved = chained(known_moves(before.former), moves(before.sentences, evidence))
    return Carried(given, carried(given, moved), moved, evidence)


@dataclass(frozen=True)
class Decided:
    """The extraction with the decisions carried out."""

    decisions: Decisions  # those on former ids under the ids now, too
    moved: Sequence[Move]
    joined: Mapping[str, str]  # triples that are counted into another one after their edit
    away: Mapping[str, tuple[str, ...]]  # triples all of whose sentences were edited to say others
    relations: Sequence[Record]  # without rejected sentences, edited ones as they read now
    triples: list[Record]
    extracted: frozenset[str]  # evidence_ids as the extraction gave them


def carried_out(tables: Tables, known: Carried, before: Before, names: Names) -> Decided:
    """Carry the decisions out; raises :class:`CurationError` for an edit that the predicate does not go with."""
    joined = joins(records(tables.triples), known.decisions, names)
    relations = with_sentence_decisions(tables, known.decisions, joined)
    moved = chained(known.moved, moves_of_edited(before.evidence, relations, known.moved))
    decisions = carried(known.given, moved)
    away = _away(tables, decisions, relations, joined)
    found = _found(tables, decisions, relations, joined.keys() | away.keys())
    by_sentence = said_of_sentences(relations, decisions)
    triples = [_with_decision(r, decisions, names, joined, by_sentence) for r in found]
    extracted = frozenset(r["evidence_id"] for r in known.evidence)
    return Decided(decisions, moved, joined, away, relations, triples, extracted)


def _away(
    tables: Tables, decisions: Decisions, relations: Sequence[Record], joined: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """The triples that have no row since their sentences say others by now.

    One that somebody decided on keeps its row, and so does one that another's edit says.
    """
    if not decisions.by_evidence:
        return {}
    kept = joined.keys() | set(joined.values()) | decisions.by_triple.keys()
    found = edited_away(records(tables.relations), relations)
    return {key: into for key, into in found.items() if key not in kept}


def _found(
    tables: Tables, decisions: Decisions, relations: Sequence[Record], elsewhere: Collection[str]
) -> list[Record]:
    """The triples of the extraction over the relations that people left of it; ``rejected`` where none is left, none
    for what is counted ``elsewhere``."""
    rows = records(tables.triples)
    if not decisions.by_evidence and not elsewhere:
        return rows
    kept = {r["triple_id"]: r for r in collated(tables, relations)}
    known = {r["triple_id"] for r in rows}
    out = [kept.get(r["triple_id"]) or {**r, "status": "rejected"} for r in rows if r["triple_id"] not in elsewhere]
    return out + [r for key, r in kept.items() if key not in known]


def _with_decision(
    row: Record, decisions: Decisions, names: Names, joined: Mapping[str, str], by_sentence: Mapping[str, str]
) -> Record:
    key = row["triple_id"]
    decision = decisions.by_triple.get(key)
    # somebody's edit of another triple says what it says, whatever is left of its own sentences
    usual = "edited" if key in joined.values() else row.get("status") or by_sentence.get(key, "unreviewed")
    status = STATUS_AFTER[decision.decision] if decision else usual
    shown = edited(row, dict(decision.changes), names) if decision and decision.decision == "edit" else row
    return {
        **shown,
        "status": status,
        "presence": "found",
        "n_acknowledged": decisions.acknowledgements(key),
    }


def names_of_papers(documents: Iterable[Record]) -> dict[str, str]:
    """What people call each paper: title, file, and its identifier where it is not a hash."""
    names: dict[str, str] = {}
    for d in documents:
        facts = [d["title"], d["source_path"], d["paper_id"] if d["paper_id"] != d["doc_id"] else None]
        first, *others = [f for f in facts if f]
        names.setdefault(d["paper_id"], f"{first} ({', '.join(others)})" if others else first)
    return names


def sentences_of(
    tables: Tables, relations: Iterable[Record], old: Iterable[Record], kept: set[str] | None
) -> list[Record]:
    """The sentences of the ``kept`` triples (all where none are named); a lost one keeps those of the last refresh."""
    documents = records(tables.documents)
    paper_of, names = {d["doc_id"]: d["paper_id"] for d in documents}, names_of_papers(documents)
    rows: dict[tuple[str, str], Record] = {}
    for r in relations:
        paper = paper_of[r["doc_id"]]
        own = {"paper_id": paper, "paper": names[paper], "extracted_as": r.get("extracted_as") or r["triple_id"]}
        rows.setdefault((r["triple_id"], r["evidence_id"]), {**r, **own})
    now = {key for key, _ in rows}
    for r in old:
        if r["triple_id"] not in now:
            rows[r["triple_id"], r["evidence_id"]] = {**r, "page": int(r["page"]) if r.get("page") else None}
    return sorted(
        (r for r in rows.values() if kept is None or r["triple_id"] in kept),
        key=lambda r: (r["triple_id"], r["paper_id"], r["evidence_id"]),
    )
