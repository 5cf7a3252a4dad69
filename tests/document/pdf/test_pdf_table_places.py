"""Tables whose captions and parts stand where less common layouts put them."""

from __future__ import annotations

import pytest
from exomine.document.limits import DEFAULT_LIMITS
from exomine.document.model import Document, Table
from exomine.document.pdf import BACKENDS, read_pdf
from exomine.document.pdf.backends.base import Font, PageContent, Word
from exomine.document.pdf.layout import lines_of

from helpers.pdf import LEFT, RESULTS, RIGHT, SIZE, Setter

HEAD = ["Vesicle", "Cargo", "Before", "After"]
ROWS = [[f"Kind {name}", f"miR-{n}", f"{n}.5", f"{n}.25"] for n, name in enumerate("ABCDEF", 1)]
XS = [0.0, 130.0, 270.0, 400.0]


def rule(s: Setter) -> None:
    s.canvas.line(LEFT, s.y + 8, RIGHT, s.y + 8)
    s.y -= 2


def rows(s: Setter, cells: list[list[str]], *, font: str = "Helvetica", size: float = 8.0, step: float = 12.0) -> None:
    for row in cells:
        s.canvas.setFont(font, size)
        for x, text in zip(XS, row, strict=True):
            if text:
                s.canvas.drawString(LEFT + x, s.y, text)
        s.y -= step


def ruled(s: Setter, cells: list[list[str]], **look: float) -> None:
    rule(s)
    rows(s, [HEAD], **look)  # type: ignore[arg-type]
    rule(s)
    rows(s, cells, **look)  # type: ignore[arg-type]
    rule(s)


def opened() -> Setter:
    s = Setter(columns=1)
    s.heading("Results")
    for text in RESULTS:
        s.paragraph(text)
    s.y -= 10
    return s


def closed(s: Setter) -> bytes:
    s.y -= 16
    for text in RESULTS:
        s.paragraph(text)
    return s.done()


def read(data: bytes, backend: str = "pdfminer") -> Document:
    return read_pdf(data, source="made.pdf", limits=DEFAULT_LIMITS, backend=backend)


def texts(found: Table) -> list[list[str]]:
    return [[c.text if c else "" for c in r] for r in found.grid()]


@pytest.mark.parametrize("backend", BACKENDS)
def test_notes_may_stand_between_a_table_and_its_caption(backend: str) -> None:
    s = opened()
    ruled(s, ROWS)
    for note in ("Values are means of three vesicles each.", "Kinds are those of the first list.", "Cargo by arrays."):
        s.line(note, font="Helvetica", size=7)
    s.line("Table 1. Cargo of the kinds of vesicles", font="Helvetica-Bold", size=8)
    document = read(closed(s), backend)
    (found,) = document.tables
    assert texts(found) == [HEAD, *ROWS]
    assert document.body.split("\n") == RESULTS + RESULTS


def test_label_in_capitals_is_a_caption_in_the_size_of_the_body() -> None:
    s = opened()
    s.line("TABLE 1 Cargo of the kinds of vesicles")
    ruled(s, ROWS)
    document = read(closed(s))
    (found,) = document.tables
    assert (found.label, found.caption) == ("TABLE 1", "Cargo of the kinds of vesicles")
    assert document.body.split("\n") == RESULTS + RESULTS


def test_sentence_that_begins_with_a_label_is_no_caption() -> None:
    s = opened()
    s.paragraph("Table 1 shows what the vesicles hold and how much of it they give away to other cells.")
    assert not read(closed(s)).tables


@pytest.mark.parametrize("backend", BACKENDS)
def test_head_close_beneath_its_caption_is_of_the_table(backend: str) -> None:
    s = opened()
    s.line("Table 1. Cargo of the kinds of vesicles in each", font="Helvetica", size=8)
    s.y += 2
    s.line("of the tissues that were looked at", font="Helvetica", size=8)
    s.y += 2
    rows(s, [HEAD, *ROWS], step=9.5)
    (found,) = read(closed(s), backend).tables
    assert found.caption == "Cargo of the kinds of vesicles in each of the tissues that were looked at"
    assert texts(found) == [HEAD, *ROWS]


