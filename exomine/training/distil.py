"""One network that says what the shipped two say together: half their time.

    python -m exomine.training.distil --corpora DIR --papers DIR [--work DIR] [--out models/exomine_core]

The teacher is the shipped graph, its matrices taken back to floats (:mod:`exomine.training.shipped`). The student
begins as the first of its networks and learns what their mean says of each word (Hinton et al. 2015), of the sentences
of the training corpora and of papers that nobody annotated; where a corpus has gold, that counts as well. Parts kept
for choosing are only looked at.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import spacy
import torch
import torch.nn.functional as F
from spacy.language import Language
from torch import Tensor

from exomine.document.read import read_document
from exomine.nlp.encoder.network import VOCABULARY
from exomine.nlp.encoder.pieces import WordPieces
from exomine.nlp.encoder.tokenizer import blank
from exomine.nlp.sentences import borders
from exomine.training.batches import IGNORE, Task, collate, endless
from exomine.training.build import measure
from exomine.training.corpora import Sentence
from exomine.training.export import export
from exomine.training.learn import CRAFT, averaged, choose, note, read_tasks, same_sentence
from exomine.training.manifest import write_manifest
from exomine.training.network import Batch, Heads, Network
from exomine.training.settings import CONFIG
from exomine.training.shipped import core_networks

__all__ = ["Settings", "distil", "paper_sentences"]

PAPERS = "papers"
LOG_STEPS = 100
CHOOSE_STEPS = 500
#: Words of the longest sentence of a paper that is learnt from: what is longer is a list.
LONGEST_SENTENCE = 90


@dataclass(frozen=True, slots=True)
class Settings:
    """``gold`` is the weight of gold labels beside the teacher's; the rest as in config.toml."""

    steps: int = 2500
    batch_pieces: int = 900
    encoder_rate: float = 1e-4
    head_rate: float = 3e-4
    warm_up: int = 100
    masked: float = 0.05
    dropout: float = 0.05
    gold: float = 0.3
    seed: int = 51
    threads: int = 1


#: Weights of what the teacher says of words; arcs differ most, and would drown the entities.
WEIGHTS = {"entities": 5.0, "tags": 1.0, "starts": 0.5, "arcs": 1.0, "deps": 1.0}
#: Shares of the student and of its two teachers in what is shipped; chosen among nine mixtures on the parts for that.
MIX = (0.7, 0.2, 0.1)
OF_WORDS = ("entities", "tags", "starts", "arcs")
#: Share of the batches that come from each corpus.
SHARES = {
    "bionlp13cg": 0.2,
    CRAFT: 0.22,
    "bc5cdr": 0.1,
    "bc2gm": 0.1,
    "ncbi_disease": 0.03,
    "anatem": 0.1,
    PAPERS: 0.25,
}


def paper_sentences(nlp: Language, folder: Path) -> list[Sentence]:
    """Sentences of the body of papers, without gold; borders that the rule leaves open do not cut."""
    found: list[Sentence] = []
    for path in sorted(folder.iterdir()):
        document = read_document(path)
        for block in document.blocks:
            if block.kind == "paragraph":
                found.extend(_of_text(nlp, document.text[block.start : block.end], path.name))
    return found


def _of_text(nlp: Language, text: str, document: str) -> Iterator[Sentence]:
    tokens = [t for t in nlp.make_doc(text) if not t.is_space]
    words = [t.text for t in tokens]
    spaced = [i == 0 or tokens[i - 1].idx + len(tokens[i - 1]) < t.idx for i, t in enumerate(tokens)]
    starts = [i for i, border in enumerate(borders(words, spaced, [True, *[None] * (len(words) - 1)])) if border]
    for a, b in zip(starts, [*starts[1:], len(words)], strict=True):
        if 3 < b - a <= LONGEST_SENTENCE:
            yield Sentence(words[a:b], [True, *spaced[a + 1 : b]], ["O"] * (b - a), document=document)


def _tasks(corpora: Path, papers: Path, config: dict[str, Any]) -> tuple[dict[str, Task], list[Task]]:
    """Corpora by name, all under the shipped entity head, where only its own corpus has gold; those for choosing."""
    head = config["ship"]["entities"]
    learnt, chosen_on = read_tasks(corpora, config)
    tasks = {t.name: Task(head, t.sentences if t.name == head else _untagged(t.sentences), t.syntax) for t in learnt}
    return tasks | {PAPERS: Task(head, paper_sentences(blank(), papers))}, chosen_on


def _untagged(sentences: Sequence[Sentence]) -> list[Sentence]:
    return [replace(s, bio=["O"] * len(s.words)) for s in sentences]


