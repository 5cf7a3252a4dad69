"""Tables whose rows, columns or captions are set in less common ways."""

from __future__ import annotations

import pytest
from exomine.document.limits import DEFAULT_LIMITS
from exomine.document.model import Table
from exomine.document.pdf import BACKENDS, read_pdf
from exomine.document.pdf.backends.base import PageContent, Ruling
from exomine.document.pdf.table_rules import standing_rules

from helpers.pdf import LEFT, RESULTS, RIGHT, Setter


def paper(
    rows: list[list[str]], xs: list[float], *, label: str = "Table 1. What the vesicles hold", margin: float = 0.0
) -> bytes:
    """A page with a table between three rules; with ``margin`` its caption stands left of it and no rule is drawn."""
    s = Setter(columns=1)
    s.heading("Results")
    for text in RESULTS:
        s.paragraph(text)
    s.y -= 10
    s.line(label, font="Helvetica-Bold", size=8)
    s.y += 10 if margin else -6
    for i, cells in enumerate(rows):
        if i < 2 and not margin:
            s.canvas.line(LEFT, s.y + 9, RIGHT, s.y + 9)
        s.canvas.setFont("Helvetica-Bold" if not i else "Helvetica", 8)
        for x, cell in zip(xs, cells, strict=True):
            if cell:
                s.canvas.drawString(LEFT + margin + x, s.y, cell)
        s.y -= 12
    if not margin:
        s.canvas.line(LEFT, s.y + 9, RIGHT, s.y + 9)
    s.y -= 16
    for text in RESULTS:
        s.paragraph(text)
    return s.done()


def table(data: bytes, backend: str = "pdfminer") -> Table:
    (found,) = read_pdf(data, source="made.pdf", limits=DEFAULT_LIMITS, backend=backend).tables
    return found


def texts(found: Table) -> list[list[str]]:
    return [[c.text if c else "" for c in r] for r in found.grid()]


VALUES = [
    ["Cancer", "miRNA", "Before", "After"],
    ["Breast", "miR-1", "1.2", "3.4"],
    ["", "miR-2", "2.2", "4.4"],
    ["Lung", "miR-3", "0.2", "0.4"],
    ["", "miR-4", "5.2", "6.4"],
]
XS = [0.0, 110.0, 240.0, 340.0]


@pytest.mark.parametrize("backend", BACKENDS)
def test_values_do_not_go_on_over_lines(backend: str) -> None:
    assert texts(table(paper(VALUES, XS), backend)) == VALUES


def test_open_bracket_goes_on() -> None:
    rows = [
        ["Line", "Dose", "Cells"],
        ["Resistant line (kept", "3", "9"],
        ["under drug)", "", ""],
        ["Parental line", "0", "8"],
        ["Silenced line", "1", "7"],
    ]
    found = texts(table(paper(rows, [0.0, 160.0, 300.0])))
    assert found[1] == ["Resistant line (kept under drug)", "3", "9"]
    assert len(found) == 4


def test_row_across_columns_does_not_join_them() -> None:
    rows = [*VALUES[:2], ["Tumors of the airways and of the chest", "", "", ""], *VALUES[3:4], VALUES[1]]
    found = texts(table(paper(rows, XS)))
    assert [len(r) for r in found] == [4] * 5
    assert found[2][0] == "Tumors of the airways and of the chest"
    assert found[3] == VALUES[3]


def test_column_without_content_keeps_its_head() -> None:
    rows = [["Cancer", "miRNA", "Note", "After"], *([a, b, "", d] for a, b, _, d in VALUES[1:])]
    rows = [[a or "Skin", b, c, d] for a, b, c, d in rows]
    found = texts(table(paper(rows, XS)))
    assert found[0] == ["Cancer", "miRNA", "Note", "After"]
    assert found[1] == ["Breast", "miR-1", "", "3.4"]


