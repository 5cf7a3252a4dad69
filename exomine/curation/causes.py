"""Why a statement is no longer found in a paper that was read: told by how far its sentence still comes.

A sentence is read as text, names are found in it, and the statement is read from the names. Which of these steps stops
short now the tables show; which of lexicon, models and rules is another one than at the last refresh ``run.json``
tells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from exomine.curation.schema import CAUSES
from exomine.tables.dataframes import records
from exomine.tables.ids import normalise_name, normalise_sentence
from exomine.tables.store import Tables

__all__ = ["Causes", "made_with"]

Record = Mapping[str, Any]
_ROLES = ("subject", "object", "cancer")
_READ_FROM = ("subject", "object")
#: Of what makes an extraction, with the cause that it is when it changed; the first that changed counts.
_OF_NAMES = (("lexicon", "lexicon"), ("model", "model"), ("code", "rule"), ("pipeline", "rule"))
_OF_RELATIONS = (("relation_model", "model"), ("code", "rule"), ("pipeline", "rule"), ("model", "model"))
#: How far a sentence came: the causes, those of a sentence that came far last.
_FAR = tuple(CAUSES)


def made_with(run: Mapping[str, Any]) -> dict[str, str]:
    """The hashes of code, pipeline, models and lexicon that ``run.json`` tells."""
    told = run.get("hashes")
    known = told if isinstance(told, dict) else {}
    return {name: value for name, value in sorted(known.items()) if isinstance(value, str)}


class Causes:
    """The steps that the sentences of these tables come through; ``was`` and ``now`` are :func:`made_with` of the
    last refresh and of this extraction."""

    def __init__(self, tables: Tables, *, was: Mapping[str, str], now: Mapping[str, str]) -> None:
        self._tables = tables
        self._other = {name for name in now if name in was and was[name] != now[name]}

    def of(self, evidence: Iterable[Record]) -> tuple[str, str]:
        """The cause and what is told of it, for the sentence among ``evidence`` that still comes farthest."""
        found = [self._of_sentence(row) for row in evidence if row.get("sentence")]
        return max(found, key=lambda f: _FAR.index(f[0]), default=("unknown", ""))

    def _of_sentence(self, row: Record) -> tuple[str, str]:
        ids = self._sentences[row["paper_id"]].get(normalise_sentence(row["sentence"]), [])
        if not ids:
            return "text", "its sentence does not stand in the text as it is read now"
        seen = {normalise_name(text) for sentence in ids for text in self._names.get(sentence, ())}
        for role in _ROLES:
            words = row.get(f"{role}_text") or ""
            if words and normalise_name(words) not in seen:
                return self._first(_OF_NAMES), f"its sentence is there, but {words!r} is not seen as a name in it"
        return self._of_relation(row, ids)

    def _of_relation(self, row: Record, ids: Sequence[str]) -> tuple[str, str]:
        words = [normalise_name(row.get(f"{role}_text") or "") for role in _READ_FROM]
        for now in (r for sentence in ids for r in self._relations.get(sentence, ())):
            if [normalise_name(now[f"{role}_text"]) for role in _READ_FROM] == words:
                same = (now["predicate"], now["assertion"]) == (row.get("predicate"), row.get("assertion"))
                told = self._statements.get(now["triple_id"], "something else")
                return self._first(_OF_NAMES if same else _OF_RELATIONS), f"its sentence is now read as {told}"
        gates = sorted({gate for sentence in ids for gate in self._unread.get(sentence, ())})
        told = f" ({', '.join(gates)})" if gates else ""
        return self._first(_OF_RELATIONS), f"sentence and names are there, but nothing is read from them{told}"

    def _first(self, order: Sequence[tuple[str, str]]) -> str:
        return next((cause for name, cause in order if name in self._other), "unknown")

    @cached_property
    def _sentences(self) -> dict[str, dict[str, list[str]]]:
        """The sentence_ids of each text of a paper."""
        documents = self._tables.documents
        papers = dict(zip(documents["doc_id"], documents["paper_id"], strict=True))
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        rows = self._tables.sentences
        for sentence, doc, text in zip(rows["sentence_id"], rows["doc_id"], rows["text"], strict=True):
            found[papers[doc]][normalise_sentence(text)].append(sentence)
        return found

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        return _grouped(self._tables.mentions, "text")

    @cached_property
    def _unread(self) -> dict[str, list[str]]:
        return _grouped(self._tables.unread, "gate")

    @cached_property
    def _relations(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = defaultdict(list)
        for row in records(self._tables.relations):
            found[row["sentence_id"]].append(row)
        return found

    @cached_property
    def _statements(self) -> dict[str, str]:
        rows = self._tables.triples
        return dict(zip(rows["triple_id"], rows["statement"], strict=True))


def _grouped(rows: Any, column: str) -> dict[str, list[str]]:
    """The values of a column for each sentence."""
    found: dict[str, list[str]] = defaultdict(list)
    for sentence, value in zip(rows["sentence_id"], rows[column], strict=True):
        found[sentence].append(value)
    return found
