"""The judge: what it weighs, what it keeps."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from exomine.nlp.relations.learned.candidates import Candidate, Pairs, ScoredPair, candidates, mean_score
from exomine.nlp.relations.learned.judge import Judge, features, sureness, surest
from exomine.nlp.relations.learned.network import PairScore
from exomine.nlp.relations.learned.pairs import NONE
from exomine.nlp.relations.sentence import Sentence
from exomine.nlp.relations.statement import Statement
from exomine.vocabulary.predicates import PREDICATE_NAMES
from spacy.tokens import Doc, Span

TEXT = "miR-9 lowered PTEN and miR-7 in glioma ."
PLACES = ((0, 1, "MIRNA"), (2, 3, "PROTEIN"), (4, 5, "MIRNA"))


@pytest.fixture
def sentence() -> Sentence:
    doc = Doc(spacy.blank("en").vocab, words=TEXT.split())
    return Sentence(doc[:], [Span(doc, a, b, label=label) for a, b, label in PLACES])


def pair(predicate: str, p: float, *, assertion: str = "asserted") -> PairScore:
    rest = (1 - p) / 2
    predicates = dict.fromkeys((NONE, *PREDICATE_NAMES), 0.0) | {NONE: rest, "associated_with": rest} | {predicate: p}
    others = dict.fromkeys(("asserted", "negated", "speculative"), 0.01) | {assertion: 0.98}
    return PairScore(0, 1, predicates, others, {"normal": 0.9, "reduced": 0.1})


def candidate(
    sentence: Sentence, predicate: str, p: float, *, rule: float = 0.0, **more: dict[str, float]
) -> Candidate:
    subject, object_ = sentence.items[:2]
    frame = "regulate" if rule else "learned"
    return Candidate(Statement(subject, predicate, object_, frame, (1,)), pair(predicate, p), rule, **more)


def judge(**weights: float) -> Judge:
    return Judge({"bias": 0.0, "network": 1.0, **weights}, {"": 0.9, "binds": 2.0}, {"rule": 0.1, "network": 0.6})


def test_surer_networks_and_surer_rules_give_higher_scores(sentence: Sentence) -> None:
    j = judge(**{"rule": 0.5, "rule's score": 1.0})
    by_network = [j.score(candidate(sentence, "downregulates", p)) for p in (0.1, 0.5, 0.9)]
    by_rule = [j.score(candidate(sentence, "downregulates", 0.5, rule=r)) for r in (0.3, 0.6, 0.9)]
    assert by_network == sorted(by_network)
    assert by_rule == sorted(by_rule)
    assert 0 < by_network[0] < by_network[-1] < by_rule[-1] < 1


def test_a_contrary_rule_speaks_against(sentence: Sentence) -> None:
    j = judge(**{"rule says opposite": -1.0, "score of the opposite": -1.0})
    alone = j.score(candidate(sentence, "downregulates", 0.7))
    against = j.score(candidate(sentence, "downregulates", 0.7, others={"upregulates": 0.7}))
    assert against < alone


def test_without_a_network_nothing_is_read(sentence: Sentence) -> None:
    subject, object_ = sentence.items[:2]
    c = Candidate(Statement(subject, "binds", object_, "bind", (1,)), None, 0.5)
    assert features(c)["not read"] == 1
    assert "any" not in features(c)
    assert judge().assertion(c, "negated") == "negated"
    assert judge().state(c, "reduced") == "reduced"


def test_one_statement_a_pair_of_names(sentence: Sentence) -> None:
    lower, higher = (candidate(sentence, name, 0.5) for name in ("binds", "downregulates"))
    assert surest([(lower, 0.3), (higher, 0.4)]) == [higher]
    assert surest([(lower, 0.4), (higher, 0.4)]) == [lower]


def test_the_network_does_not_turn_round_what_a_plain_verb_says_of_a_response(sentence: Sentence) -> None:
    undone = candidate(sentence, "confers_sensitivity_to", 0.1, rule=0.7)
    contrary = candidate(sentence, "confers_resistance_to", 0.9)
    assert surest([(undone, 0.3), (contrary, 0.8)]) == [undone]
    lowered, raised = candidate(sentence, "downregulates", 0.1, rule=0.7), candidate(sentence, "upregulates", 0.9)
    assert surest([(lowered, 0.3), (raised, 0.8)]) == [raised]


def test_the_network_does_not_turn_round_what_less_of_a_name_does(sentence: Sentence) -> None:
    raised = candidate(sentence, "upregulates", 0.9)
    ruled = candidate(sentence, "downregulates", 0.1, rule=0.5)
    less = replace(ruled, statement=replace(ruled.statement, state="reduced"))
    assert surest([(ruled, 0.4), (raised, 0.8)]) == [raised]
    assert surest([(less, 0.4), (raised, 0.8)]) == [less]
    bound = candidate(sentence, "binds", 0.9)
    assert surest([(less, 0.4), (bound, 0.8)]) == [bound]


def test_rules_are_kept_where_the_network_alone_is_not(sentence: Sentence) -> None:
    by_rule, alone = candidate(sentence, "binds", 0.2, rule=0.5), candidate(sentence, "binds", 0.2)
    assert judge().kept([(by_rule, 0.3)]) == [(by_rule, 0.3)]
    assert judge().kept([(alone, 0.3)]) == []
    assert judge().kept([(alone, 0.7)]) == [(alone, 0.7)]


def test_tier_by_predicate(sentence: Sentence) -> None:
    lowered, bound = (candidate(sentence, name, 0.5) for name in ("downregulates", "binds"))
    assert judge().tier(lowered, 0.95, "asserted") == "high"
    assert judge().tier(lowered, 0.85, "asserted") == "all"
    assert judge().tier(bound, 0.99, "asserted") == "all"


def test_a_tier_asks_for_the_assertion_too(sentence: Sentence) -> None:
    c = candidate(sentence, "downregulates", 0.5)
    assert judge().tier(c, 0.95, "asserted") == "high"
    assert judge().tier(c, 0.95, "speculative") == "all"
    unread = replace(c, pair=None)
    assert sureness(unread, 0.9, "asserted") == 0.81
    assert sureness(c, 0.9, "negated") == 0.009


def test_what_only_the_network_reads_over_two_sentences_is_never_high(sentence: Sentence) -> None:
    near = candidate(sentence, "downregulates", 0.9)
    across = replace(near, statement=replace(near.statement, inherited=True))
    assert judge().tier(near, 0.95, "asserted") == "high"
    assert judge().tier(across, 0.95, "asserted") == "all"
    assert judge().tier(replace(across, rule=0.7), 0.95, "asserted") == "high"


def test_what_goes_with_resistance_is_never_high(sentence: Sentence) -> None:
    c = candidate(sentence, "downregulates", 0.9, rule=0.45)
    assert judge().tier(c, 0.99, "asserted") == "high"
    assert (
        judge().tier(replace(c, statement=replace(c.statement, frame="resistant-expression")), 0.99, "asserted")
        == "all"
    )


def test_the_rules_answer_goes_before_the_networks(sentence: Sentence) -> None:
    c = candidate(sentence, "binds", 0.9, rule=0.5)
    assert judge().assertion(c, "") == "asserted"
    assert judge().assertion(c, "speculative") == "speculative"
    assert judge().state(c, "") == "normal"
    assert judge().state(c, "reduced") == "reduced"


def test_what_rules_say_of_the_other_names_is_weighed(sentence: Sentence) -> None:
    mir9, pten, mir7 = sentence.items
    by_rule = [(Statement(mir9, "downregulates", pten, "regulate", (1,)), 0.7)]
    scores = [ScoredPair(mir7.span, pten.span, pair("downregulates", 0.8))]
    (alone,) = (c for c in candidates(sentence, by_rule, Pairs(sentence, scores)) if not c.rule)
    assert alone.around == {"other subject"}
    assert features(alone)["alone: other subject"] == 1
    assert judge(**{"alone: other subject": -1.0}).score(alone) < judge().score(alone)


def test_members_of_an_enumeration_share_their_mean() -> None:
    mean = mean_score([pair("binds", 0.8), pair("binds", 0.4)])
    assert mean.predicates["binds"] == pytest.approx(0.6)
    assert sum(mean.predicates.values()) == pytest.approx(1)


def test_read_from_its_file(tmp_path: Path) -> None:
    data = {"weights": {"bias": 1.0}, "high": {"": 0.9}, "least": {"rule": 0.1, "network": 0.5}}
    (tmp_path / "judge.json").write_text(json.dumps(data), encoding="utf-8")
    assert Judge.from_folder(tmp_path) == Judge(**data)
