"""A statement, a relation before its context, and how agent, sign and target make one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from exomine.nlp.relations.arguments import MOLECULES, Argument
from exomine.nlp.relations.items import Item
from exomine.nlp.relations.triggers import Match
from exomine.nlp.relations.windows import TO_NEGATION
from exomine.vocabulary.entities import Role, labels

__all__ = ["Statement", "combine", "may_act", "negated", "resistance", "said_of", "state_of"]

_AGENTS, _AMOUNT, _COURSE = labels(Role.AGENT), labels(Role.AMOUNT), labels(Role.COURSE)
#: What has a course, and is a place where others act.
_PLACES = labels(Role.COURSE | Role.SITE)
#: Verbs that undo the less of a thing: "rescued the loss of P"; those that may as well give the less back: "restored
#: the inhibition of P".
_UNDOES, _GIVES_BACK = ("rescu", "salvag"), ("restor", "reestablish", "re-establish", "normali")
_GIVEN_BACK = ("inhibition", "suppression", "repression", "silencing", "blockade", "degradation")
#: Behind a drug that is the name of its resistant cells.
_OF_CELLS = re.compile(
    r"\s*[-–‐ ]\s*(?:resistant|sensitive|exposed|treated|tolerant|refractory|induced|naive|loaded|resistance)"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A relation before context: items, predicate, and the tokens (``anchors``) that carry it."""

    subject: Item
    predicate: str
    object: Item
    frame: str
    anchors: tuple[int, ...]
    state: str = "normal"
    inherited: bool = False
    loose: bool = False
    vague: bool = False
    spent: tuple[int, ...] = ()  # tokens of cues of negation that this statement has taken into account
    words: tuple[Item, ...] = ()  # what stands here for a name before: "this drug"
    denied: bool = False  # set against what is asserted: "X, but not Y"
    like: tuple[Item, Item] | None = None  # the names of the clause whose verb it shares: "X promotes P, and Y Q"


def said_of(a: Argument, predicate: str, target: Item, frame: str, *anchors: int, loose: bool = False) -> Statement:
    """A statement about an argument, its own state and how it was found taken over."""
    return Statement(a.item, predicate, target, frame, anchors, a.state, a.inherited, a.loose or loose, spent=a.spent)


def resistance(agent: Argument, drug: Item, m: Match, sign: int, frame: str) -> Statement:
    """The agent makes more (``sign`` 1) or less resistant to the drug."""
    predicate = "confers_resistance_to" if sign * agent.sign > 0 else "confers_sensitivity_to"
    anchors = tuple(sorted({m.root, *agent.words}))
    return Statement(
        agent.item, predicate, drug, frame, anchors, state_of(agent), agent.inherited, agent.loose, spent=agent.spent
    )


def state_of(a: Argument) -> str:
    """The state of a subject: as it is written, else by its sign."""
    if a.state != "normal":
        return a.state
    return "reduced" if a.sign < 0 else "normal"


def may_act(a: Argument) -> bool:
    """Whether an argument can be the subject of an act."""
    item = a.item
    if item.label not in _AGENTS or a.kind != "entity" or (item.generic and item.label != "MIRNA"):
        return False
    if item.label == "DRUG" and _of_cell_line(item):
        return False
    return a.head or item.label == "VESICLE"


def _of_cell_line(item: Item) -> bool:
    """The drug in "D-resistant" or in the name of a resistant cell line ("MCF-7/DOX cells") does nothing."""
    doc = item.span.doc
    behind = doc[item.end : item.end + 3].text.lower()
    if _OF_CELLS.match(behind):
        return not behind.lstrip(" -–‐").startswith("induced")
    named = doc[item.end : item.end + 2].text.lower().startswith(("cell", "r cell", "-r"))
    return named and _glued_to_number(doc, item.start - 1)


