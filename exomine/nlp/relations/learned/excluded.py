"""What the network alone says and the sentence's own words exclude: what the words beside two names rule out, what goes
against the rules, a pronoun's antecedent of another number, and all that the rules leave out on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exomine.nlp.relations.antecedents import ORDINAL, PLURAL, SINGULAR, agree, one_of_two
from exomine.nlp.relations.aside import Aside, points_elsewhere, taken_away
from exomine.nlp.relations.held import takes_part
from exomine.nlp.relations.items import Item
from exomine.nlp.relations.learned.against_rules import AgainstRules
from exomine.nlp.relations.learned.beside_names import beside_names, of_patients
from exomine.nlp.relations.learned.candidates import Candidate
from exomine.nlp.relations.sentence import Sentence

__all__ = ["Excluded"]

#: Among so many first tokens stands a word that refers to the sentence before.
_FIRST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Excluded:
    """What is excluded in one sentence; ``aside`` is what its rules leave out, ``before`` the sentence before and
    ``earlier`` its names."""

    sentence: Sentence
    aside: Aside
    before: Sentence | None = None
    earlier: Sequence[Item] = ()

    def left(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates of rules, and those of the network that nothing excludes."""
        told = [c for c in candidates if not of_patients(self.sentence, c)]
        against = AgainstRules(self.sentence, candidates)
        return [c for c in told if c.rule or not (self._excludes(c) or against.holds(c))]

    def _excludes(self, c: Candidate) -> bool:
        s = c.statement
        if (self.aside.holds(s) and c.assertion != "negated") or self._elsewhere(s.subject):
            return True
        if s.inherited:
            return not all(self._may_be_meant(i) for i in (s.subject, s.object) if i.end <= self.sentence.start)
        return beside_names(self.sentence, c) or self._takes_part(c)

    def _takes_part(self, c: Candidate) -> bool:
        s = c.statement
        return c.predicate == "cargo_of" and takes_part(self.sentence, s.subject, s.object)

    def _elsewhere(self, subject: Item) -> bool:
        """Whether a subject in the sentence before is not what this one speaks of: its loss, or another thing, is."""
        before = self.before
        if before is None or not before.start <= subject.start < before.end:
            return False
        return taken_away(before, subject) or points_elsewhere(self.sentence, subject)

    def _may_be_meant(self, item: Item) -> bool:
        """Whether a name of the sentence before may be what the first referring word stands for."""
        word = self._referring()
        named = next((x for x in self.earlier if x.span == item.span), item)
        if word in ORDINAL:
            meant = one_of_two(word, self.earlier)
            return not meant or named in meant
        return agree(word, named.group)

    def _referring(self) -> str:
        first = range(self.sentence.start, min(self.sentence.end, self.sentence.start + _FIRST_WORDS))
        words = (self.sentence.lower(k) for k in first)
        return next((w for w in words if w in (*ORDINAL, *SINGULAR, *PLURAL)), "")
