"""Statements by agent, drug, cancer and predicate: ``exomine.query``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from exomine.errors import UsageError
from exomine.questions.names import Wanted, predicate_names, wanted
from exomine.tables.ids import normalise_name
from exomine.tables.schema import ASSERTIONS, DECIDED_STATUSES, TIERS
from exomine.tables.store import Tables
from exomine.vocabulary.entities import LABELS
from exomine.vocabulary.predicates import AGENTS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["EVIDENCE_COLUMNS", "STATEMENT_COLUMNS", "evidence_of", "query"]

Names = str | Iterable[str]
#: Columns of an answer, one row a statement.
STATEMENT_COLUMNS = (
    "triple_id", "statement", "subject_name", "subject_label", "predicate", "object_name", "object_label",
    "cancer_name", "assertion",
    "n_documents", "n_primaries", "n_retracted", "n_citations", "score", "tier",
)  # fmt: skip
#: Columns of an answer, one row a sentence.
EVIDENCE_COLUMNS = (
    "triple_id", "statement", "sentence", "paper", "source_path", "page", "section", "citations", "assertion",
    "score", "tier",
    "evidence_id", "relation_id", "doc_id",
)  # fmt: skip


def query(
    tables: Tables,
    *,
    agent: Names = (),
    drug: Names = (),
    object: Names = (),
    cancer: Names = (),
    predicate: Names = (),
    assertion: Names = (),
    tier: Names = (),
    agent_type: Names = (),
    status: Names = (),
    sentences: bool = False,
) -> pd.DataFrame:
    """The statements that fit, in the order of the triples; with ``sentences`` one row a sentence.

    ``agent`` is what acts, ``drug`` and ``object`` what it acts on, ``cancer`` where; each is a name or an identifier,
    or several of which any may hold. A name stands for its synonyms, a cancer for its kinds, a miRNA without arm for
    its arms. ``predicate`` is a word such as "resistance". Of tables that decisions were carried out on
    (:func:`exomine.load_curated`) ``status`` is what people decided, and a column of the answer more. Raises
    :class:`~exomine.errors.UsageError` where a name is not known.
    """
    rows = tables.triples
    rows = _with_role(tables, rows, agent, role="subject", labels=AGENTS)
    rows = _with_role(tables, rows, drug, role="object", labels=("DRUG",))
    rows = _with_role(tables, rows, object, role="object", labels=LABELS)
    rows = _with_role(tables, rows, cancer, role="cancer", labels=("CANCER",))
    if words := _listed(predicate):
        rows = rows[rows["predicate"].isin([name for word in words for name in predicate_names(word)])]
    rows = _with_value(rows, "assertion", assertion, ASSERTIONS)
    rows = _with_value(rows, "tier", tier, TIERS)
    rows = _with_value(rows, "subject_label", agent_type, AGENTS, called="agent type")
    rows = _with_status(rows, status)
    if sentences:
        return evidence_of(tables, rows)
    return rows[[*STATEMENT_COLUMNS, *(c for c in ("status",) if c in rows.columns)]].reset_index(drop=True)


def _listed(names: Names) -> list[str]:
    return [names] if isinstance(names, str) and names else list(names)


def _with_role(tables: Tables, rows: pd.DataFrame, names: Names, *, role: str, labels: Sequence[str]) -> pd.DataFrame:
    asked = _listed(names)
    if not asked:
        return rows
    every = Wanted("")
    for name in asked:
        every = every | wanted(tables, name, role=role, labels=labels)
    if role == "object":
        rows = rows[rows["object_label"].isin(labels)]
    named = rows[f"{role}_name"].map(normalise_name, na_action="ignore")
    return rows[rows[f"{role}_curie"].isin(every.curies) | named.isin(every.names)]


def _with_value(
    rows: pd.DataFrame, column: str, values: Names, known: Sequence[str], *, called: str = ""
) -> pd.DataFrame:
    asked = _listed(values)
    if odd := [v for v in asked if v not in known]:
        raise UsageError(f"{called or column} {odd[0]!r} does not exist; choose from {', '.join(known)}.")
    return rows[rows[column].isin(asked)] if asked else rows


def _with_status(rows: pd.DataFrame, status: Names) -> pd.DataFrame:
    if _listed(status) and "status" not in rows.columns:
        raise UsageError("These tables are as they were extracted; exomine.load_curated gives those with a status.")
    if "rejected" in _listed(status):
        raise UsageError("Rejected statements are left out; triples.csv of the curated folder has them.")
    return _with_value(rows, "status", status, DECIDED_STATUSES)


def evidence_of(tables: Tables, triples: pd.DataFrame) -> pd.DataFrame:
    """The sentences behind some triples, in their order, with paper, page and citations."""
    papers = tables.documents[["doc_id", "source_path", "title"]]
    papers = papers.assign(paper=papers["title"].fillna(papers["source_path"]))
    found = triples[["triple_id", "statement"]].merge(tables.relations, on="triple_id", how="inner", sort=False)
    return found.merge(papers, on="doc_id", how="left", sort=False)[list(EVIDENCE_COLUMNS)]
