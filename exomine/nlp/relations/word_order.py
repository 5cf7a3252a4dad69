"""Roles by word order, for sentences whose parse is missing, wrong or silent; and what an act goes through."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from exomine.nlp.relations.antecedents import POSSESSIVES, Antecedents
from exomine.nlp.relations.arguments import ACTORS, Argument
from exomine.nlp.relations.clauses import is_passive
from exomine.nlp.relations.cues.contrast_cues import SILENT
from exomine.nlp.relations.cues.nouns import (
    AGENT_PREPOSITIONS,
    MEANS,
    QUANTITY_ADJECTIVES,
    REDUCED_NOUNS,
    STATE_WORDS,
    SURFACE_STOPS,
    words,
)
from exomine.nlp.relations.noun_phrases import NounPhrases
from exomine.nlp.relations.operators import done_by, operators_of
from exomine.nlp.relations.sentence import Item, Match, Sentence
from exomine.nlp.relations.tokens import HYPHENS
from exomine.nlp.relations.windows import (
    TO_AGENT,
    TO_MEANS,
    TO_MEANS_NAME,
    TO_OBJECT,
    TO_PATHWAY,
    TO_PATHWAY_NAME,
    TO_PATHWAY_NOUN,
    TO_PREPOSITION,
    TO_TREATMENT,
)
from exomine.vocabulary.entities import Role, labels

__all__ = ["Through", "WordOrder", "hangs_on_verb", "verb_before"]

_TREATMENT = re.compile(
    r"(?:\s*[\w\-]+){0,4}?\s*\b(?:after|upon|following|by)\s+(?:the\s+)?(?:treatment|stimulation|incubation|exposure|transfection|"
    r"co-?culture|uptake|internali[sz]ation|injection|administration|induction)\s+(?:with|by|to|of)\s+"
)
#: Behind what an act depends on.
_DEPENDENT = re.compile(r"[-–‐ ]\s?(?:dependent|mediated|driven)\s+(?:manner|fashion|way|mechanism)")
#: Between a passive and what was changed before: "was reduced (in the cells) after the".
_AFTER = re.compile(r"(?:\s+[\w\-]+){0,4}?\s+(?:after|upon|following|on)\s+(?:the\s+)?(?:\w+ly\s+)?", re.I)
#: Words before a verb that make it share the subject of the verb before.
_SHARES_SUBJECT = words(", and or but by via through without thereby thus hence")
#: Words before a mention that make it a part of what stands earlier ("exosomes with X", "carried by Y").
_BELONGING = words("with by in from to against containing carrying expressing within via through into")
#: Families of triggers whose subject a following verb may share.
_ACTS = ("regulate", "target", "involve", "bind", "make", "sensitize", "protect", "resist", "cargo")
_CARRYING = ("cargo", "cargo_noun", "located")
#: Families of triggers that give what is named behind "via" a direction of its own.
_DIRECTED = ("regulate", "target", "targeted", "bind")
_RESPONSES = ("resistance", "sensitivity")
_PLACES = labels(Role.COURSE | Role.SITE)
_RELATIVE = ("which", "who", "whom", "whose")
_PRESENT_OR_PAST = ("VBZ", "VBP", "VBD")
_CLAUSE_ENDS = (";", ".", "whereas", "while", "but")
_PHRASE_ENDS = (",", "and", "in", "which", "that", ".")
_PATHWAY_NOUNS = ("signaling", "signalling", "pathway", "pathways", "axis", "cascade")


@lru_cache(maxsize=1)
def _silent() -> re.Pattern[str]:
    """Words of contrast that end where a name begins."""
    words_of_contrast = "|".join(p.removesuffix(r"\s+") for p in SILENT)
    return re.compile(rf"\w.*(?:{words_of_contrast})$", re.IGNORECASE | re.DOTALL)


def hangs_on_verb(sentence: Sentence, m: Match) -> bool:
    """ "Rendered cells sensitive to D, with reduction of Y": what the clause's verb does."""
    return m.trigger.form == "noun" and sentence.lower(max(m.start - 1, sentence.start)) in MEANS


