"""A curator's work on extracted tables: what there is to look at, what was decided, and decisions taken and taken back.

Nothing here knows of a web page. Decisions are read anew when ``decisions.csv`` changed, by whomever, and written at
once.
"""

from __future__ import annotations

import contextlib
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from exomine.curation.before import Before, left_before
from exomine.curation.dates import moments, parse_date, stamp
from exomine.curation.decisions import Conflict, Decision, Decisions, ahead, conflicts, read_decisions
from exomine.curation.edits import Names, said_now
from exomine.curation.former import Move, carried, chained, known_moves, moves
from exomine.curation.journal import append, fingerprint
from exomine.curation.losses import Loss, losses
from exomine.curation.news import News
from exomine.curation.passages import ROLES, Passages
from exomine.curation.queue import Item, contradictions
from exomine.errors import ChangedError, CurationError
from exomine.tables.dataframes import records
from exomine.tables.store import load_tables

__all__ = ["SCOPES", "Done", "Overtaken", "Reach", "Review"]

#: What a decision can be about: the triple, one sentence, or every row in which the words of a slot are read so.
SCOPES = ("triple", "sentence", *ROLES)
#: How often a decision is tried again when others write to the file at the same moment.
_TRIES = 5
_STATE = {"accept": "accepted", "reject": "rejected", "edit": "edited", "uncertain": "later"}


@dataclass(frozen=True, slots=True)
class Reach:
    """What a decision would change: rows of relations, in how many papers."""

    keys: tuple[tuple[str, str], ...]  # triple_id and evidence_id
    n_rows: int
    n_papers: int


