"""Words that point back at a name: "resistance to the drug", "silencing of this lncRNA", "loss of the latter".

They are read where they stand, as names are; who makes the statement puts in what they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Span, Token

from exomine.nlp.relations.antecedents import BY_NUMBER, ORDINAL
from exomine.nlp.relations.arguments import ACTORS
from exomine.nlp.relations.cues.nouns import POINTED, POINTS
from exomine.nlp.relations.items import Item
from exomine.nlp.relations.reading import Read
from exomine.vocabulary.entities import acting

__all__ = ["pointing"]

#: Behind the noun: it is a part of another name, or what it is follows.
_GOES_ON = ("of", "for", "(", "-", "/")
#: Nouns of non-coding RNAs, and what tells that a name before is one.
_RNA = ("lncrna", "circrna")
_RNA_NAMED = re.compile(r"lnc|linc\d|non-?coding|circ|-AS\d|antisense|HOTAIR|MALAT1|NEAT1|UCA1|\bH19\b", re.I)


def pointing(read: Read, earlier: Sequence[Item]) -> list[Span]:
    """Spans for the nouns of a sentence that can stand for one name only: of those of their label in the sentence
    before them, or else of ``earlier``, the names of the sentence before."""
    taken = {k for m in read.mentions for k in range(m.start, m.end)}
    out = []
    for token in read.span:
        if token.i in taken or not _points(token, read.span):
            continue
        label = _of_two(token, read, earlier) or POINTED.get(token.lower_, "")
        if label and (token.lower_ not in POINTED or _one_name(token, label, read, earlier)):
            out.append(Span(token.doc, token.i, token.i + 1, label=label))
    return out


def _points(token: Token, sentence: Span) -> bool:
    if token.i == sentence.start or token.nbor(-1).lower_ not in POINTS:
        return False
    behind = token.nbor() if token.i + 1 < sentence.end else None
    return behind is None or not (behind.tag_.startswith("NN") or behind.lower_ in _GOES_ON)


def _of_two(token: Token, read: Read, earlier: Sequence[Item]) -> str:
    """The label of what "the former" or "the second" means: one of exactly two names, here or before; as subjects they
    are read as pronouns are."""
    word = BY_NUMBER.get(token.lower_, token.lower_)
    if word not in ORDINAL or token.nbor(-1).lower_ != "the" or token.dep_ not in ("pobj", "dobj"):
        return ""
    here = {m.text.lower(): acting(m.label_) for m in read.mentions if m.end <= token.i and acting(m.label_) in ACTORS}
    names = list((here if len(here) > 1 else {i.name: i.label for i in earlier if not i.generic}).values())
    return names[word == "latter"] if len(names) == 2 else ""


def _one_name(token: Token, label: str, read: Read, earlier: Sequence[Item]) -> bool:
    here = {m.text.lower() for m in read.mentions if m.end <= token.i and acting(m.label_) == label}
    names = here or {i.name for i in earlier if i.label == label and not i.generic}
    if len(names) != 1:
        return False
    start = read.span.start if here else min(i.start for i in earlier if i.label == label and not i.generic) - _BEFORE
    return token.lower_ not in _RNA or _RNA_NAMED.search(token.doc[max(0, start) : token.i - 1].text) is not None


#: Tokens before a name in which its kind is told: "the long non-coding RNA X".
_BEFORE = 5
