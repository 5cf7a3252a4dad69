"""Words that point back at a name: "resistance to the drug", "silencing of this lncRNA", "loss of the latter".

They are read where they stand, as names are; who makes the statement puts in what they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Span, Token

from exomine.nlp.relations.antecedents import BY_NUMBER, ORDINAL
from exomine.nlp.relations.arguments import ACTORS
from exomine.nlp.relations.cues.nouns import POINTED, POINTED_RESPONSES, POINTS_AT_SEVERAL
from exomine.nlp.relations.items import Item
from exomine.nlp.relations.named import Named, acts_on, of_noun, pointer
from exomine.nlp.relations.reading import Read
from exomine.vocabulary.entities import acting

__all__ = ["pointing"]

#: Behind the noun: it is a part of another name, or what it is follows.
_GOES_ON = ("of", "for", "(", "-", "/")
#: Behind a word of response: the drug that it is a response to; "of the cells" leaves that open.
_RESPONSE_GOES_ON = ("for", "(", "-", "/", "to", "towards", "toward", "against")
_RESPONSE = re.compile(r"resist|sensiti|refractor|respon|toleran", re.I)


def pointing(read: Read, named: Named, earlier: Sequence[Item]) -> list[Span]:
    """Spans for the nouns of a sentence that can stand for names: those of their label in the sentence before them, or
    else of the names of the paragraph, ``named``; ``earlier`` are those of the sentence before."""
    taken = {k for m in read.mentions for k in range(m.start, m.end)}
    out = []
    for token in read.span:
        points = pointer(token.doc, token.i, read.span.start)
        if token.i in taken or not points or not _ends_name(token, read.span, _GOES_ON):
            continue
        label = _of_two(token, read, named.before() or earlier) or _of_noun(token, points, read, named)
        if label:
            out.append(Span(token.doc, token.i, token.i + 1, label=label))
    return out


def _ends_name(token: Token, sentence: Span, goes_on: Sequence[str]) -> bool:
    behind = token.nbor() if token.i + 1 < sentence.end else None
    return behind is None or not (behind.tag_.startswith("NN") or behind.lower_ in goes_on)


def _of_two(token: Token, read: Read, earlier: Sequence[Item]) -> str:
    """The label of what "the former" or "the second" means: one of exactly two names, here or before; as subjects they
    are read as pronouns are."""
    word = BY_NUMBER.get(token.lower_, token.lower_)
    if word not in ORDINAL or token.nbor(-1).lower_ != "the" or token.dep_ not in ("pobj", "dobj"):
        return ""
    here = {m.text.lower(): acting(m.label_) for m in read.mentions if m.end <= token.i and acting(m.label_) in ACTORS}
    told = {i.name: i.label for i in earlier if i.label in ACTORS and not i.generic}
    names = list((here if len(here) > 1 else told).values())
    return names[word == "latter"] if len(names) == 2 else ""


def _of_noun(token: Token, points: str, read: Read, named: Named) -> str:
    """The label of what a noun stands for; empty where that is open."""
    if token.lower_ in POINTED_RESPONSES:
        return "DRUG" if _to_drug_before(token, points, read, named) else ""
    label = POINTED.get(token.lower_, "")
    before = [m for m in read.mentions if m.end <= token.i and acting(m.label_) == label and not _in_brackets(m)]
    here = {m.text for m in before if not acts_on(token.doc, m.root.i, token.i)}
    several = points in POINTS_AT_SEVERAL or token.lower_.endswith("s")
    if not label or (len(here) == 1 and not several):
        return label
    if len(here) > 1:
        return label if several else ""
    return label if of_noun(token.lower_, points, named.last(label, points)) else ""


def _in_brackets(mention: Span) -> bool:
    """Whether it stands right behind a bracket: an abbreviation of the name before."""
    return mention.start > 0 and mention.doc[mention.start - 1].text == "("


def _to_drug_before(token: Token, points: str, read: Read, named: Named) -> bool:
    """Whether "this resistance" is that to the one drug of the last sentence that named one; its own is none."""
    if any(acting(m.label_) == "DRUG" and m.start > token.i for m in read.mentions):
        return False
    if not _ends_name(token, read.span, _RESPONSE_GOES_ON):
        return False
    drugs = named.last("DRUG", points)
    return len(drugs) == 1 and _RESPONSE.search(drugs[0].span.sent.text) is not None
