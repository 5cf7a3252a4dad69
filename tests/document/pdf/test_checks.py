"""Papers damaged on purpose: what is lost as a whole is told, and a good paper passes."""

from __future__ import annotations

import string

import pytest
from exomine.document.limits import DEFAULT_LIMITS
from exomine.document.model import Document
from exomine.document.pdf import read_pdf

from helpers.pdf import COLUMN, GUTTER, LEFT, Setter

_SUBJECTS = ("The vesicles of treated cells", "Small parcels from the liver", "Most of the molecules", "Older cultures")
_VERBS = (
    "carried far more of the protein than",
    "were taken up sooner by their neighbours than",
    "behaved in the same way as",
)
_OBJECTS = (
    "those of the control group",
    "any sample of the second laboratory",
    "the cells that had been left without serum",
)
_TAILS = (
    "over the whole of the first week",
    "although the dose was low",
    "and this held in each of the three experiments",
)
_SHIFTED = str.maketrans(
    string.ascii_letters,
    string.ascii_lowercase[7:] + string.ascii_lowercase[:7] + string.ascii_uppercase[7:] + string.ascii_uppercase[:7]
)  # fmt: skip


class Swapped(Setter):
    """Columns from right to left."""

    @property
    def x(self) -> float:
        return LEFT + (1 - self.column) * (COLUMN + GUTTER)


class HalfEmpty(Setter):
    """An empty page behind each page."""

    def _next(self) -> None:
        if self.column + 1 == self.columns:
            self.canvas.showPage()
        super()._next()


def sentence(n: int) -> str:
    parts = (x[n // step % len(x)] for x, step in ((_SUBJECTS, 1), (_VERBS, 4), (_OBJECTS, 12), (_TAILS, 36)))
    return " ".join(parts)


def paragraphs(count: int, first: int = 0) -> list[str]:
    """Paragraphs of five sentences with citations, numbered as they come."""
    out = []
    for i in range(first, first + count):
        out.append(" ".join(f"{sentence(5 * i + k)} [{(5 * i + k) // 6 + 1}]." for k in range(5)))
    return out


def made(
    setter: Setter,
    *,
    shifted: bool = False,
    early: str = "",
    references: int = 25,
    results: int = 24,
) -> bytes:
    """A paper of some pages; the options damage it."""
    size = 10.0

    def shown(text: str) -> str:
        return text.translate(_SHIFTED) if shifted else text

    setter.wide("Parcels that cells send to each other")
    setter.wide("Ada Author and Ben Writer", font="Times-Italic", size=11)
    setter.heading("Introduction")
    for text in paragraphs(6):
        setter.paragraph(shown(text), size=size)
    if early:
        setter.heading(early)
        setter.paragraph("The authors have nothing to declare in this matter.")
    else:
        setter.heading("Results")
    for text in paragraphs(results, 6):
        setter.paragraph(shown(text), size=size)
    if references:
        setter.heading("References")
    for n in range(1, references + 1):
        setter.paragraph(
            f"{n}. Adler B, Crane C. Small parcels between cells, part {n}. J Imag Biol. 2011;{n}:12-19.", size=8.0
        )
    return setter.done()


def read(data: bytes) -> Document:
    return read_pdf(data, source="made.pdf", limits=DEFAULT_LIMITS)


def reasons(data: bytes) -> set[str]:
    return {p.reason for p in read(data).problems}


@pytest.mark.parametrize("columns", [1, 2])
def test_good_paper_passes(columns: int) -> None:
    document = read(made(Setter(columns=columns)))
    assert document.problems == ()
    assert document.body.count(".") >= 150


def test_fonts_mapped_to_other_letters() -> None:
    assert "unknown_words" in reasons(made(Setter(), shifted=True))


def test_columns_in_the_wrong_order() -> None:
    assert "wrong_order" in reasons(made(Swapped()))


def test_back_matter_among_the_first_pages_loses_no_body() -> None:
    """A box with a disclosure, and all that follows without another heading."""
    document = read(made(Setter(), early="Disclosure"))
    lost = [text for text in paragraphs(24, 6) if text.split(" [")[0] not in document.body]
    assert len(lost) <= 1
    assert "nothing to declare" not in document.body


def test_back_matter_that_swallows_half_of_the_paper_is_told() -> None:
    """Headings of back matter over and over: what was meant as body cannot be told, but the paper does not pass."""
    setter = Setter()
    setter.wide("Parcels that cells send to each other")
    setter.heading("Introduction")
    for text in paragraphs(6):
        setter.paragraph(text)
    for text in paragraphs(20, 6):
        setter.heading("Acknowledgements")
        setter.paragraph(text)
    assert "little_body" in reasons(setter.done())


def test_references_cut_off() -> None:
    assert "references_missing" in reasons(made(Setter(), references=0))
    assert "references_missing" in reasons(made(Setter(), references=8))


def test_half_of_the_pages_empty() -> None:
    problems = [p for p in read(made(HalfEmpty())).problems if p.reason == "empty_page"]
    assert len(problems) >= 2
    assert [p.page for p in problems] == [2 * n for n in range(1, len(problems) + 1)]


def test_caption_without_a_table() -> None:
    setter = Setter()
    setter.wide("Parcels that cells send to each other")
    setter.heading("Introduction")
    for text in paragraphs(10):
        setter.paragraph(text)
    setter.paragraph("Table 1. Parcels by week and by kind of culture.", size=8.0)
    for text in paragraphs(10, 10):
        setter.paragraph(text)
    problems = [p for p in read(setter.done()).problems if p.reason == "table_unread"]
    assert [p.page for p in problems] == [2]


def test_messages_say_what_was_found_and_what_to_do() -> None:
    (problem,) = read(made(Setter(), references=0)).problems
    assert problem.message.startswith("The text cites up to number 25, the list as read has 0.")
    assert "citations of this paper cannot be followed" in problem.message
