"""From a token to the mentions it stands for.

:meth:`Reader.read` follows the parse through nouns that only stand for what they are said of ("overexpression of X", "the
levels of X and Y", "proteins such as X"), with a sign (less of it: -1) and a kind (the thing itself, resistance to it,
sensitivity to it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from exomine.nlp.cues.nouns import (
    EXEMPLIFIERS,
    NEGATIVE_ADJECTIVES,
    POSITIVE_ADJECTIVES,
    QUANTITY_ADJECTIVES,
    REDUCED_NOUNS,
    STATE_NOUNS,
    TRANSPARENT,
    TREATMENTS,
)
from exomine.nlp.view import Item, Match, SentenceView

__all__ = ["STATE_WORDS", "Reader", "Reading", "distinct"]

_DEPTH = 9
_NOUN_DEPS = ("compound", "nmod", "amod", "poss", "npadvmod", "nummod", "dep", "meta")
_EXEMPLIFIER = re.compile("|".join(rf"\b{re.escape(e)}" for e in EXEMPLIFIERS))
#: A change of one residue, "T790M", which is no mention of its own: the gene before it, mutated.
_VARIANT = re.compile(r"[A-Z]\d{1,4}[A-Z*]")
STATE_WORDS = {word: state for state, ws in STATE_NOUNS.items() for word in ws}


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


class Reader:
    """Readings of the tokens of one sentence. ``topic`` is what a pronoun at its beginning stands for."""

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
        own = self.own(i)
        if own and all(r.item.generic and r.item.label not in ("MIRNA", "DRUG") for r in own):
            # "the STAT3 signaling pathway", "PTEN protein": what stands before names it
            own = self.modifiers(i, depth, seen) or own
        trigger = self._noun_trigger(i)
        verb = self._verb_trigger(i)
        if own and trigger and trigger.trigger.form == "agent" and all(r.item.generic for r in own):
            own = []  # "a ceRNA for X"
        if own and not (trigger and trigger.trigger.family in ("resistance", "sensitivity")):
            out.extend(own)
        elif trigger is not None:
            out.extend(self._through_noun(trigger, depth, seen))
        elif verb is not None:
            out.extend(self._done_to(r, verb) for r in self.targets(verb, depth + 1, seen))
        else:
            out.extend(self._through_plain(i, depth, seen))
        out = self._with_adjectives(i, out)
        for c in self.view.children(i, "conj"):
            if not self._begins_anew(c):
                out.extend(self.read(c, depth + 1, seen))
        for c in self.view.children(i, "appos"):
            if self.view.at.get(c) or not out:  # "X, a target of Y" is not Y
                out.extend(self.read(c, depth + 1, seen))
        result = distinct(out)
        if depth == 0:
            self._cache[i] = result
        return result

    def _begins_anew(self, i: int) -> bool:
        """Whether the conjunct ``i`` is, or holds, a second verb that the parse took for a part of the object."""
        return any(self.view.second_verb(k) for k in (i, *self.view.children(i, "amod")))

    def own(self, i: int) -> list[Reading]:
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

    def _done_to(self, r: Reading, verb: Match) -> Reading:
        """ "Restoring X", "silencing X": more or less of X."""
        sign = verb.trigger.sign
        state = "increased" if sign > 0 and r.state == "normal" and r.kind == "entity" else r.state
        return replace(r.turned(sign, verb.root, vague=sign == 0), state=state)

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
        found = found or self._possessed(i)
        sign = self.adjective_sign(i) or m.trigger.sign  # "a negative regulator of X"
        state = STATE_WORDS.get(view.lower(i), "reduced" if sign < 0 else "increased" if sign > 0 else "normal")
        return [replace(r.turned(sign, i), state=state if r.state == "normal" else r.state) for r in found]

    def adjective_sign(self, i: int) -> int:
        """The sign of an adjective or adverb of ``i`` ("negative effect on", "inhibitory role in"), 0 where it has none."""
        for c in self.view.children(i, "amod", "advmod"):
            if self.view.lower(c) in NEGATIVE_ADJECTIVES:
                return -1
            if self.view.lower(c) in POSITIVE_ADJECTIVES:
                return 1
        return 0

    def _through_plain(self, i: int, depth: int, seen: frozenset[int]) -> list[Reading]:
        """Through a noun that is neither mention nor trigger."""
        view = self.view
        low = "variant" if _VARIANT.fullmatch(view.token(i).text) else view.lower(i)
        found = self._exemplified(i, seen) or self._named_after(i)
        if found:
            return found
        if low in TRANSPARENT or low in REDUCED_NOUNS or low in STATE_WORDS:
            if low in TREATMENTS:
                return self._treated_with(i, depth, seen)
            mutated = STATE_WORDS.get(low) == "mutated"
            for p in view.objects_of(
                i, ("of", "against", "for") if low in REDUCED_NOUNS else ("of", "in") if mutated else ("of",)
            ):
                found.extend(self.read(p, depth + 1, seen))
        mods = self.modifiers(i, depth, seen) if not found else []
        if any(r.item.label in ("MIRNA", "PROTEIN") and not r.item.generic for r in mods):
            mods = [r for r in mods if r.item.label != "VESICLE"]  # "exosomal miR-X levels"
        if low not in TRANSPARENT and low not in REDUCED_NOUNS and low not in STATE_WORDS:
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
        found = found or self._possessed(i)
        if low in REDUCED_NOUNS:
            found = [replace(r.turned(-1, i), state="reduced") for r in found]
        elif low in STATE_WORDS:
            found = [replace(r, state=STATE_WORDS[low]) for r in found]
        return found

    def _possessed(self, i: int) -> list[Reading]:
        """ "Its depletion", "whose inhibition": what the pronoun stands for."""
        near = [i - 1] if i > self.view.start else []
        for c in [*self.view.children(i, "poss", "nmod", "det"), *near]:
            if self.view.lower(c) in ("its", "their", "whose"):
                return [r for r in self.antecedent(c) if r.item.label in ("MIRNA", "PROTEIN", "VESICLE", "DRUG")]
        return []

    def _treated_with(self, i: int, depth: int, seen: frozenset[int]) -> list[Reading]:
        """ "Treatment of cells with X", "exposure to X", "X treatment": X, and not what is treated."""
        found = [r for p in self.view.objects_of(i, ("with", "to", "of", "by")) for r in self.read(p, depth + 1, seen)]
        found += self.modifiers(i, depth, seen)
        return [r for r in found if r.item.label not in ("CELL_TYPE", "CELL_LINE", "CANCER")]

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
        return self.own(item.root) if self.view.lower(i) in TRANSPARENT else []

    def modifiers(self, i: int, depth: int, seen: frozenset[int]) -> list[Reading]:
        """Mentions before the noun in its own phrase: "PTEN expression", "exosomal RNAs"."""
        out: list[Reading] = []
        for c in self.view.children(i, *_NOUN_DEPS):
            if c > i:
                continue
            if self.view.at.get(c):
                # "proinflammatory cytokines" are no inflammation
                out.extend(
                    r for r in self.own(c) if not (r.item.label == "PROCESS" and r.item.span.text.endswith("ory"))
                )
                for cc in self.view.children(c, "conj"):
                    out.extend(self.read(cc, depth + 1, seen))
            elif self._noun_trigger(c) and self.view.dep(c) in ("compound", "nmod"):
                out.extend(self.read(c, depth + 1, seen))
            elif self.view.lower(c) in TRANSPARENT:
                out.extend(self.modifiers(c, depth, seen))
            elif any(self.view.at.get(g) for g in self.view.children(c)) and self.view.tag(c).startswith(
                ("NN", "HYPH", "AFX")
            ):
                out.extend(r for g in self.view.children(c) for r in self.own(g))
        if not self.view.parsed:
            item = self.view.covered.get(i - 1) or (
                self.view.covered.get(i - 2) if self.view.token(i - 1).text == "-" else None
            )
            if item:
                out.extend(self.own(item.root))
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
            if s and not self._hyphen_left(c) and not self.view.misparsed(c):
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
                drugs = [x for x in item.group if x.label == "DRUG" and x.start >= item.start]
                # "the inhibitors D and E": the names behind their class
                named = next((x for x in view.items if x.label == "DRUG" and x.start == item.end), None)
                if named is not None:
                    drugs = [x for x in named.group if x.label == "DRUG"]
                return self._named_examples(drugs) or drugs
        return []

    def _named_examples(self, drugs: Sequence[Item]) -> list[Item]:
        """ "Resistance to drugs such as D": the examples, where the drug itself is only a general word."""
        if not drugs or not all(d.generic for d in drugs):
            return []
        gap = self.view.doc[drugs[-1].end : min(self.view.end, drugs[-1].end + 4)].text
        if not _EXEMPLIFIER.search(gap):
            return []
        after = [x for x in self.view.items if drugs[-1].end < x.start <= drugs[-1].end + 6 and x.label == "DRUG"]
        return [x for x in after[0].group if x.label == "DRUG" and x.start >= after[0].start] if after else []

    def antecedent(self, i: int) -> tuple[Reading, ...]:
        """What the pronoun ``i`` stands for; see :class:`exomine.nlp.surface.SurfaceReader`."""
        raise NotImplementedError

    def targets(self, m: Match, depth: int = 0, seen: frozenset[int] = frozenset()) -> tuple[Reading, ...]:
        """What a trigger acts on; see :class:`exomine.nlp.arguments.Arguments`."""
        raise NotImplementedError


def distinct(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """One reading a mention and kind, the first kept."""
    seen: set[tuple[int, str]] = set()
    out = []
    for r in readings:
        key = (id(r.item), r.kind)
        if key not in seen:
            seen.add(key)
            out.append(r)
    return tuple(out)
