"""Decided statements that the tables do not have any more, for those who look after the dataset."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exomine.curation.before import Before
from exomine.curation.decisions import Decision, Decisions
from exomine.curation.former import Move

__all__ = ["Loss", "losses"]

_KEPT = ("accepted", "edited")
_NOT_TOLD = "not in these tables; the next refresh tells why"


@dataclass(frozen=True)
class Loss:
    """A triple that somebody accepted or edited and that is not found; ``cause`` is empty where no refresh has told
    it."""

    triple_id: str
    statement: str
    status: str
    cause: str
    reason: str
    acknowledged: bool
    decision: Decision | None
    evidence: Sequence[Mapping[str, Any]]


def losses(decisions: Decisions, found: Collection[str], moved: Iterable[Move], before: Before) -> list[Loss]:
    """The losses, those that nobody has acknowledged first; ``found`` are the triples of the tables."""
    there = set(found) | {m.triple_id for m in moved if m.elsewhere}
    kept = {r["triple_id"]: r for r in before.triples if r["status"] in _KEPT and r["presence"] == "lost"}
    decided = {key for key, d in decisions.by_triple.items() if d.decision in ("accept", "edit")}
    out = [_loss(key, kept.get(key), decisions, before) for key in (kept.keys() | decided) - there]
    return sorted(out, key=lambda loss: (loss.acknowledged, loss.statement.casefold(), loss.triple_id))


def _loss(key: str, row: Mapping[str, Any] | None, decisions: Decisions, before: Before) -> Loss:
    told = before.told.get(key, {})
    decision = decisions.by_triple.get(key)
    counted = int((told or row or {}).get("n_acknowledged") or 0)
    usual = "edited" if decision and decision.decision == "edit" else "accepted"
    statement = decision.statement if decision and decision.statement else before.said.get(key, "")
    return Loss(
        key, (row or {}).get("statement") or statement or key, (row or {}).get("status") or usual,
        told.get("cause") or "", told.get("reason") or ("" if row else _NOT_TOLD),
        decisions.acknowledgements(key) > counted, decision, [r for r in before.evidence if r["triple_id"] == key],
    )  # fmt: skip
