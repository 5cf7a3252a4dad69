"""The judge of the relation model: weights of network and rules, fitted on annotated sentences that the network was not trained on.

    python -m exomine.training.relations.calibrate --corpus FILE ... --model FOLDER

FILE is laid-out corpus (``exomine corpus layout``). Logistic regression with a penalty on the weights' squares, by Newton's method (Murphy
2012, section 8.3); figures and thresholds come from cross-validation by document, so that no sentence is judged by weights
that its own document shaped. Writes ``judge.json`` and ``figures.json`` into FOLDER.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.language import Language

from exomine.annotation.record import ASSERTIONS, STATES, AnnotatedSentence, read_corpus
from exomine.evaluation.pairs import Found, mention_at, relation_rows, score_pairs
from exomine.evaluation.relations import with_mentions
from exomine.nlp.load import load
from exomine.nlp.relations.component import asserted_by_rules, document_candidates
from exomine.nlp.relations.learned.candidates import Candidate
from exomine.nlp.relations.learned.judge import FILE, Judge, features, surest
from exomine.nlp.relations.learned.network import PairModel
from exomine.nlp.relations.reading import sentences_to_read
from exomine.vocabulary.predicates import PREDICATE_NAMES

__all__ = ["Case", "calibrate", "cases", "fit"]

#: Folds of the cross-validation, and the penalty on weights.
FOLDS, PENALTY = 10, 1.0
#: What the tier "high" promises: the lower bound (one-sided, 95 %) of its precision on the sentences that it was chosen on.
PROMISE, Z = 0.90, 1.645
#: A predicate has a threshold of its own where at least so many of its statements are right.
ENOUGH = 40

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A candidate of a sentence with the answer: whether pair and predicate are right, and the annotated relation if so."""

    sentence: AnnotatedSentence
    candidate: Candidate
    subject: int
    object: int
    ruled: str  # assertion by the rules, empty where they say nothing
    truth: Any = None

    @property
    def right(self) -> bool:
        return self.truth is not None


def cases(nlp: Language, network: PairModel, sentences: Iterable[AnnotatedSentence]) -> list[Case]:
    """All candidates of the sentences with their annotated mentions."""
    return [case for s in sentences for case in _cases(nlp, network, s)]


def _cases(nlp: Language, network: PairModel, s: AnnotatedSentence) -> list[Case]:
    doc = with_mentions(nlp, s.text, [(m.start, m.end, m.label) for m in s.mentions])
    learned = {}
    for read in sentences_to_read(doc):
        base = read.span.start_char
        places = [(m.start_char - base, m.end_char - base, m.label_) for m in read.mentions]
        learned[read.span.start] = network.scores(read.span.text, places)
    gold = relation_rows(s, s.relations)
    out = []
    for sentence, c in [(said.sentence, c) for said in document_candidates(doc, learned) for c in said.candidates]:
        subject, object_ = (mention_at(s, x.span) for x in (c.statement.subject, c.statement.object))
        if sentence.span.end_char <= s.focus or subject is None or object_ is None:
            continue
        key = next(iter(relation_rows(s, [Found(subject, c.predicate, object_)])))
        out.append(Case(s, c, subject, object_, asserted_by_rules(doc, c), gold.get(key)))
    return out


# ---------------------------------------------------------------------- the weights


def fit(rows: Sequence[dict[str, float]], right: Sequence[bool]) -> dict[str, float]:
    """Weights by feature that make the rows' answers likeliest, less the penalty (none on the bias)."""
    names = sorted({name for row in rows for name in row})
    x = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    y = np.asarray(right, dtype=np.float64)
    penalty = np.diag([0.0 if name == "bias" else PENALTY for name in names])
    w = np.zeros(len(names))
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (p - y) + penalty @ w
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + penalty + 1e-9 * np.eye(len(names)), slope)
        w -= step
        if float(np.abs(step).max()) < 1e-8:
            break
    return {name: round(float(v), 5) for name, v in zip(names, w, strict=True)}


def cross_validated(data: Sequence[Case]) -> list[float]:
    """The score of each case by weights fitted on the other documents."""
    documents = sorted({c.sentence.doc for c in data})
    groups = sorted({_group(c.sentence) for c in data}) if len(documents) < FOLDS else documents
    fold = {g: k % FOLDS for k, g in enumerate(groups)}
    scores = [0.0] * len(data)
    for k in range(FOLDS):
        rest = [c for c in data if fold[_fold_of(c, fold)] != k]
        judge = Judge(fit([features(c.candidate) for c in rest], [c.right for c in rest]), {"": 1.0}, 0.0)
        for n, c in enumerate(data):
            if fold[_fold_of(c, fold)] == k:
                scores[n] = judge.score(c.candidate)
    return scores


def _group(s: AnnotatedSentence) -> str:
    return s.id


def _fold_of(c: Case, fold: dict[str, int]) -> str:
    return c.sentence.doc if c.sentence.doc in fold else _group(c.sentence)


# ---------------------------------------------------------------------- answers of the rules, thresholds


def likelihoods(pairs: Iterable[tuple[str, str]], answers: Sequence[str]) -> dict[str, dict[str, float]]:
    """For each answer of the rules how often they give it where each answer is true (one is added to each count)."""
    counts = Counter(pairs)
    totals = {truth: sum(counts[a, truth] for a in answers) + len(answers) for truth in answers}
    return {a: {t: round((counts[a, t] + 1) / totals[t], 4) for t in answers} for a in answers}


