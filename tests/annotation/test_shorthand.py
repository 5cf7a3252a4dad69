"""The short form of annotators: inline mentions, relations, changes of given mentions."""

import json
import re

import pytest
from exomine.annotation.record import AnnotatedMention, AnnotatedSentence, as_json, from_json, read_corpus
from exomine.annotation.shorthand import parse_shorthand, render
from exomine.cli.app import app
from exomine.errors import CorpusError
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

TURNED = """
@ own-1 turned
Silencing of [miR-31|MIRNA] made [[A549|CELL_LINE]/[DDP|DRUG]|CELL_LINE] cells respond to [cisplatin|DRUG] [7].
1 R 5 reduced
"""


def only(text, given=None):
    (sentence,) = parse_shorthand(text, given)
    return sentence


def texts(sentence):
    return [(sentence.text[m.start : m.end], m.label) for m in sentence.mentions]


def test_inline_mentions_may_nest_and_number_by_opening_bracket():
    s = only(TURNED)
    assert s.text == "Silencing of miR-31 made A549/DDP cells respond to cisplatin [7]."
    assert texts(s) == [
        ("miR-31", "MIRNA"), ("A549", "CELL_LINE"), ("A549/DDP", "CELL_LINE"), ("DDP", "DRUG"), ("cisplatin", "DRUG"),
    ]  # fmt: skip
    (r,) = s.relations
    assert (r.subject, r.predicate, r.object, r.state) == (0, "confers_resistance_to", 4, "reduced")
    assert s.tags == ("turned",)
    assert s.doc == "own"


def test_numbers_follow_the_brackets_and_not_the_sorted_mentions():
    s = only("@ own-2\n[[HCT116|CELL_LINE]/[Ox|DRUG]|CELL_LINE] cells lost [CDH1|PROTEIN].\n1 D 4\n")
    (r,) = s.relations
    assert s.text[s.mentions[r.subject].start : s.mentions[r.subject].end] == "HCT116/Ox"


def test_lists_mean_each_with_each_and_flags_fill_the_slots():
    s = only(
        "@ own-3\n[ABCB1|PROTEIN] and [ABCG2|PROTEIN] may export [paclitaxel|DRUG] in [breast "
        "cancer|CANCER].\n1,2 R 3 spec @4\n"
    )
    assert [(r.subject, r.object, r.assertion, r.cancer) for r in s.relations] == [
        (0, 2, "speculative", 3), (1, 2, "speculative", 3),
    ]  # fmt: skip


def test_the_sentence_before_stands_before_the_focus():
    s = only("@ own-4\n< [UCA1|PROTEIN] was raised.\nIt drove [invasion|PROCESS].\n1 P 2\n")
    assert s.text[s.focus :] == "It drove invasion."
    assert texts(s) == [("UCA1", "PROTEIN"), ("invasion", "PROCESS")]


def test_given_mentions_are_dropped_relabelled_widened_and_added():
    text = "Cell growth of MCF-7 fell after REST loss."
    given = AnnotatedSentence(
        "p-1", "p", text,
        (AnnotatedMention(0, 4, "CELL_TYPE"), AnnotatedMention(5, 11, "PROCESS"), AnnotatedMention(15, 20, "PROTEIN")),
    )  # fmt: skip
    s = only("@p-1\n-1\n2~Cell growth\n3=CELL_LINE\n+PROTEIN REST\n4 P 2 reduced\n", {"p-1": given})
    assert texts(s) == [("Cell growth", "PROCESS"), ("MCF-7", "CELL_LINE"), ("REST", "PROTEIN")]
    assert [(r.subject, r.object) for r in s.relations] == [(2, 0)]


def test_none_says_that_nothing_is_stated():
    assert only("@ own-5\n[GAPDH|PROTEIN] was blotted.\nnone\n").relations == ()


@pytest.mark.parametrize(
    ("block", "says"),
    [
        ("@ x-1\n[miR-9|MIRNA] met [invasion|PROCESS].\n1 Q 2", "no predicate 'Q'"),
        ("@ x-1\n[miR-9|MIRNA] met [invasion|PROCESS].\n1 P 3", "no mention 3"),
        ("@ x-1\n[miR-9|MIRNA] met [invasion|PROCESS].\n1 P 2 perhaps", "'perhaps' is no flag"),
        ("@ x-1\n[miR-9|MIRNA] met [invasion|PROCESS].\n1 R 2", "not in the predicate's signature"),
        ("@ x-1\n[miR-9|MIRNA] met [invasion|PROCESS].", "expected relations or 'none'"),
        ("@ x-1\n[miR-9|MIRNA met [invasion|PROCESS].\n1 P 2", "not closed"),
        ("1 P 2", "before the first block"),
    ],
)
def test_a_slip_names_its_block(block, says):
    with pytest.raises(CorpusError, match=says):
        list(parse_shorthand(block))


def test_rendering_numbers_the_mentions():
    s = only("@ own-6\n[miR-9|MIRNA] and [[EGFR|PROTEIN] T790M|VARIANT].\nnone\n")
    assert render(s) == "[1:MIRNA miR-9] and [3:VARIANT [2:PROTEIN EGFR] T790M]."


WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="[]|<@#\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"),
    min_size=1,
    max_size=8,
)


@given(st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=8))
def test_marked_text_comes_back_plain_with_its_places(pieces):
    marked = "x " + " ".join(f"[{w}|MIRNA]" if is_mention else w for w, is_mention in pieces) + " y"
    s = only(f"@ own-7\n{marked}\nnone\n")
    assert s.text == "x " + " ".join(w for w, _ in pieces) + " y"
    assert [s.text[m.start : m.end] for m in s.mentions] == [w for w, is_mention in pieces if is_mention]
    assert from_json(as_json(s)) == s


def test_the_command_turns_short_forms_into_records_and_names_a_slip(tmp_path):
    (tmp_path / "good.ann").write_text(TURNED)
    (tmp_path / "bad.ann").write_text(TURNED + "\n@ own-9\n[PTEN|PROTEIN] fell.\n1 P 2\n")
    out = tmp_path / "out.jsonl"
    done = CliRunner().invoke(app, ["corpus", "read", str(tmp_path / "good.ann"), "--out", str(out)])
    assert done.exit_code == 0
    assert [s.id for s in read_corpus(out)] == ["own-1"]
    slip = CliRunner().invoke(app, ["corpus", "read", str(tmp_path / "bad.ann"), "--out", str(tmp_path / "none.jsonl")])
    assert isinstance(slip.exception, CorpusError)
    assert re.search(r"bad\.ann: line 6 \(own-9\): there is no mention 2", str(slip.exception))
    assert not (tmp_path / "none.jsonl").exists()


def test_counts_and_comparison_are_printed_as_json(tmp_path):
    (tmp_path / "a.ann").write_text(TURNED)
    out = tmp_path / "a.jsonl"
    CliRunner().invoke(app, ["corpus", "read", str(tmp_path / "a.ann"), "--out", str(out)])
    checked = json.loads(CliRunner().invoke(app, ["corpus", "check", str(out)]).stdout)
    assert (checked["sentences"], checked["predicates"]["confers_resistance_to"]) == (1, {"all": 1, "asserted": 1})
    compared = json.loads(CliRunner().invoke(app, ["corpus", "agreement", str(out), str(out)]).stdout)
    assert compared["f1"] == 1.0
