"""One annotated paper as rows of the contract's tables.

Rows are tuples in the order of the columns of :mod:`exomine.tables.schema`; ``""`` and ``None`` mean missing. Nothing
here decides anything: what is in the Document and the Doc is flattened, identified and joined.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from exomine.document.model import Cell, Document, Table
from exomine.tables.ids import bare, entity_key, evidence_id, own_id, triple_id
from exomine.tables.schema import column_names
from exomine.vocabulary.classes import is_retracted

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from exomine.nlp.relation import Relation

__all__ = ["SECTION_SEPARATOR", "WORDS_BETWEEN", "PaperRows", "failed_paper", "paper_rows"]

Row = tuple[Any, ...]
SECTION_SEPARATOR = " > "
#: Between the words that license a relation.
WORDS_BETWEEN = " ... "
_RELATIONS = column_names("relations")
#: Columns of a relation in which rows of one sentence differ that say different things, and that of its score.
_SAID = tuple(map(_RELATIONS.index, ("sentence_id", "evidence_id", "subject_state", "source")))
_SCORE = _RELATIONS.index("score")
_DIGITS = 4  # decimals of scores: more would only tell platforms apart


@dataclass
class PaperRows:
    """Rows of one paper by table name; ``triples`` are made over all papers (:mod:`exomine.tables.collate`)."""

    documents: list[Row] = field(default_factory=list)
    sentences: list[Row] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)
    relations: list[Row] = field(default_factory=list)
    references: list[Row] = field(default_factory=list)
    citations: list[Row] = field(default_factory=list)
    tables: list[Row] = field(default_factory=list)
    unread: list[Row] = field(default_factory=list)
    failures: list[Row] = field(default_factory=list)

    def compact(self) -> None:
        """Keep equal strings once: rows that came out of JSON or another process hold one copy of each for every
        cell.
        """
        pool: dict[str, str] = {}
        for column in fields(self):
            rows: list[Row] = getattr(self, column.name)
            rows[:] = [tuple([pool.setdefault(c, c) if isinstance(c, str) else c for c in row]) for row in rows]


def paper_rows(document: Document, doc: Doc, *, source_path: str) -> PaperRows:
    """All rows of one paper; ``doc.text`` must be ``document.text``."""
    if doc.text != document.text:
        raise ValueError(f"the annotated text of {source_path} is not the text that was read")
    out = PaperRows()
    sentences = _Sentences(document, doc)
    out.sentences = sentences.rows
    mentions = _Mentions(document, doc, sentences)
    out.mentions = mentions.rows
    for relation, row in _relations(document, doc, sentences, mentions):
        out.relations.append(row)
        out.citations.extend((row[0], document.doc_id, label) for label in dict.fromkeys(relation.citations))
    out.references = list(_references(document))
    out.tables = [row for t in document.tables for row in _cells(document, t)]
    out.unread = _unread(document, doc, sentences)
    out.failures = [
        (source_path, document.doc_id, "read", p.reason, p.page, " ".join(p.message.split()) or p.reason)
        for p in document.problems
    ]
    out.documents = [_document(document, source_path, out)]
    return out


def failed_paper(
    source_path: str, doc_id: str, *, stage: str, reason: str, message: str, page: int | None = None
) -> PaperRows:
    """The rows of a paper that could not be read: one in documents, one in failures."""
    document = (doc_id, doc_id, source_path, None, None, None, None, None, None, None, 0, 0, 0, "failed")
    failure = (source_path, doc_id, stage, reason, page, " ".join(message.split()) or reason)
    return PaperRows(documents=[document], failures=[failure])


def _document(document: Document, source_path: str, rows: PaperRows) -> Row:
    return (
        document.doc_id, document.paper_id, source_path, document.format, document.title, document.doi.lower(),
        document.pmid,
        document.pmcid, document.year, len(document.pages) or None, len(rows.sentences), len(rows.mentions),
        len(rows.relations),
        "partial" if document.problems else "success",
    )  # fmt: skip


class _Sentences:
    """The sentences of a Doc, cut at block boundaries and without the white space around them."""

    def __init__(self, document: Document, doc: Doc) -> None:
        self.rows: list[Row] = []
        self._starts: list[int] = []
        for start, end in _sentence_ranges(document, doc):
            block = document.block_at(start)
            text = document.text[start:end]
            self._starts.append(start)
            self.rows.append(
                (
                    own_id("sentence_id", document.doc_id, str(start), str(end), text),
                    document.doc_id,
                    block.kind if block else "paragraph",
                    SECTION_SEPARATOR.join(block.section) if block else "",
                    document.page_of(start, end),
                    start,
                    end,
                    text,
                )
            )

    def at(self, offset: int) -> Row:
        """The sentence that holds ``offset``, or the nearest one before it."""
        if not self.rows:
            raise ValueError("a paper without sentences has a mention")
        return self.rows[max(0, bisect_right(self._starts, offset) - 1)]


def _sentence_ranges(document: Document, doc: Doc) -> Iterator[tuple[int, int]]:
    """Half-open ranges, in order; a sentence that runs over a block's end is cut there."""
    text = document.text
    for sent in doc.sents:
        start = sent.start_char
        for piece in text[sent.start_char : sent.end_char].split("\n"):
            left = start + len(piece) - len(piece.lstrip())
            right = start + len(piece.rstrip())
            if right > left:
                yield left, right
            start += len(piece) + 1


