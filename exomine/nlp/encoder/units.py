"""Mentions as units of the parse: what the matchers know before the network runs.

"miR-21" is four tokens for the tokeniser and one word for a reader. A tree that hangs "miR" on the verb and "-21" on
something else cannot be read, so the decoder is told which tokens belong together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

from exomine.nlp.mentions.evidence import evidence

__all__ = ["mention_units"]

#: What says for sure that tokens are one name; the entity model runs with the parse and has no say.
_METHODS = ("grammar", "lexicon")
#: Longer terms are phrases with a syntax of their own.
_LONGEST = 6
#: With one of these a term is a phrase as well: what follows "release of exosomes" may belong to the exosomes.
_FUNCTION_WORDS = frozenset("of in to by for with and or the on from at".split())


def mention_units(doc: Doc, tokens: Sequence[int]) -> list[tuple[int, int]]:
    """Half-open ranges over ``tokens`` (indices into ``doc``), each one name of several tokens; none cross, longest
    first kept.
    """
    starts = [doc[i].idx for i in tokens]
    ends = [doc[i].idx + len(doc[i]) for i in tokens]
    found: set[tuple[int, int]] = set()
    for c in evidence(doc):
        first, last = bisect_left(starts, c.start), bisect_left(ends, c.end)
        whole = last < len(ends) and first < len(starts) and starts[first] == c.start and ends[last] == c.end
        if c.method not in _METHODS or not whole or not 0 < last - first < _LONGEST:
            continue
        if not any(doc[tokens[i]].lower_ in _FUNCTION_WORDS for i in range(first, last + 1)):
            found.add((first, last + 1))
    return _uncrossed(found)


def _uncrossed(units: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The units without those that cross a longer one: all of a unit's tokens lie in the same innermost one kept
    before."""
    kept: list[tuple[int, int]] = []
    innermost: dict[int, tuple[int, int]] = {}
    for unit in sorted(units, key=lambda u: (u[0] - u[1], u)):
        if len({innermost.get(i) for i in range(*unit)}) == 1:
            kept.append(unit)
            innermost.update(dict.fromkeys(range(*unit), unit))
    return sorted(kept)
