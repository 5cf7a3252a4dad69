"""Decoding against brute force."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from exomine.nlp.encoder_decode import bio_path, bio_spans, legal_starts, legal_transitions, tree
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

TAGS = ["O", "B-Cell", "I-Cell", "B-Organ", "I-Organ"]
scores = st.floats(-5, 5, width=32)


def legal(path: tuple[int, ...]) -> bool:
    tags = ["O", *(TAGS[i] for i in path)]
    return all(b[0] != "I" or (a != "O" and a[2:] == b[2:]) for a, b in pairwise(tags))


@given(arrays(np.float32, (4, len(TAGS)), elements=scores))
def test_path_is_the_best_legal_one(logits: np.ndarray) -> None:
    path = bio_path(logits, legal_transitions(TAGS), legal_starts(TAGS))
    assert legal(tuple(path))
    best = max(sum(logits[i, t] for i, t in enumerate(p)) for p in product(range(len(TAGS)), repeat=4) if legal(p))
    assert sum(logits[i, t] for i, t in enumerate(path)) == pytest.approx(best, abs=1e-4)


def test_spans_of_a_path() -> None:
    tags = ["B-Cell", "I-Cell", "B-Cell", "O", "B-Organ"]
    assert bio_spans(tags) == [(0, 2, "Cell"), (2, 3, "Cell"), (4, 5, "Organ")]


def is_tree(heads: tuple[int, ...]) -> bool:
    """One root, and every word leads to it."""
    if sum(h < 0 for h in heads) != 1:
        return False
    for start in range(len(heads)):
        node, steps = start, 0
        while node >= 0 and steps <= len(heads):
            node, steps = heads[node], steps + 1
        if node >= 0:
            return False
    return True


def total(arcs: np.ndarray, heads: tuple[int, ...]) -> float:
    return float(sum(arcs[d, h + 1] for d, h in enumerate(heads)))


@pytest.mark.parametrize("n", [1, 2, 3, 4])
@given(data=st.data())
def test_tree_is_the_best_one_with_one_root(n: int, data: st.DataObject) -> None:
    arcs = data.draw(arrays(np.float32, (n, n + 1), elements=scores))
    heads = tuple(tree(arcs))
    assert is_tree(heads)
    candidates = [h for h in product(range(-1, n), repeat=n) if all(a != i for i, a in enumerate(h)) and is_tree(h)]
    assert total(arcs, heads) == pytest.approx(max(total(arcs, h) for h in candidates), abs=1e-4)


def test_long_sentence_with_cycles_ends_in_a_tree() -> None:
    n = 120
    arcs = np.full((n, n + 1), -10, dtype=np.float32)
    for i in range(n):  # each word wants its neighbour, and the neighbour wants it
        arcs[i, 1 + (i ^ 1)] = 5
    assert is_tree(tuple(tree(arcs)))


def is_whole(heads: tuple[int, ...], start: int, end: int) -> bool:
    """One word of the unit has its head outside, and whatever hangs on the unit from outside hangs on that word."""
    up = {i for i in range(start, end) if not start <= heads[i] < end}
    held = {h for i, h in enumerate(heads) if start <= h < end and not start <= i < end}
    return len(up) == 1 and held <= up


@pytest.mark.parametrize("unit", [(0, 2), (1, 3), (1, 4), (0, 4)])
@given(data=st.data())
def test_tree_keeps_a_unit_whole_and_is_the_best_that_does(unit: tuple[int, int], data: st.DataObject) -> None:
    n = 4
    arcs = data.draw(arrays(np.float32, (n, n + 1), elements=scores))
    heads = tuple(tree(arcs, [unit]))
    assert is_tree(heads)
    assert is_whole(heads, *unit)
    candidates = [h for h in product(range(-1, n), repeat=n) if all(a != i for i, a in enumerate(h)) and is_tree(h)]
    best = max(total(arcs, h) for h in candidates if is_whole(h, *unit))
    assert total(arcs, heads) == pytest.approx(best, abs=1e-4)
