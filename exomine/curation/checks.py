"""Decisions held against what there is: ids that never existed, edits that name what nobody knows."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from exomine.curation.decisions import Decision, Decisions
from exomine.curation.edits import Names, check_edit
from exomine.errors import CurationError

__all__ = ["check_edits", "check_ids", "check_sentences"]

Record = Mapping[str, Any]


def check_ids(path: Path, decisions: Decisions, known: Mapping[str, str]) -> None:
    """Raise :class:`CurationError` for a triple that no extraction is known to have found, naming its line.

    ``known`` gives what each triple said. A row that tells its statement is believed: the tables may be gone that had
    it.
    """
    for d in sorted(decisions.rows, key=lambda d: d.line):
        if d.triple_id not in known and not d.statement:
            near = difflib.get_close_matches(d.triple_id, known, n=1, cutoff=0.85)
            meant = f"Did you mean {near[0]} ({known[near[0]] or 'unknown'})?" if near else "Copy it from triples.csv."
            raise CurationError(f"{path}, line {d.line}: no extraction has found a triple {d.triple_id}. {meant}")


def check_sentences(
    path: Path, decisions: Decisions, sentences: Mapping[tuple[str, str], Record], known: Collection[tuple[str, str]]
) -> None:
    """Raise :class:`CurationError` for a decision about a sentence of another triple, or of none, naming its line.

    ``sentences`` are those of the tables, ``known`` further pairs of triple and evidence_id that once were. A row that
    tells its statement is believed, as in :func:`check_ids`.
    """
    now = {evidence: triple for triple, evidence in sorted(sentences)}
    owners = {evidence: triple for triple, evidence in sorted(known)} | now
    for d in sorted(decisions.rows, key=lambda d: d.line):
        if not d.evidence_id or d.key in sentences or d.key in known:
            continue
        place = f"{path}, line {d.line}"
        if d.evidence_id in now or (d.evidence_id in owners and not d.statement):
            raise CurationError(
                f"{place}: {d.evidence_id} is no sentence of {d.triple_id}, but of {owners[d.evidence_id]}. Copy both "
                f"from one row of relations.csv."
            )
        if not d.statement:
            raise CurationError(f"{place}: {_no_sentence(d, sentences, known)}")


def _no_sentence(d: Decision, sentences: Mapping[tuple[str, str], Record], known: Collection[tuple[str, str]]) -> str:
    """What is wrong with an evidence_id that nobody has, and what may have been meant: one of the triple first."""
    every = sorted({*sentences, *known})
    own = [evidence for triple, evidence in every if triple == d.triple_id]
    near = difflib.get_close_matches(d.evidence_id, own, n=1, cutoff=0.6)
    near = near or difflib.get_close_matches(d.evidence_id, [evidence for _, evidence in every], n=1, cutoff=0.85)
    meant = "Copy it from relations.csv; if the sentence was there once, fill the column statement."
    if near:
        having = (key for key in every if key[1] == near[0])
        triple, evidence = min(having, key=lambda key: (key[0] != d.triple_id, key))
        row = sentences.get((triple, evidence))
        told = f' ("{textwrap.shorten(row["sentence"], 60)}")' if row else ""
        of = "" if triple == d.triple_id else f", a sentence of {triple}"
        meant = f"Did you mean {evidence}{told}{of}? " + meant
    return f"no extraction has found a sentence {d.evidence_id} of {d.triple_id}. {meant}"


def check_edits(path: Path, decisions: Decisions, row_of: Callable[[Decision], Record | None], names: Names) -> None:
    """Raise :class:`CurationError` for an edit in force that cannot be, naming its line; ``row_of`` gives what is
    edited."""
    for d in sorted((*decisions.by_triple.values(), *decisions.by_evidence.values()), key=lambda d: d.line):
        row = row_of(d) if d.decision == "edit" else None
        if row is None or not row["predicate"]:
            continue
        try:
            check_edit(row, dict(d.changes), names)
        except CurationError as error:
            raise CurationError(f"{path}, line {d.line}: {error}") from None
