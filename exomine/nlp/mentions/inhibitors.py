"""Inhibitors called by their target and an i: "PARPi", "EGFRi", "CDK4/6i" are drugs, not genes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from exomine.nlp.mentions.evidence import Candidate
from exomine.vocabulary.terms import Term

__all__ = ["inhibitors"]

#: "PARPi", "BRAFi", "PI3Ki", "CDK4/6i", also counted ("PARPis"); no "RNAi".
_NAME = re.compile(r"(?<![\w-])(?!RNAi)(?P<target>[A-Z][A-Z0-9]{2,7})(?P<more>/\d{1,2})?is?(?![\w])")
_SCORE = 0.9


def inhibitors(text: str, lookup: Callable[[str], Sequence[Term]]) -> Iterator[Candidate]:
    """Evidence for the inhibitors in ``text`` whose target the lexicon knows as a gene or a family."""
    for m in _NAME.finditer(text):
        if not any(t.label == "PROTEIN" for t in lookup(m["target"])):
            continue
        name = f"{m['target']}{m['more'] or ''} inhibitor"
        known = next((t for t in lookup(name) if t.label == "DRUG"), None)
        curie, shown = (known.curie, known.name) if known else ("", name)
        yield Candidate(m.start(), m.end(), "DRUG", curie, shown, "lexicon", _SCORE, "curated")
