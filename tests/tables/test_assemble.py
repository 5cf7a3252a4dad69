"""Tables from parts are those that are made of all rows at once."""

from __future__ import annotations

import hashlib
import json
from functools import partial

import pyarrow.parquet as pq
import pytest
from exomine.errors import TableError, UsageError
from exomine.tables import assemble as module
from exomine.tables.assemble import assemble, partition_path
from exomine.tables.collate import collate
from exomine.tables.dataframes import to_csv
from exomine.tables.gather import Gathering
from exomine.tables.parts import GROWING, PaperPart, csv_lines, rows_of
from exomine.tables.rows import paper_rows
from exomine.tables.schema import TABLE_NAMES, TABLES, column_names, table
from exomine.tables.store import Paper, load_tables, make_tables, write_papers

from helpers import papers

SAID = "miR-21 confers cisplatin resistance in gastric cancer [1]."
TEXTS = {
    "0" * 16: (SAID, "miR-34a confers docetaxel resistance [2]."),
    "3" * 16: (SAID, "A \"quoted\" cell, with a comma and \r in it."),
    "f" * 16: ("Perhaps miR-21 may bring cisplatin resistance [3].", "miR-21 confers cisplatin resistance [1][3]."),
}  # fmt: skip
TITLE = "Vesicles that carry a thing from here to there and back"


def references(doc_id):
    from exomine.document.model import Reference

    return (
        Reference("1", "a", title=TITLE, year=2015, doi="10.1000/x" if doc_id[0] == "0" else ""),
        Reference("2", "b", title=TITLE, year=2015, pmid="123"),
        Reference("3", "c", doi="10.1000/Y", pmid="77"),
    )


@pytest.fixture(scope="module")
def rows():
    """The rows of three papers, two of which share their paper_id, by doc_id."""
    out = {}
    for doc_id, texts in TEXTS.items():
        doi = "10.1000/same" if doc_id[0] != "0" else ""
        document = papers.document(*texts, doc_id=doc_id, doi=doi, references=references(doc_id))
        out[doc_id] = paper_rows(document, papers.annotate(document), source_path=f"{doc_id}.txt")
    return out


@pytest.fixture(scope="module")
def tables(rows):
    """The same papers, held in memory at once."""
    found = {n: [row for r in rows.values() for row in getattr(r, n)] for n in TABLE_NAMES if n != "triples"}
    found["triples"] = collate(found["documents"], found["relations"], found["references"])
    return make_tables(found)


def parts(rows):
    return [(doc_id, PaperPart.of_rows(r)) for doc_id, r in rows.items()]


def written(rows, folder, **options):
    folder.mkdir()
    return assemble(folder, parts(rows), folder / "sorting", **options)


def test_files_are_those_of_the_tables(rows, tables, tmp_path):
    made = written(rows, tmp_path / "out")
    for schema in TABLES:
        data = (tmp_path / "out" / f"{schema.name}.csv").read_bytes()
        assert data == to_csv(schema, tables[schema.name]), schema.name
        assert made.hashes[f"{schema.name}.csv"] == hashlib.sha256(data).hexdigest()
        assert made.counts[schema.name] == len(tables[schema.name])
        stored = pq.read_table(tmp_path / "out" / f"{schema.name}.parquet").to_pydict()
        expected = {c: [None if v is None else v for v in column] for c, column in plain(tables[schema.name]).items()}
        assert stored == expected, schema.name
    assert not (tmp_path / "out" / "sorting").exists()
    assert made.counts["high_triples"] == (tables.triples["tier"] == "high").sum()


def plain(frame):
    return {name: frame[name].astype(object).where(frame[name].notna(), None).tolist() for name in frame}


