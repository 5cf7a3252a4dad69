"""The life of a small dataset: papers come and go, people decide, nothing they accepted is lost in silence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from exomine.cli.app import app
from exomine.curation.decisions import ahead, read_decisions
from exomine.curation.refresh import refresh
from exomine.errors import CurationError, UsageError
from typer.testing import CliRunner

from helpers.dataset import ONE, TWO, Dataset


@pytest.fixture
def data(tmp_path):
    made = Dataset(tmp_path)
    made.extract()
    return made


def test_the_first_refresh_adds_everything(data):
    report = data.refresh()
    assert {r["status"] for r in data.rows("triples")} == {"unreviewed"}
    assert {r["presence"] for r in data.rows("triples")} == {"found"}
    assert [r["reason"] for r in data.changes("added")] == ["first refresh"] * 2
    assert not report.alarms
    assert "2 triples" in report.text()


def test_a_refresh_without_news_reports_none_and_changes_no_byte(data):
    data.refresh()
    data.refresh()
    before = {p.name: p.read_bytes() for p in data.curated.iterdir()}
    data.refresh()
    assert {p.name: p.read_bytes() for p in data.curated.iterdir()} == before
    assert data.rows("changes") == []


def test_the_life_of_an_accepted_triple(data):
    data.refresh()
    key = data.triple("cisplatin")["triple_id"]
    data.decide((key, "accept"))
    data.refresh()
    assert data.triple("cisplatin")["status"] == "accepted"

    data.take("one")
    data.extract()
    report = data.refresh()
    lost = data.triple("cisplatin")
    assert (lost["status"], lost["presence"], lost["object_name"]) == ("accepted", "lost", "cisplatin")
    (change,) = data.changes("lost")
    assert (change["triple_id"], change["reason"]) == (
        key,
        "paper not among those extracted: one.txt (doi:10.1000/one)",
    )
    assert [c.triple_id for c in report.alarms] == [key]
    assert f"{key},acknowledge" in report.remedy(data.curated / "decisions.csv")
    assert [r["sentence"] for r in data.rows("evidence") if r["triple_id"] == key] == [ONE.splitlines()[0]]

    assert data.refresh().alarms  # it stays until somebody has seen it
    data.decide((key, "acknowledge"))
    assert not data.refresh().alarms
    assert data.changes("lost") == []
    assert data.triple("cisplatin")["presence"] == "lost"
    assert not data.refresh().alarms

    data.put("one", ONE)
    data.extract()
    assert not data.refresh().alarms
    assert data.triple("cisplatin")["presence"] == "found"
    assert [(r["triple_id"], r["reason"]) for r in data.changes("added")] == [(key, "found again")]

    data.take("one")  # a second loss is a new one: the old acknowledgement does not cover it
    data.extract()
    assert data.refresh().alarms
    assert data.refresh().alarms
    data.decide((key, "acknowledge"))
    assert not data.refresh().alarms


def test_a_triple_accepted_and_lost_between_two_refreshes_is_kept_whole(data):
    key = data.triple("cisplatin", data.processed)["triple_id"]
    data.decide((key, "accept"))
    data.take("one")
    data.extract()
    report = data.refresh()
    assert [c.triple_id for c in report.alarms] == [key]
    assert data.triple("cisplatin")["presence"] == "lost"
    data.put("one", ONE)
    data.extract()
    assert not data.refresh().alarms
    assert data.triple("cisplatin")["presence"] == "found"


def test_a_triple_that_never_existed_is_refused_with_its_line(data):
    key = data.triple("docetaxel", data.processed)["triple_id"]
    mistyped = key[:-1] + ("0" if key[-1] != "0" else "1")
    data.decide((key, "accept"), (mistyped, "reject"))
    with pytest.raises(
        CurationError, match=rf"line 3: no extraction has found a triple {mistyped}. Did you mean {key} \(miR-34a"
    ):
        data.refresh()


def test_a_decision_that_tells_its_statement_is_kept_where_nothing_else_knows_it(data):
    data.curated.mkdir()
    key = "t" + "f" * 16
    (data.curated / "decisions.csv").write_text(f"triple_id,decision,statement\n{key},accept,miR-9 -> cargo\n")
    report = data.refresh()
    assert [(c.triple_id, c.statement) for c in report.alarms] == [(key, "miR-9 -> cargo")]
    assert {r["triple_id"]: r["presence"] for r in data.rows("triples")}[key] == "lost"


def test_a_loss_that_was_acknowledged_at_once_is_quiet(data):
    data.refresh()
    key = data.triple("cisplatin")["triple_id"]
    data.decide((key, "accept"))
    data.refresh()
    data.take("one")
    data.extract()
    data.decide((key, "acknowledge"))
    assert not data.refresh().alarms


def test_an_unreviewed_loss_is_told_but_is_no_alarm(data):
    data.refresh()
    data.take("one")
    data.extract()
    report = data.refresh()
    assert not report.alarms
    assert len(data.changes("lost")) == 1
    assert len(data.rows("triples")) == 1
    data.refresh()
    assert len(data.changes("lost")) == 1
    data.put("one", ONE)
    data.extract()
    data.refresh()
    assert data.changes("lost") == []


def test_a_paper_that_no_longer_can_be_read_is_the_reason(data):
    data.refresh()
    data.decide((data.triple("docetaxel")["triple_id"], "accept"))
    data.put("two", "miR-34a is silent.\ndoi:10.1000/two\n")
    data.extract()
    data.refresh()
    assert data.changes("lost")[0]["reason"] == (
        "no longer found in two.txt (doi:10.1000/two): its sentence does not stand in the text as it is read now"
    )


def test_a_new_paper_is_the_reason_of_what_it_adds(data):
    data.refresh()
    data.put("three", "miR-34a confers cisplatin resistance.\ndoi:10.1000/three\n")
    data.put("four", ONE.replace("one", "four"))
    data.extract()
    data.refresh()
    assert [r["reason"] for r in data.changes("added")] == [
        "stated by a paper that is new or had no triples at the last refresh: three.txt (doi:10.1000/three)"
    ]
    assert [r["reason"] for r in data.changes("changed")] == ["n_documents: 1 -> 2; n_relations: 1 -> 2"]


MORE = "miR-21 confers docetaxel resistance.\n"


def reasons(data):
    names = {r["triple_id"]: r["statement"] for r in data.rows("triples")}
    return {names[r["triple_id"]]: r["reason"] for r in data.changes("added")}


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize("acknowledged", [True, False])
def test_what_a_paper_states_that_was_taken_away_and_put_back(data, accepted, acknowledged):
    data.put("one", ONE + MORE)
    data.extract()
    data.refresh()
    keys = [data.triple("miR-21 -> cisplatin")["triple_id"], data.triple("miR-21 -> docetaxel")["triple_id"]]
    if accepted:
        data.decide((keys[0], "accept"))
    data.refresh()
    data.take("one")
    data.extract()
    data.refresh()
    if acknowledged:  # what was seen as lost and is not kept is not known any more
        data.decide((keys[1], "acknowledge"))
        data.refresh()
    data.put("one", ONE + MORE + "miR-34a confers cisplatin resistance.\n")
    data.extract()
    data.refresh()
    told = reasons(data)
    # a refresh without an accepted triple of the paper has nothing left that names it
    back = "is back" if accepted else "is new or had no triples at the last refresh"
    stated = f"stated by a paper that {back}: one.txt (doi:10.1000/one)"
    assert told["miR-21 -> cisplatin resistance -> gastric cancer"] == "found again"
    assert told["miR-21 -> docetaxel resistance"] == (stated if acknowledged else "found again")
    assert told["miR-34a -> cisplatin resistance"] == stated


def test_a_new_statement_of_a_paper_that_was_there(data):
    data.refresh()
    data.put("one", ONE + MORE)
    data.extract()
    data.refresh()
    assert list(reasons(data).values()) == ["newly found in papers that were there before"]


def test_a_rejection_is_marked(data):
    data.decide((data.triple("docetaxel", data.processed)["triple_id"], "reject"))
    data.refresh()
    assert data.triple("docetaxel")["status"] == "rejected"


def test_an_edited_triple_keeps_its_id_and_says_what_it_says_now(data):
    key = data.triple("docetaxel", data.processed)["triple_id"]
    data.decide((key, "edit", "", "confers_sensitivity_to", "", "doid:10534"))
    data.refresh()
    row = next(r for r in data.rows("triples") if r["triple_id"] == key)
    assert row["statement"] == "miR-34a -> docetaxel sensitivity -> gastric cancer"
    assert (row["status"], row["predicate_curie"]) == ("edited", "biolink:associated_with_sensitivity_to")
    data.take("two")
    data.extract()
    assert [c.triple_id for c in data.refresh().alarms] == [key]
    assert data.triple("docetaxel sensitivity")["presence"] == "lost"


def test_an_edit_to_an_identifier_that_no_paper_had_takes_its_name_from_the_lexicon(data):
    key = data.triple("docetaxel", data.processed)["triple_id"]
    data.decide((key, "edit", "mirbase.mature:MIMAT0000076", "", "drugbank:DB00441"))
    data.refresh()
    row = next(r for r in data.rows("triples") if r["triple_id"] == key)
    assert row["statement"] == "miR-21-5p -> gemcitabine resistance"
    assert (row["subject_label"], row["object_label"]) == ("MIRNA", "DRUG")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (("", "promotes"), r"line 2: The edit of t\w+ gives MIRNA promotes DRUG"),
        (
            ("", "", "DOID:1324"),
            r"line 2: object_curie 'DOID:1324' is not in the lexicon: did you mean doid:1324, lung cancer\?",
        ),
        (("", "", "drugbank:cisplatin"), r"did you mean drugbank:DB00515, cisplatin"),
        (("", "", "", "drugbank:DB00515"), r"cancer_curie 'drugbank:DB00515' is cisplatin, a DRUG"),
    ],
)
def test_an_edit_that_cannot_be_is_told_with_its_line(data, changes, told):
    data.decide((data.triple("docetaxel", data.processed)["triple_id"], "edit", *changes))
    with pytest.raises(CurationError, match=told):
        data.refresh()


def test_an_edit_that_makes_two_triples_equal_joins_them(data):
    data.put("two", TWO + "miR-34a confers cisplatin resistance.\n")
    data.extract()
    data.refresh()
    edited, host = data.triple("docetaxel")["triple_id"], data.triple("miR-34a -> cisplatin")["triple_id"]
    data.decide((edited, "edit", "", "", "drugbank:DB00515"))
    for _ in range(2):
        data.refresh()
        rows = {r["triple_id"]: r for r in data.rows("triples")}
        assert edited not in rows
        assert (rows[host]["n_relations"], rows[host]["status"]) == ("2", "edited")
        assert len([r for r in data.rows("evidence") if r["triple_id"] == host]) == 2
        assert data.changes("lost") == []


def test_a_changed_identifier_carries_its_decision_over(data):
    data.refresh()
    key = data.triple("cisplatin")["triple_id"]
    data.decide((key, "accept"))
    data.refresh()
    data.change_identifier("drugbank:DB00515", "drugbank:DB99999")
    report = data.refresh()
    row = data.triple("cisplatin")
    assert row["triple_id"] != key
    assert (row["status"], row["object_curie"]) == ("accepted", "drugbank:DB99999")
    assert not report.alarms
    assert [(r["triple_id"], r["change"]) for r in data.rows("changes")] == [(row["triple_id"], "changed")]
    told = (
        f"an identifier changed: it was {key} (miR-21 -> cisplatin resistance -> gastric cancer); its decision "
        f"(accepted) is carried over"
    )
    assert data.rows("changes")[0]["reason"] == told
    data.change_identifier("drugbank:DB99999", "drugbank:DB88888")  # and again
    assert not data.refresh().alarms
    data.refresh()
    assert (data.triple("cisplatin")["status"], data.triple("cisplatin")["object_curie"]) == (
        "accepted",
        "drugbank:DB88888",
    )


def test_a_rejected_sentence_stays_rejected_when_an_identifier_changes(data):
    data.put("one", ONE.replace("[1].", "[1]. miR-21 confers cisplatin resistance."))
    data.extract()
    data.refresh()
    (row,) = [r for r in data.rows("evidence") if r["sentence"] == "miR-21 confers cisplatin resistance."]
    data.decide((row["triple_id"], "reject", "", "", "", "", "", row["evidence_id"]))
    data.refresh()
    assert [r["sentence"] for r in data.rows("rejected")] == [row["sentence"]]
    for old, new in (("DB00515", "DB99999"), ("DB99999", "DB88888")):
        data.change_identifier(f"drugbank:{old}", f"drugbank:{new}")
        data.refresh()
        assert [r["sentence"] for r in data.rows("rejected")] == [row["sentence"]]
        assert row["sentence"] not in {r["sentence"] for r in data.rows("evidence")}
    data.decide((row["triple_id"], "withdraw", "", "", "", "", "", row["evidence_id"]))
    data.refresh()
    assert data.rows("rejected") == []
    assert row["sentence"] in {r["sentence"] for r in data.rows("evidence")}


def test_a_rejection_for_an_identifier_is_not_carried_over_with_another_one(data):
    data.refresh()
    path = data.curated / "decisions.csv"
    key = data.triple("cisplatin")["triple_id"]
    path.write_text(f"triple_id,decision,reason\n{key},reject,wrong_entity\n")
    data.refresh()
    data.change_identifier("drugbank:DB00515", "drugbank:DB99999")
    data.refresh()
    assert data.triple("cisplatin")["status"] == "unreviewed"
    assert not data.refresh().alarms


def test_the_first_refresh_writes_decisions_to_begin_with(data):
    report = data.refresh()
    path = data.curated / "decisions.csv"
    (row,) = data.rows("decisions")
    assert (row["decision"], row["statement"]) == ("example", data.rows("triples")[0]["statement"])
    assert "was written" in report.text()
    path.write_text(path.read_text().replace(",example,", ",accept,"))
    assert data.refresh().by_status["accepted"] == 1


def test_curators_who_do_not_agree_are_told(data):
    key = data.triple("cisplatin", data.processed)["triple_id"]
    data.curated.mkdir()
    rows = f"{key},accept,Ada,2026-02-02\n{key},reject,Bo,2026-01-01\n"
    (data.curated / "decisions.csv").write_text(f"triple_id,decision,curator,date\n{rows}")
    report = data.refresh()
    assert "do not agree on " + key in report.text()
    assert "Bo: reject (line 3); Ada: accept (line 2). The latest counts" in report.text()
    assert data.triple("cisplatin")["status"] == "accepted"


def test_a_rejected_sentence_does_not_count(data):
    data.put("five", "miR-34a confers docetaxel resistance again.\n")
    data.extract()
    key = data.triple("docetaxel", data.processed)["triple_id"]
    evidence = sorted({r["evidence_id"] for r in data.rows("relations", data.processed) if r["triple_id"] == key})
    data.decide((key, "reject", "", "", "", "", "", evidence[0]))
    data.refresh()
    assert (data.triple("docetaxel")["n_relations"], data.triple("docetaxel")["status"]) == ("1", "unreviewed")
    data.decide((key, "reject", "", "", "", "", "", evidence[1]))
    data.refresh()
    assert data.triple("docetaxel")["status"] == "rejected"


def test_a_sentence_of_another_statement_is_refused(data):
    key, other = (data.triple(drug, data.processed)["triple_id"] for drug in ("docetaxel", "cisplatin"))
    evidence = next(r["evidence_id"] for r in data.rows("relations", data.processed) if r["triple_id"] == other)
    data.decide((key, "reject", "", "", "", "", "", evidence))
    with pytest.raises(CurationError, match=f"line 2: {evidence} is no sentence of {key}, but of {other}"):
        data.refresh()


def sentence_of(data, word):
    key = data.triple(word, data.processed)["triple_id"]
    return key, next(r["evidence_id"] for r in data.rows("relations", data.processed) if r["triple_id"] == key)


def on_sentence(key, evidence, decision="reject"):
    return (key, decision, "", "", "", "", "", evidence)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda e: e[:-1] + ("0" if e[-1] != "0" else "1"), r"Did you mean e\w{16} \(\"miR-34a confers docetaxel"),
        (lambda e: "e" + "0" * 16, "Copy it from relations.csv; if the sentence was there once, fill the column"),
    ],
)
def test_a_sentence_that_never_existed_is_refused_with_its_line_and_what_may_be_meant(data, change, told):
    key, evidence = sentence_of(data, "docetaxel")
    data.decide(on_sentence(key, evidence), on_sentence(key, change(evidence)))
    with pytest.raises(CurationError, match=rf"line 3: no extraction has found a sentence e\w+ of {key}\. {told}"):
        data.refresh()
    path = data.curated / "decisions.csv"  # tables that had it may be gone: a row that tells its statement is believed
    path.write_text(f"triple_id,decision,evidence_id,statement\n{key},reject,{change(evidence)},miR-34a -> docetaxel\n")
    data.refresh()


@pytest.mark.parametrize("with_triple", [True, False])
def test_a_decision_on_a_sentence_that_was_there_once_stays_valid(data, with_triple):
    data.put("five", "miR-34a confers docetaxel resistance again.\ndoi:10.1000/five\n")
    data.extract()
    key = data.triple("docetaxel", data.processed)["triple_id"]
    again = next(r for r in data.rows("relations", data.processed) if "again" in r["sentence"])
    data.decide(on_sentence(key, again["evidence_id"]))
    data.refresh()
    data.take("five")
    if not with_triple:
        data.take("two")
    data.extract()
    for _ in range(3):  # a rejected sentence is not among the evidence
        data.refresh()
    assert [r["evidence_id"] for r in data.rows("former") if r["evidence_id"]] == [again["evidence_id"]]
    data.put("five", "miR-34a confers docetaxel resistance again.\ndoi:10.1000/five\n")
    data.extract()
    data.decide(on_sentence(key, again["evidence_id"], "withdraw"))
    data.refresh()
    assert data.rows("former") == []


def test_a_sentence_that_another_statement_had_once_is_none_of_this_one(data):
    (key, evidence), (other, _) = sentence_of(data, "docetaxel"), sentence_of(data, "cisplatin")
    data.refresh()
    data.take("two")
    data.extract()
    data.decide(on_sentence(other, evidence))
    with pytest.raises(CurationError, match=f"line 3: {evidence} is no sentence of {other}, but of {key}"):
        data.refresh()


def test_a_triple_whose_sentences_all_say_something_else_is_told_with_where_they_count(data):
    key, evidence = sentence_of(data, "docetaxel")
    data.refresh()
    data.decide((key, "edit", "", "", "drugbank:DB00441", "", "", evidence))
    report = data.refresh()
    now = data.triple("gemcitabine")
    assert key not in {r["triple_id"] for r in data.rows("triples")}
    assert report.by_status["rejected"] == 0
    told = {r["triple_id"]: r for r in data.changes("changed")}
    assert told[key]["status"] == "edited"
    assert told[key]["reason"].endswith(f"and counts there: {now['triple_id']} ({now['statement']})")
    assert "1 triple has no row: every sentence was edited to say something else" in report.text()
    assert [r["triple_id"] for r in data.rows("evidence") if r["extracted_as"] == key] == [now["triple_id"]]
    data.refresh()
    assert data.rows("changes") == []
    data.decide((key, "withdraw", "", "", "", "", "", evidence))
    data.refresh()
    (back,) = data.changes("added")
    assert (back["triple_id"], back["reason"]) == (
        key,
        "an edit by which it counted for another one is no longer in force",
    )


def test_a_triple_with_a_rejected_sentence_beside_an_edited_one_is_rejected_and_one_decided_on_keeps_its_row(data):
    data.put("five", "miR-34a confers docetaxel resistance again.\n")
    data.extract()
    key = data.triple("docetaxel", data.processed)["triple_id"]
    first, second = sorted({r["evidence_id"] for r in data.rows("relations", data.processed) if r["triple_id"] == key})
    data.decide(on_sentence(key, first), (key, "edit", "", "", "drugbank:DB00441", "", "", second))
    data.refresh()
    assert data.triple("docetaxel")["status"] == "rejected"
    data.decide((key, "edit", "", "", "drugbank:DB00441", "", "", first), (key, "uncertain"))
    data.refresh()
    assert data.triple("docetaxel")["status"] == "unreviewed"


def test_an_edited_sentence_follows_the_edit_of_the_triple_that_it_says(data):
    data.put("five", "miR-34a confers cisplatin resistance.\ndoi:10.1000/five\n")
    data.extract()
    (key, evidence), (via, _) = sentence_of(data, "docetaxel"), sentence_of(data, "miR-34a -> cisplatin")
    last = data.triple("miR-21 -> cisplatin", data.processed)
    data.decide((key, "edit", "", "", "drugbank:DB00515", "", "", evidence))
    data.decide((via, "edit", last["subject_curie"], "", "", last["cancer_curie"]))
    data.refresh()
    assert [r["triple_id"] for r in data.rows("triples")] == [last["triple_id"]]
    assert {r["extracted_as"] for r in data.rows("evidence")} == {key, via, last["triple_id"]}


def test_a_date_that_is_still_to_come_is_told_and_changes_nothing(data):
    key = data.triple("docetaxel", data.processed)["triple_id"]
    data.curated.mkdir()
    path = data.curated / "decisions.csv"
    path.write_text(
        f"triple_id,decision,date\n{key},accept,2962-01-01\n{key},reject,2026-01-01\n{key},reject,2962-02\n"
    )
    path.write_text(path.read_text().replace("2962-02", "2961-02-01"))
    arguments = ["refresh", "--processed", str(data.processed), "--curated", str(data.curated)]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0
    assert "line 2: the date 2962-01-01 is still to come" in done.stderr
    assert "The same holds for 1 more, from line 4 on." in done.stderr
    assert data.triple("docetaxel")["status"] == "accepted"
    moment = datetime(2961, 1, 31, 12, tzinfo=UTC)  # less than a day ahead is a time zone
    assert [d.line for d in ahead(read_decisions(path), moment)] == [2]


def test_decisions_are_never_written(data):
    data.decide((data.triple("docetaxel", data.processed)["triple_id"], "accept"))
    before = (data.curated / "decisions.csv").read_bytes()
    data.refresh()
    assert (data.curated / "decisions.csv").read_bytes() == before


def test_bad_decisions_leave_the_curated_files(data):
    data.refresh()
    before = (data.curated / "triples.csv").read_bytes()
    data.decide(("x", "accept"))
    with pytest.raises(CurationError):
        data.refresh()
    assert (data.curated / "triples.csv").read_bytes() == before


def test_nothing_extracted_is_told(tmp_path):
    with pytest.raises(UsageError, match="exomine extract"):
        refresh(processed=tmp_path / "none", curated=tmp_path / "curated")


def test_papers_are_named_by_title_and_file_and_never_by_hash(data):
    title = "A plainly fictitious review"
    data.put("two", TWO.replace("doi:10.1000/two\n", ""))
    data.extract()
    documents = data.processed / "documents.csv"
    documents.write_text(documents.read_text().replace(",two.txt,text,,", f",two.txt,text,{title},"))
    data.refresh()
    assert {r["paper"] for r in data.rows("evidence")} == {"one.txt (doi:10.1000/one)", f"{title} (two.txt)"}
    documents.write_text(documents.read_text().replace(f",{title},", ",,"))
    data.take("two")
    data.extract()
    data.refresh()
    assert data.changes("lost")[0]["reason"] == f"paper not among those extracted: {title} (two.txt)"


def test_ids_of_earlier_times_are_understood_and_told(data):
    data.refresh()
    key = data.triple("cisplatin")["triple_id"]
    (evidence,) = {r["evidence_id"] for r in data.rows("evidence") if r["triple_id"] == key}
    assert (key[0], evidence[0]) == ("t", "e")
    for name in ("triples", "changes", "evidence"):  # as an earlier version had written them
        path = data.curated / f"{name}.csv"
        path.write_text(path.read_text().replace(key, key[1:]).replace(evidence, evidence[1:]))
    data.decide((key[1:], "accept"), (key[1:], "reject", "", "", "", "", "", evidence[1:]))
    report = data.refresh()
    assert data.triple("cisplatin")["status"] == "accepted"
    assert "2 rows have ids of an earlier exomine" in report.text()
    assert data.changes("lost") == data.changes("added") == []
    assert {r["triple_id"] for r in data.rows("evidence")} >= {key}


def test_foreign_files_in_the_curated_folder_are_refused(data):
    data.curated.mkdir()
    (data.curated / "changes.csv").write_text("what,when\na,b\n")
    with pytest.raises(CurationError, match=r"changes\.csv"):
        data.refresh()
    (data.curated / "changes.csv").unlink()
    (data.curated / "triples.csv").symlink_to(data.processed / "triples.csv")
    with pytest.raises(UsageError, match=r"triples\.csv: it is a link"):
        data.refresh()
    assert (data.curated / "triples.csv").is_symlink()
    with pytest.raises(CurationError, match="status"):
        refresh(processed=data.processed, curated=data.processed)


@pytest.mark.parametrize(
    ("table", "change", "named"),
    [
        ("triples", lambda rows: [*rows[:1], rows[1].rsplit(",", 3)[0]], "line 2: more or fewer cells"),
        ("triples", lambda rows: [*rows[:1], rows[1] + ",more"], "line 2: more or fewer cells"),
        ("changes", lambda rows: [*rows[:1], "," * rows[0].count(",")], "line 2: column triple_id is empty"),
        ("triples", lambda rows: [b"\xff"], "line 1 is not UTF-8"),
    ],
)
def test_a_damaged_curated_table_is_told_with_its_line(data, table, change, named):
    data.refresh()
    path = data.curated / f"{table}.csv"
    rows = change(path.read_text().splitlines())
    path.write_bytes(b"\n".join(r if isinstance(r, bytes) else r.encode() for r in rows) + b"\n")
    with pytest.raises(CurationError) as told:
        data.refresh()
    assert str(path) in str(told.value)
    assert named in str(told.value)
    assert "Restore" in str(told.value)
