"""Drugs called by their target: the one with an i, and classes where resistance or a treatment is told."""

from __future__ import annotations

import pytest
from exomine.nlp.mentions.inhibitors import drug_classes, names_class
from exomine.vocabulary.terms import Term
from spacy.language import Language

GENES = ("BRAF", "MEK", "ERBB2", "CDK4/6", "CDK4", "KRAS", "AKT1", "EGFR")


def lookup(name: str) -> list[Term]:
    """Some genes and one drug."""
    label = "PROTEIN" if name in GENES else "DRUG" if name == "erlotinib" else ""
    return [Term(name.lower(), label, "", name, name, "name", "", "any", "")] if label else []


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("resistance to BRAF inhibitors", ["BRAF inhibitors"]),
        ("resistance to the BRAF and MEK inhibitors", ["BRAF", "MEK inhibitors"]),
        ("BRAF inhibitor resistance", ["BRAF inhibitor"]),
        ("patients treated with a CDK4/6 inhibitor", ["CDK4/6 inhibitor"]),
        ("resistance to KRAS G12C inhibitors", ["KRAS G12C inhibitors"]),
        ("patients received ERBB2-targeted therapy", ["ERBB2-targeted therapy"]),
        ("the response of melanoma cells to BRAF inhibitors", ["BRAF inhibitors"]),
        ("anti-EGFR therapy failed", ["anti-EGFR therapy"]),
        ("BRAF inhibitors reduced proliferation", []),
        ("resistance to the EGFR inhibitor erlotinib", []),
        ("resistance to kinase inhibitors", []),
        ("cells were treated with FOO inhibitors", []),
    ],
)
def test_classes(text: str, spans: list[str]) -> None:
    found = sorted(drug_classes(text, lookup))
    assert [text[c.start : c.end] for c in found] == spans
    assert {c.label for c in found} <= {"DRUG"}


def test_what_stands_behind_a_target() -> None:
    assert names_class(" inhibitors")
    assert names_class(" G12C inhibitor")
    assert not names_class(" inhibition")


def test_the_target_stays_a_mention(rules: Language) -> None:
    doc = rules("Treatment with BRAF inhibitors reduced proliferation of melanoma cells.")
    found = {(m.text, m.label_) for m in doc.spans["mentions"]}
    assert {("BRAF inhibitors", "DRUG"), ("BRAF", "PROTEIN")} <= found


def test_a_long_list_of_names_is_read_once() -> None:
    """Each name may end in digits; a pattern that tries every way to cut them would not come to an end."""
    names = ", ".join(f"CD{n}, HSP{n}B1" for n in range(100, 160))
    assert list(drug_classes(f"Resistance to {names} was not seen.", lookup)) == []
