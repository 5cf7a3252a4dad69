"""Frames of cargo: "exosomal X", "X-containing exosomes", "exosomes carry X", "X is enriched in exosomes", "transfer
of X via"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from exomine.nlp.relations.arguments import MOLECULES, Argument
from exomine.nlp.relations.clauses import misparsed
from exomine.nlp.relations.cues.absence_cues import ABSENT_BEFORE
from exomine.nlp.relations.held import held_after, held_before, takes_part
from exomine.nlp.relations.nearby import CARGO_LABELS, cargo_right, examples, governing_subject, left_of, tail
from exomine.nlp.relations.operators import aimed_at_by_tool
from exomine.nlp.relations.roles import Roles, SentenceRoles
from exomine.nlp.relations.sentence import Item, Match, Sentence
from exomine.nlp.relations.statement import Statement
from exomine.nlp.relations.windows import (
    IN_VESICLE,
    TO_ABSENCE,
    TO_ADJACENT,
    TO_CARRIED,
    TO_CARRIED_NEXT,
    TO_ENRICHED_WITH,
    TO_VESICLE,
)

__all__ = ["cargo_statements"]

_INTO = ("in", "into", "within", "inside", "by", "via", "through", "from", "on")
#: Participles between a vesicle and its cargo: "exosome-derived X", "EV-encapsulated X".
_BELONGS = re.compile(
    r"(?:derived|mediated|associated|encapsulated|delivered|transmitted|transferred|contained|carried|packaged|"
    r"enriched|secreted|released|bound|shuttled|loaded|borne|transported|encased|embedded|enclosed)"
)
#: Between a vesicle and a noun of carrying: "exosome-mediated transfer of X", "exosomal delivery of X".
_MEDIATED = re.compile(
    r"[\s\-‐–]*(?:(?:mediated|dependent|driven|based|enabled|facilitated|derived)\s*)?(?:intercellular\s*)?"
)
#: Between a cargo and the vesicle that it is in: "X on the surface of melanoma exosomes".
_IN_VESICLE = re.compile(
    r"[\s)\]]*(?:(?:levels?|expression|proteins?|cargo|genes?)\s+)?(?:in|on|within|inside|into|onto)\s+(?:the\s+|their\s+)?"
    r"(?:(?:surfaces?|lumen|membranes?|cargo|interior|inside)\s+of\s+)?(?:(?!and\b|or\b|by\b|of\b|in\b)[\w\-+]+\s+){0,3}"
)
#: Verbs that often say something else than carrying.
_WEAK = ("express", "expresses", "expressed", "expressing")
#: Adjectives and verbs of place whose subject is what is inside.
_PRESENT = ("present", "abundant", "exist", "exists")
#: Between a vesicle and the cargo that its adjective stands before: "exosomal (onco-)miRNAs such as X".
_SKIP = re.compile(
    r"(?:-|‐|–|\(|cargos?|cargoes|level|levels|expression|onco|the|of|human|oncogenic|specific|several|tetraspanin|"
    r"proteins?|mirnas?|micrornas?|rnas?|mrnas?|genes?|lncrnas?|circrnas?|markers?|biomarkers?|novel|miRs?|like|such|as)",
    re.I,
)
_FINITE = ("VBZ", "VBP", "VBD", "MD")
_ENDS = (",", ";", ".", "and", "which", "that")


def cargo_statements(roles: SentenceRoles) -> Iterator[Statement]:
    """All statements of cargo in one sentence; of "siRNA against X" in one, X is no cargo, nor is who makes it."""
    cargo = [i for i in roles.sentence.items if i.label in CARGO_LABELS]
    aimed_at = {id(i.alias or i) for i in cargo if aimed_at_by_tool(roles.sentence, i)}
    for s in _statements(roles):
        if id(s.subject) not in aimed_at and not takes_part(roles.sentence, s.subject, s.object):
            yield s


def _statements(roles: SentenceRoles) -> Iterator[Statement]:
    sentence = roles.sentence
    vesicles = [i for i in sentence.items if i.label == "VESICLE"]
    for v in vesicles:
        yield from _adjacent(sentence, v)
    known = bool(vesicles) or any(i.label == "VESICLE" for i in roles.topic)
    for m in sentence.matches if known else ():
        yield from _of_trigger(roles, m, here=bool(vesicles))
    for v in vesicles:
        yield from _contained(sentence, v)


def _of_trigger(roles: SentenceRoles, m: Match, *, here: bool) -> Iterator[Statement]:
    """The statements of one trigger; ``here``: a vesicle stands in the sentence itself."""
    if m.trigger.family == "cargo":
        yield from _carrying(roles, m)
    elif here and m.trigger.family in ("located", "cargo_noun"):
        yield from _located(roles, m)
    elif here and m.trigger.family == "expression" and m.trigger.sign > 0:
        yield from _raised_in(roles, m)


def _cargo(
    items: Iterable[Item],
    v: Item,
    frame: str,
    anchors: tuple[int, ...],
    *,
    loose: bool = False,
    spent: tuple[int, ...] = (),
) -> Iterator[Statement]:
    for item in items:
        item = item.alias or item
        if item.label in CARGO_LABELS and not item.generic and not _resistant(item):
            yield Statement(item, "cargo_of", v, frame, anchors, loose=loose, spent=spent)


def _resistant(item: Item) -> bool:
    """ "D-resistant": no drug that is inside."""
    behind = item.span.doc[item.end : item.end + 2].text.lower().lstrip("-–‐ ")
    return item.label == "DRUG" and behind.startswith("resist")


# ---------------------------------------------------------------------- beside the vesicle


def _adjacent(sentence: Sentence, v: Item) -> Iterator[Statement]:
    """ "Exosomal X and Y", "exosome-derived X", "X-containing exosomes"."""
    item = _behind_vesicle(sentence, v)
    if item is not None:
        like = [x for x in tail(item, v.end) if x.label == item.label]  # "exosomal miR-X and its target Y"
        yield from _cargo(like, v, "adjective", (v.root, item.root), spent=_absence_before(sentence, v))
    yield from _cargo(held_before(sentence, v), v, "adjective", (v.root,))
    yield from _cargo(held_after(sentence, v), v, "adjective", (v.root,), loose=True)


def _absence_before(sentence: Sentence, v: Item) -> tuple[int, ...]:
    """ "Without exosomal X": its absence denies nothing of where it is."""
    for k in range(v.start, max(sentence.start, v.start - TO_ABSENCE), -1):
        words = next((w.split() for w in ABSENT_BEFORE if _ends_with(sentence, k, w)), None)
        if words is not None:
            return tuple(range(k - len(words), k))
    return ()


def _ends_with(sentence: Sentence, end: int, words: str) -> bool:
    start = end - len(words.split())
    return start >= sentence.start and sentence.doc[start:end].text.lower() == words


def _behind_vesicle(sentence: Sentence, v: Item) -> Item | None:
    """The cargo that a vesicle's name stands before, words of its kind allowed between."""
    adjective, belongs = v.only_describes, False
    for k in range(v.end, min(sentence.end, v.end + TO_ADJACENT)):
        item, low = sentence.covered.get(k), sentence.lower(k)
        if item is not None:
            near = adjective or belongs or k - v.end <= 1
            return item if near and _possessed(sentence, v, item, belongs=belongs) else None
        if _BELONGS.fullmatch(low) and (sentence.hyphen_before(k) or k == v.end):
            belongs = True
        elif not _SKIP.fullmatch(low) and not sentence.tag(k).startswith("JJ"):
            return None
    return None


