"""The curation page asked without a browser: who may ask, what is shown, what is written."""

from __future__ import annotations

import csv
import errno
import os
import re
from urllib.parse import urlencode

import lxml.html
import pytest
from exomine.curation.originals import Originals
from exomine.curation.refresh import refresh
from exomine.curation.review import Review
from exomine.curation.schema import DECISIONS_TABLE
from exomine.curation.web.app import make_app
from exomine.curation.web.guard import MOST_BYTES

from helpers import review_data
from helpers.asgi import ask
from helpers.faults import dies_at
from helpers.tables import written

HERE = {"Host": "127.0.0.1:5000"}
TOKEN = "only-pages-know-it"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return review_data.make(tmp_path_factory.mktemp("data"))


class Site:
    """The application over fresh decisions."""

    def __init__(self, made, curated):
        self.review = Review(made[0], curated, curator="Ada")
        self.path = curated / "decisions.csv"
        self.app = make_app(self.review, Originals(made[1]), token=TOKEN, port=5000)
        self.triple = next(k for k, r in self.review.triples.items() if "docetaxel" in r["statement"])

    def get(self, target, **headers):
        return ask(self.app, target, headers={**HERE, **headers})

    def post(self, target="/decide", headers=HERE, **fields):
        given = {"token": TOKEN, "triple_id": self.triple, "decision": "accept", **fields}
        return ask(self.app, target, method="POST", headers=headers, body=urlencode(given).encode())

    def rows(self):
        if not self.path.exists():
            return []
        with self.path.open(newline="", encoding="utf-8") as handle:
            return list(csv.DictReader(handle))


@pytest.fixture
def site(made, tmp_path):
    return Site(made, tmp_path / "curated")


def test_the_queue_and_a_triple_are_shown_and_allow_nothing_from_elsewhere(site):
    for target in ("/", f"/triple/{site.triple}", "/?sort=score&opposed=1&status=any&page=99&text=miR"):
        answer = site.get(target)
        assert answer.status == 200, answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert not re.search(r"\sstyle=|<style|\son\w+=[\"']", answer.text.replace("onerror=", ""))


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example:5000"},
        {"Host": "127.0.0.1:5001"},
        {"Host": "127.0.0.1:5000.evil.example"},
        {"Host": ""},
        {**HERE, "Origin": "http://evil.example"},
        {**HERE, "Origin": "null"},
        {**HERE, "Origin": "https://127.0.0.1:5000"},
    ],
)
def test_foreign_hosts_and_origins_are_refused(site, headers):
    assert ask(site.app, "/", headers=headers).status == 403
    assert site.post(headers=headers).status == 403
    assert site.rows() == []


def test_a_write_from_another_site_without_an_origin_is_refused(site):
    assert site.post(headers={**HERE, "Sec-Fetch-Site": "cross-site"}).status == 403


@pytest.mark.parametrize("token", ["", "guess", TOKEN.upper()])
def test_a_write_without_the_token_is_refused(site, token):
    assert site.post(token=token).status == 403
    assert site.post("/undo", token=token).status == 403
    assert site.rows() == []


def test_a_write_by_get_and_one_that_is_too_large_are_refused(site):
    assert site.get(f"/decide?token={TOKEN}&triple_id={site.triple}&decision=accept").status == 405
    assert site.post(note="x" * MOST_BYTES).status == 403
    assert site.rows() == []


@pytest.mark.parametrize(
    "target",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/%2e%2e/%2e%2e/pyproject.toml",
        "/static/nothing.css",
        "/paper/..%2f..%2fetc%2fpasswd/1.png",
        "/paper/0000000000000000/1.png",
        "/paper/../../1.png",
        "/triple/..%2f..%2fetc%2fpasswd",
        "/triple/t0000000000000000",
        "/templates/base.html",
    ],
)
def test_path_tricks_find_nothing(site, target):
    answer = site.get(target)
    assert answer.status == 404
    assert "root:" not in answer.text


def test_hostile_text_is_text(site):
    key = next(r["triple_id"] for rows in site.review.relations.values() for r in rows if "<script>" in r["sentence"])
    page = site.get(f"/triple/{key}").text
    assert "&lt;script&gt;document.title=&#39;gone&#39;&lt;/script&gt;" in page
    assert "<script>document" not in page
    assert "<img src=x" not in page
    site.post(triple_id=key, note="<b onclick='x'>=1+1</b>")
    assert "&lt;b onclick=" in site.get(f"/triple/{key}").text
    shown = site.get(f"/?text={urlencode({'': '<script>'})[1:]}").text
    assert 'value="&lt;script&gt;"' in shown


