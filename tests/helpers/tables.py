"""Tables of a few invented papers, made without a pipeline: what questions, exports and the report are tested with."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exomine.document.builder import DocumentBuilder
from exomine.document.model import Box, Document, Line, Page, Reference
from exomine.tables.collate import collate
from exomine.tables.ids import content_hash, entity_key, normalise_sentence, own_id, triple_id
from exomine.tables.schema import TABLE_NAMES, column_names
from exomine.tables.store import Tables, json_bytes, make_tables, write_tables

#: Name -> label, CURIE, as the lexicon has them.
ENTITIES = {
    "miR-21": ("MIRNA", "mirbase:MI0000077"), "miR-21-5p": ("MIRNA", "mirbase.mature:MIMAT0000076"),
    "miR-34a": ("MIRNA", "mirbase:MI0000268"),
    "miR-200a-3p": ("MIRNA", "mirbase.mature:MIMAT0000682"), "PTEN": ("PROTEIN", "hgnc:9588"), "cisplatin": ("DRUG",
    "drugbank:DB00515"),
    "docetaxel": ("DRUG", "drugbank:DB01248"), "exosome": ("VESICLE", "go:0070062"), "apoptotic process": ("PROCESS",
    "go:0006915"),
    "stomach cancer": ("CANCER", "doid:10534"), "prostate carcinoma": ("CANCER", "doid:10286"),
    "prostate cancer": ("CANCER", "doid:10283"),
    "XR-2940": ("DRUG", ""), "<script>alert(1)</script>": ("PROTEIN", ""), "=cmd()": ("DRUG", ""),
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """One sentence of a paper with its statement; ``text`` must hold nothing but the sentence."""

    text: str
    subject: str
    predicate: str
    object: str
    cancer: str = ""
    citations: str = ""
    assertion: str = "asserted"
    score: float = 0.9
    tier: str = "high"


@dataclass(frozen=True)
class Paper:
    """A paper of one paragraph; a reference is ``(label, title, year, doi, pmid)``."""

    name: str
    title: str
    said: tuple[Said, ...]
    references: tuple[tuple[str, str, int | None, str, str], ...] = ()
    doi: str = ""
    year: int | None = 2024


REVIEW = Paper(
    "review.pdf", "A first review of invented vesicles",
    (
        Said("Exosomal miR-21 confers cisplatin resistance in gastric cancer [1, 2].", "miR-21",
        "confers_resistance_to", "cisplatin",
             "stomach cancer", "1;2"),
        Said("miR-34a sensitizes prostate carcinoma to docetaxel [3].", "miR-34a", "confers_sensitivity_to",
        "docetaxel", "prostate carcinoma", "3"),
        Said("miR-21-5p targets PTEN in gastric cancer [2].", "miR-21-5p", "downregulates", "PTEN", "stomach cancer",
        "2"),
        Said("Exosomes carry miR-21 out of prostate tumours.", "miR-21", "cargo_of", "exosome", "prostate cancer"),
        Said("miR-21 may inhibit apoptosis.", "miR-21", "inhibits", "apoptotic process", "", "", "speculative", 0.4,
        "all"),
    ),
    (
        ("1", "A first study of tumour vesicles and platinum drugs", 2015, "10.1/first", "26000001"),
        ("2", "Second study: macrophages hand resistance to tumour cells", 2016, "", ""),
        ("3", "Short", 2017, "", "27000003"),
    ),
    doi="10.5/review",
)  # fmt: skip
OTHER = Paper(
    "other.xml", "Another review, of the same field",
    (
        Said("Vesicles with miR-21 make gastric tumours resistant to cisplatin [7, 8].", "miR-21",
        "confers_resistance_to", "cisplatin",
             "stomach cancer", "7;8", "asserted", 0.8),
        Said("By contrast, miR-21 made gastric cancer cells sensitive to cisplatin [9].", "miR-21",
        "confers_sensitivity_to", "cisplatin",
             "stomach cancer", "9"),
    ),
    (
        ("7", "A first study of tumour vesicles and platinum drugs.", 2015, "", ""),
        ("8", "Second Study: Macrophages Hand Resistance to Tumour Cells", 2016, "10.1/second", ""),
        ("9", "A third study that went the other way round", 2018, "10.1/third", "28000009"),
    ),
    year=2025,
)  # fmt: skip
HOSTILE = Paper(
    "hostile.txt", '<img src=x onerror="alert(1)"> & \u202ereversed\u202c title',
    (
        Said('=HYPERLINK("http://example.org") says <script>alert(1)</script> is not =cmd() | [4].',
        "<script>alert(1)</script>",
             "confers_resistance_to", "=cmd()", "", "4"),
    ),
    (("4", "{Braces} & $dollars$ \\input{x} @book{key, title = {<b>}} %", None, "", ""),),
)  # fmt: skip
PAPERS = (REVIEW, OTHER, HOSTILE)


def tables(papers: Iterable[Paper] = PAPERS) -> Tables:
    """The tables of the papers."""
    return make_tables(_rows(papers))


def written(folder: Path, papers: Iterable[Paper] = PAPERS) -> Path:
    """The folder, with the tables and the papers as ``exomine extract`` leaves them."""
    papers = tuple(papers)
    documents = {doc_id(p): json_bytes(document(p).to_dict()) for p in papers}
    run = {
        "started": "2026-01-01T00:00:00+00:00",
        "versions": {"exomine": "0.1.0"},
        "hashes": {"lexicon": "0" * 16, "model": "0" * 16},
    }
    write_tables(folder, tables(papers), papers=documents, run=run)
    return folder


def doc_id(paper: Paper) -> str:
    return content_hash(paper.name)


def document(paper: Paper) -> Document:
    """The paper as read; each of its sentences is a paragraph, printed on page 1 in a line of its own."""
    builder = DocumentBuilder()
    builder.add("title", paper.title)
    builder.add("heading", "Results", level=1)
    for said in paper.said:
        builder.add("paragraph", said.text)
    built = builder.finish()
    places = [(built.text.index(s.text), len(s.text)) for s in paper.said]
    lines = tuple(Line(a, a + n, 1, Box(72, 100 + 20 * i, 500, 112 + 20 * i)) for i, (a, n) in enumerate(places))
    references = tuple(
        Reference(label, f"Doe J. {title} {year or ''}", title, "J Inv Ves", year, doi, pmid, ("Doe", "Ångström"))
        for label, title, year, doi, pmid in paper.references
    )
    return Document(
        doc_id(paper), paper.name, "pdf", built.text, built.blocks, paper.title, paper.doi, year=paper.year,
        pages=(Page(1, 595, 842),),
        lines=lines, sections=built.sections, references=references,
    )  # fmt: skip


def _rows(papers: Iterable[Paper]) -> dict[str, list[Any]]:
    rows: dict[str, list[Any]] = {name: [] for name in TABLE_NAMES}
    for paper in papers:
        _add(rows, paper)
    rows["documents"].sort(key=lambda r: r[2])
    rows["triples"] = collate(rows["documents"], rows["relations"], rows["references"])
    return rows


def _add(rows: dict[str, list[Any]], paper: Paper) -> None:
    read, key = document(paper), doc_id(paper)
    counts = {"sentences": 0, "mentions": 0, "relations": 0}
    for said in paper.said:
        for name, values in _of_sentence(read, key, said).items():
            rows[name] += [_row(name, v) for v in values]
            counts[name] = counts.get(name, 0) + len(values)
    for r in read.references:
        rows["references"].append(
            (key, r.label, r.text, r.title, r.journal, r.year, r.doi, r.pmid, "yes" if r.pmid == "28000009" else "")
        )
    facts = {
        "doc_id": key, "paper_id": read.paper_id, "source_path": paper.name, "format": "pdf", "title": paper.title,
        "doi": paper.doi,
        "year": paper.year, "n_pages": 1, "status": "success",
    }  # fmt: skip
    rows["documents"].append(
        _row("documents", facts | {f"n_{k}": counts[k] for k in ("sentences", "mentions", "relations")})
    )


def _row(name: str, values: dict[str, Any]) -> tuple[Any, ...]:
    assert set(values) <= set(column_names(name)), set(values) - set(column_names(name))
    return tuple(values.get(c) for c in column_names(name))


def _of_sentence(read: Document, key: str, said: Said) -> dict[str, list[dict[str, Any]]]:
    start = read.text.index(said.text)
    sentence = own_id("sentence_id", key, said.text)
    place = {"doc_id": key, "sentence_id": sentence, "start": start, "end": start + len(said.text)}
    mentions = {
        role: _mention(place, said, getattr(said, role))
        for role in ("subject", "object", "cancer")
        if getattr(said, role)
    }
    triple = triple_id(
        *(entity_key(*_entity(said.subject)[::-1], said.subject), said.predicate,
        entity_key(*_entity(said.object)[::-1], said.object))[:3],
        entity_key(_entity(said.cancer)[1], "CANCER", said.cancer) if said.cancer else "", said.assertion,
    )  # fmt: skip
    relation = {
        "relation_id": own_id("relation_id", key, said.text, triple), "triple_id": triple, "doc_id": key,
        "sentence_id": sentence,
        "evidence_id": own_id("evidence_id", read.paper_id, normalise_sentence(said.text), triple),
        "subject_state": "normal",
        "predicate": said.predicate, "assertion": said.assertion, "source": "text", "section": "Results", "page": 1,
        "method": "test",
        "score": said.score, "tier": said.tier, "citations": said.citations, "sentence": said.text,
    }  # fmt: skip
    for role, mention in mentions.items():
        relation |= {f"{role}_{c}": mention[c] for c in ("text", "curie", "name")} | {
            f"{role}_mention_id": mention["mention_id"]
        }
        relation |= {f"{role}_label": mention["label"]} if role != "cancer" else {"cancer_source": "sentence"}
    cited = [
        {"relation_id": relation["relation_id"], "doc_id": key, "label": label}
        for label in said.citations.split(";")
        if label
    ]
    sentences = [{**place, "block": "paragraph", "section": "Results", "page": 1, "text": said.text}]
    return {"sentences": sentences, "mentions": list(mentions.values()), "relations": [relation], "citations": cited}


def _entity(name: str) -> tuple[str, str]:
    return ENTITIES[name]


def _mention(place: dict[str, Any], said: Said, name: str) -> dict[str, Any]:
    """A mention that covers a word of the sentence: where the name stands, else the first word."""
    at = max(said.text.find(name), 0)
    text = name if name in said.text else said.text.split(" ")[0]
    label, curie = _entity(name)
    start = place["start"] + at
    return {
        **place, "start": start, "end": start + len(text), "mention_id": own_id("mention_id", place["doc_id"], name,
        str(start)), "text": text,
        "label": label, "curie": curie, "name": name, "method": "lexicon", "score": 0.9,
    }  # fmt: skip


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
