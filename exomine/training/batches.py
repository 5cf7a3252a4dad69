"""Windows of consecutive sentences, and batches of them by word pieces.

All randomness comes from the seed and the epoch.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from exomine.nlp.encoder.pieces import Encoded, WordPieces
from exomine.training.corpora import Sentence
from exomine.training.network import Batch, Heads
from exomine.training.swaps import Swaps

__all__ = ["Task", "Window", "collate", "make_windows", "packed_batches"]

IGNORE = -100
#: Sentences in a window; single ones often, since people also annotate single sentences.
ENTITY_SENTENCES = (1, 1, 1, 1, 2, 3, 4, 6)
SYNTAX_SENTENCES = (1, 2, 3, 4, 5, 6, 8)
LONGEST_WINDOW = 320  # pieces
PLAIN_SPACES = 0.12  # share of sentences whose tokens are all spaced, as corpora print them
MARKED = 0.12  # share of sentences with a citation mark after the full stop ("in cells.[12,13] The")
LOOSE_SYMBOLS = 0.15  # share of sentences with other spacing around symbols ("p < 0.05", "p<0.05")


@dataclass(frozen=True, slots=True)
class Task:
    """One corpus with the heads it trains: an entity head, and the syntax heads where it has trees."""

    name: str
    sentences: list[Sentence]
    syntax: bool = False
    swaps: Swaps | None = None  # names to put in the places of mentions


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive sentences, encoded."""

    sentences: list[Sentence]
    encoded: Encoded
    hidden: npt.NDArray[np.int64] | None = None  # pieces that the encoder does not see, IGNORE elsewhere


def _with_hidden_words(window: Window, mask: int, share: float, rng: random.Random) -> Window:
    """Some words' pieces replaced by the mask: labels, and those pieces, are then learnt from the words around."""
    encoded = window.encoded
    ids, hidden = encoded.ids.copy(), np.full_like(encoded.ids, IGNORE)
    for first, last in zip(encoded.first, encoded.last, strict=True):
        if rng.random() < share:
            hidden[first : last + 1] = ids[first : last + 1]
            ids[first : last + 1] = mask
    return Window(window.sentences, replace(encoded, ids=ids), hidden)


def _respaced(sentence: Sentence, rng: random.Random) -> Sentence:
    draw = rng.random()
    if draw < PLAIN_SPACES:
        return replace(sentence, spaced=[True] * len(sentence.words))
    if draw < PLAIN_SPACES + LOOSE_SYMBOLS:
        symbol = [not any(c.isalnum() for c in w) and w not in ".,;:" for w in sentence.words]
        beside = [i > 0 and (s or symbol[i - 1]) for i, s in enumerate(symbol)]
        return replace(
            sentence, spaced=[s != (b and rng.random() < 0.4) for s, b in zip(sentence.spaced, beside, strict=True)]
        )
    return sentence


def _marked(sentence: Sentence, rng: random.Random) -> Sentence:
    """The sentence, sometimes with a citation mark after its full stop, as superscript marks are read; the mark has no
    arcs.
    """
    if sentence.words[-1] != "." or rng.random() >= MARKED:
        return sentence
    first = rng.randrange(1, 150)
    numbers = [str(first), *([rng.choice(",–-"), str(first + rng.randrange(1, 5))] if rng.random() < 0.4 else [])]
    words = ["[", *numbers, "]"]
    tags = ["-LRB-", *("CD" if w.isdigit() else "," if w == "," else "SYM" for w in numbers), "-RRB-"]
    nothing: list[None] = [None] * len(words)
    syntax: dict[str, Any] = {}
    if sentence.tags:
        syntax = {
            "tags": [*sentence.tags, *tags],
            "heads": [*sentence.heads, *nothing],
            "deps": [*sentence.deps, *nothing],
        }
    return replace(
        sentence,
        words=[*sentence.words, *words],
        spaced=[*sentence.spaced, *(False for _ in words)],
        bio=[*sentence.bio, *("O" for _ in words)],
        **syntax,
    )


def make_windows(
    task: Task, pieces: WordPieces, rng: random.Random, masked: float = 0.0, exact: bool = False
) -> list[Window]:
    """Cut a corpus into windows of a random number of sentences, none across documents."""
    windows: list[Window] = []
    i = 0
    while i < len(task.sentences):
        wanted = rng.choice(SYNTAX_SENTENCES if task.syntax else ENTITY_SENTENCES)
        taken: list[Sentence] = []
        size = 0
        while i < len(task.sentences) and len(taken) < wanted:
            sentence = task.sentences[i]
            if task.swaps is not None and not exact:
                sentence = task.swaps.apply(sentence, rng)
            sentence = _marked(_respaced(sentence, rng), rng)
            length = sum(len(pieces.pieces(w)[0]) for w in sentence.words)
            if taken and (size + length > LONGEST_WINDOW or sentence.document != taken[-1].document):
                break
            taken.append(sentence)
            size += length
            i += 1
        if size <= 510 - 2:  # BERT has 512 positions
            encoded = pieces.encode([w for s in taken for w in s.words], [x for s in taken for x in s.spaced])
            window = Window(taken, encoded)
            windows.append(_with_hidden_words(window, pieces.mask, masked, rng) if masked else window)
    return windows


