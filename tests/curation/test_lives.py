"""Random lives of a dataset: whatever happens in whichever order, no decision is lost and every change has its reason.

A few lives are tried each time, the same ones; ``EXOMINE_LIVES=1000 pytest tests/curation/test_lives.py`` tries a
thousand others.
"""

from __future__ import annotations

import csv
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from exomine.curation import refresh as room
from exomine.curation.decisions import index, read_decisions
from exomine.tables.collate import rehash
from exomine.tables.dataframes import records
from exomine.tables.store import LOST_TRIPLES
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from helpers import tables as made
from helpers.tables import Paper, Said

ASKED = os.environ.get("EXOMINE_LIVES")
LIVES = int(ASKED or "8")
#: What papers can say; a drug whose identifier changes may become the one of another drug.
MIRNAS, DRUGS, CANCERS = ("miR-21", "miR-34a"), ("cisplatin", "docetaxel"), ("", "stomach cancer")
PREDICATES = ("confers_resistance_to", "confers_sensitivity_to")
IDENTIFIERS = ("drugbank:DB00515", "drugbank:DB01248", "drugbank:DB00441")
SAID = st.builds(
    lambda mirna, drug, cancer, predicate, again: Said(
        f"{mirna} and {drug} in {cancer or 'cells'}, {predicate}{' again' * again}.", mirna, predicate, drug, cancer
    ),
    st.sampled_from(MIRNAS), st.sampled_from(DRUGS), st.sampled_from(CANCERS), st.sampled_from(PREDICATES),
    st.booleans(),
)  # fmt: skip
COLUMNS = ("triple_id", "decision", "object_curie", "predicate", "evidence_id", "curator", "date", "statement")
PAPERS = ("one", "two", "three")
KEPT = ("accepted", "edited")


