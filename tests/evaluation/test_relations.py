"""Scorers on relation corpora: readers on miniature files of the same form, counts by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from exomine.evaluation.corpora import Example, Gold, read_corpus, read_kinds
from exomine.evaluation.relations import evaluate_assertion, evaluate_relations, read_bioscope, score_examples
from exomine.nlp.extensions import register_extensions
from spacy.language import Language


@pytest.fixture(scope="module")
def nlp() -> Language:
    register_extensions()
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    return blank


def example(text: str, mentions: dict[str, str], gold: tuple[Gold, ...]) -> Example:
    places = tuple((text.index(words), text.index(words) + len(words), label) for words, label in mentions.items())
    return Example(text, places, gold)


def test_counts_by_hand(nlp: Language) -> None:
    mentions = {"miR-9": "MIRNA", "CDH1": "PROTEIN"}
    examples = [
        example("miR-9 targets CDH1.", mentions, (Gold(0, 1, ("downregulates",)),)),  # right
        example("miR-9 suppresses CDH1.", mentions, (Gold(0, 1, ("upregulates",)),)),  # the pair only
        example("miR-9 promotes CDH1.", mentions, ()),  # too much
        example("miR-9 was seen with CDH1.", mentions, (Gold(0, 1, ("binds",)),)),  # missed
    ]
    pair, relation = score_examples(nlp, examples)
    assert (pair.hits, pair.predicted, pair.gold) == (2, 3, 3)
    assert (relation.hits, relation.predicted, relation.gold) == (1, 3, 3)
    assert relation.precision == pytest.approx(1 / 3)
    assert pair.f1 == pytest.approx(2 / 3)


def test_of_a_pair_with_several_gold_relations_each_counts(nlp: Language) -> None:
    mentions = {"miR-9": "MIRNA", "CDH1": "PROTEIN"}
    for golds in ((("downregulates",), ("binds",)), (("binds",), ("downregulates",)), ((), ("binds",))):
        both = tuple(Gold(0, 1, g) for g in golds)
        pair, relation = score_examples(nlp, [example("miR-9 targets CDH1.", mentions, both)])
        assert (pair.hits, pair.gold, relation.hits, relation.gold) == (1, 1, 1, 1)


def test_only_judged_labels_count(nlp: Language) -> None:
    examples = [example("miR-9 promotes CDH1.", {"miR-9": "MIRNA", "CDH1": "PROTEIN"}, ())]
    pair, _ = score_examples(nlp, examples, (("MIRNA",), ("CANCER",)))
    assert pair.predicted == 0
    assert (pair.precision, pair.recall, pair.f1) == (0.0, 0.0, 0.0)


def test_standoff_corpora(nlp: Language, tmp_path: Path) -> None:
    folder = tmp_path / "civicmine" / "training"
    folder.mkdir(parents=True)
    text = "ERBB2 confers resistance to gefitinib."
    (folder / "1.txt").write_text(text)
    (folder / "1.a1").write_text("T1\tgene 0 5\tERBB2\nT2\tdrug 28 37\tgefitinib\n")
    (folder / "1.a2").write_text("R1\tPredictive cancer:T9 drug:T2 gene:T1\n")
    gold = (Gold(0, 1, ("confers_resistance_to", "confers_sensitivity_to"), "Predictive"),)
    assert read_corpus("civicmine", tmp_path)[0].gold == gold
    data = evaluate_relations(nlp, tmp_path, names=["civicmine"])
    assert data["f1"].tolist() == [1.0, 1.0]


def test_relations_of_all_kinds_and_those_that_are_ours(tmp_path: Path) -> None:
    folder = tmp_path / "drugprot"
    folder.mkdir()
    name = "drugprot_development_{}.tsv"
    (folder / name.format("abstracs")).write_text("1\tGefitinib inhibits EGFR.\tIt is cut by CYP3A4.\n")
    (folder / name.format("entities")).write_text(
        "1\tT1\tCHEMICAL\t0\t9\tGefitinib\n1\tT2\tGENE-Y\t19\t23\tEGFR\n1\tT3\tGENE-Y\t38\t44\tCYP3A4\n"
    )
    (folder / name.format("relations-no-false")).write_text(
        "1\tINHIBITOR\tArg1:T1\tArg2:T2\n1\tSUBSTRATE\tArg1:T1\tArg2:T3\n"
    )
    assert [g.kind for g in read_kinds("drugprot", tmp_path)[0].gold] == ["INHIBITOR", "SUBSTRATE"]
    assert [g.kind for g in read_corpus("drugprot", tmp_path)[0].gold] == ["INHIBITOR"]


def test_unknown_corpus_is_told(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="known: mmic"):
        read_corpus("other", tmp_path)


BIOSCOPE = """<?xml version="1.0"?><Annotation>\
<sentence id="S1">We saw that <xcope id="X1"><cue type="negation" ref="X1">no
</cue> change followed</xcope>.</sentence><sentence id="S2">It rose.</sentence></Annotation>"""


def test_bioscope(nlp: Language, tmp_path: Path) -> None:
    path = tmp_path / "abstracts.xml"
    path.write_text(BIOSCOPE.replace("no\n", "no"))
    sentences = read_bioscope(path)
    assert [len(s.scopes) for s in sentences] == [1, 0]
    kind, a, b, c, d = sentences[0].scopes[0]
    assert (kind, sentences[0].text[a:b], sentences[0].text[c:d]) == ("negation", "no", "no change followed")
    data = evaluate_assertion(nlp, path)
    negation = data[(data["kind"] == "negation") & (data["level"] == "sentence")].iloc[0]
    assert (negation["precision"], negation["recall"]) == (1.0, 1.0)
