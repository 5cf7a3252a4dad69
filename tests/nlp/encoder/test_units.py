"""Which tokens are one name before the parser runs."""

from __future__ import annotations

import spacy
from exomine.nlp.encoder.units import mention_units
from exomine.nlp.mentions.evidence import Candidate, add_evidence
from spacy.tokens import Doc


def _units(words: list[str], *candidates: tuple[int, int, str]) -> list[str]:
    doc = Doc(spacy.blank("en").vocab, words=words, spaces=[True] * len(words))
    add_evidence(doc, [Candidate(start, end, "PROTEIN", method=method) for start, end, method in candidates])
    return [doc[a:b].text for a, b in mention_units(doc, range(len(doc)))]


def test_names_of_several_tokens() -> None:
    words = "loss of miR 21 in cells".split()
    assert _units(words, (8, 14, "grammar"), (18, 23, "lexicon")) == ["miR 21"]


def test_the_model_and_phrases_have_no_say() -> None:
    words = "release of exosomes by breast cancer".split()
    assert _units(words, (0, 19, "lexicon"), (23, 36, "model")) == []


def test_of_crossing_names_the_longer_stays() -> None:
    words = "heat shock protein family".split()
    assert _units(words, (0, 18, "lexicon"), (11, 25, "lexicon")) == ["heat shock protein"]


def test_names_inside_names_stay() -> None:
    words = "breast cancer stem cells".split()
    assert _units(words, (0, 24, "lexicon"), (0, 13, "lexicon")) == ["breast cancer", "breast cancer stem cells"]


def test_a_name_that_ends_inside_a_token_is_none() -> None:
    assert _units(["heat", "shocked"], (0, 10, "lexicon")) == []


def test_many_names_are_no_more_work_each() -> None:
    n = 20_000
    doc = Doc(spacy.blank("en").vocab, words=["miR", "21"] * n, spaces=[True] * (2 * n))
    add_evidence(doc, [Candidate(7 * i, 7 * i + 6, "MIRNA", method="grammar") for i in range(n)])
    assert len(mention_units(doc, range(len(doc)))) == n
