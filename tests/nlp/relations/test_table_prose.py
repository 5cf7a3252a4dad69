"""Sentences in the cells of tables: who acts need not be whom the row is about."""

from __future__ import annotations

import pytest
from exomine.document.builder import DocumentBuilder
from exomine.document.model import Cell, Document, Table
from exomine.nlp.annotate import annotate
from spacy.language import Language

HEADER = ("RNA", "Cancer", "Main findings")


def _document(*rows: tuple[str, str, str]) -> Document:
    cells = tuple(
        Cell(r, c, text, header=r == 0) for r, row in enumerate((HEADER, *rows)) for c, text in enumerate(row)
    )
    builder = DocumentBuilder()
    builder.add("paragraph", "Before the table.")
    builder.add_table(Table("t1", "Table 1", "Non-coding RNAs and drug resistance", cells))
    built = builder.finish()
    return Document("0" * 16, "a", "text", built.text, built.blocks, tables=built.tables)


@pytest.mark.parametrize(
    ("subject", "cell", "said", "unsaid"),
    [
        (
            "UCA1",
            "Knock-down of UCA1 restored sensitivity to cisplatin; miR-196a was suppressed by CREB",
            {("UCA1", "reduced", "confers_resistance_to", "cisplatin", "high")},
            {("UCA1", "normal", "confers_sensitivity_to", "cisplatin", "high"),
             ("UCA1", "normal", "downregulates", "miR-196a", "all")},
        ),
        (
            "HOTAIR",
            "ATG7-deficient tumours are resistant to cisplatin and grow faster",
            {("ATG7", "reduced", "confers_sensitivity_to", "cisplatin", "all")},
            {("HOTAIR", "normal", "confers_resistance_to", "cisplatin", "high")},
        ),
        (
            "miR-21",
            "CAF-derived exosomal miR-21 binds APAF1 and confers resistance to paclitaxel",
            {("miR-21", "normal", "confers_resistance_to", "paclitaxel", "high"),
             ("miR-21", "normal", "cargo_of", "exosomal", "high")},
            set(),
        ),
        (
            "miR-34a",
            "Sensitizes to docetaxel and inhibits invasion",
            {("miR-34a", "normal", "confers_sensitivity_to", "docetaxel", "high"),
             ("miR-34a", "normal", "inhibits", "invasion", "high")},
            set(),
        ),
        (
            "miR-21",
            "Silencing miR-21 sensitized cells to cisplatin, whereas miR-66 did not",
            {("miR-21", "reduced", "confers_resistance_to", "cisplatin", "high")},
            {("miR-21", "normal", "confers_sensitivity_to", "cisplatin", "high")},
        ),
        (
            "miR-21",
            "Targeting PTEN and thereby promotes resistance to cisplatin",
            {("miR-21", "normal", "confers_resistance_to", "cisplatin", "high")},
            {("PTEN", "reduced", "confers_sensitivity_to", "cisplatin", "all")},
        ),
    ],
)  # fmt: skip
def test_who_acts_in_a_cell(
    rules: Language, subject: str, cell: str, said: set[tuple[str, ...]], unsaid: set[tuple[str, ...]]
) -> None:
    doc = annotate(rules, _document((subject, "Bladder cancer", cell)))
    found = {(r.subject.text, r.subject_state, r.predicate, r.object.text, r.tier) for r in doc._.relations}
    assert said <= found
    assert not unsaid & found
    assert {r.cancer_name for r in doc._.relations if r.predicate != "cargo_of"} == {"urinary bladder cancer"}
    assert {r.source for r in doc._.relations} == {"table"}


def test_what_was_shown_has_its_own_actor(rules: Language) -> None:
    cell = "It was shown that miR-103 is raised in plasma, where it lowers ABCB1 and restores sensitivity to cisplatin"
    doc = annotate(rules, _document(("H19", "Colon cancer", cell)))
    found = {(r.subject.text, r.object.text): r.tier for r in doc._.relations}
    assert ("H19", "ABCB1") not in found
    assert ("H19", "cisplatin") not in found


def test_sentences_behind_one_without_an_actor_have_theirs(rules: Language) -> None:
    cell = "Raised in plasma of patients with glioma. UCA1 promotes resistance to cisplatin in these cells"
    doc = annotate(rules, _document(("H19", "Colon cancer", cell)))
    found = {(r.subject.text, r.predicate, r.object.text) for r in doc._.relations}
    assert ("UCA1", "confers_resistance_to", "cisplatin") in found
    assert ("H19", "confers_resistance_to", "cisplatin") not in found


def test_a_rows_actor_is_not_made_to_do_what_another_does(rules: Language) -> None:
    doc = annotate(
        rules, _document(("H19", "Colon cancer", "H19 raises FGFR2, and miR-103 lowers ABCB1 in these cells"))
    )
    found = {(r.subject.text, r.predicate, r.object.text): r.tier for r in doc._.relations}
    assert found["H19", "upregulates", "FGFR2"] == "high"
    assert found["miR-103", "downregulates", "ABCB1"] == "all"
    assert found.get(("H19", "downregulates", "ABCB1"), "all") == "all"


@pytest.mark.parametrize("between", [". ", "; "])
def test_what_one_sentence_of_a_cell_denies_the_next_does_not(rules: Language, between: str) -> None:
    cell = between.join(("miR-30 did not target BCL2", "miR-31 targets KRAS in these cells"))
    doc = annotate(rules, _document(("miR-21", "Colon cancer", cell)))
    found = {(r.subject.text, r.object.text): r.assertion for r in doc._.relations}
    assert found == {("miR-30", "BCL2"): "negated", ("miR-31", "KRAS"): "asserted"}
