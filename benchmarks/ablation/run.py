"""Which rules of the relation extractor does nothing notice? Each is switched off in turn.

    python benchmarks/ablation/run.py [--corpus corpus/written] [--out ablation.tsv] [--kind trigger] [--unnoticed]

Every frame, trigger, operator, cue of negation and speculation, contrast, pairing and antecedent rule is left out once,
and the relations of all sentences that it can touch are made anew: those of the tests, and those of an annotated corpus
with its mentions in place. The sentences are parsed once. A row a rule: how many sentences of each give something else
without it, and the first of them. A rule without any is either untested or idle: it gets a sentence or is deleted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from exomine.cli.progress import track  # noqa: E402
from rules import Rule, all_rules  # noqa: E402
from sentences import Asked, Parsed, corpus_sentences, parsed, test_sentences  # noqa: E402

HEAD = "kind\trule\ttests\tcorpus\tfirst\n"


class Base:
    """Sentences with what comes out of them while every rule is on."""

    def __init__(self, sentences: Sequence[Parsed]) -> None:
        self.sentences = [(s, s.frames(), s.rows()) for s in sentences]

    def noticing(self, rule: Rule) -> list[Asked]:
        """The sentences that give something else without the rule."""
        with rule.off():
            return [s.asked for s, frames, rows in self.sentences if _touches(rule, s, frames) and s.rows() != rows]


def _touches(rule: Rule, s: Parsed, frames: frozenset[str]) -> bool:
    return rule.name in frames if rule.kind == "frame" else rule.touches(s.asked.text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="annotated sentences with their text: a file or a folder of .jsonl")
    parser.add_argument("--out", type=Path, help="where to write the table (default: standard output)")
    parser.add_argument("--kind", default="", help="only rules whose kind begins so")
    parser.add_argument("--unnoticed", action="store_true", help="only rules that no sentence of the tests notices")
    parser.add_argument("--parsed", type=Path, help="keep the parsed sentences in this file, and take them from there")
    options = parser.parse_args()
    asked = test_sentences(), corpus_sentences(options.corpus) if options.corpus else []
    read = parsed([*asked[0], *asked[1]], options.parsed)
    tests, corpus = Base(read[: len(asked[0])]), Base(read[len(asked[0]) :])
    rules = [r for r in all_rules() if r.kind.startswith(options.kind)]
    lines, idle = [], 0
    for rule in track(rules, "rules"):
        by_tests, by_corpus = tests.noticing(rule), corpus.noticing(rule)
        idle += not by_tests
        if by_tests and options.unnoticed:
            continue
        first = next(iter([*by_tests, *by_corpus]), None)
        shown = f"{first.source}: {first.text}" if first else ""
        lines.append(f"{rule.kind}\t{rule.name}\t{len(by_tests)}\t{len(by_corpus)}\t{' '.join(shown.split())}\n")
    table = HEAD + "".join(lines)
    options.out.write_text(table, encoding="utf-8") if options.out else sys.stdout.write(table)
    print(
        f"{len(rules)} rules; {idle} that none of {len(tests.sentences)} test sentences notices "
        f"({len(corpus.sentences)} of the corpus).",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
