"""One sentence as the relation component sees it: tokens, mentions, triggers, enumerations.

Only offsets and labels of the mentions and, where there is one, the parse are read. Without a parse the roles fall back
on word order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from spacy.tokens import Span

from exomine.nlp.relations.gaps import gapped
from exomine.nlp.relations.items import (
    Enumerations,
    Item,
    find_items,
    link_aliases,
    longest_at,
    shortest_at,
    variants_with_gene,
)
from exomine.nlp.relations.tokens import Tokens
from exomine.nlp.relations.triggers import Match, find_triggers
from exomine.nlp.relations.windows import TAKING_AWAY

__all__ = ["Item", "Match", "Sentence"]

_TAKES_AWAY = {"anti", "antago", "sirna", "shrna", "sirnas", "shrnas", "antisense", "inhibitor", "inhibitors"}


class Sentence(Tokens):
    """Tokens, mentions and triggers of one sentence.

    ``at`` and ``triggers`` tell what a token carries, ``covered`` the innermost and ``outer`` the outermost item over a
    token; ``before`` is the sentence before it in its block.
    """

    def __init__(self, span: Span, mentions: Sequence[Span], before: Sentence | None = None) -> None:
        super().__init__(span)
        self.before = before
        self.items = find_items(self, mentions)
        self.variants = variants_with_gene(mentions)
        self.covered = shortest_at(self.items)
        self.outer = longest_at(self.items)
        self.matches = find_triggers(self, self.items, self.covered)
        self.at: dict[int, list[Item]] = defaultdict(list)
        for item in self.items:
            self.at[item.root].append(item)
        self.triggers: dict[int, list[Match]] = defaultdict(list)
        for match in self.matches:
            self.triggers[match.root].append(match)
        link_aliases(self, self.items)
        Enumerations(self, [m.start for m in self.matches if m.trigger.form == "verb"]).group(self.items)
        self.gapped = gapped(self, self.items, {k for m in self.matches for k in range(m.start, m.end)})
        self._part_clauses()

    def _part_clauses(self) -> None:
        """ "X promotes P, and Y Q": names of two clauses are no enumeration."""
        for part in (p for run in self.gapped for clause in run for p in clause.parts):
            for item in part.items:
                item.group = list(part.items) if item is part.items[0] else part.items[0].group

    def modified(self, i: int) -> int:
        """The noun that the clause of ``i`` modifies: the whole name where the parse hangs it on a word inside the
        name.
        """
        head = self._told_of(self.head(i))
        name = self.outer.get(head)
        return name.root if name is not None and name.root != head and name.end <= i else head

    def _told_of(self, i: int) -> int:
        """ "The drop in sensitivity to D evoked by X": the drop was evoked, and not the drug."""
        for families in (("resistance", "sensitivity"), ("regulate",)):
            up = self.head(self.head(i))
            told = i in self.covered and self.covered[i].label == "DRUG" if families[0] == "resistance" else True
            if self.dep(i) == "pobj" and told and self.says(up, *families, form="noun"):
                i = up
        return i

    def reduced_before(self, item: Item) -> bool:
        """Whether "anti-", "siRNA against" or the like stands before a mention: less of it is meant."""
        before = {self.lower(k) for k in range(max(self.start, item.start - TAKING_AWAY), item.start)}
        return bool(before & _TAKES_AWAY)

    def says(self, i: int, *families: str, form: str = "") -> bool:
        """Whether a trigger of one of ``families`` (any without them), of ``form`` where it is given, is carried by
        token ``i``.
        """
        found = self.triggers.get(i, ())
        return any((not families or m.trigger.family in families) and form in ("", m.trigger.form) for m in found)
