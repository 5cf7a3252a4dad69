"""How the relation network learns: from how many sentences, and in how many passes.

    python benchmarks/learning/run.py --train train.jsonl --dev dev.jsonl --work DIR [--sizes 500 ...] [--ways 1000]
        [--threads 1] [--out figures.json]

``--sizes`` trains on so many sentences of the part train, drawn by the seed, each draw within the next larger one (0:
all). ``--ways`` compares, on so many sentences, one pass for all pairs of a sentence (what is shipped) with a pass a
pair (only its two names are marked) and a pass a subject (its name is marked twice). Figures are those of the network
alone from the given mentions of dev: a trained network gives no other ones when it is asked again, another seed does
(about 0.01).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from exomine.annotation.record import AnnotatedSentence, read_corpus
from exomine.evaluation.pairs import Found, score_pairs
from exomine.nlp.encoder.pieces import WordPieces
from exomine.training.learn import encoder_files
from exomine.training.relations.examples import Example, examples
from exomine.training.relations.learn import ENCODER_SHA256, Settings, find, train

#: Epochs by number of sentences, so that the fewest have some steps to learn from too.
EPOCHS = {500: 20, 1000: 14, 2000: 10, 5000: 7}
#: Copies of an example, each with the positions in the sentence that its mentions have.
Copies = Iterator[tuple[Example, tuple[int, ...]]]


def at_once(example: Example) -> Copies:
    """One pass for all pairs."""
    yield example, tuple(range(len(example.sentence.mentions)))


def by_pair(example: Example) -> Copies:
    """A pass for each two mentions, nothing else marked; both directions in one."""
    s = example.sentence
    for places in sorted({tuple(sorted((p.subject, p.object))) for p in example.pairs}):
        pairs = [p for p in example.pairs if {p.subject, p.object} == set(places)]
        moved = [replace(p, subject=places.index(p.subject), object=places.index(p.object)) for p in pairs]
        yield _copy(example, tuple(s.mentions[k] for k in places), moved), places


def by_subject(example: Example) -> Copies:
    """A pass for each subject, whose markers stand twice."""
    mentions = example.sentence.mentions
    for k in sorted({p.subject for p in example.pairs}):
        own = [p for p in example.pairs if p.subject == k]
        yield _copy(example, (*mentions, mentions[k]), own), (*range(len(mentions)), k)


WAYS: dict[str, Callable[[Example], Copies]] = {
    "all pairs in one pass": at_once,
    "a pass a pair": by_pair,
    "a pass a subject": by_subject,
}


def _copy(example: Example, mentions: Sequence[Any], pairs: Sequence[Any]) -> Example:
    s = example.sentence
    return Example(replace(s, mentions=tuple(mentions), relations=(), aliases=()), tuple(pairs))


def copied(
    data: Sequence[Example], way: Callable[[Example], Copies]
) -> tuple[list[Example], dict[str, tuple[str, tuple[int, ...]]]]:
    """All copies under ids of their own, and what each id stands for."""
    out, origin = [], {}
    for example in data:
        for n, (copy, places) in enumerate(way(example)):
            name = f"{example.sentence.id}#{n}"
            out.append(Example(replace(copy.sentence, id=name), copy.pairs))
            origin[name] = (example.sentence.id, places)
    return out, origin


def figures(gold: list[AnnotatedSentence], found: dict[str, list[Found]]) -> dict[str, Any]:
    scored = score_pairs(gold, found)
    return {name: scored[name] for name in ("micro", "assertion_right", "state_right")}


class School:
    """Trains and asks networks of one setting."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self.weights, vocabulary = encoder_files({"encoder_sha256": ENCODER_SHA256})
        self.pieces = WordPieces.from_file(vocabulary)
        self.data, self.dev = (examples(read_corpus(*files)) for files in (asked.train, asked.dev))
        self.work, self.settings = asked.work, Settings(seed=asked.seed, threads=asked.threads)
        random.Random(asked.seed).shuffle(self.data)

    def learnt(self, size: int, way: str, epochs: int) -> dict[str, Any]:
        """The figures after training on ``size`` sentences (0: all)."""
        part = self.data[: size or len(self.data)]
        settings = replace(self.settings, epochs=epochs)
        taught, _ = copied(part, WAYS[way])
        began = time.process_time()
        folder = self.work / f"{way.replace(' ', '-')}-{size}-{epochs}"
        network = train(taught, [], self.pieces, self.weights, settings, folder)
        asked, origin = copied(self.dev, WAYS[way])
        found: dict[str, list[Found]] = {e.sentence.id: [] for e in self.dev}
        for name, rows in find(network, asked, self.pieces).items():
            sentence, places = origin[name]
            found[sentence] += [replace(r, subject=places[r.subject], object=places[r.object]) for r in rows]
        return {
            "way": way, "sentences": len(part), "relations": sum(len(e.sentence.relations) for e in part),
            "passes": len(taught), "epochs": settings.epochs, "cpu_seconds": round(time.process_time() - began),
            **figures([e.sentence for e in self.dev], found),
        }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    parser.add_argument("--dev", type=Path, nargs="+", required=True)
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--sizes", type=int, nargs="*", default=[])
    parser.add_argument("--ways", type=int, default=0, help="sentences to compare the ways on")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    school, out = School(asked), []
    usual = Settings().epochs
    plan = [(n, "all pairs in one pass", EPOCHS.get(n, usual)) for n in asked.sizes]
    plan += [(asked.ways, way, usual) for way in WAYS if asked.ways]
    for job in plan:
        out.append(school.learnt(*job))
        print(json.dumps(out[-1]), flush=True)
        if asked.out:
            asked.out.write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
