"""Citation marks: what is one, what is none, and which references it means."""

from __future__ import annotations

from itertools import pairwise

import pytest
from exomine.document.citations import expand_labels, find_marks
from exomine.document.model import CitationMark, Reference
from exomine.document.references import parse_reference
from hypothesis import given
from hypothesis import strategies as st

NUMBERED = [Reference(str(n), f"Reference {n}") for n in range(1, 151)]
NAMED = [
    Reference("1", "Ash B, Birch C. One. 2010.", year=2010, authors=("Ash", "Birch")),
    Reference("2", "Ash B, Cedar D, Elm E. Two. 2010.", year=2010, authors=("Ash", "Cedar", "Elm")),
    Reference("3", "Larch F, Oak G, Yew H. (2012a) Three.", year=2012, authors=("Larch", "Oak", "Yew")),
    Reference("4", "Larch F, Oak G, Yew H. (2012b) Four.", year=2012, authors=("Larch", "Oak", "Yew")),
    Reference("5", "van der Hazel K. Five. 2001.", year=2001, authors=("van der Hazel",)),
    Reference("6", "Board of Imaginary Health. Six. 2008.", year=2008),
    Reference("7", "Müller-Forst A. Seven. 1999.", year=1999, authors=("Müller-Forst",)),
]


def marks(text: str, references: list[Reference] | None = None) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[m.start : m.end], m.labels) for m in find_marks(text, references or ())]


@pytest.mark.parametrize(
    ("printed", "labels"),
    [
        ("[3]", "3"),
        ("[35, 131-134]", "35 131 132 133 134"),
        ("[144-146, 67]", "144 145 146 67"),
        ("[12–14]", "12 13 14"),
        ("[131–4]", "131 132 133 134"),
        ("[ 1 ; 2 ]", "1 2"),
        ("[5 and 7]", "5 7"),
        ("[qv: 6, 15]", "6 15"),
        ("[6]–[9]", "6 7 8 9"),
    ],
)
def test_numbers_in_brackets(printed: str, labels: str) -> None:
    assert marks(f"as was shown{printed} before") == [(printed, tuple(labels.split()))]
    assert marks(f"as was shown {printed}.", NUMBERED) == [(printed, tuple(labels.split()))]


@pytest.mark.parametrize(
    "text",
    [
        "a year [2010]", "a ratio [0.5, 1.2]", "an interval [95% CI 1-2]", "spiro[4,5]decane", "a fall [9-3]", "[0]",
        "(3) washing", "at 5 (10) mg", "labelled [3H] and [18F]", "miR-200 (21, 22)", "a long [1-400]", "[2,3]-shift",
        "[]",
    ],
)  # fmt: skip
def test_no_marks(text: str) -> None:
    assert marks(text) == []
    assert marks(text, NUMBERED) == []


PARENTHESES = "".join(f"Finding {n} was made late ({n}). " for n in range(1, 13))


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("seen for ABC1 (4), too", ["4"]), ("approved in 2011 (5, 6).", ["5", "6"]), ("in one class (12).", ["12"]),
        ("in class (2) only", []), ("with 12 (3) of them", []), ("the ester (5e) was made", []),
        ("by (1) looking, (2) counting and (3) telling", []),
    ],
)  # fmt: skip
def test_numbers_in_parentheses_where_a_paper_cites_so(text: str, labels: list[str]) -> None:
    found = find_marks(f"{PARENTHESES}\nIt was {text}", NUMBERED[:12])
    assert [x for m in found if m.start > len(PARENTHESES) for x in m.labels] == labels


def test_beyond_the_list() -> None:
    assert marks("see [12] and [151]", NUMBERED) == [("[12]", ("12",))]


def test_parentheses_only_where_the_paper_cites_so() -> None:
    few = NUMBERED[:8]
    text = (
        "Cells grow (1). They move (2,3), rest (4-6) and die (7). Steps: (1) wash, (2) dry; see Figure (3). Last (8)."
    )
    found = marks(text, few)
    assert [m for m, _ in found] == ["(1)", "(2,3)", "(4-6)", "(7)", "(8)"]
    assert marks("Shown [1] and [2], [3, 4], [5-8]. We (2) wash (3) dry.", few)[0][0] == "[1]"
    assert all(m.startswith("[") for m, _ in marks("Shown [1] and [2], [3, 4], [5-8]. We (2) wash (3) dry.", few))


