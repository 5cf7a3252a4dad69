"""The relation component against public corpora, gold mentions put in the place of ours.

Two levels, both micro-averaged over the pairs of mentions that a corpus judges: ``pair`` (any statement between the
two) and ``relation`` (one of the predicates that the gold relation admits). The corpora's own schemes are not ours:
what counts for what is in :mod:`exomine.evaluation.corpora`. :func:`score_assertion` compares cues of negation and
speculation with BioScope's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree
from spacy.language import Language
from spacy.tokens import Doc

from exomine.evaluation.corpora import CORPORA, JUDGED, Example, Gold, read_corpus
from exomine.evaluation.gold import Track, reading_gold, silent, some
from exomine.nlp.assertion.component import CUE_SPANS, SCOPE_SPANS, Assertion
from exomine.nlp.extensions import MENTIONS
from exomine.nlp.mentions.boundaries import EvidenceBoundaries
from exomine.nlp.mentions.evidence import EVIDENCE, Candidate, add_evidence
from exomine.nlp.relations.component import Relations
from exomine.nlp.relations.context import Context

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Counts",
    "evaluate_assertion",
    "evaluate_relations",
    "related",
    "score_examples",
    "syntax_of",
    "with_mentions",
]

#: Components that give tags, heads and sentences, and nothing else.
_SYNTAX = ("blocks", "encoder", "transformer", "tok2vec", "tagger", "morphologizer", "parser", "senter", "sentencizer",
    "lemmatizer", "attribute_ruler")  # fmt: skip


@dataclass(slots=True)
class Counts:
    """True positives, predicted and gold; ``precision``, ``recall`` and ``f1`` are 0 where nothing was predicted or
    asked.
    """

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add(self, predicted: set[tuple[int, int]], gold: set[tuple[int, int]], hits: set[tuple[int, int]]) -> None:
        """Count one example."""
        self.hits += len(hits)
        self.predicted += len(predicted)
        self.gold += len(gold)


def syntax_of(nlp: Language, text: str, mentions: Sequence[tuple[int, int, str]] = ()) -> Doc:
    """``text`` with the pipeline's tags, heads and sentences only; tokens and trees keep each of ``mentions``
    together."""
    doc = nlp.make_doc(text)
    add_evidence(doc, [Candidate(start, end, label) for start, end, label in mentions])
    doc = EvidenceBoundaries()(doc)
    for name, component in nlp.pipeline:
        if name in _SYNTAX:
            doc = component(doc)
    doc.user_data.pop(EVIDENCE, None)
    return doc


def with_mentions(nlp: Language, text: str, mentions: Iterable[tuple[int, int, str]]) -> Doc:
    """``text`` with the pipeline's syntax, given mentions (CURIE and name empty) and the scopes of negation and
    speculation."""
    given = list(mentions)
    doc = syntax_of(nlp, text, given)
    spans = [doc.char_span(a, b, label=label, alignment_mode="expand") for a, b, label in given]
    doc.spans[MENTIONS] = [s for s in spans if s is not None]
    return Assertion()(doc)


def related(nlp: Language, text: str, mentions: Iterable[tuple[int, int, str]]) -> Doc:
    """``text`` with given mentions, its relations and their context; the pipeline's relation model reads it if it has
    one."""
    doc = with_mentions(nlp, text, mentions)
    if nlp.has_pipe("relation_model"):
        doc = nlp.get_pipe("relation_model")(doc)
    return Context()(Relations()(doc))


def score_examples(
    nlp: Language, examples: Iterable[Example], judged: tuple[tuple[str, ...], tuple[str, ...]] | None = None
) -> tuple[Counts, Counts]:
    """Counts at the levels pair and relation; ``judged`` are the labels of subject and object that the corpus
    judges.
    """
    pair, relation = Counts(), Counts()
    for example in examples:
        doc = related(nlp, example.text, example.mentions)
        predicted: dict[tuple[int, int], set[str]] = {}
        for a, b, name in _predicted(doc, example):
            predicted.setdefault((a, b), set()).add(name)
        if judged is not None:
            labels = [label for _, _, label in example.mentions]
            predicted = {k: v for k, v in predicted.items() if labels[k[0]] in judged[0] and labels[k[1]] in judged[1]}
        if example.asked:
            predicted = {k: v for k, v in predicted.items() if k in example.asked}
        gold = _by_pair(example.gold)
        found = set(predicted) & set(gold)
        pair.add(set(predicted), set(gold), found)
        right = {k for k in found if not gold[k] or predicted[k] & gold[k]}
        relation.add(set(predicted), set(gold), right)
    return pair, relation


def _by_pair(golds: Iterable[Gold]) -> dict[tuple[int, int], set[str]]:
    """The predicates that count for each pair; of a pair with several gold relations those of all, any where one says
    so.
    """
    out: dict[tuple[int, int], set[str]] = {}
    free = {(g.subject, g.object) for g in golds if not g.predicates}
    for g in golds:
        pair = (g.subject, g.object)
        out.setdefault(pair, set()).update(() if pair in free else g.predicates)
    return out


def _predicted(doc: Doc, example: Example) -> Iterator[tuple[int, int, str]]:
    """Statements as pairs of indices: subject and object, and subject and the cancer that the statement holds in."""
    place = {(a, b): k for k, (a, b, _) in enumerate(example.mentions)}

    def index(start: int, end: int) -> int | None:
        return place.get((start, end), next((k for (a, b), k in place.items() if a < end and start < b), None))

    for r in doc._.relations:
        a = index(r.subject.start_char, r.subject.end_char)
        b = index(r.object.start_char, r.object.end_char)
        if a is not None and b is not None and a != b:
            yield a, b, r.predicate
            if r.predicate in ("binds", "associated_with") or example.asked:
                yield b, a, r.predicate


def evaluate_relations(
    nlp: Language,
    folder: Path,
    *,
    names: Sequence[str] = tuple(CORPORA),
    limit: int | None = None,
    track: Track = silent,
) -> pd.DataFrame:
    """One row a corpus and level: examples, gold, predicted, precision, recall, F1. ``limit`` takes the first examples
    only.
    """
    import pandas as pd

    rows = []
    for name in names:
        examples = read_corpus(name, folder)[:limit]
        scores = score_examples(nlp, track(examples, name), JUDGED[name])
        for level, counts in zip(("pair", "relation"), scores, strict=True):
            rows.append((name, level, len(examples), counts.gold, counts.predicted,
                         round(counts.precision, 3), round(counts.recall, 3), round(counts.f1, 3)))  # fmt: skip
    columns = ["corpus", "level", "examples", "gold", "predicted", "precision", "recall", "f1"]
    return pd.DataFrame(rows, columns=columns)


# ---------------------------------------------------------------------- assertion


@dataclass(frozen=True, slots=True)
class _Scoped:
    """A sentence of BioScope with its scopes: kind, cue range, scope range."""

    text: str
    scopes: tuple[tuple[str, int, int, int, int], ...]


def read_bioscope(path: Path, *, limit: int | None = None) -> list[_Scoped]:
    """The sentences of BioScope's XML, in order."""
    out = []
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for sentence in etree.parse(str(path), parser).iter("sentence"):
        text, scopes, cues = _flatten(sentence)
        found = [(kind, *cues[ref], a, b) for ref, (a, b) in scopes.items() for kind in [cues[ref][0]] if ref in cues]
        out.append(_Scoped(text, tuple((k, cs, ce, a, b) for k, _, cs, ce, a, b in found)))
        if limit is not None and len(out) >= limit:
            break
    return out


