"""Extracted tables and people's decisions to the curated triples.

``decisions.csv`` is only read. ``triples.csv`` is what the next refresh compares with; ``changes.csv`` tells what
differs and ``evidence.csv`` keeps the sentences. All three are replaced as a set.
"""

from __future__ import annotations

import csv
import dataclasses
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exomine.curation.changes import Change, Papers, compare, open_losses
from exomine.curation.checks import check_edits, check_ids
from exomine.curation.decisions import Conflict, Decisions, conflicts, read_decisions
from exomine.curation.edits import Names, collated, edited, joins, with_sentence_decisions
from exomine.curation.former import Move, carried, chained, former_rows, known_moves, moves
from exomine.curation.journal import write_template
from exomine.curation.schema import CHANGES, CURATED_TABLES, CURATED_TRIPLES, EVIDENCE, FORMER
from exomine.document.utf8 import read_utf8, why
from exomine.errors import CurationError
from exomine.tables.commit import locked, staged, write_synced
from exomine.tables.dataframes import fits, frame, records, to_csv, validate
from exomine.tables.ids import LETTERS, lettered
from exomine.tables.owned import check_way, file_hash
from exomine.tables.schema import TRIPLES, TableSchema
from exomine.tables.store import LOST_TRIPLES, Tables, load_tables

__all__ = ["Report", "refresh"]

Record = dict[str, Any]
_STATUS = {"accept": "accepted", "reject": "rejected", "edit": "edited", "uncertain": "unreviewed"}
_KEPT = ("accepted", "edited")
_SHOWN = 20


@dataclass(frozen=True)
class Report:
    """What a refresh did. ``alarms`` are accepted or edited triples that are lost and not acknowledged."""

    n_triples: int
    by_status: Mapping[str, int]
    changes: tuple[Change, ...]
    unknown: tuple[str, ...]
    curated: Path
    completed: int = 0  # decisions whose ids had no letter yet
    conflicts: tuple[Conflict, ...] = ()
    template: bool = False  # a decisions.csv was written to begin with

    @property
    def alarms(self) -> tuple[Change, ...]:
        return tuple(c for c in self.changes if c.change == "lost" and c.status in _KEPT)

    def text(self) -> str:
        """For people: counts, then the changes, the first ones of each kind."""
        counts = ", ".join(f"{n} {status}" for status, n in self.by_status.items() if n)
        lines = [f"{self.n_triples} triples in {self.curated / 'triples.csv'}" + (f" ({counts})" if counts else "")]
        for kind in ("lost", "added", "changed"):
            rows = [c for c in self.changes if c.change == kind]
            lines.append(f"{kind}: {len(rows)}")
            lines += [f"  {c.triple_id}  {c.statement or '(unknown)'}  [{c.status}]  {c.reason}" for c in rows[:_SHOWN]]
            if len(rows) > _SHOWN:
                lines.append(f"  ... and {len(rows) - _SHOWN} more in {self.curated / 'changes.csv'}")
        lines += [f"decision on a triple that no extraction has found: {key}" for key in self.unknown]
        lines += [self._disputed(c) for c in self.conflicts]
        if self.template:
            lines.append(f"{self.curated / 'decisions.csv'} was written, with a row that shows how to decide")
        if self.completed:
            which = "1 row has an id" if self.completed == 1 else f"{self.completed} rows have ids"
            lines.append(
                f"{self.curated / 'decisions.csv'}: {which} of an earlier exomine; understood with the letter added "
                "(t before a triple_id, e before an evidence_id). Write them so in new rows"
            )
        return "\n".join(lines) + "\n"

    @staticmethod
    def _disputed(conflict: Conflict) -> str:
        said = "; ".join(f"{d.curator}: {d.decision} (line {d.line})" for d in conflict.decisions)
        last = conflict.in_force
        return f"curators do not agree on {last.triple_id} {last.statement}".rstrip() + f": {said}. The latest counts"

    def remedy(self, decisions: Path) -> str:
        """What to do about the alarms."""
        n = len(self.alarms)
        which = "1 accepted triple is" if n == 1 else f"{n} accepted triples are"
        rows = ", ".join(f"{c.triple_id},acknowledge" for c in self.alarms[:3])
        return (
            f"exomine: {which} no longer found. Put the paper back and extract again, or append to {decisions}: {rows}"
        )


