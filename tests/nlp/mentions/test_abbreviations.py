"""Definitions in a text, and what they mean for mentions."""

from __future__ import annotations

import pytest
from exomine.nlp.extensions import MENTIONS
from exomine.nlp.mentions.abbreviations import abbreviations_of
from exomine.nlp.mentions.definitions import definitions, long_form_start
from hypothesis import given
from hypothesis import strategies as st

from helpers.entity_chain import entity_chain

NLP = entity_chain()


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("castration-resistant prostate cancer (CRPC)", [("CRPC", "castration-resistant prostate cancer")]),
        ("CRPC (castration-resistant prostate cancer)", [("CRPC", "castration-resistant prostate cancer")]),
        ("We used proton pump inhibitors (PPIs).", [("PPIs", "proton pump inhibitors")]),
        ("hypoxia-inducible factor-1α (HIF-1α; a regulator)", [("HIF-1α", "hypoxia-inducible factor-1α")]),
        ("in 2,6-diaminopurine (DAP)", [("DAP", "2,6-diaminopurine")]),
        ("It was seen in mice (Fig. 2) and men (n = 4).", []),
        ("patients (see Table 2) and (and)", []),
        ("A cell (cellid = 94) is marked.", []),
        ("full analysis set [FAS]", [("FAS", "full analysis set")]),
    ],
)
def test_definitions(text: str, pairs: list[tuple[str, str]]) -> None:
    assert [(text[d.start : d.end], text[d.long_start : d.long_end]) for d in definitions(text)] == pairs


@given(st.text(alphabet="abcABC (),-;[]\n1", max_size=60))
def test_definitions_lie_in_one_line(text: str) -> None:
    for d in definitions(text):
        assert 0 <= d.start < d.end <= len(text)
        assert 0 <= d.long_start < d.long_end <= len(text)
        assert "\n" not in text[min(d.start, d.long_start) : max(d.end, d.long_end)]


def test_the_first_letter_begins_a_word() -> None:
    assert long_form_start("TNF", "the tumor necrosis factor") == 4
    assert long_form_start("XYZ", "the tumor necrosis factor") is None


def named(text: str) -> list[tuple[str, str, str]]:
    doc = NLP(text)
    return [(s.text, s.label_, s._.name) for s in doc.spans[MENTIONS]]


def test_a_definition_holds_for_the_whole_paper() -> None:
    text = "GC rose in spring.\nGastric cancer (GC) is frequent."
    assert ("GC", "CANCER", "stomach cancer") in named(text)
    assert named(text)[0] == ("GC", "CANCER", "stomach cancer")


def test_drug_codes_in_brackets() -> None:
    assert ("XQ7R", "DRUG", "cisplatin") in named("Cisplatin (XQ7R) was added; XQ7R killed.")
    assert ("XQ7R", "DRUG", "cisplatin") in named("XQ7R (cisplatin) was added.")
    regimen = named("Rituximab, cyclophosphamide and prednisone (QRCP) were given.")
    assert not [m for m in regimen if m[0] == "QRCP"]


def test_a_papers_own_meaning_beats_symbols() -> None:
    assert ("MSC", "CELL_TYPE", "mesenchymal stem cell") in named("Mesenchymal stem cells (MSC) came; MSC left.")
    assert ("TEX", "VESICLE", "exosome") in named("Tumor-derived exosomes (TEX) came; TEX left.")
    assert not [m for m in named("Minimally invasive ablative therapy (MIAT) was safe; MIAT helped.") if m[0] == "MIAT"]
    assert not [m for m in named("Response evaluation criteria in solid tumors (RECIST) apply.") if m[0] == "RECIST"]


def test_definitions_delete_no_true_entity() -> None:
    assert ("STAT3", "PROTEIN", "STAT3") in named(
        "Signal transducer and activator of transcription 3 (STAT3) acts; STAT3 binds."
    )
    assert ("APC", "PROTEIN", "APC") in named("Adenomatous polyposis coli (APC) is lost; APC binds.")


def test_the_list_of_abbreviations() -> None:
    (found,) = abbreviations_of(NLP("Temozolomide (TMZ) failed."))
    assert (found.short, found.long, found.label, found.name) == ("TMZ", "Temozolomide", "DRUG", "temozolomide")


def test_a_gene_that_bears_a_cancers_name_makes_no_cancer_of_its_short_form() -> None:
    found = named("The retinoblastoma (Rb) protein binds E2F, and Rb is lost.")
    assert not [m for m in found if m[0] == "Rb" and m[1] == "CANCER"]
    assert ("Rb", "CANCER") in {m[:2] for m in named("Retinoblastoma (Rb) is rare, and Rb kills.")}