@dataclass(slots=True)
class _Said:
    """Scores of a batch: entities as log-probabilities, the rest as they come; labels of arcs of given heads."""

    entities: Tensor
    tags: Tensor
    starts: Tensor
    arcs: Tensor
    deps: Tensor


def _said(network: Network, batch: Batch, head: str, of: Tensor | None) -> _Said:
    words = network.words(batch.ids, batch.shapes, batch.mask, batch.first, batch.last)
    real = torch.cat([torch.ones_like(batch.words[:, :1]), batch.words], 1)[:, None, :]
    arcs = network.arcs(words).float().masked_fill(~real, -1e4)
    dep, heads = network.label_vectors(words)
    of = arcs.argmax(-1) if of is None else of
    chosen = heads.gather(1, of[..., None].expand(-1, -1, heads.shape[-1]))
    deps = network.labels_of(dep[batch.words], chosen[batch.words])
    entities = torch.log_softmax(network.entities[head](words).float(), -1)
    return _Said(entities, network.tags(words).float(), network.starts(words).float(), arcs, deps.float())


def _together(networks: Sequence[Network], batch: Batch, head: str) -> tuple[_Said, Tensor]:
    """What the networks say together, as in the shipped graph (labels of arcs are the first's), and the arcs' heads."""
    with torch.no_grad():
        each = [_said(n, batch, head, None) for n in networks]
        mean = {k: torch.stack([getattr(s, k) for s in each]).mean(0) for k in OF_WORDS}
        of = mean["arcs"].argmax(-1)
        return _Said(**mean, deps=_said(networks[0], batch, head, of).deps), of


def _apart(student: Tensor, teacher: Tensor) -> Tensor:
    """Mean Kullback-Leibler divergence of rows of scores."""
    return F.kl_div(student.log_softmax(-1), teacher.log_softmax(-1), log_target=True, reduction="batchmean")


def _losses(student: _Said, teacher: _Said, words: Tensor) -> dict[str, Tensor]:
    pairs = {
        k: (getattr(student, k)[words], getattr(teacher, k)[words]) for k in ("entities", "tags", "starts", "arcs")
    }
    pairs["deps"] = (student.deps, teacher.deps)
    return {k: WEIGHTS[k] * _apart(*v) for k, v in pairs.items()}


