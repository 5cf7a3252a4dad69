"""Annotated sentences that are damaged: file, line, what is wrong and what to do, never Python's own words."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from exomine.annotation.record import read_corpus
from exomine.annotation.shorthand import read_shorthand
from exomine.errors import CorpusError
from hypothesis import given, settings
from hypothesis import strategies as st

GOOD = {
    "id": "a-1", "doc": "a", "text": "miR-21 promotes growth.",
    "mentions": [[0, 6, "MIRNA"], [16, 22, "PROCESS"]],
    "relations": [{"subject": 0, "predicate": "promotes", "object": 1, "assertion": "asserted"}],
}  # fmt: skip


def told(tmp_path: Path, *lines: str | bytes) -> str:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join(x if isinstance(x, bytes) else x.encode() for x in lines) + b"\n")
    with pytest.raises(CorpusError) as error:
        read_corpus(path)
    return str(error.value).replace(str(path), "a.jsonl")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"id": 3}, "id is 3; expected a text that is not empty"),
        ({"mentions": None}, "mentions is null; expected a list"),
        ({"mentions": [[0, 6]]}, "mentions[0] is [0, 6]; expected [start, end, label]"),
        ({"mentions": [["0", 6, "MIRNA"]]}, 'mentions[0] is ["0", 6, "MIRNA"]'),
        ({"mentions": [[0, 6, "GENE"]]}, "with one of MIRNA, PROTEIN"),
        ({"relations": [{"agent": 0}]}, "an object with subject, predicate, object and none but known fields"),
        ({"relations": [{"subject": 0, "predicate": "promotes", "object": "1"}]}, "relations[0]"),
        ({"relations": [{"subject": 0, "predicate": "promotes", "object": 9}]}, "a mention that is not there"),
        ({"relations": [7]}, "relations[0] is 7"),
        ({"aliases": [[0, 5]]}, "an alias of a mention that is not there"),
        ({"aliases": [[0]]}, "aliases[0] is [0]; expected two numbers of mentions"),
        ({"text": ""}, "neither a text nor where it stands (start, length, sha256)"),
        ({"focus": "x"}, 'focus is "x"; expected a number'),
        ({"tags": "x"}, 'tags is "x"; expected a list'),
    ],
)
def test_a_field_that_is_wrong(tmp_path: Path, changes: dict[str, object], says: str) -> None:
    message = told(tmp_path, json.dumps(GOOD), json.dumps({**GOOD, **changes}))
    assert message.startswith("a.jsonl, line 2: ")
    assert says in message
    assert "mend or remove the line" in message


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (json.dumps(GOOD)[:40], "no JSON from column"),
        ("{'id': 'a'}", "no JSON from column 2 on ('id': 'a'})"),
        ("[1, 2]", "[1, 2] is no object"),
        ('{"id": "a"}', "a: the field doc is missing; the field mentions is missing; the field relations is missing"),
        ("[" * 100_000, "JSON that nests too deep"),
        (b'{"id": "na\xefve"}', "line 2 is not UTF-8 (byte 0xef)"),
    ],
)
def test_a_line_that_is_no_record(tmp_path: Path, line: str | bytes, says: str) -> None:
    message = told(tmp_path, json.dumps(GOOD), line)
    assert "line 2" in message
    assert says in message
    assert "Error" not in message


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"none\.jsonl: No such file or directory; expected annotated sentences"):
        read_corpus(tmp_path / "none.jsonl")
    with pytest.raises(CorpusError, match=r"none\.txt: No such file or directory; expected the annotators"):
        read_shorthand(tmp_path / "none.txt")


def test_line_ends_inside_a_text_and_empty_lines_are_no_damage(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        json.dumps({**GOOD, "text": "miR-21 promotes growth\u2028of it."}, ensure_ascii=False) + "\n\n",
        encoding="utf-8",
    )
    assert [s.id for s in read_corpus(tmp_path)] == ["a-1"]


values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 30) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*GOOD, "subject"]), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*GOOD, "aliases", "tags", "focus", "start"]), values, max_size=3))
def test_whatever_stands_there_is_told(tmp_path_factory: pytest.TempPathFactory, changes: dict[str, object]) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_text(json.dumps({**GOOD, **changes}) + "\n")
    with contextlib.suppress(CorpusError):  # and no other error
        read_corpus(path)
