"""The queue of triples to be looked at: what is asked for, and in which order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exomine.tables.ids import entity_key
from exomine.vocabulary.predicates import PREDICATES

__all__ = ["ANY", "SORTS", "STATES", "Item", "Wish", "asked_for", "contradictions", "doubt"]

#: What a triple can be in the queue; ``later`` was put off.
STATES = ("unreviewed", "later", "accepted", "edited", "rejected")
ANY = "any"
_OPPOSITE = {p.name: p.opposite for p in PREDICATES if p.opposite} | {
    "increased_in": "decreased_in",
    "decreased_in": "increased_in",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One triple in the queue. ``papers`` are paper_ids; ``opposed`` are the triples that say the opposite."""

    row: Mapping[str, Any]
    state: str
    papers: tuple[str, ...]
    opposed: tuple[str, ...]
    disputed: bool = False

    @property
    def triple_id(self) -> str:
        return str(self.row["triple_id"])

    @property
    def statement(self) -> str:
        return str(self.row["statement"])


def doubt(score: float) -> float:
    """How little a score tells: 1 at one half, 0 where it is sure either way."""
    return round(1.0 - abs(2.0 * score - 1.0), 4)


def _cancer(item: Item) -> str:
    row = item.row
    return str(row["cancer_name"] or (row["object_name"] if row["object_label"] == "CANCER" else ""))


#: The orders that can be asked for; ties are in the order of the tables.
SORTS: dict[str, Callable[[Item], Any]] = {
    "doubt": lambda item: -doubt(item.row["score"]),
    "score": lambda item: -item.row["score"],
    "papers": lambda item: -item.row["n_documents"],
    "paper": lambda item: item.papers,
    "cancer": lambda item: (_cancer(item) or "\uffff").casefold(),
    "predicate": lambda item: item.row["predicate"],
    "statement": lambda item: item.statement.casefold(),
    "status": lambda item: STATES.index(item.state),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see; as usual what nobody has looked at, the most doubtful first."""

    sort: str = "doubt"
    status: str = "unreviewed"
    predicate: str = ANY
    cancer: str = ANY
    paper: str = ANY
    text: str = ""
    opposed: bool = False  # contradictions first


def asked_for(items: Iterable[Item], wish: Wish) -> list[Item]:
    """The items that are asked for, in order."""
    found = sorted((item for item in items if _fits(item, wish)), key=SORTS[wish.sort])
    if wish.opposed:
        found.sort(key=lambda item: (not item.opposed, min((item.triple_id, *item.opposed)) if item.opposed else ""))
    return found


def _fits(item: Item, wish: Wish) -> bool:
    row = item.row
    asked = (
        (wish.status, (item.state,)),
        (wish.predicate, (row["predicate"],)),
        (wish.cancer, (_cancer(item),)),
        (wish.paper, item.papers),
    )
    words = wish.text.casefold().split()
    return all(want in (ANY, *have) for want, have in asked) and all(w in item.statement.casefold() for w in words)


def contradictions(rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """The triples that say the opposite of each: the opposite predicate, or the same one denied."""
    by_meaning: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in rows:
        by_meaning[_meaning(row, row["predicate"], row["assertion"])].append(row["triple_id"])
    out = {}
    for row in rows:
        predicate, assertion = row["predicate"], row["assertion"]
        denied = {"asserted": "negated", "negated": "asserted"}.get(assertion, "")
        against = [_meaning(row, _OPPOSITE.get(predicate, ""), assertion), _meaning(row, predicate, denied)]
        found = sorted(key for meaning in against for key in by_meaning.get(meaning, ()))
        if found:
            out[row["triple_id"]] = tuple(found)
    return out


def _meaning(row: Mapping[str, Any], predicate: str, assertion: str) -> tuple[str, ...]:
    subject, object_, cancer = (
        entity_key(row[f"{role}_curie"] or "", row.get(f"{role}_label", "CANCER"), row[f"{role}_name"] or "")
        for role in ("subject", "object", "cancer")
    )
    return subject, predicate, object_, cancer, assertion
