"""Every example of docs/mirna.md, run."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest
from exomine.mirna.grammar import parse
from exomine.vocabulary.mirbase import ground_mirna

PAGE = Path(__file__).parents[2] / "docs" / "mirna.md"
_WANTED = re.compile(r"(?P<name>[^\[]*?)(?: \[(?P<span>[^\]]+)\])?$")


def _examples(kind: str) -> list[tuple[str, str]]:
    blocks = re.findall(rf"^```{kind}\n(.*?)^```", PAGE.read_text(encoding="utf8"), re.MULTILINE | re.DOTALL)
    rows = [line.partition(" => ") for block in blocks for line in block.splitlines()]
    return [(text, wanted) for text, _, wanted in rows]


def _wanted(cell: str) -> list[tuple[str, str | None]]:
    if cell == "none":
        return []
    matches = [_WANTED.match(part.strip()) for part in cell.split(" | ")]
    return [(m["name"], m["span"]) for m in matches if m]


@pytest.mark.parametrize(("text", "cell"), _examples("examples"))
def test_example(text: str, cell: str) -> None:
    found = [(m.name, text[m.start : m.end]) for m in parse(text) if not m.is_unspecific]
    wanted = _wanted(cell)
    assert [name for name, _ in found] == [name for name, _ in wanted]
    assert all(span is None or span == got for (_, span), (_, got) in zip(wanted, found, strict=True))


@pytest.mark.parametrize(("text", "cell"), _examples("unspecific"))
def test_unspecific_example(text: str, cell: str) -> None:
    assert [(text[m.start : m.end], None) for m in parse(text) if m.is_unspecific] == _wanted(cell)


def test_identifiers_of_the_table() -> None:
    rows = re.findall(r"(\S+?(?: cluster)?): `((?:mirbase|exomine)[.:\w-]+)`", PAGE.read_text(encoding="utf8"))
    assert len(rows) >= 8
    for name, curie in rows:
        assert ground_mirna(parse(name)[0])[0] == curie


def test_python_examples() -> None:
    failures, tried = doctest.testfile(str(PAGE), module_relative=False)
    assert (failures, tried >= 4) == (0, True)


def test_there_are_many_examples() -> None:
    assert len(_examples("examples")) > 80
