"""Gold over our own tokens, lemma tables, and the configuration."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from corpora import Sentence, bio_of, craft_sentences, iob_corpus
from exomine.nlp.encoder_tokenizer import blank
from exomine.resources import resource
from lemmas import lemma_tables
from spacy.language import Language
from spacy.lookups import Lookups

ROWS = [("We", "we", "PRP", 2, "nsubj"), ("used", "use", "VBD", 0, "root"), ("anti-mouse", "anti-mouse", "JJ", 4, "amod"),
        ("IgG", "igg", "NN", 2, "dobj"), (".", ".", ".", 2, "punct")]  # fmt: skip
TEXT = "We used anti-mouse IgG."


@pytest.fixture(scope="module")
def nlp() -> Language:
    return blank()


@pytest.fixture
def craft(tmp_path: Path) -> Path:
    lines = [
        "\t".join([str(i), form, lemma, "X", tag, "_", str(head), dep, "_", "_"])
        for i, (form, lemma, tag, head, dep) in enumerate(ROWS, 1)
    ]
    concepts = "doc\tstart\tend\tontology\tid\ttext\na\t19\t22\tPR\tPR:1\tIgG\na\t0;3\t2;5\tGO_BP\tGO:1\tWe used\n"
    for name, content in (
        ("conllu/a.conllu", "\n".join(lines) + "\n\n"),
        ("txt/a.txt", TEXT),
        ("concepts.tsv", concepts),
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf8")
    return tmp_path


def test_gold_follows_our_tokens(nlp: Language, tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("MCF\tB-Cell\n-\tI-Cell\n7\tI-Cell\ncells\tI-Cell\n.\tO\n", encoding="utf8")
    (sentence,) = iob_corpus(nlp, [path])
    assert sentence.words == ["MCF", "-", "7", "cells", "."]
    assert sentence.bio == ["B-Cell", "I-Cell", "I-Cell", "I-Cell", "O"]
    assert sentence.spaced == [True, False, False, True, False]


def test_a_span_inside_a_token_takes_the_token(nlp: Language) -> None:
    assert bio_of(nlp.make_doc("5fluorouracil was given"), [(1, 13, "Drug")]) == ["B-Drug", "O", "O"]


def test_the_longer_of_two_overlapping_spans_is_kept(nlp: Language) -> None:
    assert bio_of(nlp.make_doc("lung cancer cells"), [(0, 4, "Organ"), (0, 11, "Cancer")]) == [
        "B-Cancer",
        "I-Cancer",
        "O",
    ]


def test_trees_are_projected_onto_our_tokens(nlp: Language, craft: Path) -> None:
    (sentence,) = craft_sentences(nlp, craft)
    assert sentence.words == ["We", "used", "anti", "-", "mouse", "IgG", "."]
    assert sentence.heads == [1, 1, 4, 4, 5, 1, 1]  # the parts of a gold token hang on its last one
    assert sentence.deps == ["nsubj", "ROOT", "compound", "punct", "amod", "dobj", "punct"]
    assert sentence.tags == ["PRP", "VBD", "AFX", "HYPH", "JJ", "NN", "."]
    assert sentence.bio == ["O"] * 5 + ["B-PR", "O"]  # discontinuous mentions are left out


def test_lemma_tables_serve_words_that_were_never_seen(nlp: Language) -> None:
    pairs = [("activates", "activate"), ("mediates", "mediate"), ("regulates", "regulate"), ("binds", "bind"), ("needs", "need"), ("finds", "find"),
             ("kept", "keep")]  # fmt: skip
    sentence = Sentence(
        [f for f, _ in pairs],
        [True] * 7,
        ["O"] * 7,
        ["VBZ"] * 6 + ["VBD"],
        [None] * 7,
        [None] * 7,
        [x for _, x in pairs],
    )
    lemmatizer = nlp.create_pipe("lemmatizer", config={"mode": "rule"})
    lookups = Lookups()
    for name, table in lemma_tables([sentence]).items():
        lookups.add_table(name, table)
    lemmatizer.initialize(lookups=lookups)  # type: ignore[attr-defined]
    doc = nlp.make_doc("downregulates kept bound are")
    for token, pos in zip(doc, ("VERB", "VERB", "VERB", "AUX"), strict=True):
        token.pos_ = pos
    assert [t.lemma_ for t in lemmatizer(doc)] == ["downregulate", "keep", "bind", "be"]


def test_no_choosing_part_and_no_corpus_without_licence_is_trained_on() -> None:
    config = tomllib.loads(resource("models", "training", "config.toml").read_text(encoding="utf8"))
    trained = [file for files in config["corpora"].values() for file in files] + [config["craft"]["train"]]
    assert not {config["craft"]["choose"], *config["choosing"].values()} & set(trained)
    assert {Path(f).parts[0] for f in trained} == {"bionlp13cg", "bc5cdr", "bc2gm", "ncbi_disease", "anatem", "craft"}


def test_shares_of_every_phase_add_up() -> None:
    config = tomllib.loads(resource("models", "training", "config.toml").read_text(encoding="utf8"))
    assert [round(sum(p["share"].values()), 6) for p in config["phase"]] == [1.0] * len(config["phase"])
