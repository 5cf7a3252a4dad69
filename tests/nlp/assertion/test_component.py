"""Cues of negation and speculation and their scopes, without a parse (own sentences)."""

from __future__ import annotations

import pytest
import spacy
from exomine.nlp.assertion.component import CUE_SPANS, SCOPE_SPANS, Assertion, assertion_of
from exomine.nlp.assertion.cues import CUES, PSEUDO
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("en")


def read(nlp: Language, text: str) -> Doc:
    return Assertion()(nlp(text))


def assertion(doc: Doc, word: str) -> str:
    return assertion_of(doc, [next(t.i for t in doc if t.text == word)])


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The vesicles did not raise the dose.", "raise", "negated"),
        ("No change in growth was seen.", "growth", "negated"),
        ("They cannot enter the nucleus.", "enter", "negated"),
        ("Growth went on without affecting the margin.", "affecting", "negated"),
        ("Without oil, growth rose.", "rose", "asserted"),
        ("In the absence of light, growth rose.", "rose", "asserted"),
        ("The drug failed to block growth.", "block", "negated"),
        ("Neither oil nor water changed growth.", "changed", "negated"),
        ("The vesicles may raise the dose.", "raise", "speculative"),
        ("Vesicles could possibly spread.", "spread", "speculative"),
        ("We asked whether vesicles spread.", "spread", "speculative"),
        ("These findings suggest that vesicles spread.", "spread", "speculative"),
        ("The vesicles raise the dose.", "raise", "asserted"),
        ("Not only oil but also water raises growth.", "raises", "asserted"),
        ("Growth rose, but it did not last.", "rose", "asserted"),
        ("Samples were taken in May 2014 and growth rose.", "rose", "asserted"),
        ("A and his colleagues suggested that vesicles spread.", "spread", "asserted"),
    ],
)
def test_scope(nlp: Language, text: str, word: str, expected: str) -> None:
    assert assertion(read(nlp, text), word) == expected


def test_two_negations_cancel_out(nlp: Language) -> None:
    doc = read(nlp, "It is not without effect.")
    assert assertion(doc, "effect") == "asserted"


def test_negation_outweighs_speculation(nlp: Language) -> None:
    doc = read(nlp, "Vesicles may not raise the dose.")
    assert assertion(doc, "raise") == "negated"


def test_cues_and_scopes_are_written_side_by_side(nlp: Language) -> None:
    doc = read(nlp, "It may spread; it does not last.")
    assert [c.text for c in doc.spans[CUE_SPANS]] == ["may", "not"]
    assert len(doc.spans[SCOPE_SPANS]) == 2
    assert [s.label_ for s in doc.spans[SCOPE_SPANS]] == ["speculative", "negated"]


def test_every_cue_has_a_known_kind_and_scope() -> None:
    assert {c.kind for c in CUES} == {"negated", "speculative"}
    assert {c.scope for c in CUES} <= {"clause", "noun", "right", "complement", "phrase", "both", "sentence"}
    assert len({c.pattern for c in CUES}) == len(CUES)
    assert len(set(PSEUDO)) == len(PSEUDO)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(["not", "may", "no", "growth", "rose", ";", "but", "neither", "nor", "without", "."]),
        max_size=12,
    )
)
def test_scopes_hold_their_cues(words: list[str]) -> None:
    doc = read(spacy.blank("en"), " ".join(words))
    for cue, scope in zip(doc.spans[CUE_SPANS], doc.spans[SCOPE_SPANS], strict=True):
        assert scope.start <= cue.start
        assert cue.end <= scope.end
