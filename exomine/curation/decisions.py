"""``decisions.csv``: what people decided. It is read here and never written.

Columns may stand in any order and others may be added; only ``triple_id`` and ``decision`` must be there. The latest
decision about a triple, or about one sentence of it, wins: by its date where it has one, else by its place in the file
(:mod:`exomine.curation.dates`).
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from exomine.curation.dates import in_order, parse_date
from exomine.curation.schema import DECISIONS, DECISIONS_TABLE, EXAMPLE, REASON_CODES
from exomine.document.utf8 import read_utf8, why
from exomine.errors import CurationError
from exomine.tables.ids import id_pattern, lettered
from exomine.tables.schema import ASSERTIONS
from exomine.vocabulary.predicates import PREDICATE_NAMES

__all__ = [
    "EDITABLE",
    "NONE",
    "Conflict",
    "Decision",
    "Decisions",
    "ahead",
    "conflicts",
    "index",
    "merge_mark",
    "read_decisions",
    "told_by",
]

#: What an edit may change; a cell that is empty changes nothing.
EDITABLE = ("subject_curie", "predicate", "object_curie", "cancer_curie", "assertion")
#: In an edit, takes the cancer away.
NONE = "none"
_NEEDED = ("triple_id", "decision")
#: The columns that are read.
_COLUMNS = tuple(c.name for c in DECISIONS_TABLE.columns)
#: From this likeness on an unknown column may be a misspelt one.
_NEAR = 0.82
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_IDS = {name: re.compile(id_pattern(name)) for name in ("triple_id", "evidence_id")}
_CURIE = re.compile(r"[^\s:]+:\S+")
#: What git leaves in a file whose merge nobody has finished.
_MARKER = re.compile(r"^(<{7}|>{7}|\|{7})( |$)|^={7}\r?$", re.M)


@dataclass(frozen=True, slots=True)
class Decision:
    """One row; ``changes`` holds the cells of an edit that are filled, ``line`` is where it stands in the file.

    ``completed`` tells that an id of earlier times stood there, to which its letter was added.
    """

    triple_id: str
    decision: str
    evidence_id: str = ""
    changes: tuple[tuple[str, str], ...] = ()
    curator: str = ""
    note: str = ""
    line: int = 0
    completed: bool = False
    date: str = ""
    reason: str = ""
    statement: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What is decided on: the triple and, for a decision about one sentence, its evidence_id."""
        return self.triple_id, self.evidence_id


@dataclass(frozen=True)
class Decisions:
    """All decisions, earliest first."""

    rows: tuple[Decision, ...] = ()
    #: The decision in force on each triple, and on each sentence of a triple; none for what was withdrawn.
    #: Acknowledgements are not among them.
    by_triple: dict[str, Decision] = field(default_factory=dict)
    by_evidence: dict[tuple[str, str], Decision] = field(default_factory=dict)

    def acknowledgements(self, triple_id: str) -> int:
        """How often the loss of the triple was acknowledged since it was last decided on otherwise."""
        count = 0
        for row in self.rows:
            if row.triple_id == triple_id and not row.evidence_id:
                count = count + 1 if row.decision == "acknowledge" else 0
        return count


def read_decisions(path: Path) -> Decisions:
    """The decisions of a file, none where there is no file.

    Raises :class:`CurationError` naming the line and what is wrong with it.
    """
    if not path.exists():
        return Decisions()
    try:
        text = read_utf8(path)
        _check_merged(path, text)
        if "\r" in text and "\n" not in text:  # rows that are added could not be told from those that are there
            raise CurationError(f"{path}: its lines end with a carriage return alone. Save it as CSV in UTF-8 again.")
        rows = list(_rows(path, text))
    except (OSError, ValueError) as error:
        raise CurationError(f"{path} cannot be read: {why(error)}. Save it as CSV in UTF-8.") from None
    return index(rows)


def _rows(path: Path, text: str) -> Iterator[Decision]:
    """The rows of a file's text; an open quote would take in every row behind it, and is refused."""
    lines = io.StringIO(text, newline="")
    header = [_column(name.strip()) for name in next(csv.reader(lines, skipinitialspace=True), [])]
    _check_header(path, header)
    lines.seek(0)
    reader = csv.DictReader(lines, skipinitialspace=True, strict=True)
    read = 0
    try:
        if reader.fieldnames:  # reads the first line
            reader.fieldnames, read = header, reader.line_num
        for row in reader:
            read = reader.line_num
            decision = _decision(path, read, row)
            if decision is not None:
                yield decision
    except csv.Error as error:
        raise CurationError(
            f"{path}, line {read + 1}: no CSV from there on ({error}); a quote is opened there and not closed, or "
            f"stands inside of a cell. Put quotes around the whole cell and double those within it."
        ) from None


