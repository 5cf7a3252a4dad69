"""Sentences in which authors announce what they will write about: nothing is stated there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from spacy.tokens import Span

from exomine.nlp.relations.cues.outline_cues import ACTIVE, ENDS, NOTICE, PASSIVE, STATES, TITLE

__all__ = ["announced", "is_notice", "only_named"]


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p) for p in (ACTIVE, PASSIVE, STATES, ENDS))


def announced(text: str, offsets: Iterable[int]) -> bool:
    """Whether a statement carried by the characters ``offsets`` of a sentence is only announced.

    It is where it stands under a verb of announcing ("we discuss how X promotes Y"), or is the subject of one in the
    passive ("how X promotes Y is discussed below").
    """
    active, passive, states, ends = _patterns()
    low = text.lower()
    first, last = min(offsets), max(offsets)
    for m in active.finditer(low):
        if m.end() <= first and not states.match(low, m.end()) and not ends.search(low, m.end(), first):
            return True
    found = passive.search(low)
    return found is not None and last < found.start() and not ends.search(low, last, found.start())


def is_notice(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is the title of a corrigendum, retraction or the like, which repeats another paper's
    title.

    A sentence cut behind the notice's name or its colon is one too.
    """
    line = text.rfind("\n", 0, start) + 1
    found = _notice().match(text[line:end].lower()) if start - line < _LONGEST_NOTICE else None
    return found is not None and start - line <= found.end() + 1


def only_named(sentence: Span) -> bool:
    """Whether a sentence without a verb only names what is shown or told: "Effect of X on sensitivity to D"."""
    if not sentence.doc.has_annotation("TAG") or any(t.tag_ in ("VBZ", "VBP", "VBD", "MD") for t in sentence):
        return False
    return bool(_title().match(sentence.text))


@lru_cache(maxsize=1)
def _title() -> re.Pattern[str]:
    return re.compile(TITLE, re.I)


#: Characters of "Publisher's correction notice to:" and the like, at most.
_LONGEST_NOTICE = 60


@lru_cache(maxsize=1)
def _notice() -> re.Pattern[str]:
    return re.compile(NOTICE)
