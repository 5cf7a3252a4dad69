"""Single rules, each with a sentence that it was made for and one that it must leave alone; data/single_rules.txt."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from exomine.nlp.extensions import register_extensions
from exomine.nlp.relations.sentence import Sentence
from spacy.language import Language
from spacy.tokens import Doc, Span

from helpers.relation_sentences import Case, read_cases, rows_of, run

CASES = read_cases(Path(__file__).parent / "data" / "single_rules.txt")


def _check(case: Case, doc: Doc) -> None:
    rows = rows_of(run(doc, case.mentions))
    assert set(case.expected) <= rows
    assert not {row[:3] for row in rows} & set(case.barred)
    assert not (case.nothing and rows)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.text[:60])
def test_single_rules(syntax: Language, case: Case) -> None:
    _check(case, syntax(case.text))


@pytest.mark.parametrize("case", [c for c in CASES if c.no_parse], ids=lambda c: c.text[:60])
def test_single_rules_by_word_order_alone(case: Case) -> None:
    register_extensions()
    _check(case, spacy.blank("en")(case.text))


def test_what_an_antibody_does_less_of_its_antigen_does(syntax: Language) -> None:
    text = "The anti-CD47 antibody suppressed invasion."
    places = (("anti-CD47 antibody", "DRUG"), ("CD47", "PROTEIN"), ("invasion", "PROCESS"))
    mentions = tuple((text.index(words), text.index(words) + len(words), label) for words, label in places)
    rows = rows_of(run(syntax(text), mentions))
    assert ("CD47", "promotes", "invasion", "-", "asserted", "reduced") in rows


@pytest.mark.parametrize("known", ["short", "long"])
def test_of_a_name_and_its_abbreviation_the_one_with_an_identifier_speaks(known: str) -> None:
    doc = Doc(spacy.blank("en").vocab, words="Natural cytotoxicity receptor ( NCR3 ) binds ligands .".split())
    curies = ("hgnc:19077", "") if known == "long" else ("", "hgnc:19077")
    places = zip(((0, 3), (4, 5)), curies, strict=True)
    long, short = Sentence(doc[:], [Span(doc, a, b, "PROTEIN", kb_id=curie) for (a, b), curie in places]).items
    assert (long.alias, short.alias) == ((None, long) if known == "long" else (short, None))
