"""Treatment of which nothing is said but that it fails or works: "therapy resistance", "refractory to treatment".

The words mean the drugs only there: "cells under treatment" are treated with anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from exomine.nlp.mentions.evidence import Candidate
from exomine.nlp.mentions.matcher import Hit
from exomine.vocabulary.terms import Term

__all__ = ["therapies"]

_SCORE = 0.9
#: A name in the lexicon of the entity that the words stand for.
_TERM = "targeted therapy"
_WORDS = r"(?P<said>therap(?:y|ies|eutics?)|treatments?)"
_RESPONSE = (
    r"(?:(?:non-?)?resistan(?:ce|t)|refractor(?:y|iness)|intoleran(?:ce|t)|toleran(?:ce|t)|insensitiv(?:e|ity)"
    r"|sensitiv(?:e|ity)|(?:re-?)?sensiti[sz]\w+)"
)
#: What may stand between "to" and the word: "resistance to conventional anti-cancer therapies".
_KINDS = (
    r"(?:(?:the|this|these|their|its|any|all|most|many|several|various|different|multiple|other|further|subsequent|current"
    r"|available|existing|conventional|standard|traditional|common|systemic|medical|clinical|first-line|second-line"
    r"|(?:anti-?)?cancer|(?:anti-?)?tumou?r|oncological)\s+)*"
)
_PATTERNS = (
    # "therapy resistance", "treatment-refractory", "therapeutic resistance"
    re.compile(rf"(?<![\w-]){_WORDS}(?=[\s-]{_RESPONSE}\b)", re.I),
    # "resistance of the tumour to therapy", "resistant to anticancer treatment"; not "to treatment with cisplatin"
    re.compile(
        rf"\b(?:{_RESPONSE}(?:\s+(?:of|in)(?:\s+[\w-]+){{1,4}})?|sensiti[sz]\w+(?:\s+[\w-]+){{1,4}}?)\s+(?:to|towards?|against)\s+{_KINDS}{_WORDS}\b"
        r"(?!\s+(?:with|by|using|of|agents?|drugs?|regimens?|options?)\b|-)",
        re.I,
    ),
)


def therapies(text: str, hits: Sequence[Hit], lookup: Callable[[str], Sequence[Term]]) -> Iterator[Candidate]:
    """Evidence for treatment in general; ``hits`` are the lexicon's.

    A name right before, of anything but a cancer, says what the treatment is: "tamoxifen therapy resistance".
    """
    found = [m.span("said") for pattern in _PATTERNS for m in pattern.finditer(text)]
    term = next((t for t in lookup(_TERM) if t.label == "DRUG"), None) if found else None
    if term is None:
        return
    named = {end for _, end, terms in hits if terms[0].label != "CANCER"}
    for start, end in sorted(set(found)):
        if not named & {start - 1, start, end}:
            yield Candidate(start, end, "DRUG", term.curie, term.name, "lexicon", _SCORE, "curated")