def _possessed(sentence: Sentence, v: Item, item: Item, *, belongs: bool) -> bool:
    """Whether the name behind a vesicle's is its cargo: "exosomes, CD9" or "exosomes (MVs)" are no possession."""
    if item.label not in CARGO_LABELS or item.start < v.end or (item.label == "DRUG" and not belongs):
        return False
    return not any(sentence.token(k).text in (",", ";", "(", "and") for k in range(v.end, item.start))


def _contained(sentence: Sentence, v: Item) -> Iterator[Statement]:
    """ "X in exosomes", "X on the surface of exosomes", with nothing between but words about the vesicle."""
    before = [i for i in sentence.items if i.end <= v.start and i.label in MOLECULES and not i.generic]
    item = max(before, key=lambda i: (i.end, -i.start), default=None)
    if item is None:
        return
    gap = sentence.doc[item.end : v.start]
    if len(gap) > IN_VESICLE or any(t.tag_ in _FINITE for t in gap) or not _IN_VESICLE.fullmatch(_spaced(gap.text)):
        return
    held = [x for x in item.group if x.end <= item.end and not sentence.reduced_before(x)]
    yield from _cargo(held, v, "in-vesicle", (v.root,))


def _spaced(text: str) -> str:
    return text if text.endswith((" ", "-")) else f"{text} "