def test_a_decision_is_written_with_curator_date_and_statement(site):
    answer = site.post(reason="too_general", note="as  told\nby her")
    assert answer.status == 303
    (row,) = site.rows()
    told = {k: v for k, v in row.items() if v and k != "date"}
    assert told == {
        "triple_id": site.triple, "decision": "accept", "curator": "Ada", "reason": "too_general",
        "note": "as told by her",
        "statement": site.review.triples[site.triple]["statement"],
    }  # fmt: skip
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", row["date"])
    assert site.review.item(site.triple).state == "accepted"
    assert "Accepted" in site.get("/").text
    assert "Accepted" not in site.get("/").text  # told once


def test_an_undone_decision_is_withdrawn_or_what_it_was_before(site):
    site.post(decision="reject")
    site.post(decision="accept")
    site.post("/undo")
    assert site.review.item(site.triple).state == "rejected"
    site.post("/undo")
    assert site.review.item(site.triple).state == "unreviewed"
    assert [r["decision"] for r in site.rows()] == ["reject", "accept", "reject", "withdraw"]
    site.post("/undo")
    assert "nothing to take back" in site.get("/").text


def test_an_edit_is_checked_before_it_is_written(site):
    assert (
        "did you mean drugbank:DB00515, cisplatin" in site.post(decision="edit", object_curie="DRUGBANK:db00515").text
    )
    assert "confers_resistance_to goes from" in site.post(decision="edit", object_curie="doid:10534").text
    assert "Nothing was changed" in site.post(decision="edit").text
    assert "save it as an edit" in site.post(decision="accept", object_curie="drugbank:DB00515").text
    assert site.rows() == []
    assert site.post(decision="edit", object_curie="drugbank:DB00515").status == 303
    assert site.rows()[0]["object_curie"] == "drugbank:DB00515"


def test_every_row_with_a_reading(site):
    relation = next(r for r in site.review.relations[site.triple] if r["object_text"] == "docetaxel")
    reach = site.review.reach(relation, "object")
    page = site.get(f"/triple/{site.triple}").text
    assert (reach.n_rows, reach.n_papers) == (2, 1)
    assert 'data-object-reach="2 rows in 1 paper"' in page
    chosen = {"evidence_id": relation["evidence_id"], "scope": "object", "decision": "edit"}
    assert "change the object and nothing else" in site.post(**chosen, predicate="confers_sensitivity_to").text
    assert site.post(**chosen, object_curie="drugbank:DB00515").status == 303
    rows = site.rows()
    assert {(r["triple_id"], r["evidence_id"]) for r in rows} == set(reach.keys)
    assert {r["object_curie"] for r in rows} == {"drugbank:DB00515"}
    site.post("/undo")
    assert [r["decision"] for r in site.rows()] == ["edit", "edit", "withdraw", "withdraw"]


def test_one_sentence(site):
    site.post(scope="sentence", decision="reject")
    (row,) = site.rows()
    assert row["evidence_id"]
    assert site.review.item(site.triple).state == "rejected"  # it has no other one
    site.post("/undo")
    assert site.review.item(site.triple).state == "unreviewed"
    site.post(scope="sentence", decision="accept")
    assert site.review.item(site.triple).state == "accepted"


def test_what_others_write_meanwhile_is_seen(site):
    site.post()
    with site.path.open("a") as handle:
        handle.write(f"{site.triple},reject\n")
    assert site.review.item(site.triple).state == "rejected"
    site.path.write_text(site.path.read_text() + "<<<<<<< HEAD\n")
    answer = site.get("/")
    assert (answer.status, "git merge that nobody has finished" in answer.text) == (500, True)
    assert site.post().status == 409


def test_tables_without_a_statement_are_told(tmp_path):
    page = Site.__new__(Site)
    page.app = make_app(
        Review(written(tmp_path / "p", ()), tmp_path / "c"), Originals(tmp_path), token=TOKEN, port=5000
    )
    shown = page.get("/").text
    assert "There are no statements in these tables" in shown
    assert "Show everything" not in shown


