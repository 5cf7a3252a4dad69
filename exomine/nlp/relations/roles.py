"""Who does it and to what: the roles of each trigger, computed once.

Each role is filled by the parse, then by word order where the parse is missing or says nothing, then by reference back
to what a pronoun stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from exomine.nlp.relations.antecedents import ORDINAL, Antecedents
from exomine.nlp.relations.arguments import ACTORS, CELLS, MOLECULES, Argument, distinct
from exomine.nlp.relations.clauses import BE, doubtful, is_passive, misparsed
from exomine.nlp.relations.cues.nouns import MEANS
from exomine.nlp.relations.denials import cues_over, denials
from exomine.nlp.relations.described import Described
from exomine.nlp.relations.grammar import Grammar
from exomine.nlp.relations.held import held_after, held_before, lacked
from exomine.nlp.relations.keepers import ability_to, keeper_of
from exomine.nlp.relations.named import Named
from exomine.nlp.relations.noun_phrases import NounPhrases
from exomine.nlp.relations.operated import left_by_operations
from exomine.nlp.relations.operators import ends_before, guarded, operators_of
from exomine.nlp.relations.sentence import Item, Match, Sentence
from exomine.nlp.relations.windows import TO_ITS_VESICLE
from exomine.nlp.relations.word_order import Through, WordOrder, hangs_on_verb, verb_before

__all__ = ["Roles", "SentenceRoles"]

#: Between a cell and its vesicle: "fibroblasts (CAFs) exosomes".
_OF_CELL = re.compile(
    r"[\s\-–]*(?:cells?)?[\s\-–]*(?:\([^)]*\))?[\s\-–]*(?:derived|mediated|released|secreted|originated)?\s*"
)
_JOINS = ("and", "but", "while", "whereas")
_GIVEN_OFF = ("released", "secreted", "shed")


class SentenceRoles:
    """The roles of the triggers of one sentence. ``topic`` is what a pronoun at its beginning stands for, ``earlier``
    are the names of the sentence before, ``named`` those of the paragraph."""

    def __init__(
        self, sentence: Sentence, topic: Sequence[Item] = (), earlier: Sequence[Item] = (), named: Named | None = None
    ) -> None:
        self.sentence, self.topic = sentence, list(topic)
        self.antecedents = Antecedents(sentence, self.topic, earlier, named or Named())
        for item in sentence.items:
            item.stands_for = self.antecedents.named_before(item)
            item.generic = item.generic and not item.stands_for
        self.phrases = NounPhrases(sentence, self.antecedents)
        self.grammar = Grammar(sentence, self.phrases, self.antecedents)
        self.order = WordOrder(sentence, self.phrases, self.antecedents)
        self.through = Through(sentence, self.phrases)
        self.described = Described(sentence, self.phrases)
        self._of: dict[int, Roles] = {}
        #: Items that could act and are not meant to, each with those that act in their place.
        self.aside: list[tuple[Item, tuple[Item, ...]]] = []

    @cached_property
    def doubtful(self) -> bool:
        """Whether a verb of the sentence is misparsed."""
        return doubtful(self.sentence)

    def of(self, m: Match) -> Roles:
        """The roles of one trigger."""
        return self._of.setdefault(id(m), Roles(self, m))


@dataclass(frozen=True)
class Roles:
    """The roles of one trigger; each is found when it is first asked for, and kept."""

    among: SentenceRoles
    match: Match

    # ------------------------------------------------------------------ what frames ask for

    @cached_property
    def passive(self) -> bool:
        """Whether the trigger is a passive verb."""
        return is_passive(self.among.sentence, self.match.root)

    @cached_property
    def agents(self) -> tuple[Argument, ...]:
        """Who or what acts; a passive gives its agent. What stands beside a name counts whatever the parse says."""
        first = self._agents()
        found: Sequence[Argument] = first if self.keeper is None else self._keeping(self.keeper)
        if self.match.trigger.family != "targeted":
            found = self.among.described.acting(found)
        found = tuple(left_by_operations(self.among.sentence, found, self.match))
        found = tuple(x for a in found for x in self._or_lacked(a))
        self._set_aside(first, found)
        return guarded(self.among.sentence, found, trigger=(self.match.start, self.match.end))

    def _or_lacked(self, a: Argument) -> list[Argument]:
        """ "Exosomes lacking X did not promote P": what they lack promotes it."""
        sentence, trigger = self.among.sentence, self.match.trigger
        absent = self._missing(a.item) if trigger.sign else []
        spent = denials(sentence, self.match.root) if absent else ()
        if not spent:
            return [a]
        passed = tuple(k for x in absent for o in operators_of(sentence, x) for k in range(o.start, o.end))
        return [Argument(x.alias or x, state="reduced", loose=True, words=passed, spent=spent) for x in absent]

    def _missing(self, item: Item) -> list[Item]:
        """What the vesicles lack that act, or that the name belongs to which seems to act."""
        sentence = self.among.sentence
        if item.label == "VESICLE":
            return lacked(sentence, item)
        vesicles = (v for v in sentence.items if v.label == "VESICLE" and v.end <= item.start)
        return next((absent for v in vesicles if item in (absent := lacked(sentence, v))), [])

    @cached_property
    def keeper(self) -> int | None:
        """The verb that keeps from the act: the agents are then those who keep from it."""
        return keeper_of(self.among.sentence, self.match)

    @cached_property
    def not_kept(self) -> tuple[Argument, ...]:
        """ "Y did not prevent X from promoting P", "Y reduced the ability of X to promote P": X, who acts all the
        same."""
        sentence, verb = self.among.sentence, self.keeper
        if verb is None or self.match.trigger.family != "regulate":
            return ()
        able = ability_to(sentence, self.match)
        if able is None and not denials(sentence, verb):
            return ()
        first = verb if able is None else able
        between = [i for i in sentence.items if first < i.start < self.match.start and i.group[0] is i]
        kept = [a for i in between for a in self.among.phrases.own(i.root) if a.acts]
        kept = [replace(a, spent=cues_over(sentence, verb)) for a in kept]
        return guarded(sentence, kept, trigger=(self.match.start, self.match.end))

    def _set_aside(self, first: Sequence[Argument], left: Sequence[Argument]) -> None:
        """Note who seems to act and does not."""
        acting = tuple(a.item for a in left)
        kept = {id(x) for i in acting for x in (i, *i.group)}
        seeming = [a.item for a in first]
        if self.keeper is not None:
            seeming += self._kept_from(self.keeper)
        self.among.aside += [(i, acting) for i in seeming if id(i) not in kept]

    def _kept_from(self, verb: int) -> list[Item]:
        """Who is kept from the act: the names between; with a pronoun there it may be any name before."""
        sentence = self.among.sentence
        if ability_to(sentence, self.match) is not None:
            return []
        pronoun = any(sentence.lower(k) in ("it", "them") for k in range(verb, self.match.start))
        return [i for i in sentence.items if (sentence.start if pronoun else verb) <= i.start < self.match.start]

    def _keeping(self, verb: int) -> tuple[Argument, ...]:
        """Who keeps from the act; nobody where the frame does not turn the act round."""
        among = self.among
        if self.match.trigger.family not in ("regulate", "target"):
            return ()
        own = next((x for x in among.sentence.triggers.get(verb, ()) if x.trigger.form == "verb"), None)
        if own is not None:
            return tuple(a for a in among.of(own).agents if a.item.end <= own.start or among.of(own).passive)
        return among.grammar.agents(verb, passive=is_passive(among.sentence, verb))

    @cached_property
    def targets(self) -> tuple[Argument, ...]:
        """What is acted on; a passive gives its subject."""
        return distinct(x for a in self._targets() for x in self._not_itself(a))

    def _not_itself(self, a: Argument) -> list[Argument]:
        """ "X occupied the promoter of Y and silenced its transcription": not X's own, but that of the name between."""
        sentence, m = self.among.sentence, self.match
        if not a.inherited or m.trigger.form != "verb" or all(a.item is not x.item for x in self.agents):
            return [a]
        between = [i for i in sentence.items if a.item.end <= i.start < m.start and i.label in MOLECULES]
        between = [i for i in between if not i.generic and i not in a.item.group]
        return [replace(a, item=between[-1].alias or between[-1])] if between else [a]

    def _targets(self) -> Sequence[Argument]:
        """What is acted on, as it is written."""
        m, sentence = self.match, self.among.sentence
        if misparsed(sentence, m.root):
            return self.among.order.targets(m)
        if any(self.among.phrases.able_to(c) for c in sentence.children(m.root, "dobj")):
            return ()
        if m.trigger.form in ("noun", "agent") and m.trigger.family == "regulate":
            return self.among.phrases.through_noun(m)
        found: Sequence[Argument] = self.among.grammar.targets(m) if sentence.parsed else ()
        if not found and m.trigger.family in ("regulate", "target"):
            found = self._it()
        if not found and not (sentence.parsed and self.passive):
            found = self.among.order.targets(m)
        return found or self._shared()

    def _shared(self) -> Sequence[Argument]:
        """ "The former raises and the latter lowers P": the object of the verb behind."""
        sentence, k = self.among.sentence, self.match.end
        k += k < sentence.end and sentence.token(k).text == ","
        behind = [sentence.lower(j) for j in range(k, min(sentence.end, k + 3))]
        if len(behind) < 3 or behind[0] not in _JOINS or behind[1] != "the" or behind[2] not in ORDINAL:
            return ()
        verbs = sentence.triggers.get(k + 3, ())
        second = next(
            (m for m in verbs if m.trigger.form == "verb" and m.trigger.family in ("regulate", "target")), None
        )
        return self.among.of(second).targets if second is not None else ()

    def _it(self) -> list[Argument]:
        """ "X binds Y and degrades it": the name between the one who acts and the verb."""
        sentence, m = self.among.sentence, self.match
        if not any(sentence.lower(c) == "it" for c in sentence.children(m.root, "dobj")):
            return []
        acting = [x for a in self.agents for x in (a.item, *a.item.group)]
        first = max((x.end for x in acting if x.end <= m.start), default=m.start)
        between = [i for i in sentence.items if first <= i.start and i.end <= m.start and i not in acting]
        meant = [i for i in between if i.label in (*MOLECULES, "PROCESS") and not i.generic and len(i.group) == 1]
        return [Argument(i.alias or i, inherited=True) for i in meant[-1:]] or self._object_before(acting)

    def _object_before(self, acting: Sequence[Item]) -> list[Argument]:
        """ "X raises P, whereas Y lowers it": what the verb of the clause before acts on, without the words
        there, which another cue may deny ("X did not alter P; Y lowered it")."""
        first = min([self.match.start, *(x.start for x in acting)])
        earlier = verb_before(self.among.sentence, first)
        if earlier is None or earlier.trigger.family not in ("regulate", "target"):
            return []
        told = [t for t in self.among.of(earlier).targets if t.item.end <= first and len(t.item.group) == 1]
        return [replace(t, inherited=True, words=()) for t in told] if len(told) == 1 else []

    @cached_property
    def drugs(self) -> list[Item]:
        """The drugs that a word of resistance or sensitivity is about."""
        return self.among.phrases.drugs_of(self.match)

    @cached_property
    def pathways(self) -> list[Item]:
        """The pathways that the act goes through."""
        return self.among.through.pathways(self.match)

    @cached_property
    def bearers(self) -> tuple[Argument, ...]:
        """What a noun is said of: the subject of the verb that governs it ("X acts as a marker")."""
        return self.among.grammar.noun_governor(self.match.root)

    @cached_property
    def bearers_or_subjects(self) -> tuple[Argument, ...]:
        """Of what a verb or an adjective is said, whether or not it can act: "P depends on", "P is dependent on"."""
        among, root = self.among, self.match.root
        verb = root if among.sentence.tag(root).startswith("VB") else among.sentence.head(root)
        found = among.grammar.agents(verb) if among.sentence.parsed else ()
        return tuple(a for a in found if a.item.end <= self.match.start)

    @cached_property
    def patients(self) -> list[Argument]:
        """What a passive, a participle or a relative clause says something of."""
        return self.among.grammar.patients(self.match.root)

    @cached_property
    def objects(self) -> list[Argument]:
        """The direct objects."""
        return self.among.phrases.read_all(self.among.sentence.children(self.match.root, "dobj"))

    def behind(self, *prepositions: str) -> list[Argument]:
        """What prepositions below the trigger lead to."""
        return self.among.phrases.behind(self.match.root, *prepositions)

    @cached_property
    def agents_by_order(self) -> tuple[Argument, ...]:
        """Who acts, by word order alone."""
        m, sentence = self.match, self.among.sentence
        if not hangs_on_verb(sentence, m):
            return self.among.order.agents(m)
        act = verb_before(sentence, m.start - 1)
        return self.among.of(act).agents if act is not None else ()

    # ------------------------------------------------------------------ agents

    def _agents(self) -> tuple[Argument, ...]:
        m, among = self.match, self.among
        through = among.through.actors(m)
        found = self._right_before()
        if found:
            return distinct([*found, *through])
        if misparsed(among.sentence, m.root):
            return distinct([*self.agents_by_order, *through])
        found = self._by_parse()
        if not found and self._agentless():
            return distinct(through)
        found = found or self._beside()
        if self._lost(found):
            found = self.agents_by_order
        found = self._turned_by_cargo(tuple(self._vesicle_instead(a) for a in found))
        return distinct([*found, *self._carried(found), *through])

    def _lost(self, found: Sequence[Argument]) -> bool:
        """Whether word order has to answer: nothing is found, or nothing that acts in a doubtful sentence."""
        if self.among.doubtful:
            return not any(a.acts for a in found)
        return not found and not self.among.grammar.has_subject(self.match.root)

    def _by_parse(self) -> tuple[Argument, ...]:
        m, among = self.match, self.among
        if not among.sentence.parsed:
            return ()
        passive = self.passive and m.trigger.family not in ("involve", "associate")
        found = among.grammar.agents(m.root, passive=passive)
        if not found and passive:
            found = among.order.after_treatment(m)
        if not found and m.trigger.form != "verb":
            found = among.grammar.noun_agents(m)
        return found

    def _beside(self) -> tuple[Argument, ...]:
        """ "An shRNA targeting X increased", "X knock-out reduced": the name right before a verb in the past."""
        m, sentence = self.match, self.among.sentence
        finite = m.trigger.form == "verb" and sentence.lower(m.root).endswith(("ed", "s"))
        if not finite or sentence.lower(m.start - 1) in BE:
            return ()
        item = ends_before(sentence, m.start)
        if item is None or item.label not in (*ACTORS, "PATHWAY") or item.generic or not operators_of(sentence, item):
            return ()
        return tuple(replace(a, loose=True) for a in self.among.phrases.own(item.root))

    def _agentless(self) -> bool:
        """ "Metastasis is facilitated": a passive that names no agent has none, unless the sentence begins with the
        means."""
        m, sentence = self.match, self.among.sentence
        direct = m.trigger.form == "verb" and not m.trigger.prepositions
        if not direct or m.trigger.family not in ("regulate", "protect", "target"):
            return False
        k = m.start - 1
        while k > sentence.start and sentence.tag(k) in ("RB", "RBR"):
            k -= 1
        if sentence.lower(k) not in BE or not sentence.lower(m.root).endswith(("ed", "en", "wn", "ht", "ut")):
            return False
        lowers = [sentence.lower(j) for j in range(sentence.start, k + 1)]
        by_which = any(a in MEANS and b in ("which", "whom") for a, b in pairwise(lowers))
        return not by_which and sentence.lower(sentence.start) not in MEANS

    def _right_before(self) -> tuple[Argument, ...]:
        """ "The latter inhibiting", "whose depletion raises", "its loss promotes": plain enough without a parse."""
        m, sentence = self.match, self.among.sentence
        k = m.start - 1
        if m.trigger.form != "verb" or k <= sentence.start:
            return ()
        if sentence.lower(k) in ORDINAL:  # "loss of the latter": not the latter itself
            return () if sentence.lower(k - 2) in ("of", "against") else self.among.antecedents.pronoun(k)
        if sentence.lower(k) == "which" and sentence.lower(k - 1) == "of" and sentence.tag(k - 2).startswith("NN"):
            return tuple(a for a in self.among.phrases.read(k - 2) if a.acts)  # "X, the silencing of which restores"
        if sentence.lower(k - 1) in ("its", "their", "whose") and sentence.tag(k).startswith("NN"):
            return tuple(a for a in self.among.phrases.read(k) if a.acts)
        return ()

    def _vesicle_instead(self, a: Argument) -> Argument:
        """ "Fibroblasts (CAFs) exosomes enhance": the vesicle behind its cell is the one who acts, whatever the parse
        says."""
        if a.item.label not in CELLS:
            return a
        sentence, end = self.among.sentence, a.item.end
        near = (x for x in sentence.items if x.label == "VESICLE" and 0 <= x.start - end <= TO_ITS_VESICLE)
        its = next((x for x in near if _OF_CELL.fullmatch(sentence.doc[end : x.start].text)), None)
        return replace(a, item=its, head=True) if its is not None else a

    def _carried(self, found: Iterable[Argument]) -> list[Argument]:
        """Cargo named with its vesicle acts with it: "exosomes containing X promote Y", "X-positive exosomes"."""
        return [c for a in found if a.item.label == "VESICLE" for c in self._cargo(a.item)]

    def _cargo(self, vesicle: Item) -> list[Argument]:
        sentence, phrases = self.among.sentence, self.among.phrases
        held = [*held_before(sentence, vesicle), *held_after(sentence, vesicle)]
        out = [Argument(x.alias or x, loose=True) for x in held if _molecule(x)]
        for c in sentence.children(vesicle.root, "acl"):
            if sentence.says(c, "cargo", "located") and sentence.lower(c) not in _GIVEN_OFF:
                inside = phrases.read_all([*sentence.children(c, "dobj"), *sentence.objects_of(c, ("with", "in"))])
                out.extend(a for a in inside if _molecule(a.item))
        return out

    def _turned_by_cargo(self, found: tuple[Argument, ...]) -> tuple[Argument, ...]:
        """ "Exosomes with siRNA against X weaken": less X does it, not the vesicle."""
        for a in found:
            if a.item.label == "VESICLE":
                reduced = tuple(x for x in self.among.phrases.behind(a.item.root, "with") if x.sign < 0)
                if reduced:
                    return reduced
        return found


def _molecule(item: Item) -> bool:
    return item.label in MOLECULES and not item.generic
