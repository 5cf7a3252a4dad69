"""Kinds of cancers, and articles that were retracted: what the lexicon knows besides names."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from exomine.resources import lexicon_path

__all__ = ["is_retracted", "narrower"]


def narrower(curie: str) -> frozenset[str]:
    """The CURIE and those of everything that is a kind of it: prostate carcinoma is among those of prostate cancer."""
    children = _children()
    found: set[str] = set()
    waiting = [curie]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(children.get(one, ()))
    return frozenset(found)


@lru_cache(maxsize=1)
def _children() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    with (lexicon_path() / "cancer_parents.csv").open(encoding="utf8", newline="") as handle:
        for row in csv.DictReader(handle):
            found[row["parent"]].append(row["child"])
    return {parent: tuple(children) for parent, children in found.items()}


def is_retracted(pmid: str) -> bool:
    """Whether PubMed called the article retracted when the lexicon's source was made (July 2024)."""
    return pmid in _retracted()


@lru_cache(maxsize=1)
def _retracted() -> frozenset[str]:
    return frozenset((lexicon_path() / "retracted_pmids.txt").read_text(encoding="utf8").split())
