"""Reference lists: labels, splitting, parsing. All entries are made up."""

from __future__ import annotations

import pytest
from exomine.document.accents import compose_accents
from exomine.document.references import (
    ListLine,
    clean_doi,
    is_numbered,
    normalise_label,
    parse_reference,
    read_references,
    split_references,
)
from hypothesis import given
from hypothesis import strategies as st

STYLES = {
    "vancouver": (
        "Harrow AB, Teller C, Quill DE. Vesicles and drugs. J Imag Res. 2015;12(3):45–53. doi:10.1234/jir.2015.045."
    ),
    "bmc": "Harrow AB, Teller C, Quill DE: Vesicles and drugs. J Imag Res 2015, 12:45-53.",
    "apa": "Harrow, A. B., Teller, C., and Quill, D. E. (2015). Vesicles and drugs. J. Imag. Res. 12, 45–53.",
    "nature": "Harrow, A. B., Teller, C. & Quill, D. E. Vesicles and drugs. J. Imag. Res. 12, 45–53 (2015).",
    "mdpi": (
        "Harrow, A.B.; Teller, C.; Quill, D.E. Vesicles and drugs. J. Imag. Res. 2015, 12, 45–53. [CrossRef] [PubMed]"
    ),
    "ieee": (
        "A. B. Harrow, C. Teller, and D. E. Quill, “Vesicles and drugs,” J. Imag. Res., vol. 12, no. 3, pp. "
        "45–53, 2015."
    ),
    "elsevier": "A.B. Harrow, C. Teller, D.E. Quill, Vesicles and drugs in cells, J. Imag. Res. 12 (2015) 45–53.",
}


@pytest.mark.parametrize("style", STYLES)
def test_styles(style: str) -> None:
    r = parse_reference(STYLES[style], label="[7]")
    assert r.label == "7"
    assert r.authors == ("Harrow", "Teller", "Quill")
    assert r.year == 2015
    assert r.title.startswith("Vesicles and drugs")
    assert r.journal.replace(".", "") == "J Imag Res"
    assert r.text == STYLES[style]


def test_identifiers() -> None:
    r = parse_reference(
        "Reed K, et al. A title of some length. Cell X 2001;1:2. (https://doi.org/10.5555/AB(12)34.56). PMID: 1234567."
    )
    assert (r.doi, r.pmid, r.year) == ("10.5555/ab(12)34.56", "1234567", 2001)
    assert parse_reference("No identifiers, 30 pages.").doi == ""


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("10.1/a.", "10.1/a"),
        ("10.1234/x(1)2),", "10.1234/x(1)2"),
        ("10.1234/x];", "10.1234/x"),
        ("10.1234/abc.PMID", "10.1234/abc"),
    ],
)
def test_clean_doi(raw: str, clean: str) -> None:
    assert clean_doi(raw) == clean


@pytest.mark.parametrize("label", ["1.", "[1]", "(1)", " 1 ", "1", "1)"])
def test_labels(label: str) -> None:
    assert normalise_label(label) == "1"


def _lines(*texts: str) -> list[ListLine]:
    return [ListLine(t) for t in texts]


@pytest.mark.parametrize("form", ["{}. ", "[{}] ", "({}) ", "{} "])
def test_numbered(form: str) -> None:
    lines = []
    for n in range(1, 13):
        lines += [form.format(n) + "Moss A, Fern B. On the growth of", "14. vessels in the year", "2004;3:1–9."]
    entries = split_references(_lines(*lines))
    assert [e.label for e in entries] == [str(n) for n in range(1, 13)]
    assert all(len(e.lines) == 3 for e in entries)


def test_missing_number_and_end_of_list() -> None:
    lines = _lines(
        "1. Moss A. One. 2001.",
        "2. Fern B. Two. 2002.",
        "4. Reed C. Four. 2004.",
        "5. Sand D. Five. 2005.",
        "Publisher's Note The press",
        "6. no",
    )
    assert [e.label for e in split_references(lines)] == ["1", "2", "4", "5"]


def test_hanging_indent_over_two_columns() -> None:
    lines = []
    for k in range(6):
        x = 50 if k < 3 else 300
        lines += [
            ListLine(f"Moss, A. ({2000 + k}). A paper about", x, 10.0 * k, 1),
            ListLine("vessels. J. Imag. 1, 2.", x + 10, 10.0 * k + 5, 1),
        ]
    references = read_references(lines)
    assert [(r.label, r.year, r.page) for r in references] == [(str(k + 1), 2000 + k, 1) for k in range(6)]


