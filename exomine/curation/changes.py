"""What differs between two refreshes, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from exomine.curation.causes import Causes
from exomine.curation.decisions import Decision, Decisions

__all__ = ["Change", "Papers", "compare", "open_losses", "with_sentences"]

Record = Mapping[str, Any]
#: What is compared of a triple that is found again; how often it is found comes last.
_COMPARED = (
    "statement", "subject_curie", "predicate", "object_curie", "cancer_curie", "assertion", "status", "tier",
    "n_documents", "n_relations", "n_citations",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One row of ``changes.csv``."""

    triple_id: str
    change: str
    statement: str
    status: str
    reason: str
    n_acknowledged: int | None = None
    cause: str = ""


@dataclass(frozen=True)
class Papers:
    """Which papers there are: those of this extraction, those that failed in it, and those behind each triple."""

    read: frozenset[str] = frozenset()
    failed: Mapping[str, str] = field(default_factory=dict)  # paper_id -> reason
    behind: Mapping[str, frozenset[str]] = field(default_factory=dict)  # triple_id -> paper_ids now
    before: Mapping[str, frozenset[str]] = field(default_factory=dict)  # triple_id -> paper_ids when it was last found
    lost: frozenset[str] = frozenset()  # triple_ids that the last refresh told, or kept, as lost
    elsewhere: frozenset[str] = frozenset()  # triple_ids whose sentences counted for others after an edit
    names: Mapping[str, str] = field(default_factory=dict)  # paper_id -> what people call it
    evidence: Mapping[str, Sequence[Record]] = field(default_factory=dict)  # triple_id -> its sentences as they were
    causes: Causes | None = None

    @property
    def known(self) -> frozenset[str]:
        """The papers that had a triple at the last refresh."""
        return frozenset().union(*(ids for key, ids in self.before.items() if key not in self.lost))

    def shown(self, paper_ids: Iterable[str]) -> str:
        """The papers as people know them: by title and file."""
        return ", ".join(sorted(self.names.get(p) or p for p in paper_ids))

    @property
    def gone(self) -> frozenset[str]:
        """The papers known only from triples that are kept as lost."""
        return frozenset().union(*self.before.values()) - self.known


def compare(old: Sequence[Record], new: Sequence[Record], papers: Papers) -> list[Change]:
    """Additions and changes; losses are :func:`open_losses`. Triples kept as lost count as absent on both sides."""
    known = {r["triple_id"]: r for r in old}
    out = []
    for row in new:
        if row["presence"] == "lost":
            continue
        before = known.get(row["triple_id"])
        if before is None or before["presence"] == "lost":
            reason = _why_added(row["triple_id"], papers, first=not old)
            out.append(Change(row["triple_id"], "added", row["statement"], row["status"], reason))
        elif differing := [c for c in _COMPARED if _shown(before.get(c)) != _shown(row[c])]:
            shown = "; ".join(f"{c}: {_shown(before[c])} -> {_shown(row[c])}" for c in differing)
            out.append(Change(row["triple_id"], "changed", row["statement"], row["status"], shown))
    return out


def open_losses(lost: Iterable[Record], decisions: Decisions, papers: Papers) -> list[Change]:
    """The losses that nobody has acknowledged since.

    ``lost`` are triples that are not found now; each has ``n_acknowledged``, the acknowledgements before its loss, and
    the ``reason`` that was told earlier, if it was.
    """
    out = []
    for r in lost:
        if decisions.acknowledgements(r["triple_id"]) <= r["n_acknowledged"]:
            cause, reason = _still_told(r, papers) or _why_lost(r["triple_id"], papers)
            out.append(Change(r["triple_id"], "lost", r["statement"], r["status"], reason, r["n_acknowledged"], cause))
    return out


_OF_PAPERS = ("paper_gone", "paper_unreadable")


def _still_told(row: Record, papers: Papers) -> tuple[str, str] | None:
    """What was told of a loss earlier; ``None`` where it was told of no paper, or of one that is read by now."""
    cause, reason = row.get("cause") or "unknown", row.get("reason")
    back = cause in _OF_PAPERS and papers.before.get(row["triple_id"], frozenset()) & papers.read
    return None if back or not reason else (cause, reason)


def with_sentences(
    changes: Iterable[Change], lost: Sequence[tuple[Record, Decision]], rows: Iterable[Record], papers: Papers
) -> list[Change]:
    """The changes, and of triples that are still found the decided sentences that are not."""
    told = {c.triple_id: c for c in changes}
    found = {r["triple_id"]: r for r in rows}
    for row, decision in lost:
        key = row["triple_id"]
        if key not in found:
            continue
        said = {"accept": "accepted", "edit": "edited"}[decision.decision]
        _, why = _why_lost_of([row], papers)
        reason = f"a sentence that was {said} (line {decision.line} of decisions.csv) is not found: {why}"
        before = told.get(key)
        told[key] = (
            replace(before, reason=f"{before.reason}; {reason}")
            if before
            else Change(key, "changed", found[key]["statement"], found[key]["status"], reason)
        )
    return list(told.values())


def _why_added(key: str, papers: Papers, *, first: bool) -> str:
    if key in papers.lost:
        return "found again"
    if first:
        return "first refresh"
    if key in papers.elsewhere:
        return "an edit by which it counted for another one is no longer in force"
    new = papers.behind.get(key, frozenset()) - papers.known
    parts = []
    if back := new & papers.gone:
        parts.append(f"stated by a paper that is back: {papers.shown(back)}")
    if others := new - papers.gone:
        parts.append(f"stated by a paper that is new or had no triples at the last refresh: {papers.shown(others)}")
    return "; ".join(parts) or "newly found in papers that were there before"


def _why_lost(key: str, papers: Papers) -> tuple[str, str]:
    return _why_lost_of(papers.evidence.get(key, ()), papers)


def _why_lost_of(evidence: Sequence[Record], papers: Papers) -> tuple[str, str]:
    """Cause and reason, from the sentences that a triple had."""
    behind = {r["paper_id"] for r in evidence}
    if not behind:
        return "unknown", "no longer found by the last extraction"
    gone = behind - papers.read - set(papers.failed)
    failed = sorted(p for p in behind if p in papers.failed and p not in papers.read)
    still = behind & papers.read
    cause, parts = "paper_gone", []
    if gone:
        parts.append(f"paper not among those extracted: {papers.shown(gone)}")
    if failed:
        cause, shown = "paper_unreadable", (f"{papers.shown([p])}: {papers.failed[p]}" for p in failed)
        parts.append(f"paper could not be read: {', '.join(shown)}")
    if still and papers.causes:
        cause, told = papers.causes.of(r for r in evidence if r["paper_id"] in still)
        parts.append(f"no longer found in {papers.shown(still)}" + (f": {told}" if told else ""))
    return cause, "; ".join(parts)


def _shown(value: Any) -> str:
    return str(value) if value not in (None, "") else "empty"
