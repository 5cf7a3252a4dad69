"""A dataset's life from its first paper to two curators and another lexicon: no decision is lost, each change is told.

Every step is what people do; after each, what was accepted is there, and ``changes.csv`` has the reason of what
differs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from helpers.dataset import ONE, Dataset

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


class Shared(Dataset):
    """A dataset whose curated files two curators share by git, each with a copy of their own."""

    def __init__(self, root):
        super().__init__(root)
        self.desks = {"Ada": root / "ada", "Bo": root / "bo"}
        self.hub = root / "hub.git"

    def begin(self):
        """A repository with the attributes of this project, and a clone for each."""
        ada, bo = self.desks.values()
        for folder, arguments in (
            (ada.parent, ("init", "--quiet", "--bare", str(self.hub))),
            (ada.parent, ("clone", "--quiet", str(self.hub), str(ada))),
        ):
            git(folder, *arguments)
        shutil.copy(ROOT / ".gitattributes", ada)
        self.sit("Ada")
        self.refresh()
        self.save("the first refresh")
        git(ada.parent, "clone", "--quiet", str(self.hub), str(bo))

    def sit(self, name):
        """Work at somebody's desk from now on."""
        self.desk, self.curator = self.desks[name], name
        self.curated = self.desk / "data" / "curated"

    def said(self, word, decision, day, **cells):
        """Decide by hand on the statement with the word."""
        key = self.triple(word, self.processed)["triple_id"]
        header = (self.curated / "decisions.csv").read_text().splitlines()[0].split(",")
        row = {"triple_id": key, "decision": decision, "curator": self.curator, "date": day, **cells}
        with (self.curated / "decisions.csv").open("a") as handle:
            handle.write(",".join(row.get(name, "") for name in header) + "\n")
        return key

    def save(self, what):
        git(self.desk, "add", "--all")
        git(self.desk, "commit", "--quiet", "--message", what)
        git(self.desk, "push", "--quiet", "origin", "HEAD")

    def kept(self):
        """Status and presence by triple."""
        return {r["triple_id"]: (r["status"], r["presence"]) for r in self.rows("triples")}

    def told(self):
        return {(r["triple_id"], r["change"]): (r["cause"], r["reason"]) for r in self.rows("changes")}


