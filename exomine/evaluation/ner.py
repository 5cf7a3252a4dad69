"""Strict entity scores: a prediction counts when its span and its label are the gold's.

Gold files are IOB (word TAB ... TAB tag, a blank line between sentences). The pipeline reads raw text with its own
tokeniser, so both sides are compared by character offsets with white space left out. Figures are micro-averaged over
all mentions of the gold and of the predictions; a label that only one side has counts against it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from exomine.evaluation.gold import Track, gold_file, reading_gold, silent, some

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["EntityScores", "LabelScore", "detokenise", "evaluate_entities", "read_iob"]

_IOB = "an IOB file: word TAB ... TAB tag, a blank line between sentences"
_TAG = re.compile(r"\t(?:O|[A-Z]-\S+)\s*$")
Span = tuple[int, int, str]
TaggedSentence = list[tuple[str, str]]

#: Corpus tokens that touch the token before them, and after which the next one touches.
TOUCH_BEFORE = frozenset({".", ",", ";", ":", ")", "]", "%", "?", "!", "'", "'s", "-", "/"})
TOUCH_AFTER = frozenset({"(", "[", "-", "/"})


@dataclass(frozen=True, slots=True)
class LabelScore:
    """Counts of one label: right, predicted wrongly, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the predictions that are right; 0 where nothing is predicted."""
        return self.right / ((self.right + self.wrong) or 1)

    @property
    def recall(self) -> float:
        """Share of the gold that is found; 0 where there is no gold."""
        return self.right / ((self.right + self.missed) or 1)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / ((2 * self.right + self.wrong + self.missed) or 1)


@dataclass(slots=True)
class EntityScores:
    """Counts by label, added up one sentence after the other."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, gold: Iterable[Span], predicted: Iterable[Span]) -> None:
        """Count one text. Spans that are given twice count twice: one gold span matches one prediction."""
        gold_count, predicted_count = Counter(gold), Counter(predicted)
        for counter, spans in (
            (self.right, gold_count & predicted_count),
            (self.wrong, predicted_count - gold_count),
            (self.missed, gold_count - predicted_count),
        ):
            for (_start, _end, label), n in spans.items():
                counter[label] += n

    def label(self, label: str) -> LabelScore:
        """Score of one label."""
        return LabelScore(self.right[label], self.wrong[label], self.missed[label])

    @property
    def labels(self) -> list[str]:
        """All labels of gold or predictions, sorted."""
        return sorted({*self.right, *self.wrong, *self.missed})

    @property
    def micro(self) -> LabelScore:
        """Score over all mentions."""
        return LabelScore(self.right.total(), self.wrong.total(), self.missed.total())


def read_iob(path: Path) -> list[TaggedSentence]:
    """Sentences of (token, IOB tag) from a file of word TAB ... TAB tag lines.

    Raises :class:`UsageError` for what is no such file, :class:`NoGoldError` for one without a tagged word.
    """
    sentences: list[TaggedSentence] = [[]]
    with reading_gold(gold_file(path, _IOB), _IOB), path.open(encoding="utf8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip() and not _TAG.search(line):
                raise ValueError(f"line {number} ends with no tab and tag: {line.strip()[:40]!r}")
            cells = line.rstrip("\n").split("\t")
            if line.strip():
                sentences[-1].append((cells[0], cells[-1]))
            elif sentences[-1]:
                sentences.append([])
    found = [s for s in sentences if s]
    some((tag for s in found for _, tag in s if tag != "O"), path, f"{_IOB}, with entities")
    return found


def detokenise(sentence: TaggedSentence) -> tuple[str, list[Span]]:
    """Text of a tokenised sentence and its entities as half-open character spans of that text."""
    text, previous, before = "", "", "O"
    spans: list[Span] = []
    for word, tag in sentence:
        if text and word not in TOUCH_BEFORE and previous not in TOUCH_AFTER:
            text += " "
        begins = tag != "O" and (tag[0] == "B" or before[2:] != tag[2:])
        start = len(text) if begins else -1
        text += word
        if begins:
            spans.append((start, len(text), tag[2:]))
        elif tag != "O":
            spans[-1] = (spans[-1][0], len(text), tag[2:])
        previous, before = word, tag
    return text, spans


def evaluate_entities(
    nlp: Language,
    sentences: Sequence[TaggedSentence],
    *,
    labels: Mapping[str, str] | None = None,
    track: Track = silent,
) -> EntityScores:
    """Score a pipeline's ``doc.ents`` on gold sentences. ``labels``: gold label to the model's; "-" leaves it out."""
    scores = EntityScores()
    renamed = labels or {}
    texts = [detokenise(sentence) for sentence in sentences]
    docs = nlp.pipe(text for text, _gold in track(texts, "sentences"))
    for (_text, gold), doc in zip(texts, docs, strict=True):
        bare = _without_space(doc.text)
        wanted = [(bare[s], bare[e], renamed.get(label, label)) for s, e, label in gold]
        scores.add((span for span in wanted if span[2] != "-"), _entities(doc, bare))
    return scores


def _entities(doc: Doc, bare: list[int]) -> Iterator[Span]:
    for entity in doc.ents:
        yield bare[entity.start_char], bare[entity.end_char], entity.label_


def _without_space(text: str) -> list[int]:
    """For every offset of a text, how many characters other than white space stand before it."""
    counts = [0]
    for char in text:
        counts.append(counts[-1] + (not char.isspace()))
    return counts