def packed_batches(windows: list[Window], size: int, rng: random.Random) -> list[list[Window]]:
    """Batches of windows of like length, at most ``size`` pieces with the padding, in random order."""
    order = sorted(windows, key=lambda w: len(w.encoded.ids) * rng.uniform(0.9, 1.1))
    batches: list[list[Window]] = [[]]
    longest = 0
    for window in order:
        longest = max(longest, len(window.encoded.ids))
        if batches[-1] and longest * (len(batches[-1]) + 1) > size:
            batches.append([])
            longest = len(window.encoded.ids)
        batches[-1].append(window)
    rng.shuffle(batches)
    return batches


def collate(windows: list[Window], task: Task, heads: Heads) -> Batch:
    """Pad windows into one batch with the labels of the task's heads."""
    n_pieces = max(len(w.encoded.ids) for w in windows)
    n_words = max(len(w.encoded.first) for w in windows)
    labels = {"entities": _filled(len(windows), n_words)}
    if task.syntax:
        labels |= {name: _filled(len(windows), n_words) for name in ("tags", "heads", "deps", "starts", "sentence")}
    batch = Batch(
        *(  # type: ignore[call-arg]
            torch.zeros(len(windows), n, dtype=torch.long)
            for n in (n_pieces, n_pieces, n_pieces, n_words, n_words, n_words)
        ),
        labels,
    )
    for row, window in enumerate(windows):
        encoded = window.encoded
        for target, values in (
            (batch.ids, encoded.ids),
            (batch.shapes, encoded.shapes),
            (batch.first, encoded.first),
            (batch.last, encoded.last),
        ):
            target[row, : len(values)] = torch.from_numpy(values)
        batch.mask[row, : len(encoded.ids)] = 1
        batch.words[row, : len(encoded.first)] = 1
        if window.hidden is not None:
            labels.setdefault("hidden", _filled(len(windows), n_pieces))[row, : len(window.hidden)] = torch.from_numpy(
                window.hidden
            )
        _label(window, row, labels, heads.entities[task.name], heads, task.syntax)
    batch.mask, batch.words = batch.mask.bool(), batch.words.bool()
    return batch


def _filled(rows: int, columns: int) -> Tensor:
    return torch.full((rows, columns), IGNORE, dtype=torch.long)


def _label(window: Window, row: int, labels: dict[str, Tensor], bio: list[str], heads: Heads, syntax: bool) -> None:
    base = 0
    for number, sentence in enumerate(window.sentences):
        for i, tag in enumerate(sentence.bio):
            labels["entities"][row, base + i] = bio.index(tag)
            if syntax:
                labels["sentence"][row, base + i] = number
                labels["starts"][row, base + i] = int(i == 0)
                _label_syntax(sentence, i, row, base, labels, heads)
        base += len(sentence.words)


def _label_syntax(sentence: Sentence, i: int, row: int, base: int, labels: dict[str, Tensor], heads: Heads) -> None:
    tag, head, dep = sentence.tags[i], sentence.heads[i], sentence.deps[i]
    if tag is not None:
        labels["tags"][row, base + i] = heads.tags.index(tag) if tag in heads.tags else IGNORE
    if head is not None and dep is not None:
        labels["heads"][row, base + i] = 0 if dep == "ROOT" else 1 + base + head
        labels["deps"][row, base + i] = heads.deps.index(dep) if dep in heads.deps else IGNORE


def endless(
    task: Task,
    pieces: WordPieces,
    size: int,
    seed: int,
    epoch: int,
    skip: int,
    masked: float = 0.0,
    exact: bool = False,
) -> Iterator[tuple[int, int, list[Window]]]:
    """Batches for ever, as (epoch, place in it, windows), beginning at a given place: a run can be taken up where it
    stopped.
    """
    while True:
        rng = random.Random(f"{seed}/{task.name}/{epoch}")
        batches = packed_batches(make_windows(task, pieces, rng, masked, exact), size, rng)
        for i in range(skip, len(batches)):
            yield epoch, i, batches[i]
        epoch, skip = epoch + 1, 0
