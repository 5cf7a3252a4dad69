"""What patients or cells that respond to a drug have more or less of than those that do not: "X was higher in D
non-responders". It goes with the response; that it causes it is not said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exomine.nlp.relations.arguments import MOLECULES
from exomine.nlp.relations.frames.expression import expressed_items, held_by_group, is_state
from exomine.nlp.relations.items import Item
from exomine.nlp.relations.roles import SentenceRoles
from exomine.nlp.relations.sentence import Sentence
from exomine.nlp.relations.statement import Statement
from exomine.nlp.relations.triggers import Match

__all__ = ["responder_statements"]

_WHO = r"(?:patients?|those|women|men|individuals|cases|tumou?rs?|cells|subjects|samples)"
#: The first of two that are compared: who does not respond, or who does.
_GROUP = re.compile(
    r"\b(?:(?P<no>non-?\s?respon(?:ders?|sive)|(?:poor|bad|weak)\sresponders?|unresponsive"
    rf"|{_WHO}\s(?:who|that)\s(?:did|do|does|had|have)\s(?:not|n't)\srespond(?:ed)?|{_WHO}\s(?:not\sresponding|refractory))"
    rf"|(?P<yes>(?:(?:good|complete|early|strong)\s)?responders?|{_WHO}\s(?:who|that)\s(?:had\s|have\s)?respond(?:ed|s)?|{_WHO}\sresponding"
    rf"|(?:responsive|sensitive)(?=\s(?:{_WHO}|than|lines?|ones|to)\b)))\b",
    re.I,
)
#: Between the word of amount and them.
_IN = re.compile(r"(?:[\w-]+\s+){0,4}?(?:in|among|of)\s+(?:[\w()-]+\s+){0,5}(?:[\w()-]+[\s-])?", re.I)
#: Between them and the drug.
_TO = re.compile(r"[^,;.]{0,40}?\b(?:to|under|during|on|with)\s+(?:[\w-]+\s+){0,2}", re.I)
#: Characters behind the word of amount in which they stand.
_REACH = 90


def responder_statements(roles: SentenceRoles) -> Iterator[Statement]:
    """Statements of one sentence, of the frame of what resistant cells have more of."""
    if _GROUP.search(roles.sentence.span.text) is None:
        return
    for e in roles.sentence.matches:
        if e.trigger.family == "expression" and is_state(roles.sentence, e):
            yield from _told(roles, e)


def _told(roles: SentenceRoles, e: Match) -> Iterator[Statement]:
    found = _group_behind(roles.sentence, e)
    drug = _drug_of(roles.sentence, found) if found else None
    if found is None or drug is None:
        return
    more_resistant = (e.trigger.sign > 0) == (found["no"] is not None)
    predicate = "confers_resistance_to" if more_resistant else "confers_sensitivity_to"
    items, loose = expressed_items(roles, e)
    for item in items:
        if item.label in MOLECULES:
            yield held_by_group(item, predicate, drug, (e.root,), more=e.trigger.sign > 0, loose=loose)


def _group_behind(sentence: Sentence, e: Match) -> re.Match[str] | None:
    text, base = sentence.span.text, sentence.span.start_char
    start = sentence.doc[e.end].idx - base if e.end < sentence.end else len(text)
    hit = _GROUP.search(text, start, start + _REACH)
    return hit if hit and _IN.fullmatch(text, start, hit.start()) else None


def _drug_of(sentence: Sentence, group: re.Match[str]) -> Item | None:
    """The drug right before the word ("D non-responders"), else the first one that is responded to."""
    base = sentence.span.start_char
    drugs = [i for i in sentence.items if i.label == "DRUG"]
    before = next((d for d in drugs if 0 <= group.start() - (d.span.end_char - base) <= 1), None)
    behind = (d for d in drugs if _TO.fullmatch(sentence.span.text, group.end(), d.span.start_char - base))
    return before or next(behind, None)
