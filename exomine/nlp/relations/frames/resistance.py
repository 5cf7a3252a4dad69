"""Frames of resistance by adjective and verb: "sensitizes cells to D", "resists D", "D-resistant cells release
exosomes".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from exomine.nlp.relations.arguments import MOLECULES, Argument
from exomine.nlp.relations.frames.regulation import FAMILIES
from exomine.nlp.relations.nearby import degree_before, drugs_right, first_word, vesicles_right
from exomine.nlp.relations.roles import Roles, SentenceRoles
from exomine.nlp.relations.sentence import Item, Match, Sentence
from exomine.nlp.relations.statement import Statement, may_act, resistance
from exomine.nlp.relations.windows import (
    TO_AGAINST,
    TO_COUNTERED,
    TO_MADE,
    TO_PUMPED,
    TO_RELEASE,
    TO_RELEASED,
    TO_RESISTANT_CELLS,
    TO_RESISTED,
    TO_SENSITIZED,
)

__all__ = ["resistance_statements"]

_RESISTANCE = re.compile(r"resistan|\bMDR\b|refractor", re.I)
#: Behind a state whose drug was named before: nothing, or "to it".
_TO_IT = re.compile(r"(?:to (?:it|them|the (?:drug|same|latter))\b|[.,;]|$|by\b|in\b|than\b|instead\b)")
_RESPONSES = ("resistance", "sensitivity", "resistant", "sensitive")
_HANDS_ON = ("trans", "dissem", "deliv", "convey", "carr")
_RELEASES = ("releas", "secret", "produc", "shed")


def resistance_statements(roles: SentenceRoles) -> Iterator[Statement]:
    """ "Sensitizes cells to D", "D-resistant cells release exosomes", "X resists D"."""
    for m in roles.sentence.matches:
        if m.trigger.family in _FRAMES:
            yield from _FRAMES[m.trigger.family](roles, m)
    yield from _against(roles)


def _acting(of: Roles) -> list[Argument]:
    return [s for s in of.agents if may_act(s)]


def _resisted(roles: SentenceRoles, m: Match) -> Iterator[Statement]:
    """ "X resists D"."""
    for d in drugs_right(roles.sentence, m.end, TO_RESISTED):
        for s in _acting(roles.of(m)):
            yield resistance(s, d, m, 1, "resist")


def _pumped_out(roles: SentenceRoles, m: Match) -> Iterator[Statement]:
    """ "The transporter X pumps D out"."""
    for d in drugs_right(roles.sentence, m.end, TO_PUMPED):
        for s in _acting(roles.of(m)):
            if s.item.label == "PROTEIN":
                yield resistance(s, d, m, 1, "resist")


def _handed_on(roles: SentenceRoles, m: Match) -> Iterator[Statement]:
    """ "D resistance is transmitted by X", "X transfers resistance to D"."""
    of = roles.of(m)
    if not roles.sentence.lower(m.root).startswith(_HANDS_ON):
        return
    drugs = [t for t in (of.patients if of.passive else of.objects) if t.kind == "resistance"]
    for s in _acting(of) if drugs else ():
        if s.item.label in (*MOLECULES, "VESICLE"):
            for t in drugs:
                yield resistance(s, t.item, m, t.sign, "regulate")


def _made(roles: SentenceRoles, m: Match) -> Iterator[Statement]:
    """ "X renders cells resistant to D", "X made D-resistant cells susceptible again"."""
    sentence = roles.sentence
    states = [a for a in sentence.matches if a.trigger.family in ("resistant", "sensitive")]
    near = (a for a in states if 0 < a.start - m.end < TO_MADE and not sentence.hyphen_before(a.start))
    state = next(near, None)
    if state is None:
        return
    degree, spent = degree_before(sentence, state)
    sign = degree if state.trigger.family == "resistant" else -degree
    drugs = (
        roles.of(state).drugs
        or _resisted_before(roles, [a for a in states if m.end <= a.start < state.start])
        or _told_before(roles, m, state)
    )
    for s in _acting(roles.of(m)):
        for d in drugs:
            if d is not s.item:
                said = resistance(s, d, m, sign, "sensitize")
                anchors = tuple(sorted({state.root, *said.anchors}))
                yield replace(said, anchors=anchors, spent=(*said.spent, *spent))


def _resisted_before(roles: SentenceRoles, states: list[Match]) -> list[Item]:
    """ "D-resistant cells": the drugs of the cells that are made sensitive."""
    return [d for a in states if a.trigger.family == "resistant" for d in roles.of(a).drugs]


def _told_before(roles: SentenceRoles, m: Match, state: Match) -> list[Item]:
    """ "X did not sensitize cells to D but made them more resistant (to it)": the drug of the clause before."""
    sentence = roles.sentence
    behind = sentence.doc[state.end : min(sentence.end, state.end + 2)].text.lower()
    said_again = any(sentence.lower(k) in ("them", "it") for k in range(m.end, state.start))
    if not (_TO_IT.match(behind) if said_again else behind.startswith("to it")):
        return []
    earlier = [x for x in sentence.matches if x.end <= m.start and x.trigger.family in ("sensitize", *_RESPONSES)]
    for x in reversed(earlier):
        found = _sensitized_to(roles, x) if x.trigger.family == "sensitize" else roles.of(x).drugs
        if found:
            return found
    return []


def _sensitized(roles: SentenceRoles, m: Match) -> Iterator[Statement]:
    """ "X sensitizes cells to D"."""
    for s in _acting(roles.of(m)):
        for d in _sensitized_to(roles, m):
            if d is not s.item:
                yield resistance(s, d, m, -m.trigger.sign, "sensitize")


def _sensitized_to(roles: SentenceRoles, m: Match) -> list[Item]:
    to = first_word(roles.sentence, m.end, TO_SENSITIZED, ("to",))
    drugs = drugs_right(roles.sentence, to, m.end + TO_SENSITIZED - to) if to is not None else []
    drugs = drugs or [t.item for t in roles.of(m).targets if t.item.label == "DRUG"]
    return drugs or (_resisted_by_subject(roles, m) if roles.of(m).passive else _resisted_by_cells(roles, m))


def _resisted_by_subject(roles: SentenceRoles, m: Match) -> list[Item]:
    """ "D-resistant cells were re-sensitized by X": to D."""
    sentence = roles.sentence
    subjects = sentence.children(m.root, "nsubjpass")
    glued = [a for a in sentence.matches if sentence.head(a.root) in subjects and sentence.hyphen_before(a.start)]
    return _resisted_before(roles, glued)


def _resisted_by_cells(roles: SentenceRoles, m: Match) -> list[Item]:
    """ "X re-sensitized D-resistant cells": to D, which they resist."""
    sentence = roles.sentence
    near = (a for a in sentence.matches if 0 <= a.start - m.end < TO_RESISTANT_CELLS)
    glued = [a for a in near if sentence.hyphen_before(a.start)][:1]
    parted = any(sentence.tag(k) in ("IN", "CC", ",") for a in glued for k in range(m.end, a.start))
    return [] if parted else _resisted_before(roles, glued)


def _resistant_cells(roles: SentenceRoles, m: Match) -> Iterator[Statement]:
    """Vesicles released by resistant cells go with the resistance."""
    sentence = roles.sentence
    drugs = roles.of(m).drugs
    release = _release(sentence, m.end) if drugs else None
    for v in vesicles_right(sentence, release + 1, TO_RELEASED) if release is not None else ():
        for d in drugs:
            yield Statement(v, "confers_resistance_to", d, "resistant-release", (m.root, release or 0))


def _release(sentence: Sentence, start: int) -> int | None:
    """The verb of releasing behind the word of resistance, in its clause."""
    for k in range(start, min(sentence.end, start + TO_RELEASE)):
        if sentence.lower(k).startswith(_RELEASES) and sentence.tag(k).startswith("VB"):
            return k
        if sentence.lower(k) in (";", ".", "which", "that"):
            break
    return None


def _against(roles: SentenceRoles) -> Iterator[Statement]:
    """ "X acts on resistance proteins ... against D": the drug stands apart from the word of resistance."""
    sentence = roles.sentence
    for k in range(sentence.start + 4, sentence.end - 1):
        if sentence.lower(k) != "against":
            continue
        if not _RESISTANCE.search(sentence.doc[max(sentence.start, k - TO_AGAINST) : k].text):
            continue
        drugs = [d for d in drugs_right(sentence, k + 1, TO_COUNTERED) if not d.generic]
        if drugs:
            yield from _acting_against(roles, k, drugs)


def _acting_against(roles: SentenceRoles, k: int, drugs: list[Item]) -> Iterator[Statement]:
    """The nearest act before "against" that has an agent."""
    for m in reversed([m for m in roles.sentence.matches if m.end < k and m.trigger.family in FAMILIES]):
        agents = _acting(roles.of(m))
        if agents:
            yield from (resistance(s, d, m, 1, "against") for s in agents for d in drugs)
            return


_FRAMES: dict[str, Callable[[SentenceRoles, Match], Iterator[Statement]]] = {
    "sensitize": _sensitized,
    "resist": _resisted,
    "resistant": _resistant_cells,
    "cargo": _handed_on,
    "make": _made,
    "efflux": _pumped_out,
}
