"""Accents printed beside their letters."""

from __future__ import annotations

import pytest
from exomine.document.accents import compose_accents
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Burstr¨om", "Burström"), ("Mu¨ller", "Müller"), ("Gonz´alez", "González"), ("Mart´ınez", "Martínez"),
        ("Dondas¸", "Dondaş"), ("Vaiˇciulyt˙e", "Vaičiulytė"), ("Ara´ujo", "Araújo"), ("B˘adescu", "Bădescu"),
        ("Müller", "Müller"), ("5 ´ 3", "5 ´ 3"), ("", ""), ("don´t and it`s", "don´t and it`s"),
        ("a `Quote´ here", "a `Quote´ here"),
    ],
)  # fmt: skip
def test_accents(printed: str, meant: str) -> None:
    assert compose_accents(printed) == meant


@given(st.text(max_size=40))
def test_text_without_accents_stays(text: str) -> None:
    plain = "".join(c for c in text if c not in "´`¨ˆ˜ˇ˘˙˚˝¸˛¯")
    assert compose_accents(plain) == plain
