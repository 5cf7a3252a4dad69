"""The triples as a network: one node an entity, one edge a statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exomine.tables.dataframes import records
from exomine.tables.ids import content_hash, entity_key
from exomine.tables.store import Tables

__all__ = ["Edge", "Network", "Node", "network"]


@dataclass(frozen=True, slots=True)
class Node:
    """An entity. ``key`` is its CURIE, else one made of label and name with the prefix ``exomine``."""

    key: str
    name: str
    label: str
    curie: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A statement from one node to another; ``row`` is its row of the triples."""

    source: str
    target: str
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes sorted by key, edges in the order of the triples."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def network(tables: Tables) -> Network:
    """The network of all triples."""
    nodes: dict[str, Node] = {}
    edges = []
    for row in records(tables.triples):
        ends = [_node(row, role) for role in ("subject", "object")]
        for node in ends:
            nodes.setdefault(node.key, node)
        edges.append(Edge(ends[0].key, ends[1].key, row))
    return Network(tuple(nodes[key] for key in sorted(nodes)), tuple(edges))


def _node(row: Mapping[str, Any], role: str) -> Node:
    curie, name, label = row[f"{role}_curie"] or "", row[f"{role}_name"], row[f"{role}_label"]
    key = curie or f"exomine:name-{content_hash(entity_key('', label, name))}"
    return Node(key, name, label, curie)
