"""What stands in the queue, and in which order."""

from __future__ import annotations

import pytest
from exomine.curation.queue import SORTS, Item, Wish, asked_for, contradictions, doubt


def row(
    key,
    subject="miR-1",
    predicate="promotes",
    object_="growth",
    *,
    cancer="",
    assertion="asserted",
    score=0.9,
    label="PROCESS",
):
    return {
        "triple_id": key, "statement": f"{subject} -> {object_}", "subject_curie": "", "subject_name": subject,
        "subject_label": "MIRNA",
        "predicate": predicate, "object_curie": "", "object_name": object_, "object_label": label, "cancer_curie": "",
        "cancer_name": cancer,
        "assertion": assertion, "score": score, "n_documents": 1,
    }  # fmt: skip


def test_doubt_is_highest_in_the_middle():
    assert [doubt(s) for s in (0.0, 0.5, 0.9, 1.0)] == [0.0, 1.0, 0.2, 0.0]


def test_opposite_and_denied_statements_contradict_each_other_in_one_cancer():
    rows = [
        row("a"), row("b", predicate="inhibits"), row("c", assertion="negated"), row("d", predicate="inhibits",
        cancer="glioma"),
        row("e", object_="growth", assertion="speculative"), row("f", predicate="increased_in", object_="glioma",
        label="CANCER"),
        row("g", predicate="decreased_in", object_="glioma", label="CANCER"),
    ]  # fmt: skip
    assert contradictions(rows) == {"a": ("b", "c"), "b": ("a",), "c": ("a",), "f": ("g",), "g": ("f",)}


def items(*rows):
    against = contradictions(rows)
    return [Item(r, "unreviewed", ("p",), against.get(r["triple_id"], ())) for r in rows]


def test_contradictions_come_first_and_side_by_side_when_asked():
    found = items(row("a", score=0.5), row("x"), row("b", "miR-2"), row("c", "miR-2", "inhibits", score=0.95))
    assert [i.triple_id for i in asked_for(found, Wish())] == ["a", "x", "b", "c"]
    assert {i.triple_id for i in asked_for(found, Wish(opposed=True))[:2]} == {"b", "c"}


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_keeps_every_item(sort):
    found = items(row("a"), row("b", "miR-2", cancer="glioma"), row("c", "miR-3", score=0.4))
    assert {i.triple_id for i in asked_for(found, Wish(sort=sort))} == {"a", "b", "c"}


def test_what_is_asked_for():
    found = items(row("a", cancer="glioma"), row("b", "miR-2", object_="lymphoma", label="CANCER"))
    assert [i.triple_id for i in asked_for(found, Wish(cancer="lymphoma"))] == ["b"]
    assert [i.triple_id for i in asked_for(found, Wish(text="GROWTH mir"))] == ["a"]
    assert asked_for(found, Wish(status="accepted")) == asked_for(found, Wish(paper="q")) == []


def test_ten_thousand_are_no_trouble():
    found = items(*(row(f"t{i}", f"miR-{i}", score=i % 100 / 100) for i in range(10_000)))
    assert len(asked_for(found, Wish(opposed=True))) == 10_000
