"""The lexicon matcher: all terms of the lexicon in a text, by Aho-Corasick over normal forms.

Usable without spaCy: :meth:`Matcher.find` takes a string and gives :class:`Hit` objects over its character offsets. The
automaton runs over folded tokens (:mod:`exomine.vocabulary.normal`), so a hit always begins and ends at token boundaries;
separators, the case of letters and the neighbourhood are checked on the text itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any

import ahocorasick

from exomine.vocabulary.normal import TOKEN, case_agrees, fold, separators_agree
from exomine.vocabulary.terms import StopTerm, Term, read_lexicon

__all__ = ["Hit", "Matcher", "lexicon_matcher"]


@dataclass(frozen=True, slots=True)
class Hit:
    """``text[start:end]`` is written as ``terms`` are; the best term stands first."""

    start: int
    end: int
    terms: tuple[Term, ...]


class Matcher:
    """Finds terms. ``own`` are a lab's terms, which stand ahead of the lexicon's; ``stops`` are never found."""

    def __init__(
        self, columns: dict[str, Sequence[str]], *, own: Iterable[Term] = (), stops: Iterable[StopTerm] = ()
    ) -> None:
        self._columns = columns
        self._own: dict[str, list[Term]] = {}
        for term in own:
            self._own.setdefault(term.key, []).append(term)
        self._stops = {(s.key, s.label) for s in stops}
        self._automaton: Any = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        self._first: list[int] = []
        keys = columns["key"]
        previous = None
        for i, k in enumerate(keys):
            if k != previous:
                self._automaton.add_word(f" {k} ", len(self._first))
                self._first.append(i)
                previous = k
        self._keys = len(self._first)
        self._first.append(len(keys))
        self._extra = [k for k in self._own if f" {k} " not in self._automaton]
        for n, k in enumerate(self._extra):
            self._automaton.add_word(f" {k} ", self._keys + n)
        if len(self._automaton):
            self._automaton.make_automaton()
        self._accept = lru_cache(maxsize=100_000)(self._terms_of_surface)

    def terms_of_key(self, number: int) -> list[Term]:
        """The terms of the key ``number``, a lab's own first."""
        if number >= self._keys:
            return self._own[self._extra[number - self._keys]]
        rows = range(self._first[number], self._first[number + 1])
        found = [Term(*(str(self._columns[c][i]) for c in Term.__slots__)) for i in rows]
        return self._own.get(found[0].key, []) + found

    def lookup(self, text: str) -> tuple[Term, ...]:
        """The terms that ``text`` as a whole is a way of writing."""
        hits = [h for h in self.find(text) if h.start == 0 and h.end == len(text)]
        return hits[0].terms if hits else ()

    def find(self, text: str) -> list[Hit]:
        """All hits in ``text``, also those that overlap, sorted by start, then longest first."""
        if not len(self._automaton):
            return []
        parts = TOKEN.split(text)
        tokens = parts[1::2]
        if not tokens:
            return []
        folded = {t: fold(t) for t in set(tokens)}
        forms = [folded[t] for t in tokens]
        ends = list(accumulate(map(len, parts)))  # ends[2i+1] is where token i ends, ends[2i] where it starts
        tails = list(accumulate(len(f) + 1 for f in forms))  # place of the space behind token i in the normal form
        hits: list[Hit] = []
        for place, number in self._automaton.iter(f" {' '.join(forms)} "):
            last = bisect_left(tails, place)
            first = last - self._words(number) + 1
            start, end = ends[2 * first], ends[2 * last + 1]
            terms = self._accept(number, text[start:end])
            if terms:
                hits.append(Hit(start, end, terms))
        hits.sort(key=lambda h: (h.start, -h.end))
        return hits

    def _words(self, number: int) -> int:
        k = self._columns["key"][self._first[number]] if number < self._keys else self._extra[number - self._keys]
        return k.count(" ") + 1

    def _terms_of_surface(self, number: int, surface: str) -> tuple[Term, ...]:
        """The terms of a key that ``surface`` may stand for, best first; none where a stop term forbids it."""
        if "\n" in surface:
            return ()
        terms = [
            t
            for t in self.terms_of_key(number)
            if (t.key, t.label) not in self._stops
            and (t.key, "") not in self._stops
            and separators_agree(surface, t.synonym)
            and case_agrees(surface, t.synonym, t.case)
        ]
        return tuple(sorted(terms, key=lambda t: _quality(t, surface)))


_ORDER = {"lab": 0, "curated": 1, "name": 2, "synonym": 3, "previous": 4}


def _quality(term: Term, surface: str) -> tuple[int, bool, bool, str]:
    return (
        _ORDER[term.status] if term.status in ("lab", "curated") else 2 + bool(term.guard),
        term.synonym != surface,
        False,
        f"{_ORDER[term.status]}{term.curie}",
    )


@lru_cache(maxsize=4)
def lexicon_matcher(own: tuple[Term, ...] = (), stops: tuple[StopTerm, ...] = ()) -> Matcher:
    """The matcher over the shipped lexicon; kept, because loading takes a second."""
    return Matcher(dict(read_lexicon()), own=own, stops=stops)
