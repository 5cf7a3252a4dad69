"""Kinds of cancers, articles that were retracted, words that drugs and proteins share: what the lexicon knows besides
names."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from exomine.resources import lexicon_path

__all__ = ["is_retracted", "narrower", "shares_a_word", "words_of"]

_WORD = re.compile(r"[a-z][a-z0-9]{2,}")


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


def words_of(name: str) -> frozenset[str]:
    """The words of a name that are compared, lower-case: three signs or more, the first a letter."""
    return frozenset(_WORD.findall(name.lower()))


def shares_a_word(drug: str) -> bool:
    """Whether a word of the drug's name stands in a protein's name too ("insulin", "cholesterol"; not "metformin")."""
    return not _shared().isdisjoint(words_of(drug))


@lru_cache(maxsize=1)
def _shared() -> frozenset[str]:
    return frozenset((lexicon_path() / "shared_words.txt").read_text(encoding="utf8").split())
