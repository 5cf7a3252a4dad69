"""From relations to triples: what is stated how often, by how many papers, citing how many references."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from exomine.tables.ids import entity_key, normalise_sentence, triple_id
from exomine.tables.schema import column_names
from exomine.tables.statement import statement
from exomine.vocabulary.predicates import predicate

__all__ = ["Cited", "collate", "noisy_or", "rehash", "telling_title", "title_key", "triple_row"]

Row = tuple[Any, ...]


def noisy_or(scores: Iterable[float]) -> float:
    """The probability that at least one of independent findings is right: ``1 - prod(1 - s)``, rounded to four
    decimals."""
    wrong = 1.0
    for score in sorted(scores):
        wrong *= 1.0 - score
    return round(1.0 - wrong, 4)


def collate(documents: Iterable[Row], relations: Iterable[Row], references: Iterable[Row]) -> list[Row]:
    """Rows of ``triples``, those of most documents first.

    The same sentence in the PDF and the XML of one paper is one piece of evidence (one ``evidence_id``): it counts
    once in the score, with its highest one. Different sentences are taken as independent, which is too kind to triples
    that one paper repeats.
    """
    names = column_names("relations")
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in relations:
        record = dict(zip(names, row, strict=True))
        groups[record["triple_id"]].append(record)
    papers = {d[0]: d[1] for d in documents}
    cited = Cited(papers, references)
    out = [triple_row(key, group, papers, cited) for key, group in groups.items()]
    order = column_names("triples")
    n_documents, score, key = order.index("n_documents"), order.index("score"), order.index("triple_id")
    return sorted(out, key=lambda r: (-r[n_documents], -r[score], r[key]))


class Works(Protocol):
    """Who is cited behind a label of a paper's list; :class:`Cited` says how that is told."""

    retracted: set[str]

    def key(self, doc_id: str, label: str) -> str:
        """Who is cited, as far as DOI and PMID tell."""

    def primary(self, doc_id: str, label: str) -> str:
        """Who is cited, one over all papers."""


def triple_row(key: str, group: Sequence[Mapping[str, Any]], papers: Mapping[str, str], cited: Works) -> Row:
    """The row of the triple ``key``, which the relations ``group`` state, in the order of their papers; ``papers`` has
    the paper_id of each doc_id."""
    first = group[0]
    subject, object_ = _usual(group, "subject_name"), _usual(group, "object_name")
    cancer = _usual(group, "cancer_name")
    by_evidence: dict[str, float] = {}
    for r in group:
        by_evidence[r["evidence_id"]] = max(by_evidence.get(r["evidence_id"], 0.0), r["score"])
    places = {(r["doc_id"], label) for r in group for label in (r["citations"] or "").split(";") if label}
    keys, primaries = {cited.key(*p) for p in places}, {cited.primary(*p) for p in places}
    shown = statement(
        subject,
        first["predicate"],
        object_,
        object_label=first["object_label"],
        cancer=cancer or "",
        assertion=first["assertion"],
    )
    return (
        key, shown, first["subject_curie"], subject, _usual(group, "subject_label"), first["predicate"],
        predicate(first["predicate"]).curie, first["object_curie"], object_, _usual(group, "object_label"),
        first["cancer_curie"], cancer, first["assertion"], len(group), len({papers[r["doc_id"]] for r in group}),
        len(primaries), len(keys), len(primaries & cited.retracted),
        noisy_or(by_evidence.values()), "high" if any(r["tier"] == "high" for r in group) else "all",
    )  # fmt: skip


def _usual(group: Sequence[Mapping[str, Any]], column: str) -> str:
    """The value that most rows have; among equals the first in the alphabet."""
    counts = Counter(r[column] or "" for r in group)
    return min(counts, key=lambda v: (-counts[v], v))


class Cited:
    """Who is cited behind a label: a DOI or PMID where any copy of the paper knows one, else paper and label.

    As a primary a work is known in all papers alike: where a list gives neither DOI nor PMID, by its title and year;
    these are those of a DOI or PMID where all lists that give one agree.
    """

    def __init__(self, papers: Mapping[str, str], references: Iterable[Row]) -> None:
        self._papers = papers
        listed = [dict(zip(column_names("references"), row, strict=True)) for row in references]
        self._doi_of: dict[str, str] = {}
        self._known: dict[tuple[str, str], tuple[str, str]] = {}
        self._titles: dict[tuple[str, str], str] = {}
        for r in listed:
            self._note(r)
        self._of_title = self._titled()
        self.retracted = {self.primary(r["doc_id"], r["label"]) for r in listed if r["retracted"]}

    def _note(self, r: Mapping[str, Any]) -> None:
        doi, pmid = r["doi"] or "", r["pmid"] or ""
        if doi and pmid:
            self._doi_of.setdefault(pmid, doi)
        place = (self._papers[r["doc_id"]], r["label"])
        old = self._known.get(place, ("", ""))
        self._known[place] = (old[0] or doi, old[1] or pmid)
        if title := title_key(r["title"] or "", r["year"]):
            self._titles.setdefault(place, title)

    def _titled(self) -> dict[str, str]:
        """Titles whose DOI or PMID is known and one."""
        found: dict[str, set[str]] = defaultdict(set)
        for place, title in self._titles.items():
            if key := self._identifier(place):
                found[title].add(key)
        return {title: next(iter(keys)) for title, keys in found.items() if len(keys) == 1}

    def _identifier(self, place: tuple[str, str]) -> str:
        doi, pmid = self._known.get(place, ("", ""))
        doi = doi or self._doi_of.get(pmid, "")
        if doi:
            return f"doi:{doi}"
        return f"pmid:{pmid}" if pmid else ""

    def key(self, doc_id: str, label: str) -> str:
        """Who is cited, as far as DOI and PMID tell."""
        place = (self._papers[doc_id], label)
        return self._identifier(place) or "#".join(place)

    def primary(self, doc_id: str, label: str) -> str:
        """Who is cited, one over all papers."""
        place = (self._papers[doc_id], label)
        title = self._titles.get(place, "")
        return self._identifier(place) or self._of_title.get(title) or title or "#".join(place)


#: A title of fewer letters and digits is no sure sign of one work: "Editorial", "Exosomes in cancer".
_TELLING = 25


def title_key(title: str, year: int | None) -> str:
    """What makes two entries of reference lists the same work without a DOI: letters and digits of the title, and the
    year."""
    letters = telling_title(title)
    return f"title:{letters}|{year}" if year and letters else ""


def telling_title(title: str) -> str:
    """Letters and digits of a title; empty where they are too few to tell a work."""
    letters = normalise_sentence(title)
    return letters if len(letters) >= _TELLING else ""


def rehash(record: Mapping[str, Any]) -> str:
    """The triple_id of a relation or triple record after one of its slots has changed."""

    def key(role: str, label: str) -> str:
        return entity_key(record[f"{role}_curie"] or "", label, record[f"{role}_name"] or "")

    return triple_id(
        key("subject", record["subject_label"]), record["predicate"], key("object", record["object_label"]),
        key("cancer", "CANCER"), record["assertion"],
    )  # fmt: skip
