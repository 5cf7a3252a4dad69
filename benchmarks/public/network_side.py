"""The answers of exomine's relation network: MiniLM taught by the corpora, a head for each, a pass a candidate.

A candidate is a choice of mentions of the types that a kind of relation has. Only they are marked in its pass; a pair
of them is classified: the gene and the drug where there is one (the cancer of a predictive relation is a third that is
marked), else the gene and the other. The classes of a head are the sets of kinds that the other folds hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cases import KINDS, Case, Stated
from exomine.annotation.record import AnnotatedMention, AnnotatedSentence
from exomine.nlp.encoder.pieces import WordPieces
from exomine.training.learn import encoder_files
from exomine.training.relations.examples import Example, Pair
from exomine.training.relations.learn import ENCODER_SHA256, Settings
from exomine.training.relations.public import PublicCorpus, train_public

_LABELS = {"cancer": "CANCER", "drug": "DRUG", "variant": "VARIANT", "mirna": "MIRNA", "gene": "PROTEIN"}
_MIRNA = re.compile(r"(?:hsa-)?(?:mi-?r|micro-?rna|let-?\d)", re.IGNORECASE)
#: Characters that are read before the first and behind the last argument.
REACH = 100
#: Candidates of a text that are drawn for an epoch.
MOST = 4
#: Near those of an earlier trial of the kind; none was chosen on the folds.
SETTINGS = Settings(epochs=4, hide=0.0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """The arguments of a possible relation and the example that asks for it."""

    case: str
    arguments: tuple[int, ...]
    types: tuple[str, ...]
    example: Example


def candidates(case: Case, name: str) -> Iterator[Candidate]:
    for types in sorted(set(KINDS[name].values())):
        for arguments in case.candidates(types):
            yield Candidate(case.id, arguments, types, _example(case, arguments, types))


def _example(case: Case, arguments: tuple[int, ...], types: tuple[str, ...]) -> Example:
    text, mentions = _text(case, arguments)
    gene = types.index("gene")
    other = types.index("drug") if "drug" in types else 1 - gene
    return Example(AnnotatedSentence(case.id, case.doc, text, tuple(mentions)), (Pair(gene, other),))


def _text(case: Case, arguments: tuple[int, ...]) -> tuple[str, list[AnnotatedMention]]:
    """What is read of the text, and where the arguments lie in it; other names become the word of their type."""
    chosen = [case.mentions[k] for k in arguments]
    begin, end = max(0, min(m[0] for m in chosen) - REACH), max(m[1] for m in chosen) + REACH
    begin = case.text.rfind(" ", 0, begin) + 1
    end = case.text.find(" ", end) if " " in case.text[end:] else len(case.text)
    inside = [m for m in _free(case.mentions, chosen) if begin <= m[0] and m[1] <= end]
    text, last, moved = "", begin, [0] * (len(case.text) + 1)  # where each character goes to
    for start, stop, kind in [*sorted(inside), (end, end, "")]:
        for k in range(last, start + 1):
            moved[k] = len(text) + k - last
        text += case.text[last:start] + kind
        last = stop
    return text, [AnnotatedMention(moved[a], moved[a] + b - a, _label(case.text[a:b], kind)) for a, b, kind in chosen]


def _free(
    mentions: Sequence[tuple[int, int, str]], chosen: Sequence[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    """The other names that overlap neither the chosen ones nor each other; words of variants ("loss") stay."""
    free: list[tuple[int, int, str]] = []
    others = {m for m in mentions if m[2] not in ("variant", "mutation")} - set(chosen)
    for m in sorted(others, key=lambda m: (m[0] - m[1], m)):
        if not any(m[0] < other[1] and other[0] < m[1] for other in (*chosen, *free)):
            free.append(m)
    return free


def _label(name: str, kind: str) -> str:
    return "MIRNA" if kind == "gene" and _MIRNA.match(name) else _LABELS[kind]


@dataclass(frozen=True, slots=True)
class Task:
    """A corpus as candidates; the classes of its head are sets of kinds."""

    name: str
    classes: tuple[frozenset[str], ...]
    candidates: tuple[Candidate, ...]

    def corpus(self) -> PublicCorpus:
        kinds = tuple("+".join(sorted(c)) or "none" for c in self.classes)
        return PublicCorpus(self.name, kinds, tuple(c.example for c in self.candidates))


def task(name: str, cases: Sequence[Case], fold: int) -> Task:
    """The candidates with their classes; a set of kinds that only the fold kept back holds has none."""
    sets = {case.id: {a: frozenset(k for k, b in case.stated if a == b) for _, a in case.stated} for case in cases}
    seen = {s for case in cases if case.fold != fold for s in sets[case.id].values()}
    classes = (frozenset[str](), *sorted(seen, key=sorted))
    out = []
    for case in cases:
        for c in candidates(case, name):
            here = sets[case.id].get(c.arguments, frozenset())
            (pair,) = c.example.pairs
            number = classes.index(here) if here in classes else 0
            example = Example(c.example.sentence, (Pair(pair.subject, pair.object, number),))
            out.append(Candidate(c.case, c.arguments, c.types, example))
    return Task(name, classes, tuple(out))


def answers(corpora: Mapping[str, Sequence[Case]], fold: int) -> dict[str, dict[str, list[Stated]]]:
    """What the network says of the cases of ``fold``, by corpus and case, after all other folds of all ``corpora``."""
    weights, vocabulary = encoder_files({"encoder_sha256": ENCODER_SHA256})
    tasks = [task(name, cases, fold) for name, cases in corpora.items()]
    taught = train_public([t.corpus() for t in tasks], WordPieces.from_file(vocabulary), weights, SETTINGS, fold, MOST)
    said: dict[str, dict[str, list[Stated]]] = {}
    for t in tasks:
        inside = {case.id for case in corpora[t.name] if case.fold == fold}
        asked = [c for c in t.candidates if c.case in inside]
        said[t.name] = {name: [] for name in inside}
        for place, _, shares in taught.probabilities(t.name, [c.example for c in asked]):
            chosen = asked[place]
            for kind in _best(t, chosen, shares):
                said[t.name][chosen.case].append((kind, chosen.arguments))
    return said


def _best(t: Task, candidate: Candidate, shares: Sequence[float]) -> frozenset[str]:
    """The most probable of the classes that have the candidate's types."""
    fit = [k for k, c in enumerate(t.classes) if all(KINDS[t.name][kind] == candidate.types for kind in c)]
    return t.classes[max(fit, key=lambda k: shares[k])]
