"""The relation network taught by public corpora first: a head for each corpus, one encoder under them.

    python -m exomine.training.relations.public --corpora DIR --out FOLDER [--name cancermine ...] [--fold K]
        [--epochs N] [--seed N]

DIR holds the corpora as they are distributed (:data:`exomine.evaluation.corpora.KINDS`). With ``--fold K`` (0 to 4) a
fifth of each corpus is kept back and scored. ``checkpoint.pt`` holds the network without the corpora's heads: a
training of the relation model can start from it (``learn --start``).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from torch import Tensor, nn

from exomine.annotation.record import AnnotatedMention, AnnotatedSentence
from exomine.evaluation.corpora import KINDS, read_kinds
from exomine.evaluation.corpora import Example as PublicExample
from exomine.evaluation.relations import Counts
from exomine.nlp.encoder.pieces import WordPieces
from exomine.training.learn import encoder_files
from exomine.training.relations.examples import Example, Pair, marked
from exomine.training.relations.learn import (
    ENCODER_SHA256,
    Batch,
    Settings,
    batches,
    collate,
    fresh_network,
    optimizer_of,
)
from exomine.training.relations.network import PairNetwork, loss_of

__all__ = ["PublicCorpus", "Taught", "kept_back", "public_corpus", "score_public", "train_public"]

#: Parts of a cross-validation.
FOLDS = 5
#: Where an abstract is cut into sentences: good enough for training, where a sentence too long does no harm.
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9(])")


@dataclass(frozen=True, slots=True)
class PublicCorpus:
    """Examples of a public corpus; ``kinds`` are the classes of its pairs, the first says that nothing is stated."""

    name: str
    kinds: tuple[str, ...]
    examples: tuple[Example, ...]


def public_corpus(name: str, folder: Path) -> PublicCorpus:
    """A corpus as examples: every ordered pair of labels that the corpus relates somewhere is a pair."""
    sentences = [s for k, e in enumerate(read_kinds(name, folder)) for s in _sentences(f"{name}/{k}", e)]
    kinds = ("none", *sorted({g.kind for _, e in sentences for g in e.gold}))
    related = {(e.mentions[g.subject][2], e.mentions[g.object][2]) for _, e in sentences for g in e.gold}
    return PublicCorpus(
        name, kinds, tuple(x for x in (_example(i, e, kinds, related) for i, e in sentences) if x.pairs)
    )


def _sentences(id_: str, e: PublicExample) -> Iterator[tuple[str, PublicExample]]:
    """A text cut at the ends of its sentences where no mention is cut; relations across sentences are left out."""
    cuts = [
        m.start() for m in _END.finditer(e.text) if not any(a < m.end() and m.start() < b for a, b, _ in e.mentions)
    ]
    for start, end in zip([0, *cuts], [*cuts, len(e.text)], strict=True):
        here = [k for k, (a, b, _) in enumerate(e.mentions) if start <= a and b <= end]
        place = {k: n for n, k in enumerate(here)}
        gold = tuple(
            replace(g, subject=place[g.subject], object=place[g.object])
            for g in e.gold
            if g.subject in place and g.object in place
        )
        mentions = tuple((a - start, b - start, label) for a, b, label in (e.mentions[k] for k in here))
        asked = tuple((place[i], place[j]) for i, j in e.asked if i in place and j in place)
        yield id_, PublicExample(e.text[start:end], mentions, gold, asked)


def _example(id_: str, e: PublicExample, kinds: Sequence[str], related: set[tuple[str, str]]) -> Example:
    said = {(g.subject, g.object): kinds.index(g.kind) for g in e.gold}
    places = range(len(e.mentions))
    fit = ((i, j) for i in places for j in places if i != j and (e.mentions[i][2], e.mentions[j][2]) in related)
    pairs = tuple(Pair(i, j, said.get((i, j), 0)) for i, j in e.asked or fit)
    mentions = tuple(AnnotatedMention(*m) for m in e.mentions)
    return Example(AnnotatedSentence(id_, id_, e.text, mentions), pairs)


def kept_back(example: Example, fold: int) -> bool:
    """Whether the document of an example is in the part ``fold``."""
    return zlib.crc32(example.sentence.doc.encode()) % FOLDS == fold


def _scores(network: PairNetwork, head: nn.Linear, batch: Batch) -> Tensor:
    vectors = network.vectors(batch.ids, batch.shapes, batch.marks, batch.mask)
    scores: Tensor = head(network.pairs(vectors, batch.mask, batch.at))
    return scores


@dataclass(frozen=True, slots=True)
class Taught:
    """A network with the heads of the corpora that it was taught by."""

    network: PairNetwork
    heads: nn.ModuleDict
    pieces: WordPieces

    @torch.no_grad()
    def probabilities(self, name: str, data: Sequence[Example]) -> list[tuple[int, Pair, list[float]]]:
        """The probability of each kind of the corpus ``name``, for each pair (with the place of its example in
        ``data``); pairs with a mention that was cut off are left out.
        """
        self.network.eval()
        order = sorted(range(len(data)), key=lambda k: (len(data[k].sentence.text), k))
        out = []
        for i in range(0, len(data), 32):
            here = order[i : i + 32]
            batch = collate([data[k] for k in here], [marked(data[k], self.pieces) for k in here])
            if batch.pairs:
                shares = torch.softmax(_scores(self.network, self.heads[name], batch), -1).tolist()
                out += [(here[row], pair, p) for (row, pair), p in zip(batch.pairs, shares, strict=True)]
        return out


def score_public(taught: Taught, name: str, data: Sequence[Example]) -> Counts:
    """Pairs whose kind is found, over all kinds."""
    counts = Counts()
    for _, pair, shares in taught.probabilities(name, data):
        said = shares.index(max(shares))
        counts.predicted += said > 0
        counts.gold += pair.predicate > 0
        counts.hits += said == pair.predicate > 0
    return counts


def train_public(
    corpora: Sequence[PublicCorpus],
    pieces: WordPieces,
    weights: Path,
    settings: Settings,
    fold: int | None = None,
    most: int = 0,
) -> Taught:
    """Train on all corpora at once, a batch from one of them, without the part ``fold``.

    ``most`` examples with one id of a sentence are drawn for an epoch (0: all): where an example is one pair, sentences
    with many pairs then weigh less.
    """
    network = fresh_network(pieces, weights, settings)
    rng = random.Random(settings.seed)
    heads = nn.ModuleDict({c.name: nn.Linear(network.predicate.in_features, len(c.kinds)) for c in corpora})
    data = {c.name: [e for e in c.examples if fold is None or not kept_back(e, fold)] for c in corpora}
    sizes = [len(_drawn(part, most, random.Random(settings.seed))) for part in data.values()]
    steps = settings.epochs * sum(-(-size // settings.batch) for size in sizes)
    optimizer, schedule = optimizer_of(network, settings, steps=steps, more=list(heads.parameters()))
    for epoch in range(settings.epochs):
        network.train()
        total, n = 0.0, 0
        drawn = {name: _drawn(part, most, rng) for name, part in data.items()}
        for name, batch in _mixed(drawn, pieces, settings, rng):
            with torch.autocast("cpu", torch.bfloat16, enabled=bool(settings.half)):
                loss = loss_of(_scores(network, heads[name], batch), batch.classes["predicate"])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*network.parameters(), *heads.parameters()], 1.0)
            optimizer.step()
            schedule.step()
            total, n = total + float(loss.detach()), n + 1
        print(json.dumps({"epoch": epoch + 1, "loss": round(total / max(n, 1), 4)}), flush=True)
    return Taught(network, heads, pieces)


def _drawn(part: Sequence[Example], most: int, rng: random.Random) -> Sequence[Example]:
    """At most ``most`` examples of a sentence."""
    if not most:
        return part
    seen: Counter[str] = Counter()
    out = []
    for example in rng.sample(part, len(part)):
        seen[example.sentence.id] += 1
        if seen[example.sentence.id] <= most:
            out.append(example)
    return out


def _mixed(
    data: Mapping[str, Sequence[Example]], pieces: WordPieces, settings: Settings, rng: random.Random
) -> list[tuple[str, Batch]]:
    """An epoch's batches of all corpora in random order."""
    mixed = [(name, batch) for name, part in data.items() for batch in batches(part, pieces, settings, rng)]
    rng.shuffle(mixed)
    return mixed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--name", nargs="+", default=["cancermine", "civicmine", "drugprot"], choices=sorted(KINDS))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fold", type=int, choices=range(FOLDS))
    for name, value in asdict(Settings()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    options = vars(parser.parse_args())
    settings = Settings(**{name: options[name] for name in asdict(Settings())})
    weights, vocabulary = encoder_files({"encoder_sha256": ENCODER_SHA256})
    corpora = [public_corpus(name, options["corpora"]) for name in options["name"]]
    fold = options["fold"]
    taught = train_public(corpora, WordPieces.from_file(vocabulary), weights, settings, fold)
    back = {c.name: [e for e in c.examples if fold is not None and kept_back(e, fold)] for c in corpora}
    counts = {name: score_public(taught, name, part) for name, part in back.items() if part}
    options["out"].mkdir(parents=True, exist_ok=True)
    torch.save({"network": taught.network.state_dict(), "settings": asdict(settings)}, options["out"] / "checkpoint.pt")
    figures = {
        name: {k: round(getattr(c, k), 4) for k in ("precision", "recall", "f1", "gold")} for name, c in counts.items()
    }
    (options["out"] / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
