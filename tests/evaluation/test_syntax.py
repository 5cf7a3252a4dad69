"""Scores of tags, trees and sentences, counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from exomine.evaluation.syntax import SyntaxScores, read_articles, read_conllu
from spacy.tokens import Doc

TEXT = "Exosomes carry miRNAs.\n\nCells die."
ROWS = [
    ("Exosomes", "exosome", "NNS", 2, "nsubj"), ("carry", "carry", "VBP", 0, "root"),
    ("miRNAs", "mirna", "NNS", 2, "dobj"), (".", ".", ".", 2, "punct"), None,
    ("Cells", "cell", "NNS", 2, "nsubj"), ("die", "die", "VBP", 0, "root"), (".", ".", ".", 2, "punct"), None,
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines, number = [], 0
    for row in ROWS:
        if row is None:
            lines.append("")
            number = 0
            continue
        number += 1
        form, lemma, tag, head, dep = row
        lines.append("\t".join([str(number), form, lemma, "X", tag, "_", str(head), dep, "_", "_"]))
    for name, content in (("conllu/a.conllu", "\n".join(lines) + "\n"), ("txt/a.txt", TEXT)):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf8")
    return tmp_path


def parsed(*, heads: list[int], deps: list[str], tags: list[str]) -> Doc:
    words = ["Exosomes", "carry", "miRNAs", ".", "\n\n", "Cells", "die", "."]
    spaces = [True, True, False, False, False, True, False, False]
    return Doc(spacy.blank("en").vocab, words=words, spaces=spaces, heads=heads, deps=deps, tags=tags)


def test_gold_tokens_have_offsets_in_the_raw_text(folder: Path) -> None:
    ((name, text, tokens),) = read_articles(folder)
    assert name == "a"
    assert [text[t.start : t.end] for t in tokens] == [r[0] for r in ROWS if r]
    assert [t.head for t in tokens] == [1, 1, 1, 1, 5, 5, 5]
    assert [t.begins_sentence for t in tokens] == [True, False, False, False, True, False, False]


def test_a_token_that_is_not_in_the_text_is_named(folder: Path) -> None:
    with pytest.raises(ValueError, match="carry"):
        read_conllu(folder / "conllu" / "a.conllu", "Exosomes contain miRNAs.")


def test_figures_by_hand(folder: Path) -> None:
    ((_name, _text, gold),) = read_articles(folder)
    doc = parsed(heads=[1, 1, 1, 1, 3, 6, 6, 6], deps=["nsubj", "ROOT", "nsubj", "punct", "dep", "nsubj", "ROOT",
        "punct"],
                 tags=["NNS", "VBP", "NNS", ".", "_SP", "NNP", "VBP", "."])  # fmt: skip
    scores = SyntaxScores()
    scores.add(doc, gold)
    figures = scores.figures
    assert figures["tag_accuracy"] == pytest.approx(6 / 7)  # NNP for NNS
    assert figures["uas"] == 1.0
    assert figures["las"] == pytest.approx(4 / 5)  # five words, two full stops left out; nsubj for dobj
    assert figures["sentence_f1"] == 1.0


def test_joined_sentences_are_wrong_and_so_is_the_root(folder: Path) -> None:
    ((_name, _text, gold),) = read_articles(folder)
    doc = parsed(heads=[1, 1, 1, 1, 3, 6, 1, 6], deps=["nsubj", "ROOT", "dobj", "punct", "dep", "nsubj", "conj",
        "punct"],
                 tags=["NNS", "VBP", "NNS", ".", "_SP", "NNS", "VBP", "."])  # fmt: skip
    scores = SyntaxScores()
    scores.add(doc, gold)
    assert scores.figures["uas"] == pytest.approx(4 / 5)
    assert (scores.sentences_gold, scores.sentences_found, scores.sentences_right) == (2, 1, 0)
