""" "A and B promote and inhibit X and Y, respectively": members are paired one by one, and never crosswise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exomine.nlp.relations.arguments import Argument
from exomine.nlp.relations.roles import SentenceRoles
from exomine.nlp.relations.sentence import Item, Match, Sentence
from exomine.nlp.relations.statement import Statement, combine

__all__ = ["paired"]

_WORD = re.compile(r"\b(?:respectively|in that order)\b", re.I)


#: "confer resistance and sensitivity to D, respectively": which of them has which is not read, so nothing is said of D.
_BOTH_RESPONSES = re.compile(r"(?i)\b(?:resistan\w+ (?:and|or) sensitiv\w+|sensitiv\w+ (?:and|or) resistan\w+)")
_RESPONSES = ("confers_resistance_to", "confers_sensitivity_to")


def paired(roles: SentenceRoles, statements: list[Statement]) -> list[Statement]:
    """The statements of a sentence, those left out that join the first of one list with the second of another.

    Lists of unlike length say nothing: their statements are left out.
    """
    text = roles.sentence.span.text
    if not _WORD.search(text):
        return statements
    if _BOTH_RESPONSES.search(text):
        statements = [s for s in statements if s.predicate not in _RESPONSES]
    verbs = _verbs(roles.sentence)
    kept = [s for s in statements if _fits(s, verbs)]
    return [*kept, *(s for s in _of_verbs(roles, verbs) if not any(_same(s, k) for k in kept))]


def _same(a: Statement, b: Statement) -> bool:
    return a.subject is b.subject and a.object is b.object


def _members(item: Item) -> list[Item]:
    return [x for x in item.group or [item] if x.alias is None]


def _position(item: Item) -> tuple[int, int]:
    """Position in its enumeration, and the enumeration's length."""
    members = _members(item)
    return (members.index(item) if item in members else 0), len(members)


def _verbs(sentence: Sentence) -> list[Match]:
    """The coordinated verbs or participles: "promote and inhibit", "were raised and lowered"."""
    words = [
        m
        for m in sentence.matches
        if m.trigger.family in ("regulate", "target", "expression", "sensitize") and m.trigger.form != "noun"
    ]
    words = [m for n, m in enumerate(words) if not any(o.root == m.root for o in words[:n])]
    run: list[Match] = []
    for m in words:
        gap = sentence.doc[run[-1].end : m.start].text.lower() if run else ""
        if run and not re.fullmatch(r"\s*(?:,|and|or|, and|,? ?\w+ly| and \w+ly)\s*", gap):
            if len(run) > 1:
                break
            run = []
        run.append(m)
    return run if len(run) > 1 else []


def _fits(s: Statement, verbs: list[Match]) -> bool:
    """Whether subject, object and verb have the same position in their lists."""
    verb = next((k for k, m in enumerate(verbs) if m.root in s.anchors), None)
    positions = [p for p in (_position(s.subject), _position(s.object)) if p[1] > 1]
    if verb is not None:
        positions.append((verb, len(verbs)))
    return len(set(positions)) <= 1


def _of_verbs(roles: SentenceRoles, verbs: list[Match]) -> Iterator[Statement]:
    """Each subject with its own verb, where the verbs share their objects."""
    if not verbs or any(m.trigger.form != "verb" or m.trigger.prepositions for m in verbs):
        return
    subjects = [r for m in verbs for r in roles.of(m).agents]
    targets = [r for m in verbs for r in roles.of(m).targets if r.item.start >= verbs[-1].end]
    for k, m in enumerate(verbs):
        mine = _chosen(subjects, k, len(verbs))
        theirs = _chosen(targets, k, len(verbs))
        yield from combine(m, mine, theirs, m.trigger.family, m.trigger.sign)


def _chosen(arguments: list[Argument], k: int, count: int) -> list[Argument]:
    seen: dict[int, Argument] = {}
    for r in arguments:
        position, length = _position(r.item)
        if length == 1 or (length == count and position == k):
            seen.setdefault(id(r.item), r)
    return list(seen.values())
