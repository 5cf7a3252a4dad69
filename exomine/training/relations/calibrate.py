"""The judge of the relation model: weights of network and rules, fitted on annotated sentences that the network was
not trained on.

    python -m exomine.training.relations.calibrate --corpus FILE ... --model FOLDER

FILE is laid-out corpus (``exomine corpus layout``). Logistic regression with a penalty on the weights' squares, by
Newton's method (Murphy 2012, section 8.3); figures and thresholds come from cross-validation by document, so that no
sentence is judged by weights that its own document shaped. Writes ``judge.json`` and ``figures.json`` into FOLDER.
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

from exomine.annotation.record import AnnotatedSentence, read_corpus
from exomine.evaluation.pairs import Found, mention_at, relation_rows, score_pairs
from exomine.evaluation.relations import with_mentions
from exomine.nlp.load import load
from exomine.nlp.relations.component import asserted_by_rules, document_candidates
from exomine.nlp.relations.learned.candidates import Candidate
from exomine.nlp.relations.learned.component import read_pairs
from exomine.nlp.relations.learned.judge import FILE, UNRULED, Judge, features, sureness, surest
from exomine.nlp.relations.learned.network import PairModel
from exomine.training.manifest import write_manifest
from exomine.vocabulary.predicates import PREDICATE_NAMES

__all__ = ["Case", "calibrate", "cases", "fit", "write_judge"]

#: Folds of the cross-validation, and the penalty on weights.
FOLDS, PENALTY = 10, 1.0
#: What the tier "high" promises: the lower bound (one-sided, 95 %) of its precision on the sentences that it was
#: chosen on.
PROMISE, Z = 0.90, 1.645
#: The same of what only the network finds, which no rule explains.
UNRULED_PROMISE = 0.90
#: Scores below which a statement is dropped: by a rule, by the network alone.
LEAST = {"rule": 0.1, "network": 0.35}
#: A threshold that no score reaches.
NEVER = 1.1
#: A predicate has a threshold of its own where at least so many of its statements are right.
ENOUGH = 40

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A candidate of a sentence with the answer: whether pair and predicate are right, and the annotated relation if
    so."""

    sentence: AnnotatedSentence
    candidate: Candidate
    subject: int
    object: int
    ruled: str  # assertion by the rules, empty where they say nothing
    truth: Any = None

    @property
    def right(self) -> bool:
        return self.truth is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the judge says of a candidate: ``right`` where pair, predicate and assertion are."""

    candidate: Candidate
    score: float
    assertion: str
    sureness: float
    right: bool

    @property
    def judged(self) -> tuple[float, bool]:
        """How sure it is, and whether it is right."""
        return self.sureness, self.right


def cases(nlp: Language, network: PairModel, sentences: Iterable[AnnotatedSentence]) -> list[Case]:
    """All candidates of the sentences with their annotated mentions."""
    return [case for s in sentences for case in _cases(nlp, network, s)]


def _cases(nlp: Language, network: PairModel, s: AnnotatedSentence) -> list[Case]:
    doc = with_mentions(nlp, s.text, [(m.start, m.end, m.label) for m in s.mentions])
    learned = read_pairs(doc, network)
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
    """The score of each case by weights fitted on the other documents; a sentence written for the corpus is one by
    itself."""
    groups = {g: k % FOLDS for k, g in enumerate(sorted({_group(c.sentence) for c in data}))}
    scores = [0.0] * len(data)
    for k in range(FOLDS):
        rest = [c for c in data if groups[_group(c.sentence)] != k]
        judge = Judge(fit([features(c.candidate) for c in rest], [c.right for c in rest]), {"": 1.0}, LEAST)
        for n, c in enumerate(data):
            if groups[_group(c.sentence)] == k:
                scores[n] = judge.score(c.candidate)
    return scores


def _group(s: AnnotatedSentence) -> str:
    return s.id if s.start is None else s.doc


# ---------------------------------------------------------------------- thresholds


def lower_bound(right: int, n: int) -> float:
    """Wilson's lower bound of a share (Wilson 1927), one-sided, 95 %."""
    if not n:
        return 0.0
    p, z = right / n, Z
    return float((p + z * z / (2 * n) - z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n))


def threshold(scored: Iterable[tuple[float, bool]], promise: float = PROMISE) -> float:
    """The least score from which on the precision's lower bound keeps the promise; ``NEVER`` where none does."""
    best, right, n = NEVER, 0, 0
    ordered = sorted(scored, reverse=True)
    for k, (score, is_right) in enumerate(ordered):
        n, right = n + 1, right + is_right
        last_of_its_score = k + 1 == len(ordered) or ordered[k + 1][0] < score
        if last_of_its_score and lower_bound(right, n) >= promise:
            best = score
    return best


def calibrate(data: Sequence[Case], sentences: Sequence[AnnotatedSentence]) -> tuple[Judge, dict[str, Any]]:
    """The judge and its cross-validated figures over ``sentences``."""
    scores = cross_validated(data)
    judge = Judge(fit([features(c.candidate) for c in data], [c.right for c in data]), {}, LEAST)
    kept = _kept(judge, data, scores)
    answers = [_answer(judge, c, score) for c, score in kept]
    high = _thresholds(answers)
    judge = Judge(judge.weights, high, LEAST)
    return judge, _figures(judge, kept, sentences) | {
        "high": _high_figures(judge, answers, sentences),
        "reliability": _reliability(data, scores),
    }