def test_parentheses_of_a_short_list() -> None:
    """A comma glued between word and number belongs to the clause."""
    found = marks("Cells grow.(1) They move,(2) rest (Fig. 2, (3)) and die.(4)", NUMBERED[:5])
    assert [m for m, _ in found] == ["(1)", "(2)", "(4)"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("shown (Ash and Birch, 2010).", [("(Ash and Birch, 2010)", ("1",))]),
        ("shown (Ash et al., 2010; Larch et al., 2012a).", [("(Ash et al., 2010; Larch et al., 2012a)", ("2", "3"))]),
        ("shown (Larch et al., 2012a,b).", [("(Larch et al., 2012a,b)", ("3", "4"))]),
        ("Ash & Birch (2010) saw", [("(2010)", ("1",))]),
        ("van der Hazel (2001) saw", [("(2001)", ("5",))]),
        ("rules (Board of Imaginary Health [BIH], 2008)", [("(Board of Imaginary Health [BIH], 2008)", ("6",))]),
        ("(see Muller-Forst 1999)", [("(see Muller-Forst 1999)", ("7",))]),
        ("(Ash et al., 2010; unpublished data 2011)", [("Ash et al., 2010", ("2",))]),
        ("bought (Vendor, 2010) in May (2010)", []),
        ("Nobody et al. (2010)", []),
    ],
)  # fmt: skip
def test_author_year(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert marks(text, NAMED) == expected


def test_explicit_marks_come_first() -> None:
    text = "resistance[3,4] and [5]"
    given_mark = CitationMark(10, 15, ("c3", "c4"))
    found = find_marks(text, NUMBERED, explicit=[given_mark])
    assert found == (given_mark, CitationMark(20, 23, ("5",)))


@given(st.sets(st.integers(1, 300), min_size=1, max_size=20))
def test_ranges_round_trip(numbers: set[int]) -> None:
    runs: list[list[int]] = []
    for n in sorted(numbers):
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    printed = ", ".join(f"{r[0]}-{r[-1]}" if len(r) > 1 else str(r[0]) for r in runs)
    assert expand_labels(f"[{printed}]") == tuple(str(n) for n in sorted(numbers))


@given(st.text(alphabet="[](),;-–0123456789 aAsh etl.", max_size=60))
def test_marks_never_overlap(text: str) -> None:
    found = find_marks(text, NAMED)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(m.labels and 0 <= m.start < m.end <= len(text) for m in found)


def test_numbers_in_parentheses_cite_a_list_by_name_in_any_order() -> None:
    names = ["Ash", "Birch", "Cedar", "Elm", "Fern", "Gorse", "Holly", "Larch"]
    listed = [parse_reference(f"{n} A. Parcels. J Imag. 2001;1:{i}.", label=str(i)) for i, n in enumerate(names, 1)]
    text = "Cells grew (7). Parcels left (2, 5). Others stayed (8). More came (1, 4). None did (3). All of them (6)."
    assert [m.labels for m in find_marks(text, listed)] == [("7",), ("2", "5"), ("8",), ("1", "4"), ("3",), ("6",)]
    assert not find_marks(text, [*listed[4:], *listed[:4]])


def test_organisations_with_others_are_cited() -> None:
    listed = [
        parse_reference("Cell Atlas Research N, Ash B, Birch C. Maps of parcels. J Imag. 2013;1:2.", label="1"),
        parse_reference("Carter LG, D’Elm JA. Other parcels. J Imag. 2014;1:2.", label="2"),
    ]
    text = "Cells grew (Cell Atlas Research N et al., 2013) and left (Carter et al., 2014)."
    assert [m.labels for m in find_marks(text, listed)] == [("1",), ("2",)]


def test_a_comma_may_part_two_works() -> None:
    listed = [
        parse_reference("Ash A. Parcels. J Imag. 2001;1:2.", label="1"),
        parse_reference("Birch B, Elm E. Other parcels. J Imag. 2004;1:2.", label="2"),
    ]
    text = "Cells grew (Ash 2001, Birch and Elm 2004). They left (Ash, 2001, in part)."
    assert [(text[m.start : m.end], m.labels) for m in find_marks(text, listed)] == [
        ("(Ash 2001, Birch and Elm 2004)", ("1", "2")),
        ("Ash, 2001", ("1",)),
    ]


@pytest.mark.parametrize("damage", ["A" * 60_000, "A-" * 40_000, "(word 2001 " * 5_000, "[" * 20_000])
def test_what_a_damaged_file_repeats_hides_no_citation(damage: str) -> None:
    """Such a run took minutes once: each of its letters may begin a name, which no longer goes on to the run's end."""
    listed = [parse_reference("Ash A. Parcels. J Imag. 2001;1:2.", label="1")]
    (mark,) = find_marks(f"{damage}\nCells grew (Ash 2001).", listed)
    assert mark.labels == ("1",)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("It moved to other cells¹.", [("1",)]),
        ("It lowers CAV1 in glioma¹,² and melanoma.³⁻⁵", [("1", "2"), ("3", "4", "5")]),
        ("Leukaemia (AML)¹² is rare.", [("12",)]),
        ("It lowers MET¹, BCL2² and miR-122³.", [("1",), ("2",), ("3",)]),
        ("10⁶ cells in 5 cm² of medium with Ca²⁺ and 3×10⁻⁶ mol.", []),
        ("It was beyond the list¹⁵¹.", []),
    ],
)
def test_raised_figures_of_a_plain_text(text: str, labels: list[tuple[str, ...]]) -> None:
    assert [found for _, found in marks(text, NUMBERED)] == labels
    assert not marks(text)
