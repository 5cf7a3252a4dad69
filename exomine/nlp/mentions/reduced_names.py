"""Evidence for names with a glued prefix that the lexicon's matcher does not part from them: "shHOTAIR", "siFOXM1"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from exomine.nlp.mentions.glued_words import PREFIX_WORD
from exomine.nlp.mentions.matcher import Hit
from exomine.vocabulary.terms import Term

__all__ = ["reduced_names"]

_WORD = re.compile(PREFIX_WORD)


def reduced_names(text: str, lookup: Callable[[str], tuple[Term, ...]]) -> Iterator[Hit]:
    """Hits of the gene names in words such as "shHOTAIR"; words that are terms themselves are left to them."""
    for word in _WORD.finditer(text):
        if lookup(word.group()):
            continue
        terms = tuple(t for t in lookup(word["name"]) if t.label == "PROTEIN")
        if terms:
            yield Hit(word.start("name"), word.end("name"), terms)
