"""Which citation marks of a sentence stand behind which of its claims. Pure functions over offsets; half-open, of the
whole text.

Marks with nothing but commas between them ("[3], [4]") are one. Then, in this order:

- **Enumerations.** A mark between two members belongs to the member before it: "miR-a [1], miR-b [2] and miR-c [3]";
members
  without one, back to the mark before, share it ("A and B [1], C [2]", "A/B [1] and C [2]"). So a mark behind the last
  is everybody's only where no other member has one, and nobody shares a mark that stands before him. What a member's
  mark says holds for each claim of that member, be it subject, object or cancer.
- **Claims.** The first mark behind a claim that is no member's belongs to it too; behind an enumeration whose members
have marks
  only up to where another clause begins. Where none is, the last mark inside the claim. Marks of an enumeration that a
  claim has no part in stand behind it together ("through A [3] and B [4]"), or, in another clause, not at all.
- **Asides.** A mark in brackets that say the opposite ("(but not B [37])") belongs to what stands in them only.
- **Authors** who are named before a mark and report ("Arden et al. [8] found that") are cited for what follows, not
for what
  stands before; they answer for a claim that has no other mark.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Claim", "Extent", "Mark", "SentenceCitations", "cut_marks"]


class Mark(NamedTuple):
    """A citation mark and the labels of the references that it cites."""

    start: int
    end: int
    labels: tuple[str, ...]


class Extent(NamedTuple):
    """Where a mention stands."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What a relation is made of in its sentence.

    ``extents`` are subject, object and cancer as far as they stand there; ``start`` and ``end`` enclose subject,
    object and the words that say the predicate.
    """

    extents: tuple[Extent, ...]
    start: int
    end: int


#: Another member that no matcher knew, before a mark: "Rab, | GTPases [2]"; a clause that goes on: "growth, | as was
#: seen in mice [3]".
_NEXT = re.compile(r"[,;:]\s*\w")
#: Another clause, or one that says the opposite.
_CONTRAST = re.compile(r";|\b(?:whereas|while|although|though|but|however|yet)\b", re.I)
#: Brackets that say something else of somebody else: "(but not docetaxel [4])", "(unlike miR-b [5])".
_ASIDE = re.compile(
    r"[(\[]\s*(?:but|whereas|while|although|though|however|yet|not|nor|unlike|except|in contrast|as opposed|"
    r"rather than)\b",
    re.I,
)
#: Brackets before a mark are looked for so many signs back.
_LONGEST_ASIDE = 200
#: Authors before their mark: "Arden et al. [8]", "Berg and co-workers [9]".
_GROUP = re.compile(r"(?:\bet al\.?|colleagues|co-?workers|group|team)\s*,?\s*$")
#: Authors before a bare year in brackets: "Arden (2011)", "Arden and Berg (2012)".
_NAME = re.compile(r"\b[A-Z][\w'’\-]+\s*$")
_YEAR = re.compile(r"[(\[]\s*(?:1[89]|20)\d\d")
#: Between the marks of authors who are named together: "Arden et al. [8] | and Berg et al. | [9]".
_AND_AUTHORS = re.compile(r",?\s*(?:and|&)?\s*[A-Z][\w'’\-]+(?:\s+(?:et al\.?|and\s+[\w\-]+|&\s+[\w\-]+))?\s*,?\s*")
#: What authors do after their mark.
_REPORT = re.compile(
    r"\s*(?:(?:have|has|had|also|first|recently|previously|further|clearly)\s+)*(?:found|showed?|shown|reported?|reports|demonstrated?|"
    r"observed|described|identified|revealed|suggested|proposed|noted|confirmed|discovered|detected|established|concluded|provided)\b"
)


def cut_marks(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """``text[start:end]`` without the marks (in order) that lie in it."""
    parts, at = [], start
    for mark in marks[bisect_left(marks, start, key=lambda m: m.start) :]:
        if mark.end > end:
            break
        parts.append(text[at : mark.start])
        at = mark.end
    return "".join([*parts, text[at:end]])


def joined(text: str, marks: Sequence[Mark]) -> list[Mark]:
    """The marks, those with nothing between them as one."""
    out: list[Mark] = []
    for mark in marks:
        if out and not text[out[-1].end : mark.start].strip(" ,;"):
            out[-1] = Mark(out[-1].start, mark.end, (*out[-1].labels, *mark.labels))
        else:
            out.append(mark)
    return out


@dataclass(frozen=True, slots=True)
class _Shares:
    """Who has which mark in an enumeration; ``parted`` where members have marks of their own."""

    start: int
    end: int
    members: frozenset[Extent]
    marks: tuple[tuple[Mark, frozenset[Extent]], ...]
    parted: bool

    def of(self, extents: Sequence[Extent]) -> list[Mark]:
        return [mark for mark, owners in self.marks if owners.intersection(extents)]

    def holds(self, mark: Mark) -> bool:
        return any(mark == m for m, _ in self.marks)


class SentenceCitations:
    """The marks of one sentence, each with its owners.

    ``marks`` are those that belong to the sentence, in order; ``enumerations`` the extents of the members of each;
    ``verbs`` the offsets of its finite verbs.
    """

    def __init__(
        self,
        text: str,
        marks: Sequence[Mark],
        *,
        enumerations: Sequence[Sequence[Extent]] = (),
        verbs: Sequence[int] = (),
    ) -> None:
        self.text = text
        self.marks = joined(text, marks)
        self.verbs = sorted(verbs)
        lists = [_units(text, extents) for extents in enumerations] if self.marks else []
        lists = [units for units in lists if len(units) > 1]
        marked = [units[0][0].start for units in lists if self._inside(units)]
        self.shares = [self._shares(units, [m for m in marked if m != units[0][0].start]) for units in lists]

    def of(self, claim: Claim) -> tuple[str, ...]:
        """The labels cited for a claim, in the order of the text."""
        if not self.marks:
            return ()
        mine = [s for s in self.shares if s.members.intersection(claim.extents)]
        found = [mark for s in mine for mark in s.of(claim.extents)]
        found += self._behind(claim, mine)
        if not found and not any(s.parted for s in mine):
            found = self._within(claim)
        found = found or self._authors(claim)
        return tuple(dict.fromkeys(label for mark in sorted(set(found)) for label in mark.labels))

    # ------------------------------------------------------------------ enumerations

    def _inside(self, units: Sequence[Sequence[Extent]]) -> list[Mark]:
        return [m for m in self.marks if units[0][0].start <= m.start < units[-1][0].start]

    def _shares(self, units: Sequence[Sequence[Extent]], others: Sequence[int]) -> _Shares:
        """``others`` are where other enumerations with marks begin: a mark behind that is theirs."""
        shares = list(self._parted(units, others)) if self._inside(units) else []
        parted = bool(shares)
        everybody = frozenset(p for unit in units for p in unit)
        if not shares:
            shares = [(mark, self._owners(mark, everybody)) for mark in self._tail(units[-1], others)]
        end = max(p.end for p in units[-1])
        return _Shares(units[0][0].start, end, everybody, tuple(shares), parted)

    def _parted(
        self, units: Sequence[Sequence[Extent]], others: Sequence[int]
    ) -> Iterator[tuple[Mark, frozenset[Extent]]]:
        """Each mark of an enumeration with the members that it belongs to; nobody's where the member is unknown."""
        run: list[Extent] = []
        for unit, after in pairwise(units):
            run += unit
            end = max(p.end for p in unit)
            here = [m for m in self.marks if end <= m.start < after[0].start]
            for mark in here:
                unknown = _NEXT.search(cut_marks(self.text, end, mark.start, self.marks))
                yield mark, frozenset() if unknown else self._owners(mark, run)
            run = [] if here else run
        for mark in self._tail(units[-1], others):
            yield mark, self._owners(mark, (*run, *units[-1]))

    def _owners(self, mark: Mark, extents: Iterable[Extent]) -> frozenset[Extent]:
        """Those of some members that a mark can belong to: in an aside only what stands there."""
        aside = self._aside(mark)
        return frozenset(e for e in extents if e.start >= aside)

    def _aside(self, mark: Mark) -> int:
        """Where the aside begins in which a mark stands; -1 where it stands in none."""
        depth = 0
        for at in range(mark.start - 1, max(-1, mark.start - _LONGEST_ASIDE), -1):
            depth += (self.text[at] in ")]") - (self.text[at] in "([")
            if depth < 0:
                return at if _ASIDE.match(self.text, at) else -1
        return -1

    def _is_aside(self, mark: Mark, claim: Claim) -> bool:
        """Whether a mark stands in an aside in which nothing of a claim stands."""
        aside = self._aside(mark)
        return aside >= 0 and not any(aside <= e.start < mark.start for e in claim.extents)

    def _tail(self, unit: Sequence[Extent], others: Sequence[int]) -> list[Mark]:
        """The mark behind a last member, in its phrase."""
        end = max(p.end for p in unit)
        mark = next((m for m in self.marks if m.start >= end), None)
        if mark is None or self._verb(end, mark.start) or _NEXT.search(self.text[end : mark.start]):
            return []
        return [] if any(end <= o < mark.start for o in others) else [mark]

    # ------------------------------------------------------------------ claims

    def _behind(self, claim: Claim, mine: Sequence[_Shares]) -> list[Mark]:
        """The first mark behind a claim that is no member's."""
        apart = [s for s in mine if s.parted]
        tails = [s.end for s in apart if s.end >= claim.end]
        at = max([claim.end, *tails])
        for mark in self.marks:
            if mark.start < at or any(s.holds(mark) for s in apart) or self._reports(mark):
                continue
            if self._is_aside(mark, claim):
                continue
            if tails and (self._verb(at, mark.start) or self._contrast(at, mark.start)):
                return []
            foreign = next((s for s in self.shares if s.parted and s not in mine and s.holds(mark)), None)
            if foreign is None:
                return [mark]
            if not self._contrast(at, foreign.start) and not self._new_clause(at, foreign):
                return [m for m, _ in foreign.marks]
        return []

    def _within(self, claim: Claim) -> list[Mark]:
        inside = [m for m in self.marks if claim.start <= m.start < claim.end and not self._is_aside(m, claim)]
        if not inside:
            return []
        whole = next((s for s in self.shares if s.parted and s.holds(inside[-1])), None)
        return [m for m, _ in whole.marks if m.start < claim.end] if whole else inside[-1:]

    def _authors(self, claim: Claim) -> list[Mark]:
        """The authors named before a claim, all that are named together."""
        before = [m for m in self.marks if m.start < claim.start]
        if not before or not self._named(before[-1]):
            return []
        out = [before.pop()]
        while before and self._named(before[-1]) and _AND_AUTHORS.fullmatch(self.text, before[-1].end, out[-1].start):
            out.append(before.pop())
        return out

    def _named(self, mark: Mark) -> bool:
        lead = self.text[max(0, mark.start - 40) : mark.start]
        return bool(_GROUP.search(lead) or (_YEAR.match(self.text, mark.start) and _NAME.search(lead)))

    def _reports(self, mark: Mark) -> bool:
        """Whether authors are named here for what follows: themselves, or with the next ones ("and Berg et al. [9]
        found")."""
        if not self._named(mark):
            return False
        if _REPORT.match(self.text, mark.end):
            return True
        after = next((m for m in self.marks if m.start >= mark.end), None)
        together = after is not None and _AND_AUTHORS.fullmatch(self.text, mark.end, after.start)
        return bool(together) and after is not None and self._reports(after)

    def _verb(self, start: int, end: int) -> bool:
        at = bisect_left(self.verbs, start)
        return at < len(self.verbs) and self.verbs[at] < end

    def _contrast(self, start: int, end: int) -> bool:
        return start < end and bool(_CONTRAST.search(self.text, start, end))

    def _new_clause(self, start: int, other: _Shares) -> bool:
        """Whether an enumeration further on is the subject of a clause of its own: joined to this one, and a verb
        follows."""
        joint = re.search(r",|\b(?:and|or)\b", self.text[start : other.start])
        verb = bisect_left(self.verbs, other.end)
        if joint is None or verb == len(self.verbs):
            return False
        return not self.text[other.end : self.verbs[verb]].strip(" ,") or not _NEXT.search(
            cut_marks(self.text, other.end, self.verbs[verb], self.marks)
        )


def _units(text: str, extents: Sequence[Extent]) -> list[list[Extent]]:
    """The members of an enumeration; an abbreviation in brackets and members of one range ("let-7a-g") are with the
    first."""
    out: list[list[Extent]] = []
    for extent in sorted(set(extents)):
        end = max(p.end for p in out[-1]) if out else -1
        gap = text[end : extent.start].strip() if out else " "
        alias = gap == "(" and text[extent.end : extent.end + 1] == ")"
        if out and (extent.start <= end or not gap or alias):
            out[-1].append(extent)
        else:
            out.append([extent])
    return out
