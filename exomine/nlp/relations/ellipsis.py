"""What a clause leaves out: "X promotes, but Y inhibits, P" the first object, "X promotes P, whereas Y does not" all
but the subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from exomine.nlp.relations.arguments import ACTORS, Argument
from exomine.nlp.relations.clauses import BE
from exomine.nlp.relations.cues.absence_cues import LACKED_BEHIND
from exomine.nlp.relations.denials import cues_over
from exomine.nlp.relations.held import lacked
from exomine.nlp.relations.operators import guarded, operators_of
from exomine.nlp.relations.roles import SentenceRoles
from exomine.nlp.relations.sentence import Item, Match, Sentence
from exomine.nlp.relations.statement import Statement, combine, may_act, state_of
from exomine.nlp.relations.windows import AUXILIARY
from exomine.vocabulary.predicates import predicate

__all__ = ["arguments_of", "completed", "for_state"]

#: Between a verb without its object and the subject of the next one: ", but", " and", ", whereas the".
_JOINT = re.compile(r"\s*,?\s*(?:but|and|or|whereas|while|yet)\s+(?:[\w-]+\s+(?:of\s+)?){0,3}", re.I)
#: "While X promotes, Y inhibits P": the first clause begins so, and a comma ends it.
_FRONTED = re.compile(r"(?:^|[,;:]\s*)(?:while|whereas|although|though)\s[^,;:]*$", re.I)
_COMMA = re.compile(r"\s*,\s*(?:[\w-]+\s+of\s+)?(?:the\s+)?")
#: Between that subject and its verb.
_ADVERB = re.compile(r"\s+(?:\w+ly\s+|also\s+|instead\s+)?", re.I)
#: Verbs that are whole without an object: "X increases, but Y inhibits P".
_ALSO_INTRANSITIVE = re.compile(r"increas|decreas|accumulat|accelerat|spread|declin", re.I)
#: Auxiliaries that stand for a verb, and those that stand for what is told or done to the subject.
_DO, _BE = "do|does|did", "is|are|was|were"
#: Behind a subject: an auxiliary alone, which stands for all that was said before.
_ALONE = re.compile(
    rf"\s+(?P<aux>{_DO}|{_BE})(?P<no>\s+not|n't|n’t)?(?:\s+(?:either|too|so|as well))?\s*(?=[,;:.)]|$)", re.I
)
#: The same before a subject: ", and so did Y", ", as was Y", "nor did Y".
_INVERTED = re.compile(
    rf"(?:,\s*as|(?:\band|[,;])\s+so|(?P<no>\b(?:neither|nor)))\s+(?P<aux>{_DO}|{_BE})\s+(?:the\s+)?(?:[\w-]+\s+(?:of\s+)?){{0,2}}$",
    re.I,
)
#: Vesicles told of by a pronoun, and what they lack.
_THOSE_LACKING = re.compile(rf"\b(?:those|ones)\b{LACKED_BEHIND}$", re.I)
_ENDS = re.compile(r"\s*(?:[,;:.)]|$)")
#: Before that subject: what joins its clause to the one that it refers to.
_CLAUSE = re.compile(
    r"(?:;|\b(?:but|whereas|while|and|although|though|yet))\s+(?:however,?\s+|in contrast,?\s+)?(?:[\w-]+\s+){0,3}$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Alone:
    """A subject and the auxiliary ``at`` that stands for the rest of its clause; ``start`` is what joins the clause."""

    subject: Item
    at: int
    denied: bool
    start: int


def completed(roles: SentenceRoles, statements: list[Statement]) -> list[Statement]:
    """The statements, with what clauses that leave something out say, without what was read across them."""
    out = statements
    for first, second, subject in _sharing(roles.sentence):
        out = [s for s in out if first.root not in s.anchors and second.root not in s.anchors]
        out = [*out, *_with_shared_object(roles, first, second, subject)]
    for alone in _left_alone(roles.sentence):
        out = [s for s in out if alone.subject not in (s.subject, s.object) or min(s.anchors) >= alone.start]
        out = [*out, *_repeated(roles.sentence, alone, out)]
    return out


# ---------------------------------------------------------------------- the object is left out


def _sharing(sentence: Sentence) -> Iterator[tuple[Match, Match, Item]]:
    """Two verbs, the first one without an object, and the subject of the second one between them."""
    verbs = [m for m in sentence.matches if _takes_object(m)]
    for first in verbs:
        subject = next((i for i in sentence.items if i.start >= first.end), None)
        if subject is None or subject.label not in ACTORS or _in_passive(sentence, first):
            continue
        last = max(x.end for x in subject.group)
        second = next((m for m in verbs if m.start >= last), None)
        if second is not None and _joined(sentence, first, subject, last, second):
            yield first, second, subject


def _takes_object(m: Match) -> bool:
    return m.trigger.form == "verb" and m.trigger.family in ("regulate", "target") and not m.trigger.prepositions


def _in_passive(sentence: Sentence, m: Match) -> bool:
    return any(sentence.lower(k) in BE for k in range(max(sentence.start, m.start - AUXILIARY), m.start))


def _joined(sentence: Sentence, first: Match, subject: Item, last: int, second: Match) -> bool:
    gap = sentence.doc[first.end : subject.start].text_with_ws
    if _FRONTED.search(sentence.doc[sentence.start : first.start].text):
        return bool(_COMMA.fullmatch(gap) and _ADVERB.fullmatch(f" {sentence.doc[last : second.start].text_with_ws}"))
    if not _JOINT.fullmatch(f" {gap}") or not _ADVERB.fullmatch(f" {sentence.doc[last : second.start].text_with_ws}"):
        return False
    whole = _ALSO_INTRANSITIVE.match(sentence.lower(first.root))
    return not whole or ("," in gap) == (_comma_at(sentence, second.end))


def _comma_at(sentence: Sentence, i: int) -> bool:
    return i < sentence.end and sentence.token(i).text == ","


def _with_shared_object(roles: SentenceRoles, first: Match, second: Match, subject: Item) -> Iterator[Statement]:
    sentence = roles.sentence
    behind = replace(second, end=second.end + 1) if _comma_at(sentence, second.end) else second
    targets = [replace(t, loose=False) for t in roles.order.targets(behind)]
    mine = guarded(sentence, roles.order.agents(first), trigger=(first.start, first.end))
    theirs = arguments_of(sentence, subject)
    for m, agents in ((first, mine), (second, theirs)):
        sure = [replace(a, loose=False) for a in agents]
        yield from combine(m, sure, targets, m.trigger.family, m.trigger.sign)


def arguments_of(sentence: Sentence, subject: Item) -> tuple[Argument, ...]:
    """The members of a subject, turned by what stands beside them."""
    members = [Argument(x.alias or x) for x in subject.group]
    return guarded(sentence, members, trigger=(sentence.end, sentence.end))


# ---------------------------------------------------------------------- all but the subject is left out


def _left_alone(sentence: Sentence) -> Iterator[_Alone]:
    for item in sentence.items:
        if item.label not in ACTORS or item.generic:
            continue
        operators = operators_of(sentence, item)
        end = max([x.end for x in item.group] + [o.end for o in operators])
        behind = sentence.doc[end : sentence.end].text
        found = _ALONE.match(f" {behind}") if end < sentence.end else None
        before = sentence.doc[sentence.start : min(x.start for x in item.group)].text_with_ws
        clause = _CLAUSE.search(before) if found else None
        if found and clause:
            yield _Alone(item, end, bool(found["no"]), _token_at(sentence, clause.start()))
        inverted = _INVERTED.search(before) if _ENDS.match(behind) else None
        if inverted:
            at, start = _token_at(sentence, inverted.start("aux")), _token_at(sentence, inverted.start())
            yield _Alone(item, at, bool(inverted["no"]), start)


def _token_at(sentence: Sentence, offset: int) -> int:
    """The first token from an offset of the sentence's text on."""
    base = sentence.span.start_char
    return next(
        (k for k in range(sentence.start, sentence.end) if sentence.token(k).idx >= base + offset), sentence.end
    )


