"""The text of chunks as runs: words joined over line ends, raised numbers told apart from citation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from exomine.document.builder import Run
from exomine.document.citations import expand_labels
from exomine.document.hyphens import Vocabulary, join_hyphenated
from exomine.document.model import Box
from exomine.document.pdf.backends.base import TextLine, Word

__all__ = ["Marks", "join_runs", "raised"]

_NUMBERS = re.compile(r"^[\[(]?\s*\d{1,3}[a-z]?(?:\s*[,;\-–—−‒]\s*\d{1,3}[a-z]?)*\s*[,;]?[\])]?$")


def raised(word: Word, line: TextLine) -> bool:
    """Whether the word is smaller than the line's text and stands above its baseline."""
    return word.size < 0.86 * line.size and line.base - word.base > 0.12 * line.size


#: Words of three letters and more behind which a raised number is an exponent.
_EXPONENTIATED = frozenset("min mol mmol log exp sin cos day days hour hours sec".split())
_MOST = 30  # labels that one stray mark may cite


class Marks:
    """Tells raised citation marks from exponents and other raised text.

    ``labels`` are the labels of the reference list (empty: unknown); ``active`` says whether the paper cites by raised numbers.
    Where it does not, single raised numbers can still be marks, as in a review put together from parts: they must stand in the
    reference list and behind a word or a stop, and not be the number of a footnote (``notes``).
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
        if not self or not _NUMBERS.match(text):
            return ()
        if not self.active:
            found = expand_labels(text)
            known = self.stray.issuperset(found) and len(found) <= _MOST
            return found if known and _citable(before) and not after[:1].isalnum() else ()
        if (
            before[-1:].isdigit()
            or not before
            or re.search(r"(?:^|[\s/·⋅×(])(?:[cmkμnpd]?m|k?g|s|h|L|min|10|N|R|χ|Ca|Cd|CD)$", before)
        ):
            return ()
        found = expand_labels(text)
        return () if any(int(re.sub(r"\D", "", x) or 10**6) > self.highest for x in found) else found


def _citable(before: str) -> bool:
    """Whether what stands before a raised number can be cited for: a word or a stop, but no unit, variable or isotope's space."""
    if before[-1:] in (".", ",", ";"):
        return before[-2:-1].isalnum() or before[-2:-1] in (")", "]", "”", '"')
    word = before.split(" ")[-1].lstrip('([“"')
    if not word[-1:].isalpha() or len(word) < 3 or re.search(r"[/·⋅×=^]", word):
        return False
    return re.split(r"[-–]", word)[-1].casefold() not in _EXPONENTIATED


def join_runs(lines: Sequence[TextLine], vocabulary: Vocabulary, marks: Marks) -> list[Run]:
    """The runs of a block: one a line, citation marks apart, words joined where a hyphen cuts them."""
    runs: list[Run] = []
    for line in lines:
        pieces = _pieces(line, marks)
        if not pieces:
            continue
        if runs and runs[-1].labels is None and pieces[0][1] is None:
            last = runs[-1]
            if last.text.endswith("μ") and re.match(r"[mlLgMAsN](?:\W|$|\d)", pieces[0][0]):
                runs[-1] = last
                runs.extend(Run(text, line.page, box, labels) for text, labels, box in pieces)
                continue
            if last.text.endswith("-") and re.match(r"(?:to|and|or|of|in|by|the|on)-\w", pieces[0][0]):
                runs.extend(Run(text, line.page, box, labels) for text, labels, box in pieces)
                continue
            join = join_hyphenated(last.text, pieces[0][0], vocabulary=vocabulary)
            runs[-1] = Run(join.left + join.glue, last.page, last.box)
        elif runs:
            last = runs[-1]
            glue = "" if pieces[0][1] is not None else " "
            runs[-1] = Run(last.text.rstrip(), last.page, last.box, last.labels)
            if glue:
                pieces[0] = (" " + pieces[0][0], *pieces[0][1:]) if pieces[0][1] is None else pieces[0]
        for text, labels, box in pieces:
            runs.append(Run(text, line.page, box, labels))
    return runs


def _pieces(line: TextLine, marks: Marks) -> list[tuple[str, tuple[str, ...] | None, Box]]:
    """(text, labels or None, box) along the line."""
    groups: list[list[Word]] = []
    flags: list[bool] = []
    for w in line.words:
        up = bool(marks) and raised(w, line)
        if groups and flags[-1] == up:
            groups[-1].append(w)
        else:
            groups.append([w])
            flags.append(up)
    out: list[tuple[str, tuple[str, ...] | None, Box]] = []
    plain: list[Word] = []
    text = ""
    for i, (group, up) in enumerate(zip(groups, flags, strict=True)):
        space = "" if group[0].glued else " "
        after = groups[i + 1][0] if i + 1 < len(groups) else None
        behind = after.text if after is not None and after.glued else ""
        labels = marks.labels(_raised_text(group), text + (space if marks.stray else ""), behind) if up else ()
        if not labels:
            plain.extend(group)
            text = _text(plain)
            continue
        if plain:
            out.append((_text(plain), None, _box(plain)))
        out.append(("[" + _mark_text(group) + "]", labels, _box(group)))
        plain, text = [], text
    if plain:
        lead = "" if not out or plain[0].glued else " "
        out.append((lead + _text(plain), None, _box(plain)))
    return _spaced(out)


def _spaced(pieces: list[tuple[str, tuple[str, ...] | None, Box]]) -> list[tuple[str, tuple[str, ...] | None, Box]]:
    """Text behind a mark begins with a space unless it is punctuation."""
    out = []
    for i, (text, labels, box) in enumerate(pieces):
        if i and labels is None and text[:1].isalnum():
            text = " " + text
        out.append((text, labels, box))
    return out


def _mark_text(words: Sequence[Word]) -> str:
    return _raised_text(words).strip(" ,;[]()")


def _raised_text(words: Sequence[Word]) -> str:
    """Raised words as one mark; labels that only a space parts ("19 20") are parted by a comma."""
    out = ""
    for w in words:
        out += ("," if out and not w.glued and out[-1].isdigit() and w.text[:1].isdigit() else "") + w.text
    return out


def _text(words: Sequence[Word]) -> str:
    return "".join(w.text if w.glued or not i else " " + w.text for i, w in enumerate(words))


def _box(words: Sequence[Word]) -> Box:
    return Box(min(w.x0 for w in words), min(w.y0 for w in words), max(w.x1 for w in words), max(w.y1 for w in words))
