"""Fonts named alike that hold text or signs: told by what their characters spell."""

from __future__ import annotations

import pytest
from exomine.document.pdf.backends.base import Font, PageContent, Word
from exomine.document.pdf.backends.pi_fonts import settle

_TEXT = Font("Times-Roman")


def _page(*words: tuple[str, str]) -> PageContent:
    """A page with one line of (text, font) words; an empty font is that of the text."""
    made = [
        Word(text, 40.0 * i, 90.0, 40.0 * i + 30, 100.0, 98.0, 10.0, Font(font) if font else _TEXT, order=i)
        for i, (text, font) in enumerate(words)
    ]
    return PageContent(1, 600.0, 800.0, words=made)


def _settled(*words: tuple[str, str]) -> list[str]:
    page = _page(*words)
    settle([page])
    return [w.text for w in page.words]


def test_font_whose_letters_stand_in_words_is_text() -> None:
    words = [(w, "AdvP49811") for w in ("We", "found", "that", "exosomes", "carry", "a", "kinase", "in", "2013")]
    assert _settled(*words) == [w for w, _ in words]


def test_font_whose_letters_stand_alone_draws_greek() -> None:
    assert _settled(("TNF-", ""), ("a", "AdvP7DA6"), ("and", ""), ("IL-1", ""), ("b", "AdvP7DA6")) == [
        "TNF-", "α", "and", "IL-1", "β",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "sign"), [("5", "="), ("6", "±"), ("3", "×"), (",", "<"), ("$", "≥"), ("#", "≤"), ("2", "−")]
)
def test_keys_of_mathematical_pi(key: str, sign: str) -> None:
    assert _settled(("value", ""), (key, "AdvPi1"), ("12", ""))[1] == sign


def test_degrees_on_the_key_of_u() -> None:
    assert _settled(("at", ""), ("37", ""), ("u", "AdvP44E6F4"), ("C", ""), ("for", ""))[2] == "°"


def test_two_letter_words_are_words() -> None:
    assert _settled(("ratio", ""), ("vs", "AdvP4041BD"), ("control", ""))[1] == "vs"


def test_other_fonts_are_left_alone() -> None:
    assert _settled(("a", "AdvP4C4E74"), ("b", "Times-Italic"), ("5", "Helvetica")) == ["a", "b", "5"]
