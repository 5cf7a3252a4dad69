"""Which files are papers."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from exomine.errors import NoPapersError, UsageError
from exomine.run.find import find_papers, identify, shortest_paths
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture
def folder(tmp_path):
    for name in ("b.pdf", "sub/a.XML", "sub/deep/c.nxml", "d.txt", "e.csv", ".hidden.pdf", ".git/f.pdf", "SOURCE.md"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "in"


def shown(sources):
    return [s.source_path for s in sources]


def test_folders_are_searched_for_known_suffixes(folder):
    assert shown(find_papers([folder])) == ["a.XML", "b.pdf", "c.nxml", "d.txt"]


def test_a_named_file_is_taken_whatever_it_is_called(folder):
    assert shown(find_papers([folder / "e.csv", folder / ".hidden.pdf"])) == [".hidden.pdf", "e.csv"]


def test_a_file_given_twice_is_one(folder):
    assert shown(find_papers([folder / "sub", folder / "sub" / "a.XML"])) == ["a.XML", "c.nxml"]


def test_links_in_circles_end(folder):
    (folder / "sub" / "up").symlink_to(folder)
    assert shown(find_papers([folder])) == ["a.XML", "b.pdf", "c.nxml", "d.txt"]


def test_nothing_there_is_told(tmp_path):
    with pytest.raises(UsageError, match="does not exist"):
        find_papers([tmp_path / "nowhere"])
    with pytest.raises(NoPapersError, match=r"\.pdf \.xml|\.pdf, \.xml"):
        find_papers([tmp_path])
    with pytest.raises(UsageError):
        find_papers([])


def test_doc_id_is_the_hash_of_the_bytes_and_the_same_bytes_are_one(folder):
    (folder / "copy.pdf").write_text("b.pdf")
    sources = identify(find_papers([folder]))
    assert {s.source_path: s.doc_id for s in sources}["b.pdf"] == hashlib.sha256(b"b.pdf").hexdigest()[:16]
    assert "copy.pdf" not in shown(sources)


PDF = "%PDF-1.4 and so on"


@pytest.mark.parametrize(
    ("files", "first", "copies"),
    [
        (
            {"a.pdf": "some text", "b.txt": "some text"},
            "b.txt",
            {"a.pdf": "Named .pdf, but the content is plain text."},
        ),
        (
            {"a.txt": PDF, "b.pdf": PDF, "c.pdf": PDF},
            "b.pdf",
            {"a.txt": "Named .txt, but the content is a PDF.", "c.pdf": ""},
        ),
        ({"a.pdf": "text", "b.PDF": "text"}, "a.pdf", {"b.PDF": "Named .PDF, but the content is plain text."}),
        ({"a.pdf": "", "b.txt": ""}, "a.pdf", {"b.txt": ""}),
        ({"a.txt": "<article/>", "b.nxml": "<article/>"}, "a.txt", {"b.nxml": ""}),
    ],
)
def test_of_the_same_bytes_the_rightly_named_file_is_the_paper(tmp_path, files, first, copies):
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    (source,) = identify(find_papers([tmp_path]))
    assert source.source_path == first
    assert {c.source_path: c.misnamed for c in source.copies} == copies


def test_a_file_that_cannot_be_opened_keeps_its_place(tmp_path):
    (tmp_path / "a.pdf").symlink_to(tmp_path / "gone.pdf")
    (source,) = identify(find_papers([tmp_path]))
    assert source.source_path == "a.pdf"
    assert source.error
    assert len(source.doc_id) == 16


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            ["x/a/article.pdf", "x/b/article.pdf", "x/c/article.pdf"],
            ["a/article.pdf", "b/article.pdf", "c/article.pdf"],
        ),
        (
            ["x/a/article.pdf", "y/a/article.pdf", "x/b/article.pdf"],
            ["x/a/article.pdf", "y/a/article.pdf", "b/article.pdf"],
        ),
        (["x/a/article.pdf", "x/b/other.pdf"], ["article.pdf", "other.pdf"]),
        (["/article.pdf", "/a/article.pdf"], ["article.pdf", "a/article.pdf"]),
        (["x/../a/one.pdf", "./b/one.pdf"], ["a/one.pdf", "b/one.pdf"]),
        (["my papers/one two.pdf", "b/one two.pdf"], ["my papers/one two.pdf", "b/one two.pdf"]),
    ],
)
def test_a_source_path_is_as_long_as_it_must_be(given, expected):
    assert shortest_paths(map(Path, given)) == expected


@given(st.sets(st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map("/".join), min_size=1, max_size=8))
def test_source_paths_differ_and_none_is_longer_than_needed(names):
    paths = [Path("/", n) for n in sorted(names)]
    found = shortest_paths(paths)
    assert len(set(found)) == len(found)
    for path, shown in zip(paths, found, strict=True):
        assert path.as_posix().endswith(f"/{shown}")
        if "/" in shown:
            tail = shown.partition("/")[2]
            assert any(other != path and other.as_posix().endswith(f"/{tail}") for other in paths)


def test_articles_of_one_name_are_told_apart_by_their_folders(tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "article.pdf").write_text(name)
    expected = ["a/article.pdf", "b/article.pdf", "c/article.pdf"]
    assert shown(find_papers([tmp_path / "in"])) == expected
    assert shown(find_papers([tmp_path / "in" / n / "article.pdf" for n in "cab"])) == expected


@pytest.mark.skipif(os.name == "nt", reason="names there are text")
def test_a_name_that_is_no_text_is_written_out(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_text("x")
    (source,) = find_papers([tmp_path])
    assert source.source_path == "\\xff.txt"


def test_a_named_pipe_is_left_out_of_a_folder_and_refused_by_name(tmp_path):
    (tmp_path / "a.txt").write_text("A paper.")
    os.mkfifo(tmp_path / "b.txt")
    assert [s.path.name for s in find_papers([tmp_path])] == ["a.txt"]
    with pytest.raises(UsageError, match="is a pipe or a device"):
        find_papers([tmp_path / "b.txt"])
