"""Frames of cargo: "exosomal X", "X-containing exosomes", "exosomes carry X", "X is enriched in exosomes", "transfer of X via"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from exomine.nlp.relations.frames.acts import Statement
from exomine.nlp.relations.roles import Arguments
from exomine.nlp.relations.sentence import Item, Match, SentenceView, held_after, held_before

__all__ = ["CARGO_LABELS", "cargo_statements", "examples", "governing_subject", "left_of", "tail"]

CARGO_LABELS = ("MIRNA", "PROTEIN", "DRUG")
_INTO = ("in", "into", "within", "inside", "by", "via", "through", "from", "on")
#: Participles between a vesicle and its cargo: "exosome-derived X", "EV-encapsulated X".
_BELONGS = re.compile(r"(?:derived|mediated|associated|encapsulated|delivered|transmitted|transferred|contained|carried|packaged|"
                      r"enriched|secreted|released|bound|shuttled|loaded|borne|transported|encased|embedded|enclosed)")  # fmt: skip
#: Between a vesicle and a noun of carrying: "exosome-mediated transfer of X", "exosomal delivery of X".
_MEDIATED = re.compile(
    r"[\s\-‐–]*(?:(?:mediated|dependent|driven|based|enabled|facilitated|derived)\s*)?(?:intercellular\s*)?"
)
_HELD = ("MIRNA", "PROTEIN")
#: Between a cargo and the vesicle that it is in: "X on the surface of melanoma exosomes".
_IN_VESICLE = re.compile(
    r"[\s)\]]*(?:(?:levels?|expression|proteins?|cargo|genes?)\s+)?(?:in|on|within|inside|into|onto)\s+(?:the\s+|their\s+)?"
    r"(?:(?:surfaces?|lumen|membranes?|cargo|interior|inside)\s+of\s+)?(?:(?!and\b|or\b|by\b|of\b|in\b)[\w\-+]+\s+){0,3}"
)
#: Verbs that often say something else than carrying.
_WEAK = ("express", "expresses", "expressed", "expressing")
_SKIP = re.compile(r"(?:-|‐|–|\(|cargos?|cargoes|level|levels|expression|onco|the|of|human|oncogenic|specific|several|tetraspanin|"
                   r"proteins?|mirnas?|micrornas?|rnas?|mrnas?|genes?|lncrnas?|circrnas?|markers?|biomarkers?|novel|miRs?|like|such|as)", re.I)  # fmt: skip


def cargo_statements(view: SentenceView, args: Arguments) -> Iterator[Statement]:
    """All statements of cargo in one sentence."""
    vesicles = [i for i in view.items if i.label == "VESICLE"]
    for v in vesicles:
        yield from _adjacent(view, v)
    for m in view.matches:
        family = m.trigger.family
        if family == "cargo" and (vesicles or any(i.label == "VESICLE" for i in args.topic)):
            yield from _carrying(view, args, m)
        elif family in ("located", "cargo_noun") and vesicles:
            yield from _located(view, args, m)
        elif family == "expression" and m.trigger.sign > 0 and vesicles:
            yield from _raised_in(view, args, m)
    for v in vesicles:
        yield from _contained(view, v)


def _cargo(
    items: Iterable[Item], v: Item, frame: str, anchors: tuple[int, ...], *, loose: bool = False
) -> Iterator[Statement]:
    for item in items:
        item = item.alias or item
        resistant = item.label == "DRUG" and item.span.doc[item.end : item.end + 2].text.lower().lstrip(
            "-–‐ "
        ).startswith("resist")
        if item.label in CARGO_LABELS and not item.generic and not resistant:
            yield Statement(item, "cargo_of", v, frame, anchors, loose=loose)


def tail(item: Item, start: int) -> list[Item]:
    return [x for x in item.group if x.start >= start]


def _adjacent(view: SentenceView, v: Item) -> Iterator[Statement]:
    """ "Exosomal X and Y", "exosome-derived X", "X-containing exosomes"."""
    adjective = v.span.text.lower().endswith("al") or v.span.text.lower().endswith("vesicular")
    k, belongs, steps = v.end, False, 0
    while k < view.end and steps < 6:
        item = view.covered.get(k)
        low = view.lower(k)
        if item is not None:
            near = item.label in CARGO_LABELS and item.start >= v.end and (adjective or belongs or steps <= 1)
            if near and (item.label != "DRUG" or belongs) and not _other_sense(view, v, item):
                yield from _cargo(tail(item, v.end), v, "adjective", (v.root, item.root))
            break
        if _BELONGS.fullmatch(low) and (view.token(k - 1).text in ("-", "‐", "–") or k == v.end):
            belongs = True
        elif not _SKIP.fullmatch(low) and not view.tag(k).startswith("JJ"):
            break
        k, steps = k + 1, steps + 1
    yield from _cargo(held_before(view, v), v, "adjective", (v.root,))
    yield from _cargo(held_after(view, v), v, "adjective", (v.root,), loose=True)


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
    found = _adjacent_right(view, m.end) or [
        r.item
        for d in view.children(m.root, "dobj")
        for r in args.read(d)
        if r.item.label in CARGO_LABELS and r.sign > 0 and r.kind == "entity"
    ]
    loose = False
    if not found and (view.misparsed(m.root) or not view.children(m.root, "dobj")):
        found = _right_of(view, m.end, 10)
        loose = True
    weak = view.lower(m.root) in _WEAK
    if weak and (loose or view.dep(m.root) == "aux"):
        return
    extra = [] if weak else [x for x in examples(view, m.end) if x not in found]
    for r in subjects:
        yield from _cargo(
            [*found, *extra], r.item, "carry-weak" if weak else "carry", (m.root,), loose=loose or r.inherited
        )


def _adjacent_right(view: SentenceView, start: int) -> list[Item]:
    """The enumeration right behind the verb, an article or adjective between: no parse is needed for it."""
    for k in range(start, min(view.end, start + 3)):
        item = view.covered.get(k)
        if item is not None and item.start >= start:
            last = max(x.end for x in item.group)
            whole = last >= view.end or not (view.tag(last).startswith(("NN", "HYPH")) or view.token(last).text == "-")
            whole = whole or any(x.trigger.form == "verb" for x in view.triggers.get(last, ()))
            named = item.label in _HELD and not item.generic and whole
            return [x for x in item.group if x.start >= start] if named else []
        if not view.tag(k).startswith(("DT", "JJ")) and view.lower(k) not in ("the", "a", "both"):
            return []
    return []


def _right_of(view: SentenceView, start: int, reach: int) -> list[Item]:
    """The next enumeration of cargo to the right, before another verb."""
    for k in range(start, min(view.end, start + reach)):
        item = view.covered.get(k)
        if item is not None and item.start >= start and item.label in CARGO_LABELS and not item.generic:
            return tail(item, start)
        verb = view.tag(k) in ("VBZ", "VBP", "VBD", "MD") or any(
            x.trigger.family == "regulate" for x in view.triggers.get(k, ())
        )
        if item is None and (view.token(k).text in (";", ".") or verb):
            break
    return []


def examples(view: SentenceView, start: int) -> list[Item]:
    """Enumerations after "such as", "like", "including" in the rest of the clause; a relative clause may stand between."""
    text = view.doc[start : view.end].text
    base = view.token(start).idx if start < view.end else 0
    out: list[Item] = []
    for hit in re.finditer(r"\b(?:such as|like|including|e\.g\.|i\.e\.|namely)\b,?", text):
        if re.search(r"[;.]\s", text[: hit.start()]) or len(text[: hit.start()].split()) > 30:
            break
        at = base + hit.end()
        nxt = next((i for i in view.items if i.span.start_char >= at and i.label in CARGO_LABELS), None)
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
        if item.label in CARGO_LABELS[:2] and item.alias is None:
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
            subs = view.children(m.root, "nsubjpass", "nsubj") or governing_subject(view, m.root)
            things = [r.item for s in subs for r in args.read(s)]
            if not subs and view.dep(m.root) in ("acl", "relcl", "amod", "conj"):
                head = view.head(m.root)
                things = [r.item for r in args.read(head)] if not view.tag(head).startswith("VB") else [
                    r.item for r in args.passive_targets(m.root, 1, frozenset())
                ]  # fmt: skip
            if things and all(t.label == "VESICLE" for t in things):
                held = [r.item for p in view.objects_of(m.root, ("with", "in")) for r in args.read(p)]
                held = [h for h in held if h.label in CARGO_LABELS] or _right_of(view, m.end, 5)
                for v in things:
                    yield from _cargo(held, v, "located", (m.root,))
                return
        else:
            things = [r.item for d in view.children(m.root, "dobj") for r in args.read(d)]
    if not vesicles:
        return
    loose = False
    if not [t for t in things if t.label in CARGO_LABELS]:
        things, loose = left_of(view, m), True
    for v in vesicles:
        yield from _cargo([t for t in things if t is not v], v, "located", (m.root,), loose=loose)


def _raised_in(view: SentenceView, args: Arguments, m: Match) -> Iterator[Statement]:
    """ "X is overexpressed in the exosomes of": raised in them, so in them."""
    subs = view.children(m.root, "nsubjpass", "nsubj") or governing_subject(view, m.root)
    for v in _vesicles_after(view, m.end):
        if view.lower(m.end) in ("in", "within"):
            yield from _cargo([r.item for s in subs for r in args.read(s)], v, "located", (m.root,))


def governing_subject(view: SentenceView, i: int) -> list[int]:
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


def left_of(view: SentenceView, m: Match) -> list[Item]:
    for item in reversed(view.items):
        if item.end <= m.start and item.label in CARGO_LABELS and not item.generic:
            gap = view.doc[item.end : m.start]
            if len(gap) <= 8 and not any(t.text in (";", ":") for t in gap):
                return [x for x in item.group if x.end <= item.end]
            return []
        if item.end <= m.start and item.label == "VESICLE":
            return []
    return []


def _contained(view: SentenceView, v: Item) -> Iterator[Statement]:
    """ "X in exosomes", "X on the surface of exosomes", with nothing between but words about the vesicle."""
    before = [i for i in view.items if i.end <= v.start and i.label in _HELD and not i.generic]
    if not before:
        return
    item = max(before, key=lambda i: (i.end, -i.start))
    gap = view.doc[item.end : v.start]
    if (
        len(gap) > 9
        or any(t.tag_ in ("VBZ", "VBP", "VBD", "MD") for t in gap)
        or not _IN_VESICLE.fullmatch(_spaced(gap.text))
    ):
        return
    held = [x for x in item.group if x.end <= item.end]
    yield from _cargo([x for x in held if not view.reduced_before(x)], v, "in-vesicle", (v.root,))


def _spaced(text: str) -> str:
    return text if text.endswith((" ", "-")) else f"{text} "
