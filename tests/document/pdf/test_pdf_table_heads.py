"""Heads of tables without rules, heads whose names stand close together, and what tells values from names."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from exomine.document.pdf import BACKENDS
from exomine.document.pdf.table_heads import VALUE

from helpers.pdf import LEFT, Setter
from helpers.pdf_tables import begun, only, read, texts

SMALL, BOLD = "Helvetica", "Helvetica-Bold"
CAPTION = "Table 1. What the vesicles of cells hold after a day and after a week in the dish"
ROWS = [[f"miR-{k}", f"Site {k}", f"{k}.2", f"{k}e-05", f"- 0.{k}", f"{k} ± 1.5"] for k in range(1, 7)]
XS = (0.0, 80.0, 160.0, 220.0, 280.0, 340.0)


def cells(s: Setter, rows: Sequence[Sequence[str]], xs: Sequence[float], *, font: str = SMALL) -> None:
    for row in rows:
        s.canvas.setFont(font, 8)
        for x, cell in zip(xs, row, strict=True):
            if cell:
                s.canvas.drawString(LEFT + x, s.y, cell)
        s.y -= 12


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("middle", [False, True])
def test_a_head_without_rules_goes_down_to_the_first_values(backend: str, middle: bool) -> None:
    s = begun()
    s.line(CAPTION, font=BOLD, size=8)
    names = ["Name", "Place", "", "", "", ""]
    cells(s, [["", "", "Day", "", "Week", ""]], (0, 80, 192, 220, 313, 340))
    if middle:
        cells(s, [names], XS)
        names = [""] * 6
    cells(s, [[*names[:2], "Mean", "P", "Mean", "Range"], *ROWS], XS)
    found = only(read(s, backend))
    assert texts(found)[-6:] == ROWS
    above = found.header_path(found.n_rows - 1, 3).above
    assert above == ("Day", "P")


def test_the_last_lines_of_names_belong_to_the_head() -> None:
    rows = [[f"Case {k}", f"{k} cm", "in a week", "none"] for k in range(1, 6)]
    s = begun()
    s.line(CAPTION, font=BOLD, size=8)
    cells(s, [["Name", "Size", "Seen", "Further"]], XS[:4])
    s.y += 3
    cells(s, [["", "of it", "again", "sites"], *rows], XS[:4])
    found = only(read(s))
    assert texts(found) == [["Name", "Size of it", "Seen again", "Further sites"], *rows]


def test_words_over_values_in_the_first_row_are_no_head() -> None:
    rows = [["Low", "Reference", "Reference"], *([f"Part {k}", f"{k}.2", f"{k}.4"] for k in range(1, 6))]
    s = begun()
    s.line(CAPTION, font=BOLD, size=8)
    cells(s, [["Part", "Before", "After"], *rows], XS[:3])
    found = only(read(s))
    assert texts(found) == [["Part", "Before", "After"], *rows]
    assert found.n_header_rows == 1


@pytest.mark.parametrize("backend", BACKENDS)
def test_names_of_columns_close_to_each_other(backend: str) -> None:
    head = ["Entry", "Yield 3 (%)", "Yield 4 (%)", "Yield 5 (%)", "Cells lost"]
    rows = [[f"{k}", f"{70 + k}", f"{80 + k}", f"{20 + k}", f"{k}%"] for k in range(1, 7)]
    s = begun()
    s.line(CAPTION, font=BOLD, size=8)
    xs = [0.0]
    for name in head[:-1]:
        xs.append(xs[-1] + s.canvas.stringWidth(name, BOLD, 8) + 4.6)
    cells(s, [head], xs, font=BOLD)
    cells(s, rows, xs)
    assert texts(only(read(s, backend))) == [head, *rows]


def test_a_table_with_its_caption_beneath_does_not_go_on() -> None:
    rows = [[f"Part {k}", f"miR-{k}", f"{k}.2", f"{k}.4"] for k in range(1, 9)]
    head = ["Part", "miRNA", "Before", "After"]
    s = begun()
    s.y = s.bottom + 12.0 * 10
    cells(s, [head, *rows], XS[:4])
    s.line("Table 1. What the vesicles hold", font=BOLD, size=8)
    s.canvas.showPage()
    s._page()
    cells(s, [head, *rows[:5]], XS[:4])
    s.line("Table 2. What the cells hold", font=BOLD, size=8)
    first, second = read(s).tables
    assert texts(first) == [head, *rows]
    assert texts(second) == [head, *rows[:5]]


@pytest.mark.parametrize(
    "text", ["3.1", "<0.05", "− 0.15", "2.7e−05", "3.5×10−9", "12 (5%)", "4.9 (0–17)", "22.3 ± 1.9", "0.7 (0.4, 1.2)"]
)
def test_values(text: str) -> None:
    assert VALUE.fullmatch(text)


@pytest.mark.parametrize("text", ["±0.05", "4.1 ±", "(5%)", "miR-21", "12 mice", "Day 3"])
def test_parts_of_values_and_names(text: str) -> None:
    assert not VALUE.fullmatch(text)
