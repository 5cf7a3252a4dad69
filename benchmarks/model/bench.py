"""The shipped model and a spaCy CNN baseline on the same text in one run: strict entity F1, words a second, load time,
memory.

usage: python benchmarks/model/bench.py --gold FILE.tsv --text FILE.txt [--baseline MODEL] [--model MODEL] [--threads N]
[--repeat N]

``--gold``: IOB file for the F1; ``--text``: a long text for the speed (its words are tokens that are no white space).
Every model runs in a process of its own, so that load time and peak memory are its own; the best of the repeats counts.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path


def measure(model: str, options: argparse.Namespace) -> dict[str, float | str]:
    """Load one model here and measure it."""
    begin = time.perf_counter()
    import spacy

    imported = time.perf_counter() - begin
    begin = time.perf_counter()
    nlp = spacy.load(model)
    encoder = dict(nlp.pipeline).get("encoder")
    if encoder is not None:
        encoder.threads = options.threads
    nlp("miR-21 is up.")  # the session of ONNX Runtime is made when first used
    loaded = time.perf_counter() - begin
    text = options.text.read_text(encoding="utf8")
    seconds = []
    for _ in range(options.repeat):
        begin = time.perf_counter()
        doc = nlp(text)
        seconds.append(time.perf_counter() - begin)
    words = sum(not t.is_space for t in doc)
    found = _f1(nlp, options.gold)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"model": model, "ents_f": found, "words": words, "words_per_second": round(words / min(seconds)),
        "import_seconds": round(imported, 2),
            "load_seconds": round(loaded, 2), "peak_mb": round(peak)}  # fmt: skip


def _f1(nlp: object, gold: Path) -> float:
    from exomine.evaluation.ner import evaluate_entities, read_iob

    return round(evaluate_entities(nlp, read_iob(gold)).micro.f1, 4)  # type: ignore[arg-type]


def main() -> None:
    """One process a model; prints a line of JSON each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--model", default="models/exomine_core")
    parser.add_argument("--baseline")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--only", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        print(json.dumps(measure(options.only, options)))
        return
    for model in filter(None, (options.model, options.baseline)):
        subprocess.run([sys.executable, __file__, *sys.argv[1:], "--only", model], check=True)


if __name__ == "__main__":
    main()
