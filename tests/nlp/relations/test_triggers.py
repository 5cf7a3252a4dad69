"""Every trigger's example gives its statement, and every participle that is glued to a name."""

from __future__ import annotations

import pytest
from exomine.nlp.relations.cues.participles import DOING, DONE_BY
from exomine.nlp.relations.cues.triggers import TRIGGERS, Trigger
from spacy.language import Language

from helpers.relation_sentences import read_case, run
from helpers.trigger_sentences import sentence

#: Nothing is read of them yet: "de-silences" only keeps "silences" from being read there, "released from" that
#: something is given off.
OPEN = ("X de-silences Y", "X is released from Y")


def _rows(nlp: Language, marked: str) -> set[tuple[str, str, str]]:
    case = read_case(marked)
    doc = run(nlp(case.text), case.mentions)
    return {(r.subject.text, r.predicate, r.object.text) for r in doc._.relations}


@pytest.mark.parametrize("trigger", TRIGGERS, ids=lambda t: f"{t.family}-{t.form}-{t.example}")
def test_triggers(syntax: Language, trigger: Trigger) -> None:
    marked, statement = sentence(trigger)
    assert _rows(syntax, marked) == set() if trigger.example in OPEN else statement in _rows(syntax, marked)


@pytest.mark.parametrize("word", DONE_BY)
def test_participles_of_what_is_done(syntax: Language, word: str) -> None:
    predicate = "promotes" if DONE_BY[word] > 0 else "inhibits"
    rows = _rows(syntax, f"{{Exosome|VESICLE}}-{word} {{angiogenesis|PROCESS}} was observed.")
    assert ("Exosome", predicate, "angiogenesis") in rows


@pytest.mark.parametrize("word", DOING)
def test_participles_of_what_does_it(syntax: Language, word: str) -> None:
    predicate = "promotes" if DOING[word] > 0 else "inhibits"
    rows = _rows(syntax, f"We isolated {{angiogenesis|PROCESS}}-{word} {{exosomes|VESICLE}} from plasma.")
    assert ("exosomes", predicate, "angiogenesis") in rows
