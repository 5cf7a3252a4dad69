"""What the network alone says and the sentence's own words exclude: a pair of unlike places in two lists, the target of
an siRNA as a cargo, a pronoun's antecedent of another number, and all that the rules leave out on purpose."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from exomine.nlp.relations.antecedents import ORDINAL, PLURAL, SINGULAR, agree, one_of_two
from exomine.nlp.relations.aside import Aside, points_elsewhere, taken_away
from exomine.nlp.relations.contrast import contrasts
from exomine.nlp.relations.held import lacked
from exomine.nlp.relations.items import Item
from exomine.nlp.relations.learned.candidates import Candidate
from exomine.nlp.relations.operators import aimed_at_by_tool
from exomine.nlp.relations.respectively import crosswise
from exomine.nlp.relations.sentence import Sentence
from exomine.vocabulary.predicates import predicate

__all__ = ["Excluded"]

#: Among so many first tokens stands a word that refers to the sentence before.
_FIRST_WORDS = 6
#: What was done does no longer hold: "was wiped out when", "were abolished by".
_UNDONE = re.compile(
    r"\b(?:abolished|abrogated|wiped out|negated|nullified|cancell?ed|erased|lost|reversed|undone|disappeared|vanished)"
    r"\s+(?:when|once|if|upon|after|by|as soon as)\b",
    re.I,
)
#: What is said of one member holds of the other way round: "its inhibitor had the opposite effect".
_OPPOSITE = re.compile(r"\b(?:opposite|reverse|converse|contrary)\b(?: effects?)?", re.I)
#: The same of what takes the name away, so that less of it is told there.
_LESS_OPPOSITE = re.compile(
    r"\b(?:inhibitors?|antagomirs?|knock-?(?:down|out)|silencing|si-?rnas?|depletion|loss|inhibition|sponges?|deletion)\b[^,;.]{0,30}"
    r"\b(?:had|has|have|did|do|does|showed|exerted|produced|caused)\b[^,;.]{0,20}\b(?:opposite|reverse|converse|contrary)\b",
    re.I,
)
#: Behind a name of which nothing changes: "whereas D remained effective".
_UNCHANGED = re.compile(
    r"\s*(?:\w+\s){0,2}?(?:(?:remain|stay)(?:s|ed)?\s+(?:\w+ly\s+)?(?:effective|active|potent|efficacious"
    r"|unchanged|unaffected|unaltered"
    r"|the same|stable|constant)|(?:was|were|is|are)\s+(?:\w+ly\s+)?(?:unchanged|unaffected|unaltered)"
    r"|(?:did|does|do) not (?:change|differ))\b",
    re.I,
)
#: Before a drug to which nothing changes: "yet stayed sensitive to D".
_STAYED = re.compile(
    r"\b(?:yet|but|whereas|while|even|although|though|still|nevertheless|nonetheless)\b[^;.]*\b(?:remain|stay)(?:s|ed|ing)?\s+(?:\w+ly\s+)?"
    r"(?:sensitive|resistant|susceptible|responsive|refractory)\s+to\s+(?:[\w-]+\s+){0,2}$",
    re.I,
)
#: Before the patients whose survival is told: "prolonged survival of C patients" says nothing of the cancer itself.
_SURVIVAL = re.compile(
    r"\b(?:survival|outcomes?|prognosis|remissions?|life|lifespan|recovery)\s+(?:times?\s+|rates?\s+)?"
    r"(?:of|in|for|among)\s+(?:[\w-]+\s+){0,2}$",
    re.I,
)
#: Behind a name that is taken away: what comes of it.
_THEREBY = re.compile(r",\s*(?:thereby|thus|hence|therefore|which)\b", re.I)
#: Before a name in whose place another one acts.
_INSTEAD = re.compile(r"\b(?:instead|in (?:the )?place) of\s+(?:the\s+)?$", re.I)
#: Behind a name that keeps from resistance.
_PROTECTS = re.compile(r"\s+(?:\w+ly\s+)?protect(?:s|ed)?\s+(?:\w+\s+){0,3}?(?:from|against)\b", re.I)
#: A vesicle as an adjective, and what it then may act by.
_VESICULAR = re.compile(r"(?:\w+[\s-])?(?:exosomal|vesicular|microvesicular)", re.I)
_HANDED_ON = re.compile(
    r"\s+(?:\w+\s+)?(?:transfer|delivery|release|secretion|shuttling|uptake|communication|cargos?)\b", re.I
)
_DELIVERED = re.compile(r"[\s-]+(?:delivered|encapsulated|packaged|loaded|borne|transferred|shuttled)\s", re.I)
_TOGETHER = re.compile(r"\b(?:combin|plus\b|together|co-?(?:treat|admin|deliver)|regimen|doublet)", re.I)
_HELPS = re.compile(
    r"\b(?:synerg|enhanc|potentiat|augment|sensiti|resensiti|improv|more|better|additive|antagonis"
    r"|reduc|revers|overc|restor)",
    re.I,
)


#: Behind a protein or another thing that is no drug: "insulin resistance" says nothing of insulin.
_OTHER_RESISTANCE = re.compile(r"[\s-]+(?:resistance|resistant|tolerance|sensitivity)\b", re.I)
#: A clause with a subject of its own that stands for something before: "Exosomes reached the liver, and it grew".
_PRONOUN_CLAUSE = re.compile(r"[,;]\s+(?:(?:and|but|so|then|yet)\s+)?(it|they)\b", re.I)


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
        ruled = {(c.statement.subject.name, c.predicate, c.statement.object.name) for c in candidates if c.rule}
        acted_on = {c.statement.object.name for c in candidates if c.rule and c.statement.inherited}
        told = [c for c in candidates if not self._of_patients(c)]
        return [
            c
            for c in told
            if c.rule
            or not (
                self._excludes(c)
                or self._undoes(c, said)
                or self._only_acted_on(c, acted_on)
                or self._opposite(c, ruled)
                or self._less_of_less(c, candidates)
                or _against_its_chain(c, candidates)
            )
        ]

    def _opposite(self, c: Candidate, ruled: Collection[tuple[str, str, str]]) -> bool:
        """ "X sensitized cells to D, whereas its inhibitor had the opposite effect": that says the same of X."""
        opposite = predicate(c.predicate).opposite
        text = self.sentence.span.text
        told = (c.statement.subject.name, opposite, c.statement.object.name) in ruled
        return bool(told and _OPPOSITE.search(text)) or (c.state == "reduced" and bool(_LESS_OPPOSITE.search(text)))

    def _less_of_less(self, c: Candidate, candidates: Sequence[Candidate]) -> bool:
        """ "X reduced the depletion of Y": more of Y, whatever each word says by itself."""
        names = (c.statement.subject.name, predicate(c.predicate).opposite, c.statement.object.name)
        return any(
            o.rule and (o.statement.subject.name, o.predicate, o.statement.object.name) == names and self._twice_less(o)
            for o in candidates
        )

    def _twice_less(self, c: Candidate) -> bool:
        inside = [k for k in c.statement.anchors if self.sentence.start <= k < self.sentence.end]
        signs = [next((m.trigger.sign for m in self.sentence.triggers.get(k, ())), 0) for k in inside]
        return signs.count(-1) >= 2

    def _only_acted_on(self, c: Candidate, acted_on: Collection[str]) -> bool:
        """ "X confers resistance to D. It lowers Y": Y, which the pronoun acts on, does nothing to D."""
        s = c.statement
        return s.inherited and s.object.end <= self.sentence.start <= s.subject.start and s.subject.name in acted_on

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
        if (
            self._unchanged(c)
            or self._only_describes(c)
            or self._only_combined(c)
            or self._other_resistance(s.object)
            or self._other_number(c)
        ):
            return True
        if (
            self._lacking(c)
            or self._passed_over(c)
            or (c.predicate == "cargo_of" and aimed_at_by_tool(self.sentence, s.subject))
        ):
            return True
        return self._acts_otherwise(c) or crosswise(self.sentence, s)

    def _acts_otherwise(self, c: Candidate) -> bool:
        """ "Instead of X, Y promoted P", "X was sequestered, which increased P", "X protects against resistance"."""
        subject, text, base = c.statement.subject, self.sentence.span.text, self.sentence.span.start_char
        behind, before = text[subject.span.end_char - base :], text[: subject.span.start_char - base]
        gone = _THEREBY.search(behind) and c.state == "normal" and taken_away(self.sentence, subject)
        kept = c.predicate == "confers_resistance_to" and _PROTECTS.match(behind)
        return bool(gone or kept or _INSTEAD.search(before))

    def _of_patients(self, c: Candidate) -> bool:
        """ "X prolonged the survival of C patients": neither less nor more of C."""
        if c.statement.object.label != "CANCER" or c.predicate not in ("promotes", "inhibits"):
            return False
        base = self.sentence.span.start_char
        return bool(_SURVIVAL.search(self.sentence.span.text[: c.statement.object.span.start_char - base]))

    def _unchanged(self, c: Candidate) -> bool:
        """ "... whereas D remained effective": nothing is asserted of it."""
        last = max((x.span.end_char for x in c.statement.object.group), default=c.statement.object.span.end_char)
        behind = self.sentence.span.text[last - self.sentence.span.start_char :]
        before = self.sentence.span.text[: c.statement.object.span.start_char - self.sentence.span.start_char]
        return c.assertion == "asserted" and bool(_UNCHANGED.match(behind) or _STAYED.search(before))

    def _other_resistance(self, item: Item) -> bool:
        """ "X reduced insulin resistance": nothing is done to insulin."""
        behind = self.sentence.span.text[item.span.end_char - self.sentence.span.start_char :]
        return item.label == "PROTEIN" and bool(_OTHER_RESISTANCE.match(behind))

    def _other_number(self, c: Candidate) -> bool:
        """ "Exosomes reached the liver, and it increased P": "it" is not the exosomes."""
        subject, base = c.statement.subject, self.sentence.span.start_char
        between = self.sentence.span.text[subject.span.end_char - base : c.statement.object.span.start_char - base]
        pronoun = _PRONOUN_CLAUSE.search(between)
        return pronoun is not None and not agree(pronoun[1].lower(), subject.group)

    def _only_describes(self, c: Candidate) -> bool:
        """ "Exosomal X promotes P": X does, and "exosomal" only says where X is."""
        subject = c.statement.subject
        if c.predicate == "cargo_of" or subject.label != "VESICLE":
            return False
        behind = self.sentence.span.text[subject.span.end_char - self.sentence.span.start_char :]
        adjective = _VESICULAR.fullmatch(subject.span.text) is not None
        return bool(_DELIVERED.match(behind)) or (adjective and not _HANDED_ON.match(behind))

    def _only_combined(self, c: Candidate) -> bool:
        """ "The combination of D and E was tolerated": the two are given together, and none helps the other."""
        s, text = c.statement, self.sentence.span.text
        if s.subject.label != "DRUG" or s.object not in s.subject.group or c.predicate in ("binds", "associated_with"):
            return False
        return bool(_TOGETHER.search(text)) and not _HELPS.search(text)

    def _lacking(self, c: Candidate) -> bool:
        """ "Exosomes lacking X did not promote P": X is not in them, and no more is denied of exosomes as such."""
        s = c.statement
        vesicle = s.object if c.predicate == "cargo_of" else s.subject
        absent = lacked(self.sentence, vesicle) if vesicle.label == "VESICLE" else []
        if c.predicate == "cargo_of":
            return c.assertion == "asserted" and s.subject in absent
        return c.assertion == "negated" and bool(absent)

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


#: What a predicate says there is more (1) or less (-1) of, as far as chains of a response go.
_SIGNS = {"upregulates": 1, "downregulates": -1, "confers_resistance_to": 1, "confers_sensitivity_to": -1}
#: From this probability on the network's word counts in a chain.
_LIKELY = 0.5


def _against_its_chain(c: Candidate, candidates: Sequence[Candidate]) -> bool:
    """ "X lowers Y and thereby confers resistance to D": Y cannot confer it too."""
    if not predicate(c.predicate).response:
        return False
    through = [a for a in candidates if a.statement.object.name == c.statement.subject.name and _sure(a)]
    ends = [b for b in candidates if b.statement.object.name == c.statement.object.name and _sure(b)]
    for a in through:
        whole = [b for b in ends if b.statement.subject.name == a.statement.subject.name and b.predicate in _SIGNS]
        best = max(whole, key=lambda b: (b.rule, b.learned), default=None)
        if best is not None and a.predicate in _SIGNS:
            return _SIGNS[best.predicate] * _SIGNS[a.predicate] != _SIGNS[c.predicate]
    return False


def _sure(c: Candidate) -> bool:
    return c.rule > 0 or c.learned >= _LIKELY