class _Mentions:
    """The mentions of a Doc, each once, and the way from a Span to its row."""

    def __init__(self, document: Document, doc: Doc, sentences: _Sentences) -> None:
        self.rows: list[Row] = []
        self._ids: dict[tuple[int, int, str, str, str], str] = {}
        spans = doc.spans.get("mentions", [])
        for span in sorted(spans, key=_span_key):
            key = _span_key(span)
            if key in self._ids:
                continue
            self._ids[key] = own_id("mention_id", document.doc_id, *map(str, key))
            self.rows.append(
                (
                    self._ids[key],
                    document.doc_id,
                    sentences.at(span.start_char)[0],
                    span.start_char,
                    span.end_char,
                    span.text,
                    span.label_,
                    span.kb_id_,
                    span._.name,
                    span._.method,
                    round(float(span._.score), _DIGITS),
                )
            )

    def id_of(self, span: Span) -> str:
        """The mention_id of a span of the group ``mentions``."""
        key = _span_key(span)
        if key not in self._ids:
            raise ValueError(f"{span.text!r} ({span.label_}) of a relation is not among the mentions")
        return self._ids[key]


def _span_key(span: Span) -> tuple[int, int, str, str, str]:
    return span.start_char, span.end_char, span.label_, span.kb_id_, span._.name


def _name(span: Span) -> str:
    return span._.name or " ".join(span.text.split())


def _named(span: Span | None) -> str:
    """The name of a context that may be missing."""
    return "" if span is None else _name(span)


def _relations(
    document: Document, doc: Doc, sentences: _Sentences, mentions: _Mentions
) -> Iterator[tuple[Relation, Row]]:
    """The relations with their rows; of those that say one thing in one sentence, of two names for it, the surest."""
    made = [(r, _relation(document, r, sentences, mentions)) for r in doc._.relations]
    surest: dict[tuple[Any, ...], tuple[Relation, Row]] = {}
    for relation, row in made:
        said = tuple(row[c] for c in _SAID)
        if said not in surest or row[_SCORE] > surest[said][1][_SCORE]:
            surest[said] = relation, row
    kept = {id(row) for _, row in surest.values()}
    yield from ((relation, row) for relation, row in made if id(row) in kept)


