"""Load time, memory and speed of the lexicon matcher: ``python benchmarks/lexicon.py [--peer] [--papers FOLDER]``.

The text is a paragraph of own sentences, repeated with changing numbers to five megabytes; with ``--papers`` that of
the PDF or XML papers of a folder too, each read alone: first by a matcher that has met none of it, then again. Each is
done five times and the middle one printed. ``--peer`` runs spaCy's PhraseMatcher over the same names beside it (it
needs 2 GB and a quarter of a minute to build). CPU seconds are printed beside wall-clock ones, since a busy machine
stretches the latter more.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path
from statistics import median

PARAGRAPH = (
    "In sample {n} exosomes of MCF-7 cells carried miR-21, HSP70 and CD63 and made gastric cancer cells "
    "resistant to cisplatin; "
    "PTEN fell, PI3K/AKT signaling rose and apoptosis was rare. Patients with pancreatic ductal "
    "adenocarcinoma (n = {n}) received "
    "gemcitabine, and TGF-β1, IL-6 and TNF-α were measured by ELISA before and after the treatment of the tumour. "
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", action="store_true", help="also run spaCy's PhraseMatcher")
    parser.add_argument("--papers", type=Path, help="folder with papers")
    options = parser.parse_args()
    text = "\n".join(PARAGRAPH.format(n=n) for n in range(5_000_000 // len(PARAGRAPH)))
    from exomine.nlp.mentions.matcher import lexicon_matcher

    wall, cpu = time.perf_counter(), time.process_time()
    matcher = lexicon_matcher()
    print(
        f"load: {time.perf_counter() - wall:.2f} s ({time.process_time() - cpu:.2f} s CPU), "
        f"{_megabytes():.0f} MB in all"
    )
    if options.papers:
        papers = _read(options.papers)
        _find(matcher, papers, "papers, first time", times=1)
        _find(matcher, papers, "papers, again")
    _find(matcher, [text], "dense text")
    if options.peer:
        _phrase_matcher(text[:200_000])


def _find(matcher, texts: list[str], what: str, *, times: int = 5) -> None:
    walls, cpus, hits = [], [], 0
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        hits = sum(len(matcher.find(text)) for text in texts)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    size = sum(map(len, texts)) / 1e6
    print(
        f"{what}: {size / median(walls):.1f} MB/s ({size / median(cpus):.1f} per CPU second), {size:.1f} "
        f"MB, {hits} hits"
    )


def _read(folder: Path) -> list[str]:
    from exomine.document.read import read_document

    return [read_document(path).text for path in sorted(folder.rglob("*.xml")) or sorted(folder.rglob("*.pdf"))]


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
        f"PhraseMatcher find: {len(text) / 1e6 / (time.perf_counter() - wall):.2f} MB/s with tokenising, "
        f"{len(hits)} hits"
    )


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    main()
