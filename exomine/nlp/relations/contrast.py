"""Contrasted members of a sentence: "X, but not Y, suppressed Z", "unlike X, Y"; see ``cues/contrast_cues.py``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from exomine.nlp.relations.arguments import ACTORS, CELLS
from exomine.nlp.relations.cues.contrast_cues import BETWEEN, DENIED, INSTEAD, NOT_BUT, ONLY, SILENT
from exomine.nlp.relations.sentence import Item, Sentence
from exomine.nlp.relations.statement import Statement
from exomine.nlp.texts import text_of
from exomine.vocabulary.entities import Role, labels

__all__ = ["Contrast", "contrasted", "contrasts"]


#: A word without which no sentence has a contrast.
_ANY_CONTRAST = re.compile(
    r"\bnot\b|\bnor\b|neither|\bthan\b|\bof\b|\bonly\b|unlike|contrast|contrary|opposed|except|apart|aside", re.I
)


#: "X is not a marker of C, but Y is": what stands before "but" is denied of X alone.
_STANDS_FOR_CLAUSE = re.compile(r"but\s+(?:[\w-]+\s+){1,4}(?:is|are|was|were|do|does|did)\s*(?=[.,;:)]|$)", re.I)


@dataclass(frozen=True, slots=True)
class Contrast:
    """Items set apart by the tokens ``words``; ``denied`` or else passed over in silence.

    ``told`` are the tokens that say of them what they say, a relative clause behind them ("unlike X, which promotes P,
    Y inhibits P") or what stands before the contrast ("X and Y target Z, but only X promotes P").
    """

    items: frozenset[int]
    words: tuple[int, ...]
    denied: bool
    told: range = range(0)

    def tells(self, s: Statement) -> bool:
        """Whether the clause of their own makes the statement."""
        return (
            bool(self.told)
            and all(k in self.told or k < self.told.start for k in s.anchors)
            and any(k in self.told for k in s.anchors)
        )


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], bool, bool], ...]:
    rows = [(p, True, False) for p in DENIED] + [(p, False, False) for p in SILENT] + [(NOT_BUT, True, True)]
    return tuple((re.compile(p + BETWEEN, re.I), denied, but) for p, denied, but in rows)


def contrasts(sentence: Sentence) -> list[Contrast]:
    """The contrasts of a sentence."""
    text, base = sentence.span.text, sentence.span.start_char
    if not _ANY_CONTRAST.search(text):
        return []
    out = []
    for pattern, denied, needs_but in _patterns():
        for hit in pattern.finditer(text):
            at = base + hit.end()
            members = _before_but(sentence, at) if needs_but else _members(sentence, at)
            if not members:
                continue
            span = sentence.doc.char_span(base + hit.start(), base + hit.end(), alignment_mode="expand")
            if span is not None:
                told = range(0) if denied else _told(sentence, max(x.end for x in members))
                out.append(
                    Contrast(frozenset(id(x) for x in members), tuple(range(span.start, span.end)), denied, told)
                )
    return [*out, *_all_but_the_only_one(sentence)]


def _all_but_the_only_one(sentence: Sentence) -> Iterator[Contrast]:
    """ "X and Y target Z, but only X promotes P": of P nothing is said of Y."""
    text, base = sentence.span.text, sentence.span.start_char
    for hit in _only().finditer(text):
        one = next((i for i in sentence.items if i.span.start_char == base + hit.end()), None)
        if one is None or one.label not in ACTORS or not _verb_follows(sentence, max(x.end for x in one.group)):
            continue
        word = _token_at(sentence, base + hit.start())
        mine = {x.name for x in (one, *one.group) if x.start >= one.start}
        others = [i for i in sentence.items if i.end <= word and _of_one_kind(i, one) and i.name not in mine]
        if others:
            yield Contrast(frozenset(map(id, others)), (word,), denied=False, told=range(sentence.start, word))


@lru_cache(maxsize=1)
def _only() -> re.Pattern[str]:
    return re.compile(ONLY, re.I)


def _of_one_kind(a: Item, b: Item) -> bool:
    return a.label == b.label or {a.label, b.label} <= set(labels(Role.EXPRESSED))


def _verb_follows(sentence: Sentence, k: int) -> bool:
    """Whether the next word, adverbs apart, is a verb: what stands before is its subject."""
    while k < sentence.end and (sentence.tag(k).startswith("RB") or sentence.lower(k) in (",", "however")):
        k += 1
    return k < sentence.end and sentence.tag(k).startswith(("VB", "MD"))


def _told(sentence: Sentence, end: int) -> range:
    """The tokens of the relative clause behind a name that ends at ``end``: from "which" to its comma."""
    k = end + 1 if end < sentence.end and sentence.token(end).text == "," else end
    if k >= sentence.end or sentence.lower(k) not in ("which", "that", "who"):
        return range(0)
    commas = (j for j in range(k, sentence.end) if sentence.token(j).text == "," and not _in_list(sentence, j))
    return range(k, next(commas, k))


def _in_list(sentence: Sentence, comma: int) -> bool:
    """Whether a comma parts the members of an enumeration."""
    before, after = sentence.covered.get(comma - 1), sentence.covered.get(comma + 1)
    return before is not None and after is not None and before.group is after.group


def _before_but(sentence: Sentence, offset: int) -> list[Item]:
    """The names before "but": of "not X but Y", and of "is not suppressed by X but by Y", where the verb is that of
    both."""
    members = _members(sentence, offset)
    if members:
        return members if _but_behind(sentence, members) else []
    members = _members(sentence, offset, past_verbs=True)
    return members if members and _instead(sentence, max(x.end for x in members)) else []


def _instead(sentence: Sentence, end: int) -> bool:
    """Whether "but Y" without a verb of its own stands at token ``end``."""
    if end >= sentence.end:
        return False
    start = sentence.token(end).idx
    hit = _instead_of_it().match(text_of(sentence.doc), start, sentence.span.end_char)
    first = next((i for i in sentence.items if hit and i.span.start_char == hit.end()), None)
    if first is None:
        return False
    behind = max(x.end for x in (first, *first.group))
    return behind >= sentence.end or not sentence.tag(behind).startswith(("VB", "MD"))


@lru_cache(maxsize=1)
def _instead_of_it() -> re.Pattern[str]:
    return re.compile(INSTEAD + BETWEEN, re.I)


def _members(sentence: Sentence, offset: int, *, past_verbs: bool = False) -> list[Item]:
    """The names that begin at ``offset``: all of an enumeration from there, an operator before the first allowed."""
    first = next((i for i in sentence.items if i.span.start_char >= offset and not _bare_cells(i)), None)
    if first is None:
        return []
    gap = text_of(sentence.doc)[offset : first.span.start_char]
    if len(gap) > 40 or re.search(r"[,;:.]|\b(?:and|or|but|which|that)\b", gap):
        return []
    verbs = (m for m in sentence.matches if m.trigger.form == "verb" and not past_verbs)
    if any(first.start > m.start >= _token_at(sentence, offset) for m in verbs):
        return []
    inside = [i for i in sentence.items if i.start < first.end and first.start <= i.start]
    return [*inside, *(x for x in first.group if x.start >= first.start and not _comma_only(sentence, first, x))]


def _bare_cells(item: Item) -> bool:
    """ "The resistance of the cells to D": the cells are not what is contrasted."""
    return item.generic and item.label in CELLS


def _token_at(sentence: Sentence, offset: int) -> int:
    return next((t.i for t in sentence.span if t.idx >= offset), sentence.end)


def _comma_only(sentence: Sentence, first: Item, x: Item) -> bool:
    """ "unlike X, Y": a comma alone ends what is contrasted."""
    gap = text_of(sentence.doc)[first.span.end_char : x.span.start_char]
    return "," in gap and not re.search(r"\b(?:and|n?or)\b|/", gap)


def _but_behind(sentence: Sentence, members: list[Item]) -> bool:
    end = max(x.end for x in members)
    but = next((k for k in range(end, min(sentence.end, end + 4)) if sentence.lower(k) == "but"), None)
    return but is not None and not _STANDS_FOR_CLAUSE.match(sentence.doc[but : sentence.end].text)


def contrasted(statements: Iterable[Statement], found: list[Contrast]) -> Iterator[Statement]:
    """The statements, those of contrasted members denied or left out; the contrast's own words deny nothing else."""
    words = tuple(k for c in found for k in c.words)
    for s in statements:
        hits = [c for c in found if (id(s.subject) in c.items or id(s.object) in c.items) and not c.tells(s)]
        if any(not c.denied for c in hits):
            continue
        yield replace(s, spent=(*s.spent, *words), denied=bool(hits)) if found else s