class Life(RuleBasedStateMachine):
    """One dataset. Tables are made without a pipeline; decisions and curated files are real ones."""

    def __init__(self):
        super().__init__()
        self._place = tempfile.TemporaryDirectory()
        root = Path(self._place.name)
        self.processed, self.curated = root / "processed", root / "curated"
        self.curated.mkdir()
        (self.processed / LOST_TRIPLES).parent.mkdir(parents=True)
        self.papers: dict[str, tuple[Said, ...]] = {}
        self.identifiers = {drug: made.ENTITIES[drug] for drug in DRUGS}
        self.lexicon, self.day = 0, 1
        self.seen: dict[str, str] = {}  # every triple that there was, with what it said
        self.read_as: dict[str, dict[str, str]] = {}  # and with all its columns
        self.sentences: dict[tuple[str, str], str] = {}
        self.there: set[tuple[str, str]] = set()  # those that the last refresh found
        self.bare = False  # whether a row tells no statement: nothing but the curated tables knows what it is about

    def teardown(self):
        self._place.cleanup()

    def tables(self):
        papers = [Paper(f"{n}.pdf", f"Paper {n}", said, doi=f"10.1/{n}") for n, said in sorted(self.papers.items())]
        unchecked = mock.patch("exomine.tables.store.validate", lambda schema, data, **_: data)  # for the sake of time
        with mock.patch.dict(made.ENTITIES, self.identifiers), unchecked:
            return made.tables(papers)

    def rows(self, name):
        path = self.curated / f"{name}.csv"
        if not path.exists():
            return []
        with path.open(newline="", encoding="utf-8") as handle:
            return list(csv.DictReader(handle))

    # what happens

    @initialize(said=st.lists(SAID, min_size=1, max_size=3, unique_by=lambda s: s.text))
    def begin(self, said):
        self.papers["one"] = tuple(said)
        self.refresh()

    @rule(name=st.sampled_from(PAPERS), said=st.lists(SAID, max_size=3, unique_by=lambda s: s.text))
    def read(self, name, said):
        """A paper is new, or read in another way."""
        self.papers[name] = tuple(said)

    @rule(name=st.sampled_from(PAPERS))
    def take(self, name):
        self.papers.pop(name, None)

    @rule(drug=st.sampled_from(DRUGS), curie=st.sampled_from(IDENTIFIERS))
    def other_lexicon(self, drug, curie):
        self.identifiers[drug] = ("DRUG", curie)
        self.lexicon += 1

    @rule(
        data=st.data(), decision=st.sampled_from(("accept", "accept", "reject", "acknowledge", "uncertain", "withdraw"))
    )
    @precondition(lambda self: self.seen)
    def decide(self, data, decision):
        """On a triple that there is, or was."""
        key = data.draw(st.sampled_from(sorted(self.seen)))
        self.write(data, key, decision, **self.told(data, key in {k for k, _ in self.there}))

    @rule(data=st.data(), curie=st.sampled_from(IDENTIFIERS), turned=st.booleans())
    @precondition(lambda self: self.seen)
    def edit(self, data, curie, turned):
        key = data.draw(st.sampled_from(sorted(self.seen)))
        change = {"predicate": PREDICATES[0]} if turned else {"object_curie": curie}
        change |= self.told(data, key in {k for k, _ in self.there})
        self.write(data, key, "edit", **change)

    @rule(data=st.data(), decision=st.sampled_from(("accept", "reject", "edit", "withdraw")))
    @precondition(lambda self: self.sentences)
    def decide_on_a_sentence(self, data, decision):
        key, evidence = data.draw(st.sampled_from(sorted(self.sentences)))
        change = {"object_curie": IDENTIFIERS[2]} if decision == "edit" else {}
        change |= self.told(data, (key, evidence) in self.there)
        self.write(data, key, decision, evidence_id=evidence, **change)

    def told(self, data, there):
        """The cells of a row that tells no statement, as now and then one does about what the tables have."""
        if not there or data.draw(st.booleans()):
            return {}
        self.bare = True
        return {"statement": ""}

    def write(self, data, key, decision, **cells):
        self.day += data.draw(st.integers(0, 1))
        date = data.draw(st.sampled_from(("", f"2026-01-{self.day % 28 + 1:02}", "2026-01-05", "2062-01-01")))
        row = {
            "triple_id": key, "decision": decision, "date": date, "statement": self.seen.get(key, ""),
            "curator": data.draw(st.sampled_from(("Ada", "Bo"))), **cells,
        }  # fmt: skip
        path = self.curated / "decisions.csv"
        if not path.exists():
            path.write_text(",".join(COLUMNS) + "\n")
        with path.open("a", newline="") as handle:
            csv.DictWriter(handle, self.header(path), restval="", lineterminator="\n").writerow(row)

    def header(self, path):
        return path.read_text().splitlines()[0].split(",")

    @rule()
    @precondition(lambda self: not self.bare)
    def a_fresh_clone_without_what_is_made(self):
        for path in self.curated.glob("*.csv"):
            if path.name != "decisions.csv":
                path.unlink()
        self.there = set()

    # what must hold

    @rule()
    def refresh(self):
        tables = self.tables()
        path = self.curated / "decisions.csv"
        decided = path.read_bytes() if path.exists() else None
        old = {r["triple_id"]: r for r in self.rows("triples")}
        report = self.made_again(tables)
        triples, changes = {r["triple_id"]: r for r in self.rows("triples")}, self.rows("changes")
        assert decided is None or path.read_bytes() == decided
        self.no_decision_is_lost(triples)
        self.every_difference_is_told(old, triples, changes)
        self.losses_are_told(triples, report)
        self.again_says_nothing_new(tables)
        for key, statement in zip(tables.triples["triple_id"], tables.triples["statement"], strict=True):
            self.seen[key] = statement
        self.read_as |= {r["triple_id"]: r for r in records(tables.triples)}
        for key, evidence in zip(tables.relations["triple_id"], tables.relations["evidence_id"], strict=True):
            self.sentences[key, evidence] = evidence
        self.there = set(zip(tables.relations["triple_id"], tables.relations["evidence_id"], strict=True))

    def made_again(self, tables):
        run = {"hashes": {"lexicon": str(self.lexicon)}}
        with mock.patch.multiple(room, load_tables=lambda _: tables, read_run=lambda _: run):
            return room.refresh(processed=self.processed, curated=self.curated)

    def no_decision_is_lost(self, triples):
        """What is accepted or edited is in the dataset: under its id, the one it has now, or in the one it equals.

        A later decision under an id that the triple had formerly counts over an earlier one under the id of today.
        """
        later = {r["triple_id"]: r["now_triple_id"] for r in self.rows("former") if r["now_triple_id"]}
        counted = {r["extracted_as"]: r["triple_id"] for r in self.rows("evidence")}
        kept = {rehash(r) for r in triples.values() if r["status"] in KEPT}
        decisions = read_decisions(self.curated / "decisions.csv")
        carried = index(replace(d, triple_id=later.get(d.triple_id, d.triple_id)) for d in decisions.rows)
        in_force = {d.line for d in carried.by_triple.values()}
        for key, d in decisions.by_triple.items():
            if d.decision in ("accept", "edit") and d.line in in_force:
                own = triples.get(key)
                there = {later.get(key), counted.get(key), counted.get(later.get(key, ""))} & triples.keys()
                # one that has no sentence left, all rejected, is told nowhere else than in the one that it equals
                equal = key in self.read_as and rehash(self.read_as[key] | dict(d.changes)) in kept
                assert (own is not None and own["status"] in KEPT) or there or equal, (key, d)

    def every_difference_is_told(self, old, new, changes):
        told = {(r["triple_id"], r["change"]) for r in changes}
        assert len(told) == len(changes)
        assert all(r["reason"] for r in changes)
        reasons = " ".join(r["reason"] for r in changes)
        for key in old.keys() - new.keys() - self.acknowledged():  # a loss seen before it is told needs no word
            if old[key]["presence"] == "found":
                assert {(key, "lost"), (key, "changed")} & told or key in reasons, old[key]
        for key in new.keys() - old.keys():
            assert (key, "added") in told or (key, "changed") in told or new[key]["presence"] == "lost", new[key]
        for key in new.keys() & old.keys():
            compared = ("status", "statement", "n_relations")
            if new[key]["presence"] == "found" and any(new[key][c] != old[key][c] for c in compared):
                assert {(key, "added"), (key, "changed")} & told, (old[key], new[key])

    def acknowledged(self):
        """Every triple whose loss was acknowledged at some time.

        An acknowledgement under an id that the triple had formerly is one of the triple as it is now: it is carried
        over as all decisions are.
        """
        given = {r["triple_id"] for r in self.rows("decisions") if r["decision"] == "acknowledge"}
        return given | {r["now_triple_id"] for r in self.rows("former") if r["triple_id"] in given}

    def losses_are_told(self, triples, report):
        lost = {c.triple_id: c for c in report.changes if c.change == "lost"}
        assert all(c.cause for c in lost.values())
        assert {c.triple_id for c in report.alarms} <= triples.keys()
        acknowledged = self.acknowledged()
        for key, row in triples.items():
            if row["presence"] == "lost" and key not in acknowledged:
                assert key in lost, row

    def again_says_nothing_new(self, tables):
        names = ("triples", "evidence", "former", "extraction")
        before = [(self.curated / f"{n}.csv").read_bytes() for n in names]
        report = self.made_again(tables)
        assert [(self.curated / f"{n}.csv").read_bytes() for n in names] == before
        assert {c.change for c in report.changes} <= {"lost"}


