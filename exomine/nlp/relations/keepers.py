"""Acts that somebody keeps another one from: "X prevented Y from promoting P" says that X acts against P, and nothing
of Y."""

from __future__ import annotations

import re

from exomine.nlp.relations.cues.nouns import ABILITIES
from exomine.nlp.relations.sentence import Match, Sentence
from exomine.nlp.relations.windows import TO_ABLE, TO_KEEPER

__all__ = ["ability_to", "keeper_of"]

#: Verbs that keep from an act.
_KEEPS = re.compile(
    r"(?:prevent|stop|keep|block|inhibit|hinder|restrain|hamper|imped|prohibit|preclud|deter|disabl|protect|shield|spar|bar|restrict|"
    r"suppress|discourag|dissuad)(?:e?s|p?ed|p?ing|e|r?red)?|kept|keeping"
)


def keeper_of(sentence: Sentence, m: Match) -> int | None:
    """The verb that keeps from the act ``m``, a gerund behind "from", further ones may be joined to it; or that takes
    the ability to it: "X abolished the ability of Y to promote P"."""
    if m.trigger.form != "verb":
        return None
    if (noun := ability_to(sentence, m)) is not None:
        return _taker(sentence, noun)
    if not sentence.lower(m.root).endswith("ing"):
        return None
    k = _from_before(sentence, m.start)
    for j in range(k - 1, max(sentence.start, k - TO_KEEPER) - 1, -1) if k is not None else ():
        if sentence.token(j).text in (";", ":"):
            return None
        if _KEEPS.fullmatch(sentence.lower(j)) and sentence.tag(j).startswith("VB"):
            return j
    return None


def ability_to(sentence: Sentence, m: Match) -> int | None:
    """The noun of ability that an infinitive hangs on: "the ability of Y to promote P"."""
    if sentence.lower(max(m.start - 1, sentence.start)) != "to":
        return None
    noun = sentence.head(m.root)
    if sentence.dep(m.root) != "acl" or sentence.lower(noun) not in ABILITIES:
        noun = _ability_before(sentence, m.start - 2)
    return noun if noun < m.start and sentence.lower(noun) in ABILITIES else None


def _ability_before(sentence: Sentence, k: int) -> int:
    """ "The capacity of Y to promote", wherever the parse hangs the infinitive: the noun before, in its own phrase."""
    for j in range(k, max(sentence.start, k - TO_ABLE), -1):
        if sentence.lower(j) in ABILITIES and sentence.lower(j + 1) in ("of", "to"):
            return j
        if sentence.tag(j).startswith(("VB", "MD")) or sentence.token(j).text in (",", ";"):
            break
    return sentence.end


def _taker(sentence: Sentence, noun: int) -> int | None:
    """The verb by which less is left of what a noun names."""
    verb, patient = sentence.head(noun), sentence.dep(noun) in ("dobj", "nsubjpass")
    lessens = any(t.trigger.sign < 0 and t.trigger.form == "verb" for t in sentence.triggers.get(verb, ()))
    return verb if patient and lessens else None


def _from_before(sentence: Sentence, start: int) -> int | None:
    """The "from" before a gerund, "and" and other gerunds allowed between them."""
    k = _before_adverbs(sentence, start - 1)
    if sentence.lower(k) == "from":
        return k
    if sentence.lower(k) not in ("and", "or", ","):
        return None
    for j in range(k - 1, max(sentence.start, k - TO_KEEPER) - 1, -1):
        if sentence.tag(j).startswith(("VBD", "VBZ", "VBP", "MD")):
            return None
        if sentence.lower(j) == "from":
            return j if sentence.lower(j + 1).endswith("ing") or sentence.lower(j + 2).endswith("ing") else None
    return None


def _before_adverbs(sentence: Sentence, k: int) -> int:
    while k > sentence.start and sentence.tag(k) == "RB":
        k -= 1
    return max(k, sentence.start)
