"""What each chunk of a paper is: title, abstract, heading, paragraph, caption, reference, back matter and the rest.

The classifier knows the body's style and a few words (:mod:`.cues`); it walks the chunks in reading order through the
zones front, abstract, body, references, back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile

from exomine.document.pdf import cues
from exomine.document.pdf.gap_headings import gap_headings
from exomine.document.pdf.layout import Chunk
from exomine.document.pdf.looks import Looks

__all__ = ["Classifier"]

#: "[12] Ash", "12. Ash", "Ash, B. C., (2010)".
_ENTRY = re.compile(r"^\s*(?:\[\d{1,3}\]|\d{1,3}[.)]?\s|[A-ZÀ-Ý][\w'’-]+,? (?:[A-Z]\.? ?){1,3}[,.(])")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: "1.", "[1]", "(1)", "1)", "1 Ash" and any such number.
_FIRST_NUMBER = re.compile(r"^[\[(]?1[\]).]?(?:\s|$)")
_ANY_NUMBER = re.compile(r"^[\[(]?(\d{1,3})[\]).]?(?:\s|$)")
#: The end of a sentence inside a paragraph: "cells. We".
_INNER_STOP = re.compile(r"[a-z)\]]{2}\. [A-Z]")
#: How the small print of a first page begins: "* Correspondence to", "Received 3 May", "© The Authors".
_NOTE = re.compile(
    r"(?i)^(?:\W{0,2}corresponding|\W{0,2}correspondence|received|accepted|copyright|©|how to cite|citation|"
    r"academic editor"
    r"|edited by|e-?mail)"
)
#: "(continued)", "Table 2 cont." on a line of its own.
_CONTINUED = re.compile(r"^\W*(?:table \d+\W*)?\(?cont(?:inued|d|\.)\.?\)?\W*$", re.I)
#: Headings of back matter that some papers have among the methods.
_MAY_BE_BODY = re.compile(
    r"^(?:ethic|informed consent|patient consent|data availability|trial registration|role of|abbreviations|"
    r"registration)"
)
#: How acknowledgements, funding and licences begin that have no heading.
_BACK_SENTENCE = re.compile(
    r"(?:this (?:work|study|research|project|review) (?:was|is|has been) (?:\w+ )?(?:supported|funded|sponsored)\b|"
    r"the authors? (?:declare|have declared|thank|wish to thank|would like to thank|are grateful|gratefully)\b|"
    r"we (?:thank|gratefully acknowledge|are grateful to|would like to thank)\b|"
    r"(?:this|the) (?:article|work|paper) is (?:licensed|distributed)\b|"
    r"(?:[A-Z][\w.-]+,? (?:and )?){2,8}(?:is|are) (?:thanked|acknowledged)\b)",
    re.I,
)
_KEYWORDS = re.compile(r"key ?words?$")
_RESULTS = re.compile(r"^(?:results?|discussions?)\b")
#: Title, authors and abstract stand no further back than this page, an introduction no further than that one.
_LAST_FRONT_PAGE = 2
_LAST_INTRODUCTION_PAGE = 4
_LONGEST_TITLE = 400
#: An abstract without a heading has so many words.
_SHORTEST_ABSTRACT = 40
#: A title in the body's size has so many words and lines, and none of these signs of an address, a date or an issue.
_TITLE_WORDS, _TITLE_LINES = (5, 40), 4
_ADDRESS = re.compile(r"@|https?:|www\.|\bdoi\b|\b10\.\d{4}/|\b(?:19|20)\d\d\b|\buniversity\b|\bdepartment\b", re.I)
#: A list without a heading is set in at most so much of the body's size; the last entry of one has so many lines.
_LARGEST_LIST, _LAST_ENTRY = 0.97, 6
#: How many lines behind a heading tell a list of references.
_LINES_LOOKED_AT = 60
#: Back matter in this part of a paper, or with a heading that runs into its text there, is a box among the body.
_EARLY = 0.4
#: Back matter is looked at again where it holds so many letters in chunks of so many lines.
_MUCH_TEXT, _FEWEST_BODY_LINES = 3_000, 4
#: How the last line of a paragraph ends.
_CLOSING = (".", "!", "?", ":", ")", "]", "”", '"')
#: The language of a text of so many words is told by the share of these among them.
_FEWEST_WORDS, _ENGLISH_SHARE = 15, 0.05
_ENGLISH = frozenset("the of and with was were that by for to is are from this".split())
#: A second size of the body holds more than this part of the first one's letters.
_SECOND_SIZE_SHARE = 0.08


class Classifier(Looks):
    """Gives every chunk its kind. ``chunks`` are those of the whole paper in reading order."""

    # --- the walk -------------------------------------------------------------------------------------------------

    def classify(self) -> list[Chunk]:
        """Kinds for all chunks; returns them, run-in headings and mixed chunks taken apart."""
        chunks = self._taken_apart()
        self._mark_stray_heads(chunks)
        references = self._references_start(chunks)
        start = self._body_start(chunks, references)
        title = self._title(chunks, start)
        self.walked, self.end = chunks, references
        self.heading_font = chunks[start].first.font if start < len(chunks) else None
        self._walk(chunks, start, references, title)
        self._take_up_again(chunks)
        self._promote_second_size(chunks)
        return chunks

    def _taken_apart(self) -> list[Chunk]:
        """The chunks, headings and captions inside of them cut out."""
        parts = [part for chunk in self.chunks for part in self._split_bare_headings(chunk)]
        self.chunks = [part for chunk in parts for part in self._split_stacked_headings(chunk)]
        parts = gap_headings(self._split_references_heading(self.chunks), self.style, self.widths)
        return self._split_captions(self._split_plain_headings(parts))

    def _walk(self, chunks: Sequence[Chunk], start: int, references: int, title: Chunk | None) -> None:
        """Give each chunk its kind by the zone in which it stands; most kinds of a zone leave it as it is."""
        zone = "front"
        for i, chunk in enumerate(chunks):
            if chunk.kind:  # table, figure: already known
                continue
            self.at = i
            following = self._next_text(chunks, i)
            if chunk is title or chunk.extra.get("title"):
                chunk.kind = "title"
                continue
            if i == start:
                zone = "body"
            if i == references:
                zone = "references"
                if _is_references_heading(chunk):
                    chunk.kind = "heading_references"
                    continue
            zone = getattr(self, "_in_" + zone)(chunk, following)

    def _promote_second_size(self, chunks: Sequence[Chunk]) -> None:
        """Sections set smaller than the rest (methods, often) are body too.

        They are told from captions and notes by their share of the paper, by full lines and by the heading over them.
        """
        sizes = self._second_sizes(chunks)
        headed = False
        last = max((i for i, c in enumerate(chunks) if c.kind == "paragraph"), default=0)
        for i, chunk in enumerate(chunks):
            if chunk.kind == "heading":
                headed = i < last or cues.BODY.match(cues.heading_key(chunk.text)) is not None
            elif self._ends_headed(chunk):
                headed = False
            elif headed and chunk.kind == "small" and _half_points(chunk) in sizes and self._is_full(chunk):
                chunk.kind = "paragraph"

    def _ends_headed(self, chunk: Chunk) -> bool:
        """Whether what stands under a heading ends: with back matter, or with a paragraph of the body's size."""
        return self._back_run_in(chunk) or (chunk.kind == "paragraph" and len(chunk.lines) > 3)

    def _second_sizes(self, chunks: Sequence[Chunk]) -> set[int]:
        """The sizes (half points) below the body's that hold a good part of the paper, and far more of it than
        captions do."""
        letters: Counter[int] = Counter()
        captions: Counter[int] = Counter()
        body = 0
        for chunk in chunks:
            n = sum(len(w.text) for line in chunk.lines for w in line.words)
            if chunk.kind == "small" and self._is_full(chunk):
                letters[_half_points(chunk)] += n
            elif chunk.kind == "caption":
                captions[_half_points(chunk)] += n
            elif chunk.kind == "paragraph":
                body += n
        least = _SECOND_SIZE_SHARE * body
        return {size for size, n in letters.items() if n > least and n > 2 * captions[size]}

    def _is_full(self, chunk: Chunk) -> bool:
        """Whether most lines of a chunk are as wide as a column's, as in running text."""
        full = sum(line.width > 0.85 * self.widths for line in chunk.lines)
        if len(chunk.lines) < 4 or full < 0.6 * len(chunk.lines):
            return False
        return not self._is_boxed(chunk)

    def _in_front(self, chunk: Chunk, _following: Chunk | None) -> str:
        key = cues.heading_key(chunk.text) if len(chunk.lines) == 1 else ""
        if cues.ABSTRACT.match(key):
            chunk.kind, chunk.level = "heading", 1
            return "abstract"
        if cues.ABSTRACT_RUN_IN.match(chunk.text):
            chunk.kind = "abstract"
            return "abstract"
        prose = self._reads_like_prose(chunk) and not _is_other_language(chunk.text)
        chunk.kind = "abstract" if prose else "author_block"
        return "front"

    def _reads_like_prose(self, chunk: Chunk) -> bool:
        """A paragraph of several sentences before the body: an abstract without a heading, not a list of
        affiliations."""
        text = chunk.text
        words = text.split()
        if len(words) < _SHORTEST_ABSTRACT or chunk.page > _LAST_FRONT_PAGE:
            return False
        if self._is_note(chunk) or chunk.width < 0.5 * self.widths:
            return False
        small = sum(w.islower() for w in words)
        return small > 0.6 * len(words) and len(_INNER_STOP.findall(text)) >= 2

    def _in_abstract(self, chunk: Chunk, _following: Chunk | None) -> str:
        if _is_keywords(chunk) or (self.at and _heads_keywords(self.walked[self.at - 1])):
            chunk.kind = "other"
        elif cues.ABSTRACT.match(cues.heading_key(chunk.text)):  # behind one in another language
            chunk.kind, chunk.level = "heading", 1
        elif self._is_foreign(chunk):
            chunk.kind = "other"
        elif chunk.page > _LAST_FRONT_PAGE or self._is_note(chunk):
            chunk.kind = "author_block"
        else:
            chunk.kind = "abstract"
        return "abstract"

    def _is_foreign(self, chunk: Chunk) -> bool:
        """Whether a chunk belongs to an abstract in another language: by its words, or as a short line (heading,
        keywords) beside such a chunk."""
        if len(chunk.text.split()) >= _FEWEST_WORDS:
            return _is_other_language(chunk.text)
        beside = (*self.walked[max(0, self.at - 1) : self.at], *self.walked[self.at + 1 : self.at + 2])
        return len(chunk.lines) <= 2 and any(_is_other_language(c.text) for c in beside if c.page == chunk.page)

    def _is_note(self, chunk: Chunk) -> bool:
        """Correspondence, licence, dates: the small print of a first page."""
        return chunk.size < self.style.size * 0.88 or _NOTE.match(chunk.text) is not None

    def _in_body(self, chunk: Chunk, following: Chunk | None) -> str:
        if self.caption_of(chunk):
            chunk.kind = "caption"
            return "body"
        if _CONTINUED.match(chunk.text):
            chunk.kind = "other"
            return "body"
        if self._takes_up_list(chunk):
            chunk.kind = "reference"
            return "references"
        if self.looks_like_heading(chunk, following):
            return self._body_heading(chunk)
        if self.is_formula(chunk):
            chunk.kind = "formula"
            return "body"
        return self._body_text(chunk)

    def _takes_up_list(self, chunk: Chunk) -> bool:
        """Whether the list of references goes on behind a section of the body (methods at the end have their own
        part): small print with the number that follows, more numbers and a year behind it."""
        number = _ANY_NUMBER.match(chunk.first.text) if self.at > self.end else None
        if number is None or chunk.size > _LARGEST_LIST * self.style.size:
            return False
        behind = [c for c in self.walked[self.at : self.at + 20] if not c.kind]
        expected = _last_number(c for c in self.walked[self.end : self.at] if c.kind == "reference") + 1
        if int(number[1]) != expected or expected == 1 or not _YEAR.search(chunk.text):
            return False
        return len(chunk.lines) <= _LAST_ENTRY or expected + 1 in _numbers(_first_lines(behind))

    def _body_heading(self, chunk: Chunk) -> str:
        key = cues.heading_key(chunk.text)
        if cues.BACK.match(key) and not self._ethics_inside(key):
            chunk.kind = "heading_back"
            return "back"
        chunk.kind = "heading"
        return "body"

    def _body_text(self, chunk: Chunk) -> str:
        """Paragraphs, back matter that begins with its heading on the same line, and small print."""
        body = self.is_body(chunk)
        if _BACK_SENTENCE.match(chunk.text) and self.at >= _EARLY * self.end:
            chunk.kind = "back_matter"
            return "body"
        following = self._next_text(self.walked, self.at)
        cut = self._goes_on_with_text(chunk) or (following is not None and self._begins_sentence(chunk, following))
        if not body and (self._is_other_body(chunk) or cut):
            chunk.kind = "paragraph"
            return "body"
        if self._back_run_in(chunk):
            chunk.kind = "back_matter"
            return "back" if self._opens_back(chunk, body=body) else "body"
        chunk.kind = "paragraph" if body else "small"
        return "body"

    def _opens_back(self, chunk: Chunk, *, body: bool) -> bool:
        """Whether the rest of the paper is back matter behind a run-in heading; among the first pages it is a box by
        itself."""
        if self.at < _EARLY * self.end:
            return False
        return body or chunk.size >= 0.85 * self.style.size

    def _ethics_inside(self, key: str) -> bool:
        """Ethics and data statements may be sections of the methods: they are when more of the body follows."""
        if not _MAY_BE_BODY.match(key):
            return False
        return any(_is_results_heading(other) for other in self.walked[self.at + 1 : self.end])

    def _back_run_in(self, chunk: Chunk) -> bool:
        """Whether a chunk begins with a heading of back matter set apart from its text: "**Funding** This work was
        ..."."""
        words = chunk.first.words
        first = words[0].font
        if not first.bold and first.name == self.style.font:
            return False
        if cues.BACK_RUN_IN.match(chunk.text[:120]):
            return True
        lead = list(takewhile(lambda w: w.font == first, words))
        if len(lead) == len(words):
            return False
        return cues.BACK.match(cues.heading_key(" ".join(w.text for w in lead))) is not None

    def _in_back(self, chunk: Chunk, following: Chunk | None) -> str:
        if self._resumes_body(chunk):
            chunk.kind = "paragraph"
            return "body"
        if self.caption_of(chunk):
            chunk.kind = "caption"
            return "back"
        if not self.looks_like_heading(chunk, following):
            chunk.kind = "back_matter"
            return "back"
        if self._leads_back_to_body(chunk):
            chunk.kind = "heading"
            return "body"
        chunk.kind = "heading_back"
        return "back"

    def _resumes_body(self, chunk: Chunk) -> bool:
        """Whether a chunk goes on with a sentence of the body that back matter (a box, a footnote) has cut."""
        if not chunk.text[:1].islower() or not self.is_body(chunk):
            return False
        before = self.walked[self.at - 1]
        if not before.last.text.endswith(_CLOSING) or (before.page == chunk.page and before.y0 < chunk.y0):
            return False
        cut = next((c for c in reversed(self.walked[: self.at]) if c.kind == "paragraph"), None)
        return cut is not None and not cut.last.text.endswith(_CLOSING)

    def _take_up_again(self, chunks: Sequence[Chunk]) -> None:
        """Back matter that holds more text set like the body than the body itself is body; only what stands under its
        heading is not."""
        lost = [c for c in chunks if c.kind == "back_matter" and len(c.lines) >= _FEWEST_BODY_LINES and self.is_body(c)]
        if sum(len(c.text) for c in lost) < max(_MUCH_TEXT, _letters_of(chunks, "paragraph")):
            return
        for before, chunk in pairwise(chunks):
            if chunk.kind == "heading_back" and not cues.BACK.match(cues.heading_key(chunk.text)):
                chunk.kind = "heading"
            elif chunk in lost and before.kind != "heading_back" and not self._back_run_in(chunk):
                chunk.kind = "paragraph"

    def _leads_back_to_body(self, chunk: Chunk) -> bool:
        """Whether a heading among the back matter opens a section of the body: "Methods" behind the discussion."""
        key = cues.heading_key(chunk.text)
        if cues.BODY.match(key) and not key.startswith("background"):
            return True
        early = self.at < 0.6 * self.end
        return early and chunk.first.font == self.heading_font and not cues.BACK.match(key)

    def _in_references(self, chunk: Chunk, following: Chunk | None) -> str:
        if self.caption_of(chunk) and not _YEAR.search(chunk.first.text):
            chunk.kind = "caption"
            return "references"
        if len(chunk.lines) <= 2 and self.looks_like_heading(chunk, following):
            key = cues.heading_key(chunk.text)
            if cues.BACK.match(key):
                chunk.kind = "heading_back"
                return "back"
            # a word of an entry ("Methods Enzymol.") that stands alone in a stretched line is no heading
            if cues.BODY.match(key) and self._traits(chunk).any():
                chunk.kind = "heading"
                return "body"
        chunk.kind = "other" if self._is_notice(chunk) else "reference"
        return "references"

    def _is_notice(self, chunk: Chunk) -> bool:
        """Whether a chunk among the references is a publisher's notice: in a box, where what goes before is in none,
        and without a year."""
        if _YEAR.search(chunk.text) or not self._is_boxed(chunk):
            return False
        before = next((c for c in reversed(self.walked[: self.at]) if c.kind == "reference"), None)
        return before is not None and not self._is_boxed(before)

    # --- landmarks --------------------------------------------------------------------------------------------------

    def _next_text(self, chunks: Sequence[Chunk], i: int) -> Chunk | None:
        return next((c for c in chunks[i + 1 : i + 4] if not c.kind), None)

    def _references_start(self, chunks: Sequence[Chunk]) -> int:
        """Index of the references heading; ``len(chunks)`` when there is none.

        A column of a table may be headed "References" too: the heading with most of a list behind it is taken.
        """
        best, most = len(chunks), 3
        for i, chunk in enumerate(chunks):
            if chunk.kind or not _is_references_heading(chunk):
                continue
            count = _entries_behind(chunks[i + 1 : i + 60])
            if count >= most:
                best, most = i, count
        return best if best < len(chunks) else self._unheaded_references(chunks)

    def _unheaded_references(self, chunks: Sequence[Chunk]) -> int:
        """A list without a heading: entries numbered from 1 on in small type, years in them."""
        for i, chunk in enumerate(chunks):
            if chunk.kind or chunk.size > _LARGEST_LIST * self.style.size:
                continue
            if _FIRST_NUMBER.match(chunk.first.text) and _counts_up(chunks[i : i + 40]):
                return i
        return len(chunks)

    def _body_start(self, chunks: Sequence[Chunk], references: int) -> int:
        """Index of the chunk with which the body begins."""
        found = _introductions(chunks[:references])
        intro = [i for i in found if "introduction" in chunks[i].text.lower()]
        if intro:
            return intro[0]
        if found:
            return found[-1]
        after = _front_end(chunks[: min(references, 80)])
        for i in range(after + 1 if after else 0, min(references, len(chunks))):
            self.walked, self.at = chunks, i - 1
            if not self._may_open_body(chunks, i, after):
                continue
            return i - 1 if i - 1 > after and self._is_heading_over(chunks[i - 1], chunks[i]) else i
        return 0

    def _may_open_body(self, chunks: Sequence[Chunk], i: int, after: int) -> bool:
        """Whether a chunk is a paragraph of the body, not the one that stands right under the abstract's heading."""
        chunk = chunks[i]
        if chunk.kind or not self.is_body(chunk) or len(chunk.lines) < 4 or cues.KEYWORDS.match(chunk.text):
            return False
        if all(line.bold for line in chunk.lines):  # an abstract without a heading
            return False
        if i == after + 1 and cues.ABSTRACT.match(cues.heading_key(chunks[after].text)):
            return False
        return chunk.width > 0.8 * self.widths

    def _is_heading_over(self, before: Chunk, chunk: Chunk) -> bool:
        if before.kind or before.page != chunk.page:
            return False
        return self.looks_like_heading(before, chunk)

    def _is_journal(self, text: str) -> bool:
        """Whether running heads give a volume or year right behind these words: the journal's name."""
        name = re.escape(" ".join(text.lower().split()))
        return any(re.search(name + r"\W{0,3}(?:(?:19|20)\d\d|vol)", head) for head in self.heads)

    def _title(self, chunks: Sequence[Chunk], start: int) -> Chunk | None:
        """The largest text on the first page that has one before the body begins."""
        for page in range(1, _LAST_FRONT_PAGE + 1):
            before_body = _unknown_on(chunks[: max(start, 1)], page)
            front = [c for c in before_body or _unknown_on(chunks, page) if self._may_be_title(c)]
            if front:
                return max(front, key=lambda c: (round(c.size), len(c.text)))
        return next((c for c in _unknown_on(chunks[:start], 1) if self._reads_like_title(c)), None)

    def _reads_like_title(self, chunk: Chunk) -> bool:
        """Whether a chunk in type no larger than the body's may be the title all the same, as on preprints and
        manuscripts.

        It has words in small letters, as lists of names have not, and is no sentence, address or note.
        """
        words = chunk.text.split()
        if not _TITLE_WORDS[0] <= len(words) <= _TITLE_WORDS[1] or len(chunk.lines) > _TITLE_LINES:
            return False
        if (
            chunk.text[-1] in ".,;:"
            or _ADDRESS.search(chunk.text)
            or _NOTE.match(chunk.text)
            or self._is_journal(chunk.text)
        ):
            return False
        return sum(w.islower() for w in words) >= 0.3 * len(words) and chunk.size >= 0.95 * self.style.size

    def _may_be_title(self, chunk: Chunk) -> bool:
        text = chunk.text
        if not 12 < len(text) <= _LONGEST_TITLE or chunk.size <= 1.04 * self.style.size or len(text.split()) < 3:
            return False
        return not self._is_journal(text)


