"""Tables as people's decisions leave them, and the commands that show them."""

from __future__ import annotations

import json
import sqlite3

import exomine
import openpyxl
import pytest
from exomine.cli.app import app
from exomine.curation.curated import curated_tables
from exomine.errors import CurationError, UsageError
from exomine.report.page import write_report
from exomine.tables.dataframes import records
from typer.testing import CliRunner

from helpers.dataset import Dataset

BOTH = (
    "In gastric cancer miR-21 confers cisplatin resistance [1].\n"
    "miR-21 confers cisplatin resistance in gastric cancer.\n"
)


@pytest.fixture
def data(tmp_path):
    made = Dataset(tmp_path)
    made.put("both", BOTH)
    made.extract()
    return made


def key(data, word):
    return data.triple(word, data.processed)["triple_id"]


def statements(tables):
    return {r["statement"]: r["status"] for r in records(tables.triples)}


def load(data):
    return exomine.load_curated(data.processed, data.curated)


def test_without_decisions_nothing_differs_but_the_status(data):
    extracted, curated = exomine.load_tables(data.processed), load(data)
    assert set(curated.triples["status"]) == {"unreviewed"}
    assert curated.triples.drop(columns="status").equals(extracted.triples)
    assert all(curated[name].equals(extracted[name]) for name in extracted if name != "triples")


def test_what_was_rejected_is_left_out(data):
    data.decide((key(data, "docetaxel"), "reject"), (key(data, "cisplatin"), "accept"))
    found = curated_tables(data.processed, data.curated)
    assert set(statements(found.tables).values()) == {"accepted"}
    assert set(found.tables.relations["object_name"]) == {"cisplatin"}
    assert found.by_status == {"accepted": 1, "rejected": 1}
    papers = dict(zip(found.tables.documents["source_path"], found.tables.documents["n_relations"], strict=True))
    assert papers == {"one.txt": 1, "two.txt": 0, "both.txt": 2}


def test_a_rejected_sentence_no_longer_counts(data):
    triple = key(data, "cisplatin")
    sentences = {r["sentence"]: r["evidence_id"] for r in data.rows("relations", data.processed)}
    evidence = sentences["miR-21 confers cisplatin resistance in gastric cancer."]
    data.decide((triple, "reject", "", "", "", "", "", evidence))
    (row,) = [r for r in records(load(data).triples) if r["triple_id"] == triple]
    assert (row["status"], row["n_relations"]) == ("unreviewed", 2)
    assert evidence not in set(load(data).relations["evidence_id"])


def test_an_edited_statement_and_its_sentences_read_as_edited(data):
    triple = key(data, "cisplatin")
    data.decide((triple, "edit", "", "confers_sensitivity_to", "", "none", ""))
    curated = load(data)
    assert statements(curated)["miR-21 -> cisplatin sensitivity"] == "edited"
    said = {(r["predicate"], r["cancer_name"]) for r in records(curated.relations) if r["triple_id"] == triple}
    assert said == {("confers_sensitivity_to", None)}


def test_decisions_on_an_earlier_identifier_count(data):
    data.refresh()
    data.decide((key(data, "docetaxel"), "reject"))
    data.refresh()
    data.change_identifier("drugbank:DB01248", "drugbank:DB99999")
    assert not [s for s in statements(load(data)) if "docetaxel" in s]


def test_decisions_about_other_tables_do_no_harm_and_impossible_ones_are_told(data):
    data.decide(("t" + "0" * 16, "reject"))
    assert "rejected" not in statements(load(data)).values()
    data.decide((key(data, "docetaxel"), "edit", "", "", "doid:10534"))
    with pytest.raises(CurationError, match=r"decisions\.csv, line 3"):
        load(data)


def test_a_query_by_status(data):
    data.decide((key(data, "docetaxel"), "reject"), (key(data, "cisplatin"), "accept"))
    assert list(exomine.query(load(data), status="accepted")["status"]) == ["accepted"]
    with pytest.raises(UsageError, match="load_curated"):
        exomine.query(exomine.load_tables(data.processed), status="accepted")
    with pytest.raises(UsageError, match="left out"):
        exomine.query(load(data), status="rejected")


def run(data, command, *arguments):
    folders = ("--processed", str(data.processed), "--curated", str(data.curated))
    result = CliRunner().invoke(app, [command, *folders, *arguments])
    assert result.exit_code == 0, result.output
    return result


def test_the_commands_show_what_people_decided(data, tmp_path):
    data.decide((key(data, "docetaxel"), "reject"), (key(data, "cisplatin"), "accept"))
    told = json.loads(run(data, "query", "--format", "json").stdout)
    assert [r["status"] for r in told] == ["accepted"]
    assert "docetaxel" in run(data, "query", "--as-extracted").stdout

    run(data, "export", "sqlite", "--out", str(tmp_path))
    with sqlite3.connect(tmp_path / "exomine.sqlite") as base:
        assert base.execute("SELECT object_name, status FROM triples").fetchall() == [("cisplatin", "accepted")]
    run(data, "export", "xlsx", "--out", str(tmp_path))
    sheet = openpyxl.load_workbook(tmp_path / "exomine.xlsx")["Statements"]
    assert [sheet["B1"].value, sheet["B2"].value, sheet.max_row] == ["status", "accepted", 2]
    run(data, "export", "xlsx", "--out", str(tmp_path / "all"), "--as-extracted")
    assert openpyxl.load_workbook(tmp_path / "all" / "exomine.xlsx")["Statements"].max_row == 3


#: What only the rejected statement puts into a file of each format.
TOLD = {
    "kgx": "drugbank:DB00515", "graphml": "cisplatin", "cx2": "cisplatin", "bibtex": "10.1/x", "ris": "10.1/x",
    "bioc": '"refid"', "pubtator": "exomine:mir-21\tdrugbank:DB00515",
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
def test_every_format_leaves_out_what_was_rejected(data, tmp_path, name):
    data.decide((key(data, "cisplatin"), "reject"), (key(data, "docetaxel"), "reject"))
    folders = {"left": (), "all": ("--as-extracted",)}
    for folder, options in folders.items():
        run(data, "export", name, "--out", str(tmp_path / folder), *options)
    left, everything = ("".join(p.read_text() for p in (tmp_path / f).iterdir()).casefold() for f in folders)
    assert TOLD[name].casefold() in everything
    assert TOLD[name].casefold() not in left


def test_the_report_counts_what_people_decided(data, tmp_path):
    data.decide((key(data, "docetaxel"), "reject"), (key(data, "cisplatin"), "accept"))
    shown = write_report(processed=data.processed, curated=data.curated, out=tmp_path / "a.html").read_text()
    assert "1 accepted; 1 rejected, and left out" in shown
    assert "miR-34a -&gt; docetaxel" not in shown
    plain = {"processed": data.processed, "curated": data.curated, "as_extracted": True}
    whole = write_report(out=tmp_path / "b.html", **plain).read_text()
    assert "People have decided" not in whole
    assert "miR-34a -&gt; docetaxel" in whole
