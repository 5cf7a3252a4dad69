"""Tables written and loaded."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from exomine.document.model import Document
from exomine.errors import TableError, UsageError
from exomine.tables.collate import collate
from exomine.tables.owned import own_files
from exomine.tables.rows import paper_rows
from exomine.tables.schema import TABLE_NAMES
from exomine.tables.store import json_bytes, load_tables, make_tables, read_run, write_tables

from helpers import papers


@pytest.fixture(scope="module")
def tables():
    document = papers.document(
        "In gastric cancer miR-21 confers cisplatin resistance [1].", "miR-34a may confer docetaxel resistance."
    )
    rows = paper_rows(document, papers.annotate(document), source_path="a.txt")
    by_name = {name: getattr(rows, name) for name in TABLE_NAMES if name != "triples"}
    return make_tables({**by_name, "triples": collate(rows.documents, rows.relations, rows.references)})


@pytest.fixture
def folder(tables, tmp_path):
    write_tables(tmp_path / "out", tables, papers={"0" * 16: b"{}\n"}, run={"counts": {}})
    return tmp_path / "out"


def same(one, two):
    for name, data in one.items():
        pd.testing.assert_frame_equal(data, two[name])


def test_what_is_written(folder):
    names = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    expected = {f"{name}.{kind}" for name in TABLE_NAMES for kind in ("csv", "parquet")}
    assert names == expected | {"datapackage.json", "run.json", "papers/0000000000000000.json"}


def test_loading_gives_back_the_tables(tables, folder):
    same(load_tables(folder), tables)
    assert load_tables(folder).triples["n_documents"].dtype == "Int64"
    assert read_run(folder)["counts"] == {}
    assert set(own_files(folder)) == {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_csv_and_parquet_say_the_same(tables, folder):
    for path in folder.glob("*.parquet"):
        path.unlink()
    same(load_tables(folder), tables)


def test_parquet_alone_is_enough(tables, folder):
    for path in folder.glob("*.csv"):
        path.unlink()
    same(load_tables(folder), tables)


def test_a_changed_csv_counts_more_than_its_parquet(folder):
    path = folder / "triples.csv"
    path.write_text(path.read_text().replace("miR-21 -> cisplatin resistance", "miR-21 ->> cisplatin resistance"))
    assert load_tables(folder).triples["statement"].str.contains("->>", regex=False).any()


def test_a_bad_csv_is_told(folder):
    path = folder / "triples.csv"
    path.write_text(path.read_text().replace("confers_resistance_to", "cures"))
    with pytest.raises(TableError, match="predicate"):
        load_tables(folder)


def test_a_relation_without_its_sentence_is_told(folder):
    path = folder / "sentences.csv"
    path.write_text("\n".join(path.read_text().splitlines()[:1]) + "\n")
    with pytest.raises(TableError, match="sentence_id"):
        load_tables(folder)


@pytest.mark.parametrize(
    ("table", "old", "new", "named"),
    [
        (
            "triples",
            "confers_resistance_to",
            "cures",
            "line 2, column predicate: 'cures' is none of confers_resistance_to",
        ),
        ("triples", "asserted", "", "line 2, column assertion: is empty, which it must not be"),
        ("documents", "success", "good", "column status: 'good' is none of success, partial, failed"),
    ],
)
def test_a_cell_that_is_not_allowed_is_told_with_its_line(folder, table, old, new, named):
    path = folder / f"{table}.csv"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(TableError) as told:
        load_tables(folder)
    assert str(told.value).startswith(f"{path}: line ")
    assert named in str(told.value)
    assert "run the extraction again" in str(told.value)


def test_tables_that_do_not_belong_together_are_told(folder):
    path = folder / "sentences.csv"
    path.write_text("\n".join(path.read_text().splitlines()[:1]) + "\n")
    with pytest.raises(
        TableError, match=r"\.(?:csv|parquet): (?:line|row) \d+, column sentence_id: .* restore them all"
    ):
        load_tables(folder)


def test_a_damaged_parquet_is_told(folder):
    (folder / "triples.csv").unlink()
    (folder / "triples.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(TableError, match=r"triples\.parquet cannot be read: it is damaged, or no Parquet file"):
        load_tables(folder)


def test_a_folder_without_tables_is_told(tmp_path):
    with pytest.raises(UsageError, match="exomine extract"):
        load_tables(tmp_path)
    with pytest.raises(UsageError, match="exomine extract"):
        load_tables(tmp_path / "nowhere")
    assert read_run(tmp_path) == {}


def test_writing_twice_gives_the_same_bytes(tables, tmp_path):
    for name in ("a", "b"):
        write_tables(tmp_path / name, tables, papers={}, run={})
    for path in (tmp_path / "a").iterdir():
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_tables_can_be_walked(tables):
    assert list(tables) == list(TABLE_NAMES)
    assert tables["tables"] is tables.tables
    assert "triples: 2 rows" in repr(tables)
    with pytest.raises(KeyError, match="triples"):
        tables["tripels"]


def test_a_document_comes_back_from_its_json():
    document = papers.document("β-catenin “rose”.", doi="10.1/x")
    assert Document.from_dict(json.loads(json_bytes(document.to_dict()))) == document


BOM = "\ufeff".encode()


@pytest.mark.parametrize(
    "saved",
    [
        lambda data: BOM + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: BOM + data.replace(b"\n", b"\r\n") + b"\r\n" + b"," * 17 + b"\r\n",
        lambda data: data.replace(b"\n", b"\r"),
    ],
)
def test_a_table_that_a_spreadsheet_saved_is_read_right(tables, folder, saved):
    path = folder / "triples.csv"
    path.write_bytes(saved(path.read_bytes()))
    same(load_tables(folder), tables)


@pytest.mark.parametrize(("mark", "point"), [(";", ","), ("\t", "."), (";", ".")])
def test_semicolons_tabs_and_decimal_commas_are_read_right(tables, folder, mark, point):
    import csv

    path = folder / "triples.csv"
    with path.open(newline="") as handle:
        header, *rows = csv.reader(handle)
    at = header.index("score")
    for row in rows:
        row[at] = row[at].replace(".", point)
    with path.open("w", newline="", encoding="utf-8-sig") as handle:
        csv.writer(handle, delimiter=mark).writerows([header, *rows])
    same(load_tables(folder), tables)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16"])
def test_a_table_in_another_encoding_is_told_with_its_remedy(folder, encoding):
    path = folder / "sentences.csv"
    path.write_bytes(path.read_text(encoding="utf-8").replace("cisplatin", "naïve cisplatin").encode(encoding))
    with pytest.raises(TableError, match=r"sentences\.csv is not UTF-8.*CSV UTF-8.*Parquet"):
        load_tables(folder)
    path.unlink()
    load_tables(folder)


def test_every_id_of_our_own_begins_with_its_letter(tables):
    from exomine.tables.ids import LETTERS

    for name, letter in LETTERS.items():
        for _, data in tables.items():
            for column in (c for c in data.columns if c == name or c.endswith(f"_{name}")):
                assert data[column].dropna().str.fullmatch(f"{letter}[0-9a-f]{{16}}").all(), column
    assert tables.documents["doc_id"].str.fullmatch("[0-9a-f]{16}").all()