@dataclass(frozen=True)
class _Before:
    """What earlier refreshes have left."""

    own: Mapping[str, str]
    triples: Sequence[Record]
    told: Mapping[str, Record]  # triple_id -> the loss that was told
    evidence: Sequence[Record]
    former: Sequence[Record]
    memory: Sequence[Record]  # triples that the extraction no longer finds

    @property
    def said(self) -> dict[str, str]:
        """What each triple said that was ever known here."""
        rows = (*self.former, *self.memory, *self.told.values(), *self.triples)
        return {r["triple_id"]: r.get("statement") or "" for r in rows}

    @property
    def lost(self) -> set[str]:
        """The triples that the last refresh told, or kept, as lost."""
        return {r["triple_id"] for r in self.triples if r["presence"] == "lost"} | self.told.keys()


def refresh(*, processed: Path, curated: Path) -> Report:
    """Write the curated tables; raises :class:`CurationError` for decisions that cannot be used.

    Where there is no ``decisions.csv``, one is written that only shows how a decision looks.
    """
    tables = load_tables(processed)
    path = curated / "decisions.csv"
    given, names = read_decisions(path), Names(tables)
    with locked(curated):
        before = _before(processed, curated)
        evidence = _evidence(tables, records(tables.relations), (), None)
        moved = chained(known_moves(before.former), moves(before.evidence, evidence))
        decisions = carried(given, moved)
        rows = {r["triple_id"]: r for r in records(tables.triples)}
        _check(path, given, decisions, tables, rows, before, names)
        joined = joins(rows.values(), decisions, names)
        relations = with_sentence_decisions(tables, decisions, joined)
        found = _found(tables, decisions, relations, joined)
        current = [_with_decision(r, decisions, names, joined) for r in found]
        here = {r["triple_id"] for r in current} | joined.keys()
        lost = _lost(here | {m.triple_id for m in moved}, before, decisions, names)
        papers = _papers(tables, before.evidence, before.lost)
        triples = current + [r for r in lost if r["status"] in _KEPT]
        changes = _changes(before, current, lost, decisions, papers, moved, joined)
        said = before.said | {r["triple_id"]: r["statement"] for r in rows.values()} | _told_by(given)
        content = {
            CURATED_TRIPLES: triples,
            CHANGES: [dataclasses.asdict(c) for c in changes],
            EVIDENCE: _evidence(tables, relations, before.evidence, {r["triple_id"] for r in triples}),
            FORMER: former_rows(given, moved, said, rows),
        }
        _write(curated, content, own=before.own)
        written = write_template(path, next(iter(rows.values()), None))
    by_status = {status: sum(r["status"] == status for r in triples) for status in ("unreviewed", *_STATUS.values())}
    unknown = tuple(r["triple_id"] for r in lost if not r["statement"] or r["predicate"] is None)
    completed = sum(d.completed for d in given.rows)
    return Report(
        len(triples), by_status, tuple(changes), unknown, curated, completed, tuple(conflicts(decisions)),
        template=written
    )  # fmt: skip


def _before(processed: Path, curated: Path) -> _Before:
    own = _present(curated)
    changes = _read(curated / "changes.csv", CHANGES, ("triple_id", "change"))
    return _Before(
        own,
        _read(curated / "triples.csv", CURATED_TRIPLES, ("triple_id", "status", "presence")),
        {r["triple_id"]: r for r in changes if r["change"] == "lost"},
        _read(curated / "evidence.csv", EVIDENCE, ("triple_id", "evidence_id", "paper_id")),
        _read(curated / "former.csv", FORMER, ("triple_id",)),
        _read(processed / LOST_TRIPLES, TRIPLES, ("triple_id",)),
    )


def _told_by(decisions: Decisions) -> dict[str, str]:
    return {d.triple_id: d.statement for d in decisions.rows if d.statement}


def _check(
    path: Path, given: Decisions, decisions: Decisions, tables: Tables, rows: Mapping[str, Record], before: _Before,
    names: Names
) -> None:  # fmt: skip
    """Hold the decisions against what there is and was."""
    check_ids(path, given, before.said | {key: r["statement"] for key, r in rows.items()})
    sentences = {(r["triple_id"], r["evidence_id"]): r for r in records(tables.relations)}
    check_edits(path, decisions, lambda d: sentences.get(d.key) if d.evidence_id else rows.get(d.triple_id), names)


