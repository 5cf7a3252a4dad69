"""Names that are written nearly as the lexicon writes them: the index over 3-grams, by hand and against its formula."""

from __future__ import annotations

import math
from collections import Counter

from exomine.nlp.mentions.similarity import SimilarNames, _Index
from hypothesis import given, settings
from hypothesis import strategies as st

NAMES = [
    "hepatocellular carcinoma",
    "renal cell carcinoma",
    "cholangiocarcinoma",
    "interleukin 27",
    "interleukin 27 receptor",
]


def grams(form: str) -> Counter[str]:
    return Counter(w[i : i + 3] for w in (f" {word} " for word in form.split()) for i in range(len(w) - 2))


def cosine(a: str, b: str, names: list[str]) -> float:
    having = Counter(g for n in names for g in grams(n))
    having = Counter({g: sum(g in grams(n) for n in names) for g in having})

    def weights(form: str) -> dict[str, float]:
        return {g: k * (math.log((1 + len(names)) / (1 + having[g])) + 1) for g, k in grams(form).items() if having[g]}

    x, y = weights(a), weights(b)
    norm = math.hypot(*x.values()) * math.hypot(*y.values())
    return sum(w * y.get(g, 0.0) for g, w in x.items()) / norm if norm else 0.0


def test_a_misspelling_finds_its_name() -> None:
    found = SimilarNames(NAMES).nearest("hepatocelular carcinoma")
    assert found is not None
    assert found.key == "hepatocellular carcinoma"


def test_another_number_is_another_thing() -> None:
    assert SimilarNames(NAMES).nearest("interleukin 28 receptor") is None


def test_the_same_number_of_words_where_asked() -> None:
    names = SimilarNames(["interleukin 27"])
    assert names.nearest("interleukin 27 a", 0.5, same_length=True) is None


def test_signs_that_no_name_has_find_nothing() -> None:
    assert SimilarNames(NAMES).nearest("日本語日本語日本語") is None


words = st.text("abc1é", min_size=1, max_size=6)
forms = st.lists(words, min_size=1, max_size=4).map(" ".join)


@settings(deadline=None)
@given(st.lists(forms, min_size=1, max_size=6, unique=True), forms)
def test_similarities_are_those_of_the_formula(names: list[str], form: str) -> None:
    found = {i: s for s, i in _Index(names).nearest(form, 0.0)}
    assert all(abs(found[i] - cosine(form, name, names)) < 1e-6 for i, name in enumerate(names))


@settings(deadline=None)
@given(st.lists(forms, min_size=1, max_size=6, unique=True), forms)
def test_the_most_similar_stands_first_and_equals_in_their_order(names: list[str], form: str) -> None:
    found = _Index(names).nearest(form, 0.0)
    assert found == sorted(found, key=lambda f: (-f[0], f[1]))
