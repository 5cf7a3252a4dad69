"""Whose vesicle it is and who takes it up: donor and recipient of a sentence's vesicles, by the words beside the cells.

Read from the text between a cell and the vesicle, since parses break in "MSC-derived exosomes" and the like. A cancer
counts as its cells ("breast cancer cell-derived exosomes", "into glioma cells"). A vesicle that points back ("these
exosomes", "they") is the one of the sentence before, and comes from the cells that it came from there.
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
    FROM_DONOR,
    HANDED_TO,
    POINTING_VESICLE,
    TAKEN,
    THOSE_CELLS,
    THOSE_OF,
    TO_RECIPIENT,
)
from exomine.nlp.relations.sentence import Item, Sentence
from exomine.nlp.relations.windows import TO_DONOR, TO_TAKER
from exomine.vocabulary.entities import Role, labels

__all__ = ["CELLS", "donor", "exchange", "handed_to", "recipient"]

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
            ("from donor", FROM_DONOR),
            ("handed to", HANDED_TO),
            ("pointing", POINTING_VESICLE),
            ("taken", TAKEN),
            ("those cells", THOSE_CELLS),
            ("those of", THOSE_OF),
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


def exchange(sentence: Sentence, vesicle: Item) -> tuple[Item | None, Item | None]:
    """Donor and recipient of a vesicle that a sentence tells of, which may be named in a sentence before ("they")."""
    here = sentence.start <= vesicle.start < sentence.end
    giver = donor(sentence, vesicle) if here else _donor_of_those(sentence)
    taker = recipient(sentence, vesicle, giver)
    if not here:
        told = _where_named(sentence, vesicle)
    elif giver is None and _points_back(sentence, vesicle):
        told = sentence.before
    else:
        return giver, taker
    giver = giver or _only(_donors(told, _SENTENCES_BACK))
    if taker is None and _says("those cells", sentence.span.text, whole=False) and not _cells(sentence):
        taker = _only(_recipients(told))
    return giver, None if taker is not None and taker is giver else taker


def handed_to(sentence: Sentence) -> Item | None:
    """The cells that cargo was handed to, in a sentence behind one that tells of vesicles: "it was transferred to"."""
    if sentence.before is None or not any(i.label == "VESICLE" for i in sentence.before.items):
        return None
    before = ((c, _gap(sentence, max(sentence.start, c.start - TO_TAKER), c.start)) for c in _cells(sentence))
    return _only([c for c, words in before if _says("handed to", f"{words} ", whole=False)][:1])


#: Sentences that each point back at the one before, at most.
_SENTENCES_BACK = 3


def _where_named(sentence: Sentence, vesicle: Item) -> Sentence | None:
    """The sentence before in which a vesicle is named."""
    before = sentence.before
    while before is not None and not before.start <= vesicle.start < before.end:
        before = before.before
    return before


def _vesicles(sentence: Sentence) -> list[Item]:
    return [i for i in sentence.items if i.label == "VESICLE" and not i.only_describes]


def _points_back(sentence: Sentence, vesicle: Item) -> bool:
    """ "These exosomes", "the vesicles", whose cells are not told behind them."""
    before = _gap(sentence, max(sentence.start, vesicle.start - TO_TAKER), vesicle.end)
    behind = _gap(sentence, vesicle.end, min(sentence.end, vesicle.end + TO_TAKER))
    pointing = _says("pointing", before, whole=False) and not vesicle.only_describes
    return pointing and not _says("from donor", f" {behind}", whole=False)


def _donors(sentence: Sentence | None, back: int) -> list[Item]:
    """Those that the vesicles of a sentence come from; where all its vesicles point back, those before it."""
    if sentence is None or not back:
        return []
    vesicles = _vesicles(sentence)
    found = [giver for v in vesicles if (giver := donor(sentence, v)) is not None]
    if found or not all(_points_back(sentence, v) for v in vesicles):
        return found
    return _donors(sentence.before, back - 1)


def _recipients(sentence: Sentence | None) -> list[Item]:
    if sentence is None:
        return []
    taken = (recipient(sentence, v, donor(sentence, v)) for v in _vesicles(sentence))
    return [taker for taker in taken if taker is not None]


def _donor_of_those(sentence: Sentence) -> Item | None:
    """ "Those of stromal cells" behind a sentence that told of exosomes."""
    before = ((c, _gap(sentence, max(sentence.start, c.start - TO_TAKER), c.start)) for c in _cells(sentence))
    return next((c for c, words in before if _says("those of", f"{words} ", whole=False)), None)


def _only(items: list[Item]) -> Item | None:
    """The one that all of some items name; nothing where they name several."""
    return items[0] if len({i.name for i in items}) == 1 else None


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