def _changes(
    before: _Before, current: Sequence[Record], lost: Sequence[Record], decisions: Decisions, papers: Papers,
    moved: Iterable[Move], joined: Mapping[str, str],
) -> list[Change]:  # fmt: skip
    """Everything that differs from the last refresh, in the order of the table."""
    said, old = before.said, {r["triple_id"]: r for r in before.triples}
    came = {m.now_triple_id: m.triple_id for m in moved if m.now_triple_id not in old}
    now = {r["triple_id"]: r for r in current}
    changes = open_losses(lost, decisions, papers) + compare(before.triples, current, papers)
    out = [_renamed(c, came[c.triple_id], said) if c.triple_id in came and c.change == "added" else c for c in changes]
    for key in sorted(joined.keys() & old.keys()):
        host = now[joined[key]]
        reason = f"counted into {host['triple_id']} ({host['statement']}), which it equals after its edit"
        out.append(Change(key, "changed", old[key].get("statement") or "", "edited", reason))
    return sorted(out, key=lambda c: (("lost", "added", "changed").index(c.change), c.triple_id))


def _renamed(change: Change, former: str, said: Mapping[str, str]) -> Change:
    """A triple that is new only because an identifier in it is another one."""
    carried_over = "" if change.status == "unreviewed" else f"; its decision ({change.status}) is carried over"
    reason = f"an identifier changed: it was {former} ({said.get(former) or 'unknown'}){carried_over}"
    return dataclasses.replace(change, change="changed", reason=reason)


def _present(curated: Path) -> dict[str, str]:
    """The curated tables that are there, with their hashes; whether they are ours their columns tell when they are
    read."""
    names = [f"{schema.name}.csv" for schema in CURATED_TABLES]
    check_way(curated, names, own := {n: file_hash(curated / n) for n in names if (curated / n).is_file()})
    return own


def _found(
    tables: Tables, decisions: Decisions, relations: Sequence[Record], joined: Mapping[str, str]
) -> list[Record]:
    """The triples of the extraction over the relations that people left of it; ``rejected`` where none is left."""
    rows = records(tables.triples)
    if not decisions.by_evidence and not joined:
        return rows
    kept = {r["triple_id"]: r for r in collated(tables, relations)}
    known = {r["triple_id"] for r in rows}
    out = [kept.get(r["triple_id"]) or {**r, "status": "rejected"} for r in rows if r["triple_id"] not in joined]
    return out + [r for key, r in kept.items() if key not in known]


def _with_decision(row: Record, decisions: Decisions, names: Names, joined: Mapping[str, str]) -> Record:
    decision = decisions.by_triple.get(row["triple_id"])
    usual = "edited" if row["triple_id"] in joined.values() else "unreviewed"  # somebody's edit says what it says
    status = _STATUS[decision.decision] if decision else row.get("status", usual)
    shown = edited(row, dict(decision.changes), names) if decision and decision.decision == "edit" else row
    return {
        **shown,
        "status": status,
        "presence": "found",
        "n_acknowledged": decisions.acknowledgements(row["triple_id"]),
    }


def _lost(found: set[str], left: _Before, decisions: Decisions, names: Names) -> list[Record]:
    """What was there at the last refresh, or was accepted since, and is not now; each once, sorted."""
    told = left.told
    before = {r["triple_id"]: r for r in left.triples}
    remembered = {r["triple_id"]: r for r in left.memory}
    said = _told_by(decisions)
    wanted = {key for key, d in decisions.by_triple.items() if d.decision in ("accept", "edit")}
    out = []
    for key in sorted((before.keys() | told.keys() | wanted) - found):
        decision = decisions.by_triple.get(key)
        row = before.get(key) or remembered.get(key) or told.get(key) or {}
        record: Record = {c: _value(TRIPLES, c, row.get(c)) for c in TRIPLES.names}
        record |= {"triple_id": key, "statement": record["statement"] or said.get(key)}
        if decision and decision.decision == "edit" and record["predicate"]:
            record = edited(record, dict(decision.changes), names)
        record |= {
            "status": _STATUS[decision.decision] if decision else "unreviewed",
            "presence": "lost",
            "n_acknowledged": int((told.get(key) or before.get(key) or {}).get("n_acknowledged") or 0),
            "reason": (told.get(key) or {}).get("reason"),
        }
        out.append(record)
    return out


