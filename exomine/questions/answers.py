"""The three questions that everybody asks: who makes resistant to a drug, what an agent does, and what contradicts
what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from exomine.questions.query import Names, query
from exomine.tables.dataframes import records
from exomine.tables.ids import entity_key
from exomine.tables.store import Tables
from exomine.vocabulary.predicates import PREDICATES, predicate

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["contradictions", "effects", "resistance"]

Record = Mapping[str, Any]
_WEIGHTS = ("n_documents", "n_primaries", "n_retracted", "n_citations", "score", "tier", "triple_id")


def resistance(tables: Tables, drug: Names, *, cancer: Names = (), agent_type: Names = "MIRNA") -> pd.DataFrame:
    """Which agents are reported for resistance to a drug, in which cancer, by how many papers and primaries.

    ``agent_type`` is a label such as MIRNA or PROTEIN; an empty one takes all. Only what is asserted counts.
    """
    found = query(tables, drug=drug, cancer=cancer, predicate="resistance", assertion="asserted", agent_type=agent_type)
    shown = found.rename(columns={"subject_name": "agent", "object_name": "drug", "cancer_name": "cancer"})
    return _by_weight(shown[["agent", "drug", "cancer", *_WEIGHTS]], "agent")


def effects(tables: Tables, agent: Names, *, cancer: Names = ()) -> pd.DataFrame:
    """What an agent does: its statements, those of most papers and primaries first."""
    found = query(tables, agent=agent, cancer=cancer)
    shown = found.rename(columns={"subject_name": "agent", "object_name": "object", "cancer_name": "cancer"})
    return _by_weight(
        shown[["agent", "predicate", "object", "cancer", "assertion", "statement", *_WEIGHTS]], "statement"
    )


def _by_weight(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    columns = ["n_documents", "n_primaries", "score", name, "triple_id"]
    return rows.sort_values(columns, ascending=[False, False, False, True, True]).reset_index(drop=True)


def contradictions(tables: Tables, *, across_cancers: bool = False, **asked: Names) -> pd.DataFrame:
    """Pairs of statements that cannot both hold: resistance and sensitivity, up and down, said and denied.

    Both must be about the same cancer, or both about none, unless ``across_cancers``. What is only supposed does not
    count. ``asked`` are names as :func:`exomine.query` takes them.
    """
    import pandas as pd

    chosen = set(query(tables, **asked)["triple_id"])  # type: ignore[arg-type]
    groups: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for row in records(tables.triples):
        if row["assertion"] != "speculative" and row["triple_id"] in chosen:
            groups[_topic(row, across_cancers)].append(row)
    rows = [_pair(one, other) for group in groups.values() for one, other in _opposed(group)]
    rows.sort(key=lambda r: (-min(r["n_primaries"], r["n_primaries_against"]), r["statement"], r["against"]))
    return pd.DataFrame(rows, columns=list(_PAIR_COLUMNS))


def _topic(row: Record, across_cancers: bool) -> tuple[str, ...]:
    """What two statements have in common that contradict each other."""
    subject, object_ = (
        entity_key(row[f"{role}_curie"] or "", row[f"{role}_label"], row[f"{role}_name"])
        for role in ("subject", "object")
    )
    cancer = entity_key(row["cancer_curie"] or "", "CANCER", row["cancer_name"] or "")
    return subject, _AXES[row["predicate"]], object_, "" if across_cancers else cancer


def _axes() -> Iterator[tuple[str, str]]:
    """Each predicate with the first of the two that it and its opposite are."""
    order = [p.name for p in PREDICATES]
    for p in PREDICATES:
        yield p.name, min((p.name, _opposite(p.name) or p.name), key=order.index)


def _opposite(name: str) -> str:
    """The predicate that says the contrary, also where losing the subject does not make it so ("increased in")."""
    own = predicate(name)
    turned = {"increased": "decreased", "decreased": "increased"}.get(own.direction, "")
    same = (p.name for p in PREDICATES if turned and (p.curie, p.direction) == (own.curie, turned))
    return own.opposite or next(same, "")


_AXES = dict(_axes())


def _sign(row: Record) -> bool:
    """On which side of its axis a statement stands."""
    return bool(_AXES[row["predicate"]] == row["predicate"]) == bool(row["assertion"] == "asserted")


def _opposed(group: Sequence[Record]) -> Iterator[tuple[Record, Record]]:
    for one in group:
        if _sign(one):
            yield from ((one, other) for other in group if not _sign(other))


#: Columns of a contradiction.
_PAIR_COLUMNS = (
    "statement", "against", "n_documents", "n_documents_against", "n_primaries", "n_primaries_against", "score",
    "score_against",
    "triple_id", "triple_id_against",
)  # fmt: skip


def _pair(one: Record, other: Record) -> dict[str, Any]:
    pair = {"statement": one["statement"], "against": other["statement"]}
    for column in ("n_documents", "n_primaries", "score", "triple_id"):
        pair |= {column: one[column], f"{column}_against": other[column]}
    return pair
