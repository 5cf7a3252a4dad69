"""The lexicon looked up by people: an identifier by its name or by any synonym, and what an identifier means."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from exomine.resources import lexicon_path
from exomine.vocabulary.normal import key
from exomine.vocabulary.terms import STATUSES

__all__ = ["Found", "Lookup", "shipped_lookup"]

_HUMAN = "hsa-"
#: How many names are compared in the finest way; a single letter has tens of thousands.
_LOOKED_AT = 4000


@dataclass(frozen=True, slots=True)
class Found:
    """One entity; ``synonym`` is the name by which it was found."""

    curie: str
    label: str
    name: str
    synonym: str


#: curie, label, name, synonym, status, normal form of the synonym
Row = tuple[str, str, str, str, str, str]


class Lookup:
    """Names of entities, in one order; a name is found in some hundredths of a second."""

    def __init__(self, rows: Iterable[Row], *, used: Mapping[str, int] | None = None) -> None:
        """``used`` tells how often an identifier is met: those that are come first."""
        import pyarrow as pa

        self._rows = [row for row in rows if row[0]]
        self._keys = pa.array([row[5] for row in self._rows], pa.string())
        self._used = used or {}
        self._by_curie: dict[str, Row] = {}
        for row in self._rows:
            kept = self._by_curie.setdefault(row[0], row)
            if row[3] == row[2] != kept[3]:
                self._by_curie[row[0]] = row  # the name itself
        self._by_folded = {curie.casefold(): curie for curie in self._by_curie}

    def using(self, used: Mapping[str, int]) -> Lookup:
        """The same names, with other identifiers first."""
        other = copy.copy(self)
        other._used = used
        return other

    def entity(self, curie: str) -> Found | None:
        """What an identifier means; ``None`` where it is not known."""
        row = self._by_curie.get(curie)
        return Found(*row[:4]) if row else None

    def search(self, text: str, *, labels: Sequence[str] = (), limit: int = 12) -> list[Found]:
        """Entities by an identifier or a part of a name, the likeliest first; each once."""
        wanted = " ".join(text.split())
        direct = self._by_curie.get(self._by_folded.get(wanted.casefold(), ""))
        rows = [*([direct] if direct else []), *self._ranked(key(wanted), labels)]
        first: dict[str, Row] = {}
        for row in rows:
            first.setdefault(row[0], row)
        return [Found(*row[:4]) for row in list(first.values())[:limit]]

    def near(self, curie: str, *, labels: Sequence[str] = (), limit: int = 3) -> list[Found]:
        """What somebody may have meant who wrote an identifier that is not known."""
        plain = re.sub(r"\s*[:_]\s*", ":", curie.strip()).casefold()
        meant = self.entity(self._by_folded.get(plain, ""))
        return [meant] if meant else self.search(curie.partition(":")[2] or curie, labels=labels, limit=limit)

    def _ranked(self, wanted: str, labels: Sequence[str]) -> list[Row]:
        """Rows whose names hold ``wanted`` at the beginning of a word, the best first."""
        if not wanted:
            return []
        import pyarrow.compute as pc

        inside = pc.indices_nonzero(pc.match_substring_regex(self._keys, rf"(?:^| ){re.escape(wanted)}")).to_pylist()
        rows = (self._rows[i] for i in inside)
        fitting = [row for row in rows if not labels or row[1] in labels]
        return sorted(fitting[:_LOOKED_AT], key=lambda row: self._rank(row, wanted))

    def _rank(self, row: Row, wanted: str) -> tuple[int, int, int, int, str]:
        return _closeness(row[5], wanted), -self._used.get(row[0], 0), len(row[5]), STATUSES.index(row[4]), row[0]


def _closeness(name: str, wanted: str) -> int:
    """0 for the name itself, then one that begins with it as a word, one that begins with it, one that has it
    within."""
    if name == wanted:
        return 0
    if name.startswith(f"{wanted} "):
        return 1
    return 2 if name.startswith(wanted) else 3


@lru_cache(maxsize=1)
def shipped_lookup() -> Lookup:
    """The shipped lexicon with its miRNAs; made once, in a second or two."""
    folder = lexicon_path()
    return Lookup([*_rows(folder / "terms.parquet", _TERMS), *_mirnas(folder)])


_TERMS = ("curie", "label", "name", "synonym", "status", "key")
_TOKEN = re.compile(r"[a-z]+|[0-9]+")


def _rows(path: Path, columns: Sequence[str]) -> Iterator[Any]:
    import pyarrow.parquet as pq

    table: Any = pq.read_table(path, columns=list(columns))
    return zip(*(table.column(name).to_pylist() for name in columns), strict=True)


def _mirnas(folder: Path) -> Iterator[Row]:
    """The miRNAs: human ones are called without the prefix of their species. Their names are plain, and so is their
    normal form."""
    for name, curie, entry, status in _rows(folder / "mirna.parquet", ("name", "curie", "entry", "status")):
        called = name.removeprefix(_HUMAN)
        sure = "previous" if status == "previous" else "name"
        yield curie, "MIRNA", entry.removeprefix(_HUMAN), called, sure, " ".join(_TOKEN.findall(called.lower()))
