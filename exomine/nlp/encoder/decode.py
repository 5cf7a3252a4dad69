"""From scores to structure: BIO tags without impossible transitions, and one tree a sentence.

Both are exact and depend on the scores alone: Viterbi over the legal transitions, and the maximum spanning arborescence with
one root (Chu and Liu 1965, Edmonds 1967). The greedy answer is taken where it is legal, since it is then the best one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["bio_path", "bio_spans", "legal_starts", "legal_transitions", "tree"]

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]

#: Taken off every arc from the root, so that the best arborescence has one.
ROOT_COST = np.float64(1e6)
#: What an arc that a unit forbids is worth: less than any other, and less by far than a second root costs.
BARRED = np.float64(1e9)


def legal_transitions(tags: Sequence[str]) -> Bools:
    """``legal[a, b]``: tag b may follow tag a. I-X follows only B-X and I-X."""
    return np.array([[b[0] != "I" or a[1:] == b[1:] for b in tags] for a in tags], dtype=np.bool_)


def legal_starts(tags: Sequence[str]) -> Bools:
    """Which tags may begin a sentence: all but I-X."""
    return np.array([t[0] != "I" for t in tags], dtype=np.bool_)


def bio_path(scores: Floats, legal: Bools, starts: Bools) -> list[int]:
    """The best legal tag path of one sentence; ``scores`` is (words, tags)."""
    greedy = scores.argmax(1)
    if starts[greedy[0]] and legal[greedy[:-1], greedy[1:]].all():
        return [int(t) for t in greedy]
    barred = np.where(legal, np.float32(0), np.float32(-np.inf))
    best = np.where(starts, scores[0], np.float32(-np.inf))
    back = np.zeros(scores.shape, dtype=np.int64)
    for i in range(1, len(scores)):
        through = best[:, None] + barred
        back[i] = through.argmax(0)
        best = through.max(0) + scores[i]
    path = [int(best.argmax())]
    for i in range(len(scores) - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]


def bio_spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Half-open spans of words with their labels, of a legal tag path."""
    spans: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag[0] == "B":
            spans.append((i, i + 1, tag[2:]))
        elif tag[0] == "I":
            start, _end, label = spans[-1]
            spans[-1] = (start, i + 1, label)
    return spans


def tree(scores: Floats, units: Sequence[tuple[int, int]] = ()) -> list[int]:
    """Heads of one sentence's words, -1 for its root, from arc scores (dependents, 1 + heads); column 0 is the root.

    Each of ``units``, half-open ranges of words, is one subtree: one word carries it, and all that hangs on it from outside.
    """
    heads = _tree(scores)
    for unit in units:
        if not _is_whole(heads, unit):
            scores = max((_held(scores, unit, carrier) for carrier in range(*unit)), key=_best)
            heads = _tree(scores)
    return heads


def _is_whole(heads: Sequence[int], unit: tuple[int, int]) -> bool:
    start, end = unit
    carriers = {i for i in range(start, end) if not start <= heads[i] < end}
    carriers |= {h for i, h in enumerate(heads) if start <= h < end and not start <= i < end}
    return len(carriers) == 1


def _held(scores: Floats, unit: tuple[int, int], carrier: int) -> Floats:
    """The scores without the arcs that would lead into or out of the unit past its carrier."""
    inside = np.zeros(len(scores), dtype=np.bool_)
    inside[unit[0] : unit[1]] = True
    others = inside.copy()
    others[carrier] = False
    held = scores.astype(np.float64, copy=True)
    held[np.ix_(others, np.concatenate([[True], ~inside]))] = -BARRED
    held[np.ix_(~inside, np.concatenate([[False], others]))] = -BARRED
    held[carrier, 1:][inside] = -BARRED
    return held  # type: ignore[return-value]


def _best(scores: Floats) -> float:
    """Score of the best tree."""
    return float(sum(scores[i, h + 1] for i, h in enumerate(_tree(scores))))


def _tree(scores: Floats) -> list[int]:
    n = len(scores)
    square = np.full((n + 1, n + 1), -np.inf)
    square[1:] = scores
    np.fill_diagonal(square, -np.inf)
    heads = square[1:].argmax(1)
    if (heads == 0).sum() != 1 or _cycle([0, *heads.tolist()]):
        square[1:, 0] -= ROOT_COST
        heads = np.array(_arborescence(square)[1:])
    return [int(h) - 1 for h in heads]


def _cycle(heads: Sequence[int]) -> list[int]:
    """Nodes of one cycle, or nothing. ``heads[0]`` is the root's and not looked at."""
    state = [0] * len(heads)  # 0 not seen, 1 on the path now, 2 leads to the root
    state[0] = 2
    for start in range(1, len(heads)):
        path, node = [], start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = heads[node]
        if state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return []


def _arborescence(scores: npt.NDArray[np.float64]) -> list[int]:
    """Heads of the maximum spanning arborescence from node 0; ``scores[d, h]``. Cycles are contracted one at a time."""
    heads = [0, *(int(h) for h in scores[1:].argmax(1))]
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = set(cycle)
    outside = [i for i in range(len(scores)) if i not in inside]
    gain = np.array([scores[c, heads[c]] for c in cycle])
    entering = scores[np.ix_(cycle, outside)] - gain[:, None]  # what it costs to break the cycle there
    leaving = scores[np.ix_(outside, cycle)]
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    small[-1, :-1], small[:-1, -1] = entering.max(0), leaving.max(1)
    small[0, :] = -np.inf
    found = _arborescence(small)
    return _expanded(found, heads, cycle, outside, entering, leaving)


def _expanded(
    found: list[int],
    heads: list[int],
    cycle: list[int],
    outside: list[int],
    entering: npt.NDArray[np.float64],
    leaving: npt.NDArray[np.float64],
) -> list[int]:
    """Heads of the graph from those of the graph with its cycle contracted (the last node there)."""
    whole = list(heads)
    contracted = len(outside)
    for i, node in enumerate(outside):
        if i:
            whole[node] = cycle[int(leaving[i].argmax())] if found[i] == contracted else outside[found[i]]
    broken = int(entering[:, found[contracted]].argmax())
    whole[cycle[broken]] = outside[found[contracted]]
    return whole