def _flatten(element: etree._Element) -> tuple[str, dict[str, tuple[int, int]], dict[str, tuple[str, int, int]]]:
    scopes: dict[str, tuple[int, int]] = {}
    cues: dict[str, tuple[str, int, int]] = {}
    parts: list[str] = []

    def walk(node: etree._Element) -> None:
        start = sum(map(len, parts))
        parts.append(node.text or "")
        for child in node:
            walk(child)
            parts.append(child.tail or "")
        end = sum(map(len, parts))
        if node.tag == "xcope":
            scopes[node.get("id") or ""] = (start, end)
        elif node.tag == "cue":
            cues.setdefault(node.get("ref") or "", (node.get("type") or "", start, end))

    walk(element)
    return "".join(parts), scopes, cues


def evaluate_assertion(nlp: Language, path: Path, *, limit: int | None = None, track: Track = silent) -> pd.DataFrame:
    """Sentences with a cue found, and the share of scope characters in common, for negation and speculation."""
    import pandas as pd

    kinds = {"negation": "negated", "speculation": "speculative"}
    sentences = {k: Counts() for k in kinds}
    characters = {k: Counts() for k in kinds}
    with reading_gold(path, "BioScope's XML"):
        scopes = some(read_bioscope(path, limit=limit), path, "BioScope's XML with sentences")
    for scoped in track(scopes, "bioscope"):
        doc = Assertion()(syntax_of(nlp, scoped.text))
        for kind, ours in kinds.items():
            gold = _characters((a, b) for k, _, _, a, b in scoped.scopes if k == kind)
            spans = [s for s in doc.spans[SCOPE_SPANS] if s.label_ == ours]
            found = _characters((s.start_char, s.end_char) for s in spans)
            cued = any(c.label_ == ours for c in doc.spans[CUE_SPANS])
            sentences[kind].hits += bool(gold) and cued
            sentences[kind].predicted += cued
            sentences[kind].gold += bool(gold)
            characters[kind].hits += len(gold & found)
            characters[kind].predicted += len(found)
            characters[kind].gold += len(gold)
    rows = [
        (kind, level, c.gold, round(c.precision, 3), round(c.recall, 3), round(c.f1, 3))
        for level, counts in (("sentence", sentences), ("scope characters", characters))
        for kind, c in counts.items()
    ]
    return pd.DataFrame(rows, columns=["kind", "level", "gold", "precision", "recall", "f1"])


def _characters(ranges: Iterable[tuple[int, int]]) -> set[int]:
    return {i for a, b in ranges for i in range(a, b)}
