""" "A and B promote and inhibit X and Y, respectively": members are paired one by one, and never crosswise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from exomine.nlp.relations.arguments import Argument
from exomine.nlp.relations.roles import SentenceRoles
from exomine.nlp.relations.sentence import Item, Match, Sentence
from exomine.nlp.relations.statement import Statement, combine
from exomine.vocabulary.entities import Role, labels

__all__ = ["crosswise", "of_pair", "paired"]

_WORD = re.compile(r"\b(?:respectively|in that order)\b", re.I)


#: Families of words that say how something responds to a drug, with the sign of each.
_RESPONSES = {"resistance": 1, "resistant": 1, "sensitivity": -1, "sensitive": -1}
_PREDICATES = {1: "confers_resistance_to", -1: "confers_sensitivity_to"}
#: Before an object: a word that shares its noun, "lung and" metastasis.
_HALF = re.compile(r"\b[a-z]+ and$", re.I)
#: Tokens between two coordinated responses, at most: "resistance of the cells to D and sensitivity".
_BETWEEN_RESPONSES = 10


def paired(roles: SentenceRoles, statements: list[Statement]) -> list[Statement]:
    """The statements of a sentence, those left out that join the first of one list with the second of another.

    Lists of unlike length say nothing: their statements are left out.
    """
    if not _WORD.search(roles.sentence.span.text):
        return statements
    verbs, responses = _verbs(roles.sentence), _responses(roles.sentence)
    if responses:
        statements = list(_of_responses(roles, statements, responses))
    kept = [s for s in statements if _fits(s, verbs) and not _half_named(roles.sentence, s)]
    return [*kept, *(s for s in _of_verbs(roles, verbs) if not any(_same(s, k) for k in kept))]


def crosswise(sentence: Sentence, s: Statement) -> bool:
    """Whether a statement joins the first of one list with the second of another in a sentence that pairs them."""
    if not _WORD.search(sentence.span.text):
        return False
    subject, object_ = _position(s.subject), _position(s.object)
    return (min(subject[1], object_[1]) > 1 and subject != object_) or _half_named(sentence, s)


def of_pair(sentence: Sentence, s: Statement, others: Sequence[Item]) -> list[Item]:
    """ "A and B raise P in C and D, respectively": of the others, as many as the subjects or objects, the one that goes
    with those of the statement; else all."""
    if len(others) < 2 or not _WORD.search(sentence.span.text):
        return list(others)
    for item in (s.subject, s.object):
        alike = [i for i in sentence.items if i.label == item.label and not i.generic and i.alias is None]
        for peers in (item.group, alike):  # "loss of A and of B" is no enumeration of names
            if len(peers) == len(others) and item in peers:
                return [others[peers.index(item)]]
    return list(others)


def _half_named(sentence: Sentence, s: Statement) -> bool:
    """ "X and Y promote lung and liver metastasis, respectively": the first object has no name of its own."""
    if _position(s.subject)[1] < 2 or _position(s.object)[1] > 1:
        return False
    before = sentence.doc[sentence.start : s.object.start].text
    return s.object.start > s.subject.end and _HALF.search(before) is not None


# ---------------------------------------------------------------------- responses


def _responses(sentence: Sentence) -> list[Match]:
    """The coordinated words of response: "resistance and sensitivity to D", "resistant to D and sensitive to E"."""
    words = [m for m in sentence.matches if m.trigger.family in _RESPONSES]
    words = [m for n, m in enumerate(words) if not any(o.root == m.root for o in words[:n])]
    pairs = ((a, b) for a, b in pairwise(words) if _coordinated(sentence, a, b))
    return list(next(pairs, ()))


def _coordinated(sentence: Sentence, a: Match, b: Match) -> bool:
    gap = range(a.end, b.start)
    if len(gap) > _BETWEEN_RESPONSES or not any(sentence.lower(k) in ("and", "or") for k in gap):
        return False
    other = any(i.start >= a.end and i.end <= b.start and i.label in labels(Role.EXPRESSED) for i in sentence.items)
    verb = any(sentence.tag(k).startswith(("VB", "MD")) or sentence.token(k).text == ";" for k in gap)
    return not other and not verb


def _of_responses(roles: SentenceRoles, statements: list[Statement], words: list[Match]) -> Iterator[Statement]:
    """The statements about resistance and sensitivity, each subject with its own word and the drugs of that."""
    drugs = [roles.of(m).drugs for m in words]
    own = [_own_drugs(m, drugs[k], words) for k, m in enumerate(words)]
    made: set[tuple[int, str, int]] = set()
    for s in statements:
        if s.predicate not in _PREDICATES.values():
            yield s
            continue
        said = _word_of(s, words)
        k, length = _position(s.subject)
        if said is None or length not in (1, len(words)):
            continue
        if length == 1 and all(own):
            yield s  # "X confers resistance to D and sensitivity to E"
        elif length == len(words):
            for t in _with_its_word(s, said, words[k], own[k] or own[-1]):
                key = (id(t.subject), t.predicate, id(t.object))
                if key not in made:
                    made.add(key)
                    yield t


def _own_drugs(m: Match, drugs: list[Item], words: list[Match]) -> list[Item]:
    """The drugs that stand nearer to a word than to the other: before it, or between it and the next."""
    nexts = [o.start for o in words if o.start > m.start]
    befores = [o.end for o in words if o.start < m.start]
    low, high = max(befores, default=0), min(nexts, default=10**9)
    return [d for d in drugs if low <= d.start and d.end <= high]


def _word_of(s: Statement, words: list[Match]) -> Match | None:
    return next((m for m in words if m.root in s.anchors), None)


def _with_its_word(s: Statement, said: Match, word: Match, drugs: list[Item]) -> Iterator[Statement]:
    """What a statement through the word ``said`` is through ``word``, which is the subject's."""
    made = next(sign for sign, name in _PREDICATES.items() if name == s.predicate) * _RESPONSES[said.trigger.family]
    anchors = tuple(sorted({word.root, *s.anchors} - ({said.root} - {word.root})))
    for drug in drugs:
        yield replace(s, predicate=_PREDICATES[made * _RESPONSES[word.trigger.family]], object=drug, anchors=anchors)


