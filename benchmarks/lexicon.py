"""Load time, memory and speed of the lexicon matcher: ``python benchmarks/lexicon.py [--peer]``.

The text is a paragraph of own sentences, repeated with changing numbers to five megabytes. ``--peer`` runs spaCy's PhraseMatcher over the
same names beside it (it needs 3 GB and half a minute to build). CPU seconds are printed beside wall-clock ones, since a busy
machine stretches the latter only.
"""

from __future__ import annotations

import argparse
import resource
import time

PARAGRAPH = (
    "In sample {n} exosomes of MCF-7 cells carried miR-21, HSP70 and CD63 and made gastric cancer cells resistant to cisplatin; "
    "PTEN fell, PI3K/AKT signaling rose and apoptosis was rare. Patients with pancreatic ductal adenocarcinoma (n = {n}) received "
    "gemcitabine, and TGF-β1, IL-6 and TNF-α were measured by ELISA before and after the treatment of the tumour. "
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", action="store_true", help="also run spaCy's PhraseMatcher")
    peer = parser.parse_args().peer
    text = "\n".join(PARAGRAPH.format(n=n) for n in range(5_000_000 // len(PARAGRAPH)))
    from exomine.nlp.matcher import lexicon_matcher

    wall, cpu = time.perf_counter(), time.process_time()
    matcher = lexicon_matcher()
    print(
        f"load: {time.perf_counter() - wall:.2f} s ({time.process_time() - cpu:.2f} s CPU), {_megabytes():.0f} MB in all"
    )
    matcher.find(text[:10_000])
    wall, cpu = time.perf_counter(), time.process_time()
    hits = matcher.find(text)
    size = len(text) / 1e6
    print(
        f"find: {size / (time.perf_counter() - wall):.1f} MB/s ({size / (time.process_time() - cpu):.1f} per CPU second), {len(hits)} hits"
    )
    if peer:
        _phrase_matcher(text[:200_000])


def _phrase_matcher(text: str) -> None:
    import spacy
    from exomine.vocabulary.terms import read_lexicon
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    wall = time.perf_counter()
    phrases = PhraseMatcher(nlp.vocab, attr="LOWER")
    phrases.add("all", list(nlp.tokenizer.pipe(sorted({str(s) for s in read_lexicon()["synonym"]}))))
    print(f"PhraseMatcher load: {time.perf_counter() - wall:.1f} s, {_megabytes():.0f} MB in all")
    wall = time.perf_counter()
    nlp.max_length = len(text) + 1
    hits = phrases(nlp.make_doc(text))
    print(
        f"PhraseMatcher find: {len(text) / 1e6 / (time.perf_counter() - wall):.2f} MB/s with tokenising, {len(hits)} hits"
    )


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    main()
