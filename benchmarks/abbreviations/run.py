"""Definitions of abbreviations found by our own rules, by scispaCy and by both: ``python
benchmarks/abbreviations/run.py AB3P``.

``AB3P`` is the labelled file of the Ab3P corpus (MED1250_labeled). A pair counts if short and long form are exactly the
gold ones. The texts are cut into tokens by exomine's tokenizer and into sentences by spaCy's rule.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from exomine.evaluation.entities import Score, read_ab3p  # noqa: E402
from exomine.nlp.encoder.tokenizer import blank  # noqa: E402
from exomine.nlp.mentions.definitions import definitions  # noqa: E402
from exomine.nlp.mentions.scispacy_abbreviations import SciSpacyAbbreviations, take_definitions  # noqa: E402
from scispacy.abbreviation import AbbreviationDetector  # noqa: E402

Pairs = frozenset[tuple[str, str]]


def own(text: str) -> Pairs:
    return frozenset((text[d.start : d.end], text[d.long_start : d.long_end]) for d in definitions(text))


def make_finders() -> dict[str, Callable[[str], Pairs]]:
    nlp = blank()
    nlp.add_pipe("sentencizer")
    detector, component = AbbreviationDetector(nlp), SciSpacyAbbreviations(nlp)

    def detected(text: str) -> Pairs:
        return frozenset((s.text, s._.long_form.text) for s in detector(nlp(text))._.abbreviations)

    def trusted(text: str) -> Pairs:
        found = take_definitions(component(nlp(text)))
        return frozenset((text[d.start : d.end], text[d.long_start : d.long_end]) for d in found)

    def combined(text: str) -> Pairs:
        ours = own(text)
        return ours | {pair for pair in trusted(text) if pair[0] not in {short for short, _ in ours}}

    return {
        "exomine's definitions": own,
        "scispaCy's detector, whole text": detected,
        "the same by sentence, trusted": trusted,
        "found by both": lambda text: own(text) & detected(text),
        "found by either": lambda text: own(text) | detected(text),
        "exomine's, and trusted ones for other short forms": combined,
    }


def score(records: list[tuple[str, Pairs]], find: Callable[[str], Pairs]) -> Score:
    pairs = [(gold, find(text)) for text, gold in records]
    right = sum(len(gold & found) for gold, found in pairs)
    return Score(right, sum(len(f) for _, f in pairs) - right, sum(len(g) for g, _ in pairs) - right)


def main(path: Path) -> None:
    warnings.filterwarnings("ignore", message=r"\[W036\]")
    records = list(read_ab3p(path))
    print("| pairs | precision | recall | F1 | right | wrong | seconds |\n|---|---|---|---|---|---|---|")
    for name, find in make_finders().items():
        began = time.perf_counter()
        s = score(records, find)
        precision, recall = s.right / (s.right + s.spurious), s.right / (s.right + s.missed)
        f1 = 2 * precision * recall / (precision + recall)
        seconds = time.perf_counter() - began
        print(f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {s.right} | {s.spurious} | {seconds:.1f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