# ---------------------------------------------------------------------- lists


def _same(a: Statement, b: Statement) -> bool:
    return a.subject is b.subject and a.object is b.object


def _members(item: Item) -> list[Item]:
    return [x for x in item.group or [item] if x.alias is None]


def _position(item: Item) -> tuple[int, int]:
    """Position in its enumeration, and the enumeration's length."""
    members = _members(item)
    return (members.index(item) if item in members else 0), len(members)


def _verbs(sentence: Sentence) -> list[Match]:
    """The coordinated verbs or participles: "promote and inhibit", "were raised and lowered"."""
    words = [
        m
        for m in sentence.matches
        if m.trigger.family in ("regulate", "target", "expression", "sensitize") and m.trigger.form != "noun"
    ]
    words = [m for n, m in enumerate(words) if not any(o.root == m.root for o in words[:n])]
    run: list[Match] = []
    for m in words:
        gap = sentence.doc[run[-1].end : m.start].text.lower() if run else ""
        if run and not re.fullmatch(r"\s*(?:,|and|or|, and|,? ?\w+ly| and \w+ly)\s*", gap):
            if len(run) > 1:
                break
            run = []
        run.append(m)
    return run if len(run) > 1 else []


def _fits(s: Statement, verbs: list[Match]) -> bool:
    """Whether subject, object and verb have the same position in their lists."""
    verb = next((k for k, m in enumerate(verbs) if m.root in s.anchors), None)
    positions = [p for p in (_position(s.subject), _position(s.object)) if p[1] > 1]
    if verb is not None:
        positions.append((verb, len(verbs)))
    return len(set(positions)) <= 1


def _of_verbs(roles: SentenceRoles, verbs: list[Match]) -> Iterator[Statement]:
    """Each subject with its own verb, where the verbs share their objects."""
    if not verbs or any(m.trigger.form != "verb" or m.trigger.prepositions for m in verbs):
        return
    subjects = [r for m in verbs for r in roles.of(m).agents]
    targets = [r for m in verbs for r in roles.of(m).targets if r.item.start >= verbs[-1].end]
    for k, m in enumerate(verbs):
        mine = _chosen(subjects, k, len(verbs))
        theirs = _chosen(targets, k, len(verbs))
        yield from combine(m, mine, theirs, m.trigger.family, m.trigger.sign)


def _chosen(arguments: list[Argument], k: int, count: int) -> list[Argument]:
    seen: dict[int, Argument] = {}
    for r in arguments:
        position, length = _position(r.item)
        if length == 1 or (length == count and position == k):
            seen.setdefault(id(r.item), r)
    return list(seen.values())
