"""Cancer, vesicle, cell and citations of a statement, on hand-made papers."""

from __future__ import annotations

import pytest
from exomine.document.builder import DocumentBuilder, Run
from exomine.document.citations import find_marks
from exomine.document.model import Document
from exomine.nlp.assertion.component import Assertion
from exomine.nlp.relation import Relation
from exomine.nlp.relations.component import Relations
from exomine.nlp.relations.context import Context
from exomine.vocabulary.terms import CellLine
from spacy.language import Language

from helpers.plain_docs import plain_doc

LABELS = {
    "miR-7": "MIRNA", "miR-8": "MIRNA", "apoptosis": "PROCESS", "invasion": "PROCESS", "exosomes": "VESICLE",
    "cancer": "CANCER", "breast cancer": "CANCER", "colon cancer": "CANCER", "glioma": "CANCER", "tumors": "CANCER",
    "HT-29": "CELL_LINE", "HEK293T": "CELL_LINE", "T cells": "CELL_TYPE",
    "fibroblasts": "CELL_TYPE", "PTEN": "PROTEIN",
}  # fmt: skip
LINES = {
    "efo:1": CellLine("HT-29", "efo:1", "doid:219", "colon cancer"),
    "efo:2": CellLine("HEK293T", "efo:2", "", ""),
}


def relations(text: str, document: Document | None = None) -> tuple[Relation, ...]:
    doc = plain_doc(text)
    doc._.document = document
    spans = []
    for words, label in LABELS.items():
        at = text.find(words)
        while at >= 0:
            spans.append(doc.char_span(at, at + len(words), label=label, alignment_mode="expand"))
            at = text.find(words, at + 1)
    longest = [
        s
        for s in spans
        if not any(o is not s and o.start <= s.start and s.end <= o.end and len(o) > len(s) for o in spans)
    ]
    doc.spans["mentions"] = longest
    for component in (Assertion(), Relations(), Context(cell_lines=LINES)):
        doc = component(doc)
    found: tuple[Relation, ...] = doc._.relations
    return found


def paper(blocks: list[tuple[str, str]]) -> Document:
    builder = DocumentBuilder()
    for kind, text in blocks:
        builder.add(kind, [Run(text)], level=1 if kind == "heading" else 0)
    built = builder.finish()
    return Document(
        "0" * 16,
        "a.txt",
        "text",
        built.text,
        built.blocks,
        sections=built.sections,
        citations=tuple(find_marks(built.text)),
    )


def of(document: Document) -> tuple[Relation, ...]:
    return relations(document.text, document)


def test_the_cancer_of_the_sentence() -> None:
    (r,) = relations("miR-7 promotes invasion in glioma.")
    assert (r.cancer_name, r.cancer_source) == ("glioma", "sentence")
    assert r.cancer is not None
    assert r.cancer.text == "glioma"


def test_a_relation_for_each_coordinated_cancer() -> None:
    found = relations("miR-7 promotes invasion in breast cancer and colon cancer.")
    assert [r.cancer_name for r in found] == ["breast cancer", "colon cancer"]


def test_the_nearest_of_several_cancers() -> None:
    found = relations("miR-7 promotes invasion in glioma, whereas miR-8 promotes apoptosis in breast cancer.")
    assert {(r.subject.text, r.cancer_name) for r in found} == {("miR-7", "glioma"), ("miR-8", "breast cancer")}


def test_a_general_word_is_no_context() -> None:
    (r,) = relations("miR-7 promotes invasion in tumors.")
    assert (r.cancer, r.cancer_name, r.cancer_source) == (None, "", "")


@pytest.mark.parametrize(
    "contrast", ["Unlike in glioma", "In contrast to miR-8, which promotes apoptosis in glioma", "While low in glioma"]
)
def test_no_cancer_out_of_a_contrast_at_the_beginning(contrast: str) -> None:
    found = relations(f"{contrast}, miR-7 made breast cancer a place of invasion and promotes invasion.")
    assert {r.cancer_name for r in found if r.subject.text == "miR-7"} == {"breast cancer"}


def test_a_cancer_that_is_the_object() -> None:
    (r,) = relations("miR-7 is overexpressed in glioma.")
    assert r.cancer == r.object


def test_the_cancer_of_a_cell_line() -> None:
    (r,) = relations("miR-7 promotes invasion in HT-29.")
    assert (r.cancer_name, r.cancer_curie, r.cancer_source) == ("colon cancer", "doid:219", "cell_line")
    assert r.cell is not None
    assert r.cell.text == "HT-29"