def test_names_are_looked_up_by_synonym(site):
    assert '"name":"cisplatin"' in site.get("/lookup?q=DDP&slot=object").text
    assert site.get("/lookup?q=gastric&slot=cancer").text.startswith(
        '[{"curie":"doid:10534"'
    )  # it stands in the papers
    assert site.get("/lookup?q=").text == "[]"


def test_the_page_of_the_paper_is_shown_with_the_sentence_boxed(site, made, tmp_path):
    page = site.get(f"/triple/{site.triple}").text
    picture = re.search(r'src="(/paper/[^"]+)"', page)[1]
    answer = site.get(picture)
    assert (answer.headers["content-type"], answer.body[:4]) == ("image/png", b"\x89PNG")
    assert "<rect x=" in page
    assert site.get(picture.replace("/1.png", "/99.png")).status == 404
    without = make_app(site.review, Originals(tmp_path), token=TOKEN, port=5000)
    assert "is not in the folder of papers" in ask(without, f"/triple/{site.triple}", headers=HERE).text


@pytest.fixture
def bereft(made, tmp_path):
    """A site whose last refresh kept an accepted statement as lost, with hostile words in it."""
    curated = tmp_path / "curated"
    curated.mkdir()
    key, said = "t" + "f" * 16, "<script>alert(1)</script> -> cisplatin resistance"
    (curated / "decisions.csv").write_text(
        f"triple_id,decision,curator,statement\n{key},accept,<b>Ada</b>,{said}\n", encoding="utf-8"
    )
    refresh(processed=made[0], curated=curated)
    return Site(made, curated), key


def test_lost_decisions_are_listed_and_acknowledged(bereft):
    site, key = bereft
    assert '<a class="to-lost" href="/lost">1 lost</a>' in site.get("/").text
    page = site.get("/lost").text
    assert key in page
    assert "no longer found by the last extraction" in page
    assert "the tables do not tell" in page
    assert "<script>alert" not in page
    assert "&lt;b&gt;Ada&lt;/b&gt;" in page
    assert site.post("/acknowledge", triple_id=key, token="guess").status == 403
    assert site.post("/acknowledge", triple_id=site.triple).status == 409
    assert site.post("/acknowledge", triple_id=key).status == 303
    assert [r["decision"] for r in site.rows()] == ["accept", "acknowledge"]
    assert "1 lost" not in site.get("/").text
    assert "Seen as lost" not in site.get("/lost").text  # told once
    assert site.post("/undo").headers["location"] == "/lost"
    assert "1 lost" in site.get("/").text


def test_nothing_lost_is_told(site):
    assert "is found" in site.get("/lost").text


def test_a_decision_on_a_former_id_is_shown_on_the_triple_as_it_is_now(made, tmp_path):
    curated = tmp_path / "curated"
    site = Site(made, curated)
    relation = site.review.relations[site.triple][0]
    refresh(processed=made[0], curated=curated)
    old = ("t" + "e" * 16, "e" + "e" * 16)
    for name in ("triples", "evidence"):  # the last refresh had seen it under another identifier
        path = curated / f"{name}.csv"
        path.write_text(path.read_text().replace(site.triple, old[0]).replace(relation["evidence_id"], old[1]))
    (curated / "decisions.csv").write_text(f"triple_id,decision\n{old[0]},accept\n")
    assert Site(made, curated).review.item(site.triple).state == "accepted"
    assert Site(made, curated).review.lost() == []


def test_a_retracted_work_is_marked(tmp_path):
    processed = written(tmp_path / "processed")
    site = Site((processed, tmp_path), tmp_path / "curated")
    key = next(k for k, r in site.review.triples.items() if r["n_retracted"])
    assert '<b class="flag">retracted</b>' in site.get(f"/triple/{key}").text
    assert "cites a retracted work" in site.get("/?status=any").text


# A decision that could not be written, or was refused, loses nothing that was typed


def filled(page):
    """What the form of a page would send: hidden and typed fields, chosen options and buttons."""
    form = lxml.html.fromstring(page).get_element_by_id("decide")
    return dict(form.form_values())


TYPED = {"reason": "wrong_entity", "note": 'the "other" <drug>', "scope": "sentence"}


