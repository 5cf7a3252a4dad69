"""Scores of relations with given mentions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from exomine.annotation.record import AnnotatedMention, AnnotatedRelation, AnnotatedSentence
from exomine.evaluation.pairs import Found, found_by_pipeline, found_from_text, score_pairs

TEXT = "miR-7 lowers EGFR; miR-7 (miRNA-7) stops growth."
SENTENCE = AnnotatedSentence(
    "own-1", "own", TEXT,
    (
        AnnotatedMention(0, 5, "MIRNA"), AnnotatedMention(13, 17, "PROTEIN"), AnnotatedMention(19, 24, "MIRNA"),
        AnnotatedMention(26, 33, "MIRNA"), AnnotatedMention(41, 47, "PROCESS"),
    ),
    (AnnotatedRelation(0, "downregulates", 1), AnnotatedRelation(2, "inhibits", 4)),
    aliases=((2, 3),),
)  # fmt: skip


def test_another_mention_of_the_name_and_an_alias_count_as_the_mention():
    figures = score_pairs([SENTENCE], {"own-1": [Found(2, "downregulates", 1), Found(3, "inhibits", 4)]})
    assert figures["micro"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "gold": 2, "found": 2}


def test_a_predicate_that_is_never_found_counts():
    figures = score_pairs([SENTENCE], {"own-1": [Found(0, "upregulates", 1), Found(0, "downregulates", 1, "negated")]})
    assert figures["micro"]["recall"] == 0.5
    assert figures["micro"]["precision"] == 0.5
    assert figures["predicates"]["inhibits"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "gold": 1, "found": 0}
    assert figures["assertion_right"] == 0.0
    assert score_pairs([SENTENCE], {})["micro"]["f1"] == 0.0


def test_context_counts_where_the_relation_is_right():
    mentions = (*SENTENCE.mentions, AnnotatedMention(42, 46, "CANCER"))
    gold = replace(
        SENTENCE, mentions=mentions, relations=(AnnotatedRelation(0, "downregulates", 1, cancer=5, donor=4),)
    )
    said = [Found(0, "downregulates", 1, cancer=5, vesicle=4), Found(2, "inhibits", 4, donor=4)]
    context = score_pairs([gold], {"own-1": said})["context"]
    assert context["cancer"]["f1"] == 1.0
    assert (context["vesicle"]["found"], context["vesicle"]["gold"]) == (1, 0)
    assert (context["donor"]["found"], context["donor"]["gold"]) == (0, 1)


def test_relations_with_a_mention_in_the_sentence_before_are_counted_by_themselves():
    two = replace(SENTENCE, focus=19)
    figures = score_pairs([two], {"own-1": [Found(0, "inhibits", 4), Found(2, "inhibits", 4)]})
    assert (figures["across"]["found"], figures["across"]["gold"]) == (0, 1)
    assert score_pairs([two], {"own-1": [Found(0, "downregulates", 1)]})["across"]["f1"] == 1.0


@pytest.mark.slow
def test_the_rules_are_scored_with_the_annotated_mentions_in_place(pipeline):
    text = "miR-34a was counted. miR-498 confers resistance to cisplatin."
    mentions = (AnnotatedMention(0, 7, "MIRNA"), AnnotatedMention(21, 28, "MIRNA"), AnnotatedMention(51, 60, "DRUG"))
    sentence = AnnotatedSentence(
        "own-2", "own", text, mentions, (AnnotatedRelation(1, "confers_resistance_to", 2),), focus=21
    )
    found = found_by_pipeline(pipeline, [sentence])
    assert [(f.subject, f.predicate, f.object) for f in found["own-2"]] == [(1, "confers_resistance_to", 2)]
    assert score_pairs([sentence], found)["micro"]["f1"] == 1.0


@pytest.mark.slow
def test_from_the_bare_text_a_relation_of_an_unannotated_mention_counts_as_wrong(pipeline):
    text = "miR-498 confers resistance to cisplatin."
    gold = AnnotatedSentence("own-3", "own", text, (AnnotatedMention(0, 7, "MIRNA"),), ())
    sentences, found = found_from_text(pipeline, [gold])
    assert [text[m.start : m.end] for m in sentences[0].mentions] == ["miR-498", "cisplatin"]
    assert score_pairs(sentences, found)["micro"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "gold": 0, "found": 1}
