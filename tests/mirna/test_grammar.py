"""The miRNA grammar: spans, fields, hostile input."""

from __future__ import annotations

import time

import exomine.mirna
import pytest
from exomine.mirna.grammar import parse
from hypothesis import given
from hypothesis import strategies as st


def names(text: str, **options: bool) -> list[str]:
    return [m.name for m in parse(text, **options) if not m.is_unspecific]


def spans(text: str) -> list[str]:
    return [text[m.start : m.end] for m in parse(text)]


def test_public_name() -> None:
    assert exomine.mirna.parse("miR-21")[0].name == "miR-21"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("miR-200a, 200b and -141 fell", ["miR-200a", "200b", "-141"]),
        ("hsa-miR-21-5p rose", ["hsa-miR-21-5p"]),
        ("pre-miR-21, pri-miR-30a, anti-miR-155, exo-miR-1246", ["miR-21", "miR-30a", "miR-155", "miR-1246"]),
        ("antagomiR-21 and agomir-34a", ["miR-21", "mir-34a"]),
        ("the miR-17-92 cluster", ["miR-17-92"]),
        ("the miR-302/367 cluster", ["miR-302/367"]),
        ("the miR-200 family", ["miR-200"]),
        ("miR-34a mimic", ["miR-34a"]),
        ("miR-29a/b/c", ["miR-29a", "b", "c"]),
        ("miR-34b/c-5p", ["miR-34b", "c-5p"]),
        ("let-7a\u2013c", ["let-7a", "\u2013", "c"]),
        ("mi\u00adR\u00ad-21 falls", ["mi\u00adR\u00ad-21"]),
        ("many miRNAs were found", ["miRNAs"]),
    ],
)
def test_spans(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


def test_fields() -> None:
    m = parse("mmu-let-7f-1-3p")[0]
    assert (m.name, m.species, m.stem, m.locus, m.arm) == ("mmu-let-7f-1-3p", "mmu", "let-7f", "1", "3p")
    m = parse("miR-34 family")[0]
    assert (m.name, m.is_family, m.arm) == ("miR-34", True, "")
    m = parse("miR-17~92")[0]
    assert (m.name, m.is_cluster, m.elements) == ("miR-17-92 cluster", True, ("17", "92"))
    assert parse("miR-9*")[0].is_star
    assert parse("ebv-miR-BART5")[0].is_viral
    assert parse("anti-miR-21")[0].modifiers == ("inhibitor",)
    assert parse("miR-21 mimics")[0].modifiers == ("mimic",)
    assert parse("pre-miR-21")[0].modifiers == ("precursor",)


def test_newlines_are_spaces_or_block_ends() -> None:
    assert names("miR-\n30a and miR-21,\n155") == ["miR-30a", "miR-21", "miR-155"]
    assert names("miR-21,\n155", line_breaks=False) == ["miR-21"]
    assert names("miR-21,\n\n155 of the patients") == ["miR-21"]


@pytest.mark.parametrize("unit", ["miR-21/", "9"])
def test_a_megabyte_of_hostile_text_is_read_in_seconds(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    began = time.process_time()
    parse(text)
    assert time.process_time() - began < 30


@pytest.mark.parametrize(
    "unit",
    ["21 ", "miR-", "let-7a, ", "miR-21, 22, ", "a/", "miR-17~", "1-", "miR-21 and ", "miR-21-", "a/b", "miR-9*"],
)
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        began = time.process_time()
        parse(text)
        return time.process_time() - began

    assert seconds(80_000) < 16 * seconds(20_000) + 0.5


_PIECES = st.sampled_from(
    [
        "miR",
        "-",
        " ",
        "21",
        "155",
        "a",
        "b",
        "/",
        ",",
        "and",
        "let-7",
        "~",
        "*",
        "5p",
        "\u00ad",
        "\u2013",
        "\n",
        "hsa",
        "(",
        ")",
        "s",
        "cluster",
        "x",
    ]
)


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_spans_are_inside_ordered_and_hold_no_space_at_the_edge(text: str) -> None:
    end = 0
    for m in parse(text):
        assert 0 <= m.start < m.end <= len(text)
        assert m.start >= end or text[m.start : m.end].strip("-\u2013 ") == "" or m.name
        assert text[m.start : m.end] == text[m.start : m.end].strip()
        end = m.end


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    for m in parse(text):
        assert 0 <= m.start < m.end <= len(text)