def _repeated(sentence: Sentence, alone: _Alone, statements: list[Statement]) -> Iterator[Statement]:
    """What was said of the subject before, of this one."""
    told = sentence.lower(alone.at) in _BE.split("|")
    before = [s for s in statements if _says_before(s, alone.start, told=told)]
    if not before:
        return
    last = _grammatical_subject(max(before, key=lambda s: (max(s.anchors), _grammatical_subject(s).start)))
    mine = next(a for a in arguments_of(sentence, alone.subject) if a.item in (alone.subject, alone.subject.alias))
    for s in before:
        if _grammatical_subject(s) is last:
            yield from _of_this_one(sentence, s, mine, alone, acts=s.subject is last)


def _of_this_one(sentence: Sentence, s: Statement, mine: Argument, alone: _Alone, *, acts: bool) -> Iterator[Statement]:
    """A statement, told of another name where its grammatical subject stood; ``acts``: that is what acts in it."""
    said = replace(s, anchors=(alone.at,), denied=alone.denied, spent=())
    if alone.denied and _lacked_by_vesicles(sentence, mine.item):
        spent = cues_over(sentence, alone.at)  # "whereas vesicles lacking Y did not": Y does it
        yield replace(said, subject=mine.item, state="reduced", denied=False, spent=spent)
        return
    if not acts and mine.sign > 0:
        yield replace(said, object=mine.item)  # "Y was lowered by X, and so was Z"
    name = for_state(s, mine)
    if acts and name and may_act(mine):
        yield replace(said, subject=mine.item, predicate=name, state=state_of(mine))


def _lacked_by_vesicles(sentence: Sentence, item: Item) -> bool:
    """ "Vesicles lacking X", and "those lacking X" behind vesicles."""
    vesicles = [v for v in sentence.items if v.label == "VESICLE" and v.end <= item.start]
    before = sentence.doc[sentence.start : item.start].text_with_ws
    return any(item in lacked(sentence, v) for v in vesicles) or bool(vesicles and _THOSE_LACKING.search(before))


def _grammatical_subject(s: Statement) -> Item:
    """Of a statement's names the one that stands before the verb, as far as it can be told: the first."""
    return s.subject if s.subject.start < s.object.start else s.object


def _says_before(s: Statement, start: int, *, told: bool) -> bool:
    """Whether a statement is made before token ``start``, by an active verb or (``told``) of what something is."""
    if (s.predicate == "cargo_of" and not (told and s.frame == "located")) or max(
        s.subject.end, s.object.end, *s.anchors
    ) > start:
        return False
    return told or s.subject.end <= max(s.anchors)


def for_state(s: Statement, mine: Argument) -> str:
    """The predicate for another subject: "knock-down of X did, but that of Y did not" and "X did, but knock-down of Y
    did not"."""
    same = (s.state == "reduced") == (mine.sign < 0)
    return s.predicate if same else predicate(s.predicate).opposite
