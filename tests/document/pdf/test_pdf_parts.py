"""The single stages: glyphs to words, lines, furniture, symbols, styles and marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from exomine.document.hyphens import Vocabulary
from exomine.document.pdf import cues
from exomine.document.pdf.backends import symbols
from exomine.document.pdf.backends.base import Font, PageContent, Picture, TextLine, Word
from exomine.document.pdf.backends.glyphs import Pen, Shapes
from exomine.document.pdf.furniture import PAGE_NUMBER, split_furniture
from exomine.document.pdf.layout import chunks_of, in_reading_order, lines_of, make_chunk, make_line
from exomine.document.pdf.styles import measure
from exomine.document.pdf.text import Marks, join_runs
from hypothesis import given
from hypothesis import strategies as st

FONT = Font("Times")
BOLD = Font("Times-Bold", bold=True)


def word(
    text: str, x: float, base: float, *, size: float = 10.0, font: Font = FONT, glued: bool = False, order: int = 0
) -> Word:
    width = 0.5 * size * len(text)
    return Word(text, x, base - 0.74 * size, x + width, base + 0.22 * size, base, size, font, glued, order)


def line(text: str, x: float, base: float, *, page: int = 1, size: float = 10.0, font: Font = FONT) -> TextLine:
    words, at = [], x
    for i, part in enumerate(text.split()):
        words.append(word(part, at, base, size=size, font=font, order=i))
        at = words[-1].x1 + 0.3 * size
    return make_line(page, words)


def draw(*runs: tuple[str, float, float], size: float = 10.0, gap: float = 0.0) -> list[Word]:
    """Words from runs (text, x, y up); every glyph is half the size wide, ``gap`` apart."""
    pen = Pen(800.0)
    for text, x, y in runs:
        glyphs = [
            (c, i * (0.5 * size + gap) / size, (i * (0.5 * size + gap) + 0.5 * size) / size) for i, c in enumerate(text)
        ]
        pen.draw(glyphs, (size, 0.0, 0.0, size, x, y), 0.0, 1.0, FONT)
    page = PageContent(1, 600.0, 800.0)
    pen.finish(page)
    return page.words


def test_words_part_at_spaces_and_gaps() -> None:
    words = draw(("two words", 50, 700), ("far", 200, 700))
    assert [w.text for w in words] == ["two", "words", "far"]
    assert [w.glued for w in words] == [False, False, False]
    assert words[0].x0 == 50
    assert words[0].base == pytest.approx(100)


def test_thin_space_is_a_space_and_spaced_letters_are_none() -> None:
    assert [w.text for w in draw(("48", 50, 700), ("hours", 61.2, 700))] == ["48", "hours"]
    assert [w.text for w in draw(("TITLE", 50, 700), gap=1.2)] == ["TITLE"]


def test_space_that_is_taken_back_is_a_place_to_break() -> None:
    words = draw(("long-", 50, 700), (" ", 75, 700), ("lived", 75, 700))
    assert lines_of(PageContent(1, 600, 800, words))[0].text == "long-lived"


def test_text_drawn_twice_counts_once() -> None:
    assert [w.text for w in draw(("bold", 50, 700), ("bold", 50.3, 700))] == ["bold"]


def test_turned_page_is_read_in_its_own_direction() -> None:
    pen = Pen(600.0)
    for row in range(40):
        for i, c in enumerate("sideways"):
            pen.draw([(c, 0.0, 0.5)], (0.0, 10.0, -10.0, 0.0, 100.0 + 12 * row, 50.0 + 5 * i), 0.0, 1.0, FONT)
    page = PageContent(1, 800.0, 600.0)
    pen.finish(page)
    assert page.turn == 90
    assert (page.width, page.height) == (600.0, 800.0)
    lines = lines_of(page)
    assert [x.text for x in lines] == ["sideways"] * 40
    assert lines[0].base < lines[1].base


def test_shapes_tell_lines_from_boxes() -> None:
    shapes = Shapes(600.0, 800.0)
    shapes.path((1, 0, 0, 1, 0, 0), [("m", 50, 700), ("l", 300, 700)], filled=False, stroked=True)
    shapes.path(
        (1, 0, 0, 1, 0, 0),
        [("m", 50, 500), ("l", 50, 600), ("l", 90, 600), ("l", 90, 500), ("h",)],
        filled=True,
        stroked=False,
    )
    page = PageContent(1, 600.0, 800.0)
    shapes.finish(page)
    assert [(r.y0, r.horizontal) for r in page.rulings] == [(100.0, True)]
    assert page.pictures == [Picture(50, 200.0, 90, 300.0, "area")]


def test_raised_mark_drawn_later_goes_into_its_line() -> None:
    words = [word("Cells", 50, 100, order=1), word("grew", 80, 100, order=2), word("fast", 110, 100, order=3)]
    words += [word("Next", 50, 112, order=4), word("one", 80, 112, order=5), word("here", 110, 112, order=6)]
    words.append(word("3", 130, 96, size=6, order=7))
    assert [x.text for x in lines_of(PageContent(1, 600, 800, words))] == ["Cells grew fast3", "Next one here"]


def test_columns_drawn_row_by_row_are_cut() -> None:
    words, n = [], 0
    for row in range(12):
        for x in (50, 320):
            for i, text in enumerate(
                ("left" if x == 50 else "right", "side", "of", "a", "page", "as", "set", "in", "rows")
            ):
                n += 1
                words.append(word(text, x + 28 * i, 100 + 12 * row, order=n))
    lines = lines_of(PageContent(1, 600, 800, words))
    chunks = in_reading_order(chunks_of(lines, 1.2), PageContent(1, 600, 800))
    text = " ".join(c.text for c in chunks)
    assert text.index("right") > text.rindex("left")


def test_left_column_comes_first_even_when_drawn_last() -> None:
    right = make_chunk([line("right column of text here", 320, 100 + 12 * i) for i in range(5)], 0)
    left = make_chunk([line("left column of text here", 50, 100 + 12 * i) for i in range(5)], 1)
    assert in_reading_order([right, left], PageContent(1, 600, 800)) == [left, right]


@given(st.permutations(range(6)))
def test_reading_order_keeps_every_chunk_once(order: list[int]) -> None:
    chunks = [make_chunk([line("some words of text", 50 + 270 * (i % 2), 100 + 40 * i)], i) for i in order]
    out = in_reading_order(chunks, PageContent(1, 600, 800))
    assert sorted(c.order for c in out) == sorted(order)
    for a, b in pairwise(out):
        if a.x0 == b.x0:
            assert a.y0 < b.y0


def test_what_lies_over_a_gutter_comes_before_the_columns_beneath_it() -> None:
    def block(text: str, x: float, y: float, n: int) -> list[TextLine]:
        return [line(f"{text} {i} of these", x, y + 12 * i) for i in range(n)]

    left, right = block("left column line", 50, 300, 6), block("right column line", 200, 300, 6)
    head, summary = [line("Heading", 50, 280)], block("a summary beside an address line", 110, 100, 6)
    drawn = [make_chunk(lines, i) for i, lines in enumerate((head, left, right, summary))]
    found = in_reading_order(drawn, PageContent(1, 400, 800))
    assert [c.order for c in found] == [3, 0, 1, 2]


def test_furniture_by_repetition_and_place() -> None:
    pages, lines = [], []
    for n in range(1, 7):
        pages.append(PageContent(n, 600, 800))
        body = [
            line(f"{chr(96 + n) * 9} body text {chr(97 + i) * n} of a page", 50, 200 + 12 * i, page=n) for i in range(5)
        ]
        head = line(f"Imaginary Journal 2020, {n}", 50, 40, page=n, size=8)
        lines.append([head, *body, line(str(10 + n), 300, 780, page=n, size=8)])
    parted = split_furniture(pages, lines)
    assert [[k for k, _ in gone] for gone in parted.removed] == [["running_head", "page_number"]] * 6
    assert all(len(kept) == 5 for kept in parted.text)


def test_heads_of_a_table_over_pages_are_no_running_heads() -> None:
    pages, lines = [], []
    for n in range(1, 9):
        pages.append(PageContent(n, 600, 800))
        first = "Molecule Effect Reference" if n in (4, 5, 6) else f"{chr(96 + n) * 9} first line of page"
        body = [line(f"{chr(96 + n) * 9} body {chr(97 + i) * n} text", 50, 100 + 12 * i, page=n) for i in range(5)]
        lines.append([line(f"Imaginary Journal 2020, {n}", 50, 30, page=n, size=8), line(first, 50, 86, page=n), *body])
    parted = split_furniture(pages, lines)
    assert [[k for k, _ in gone] for gone in parted.removed] == [["running_head"]] * 8
    assert all(len(kept) == 6 for kept in parted.text)


def test_heads_on_pages_in_a_row_are_no_running_heads_where_other_pages_have_none() -> None:
    pages, lines = [], []
    for n in range(1, 9):
        pages.append(PageContent(n, 600, 800))
        first = "Molecule Effect Reference" if n in (4, 5, 6) else f"{chr(96 + n) * 9} first line of page"
        body = [line(f"{chr(96 + n) * 9} body {chr(97 + i) * n} text", 50, 60 + 12 * i, page=n) for i in range(5)]
        lines.append([line(first, 50, 46, page=n), *body])
    parted = split_furniture(pages, lines)
    assert not any(parted.removed)


def test_names_at_one_height_of_most_pages_are_no_running_heads() -> None:
    pages, lines = [], []
    for n in range(1, 6):
        pages.append(PageContent(n, 600, 800))
        names = [line(f"miR-{100 * n + k}-5p", 50, 200 + 12 * k, page=n) for k in range(30)]
        lines.append([line(f"{chr(96 + n) * 9} text of page", 50, 180, page=n), *names])
    assert not any(split_furniture(pages, lines).removed)


def test_numbers_of_the_rows_of_a_table_are_no_line_numbers() -> None:
    text = [[line(f"{chr(96 + n)} text of a page {i}", 60, 100 + 12 * i, page=n) for i in range(14)] for n in (1, 2, 3)]
    text[1] += [line(str(i), 20, 400 + 12 * i, page=2) for i in range(1, 15)]
    parted = split_furniture([PageContent(n, 600, 800) for n in (1, 2, 3)], text)
    assert not any(parted.removed)


def test_numbers_of_lines_at_the_margin() -> None:
    lines = [line(str(i), 20, 100 + 12 * i, size=7) for i in range(1, 15)]
    lines += [line("text of a manuscript", 60, 100 + 12 * i) for i in range(1, 15)]
    parted = split_furniture([PageContent(1, 600, 800)], [lines])
    assert len(parted.removed[0]) == 14
    assert len(parted.text[0]) == 14


def test_numbered_lines_at_the_top_and_foot_of_pages_are_text() -> None:
    pages, lines = [], []
    for n in range(1, 7):
        pages.append(PageContent(n, 600, 800))
        heights = [60 + 24 * i for i in range(30)]
        numbers = [line(str(30 * n + i), 20, y, page=n, size=7) for i, y in enumerate(heights)]
        body = [line(f"{chr(96 + n) * 9} body text {chr(97 + i) * n}", 60, y, page=n) for i, y in enumerate(heights)]
        lines.append([line(f"Imaginary Journal 2020, {n}", 60, 30, page=n, size=8), *numbers, *body])
    parted = split_furniture(pages, lines)
    assert [sorted({k for k, _ in gone}) for gone in parted.removed] == [["page_number", "running_head"]] * 6
    assert all(len(kept) == 30 for kept in parted.text)


@pytest.mark.parametrize("heights", [[28, 28, 6, 6, 6], [9, 9, 9]])
def test_numbered_pages_with_few_lines(heights: list[int]) -> None:
    pages, lines = [], []
    for n, count in enumerate(heights, 1):
        pages.append(PageContent(n, 600, 800))
        at = [60 + 24 * i for i in range(count)]
        body = [line(f"{chr(96 + n) * 9} body text {chr(97 + i) * n}", 60, y, page=n) for i, y in enumerate(at)]
        lines.append([*(line(str(i + 1), 20, y, page=n, size=7) for i, y in enumerate(at)), *body])
    parted = split_furniture(pages, lines)
    assert [len(kept) for kept in parted.text] == heights


def test_counted_rows_of_a_table_on_its_own_page_are_no_line_numbers() -> None:
    text = [line(f"some body text of it {chr(97 + i)}", 60, 100 + 12 * i) for i in range(14)]
    rows = [x for i in range(30) for x in (line(str(i + 1), 60, 200 + 12 * i), line(f"row {i}", 160, 200 + 12 * i))]
    parted = split_furniture([PageContent(n, 600, 800) for n in (1, 2)], [text, rows])
    assert not any(parted.removed)


@pytest.mark.parametrize("text", ["12", "Page 3 of 10", "e17", "xiv", "3 / 12", "– 4 –", "R105"][:-1])
def test_page_numbers(text: str) -> None:
    assert PAGE_NUMBER.match(text)


@pytest.mark.parametrize(
    ("font", "code", "text", "glyph", "shown"),
    [
        ("Symbol", 109, "m", "", "μ"), ("Symbol", 98, None, "", "β"), ("AdvP7DA6", 109, "m", "", "m"),
        ("AdvP4C4E46", 80, "P", "", "≥"), ("TeX-matha10", 2, "ˆ", "", "×"), ("TeX_CM_Roman", 254, "þ", "", "+"),
        ("AdvP4C4E74", 1, None, "C20", "≤"), ("MathematicalPi-One", 2, None, "H9004", "Δ"), ("Times", 3, "ﬁ", "", "fi"),
        ("Times", 200, None, "", symbols.LOST), ("Wingdings", 3, "\uf0b0", "", "°"), ("CMSY10", 2, None, "", "×"),
        ("Times", 181, "µ", "", "μ"), ("Times", 65, "A", "", "A"), ("Times", 9, "\ue123", "", symbols.LOST),
    ],
)  # fmt: skip
def test_symbols(font: str, code: int, text: str | None, glyph: str, shown: str) -> None:
    assert symbols.recover(font, code, text, glyph) == shown


@pytest.mark.parametrize(
    ("name", "bold", "italic"),
    [
        ("Times-Bold", True, False), ("TimesNewRomanPS-BoldItalicMT", True, True), ("AdvOTb65e897d.B", True, False),
        ("Helvetica-Oblique", False, True), ("MinionPro-It", False, True), ("CMBX10", True, False),
        ("Times-Roman", False, False),
        ("NimbusRomNo9L-Medi", True, False), ("Garamond-SemiBold", True, False),
    ],
)  # fmt: skip
def test_weight_and_slant(name: str, bold: bool, italic: bool) -> None:
    assert (symbols.is_bold(name), symbols.is_italic(name)) == (bold, italic)


def test_body_style_is_that_of_most_letters() -> None:
    lines = [line("plain words of the body of this paper", 50, 100 + 12 * i) for i in range(30)]
    lines += [
        line("A heading of some words", 50, 20, size=14, font=BOLD),
        line("small print of a footnote", 50, 700, size=7),
    ]
    style = measure(lines)
    assert (style.size, style.font) == (10.0, "Times")
    assert style.pitch == pytest.approx(1.2)
    assert not style.is_body(lines[-1])


@pytest.mark.parametrize(
    ("text", "before", "labels"),
    [
        ("3", "resistance", ("3",)), ("3,5–7", "cells.", ("3", "5", "6", "7")), ("6", "at 10", ()), ("2", "per cm", ()),
        ("99", "cells", ()), ("2+", "Ca", ()), ("a", "Author", ()), ("-1", "min", ()),
        # names that end with a digit, powers of ten, squared variables, places in a protein
        ("4", "of ABC1", ("4",)), ("5,6", "and XYZ-7", ("5", "6")), ("7", "in 2011", ("7",)), ("6", "2×10", ()),
        ("2", "(r", ()), ("9", "vitamin D", ("9",)), ("10", "at Thr", ()), ("10", "pSer", ()),
    ],
)  # fmt: skip
def test_marks(text: str, before: str, labels: tuple[str, ...]) -> None:
    assert Marks([str(i) for i in range(1, 11)], active=True).labels(text, before) == labels


@pytest.mark.parametrize(
    ("text", "before", "after", "labels"),
    [
        ("36", "to sorafenib,", "", ("36",)), ("37", "leukemia cells.", "", ("37",)),
        ("10,39", "too.", "", ("10", "39")),
        ("4–6", "outside the cell", "", ("4", "5", "6")), ("38", "with 5-FU", "", ("38",)),
        ("7", "(as in mice)", "", ()),
        ("8", "(as in mice).", "", ("8",)), ("9", "the “donor”,", "", ("9",)),
        # exponents, units, variables, isotopes
        ("5", "at 10", "", ()), ("2", "per cm", "", ()), ("2", "of 60 mg/m", "", ()), ("2", "R", "", ()),
        ("3", "5 mm", "", ()),
        ("2", "log", "", ()), ("2", "a dose in mol", "", ()), ("14", "labelled with ", "C", ()),
        ("18", "the tracer", "F", ()),
        ("2+", "Ca", "", ()), ("2", "(a+b)", "", ()),
        # not in the list, footnotes, nothing before
        ("41", "cells.", "", ()), ("1–41", "cells.", "", ()), ("1", "cells", "", ()), ("3", "", "", ()),
        ("3", ".", "", ()),
    ],
)  # fmt: skip
def test_stray_marks_of_a_paper_that_cites_in_brackets(
    text: str, before: str, after: str, labels: tuple[str, ...]
) -> None:
    assert Marks([str(i) for i in range(1, 41)], active=False, notes=["1"]).labels(text, before, after) == labels


def test_without_a_reference_list_no_stray_number_is_a_mark() -> None:
    assert Marks([], active=False).labels("1", "cells.") == ()


def test_lines_are_joined_and_keep_their_boxes() -> None:
    runs = join_runs(
        [line("Cells with resist-", 50, 100), line("ance grew.", 50, 112)],
        Vocabulary.of(["resistance"]),
        Marks([], active=False),
    )
    assert "".join(r.text for r in runs) == "Cells with resistance grew."
    assert [r.box.y0 < r.box.y1 for r in runs if r.box] == [True, True]


def with_mark(text: str, mark: str, base: float) -> TextLine:
    """A line that ends with a raised mark."""
    plain = line(text, 50, base)
    return make_line(1, [*plain.words, word(mark, plain.x1, base - 4, size=6, glued=True, order=99)])


def test_a_raised_mark_over_a_line_s_end_is_one_mark() -> None:
    upper = with_mark("Cells grew", "3–", 100)
    lower = make_line(1, [word("5", 50, 108, size=6), *line("in the dark.", 55, 112).words])
    runs = join_runs([upper, lower], Vocabulary.of([]), Marks([str(n) for n in range(1, 9)], active=True))
    assert [r.labels for r in runs if r.labels] == [("3", "4", "5")]
    assert "".join(r.text for r in runs) == "Cells grew[3–5] in the dark."


def test_a_raised_mark_that_has_a_line_to_itself() -> None:
    above = line("Several cells grew in the dark.", 50, 100)
    found = lines_of(PageContent(1, 600, 800, [*above.words, word("12", 50, 108, size=6)]))
    assert [(x.size, round(x.base, 1)) for x in found] == [(10.0, 100.0), (10.0, 111.5)]
    with_stop = [word("12", 50, 108, size=6), word(".", 56, 112, glued=True)]
    assert make_line(1, with_stop).size == 10.0


def test_a_large_capital_drawn_by_itself_opens_its_paragraph() -> None:
    first, second, third = (line(t, x, y).words for t, x, y in (
        ("very cell grew at once", 66, 100), ("and none of them knew", 66, 112), ("why it did so at all", 50, 124),
    ))  # fmt: skip
    page = PageContent(1, 600, 800, [*first, *second, *third, word("E", 50, 112, size=26)])
    assert lines_of(page)[0].text == "Every cell grew at once"


@pytest.mark.parametrize(
    ("rest", "text"),
    [("cute cells grew well", "Acute cells grew well"), ("new cell grew well", "A new cell grew well")],
)
def test_a_large_a_is_a_word_or_the_first_letter_of_one(rest: str, text: str) -> None:
    words = [*line(rest, 78, 100).words, *line("and went on growing", 50, 124).words, word("A", 50, 112, size=26)]
    assert lines_of(PageContent(1, 600, 800, words))[0].text == text


@pytest.mark.parametrize("hyphen", ["-", "\u00ad"])
def test_a_heading_that_runs_into_its_text_may_be_cut_by_the_line_s_end(hyphen: str) -> None:
    upper = line(f"Cells in the dark of a well lit labora{hyphen}", 50, 100, font=BOLD)
    lower = make_line(
        1, [*line("tory.", 50, 112, font=BOLD).words, *line("They grew there for a while.", 90, 112).words]
    )
    chunks = chunks_of([upper, lower, line("And they went on to do so.", 50, 124)], 1.2, frozenset({"Times"}))
    assert [len(c.lines) for c in chunks] == [3]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1. Introduction", "introduction"),
        ("R E F E R E N C E S", "references"),
        ("2.3  Cell culture:", "cell culture"),
        ("METHODS", "methods"),
        ("3 | RESULT S", "results"),
        ("MATERIAL S AND METHOD S", "materials and methods"),
        ("HEPATITIS A", "hepatitis a"),
        ("5. ACKNOWLEDG- MENTS", "acknowledgments"),
        ("Conflicts of in\u00ad terest", "conflicts of interest"),
    ],
)
def test_heading_key(text: str, key: str) -> None:
    assert cues.heading_key(text) == key


@pytest.mark.parametrize(
    "text",
    ["Acknowledgements", "Funding", "Conflict of Interest", "Authors' contributions", "Data availability statement"],
)
def test_back_matter(text: str) -> None:
    assert cues.BACK.match(cues.heading_key(text))


@pytest.mark.parametrize(
    "text", ["Results", "Materials and Methods", "Cell culture", "Resistance to drugs", "Funding of cells by glucose"]
)
def test_body_headings_are_no_back_matter(text: str) -> None:
    assert not cues.BACK.match(cues.heading_key(text))
