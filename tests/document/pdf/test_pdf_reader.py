"""PDF to Document, on papers set by the tests, with both backends."""

from __future__ import annotations

import re

import pytest
from exomine.document.limits import DEFAULT_LIMITS
from exomine.document.model import Document
from exomine.document.pdf import BACKENDS, read_pdf
from exomine.errors import UsageError

from helpers.pdf import INTRODUCTION, METHODS, RESULTS, Setter, paper


def read(data: bytes, backend: str = "pdfminer") -> Document:
    return read_pdf(data, source="made.pdf", limits=DEFAULT_LIMITS, backend=backend)


@pytest.fixture(scope="module")
def two_columns() -> bytes:
    return paper(repeat=9)


def kinds(document: Document, kind: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == kind]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("columns", [1, 2])
def test_body_is_whole_and_nothing_else(columns: int, backend: str) -> None:
    document = read(paper(columns=columns), backend)
    expected = INTRODUCTION + METHODS
    for i in range(3):
        expected += [text.replace("the first molecule", f"the molecule number {i + 1}") for text in RESULTS]
    assert document.body.split("\n") == expected


@pytest.mark.parametrize("backend", BACKENDS)
def test_parts_of_a_paper(two_columns: bytes, backend: str) -> None:
    document = read(two_columns, backend)
    assert document.title == "Parcels that cells send to each other"
    assert kinds(document, "abstract") == [
        "We counted parcels in two ways and found that both ways agree in most of the cases."
    ]
    assert [h for h in kinds(document, "heading") if h != "Abstract"] == ["Introduction", "Methods", "Results"]
    assert [r.label for r in document.references] == ["1", "2", "3"]
    assert [r.year for r in document.references] == [2011, 2013, 2015]
    assert [c.labels for c in document.citations] == [("1", "2"), ("3",)]
    section = {document.text[b.start : b.end]: b.section for b in document.blocks if b.kind == "paragraph"}
    assert section[METHODS[0]] == ("Methods",)


def test_furniture_is_kept_apart_with_its_page(two_columns: bytes) -> None:
    document = read(two_columns)
    heads = [a for a in document.apart if a.kind == "running_head"]
    numbers = [a for a in document.apart if a.kind == "page_number"]
    pages = [p.number for p in document.pages]
    assert [a.page for a in heads] == pages
    assert [a.text for a in numbers] == [f"Page {n} of 9" for n in pages]
    assert all(a.box is not None for a in heads)
    assert "Imaginary Journal" not in document.text


def test_every_offset_of_a_paragraph_has_a_page_and_a_box(two_columns: bytes) -> None:
    document = read(two_columns)
    for block in document.blocks:
        assert document.page_of(block.start, block.end) is not None
        covered = sum(line.end - line.start for line in document.lines_of(block.start, block.end))
        assert covered >= 0.9 * (block.end - block.start) - 2 * len(document.boxes_of(block.start, block.end))


def test_backends_agree(two_columns: bytes) -> None:
    a, b = (read(two_columns, backend) for backend in BACKENDS)
    assert a.text == b.text
    assert [x.kind for x in a.blocks] == [x.kind for x in b.blocks]


def test_same_bytes_same_document(two_columns: bytes) -> None:
    assert read(two_columns) == read(two_columns)


def test_hyphens_at_line_ends() -> None:
    s = Setter(columns=1)
    s.heading("Introduction")
    s.paragraph(
        "The treatment of resistance is hard, and resistance comes back in most of the cases that were "
        "seen in this clinic"
        " and others. A second course met the same resistan-|ce in all of them, although drug-|resistant cells were few"
        " among inter- and|intracellular findings of this kind, as was noted in the first report of the whole group."
    )
    text = read(s.done()).body
    assert "the same resistance in all" in text
    assert "drug-resistant cells" in text
    assert "inter- and intracellular" in text


