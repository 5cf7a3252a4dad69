"""Why a text gave its rows, or none: for each sentence the mentions, what rules and network say of their pairs, the
verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from exomine.nlp.relations.component import RuleScores, Said, assertion_by, document_candidates, tier_by
from exomine.nlp.relations.learned.candidates import Candidate
from exomine.nlp.relations.learned.component import PAIR_SCORES
from exomine.nlp.relations.learned.judge import Judge
from exomine.nlp.relations.ledger import unread

__all__ = ["Reason", "SentenceReasons", "explained"]

#: Components that come behind what is explained here.
_AFTER = ("relations", "context", "table_relations")


@dataclass(frozen=True, slots=True)
class Reason:
    """What is said of one pair: ``frame`` is the rule's, empty where the network speaks alone.

    ``rule`` is the rule's score, ``network`` the network's probability of the predicate and ``any`` that of any
    relation (None where it has not read the pair); ``score`` is the judge's. ``verdict`` is the tier, or why there is
    no row.
    """

    subject: str
    predicate: str
    object: str
    assertion: str
    state: str
    frame: str
    words: tuple[str, ...]
    rule: float
    network: float | None
    any: float | None
    score: float
    verdict: str


@dataclass(frozen=True, slots=True)
class SentenceReasons:
    """A sentence, its mentions (text, label) and the reasons; ``gate`` tells why it gave no row, empty where it gave
    one."""

    text: str
    mentions: tuple[tuple[str, str], ...]
    reasons: tuple[Reason, ...] = field(default=())
    gate: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def explained(nlp: Language, text: str) -> list[SentenceReasons]:
    """The reasons of each sentence of ``text`` that may state something."""
    with nlp.select_pipes(disable=[name for name in _AFTER if nlp.has_pipe(name)]):
        doc = nlp(text)
    bench, learned = doc.user_data.pop(PAIR_SCORES, (_rule_scores(nlp), {}))
    return [_sentence(doc, said, bench) for said in document_candidates(doc, learned)]


def _rule_scores(nlp: Language) -> RuleScores:
    relations = nlp.get_pipe("relations")
    return RuleScores(relations.high, relations.low)  # type: ignore[attr-defined]


def _sentence(doc: Doc, said: Said, bench: Judge | RuleScores) -> SentenceReasons:
    judged = [(c, bench.score(c)) for c in said.candidates]
    kept = {id(c) for c, _ in bench.kept(judged)}
    reasons = sorted(_reasons(doc, judged, kept, bench), key=lambda r: (-r.score, r.subject, r.object, r.predicate))
    row = None if kept else unread(said.sentence, announced=said.announced, doubted=judged)
    mentions = tuple((i.span.text, i.label) for i in said.sentence.items)
    return SentenceReasons(said.sentence.span.text, mentions, tuple(reasons), "" if row is None else row.gate)


def _reasons(
    doc: Doc, judged: list[tuple[Candidate, float]], kept: set[int], bench: Judge | RuleScores
) -> Iterator[Reason]:
    surer = {(c.statement.subject.span.text, c.statement.object.span.text) for c, _ in judged if id(c) in kept}
    for c, score in judged:
        s = c.statement
        ends = s.subject.span.text, s.object.span.text
        verdict = tier_by(bench, c, score, assertion_by(bench, doc, c))
        if id(c) not in kept:
            verdict = "another is surer" if ends in surer else "not sure enough"
        yield Reason(
            ends[0],
            s.predicate,
            ends[1],
            assertion_by(bench, doc, c),
            bench.state(c, s.state if c.rule else ""),
            s.frame if c.rule else "",
            tuple(doc[k].text for k in s.anchors),
            round(c.rule, 4),
            round(c.learned, 4) if c.pair else None,
            round(c.pair.some, 4) if c.pair else None,
            score,
            verdict,
        )