def _column(name: str) -> str:
    """The name of a column as it is in the schema, however its letters are written."""
    return next((known for known in _COLUMNS if known == name.casefold()), name)


def merge_mark(text: str) -> int:
    """The line at which git has left a mark of a merge that nobody has finished, from 1; 0 where there is none."""
    found = _MARKER.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def _check_merged(path: Path, text: str) -> None:
    if line := merge_mark(text):
        mark = text.splitlines()[line - 1].strip()
        raise CurationError(
            f"{path}, line {line}: a git merge that nobody has finished ({mark}). Keep the rows of both sides, whose "
            f"order does not matter where they have dates, remove the lines of marks, and run: git add {path.name}"
        )


def _check_header(path: Path, header: Sequence[str]) -> None:
    if not any(header):
        raise CurationError(
            f"{path} is empty or begins with an empty line; its first line must be {','.join(_NEEDED)}. Write "
            f"that, or remove the file."
        )
    missing = [name for name in _NEEDED if name not in header]
    if not missing:
        _check_names(path, header)
        return
    for mark, shown in _SEPARATORS.items():
        if set(_NEEDED) <= {name.strip(" \"'") for name in mark.join(header).split(mark)}:
            raise CurationError(
                f"{path}: its columns are separated by {shown}, as spreadsheets of some languages do; save it as "
                f"CSV with commas."
            )
    raise CurationError(
        f"{path}: column {' and '.join(missing)} missing; the first line must name triple_id and decision, it is "
        f"{', '.join(header)}."
    )


def _check_names(path: Path, header: Sequence[str]) -> None:
    """A column named twice, and one that is nearly one of ours: its cells would go unread without a word."""
    twice = next((name for k, name in enumerate(header) if name and name in header[:k]), None)
    if twice:
        raise CurationError(f"{path}: two columns are called {twice}; remove or rename one of them.")
    for name in header:
        near = difflib.get_close_matches(name.casefold(), _COLUMNS, n=1, cutoff=_NEAR) if name not in _COLUMNS else []
        if near and near[0] not in header:
            raise CurationError(
                f"{path}: the column {name} is not read; did you mean {near[0]}? Rename it, to that or to something "
                f"else."
            )


def index(rows: Iterable[Decision]) -> Decisions:
    """The decisions in force; ``rows`` are in the order of the file."""
    given = tuple(rows)
    kept = tuple(given[i] for i in in_order(d.date for d in given))
    latest = {d.key: d for d in kept if d.decision != "acknowledge"}
    real = [d for d in latest.values() if d.decision != "withdraw"]
    return Decisions(
        kept,
        {d.triple_id: d for d in real if not d.evidence_id},
        {d.key: d for d in real if d.evidence_id},
    )


def ahead(decisions: Decisions, now: datetime) -> list[Decision]:
    """The rows whose date is still to come, by line: a slip of the pen, or a clock that was wrong.

    They count over whatever is decided until then. What is less than a day ahead is somebody's time zone. Nothing that
    is written depends on this: the clock is asked only for what people are told.
    """
    latest = now + timedelta(days=1)
    found = {d.line: d for d in decisions.rows if (moment := parse_date(d.date)) and moment > latest}
    return [found[line] for line in sorted(found)]


