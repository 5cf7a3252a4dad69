"""What does not happen where something is missing, or happens where there is less or more of it: "without X, cells did
not become resistant to D", "invasion fell when X was silenced"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import prod

from exomine.nlp.relations.arguments import ACTORS, MOLECULES
from exomine.nlp.relations.cues.absence_cues import (
    ACQUIRED,
    DONE_TO,
    FALLS,
    HAPPENS,
    PERSISTS,
    RISES,
    UNDERGONE,
    WHEN,
    WITHOUT,
)
from exomine.nlp.relations.cues.cell_cues import DONE, LESS, MORE
from exomine.nlp.relations.denials import denials
from exomine.nlp.relations.nearby import degree_before
from exomine.nlp.relations.operators import operators_of
from exomine.nlp.relations.roles import SentenceRoles
from exomine.nlp.relations.sentence import Item, Match, Sentence
from exomine.nlp.relations.statement import Statement
from exomine.nlp.relations.tokens import FINITE
from exomine.nlp.relations.windows import TO_MISSED, TO_UNDERGONE
from exomine.nlp.texts import text_of

__all__ = ["absence_statements"]

#: What is brought into cells is more there: "after transfection with X".
_GIVEN = re.compile(r"\b(?:transfect|transduc)ion\b", re.I)
_STATES = ("resistant", "sensitive", "resistance", "sensitivity")
_PARTS = (";", ":", "but", "whereas", "while", "although", "which", "that", "and")
_BREAKS = (";", ":", "but", "whereas", "while", "although", "which", "that")


@dataclass(frozen=True, slots=True)
class _Clause:
    """What is said (tokens ``start:end``, with its finite ``verb``) where ``item`` is missing or there is less
    (``sign`` -1) or more of it; ``cue``: the words of absence, which deny nothing of what is said."""

    item: Item
    cue: tuple[int, ...]
    start: int
    verb: int
    end: int
    sign: int = -1
    state: str = "reduced"

    @property
    def said(self) -> range:
        """The verb and what stands behind it."""
        return range(self.verb, min(self.end, self.verb + TO_MISSED))

    def states(self, predicate: str, target: Item, anchors: tuple[int, ...], spent: tuple[int, ...]) -> Statement:
        subject = self.item.alias or self.item
        return Statement(subject, predicate, target, "absence", anchors, self.state, spent=(*self.cue, *spent))


def absence_statements(roles: SentenceRoles) -> Iterator[Statement]:
    """Statements of what is missing, each with all members of its enumeration."""
    for clause in (*_clauses(roles.sentence), *_conditions(roles.sentence)):
        if not any(roles.sentence.lower(k) in PERSISTS for k in range(clause.start, clause.end)):
            yield from _acquired(roles, clause)
            yield from _happened(roles.sentence, clause)
            yield from _underwent(roles.sentence, clause)


@lru_cache(maxsize=1)
def _without() -> re.Pattern[str]:
    return re.compile(WITHOUT, re.I)


def _clauses(sentence: Sentence) -> Iterator[_Clause]:
    """The clauses with an absence before or behind them."""
    base = sentence.span.start_char
    for item in sentence.items:
        if item.label not in MOLECULES or item.generic:
            continue
        first, last = min(x.start for x in item.group), max(x.end for x in item.group)
        hit = _without().search(text_of(sentence.doc)[base : sentence.token(first).idx])
        if hit is None:
            continue
        cue = next(t.i for t in sentence.span if t.idx + len(t) > base + hit.start())
        bounds = _around(sentence, cue, last)
        verb = next((k for k in range(*bounds) if sentence.tag(k) in FINITE[:4]), None) if bounds else None
        if bounds and verb is not None and not _another_acts(sentence, bounds[0], verb):
            yield _Clause(item, tuple(range(cue, last)), bounds[0], verb, bounds[1])


@lru_cache(maxsize=1)
def _cues() -> tuple[re.Pattern[str], list[tuple[re.Pattern[str], int, str]]]:
    done = [(re.compile(rf"{DONE_TO}{p}\b", re.I), sign, state) for p, sign, state in DONE]
    return re.compile(WHEN, re.I), done


def _conditions(sentence: Sentence) -> Iterator[_Clause]:
    """ "When X was silenced", "upon X knock-down", "after transfection with X mimics": the clause behind or before."""
    base = sentence.span.start_char
    when, done = _cues()
    for item in sentence.items:
        if item.label not in MOLECULES or item.generic or item is not item.group[0]:
            continue
        operators = operators_of(sentence, item)
        first = min([item.start, *(o.start for o in operators)])
        last = max([*(x.end for x in item.group), *(o.end for o in operators)])
        hit = when.search(text_of(sentence.doc)[base : sentence.token(first).idx])
        if hit is None:
            continue
        sign, state = prod(o.sign for o in operators), next((o.state for o in operators), "")
        behind = text_of(sentence.doc)[_end_at(sentence, last) : sentence.span.end_char]
        for pattern, done_sign, done_state in done if not operators else ():
            if found := pattern.match(behind):
                sign, state = done_sign, done_state
                last = next(t.i for t in sentence.span if t.idx >= _end_at(sentence, last) + found.end())
        if not operators and not state and _GIVEN.search(hit[0]):
            sign, state = 1, "increased"
        if state:
            cue = next(t.i for t in sentence.span if t.idx + len(t) > base + hit.start())
            yield from _clause_with(sentence, item, cue, last, sign, state)


def _end_at(sentence: Sentence, end: int) -> int:
    return sentence.token(end - 1).idx + len(sentence.token(end - 1))


def _clause_with(sentence: Sentence, item: Item, cue: int, last: int, sign: int, state: str) -> Iterator[_Clause]:
    """The clause to which a condition belongs; nothing where the condition goes on with a verb of its own."""
    end = next((k for k in range(last, sentence.end) if sentence.token(k).text in (",", ";", ".")), sentence.end)
    if any(sentence.tag(k) in FINITE[:4] for k in range(last, end)):
        return
    if cue - sentence.start <= 1:
        start, stop = min(end + 1, sentence.end), _end(sentence, end + 1)
    else:
        breaks = [k for k in range(sentence.start, cue) if sentence.token(k).text == "," or sentence.lower(k) in _PARTS]
        start, stop = max(breaks, default=sentence.start - 1) + 1, cue
    verb = next((k for k in range(start, stop) if sentence.tag(k) in FINITE[:4]), None)
    if verb is not None and not _another_acts(sentence, start, verb):
        yield _Clause(item, (), start, verb, stop, sign, state)


def _around(sentence: Sentence, cue: int, last: int) -> tuple[int, int] | None:
    """The clause behind a fronted absence and its comma, or before one that ends the clause."""
    if cue - sentence.start <= 1:
        comma = next((k for k in range(last, min(sentence.end, last + 6)) if sentence.token(k).text == ","), last)
        return comma + (comma > last), _end(sentence, comma + 1)
    breaks = [k for k in range(sentence.start, cue) if sentence.token(k).text == "," or sentence.lower(k) in _BREAKS]
    behind = sentence.token(last).text if last < sentence.end else "."
    return (max(breaks, default=sentence.start - 1) + 1, cue) if behind in (".", ",", ";") else None


def _end(sentence: Sentence, start: int) -> int:
    return next((k for k in range(start, sentence.end) if sentence.lower(k) in (*_BREAKS, ",")), sentence.end)


def _another_acts(sentence: Sentence, start: int, verb: int) -> bool:
    """Whether a name that acts is the subject: "without X, Y did not promote P" says what Y does."""
    responds = any(start <= m.start < verb and m.trigger.family in _STATES for m in sentence.matches)
    return any(
        i.label in ACTORS and start <= i.start < verb and not i.response and not (responds and i.label == "DRUG")
        for i in sentence.items
    )


def _acquired(roles: SentenceRoles, c: _Clause) -> Iterator[Statement]:
    """ "... cells did not become resistant to D"; "... resistance to D was lost"."""
    sentence = roles.sentence
    state = next((m for m in sentence.matches if c.start <= m.start < c.end and m.trigger.family in _STATES), None)
    if state is None:
        return
    sign = _course_of(sentence, c) if state.start < c.verb else _come_to(sentence, c, state)
    resists = 1 if state.trigger.family.startswith("resist") else -1
    predicate = "confers_resistance_to" if sign * resists * c.sign > 0 else "confers_sensitivity_to"
    spent = denials(sentence, *c.said)
    for drug in roles.of(state).drugs if sign else ():
        yield c.states(predicate, drug, (c.verb, state.root), spent)


def _come_to(sentence: Sentence, c: _Clause, m: Match) -> int:
    """+1 where cells come to be resistant or sensitive, -1 where they do not, 0 where that is not said."""
    words = [sentence.lower(k) for k in c.said if k < m.start]
    if ACQUIRED.isdisjoint(words):
        return 0
    degree, _ = degree_before(sentence, m)
    less = degree < 0 or not LESS.isdisjoint(words)
    denied = bool(denials(sentence, *c.said))
    if denied and (less or not MORE.isdisjoint(words)):
        return 0
    return -1 if denied or less else 1


def _happened(sentence: Sentence, c: _Clause) -> Iterator[Statement]:
    """ "... invasion did not occur", "... no apoptosis was seen", "... migration was reduced"."""
    before = [i for i in sentence.items if i.label == "PROCESS" and c.start <= i.start and i.end <= c.verb]
    if not before or before[-1].response or any(_agent_behind(sentence, c)):
        return
    sign = _course_of(sentence, c)
    for target in before[-1].group if sign else ():
        predicate = "promotes" if sign * c.sign > 0 else "inhibits"
        yield c.states(predicate, target, (c.verb, target.root), denials(sentence, *c.said))


def _underwent(sentence: Sentence, c: _Clause) -> Iterator[Statement]:
    """ "... cells did not undergo apoptosis", "... cells no longer entered senescence"."""
    verb = next((k for k in c.said if sentence.lower(k) in UNDERGONE), None)
    target = next((i for i in sentence.items if verb is not None and verb < i.start < c.end), None)
    if verb is None or target is None or target.label != "PROCESS" or target.start > verb + TO_UNDERGONE:
        return
    spent = denials(sentence, verb)
    for process in target.group:
        predicate = "inhibits" if bool(spent) == (c.sign > 0) else "promotes"
        yield c.states(predicate, process, (verb, process.root), spent)


def _agent_behind(sentence: Sentence, c: _Clause) -> Iterator[Item]:
    """Names behind the verb that act: "no invasion was induced by Y"."""
    return (i for i in sentence.items if i.label in ACTORS and c.verb < i.start < c.end)


def _course_of(sentence: Sentence, c: _Clause) -> int:
    """-1 where the subject is less or does not come about, +1 where it is more, 0 where that is not said."""
    words = {sentence.lower(k) for k in c.said}
    sign = next((s for k in c.said if (s := _said_of(sentence, k))), 0)
    if denials(sentence, *c.said) or sentence.lower(c.start) == "no":
        return -1 if sign >= 0 and words & HAPPENS else 0
    return sign


def _said_of(sentence: Sentence, k: int) -> int:
    """What a word behind the verb says of its subject: +1 more, -1 less."""
    low = sentence.lower(k)
    if low in LESS or low in FALLS or low in ("lost", "absent", "abolished", "prevented", "ceased"):
        return -1
    if low in MORE or low in RISES:
        return 1
    found = (m.trigger.sign for m in sentence.triggers.get(k, ()) if m.trigger.family == "regulate")
    return next(found, 0) if low.endswith("ed") else 0