def test_the_cancer_of_the_sentence_before_when_this_one_goes_on() -> None:
    found = relations("miR-7 promotes invasion in glioma. Furthermore, miR-8 promotes apoptosis.")
    assert [(r.cancer_name, r.cancer_source) for r in found] == [("glioma", "sentence"), ("glioma", "section")]


@pytest.mark.parametrize(
    ("second", "cancer"),
    [
        ("In T cells, miR-7 lowered PTEN.", ""),
        ("Moreover, in HEK293T cells miR-7 lowered PTEN.", ""),
        ("In these, miR-7 lowered PTEN.", "glioma"),
        ("Then miR-7 lowered PTEN in T cells.", "glioma"),
    ],
)
def test_no_cancer_of_the_sentence_before_among_other_cells(second: str, cancer: str) -> None:
    told = relations(f"In glioma, miR-7 inhibited invasion. {second}")
    assert [r.cancer_name for r in told if r.object.text == "PTEN"] == [cancer]


def test_the_cancer_of_heading_and_title() -> None:
    body = ("paragraph", "miR-7 promotes invasion.")
    (r,) = of(paper([("title", "Vesicles in glioma"), ("heading", "Markers of breast cancer"), body]))
    assert (r.cancer_name, r.cancer_source) == ("breast cancer", "section")
    (r,) = of(paper([("title", "Vesicles in glioma"), ("heading", "Markers"), body]))
    assert (r.cancer_name, r.cancer_source) == ("glioma", "title")


def test_the_innermost_heading_that_names_a_cancer_tells_it() -> None:
    builder = DocumentBuilder()
    for level, heading in ((1, "Vesicles in glioma"), (2, "Those of breast cancer")):
        builder.add("heading", [Run(heading)], level=level)
    builder.add("paragraph", [Run("miR-7 promotes invasion.")])
    built = builder.finish()
    (r,) = of(Document("0" * 16, "a.txt", "text", built.text, built.blocks, sections=built.sections))
    assert (r.cancer_name, r.cancer_source) == ("breast cancer", "section")


@pytest.mark.parametrize("title", ["EVs in breast cancer and colon cancer", "Vesicles in glioma and other cancers"])
def test_a_title_about_several_cancers_tells_none(title: str) -> None:
    (r,) = of(paper([("title", title), ("heading", "Markers"), ("paragraph", "miR-7 promotes invasion.")]))
    assert (r.cancer_name, r.cancer_source) == ("", "")


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("Figure 1. miR-7 promotes invasion in glioma.", ("glioma", "sentence")),
        ("Figure 1. Vesicles of glioma. Furthermore, miR-7 promotes invasion.", ("glioma", "section")),
        ("Figure 1. miR-7 promotes invasion in HT-29.", ("colon cancer", "cell_line")),
        ("Figure 1. miR-7 promotes invasion.", ("breast cancer", "title")),
    ],
)
def test_where_the_cancer_of_a_caption_was_taken_from(caption: str, expected: tuple[str, str]) -> None:
    (r,) = of(paper([("title", "Vesicles in breast cancer"), ("caption", caption)]))
    assert r.source == "caption"
    assert (r.cancer_name, r.cancer_source) == expected


NAMED = ("paragraph", "Its role in breast cancer and colon cancer is known.")


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("5.1 Breast", ["breast cancer"]), ("Breast", ["breast cancer"]), ("3.2. The breast", ["breast cancer"]),
        ("II. Breast", ["breast cancer"]),
        ("Breast tumors", ["breast cancer"]), ("Colon and rectum", ["colon cancer"]), ("4. Colon", ["colon cancer"]),
        ("Breast and colon", ["breast cancer", "colon cancer"]), ("Breast/Colon", ["breast cancer", "colon cancer"]),
        # an organ that the paper names no cancer of, or that is not the whole heading
        ("5.3 Pancreas", [""]), ("Breast milk", [""]), ("Breast feeding and infants", [""]),
        ("Toxicity in the colon", [""]), ("Markers", [""]),
    ],
)  # fmt: skip
def test_an_organ_as_heading_is_its_cancer_where_the_paper_names_it(heading: str, expected: list[str]) -> None:
    body = ("paragraph", "miR-7 promotes invasion.")
    found = of(paper([("heading", "Introduction"), NAMED, ("heading", heading), body]))
    assert [r.cancer_name for r in found if r.subject.text == "miR-7"] == expected
    assert {r.cancer_source for r in found if r.cancer_name} <= {"section"}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("epithelial", ""), ("endothelial", ""), ("cells", ""), ("the cells", ""), ("stromal", ""), ("myeloid", ""),
        ("hepatic", ""),
        ("epithelial cells", "epithelial cells"), ("macrophages", "macrophages"), ("stem cells", "stem cells"),
        ("recipient cells", "recipient cells"), ("T cell", "T cell"), ("organoid", "organoid"),
    ],
)  # fmt: skip
def test_a_cell_is_named_only_where_the_mention_says_which(
    cells: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LABELS, cells, "CELL_TYPE")
    (r,) = relations(f"miR-7 promotes invasion near {cells} lines.")
    assert (r.cell.text if r.cell is not None else "") == expected


