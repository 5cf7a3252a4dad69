"""Decisions carried out: edited triples, and sentences that were rejected or edited one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from exomine.curation.decisions import NONE, Decisions
from exomine.errors import CurationError
from exomine.tables.collate import collate, rehash
from exomine.tables.dataframes import records
from exomine.tables.schema import column_names
from exomine.tables.statement import statement
from exomine.tables.store import Tables
from exomine.vocabulary.entities import acting
from exomine.vocabulary.predicates import predicate

__all__ = ["Names", "edited", "with_sentence_decisions"]

Record = dict[str, Any]


class Names:
    """Label and canonical name of an identifier: from the tables, else from the lexicon, else the identifier itself."""

    def __init__(self, tables: Tables) -> None:
        counts: dict[str, Counter[tuple[str, str]]] = {}
        for columns in (("curie", "label", "name"),):
            known = tables.mentions[list(columns)].dropna()
            for curie, label, name in known.itertuples(index=False):
                counts.setdefault(curie, Counter())[label, name] += 1
        self._known = {curie: min(c, key=lambda k: (-c[k], k)) for curie, c in counts.items()}

    def of(self, curie: str, *, label: str) -> tuple[str, str]:
        """``(label, name)``; ``label`` is what it is taken for where nothing is known."""
        return self._known.get(curie) or _from_lexicon(curie) or (label, curie)


def _from_lexicon(curie: str) -> tuple[str, str] | None:
    """Label and preferred name of an identifier in the shipped lexicon, or ``None``."""
    import pyarrow.parquet as pq

    from exomine.errors import ResourceError
    from exomine.resources import lexicon_path

    try:
        files = sorted(lexicon_path().glob("*.parquet"))
    except ResourceError:
        return None
    for file in files:
        if {"curie", "name"} <= set(pq.read_schema(file).names):
            rows = pq.read_table(file, filters=[("curie", "=", curie)]).slice(0, 1).to_pylist()
            if rows:  # the table of miRNAs has no labels, and names of human ones with their prefix
                return str(rows[0].get("label", "MIRNA")), str(rows[0]["name"]).removeprefix("hsa-")
    return None


def edited(row: Mapping[str, Any], changes: Mapping[str, str], names: Names) -> Record:
    """The triple with an edit carried out; its ``triple_id`` stays."""
    out = _with_slots(row, changes, names)
    out["predicate_curie"] = predicate(out["predicate"]).curie
    out["statement"] = statement(
        out["subject_name"], out["predicate"], out["object_name"],
        object_label=out["object_label"], cancer=out["cancer_name"] or "", assertion=out["assertion"],
    )  # fmt: skip
    return out


def _with_slots(row: Mapping[str, Any], changes: Mapping[str, str], names: Names) -> Record:
    out = dict(row)
    for column, value in changes.items():
        if column in ("predicate", "assertion"):
            out[column] = value
        elif column == "cancer_curie" and value == NONE:
            out["cancer_curie"] = out["cancer_name"] = None
        else:
            role = column.removesuffix("_curie")
            label, name = names.of(value, label="CANCER" if role == "cancer" else out[f"{role}_label"])
            out[column], out[f"{role}_name"] = value, name
            if role != "cancer":
                out[f"{role}_label"] = label
    _check_signature(out)
    return out


def _check_signature(row: Mapping[str, Any]) -> None:
    known = predicate(row["predicate"])
    if row["object_label"] not in known.objects or acting(row["subject_label"]) not in known.subjects:
        raise CurationError(
            f"The edit of triple {row['triple_id']} gives {row['subject_label']} {row['predicate']} {row['object_label']}; {known.name} "
            f"goes from {', '.join(known.subjects)} to {', '.join(known.objects)}. Edit the identifiers too, or choose another predicate."
        )


def with_sentence_decisions(tables: Tables, decisions: Decisions) -> list[Record]:
    """The triples over the relations that are left when single sentences were rejected, or say something else when edited."""
    names = Names(tables)
    kept = []
    for row in records(tables.relations):
        decision = decisions.by_evidence.get((row["triple_id"], row["evidence_id"]))
        if decision and decision.decision == "reject":
            continue
        if decision and decision.decision == "edit":
            row = _with_slots(row, dict(decision.changes), names)
            row["triple_id"] = rehash(row)
        kept.append(tuple(row[c] for c in column_names("relations")))
    rows = collate(_tuples(tables, "documents"), kept, _tuples(tables, "references"))
    return [dict(zip(column_names("triples"), r, strict=True)) for r in rows]


def _tuples(tables: Tables, name: str) -> list[tuple[Any, ...]]:
    return [tuple(r.values()) for r in records(tables[name])]
