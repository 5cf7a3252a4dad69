"""Frames of state: expression in a cancer, markers, binding, plain association."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from exomine.nlp.arguments import Arguments, Reading
from exomine.nlp.cues.cell_cues import CELLS, RESISTANT_HAVE
from exomine.nlp.frames import Statement
from exomine.nlp.frames_cargo import examples, governing_subject, left_of, tail
from exomine.nlp.view import Item, Match, SentenceView

__all__ = ["place_statements"]

#: Nouns that make "diagnostic" and "prognostic" a statement about what precedes.
_OF_USE = (
    "value",
    "potential",
    "significance",
    "factor",
    "factors",
    "tool",
    "tools",
    "indicator",
    "indicators",
    "utility",
    "role",
)


def place_statements(view: SentenceView, args: Arguments) -> Iterator[Statement]:
    """All statements of this module for one sentence."""
    frames = {
        "expression": _expressed, "marker": _marker, "marker_purpose": _marker, "marker_verb": _distinguishing,
        "bind": _bound, "associate": _associated,
    }  # fmt: skip
    for m in view.matches:
        if m.trigger.family in frames:
            yield from frames[m.trigger.family](view, args, m)
    yield from resistant_expression(view, args)
    yield from _held_by_resistant(view, args)


def _expressed(view: SentenceView, args: Arguments, m: Match) -> Iterator[Statement]:
    """ "X is overexpressed in C", "upregulation of X in C": increased_in, decreased_in."""
    predicate = "increased_in" if m.trigger.sign > 0 else "decreased_in"
    cancers = _cancers_after_in(view, _behind_finding(view, m))
    if not cancers or not _is_state(view, m):
        return
    if view.lower(m.root) in (
        "highly",
        "higher",
        "high",
        "low",
        "lower",
        "significantly",
        "increased",
        "decreased",
        "reduced",
        "elevated",
    ) and not _says_expression(view, m):
        return
    items, loose = _expressed_items(view, args, m)
    for item in items:
        for c in cancers:
            yield Statement(item.alias or item, predicate, c, "expression", (m.root,), loose=loose)


def _expressed_items(view: SentenceView, args: Arguments, m: Match) -> tuple[list[Item], bool]:
    """What is expressed, and whether word order had to tell."""
    things: list[Reading] = []
    if view.parsed:
        if view.tag(m.root).startswith("NN"):
            things = [r for p in view.objects_of(m.root, ("of", "in")) for r in args.read(p)]
            things += args.modifiers(m.root, 3, frozenset())
        else:
            subs = view.children(m.root, "nsubjpass", "nsubj") or governing_subject(view, m.root)
            if subs and all(view.lower(s) in ("it", "they", "which", "that") for s in subs):
                things = list(args.subjects(m)) or list(args.pronoun(m.root))
            else:
                things = [r for s in subs for r in args.read(s)]
            if not subs and view.dep(m.root) in ("acl", "relcl", "conj"):
                things = list(args.passive_targets(m.root, 1, frozenset()))
            if not things and m.trigger.form == "adjective":
                things = list(args.read(view.head(m.root))) if view.dep(m.root) == "amod" else []
    items = [r.item for r in things if r.item.label in ("MIRNA", "PROTEIN", "VESICLE") and not r.item.generic]
    listed = [x for x in examples(view, m.end) if x.label in ("MIRNA", "PROTEIN")]
    if listed and (not items or all(i.label == "VESICLE" for i in items)):
        items = listed
    loose = False
    if not items:
        items, loose = [x for x in left_of(view, m) if x.label != "DRUG"], True
    return items, loose


def resistant_expression(view: SentenceView, args: Arguments) -> Iterator[Statement]:
    """ "X is highly expressed in D-resistant cells": X goes with the resistance."""
    for m in view.matches:
        if m.trigger.family != "resistant" or not (drugs := args.drugs_of(m)):
            continue
        for e in view.matches:
            near = e.trigger.family == "expression" and e.end <= m.start and m.start - e.end < 8
            if not near or " in " not in f" {view.doc[e.end : m.start].text.lower()} " or not _is_state(view, e):
                continue
            predicate = "confers_resistance_to" if e.trigger.sign > 0 else "confers_sensitivity_to"
            items, loose = _expressed_items(view, args, e)
            for item in items:
                if item.label in ("MIRNA", "PROTEIN"):
                    for d in drugs:
                        yield Statement(
                            item.alias or item, predicate, d, "resistant-expression", (e.root, m.root), loose=loose
                        )
            break


def _held_by_resistant(view: SentenceView, args: Arguments) -> Iterator[Statement]:
    """ "D-resistant cells express high levels of X": X goes with the resistance."""
    for m in view.matches:
        if m.trigger.family != "resistant" or not (drugs := args.drugs_of(m)):
            continue
        verb = next((k for k in range(m.end, min(view.end, m.end + 8)) if view.lower(k) in RESISTANT_HAVE), None)
        if (
            verb is None
            or not view.tag(verb).startswith("VB")
            or not re.search(CELLS, view.doc[m.end : verb].text, re.I)
        ):
            continue
        if any(
            view.token(k).text in (",", ";", ".") or view.lower(k) in ("to", "by", "with") for k in range(m.end, verb)
        ):
            continue
        for item in view.items:
            between = view.doc[verb + 1 : item.start].text_with_ws.lower() if item.start > verb else ";"
            if (
                item.label not in ("MIRNA", "PROTEIN")
                or item.generic
                or not re.fullmatch(r"[\w\s/(),-]{0,70}", between)
            ):
                continue
            if re.search(r"\b(?:in|which|that|to|by|than|via|when|but)\b", between):
                continue
            amounts = re.findall(
                r"\b(high(?:er)?|more|increased|elevated|low(?:er)?|less|reduced|decreased|no)\b", between
            )
            less = bool(amounts) and amounts[-1] in ("low", "lower", "less", "reduced", "decreased", "no")
            predicate = "confers_sensitivity_to" if less else "confers_resistance_to"
            for d in drugs:
                yield Statement(item.alias or item, predicate, d, "resistant-expression", (verb, m.root))


def _is_state(view: SentenceView, m: Match) -> bool:
    """Whether the word tells how much there is, and not what something else does to it."""
    if not view.parsed:
        return True
    if view.tag(m.root).startswith("NN"):
        return not (view.dep(m.root) in ("pobj", "dobj", "conj") and view.lower(m.root) not in ("overexpression",))
    if view.objects_of(m.root, ("by",)):
        return False
    return view.tag(m.root) not in ("VB", "VBP", "VBZ") and not view.children(m.root, "dobj")


def _says_expression(view: SentenceView, m: Match) -> bool:
    """ "Highly", "higher" and "increased" need a word of expression or level near them."""
    near = {view.lower(k) for k in range(max(view.start, m.start - 5), min(view.end, m.end + 4))}
    if view.dep(m.root) in ("acomp", "attr") or _plainly_in(view, m):
        return True
    if re.search(r"\bthan\b|compared (?:with|to)|\bversus\b", view.doc[m.end : view.end].text.lower()):
        return True
    return bool(
        near
        & {
            "expressed",
            "expression",
            "level",
            "levels",
            "abundant",
            "concentration",
            "concentrations",
            "amount",
            "amounts",
            "detected",
        }
    )


def _plainly_in(view: SentenceView, m: Match) -> bool:
    """ "X was decreased in C": the gene or microRNA itself, or its expression, and right behind the verb where."""
    found = view.children(m.root, "nsubjpass")
    head = view.head(m.root)
    found = found or (view.children(head, "nsubjpass") if view.dep(m.root) == "conj" else [])
    where = view.doc[m.end : min(view.end, m.end + 6)].text.lower()
    named = any(i.label in ("MIRNA", "PROTEIN") for s in found for i in view.at.get(s, ()))
    return named and bool(re.match(r"(?:\s*(?:and\b|,|\w+ed\b|\w+ly\b))*\s*in\b", where))


def _cancers_after_in(view: SentenceView, start: int) -> list[Item]:
    """The cancers in whose cells, patients or plasma something is expressed."""
    armed = False
    for k in range(start, min(view.end, start + 22)):
        low = view.lower(k)
        item = view.covered.get(k)
        if armed and item is not None and item.label == "CANCER":
            patients = any(view.lower(j) in ("patients", "patient", "individuals") for j in range(start, item.start))
            # "in cancer-derived exosomes" is the vesicle's place, "in resistant cancer cells" is about the resistance
            if any(x.label == "VESICLE" and 2 <= x.start - item.end <= 4 for x in view.items):
                return []
            if any(
                m.trigger.family == "resistant"
                and start <= m.start < item.start
                and _drug_before(view, m)
                and not patients
                for m in view.matches
            ):
                return []
            return [x for x in item.group if x.start >= start]
        if low in ("in", "of", "from", "among") and (armed or low in ("in", "among")):
            armed = True
        elif low in (";", ".", "which", "that", "compared", "than", "by", "via") or view.tag(k) in (
            "VBZ",
            "VBP",
            "VBD",
            "MD",
        ):
            return []
    return []


def _behind_finding(view: SentenceView, m: Match) -> int:
    """ "Reduced X was found in C": behind the verb of finding, else behind the word itself."""
    if view.parsed and view.dep(m.root) == "amod":
        for k in range(m.end, min(view.end, m.end + 14)):
            if view.lower(k) in ("found", "detected", "observed", "seen", "measured", "reported", "noted"):
                return k + 1
    return m.end


def _drug_before(view: SentenceView, m: Match) -> bool:
    """ "D-resistant", as against "castration-resistant"."""
    return any((item := view.covered.get(k)) is not None and item.label == "DRUG" for k in (m.start - 1, m.start - 2))


def _marker(view: SentenceView, args: Arguments, m: Match) -> Iterator[Statement]:
    """ "X is a biomarker for C", "X can be used as markers for the diagnosis of C"."""
    if m.trigger.family == "marker_purpose" and any(
        x.trigger.family == "marker" and abs(x.start - m.start) < 5 for x in view.matches
    ):
        return
    adjective = m.trigger.family == "marker_purpose" and view.lower(m.root).endswith("ic")
    if adjective and view.lower(min(m.end, view.end - 1)) not in _OF_USE:
        return
    cancers: list[Item] = []
    for k in range(m.end, min(view.end, m.end + 12)):
        item = view.covered.get(k)
        if item is not None and item.label == "CANCER":
            cancers = tail(item, m.end)
            break
        if view.token(k).text in (";", ".") or view.tag(k) in ("VBZ", "VBP", "VBD"):
            break
    if not cancers:
        left = view.covered.get(m.start - 1) or view.covered.get(m.start - 2)
        if left is not None and left.label == "CANCER" and m.trigger.family == "marker":
            cancers = [left]
    frame = m.trigger.family
    if not cancers and frame == "marker":
        # "X was found in C patients and may be a biomarker": the cancer before
        named = [i for i in view.items if i.label == "CANCER" and not i.generic and i.end <= m.start]
        cancers, frame = named[-1:], "marker-context"
    if not cancers:
        return
    subjects = _marker_subjects(view, args, m)
    for s in subjects:
        for c in cancers:
            if not c.generic:
                yield Statement(s.item, "biomarker_for", c, frame, (m.root,), s.state, s.inherited, s.loose)


def _marker_subjects(view: SentenceView, args: Arguments, m: Match) -> list[Reading]:
    found: list[Reading] = []
    if view.parsed:
        found = list(args.noun_governor(m.root, 0))
        if not found and view.dep(m.root) == "pobj":
            up = view.head(view.head(m.root))
            found = list(args.parsed_subjects(up, passive=False, depth=1))
    found = [r for r in found if r.item.label in ("MIRNA", "PROTEIN", "VESICLE")]
    if not found:
        found = list(args.surface_subjects(m)) or _subject_of_sentence(view, m)
    if not found:
        found = (
            list(args.pronoun(m.root))
            if any(view.lower(k) in ("they", "it", "these", "which") for k in range(view.start, m.start))
            else []
        )
    return [r for r in found if r.item.label in ("MIRNA", "PROTEIN", "VESICLE") and not r.item.generic]


def _subject_of_sentence(view: SentenceView, m: Match) -> list[Reading]:
    """The first microRNA, protein or vesicle before a second verb phrase ("... and also acts as a marker")."""
    shared = any(view.lower(k) == "and" for k in range(max(view.start, m.start - 8), m.start))
    first = next(
        (i for i in view.items if i.label in ("MIRNA", "PROTEIN") and i.end <= m.start and not i.generic), None
    )
    return [Reading(x.alias or x, loose=True) for x in first.group] if shared and first is not None else []


def _bound(view: SentenceView, args: Arguments, m: Match) -> Iterator[Statement]:
    """ "X binds Y", "X interacts with Y"."""
    if not view.tag(m.root).startswith("VB") and view.tag(m.root) and not view.misparsed(m.root):
        return
    passive = args.passive(m.root)
    if passive:
        targets = args.passive_targets(m.root, 1, frozenset())
    else:
        targets = [r for d in view.children(m.root, "dobj") for r in args.read(d)]
        targets += [r for p in view.objects_of(m.root, ("to", "with")) for r in args.read(p)]
    if not targets and not passive:
        targets = args.surface_targets(m) or args.surface_targets(m, direct=True)
    for s in args.subjects(m):
        if s.item.label not in ("MIRNA", "PROTEIN", "VESICLE", "DRUG") or s.item.generic or not s.head:
            continue
        utr = s.item.label == "MIRNA" and re.search(
            r"utr|untranslated", view.doc[m.end : min(view.end, m.end + 14)].text.lower()
        )
        for t in targets:
            if utr and t.item.label == "PROTEIN":
                yield Statement(
                    s.item, "downregulates", t.item, "target", (m.root,), s.state, s.inherited, s.loose or t.loose
                )
                continue
            if t.item.label in ("PROTEIN", "DRUG") and not t.item.generic and t.item is not s.item and t.head:
                yield Statement(s.item, "binds", t.item, "bind", (m.root,), s.state, s.inherited, s.loose or t.loose)


def _resistance_linked(m: Match, s: Reading, targets: Iterable[Reading]) -> Iterator[Statement]:
    """ "Resistance to D was linked to X", "ascribed to X"."""
    for t in targets:
        if t.item.label in ("MIRNA", "PROTEIN", "VESICLE") and not t.item.generic and t.kind == "entity":
            name = "confers_resistance_to" if s.sign * t.sign > 0 else "confers_sensitivity_to"
            yield Statement(t.item, name, s.item, "associate-resistance", (m.root,), t.state, t.inherited, t.loose)


def _distinguishing(view: SentenceView, args: Arguments, m: Match) -> Iterator[Statement]:
    """ "X distinguished patients with C from healthy donors"."""
    rest = view.doc[m.end : min(view.end, m.end + 24)].text.lower()
    if not re.search(r"patients|donors|controls|healthy|individuals|benign|subjects", rest):
        return
    cancers = [i for i in view.items if i.label == "CANCER" and not i.generic and 0 <= i.start - m.end < 12][:1]
    for s in args.subjects(m):
        if s.item.label in ("MIRNA", "PROTEIN", "VESICLE") and not s.item.generic:
            for c in cancers:
                yield Statement(s.item, "biomarker_for", c, "marker", (m.root,), s.state, s.inherited, s.loose)


def _associated(view: SentenceView, args: Arguments, m: Match) -> Iterator[Statement]:
    """ "X is associated with P": the plain link, where nothing clearer is said."""
    if m.trigger.form == "noun":
        return
    direct = not m.trigger.prepositions
    found = view.children(m.root, "dobj") if direct else view.objects_of(m.root, ("with", "to"))
    targets = [r for p in found for r in args.read(p)] or args.surface_targets(m)
    subs = view.children(m.root, "nsubjpass", "nsubj")
    subjects = [r for s in subs for r in args.read(s)] if subs else list(args.passive_targets(m.root, 1, frozenset()))
    if not subjects and not subs:
        subjects = list(args.surface_subjects(m))
    for s in subjects:
        if s.kind in ("resistance", "sensitivity"):
            yield from _resistance_linked(m, s, targets)
            continue
        if s.item.label not in ("MIRNA", "PROTEIN", "VESICLE") or s.item.generic or s.kind != "entity":
            continue
        for t in targets:
            if t.item is s.item or (t.item.generic and not t.item.resistance):
                continue
            if t.kind in ("resistance", "sensitivity"):
                name = "confers_resistance_to" if t.sign * s.sign > 0 else "confers_sensitivity_to"
                yield Statement(s.item, name, t.item, "associate-resistance", (m.root,), s.state, s.inherited, s.loose)
            elif t.item.label in ("PROCESS", "CANCER", "PATHWAY"):
                yield Statement(
                    s.item, "associated_with", t.item, "associate", (m.root,), s.state, s.inherited, s.loose
                )
