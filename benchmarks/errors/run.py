"""What goes wrong with relations: wrong and missed statements of annotated sentences by their kind.

    python benchmarks/errors/run.py dev.jsonl [--model models/exomine_relations]

``dev.jsonl`` is laid-out corpus (``exomine corpus layout``) that the network was not trained on; mentions are given,
the judge's weights are fitted anew without the document at hand. A statement is a pair of names and a predicate; each
has one kind, the first that fits in the order of the code.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from exomine.annotation.record import AnnotatedRelation, AnnotatedSentence, read_corpus
from exomine.nlp.load import load
from exomine.nlp.relations.learned.judge import Judge, features
from exomine.nlp.relations.learned.network import PairModel
from exomine.resources import model_path
from exomine.training.relations.calibrate import LEAST, Case, cases, cross_validated, fit
from exomine.vocabulary.predicates import predicate

#: Names and predicate of a statement.
Triple = tuple[str, str, str]
#: From so many relations on a sentence is dense.
DENSE = 6


def name(s: AnnotatedSentence, k: int) -> str:
    """A mention as written, in lower case."""
    return s.text[s.mentions[k].start : s.mentions[k].end].lower()


def kept(data: list[Case]) -> dict[str, list[Case]]:
    """The candidates that the judge keeps, by sentence."""
    scores = cross_validated(data)
    judge = Judge(fit([features(c.candidate) for c in data], [c.right for c in data]), {}, LEAST)
    by_sentence: dict[str, list[tuple[Case, float]]] = defaultdict(list)
    for case, score in zip(data, scores, strict=True):
        by_sentence[case.sentence.id].append((case, score))
    out = {}
    for id_, found in by_sentence.items():
        sure = judge.kept((c.candidate, score) for c, score in found)
        mine = {id(candidate) for candidate, _ in sure}
        out[id_] = [c for c, _ in found if id(c.candidate) in mine]
    return out


def wrong(s: AnnotatedSentence, c: Case, triple: Triple, gold: Iterable[Triple]) -> str:
    """The kind of a statement that the sentence does not make."""
    a, p, b = triple
    pairs = {(x, y) for x, _, y in gold}
    told = {q for x, q, y in gold if (x, y) == (a, b)}
    subject, object_ = a in {x for x, _ in pairs}, b in {y for _, y in pairs}
    kinds = (
        (predicate(p).opposite in told, "contrary direction"),
        (bool(told), "right pair, another predicate"),
        ((b, a) in pairs, "the two turned round"),
        (_before(s, c.subject, c.object), "over two sentences, what is not meant"),
        (subject and object_, "crossed: both have relations, with others"),
        (subject, "the subject acts, on something else"),
        (object_, "the object is acted on, by something else"),
        (bool(pairs), "neither is in a relation"),
        (True, "a sentence that states nothing"),
    )
    return next(kind for holds, kind in kinds if holds)


def missed(s: AnnotatedSentence, r: AnnotatedRelation, triple: Triple, gold: int, said: Iterable[Triple]) -> str:
    """The kind of a statement that was not found."""
    a, _, b = triple
    kinds = (
        ((a, b) in {(x, y) for x, _, y in said}, "the pair is found, another predicate is said"),
        (_before(s, r.subject, r.object), "stands over two sentences"),
        (r.assertion != "asserted", "denied or doubted"),
        (r.predicate == "associated_with", "a link without direction"),
        (r.state in ("reduced", "mutated"), "told of less, or of a mutant, of the subject"),
        (gold >= DENSE, f"one of {DENSE} or more of its sentence"),
        (True, "another"),
    )
    return next(kind for holds, kind in kinds if holds)


def _before(s: AnnotatedSentence, *mentions: int) -> bool:
    """Whether one of the mentions stands in the sentence before."""
    return any(s.mentions[k].start < s.focus for k in mentions)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--model", type=Path, default=model_path("exomine_relations"))
    asked = parser.parse_args()
    sentences = read_corpus(asked.corpus)
    found = kept(cases(load(without=("relation_model",)), PairModel(asked.model), sentences))
    counts: dict[str, Counter[str]] = {"wrong": Counter(), "missed": Counter()}
    for s in sentences:
        gold = {(name(s, r.subject), r.predicate, name(s, r.object)): r for r in s.relations}
        said = {(name(s, c.subject), c.candidate.predicate, name(s, c.object)): c for c in found.get(s.id, ())}
        counts["wrong"].update(wrong(s, c, t, gold) for t, c in said.items() if t not in gold)
        counts["missed"].update(missed(s, r, t, len(gold), said) for t, r in gold.items() if t not in said)
    for what, kinds in counts.items():
        print(f"{what}: {kinds.total()}")
        for kind, n in kinds.most_common():
            print(f"  {n:4d}  {kind}")


if __name__ == "__main__":
    main()