@pytest.mark.parametrize("backend", BACKENDS)
def test_raised_numbers_are_marks_and_exponents_are_not(backend: str) -> None:
    s = Setter(columns=1)
    s.heading("Introduction")
    for i in range(6):
        s.raised(
            [
                (f"Drug number {i} is met with resistance", False),
                ("1,2", True),
                (" in many cells of the liver and of the lung.", False),
            ]
        )
    s.raised(
        [
            ("They were seeded at 10", False),
            ("6", True),
            (" cells per dish and left alone for the whole of the night.", False),
        ]
    )
    s.heading("References")
    for text in (
        "1. Adler B. Parcels. J Imag Biol. 2011;4:12.",
        "2. Dove D. Walls. Imag Cell. 2013;7:1.",
        "3. Egret E. Doors. 2014;1:2.",
    ):
        s.paragraph(text, size=8.0)
    document = read(s.done(), backend)
    assert "resistance[1,2] in many" in document.body
    assert "at 106 cells" in document.body
    assert [c.labels for c in document.citations] == [("1", "2")] * 6
    mark = document.citations[0]
    assert document.text[mark.start : mark.end] == "[1,2]"


def test_a_raised_mark_that_begins_a_line_or_stands_behind_a_year() -> None:
    s = Setter(columns=1)
    s.heading("Introduction")
    for i in range(6):
        s.raised([(f"Drug number {i} is met with resistance", False), ("1,2", True), (" in all cells of the", False)])
    s.raised([("liver, and drugs of the last kind are met by resistance in the cells of the lung", False)])
    s.raised(
        [("3", True), (". The first of them had been allowed by the office for drugs in 2013 ", False), ("2", True)]
    )
    s.line("They were few.")
    s.heading("References")
    for text in ("1. Adler B. J Imag Biol. 2011;4:12.", "2. Dove D. Cell. 2013;7:1.", "3. Egret E. Doors. 2014;1:2."):
        s.paragraph(text, size=8.0)
    document = read(s.done())
    assert [c.labels for c in document.citations][6:] == [("3",), ("2",)]
    assert "of the lung[3]. The first" in document.body.replace(" [3]", "[3]")


@pytest.mark.parametrize("backend", BACKENDS)
def test_single_raised_marks_where_most_stand_in_brackets(backend: str) -> None:
    s = Setter(columns=1)
    s.heading("Introduction")
    for i in range(8):
        s.line(f"Drug number {i} is met with resistance in many cells of the liver [1] and of the lung [2, 3].")
    s.raised(
        [
            ("Some of the cells died,", False),
            ("2", True),
            (" the others lived on in dishes of 9 cm", False),
            ("2", True),
            (" each.", False),
        ]
    )
    s.raised(
        [
            ("There were 10", False),
            ("3", True),
            (" of them in each dish at noon.", False),
            ("1,3", True),
            (" Later there were less.", False),
        ]
    )
    s.raised(
        [
            ("A footnote is no reference,", False),
            ("4", True),
            (" and neither is a number that no reference has.", False),
            ("7", True),
        ]
    )
    s.heading("References")
    for i, text in enumerate(
        ("Adler B. Parcels. J Imag Biol. 2011;4:12.", "Dove D. Walls. 2013;7:1.", "Egret E. Doors. 2014;1:2."), 1
    ):
        s.paragraph(f"{i}. {text}", size=8.0)
    document = read(s.done(), backend)
    assert "died,[2] the others lived on in dishes of 9 cm2 each." in document.body
    assert "103 of them in each dish at noon.[1,3] Later" in document.body
    assert "reference,4 and" in document.body
    assert [c.labels for c in document.citations[-2:]] == [("2",), ("1", "3")]


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_raised_mark_in_the_caption_of_a_table(backend: str) -> None:
    s = Setter(columns=1)
    s.heading("Introduction")
    for i in range(8):
        s.line(f"Drug number {i} is met with resistance in many cells of the liver [1] and of the lung [2, 3].")
    s.y -= 20
    s.raised([("Table 1. Cells and what they send.", False), ("2,3", True)])
    for x, y in ((50, 0), (50, -45)):
        s.canvas.line(x, s.y + 8 + y, 545, s.y + 8 + y)
    for cells in (("Cell", "Parcel"), ("Hepatocyte", "large"), ("Neuron", "small")):
        s.canvas.setFont("Times-Roman", 8)
        s.canvas.drawString(50, s.y - 2, cells[0])
        s.canvas.drawString(250, s.y - 2, cells[1])
        s.y -= 12
    s.y -= 30
    s.line("Parcels of all sizes were seen in every cell that we looked at, and all of them were sealed by a membrane.")
    s.heading("References")
    for i, text in enumerate(
        ("Adler B. Parcels. J Imag Biol. 2011;4:12.", "Dove D. Walls. 2013;7:1.", "Egret E. Doors. 2014;1:2."), 1
    ):
        s.paragraph(f"{i}. {text}", size=8.0)
    document = read(s.done(), backend)
    (table,) = document.tables
    assert table.caption == "Cells and what they send.[2,3]"
    assert "Table 1. Cells and what they send.[2,3]\n" in document.text