def test_letters_of_the_label_may_stand_apart() -> None:
    found = table(paper(VALUES, XS, label="Ta bl e 1: What the vesicles hold"))
    assert (found.label, found.caption) == ("Table 1", "What the vesicles hold")


def test_caption_in_the_margin() -> None:
    rows = [[a or "Skin", *rest] for a, *rest in VALUES]
    found = table(paper(rows, [0.0, 80.0, 150.0, 220.0], label="Table 1. Content", margin=150.0))
    assert texts(found) == rows


def test_cells_centred_in_the_height_of_their_rows() -> None:
    """Lines of neighbouring cells stand between each other; only the space between rows tells them apart."""
    s = Setter(columns=1)
    s.heading("Results")
    s.paragraph(RESULTS[0])
    s.y -= 10
    s.line("Table 1. What the vesicles hold", font="Helvetica-Bold", size=8)
    s.y -= 6
    top = s.y
    heights = [(0, ("Author", "Year", "Finding")), (20, ("", "", "growth after"))]
    heights += [(25, ("Ash", "2001", "")), (30, ("", "", "three weeks")), (43.5, ("Birch", "2002", "none"))]
    heights += [(57, ("", "", "spread to")), (62, ("Cedar", "2003", "")), (67, ("", "", "the liver"))]
    heights += [(80.5, ("Doum", "2004", "none")), (94, ("Elm", "2005", "none"))]
    for down, cells in heights:
        s.canvas.setFont("Helvetica-Bold" if not down else "Helvetica", 8)
        for x, cell in zip((0, 150, 300), cells, strict=True):
            s.canvas.drawString(LEFT + x, top - down, cell)
    for down in (-9, 4, 98):
        s.canvas.line(LEFT, top - down, RIGHT, top - down)
    s.y = top - 120
    for text in RESULTS:
        s.paragraph(text)
    rows = texts(table(s.done()))
    assert [r[2] for r in rows] == [
        "Finding",
        "growth after three weeks",
        "none",
        "spread to the liver",
        "none",
        "none",
    ]


def test_caption_in_the_right_margin() -> None:
    s = Setter(columns=1)
    s.heading("Results")
    for text in RESULTS:
        s.paragraph(text)
    s.y -= 20
    s.canvas.setFont("Helvetica-Bold", 8)
    s.canvas.drawString(LEFT + 360, s.y, "Table 1. What is held")
    for i, cells in enumerate(
        [("Vesicle", "Count", "Year"), *[(f"kind {n}", str(7 * n), "2001") for n in range(1, 6)]]
    ):
        s.canvas.setFont("Helvetica-Bold" if not i else "Helvetica", 8)
        for x, cell in zip((0, 120, 240), cells, strict=True):
            s.canvas.drawString(LEFT + x, s.y, cell)
        s.y -= 12
    s.y -= 40
    for text in RESULTS:
        s.paragraph(text)
    rows = texts(table(s.done()))
    assert rows[0] == ["Vesicle", "Count", "Year"]
    assert [r[0] for r in rows[1:]] == [f"kind {n}" for n in range(1, 6)]


def test_frame_with_a_list_is_a_table_of_one_column() -> None:
    rows = [["Criteria"], ["1) Age over 20 years and no other illness that may matter for the outcome of this trial"]]
    rows += [[f"{n}) No treatment of this kind within the {n} months that went before"] for n in range(2, 6)]
    found = table(paper(rows, [0.0]))
    assert [r[0][:2] for r in texts(found)] == ["Cr", "1)", "2)", "3)", "4)", "5)"]


