"""Gold over our own tokens, lemma tables, and the configuration."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest
from exomine.nlp.encoder.tokenizer import blank
from exomine.resources import resource
from exomine.training.chosen import seen_share
from exomine.training.corpora import Sentence, bio_of, craft_sentences, iob_corpus
from exomine.training.lemmas import lemma_tables
from exomine.training.partial import allowed_tags
from exomine.training.settings import CONFIG
from exomine.training.swaps import Name, Swaps, read_swaps
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.lookups import Lookups

ROWS = [("We", "we", "PRP", 2, "nsubj"), ("used", "use", "VBD", 0, "root"),
    ("anti-mouse", "anti-mouse", "JJ", 4, "amod"),
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
    pairs = [("activates", "activate"), ("mediates", "mediate"), ("regulates", "regulate"), ("binds", "bind"),
        ("needs", "need"), ("finds", "find"),
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
    config = tomllib.loads(CONFIG.read_text(encoding="utf8"))
    trained = [file for files in config["corpora"].values() for file in files] + [config["craft"]["train"]]
    assert not {config["craft"]["choose"], *config["choosing"].values()} & set(trained)
    assert {Path(f).parts[0] for f in trained} == {"bionlp13cg", "bc5cdr", "bc2gm", "ncbi_disease", "anatem", "craft"}


def test_shares_of_every_stage_add_up() -> None:
    config = tomllib.loads(CONFIG.read_text(encoding="utf8"))
    assert [round(sum(p["share"].values()), 6) for p in config["stage"]] == [1.0] * len(config["stage"])


PARTIAL = {"label": "Anatomy", "labels": ["Cell", "Organ"], "same_bounds": True, "complete": True}
OWN, OTHER = ["O", "B-Anatomy", "I-Anatomy"], ["O", "B-Cell", "I-Cell", "B-Gene", "I-Gene", "B-Organ", "I-Organ"]


def names_allowed(entry: dict[str, object]) -> dict[str, list[str]]:
    table = allowed_tags(OWN, OTHER, entry)
    return {own: [tag for tag, yes in zip(OTHER, row, strict=True) if yes] for own, row in zip(OWN, table, strict=True)}


def test_a_corpus_with_the_same_bounds_leaves_only_the_label_open() -> None:
    assert names_allowed(PARTIAL) == {
        "O": ["O", "B-Gene", "I-Gene"],
        "B-Anatomy": ["B-Cell", "B-Organ"],
        "I-Anatomy": ["I-Cell", "I-Organ"],
    }


def test_a_corpus_with_longer_and_fewer_mentions_says_less() -> None:
    assert names_allowed({**PARTIAL, "labels": ["Gene"], "same_bounds": False, "complete": False}) == {
        "O": OTHER,
        "B-Anatomy": ["O", "B-Gene", "I-Gene"],
        "I-Anatomy": ["O", "B-Gene", "I-Gene"],
    }


def a_sentence() -> Sentence:
    words = ["Cisplatin", "killed", "HeLa", "cells", "."]
    return Sentence(words, [True, True, True, True, False], ["B-Drug", "O", "B-Cell", "I-Cell", "O"])


@given(seed=st.integers(0, 999), share=st.sampled_from([0.0, 0.5, 1.0]))
def test_swapped_names_keep_the_words_around_and_the_labels(seed: int, share: float) -> None:
    swaps = Swaps(
        {"Drug": [Name(["5", "-", "FU"], [True, False, False])], "Cell": [Name(["A549"], [True])]}, {"Drug": share}
    )
    swapped = swaps.apply(a_sentence(), random.Random(seed))
    rest = ["killed", "HeLa", "cells", "."]
    assert swapped.words in (["Cisplatin", *rest], ["5", "-", "FU", *rest])
    assert len(swapped.words) == len(swapped.bio) == len(swapped.spaced)
    assert [t[2:] for t in swapped.bio if t[0] == "B"] == ["Drug", "Cell"]
    if share != 0.5:
        assert (swapped.words == a_sentence().words) == (share == 0)


def test_names_for_swaps_come_from_the_lexicon_and_are_of_one_label(nlp: Language) -> None:
    settings = {
        "seed": 1,
        "labels": [{"ours": "Simple_chemical", "theirs": "DRUG", "share": 0.4, "most": 200, "words": 3}],
    }
    swaps = read_swaps(nlp, resource("models", "lexicon") / "terms.parquet", settings)
    assert 50 < len(swaps.names["Simple_chemical"]) <= 200
    assert all(1 <= len(n.words) <= 3 and len(n.spaced) == len(n.words) for n in swaps.names["Simple_chemical"])
    assert swaps == read_swaps(nlp, resource("models", "lexicon") / "terms.parquet", settings)


def test_the_configuration_names_stages_and_partial_corpora_that_there_are() -> None:
    config = tomllib.loads(CONFIG.read_text(encoding="utf8"))
    done: list[str] = []
    for stage in config["stage"]:
        assert stage.get("start") in [None, *done]
        assert set(stage["partial"]) <= {p["corpus"] for p in config["partial"]}
        assert set(stage["share"]) <= {*config["corpora"], "craft"}
        done.append(stage["name"])
    assert set(config["ship"]["stages"]) <= set(done)


def test_sentences_that_are_for_choosing_are_found_in_a_trained_corpus() -> None:
    words = "We saw that the number of living cells fell after treatment".split()
    chosen_on = [Sentence([*words, str(i)], [True] * 12, ["O"] * 12) for i in range(50)]
    headings = [Sentence(["Results"], [True], ["O"])] * 50
    assert seen_share([*chosen_on, *headings], [a_sentence(), *headings, *chosen_on[:5]]) == 0.1
