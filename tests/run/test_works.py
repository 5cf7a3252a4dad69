"""Files that are one work."""

from __future__ import annotations

import random

import pytest
from exomine.config import RunSettings
from exomine.run.extract import extract_papers
from exomine.run.paper import Receipt
from exomine.run.works import Work, works
from exomine.tables.schema import column_names
from exomine.tables.sketch import sketch

from helpers import papers

NAMES = column_names("documents")
LONG_TITLE = "Vesicles of resistant cells and what they carry to their neighbours"


def prose(seed, n=400):
    rng = random.Random(seed)
    return [" ".join(f"w{rng.randrange(900)}" for _ in range(20)) for _ in range(n // 20)]


def receipt(doc_id, text, *, paper_id="", path="", format="pdf", title="", digest="d"):
    row = dict.fromkeys(NAMES) | {
        "doc_id": doc_id, "paper_id": paper_id or doc_id, "source_path": path or doc_id, "format": format,
        "title": title,
    }  # fmt: skip
    return Receipt(doc_id, [tuple(row.values())], [], digest, sketch=sketch(text))


def test_a_pdf_without_a_doi_is_the_paper_of_the_xml_that_has_one():
    found = works([receipt("b1", prose(1)), receipt("a1", prose(1), paper_id="doi:10.1/x", format="jats")])
    assert found == {"b1": Work("doi:10.1/x"), "a1": Work("doi:10.1/x")}


def test_a_doi_is_surer_than_a_pmid():
    found = works(
        [receipt("a", prose(1), paper_id="pmid:7"), receipt("b", prose(1), paper_id="doi:10.1/x", format="text")]
    )
    assert {w.paper_id for w in found.values()} == {"doi:10.1/x"}


def test_without_any_identifier_the_least_doc_id_stands_for_all_copies():
    copies = [receipt("c", prose(1), format="text"), receipt("a", prose(1)), receipt("b", prose(1), format="jats")]
    assert {w.paper_id for w in works(copies).values()} == {"a"}


def test_a_second_file_of_one_format_is_a_copy_of_the_first():
    found = works([receipt("b", prose(1), path="x/b.pdf"), receipt("a", prose(1), path="y/a.pdf")])
    assert found == {"b": Work("a"), "a": Work("a", copy_of="x/b.pdf")}


def test_two_dois_are_two_papers_whatever_their_texts():
    found = works([receipt("a", prose(1), paper_id="doi:10.1/x"), receipt("b", prose(1), paper_id="doi:10.1/y")])
    assert [w.paper_id for w in found.values()] == ["doi:10.1/x", "doi:10.1/y"]
    assert not any(w.copy_of for w in found.values())


def test_a_shared_methods_section_makes_no_copy():
    shared = prose(9)[:4]
    assert {w.paper_id for w in works([receipt("a", shared + prose(1)), receipt("b", shared + prose(2))]).values()} == {
        "a", "b"
    }  # fmt: skip


@pytest.mark.parametrize(("title", "expected"), [(LONG_TITLE, {"a"}), ("", {"a", "b"}), ("Editorial", {"a", "b"})])
def test_under_one_telling_title_less_text_in_common_is_enough(title, expected):
    """As where half of the pages could not be read; a third is in common here."""
    half = prose(1)[:10] + prose(2)[10:]
    found = works([receipt("a", prose(1), title=title), receipt("b", half, title=title)])
    assert {w.paper_id for w in found.values()} == expected


def test_what_could_not_be_read_is_no_work():
    assert works([receipt("a", [], digest="")]) == {}


def test_a_run_counts_copies_once_and_tells_them(tmp_path):
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    story = [f"In step {i} nothing was seen of {w}.\n" for i, w in enumerate(" ".join(prose(3)).split()[:60])]
    said = "In gastric cancer miR-21 confers cisplatin resistance.\n"
    (raw / "a.txt").write_text(said + "".join(story))
    (raw / "b.txt").write_text(said + "".join(story) + "A line more.\ndoi:10.1000/b\n")
    tables = extract_papers([raw], out=out, settings=RunSettings(), worker=papers.WORKER).tables
    assert set(tables.documents["paper_id"]) == {"doi:10.1000/b"}
    assert list(tables.triples["n_documents"]) == [1]
    assert tables.relations["evidence_id"].nunique() == 1
    assert len(tables.relations) == 2
    (row,) = tables.failures.to_dict("records")
    assert (row["source_path"], row["reason"]) == ("a.txt", "duplicate_of")
    assert row["message"].startswith("The same paper as b.txt. ")
    assert set(tables.documents["status"]) == {"success"}


def test_the_evidence_of_a_copy_is_that_of_the_paper_itself(tmp_path):
    """An id that is made anew for a copy is the one that the paper would have had by itself."""
    story = "".join(f"In step {i} nothing was seen of {w}.\n" for i, w in enumerate(" ".join(prose(3)).split()[:60]))
    text = f"In gastric cancer miR-21 confers cisplatin resistance.\n{story}"
    known = {"b.txt": f"{text}doi:10.1000/b\n"}
    alone, beside = (
        evidence_of(tmp_path / name, files) for name, files in (("1", known), ("2", known | {"a.txt": text}))
    )
    assert alone == beside


def evidence_of(folder, files):
    raw = folder / "raw"
    raw.mkdir(parents=True)
    for name, content in files.items():
        (raw / name).write_text(content)
    tables = extract_papers([raw], out=folder / "out", settings=RunSettings(), worker=papers.WORKER).tables
    return set(tables.relations["evidence_id"])
