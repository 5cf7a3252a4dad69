"""Triples whose identifier changed, as after a new lexicon: known again by their sentences, so that decisions go with
them.

The id of a triple is a hash of the identifiers in it, and so is that of its evidence. What stays is the sentence in
its paper and the words that stand in the slots.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from exomine.curation.decisions import Decision, Decisions, index
from exomine.tables.ids import normalise_name, normalise_sentence

__all__ = ["Move", "carried", "chained", "former_rows", "known_moves", "moves", "moves_of_edited"]

Record = Mapping[str, Any]
#: What must be the same in a sentence that was read with other identifiers.
_SAME = ("predicate", "assertion", "subject_text", "object_text", "cancer_text")
#: Rejections for these reasons are about the identifier that changed: somebody has to look again.
_OF_IDENTIFIERS = ("wrong_entity", "wrong_cancer")


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """A sentence's row under its former ids and its ids now."""

    triple_id: str
    evidence_id: str
    now_triple_id: str
    now_evidence_id: str

    @property
    def elsewhere(self) -> bool:
        """Whether it is another triple now."""
        return self.triple_id != self.now_triple_id


def moves(old_evidence: Iterable[Record], evidence: Iterable[Record]) -> list[Move]:
    """Rows of the last ``evidence.csv`` that are there now under other ids; both have the columns of that table.

    Ids are those that the extraction gave: what somebody edited has not moved.
    """
    new, old = _by_extraction(evidence), _by_extraction(old_evidence)
    places: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for key in sorted(new.keys() - old.keys()):
        places[_place(new[key])].append(key)
    out = []
    for key in sorted(old.keys() - new.keys()):
        found = places.get(_place(old[key]), []) if old[key].get("subject_text") else []
        if len(found) == 1:  # of several nobody can tell which one it was
            out.append(Move(*key, *found[0]))
    return out


def moves_of_edited(old_evidence: Iterable[Record], relations: Iterable[Record], moved: Iterable[Move]) -> list[Move]:
    """Where the triples went that somebody's edit of a sentence had made, when the sentence has other ids now.

    ``relations`` are those that the decisions leave, with the triple that each is counted into.
    """
    now = {r["evidence_id"]: r["triple_id"] for r in relations}
    went = {m.evidence_id: m.now_evidence_id for m in moved}
    out = []
    for row in old_evidence:
        then = went.get(row["evidence_id"], "")
        if then in now and row["triple_id"] != (row.get("extracted_as") or row["triple_id"]):
            out.append(Move(row["triple_id"], row["evidence_id"], now[then], then))
    return sorted(out)


def _by_extraction(evidence: Iterable[Record]) -> dict[tuple[str, str], Record]:
    return {(r.get("extracted_as") or r["triple_id"], r["evidence_id"]): r for r in evidence}


def _place(row: Record) -> tuple[str, ...]:
    return row["paper_id"], normalise_sentence(row["sentence"]), *(normalise_name(row.get(c) or "") for c in _SAME)


def known_moves(former: Iterable[Record]) -> list[Move]:
    """The moves that earlier refreshes have written down."""
    names = ("triple_id", "evidence_id", "now_triple_id", "now_evidence_id")
    return [Move(*(r[n] for n in names)) for r in former if r["now_triple_id"]]


def chained(earlier: Iterable[Move], later: Iterable[Move]) -> list[Move]:
    """All moves, those that went on since with their last ids."""
    on = {(m.triple_id, m.evidence_id): m for m in later}
    out = set(on.values())
    for m in earlier:
        then = on.get((m.now_triple_id, m.now_evidence_id))
        out.add(replace(m, now_triple_id=then.now_triple_id, now_evidence_id=then.now_evidence_id) if then else m)
    return sorted(m for m in out if m.evidence_id != m.now_evidence_id)  # what came back to its own id did not move


def carried(decisions: Decisions, moved: Iterable[Move]) -> Decisions:
    """The decisions, each on a triple or sentence that moved given once more under its ids now."""
    triples: dict[str, set[str]] = defaultdict(set)
    sentences: dict[tuple[str, str], Move] = {}
    for m in moved:
        if m.elsewhere:
            triples[m.triple_id].add(m.now_triple_id)
        sentences[m.triple_id, m.evidence_id] = m
    rows = []
    for d in sorted(decisions.rows, key=lambda d: d.line):
        rows.append(d)
        if d.decision == "reject" and d.reason in _OF_IDENTIFIERS:
            continue
        rows += _under_new_ids(d, sorted(triples.get(d.triple_id, ())), sentences.get(d.key))
    return index(rows)


def _under_new_ids(d: Decision, triples: Iterable[str], sentence: Move | None) -> list[Decision]:
    if not d.evidence_id:
        return [replace(d, triple_id=key) for key in triples]
    return [replace(d, triple_id=sentence.now_triple_id, evidence_id=sentence.now_evidence_id)] if sentence else []


def former_rows(
    decisions: Decisions, moved: Iterable[Move], said: Mapping[str, str], found: Iterable[str],
    evidence: Iterable[Record]
) -> list[dict[str, Any]]:  # fmt: skip
    """``former.csv``: ids that triples had earlier with what became of them, and those that decisions name and that
    nothing else keeps: of triples that are not among those ``found`` that have a row, of sentences that are not among
    the ``evidence``.

    Such a triple is gone or counts for another one, such a sentence was rejected or is gone: the next refresh has to
    know that they were there.
    """
    went = list(moved)
    names = ("triple_id", "evidence_id", "now_triple_id", "now_evidence_id")
    rows = [{**{n: getattr(m, n) for n in names}, "statement": said.get(m.triple_id)} for m in went]
    gone = {d.triple_id for d in decisions.rows} - set(found) - {m.triple_id for m in went}
    rows += [{"triple_id": key, "statement": said.get(key)} for key in gone]
    kept = _by_extraction(evidence).keys() | {(m.triple_id, m.evidence_id) for m in went}
    sentences = {d.key for d in decisions.rows if d.evidence_id} - kept
    rows += [{"triple_id": key, "evidence_id": e, "statement": said.get(key)} for key, e in sentences]
    return sorted(rows, key=lambda r: (r["triple_id"], r.get("evidence_id") or ""))
