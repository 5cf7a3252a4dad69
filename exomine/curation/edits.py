"""Decisions carried out: edited triples, and sentences that were rejected or edited one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
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

__all__ = [
    "Names",
    "check_edit",
    "collated",
    "edited",
    "edited_away",
    "joins",
    "said_now",
    "said_of_sentences",
    "slots_edited",
    "with_sentence_decisions",
]

Record = dict[str, Any]


class Names:
    """Label and canonical name of an identifier: from the tables, else from the lexicon."""

    def __init__(self, tables: Tables) -> None:
        counts: dict[str, Counter[tuple[str, str]]] = {}
        for columns in (("curie", "label", "name"),):
            known = tables.mentions[list(columns)].dropna()
            for curie, label, name in known.itertuples(index=False):
                counts.setdefault(curie, Counter())[label, name] += 1
        self._known: dict[str, tuple[str, str] | None] = {
            curie: min(c, key=lambda k: (-c[k], k)) for curie, c in counts.items()
        }

    def of(self, curie: str, *, label: str) -> tuple[str, str]:
        """``(label, name)``; ``label`` is what it is taken for where nothing is known."""
        return self.known(curie) or (label, curie)

    def known(self, curie: str) -> tuple[str, str] | None:
        """``(label, name)``, or ``None`` for an identifier that neither the tables nor the lexicon have."""
        if curie not in self._known:
            self._known[curie] = _from_lexicon(curie)
        return self._known[curie]


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


#: What may stand in a slot besides what the predicate says.
_SLOTS = ("subject", "object", "cancer")


def check_edit(row: Mapping[str, Any], changes: Mapping[str, str], names: Names) -> None:
    """Raise :class:`CurationError` where an edit names what nobody knows, or what the predicate does not go with.

    ``row`` is the triple or relation that is edited.
    """
    for role in _SLOTS:
        value = changes.get(f"{role}_curie", "")
        if value and value != NONE:
            _check_identifier(role, value, names)
    slots_edited(row, changes, names)


def _check_identifier(role: str, value: str, names: Names) -> None:
    found = names.known(value)
    if found is None:
        raise CurationError(f"{role}_curie {value!r} is not in the lexicon{_near(role, value)}")
    if role == "cancer" and found[0] != "CANCER":
        raise CurationError(f"cancer_curie {value!r} is {found[1]}, a {found[0]}; give a CANCER, or 'none'.")


def _near(role: str, value: str) -> str:
    """What may have been meant, as the end of a message."""
    from exomine.vocabulary.lookup import shipped_lookup

    found = shipped_lookup().near(value, labels=("CANCER",) if role == "cancer" else ())
    told = " or ".join(f"{f.curie}, {f.name}" for f in found)
    return f": did you mean {told}?" if told else "; look it up with `exomine curate`."


def edited(row: Mapping[str, Any], changes: Mapping[str, str], names: Names) -> Record:
    """The triple with an edit carried out; its ``triple_id`` stays."""
    out = slots_edited(row, changes, names)
    out["predicate_curie"] = predicate(out["predicate"]).curie
    out["statement"] = statement(
        out["subject_name"], out["predicate"], out["object_name"],
        object_label=out["object_label"], cancer=out["cancer_name"] or "", assertion=out["assertion"],
    )  # fmt: skip
    return out


def slots_edited(row: Mapping[str, Any], changes: Mapping[str, str], names: Names) -> Record:
    """A triple or relation with the slots of an edit; raises :class:`CurationError` where its predicate does not go
    with them."""
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
    if acting(row["object_label"]) not in known.objects or acting(row["subject_label"]) not in known.subjects:
        raise CurationError(
            f"The edit of {row['triple_id']} gives {row['subject_label']} {row['predicate']} "
            f"{row['object_label']}; {known.name} "
            f"goes from {', '.join(known.subjects)} to {', '.join(known.objects)}. Edit the identifiers too, or "
            f"choose another predicate."
        )


def joins(rows: Iterable[Mapping[str, Any]], decisions: Decisions, names: Names) -> dict[str, str]:
    """The triples that say after their edit what another one says, each with the one that it is counted into.

    That is the triple that was found so, else the first of those that were edited so.
    """
    known = {r["triple_id"]: r for r in rows}
    edits = {key: d for key, d in decisions.by_triple.items() if d.decision == "edit" and key in known}
    hosts = {key: key for key in known if key not in edits}
    out = {}
    for key in (k for k in known if k in edits):
        said = rehash(slots_edited(known[key], dict(edits[key].changes), names))
        host = hosts.setdefault(said, key)
        if host != key:
            out[key] = host
    return out


def with_sentence_decisions(tables: Tables, decisions: Decisions, joined: Mapping[str, str]) -> list[Record]:
    """The relations that are left when single sentences were rejected, or say something else when edited.

    Those of a triple that is counted into another one (:func:`joins`) have its id.
    """
    names = Names(tables)
    kept = []
    for row in records(tables.relations):
        decision = decisions.by_evidence.get((row["triple_id"], row["evidence_id"]))
        host = joined.get(row["triple_id"])
        row = {**row, "extracted_as": row["triple_id"]}
        if decision and decision.decision == "reject":
            continue
        if decision and decision.decision == "edit":
            row = slots_edited(row, dict(decision.changes), names)
            row["triple_id"] = rehash(row)
            host = joined.get(row["triple_id"])
        if host:  # what says something else since somebody edited it, be it found so or by an edit of this sentence
            row = {**slots_edited(row, dict(decisions.by_triple[row["triple_id"]].changes), names), "triple_id": host}
        kept.append(row)
    return kept


def said_now(relation: Mapping[str, Any], changes: Mapping[str, str], names: Names) -> Record:
    """What a sentence says after its edit, with the id and the statement of that triple."""
    out = edited(relation, changes, names)
    return {**out, "triple_id": rehash(out)}


def edited_away(
    found: Iterable[Mapping[str, Any]], relations: Iterable[Mapping[str, Any]]
) -> dict[str, tuple[str, ...]]:
    """The triples of which every sentence was edited to say something else, each with those that they count for now.

    ``found`` are the relations of the extraction, ``relations`` what :func:`with_sentence_decisions` left of them.
    """
    left = Counter(r["triple_id"] for r in found)
    now: dict[str, set[str]] = {}
    for row in relations:
        left[row["extracted_as"]] -= 1
        now.setdefault(row["extracted_as"], set()).add(row["triple_id"])
    said = {key for into in now.values() for key in into}
    return {key: tuple(sorted(into)) for key, into in sorted(now.items()) if not left[key] and key not in said}


def said_of_sentences(rows: Iterable[Mapping[str, Any]], decisions: Decisions) -> dict[str, str]:
    """The status that triples have from decisions on single sentences: one is accepted, or reads so after its edit.

    ``rows`` have the columns triple_id, extracted_as and evidence_id.
    """
    found: dict[str, str] = {}
    for row in rows:
        decision = decisions.by_evidence.get((row.get("extracted_as") or row["triple_id"], row["evidence_id"]))
        if decision and decision.decision == "accept":
            found.setdefault(row["triple_id"], "accepted")
        elif decision and decision.decision == "edit":
            found[row["triple_id"]] = "edited"
    return found


def collated(tables: Tables, relations: Iterable[Mapping[str, Any]]) -> list[Record]:
    """The triples over relations of these tables."""
    rows = (tuple(r[c] for c in column_names("relations")) for r in relations)
    found = collate(_tuples(tables, "documents"), rows, _tuples(tables, "references"))
    return [dict(zip(column_names("triples"), r, strict=True)) for r in found]


def _tuples(tables: Tables, name: str) -> list[tuple[Any, ...]]:
    return [tuple(r.values()) for r in records(tables[name])]
