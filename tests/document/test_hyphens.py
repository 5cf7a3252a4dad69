"""Line-end hyphens: cuts, compounds, suspended hyphens."""

from __future__ import annotations

import pytest
from exomine.document.hyphens import Vocabulary, join_hyphenated, join_lines, repair_inner
from exomine.document.words import build, general_words
from hypothesis import given
from hypothesis import strategies as st

PAPER = Vocabulary.of(
    [
        "The miRNAs of these vesicles confer resistance, and cell-to-cell transfer of miRNAs",
        "was seen in MDR cells. Chemo-resistance is transferred by vesicles.",
    ]
)


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("drug resistan-", "ce was lost", "drug resistance was lost"),
        ("what rema- ", " ins is", "what remains is"),
        ("can tr-", "ansfer both", "can transfer both"),
        ("the mi-", "RNAs of", "the miRNAs of"),
        ("MDR-", "associated proteins", "MDR-associated proteins"),
        ("cell-", "to-cell transfer", "cell-to-cell transfer"),
        ("chemo-resis-", "tance of", "chemo-resistance of"),
        ("miR-203, miR-", "30a, 135-b", "miR-203, miR-30a, 135-b"),
        ("given IL-", "10 first", "given IL-10 first"),
        ("both inter-", "and intracellular", "both inter- and intracellular"),
        ("pre- ", "or postoperative", "pre- or postoperative"),
        ("of high-", "from low-grade", "of high- from low-grade"),
        ("exo\u00ad", "some", "exosome"),
        ("between 2011–", "2015 and", "between 2011–2015 and"),
        ("the pro/", "anti side", "the pro/anti side"),
        ("no hyphen", "here", "no hyphen here"),
        ("T-", "cells", "T-cells"),
    ],
)
def test_join(left: str, right: str, whole: str) -> None:
    join = join_hyphenated(left, right, vocabulary=PAPER)
    assert join.left + join.glue + right.lstrip() == whole


def test_own_words_before_general_list() -> None:
    hyphenated = Vocabulary.of(["the co-workers and the co-workers"])
    assert join_hyphenated("his co-", "workers", vocabulary=hyphenated).left == "his co-"
    assert join_hyphenated("his co-", "workers", vocabulary=Vocabulary.of(["coworkers"])).left == "his co"


def test_words_cut_by_a_line_end_are_no_evidence() -> None:
    words = Vocabulary.of(["the exo-", "somes are", "small"]).words
    assert "somes" not in words
    assert "exo" not in words
    assert words["small"] == 1


def test_join_lines() -> None:
    assert (
        join_lines(["Vesicles carry  miR-", "NAs and pro-", "teins."], vocabulary=PAPER)
        == "Vesicles carry miRNAs and proteins."
    )


def test_repair_inner_needs_evidence() -> None:
    assert repair_inner("these mi-RNAs and anti -tumor", vocabulary=PAPER) == "these miRNAs and anti-tumor"
    assert repair_inner("pre- and postnatal, cell-cell, tumor- host") == "pre- and postnatal, cell-cell, tumor-host"
    assert repair_inner("miR -205 and mi-RNAs") == "miR-205 and mi-RNAs"


@given(st.text(max_size=30), st.text(max_size=30))
def test_nothing_but_hyphens_and_spaces_is_lost(left: str, right: str) -> None:
    join = join_hyphenated(left, right)
    assert left.startswith(join.left)
    assert set(left[len(join.left) :].strip()) <= set("-\u00ad\u2010\u2011\x02\ufffe")
    assert join.glue in ("", " ")


def test_the_list_and_its_making() -> None:
    words = general_words()
    assert {"resistance", "inhibitor", "phosphorylation"} <= words
    assert all(w.isalpha() and w == w.lower() for w in words)
    assert build(["the 9", "of 8", "x 7", "rare 1"], ["Exosomal cargo, exosomal cargo"], most=3) == [
        "cargo",
        "exosomal",
        "of",
        "the",
    ]
