"""Extracted tables and people's decisions to the curated triples.

``decisions.csv`` is only read. ``triples.csv`` is what the next refresh compares with; ``changes.csv`` tells what
differs and ``evidence.csv`` keeps the sentences. All three are replaced as a set.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exomine.curation.before import Before, left_before
from exomine.curation.causes import Causes, made_with
from exomine.curation.changes import Change, Papers, compare, open_losses, with_sentences
from exomine.curation.checks import check_edits, check_ids, check_sentences
from exomine.curation.decided import (
    STATUS_AFTER,
    Carried,
    Decided,
    carried_out,
    carried_over,
    names_of_papers,
    sentences_of,
)
from exomine.curation.decisions import Conflict, Decision, Decisions, conflicts, read_decisions, told_by
from exomine.curation.edits import Names, edited, said_of_sentences
from exomine.curation.former import former_rows
from exomine.curation.journal import write_template
from exomine.curation.schema import CHANGES, CURATED_TRIPLES, EVIDENCE, EXTRACTION, FORMER, REJECTED, STATUSES
from exomine.errors import CurationError
from exomine.tables.commit import locked, staged, write_synced
from exomine.tables.dataframes import frame, records, to_csv, validate
from exomine.tables.schema import TRIPLES, TableSchema
from exomine.tables.store import Tables, load_tables, read_run

__all__ = ["Report", "refresh"]

Record = dict[str, Any]
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
    edited_away: int = 0  # triples without a row, since every sentence of theirs was edited to say something else
    given: Decisions = dataclasses.field(default_factory=Decisions)

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
        if self.edited_away:
            which = "1 triple has" if self.edited_away == 1 else f"{self.edited_away} triples have"
            lines.append(
                f"{which} no row: every sentence was edited to say something else, and counts there (extracted_as in "
                f"{self.curated / 'evidence.csv'} tells which)"
            )
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


def refresh(*, processed: Path, curated: Path) -> Report:
    """Write the curated tables; raises :class:`CurationError` for decisions that cannot be used.

    Where there is no ``decisions.csv``, one is written that only shows how a decision looks.
    """
    tables = load_tables(processed)
    path = curated / "decisions.csv"
    given, names = read_decisions(path), Names(tables)
    with locked(curated):
        before = left_before(processed, curated)
        known = carried_over(tables, given, before)
        _check(path, known, tables, before, names)
        now = carried_out(tables, known, before, names)
        lost = _lost(now, before, names)
        triples = now.triples + [r for r in lost if r["status"] in _KEPT]
        made = made_with(read_run(processed))
        papers = _papers(tables, before, Causes(tables, was=before.made_with, now=made))
        changes = _changes(before, now, lost, papers)
        rows = records(tables.triples)
        said = before.said | {r["triple_id"]: r["statement"] for r in rows} | told_by(given)
        evidence = sentences_of(tables, now.relations, before.evidence, {r["triple_id"] for r in triples})
        content = {
            CURATED_TRIPLES: triples,
            CHANGES: [dataclasses.asdict(c) for c in changes],
            EVIDENCE: evidence,
            REJECTED: _rejected(tables, now, before),
            FORMER: former_rows(given, now.moved, said, _with_row(rows, triples), evidence),
            EXTRACTION: [{"what": what, "value": value} for what, value in made.items()],
        }
        _write(curated, content, own=before.own)
        written = write_template(path, next(iter(rows), None))
    by_status = {status: sum(r["status"] == status for r in triples) for status in STATUSES}
    unknown = tuple(r["triple_id"] for r in lost if not r["statement"] or r["predicate"] is None)
    completed = sum(d.completed for d in given.rows)
    return Report(
        len(triples), by_status, tuple(changes), unknown, curated, completed, tuple(conflicts(now.decisions)),
        template=written, edited_away=len(now.away), given=given,
    )  # fmt: skip


def _rejected(tables: Tables, now: Decided, before: Before) -> list[Record]:
    """The sentences that were rejected one by one, those included that are not found now."""
    rejected = {key for key, d in now.decisions.by_evidence.items() if d.decision == "reject"}
    moved = {(m.triple_id, m.evidence_id) for m in now.moved}
    found = [r for r in records(tables.relations) if (r["triple_id"], r["evidence_id"]) in rejected]
    old = [r for r in before.rejected if (r["triple_id"], r["evidence_id"]) in rejected - moved]
    return sentences_of(tables, found, old, None)


def _with_row(extracted: Iterable[Record], triples: Iterable[Record]) -> set[str]:
    """The extracted triples that triples.csv has; not those that count for others."""
    return {r["triple_id"] for r in extracted} & {r["triple_id"] for r in triples}


def _check(path: Path, known: Carried, tables: Tables, before: Before, names: Names) -> None:
    """Hold the decisions against what there is and was."""
    rows = {r["triple_id"]: r for r in records(tables.triples)}
    check_ids(path, known.given, before.said | {key: r["statement"] for key, r in rows.items()})
    sentences = {(r["triple_id"], r["evidence_id"]): r for r in records(tables.relations)}
    once = {(m.triple_id, m.evidence_id) for m in known.moved}
    once |= {(m.now_triple_id, m.now_evidence_id) for m in known.moved}
    once |= {(r.get("extracted_as") or r["triple_id"], r["evidence_id"]) for r in before.evidence}
    once |= {(r["triple_id"], r["evidence_id"]) for r in before.former if r.get("evidence_id")}
    check_sentences(path, known.given, sentences, once)
    check_edits(
        path, known.decisions, lambda d: sentences.get(d.key) if d.evidence_id else rows.get(d.triple_id), names
    )


def _changes(before: Before, now: Decided, lost: Sequence[Record], papers: Papers) -> list[Change]:
    """Everything that differs from the last refresh, in the order of the table."""
    old = {r["triple_id"]: r for r in before.triples}
    came = {m.now_triple_id: m.triple_id for m in now.moved if m.elsewhere and m.now_triple_id not in old}
    changes = open_losses(lost, now.decisions, papers) + compare(before.triples, now.triples, papers)
    out = [
        _renamed(c, came[c.triple_id], before.said) if c.triple_id in came and c.change == "added" else c
        for c in changes
    ]
    out = with_sentences(out, _lost_sentences(before, now), now.triples, papers)
    out += _counted_in(before, now, {c.triple_id for c in out} | set(came.values()))
    return sorted(out, key=lambda c: (("lost", "added", "changed").index(c.change), c.triple_id))


def _counted_in(before: Before, now: Decided, told: set[str]) -> list[Change]:
    """Triples of the last refresh that are there under another id, which was there already."""
    statements = {r["triple_id"]: r["statement"] for r in now.triples}
    into = {key: (host, "which it equals after its edit") for key, host in now.joined.items()}
    for m in now.moved:
        if m.elsewhere:
            into.setdefault(m.triple_id, (m.now_triple_id, "since an identifier in it changed"))
    out = [
        _said_otherwise(row, now.away[row["triple_id"]], statements)
        for row in before.triples
        if row["triple_id"] in now.away and row["triple_id"] not in told
    ]
    for row in before.triples:
        key = row["triple_id"]
        if key in into and key not in statements and key not in told:
            host, why = into[key]
            reason = f"counted into {host} ({statements.get(host) or 'lost since'}), {why}"
            out.append(Change(key, "changed", row.get("statement") or "", row["status"], reason))
    return out


def _said_otherwise(row: Record, into: Sequence[str], statements: Mapping[str, str]) -> Change:
    where = ", ".join(f"{key} ({statements.get(key) or 'unknown'})" for key in into)
    reason = f"every sentence of it was edited to say something else, and counts there: {where}"
    return Change(row["triple_id"], "changed", row.get("statement") or "", "edited", reason)


def _lost_sentences(before: Before, now: Decided) -> list[tuple[Record, Decision]]:
    """Sentences that somebody accepted or edited, and that are not found now."""
    gone_on = {m.evidence_id for m in now.moved}
    out = []
    for row in before.evidence:
        decision = now.decisions.by_evidence.get((row.get("extracted_as") or row["triple_id"], row["evidence_id"]))
        there = row["evidence_id"] in now.extracted or row["evidence_id"] in gone_on
        if decision and decision.decision in ("accept", "edit") and not there:
            out.append((row, decision))
    return out


def _renamed(change: Change, former: str, said: Mapping[str, str]) -> Change:
    """A triple that is new only because an identifier in it is another one."""
    carried_over = "" if change.status == "unreviewed" else f"; its decision ({change.status}) is carried over"
    reason = f"an identifier changed: it was {former} ({said.get(former) or 'unknown'}){carried_over}"
    return dataclasses.replace(change, change="changed", reason=reason)


def _lost(now: Decided, before: Before, names: Names) -> list[Record]:
    """What was there at the last refresh, or was accepted since, and is not now; each once, sorted."""
    found = {r["triple_id"] for r in now.triples} | now.joined.keys() | now.away.keys()
    found |= {m.triple_id for m in now.moved if m.elsewhere}
    decisions = now.decisions
    by_sentence = said_of_sentences(before.evidence, decisions)
    known = _Known(before, decisions)
    wanted = {key for key, d in decisions.by_triple.items() if d.decision in ("accept", "edit")}
    out = []
    for key in sorted((known.last.keys() | before.told.keys() | wanted) - found):
        decision = decisions.by_triple.get(key)
        record = known.record(key)
        if decision and decision.decision == "edit" and record["predicate"]:
            record = edited(record, dict(decision.changes), names)
        told = before.told.get(key) or {}
        counted = int((told or known.last.get(key) or {}).get("n_acknowledged") or 0)
        record |= {
            "status": STATUS_AFTER[decision.decision] if decision else by_sentence.get(key, "unreviewed"),
            "presence": "lost",
            # fewer than there were: somebody decided anew since, and the count began again
            "n_acknowledged": min(counted, decisions.acknowledgements(key)) if not told else counted,
            "reason": told.get("reason"),
            "cause": told.get("cause"),
        }
        out.append(record)
    return out


class _Known:
    """What is known of triples that the extraction does not find."""

    def __init__(self, before: Before, decisions: Decisions) -> None:
        self.last = {r["triple_id"]: r for r in before.triples}
        self._memory = {r["triple_id"]: r for r in before.memory}
        self._told, self._decisions, self._said = before.told, decisions, told_by(decisions)

    def record(self, key: str) -> Record:
        """The columns of the triple; of one whose edit was taken back, what the extraction had said where it is
        known."""
        last, decision = self.last.get(key), self._decisions.by_triple.get(key)
        if last and last["status"] == "edited" and not (decision and decision.decision == "edit"):
            last = self._memory.get(key) or last
        row = last or self._memory.get(key) or self._told.get(key) or {}
        record: Record = {c: _value(TRIPLES, c, row.get(c)) for c in TRIPLES.names}
        return record | {"triple_id": key, "statement": record["statement"] or self._said.get(key)}


def _value(schema: TableSchema, column: str, cell: Any) -> Any:
    if cell in (None, ""):
        return None
    try:
        return {"integer": int, "number": float, "string": str}[schema.column(column).type](cell)
    except ValueError:
        raise CurationError(
            f"triples.csv: {column} {cell!r} cannot be used; restore the file from version control."
        ) from None


def _papers(tables: Tables, past: Before, causes: Causes) -> Papers:
    documents = records(tables.documents)
    paper_of = {d["doc_id"]: d["paper_id"] for d in documents}
    behind: dict[str, set[str]] = defaultdict(set)
    for triple, doc in zip(tables.relations["triple_id"], tables.relations["doc_id"], strict=True):
        behind[triple].add(paper_of[doc])
    evidence: dict[str, list[Record]] = defaultdict(list)
    for row in past.evidence:
        evidence[row["triple_id"]].append(row)
    reasons = {r["doc_id"]: r["reason"] for r in records(tables.failures)}
    rows_of = {r["triple_id"] for r in past.triples}
    return Papers(
        read=frozenset(d["paper_id"] for d in documents if d["status"] != "failed"),
        names={r["paper_id"]: r["paper"] for r in past.evidence if r.get("paper")} | names_of_papers(documents),
        failed={d["paper_id"]: reasons.get(d["doc_id"], "failed") for d in documents if d["status"] == "failed"},
        behind={k: frozenset(v) for k, v in behind.items()},
        before={k: frozenset(r["paper_id"] for r in rows) for k, rows in evidence.items()},
        lost=frozenset(past.lost),
        elsewhere=frozenset(r["extracted_as"] for r in past.evidence if r.get("extracted_as")) - rows_of,
        evidence=evidence,
        causes=causes,
    )


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
