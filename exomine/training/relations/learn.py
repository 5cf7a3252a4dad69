"""The training of the relation model: one encoder, all pairs of a sentence at once.

    python -m exomine.training.relations.learn --train FILE ... --dev FILE --out FOLDER [--epochs N] [--seed N]
        [--start CHECKPOINT]

FILE is laid-out corpus (``exomine corpus layout``). Seeds fix the order of batches, dropout and first values. A long
training can be cut in two: the first part keeps its rate (``--final 1``), the second begins with its checkpoint.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from exomine.annotation.record import ASSERTIONS, BASES, STATES, read_corpus
from exomine.evaluation.pairs import Found, score_pairs
from exomine.nlp.encoder.pieces import WordPieces
from exomine.nlp.relations.learned.pairs import CLASSES, admitted
from exomine.nlp.relations.learned.pieces import MarkedText
from exomine.training.learn import encoder_files
from exomine.training.network import read_safetensors
from exomine.training.relations.examples import Example, Pair, examples, marked
from exomine.training.relations.network import PairNetwork, loss_of

__all__ = ["Batch", "Settings", "batches", "collate", "find", "fresh_network", "learn", "optimizer_of", "train"]

#: SHA-256 of the published encoder that training begins from.
ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a training; ``hide`` is the share of names that are masked, ``others`` the weight of the smaller
    heads, ``final`` the share of the rate that is left at the end, ``half`` multiplies in bfloat16 (half the time on a
    processor that can).
    """

    epochs: int = 6
    batch: int = 24
    rate: float = 1.5e-4
    head_factor: float = 3.0
    warm_up: float = 0.06
    final: float = 0.0
    decay: float = 0.01
    hide: float = 0.25
    others: float = 0.3
    smoothing: float = 0.0
    seed: int = 1
    threads: int = 1
    half: int = 1


@dataclass(slots=True)
class Batch:
    """Marked sentences padded to one length, the places of their pairs and the pairs' classes."""

    ids: Tensor
    shapes: Tensor
    marks: Tensor
    mask: Tensor
    at: Tensor
    admitted: Tensor
    classes: dict[str, Tensor]
    pairs: list[tuple[int, Pair]]
    examples: tuple[Example, ...]


def collate(batch: Sequence[Example], texts: Sequence[MarkedText]) -> Batch:
    """Pad a batch; pairs with a mention that was cut off are left out."""
    longest = max(len(t.ids) for t in texts)
    ids, shapes, marks = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3))
    mask = torch.zeros(len(batch), longest, dtype=torch.bool)
    for row, t in enumerate(texts):
        n = len(t.ids)
        ids[row, :n], shapes[row, :n], marks[row, :n] = (torch.from_numpy(x) for x in (t.ids, t.shapes, t.marks))
        mask[row, :n] = True
    pairs = [
        (row, p)
        for row, e in enumerate(batch)
        for p in e.pairs
        if min(texts[row].places[p.subject], texts[row].places[p.object]) >= 0
    ]
    at = torch.tensor([[row, texts[row].places[p.subject], texts[row].places[p.object]] for row, p in pairs])
    labels = [tuple(batch[row].sentence.mentions[k].label for k in (p.subject, p.object)) for row, p in pairs]
    classes = {
        name: torch.tensor([getattr(p, name) for _, p in pairs])
        for name in ("predicate", "assertion", "state", "basis")
    }
    return Batch(
        ids, shapes, marks, mask, at, torch.tensor([admitted(*x) for x in labels]), classes, pairs, tuple(batch)
    )


def batches(data: Sequence[Example], pieces: WordPieces, settings: Settings, rng: random.Random) -> Iterator[Batch]:
    """An epoch's batches: sentences of like length together, batches in random order."""
    texts = [marked(e, pieces, hide=settings.hide, rng=rng) for e in data]
    order = sorted(range(len(data)), key=lambda i: (len(texts[i].ids) + rng.random() * 12, i))
    cut = [order[i : i + settings.batch] for i in range(0, len(order), settings.batch)]
    rng.shuffle(cut)
    for chosen in cut:
        batch = collate([data[i] for i in chosen], [texts[i] for i in chosen])
        if len(batch.pairs):
            yield batch


def predicate_scores(network: PairNetwork, batch: Batch) -> tuple[Tensor, ...]:
    """Scores of the heads; classes that the labels do not admit are out of the question."""
    predicate, *others = network(batch.ids, batch.shapes, batch.marks, batch.mask, batch.at)
    return (predicate.masked_fill(~batch.admitted, -1e4), *others)


def losses(network: PairNetwork, batch: Batch, settings: Settings) -> Tensor:
    """The batch's loss over all heads."""
    predicate, assertion, state, basis = predicate_scores(network, batch)
    small = sum(
        loss_of(scores, batch.classes[name])
        for name, scores in (("assertion", assertion), ("state", state), ("basis", basis))
    )
    return loss_of(predicate, batch.classes["predicate"], settings.smoothing) + settings.others * small


