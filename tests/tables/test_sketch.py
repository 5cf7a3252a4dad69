"""How alike texts are."""

from __future__ import annotations

import random

from exomine.tables.sketch import LEAST_WORDS, likeness, sketch
from hypothesis import given
from hypothesis import strategies as st

WORDS = [f"{a}{b}" for a in "bdfgklmnprst" for b in ("ara", "elo", "ima", "onu", "usi", "ory")]


def prose(seed, n=600):
    rng = random.Random(seed)
    return [" ".join(rng.choice(WORDS) for _ in range(20)) + "." for _ in range(n // 20)]


def test_a_text_is_like_itself_and_unlike_another():
    assert likeness(sketch(prose(1)), sketch(prose(1))) == 1
    assert likeness(sketch(prose(1)), sketch(prose(2))) < 0.05


def test_hyphens_case_spaces_and_the_marks_of_citations_do_not_count():
    printed = [s.replace(" ", "  ").upper().replace("ARA", "A-RA") for s in prose(3)]
    assert likeness(sketch(prose(3)), sketch([f"{s} [12]" for s in printed])) == 1


def test_the_estimate_is_near_the_share_in_common():
    half = prose(4)[:15] + prose(5)[15:]
    assert 0.2 < likeness(sketch(prose(4)), sketch(half)) < 0.48  # a half of each: a third of all that both have


def test_a_few_words_tell_nothing():
    few = [" ".join(WORDS[: LEAST_WORDS - 1])]
    assert sketch(few) == ()
    assert likeness(sketch(few), sketch(few)) == 0
    assert sketch([" ".join(WORDS[:LEAST_WORDS])])


@given(st.lists(st.integers(0, 50), max_size=120), st.lists(st.integers(0, 50), max_size=120))
def test_likeness_is_symmetric_and_a_share(one, other):
    a, b = (tuple(sorted(set(x))) for x in (one, other))
    assert likeness(a, b) == likeness(b, a)
    assert 0 <= likeness(a, b) <= 1
    assert likeness(a, a) == (1 if a else 0)