Life.TestCase.settings = settings(
    max_examples=LIVES, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True,
    derandomize=not ASKED,  # a run that nobody asked for lives in does not fail by luck
)  # fmt: skip
TestLives = Life.TestCase


def test_a_decision_under_a_former_id_counts_by_its_time(request):
    life = Life()
    request.addfinalizer(life.teardown)
    life.papers["one"] = (Said("miR-21 confers resistance to cisplatin.", MIRNAS[0], PREDICATES[0], "cisplatin", ""),)
    life.refresh()
    (former,) = life.seen
    life.other_lexicon("cisplatin", IDENTIFIERS[1])
    life.refresh()
    (now,) = life.seen.keys() - {former}
    with (life.curated / "decisions.csv").open("a") as handle:
        handle.write(f"{now},edit,,,{IDENTIFIERS[2]},,,,Ada,2026-01-03,,,\n{former},uncertain,,,,,,,Bo,,,,\n")
    life.refresh()
    (row,) = life.rows("triples")
    assert row["status"] == "unreviewed"  # that of what is put off
    life.take("one")
    life.refresh()
    assert life.rows("triples") == []


def test_a_loss_acknowledged_under_a_former_id(request):
    life = Life()
    request.addfinalizer(life.teardown)
    life.papers["one"] = (Said("miR-21 confers resistance to docetaxel.", MIRNAS[0], PREDICATES[0], "docetaxel", ""),)
    life.refresh()
    (former,) = life.seen
    life.other_lexicon("docetaxel", IDENTIFIERS[2])
    life.refresh()
    (now,) = life.seen.keys() - {former}
    with (life.curated / "decisions.csv").open("a") as handle:
        handle.write(f"{former},acknowledge\n")
    life.take("one")
    life.refresh()
    assert life.acknowledged() == {former, now}
    assert life.rows("triples") == life.rows("changes") == []


@pytest.mark.parametrize("n_rejected", [1, 2])
def test_an_edit_to_what_another_triple_says_counts_though_the_sentences_are_rejected(request, n_rejected):
    life = Life()
    request.addfinalizer(life.teardown)
    life.papers["one"] = tuple(Said(f"{p}.", MIRNAS[0], p, "cisplatin", "") for p in PREDICATES)
    life.refresh()
    of = {r["predicate"]: key for key, r in life.read_as.items()}
    rejected = [key for key in life.sentences if n_rejected == 2 or key[0] == of[PREDICATES[1]]]
    with (life.curated / "decisions.csv").open("w") as handle:
        handle.write("triple_id,evidence_id,decision,predicate\n")
        handle.writelines(f"{key},{evidence},reject,\n" for key, evidence in rejected)
        handle.write(f"{of[PREDICATES[1]]},,edit,{PREDICATES[0]}\n")
    life.refresh()
    assert [(r["triple_id"], r["status"]) for r in life.rows("triples")] == [(of[PREDICATES[0]], "edited")]


def test_a_lost_triple_is_remembered_by_what_it_said_before_its_edit(request):
    life = Life()
    request.addfinalizer(life.teardown)
    life.papers["one"] = (Said("miR-21 confers resistance.", MIRNAS[0], PREDICATES[1], "cisplatin", ""),)
    life.refresh()
    (key,) = life.seen
    with (life.curated / "decisions.csv").open("a") as handle:
        handle.write(f"{key},edit,,{PREDICATES[0]},,,,,,,,,\n")
    life.take("one")
    life.refresh()
    assert [r["statement"] for r in life.rows("former")] == ["miR-21 -> cisplatin sensitivity"]