def test_a_refused_decision_keeps_the_form_and_can_be_sent_again(site):
    evidence = site.review.relations[site.triple][0]["evidence_id"]
    cells = {"object_curie": "doid:10534", "object_name": "stomach cancer", "predicate": "confers_sensitivity_to"}
    answer = site.post(decision="edit", evidence_id=evidence, queue="sort=score", **TYPED, **cells)
    assert (answer.status, site.rows()) == (409, [])
    assert "confers_sensitivity_to goes from" in answer.text
    form = filled(answer.text)
    assert {**form, **TYPED, **cells, "evidence_id": evidence, "queue": "sort=score"} == form
    assert '<section class="edit" id="edit">' in answer.text
    again = {**form, "object_curie": "drugbank:DB00515", "object_name": "cisplatin", "decision": "edit"}
    assert site.post(**again).status == 303
    assert [(r["object_curie"], r["note"]) for r in site.rows()] == [("drugbank:DB00515", TYPED["note"])]


@pytest.mark.parametrize(("error", "status"), [(errno.ENOSPC, 507), (errno.EACCES, 507)])
def test_a_decision_that_cannot_be_written_keeps_the_form(site, error, status):
    with dies_at(0, error=OSError(error, os.strerror(error))):
        answer = site.post(decision="reject", **TYPED)
    assert (answer.status, "Not written" in answer.text) == (status, True)
    assert {**filled(answer.text), **TYPED} == filled(answer.text)
    assert site.post(**{**filled(answer.text), "decision": "reject"}).status == 303


def test_where_the_decisions_cannot_be_read_the_form_is_kept_until_they_can(site):
    site.post()
    kept = site.path.read_text()
    site.path.write_text(kept + "<<<<<<< HEAD\n")
    answer = site.post(decision="edit", object_curie="drugbank:DB00515", **TYPED)
    assert answer.status == 409
    assert "git merge that nobody has finished" in answer.text
    assert "the &#34;other&#34; &lt;drug&gt;" in answer.text
    (form,) = [f for f in lxml.html.fromstring(answer.text).forms if f.action == "/decide"]
    site.path.write_text(kept)
    assert site.post(**dict(form.form_values())).status == 303
    assert site.rows()[-1]["object_curie"] == "drugbank:DB00515"


def test_a_form_of_an_earlier_start_is_not_written_and_kept(site):
    answer = site.post(token="of-yesterday", decision="reject", **TYPED)
    assert (answer.status, site.rows()) == (403, [])
    assert {**filled(answer.text), **TYPED, "token": TOKEN} == filled(answer.text)


# Two curators, or two windows, on one statement


def decided_by_bo(site, decision="reject", **cells):
    row = {"triple_id": site.triple, "decision": decision, "curator": "Bo", "note": "<i>no</i>", **cells}
    header = [c.name for c in DECISIONS_TABLE.columns]
    new = not site.path.exists()
    site.path.parent.mkdir(exist_ok=True)
    with site.path.open("a", newline="") as handle:
        writer = csv.DictWriter(handle, header, restval="")
        if new:
            writer.writeheader()
        writer.writerow(row)


def test_what_was_decided_since_the_page_was_loaded_is_shown_and_asked_about(site):
    form = filled(site.get(f"/triple/{site.triple}").text)
    decided_by_bo(site)
    answer = site.post(**{**form, "note": "mine", "decision": "accept"})
    assert answer.status == 409
    assert "reject by <bdi>Bo</bdi> · <bdi>&lt;i&gt;no&lt;/i&gt;</bdi>" in answer.text
    assert [r["curator"] for r in site.rows()] == ["Bo"]
    again = filled(answer.text)
    assert again["note"] == "mine"
    assert site.post(**{**again, "decision": "accept"}).status == 303
    assert site.review.item(site.triple).state == "accepted"


def test_a_second_window_of_the_same_curator_is_asked_too(site):
    first, second = (filled(site.get(f"/triple/{site.triple}").text) for _ in range(2))
    assert site.post(**{**first, "decision": "reject"}).status == 303
    assert site.post(**{**second, "decision": "accept"}).status == 409
    assert len(site.rows()) == 1


