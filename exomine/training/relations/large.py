"""A larger network that reads pairs as the shipped one does, to teach it: MPNet (Song et al. 2020) in MiniLM's place.

    python -m exomine.training.relations.large --encoder DIR --train FILE ... --dev FILE ... --out FOLDER [--epochs N]

DIR holds ``model.safetensors`` and ``vocab.txt`` of all-mpnet-base-v2 (Apache-2.0), whose hash is checked. It takes
eight times the work of MiniLM, and is not shipped: :mod:`exomine.training.relations.distil` learns from it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor, nn

from exomine.annotation.record import read_corpus
from exomine.evaluation.pairs import score_pairs
from exomine.nlp.encoder.pieces import WordPieces
from exomine.training.learn import encoder_files
from exomine.training.network import Sizes, read_safetensors
from exomine.training.relations.examples import examples
from exomine.training.relations.learn import ENCODER_SHA256, Settings, find, learn
from exomine.training.relations.network import PairNetwork

__all__ = ["LARGE_SHA256", "LargeNetwork", "large_network"]

#: SHA-256 of the published weights of all-mpnet-base-v2.
LARGE_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
#: Places of MPNet's position embeddings that stand for nothing.
_FIRST_POSITION = 2
#: MPNet's names of BERT's special pieces.
_SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[MASK]": "<mask>", "[PAD]": "<pad>"}
_BUCKETS, _FARTHEST = 32, 128
#: Lowest layers that keep their published weights.
FROZEN = 4
#: Of MPNet's normalisation; with BERT's its vectors come out visibly different.
_EPSILON = 1e-5
SIZES = Sizes(hidden=768, layers=12, attention_heads=12, inner=3072, vocabulary=30527)


class LargeNetwork(PairNetwork):
    """MPNet under the heads of :class:`PairNetwork`; it is given pieces of BERT's vocabulary, as that one is."""

    own_pieces: Tensor

    def __init__(self, pieces: WordPieces, vocabulary: Path) -> None:
        super().__init__(SIZES)
        own = {word: k for k, word in enumerate(vocabulary.read_text(encoding="utf-8").splitlines())}
        self.register_buffer("own_pieces", torch.tensor([own[_SPECIAL.get(p, p)] for p in pieces.vocabulary]))
        self.bias = nn.Embedding(_BUCKETS, SIZES.attention_heads)
        for module in self.modules():
            if isinstance(module, nn.LayerNorm):
                module.eps = _EPSILON

    def vectors(self, ids: Tensor, shapes: Tensor, marks: Tensor, mask: Tensor | None) -> Tensor:
        return super().vectors(self.own_pieces[ids], shapes, marks, mask)

    def distances(self, x: Tensor) -> Tensor:
        """What attention adds for the distance of two pieces, (1, heads, pieces, pieces)."""
        at = torch.arange(x.shape[1])
        bias: Tensor = self.bias(_bucket(at[None, :] - at[:, None]))
        return bias.permute(2, 0, 1)[None]

    def load_encoder(self, weights: dict[str, Tensor]) -> None:
        """Take over MPNet's tensors (names of Hugging Face's ``MPNetModel``)."""
        super().load_encoder(_as_bert(weights))
        self.bias.load_state_dict({"weight": weights["encoder.relative_attention_bias.weight"]})


def _bucket(distance: Tensor) -> Tensor:
    """Classes of distances: near ones each by itself, far ones by their logarithm; behind and before apart."""
    half = _BUCKETS // 2
    near = half // 2
    n = distance.abs()
    far = near + (torch.log(n.clamp(min=1) / near) / math.log(_FARTHEST / near) * (half - near)).long()
    return (distance > 0).long() * half + torch.where(n < near, n, far.clamp(max=half - 1))


def _as_bert(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    names = {".attention.attn.q.": ".attention.self.query.", ".attention.attn.k.": ".attention.self.key.",
             ".attention.attn.v.": ".attention.self.value.", ".attention.attn.o.": ".attention.output.dense.",
             ".attention.LayerNorm.": ".attention.output.LayerNorm."}  # fmt: skip
    found = {}
    for name, tensor in weights.items():
        for theirs, berts in names.items():
            name = name.replace(theirs, berts)
        found[name] = tensor
    emb = "embeddings."
    found[f"{emb}position_embeddings.weight"] = found[f"{emb}position_embeddings.weight"][_FIRST_POSITION:]
    found[f"{emb}token_type_embeddings.weight"] = torch.zeros(2, SIZES.hidden)
    return found


def large_network(pieces: WordPieces, folder: Path) -> LargeNetwork:
    """The published encoder under new heads; raises ValueError where its weights are others."""
    weights = folder / "model.safetensors"
    with weights.open("rb") as handle:
        if hashlib.file_digest(handle, "sha256").hexdigest() != LARGE_SHA256:
            raise ValueError(f"{weights}: not the weights of all-mpnet-base-v2")
    network = LargeNetwork(pieces, folder / "vocab.txt")
    network.load_encoder(read_safetensors(weights))
    own = network.own_pieces.tolist()
    network.start_marks(dict(zip(pieces.vocabulary, own, strict=True)), own[pieces.mask])
    network.freeze()
    for layer in network.layers[:FROZEN]:
        layer.requires_grad_(False)
    return network


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    parser.add_argument("--dev", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    for name, value in asdict(STARTED).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    return parser


#: Settings of a training; the rate is MPNet's usual one.
STARTED = Settings(epochs=3, rate=4e-5, head_factor=10.0, hide=0.15)


def main() -> None:
    options = vars(_arguments().parse_args())
    settings = Settings(**{name: options[name] for name in asdict(STARTED)})
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    _, vocabulary = encoder_files({"encoder_sha256": ENCODER_SHA256})
    pieces = WordPieces.from_file(vocabulary)
    data, dev = (examples(read_corpus(*options[part])) for part in ("train", "dev"))
    network = large_network(pieces, options["encoder"])
    learn(network, data, dev, pieces, settings, options["out"])
    figures = score_pairs([e.sentence for e in dev], find(network, dev, pieces))
    (options["out"] / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