def verb_before(sentence: Sentence, k: int) -> Match | None:
    """The last verb of acting that ends before token ``k``."""
    acts = [o for o in sentence.matches if o.end <= k and o.trigger.form == "verb" and o.trigger.family in _ACTS]
    return acts[-1] if acts else None


@dataclass(frozen=True, slots=True)
class WordOrder:
    """Agents and targets of the triggers of one sentence by word order."""

    sentence: Sentence
    phrases: NounPhrases
    antecedents: Antecedents

    # ------------------------------------------------------------------ agents

    def agents(self, m: Match) -> tuple[Argument, ...]:
        """The nearest enumeration of agents before the trigger in its clause.

        After a comma or "and" the verb shares the subject of the verb before it.
        """
        sentence = self.sentence
        k = self._before_adverbs(m.start - 1)
        word = sentence.lower(max(k, sentence.start))
        inserted = self._before_insertion(m, k)
        if inserted is not None:
            return self._named(inserted, m)
        if k > sentence.start and word in _SHARES_SUBJECT:
            earlier = verb_before(sentence, k)
            if earlier is not None and sentence.lower(earlier.end) != "of":  # "silencing of X, but not Y, reversed"
                return self.agents(earlier)
            first = self._before_a_verb(k)
            if first is not None:
                return self._named(first, m)
        if word in ("it", "they", "which", "that"):
            return self.antecedents.nearest_before(k) if word in ("which", "that") else self.antecedents.pronoun(k)
        if sentence.lower(max(k - 1, sentence.start)) in POSSESSIVES:
            return self.phrases.read(k)
        item = self._left_agent(m)
        return self._named(item, m) if item is not None else ()

    def _named(self, item: Item, m: Match) -> tuple[Argument, ...]:
        return tuple(self._through_left_noun(a, m) for a in self.phrases.own(item.root))

    def _before_insertion(self, m: Match, comma: int) -> Item | None:
        """ "X, which Y releases upon D, raised P": the name before a relative clause between commas."""
        sentence = self.sentence
        if comma <= sentence.start or sentence.lower(comma) != "," or not sentence.tag(m.root).startswith(("VB", "JJ")):
            return None
        if m.trigger.form != "verb" or sentence.tag(m.root) == "VBG":
            return None
        first = next((j for j in range(comma - 1, sentence.start, -1) if sentence.token(j).text == ","), None)
        if first is None or not any(sentence.lower(j) in _RELATIVE for j in range(first + 1, min(comma, first + 5))):
            return None
        item = sentence.covered.get(first - 1)
        return item if item is not None and item.label in ACTORS and not item.generic else None

    def _before_adverbs(self, k: int) -> int:
        """The last token up to ``k`` that is no adverb or auxiliary."""
        sentence = self.sentence
        passed = ("also", "significantly", "to", "not")
        while k > sentence.start and (sentence.tag(k) in ("RB", "MD") or sentence.lower(k) in passed):
            k -= 1
        return k

    def _before_a_verb(self, k: int) -> Item | None:
        """The last agent before token ``k`` that a verb follows: the subject of a coordinated verb phrase."""
        agents = [x for x in self.sentence.items if x.label in ACTORS and not x.generic and x.end <= k]
        return next((x for x in reversed(agents) if self._verb_follows(x.end, k)), None)

    def _verb_follows(self, j: int, k: int) -> bool:
        sentence = self.sentence
        while j < k and (sentence.tag(j) in ("RB", "MD") or sentence.lower(j) in ("also", "directly")):
            j += 1
        return j < k and sentence.tag(j) in _PRESENT_OR_PAST

    def _left_agent(self, m: Match) -> Item | None:
        """The nearest agent before the trigger; one that only belongs to an earlier one ("exosomes with X") is passed
        over."""
        passed: Item | None = None
        for item in reversed(self.sentence.items):
            if item.end > m.start or item.label not in ACTORS or item.generic or self._passed_over(item):
                continue
            gap = self.sentence.doc[item.end : m.start]
            if len(gap) > TO_AGENT or any(t.text in (";", ":") for t in gap):
                break
            if not self._belongs_to_earlier(item):
                return item
            passed = passed or item
        return passed

    def _passed_over(self, item: Item) -> bool:
        """ "X, unlike Y, raised": not Y, where another could be meant."""
        before = self.sentence.doc[self.sentence.start : item.start].text
        return bool(before) and _silent().search(before) is not None

    def _belongs_to_earlier(self, item: Item) -> bool:
        sentence = self.sentence
        k = min((x.start for x in item.group), default=item.start) - 1
        reach = 3 if item.label == "VESICLE" else 0  # "X shipped by stromal exosomes"
        while reach and k > sentence.start and sentence.tag(k).startswith(("JJ", "NN", "HYPH", "VBN", "VBG", "DT")):
            if sentence.lower(k) in _BELONGING or k in sentence.triggers:
                break
            k, reach = k - 1, reach - 1
        return k >= sentence.start and (sentence.lower(k) in _BELONGING or sentence.says(k, *_CARRYING))

    def _through_left_noun(self, a: Argument, m: Match) -> Argument:
        """ "Knockdown of X suppressed", "overexpression of X raised", "X silencing led to": the noun's sign and
        state."""
        first, last = min(x.start for x in a.item.group), max(x.end for x in a.item.group)
        quantity = self._quantity(first - 1) if first > self.sentence.start else 0
        if quantity:
            return replace(a.turned(quantity, first - 1), state="reduced" if quantity < 0 else "increased", loose=True)
        for k in self._nouns_beside(first, last):
            sign = 0 if m.start <= k < m.end else self._noun_sign(k)
            if sign:
                state = STATE_WORDS.get(self.sentence.lower(k), "reduced" if sign < 0 else "increased")
                return replace(a.turned(sign, k), state=state, loose=True)
        return replace(a, loose=True)

    def _quantity(self, k: int) -> int:
        low = self.sentence.lower(k)
        if low in QUANTITY_ADJECTIVES or not low.endswith("ed"):
            return QUANTITY_ADJECTIVES.get(low, 0)
        regulates = (x for x in self.sentence.triggers.get(k, ()) if x.trigger.family == "regulate")
        return next((x.trigger.sign for x in regulates), 0)

    def _nouns_beside(self, first: int, last: int) -> list[int]:
        """Where a noun may stand that turns an enumeration: before "of", or right behind."""
        sentence = self.sentence
        out = (
            [first - 2]
            if sentence.lower(max(first - 1, sentence.start)) == "of" and first - 2 >= sentence.start
            else []
        )
        behind = last < sentence.end and not sentence.tag(last).startswith(_PRESENT_OR_PAST)
        return [*out, last] if behind else out

    def _noun_sign(self, k: int) -> int:
        if self.sentence.lower(k) in REDUCED_NOUNS:
            return -1
        nouns = (x for x in self.sentence.triggers.get(k, ()) if x.trigger.form == "noun")
        return next((x.trigger.sign for x in nouns if x.trigger.family == "regulate"), 0)

    def after_treatment(self, m: Match) -> tuple[Argument, ...]:
        """The agent of "X was raised after treatment with A", "upon exposure to A", "after silencing of A"."""
        given = self._given(m) or self._changed(m)
        return tuple(replace(a, loose=True) for a in self.phrases.own(given.root)) if given is not None else ()

    def _given(self, m: Match) -> Item | None:
        sentence = self.sentence
        hit = _TREATMENT.match(sentence.doc[m.end : sentence.end].text)
        if not hit:
            return None
        at = sentence.token(m.end).idx + hit.end()
        near = (x for x in sentence.items if at <= x.span.start_char <= at + TO_TREATMENT)
        return next((x for x in near if x.label in ACTORS and not x.generic), None)

    def _changed(self, m: Match) -> Item | None:
        """ "After silencing of A", "upon A knock-down": a name with an operator beside it, right behind the verb."""
        sentence = self.sentence
        first = next((x for x in sentence.items if x.start >= m.end), None)
        if first is None or first.label not in ACTORS or first.generic:
            return None
        start = min((o.start for o in operators_of(sentence, first)), default=sentence.end)
        gap = sentence.doc[m.end : min(start, first.start)].text_with_ws
        return first if start < sentence.end and _AFTER.fullmatch(f" {gap}") else None

    # ------------------------------------------------------------------ targets

    def targets(self, m: Match, *, direct: bool = False) -> list[Argument]:
        """The next enumeration after the trigger, through the signs of the nouns between them."""
        sentence = self.sentence
        limit = min(sentence.end, m.end + TO_OBJECT)
        k = self._behind_preposition(m, limit) if m.trigger.prepositions and not direct else m.end
        way = _Way()
        while k < limit:
            item = sentence.outer.get(k)
            if item is not None and done_by(sentence, item):
                k = item.end + 2  # "against X-induced P"
                continue
            if item is not None and not (_names_place(item) and item.end < limit):
                return self._enumeration(m, item, way)
            if item is not None:
                k = item.end  # "tumor angiogenesis", "cell apoptosis"
                continue
            if sentence.lower(k) in SURFACE_STOPS or sentence.tag(k).startswith((*_PRESENT_OR_PAST, "MD")):
                return []
            for x in sentence.triggers.get(k, ()):
                if x.trigger.family in _RESPONSES:
                    return self._response(x, way, (k,))
                way = way.through(x, k) if _nominal(x) else way
            way = way.passing(QUANTITY_ADJECTIVES.get(sentence.lower(k), 1))
            k += 1
        return []

    def _behind_preposition(self, m: Match, limit: int) -> int:
        """The token behind the trigger's preposition, ``limit`` where there is none near."""
        for k in range(m.end, min(limit, m.end + TO_PREPOSITION)):
            if self.sentence.lower(k) in m.trigger.prepositions:
                return k + 1
            if self.sentence.tag(k).startswith(_PRESENT_OR_PAST):
                break
        return limit

    def _enumeration(self, m: Match, item: Item, way: _Way) -> list[Argument]:
        """The enumeration of ``item`` as targets of ``m``, through a nominalisation right behind it."""
        sentence = self.sentence
        glued = item.end < sentence.end and sentence.token(item.end).text in HYPHENS
        k = item.end + 1 if glued else item.end
        for x in sentence.triggers.get(k, ()):
            if x.trigger.family in _RESPONSES:
                # "reduces insulin resistance": not less insulin
                return self._response(x, way, (*way.words, k)) if item.label == "DRUG" else []
            way = replace(way.through(x, k), words=way.words) if _nominal(x) else way
        return [
            replace(a.turned(way.sign), words=(*way.words, *a.words), vague=way.vague or a.vague, loose=True)
            for a in self.phrases.own(item.root)
            if a.item.start >= m.end
        ]

    def _response(self, x: Match, way: _Way, anchors: tuple[int, ...]) -> list[Argument]:
        """The drugs of a word of resistance or sensitivity."""
        sign = way.sign * x.trigger.sign
        return [Argument(d, sign, x.trigger.family, words=anchors, loose=True) for d in self.phrases.drugs_of(x)]


