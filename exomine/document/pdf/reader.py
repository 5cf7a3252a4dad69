"""From the bytes of a PDF to a :class:`~exomine.document.model.Document`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from exomine.document.builder import DocumentBuilder, Run
from exomine.document.citations import find_marks
from exomine.document.hyphens import Vocabulary
from exomine.document.limits import Limits
from exomine.document.model import Aside, Document, Page, ReadProblem, Reference, Table
from exomine.document.own_doi import stated_doi
from exomine.document.pdf import cues
from exomine.document.pdf.backends.base import Backend, PageContent, TextLine, Word
from exomine.document.pdf.backends.guard import watched
from exomine.document.pdf.backends.miner import MinerBackend
from exomine.document.pdf.backends.pi_fonts import settle
from exomine.document.pdf.backends.superiors import raise_figures
from exomine.document.pdf.checks import checked
from exomine.document.pdf.floats import TableFinder
from exomine.document.pdf.furniture import split_furniture
from exomine.document.pdf.layout import Chunk, in_reading_order, lines_of
from exomine.document.pdf.paragraphs import Paragraph, paragraphs_of
from exomine.document.pdf.sections import Classifier
from exomine.document.pdf.styles import Style, measure
from exomine.document.pdf.text import Marks, join_runs, raised
from exomine.document.references import ListLine, clean_doi, is_numbered, read_references
from exomine.errors import REASONS, DocumentError, LimitExceeded, UsageError

__all__ = ["BACKENDS", "read_pdf"]

#: Names that ``--pdf-backend`` takes.
BACKENDS = ("pdfminer", "pdfium")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>|]+[^\s\"<>|.,;:)\]]")
#: A DOI that goes on in the next line: "10.1000/fict-2020- 12".
_OPEN_DOI = re.compile(r"(\b10\.\d{4,9}/(?:\S*[-_/])?) (?=[\w-]*\d)")
_LINES_FOR_VOCABULARY = 20_000
#: What the other library may read better.
_ANOTHER_WAY = frozenset({"unknown_words", "little_body", "wrong_order", "empty_page"})
#: With fewer letters than this a file has no text.
_FEWEST_LETTERS = 20
#: "[3" or "([3": how a mark in brackets begins.
_BRACKETED = re.compile(r"^\(?\[\d")
#: Signs that a raised citation mark may follow, beside letters.
_CITED_BEHIND = frozenset(".,;)")


def read_pdf(data: bytes, *, source: str, limits: Limits, backend: str = "pdfminer") -> Document:
    """Read a PDF.

    Raises :class:`~exomine.errors.DocumentError` with reason encrypted, damaged, image_only or no_text, and
    :class:`~exomine.errors.LimitExceeded` where a limit is reached. Pages that cannot be read keep their number, marked
    failed, and stand in ``problems``.
    """
    if len(data) > limits.file_bytes:
        raise LimitExceeded("too_large", f"{len(data):,} bytes, at most {limits.file_bytes:,}.")
    with watched(limits):
        pages, metadata, problems = _pages(data, limits, backend)
        settle(pages)
        raise_figures(pages)
        _require_text(pages, data)
        document = _Reading(data, source, pages, metadata, problems).document()
        found = checked(document, pages)
        if backend != "pdfium" and any(p.reason in _ANOTHER_WAY for p in found):
            document, found = _other_way(document, found, data, source, limits)
        return replace(document, problems=(*document.problems, *found))


def _other_way(
    document: Document, found: tuple[ReadProblem, ...], data: bytes, source: str, limits: Limits
) -> tuple[Document, tuple[ReadProblem, ...]]:
    """The paper as the other library reads it and what is wrong with that, where it is less."""
    try:
        pages, metadata, problems = _pages(data, limits, "pdfium")
        settle(pages)
        raise_figures(pages)
        other = _Reading(data, source, pages, metadata, problems).document()
    except DocumentError:
        return document, found
    wrong = checked(other, pages)
    return (other, wrong) if len(wrong) < len(found) else (document, found)


def _pages(data: bytes, limits: Limits, backend: str) -> tuple[list[PageContent], dict[str, str], list[ReadProblem]]:
    """The pages by the backend asked for; a file too damaged for pdfminer is given to pdfium, which repairs more."""
    problems: list[ReadProblem] = []
    chosen = _backend(backend)
    try:
        opened = chosen.open(data, limits)
    except DocumentError as error:
        if error.reason != "damaged" or chosen.name == "pdfium":
            raise
        try:
            opened = _backend("pdfium").open(data, limits)
        except DocumentError:
            raise error from None
        problems.append(ReadProblem("damaged", f"{error} Read with pdfium instead."))
    try:
        pages = list(opened.pages())
        if len(pages) < opened.n_pages <= limits.pages:
            problems.append(ReadProblem("damaged", f"{len(pages)} of {opened.n_pages} pages found."))
        return pages, dict(opened.metadata), problems
    finally:
        opened.close()


def _backend(name: str) -> Backend:
    if name == "pdfminer":
        return MinerBackend()
    if name == "pdfium":
        from exomine.document.pdf.backends.pdfium import PdfiumBackend

        return PdfiumBackend()
    raise UsageError(f"unknown PDF backend {name!r}; known: {', '.join(BACKENDS)}")


def _require_text(pages: Sequence[PageContent], data: bytes) -> None:
    """Raise where hardly a letter was found, with the likeliest reason."""
    letters = sum(len(w.text) for p in pages for w in p.words)
    if letters < _FEWEST_LETTERS:
        raise _no_text(pages, letters, whole=b"%%EOF" in data[-2048:])


def _no_text(pages: Sequence[PageContent], letters: int, *, whole: bool) -> DocumentError:
    """Why a file has no text: it cannot be read, is cut off, or has pictures of pages; ``whole``: its end is there."""
    if pages and all(p.failure for p in pages):
        return DocumentError("damaged", f"No page can be read ({pages[0].failure}).")
    if not whole:
        return DocumentError("damaged", f"{_count(len(pages), 'page')} without text, and the file's end is missing.")
    found = f"{_count(len(pages), 'page')}, {_count(letters, 'letter').lower()} of text."
    if any(q.kind == "image" for p in pages for q in p.pictures):
        return DocumentError("image_only", found)
    return DocumentError("no_text" if pages else "damaged", found)


def _told(failure: str) -> str:
    return f"{failure[:1].upper()}{failure[1:]}. {REASONS['page_damaged']}"


def _count(n: int, noun: str) -> str:
    return f"{n or 'No'} {noun}{'s' * (n != 1)}"


class _Reading:
    """One paper on its way through the stages; each method is one stage."""

    def __init__(
        self,
        data: bytes,
        source: str,
        pages: list[PageContent],
        metadata: dict[str, str],
        problems: list[ReadProblem],
    ) -> None:
        self.doc_id = hashlib.sha256(data).hexdigest()[:16]
        self.source = source
        self.pages = pages
        self.metadata = metadata
        self.problems = problems
        self.builder = DocumentBuilder()
        self.apart: list[Aside] = []

    def document(self) -> Document:
        lines = [lines_of(page) for page in self.pages]
        parted = split_furniture(self.pages, lines)
        for gone in parted.removed:
            self.apart.extend(Aside(kind, line.text, line.page, line.box) for kind, line in gone)
        text_lines = [line for page in parted.text for line in page]
        style = measure(text_lines, _references_page(text_lines))
        self.vocabulary = Vocabulary.of(line.text for line in text_lines[:_LINES_FOR_VOCABULARY])
        chunks = self._chunks(parted.text, style)
        chunks = Classifier(
            chunks, style, self.pages, [a.text for a in self.apart if a.kind == "running_head"]
        ).classify()
        listed = _listed(chunks)
        references = read_references(listed, vocabulary=self.vocabulary)
        self.marks = _marks(chunks, references, numbered=is_numbered(listed))
        paragraphs = paragraphs_of(chunks, style)
        for paragraph in paragraphs:
            self._add(paragraph)
        return self._finish(chunks, references)

    def _chunks(self, pages: Sequence[list[TextLine]], style: Style) -> list[Chunk]:
        finder = TableFinder(style, self.vocabulary, self.pages, pages)
        out: list[Chunk] = []
        for page, lines in zip(self.pages, pages, strict=True):
            out.extend(in_reading_order(finder.take(page, lines), page))
        self.apart.extend(finder.apart)
        return out

    def _add(self, paragraph: Paragraph) -> None:
        if paragraph.apart:
            self.apart.append(
                Aside(
                    paragraph.kind, _plain(paragraph, self.vocabulary), paragraph.lines[0].page, paragraph.lines[0].box
                )
            )
            return
        # the raised number of a title or heading is that of a footnote, unless the paper cites so throughout
        marks = (
            self.marks if self.marks.active or paragraph.kind not in ("title", "heading") else Marks((), active=False)
        )
        runs = join_runs(paragraph.lines, self.vocabulary, marks)
        if paragraph.table is not None:
            self.builder.add_table(_with_marks(paragraph.table, runs), runs)
            return
        self.builder.add(paragraph.kind, runs, level=paragraph.level)

    def _finish(self, chunks: Sequence[Chunk], references: tuple[Reference, ...]) -> Document:
        built = self.builder.finish()
        title = next((built.text[b.start : b.end] for b in built.blocks if b.kind == "title"), "")
        first = self._first_pages(chunks)
        return Document(
            self.doc_id,
            self.source,
            "pdf",
            built.text,
            built.blocks,
            title=title,
            doi=self._doi(first, chunks, references),
            pmid=_pmid(first),
            year=_year(first, self.metadata),
            pages=tuple(Page(p.number, p.width, p.height, bool(p.failure)) for p in self.pages),
            lines=built.lines,
            sections=built.sections,
            tables=built.tables,
            references=references,
            citations=find_marks(built.text, references, explicit=built.citations),
            apart=tuple(self.apart),
            problems=(*self.problems, *_page_problems(self.pages)),
        )

    def _first_pages(self, chunks: Sequence[Chunk]) -> str:
        """What the first pages say outside of references: the paper's identifiers and year stand there."""
        lines = (line.text for c in chunks if c.page <= 2 and c.kind != "reference" for line in c.lines)
        text = _OPEN_DOI.sub(r"\1", " ".join(lines))
        return text + " " + " ".join(a.text for a in self.apart if (a.page or 9) <= 2)

    def _doi(self, first: str, chunks: Sequence[Chunk], references: Sequence[Reference]) -> str:
        """As the paper states it, else as the file does, else the first one printed that is not one of a cited work."""
        printed = [[line.text for line in c.lines] for c in chunks] + [[a.text] for a in self.apart]
        if stated := stated_doi(printed):
            return stated
        for key in ("doi", "xmp", "subject"):
            if named := next(_dois(self.metadata.get(key, "")), ""):
                return named
        cited = {r.doi for r in references}
        return next((doi for doi in _dois(first) if clean_doi(doi) not in cited), "")


