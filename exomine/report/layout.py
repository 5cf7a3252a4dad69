"""Places for the nodes of a network, by the forces of Fruchterman and Reingold (1991); the same network has the same
places."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["places"]

_ROUNDS = 300
_Floats = NDArray[np.float64]


def places(n: int, edges: Sequence[tuple[int, int]]) -> list[tuple[float, float]]:
    """``(x, y)`` of ``n`` nodes, from 0 to 100, joined nodes near each other."""
    if n < 2:
        return [(50.0, 50.0)] * n
    turn = 2.399963 * np.arange(n)  # the golden angle: a start without two nodes in one place
    at = np.sqrt(np.arange(n) + 0.5)[:, None] * np.column_stack([np.cos(turn), np.sin(turn)]) / np.sqrt(n)
    ideal = 1.6 / np.sqrt(n)
    links = np.array(edges, dtype=np.int64).reshape(-1, 2)
    for round_ in range(_ROUNDS):
        at = at + _step(at, links, ideal, heat=0.1 * (1 - round_ / _ROUNDS))
    low, high = at.min(axis=0), at.max(axis=0)
    scaled = 100 * (at - low) / np.where(high > low, high - low, 1)
    return [(round(float(x), 1), round(float(y), 1)) for x, y in scaled]


def _step(at: _Floats, links: NDArray[np.int64], ideal: float, *, heat: float) -> _Floats:
    """How each node moves in one round: away from all others, towards those it is joined with, and a little to the
    middle."""
    apart = at[:, None, :] - at[None, :, :]
    distance = np.maximum(np.linalg.norm(apart, axis=2), 1e-6)
    force = (apart * (ideal**2 / distance**2)[:, :, None]).sum(axis=1) - 0.4 * at
    for a, b in links:
        pull = (at[a] - at[b]) * float(np.linalg.norm(at[a] - at[b])) / ideal
        force[a] -= pull
        force[b] += pull
    size = np.maximum(np.linalg.norm(force, axis=1, keepdims=True), 1e-9)
    return np.asarray(force / size * np.minimum(size, heat))