def test_entries_told_by_the_gaps_between_them() -> None:
    lines, y = [], 100.0
    for k in range(6):
        for step, text in (
            (12.0, f"Moss A., Fern B. (200{k})."),
            (10.5, "Vessel A and its"),
            (10.5, "cargo. J. Imag. 1, 2."),
        ):
            y += step
            lines.append(ListLine(text, 50.0, y, 1))
    entries = split_references(lines)
    assert [len(e.lines) for e in entries] == [3] * 6


def test_entries_a_little_further_apart_than_their_lines() -> None:
    lines, y = [], 100.0
    for k in range(6):
        for step, text in (
            (12.6, f"Cell Atlas Network, Moss A., Fern B. {k}" if k == 2 else "Moss A. Vessel"),
            (12.15, "J. Imag. 1, 2."),
        ):
            y += step
            lines.append(ListLine(text, 50.0, y, 1))
    assert [len(e.lines) for e in split_references(lines)] == [2] * 6


def test_initials_with_a_hyphen_of_another_kind_begin_an_entry() -> None:
    lines = ["Moss A, Fern B. Vessels. J Imag. 2001;1:2.", "Reed C‐D, Fern B. Cargo. J Imag. 2002;3:4."]
    assert len(split_references([ListLine(t) for t in lines])) == 2


def test_a_year_in_parentheses_ends_no_entry_where_text_follows_it() -> None:
    texts = [
        "Moss A., Fern B. (2001). Vessels of", "all kinds. J. Imag. 1, 2.", "Reed C., Fern B. (2002).",
        "Membrane B., explained. J. Imag. 3, 4.", "Rush D. (2003). Cargo in the", "dark. J. Imag. 5, 6.",
    ]  # fmt: skip
    assert [len(e.lines) for e in split_references([ListLine(t) for t in texts])] == [2, 2, 2]


def test_which_lists_are_numbered() -> None:
    assert is_numbered([ListLine(f"{n}. Moss A. Vessels. J Imag. 200{n};1:2.") for n in range(1, 6)])
    assert not is_numbered([ListLine(f"Moss A. Vessels {n}. J Imag. 200{n};1:2.") for n in range(1, 6)])
    assert not is_numbered([ListLine(f"({n}) Vessels of all kinds") for n in range(2001, 2006)])


def test_unnumbered_text_lines() -> None:
    lines = _lines(
        "Moss, A. (2001). A paper about", "vessels. J. Imag. 1, 2.", "Fern, B. C. (2002). Another paper. J. Imag. 2, 3."
    )
    assert [len(e.lines) for e in split_references(lines)] == [2, 1]


def test_address_over_a_line_end() -> None:
    r = read_references(
        _lines(
            "1. Moss A. A title. J Imag. 2001;1:2. doi:10.1234/",
            "abc.2001.5",
            "2. Fern B. Two. J Imag. 2002.",
            "3. Reed C. Three.",
        )
    )
    assert r[0].doi == "10.1234/abc.2001.5"


@given(st.lists(st.text(max_size=40), max_size=12))
def test_any_lines(texts: list[str]) -> None:
    labels = [e.label for e in split_references(_lines(*texts))]
    assert len(labels) == len(set(labels))


@given(st.text(max_size=120))
def test_any_string(text: str) -> None:
    assert parse_reference(text).text == compose_accents(" ".join(text.split()))


def test_advertisement_in_the_middle_of_a_list() -> None:
    entries = [
        f"{n}. Harrow AB, Teller C. Vesicles and drugs, part {n}. J Imag Res. 2015;{n}:45-53." for n in range(1, 9)
    ]
    advert = ["Submit your next manuscript to us and take part in this:", "We offer rapid publication of your work"]
    lines = [ListLine(text) for text in (*entries[:5], *advert, *entries[5:])]
    assert [r.label for r in read_references(lines)] == [str(n) for n in range(1, 9)]
    assert "rapid publication" not in " ".join(r.text for r in read_references(lines))


def test_what_closes_a_list_closes_it_where_no_number_follows() -> None:
    lines = [ListLine(f"{n}. Harrow AB. Vesicles, part {n}. J Imag Res. 2015;{n}:45.") for n in range(1, 5)]
    closed = [
        *lines,
        ListLine("Publisher’s Note The publisher remains neutral."),
        ListLine("12 Elm Street, Imagined Town"),
    ]
    assert [r.text for r in read_references(closed)] == [r.text for r in read_references(lines)]