def test_row_groups_do_not_matter(rows, tmp_path, monkeypatch):
    whole = written(rows, tmp_path / "whole")
    monkeypatch.setattr(module, "_GROUP", 1)
    small = written(rows, tmp_path / "small")
    same = [name for name in whole.hashes if name.endswith(".csv")]
    assert [small.hashes[n] for n in same] == [whole.hashes[n] for n in same]
    one, many = (pq.ParquetFile(tmp_path / n / "sentences.parquet") for n in ("whole", "small"))
    assert (one.num_row_groups, many.num_row_groups) == (1, 3)
    assert one.read().equals(many.read())


def test_partitions_hold_the_same_rows(rows, tmp_path):
    written(rows, tmp_path / "whole")
    made = written(rows, tmp_path / "cut", partition=True)
    for name in GROWING:
        files = [partition_path(name, digit) for digit in module.PARTITIONS]
        assert set(files) <= made.hashes.keys()
        assert f"{name}.parquet" not in made.hashes
        found = [row for f in files for row in pq.read_table(tmp_path / "cut" / f).to_pylist()]
        assert found == pq.read_table(tmp_path / "whole" / f"{name}.parquet").to_pylist()
    assert (tmp_path / "cut" / "sentences.csv").read_bytes() == (tmp_path / "whole" / "sentences.csv").read_bytes()


def test_a_paper_more_changes_its_own_partition(rows, tmp_path):
    before = written({k: rows[k] for k in list(rows)[:2]}, tmp_path / "before", partition=True)
    after = written(rows, tmp_path / "after", partition=True)
    parted = [n for n in after.hashes if n.startswith("parquet/")]
    changed = {n for n in parted if before.hashes[n] != after.hashes[n]}
    assert changed
    assert all("part-f" in n for n in changed)


def test_triples_can_be_asked_for_before_they_are_written(rows, tables, tmp_path):
    seen = []
    wanted = tables.triples["triple_id"].iloc[0]
    written(rows, tmp_path / "out", gathered=lambda found: seen.append((found.has(wanted), found.has("t" + "0" * 16))))
    assert seen == [(True, False)]


def test_triples_are_in_the_order_of_collate(rows, tmp_path):
    with Gathering(tmp_path / "sorting") as gathering:
        for r in rows.values():
            gathering.add(r.documents, r.relations, r.references)
        gathering.collate()
        found = [tuple(v or None for v in row[:-7]) + row[-7:] for row in gathering.triples()]
    every = {n: [row for r in rows.values() for row in getattr(r, n)] for n in ("documents", "relations", "references")}
    expected = collate(every["documents"], every["relations"], every["references"])
    assert [row[0] for row in found] == [row[0] for row in expected]
    assert [row[-7:] for row in found] == [row[-7:] for row in expected]


def test_lines_and_rows_are_each_other(rows):
    for r in rows.values():
        for name in GROWING:
            there = [tuple(None if v == "" else v for v in row) for row in getattr(r, name)]
            assert list(rows_of(table(name), csv_lines(table(name), there))) == there


def test_a_part_survives_being_kept(rows):
    for doc_id, part in parts(rows):
        assert PaperPart.from_bytes(part.to_bytes(), f"{doc_id}.txt") == part
    with pytest.raises(ValueError, match="expected"):
        PaperPart.from_bytes(parts(rows)[0][1].to_bytes()[:-1], "x")


@pytest.mark.parametrize(
    ("name", "column", "value", "told"),
    [
        ("mentions", "label", "PLANET", "is none of"), ("mentions", "score", 1.5, "is more than 1"),
        ("sentences", "start", -1, "is less than 0"), ("sentences", "text", "", "is empty"),
        ("sentences", "start", "far", "is no integer"), ("mentions", "mention_id", "x", "has not the form"),
        ("mentions", "sentence_id", "s" + "0" * 16, "is not among sentences.sentence_id"),
    ],
)  # fmt: skip
def test_a_row_that_does_not_keep_to_its_table_is_told(rows, name, column, value, told):
    spoilt = json.loads(json.dumps(vars(rows["0" * 16])))
    spoilt[name][0][column_names(name).index(column)] = value
    with pytest.raises(TableError, match=told):
        PaperPart.of_rows(type(rows["0" * 16])(**{n: [tuple(r) for r in found] for n, found in spoilt.items()}))


