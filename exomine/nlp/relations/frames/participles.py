"""Frames of participles glued to a mention: "exosome-mediated X", "resistance-inducing factor Y", "X-induced
apoptosis".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exomine.nlp.relations.arguments import Argument, response_of
from exomine.nlp.relations.cues.participles import DOING, DONE_BY
from exomine.nlp.relations.cues.triggers import Trigger
from exomine.nlp.relations.operators import suspended
from exomine.nlp.relations.roles import SentenceRoles
from exomine.nlp.relations.sentence import Item, Match, Sentence
from exomine.nlp.relations.statement import Statement, combine
from exomine.nlp.relations.tokens import HYPHENS
from exomine.nlp.relations.windows import TO_MODIFIED_NOUN, TO_SUSPENDED
from exomine.vocabulary.entities import Role, labels

__all__ = ["participle_statements"]

_EVENTS = labels(Role.EVENT)
_CELLS = re.compile(r"cells?|tumou?rs?|patients?|mice|media|medium|fraction|exosomes?", re.I)


def participle_statements(roles: SentenceRoles) -> Iterator[Statement]:
    """Statements by participles glued to a mention by a hyphen or standing right behind it."""
    sentence = roles.sentence
    for k in range(sentence.start + 1, sentence.end - 1):
        low = sentence.lower(k)
        left = _left(sentence, k) if low in DONE_BY or low in DOING else None
        noun = _noun_after(sentence, k) if left is not None else None
        if left is None or noun is None:
            continue
        if low in DONE_BY:
            for item in (*_waiting(sentence, left), left):
                yield from _done_by(roles, k, item, noun)
        else:
            yield from _doing(roles, k, left, noun)


def _left(sentence: Sentence, k: int) -> Item | None:
    """The name that a participle is glued to, or that it stands behind as a modifier of a noun."""
    glued = sentence.token(k - 1).text in HYPHENS
    if not glued and sentence.dep(k) not in ("amod", "compound", "nmod", "acl"):
        return None
    j = k - 2 if glued else k - 1
    return sentence.covered.get(j) if j >= sentence.start else None


def _waiting(sentence: Sentence, left: Item) -> list[Item]:
    """The names before that share its participle: "X- and Y-mediated"."""
    return [i for i in sentence.items if 0 < left.start - i.end < TO_SUSPENDED and suspended(sentence, i)]


def _noun_after(sentence: Sentence, k: int) -> int | None:
    """The noun that the participle stands before: by the parse, else the next mention or trigger."""
    if sentence.parsed and sentence.head(k) > k:
        return sentence.head(k)
    for j in range(k + 1, min(sentence.end, k + TO_MODIFIED_NOUN)):
        if j in sentence.covered:
            return sentence.covered[j].root
        if sentence.triggers.get(j):
            return j
    return None


def _match(k: int, sign: int) -> Match:
    return Match(Trigger("", "regulate", sign, "verb"), k, k + 1, k)


def _done_by(roles: SentenceRoles, k: int, left: Item, noun: int) -> Iterator[Statement]:
    """ "L-mediated X": L furthers X."""
    sentence = roles.sentence
    agent = Argument(left.alias or left)
    if not agent.acts or _CELLS.fullmatch(sentence.lower(noun)):
        return
    targets = [t for t in roles.phrases.read(noun) if t.item is not left and t.item.start > k]
    course = any(t.kind == "resistance" or t.item.label in _EVENTS for t in targets)
    if course or sentence.says(noun, form="noun"):
        sign = DONE_BY[sentence.lower(k)]
        yield from combine(_match(k, sign), [agent], targets, "participle", sign)


def _doing(roles: SentenceRoles, k: int, left: Item, noun: int) -> Iterator[Statement]:
    """ "L-inducing X": X furthers L."""
    agents = [a for a in roles.phrases.read(noun) if a.item.start > k and a.acts]
    target = response_of(left)
    sign = DOING[roles.sentence.lower(k)]
    yield from combine(_match(k, sign), agents, [target], "participle", sign)
