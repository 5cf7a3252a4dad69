"""What a name in a question stands for: synonyms, kinds of a cancer, arms and members of a miRNA.

A name is looked up in the lexicon, then among the names of the tables, then among what is written in the papers
("DDP"). A cancer stands for all its kinds (DOID, Mondo), a miRNA without an arm for both of its arms, a family or
cluster for its members.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from exomine.errors import UsageError
from exomine.mirna import parse
from exomine.resources import lexicon_path
from exomine.tables.ids import normalise_name
from exomine.tables.store import Tables
from exomine.vocabulary.classes import narrower
from exomine.vocabulary.mirbase import ground_mirna
from exomine.vocabulary.normal import key
from exomine.vocabulary.predicates import PREDICATES
from exomine.vocabulary.terms import STATUSES

__all__ = ["Wanted", "predicate_names", "wanted"]

_CURIE = re.compile(r"[a-z][a-z.]*:\S+")
#: What makes the name of a cancer of an organ: "gastric" is asked for, "gastric cancer" is in the lexicon.
_CANCER_HEADS = ("", " cancer", " carcinoma", " tumor")
_MIRBASE = re.compile(r"mirbase(?:\.mature)?:MI(?:MAT)?\d{7}")
#: Beside a miRNA's name: anything but a word for what it is.
_MORE = re.compile(
    r"(?<![^\W_])(?!(?:human|mature|exosomal|hsa|the|gene|family|cluster|micrornas?|mirnas?)\b)[^\W_]{2,}|;", re.I
)
_ARMS = ("-5p", "-3p")
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What counts as the name asked for: identifiers, and normalised names for rows that have none."""

    asked: str
    curies: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def __or__(self, other: Wanted) -> Wanted:
        return Wanted(self.asked, self.curies | other.curies, self.names | other.names)

    def __bool__(self) -> bool:
        return bool(self.curies or self.names)


def wanted(tables: Tables, name: str, *, role: str, labels: Sequence[str]) -> Wanted:
    """What ``name`` stands for among entities of ``labels``; ``role`` is the column of the triples: subject, object or
    cancer.

    Raises :class:`UsageError` with the nearest names of the tables where nobody knows it.
    """
    found = _known(tables, name.strip(), role=role, labels=labels)
    if not found:
        raise UsageError(f"No {_SPOKEN[role]} is called {name!r}.{_near(tables, name, role=role, labels=labels)}")
    kinds = {kind for curie in found.curies for kind in narrower(curie)}
    return found | Wanted(name, frozenset(kinds))


#: What a role is called in a message.
_SPOKEN = {"subject": "agent", "object": "drug or other object", "cancer": "cancer"}


def _known(tables: Tables, name: str, *, role: str, labels: Sequence[str]) -> Wanted:
    if _CURIE.fullmatch(name):
        return Wanted(name, frozenset([name] if _is_identifier(tables, name, role) else ()))
    found = _of_mirna(name) if "MIRNA" in labels else Wanted(name)
    heads = _CANCER_HEADS if role == "cancer" else ("",)
    for head in heads:
        found = found or _in_lexicon(name + head, tuple(labels))
    found = found | _in_triples(tables, name, role=role, labels=labels)
    return found or _as_written(tables, name, labels)


def _is_identifier(tables: Tables, curie: str, role: str) -> bool:
    """Whether the tables or the lexicon have the identifier, or a kind of it is there."""
    return bool((tables.triples[f"{role}_curie"] == curie).any()) or len(narrower(curie)) > 1 or _lexicon_has(curie)


@lru_cache(maxsize=256)
def _lexicon_has(curie: str) -> bool:
    import pyarrow.parquet as pq

    if _MIRBASE.fullmatch(curie):
        return True  # miRNAs are in a file of their own, by name
    table = pq.read_table(lexicon_path() / "terms.parquet", columns=["curie"], filters=[("curie", "=", curie)])
    rows: int = table.num_rows
    return rows > 0


@lru_cache(maxsize=256)
def _in_lexicon(name: str, labels: tuple[str, ...]) -> Wanted:
    """The entities that have the name, by the surest status that any of them has."""
    import pyarrow.parquet as pq

    columns = ["label", "curie", "name", "status"]
    table = pq.read_table(lexicon_path() / "terms.parquet", columns=columns, filters=[("key", "=", key(name))])
    rows = [r for r in table.to_pylist() if r["label"] in labels]
    if not rows:
        return Wanted(name)
    best = min(STATUSES.index(r["status"]) for r in rows)
    sure = [r for r in rows if STATUSES.index(r["status"]) == best]
    return _of_entities(name, ((r["curie"], r["name"]) for r in sure))


def _of_entities(asked: str, entities: Iterable[tuple[Any, Any]]) -> Wanted:
    """Identifiers, and the names of entities that have none."""
    pairs = [(str(curie or ""), str(name or "")) for curie, name in entities]
    curies = frozenset(curie for curie, _ in pairs if curie)
    return Wanted(asked, curies, frozenset(normalise_name(name) for curie, name in pairs if not curie and name))