def _dois(text: str) -> Iterator[str]:
    """The DOIs of a text as printed, in lower case, without mark-up behind them."""
    return (re.split(r"[<&]", m[0])[0].rstrip(".").lower() for m in _DOI.finditer(text))


def _page_problems(pages: Iterable[PageContent]) -> Iterator[ReadProblem]:
    return (ReadProblem("page_damaged", _told(p.failure), p.number) for p in pages if p.failure)


def _pmid(first: str) -> str:
    m = re.search(r"\bPMID:?\s*(\d{5,8})\b", first)
    return m[1] if m else ""


_YEARS = (
    re.compile(r"\bpublished(?: online)?\W{1,3}(?:on )?(?:[\w,.]+\s){0,3}((?:19|20)\d\d)\b", re.I),
    re.compile(r"(?:©|\(c\)|copyright)\W*(?:the )?(?:authors?\W*(?:\(s\))?\W*)?((?:19|20)\d\d)\b", re.I),
    re.compile(r"\b((?:19|20)\d\d)\s?[;,:]\s?\d+\s?[(:]"),
    re.compile(r"\b(?:vol(?:ume|\.)?\s?\d+\D{1,12}|volume )((?:19|20)\d\d)\b", re.I),
    re.compile(r"\((?:[A-Z][a-z]+\s)?((?:19|20)\d\d)\)"),
    re.compile(r"\baccepted\W{1,3}(?:[\w,.]+\s){0,3}((?:19|20)\d\d)\b", re.I),
)


