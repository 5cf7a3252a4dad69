"""Names that only describe the noun behind them: "X-targeting Y", "the miR-X target Y", "a target of miR-X"; Y is what
acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exomine.nlp.relations.arguments import ACTORS, Argument
from exomine.nlp.relations.cues.participles import DESCRIBING, DOING
from exomine.nlp.relations.noun_phrases import NounPhrases
from exomine.nlp.relations.operators import operators_of
from exomine.nlp.relations.sentence import Item, Match, Sentence
from exomine.nlp.relations.tokens import FINITE, HYPHENS
from exomine.nlp.relations.windows import TO_DESCRIBED

__all__ = ["Described"]

_OF = ("of", "for")


@dataclass(frozen=True, slots=True)
class Described:
    """Which agents of one sentence only describe another name."""

    sentence: Sentence
    phrases: NounPhrases

    def acting(self, agents: Iterable[Argument]) -> list[Argument]:
        """The agents without those that only describe; where none is left, what they describe."""
        agents = list(agents)
        others = {id(a): self._behind(a) for a in agents}
        kept = [a for a in agents if others[id(a)] is None]
        found = kept or [b for a in agents for b in others[id(a)] or ()]
        return found if any(o is not None for o in others.values()) else agents

    def describing(self) -> Iterator[tuple[Item, tuple[Item, ...]]]:
        """The items of the sentence that only describe, each with what it describes, as far as that is known."""
        for item in self.sentence.items:
            behind = self._behind(Argument(item)) if item.label in ACTORS else None
            if behind is not None:
                yield item, tuple(a.item for a in behind)

    def _behind(self, a: Argument) -> list[Argument] | None:
        """What the name describes, as far as it is known; None where the name stands for itself."""
        if a.inherited:
            return None
        at = self._glued(a.item) or self._target_behind(a.item) or self._of_target(a.item)
        if at is None:
            return None
        item = self.sentence.covered.get(at)
        named = item is not None and item.start == at and item.label in ACTORS
        return self.phrases.own(item.root) if named and item is not None else []

    def _glued(self, item: Item) -> int | None:
        """Where the noun of "X-targeting Y" begins."""
        sentence, k = self.sentence, _end(item)
        if k + 2 >= sentence.end or sentence.token(k).text not in HYPHENS:
            return None
        word = sentence.lower(k + 1)
        if word not in DOING and word not in DESCRIBING:
            return None
        less = any(o.sign < 0 and o.start <= k + 1 < o.end for o in operators_of(sentence, item))
        return None if less else self._first_name(k + 2)  # "X-targeting siRNA": less X acts

    def _first_name(self, k: int) -> int:
        """The first name that begins a few nouns behind ``k``, else ``k``."""
        near = range(k, min(self.sentence.end, k + TO_DESCRIBED))
        for j in near:
            if j in self.sentence.covered:
                return self.sentence.covered[j].start
            if not self.sentence.tag(j).startswith(("NN", "JJ", "HYPH")) or self.sentence.says(j, form="verb"):
                break
        return k

    def _target_behind(self, item: Item) -> int | None:
        """Where Y begins in "the miR-X target Y", "the X suppressor Y"."""
        word = self._target_at(_end(item)) or self._agent_at(item)
        if word is None or self._verb(item, word):
            return None
        k = word.end
        return k + 1 if k + 1 < self.sentence.end and self.sentence.token(k).text in (",", "(") else k

    def _target_at(self, k: int) -> Match | None:
        if k < self.sentence.end and self.sentence.token(k).text in HYPHENS:
            k += 1
        return next((m for m in self.sentence.matches if m.trigger.family == "targeted" and m.start == k), None)

    def _agent_at(self, item: Item) -> Match | None:
        """The noun in "the X suppressor Y"; of "the X inhibitor Y" it is told that less of X acts."""
        k = _end(item)
        if any(o.start == k for o in operators_of(self.sentence, item)) or self.sentence.says(k, form="verb"):
            return None
        nouns = (m for m in self.sentence.triggers.get(k, ()) if m.trigger.form == "agent" and m.start == k)
        return next((m for m in nouns if m.end in self.sentence.covered), None)

    def _verb(self, item: Item, word: Match) -> bool:
        """Whether "target" behind the name is what the name does: "miR-X targets Y and", "miR-X and miR-Z target Y"."""
        sentence = self.sentence
        after = sentence.covered.get(word.end)
        if after is None or after.start != word.end:
            return sentence.lower(word.end - 1) == "targets" and sentence.lower(word.start - 1) == "and"
        if sentence.lower(word.end - 1) != "targets" and len(item.group) < 2:
            return False
        behind = _end(after)
        return behind >= sentence.end or sentence.tag(behind) not in FINITE[:4]

    def _of_target(self, item: Item) -> int | None:
        """Where Y begins in "the target of miR-X, Y, acts"."""
        sentence = self.sentence
        first = min((x.start for x in item.group), default=item.start)
        k = first - 1
        if k <= sentence.start or sentence.lower(k) not in _OF:
            return None
        if not any(m.trigger.family == "targeted" and m.end == k for m in sentence.matches):
            return None
        k = min(_end(item), sentence.end - 1)
        return k + 1 if sentence.token(k).text == "," and k + 1 < sentence.end else k


def _end(item: Item) -> int:
    return max((x.end for x in item.group), default=item.end)
