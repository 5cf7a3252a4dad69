"""From a training checkpoint to the files that the component reads: an ONNX graph with 8-bit weights, and its labels.

The encoder's matrices are quantised per output column, to 7 bits: processors without VNNI add pairs of 8-bit products in 16
bits, which overflows for full 8-bit weights, so the same model would give other results there. Embeddings of pieces are
kept as 8 bits a row with one scale each. The heads stay in 32 bits: they are small.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from exomine.nlp.encoder_model import CLASSES, GRAPH, LABELS, VOCABULARY
from network import Heads, Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

__all__ = ["Mix", "averaged_checkpoints", "export", "load_network"]

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


@dataclass(frozen=True, slots=True)
class Mix:
    """A corpus whose head has a say in one of the shipped labels: its ``theirs`` is our ``ours``."""

    corpus: str
    theirs: str
    ours: str
    weight: float


class Shipped(nn.Module):
    """The network with the shipped heads only, for one window without padding.

    The entity scores are log-probabilities, to which the heads of :class:`Mix` add theirs, weighted (a product of experts):
    corpora with many more drugs and genes know names that the shipped head has never seen.
    """

    def __init__(self, network: Network, heads: Heads, corpus: str, mixes: Sequence[Mix] = ()) -> None:
        super().__init__()
        self.network, self.corpus, self.mixes = network, corpus, tuple(mixes)
        for i, mix in enumerate(self.mixes):
            for side, tags, label in (
                ("theirs", heads.entities[mix.corpus], mix.theirs),
                ("ours", heads.entities[corpus], mix.ours),
            ):
                self.register_buffer(f"{side}{i}", _groups(tags, label))

    def entities(self, words: Tensor) -> Tensor:
        """Scores of the BIO tags, with every head that has a say."""
        scores = torch.log_softmax(self.network.entities[self.corpus](words), -1)
        for i, mix in enumerate(self.mixes):
            theirs, ours = self.get_buffer(f"theirs{i}"), self.get_buffer(f"ours{i}")
            groups = torch.softmax(self.network.entities[mix.corpus](words), -1) @ theirs
            scores = scores + mix.weight * (torch.log(groups + 1e-4) @ ours.T)
        return scores

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        net = self.network
        words = net.words(ids, shapes, None, first, last)
        return (self.entities(words), net.tags(words), net.starts(words), net.arcs(words), *net.label_vectors(words))


def _groups(tags: list[str], label: str) -> Tensor:
    """(tags, 3): which tags are B of a label, I of it, or another."""
    kinds = [0 if t == f"B-{label}" else 1 if t == f"I-{label}" else 2 for t in tags]
    return torch.eye(3)[kinds]


def load_network(folder: Path, state: dict[str, Tensor]) -> tuple[Network, Heads]:
    """The trained network with its classes."""
    heads = Heads(**json.loads((folder / "heads.json").read_text(encoding="utf8")))
    network = Network(heads)
    network.load_state_dict(state)
    return network.eval(), heads


def averaged_checkpoints(paths: list[Path]) -> dict[str, Tensor]:
    """Mean of the weights of several checkpoints."""
    states = [torch.load(p, weights_only=False)["network"] for p in paths]
    return {k: torch.stack([s[k] for s in states]).mean(0) for k in states[0]}


def export(network: Network, heads: Heads, vocabulary: Path, out: Path, *, corpus: str = "bionlp13cg", mixes: Sequence[Mix] = (),
           quantise: bool = True, small_range: bool = True) -> None:  # fmt: skip
    """Write the component's files into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out / LABELS, label=network.label.detach().numpy().astype(np.float16))
    classes = {"entities": heads.entities[corpus], "tags": heads.tags, "deps": heads.deps}
    (out / CLASSES).write_text(json.dumps(classes, indent=1) + "\n", encoding="utf8")
    (out / VOCABULARY).write_bytes(vocabulary.read_bytes())
    if quantise:
        network.pieces = SmallEmbedding(network.pieces.weight.detach())  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        _to_onnx(Shipped(network, heads, corpus, mixes).eval(), plain)
        if quantise:
            _quantise(plain, out / GRAPH, small_range)
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


def _quantise(plain: Path, path: Path, small_range: bool) -> None:
    graph = onnx.load(str(plain)).graph
    heads = [n.name for n in graph.node if n.op_type in ("MatMul", "Gemm") and "layers" not in n.name]
    quantize_dynamic(str(plain), str(path), op_types_to_quantize=["MatMul"], per_channel=True, reduce_range=small_range,
                     weight_type=QuantType.QInt8, nodes_to_exclude=heads)  # fmt: skip
