"""What a miRNA name means in miRBase, at the level that the text states.

An arm gives ``mirbase.mature:MIMAT...``; a name with one locus ``mirbase:MI...``; anything wider (several loci, a
family, a cluster, an arm of several matures, a star whose arm no source tells) a minted ``exomine:`` identifier whose
members the table lists. A name that the sources do not know gets no identifier. The table
``models/lexicon/mirna.parquet`` is made by
:mod:`exomine.vocabulary.build.mirbase`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from exomine.errors import ResourceError
from exomine.resources import lexicon_path

__all__ = ["COLUMNS", "Entry", "Mirbase", "MirnaName", "ground_mirna", "load_mirbase", "minted"]

#: The columns of mirna.parquet, all strings; ``members`` are CURIEs joined by ``;``.
COLUMNS = ("name", "curie", "entry", "status", "members", "source")


class MirnaName(Protocol):
    """What grounding reads of a mention (:class:`exomine.mirna.grammar.MirnaMention` has it)."""

    @property
    def name(self) -> str: ...
    @property
    def species(self) -> str: ...
    @property
    def elements(self) -> tuple[str, ...]: ...
    @property
    def is_cluster(self) -> bool: ...
    @property
    def is_unspecific(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the table: ``name`` with species prefix (``hsa-miR-21-5p``), ``entry`` the record's own current name.

    ``status`` is name, previous (an earlier name of the record), loci, family, arms, star or cluster (all of these
    minted).
    """

    name: str
    curie: str
    entry: str
    status: str
    members: tuple[str, ...]
    source: str


class Mirbase:
    """The table, by name. ``columns`` are Arrow arrays; a row becomes an :class:`Entry` only when it is asked for."""

    def __init__(self, columns: Mapping[str, Any]) -> None:
        self._columns = columns
        self._rows: dict[str, int] = {name: i for i, name in enumerate(columns["name"].to_pylist())}

    def __len__(self) -> int:
        return len(self._rows)

    def entry(self, name: str) -> Entry | None:
        """The entry of a normalised name with its species prefix (``hsa-miR-21``), or ``None``."""
        row = self._rows.get(name)
        if row is None:
            return None
        values = {c: self._columns[c][row].as_py() for c in COLUMNS}
        return Entry(**{**values, "members": tuple(filter(None, values["members"].split(";")))})

    def ground(self, mention: MirnaName) -> tuple[str, str]:
        """``(CURIE, name)`` of a mention. The CURIE is empty where nothing is known; the name has the prefix of its
        species also where only the text around told it, and none for human."""
        if mention.is_unspecific:
            return "exomine:mirna", mention.name
        key = self._key(mention)
        entry = self.entry(key)
        name = key.removeprefix("hsa-")
        if entry is not None:
            return entry.curie, name
        if mention.is_cluster and self.members(mention):
            return minted(key), name
        return "", name

    def _key(self, mention: MirnaName) -> str:
        """The name with its species: as miRBase writes plants (``ath-miR156a``) if only so it is known."""
        prefix = f"{mention.species}-" if mention.species else ""
        key = mention.name if mention.name.startswith(prefix) else prefix + mention.name
        glued = key.replace("-miR-", "-miR", 1)
        return glued if key not in self._rows and glued in self._rows else key

    def members(self, mention: MirnaName) -> tuple[str, ...]:
        """The CURIEs that a minted identifier stands for; of a cluster that is not listed, those of its elements if all
        are known.
        """
        entry = self.entry(self._key(mention))
        if entry is not None:
            return entry.members
        found = [self._element(mention.species, e) for e in mention.elements] if mention.is_cluster else []
        return tuple(e.curie for e in found if e is not None) if found and all(found) else ()

    def _element(self, species: str, element: str) -> Entry | None:
        return self.entry(f"{species}-{element}" if element.startswith("let-") else f"{species}-miR-{element}")


def minted(name: str) -> str:
    """The minted CURIE of a name with species prefix: ``hsa-miR-17-92 cluster`` is ``exomine:mir-17-92-cluster``."""
    slug = name.removeprefix("hsa-").lower().replace("*", "-star").replace(" ", "-")
    return f"exomine:{slug}"


def load_mirbase(path: Path | None = None) -> Mirbase:
    """Read the table (default: the shipped one); raises :class:`ResourceError` if it is missing or lacks a column."""
    import pyarrow.parquet as pq

    path = path or lexicon_path() / "mirna.parquet"
    if not path.exists():
        raise ResourceError(f"{path} not found; build it with python -m exomine.vocabulary.build.mirbase.")
    table = pq.read_table(path)
    missing = sorted(set(COLUMNS) - set(table.column_names))
    if missing:
        raise ResourceError(f"{path}: columns {', '.join(missing)} are missing; build it again.")
    return Mirbase({c: table.column(c).combine_chunks() for c in COLUMNS})


@lru_cache(maxsize=1)
def _shipped() -> Mirbase:
    return load_mirbase()


def ground_mirna(mention: MirnaName) -> tuple[str, str]:
    """``(CURIE, name)`` of a mention, from the shipped table (read on first use)."""
    return _shipped().ground(mention)
