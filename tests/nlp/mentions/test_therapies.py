"""Treatment in general, where resistance or sensitivity to it is told."""

from __future__ import annotations

import pytest
from exomine.nlp.mentions.lexicon import with_enumerations
from exomine.nlp.mentions.matcher import lexicon_matcher
from exomine.nlp.mentions.therapies import therapies

MATCHER = lexicon_matcher((), ())


def found(text: str) -> list[tuple[str, str]]:
    hits = with_enumerations(text, MATCHER)
    return [(text[c.start : c.end], c.name) for c in therapies(text, hits, MATCHER.lookup)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("miR-21 drives therapeutic resistance.", "therapeutic"),
        ("Therapy-resistant tumours shed more vesicles.", "Therapy"),
        ("a marker of treatment-refractory disease", "treatment"),
        ("TUG1 made melanoma resistant to most cancer therapies.", "therapies"),
        ("resistance of glioma cells to standard treatment", "treatment"),
        ("MALAT1 sensitised these tumours to therapy.", "therapy"),
        ("refractory to all available therapeutics", "therapeutics"),
    ],
)
def test_what_is_resisted(text: str, said: str) -> None:
    assert found(text) == [(said, "therapy")]


@pytest.mark.parametrize(
    "text",
    [
        "Cells under treatment divided.",
        "a therapeutic target in resistant glioma",
        "resistant to treatment with cisplatin",
        "tamoxifen therapy resistance",
        "insulin treatment resistance",
        "resistance to radiation therapy",
        "sensitive to treatment-related stress",
    ],
)
def test_what_is_something_else(text: str) -> None:
    assert found(text) == []
