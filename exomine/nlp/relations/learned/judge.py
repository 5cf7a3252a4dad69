"""How sure a candidate is: a logistic model over what the network and the rules say, fitted on sentences that neither
was made on.

The weights lie beside the network in ``judge.json``, which :mod:`exomine.training.relations.calibrate` makes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exomine.nlp.relations.frames.catalogue import GO_WITH, PLAIN
from exomine.nlp.relations.learned.candidates import Candidate
from exomine.vocabulary.predicates import predicate

__all__ = ["FILE", "UNRULED", "Judge", "features", "sureness", "surest"]

#: Log-odds beyond which nothing gets surer.
_LIMIT = 6.0
#: How often the assertion is right, over all, of what the network has not read.
_UNREAD = 0.9
FILE = "judge.json"
#: Key of the threshold for what only the network finds.
UNRULED = "only the network"


def log_odds(p: float) -> float:
    """Log-odds of a probability, within limits."""
    if p <= 0:
        return -_LIMIT
    return max(-_LIMIT, min(_LIMIT, math.log(p / max(1 - p, 1e-9))))


def features(c: Candidate) -> dict[str, float]:
    """What the judge weighs, by name; what is 0 is left out."""
    out = {"bias": 1.0, f"is {c.predicate}": 1.0, "network": log_odds(c.learned)}
    if c.statement.inherited:
        out["across sentences"] = 1.0
    if c.pair is None:
        out["not read"] = 1.0
    else:
        out["any"] = log_odds(c.pair.some)
    if c.rule:
        out |= {"rule": 1.0, "rule's score": log_odds(c.rule), f"rule {c.statement.frame}": 1.0}
    if c.rule and c.statement.state != "normal":
        out["rule with operator"] = 1.0
    if predicate(c.predicate).opposite in c.others:
        out["rule says opposite"] = 1.0
        out["score of the opposite"] = log_odds(c.others[predicate(c.predicate).opposite])
    elif c.others:
        out["rule says other"] = 1.0
    if c.turned:
        out["rule says turned"] = 1.0
    if not c.rule:
        out |= {f"alone: {flag}": 1.0 for flag in sorted(c.around)}
        out |= {f"alone {answer}": 1.0 for answer in (c.state, c.assertion)}
    return out


def sureness(c: Candidate, score: float, assertion: str) -> float:
    """The probability that a candidate is right and its assertion too: score times what the network gives the
    assertion."""
    return round(score * (c.pair.assertions.get(assertion, 0.0) if c.pair else _UNREAD), 4)


@dataclass(frozen=True, slots=True)
class Judge:
    """``weights`` by feature; ``high`` the least sureness of the tier "high" (:func:`sureness`) by predicate, "" for
    those that have none of their own.

    ``least`` is the score below which a statement is dropped: of one that a rule makes (``rule``), of one by the
    network alone (``network``).
    """

    weights: Mapping[str, float]
    high: Mapping[str, float]
    least: Mapping[str, float]

    @classmethod
    def from_folder(cls, folder: Path) -> Judge:
        """Read ``judge.json``."""
        data: dict[str, Any] = json.loads((folder / FILE).read_text(encoding="utf8"))
        return cls(**data)

    def score(self, c: Candidate) -> float:
        """The probability that a candidate is right, to four decimals."""
        total = sum(self.weights.get(name, 0.0) * value for name, value in features(c).items())
        return round(1 / (1 + math.exp(-total)), 4)

    def kept(self, judged: Iterable[tuple[Candidate, float]]) -> list[tuple[Candidate, float]]:
        """Of the candidates of one sentence those that are sure enough, one a pair of names."""
        sure = [(c, score) for c, score in judged if score >= self.least["rule" if c.rule else "network"]]
        best = {id(c) for c in surest(sure)}
        return [(c, score) for c, score in sure if id(c) in best]

    def tier(self, c: Candidate, score: float, assertion: str) -> str:
        """The tier of a candidate with its score and assertion.

        What only the network reads over two sentences is never high, nor what goes with resistance and is not said to
        cause it; what only the network finds has to keep the promise by itself.
        """
        if (c.statement.inherited and not c.rule) or c.statement.frame in GO_WITH:
            return "all"
        least = self.high.get(c.predicate, self.high[""])
        if not c.rule:
            least = max(least, self.high[""], self.high.get(UNRULED, 0.0))
        return "high" if sureness(c, score, assertion) >= least else "all"

    @staticmethod
    def assertion(c: Candidate, ruled: str) -> str:
        """asserted, negated or speculative: what the rules say (``ruled``), the network's answer where they say
        nothing.

        The network's answer is as often right as theirs, but theirs is wrong less often where an assertion is turned.
        """
        return ruled or c.assertion

    @staticmethod
    def state(c: Candidate, ruled: str) -> str:
        """The subject's state: what the rules say, the network's answer where they say nothing."""
        return ruled or c.state


def surest(judged: Iterable[tuple[Candidate, float]]) -> list[Candidate]:
    """Of the candidates of a sentence the surest for each pair of names, in their order; of equals the first.

    Where a rule turns what less of a name does ("the siRNA of X raised P"), or a verb says it plainly ("X reversed D
    resistance"), the network is not asked for the contrary.
    """
    judged = list(judged)
    turned = {(*_names(c), predicate(c.predicate).opposite) for c, _ in judged if c.rule and _tells(c)}
    best: dict[tuple[str, str], tuple[float, Candidate]] = {}
    for c, score in judged:
        names = _names(c)
        contrary = not c.rule and (*names, c.predicate) in turned
        if not contrary and (names not in best or score > best[names][0]):
            best[names] = score, c
    return [c for _, c in best.values()]


def _names(c: Candidate) -> tuple[str, str]:
    return c.statement.subject.name, c.statement.object.name


def _tells(c: Candidate) -> bool:
    """Whether the words of a rule tell the sign: of less of a name, or of a response to a drug by a plain verb.

    There the network goes by what the name is: what papers say of microRNAs is not what they say of proteins.
    """
    plain = c.statement.frame in PLAIN and predicate(c.predicate).response
    return not c.statement.inherited and (c.statement.state == "reduced" or plain)