def framed(
    rows: list[list[tuple[float, str]]],
    rules: dict[int, tuple[float, float]],
    *,
    bars: tuple[float, ...] = (),
    middle: str = "",
) -> bytes:
    """A page with a table whose cells stand at their x; ``rules`` are drawn above rows, from and to an x, ``bars``
    beside all but the first row. ``middle`` stands at the left, between the first two rows."""
    s = Setter(columns=1)
    s.heading("Results")
    for text in RESULTS:
        s.paragraph(text)
    s.y -= 10
    s.line("Table 1. What the vesicles hold", font="Helvetica-Bold", size=8)
    s.y -= 6
    top = s.y + 9
    for i, cells in enumerate(rows):
        for x0, x1 in [rules[i]] if i in rules else []:
            s.canvas.line(LEFT + x0, s.y + 9, LEFT + x1, s.y + 9)
        s.canvas.setFont("Helvetica", 8)
        for x, cell in cells:
            s.canvas.drawString(LEFT + x, s.y, cell)
        if middle and not i:
            s.canvas.drawString(LEFT, s.y - 5, middle)
        s.y -= 10 if middle and not i else 12
    s.canvas.line(LEFT, s.y + 9, LEFT + 450, s.y + 9)
    for x in bars:
        s.canvas.line(LEFT + x, top - 12, LEFT + x, s.y + 9)
    s.y -= 16
    for text in RESULTS:
        s.paragraph(text)
    return s.done()


BODY_XS = (110.0, 200.0, 290.0, 380.0)
BODY = [[(0.0, f"Cancer {k}"), *((x, f"{k}.{i}") for i, x in enumerate(BODY_XS))] for k in (1, 2, 3)]
NAMES = [(0.0, "Cancer"), (110.0, "Low"), (200.0, "High"), (290.0, "Low"), (380.0, "High")]
WHOLE = (0.0, 450.0)


def heads(found: Table) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in found.cells if c.header]


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_rule_beneath_a_heading_tells_its_columns(backend: str) -> None:
    rows = [[(150.0, "Before")], NAMES, *BODY]
    found = table(framed(rows, {0: WHOLE, 1: (108.0, 225.0), 2: WHOLE}), backend)
    assert heads(found)[:2] == [(0, 0, 2, 1, "Cancer"), (0, 1, 1, 2, "Before")]
    assert found.header_path(2, 2) == (("Before", "High"), ("Cancer 1",))
    assert found.header_path(2, 3) == (("Low",), ("Cancer 1",))


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_rule_that_leaves_out_the_first_column_ends_no_head(backend: str) -> None:
    rows = [[(110.0, "Serum"), (290.0, "Plasma")], NAMES, *BODY]
    found = table(framed(rows, {0: WHOLE, 1: (108.0, 450.0), 2: WHOLE}), backend)
    assert found.n_header_rows >= 1
    assert "Cancer" in [c.text for c in found.cells if c.header]
    assert texts(found)[-3][0] == "Cancer 1"


@pytest.mark.parametrize("backend", BACKENDS)
def test_names_beneath_a_heading_belong_to_the_head(backend: str) -> None:
    rows = [[(0.0, "Cancer"), (245.0, "Vesicles")], NAMES[1:], *BODY]
    found = table(framed(rows, {0: WHOLE, 1: WHOLE, 2: WHOLE, 3: WHOLE, 4: WHOLE}), backend)
    assert found.header_path(2, 1).above == ("Vesicles", "Low")
    assert found.header_path(2, 4).above == ("Vesicles", "High")


