"""Whose vesicle it is and who takes it up: donor and recipient of a sentence's vesicles, by the words beside the cells.

Read from the text between a cell and the vesicle, since parses break in "MSC-derived exosomes" and the like. A cancer
counts as its cells ("breast cancer cell-derived exosomes", "into glioma cells").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from exomine.nlp.relations.cues.transfer import (
    BEHIND_DONOR,
    BEHIND_RECIPIENT,
    BEHIND_VESICLE,
    DONE_TO,
    TAKEN,
    TO_RECIPIENT,
)
from exomine.nlp.relations.sentence import Item, Sentence
from exomine.nlp.relations.windows import TO_DONOR, TO_TAKER
from exomine.vocabulary.entities import Role, labels

__all__ = ["CELLS", "donor", "recipient"]

#: Labels of what gives and takes vesicles.
CELLS = labels(Role.SITE)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(pattern, re.I)
        for name, pattern in (
            ("behind donor", BEHIND_DONOR),
            ("behind vesicle", BEHIND_VESICLE),
            ("to recipient", TO_RECIPIENT),
            ("behind recipient", BEHIND_RECIPIENT),
            ("done to", DONE_TO),
            ("taken", TAKEN),
        )
    }


def donor(sentence: Sentence, vesicle: Item) -> Item | None:
    """The cells that a vesicle comes from: the nearest that the words between say so of."""
    return _nearest(vesicle, (c for c in _cells(sentence) if _gives(sentence, c, vesicle)))


def recipient(sentence: Sentence, vesicle: Item, giver: Item | None) -> Item | None:
    """The cells that take a vesicle or its cargo up; never the donor."""
    cells = [c for c in _cells(sentence) if c is not giver]
    taker = _nearest(vesicle, (c for c in cells if _takes(sentence, c)))
    return taker or _nearest(vesicle, (c for c in cells if c.start >= vesicle.end and _changes(sentence, c)))


def _cells(sentence: Sentence) -> list[Item]:
    """Cells of the sentence that are more than cells as such, the outermost of those that nest."""
    named = [i for i in sentence.items if i.label in CELLS and not i.generic and not _behind(sentence, i, "patient")]
    return [i for i in named if not any(o is not i and o.start <= i.start and i.end <= o.end for o in named)]


def _nearest(vesicle: Item, cells: Iterable[Item]) -> Item | None:
    return min(cells, key=lambda c: (_distance(c, vesicle), c.start), default=None)


def _distance(a: Item, b: Item) -> int:
    return max(b.start - a.end, a.start - b.end, 0)


def _gives(sentence: Sentence, cell: Item, vesicle: Item) -> bool:
    if _distance(cell, vesicle) > TO_DONOR:
        return False
    if cell.end <= vesicle.start:
        return _says("behind donor", _between(sentence, cell, vesicle))
    before = _gap(sentence, max(sentence.start, vesicle.start - TO_TAKER), vesicle.start)
    if _says("taken", f"{before} ", whole=False):
        return False
    return _says("behind vesicle", _between(sentence, vesicle, cell))


def _takes(sentence: Sentence, cell: Item) -> bool:
    before = _gap(sentence, max(sentence.start, cell.start - TO_TAKER), cell.start)
    behind = _gap(sentence, cell.end, min(sentence.end, cell.end + TO_TAKER))
    return _says("to recipient", f"{before} ", whole=False) or _says("behind recipient", f" {behind}", whole=False)


def _changes(sentence: Sentence, cell: Item) -> bool:
    """Whether something is done to the cells: behind a vesicle it is the vesicle that does it."""
    if cell.label == "CANCER" and not _behind(sentence, cell, "cell", "blast"):
        return False  # the disease, not its cells
    before = _gap(sentence, max(sentence.start, cell.start - TO_TAKER), cell.start)
    return _says("done to", f"{before} ", whole=False)


def _behind(sentence: Sentence, item: Item, *begins: str) -> bool:
    """Whether the word behind a mention begins so."""
    return item.end < sentence.end and sentence.lower(item.end).startswith(begins)


def _says(name: str, text: str, *, whole: bool = True) -> bool:
    pattern = _patterns()[name]
    return bool(pattern.fullmatch(text) if whole else pattern.search(text))


def _between(sentence: Sentence, a: Item, b: Item) -> str:
    """The text between two mentions, white space included."""
    base = sentence.span.start_char
    return sentence.span.text[a.span.end_char - base : b.span.start_char - base]


def _gap(sentence: Sentence, start: int, end: int) -> str:
    return str(sentence.doc[start:end].text) if start < end else ""
