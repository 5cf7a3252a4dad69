"""The lexicon matcher: all terms of the lexicon in a text, by Aho-Corasick over normal forms.

Usable without spaCy: :meth:`Matcher.find` takes a string and gives :class:`Hit` objects over its character offsets. The
automaton runs over folded tokens (:mod:`exomine.vocabulary.normal`), each written as three signs of three alphabets: a
hit then always begins and ends at a token, the automaton is less than half as large as one over letters, and a place in
it divided by three is a token's number. Separators and the case of letters are checked on the text itself.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from itertools import accumulate
from typing import Any, NamedTuple

import ahocorasick

from exomine.vocabulary.normal import TOKEN, case_agrees, compatible, fold, key, separators_agree
from exomine.vocabulary.terms import COLUMNS, StopTerm, Term, read_lexicon

__all__ = ["Hit", "Matcher", "lexicon_matcher"]

#: The automaton's values hold a key's number and its number of words: value = number * _MOST_WORDS + words - 1.
_MOST_WORDS = 64
#: Signs of one alphabet; three alphabets give codes for _SIGNS ** 3 words.
_SIGNS = 64
_FIRST, _SECOND, _THIRD = ([chr(base + i) for i in range(_SIGNS)] for base in (0x100, 0x200, 0x300))
_UNKNOWN = "\0\0\0"
#: Surfaces whose terms are kept, and tokens whose codes are.
_MOST_KEPT = 200_000
#: Text is worked on in stretches of this length, whose tokens stay in the processor's cache.
_STRETCH = 50_000


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection meanwhile: of many small objects that all stay, it only costs time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class Hit(NamedTuple):
    """``text[start:end]`` is written as ``terms`` are; the best term stands first."""

    start: int
    end: int
    terms: tuple[Term, ...]


#: ``Hit._make`` without a step through Python for each.
_as_hit = partial(tuple.__new__, Hit)


class _TokenCodes(dict[str, str]):
    """The code of each token met so far: that of its folded word. ``of_word`` has the words of the automaton."""

    def __init__(self, of_word: dict[str, str]) -> None:
        super().__init__()
        self._of_word = of_word

    def __missing__(self, token: str) -> str:
        code = self[token] = self._of_word.get(fold(token), _UNKNOWN)
        return code


class _RowsByValue:
    """The rows of each value of a column, found without a list for each."""

    def __init__(self, column: Sequence[Any]) -> None:
        import numpy as np
        import pyarrow as pa

        coded = (column if isinstance(column, pa.Array) else pa.array(column, pa.string())).dictionary_encode()
        codes = coded.indices.to_numpy(zero_copy_only=False)
        self._codes = {value: code for code, value in enumerate(coded.dictionary.to_pylist())}
        self._order = np.argsort(codes, kind="stable")
        self._first = np.searchsorted(codes[self._order], np.arange(len(self._codes) + 1))

    def rows(self, value: str) -> list[int]:
        """Numbers of the rows, in order."""
        code = self._codes.get(value)
        if code is None:
            return []
        found: list[int] = self._order[self._first[code] : self._first[code + 1]].tolist()
        return found


class Matcher:
    """Finds terms. ``own`` are a lab's terms, which stand ahead of the lexicon's; ``stops`` are never found.

    ``columns`` has the :data:`~exomine.vocabulary.terms.COLUMNS` of the lexicon, rows sorted by key.
    """

    def __init__(
        self, columns: dict[str, Sequence[Any]], *, own: Iterable[Term] = (), stops: Iterable[StopTerm] = ()
    ) -> None:
        self._columns = columns
        self._own: dict[str, list[Term]] = {}
        for term in own:
            self._own.setdefault(term.key, []).append(term)
        self._stops = {(s.key, s.label) for s in stops}
        self._codes: dict[str, str] = {}
        self._token_codes = _TokenCodes(self._codes)
        self._automaton: Any = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        self._first: list[int] = []
        self._by_curie: _RowsByValue | None = None
        with _uncollected():
            self._build()
        self._accepted: dict[str, tuple[Term, ...]] = {}  # a surface has one key, so it alone decides

    def _build(self) -> None:
        keys = self._columns["key"]
        previous = None
        for i, k in enumerate(keys):
            if k != previous:
                self._add(k, len(self._first))
                self._first.append(i)
                previous = k
        self._keys = len(self._first)
        self._first.append(len(keys))
        known = {keys[i] for i in self._first[:-1]} if self._own else set()
        self._extra = [k for k in self._own if k not in known]
        for n, k in enumerate(self._extra):
            self._add(k, self._keys + n)
        if len(self._automaton):
            self._automaton.make_automaton()

    def _add(self, k: str, number: int) -> None:
        codes = self._codes
        words = k.split(" ")
        for w in words:
            if w not in codes:
                i = len(codes)
                codes[w] = _FIRST[i % _SIGNS] + _SECOND[i // _SIGNS % _SIGNS] + _THIRD[i // (_SIGNS * _SIGNS)]
        self._automaton.add_word("".join([codes[w] for w in words]), number * _MOST_WORDS + len(words) - 1)

    def terms_of_key(self, number: int) -> list[Term]:
        """The terms of the key ``number``, a lab's own first."""
        if number >= self._keys:
            return self._own[self._extra[number - self._keys]]
        rows = range(self._first[number], self._first[number + 1])
        found = [Term(*(str(self._columns[c][i]) for c in COLUMNS)) for i in rows]
        return self._own.get(found[0].key, []) + found

    def keys_of(self, label: str) -> list[str]:
        """The normal forms under which entities of ``label`` have an unguarded name, sorted."""
        labels, guards, keys = self._columns["label"], self._columns["guard"], self._columns["key"]
        wanted = [str(a) == label and not str(b) for a, b in zip(labels, guards, strict=True)]
        return sorted(
            {k for k, yes in zip(keys, wanted, strict=True) if yes}
            | {k for k, ts in self._own.items() if ts[0].label == label}
        )

    def names_of(self, curie: str) -> tuple[str, ...]:
        """The names of the lexicon under which the entity ``curie`` goes, a lab's own left out."""
        if self._by_curie is None:
            self._by_curie = _RowsByValue(self._columns["curie"])
        names = self._columns["synonym"]
        return tuple(dict.fromkeys(str(names[i]) for i in self._by_curie.rows(curie)))

    def terms_by_key(self, k: str) -> list[Term]:
        """The terms of a normal form."""
        code = "".join(self._codes.get(w, _UNKNOWN) for w in k.split(" "))
        value = self._automaton.get(code, -1)
        return self.terms_of_key(value // _MOST_WORDS) if value >= 0 else []

    def lookup(self, text: str) -> tuple[Term, ...]:
        """The terms that ``text`` as a whole is a way of writing."""
        hits = [h for h in self.find(text) if h.start == 0 and h.end == len(text)]
        return hits[0].terms if hits else ()

    def find(self, text: str) -> list[Hit]:
        """All hits in ``text``, also those that overlap, sorted by start, then longest first."""
        hits: list[Hit] = []
        if not len(self._automaton):
            return hits
        if len(self._token_codes) > _MOST_KEPT:
            self._token_codes.clear()
        if len(self._accepted) > _MOST_KEPT:
            self._accepted.clear()
        padded = text + " "
        with _uncollected():
            for start, end in _stretches(text):
                parts = TOKEN.split(text[start:end])
                coded = "".join(map(self._token_codes.__getitem__, parts[1::2]))
                borders = list(accumulate(map(len, parts), initial=start))
                hits += self._hits(padded, coded, borders[1::2], borders[2::2])
        return hits

    def _hits(self, text: str, coded: str, starts: list[int], ends: list[int]) -> list[Hit]:
        """Hits by the borders of tokens; ``text`` has a sign behind its last token."""
        found: list[Hit] = []
        last_start = -1
        accepted = self._accepted
        for place, value in self._automaton.iter(coded):
            last = place // 3
            start, end = starts[last - value % _MOST_WORDS], ends[last]
            surface = text[start:end]
            terms = accepted.get(surface)
            if terms is None:
                terms = accepted[surface] = self._terms_of_surface(value // _MOST_WORDS, surface)
            if (
                terms
                and _stands_free(text, start, end)
                and (surface.strip(_BASES) or not _in_sequence(text, start, end))
            ):
                hit = _as_hit((start, end, terms))
                if start > last_start:
                    last_start = start
                    found.append(hit)
                else:  # hits come by their ends: this one is longer than those that start with it or later
                    place = len(found)
                    while place and found[place - 1].start >= start:
                        place -= 1
                    found.insert(place, hit)
        return found

    def _terms_of_surface(self, number: int, surface: str) -> tuple[Term, ...]:
        """The terms of a key that ``surface`` may stand for, best first; none where a stop term forbids it."""
        if "\n" in surface or surface.count("(") != surface.count(")"):
            return ()
        surface = compatible(surface)
        terms = [
            t
            for t in self.terms_of_key(number)
            if (t.key, t.label) not in self._stops
            and (t.key, "") not in self._stops
            and separators_agree(surface, t.synonym, phrase=t.case == "any")
            and case_agrees(surface, t.synonym, t.case)
        ]
        if len(terms) < 2:
            return tuple(terms)
        best: dict[tuple[str, str, str], Term] = {}
        for term in sorted(terms, key=lambda t: _quality(t, surface)):
            best.setdefault((term.label, term.curie, term.name), term)
        return tuple(best.values())


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Whole lines, together at least :data:`_STRETCH` signs long, as ``(start, end)``: no name crosses a line."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _STRETCH) + 1 or len(text)
        yield start, end
        start = end


#: What may be glued to the end of a name: marks of cells ("CD25high"), chains ("IL-12p70"), variants ("BRAFV600E").
_GLUED = re.compile(r"(?:high|low|pos|neg|hi|lo|dim|bright|mut|wt|p\d\d|[A-Z]\d{2,4}[A-Z]|v[IVX]+)(?![A-Za-z0-9])")
_BASES = "ACGTU"
_TRIPLET = re.compile(rf"[{_BASES}]{{3,}}")


def _stands_free(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit stands beside ``text[start:end]``, but what may be glued behind a name."""
    if start and text[start - 1].isalnum():
        return False
    return not text[end].isalnum() or _GLUED.match(text, end) is not None


def _in_sequence(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a triplet of a nucleotide sequence: one among others."""
    if end - start > 9 or not _TRIPLET.fullmatch(text, start, end):
        return False
    around = (text[max(0, start - 5) : start].split() or [""])[-1], (text[end : end + 5].split() or [""])[0]
    return any(_TRIPLET.fullmatch(word) for word in around)


_ORDER = {"lab": 0, "curated": 1, "name": 2, "synonym": 3, "previous": 4}


def _quality(term: Term, surface: str) -> tuple[int, bool, int, float, int, str]:
    """Sorts the terms of one surface: a lab's and curated ones first, then unguarded ones written just so, then the
    better status, then the entity whose canonical name is nearest, then the shorter name."""
    own = _ORDER[term.status] if term.status in ("lab", "curated") else 2 + bool(term.guard)
    written, name = set(term.key.split()), set(key(term.name).split())
    distance = 1 - len(written & name) / max(1, len(written | name))
    return own, term.synonym != surface, _ORDER[term.status], distance, len(term.name), term.curie


@lru_cache(maxsize=4)
def lexicon_matcher(own: tuple[Term, ...] = (), stops: tuple[StopTerm, ...] = ()) -> Matcher:
    """The matcher over the shipped lexicon; kept, because loading takes a second."""
    return Matcher(dict(read_lexicon()), own=own, stops=stops)
