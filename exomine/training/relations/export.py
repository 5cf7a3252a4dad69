"""From a checkpoint of the relation network to the files that the component reads.

    python -m exomine.training.relations.export --checkpoint FILE --out FOLDER

Quantised as the encoder is (see :mod:`exomine.training.export`); the heads stay in 32 bits.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from exomine.annotation.record import ASSERTIONS, STATES
from exomine.nlp.relations.learned.network import CLASSES as CLASSES_FILE
from exomine.nlp.relations.learned.network import GRAPH, HEADS, INPUTS, VOCABULARY
from exomine.nlp.relations.learned.pairs import CLASSES
from exomine.training.export import OPSET, SmallEmbedding, quantise
from exomine.training.relations.network import PairNetwork

__all__ = ["export", "load_network"]


class Shipped(nn.Module):
    """The networks with the shipped heads, for one sentence without padding: the mean of their log-probabilities."""

    def __init__(self, networks: Sequence[PairNetwork]) -> None:
        super().__init__()
        self.networks = nn.ModuleList(networks)

    def forward(
        self, ids: Tensor, shapes: Tensor, marks: Tensor, subjects: Tensor, objects: Tensor
    ) -> tuple[Tensor, ...]:
        at = torch.stack([torch.zeros_like(subjects), subjects, objects], 1)
        said = [net(ids, shapes, marks, None, at)[:3] for net in self.networks]
        return tuple(torch.stack([s.log_softmax(-1) for s in head]).mean(0) for head in zip(*said, strict=True))


def load_network(checkpoint: Path) -> PairNetwork:
    """The trained network of a checkpoint."""
    network = PairNetwork()
    network.load_state_dict(torch.load(checkpoint, weights_only=False)["network"])
    network.eval()
    return network


def export(networks: Sequence[PairNetwork], vocabulary: Path, out: Path) -> None:
    """Write graph, vocabulary and classes into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    classes = {"predicate": list(CLASSES), "assertion": list(ASSERTIONS), "state": list(STATES)}
    (out / CLASSES_FILE).write_text(json.dumps(classes, indent=1) + "\n", encoding="utf8")
    (out / VOCABULARY).write_bytes(vocabulary.read_bytes())
    rows = SmallEmbedding(networks[0].pieces.weight.detach())  # never trained, so the same in all
    for network in networks:
        network.pieces = rows
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        _to_onnx(Shipped(networks).eval(), plain)
        _unshare(plain)
        quantise(plain, out / GRAPH)


def _unshare(path: Path) -> None:
    """Give each network matrices of its own: those that two have in common, the frozen layers', would not be
    quantised.
    """
    model = onnx.load(str(path))
    weights = {w.name: w for w in model.graph.initializer}
    for node in [n for n in model.graph.node if n.op_type == "Identity" and n.input[0] in weights]:
        copy = model.graph.initializer.add()
        copy.CopyFrom(weights[node.input[0]])
        copy.name = node.output[0]
        model.graph.node.remove(node)
    onnx.save(model, str(path))


def _to_onnx(module: nn.Module, path: Path) -> None:
    ids = torch.tensor([[101, 103, 2000, 103, 3000, 102]])
    zeros, places = torch.zeros_like(ids), torch.tensor([1, 3])
    pieces = {name: {1: "pieces"} for name in INPUTS[:3]}
    pairs = {name: {0: "pairs"} for name in (*INPUTS[3:], *HEADS)}
    torch.onnx.export(
        module,
        (ids, zeros, zeros, places, places.flip(0)),
        str(path),
        input_names=list(INPUTS),
        output_names=list(HEADS),
        dynamic_axes={**pieces, **pairs},
        opset_version=OPSET,
        dynamo=False,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    from exomine.training.learn import encoder_files
    from exomine.training.relations.learn import ENCODER_SHA256

    _, vocabulary = encoder_files({"encoder_sha256": ENCODER_SHA256})
    export([load_network(c) for c in options.checkpoint], vocabulary, options.out)


if __name__ == "__main__":
    main()
