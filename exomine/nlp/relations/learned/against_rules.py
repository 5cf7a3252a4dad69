"""What the network alone says against what the rules say of the same sentence: the act of one who takes it back, one
link of a chain turned round, what only a less of less says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from exomine.nlp.relations.drugs import names_cells
from exomine.nlp.relations.frames.catalogue import PLAIN
from exomine.nlp.relations.items import Item
from exomine.nlp.relations.learned.candidates import Candidate
from exomine.nlp.relations.sentence import Sentence
from exomine.nlp.relations.tokens import FINITE
from exomine.nlp.relations.transfer import CELLS, donor
from exomine.nlp.relations.undone import FRAME, end_of_what_was_done
from exomine.vocabulary.predicates import predicate

__all__ = ["AgainstRules"]

#: What is said of one member holds of the other way round: "its inhibitor had the opposite effect".
_OPPOSITE = re.compile(r"\b(?:opposite|reverse|converse|contrary)\b(?: effects?)?", re.I)
#: The same of what takes the name away, so that less of it is told there.
_LESS_OPPOSITE = re.compile(
    r"\b(?:inhibitors?|antagomirs?|knock-?(?:down|out)|silencing|si-?rnas?|depletion|loss|inhibition|sponges?|deletion)\b[^,;.]{0,30}"
    r"\b(?:had|has|have|did|do|does|showed|exerted|produced|caused)\b[^,;.]{0,20}\b(?:opposite|reverse|converse|contrary)\b",
    re.I,
)
#: What a predicate says there is more (1) or less (-1) of, as far as chains of a response go.
_SIGNS = {"upregulates": 1, "downregulates": -1, "confers_resistance_to": 1, "confers_sensitivity_to": -1}
#: Between two clauses.
_JOINTS = ("and", "but", "whereas", "while", ";")
#: From this probability on the network's word counts in a chain.
_LIKELY = 0.5


@dataclass(frozen=True)
class AgainstRules:
    """The candidates of one sentence; ``holds`` tells of one that the network alone makes."""

    sentence: Sentence
    candidates: Sequence[Candidate]

    @cached_property
    def ruled(self) -> tuple[Candidate, ...]:
        """What rules state."""
        return tuple(c for c in self.candidates if c.rule)

    def holds(self, c: Candidate) -> bool:
        """Whether what rules state excludes the candidate."""
        reasons = (
            self._undoes,
            self._only_acted_on,
            self._opposite,
            self._less_of_less,
            self._against_undoing,
            self._of_named_cells,
            self._of_donor,
            self._against_its_chain,
            self._of_next_clause,
        )
        return any(reason(c) for reason in reasons)

    def _contrary(self, c: Candidate) -> Iterator[Candidate]:
        """The rules' statements of the same names that say the opposite."""
        names = (c.statement.subject.name, predicate(c.predicate).opposite, c.statement.object.name)
        return (o for o in self.ruled if (o.statement.subject.name, o.predicate, o.statement.object.name) == names)

    def _opposite(self, c: Candidate) -> bool:
        """ "X sensitized cells to D, whereas its inhibitor had the opposite effect": that says the same of X."""
        text = self.sentence.span.text
        told = _OPPOSITE.search(text) and any(self._contrary(c))
        return bool(told) or (c.state == "reduced" and bool(_LESS_OPPOSITE.search(text)))

    def _less_of_less(self, c: Candidate) -> bool:
        """ "X reduced the depletion of Y": more of Y, whatever each word says by itself."""
        return any(self._twice_less(o) for o in self._contrary(c))

    def _twice_less(self, c: Candidate) -> bool:
        inside = [k for k in c.statement.anchors if self.sentence.start <= k < self.sentence.end]
        signs = [next((m.trigger.sign for m in self.sentence.triggers.get(k, ())), 0) for k in inside]
        return signs.count(-1) >= 2

    def _only_acted_on(self, c: Candidate) -> bool:
        """ "X confers resistance to D. It lowers Y": Y, which the pronoun acts on, does nothing to D."""
        s = c.statement
        if not (s.inherited and s.object.end <= self.sentence.start <= s.subject.start):
            return False
        return any(o.statement.inherited and o.statement.object.name == s.subject.name for o in self.ruled)

    def _undoes(self, c: Candidate) -> bool:
        """ "The promotion of P by X was abolished when Y came back": Y does not the same as X."""
        end, object_ = end_of_what_was_done(self.sentence), c.statement.object
        if end is None or not c.statement.subject.span.start_char >= end > object_.span.start_char:
            return False
        return any((o.predicate, o.statement.object.name) == (c.predicate, object_.name) for o in self.ruled)

    def _against_undoing(self, c: Candidate) -> bool:
        """ "X raised P, an effect reversed by Y": Y does the opposite, however alike the two are."""
        return any(o.statement.frame == FRAME for o in self._contrary(c))

    def _of_named_cells(self, c: Candidate) -> bool:
        """ "In D-resistant cells, X raised resistance to E": to E, and D only says which cells."""
        s = c.statement
        if not predicate(c.predicate).response or not self._only_names_cells(s.object):
            return False
        others = [o.statement for o in self.ruled if o.statement.frame in PLAIN and predicate(o.predicate).response]
        others = [o for o in others if o.subject.name == s.subject.name and o.object.name != s.object.name]
        return any(not self._only_names_cells(o.object) for o in others)

    def _only_names_cells(self, drug: Item) -> bool:
        named = [i for i in self.sentence.items if i.label == drug.label and i.name == drug.name]
        return bool(named) and all(names_cells(self.sentence, i) for i in named)

    def _of_donor(self, c: Candidate) -> bool:
        """ "MSC exosomes suppressed P": the exosomes, and not the cells that they come from."""
        s = c.statement
        if s.subject.label not in CELLS:
            return False
        acting = {o.statement.subject for o in self.ruled if o.statement.object.name == s.object.name}
        vesicles = (v for v in acting if v.label == "VESICLE" and self.sentence.start <= v.start)
        givers = (donor(self.sentence, v) for v in vesicles)
        return any(g is not None and g.name == s.subject.name for g in givers)

    def _of_next_clause(self, c: Candidate) -> bool:
        """ "X promotes P and Y inhibits Q": X does not inhibit Q, Y does."""
        s = c.statement
        told = [
            o.statement for o in self.ruled if (o.predicate, o.statement.object.name) == (c.predicate, s.object.name)
        ]
        return any(
            s.subject.end <= o.subject.start < s.object.start and self._begins(o.subject, s.subject) for o in told
        )

    def _begins(self, subject: Item, before: Item) -> bool:
        """Whether a clause with a verb ends, and ``subject`` begins the next one."""
        sentence = self.sentence
        first, last = min(x.start for x in subject.group), max(x.end for x in subject.group)
        joined = sentence.lower(first - 1) in _JOINTS and before not in subject.group
        told = any(sentence.tag(k) in FINITE[:3] for k in range(before.end, first - 1))
        return joined and told and last < sentence.end and sentence.tag(last) in FINITE[:4]

    def _against_its_chain(self, c: Candidate) -> bool:
        """ "X lowers Y and thereby confers resistance to D": Y cannot confer it too."""
        if not predicate(c.predicate).response:
            return False
        through = [a for a in self.candidates if a.statement.object.name == c.statement.subject.name and _sure(a)]
        ends = [b for b in self.candidates if b.statement.object.name == c.statement.object.name and _sure(b)]
        for a in through:
            whole = [b for b in ends if b.statement.subject.name == a.statement.subject.name and b.predicate in _SIGNS]
            best = max(whole, key=lambda b: (b.rule, b.learned), default=None)
            if best is not None and a.predicate in _SIGNS:
                return _SIGNS[best.predicate] * _SIGNS[a.predicate] != _SIGNS[c.predicate]
        return False


def _sure(c: Candidate) -> bool:
    return c.rule > 0 or c.learned >= _LIKELY
