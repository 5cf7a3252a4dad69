"""Short names of cells beside vesicles."""

from __future__ import annotations

import csv

import pytest
from exomine.nlp.mentions.cell_names import FILE, cells_of_vesicles, short_names
from exomine.nlp.mentions.matcher import lexicon_matcher

LOOKUP = lexicon_matcher((), ()).lookup


def found(text: str) -> list[str]:
    return [text[c.start : c.end] for c in cells_of_vesicles(text, LOOKUP)]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("TAM-derived exosomes carry miR-21.", ["TAM"]),
        ("Vesicles shed by hucMSCs reached the liver.", ["hucMSCs"]),
        ("Exosomal miR-9 from ADSC slowed growth.", ["ADSC"]),
        ("BM-MSC-EVs were purified.", ["BM-MSC"]),
        ("Exosomes (50 nm) that were taken up by DCs matured them.", ["DCs"]),
        ("CAF-secreted exosomes and DC exosomes were compared.", ["CAF", "DC"]),
    ],
)
def test_cells_that_release_or_take_up_vesicles(text: str, cells: list[str]) -> None:
    assert found(text) == cells


@pytest.mark.parametrize(
    "text",
    [
        "CAF was given for six cycles.",
        "TAM resistance of MCF-7 cells rose.",
        "ASC activates caspase-1.",
        "Exosomes of cells with DC-SIGN were sorted.",
        "Exosomes from MSCX cells were sorted.",
        "exosomes treated with TAM",
    ],
)
def test_what_else_the_letters_mean(text: str) -> None:
    assert found(text) == []


def test_each_name_is_in_the_lexicon_and_found_in_its_example() -> None:
    with FILE.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t"))
    assert len(rows) == len(short_names()) > 20
    for row in rows:
        (one,) = cells_of_vesicles(row["example"], LOOKUP)
        assert row["short"] in row["example"][one.start : one.end], row
        assert bool(one.curie) == bool(row["name"]), row


def test_what_the_paper_defines_comes_first(pipeline) -> None:
    doc = pipeline("Tamoxifen (TAM) was given. TAM-derived compounds and TAM exosomes were compared.")
    assert "CELL_TYPE" not in {m.label_ for m in doc.spans["mentions"] if m.text == "TAM"}


def test_a_tissue_before_its_cells_is_no_drug(pipeline) -> None:
    doc = pipeline("Exosomes from adipose-derived MSCs were used.")
    assert [(m.text, m.label_) for m in doc.spans["mentions"]] == [("Exosomes", "VESICLE"), ("MSCs", "CELL_TYPE")]
