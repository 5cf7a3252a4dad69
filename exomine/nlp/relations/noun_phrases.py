"""From a token to the mentions it stands for.

:meth:`NounPhrases.read` follows the parse through nouns that only stand for what they are said of ("overexpression of
X", "the levels of X and Y", "proteins such as X"), with a sign (less of it: -1) and a kind (the thing itself,
resistance to it, sensitivity to it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from exomine.nlp.relations.antecedents import POSSESSIVES, Antecedents, agree
from exomine.nlp.relations.arguments import CELLS, MOLECULES, Argument, distinct, response_of
from exomine.nlp.relations.clauses import is_passive, is_relative, misparsed, second_verb
from exomine.nlp.relations.cues.nouns import (
    ABILITIES,
    EFFECTS,
    EXEMPLIFIERS,
    NEGATIVE_ADJECTIVES,
    POSITIVE_ADJECTIVES,
    QUANTITY_ADJECTIVES,
    REDUCED_NOUNS,
    STATE_WORDS,
    TRANSPARENT,
    TREATMENTS,
)
from exomine.nlp.relations.cues.operator_cues import TOOL
from exomine.nlp.relations.drugs import Drugs, names_cells
from exomine.nlp.relations.operators import done_by
from exomine.nlp.relations.sentence import Item, Match, Sentence
from exomine.nlp.relations.tokens import HYPHENS
from exomine.nlp.relations.windows import TO_ABLE, TO_EXAMPLES, TO_FIRST_EXAMPLE
from exomine.vocabulary.entities import Role, labels

__all__ = ["NounPhrases"]

_DEPTH = 9
_NOUN_DEPS = ("compound", "nmod", "amod", "poss", "npadvmod", "nummod", "dep", "meta")
_EXEMPLIFIER = re.compile("|".join(rf"\b{re.escape(e)}" for e in EXEMPLIFIERS))
#: A change of one residue, "T790M", which is no mention of its own: the gene before it, mutated.
_VARIANT = re.compile(r"[A-Z]\d{1,4}[A-Z*]")
#: Behind the name of what a mutant has lost.
_IDLE = ("dead", "defective", "inactive")
_TOOL = re.compile(rf"(?:anti-|(?:{TOOL})\b)")
#: Prefixes of what an effect does.
_PREFIXES = {"pro": 1, "anti": -1}
_NAMED = labels(Role.EFFECTOR | Role.CARGO)
_CLASSES = labels(Role.CLASS)
_NONE: frozenset[int] = frozenset()


class NounPhrases:
    """What the tokens of one sentence stand for."""

    def __init__(self, sentence: Sentence, antecedents: Antecedents) -> None:
        self.sentence, self.antecedents = sentence, antecedents
        self._drugs = Drugs(sentence)
        self._cache: dict[int, tuple[Argument, ...]] = {}

    # ------------------------------------------------------------------ from a token to mentions

    def read(self, i: int, depth: int = 0, seen: frozenset[int] = _NONE) -> tuple[Argument, ...]:
        """The mentions that token ``i`` stands for."""
        if i in seen or depth > _DEPTH:
            return ()
        if depth == 0 and i in self._cache:
            return self._cache[i]
        result = distinct(self._read(i, depth, seen | {i}))
        if depth == 0:
            self._cache[i] = result
        return result

    def _read(self, i: int, depth: int, seen: frozenset[int]) -> list[Argument]:
        out = self.with_adjectives(i, self._alone(i, depth, seen))
        for c in self.sentence.children(i, "conj"):
            if not self._begins_anew(c):
                out.extend(self.read(c, depth + 1, seen))
        for c in self.sentence.children(i, "appos"):
            if self.sentence.at.get(c) or not out:  # "X, a target of Y" is not Y
                out.extend(self.read(c, depth + 1, seen))
        return out

    def read_all(self, tokens: Iterable[int], depth: int = 0, seen: frozenset[int] = _NONE) -> list[Argument]:
        """What several tokens stand for, in order."""
        return [a for i in tokens for a in self.read(i, depth, seen)]

    def behind(self, i: int, *prepositions: str) -> list[Argument]:
        """What the prepositions below ``i`` lead to."""
        return self.read_all(self.sentence.objects_of(i, prepositions))

    def _alone(self, i: int, depth: int, seen: frozenset[int]) -> list[Argument]:
        """The mentions of ``i`` without what is coordinated with it."""
        noun = self._noun_trigger(i)
        own = self._named(i, noun, depth, seen)
        if own and not (noun and noun.trigger.family in ("resistance", "sensitivity")):
            return own
        if noun is not None:
            return self.through_noun(noun, depth, seen)
        verb = self._verb_trigger(i)
        if verb is not None:
            acted_on = self._acted_on(verb, depth + 1, seen)
            return list(acted_on) if self._describes(verb) else [_done_to(a, verb) for a in acted_on]
        return self._through_plain(i, depth, seen)

    def _named(self, i: int, noun: Match | None, depth: int, seen: frozenset[int]) -> list[Argument]:
        """The mentions rooted at ``i``, or what names them: "the STAT3 signaling pathway", "PTEN protein"."""
        own = self.own(i)
        if own and all(a.item.generic and a.item.label not in _CLASSES for a in own):
            own = self.modifiers(i, depth, seen) or own
        agent = noun is not None and noun.trigger.form == "agent"
        return [] if agent and all(a.item.generic for a in own) else own  # "a ceRNA for X"

    def _begins_anew(self, i: int) -> bool:
        """Whether the conjunct ``i`` is, or holds, a second verb that the parse took for a part of the object."""
        return any(second_verb(self.sentence, k) for k in (i, *self.sentence.children(i, "amod")))

    def own(self, i: int) -> list[Argument]:
        """The mentions rooted at ``i``, with their enumeration."""
        return [self._argument(m) for item in self.sentence.at.get(i, ()) for m in item.group or [item]]

    def _argument(self, item: Item) -> Argument:
        item = item.alias or item
        if item.response:
            return response_of(item)
        return Argument(item, -1, "entity", "reduced") if self._prefixed(item) else Argument(item)

    def _prefixed(self, item: Item) -> bool:
        """Whether a prefix of taking away is glued to a mention: "anti-miR-21", "si-PTEN"."""
        sentence, k = self.sentence, item.start - 1
        while k >= sentence.start and sentence.token(k).text in HYPHENS:
            k -= 1
        glued = sentence.start <= k < item.start - 1
        return glued and sentence.lower(k) in ("anti", "antago", "si", "sh", "anti-")

    # ------------------------------------------------------------------ through triggers

    def _noun_trigger(self, i: int) -> Match | None:
        for m in self.sentence.triggers.get(i, ()):
            if m.trigger.form not in ("noun", "agent"):
                continue
            if m.trigger.family in ("regulate", "resistance") or (
                m.trigger.family == "sensitivity" and self.drugs_of(m)
            ):
                return m
        return None

    def _verb_trigger(self, i: int) -> Match | None:
        if not self.sentence.tag(i).startswith("VB"):
            return None
        found = (m for m in self.sentence.triggers.get(i, ()) if m.trigger.form == "verb")
        return next((m for m in found if m.trigger.family in ("regulate", "target", "involve")), None)

    def _describes(self, verb: Match) -> bool:
        """ "Neutralizing antibodies against X", "X-repressing Y": neither the antibodies nor Y are acted on."""
        if not self.sentence.lower(verb.root).endswith("ing"):
            return False
        tool = verb.trigger.sign < 0 and _TOOL.match(self.sentence.doc[verb.end : self.sentence.end].text.lower())
        return bool(tool) or self.sentence.hyphen_before(verb.start)

    def _acted_on(self, verb: Match, depth: int, seen: frozenset[int]) -> tuple[Argument, ...]:
        """The objects of a verb inside a phrase: "restoring X"."""
        return () if misparsed(self.sentence, verb.root) else distinct(self.objects(verb, depth, seen))

    def objects(self, m: Match, depth: int = 0, seen: frozenset[int] = _NONE) -> list[Argument]:
        """What a verb or adjective acts on by the parse; a passive gives its subject."""
        i = m.root
        if m.trigger.form == "verb" and not m.trigger.prepositions and is_passive(self.sentence, i):
            return self.patients(i, depth, seen)
        if m.trigger.prepositions:  # "In C cells, X results in P": behind the verb
            behind = [p for p in self.sentence.objects_of(i, m.trigger.prepositions) if p > i]
            return self.read_all(behind, depth + 1, seen)
        objects = [c for c in self.sentence.children(i, "dobj", "oprd") if not self._begins_anew(c)]
        for particle in self.sentence.children(i, "prt"):  # "shutting down its expression"
            objects += self.sentence.children(particle, "pobj")
        direct = self.read_all(objects, depth + 1, seen)
        # an object stands behind its verb; a member before it belongs to another one
        return [a for a in direct if a.item.start > i or a.inherited]

    def able_to(self, i: int) -> bool:
        """ "Abolished the capacity of X to induce P": nothing is done to X itself."""
        return self.sentence.lower(i) in ABILITIES and any(
            self.sentence.lower(k) == "to" and self.sentence.tag(k + 1).startswith("VB")
            for k in range(i, min(self.sentence.end - 1, i + TO_ABLE))
        )

    def patients(self, i: int, depth: int = 1, seen: frozenset[int] = _NONE) -> list[Argument]:
        """What is acted on in a passive: its subject, or the noun that a participle or relative clause modifies."""
        sentence = self.sentence
        subjects = sentence.children(i, "nsubjpass", "nsubj")
        if subjects:
            return [a for s in subjects for a in self._patient(i, s, depth, seen)]
        if sentence.dep(i) in ("acl", "relcl"):
            return list(self.read(sentence.modified(i), depth + 1, seen | {i}))
        return self.patients(sentence.head(i), depth, seen) if sentence.dep(i) == "conj" else []

    def _patient(self, verb: int, subject: int, depth: int, seen: frozenset[int]) -> tuple[Argument, ...]:
        if is_relative(self.sentence, subject) and self.sentence.dep(verb) == "relcl":
            return self.read(self.sentence.modified(verb), depth + 1, seen | {verb})
        return self.read(subject, depth + 1, seen)

    def through_noun(self, m: Match, depth: int = 0, seen: frozenset[int] = _NONE) -> list[Argument]:
        """Through a nominalisation: "activation of X", "X activation", "resistance to D"."""
        if m.trigger.family in ("resistance", "sensitivity"):
            sign = 1 if m.trigger.family == "resistance" else -1
            return [Argument(d, sign, m.trigger.family, words=(m.root,)) for d in self.drugs_of(m)]
        sign = self.adjective_sign(m.root) or m.trigger.sign  # "a negative regulator of X"
        state = STATE_WORDS.get(self.sentence.lower(m.root), _state_of(sign))
        return [a.turned(sign, m.root).in_state(state) for a in self._named_by(m, depth, seen)]

    def _named_by(self, m: Match, depth: int, seen: frozenset[int]) -> list[Argument]:
        """What a nominalisation is about; the first of the ways to say it that names anything."""
        i, sentence = m.root, self.sentence
        deps = ("of", *m.trigger.prepositions) if m.trigger.form == "agent" else ("of", "to")
        inside = self.read_all(sentence.objects_of(i, ("in",)), depth + 1, seen) if m.trigger.form == "noun" else []
        if responses := [a for a in inside if a.kind != "entity"]:
            return responses  # "the drop in sensitivity to D", wherever the parse hangs "to D"
        found = self.read_all(sentence.objects_of(i, deps), depth + 1, seen)
        if m.trigger.form == "agent" and sentence.objects_of(i, ("of",)):  # "a cause of P in C": C is the place
            places = {id(a.item) for a in self.read_all(sentence.objects_of(i, ("in",)), depth + 1, seen)}
            found = [a for a in found if id(a.item) not in places or a.item.label not in CELLS]
        # "X-mediated suppression" is none of X
        before = [a for a in self.modifiers(i, depth, seen) if not done_by(sentence, a.item)]
        found = found or before or self._exemplified(i, seen)
        if not found:
            found = [a for a in inside if a.item.label not in CELLS]
        return found or self._possessed(i)

    def adjective_sign(self, i: int) -> int:
        """The sign of an adjective or adverb of ``i`` ("negative effect on", "inhibitory role in"), 0 where it has
        none."""
        for c in self.sentence.children(i, "amod", "advmod"):
            if self.sentence.lower(c) in NEGATIVE_ADJECTIVES:
                return -1
            if self.sentence.lower(c) in POSITIVE_ADJECTIVES:
                return 1
        return 0

    # ------------------------------------------------------------------ through other nouns

    def _through_plain(self, i: int, depth: int, seen: frozenset[int]) -> list[Argument]:
        """Through a noun that is neither mention nor trigger."""
        found = self._exemplified(i, seen) or self._named_after(i)
        if found:
            return found
        noun = "variant" if _VARIANT.fullmatch(self.sentence.token(i).text) else self.sentence.lower(i)
        if noun in TREATMENTS:
            return self._treated_with(i, depth, seen)
        if noun in EFFECTS and (about := self._effect_on(i, depth, seen)):
            return about
        if _transparent(noun):
            found = self.read_all(self.sentence.objects_of(i, _leading_on(noun)), depth + 1, seen)
        found = found or self._standing_for(noun, self.modifiers(i, depth, seen)) or self._possessed(i)
        if noun in REDUCED_NOUNS:
            return [replace(a.turned(-1, i), state="reduced") for a in found]
        return [replace(a, state=STATE_WORDS[noun]) for a in found] if noun in STATE_WORDS else found

    def _effect_on(self, i: int, depth: int, seen: frozenset[int]) -> list[Argument]:
        """ "The inhibitory effect of Y on P", "Y's effect on resistance to D"; without a direction it is taken for a
        furthering one of a resistance, and says nothing of other things."""
        about = self.read_all(self.sentence.objects_of(i, ("on", "upon", "over")), depth + 1, seen)
        sign = self.adjective_sign(i)
        return [a.turned(sign, i) for a in about if sign or a.kind == "resistance"] or self.qualities(i)

    def qualities(self, i: int) -> list[Argument]:
        """ "A pro-apoptotic effect", "the anti-invasive action": what it does to a process."""
        before = [c for c in self.sentence.children(i, "amod", "compound", "nmod") if c < i]
        named = [x for c in before for x in self.sentence.at.get(c, ()) if x.label == "PROCESS"]
        signs = ((x, _PREFIXES.get(self._prefix(x), 0)) for x in named)
        return [Argument(x, sign) for x, sign in signs if sign]

    def _prefix(self, item: Item) -> str:
        """The prefix that is glued to a name, lower-case."""
        k = item.start - 1
        glued = k - 1 >= self.sentence.start and self.sentence.token(k).text in HYPHENS
        return self.sentence.lower(k - 1) if glued else ""

    def _standing_for(self, noun: str, modifiers: list[Argument]) -> list[Argument]:
        """Which of the mentions before a plain noun it stands for."""
        if any(a.item.label in MOLECULES and not a.item.generic for a in modifiers):
            modifiers = [a for a in modifiers if a.item.label != "VESICLE"]  # "exosomal miR-X levels"
        if _transparent(noun):
            cells = noun in ("cell", "cells")
            return [a for a in modifiers if a.item.label in (*CELLS, "VESICLE")] if cells else modifiers
        # "exosomal RNAs": the vesicle acts through what it carries; other modifiers do not stand for the noun
        made = [a for a in modifiers if a.item.label in (*MOLECULES, "VESICLE")]
        heads = [replace(a, head=True) for a in made if a.item.label == "MIRNA"]
        return heads or [replace(a, head=False) for a in made]

    def _possessed(self, i: int) -> list[Argument]:
        """ "Its depletion", "whose inhibition": what the pronoun stands for."""
        near = [i - 1] if i > self.sentence.start else []
        for c in [*self.sentence.children(i, "poss", "nmod", "det"), *near]:
            if self.sentence.lower(c) in POSSESSIVES:
                return [a for a in self.antecedents.possessive(c) if a.acts]
        for c in self.sentence.objects_of(i, ("of",)):  # "X, the silencing of which"
            if self.sentence.lower(c) in ("which", "whom"):
                return [a for a in self.antecedents.nearest_before(c) if a.acts]
        return []

    def _treated_with(self, i: int, depth: int, seen: frozenset[int]) -> list[Argument]:
        """ "Treatment of cells with X", "exposure to X", "X treatment": X, and not what is treated."""
        given = self.read_all(self.sentence.objects_of(i, ("with", "to", "of", "by")), depth + 1, seen)
        return [a for a in (*given, *self.modifiers(i, depth, seen)) if a.item.label not in CELLS]

    def _named_after(self, i: int) -> list[Argument]:
        """ "The factor X", "signal molecule X": the name right behind the noun it belongs to."""
        item = self.sentence.covered.get(i + 1)
        if item is None or item.start != i + 1 or item.label not in _NAMED:
            return []
        return self.own(item.root) if self.sentence.lower(i) in TRANSPARENT else []

    def modifiers(self, i: int, depth: int = 3, seen: frozenset[int] = _NONE) -> list[Argument]:
        """Mentions before the noun in its own phrase: "PTEN expression", "exosomal RNAs"."""
        before = [c for c in self.sentence.children(i, *_NOUN_DEPS) if c < i]
        out = [a for c in before for a in self._modifier(c, depth, seen)]
        return out if self.sentence.parsed else [*out, *self._glued_before(i)]

    def _modifier(self, c: int, depth: int, seen: frozenset[int]) -> list[Argument]:
        sentence = self.sentence
        if sentence.at.get(c):
            # "proinflammatory cytokines" are no inflammation
            own = [a for a in self.own(c) if not (a.item.label == "PROCESS" and a.item.span.text.endswith("ory"))]
            return own + self.read_all(sentence.children(c, "conj"), depth + 1, seen)
        if self._noun_trigger(c) and sentence.dep(c) in ("compound", "nmod"):
            return list(self.read(c, depth + 1, seen))
        if sentence.lower(c) in TRANSPARENT:
            return self.modifiers(c, depth, seen)
        if sentence.tag(c).startswith(("NN", "HYPH", "AFX")):
            return [a for g in sentence.children(c) for a in self.own(g)]
        if sentence.lower(c) in _IDLE:  # "X kinase-dead mutant": X is named below the adjective
            return [a for g in sentence.children(c, "npadvmod") for a in self._modifier(g, depth, seen)]
        return []

    def _glued_before(self, i: int) -> list[Argument]:
        """The name right before ``i``, a hyphen allowed between them; where there is no parse."""
        item = self.sentence.covered.get(i - 1)
        if item is None and self.sentence.token(i - 1).text == "-":
            item = self.sentence.covered.get(i - 2)
        return self.own(item.root) if item else []

    def _exemplified(self, i: int, seen: frozenset[int]) -> list[Argument]:
        """The examples after "such as", "like", "including" that belong to the noun ``i``."""
        sentence = self.sentence
        if i + 1 >= sentence.end:
            return []
        after = sentence.doc[i + 1 : min(sentence.end, i + TO_EXAMPLES)].text
        hit = _EXEMPLIFIER.search(after)
        if hit is None or _parts_from_examples(after[: hit.start()]):
            return []
        at = sentence.token(i + 1).idx + hit.end()
        k = next((t.i for t in sentence.doc[i + 1 : sentence.end] if at < t.idx + len(t.text_with_ws)), i + 1) - 1
        first = next(
            (
                x
                for x in sentence.items
                if k <= x.start <= k + 1 + TO_FIRST_EXAMPLE and x.start > i and x.root not in seen
            ),
            None,
        )
        return [_example(m) for m in first.group if m.start >= k] if first is not None else []

    def with_adjectives(self, i: int, arguments: list[Argument]) -> list[Argument]:
        """ "Increased activity of X", "reduced X expression", "high levels of X"."""
        signs = {c: self._quantity(c) for c in self.sentence.children(i, "amod")}
        signs = {c: sign for c, sign in signs.items() if sign}
        if not signs:
            return arguments
        sign, word = 1, max(signs)
        for s in signs.values():
            sign *= s
        state = "increased" if sign > 0 else "reduced"
        turned = [a.turned(sign, word) for a in arguments]
        if sign < 0:  # "reduced inhibition of X" is more of X, "impaired activation of X" less
            turned = [replace(a, state="normal") if a.state in ("reduced", "increased") else a for a in turned]
            return [a.in_state("increased" if a.sign > 0 else state) if a.kind == "entity" else a for a in turned]
        return [a.in_state(state) if a.kind == "entity" else a for a in turned]

    def _quantity(self, i: int) -> int:
        """The sign of an adjective or participle that says how much there is, 0 for another word."""
        low = self.sentence.lower(i)
        sign = QUANTITY_ADJECTIVES.get(low)
        if sign is None and low.endswith("ed"):
            regulates = (m for m in self.sentence.triggers.get(i, ()) if m.trigger.family == "regulate")
            sign = next((m.trigger.sign for m in regulates), None)
        return 0 if not sign or self.sentence.hyphen_before(i) or misparsed(self.sentence, i) else sign

    # ------------------------------------------------------------------ drugs of a resistance word

    def drugs_of(self, m: Match) -> list[Item]:
        """DRUG mentions that a word of resistance or sensitivity is about: by word order, then by the parse."""
        out = self._drugs.beside(m)
        if not out and self.sentence.parsed:
            behind = self.read_all(self.sentence.objects_of(m.root, m.trigger.prepositions), 3)
            out = [a.item for a in behind if a.item.label == "DRUG"]
        return [d.alias or d for d in out or self._drugs_meant(m)]

    def _drugs_meant(self, m: Match) -> list[Item]:
        """ "Caused no resistance to D but raised the sensitivity to it", "in D-resistant cells, X restored their
        sensitivity": the only drugs before."""
        sentence = self.sentence
        behind = [sentence.lower(k) for k in range(m.end, min(sentence.end, m.end + 2))]
        to_it = behind[:1] == ["to"] and behind[-1] in ("it", "them")
        theirs = behind[:1] != ["to"] and sentence.lower(max(m.start - 1, sentence.start)) == "their"
        if m.trigger.form != "noun" or not (to_it or theirs):
            return []
        before = [x for x in sentence.items if x.label == "DRUG" and x.end <= m.start and not x.generic]
        groups = {id(x.group): x.group for x in before}
        group = next(iter(groups.values())) if len(groups) == 1 else []
        return group if group and (agree(behind[-1], group) if to_it else names_cells(sentence, group[0])) else []


def _done_to(a: Argument, verb: Match) -> Argument:
    """ "Restoring X", "silencing X": more or less of X."""
    sign = verb.trigger.sign
    turned = a.turned(sign, verb.root, vague=sign == 0)
    return turned.in_state("increased") if sign > 0 and a.kind == "entity" else turned


def _state_of(sign: int) -> str:
    return {-1: "reduced", 0: "normal", 1: "increased"}[sign]


def _transparent(noun: str) -> bool:
    return noun in TRANSPARENT or noun in REDUCED_NOUNS or noun in STATE_WORDS


def _leading_on(noun: str) -> tuple[str, ...]:
    """The prepositions behind a plain noun that lead to what it stands for."""
    if noun in REDUCED_NOUNS:
        return ("of", "against", "for")
    return ("of", "in") if STATE_WORDS.get(noun) == "mutated" else ("of",)


def _parts_from_examples(between: str) -> bool:
    """Whether what stands between a noun and "such as" parts them: neither brackets nor a relative clause nor an
    adverbial."""
    return bool(re.search(r"[;:]", between)) or (
        len(between) > 40 and bool(re.search(r"\band\b(?!.*\bthat\b)", between))
    )


def _example(item: Item) -> Argument:
    return response_of(item.alias or item)
