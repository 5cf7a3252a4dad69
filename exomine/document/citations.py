"""Citation marks in running text: finding them and resolving them to the labels of the reference list.

Numeric marks in brackets ("[35, 131-134]"), numbers in parentheses where the paper cites so, and author-year marks
("(Smith et al., 2010; Lee and Kim, 2012a)", "Smith et al. (2010)"). Superscripts are known only to the readers, which
hand them over as ``explicit`` marks, but for those that a text writes in raised figures ("cells¹,²").
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from exomine.document.model import CitationMark, Reference

__all__ = ["expand_labels", "find_marks"]

_DASH = "‐‑‒–—−-"
_NUMBER = r"\d{1,3}[a-h]?"
_ITEM = rf"{_NUMBER}(?:\s*(?:[{_DASH}]|\bto\b)\s*{_NUMBER})?"
_LIST = rf"{_ITEM}(?:\s*(?:[,;&]|\band\b)\s*{_ITEM})*"
#: "[3]", "[144-146, 67]", and PMC's "[qv: 6c,15]"; a letter glued behind is chemistry ("spiro[4,5]decane").
_BRACKETS = re.compile(rf"\[\s*(?:(?:[Rr]efs?\.?|qv:)\s*)?({_LIST})\s*[,;]?\s*\](?![{_DASH}]?[^\W\d_])")
#: "[6]–[9]": the works between them too.
_SPAN = re.compile(rf"\[\s*(\d{{1,3}}\s*\]\s*[{_DASH}]\s*\[\s*\d{{1,3}})\s*\](?![{_DASH}]?[^\W\d_])")
_PARENTHESES = re.compile(rf"\(\s*({_LIST})\s*\)(?![{_DASH}]?[^\W\d_])")
_NAMED = re.compile(rf"\(\s*(?:[Rr]efs?\.?|[Rr]eferences?)\s*({_LIST})\s*\)")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻˒", "0123456789-,")
_RAISED_NUMBER = r"[¹²³⁴-⁹][⁰¹²³⁴-⁹]{0,2}"
#: Raised figures behind a word, a gene or a stop: "cells¹", "MET²", "miR-21³", "growth.²⁻⁴", "(AML)⁵,⁶"; "10⁶", "cm²"
#: and "Ca²⁺" are none.
_SUPERSCRIPT = re.compile(
    rf"(?:(?<=[^\W\d_]{{4}})|(?<=[A-Z]{{3}})|(?<=[A-Z]{{2}}\d)|(?<=R-\d\d)|(?<=R-\d\d\d)|(?<=[.,;)\]]))("
    rf"{_RAISED_NUMBER}(?:[,˒⁻{_DASH}]{_RAISED_NUMBER})*)(?![⁺⁻\w])"
)
#: A longer range than this is no citation.
_MOST = 80
#: Words before a number in parentheses that make it something else; a digit does unless it ends a name or a year
#: ("p53 (4)", "in 2013 (5, 6)").
_NOT_CITED = re.compile(
    r"(?:\b(?:figs?|figures?|tables?|eqs?|equations?|schemes?|steps?|box|panel|formula|lanes?|compounds?|days?|grades?|"
    r"and|or|n|p|of)\.?|[=<>±×~:;,%+*/]"
    r"|(?:^|[\s(\[])(?!(?:19|20)\d\d\s*$)[\d.,–-]*\d)\s*$",
    re.I,
)
#: Words that count things themselves ("stage (2)"); behind them only higher numbers are cited ("the score (47)").
_COUNTED = re.compile(r"\b(?:types?|phases?|stages?|class|group|cluster|arm|level|score)\s*$", re.I)
_LOWEST_BEHIND_COUNTED = 10
#: A letter behind a number in parentheses names a compound or a part of a figure, unless the list has it.
_LETTERED = re.compile(r"\d[a-h]\b")
#: How far behind an item's number the next item's may stand.
_ITEM_LENGTH = 400

#: A list of so many works is in the order of their authors where so many neighbours are; numbers in parentheses cite it
#: that reach so large a part of it.
_FEWEST_NAMES, _IN_ORDER, _MUCH_CITED = 8, 0.9, 0.5

#: A comma right behind a word, the number right behind the comma: "lipid transport,(5) we".
_BEHIND_CLAUSE = re.compile(r"[a-z]{3},$")


def expand_labels(text: str) -> tuple[str, ...]:
    """The labels of a printed list, ranges expanded, in printed order: "35, 131-134" gives 35, 131, 132, 133, 134.

    A shortened range ("131-4") is read as one that ends in 134. Empty where the text is no list of labels: a range that
    falls or covers more than 80 labels, a zero, anything but numbers.
    """
    inner = text.strip().strip("[]()").strip().rstrip(",;")
    if not re.fullmatch(rf"\s*{_LIST}\s*", inner):
        return ()
    labels: list[str] = []
    for item in re.split(r"\s*(?:[,;&]|\band\b)\s*", inner):
        ends = re.split(rf"\s*(?:[{_DASH}]|\bto\b)\s*", item.strip())
        expanded = _range(*ends) if len(ends) == 2 else [ends[0]]
        if not expanded or any(label.startswith("0") for label in expanded):
            return ()
        labels += expanded
    return tuple(dict.fromkeys(labels))


def _range(first: str, last: str) -> list[str]:
    if not (first.isdigit() and last.isdigit()):
        return [first, last]
    if len(last) < len(first):
        last = first[: -len(last)] + last
    a, b = int(first), int(last)
    return [str(n) for n in range(a, b + 1)] if a < b <= a + _MOST else []


def find_marks(
    text: str, references: Sequence[Reference] = (), *, explicit: Iterable[CitationMark] = ()
) -> tuple[CitationMark, ...]:
    """All marks of ``text`` in order, without overlaps; ``explicit`` ones (half-open offsets into ``text``) go first.

    Without references only numeric brackets are marks. With them, numbers beyond the list are none, parentheses hold
    marks where the paper cites so throughout, and author-year marks are resolved by family name, year and suffix.
    """
    known = _Labels.of(references)
    given = sorted(explicit, key=lambda m: m.start)
    found = [*given]
    taken = _Taken([(m.start, m.end) for m in given])
    for mark in _numeric(text, known):
        if taken.add(mark.start, mark.end):
            found.append(mark)
    if references:
        found += [mark for mark in _superscripts(text, known) if taken.add(mark.start, mark.end)]
        index = _AuthorYears.of(references)
        for mark in index.marks(text):
            if taken.add(mark.start, mark.end):
                found.append(mark)
        if _cites_in_parentheses(text, known, found, by_name=_by_name(references)):
            found += [m for m in _in_parentheses(text, known) if taken.add(m.start, m.end)]
    return tuple(sorted(found, key=lambda m: m.start))


@dataclass
class _Taken:
    """Ranges already used, sorted; ranges may not overlap."""

    ranges: list[tuple[int, int]]

    def add(self, start: int, end: int) -> bool:
        at = bisect_left(self.ranges, (start, end))
        after = at < len(self.ranges) and self.ranges[at][0] < end
        before = at > 0 and self.ranges[at - 1][1] > start
        if after or before:
            return False
        self.ranges.insert(at, (start, end))
        return True


# --- numbers ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Labels:
    labels: frozenset[str]
    most: int

    @classmethod
    def of(cls, references: Sequence[Reference]) -> _Labels:
        labels = frozenset(r.label for r in references)
        return cls(labels, max((int(x) for x in labels if x.isdigit()), default=999 if not labels else 0))

    def accept(self, labels: tuple[str, ...]) -> tuple[str, ...]:
        """The labels as the list has them ("12a" is "12" where only that exists); empty if one is beyond the list."""
        plain = tuple(dict.fromkeys(x if x in self.labels else x.rstrip("abcdefgh") for x in labels))
        return plain if plain and all(int(x) <= self.most for x in plain if x.isdigit()) else ()


def _numeric(text: str, known: _Labels) -> Iterator[CitationMark]:
    for pattern in (_SPAN, _BRACKETS, _NAMED):
        if pattern is _NAMED and not known.labels:
            continue
        for m in pattern.finditer(text):
            labels = known.accept(expand_labels(re.sub(r"[\[\]\s]", "", m[1]) if pattern is _SPAN else m[1]))
            if labels:
                yield CitationMark(m.start(), m.end(), labels)


def _superscripts(text: str, known: _Labels) -> Iterator[CitationMark]:
    for m in _SUPERSCRIPT.finditer(text):
        labels = known.accept(expand_labels(m[1].translate(_RAISED)))
        if labels:
            yield CitationMark(m.start(), m.end(), labels)


def _in_parentheses(text: str, known: _Labels) -> Iterator[CitationMark]:
    for m in _PARENTHESES.finditer(text):
        before = text[max(0, m.start() - 25) : m.start()]
        at_start = not before or before.endswith("\n")
        if at_start or (_NOT_CITED.search(before) and not _BEHIND_CLAUSE.search(before)):
            continue
        labels = known.accept(expand_labels(m[1]))
        if labels and not _names_a_thing(m, before, known) and not _opens_items(text, m):
            yield CitationMark(m.start(), m.end(), labels)


def _names_a_thing(m: re.Match[str], before: str, known: _Labels) -> bool:
    """Whether a number in parentheses is that of a compound ("ester (5e)"), a stage, a class or the like."""
    if _LETTERED.search(m[1]) and not known.labels.issuperset(expand_labels(m[1])):
        return True
    numbers = [int(n) for n in re.findall(r"\d+", m[1])]
    return _COUNTED.search(before) is not None and min(numbers) < _LOWEST_BEHIND_COUNTED


def _opens_items(text: str, m: re.Match[str]) -> bool:
    """Whether a number in parentheses opens the items of a sentence: "in (1) cells, (2) tissues"."""
    if m[1] != "1":
        return False
    line_end = text.find("\n", m.end())
    behind = text[m.end() : min(m.end() + _ITEM_LENGTH, line_end if line_end >= 0 else len(text))]
    return behind[:2].strip()[:1].isalpha() and re.search(r"[,;.] (?:(?:and|or) )?\(2\) \w", behind) is not None


def _by_name(references: Sequence[Reference]) -> bool:
    """Whether a list is in the order of its first authors."""
    names = [_plain(r.authors[0]) for r in references if r.authors]
    rising = sum(a <= b for a, b in pairwise(names))
    return len(names) >= _FEWEST_NAMES and rising >= _IN_ORDER * (len(names) - 1)


def _cites_in_parentheses(text: str, known: _Labels, found: Sequence[CitationMark], *, by_name: bool = False) -> bool:
    """Whether numbers in parentheses are citations: few other marks, and these reach a good part of the list, in its
    order unless it is that of the authors (``by_name``).
    """
    other = {x for m in found for x in m.labels}
    marks = list(_in_parentheses(text, known))
    cited = list(dict.fromkeys(x for m in marks for x in m.labels if x.isdigit()))
    listed = len(known.labels)
    least = min(max(4, listed // 3), max(2, -(-listed // 2)))  # half of a short list
    if len(cited) < least or len(other) > len(cited) // 2:
        return False
    if by_name and len(cited) >= _MUCH_CITED * listed:
        return True
    rising = sum(int(b) > int(a) for a, b in pairwise(cited))
    return rising >= 0.7 * (len(cited) - 1)


# --- authors and years -----------------------------------------------------------------------------------------------

_YEAR = r"(?:1[89]|20)\d\d"
_YEARS = rf"{_YEAR}[a-z]?(?:\s*(?:,|and|&|[{_DASH}])\s*(?:{_YEAR}[a-z]?|[a-z]\b))*"
_PARTICLE = (
    r"(?:(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|el|al|ter|ten|Van|Von|De|Di|Da|La|Le|El|Al)[ '’\-])*"
)
#: No name is longer: a run of a hundred thousand letters, in a file that is damaged, is to cost little.
_NAME = rf"{_PARTICLE}[^\W\d_a-z][\w'’\-‐]{{1,40}}(?:[ \-][^\W\d_a-z][\w'’\-‐]{{1,40}})?"
_AUTHORS = rf"{_NAME}(?:(?:,\s{_NAME}){{0,12}},?\s(?:and|&)\s{_NAME})?(?:,?\set\.?\s?al\.?)?(?:[’']s?)?"
_NARRATIVE = re.compile(rf"(?<![-‐'’])({_AUTHORS})\s*([(\[]\s*({_YEARS})\s*(?:,\s?p+\.\s?\d+)?[)\]])")
_GROUP = re.compile(
    rf"[(\[]([^()\[\]]{{0,1000}}?(?:\[[^\[\]]{{0,200}}\][^()\[\]]{{0,1000}}?)?\b{_YEAR}[a-z]?[^()\[\]]{{0,1000}})[)\]]"
)
_PIECE = re.compile(rf"(?P<lead>.*?[^\W\d_][^;]*?)[,\s]\s*(?P<years>{_YEARS})\s*$", re.S)
#: What parts two works: ";", or a comma behind a year and before a name.
_BETWEEN_WORKS = re.compile(r";|(?:(?<=\b\d{4})|(?<=\b\d{4}[a-z])),(?=\s+[^\W\d_]{2})")
_LEADING = re.compile(
    r"^\s*(?:(?:e\.g\.|i\.e\.|see|see also|cf\.|but see|for (?:a )?reviews?|reviewed (?:in|by)"
    r"|as (?:described|reported|shown) (?:in|by)|"
    r"according to|in|by|from|and|adapted from|modified from|data from)[,:]?\s+)+",
    re.I,
)


_AND_OTHERS = re.compile(r",?\set\.?\s?al\.?$")


@dataclass
class _AuthorYears:
    """References by their first family name and year, and by how their text begins."""

    by_name: dict[tuple[str, int], list[Reference]] = field(default_factory=lambda: defaultdict(list))
    by_year: dict[int, list[Reference]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, references: Sequence[Reference]) -> _AuthorYears:
        index = cls()
        for r in references:
            if r.year is None:
                continue
            index.by_year[r.year].append(r)
            if r.authors:
                index.by_name[_plain(r.authors[0]), r.year].append(r)
        return index

    def marks(self, text: str) -> Iterator[CitationMark]:
        for m in _NARRATIVE.finditer(text):
            labels = self.resolve(m[1], m[3])
            if labels:
                yield CitationMark(m.start(2), m.end(2), labels)
        for m in _GROUP.finditer(text):
            yield from self._group(m)

    def _group(self, m: re.Match[str]) -> Iterator[CitationMark]:
        """One mark for the whole bracket where everything in it is cited, else one for each cited piece."""
        pieces: list[tuple[int, int, tuple[str, ...]]] = []
        at = m.start(1)
        for piece in _BETWEEN_WORKS.split(m[1]):
            found = _PIECE.match(piece)
            labels = self.resolve(found["lead"], found["years"]) if found else ()
            shift = len(piece) - len(piece.lstrip())
            pieces.append((at + shift, at + len(piece.rstrip()), labels))
            at += len(piece) + 1
        if all(labels for *_, labels in pieces):
            yield CitationMark(m.start(), m.end(), tuple(dict.fromkeys(x for *_, labels in pieces for x in labels)))
            return
        for start, end, labels in pieces:
            if labels and start < end:
                yield CitationMark(start, end, labels)

    def resolve(self, lead: str, years: str) -> tuple[str, ...]:
        """Labels for names and years; a piece whose names are not in the list gives none."""
        lead = _LEADING.sub("", re.sub(r"\[[^\]]*\]", "", lead)).strip(" ,")
        out: list[str] = []
        for year, suffix in _years(years):
            found = self._candidates(lead, year)
            out += [r.label for r in _with_suffix(found, year, suffix)]
        return tuple(dict.fromkeys(out))

    def _candidates(self, lead: str, year: int) -> list[Reference]:
        tail = re.search(rf"({_AUTHORS})\s*$", lead)
        names = re.findall(_NAME, tail[1]) if tail else []
        names = [n for n in names if n.lower() not in ("et", "al")]
        if names:
            found = self.by_name.get((_plain(names[0]), year), [])
            found = found or self.by_name.get((_plain(names[0].split(" ")[-1]), year), [])
            if found:
                return _closest(found, names, "et al" in lead)
        return self._organisation(lead, year)

    def _organisation(self, lead: str, year: int) -> list[Reference]:
        wanted = _plain(_AND_OTHERS.sub("", lead))
        return [r for r in self.by_year.get(year, []) if len(wanted) > 3 and _plain(r.text).startswith(wanted)]


def _closest(found: list[Reference], names: list[str], many: bool) -> list[Reference]:
    """Of several papers of one first author and year: those whose other authors fit the mark."""
    if len(found) < 2:
        return found
    if len(names) > 1:
        fitting = [r for r in found if len(r.authors) > 1 and _plain(r.authors[1]) == _plain(names[1])]
    elif many:
        fitting = [r for r in found if len(r.authors) > 2 or "et al" in r.text]
    else:
        fitting = [r for r in found if len(r.authors) == 1]
    return fitting or found


def _with_suffix(found: list[Reference], year: int, suffix: str) -> list[Reference]:
    if not suffix:
        return found[:1]
    printed = [r for r in found if re.search(rf"\b{year}{suffix}\b", r.text)]
    if printed:
        return printed[:1]
    place = ord(suffix) - ord("a")
    return found[place : place + 1] or found[:1] if len(found) > 1 else found


def _years(text: str) -> Iterator[tuple[int, str]]:
    """ "2010a,b, 2012" is (2010, a), (2010, b), (2012, "")."""
    year = 0
    for m in re.finditer(rf"({_YEAR})([a-z]?)|(?<![a-z])([a-z])(?![a-z])", text):
        if m[1]:
            year = int(m[1])
            yield year, m[2]
        elif year:
            yield year, m[3]


def _plain(name: str) -> str:
    """Letters only, without accents, in lower case."""
    decomposed = unicodedata.normalize("NFKD", name)
    return re.sub(r"[^a-z]", "", decomposed.lower().replace("ø", "o").replace("ł", "l").replace("ß", "ss"))
