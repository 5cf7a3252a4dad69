"""What stands right beside a mention and turns it round: "inhibition of X", "X knock-down", "anti-X", "X-null".

The words are found by word order, not by the parse, and an argument takes over those that it has not passed yet; so a
parse that hangs the mention up elsewhere loses no sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from exomine.nlp.relations.arguments import Argument
from exomine.nlp.relations.cues.operator_cues import BEFORE, BEHIND, FILLER_BEFORE, FILLER_BEHIND, OperatorCue
from exomine.nlp.relations.cues.participles import DESCRIBING, DOING, DONE_BY
from exomine.nlp.relations.items import target_of_class
from exomine.nlp.relations.sentence import Item, Sentence
from exomine.nlp.relations.tokens import HYPHENS
from exomine.nlp.texts import text_of
from exomine.vocabulary.entities import Role, labels

__all__ = ["Operator", "aimed_at_by_tool", "done_by", "ends_before", "guarded", "operators_of", "suspended"]

#: Labels of what a verb behind a name may act on: "X silencing Y".
_ACTED_ON = (*labels(Role.CARGO), *labels(Role.EVENT))
#: Characters of text looked at on either side.
_REACH = 90


@dataclass(frozen=True, slots=True)
class Operator:
    """Tokens ``start:end`` that say less (``sign`` -1) or more of a mention; ``tool``: by a thing that can be given."""

    start: int
    end: int
    sign: int
    state: str
    glued: bool = False
    tool: bool = False


_Pattern = tuple[re.Pattern[str], OperatorCue]


@lru_cache(maxsize=1)
def _patterns() -> tuple[list[_Pattern], list[_Pattern]]:
    before = [(re.compile(rf"(?<![\w-])(?P<op>{c.pattern}){FILLER_BEFORE}$"), c) for c in BEFORE]
    behind = [(re.compile(rf"(?:[\s-]+{FILLER_BEHIND})??(?P<op>{c.pattern})"), c) for c in BEHIND]
    return before, behind


def operators_of(sentence: Sentence, item: Item) -> list[Operator]:
    """The operators beside an enumeration, nearest first: "loss of the inhibition of X" has two."""
    members = _enumeration(sentence, item)
    first, last = _whose_target(sentence, min(x.start for x in members)), max(x.end for x in members)
    before = _before(sentence, min(first, item.start)) or _before_contrast(sentence, item)
    return [*before, *_behind(sentence, max(last, item.end))]


def aimed_at_by_tool(sentence: Sentence, item: Item) -> bool:
    """Whether what is named is a thing that takes the item away: "siRNA against X", "a sponge of X", "an X inhibitor".

    Of "an inhibitor of exosomal X" the vesicle is said of X itself.
    """
    vesicles = [v for v in sentence.items if v.label == "VESICLE"]
    tools = [o for o in operators_of(sentence, item) if o.tool]
    return any(not any(o.end <= v.start and v.end <= item.start for v in vesicles) for o in tools)


def _before_contrast(sentence: Sentence, item: Item) -> list[Operator]:
    """ "Inhibition of X rather than Y": what is said of X in front of both is said of Y."""
    other = next((x for x in reversed(sentence.items) if x.end <= item.start and x.label == item.label), None)
    if other is None or not _set_apart().fullmatch(text_of(sentence.doc), other.span.end_char, item.span.start_char):
        return []
    return _before(sentence, min(x.start for x in _enumeration(sentence, other)))


@lru_cache(maxsize=1)
def _set_apart() -> re.Pattern[str]:
    return re.compile(
        r",?\s*(?:rather than|instead of|as opposed to|(?:but|and) not|not)(?: (?:of|to|the|that of))*\s+",
        re.IGNORECASE,
    )


def _whose_target(sentence: Sentence, first: int) -> int:
    """ "Loss of the miR-X target Y", "of the X suppressor Y", "of X-repressing Y": where the whole phrase begins."""
    words = (m for m in sentence.matches if m.end == first and "agent" in (m.trigger.form, m.trigger.family))
    word = next((m for m in sentence.matches if m.trigger.family == "targeted" and m.end == first), next(words, None))
    owner = sentence.covered.get(word.start - 1) if word is not None else _glued_before(sentence, first - 1)
    targeted = word is not None and word.trigger.family == "targeted"
    return owner.start if owner is not None and (not targeted or owner.label == "MIRNA") else first


def _glued_before(sentence: Sentence, k: int) -> Item | None:
    """The name that a describing participle at token ``k`` is glued to."""
    if k - 2 < sentence.start or sentence.lower(k) not in DESCRIBING | DOING.keys():
        return None
    return sentence.covered.get(k - 2) if sentence.token(k - 1).text in HYPHENS else None


def _enumeration(sentence: Sentence, item: Item) -> list[Item]:
    """The members that share an operator; a comma alone makes no enumeration ("by sponging X, Y")."""
    members = item.group or [item]
    last = max(members, key=lambda x: x.start)
    previous = [x for x in members if x.end <= last.start]
    if not previous:
        return members
    gap = sentence.doc[max(x.end for x in previous) : last.start].text.lower()
    return members if re.search(r"\b(?:and|n?or)\b|[/&(+-]", gap) else [item]


def _before(sentence: Sentence, start: int) -> list[Operator]:
    base = sentence.token(sentence.start).idx
    end = sentence.token(start).idx if start < sentence.end else base
    out: list[Operator] = []
    while end > base:
        low = max(base, end - _REACH)
        text = text_of(sentence.doc)[low:end].lower()
        found = _longest(p.search(text) for p, _ in _patterns()[0])
        if found is None:
            return out
        hit, k = found
        at = low + hit.start("op")
        operator = _operator(sentence, at, at + len(hit["op"].rstrip()), _patterns()[0][k][1])
        if operator is None:
            return out
        out.append(operator)
        end = low + hit.start("op")
    return out


def _behind(sentence: Sentence, end: int) -> list[Operator]:
    if end >= sentence.end:
        return []
    base = sentence.token(end - 1).idx + len(sentence.token(end - 1))
    text = text_of(sentence.doc)[base : min(base + _REACH, sentence.span.end_char)].lower()
    found = _longest(p.match(text) for p, _ in _patterns()[1])
    if found is None:
        return []
    hit, k = found
    word = hit["op"].lstrip(" -")
    operator = _operator(sentence, base + hit.end("op") - len(word), base + hit.end("op"), _patterns()[1][k][1])
    if operator is None or _goes_on(sentence, operator):
        return []
    return [operator]


def _longest(hits: Iterable[re.Match[str] | None]) -> tuple[re.Match[str], int] | None:
    found = [(len(hit["op"]), -k, hit) for k, hit in enumerate(hits) if hit]
    if not found:
        return None
    _, k, hit = max(found, key=lambda f: f[:2])
    return hit, -k


def _operator(sentence: Sentence, start: int, end: int, cue: OperatorCue) -> Operator | None:
    span = sentence.doc.char_span(start, end, alignment_mode="expand")
    if span is None or span.start < sentence.start or span.end > sentence.end:
        return None
    return Operator(
        span.start, span.end, cue.sign, cue.state, glued=text_of(sentence.doc)[end - 1] == "-", tool=cue.tool
    )


def _goes_on(sentence: Sentence, operator: Operator) -> bool:
    """ "X silencing Y", "circX sponges miR-Y": the word behind the name is a verb about what comes next."""
    after = sentence.covered.get(operator.end)
    acted_on = after is not None and after.start == operator.end and after.label in _ACTED_ON
    last = operator.end - 1
    if not acted_on:
        return False
    verb = sentence.tag(last) in ("VBZ", "VBP", "VBD") or sentence.says(last, form="verb")
    return verb or sentence.lower(last).endswith("ing")


def done_by(sentence: Sentence, item: Item) -> bool:
    """Whether the name is the agent of a participle glued to it, and nothing is done to itself: "reduced X-induced
    P"."""
    k = max((x.end for x in item.group), default=item.end)
    if suspended(sentence, item) and k == item.end:
        k = min((x.end for x in sentence.items if x.start > k), default=k)
    glued = k + 2 < sentence.end and sentence.token(k).text in HYPHENS
    return glued and sentence.lower(k + 1) in DONE_BY


