"""The links between cancers and the list of retracted articles, as they are shipped."""

from __future__ import annotations

import csv
from graphlib import TopologicalSorter

from exomine.resources import lexicon_path
from exomine.vocabulary.classes import narrower


def links() -> list[tuple[str, str, str]]:
    with (lexicon_path() / "cancer_parents.csv").open(encoding="utf8", newline="") as handle:
        head, *rows = csv.reader(handle)
    assert head == ["child", "parent", "source"]
    return [(child, parent, source) for child, parent, source in rows]


def test_links_are_sorted_and_each_stands_once() -> None:
    found = links()
    assert found == sorted(found)
    assert len({(child, parent) for child, parent, _ in found}) == len(found)
    assert {source for *_, source in found} == {"doid", "mondo"}
    assert {curie.split(":")[0] for child, parent, _ in found for curie in (child, parent)} == {"doid", "mondo"}


def test_no_cancer_is_a_kind_of_itself() -> None:
    graph: dict[str, set[str]] = {}
    for child, parent, _ in links():
        graph.setdefault(child, set()).add(parent)
    assert len(list(TopologicalSorter(graph).static_order())) > 2000


def test_kinds_over_several_steps() -> None:
    assert "doid:3910" in narrower("doid:1324")  # lung adenocarcinoma, of lung cancer by way of lung carcinoma
    assert "doid:1324" not in narrower("doid:3910")


def test_retracted_articles_are_sorted_numbers() -> None:
    lines = (lexicon_path() / "retracted_pmids.txt").read_text(encoding="utf8").split()
    numbers = [int(line) for line in lines]
    assert numbers == sorted(set(numbers))
    assert len(numbers) > 19_000
