"""What a vesicle holds, said right beside it: "X-positive exosomes", "exosomes rich in X"."""

from __future__ import annotations

import re

from exomine.nlp.relations.arguments import MOLECULES
from exomine.nlp.relations.cues.absence_cues import LACKED_BEFORE, LACKED_BEHIND
from exomine.nlp.relations.operators import operators_of
from exomine.nlp.relations.sentence import Item, Sentence
from exomine.nlp.relations.tokens import HYPHENS
from exomine.nlp.relations.windows import TO_HELD

__all__ = ["held_after", "held_before", "lacked", "takes_part"]

#: Participles between a cargo and its vesicle: "X-containing exosomes".
_HOLDS = re.compile(
    r"containing|carrying|enriched|loaded|bearing|positive|expressing|rich|harbou?ring|overexpressing"
    r"|packed|encapsulating|laden|"
    r"delivering|transferring"
)
#: Those that need no hyphen: "X containing exosomes".
_HOLDS_UNGLUED = ("containing", "carrying", "positive", "loaded", "bearing")
#: Between a vesicle and what it holds: "exosomes rich in X", "vesicles with X", "EVs carrying high levels of X".
_DESCRIBED = re.compile(
    r"\s*(?:(?:(?:that are |which are )?(?:highly )?(?:rich|positive|enriched|loaded|filled|laden|packed"
    r"|packaged|full|armed|decorated|"
    r"equipped)\s+)?(?:in|for|with|of)|carrying|containing|harbou?ring|bearing|delivering"
    r"|transferring)\s+(?:[\w\-]+\s+){0,2}"
)
_LACKED_BEHIND, _LACKED_BEFORE = re.compile(LACKED_BEHIND, re.I), re.compile(LACKED_BEFORE, re.I)
#: Between vesicles and the name that the cells lack from which they come: "exosomes from X-silenced cells".
_FROM = re.compile(r"\s*(?:(?:derived|released|secreted|shed|isolated|obtained)\s+)?(?:from|of|by)\s+(?:the\s+)?", re.I)
#: What is done with vesicles: "a role for X in exosome formation".
_MAKING = re.compile(
    r"(?:formation|biogenesis|release|secretion|shedding|production|assembly|budding|generation|uptake|endocytosis|"
    r"internali[sz]ation|trafficking|docking|fusion|scission|maturation|isolation|research)"
)
_IN_MAKING = ("in", "of", "for", "to", "during", "on", "affecting", "regulating", "controlling", "driving")
_BARE_PREPOSITION = re.compile(r"\s*(?:in|for|of)\b")


def held_before(sentence: Sentence, vesicle: Item) -> list[Item]:
    """The cargo in "X-positive exosomes", "X and Y containing exosomes"."""
    j = vesicle.start - 1
    if j <= sentence.start or not _HOLDS.fullmatch(sentence.lower(j)):
        return []
    hyphen = sentence.token(j - 1).text in HYPHENS
    item = sentence.covered.get(j - 2 if hyphen else j - 1)
    if item is None or not (hyphen or sentence.lower(j) in _HOLDS_UNGLUED):
        return []
    return [x for x in item.group if x.end <= item.end]


def takes_part(sentence: Sentence, cargo: Item, vesicle: Item) -> bool:
    """Whether who is named before a vesicle takes part in making, releasing or taking it up, and is not in it."""
    if cargo.end > vesicle.start or vesicle.end >= sentence.end:
        return False
    made = _MAKING.fullmatch(sentence.lower(vesicle.end)) is not None
    return made and any(sentence.lower(k) in _IN_MAKING for k in range(cargo.end, vesicle.start))


def held_after(sentence: Sentence, vesicle: Item) -> list[Item]:
    """The cargo in "exosomes rich in X", "vesicles positive for X and Y", "exosomes with X"."""
    near = (x for x in sentence.items if vesicle.end < x.start <= vesicle.end + TO_HELD)
    item = next((x for x in near if x.label in MOLECULES and not x.generic), None)
    if item is None or sentence.reduced_before(item):
        return []
    found = _DESCRIBED.fullmatch(sentence.doc[vesicle.end : item.start].text_with_ws)
    if found is None or _BARE_PREPOSITION.match(found.group()):
        return []
    return [x for x in item.group if x.start >= item.start]


def lacked(sentence: Sentence, vesicle: Item) -> list[Item]:
    """What a vesicle lacks: "exosomes lacking X", "X-depleted exosomes", "exosomes from X-silenced cells"."""
    doc = sentence.doc
    for item in sentence.items:
        if item.label not in MOLECULES or item.generic:
            continue
        if item.start >= vesicle.end:
            between = doc[vesicle.end : item.start].text_with_ws
            if _LACKED_BEHIND.fullmatch(between) or (_FROM.fullmatch(between) and _less_of(sentence, item)):
                return item.group
        elif _LACKED_BEFORE.fullmatch(doc[item.end : vesicle.start].text_with_ws):
            return item.group
    return []


def _less_of(sentence: Sentence, item: Item) -> bool:
    """Whether cells have less of the name: "X-silenced cells"."""
    return any(o.sign < 0 and o.start >= item.end for o in operators_of(sentence, item))
