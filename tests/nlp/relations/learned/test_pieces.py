"""Sentences with marked mentions as pieces."""

from __future__ import annotations

import pytest
from exomine.nlp.encoder.pieces import WordPieces
from exomine.nlp.relations.learned.pieces import MARKED_LABELS, mark_text

WORDS = [
    "[PAD]",
    "[CLS]",
    "[SEP]",
    "[UNK]",
    "[MASK]",
    "mir",
    "-",
    "21",
    "lowers",
    "pten",
    "hep",
    "##g2",
    "/",
    "adm",
    ".",
    "cells",
]


@pytest.fixture
def pieces() -> WordPieces:
    return WordPieces(WORDS)


def drawn(text, mentions, pieces, hidden=()):
    """Pieces as words; markers as <LABEL and LABEL>."""
    read = mark_text(text, mentions, pieces, hidden)
    out = []
    for piece, mark in zip(read.ids, read.marks, strict=True):
        label = MARKED_LABELS[(mark - 1) // 2] if mark else ""
        out.append(WORDS[piece] if not mark else f"<{label}" if mark % 2 else f"{label}>")
    return out, [out[p] for p in read.places]


def test_markers_stand_around_each_mention(pieces):
    out, places = drawn("miR-21 lowers PTEN.", [(0, 6, "MIRNA"), (14, 18, "PROTEIN")], pieces)
    assert out == [
        "[CLS]", "<MIRNA", "mir", "-", "21", "MIRNA>", "lowers", "<PROTEIN", "pten", "PROTEIN>", ".", "[SEP]",
    ]  # fmt: skip
    assert places == ["<MIRNA", "<PROTEIN"]


def test_mentions_nest(pieces):
    mentions = [(0, 9, "CELL_LINE"), (0, 5, "CELL_LINE"), (6, 9, "DRUG")]
    out, places = drawn("HepG2/ADM cells", mentions, pieces)
    assert out == [
        "[CLS]", "<CELL_LINE", "<CELL_LINE", "hep", "##g2", "CELL_LINE>", "/", "<DRUG", "adm", "DRUG>", "CELL_LINE>",
        "cells", "[SEP]",
    ]  # fmt: skip
    assert places == ["<CELL_LINE", "<CELL_LINE", "<DRUG"]


def test_a_hidden_name_is_masked_and_keeps_its_markers(pieces):
    out, _ = drawn("miR-21 lowers PTEN.", [(0, 6, "MIRNA"), (14, 18, "PROTEIN")], pieces, [True, False])
    assert out[:4] == ["[CLS]", "<MIRNA", "[MASK]", "MIRNA>"]


def test_what_is_cut_has_no_place(pieces):
    read = mark_text("cells " * 400 + "PTEN", [(2400, 2404, "PROTEIN")], pieces)
    assert read.places == (-1,)
    assert read.ids[-1] == WORDS.index("[SEP]")
