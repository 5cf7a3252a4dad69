"""Rows of hundreds of words, as a page of two columns that is taken for a table gives them."""

from __future__ import annotations

import pytest
from exomine.document.plain import columns
from exomine.document.plain.columns import Row, Token, cells, segment

WORDS = ("cancer", "miR-21", "cisplatin", "of", "PTEN", "reduced,")


def row(n: int) -> Row:
    return Row([Token(WORDS[k % len(WORDS)], "space" if k else "row", first_line=True) for k in range(n)], "1")


def test_what_stands_between_two_words_is_looked_at_once_a_round(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = 0
    original = columns._transition

    def counted(before: Token, after: Token) -> float:
        nonlocal looked_at
        looked_at += 1
        return original(before, after)

    monkeypatch.setattr(columns, "_transition", counted)
    segment([row(200)], ("miRNA", "Cancer", "Drug"))
    assert looked_at <= 7 * 200


def test_a_rows_cells_hold_all_of_its_words_in_order() -> None:
    for n in (1, 2, 7, 60):
        one = row(n)
        segment([one], ("miRNA", "Cancer", "Drug"))
        assert " ".join(c for c in cells(one, 3) if c).split() == [t.text for t in one.tokens]
