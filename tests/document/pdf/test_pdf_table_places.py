"""Tables whose head, caption or rest stands in a less common place: beside its caption, over its rule, on another
page."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from exomine.document.pdf import BACKENDS

from helpers.pdf import LEFT, RESULTS, RIGHT, Setter
from helpers.pdf_tables import begun, only, read, texts

HEAD = ["Cancer", "miRNA", "Before", "After"]
ROWS = [["Breast", "miR-1", "1.2", "3.4"], ["Lung", "miR-3", "0.2", "0.4"], ["Skin", "miR-4", "5.2", "6.4"]]
XS = (0.0, 110.0, 240.0, 340.0)
SMALL, BOLD = "Helvetica", "Helvetica-Bold"
CAPTION = "Table 1. What the vesicles hold"


def cells(s: Setter, rows: Sequence[Sequence[str]], xs: Sequence[float] = XS, *, font: str = SMALL) -> None:
    """Rows in small print from the left edge on."""
    for row in rows:
        s.canvas.setFont(font, 8)
        for x, cell in zip(xs, row, strict=True):
            if cell:
                s.canvas.drawString(LEFT + x, s.y, cell)
        s.y -= 12


def rule(s: Setter, x0: float = LEFT, x1: float = RIGHT) -> None:
    s.canvas.line(x0, s.y + 9, x1, s.y + 9)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_head_that_begins_to_the_right_of_a_short_caption(backend: str) -> None:
    s = begun(columns=2)
    s.column, s.y = 0, min(s.y, 400.0)
    s.line("Table 1. Counts", font=BOLD, size=8)
    cells(s, [["", "", "Counts in cells", ""]], font=BOLD)
    s.y -= 8
    cells(s, [["", *HEAD[1:]]], font=BOLD)
    s.y -= 8
    cells(s, ROWS)
    found = only(read(s, backend))
    assert texts(found)[-3:] == ROWS
    assert "Counts in cells" in " ".join(c.text for c in found.cells if c.header)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_head_between_caption_and_first_rule(backend: str) -> None:
    s = begun()
    s.line(CAPTION, font=BOLD, size=8)
    cells(s, [HEAD])
    rule(s)
    cells(s, ROWS)
    rule(s)
    found = only(read(s, backend))
    assert texts(found) == [HEAD, *ROWS]
    assert found.n_header_rows == 1


def test_columns_nearer_to_each_other_than_words_of_a_phrase_may_be() -> None:
    rows = [[f"GENE{k}", "<1e-07", "<1e-07", f"chr{10 + k}"] for k in range(9)]
    s = begun()
    s.line(CAPTION, font=BOLD, size=8)
    xs = (0.0, 60.0, 90.5, 121.0)  # 5 points of white: less than a phrase may hold, more than a space
    rule(s)
    cells(s, [["Gene", "P", "FDR", "Place"]], xs)
    rule(s)
    cells(s, rows, xs)
    rule(s)
    assert texts(only(read(s)))[1:] == rows


def test_names_beneath_a_heading_over_them_without_a_rule() -> None:
    s = begun()
    s.line(CAPTION, font=BOLD, size=8)
    s.canvas.setFont(SMALL, 8)
    for x, word in ((0, "Cancer"), (110, "miRNA"), (275, "Counts of vesicles")):
        s.canvas.drawString(LEFT + x, s.y, word)
    s.y -= 12
    cells(s, [["", "", "Before", "After"], *ROWS])
    found = only(read(s))
    assert found.n_header_rows == 2
    assert found.header_path(2, 3).above == ("Counts of vesicles", "After")


def test_cells_as_wide_as_a_column_of_text_do_not_end_a_ruled_table() -> None:
    s = begun(columns=2)
    s.column, s.y = 0, min(s.y, 430.0)
    s.line("Table 1. Primers of the genes of this work", font=BOLD, size=9)
    s.y -= 4
    rule(s)
    for k in range(6):
        s.canvas.setFont("Times-Roman", 10)
        s.canvas.drawString(LEFT, s.y, f"GENE{k}")
        s.canvas.drawString(LEFT + 60, s.y, "R: 5-TGCCCCATTCGTTCAAGTAGTTTGCCATCG-3")
        s.y -= 12
        s.canvas.drawString(LEFT + 60, s.y, "F: 5-AATCTGAAAGCGGCTGATACTTTGACCATC-3")
        s.y -= 12
    rule(s)
    found = only(read(s))
    assert [c.text for c in found.cells if c.column == 0] == [f"GENE{k}" for k in range(6)]


# --- over pages ------------------------------------------------------------------------------------------------------


def at_foot(s: Setter, rows: int) -> None:
    """Down to where so many lines are left on the page."""
    s.y = s.bottom + 12.0 * (rows - 1) + 2


def next_page(s: Setter) -> None:
    s.canvas.showPage()
    s._page()


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_part_that_says_so_in_the_type_of_the_text(backend: str) -> None:
    s = begun()
    at_foot(s, 3)
    s.line("Table 1. What the vesicles hold")
    cells(s, [HEAD, *ROWS[:2]])
    next_page(s)
    s.line("Table 1 (Continued)")
    cells(s, [HEAD, *ROWS[2:], *ROWS[1:]])
    found = only(read(s, backend))
    assert texts(found) == [HEAD, *ROWS, *ROWS[1:]]


def test_a_part_with_nothing_in_a_column() -> None:
    s = begun()
    at_foot(s, 4)
    s.line(CAPTION, font=BOLD, size=8)
    cells(s, [HEAD, *ROWS])
    next_page(s)
    s.line("Table 1 (Continued)", font=BOLD, size=8)
    rest = [["Liver", "miR-9", "", "2.1"], ["Bone", "miR-7", "", "3.1"], ["Brain", "miR-5", "", "4.1"]]
    cells(s, rest)
    assert texts(only(read(s)))[-3:] == rest


@pytest.mark.parametrize("headed", ["no head", "head", "head twice"])
def test_a_caption_at_the_foot_of_the_page_before(headed: str) -> None:
    s = begun()
    at_foot(s, 2)
    s.line(CAPTION, font=BOLD, size=8)
    if headed != "no head":
        cells(s, [HEAD], font=BOLD)
    next_page(s)
    if headed != "head":
        cells(s, [HEAD], font=BOLD)
    cells(s, ROWS)
    found = only(read(s))
    assert texts(found) == [HEAD, *ROWS]
    assert (found.label, found.caption) == ("Table 1", "What the vesicles hold")
    assert found.n_header_rows == 1


def test_a_caption_at_the_foot_of_a_page_without_a_table_takes_no_text() -> None:
    s = begun()
    at_foot(s, 1)
    s.line("Table 1. What the vesicles hold, in a picture", font=BOLD, size=8)
    next_page(s)
    document = read(s)
    assert not document.tables
    assert document.text.count(RESULTS[2].split(". ")[0]) == 2


def test_the_rest_of_a_table_ends_at_the_next_caption() -> None:
    s = begun()
    at_foot(s, 4)
    s.line(CAPTION, font=BOLD, size=8)
    cells(s, [HEAD, *ROWS])
    next_page(s)
    cells(s, ROWS)
    s.line("Table 2. What the cells hold", font=BOLD, size=8)
    cells(s, [HEAD, *ROWS])
    first, second = read(s).tables
    assert texts(first) == [HEAD, *ROWS, *ROWS]
    assert texts(second) == [HEAD, *ROWS]


def test_a_figures_caption_right_beneath_a_table_is_no_note() -> None:
    s = begun()
    s.line(CAPTION, font=BOLD, size=8)
    rule(s)
    cells(s, [HEAD])
    rule(s)
    cells(s, ROWS)
    rule(s)
    s.line("Figure 2. Bars of the same counts, by kind", font=BOLD, size=8)
    document = read(s)
    assert texts(only(document)) == [HEAD, *ROWS]
    assert "Bars of the same counts, by kind" in document.text


@pytest.mark.parametrize("beneath", ["figure", "abbreviations"])
def test_what_stands_at_the_top_of_the_next_page_is_no_part_of_a_table(beneath: str) -> None:
    s = begun()
    at_foot(s, 4)
    s.line(CAPTION, font=BOLD, size=8)
    rule(s)
    cells(s, [HEAD])
    rule(s)
    cells(s, ROWS)
    rule(s)
    next_page(s)
    if beneath == "figure":
        cells(s, [["", "Control", "Treated", ""], ["", "0.5", "1.0", ""], ["", "A", "B", "2.5"]])
        s.line("Figure 2. Bars of the same counts, by kind", font=BOLD, size=8)
    else:
        cells(s, [["EV", "vesicle", "", ""], ["RNA", "acid", "", ""], ["MVB", "body", "", ""]])
    assert texts(only(read(s))) == [HEAD, *ROWS]


def test_a_rule_beneath_a_head_that_is_printed_again_does_not_end_the_table() -> None:
    s = begun()
    at_foot(s, 4)
    s.line(CAPTION, font=BOLD, size=8)
    for part in (ROWS, ROWS[1:]):
        rule(s)
        cells(s, [HEAD], font=BOLD)
        rule(s)
        cells(s, part)
        if part is ROWS:
            next_page(s)
    rule(s)
    assert texts(only(read(s))) == [HEAD, *ROWS, *ROWS[1:]]


def test_a_label_on_a_line_of_its_own_has_its_caption_beneath() -> None:
    s = begun()
    for label, text in (("Table 1", "What the vesicles hold"), ("Table 2", "What the cells hold")):
        s.line(label, font=BOLD, size=8)
        s.line(text, font=SMALL, size=8)
        rule(s)
        cells(s, [HEAD], font=BOLD)
        rule(s)
        cells(s, ROWS)
        rule(s)
        s.y -= 20
    first, second = read(s).tables
    assert (first.label, first.caption) == ("Table 1", "What the vesicles hold")
    assert (second.label, second.caption) == ("Table 2", "What the cells hold")
    assert texts(first) == texts(second) == [HEAD, *ROWS]


def test_notes_between_the_rows_and_a_caption_beneath_them() -> None:
    s = begun()
    for label in ("Table 1. What the vesicles hold, as counted", "Table 2. What the cells hold, as counted"):
        cells(s, [HEAD, *ROWS])
        for note in ("Counts are those of three dishes, each of them looked at by two of the authors, who did not",
                     "know of each other what they saw; where they differed, a third one looked at the dish again",
                     "and had the last word. miR, microRNA."):  # fmt: skip
            s.canvas.setFont(SMALL, 6.5)
            s.canvas.drawString(LEFT, s.y, note)
            s.y -= 8
        s.y -= 3
        s.line(label, font=BOLD, size=8)
        s.y -= 24
    first, second = read(s).tables
    assert texts(first) == texts(second) == [HEAD, *ROWS]
