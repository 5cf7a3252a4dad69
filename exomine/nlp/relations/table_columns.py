"""What the columns of a table hold, and what a row takes over from the rows above it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from exomine.document.model import Cell, Table
from exomine.nlp.relations.cues.table_cues import (
    AMOUNT_CELL,
    CHAIN,
    HEADER_DOWN,
    HEADER_ROLES,
    HEADER_UP,
    OF_CANCERS,
    SPONGED,
)  # fmt: skip
from exomine.vocabulary.entities import Role, labels

__all__ = ["column_roles", "filled", "header_rows", "headers_of", "is_heading"]

_SUBJECTS, _EVENTS = labels(Role.EXPRESSED), labels(Role.EVENT)
#: Shares of a column's cells that decide its role.
_MOST, _SOME = 0.5, 0.3
#: Columns in whose blank cells the cell above goes on.
_GOES_ON = ("subject", "cancer", "drug", "source", "class")
#: Columns that are no subjects whatever is named in them.
_NO_SUBJECTS = ("references", "target", "function")


def column_roles(table: Table, labels: Sequence[Sequence[Sequence[str]]] = ()) -> list[str]:
    """The role of each column, empty where it has none.

    ``labels[row][column]`` are the labels of the mentions in each cell of the body; they decide where headers do not.
    """
    headers = headers_of(table)
    roles = [next((role for role, p in HEADER_ROLES if re.search(p, h.lower())), "") for h in headers]
    counts = [_share(labels, c) for c in range(len(headers))]
    roles = [_role(r, count, h.lower()) for r, count, h in zip(roles, counts, headers, strict=True)]
    roles = [r or ("expression" if _says_amounts(table, c) else "") for c, r in enumerate(roles)]
    if "subject" not in roles:
        c = next((c for c, count in enumerate(counts) if _subjects_in(count) >= _SOME), None)
        if c is not None and roles[c] not in _NO_SUBJECTS and not _of_cancers(headers[c], counts[c]):
            roles[c] = "subject"
    roles = ["" if r == "subject" and _is_chain(h, roles) else r for h, r in zip(headers, roles, strict=True)]
    return _several_subjects(_sponged(roles, headers), counts, headers)


def headers_of(table: Table) -> list[str]:
    """The header of each column, its parts joined."""
    grid = table.grid()
    n = header_rows(table)
    out = []
    for c in range(table.n_columns):
        texts = [cell.text for row in grid[:n] if (cell := row[c]) is not None]
        out.append(" ".join(dict.fromkeys(texts)))
    return out


def header_rows(table: Table) -> int:
    """How many rows at the top are headers; one where none is marked."""
    marked = 0
    for row in table.grid():
        cells = [c for c in row if c is not None]
        if not cells or not all(c.header for c in cells):
            break
        marked += 1
    return marked or min(1, table.n_rows)


def is_heading(cells: Sequence[Cell | None]) -> bool:
    """Whether a row of the body is a heading over those below: one cell for all columns, or the first alone."""
    texts = [c.text.strip() if c is not None else "" for c in cells]
    return (
        len(texts) > 1
        and bool(texts[0])
        and set(texts[1:]) <= {"", texts[0]}
        and (len(set(texts)) == 1 or len(texts) > 2)
    )


def filled(rows: Sequence[Sequence[Cell | None]], roles: Sequence[str]) -> list[list[Cell | None]]:
    """The rows of the body, blank cells at their beginning filled with what stands above: "miR-7 | AD" and then
    " | HD" is said of miR-7 as well. Headings in the body end what goes on; a row of one cell, perhaps a heading or
    the rest of a line, takes nothing over."""
    above: list[Cell | None] = []
    out = []
    for cells in rows:
        row = list(cells)
        if is_heading(cells):
            above = []
        elif sum(bool(t.strip()) for t in {c.text for c in cells if c is not None}) > 1:
            for c, cell in enumerate(row[: len(above)]):
                if cell is not None and cell.text.strip():
                    break
                if roles[c] in _GOES_ON:
                    row[c] = above[c]
            above = row
        out.append(row)
    return out


def _role(header: str, count: Mapping[str, float], text: str) -> str:
    """A column's role by its header, unless the mentions in its cells say something else."""
    best = max(sorted(count), key=lambda label: count[label]) if count else ""
    if count.get("CANCER", 0) >= _MOST and header in ("", "subject", "source", "drug"):
        return "cancer"
    acts = header in ("", "cancer", "source", "drug") and not _of_cancers(text, count)
    if acts and _subjects_in(count) >= _MOST:
        return "subject"
    if header:
        return header
    if best == "DRUG" and count["DRUG"] >= _MOST:
        return "drug"
    return "function" if best in _EVENTS and count[best] >= _SOME else ""


def _of_cancers(header: str, count: Mapping[str, float]) -> bool:
    """Whether a column lists cancers whatever its words are taken for: "Breast"; microRNAs may stand below anything."""
    return bool(re.search(OF_CANCERS, header.lower())) and count.get("MIRNA", 0) < _SOME


def _subjects_in(count: Mapping[str, float]) -> float:
    return max(count.get(label, 0) for label in _SUBJECTS)


def _says_amounts(table: Table, column: int) -> bool:
    """Whether most cells of a column say more or less and nothing else."""
    cells = [row[column] for row in table.grid()[header_rows(table) :]]
    texts = [c.text.strip().lower() for c in cells if c is not None and c.text.strip()]
    return bool(texts) and sum(bool(re.fullmatch(AMOUNT_CELL, t)) for t in texts) / len(texts) >= _MOST


def _is_chain(header: str, roles: Sequence[str]) -> bool:
    """Whether a column of names tells a chain or pathway ("miR-7/PTEN") beside the column of those that act."""
    return bool(re.search(CHAIN, header.lower())) and roles.count("subject") > 1


def _sponged(roles: Sequence[str], headers: Sequence[str]) -> list[str]:
    """Columns of microRNAs that another RNA takes up are targets."""
    others = any(r == "subject" and not re.search(SPONGED, h.lower()) for r, h in zip(roles, headers, strict=True))
    return [
        "target" if r == "subject" and others and re.search(SPONGED, h.lower()) else r
        for r, h in zip(roles, headers, strict=True)
    ]


def _several_subjects(roles: list[str], counts: Sequence[dict[str, float]], headers: Sequence[str]) -> list[str]:
    """Of two subject columns the one without mentions is a class name ("Proteins | Name"), the other the subjects;
    columns of what is more and what is less are both subjects."""
    subjects = [c for c, r in enumerate(roles) if r == "subject"]
    if len(subjects) > 1:
        weight = {c: counts[c].get("MIRNA", 0) + counts[c].get("PROTEIN", 0) if counts[c] else 0.0 for c in subjects}
        best = max(subjects, key=lambda c: (weight[c], c))
        for c in subjects:
            if c != best and weight[c] < 0.5 and not re.search(f"{HEADER_UP}|{HEADER_DOWN}", headers[c].lower()):
                roles[c] = "class"
    return roles


def _share(labels: Sequence[Sequence[Sequence[str]]], column: int) -> dict[str, float]:
    """Share of the body's rows whose cell in ``column`` holds a mention of each label."""
    counts: dict[str, float] = {}
    rows = [row[column] for row in labels if column < len(row)]
    for cell in rows:
        for label in set(cell):
            counts[label] = counts.get(label, 0) + 1
    return {label: n / len(rows) for label, n in counts.items()} if rows else {}