def test_nearest_vesicle_and_cell() -> None:
    found = relations("In fibroblasts miR-7 from exosomes promotes invasion.")
    r = next(r for r in found if r.subject.text == "miR-7" and r.predicate == "promotes")
    assert r.vesicle is not None
    assert r.vesicle.text == "exosomes"
    assert r.cell is not None
    assert r.cell.text == "fibroblasts"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("miR-7 promotes invasion [3].", {"invasion": ("3",)}),
        ("miR-7 promotes invasion [3-5, 9].", {"invasion": ("3", "4", "5", "9")}),
        ("miR-7 promotes invasion [3] and inhibits apoptosis [4].", {"invasion": ("3",), "apoptosis": ("4",)}),
        ("miR-7 promotes invasion and inhibits apoptosis [4].", {"invasion": ("4",), "apoptosis": ("4",)}),
        ("miR-7 promotes invasion. miR-8 inhibits apoptosis [4].", {"invasion": (), "apoptosis": ("4",)}),
        ("miR-7 promotes invasion [3]. miR-8 inhibits apoptosis.", {"invasion": ("3",), "apoptosis": ()}),
        ("miR-7 promotes invasion.[3] miR-8 inhibits apoptosis.[4]", {"invasion": ("3",), "apoptosis": ("4",)}),
        ("According to Arden et al. [8], miR-7 promotes invasion.", {"invasion": ("8",)}),
        ("miR-7 [2] promotes invasion.", {"invasion": ("2",)}),
    ],
)
def test_citations(text: str, expected: dict[str, tuple[str, ...]]) -> None:
    found = of(paper([("paragraph", text)]))
    assert {r.object.text: r.citations for r in found} == expected


def test_order_of_relations_is_that_of_the_text() -> None:
    found = relations("miR-8 inhibits apoptosis. miR-7 promotes invasion.")
    assert [r.subject.text for r in found] == ["miR-8", "miR-7"]


def test_doc_without_relations() -> None:
    doc = plain_doc("Nothing is said here.")
    for component in (Assertion(), Relations(), Context()):
        doc = component(doc)
    assert doc._.relations == ()


def _names(text: str) -> list[str]:
    return [r.cancer_name for r in of(paper([("paragraph", text)]))]


@pytest.mark.parametrize(
    ("text", "cancers"),
    [
        ("miR-7 and miR-8 promote invasion in breast cancer and glioma, respectively.", ["breast cancer", "glioma"]),
        ("Loss of miR-7 and of miR-8 promoted invasion in glioma and colon cancer, respectively.",
         ["glioma", "colon cancer"]),
        ("miR-7 raises apoptosis and invasion in breast cancer and glioma, respectively.", ["breast cancer", "glioma"]),
    ],
)  # fmt: skip
def test_paired_members_have_the_cancer_of_their_place(text: str, cancers: list[str]) -> None:
    assert _names(text) == cancers


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("miR-7 was high in glioma. It was bound. miR-7 promotes invasion.", ""),
        ("HT-29 cells were used. miR-7 was counted in them. miR-7 promotes invasion.", ""),
        ("HT-29 cells were used. They had miR-7. miR-7 promotes invasion.", "colon cancer"),
        ("miR-7 was counted in glioma and in breast cancer. It promotes invasion.", ""),
        ("miR-8 was high in glioma, and miR-7 was low in breast cancer. miR-7 promotes invasion.", "breast cancer"),
        ("miR-7 was high in glioma. These miR-7 levels fell. It promotes invasion.", "glioma"),
        ("miR-8 was high in glioma. Fish were fed. miR-7 promotes invasion.", ""),
    ],
)
def test_a_sentence_that_goes_on_has_the_one_cancer_before(text: str, last: str) -> None:
    assert _names(text)[-1] == last


def test_marks_of_members_are_theirs_where_the_object_points_back(pipeline: Language) -> None:
    doc = pipeline("Sorafenib is used. Resistance to this drug was promoted by miR-21 [4] and by miR-93 [5].")
    assert {(r.subject.text, r.citations) for r in doc._.relations} == {("miR-21", ("4",)), ("miR-93", ("5",))}
