"""From a training checkpoint to the files that the component reads: an ONNX graph with 8-bit weights, and its labels.

The encoder's matrices are quantised per output column, to 7 bits: processors without VNNI add pairs of 8-bit products
in 16 bits, which overflows for full 8-bit weights, so the same model would give other results there. Embeddings of
pieces are kept as 8 bits a row with one scale each. The heads stay in 32 bits: they are small.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from exomine.nlp.encoder.network import CLASSES, GRAPH, LABELS, VOCABULARY
from exomine.training.network import Heads, Network

__all__ = ["OPSET", "SmallEmbedding", "export", "load_network", "quantise"]

OPSET = 17
INPUTS = ("ids", "shapes", "first", "last")
OUTPUTS = ("entities", "tags", "starts", "arcs", "label_dep", "label_head")


class SmallEmbedding(nn.Module):
    """An embedding with 8-bit rows and a scale a row."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (weight / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        return self.rows[ids].to(torch.float32) * self.scale[ids]


class Shipped(nn.Module):
    """One or more networks with the shipped heads only, for one window without padding: the mean of what they say.

    Entities: the mean of the log-probabilities; tags, starts and arcs: of the scores. Labels of arcs are the first
    network's.
    """

    def __init__(self, networks: Sequence[Network], corpus: str) -> None:
        super().__init__()
        self.networks, self.corpus = nn.ModuleList(networks), corpus

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        said = []
        for net in self.networks:
            words = net.words(ids, shapes, None, first, last)
            entities = torch.log_softmax(net.entities[self.corpus](words), -1)
            said.append((entities, net.tags(words), net.starts(words), net.arcs(words), *net.label_vectors(words)))
        mean = [torch.stack(scores).mean(0) for scores in zip(*(s[:4] for s in said), strict=True)]
        return (*mean, *said[0][4:])


def load_network(folder: Path, checkpoint: Path) -> tuple[Network, Heads]:
    """The trained network of a stage's checkpoint with its classes."""
    heads = Heads(**json.loads((folder / "heads.json").read_text(encoding="utf8")))
    network = Network(heads)
    network.load_state_dict(torch.load(checkpoint, weights_only=False)["network"])
    return network.eval(), heads


def export(networks: Sequence[Network], heads: Heads, vocabulary: Path, out: Path, *, corpus: str,
           small: bool = True, small_range: bool = True) -> None:  # fmt: skip
    """Write the component's files into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out / LABELS, label=networks[0].label.detach().numpy().astype(np.float16))
    classes = {"entities": heads.entities[corpus], "tags": heads.tags, "deps": heads.deps}
    (out / CLASSES).write_text(json.dumps(classes, indent=1) + "\n", encoding="utf8")
    (out / VOCABULARY).write_bytes(vocabulary.read_bytes())
    if small:
        rows = SmallEmbedding(networks[0].pieces.weight.detach())  # never trained, so the same in all
        for network in networks:
            network.pieces = rows
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        _to_onnx(Shipped(networks, corpus).eval(), plain)
        if small:
            quantise(plain, out / GRAPH, small_range=small_range)
        else:
            (out / GRAPH).write_bytes(plain.read_bytes())


def _to_onnx(module: nn.Module, path: Path) -> None:
    example = (
        torch.tensor([[101, 2000, 3000, 4000, 102]]),
        torch.zeros(1, 5, dtype=torch.long),
        torch.tensor([[1, 2]]),
        torch.tensor([[1, 3]]),
    )
    axes = {"ids": {1: "pieces"}, "shapes": {1: "pieces"}, "first": {1: "words"}, "last": {1: "words"}}
    axes |= {name: {1: "words"} for name in ("entities", "tags", "starts", "label_dep")}
    axes |= {"arcs": {1: "words", 2: "heads"}, "label_head": {1: "heads"}}
    torch.onnx.export(
        module,
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )


def quantise(plain: Path, path: Path, *, small_range: bool = True) -> None:
    """Write a graph with the matrices of its layers in 8 bits (7 with ``small_range``); heads stay as they are."""
    graph = onnx.load(str(plain)).graph
    heads = [n.name for n in graph.node if n.op_type in ("MatMul", "Gemm") and "layers" not in n.name]
    quantize_dynamic(str(plain), str(path), op_types_to_quantize=["MatMul"], per_channel=True, reduce_range=small_range,
                     weight_type=QuantType.QInt8, nodes_to_exclude=heads)  # fmt: skip