def _is_other_language(text: str) -> bool:
    """Whether hardly a word of a text is one of those without which English cannot do."""
    words = text.lower().split()
    return len(words) >= _FEWEST_WORDS and sum(w in _ENGLISH for w in words) < _ENGLISH_SHARE * len(words)


def _is_keywords(chunk: Chunk) -> bool:
    """Whether a chunk begins with the heading of keywords, which may be set "K E Y W O R D S"."""
    return cues.KEYWORDS.match(chunk.text) is not None or _heads_keywords(chunk)


def _heads_keywords(chunk: Chunk) -> bool:
    """Whether a chunk is the heading of keywords and nothing else."""
    return len(chunk.lines) == 1 and _KEYWORDS.match(cues.heading_key(chunk.text)) is not None


def _letters_of(chunks: Sequence[Chunk], kind: str) -> int:
    return sum(len(c.text) for c in chunks if c.kind == kind)


def _half_points(chunk: Chunk) -> int:
    return round(chunk.size * 2)


def _unknown_on(chunks: Sequence[Chunk], page: int) -> list[Chunk]:
    """The chunks of a page whose kind is not yet known."""
    return [c for c in chunks if c.page == page and not c.kind]


def _is_references_heading(chunk: Chunk) -> bool:
    return len(chunk.lines) == 1 and cues.is_references_heading(chunk.text)


