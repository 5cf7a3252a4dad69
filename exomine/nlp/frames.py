"""Frames: from a trigger and its arguments to statements.

A frame is one way of saying a relation; its name is the relation's ``method``, and its measured reliability is in
``cues/scores.py``. The frames of amount, activity and resistance are here, those of cargo in
:mod:`exomine.nlp.frames_cargo`, those of expression, markers and binding in :mod:`exomine.nlp.frames_place`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from exomine.nlp.arguments import MEANS, Arguments, Reading
from exomine.nlp.cues.nouns import DEGREES
from exomine.nlp.view import Item, Match, SentenceView

__all__ = [
    "Statement",
    "degree_before",
    "oncogene_statements",
    "regulation_statements",
    "resistance_statements",
    "targeted_statements",
]

_ACTORS = ("MIRNA", "PROTEIN", "DRUG", "VESICLE", "CELL_TYPE", "PATHWAY")
_AMOUNT = ("PROTEIN", "MIRNA", "PATHWAY")
_COURSE = ("PROCESS", "CANCER", "CELL_TYPE")
_RESISTANCE = re.compile(r"resistan|\bMDR\b|refractor", re.I)
_FAMILIES = ("regulate", "target", "involve", "role", "ability", "protect")


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
    denied: bool = False  # set against what is asserted: "X, but not Y"


def regulation_statements(view: SentenceView, args: Arguments) -> Iterator[Statement]:
    """Triggers of the families regulate, target, involve, role: promotes, inhibits, upregulates, resistance..."""
    for m in view.matches:
        if m.trigger.family not in _FAMILIES or _is_modifier(view, m):
            continue
        frame = "role" if m.trigger.family in ("role", "ability") else m.trigger.family
        targets = _role_targets(view, args, m) if frame == "role" else args.targets(m)
        if not targets:
            continue
        subjects = [s for s in args.subjects(m) if not _exemplifies(view, m, s.item)]
        if m.trigger.form == "noun" and frame == "regulate" and not _is_event(view, m):
            subjects = list(_event_by_order(view, args, m))
        # the targets of a nominalisation carry its sign already
        turned = frame == "regulate" and m.trigger.form in ("noun", "agent")
        yield from _combine(m, subjects, targets, frame, 1 if turned else args.adjective_sign(m.root) or m.trigger.sign)
        for s in subjects:
            if _may_act(s) and m.trigger.form == "verb":
                for t in args.through_pathway(m):
                    if t is not s.item:
                        yield Statement(
                            s.item, "upregulates", t, "through-pathway", (m.root,), _state(s), s.inherited, vague=True
                        )


def _exemplifies(view: SentenceView, m: Match, item: Item) -> bool:
    """An agent behind "such as" after the trigger exemplifies something else ("pathways activated by factors such as X")."""
    return item.start > m.end and bool(re.search(r"\bsuch as\b|\bincluding\b", view.doc[m.end : item.start].text))


def _is_modifier(view: SentenceView, m: Match) -> bool:
    """ "Increased expression": the participle is no statement of its own; "exosome-mediated X" is read elsewhere."""
    if m.trigger.form != "verb":
        return False
    if _is_noun_before_verb(view, m):
        return True
    if view.lower(m.root).endswith("ed") and m.start > view.start and view.token(m.start - 1).text in ("-", "‐", "–"):
        return True
    if not view.parsed or view.misparsed(m.root):
        return False
    return view.dep(m.root) in ("amod", "compound", "nmod") and view.lower(m.root).endswith(("ed", "ing"))


def _is_noun_before_verb(view: SentenceView, m: Match) -> bool:
    """ "X silencing increased P", "X knock-down restored P": a noun, although it looks like a verb before its object."""
    if (
        not view.doc[m.start : m.end].text.lower().endswith(("ing", "down", "out"))
        or view.covered.get(m.start - 1) is None
    ):
        return False
    behind = view.triggers.get(m.end, ()) if m.end < view.end else ()
    return any(x.trigger.form == "verb" and view.lower(x.root).endswith("ed") for x in behind)


def _event_by_order(view: SentenceView, args: Arguments, m: Match) -> tuple[Reading, ...]:
    """ "Inhibition of P by X": the agent behind *by*, where the parse hangs it elsewhere."""
    by = next((k for k in range(m.end, min(view.end, m.end + 12)) if view.lower(k) == "by"), None)
    if m.end >= view.end or view.lower(m.end) != "of" or by is None:
        return ()
    between = [i for i in view.items if m.end < i.start < by]
    after = [i for i in view.items if by < i.start <= by + 4 and i.label in _ACTORS]
    verb = any(view.tag(k).startswith(("VB", "MD")) or view.token(k).text in (",", ";") for k in range(m.end, by))
    if not between or not after or verb:
        return ()
    return tuple(args.own(after[0].root))


def _is_event(view: SentenceView, m: Match) -> bool:
    """A nominalisation is a statement of its own where it names its agent: "suppression of X by Y", "by suppression of X"."""
    if view.objects_of(m.root, ("by", "via", "through")):
        return True
    i = m.root
    while view.dep(i) == "conj" and view.head(i) < i:
        i = view.head(i)
    return view.dep(i) in ("pobj", "pcomp") and view.lower(view.head(i)) in MEANS


def _role_targets(view: SentenceView, args: Arguments, m: Match) -> tuple[Reading, ...]:
    """What a role, an effect or an ability is about: "role in", "effect on", "ability to"."""
    out: list[Reading] = []
    if m.trigger.family == "ability":
        return ()  # the verb after it is a trigger of its own
    for p in view.objects_of(m.root, ("in", "on", "during", "to", "upon", "over")):
        if view.tag(p).startswith("VB"):
            continue
        out.extend(args.read(p))
    if view.dep(m.root) == "dobj":
        h = view.head(m.root)
        for p in view.objects_of(h, ("in", "on", "during")):
            if not view.tag(p).startswith("VB"):
                out.extend(args.read(p))
    return tuple(out)


def _combine(
    m: Match, subjects: Iterable[Reading], targets: Iterable[Reading], frame: str, sign: int
) -> Iterator[Statement]:
    for s in subjects:
        if not _may_act(s):
            continue
        for t in targets:
            if t.item is s.item or t.item.span.text.lower() == s.item.span.text.lower():
                continue
            if frame in ("role", "involve") and t.item.label in ("CELL_TYPE", "CANCER"):
                continue  # a role in a cell or a cancer is a place, no effect on it
            if frame in ("role", "involve") and not sign and not t.words and t.item.label in ("PROTEIN", "MIRNA"):
                continue  # a role in a gene says nothing on its amount
            made = _predicate(s, t, sign, m)
            if made is None:
                continue
            predicate, vague = made
            yield Statement(
                s.item, predicate, t.item, frame + ("-vague" if vague and frame == "regulate" else ""),
                tuple(sorted({m.root, *t.words, *s.words})), _state(s), s.inherited, s.loose or t.loose, vague,
            )  # fmt: skip


def targeted_statements(view: SentenceView, args: Arguments) -> Iterator[Statement]:
    """ "X is a target of miR-Y", "X, a direct target of miR-Y": the microRNA lowers X."""
    for m in view.matches:
        if m.trigger.family != "targeted":
            continue
        agents = [r for p in view.objects_of(m.root, ("of", "for")) for r in args.read(p)] or _mirna_before(
            view, args, m
        )
        targets = [r for r in args.noun_governor(m.root, 0) if r.item.label == "PROTEIN"] or _as_target(view, args, m)
        for s in agents:
            if s.item.label != "MIRNA" or s.item.generic:
                continue
            for t in targets:
                if t.item.label == "PROTEIN" and not t.item.generic and t.head:
                    yield Statement(
                        s.item, "downregulates", t.item, "target", (m.root,), inherited=t.inherited, loose=t.loose
                    )


def _mirna_before(view: SentenceView, args: Arguments, m: Match) -> list[Reading]:
    """ "A miR-Y target": the microRNA right before the word."""
    item = view.covered.get(m.start - 1)
    return args.own(item.root) if item is not None and item.label == "MIRNA" else []


def _as_target(view: SentenceView, args: Arguments, m: Match) -> list[Reading]:
    """ "We identified X as a target of", "the miR-Y target X": what stands before *as*, or right behind the word."""
    after = view.covered.get(m.end) or (
        view.covered.get(m.end + 1) if m.end < view.end and view.token(m.end).text in (",", "(") else None
    )
    if after is not None and after.label == "PROTEIN":
        return args.own(after.root)
    k = m.start - 1
    while k > view.start and m.start - k < 5 and view.lower(k) != "as":
        k -= 1
    if view.lower(max(k, view.start)) != "as":
        return []
    before = [i for i in view.items if i.end <= k and i.label == "PROTEIN" and k - i.end <= 3 and not i.generic]
    return args.own(before[-1].root) if before else []


def oncogene_statements(view: SentenceView, args: Arguments) -> Iterator[Statement]:
    """ "X acts as a tumor suppressor in C": X hinders C; an oncogene furthers it."""
    for m in view.matches:
        if m.trigger.family != "oncogene":
            continue
        subjects = [r for r in args.noun_governor(m.root, 0) if r.item.label in ("MIRNA", "PROTEIN") and _may_act(r)]
        if not subjects:
            continue
        cancers = [i for i in view.items if i.label == "CANCER" and not i.generic and 0 < i.start - m.end < 8]
        if not cancers or view.lower(m.end) not in ("in", "of", "for", "role", "activity"):
            continue
        for s in subjects:
            for c in [x for x in cancers[0].group if x.alias is None]:
                predicate = "promotes" if m.trigger.sign * s.sign > 0 else "inhibits"
                yield Statement(s.item, predicate, c, "oncogene", (m.root,), _state(s), s.inherited, s.loose)


def _may_act(r: Reading) -> bool:
    item = r.item
    if item.label == "DRUG" and _of_cell_line(item):
        return False
    if item.label not in _ACTORS or (item.generic and item.label != "MIRNA") or r.kind != "entity":
        return False
    return r.head or item.label == "VESICLE"


def _of_cell_line(item: Item) -> bool:
    """The drug in "D-resistant" or in the name of a resistant cell line ("MCF-7/DOX cells") does nothing."""
    doc, before = item.span.doc, item.start - 1
    behind = doc[item.end : item.end + 3].text.lower()
    if re.match(
        r"\s*[-–‐ ]\s*(?:resistant|sensitive|exposed|treated|tolerant|refractory|induced|naive|loaded|resistance)",
        behind,
    ):
        return not behind.lstrip(" -–‐").startswith("induced")
    glued = (
        before > 0
        and doc[before].text in ("/", "-")
        and not doc[before].whitespace_
        and doc[before - 1].is_alpha is False
    )
    after = doc[item.end : item.end + 2].text.lower()
    return glued and after.startswith(("cell", "r cell", "-r"))


def _state(r: Reading) -> str:
    if r.state != "normal":
        return r.state
    return "reduced" if r.sign < 0 else "normal"


def _negated(doc: Doc, root: int) -> bool:
    """Whether a token has a negation below it; by heads, since ``Token.children`` trusts edges that a split may leave behind."""
    near = doc[max(0, root - 8) : root + 9]
    return any(t.dep_ == "neg" and t.head.i == root for t in near)


def _predicate(s: Reading, t: Reading, sign: int, m: Match) -> tuple[str, bool] | None:
    """Predicate for a subject and a target, and whether the direction was guessed."""
    vague = sign == 0 or t.vague
    label = t.item.label
    if sign == 0:
        # a microRNA that regulates a gene lowers it; other agents that regulate are read as furthering
        sign = -1 if s.item.label == "MIRNA" and label == "PROTEIN" else 1
    if vague and t.kind == "sensitivity" and not _negated(s.item.span.doc, m.root):
        return None  # "alters the sensitivity to D": either way
    total = sign * t.sign * s.sign
    if t.kind in ("resistance", "sensitivity"):
        if m.trigger.family == "target":
            return None
        return ("confers_resistance_to" if total > 0 else "confers_sensitivity_to"), vague
    if m.trigger.family == "protect":
        if label == "DRUG":
            return "confers_resistance_to", vague
        total = -total
    if not t.head:
        return None
    if label in _AMOUNT and not t.item.generic:
        return ("upregulates" if total > 0 else "downregulates"), vague
    if label in _COURSE and not t.item.generic:
        return ("promotes" if total > 0 else "inhibits"), vague
    return None


# ---------------------------------------------------------------------- resistance by adjective and verb


def resistance_statements(view: SentenceView, args: Arguments) -> Iterator[Statement]:
    """ "Sensitizes cells to D", "D-resistant cells release exosomes", "highly expressed in D-resistant cells"."""
    for m in view.matches:
        if m.trigger.family == "sensitize":
            yield from _sensitize(view, args, m)
        elif m.trigger.family == "resist":
            for d in _drugs_right(view, m.end, 6):
                for s in args.subjects(m):
                    if _may_act(s):
                        yield _resistance(s, d, m, 1, "resist")
        elif m.trigger.family == "resistant":
            yield from _resistant_cells(view, args, m)
        elif m.trigger.family == "cargo":
            yield from _handed_on(view, args, m)
        elif m.trigger.family == "make":
            yield from _made(view, args, m)
        elif m.trigger.family == "efflux":
            for d in _drugs_right(view, m.end, 4):
                yield from (
                    _resistance(s, d, m, 1, "resist")
                    for s in args.subjects(m)
                    if s.item.label == "PROTEIN" and _may_act(s)
                )
    yield from _against(view, args)


def _handed_on(view: SentenceView, args: Arguments, m: Match) -> Iterator[Statement]:
    """ "D resistance is transmitted by X", "X transfers resistance to D"."""
    if not view.lower(m.root).startswith(("trans", "dissem", "deliv", "convey", "carr")):
        return
    passive = args.passive(m.root)
    targets = args.passive_targets(m.root, 1, frozenset()) if passive else [
        r for d in view.children(m.root, "dobj") for r in args.read(d)
    ]  # fmt: skip
    drugs = [t for t in targets if t.kind == "resistance"]
    for s in args.subjects(m) if drugs else ():
        if _may_act(s) and s.item.label in ("MIRNA", "PROTEIN", "VESICLE"):
            for t in drugs:
                yield _resistance(s, t.item, m, t.sign, "regulate")


def _made(view: SentenceView, args: Arguments, m: Match) -> Iterator[Statement]:
    """ "X renders cells resistant to D", "X made D-resistant cells susceptible again"."""
    reach = [a for a in view.matches if a.trigger.family in ("resistant", "sensitive") and 0 < a.start - m.end < 14]
    reach = [a for a in reach if not _glued(view, a)]
    if not reach:
        return
    state = reach[0]
    degree, spent = degree_before(view, state)
    sign = degree if state.trigger.family == "resistant" else -degree
    drugs = args.drugs_of(state) or [
        d
        for a in view.matches
        if a.trigger.family == "resistant" and m.end <= a.start < state.start
        for d in args.drugs_of(a)
    ]
    for s in args.subjects(m):
        if _may_act(s):
            yield from (replace(_resistance(s, d, m, sign, "sensitize"), spent=spent) for d in drugs if d is not s.item)


def degree_before(view: SentenceView, m: Match) -> tuple[int, tuple[int, ...]]:
    """-1 for "less resistant", "no longer sensitive", else 1; and the tokens that say so."""
    for k in range(m.start - 1, max(view.start, m.start - 4) - 1, -1):
        for words, sign in DEGREES.items():
            first = k - len(words.split()) + 1
            if first >= view.start and view.doc[first : k + 1].text.lower() == words:
                return sign, tuple(range(first, k + 1))
        if not view.tag(k).startswith(("RB", "JJR")):
            break
    return 1, ()


def _glued(view: SentenceView, m: Match) -> bool:
    return m.start > view.start and view.token(m.start - 1).text in ("-", "‐", "–")


def _against(view: SentenceView, args: Arguments) -> Iterator[Statement]:
    """ "X acts on resistance proteins ... against D": the drug stands apart from the word of resistance."""
    for k in range(view.start + 4, view.end - 1):
        if view.lower(k) != "against" or not _RESISTANCE.search(view.doc[max(view.start, k - 22) : k].text):
            continue
        drugs = [d for d in _drugs_right(view, k + 1, 4) if not d.generic]
        for m in reversed([m for m in view.matches if m.end < k and m.trigger.family in _FAMILIES]) if drugs else ():
            subjects = [s for s in args.subjects(m) if _may_act(s)]
            if subjects:
                for s in subjects:
                    for d in drugs:
                        yield _resistance(s, d, m, 1, "against")
                break


def _sensitize(view: SentenceView, args: Arguments, m: Match) -> Iterator[Statement]:
    drugs = _drugs_right(view, m.end, 14, after=("to",)) or [t.item for t in args.targets(m) if t.item.label == "DRUG"]
    for s in args.subjects(m):
        if _may_act(s):
            for d in drugs:
                if d is not s.item:
                    yield _resistance(s, d, m, -m.trigger.sign, "sensitize")


def _resistance(s: Reading, drug: Item, m: Match, sign: int, frame: str) -> Statement:
    predicate = "confers_resistance_to" if sign * s.sign > 0 else "confers_sensitivity_to"
    return Statement(s.item, predicate, drug, frame, tuple(sorted({m.root, *s.words})), _state(s), s.inherited, s.loose)


def _drugs_right(view: SentenceView, start: int, reach: int, after: tuple[str, ...] = ()) -> list[Item]:
    """DRUG mentions in the next ``reach`` tokens, behind one of the words ``after``."""
    armed = not after
    for k in range(start, min(view.end, start + reach)):
        if view.lower(k) in after:
            armed = True
        if view.token(k).text in (";", "."):
            break
        item = view.covered.get(k)
        if armed and item is not None and item.label == "DRUG" and item.start >= start:
            return [(x.alias or x) for x in item.group if x.label == "DRUG" and x.start >= start]
    return []


def _resistant_cells(view: SentenceView, args: Arguments, m: Match) -> Iterator[Statement]:
    """Vesicles released by resistant cells carry resistance."""
    drugs = args.drugs_of(m)
    if not drugs:
        return
    for k in range(m.end, min(view.end, m.end + 10)):
        low = view.lower(k)
        releasing = low.startswith(("releas", "secret", "produc", "shed")) and view.tag(k).startswith("VB")
        if releasing:
            for v in _vesicles_right(view, k + 1, 5):
                for d in drugs:
                    yield Statement(v, "confers_resistance_to", d, "resistant-release", (m.root, k))
            return
        if low in (";", ".", "which", "that"):
            break


def _vesicles_right(view: SentenceView, start: int, reach: int) -> list[Item]:
    return [i for i in view.items if i.label == "VESICLE" and start <= i.start < start + reach][:1]
