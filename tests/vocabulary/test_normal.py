"""Normal forms, and which spellings may stand for a name."""

from __future__ import annotations

import re

import pytest
from exomine.vocabulary.normal import GREEK_SIGNS, TOKEN, alnum, case_agrees, fold, key, separators_agree, split
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("spellings", "form"),
    [
        (("IL-6", "IL 6", "IL6", "il‐6"), "il 6"),
        (("TGFβ1", "TGF-beta 1", "TGF-β1"), "tgf beta 1"),
        (("tumours", "tumor", "Tumors"), "tumor"),
        (("oesophageal", "esophageal"), "esophageal"),
        (("metastases", "metastasis"), "metastasis"),
        (("IL-1ß",), "il 1 beta"),
    ],
)
def test_one_form_for_all_spellings(spellings: tuple[str, ...], form: str) -> None:
    assert {key(s) for s in spellings} == {form}


@pytest.mark.parametrize("word", ["virus", "class", "apoptosis"])
def test_no_plural_is_folded_where_there_is_none(word: str) -> None:
    assert fold(word) == word


@pytest.mark.parametrize(
    ("surface", "synonym", "phrase", "agrees"),
    [
        ("HSP 70", "HSP70", False, True),
        ("MCF 7", "MCF-7", False, True),
        ("CT 1", "CT1", False, False),  # computed tomography, then a number
        ("breast-cancer", "breast cancer", True, True),
        ("PI3K-AKT", "PI3K/AKT", True, False),
        ("glucose 6-phosphate", "glucose-6-phosphate", True, True),
        ("IL-6 R", "IL-6R", False, False),
    ],
)
def test_separators(surface: str, synonym: str, phrase: bool, agrees: bool) -> None:
    assert separators_agree(surface, synonym, phrase=phrase) is agrees


@pytest.mark.parametrize(
    ("surface", "synonym", "policy", "agrees"),
    [
        ("Cisplatin", "cisplatin", "any", True),
        ("MET", "MET", "exact", True),
        ("met", "MET", "exact", False),
        ("Pten", "PTEN", "symbol", True),
        ("pten", "PTEN", "symbol", False),
        ("hsp70", "HSP70", "symbol", True),
        ("Rab27a", "RAB27A", "symbol", True),
        ("SnS2", "SNS2", "symbol", False),  # a chemical formula
        ("Erk2", "ERK2", "title", True),
        ("erk2", "ERK2", "title", False),
        ("ALIX", "Alix", "upper", True),
        ("EVs", "EV", "exact", True),
    ],
)
def test_case(surface: str, synonym: str, policy: str, agrees: bool) -> None:
    assert case_agrees(surface, synonym, policy) is agrees


def test_greek_letters_are_named() -> None:
    assert alnum("TNF-α") == "TNFalpha"


@given(st.text(max_size=60))
def test_splitting_loses_nothing(text: str) -> None:
    tokens, separators = split(text)
    assert len(separators) == len(tokens) + 1
    assert "".join(a + b for a, b in zip(separators, [*tokens, ""], strict=True)) == text


@given(st.text(max_size=40))
def test_a_text_may_stand_for_itself(text: str) -> None:
    assert separators_agree(text, text)
    assert case_agrees(text, text, "exact")


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("abzZAé19²½٣αΩßµ_- ,\U0001d400\u0345"))))
def test_tokens_are_runs_of_letters_or_digits_and_single_greek_signs(text: str) -> None:
    plain = re.compile(rf"([^\W\d_{GREEK_SIGNS}]+|[{GREEK_SIGNS}]|\d+)")
    assert TOKEN.split(text) == plain.split(text)
