"""Word pieces and their shapes."""

from __future__ import annotations

from pathlib import Path

import pytest
from exomine.nlp.encoder.pieces import N_SHAPES, WordPieces, shape_of
from hypothesis import given
from hypothesis import strategies as st

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "mi", "##r", "21", "met", "exo", "##some", "##s", "-", "e", "α"]
CLS, SEP, UNKNOWN = 2, 3, 1


@pytest.fixture
def pieces() -> WordPieces:
    return WordPieces(VOCABULARY)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("miR", ["mi", "##r"]),
        ("Exosomes", ["exo", "##some", "##s"]),
        ("é", ["e"]),  # accents are taken off
        ("Α", ["α"]),  # capital alpha
        ("exoxx", ["[UNK]"]),  # one part unknown: the whole word is
        ("mi-met", ["mi", "-", "met"]),  # punctuation stands alone
        ("\u200b", ["[UNK]"]),  # nothing is left of a zero-width space, yet every word has a piece
    ],
)
def test_greedy_longest_match(pieces: WordPieces, word: str, expected: list[str]) -> None:
    ids, shapes = pieces.pieces(word)
    assert [VOCABULARY[i] for i in ids] == expected
    assert len(shapes) == len(ids)


def test_shape_tells_the_gene_from_the_verb(pieces: WordPieces) -> None:
    assert pieces.pieces("MET")[0] == pieces.pieces("met")[0]
    assert pieces.pieces("MET")[1] != pieces.pieces("met")[1]


def test_shapes_are_distinct() -> None:
    assert len({shape_of(w) for w in ("met", "Met", "M", "MET", "mEt", "21", "-")}) == 7
    assert shape_of("m21") == shape_of("mEt")  # letters with digits are mixed


def test_window_has_the_places_of_first_and_last_pieces(pieces: WordPieces) -> None:
    encoded = pieces.encode(["miR", "-", "21"], [True, False, False])
    assert encoded.ids.tolist() == [CLS, 4, 5, 11, 6, SEP]
    assert encoded.first.tolist() == [1, 3, 4]
    assert encoded.last.tolist() == [2, 3, 4]


def test_white_space_before_a_word_shows_in_its_shape(pieces: WordPieces) -> None:
    spaced, glued = (pieces.encode(["21"], [s]).shapes[1] for s in (True, False))
    assert spaced != glued


def test_vocabulary_survives_its_file(pieces: WordPieces, tmp_path: Path) -> None:
    pieces.to_file(tmp_path / "v.txt")
    assert WordPieces.from_file(tmp_path / "v.txt").vocabulary == pieces.vocabulary


@given(st.lists(st.text(min_size=1), max_size=8))
def test_any_words_can_be_encoded(words: list[str]) -> None:
    encoded = WordPieces(VOCABULARY).encode(words, [True] * len(words))
    assert len(encoded.first) == len(encoded.last) == len(words)
    assert all(f <= la for f, la in zip(encoded.first, encoded.last, strict=True))
    assert encoded.shapes.max() < N_SHAPES


def test_a_word_of_too_many_pieces_is_one(pieces: WordPieces) -> None:
    assert pieces.pieces(",".join(["21"] * 1000))[0] == (UNKNOWN,)
    assert len(pieces.pieces("mi-met")[0]) == 3


def test_a_word_without_end_is_read_through_once(pieces: WordPieces) -> None:
    assert pieces.pieces("x" * 400_000)[0] == (UNKNOWN,)
