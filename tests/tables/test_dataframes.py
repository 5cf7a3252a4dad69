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
    ("text", "named"),
    [
        ("a,b\n", "expected a, b, c"),
        ("a,b,c\nx,y,1\n", "column b"),
        ("a,b,c\nx\n", "line 2: 1 cells"),
        ("", "no columns stand there"),
    ],
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


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("a,b,c\nx,1,2\ny,1.5,2\n", "line 3, column b: '1.5' is no integer"),
        ('a,b,c\n"two\nlines",1,2\nx,1,y\n', "line 4, column c: 'y' is no number"),
        ('a,b,c\nx,1,2\n"open,1,2\ny,1,2\n', "line 3: 1 cells, expected 3; a quote that opens there may not be closed"),
        ("a,b,c\nx,99999999999999999999,2\n", "line 2, column b"),
        ("a,b,c\nx,1,nan\n", "line 2, column c: 'nan' is no number"),
        ("a,b\n", "line 1: its columns are a, b; expected a, b, c"),
    ],
)
def test_damage_is_told_with_its_line(tmp_path, text, named):
    path = tmp_path / "three.csv"
    path.write_text(text)
    with pytest.raises(TableError) as told:
        frame_from_csv(THREE, path)
    assert f"{path}, {named}" in str(told.value)
    assert "Remove the file to use the Parquet file beside it, or restore it." in str(told.value)


def test_bytes_that_are_no_utf8_are_told_with_their_line(tmp_path):
    path = tmp_path / "three.csv"
    path.write_bytes(b"a,b,c\nx,1,2\nna\xefve,1,2\n")
    with pytest.raises(TableError, match=r"three\.csv is not UTF-8: line 3 is not UTF-8 \(byte 0xef\)"):
        frame_from_csv(THREE, path)
