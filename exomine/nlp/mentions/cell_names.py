"""Short names of cells beside the vesicles that they release or take up: "CAF-derived exosomes", "EVs shed by TAMs".

The letters stand for much else (CAF and TAM are treatments, DC and ASC genes too), so that they mean cells only there,
and only where the paper defines nothing else. The names are data (``cell_names.tsv``); HSC and PSC are cells of two
kinds and have no identity.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from exomine.nlp.mentions.evidence import Candidate
from exomine.vocabulary.terms import Term

__all__ = ["cells_of_vesicles", "short_names"]

FILE = Path(__file__).with_name("cell_names.tsv")
_SCORE = 0.95
_VESICLE = (
    r"\b(?:\w*[Ee]xosom\w*|\w*[Vv]esic\w*|[sl]?EVs?|[Ee]xos?|\w*[Oo]ncosomes?|[Mm]icroparticles?|[Ee]ctosomes?)\b"
)
#: Organs and species before the short name: "hucMSC", "hUC-MSC", "BM-MSC", "hADSC".
_BEFORE = r"(?:h|hu|r|m|p)?(?:UC|huc|uc|BM|bm|AD|Ad|AF|WJ|P|PL|T|G|i)?-?"
_FROM = re.compile(
    rf"{_VESICLE}(?:\s\([^()]{{1,20}}\))?(?:\s(?:miR|let|lnc|circ|si)[\w-]+)?\s(?:(?:that\s)?(?:(?:are|were|is|was)\s)?(?:released|secreted|shed|produced|derived|isolated"
    rf"|harvested|purified|obtained|originating|taken\sup|internali[sz]ed)\s)?(?:from|of|by)\s(?:(?:the|human|murine|mouse|rat)\s)*$"
)
_SOURCE = re.compile(
    rf"(?:-|\s)(?:derived|secreted|released|shed|originated)\b|\s?-?\s?(?:small\s|extracellular\s)*{_VESICLE}"
)
#: Characters before a name in which the words about its vesicle stand.
_REACH = 80


@lru_cache(maxsize=1)
def short_names() -> dict[str, str]:
    """A name in the lexicon for each short one, empty where several cells have it."""
    with FILE.open(encoding="utf-8", newline="") as handle:
        return {row["short"]: row["name"] for row in csv.DictReader(handle, delimiter="\t")}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(short_names(), key=lambda s: (-len(s), s))
    return re.compile(rf"(?<![\w/+-]){_BEFORE}(?P<short>{'|'.join(longest_first)})s?(?![\w/+])")


def cells_of_vesicles(text: str, lookup: Callable[[str], Sequence[Term]]) -> Iterator[Candidate]:
    """Evidence for the short names of cells in ``text``, where a vesicle stands beside them."""
    for m in _pattern().finditer(text):
        if _SOURCE.match(text, m.end()) or _FROM.search(text, max(0, m.start() - _REACH), m.start()):
            name = short_names()[m["short"]]
            term = next((t for t in lookup(name) if t.label == "CELL_TYPE"), None) if name else None
            curie, shown = (term.curie, term.name) if term else ("", name or m["short"])
            yield Candidate(m.start(), m.end(), "CELL_TYPE", curie, shown, "grammar", _SCORE, "curated")
