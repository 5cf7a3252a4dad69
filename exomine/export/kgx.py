"""Nodes and edges in the TSV of KGX, with categories, predicates and qualifiers of Biolink 4."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from exomine.export.network import Edge, Node, network
from exomine.tables.dataframes import records
from exomine.tables.store import Tables
from exomine.vocabulary.predicates import predicate

__all__ = ["CATEGORIES", "PREFIXES", "write"]

#: Biolink's class of each label; a label that is not here is a NamedThing.
CATEGORIES = {
    "MIRNA": "biolink:MicroRNA", "PROTEIN": "biolink:Gene", "VARIANT": "biolink:SequenceVariant",
    "DRUG": "biolink:ChemicalEntity",
    "CANCER": "biolink:Disease", "CELL_LINE": "biolink:CellLine", "CELL_TYPE": "biolink:Cell",
    "VESICLE": "biolink:CellularComponent",
    "PROCESS": "biolink:BiologicalProcess", "PATHWAY": "biolink:Pathway",
}  # fmt: skip
#: Our prefixes as Biolink's prefix map writes them; others stay.
PREFIXES = {
    "doid": "DOID", "mondo": "MONDO", "hgnc": "HGNC", "drugbank": "DRUGBANK", "chebi": "CHEBI", "mesh": "MESH",
    "cl": "CL", "go": "GO",
    "efo": "EFO", "cellosaurus": "Cellosaurus", "fplx": "FPLX",
}  # fmt: skip
_NODE_COLUMNS = ("id", "category", "name", "provided_by")
_EDGE_COLUMNS = (
    "id", "subject", "predicate", "object", "category", "qualified_predicate", "object_aspect_qualifier",
    "object_direction_qualifier",
    "disease_context_qualifier", "negated", "knowledge_level", "agent_type", "primary_knowledge_source", "publications",
    "original_predicate", "assertion", "score", "n_documents", "n_primaries",
)  # fmt: skip
_SOURCE = "infores:exomine"
_LIST = "|"


def write(tables: Tables, folder: Path) -> dict[str, bytes]:
    """``exomine_nodes.tsv`` and ``exomine_edges.tsv``; what is only supposed says so in the column ``assertion``."""
    net = network(tables)
    papers = _publications(tables)
    context = {_curie(r["cancer_curie"]): r["cancer_name"] for r in records(tables.triples) if r["cancer_curie"]}
    nodes = {_curie(n.key): _node(n) for n in net.nodes}
    for curie, name in context.items():  # a context that is nobody's subject or object is a node all the same
        nodes.setdefault(curie, {"id": curie, "category": CATEGORIES["CANCER"], "name": name, "provided_by": _SOURCE})
    edges = [_edge(e, papers.get(e.row["triple_id"], ())) for e in net.edges]
    return {
        "exomine_nodes.tsv": _tsv(_NODE_COLUMNS, (nodes[key] for key in sorted(nodes))),
        "exomine_edges.tsv": _tsv(_EDGE_COLUMNS, edges),
    }


def _curie(curie: str) -> str:
    prefix, _, local = curie.partition(":")
    return f"{PREFIXES.get(prefix, prefix)}:{local}"


def _node(node: Node) -> dict[str, Any]:
    family = node.curie.startswith("fplx:")
    category = "biolink:GeneFamily" if family else CATEGORIES.get(node.label, "biolink:NamedThing")
    return {"id": _curie(node.key), "category": category, "name": node.name, "provided_by": _SOURCE}


def _edge(edge: Edge, papers: Sequence[str]) -> dict[str, Any]:
    row = edge.row
    known = predicate(row["predicate"])
    return {
        "id": row["triple_id"], "subject": _curie(edge.source), "predicate": known.biolink,
        "object": _curie(edge.target),
        "category": "biolink:Association", **_qualifiers(known.biolink, known.direction),
        "disease_context_qualifier": _curie(row["cancer_curie"]) if row["cancer_curie"] else "",
        "negated": str(row["assertion"] == "negated").lower(), "knowledge_level": "not_provided",
        "agent_type": "text_mining_agent",
        "primary_knowledge_source": _SOURCE, "publications": _LIST.join(papers),
        "original_predicate": f"exomine:{row['predicate']}",
        "assertion": row["assertion"], "score": row["score"], "n_documents": row["n_documents"],
        "n_primaries": row["n_primaries"],
    }  # fmt: skip


def _qualifiers(biolink: str, direction: str) -> dict[str, str]:
    """ "affects" says what it does by its qualifiers: causes increased activity or abundance."""
    if biolink != "biolink:affects":
        return {"object_direction_qualifier": direction}
    return {
        "qualified_predicate": "biolink:causes", "object_aspect_qualifier": "activity_or_abundance",
        "object_direction_qualifier": direction,
    }  # fmt: skip


def _publications(tables: Tables) -> dict[str, tuple[str, ...]]:
    """Identifiers of the papers that state each triple."""
    names = {r["doc_id"]: _publication(r) for r in records(tables.documents)}
    found: dict[str, set[str]] = defaultdict(set)
    for triple, doc_id in zip(tables.relations["triple_id"], tables.relations["doc_id"], strict=True):
        found[triple].add(names[doc_id])
    return {triple: tuple(sorted(ids)) for triple, ids in found.items()}


def _publication(paper: Mapping[str, Any]) -> str:
    for column, prefix in (("pmid", "PMID:"), ("pmcid", "PMC:"), ("doi", "DOI:")):
        if paper[column]:
            return prefix + str(paper[column]).removeprefix("PMC")
    return f"exomine:{paper['doc_id']}"


def _tsv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    lines = ["\t".join(columns)]
    lines += ["\t".join(_cell(row.get(c)) for c in columns) for row in rows]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _cell(value: Any) -> str:
    """A cell: TSV has no quotes, so that tabs and line ends become spaces."""
    return "" if value is None else " ".join(str(value).split())