def test_run_in_heading_and_caption() -> None:
    s = Setter(columns=1)
    s.heading("Methods")
    s.canvas.setFont("Times-Bold", 10)
    s.canvas.drawString(s.x, s.y, "Cell culture.")
    s.canvas.setFont("Times-Roman", 10)
    s.canvas.drawString(s.x + 62, s.y, "Cells were grown in flasks without serum for two days and nights, and then")
    s.y -= 12
    s.line("the medium was cleared in two steps and the rest was stored in the cold for a week.")
    s.y -= 20
    s.line("Figure 1. Counts of the parcels in both of the groups.", font="Helvetica", size=8)
    s.y -= 20
    s.paragraph(
        "The counts were compared with a test that is usual for counts of this kind, as in the figure above it."
    )
    document = read(s.done())
    assert kinds(document, "heading") == ["Methods", "Cell culture."]
    assert kinds(document, "caption") == ["Figure 1. Counts of the parcels in both of the groups."]
    assert document.body.startswith("Cells were grown")
    assert not re.search("Figure 1", document.body)


def test_unknown_backend() -> None:
    with pytest.raises(UsageError, match="pdfminer, pdfium"):
        read(paper(repeat=1), "ghostscript")


ABSTRACT = (
    "Vesicles carry many molecules. We show that they are sorted before release. The order of sorting "
    "depends on the cell. Cells"
    " that were treated behave in another way than those that were not treated, and this holds for all of "
    "the lines that we have"
    " looked at so far in this laboratory, whatever the medium was that they were grown in before they were counted."
)


def start(*, columns: int = 1) -> Setter:
    s = Setter(columns=columns)
    s.wide("A title of a paper about vesicles")
    s.wide("Ada Author, Ben Writer", font="Times-Italic", size=11)
    return s


def test_paper_without_introduction() -> None:
    s = start()
    s.line("Abstract", font="Helvetica-Bold", size=12)
    s.paragraph(ABSTRACT)
    s.heading("Vesicles in cancer")
    for text in INTRODUCTION + RESULTS:
        s.paragraph(text)
    document = read(s.done())
    assert kinds(document, "abstract") == [ABSTRACT]
    assert kinds(document, "heading") == ["Abstract", "Vesicles in cancer"]
    assert document.body.split("\n") == INTRODUCTION + RESULTS


def test_letter_with_small_methods() -> None:
    s = start(columns=2)
    s.paragraph(ABSTRACT, font="Times-Bold")
    s.y -= 14
    for text in INTRODUCTION + RESULTS * 2:
        s.paragraph(text)
    s.heading("Methods")
    for text in METHODS + RESULTS:
        s.paragraph(text, size=8.5)
    document = read(s.done())
    assert kinds(document, "abstract") == [ABSTRACT]
    assert document.body.split("\n") == INTRODUCTION + RESULTS * 2 + METHODS + RESULTS


def test_headings_in_the_type_of_the_body() -> None:
    s = start()
    s.line("1 INTRODUCTION")
    for text in INTRODUCTION:
        s.paragraph(text)
    s.line("2 RESULTS AND DISCUSSION")
    for text in RESULTS:
        s.paragraph(text)
    s.line("ACKNOWLEDGMENTS")
    s.paragraph("We thank nobody in particular for nothing in particular at all.")
    document = read(s.done())
    assert kinds(document, "heading") == ["1 INTRODUCTION", "2 RESULTS AND DISCUSSION"]
    assert document.body.split("\n") == INTRODUCTION + RESULTS


