"""The ``table_relations`` component: rows of a paper's tables as relations.

A table is read by the roles of its columns (cancer, subject, target, drug, function, expression, source, references),
which headers tell and, where they are silent, the mentions in the cells. Every subject of a row is combined with every
function and every cancer of the row. The caption gives what a row leaves out: the vesicle ("exosomal miRNAs" makes them
its cargo) and the predicate of tables without a function column.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from spacy.tokens import Doc, Span

from exomine.document.citations import find_marks
from exomine.document.model import Cell, Document, Table
from exomine.nlp.extensions import MENTIONS, register_extensions
from exomine.nlp.relation import Relation
from exomine.nlp.relations.cues.nouns import BARE_CELL, GENERIC_CANCER, GENERIC_DRUG, GENERIC_MIRNA, GENERIC_PATHWAY
from exomine.nlp.relations.cues.table_cues import (
    BIOMARKER,
    BY_ANOTHER,
    CAPTION_CARGO,
    DECREASED,
    DENIED,
    HEADER_DOWN,
    HEADER_UP,
    INCREASED,
    NOT_STATED,
    OF_ITSELF,
    OF_LESS,
    OF_RESPONDERS,
    OF_SPONGES,
    PREDICTED,
    RESISTANCE,
    UNSURE,
)  # fmt: skip
from exomine.nlp.relations.frames.catalogue import RELIABILITY
from exomine.nlp.relations.items import guessed, only_seen
from exomine.nlp.relations.table_columns import column_roles, filled, header_rows, headers_of, is_heading
from exomine.nlp.relations.table_phrases import phrases_of, resistance, shared_sign, sign_of, target_sign
from exomine.nlp.relations.table_prose import Prose, prose_in
from exomine.nlp.relations.voice import OWN, REPORTED, is_review
from exomine.vocabulary.entities import Role, labels
from exomine.vocabulary.predicates import predicate

__all__ = ["TableRelations"]

_SUBJECTS, _AMOUNT = labels(Role.EXPRESSED), labels(Role.AMOUNT)
_COURSE = labels(Role.COURSE)
_GENERIC_SUBJECT = re.compile(GENERIC_MIRNA, re.I)
_GENERIC_CANCER = re.compile(GENERIC_CANCER, re.I)
_GENERIC_DRUG = re.compile(GENERIC_DRUG, re.I)
_BARE_CELL = re.compile(BARE_CELL, re.I)
_GENERIC_PATHWAY = re.compile(GENERIC_PATHWAY, re.I)
_NUMBERS = re.compile(r"\d{1,4}(?:\s*[-–]\s*\d{1,4})?")


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a row says of each of its subjects: a predicate, its object, what carries it."""

    predicate: str
    object: Span
    cancer: Span | None = None
    told: bool = True  # by a header, the caption or a word of direction
    assertion: str = "asserted"
    state: str = "normal"

    def of_less(self) -> _Claim:
        """The same of a subject of which there is less: what follows then, more of it undoes."""
        turned = predicate(self.predicate).opposite
        return replace(self, predicate=turned, state="reduced") if turned else self


#: A phrase of a cell with more words is prose, in which a mention may be anything.
_PHRASE_WORDS = 8
#: Roles that belong to the subject on their left where a table has several columns of subjects side by side.
_OF_SUBJECT = ("target", "function", "drug", "expression")


@dataclass(slots=True)
class _Row:
    """The cells of one body row, by role ("": none)."""

    span: Span
    cells: dict[str, list[Cell]] = field(default_factory=dict)
    prose: dict[int, Prose] = field(default_factory=dict)  # by where a cell begins
    cancers: list[Span] = field(default_factory=list)
    headers: dict[int, str] = field(default_factory=dict)  # by where a cell begins

    def header(self, at: int) -> str:
        """The header over the cell in which ``at`` lies, in lower case."""
        return self.headers[max((start for start in self.headers if start <= at), default=-1)] if self.headers else ""


class TableRelations:
    """spaCy component; adds to ``doc._.relations``.

    ``high`` is the score from which a relation is in the tier "high".
    """

    def __init__(self, *, high: float = 0.6) -> None:
        register_extensions()
        self.high = high

    def __call__(self, doc: Doc) -> Doc:
        document: Document | None = doc._.document
        if document is None or not document.tables:
            return doc
        found: list[Relation] = []
        for table in document.tables:
            found.extend(_TableStatements(doc, document, table, self.high).relations())
        doc._.relations = (*doc._.relations, *found)
        return doc