def _is_results_heading(chunk: Chunk) -> bool:
    return len(chunk.lines) == 1 and _RESULTS.match(cues.heading_key(chunk.text)) is not None


def _introductions(chunks: Sequence[Chunk]) -> list[int]:
    """The chunks of the first pages that are headed "Introduction" or "Background"."""
    found = []
    for i, chunk in enumerate(chunks):
        if chunk.page > _LAST_INTRODUCTION_PAGE:
            break
        if chunk.kind or len(chunk.lines) > 2:
            continue
        if cues.INTRODUCTION.match(cues.heading_key(chunk.text)):
            found.append(i)
    return found


def _front_end(chunks: Sequence[Chunk]) -> int:
    """The last chunk of the first pages that is an abstract's heading or a line of keywords; 0 where there is none."""
    after = 0
    for i, chunk in enumerate(chunks):
        if chunk.page > _LAST_FRONT_PAGE:
            continue
        if cues.KEYWORDS.match(chunk.text) or cues.ABSTRACT.match(cues.heading_key(chunk.text)):
            after = i
    return after


def _first_lines(chunks: Sequence[Chunk]) -> list[str]:
    return [line.text for c in chunks for line in c.lines][:_LINES_LOOKED_AT]


def _entries_behind(chunks: Sequence[Chunk]) -> int:
    """How much of a list of references the first lines hold; 0 where too few of them have a year."""
    lines = _first_lines(chunks)
    entries = sum(_ENTRY.match(t) is not None for t in lines)
    years = sum(_YEAR.search(t) is not None for t in lines)
    return min(entries, 30) + 2 * min(years, 30) if years >= min(3, len(lines) // 4) else 0


def _counts_up(chunks: Sequence[Chunk]) -> bool:
    """Whether the first lines begin with 2, 3 and 4 somewhere and several have years: entries of a list."""
    lines = _first_lines(chunks)
    return _numbers(lines) >= {2, 3, 4} and sum(_YEAR.search(t) is not None for t in lines) >= 6


def _numbers(lines: Iterable[str]) -> set[int]:
    """The numbers with which lines begin."""
    return {int(m[1]) for t in lines if (m := _ANY_NUMBER.match(t))}


def _last_number(chunks: Iterable[Chunk]) -> int:
    """The last of the numbers that follow one another at the beginning of lines; 0 where there are none."""
    last = 0
    for line in (line for c in chunks for line in c.lines):
        m = _ANY_NUMBER.match(line.text)
        if m and int(m[1]) == last + 1:
            last += 1
    return last
