"""Every frame's example gives its row, and its counter-example no row of this frame; every trigger stands in its
example.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from exomine.cli import docs
from exomine.nlp.relations.cues.triggers import TRIGGERS, Trigger, inflected
from exomine.nlp.relations.frames.catalogue import FRAMES, RELIABILITY, Frame
from spacy.language import Language

from helpers.relation_sentences import read_case, run

ROOT = Path(__file__).resolve().parents[3]
SAID = [f for f in FRAMES if f.example]


def _rows(nlp: Language, sentence: str) -> set[tuple[str, ...]]:
    case = read_case(sentence)
    doc = run(nlp(case.text), case.mentions)
    return {(r.subject.text, r.predicate, r.object.text, r.method) for r in doc._.relations}


@pytest.mark.parametrize("frame", SAID, ids=lambda f: f.name)
def test_examples(syntax: Language, frame: Frame) -> None:
    assert (*frame.states, frame.name) in _rows(syntax, frame.example)


@pytest.mark.parametrize("frame", SAID, ids=lambda f: f.name)
def test_counter_examples(syntax: Language, frame: Frame) -> None:
    assert frame.name not in {method for *_, method in _rows(syntax, frame.counter)}


def test_only_tables_have_no_example() -> None:
    assert {f.name for f in FRAMES} - {f.name for f in SAID} == {"table", "table-loose"}
    assert len(RELIABILITY) == len(FRAMES)


@pytest.mark.parametrize("trigger", TRIGGERS, ids=lambda t: f"{t.family}-{t.form}-{t.pattern}")
def test_triggers_stand_in_their_examples(trigger: Trigger) -> None:
    found = re.search(rf"(?<![a-z0-9])(?:{trigger.pattern})(?![a-z0-9])", trigger.example.lower())
    assert found, trigger.example


def test_alternatives_of_a_trigger_stand_in_brackets() -> None:
    bare = [t.pattern for t in TRIGGERS]
    while any("(" in p for p in bare):
        bare = [re.sub(r"\\\(|\\\)|\([^()]*\)", "", p) for p in bare]
    assert not [p for p in bare if "|" in p]


def test_each_trigger_stands_once() -> None:
    keys = [(t.pattern, t.form, t.family) for t in TRIGGERS]
    assert len(set(keys)) == len(keys)


def test_the_families_of_frames_have_triggers() -> None:
    assert {family for f in FRAMES for family in f.families} <= {t.family for t in TRIGGERS}


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("promote", "promote promotes promoted promoting"),
        ("inhibit", "inhibit inhibits inhibited inhibiting"),
        ("suppress", "suppress suppresses suppressed suppressing"),
        ("=drove", "drove"),
        ("stop(?:s|ped|ping)?", "stop stops stopped stopping"),
    ],
)
def test_verbs_are_inflected(lemma: str, forms: str) -> None:
    assert all(re.fullmatch(inflected(lemma), form) for form in forms.split())


def test_the_table_in_the_docs_is_fresh() -> None:
    text = (ROOT / "docs" / "relations.md").read_text(encoding="utf-8")
    assert docs.with_part("relations.md", text) == text, "run `make docs`"
