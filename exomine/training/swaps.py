"""Other names in the places of mentions, so that labels are learnt for names that the gold does not hold.

The gold of the shipped head has a few thousand distinct names; the lexicon has a hundred thousand genes, drugs, cancers
and cell lines. Some mentions of a training sentence are replaced by names of the same kind (mention replacement, Dai
and Adel 2020).
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from spacy.language import Language

from exomine.training.corpora import Sentence

__all__ = ["Swaps", "read_swaps"]

MOST_WORDS = 6  # tokens of a name


@dataclass(frozen=True, slots=True)
class Name:
    """A name over our own tokens."""

    words: list[str]
    spaced: list[bool]


@dataclass(frozen=True, slots=True)
class Swaps:
    """Names by label, and the share of the mentions of each label that are replaced."""

    names: dict[str, list[Name]]
    share: dict[str, float]

    def apply(self, sentence: Sentence, rng: random.Random) -> Sentence:
        """The sentence with some of its mentions replaced; a sentence with trees is left as it is."""
        words, spaced, bio = list[str](), list[bool](), list[str]()
        i = 0
        while i < len(sentence.words):
            label, end = sentence.bio[i][2:], i + 1
            while end < len(sentence.words) and sentence.bio[end] == f"I-{label}":
                end += 1
            if sentence.bio[i][0] == "B" and rng.random() < self.share.get(label, 0.0):
                name = rng.choice(self.names[label])
                words += name.words
                spaced += [sentence.spaced[i], *name.spaced[1:]]
                bio += [f"B-{label}", *(f"I-{label}" for _ in name.words[1:])]
            else:
                end = i + 1 if not label else end
                words += sentence.words[i:end]
                spaced += sentence.spaced[i:end]
                bio += sentence.bio[i:end]
            i = end
        return Sentence(words, spaced, bio, document=sentence.document)


def read_swaps(nlp: Language, lexicon: Path, settings: dict[str, Any]) -> Swaps:
    """Names of ``terms.parquet`` by the labels of the gold; names that the lexicon has under two labels are left
    out.
    """
    table = pq.read_table(lexicon, columns=["label", "synonym"]).to_pylist()
    labels: dict[str, set[str]] = {}
    for row in table:
        labels.setdefault(row["synonym"].lower(), set()).add(row["label"])
    pools: dict[str, list[Name]] = {}
    for entry in settings["labels"]:
        wanted = sorted({r["synonym"] for r in table if r["label"] == entry["theirs"]
            and len(labels[r["synonym"].lower()]) == 1})  # fmt: skip
        found = []
        for doc in map(nlp.make_doc, random.Random(settings["seed"]).sample(wanted, min(len(wanted), entry["most"]))):
            if 0 < len(doc) <= entry.get("words", MOST_WORDS):
                found.append(Name([t.text for t in doc], [True, *(bool(t.whitespace_) for t in doc[:-1])]))
        pools[entry["ours"]] = found
    return Swaps(pools, {entry["ours"]: entry["share"] for entry in settings["labels"]})
