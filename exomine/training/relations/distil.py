"""One small relation network that says what larger ones and several say together.

    python -m exomine.training.relations.distil --papers DIR --train FILE ... --dev FILE ... --work DIR
        [--model models/exomine_relations ...] [--begin N] [--large CHECKPOINT --encoder DIR] [--trust SHARE]
        [--new FILE ...] [--unread FILE] [--answers FILE] [--epochs N]

The teachers are the networks of shipped graphs (:mod:`exomine.training.shipped`) and, with ``--large``, one of
:mod:`exomine.training.relations.large`, whose word counts ``--trust``. The student begins as network ``--begin`` of
the first graph and learns the mean of their answers (Hinton et al. 2015), of the annotated sentences and of all
sentences of papers as the pipeline gives them to the network; the annotated ones also teach their gold. The teachers
answer once, with every name in sight, while some are hidden from the student. Papers whose annotated sentences are in
other parts than ``train`` are left out. FILE is laid-out corpus (``exomine corpus layout``).
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F
from spacy.language import Language
from torch import Tensor

from exomine.annotation.record import AnnotatedMention, AnnotatedSentence, read_corpus, write_corpus
from exomine.document.read import read_document
from exomine.evaluation.pairs import score_pairs
from exomine.nlp.annotate import annotate
from exomine.nlp.encoder.pieces import WordPieces
from exomine.nlp.load import load
from exomine.nlp.relations.learned.component import read_pairs
from exomine.nlp.relations.learned.network import VOCABULARY
from exomine.nlp.relations.learned.pairs import Place, fitting_pairs
from exomine.training.relations.examples import IGNORE, Example, Pair, examples, marked
from exomine.training.relations.large import LargeNetwork
from exomine.training.relations.learn import Batch, Settings, batches, collate, find, losses, optimizer_of
from exomine.training.relations.network import PairNetwork
from exomine.training.shipped import pair_networks

__all__ = ["STARTED", "Lessons", "Teacher", "answers", "met_by_the_network", "student_of"]

#: A student has begun already: fewer epochs, at a lower rate.
STARTED = Settings(epochs=2, rate=1e-4, seed=11)
#: Weight of the smaller heads beside that of predicates.
OTHERS = 0.3
#: Pieces, about, of the longest sentences learnt from: lists of names cost more than they teach.
LONGEST = 900
MOST_MENTIONS = 24
#: Sentences that the teachers read at once.
_AT_ONCE = 32


class _Listener:
    """Stands where the network stands, and notes what it would be asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[Place]]] = []

    def scores(self, text: str, mentions: list[Place]) -> list[object]:
        self.asked.append((text, mentions))
        return []


def met_by_the_network(nlp: Language, papers: Iterable[Path], leave_out: set[str]) -> Iterator[AnnotatedSentence]:
    """What the pipeline gives the network to read, paper by paper, without any relation."""
    for path in papers:
        document = read_document(path)
        if document.paper_id in leave_out:
            continue
        listener = _Listener()
        read_pairs(annotate(nlp, document), listener)  # type: ignore[arg-type]
        for k, (text, places) in enumerate(listener.asked):
            if len(text) < LONGEST and len(places) <= MOST_MENTIONS and any(fitting_pairs(places)):
                mentions = tuple(AnnotatedMention(*p) for p in places)
                yield AnnotatedSentence(f"{document.paper_id}/{k}", document.paper_id, text, mentions)


def _all_pairs(sentences: Iterable[AnnotatedSentence]) -> list[Example]:
    """Sentences without annotation as examples: their pairs have no classes."""
    found = []
    for s in sentences:
        pairs = tuple(Pair(i, j, IGNORE) for i, j in fitting_pairs([(m.start, m.end, m.label) for m in s.mentions]))
        if pairs:
            found.append(Example(s, pairs))
    return found


#: A pair: its sentence's id, the mentions of its subject and of its object.
Key = tuple[str, int, int]


class Answers(NamedTuple):
    """What the teachers say: log-probabilities of predicates, assertions and states, a row a pair."""

    rows: dict[Key, int]
    heads: tuple[Tensor, ...]

    def of(self, batch: Batch) -> list[Tensor]:
        """The answers to a batch's pairs."""
        at = torch.tensor([self.rows[_key(batch, row, pair)] for row, pair in batch.pairs])
        return [head[at] for head in self.heads]


def _key(batch: Batch, row: int, pair: Pair) -> Key:
    return batch.examples[row].sentence.id, pair.subject, pair.object


class Teacher(NamedTuple):
    """A network and its share in what is taught."""

    network: PairNetwork
    share: float


