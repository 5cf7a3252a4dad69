"""scispaCy's detector of definitions, and what our own definitions make of its findings."""

from __future__ import annotations

import warnings

import pytest
from exomine.nlp.mentions.abbreviations import abbreviations_of
from exomine.nlp.mentions.scispacy_abbreviations import take_definitions, trusted
from spacy.language import Language
from spacy.tokens import Doc

FIRST = "Ulcers were rare. "


def found(nlp: Language, text: str) -> list[tuple[str, str]]:
    with nlp.select_pipes(enable=["blocks", "encoder", "scispacy_abbreviations"]):
        doc = nlp(text)
    return [(text[d.start : d.end], text[d.long_start : d.long_end]) for d in take_definitions(doc)]


def mentions(doc: Doc) -> dict[tuple[int, int, str], str]:
    return {(m.start_char, m.end_char, m.label_): m.kb_id_ for m in doc.spans["mentions"]}


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Gastritis by Helicobacter pylori (H. pylori) was seen.", [("H. pylori", "Helicobacter pylori")]),
        ("Non-small cell lung cancer (NSCLC) was treated.", [("NSCLC", "Non-small cell lung cancer")]),
        ("Patients (median age 61 years) were treated.", []),
        ("Nothing is in brackets here.", []),
    ],
)
def test_offsets_are_those_of_the_text(pipeline: Language, text: str, pairs: list[tuple[str, str]]) -> None:
    assert found(pipeline, FIRST + text) == pairs


@pytest.mark.parametrize(
    ("short", "long"),
    [("H. pylori", "Helicobacter pylori"), ("Ang II", "angiotensin II"), ("MV CBCT", "megavoltage cone beam CT scan")],
)
def test_a_short_form_of_several_words_is_trusted(short: str, long: str) -> None:
    assert trusted(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("years", "years of follow-up"), ("Medium", "mixture of salts and sugars"), ("Tk", "Tenax kodak (SCS"),
        ("Glu", "transporter of glutamate uptake"), ("GM1", "GM1 ganglioside"),
    ],
)  # fmt: skip
def test_what_defines_nothing_is_not_trusted(short: str, long: str) -> None:
    assert not trusted(short, long)


def test_it_adds_what_our_definitions_miss(pipeline: Language) -> None:
    text = "Levels of angiotensin II (Ang II) rose."
    doc = pipeline(text)
    assert [(a.short, a.long, a.curie) for a in abbreviations_of(doc)] == [("Ang II", "angiotensin II", "hgnc:333")]
    with pipeline.select_pipes(disable="scispacy_abbreviations"):
        assert abbreviations_of(pipeline(text)) == ()


def test_our_boundaries_stand_where_both_define_a_short_form(pipeline: Language) -> None:
    text = "Cells took up 2,6-diaminopurine (DAP) and P-glycoprotein (Pgp) was silent."
    assert [(a.short, a.long) for a in abbreviations_of(pipeline(text))] == [
        ("DAP", "2,6-diaminopurine"), ("Pgp", "P-glycoprotein"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Mouse embryo MEF cells (MEF cells) were cultured with cisplatin.",
        "Growth of breast cancer stem cells (BC SCs) was driven by EGFR and IL-6.",
        "Exosomes of macrophages (Exo M) carry miR-21 to MCF-7 cells.",
        "Doxorubicin with cyclophosphamide (DOX CP) was given in Hodgkin lymphoma.",
        "Loss of PTEN (years 2 to 4) and ABCB1 (left) in glioma.",
    ],
)
def test_no_mention_is_lost_and_none_loses_its_identifier(pipeline: Language, text: str) -> None:
    now = mentions(pipeline(text))
    with pipeline.select_pipes(disable="scispacy_abbreviations"):
        before = mentions(pipeline(text))
    assert {place: now.get(place) for place, curie in before.items() if curie} == {p: c for p, c in before.items() if c}
    assert before.keys() <= now.keys()


def test_a_text_that_defines_nothing_gives_no_warning(pipeline: Language) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert found(pipeline, "Patients (n = 12) were treated.") == []