def test_a_sentence_and_every_row_of_a_reading_are_held_up_by_their_own_and_nothing_else(site):
    relation = next(r for r in site.review.relations[site.triple] if r["object_text"] == "docetaxel")
    reach = site.review.reach(relation, "object")
    (other,) = [key for key in reach.keys if key[0] != site.triple]
    form = filled(site.get(f"/triple/{site.triple}").text)
    unrelated = next(k for k in site.review.triples if k not in {key for key, _ in reach.keys})
    decided_by_bo(site, triple_id=unrelated)
    decided_by_bo(site, triple_id=other[0], evidence_id=other[1])
    reading = {**form, "scope": "object", "decision": "reject", "evidence_id": relation["evidence_id"]}
    assert site.post(**reading).status == 409
    assert site.post(**{**reading, "scope": "sentence"}).status == 303
    assert site.post(**{**form, "decision": "accept"}).status == 409  # a sentence of it was decided on meanwhile


def test_rows_that_were_only_moved_or_are_of_others_hold_nothing_up(site):
    site.post()
    other = next(k for k in site.review.triples if k != site.triple)
    site.post(triple_id=other)
    form = filled(site.get(f"/triple/{site.triple}").text)
    lines = site.path.read_text().splitlines(keepends=True)
    site.path.write_text("".join([lines[0], *reversed(lines[1:])]))
    assert site.post(**{**form, "decision": "reject"}).status == 303
    form = filled(site.get(f"/triple/{site.triple}").text)
    site.path.write_text("".join(line for line in lines if site.triple not in line))
    answer = site.post(**{**form, "decision": "accept"})
    assert (answer.status, "taken out of decisions.csv" in answer.text) == (409, True)


def test_a_step_that_others_went_on_from_is_not_taken_back(site):
    site.post()
    decided_by_bo(site)
    assert site.post("/undo").headers["location"].startswith(f"/triple/{site.triple}")
    assert "Not taken back, since Bo decided on it again" in site.get("/").text
    assert [r["decision"] for r in site.rows()] == ["accept", "reject"]
    site.post("/undo")
    assert "nothing to take back" in site.get("/").text


def test_what_was_decided_before_this_start_can_be_taken_back(site, made):
    site.post(decision="reject")
    later = Site(made, site.path.parent)
    assert 'value="withdraw"' in later.get(f"/triple/{later.triple}").text
    assert later.post(decision="withdraw").headers["location"].startswith(f"/triple/{site.triple}")
    assert later.review.item(site.triple).state == "unreviewed"
    answer = later.post(decision="withdraw")
    assert (answer.status, "Nothing is decided on that" in answer.text) == (409, True)
    assert 'value="withdraw"' not in later.get(f"/triple/{later.triple}").text


# Dates that are still to come


def test_a_decision_counts_though_the_one_before_it_has_a_date_that_is_still_to_come(site):
    decided_by_bo(site, date="2962-01-01")
    assert "Line 2 of decisions.csv is dated 2962-01-01" in site.get("/").text
    page = site.get(f"/triple/{site.triple}").text
    assert "the date is still to come" in page
    site.post(**{**filled(page), "decision": "accept"})
    assert site.review.item(site.triple).state == "accepted"
    assert [r["date"] for r in site.rows()] == ["2962-01-01", ""]
    assert "written without a date" in site.get("/").text
    site.post("/undo")
    assert site.review.item(site.triple).state == "rejected"
    other = next(k for k in site.review.triples if k != site.triple)
    site.post(triple_id=other)
    assert site.rows()[-1]["date"]  # nothing of another statement is in its way
    site.path.write_text(site.path.read_text().replace("2962-01-01", "2026-01-01"))
    assert "still to come" not in site.get(f"/triple/{site.triple}").text


# Sentences that were edited to say something else


def test_a_statement_whose_sentences_all_say_others_tells_where_they_are(site):
    key = next(k for k, r in site.review.triples.items() if r["statement"].startswith("miR-21 -> docetaxel"))
    (relation,) = site.review.relations[key]
    chosen = {"triple_id": key, "scope": "sentence", "evidence_id": relation["evidence_id"], "decision": "edit"}
    assert site.post(**chosen, object_curie="drugbank:DB00515").status == 303
    page = site.get(f"/triple/{key}").text
    assert site.review.item(key).state == "edited"
    assert "Every sentence of it was edited to say something else" in page
    said = site.review.reads_now((key, relation["evidence_id"]))
    assert f'now reads <a href="/triple/{said["triple_id"]}?">' in page
    assert site.review.item(said["triple_id"]).state == "edited"
    assert "Edited sentences say this too" in site.get(f"/triple/{said['triple_id']}").text
    site.post("/undo")
    assert {site.review.item(k).state for k in (key, said["triple_id"])} == {"unreviewed"}
