"""Grounding over sentences written by hand: mentions with the CURIE that a source vocabulary gives them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from exomine.nlp.extensions import MENTIONS
from exomine.nlp.mentions.evidence import Candidate
from exomine.nlp.mentions.ground import Grounder, grounding_of, plainer
from exomine.nlp.mentions.matcher import lexicon_matcher
from spacy.language import Language

from helpers.entity_chain import entity_chain

LIST = Path(__file__).with_name("data") / "grounding.tsv"


@pytest.fixture(scope="module")
def nlp() -> Language:
    return entity_chain()


def rows() -> list[dict[str, str]]:
    with LIST.open(encoding="utf8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t"))


def test_accuracy_at_one(nlp: Language) -> None:
    """At least 0.95 of 150 mentions or more get their label and CURIE."""
    sentences = list(dict.fromkeys(r["sentence"] for r in rows()))
    docs = dict(zip(sentences, nlp.pipe(sentences), strict=True))
    wrong = []
    for row in rows():
        found = {(s.text, s.label_, s.kb_id_) for s in docs[row["sentence"]].spans[MENTIONS]}
        if (row["mention"], row["label"], row["curie"]) not in found:
            wrong.append((row, sorted(found)))
    assert len(rows()) >= 150
    assert len(wrong) <= 0.05 * len(rows()), wrong


def test_the_paper_decides_between_equal_readings_only() -> None:
    grounder = Grounder(lexicon_matcher)
    candidates = (
        Candidate(0, 4, "PROTEIN", "hgnc:1", "ONE", "lexicon", 0.85, "synonym"),
        Candidate(0, 4, "PROTEIN", "hgnc:2", "TWO", "lexicon", 0.84, "synonym"),
        Candidate(0, 4, "PROTEIN", "hgnc:3", "THREE", "lexicon", 0.7, "previous"),
    )
    assert grounder.ground("ABCD", "PROTEIN", candidates, Counter()).curie == "hgnc:1"
    told = grounder.ground("ABCD", "PROTEIN", candidates, Counter({"hgnc:2": 3}))
    assert (told.curie, told.reason) == ("hgnc:2", "lexicon, synonym, named elsewhere in the paper")
    assert grounder.ground("ABCD", "PROTEIN", candidates, Counter({"hgnc:3": 3})).curie == "hgnc:1"


def test_below_the_threshold_the_curie_stays_empty() -> None:
    grounder = Grounder(lexicon_matcher, least=0.6)
    weak = (Candidate(0, 3, "PROTEIN", "hgnc:1", "ONE", "lexicon", 0.5, "previous", "short"),)
    assert grounder.ground("ABC", "PROTEIN", weak, Counter()).curie == ""


@pytest.mark.parametrize(
    ("text", "label", "name"),
    [
        ("hepatocelluar carcinoma", "CANCER", "hepatocellular carcinoma"),
        ("mutant KRAS protein", "PROTEIN", "KRAS"),
        ("antitumor", "CANCER", "cancer"),
    ],
)
def test_what_no_vocabulary_writes_so(text: str, label: str, name: str) -> None:
    assert Grounder(lexicon_matcher).ground(text, label, (), Counter()).name == name


@pytest.mark.parametrize(
    ("text", "label"), [("glycogen synthase kinase 4", "PROTEIN"), ("interleukin-27 receptor", "PROTEIN")]
)
def test_another_number_or_head_is_another_entity(text: str, label: str) -> None:
    grounding = Grounder(lexicon_matcher).ground(text, label, (), Counter())
    assert (grounding.curie, grounding.name) == ("", text)


def test_every_mention_keeps_its_reason(nlp: Language) -> None:
    doc = nlp("Temozolomide (TMZ) failed; TMZ was stopped.")
    reasons = [grounding_of(span).reason for span in doc.spans[MENTIONS]]  # type: ignore[union-attr]
    assert reasons == ["lexicon, name", "the paper's definition", "the paper's definition"]
    assert grounding_of(doc[0:2]) is None


def test_plainer_forms() -> None:
    assert list(plainer("human p53 protein", "PROTEIN")) == ["human p53 protein", "p53"]
    assert list(plainer("cisplatin", "DRUG")) == ["cisplatin"]


@pytest.mark.parametrize(
    ("text", "curie"),
    [
        ("laryngeal malignancies", "doid:2596"),  # another generic word makes it a name
        ("large tumors", "doid:162"),  # no kind is told
        ("lung squamous cancer", ""),  # a kind is told, but it has no such name
    ],
)
def test_a_kind_of_cancer_is_never_just_cancer(text: str, curie: str) -> None:
    generic = (Candidate(0, len(text), "CANCER", "doid:162", "cancer", "lexicon", 1.0, "curated"),)
    assert Grounder(lexicon_matcher).ground(text, "CANCER", generic, Counter()).curie == curie


def test_a_variant_behind_a_gene_leaves_it_the_gene() -> None:
    grounder = Grounder(lexicon_matcher)
    for text in ("BRAF V600E", "BRAF Val600Glu", "BRAF p.V600E"):
        assert grounder.ground(text, "PROTEIN", (), Counter()).curie == "hgnc:1097"
    assert grounder.ground("BRAF v600", "PROTEIN", (), Counter()).curie == ""
