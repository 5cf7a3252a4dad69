"""Frames of place and kind: cargo of vesicles, expression in a cancer, markers, binding, plain association."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from exomine.nlp.arguments import Arguments, Reading
from exomine.nlp.frames import Statement
from exomine.nlp.view import Item, Match, SentenceView

__all__ = ["place_statements"]

_CARGO = ("MIRNA", "PROTEIN", "DRUG")
_INTO = ("in", "into", "within", "inside", "by", "via", "through", "from", "on")
#: Participles between a vesicle and its cargo: "exosome-derived X", "EV-encapsulated X".
_BELONGS = re.compile(r"(?:derived|mediated|associated|encapsulated|delivered|transmitted|transferred|contained|carried|packaged|"
                      r"enriched|secreted|released|bound|shuttled|loaded|borne|transported|encased|embedded|enclosed)")  # fmt: skip
#: Participles between a cargo and its vesicle: "X-containing exosomes".
_HOLDS = re.compile(r"(?:containing|carrying|enriched|loaded|bearing|positive|expressing|rich|harbou?ring|overexpressing|packed|"
                    r"encapsulating|laden|delivering|transferring)")  # fmt: skip
#: Between a vesicle and a noun of carrying: "exosome-mediated transfer of X", "exosomal delivery of X".
_MEDIATED = re.compile(
    r"[\s\-‐–]*(?:(?:mediated|dependent|driven|based|enabled|facilitated|derived)\s*)?(?:intercellular\s*)?"
)
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
#: Verbs that often say something else than carrying.
_WEAK = ("have", "has", "had", "having", "express", "expresses", "expressed", "expressing", "hold", "holds")
_SKIP = re.compile(r"(?:-|‐|–|\(|cargos?|cargoes|level|levels|expression|onco|the|of|human|oncogenic|specific|several|tetraspanin|"
                   r"proteins?|mirnas?|micrornas?|rnas?|mrnas?|genes?|lncrnas?|circrnas?|markers?|biomarkers?|novel|miRs?|like|such|as)", re.I)  # fmt: skip


def place_statements(view: SentenceView, args: Arguments) -> Iterator[Statement]:
    """All statements of this module for one sentence."""
    vesicles = [i for i in view.items if i.label == "VESICLE"]
    for v in vesicles:
        yield from _adjacent(view, v)
    for m in view.matches:
        family = m.trigger.family
        if family == "cargo" and (vesicles or any(i.label == "VESICLE" for i in args.topic)):
            yield from _carrying(view, args, m)
        elif family in ("located", "cargo_noun") and vesicles:
            yield from _located(view, args, m)
        elif family == "expression":
            yield from _expressed(view, args, m)
        elif family in ("marker", "marker_purpose"):
            yield from _marker(view, args, m)
        elif family == "bind":
            yield from _bound(view, args, m)
        elif family == "associate":
            yield from _associated(view, args, m)
    for v in vesicles:
        yield from _contained(view, v)
    yield from resistant_expression(view, args)


def _cargo(
    items: Iterable[Item], v: Item, frame: str, anchors: tuple[int, ...], *, loose: bool = False
) -> Iterator[Statement]:
    for item in items:
        item = item.alias or item
        if item.label in _CARGO and not item.generic:
            yield Statement(item, "cargo_of", v, frame, anchors, loose=loose)


def _tail(item: Item, start: int) -> list[Item]:
    return [x for x in item.group if x.start >= start]


def _adjacent(view: SentenceView, v: Item) -> Iterator[Statement]:
    """ "Exosomal X and Y", "exosome-derived X", "X-containing exosomes"."""
    adjective = v.span.text.lower().endswith("al") or v.span.text.lower().endswith("vesicular")
    k, belongs, steps = v.end, False, 0
    while k < view.end and steps < 6:
        item = view.covered.get(k)
        low = view.lower(k)
        if item is not None:
            near = item.label in _CARGO and item.start >= v.end and (adjective or belongs or steps <= 1)
            if near and (item.label != "DRUG" or belongs) and not _other_sense(view, v, item):
                yield from _cargo(_tail(item, v.end), v, "adjective", (v.root, item.root))
            break
        if _BELONGS.fullmatch(low) and (view.token(k - 1).text in ("-", "‐", "–") or k == v.end):
            belongs = True
        elif not _SKIP.fullmatch(low) and not view.tag(k).startswith("JJ"):
            break
        k, steps = k + 1, steps + 1
    j = v.start - 1
    if j >= view.start and _HOLDS.fullmatch(view.lower(j)):
        hyphen = view.token(j - 1).text in ("-", "‐", "–") if j > view.start else False
        item = view.covered.get(j - 2 if hyphen else j - 1)
        if item is not None and (hyphen or view.lower(j) in ("containing", "carrying", "positive", "loaded")):
            yield from _cargo([x for x in item.group if x.end <= item.end], v, "adjective", (item.root, v.root))


def _other_sense(view: SentenceView, v: Item, item: Item) -> bool:
    """ "Exosomes, CD9" or "exosomes (MVs)": a comma or bracket without a cargo word is no possession."""
    return any(view.token(k).text in (",", ";", "(", "and") for k in range(v.end, item.start))


def _carrying(view: SentenceView, args: Arguments, m: Match) -> Iterator[Statement]:
    """ "Exosomes carry X", "exosomes containing X", and the examples after it."""
    subjects = [r for r in args.subjects(m) if r.item.label == "VESICLE"]
    if not subjects and view.parsed and view.dep(m.root) in ("acl", "relcl"):
        subjects = [r for r in args.read(view.head(m.root)) if r.item.label == "VESICLE"]
    if not subjects or (args.passive(m.root) and view.tag(m.root) != "VBG"):
        return
    found = [
        r.item for d in view.children(m.root, "dobj") for r in args.read(d) if r.item.label in _CARGO and r.sign > 0
    ]
    loose = False
    if m.trigger.pattern and not found:
        found = _right_of(view, m.end, 14)
        loose = True
    weak = view.lower(m.root) in _WEAK
    if weak and (loose or view.dep(m.root) == "aux"):
        return
    extra = [] if weak else [x for x in _examples(view, m.end) if x not in found]
    for r in subjects:
        yield from _cargo(
            [*found, *extra], r.item, "carry-weak" if weak else "carry", (m.root,), loose=loose or r.inherited
        )


def _right_of(view: SentenceView, start: int, reach: int) -> list[Item]:
    """The next enumeration of cargo to the right, before another verb."""
    for k in range(start, min(view.end, start + reach)):
        item = view.covered.get(k)
        if item is not None and item.start >= start and item.label in _CARGO and not item.generic:
            return _tail(item, start)
        if item is None and (view.token(k).text in (";", ".") or view.tag(k) in ("VBZ", "VBP", "VBD", "MD")):
            break
    return []


def _examples(view: SentenceView, start: int) -> list[Item]:
    """Enumerations after "such as", "like", "including" in the rest of the clause; a relative clause may stand between."""
    text = view.doc[start : view.end].text
    base = view.token(start).idx if start < view.end else 0
    out: list[Item] = []
    for hit in re.finditer(r"\b(?:such as|like|including|e\.g\.|i\.e\.|namely)\b,?", text):
        if re.search(r"[;.]\s", text[: hit.start()]) or len(text[: hit.start()].split()) > 30:
            break
        at = base + hit.end()
        nxt = next((i for i in view.items if i.span.start_char >= at and i.label in _CARGO), None)
        if nxt is not None and nxt.span.start_char - at < 60:
            out.extend(_enumeration(view, nxt))
    return out


def _enumeration(view: SentenceView, first: Item) -> list[Item]:
    """All cargo in the list that begins with ``first``; members that no matcher knows may stand between."""
    out = [first]
    for item in view.items:
        if item.start < out[-1].end:
            continue
        gap = view.doc[out[-1].end : item.start]
        if len(gap) > 9 or any(
            t.tag_ in ("VBZ", "VBP", "VBD", "MD") or t.lower_ in (";", ".", "which", "that", "in", "to") for t in gap
        ):
            break
        if item.label in _CARGO[:2] and item.alias is None:
            out.append(item)
    return out


def _located(view: SentenceView, args: Arguments, m: Match) -> Iterator[Statement]:
    """ "X is enriched in exosomes", "X released via exosomes", "exosomes enriched with X", "packaging of X into exosomes"."""
    vesicles = [x for p in view.objects_of(m.root, _INTO) for x in _vesicle_readings(args, p)]
    if not vesicles:
        vesicles = _vesicles_after(view, m.end)
    things: list[Item] = []
    if m.trigger.form == "noun":
        things = [r.item for p in view.objects_of(m.root, ("of",)) for r in args.read(p)]
        vesicles = vesicles or [
            x
            for x in view.items
            if x.label == "VESICLE" and x.end <= m.start and _MEDIATED.fullmatch(view.doc[x.end : m.start].text)
        ]
    elif view.parsed:
        if (
            args.passive(m.root)
            or m.trigger.form == "adjective"
            or view.lower(m.root) in ("present", "abundant", "exist", "exists")
        ):
            subs = view.children(m.root, "nsubjpass", "nsubj") or _governing_subject(view, m.root)
            things = [r.item for s in subs for r in args.read(s)]
            if not subs and view.dep(m.root) in ("acl", "relcl", "amod", "conj"):
                head = view.head(m.root)
                things = [r.item for r in args.read(head)] if not view.tag(head).startswith("VB") else [
                    r.item for r in args.passive_targets(m.root, 1, frozenset())
                ]  # fmt: skip
            if things and all(t.label == "VESICLE" for t in things):
                held = [r.item for p in view.objects_of(m.root, ("with", "in")) for r in args.read(p)]
                held = [h for h in held if h.label in _CARGO] or _right_of(view, m.end, 5)
                for v in things:
                    yield from _cargo(held, v, "located", (m.root,))
                return
        else:
            things = [r.item for d in view.children(m.root, "dobj") for r in args.read(d)]
    if not vesicles:
        return
    loose = False
    if not [t for t in things if t.label in _CARGO]:
        things, loose = _left_of(view, m), True
    for v in vesicles:
        yield from _cargo([t for t in things if t is not v], v, "located", (m.root,), loose=loose)


def _governing_subject(view: SentenceView, i: int) -> list[int]:
    h = view.head(i)
    if view.dep(i) in ("acomp", "attr", "conj", "oprd", "ccomp", "xcomp") and h != i:
        return view.children(h, "nsubj", "nsubjpass")
    return []


def _vesicle_readings(args: Arguments, i: int) -> list[Item]:
    return [r.item for r in args.read(i) if r.item.label == "VESICLE"]


def _vesicles_after(view: SentenceView, start: int) -> list[Item]:
    """A vesicle right behind "in", "into", "by", "via" and a few words."""
    armed = False
    for k in range(start, min(view.end, start + 7)):
        low = view.lower(k)
        item = view.covered.get(k)
        if armed and item is not None:
            return [item] if item.label == "VESICLE" else []
        if low in _INTO:
            armed = True
        elif low in (",", ";", ".", "and", "which", "that") or view.tag(k) in ("VBZ", "VBP", "VBD"):
            return []
    return []


def _left_of(view: SentenceView, m: Match) -> list[Item]:
    for item in reversed(view.items):
        if item.end <= m.start and item.label in _CARGO and not item.generic:
            gap = view.doc[item.end : m.start]
            if len(gap) <= 8 and not any(t.text in (";", ":") for t in gap):
                return [x for x in item.group if x.end <= item.end]
            return []
        if item.end <= m.start and item.label == "VESICLE":
            return []
    return []


def _contained(view: SentenceView, v: Item) -> Iterator[Statement]:
    """ "X in exosomes" with nothing between but the preposition and words about the vesicle."""
    k = v.start - 1
    while k > view.start and k >= v.start - 5 and view.lower(k) not in ("in", "within", "inside", "into"):
        if view.tag(k).startswith(("VB", "IN", ",")) or view.lower(k) in (",", "and"):
            return
        k -= 1
    if k <= view.start or view.lower(k) not in ("in", "within", "inside", "into"):
        return
    j = k - 1
    while j >= view.start and (
        view.token(j).text in (")", "]")
        or view.lower(j) in ("expression", "levels", "level", "proteins", "protein", "cargo", "genes")
    ):
        j -= 1
    item = view.covered.get(j)
    if item is not None and item.label in ("MIRNA", "PROTEIN"):
        yield from _cargo([x for x in item.group if x.end <= item.end], v, "in-vesicle", (k,))


def _expressed(view: SentenceView, args: Arguments, m: Match) -> Iterator[Statement]:
    """ "X is overexpressed in C", "upregulation of X in C": increased_in, decreased_in."""
    predicate = "increased_in" if m.trigger.sign > 0 else "decreased_in"
    cancers = _cancers_after_in(view, m.end)
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
            subs = view.children(m.root, "nsubjpass", "nsubj") or _governing_subject(view, m.root)
            if subs and all(view.lower(s) in ("it", "they", "which", "that") for s in subs):
                things = list(args.subjects(m)) or list(args.pronoun(m.root))
            else:
                things = [r for s in subs for r in args.read(s)]
            if not subs and view.dep(m.root) in ("acl", "relcl", "conj"):
                things = list(args.passive_targets(m.root, 1, frozenset()))
            if not things and m.trigger.form == "adjective":
                things = list(args.read(view.head(m.root))) if view.dep(m.root) == "amod" else []
    items = [r.item for r in things if r.item.label in ("MIRNA", "PROTEIN", "VESICLE") and not r.item.generic]
    listed = [x for x in _examples(view, m.end) if x.label in ("MIRNA", "PROTEIN")]
    if listed and (not items or all(i.label == "VESICLE" for i in items)):
        items = listed
    loose = False
    if not items:
        items, loose = [x for x in _left_of(view, m) if x.label != "DRUG"], True
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


def _cancers_after_in(view: SentenceView, start: int) -> list[Item]:
    """The cancers in whose cells, patients or plasma something is expressed."""
    armed = False
    for k in range(start, min(view.end, start + 22)):
        low = view.lower(k)
        item = view.covered.get(k)
        if armed and item is not None and item.label == "CANCER":
            # "in cancer-derived exosomes" is the vesicle's place, "in resistant cancer cells" is about the resistance
            if any(x.label == "VESICLE" and 0 <= x.start - item.end <= 3 for x in view.items):
                return []
            if any(
                m.trigger.family == "resistant" and start <= m.start < item.start and _drug_before(view, m)
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
            cancers = _tail(item, m.end)
            break
        if view.token(k).text in (";", ".") or view.tag(k) in ("VBZ", "VBP", "VBD"):
            break
    if not cancers:
        left = view.covered.get(m.start - 1) or view.covered.get(m.start - 2)
        if left is not None and left.label == "CANCER" and m.trigger.family == "marker":
            cancers = [left]
    if not cancers:
        return
    subjects = _marker_subjects(view, args, m)
    for s in subjects:
        for c in cancers:
            if not c.generic:
                yield Statement(
                    s.item, "biomarker_for", c, m.trigger.family, (m.root,), _plain(s), s.inherited, s.loose
                )


def _plain(r: Reading) -> str:
    return r.state


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
    if not view.tag(m.root).startswith("VB") and view.tag(m.root):
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


def _associated(view: SentenceView, args: Arguments, m: Match) -> Iterator[Statement]:
    """ "X is associated with P": the plain link, where nothing clearer is said."""
    if m.trigger.form == "noun":
        return
    targets = [r for p in view.objects_of(m.root, ("with", "to")) for r in args.read(p)] or args.surface_targets(m)
    subs = view.children(m.root, "nsubjpass", "nsubj")
    subjects = [r for s in subs for r in args.read(s)] if subs else list(args.passive_targets(m.root, 1, frozenset()))
    if not subjects and not subs:
        subjects = list(args.surface_subjects(m))
    for s in subjects:
        if s.item.label not in ("MIRNA", "PROTEIN", "VESICLE") or s.item.generic or s.kind != "entity":
            continue
        for t in targets:
            if t.item is s.item or (t.item.generic and not t.item.resistance):
                continue
            if t.kind == "resistance":
                yield Statement(
                    s.item,
                    "confers_resistance_to",
                    t.item,
                    "associate-resistance",
                    (m.root,),
                    s.state,
                    s.inherited,
                    s.loose,
                )
            elif t.item.label in ("PROCESS", "CANCER", "PATHWAY"):
                yield Statement(
                    s.item, "associated_with", t.item, "associate", (m.root,), s.state, s.inherited, s.loose
                )
