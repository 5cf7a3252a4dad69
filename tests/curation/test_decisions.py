"""``decisions.csv`` as people write it."""

from __future__ import annotations

import pytest
from exomine.curation.decisions import conflicts, read_decisions
from exomine.errors import CurationError

A, B, E = "t" + "a" * 16, "t" + "b" * 16, "e" + "e" * 16


def read(tmp_path, text):
    path = tmp_path / "decisions.csv"
    path.write_text(text, encoding="utf-8")
    return read_decisions(path)


def test_no_file_is_no_decision(tmp_path):
    assert read_decisions(tmp_path / "decisions.csv").rows == ()


def test_only_triple_id_and_decision_must_be_there(tmp_path):
    decisions = read(tmp_path, f"triple_id,decision\n{A},accept\n")
    assert decisions.by_triple[A].decision == "accept"


def test_the_letters_of_a_header_may_be_large(tmp_path):
    decisions = read(tmp_path, f"Triple_ID,DECISION,Evidence_ID\n{A},reject,{E}\n")
    assert list(decisions.by_evidence) == [(A, E)]
    assert decisions.by_triple == {}


def test_the_latest_decision_wins(tmp_path):
    decisions = read(tmp_path, f"decision,triple_id,mood\naccept,{A},good\nreject,{B},\nREJECT,{A},bad\n\n")
    assert {k: d.decision for k, d in decisions.by_triple.items()} == {A: "reject", B: "reject"}


def test_an_acknowledgement_is_no_verdict(tmp_path):
    decisions = read(tmp_path, f"triple_id,decision\n{A},accept\n{A},acknowledge\n")
    assert decisions.by_triple[A].decision == "accept"
    assert (decisions.acknowledgements(A), decisions.acknowledgements(B)) == (1, 0)


def test_a_later_verdict_ends_earlier_acknowledgements(tmp_path):
    assert read(tmp_path, f"triple_id,decision\n{A},acknowledge\n{A},accept\n").acknowledgements(A) == 0


def test_a_decision_about_a_sentence_is_not_one_about_the_triple(tmp_path):
    decisions = read(tmp_path, f"triple_id,decision,evidence_id\n{A},reject,{E}\n")
    assert decisions.by_triple == {}
    assert decisions.by_evidence[A, E].decision == "reject"


def test_an_edit_keeps_its_filled_cells(tmp_path):
    decisions = read(tmp_path, f"triple_id,decision,predicate,object_curie\n{A},edit,promotes,go:0001525\n")
    assert dict(decisions.by_triple[A].changes) == {"predicate": "promotes", "object_curie": "go:0001525"}


def test_a_byte_order_mark_and_spaces_are_no_trouble(tmp_path):
    assert read(tmp_path, f"\ufefftriple_id, decision\n{A}, accept\n").by_triple[A].decision == "accept"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("triple,decision\n", "triple_id"),
        ("", r"decisions\.csv is empty.*triple_id,decision"),
        ("\ufeff\n\n", "is empty"),
        (f"\ntriple_id,decision\n{A},accept\n", "begins with an empty line"),
        (f"triple_id;decision;note\n{A};accept;a, b\n", "separated by semicolons.*with commas"),
        (f'"triple_id";"decision"\n"{A}";"accept"\n', "separated by semicolons.*with commas"),
        (f"triple_id\tdecision\n{A}\taccept\n", "separated by tabs"),
        (f"key;decision\n{A};accept\n", "triple_id and decision missing.*it is key;decision"),
        (f"triple_id,decision\n{A},maybe\n", r"line 2.*maybe.*accept"),
        ("triple_id,decision\nabc,accept\n", r"line 2.*abc"),
        (f"triple_id,decision\n{A},edit\n", "changes nothing"),
        (f"triple_id,decision,predicate\n{A},edit,cures\n", "cures"),
        (f"triple_id,decision,assertion\n{A},edit,sure\n", "sure"),
        (f"triple_id,decision,object_curie\n{A},edit,cisplatin\n", "identifier"),
        (f"triple_id,decision,evidence_id\n{A},accept,1\n", "evidence_id"),
        (f"triple_id,decision\n{A},accept,a,b\n", "more cells"),
        (f"triple_id,decision,predicate\n{A},accept,promotes\n", "line 2: predicate filled in a row that says accept"),
        (f"triple_id,decision,date\n{A},accept,28.11.2026\n", r"line 2: date '28\.11\.2026'.*2026-11-28"),
        (f"triple_id,decision,reason\n{A},accept,mood\n", "line 2: reason 'mood'"),
        (
            f"triple_id,decision\n<<<<<<< HEAD\n{A},accept\n=======\n{A},reject\n>>>>>>> b\n",
            "line 2: a git merge that nobody",
        ),
        (f"triple_id,decision\r\n{A},accept\r\n=======\r\n", "line 3: a git merge"),
        (f'triple_id,decision,note\n{B},accept,\n{A},accept,"open\n{B},reject,x\n', "line 3: no CSV from there on"),
        (f'triple_id,decision,note\n{A},accept,"so" he said\n', "line 2: no CSV from there on"),
        (f"triple_id,decision,evidence\n{A},reject,{E}\n", "column evidence is not read; did you mean evidence_id"),
        (f"triple_id,decision,Predicates\n{A},reject,\n", "did you mean predicate"),
        (f"triple_id,decision,decision\n{A},accept,reject\n", "two columns are called decision"),
    ],
)
def test_a_bad_row_is_told_with_its_line(tmp_path, text, named):
    with pytest.raises(CurationError, match=named):
        read(tmp_path, text)