def test_raised_numbers_before_letters_are_nuclides() -> None:
    s = Setter(columns=1)
    s.heading("Introduction")
    for i in range(6):
        s.raised(
            [(f"Drug number {i} is met with resistance", False), ("1", True), (" in many cells of the liver.", False)]
        )
    s.raised(
        [("Small lesions took up ", False), ("18", True), ("F-FDG and (", False), ("11", True), ("C)-choline.", False)]
    )
    s.heading("References")
    for n in range(1, 30):
        s.paragraph(f"{n}. Adler B. Parcels, part {n}. J Imag Biol. 2011;{n}:12.", size=8.0)
    document = read(s.done())
    assert "took up 18F-FDG and (11C)-choline." in document.body
    assert {label for c in document.citations for label in c.labels} == {"1"}


def test_prose_with_figures_is_no_formula() -> None:
    """Short lines of the body's size with operators that stand apart."""
    s = Setter(columns=1)
    s.heading("Results")
    s.paragraph(RESULTS[0])
    for text in ("• Smoking ≥ 30 units or none", "the rate in A = 3.1 and in B = 2.8 (p < 0.05)."):
        s.y -= 14
        s.line(text)
    s.y -= 14
    s.line("x = (a + b) / 2c (3)", indent=120.0)
    s.y -= 14
    s.paragraph(RESULTS[1])
    document = read(s.done())
    assert "the rate in A = 3.1 and in B" in document.body
    assert "Smoking" in document.body
    assert [a.text for a in document.apart if a.kind == "formula"] == ["x = (a + b) / 2c (3)"]


def test_line_of_species_in_italics_is_no_heading() -> None:
    s = Setter(columns=2)
    s.heading("Results")
    s.paragraph(RESULTS[0])
    s.line("The extract was tried on several kinds of bacteria, such as", indent=0.0)
    s.line("Imaginaria mutans, Fictobacter viscosus, Fabulina oralis,", font="Times-Italic")
    s.line("Narrativa casei and a few others that had been found before.")
    for text in RESULTS:
        s.paragraph(text)
    document = read(s.done())
    assert kinds(document, "heading") == ["Results"]
    assert "such as Imaginaria mutans, Fictobacter viscosus, Fabulina oralis, Narrativa casei" in document.body


def test_title_in_the_type_of_the_body() -> None:
    """As on preprints: a date and a line of names stand around it."""
    s = Setter(columns=1)
    s.line("Posted on 3 May 2020")
    s.y -= 14
    s.line("Parcels that cells send to each other in the dark", font="Times-Bold")
    s.y -= 14
    s.line("Ada Author, Ben Writer and Cleo Third")
    s.heading("Abstract")
    s.paragraph(RESULTS[2])
    s.heading("Introduction")
    for text in INTRODUCTION:
        s.paragraph(text)
    assert read(s.done()).title == "Parcels that cells send to each other in the dark"


def test_a_numbered_heading_in_the_type_of_the_body_ends_with_its_line() -> None:
    s = Setter(columns=1)
    s.heading("Results")
    s.paragraph(RESULTS[0])
    s.y -= 12
    s.line("2.1.1. Growth in the dark", indent=0.0)
    s.paragraph("Cells grew in the dark. " + RESULTS[1])
    document = read(s.done())
    assert "2.1.1. Growth in the dark" in kinds(document, "heading")
    assert any(text.startswith("Cells grew in the dark.") for text in kinds(document, "paragraph"))


def test_a_heading_with_a_deep_number_may_be_set_as_the_text_is() -> None:
    s = Setter(columns=1)
    s.heading("Results")
    s.paragraph(RESULTS[0])
    s.y -= 12
    s.line("2.1.3. Growth in the dark: the data that were made public", indent=0.0)
    s.y -= 12
    s.paragraph(RESULTS[1])
    assert "2.1.3. Growth in the dark: the data that were made public" in kinds(read(s.done()), "heading")


def test_a_word_of_an_entry_is_no_heading() -> None:
    s = Setter(columns=1)
    s.heading("Results")
    for text in RESULTS:
        s.paragraph(text)
    s.heading("References")
    for n in range(1, 5):
        s.line(f"{n}. Moss A, Fern B. Vessels of all kinds, part {n}, as they were known.", indent=0.0)
        s.line("Methods", indent=0.0)
        s.y -= 8
        s.line(f"Imag. 200{n};1:2-9, with an appendix that is longer than the work itself.", indent=0.0)
    document = read(s.done())
    assert kinds(document, "heading") == ["Results"]
    assert len(document.references) == 4


