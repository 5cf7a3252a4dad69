"""Each export read back by a library of its field, or checked against its specification where none installs from
wheels."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
import zipfile
from collections import Counter

import exomine
import networkx
import openpyxl
import pytest
import rispy
from exomine.export import bibtex, bioc, crate, cx2, graphml, kgx, pubtator, ris, sqlite, workbook
from exomine.export.kgx import CATEGORIES
from exomine.vocabulary.entities import LABELS
from pybtex.database import parse_string

from helpers.tables import HOSTILE, PAPERS, REVIEW, doc_id, document, written

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return written(tmp_path_factory.mktemp("tables") / "processed")


@pytest.fixture(scope="module")
def tables(folder):
    return exomine.load_tables(folder)


def only(files):
    (data,) = files.values()
    return data


@pytest.fixture(scope="module")
def book(tables, folder):
    return openpyxl.load_workbook(io.BytesIO(only(workbook.write(tables, folder))))


def sheet_rows(book, name):
    head, *rows = book[name].values
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_workbook_has_a_row_a_statement_and_a_row_a_sentence(book, tables):
    assert [r["triple_id"] for r in sheet_rows(book, "Statements")] == list(tables.triples["triple_id"])
    assert len(sheet_rows(book, "Sentences")) == len(tables.relations)
    assert len(sheet_rows(book, "Papers")) == len(PAPERS)


def test_sentences_of_the_workbook_stand_with_file_page_and_whole_reference(book):
    row = next(r for r in sheet_rows(book, "Sentences") if r["sentence"] == REVIEW.said[0].text)
    assert (row["file"], row["page"]) == ("review.pdf", 1)
    assert row["references"].startswith(
        "[1] Doe J. A first study of tumour vesicles and platinum drugs 2015 doi:10.1/first pmid:26000001\n[2] "
    )


def test_a_retracted_work_is_marked_in_the_workbook(book):
    (told,) = [r["references"] for r in sheet_rows(book, "Sentences") if "RETRACTED" in (r["references"] or "")]
    assert told.startswith("[9] RETRACTED: ")


def test_the_head_of_the_workbook_stays_and_filters(book):
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")


def test_nothing_in_the_workbook_is_a_formula_or_a_link(book):
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert {c.data_type for c in cells} <= {"s", "n"}
    assert not any(c.hyperlink for c in cells)
    assert HOSTILE.said[0].text in [c.value for c in cells]
    assert HOSTILE.title in [c.value for c in cells]


def tsv(data):
    rows = list(csv.reader(io.StringIO(data.decode()), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len({len(r) for r in rows}) == 1
    return [dict(zip(rows[0], r, strict=True)) for r in rows[1:]]


def test_kgx_edges_join_nodes_and_say_what_biolink_asks_for(tables, folder):
    files = {name: tsv(data) for name, data in kgx.write(tables, folder).items()}
    nodes = {n["id"]: n for n in files["exomine_nodes.tsv"]}
    edges = files["exomine_edges.tsv"]
    assert len(nodes) == len(files["exomine_nodes.tsv"])
    assert all(n["id"].count(":") >= 1 and n["category"].startswith("biolink:") and n["name"] for n in nodes.values())
    assert {e["subject"] for e in edges} | {e["object"] for e in edges} | {
        e["disease_context_qualifier"] for e in edges
    } - {""} <= set(nodes)
    assert [e["id"] for e in edges] == list(tables.triples["triple_id"])
    for e in edges:
        assert (e["knowledge_level"], e["agent_type"]) == ("not_provided", "text_mining_agent")
        assert e["predicate"].startswith("biolink:")
        assert e["primary_knowledge_source"] == "infores:exomine"
        assert e["negated"] in ("true", "false")


def test_kgx_gives_qualifiers_and_papers(tables, folder):
    edges = tsv(kgx.write(tables, folder)["exomine_edges.tsv"])
    lowered = next(e for e in edges if e["original_predicate"] == "exomine:downregulates")
    assert lowered["predicate"] == "biolink:affects"
    assert (lowered["qualified_predicate"], lowered["object_direction_qualifier"]) == ("biolink:causes", "decreased")
    assert lowered["disease_context_qualifier"] == "DOID:10534"
    assert lowered["publications"] == "DOI:10.5/review"


def test_every_label_has_a_category():
    assert set(CATEGORIES) == set(LABELS)


def graph(tables, folder):
    return networkx.parse_graphml(only(graphml.write(tables, folder)).decode(), force_multigraph=True)


def test_graphml_is_the_network_of_the_triples(tables, folder):
    net = graph(tables, folder)
    told = Counter((net.nodes[a]["name"], d["predicate"], net.nodes[b]["name"]) for a, b, d in net.edges(data=True))
    rows = tables.triples
    assert told == Counter(zip(rows["subject_name"], rows["predicate"], rows["object_name"], strict=True))
    assert net.is_directed()
    assert SCRIPT in {d["name"] for _, d in net.nodes(data=True)}
    assert all(isinstance(d["score"], float) and isinstance(d["n_primaries"], int) for *_, d in net.edges(data=True))


def test_cx2_keeps_to_its_specification(tables, folder):
    parts = json.loads(only(cx2.write(tables, folder)))
    assert parts[0] == {"CXVersion": "2.0", "hasFragments": False}
    assert parts[-1] == {"status": [{"error": "", "success": True}]}
    aspects = {name: content for part in parts[2:-1] for name, content in part.items()}
    assert {m["name"]: m["elementCount"] for m in parts[1]["metaData"]} == {n: len(c) for n, c in aspects.items()}
    (declared,) = aspects["attributeDeclarations"]
    kinds = {"string": str, "double": float, "integer": int}
    for aspect in ("nodes", "edges"):
        for element in aspects[aspect]:
            for name, value in element["v"].items():
                assert type(value) is kinds[declared[aspect][name]["d"]], (name, value)
    ids = [n["id"] for n in aspects["nodes"]]
    assert len(ids) == len(set(ids))
    assert {e[end] for e in aspects["edges"] for end in "st"} <= set(ids)
    assert len(aspects["edges"]) == len(tables.triples)


@pytest.fixture
def database(tables, folder, tmp_path):
    path = tmp_path / "exomine.sqlite"
    path.write_bytes(only(sqlite.write(tables, folder)))
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def test_sqlite_holds_every_table_whole(database, tables):
    for name, data in tables.items():
        assert database.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (len(data),)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_sqlite_answers_with_sentences(database):
    rows = database.execute(
        "SELECT sentence, source_path FROM evidence WHERE statement LIKE '%cisplatin resistance%'"
    ).fetchall()
    assert len(rows) == 2
    found = database.execute(
        "SELECT text FROM sentences_fts WHERE sentences_fts MATCH 'macrophages OR docetaxel'"
    ).fetchall()
    assert found == [(REVIEW.said[1].text,)]


def test_bibtex_is_read_by_pybtex(tables, folder):
    entries = parse_string(only(bibtex.write(tables, folder)).decode(), "bibtex").entries
    assert len(entries) == 5  # two works are cited by two papers, one is hostile
    first = next(e for e in entries.values() if e.fields.get("doi") == "10.1/first")
    assert first.type == "article"
    assert first.fields["year"] == "2015"
    assert [str(p) for p in first.persons["author"]] == ["{Doe}", "{Ångström}"]
    assert "miR-21 -> cisplatin resistance -> stomach cancer" in first.fields["note"]
    assert [e.fields["note"].startswith("RETRACTED") for e in entries.values()].count(True) == 1
    assert any("@" in e.fields["title"] and "input" in e.fields["title"] for e in entries.values())


def test_ris_is_read_by_rispy(tables, folder):
    entries = rispy.loads(only(ris.write(tables, folder)).decode())
    assert len(entries) == 5
    first = next(e for e in entries if e.get("doi") == "10.1/first")
    assert first["authors"] == ["Doe", "Ångström"]
    assert first["year"] == "2015"
    assert "miR-21 -> cisplatin resistance -> stomach cancer" in first["notes"]
    assert HOSTILE.references[0][1] in [e["title"] for e in entries]


def test_bioc_offsets_give_the_text_of_each_mention(tables, folder):
    collection = json.loads(only(bioc.write(tables, folder)))
    assert set(collection) == {"source", "date", "key", "version", "infons", "documents"}
    n = 0
    for told in collection["documents"]:
        ids = set()
        for passage in told["passages"]:
            assert set(passage) == {"offset", "infons", "text", "sentences", "annotations", "relations"}
            for a in passage["annotations"]:
                (place,) = a["locations"]
                start = place["offset"] - passage["offset"]
                assert passage["text"][start : start + place["length"]] == a["text"]
                ids.add(a["id"])
        for r in told["relations"]:
            assert {node["refid"] for node in r["nodes"]} <= ids
            assert {"subject", "object"} <= {node["role"] for node in r["nodes"]}
            n += 1
        assert all(isinstance(v, str) for v in told["infons"].values())
    assert n == len(tables.relations)


def test_pubtator_offsets_count_title_and_text(tables, folder):
    blocks = only(pubtator.write(tables, folder)).decode().split("\n\n")
    assert len(blocks) == len(PAPERS)
    n = 0
    for block in blocks:
        title, text, *lines = block.strip("\n").split("\n")
        whole = title.split("|t|", 1)[1] + " " + text.split("|a|", 1)[1]
        for cells in (line.split("\t") for line in lines):
            if len(cells) == 6:
                assert whole[int(cells[1]) : int(cells[2])] == cells[3]
                assert cells[4] in LABELS
            else:
                assert len(cells) == 4
                n += 1
    assert n == 7


def test_the_crate_describes_every_file_with_its_hash(tables, folder):
    packed = zipfile.ZipFile(io.BytesIO(only(crate.write(tables, folder))))
    metadata = json.loads(packed.read("ro-crate-metadata.json"))
    assert metadata["@context"] == "https://w3id.org/ro/crate/1.3/context"
    entities = {e["@id"]: e for e in metadata["@graph"]}
    assert len(entities) == len(metadata["@graph"])
    descriptor, root = entities["ro-crate-metadata.json"], entities["./"]
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.3"}
    assert descriptor["about"] == {"@id": "./"}
    assert {"name", "description", "datePublished", "license"} <= set(root)
    listed = {p["@id"] for p in root["hasPart"]}
    assert listed == set(packed.namelist()) - {"ro-crate-metadata.json"}
    for name in listed:
        assert entities[name]["sha256"] == hashlib.sha256(packed.read(name)).hexdigest()
        assert int(entities[name]["contentSize"]) == len(packed.read(name))
    assert references(metadata["@graph"]) <= set(entities)


def references(value):
    """Every ``{"@id": ...}`` that stands for another entity, but for the specification's own."""
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            return {value["@id"]} - {"https://w3id.org/ro/crate/1.3"}
        return set().union(*(references(v) for v in value.values())) if value else set()
    return set().union(*(references(v) for v in value)) if isinstance(value, list) and value else set()


def test_the_crate_names_papers_program_and_run(tables, folder):
    packed = zipfile.ZipFile(io.BytesIO(only(crate.write(tables, folder))))
    entities = {e["@id"]: e for e in json.loads(packed.read("ro-crate-metadata.json"))["@graph"]}
    assert entities["https://doi.org/10.5/review"]["name"] == REVIEW.title
    assert entities["#run"]["instrument"] == {"@id": "#exomine"}
    assert {"@id": f"#paper-{doc_id(HOSTILE)}"} in entities["#run"]["object"]
    assert document(HOSTILE).title == entities[f"#paper-{doc_id(HOSTILE)}"]["name"]
