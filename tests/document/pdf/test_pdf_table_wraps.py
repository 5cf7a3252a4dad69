"""Cells of several lines without rules between the rows: which lines are of one row."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from exomine.document.model import Box
from exomine.document.pdf import BACKENDS
from exomine.document.pdf.backends.base import PageContent, Picture
from exomine.document.pdf.table_shades import alternate, bands

from helpers.pdf import LEFT, RIGHT, Setter
from helpers.pdf_tables import begun, only, read, texts

XS = (0.0, 130.0, 250.0, 370.0)
HEAD = ["Group", "Before", "After", "p"]


def table(rows: Sequence[Sequence[str]], steps: Sequence[float], xs: Sequence[float] = XS) -> Setter:
    """A page with a table between three rules; each row stands so far beneath the one before."""
    s = begun()
    s.line("Table 1. What the vesicles hold", font="Helvetica-Bold", size=8)
    s.y += 6
    s.canvas.line(LEFT, s.y - 2, RIGHT, s.y - 2)
    for k, (row, step) in enumerate(zip(rows, steps, strict=True)):
        s.y -= step
        s.canvas.setFont("Helvetica", 8)
        for x, cell in zip(xs, row, strict=True):
            s.canvas.drawString(LEFT + x, s.y, cell)
        if not k:
            s.canvas.line(LEFT, s.y - 3, RIGHT, s.y - 3)
    s.canvas.line(LEFT, s.y - 4, RIGHT, s.y - 4)
    s.y -= 12
    return s


def test_values_that_wrap_in_rows_as_close_as_their_lines() -> None:
    rows = [
        ["Men", "1.00 (0.21–9.25)", "2.00 (1.15–6.50)", "0.4"],
        ["Women of all", "12.44 (10.90–", "2.88 (0.52–3.95)", "0.3"],
        ["ages", "14.15)", "", ""],
        ["Children", "0.90 (0.21–1.25)", "17.66 (15.35–", "0.2"],
        ["", "", "19.77)", ""],
        ["All", "4.40 (1.25–8.50)", "12.22 (10.15–", "0.1"],
        ["", "", "14.62)", ""],
        ["None", "0.70 (0.41–1.15)", "2.22 (1.15–4.62)", "0.6"],
    ]
    found = only(read(table([HEAD, *rows], [10.0] * 9)))
    assert [[r[0], r[1], r[2]] for r in texts(found)[1:]] == [
        ["Men", "1.00 (0.21–9.25)", "2.00 (1.15–6.50)"],
        ["Women of all ages", "12.44 (10.90–14.15)", "2.88 (0.52–3.95)"],
        ["Children", "0.90 (0.21–1.25)", "17.66 (15.35–19.77)"],
        ["All", "4.40 (1.25–8.50)", "12.22 (10.15–14.62)"],
        ["None", "0.70 (0.41–1.15)", "2.22 (1.15–4.62)"],
    ]


def test_a_row_of_one_phrase_up_to_the_next_column_does_not_join_them() -> None:
    rows = [
        ["Tumours of the whole gut, n", "", "", ""],
        *[[f"Kind {k}", f"{k}.1", f"{k}.2", f"0.{k}"] for k in range(1, 4)],
        ["Tumours of the skin (%)", "", "", ""],
        *[[f"Kind {k}", f"{k}.1", f"{k}.2", f"0.{k}"] for k in range(4, 8)],
    ]
    found = only(read(table([HEAD, *rows], [12.0] * 10, (0.0, 100.0, 250.0, 370.0))))
    assert found.n_columns == 4
    assert texts(found)[2] == ["Kind 1", "1.1", "1.2", "0.1"]


def shaded(rows: Sequence[Sequence[Sequence[str]]], *, odd: int) -> Setter:
    """A page with a table without rules; ``rows`` hold lines of cells, every second row is printed on grey."""
    s = begun()
    s.line("Table 1. What the vesicles hold", font="Helvetica-Bold", size=8)
    for k, lines in enumerate(rows):
        if k % 2 == odd:
            s.canvas.setFillGray(0.9)
            s.canvas.rect(LEFT, s.y + 7 - 9 * len(lines), RIGHT - LEFT, 9 * len(lines), stroke=0, fill=1)
            s.canvas.setFillGray(0)
        for line in lines:
            s.canvas.setFont("Helvetica-Bold" if not k else "Helvetica", 8)
            for x, cell in zip(XS, line, strict=True):
                s.canvas.drawString(LEFT + x, s.y, cell)
            s.y -= 9
    s.y -= 6
    return s


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("odd", [0, 1])
def test_rows_told_apart_by_their_shade(backend: str, odd: int) -> None:
    rows = [
        [HEAD],
        [["Men of all", "Twelve of them", "None of the", "0.4"], ["Ages", "and two more", "Others", ""]],
        [["Women", "Nine", "Many of the", "0.3"], ["", "", "Others", ""]],
        [["Children", "None", "None", "0.2"]],
        [["Twins and", "None", "One of the", "0.1"], ["Others", "", "Twins", ""]],
        [["Adults", "None", "All", "0.1"]],
    ]
    found = texts(only(read(shaded(rows, odd=odd), backend)))
    assert [r[0] for r in found[1:]] == ["Men of all Ages", "Women", "Children", "Twins and Others", "Adults"]
    assert found[2] == ["Women", "Nine", "Many of the Others", "0.3"]


def test_shades_of_some_rows_are_no_second_rows() -> None:
    page = PageContent(1, 600, 800)
    page.pictures = [Picture(0, 100 + 60 * k, 500, 112 + 60 * k, "area") for k in range(3)]
    found = bands(Box(0, 90, 500, 300), page)
    assert len(found) == 3
    assert not alternate(found)


def test_lines_of_cells_stand_at_one_distance_and_rows_further_apart() -> None:
    rows = [
        ["Men", "None of those who came", "All of those who stayed", "0.4"],
        ["Women who were", "One of those who came", "Two of those who stayed", "0.3"],
        ["Young", "Early", "Late", ""],
        ["Boys who were", "Two of those who came", "One of those who stayed", "0.2"],
        ["Older", "Early", "Late", ""],
        ["Girls who were", "Six of those who came", "Ten of those who stayed", "0.1"],
        ["Older", "Late", "Early", ""],
    ]
    steps = [10.0, 16, 16, 9, 16, 9, 16, 9]
    found = texts(only(read(table([HEAD, *rows], steps))))
    names = ["Men", "Women who were Young", "Boys who were Older", "Girls who were Older"]
    assert [r[0] for r in found[1:]] == names
    assert found[2][1] == "One of those who came Early"


def test_headings_inside_of_a_table_without_a_head() -> None:
    heading = "Molecules of kind {} that are found in more than half of all the vesicles counted in these experiments"
    rows = []
    for k in range(1, 4):
        rows.append([heading.format(k), "", "", ""])
        rows += [[name, f"Some {k}", f"Few {k}", f"All {k}"] for name in ("Higher:", "Lower:")]
    s = begun()
    s.line("Table 1. What the vesicles hold", font="Helvetica-Bold", size=8)
    s.canvas.line(LEFT, s.y + 9, RIGHT, s.y + 9)
    for row in rows:
        s.canvas.setFont("Helvetica", 8)
        for x, cell in zip(XS, row, strict=True):
            s.canvas.drawString(LEFT + x, s.y, cell)
        s.y -= 12
    s.canvas.line(LEFT, s.y + 9, RIGHT, s.y + 9)
    found = texts(only(read(s)))
    assert [r[0] for r in found if r[1] != r[0]] == ["Higher:", "Lower:"] * 3


def test_a_head_in_small_letters_beneath_a_rule_is_not_of_the_caption() -> None:
    s = begun()
    s.line("Table 1. What the vesicles hold.", font="Helvetica", size=8)
    s.y += 2.5
    s.canvas.line(LEFT, s.y + 7.2, RIGHT, s.y + 7.2)
    rows = [["what was found in most of them", "", "", ""], *[[f"kind {k}", f"{k}.1", "", ""] for k in range(1, 5)]]
    for k, row in enumerate(rows):
        s.canvas.setFont("Helvetica-Bold" if not k else "Helvetica", 8)
        for x, cell in zip(XS, row, strict=True):
            s.canvas.drawString(LEFT + x, s.y, cell)
        s.y -= 10
        if not k:
            s.canvas.line(LEFT, s.y + 7, RIGHT, s.y + 7)
    s.canvas.line(LEFT, s.y + 7, RIGHT, s.y + 7)
    found = only(read(s))
    assert found.caption == "What the vesicles hold"
    assert found.cells[0].text == "what was found in most of them"


def test_a_shade_may_reach_beneath_the_last_line() -> None:
    page = PageContent(1, 600, 800)
    page.pictures = [Picture(x, 100 + 40 * k, x + 250, 120 + 40 * k, "area") for k in range(4) for x in (0, 250)]
    found = bands(Box(0, 90, 500, 227), page)
    assert found == [(100, 120), (140, 160), (180, 200), (220, 240)]
    assert alternate(found)
    assert bands(Box(0, 90, 500, 222), page) == found[:3]
