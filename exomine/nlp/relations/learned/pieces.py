"""A sentence with its typed mentions as word pieces: what the relation model reads.

Before and behind each mention stands a marker, which says its label: ``<DRUG cisplatin DRUG>`` ("typed entity markers
(punct)" of Zhou and Chen 2022 with markers of their own). One pass reads all mentions; a pair is read from the first
markers of the two, as in the approximation of Zhong and Chen 2021 ("A Frustratingly Easy Approach for Entity and
Relation Extraction").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from exomine.nlp.encoder.pieces import WordPieces

__all__ = ["LONGEST", "MARKED_LABELS", "N_MARKS", "MarkedText", "mark_text"]

#: Labels in the order of their markers; the order is part of a trained model.
MARKED_LABELS = (
    "MIRNA", "PROTEIN", "DRUG", "CANCER", "CELL_LINE", "CELL_TYPE", "VESICLE", "PROCESS", "PATHWAY", "VARIANT",
)  # fmt: skip
#: Markers: none, then one that opens and one that closes for each label.
N_MARKS = 1 + 2 * len(MARKED_LABELS)
#: Added to the shape of a piece that touches what stands before it.
GLUED = 8
#: Pieces of a sentence that are read at most; what lies behind is cut.
LONGEST = 320

Int64 = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Pieces (``ids``, ``shapes``, ``marks``) and for each mention the place of its first marker, -1 where it was
    cut.
    """

    ids: Int64
    shapes: Int64
    marks: Int64
    places: tuple[int, ...]


def mark_text(
    text: str,
    mentions: Sequence[tuple[int, int, str]],
    pieces: WordPieces,
    hidden: Sequence[bool] = (),
) -> MarkedText:
    """The pieces of ``text`` with markers around ``mentions`` (start, end, label); the names of ``hidden`` ones are
    masked.

    Mentions may nest; offsets are half-open. Words are what white space and markers part.
    """
    events = sorted(_events(mentions))
    words: list[str] = []
    spaced: list[bool] = []
    marks: dict[int, int] = {}
    places = [-1] * len(mentions)
    at = 0
    for position, opening, _, k in [*events, (len(text), 0, 0, -1)]:
        covered = any(h and s <= at < e for h, (s, e, _) in zip(hidden, mentions, strict=False))
        _add(words, spaced, text[at:position], masked=covered)
        at = position
        if k >= 0:
            marks[len(words)] = 1 + 2 * MARKED_LABELS.index(mentions[k][2]) + (1 - opening)
            if opening:
                places[k] = len(words)
            words.append("")
            spaced.append(bool(position) and text[position - 1 : position].isspace())
    return _encoded(words, spaced, marks, places, pieces)


def _events(mentions: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, int, int]]:
    """Openings and closings in order of place: closings first, inner mentions inside."""
    out = []
    for k, (start, end, _) in enumerate(mentions):
        out.append((start, 1, -end, k))
        out.append((end, 0, -start, k))
    return out


def _add(words: list[str], spaced: list[bool], text: str, *, masked: bool) -> None:
    for n, word in enumerate(text.split()):
        words.append("[MASK]" if masked else word)
        spaced.append(n > 0 or text[0].isspace())


def _encoded(
    words: Sequence[str], spaced: Sequence[bool], marks: dict[int, int], places: Sequence[int], pieces: WordPieces
) -> MarkedText:
    ids, shapes, kinds = [pieces.cls], [0], [0]
    first: dict[int, int] = {}
    for n, word in enumerate(words):
        first[n] = len(ids)
        if n in marks:
            ids.append(pieces.mask)
            shapes.append(0)
            kinds.append(marks[n])
            continue
        found, drawn = ((pieces.mask,), (0,)) if word == "[MASK]" else pieces.pieces(word)
        ids.extend(found)
        shapes.extend(s + (0 if i == 0 and spaced[n] else GLUED) for i, s in enumerate(drawn))
        kinds.extend([0] * len(found))
    ids, shapes, kinds = ids[: LONGEST - 1], shapes[: LONGEST - 1], kinds[: LONGEST - 1]
    where = tuple(first[p] if 0 <= first.get(p, -1) < len(ids) else -1 for p in places)
    ends = ((ids, pieces.sep), (shapes, 0), (kinds, 0))
    drawn_ids, drawn_shapes, drawn_marks = (np.asarray([*x, end], dtype=np.int64) for x, end in ends)
    return MarkedText(drawn_ids, drawn_shapes, drawn_marks, where)
