"""Frames of cells that have less or more of something: "cells lacking X were resistant to D", "X-null cells showed
more P"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from exomine.nlp.relations.arguments import MOLECULES
from exomine.nlp.relations.cues.absence_cues import DONE_TO, UNDERGONE
from exomine.nlp.relations.cues.cell_cues import (
    BECOME,
    BETTER,
    CELLS,
    DONE,
    HOLDING,
    IN_WHICH,
    KILLED,
    LESS,
    MORE,
    RESPONDED,
    STATES,
    WITHSTOOD,
    WORSE,
)
from exomine.nlp.relations.denials import denials
from exomine.nlp.relations.frames.consequence import dose_needed
from exomine.nlp.relations.nearby import degree_before, drugs_right, first_word
from exomine.nlp.relations.operators import Operator, operators_of
from exomine.nlp.relations.roles import SentenceRoles
from exomine.nlp.relations.sentence import Item, Match, Sentence
from exomine.nlp.relations.statement import Statement
from exomine.nlp.relations.windows import TO_CELLS_VERB, TO_DOSE_CELLS, TO_PROCESS, TO_RESISTED, TO_STATE, TO_STATE_DRUG
from exomine.nlp.texts import text_of
from exomine.vocabulary.entities import Role, labels

__all__ = ["cell_statements"]

_STATES_OF = ("resistant", "sensitive", "resistance", "sensitivity")
#: Behind the gene of a mutation: "with KRAS mutations", "with KRAS G12D".
_MUTATED = re.compile(r"[\s-]*(?:(?:[A-Z]\d+[A-Z*]\s+)?(?:mutations?|mutants?|variants?)|[A-Z]\d+[A-Z*])(?!\w)")
_RESIDUE = re.compile(r"[A-Z]\d+[A-Z*]$")
_MUTANT = re.compile(r"\b(?:mutant|mutated)\s+$", re.I)
_NOT_ITS_CELLS = re.compile(r"[,;]|\b(?:in|of|and|by|to|on|with|for)\b")
_IN = re.compile(r"\bin\s+(?:the\s+)?(?:[\w-]+\s+)?$")
#: Between a process and the cells that it goes on in: no more than that it was found or how much of it.
_FOUND = re.compile(
    r"\s*(?:was|were|is|are)\s+(?:\w+ly\s+|also\s+|much\s+|not\s+)*(?:seen|found|observed|detected|noted|measured|reduced|decreased|increased|enhanced|"
    r"elevated|accelerated|impaired|diminished|attenuated|suppressed|blunted|lower|higher|weaker|stronger|slower|faster|greater)\s+in\b"
)
_STOPS = (";", ",", ".", "than", "whereas", "while", "but")

#: A compiled cue, its sign and state.
_Cue = tuple[re.Pattern[str], int, str]


@dataclass(frozen=True, slots=True)
class _Holder:
    """Cells (tokens ``start:end``) with less (``sign`` -1) or more of ``item``."""

    item: Item
    sign: int
    state: str
    start: int
    end: int

    def states(self, name: str, target: Item, anchors: tuple[int, ...], spent: tuple[int, ...] = ()) -> Statement:
        return Statement(self.item.alias or self.item, name, target, "cells-with", anchors, self.state, spent=spent)

    def response(self, sign: int) -> str:
        """The predicate where the cells are more (``sign`` 1) or less resistant."""
        return "confers_resistance_to" if sign * self.sign > 0 else "confers_sensitivity_to"


def cell_statements(roles: SentenceRoles) -> Iterator[Statement]:
    """Statements about what cells have less or more of."""
    for holder in _holders(roles.sentence):
        yield from _of_cells(roles, holder)
        yield from _responded(roles.sentence, holder)
        yield from _dose_in_cells(roles, holder)
        yield from _dose_needed(roles.sentence, holder)
        yield from _course_in_cells(roles.sentence, holder)


# ---------------------------------------------------------------------- the cells


@lru_cache(maxsize=1)
def _before_cues() -> list[_Cue]:
    which = r"\s+(?:that (?:were|are)\s+|which (?:were|are)\s+)?"
    return [(re.compile(rf"\b{CELLS}{which}{p}\s+$", re.I), sign, state) for p, sign, state, _ in HOLDING]


@lru_cache(maxsize=1)
def _behind_cues() -> list[_Cue]:
    return [(re.compile(p, re.I), sign, state) for p, sign, state, _ in STATES]


@lru_cache(maxsize=1)
def _cells_behind() -> re.Pattern[str]:
    return re.compile(rf"[\s-]*(?:[\w/.-]+\s+){{0,4}}?{CELLS}\b", re.I)


def _holders(sentence: Sentence) -> Iterator[_Holder]:
    for item in sentence.items:
        if item.label in MOLECULES and not item.generic:
            last = max(x.end for x in item.group)
            right = text_of(sentence.doc)[_end_of(sentence, last - 1) : sentence.span.end_char]
            holder = (
                _described(sentence, item, last, right)
                or _named(sentence, item, last, right)
                or _in_which(sentence, item, last, right)
            )
            if holder is not None:
                yield holder


def _described(sentence: Sentence, item: Item, last: int, right: str) -> _Holder | None:
    """ "Cells lacking X": the cells, what they have, and the name."""
    base = sentence.span.start_char
    left = text_of(sentence.doc)[base : sentence.token(min(x.start for x in item.group)).idx]
    mutated = bool(_MUTATED.match(right)) or any(
        v.start <= item.start and item.end <= v.end and _RESIDUE.search(v.text) for v in sentence.variants
    )
    for pattern, sign, state in _before_cues():
        hit = pattern.search(left)
        operators = operators_of(sentence, item) if hit else []
        with_tool = any(o.tool and o.start >= last for o in operators)  # "cells carrying an X sponge"
        if hit and (state != "mutated" or mutated or with_tool or _MUTANT.search(hit.group())):
            sign = _turned(operators, last, state, sign)
            end = max([last, *(o.end for o in operators if o.start >= last)])
            state = "reduced" if sign < 0 else "mutated" if mutated else state
            return _Holder(item, sign, state, _token_at(sentence, base + hit.start()), end)
    return None


def _turned(operators: list[Operator], last: int, state: str, sign: int) -> int:
    """The sign of what cells have; "transfected with X siRNA": the operator says what became of X."""
    near = [o for o in operators if o.start >= last or o.state == state]
    if not near:
        return sign
    return -1 if any(o.sign < 0 for o in near) else 1


def _named(sentence: Sentence, item: Item, last: int, right: str) -> _Holder | None:
    """ "X-null HCT116 cells": the state right behind the name, then the cells."""
    base = _end_of(sentence, last - 1)
    behind = [o for o in operators_of(sentence, item) if o.start >= last]
    found = [(_end_of(sentence, o.end - 1) - base, o.sign, o.state) for o in behind]
    found += [(hit.end(), sign, state) for p, sign, state in _behind_cues() if (hit := p.match(right))]
    for at, sign, state in found:
        hit = _cells_behind().match(right, at)
        if hit and not _NOT_ITS_CELLS.search(hit.group()):
            return _Holder(item, sign, state, item.start, _token_at(sentence, base + hit.end()))
    return None


@lru_cache(maxsize=1)
def _done_cues() -> tuple[re.Pattern[str], list[_Cue]]:
    return re.compile(IN_WHICH, re.I), [(re.compile(rf"{DONE_TO}{p}\b", re.I), sign, state) for p, sign, state in DONE]


def _in_which(sentence: Sentence, item: Item, last: int, right: str) -> _Holder | None:
    """ "Cells in which X had been silenced"."""
    which, done = _done_cues()
    base = sentence.span.start_char
    before = which.search(text_of(sentence.doc)[base : sentence.token(min(x.start for x in item.group)).idx])
    for pattern, sign, state in done if before else ():
        hit = pattern.match(right)
        if hit and before:
            end = _token_at(sentence, _end_of(sentence, last - 1) + hit.end())
            return _Holder(item, sign, state, _token_at(sentence, base + before.start()), end)
    return None


def _end_of(sentence: Sentence, i: int) -> int:
    return sentence.token(i).idx + len(sentence.token(i))


def _token_at(sentence: Sentence, offset: int) -> int:
    return next((t.i for t in sentence.span if t.idx >= offset), sentence.end)


# ---------------------------------------------------------------------- what is said of them


def _of_cells(roles: SentenceRoles, holder: _Holder) -> Iterator[Statement]:
    """ "... were more sensitive to D", "... showed increased P"."""
    sentence = roles.sentence
    verb = first_word(sentence, holder.end, TO_CELLS_VERB, BECOME | UNDERGONE)
    if verb is None or any(sentence.token(k).text in (",", ";", ".") for k in range(holder.end, verb)):
        return
    stop = first_word(sentence, verb + 1, sentence.end, _STOPS) or sentence.end
    near = (m for m in sentence.matches if verb < m.start < min(stop, verb + TO_STATE))
    state = next((m for m in near if m.trigger.family in _STATES_OF), None)
    if state is not None:
        yield from _response(roles, holder, state, verb)
    else:
        yield from _course(sentence, holder, verb, min(stop, verb + TO_PROCESS))


def _responded(sentence: Sentence, holder: _Holder) -> Iterator[Statement]:
    """ "... responded less well to D", "... did not respond to D"."""
    verb = first_word(sentence, holder.end, TO_CELLS_VERB, RESPONDED | WITHSTOOD | KILLED)
    if verb is None or any(sentence.token(k).text in (",", ";", ".") for k in range(holder.end, verb)):
        return
    if sentence.lower(verb) in WITHSTOOD:
        denied = denials(sentence, verb) if holder.sign < 0 else ()
        for drug in drugs_right(sentence, verb + 1, TO_RESISTED):
            yield holder.states(holder.response(-1 if denied else 1), drug, (verb, drug.root), denied)
        return
    if sentence.lower(verb) in KILLED:
        yield from _killed(sentence, holder, verb)
        return
    to = first_word(sentence, verb + 1, TO_CELLS_VERB + 1, ("to",))
    first = next((i for i in sentence.items if to is not None and to < i.start <= to + 3), None)
    if to is None or first is None or first.label != "DRUG":
        return
    words = {sentence.lower(k) for k in range(verb + 1, to)}
    denied = denials(sentence, verb) if not words & (BETTER | WORSE) else ()
    sign = 1 if denied or words & WORSE else -1
    for drug in first.group if denied or holder.sign < 0 or words else ():
        yield holder.states(holder.response(sign), drug, (verb, drug.root), denied)


def _killed(sentence: Sentence, holder: _Holder, verb: int) -> Iterator[Statement]:
    """ "... were readily killed by D", "... were hardly killed by D"."""
    if first_word(sentence, verb + 1, 1, ("by", "with")) is None:
        return
    words = {sentence.lower(k) for k in range(holder.end, verb)}
    denied = denials(sentence, verb)
    if denied and words & BETTER:
        return  # "were not killed better": as well, or less well
    for drug in drugs_right(sentence, verb + 2, TO_RESISTED):
        yield holder.states(holder.response(1 if denied or words & WORSE else -1), drug, (verb, drug.root), denied)


def _course(sentence: Sentence, holder: _Holder, verb: int, stop: int) -> Iterator[Statement]:
    """ "... showed increased P"."""
    item = next((i for i in sentence.items if i.label == "PROCESS" and verb < i.start < stop), None)
    if item is None or item.response:
        return
    sign = _degree(sentence, verb + 1, item.start)
    spent: tuple[int, ...] = ()
    if not sign and holder.sign < 0 and sentence.lower(verb) in UNDERGONE:
        spent = denials(sentence, verb, item.root)  # "cells lacking X did not undergo P"
        sign = -1 if spent else 0
    for target in item.group if sign else ():
        name = "promotes" if sign * holder.sign > 0 else "inhibits"
        yield holder.states(name, target, (verb, target.root), spent)


def _response(roles: SentenceRoles, holder: _Holder, m: Match, verb: int) -> Iterator[Statement]:
    """ "... were more sensitive to D", "... showed less resistance to D"."""
    drugs = roles.of(m).drugs or _drugs_behind(roles.sentence, m)
    sign = 1 if m.trigger.family.startswith("resist") else -1
    degree, spent = degree_before(roles.sentence, m)
    first = min([m.start, *(d.start for d in drugs)])
    compared = _degree(roles.sentence, verb + 1, first)
    if m.trigger.form != "adjective":
        degree, spent = compared or 1, ()
    denied = denials(roles.sentence, verb, m.root) if holder.sign < 0 and not compared else ()
    if denied and not spent:  # "cells lacking X did not become resistant": with X they do
        degree, spent = -1, denied
    for drug in drugs:
        yield holder.states(holder.response(sign * degree), drug, (verb, m.root), spent)


def _drugs_behind(sentence: Sentence, m: Match) -> list[Item]:
    near = (i for i in sentence.items if i.label == "DRUG" and m.end < i.start <= m.end + TO_STATE_DRUG)
    first = next(near, None)
    if first is None or first_word(sentence, m.end, 2, ("to", "towards", "against", "for")) is None:
        return []
    return [x for x in first.group if x.label == "DRUG"]


def _degree(sentence: Sentence, start: int, end: int) -> int:
    """+1 or -1 by the last word of degree in the tokens, 0 without one."""
    for k in range(end - 1, start - 1, -1):
        if sentence.lower(k) in MORE:
            return 1
        if sentence.lower(k) in LESS:
            return -1
    return 0


def _dose_in_cells(roles: SentenceRoles, holder: _Holder) -> Iterator[Statement]:
    """ "The IC50 of D was higher in cells with X": more of D is needed."""
    for m in roles.sentence.matches:
        if m.trigger.family not in _STATES_OF[2:] or m.end >= holder.start or m.trigger.form != "noun":
            continue
        between = roles.sentence.doc[m.end : holder.start].text_with_ws.lower()
        sign = _degree(roles.sentence, m.end, holder.start)
        if not sign or len(between) > TO_DOSE_CELLS or not _IN.search(between):
            continue
        sign = sign if m.trigger.family == "resistance" else -sign
        for drug in roles.of(m).drugs:
            yield holder.states(holder.response(sign), drug, (m.root,))


def _dose_needed(sentence: Sentence, holder: _Holder) -> Iterator[Statement]:
    """ "Cells with X needed more D (to be killed)"."""
    near = (i for i in sentence.items if i.label == "DRUG" and holder.end <= i.start <= holder.end + TO_STATE)
    drug = next(near, None)
    sign, verb = dose_needed(sentence, drug) if drug is not None else (0, -1)
    if drug is None or not sign or _token_at(sentence, verb) > holder.end + 1:
        return
    for d in drug.group:
        yield holder.states(holder.response(sign), d, (drug.root,))


def _course_in_cells(sentence: Sentence, holder: _Holder) -> Iterator[Statement]:
    """ "Less P was seen in cells with X", "P was reduced in cells without X"."""
    before = [i for i in sentence.items if i.end <= holder.start and i.label not in labels(Role.SITE)]
    item = before[-1] if before else None
    if item is None or item.label != "PROCESS" or item.response:
        return
    between = sentence.doc[item.end : holder.start].text_with_ws.lower()
    if len(between) > TO_DOSE_CELLS or not _FOUND.match(between) or not _IN.search(between):
        return
    sign = _degree(sentence, item.end, holder.start) or _degree(
        sentence, max(sentence.start, item.start - 1), item.start
    )
    for target in item.group if sign else ():
        yield holder.states("promotes" if sign * holder.sign > 0 else "inhibits", target, (item.root, holder.item.root))
