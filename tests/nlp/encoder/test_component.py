"""The component: windows, sentences set before, and that a text's result is its own."""

from __future__ import annotations

import pickle
import subprocess
import sys
from dataclasses import dataclass, field
from itertools import pairwise, permutations
from pathlib import Path

import numpy as np
import pytest
import spacy
from exomine.nlp.encoder.component import ENTITY_SCORES, LONGEST_TEXT, UNIVERSAL, Encoder
from exomine.nlp.encoder.network import EncoderModel, WindowScores
from exomine.nlp.encoder.pieces import Encoded
from exomine.resources import resource
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

TEXT = (
    "Exosomal miR-21 confers resistance to cisplatin in A549/DDP cells. It downregulates PTEN.\n"
    "Results\nLoss of P-gp restored the sensitivity of MCF-7 cells to doxorubicin in mice."
)


class OneAWord:
    """Word pieces of a toy: every word is one, numbered by its length."""

    def pieces(self, word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        return (len(word),), (0,)

    def encode(self, words: list[str], spaced: list[bool]) -> Encoded:
        ids = np.array([0, *(len(w) if w != "." else -1 for w in words), 0])
        at = np.arange(1, len(words) + 1)
        return Encoded(ids, np.array([int(s) for s in [0, *spaced, 0]]), at, at)


@dataclass
class Toy:
    """A network that ends sentences after full stops, chains every word to the one before it, and calls long words
    genes.
    """

    bio: list[str] = field(default_factory=lambda: ["O", "B-Gene", "I-Gene"])
    tags: list[str] = field(default_factory=lambda: ["NN", "VBZ"])
    deps: list[str] = field(default_factory=lambda: ["ROOT", "dep"])
    pieces: OneAWord = field(default_factory=OneAWord)
    windows: list[int] = field(default_factory=list)

    def scores(self, window: Encoded) -> WindowScores:
        ids = window.ids[1:-1]
        n = len(ids)
        self.windows.append(n)
        entities = np.zeros((n, 3), dtype=np.float32)
        entities[ids > 8, 1] = 1
        starts = np.zeros((n, 2), dtype=np.float32)
        starts[1:, 1] = np.where(ids[:-1] == -1, 1, -1)
        arcs = np.zeros((n, n + 1), dtype=np.float32)
        for i in range(n):
            arcs[i, i] = 5  # the word before; the root for the first
        vectors = np.zeros((n, 1), dtype=np.float32)
        return WindowScores(
            entities, np.zeros((n, 2), dtype=np.float32), starts, arcs, vectors, np.zeros((n + 1, 1), dtype=np.float32)
        )

    def arc_labels(self, scores: WindowScores, heads: list[int]) -> list[str]:
        assert len(scores.label_dep) == len(heads)
        return ["ROOT" if h < 0 else "dep" for h in heads]


def toy(**options: object) -> tuple[Encoder, Toy]:
    encoder, network = Encoder(**options), Toy()  # type: ignore[arg-type]
    encoder.network = network  # type: ignore[assignment]
    return encoder, network


VOCAB = spacy.blank("en").vocab


def doc_of(text: str, starts: dict[int, bool] | None = None) -> Doc:
    """White-space separated words; a lone "|" is a line break."""
    words = [w.replace("|", "\n") for w in text.split()]
    doc = Doc(VOCAB, words=words)
    for i, value in (starts or {}).items():
        doc[i].is_sent_start = value
    return doc


def test_sentences_tags_trees_and_entities_are_set() -> None:
    encoder, _network = toy()
    doc = encoder(doc_of("Exosomes carry microRNAs . They do ."))
    assert [s.text for s in doc.sents] == ["Exosomes carry microRNAs .", "They do ."]
    assert [t.head.i for t in doc] == [0, 0, 1, 2, 4, 4, 5]
    assert doc[0].dep_ == "ROOT"
    assert doc.ents[0].text == "microRNAs"
    ((start, end, label, score),) = doc.user_data[ENTITY_SCORES]
    assert (start, end, label) == (doc.ents[0].start_char, doc.ents[0].end_char, "Gene")
    assert score > 0.5


def test_sentence_starts_set_before_are_kept() -> None:
    encoder, _network = toy()
    doc = encoder(doc_of("Fig . 1 shows A B", {2: False, 4: True}))
    assert [s.text for s in doc.sents] == ["Fig . 1 shows", "A B"]


@pytest.mark.parametrize(("line_breaks", "sentences"), [(True, 2), (False, 1)])
def test_line_break_begins_a_sentence_where_the_setting_says_so(line_breaks: bool, sentences: int) -> None:
    encoder, _network = toy(line_breaks=line_breaks)
    assert len(list(encoder(doc_of("Results | Loss of")).sents)) == sentences


def test_blank_line_always_begins_a_sentence() -> None:
    encoder, _network = toy(line_breaks=False)
    assert len(list(encoder(doc_of("Results || Loss of")).sents)) == 2


def test_white_space_belongs_to_the_sentence_before_it() -> None:
    encoder, _network = toy()
    doc = encoder(doc_of("| Results | Loss |"))
    assert [t.tag_ for t in doc if t.is_space] == ["_SP"] * 3
    assert [len(s) for s in doc.sents] == [3, 2]


@pytest.mark.parametrize("text", ["", "|"])
def test_nothing_to_say_of_a_text_without_words(text: str) -> None:
    encoder, network = toy()
    doc = encoder(doc_of(text))
    assert not doc.ents
    assert not network.windows


def test_settings_decide_what_is_set() -> None:
    only_entities = toy(syntax=False)[0](doc_of("microRNAs bind ."))
    assert only_entities.ents
    assert not only_entities.has_annotation("DEP")
    only_syntax = toy(entities=False)[0](doc_of("microRNAs bind ."))
    assert not only_syntax.ents
    assert only_syntax.has_annotation("DEP")


@settings(deadline=None)
@given(st.lists(st.sampled_from(["cell", "microRNAs", ".", "|"]), max_size=300))
def test_any_document_is_read_whole_in_sentences_that_fit(words: list[str]) -> None:
    encoder, network = toy(window=34)
    doc = encoder(doc_of(" ".join(words)))
    assert all(n <= 32 for n in network.windows)
    read = [t for t in doc if not t.is_space]
    assert all(t.dep_ for t in read)
    for sentence in doc.sents:
        assert all(t.head.sent == sentence for t in sentence)
    for before, after in pairwise(read):  # a full stop or a line break ends a sentence wherever long ones are cut
        broken = any(t.is_space for t in doc[before.i : after.i])
        ended = before.text == "." != after.text and any(t.is_alpha for t in doc[before.sent.start : before.i])
        if ended or broken:
            assert after.is_sent_start


def test_window_has_limits() -> None:
    with pytest.raises(ValueError, match="window is 600"):
        Encoder(window=600)


def test_without_weights_the_message_says_what_to_do() -> None:
    with pytest.raises(ValueError, match="load a pipeline"):
        Encoder()(doc_of("a"))


def test_model_folder_that_lacks_a_file_is_named() -> None:
    with pytest.raises(ValueError, match=r"labels\.npz"):
        EncoderModel({"encoder.onnx": b"", "vocabulary.txt": b"", "classes.json": b"{}"})


# -- the shipped model


@pytest.fixture(scope="module")
def folder() -> Path:
    return resource("models", "exomine_core")


@pytest.fixture(scope="module")
def nlp(syntax: Language) -> Language:
    return syntax


def said(doc: Doc) -> list[object]:
    rows = [(t.text, t.tag_, t.pos_, t.lemma_, t.dep_, t.head.i, t.is_sent_start, t.ent_iob_, t.ent_type_) for t in doc]
    return [rows, doc.user_data[ENTITY_SCORES]]


def test_loads_without_anyone_importing_exomine(folder: Path, tmp_path: Path) -> None:
    code = "import spacy, sys; nlp = spacy.load(sys.argv[1]); print([e.label_ for e in nlp('TP53 is mutated.').ents])"
    done = subprocess.run(
        [sys.executable, "-c", code, folder], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert "Gene_or_gene_product" in done.stdout


def test_model_is_small(folder: Path) -> None:
    assert sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) < 60_000_000


def test_labels_are_those_of_the_cancer_genetics_task(nlp: Language) -> None:
    assert nlp.get_pipe("encoder").labels == (  # type: ignore[attr-defined]
        "Amino_acid", "Anatomical_system", "Cancer", "Cell", "Cellular_component", "Developing_anatomical_structure",
        "Gene_or_gene_product", "Immaterial_anatomical_entity", "Multi-tissue_structure", "Organ", "Organism",
        "Organism_subdivision", "Organism_substance", "Pathological_formation", "Simple_chemical", "Tissue",
    )  # fmt: skip


def test_every_tag_has_a_part_of_speech(nlp: Language) -> None:
    assert set(nlp.get_pipe("encoder").network.tags) <= set(UNIVERSAL)  # type: ignore[attr-defined]


def test_reads_the_field(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert {("PTEN", "Gene_or_gene_product"), ("cisplatin", "Simple_chemical"), ("mice", "Organism")} <= {
        (e.text, e.label_) for e in doc.ents
    }
    assert [s.text.strip().split()[0] for s in doc.sents] == ["Exosomal", "It", "Results", "Loss"]
    confers = next(t for t in doc if t.text == "confers")
    assert (confers.pos_, confers.lemma_, confers.dep_) == ("VERB", "confer", "ROOT")
    assert next(t for t in doc if t.text == "downregulates").lemma_ == "downregulate"


def test_company_and_batches_change_nothing(nlp: Language) -> None:
    texts = [TEXT, "MiR-34a is lost.", TEXT * 20, "Results"]
    alone = [said(nlp(t)) for t in texts]
    assert [said(d) for d in nlp.pipe(texts, batch_size=4)] == alone
    assert [said(d) for d in nlp.pipe(reversed(texts), batch_size=1)] == alone[::-1]


def test_neighbours_change_nothing(nlp: Language) -> None:
    """A sentence says the same alone and anywhere in a text, to the last digit of its scores."""
    lines = TEXT.replace(". ", ".\n").split("\n")
    alone = {line: _rows(nlp(line)[:]) for line in lines}
    for order in permutations(lines):
        doc = nlp(" \n".join(order))
        for line, sentence in zip(order, doc.sents, strict=True):
            start, end = sentence[0].idx, sentence[0].idx + len(line)
            assert _rows(doc.char_span(start, end)) == alone[line]  # type: ignore[arg-type]


def _rows(span: Span) -> list[object]:
    first = span[0]
    rows: list[object] = [(t.text, t.tag_, t.dep_, t.head.i - first.i, t.ent_iob_, t.ent_type_) for t in span]
    scores = span.doc.user_data[ENTITY_SCORES]
    at = first.idx
    return rows + [(s - at, e - at, label, p) for s, e, label, p in scores if at <= s < span.end_char]


def test_threads_change_nothing(nlp: Language) -> None:
    encoder = nlp.get_pipe("encoder")
    alone = said(nlp(TEXT * 5))
    encoder.threads = 2  # type: ignore[attr-defined]
    try:
        assert said(nlp(TEXT * 5)) == alone
    finally:
        encoder.threads = 1  # type: ignore[attr-defined]


def test_texts_over_a_million_characters_are_taken(nlp: Language) -> None:
    assert nlp.max_length == LONGEST_TEXT
    doc = nlp.make_doc("- " * 600_000)
    assert len(doc.text) > 1_000_000


def test_a_text_without_any_sentence_end_is_read_to_its_end() -> None:
    encoder, network = toy(window=34)
    doc = encoder(doc_of("cell " * 20_000))
    assert sum(network.windows) == len(doc)


def test_survives_bytes_disk_and_pickle(nlp: Language, tmp_path: Path) -> None:
    expected = said(nlp(TEXT))
    nlp.to_disk(tmp_path / "copy")
    assert said(spacy.load(tmp_path / "copy")(TEXT)) == expected
    encoder = nlp.get_pipe("encoder")
    copy = Encoder().from_bytes(encoder.to_bytes())  # type: ignore[attr-defined]
    for other in (copy, pickle.loads(pickle.dumps(encoder))):
        doc = other(nlp.make_doc(TEXT))
        assert [(e.text, e.label_) for e in doc.ents] == [(e.text, e.label_) for e in nlp(TEXT).ents]


def test_configuration_can_take_the_components_alone(folder: Path, nlp: Language) -> None:
    config = {
        "nlp": {"lang": "en", "pipeline": ["encoder"], "tokenizer": {"@tokenizers": "exomine.Tokenizer.v1"}},
        "components": {"encoder": {"source": str(folder)}},
    }
    other = spacy.util.load_model_from_config(config, auto_fill=True)
    assert [(e.text, e.label_) for e in other(TEXT).ents] == [(e.text, e.label_) for e in nlp(TEXT).ents]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("miR-21-5p", "miR - 21 - 5p"),
        ("A549/DDP", "A549 / DDP"),
        ("(P<0.05; n=1,000)", "( P < 0.05 ; n = 1,000 )"),
        ("cells12,13", "cells12 , 13"),
        ("NF-kB.", "NF - kB ."),
        ("E. coli, i.e. bacteria.", "E. coli , i.e. bacteria ."),
        ("CD4+ at 37°C", "CD4 + at 37 °C"),
        ("IL-1β's 10.5%", "IL - 1β 's 10.5 %"),
        ("growth.The next", "growth . The next"),
        ("in cells.[12,13] The", "in cells . [ 12 , 13 ] The"),
        ("http://a.org/b-c.", "http://a.org/b-c ."),
    ],
)
def test_tokens(nlp: Language, text: str, tokens: str) -> None:
    assert " ".join(t.text for t in nlp.make_doc(text)) == tokens