@torch.no_grad()
def find(
    network: PairNetwork, data: Sequence[Example], pieces: WordPieces, *, least: float = 0.5
) -> dict[str, list[Found]]:
    """What the network finds, by id of the sentence: each pair's best predicate where 1 - P(none) is at least
    ``least``.
    """
    network.eval()
    out: dict[str, list[Found]] = {e.sentence.id: [] for e in data}
    for i in range(0, len(data), 32):
        part = data[i : i + 32]
        batch = collate(part, [marked(e, pieces) for e in part])
        if not batch.pairs:
            continue
        predicate, assertion, state, basis = predicate_scores(network, batch)
        p = torch.softmax(predicate, -1)
        some, best = 1 - p[:, 0], p[:, 1:].argmax(-1) + 1
        rows = zip(
            batch.pairs,
            some.tolist(),
            best.tolist(),
            assertion.argmax(-1).tolist(),
            state.argmax(-1).tolist(),
            basis.argmax(-1).tolist(),
            strict=True,
        )
        for (row, pair), score, k, a, s, b in rows:
            if score >= least:
                out[part[row].sentence.id].append(
                    Found(pair.subject, CLASSES[k], pair.object, ASSERTIONS[a], STATES[s], BASES[b], round(score, 4))
                )
    return out


def fresh_network(pieces: WordPieces, weights: Path, settings: Settings) -> PairNetwork:
    """The published encoder under heads that know nothing yet; sets seed and threads of torch."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    network = PairNetwork()
    network.load_encoder(read_safetensors(weights))
    network.start_marks({piece: i for i, piece in enumerate(pieces.vocabulary)}, pieces.mask)
    network.freeze()
    return network


def train(
    data: Sequence[Example],
    dev: Sequence[Example],
    pieces: WordPieces,
    weights: Path,
    settings: Settings,
    out: Path,
    start: Path | None = None,
) -> PairNetwork:
    """Train from the published encoder, or from the checkpoint ``start``; see :func:`learn`."""
    network = fresh_network(pieces, weights, settings)
    if start:
        network.load_state_dict(torch.load(start, weights_only=False)["network"])
    learn(network, data, dev, pieces, settings, out)
    return network


def learn(
    network: PairNetwork,
    data: Sequence[Example],
    dev: Sequence[Example],
    pieces: WordPieces,
    settings: Settings,
    out: Path,
) -> None:
    """The loop; writes ``log.jsonl`` and ``checkpoint.pt`` (the last epoch) into ``out``."""
    rng = random.Random(settings.seed)
    optimizer, schedule = optimizer_of(network, settings, steps=settings.epochs * -(-len(data) // settings.batch))
    out.mkdir(parents=True, exist_ok=True)
    for epoch in range(settings.epochs):
        network.train()
        began, total, n = time.perf_counter(), 0.0, 0
        for batch in batches(data, pieces, settings, rng):
            with torch.autocast("cpu", torch.bfloat16, enabled=bool(settings.half)):
                loss = losses(network, batch, settings)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, n = total + float(loss.detach()), n + 1
        entry = {"epoch": epoch + 1, "loss": round(total / max(n, 1), 4), "seconds": round(time.perf_counter() - began)}
        if dev:
            figures = score_pairs([e.sentence for e in dev], find(network, dev, pieces))
            entry |= {k: figures[k] for k in ("micro", "assertion_right", "state_right", "basis_right")}
        with (out / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(entry) + "\n")
        print(json.dumps(entry), flush=True)
        torch.save({"network": network.state_dict(), "settings": asdict(settings)}, out / "checkpoint.pt")


def optimizer_of(
    network: PairNetwork, settings: Settings, *, steps: int, more: Sequence[nn.Parameter] = ()
) -> tuple[Any, Any]:
    """AdamW with a higher rate for what starts anew (also for the parameters ``more``); linear warm-up and fall."""
    published = {id(p) for p in network.encoder_parameters()}
    groups = [
        {
            "params": [p for p in (*network.parameters(), *more) if p.requires_grad and (id(p) in published) == known],
            "lr": settings.rate * factor,
        }
        for known, factor in ((True, 1.0), (False, settings.head_factor))
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=settings.decay, fused=True)
    warm = max(1, int(steps * settings.warm_up))

    def share(step: int) -> float:
        left = max(0.0, (steps - step) / max(1, steps - warm))
        return min((step + 1) / warm, settings.final + (1 - settings.final) * left)

    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, share)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    parser.add_argument("--dev", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    for name, value in asdict(Settings()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    options = vars(parser.parse_args())
    settings = Settings(**{name: options[name] for name in asdict(Settings())})
    weights, vocabulary = encoder_files({"encoder_sha256": ENCODER_SHA256})
    pieces = WordPieces.from_file(vocabulary)
    data, dev = (examples(read_corpus(*options[part])) for part in ("train", "dev"))
    network = train(data, dev, pieces, weights, settings, options["out"], options["start"])
    figures = score_pairs([e.sentence for e in dev], find(network, dev, pieces))
    (options["out"] / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
