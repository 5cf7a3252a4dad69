"""Extracted relations against gold triples of a paper.

Gold rows are (source, subject, predicate, object, cancer, assertion, refs); ``|`` separates what is accepted, an empty
cancer accepts any. Recall is counted over gold rows, at the levels pair, triple and full (with the cancer); assertion
and citations are shares among the rows found in full: ``refs`` of those that cite at least one of the gold's
references, ``refs_exact`` of those that cite just these (citing everything gains nothing there). ``share`` is the part
of the distinct predicted statements that match a gold row: a lower bound of precision where the gold is not exhaustive.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from exomine.errors import NoGoldError, UsageError
from exomine.evaluation.gold import gold_file, reading_gold, some

__all__ = ["GoldTriple", "TripleScore", "normalise_name", "read_aliases", "read_gold", "score_triples"]

_GOLD = (
    "a TSV file of statements with the columns subject, predicate, object and, as wished, source, cancer, "
    "assertion, refs"
)
_ALIASES = "a TSV file of names, each with further names for it behind a tab, | between them"
_GREEK = str.maketrans(
    {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "‐": "-", "–": "-", "−": "-"}
)


@dataclass(frozen=True, slots=True)
class GoldTriple:
    """One gold row; tuples hold what is accepted, ``refs`` the labels of the references behind it."""

    source: str
    subject: tuple[str, ...]
    predicate: tuple[str, ...]
    object: tuple[str, ...]
    cancer: tuple[str, ...] = ()
    assertion: str = "asserted"
    refs: frozenset[str] = frozenset()


@dataclass(slots=True)
class TripleScore:
    """Counts over gold rows of one source; ``missed`` are the rows not found in full."""

    gold: int = 0
    pair: int = 0
    triple: int = 0
    full: int = 0
    assertion: int = 0
    refs: int = 0
    refs_exact: int = 0
    refs_asked: int = 0
    missed: list[GoldTriple] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Shares of the gold rows, for printing."""
        return {
            "gold": self.gold,
            **{level: round(self.recall(level), 4) for level in ("pair", "triple", "full")},
            "assertion": round(self.assertion / self.full, 4) if self.full else 0.0,
            "refs": round(self.refs / self.refs_asked, 4) if self.refs_asked else 0.0,
            "refs_exact": round(self.refs_exact / self.refs_asked, 4) if self.refs_asked else 0.0,
        }

    def recall(self, level: str = "full") -> float:
        """Recall at ``pair``, ``triple`` or ``full``; 0 without gold."""
        found: int = getattr(self, level)
        return found / self.gold if self.gold else 0.0


def normalise_name(name: str) -> str:
    """Lower case, Greek letters spelt out, one spelling of "miR-", no species prefix, no plural s, single spaces."""
    text = name.strip().lower().translate(_GREEK)
    text = re.sub(r"^(?:hsa|human|homo sapiens)[- ]", "", text)
    text = re.sub(r"^(?:mir|mirna|microrna)[- ]?(?=\d)", "mir-", text)
    text = re.sub(r"\s+", " ", text)
    return text[:-1] if len(text) > 4 and text.endswith("s") and not text.endswith(("ss", "is", "us")) else text


def read_aliases(path: Path) -> dict[str, tuple[str, ...]]:
    """Further names of gold names: a name, a tab, names with ``|`` between them; lines that begin with # say
    nothing.
    """
    out: dict[str, tuple[str, ...]] = {}
    with reading_gold(gold_file(path, _ALIASES), _ALIASES):
        lines = path.read_text(encoding="utf8").splitlines()
    for line in lines:
        name, _, more = line.partition("\t")
        if name.strip() and not line.startswith("#"):
            out[name.strip()] = tuple(_split(more.replace("\t", "|")))
    return out