def _glued_to_number(doc: Doc, k: int) -> bool:
    """Whether ``k`` is a dash or slash glued to something with a number before it: "MCF-7/"."""
    dash = k > 0 and doc[k].text in ("/", "-") and not doc[k].whitespace_
    return dash and doc[k - 1].is_alpha is False


def combine(
    m: Match, agents: Iterable[Argument], targets: Iterable[Argument], frame: str, sign: int
) -> Iterator[Statement]:
    """Each agent with each target; the trigger's ``sign`` and theirs are multiplied."""
    targets = list(targets)
    for s in agents:
        if may_act(s):
            for t in targets:
                yield from _combined(m, s, t, frame, sign)


def _combined(m: Match, s: Argument, t: Argument, frame: str, sign: int) -> Iterator[Statement]:
    if t.item is s.item or t.item.span.text.lower() == s.item.span.text.lower():
        return
    if frame in ("role", "involve") and _only_place(t, sign):
        return
    made = _predicate(s, t, sign, m)
    if made is None:
        return
    predicate, vague = made
    name = frame + ("-vague" if vague and frame == "regulate" else "")
    anchors = tuple(sorted({m.root, *t.words, *s.words}))
    yield Statement(
        s.item, predicate, t.item, name, anchors, state_of(s), s.inherited, s.loose or t.loose, vague, s.spent
    )


def _only_place(t: Argument, sign: int) -> bool:
    """A role in a cell or a cancer is a place, no effect on it; one in a gene says nothing on its amount."""
    if t.item.label in _PLACES:
        return True
    return not sign and not t.words and t.item.label in MOLECULES


def negated(doc: Doc, root: int) -> bool:
    """Whether a token has a negation below it; by heads, since ``Token.children`` trusts edges that a split may leave
    behind."""
    near = doc[max(0, root - TO_NEGATION) : root + TO_NEGATION + 1]
    return any(t.dep_ == "neg" and t.head.i == root for t in near)


def _predicate(s: Argument, t: Argument, sign: int, m: Match) -> tuple[str, bool] | None:
    """Predicate for a subject and a target, and whether the direction was guessed."""
    vague = sign == 0 or t.vague
    if sign == 0:
        # a microRNA that regulates a gene lowers it; other agents that regulate are read as furthering
        sign = -1 if s.item.label == "MIRNA" and t.item.label == "PROTEIN" else 1
    if vague and t.kind == "sensitivity" and not negated(s.item.span.doc, m.root):
        return None  # "alters the sensitivity to D": either way
    more = sign * (abs(t.sign) if _undone(t, m) else t.sign) * s.sign > 0
    if t.kind in ("resistance", "sensitivity"):
        protects = m.trigger.family == "protect"  # "protects from X-induced resistance to D"
        return None if m.trigger.family == "target" else (_response(more=more != protects), vague)
    if m.trigger.family == "protect":
        if t.item.label == "DRUG":
            return _response(more=True), vague
        more = not more
    name = _effect(t, more=more)
    return (name, vague) if name else None


def _undone(t: Argument, m: Match) -> bool:
    """ "Rescued the inhibition of P", "restored the reduced P": less of P is undone."""
    if t.sign > 0 or t.kind != "entity" or not t.words:
        return False
    doc = t.item.span.doc
    verb = doc[m.root].lower_
    return verb.startswith(_UNDOES) or (verb.startswith(_GIVES_BACK) and doc[t.words[0]].lower_ not in _GIVEN_BACK)


def _response(*, more: bool) -> str:
    return "confers_resistance_to" if more else "confers_sensitivity_to"


def _effect(t: Argument, *, more: bool) -> str:
    """The predicate of an effect on a thing with an amount or a course; empty where the target has neither."""
    if not t.head or t.item.generic:
        return ""
    if t.item.label in _AMOUNT:
        return "upregulates" if more else "downregulates"
    if t.item.label in _COURSE:
        return "promotes" if more else "inhibits"
    return ""