@pytest.mark.parametrize("backend", BACKENDS)
def test_numbered_lists_are_one_cell(backend: str) -> None:
    rows = [
        [(0.0, "Included"), (230.0, "Left out")],
        [(0.0, "1. Age above eighteen years"), (230.0, "1. Another tumour in the last")],
        [(0.0, "2. Written consent to all"), (230.0, "ten years")],
        [(0.0, "parts of the study"), (230.0, "2. Pregnancy")],
        [(0.0, "3. Blood drawn at home"), (230.0, "3. Treatment before")],
    ]
    found = table(framed(rows, {0: WHOLE, 1: WHOLE}), backend)
    assert texts(found)[1:] == [
        [
            "1. Age above eighteen years 2. Written consent to all parts of the study 3. Blood drawn at home",
            "1. Another tumour in the last ten years 2. Pregnancy 3. Treatment before",
        ]
    ]


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_label_between_rules_is_of_all_rows_between_them(backend: str) -> None:
    rows = [
        [(0.0, "Group"), (110.0, "Sex"), (200.0, "Count"), (290.0, "Share")],
        [(0.0, "Treated"), (110.0, "Men"), (200.0, "12"), (290.0, "0.2")],
        [(110.0, "Women"), (200.0, "14"), (290.0, "0.3")],
        [(0.0, "Untreated"), (110.0, "Men"), (200.0, "11"), (290.0, "0.1")],
        [(110.0, "Women"), (200.0, "15"), (290.0, "0.4")],
    ]
    found = table(framed(rows, {0: WHOLE, 1: WHOLE, 3: WHOLE}), backend)
    assert [row[0] for row in texts(found)] == ["Group", "Treated", "Treated", "Untreated", "Untreated"]


def set_in_body_type(
    rows: list[list[str]],
    xs: list[float],
    *,
    columns: int = 1,
    ruled: bool = False,
    beneath: bool = False,
    notes: tuple[str, ...] = (),
) -> bytes:
    """A page with a table in the type of the text; only its head is ``ruled``."""
    s = Setter(columns=columns)
    s.heading("Results")
    for text in RESULTS:
        s.paragraph(text)
    s.y -= 14
    if not beneath:
        s.line("Table 1. What the vesicles hold", font="Times-Bold")
    for i, cells in enumerate(rows):
        if ruled and i < 2:
            s.canvas.line(s.x, s.y + 9, s.x + s.width, s.y + 9)
        s.canvas.setFont("Times-Bold" if not i else "Times-Roman", 10)
        for x, cell in zip(xs, cells, strict=True):
            if cell:
                s.canvas.drawString(s.x + x, s.y, cell)
        s.y -= 13
    for note in notes:
        s.line(note, size=7)
    if beneath:
        s.line("Table 1. What the vesicles hold", font="Times-Bold", size=9)
    s.y -= 14
    for text in RESULTS:
        s.paragraph(text)
    return s.done()


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("ruled", [True, False])
def test_rows_in_the_type_of_the_text(backend: str, columns: int, ruled: bool) -> None:
    xs = [x / columns for x in XS]
    document = read_pdf(
        set_in_body_type(VALUES, xs, columns=columns, ruled=ruled),
        source="made.pdf",
        limits=DEFAULT_LIMITS,
        backend=backend,
    )
    (found,) = document.tables
    assert texts(found) == VALUES
    assert document.text.count(RESULTS[0].split(". ")[0]) == 2


@pytest.mark.parametrize("backend", BACKENDS)
def test_smaller_print_beneath_such_rows_is_a_note(backend: str) -> None:
    note = "Counts are those of three measurements that were made on one day."
    document = read_pdf(
        set_in_body_type(VALUES, XS, ruled=True, notes=(note,)),
        source="made.pdf",
        limits=DEFAULT_LIMITS,
        backend=backend,
    )
    (found,) = document.tables
    assert texts(found) == VALUES
    assert note in [a.text for a in document.apart if a.kind == "table_footnote"]


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_caption_beneath_rows_without_rules(backend: str) -> None:
    found = table(
        set_in_body_type(VALUES, XS, beneath=True, notes=("All counts are those of one day alone.",)), backend
    )
    assert texts(found) == VALUES
    assert found.caption == "What the vesicles hold"


