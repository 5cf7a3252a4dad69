"""Words in clauses that leave out their verb: "X promotes P, and that of Y Q", "X in glioma, and Y in melanoma"."""

from __future__ import annotations

from exomine.nlp.relations.cues.nouns import REDUCED_NOUNS, STATE_WORDS

__all__ = ["AMONG", "BEHIND", "DONE_TO", "JOINTS", "PREPOSITIONS", "THAT_OF"]

#: Between two such clauses.
JOINTS = frozenset((",", ";", "and", "or", "nor", "but", "whereas", "while"))
#: Before the first name: what is done to it ("and overexpression of Y Q").
DONE_TO = REDUCED_NOUNS | STATE_WORDS.keys() | {"levels", "expression"}
#: Before a name that stands in a role other than the subject's.
PREPOSITIONS = frozenset(("in", "to", "for", "by", "against", "on", "with", "from", "among"))
#: Before a name to which the same is done as to the first one.
THAT_OF = ("that", "those", "of")
#: Before a name, read past.
AMONG = frozenset((*THAT_OF, "the", "a", "an", "human", "exosomal", "circulating", "serum", "plasma", "also", "both"))
#: Behind a name, read past.
BEHIND = frozenset(
    (
        "patients", "cells", "cell", "tissues", "tissue", "samples", "specimens", "lines", "tumors", "tumours",
        "expression", "levels", "ones", ".",
    )
)  # fmt: skip
