"""Who does it and to what.

:meth:`Arguments.subjects` and :meth:`Arguments.targets` find what a trigger hangs on, by the parse; where that is missing or
says nothing, word order answers instead (:mod:`exomine.nlp.relations.word_order`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from exomine.nlp.relations.cues.nouns import AGENT_PREPOSITIONS, PRONOUNS
from exomine.nlp.relations.operators import ends_before, guarded, operators_of
from exomine.nlp.relations.readings import Reading, distinct
from exomine.nlp.relations.sentence import Match, held_after, held_before
from exomine.nlp.relations.word_order import ACTORS, SurfaceReader

__all__ = ["MEANS", "Arguments", "Reading"]

#: Prepositions before a nominalisation that make it something the main subject does ("by suppression of X").
MEANS = AGENT_PREPOSITIONS | {"with"}
_BE = ("is", "are", "was", "were", "be", "been", "being")


class Arguments(SurfaceReader):
    """Subjects and targets of the triggers of one sentence."""

    def subjects(self, m: Match) -> tuple[Reading, ...]:
        """Who or what acts in ``m``; passives give their agent. What stands beside a name counts whatever the parse says."""
        return guarded(self.view, self._subjects(m), trigger=(m.start, m.end))

    def _subjects(self, m: Match) -> tuple[Reading, ...]:
        view = self.view
        found = self._right_before(m)
        if found:
            return distinct([*found, *self.through(m)])
        if view.misparsed(m.root):
            return distinct([*self.surface_subjects(m), *self.through(m)])
        if view.parsed:
            passive = self.passive(m.root) and m.trigger.family not in ("involve", "associate")
            found = self.parsed_subjects(m.root, passive=passive)
            if not found and passive:
                found = self.after_treatment(m)
            if not found and m.trigger.form in ("noun", "agent", "adjective"):
                found = self._noun_subjects(m)
        if not found and self._agentless(m):
            return distinct(self.through(m))
        found = found or self._beside(m)
        lost = not found or (view.doubtful and not any(r.item.label in ACTORS for r in found))
        if lost and (view.doubtful or not self._has_subject(m.root)):
            found = self.surface_subjects(m)
        found = self._turned_by_cargo(tuple(self._vesicle_instead(r) for r in found))
        return distinct([*found, *self._carried(found), *self.through(m)])

    def _beside(self, m: Match) -> tuple[Reading, ...]:
        """ "An shRNA targeting X increased", "X knock-out reduced": the name right before a verb in the past."""
        view = self.view
        if m.trigger.form != "verb" or not view.lower(m.root).endswith(("ed", "s")) or view.lower(m.start - 1) in _BE:
            return ()
        item = ends_before(view, m.start)
        if item is None or item.label not in (*ACTORS, "PATHWAY") or item.generic or not operators_of(view, item):
            return ()
        return tuple(replace(r, loose=True) for r in self.own(item.root))

    def _agentless(self, m: Match) -> bool:
        """ "Metastasis is facilitated": a passive that names no agent has none, unless the sentence begins with the means."""
        view = self.view
        if (
            m.trigger.form != "verb"
            or m.trigger.prepositions
            or m.trigger.family not in ("regulate", "protect", "target")
        ):
            return False
        k = m.start - 1
        while k > view.start and view.tag(k) in ("RB", "RBR"):
            k -= 1
        if view.lower(k) not in _BE or not view.lower(m.root).endswith(("ed", "en", "wn", "ht", "ut")):
            return False
        means = any(view.lower(j) in MEANS and view.lower(j + 1) in ("which", "whom") for j in range(view.start, k))
        return not means and view.lower(view.start) not in MEANS

    def _right_before(self, m: Match) -> tuple[Reading, ...]:
        """ "The latter inhibiting", "whose depletion raises", "its loss promotes": plain enough without a parse."""
        k = m.start - 1
        if m.trigger.form != "verb" or k <= self.view.start:
            return ()
        if self.view.lower(k) in ("latter", "former"):
            return self.pronoun(k)
        if self.view.lower(k - 1) in ("its", "their", "whose") and self.view.tag(k).startswith("NN"):
            return tuple(r for r in self.read(k) if r.item.label in ACTORS)
        return ()

    def _vesicle_instead(self, r: Reading) -> Reading:
        """ "Fibroblasts (CAFs) exosomes enhance": the vesicle behind its cell is the one who acts, whatever the parse says."""
        view = self.view
        if r.item.label not in ("CELL_TYPE", "CELL_LINE", "CANCER"):
            return r
        for item in view.items:
            if item.label == "VESICLE" and 0 <= item.start - r.item.end <= 6:
                gap = view.doc[r.item.end : item.start].text
                if re.fullmatch(
                    r"[\s\-–]*(?:cells?)?[\s\-–]*(?:\([^)]*\))?[\s\-–]*(?:derived|mediated|released|secreted|originated)?\s*",
                    gap,
                ):
                    return replace(r, item=item, head=True)
        return r

    def passive(self, i: int) -> bool:
        """Whether the verb ``i`` is passive."""
        view = self.view
        if not view.parsed:
            before = [view.lower(k) for k in range(max(view.start, i - 3), i)]
            return view.lower(i).endswith(("ed", "en", "wn", "ht")) and bool(
                {"is", "are", "was", "were", "be", "been", "being"} & set(before)
            )
        if view.children(i, "auxpass", "nsubjpass", "csubjpass"):
            return view.tag(i) != "VBZ"
        if view.children(i, "nsubj", "aux") and view.tag(i) != "VBN":
            return False
        if view.children(i, "nsubj") and view.children(i, "dobj"):
            return False  # "the vesicles induced X", taken for a participle
        if view.tag(i) == "VBN" and view.dep(i) == "acl":
            return True
        if view.tag(i) == "VBN" and view.dep(i) == "conj" and not view.children(i, "nsubj", "dobj"):
            return self.passive(view.head(i))
        return bool(view.children(i, "agent")) and not view.children(i, "dobj")

    def _has_subject(self, i: int) -> bool:
        """Whether the parse names a subject that simply is no mention ("tumor cells"): then nothing is guessed."""
        subs = self.view.children(i, "nsubj", "csubj")
        return any(self.view.lower(s) not in PRONOUNS and not self._is_relative(s) for s in subs)

    def _is_relative(self, i: int) -> bool:
        return self.view.tag(i) in ("WDT", "WP", "WP$")

    def parsed_subjects(self, i: int, *, passive: bool, depth: int = 0) -> tuple[Reading, ...]:
        view = self.view
        if depth > 8:
            return ()
        if passive:
            return distinct([r for a in view.objects_of(i, ("by",)) for r in self.read(a)])
        subs = view.children(i, "nsubj", "csubj", "nsubjpass") or [
            c for c in view.children(i) if c < i and self._is_relative(c)
        ]
        for s in subs:
            if self._is_relative(s):
                named = self._right_before_which(s) or (self.read(view.head(i)) if view.dep(i) == "relcl" else ())
                if named and not any(r.item.label in ACTORS for r in named):
                    return self.nearest_before(s) or named  # "X released by macrophages, which drives"
                return named or self.nearest_before(s)
            if view.lower(s) == "them":
                return ()  # an object that the parser took for a subject
            if view.lower(s) in PRONOUNS or (view.tag(s) == "DT" and not view.at.get(s)):
                return self.pronoun(s)
            readings = self._without_inserted(s, i, self.read(s))
            if self._demonstrative(s) and all(r.item.generic for r in readings):
                return self.pronoun(s, [r.item.label for r in readings])
            if readings or s == subs[-1]:
                return distinct([*readings, *self._doer(s)])
        return self._climb(i, depth)

    def _climb(self, i: int, depth: int) -> tuple[Reading, ...]:
        """The subject of a verb that has none of its own: relative clause, conjunct, participle, infinitive, gerund."""
        view = self.view
        dep, h = view.dep(i), view.head(i)
        if h == i or (h < i and any(view.token(k).text == ";" for k in range(h, i))):
            return ()  # nothing is shared across a semicolon
        if dep in ("acl", "advcl", "relcl", "xcomp") and self._purpose_of(i, h) >= 0:
            return self.parsed_subjects(self._purpose_of(i, h), passive=False, depth=depth + 1)
        if dep in ("acl", "relcl"):
            role = self._role_subject(h, depth)
            return role or self.read(view.modified(i))
        if dep == "advcl" and self._carries(h):
            return self._carried_on(h)
        if dep in ("conj", "xcomp", "advcl", "ccomp", "dep", "parataxis", "oprd", "acomp", "attr"):
            if view.tag(h).startswith("VB") or view.children(h, "nsubj", "nsubjpass", "cop"):
                found = self.parsed_subjects(h, passive=False, depth=depth + 1)
                if found or dep != "conj":
                    return found
            return self._climb(h, depth + 1) if dep in ("conj", "xcomp") else ()
        if dep in ("pcomp", "pobj"):
            up = view.head(h)
            if view.tag(up).startswith("VB"):
                return self.parsed_subjects(up, passive=False, depth=depth + 1)
            return self._role_subject(up, depth) or (self._climb(up, depth + 1) if depth < 3 else ())
        if dep == "prep":
            return self.parsed_subjects(h, passive=False, depth=depth + 1)
        return ()

    def _purpose_of(self, i: int, h: int) -> int:
        """The verb whose subject acts in "to V", -1 where it is another's: "circX sponges miR-Y to promote P"."""
        view = self.view
        if not any(view.lower(c) == "to" and c < i for c in view.children(i, "aux")) or view.tag(h).startswith("VB"):
            return -1
        verb = view.head(h)
        taken = view.dep(h) in ("dobj", "conj", "appos", "nsubj") and h in view.covered and verb < h
        acts = any(
            m.trigger.form == "verb" and m.trigger.family in ("regulate", "target", "bind")
            for m in view.triggers.get(verb, ())
        )
        return verb if taken and acts and view.tag(verb).startswith("VB") else -1

    def _without_inserted(self, s: int, verb: int, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
        """ "X, sponging Y, activates Z": what a participle between commas takes as its object does not act in the verb."""
        view = self.view
        taken = [
            m.end
            for m in view.matches
            if m.trigger.form == "verb" and s < m.start < verb and view.lower(m.root).endswith("ing")
            and view.token(m.start - 1).text == ","
        ]  # fmt: skip
        if not taken:
            return readings
        kept = tuple(r for r in readings if r.item.start < taken[0])
        return kept or readings

    def _right_before_which(self, which: int) -> tuple[Reading, ...]:
        """ "Cells transfer X, which blunts": X, wherever the parse hangs the clause; a vesicle it holds on to stays."""
        view = self.view
        verb = view.head(which)
        item = view.covered.get(which - 2) if which - 2 >= view.start and view.token(which - 1).text == "," else None
        if item is None or item.label not in ACTORS or item.generic or view.dep(verb) != "relcl":
            return ()
        held = self.read(view.head(verb))
        if any(r.item in item.group or r.item is item or r.item.label == "VESICLE" for r in held):
            return ()
        return tuple(replace(r, inherited=True) for r in self.own(item.root))

    def _doer(self, i: int) -> list[Reading]:
        """ "Suppression of X by Y promotes P": Y does so too."""
        if not any(m.trigger.form == "noun" and m.trigger.family == "regulate" for m in self.view.triggers.get(i, ())):
            return []
        found = [r for p in self.view.objects_of(i, ("by",)) for r in self.read(p)]
        return [r for r in found if r.item.label in ACTORS]

    def _carries(self, i: int) -> bool:
        """Whether verb ``i`` says that somebody without a name here hands something on."""
        if not any(m.trigger.family in ("cargo", "located") for m in self.view.triggers.get(i, ())):
            return False
        return not any(r.item.label in ACTORS for r in self.parsed_subjects(i, passive=self.passive(i), depth=1))

    def _carried_on(self, i: int) -> tuple[Reading, ...]:
        """ "Cells transfer X via vesicles, resulting in P": what is handed on, and the vesicle, do it."""
        view = self.view
        found = [r for d in view.children(i, "dobj") for r in self.read(d)]
        found += [
            r
            for p in view.objects_of(i, ("in", "via", "through", "by", "within"))
            for r in self.read(p)
            if r.item.label == "VESICLE"
        ]
        return distinct(r for r in found if r.item.label in ACTORS)

    def _role_subject(self, i: int, depth: int) -> tuple[Reading, ...]:
        """ "X plays a role in", "the ability of X to", "X is able to": the one behind a noun such as role."""
        view = self.view
        if not any(
            m.trigger.family in ("role", "ability") or m.trigger.form == "agent" for m in view.triggers.get(i, ())
        ):
            return ()
        of = [r for p in view.objects_of(i, ("of",)) for r in self.read(p)] + self.modifiers(i, 4, frozenset())
        of = [r for r in of if r.item.label in ("MIRNA", "PROTEIN", "VESICLE", "DRUG", "CELL_TYPE")]
        if of:
            return tuple(of)
        return self.noun_governor(i, depth)

    def noun_governor(self, i: int, depth: int) -> tuple[Reading, ...]:
        """The subject of the verb that governs noun ``i`` as object, attribute or after *as*."""
        view = self.view
        dep, h = view.dep(i), view.head(i)
        if dep in ("dobj", "attr", "oprd", "acomp", "conj", "pobj", "appos", "npadvmod"):
            if dep == "pobj":
                h = view.head(h)
            if dep == "appos":
                return self.read(h)
            before = self._apposed(i)
            if before:
                return before
            if dep == "conj":
                return self.noun_governor(h, depth + 1) if depth < 6 else ()
            return self.parsed_subjects(h, passive=False, depth=depth + 1)
        return ()

    def _apposed(self, i: int) -> tuple[Reading, ...]:
        """ "X represses Y, a regulator of Z": Y, although the parse hangs the noun up as one more object."""
        view, k = self.view, i - 1
        while k > view.start and (view.tag(k).startswith(("JJ", "VBN", "RB", "NN", "HYPH")) and k not in view.covered):
            k -= 1
        if view.lower(k) not in ("a", "an", "the") or view.token(k - 1).text != "," or k - 2 < view.start:
            return ()
        item = view.covered.get(k - 2)
        return tuple(self.own(item.root)) if item is not None and item.label in ACTORS else ()

    def _noun_subjects(self, m: Match) -> tuple[Reading, ...]:
        """The agent of a nominal trigger: "suppression of X by Y", "X is an inhibitor of Y", "the role of X in Y"."""
        view = self.view
        by = [r for p in view.objects_of(m.root, ("by",)) for r in self.read(p)]
        if by:
            return tuple(by)
        if m.trigger.family in ("role", "ability"):
            return self._role_subject(m.root, 0)
        if m.trigger.form in ("agent", "adjective"):
            return self.noun_governor(m.root, 0)
        i = m.root
        while view.dep(i) == "conj" and view.head(i) < i:
            i = view.head(i)
        if view.dep(i) in ("pobj", "pcomp") and view.lower(view.head(i)) in MEANS:
            up = view.head(view.head(i))
            return self.parsed_subjects(up, passive=False, depth=1)
        return ()

    def _demonstrative(self, i: int) -> bool:
        """ "These proteins": a noun phrase that points back."""
        return any(
            self.view.lower(c) in ("these", "this", "those", "such", "its", "their")
            for c in self.view.children(i, "det", "amod", "poss", "predet")
        )

    def _carried(self, found: Iterable[Reading]) -> list[Reading]:
        """Cargo named with its vesicle acts with it: "exosomes containing X promote Y", "X-positive exosomes"."""
        view = self.view
        out: list[Reading] = []
        for r in found:
            if r.item.label != "VESICLE":
                continue
            held = [*held_before(view, r.item), *held_after(view, r.item)]
            out.extend(
                Reading(x.alias or x, loose=True) for x in held if x.label in ("MIRNA", "PROTEIN") and not x.generic
            )
            for c in view.children(r.item.root, "acl"):
                if any(m.trigger.family in ("cargo", "located") for m in view.triggers.get(c, ())) and view.lower(
                    c
                ) not in ("released", "secreted", "shed"):
                    for d in [*view.children(c, "dobj"), *view.objects_of(c, ("with", "in"))]:
                        out.extend(
                            x for x in self.read(d) if x.item.label in ("MIRNA", "PROTEIN") and not x.item.generic
                        )
        return out

    def _turned_by_cargo(self, found: tuple[Reading, ...]) -> tuple[Reading, ...]:
        """ "Exosomes with siRNA against X weaken": less X does it, not the vesicle."""
        for r in found:
            if r.item.label == "VESICLE":
                reduced = [x for p in self.view.objects_of(r.item.root, ("with",)) for x in self.read(p) if x.sign < 0]
                if reduced:
                    return tuple(reduced)
        return found

    def targets(self, m: Match, depth: int = 0, seen: frozenset[int] = frozenset()) -> tuple[Reading, ...]:
        """What ``m`` acts on; passives give their subject."""
        view = self.view
        i = m.root
        found: list[Reading] = []
        if view.misparsed(i):
            return distinct(self.surface_targets(m))
        if m.trigger.form in ("noun", "agent") and m.trigger.family in ("regulate",):
            return tuple(self._through_noun(m, depth, seen))
        if view.parsed:
            if m.trigger.form == "verb" and not m.trigger.prepositions and self.passive(i):
                found = self.passive_targets(i, depth, seen)
            elif m.trigger.prepositions:
                for p in view.objects_of(i, m.trigger.prepositions):
                    if p > i:  # "In C cells, X results in P"
                        found.extend(self.read(p, depth + 1, seen))
            else:
                for d in view.children(i, "dobj", "oprd"):
                    # an object stands behind its verb; a member before it belongs to another one
                    found.extend(r for r in self.read(d, depth + 1, seen) if r.item.start > i or r.inherited)
        if not found and depth == 0 and not (view.parsed and self.passive(i)):
            found = self.surface_targets(m)
        return distinct(found)

    def passive_targets(self, i: int, depth: int, seen: frozenset[int]) -> list[Reading]:
        view = self.view
        subs = view.children(i, "nsubjpass", "nsubj")
        if not subs and view.dep(i) in ("acl", "relcl"):
            return list(self.read(view.modified(i), depth + 1, seen | {i}))
        if not subs and view.dep(i) == "conj":
            return self.passive_targets(view.head(i), depth, seen)
        if not subs and view.dep(i) == "advcl":  # "X is the target, being lowered by Y"
            return list(self.parsed_subjects(view.head(i), passive=False, depth=1))
        out: list[Reading] = []
        for s in subs:
            if self._is_relative(s) and view.dep(i) == "relcl":
                out.extend(self.read(view.modified(i), depth + 1, seen | {i}))
            else:
                out.extend(self.read(s, depth + 1, seen))
        return out
