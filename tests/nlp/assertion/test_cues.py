"""Every cue has a sentence in which it is found and decides; data/cues.tsv."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import spacy
from exomine.nlp.assertion.component import CUE_SPANS, Assertion, assertion_of
from exomine.nlp.assertion.cues import CUES, PSEUDO
from spacy.language import Language

_PATH = Path(__file__).parent / "data" / "cues.tsv"
ROWS = [line.split("\t") for line in _PATH.read_text(encoding="utf8").splitlines() if line and line[0] != "#"]
CUED = [(row[0], row[1], row[2]) for row in ROWS if row[0] != "pseudo"]
#: Sentences of the relation tests, in which cues stand too.
SIGNS = _PATH.parents[2] / "relations" / "data" / "signs.tsv"
SAID = [line.split("\t")[1] for line in SIGNS.read_text(encoding="utf8").splitlines() if line and line[0] != "#"]
FREE = [(row[1], row[2]) for row in ROWS if row[0] == "pseudo"]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("en")


@pytest.mark.parametrize(("kind", "word", "sentence"), CUED, ids=[row[2][:60] for row in CUED])
def test_a_cue_decides(nlp: Language, kind: str, word: str, sentence: str) -> None:
    doc = Assertion()(nlp(sentence))
    assert assertion_of(doc, [next(t.i for t in doc if t.text == word)]) == kind


@pytest.mark.parametrize(("word", "sentence"), FREE, ids=[row[1][:60] for row in FREE])
def test_what_looks_like_a_cue_decides_nothing(nlp: Language, word: str, sentence: str) -> None:
    doc = Assertion()(nlp(sentence))
    assert assertion_of(doc, [next(t.i for t in doc if t.text == word)]) == "asserted"


def test_every_cue_has_a_sentence(nlp: Language) -> None:
    docs = [Assertion()(nlp(sentence)) for sentence in (*(row[2] for row in CUED), *SAID)]
    found = {span.text.lower() for doc in docs for span in doc.spans[CUE_SPANS]}
    without = [c.pattern for c in CUES if not any(re.fullmatch(c.pattern, text) for text in found)]
    assert [p for p in without if not re.search(r"\(\?<?[=!]", p) and p != "n't"] == []


def test_every_pseudo_cue_has_a_sentence() -> None:
    said = [sentence.lower() for sentence in (*(row[1] for row in FREE), *SAID)]
    assert [p for p in PSEUDO if not any(re.search(rf"\b{p}", sentence) for sentence in said)] == []
