"""Names of which the sentence says apart from them that less is left: "X was silenced by siRNA, which restored P"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from math import prod

from exomine.nlp.relations.arguments import Argument
from exomine.nlp.relations.cues.operator_cues import (
    FILLER_BEFORE,
    FILLER_BEHIND,
    LESSENED,
    TAKEN_AWAY,
    TAKING_AWAY,
    TOOL,
)
from exomine.nlp.relations.operators import operators_of
from exomine.nlp.relations.sentence import Item, Match, Sentence
from exomine.nlp.texts import text_of

__all__ = ["Operation", "left_by_operations", "operation_on"]

_ADVERBS = r"(?:(?:\w+ly|then|also|first|next|either)\s+)*"
#: Pronouns that stand for what was done, and those that stand for the thing.
_EVENT, _THING = ("which", "this", "that", "these"), ("it", "they")
_SO = ("thereby", "thus", "hence", "therefore", ",")


@dataclass(frozen=True, slots=True)
class Operation:
    """The verb (token ``verb``) that leaves less of a name; ``done`` where people did it, and not nature."""

    verb: int
    done: bool


@lru_cache(maxsize=1)
def _passive() -> re.Pattern[str]:
    where = r"(?:in\s+(?:[\w-]+\s+){1,4}?)?"
    be = r"(?P<be>was|were|had been|has been|have been|is|are|being)"
    return re.compile(
        rf"[\s)]+{FILLER_BEHIND}{where}{be}\s+{_ADVERBS}(?P<verb>(?P<done>{TAKEN_AWAY})|{LESSENED})\b", re.I
    )


@lru_cache(maxsize=1)
def _with_tool() -> re.Pattern[str]:
    """ "X, silenced by siRNA, reduced"; without a tool it may be nature's doing."""
    return re.compile(
        rf",?\s+(?P<verb>{TAKEN_AWAY})\s+(?:by|with|using)\s+(?:\w+\s+){{0,2}}(?:{TOOL}|inhibitors?|crispr)\b", re.I
    )


@lru_cache(maxsize=1)
def _taken() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{TAKEN_AWAY}|{LESSENED}|{TAKING_AWAY})\b", re.I)


@lru_cache(maxsize=1)
def _active() -> tuple[re.Pattern[str], ...]:
    by_people = rf"\bwe\s+{_ADVERBS}(?P<verb>{TAKEN_AWAY})\s+{FILLER_BEFORE}$"
    means = (
        rf"\b(?:us(?:ed|ing)|employ(?:ed|ing)|appl(?:ied|ying)|"
        rf"with)\b[^;:.]*\bto\s+(?P<verb>{TAKING_AWAY})\s+{FILLER_BEFORE}$"
    )
    return re.compile(by_people, re.I), re.compile(means, re.I)


def operation_on(sentence: Sentence, item: Item) -> Operation | None:
    """What the sentence says was done to a name, by word order."""
    inside = sentence.start <= item.start < sentence.end
    span = sentence.span if inside else item.span.sent  # the topic of the sentence before
    text, base = text_of(sentence.doc), span.start_char
    if not _taken().search(text, base, span.end_char):
        return None
    last = max((x.span.end_char for x in item.group), default=item.span.end_char)
    hit = _passive().match(text, last, span.end_char)
    if hit is not None:
        past = hit["be"].lower() not in ("is", "are", "being")
        return Operation(_token_at(sentence, hit.start("verb")), past and hit["done"] is not None)
    hit = _with_tool().match(text, last, span.end_char)
    if hit is not None:
        return Operation(_token_at(sentence, hit.start("verb")), done=True)
    first = min((x.span.start_char for x in item.group), default=item.span.start_char)
    found = next((h for p in _active() if (h := p.search(text[base:first]))), None)
    return Operation(_token_at(sentence, base + found.start("verb")), done=True) if found is not None else None


def left_by_operations(sentence: Sentence, arguments: Iterable[Argument], m: Match) -> Iterator[Argument]:
    """The agents of ``m``; those that were taken away before act by being less, or are left out where that is not
    clear."""
    for a in arguments:
        if a.inherited and a.sign > 0 and not a.words and _less_beside(sentence, a.item, m):
            continue  # "an inhibitor of X was added, and it reduced": the inhibitor, or X
        operation = operation_on(sentence, a.item)
        if operation is None or operation.verb >= m.start or operation.verb in a.words:
            yield a
        elif a.item.start < sentence.start:
            if a.words or not (operation.done or _stands_for_event(sentence, a, m)):
                yield a  # "X was silenced. Its loss reduced": that says it itself
        elif _stands_for_event(sentence, a, m):
            turned = a.turned(-1, operation.verb)
            yield replace(turned, state="reduced" if turned.sign < 0 else "increased")
        elif not operation.done:
            yield a


def _less_beside(sentence: Sentence, item: Item, m: Match) -> bool:
    """Whether an operator beside the name takes it away; "by suppressing X, which promotes" says what X does."""
    if not sentence.start <= item.start < sentence.end:
        return False
    operators = operators_of(sentence, item)
    if sentence.tag(m.root) != "VBD":
        operators = [o for o in operators if not sentence.lower(o.end - 1).endswith("ing")]
    return prod(o.sign for o in operators) < 0


def _stands_for_event(sentence: Sentence, a: Argument, m: Match) -> bool:
    """ "..., which restored", "..., leading to", "and this restored": what was done acts."""
    k = m.start - 1
    while k > sentence.start and sentence.tag(k).startswith(("RB", "MD")) and sentence.lower(k) not in _SO:
        k -= 1
    word = sentence.lower(max(k, sentence.start))
    if a.inherited and word in _EVENT:
        return True
    return word in _SO and sentence.lower(m.root).endswith("ing")


def _token_at(sentence: Sentence, offset: int) -> int:
    return next((t.i for t in sentence.span if t.idx + len(t) > offset), sentence.end)
