"""One paper through the stages, and what becomes of errors."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from exomine.errors import REASONS, DocumentError
from exomine.run.failures import killed, reason_of
from exomine.run.find import Source
from exomine.run.paper import STAGES, PaperWorker
from exomine.tables.parts import PaperPart

from helpers import papers


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("miR-21 confers cisplatin resistance [1].\nref:10.1/x\n")
    return Source(path, "a.txt", "a" * 16)


def test_stages_are_told_and_timed(paper):
    told = []
    result = papers.make_worker(None)(paper, told.append)
    assert tuple(told) == tuple(result.seconds) == STAGES
    assert not result.failed
    assert json.loads(result.document)["doc_id"] == "a" * 16
    assert result.rows.documents[0][0] == "a" * 16


def test_what_a_paper_adds_is_kept_under_any_path(paper):
    part = papers.make_worker(None)(paper).part
    assert PaperPart.from_bytes(part.to_bytes(), paper.source_path) == part
    moved = replace(paper, source_path="b/a.txt")
    assert PaperPart.from_bytes(part.to_bytes(), "b/a.txt") == papers.make_worker(None)(moved).part


def breaking(error):
    def read(path):
        raise error

    return PaperWorker(None, read=read, annotate=papers.annotate)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (DocumentError("encrypted"), "encrypted"), (MemoryError(), "memory"), (ZeroDivisionError("x"), "internal"),
        (PermissionError(13, "Permission denied"), "unreadable"), (RecursionError(), "internal"),
    ],
)  # fmt: skip
def test_any_error_is_a_failed_paper_with_a_reason(paper, error, reason):
    result = breaking(error)(paper)
    assert result.failed
    ((_, _, stage, found, _, message),) = result.rows.failures
    assert (stage, found) == ("read", reason)
    assert message


def test_an_error_in_the_pipeline_is_told_as_such(paper):
    def annotate(document):
        raise KeyError("x")

    result = PaperWorker(None, read=papers.read, annotate=annotate)(paper)
    assert result.rows.failures[0][2:4] == ("annotate", "internal")


def test_a_file_that_cannot_be_opened(paper):
    result = papers.make_worker(None)(Source(paper.path, "a.txt", "a" * 16, "Permission denied"))
    assert result.rows.failures[0][3] == "unreadable"


def test_reasons_are_known():
    for error in (DocumentError("damaged", page=3), ValueError("x"), MemoryError()):
        assert reason_of(error)[0] in REASONS
    assert killed(-9).reason == "memory"
    assert killed(-11).reason == "internal"
    assert "SIGSEGV" in str(killed(-11))
    assert "exit status 3" in str(killed(3))
