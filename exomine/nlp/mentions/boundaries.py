"""Component ``boundaries``: splits the tokens inside which evidence begins or ends.

A spaCy Span cannot begin inside a token. The tokeniser already breaks at nearly every boundary of a mention; this
component splits what is left ("miR221", "HSP70-positive" under another tokeniser), before anything is predicted on the
tokens.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from spacy.tokens import Doc

from exomine.nlp.mentions.evidence import evidence

__all__ = ["EvidenceBoundaries", "split_at"]


class EvidenceBoundaries:
    """Splits tokens at the ends of the evidence collected so far."""

    def __call__(self, doc: Doc) -> Doc:
        split_at(doc, {offset for c in evidence(doc) for offset in (c.start, c.end)})
        return doc


def split_at(doc: Doc, offsets: set[int]) -> None:
    """Split the tokens of ``doc`` that hold one of the character ``offsets`` inside."""
    cuts: dict[int, list[int]] = defaultdict(list)
    starts = [t.idx for t in doc]
    at = 0
    for offset in sorted(offsets):
        while at + 1 < len(starts) and starts[at + 1] <= offset:
            at += 1
        if starts and starts[at] < offset < starts[at] + len(doc[at]):
            cuts[at].append(offset - starts[at])
    if not cuts:
        return
    with doc.retokenize() as retokenizer:
        for i, places in sorted(cuts.items()):
            token = doc[i]
            edges = [0, *places, len(token)]
            parts = [token.text[a:b] for a, b in pairwise(edges)]
            retokenizer.split(token, parts, heads=[(token, 0)] * len(parts))
