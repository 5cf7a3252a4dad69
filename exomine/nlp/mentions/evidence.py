"""What the matchers say before anything is decided: candidates over character offsets.

Matchers (miRNA grammar, lexicon, abbreviations, entity model) never touch ``doc.spans["mentions"]``; they append
:class:`Candidate` objects to ``doc.user_data[EVIDENCE]``. Only the ``resolve`` component turns candidates into
mentions.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

__all__ = ["EVIDENCE", "Candidate", "add_evidence", "evidence", "place_of"]

EVIDENCE = "exomine.evidence"


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """One matcher's word that ``doc.text[start:end]`` is a mention.

    ``method`` is model, lexicon, grammar or abbreviation. ``curie`` and ``name`` are empty where the matcher does not
    know them. ``status`` is the lexicon's (lab, curated, name, synonym, previous), empty elsewhere. ``score`` is in [0,
    1]. ``guard`` is the lexicon's reason to ask for support before the candidate counts (word, short, ambiguous), or
    empty.
    """

    start: int
    end: int
    label: str
    curie: str = ""
    name: str = ""
    method: str = "lexicon"
    score: float = 1.0
    status: str = ""
    guard: str = ""


def place_of(candidate: Candidate) -> tuple[int, int]:
    """Where a candidate stands."""
    return candidate.start, candidate.end


def add_evidence(doc: Doc, candidates: list[Candidate]) -> None:
    """Append candidates to the document's evidence."""
    doc.user_data.setdefault(EVIDENCE, []).extend(candidates)


def evidence(doc: Doc) -> list[Candidate]:
    """All candidates so far, sorted by place."""
    return sorted(doc.user_data.get(EVIDENCE, []))
