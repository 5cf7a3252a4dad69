"""Shipped graphs taken back to networks that can learn: their 8-bit matrices as floats.

What an export rounded stays rounded; a network from here says what the graph says up to the rounding of what flows
through it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from exomine.nlp.encoder.network import CLASSES, GRAPH, LABELS
from exomine.nlp.relations.learned.network import GRAPH as PAIRS
from exomine.training.network import Heads, Network
from exomine.training.relations.network import PairNetwork

__all__ = ["core_networks", "pair_networks"]

#: A product with a matrix of the network: "/networks.1/layers.0/qkv/MatMul_quant", or without a number and "qkv_1".
_PRODUCT = re.compile(r"^/(?:networks\.(?P<number>\d+)/)?(?P<module>.+)/(?:Gemm_)?MatMul(?:_quant)?$")
_COPY = re.compile(r"_(\d+)$")
_PARAMETER = re.compile(r"networks\.(\d+)\.(.+)$")
#: Left out of the shipped graphs: what training alone needs.
_UNSHIPPED = ("guess", "basis", "among")

#: Heads of the core model that are modules of that name; the entity head's module is its corpus.
_MODULES = frozenset({"tags", "starts", "arc_dep", "arc_head", "label_dep", "label_head"})

N = TypeVar("N", bound=nn.Module)


def core_networks(encoder: Path) -> tuple[list[Network], Heads]:
    """The networks of a core model's folder ``encoder`` with their classes; all have the first one's labels of arcs."""
    classes = json.loads((encoder / CLASSES).read_text(encoding="utf8"))
    graph = onnx.load(str(encoder / GRAPH)).graph
    corpus = next(m for n, m, _ in _matrices(graph) if n == 0 and m not in _MODULES and not m.startswith("layers"))
    heads = Heads({corpus: classes["entities"]}, classes["tags"], classes["deps"])
    with np.load(encoder / LABELS) as arrays:
        label = torch.from_numpy(arrays["label"].astype(np.float32))
    networks = _filled(graph, lambda: Network(heads), {corpus: f"entities.{corpus}"})
    for network in networks:
        network.label = nn.Parameter(label.clone())
        network.label_dep.load_state_dict(networks[0].label_dep.state_dict())
        network.label_head.load_state_dict(networks[0].label_head.state_dict())
    return networks, heads


def pair_networks(folder: Path) -> list[PairNetwork]:
    """The networks of a relation model's folder."""
    return _filled(onnx.load(str(folder / PAIRS)).graph, PairNetwork, {})


def _filled(graph: onnx.GraphProto, fresh: Callable[[], N], names: dict[str, str]) -> list[N]:
    """A network for each of the graph, with its values; those that all share are the first one's in the graph."""
    found = _values(graph, names)
    networks = []
    for number in sorted(found):
        network = fresh()
        values = {**found[0], **found[number]}
        gone = network.load_state_dict(values, strict=False)
        left = [k for k in gone.missing_keys if not k.startswith((*_UNSHIPPED, "label"))]
        if left or gone.unexpected_keys:
            raise ValueError(f"the graph has no values for {left}, and the network no place for {gone.unexpected_keys}")
        networks.append(network.eval())
    return networks


def _values(graph: onnx.GraphProto, names: dict[str, str]) -> dict[int, dict[str, Tensor]]:
    """Parameters by number of the network."""
    found: dict[int, dict[str, Tensor]] = {}
    for weight in graph.initializer:
        named = _PARAMETER.match(weight.name)
        if named and not weight.name.endswith(("_scale", "_zero_point", "_quantized")):
            found.setdefault(int(named[1]), {})[named[2]] = torch.from_numpy(numpy_helper.to_array(weight).copy())
    for number, module, matrix in _matrices(graph):
        found[number][f"{names.get(module, module)}.weight"] = matrix
    found[0]["pieces.weight"] = found[0].pop("pieces.rows").float() * found[0].pop("pieces.scale")
    return found


def _matrices(graph: onnx.GraphProto) -> list[tuple[int, str, Tensor]]:
    """Number of the network, module and weight, (out, in), of each product with a matrix."""
    weights = {w.name: w for w in graph.initializer}
    out = []
    for node in graph.node:
        at = _PRODUCT.match(node.name)
        if at and len(node.input) > 1 and (name := node.input[1]) in weights:
            *before, last = at["module"].split("/")
            copy = _COPY.search(last)
            number = int(at["number"] or (copy[1] if copy else 0))
            last = last if at["number"] or not copy else last[: copy.start()]
            module = ".".join([*(b for b in before if not last.startswith(f"{b}.")), last])
            out.append((number, module, _matrix(weights, name).T.contiguous()))
    return out


def _matrix(weights: dict[str, onnx.TensorProto], name: str) -> Tensor:
    matrix = torch.from_numpy(numpy_helper.to_array(weights[name]).astype(np.float32))
    if not name.endswith("_quantized"):
        return matrix
    scale, zero = (
        torch.from_numpy(numpy_helper.to_array(weights[name.removesuffix("quantized") + kind]).astype(np.float32))
        for kind in ("scale", "zero_point")
    )
    return (matrix - zero) * scale
