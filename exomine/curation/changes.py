"""What differs between two refreshes, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from exomine.curation.decisions import Decisions

__all__ = ["Change", "Papers", "compare", "open_losses"]

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


@dataclass(frozen=True)
class Papers:
    """Which papers there are: those of this extraction, those that failed in it, and those behind each triple."""

    read: frozenset[str] = frozenset()
    failed: Mapping[str, str] = field(default_factory=dict)  # paper_id -> reason
    behind: Mapping[str, frozenset[str]] = field(default_factory=dict)  # triple_id -> paper_ids now
    before: Mapping[str, frozenset[str]] = field(default_factory=dict)  # triple_id -> paper_ids when it was last found
    lost: frozenset[str] = frozenset()  # triple_ids that the last refresh told, or kept, as lost
    names: Mapping[str, str] = field(default_factory=dict)  # paper_id -> what people call it

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
    return [
        Change(
            r["triple_id"],
            "lost",
            r["statement"],
            r["status"],
            r.get("reason") or _why_lost(r["triple_id"], papers),
            r["n_acknowledged"],
        )
        for r in lost
        if decisions.acknowledgements(r["triple_id"]) <= r["n_acknowledged"]
    ]


def _why_added(key: str, papers: Papers, *, first: bool) -> str:
    if key in papers.lost:
        return "found again"
    if first:
        return "first refresh"
    new = papers.behind.get(key, frozenset()) - papers.known
    parts = []
    if back := new & papers.gone:
        parts.append(f"stated by a paper that is back: {papers.shown(back)}")
    if others := new - papers.gone:
        parts.append(f"stated by a paper that is new or had no triples at the last refresh: {papers.shown(others)}")
    return "; ".join(parts) or "newly found in papers that were there before"


def _why_lost(key: str, papers: Papers) -> str:
    behind = papers.before.get(key, frozenset())
    if not behind:
        return "no longer found by the last extraction"
    gone = behind - papers.read - set(papers.failed)
    failed = sorted(p for p in behind if p in papers.failed and p not in papers.read)
    still = behind & papers.read
    parts = []
    if gone:
        parts.append(f"paper not among those extracted: {papers.shown(gone)}")
    if failed:
        parts.append(
            f"paper could not be read: {', '.join(f'{papers.shown([p])}: {papers.failed[p]}' for p in failed)}"
        )
    if still:
        parts.append(f"no longer found in {papers.shown(still)}")
    return "; ".join(parts)


def _shown(value: Any) -> str:
    return str(value) if value not in (None, "") else "empty"
