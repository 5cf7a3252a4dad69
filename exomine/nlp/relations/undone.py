"""What one name does and another takes back: "X raised P, an effect reversed by Y", "X raised P. Y abolished this
effect".

Who takes back does the opposite. What was done stands in the same sentence or, behind "this effect", in the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from exomine.nlp.relations.arguments import ACTORS, Argument
from exomine.nlp.relations.cues.undone_cues import EFFECT, PARTLY, REVERSE, WHOLLY
from exomine.nlp.relations.denials import denials
from exomine.nlp.relations.ellipsis import arguments_of, for_state
from exomine.nlp.relations.operated import operation_on
from exomine.nlp.relations.operators import ends_before, operators_of
from exomine.nlp.relations.roles import SentenceRoles
from exomine.nlp.relations.sentence import Item, Sentence
from exomine.nlp.relations.statement import Statement, may_act, state_of
from exomine.nlp.texts import text_of
from exomine.vocabulary.entities import Role, labels
from exomine.vocabulary.predicates import predicate

__all__ = ["FRAME", "end_of_what_was_done", "taken_back"]

FRAME = "undone"
_ACTED_ON = (*labels(Role.COURSE), *labels(Role.AMOUNT))
_AUXILIARY = (
    r"(?:(?:could|can|may|might|was|were|is|are|being|has been|have been|be)\s+){0,2}(?:\w+ly\s+|also\s+|then\s+)?"
)
_BY = r"(?:\s+\w+ly)?\s+(?P<by>by|upon|after|with|through|following|on|when|once|if|in the presence of)\s+"
_POINTS = r"(?:this|these|such|that|those|both(?: of)?(?: these)?|all (?:of )?these)"


@lru_cache(maxsize=1)
def _passives() -> tuple[re.Pattern[str], ...]:
    effect = rf"(?:an?|the|{_POINTS})\s+(?:[\w-]+\s+){{0,2}}?{EFFECT}|{EFFECT}"
    event = r"(?:and|but|yet|;|^)\s*(?:all (?:of )?)?(?:this|these)|,\s+(?:all of\s+|both of\s+)?which"
    return (
        re.compile(
            rf"(?:(?<=[,;–—(] )|(?<=[,;] and )|(?<=[,;] but )|(?<=while )|^|(?<=whereas ))(?P<what>{effect})\s+"
            rf"(?:(?:that|which)\s+)?{_AUXILIARY}(?P<verb>{WHOLLY}|{PARTLY}){_BY}",
            re.I,
        ),
        re.compile(rf"(?P<what>{event})\s+{_AUXILIARY}(?P<verb>{WHOLLY}){_BY}", re.I),
    )


@lru_cache(maxsize=1)
def _active() -> re.Pattern[str]:
    """Behind "the effect" nothing may tell whose it is: "reversed the effect of X on P" is read as it is written."""
    what = rf"(?:{_POINTS}|the|its|their)\s+(?:[\w-]+\s+){{0,2}}?{EFFECT}(?!\s+(?:of|on|upon|in which|that)\b)"
    alone = r"(?:all (?:of )?)?(?:this|these)(?=\s*[.,;)]|\s*$)"
    return re.compile(
        rf"\b(?:(?P<verb>{WHOLLY}|{PARTLY})\s+(?:\w+ly\s+)?(?P<what>{what})|(?P<wholly>{WHOLLY})\s+(?P<event>{alone}))",
        re.I,
    )


@dataclass(frozen=True, slots=True)
class _TakenBack:
    """Who takes back what stands before token ``start``, by the verb ``at``; ``one``: only what was told last."""

    agents: tuple[Argument, ...]
    at: int
    start: int
    one: bool
    fronted: bool


def taken_back(roles: SentenceRoles, statements: list[Statement], earlier: Sequence[Statement]) -> list[Statement]:
    """The statements, with those about who takes back what they say; ``earlier`` are those of the sentence before.

    What is read of the verb of taking back alone gives way: its object is what was done, and not what it was done to.
    """
    out = statements
    for x in _all_taken_back(roles):
        more = [t for s in _meant(roles.sentence, x, statements, earlier) for t in _opposite(s, x, statements)]
        if more:
            out = [s for s in out if not (x.at in s.anchors and s.subject in [t.subject for t in more])]
            out = [*out, *more]
    return out


def end_of_what_was_done(sentence: Sentence) -> int | None:
    """The character offset behind "was abolished by", "vanished when": who stands there does not do what was done."""
    hits = (p.search(sentence.span.text) for p in (*_passives(), _gone()))
    return next((sentence.span.start_char + hit.end() for hit in hits if hit), None)


@lru_cache(maxsize=1)
def _gone() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{WHOLLY}|lost|disappeared|vanished)\s+(?:when|once|if|upon|after|by|as soon as)\b", re.I)


def _all_taken_back(roles: SentenceRoles) -> Iterator[_TakenBack]:
    sentence = roles.sentence
    text = sentence.span.text
    for pattern in _passives():
        for hit in pattern.finditer(text):
            item = _named_behind(sentence, hit)
            if item is not None:
                yield _made(sentence, hit, _behind(sentence, item, hit["by"]))
    for hit in _active().finditer(text):
        at = _token_at(sentence, max(hit.start("verb"), hit.start("wholly")))
        act = next((m for m in sentence.triggers.get(at, ()) if m.trigger.form == "verb"), None)
        if act is not None and not denials(sentence, at):
            yield _made(sentence, hit, roles.of(act).agents)
    yield from _doing_the_reverse(sentence)


def _doing_the_reverse(sentence: Sentence) -> Iterator[_TakenBack]:
    """ "X promotes P, whereas Y does the reverse": Y, right before the verb, acts against what X does."""
    for hit in _reverse().finditer(sentence.span.text):
        item = ends_before(sentence, _token_at(sentence, hit.start("verb")))
        if item is not None and item.label in ACTORS and not item.generic:
            made = _made(sentence, hit, arguments_of(sentence, item))
            first = min([*(x.start for x in item.group), *(o.start for o in operators_of(sentence, item))])
            yield replace(made, start=first, fronted=all(i.start >= first for i in sentence.items))


@lru_cache(maxsize=1)
def _reverse() -> re.Pattern[str]:
    return re.compile(REVERSE, re.I)


def _made(sentence: Sentence, hit: re.Match[str], agents: Sequence[Argument]) -> _TakenBack:
    said = {name: text for name, text in hit.groupdict().items() if text}
    what, verb = ("what", "verb") if "verb" in said else ("event", "wholly")
    told = said[what].lower()
    several = told.endswith("s") and not told.endswith("this")
    start, at = (_token_at(sentence, hit.start(part)) for part in (what, verb))
    acting = {id(x) for a in agents for x in (a.item, *a.item.group)}
    fronted = all(id(i) in acting for i in sentence.items if i.end <= min(start, at))
    return _TakenBack(tuple(agents), at, min(start, at), not several and "these" not in told, fronted)


def _named_behind(sentence: Sentence, hit: re.Match[str]) -> Item | None:
    """The name right behind "reversed by", an operator and a few words before it allowed."""
    base = sentence.span.start_char
    at = base + hit.end()
    item = next((i for i in sentence.items if i.span.start_char >= at and i.label in ACTORS and not i.generic), None)
    if item is None:
        return None
    gap = text_of(sentence.doc)[at : item.span.start_char]
    return None if len(gap) > _TO_NAME or re.search(r"[,;:.]|\b(?:that|which|was|were|is|are)\b", gap) else item


#: Characters between "reversed by" and the name.
_TO_NAME = 50


def _behind(sentence: Sentence, item: Item, by: str) -> tuple[Argument, ...]:
    """Who takes back; "reversed when X was silenced": less of X."""
    found = arguments_of(sentence, item)
    operation = operation_on(sentence, item) if by.lower() in ("when", "once", "if", "after") else None
    if operation is None or any(a.sign < 0 for a in found):
        return found
    return tuple(replace(a.turned(-1, operation.verb), state="reduced") for a in found)


def _meant(
    sentence: Sentence, x: _TakenBack, statements: Sequence[Statement], earlier: Sequence[Statement]
) -> list[Statement]:
    """What was done: of the last one who did anything before, one act or all of them."""
    before = [s for s in statements if _all_before(s, x.start)]
    if not before and x.fronted:
        before = [s for s in earlier if max(_tokens(s)) < sentence.start]
    before = [s for s in before if _act(s)]
    if not before:
        return []
    last = max(before, key=lambda s: (max(s.anchors), s.subject.start))
    told = [s for s in before if s.subject is last.subject or s.subject in last.subject.group]
    return [s for s in told if max(s.anchors) == max(last.anchors)] if x.one else told


def _act(s: Statement) -> bool:
    return (predicate(s.predicate).response or s.object.label in _ACTED_ON) and bool(predicate(s.predicate).opposite)


def _tokens(s: Statement) -> tuple[int, ...]:
    return (s.subject.end - 1, s.object.end - 1, *s.anchors)


def _all_before(s: Statement, start: int) -> bool:
    return max(_tokens(s)) < start and not s.denied


def _opposite(s: Statement, x: _TakenBack, statements: Sequence[Statement]) -> Iterator[Statement]:
    """Who takes back does the opposite of what was done; of itself, and of what acts with it, nothing is said."""
    told = {(t.subject.name, t.object.name) for t in statements if x.at not in t.anchors}
    for a in x.agents:
        if not may_act(a) or (a.item.name, s.object.name) in told or a.item.name == s.object.name:
            continue
        name = predicate(for_state(s, a)).opposite
        yield replace(
            s,
            subject=a.item,
            predicate=name,
            frame=FRAME,
            anchors=(x.at,),
            state=state_of(a),
            inherited=max(_tokens(s)) < x.start and x.fronted,
            loose=False,
            vague=s.vague,
            spent=(),
        )


def _token_at(sentence: Sentence, offset: int) -> int:
    at = sentence.span.start_char + offset
    return next((t.i for t in sentence.span if t.idx + len(t) > at), sentence.end - 1)
