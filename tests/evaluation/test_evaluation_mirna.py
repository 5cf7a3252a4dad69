"""The miRNA scorers, against figures counted by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from exomine.errors import UsageError
from exomine.evaluation.mirna import (
    Line,
    Marked,
    main,
    read_marked,
    read_names,
    read_standoff,
    score_marked,
    score_names,
)
from exomine.mirna.grammar import MirnaMention


def test_names_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    path.write_text(
        "# comment\nmiR-21 rose\tmiR-21\nmiR-21 rose\tmiR-22\nmiRNAs rose\t\nmiR-1, miR-2\tmiR-2|miR-1\n",
        encoding="utf8",
    )
    lines = read_names(path)
    assert lines[0] == Line("miR-21 rose", ("miR-21",))
    assert lines[2].names == ()
    score = score_names(lines)
    assert (score.lines, score.exact, score.share) == (4, 2, 0.5)  # the second is wrong, the fourth in the wrong order
    assert [found for _, found in score.wrong] == [("miR-21",), ("miR-1", "miR-2")]


def test_a_parser_that_finds_nothing_is_right_on_empty_lines_only() -> None:
    score = score_names([Line("miR-21", ("miR-21",)), Line("none here", ())], parser=lambda _: ())
    assert (score.lines, score.exact) == (2, 1)


def test_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    path.write_text("miR-21 rose\n", encoding="utf8")
    with pytest.raises(UsageError, match="line 1"):
        read_names(path)


XML = """<collection><document><passage>
<text>Here &amp;lt;miRNA&amp;gt;miR-27B&amp;lt;/miRNA&amp;gt; hits \
&amp;lt;Gene&amp;gt;ABC1&amp;lt;/Gene&amp;gt; and hsa-&amp;lt;miRNA&amp;gt;miR-1&amp;lt;/miRNA&amp;gt;.</text>
</passage><passage><text>&amp;lt;miRNA&amp;gt;miR-15A/16&amp;lt;/miRNA&amp;gt; falls</text></passage>\
</document></collection>"""


def test_marks_are_read_with_offsets(tmp_path: Path) -> None:
    path = tmp_path / "marked.xml"
    path.write_text(XML, encoding="utf8")
    items = list(read_marked(path))
    assert [i.text[i.start : i.end] for i in items] == ["miR-27B", "miR-1", "miR-15A/16"]
    assert [i.plain for i in items] == [True, False, False]
    assert items[0].text == "Here miR-27B hits ABC1 and hsa-miR-1."


def test_marked_by_hand() -> None:
    items = [
        Marked("miR-21 up", 0, 6, True),  # equal
        Marked("miR-21* up", 0, 6, True),  # overlapped, not equal: the star belongs to the name
        Marked("miR-15a/16 up", 0, 10, False),  # overlapped, not asked for an equal span
        Marked("the XYZ up", 4, 7, True),  # missed
    ]
    score = score_marked(items)
    assert (score.marks, score.overlapped, score.plain, score.exact) == (4, 3, 3, 1)
    assert score.missed == (items[3],)
    assert score.inexact == (items[1], items[3])


def test_touching_spans_do_not_overlap() -> None:
    score = score_marked([Marked("abcdef", 0, 3, True)], parser=lambda _: (MirnaMention(3, 6, "x"),))
    assert (score.overlapped, score.exact) == (0, 0)


def test_standoff_and_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("miR-21 and TP53 in glioma", encoding="utf8")
    (tmp_path / "a.a1").write_text(
        "T1\tgene 0 6\tmiR-21\nT2\tgene 11 15\tTP53\nT3\tcancer 19 25\tglioma\n", encoding="utf8"
    )
    assert [(i.start, i.end) for i in read_standoff(tmp_path)] == [(0, 6)]
    assert main(["--standoff", str(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out)["standoff"] == {
        "marks": 1,
        "overlapped": 1.0,
        "plain_marks": 1,
        "exact_of_plain": 1.0,
    }