def lower_bound(right: int, n: int) -> float:
    """Wilson's lower bound of a share (Wilson 1927), one-sided, 95 %."""
    if not n:
        return 0.0
    p, z = right / n, Z
    return float((p + z * z / (2 * n) - z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n))


def threshold(scored: Iterable[tuple[float, bool]]) -> float:
    """The least score from which on the precision's lower bound keeps the promise; 1.1 where none does."""
    best, right, n = 1.1, 0, 0
    ordered = sorted(scored, reverse=True)
    for k, (score, is_right) in enumerate(ordered):
        n, right = n + 1, right + is_right
        last_of_its_score = k + 1 == len(ordered) or ordered[k + 1][0] < score
        if last_of_its_score and lower_bound(right, n) >= PROMISE:
            best = score
    return best


def calibrate(data: Sequence[Case], sentences: Sequence[AnnotatedSentence]) -> tuple[Judge, dict[str, Any]]:
    """The judge and its cross-validated figures over ``sentences``."""
    scores = cross_validated(data)
    ruled = [c for c in data if c.right and c.ruled]
    judge = Judge(
        fit([features(c.candidate) for c in data], [c.right for c in data]),
        {},
        0.0,
        likelihoods(((c.ruled, c.truth.assertion) for c in ruled), ASSERTIONS),
        likelihoods(((c.candidate.statement.state, c.truth.state) for c in ruled), STATES),
    )
    kept = _kept(data, scores)
    least = max(
        (round(x, 2) for x in np.arange(0.2, 0.71, 0.02)),
        key=lambda x: _figures(judge, kept, sentences, x)["micro"]["f1"],
    )
    wholly = [(score, c.candidate.predicate, _wholly_right(judge, c)) for c, score in kept]
    high = {"": threshold((s, r) for s, _, r in wholly)}
    for name in PREDICATE_NAMES:
        mine = [(s, r) for s, p, r in wholly if p == name]
        if sum(r for _, r in mine) >= ENOUGH:
            high[name] = threshold(mine)
    judge = Judge(judge.weights, high, least, judge.assertions, judge.states)
    return judge, _figures(judge, kept, sentences, least) | {
        "high": _high_figures(judge, wholly, sentences),
        "reliability": _reliability(kept),
    }


def _kept(data: Sequence[Case], scores: Sequence[float]) -> list[tuple[Case, float]]:
    """The surest candidate of each pair of names."""
    by_sentence: dict[str, list[tuple[Case, float]]] = defaultdict(list)
    for c, score in zip(data, scores, strict=True):
        by_sentence[c.sentence.id].append((c, score))
    out = []
    for found in by_sentence.values():
        best = {id(c) for c in surest([(c.candidate, score) for c, score in found])}
        out += [(c, score) for c, score in found if id(c.candidate) in best]
    return out


def _figures(
    judge: Judge, kept: Sequence[tuple[Case, float]], sentences: Sequence[AnnotatedSentence], least: float
) -> dict[str, Any]:
    found: dict[str, list[Found]] = defaultdict(list)
    for c, score in kept:
        if score >= least:
            found[c.sentence.id].append(_found(judge, c, score))
    return score_pairs(sentences, found)


def _found(judge: Judge, c: Case, score: float) -> Found:
    state = judge.state(c.candidate, c.candidate.statement.state if c.candidate.rule else "")
    return Found(c.subject, c.candidate.predicate, c.object, judge.assertion(c.candidate, c.ruled), state, score=score)


def _wholly_right(judge: Judge, c: Case) -> bool:
    return c.right and judge.assertion(c.candidate, c.ruled) == c.truth.assertion


def _high_figures(
    judge: Judge, wholly: Sequence[tuple[float, str, bool]], sentences: Sequence[AnnotatedSentence]
) -> dict[str, Any]:
    """Precision (assertion counted) with its lower bound, and recall, of the tier "high", by predicate and over all."""
    gold = Counter(key[1] for s in sentences for key in relation_rows(s, s.relations))
    out = {}
    for name in ("", *PREDICATE_NAMES):
        mine = [r for s, p, r in wholly if name in ("", p) and judge.tier(p, s) == "high"]
        n, all_gold = len(mine), gold[name] if name else sum(gold.values())
        out[name or "all"] = {
            "found": n,
            "precision": round(sum(mine) / n, 4) if n else 0.0,
            "lower": round(lower_bound(sum(mine), n), 4),
            "recall": round(sum(mine) / all_gold, 4) if all_gold else 0.0,
        }
    return out


def _reliability(kept: Sequence[tuple[Case, float]]) -> list[dict[str, float]]:
    """Mean score and share that is right, in tenths of the score."""
    out = []
    for k in range(10):
        part = [(score, c.right) for c, score in kept if k / 10 <= score < (k + 1) / 10 + (k == 9)]
        if part:
            n = len(part)
            out.append(
                {
                    "from": k / 10,
                    "n": n,
                    "score": round(sum(s for s, _ in part) / n, 3),
                    "right": round(sum(r for _, r in part) / n, 3),
                }
            )
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, nargs="+", required=True)
    parser.add_argument("--model", type=Path, required=True)
    options = parser.parse_args()
    sentences = read_corpus(*options.corpus)
    data = cases(load(without=("relation_model",)), PairModel(options.model, threads=2), sentences)
    judge, figures = calibrate(data, sentences)
    fields = {name: getattr(judge, name) for name in ("weights", "high", "least", "assertions", "states")}
    (options.model / FILE).write_text(json.dumps(fields, indent=1) + "\n", encoding="utf8")
    (options.model / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf8")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
