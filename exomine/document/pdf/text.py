"""The text of chunks as runs: words joined over line ends, raised numbers told apart from citation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from exomine.document.accents import compose_accents
from exomine.document.addresses import link_goes_on
from exomine.document.builder import Run
from exomine.document.citations import expand_labels
from exomine.document.hyphens import Vocabulary, join_hyphenated
from exomine.document.model import Box
from exomine.document.pdf.backends.base import TextLine, Word, box_of

__all__ = ["Marks", "join_runs", "raised"]

#: "3", "[4]", "3,5–7", "12a,".
_NUMBERS = re.compile(r"^[\[(]?\s*\d{1,3}[a-z]?(?:\s*[,;\-–—−‒]\s*\d{1,3}[a-z]?)*\s*[,;]?[\])]?$")


def raised(word: Word, line: TextLine) -> bool:
    """Whether the word is smaller than the line's text and stands above its baseline."""
    return word.size < 0.86 * line.size and line.base - word.base > 0.12 * line.size


#: Words of three letters and more behind which a raised number is an exponent.
_EXPONENTIATED = frozenset("min mol mmol log exp sin cos day days hour hours sec".split())
#: Units, variables and elements behind which a raised number is no mark even where a paper cites so: "cm2", "R2",
#: "Ca2+".
_WITH_EXPONENT = re.compile(r"(?:^|[\s/·⋅×(])(?:[cmkμnpd]?m|k?g|s|h|L|min|10|N|R|χ|Ca|Cd|CD)$")
#: A variable, which a raised 2 or 3 squares or cubes: "r2", "(x2".
_VARIABLE = re.compile(r"(?:^|[\s/·⋅×(=<>+−])[^\W\d_]$")
_SQUARES = frozenset({("2",), ("3",)})
#: An amino acid, whose place in the protein may be raised: "Thr14", "pSer910".
_RESIDUE = re.compile(
    r"(?:^|[\s/(,–-])p?-?(?:Ala|Arg|Asn|Asp|Cys|Gln|Glu|Gly|His|Ile|Leu|Lys|Met|Phe|Pro|Ser|Thr|Trp|Tyr|Val) ?$"
)
#: A power of ten: "10", "2×10", "1.5x10".
_POWER = re.compile(r"(?:^|[^\w])(?:\d*[.,]?\d*[xX×*·])?10$")
#: A year, which has no exponent: "approved in 2013 [5,6]".
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d$")
#: What goes on with a unit behind "μ" at a line's end: "m", "l ", "M)".
_UNIT_BEHIND_MU = re.compile(r"[mlLgMAsN](?:\W|$|\d)")
#: The middle of a compound behind a hyphen at a line's end: "end-|to-end", "state-|of-the-art".
_INNER_WORD = re.compile(r"(?:to|and|or|of|in|by|the|on)-\w")
#: A raised mark that goes on in the next line: "3–", "[3,".
_OPEN_NUMBER = re.compile(r"\d[,;\-–—−‒]$")
#: What may stand right before a nuclide: "(18F", "[11C", "methyl-13C".
_BEFORE_NUCLIDES = ("", "(", "[", "-", "–", "/")
_MOST = 30  # labels that one stray mark may cite


