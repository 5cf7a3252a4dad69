"""Whatever takes an agent away turns the statement round: sixteen operators, their opposites, alone and in a paper."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from helpers.operators import OPERATORS, Sentence, all_sentences, fault, spread

#: Prime to the numbers of forms, agents and phrases.
STEP = 7
RIGHT = 0.97
#: In a paper borders of sentences are missed too.
RIGHT_IN_A_PAPER = 0.97


def _rows(doc: Doc, start: int, end: int) -> list[tuple[str, str, str, str]]:
    return [
        (r.subject.text, r.predicate, r.object.text, r.subject_state)
        for r in doc._.relations
        if start <= r.subject.start_char < end
    ]


def _alone(nlp: Language, sentences: list[Sentence]) -> Iterator[tuple[Sentence, str]]:
    for sentence, doc in zip(sentences, nlp.pipe(s.text for s in sentences), strict=True):
        yield sentence, fault(sentence, _rows(doc, 0, len(sentence.text)))


def _in_papers(nlp: Language, sentences: list[Sentence], size: int = 12) -> Iterator[tuple[Sentence, str]]:
    """Paragraphs of twelve, in an order in which neighbours have nothing in common."""
    turns = sorted(sentences, key=lambda s: hashlib.sha256(s.text.encode()).digest())
    for first in range(0, len(turns), size):
        part = turns[first : first + size]
        doc = nlp(" ".join(s.text for s in part))
        start = 0
        for sentence in part:
            yield sentence, fault(sentence, _rows(doc, start, start + len(sentence.text)))
            start += len(sentence.text) + 1


def _check(results: list[tuple[Sentence, str]], least: float) -> None:
    wrong = [f"{found}: {s.text}" for s, found in results if found]
    assert 1 - len(wrong) / len(results) >= least, "\n".join(wrong)
    turned = [s.text for s, found in results if found == "turned round"]
    assert len(turned) <= 0.01 * len(results), "\n".join(turned)


def test_operators_alone(rules: Language) -> None:
    _check(list(_alone(rules, spread(STEP))), RIGHT)


def test_operators_in_a_paper(rules: Language) -> None:
    _check(list(_in_papers(rules, spread(STEP))), RIGHT_IN_A_PAPER)


def test_the_spread_meets_everything() -> None:
    part = spread(STEP)
    assert len(part) >= 200
    assert {(s.operator, s.kind) for s in part} == {(o.name, kind) for o in OPERATORS for kind in o.kinds}
    assert {s.predicate for s in part} == {s.predicate for s in all_sentences()}
    assert min(Counter(s.agent for s in part).values()) >= 5
