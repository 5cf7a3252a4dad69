"""The network as GraphML."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import etree

from exomine.export.network import Edge, Node, network
from exomine.tables.store import Tables

__all__ = ["EDGE_COLUMNS", "write"]

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_NODE_KEYS = (("name", "string"), ("label", "string"), ("curie", "string"))
#: Columns of the triples that an edge carries, with GraphML's types.
EDGE_COLUMNS = (
    ("triple_id", "string"), ("statement", "string"), ("predicate", "string"), ("predicate_curie", "string"),
    ("cancer_name", "string"),
    ("cancer_curie", "string"), ("assertion", "string"), ("tier", "string"), ("score", "double"), ("n_documents",
    "int"),
    ("n_primaries", "int"), ("n_citations", "int"),
)  # fmt: skip
#: Signs that XML cannot hold.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(tables: Tables, folder: Path) -> dict[str, bytes]:
    """``exomine.graphml``: directed, several edges between two nodes where there are several statements."""
    net = network(tables)
    root = etree.Element("graphml", nsmap={None: _NAMESPACE})  # type: ignore[dict-item]
    for domain, keys in (("node", _NODE_KEYS), ("edge", EDGE_COLUMNS)):
        for name, kind in keys:
            etree.SubElement(
                root, "key", {"id": f"{domain}_{name}", "for": domain, "attr.name": name, "attr.type": kind}
            )
    graph = etree.SubElement(root, "graph", edgedefault="directed")
    for node in net.nodes:
        _node(graph, node)
    for edge in net.edges:
        _edge(graph, edge)
    return {"exomine.graphml": etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)}


def _node(graph: Any, node: Node) -> None:
    element = etree.SubElement(graph, "node", id=_legal(node.key))
    for name, _ in _NODE_KEYS:
        _datum(element, f"node_{name}", getattr(node, name))


def _edge(graph: Any, edge: Edge) -> None:
    ends = {"source": _legal(edge.source), "target": _legal(edge.target)}
    element = etree.SubElement(graph, "edge", {"id": edge.row["triple_id"], **ends})
    for name, _ in EDGE_COLUMNS:
        _datum(element, f"edge_{name}", edge.row[name])


def _datum(element: Any, key: str, value: Any) -> None:
    if value not in (None, ""):
        etree.SubElement(element, "data", key=key).text = _legal(str(value))


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)