def git(folder, *arguments, status=0):
    """Run git as nobody in particular."""
    who = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    who |= {f"GIT_{role}_{what}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env={**os.environ, **who}, capture_output=True, text=True, check=False
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def data(tmp_path):
    made = Shared(tmp_path)
    made.extract()
    made.begin()
    return made


def test_a_whole_life(data):
    one = data.said("miR-21 -> cisplatin", "accept", "2026-01-01")
    assert not data.refresh().alarms
    assert data.kept()[one] == ("accepted", "found")

    # a new paper that says the same, and something new
    data.put("three", ONE.replace("one", "three") + "miR-34a confers cisplatin resistance.\n")
    data.extract()
    assert not data.refresh().alarms
    assert data.told()[one, "changed"] == ("", "n_documents: 1 -> 2; n_relations: 1 -> 2")
    new = data.triple("miR-34a -> cisplatin")["triple_id"]
    assert "a paper that is new" in data.told()[new, "added"][1]

    # the text is read better: a hyphen is gone, a sentence is another one
    two = data.said("docetaxel", "accept", "2026-01-02")
    data.refresh()
    data.put("two", "In cells miR-34a confers docetaxel resistance.\ndoi:10.1000/two\n")
    data.extract()
    assert not data.refresh().alarms
    assert data.kept()[two] == ("accepted", "found")

    # the lexicon has another identifier for the drug: the decisions go with it
    data.made_with(lexicon="f" * 16)
    data.change_identifier("drugbank:DB00515", "drugbank:DB99999")
    assert not data.refresh().alarms
    now = data.triple("miR-21 -> cisplatin")["triple_id"]
    assert now != one
    assert data.kept()[now] == ("accepted", "found")
    assert f"it was {one}" in data.told()[now, "changed"][1]
    assert data.told().keys() == {(now, "changed"), (data.triple("miR-34a -> cisplatin")["triple_id"], "changed")}

    # the paper is taken away: kept as lost, told, and quiet once somebody has seen it
    data.take("two")
    data.extract()
    assert [c.triple_id for c in data.refresh().alarms if c.triple_id == two] == [two]
    assert data.kept()[two] == ("accepted", "lost")
    assert data.told()[two, "lost"][0] == "paper_gone"
    with (data.curated / "decisions.csv").open("a") as handle:
        handle.write(f"{two},acknowledge\n")
    assert two not in {c.triple_id for c in data.refresh().alarms}
    assert data.kept()[two] == ("accepted", "lost")
    # the extraction has the old lexicon again, and with it the old identifier
    assert data.kept()[one] == ("accepted", "found")


def test_two_curators_whose_decisions_are_merged(data):
    data.sit("Bo")
    drug = data.said("docetaxel", "accept", "2026-01-01", note="as the table says")
    data.refresh()
    data.save("Bo decides")
    data.sit("Ada")
    both = data.said("miR-21 -> cisplatin", "reject", "2026-01-02")
    data.said("docetaxel", "reject", "2025-12-31")
    data.refresh()
    git(data.desk, "add", "--all")
    git(data.desk, "commit", "--quiet", "--message", "Ada decides")
    git(data.desk, "fetch", "--quiet")
    git(data.desk, "merge", "--quiet", "FETCH_HEAD", status=1)  # the tables that refresh makes are of both sides
    left = git(data.desk, "diff", "--name-only", "--diff-filter=U").split()
    assert "data/curated/decisions.csv" not in left
    report = data.refresh()
    assert data.kept() == {both: ("rejected", "found"), drug: ("accepted", "found")}
    assert "curators do not agree on" in report.text()
    data.save("merged")
    assert len(data.rows("decisions")) == 4  # with the example
    data.sit("Bo")
    git(data.desk, "pull", "--quiet")
    data.refresh()
    assert data.kept() == {both: ("rejected", "found"), drug: ("accepted", "found")}
    assert data.rows("changes") == []


def test_a_merge_of_the_tables_that_nobody_finished_is_told(data):
    path = data.curated / "triples.csv"
    path.write_text(path.read_text() + "<<<<<<< HEAD\n")
    with pytest.raises(Exception, match=r"triples\.csv, line 4: a git merge that nobody has finished.*--ours"):
        data.refresh()


def test_the_tables_can_be_made_again_from_decisions_alone(data):
    key = data.triple("miR-21 -> cisplatin", data.processed)["triple_id"]
    said = data.triple("miR-21 -> cisplatin", data.processed)["statement"]
    data.said("miR-21 -> cisplatin", "accept", "2026-01-01", statement=said)
    data.take("one")
    data.extract()
    data.refresh()
    for path in data.curated.glob("*.csv"):
        if path.name != "decisions.csv":
            path.unlink()
    shutil.rmtree(data.processed)
    data.extract()
    assert [c.triple_id for c in data.refresh().alarms] == [key]
    assert data.kept()[key] == ("accepted", "lost")
    assert {r["triple_id"]: r["statement"] for r in data.rows("triples")}[key] == said


CISPLATIN = "miR-21 confers cisplatin resistance in gastric cancer.\n"


@pytest.mark.parametrize(
    ("changed", "text", "cause", "told"),
    [
        ({}, "miR-34a is silent.\n", "text", "its sentence does not stand in the text"),
        ({"lexicon": "f" * 16}, None, "lexicon", "'cisplatin' is not seen as a name"),
        ({"model": "f" * 16}, None, "model", "'cisplatin' is not seen as a name"),
        ({"code": "f" * 16}, None, "rule", "'cisplatin' is not seen as a name"),
        ({}, None, "unknown", "'cisplatin' is not seen as a name"),
    ],
)
def test_the_cause_of_a_loss_is_told_apart(data, monkeypatch, changed, text, cause, told):
    data.put("one", CISPLATIN + "doi:10.1000/one\n")
    data.extract()
    key = data.said("miR-21 -> cisplatin", "accept", "2026-01-01")
    data.refresh()
    if text is None:
        forget(data, "mentions", "cisplatin")
    else:
        data.put("one", text + "doi:10.1000/one\n")
        data.extract()
    data.made_with(**changed)
    data.refresh()
    assert data.kept()[key] == ("accepted", "lost")
    found, reason = data.told()[key, "lost"]
    assert (found, told in reason) == (cause, True), reason
    data.refresh()
    assert data.told()[key, "lost"] == (found, reason)


@pytest.mark.parametrize(("changed", "cause"), [({"relation_model": "f" * 16}, "model"), ({"code": "f" * 16}, "rule")])
def test_a_statement_that_is_no_longer_read_from_its_names(data, changed, cause):
    key = data.said("miR-21 -> cisplatin", "accept", "2026-01-01")
    data.refresh()
    forget(data, "relations")
    data.made_with(**changed)
    data.refresh()
    assert data.told()[key, "lost"][0] == cause
    assert "sentence and names are there, but nothing is read from them" in data.told()[key, "lost"][1]


def forget(data, table, word=""):
    """Tables that lack the relations with cisplatin, and the mentions of a word, as another pipeline leaves them."""
    data.changed = True
    lines = (data.processed / "relations.csv").read_text().splitlines(keepends=True)
    gone = [line.split(",")[0] for line in lines if "cisplatin" in line]
    for name in {"relations", "triples", "citations", table}:
        path = data.processed / f"{name}.csv"
        words = [*gone, "-> cisplatin"] if name != "mentions" else [f",{word},"]
        lines = path.read_text().splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not any(w in line for w in words)))


