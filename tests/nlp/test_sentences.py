"""Where sentences begin: no cut inside, no border missed, in whatever company."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from exomine.nlp.encoder.tokenizer import blank
from exomine.nlp.factories import register_factories
from exomine.nlp.sentences import borders
from exomine.resources import resource
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

MARK = "‖"
LINES = [
    line
    for line in (Path(__file__).parent / "data" / "sentences.txt").read_text(encoding="utf8").splitlines()
    if (line and not line.startswith("#")) or line.startswith("#!")
]


@pytest.fixture(scope="module")
def model() -> Language:
    return spacy.load(resource("models", "exomine_core"), exclude=["lemmatizer"])


@pytest.fixture(scope="module")
def with_blocks() -> Language:
    """The model behind the component that sets starts by citation marks, as in the shipped pipeline."""
    register_factories()
    nlp = spacy.load(resource("models", "exomine_core"), exclude=["lemmatizer"])
    nlp.add_pipe("blocks", first=True)
    return nlp


def text_of(line: str) -> str:
    return line.replace(f" {MARK} ", " ").replace(MARK, "")


def sentences_of(line: str) -> list[str]:
    return [part.strip() for part in line.split(MARK)]


def found(nlp: Language, text: str) -> list[str]:
    return [s.text.strip() for s in nlp(text).sents]


def test_there_are_enough_cases() -> None:
    assert sum(len(sentences_of(line)) for line in LINES) > 150


@pytest.mark.parametrize("line", LINES)
def test_borders(model: Language, with_blocks: Language, line: str) -> None:
    text = text_of(line)
    assert found(model, text) == sentences_of(line)
    assert found(with_blocks, text) == sentences_of(line)


def test_borders_in_one_paragraph(model: Language) -> None:
    whole = [line for line in LINES if line[-1] in ".?" and line[0].isupper()]
    assert found(model, text_of(" ‖ ".join(whole))) == [s for line in whole for s in sentences_of(line)]


def test_trees_stay_within_sentences(model: Language) -> None:
    doc = model(text_of(" ‖ ".join(LINES)))
    assert all(token.head.sent == token.sent for token in doc)
    assert all(sum(t.dep_ == "ROOT" for t in sentence) == 1 for sentence in doc.sents)


WORDS = [
    "cells",
    "miR",
    "-",
    "21",
    "The",
    "E.",
    "al.",
    "Fig.",
    ".",
    "?",
    "(",
    ")",
    "[",
    "]",
    "12",
    ",",
    '"',
    "cells.12",
    "…",
    "it",
]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WORDS), st.booleans()), min_size=1, max_size=40))
def test_any_words(pairs: list[tuple[str, bool]]) -> None:
    """A sentence begins only behind its end, and the rule says of a part what it said of the part inside the whole."""
    words, spaced = [w for w, _ in pairs], [s for _, s in pairs]
    said = borders(words, spaced, [None] * len(words))
    assert said[0] is True
    starts = [i for i, border in enumerate(said) if border]
    assert all(set(words[:i]) & {".", "?", "…", "E.", "al.", "cells.12"} for i in starts[1:])
    for first, last in pairwise([*starts, len(words)]):
        alone = borders(words[first:last], [True, *spaced[first + 1 : last]], [None] * (last - first))
        assert True not in alone[1:]


def test_what_is_known_is_kept() -> None:
    words = ["Cells", "grow", ".", "The", "end"]
    assert borders(words, [True] * 5, [None, None, None, False, True]) == [True, False, False, False, True]


def test_tokens_that_are_cut_otherwise() -> None:
    """Another tokeniser leaves "al." and "." apart."""
    words = [t.text for t in blank()("as Ogawa et al. The")]
    assert borders(words, [True] * len(words), [None] * len(words))[-1] is True
    assert borders(["Ogawa", "et", "al", ".", "found"], [True, True, True, False, True], [None] * 5)[-1] is False


@pytest.mark.parametrize(
    "words",
    [
        ["1", ","] * 3000,
        ["["] + ["7", ","] * 3000 + ["]"],
        ["cells", "."] + [")"] * 6000,
        ["cells", "."] + ["a", "-"] * 6000 + ["x"],
        ["cells", "."] + ["1", "-"] * 3000 + ["]", "Then"],
        ["(", "1", ")", "."] * 1500,
    ],
)
def test_what_runs_on_is_looked_at_a_bounded_number_of_times_a_word(words):
    seen = _Counting(words)
    assert len(borders(seen, [True] * len(words), [None] * len(words))) == len(words)
    assert seen.count <= 2000 * len(words)


class _Counting(list):
    """Words that count how often one is asked for."""

    count = 0

    def __getitem__(self, i):
        self.count += 1
        return super().__getitem__(i)


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("It confers resistance.[12]Moreover, it spreads.", "Moreover"),
        ("It was lost with PTEN.In contrast, others rose.", "In"),
        ("They took 5 μM.However, none died.", "However"),
        ("It kills cells.miR-21 does not.", "miR"),
        ("It rose (Fig. 1).These data agree.", "These"),
    ],
)
def test_a_sentence_may_begin_without_a_space_before_it(text, second):
    doc = blank()(text)
    tokens = [t.text for t in doc]
    spaced = [True, *(bool(t.whitespace_) for t in doc[:-1])]
    found = [
        w for w, border in zip(tokens[1:], borders(tokens, spaced, [None] * len(tokens))[1:], strict=True) if border
    ]
    assert found == [second]


@pytest.mark.parametrize("text", ["See www.mirbase.org for it.", "It is E.coli here.", "A vol.In it"])
def test_a_stop_inside_a_word_is_none(text):
    doc = blank()(text)
    tokens = [t.text for t in doc]
    spaced = [True, *(bool(t.whitespace_) for t in doc[:-1])]
    assert not any(borders(tokens, spaced, [None] * len(tokens))[1:])
