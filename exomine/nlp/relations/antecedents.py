"""What pronouns stand for: a name before them in the sentence, else the topic of the sentence before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exomine.nlp.relations.arguments import ACTORS, Argument, inherited
from exomine.nlp.relations.items import Item
from exomine.nlp.relations.sentence import Sentence

__all__ = ["POSSESSIVES", "Antecedents"]

POSSESSIVES = ("its", "their", "whose")
#: They stand for one thing: "miR-31 and CD9 were counted. It ..." leaves open which.
SINGULAR = ("it", "its")


@dataclass(frozen=True, slots=True)
class Antecedents:
    """Antecedents in one sentence; ``topic`` is what a pronoun at its beginning stands for."""

    sentence: Sentence
    topic: Sequence[Item] = ()

    def pronoun(self, i: int, labels: Sequence[str] = ()) -> tuple[Argument, ...]:
        """What a pronoun stands for; ``labels`` are those that the noun with it allows ("these microRNAs")."""
        word = self.sentence.lower(i)
        if word in ("latter", "former"):
            both = self.nearest_before(i)
            return both[-1:] if word == "latter" else both[:1]
        if not labels and self._points_near(i):
            return self.nearest_before(i)
        before = self._before(i, tuple(labels) or ACTORS)
        found = self._of_labels(before, labels) if labels else self._subject(before)
        several = len({id(argument.item) for argument in found}) > 1
        return () if several and word in SINGULAR else found

    def possessive(self, i: int) -> tuple[Argument, ...]:
        """What a possessive stands for: "whose" the nearest name before, "its" the subject before."""
        return self.nearest_before(i) if self.sentence.lower(i) == "whose" else self.pronoun(i)

    def nearest_before(self, i: int) -> tuple[Argument, ...]:
        """The last agents before a relative pronoun whose antecedent the parse does not tell."""
        before = self._before(i, ACTORS)
        return inherited(before[-1].group) if before else ()

    def _before(self, i: int, labels: Sequence[str]) -> list[Item]:
        return [x for x in self.sentence.items if x.end <= i and x.label in labels and not x.generic]

    def _of_labels(self, before: Sequence[Item], labels: Sequence[str]) -> tuple[Argument, ...]:
        if before:
            return inherited(before[-1].group or before[-1:])
        return inherited(x for x in self.topic if x.label in labels)

    def _subject(self, before: Sequence[Item]) -> tuple[Argument, ...]:
        """The last grammatical subject, else the first name, else the topic."""
        subject = [x for x in before if self.sentence.dep(x.root) in ("nsubj", "nsubjpass")]
        chosen = subject[-1:] or before[:1]
        return inherited([m for x in chosen for m in x.group] or self.topic)

    def _points_near(self, i: int) -> bool:
        """ "This molecule", "these factors" after a name in the same sentence point at the nearest one."""
        pointing = [self.sentence.lower(c) for c in self.sentence.children(i, "det", "amod")]
        return bool(self._before(i, ACTORS)) and any(w in ("this", "these", "latter") for w in pointing)