def suspended(sentence: Sentence, item: Item) -> bool:
    """Whether a hyphen behind a name waits for what follows another one: "X- and Y-mediated"."""
    k = item.end
    hyphen = k + 1 < sentence.end and sentence.token(k).text in HYPHENS and bool(sentence.token(k).whitespace_)
    return hyphen and sentence.lower(k + 1) in ("and", "or", "but")


def ends_before(sentence: Sentence, i: int) -> Item | None:
    """The mention that ends right before token ``i``, a noun of its state allowed between ("X", "X knock-down")."""
    item = sentence.covered.get(i - 1)
    if item is not None:
        return item if item.end == i else None
    near = [x for x in sentence.items if i - 7 <= x.end < i]
    return next((x for x in reversed(near) if any(o.end == i for o in operators_of(sentence, x))), None)


def guarded(sentence: Sentence, arguments: Iterable[Argument], *, trigger: tuple[int, int]) -> tuple[Argument, ...]:
    """The arguments, turned by the operators beside them that they have not passed; ``trigger``: tokens that are no
    operator. With a class of drugs goes less of the target that it is called by."""
    return tuple(x for a in arguments for x in (_guarded(sentence, a, trigger), *_less_of_target(sentence, a)))


def _guarded(sentence: Sentence, r: Argument, trigger: tuple[int, int]) -> Argument:
    if r.inherited:
        return r
    protein = _aimed_at(sentence, r.item)
    if protein is not None:
        return replace(r, item=protein, sign=-1, state="reduced")
    for operator in operators_of(sentence, r.item):
        if _told_of_itself(sentence, operator, trigger[0]):
            continue
        if operator.start < trigger[1] and trigger[0] < operator.end:
            break  # the trigger itself, and what lies beyond it
        if not any(operator.start <= k < operator.end for k in r.words) and not _prefixed(r, operator):
            r = r.turned(operator.sign, operator.end - 1)
        if r.state == "normal" or (r.state == "mutated" and operator.sign < 0):
            r = replace(r, state=operator.state)  # a kinase-dead mutant is less active
    return r