def test_a_sentence_that_was_accepted_counts_and_its_loss_is_told(data):
    data.put("five", "miR-34a confers docetaxel resistance again.\ndoi:10.1000/five\n")
    data.extract()
    key = data.triple("docetaxel", data.processed)["triple_id"]
    relation = next(r for r in data.rows("relations", data.processed) if "again" in r["sentence"])
    data.said("docetaxel", "accept", "2026-01-01", evidence_id=relation["evidence_id"])
    data.refresh()
    assert data.kept()[key] == ("accepted", "found")
    data.take("five")
    data.extract()
    data.refresh()
    assert (
        "a sentence that was accepted (line 3 of decisions.csv) is not found: paper not among those extracted"
        in (data.told()[key, "changed"][1])
    )
    data.put("five", "miR-34a confers docetaxel resistance again.\ndoi:10.1000/five\n")
    data.take("two")
    data.extract()
    data.refresh()
    data.take("five")
    data.put("four", "miR-21 confers cisplatin resistance.\ndoi:10.1000/four\n")
    data.extract()
    assert key in {c.triple_id for c in data.refresh().alarms}
    assert data.kept()[key] == ("accepted", "lost")


def test_an_edited_sentence_keeps_what_it_says_through_another_lexicon_and_a_lost_paper(data):
    data.extract()
    relation = next(r for r in data.rows("relations", data.processed) if r["object_text"] == "docetaxel")
    data.said("docetaxel", "edit", "2026-01-01", evidence_id=relation["evidence_id"], object_curie="drugbank:DB00441")
    data.refresh()
    edited = data.triple("gemcitabine")
    assert edited["status"] == "edited"
    before = data.kept()
    data.refresh()
    assert data.rows("changes") == []  # an edited sentence is no identifier that changed
    data.change_identifier("exomine:mir-34a", "exomine:mir-34")
    assert not data.refresh().alarms
    assert data.triple("gemcitabine")["status"] == "edited"
    data.extract()
    data.refresh()
    assert data.kept() == before
    data.take("two")
    data.extract()
    assert [c.triple_id for c in data.refresh().alarms] == [edited["triple_id"]]
    assert data.kept()[edited["triple_id"]] == ("edited", "lost")


def test_an_identifier_that_came_back_counts_an_acknowledgement_once(data):
    key = data.said("miR-21 -> cisplatin", "accept", "2026-01-01")
    data.said("miR-21 -> cisplatin", "acknowledge", "2026-01-02")
    data.refresh()
    for old, new in (("drugbank:DB00515", "drugbank:DB99999"), ("drugbank:DB99999", "drugbank:DB00515")):
        data.change_identifier(old, new)
        assert not data.refresh().alarms
    assert data.kept()[key] == ("accepted", "found")
    data.take("one")
    data.extract()
    assert [c.triple_id for c in data.refresh().alarms] == [key]


def test_two_headers_that_differ_are_refused_and_equal_ones_are_not(data):
    path = data.curated / "decisions.csv"
    path.write_text(path.read_text() + path.read_text())
    data.refresh()
    path.write_text(path.read_text() + "triple_id,decision,note\n")
    with pytest.raises(Exception, match=r"line \d+: a second header, with other columns \(note where"):
        data.refresh()
