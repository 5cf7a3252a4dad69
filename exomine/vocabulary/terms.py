"""Terms: the rows of the lexicon and of a lab's own files.

The shipped lexicon is one Parquet file of :class:`Term` rows, built by :mod:`exomine.vocabulary.build.lexicon`. A lab's
own terms and stop terms are CSV files with the columns ``label, curie, name, synonym, reason``; they are named in the
pipeline's configuration, checked on loading and stand ahead of the lexicon. In a stop file a row needs a synonym and a
reason only; a label limits the stop to that label.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from exomine.errors import ResourceError, TermsError
from exomine.resources import lexicon_path
from exomine.vocabulary.entities import LABELS, entity_type
from exomine.vocabulary.normal import key

__all__ = [
    "CASES", "COLUMNS", "STATUSES", "TERM_COLUMNS", "CellLine", "StopTerm", "Term", "cell_lines", "lexicon_hash",
    "read_lexicon", "read_stop_terms", "read_terms", "sha256",
]  # fmt: skip

#: How sure a source is that the synonym means the entity, best first.
STATUSES = ("lab", "curated", "name", "synonym", "previous")
#: Policies of :func:`exomine.vocabulary.normal.case_agrees`.
CASES = ("any", "symbol", "title", "upper", "exact")
#: Columns of a lab's term and stop files.
TERM_COLUMNS = ("label", "curie", "name", "synonym", "reason")


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """One name of one entity.

    ``key`` is the normal form that is searched for; ``case`` the policy for letters; ``guard`` is empty, or why the
    term counts only with support (a model's word, the paper's definition): ``word`` an English word, ``short`` a short
    symbol, ``ambiguous`` a name of many things.
    """

    key: str
    label: str
    curie: str
    name: str
    synonym: str
    status: str
    source: str
    case: str = "any"
    guard: str = ""


@dataclass(frozen=True, slots=True)
class StopTerm:
    """A text that must not become a mention; ``label`` empty means of any label."""

    key: str
    synonym: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class CellLine:
    """A cell line and the cancer it comes from; the cancer is empty where it is no cancer line."""

    name: str
    curie: str
    cancer_curie: str
    cancer_name: str


#: Columns of few different values.
_FEW = ("label", "status", "source", "case", "guard")
COLUMNS: tuple[str, ...] = ("key", "label", "curie", "name", "synonym", "status", "source", "case", "guard")


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_lexicon(folder: Path | None = None) -> dict[str, Sequence[Any]]:
    """The columns of the shipped lexicon, rows sorted by key. Raises :class:`ResourceError` when it cannot be read.

    Keys and columns of few different values are lists of strings; curie, name and synonym stay Arrow arrays, whose
    cells are made strings by ``str`` when asked for.
    """
    import numpy as np
    import pyarrow.parquet as pq

    path = (folder or lexicon_path()) / "terms.parquet"
    try:
        table = pq.read_table(path, columns=list(COLUMNS), use_threads=False, read_dictionary=list(_FEW))
        columns: dict[str, Any] = {name: table.column(name).combine_chunks() for name in COLUMNS}
    except (OSError, ValueError, KeyError) as error:
        raise ResourceError(
            f"{path.name}: the lexicon cannot be read ({error}); restore it or run `make lexicon`."
        ) from error
    columns["key"] = table.column("key").to_pylist()
    for name in _FEW:
        codes = columns[name]
        values = np.array(codes.dictionary.to_pylist(), dtype=object)
        columns[name] = values[codes.indices.to_numpy()].tolist()
    return columns


def lexicon_hash(folder: Path | None = None) -> str:
    """The SHA-256 of the lexicon's file, for run.json."""
    return sha256((folder or lexicon_path()) / "terms.parquet")


@lru_cache(maxsize=1)
def cell_lines() -> dict[str, CellLine]:
    """Cell lines of the shipped lexicon by CURIE."""
    path = lexicon_path() / "cell_lines.csv"
    with path.open(encoding="utf8", newline="") as handle:
        return {row["curie"]: CellLine(**row) for row in csv.DictReader(handle)}


def read_terms(path: Path) -> tuple[Term, ...]:
    """A lab's terms, in the file's order; several synonyms of a row are separated by ``|``.

    Raises :class:`TermsError` that names the file, the row and what is wrong with it.
    """
    terms: list[Term] = []
    for place, row in _rows(path, TERM_COLUMNS):
        label, curie, name = row["label"], row["curie"], row["name"]
        if label not in LABELS:
            raise TermsError(f"{place}: unknown label {label!r}; expected one of {', '.join(LABELS)}.")
        _check_curie(place, label, curie)
        if not name:
            raise TermsError(f"{place}: the name is empty; give the canonical name of the entity.")
        synonyms = [s.strip() for s in row["synonym"].split("|") if s.strip()] or [name]
        for synonym in synonyms:
            if not key(synonym):
                raise TermsError(f"{place}: synonym {synonym!r} has no letter or digit; remove it.")
            terms.append(Term(key(synonym), label, curie, name, synonym, "lab", path.name, _lab_case(synonym)))
    return tuple(terms)


def read_stop_terms(path: Path) -> tuple[StopTerm, ...]:
    """A lab's stop terms. Raises :class:`TermsError` that names the row."""
    stops: list[StopTerm] = []
    for place, row in _rows(path, ("synonym", "reason")):
        if row["label"] and row["label"] not in LABELS:
            raise TermsError(
                f"{place}: unknown label {row['label']!r}; expected one of {', '.join(LABELS)}, or nothing."
            )
        if not key(row["synonym"]):
            raise TermsError(f"{place}: synonym {row['synonym']!r} has no letter or digit; give the text to stop.")
        if not row["reason"]:
            raise TermsError(f"{place}: the reason is empty; say why {row['synonym']!r} is stopped.")
        stops.append(StopTerm(key(row["synonym"]), row["synonym"], row["label"], row["reason"]))
    return tuple(stops)


def _check_curie(place: str, label: str, curie: str) -> None:
    prefixes = entity_type(label).prefixes + (("exomine",) if entity_type(label).may_mint else ())
    prefix, _, local = curie.partition(":")
    if curie and (prefix not in prefixes or not local or " " in curie):
        raise TermsError(
            f"{place}: CURIE {curie!r} of a {label}: expected {' or '.join(p + ':...' for p in prefixes)}."
        )


def _lab_case(synonym: str) -> str:
    """Short names and names in capitals are symbols; others are words."""
    letters = [c for c in synonym if c.isalpha()]
    return "symbol" if len(synonym) <= 5 or sum(c.isupper() for c in letters) * 2 > len(letters) else "any"


def _rows(path: Path, needed: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Rows of a term file as ``(place, row)``; the place names file and line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TermsError(
            f"{path}: cannot be read as UTF-8 text ({error}); check the path in the configuration."
        ) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    header = [(h or "").strip().lower() for h in reader.fieldnames or []]
    missing = [c for c in needed if c not in header]
    if missing:
        raise TermsError(f"{path.name}: column {', '.join(missing)} is missing; expected {', '.join(TERM_COLUMNS)}.")
    reader.fieldnames = header
    for row in reader:
        place = f"{path.name}, line {reader.line_num}"
        if None in row:
            raise TermsError(f"{place}: more cells than the header has columns; quote cells that hold a comma.")
        cells = {c: (row.get(c) or "").strip() for c in TERM_COLUMNS}
        if any(cells.values()):
            yield place, cells
