"""What touches a stretch of text, and that as many candidates as a long text has are no more work each."""

from __future__ import annotations

import spacy
from exomine.nlp.mentions.boundaries import split_at
from exomine.nlp.mentions.evidence import Candidate
from exomine.nlp.mentions.near import Near
from exomine.nlp.mentions.resolve import resolve
from hypothesis import given
from hypothesis import strategies as st
from spacy.attrs import SENT_START
from spacy.tokens import Doc

stretches = st.tuples(st.integers(0, 400), st.integers(1, 300)).map(lambda p: (p[0], p[0] + p[1]))


@given(st.lists(stretches, max_size=30), stretches)
def test_it_finds_what_a_look_at_all_finds(items: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    near = Near(lambda place: place, items)
    assert near.touching(*asked) == [i for i in items if i[0] < asked[1] and asked[0] < i[1]]


def test_many_mentions() -> None:
    n = 20_000
    text = "TP53 in lung " * n
    found = [
        c
        for i in range(n)
        for c in (
            Candidate(13 * i, 13 * i + 4, "PROTEIN", "hgnc:11998", "TP53", guard="short"),
            Candidate(13 * i, 13 * i + 4, "PROTEIN", method="model", score=0.9),
            Candidate(13 * i, 13 * i + 7, "CANCER", method="model", score=0.4),
        )
    ]
    assert [p.label for p in resolve(text, found)].count("PROTEIN") == n


def test_many_tokens_that_are_split() -> None:
    n = 20_000
    doc = Doc(spacy.blank("en").vocab, words=["miR221"] * n)
    doc[7].is_sent_start = True
    doc.user_data["kept"] = True
    parted = split_at(doc, {7 * i + 3 for i in range(n)})
    assert parted.text == doc.text
    assert [t.text for t in parted[:4]] == ["miR", "221", "miR", "221"]
    assert [t.i for t in parted if t.is_sent_start] == [0, 14]
    assert parted.user_data["kept"]


def test_what_was_said_of_tokens_stays_where_some_are_split() -> None:
    doc = Doc(spacy.blank("en").vocab, words=["miR221", "rises"], tags=["NN", "VBZ"])
    parted = split_at(doc, {3})
    assert [(t.text, t.tag_) for t in parted][-1] == ("rises", "VBZ")
    assert len(parted) == 3


def test_nothing_to_split() -> None:
    doc = Doc(spacy.blank("en").vocab, words=["miR-21"])
    assert split_at(doc, {0, 6}) is doc
    assert (doc.to_array([SENT_START]) == 0).all() or len(doc) == 1
