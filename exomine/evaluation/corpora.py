"""Readers of the public relation corpora: text, gold mentions and gold relations, as they are distributed.

The corpora are not part of the project; :func:`read_corpus` is given the folder that holds them (docs/relations.md
names their sources). Offsets are half-open.
"""

from __future__ import annotations

import csv
import html
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from exomine.evaluation.gold import reading_gold, some
from exomine.vocabulary.entities import Role, labels

__all__ = ["CORPORA", "JUDGED", "KINDS", "PLACES", "Example", "Gold", "read_corpus", "read_kinds"]

_MIRNA = re.compile(r"(?:hsa-)?(?:mi-?r|micro-?rna|let-?\d)", re.I)
_TAG = re.compile(r"<(/?)(\w+)>")


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold relation between mentions ``subject`` and ``object`` (indices), stated by one of ``predicates``; ``kind``
    is the corpus's own name of it.
    """

    subject: int
    object: int
    predicates: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A text with gold mentions (start, end, label) and relations.

    ``asked`` are the pairs that the corpus judges, where it judges not all of them; empty means every pair.
    """

    text: str
    mentions: tuple[tuple[int, int, str], ...]
    gold: tuple[Gold, ...]
    asked: tuple[tuple[int, int], ...] = ()


def _mmic(folder: Path) -> Iterator[Example]:
    yield from _mirna_genes(folder / "mmic" / "dev.xml")


def _mirna_genes(path: Path) -> Iterator[Example]:
    """miRNA-gene sentences: related or not; one pair each."""
    for passage in etree.parse(str(path), _parser()).iter("passage"):
        raw = html.unescape(passage.findtext("text") or "")
        text, spans = _untag(raw)
        related = any(i.text == "Positive" for i in passage.iter("infon") if i.get("key") == "relation")
        mirna = [s for s in spans if s[2].lower() == "mirna"]
        gene = [s for s in spans if s[2].lower() == "gene"]
        if mirna and gene:
            mentions = ((mirna[0][0], mirna[0][1], "MIRNA"), (gene[0][0], gene[0][1], "PROTEIN"))
            gold = (Gold(0, 1, (), "related"),) if related else ()
            yield Example(text, mentions, gold, ((0, 1),))


