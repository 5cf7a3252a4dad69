"""Tables: with rules or without, wrapped cells, headings over columns, parts on two pages."""

from __future__ import annotations

import pytest
from exomine.document.hyphens import Vocabulary
from exomine.document.limits import DEFAULT_LIMITS
from exomine.document.model import Box, Cell, Document, Table
from exomine.document.pdf import BACKENDS, read_pdf
from exomine.document.pdf.backends.base import PageContent, Ruling
from exomine.document.pdf.table_parts import continued
from exomine.document.pdf.table_rules import horizontal_rules, standing_rules

from helpers.pdf import LEFT, RESULTS, RIGHT, Setter

HEAD = ["Cancer", "Vesicle RNA", "Function", "Reference"]
ROWS = [
    ["Breast cancer", "miR-1, miR-2", "Resistance", "[1]"],
    ["Lung cancer", "miR-3, 4 and|miR-5", "Growth", "[2, 3]"],
    ["Liver cancer", "miR-6", "Resistance|and spread", "[4-6]"],
]
XS = [0.0, 130.0, 270.0, 400.0]


def rule(s: Setter, *, x0: float = LEFT, x1: float = RIGHT) -> None:
    s.canvas.setLineWidth(0.5)
    s.canvas.line(x0, s.y + 8, x1, s.y + 8)


def row(s: Setter, cells: list[str], *, font: str = "Helvetica", gap: float = 0.0) -> None:
    """Cells side by side; a bar breaks a cell's line."""
    lines = [cell.split("|") for cell in cells]
    s.canvas.setFont(font, 8)
    for k in range(max(map(len, lines))):
        for x, parts in zip(XS, lines, strict=True):
            if k < len(parts):
                s.canvas.drawString(LEFT + x, s.y, parts[k])
        s.y -= 10
    s.y -= gap


def table(s: Setter, label: str, rows: list[list[str]], *, rules: bool = True, gap: float = 4.0) -> None:
    s.y -= 10
    s.line(f"{label}. Vesicles and what they carry", font="Helvetica-Bold", size=8)
    s.y -= 4
    if rules:
        rule(s)
        s.y -= 2
    row(s, HEAD, font="Helvetica-Bold", gap=gap)
    if rules:
        rule(s)
        s.y -= 2
    for cells in rows:
        row(s, cells, gap=gap)
    if rules:
        rule(s)
    s.y -= 16


def with_table(**options: object) -> bytes:
    s = Setter(columns=1)
    s.heading("Introduction")
    for text in RESULTS:
        s.paragraph(text)
    table(s, "Table 1", ROWS, **options)  # type: ignore[arg-type]
    for text in RESULTS:
        s.paragraph(text)
    return s.done()


def read(data: bytes, backend: str = "pdfminer") -> Document:
    return read_pdf(data, source="made.pdf", limits=DEFAULT_LIMITS, backend=backend)


def texts(t: Table) -> list[list[str]]:
    return [[c.text if c else "" for c in r] for r in t.grid()]


EXPECTED = [
    HEAD,
    ROWS[0],
    ["Lung cancer", "miR-3, 4 and miR-5", "Growth", "[2, 3]"],
    ["Liver cancer", "miR-6", "Resistance and spread", "[4-6]"],
]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("rules", [True, False])
def test_rows_and_cells(rules: bool, backend: str) -> None:
    document = read(with_table(rules=rules), backend)
    (found,) = document.tables
    assert (found.label, found.caption) == ("Table 1", "Vesicles and what they carry")
    assert texts(found) == EXPECTED
    assert [c.header for c in found.cells if c.row == 0] == [True] * 4
    assert not any(c.header for c in found.cells if c.row)


def test_cells_are_in_the_text_and_keep_their_boxes() -> None:
    document = read(with_table())
    (found,) = document.tables
    for cell in found.cells:
        assert document.text[cell.start : cell.end] == cell.text
        assert cell.page == 1
        assert cell.box is not None
        assert LEFT - 1 <= cell.box.x0 < cell.box.x1 <= RIGHT
    assert "Lung cancer | miR-3, 4 and miR-5 | Growth | [2, 3]" in document.text
    assert document.body.split("\n") == RESULTS + RESULTS


def test_caption_block_belongs_to_its_table() -> None:
    document = read(with_table())
    caption = next(b for b in document.blocks if b.kind == "caption")
    assert document.text[caption.start : caption.end] == "Table 1. Vesicles and what they carry"
    assert caption.table_id == document.tables[0].table_id


