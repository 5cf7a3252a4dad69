"""What the network alone says and the sentence's own words exclude: a pair of unlike places in two lists, the target of
an siRNA as a cargo, a pronoun's antecedent of another number, and all that the rules leave out on purpose."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from exomine.nlp.relations.antecedents import ORDINAL, PLURAL, SINGULAR, agree, one_of_two
from exomine.nlp.relations.aside import Aside, points_elsewhere, taken_away
from exomine.nlp.relations.contrast import contrasts
from exomine.nlp.relations.items import Item
from exomine.nlp.relations.learned.candidates import Candidate
from exomine.nlp.relations.operators import aimed_at_by_tool
from exomine.nlp.relations.respectively import crosswise
from exomine.nlp.relations.sentence import Sentence

__all__ = ["Excluded"]

#: Among so many first tokens stands a word that refers to the sentence before.
_FIRST_WORDS = 6
#: What was done does no longer hold: "was wiped out when", "were abolished by".
_UNDONE = re.compile(
    r"\b(?:abolished|abrogated|wiped out|negated|nullified|cancell?ed|erased|lost|reversed|undone|disappeared|vanished)"
    r"\s+(?:when|once|if|upon|after|by|as soon as)\b",
    re.I,
)


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
        said = {(c.predicate, c.statement.object.name) for c in candidates if c.rule}
        return [c for c in candidates if c.rule or not (self._excludes(c) or self._undoes(c, said))]

    def _undoes(self, c: Candidate, said: Collection[tuple[str, str]]) -> bool:
        """ "The promotion of P by X was abolished when Y came back": Y does not the same as X."""
        undone = _UNDONE.search(self.sentence.span.text)
        if undone is None or (c.predicate, c.statement.object.name) not in said:
            return False
        at = self.sentence.span.start_char + undone.end()
        return c.statement.subject.span.start_char >= at > c.statement.object.span.start_char

    def _excludes(self, c: Candidate) -> bool:
        s = c.statement
        if (self.aside.holds(s) and c.assertion != "negated") or self._elsewhere(s.subject):
            return True
        if s.inherited:
            return not all(self._may_be_meant(i) for i in (s.subject, s.object) if i.end <= self.sentence.start)
        if self._passed_over(c) or (c.predicate == "cargo_of" and aimed_at_by_tool(self.sentence, s.subject)):
            return True
        return crosswise(self.sentence, s)

    def _passed_over(self, c: Candidate) -> bool:
        """ "With the exception of X, all promote P": nothing is asserted of X."""
        silent = [x for x in contrasts(self.sentence) if not x.denied]
        ends = {id(c.statement.subject), id(c.statement.object)}
        return c.assertion == "asserted" and any(ends & x.items for x in silent)

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