def _year(first: str, metadata: dict[str, str]) -> int | None:
    """The year of publication as printed on the first pages, else the one in which the file was made."""
    for pattern in _YEARS:
        m = pattern.search(first)
        if m:
            return int(m[1])
    m = re.search(r"\b(?:D:)?((?:19|20)\d\d)", metadata.get("creationdate", ""))
    return int(m[1]) if m else None


def _plain(paragraph: Paragraph, vocabulary: Vocabulary) -> str:
    return "".join(r.text for r in join_runs(paragraph.lines, vocabulary, Marks((), active=False)))


def _with_marks(table: Table, runs: Sequence[Run]) -> Table:
    """The table with raised citations of its caption in brackets, as they stand in the text."""
    if not any(r.labels for r in runs):
        return table
    whole = " ".join("".join(r.text for r in runs).split())
    start = whole.find(table.caption[:12])
    return replace(table, caption=whole[start:].strip(" .:|")) if table.caption and start >= 0 else table


def _note_numbers(chunks: Iterable[Chunk]) -> list[str]:
    """The numbers with which footnotes begin."""
    found = (re.match(r"\W?(\d{1,2})\b", c.text) for c in chunks if c.kind in ("footnote", "small"))
    return [m[1] for m in found if m]


def _references_page(lines: Sequence[TextLine]) -> int:
    """The page of the last heading of references, for measuring the body without them."""
    return max((line.page for line in lines if cues.is_references_heading(line.text)), default=10**6)