def _value(schema: TableSchema, column: str, cell: Any) -> Any:
    if cell in (None, ""):
        return None
    try:
        return {"integer": int, "number": float, "string": str}[schema.column(column).type](cell)
    except ValueError:
        raise CurationError(
            f"triples.csv: {column} {cell!r} cannot be used; restore the file from version control."
        ) from None


def _names(documents: Iterable[Record]) -> dict[str, str]:
    """What people call each paper: title, file, and its identifier where it is not a hash."""
    names: dict[str, str] = {}
    for d in documents:
        facts = [d["title"], d["source_path"], d["paper_id"] if d["paper_id"] != d["doc_id"] else None]
        first, *others = [f for f in facts if f]
        names.setdefault(d["paper_id"], f"{first} ({', '.join(others)})" if others else first)
    return names


def _papers(tables: Tables, old_evidence: Sequence[Record], was_lost: Iterable[str]) -> Papers:
    documents = records(tables.documents)
    paper_of = {d["doc_id"]: d["paper_id"] for d in documents}
    behind: dict[str, set[str]] = defaultdict(set)
    for triple, doc in zip(tables.relations["triple_id"], tables.relations["doc_id"], strict=True):
        behind[triple].add(paper_of[doc])
    before: dict[str, set[str]] = defaultdict(set)
    for row in old_evidence:
        before[row["triple_id"]].add(row["paper_id"])
    reasons = {r["doc_id"]: r["reason"] for r in records(tables.failures)}
    return Papers(
        read=frozenset(d["paper_id"] for d in documents if d["status"] != "failed"),
        names={r["paper_id"]: r["paper"] for r in old_evidence if r.get("paper")} | _names(documents),
        failed={d["paper_id"]: reasons.get(d["doc_id"], "failed") for d in documents if d["status"] == "failed"},
        behind={k: frozenset(v) for k, v in behind.items()},
        before={k: frozenset(v) for k, v in before.items()},
        lost=frozenset(was_lost),
    )


def _evidence(
    tables: Tables, relations: Iterable[Record], old: Iterable[Record], kept: set[str] | None
) -> list[Record]:
    """The sentences of the ``kept`` triples (all where none are named); a lost one keeps those of the last refresh."""
    documents = records(tables.documents)
    paper_of, names = {d["doc_id"]: d["paper_id"] for d in documents}, _names(documents)
    rows: dict[tuple[str, str], Record] = {}
    for r in relations:
        paper = paper_of[r["doc_id"]]
        rows.setdefault((r["triple_id"], r["evidence_id"]), {**r, "paper_id": paper, "paper": names[paper]})
    now = {key for key, _ in rows}
    for r in old:
        if r["triple_id"] not in now:
            rows[r["triple_id"], r["evidence_id"]] = {**r, "page": int(r["page"]) if r.get("page") else None}
    return sorted(
        (r for r in rows.values() if kept is None or r["triple_id"] in kept),
        key=lambda r: (r["triple_id"], r["paper_id"], r["evidence_id"]),
    )


_RESTORE = "Restore the file from version control or remove it."


def _read(path: Path, schema: TableSchema, needed: Sequence[str]) -> list[Record]:
    """The rows of an earlier file of ours, none where there is no file; columns that a later version added are empty.

    Raises :class:`CurationError` naming the line that is damaged.
    """
    if not path.exists():
        return []
    try:
        reader = csv.DictReader(io.StringIO(read_utf8(path), newline=""))
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


def _write(
    curated: Path, content: Mapping[TableSchema, Sequence[Mapping[str, Any]]], *, own: Mapping[str, str]
) -> None:
    data = {}
    for schema, rows in content.items():
        table = frame(schema, ([r.get(c) for c in schema.names] for r in rows))
        known = table["predicate"].notna() if schema is CURATED_TRIPLES else slice(None)
        validate(schema, table[known])  # of an accepted triple that was never seen nothing but its id can be kept
        data[schema.name] = to_csv(schema, table)
    with staged(curated, own) as folder:
        for name, content_bytes in data.items():
            write_synced(folder / f"{name}.csv", content_bytes)