class _TableStatements:
    """Relations of one table."""

    def __init__(self, doc: Doc, document: Document, table: Table, high: float) -> None:
        self.doc, self.document, self.table, self.high = doc, document, table, high
        self.review = is_review(document)
        self.text = document.text  # doc.text, which spaCy builds anew each time
        found = (m for m in doc.spans.get(MENTIONS, ()) if m.label_ != "VARIANT" and not guessed(m))
        self.mentions = sorted(found, key=lambda m: (m.start_char, -m.end_char, m.label_))
        self.starts = [m.start_char for m in self.mentions]
        grid = table.grid()
        body = grid[header_rows(table) :]
        self.headers = headers_of(table)
        self.roles = column_roles(
            table, [[[m.label_ for m in self._in(c)] if c is not None else [] for c in row] for row in body]
        )
        self.body = filled(body, self.roles)
        self.caption = f"{table.label} {table.caption}".lower()
        self.caption_mentions = self._caption_mentions()
        self.vesicle = next((m for m in self.caption_mentions if m.label_ == "VESICLE"), None) or self._header_vesicle()
        self.cargo = bool(
            re.search(CAPTION_CARGO, self.caption)
            or any(
                r == "subject" and re.search(CAPTION_CARGO, h.lower() + " protein")
                for r, h in zip(self.roles, self.headers, strict=True)
            )
        )

    def relations(self) -> Iterator[Relation]:
        """One relation a subject, claim and cancer of every row, and what its prose says."""
        for row in self._rows():
            seen: set[tuple[int, str, int, int]] = set()
            for relation in (*self._claimed(row), *self._told(row)):
                key = (relation.subject.start, relation.predicate, relation.object.start,
                       relation.cancer.start if relation.cancer is not None else -1)  # fmt: skip
                if key not in seen:
                    seen.add(key)
                    yield relation

    def _claimed(self, row: _Row) -> Iterator[Relation]:
        citations = self._citations(row)
        for subject in self._subjects(row):
            for claim in self._claims(row, subject):
                yield from self._build(row, subject, claim, citations)

    def _told(self, row: _Row) -> Iterator[Relation]:
        """What the sentences in a row's cells say; in the tier high only of those that the row is about."""
        citations, subjects = self._citations(row), self._subjects(row)
        for x in (x for prose in row.prose.values() for x in prose.told):
            surely = x.score >= self.high and any(_same(x.subject, s) for s in subjects)
            claim = _Claim(x.predicate, x.object, assertion=x.assertion, state=x.state)
            for relation in self._build(row, x.subject, claim, citations):
                tier = relation.tier if surely else "all"
                yield replace(relation, score=x.score, tier=tier, method=x.frame)

    def _rows(self) -> Iterator[_Row]:
        heading: list[Span] = []
        for cells in self.body:
            placed = [c for c in cells if c is not None and c.start >= 0]
            if not placed:
                continue
            if is_heading(cells):
                heading = [m for m in self._in(placed[0]) if m.label_ == "CANCER"]
            block = self.document.block_at(placed[-1].start) or self.document.block_at(placed[0].start)
            if block is None:
                continue
            span = self.doc.char_span(block.start, block.end, alignment_mode="expand")
            if span is None:
                continue
            for columns in self._side_by_side():
                row = self._row(span, cells, columns)
                row.cancers = self._cancers(row, placed) or heading
                yield row

    def _row(self, span: Span, cells: Sequence[Cell | None], columns: Iterable[int]) -> _Row:
        row = _Row(span)
        for c in columns:
            cell, role = cells[c], self.roles[c]
            if cell is not None and cell not in row.cells.get(role, []):
                row.cells.setdefault(role, []).append(cell)
                row.headers[cell.start] = self.headers[c].lower()
        for cell in (c for role in ("function", "") for c in row.cells.get(role, ()) if c.start >= 0):
            words = self.doc.char_span(cell.start, cell.end, alignment_mode="contract")
            prose = prose_in(words, self._in(cell)) if words is not None else None
            if prose is not None:
                row.prose[cell.start] = prose
        return row

    def _side_by_side(self) -> list[list[int]]:
        """The columns of each part of a table that says the same of several subjects side by side ("miRNA | Target |
        miRNA | Target"); columns that belong to no subject are in each. Else all columns."""
        columns = range(len(self.roles))
        begins = [c for c in columns if self.roles[c] == "subject"]
        bounds = list(pairwise([*begins, len(self.roles)]))
        if len(begins) < 2 or not all(any(self.roles[c] in _OF_SUBJECT for c in range(a, b)) for a, b in bounds):
            return [list(columns)]
        mine = ("subject", *_OF_SUBJECT)
        shared = [c for c in columns if self.roles[c] not in mine or c < begins[0]]
        return [sorted({*shared, *(c for c in range(a, b) if self.roles[c] in mine)}) for a, b in bounds]

    def _in(self, cell: Cell) -> list[Span]:
        """Mentions inside a cell, in order."""
        if cell.start < 0:
            return []
        lo, hi = bisect_left(self.starts, cell.start), bisect_left(self.starts, cell.end)
        return [m for m in self.mentions[lo:hi] if m.end_char <= cell.end]

    def _caption_mentions(self) -> list[Span]:
        blocks = [b for b in self.document.blocks if b.kind == "caption" and b.table_id == self.table.table_id]
        return [m for b in blocks for m in self.mentions if b.start <= m.start_char and m.end_char <= b.end]

    def _header_vesicle(self) -> Span | None:
        for row in self.table.grid()[: header_rows(self.table)]:
            for cell in row:
                for m in self._in(cell) if cell is not None else ():
                    if m.label_ == "VESICLE":
                        return m
        return None

    def _subjects(self, row: _Row) -> list[Span]:
        out: list[Span] = []
        for cell in row.cells.get("subject", ()):
            for m in self._in(cell):
                if m.label_ in _SUBJECTS and not _GENERIC_SUBJECT.fullmatch(m.text) and not self._abbreviation(m, out):
                    out.append(m)
        return out

    def _abbreviation(self, m: Span, before: list[Span]) -> bool:
        """An abbreviation in brackets right after its long form is no second subject."""
        if not before:
            return False
        gap = self.text[before[-1].end_char : m.start_char]
        same = before[-1].kb_id_ == m.kb_id_ or not m.kb_id_ or not before[-1].kb_id_
        return gap.strip() == "(" and same and len(m.text) < len(before[-1].text)

    def _cancers(self, row: _Row, placed: Sequence[Cell]) -> list[Span]:
        cells = row.cells.get("cancer") or placed
        found = [m for c in cells for m in self._in(c) if m.label_ == "CANCER"]
        named = [m for m in found if not _GENERIC_CANCER.fullmatch(m.text)]
        distinct: dict[str, Span] = {}
        for m in named or (found if row.cells.get("cancer") else []):
            distinct.setdefault(m.kb_id_ or m._.name or m.text.lower(), m)
        return list(distinct.values())

    # ------------------------------------------------------------------ claims

    def _claims(self, row: _Row, subject: Span) -> Iterator[_Claim]:
        vesicle = next(
            (m for c in row.cells.get("source", ()) for m in self._in(c) if m.label_ == "VESICLE"), self.vesicle
        )
        if vesicle is not None and self.cargo:
            yield _Claim("cargo_of", vesicle)
        functions = row.cells.get("function", [])
        stated = False
        for cell in functions:
            for claim in self._functions(row, cell, subject):
                stated = True
                yield claim
        yield from self._targets(row, subject)
        yield from self._drugs(row)
        yield from self._expression(row, subject)
        if not functions and not stated and re.search(BIOMARKER, self.caption + " " + " ".join(self.headers).lower()):
            for cancer in row.cancers:
                yield _Claim("biomarker_for", cancer, cancer)

    def _functions(self, row: _Row, cell: Cell, subject: Span) -> Iterator[_Claim]:
        """The phrases of a function cell, each read by its mention and the words around it."""
        if cell.start < 0:
            return
        less, prose = re.search(OF_LESS, row.header(cell.start)), row.prose.get(cell.start)
        for claim in self._phrases(row, cell, subject):
            if prose is None or not self._done_by_another(prose, claim.object, subject):
                yield claim.of_less() if less else claim

    @staticmethod
    def _done_by_another(prose: Prose, thing: Span, subject: Span) -> bool:
        """Whether sentences in a cell say themselves who acts on a thing."""
        actor = prose.actor_at(thing)
        return bool(prose.acting_on(thing)) or (actor is not None and not _same(actor, subject))

    def _phrases(self, row: _Row, cell: Cell, subject: Span) -> Iterator[_Claim]:
        phrases = phrases_of(self.text, cell, self._in(cell))
        of_itself = False
        for n, (start, end) in enumerate(phrases):
            phrase = self.text[start:end].lower()
            if re.match(NOT_STATED, phrase.strip()) or re.search(DENIED, phrase):
                continue
            inside = [m for m in self._in(cell) if start <= m.start_char and m.end_char <= end]
            of_itself = bool(re.match(OF_ITSELF, phrase.strip())) or (of_itself and not sign_of(phrase))
            if of_itself:
                yield from self._amount(phrase, [m for m in inside if m.label_ == "CANCER"])
                continue
            if re.search(BIOMARKER, phrase):
                for cancer in row.cancers:
                    yield _Claim("biomarker_for", cancer, cancer)
                continue
            drugs = self._resisted(row, cell, phrases, n)
            if drugs:
                yield from drugs
                continue
            yield from self._acts(cell, phrases, n, subject)

    def _acts(self, cell: Cell, phrases: Sequence[tuple[int, int]], n: int, subject: Span) -> Iterator[_Claim]:
        """What a phrase says that the subject does to what it names."""
        start, end = phrases[n]
        phrase, said = self.text[start:end].lower(), self.text[cell.start : cell.end].lower()
        by = re.search(BY_ANOTHER, phrase)
        until = start + by.start() if by else end  # "lowered by X": X acts, the subject does not
        sign = sign_of(phrase) or shared_sign(self.text, phrases, n)
        told = bool(sign) and len(phrase.split()) <= _PHRASE_WORDS and not re.search(UNSURE, said)
        assertion = "speculative" if re.search(PREDICTED, phrase) else "asserted"
        inside = [m for m in self._in(cell) if start <= m.start_char and m.end_char <= until]
        for m in _outermost(inside):
            for claim in self._by_label(m, sign, subject):
                yield replace(claim, told=told, assertion=assertion)

    def _resisted(self, row: _Row, cell: Cell, phrases: Sequence[tuple[int, int]], n: int) -> list[_Claim]:
        """The drugs to which a phrase says that there is more or less resistance: those that it names, else those of
        the row. Where the header speaks of resistance the phrase may say more or less alone ("Promotes")."""
        start, end = phrases[n]
        phrase = self.text[start:end].lower()
        sign = resistance(phrase)
        drugs = [m for m in self._in(cell) if m.label_ == "DRUG" and start <= m.start_char and m.end_char <= end]
        if sign:
            drugs = [*self._bare_drugs(cell, phrases[:n]), *drugs]
        elif not any(start <= m.start_char and m.end_char <= end for m in self._in(cell)):
            sign = sign_of(phrase) * resistance(re.sub(OF_LESS, "", row.header(cell.start)))
        if not sign:
            return []
        name = "confers_sensitivity_to" if sign < 0 else "confers_resistance_to"
        named = [d for d in drugs if not _GENERIC_DRUG.fullmatch(d.text)]
        of_row = [m for c in row.cells.get("drug", ()) for m in self._in(c) if m.label_ == "DRUG"]
        return [_Claim(name, d) for d in named or _specific(of_row) or drugs]

    def _bare_drugs(self, cell: Cell, phrases: Sequence[tuple[int, int]]) -> list[Span]:
        """ "D, E and F resistance": the drugs that stand alone before the phrase that says resistance."""
        out: list[Span] = []
        for start, end in reversed(phrases):
            said = self.text[start:end].strip()
            bare = [m for m in self._in(cell) if m.label_ == "DRUG" and start <= m.start_char and m.text == said]
            bare = [m for m in bare if m.end_char <= end and not re.search(RESISTANCE, said.lower())]
            if not bare:
                break
            out[:0] = bare[:1]
        return out

    def _by_label(self, m: Span, sign: int, subject: Span) -> Iterator[_Claim]:
        if m.label_ == "CANCER" or _same(m, subject):
            return
        if m.label_ == "CELL_TYPE" and _BARE_CELL.fullmatch(m.text):
            return
        if m.label_ in _COURSE:
            if m.label_ == "PROCESS" or sign:
                yield _Claim("inhibits" if sign < 0 else "promotes", m)
        elif m.label_ not in _AMOUNT:
            return
        elif m.label_ == "PATHWAY" and _GENERIC_PATHWAY.fullmatch(m.text):
            yield _Claim("associated_with", m)
        elif sign:
            yield _Claim("downregulates" if sign < 0 else "upregulates", m)
        elif m.label_ == "PATHWAY":
            yield _Claim("upregulates", m)

    def _targets(self, row: _Row, subject: Span) -> Iterator[_Claim]:
        assertion = "speculative" if self._predicted() else "asserted"
        for cell in row.cells.get("target", ()):
            for m in self._in(cell):
                if m.label_ not in _AMOUNT or _same(m, subject) or _GENERIC_SUBJECT.fullmatch(m.text):
                    continue
                sign, told = target_sign(self.text, cell, m), self._plainly(cell, m)
                if sign > 0:
                    yield _Claim("upregulates", m, told=told, assertion=assertion)
                elif subject.label_ == "MIRNA" or self._sponges(row, subject, m):
                    yield _Claim("downregulates", m, told=told, assertion=assertion)

    def _sponges(self, row: _Row, subject: Span, m: Span) -> bool:
        """Whether a long or circular RNA is said to take a microRNA up."""
        header = f"{row.header(subject.start_char)} {row.header(m.start_char)}"
        return m.label_ == "MIRNA" and bool(re.search(OF_SPONGES, header))

    def _predicted(self) -> bool:
        """Whether header or caption say that the targets are only predicted, and none that they were tried."""
        headers = (h for h, role in zip(self.headers, self.roles, strict=True) if role == "target")
        said = " ".join((self.caption, *headers)).lower()
        return bool(re.search(PREDICTED, said)) and not re.search(r"\bvalidat|\bconfirmed|\bverified", said)

    def _plainly(self, cell: Cell, m: Span) -> bool:
        """Whether a cell names a target as such: in a few words, with nothing that makes it unsure or turns it."""
        said = self.text[cell.start : cell.end].lower()
        phrase = next((self.text[a:b] for a, b in phrases_of(self.text, cell, [m]) if a <= m.start_char < b), said)
        return len(phrase.split()) <= _PHRASE_WORDS and not re.search(UNSURE, said)

    def _drugs(self, row: _Row) -> Iterator[_Claim]:
        """A drug column speaks where its header or the caption says resistance or sensitivity, and no column of
        findings says which."""
        findings = [f for f in row.cells.get("function", ()) if f.start >= 0]
        said = " ".join(self.text[f.start : f.end].lower() for f in findings)
        heads = " ".join(row.header(f.start) for f in findings)
        if re.search(DENIED, said) or resistance(said) or (resistance(heads) and sign_of(said)):
            return
        for cell in row.cells.get("drug", ()):
            if cell.start < 0:
                continue
            sign = self._of_drug(row, cell)
            lowered = sign > 0 and self._lowered(row)  # what a table of resistance says is less does not further it
            for d in _specific([m for m in self._in(cell) if m.label_ == "DRUG"]):
                if sign:
                    name = "confers_sensitivity_to" if sign < 0 or lowered else "confers_resistance_to"
                    yield _Claim(name, d, told=not lowered)

    def _of_drug(self, row: _Row, cell: Cell) -> int:
        """1 for resistance, -1 for sensitivity to the drugs of a cell, 0 where neither header nor caption tell."""
        words = f"{row.header(cell.start)} {self.text[cell.start : cell.end].lower()}"
        for said in (words, self.caption):
            if re.search(RESISTANCE, said):
                return 1
            if re.search("sensiti", said):
                return -1
        return 0

    def _lowered(self, row: _Row) -> bool:
        said = " ".join(self.text[c.start : c.end].lower() for c in row.cells.get("expression", ()) if c.start >= 0)
        return bool(re.search(DECREASED, said)) and not re.search(INCREASED, said)

    def _expression(self, row: _Row, subject: Span) -> Iterator[_Claim]:
        for cell in row.cells.get("expression", ()):
            if cell.start >= 0 and not self._of_responders(row, cell.start):
                yield from self._amount(self.text[cell.start : cell.end].lower(), row.cancers)
        header = row.header(subject.start_char)  # "Upregulated miRNAs"
        told = re.search(f"{HEADER_UP}|{HEADER_DOWN}", header)
        if told and not self._of_responders(row, subject.start_char):
            yield from self._amount(told.group(), row.cancers)

    def _of_responders(self, row: _Row, at: int) -> bool:
        """Whether amounts are those in resistant or sensitive cells, beside others of the same cancer."""
        return bool(re.search(OF_RESPONDERS, f"{self.caption} {row.header(at)}"))

    @staticmethod
    def _amount(said: str, cancers: Iterable[Span]) -> Iterator[_Claim]:
        """More or less of the subject in the cancers."""
        up, down = bool(re.search(INCREASED, said)), bool(re.search(DECREASED, said))
        if up != down:
            for cancer in cancers:
                yield _Claim("increased_in" if up else "decreased_in", cancer, cancer)

    # ------------------------------------------------------------------ relations

    def _build(self, row: _Row, subject: Span, claim: _Claim, citations: tuple[str, ...]) -> Iterator[Relation]:
        signature = predicate(claim.predicate)
        if subject.label_ not in signature.subjects or claim.object.label_ not in signature.objects:
            return
        method = "table" if claim.told else "table-loose"
        score = RELIABILITY[method]
        unknown = any(map(only_seen, (subject, claim.object)))
        tier = "high" if score >= self.high and not unknown else "all"
        cancers: Sequence[Span | None] = [claim.cancer] if claim.cancer is not None else row.cancers
        for cancer, name, curie, source in self._contexts(row, cancers):
            yield Relation(
                subject, claim.predicate, claim.object, row.span, claim.assertion, claim.state, score,
                tier, method, cancer, name, curie, source,
                claim.object if claim.object.label_ == "VESICLE" else self.vesicle, None, citations, "table",
                voice=REPORTED if citations or self.review else OWN,
            )  # fmt: skip

    def _contexts(self, row: _Row, cancers: Sequence[Span | None]) -> Iterator[tuple[Span | None, str, str, str]]:
        """The row's cancers, else the caption's, else none; what stands above is no part of the row (``section``)."""
        if not cancers:
            named = [m for m in self.caption_mentions if m.label_ == "CANCER" and not _GENERIC_CANCER.fullmatch(m.text)]
            cancers = named[:1]
            if not cancers:
                yield None, "", "", ""
                return
        for m in cancers:
            if m is not None:
                within = row.span.start_char <= m.start_char and m.end_char <= row.span.end_char
                yield m, m._.name or m.text, m.kb_id_, "sentence" if within else "section"

    def _citations(self, row: _Row) -> tuple[str, ...]:
        """Labels in the reference column; without one, the marks anywhere in the row."""
        cells = [c for c in row.cells.get("references", ()) if c.start >= 0]
        start, end = (
            (min(c.start for c in cells), max(c.end for c in cells))
            if cells
            else (row.span.start_char, row.span.end_char)
        )
        labels = [label for m in self.document.citations if start <= m.start and m.end <= end for label in m.labels]
        if not labels and cells:
            known = {r.label for r in self.document.references}
            for cell in cells:
                said = self.text[cell.start : cell.end]
                labels.extend(n for n in _numbers(said) if not known or n in known)
                named = find_marks(f"({said})", self.document.references)  # "Kim et al., 2007; Lee, 2008"
                labels.extend(label for mark in named for label in mark.labels if label in known)
        return tuple(dict.fromkeys(labels))


