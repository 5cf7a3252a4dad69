"""Words that state a relation, from ``triggers.tsv``, a row a word.

``lemma`` is the word, a regular expression over lower-case text. A verb is inflected as regular verbs are ("promote"
stands for promotes, promoted, promoting), unless it says its forms itself, in brackets ("stop(?:s|ped|ping)?"), or
begins with "=", which leaves it as it is ("=drove"). ``form`` is ``verb`` (also when used as an adjective or gerund),
``noun`` (nominalisation, its target follows with *of* or stands before it), ``agent`` (a noun that names the one who
acts: "inhibitor") or ``adjective``. ``family`` decides which frame reads the word
(:mod:`exomine.nlp.relations.frames.readers`); ``sign`` is + (more), - (less) or 0 (no direction). ``prepositions`` are
those that lead to the target; empty means a direct object (or *of*). ``example`` has the word in use.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

__all__ = ["TRIGGERS", "Trigger", "inflected"]

_SIGNS = {"+": 1, "-": -1, "0": 0}
_SIBILANTS = ("ss", "sh", "x", "ch")


@dataclass(frozen=True, slots=True)
class Trigger:
    """One word; see the module's docstring."""

    pattern: str
    family: str
    sign: int
    form: str
    prepositions: tuple[str, ...] = ()
    example: str = ""


def inflected(lemma: str) -> str:
    """A pattern for all forms of a regular verb."""
    if lemma.startswith("="):
        return lemma[1:]
    if "(" in lemma:
        return lemma
    if lemma.endswith("e"):
        return f"{lemma[:-1]}(?:e|es|ed|ing)"
    return f"{lemma}(?:es|ed|ing)?" if lemma.endswith(_SIBILANTS) else f"{lemma}(?:s|ed|ing)?"


def _read() -> Iterator[Trigger]:
    text = files(__package__).joinpath("triggers.tsv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        pattern = inflected(row["lemma"]) if row["form"] == "verb" else row["lemma"]
        prepositions = tuple(row["prepositions"].split())
        yield Trigger(pattern, row["family"], _SIGNS[row["sign"]], row["form"], prepositions, row["example"])


TRIGGERS: tuple[Trigger, ...] = tuple(_read())