def _listed(chunks: Iterable[Chunk]) -> list[ListLine]:
    """The lines of the reference list."""
    found = (line for c in chunks if c.kind == "reference" for line in c.lines)
    return [ListLine(line.text, line.x0, line.y0, line.page) for line in found]


def _marks(chunks: Sequence[Chunk], references: Sequence[Reference], *, numbered: bool) -> Marks:
    """Which raised numbers are marks: where the list has no numbers of its own they must cite a good part of it, as
    a few are those of footnotes."""
    raised_numbers, brackets = _raised_numbers(chunks)
    active = len(raised_numbers) >= 5 and len(raised_numbers) > 0.5 * brackets
    if references and not numbered:
        active = active and len(set(raised_numbers)) >= len(references) / 2
        return Marks((), active=active)
    return Marks([r.label for r in references], active=active, notes=_note_numbers(chunks))


def _raised_numbers(chunks: Iterable[Chunk]) -> tuple[list[str], int]:
    """The raised numbers behind words of the body, and how many bracketed ones there are."""
    found: list[str] = []
    brackets = 0
    for line in (line for chunk in chunks if chunk.kind == "paragraph" for line in chunk.lines):
        for before, w in pairwise(line.words):
            if _is_raised_number(before, w, line):
                found.append(w.text)
            elif _BRACKETED.match(w.text):
                brackets += 1
    return found, brackets


def _is_raised_number(before: Word, word: Word, line: TextLine) -> bool:
    """Whether a word is a raised number behind a word, a stop or a bracket."""
    if not word.text[:1].isdigit() or not raised(word, line):
        return False
    return before.text[-1:].isalpha() or before.text[-1:] in _CITED_BEHIND
