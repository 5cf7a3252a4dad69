"""Whether the long form that a paper gives is a name of the entity that the lexicon takes the short form for.

"phosphatase, tensin homologue (PTEN)" is PTEN although no vocabulary writes it so; "pattern recognition receptors
(PRRs)" is not the prorenin receptor, whose alias is PRR. The words of the long form are compared with those of every
name of the entity.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from exomine.nlp.mentions.evidence import Candidate
from exomine.vocabulary.normal import alnum, key

__all__ = ["LIKE", "identity", "likeness"]

#: From this likeness on a long form is a name of the entity.
LIKE = 0.4
#: Below this one a short symbol means something else than the entity, even if it is its approved one.
_UNLIKE = 0.2
_OFFICIAL = ("lab", "curated", "name")

_SMALL = frozenset("a an and for from in of on or the to type with human".split())
#: Words that many names of genes have: they tell little.
_COMMON = frozenset(
    "activated activating activator antigen associated binding cell chain complex containing dependent "
    "domain element enzyme factor "
    "family gene group homolog homologue inhibitor inhibitory interacting kinase ligand like marker "
    "membrane member molecule "
    "oncogene peptide protein receptor regulator regulated related response rna subfamily subunit "
    "suppressor surface transcription "
    "transporter 1 2 3 4 5 6 7 8 9 alpha beta gamma i ii iii iv b c d e".split()
)
_GREEK_TAIL = re.compile(r"^(\w{3,})(?:alpha|beta|gamma|kappa)$")


def likeness(long: str, names: Iterable[str]) -> float:
    """How much ``long`` and the most alike of ``names`` have in common: 1 the same words, 0 none."""
    words = _words(long)
    return max((_shared(words, _words(name)) for name in names), default=0.0)


@lru_cache(maxsize=20_000)
def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted({_GREEK_TAIL.sub(r"\1", w) for w in key(name).split()} - _SMALL))


def _weight(word: str) -> float:
    return 0.25 if word in _COMMON else 1.0


def _shared(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """The share of common words in both, by weight; words with the same beginning are one ("homologue",
    "homologous").
    """
    total = sum(map(_weight, a)) + sum(map(_weight, b))
    rest = list(b)
    common, telling = 0.0, False
    for word in a:
        same = next((w for w in rest if w == word), None) or next((w for w in rest if _akin(w, word)), None)
        if same is not None:
            rest.remove(same)
            common += _weight(word) + _weight(same)
            telling = telling or word not in _COMMON
    if not telling:
        return 0.0  # "RNA binding protein" is no renin binding protein
    return round(common / total, 4) if total else 0.0


def _akin(a: str, b: str) -> bool:
    n = min(len(a), len(b))
    return n >= 5 and a[: max(5, n - 3)] == b[: max(5, n - 3)]


def identity(
    short: str, long: str, readings: Sequence[Candidate], names_of: Callable[[str], Iterable[str]]
) -> tuple[Candidate | None, float]:
    """Which of the lexicon's ``readings`` of a short form its long form means, and how alike they are; none where
    another thing.

    The reading with the likest names, if like enough. Else the first one, if the short form is specific: an approved
    symbol of four signs or more, an alias of four that holds a digit or needs no support. Other aliases and short
    symbols give way to the long form, unless the lexicon has no full name to compare ("CDK" of a family).
    """
    if not readings:
        return None, 0.0
    full = [[n for n in names_of(r.curie) if _is_full(n)] if r.curie else [] for r in readings]
    scores = [likeness(long, names) for names in full]
    best = max(range(len(readings)), key=lambda i: (scores[i], -i))
    if scores[best] >= LIKE:
        return readings[best], scores[best]
    first, signs = readings[0], alnum(short)
    specific = len(signs) >= 4 and not first.guard
    stands = specific or (first.status in _OFFICIAL and (scores[0] >= _UNLIKE or not full[0]))
    return (first if stands else None), scores[0]


def _is_full(name: str) -> bool:
    return " " in name or (len(name) > 6 and name[1:].islower())
