"""Frames of cells that have less or more of something: "cells lacking X were resistant to D", "X-null cells showed more P"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from exomine.nlp.arguments import Arguments
from exomine.nlp.cues.cell_cues import BECOME, CELLS, HOLDING, LESS, MORE, STATES
from exomine.nlp.frames import Statement, degree_before
from exomine.nlp.operators import operators_of
from exomine.nlp.view import Item, Match, SentenceView

__all__ = ["cell_statements"]

_AGENTS = ("MIRNA", "PROTEIN")
_STATES_OF = ("resistant", "sensitive", "resistance", "sensitivity")


@dataclass(frozen=True, slots=True)
class _Holder:
    """Cells (tokens ``start:end``) with less (``sign`` -1) or more of ``item``."""

    item: Item
    sign: int
    state: str
    start: int
    end: int


def cell_statements(view: SentenceView, args: Arguments) -> Iterator[Statement]:
    """Statements about what cells have less or more of."""
    for holder in _holders(view):
        yield from _of_cells(view, args, holder)
        yield from _dose_in_cells(view, args, holder)


@lru_cache(maxsize=1)
def _patterns() -> tuple[
    list[tuple[re.Pattern[str], int, str]], list[tuple[re.Pattern[str], int, str]], re.Pattern[str]
]:
    before = [
        (re.compile(rf"\b{CELLS}\s+(?:that (?:were|are)\s+|which (?:were|are)\s+)?{p}\s+$", re.I), sign, state)
        for p, sign, state, _ in HOLDING
    ]
    behind = [(re.compile(p, re.I), sign, state) for p, sign, state, _ in STATES]
    return before, behind, re.compile(rf"[\s-]*(?:[\w/.-]+\s+){{0,4}}?{CELLS}\b", re.I)


def _holders(view: SentenceView) -> Iterator[_Holder]:
    before, behind, cells = _patterns()
    text, base = view.doc.text, view.sent.start_char
    for item in view.items:
        if item.label not in _AGENTS or item.generic:
            continue
        first, last = min(x.start for x in item.group), max(x.end for x in item.group)
        left = text[base : view.token(first).idx]
        right = text[view.token(last - 1).idx + len(view.token(last - 1)) : view.sent.end_char]
        mutated = re.match(r"[\s-]*(?:[A-Z]\d+[A-Z*]\s+)?(?:mutations?|mutants?|variants?)\b", right)
        operators = operators_of(view, item)
        for pattern, sign, state in before:
            hit = pattern.search(left)
            if hit and (state != "mutated" or mutated):
                start = _token_at(view, base + hit.start())
                end = max([last, *(o.end for o in operators if o.start >= last)])
                # "transfected with X siRNA": the operator says what became of X
                near = [o for o in operators if o.start >= last or o.state == state]
                turned = -1 if any(o.sign < 0 for o in near) else 1 if near else sign
                yield _Holder(item, turned, "mutated" if mutated else "reduced" if turned < 0 else state, start, end)
                break
        else:
            yield from _named_cells(view, item, right, last, behind, cells)


def _named_cells(view: SentenceView, item: Item, right: str, last: int, behind: list[tuple[re.Pattern[str], int, str]],
                 cells: re.Pattern[str]) -> Iterator[_Holder]:  # fmt: skip
    """ "X-null HCT116 cells": the state right behind the name, then the cells."""
    base = view.token(last - 1).idx + len(view.token(last - 1))
    found = [
        (view.token(o.end - 1).idx + len(view.token(o.end - 1)) - base, o.sign, o.state)
        for o in operators_of(view, item)
        if o.start >= last
    ]
    found += [(hit.end(), sign, state) for p, sign, state in behind if (hit := p.match(right))]
    for at, sign, state in found:
        hit = cells.match(right, at)
        if hit and not re.search(r"[,;]|\b(?:in|of|and|by|to|on|with|for)\b", hit.group()):
            yield _Holder(item, sign, state, item.start, _token_at(view, base + hit.end()))
            return


def _token_at(view: SentenceView, offset: int) -> int:
    return next((t.i for t in view.sent if t.idx >= offset), view.end)


def _of_cells(view: SentenceView, args: Arguments, holder: _Holder) -> Iterator[Statement]:
    """ "... were more sensitive to D", "... showed increased P"."""
    verb = next((k for k in range(holder.end, min(view.end, holder.end + 4)) if view.lower(k) in BECOME), None)
    if verb is None or any(view.token(k).text in (",", ";", ".") for k in range(holder.end, verb)):
        return
    stop = next((k for k in range(verb + 1, view.end) if view.token(k).text in (";", ",", ".") or view.lower(k) in ("than", "whereas", "while", "but")),
                view.end)  # fmt: skip
    for m in view.matches:
        if m.trigger.family in _STATES_OF and verb < m.start < min(stop, verb + 9):
            yield from _response(view, args, holder, m, verb)
            return
    for item in view.items:
        if item.label == "PROCESS" and verb < item.start < min(stop, verb + 6):
            sign = _degree(view, verb + 1, item.start)
            if sign and not item.resistance:
                for target in item.group:
                    name = "promotes" if sign * holder.sign > 0 else "inhibits"
                    yield _statement(holder, name, target, (verb, target.root))
            return


def _response(view: SentenceView, args: Arguments, holder: _Holder, m: Match, verb: int) -> Iterator[Statement]:
    drugs = args.drugs_of(m) or _drugs_behind(view, m)
    sign = 1 if m.trigger.family.startswith("resist") else -1
    if m.trigger.form == "adjective":
        sign, spent = sign * degree_before(view, m)[0], degree_before(view, m)[1]
    else:
        sign, spent = (
            sign * (_degree(view, verb + 1, min(m.start, *(d.start for d in drugs)) if drugs else m.start) or 1),
            (),
        )
    for drug in drugs:
        name = "confers_resistance_to" if sign * holder.sign > 0 else "confers_sensitivity_to"
        yield _statement(holder, name, drug, (verb, m.root), spent)


def _drugs_behind(view: SentenceView, m: Match) -> list[Item]:
    near = [i for i in view.items if i.label == "DRUG" and m.end < i.start <= m.end + 4]
    to = any(view.lower(k) in ("to", "towards", "against", "for") for k in range(m.end, min(view.end, m.end + 2)))
    return [x for x in near[0].group if x.label == "DRUG"] if near and to else []


def _degree(view: SentenceView, start: int, end: int) -> int:
    """+1 or -1 by the last word of degree in the tokens, 0 without one."""
    for k in range(end - 1, start - 1, -1):
        if view.lower(k) in MORE:
            return 1
        if view.lower(k) in LESS:
            return -1
    return 0


def _dose_in_cells(view: SentenceView, args: Arguments, holder: _Holder) -> Iterator[Statement]:
    """ "The IC50 of D was higher in cells with X": more of D is needed."""
    for m in view.matches:
        if m.trigger.family not in ("resistance", "sensitivity") or m.end >= holder.start or m.trigger.form != "noun":
            continue
        between = view.doc[m.end : holder.start].text_with_ws.lower()
        if not re.search(r"\bin\s+(?:the\s+)?(?:[\w-]+\s+)?$", between) or len(between) > 90:
            continue
        sign = _degree(view, m.end, holder.start)
        for drug in args.drugs_of(m) if sign else ():
            total = sign * holder.sign * (1 if m.trigger.family == "resistance" else -1)
            name = "confers_resistance_to" if total > 0 else "confers_sensitivity_to"
            yield _statement(holder, name, drug, (m.root,))


def _statement(
    holder: _Holder, name: str, target: Item, anchors: tuple[int, ...], spent: tuple[int, ...] = ()
) -> Statement:
    return Statement(holder.item.alias or holder.item, name, target, "cells-with", anchors, holder.state, spent=spent)