# ---------------------------------------------------------------------- verbs of carrying


def _carrying(roles: SentenceRoles, m: Match) -> Iterator[Statement]:
    """ "Exosomes carry X", "exosomes containing X", and the examples after it."""
    vesicles = _carriers(roles, m)
    if not vesicles:
        return
    found, loose = _carried(roles, m)
    frame = "carry"
    if roles.sentence.lower(m.root) in _WEAK:
        if loose or roles.sentence.dep(m.root) == "aux":
            return
        frame = "carry-weak"
    else:
        found = [*found, *(x for x in examples(roles.sentence, m.end) if x not in found)]
    for a in vesicles:
        yield from _cargo(found, a.item, frame, (m.root,), loose=loose or a.inherited)


def _carriers(roles: SentenceRoles, m: Match) -> list[Argument]:
    """The vesicles that carry; none in a passive."""
    of = roles.of(m)
    vesicles = [a for a in of.agents if a.item.label == "VESICLE"] or _modified_vesicles(roles, m)
    return [] if of.passive and roles.sentence.tag(m.root) != "VBG" else vesicles


def _modified_vesicles(roles: SentenceRoles, m: Match) -> list[Argument]:
    sentence = roles.sentence
    if not sentence.parsed or sentence.dep(m.root) not in ("acl", "relcl"):
        return []
    return [a for a in roles.phrases.read(sentence.head(m.root)) if a.item.label == "VESICLE"]


def _carried(roles: SentenceRoles, m: Match) -> tuple[list[Item], bool]:
    """What is carried, and whether word order had to tell."""
    sentence = roles.sentence
    found = _adjacent_right(sentence, m.end) or [
        a.item for a in roles.of(m).objects if a.item.label in CARGO_LABELS and a.sign > 0 and a.kind == "entity"
    ]
    if found or (sentence.children(m.root, "dobj") and not misparsed(sentence, m.root)):
        return found, False
    return cargo_right(sentence, m.end, TO_CARRIED), True


def _adjacent_right(sentence: Sentence, start: int) -> list[Item]:
    """The enumeration right behind the verb, an article or adjective between: no parse is needed for it."""
    for k in range(start, min(sentence.end, start + TO_CARRIED_NEXT)):
        item = sentence.covered.get(k)
        if item is not None and item.start >= start:
            named = item.label in MOLECULES and not item.generic and _whole(sentence, item)
            return tail(item, start) if named else []
        if not sentence.tag(k).startswith(("DT", "JJ")) and sentence.lower(k) not in ("the", "a", "both"):
            return []
    return []


def _whole(sentence: Sentence, item: Item) -> bool:
    """Whether an enumeration ends its noun phrase."""
    last = max(x.end for x in item.group)
    if last >= sentence.end or sentence.says(last, form="verb"):
        return True
    return not sentence.tag(last).startswith(("NN", "HYPH")) and sentence.token(last).text != "-"


# ---------------------------------------------------------------------- words of place


def _located(roles: SentenceRoles, m: Match) -> Iterator[Statement]:
    """ "X is enriched in exosomes", "X released via exosomes", "exosomes enriched with X", "packaging of X into
    exosomes"."""
    sentence, of = roles.sentence, roles.of(m)
    things = _things(roles, of)
    if things and _says_where(sentence, of) and all(t.label == "VESICLE" for t in things):
        yield from _enriched(sentence, of, things)
        return
    vesicles = [a.item for a in of.behind(*_INTO) if a.item.label == "VESICLE"]
    vesicles = vesicles or _vesicles_after(sentence, m.end) or _mediating(sentence, m)
    loose = not any(t.label in CARGO_LABELS for t in things)
    if loose and vesicles:
        things = _loaded(sentence, m, vesicles[0]) or left_of(sentence, m)
    for v in vesicles:
        yield from _cargo([t for t in things if t is not v], v, "located", (m.root,), loose=loose)