def _numbers(text: str) -> Iterator[str]:
    """Reference numbers of a cell without brackets, ranges expanded; years and other long numbers are none."""
    if re.search(r"[A-Za-z]{3}", text):
        return
    for m in _NUMBERS.finditer(text):
        ends = re.split(r"\s*[-–]\s*", m.group())
        if len(ends) == 2 and 0 <= int(ends[1]) - int(ends[0]) < 60:
            yield from (str(n) for n in range(int(ends[0]), int(ends[1]) + 1))
        elif len(m.group()) < 4:
            yield m.group()


def _same(a: Span, b: Span) -> bool:
    """Whether two mentions name one thing."""
    return bool(a.text.lower() == b.text.lower() or (a.kb_id_ and a.kb_id_ == b.kb_id_))


def _specific(drugs: Sequence[Span]) -> list[Span]:
    """Named drugs where there are any; the generic word else."""
    named = [d for d in drugs if not _GENERIC_DRUG.fullmatch(d.text)]
    return named or list(drugs)


def _outermost(mentions: Sequence[Span]) -> list[Span]:
    """Mentions that lie in no other one."""
    return [
        m for m in mentions
        if not any(o is not m and o.start <= m.start and m.end <= o.end and len(o) > len(m) for o in mentions)
    ]  # fmt: skip