def wide_table(*, size: float, beneath: bool, narrow: float = 0.0) -> bytes:
    """A page of two columns with a table over both; all lines of text are shorter than their column by ``narrow``."""
    s = Setter(columns=2)
    s.width -= narrow

    def prose() -> None:
        foot = 0.0
        for s.column in (0, 1):
            s.y = s.top
            for text in (*RESULTS, *RESULTS):
                s.paragraph(text.replace("the", chr(97 + s.column) * 3))
            s.line("It ended so.")
            foot = s.y
        s.column, s.top, s.y = 0, foot, foot

    prose()
    s.y -= 10
    if not beneath:
        s.line("Table 1. What the vesicles of both kinds hold in the two cell lines of this work", font="Times-Bold")
    for i, cells in enumerate(VALUES):
        s.canvas.setFont("Times-Bold" if not i else "Times-Roman", size)
        for x, cell in zip((0.0, 120.0, 260.0, 400.0), cells, strict=True):
            s.canvas.drawString(LEFT + x, s.y, cell)
        s.y -= 13
    if beneath:
        s.line("Table 1. What the vesicles of both kinds hold in the two cell lines of this work", font="Times-Bold")
    s.y -= 8
    s.top = s.y
    prose()
    return s.done()


@pytest.mark.parametrize("narrow", [0.0, 45.0])
@pytest.mark.parametrize(("size", "beneath"), [(8.0, False), (10.0, False), (10.0, True)])
def test_text_in_two_columns_around_a_table_is_no_part_of_it(size: float, beneath: bool, narrow: float) -> None:
    document = read_pdf(wide_table(size=size, beneath=beneath, narrow=narrow), source="made.pdf", limits=DEFAULT_LIMITS)
    (found,) = document.tables
    assert texts(found) == VALUES
    assert document.text.count("It ended so.") == 4


def test_a_figures_caption_is_no_row() -> None:
    s = Setter(columns=1)
    s.heading("Results")
    for text in RESULTS:
        s.paragraph(text)
    s.y -= 14
    s.line("Table 1. What the vesicles hold, as a picture", font="Helvetica-Bold", size=8)
    for row in range(2):
        s.canvas.setFont("Helvetica", 7)
        for x in XS:
            s.canvas.drawString(LEFT + x, s.y, f"label {row}")
        s.y -= 12
    s.line("Figure 1. What the cells hold, by kind", font="Helvetica-Bold", size=8)
    s.y -= 14
    for text in RESULTS:
        s.paragraph(text)
    document = read_pdf(s.done(), source="made.pdf", limits=DEFAULT_LIMITS)
    assert not document.tables
    assert document.text.count("What the cells hold, by kind") == 1


def test_a_repeated_caption_goes_on_with_its_table() -> None:
    s = Setter(columns=2)
    s.heading("Results")
    for text in RESULTS:
        s.paragraph(text)
    for part in (VALUES[1:3], VALUES[3:]):
        s.y = min(s.y, 150.0) if part is VALUES[1:3] else s.y
        s.line("Table 1. What the vesicles hold", font="Helvetica-Bold", size=8)
        for i, cells in enumerate([VALUES[0], *part]):
            s.canvas.setFont("Helvetica-Bold" if not i else "Helvetica", 8)
            for x, cell in zip(XS, cells, strict=True):
                s.canvas.drawString(s.x + x / 2, s.y, cell)
            s.y -= 12
        s._next()
    for text in RESULTS:
        s.paragraph(text)
    assert texts(table(s.done())) == VALUES


def test_cells_in_the_middle_of_the_height_of_the_head() -> None:
    rows = [[(150.0, "Serum"), (325.0, "Plasma")], NAMES[1:], *BODY]
    found = table(framed(rows, {0: WHOLE}, middle="Cancer"))
    assert found.n_header_rows == 2
    assert found.header_path(2, 1).above == ("Serum", "Low")
    assert found.header_path(2, 1)[1] == ("Cancer 1",)


def test_rules_of_a_grid_that_goes_on_are_no_frame_of_the_pages() -> None:
    def page(number: int) -> PageContent:
        heights = [40.0, *(100.0 + 12 * k for k in range(6))]
        return PageContent(number, 600, 800, [], rulings=[Ruling(50, y, 550, y, horizontal=True) for y in heights])

    assert standing_rules([page(n) for n in range(1, 5)]) == {(50, 550, 40)}