def _in_triples(tables: Tables, name: str, *, role: str, labels: Sequence[str]) -> Wanted:
    """Entities of the triples that are shown under the name."""
    rows = _of_role(tables, role, labels)
    same = rows[rows["name"].map(normalise_name, na_action="ignore") == normalise_name(name)]
    return _of_entities(name, zip(same["curie"].fillna(""), same["name"], strict=True))


def _of_role(tables: Tables, role: str, labels: Sequence[str]) -> Any:
    """Identifiers and names that stand in a role of the triples."""
    rows = tables.triples
    if role != "cancer":
        rows = rows[rows[f"{role}_label"].isin(labels)]
    return rows[[f"{role}_curie", f"{role}_name"]].set_axis(["curie", "name"], axis=1).dropna(subset=["name"])


def _as_written(tables: Tables, name: str, labels: Sequence[str]) -> Wanted:
    """Entities that a paper writes so, an abbreviation of its own for instance."""
    rows = tables.mentions
    same = rows[rows["label"].isin(labels) & (rows["text"].map(normalise_name) == normalise_name(name))]
    shown = same["name"].fillna(same["text"])
    return _of_entities(name, zip(same["curie"].fillna(""), shown, strict=True))


def _of_mirna(name: str) -> Wanted:
    """A miRNA with its arms, a family or cluster with its members, in whatever way the name is written ("microRNA
    21")."""
    found = parse(name)
    if len(found) != 1 or found[0].is_unspecific or _MORE.search(name[: found[0].start] + name[found[0].end :]):
        return Wanted(name)
    curie, shown = ground_mirna(found[0])
    every = {shown, *(shown + arm for arm in _ARMS if not found[0].arm)}
    for member in _members(curie):
        every |= {member, *(member + arm for arm in _ARMS)}
    curies = [c for c in (curie, *map(_curie_of, every)) if c]
    return Wanted(name, frozenset(curies), frozenset(map(normalise_name, every)))


def _curie_of(name: str) -> str:
    found = parse(name)
    return ground_mirna(found[0])[0] if found else ""


@lru_cache(maxsize=256)
def _members(curie: str) -> tuple[str, ...]:
    """Names, without the human prefix, of the miRNAs that a family or cluster is made of."""
    import pyarrow.parquet as pq

    if not curie.startswith("exomine:"):
        return ()
    table = pq.read_table(lexicon_path() / "mirna.parquet", columns=["name", "curie", "status", "members"])
    rows = table.to_pylist()
    members = {m for r in rows if r["curie"] == curie for m in r["members"].split(";") if m}
    named = [r["name"].removeprefix("hsa-") for r in rows if r["curie"] in members and r["status"] == "name"]
    return tuple(sorted(named))


def _near(tables: Tables, name: str, *, role: str, labels: Sequence[str]) -> str:
    """The names of the tables, then of the lexicon, that are written most alike, as the end of a message."""
    from rapidfuzz import fuzz, process

    name = f"{name} cancer" if role == "cancer" and " " not in name else name
    for names in (sorted(set(_of_role(tables, role, labels)["name"])), _synonyms(tuple(labels))):
        near = process.extract(name, names, scorer=fuzz.ratio, limit=_SHOWN, score_cutoff=75, processor=str.casefold)
        if near:
            return f" Did you mean {', '.join(dict.fromkeys(n for n, _, _ in near))}?"
    return " Neither the lexicon nor these tables know it; give another name or an identifier such as doid:10283."


def _synonyms(labels: tuple[str, ...]) -> list[str]:
    """All names of the lexicon for entities of these labels."""
    import pyarrow.parquet as pq

    table = pq.read_table(lexicon_path() / "terms.parquet", columns=["synonym"], filters=[("label", "in", labels)])
    return [str(s) for s in table.column("synonym").to_pylist()]


def predicate_names(asked: str) -> tuple[str, ...]:
    """The predicates that a word means: "resistance" is confers_resistance_to, "expression" both of increased and
    decreased.

    Raises :class:`UsageError` with the words that are known.
    """
    word = asked.strip().casefold().replace(" ", "_")
    exact = tuple(p for p, words in _predicate_words() if word in words)
    found = exact or tuple(p for p, words in _predicate_words() if any(word in w for w in words))
    if not word or not found:
        known = ", ".join(words[1] for _, words in _predicate_words())
        raise UsageError(f"No predicate is called {asked!r}; known: {known}, and the names in the data dictionary.")
    return found


def _predicate_words() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each predicate with the words for it: its name, and what stands in its arrow form ("{o} resistance")."""
    for p in PREDICATES:
        yield p.name, (p.name, p.arrow.replace("{o}", "").strip().replace(" ", "_"), p.curie.casefold())
