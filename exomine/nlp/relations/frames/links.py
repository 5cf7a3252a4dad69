"""Frames of binding and plain association: "X binds Y", "X is associated with P"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exomine.nlp.relations.arguments import MOLECULES, Argument
from exomine.nlp.relations.clauses import misparsed
from exomine.nlp.relations.roles import SentenceRoles
from exomine.nlp.relations.sentence import Match, Sentence
from exomine.nlp.relations.statement import Statement, said_of
from exomine.nlp.relations.windows import TO_INVERSE, TO_UTR
from exomine.vocabulary.entities import Role, labels
from exomine.vocabulary.predicates import predicate

__all__ = ["association_statements", "binding_statements"]

_UTR = re.compile(r"utr|untranslated")
_LINKED, _BOUND = labels(Role.LINKED), predicate("binds").objects
_RESPONSES = ("resistance", "sensitivity")
#: Beside a word of association: more of the one goes with less of the other.
_INVERSE = re.compile(
    r"\b(?:inverse(?:ly)?|negative(?:ly)?|reciprocal(?:ly)?|anti-?correlat\w+|anti-?correlated)\b", re.I
)


# ---------------------------------------------------------------------- binding


def binding_statements(roles: SentenceRoles, m: Match) -> Iterator[Statement]:
    """ "X binds Y", "X interacts with Y"."""
    sentence = roles.sentence
    noun = sentence.tag(m.root) and not sentence.tag(m.root).startswith("VB")
    if noun and not misparsed(sentence, m.root):
        return
    targets = _bound(roles, m)
    for s in roles.of(m).agents:
        if s.acts and s.head and not s.item.generic:
            utr = s.item.label == "MIRNA" and _names_utr(sentence, m)
            for t in targets:
                yield from _binds(m, s, t, utr=utr)


def _bound(roles: SentenceRoles, m: Match) -> Sequence[Argument]:
    of = roles.of(m)
    if of.passive:
        return of.patients
    return [*of.objects, *of.behind("to", "with")] or roles.order.targets(m) or roles.order.targets(m, direct=True)


def _names_utr(sentence: Sentence, m: Match) -> bool:
    return bool(_UTR.search(sentence.doc[m.end : min(sentence.end, m.end + TO_UTR)].text.lower()))


def _binds(m: Match, s: Argument, t: Argument, *, utr: bool) -> Iterator[Statement]:
    if utr and t.item.label == "PROTEIN":
        yield said_of(s, "downregulates", t.item, "target", m.root, loose=t.loose)
    elif t.item.label in _BOUND and not t.item.generic and t.item is not s.item and t.head:
        yield said_of(s, "binds", t.item, "bind", m.root, loose=t.loose)


# ---------------------------------------------------------------------- association


def association_statements(roles: SentenceRoles, m: Match) -> Iterator[Statement]:
    """ "X is associated with P": the plain link, where nothing clearer is said."""
    if m.trigger.form == "noun":
        return
    targets = _linked_to(roles, m)
    if _INVERSE.search(roles.sentence.doc[max(roles.sentence.start, m.start - TO_INVERSE) : m.end + TO_INVERSE].text):
        targets = [t.turned(-1, m.root) for t in targets]
    for s in _linked(roles, m):
        if s.kind in _RESPONSES:
            yield from _resistance_linked(m, s, targets)
        elif s.kind == "entity" and s.item.label in (*MOLECULES, "VESICLE") and not s.item.generic:
            for t in targets:
                yield from _associated(m, s, t)


def _linked_to(roles: SentenceRoles, m: Match) -> Sequence[Argument]:
    of = roles.of(m)
    named = of.behind("with", "to") if m.trigger.prepositions else of.objects
    return named or roles.order.targets(m)


def _linked(roles: SentenceRoles, m: Match) -> Sequence[Argument]:
    subjects = roles.sentence.children(m.root, "nsubjpass", "nsubj")
    if subjects:
        return roles.phrases.read_all(subjects)
    return roles.of(m).patients or roles.of(m).agents_by_order


def _resistance_linked(m: Match, s: Argument, targets: Sequence[Argument]) -> Iterator[Statement]:
    """ "Resistance to D was linked to X", "ascribed to X"."""
    for t in targets:
        if t.item.label in (*MOLECULES, "VESICLE") and not t.item.generic and t.kind == "entity":
            yield said_of(t, _response(s.sign * t.sign), s.item, "associate-resistance", m.root)


def _associated(m: Match, s: Argument, t: Argument) -> Iterator[Statement]:
    if t.item is s.item or (t.item.generic and not t.item.response):
        return
    if t.kind in _RESPONSES:
        yield said_of(s, _response(t.sign * s.sign), t.item, "associate-resistance", *sorted({m.root, *t.words}))
    elif t.item.label in _LINKED:
        yield said_of(s, "associated_with", t.item, "associate", m.root)


def _response(sign: int) -> str:
    return "confers_resistance_to" if sign > 0 else "confers_sensitivity_to"