def test_table_on_two_pages_is_one() -> None:
    s = Setter(columns=1)
    s.heading("Introduction")
    for text in RESULTS * 2:
        s.paragraph(text)
    table(s, "Table 1", ROWS)
    s.y = 0.0
    s.paragraph(RESULTS[0])
    table(
        s, "Table 1 (continued)", [["Bone cancer", "miR-9", "Growth", "[7]"], ["Skin cancer", "miR-8", "Spread", "[8]"]]
    )
    for text in RESULTS * 2:
        s.paragraph(text)
    (found,) = read(s.done()).tables
    assert texts(found) == [
        *EXPECTED,
        ["Bone cancer", "miR-9", "Growth", "[7]"],
        ["Skin cancer", "miR-8", "Spread", "[8]"],
    ]
    assert {c.page for c in found.cells} == {1, 2}


def test_continued_at_the_end_of_a_long_caption() -> None:
    s = Setter(columns=1)
    s.heading("Results")
    label = "Table 1. Vesicles and what they carry in each of the tissues that were looked at"
    for part, rows in (("", ROWS[:2]), (" (Continued)", ROWS[2:])):
        table(s, label + part, rows)
        for text in RESULTS:
            s.paragraph(text)
    (found,) = read(s.done()).tables
    assert [r[0] for r in texts(found)] == ["Cancer", "Breast cancer", "Lung cancer", "Liver cancer"]


def test_repeated_head_is_left_out() -> None:
    def part(*rows: tuple[str, str], page: int) -> Table:
        cells = [
            Cell(r, c, text, header=r == 0, page=page, box=Box(0, 0, 1, 1))
            for r, texts in enumerate(rows)
            for c, text in enumerate(texts)
        ]
        return Table("T1", "Table 1", "", tuple(cells), page)

    whole = continued(part(("a", "b"), ("1", "2"), page=1), part(("a", "b"), ("3", "4"), page=2))
    assert texts(whole) == [["a", "b"], ["1", "2"], ["3", "4"]]


def test_pieces_of_a_rule_are_joined() -> None:
    pieces = [Ruling(50, 100, 150, 100.3, True), Ruling(150, 100, 300, 100.3, True), Ruling(50, 200, 300, 200.3, True)]
    page = PageContent(1, 600, 800, rulings=pieces)
    assert [(r.x0, r.x1) for r in horizontal_rules(page)] == [(50, 300), (50, 300)]


def test_rules_of_the_frame_stand_on_every_page() -> None:
    pages = [
        PageContent(n, 600, 800, rulings=[Ruling(50, 40, 550, 40.5, True), Ruling(50, 100 * n, 300, 100 * n, True)])
        for n in range(1, 6)
    ]
    assert standing_rules(pages) == {(50, 550, 40)}


def test_words_of_wrapped_cells_are_joined() -> None:
    rows = [
        ["Breast cancer", "miR-1", "Resis-|tance", "[1]"],
        ["Lung cancer", "miR-2", "Growth", "[2]"],
        ["Skin cancer", "miR-2", "Growth", "[2]"],
    ]
    s = Setter(columns=1)
    s.heading("Introduction")
    s.paragraph("Resistance is met in most of the cells, and resistance lasts. " + RESULTS[0])
    table(s, "Table 1", rows)
    s.paragraph(RESULTS[1])
    assert texts(read(s.done()).tables[0])[1][2] == "Resistance"
    assert Vocabulary.of(["resistance"]).words["resistance"] == 1


def test_first_column_that_wraps_with_the_others_is_no_new_row() -> None:
    wraps = ["Cancer of the lung,|head and neck", "miR-3, miR-4,|miR-5", "Growth and|spread", "[2]"]
    rows = [
        ROWS[0],
        wraps,
        *([name, "miR-7", "Growth", "[9]"] for name in ("Bone cancer", "Skin cancer", "Blood cancer", "Brain cancer")),
    ]
    s = Setter(columns=1)
    s.heading("Introduction")
    s.paragraph(RESULTS[0])
    table(s, "Table 1", rows, gap=5.0)
    s.paragraph(RESULTS[1])
    (found,) = read(s.done()).tables
    assert [r[0] for r in texts(found)][1:4] == ["Breast cancer", "Cancer of the lung, head and neck", "Bone cancer"]
    assert texts(found)[2] == ["Cancer of the lung, head and neck", "miR-3, miR-4, miR-5", "Growth and spread", "[2]"]
