"""The drugs that a word of resistance or sensitivity is about, by word order, so that a wrong attachment does no
harm.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from exomine.nlp.relations.cues.nouns import EXEMPLIFIERS
from exomine.nlp.relations.sentence import Item, Match, Sentence
from exomine.nlp.relations.tokens import HYPHENS
from exomine.nlp.relations.windows import TO_DRUG, TO_DRUG_EXAMPLES, TO_FIRST_DRUG, TO_RESISTANCE_PREPOSITION

__all__ = ["Drugs", "names_cells"]

_EXEMPLIFIER = re.compile("|".join(rf"\b{re.escape(e)}" for e in EXEMPLIFIERS))
_LEADS_TO = ("to", "against", "toward", "towards")
_ENDS_BEFORE_PREPOSITION = ("and", "or", ",", ";", "which", "that", "by", "through", "via")
_ENDS_BEFORE_DRUG = ("in", "by", "via", "through", ";", "which", "on", "upon", "over")
#: Behind a drug and a hyphen: the cells are called by how they respond to it.
_STATES = ("resistan", "sensitiv", "refractor", "toleran", "treated", "naive")
_FINITE = ("VBZ", "VBD", "VBP")


@dataclass(frozen=True, slots=True)
class Drugs:
    """DRUG mentions beside the words of one sentence."""

    sentence: Sentence

    def beside(self, m: Match) -> list[Item]:
        """ "D-resistance", "resistance to the drugs D and E"."""
        before = self._before(m.start)
        out = [x for x in before.group if x.label == "DRUG" and x.start <= before.start] if before is not None else []
        behind = (d for d in self._behind(m) if not (out and names_cells(self.sentence, d)))
        return [*out, *(d for d in behind if d not in out)]

    def _before(self, k: int) -> Item | None:
        """The drug that ends right before token ``k``, a hyphen or "induced" between them allowed."""
        j = k - 1
        while j >= self.sentence.start and (
            self.sentence.token(j).text in HYPHENS or self.sentence.lower(j) in ("induced", "associated", "related")
        ):
            j -= 1
        item = self.sentence.covered.get(j)
        item = item.alias or item if item is not None else None
        return item if item is not None and item.label == "DRUG" else None

    def _behind(self, m: Match) -> list[Item]:
        """ "Resistance to the drugs D and E"."""
        k = self._preposition(m)
        if k < 0:
            return []
        near = [x for x in self.sentence.items if k < x.start <= k + TO_DRUG and x.label == "DRUG"]
        # "the sensitivity of D-resistant cells to E": to D only where nothing else is named
        first = next((x for x in near if not names_cells(self.sentence, x)), next(iter(near), None))
        if first is None or self._ended(k + 1, first.start):
            return []
        drugs = [x for x in first.group if x.label == "DRUG" and x.start >= first.start]
        # "the inhibitors D and E": the names behind their class
        named = next((x for x in self.sentence.items if x.label == "DRUG" and x.start == first.end), None)
        if named is not None:
            drugs = [x for x in named.group if x.label == "DRUG"]
        return self._examples(drugs) or drugs

    def _preposition(self, m: Match) -> int:
        """The preposition that leads from the word to its drug, -1 without one."""
        for k in range(m.end, min(self.sentence.end, m.end + TO_RESISTANCE_PREPOSITION)):
            low = self.sentence.lower(k)
            if low in _LEADS_TO or (k == m.end and low in ("of", *m.trigger.prepositions)):
                return k
            if low in _ENDS_BEFORE_PREPOSITION or self.sentence.tag(k).startswith(_FINITE):
                break
        return -1

    def _ended(self, start: int, end: int) -> bool:
        gap = self.sentence.doc[start:end]
        return any(t.tag_ in _FINITE or t.lower_ in _ENDS_BEFORE_DRUG for t in gap)

    def _examples(self, drugs: Sequence[Item]) -> list[Item]:
        """ "Resistance to drugs such as D": the examples, where the drug itself is only a general word."""
        if not drugs or not all(d.generic for d in drugs):
            return []
        end = drugs[-1].end
        if not _EXEMPLIFIER.search(self.sentence.doc[end : min(self.sentence.end, end + TO_DRUG_EXAMPLES)].text):
            return []
        after = [x for x in self.sentence.items if end < x.start <= end + TO_FIRST_DRUG and x.label == "DRUG"]
        return [x for x in after[0].group if x.label == "DRUG" and x.start >= after[0].start] if after else []


def names_cells(sentence: Sentence, drug: Item) -> bool:
    """Whether a drug says which cells are meant: "D-resistant cells"."""
    k = drug.end
    hyphen = k + 1 < sentence.end and sentence.token(k).text in HYPHENS
    return hyphen and sentence.lower(k + 1).startswith(_STATES)
