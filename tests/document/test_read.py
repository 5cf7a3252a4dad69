"""Choosing the reader by content; broken promises; limits."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from exomine.document.limits import Limits
from exomine.document.names import shown_name
from exomine.document.read import decode_text, read_bytes, read_document, sniff
from exomine.errors import DocumentError, LimitExceeded
from hypothesis import given
from hypothesis import strategies as st

XML = b"<?xml version='1.0'?>\n<article><front/><body><p>A word.</p></body></article>"
HTML = b"<!DOCTYPE html>\n<html><head><title>404</title></head><body>Not here</body></html>"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n...", "pdf"), (b"\n\n%PDF-1.4", "pdf"), (XML, "xml"), (b"\xef\xbb\xbf" + XML, "xml"),
        (b"<!DOCTYPE article PUBLIC 'a' 'b'><article/>", "xml"), (b"<!-- c --><article/>", "xml"), (HTML, "html"),
        (b"<HTML><body>", "html"), (b"<?xml version='1.0'?><html xmlns='x'>", "html"), (b"Vesicles carry RNA.", "text"),
        (b"< 5 % of cells", "text"), (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00\x01", "binary"),
        (XML.decode().encode("utf-16"), "xml"), ("naïve".encode("latin-1"), "text"),
    ],
)  # fmt: skip
def test_sniff(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", b"", "empty_file"),
        ("a.pdf", b" \n", "empty_file"),
        ("a.pdf", HTML, "wrong_format"),
        ("a.pdf", b"Just text, named so.", "wrong_format"),
        ("a.pdf", XML, "wrong_format"),
        ("a.xml", b"Just text, named so.", "wrong_format"),
        ("a.nxml", HTML, "wrong_format"),
        ("a.xml", b"%PDF-1.4", "wrong_format"),
        ("a.txt", b"\x00\x01\x02\x03" * 9, "wrong_format"),
        ("a.txt", HTML, "wrong_format"),
        ("a.dat", HTML, "unknown_format"),
        ("a.xml", b"<article><front>", "not_well_formed"),
        ("a.xml", b"<collection><a/></collection>", "not_an_article"),
        ("a.txt", b"--- . ---", "no_text"),
    ],
)
def test_reasons(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(DocumentError) as error:
        read_document(path)
    assert error.value.reason == reason
    assert str(error.value)


def test_content_chooses_the_reader(tmp_path: Path) -> None:
    for name in ("a.xml", "a.nxml", "a.txt", "noend", "a.bak"):
        path = tmp_path / name
        path.write_bytes(XML)
        document = read_document(path)
        assert (document.format, document.source) == ("jats", name)
    (tmp_path / "b").write_bytes(b"Vesicles carry RNA.")
    assert read_document(tmp_path / "b").format == "text"


def test_source_may_be_given(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(XML)
    document = read_document(path, source="folder/a.xml")
    assert document.source == "folder/a.xml"
    assert document.doc_id == read_bytes(XML, "other.xml").doc_id


@pytest.mark.skipif(os.name == "nt", reason="names there are text")
def test_a_name_that_is_no_text_is_written_out(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("Vesicles carry RNA.")
    document = read_document(path)
    assert document.source == "caf\\xe9.txt"
    json.dumps(document.to_dict(), ensure_ascii=False).encode("utf-8")


@given(st.text(st.characters(codec=None), max_size=8))
def test_a_shown_name_is_text_and_keeps_what_is(name: str) -> None:
    shown = shown_name(name)
    shown.encode("utf-8")
    assert shown == name or any(0xD800 <= ord(c) < 0xE000 for c in name)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.pdf", tmp_path):
        with pytest.raises(DocumentError) as error:
            read_document(path)
        assert error.value.reason == "unreadable"


def test_size_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"word " * 100)
    for read in (
        lambda: read_document(path, limits=Limits(file_bytes=400)),
        lambda: read_bytes(b"w" * 401, "a", limits=Limits(file_bytes=400)),
    ):
        with pytest.raises(LimitExceeded) as error:
            read()
        assert error.value.reason == "too_large"


def test_decode_keeps_a_cut_character_out() -> None:
    assert decode_text(b"It was na\xefve.") == "It was naïve."
    assert decode_text("naïve".encode()[:3]) == "na"
    assert decode_text(b"a\r\nb\rc") == "a\nb\nc"


@pytest.mark.parametrize("name", ["long.txt", "long.xml"])
def test_time_is_limited_for_text_and_xml(name: str) -> None:
    sentence = "A vesicle carries what the cell of its origin gives it, as it was shown in [1]."
    lines = [sentence] * 20_000
    if name.endswith("xml"):
        text = f"<article><front/><body>{''.join(f'<p>{x}</p>' for x in lines)}</body></article>"
    else:
        text = "\n".join(lines)
    with pytest.raises(LimitExceeded) as error:
        read_bytes(text.encode(), name, limits=Limits(seconds=0.1))
    assert error.value.reason == "timeout"