class Marks:
    """Tells raised citation marks from exponents and other raised text.

    ``labels`` are the labels of the reference list (empty: unknown); ``active`` says whether the paper cites by raised
    numbers. Where it does not, single raised numbers can still be marks, as in a review put together from parts: they
    must stand in the reference list and behind a word or a stop, and not be the number of a footnote (``notes``).
    """

    def __init__(self, labels: Iterable[str], *, active: bool, notes: Iterable[str] = ()) -> None:
        listed = {x for x in labels if x.isdigit()}
        self.highest = max(map(int, listed), default=0) or 400
        self.active = active
        self.stray = frozenset(listed - set(notes)) if not active else frozenset()

    def __bool__(self) -> bool:
        return self.active or bool(self.stray)

    def labels(self, text: str, before: str, after: str = "") -> tuple[str, ...]:
        """The labels that raised ``text`` cites; empty when it is no citation mark.

        ``before`` and ``after`` are the text of the line around it; a space at ``before``'s end parts it from the mark.
        """
        text = text.strip(" ,;")
        if not self or not _NUMBERS.match(text) or _RESIDUE.search(before):
            return ()
        found = expand_labels(text)
        cites = self._cites_listed(found, before) if self.active else self._cites_stray(found, before, after)
        return found if cites else ()

    def _cites_stray(self, found: tuple[str, ...], before: str, after: str) -> bool:
        """Whether a single raised number is a mark although the paper does not cite so."""
        if not self.stray.issuperset(found) or len(found) > _MOST:
            return False
        return _citable(before) and not after[:1].isalnum()

    def _cites_listed(self, found: tuple[str, ...], before: str) -> bool:
        """Whether raised numbers are in the list and no exponents."""
        if not before or _WITH_EXPONENT.search(before) or (before[-1:].isdigit() and not _ends_in_name(before)):
            return False
        if found in _SQUARES and _VARIABLE.search(before):
            return False
        return all(int(re.sub(r"\D", "", x) or 10**6) <= self.highest for x in found)


def _ends_in_name(before: str) -> bool:
    """Whether a digit in front of a raised number ends a name or a year, which have no exponents: "p53", "IL-6",
    "in 2013"."""
    word = before.split(" ")[-1]
    return _YEAR.search(before) is not None or (any(c.isalpha() for c in word) and not _POWER.search(word))


def _citable(before: str) -> bool:
    """Whether what stands before a raised number can be cited for: a word or a stop, but no unit, variable or
    isotope's space."""
    if before[-1:] in (".", ",", ";"):
        return before[-2:-1].isalnum() or before[-2:-1] in (")", "]", "”", '"')
    word = before.split(" ")[-1].lstrip('([“"')
    if not word[-1:].isalpha() or len(word) < 3 or re.search(r"[/·⋅×=^]", word):
        return False
    return re.split(r"[-–]", word)[-1].casefold() not in _EXPONENTIATED


def join_runs(lines: Sequence[TextLine], vocabulary: Vocabulary, marks: Marks) -> list[Run]:
    """The runs of a block: one a line, citation marks apart, words joined where a hyphen cuts them."""
    runs: list[Run] = []
    for line in _with_whole_marks(lines, marks):
        pieces = _pieces(line, marks, runs[-1].text if runs and runs[-1].labels is None else "")
        if not pieces:
            continue
        if runs:
            runs[-1], pieces[0] = _met(runs[-1], pieces[0], vocabulary)
        runs.extend(Run(piece.text, line.page, piece.box, piece.labels) for piece in pieces)
    return runs


def _with_whole_marks(lines: Sequence[TextLine], marks: Marks) -> list[TextLine]:
    """The lines; a raised mark that a line's end cuts ("3–" over "5") stands whole at the end of the upper one."""
    out = list(lines)
    for i in range(1, len(out) if marks else 0):
        above, line = out[i - 1], out[i]
        rest = _rest_of_mark(above, line)
        if rest:
            out[i - 1] = replace(above, words=[*above.words, *_moved_behind(above.words[-1], rest)], _text="")
            out[i] = replace(line, words=line.words[len(rest) :], _text="")
    return [line for line in out if line.words]


def _rest_of_mark(line: TextLine, after: TextLine) -> Sequence[Word]:
    """The raised words with which the next line goes on where this one ends in a raised number and a dash or comma."""
    if not line.words or not _OPEN_NUMBER.search(line.words[-1].text) or not raised(line.words[-1], line):
        return ()
    return list(takewhile(lambda w: raised(w, after) and not w.text[:1].isalpha(), after.words))


def _moved_behind(last: Word, words: Sequence[Word]) -> Iterator[Word]:
    """Copies of words on the height of another one, right behind it."""
    at = last.x1
    for w in words:
        moved = replace(w, x0=at, x1=at + w.x1 - w.x0, y0=last.y0, y1=last.y1, base=last.base, glued=True)
        at = moved.x1
        yield moved


