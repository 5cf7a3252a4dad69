"""Trees that cannot be right, put right by one arc.

The network scores arcs one by one, so that a verb may get two subjects while the preposition between them has no
object: "Inhibition of FOXM1 restored ..." with both nouns on the verb. Such shapes are told by the tree alone.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["reattached"]

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
#: Labels that no noun has below a finite verb.
_NO_ARGUMENTS = ("compound", "nmod", "npadvmod", "appos", "amod")
_TENSED = ("VBZ", "VBP", "VBD")
_NOUNS = ("NN", "NNS", "NNP", "NNPS", "CD", "FW", "PRP")


def reattached(heads: Sequence[int], deps: Sequence[str], tags: Sequence[str]) -> tuple[list[int], list[str]]:
    """Heads (-1 the root) and labels of one sentence's words, with nouns moved under what waits for an object before
    them.

    A preposition or gerund that has nothing behind it, right before a noun phrase that hangs on the same verb as a
    second subject, or on the word that the preposition itself hangs on, takes the phrase as its object.
    """
    out, labels = list(heads), list(deps)
    edges = _left_edges(heads)
    behind = {h for i, h in enumerate(heads) if i > h >= 0 and not (deps[i] == "prt" or tags[i] == "RP")}
    for noun, head in enumerate(heads):
        if not tags[noun].startswith(_NOUNS):
            continue
        waiting = edges[noun] - 1
        if 0 <= head < noun:
            labels[noun] = _object_label(deps[noun], tags[head])
        if waiting < 0 or head < 0 or waiting in behind or waiting == head or deps[waiting] == "mark":
            continue
        if _waits(waiting, noun, heads, deps, tags):
            out[noun], labels[noun] = waiting, "pobj" if tags[waiting] in ("IN", "TO") else "dobj"
    _join_subjects(out, labels, tags)
    _subjects_of_next_verbs(out, labels, tags)
    _name_arguments(out, labels, tags)
    return out, labels


def _join_subjects(heads: list[int], labels: list[str], tags: Sequence[str]) -> None:
    """ "miR-X expression was raised" with two subjects: the noun right before another one belongs to it."""
    edges = _left_edges(heads)
    for noun, verb in enumerate(heads):
        first = edges[noun]
        if verb <= noun or not labels[noun].startswith("nsubj") or first != noun or not tags[noun].startswith("NN"):
            continue
        before = next((i for i in range(first - 1, -1, -1) if heads[i] == verb), -1)
        if before < 0 or not labels[before].startswith("nsubj") or not tags[before].startswith("NN"):
            continue
        if all(_leads_to(heads, i, before) for i in range(before + 1, first)):
            heads[before], labels[before] = noun, "compound"


def _subjects_of_next_verbs(heads: list[int], labels: list[str], tags: Sequence[str]) -> None:
    """ "X raises Y and Z lowers W", with Z as one more object of the first verb: a finite verb that is joined to
    another one follows its conjunction, or a subject of its own."""
    for verb, tag in enumerate(tags):
        if tag not in _TENSED or labels[verb] != "conj" or heads[verb] < 0 or tags[heads[verb]] not in _TENSED:
            continue
        if any(h == verb and labels[i] in (*_SUBJECTS, "aux", "auxpass") for i, h in enumerate(heads)):
            continue
        noun = verb - 1
        while noun > heads[verb] and tags[noun].startswith("RB"):
            noun -= 1
        joined = labels[noun] == "conj" and tags[noun].startswith("NN") and heads[noun] > heads[verb]
        if joined and _leads_to(heads, noun, heads[verb]):
            heads[noun], labels[noun] = verb, "nsubj"


def _leads_to(heads: Sequence[int], i: int, node: int) -> bool:
    for _ in range(len(heads)):
        if i == node:
            return True
        if i < 0:
            return False
        i = heads[i]
    return False


def _name_arguments(heads: Sequence[int], labels: list[str], tags: Sequence[str]) -> None:
    """A finite verb has subjects and objects, no compounds: the nearest noun on either side is one where the verb has
    none.
    """
    for verb, tag in enumerate(tags):
        if tag not in _TENSED:
            continue
        mine = [i for i, h in enumerate(heads) if h == verb]
        if any(labels[i] in ("auxpass", "nsubjpass", "cop") for i in mine):
            continue
        left = [i for i in mine if i < verb and tags[i].startswith(_NOUNS[:4]) and labels[i] in _NO_ARGUMENTS]
        right = [i for i in mine if i > verb and tags[i].startswith(_NOUNS[:4]) and labels[i] in _NO_ARGUMENTS]
        if left and not any(labels[i] in _SUBJECTS for i in mine):
            labels[left[-1]] = "nsubj"
        if right and not any(labels[i] in ("dobj", "attr", "ccomp", "xcomp") for i in mine):
            labels[right[0]] = "dobj"


def _object_label(dep: str, tag: str) -> str:
    """The label of a noun behind its head, where the network gives one that no noun can have there."""
    if tag in ("IN", "TO") and dep in ("punct", "nsubj", "compound", "nmod", "dep"):
        return "pobj"
    return "dobj" if tag == "VBG" and dep in ("punct", "nsubj", "compound", "nmod") else dep


def _waits(waiting: int, noun: int, heads: Sequence[int], deps: Sequence[str], tags: Sequence[str]) -> bool:
    """Whether word ``waiting`` lacks an object and the phrase of ``noun`` behind it can be that."""
    if tags[waiting] in ("IN", "TO"):
        return deps[waiting] in ("prep", "agent") and _preposition_waits(waiting, noun, heads, deps)
    return tags[waiting] == "VBG" and _gerund_waits(waiting, noun, heads, deps)


def _preposition_waits(waiting: int, noun: int, heads: Sequence[int], deps: Sequence[str]) -> bool:
    head = heads[noun]
    if head < waiting:  # "blockade of" and its object both hang on "blockade"
        return heads[waiting] == head and deps[noun] in ("punct", "dep", "compound", "nmod", "nsubj", "nsubjpass")
    if not deps[noun].startswith(("nsubj", "npadvmod", "dep")):
        return False
    # "in contrast to X, Y does": a verb has one subject
    another = any(heads[i] == head and deps[i].startswith("nsubj") for i in range(noun + 1, head))
    return another or _under_subject(waiting, head, heads, deps)


def _gerund_waits(waiting: int, noun: int, heads: Sequence[int], deps: Sequence[str]) -> bool:
    head = heads[noun]
    if head < noun or not deps[noun].startswith("nsubj"):
        return False
    if deps[waiting] == "pcomp":  # "by sponging X, Y promotes"
        return heads[heads[waiting]] == head
    begins = deps[waiting] == "advcl" and waiting == 0
    return heads[waiting] == head and (begins or deps[waiting] in _SUBJECTS)


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