@torch.no_grad()
def answers(teachers: Sequence[Teacher], data: Sequence[Example], pieces: WordPieces, *, half: bool = True) -> Answers:
    """What the teachers say of all pairs, names in sight; ``half`` multiplies in bfloat16."""
    rows: dict[Key, int] = {}
    found: list[list[Tensor]] = []
    order = sorted(data, key=lambda e: len(e.sentence.text))
    for i in range(0, len(order), _AT_ONCE):
        part = order[i : i + _AT_ONCE]
        batch = collate(part, [marked(e, pieces) for e in part])
        if not batch.pairs:
            continue
        for row, pair in batch.pairs:
            rows[_key(batch, row, pair)] = len(rows)
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            said = [[t.share * head for head in _said(t.network, batch)] for t in teachers]
        found.append([torch.stack(head).sum(0) for head in zip(*said, strict=True)])
    if len(rows) != sum(len(f[0]) for f in found):
        raise ValueError("two sentences have one id")
    return Answers(rows, tuple(torch.cat(head) for head in zip(*found, strict=True)))


def _apart(student: Tensor, teacher: Tensor, weight: Tensor | None = None) -> Tensor:
    """Mean Kullback-Leibler divergence of rows of log-probabilities."""
    rows = F.kl_div(student, teacher, log_target=True, reduction="none").sum(-1)
    return rows.mean() if weight is None else (rows * weight).sum() / weight.sum().clamp(min=1.0)


def _said(network: PairNetwork, batch: Batch) -> list[Tensor]:
    """Log-probabilities of the shipped heads; as in the shipped graph, whatever the labels admit."""
    return [s.float().log_softmax(-1) for s in network(batch.ids, batch.shapes, batch.marks, batch.mask, batch.at)[:3]]


def _admitted(predicates: Tensor, batch: Batch) -> Tensor:
    return predicates.masked_fill(~batch.admitted, -1e4).log_softmax(-1)


def _distance(student: PairNetwork, taught: Sequence[Tensor], batch: Batch) -> Tensor:
    own = _said(student, batch)
    predicates = _admitted(taught[0], batch)
    stated = 1 - predicates[:, 0].exp()
    found = _apart(_admitted(own[0], batch), predicates)
    for ours, theirs in zip(own[1:], taught[1:], strict=True):  # of a pair of which nothing is stated they say nothing
        found = found + OTHERS * _apart(ours, theirs.log_softmax(-1), stated)
    return found


class Kind(NamedTuple):
    """What a sentence teaches: weights of what the teacher says of it and of its gold."""

    teacher: float
    gold: float


class Lessons(NamedTuple):
    """Sentences by kind: annotated and learnt by the teachers, annotated and new to them, without annotation."""

    learnt: Sequence[Example]
    new: Sequence[Example]
    unread: Sequence[Example]


KINDS = (Kind(1.0, 0.5), Kind(0.0, 1.5), Kind(1.0, 0.0))


class _School:
    """A student on its way: optimiser, rate."""

    def __init__(
        self, student: PairNetwork, taught: Answers, pieces: WordPieces, settings: Settings, steps: int
    ) -> None:
        self.student, self.taught, self.pieces = student, taught, pieces
        self.settings, self.rng = settings, random.Random(settings.seed)
        student.freeze()
        self.optimizer, self.schedule = optimizer_of(student, settings, steps=steps)

    def epoch(self, lessons: Lessons) -> float:
        """All sentences once, in random order; gives the mean loss."""
        self.student.train()
        mixed = [
            (kind, batch)
            for kind, part in zip(KINDS, lessons, strict=True)
            for batch in batches(part, self.pieces, self.settings, self.rng)
        ]
        self.rng.shuffle(mixed)
        return sum(self._step(batch, kind) for kind, batch in mixed) / max(len(mixed), 1)

    def _step(self, batch: Batch, kind: Kind) -> float:
        with torch.autocast("cpu", torch.bfloat16, enabled=bool(self.settings.half)):
            loss = torch.zeros(())
            if kind.teacher:
                loss = loss + kind.teacher * _distance(self.student, self.taught.of(batch), batch)
            if kind.gold:
                loss = loss + kind.gold * losses(self.student, batch, self.settings)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.student.parameters(), 1.0)
        self.optimizer.step()
        self.schedule.step()
        return float(loss.detach())


