"""Papers, mentions and relations as BioC JSON: a passage a block, offsets as in ``Document.text``."""

from __future__ import annotations

import json
from bisect import bisect_right
from pathlib import Path
from typing import Any

from exomine.document.model import Block, Document
from exomine.export.papers import Paper, papers
from exomine.tables.store import Tables

__all__ = ["write"]


def write(tables: Tables, folder: Path) -> dict[str, bytes]:
    """``exomine.bioc.json``. A relation names its mentions by role; those of one passage stand there, all others at
    the paper."""
    collection = {
        "source": "exomine", "date": "", "key": "exomine.key", "version": "1.0", "infons": {},
        "documents": [_document(p) for p in papers(tables, folder)],
    }  # fmt: skip
    return {"exomine.bioc.json": (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode("utf-8")}


def _document(paper: Paper) -> dict[str, Any]:
    row, document, mentions, relations = paper
    passages = [_passage(document, block) for block in document.blocks]
    starts = [block.start for block in document.blocks]
    for mention in mentions:
        passages[bisect_right(starts, mention["start"]) - 1]["annotations"].append(_annotation(mention))
    facts = {name: str(row[name]) for name in ("title", "doi", "pmid", "pmcid", "year", "source_path") if row[name]}
    return {
        "id": row["pmid"] or row["doc_id"], "infons": {"doc_id": row["doc_id"], **facts}, "passages": passages,
        "annotations": [],
        "relations": [_relation(r) for r in relations],
    }  # fmt: skip


def _passage(document: Document, block: Block) -> dict[str, Any]:
    infons = {"type": block.kind, "section": " > ".join(block.section)}
    text = document.text[block.start : block.end]
    return {"offset": block.start, "infons": infons, "text": text, "sentences": [], "annotations": [], "relations": []}


def _annotation(mention: dict[str, Any]) -> dict[str, Any]:
    infons = {"type": mention["label"], "identifier": mention["curie"] or "", "name": mention["name"] or ""}
    place = {"offset": mention["start"], "length": mention["end"] - mention["start"]}
    return {"id": mention["mention_id"], "infons": infons, "text": mention["text"], "locations": [place]}


def _relation(row: dict[str, Any]) -> dict[str, Any]:
    told = (
        "predicate",
        "assertion",
        "cancer_name",
        "cancer_curie",
        "citations",
        "triple_id",
        "score",
        "tier",
        "method",
    )
    infons = {name: str(row[name]) for name in told if row[name] is not None}
    roles = ("subject", "object", "cancer")
    nodes = [{"refid": ref, "role": role} for role in roles if (ref := row[f"{role}_mention_id"])]
    return {"id": row["relation_id"], "infons": {"type": row["predicate"], **infons}, "nodes": nodes}
