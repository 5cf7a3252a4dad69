"""All frames of a sentence, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from exomine.nlp.relations.frames.absence import absence_statements
from exomine.nlp.relations.frames.cargo import cargo_statements
from exomine.nlp.relations.frames.cells import cell_statements
from exomine.nlp.relations.frames.consequence import consequence_statements
from exomine.nlp.relations.frames.expression import expression_statements, resistant_expression_statements
from exomine.nlp.relations.frames.links import association_statements, binding_statements
from exomine.nlp.relations.frames.markers import distinguishing_statements, marker_statements
from exomine.nlp.relations.frames.participles import participle_statements
from exomine.nlp.relations.frames.regulation import (
    dependence_statements,
    oncogene_statements,
    regulation_statements,
    targeted_statements,
)
from exomine.nlp.relations.frames.resistance import resistance_statements
from exomine.nlp.relations.frames.responders import responder_statements
from exomine.nlp.relations.roles import SentenceRoles
from exomine.nlp.relations.sentence import Match
from exomine.nlp.relations.statement import Statement

__all__ = ["all_statements"]


def _states(roles: SentenceRoles) -> Iterator[Statement]:
    """The frames of states, which read one trigger each."""
    for m in roles.sentence.matches:
        if m.trigger.family in _STATES:
            yield from _STATES[m.trigger.family](roles, m)
    yield from resistant_expression_statements(roles)
    yield from responder_statements(roles)


_STATES: dict[str, Callable[[SentenceRoles, Match], Iterator[Statement]]] = {
    "expression": expression_statements,
    "marker": marker_statements,
    "marker_purpose": marker_statements,
    "marker_verb": distinguishing_statements,
    "bind": binding_statements,
    "associate": association_statements,
}
_READERS: tuple[Callable[[SentenceRoles], Iterator[Statement]], ...] = (
    regulation_statements,
    resistance_statements,
    participle_statements,
    targeted_statements,
    dependence_statements,
    oncogene_statements,
    cargo_statements,
    _states,
    cell_statements,
    consequence_statements,
    absence_statements,
)


def all_statements(roles: SentenceRoles) -> Iterator[Statement]:
    """What the frames say, in their order; several may say the same."""
    for reader in _READERS:
        yield from reader(roles)
