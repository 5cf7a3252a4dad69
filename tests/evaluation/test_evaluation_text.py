"""Scores of reading, computed by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from exomine.document.builder import DocumentBuilder, Run
from exomine.document.model import Cell, Document, Reference, Table
from exomine.evaluation.text import (
    body_words,
    citation_share,
    evaluate_reading,
    held_as_text,
    match_tables,
    nothing_read,
    reference_share,
    score_body,
    sentences,
    table_f1,
)


def document(
    *paragraphs: list[Run] | str, references: tuple[Reference, ...] = (), tables: tuple[Table, ...] = ()
) -> Document:
    builder = DocumentBuilder()
    builder.add("heading", "Not scored")
    for paragraph in paragraphs:
        builder.add("paragraph", paragraph)
    built = builder.finish()
    return Document(
        "0", "a", "jats", built.text, built.blocks, references=references, citations=built.citations, tables=tables
    )


def table(label: str, *rows: str) -> Table:
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row.split("|")))
    return Table(label, label, "", cells)


def test_words_and_sentences() -> None:
    assert body_words("Anti-tumour miR‑21’s effect") == ["antitumour", "mir21s", "effect"]
    assert sentences("As in E. coli. Two (e.g. Three). Four et al. Five") == [
        "As in E. coli.",
        "Two (e.g. Three).",
        "Four et al. Five",
    ]


def test_body() -> None:
    gold = document("One two three four five six. Seven eight nine ten eleven twelve.")
    read = document("One two three four five six. Seven eight X nine ten twelve.")
    score = score_body(gold, read)
    # 12 gold words, 12 read ones, 11 of them in order; one of two sentences stands word for word.
    assert score.recall == pytest.approx(11 / 12)
    assert score.precision == pytest.approx(11 / 12)
    assert score.sentences == 0.5


def test_marks_do_not_count_as_words() -> None:
    gold = document([Run("one two three"), Run("[1]", labels=("1",)), Run(" four five six.")])
    read = document("one two three four five six.")
    assert score_body(gold, read).sentences == 1.0
    assert score_body(gold, read).precision == 1.0


def test_nothing_read() -> None:
    score = score_body(document("One two three four five six."), document())
    assert (score.recall, score.sentences) == (0.0, 0.0)


def test_cells() -> None:
    gold = table("Table 1", "A|B", "c|d")
    assert table_f1(gold, table("Table 1", "a |b", "c|x")) == pytest.approx(2 * 3 / 8)
    assert table_f1(gold, table("Table 1", "A|B", "c|d", "c|d")) == pytest.approx(2 * 4 / 10)
    assert table_f1(gold, None) == 0.0


def test_matching_by_number_then_by_content() -> None:
    gold = [table("Table 1", "a|b"), table("Table 2", "c|d"), table("Table 3", "e|f")]
    read = [table("Tab. 2", "c"), table("Tab. 2", "d"), table("", "a|b")]
    found = match_tables(gold, read)
    assert [table_f1(g, r) for g, r in found] == [1.0, 1.0, 0.0]
    assert found[2][1] is None


def test_a_header_repeated_on_the_next_page_counts_once() -> None:
    gold = [table("Table 1", "Name|Effect", "a|up", "b|down")]
    read = [table("Table 1", "Name|Effect", "a|up"), table("Table 1", "Name|Effect", "b|down")]
    assert table_f1(*match_tables(gold, read)[0]) == 1.0
    other = [table("Table 1", "Name|Effect", "a|up"), table("Table 1", "b|down")]
    assert table_f1(*match_tables(gold, other)[0]) == 1.0


def test_tables_that_are_pictures_do_not_count() -> None:
    assert held_as_text(table("Table 1", "alpha|beta"), document("alpha gamma"))
    assert not held_as_text(table("Table 1", "alpha|beta|delta"), document("alpha gamma"))


def test_references() -> None:
    gold = document(
        references=(
            Reference("1", "t", title="On vesicles and more"),
            Reference("2", "u", doi="10.1/a"),
            Reference("3", "Long text of it"),
        )
    )
    read = document(
        references=(
            Reference("1", "Ash B. On vesi- cles and more. 2001"),
            Reference("3", "On another thing altogether"),
            Reference("4", "x", doi="10.1/a"),
        )
    )
    assert reference_share(gold, read) == pytest.approx(1 / 3)


def test_citations() -> None:
    def marks(*labels: str) -> Document:
        return document([Run("word "), *(Run(f"[{x}]", labels=(x,)) for x in labels)])

    recall, precision = citation_share(marks("1", "1", "2"), marks("1", "2", "3", "3"))
    assert recall == pytest.approx(2 / 3)
    assert precision == pytest.approx(2 / 4)


def test_a_paper_without_references_or_marks_does_not_raise_the_mean() -> None:
    nothing, read = document("Nothing is cited."), document("Nothing is cited.")
    assert reference_share(nothing, read) is None
    assert citation_share(nothing, read) == (None, None)


def test_a_paper_of_which_nothing_was_read_is_not_precise() -> None:
    score = score_body(document("One two three four five six."), document())
    assert (score.recall, score.precision, score.sentences) == (0.0, 0.0, 0.0)


def test_an_unreadable_pdf_scores_zero_for_what_the_paper_has() -> None:
    full = document(
        [Run("One "), Run("[2]", labels=("2",))],
        references=(Reference("2", "Two."),),
        tables=(table("Table 1", "a|b"),),
    )
    scores = nothing_read(full)
    assert len(scores) == 8
    assert set(scores.values()) == {0.0}
    bare = nothing_read(document("One."))
    assert {k for k, v in bare.items() if v is None} == {
        "tables",
        "table_questions",
        "references",
        "citations",
        "citations_precision",
    }


def test_a_folder_of_papers(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "article.xml").write_bytes(b"<article><front/><body><p>A word of it.</p></body></article>")
    (tmp_path / "p" / "article.pdf").write_bytes(b"not a PDF")
    frame = evaluate_reading(tmp_path)
    assert list(frame["paper"]) == ["p"]
    assert list(frame["reason"]) == ["wrong_format"]
    assert list(frame["recall"]) == [0.0]
