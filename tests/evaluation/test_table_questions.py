"""Questions to tables: the same headers must lead to the same cell."""

from __future__ import annotations

from exomine.document.model import Cell, Table
from exomine.evaluation.table_questions import cell_key, question_share, questions


def made(*cells: Cell) -> Table:
    return Table("T1", "Table 1", "", cells)


GOLD = made(
    Cell(0, 0, "Cancer", row_span=2, header=True),
    Cell(0, 1, "Score", column_span=2, header=True),
    Cell(1, 1, "before", header=True),
    Cell(1, 2, "after", header=True),
    Cell(2, 0, "Patients at home", column_span=3),
    Cell(3, 0, "Breast", row_span=2),
    Cell(3, 1, "1"),
    Cell(3, 2, "2"),
    Cell(4, 1, "3"),
    Cell(4, 2, "4"),
)


def test_a_question_names_the_headers_and_the_row() -> None:
    assert questions(GOLD) == {
        ("scorebefore", "breast", "1"): 1,
        ("scoreafter", "breast", "2"): 1,
        ("scorebefore", "breast", "3"): 1,
        ("scoreafter", "breast", "4"): 1,
    }


def test_header_path_of_a_cell() -> None:
    assert GOLD.n_header_rows == 2
    assert GOLD.header_path(4, 2) == (("Score", "after"), ("Patients at home", "Breast"))
    assert GOLD.header_path(1, 2) == (("Score",), ())
    assert GOLD.header_path(2, 0) == (("Cancer",), ())


def test_a_heading_that_lost_its_span_loses_its_answers() -> None:
    read = made(
        Cell(0, 1, "Score", header=True),
        Cell(1, 0, "Cancer", header=True),
        Cell(1, 1, "before", header=True),
        Cell(1, 2, "after", header=True),
        *(c for c in GOLD.cells if c.row > 1),
    )
    assert question_share(GOLD, read) == 0.5
    assert question_share(GOLD, GOLD) == 1.0
    assert question_share(GOLD, None) == 0.0
    assert question_share(made(Cell(0, 0, "Only a head", header=True)), GOLD) is None


def test_numbers_of_lists_are_no_part_of_a_cell() -> None:
    assert cell_key("1. Age above 18 2. Written consent") == cell_key("Age above 18 Written consent")
    assert cell_key("1.5 mg") == "1.5mg"
