"""What clauses without a verb say: what the whole clause says of its names, each of its own, and nothing crosswise; see
:mod:`exomine.nlp.relations.gaps`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations

from exomine.nlp.relations.cues.gap_cues import THAT_OF
from exomine.nlp.relations.ellipsis import arguments_of, for_state
from exomine.nlp.relations.gaps import Clause
from exomine.nlp.relations.sentence import Item, Sentence
from exomine.nlp.relations.statement import Statement, state_of

__all__ = ["crossed", "with_gaps_filled"]


def with_gaps_filled(sentence: Sentence, statements: Sequence[Statement]) -> list[Statement]:
    """The statements, those left out that join names of two clauses, with what is told of one clause told of each."""
    out = list(statements)
    for run in sentence.gapped:
        out = [s for s in out if not _crosses(run, s)]
        known = {(id(s.subject), id(s.object)) for s in out}
        more = [t for s in out for t in _in_the_others(sentence, run, s)]
        out += {(id(t.subject), id(t.object)): t for t in more if (id(t.subject), id(t.object)) not in known}.values()
    return out


def crossed(sentence: Sentence) -> frozenset[tuple[str, str]]:
    """The names of two clauses that are not told of each other."""
    out: set[tuple[str, str]] = set()
    own: set[tuple[str, str]] = set()
    for run in sentence.gapped:
        names = [{i.name for part in clause.parts for i in part.items} for clause in run]
        own |= {(a, b) for clause in names for a in clause for b in clause}
        out |= {(a, b) for one, other in permutations(names, 2) for a in one for b in other}
    return frozenset(out - own)


def _crosses(run: Sequence[Clause], s: Statement) -> bool:
    a, b = _place(run, s.subject), _place(run, s.object)
    return a is not None and b is not None and a[0] != b[0]


def _place(run: Sequence[Clause], item: Item) -> tuple[int, int] | None:
    """The clause and the part that a name stands in."""
    for n, clause in enumerate(run):
        for k, part in enumerate(clause.parts):
            if any(item is x or item is x.alias or item.alias is x for x in part.items):
                return n, k
    return None


def _in_the_others(sentence: Sentence, run: Sequence[Clause], s: Statement) -> Iterator[Statement]:
    """A statement about names of one clause, of the names of each other clause; a name in no clause is one of all."""
    a, b = _place(run, s.subject), _place(run, s.object)
    if (a is None and b is None) or s.object.only_describes:
        return  # "exosomal X in C, and Y in D": where Y is, is not said
    home = a[0] if a is not None else b[0] if b is not None else 0
    for n, clause in enumerate(run):
        if n == home or clause.word or run[home].word:
            continue
        for subject in clause.parts[a[1]].items if a is not None else (s.subject,):
            told = s if a is None else _done_to(sentence, s, subject)
            for object_ in clause.parts[b[1]].items if b is not None else (s.object,):
                names = subject.alias or subject, object_.alias or object_
                if told is not None:
                    yield replace(told, subject=names[0], object=names[1], like=(s.subject, s.object))


def _done_to(sentence: Sentence, s: Statement, subject: Item) -> Statement | None:
    """What is told of a subject to which something else is done, or the same: "loss of X raised P, and that of Y Q";
    nothing where it is left open."""
    mine = next(a for a in arguments_of(sentence, subject) if a.item in (subject, subject.alias))
    if state_of(mine) != "normal":
        name = for_state(s, mine)
        return replace(s, predicate=name, state=state_of(mine)) if name else None
    the_same = any(sentence.lower(k) in THAT_OF for k in range(max(sentence.start, subject.start - 2), subject.start))
    return s if s.state == "normal" or the_same else None
