"""How alike two texts are, from a few numbers of each: bottom-k sketches of their word sequences (Broder 1997)."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Iterator, Sequence

from exomine.tables.ids import normalise_sentence

__all__ = ["LEAST_WORDS", "likeness", "sketch"]

#: Words that make a sequence. Five in a row are rarely shared by papers that are not one.
_WORDS = 5
#: How many of the smallest hashes are kept; the error of :func:`likeness` is about 1/sqrt(_KEPT).
_KEPT = 96
#: A text of fewer words tells too little: its sketch is empty.
LEAST_WORDS = 60


def sketch(sentences: Iterable[str]) -> tuple[int, ...]:
    """The smallest hashes of the word sequences of a text, ascending; empty for a text of fewer than
    :data:`LEAST_WORDS` words.

    Words count as letters and digits only, so that hyphens, spaces and marks of citations, in which the PDF and
    the XML of a paper differ, do not matter.
    """
    words = [w for s in sentences for w in map(normalise_sentence, s.split()) if w]
    if len(words) < LEAST_WORDS:
        return ()
    return tuple(heapq.nsmallest(_KEPT, set(_hashes(words))))


def _hashes(words: Sequence[str]) -> Iterator[int]:
    for i in range(len(words) - _WORDS + 1):
        sequence = " ".join(words[i : i + _WORDS]).encode()
        yield int.from_bytes(hashlib.blake2b(sequence, digest_size=6).digest(), "big")


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """An estimate of the share of word sequences that two texts have in common (Jaccard), from their sketches; 0 where
    one is empty."""
    if not one or not other:
        return 0.0
    first, second = set(one), set(other)
    smallest = heapq.nsmallest(min(_KEPT, max(len(one), len(other))), first | second)
    return sum(h in first and h in second for h in smallest) / len(smallest)
