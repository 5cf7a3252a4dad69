"""Trees that cannot be right, put right by one arc.

The network scores arcs one by one, so that a verb may get two subjects while the preposition between them has no object:
"Inhibition of FOXM1 restored ..." with both nouns on the verb. Two such shapes are told by the tree alone.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["reattached"]

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_NOUNS = ("NN", "NNS", "NNP", "NNPS", "CD", "FW", "PRP")


def reattached(heads: Sequence[int], deps: Sequence[str], tags: Sequence[str]) -> list[int]:
    """The heads of one sentence's words (-1 the root), with nouns moved under what stands before them and waits for an object.

    A preposition or gerund without anything behind it, in or as the subject of a verb, right before a noun phrase that is
    one more subject of that verb, takes the phrase as its object.
    """
    out = list(heads)
    edges = _left_edges(heads)
    behind = {h for i, h in enumerate(heads) if i > h >= 0}
    for noun, verb in enumerate(heads):
        waiting = edges[noun] - 1
        if verb <= noun or waiting < 0 or waiting in behind or not tags[noun].startswith(_NOUNS):
            continue
        if not deps[noun].startswith(("nsubj", "npadvmod", "dep")) or deps[waiting] == "mark":
            continue
        if tags[waiting] in ("IN", "TO"):
            ok = deps[waiting] == "prep" and _under_subject(waiting, verb, heads, deps)
        else:
            ok = tags[waiting] == "VBG" and heads[waiting] == verb and deps[waiting] in (*_SUBJECTS, "advcl")
            ok = ok and deps[noun].startswith("nsubj") and not (deps[waiting] == "advcl" and waiting > 0)
        if ok:
            out[noun] = waiting
    return out


def _under_subject(i: int, verb: int, heads: Sequence[int], deps: Sequence[str]) -> bool:
    """Whether ``i`` hangs, over whatever, on a subject of ``verb``."""
    for _ in range(len(heads)):
        up = heads[i]
        if up == verb:
            return deps[i] in _SUBJECTS
        if up < 0:
            return False
        i = up
    return False


def _left_edges(heads: Sequence[int]) -> list[int]:
    """First word of each word's subtree."""
    edges = list(range(len(heads)))
    for i in range(len(heads)):
        node, steps = heads[i], 0
        while node >= 0 and steps <= len(heads):
            edges[node] = min(edges[node], i)
            node, steps = heads[node], steps + 1
    return edges
