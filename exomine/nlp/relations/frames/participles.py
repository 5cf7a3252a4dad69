"""Frames of participles glued to a mention: "exosome-mediated X", "resistance-inducing factor Y", "X-induced apoptosis"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exomine.nlp.relations.cues.triggers import Trigger
from exomine.nlp.relations.frames.acts import Statement, _combine
from exomine.nlp.relations.roles import Arguments, Reading
from exomine.nlp.relations.sentence import Item, Match, SentenceView

__all__ = ["participle_statements"]

#: Participles that make the mention before them the agent, with their sign.
_DONE_BY = {
    **dict.fromkeys(["induced", "mediated", "driven", "promoted", "triggered", "stimulated", "enhanced", "activated", "dependent", "facilitated", "elicited", "evoked"], 1),
    **dict.fromkeys(["inhibited", "suppressed", "reduced", "blocked", "repressed", "attenuated"], -1),
}  # fmt: skip
#: Participles that make the mention before them the target.
_DOING = {
    **dict.fromkeys(
        ["inducing", "promoting", "stimulating", "enhancing", "activating", "conferring", "mediating", "driving"], 1
    ),
    **dict.fromkeys(["inhibiting", "suppressing", "reducing", "blocking", "reversing"], -1),
}
_HYPHEN = ("-", "‐", "–")
_CELLS = re.compile(r"cells?|tumou?rs?|patients?|mice|media|medium|fraction|exosomes?", re.I)


def participle_statements(view: SentenceView, args: Arguments) -> Iterator[Statement]:
    """Statements by participles glued to a mention by a hyphen or standing right behind it."""
    for k in range(view.start + 1, view.end - 1):
        low = view.lower(k)
        if low not in _DONE_BY and low not in _DOING:
            continue
        left = _left(view, k)
        if left is None:
            continue
        if low in _DONE_BY:
            yield from _done_by(view, args, k, left, _DONE_BY[low])
        else:
            yield from _doing(view, args, k, left, _DOING[low])


def _left(view: SentenceView, k: int) -> Item | None:
    j = k - 1
    if view.token(j).text not in _HYPHEN and not view.parsed:
        return None
    if view.token(j).text in _HYPHEN:
        j -= 1
    elif view.dep(k) not in ("amod", "compound", "nmod", "acl"):
        return None
    return view.covered.get(j) if j >= view.start else None


def _noun_after(view: SentenceView, k: int) -> int | None:
    """The noun that the participle stands before: by the parse, else the next mention or trigger."""
    if view.parsed and view.head(k) > k:
        return view.head(k)
    for j in range(k + 1, min(view.end, k + 4)):
        if j in view.covered or j in view.triggers:
            return view.covered[j].root if j in view.covered else j
    return None


def _done_by(view: SentenceView, args: Arguments, k: int, left: Item, sign: int) -> Iterator[Statement]:
    """ "L-mediated X": L furthers X."""
    noun = _noun_after(view, k)
    if noun is None or left.label not in ("MIRNA", "PROTEIN", "VESICLE", "DRUG") or _CELLS.fullmatch(view.lower(noun)):
        return
    targets = [t for t in args.read(noun) if t.item is not left and t.item.start > k]
    if not any(m.trigger.form == "noun" for m in view.triggers.get(noun, ())) and not any(
        t.kind == "resistance" or t.item.label in ("PROCESS", "PATHWAY") for t in targets
    ):
        return
    members = [left.alias or left]
    match = Match(Trigger("", "regulate", sign, "verb"), k, k + 1, k)
    yield from _combine(match, [Reading(m) for m in members], targets, "participle", sign)


def _doing(view: SentenceView, args: Arguments, k: int, left: Item, sign: int) -> Iterator[Statement]:
    """ "L-inducing X": X furthers L."""
    noun = _noun_after(view, k)
    if noun is None:
        return
    agents = [
        r for r in args.read(noun) if r.item.start > k and r.item.label in ("MIRNA", "PROTEIN", "DRUG", "VESICLE")
    ]
    match = Match(Trigger("", "regulate", sign, "verb"), k, k + 1, k)
    kind = "resistance" if left.resistance else "entity"
    yield from _combine(match, agents, [Reading(left, kind=kind)], "participle", sign)
