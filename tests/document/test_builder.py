"""Offsets, sections and tables as the builder lays them."""

from __future__ import annotations

from itertools import pairwise

from exomine.document.builder import CELL_SEPARATOR, DocumentBuilder, Run
from exomine.document.model import Box, Cell, Document, Table
from hypothesis import given
from hypothesis import strategies as st

BOX = Box(0, 0, 10, 10)


def test_runs_lines_and_marks() -> None:
    builder = DocumentBuilder()
    builder.add("title", "A title")
    builder.add(
        "paragraph", [Run("Cells ", 1, BOX), Run("resist"), Run("[3]", 2, BOX, ("3",)), Run(" \n drugs. ", 2, BOX)]
    )
    built = builder.finish()
    assert built.text == "A title\nCells resist[3] drugs."
    assert [built.text[x.start : x.end] for x in built.lines] == ["Cells", "[3]", "drugs."]
    assert [(built.text[m.start : m.end], m.labels) for m in built.citations] == [("[3]", ("3",))]


def test_empty_blocks_are_left_out() -> None:
    builder = DocumentBuilder()
    assert builder.add("paragraph", " \n ") is None
    assert builder.finish().text == ""


def test_sections_end_where_they_are_left() -> None:
    builder = DocumentBuilder()
    builder.add("heading", "Abstract")
    builder.add("abstract", "A.")
    builder.leave_sections()
    builder.add("paragraph", "Free.")
    builder.add("heading", "Results")
    builder.add("heading", "Cells", level=2)
    builder.add("paragraph", "C.")
    builder.add("heading", "Results")
    builder.add("paragraph", "D.")
    built = builder.finish()
    assert [(s.path, built.text[s.start : s.end]) for s in built.sections] == [
        (("Abstract",), "Abstract\nA."),
        (("Results",), "Results\nCells\nC."),
        (("Results", "Cells"), "Cells\nC."),
        (("Results",), "Results\nD."),
    ]
    assert built.blocks[2].section == ()


def test_table_cells_have_their_offsets() -> None:
    cells = (Cell(0, 0, "A", column_span=2), Cell(1, 0, "b ", row_span=2), Cell(1, 1, "c"), Cell(2, 1, "d  e"))
    builder = DocumentBuilder()
    builder.add("paragraph", "Before.")
    builder.add_table(Table("t1", "Table 1", "Caption", cells))
    built = builder.finish()
    assert built.text == "Before.\nTable 1 Caption\nA\nb | c\nb | d e"
    assert [built.text[c.start : c.end] for c in built.tables[0].cells] == ["A", "b", "c", "d e"]


_RUNS = st.lists(
    st.builds(Run, st.text(max_size=8), st.sampled_from([None, 1]), st.sampled_from([None, BOX])), max_size=6
)
_CELLS = st.lists(st.text(max_size=6), min_size=4, max_size=4)


@given(st.lists(st.tuples(st.sampled_from(["paragraph", "heading", "caption"]), _RUNS), max_size=6), _CELLS)
def test_offsets_always_hold(parts: list[tuple[str, list[Run]]], texts: list[str]) -> None:
    builder = DocumentBuilder()
    for kind, runs in parts:
        builder.add(kind, runs)
    cells = tuple(Cell(i // 2, i % 2, text) for i, text in enumerate(texts))
    builder.add_table(Table("t", "", "", cells))
    built = builder.finish()
    assert built.text == "\n".join(built.text[b.start : b.end] for b in built.blocks)
    assert all("\n" not in built.text[b.start : b.end] for b in built.blocks)
    assert all(a.end <= b.start for a, b in pairwise(built.lines))
    for cell in built.tables[0].cells:
        if cell.start >= 0:
            assert built.text[cell.start : cell.end] == " ".join(cell.text.split())
    rows = [built.text[b.start : b.end] for b in built.blocks if b.kind == "table_row"]
    assert all(row.count(CELL_SEPARATOR) >= 1 for row in rows)
    document = Document("0", "a", "text", built.text, built.blocks, tables=built.tables, lines=built.lines)
    assert Document.from_dict(document.to_dict()) == document
