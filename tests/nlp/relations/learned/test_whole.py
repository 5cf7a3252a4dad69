"""Rules and network together, on what either gets wrong alone."""

from __future__ import annotations

import pytest
from spacy.language import Language

Row = tuple[str, str, str]


def _rows(pipeline: Language, text: str) -> set[Row]:
    return {(r.subject.text, r.predicate, r.object.text) for r in pipeline(text)._.relations}


@pytest.mark.parametrize(
    "text",
    [
        "PTEN reverses cisplatin resistance.",
        "GAS5 weakened resistance to gefitinib.",
        "MSC exosomes overcame paclitaxel resistance.",
        "Exosomal miR-151a attenuates temozolomide resistance in glioblastoma.",
        "MiR-151a in exosomes lowered the IC50 of sorafenib.",
        "PTEN suppressed proliferation and attenuated doxorubicin resistance of colorectal cancer cells.",
    ],
)
def test_who_undoes_a_resistance_does_not_confer_it(pipeline: Language, text: str) -> None:
    predicates = {p for _, p, _ in _rows(pipeline, text)}
    assert "confers_sensitivity_to" in predicates
    assert "confers_resistance_to" not in predicates


@pytest.mark.parametrize(
    ("text", "barred"),
    [
        (
            "An SNP in the miR-24 site of DHFR leads to methotrexate resistance.",
            ("miR-24", "confers_resistance_to", "methotrexate"),
        ),
        (
            "MiR-93 lowered PTEN, although sensitivity to cisplatin increased.",
            ("MiR-93", "confers_sensitivity_to", "cisplatin"),
        ),
        (
            "MiR-155 lowers FOXO3, so that cells became resistant to paclitaxel.",
            ("MiR-155", "confers_sensitivity_to", "paclitaxel"),
        ),
    ],
)
def test_a_place_and_what_came_in_spite_of_an_act_are_no_cause(pipeline: Language, text: str, barred: Row) -> None:
    assert barred not in _rows(pipeline, text)


@pytest.mark.parametrize("text", ["MALAT1 promotes cisplatin resistance.", "Exosomes raised the IC50 of sorafenib."])
def test_who_furthers_a_resistance_confers_it(pipeline: Language, text: str) -> None:
    predicates = {p for _, p, _ in _rows(pipeline, text)}
    assert "confers_resistance_to" in predicates
    assert "confers_sensitivity_to" not in predicates


@pytest.mark.parametrize(
    ("text", "barred"),
    [
        (
            "MiR-106a reduces the sensitivity to gemcitabine by silencing TP53INP1.",
            ("TP53INP1", "confers_resistance_to", "gemcitabine"),
        ),
        (
            "MiR-151a mitigates temozolomide resistance by downregulating XRCC4.",
            ("XRCC4", "confers_sensitivity_to", "temozolomide"),
        ),
        (
            "Exosomal ZEB1 mRNA instigated EMT and gemcitabine resistance in A549 cells.",
            ("Exosomal", "confers_resistance_to", "gemcitabine"),
        ),
    ],
)
def test_what_goes_against_the_chain_or_only_describes_is_left_out(pipeline: Language, text: str, barred: Row) -> None:
    assert barred not in _rows(pipeline, text)


@pytest.mark.parametrize(
    ("text", "barred"),
    [
        (
            "In cisplatin-resistant ovarian cancer cells, miR-130a conferred resistance to paclitaxel.",
            ("miR-130a", "confers_resistance_to", "cisplatin"),
        ),
        ("MSC exosomes inhibited angiogenesis in breast cancer.", ("MSC", "inhibits", "angiogenesis")),
        (
            "miR-7 increased cisplatin resistance. This effect was abolished by PTEN overexpression.",
            ("PTEN", "confers_resistance_to", "cisplatin"),
        ),
        (
            "miR-93 and miR-145 were counted; the former promoted invasion and the latter suppressed migration.",
            ("miR-93", "inhibits", "migration"),
        ),
        ("Unlike miR-9, which promotes invasion, miR-145 inhibits invasion.", ("miR-9", "inhibits", "invasion")),
        ("Exosomes carry multiple drugs to recipient cells.", ("multiple drugs", "cargo_of", "Exosomes")),
        (
            "The effect of miR-31 on gemcitabine resistance was blocked by overexpression of PTEN.",
            ("miR-31", "confers_sensitivity_to", "gemcitabine"),
        ),
        (
            "Curcumin-pretreated exosomes no longer spread resistance to daunorubicin.",
            ("Curcumin", "cargo_of", "exosomes"),
        ),
        ("miR-31 enhanced chemoresistance to cisplatin.", ("miR-31", "confers_sensitivity_to", "chemoresistance")),
    ],
)
def test_what_words_beside_names_and_rules_exclude(pipeline: Language, text: str, barred: Row) -> None:
    assert barred not in _rows(pipeline, text)


@pytest.mark.parametrize(
    "text",
    [
        "MiR-21 confers resistance to cisplatin [2]. Its antagomir restored sensitivity to the drug [4].",
        "MiR-155 confers resistance to gemcitabine [2]. Later the miRNA had no effect on the response to the drug [3].",
    ],
)
def test_a_statement_that_only_points_back_has_the_mark_of_its_sentence(pipeline: Language, text: str) -> None:
    pointing_back = [r for r in pipeline(text)._.relations if max(r.subject.end, r.object.end) <= r.sentence.start]
    assert pointing_back
    assert all(r.citations in (("3",), ("4",)) for r in pointing_back)
