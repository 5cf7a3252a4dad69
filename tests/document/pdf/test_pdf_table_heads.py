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


# --- rows and regions -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("backend", BACKENDS)
def test_headings_in_the_middle_of_a_table_are_names_of_groups(backend: str) -> None:
    names = ["In cells", "In the blood of the patients"]
    s = begun()
    s.line(CAPTION, font=BOLD, size=8)
    cells(s, [["Part", "miRNA", "Before", "After"]], XS[:4], font=BOLD)
    for name in names:
        middle = (XS[3] + s.canvas.stringWidth("1.2", SMALL, 8)) / 2
        s.canvas.setFont(SMALL, 8)
        s.canvas.drawCentredString(LEFT + middle, s.y, name)
        s.y -= 12
        cells(s, [[f"Part {k}", f"miR-{k}", f"{k}.2", f"{k}.4"] for k in range(1, 5)], XS[:4])
    found = only(read(s, backend))
    assert [r[0] for r in texts(found) if r[0] and not any(r[1:])] == names


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_grid_with_rows_of_many_lines(backend: str) -> None:
    head = ["Study", "Given", "Found"]
    rows = [
        ["First of the trials", "Two cups a day", "Fewer cells"],
        ["Second of the trials", "One cup", "No change in cells"],
    ]
    s = begun()
    s.line(CAPTION, font=BOLD, size=8)
    s.y -= 4
    xs = (4.0, 64.0, 124.0)
    for row in [head, *rows]:
        top = s.y + 9
        lines = [cell.split(" ") for cell in row]
        for k in range(max(map(len, lines))):
            s.canvas.setFont(SMALL, 8)
            for x, words in zip(xs, lines, strict=True):
                if k < len(words):
                    s.canvas.drawString(LEFT + x, s.y, words[k])
            s.y -= 10
        for x in (0, 60, 120, 180):
            s.canvas.line(LEFT + x, top, LEFT + x, s.y + 6)
        for y in (top, s.y + 6):
            s.canvas.line(LEFT, y, LEFT + 180, y)
        s.y -= 3
    assert texts(only(read(s, backend))) == [head, *rows]


def test_names_of_groups_beside_two_rows_each_over_a_caption() -> None:
    s = begun()
    s.y -= 20
    rows = [[f"Gene {k}" if not i else "", f"{'FR'[i]}: ACGTTGCA{k}"] for k in range(1, 8) for i in range(2)]
    others = [["Gene", "miRNA", "Before"], *([f"Gene {k}", f"miR-{k}", f"{k}.2"] for k in range(1, 7))]
    cells(s, others, XS[:3])
    s.line("Table 1. What the cells hold", font=BOLD, size=8)
    s.y -= 20
    cells(s, rows[1:], XS[:2])
    s.line("Table 2. Primers of the genes", font=BOLD, size=8)
    s.y -= 20
    _, found = read(s).tables
    assert " ".join(r[1] for r in texts(found)) == " ".join(r[1] for r in rows[1:])


def test_notes_wider_than_the_caption_beneath_them() -> None:
    rows = [[f"Part {k}" if k % 2 else "", f"Place {k}", f"{k}.2", f"{k}.4"] for k in range(1, 9)]
    s = begun()
    s.y -= 20
    cells(s, [["Part", "Place", "Before", "After"], *rows], (0.0, 130.0, 250.0, 330.0))
    for note in (
        "Counts are those of three dishes, each of them looked at by two of the authors, who did not know",
        "of each other what they saw; where they differed, a third one looked at the dish again.",
    ):
        s.canvas.setFont(SMALL, 6.5)
        s.canvas.drawString(LEFT, s.y, note)
        s.y -= 8
    s.y -= 3
    s.line("Table 1. Counts", font=BOLD, size=8)
    s.y -= 20
    assert texts(only(read(s)))[-8:] == rows


def test_rows_beneath_a_head_of_many_heights() -> None:
    rows = [[f"Part {k}", f"{k}.2", f"{k}.4", f"{k}.6"] for k in range(1, 7)]
    s = begun()
    s.line(CAPTION, font=BOLD, size=8)
    s.y -= 3
    s.canvas.line(LEFT, s.y + 9, LEFT + 400, s.y + 9)
    top = s.y
    for x, words in zip(
        (0.0, 120.0, 220.0, 320.0), ("Part", "After a day", "After a whole week", "A year"), strict=True
    ):
        lines = words.split(" ")
        for k, word in enumerate(lines):
            s.canvas.setFont(BOLD, 8)
            s.canvas.drawString(LEFT + x, top - 10 * (k + (4 - len(lines)) / 2), word)
    s.y = top - 42
    s.canvas.line(LEFT, s.y + 9, LEFT + 400, s.y + 9)
    cells(s, rows, (0.0, 120.0, 220.0, 320.0))
    found = only(read(s))
    assert texts(found) == [["Part", "After a day", "After a whole week", "A year"], *rows]


# --- headings over columns, heads printed again, merged cells ---------------------------------------------------------


