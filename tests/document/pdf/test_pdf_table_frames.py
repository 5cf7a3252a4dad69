"""Tables whose head is tall or stands in a frame with its caption, and rows that are set unevenly."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from exomine.document.limits import DEFAULT_LIMITS
from exomine.document.model import Table
from exomine.document.pdf import BACKENDS, read_pdf

from helpers.pdf import LEFT, RESULTS, Setter

HEAD = ["Cancer", "miRNA", "Before", "After"]
ROWS = [["Breast", "miR-1", "1.2", "3.4"], ["Lung", "miR-3", "0.2", "0.4"], ["Skin", "miR-4", "5.2", "6.4"]]
XS = (0.0, 110.0, 240.0, 340.0)
WIDTH = 400.0
ROMAN, BOLD, SMALL = "Times-Roman", "Times-Bold", "Helvetica"


def begun() -> Setter:
    s = Setter(columns=1)
    s.heading("Results")
    for text in RESULTS:
        s.paragraph(text)
    s.y -= 14
    return s


def row(s: Setter, cells: Sequence[str], *, font: str = ROMAN, size: float = 10, step: float = 13) -> None:
    s.canvas.setFont(font, size)
    for x, cell in zip(XS, cells, strict=True):
        s.canvas.drawString(LEFT + x, s.y, cell)
    s.y -= step


def rule(s: Setter, up: float = 10) -> None:
    s.canvas.line(LEFT - 4, s.y + up, LEFT + WIDTH, s.y + up)


def read(s: Setter, backend: str = "pdfminer") -> tuple[Table, ...]:
    s.y -= 14
    for text in RESULTS:
        s.paragraph(text)
    return read_pdf(s.done(), source="made.pdf", limits=DEFAULT_LIMITS, backend=backend).tables


def texts(found: Table) -> list[list[str]]:
    return [[c.text if c else "" for c in r] for r in found.grid()]


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_head_of_many_lines_over_the_first_rule(backend: str) -> None:
    s = begun()
    s.line("Table 1. What the vesicles hold", font=BOLD)
    for line in ("counts in", "all of the", "dishes that", "were kept"):
        row(s, ["", "", "", line])
    s.y += 13
    row(s, ["Cancer", "miRNA", "Before", ""])
    rule(s)
    for cells in [*ROWS, *ROWS]:
        row(s, cells)
    rule(s)
    (found,) = read(s, backend)
    assert texts(found)[1:] == [*ROWS, *ROWS]
    assert texts(found)[0] == ["Cancer", "miRNA", "Before", "counts in all of the dishes that were kept"]


def test_a_heading_beneath_a_later_word_of_its_caption() -> None:
    caption = "Table 1. What the vesicles of the treated cells hold after a day"
    s = begun()
    s.line(caption, font=ROMAN)
    s.canvas.setFont(ROMAN, 10)
    before, _ = caption.split("treated")
    s.canvas.drawString(LEFT + s.canvas.stringWidth(before, ROMAN, 10), s.y, "Counts")
    s.y -= 12
    row(s, HEAD)
    rule(s)
    for cells in ROWS:
        row(s, cells)
    rule(s)
    (found,) = read(s)
    assert found.caption == "What the vesicles of the treated cells hold after a day"
    assert texts(found)[-3:] == ROWS


def test_a_lowered_sign_at_the_beginning_of_a_row() -> None:
    s = begun()
    s.line("Table 1. What the models hold", font=BOLD)
    row(s, HEAD, font=BOLD)
    for k, cells in enumerate([*ROWS, *ROWS]):
        if k == 4:
            s.canvas.setFont(ROMAN, 6)
            s.canvas.drawString(LEFT, s.y - 1.5, "low")
            cells = ["", *cells[1:]]
        row(s, cells)
    (found,) = read(s)
    assert [r[1:] for r in texts(found)] == [r[1:] for r in [HEAD, *ROWS, *ROWS]]


def test_names_in_the_middle_of_a_heads_height_make_no_narrow_rows() -> None:
    s = begun()
    s.line("Table 1. What the vesicles of cells hold after a day and after a week in the dish", font=BOLD)
    row(s, ["", "", "Before", "After"], font=BOLD, step=6.5)
    row(s, ["Cancer", "miRNA", "", ""], font=BOLD, step=6.5)
    row(s, ["", "", "(mean)", "(mean)"], font=BOLD, step=19)
    for cells in [*ROWS, *ROWS]:
        row(s, cells, step=19)
    (found,) = read(s)
    assert texts(found) == [["Cancer", "miRNA", "Before (mean)", "After (mean)"], *ROWS, *ROWS]


def test_the_notes_of_a_table_end_at_the_next_caption() -> None:
    s = begun()
    for label in ("Table 1. What the vesicles hold", "Table 2. What the cells hold"):
        rule(s)
        s.line(label, font=SMALL, size=8)
        row(s, HEAD, font=SMALL, size=8)
        rule(s)
        for cells in ROWS:
            row(s, cells, font=SMALL, size=8)
        rule(s)
        s.canvas.setFont(SMALL, 7)
        s.canvas.drawString(LEFT, s.y, "Counts are those of three dishes.")
        s.y -= 20
    first, second = read(s)
    assert texts(second) == [HEAD, *ROWS]
    assert texts(first)[:4] == [HEAD, *ROWS]
    assert "miR" not in "".join(first.footnotes)


# --- which lines go on ------------------------------------------------------------------------------------------------


def grouped(half: float) -> tuple[Table, ...]:
    """Groups of two rows under a name each; what was found stands once, so much lower than the name."""
    s = begun()
    s.line("Table 1. What the vesicles hold", font=BOLD)
    rule(s)
    row(s, HEAD, font=BOLD)
    rule(s)
    for k, name in enumerate(("Age", "Sex", "Size", "Stage")):
        row(s, [name, "", "", ""], step=half)
        row(s, ["", "", "", f"0.{k}7"], step=13 - half)
        row(s, ["Up to the third", f"{k}2", f"{k}4", ""])
        row(s, ["Over the third", f"{k}6", f"{k}8", ""])
    rule(s)
    return read(s)


@pytest.mark.parametrize("half", [6.5, 0.0])
def test_a_name_with_much_room_behind_it_does_not_go_on(half: float) -> None:
    (found,) = grouped(half)
    names = [r[0] for r in texts(found)[1:] if r[0]]
    assert names == [n for g in ("Age", "Sex", "Size", "Stage") for n in (g, "Up to the third", "Over the third")]


def test_values_do_not_go_on_beyond_a_line_without_any() -> None:
    s = begun()
    s.line("Table 1. What the vesicles hold", font=BOLD)
    rule(s)
    row(s, ["Kind", "Name", "Cells", "Share"], font=BOLD, size=8)
    rule(s)
    for k, name in enumerate(("Age", "Sex", "Size", "Stage", "Grade", "Site")):
        row(s, ["Of the clinic" if not k else "", name, "", ""], font=SMALL, size=8)
        row(s, ["", "Known to the clinic", f"{k}2", f"{k}4"], font=SMALL, size=8)
        row(s, ["", "Unknown to the clinic", f"{k}6", f"{k}8"], font=SMALL, size=8)
    rule(s)
    (found,) = read(s)
    assert [r[2] for r in texts(found)[1:] if r[2]] == [f"{k}{n}" for k in range(6) for n in (2, 6)]


@pytest.mark.parametrize("sizes", [(3, 2, 4), (2, 2, 2)])
def test_names_in_the_middle_of_their_groups_are_of_all_rows(sizes: tuple[int, ...]) -> None:
    s = begun()
    s.line("Table 1. What the vesicles hold", font=BOLD)
    rule(s)
    row(s, HEAD, font=BOLD)
    rule(s)
    for k, n in enumerate(sizes):
        s.canvas.setFont(ROMAN, 10)
        s.canvas.drawString(LEFT, s.y - 13 * (n - 1) / 2, f"Group {k}")
        for i in range(n):
            row(s, ["", f"miR-{i}", f"{k}{i}", f"{i}.{k}"])
    rule(s)
    (found,) = read(s)
    assert texts(found)[1:] == [
        [f"Group {k}", f"miR-{i}", f"{k}{i}", f"{i}.{k}"] for k, n in enumerate(sizes) for i in range(n)
    ]


def test_names_on_the_first_rows_of_their_groups_are_not_spread() -> None:
    s = begun()
    s.line("Table 1. What the vesicles hold", font=BOLD)
    rule(s)
    row(s, HEAD, font=BOLD)
    rule(s)
    rows = [[f"Group {k}" if not i else "", f"miR-{i}", f"{k}{i}", f"{i}.{k}"] for k in range(3) for i in range(2)]
    for cells in rows:
        row(s, cells)
    rule(s)
    (found,) = read(s)
    assert texts(found)[1:] == rows
