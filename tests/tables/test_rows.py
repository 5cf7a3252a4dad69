"""One annotated paper flattened: places, identifiers and joins."""

from __future__ import annotations

import dataclasses

import pytest
from exomine.document.builder import DocumentBuilder
from exomine.document.model import Cell, Document, ReadProblem, Reference, Table
from exomine.tables.rows import PaperRows, failed_paper, paper_rows
from exomine.tables.schema import TABLE_NAMES, column_names

from helpers import papers

SENTENCE = "In gastric cancer miR-21 confers cisplatin resistance [3]."


def rows_of(document, source_path="a.txt"):
    rows = paper_rows(document, papers.annotate(document), source_path=source_path)
    return {
        name: [dict(zip(column_names(name), r, strict=True)) for r in getattr(rows, name)]
        for name in TABLE_NAMES
        if name != "triples"
    }


def test_sentence_text_is_its_range_of_the_document():
    document = papers.document("First one. Second one.", SENTENCE)
    rows = rows_of(document)["sentences"]
    assert [r["text"] for r in rows] == [
        "A plainly fictitious review",
        "Results",
        "First one.",
        "Second one.",
        SENTENCE,
    ]
    assert all(document.text[r["start"] : r["end"]] == r["text"] for r in rows)
    assert [r["block"] for r in rows] == ["title", "heading", "paragraph", "paragraph", "paragraph"]
    assert rows[2]["section"] == "Results"


def test_a_relation_joins_its_sentence_mentions_and_citations():
    rows = rows_of(papers.document(SENTENCE))
    (relation,) = rows["relations"]
    mentions = {r["mention_id"]: r for r in rows["mentions"]}
    assert mentions[relation["subject_mention_id"]]["text"] == "miR-21"
    assert mentions[relation["object_mention_id"]]["name"] == "cisplatin"
    assert mentions[relation["cancer_mention_id"]]["text"] == "gastric cancer"
    assert (
        {r["sentence_id"]: r["text"] for r in rows["sentences"]}[relation["sentence_id"]]
        == relation["sentence"]
        == SENTENCE
    )
    assert rows["citations"] == [{"relation_id": relation["relation_id"], "doc_id": "0" * 16, "label": "3"}]
    assert relation["citations"] == "3"
    assert (relation["section"], relation["cancer_source"], relation["tier"]) == ("Results", "sentence", "high")


def test_a_mention_without_a_name_gives_its_text_to_the_relation():
    (relation,) = rows_of(papers.document("miR-21 confers nowhere drug resistance."))["relations"]
    assert (relation["object_curie"], relation["object_name"]) == ("", "nowhere drug")


def test_the_same_evidence_in_two_copies_of_a_paper_has_one_evidence_id():
    one = papers.document(SENTENCE, doc_id="1" * 16, doi="10.1000/x")
    two = papers.document("In gastric cancer miR-21 confers cisplatin resistance[3].", doc_id="2" * 16, doi="10.1000/X")
    (a,), (b,) = rows_of(one)["relations"], rows_of(two)["relations"]
    assert a["evidence_id"] == b["evidence_id"]
    assert a["triple_id"] == b["triple_id"]
    assert a["relation_id"] != b["relation_id"]


def test_a_repeated_sentence_has_its_own_ids_and_one_evidence():
    rows = rows_of(papers.document(SENTENCE, SENTENCE))
    assert len({r["sentence_id"] for r in rows["sentences"]}) == len(rows["sentences"])
    assert len({r["relation_id"] for r in rows["relations"]}) == 2
    assert len({r["evidence_id"] for r in rows["relations"]}) == 1


def test_a_relation_told_twice_is_one_row():
    document = papers.document(SENTENCE)
    doc = papers.annotate(document)
    doc._.relations = doc._.relations * 2
    assert len(paper_rows(document, doc, source_path="a").relations) == 1


def test_two_names_of_one_thing_in_a_sentence_make_one_row():
    document = papers.document("In gastric cancer miR-21 (also miR-21) confers cisplatin resistance [3].")
    doc = papers.annotate(document)
    (first,) = doc._.relations
    other = next(m for m in doc.spans["mentions"] if m.text == "miR-21" and m.start != first.subject.start)
    doc._.relations = (first, dataclasses.replace(first, subject=other, score=0.9))
    (row,) = paper_rows(document, doc, source_path="a").relations
    assert row[column_names("relations").index("score")] == 0.9


def test_text_must_be_the_one_that_was_read():
    with pytest.raises(ValueError, match=r"a\.txt"):
        paper_rows(papers.document("One."), papers.annotate(papers.document("Two.")), source_path="a.txt")


def test_counts_and_status():
    document = dataclasses.replace(
        papers.document(SENTENCE), problems=(ReadProblem("page_damaged", "page 2\nis bad", 2),)
    )
    rows = rows_of(document)
    (d,) = rows["documents"]
    assert (d["n_sentences"], d["n_mentions"], d["n_relations"], d["status"]) == (3, 3, 1, "partial")
    assert rows["failures"] == [
        {
            "source_path": "a.txt",
            "doc_id": "0" * 16,
            "stage": "read",
            "reason": "page_damaged",
            "page": 2,
            "message": "page 2 is bad",
        }
    ]


def test_references_keep_labels_apart():
    references = (Reference("1", "A", doi="10.1/A"), Reference("1", "B"), Reference("", "C"))
    assert [r["label"] for r in rows_of(papers.document("x", references=references))["references"]] == ["1", "1#2", "3"]
    assert rows_of(papers.document("x", references=references))["references"][0]["doi"] == "10.1/a"


def test_cells_of_a_table_repeat_spans_and_carry_their_headers():
    cells = (
        Cell(0, 0, "Name", row_span=2, header=True), Cell(0, 1, "Level", column_span=2, header=True),
        Cell(1, 1, "low", header=True), Cell(1, 2, "high", header=True),
        Cell(2, 0, "miR-21", row_span=2), Cell(2, 1, "a"), Cell(2, 2, "b"), Cell(3, 1, "c"), Cell(3, 2, "d"),
    )  # fmt: skip
    builder = DocumentBuilder()
    builder.add_table(Table("t1", "Table 1", "Levels", cells, page=4))
    built = builder.finish()
    document = Document("0" * 16, "a", "pdf", built.text, built.blocks, tables=built.tables)
    rows = {(r["row"], r["column"]): r for r in rows_of(document)["tables"]}
    assert len(rows) == 12
    assert rows[3, 0]["text"] == "miR-21"
    assert rows[2, 2]["header"] == "Level > high"
    assert rows[3, 0]["header"] == "Name"
    assert rows[0, 1]["header"] == rows[1, 1]["header"] == ""
    assert {(r["table_id"], r["label"], r["page"]) for r in rows.values()} == {("0" * 16 + "-t1", "Table 1", 4)}


def test_a_failed_paper_has_two_rows():
    rows = failed_paper("a.pdf", "f" * 16, stage="read", reason="encrypted", message="no\n password")
    assert rows.documents[0][-1] == "failed"
    assert rows.failures == [("a.pdf", "f" * 16, "read", "encrypted", None, "no password")]


def test_compact_rows_say_the_same_with_equal_strings_once():
    long = "a sentence of a paper"
    rows = PaperRows(sentences=[("s1", long, 1)], relations=[("r1", "".join(list(long)), None), ("r2", str(long), 0.5)])
    rows.compact()
    assert rows.relations == [("r1", long, None), ("r2", long, 0.5)]
    assert rows.relations[0][1] is rows.sentences[0][1] is rows.relations[1][1]
