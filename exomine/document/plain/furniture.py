"""Page furniture in the lines of a plain text: page numbers, running heads, journal lines.

A page carries them once, so a short paper shows each of them once or twice: repetition alone does not find them. Some
are known by their form ("J Res 2021;11(4):1-9", "Page 3 of 9"), the others by their place: beside such a line, and
between two halves of a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from exomine.document.plain.forms import CAPTION, FURNITURE, LAST_WORD, REFERENCES, VERB, finished

__all__ = ["furniture"]

_YEAR_VOLUME = re.compile(
    r"(?:\d{1,5}\s+)?[A-Z][\w .&,:'’()\-–]{2,140}?[\s,(]*(?:19|20)\d\d\)?\s*[;,:]\s*(?:vol"
    r"(?:ume)?\.?\s*)?\d+\s*(?:\(\d[^)]{0,12}\))?"
    r"\s*[:,]\s*[\w.\-–]+(?:\s+\d{1,5})?"
)
#: "Surname et al.", "Surname and Other", with the page number or the short title on the same line.
_AUTHORS = re.compile(
    r"(?:\d{1,5}\s+)?(?:[A-Z]\.?[ \-]?){0,3}[A-Z][\w'’\-]+(?:\s[A-Z]{1,3}\.?)?"
    r"(?:\s(?:and|&)\s(?:[A-Z]\.?[ \-]?){0,3}[A-Z][\w'’\-]+|,?\set\.?\sal\.?)"
    r"(?:\s*[,|/]?\s*\d{1,5}|\s*[:|/]\s*\S.{0,90})?"
)
_NUMBER = re.compile(r"\d{1,5}")
_OUTER_DIGIT = re.compile(r"^\d|\d$")
_CAPITAL_OR_DIGIT = re.compile(r"[A-Z\d]")
#: A word cut by a hyphen: "resis-".
_CUT_WORD = re.compile(r"[a-z][-\u00ad\u2010]$")
_BARE = re.compile(r"\d{1,5}|[ivxl]{1,6}|\d+\s*(?:of|/)\s*\d+", re.I)
_NUMBERED_TITLE = re.compile(r"\d{1,5}\s+[|•]?\s*[A-Z].{6,90}|[A-Z].{6,90}?\s+[|•]?\s*\d{1,5}")
#: How a line begins that goes on with the sentence of the line before it.
_GOES_ON = re.compile(r"[a-z]{2,}(?![\w-]*\d)|a\s|[\[(,;.)%]")


@dataclass
class _Page:
    """The lines of a text before its references, what is known of each."""

    texts: list[str]
    width: float
    repeated: Counter[str]
    found: dict[int, str] = field(default_factory=dict)

    def near(self, i: int, step: int) -> int | None:
        """The next filled line in a direction, over blank ones."""
        i += step
        while 0 <= i < len(self.texts):
            if self.texts[i]:
                return i
            i += step
        return None

    def text_near(self, i: int, step: int) -> str:
        """The next line in a direction that is text; up to two lines that may be running heads are passed over."""
        at = self.near(i, step)
        heads = 0
        while at is not None:
            if at not in self.found:
                if heads == 2 or not self.head_like(at) or not self.beside_head(at):
                    return self.texts[at]
                heads += 1
            at = self.near(at, step)
        return ""

    def head_like(self, i: int) -> bool:
        """Whether a line has the form of a running head and stands alone between blank lines."""
        text = self.texts[i]
        if not 4 < len(text) < 60 or not text[0].isupper():
            return False
        return not _reads_like_text(text) and self.set_off(i)

    def beside_head(self, i: int) -> bool:
        """Whether furniture stands beside the line, or beside another running head there."""
        for step in (-1, 1):
            at = self.near(i, step)
            if at is not None and at not in self.found and self.head_like(at):
                at = self.near(at, step)
            if at in self.found:
                return True
        return False

    def beside(self, i: int) -> bool:
        """Whether a piece of furniture stands before or behind."""
        return any(self.near(i, step) in self.found for step in (-1, 1))

    def cut(self, i: int) -> bool:
        """Whether a sentence goes on over this line."""
        before, after = self.text_near(i, -1), self.text_near(i, 1)
        return bool(before) and not finished(before) and _GOES_ON.match(after) is not None

    def set_off(self, i: int) -> bool:
        """Whether a blank line, the text's end or furniture stands on both sides."""
        return self._is_edge(i - 1) and self._is_edge(i + 1)

    def _is_edge(self, i: int) -> bool:
        return not 0 <= i < len(self.texts) or not self.texts[i] or i in self.found

    def odd_width(self, i: int) -> bool:
        """Whether the line is much shorter or wider than those of its column."""
        return not 0.8 * self.width <= len(self.texts[i]) <= 1.3 * self.width

    def is_apart(self, i: int) -> bool:
        """Whether the line stands alone, or beside furniture in a width of its own."""
        return self.set_off(i) or (self.beside(i) and self.odd_width(i))

    def hyphen_skips(self, i: int) -> bool:
        """Whether the word cut at the end of the text before goes on behind this line."""
        if not self.texts[i][:1].isupper() or not _CUT_WORD.search(self.text_near(i, -1)):
            return False
        return self.cut(i)

    def numbers_beside(self, i: int) -> list[int]:
        """The lines next to a line that are numbers alone."""
        beside = (self.near(i, -1), self.near(i, 1))
        return [j for j in beside if j is not None and _NUMBER.fullmatch(self.texts[j])]

    def is_repeated(self, i: int) -> bool:
        """Whether a line stands once more in the text, numbers aside."""
        return self.repeated[_norm(self.texts[i])] > 1


