"""Rows, DataFrames and CSV say the same."""

from __future__ import annotations

import csv

import pandas as pd
import pytest
from exomine.errors import TableError
from exomine.tables.dataframes import check_foreign_keys, frame, frame_from_csv, records, to_csv
from exomine.tables.schema import TABLES, Column, TableSchema
from hypothesis import given
from hypothesis import strategies as st

THREE = TableSchema(
    "three", "a test", "none", (Column("a", "text"), Column("b", "whole", "integer"), Column("c", "real", "number"))
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ROWS = st.lists(
    st.tuples(
        TEXT, st.none() | st.integers(-(2**53), 2**53), st.none() | st.floats(allow_nan=False, allow_infinity=False)
    ),
    max_size=5,
)


@given(ROWS)
def test_csv_is_verbatim(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("csv") / "three.csv"
    data = frame(THREE, rows)
    path.write_bytes(to_csv(THREE, data))
    back = frame_from_csv(THREE, path)
    pd.testing.assert_frame_equal(back, data)
    assert [r["a"] or "" for r in records(back)] == [r[0] for r in rows]


@pytest.mark.parametrize(
    "cell", ["NA", "null", "nan", "=1+1", "00123", "True", '"', "a,b", " a ", "a\rb", "a\nb", "1e5"]
)
def test_cells_that_readers_like_to_change(tmp_path, cell):
    path = tmp_path / "three.csv"
    path.write_bytes(to_csv(THREE, frame(THREE, [(cell, 1, 0.5)])))
    assert records(frame_from_csv(THREE, path)) == [{"a": cell, "b": 1, "c": 0.5}]
    with path.open(encoding="utf-8", newline="") as handle:
        assert next(csv.DictReader(handle))["a"] == cell


def test_missing_is_empty():
    data = frame(THREE, [("", None, None)])
    assert data.isna().all(axis=None)
    assert to_csv(THREE, data) == b"a,b,c\n,,\n"


def test_a_table_without_rows_has_its_header_and_types():
    data = frame(THREE, [])
    assert to_csv(THREE, data) == b"a,b,c\n"
    assert [str(t) for t in data.dtypes] == ["string", "Int64", "Float64"]


@pytest.mark.parametrize(
    ("text", "named"), [("a,b\n", "expected a, b, c"), ("a,b,c\nx,y,1\n", "column b"), ("a,b,c\nx\n", "record 2")]
)
def test_a_file_that_is_not_ours_is_told(tmp_path, text, named):
    path = tmp_path / "three.csv"
    path.write_text(text)
    with pytest.raises(TableError, match=named):
        frame_from_csv(THREE, path)


def test_a_row_of_another_length_is_an_error():
    with pytest.raises(TableError, match="2 cells"):
        frame(THREE, [("a", 1)])


def test_foreign_keys_are_followed():
    tables = {s.name: frame(s, []) for s in TABLES}
    check_foreign_keys(TABLES, tables)
    failures = next(s for s in TABLES if s.name == "failures")
    tables["failures"] = frame(failures, [("a", "f" * 16, "read", "damaged", None, "m")])
    with pytest.raises(TableError, match=r"documents\.doc_id"):
        check_foreign_keys(TABLES, tables)
