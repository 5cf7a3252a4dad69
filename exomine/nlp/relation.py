"""The relation object that ``doc._.relations`` holds."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span

__all__ = ["ASSERTIONS", "CANCER_SOURCES", "SUBJECT_STATES", "TIERS", "Relation"]

ASSERTIONS = ("asserted", "negated", "speculative")
SUBJECT_STATES = ("normal", "reduced", "increased", "mutated")
CANCER_SOURCES = ("", "sentence", "cell_line", "section", "title")
TIERS = ("high", "all")


@dataclass(frozen=True, slots=True)
class Relation:
    """One stated relation.

    ``subject`` and ``object`` are Spans of ``doc.spans["mentions"]``. The statement holds for more of the subject, or a more
    active one; ``subject_state`` keeps what was written. ``score`` estimates the probability of being right. ``cancer`` is
    the mention that gives the context where one stands in the paper; ``cancer_name`` and ``cancer_curie`` are filled also
    when the cancer comes from a cell line, section or title. ``sentence`` is the Span in which it is stated and ``source``
    tells where that is: text, caption or table. ``citations`` are reference labels, ranges expanded, in printed order.
    """

    subject: Span
    predicate: str
    object: Span
    sentence: Span
    assertion: str = "asserted"
    subject_state: str = "normal"
    score: float = 0.5
    tier: str = "all"
    method: str = ""
    cancer: Span | None = None
    cancer_name: str = ""
    cancer_curie: str = ""
    cancer_source: str = ""
    vesicle: Span | None = None
    cell: Span | None = None
    citations: tuple[str, ...] = ()
    source: str = "text"
