"""Component ``boundaries``: splits the tokens inside which evidence begins or ends.

A spaCy Span cannot begin inside a token. The tokeniser already breaks at nearly every boundary of a mention; this
component splits what is left ("miR221", "HSP70-positive" under another tokeniser), before anything is predicted on the
tokens.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from spacy.attrs import SENT_START  # type: ignore[import-not-found]
from spacy.tokens import Doc

from exomine.nlp.mentions.evidence import evidence

__all__ = ["EvidenceBoundaries", "split_at"]


#: What a component ahead of this one may have said of tokens, and a Doc made anew would not have.
_SAID = ("TAG", "POS", "DEP", "LEMMA", "ENT_IOB", "MORPH")


class EvidenceBoundaries:
    """Splits tokens at the ends of the evidence collected so far."""

    def __call__(self, doc: Doc) -> Doc:
        return split_at(doc, {offset for c in evidence(doc) for offset in (c.start, c.end)})


def split_at(doc: Doc, offsets: set[int]) -> Doc:
    """``doc`` with those tokens split that hold one of the character ``offsets`` inside.

    Where nothing has been said of its tokens it is made anew: spaCy's own way looks at all tokens again for each one
    it splits.
    """
    cuts = _cuts(doc, offsets)
    if not cuts:
        return doc
    if doc.spans or any(doc.has_annotation(attribute) for attribute in _SAID):
        return _retokenized(doc, cuts)
    return _made_anew(doc, cuts)


def _cuts(doc: Doc, offsets: set[int]) -> dict[int, list[int]]:
    """By token the places in it where it is to be cut, in order."""
    cuts: dict[int, list[int]] = defaultdict(list)
    starts = [t.idx for t in doc]
    at = 0
    for offset in sorted(offsets):
        while at + 1 < len(starts) and starts[at + 1] <= offset:
            at += 1
        if starts and starts[at] < offset < starts[at] + len(doc[at]):
            cuts[at].append(offset - starts[at])
    return cuts


def _parts(text: str, places: Sequence[int]) -> list[str]:
    return [text[a:b] for a, b in pairwise([0, *places, len(text)])]


def _retokenized(doc: Doc, cuts: Mapping[int, Sequence[int]]) -> Doc:
    with doc.retokenize() as retokenizer:
        for i, places in sorted(cuts.items()):
            parts = _parts(doc[i].text, places)
            retokenizer.split(doc[i], parts, heads=[(doc[i], 0)] * len(parts))
    return doc


def _made_anew(doc: Doc, cuts: Mapping[int, Sequence[int]]) -> Doc:
    said = doc.to_array([SENT_START]).reshape(-1)
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[int] = []
    for token in doc:
        parts = _parts(token.text, cuts[token.i]) if token.i in cuts else [token.text]
        words += parts
        spaces += [False] * (len(parts) - 1) + [bool(token.whitespace_)]
        starts += [said[token.i]] + [0] * (len(parts) - 1)
    made = Doc(doc.vocab, words=words, spaces=spaces, user_data=doc.user_data)
    made.cats = doc.cats
    return made.from_array([SENT_START], np.array(starts, dtype=np.uint64))  # type: ignore[arg-type]
