"""What the templates show: plain values made from a review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exomine.curation.decisions import EDITABLE, Decision
from exomine.curation.edits import edited
from exomine.curation.passages import ROLES, Passage, Place
from exomine.curation.queue import ANY, SORTS, STATES, Item, Wish, asked_for, doubt
from exomine.curation.review import Reach, Review
from exomine.curation.schema import REASON_CODES
from exomine.curation.web.forms import address, is_editing
from exomine.errors import CurationError
from exomine.tables.schema import ASSERTIONS
from exomine.vocabulary.entities import ENTITY_TYPES
from exomine.vocabulary.predicates import PREDICATES

__all__ = ["PAGE_SIZE", "Filled", "colours", "progress", "queue_view", "triple_view", "typed"]

#: Rows of the queue on one page.
PAGE_SIZE = 50
#: What an order is called.
_SORT_NAMES = {
    "doubt": "most doubtful", "score": "highest score", "papers": "most papers", "paper": "paper", "cancer": "cancer",
    "predicate": "predicate", "statement": "statement", "status": "status",
}  # fmt: skip


class Filled(dict[str, str]):
    """The fields of a form that comes back; what was not filled in is empty."""

    def __missing__(self, name: str) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence on the page of a triple."""

    passage: Passage
    places: Sequence[Place]
    picture: bool  # the PDF is there
    decision: str  # on this sentence alone
    now: Mapping[str, Any] | None  # what it says after its own edit
    readings: Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class Reading:
    """How the words of a slot were read, and what a decision on all such rows would change."""

    words: str
    name: str
    reach: str


def colours() -> str:
    """The colours of the labels as a style sheet; the vocabulary gives them."""
    return "".join(f".label-{t.label} {{ --mark: {t.colour}; }}\n" for t in ENTITY_TYPES)


def progress(review: Review) -> dict[str, int]:
    """How many triples there are and how many are decided or put off."""
    counts = Counter(item.state for item in review.items())
    return {"total": counts.total(), "decided": counts.total() - counts["unreviewed"] - counts["later"], **counts}


def queue_view(review: Review, wish: Wish, page: int) -> dict[str, Any]:
    """A page of the queue."""
    found = asked_for(review.items(), wish)
    last = max(1, -(-len(found) // PAGE_SIZE))
    page = min(page, last)
    first = (page - 1) * PAGE_SIZE
    return {
        "items": found[first : first + PAGE_SIZE], "first": first, "count": len(found), "page": page, "last": last,
        "wish": wish, "ahead": review.ahead(),
        "doubt": doubt, "sorts": [(name, _SORT_NAMES[name]) for name in SORTS], "states": (*STATES, ANY),
        "address": lambda **more: address(wish, **more), "any": ANY, **_choices(review),
    }  # fmt: skip


def _choices(review: Review) -> dict[str, Any]:
    """What the queue can be narrowed to: what there is, the commonest first."""
    rows = review.triples.values()
    cancers = Counter(r["cancer_name"] or (r["object_name"] if r["object_label"] == "CANCER" else None) for r in rows)
    predicates = Counter(r["predicate"] for r in rows)
    papers = {d["paper_id"]: d["title"] or d["source_path"] for d in review.passages.documents.values()}
    return {
        "cancers": [name for name, _ in cancers.most_common() if name],
        "predicates": [name for name, _ in predicates.most_common()],
        "papers": sorted(papers.items(), key=lambda p: p[1].casefold()),
    }


def triple_view(review: Review, item: Item, wish: Wish, has_picture: Any, filled: Mapping[str, str]) -> dict[str, Any]:
    """The page of one triple; ``filled`` is what its form comes back with, if it does."""
    seen = review.mark  # before anything is read: what comes while the page is made has not been seen
    decision = review.in_force((item.triple_id, ""))
    came = [review.triples[key] for key in dict.fromkeys(key for key, _ in review.came(item.triple_id))]
    return {
        "seen": seen, "filled": Filled(filled), "editing": is_editing(filled, item.row), "held": "", "missed": (),
        "came": came, "standing": Filled(decision.changes if decision else ()),
        "ahead": [d for d in review.ahead() if d.triple_id == item.triple_id],
        "item": item, "row": item.row, "edited": _edited(review, item, decision), "decision": decision, "wish": wish,
        "address": lambda **more: address(wish, **more), "evidence": _evidence(review, item, has_picture),
        "conflict": review.conflict(item.triple_id), "opposed": [review.triples[key] for key in item.opposed],
        "reasons": REASON_CODES, "predicates": PREDICATES, "assertions": ASSERTIONS, "doubt": doubt, "roles": ROLES,
        **_neighbours(review, item.triple_id, wish),
    }  # fmt: skip


def _neighbours(review: Review, triple_id: str, wish: Wish) -> dict[str, Any]:
    """Where a triple stands in the queue, from 1, and what stands beside it; one that is not in the queue stands
    before it."""
    order = [i.triple_id for i in asked_for(review.items(), wish)]
    place = order.index(triple_id) + 1 if triple_id in order else 0
    before = order[place - 2] if place > 1 else ""
    return {"place": place, "count": len(order), "before": before, "after": (*order, "")[place] if order else ""}


def _edited(review: Review, item: Item, decision: Decision | None) -> Mapping[str, Any] | None:
    """What a triple says after the edit in force; ``None`` where there is none, or one that ``refresh`` would
    refuse."""
    if decision is None or not decision.changes:
        return None
    try:
        return edited(item.row, dict(decision.changes), review.names)
    except CurationError:
        return None


def after(review: Review, triple_id: str, wish: Wish) -> str:
    """The triple that comes next in the queue, as it is now; empty where none does."""
    order = [i.triple_id for i in asked_for(review.items(), wish)]
    if triple_id in order:
        order = order[order.index(triple_id) + 1 :]
    return order[0] if order else ""


def _evidence(review: Review, item: Item, has_picture: Any) -> list[Evidence]:
    """The sentences of a triple, each once, the surest first."""
    rows = sorted(review.relations[item.triple_id], key=lambda r: -r["score"])
    first = {r["evidence_id"]: r for r in reversed(rows)}
    out = []
    for relation in sorted(first.values(), key=lambda r: -r["score"]):
        decision = review.in_force((item.triple_id, relation["evidence_id"]))
        places = review.passages.places(relation)
        picture = bool(places) and has_picture(relation["doc_id"])
        readings = {role: _reading(review, relation, role) for role in ROLES if relation[f"{role}_text"]}
        passage = review.passages.of(relation)
        now = review.reads_now((item.triple_id, relation["evidence_id"]))
        out.append(Evidence(passage, places, picture, decision.decision if decision else "", now, readings))
    return out


_TYPED = {**{name: name.removesuffix("_curie") for name in EDITABLE}, "decision": "decision", "reason": "reason"}


def typed(filled: Mapping[str, str], row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What somebody filled in about a triple, for them to read and copy."""
    told = {**_TYPED, "note": "note"}
    return [(shown, filled[name]) for name, shown in told.items() if filled.get(name, "") not in ("", row.get(name))]


def _reading(review: Review, relation: Mapping[str, Any], role: str) -> Reading:
    name = relation[f"{role}_name"] or relation[f"{role}_text"]
    return Reading(relation[f"{role}_text"], name, reach_told(review.reach(relation, role)))


def reach_told(reach: Reach) -> str:
    """ "14 rows in 3 papers"."""
    rows = "1 row" if reach.n_rows == 1 else f"{reach.n_rows} rows"
    return f"{rows} in {'1 paper' if reach.n_papers == 1 else f'{reach.n_papers} papers'}"
