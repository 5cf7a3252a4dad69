"""What a paragraph has named so far, and which of it "the drug", "this miRNA" or "both genes" can mean.

The names of the last sentence that names any of the kind are looked at: a noun of one thing means the only one there, a
noun of several all of them. "The" does not reach as far back as "this",
unless the paragraph has named one thing only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

from exomine.nlp.relations.cues.nouns import POINTS, POINTS_AT_SEVERAL
from exomine.nlp.relations.items import Item

__all__ = ["Named", "acts_on", "meant", "of_noun", "pointer"]

#: Sentences back to which "the drug" reaches; "this drug" reaches to the beginning of the paragraph.
_NEAR = 2
#: More names than a paragraph has.
_ALL = 10**6
#: Nouns of non-coding RNAs, and what tells that a name is one: itself, or the words before it.
_RNA = ("lncrna", "circrna", "lncrnas", "circrnas")
_RNA_NAMED = re.compile(
    r"^(?:lnc|linc|circ|hsa_circ)|-AS\d|-OT\d|^(?:HOTAIR|MALAT1|NEAT1|UCA1|H19|MEG3|TUG1|XIST|GAS5)$", re.I
)
_RNA_BEFORE = re.compile(r"lncrnas?|circrnas?|non-?coding|circular rnas?|antisense", re.I)
#: Tokens before a name in which its kind is told: "the long non-coding RNA X".
_BEFORE = 5


def pointer(doc: Doc, noun: int, first: int) -> str:
    """The word that makes a noun point back, of those before it from token ``first`` on: "this", "both" of "both
    these", "same" of "the same"; empty where none does."""
    words = [doc[k].lower_ for k in range(max(first, noun - 2), noun)]
    word, before = (["", "", *words])[-1], (["", "", *words])[-2]
    if word in ("two", "three", "same") and before in (*POINTS, *POINTS_AT_SEVERAL):
        return "same" if word == "same" else "these"
    if word == "these" and before == "both":
        return "both"
    return word if word in (*POINTS, *POINTS_AT_SEVERAL) else ""


def acts_on(doc: Doc, name: int, noun: int) -> bool:
    """Whether the token of a name is the subject of the verb above a noun, which then means another thing: "X raised
    this protein", "X reversed resistance to the drug"."""
    verb = next((t for t in doc[noun].ancestors if t.tag_.startswith("VB")), None)
    return verb is not None and doc[name].dep_ == "nsubj" and doc[name].head == verb


def meant(item: Item) -> tuple[Item, ...]:
    """What an item is called by its name: what it stands for, the long form that it abbreviates, or itself."""
    return item.stands_for or (item.alias or item,)


def of_noun(noun: str, points: str, names: Sequence[Item]) -> tuple[Item, ...]:
    """Which of the names of one kind a noun means behind the word that ``points``; nothing where that is open."""
    if noun in _RNA:
        names = [n for n in names if _RNA_NAMED.search(n.span.text)] or [n for n in names if _told_as_rna(n)]
    if points in POINTS_AT_SEVERAL or (noun.endswith("s") and points != "same"):
        exactly_two = points in ("both", "either")
        return tuple(names) if len(names) == 2 or (len(names) > 2 and not exactly_two) else ()
    return tuple(names) if len(names) == 1 else ()


def _told_as_rna(item: Item) -> bool:
    return _RNA_BEFORE.search(item.span.doc[max(0, item.start - _BEFORE) : item.start].text) is not None


class Named:
    """The names of a paragraph, sentence by sentence."""

    def __init__(self) -> None:
        self._sentences: list[tuple[Item, ...]] = []

    def add(self, items: Iterable[Item]) -> None:
        """Put in the names of the next sentence, and what its pronouns stand for."""
        self._sentences.append(tuple(i for i in items if not i.generic))

    def last(self, label: str, points: str = "the") -> list[Item]:
        """The names of a label, each once, in the last sentence within reach that has any ("both": two); where none is
        within reach, all of the paragraph."""
        least = 2 if points in ("both", "either") else 1  # "both" may mean one of this and one of that sentence
        near = self._last(label, self._sentences[-_NEAR:] if points == "the" else self._sentences, least)
        return near or self._last(label, self._sentences, _ALL)

    @staticmethod
    def _last(label: str, sentences: Sequence[Sequence[Item]], least: int) -> list[Item]:
        """The names of a label in the last sentences that together have so many."""
        found: dict[str, Item] = {}
        for items in reversed(sentences):
            found = {m.name: m for i in items if i.label == label for m in meant(i)} | found
            if len(found) >= least:
                break
        return list(found.values())

    def before(self) -> list[Item]:
        """The names of the sentence before."""
        return list(self._sentences[-1]) if self._sentences else []