class _Run:
    """A student on its way: batches, optimiser, rate."""

    def __init__(
        self, tasks: dict[str, Task], encoder: Path, config: dict[str, Any], settings: Settings, pieces: WordPieces
    ) -> None:
        self.tasks, self.settings = tasks, settings
        self.teachers, self.heads = core_networks(encoder)
        self.pieces, self.head = pieces, config["ship"]["entities"]
        torch.manual_seed(settings.seed)
        torch.set_num_threads(settings.threads)
        self.student = Network(self.heads, dropout=settings.dropout, head_dropout=2 * settings.dropout)
        self.student.load_state_dict(self.teachers[0].state_dict())
        self.student.train()
        own = {id(p) for p in self.student.encoder_parameters()}
        learnt = [p for p in self.student.parameters() if p.requires_grad]
        groups = [{"params": [p for p in learnt if (id(p) in own) == known], "rate": rate}
                  for known, rate in ((True, settings.encoder_rate), (False, settings.head_rate))]  # fmt: skip
        self.optimizer = torch.optim.AdamW(groups, lr=0.0, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
        self.streams = {n: endless(t, pieces, settings.batch_pieces, settings.seed, 0, 0, masked=settings.masked)
                        for n, t in tasks.items()}  # fmt: skip

    def step(self, number: int) -> dict[str, float]:
        """One batch; gives the losses."""
        s = self.settings
        name = random.Random(f"{s.seed}/step/{number}").choices(list(SHARES), list(SHARES.values()))[0]
        task, windows = self.tasks[name], next(self.streams[name])[2]
        batch = collate(windows, task, self.heads)
        torch.manual_seed(s.seed * 1_000_003 + number)
        for group in self.optimizer.param_groups:
            group["lr"] = group["rate"] * min((number + 1) / s.warm_up, (s.steps - number) / s.steps)
        with torch.autocast("cpu", torch.bfloat16):
            found = self._found(batch, task, gold_entities=name == self.head)
        sum(found.values(), torch.zeros(())).backward()
        torch.nn.utils.clip_grad_norm_(self.student.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return {f"{name}.{k}": float(v.detach()) for k, v in found.items()}

    def _found(self, batch: Batch, task: Task, *, gold_entities: bool) -> dict[str, Tensor]:
        teacher, of = _together(self.teachers, batch, self.head)
        said = _said(self.student, batch, self.head, of)
        found = _losses(said, teacher, batch.words)
        gold = self.settings.gold
        if gold_entities:
            found["gold"] = gold * F.cross_entropy(
                said.entities.flatten(0, 1), batch.labels["entities"].flatten(), ignore_index=IGNORE
            )
        if task.syntax:
            arcs = said.arcs.masked_fill(~same_sentence(batch.labels["sentence"]), -1e4)
            for name, scores in (("tags", said.tags), ("starts", said.starts), ("heads", arcs)):
                found[f"gold_{name}"] = gold * F.cross_entropy(
                    scores.flatten(0, 1), batch.labels[name].flatten(), ignore_index=IGNORE
                )
        return found


def distil(
    corpora: Path, papers: Path, encoder: Path, work: Path, settings: Settings, start: Path | None = None
) -> _Run:
    """Teach a student what the networks of ``encoder`` say, from the checkpoint ``start`` on where there is one; its
    log and weights go to ``work``."""
    config = tomllib.loads(CONFIG.read_text(encoding="utf8"))
    tasks, chosen_on = _tasks(corpora, papers, config)
    run = _Run(tasks, encoder, config, settings, WordPieces.from_file(encoder / VOCABULARY))
    chosen_on = [
        replace(t, name=run.head, sentences=_untagged(t.sentences) if t.syntax else t.sentences) for t in chosen_on
    ]
    if start:
        run.student.load_state_dict(torch.load(start, weights_only=False)["network"])
    work.mkdir(parents=True, exist_ok=True)
    for network in (*run.teachers, run.student):
        note(work, **_chosen(network, chosen_on, run))
    seen: list[dict[str, float]] = []
    began = time.monotonic()
    for number in range(settings.steps):
        seen.append(run.step(number))
        if (number + 1) % LOG_STEPS == 0:
            note(work, step=number + 1, seconds=round(time.monotonic() - began), **averaged(seen))
            seen = []
        if (number + 1) % CHOOSE_STEPS == 0 or number + 1 == settings.steps:
            note(work, step=number + 1, **_chosen(run.student, chosen_on, run))
            torch.save({"network": run.student.state_dict(), "settings": asdict(settings)}, work / "checkpoint.pt")
    return run


def mixed(networks: Sequence[Network], shares: Sequence[float], heads: Heads) -> Network:
    """A network whose every weight is the mean of the networks' by their shares (Wortsman et al. 2022); those that have
    come from one training lie near enough to each other."""
    states = [n.state_dict() for n in networks]
    network = Network(heads)
    network.load_state_dict(
        {k: torch.stack([w * s[k] for w, s in zip(shares, states, strict=True)]).sum(0) for k in states[0]}
    )
    network.eval()
    return network


def write(run: _Run, model: Path, out: Path, corpora: Path, shares: Sequence[float]) -> None:
    """Put the student, mixed with its teachers, in the place of the networks of ``model``, with its figures, and write
    that to ``out``."""
    nlp = spacy.load(model)
    student = mixed((run.student, *run.teachers), shares, run.heads)
    with tempfile.TemporaryDirectory() as files:
        export([student], run.heads, model / "encoder" / VOCABULARY, Path(files), corpus=run.head)
        nlp.get_pipe("encoder").from_disk(files)  # type: ignore[attr-defined]
    nlp.to_disk(out)
    # another copy: what is written must not hold the corpora's words
    nlp.meta["performance"] = measure(spacy.load(out), corpora, tomllib.loads(CONFIG.read_text(encoding="utf8")))
    nlp.to_disk(out)
    write_manifest(out)


def _chosen(network: Network, chosen_on: list[Task], run: _Run) -> dict[str, float]:
    return {k: round(v, 4) for k, v in choose(network, chosen_on, run.pieces, run.heads).items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="as for `exomine train`")
    parser.add_argument("--papers", type=Path, required=True, help="papers to learn from, of any format")
    parser.add_argument("--model", type=Path, default=Path("models/exomine_core"), help="the teacher")
    parser.add_argument("--work", type=Path, default=Path("training-run/student"))
    parser.add_argument("--mix", type=float, nargs="+", default=MIX, help="shares of the student and of its teachers")
    parser.add_argument("--start", type=Path, help="a checkpoint of an earlier student, to go on from")
    parser.add_argument("--out", type=Path, help="where to write the model with the student in it")
    for name, value in asdict(Settings()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    options = vars(parser.parse_args())
    settings = Settings(**{name: options[name] for name in asdict(Settings())})
    encoder = options["model"] / "encoder"
    run = distil(options["corpora"], options["papers"], encoder, options["work"], settings, options["start"])
    if options["out"]:
        write(run, options["model"], options["out"], options["corpora"], options["mix"])


if __name__ == "__main__":
    main()