def read_gold(path: Path) -> list[GoldTriple]:
    """A gold file: TSV with the columns source, subject, predicate, object, cancer, assertion, refs.

    Raises :class:`UsageError` for what is no such file, :class:`NoGoldError` for one without rows.
    """
    with reading_gold(gold_file(path, _GOLD), _GOLD), path.open(encoding="utf8", newline="") as handle:
        reader = csv.DictReader(handle, delimiter="\t")
        rows = list(reader)
        columns = set(reader.fieldnames or ())
    if not columns:
        raise NoGoldError(f"{path}: the file is empty; expected {_GOLD}.")
    lacking = sorted({"subject", "predicate", "object"} - columns)
    if lacking:
        raise UsageError(f"{path}: no column {', '.join(lacking)}; expected subject, predicate and object at least.")
    return [
        GoldTriple(
            row.get("source") or "text", _accepted(row["subject"]), tuple(_split(row["predicate"])),
            _accepted(row["object"]),
            _accepted(row.get("cancer") or ""), row.get("assertion") or "asserted",
            frozenset(_labels(row.get("refs") or "")),
        )
        for row in some(rows, path, f"rows below the header: {_GOLD}")
    ]  # fmt: skip


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _accepted(cell: str) -> tuple[str, ...]:
    """An empty alternative accepts any, like an empty cell."""
    return (
        () if not cell or "" in [p.strip() for p in cell.split("|")] else tuple(normalise_name(p) for p in _split(cell))
    )


def _labels(cell: str) -> list[str]:
    """Reference labels, ranges expanded: "35, 131-133"."""
    out: list[str] = []
    for part in re.split(r"[,;|\s]+", cell):
        m = re.fullmatch(r"(\d+)[-–](\d+)", part)
        if m and 0 <= int(m[2]) - int(m[1]) < 60:
            out.extend(str(n) for n in range(int(m[1]), int(m[2]) + 1))
        elif part:
            out.append(part)
    return out


Row = Mapping[str, str]


def score_triples(
    gold: Sequence[GoldTriple], relations: Iterable[Row], *, aliases: Mapping[str, Sequence[str]] | None = None
) -> tuple[dict[str, TripleScore], float]:
    """Scores by source ("text", "table"), and the share of distinct statements from prose that match a gold row.

    ``relations`` are rows of the relations table, as strings. ``aliases`` gives further names of a gold name.
    """
    rows = list(relations)
    names = {k: {normalise_name(a) for a in (k, *v)} for k, v in (aliases or {}).items()}
    known = {normalise_name(k): v for k, v in names.items()}
    scores: dict[str, TripleScore] = {}
    matched: set[tuple[str, ...]] = set()
    for g in gold:
        score = scores.setdefault("table" if g.source.startswith("table") else "text", TripleScore())
        _score_one(g, rows, known, score, matched)
    prose = {_key(r) for r in rows if r.get("source") != "table"}
    return scores, len(prose & matched) / len(prose) if prose else 0.0


def _score_one(
    g: GoldTriple, rows: Sequence[Row], known: Mapping[str, set[str]], score: TripleScore, matched: set[tuple[str, ...]]
) -> None:
    pair = [r for r in rows if _same(r, "subject", g.subject, known) and _same(r, "object", g.object, known)]
    triple = [r for r in pair if r.get("predicate") in g.predicate]
    full = [
        r for r in triple if not g.cancer or _same(r, "cancer", g.cancer, known) or _same(r, "object", g.cancer, known)
    ]
    score.gold += 1
    score.pair += bool(pair)
    score.triple += bool(triple)
    score.full += bool(full)
    matched.update(_key(r) for r in triple)
    if not full:
        score.missed.append(g)
        return
    score.assertion += any(r.get("assertion") == g.assertion for r in full)
    if g.refs:
        score.refs_asked += 1
        cited = [set(_labels(r.get("citations") or "")) for r in full]
        score.refs += any(g.refs & c for c in cited)
        score.refs_exact += any(g.refs == c for c in cited)


def _same(row: Row, role: str, accepted: tuple[str, ...], known: Mapping[str, set[str]]) -> bool:
    wanted = {a for name in accepted for a in known.get(name, {name})} | set(accepted)
    given = {normalise_name(row.get(f"{role}_{part}") or "") for part in ("name", "text", "curie")}
    return bool((given - {""}) & wanted)


def _key(row: Row) -> tuple[str, ...]:
    return tuple(normalise_name(row.get(k) or "") for k in ("subject_name", "predicate", "object_name", "cancer_name"))