def _met(last: Run, first: _Piece, vocabulary: Vocabulary) -> tuple[Run, _Piece]:
    """The end of a line and the beginning of the next one with what the line's end needs: a space, a hyphen less."""
    if last.labels is None and first.labels is None:
        if _is_glued(last.text, first.text) or link_goes_on(last.text, first.text):
            return last, first
        join = join_hyphenated(last.text, first.text, vocabulary=vocabulary)
        return Run(join.left + join.glue, last.page, last.box), first
    last = Run(last.text.rstrip(), last.page, last.box, last.labels)
    return last, first if first.labels is not None else replace(first, text=" " + first.text)


def _is_glued(left: str, right: str) -> bool:
    """Whether a line's end is a part of the next line's first word: "5 μ|m", "end-|to-end"."""
    if left.endswith("μ") and _UNIT_BEHIND_MU.match(right):
        return True
    return left.endswith("-") and _INNER_WORD.match(right) is not None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a line: text, or a citation mark (``labels``)."""

    text: str
    labels: tuple[str, ...] | None
    box: Box


def _pieces(line: TextLine, marks: Marks, before: str = "") -> list[_Piece]:
    """A line's text and marks in order; ``before`` is the text of the line before, for a mark that begins this one."""
    out: list[_Piece] = []
    plain: list[Word] = []
    text = before.rstrip()
    groups = _groups(line, marks)
    for i, (up, group) in enumerate(groups):
        after = groups[i + 1][1][0] if i + 1 < len(groups) else None
        labels: tuple[str, ...] = ()
        if up and not _is_nuclide(group, after, text):
            labels = marks.labels(_raised_text(group), text + _space_before(group, marks), _behind(after))
        if not labels:
            plain.extend(group)
            text = _text(plain)
            continue
        if plain:
            out.append(_Piece(_text(plain), None, box_of(plain)))
        out.append(_Piece("[" + _mark_text(group) + "]", labels, box_of(group)))
        plain = []
    if plain:
        lead = "" if not out or plain[0].glued else " "
        out.append(_Piece(lead + _text(plain), None, box_of(plain)))
    return _spaced(out)


def _is_nuclide(group: Sequence[Word], after: Word | None, before: str) -> bool:
    """Whether a raised number belongs to what follows it: "18F-FDG", "(13C)", "1H" behind a space or a bracket."""
    if group[0].glued and before[-1:] not in _BEFORE_NUCLIDES:
        return False
    return _behind(after)[:1].isalpha() and _raised_text(group).isdigit()


def _groups(line: TextLine, marks: Marks) -> list[tuple[bool, list[Word]]]:
    """The line's words in stretches of raised ones (True) and others; where no mark can be, none count as raised."""
    if not marks:
        return [(False, line.words)]
    return [(up, list(words)) for up, words in groupby(line.words, key=lambda w: raised(w, line))]


def _space_before(group: Sequence[Word], marks: Marks) -> str:
    """The space that parts a raised number from its word; it matters where single marks are looked for."""
    return " " if marks.stray and not group[0].glued else ""


def _behind(after: Word | None) -> str:
    """The word glued behind a mark."""
    return after.text if after is not None and after.glued else ""


def _spaced(pieces: list[_Piece]) -> list[_Piece]:
    """Text behind a mark begins with a space unless it is punctuation."""
    return [
        replace(piece, text=" " + piece.text) if i and piece.labels is None and piece.text[:1].isalnum() else piece
        for i, piece in enumerate(pieces)
    ]


def _mark_text(words: Sequence[Word]) -> str:
    return _raised_text(words).strip(" ,;[]()")


def _raised_text(words: Sequence[Word]) -> str:
    """Raised words as one mark; labels that only a space parts ("19 20") are parted by a comma."""
    out = ""
    for w in words:
        parted = not w.glued and out[-1:].isdigit() and w.text[:1].isdigit()
        out += "," + w.text if parted else w.text
    return out


def _text(words: Sequence[Word]) -> str:
    return compose_accents("".join(w.text if w.glued or not i else " " + w.text for i, w in enumerate(words)))
