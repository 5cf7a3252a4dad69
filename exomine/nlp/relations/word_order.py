"""Arguments by word order, for sentences whose parse is missing, wrong or silent; and what an act goes through."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from exomine.nlp.relations.cues.nouns import (
    AGENT_PREPOSITIONS,
    QUANTITY_ADJECTIVES,
    REDUCED_NOUNS,
    SURFACE_STOPS,
    words,
)
from exomine.nlp.relations.readings import STATE_WORDS, Reader, Reading
from exomine.nlp.relations.sentence import Item, Match

__all__ = ["ACTORS", "SurfaceReader"]

_TREATMENT = re.compile(
    r"(?:\s*[\w\-]+){0,4}?\s*\b(?:after|upon|following|by)\s+(?:the\s+)?(?:treatment|stimulation|incubation|exposure|transfection|"
    r"co-?culture|uptake|internali[sz]ation|injection|administration|induction)\s+(?:with|by|to|of)\s+"
)
#: Words before a verb that make it share the subject of the verb before.
_SHARES_SUBJECT = words(", and or but by via through without thereby thus hence")
#: Words before a mention that make it a part of what stands earlier ("exosomes with X", "carried by Y").
_BELONGING = words("with by in from to against containing carrying expressing within via through into")
#: Families of triggers whose subject a following verb may share.
_ACTS = ("regulate", "target", "involve", "bind", "make", "sensitize", "protect", "resist", "cargo")
ACTORS = ("MIRNA", "PROTEIN", "VESICLE", "DRUG")


class SurfaceReader(Reader):
    """Arguments by word order."""

    def pronoun(self, i: int, labels: Sequence[str] = ()) -> tuple[Reading, ...]:
        """What a pronoun stands for: the last likely thing before it in the sentence, else the topic before.

        ``labels`` are those that the noun with the pronoun allows ("these microRNAs").
        """
        allowed = tuple(labels) or ("MIRNA", "PROTEIN", "VESICLE", "DRUG")
        before = [x for x in self.view.items if x.end <= i and x.label in allowed and not x.generic]
        if self.view.lower(i) in ("latter", "former"):
            both = self.nearest_before(i)
            return both[-1:] if self.view.lower(i) == "latter" else both[:1]
        if self._points_near(i):
            return self.nearest_before(i)
        if labels:
            named = before[-1].group or before[-1:] if before else [x for x in self.topic if x.label in allowed]
            return tuple(Reading(x.alias or x, inherited=True) for x in named)
        subject = [x for x in before if self.view.dep(x.root) in ("nsubj", "nsubjpass")]
        chosen = subject[-1:] or before[:1]
        items = [m for x in chosen for m in x.group] or self.topic
        return tuple(Reading(x.alias or x, inherited=True) for x in items)

    def _points_near(self, i: int) -> bool:
        """ "This molecule", "these factors" after a name in the same sentence point at the nearest one."""
        view = self.view
        named = any(x.end <= i and x.label in ACTORS and not x.generic for x in view.items)
        return named and any(view.lower(c) in ("this", "these", "latter") for c in view.children(i, "det", "amod"))

    def antecedent(self, i: int) -> tuple[Reading, ...]:
        """What a possessive stands for: "whose" the nearest name before, "its" the subject before."""
        return self.nearest_before(i) if self.view.lower(i) == "whose" else self.pronoun(i)

    def nearest_before(self, i: int) -> tuple[Reading, ...]:
        """The last agents before a relative pronoun whose antecedent the parse does not tell."""
        before = [x for x in self.view.items if x.end <= i and x.label in ACTORS and not x.generic]
        return tuple(Reading(x.alias or x, inherited=True) for x in before[-1].group) if before else ()

    def surface_subjects(self, m: Match) -> tuple[Reading, ...]:
        """By word order: the nearest enumeration of agents before the trigger in its clause.

        After a comma or "and" the verb shares the subject of the verb before it.
        """
        view = self.view
        k = m.start - 1
        if m.trigger.form == "noun" and view.lower(max(k, view.start)) in (*AGENT_PREPOSITIONS, "with"):
            # "rendered cells sensitive to D, with reduction of Y": what the clause's verb does
            acts = [o for o in view.matches if o.end <= k and o.trigger.form == "verb" and o.trigger.family in _ACTS]
            return self.subjects(acts[-1]) if acts else ()
        while k > view.start and (
            view.tag(k) in ("RB", "MD") or view.lower(k) in ("also", "significantly", "to", "not")
        ):
            k -= 1
        if k > view.start and view.lower(k) in _SHARES_SUBJECT:
            earlier = [o for o in view.matches if o.end <= k and o.trigger.form == "verb" and o.trigger.family in _ACTS]
            if earlier:
                return self.surface_subjects(earlier[-1])
            first = self._before_a_verb(k)
            if first is not None:
                return tuple(self._through_left_noun(r, m) for r in self.own(first.root))
        if view.lower(max(k, view.start)) in ("it", "they", "which", "that"):
            return self.nearest_before(k) if view.lower(k) in ("which", "that") else self.pronoun(k)
        if view.lower(max(k - 1, view.start)) in ("its", "their", "whose"):
            return self.read(k)
        item = self._left_agent(m)
        if item is None:
            return ()
        return tuple(self._through_left_noun(r, m) for r in self.own(item.root))

    def _before_a_verb(self, k: int) -> Item | None:
        """The last agent before token ``k`` that a verb follows: the subject of a coordinated verb phrase."""
        view = self.view
        for item in reversed([x for x in view.items if x.label in ACTORS and not x.generic and x.end <= k]):
            j = item.end
            while j < k and (view.tag(j) in ("RB", "MD") or view.lower(j) in ("also", "directly")):
                j += 1
            if j < k and view.tag(j) in ("VBZ", "VBP", "VBD"):
                return item
        return None

    def _left_agent(self, m: Match) -> Item | None:
        """The nearest agent before the trigger; one that only belongs to an earlier one ("exosomes with X") is passed over."""
        view = self.view
        passed: Item | None = None
        for item in reversed(view.items):
            if item.end > m.start or item.label not in ACTORS or item.generic:
                continue
            gap = view.doc[item.end : m.start]
            if len(gap) > 12 or any(t.text in (";", ":") for t in gap):
                break
            if not self._belongs_to_earlier(item):
                return item
            passed = passed or item
        return passed

    def _belongs_to_earlier(self, item: Item) -> bool:
        k = min((x.start for x in item.group), default=item.start) - 1
        reach = 3 if item.label == "VESICLE" else 0  # "X shipped by stromal exosomes"
        while reach and k > self.view.start and self.view.tag(k).startswith(("JJ", "NN", "HYPH", "VBN", "VBG", "DT")):
            if self.view.lower(k) in _BELONGING or k in self.view.triggers:
                break
            k, reach = k - 1, reach - 1
        if k < self.view.start:
            return False
        return self.view.lower(k) in _BELONGING or any(
            x.trigger.family in ("cargo", "cargo_noun", "located") for x in self.view.triggers.get(k, ())
        )

    def _through_left_noun(self, r: Reading, m: Match) -> Reading:
        """ "Knockdown of X suppressed", "overexpression of X raised", "X silencing led to": the noun's sign and state."""
        view = self.view
        first, last = min(x.start for x in r.item.group), max(x.end for x in r.item.group)
        before = max(view.start, first - 1)
        quantity = QUANTITY_ADJECTIVES.get(view.lower(before)) or next(
            (
                x.trigger.sign
                for x in view.triggers.get(before, ())
                if x.trigger.family == "regulate" and view.lower(before).endswith("ed")
            ),
            0,
        )
        if quantity and before < first:
            return replace(r.turned(quantity, before), state="reduced" if quantity < 0 else "increased", loose=True)
        places = [first - 2] if view.lower(before) == "of" else []
        places += [last] if last < view.end and not view.tag(last).startswith(("VBZ", "VBD", "VBP")) else []
        for k in places:
            if not view.start <= k < view.end or m.start <= k < m.end:
                continue
            low = view.lower(k)
            sign = -1 if low in REDUCED_NOUNS else next(
                (x.trigger.sign for x in view.triggers.get(k, ()) if x.trigger.form == "noun" and x.trigger.family == "regulate"), 0
            )  # fmt: skip
            if sign:
                state = STATE_WORDS.get(low, "reduced" if sign < 0 else "increased")
                return replace(r.turned(sign, k), state=state, loose=True)
        return replace(r, loose=True)

    def after_treatment(self, m: Match) -> tuple[Reading, ...]:
        """The agent of "X was raised after treatment with A", "upon exposure to A"."""
        view = self.view
        text = view.doc[m.end : view.end].text
        hit = _TREATMENT.match(text)
        if not hit:
            return ()
        at = view.token(m.end).idx + hit.end()
        for item in view.items:
            if (
                at <= item.span.start_char <= at + 30
                and item.label in ("MIRNA", "PROTEIN", "VESICLE", "DRUG")
                and not item.generic
            ):
                return tuple(replace(r, loose=True) for r in self.own(item.root))
        return ()

    def surface_targets(self, m: Match, *, direct: bool = False) -> list[Reading]:
        """By word order: the next enumeration after the trigger, through the signs of the nouns between them."""
        view = self.view
        passed: list[int] = []
        sign, k, vague = 1, m.end, False
        limit = min(view.end, m.end + 9)
        if m.trigger.prepositions and not direct:
            k = self._behind_preposition(m, limit)
        while k < limit:
            item = view.outer.get(k)
            if item is not None and item.generic and item.label in ("CANCER", "CELL_TYPE") and item.end < limit:
                k = item.end  # "tumor angiogenesis", "cell apoptosis"
                continue
            if item is not None:
                return self._surface_readings(m, item, sign, passed, vague=vague)
            if view.lower(k) in SURFACE_STOPS or view.tag(k).startswith(("VBZ", "VBP", "VBD", "MD")):
                return []
            for x in view.triggers.get(k, ()):
                if x.trigger.form == "noun" and x.trigger.family == "regulate":
                    sign, vague = sign * (x.trigger.sign or 1), vague or x.trigger.sign == 0
                    passed.append(k)
                elif x.trigger.family in ("resistance", "sensitivity"):
                    kind = x.trigger.family
                    drugs = self.drugs_of(x)
                    return [Reading(d, sign * x.trigger.sign, kind, words=(k,), loose=True) for d in drugs]
            sign *= QUANTITY_ADJECTIVES.get(view.lower(k), 1)
            k += 1
        return []

    def _behind_preposition(self, m: Match, limit: int) -> int:
        """The token behind the trigger's preposition, ``limit`` where there is none near."""
        view = self.view
        for k in range(m.end, min(limit, m.end + 4)):
            if view.lower(k) in m.trigger.prepositions:
                return k + 1
            if view.tag(k).startswith(("VBZ", "VBP", "VBD")):
                break
        return limit

    def _surface_readings(
        self, m: Match, item: Item, sign: int, passed: Sequence[int], *, vague: bool
    ) -> list[Reading]:
        """The enumeration of ``item`` as targets of ``m``, through a nominalisation right behind it."""
        view = self.view
        k = item.end + 1 if item.end < view.end and view.token(item.end).text in ("-", "‐", "–") else item.end
        for x in view.triggers.get(k, ()):
            if x.trigger.family in ("resistance", "sensitivity") and item.label == "DRUG":
                return [Reading(d, sign * x.trigger.sign, x.trigger.family, words=(*passed, k), loose=True)
                        for d in self.drugs_of(x)]  # fmt: skip
            if x.trigger.family in ("resistance", "sensitivity"):
                return []  # "reduces insulin resistance": not less insulin
            if x.trigger.form == "noun" and x.trigger.family == "regulate":
                sign, vague = sign * (x.trigger.sign or 1), vague or x.trigger.sign == 0
        return [
            replace(r.turned(sign), words=(*passed, *r.words), vague=vague or r.vague, loose=True)
            for r in self.own(item.root)
            if r.item.start >= m.end
        ]

    def through(self, m: Match) -> list[Reading]:
        """What the act goes through: "via miR-21", "through transfer of X", "by delivering X"."""
        view = self.view
        out: list[Reading] = []
        if m.trigger.form != "verb":
            return out
        passive = self.passive(m.root)
        for k in range(m.end, min(view.end, m.end + 26)):
            low = view.lower(k)
            if low in (";", ".", "whereas", "while", "but") or (
                k in view.triggers and view.tag(k) in ("VBZ", "VBP", "VBD")
            ):
                break
            if low not in AGENT_PREPOSITIONS or (low == "by" and (passive or not self._delivering(k + 1))):
                continue
            out.extend(self._first_after(k + 1))
        return out

    def through_pathway(self, m: Match) -> list[Item]:
        """Pathways behind "via" and "through" in the trigger's clause: the act makes use of them."""
        view = self.view
        for k in range(m.end, min(view.end, m.end + 20)):
            low = view.lower(k)
            if low in (";", ".", "whereas", "while", "but") or view.tag(k) in ("VBZ", "VBP", "VBD"):
                return []
            if low in ("via", "through"):
                for j in range(k + 1, min(view.end, k + 5)):
                    item = view.covered.get(j)
                    if item is not None:
                        named = item.label == "PATHWAY" or (
                            item.label == "PROTEIN" and self._names_pathway(item.group[-1])
                        )
                        return [x.alias or x for x in item.group if not x.generic] if named and not item.generic else []
                    if any(x.trigger.family in ("regulate", "target", "bind") for x in view.triggers.get(j, ())):
                        return []
        return []

    def _delivering(self, k: int) -> bool:
        """Whether a gerund or noun of carrying stands at ``k`` ("by delivering", "by transfer of")."""
        return any(
            x.trigger.family in ("cargo", "located", "cargo_noun")
            for j in (k, k + 1)
            for x in self.view.triggers.get(j, ())
        )

    def _first_after(self, start: int) -> list[Reading]:
        """The first enumeration behind a preposition that may act, with nothing of another direction before it."""
        view = self.view
        for k in range(start, min(view.end, start + 8)):
            item = view.covered.get(k)
            if item is not None:
                named = item.label in ("MIRNA", "PROTEIN", "VESICLE") and not self._names_pathway(
                    item.group[-1] if item.group else item
                )
                return (
                    [r for r in self.own(item.root) if r.sign > 0 and r.item.label in ("MIRNA", "PROTEIN", "VESICLE")]
                    if named
                    else []
                )
            if any(x.trigger.family in ("regulate", "target", "bind") for x in view.triggers.get(k, ())):
                return []
            if view.lower(k) in (",", "and", "in", "which", "that", "."):
                return []
        return []

    def _names_pathway(self, item: Item) -> bool:
        """Whether the mention is (part of) the name of a pathway or axis: "PTEN-PI3K/AKT axis", "STAT3 signaling"."""
        view, k = self.view, item.end
        for k in range(item.end, min(item.end + 9, view.end)):
            low = view.lower(k)
            if low in ("signaling", "signalling", "pathway", "pathways", "axis", "cascade"):
                return True
            if not (
                k in view.covered or low in ("-", "/", "–", "cell", "dependent") or (k == item.end and low == "the")
            ):
                return False
        return False

    def subjects(self, m: Match) -> tuple[Reading, ...]:
        """Who acts in ``m``; see :class:`exomine.nlp.relations.roles.Arguments`."""
        raise NotImplementedError

    def passive(self, i: int) -> bool:
        """Whether the verb ``i`` is passive; see :class:`exomine.nlp.relations.roles.Arguments`."""
        raise NotImplementedError
