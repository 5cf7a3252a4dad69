"""Whose finding a statement is: the paper's own, or one that it reports of others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exomine.document.model import Block, Document

__all__ = ["OWN", "REPORTED", "is_review", "voice_of"]

OWN, REPORTED = "own", "reported"

#: "we found", "in this study", "here we"; "previous work has shown", "et al.", "it is known".
_OURS = re.compile(
    r"\b(?:we|our|ours|us|(?:this|the present|the current|present) (?:study|work|paper|report|investigation))\b", re.I
)
_OTHERS = re.compile(
    r"\bet al\b|\bprevious(?:ly)?\b|\b(?:has|have) (?:also |recently |already )?been (?:shown|reported|described|"
    r"demonstrated|found|implicated|linked)"
    r"|\b(?:well[- ]known|is known|are known|it is known|colleagues|co-?workers|other (?:groups?|studies|authors)|"
    r"earlier (?:work|studies))\b",
    re.I,
)
#: Headings of what a paper did itself, and those under which it tells what was known.
_SHOWN = re.compile(r"\b(?:results?|findings|methods?|materials|experimental)\b", re.I)
_KNOWN = re.compile(r"\b(?:introduction|background)\b", re.I)
_REVIEW = re.compile(r"\b(?:reviews?|overview|perspectives?|state of the art|recent advances|update on)\b", re.I)
#: Marks of citations that a review has at least; shorter papers tell too little to be sure.
_MANY_MARKS = 20


def voice_of(sentence: str, citations: Sequence[str], block: Block | None, *, review: bool) -> str:
    """``own`` or ``reported`` for a statement of ``sentence`` for which the works ``citations`` are cited."""
    if citations or _OTHERS.search(sentence):
        return REPORTED
    if _OURS.search(sentence):
        return OWN
    heading = block.section[0] if block is not None and block.section else ""
    if review or _KNOWN.search(heading):
        return REPORTED
    return OWN


def is_review(document: Document | None) -> bool:
    """Whether a paper tells of others' work: its title says so, or it cites much and has no part with results of its
    own."""
    if document is None:
        return False
    if _REVIEW.search(document.title or ""):
        return True
    return len(document.citations) >= _MANY_MARKS and not any(_SHOWN.search(s.path[0]) for s in document.sections)