def test_a_citation_that_begins_a_line_is_no_item() -> None:
    s = Setter(columns=1)
    s.heading("Results")
    s.line("The parcels were counted by hand in all of the cells, and then once more by hand, as ever.", indent=0.0)
    s.line("(3) After that they were weighed in the dark, as was done before by others.", indent=0.0)
    s.line("They were found to be heavy, and more of them came in during the whole day.", indent=0.0)
    assert not kinds(read(s.done()), "list_item")


def test_short_capitals_may_head_a_paragraph() -> None:
    s = Setter(columns=1)
    s.heading("Results")
    s.paragraph(RESULTS[0])
    s.y -= 12
    s.paragraph("3.1.1. CR. Several of the parcels were gone. " + RESULTS[1])
    document = read(s.done())
    assert "3.1.1. CR." in kinds(document, "heading")
    assert "Several of the parcels were gone." in document.body


def test_a_table_that_goes_on_is_no_heading() -> None:
    s = Setter(columns=1)
    s.heading("Results")
    s.paragraph(RESULTS[0])
    s.y -= 12
    s.line("(continued )", font="Times-Bold", indent=0.0)
    s.y -= 6
    s.paragraph(RESULTS[1])
    assert kinds(read(s.done()), "heading") == ["Results"]


def test_the_words_beneath_a_heading_of_keywords_are_no_abstract() -> None:
    s = Setter(columns=1)
    s.wide("Parcels that cells send to each other")
    s.heading("Abstract")
    s.paragraph(RESULTS[2])
    s.line("K E Y W O R D S", font="Times-Bold", indent=0.0)
    s.y -= 6
    s.line("parcels, cells, darkness", indent=0.0)
    s.heading("Introduction")
    for text in INTRODUCTION:
        s.paragraph(text)
    assert "darkness" not in read(s.done()).text


def test_labels_in_the_middle_of_a_sentence_are_no_captions() -> None:
    s = Setter(columns=2)
    s.heading("Results")
    s.paragraph(RESULTS[0])
    s.line("The parcels were then counted by hand, as is shown in")
    s._next()
    s.line("Figure 2. This was done for all of the cells that were")
    s.line("found in the dark, and for none of the others.")
    for text in RESULTS:
        s.paragraph(text)
    document = read(s.done())
    assert "as is shown in Figure 2. This was done for all" in document.body
    assert not kinds(document, "caption")


def test_thanks_without_a_heading_are_no_body() -> None:
    s = Setter(columns=1)
    s.heading("Results")
    for text in (*RESULTS, *METHODS):
        s.paragraph(text)
    s.y -= 24
    s.paragraph("This work was supported by the Board of Parcels. We thank nobody in particular for their help.")
    document = read(s.done())
    assert "Board of Parcels" not in document.body
    assert any("Board of Parcels" in a.text for a in document.apart)


def test_links_go_on_in_the_next_line() -> None:
    s = Setter(columns=1)
    s.heading("Methods")
    for text in METHODS:
        s.paragraph(text)
    s.line("The tool was taken from the address https://imaginary.org/tools/coun", indent=0.0)
    s.line("ter/docs in the spring of that year, and it was used and/or", indent=0.0)
    s.line("thrown away.", indent=0.0)
    body = read(s.done()).body
    assert "https://imaginary.org/tools/counter/docs in the spring" in body


def test_raised_numbers_of_footnotes_where_the_list_has_no_numbers() -> None:
    s = Setter(columns=1)
    s.heading("Introduction")
    for n in range(1, 7):
        s.raised([("The tool of that name", False), (str(n), True), (" counted all of the parcels.", False)])
    for text in (*INTRODUCTION, *RESULTS):
        s.paragraph(text)
    s.heading("References")
    for k in range(16):
        s.line(f"Moss A, Fern B. Vessels, part {k}. J Imag. {2000 + k};1:2.", indent=0.0)
    assert "The tool of that name1 counted" in read(s.done()).body