def _told_of_itself(sentence: Sentence, operator: Operator, verb: int) -> bool:
    """ "By suppressing X, which promotes P": what X does, and not what becomes of it."""
    if verb >= sentence.end:
        return False  # no trigger stands behind the operator
    relative = sentence.tag(verb) in ("VBZ", "VBP") and sentence.lower(verb - 1) in ("which", "that")
    return relative and operator.end < verb and sentence.lower(operator.end - 1).endswith("ing")


def _aimed_at(sentence: Sentence, drug: Item) -> Item | None:
    """ "Anti-X antibody": what it does, less X does."""
    if drug.label != "DRUG" or not drug.span.text.lower().startswith("anti-"):
        return None
    return next(
        (i for i in sentence.items if i.label == "PROTEIN" and drug.start < i.start and i.end <= drug.end), None
    )


def _less_of_target(sentence: Sentence, a: Argument) -> list[Argument]:
    """ "X inhibitors reduced P": less of X did."""
    targets = [i for i in sentence.items if target_of_class(i.span, a.item.span)] if a.kind == "entity" else []
    return [replace(a, item=i, sign=-a.sign, state="reduced") for i in targets]


def _prefixed(r: Argument, operator: Operator) -> bool:
    """Whether the argument knows the operator without having kept its words ("anti-X")."""
    return r.state == operator.state and r.state == "reduced" and r.sign < 0 and not r.words