def furniture(lines: Sequence[str]) -> dict[int, str]:
    """The lines that are furniture, by index, each with its kind: page_number or running_head."""
    texts = [" ".join(x.split()) for x in lines]
    body = texts[: _references_at(texts)]
    repeated = Counter(_norm(x) for x in body if x)
    page = _Page(body, median([len(x) for x in body if len(x) > 20] or [60]), repeated)
    _note(page, _by_form)
    size = -1
    while len(page.found) > size:  # one piece vouches for the next
        size = len(page.found)
        _note(page, _by_place)
    return page.found


def _note(page: _Page, is_furniture: Callable[[_Page, int], bool]) -> None:
    """Note the lines not yet found that are furniture by a rule; what is found first counts for the next ones."""
    for i, text in enumerate(page.texts):
        if text and i not in page.found and is_furniture(page, i):
            page.found[i] = _kind(text)


_FIRST_REFERENCE = re.compile(r"[\[(]?1[\]).]*(?:\s+\S|$)|[A-Z][\w'’\-]+,? [A-Z]")


def _references_at(texts: Sequence[str]) -> int:
    """Where the list of references begins: not at the name of a table's column."""
    named = [i for i, x in enumerate(texts) if REFERENCES.fullmatch(x) and i > len(texts) // 3]
    for i in named:
        first = next((x for x in texts[i + 1 : i + 5] if x), "")
        if _FIRST_REFERENCE.match(first):
            return i
    return named[-1] if named else len(texts)


def _by_form(page: _Page, i: int) -> bool:
    """Journal lines, addresses and the like anywhere; a bare number only where it stands alone."""
    text = page.texts[i]
    if _YEAR_VOLUME.fullmatch(text):
        return True
    return FURNITURE.fullmatch(text) is not None and (page.set_off(i) or not _BARE.fullmatch(text))


def _by_place(page: _Page, i: int) -> bool:
    text = page.texts[i]
    if _NUMBER.fullmatch(text):
        return page.beside(i) or any(_author_head(page, j) for j in (page.near(i, -1), page.near(i, 1)))
    if FURNITURE.fullmatch(text):
        return page.set_off(i)
    return _author_head(page, i) or _title_head(page, i)


def _author_head(page: _Page, i: int | None) -> bool:
    """ "Muster et al.": said again on another page, inside a sentence, or set off beside a page number."""
    if i is None or i in page.found or not _names_authors(page.texts[i]) or not page.odd_width(i):
        return False
    numbers = page.numbers_beside(i)
    if numbers or page.beside(i) or _OUTER_DIGIT.search(page.texts[i]):
        return page.is_repeated(i) or _is_alone(page, i, numbers) or _stands_inside(page, i, numbers)
    return " al" in page.texts[i] and _stands_inside(page, i, numbers)


def _names_authors(text: str) -> bool:
    return len(text) <= 120 and _AUTHORS.fullmatch(text) is not None


def _is_alone(page: _Page, i: int, numbers: Sequence[int]) -> bool:
    """Whether a blank line stands above a running head and its page number."""
    return i == 0 or not page.texts[min(i, *numbers, i) - 1]


def _stands_inside(page: _Page, i: int, numbers: Sequence[int]) -> bool:
    """Whether a sentence goes on over a running head, its page number above it included."""
    first = numbers[0] if numbers and numbers[0] < i else i
    return page.cut(first) or page.cut(i) or _cut_over(page, i, numbers)


def _cut_over(page: _Page, i: int, numbers: Sequence[int]) -> bool:
    """As :meth:`_Page.cut` where the page number beside the line is not yet known to be one."""
    taken = dict.fromkeys(numbers, "page_number")
    return _Page(page.texts, page.width, page.repeated, {**page.found, **taken}).cut(i)


def _title_head(page: _Page, i: int) -> bool:
    """A short title beside furniture or with a page number, which the sentence around it skips."""
    text = page.texts[i]
    numbered = _NUMBERED_TITLE.fullmatch(text) is not None
    if not _is_title_like(text) or not (numbered or page.beside(i)):
        return False
    if page.hyphen_skips(i) or (page.is_repeated(i) and page.set_off(i)):
        return True
    if not numbered and not text[0].isupper():
        return False
    return page.cut(i) and page.is_apart(i)


def _is_title_like(text: str) -> bool:
    """Whether a line may be a short title: a capital or number first, no caption, nothing that only sentences have."""
    if len(text) > 120 or not _CAPITAL_OR_DIGIT.match(text):
        return False
    return not _reads_like_text(text) and not CAPTION.match(text)


def _reads_like_text(text: str) -> bool:
    """Whether a line ends like a sentence, or has a citation, a verb or a last word that no title has."""
    if finished(text) or "[" in text:
        return True
    return LAST_WORD.search(text) is not None or VERB.search(text) is not None


def _kind(text: str) -> str:
    return "page_number" if re.fullmatch(r"\W*(?:page\s*)?\d+(?:\s*(?:of|/)\s*\d+)?\W*", text, re.I) else "running_head"


def _norm(text: str) -> str:
    return re.sub(r"\d+", "#", text.lower()).strip("# ")
