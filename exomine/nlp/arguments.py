"""Who does it and to what: from tokens to mentions, through nouns that only stand for them.

:meth:`Arguments.read` follows the parse from a token to the mentions it stands for ("overexpression of X", "the levels of X
and Y", "proteins such as X"), with a sign (less of it: -1) and a kind (the thing itself, resistance to it, sensitivity to
it). :meth:`Arguments.subjects` and :meth:`Arguments.targets` find what a trigger hangs on. Where the parse is missing or
says nothing, word order answers instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from exomine.nlp.cues.nouns import (
    AGENT_PREPOSITIONS,
    EXEMPLIFIERS,
    PRONOUNS,
    QUANTITY_ADJECTIVES,
    REDUCED_NOUNS,
    STATE_NOUNS,
    SURFACE_STOPS,
    TRANSPARENT,
)  # fmt: skip
from exomine.nlp.view import Item, Match, SentenceView

__all__ = ["Arguments", "Reading"]

_DEPTH = 9
_NOUN_DEPS = ("compound", "nmod", "amod", "poss", "npadvmod", "nummod", "dep", "meta")
_EXEMPLIFIER = re.compile("|".join(rf"\b{re.escape(e)}" for e in EXEMPLIFIERS))
_TREATMENT = re.compile(
    r"(?:\s*[\w\-]+){0,4}?\s*\b(?:after|upon|following|by)\s+(?:the\s+)?(?:treatment|stimulation|incubation|exposure|transfection|"
    r"co-?culture|uptake|internali[sz]ation|injection|administration|induction)\s+(?:with|by|to|of)\s+"
)
_STATE = {word: state for state, ws in STATE_NOUNS.items() for word in ws}


@dataclass(frozen=True, slots=True)
class Reading:
    """A mention reached: ``sign`` -1 means less of it; ``kind`` is entity, resistance or sensitivity.

    ``state`` is the subject's state as written; ``words`` are the tokens of triggers on the way; ``vague`` tells that the
    direction is not told; ``inherited`` that it comes from a pronoun or an ellipsis; ``loose`` that word order found it.
    """

    item: Item
    sign: int = 1
    kind: str = "entity"
    state: str = "normal"
    words: tuple[int, ...] = ()
    vague: bool = False
    inherited: bool = False
    loose: bool = False
    head: bool = True

    def turned(self, sign: int, word: int | None = None, *, vague: bool = False) -> Reading:
        """The reading seen through a word of ``sign``."""
        ws = self.words if word is None else (word, *self.words)
        return replace(self, sign=self.sign * (sign or 1), words=ws, vague=self.vague or vague or sign == 0)


class Arguments:
    """Argument finder of one sentence. ``topic`` is what a pronoun at its beginning stands for."""

    def __init__(self, view: SentenceView, topic: Sequence[Item] = ()) -> None:
        self.view = view
        self.topic = list(topic)
        self._cache: dict[int, tuple[Reading, ...]] = {}

    # ------------------------------------------------------------------ from a token to mentions

    def read(self, i: int, depth: int = 0, seen: frozenset[int] = frozenset()) -> tuple[Reading, ...]:
        """The mentions that token ``i`` stands for."""
        if i in seen or depth > _DEPTH:
            return ()
        if depth == 0 and i in self._cache:
            return self._cache[i]
        seen = seen | {i}
        out: list[Reading] = []
        own = self._own(i)
        if own and all(r.item.generic and r.item.label not in ("MIRNA", "DRUG") for r in own):
            # "the STAT3 signaling pathway", "PTEN protein": what stands before names it
            own = self.modifiers(i, depth, seen) or own
        trigger = self._noun_trigger(i)
        verb = self._verb_trigger(i)
        if own and not (trigger and trigger.trigger.family in ("resistance", "sensitivity")):
            out.extend(own)
        elif trigger is not None:
            out.extend(self._through_noun(trigger, depth, seen))
        elif verb is not None:
            out.extend(
                r.turned(verb.trigger.sign, i, vague=verb.trigger.sign == 0)
                for r in self.targets(verb, depth + 1, seen)
            )
        else:
            out.extend(self._through_plain(i, depth, seen))
        out = self._with_adjectives(i, out)
        for c in self.view.children(i, "conj"):
            out.extend(self.read(c, depth + 1, seen))
        for c in self.view.children(i, "appos"):
            if not out or self._mentions_below(c) or self.view.at.get(c):
                out.extend(self.read(c, depth + 1, seen))
        result = _distinct(out)
        if depth == 0:
            self._cache[i] = result
        return result

    def _own(self, i: int) -> list[Reading]:
        """Readings of the mentions rooted at ``i``, with their enumeration."""
        out = []
        for item in self.view.at.get(i, ()):
            for member in item.group or [item]:
                member = member.alias or member
                kind = "resistance" if member.resistance else "entity"
                sign, state = self._prefix(member)
                out.append(Reading(member, sign, kind, state))
        return out

    def _prefix(self, item: Item) -> tuple[int, str]:
        """Sign and state that stand glued before or after a mention: "anti-miR-21", "miR-21 mimic", "si-PTEN"."""
        view = self.view
        k = item.start - 1
        while k >= view.start and view.token(k).text in ("-", "‐", "–"):
            k -= 1
        if k >= view.start and view.lower(k) in ("anti", "antago", "si", "sh", "anti-") and k != item.start - 1:
            return -1, "reduced"
        return 1, "normal"

    def _noun_trigger(self, i: int) -> Match | None:
        for m in self.view.triggers.get(i, ()):
            if m.trigger.form not in ("noun", "agent"):
                continue
            if m.trigger.family in ("regulate", "resistance") or (
                m.trigger.family == "sensitivity" and self.drugs_of(m)
            ):
                return m
        return None

    def _verb_trigger(self, i: int) -> Match | None:
        if not self.view.tag(i).startswith(("VBG", "VB")):
            return None
        for m in self.view.triggers.get(i, ()):
            if m.trigger.form == "verb" and m.trigger.family in ("regulate", "target", "involve"):
                return m
        return None

    def _through_noun(self, m: Match, depth: int, seen: frozenset[int]) -> list[Reading]:
        """Through a nominalisation: "activation of X", "X activation", "resistance to D"."""
        i = m.root
        if m.trigger.family in ("resistance", "sensitivity"):
            sign = 1 if m.trigger.family == "resistance" else -1
            kind = "resistance" if sign > 0 else "sensitivity"
            return [Reading(d, sign, kind, words=(i,)) for d in self.drugs_of(m)]
        view = self.view
        found: list[Reading] = []
        deps = ("of", *m.trigger.prepositions) if m.trigger.form == "agent" else ("of", "to")
        for p in view.objects_of(i, deps):
            found.extend(self.read(p, depth + 1, seen))
        if not found:
            found.extend(self.modifiers(i, depth, seen))
        if not found:
            found.extend(self._exemplified(i, seen))
        if not found and m.trigger.form == "noun":
            for p in view.objects_of(i, ("in",)):
                found.extend(
                    r for r in self.read(p, depth + 1, seen) if r.item.label not in ("CANCER", "CELL_LINE", "CELL_TYPE")
                )
        state = _STATE.get(
            view.lower(i), "reduced" if m.trigger.sign < 0 else "increased" if m.trigger.sign > 0 else "normal"
        )
        return [replace(r.turned(m.trigger.sign, i), state=state if r.state == "normal" else r.state) for r in found]

    def _through_plain(self, i: int, depth: int, seen: frozenset[int]) -> list[Reading]:
        """Through a noun that is neither mention nor trigger."""
        view = self.view
        low = view.lower(i)
        found = self._exemplified(i, seen) or self._named_after(i)
        if found:
            return found
        if low in TRANSPARENT or low in REDUCED_NOUNS or low in _STATE:
            for p in view.objects_of(i, ("of", "against", "for") if low in REDUCED_NOUNS else ("of",)):
                found.extend(self.read(p, depth + 1, seen))
        mods = self.modifiers(i, depth, seen) if not found else []
        if low not in TRANSPARENT and low not in REDUCED_NOUNS and low not in _STATE:
            # "exosomal RNAs": the vesicle acts through what it carries; other modifiers do not stand for the noun
            mods = [
                replace(r, head=r.item.label == "MIRNA")
                for r in mods
                if r.item.label in ("VESICLE", "MIRNA", "PROTEIN")
            ]
            if any(r.head for r in mods):
                mods = [r for r in mods if r.head]
        elif low in ("cell", "cells"):
            mods = [r for r in mods if r.item.label in ("CELL_TYPE", "CANCER", "CELL_LINE", "VESICLE")]
        found.extend(mods)
        if low in REDUCED_NOUNS:
            found = [replace(r.turned(-1, i), state="reduced") for r in found]
        elif low in _STATE:
            found = [replace(r, state=_STATE[low]) for r in found]
        return found

    def _named_after(self, i: int) -> list[Reading]:
        """ "The factor X", "signal molecule X": the name right behind the noun it belongs to."""
        item = self.view.covered.get(i + 1)
        if (
            item is None
            or item.start != i + 1
            or item.label not in ("MIRNA", "PROTEIN", "DRUG")
            or self.view.lower(i) in ("of", "to")
        ):
            return []
        return self._own(item.root) if self.view.lower(i) in TRANSPARENT else []

    def modifiers(self, i: int, depth: int, seen: frozenset[int]) -> list[Reading]:
        """Mentions before the noun in its own phrase: "PTEN expression", "exosomal RNAs"."""
        out: list[Reading] = []
        for c in self.view.children(i, *_NOUN_DEPS):
            if c > i:
                continue
            if self.view.at.get(c):
                out.extend(self._own(c))
                for cc in self.view.children(c, "conj"):
                    out.extend(self.read(cc, depth + 1, seen))
            elif self._noun_trigger(c) and self.view.dep(c) in ("compound", "nmod"):
                out.extend(self.read(c, depth + 1, seen))
            elif self.view.lower(c) in TRANSPARENT:
                out.extend(self.modifiers(c, depth, seen))
            elif any(self.view.at.get(g) for g in self.view.children(c)) and self.view.tag(c).startswith(
                ("NN", "HYPH", "AFX")
            ):
                out.extend(r for g in self.view.children(c) for r in self._own(g))
        if not self.view.parsed:
            item = self.view.covered.get(i - 1) or (
                self.view.covered.get(i - 2) if self.view.token(i - 1).text == "-" else None
            )
            if item:
                out.extend(self._own(item.root))
        return out

    def _exemplified(self, i: int, seen: frozenset[int]) -> list[Reading]:
        """The examples after "such as", "like", "including" that belong to the noun ``i``."""
        view = self.view
        stop = min(view.end, i + 40)
        after = view.doc[i + 1 : stop].text
        hit = _EXEMPLIFIER.search(after)
        if not hit or re.search(r"[;:]", after[: hit.start()]):
            return []
        # between the noun and its examples: nothing, brackets, a relative clause, an adverbial
        between = after[: hit.start()]
        if re.search(r"\band\b(?!.*\bthat\b)", between) and len(between) > 40:
            return []
        first = (
            view.doc.char_span(
                view.token(i + 1).idx + hit.end(), view.token(i + 1).idx + hit.end() + 1, alignment_mode="expand"
            )
            if i + 1 < view.end
            else None
        )
        k = first.start if first is not None else i + 1
        for item in view.items:
            if k - 1 <= item.start <= k + 6 and item.start > i and item.root not in seen:
                return [
                    Reading(m.alias or m, kind="resistance" if m.resistance else "entity")
                    for m in item.group
                    if m.start >= k - 1
                ]
        return []

    def _with_adjectives(self, i: int, readings: list[Reading]) -> list[Reading]:
        """ "Increased activity of X", "reduced X expression", "high levels of X"."""
        sign, word = 1, None
        for c in self.view.children(i, "amod"):
            low = self.view.lower(c)
            s = QUANTITY_ADJECTIVES.get(low)
            if s is None:
                s = next((m.trigger.sign for m in self.view.triggers.get(c, ()) if m.trigger.family == "regulate"
                          and low.endswith("ed")), None)  # fmt: skip
            if s and not self._hyphen_left(c):
                sign, word = sign * s, c
        if word is None:
            return readings
        state = "increased" if sign > 0 else "reduced"
        return [
            replace(r.turned(sign, word), state=state if r.state == "normal" and r.kind == "entity" else r.state)
            for r in readings
        ]

    def _hyphen_left(self, i: int) -> bool:
        return i - 1 >= self.view.start and self.view.token(i - 1).text in ("-", "‐", "–")

    def _mentions_below(self, i: int) -> bool:
        return any(t.i in self.view.at for t in self.view.token(i).subtree)

    # ------------------------------------------------------------------ drugs of a resistance word

    def drugs_of(self, m: Match) -> list[Item]:
        """DRUG mentions that a word of resistance or sensitivity is about."""
        view = self.view
        out: list[Item] = []
        before = self._left_neighbour(m.start)
        if before is not None and before.label == "DRUG":
            out.extend(x for x in before.group if x.label == "DRUG" and x.start <= before.start)
        out.extend(d for d in self._drugs_after(m) if d not in out)
        if not out and view.parsed:
            for p in view.objects_of(m.root, m.trigger.prepositions):
                out.extend(r.item for r in self.read(p, 3) if r.item.label == "DRUG")
        return [d.alias or d for d in out]

    def _left_neighbour(self, k: int) -> Item | None:
        """The mention that ends right before token ``k``, a hyphen or "drug" between them allowed."""
        view = self.view
        j = k - 1
        while j >= view.start and (
            view.token(j).text in ("-", "‐", "–") or view.lower(j) in ("induced", "associated", "related")
        ):
            j -= 1
        item = view.covered.get(j)
        if item is not None and item.alias is not None:
            return item.alias
        return item

    def _drugs_after(self, m: Match) -> list[Item]:
        """ "Resistance to the drugs D and E": by word order, so that a wrong attachment does no harm."""
        view = self.view
        k, steps = m.end, 0
        while k < view.end and steps < 9:
            low = view.lower(k)
            if low in ("to", "against", "toward", "towards") or (steps == 0 and low == "of"):
                break
            if low in ("and", "or", ",", ";", "which", "that", "by", "through", "via") or view.tag(k).startswith(
                ("VBZ", "VBD", "VBP")
            ):
                return []
            k, steps = k + 1, steps + 1
        else:
            return []
        for item in view.items:
            if item.start > k and item.start <= k + 7 and item.label == "DRUG":
                gap = view.doc[k + 1 : item.start]
                if any(
                    t.tag_ in ("VBZ", "VBD", "VBP") or t.lower_ in ("in", "by", "via", "through", ";", "which")
                    for t in gap
                ):
                    return []
                return [x for x in item.group if x.label == "DRUG" and x.start >= item.start]
        return []

    # ------------------------------------------------------------------ subjects

    def subjects(self, m: Match) -> tuple[Reading, ...]:
        """Who or what acts in ``m``; passives give their agent."""
        view = self.view
        found: tuple[Reading, ...] = ()
        if view.misparsed(m.root):
            return _distinct([*self.surface_subjects(m), *self.through(m)])
        if view.parsed:
            passive = self.passive(m.root) and m.trigger.family not in ("involve", "associate")
            found = self.parsed_subjects(m.root, passive=passive)
            if not found and passive:
                found = self._after_treatment(m)
            if not found and m.trigger.form in ("noun", "agent", "adjective"):
                found = self._noun_subjects(m)
        if not found and not self._has_subject(m.root):
            found = self.surface_subjects(m)
        found = tuple(self._vesicle_instead(r) for r in found)
        return _distinct([*found, *self._carried(found), *self.through(m)])

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
            return True
        if view.children(i, "nsubj", "aux") and view.tag(i) != "VBN":
            return False
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
            return _distinct([r for a in view.objects_of(i, ("by",)) for r in self.read(a)])
        subs = view.children(i, "nsubj", "csubj", "nsubjpass")
        for s in subs:
            if self._is_relative(s):
                return self.read(view.head(i)) if view.dep(i) == "relcl" else self.pronoun(i)
            if view.lower(s) in PRONOUNS or (view.tag(s) == "DT" and not view.at.get(s)):
                return self.pronoun(s)
            readings = self.read(s)
            if self._demonstrative(s) and all(r.item.generic for r in readings):
                return self.pronoun(s, [r.item.label for r in readings])
            return readings
        return self._climb(i, depth)

    def _after_treatment(self, m: Match) -> tuple[Reading, ...]:
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
                return tuple(replace(r, loose=True) for r in self._own(item.root))
        return ()

    def _climb(self, i: int, depth: int) -> tuple[Reading, ...]:
        """The subject of a verb that has none of its own: relative clause, conjunct, participle, infinitive, gerund."""
        view = self.view
        dep, h = view.dep(i), view.head(i)
        if h == i:
            return ()
        if dep in ("acl", "relcl"):
            role = self._role_subject(h, depth)
            return role or self.read(h)
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
            if dep == "conj":
                return self.noun_governor(h, depth + 1) if depth < 6 else ()
            return self.parsed_subjects(h, passive=False, depth=depth + 1)
        return ()

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
        if view.dep(m.root) in ("pobj", "pcomp") and view.lower(view.head(m.root)) in AGENT_PREPOSITIONS:
            up = view.head(view.head(m.root))
            return self.parsed_subjects(up, passive=False, depth=1)
        return ()

    def _demonstrative(self, i: int) -> bool:
        """ "These proteins": a noun phrase that points back."""
        return any(
            self.view.lower(c) in ("these", "this", "those", "such", "its", "their")
            for c in self.view.children(i, "det", "amod", "poss", "predet")
        )

    def pronoun(self, i: int, labels: Sequence[str] = ()) -> tuple[Reading, ...]:
        """What a pronoun stands for: the last likely thing before it in the sentence, else the topic before.

        ``labels`` are those that the noun with the pronoun allows ("these microRNAs").
        """
        allowed = tuple(labels) or ("MIRNA", "PROTEIN", "VESICLE", "DRUG")
        before = [x for x in self.view.items if x.end <= i and x.label in allowed and not x.generic]
        if labels:
            named = before[-1].group or before[-1:] if before else [x for x in self.topic if x.label in allowed]
            return tuple(Reading(x.alias or x, inherited=True) for x in named)
        subject = [x for x in before if self.view.dep(x.root) in ("nsubj", "nsubjpass")]
        chosen = subject[-1:] or (before[:1] if before and not self.topic else [])
        items = [m for x in chosen for m in x.group] or self.topic
        return tuple(Reading(x.alias or x, inherited=True) for x in items)

    def surface_subjects(self, m: Match) -> tuple[Reading, ...]:
        """By word order: the nearest enumeration of agents before the trigger in its clause.

        After a comma or "and" the verb shares the subject of the verb before it.
        """
        view = self.view
        k = m.start - 1
        while k > view.start and (
            view.tag(k) in ("RB", "MD") or view.lower(k) in ("also", "significantly", "to", "not")
        ):
            k -= 1
        if k > view.start and view.lower(k) in (",", "and", "or", "but", "by", "via", "through"):
            for other in reversed(view.matches):
                if (
                    other.end <= k
                    and other.trigger.form == "verb"
                    and other.trigger.family in ("regulate", "target", "involve")
                ):
                    return self.surface_subjects(other)
        if view.lower(max(k, view.start)) in ("it", "they", "which", "that"):
            return self.pronoun(k)
        for item in reversed(view.items):
            if item.end > m.start or item.label not in ("MIRNA", "PROTEIN", "VESICLE", "DRUG") or item.generic:
                continue
            gap = view.doc[item.end : m.start]
            if len(gap) > 12 or any(t.text in (";", ":") for t in gap):
                break
            return tuple(replace(r, loose=True) for r in self._own(item.root))
        return ()

    def _carried(self, found: Iterable[Reading]) -> list[Reading]:
        """Cargo named with its vesicle acts with it: "exosomes containing X promote Y"."""
        view = self.view
        out: list[Reading] = []
        for r in found:
            if r.item.label != "VESICLE":
                continue
            for c in view.children(r.item.root, "acl"):
                if any(m.trigger.family in ("cargo", "located") for m in view.triggers.get(c, ())) and view.lower(
                    c
                ) not in ("released", "secreted", "shed"):
                    for d in [*view.children(c, "dobj"), *view.objects_of(c, ("with", "in"))]:
                        out.extend(
                            x for x in self.read(d) if x.item.label in ("MIRNA", "PROTEIN") and not x.item.generic
                        )
        return out

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
                    [r for r in self._own(item.root) if r.sign > 0 and r.item.label in ("MIRNA", "PROTEIN", "VESICLE")]
                    if named
                    else []
                )
            if any(x.trigger.family in ("regulate", "target", "bind") for x in view.triggers.get(k, ())):
                return []
            if view.lower(k) in (",", "and", "in", "which", "that", "."):
                return []
        return []

    def _names_pathway(self, item: Item) -> bool:
        nxt = [self.view.lower(k) for k in range(item.end, min(item.end + 3, self.view.end))]
        return bool({"signaling", "signalling", "pathway", "pathways", "axis", "dependent"} & set(nxt))

    # ------------------------------------------------------------------ targets

    def targets(self, m: Match, depth: int = 0, seen: frozenset[int] = frozenset()) -> tuple[Reading, ...]:
        """What ``m`` acts on; passives give their subject."""
        view = self.view
        i = m.root
        found: list[Reading] = []
        if view.misparsed(i):
            return _distinct(self.surface_targets(m))
        if m.trigger.form in ("noun", "agent") and m.trigger.family in ("regulate",):
            return tuple(self._through_noun(m, depth, seen))
        if view.parsed:
            if m.trigger.form == "verb" and not m.trigger.prepositions and self.passive(i):
                found = self.passive_targets(i, depth, seen)
            elif m.trigger.prepositions:
                for p in view.objects_of(i, m.trigger.prepositions):
                    found.extend(self.read(p, depth + 1, seen))
            else:
                for d in view.children(i, "dobj", "oprd"):
                    found.extend(self.read(d, depth + 1, seen))
        if not found and depth == 0 and not (view.parsed and self.passive(i)):
            found = self.surface_targets(m)
        return _distinct(found)

    def passive_targets(self, i: int, depth: int, seen: frozenset[int]) -> list[Reading]:
        view = self.view
        subs = view.children(i, "nsubjpass", "nsubj")
        if not subs and view.dep(i) in ("acl", "relcl"):
            return list(self.read(view.head(i), depth + 1, seen | {i}))
        if not subs and view.dep(i) == "conj":
            return self.passive_targets(view.head(i), depth, seen)
        out: list[Reading] = []
        for s in subs:
            if self._is_relative(s) and view.dep(i) == "relcl":
                out.extend(self.read(view.head(i), depth + 1, seen | {i}))
            else:
                out.extend(self.read(s, depth + 1, seen))
        return out

    def surface_targets(self, m: Match, *, direct: bool = False) -> list[Reading]:
        """By word order: the next enumeration after the trigger, through the signs of the nouns between them."""
        view = self.view
        passed: list[int] = []
        sign, k, vague = 1, m.end, False
        limit = min(view.end, m.end + 9)
        if m.trigger.prepositions and not direct:
            k = self._behind_preposition(m, limit)
        while k < limit:
            item = view.covered.get(k)
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
            if x.trigger.form == "noun" and x.trigger.family == "regulate":
                sign, vague = sign * (x.trigger.sign or 1), vague or x.trigger.sign == 0
        return [
            replace(r.turned(sign), words=(*passed, *r.words), vague=vague or r.vague, loose=True)
            for r in self._own(item.root)
            if r.item.start >= m.end
        ]


def _distinct(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """One reading a mention and kind, the first kept."""
    seen: set[tuple[int, str]] = set()
    out = []
    for r in readings:
        key = (id(r.item), r.kind)
        if key not in seen:
            seen.add(key)
            out.append(r)
    return tuple(out)
