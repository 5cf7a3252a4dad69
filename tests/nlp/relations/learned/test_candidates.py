"""Rules and network side by side: who speaks of which items."""

from __future__ import annotations

import spacy
from exomine.nlp.relations.learned.candidates import LEARNED, Pairs, ScoredPair, candidates
from exomine.nlp.relations.learned.network import PairScore
from exomine.nlp.relations.learned.pairs import NONE
from exomine.nlp.relations.sentence import Sentence
from exomine.nlp.relations.statement import Statement
from exomine.vocabulary.predicates import PREDICATE_NAMES
from spacy.tokens import Doc, Span

WORDS = "Exosomes protected cells from 5-fluorouracil ( 5-FU ) and from cisplatin .".split()
PLACES = ((0, 1, "VESICLE"), (4, 5, "DRUG"), (6, 7, "DRUG"), (10, 11, "DRUG"))


def spans(doc: Doc) -> list[Span]:
    """spaCy makes Spans anew at each look."""
    return [Span(doc, a, b, label=label) for a, b, label in PLACES]


def score(p: float) -> PairScore:
    predicates = dict.fromkeys((NONE, *PREDICATE_NAMES), 0.0) | {NONE: 1 - p, "confers_resistance_to": p}
    return PairScore(0, 1, predicates, {"asserted": 1.0}, {"normal": 1.0})


def read(doc: Doc) -> tuple[Sentence, Pairs]:
    sentence = Sentence(doc[:], spans(doc))
    exosomes, *drugs = spans(doc)
    return sentence, Pairs(sentence, [ScoredPair(exosomes, drug, score(0.8)) for drug in drugs])


def test_scores_speak_of_the_items_of_the_sentence() -> None:
    sentence, pairs = read(Doc(spacy.blank("en").vocab, words=WORDS))
    stated = [item for _, told, _ in pairs.stated() for item in (told.subject, told.object)]
    assert all(any(item is known for known in sentence.items) for item in stated)


def test_words_that_stand_for_names_before_carry_what_is_said_of_these() -> None:
    text = "miR-9 and cisplatin . The miRNA restored sensitivity to the drug ."
    doc = Doc(spacy.blank("en").vocab, words=text.split())
    before = Sentence(doc[:4], [Span(doc, 0, 1, label="MIRNA"), Span(doc, 2, 3, label="DRUG")])
    mirna, drug = Span(doc, 5, 6, label="MIRNA"), Span(doc, 10, 11, label="DRUG")
    sentence = Sentence(doc[4:], [mirna, drug])
    for word, name in zip(sentence.items, before.items, strict=True):
        word.stands_for = (name,)
    (found,) = candidates(sentence, [], Pairs(sentence, [ScoredPair(mirna, drug, score(0.8))]))
    assert found.statement.subject is before.items[0]
    assert found.statement.anchors == (5, 10)


def test_a_name_and_its_abbreviation_are_one_candidate() -> None:
    sentence, pairs = read(Doc(spacy.blank("en").vocab, words=WORDS))
    found = candidates(sentence, [], pairs)
    assert [c.statement.frame for c in found] == [LEARNED, LEARNED]
    assert {c.statement.object.span.text for c in found} <= {"5-fluorouracil", "5-FU", "cisplatin"}


def test_the_network_repeats_no_rule() -> None:
    sentence, pairs = read(Doc(spacy.blank("en").vocab, words=WORDS))
    exosomes, long_form = sentence.items[:2]
    rule = Statement(exosomes, "confers_resistance_to", long_form, "protect", (1,))
    found = candidates(sentence, [(rule, 0.65)], pairs)
    assert [(c.statement.object.span.text, c.rule) for c in found] == [("5-fluorouracil", 0.65), ("cisplatin", 0.0)]
