"""Kinds of sentences whose simple reading says the opposite, or says what is left open; data/signs.tsv."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from exomine.nlp.relation import Relation
from spacy.language import Language
from spacy.tokens import Doc

_PATH = Path(__file__).parent / "data" / "signs.tsv"
CASES = [tuple(line.split("\t")) for line in _PATH.read_text(encoding="utf8").splitlines() if line and line[0] != "#"]


def rows(doc: Doc, *, cargo: bool) -> list[tuple[str, ...]]:
    """Subject, predicate, object, assertion, state of each statement about cargo, or about anything else."""
    return [
        (r.subject.text, r.predicate, r.object.text, r.assertion, r.subject_state)
        for r in doc._.relations
        if (r.predicate == "cargo_of") == cargo
    ]


def _found(wanted: str, found: list[tuple[str, ...]]) -> bool:
    parts = [p.strip() for p in wanted.split(">")]
    assert len(parts) == 5, wanted
    return any(all(p in ("*", x) for p, x in zip(parts, row, strict=True)) for row in found)


@pytest.mark.parametrize(("kind", "sentence", "expected"), CASES, ids=[c[1][:60] for c in CASES])
def test_signs(rules: Language, kind: str, sentence: str, expected: str) -> None:
    doc = rules(sentence)
    for part in expected.split("; "):
        found = rows(doc, cargo="cargo_of" in part)
        if part == "none":
            assert not found
        elif part.startswith("-"):
            assert not _found(part[1:], found), (part, found)
        else:
            assert _found(part, found), (part, found)


def test_each_kind_has_at_least_three_sentences() -> None:
    assert min(Counter(kind for kind, *_ in CASES).values()) >= 3


def test_what_resistant_cells_have_is_no_cause(rules: Language) -> None:
    """It keeps a method of its own and stays out of the high tier."""
    for kind, sentence, _ in CASES:
        if kind == "resistant cells":
            found = [r for r in rules(sentence)._.relations if r.predicate.startswith("confers")]
            assert found
            assert {r.method for r in found} <= {"resistant-expression", "resistant-release"}, sentence
            assert {r.tier for r in found} == {"all"}


def forbidden(doc: Doc, expected: str) -> list[str]:
    """The tiers of the statements that must not be made."""
    parts = [p for p in expected.split("; ") if p == "none" or p.startswith("-")]
    return [
        r.tier
        for r in doc._.relations
        if any(_is_forbidden(part, (*_names(r), r.assertion, r.subject_state)) for part in parts)
    ]


def _names(r: Relation) -> tuple[str, str, str]:
    return r.subject.text, r.predicate, r.object.text


def _is_forbidden(part: str, row: tuple[str, ...]) -> bool:
    return row[1] != "cargo_of" if part == "none" else _found(part[1:], [row])


def test_network_and_rules_together_say_little_that_must_not_be_said(pipeline: Language) -> None:
    """The network alone may err, but nothing of it is trusted: measured 6 % of the sentences, none in the tier high."""
    docs = zip(pipeline.pipe(sentence for _, sentence, _ in CASES), CASES, strict=True)
    tiers = {sentence: forbidden(doc, expected) for doc, (_, sentence, expected) in docs}
    assert [s for s, found in tiers.items() if "high" in found] == []
    assert sum(bool(found) for found in tiers.values()) <= 0.07 * len(CASES)
