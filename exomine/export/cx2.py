"""The network in CX2, the format of Cytoscape and NDEx, with the labels' colours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from exomine.export.graphml import EDGE_COLUMNS
from exomine.export.network import Network, network
from exomine.tables.store import Tables
from exomine.vocabulary.entities import ENTITY_TYPES

__all__ = ["write"]

#: CX2's names of GraphML's types.
_TYPES = {"string": "string", "double": "double", "int": "integer"}
#: Colours of edges by what is said.
_EDGE_COLOURS = {
    "confers_resistance_to": "#c92a2a", "confers_sensitivity_to": "#2b8a3e", "upregulates": "#e8590c",
    "downregulates": "#1971c2",
    "promotes": "#e8590c", "inhibits": "#1971c2",
}  # fmt: skip


def write(tables: Tables, folder: Path) -> dict[str, bytes]:
    """``exomine.cx2``: aspects in the order that the specification gives them."""
    net = network(tables)
    names = {node.key: i for i, node in enumerate(net.nodes)}
    nodes = [{"id": i, "v": {"name": n.name, "label": n.label, "represents": n.key}} for i, n in enumerate(net.nodes)]
    edges = [
        {"id": i, "s": names[e.source], "t": names[e.target], "v": _values(e.row)} for i, e in enumerate(net.edges)
    ]
    aspects = [
        ("attributeDeclarations", [_declarations()]), ("networkAttributes", [{"name": "exomine", "version": "1.0"}]),
        ("nodes", nodes),
        ("edges", edges), ("visualProperties", [_looks(net)]),
    ]  # fmt: skip
    meta = [{"name": name, "elementCount": len(content)} for name, content in aspects]
    parts: list[Any] = [{"CXVersion": "2.0", "hasFragments": False}, {"metaData": meta}]
    parts += [{name: content} for name, content in aspects]
    parts.append({"status": [{"error": "", "success": True}]})
    return {"exomine.cx2": (json.dumps(parts, ensure_ascii=False) + "\n").encode("utf-8")}


def _values(row: Any) -> dict[str, Any]:
    values = {name: row[name] for name, _ in EDGE_COLUMNS if row[name] is not None}
    return {**values, "interaction": row["predicate"]}


def _declarations() -> dict[str, Any]:
    texts = {"d": "string"}
    return {
        "networkAttributes": {"name": texts, "version": texts},
        "nodes": {"name": texts, "label": texts, "represents": texts},
        "edges": {**{name: {"d": _TYPES[kind]} for name, kind in EDGE_COLUMNS}, "interaction": texts},
    }


def _looks(net: Network) -> dict[str, Any]:
    """Nodes in the colours of their labels, edges by what they say."""
    colours = {t.label: t.colour for t in ENTITY_TYPES}
    present = [label for label in colours if any(n.label == label for n in net.nodes)]
    return {
        "default": {
            "network": {"NETWORK_BACKGROUND_COLOR": "#FFFFFF"},
            "node": {"NODE_SHAPE": "round-rectangle", "NODE_LABEL_COLOR": "#000000"},
            "edge": {"EDGE_TARGET_ARROW_SHAPE": "triangle", "EDGE_LINE_COLOR": "#868e96"},
        },
        "nodeMapping": {
            "NODE_LABEL": {"type": "PASSTHROUGH", "definition": {"attribute": "name", "type": "string"}},
            "NODE_BACKGROUND_COLOR": _discrete("label", {label: colours[label] for label in present}),
        },
        "edgeMapping": {"EDGE_LINE_COLOR": _discrete("interaction", _EDGE_COLOURS)},
    }


def _discrete(attribute: str, colours: dict[str, str]) -> dict[str, Any]:
    pairs = [{"v": value, "vp": colour} for value, colour in colours.items()]
    return {"type": "DISCRETE", "definition": {"attribute": attribute, "type": "string", "map": pairs}}
