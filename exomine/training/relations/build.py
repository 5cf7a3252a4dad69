"""The relation model from the annotated corpus, whole: lay out, train twice, one network taught by the two, export,
calibrate, manifest.

    python -m exomine.training.relations.build --corpus corpus --papers DIR [--work DIR] [--out
    models/exomine_relations] [--epochs N]

DIR holds the papers that the corpus' standoff part speaks of (``corpus/papers.tsv``), as JATS XML. The part ``test``
is not read.
"""

from __future__ import annotations

import argparse
import csv
import json
from dataclasses import replace
from pathlib import Path

from exomine.annotation.layout import lay_out
from exomine.annotation.record import AnnotatedSentence, read_corpus
from exomine.nlp.encoder.pieces import WordPieces
from exomine.nlp.load import load
from exomine.nlp.relations.learned.network import PairModel
from exomine.training.learn import encoder_files
from exomine.training.manifest import write_manifest
from exomine.training.relations.calibrate import calibrate, cases, write_judge
from exomine.training.relations.counterbalanced import counterbalanced
from exomine.training.relations.distil import STARTED, Lessons, Teacher, answers, student_of
from exomine.training.relations.examples import examples
from exomine.training.relations.export import export
from exomine.training.relations.learn import ENCODER_SHA256, Settings, train

__all__ = ["build", "parts"]


#: One network each, from the same sentences; the student begins as the last one and learns what they say together.
SEEDS = (1, 2)
#: Sentences that keep the kind of a subject from telling the sign: their number and seed.
COUNTERBALANCED = (1500, 5)


def parts(corpus: Path, papers: Path) -> dict[str, list[AnnotatedSentence]]:
    """The sentences of the corpus with their text, by part (train, dev)."""
    with (corpus / "splits.tsv").open(encoding="utf-8", newline="") as handle:
        split = {row["doc"]: row["split"] for row in csv.DictReader(handle, delimiter="\t")}
    records = [r for r in read_corpus(*sorted(corpus.rglob("*.jsonl"))) if split[r.doc] != "test"]
    out: dict[str, list[AnnotatedSentence]] = {"train": [], "dev": []}
    for sentence in lay_out(records, papers).sentences:
        out[split[sentence.doc]].append(sentence)
    return out


def build(corpus: Path, papers: Path, work: Path, out: Path, settings: Settings) -> dict[str, object]:
    """Train into ``work`` and write the model into ``out``; gives its cross-validated figures on the part dev."""
    weights, vocabulary = encoder_files({"encoder_sha256": ENCODER_SHA256})
    data = parts(corpus, papers)
    learnt, dev = (examples(data[name]) for name in ("train", "dev"))
    turned = examples(list(counterbalanced(*COUNTERBALANCED)))
    pieces = WordPieces.from_file(vocabulary)
    networks = [
        train([*learnt, *turned], dev, pieces, weights, replace(settings, seed=k), work / f"seed-{k}") for k in SEEDS
    ]
    taught = answers([Teacher(network.eval(), 1 / len(networks)) for network in networks], learnt, pieces)
    begun = replace(STARTED, epochs=min(STARTED.epochs, settings.epochs), threads=settings.threads)
    student = student_of(networks[-1], taught, Lessons(learnt, turned, ()), dev, pieces, begun, work / "student")
    export([student.eval()], vocabulary, out)
    model = PairModel(out, threads=settings.threads)
    judge, figures = calibrate(cases(load(without=("relation_model",)), model, data["dev"]), data["dev"])
    write_judge(judge, figures, out)
    write_manifest(out)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--papers", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("training-run/relations"))
    parser.add_argument("--out", type=Path, default=Path("models/exomine_relations"))
    parser.add_argument("--threads", type=int, default=Settings().threads)
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    options = parser.parse_args()
    settings = Settings(threads=options.threads, epochs=options.epochs)
    figures = build(options.corpus, options.papers, options.work, options.out, settings)
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