@dataclass(frozen=True, slots=True)
class _Way:
    """What lies between a verb and its object: the sign, the words that make it, and whether a direction is missing."""

    sign: int = 1
    words: tuple[int, ...] = ()
    vague: bool = False

    def passing(self, sign: int) -> _Way:
        return replace(self, sign=self.sign * sign)

    def through(self, x: Match, k: int) -> _Way:
        """The way through a nominalisation."""
        sign = x.trigger.sign
        return _Way(self.sign * (sign or 1), (*self.words, k), self.vague or sign == 0)


def _nominal(x: Match) -> bool:
    return x.trigger.form == "noun" and x.trigger.family == "regulate"


def _names_place(item: Item) -> bool:
    """A word such as "tumor" or "cell" before the process that is meant."""
    return item.generic and item.label in _PLACES


@dataclass(frozen=True, slots=True)
class Through:
    """What an act goes through."""

    sentence: Sentence
    phrases: NounPhrases

    def actors(self, m: Match) -> list[Argument]:
        """ "Via miR-21", "through transfer of X", "by delivering X"."""
        out: list[Argument] = []
        if m.trigger.form != "verb":
            return out
        sentence, passive = self.sentence, is_passive(self.sentence, m.root)
        for k in range(m.end, min(sentence.end, m.end + TO_MEANS)):
            low = sentence.lower(k)
            if low in _CLAUSE_ENDS or (k in sentence.triggers and sentence.tag(k) in _PRESENT_OR_PAST):
                break
            out.extend(self._depended_on(k))
            if sentence.doc[k : k + 3].text.lower() == "by means of":
                out.extend(self._means(k + 3))
            elif low in AGENT_PREPOSITIONS and (low != "by" or (not passive and self._delivering(k + 1))):
                out.extend(self._first_after(k + 1))
        return out

    def _means(self, start: int) -> list[Argument]:
        """ "By means of exosomes", "by means of exosomal X": what is named so, vesicles too."""
        reach = range(start, min(self.sentence.end, start + TO_MEANS_NAME))
        named = (self.sentence.covered[k] for k in reach if k in self.sentence.covered)
        item = next((i for i in named if not i.only_describes), None)
        if item is None or item.label not in ACTORS or item.generic:
            return []
        return [a for a in self.phrases.own(item.root) if a.sign > 0]

    def _depended_on(self, k: int) -> list[Argument]:
        """ "In a miR-21-dependent manner": miR-21 takes part."""
        sentence = self.sentence
        article = sentence.lower(k) == "in" and sentence.lower(min(k + 1, sentence.end - 1)) in ("a", "an")
        item = sentence.covered.get(k + 2) if article else None
        if item is None or item.generic or item.label not in ACTORS[:3]:
            return []
        behind = sentence.doc[item.end : min(sentence.end, item.end + 3)].text.lower()
        return list(self.phrases.own(item.root)) if _DEPENDENT.match(behind) else []

    def pathways(self, m: Match) -> list[Item]:
        """Pathways behind "via" and "through" in the trigger's clause: the act makes use of them."""
        sentence = self.sentence
        for k in range(m.end, min(sentence.end, m.end + TO_PATHWAY)):
            low = sentence.lower(k)
            if low in _CLAUSE_ENDS or sentence.tag(k) in _PRESENT_OR_PAST:
                return []
            item = self._first_item(k + 1, TO_PATHWAY_NAME) if low in ("via", "through") else None
            if item is not None:
                named = item.label == "PATHWAY" or (item.label == "PROTEIN" and self._names_pathway(item.group[-1]))
                return [x.alias or x for x in item.group if not x.generic] if named and not item.generic else []
        return []

    def _first_item(self, start: int, reach: int, ends: Sequence[str] = ()) -> Item | None:
        """The first mention from ``start`` on, with nothing of another direction and none of ``ends`` before it."""
        sentence = self.sentence
        for k in range(start, min(sentence.end, start + reach)):
            if k in sentence.covered:
                return sentence.covered[k]
            if sentence.says(k, *_DIRECTED) or sentence.lower(k) in ends:
                return None
        return None

    def _first_after(self, start: int) -> list[Argument]:
        """The first enumeration behind a preposition that may act."""
        item = self._first_item(start, TO_MEANS_NAME, _PHRASE_ENDS)
        if item is None or item.label not in ACTORS[:3] or self._names_pathway(item.group[-1]):
            return []
        return [a for a in self.phrases.own(item.root) if a.sign > 0 and a.item.label in ACTORS[:3]]

    def _delivering(self, k: int) -> bool:
        """Whether a gerund or noun of carrying stands at ``k`` ("by delivering", "by transfer of")."""
        return any(self.sentence.says(j, *_CARRYING) for j in (k, k + 1))

    def _names_pathway(self, item: Item) -> bool:
        """Whether the mention is (part of) the name of a pathway or axis: "PTEN-PI3K/AKT axis", "STAT3 signaling"."""
        sentence = self.sentence
        for k in range(item.end, min(item.end + TO_PATHWAY_NOUN, sentence.end)):
            low = sentence.lower(k)
            if low in _PATHWAY_NOUNS:
                return True
            joined = low in ("-", "/", "–", "cell", "dependent") or (k == item.end and low == "the")
            if k not in sentence.covered and not joined:
                return False
        return False