def _untag(raw: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Text without the inline tags, and what they marked."""
    text, spans, last, open_at = "", [], 0, 0
    for m in _TAG.finditer(raw):
        text += raw[last : m.start()]
        if m[1]:
            spans.append((open_at, len(text), m[2]))
        else:
            open_at = len(text)
        last = m.end()
    return text + raw[last:], spans


#: Relations of CancerMine and CIViCmine that our predicates state, with what counts for them.
_STANDOFF = {
    "Oncogene": (
        "promotes",
        "increased_in",
        "upregulates",
        "confers_resistance_to",
        "associated_with",
        "biomarker_for",
    ),
    "Tumor_Suppressor": (
        "inhibits",
        "decreased_in",
        "downregulates",
        "confers_sensitivity_to",
        "associated_with",
        "biomarker_for",
    ),
    "Driver": ("promotes", "increased_in", "associated_with", "biomarker_for"),
    "Diagnostic": ("biomarker_for", "increased_in", "decreased_in"),
    "Prognostic": ("biomarker_for", "associated_with"),
    "Predictive": ("confers_resistance_to", "confers_sensitivity_to"),
}


def _standoff(folder: Path, kinds: tuple[str, ...]) -> Iterator[Example]:
    labels = {"cancer": "CANCER", "drug": "DRUG"}
    for path in sorted(folder.glob("*.a1")):
        text = path.with_suffix(".txt").read_text(encoding="utf8")
        mentions: list[tuple[int, int, str]] = []
        index: dict[str, int] = {}
        for line in path.read_text(encoding="utf8").splitlines():
            key, place, surface = line.split("\t", 2)
            kind, start, end = place.split()[0], place.split()[1], place.split()[-1]
            if kind in ("gene", "cancer", "drug"):
                index[key] = len(mentions)
                label = labels.get(kind) or ("MIRNA" if _MIRNA.match(surface) else "PROTEIN")
                mentions.append((int(start), int(end), label))
        gold = []
        for line in path.with_suffix(".a2").read_text(encoding="utf8").splitlines():
            kind, *args = line.split("\t")[1].split()
            roles = dict(a.split(":") for a in args)
            target = roles.get("drug" if kind == "Predictive" else "cancer", "")
            if kind in kinds and roles.get("gene", "") in index and target in index:
                gold.append(Gold(index[roles["gene"]], index[target], _STANDOFF.get(kind, ()), kind))
        yield Example(text, tuple(mentions), tuple(gold))


def _cancermine(folder: Path) -> Iterator[Example]:
    yield from _standoff(folder / "cancermine" / "train", ("Oncogene", "Tumor_Suppressor", "Driver"))


def _civicmine(folder: Path) -> Iterator[Example]:
    yield from _standoff(folder / "civicmine" / "training", ("Predictive",))


def _civicmine_markers(folder: Path) -> Iterator[Example]:
    yield from _standoff(folder / "civicmine" / "training", ("Diagnostic", "Prognostic"))


_DRUGPROT = {
    "INHIBITOR": ("downregulates",), "ANTAGONIST": ("downregulates",), "INDIRECT-DOWNREGULATOR": ("downregulates",),
    "AGONIST-INHIBITOR": ("downregulates",), "ACTIVATOR": ("upregulates",), "AGONIST": ("upregulates",),
    "AGONIST-ACTIVATOR": ("upregulates",), "INDIRECT-UPREGULATOR": ("upregulates",), "DIRECT-REGULATOR": ("binds",),
}  # fmt: skip


def _civicmine_whole(folder: Path) -> Iterator[Example]:
    kinds = ("Diagnostic", "Predictive", "Predisposing", "Prognostic")
    yield from _standoff(folder / "civicmine" / "training", kinds)


def _drugprot(folder: Path) -> Iterator[Example]:
    """Abstracts, development part; relations that are neither regulation nor binding are left out."""
    for example in _drugprot_whole(folder):
        yield replace(example, gold=tuple(g for g in example.gold if g.predicates))


def _drugprot_whole(folder: Path) -> Iterator[Example]:
    base = folder / "drugprot"
    mentions: dict[str, dict[str, tuple[int, int, str]]] = defaultdict(dict)
    for doc, key, kind, start, end, _ in _tsv(base / "drugprot_development_entities.tsv"):
        mentions[doc][key] = (int(start), int(end), "DRUG" if kind == "CHEMICAL" else "PROTEIN")
    relations: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for doc, kind, a, b in _tsv(base / "drugprot_development_relations-no-false.tsv"):
        relations[doc].append((kind, a.split(":")[1], b.split(":")[1]))
    for doc, title, abstract in _tsv(base / "drugprot_development_abstracs.tsv"):
        keys = list(mentions[doc])
        gold = tuple(Gold(keys.index(a), keys.index(b), _DRUGPROT.get(kind, ()), kind) for kind, a, b in relations[doc])
        yield Example(f"{title} {abstract}", tuple(mentions[doc].values()), gold)


def _tsv(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf8", newline="") as handle:
        yield from csv.reader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)


def _comagc(folder: Path) -> Iterator[Example]:
    """Gene-cancer sentences in which the gene's expression differs between normal and cancer."""
    for unit in etree.parse(str(folder / "comagc" / "CoMAGC.xml"), _parser()).iter("annotation_unit"):
        text = (unit.findtext("sentence") or "").strip()
        places = [_closed(unit, tag) for tag in ("gene", "cancer_term")]
        change = unit.find("annotation/CGE")
        course = unit.find("annotation/CCS")
        if any(p is None for p in places) or change is None or course is None:
            continue
        (a, b), (c, d) = places[0] or (0, 0), places[1] or (0, 0)
        observed = course.get("value") == "normalTOcancer"
        predicate = {"increased": "increased_in", "decreased": "decreased_in"}.get(change.get("value") or "")
        gold = (Gold(0, 1, (predicate,)),) if observed and predicate else ()
        yield Example(text, ((a, b, "PROTEIN"), (c, d, "CANCER")), gold, ((0, 1),))


def _closed(unit: etree._Element, tag: str) -> tuple[int, int] | None:
    """A range of the corpus, closed at both ends there, half-open here."""
    found = unit.find(tag)
    m = re.fullmatch(r"(\d+)-(\d+)", found.get("range") or "") if found is not None else None
    return (int(m[1]), int(m[2]) + 1) if m else None


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


#: What corpora of genes hold: miRNAs are genes there.
_GENES = labels(Role.EXPRESSED)
#: Labels of the pairs that a corpus judges, subject and object.
JUDGED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "mmic": (_GENES, _GENES),
    "cancermine": (_GENES, ("CANCER",)),
    "civicmine": (_GENES, ("DRUG",)),
    "civicmine-markers": (_GENES, ("CANCER",)),
    "drugprot": (("DRUG",), ("PROTEIN",)),
    "comagc": (("PROTEIN",), ("CANCER",)),
}

CORPORA: dict[str, Callable[[Path], Iterator[Example]]] = {
    "mmic": _mmic,
    "cancermine": _cancermine,
    "civicmine": _civicmine,
    "civicmine-markers": _civicmine_markers,
    "drugprot": _drugprot,
    "comagc": _comagc,
}

#: Corpora with relations of all their kinds, their training parts: what a network can learn from them.
KINDS: dict[str, Callable[[Path], Iterator[Example]]] = {
    "cancermine": _cancermine,
    "civicmine": _civicmine_whole,
    "drugprot": _drugprot_whole,
    "mmic": lambda folder: _mirna_genes(folder / "mmic" / "train.xml"),
}

#: Where each lies below the folder of corpora: a file, or a folder of files.
PLACES: dict[str, str] = {
    "mmic": "mmic/dev.xml",
    "cancermine": "cancermine/train",
    "civicmine": "civicmine/training",
    "civicmine-markers": "civicmine/training",
    "drugprot": "drugprot/drugprot_development_abstracs.tsv",
    "comagc": "comagc/CoMAGC.xml",
}


def read_corpus(name: str, folder: Path) -> list[Example]:
    """The examples of one corpus below ``folder``.

    Raises :class:`KeyError` naming the known corpora, :class:`UsageError` where the files are not the corpus's, and
    :class:`NoGoldError` where they hold no example.
    """
    return _read(CORPORA, name, folder)


def read_kinds(name: str, folder: Path) -> list[Example]:
    """As :func:`read_corpus`, with the relations of every kind that the corpus has (see :data:`KINDS`)."""
    return _read(KINDS, name, folder)


def _read(readers: dict[str, Callable[[Path], Iterator[Example]]], name: str, folder: Path) -> list[Example]:
    if name not in readers:
        raise KeyError(f"no corpus {name!r}; known: {', '.join(readers)}")
    path, expected = folder / PLACES[name], f"the corpus {name} as it is distributed"
    with reading_gold(path, expected):
        examples = list(readers[name](folder))
    return some(examples, path, expected)
