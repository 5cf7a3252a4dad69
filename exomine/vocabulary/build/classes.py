"""What stands beside the names of the lexicon: which cancer is a kind of which, and which articles were retracted.

``cancer_parents.csv`` holds the is_a links among the neoplasms of DOID and Mondo, under the CURIEs that the lexicon
gives them; ``retracted_pmids.txt`` the PubMed identifiers of articles that PubMed calls retracted; ``shared_words.txt``
the words of drugs' names that names of proteins have too.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from exomine.vocabulary.build.sources import Wheels, cancer_curies
from exomine.vocabulary.classes import words_of
from exomine.vocabulary.terms import Term

__all__ = ["cancer_parents", "retracted_pmids", "shared_words", "write_lines", "write_parents"]


def cancer_parents(wheels: Wheels) -> list[tuple[str, str, str]]:
    """``(child, parent, source)``, sorted; a link of Mondo between two cancers that DOID has too is left to DOID.

    The two were put in order by different people: a link of Mondo that would make a cancer a kind of itself is left
    out.
    """
    found = dict.fromkeys(_links(wheels, "doid"), "doid")
    known = {curie for pair in found for curie in pair}
    children: dict[str, set[str]] = defaultdict(set)
    for child, parent in found:
        children[parent].add(child)
    for child, parent in sorted(set(_links(wheels, "mondo")) - found.keys()):
        if not {child, parent} <= known and parent not in _below(child, children):
            found[child, parent] = "mondo"
            children[parent].add(child)
    return sorted((child, parent, source) for (child, parent), source in found.items())


def _below(curie: str, children: Mapping[str, set[str]]) -> set[str]:
    """The cancer and all its kinds, as far as the links go."""
    seen: set[str] = set()
    waiting = [curie]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting.extend(children.get(one, ()))
    return seen


def _links(wheels: Wheels, name: str) -> Iterator[tuple[str, str]]:
    curies, entries = cancer_curies(wheels, name), wheels.ontology(name)
    for identifier, curie in curies.items():
        for parent in entries[identifier].get("relations", {}).get("is_a", ()):
            if parent in curies:
                yield curie, curies[parent]


def retracted_pmids(wheels: Wheels) -> list[int]:
    """The list, sorted; raises :class:`ValueError` where a line is no number."""
    return sorted({int(line) for line in wheels.text("pubmed_retractions.tsv").split()})


def write_parents(links: list[tuple[str, str, str]], path: Path) -> None:
    """cancer_parents.csv: child, parent, source."""
    with path.open("w", encoding="utf8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["child", "parent", "source"])
        writer.writerows(links)


def shared_words(terms: Iterable[Term]) -> list[str]:
    """Words of drugs' first names that stand in a name of a protein too, sorted: "cholesterol", not "metformin"."""
    drugs: set[str] = set()
    proteins: set[str] = set()
    for term in terms:
        if term.label == "DRUG":
            drugs.update(words_of(term.name))
        elif term.label == "PROTEIN":
            proteins.update(words_of(term.name), words_of(term.synonym))
    return sorted(drugs & proteins)


def write_lines(lines: Iterable[object], path: Path) -> None:
    """A list, one a line."""
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf8")
