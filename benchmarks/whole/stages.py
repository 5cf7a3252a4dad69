"""CPU seconds of each stage of the whole way, in one process: ``python benchmarks/whole/stages.py PAPERS...``.

Prints one JSON object: what starting costs, and for each paper its pages and its stages. ``--without`` leaves
components out, as ``exomine.load`` does.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

#: Stage of each component of the shipped pipeline; others are stages of their own.
STAGES = {
    "encoder": "encoder", "lemmatizer": "encoder", "ground": "grounding", "relation_model": "relation network",
    "relations": "rules", "context": "rules", "table_relations": "rules", "assertion": "rules",
    "blocks": "mentions", "mirna": "mentions", "lexicon": "mentions", "boundaries": "mentions", "resolve": "mentions",
    "scispacy_abbreviations": "mentions", "abbreviations": "mentions",
}  # fmt: skip


class Clock:
    """Seconds of this process's CPU time by stage."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._last = 0.0  # the interpreter's own start is counted to the first stage

    def stop(self, stage: str) -> None:
        now = time.process_time()
        self.seconds[stage] += now - self._last
        self._last = now

    def taken(self) -> dict[str, float]:
        seconds, self.seconds = self.seconds, Counter()
        return {stage: round(s, 3) for stage, s in seconds.items()}


def start(clock: Clock, without: list[str]) -> Any:
    import spacy  # noqa: F401

    clock.stop("import spaCy")
    import exomine.run.extract  # noqa: F401
    from exomine.nlp.load import load

    clock.stop("import exomine")
    nlp = load(without=without)
    clock.stop("load models and lexicon")
    return nlp


def one(path: Path, nlp: Any, clock: Clock) -> dict[str, Any]:
    from exomine import read_document
    from exomine.tables.rows import paper_rows

    document = read_document(path)
    clock.stop("reading")
    doc = nlp.make_doc(document.text)
    doc._.document = document
    clock.stop("mentions")
    for name, component in nlp.pipeline:
        doc = component(doc)
        clock.stop(STAGES.get(name, name))
    paper_rows(document, doc, source_path=path.name)
    json.dumps(document.to_dict(), ensure_ascii=False)
    clock.stop("rows")
    return {"pages": len(document.pages), "tokens": len(doc), "seconds": clock.taken()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", nargs="+", type=Path)
    parser.add_argument("--without", nargs="*", default=[])
    options = parser.parse_args()
    clock = Clock()
    nlp = start(clock, options.without)
    found = {"start": clock.taken(), "papers": [one(p, nlp, clock) for p in options.papers]}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
