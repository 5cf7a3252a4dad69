"""The triggers of one sentence: where the words of ``cues/triggers.tsv`` stand and the tagger agrees with them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from exomine.nlp.relations.cues.nouns import AMBIGUOUS_VERBS, GENE_PARTS, VERBS_IN_ER
from exomine.nlp.relations.cues.triggers import TRIGGERS, Trigger
from exomine.nlp.relations.items import Item
from exomine.nlp.relations.tokens import FINITE, Tokens
from exomine.vocabulary.entities import Role, labels

__all__ = ["Match", "find_triggers"]

_ACTOR_LABELS = labels(Role.EFFECTOR)
_EXPRESSED = labels(Role.EXPRESSED)
_NOMINAL_ENDINGS = ("ion", "ment", "ance", "ity")


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger found at tokens ``start:end``, carried by the token ``root``."""

    trigger: Trigger
    start: int
    end: int
    root: int


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[Trigger, str, re.Pattern[str]], ...]:
    """Each trigger with the letters that it begins with and its pattern."""
    return tuple((t, _beginning(t.pattern), re.compile(rf"(?<![a-z0-9])(?:{t.pattern})(?![a-z0-9])")) for t in TRIGGERS)


def _beginning(pattern: str) -> str:
    """The letters that whatever fits the pattern, of one alternative, begins with; they are found quicker than the
    pattern.
    """
    found = re.match(r"[a-z]*(?![?*{])", pattern)
    return found[0] if found else ""


def find_triggers(tokens: Tokens, items: Sequence[Item], covered: Mapping[int, Item]) -> list[Match]:
    """The triggers of a sentence in order; of two in one place the longer one."""
    finder = _Finder(tokens, items, covered)
    text = tokens.span.text.lower()
    near = [(trigger, pattern) for trigger, beginning, pattern in _compiled() if beginning in text]
    found = [m for trigger, pattern in near for m in finder.matches(trigger, pattern, text)]
    keep = [m for m in found if not any(_swallows(o, m) for o in found)]
    return sorted(keep, key=lambda m: (m.start, m.end))


def _swallows(other: Match, match: Match) -> bool:
    """Whether a longer match lies around ``match``."""
    inside = other.start <= match.start and match.end <= other.end
    return inside and (other.end - other.start) > (match.end - match.start)


@dataclass(frozen=True, slots=True)
class _Finder:
    tokens: Tokens
    items: Sequence[Item]
    covered: Mapping[int, Item]

    def matches(self, trigger: Trigger, pattern: re.Pattern[str], text: str) -> list[Match]:
        tokens, base = self.tokens, self.tokens.span.start_char
        out = []
        for hit in pattern.finditer(text):
            span = tokens.doc.char_span(base + hit.start(), base + hit.end(), alignment_mode="expand")
            if span is None or span.start < tokens.start or span.end > tokens.end:
                continue
            match = Match(trigger, span.start, span.end, tokens.root(span))
            if not self._inside_mention(match) and self._form_fits(match):
                out.append(match)
        return out

    def _inside_mention(self, match: Match) -> bool:
        if not all(k in self.covered for k in range(match.start, match.end)):
            return False
        around = [i for i in self.items if i.start <= match.start and match.end <= i.end]
        return any(not (i.generic and match.trigger.form == "agent") for i in around)

    def _form_fits(self, match: Match) -> bool:
        """Whether the tagger agrees with the cue's form (always where there is no tagger)."""
        tag = self.tokens.tag(match.root)
        if not self.tokens.tagged or not tag:
            return True
        if match.trigger.form == "verb":
            inflected = self.tokens.lower(match.root).endswith(("ed", "ing"))
            return tag.startswith(("VB", "JJ", "RB")) or inflected or self._must_be_verb(match)
        if match.trigger.form == "agent":
            return tag not in FINITE[:3] and not self._of_gene(match)  # "X causes Y": no "causes of"
        if match.trigger.form == "noun":
            return not tag.startswith("VB") or self.tokens.lower(match.root).endswith(_NOMINAL_ENDINGS)
        return True

    def _of_gene(self, match: Match) -> bool:
        """Whether a promoter or enhancer is a gene's: "the promoter of Y", "the Y promoter", "promoter regions"."""
        tokens = self.tokens
        if not tokens.lower(match.root).startswith(GENE_PARTS):
            return False
        before, behind = self.covered.get(match.start - 1), match.end
        if before is not None and before.label in _EXPRESSED:
            return True
        if behind < tokens.end and tokens.lower(behind) not in ("of", "for", "in"):
            return tokens.tag(behind).startswith("NN")
        named = next((self.covered[k] for k in range(behind, min(tokens.end, behind + 4)) if k in self.covered), None)
        return named is not None and named.label in _EXPRESSED

    def _must_be_verb(self, match: Match) -> bool:
        """Whether a word that the tagger takes for a noun has to be a verb: "miR-X targets Y", "they suppress Z"."""
        low = self.tokens.lower(match.root)
        if low.endswith(("ing", "ion", "or", "er")) and low not in VERBS_IN_ER:
            return False
        return low not in AMBIGUOUS_VERBS or (self._object_behind(match) and self._actor_before(match))

    def _object_behind(self, match: Match) -> bool:
        end = match.end
        if end in self.covered:
            return True
        article = end < self.tokens.end and self.tokens.lower(end) in ("the", "a", "an")
        return article and end + 1 in self.covered

    def _actor_before(self, match: Match) -> bool:
        before = self.covered.get(match.start - 1) or self.covered.get(match.start - 2)
        return before is not None and before.label in _ACTOR_LABELS and before.end >= match.start - 1