def test_caption_close_beneath_the_last_row() -> None:
    s = opened()
    rule(s)
    rows(s, [HEAD, *ROWS[:-1], ["Kind F, of which little is known", "miR-6", "6.5", "6.25"]], step=9.5)
    s.y -= 1
    s.canvas.line(LEFT, s.y + 8, RIGHT, s.y + 8)
    s.line("Table 1. Cargo of the kinds of vesicles", font="Helvetica", size=8)
    (found,) = read(closed(s)).tables
    assert [r[0] for r in texts(found)] == [
        "Vesicle",
        *(f"Kind {x}" for x in "ABCDE"),
        "Kind F, of which little is known",
    ]


@pytest.mark.parametrize("repeated", [True, False])
@pytest.mark.parametrize("backend", BACKENDS)
def test_table_goes_on_at_the_top_of_the_next_page_without_a_caption(backend: str, repeated: bool) -> None:
    s = Setter(columns=1)
    s.heading("Results")
    while s.y > 300:
        s.paragraph(RESULTS[0])
    s.y -= 10
    s.line("Table 1. Cargo of the kinds of vesicles", font="Helvetica-Bold", size=8)
    many = [[f"Kind {n}", f"miR-{n}", f"{n}.5", f"{n}.25"] for n in range(1, 21)]
    rule(s)
    rows(s, [HEAD], font="Helvetica-Bold")
    rule(s)
    rows(s, many[:12])
    s.y = 0.0
    s.paragraph("")
    if repeated:
        rule(s)
        rows(s, [HEAD], font="Helvetica-Bold")
        rule(s)
    rows(s, many[12:])
    rule(s)
    document = read(closed(s), backend)
    (found,) = document.tables
    assert texts(found) == [HEAD, *many]
    assert found.n_header_rows == 1
    assert {c.page for c in found.cells} == {1, 2}
    assert set(document.body.split("\n")) == set(RESULTS)


def test_text_at_the_top_of_the_next_page_does_not_go_on_with_a_table() -> None:
    s = Setter(columns=1)
    s.heading("Results")
    while s.y > 250:
        s.paragraph(RESULTS[0])
    s.y -= 10
    s.line("Table 1. Cargo of the kinds of vesicles", font="Helvetica-Bold", size=8)
    ruled(s, ROWS)
    s.y = 0.0
    s.line("Smaller print that opens a page and is set over its whole width as nothing else in this paper is.", size=8)
    (found,) = read(closed(s)).tables
    assert texts(found) == [HEAD, *ROWS]


def test_table_with_its_caption_at_the_foot_of_a_page_does_not_go_on() -> None:
    s = Setter(columns=1)
    s.heading("Results")
    while s.y > 300:
        s.paragraph(RESULTS[0])
    s.y -= 10
    ruled(s, ROWS)
    s.line("Table 1. Cargo of the kinds of vesicles", font="Helvetica-Bold", size=8)
    s.y = 0.0
    s.paragraph("")
    ruled(s, ROWS[::-1])
    s.line("Table 2. The same the other way round", font="Helvetica-Bold", size=8)
    first, second = read(closed(s)).tables
    assert texts(first) == [HEAD, *ROWS]
    assert texts(second) == [HEAD, *ROWS[::-1]]


def test_cells_wrap_only_where_a_line_is_full() -> None:
    s = opened()
    s.line("Table 1. Cargo of the kinds of vesicles", font="Helvetica-Bold", size=8)
    lines = [
        ["Blood", "Large vesicles, mean", "many of them", ""],
        ["", "Small ones", "some", ""],
        ["", "Middling ones", "few", ""],
        ["Milk", "Large ones", "some", ""],
        ["", "Small ones", "none", ""],
    ]
    ruled(s, lines)
    (found,) = read(closed(s)).tables
    assert [r[1] for r in texts(found)][1:] == [r[1] for r in lines]


def test_soft_hyphens_that_are_printed_are_hyphens() -> None:
    font = Font("Times", bold=False, italic=False)
    words = [
        Word(text, 50 + 60 * k, 100, 100 + 60 * k, 110, 108, SIZE, font)
        for k, text in enumerate(("miR\u00ad21", "\u00ad0.5", "resis\u00ad"))
    ]
    (line,) = lines_of(PageContent(1, 600, 800, words=words))
    assert line.text == "miR-21 -0.5 resis\u00ad"