def _answer(judge: Judge, c: Case, score: float) -> Answer:
    assertion = judge.assertion(c.candidate, c.ruled)
    right = c.right and assertion == c.truth.assertion
    return Answer(c.candidate, score, assertion, sureness(c.candidate, score, assertion), right)


def _thresholds(answers: Sequence[Answer]) -> dict[str, float]:
    """Thresholds of the tier "high" by predicate, "" over all, and that of what only the network finds.

    A predicate has its own where enough of its statements are right and one keeps the promise. Another goes by the
    one over all, if what it has above it does not speak against the promise; else it is never high.
    """
    ruled = [a for a in answers if a.candidate.rule]
    unruled = [a for a in answers if not a.candidate.rule]
    high = {"": threshold(a.judged for a in ruled), UNRULED: threshold((a.judged for a in unruled), UNRULED_PROMISE)}
    for name in PREDICATE_NAMES:
        mine = [a.judged for a in ruled if a.candidate.predicate == name]
        own = threshold(mine) if sum(r for _, r in mine) >= ENOUGH else NEVER
        above = [r for s, r in mine if s >= high[""]]
        if own < NEVER:
            high[name] = own
        elif 1 - lower_bound(len(above) - sum(above), len(above)) < PROMISE:
            high[name] = NEVER
    return high


def _by_sentence(data: Sequence[Case], scores: Sequence[float]) -> list[list[tuple[Case, float]]]:
    by_sentence: dict[str, list[tuple[Case, float]]] = defaultdict(list)
    for c, score in zip(data, scores, strict=True):
        by_sentence[c.sentence.id].append((c, score))
    return list(by_sentence.values())


def _kept(judge: Judge, data: Sequence[Case], scores: Sequence[float]) -> list[tuple[Case, float]]:
    """What the judge keeps of each sentence."""
    out = []
    for found in _by_sentence(data, scores):
        kept = {id(c) for c, _ in judge.kept([(c.candidate, score) for c, score in found])}
        out += [(c, score) for c, score in found if id(c.candidate) in kept]
    return out


def _figures(
    judge: Judge, kept: Sequence[tuple[Case, float]], sentences: Sequence[AnnotatedSentence]
) -> dict[str, Any]:
    found: dict[str, list[Found]] = defaultdict(list)
    for c, score in kept:
        found[c.sentence.id].append(_found(judge, c, score))
    return score_pairs(sentences, found)


def _found(judge: Judge, c: Case, score: float) -> Found:
    state = judge.state(c.candidate, c.candidate.statement.state if c.candidate.rule else "")
    return Found(c.subject, c.candidate.predicate, c.object, judge.assertion(c.candidate, c.ruled), state, score=score)


def _high_figures(judge: Judge, answers: Sequence[Answer], sentences: Sequence[AnnotatedSentence]) -> dict[str, Any]:
    """Precision (assertion counted) with its lower bound, and recall, of the tier "high", by predicate and over all."""
    gold = Counter(key[1] for s in sentences for key in relation_rows(s, s.relations))
    out = {}
    for name in ("", *PREDICATE_NAMES):
        asked = (a for a in answers if name in ("", a.candidate.predicate))
        mine = [a.right for a in asked if judge.tier(a.candidate, a.score, a.assertion) == "high"]
        n, all_gold = len(mine), gold[name] if name else sum(gold.values())
        out[name or "all"] = {
            "found": n,
            "precision": round(sum(mine) / n, 4) if n else 0.0,
            "lower": round(lower_bound(sum(mine), n), 4),
            "recall": round(sum(mine) / all_gold, 4) if all_gold else 0.0,
        }
    return out


def _reliability(data: Sequence[Case], scores: Sequence[float]) -> list[dict[str, float]]:
    """Mean score and share that is right, in tenths of the score, of the surest candidate of each pair of names."""
    best = {id(c) for found in _by_sentence(data, scores) for c in surest([(c.candidate, score) for c, score in found])}
    judged = [(score, c.right) for c, score in zip(data, scores, strict=True) if id(c.candidate) in best]
    out = []
    for k in range(10):
        part = [(score, right) for score, right in judged if k <= min(9, int(score * 10)) < k + 1]
        if part:
            shown, right = (sum(column) / len(part) for column in zip(*part, strict=True))
            out.append({"from": k / 10, "n": len(part), "score": round(shown, 3), "right": round(right, 3)})
    return out


def write_judge(judge: Judge, figures: dict[str, Any], folder: Path) -> None:
    """Write ``judge.json`` and ``figures.json``."""
    fields = {name: getattr(judge, name) for name in ("weights", "high", "least")}
    for name, content in ((FILE, fields), ("figures.json", figures)):
        (folder / name).write_text(json.dumps(content, indent=1) + "\n", encoding="utf8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, nargs="+", required=True)
    parser.add_argument("--model", type=Path, required=True)
    options = parser.parse_args()
    sentences = read_corpus(*options.corpus)
    data = cases(load(without=("relation_model",)), PairModel(options.model, threads=2), sentences)
    judge, figures = calibrate(data, sentences)
    write_judge(judge, figures, options.model)
    write_manifest(options.model)
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