def _relation(document: Document, relation: Relation, sentences: _Sentences, mentions: _Mentions) -> Row:
    subject, object_, cancer = relation.subject, relation.object, relation.cancer
    sentence = sentences.at(_first_visible(relation.sentence))
    text = sentence[7] if relation.sentence.end_char <= sentence[6] + 1 else " ".join(relation.sentence.text.split())
    triple = triple_id(
        entity_key(subject.kb_id_, subject.label_, _name(subject)), relation.predicate,
        entity_key(object_.kb_id_, object_.label_, _name(object_)),
        entity_key(relation.cancer_curie, "CANCER", relation.cancer_name), relation.assertion,
    )  # fmt: skip
    subject_id, object_id = mentions.id_of(subject), mentions.id_of(object_)
    cancer_id = mentions.id_of(cancer) if cancer is not None else ""
    relation_id = own_id(
        "relation_id",
        bare(sentence[0]),
        text,
        bare(subject_id),
        relation.predicate,
        bare(object_id),
        bare(triple),
        relation.subject_state,
        relation.source,
    )
    return (
        relation_id, evidence_id(document.paper_id, text, triple), triple,
        document.doc_id, sentence[0],
        subject.text, subject.label_, subject.kb_id_, _name(subject), relation.subject_state, relation.predicate,
        object_.text, object_.label_, object_.kb_id_, _name(object_),
        cancer.text if cancer is not None else "", relation.cancer_curie, relation.cancer_name, relation.cancer_source,
        _named(relation.vesicle), _named(relation.cell),
        relation.assertion, relation.source, sentence[3], sentence[4], relation.method,
        round(float(relation.score), _DIGITS), relation.tier, ";".join(dict.fromkeys(relation.citations)), text,
        WORDS_BETWEEN.join(w.text for w in relation.evidence),
        relation.voice, _named(relation.donor), _named(relation.recipient), subject_id, object_id, cancer_id,
    )  # fmt: skip


def _unread(document: Document, doc: Doc, sentences: _Sentences) -> list[Row]:
    """The ledger's rows, one a sentence."""
    rows: dict[str, Row] = {}
    for r in doc._.unread:
        text = document.text[r.start : r.end]
        sentence_id = sentences.at(r.start + len(text) - len(text.lstrip()))[0]
        rows.setdefault(sentence_id, (sentence_id, document.doc_id, r.cue, r.agent, r.object, r.gate))
    return list(rows.values())


def _first_visible(span: Span) -> int:
    return span.start_char + len(span.text) - len(span.text.lstrip())


def _references(document: Document) -> Iterator[Row]:
    """The reference list; a label that stands twice gets a number behind it, so that no entry is lost."""
    used: dict[str, int] = {}
    for i, r in enumerate(document.references, start=1):
        label = r.label or str(i)
        used[label] = used.get(label, 0) + 1
        shown = label if used[label] == 1 else f"{label}#{used[label]}"
        yield (
            document.doc_id,
            shown,
            r.text,
            r.title,
            r.journal,
            r.year,
            r.doi.lower(),
            r.pmid,
            "yes" if is_retracted(r.pmid) else "",
        )


def _cells(document: Document, table: Table) -> Iterator[Row]:
    grid = table.grid()
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            if cell is not None:
                yield (
                    f"{document.doc_id}-{table.table_id}", document.doc_id, table.label, table.caption,
                    cell.page or table.page,
                    r, c, "" if cell.header and _above(grid, r, c) else _header(grid, r, c), cell.text,
                )  # fmt: skip


def _above(grid: list[list[Cell | None]], row: int, column: int) -> bool:
    """Whether the cell belongs to the head of the table: only header cells stand above it."""
    return all((cell := grid[r][column]) is None or cell.header for r in range(row))


def _header(grid: list[list[Cell | None]], row: int, column: int) -> str:
    """The texts of the header cells at the head of ``column``, above ``row``, each once."""
    texts: dict[str, None] = {}
    for r in range(row):
        cell = grid[r][column]
        if cell is None:
            continue
        if not cell.header:
            break
        if text := " ".join(cell.text.split()):
            texts[text] = None
    return SECTION_SEPARATOR.join(texts)