def test_a_file_that_is_no_text_is_told(tmp_path):
    (tmp_path / "decisions.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CurationError, match="UTF-8"):
        read_decisions(tmp_path / "decisions.csv")


def test_an_id_without_its_letter_is_completed(tmp_path):
    decisions = read(tmp_path, f"triple_id,decision,evidence_id\n{A[1:]},accept,\n{B},reject,{E[1:]}\n{B},accept,{E}\n")
    assert decisions.by_triple[A].decision == "accept"
    assert decisions.by_evidence[B, E].decision == "accept"
    assert [d.completed for d in decisions.rows] == [True, True, False]


def test_the_letter_of_another_kind_is_no_triple(tmp_path):
    with pytest.raises(CurationError, match="triple_id"):
        read(tmp_path, f"triple_id,decision\ne{A[1:]},accept\n")


@pytest.mark.parametrize(
    ("rows", "wins"),
    [
        (("accept,2026-02-01", "reject,2026-01-01"), "accept"),
        (("accept,2026-01-01", "reject,2026-01-01"), "reject"),
        (("accept,2026-01-01T10:00:00Z", "reject,2026-01-01"), "reject"),
        (("accept,2026-01-01T10:00:00Z", "reject,2026-01-01T09:00:00Z"), "accept"),
        (("accept,2026-01-01T10:00:00Z", "reject,2026-01-01T09:30:00-01:00"), "reject"),
        (("accept,2026-02-01", "reject,"), "reject"),
        (("accept,", "reject,2026-01-01"), "reject"),
    ],
)
def test_the_latest_date_wins_and_then_the_order_of_the_file(tmp_path, rows, wins):
    text = "triple_id,decision,date\n" + "".join(f"{A},{row}\n" for row in rows)
    assert read(tmp_path, text).by_triple[A].decision == wins


def test_what_is_withdrawn_was_never_decided_and_what_is_put_off_is_told(tmp_path):
    text = f"triple_id,decision\n{A},accept\n{A},withdraw\n{B},accept\n{B},uncertain\n"
    assert {k: d.decision for k, d in read(tmp_path, text).by_triple.items()} == {B: "uncertain"}


def test_an_example_counts_for_nothing(tmp_path):
    assert read(tmp_path, f"triple_id,decision\n{A},example\n").rows == ()


def test_curators_who_changed_their_mind_agree(tmp_path):
    head = "triple_id,decision,curator\n"
    one = f"{head}{A},accept,Ada\n{A},reject,Bo\n"
    (conflict,) = conflicts(read(tmp_path, one))
    assert [(d.curator, d.decision) for d in conflict.decisions] == [("Ada", "accept"), ("Bo", "reject")]
    assert conflicts(read(tmp_path, f"{one}{A},reject,Ada\n")) == []
    assert conflicts(read(tmp_path, f"{one}{A},withdraw,Bo\n")) == []
