"""Which two mentions of a sentence can stand in a relation, and what the classes of a pair are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from exomine.vocabulary.entities import acting
from exomine.vocabulary.predicates import PREDICATE_NAMES, PREDICATES

__all__ = ["CLASSES", "NONE", "Place", "admitted", "fitting_pairs"]

NONE = "none"
#: Classes of a pair; the first says that the sentence states nothing between the two in this direction.
CLASSES: tuple[str, ...] = (NONE, *PREDICATE_NAMES)
#: Half-open offsets of a mention and its label.
Place = tuple[int, int, str]


@lru_cache(maxsize=1024)
def admitted(subject: str, object_: str) -> tuple[bool, ...]:
    """Which classes two labels allow; a VARIANT acts where its gene may."""
    subject, object_ = acting(subject), acting(object_)
    return (True, *(subject in p.subjects and object_ in p.objects for p in PREDICATES))


def fitting_pairs(mentions: Sequence[Place]) -> Iterator[tuple[int, int]]:
    """Ordered pairs (subject, object) of mentions that do not overlap and that some predicate admits."""
    for i, (start, end, subject) in enumerate(mentions):
        for j, (other, other_end, object_) in enumerate(mentions):
            apart = end <= other or other_end <= start
            if i != j and apart and any(admitted(subject, object_)[1:]):
                yield i, j
