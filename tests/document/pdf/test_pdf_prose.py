"""Headings, marks and lines of prose as publishers print them that set no two papers alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from exomine.document.limits import DEFAULT_LIMITS
from exomine.document.model import Document
from exomine.document.pdf import layout, read_pdf
from exomine.document.pdf.backends.base import Font, PageContent, Word
from exomine.document.pdf.backends.superiors import narrow_figures, raise_figures, small_figure
from exomine.document.pdf.layout import in_reading_order, lines_of, make_chunk, make_line

from helpers.pdf import INTRODUCTION, METHODS, REFERENCES, RESULTS, Setter

FONT = Font("Times")


def word(text: str, x: float, base: float, *, size: float = 10.0, order: int = 0, width: float = 0.0) -> Word:
    width = width or 0.5 * size * len(text)
    return Word(text, x, base - 0.74 * size, x + width, base + 0.22 * size, base, size, FONT, False, order)


def page_of(*words: Word) -> PageContent:
    return PageContent(1, 600.0, 800.0, list(words))


def read(s: Setter) -> Document:
    return read_pdf(s.done(), source="paper.pdf", limits=DEFAULT_LIMITS)


def texts(document: Document, kind: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == kind]


def article(fill: Callable[[Setter], None], *, abstract: Callable[[Setter], None] | None = None) -> Document:
    """A paper whose results are set by a function."""
    s = Setter()
    s.wide("Parcels that cells send to each other")
    if abstract is not None:
        abstract(s)
    s.heading("Introduction")
    for text in INTRODUCTION:
        s.paragraph(text)
    s.heading("Results")
    fill(s)
    s.heading("References")
    for text in REFERENCES:
        s.paragraph(text, size=8.0)
    return read(s)


def test_headings_in_the_type_of_the_text_are_told_by_the_space_around_them() -> None:
    def fill(s: Setter) -> None:
        for head, text in zip(("Growth of cells", "Loss of parcels", "Uptake by neighbours"), RESULTS, strict=True):
            s.y -= 10
            s.line(head)
            s.y -= 3
            s.paragraph(text)

    document = article(fill)
    assert texts(document, "heading")[1:] == ["Results", "Growth of cells", "Loss of parcels", "Uptake by neighbours"]
    assert texts(document, "paragraph")[-3:] == RESULTS


def test_a_short_line_with_room_above_it_is_a_heading_where_several_are() -> None:
    def fill(s: Setter) -> None:
        for head, text in zip(("Growth of cells", "Loss of parcels", "Uptake by neighbours"), RESULTS, strict=True):
            s.y -= 3
            s.line(head)
            s.paragraph(text)

    assert texts(article(fill), "heading")[2:] == ["Growth of cells", "Loss of parcels", "Uptake by neighbours"]


def test_a_heading_ends_before_the_dash_that_parts_it_from_its_text() -> None:
    def fill(s: Setter) -> None:
        for text in RESULTS:
            s.canvas.setFont("Times-Italic", 10.0)
            s.canvas.drawString(s.x + 10, s.y, "Growth of cells")
            at = s.x + 10 + s.canvas.stringWidth("Growth of cells", "Times-Italic", 10.0)
            s.canvas.setFont("Times-Roman", 10.0)
            s.canvas.drawString(at, s.y, ".—Cells of this kind grew.")
            s.y -= 12
            s.paragraph(text)

    document = article(fill)
    assert texts(document, "heading").count("Growth of cells") == 3
    assert any(text.startswith("Cells of this kind grew.") for text in texts(document, "paragraph"))


@pytest.mark.parametrize("quoted", ["“Vesicles leave the cell by the thousand and carry parcels”", "𝑉 + [𝑆] per cell"])
def test_quotes_and_formulas_are_no_headings(quoted: str) -> None:
    from exomine.document.pdf.looks import _MATHEMATICAL, _QUOTED

    assert _QUOTED.match(quoted) or _MATHEMATICAL.search(quoted)
    assert not _QUOTED.match("“Parcels” of cells")


def test_letters_set_apart_are_words() -> None:
    at, words = 50.0, []
    for n, letter in enumerate("ADDITIONAL FILES"):
        if letter != " ":
            words.append(word(letter, at, 100, order=n, width=7))
        at += 10.5 if letter != " " else 4
    assert [x.text for x in lines_of(page_of(*words))] == ["ADDITIONAL FILES"]


def test_a_pair_of_letters_that_are_set_apart_may_stand_close() -> None:
    at, words = 50.0, []
    for n, part in enumerate(("R", "E", "S", "U", "LT", "S")):
        words.append(word(part, at, 100, order=n, width=7 * len(part)))
        at += 7 * len(part) + 3.5
    assert [x.text for x in lines_of(page_of(*words))] == ["RESULTS"]


def test_small_capitals_in_two_sizes_are_of_the_larger_one() -> None:
    words = [word("C", 50, 100), word("ELL", 55, 100, size=7), word("G", 70, 100), word("ROWTH", 75, 100, size=7)]
    assert make_line(1, words).size == 10
    below = [word("OF", 50, 112, size=7, order=4), word("PARCELS", 62, 112, size=7, order=5)]
    lines = lines_of(page_of(*(Word(*_values(w, i)) for i, w in enumerate(words)), *below))
    assert [x.size for x in lines] == [10, 10]


def _values(w: Word, order: int) -> tuple[str, float, float, float, float, float, float, Font, bool, int]:
    return w.text, w.x0, w.y0, w.x1, w.y1, w.base, w.size, w.font, w.glued, order


def test_a_justified_line_of_few_words_is_one_line() -> None:
    words, n = [], 0
    for row in range(8):
        for i in range(6):
            words.append(word("cells", 50 + 35 * i, 100 + 12 * row, order=n))
            n += 1
    for i, text in enumerate(("ahead", "ofone", "print")):
        words.append(word(text, 50 + 87.5 * i, 196, order=n + i))
    assert lines_of(page_of(*words))[-1].text == "ahead ofone print"


def test_an_address_that_hangs_over_the_gutter_makes_no_wide_text() -> None:
    address = "https://www.example.org/parcels/2019/supplement"
    left = [make_line(1, [word("x" * 40, 50, 600 + 12 * i)]) for i in range(3)]
    left[1] = make_line(1, [word("online", 50, 612), word(address, 85, 612)])
    right = [make_line(1, [word("y" * 40, 300, 100 + 12 * i)]) for i in range(50)]
    page = PageContent(1, 600.0, 800.0)
    ordered = in_reading_order([make_chunk(right, 0), make_chunk(left, 1)], page)
    assert [c.x0 for c in ordered] == [50, 300]


def test_a_fonts_small_figures_are_the_narrow_ones() -> None:
    codes = [(1, "2", 500.0), (2, "2", 300.0), (3, "3", 500.0), (4, "1", 500.0), (5, "1", 310.0)]
    assert narrow_figures(codes) == {2, 5}
    assert not narrow_figures([(1, "1", 500.0), (2, "1", 300.0), (3, "2", 500.0), (4, "2", 450.0)])


def test_small_figures_that_cite_are_raised() -> None:
    marks = [f"cells.{small_figure('1')}{small_figure('2')}" for _ in range(5)]
    words = [word(text, 50 + 60 * i, 100) for i, text in enumerate([*marks, f"CO{small_figure('2')}", "growth,⁷"])]
    page = page_of(*words)
    raise_figures([page])
    assert [w.text for w in page.words] == ["cells.", "12"] * 5 + ["CO2", "growth,", "7"]
    assert page.words[1].size < page.words[0].size
    assert page.words[1].base < page.words[0].base
    assert page.words[1].glued


def test_small_figures_of_a_paper_that_does_not_cite_so_are_plain_digits() -> None:
    page = page_of(word(f"CO{small_figure('2')}", 50, 100), word("area²", 90, 100))
    raise_figures([page])
    assert [w.text for w in page.words] == ["CO2", "area²"]


def test_an_abstract_in_another_language_is_apart() -> None:
    def abstract(s: Setter) -> None:
        s.heading("Abstract")
        s.paragraph(METHODS[0])
        s.heading("Resumen")
        s.paragraph(
            "Las células enviaron varios paquetes a sus vecinas durante la recuperación. Los controles no mostraron"
            " cambios en la cantidad de proteínas y estos datos indican que el tratamiento aumenta su liberación."
        )

    document = article(lambda s: s.paragraph(RESULTS[0]), abstract=abstract)
    assert texts(document, "abstract") == METHODS
    assert any(a.text.startswith("Las células") for a in document.apart)


def test_the_end_of_a_sentence_at_a_pages_top_is_no_page_number() -> None:
    s = Setter(columns=1, head="")
    s.wide("Parcels that cells send to each other")
    s.heading("Introduction")
    s.paragraph(INTRODUCTION[0])
    s.paragraph("A third one was counted later by others (Adler and Crane,")
    s.y = 0
    s.line("1996).")
    for text in RESULTS:
        s.paragraph(text)
    assert "Crane, 1996)." in read(s).text


def test_a_list_of_references_goes_on_behind_the_methods() -> None:
    s = Setter()
    s.wide("Parcels that cells send to each other")
    s.heading("Introduction")
    for text in INTRODUCTION:
        s.paragraph(text)
    s.heading("References")
    for text in REFERENCES:
        s.paragraph(text, size=8.0)
    s.heading("Methods")
    s.paragraph(METHODS[0])
    s.paragraph(METHODS[0].replace("Cells", "Tissues"))
    for n in range(4, 8):
        s.paragraph(f"{n}. Gull G. Methods that part {n} needs. J Imag Biol. 2016;9:{n}.", size=8.0)
    document = read(s)
    assert [r.label for r in document.references] == [str(n) for n in range(1, 8)]
    assert texts(document, "paragraph")[-2:] == [METHODS[0], METHODS[0].replace("Cells", "Tissues")]


def test_a_bold_paragraph_before_a_body_without_headings_is_the_abstract() -> None:
    s = Setter()
    s.wide("Parcels that cells send to each other")
    s.paragraph(f"{RESULTS[2]} {METHODS[0]}", font="Times-Bold")
    for text in [*INTRODUCTION, *METHODS, *RESULTS]:
        s.paragraph(text)
    document = read(s)
    assert texts(document, "abstract") == [f"{RESULTS[2]} {METHODS[0]}"]
    assert texts(document, "paragraph") == [*INTRODUCTION, *METHODS, *RESULTS]


def test_headings_in_the_margin_stand_before_the_text_beside_them() -> None:
    s = Setter()
    s.wide("Parcels that cells send to each other")
    s.heading("Introduction")
    for text in INTRODUCTION:
        s.paragraph(text)
    s.y -= 8
    s.canvas.setFont("Helvetica-Bold", 9.0)
    s.canvas.drawString(s.x - 42, s.y, "Growth")
    s.paragraph(RESULTS[0])
    document = read(s)
    assert texts(document, "heading") == ["Introduction", "Growth"]
    assert texts(document, "paragraph") == [*INTRODUCTION, RESULTS[0]]


def test_a_slanted_line_over_the_rest_of_its_sentence_is_no_heading() -> None:
    def fill(s: Setter) -> None:
        s.paragraph(RESULTS[0])
        s.line("PARC1 and PARC2", font="Times-Italic", indent=10)
        for text in (
            "variants were told apart in all of the cells that",
            "were counted in the second part of the study.",
        ):
            s.line(text)

    document = article(fill)
    assert texts(document, "heading") == ["Introduction", "Results"]
    assert "PARC1 and PARC2 variants were told apart" in document.text


def test_a_heading_may_begin_with_a_name_in_small_letters() -> None:
    def fill(s: Setter) -> None:
        for head, text in zip(("", "miRNA biogenesis", "mTOR in cells"), RESULTS, strict=True):
            if head:
                s.heading(head)
            s.paragraph(text)

    assert texts(article(fill), "heading")[1:] == ["Results", "miRNA biogenesis", "mTOR in cells"]


def test_a_capital_without_a_size_opens_no_small_capitals() -> None:
    """A damaged file may set a letter at the size of zero."""
    words = [word("O", 40.0, 100.0, size=0.0, width=6.0), word("RED", 46.0, 100.0), word("STAIN", 70.0, 100.0)]
    assert layout._small_capitals(words, 10.0) is None