def told_by(decisions: Decisions) -> dict[str, str]:
    """What the triples said when they were decided on, where the rows tell it."""
    return {d.triple_id: d.statement for d in decisions.rows if d.statement}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Curators who decided otherwise on one triple, or on one sentence: the latest decision of each, the one in force
    last."""

    decisions: tuple[Decision, ...]

    @property
    def in_force(self) -> Decision:
        return self.decisions[-1]


def conflicts(decisions: Decisions) -> list[Conflict]:
    """What curators do not agree on, by triple and sentence."""
    latest: dict[tuple[str, str], dict[str, Decision]] = {}
    for d in decisions.rows:
        if d.curator and d.decision not in ("acknowledge", "uncertain"):
            said = latest.setdefault(d.key, {})
            said.pop(d.curator, None)
            said[d.curator] = d
    standing = {key: [d for d in said.values() if d.decision != "withdraw"] for key, said in latest.items()}
    return [
        Conflict(tuple(said))
        for _, said in sorted(standing.items())
        if len({(d.decision, d.changes) for d in said}) > 1
    ]


def _decision(path: Path, line: int, row: dict[str, str | None]) -> Decision | None:
    """A row as a decision; ``None`` for an empty line, an example, and a second header, which a merge by lines may
    leave."""
    if None in row:
        raise CurationError(
            f"{path}, line {line}: more cells than the header has columns; put quotes around cells with commas."
        )
    cells = {name: (value or "").strip() for name, value in row.items()}
    if not any(cells.values()) or cells["decision"].casefold() == EXAMPLE:
        return None
    if cells["decision"].casefold() == "decision":
        _check_second_header(path, line, cells)
        return None
    told = dict(cells)
    for name in _IDS.keys() & cells.keys():
        cells[name] = lettered(name, cells[name])
    cells["decision"] = cells["decision"].casefold()
    _check_cells(path, line, cells, told["decision"])
    changes = tuple((name, cells[name]) for name in EDITABLE if cells.get(name))
    _check_changes(path, line, cells["decision"], dict(changes))
    known = {name: cells.get(name, "") for name in ("curator", "note", "date", "reason", "statement")}
    completed = any(cells[name] != told[name] for name in _IDS.keys() & cells.keys())
    return Decision(
        cells["triple_id"], cells["decision"], cells.get("evidence_id", ""), changes, line=line, completed=completed,
        **known
    )  # fmt: skip


def _check_second_header(path: Path, line: int, cells: dict[str, str]) -> None:
    """Two files put together, as a merge by lines does: the rows of both must have the same columns."""
    other = [f"{said} where the first line has {name}" for name, said in cells.items() if said and said != name]
    if other:
        raise CurationError(
            f"{path}, line {line}: a second header, with other columns ({', '.join(other)}); which rows are meant by "
            f"it nobody can tell. Give the rows of both files the columns of the first line, and remove this line."
        )


def _check_cells(path: Path, line: int, cells: dict[str, str], written: str) -> None:
    """Raise :class:`CurationError` for a cell that cannot be what its column says; edits have their own check."""
    evidence, date, reason = (cells.get(name, "") for name in ("evidence_id", "date", "reason"))
    place = f"{path}, line {line}"
    if not _IDS["triple_id"].fullmatch(cells["triple_id"]):
        raise CurationError(f"{place}: triple_id {cells['triple_id']!r} is not one; copy it from triples.csv.")
    if cells["decision"] not in DECISIONS:
        raise CurationError(f"{place}: decision {written!r}; write one of {', '.join(DECISIONS)}.")
    if evidence and not _IDS["evidence_id"].fullmatch(evidence):
        raise CurationError(f"{place}: evidence_id {evidence!r} is not one; copy it from relations.csv.")
    if date and parse_date(date) is None:
        raise CurationError(f"{place}: date {date!r} is none; write it as 2026-11-28, or leave the cell empty.")
    if reason and reason not in REASON_CODES:
        raise CurationError(f"{place}: reason {reason!r}; write one of {', '.join(REASON_CODES)}, or use note.")


def _check_changes(path: Path, line: int, decision: str, changes: dict[str, str]) -> None:
    if decision == "edit" and not changes:
        raise CurationError(
            f"{path}, line {line}: an edit that changes nothing; fill one of {', '.join(EDITABLE)}, or write accept."
        )
    if decision != "edit" and changes:
        raise CurationError(
            f"{path}, line {line}: {', '.join(changes)} filled in a row that says {decision}; write edit, or "
            f"leave those cells empty."
        )
    for name, choices in (("predicate", PREDICATE_NAMES), ("assertion", ASSERTIONS)):
        if name in changes and changes[name] not in choices:
            raise CurationError(f"{path}, line {line}: {name} {changes[name]!r}; write one of {', '.join(choices)}.")
    for name in ("subject_curie", "object_curie", "cancer_curie"):
        value = changes.get(name, "")
        if value and not (_CURIE.fullmatch(value) or (name == "cancer_curie" and value == NONE)):
            raise CurationError(
                f"{path}, line {line}: {name} {value!r} is no identifier; write prefix:accession, as in hgnc:9588."
            )
