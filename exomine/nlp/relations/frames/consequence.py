"""What an act comes to for the cells: "X lowers Y, so that cells became resistant to D"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from exomine.nlp.relations.cues.cell_cues import BECOME, CELLS, LESS_NEEDED, MORE_NEEDED, NEEDED, SO_THAT
from exomine.nlp.relations.nearby import degree_before
from exomine.nlp.relations.roles import SentenceRoles
from exomine.nlp.relations.sentence import Item, Match, Sentence
from exomine.nlp.relations.statement import Statement, may_act, resistance

__all__ = ["consequence_statements", "dose_needed"]

#: What joins the clause to the act, and the cells right before its verb.
_SO_CELLS = re.compile(rf"{SO_THAT}\s+(?:[\w-]+\s+){{0,4}}?{CELLS}\s*$", re.I)
_NEEDED = re.compile(
    rf"\b(?:{NEEDED})\s+(?:\w+ly\s+)?(?:(?P<more>{MORE_NEEDED})|(?:{LESS_NEEDED}))\s+"
    r"(?:(?:doses?|concentrations?|amounts?|quantities|levels) of\s+)?$",
    re.I,
)
#: Tokens between "became" and "resistant" at most.
_TO_STATE = 4


def consequence_statements(roles: SentenceRoles) -> Iterator[Statement]:
    """ "..., so that cells became less sensitive to D", "..., so that cells needed more D": by whom the act is."""
    for m in roles.sentence.matches:
        if m.trigger.family in ("resistant", "sensitive") and not roles.sentence.hyphen_before(m.start):
            yield from _became(roles, m)
    for drug in (i for i in roles.sentence.items if i.label == "DRUG" and i.group[0] is i):
        yield from _needed(roles, drug)


def dose_needed(sentence: Sentence, drug: Item) -> tuple[int, int]:
    """+1 where cells need more of a drug, -1 where they need less, and the offset of the verb; 0 where neither is
    said."""
    base = sentence.span.start_char
    hit = _NEEDED.search(sentence.span.text[: drug.span.start_char - base])
    return (0, -1) if hit is None else (1 if hit["more"] else -1, base + hit.start())


def _became(roles: SentenceRoles, m: Match) -> Iterator[Statement]:
    sentence = roles.sentence
    near = range(m.start - 1, max(sentence.start, m.start - _TO_STATE) - 1, -1)
    verb = next((k for k in near if sentence.lower(k) in BECOME), None)
    act = _act_before(sentence, sentence.token(verb).idx) if verb is not None else None
    if act is None:
        return
    degree, spent = degree_before(sentence, m)
    sign = degree if m.trigger.family == "resistant" else -degree
    for s in _by_whom(roles, act, roles.of(m).drugs, m, sign):
        yield replace(s, spent=(*s.spent, *spent))


def _needed(roles: SentenceRoles, drug: Item) -> Iterator[Statement]:
    sign, offset = dose_needed(roles.sentence, drug)
    act = _act_before(roles.sentence, offset) if sign else None
    if act is not None:
        yield from _by_whom(roles, act, [x for x in drug.group if x.label == "DRUG"], act, sign)


def _act_before(sentence: Sentence, offset: int) -> Match | None:
    """The act whose consequence the clause with its verb at ``offset`` tells."""
    base = sentence.span.start_char
    hit = _SO_CELLS.search(sentence.span.text[: offset - base])
    if hit is None:
        return None
    acts = [m for m in sentence.matches if m.trigger.form == "verb" and m.trigger.family in ("regulate", "target")]
    return next((m for m in reversed(acts) if sentence.token(m.end - 1).idx < base + hit.start()), None)


def _by_whom(roles: SentenceRoles, act: Match, drugs: list[Item], m: Match, sign: int) -> Iterator[Statement]:
    for s in roles.of(act).agents:
        for d in drugs if may_act(s) else ():
            if d is not s.item:
                yield resistance(s, d, m, sign, "sensitize")
