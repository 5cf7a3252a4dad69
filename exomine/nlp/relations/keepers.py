"""Acts that somebody keeps another one from: "X prevented Y from promoting P" says that X acts against P, and nothing
of Y."""

from __future__ import annotations

import re

from exomine.nlp.relations.sentence import Match, Sentence
from exomine.nlp.relations.windows import TO_KEEPER

__all__ = ["keeper_of"]

#: Verbs that keep from an act.
_KEEPS = re.compile(
    r"(?:prevent|stop|keep|block|inhibit|hinder|restrain|hamper|imped|prohibit|preclud|deter|disabl|protect|shield|spar|bar|restrict|"
    r"suppress|discourag|dissuad)(?:e?s|p?ed|p?ing|e|r?red)?|kept|keeping"
)


def keeper_of(sentence: Sentence, m: Match) -> int | None:
    """The verb that keeps from the act ``m``, a gerund behind "from"; further ones may be joined to it."""
    if m.trigger.form != "verb" or not sentence.lower(m.root).endswith("ing"):
        return None
    k = _from_before(sentence, m.start)
    for j in range(k - 1, max(sentence.start, k - TO_KEEPER) - 1, -1) if k is not None else ():
        if sentence.token(j).text in (";", ":"):
            return None
        if _KEEPS.fullmatch(sentence.lower(j)) and sentence.tag(j).startswith("VB"):
            return j
    return None


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
