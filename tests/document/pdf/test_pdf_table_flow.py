"""Tables that go over several columns of text or pages, and what tells their parts from the text around them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from exomine.document.pdf import BACKENDS

from helpers.pdf import COLUMN, LEFT, RIGHT, Setter
from helpers.pdf_tables import begun, only, read, texts

HEAD = ["Cancer", "miRNA", "Before", "After"]
ROWS = [[f"Cancer {k}", f"miR-{k}", f"{k}.2", f"{k}.4"] for k in range(1, 13)]
NARROW = (0.0, 70.0, 130.0, 180.0)
WIDE = (0.0, 130.0, 290.0, 400.0)
SMALL, BOLD = "Helvetica", "Helvetica-Bold"


def cells(s: Setter, rows: Sequence[Sequence[str]], xs: Sequence[float], *, font: str = SMALL, size: float = 8) -> None:
    for row in rows:
        s.canvas.setFont(font, size)
        for x, cell in zip(xs, row, strict=True):
            s.canvas.drawString(s.x + x, s.y, cell)
        s.y -= 12


def down_to(s: Setter, rows: int) -> None:
    """Text down to where so many lines are left in the column."""
    while s.y > s.bottom + 12.0 * rows:
        s.line("Cells were counted by two of us, and again by a third."[: 54 if s.columns == 1 else 46])
    s.y = s.bottom + 12.0 * (rows - 1) + 2


def next_page(s: Setter) -> None:
    s.canvas.showPage()
    s._page()


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("headed", [True, False])
def test_a_caption_beneath_the_last_of_several_parts(backend: str, headed: bool) -> None:
    s = begun()
    s.y = s.bottom + 12.0 * 4 + 2
    cells(s, [HEAD], WIDE, font=BOLD)
    cells(s, ROWS[:4], WIDE)
    next_page(s)
    if headed:
        cells(s, [HEAD], WIDE, font=BOLD)
    cells(s, ROWS[4:], WIDE)
    s.line("Table 1. What the vesicles hold", font=BOLD, size=8)
    found = only(read(s, backend))
    assert texts(found) == [HEAD, *ROWS]
    assert {c.page for c in found.cells if c.row < 5} == {1}


def test_text_at_the_foot_of_the_page_before_is_no_part_of_a_table() -> None:
    s = begun()
    down_to(s, 3)
    for text in ("Cells were counted by two of us,", "and again by a third."):
        s.line(text)
    next_page(s)
    cells(s, [HEAD], WIDE, font=BOLD)
    cells(s, ROWS, WIDE)
    s.line("Table 1. What the vesicles hold", font=BOLD, size=8)
    document = read(s)
    assert texts(only(document)) == [HEAD, *ROWS]
    assert "and again by a third." in document.text


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_table_goes_on_in_the_next_column(backend: str) -> None:
    s = begun(columns=2)
    down_to(s, 9)
    s.line("Table 1. What the vesicles hold", font=BOLD, size=8)
    cells(s, [HEAD], NARROW, font=BOLD)
    cells(s, ROWS[:7], NARROW)
    s.column, s.y = 1, s.top
    cells(s, ROWS[7:], NARROW)
    document = read(s, backend)
    assert texts(only(document)) == [HEAD, *ROWS]
    assert "Taken together" in document.text


def test_cells_in_the_type_of_the_text_to_the_right_of_a_short_caption() -> None:
    s = begun(columns=2)
    s.column, s.y = 0, min(s.y, 420.0)
    xs = (9.0, 130.0, COLUMN + 40.0, COLUMN + 150.0)
    cells(s, [HEAD, *ROWS], xs, font="Times-Roman", size=10)
    s.line("Table 1. What the vesicles hold", font=BOLD, size=8)
    s.top = s.y - 14
    assert texts(only(read(s))) == [HEAD, *ROWS]


def test_rows_without_rules_whose_cells_stand_in_their_middle() -> None:
    s = begun()
    s.line("Table 1. What the vesicles of cells hold after a day and after a week in the dish", font=BOLD, size=8)
    cells(s, [HEAD], WIDE, font=BOLD)
    for name, *values in ROWS[:6]:
        s.y -= 4
        for x, y, cell in zip(WIDE, (0, 10, 15, 5), (name, "miRNA", *values[1:]), strict=True):
            s.canvas.setFont(SMALL, 8)
            s.canvas.drawString(LEFT + x, s.y - (y if x else 10), cell)
        s.canvas.drawString(LEFT, s.y - 20, "in mice")
        s.canvas.drawString(LEFT, s.y, "of cells")
        s.y -= 30
    found = only(read(s))
    printed = {c.text for c in found.cells}
    assert printed >= {value for row in ROWS[:6] for value in row[2:]}


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("rows", [1, 2])
def test_a_head_between_rules_and_a_row_or_two_at_the_foot_of_a_page(backend: str, rows: int) -> None:
    s = begun()
    down_to(s, rows + 2)
    s.line("Table 1. What the vesicles hold", font=BOLD, size=8)
    for y in (s.y + 9, s.y - 3):
        s.canvas.line(LEFT, y, RIGHT, y)
    cells(s, [HEAD, *ROWS[:rows]], WIDE)
    next_page(s)
    cells(s, ROWS[rows:], WIDE)
    s.canvas.line(LEFT, s.y + 9, RIGHT, s.y + 9)
    assert texts(only(read(s, backend))) == [HEAD, *ROWS]


def test_text_beneath_a_small_table_is_no_row_of_it() -> None:
    s = begun()
    s.line("Table 1. What the vesicles hold", font=BOLD, size=8)
    for y in (s.y + 9, s.y - 15):
        s.canvas.line(LEFT, y, RIGHT, y)
    cells(s, [HEAD, ROWS[0]], WIDE)
    x = LEFT
    for word in ("cells", "were", "counted", "by", "two", "of", "us"):  # justified, with wide spaces
        s.canvas.setFont("Times-Roman", 10)
        s.canvas.drawString(x, s.y - 4, word)
        x += s.canvas.stringWidth(word, "Times-Roman", 10) + 9
    s.y -= 16
    document = read(s)
    assert texts(only(document)) == [HEAD, ROWS[0]]
    assert "cells were counted by two of us" in document.text


def test_a_caption_in_the_type_of_the_text_right_beneath_a_paragraph() -> None:
    s = begun()
    s.y += 10
    s.canvas.setFont("Times-Bold", 10)
    s.canvas.drawString(LEFT, s.y, "Table 1.")
    s.canvas.setFont("Times-Roman", 10)
    s.canvas.drawString(LEFT + 42, s.y, "What the vesicles hold")
    s.y -= 14
    cells(s, [HEAD, *ROWS], WIDE, font="Times-Roman", size=10)
    found = only(read(s))
    assert found.caption == "What the vesicles hold"
    assert texts(found) == [HEAD, *ROWS]


def test_rows_at_two_places_where_many_lines_begin() -> None:
    """Two left edges that lie close together are not two columns of text."""
    s = begun(columns=2)
    s.column, s.y = 0, min(s.y, 420.0)
    s.y = min(s.y, 420.0)
    s.line("Table 1. What the vesicles hold", font=BOLD, size=8)
    xs = (2.0, 130.0, COLUMN + 40.0, COLUMN + 150.0)
    cells(s, [HEAD, *ROWS], xs, font="Times-Roman", size=10)
    s.top = s.y - 14
    assert texts(only(read(s))) == [HEAD, *ROWS]


def test_a_head_printed_again_above_rows_of_a_few_values() -> None:
    sparse = [[f"Cancer {k}", "", "", f"{k}.4"] for k in range(13, 19)]
    s = begun()
    down_to(s, 14)
    s.line("Table 1. What the vesicles hold", font=BOLD, size=8)
    cells(s, [HEAD], WIDE, font=BOLD)
    cells(s, ROWS, WIDE)
    next_page(s)
    cells(s, [HEAD], WIDE, font=BOLD)
    cells(s, sparse, WIDE)
    assert texts(only(read(s))) == [HEAD, *ROWS, *sparse]


def test_a_caption_of_another_kind_between_rules_ends_a_table() -> None:
    s = begun()
    s.line("Table 1. What the vesicles hold", font=BOLD, size=8)
    for y in (s.y + 9, s.y - 3):
        s.canvas.line(LEFT, y, LEFT + 450, y)
    cells(s, [HEAD, *ROWS[:4]], WIDE)
    s.canvas.line(LEFT, s.y + 9, LEFT + 450, s.y + 9)
    s.y -= 6
    s.line("Figure 1. What was counted", font=BOLD, size=8)
    for y in (s.y + 9, s.y - 3):
        s.canvas.line(LEFT, y, RIGHT, y)
    cells(s, [["Gene", "Forward", "Reverse", "Source"], ["miR-1", "ACGT", "TGCA", "bought"]], WIDE)
    s.canvas.line(LEFT, s.y + 9, RIGHT, s.y + 9)
    assert texts(only(read(s))) == [HEAD, *ROWS[:4]]


def test_a_wide_name_in_the_type_of_the_text_beside_its_values() -> None:
    s = begun(columns=2)
    s.column, s.y = 0, min(s.y, 420.0)
    xs = (9.0, COLUMN + 40.0, COLUMN + 120.0, COLUMN + 180.0)
    rows = [[f"A name of some length, as wide as a column {k}", *row[1:]] for k, row in enumerate(ROWS)]
    s.line("Table 1. What the vesicles of many cells hold, and what was found in them on day ten", font=BOLD, size=8)
    cells(s, [HEAD, *rows], xs, font="Times-Roman", size=10)
    s.top = s.y - 14
    assert texts(only(read(s))) == [HEAD, *rows]


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("columns", [1, 2])
def test_a_caption_alone_behind_its_table(ruled: bool, columns: int) -> None:
    """At the top of the next page or column, where captions stand beneath their tables."""
    s = begun(columns=columns)
    xs = WIDE if columns == 1 else NARROW
    cells(s, [HEAD, *ROWS], xs)
    s.line("Table 1. What the vesicles held before they were counted", font=BOLD, size=8)
    s.y -= 14
    down_to(s, 8)
    if ruled:
        s.canvas.line(s.x, s.y + 9, s.x + s.width, s.y + 9)
        s.canvas.line(s.x, s.y - 3, s.x + s.width, s.y - 3)
    rows = [[cell.replace("miR", "let") for cell in row] for row in ROWS[:6]]
    cells(s, [HEAD, *rows], xs)
    if ruled:
        s.canvas.line(s.x, s.y + 9, s.x + s.width, s.y + 9)
    s._next()
    s.line("Table 2. What the vesicles hold", font=BOLD, size=8)
    document = read(s)
    assert [t.label for t in document.tables] == ["Table 1", "Table 2"]
    assert texts(document.tables[1]) == [HEAD, *rows]
    assert "let-3" not in document.text.replace(document.tables[1].caption, "").split("Table 2")[0]


def test_a_label_in_capitals_right_beneath_rows_of_its_size() -> None:
    s = begun()
    cells(s, [HEAD, *ROWS], WIDE)
    s.line("TABLE 1  What the vesicles hold", font=SMALL, size=8)
    found = only(read(s))
    assert found.caption == "What the vesicles hold"
    assert texts(found) == [HEAD, *ROWS]