def test_a_key_that_stands_there_twice_is_told(rows):
    from dataclasses import replace

    twice = replace(rows["0" * 16], sentences=[*rows["0" * 16].sentences, rows["0" * 16].sentences[0]])
    with pytest.raises(TableError, match="twice"):
        PaperPart.of_rows(twice)


def results(rows, folder, *, partition):
    papers_ = [
        Paper(doc_id, hashlib.sha256(b"{}\n").hexdigest(), partial(PaperPart.of_rows, r), lambda: b"{}\n")
        for doc_id, r in rows.items()
    ]
    write_papers(folder, papers_, run=lambda counts: {"counts": dict(counts)}, partition=partition)
    return folder


def test_partitions_are_read_as_one_table(rows, tables, tmp_path):
    folder = results(rows, tmp_path / "cut", partition=True)
    loaded = load_tables(folder)
    for name in loaded:
        assert loaded[name].equals(tables[name]), name
    (folder / partition_path("sentences", "7")).unlink()
    with pytest.raises(TableError, match="cannot be read"):
        load_tables(folder)


def test_one_form_takes_the_place_of_the_other(rows, tables, tmp_path):
    for partition in (False, True, False):
        folder = results(rows, tmp_path / "out", partition=partition)
        assert (folder / "sentences.parquet").exists() is not partition
        assert (folder / partition_path("sentences", "0")).exists() is partition
        assert load_tables(folder).sentences.equals(tables.sentences)


def test_papers_that_are_there_are_not_written_again(rows, tmp_path):
    folder = results(rows, tmp_path / "out", partition=False)
    before = {p.name: p.stat().st_mtime_ns for p in (folder / "papers").iterdir()}
    assert len(before) == 3
    results(dict(list(rows.items())[1:]), tmp_path / "out", partition=False)
    assert {p.name: p.stat().st_mtime_ns for p in (folder / "papers").iterdir()} == dict(list(before.items())[1:])
    assert not any((folder / ".exomine").glob("*"))


@pytest.mark.parametrize("partition", [False, True])
def test_only_what_is_asked_for_is_read(rows, tables, tmp_path, partition):
    folder = results(rows, tmp_path / "out", partition=partition)
    (folder / "mentions.csv").unlink()
    for path in [folder / "mentions.parquet", *(folder / "parquet" / "mentions").glob("*")]:
        path.write_bytes(b"damaged") if path.exists() else None
    some = load_tables(
        folder, columns={"triples": ["statement", "score"]}, filters={"relations": [("subject_name", "==", "miR-21")]}
    )
    assert list(some.triples.columns) == ["statement", "score"]
    assert some.triples["score"].dtype == "Float64"
    expected = tables.relations[tables.relations["subject_name"] == "miR-21"].reset_index(drop=True)
    assert some.relations.equals(expected)
    assert len(some["sentences"]) == len(tables.sentences)
    with pytest.raises(TableError, match="cannot be read"):
        _ = some.mentions


def test_filters_hold_for_a_table_that_was_changed_by_hand(rows, tmp_path):
    folder = results(rows, tmp_path / "out", partition=True)
    path = folder / "references.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(TITLE, "Another title"), encoding="utf-8")
    some = load_tables(folder, columns={"references": ["title"]}, filters={"references": [("label", "==", "1")]})
    assert set(some.references["title"]) == {"Another title"}
    assert len(some.references) == 3


@pytest.mark.parametrize(
    "asked",
    [{"columns": {"planets": ["x"]}}, {"columns": {"triples": ["x"]}}, {"filters": {"triples": [("x", "==", 1)]}}],
)
def test_unknown_tables_and_columns_are_told(rows, tmp_path, asked):
    with pytest.raises(UsageError, match="no"):
        load_tables(results(rows, tmp_path / "out", partition=False), **asked)
