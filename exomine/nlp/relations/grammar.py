"""Who acts, by the parse: subjects through relative clauses, participles, infinitives, coordination and nouns such as
role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from exomine.nlp.relations.antecedents import Antecedents
from exomine.nlp.relations.arguments import ACTORS, Argument, distinct
from exomine.nlp.relations.clauses import is_passive, is_relative
from exomine.nlp.relations.cues.nouns import DEMONSTRATED, MEANS, PRONOUNS
from exomine.nlp.relations.noun_phrases import NounPhrases
from exomine.nlp.relations.sentence import Match, Sentence
from exomine.nlp.relations.tokens import FINITE

__all__ = ["Grammar"]

#: Steps that are climbed from a verb to its subject.
#: What an event does: "which leads to", "which results in".
_BRINGS = ("leads", "led", "results", "resulted", "causes", "caused", "contributes", "contributed")
_DEPTH = 8
_SHARING = ("conj", "xcomp", "advcl", "ccomp", "dep", "parataxis", "oprd", "acomp", "attr")
_GOVERNED = ("dobj", "attr", "oprd", "acomp", "conj", "pobj", "appos", "npadvmod")
_JOINTS = ("and", "but", "or", "while", "whereas", ",", ";")
_POINTING = ("these", "this", "those", "such", "its", "their")


@dataclass(frozen=True, slots=True)
class Grammar:
    """Agents and targets of the triggers of one sentence by the parse."""

    sentence: Sentence
    phrases: NounPhrases
    antecedents: Antecedents

    # ------------------------------------------------------------------ targets

    def targets(self, m: Match) -> list[Argument]:
        """What a verb or adjective acts on."""
        if found := self.phrases.objects(m):
            return found
        if not _direct_verb(m):
            return []
        return self._clause_above(m.root) if is_passive(self.sentence, m.root) else self._relative_object(m.root)

    def _relative_object(self, i: int) -> list[Argument]:
        """ "The resistance to D that X causes": what the relative clause is said of, where it has another subject."""
        sentence = self.sentence
        if sentence.dep(i) != "relcl" or sentence.children(i, "dobj"):
            return []
        subjects = [s for s in sentence.children(i, "nsubj") if s < i and not is_relative(sentence, s)]
        first = min((x.start for s in subjects for x in sentence.at.get(s, ())), default=-1) - 1
        if first <= sentence.start or sentence.lower(first) not in ("that", "which"):
            return []
        behind_preposition = sentence.tag(first - 1) in ("IN", "TO")  # "cells in which X causes"
        return [] if behind_preposition else list(self.phrases.read(sentence.modified(i), seen=frozenset({i})))

    def patients(self, i: int) -> list[Argument]:
        """What a passive, a participle or a relative clause says something of."""
        return self.phrases.patients(i) or self._clause_above(i)

    def _clause_above(self, i: int) -> list[Argument]:
        """ "X is the target, being lowered by Y": the subject of the clause above."""
        sentence, i = self.sentence, self.sentence.first_conjunct(i)
        if sentence.dep(i) != "advcl" or sentence.children(i, "nsubjpass", "nsubj"):
            return []
        return list(self.agents(sentence.head(i), depth=1))

    # ------------------------------------------------------------------ agents

    def has_subject(self, i: int) -> bool:
        """Whether the parse names a subject that simply is no mention ("tumor cells"): then nothing is guessed. One
        behind a verb in the past is its object ("X sensitized cells")."""
        subjects = self.sentence.children(i, "nsubj", "csubj")
        if self._past(i):
            subjects = [s for s in subjects if s < i]
        return any(self.sentence.lower(s) not in PRONOUNS and not is_relative(self.sentence, s) for s in subjects)

    def agents(self, i: int, *, passive: bool = False, depth: int = 0) -> tuple[Argument, ...]:
        """Who acts in the verb ``i``."""
        if depth > _DEPTH:
            return ()
        if passive:
            return distinct(self.phrases.behind(i, "by") or self._by_below(i))
        subjects = self._subjects(i)
        for s in subjects:
            found = self._subject(s, i)
            if found or s == subjects[-1] or self._refers(s):
                return found
        return self._climb(i, depth)

    def _by_below(self, i: int) -> list[Argument]:
        """ "X is held in check by Y": the "by" that the parse hangs on a plain noun behind the verb."""
        nouns = [k for k in self.sentence.objects_of(i, ("in",)) if k not in self.sentence.covered]
        return [a for k in nouns if not self.sentence.triggers.get(k) for a in self.phrases.behind(k, "by")]

    def _subjects(self, i: int) -> list[int]:
        own = self.sentence.children(i, "nsubj", "csubj", "nsubjpass")
        relative = any(c < i and is_relative(self.sentence, c) for c in self.sentence.children(i))
        # "X sensitized cells", "a compound that reverses X-induced P": what stands behind is no subject
        if self._past(i) or (relative and self.sentence.tag(i) in ("VBZ", "VBP")):
            own = [c for c in own if c < i]
        own = [c for c in own if not self._of_next_verb(c, i)] or self._hung_higher(i)
        return own or [c for c in self.sentence.children(i) if c < i and is_relative(self.sentence, c)]

    def _past(self, i: int) -> bool:
        """Whether a verb is in the past, also one that the tagger takes for a participle behind another ("raised P and
        sensitized cells")."""
        sentence = self.sentence
        if sentence.tag(i) != "VBN" or sentence.dep(i) != "conj":
            return sentence.tag(i) == "VBD"
        return sentence.tag(sentence.head(i)) == "VBD" and not sentence.children(i, "aux", "auxpass")

    def _of_next_verb(self, subject: int, verb: int) -> bool:
        """ "X promotes P, but Y inhibits Q": a subject that the parse hangs on the verb before it belongs to the next
        one."""
        nexts = (c for c in self.sentence.children(verb, "conj") if self.sentence.tag(c) in FINITE)
        return verb < subject and any(subject < c for c in nexts)

    def _hung_higher(self, i: int) -> list[int]:
        """The subject of a conjoined verb that the parse hangs on the verb before."""
        if self.sentence.dep(i) != "conj" or self.sentence.tag(i) not in FINITE:
            return []
        h = self.sentence.head(i)
        joint = next((k for k in range(h + 1, i) if self.sentence.lower(k) in _JOINTS), i)  # else it is the object of h
        return [c for c in self.sentence.children(h, "nsubj", "nsubjpass") if joint < c < i]

    def _refers(self, s: int) -> bool:
        """Whether a subject is a word that only refers to another one."""
        if is_relative(self.sentence, s) or self.sentence.lower(s) in PRONOUNS:
            return True
        return self.sentence.tag(s) == "DT" and not self.sentence.at.get(s)

    def _subject(self, s: int, verb: int) -> tuple[Argument, ...]:
        """What the subject ``s`` of a verb stands for."""
        if is_relative(self.sentence, s):
            return self._relative(s, verb)
        if self.sentence.lower(s) == "them":
            return ()  # an object that the parser took for a subject
        if self._refers(s):
            return self.antecedents.pronoun(s)
        found = self._without_inserted(s, verb, self.phrases.read(s))
        if all(a.item.generic for a in found) and self._definite(s):
            return self.antecedents.topic_of(DEMONSTRATED[self.sentence.lower(s)]) or found
        if self._demonstrative(s) and all(a.item.generic for a in found):
            meant = [a.item.label for a in found] or DEMONSTRATED.get(self.sentence.lower(s), ())
            return self.antecedents.pronoun(s, meant) if meant else ()  # "these authors" are nothing that was named
        return distinct([*found, *self._doer(s)])

    def _relative(self, which: int, verb: int) -> tuple[Argument, ...]:
        """The antecedent of a relative pronoun: a name, or what the clause before tells (", which leads to P")."""
        first = self.antecedents.first_relative(which)
        if first != which:
            return self._relative(first, self.sentence.head(first))
        event = self._event(which, verb)
        if event:
            return event
        named = self._right_before_which(which)
        if not named and self.sentence.dep(verb) == "relcl":
            named = self._called(self.sentence.head(verb)) or self.phrases.read(self.sentence.head(verb))
        if any(a.acts for a in named):
            return self._one_of_a_kind(named, verb) or named
        return self.antecedents.nearest_before(which) or named  # "X released by macrophages, which drives"

    def _called(self, noun: int) -> tuple[Argument, ...]:
        """ "The kinase that does so is X", "the lncRNA that does so, X, ...": X."""
        sentence = self.sentence
        if sentence.lower(noun) not in DEMONSTRATED or sentence.dep(noun) not in ("nsubj", "nsubjpass"):
            return ()
        is_it = sentence.head(noun)
        named = sentence.children(is_it, "attr") if sentence.token(is_it).lemma_ == "be" else []
        found = self.phrases.read_all([*sentence.children(noun, "appos"), *named])
        return tuple(a for a in found if a.acts and not a.item.generic)

    def _one_of_a_kind(self, kind: tuple[Argument, ...], verb: int) -> tuple[Argument, ...]:
        """ "X is another miRNA that lowers Y", "X is among the miRNAs that do": X, not the kind that it is of."""
        sentence, k = self.sentence, self.sentence.head(verb)
        if not all(a.item.generic for a in kind):
            return ()
        while sentence.dep(k) in ("pobj", "prep") and sentence.head(k) != k:
            k = sentence.head(k)
        copula = sentence.head(k) if sentence.dep(k) == "attr" else k
        subjects = sentence.children(copula, "nsubj") if sentence.token(copula).lemma_ == "be" else []
        named = [a for s in subjects if not self._refers(s) for a in self.phrases.read(s)]
        return tuple(a for a in named if a.item.label in {x.item.label for x in kind} and not a.item.generic)

    def _event(self, which: int, verb: int) -> tuple[Argument, ...]:
        """ "X suppresses Y, which leads to P": X brings it about, and less of Y."""
        sentence = self.sentence
        if sentence.lower(which) != "which" or sentence.lower(which - 1) != "," or sentence.lower(verb) not in _BRINGS:
            return ()
        acts = [m for m in sentence.matches if m.trigger.form == "verb" and m.end < which]
        act = next((m for m in reversed(acts) if m.trigger.family in ("regulate", "target")), None)
        if act is None or act.trigger.sign >= 0 or is_passive(sentence, act.root):
            return ()
        lessened = [a for a in self.phrases.objects(act) if a.acts and a.item.end == which - 1]
        turned = [replace(a.turned(-1, act.root), state="reduced") for a in lessened]
        return distinct([*self.agents(act.root, depth=1), *turned]) if turned else ()

    def _climb(self, i: int, depth: int) -> tuple[Argument, ...]:
        """The subject of a verb that has none of its own: relative clause, conjunct, participle, infinitive, gerund."""
        sentence, dep, h = self.sentence, self.sentence.dep(i), self.sentence.head(i)
        if h == i or any(sentence.token(k).text == ";" for k in range(min(h, i), max(h, i))):
            return ()  # nothing is shared across a semicolon
        if dep in ("acl", "advcl", "relcl", "xcomp") and self._purpose_of(i, h) >= 0:
            return self.agents(self._purpose_of(i, h), depth=depth + 1)
        if dep in ("acl", "relcl"):
            return self._role_bearer(h, depth) or self.phrases.read(sentence.modified(i))
        if dep in _SHARING:
            return self._handed_on(h) if dep == "advcl" and self._hands_on(h) else self._shared(dep, h, depth)
        if dep in ("pcomp", "pobj"):
            return self._of_preposition(sentence.head(h), depth)
        return self.agents(h, depth=depth + 1) if dep == "prep" else ()

    def _shared(self, dep: str, h: int, depth: int) -> tuple[Argument, ...]:
        """The subject that a verb has in common with the one above."""
        sentence = self.sentence
        if sentence.tag(h).startswith("VB") or sentence.children(h, "nsubj", "nsubjpass", "cop"):
            found = self.agents(h, depth=depth + 1)
            if found or dep != "conj":
                return found
        return self._climb(h, depth + 1) if dep in ("conj", "xcomp") else ()

    def _of_preposition(self, up: int, depth: int) -> tuple[Argument, ...]:
        """ "By inhibiting Y", "in the ability of X to": ``up`` is what the preposition hangs on."""
        if self.sentence.tag(up).startswith("VB"):
            return self.agents(up, depth=depth + 1)
        return self._role_bearer(up, depth) or (self._climb(up, depth + 1) if depth < 3 else ())

    def _purpose_of(self, i: int, h: int) -> int:
        """The verb whose subject acts in "to V", -1 where it is another's: "circX sponges miR-Y to promote P"."""
        sentence = self.sentence
        to = any(sentence.lower(c) == "to" and c < i for c in sentence.children(i, "aux"))
        if not to or sentence.tag(h).startswith("VB"):
            return -1
        verb = sentence.head(h)
        taken = sentence.dep(h) in ("dobj", "conj", "appos", "nsubj") and h in sentence.covered and verb < h
        acts = sentence.says(verb, "regulate", "target", "bind", form="verb")
        return verb if taken and acts and sentence.tag(verb).startswith("VB") else -1

    def _without_inserted(self, s: int, verb: int, found: tuple[Argument, ...]) -> tuple[Argument, ...]:
        """ "X, sponging Y, activates Z": what a participle between commas takes as its object does not act in the
        verb."""
        end = next((m.end for m in self.sentence.matches if s < m.start < verb and self._inserted(m)), None)
        if end is None:
            return found
        return tuple(a for a in found if a.item.start < end) or found

    def _inserted(self, m: Match) -> bool:
        gerund = m.trigger.form == "verb" and self.sentence.lower(m.root).endswith("ing")
        return gerund and self.sentence.token(m.start - 1).text == ","

    def _right_before_which(self, which: int) -> tuple[Argument, ...]:
        """ "Cells transfer X, which blunts": X, wherever the parse hangs the clause; a vesicle it holds on to stays."""
        sentence, verb = self.sentence, self.sentence.head(which)
        if which - 2 < sentence.start or sentence.token(which - 1).text != "," or sentence.dep(verb) != "relcl":
            return ()
        item = sentence.covered.get(which - 2)
        if item is None or item.label not in ACTORS or item.generic:
            return ()
        modified = self.phrases.read(sentence.head(verb))
        if any(a.item in item.group or a.item is item or a.item.label == "VESICLE" for a in modified):
            return ()
        return tuple(replace(a, inherited=True) for a in self.phrases.own(item.root))

    def _doer(self, i: int) -> list[Argument]:
        """ "Suppression of X by Y promotes P": Y does so too; where it is reduced or lost, Y does the opposite."""
        if not self.sentence.says(i, "regulate", form="noun"):
            return []
        doers = self.phrases.with_adjectives(i, [a for a in self.phrases.behind(i, "by") if a.acts])
        return [replace(a.turned(-1, i), state="reduced") for a in doers] if self._of_an_act(i) else doers

    def _of_an_act(self, i: int) -> bool:
        """ "Loss of the suppression of X by Y": what is lost is what Y does."""
        less = any(m.trigger.sign < 0 and m.trigger.form == "noun" for m in self.sentence.triggers.get(i, ()))
        return less and any(
            self.sentence.says(k, "regulate", form="noun") for k in self.sentence.objects_of(i, ("of", "in"))
        )

    def _hands_on(self, i: int) -> bool:
        """Whether verb ``i`` says that somebody without a name here hands something on."""
        if not self.sentence.says(i, "cargo", "located"):
            return False
        return not any(a.acts for a in self.agents(i, passive=is_passive(self.sentence, i), depth=1))

    def _handed_on(self, i: int) -> tuple[Argument, ...]:
        """ "Cells transfer X via vesicles, resulting in P": what is handed on, and the vesicle, do it."""
        carried = [a for a in self.phrases.read_all(self.sentence.children(i, "dobj")) if a.acts]
        inside = self.phrases.behind(i, "in", "via", "through", "by", "within")
        return distinct([*carried, *(a for a in inside if a.item.label == "VESICLE")])

    def _definite(self, i: int) -> bool:
        """ "The lncRNA conferred", with nothing else said of it, at the beginning of a sentence: one named before."""
        sentence = self.sentence
        first = i == sentence.start + 1 and sentence.lower(sentence.start) == "the"
        return first and sentence.lower(i) in DEMONSTRATED and len(sentence.children(i)) == 1

    def _demonstrative(self, i: int) -> bool:
        """ "These proteins": a noun phrase that points back."""
        before = self.sentence.children(i, "det", "amod", "poss", "predet")
        return any(self.sentence.lower(c) in _POINTING for c in before)

    # ------------------------------------------------------------------ nouns

    def noun_agents(self, m: Match) -> tuple[Argument, ...]:
        """The agent of a nominal trigger: "suppression of X by Y", "X is an inhibitor of Y", "the role of X in Y"."""
        by = tuple(self.phrases.behind(m.root, "by"))
        if by:
            return by
        if m.trigger.family in ("role", "ability"):
            return self._role_bearer(m.root, 0)
        if m.trigger.form in ("agent", "adjective"):
            return self.noun_governor(m.root)
        sentence, i = self.sentence, self.sentence.first_conjunct(m.root)
        if sentence.dep(i) in ("pobj", "pcomp") and sentence.lower(sentence.head(i)) in MEANS:
            return self.agents(sentence.head(sentence.head(i)), depth=1)
        return ()

    def _role_bearer(self, i: int, depth: int) -> tuple[Argument, ...]:
        """ "X plays a role in", "the ability of X to", "X is able to": the one behind a noun such as role."""
        if not (self.sentence.says(i, "role", "ability") or self.sentence.says(i, form="agent")):
            return ()
        named: Sequence[Argument] = [*self.phrases.behind(i, "of"), *self.phrases.modifiers(i)]
        named = [a for a in named if a.acts or a.item.label == "CELL_TYPE"]
        return tuple(named) or self.noun_governor(i, depth)

    def noun_governor(self, i: int, depth: int = 0) -> tuple[Argument, ...]:
        """The subject of the verb that governs noun ``i`` as object, attribute or after *as*."""
        dep, h = self.sentence.dep(i), self.sentence.head(i)
        if dep not in _GOVERNED:
            return ()
        if dep == "appos":
            return self.phrases.read(h)
        before = self._apposed(i)
        if before:
            return before
        if dep == "conj":
            return self.noun_governor(h, depth + 1) if depth < 6 else ()
        return self.agents(self.sentence.head(h) if dep == "pobj" else h, depth=depth + 1)

    def _apposed(self, i: int) -> tuple[Argument, ...]:
        """ "X represses Y, a regulator of Z": Y, although the parse hangs the noun up as one more object."""
        sentence, k = self.sentence, i - 1
        while k > sentence.start and self._premodifier(k):
            k -= 1
        article = sentence.lower(k) in ("a", "an", "the")
        if not article or sentence.token(k - 1).text != "," or k - 2 < sentence.start:
            return ()
        item = sentence.covered.get(k - 2)
        return tuple(self.phrases.own(item.root)) if item is not None and item.label in ACTORS else ()

    def _premodifier(self, k: int) -> bool:
        return self.sentence.tag(k).startswith(("JJ", "VBN", "RB", "NN", "HYPH")) and k not in self.sentence.covered


def _direct_verb(m: Match) -> bool:
    return m.trigger.form == "verb" and not m.trigger.prepositions
