"""``decisions.csv``: what people decided. It is read here and never written.

Columns may stand in any order and others may be added; only ``triple_id`` and ``decision`` must be there. Rows count in the
order of the file: the latest decision about a triple, or about one sentence of it, wins.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from exomine.curation.schema import DECISIONS
from exomine.document.utf8 import read_utf8, why
from exomine.errors import CurationError
from exomine.tables.ids import id_pattern, lettered
from exomine.tables.schema import ASSERTIONS
from exomine.vocabulary.predicates import PREDICATE_NAMES

__all__ = ["EDITABLE", "Decision", "Decisions", "read_decisions"]

#: What an edit may change; a cell that is empty changes nothing.
EDITABLE = ("subject_curie", "predicate", "object_curie", "cancer_curie", "assertion")
#: In an edit, takes the cancer away.
NONE = "none"
_NEEDED = ("triple_id", "decision")
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_IDS = {name: re.compile(id_pattern(name)) for name in ("triple_id", "evidence_id")}
_CURIE = re.compile(r"[^\s:]+:\S+")


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


@dataclass(frozen=True)
class Decisions:
    """All decisions, latest first to ask for."""

    rows: tuple[Decision, ...] = ()
    #: The decision in force on each triple, and on each sentence of a triple; acknowledgements are not among them.
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
        reader = csv.DictReader(io.StringIO(read_utf8(path), newline=""), skipinitialspace=True)
        header = [name.strip() for name in reader.fieldnames or []]
        _check_header(path, header)
        reader.fieldnames = header
        rows = [d for row in reader if (d := _decision(path, reader.line_num, row)) is not None]
    except csv.Error:
        raise CurationError(
            f"{path} is no CSV: its quotes or line ends are damaged. Save it as CSV in UTF-8."
        ) from None
    except (OSError, ValueError) as error:
        raise CurationError(f"{path} cannot be read: {why(error)}. Save it as CSV in UTF-8.") from None
    return index(rows)


def _check_header(path: Path, header: Sequence[str]) -> None:
    if not any(header):
        raise CurationError(
            f"{path} is empty or begins with an empty line; its first line must be {','.join(_NEEDED)}. Write that, or remove the file."
        )
    missing = [name for name in _NEEDED if name not in header]
    if not missing:
        return
    for mark, shown in _SEPARATORS.items():
        if set(_NEEDED) <= {name.strip(" \"'") for name in mark.join(header).split(mark)}:
            raise CurationError(
                f"{path}: its columns are separated by {shown}, as spreadsheets of some languages do; save it as CSV with commas."
            )
    raise CurationError(
        f"{path}: column {' and '.join(missing)} missing; the first line must name triple_id and decision, it is {', '.join(header)}."
    )


def index(rows: Iterable[Decision]) -> Decisions:
    """The decisions in force."""
    kept = tuple(rows)
    real = [d for d in kept if d.decision != "acknowledge"]
    return Decisions(
        kept,
        {d.triple_id: d for d in real if not d.evidence_id},
        {(d.triple_id, d.evidence_id): d for d in real if d.evidence_id},
    )


def _decision(path: Path, line: int, row: dict[str, str | None]) -> Decision | None:
    """A row as a decision; ``None`` for an empty line."""
    if None in row:
        raise CurationError(
            f"{path}, line {line}: more cells than the header has columns; put quotes around cells with commas."
        )
    cells = {name: (value or "").strip() for name, value in row.items()}
    if not any(cells.values()):
        return None
    decision = cells["decision"].casefold()
    told = dict(cells)
    for name in _IDS.keys() & cells.keys():
        cells[name] = lettered(name, cells[name])
    if not _IDS["triple_id"].fullmatch(cells["triple_id"]):
        raise CurationError(
            f"{path}, line {line}: triple_id {cells['triple_id']!r} is not one; copy it from triples.csv."
        )
    if decision not in DECISIONS:
        raise CurationError(
            f"{path}, line {line}: decision {cells['decision']!r}; write one of {', '.join(DECISIONS)}."
        )
    evidence = cells.get("evidence_id", "")
    if evidence and not _IDS["evidence_id"].fullmatch(evidence):
        raise CurationError(f"{path}, line {line}: evidence_id {evidence!r} is not one; copy it from relations.csv.")
    changes = tuple((name, cells[name]) for name in EDITABLE if cells.get(name)) if decision == "edit" else ()
    _check_changes(path, line, decision, dict(changes))
    return Decision(
        cells["triple_id"], decision, evidence, changes, cells.get("curator", ""), cells.get("note", ""), line,
        completed=cells != told,
    )  # fmt: skip


def _check_changes(path: Path, line: int, decision: str, changes: dict[str, str]) -> None:
    if decision == "edit" and not changes:
        raise CurationError(
            f"{path}, line {line}: an edit that changes nothing; fill one of {', '.join(EDITABLE)}, or write accept."
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
