"""From scores to structure: BIO tags without impossible transitions, and one tree a sentence.

Both are exact and depend on the scores alone: Viterbi over the legal transitions, and the maximum spanning
arborescence with one root (Chu and Liu 1965, Edmonds 1967). The greedy answer is taken where it is legal, since it is
then the best one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["bio_path", "bio_spans", "legal_starts", "legal_transitions", "tree"]

Floats = npt.NDArray[np.float32]
Floats64 = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

#: Taken off every arc from the root, so that the best arborescence has one.
ROOT_COST = np.float64(1e6)
#: Trees that are tried for the units of one sentence, times the arcs of each: a thousand for a sentence of 60 words.
MOST_TRIED = 4_000_000
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

    Each of ``units``, half-open ranges of words, is one subtree: one word carries it, and all that hangs on it from
    outside. Of a list or table that runs on as one sentence only the first are held whole (:data:`MOST_TRIED`).
    """
    heads = _tree(scores)
    left = MOST_TRIED // (len(scores) * len(scores))
    for unit in units:
        if not _is_whole(heads, unit) and (left := left - (unit[1] - unit[0])) >= 0:
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


def _arborescence(scores: Floats64) -> list[int]:
    """Heads of the maximum spanning arborescence from node 0; ``scores[d, h]``, which is worked on in place.

    A cycle is contracted into its first node, in rows and columns of one matrix, so that all contractions together
    look at every arc a bounded number of times (Tarjan 1977).
    """
    heads = np.concatenate([[0], scores[1:].argmax(1)])
    scores[0, :] = -np.inf
    contracted: list[_Cycle] = []
    waiting = list(range(1, len(heads)))
    known = {0}  # nodes from which the root is reached
    while waiting:
        cycle = _cycle_from(heads, waiting.pop(), known)
        if cycle:
            contracted.append(_contract(scores, heads, cycle))
            waiting.append(cycle[0])
    for closed in reversed(contracted):
        closed.open(heads)
    return [int(h) for h in heads]


@dataclass(frozen=True, slots=True)
class _Cycle:
    """A contracted cycle: its nodes and their heads in it; by each other node the one of them that it is entered or
    left at."""

    nodes: Ints
    heads: Ints
    entering: Ints
    leaving: Ints

    def open(self, heads: Ints) -> None:
        """Put the nodes back: the cycle breaks where it is entered, and each node that hangs on it gets its own
        head."""
        into = heads[self.nodes[0]]
        below = np.flatnonzero(heads == self.nodes[0])
        heads[below] = self.nodes[self.leaving[below]]
        heads[self.nodes] = self.heads
        heads[self.nodes[self.entering[into]]] = into


def _cycle_from(heads: Ints, start: int, known: set[int]) -> list[int]:
    """The cycle that the way from a node ends in, or nothing: then its nodes become ``known``."""
    path: dict[int, None] = {}
    node = start
    while node not in known and node not in path:
        path[node] = None
        node = int(heads[node])
    if node in known:
        known.update(path)
        return []
    nodes = list(path)
    return nodes[nodes.index(node) :]


def _contract(scores: Floats64, heads: Ints, cycle: list[int]) -> _Cycle:
    """Make the cycle one node, its first: the arcs of the others become its own, and it gets a new head."""
    nodes = np.array(cycle)
    kept, gone = nodes[0], nodes[1:]
    inner = heads[nodes]
    gain = scores[nodes, inner]
    entering = scores[nodes] - gain[:, None]  # what it costs to break the cycle there
    leaving = scores[:, nodes]
    done = _Cycle(nodes, inner.copy(), entering.argmax(0), leaving.argmax(1))
    scores[kept], scores[:, kept] = entering.max(0), leaving.max(1)
    scores[gone, :], scores[:, gone] = -np.inf, -np.inf
    scores[kept, kept] = -np.inf
    heads[np.isin(heads, gone)] = kept
    heads[gone] = 0
    heads[kept] = scores[kept].argmax()
    return done
