"""Words in clauses that leave out their verb: "X promotes P, and that of Y Q", "X in glioma, and Y in melanoma"."""

from __future__ import annotations

__all__ = ["AMONG", "BEHIND", "JOINTS", "PREPOSITIONS", "THAT_OF"]

#: Between two such clauses.
JOINTS = frozenset((",", ";", "and", "or", "nor", "but", "whereas", "while"))
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