def test_two_headings_share_the_columns_out() -> None:
    """The middle of the first heading's columns is (nearly) that of more columns, up to the second one's."""
    rows = [[f"Part {k}", "41 (14)", f"{k}.1", f"{k}.2", f"{k}.3", f"{k}.4", f"{k}.5", f"{k}.6"] for k in range(1, 6)]
    xs = (0.0, 70.0, 120.0, 170.0, 220.0, 270.0, 320.0, 370.0)
    s = begun()
    s.line(CAPTION, font=BOLD, size=8)
    s.canvas.setFont(BOLD, 8)
    for k, name in ((3, "In mice"), (6, "In rats")):
        s.canvas.drawCentredString(LEFT + xs[k] + 5.5, s.y, name)
    s.y -= 12
    cells(s, [["Part", "All", "Low", "Mid", "P", "Low", "Mid", "P"]], xs, font=BOLD)
    cells(s, rows, xs)
    found = only(read(s))
    last = found.n_rows - 1
    assert [found.header_path(last, k).above[0] for k in range(2, 8)] == ["In mice"] * 3 + ["In rats"] * 3


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_head_over_the_first_rule_of_a_table_with_its_caption_beneath(backend: str) -> None:
    head = ["Part", "miRNA", "Before", "After"]
    rows = [[f"Part {k}", f"miR-{k}", f"{k}.2", f"{k}.4"] for k in range(1, 8)]
    s = begun()
    s.y -= 20
    for label in ("Table 1. What the vesicles hold", "Table 2. What the cells hold"):
        cells(s, [head], XS[:4], font=BOLD)
        s.canvas.line(LEFT, s.y + 9, LEFT + 300, s.y + 9)
        cells(s, rows, XS[:4])
        s.canvas.line(LEFT, s.y + 9, LEFT + 300, s.y + 9)
        s.y -= 3
        s.line(label, font=BOLD, size=8)
        s.y -= 30
    first, second = read(s, backend).tables
    assert texts(first) == texts(second) == [head, *rows]
    assert first.n_header_rows == 1


def test_a_head_of_two_rows_printed_again_on_the_next_page() -> None:
    rows = [[f"Part {k}", f"miR-{k}", f"{k}.2", f"{k}.4"] for k in range(1, 9)]

    def head() -> None:
        cells(s, [["", "", "Day", ""]], (0, 80, 185, 220), font=BOLD)
        cells(s, [["Part", "miRNA", "Mean", "P"]], XS[:4], font=BOLD)

    s = begun()
    s.y = s.bottom + 12.0 * 6
    s.line(CAPTION, font=BOLD, size=8)
    head()
    cells(s, rows[:3], XS[:4])
    s.canvas.showPage()
    s._page()
    head()
    cells(s, rows[3:], XS[:4])
    assert texts(only(read(s)))[2:] == rows


@pytest.mark.parametrize("backend", BACKENDS)
def test_cells_of_a_grid_that_no_line_parts(backend: str) -> None:
    s = begun()
    s.line(CAPTION, font=BOLD, size=8)
    s.y -= 4
    xs = (0.0, 70.0, 140.0, 210.0)

    def line(x0: float) -> None:
        s.canvas.line(LEFT + x0, s.y + 9, LEFT + 210, s.y + 9)

    top = s.y + 9
    for name, of_group in (("Kind", True), ("Cells of", True), ("the gut", False), ("Blood", True), ("", False)):
        line(0 if of_group else 70)
        values = ["miRNA", "Mean"] if name == "Kind" else [f"miR-{round(s.y)}", f"{round(s.y)}.2"]
        middle = 6 if name == "Blood" else 0
        s.canvas.setFont(SMALL, 8)
        s.canvas.drawString(LEFT + 4, s.y - middle, name)
        for x, value in zip(xs[1:], values, strict=False):
            s.canvas.drawString(LEFT + x + 4, s.y, value)
        s.y -= 13
    line(0)
    for x in xs:
        s.canvas.line(LEFT + x, top, LEFT + x, s.y + 9)
    found = only(read(s, backend))
    assert [r[0] for r in texts(found)] == ["Kind", "Cells of the gut", "Cells of the gut", "Blood", "Blood"]


def test_a_lone_heading_in_the_type_of_the_text_above_rows_over_a_caption() -> None:
    rows = [[f"Part {k}", f"{k}.2", f"{k}.4"] for k in range(1, 8)]
    s = begun()
    s.y -= 20
    for label in ("Table 1. What the vesicles hold", "Table 2. What the cells hold"):
        s.canvas.setFont("Times-Roman", 10)
        s.canvas.drawString(LEFT + 105, s.y, "Cells")
        s.y -= 12
        for row in [["Part", "Mean", "Range"], *rows]:
            s.canvas.setFont("Times-Roman", 10)
            for x, cell in zip((0.0, 80.0, 150.0), row, strict=True):
                s.canvas.drawString(LEFT + x, s.y, cell)
            s.y -= 12
        s.line(label, font=BOLD, size=8)
        s.y -= 20
    first, _ = read(s).tables
    assert "Cells" in " ".join(c.text for c in first.cells if c.header)
    assert texts(first)[-7:] == rows
