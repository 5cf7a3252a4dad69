"""The arrow form of a triple: "miR-21 -> cisplatin resistance -> gastric cancer"."""

from __future__ import annotations

from exomine.errors import TableError
from exomine.vocabulary.predicates import PREDICATES, Predicate

__all__ = ["statement"]

#: Names of generic drugs as they read before "resistance" and "sensitivity".
_GENERIC = {"multiple drugs": "multidrug"}


def statement(
    subject: str, predicate: str, object_: str, *, object_label: str = "", cancer: str = "", assertion: str = "asserted"
) -> str:
    """Render one triple; a statement that is not plainly made says so at its end, "(negated)" or "(speculative)"."""
    said = _form(predicate, object_label).format(o=_as_modifier(predicate, object_))
    shown = " -> ".join(p for p in (subject, said, object_ if object_label == "CANCER" else cancer) if p)
    return shown if assertion == "asserted" else f"{shown} ({assertion})"


def _form(name: str, object_label: str) -> str:
    """What stands between the arrows.

    Where the object is the cancer it stands last, and the form names it only if it must.
    """
    known = _known(name)
    return (known.on_cancer if object_label == "CANCER" else "") or known.arrow


def _known(name: str) -> Predicate:
    for p in PREDICATES:
        if p.name == name:
            return p
    raise TableError(f"No arrow form for predicate {name!r}; known: {', '.join(p.name for p in PREDICATES)}.")


def _as_modifier(name: str, object_: str) -> str:
    return _GENERIC.get(object_, object_) if _known(name).objects == ("DRUG",) else object_