@dataclass(frozen=True, slots=True)
class Done:
    """One step that was taken: the rows that were written, and what was in force on each before and then."""

    written: tuple[Decision, ...]
    before: tuple[Decision | None, ...]
    after: tuple[Decision | None, ...]
    triple_id: str


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A step that was not taken, since others were taken meanwhile on the same statement or sentences.

    ``decisions`` are those that came, in their order; none where rows were only taken away.
    """

    triple_id: str
    decisions: tuple[Decision, ...]


class Review:
    """Tables, decisions and what was done since the start. One curator at a time: methods that write hold a lock."""

    def __init__(
        self, processed: Path, curated: Path, *, curator: str = "", now: Callable[[], datetime] | None = None
    ) -> None:
        """Raises :class:`exomine.errors.UsageError` where there are no tables."""
        tables = load_tables(processed)
        self._folders = processed, curated
        self.path = curated / "decisions.csv"
        self.curator = " ".join(curator.split())  # as it is read back
        self.passages = Passages(tables, processed)
        self.names = Names(tables)
        self.triples: dict[str, dict[str, Any]] = {r["triple_id"]: r for r in records(tables.triples)}
        self.relations: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.readings: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
        for row in records(tables.relations):
            self.relations[row["triple_id"]].append(row)
            for role in ROLES:
                if reading := _reading(row, role):
                    self.readings[reading].append(row)
        self.used = dict(Counter(tables.mentions["curie"].dropna()))
        self._opposed = contradictions(list(self.triples.values()))
        self._now = now or (lambda: datetime.now(UTC))
        self._lock = threading.RLock()
        self._known: tuple[int, int, int] | None = None
        self._decisions = Decisions()
        self._items: dict[str, Item] = {}
        self._conflicts: dict[tuple[str, str], Conflict] = {}
        self._came: dict[str, list[tuple[str, str]]] = {}
        self._went: dict[tuple[str, str], dict[str, Any]] = {}
        self._news = News()
        self._done: list[Done] = []
        self._before = left_before(processed, curated)
        self._left_at = fingerprint(curated / "changes.csv")
        self.papers = {d["doc_id"]: d["paper_id"] for d in self.passages.documents.values()}
        self._moves = self._moved()
        self.decisions()

    def _moved(self) -> list[Move]:
        """What has another id in these tables than it had at the last refresh, or before."""
        now = ({**r, "paper_id": self.papers[r["doc_id"]]} for rows in self.relations.values() for r in rows)
        return chained(known_moves(self._before.former), moves(self._before.sentences, now))

    def decisions(self) -> Decisions:
        """The decisions as the file has them now, those on former ids under the ids now, too.

        Raises :class:`CurationError` for one that cannot be used.
        """
        with self._lock:
            now = fingerprint(self.path)
            if now != self._known or not self._items:
                self._decisions, self._known = carried(read_decisions(self.path), self._moves), now
                self._news.take(self._decisions)
                self._went = self._edited_sentences(self._decisions)
                self._came = defaultdict(list)
                for key, said in self._went.items():
                    self._came[said["triple_id"]].append(key)
                self._conflicts = {c.in_force.key: c for c in conflicts(self._decisions)}
                self._items = {key: self._item(key, row, self._decisions) for key, row in self.triples.items()}
            return self._decisions

    def items(self) -> list[Item]:
        """Every triple, in the order of the tables, with its state now."""
        self.decisions()
        return list(self._items.values())

    def item(self, triple_id: str) -> Item | None:
        """One triple; ``None`` where there is none of that id."""
        self.decisions()
        return self._items.get(triple_id)

    def _item(self, key: str, row: Mapping[str, Any], decisions: Decisions) -> Item:
        papers = tuple(sorted({self.papers[r["doc_id"]] for r in self.relations[key]}))
        return Item(row, self._state(key, decisions), papers, self._opposed.get(key, ()), (key, "") in self._conflicts)

    def _edited_sentences(self, decisions: Decisions) -> dict[tuple[str, str], dict[str, Any]]:
        """What each sentence says that was edited by itself; without those edits that a refresh would refuse."""
        out = {}
        for key, d in decisions.by_evidence.items():
            row = self.relation(*key) if d.decision == "edit" else None
            if row:
                with contextlib.suppress(CurationError):
                    out[key] = said_now(row, dict(d.changes), self.names)
        return out

    def _state(self, key: str, decisions: Decisions) -> str:
        """What was decided on a triple, else what the decisions on its sentences come to, as a refresh sees them."""
        decision = decisions.by_triple.get(key)
        if decision:
            return _STATE[decision.decision]
        found = [decisions.by_evidence.get((key, r["evidence_id"])) for r in self.relations[key]]
        said = {d.decision if d else "" for d in found}
        if said == {"edit"} or key in self._came:  # all its sentences say others, or those of others say it
            return "edited"
        if "accept" in said:
            return "accepted"
        return "rejected" if said and said <= {"reject", "edit"} else "unreviewed"

    def reads_now(self, key: tuple[str, str]) -> Mapping[str, Any] | None:
        """What a sentence of a triple says after its own edit; ``None`` where it was not edited."""
        self.decisions()
        return self._went.get(key)

    def came(self, triple_id: str) -> list[tuple[str, str]]:
        """The sentences of other triples that say this one after their edit."""
        self.decisions()
        return [key for key in self._came.get(triple_id, ()) if key[0] != triple_id]

    def ahead(self) -> list[Decision]:
        """Rows whose date is still to come."""
        return ahead(self.decisions(), self._now())

    @property
    def mark(self) -> int:
        """What a page carries that is drawn now, so that a form on it tells what its curator cannot have seen."""
        self.decisions()
        return self._news.mark

    def lost(self) -> list[Loss]:
        """Decided statements that these tables do not have, with what the last refresh told of them."""
        return losses(self.decisions(), self.triples.keys(), self._moves, self._left())

    def _left(self) -> Before:
        """What the last refresh left; read anew where there was another one since."""
        with self._lock:
            now = fingerprint(self._folders[1] / "changes.csv")
            if now != self._left_at:
                self._before, self._left_at = left_before(*self._folders), now
            return self._before

    def acknowledge(self, triple_id: str) -> Done | None:
        """Write that the loss of a triple was seen; ``None`` where it is not lost."""
        with self._lock:
            if triple_id not in {loss.triple_id for loss in self.lost()}:
                return None
            plain = Decision(triple_id, "acknowledge")
            return self._write([self._filled(plain, plain.key)], triple_id)

    def said(self, triple_id: str) -> str:
        """What a triple says, or said when it was there."""
        row = self.triples.get(triple_id)
        return str(row["statement"]) if row else self._before.said.get(triple_id, "") or triple_id

    def conflict(self, triple_id: str) -> Conflict | None:
        """What curators say who do not agree on a triple."""
        self.decisions()
        return self._conflicts.get((triple_id, ""))

    def in_force(self, key: tuple[str, str]) -> Decision | None:
        """The decision that counts on a triple (its id and an empty string) or on one of its sentences."""
        decisions = self.decisions()
        return decisions.by_evidence.get(key) if key[1] else decisions.by_triple.get(key[0])

    def reach(self, relation: Mapping[str, Any], scope: str) -> Reach:
        """What a decision with this relation before one's eyes would be about."""
        if scope == "triple":
            rows = self.relations[relation["triple_id"]]
            return self._reach([(relation["triple_id"], "")], rows)
        if scope == "sentence":
            rows = [r for r in self.relations[relation["triple_id"]] if r["evidence_id"] == relation["evidence_id"]]
        else:
            rows = self.readings.get(_reading(relation, scope) or ("", "", ""), [])
        return self._reach(((r["triple_id"], r["evidence_id"]) for r in rows), rows)

    def _reach(self, keys: Iterable[tuple[str, str]], rows: Sequence[Mapping[str, Any]]) -> Reach:
        return Reach(tuple(dict.fromkeys(keys)), len(rows), len({self.papers[r["doc_id"]] for r in rows}))

    def relation(self, triple_id: str, evidence_id: str) -> dict[str, Any] | None:
        """A relation of a triple by its sentence; the first one where the sentence is not told."""
        rows = self.relations.get(triple_id, [])
        return next((r for r in rows if evidence_id in ("", r["evidence_id"])), None)

    def decide(self, triple_id: str, reach: Reach, decision: Decision, *, seen: int | None = None) -> Done | Overtaken:
        """Write a decision on everything within reach; ``decision`` gives what is decided, its ids are filled in
        here.

        ``seen`` is the :attr:`mark` of the page on which it was taken: nothing is written where the same was decided on
        since then.
        """
        with self._lock:
            for left in reversed(range(_TRIES)):
                self.decisions()
                if seen is not None and (missed := self._news.since(seen, self._about(triple_id, reach))):
                    return Overtaken(triple_id, tuple(d for d in missed if d))
                try:
                    return self._write([self._filled(decision, key) for key in reach.keys], triple_id)
                except ChangedError:  # somebody decided on something else at the same moment
                    if not left:
                        raise
            raise AssertionError("the last try returns or raises")

    def _about(self, triple_id: str, reach: Reach) -> set[tuple[str, str]]:
        """What a decision may overrule: what is within reach, the triple, and with it all of its sentences."""
        about = {*reach.keys, (triple_id, "")}
        if (triple_id, "") in reach.keys:
            about |= {(triple_id, r["evidence_id"]) for r in self.relations[triple_id]}
        return about

    def undo(self) -> Done | Overtaken | None:
        """Take the last step back, by rows that say what was in force before; ``None`` where there is none.

        What somebody decided since on the same stays, and the step can then no longer be taken back.
        """
        with self._lock:
            self.decisions()
            if not self._done:
                return None
            last = self._done[-1]
            now = [self.in_force(row.key) for row in last.written]
            others = [d for d, then in zip(now, last.after, strict=True) if _as_such(d) != _as_such(then)]
            if others:
                self._done.pop()
                return Overtaken(last.triple_id, tuple(d for d in others if d))
            rows = [self._back(w, b) for w, b in zip(last.written, last.before, strict=True)]
            done = self._write(rows, last.triple_id)
            del self._done[-2:]
            return done

    @property
    def can_undo(self) -> bool:
        """Whether a step was taken since the start that was not taken back."""
        return bool(self._done)

    def _write(self, rows: Sequence[Decision], triple_id: str) -> Done:
        before = tuple(self.in_force(row.key) for row in rows)
        written = self._counting(rows)
        append(self.path, written, known=self._known)
        self.decisions()
        done = Done(tuple(written), before, tuple(self.in_force(row.key) for row in rows), triple_id)
        self._done.append(done)
        return done

    def _counting(self, rows: Sequence[Decision]) -> list[Decision]:
        """The rows, without their date where an earlier one has a date that is still to come and would overrule them.

        Who decides with that one before their eyes decides later, whatever it says; and a row without a date is no
        earlier than those above it.
        """
        given = sorted(self._decisions.rows, key=lambda d: d.line)
        latest: dict[tuple[str, str], datetime] = {}
        for d, moment in zip(given, moments(d.date for d in given), strict=True):
            latest[d.key] = max(moment, latest.get(d.key, moment))
        return [replace(d, date="") if latest.get(d.key, _START) > (parse_date(d.date) or _START) else d for d in rows]

    def _filled(self, decision: Decision, key: tuple[str, str]) -> Decision:
        return replace(
            decision,
            triple_id=key[0],
            evidence_id=key[1],
            curator=self.curator,
            date=stamp(self._now()),
            statement=self.said(key[0]),
        )

    def _back(self, written: Decision, before: Decision | None) -> Decision:
        if before is None:
            plain = Decision(written.triple_id, "withdraw", written.evidence_id)
            return self._filled(plain, written.key)
        return replace(before, date=stamp(self._now()), line=0)


_START = datetime.min.replace(tzinfo=UTC)


def _as_such(decision: Decision | None) -> Decision | None:
    """A decision wherever it stands in the file."""
    return replace(decision, line=0) if decision else None


def _reading(row: Mapping[str, Any], role: str) -> tuple[str, str, str] | None:
    """How the words of a slot were read: the words, the label, the identifier (else the name)."""
    words = row[f"{role}_text"]
    if not words:
        return None
    label = row.get(f"{role}_label") or "CANCER"
    return " ".join(words.split()).casefold(), label, row[f"{role}_curie"] or row[f"{role}_name"] or ""
