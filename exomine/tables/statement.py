"""The arrow form of a triple: "miR-21 -> cisplatin resistance -> gastric cancer"."""

from __future__ import annotations

from exomine.errors import TableError

__all__ = ["STATEMENTS", "statement"]

#: What stands between the arrows; ``{o}`` is the object's name. Where the object is the cancer it stands last.
STATEMENTS: dict[str, str] = {
    "confers_resistance_to": "{o} resistance",
    "confers_sensitivity_to": "{o} sensitivity",
    "upregulates": "{o} upregulation",
    "downregulates": "{o} downregulation",
    "promotes": "{o} promotion",
    "inhibits": "{o} inhibition",
    "biomarker_for": "biomarker",
    "increased_in": "increased expression",
    "decreased_in": "decreased expression",
    "cargo_of": "{o} cargo",
    "binds": "{o} binding",
    "associated_with": "{o} association",
}
#: Where the object is itself the cancer, the word between the arrows.
_ON_CANCER = {
    "promotes": "promotion",
    "inhibits": "inhibition",
    "associated_with": "association",
}
#: Names of generic drugs as they read before "resistance" and "sensitivity".
_GENERIC = {"multiple drugs": "multidrug"}


def statement(
    subject: str, predicate: str, object_: str, *, object_label: str = "", cancer: str = "", assertion: str = "asserted"
) -> str:
    """Render one triple; a statement that is not plainly made says so at its end, "(negated)" or "(speculative)"."""
    template = STATEMENTS.get(predicate)
    if template is None:
        raise TableError(f"No arrow form for predicate {predicate!r}; known: {', '.join(STATEMENTS)}.")
    if object_label == "CANCER":
        parts = [subject, _ON_CANCER.get(predicate, template).format(o=object_), object_]
    else:
        drug = predicate in ("confers_resistance_to", "confers_sensitivity_to")
        parts = [subject, template.format(o=_GENERIC.get(object_, object_) if drug else object_), cancer]
    shown = " -> ".join(p for p in parts if p)
    return shown if assertion == "asserted" else f"{shown} ({assertion})"