def student_of(
    begin: PairNetwork,
    taught: Answers,
    lessons: Lessons,
    dev: Sequence[Example],
    pieces: WordPieces,
    settings: Settings,
    work: Path,
) -> PairNetwork:
    """Teach ``begin``; its log and weights go to ``work``."""
    steps = settings.epochs * sum(-(-len(part) // settings.batch) for part in lessons)
    return _distil(_School(begin, taught, pieces, settings, steps), lessons, dev, work)


def _distil(school: _School, lessons: Lessons, dev: Sequence[Example], work: Path) -> PairNetwork:
    """The epochs of :func:`student_of`."""
    work.mkdir(parents=True, exist_ok=True)
    for epoch in range(school.settings.epochs):
        began = time.perf_counter()
        loss = school.epoch(lessons)
        figures = score_pairs([e.sentence for e in dev], find(school.student, dev, school.pieces))
        entry = {"epoch": epoch + 1, "loss": round(loss, 4), "seconds": round(time.perf_counter() - began)}
        entry |= {k: figures[k] for k in ("micro", "assertion_right", "state_right")}
        with (work / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(entry) + "\n")
        print(json.dumps(entry), flush=True)
        state = {"network": school.student.state_dict(), "settings": asdict(school.settings)}
        torch.save(state, work / "checkpoint.pt")
    return school.student


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    parser.add_argument("--new", type=Path, nargs="*", default=[], help="annotated, and not learnt by the teachers")
    parser.add_argument("--dev", type=Path, nargs="+", required=True)
    parser.add_argument("--papers", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="whose splits.tsv says what is left out")
    parser.add_argument("--unread", type=Path, help="keep the papers' sentences in this file, and take them from there")
    parser.add_argument("--answers", type=Path, help="keep what the teachers say, and take it from there")
    parser.add_argument(
        "--model", type=Path, nargs="+", default=[Path("models/exomine_relations")], help="teachers, and the start"
    )
    parser.add_argument("--begin", type=int, default=0, help="which network of the first model the student begins as")
    parser.add_argument("--large", type=Path, help="checkpoint of a larger teacher")
    parser.add_argument("--encoder", type=Path, help="the larger teacher's published files")
    parser.add_argument("--trust", type=float, default=0.7, help="the larger teacher's share")
    parser.add_argument("--work", type=Path, default=Path("training-run/relations/student"))
    for name, value in asdict(STARTED).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    return parser


def main() -> None:
    options = vars(_arguments().parse_args())
    settings = Settings(**{name: options[name] for name in asdict(STARTED)})
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    pieces = WordPieces.from_file(options["model"][0] / VOCABULARY)
    learnt, new, dev = (
        examples(read_corpus(*options[part])) if options[part] else [] for part in ("train", "new", "dev")
    )
    lessons = Lessons(learnt, new, _all_pairs(_unread(options)))
    small = [network for model in options["model"] for network in pair_networks(model)]
    taught = _taught(options, small, lessons, pieces)
    student_of(small[options["begin"]], taught, lessons, dev, pieces, settings, options["work"])


def _unread(options: dict[str, Any]) -> list[AnnotatedSentence]:
    kept = options["unread"]
    if kept and kept.exists():
        return list(read_corpus(kept))
    nlp = load(without=("relation_model", "relations", "context", "table_relations"))
    unread = list(met_by_the_network(nlp, sorted(options["papers"].iterdir()), elsewhere(options["corpus"])))
    if kept:
        write_corpus(kept, unread)
    return unread


def _taught(options: dict[str, Any], small: list[PairNetwork], lessons: Lessons, pieces: WordPieces) -> Answers:
    kept = options["answers"]
    if kept and kept.exists():
        rows, heads = torch.load(kept, weights_only=False)
        return Answers(rows, heads)
    rest = 1.0
    teachers = []
    if options["large"]:
        rest -= options["trust"]
        large = LargeNetwork(pieces, options["encoder"] / "vocab.txt")
        large.load_state_dict(torch.load(options["large"], weights_only=False)["network"])
        teachers.append(Teacher(large.eval(), options["trust"]))
    teachers += [Teacher(network, rest / len(small)) for network in small]
    half = bool(options["half"])
    found: Answers = answers(teachers, [*lessons.learnt, *lessons.unread], pieces, half=half)
    if kept:
        torch.save(tuple(found), kept)
    return found


def elsewhere(corpus: Path) -> set[str]:
    """Papers of the annotated corpus that are not in its part ``train``."""
    with (corpus / "splits.tsv").open(encoding="utf-8", newline="") as handle:
        return {row["doc"] for row in csv.DictReader(handle, delimiter="\t") if row["split"] != "train"}


if __name__ == "__main__":
    main()
