"""Whether a paper was read as a whole: what a reader of its tables could not see.

Each check looks at one thing that goes wrong as a whole (a font that spells nothing, pages whose text is missing,
columns in the wrong order, a list of references that is not there) and gives a :class:`ReadProblem` with a reason of
``errors.REASONS``. The bounds leave room for every well-read paper; they are shares of the paper itself, so that they
hold for any journal.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from exomine.document.model import Aside, Block, Document, Line, ReadProblem
from exomine.document.pdf.backends.base import PageContent
from exomine.document.words import general_words
from exomine.errors import REASONS

__all__ = ["checked"]

#: Papers with fewer letters than this (a note, an abstract) are too short to be judged.
_FEWEST_LETTERS = 4_000
#: The words of a body with so many signs can be judged.
_FEWEST_SIGNS = 1_000
#: The least shares of a paper without its references that is mined at all, and that is body.
_LEAST_MINED, _LEAST_BODY = 0.55, 0.15
#: The least share of words that are in the general list, and of letters among the signs of the body.
_LEAST_KNOWN, _LEAST_ALPHABETIC = 0.6, 0.6
#: A page has a text with so many letters; so much of it may stand apart from what is mined.
_PAGE_LETTERS, _MOST_APART = 900, 0.75
#: Ends of columns between which a sentence breaks off: how many must be seen, how many break, and their share.
_FEWEST_ENDS, _FEWEST_BREAKS, _MOST_BROKEN = 4, 3, 0.15
#: Works are numbered as they are cited where so many new numbers are seen and hardly one is below that before it.
_FEWEST_STEPS, _MOST_FALLING = 8, 0.1
#: So many marks show that a paper cites; so many labels may be missing from its list.
_FEWEST_MARKS, _MAY_LACK = 3, 4
#: An author-year paper cites at least so often; this share of the cited years and names must be in the list.
_FEWEST_NAMED, _LEAST_RESOLVED = 8, 0.4

_BODY = ("paragraph", "list_item")
_KEPT_APART = ("back_matter", "running_head", "author_block", "other", "boxed_text", "formula", "page_number")
_CLOSED = re.compile(r"[.!?:;][)\]\"”’']*(?:\s*[\[(]?\d[\d,;–\-\s]*[\])]?)?$")
_WORD = re.compile(r"[^\W\d_]{3,}")
_BRACKETS = re.compile(r"\[(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\]")
#: "(Ash et al., 2010", "; Birch and Elm, 2011a".
_NAMED = re.compile(r"[(;] ?([A-Z][\w’'-]+)(?: et al\.?| (?:and|&) [A-Z][\w’'-]+)?,? ((?:19|20)\d\d)[a-z]?(?=[;,)])")
#: Words that open a sentence, hardly ever a name: behind a line that ends in the midst of a sentence they tell a break.
_OPENERS = frozenset(
    {"A", "As", "For", "Furthermore", "However", "In", "It", "Moreover", "The", "These", "This", "To", "We"}
)  # fmt: skip

#: "the" at a column's end and "was" at the next one's beginning are no sentence.
_DETERMINERS = frozenset({"a", "an", "the", "The"})
_BEHIND_NO_DETERMINER = frozenset(
    {
        "a",
        "and",
        "are",
        "by",
        "for",
        "from",
        "has",
        "have",
        "in",
        "is",
        "of",
        "that",
        "the",
        "to",
        "was",
        "were",
        "with",
    }
)


def checked(document: Document, pages: Sequence[PageContent]) -> tuple[ReadProblem, ...]:
    """What is wrong with a paper as read, whole papers first; empty where every check is passed."""
    letters = sum(len(w.text) for page in pages for w in page.words)
    if any(page.failure for page in pages):  # that is told already
        return ()
    spelled = tuple(_unknown_words(document))
    if letters < _FEWEST_LETTERS:
        return spelled
    return (
        *spelled,
        *_little_read(document, letters),
        *_wrong_order(document),
        *_lost_references(document),
        *_no_title(document),
        *_lost_pages(document, pages),
        *_lost_tables(document),
    )


def _told(reason: str, found: str, page: int | None = None) -> ReadProblem:
    return ReadProblem(reason, f"{found} {REASONS[reason]}", page)


def _solid(text: str) -> int:
    """The length of a text without its spaces."""
    return len(text) - text.count(" ") - text.count("\n")


# --- words and shares ------------------------------------------------------------------------------------------------


def _unknown_words(document: Document) -> Iterator[ReadProblem]:
    """Whether the body spells no words: a font mapped to other letters, or to none."""
    body = document.body
    if _solid(body) < _FEWEST_SIGNS:
        return
    words = _WORD.findall(body)
    known = sum(w.lower() in general_words() for w in words)
    if words and known < _LEAST_KNOWN * len(words):
        yield _told("unknown_words", f"{100 * known // len(words)} of 100 words of the body are in the word list.")
        return
    alphabetic = sum(c.isalpha() for c in body)
    if body and alphabetic < _LEAST_ALPHABETIC * _solid(body):
        yield _told("unknown_words", f"{100 * alphabetic // _solid(body)} of 100 signs of the body are letters.")


def _little_read(document: Document, letters: int) -> Iterator[ReadProblem]:
    """Whether too much of the file is neither body nor anything else that is mined."""
    whole = max(1, letters - sum(_solid(a.text) for a in document.apart if a.kind == "reference"))
    mined = _solid(document.text)
    body = _solid(document.body)
    if mined < _LEAST_MINED * whole:
        yield _told("little_body", f"{100 * mined // whole} of 100 letters are text, tables or captions.")
    elif body < _LEAST_BODY * whole:
        yield _told("little_body", f"{100 * body // whole} of 100 letters are body text.")


def _no_title(document: Document) -> Iterator[ReadProblem]:
    """Whether a paper with references has no title, or one without a word."""
    if document.references and not _WORD.search(document.title):
        yield _told("no_title", "No title was found." if not document.title else f"The title reads {document.title!r}.")


# --- order -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Printed:
    """A printed line of running text."""

    line: Line
    text: str

    def is_left_for(self, other: _Printed) -> bool:
        """Whether the text goes on in another column or page."""
        a, b = self.line, other.line
        return a.page != b.page or b.box.y0 < a.box.y0 - 20

    def breaks_off(self, other: _Printed) -> bool:
        """Whether a sentence ends in the one line but goes on in the other, or the other way round."""
        if _CLOSED.search(self.text):
            return other.text[:1].islower()
        last, first = self.text.split(" ")[-1], other.text.split(" ")[0]
        if last in _DETERMINERS and first in _BEHIND_NO_DETERMINER:
            return True
        return first in _OPENERS and last[-1:].islower()


def _wrong_order(document: Document) -> Iterator[ReadProblem]:
    """Whether sentences break off where columns and pages end, or the numbers of cited works jump back there."""
    ends = [(a, b) for run in _runs(document) for a, b in pairwise(run) if a.is_left_for(b)]
    broken = {b.line.start: a.line.page for a, b in ends if a.breaks_off(b)}
    broken |= _falling_numbers(document, [b.line for _, b in ends])
    if len(ends) < _FEWEST_ENDS or len(broken) < max(_FEWEST_BREAKS, _MOST_BROKEN * len(ends)):
        return
    found = f"The text breaks off at {len(broken)} of {len(ends)} ends of columns and pages."
    yield _told("wrong_order", found, broken[min(broken)])


def _falling_numbers(document: Document, starts: Sequence[Line]) -> dict[int, int]:
    """Columns (their first lines' offsets and pages) whose first new citation is below the one before.

    Only where works are numbered as they are cited, so that new numbers rise inside of columns.
    """
    offsets = [line.start for line in starts]
    new = _new_numbers(document)
    placed = [(bisect_right(offsets, at), number) for at, number in new]
    steps = list(pairwise(placed))
    inside = [b < a for (s, a), (t, b) in steps if s == t]
    if len(inside) < _FEWEST_STEPS or sum(inside) > _MOST_FALLING * len(inside):
        return {}
    fallen = [starts[t - 1] for (s, a), (t, b) in steps if s < t and b < a]
    return {line.start: line.page for line in fallen}


def _new_numbers(document: Document) -> list[tuple[int, int]]:
    """Each numbered work at the place where it is cited first: (offset, number)."""
    seen: dict[int, int] = {}
    for mark in document.citations:
        for label in mark.labels:
            if label.isdigit():
                seen.setdefault(int(label), mark.start)
    return sorted((at, number) for number, at in seen.items())


def _runs(document: Document) -> Iterator[list[_Printed]]:
    """The printed lines of running text between two headings."""
    run: list[_Printed] = []
    for block in document.blocks:
        if block.kind == "heading":
            yield run
            run = []
        elif block.kind in _BODY:
            run += _printed(document, block)
    yield run


def _printed(document: Document, block: Block) -> Iterator[_Printed]:
    for line in document.lines_of(block.start, block.end):
        text = document.text[max(line.start, block.start) : min(line.end, block.end)].strip()
        if text:
            yield _Printed(line, text)


# --- references ------------------------------------------------------------------------------------------------------


def _lost_references(document: Document) -> Iterator[ReadProblem]:
    """Whether the text cites works that the list as read does not hold."""
    numbers = [int(n) for m in _BRACKETS.finditer(document.body) for n in re.findall(r"\d+", m[1])]
    highest = _highest_cited(numbers)
    listed = len(document.references)
    lacking = _MAY_LACK + 0.1 * listed if listed else 0
    if highest >= _FEWEST_MARKS and highest > listed + lacking:
        yield _told("references_missing", f"The text cites up to number {highest}, the list as read has {listed}.")
        return
    named = Counter((m[1], m[2]) for m in _NAMED.finditer(document.body))
    if len(named) < _FEWEST_NAMED:
        return
    found = sum(any(name in r.text and year in r.text for r in document.references) for name, year in named)
    if found < _LEAST_RESOLVED * len(named):
        yield _told("references_missing", f"Of {len(named)} works cited by name and year the list as read has {found}.")


def _highest_cited(numbers: Sequence[int]) -> int:
    """The highest number that is cited in a row of others: a lone number in brackets may be a year or a count."""
    cited = sorted(set(numbers))
    if len(cited) < _FEWEST_MARKS:
        return 0
    high = cited[0]
    for number in cited:
        if number > high + 15:
            break
        high = number
    return high


# --- pages and tables ------------------------------------------------------------------------------------------------


def _lost_pages(document: Document, pages: Sequence[PageContent]) -> Iterator[ReadProblem]:
    """Pages among others with text that have none, or whose text stands apart nearly all."""
    full = [p.number for p in pages if p.words]
    apart = _letters_apart(document.apart)
    last = _last_body_page(document)
    for page in pages:
        letters = sum(len(w.text) for w in page.words)
        if not page.words and full and full[0] < page.number < full[-1]:
            yield _told("empty_page", "The page has no text.", page.number)
        elif 1 < page.number < last and letters > _PAGE_LETTERS and apart[page.number] > _MOST_APART * letters:
            found = f"{100 * apart[page.number] // letters} of 100 letters of the page stand apart from the text."
            yield _told("page_without_body", found, page.number)


def _letters_apart(apart: Iterable[Aside]) -> Counter[int]:
    counts: Counter[int] = Counter()
    for aside in apart:
        if aside.kind in _KEPT_APART and aside.page is not None:
            counts[aside.page] += _solid(aside.text)
    return counts


def _last_body_page(document: Document) -> int:
    """The last page that has text of the body."""
    return max((line.page for line in document.lines), default=0)


def _lost_tables(document: Document) -> Iterator[ReadProblem]:
    """Captions of tables without a table."""
    read = {_number(t.label) for t in document.tables}
    for block in document.blocks:
        if block.kind != "caption" or block.table_id:
            continue
        text = document.text[block.start : block.end]
        label = re.match(r"(?i)table\s+(\d{1,2}|[IVX]{1,5})\b", text)
        if label and label[1].lower() not in read:
            page = document.page_of(block.start, block.end)
            yield _told("table_unread", f"Nothing could be read of {label[0]!r}.", page)


def _number(label: str) -> str:
    return label.split(" ")[-1].strip(".:|").lower()
