"""Rows of tables as relations: own tables, mentions put in place by the test."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import spacy
from exomine.document.builder import DocumentBuilder
from exomine.document.citations import find_marks
from exomine.document.model import Cell, Document, Reference, Table
from exomine.nlp.extensions import register_extensions
from exomine.nlp.relation import Relation
from exomine.nlp.relations.table_columns import column_roles
from exomine.nlp.relations.tables import TableRelations
from spacy.tokens import Span

_LABELS = {
    "MIRNA": r"miR-\d+[a-z]?", "CANCER": r"(?:breast|colon|lung) cancer|glioma", "VESICLE": r"[Ee]xosom(?:es|al|e)|EVs",
    "DRUG": r"chemoresistance|cisplatin|docetaxel",
    "PROCESS": r"apoptosis|invasion|angiogenesis|[Tt]umor development and progression",
    "PROTEIN": r"PTEN|CD9|CD63|HSP70|IL-6|TNF", "PATHWAY": r"Wnt signaling|signaling(?! )",
}  # fmt: skip


def table(caption: str, *rows: list[str], header: bool = True) -> Table:
    cells = tuple(
        Cell(r, c, text, header=header and r == 0) for r, row in enumerate(rows) for c, text in enumerate(row)
    )
    return Table("t1", "Table 1", caption, cells)


def relations(
    t: Table, references: tuple[Reference, ...] = (), *, mark: Callable[[list[Span]], None] = lambda _: None
) -> tuple[Relation, ...]:
    register_extensions()
    builder = DocumentBuilder()
    builder.add("paragraph", "Before the table.")
    builder.add_table(t)
    built = builder.finish()
    document = Document(
        "0" * 16, "a", "text", built.text, built.blocks, tables=built.tables, references=references,
        citations=tuple(find_marks(built.text, references)),
    )  # fmt: skip
    doc = spacy.blank("en")(document.text)
    doc._.document = document
    spans: list[Span] = []
    for label, pattern in _LABELS.items():
        for m in re.finditer(pattern, document.text):
            span = doc.char_span(m.start(), m.end(), label=label, alignment_mode="expand")
            if span is not None:
                spans.append(span)
    mark(spans)
    doc.spans["mentions"] = spans
    found: tuple[Relation, ...] = TableRelations()(doc)._.relations
    return found


def stated(t: Table) -> set[tuple[str, str, str, str]]:
    return {(r.subject.text, r.predicate, r.object.text, r.cancer_name) for r in relations(t)}


def test_how_much_of_the_subject_there_is_is_nothing_that_it_does() -> None:
    found = stated(
        table(
            "MicroRNAs in the brain",
            ["miRNA", "Reported findings", "Ref."],
            ["miR-7", "Upregulated in PTEN mutant mice and elevated in serum, TNF", "[3]"],
            ["miR-8", "Increased in glioma; increased invasion", "[4]"],
            ["miR-9", "Reduced in vitro invasion", "[4]"],
        )
    )
    assert found == {
        ("miR-8", "increased_in", "glioma", "glioma"),
        ("miR-8", "promotes", "invasion", "glioma"),
        ("miR-9", "inhibits", "invasion", ""),
    }


def test_authors_and_years_in_a_column_of_references() -> None:
    listed = (
        Reference("1", "Kim J. Title. 2007", year=2007, authors=("Kim", "Park")),
        Reference("2", "Lee A, Moreau B. Other title. 2011", year=2011, authors=("Lee", "Moreau")),
        Reference("3", "Kim J. Third title. 2012", year=2012, authors=("Kim", "Park", "Sato")),
    )
    t = table(
        "MicroRNAs", ["miRNA", "Function", "References"],
        ["miR-7", "apoptosis", "Kim et al., 2012; Lee and Moreau, 2011"],
        ["miR-8", "invasion", "Unpublished, 2007"],
    )  # fmt: skip
    assert {r.subject.text: r.citations for r in relations(t, listed)} == {"miR-7": ("3", "2"), "miR-8": ()}


def test_targets_that_are_only_predicted_are_not_asserted() -> None:
    for caption, header, expected in (
        ("MicroRNAs in blood", "Predicted target gene", "speculative"),
        ("MicroRNAs and their genes, according to target prediction", "Target", "speculative"),
        ("MicroRNAs in blood", "Target gene", "asserted"),
        ("Predicted targets that were validated", "Target gene", "asserted"),
    ):
        found = relations(table(caption, ["miRNA", header], ["miR-7", "PTEN"], ["miR-8", "TNF"]))
        assert {(r.object.text, r.predicate, r.assertion) for r in found} == {
            ("PTEN", "downregulates", expected),
            ("TNF", "downregulates", expected),
        }


def test_a_name_with_and_in_it_is_one_function() -> None:
    found = stated(
        table(
            "Circulating miRNAs",
            ["Cancer", "miRNA", "Function"],
            ["breast cancer", "miR-7", "Tumor development and progression, diagnosis"],
            ["colon cancer", "miR-8", "invasion and apoptosis"],
        )
    )
    assert found == {
        ("miR-7", "promotes", "Tumor development and progression", "breast cancer"),
        ("miR-7", "biomarker_for", "breast cancer", "breast cancer"),
        ("miR-8", "promotes", "invasion", "colon cancer"),
        ("miR-8", "promotes", "apoptosis", "colon cancer"),
    }


def test_every_subject_function_and_cancer() -> None:
    found = stated(
        table(
            "Circulating miRNAs",
            ["Cancer", "miRNA", "Function", "Ref."],
            ["breast cancer, colon cancer", "miR-7, miR-8a", "Diagnosis, chemoresistance", "[3, 4]"],
        )
    )
    for mirna in ("miR-7", "miR-8a"):
        for cancer in ("breast cancer", "colon cancer"):
            assert (mirna, "biomarker_for", cancer, cancer) in found
            assert (mirna, "confers_resistance_to", "chemoresistance", cancer) in found
    assert len(found) == 8


def test_signs_in_function_cells() -> None:
    found = stated(
        table(
            "Roles",
            ["miRNA", "Effect"],
            ["miR-7", "inhibits invasion; promotes angiogenesis"],
            ["miR-8", "IL-6, TNF suppression"],
            ["miR-9", "apoptosis"],
            ["miR-10", "Wnt signaling activation"],
        )
    )
    assert found == {
        ("miR-7", "inhibits", "invasion", ""),
        ("miR-7", "promotes", "angiogenesis", ""),
        ("miR-8", "downregulates", "IL-6", ""),
        ("miR-8", "downregulates", "TNF", ""),
        ("miR-9", "promotes", "apoptosis", ""),
        ("miR-10", "upregulates", "Wnt signaling", ""),
    }


def test_what_a_cell_only_names_is_not_sure() -> None:
    prose = "it was needed in all models for the full activation of IL-6 by the drug"
    found = relations(
        table("Roles", ["miRNA", "Effect"], ["miR-7", "inhibits invasion"], ["miR-8", "invasion"], ["miR-9", prose])
    )
    assert [(r.subject.text, r.object.text, r.method, r.tier) for r in found] == [
        ("miR-7", "invasion", "table", "high"),
        ("miR-8", "invasion", "table-loose", "all"),
        ("miR-9", "IL-6", "table-loose", "all"),
    ]


def test_what_a_cell_denies_is_not_stated() -> None:
    head = ["miRNA", "Drug", "Effect", "Cancer"]
    rows = [["miR-7", "cisplatin", "No effect", "colon cancer"], ["miR-8", "cisplatin", "Increased", "colon cancer"]]
    found = stated(table("miRNAs and drug resistance", head, *rows))
    assert {(a, b, c) for a, b, c, _ in found} == {("miR-8", "confers_resistance_to", "cisplatin")}
    assert stated(table("Roles", ["miRNA", "Effect"], ["miR-7", "does not inhibit invasion"])) == set()


@pytest.mark.parametrize(
    ("cell", "tier"),
    [
        ("PTEN", "high"),
        ("PTEN, TNF", "high"),
        ("Unknown, candidates include PTEN", "all"),
        ("Down-regulated by PTEN", "all"),
        ("a polymorphism in the binding site raises PTEN", "all"),
    ],
)
def test_targets_that_a_cell_is_unsure_of(cell: str, tier: str) -> None:
    found = relations(table("Targets", ["miRNA", "Target"], ["miR-7", cell]))
    assert {r.tier for r in found if r.object.text == "PTEN"} == {tier}


def test_subjects_side_by_side_have_their_own_columns() -> None:
    head = ["Disease", "miRNA", "Target", "miRNA", "Target"]
    found = stated(table("Selection", head, ["colon cancer", "miR-7", "PTEN", "miR-8", "TNF"]))
    assert found == {
        ("miR-7", "downregulates", "PTEN", "colon cancer"),
        ("miR-8", "downregulates", "TNF", "colon cancer"),
    }


def test_nothing_acts_on_itself_and_cancer_types_do_not_act() -> None:
    found = stated(
        table(
            "Effects of a drug",
            ["Cancer type", "Effect"],
            ["HSP70", "inhibits invasion"],
            ["CD63", "inhibits invasion"],
        )
    )
    assert found == set()
    assert stated(table("Roles", ["Gene", "Role"], ["PTEN", "activates PTEN, inhibits TNF"])) == {
        ("PTEN", "downregulates", "TNF", "")
    }


def test_a_column_that_no_header_names_is_the_subject() -> None:
    rows = [
        ["miR-7", "inhibits invasion"],
        ["miR-8", "promotes angiogenesis"],
        ["a lipid", "none"],
        ["a sugar", "none"],
    ]
    found = stated(table("Roles", ["Entry", "Effect"], *rows))
    assert found == {("miR-7", "inhibits", "invasion", ""), ("miR-8", "promotes", "angiogenesis", "")}


def test_a_phrase_that_states_nothing_ends_no_cell() -> None:
    found = stated(table("Roles", ["miRNA", "Effect"], ["miR-7", "unknown; inhibits invasion"]))
    assert found == {("miR-7", "inhibits", "invasion", "")}


def test_caption_gives_the_vesicle() -> None:
    found = stated(
        table("Exosomal proteins", ["Class", "Protein"], ["Tetraspanins", "CD9, CD63"], ["Chaperones", "HSP70"])
    )
    assert {(s, p) for s, p, _, _ in found} == {("CD9", "cargo_of"), ("CD63", "cargo_of"), ("HSP70", "cargo_of")}


def test_where_the_cancer_of_a_row_was_taken_from() -> None:
    header = ["miRNA", "Function"]
    (row,) = relations(table("Roles", ["Cancer", *header], ["glioma", "miR-7", "invasion"]))
    assert (row.cancer_name, row.cancer_source) == ("glioma", "sentence")
    (row,) = relations(table("Roles in glioma", header, ["miR-7", "invasion"]))
    assert (row.cancer_name, row.cancer_source) == ("glioma", "section")
    (row,) = relations(table("Roles", header, ["miR-7", "invasion"]))
    assert (row.cancer_name, row.cancer_source) == ("", "")


def test_caption_gives_the_predicate_and_the_cancer() -> None:
    found = stated(table("Diagnostic miRNAs in glioma", ["miRNA", "Cancer"], ["miR-7", "glioma"]))
    assert found == {("miR-7", "biomarker_for", "glioma", "glioma")}


def test_targets_and_expression() -> None:
    found = stated(
        table(
            "miRNAs",
            ["miRNA", "Target gene", "Expression", "Tumor"],
            ["miR-7", "PTEN", "↑", "lung cancer"],
            ["miR-8", "", "downregulated", "lung cancer"],
        )
    )
    assert found == {
        ("miR-7", "downregulates", "PTEN", "lung cancer"),
        ("miR-7", "increased_in", "lung cancer", "lung cancer"),
        ("miR-8", "decreased_in", "lung cancer", "lung cancer"),
    }


def test_drug_columns_speak_through_caption_or_header() -> None:
    rows = (["miRNA", "Drug", "Cancer"], ["miR-7", "cisplatin", "lung cancer"])
    assert ("miR-7", "confers_resistance_to", "cisplatin", "lung cancer") in stated(
        table("miRNAs in drug resistance", *rows)
    )
    assert ("miR-7", "confers_sensitivity_to", "cisplatin", "lung cancer") in stated(
        table("miRNAs in drug sensitivity", *rows)
    )
    assert not {p for _, p, _, _ in stated(table("miRNAs under study", *rows))}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("[3, 5-7]", ("3", "5", "6", "7")), ("12, 14", ("12", "14")), ("9–11", ("9", "10", "11")), ("", ())],
)
def test_references(cell: str, expected: tuple[str, ...]) -> None:
    t = table("Roles", ["miRNA", "Effect", "References"], ["miR-7", "inhibits invasion", cell])
    assert [r.citations for r in relations(t)] == [expected]


def test_relations_say_where_they_stand() -> None:
    (r,) = relations(table("Roles", ["miRNA", "Effect"], ["miR-7", "inhibits invasion"]))
    assert (r.source, r.method, r.tier) == ("table", "table", "high")
    assert r.sentence.text == "miR-7 | inhibits invasion"


def test_roles_by_content_where_headers_are_silent() -> None:
    t = table("A", ["A", "B", "C"], ["x", "y", "z"], ["x", "y", "z"])
    labels = [[["CANCER"], ["MIRNA"], ["PROCESS"]], [["CANCER"], ["MIRNA"], []]]
    assert column_roles(t, labels) == ["cancer", "subject", "function"]


def test_paper_without_tables_is_left_alone() -> None:
    register_extensions()
    doc = spacy.blank("en")("miR-7 inhibits invasion.")
    assert TableRelations()(doc)._.relations == ()


def test_a_column_whose_header_tells_nothing_is_the_subject_by_a_third_of_its_cells() -> None:
    rows = ["miR-9", "none"], ["clone 7", "none"], ["clone 8", "none"]
    t = table("Molecules of the serum", ["Item", "Remarks"], *rows)
    assert column_roles(t, [[["MIRNA"], []], [[], []], [[], []]]) == ["subject", ""]
    assert column_roles(t, [[[], []]] * 3) == ["", ""]


def test_what_only_the_model_has_seen_is_no_object_or_never_high() -> None:
    """A name of which neither lexicon nor grammar knows anything."""
    t = table("MicroRNAs", ["miRNA", "Target"], ["miR-7", "PTEN"], ["miR-8", "TNF"], ["miR-9", "CD63"])
    sure = {"PTEN": ("model", 0.5), "TNF": ("model", 0.9), "CD63": ("lexicon", 0.9)}

    def marked(spans: list[Span]) -> None:
        for span in spans:
            if span.text in sure:
                span._.method, span._.score = sure[span.text]

    found = {r.object.text: r.tier for r in relations(t, mark=marked)}
    assert found == {"TNF": "all", "CD63": "high"}


def test_blank_cells_at_the_beginning_of_a_row_go_on_with_those_above() -> None:
    head = ["Cancer", "miRNA", "Target", "Effect"]
    rows = [
        ["glioma", "miR-7", "PTEN", "inhibits invasion"],
        ["", "miR-8", "TNF", ""],
        ["", "", "CD9", "angiogenesis"],
        ["", "", "CD63", ""],
        ["colon cancer", "miR-9", "", "promotes invasion"],
    ]
    assert stated(table("Roles", head, *rows)) == {
        ("miR-7", "downregulates", "PTEN", "glioma"),
        ("miR-7", "inhibits", "invasion", "glioma"),
        ("miR-8", "downregulates", "TNF", "glioma"),
        ("miR-8", "downregulates", "CD9", "glioma"),
        ("miR-8", "promotes", "angiogenesis", "glioma"),
        ("miR-9", "promotes", "invasion", "colon cancer"),
    }


def test_a_heading_inside_of_a_table_gives_the_cancer_and_ends_what_goes_on() -> None:
    head = ["miRNA", "Expression", "Target"]
    rows = [
        ["glioma", "", ""],
        ["miR-7", "Up", "PTEN"],
        ["lung cancer", "", ""],
        ["", "Down", "TNF"],
        ["miR-8", "Down", ""],
    ]
    found = relations(table("Roles", head, *rows))
    assert {(r.subject.text, r.predicate, r.object.text, r.cancer_name, r.cancer_source) for r in found} == {
        ("miR-7", "increased_in", "glioma", "glioma", "section"),
        ("miR-7", "downregulates", "PTEN", "glioma", "section"),
        ("miR-8", "decreased_in", "lung cancer", "lung cancer", "section"),
    }


def test_headers_tell_how_much_there_is_of_the_subjects_below() -> None:
    head = ["Cancer", "Upregulated miRNAs", "Decreased miRNAs"]
    rows = [["glioma", "miR-7", "miR-8"], ["colon cancer", "miR-9", ""], ["lung cancer", "miR-10", ""]]
    found = {(a, b, c) for a, b, c, _ in stated(table("Serum", head, *rows))}
    assert found == {
        ("miR-7", "increased_in", "glioma"),
        ("miR-8", "decreased_in", "glioma"),
        ("miR-9", "increased_in", "colon cancer"),
        ("miR-10", "increased_in", "lung cancer"),
    }
    assert stated(table("Serum", ["Cancer", "Upregulated miRNAs in resistant cells"], *[r[:2] for r in rows])) == set()


def test_a_column_that_says_only_more_or_less_is_one_of_amounts() -> None:
    found = stated(table("Serum", ["miRNA", "Cancer", "Change"], ["miR-7", "glioma", "Up"], ["miR-8", "glioma", "↓"]))
    assert found == {("miR-7", "increased_in", "glioma", "glioma"), ("miR-8", "decreased_in", "glioma", "glioma")}


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("Role in drug resistance", "Promotes", "confers_resistance_to"),
        ("Role in drug resistance", "Inhibits", "confers_sensitivity_to"),
        ("Effect on sensitivity", "Decrease", "confers_resistance_to"),
        ("Effect", "Reduced sensitivity", "confers_resistance_to"),
        ("Effect", "Sensitivity ↓", "confers_resistance_to"),
        ("Effect", "reverses resistance", "confers_sensitivity_to"),
        ("Effect", "inhibits apoptosis to increase resistance", "confers_resistance_to"),
        ("Effect", "sensitizes resistant clones", "confers_sensitivity_to"),
        ("Effect of knockdown", "Increased sensitivity", "confers_resistance_to"),
        ("Effect of silencing on resistance", "Increase", "confers_sensitivity_to"),
        ("Effect", "Increased chemoresistance", "confers_resistance_to"),
    ],
)
def test_which_way_a_finding_on_resistance_goes(header: str, cell: str, expected: str) -> None:
    """The drug of the row, not the general word of the cell; the caption alone says nothing where a finding does."""
    t = table("miRNAs in drug resistance", ["miRNA", "Drug", header], ["miR-7", "cisplatin", cell])
    assert {(a, b, c) for a, b, c, _ in stated(t)} == {("miR-7", expected, "cisplatin")}


def test_what_is_seen_without_the_subject_is_turned() -> None:
    (row,) = relations(table("Roles", ["miRNA", "Effect of inhibition"], ["miR-7", "decreased invasion"]))
    assert (row.predicate, row.subject_state) == ("promotes", "reduced")


def test_columns_of_resistance_and_of_sensitivity_beside_each_other() -> None:
    head = ["miRNA", "Resistance", "Sensitivity"]
    found = stated(table("Response", head, ["miR-7", "cisplatin", ""], ["miR-8", "", "docetaxel"]))
    assert found == {
        ("miR-7", "confers_resistance_to", "cisplatin", ""),
        ("miR-8", "confers_sensitivity_to", "docetaxel", ""),
    }


def test_what_is_less_in_a_table_of_resistance_does_not_further_it() -> None:
    t = table("miRNAs in drug resistance", ["miRNA", "Expression", "Drug"], ["miR-7", "Down", "cisplatin"])
    assert [(r.predicate, r.tier) for r in relations(t)] == [("confers_sensitivity_to", "all")]


def test_rnas_that_take_up_micrornas_and_chains_of_names() -> None:
    found = stated(table("LncRNAs", ["LncRNA", "Sponged miRNA", "Target"], ["PTEN", "miR-7", "TNF"]))
    assert found == {("PTEN", "downregulates", "miR-7", "")}
    assert stated(table("Genes", ["Gene", "Target miRNA"], ["PTEN", "miR-7"])) == set()
    found = stated(table("LncRNAs", ["LncRNA", "Axis", "Effect"], ["PTEN", "miR-7/TNF", "inhibits invasion"]))
    assert found == {("PTEN", "inhibits", "invasion", "")}


def test_signs_of_single_targets() -> None:
    cells = ["↑ PTEN, ↓ TNF", "CD9 (increased), CD63 (reduced)", "↑ PTEN, CD9 ↓ TNF, CD63"]
    found = relations(table("Targets", ["miRNA", "Target"], *([f"miR-{n}", c] for n, c in enumerate(cells, 1))))
    up = {(r.subject.text, r.object.text) for r in found if r.predicate == "upregulates"}
    assert up == {("miR-1", "PTEN"), ("miR-2", "CD9"), ("miR-3", "PTEN"), ("miR-3", "CD9")}
    assert len(found) == 8


def test_a_tumor_suppressor_in_a_cell_is_not_less_of_it() -> None:
    t = table("Genes", ["Gene", "Function"], ["CD9", "Binds tumour suppressor PTEN"], ["CD63", "Suppresses PTEN"])
    found = stated(t)
    assert ("CD63", "downregulates", "PTEN", "") in found
    assert not any(s == "CD9" and p == "downregulates" for s, p, *_ in found)


def test_members_of_a_list_share_the_verb_before_them() -> None:
    cell = "Promotes invasion, angiogenesis and IL-6; inhibits apoptosis; TNF"
    found = relations(table("Roles", ["miRNA", "Effect"], ["miR-7", cell]))
    assert {(r.predicate, r.object.text, r.tier) for r in found} == {
        ("promotes", "invasion", "high"),
        ("promotes", "angiogenesis", "high"),
        ("upregulates", "IL-6", "high"),
        ("inhibits", "apoptosis", "high"),
    }


def test_what_acts_on_the_subject_or_is_where_it_was_found_is_no_object() -> None:
    rows = [["miR-7", "Down-regulated by PTEN"], ["miR-8", "Increased in serum, lungs and TNF mice, inhibits invasion"]]
    assert stated(table("Roles", ["miRNA", "Findings"], *rows)) == {("miR-8", "inhibits", "invasion", "")}


def test_a_finding_that_is_only_predicted() -> None:
    t = table("Roles", ["miRNA", "Cancer", "Effect"], ["miR-7", "glioma", "predicted to target PTEN"])
    assert [(r.predicate, r.object.text, r.assertion, r.tier) for r in relations(t)] == [
        ("downregulates", "PTEN", "speculative", "all")
    ]


def test_findings_are_no_subjects() -> None:
    t = table("Effects of a diet", ["Organ", "Effects", "Role"], ["liver", "IL-6", "inhibits invasion"])
    assert stated(t) == set()