def _loaded(sentence: Sentence, m: Match, vesicle: Item) -> list[Item]:
    """ "Y packages X into exosomes", "Y-mediated sorting of X into exosomes": X, and never Y, which does it."""
    behind = [x for x in cargo_right(sentence, m.end, TO_CARRIED) if x.end <= vesicle.start]
    participle = sentence.lower(m.root).endswith("ed") and not any(x.start == m.end for x in behind)
    return [] if participle else behind


def _enriched(sentence: Sentence, of: Roles, vesicles: Sequence[Item]) -> Iterator[Statement]:
    """ "Exosomes are enriched with X"."""
    held = [a.item for a in of.behind("with", "in") if a.item.label in CARGO_LABELS]
    held = held or cargo_right(sentence, of.match.end, TO_ENRICHED_WITH)
    for v in vesicles:
        yield from _cargo(held, v, "located", (of.match.root,))


def _mediating(sentence: Sentence, m: Match) -> list[Item]:
    """ "Exosome-mediated transfer of X"."""
    if m.trigger.form != "noun":
        return []
    before = [x for x in sentence.items if x.label == "VESICLE" and x.end <= m.start]
    return [x for x in before if _MEDIATED.fullmatch(sentence.doc[x.end : m.start].text)]


def _says_where(sentence: Sentence, of: Roles) -> bool:
    """Whether the word says where its subject is, and not what its subject does."""
    if of.match.trigger.form in ("adjective", "noun"):
        return of.match.trigger.form == "adjective"
    return of.passive or sentence.lower(of.match.root) in _PRESENT


def _things(roles: SentenceRoles, of: Roles) -> Sequence[Item]:
    """What is inside, by the parse."""
    if of.match.trigger.form == "noun":
        return [a.item for a in of.behind("of")]
    if not roles.sentence.parsed:
        return []
    if not _says_where(roles.sentence, of):
        return [a.item for a in of.objects]
    return _subjects(roles, of)


def _subjects(roles: SentenceRoles, of: Roles) -> list[Item]:
    """The subject of a word of place, or the noun that it modifies."""
    sentence, root = roles.sentence, of.match.root
    subjects = sentence.children(root, "nsubjpass", "nsubj") or governing_subject(sentence, root)
    if subjects:
        return [a.item for a in roles.phrases.read_all(subjects)]
    if sentence.dep(root) not in ("acl", "relcl", "amod", "conj"):
        return []
    head = sentence.head(root)
    return [a.item for a in (of.patients if sentence.tag(head).startswith("VB") else roles.phrases.read(head))]


def _raised_in(roles: SentenceRoles, m: Match) -> Iterator[Statement]:
    """ "X is overexpressed in the exosomes of": raised in them, so in them."""
    sentence = roles.sentence
    vesicles = _vesicles_after(sentence, m.end)
    if not vesicles or sentence.lower(m.end) not in ("in", "within"):
        return
    subjects = sentence.children(m.root, "nsubjpass", "nsubj") or governing_subject(sentence, m.root)
    raised = [a.item for a in roles.phrases.read_all(subjects)]
    for v in vesicles:
        yield from _cargo(raised, v, "located", (m.root,))


def _vesicles_after(sentence: Sentence, start: int) -> list[Item]:
    """A vesicle right behind "in", "into", "by", "via" and a few words."""
    armed = False
    for k in range(start, min(sentence.end, start + TO_VESICLE)):
        item, low = sentence.covered.get(k), sentence.lower(k)
        if armed and item is not None:
            return [item] if item.label == "VESICLE" else []
        if low in _ENDS or sentence.tag(k) in _FINITE[:3]:
            return []
        armed = armed or low in _INTO
    return []
