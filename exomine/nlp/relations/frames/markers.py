"""Frames of markers: "X is a biomarker for C", "X has diagnostic value in C", "X distinguishes patients with C"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exomine.nlp.relations.arguments import MOLECULES, Argument
from exomine.nlp.relations.nearby import tail
from exomine.nlp.relations.roles import SentenceRoles
from exomine.nlp.relations.sentence import Item, Match, Sentence
from exomine.nlp.relations.statement import Statement, said_of
from exomine.nlp.relations.windows import (
    NEAR_MARKER,
    TO_CONJUNCTION,
    TO_DISTINGUISHED_CANCER,
    TO_MARKED_CANCER,
    TO_PATIENTS,
)

__all__ = ["distinguishing_statements", "marker_statements"]

#: Nouns that make "diagnostic" and "prognostic" a statement about what precedes.
_OF_USE = (
    "value",
    "potential",
    "significance",
    "factor",
    "factors",
    "tool",
    "tools",
    "indicator",
    "indicators",
    "utility",
    "role",
)
_PEOPLE = re.compile(r"patients|donors|controls|healthy|individuals|benign|subjects")
_MARKERS = (*MOLECULES, "VESICLE")


def marker_statements(roles: SentenceRoles, m: Match) -> Iterator[Statement]:
    """ "X is a biomarker for C", "X can be used as markers for the diagnosis of C"."""
    sentence = roles.sentence
    if m.trigger.family == "marker_purpose" and not _has_use(sentence, m):
        return
    cancers, frame = _marked(sentence, m)
    cancers = [c for c in cancers if not c.generic]
    for a in _markers(roles, m) if cancers else ():
        for c in cancers:
            yield said_of(a, "biomarker_for", c, frame, m.root)


def _has_use(sentence: Sentence, m: Match) -> bool:
    """Whether a word such as "diagnostic" makes a statement of its own."""
    if any(x.trigger.family == "marker" and abs(x.start - m.start) < NEAR_MARKER for x in sentence.matches):
        return False
    adjective = sentence.lower(m.root).endswith("ic")
    return not adjective or sentence.lower(min(m.end, sentence.end - 1)) in _OF_USE


def _marked(sentence: Sentence, m: Match) -> tuple[list[Item], str]:
    """The cancers that something is a marker of, and the frame's name."""
    cancers = _cancers_behind(sentence, m)
    if cancers or m.trigger.family != "marker":
        return cancers, m.trigger.family
    left = sentence.covered.get(m.start - 1) or sentence.covered.get(m.start - 2)
    if left is not None and left.label == "CANCER":
        return [left], "marker"
    # "X was found in C patients and may be a biomarker": the cancer before
    before = [i for i in sentence.items if i.label == "CANCER" and not i.generic and i.end <= m.start]
    return before[-1:], "marker-context"


def _cancers_behind(sentence: Sentence, m: Match) -> list[Item]:
    for k in range(m.end, min(sentence.end, m.end + TO_MARKED_CANCER)):
        item = sentence.covered.get(k)
        if item is not None and item.label == "CANCER":
            return tail(item, m.end)
        if sentence.token(k).text in (";", ".") or sentence.tag(k) in ("VBZ", "VBP", "VBD"):
            break
    return []


def _markers(roles: SentenceRoles, m: Match) -> list[Argument]:
    """What is a marker: by the parse, by word order, by reference back."""
    named = [a for a in _by_parse(roles, m) if a.item.label in _MARKERS]
    if not named and roles.antecedents.points_near(m.root):
        return [a for a in roles.antecedents.nearest_before(m.root) if a.item.label in _MARKERS and not a.item.generic]
    found: Sequence[Argument] = named or roles.of(m).agents_by_order or _subject_of_sentence(roles.sentence, m)
    if not found and _refers_back(roles.sentence, m):
        found = roles.antecedents.pronoun(m.root)
    return [a for a in found if a.item.label in _MARKERS and not a.item.generic]


def _by_parse(roles: SentenceRoles, m: Match) -> Sequence[Argument]:
    sentence = roles.sentence
    bearers = roles.of(m).bearers
    if bearers or sentence.dep(m.root) != "pobj":
        return bearers
    return roles.grammar.agents(sentence.head(sentence.head(m.root)), depth=1)


def _refers_back(sentence: Sentence, m: Match) -> bool:
    return any(sentence.lower(k) in ("they", "it", "these", "which") for k in range(sentence.start, m.start))


def _subject_of_sentence(sentence: Sentence, m: Match) -> list[Argument]:
    """The first microRNA, protein or vesicle before a second verb phrase ("... and also acts as a marker")."""
    if all(sentence.lower(k) != "and" for k in range(max(sentence.start, m.start - TO_CONJUNCTION), m.start)):
        return []
    before = (i for i in sentence.items if i.label in MOLECULES and i.end <= m.start and not i.generic)
    first = next(before, None)
    return [Argument(x.alias or x, loose=True) for x in first.group] if first is not None else []


def distinguishing_statements(roles: SentenceRoles, m: Match) -> Iterator[Statement]:
    """ "X distinguished patients with C from healthy donors"."""
    sentence = roles.sentence
    if not _PEOPLE.search(sentence.doc[m.end : min(sentence.end, m.end + TO_PATIENTS)].text.lower()):
        return
    near = [i for i in sentence.items if i.label == "CANCER" and 0 <= i.start - m.end < TO_DISTINGUISHED_CANCER]
    for c in [i for i in near if not i.generic][:1]:
        for a in roles.of(m).agents:
            if a.item.label in _MARKERS and not a.item.generic:
                yield said_of(a, "biomarker_for", c, "marker", m.root)
