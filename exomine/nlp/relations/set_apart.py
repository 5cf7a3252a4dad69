"""One name for two things: "mutant X, but not wild-type X, promotes P" tells of the one what it denies of the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from exomine.nlp.relations.contrast import Contrast
from exomine.nlp.relations.ellipsis import arguments_of, for_state
from exomine.nlp.relations.sentence import Item, Sentence
from exomine.nlp.relations.statement import Statement, may_act, state_of

__all__ = ["told_of_both", "with_other_names"]

#: Between a subject and what is set against it: a comma, a noun of the first one's form.
_JOINT = re.compile(r"[\s,]*(?:(?:expression|proteins?|levels?|mutants?|mutations?|knock-?down|silencing|loss)[\s,]*)?")


def with_other_names(sentence: Sentence, contrasts: Sequence[Contrast]) -> None:
    """Gives a name of its own to a mention that is set against another one of the same name."""
    for contrast in contrasts:
        others = [i for i in sentence.items if id(i) not in contrast.items]
        names = {(i.label, i.span.text.lower()) for i in others}
        for item in sentence.items:
            if id(item) in contrast.items and (item.label, item.span.text.lower()) in names:
                item.form = _OTHER


#: What the name of the one that is set apart goes on with.
_OTHER = "\tset apart"


def told_of_both(sentence: Sentence, statements: Sequence[Statement], contrasts: Sequence[Contrast]) -> list[Statement]:
    """The statements, those about the second of "X, but not Y, promotes P" told of the first one too, where the parse
    has lost it; they are yet to be denied of the second."""
    known = {(id(s.subject), id(s.object)) for s in statements}
    more = [t for c in contrasts if c.denied for t in _of_first(sentence, statements, c)]
    return [*statements, *(t for t in more if (id(t.subject), id(t.object)) not in known)]


def _of_first(sentence: Sentence, statements: Sequence[Statement], contrast: Contrast) -> Iterator[Statement]:
    first = _right_before(sentence, min(contrast.words))
    if first is None:
        return
    mine = next((a for a in arguments_of(sentence, first) if a.item in (first, first.alias)), None)
    if mine is None or not may_act(mine):
        return
    for s in statements:
        name = for_state(s, mine)
        denied = id(s.subject) in contrast.items and s.subject.label == first.label
        if name and denied and not _before(s, contrast):
            yield replace(s, subject=mine.item, predicate=name, state=state_of(mine))


def _right_before(sentence: Sentence, start: int) -> Item | None:
    """The name that ends right before the words of a contrast."""
    before = [i for i in sentence.items if i.end <= start]
    last = max(before, key=lambda i: (i.end, -i.start), default=None)
    if last is None or not _JOINT.fullmatch(sentence.doc[last.end : start].text_with_ws):
        return None
    return last


def _before(s: Statement, contrast: Contrast) -> bool:
    """Whether what carries the statement stands before the contrast: "promotes P, but not Y": Y is no subject."""
    return max(s.anchors, default=0) < min(contrast.words)
