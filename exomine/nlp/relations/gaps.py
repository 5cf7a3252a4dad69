"""Clauses that leave out their verb, and lists whose members have a place each: "X promotes P, and Y Q", "X in glioma,
Y in melanoma and Z in sarcoma"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from exomine.nlp.relations.cues.gap_cues import AMONG, BEHIND, DONE_TO, JOINTS, PREPOSITIONS
from exomine.nlp.relations.items import Item
from exomine.nlp.relations.tokens import FINITE, Tokens
from exomine.vocabulary.entities import Role, labels

__all__ = ["Clause", "Part", "gapped"]

_EXPRESSED = labels(Role.EXPRESSED)
#: What a name may stand right before as its object, with no word between ("X promotes P, Y Q"); a microRNA there is
#: rather the next subject.
_BARE = (*labels(Role.EVENT), *(x for x in labels(Role.AMOUNT) if x not in labels(Role.CLASS)))
#: Where pairs are told one by one by a word, it says which.
_PAIRED = ("respectively",)


@dataclass(frozen=True, slots=True)
class Part:
    """One or several names of a clause that stand in one role; ``preposition`` is the word before them, if any."""

    items: tuple[Item, ...]
    preposition: str = ""

    @property
    def label(self) -> str:
        """The label of the first name."""
        return self.items[0].label

    def like(self, other: Part) -> bool:
        """Whether another part may stand in the same role."""
        return self.preposition == other.preposition and _like(self.items[0], other.items[0])


#: The parts of a clause, in order.
Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """The parts of a clause; ``word``: it has a word of its own that tells something ("and Y lower in D")."""

    parts: Parts
    word: bool = False


@dataclass(frozen=True, slots=True)
class _Chunk:
    """What stands between two joints: ``parts`` where it is nothing but names with prepositions, else nothing.

    ``goes_on``: a verb follows, whose subjects they are; ``word``: a participle or adjective tells something of them;
    ``joint`` is what stands before.
    """

    start: int
    end: int
    parts: Parts = ()
    goes_on: bool = False
    word: bool = False
    joint: str = ""


def gapped(tokens: Tokens, items: Sequence[Item], words: Collection[int]) -> list[list[Clause]]:
    """The runs of clauses of which all but one leave out their verb; the first one is the whole clause. ``words`` are
    the tokens that carry triggers."""
    if any(tokens.lower(k) in _PAIRED for k in range(tokens.start, tokens.end)):
        return []
    chunks = list(_Chunker(tokens, items, words).chunks())
    out, k = [], 0
    while k < len(chunks):
        run, after = _run(chunks, k)
        first = _template(tokens, items, chunks[k].start, run[0].parts) if run else ()
        whole = [Clause(first), *run] if first else run
        if len(whole) > 1 and all(_alike(whole[0].parts, u.parts) for u in whole[1:]):
            out.append(whole)
        k = max(after, k + 1)
    return out


def _like(a: Item, b: Item) -> bool:
    return a.label == b.label or (a.label in _EXPRESSED and b.label in _EXPRESSED)


def _alike(a: Parts, b: Parts) -> bool:
    return len(a) == len(b) and all(
        x.like(y) or (n == 0 and _like(x.items[0], y.items[0])) for n, (x, y) in enumerate(zip(a, b, strict=True))
    )


# ---------------------------------------------------------------------- chunks


@dataclass(frozen=True, slots=True)
class _Chunker:
    tokens: Tokens
    items: Sequence[Item]
    words: Collection[int]

    def chunks(self) -> Iterator[_Chunk]:
        """What stands between commas, semicolons and conjunctions; what stands in brackets is read past."""
        tokens, start, joint = self.tokens, self.tokens.start, ""
        at = {k: i for i in self._outermost() for k in range(i.start, i.end)}
        inside = _in_brackets(tokens)
        for k in range(tokens.start, tokens.end + 1):
            ends = k == tokens.end or (k not in at and k not in inside and tokens.lower(k) in JOINTS)
            if not ends:
                continue
            if k > start:
                yield self._chunk(start, k, at, inside, joint)
                joint = ""
            joint += tokens.lower(k) if k < tokens.end else ""
            start = k + 1

    def _outermost(self) -> list[Item]:
        """The names that lie in no other one; an adjective of vesicles is none."""
        named = [i for i in self.items if not i.only_describes]
        return [
            i
            for i in named
            if not any(
                o is not i and o.start <= i.start and i.end <= o.end and len(o.span) > len(i.span) for o in named
            )
        ]

    def _chunk(self, start: int, end: int, at: dict[int, Item], inside: set[int], joint: str) -> _Chunk:
        parts: list[Part] = []
        before, joined, word, k = "", False, False, start
        while k < end:
            low = self.tokens.lower(k)
            if k in at:
                parts = _with(parts, at[k], before, joined=joined)
                before, joined, k = "", False, at[k].end
                continue
            if low in PREPOSITIONS or (low == "of" and parts):
                before = low
            elif low in ("/", "-") and parts and not before:
                joined = True
            elif self._tells(k) and parts and not before:
                word = True
            elif not (k in inside or low in AMONG or low in (BEHIND if parts or before else DONE_TO)):
                finite = self.tokens.tag(k) in FINITE[:4]
                goes_on = finite and len(parts) > 1 and not before
                return _Chunk(start, end, tuple(parts) if goes_on else (), goes_on, word, joint)
            k += 1
        verb = word and not all(p.preposition for p in parts[1:])  # "X raised P", with a verb taken for a participle
        return _Chunk(start, end, () if before or verb else tuple(parts), word=word, joint=joint)

    def _tells(self, k: int) -> bool:
        """Whether a participle or adjective without its verb tells something: "and Y lower in D"."""
        return k in self.words and self.tokens.tag(k) in ("VBN", "JJ", "JJR", "RBR")


def _with(parts: list[Part], item: Item, word: str, *, joined: bool) -> list[Part]:
    if joined and _like(parts[-1].items[-1], item):
        return [*parts[:-1], replace(parts[-1], items=(*parts[-1].items, item))]
    return [*parts, Part((item,), word)]


def _in_brackets(tokens: Tokens) -> set[int]:
    """The tokens within brackets, these counted."""
    out: set[int] = set()
    depth = 0
    for k in range(tokens.start, tokens.end):
        text = tokens.token(k).text
        depth += text in ("(", "[")
        if depth:
            out.add(k)
        depth -= text in (")", "]") and depth > 0
    return out


# ---------------------------------------------------------------------- runs of clauses


def _run(chunks: Sequence[_Chunk], first: int) -> tuple[list[Clause], int]:
    """The clauses without a verb from the chunk ``first`` on, and the chunk behind them; members of a list that stand
    alone belong to the next clause, or to the one before."""
    run: list[Clause] = []
    waiting: list[Item] = []
    k = first
    while k < len(chunks):
        chunk = chunks[k]
        parts = _split_by_comma(chunks, k) or chunk.parts
        if len(parts) == 1:
            follows = _next_clause(chunks, k)
            if follows and _like(parts[0].items[0], follows[0].items[0]):
                waiting += parts[0].items
            elif run and not waiting and _like(parts[0].items[0], run[-1].parts[-1].items[0]):
                run[-1] = _with_last(run[-1], parts[0].items)
            else:
                break
        elif parts and _clause(parts):
            run.append(Clause((replace(parts[0], items=(*waiting, *parts[0].items)), *parts[1:]), chunk.word))
            waiting = []
        else:
            break
        k += 2 if parts is not chunk.parts else 1
        if chunk.goes_on:
            break
    return ([] if waiting else run), k


def _with_last(clause: Clause, items: tuple[Item, ...]) -> Clause:
    """The clause, its last part with further names."""
    *parts, last = clause.parts
    return replace(clause, parts=(*parts, replace(last, items=(*last.items, *items))))


def _split_by_comma(chunks: Sequence[_Chunk], k: int) -> Parts:
    """ "; miR-X, Y; and miR-Z, W": a comma stands for the verb between semicolons."""
    if k + 1 >= len(chunks) or not chunks[k].joint.startswith(";") or chunks[k + 1].joint != ",":
        return ()
    one, other = chunks[k].parts, chunks[k + 1].parts
    ended = k + 2 == len(chunks) or chunks[k + 2].joint.startswith(";")
    return (*one, *other) if len(one) == len(other) == 1 and ended and one[0].label != other[0].label else ()


def _next_clause(chunks: Sequence[_Chunk], k: int) -> Parts:
    """The next clause behind members that stand alone; empty where there is none."""
    for chunk in chunks[k + 1 :]:
        if len(chunk.parts) != 1:
            return chunk.parts if chunk.parts and _clause(chunk.parts) else ()
    return ()


def _clause(parts: Parts) -> bool:
    """Whether parts can be those of a clause without its verb: two or three, with prepositions, or a name before its
    object."""
    if not 1 < len(parts) < 4:
        return False
    bare = [n for n, p in enumerate(parts) if n and not p.preposition]
    if not bare:
        return True
    one, other = parts[0], parts[1]
    if bare == [1] and len(parts) == 3 and one.label != other.label:
        return True  # "and Y leukemia cells to D"
    return bare == [1] and one.label != other.label and (bool(one.preposition) or other.label in _BARE)


# ---------------------------------------------------------------------- the clause with the verb


def _template(tokens: Tokens, items: Sequence[Item], end: int, like: Parts) -> Parts:
    """The parts of the clause before token ``end`` that stand in the same roles as those of ``like``."""
    named = [i for i in items if i.end <= end and not i.only_describes]
    last = max((i.end for i in named), default=tokens.start)
    if not named or not (_fronted(like) or _nothing_between(tokens, last, end)):
        return ()
    out: list[Part] = []
    for n in range(len(like) - 1, -1, -1):
        item = _nearest(tokens, named, like[n], any_place=n == 0)
        if item is None or (n == len(like) - 1 and item.end != last):
            return ()
        members = [x for x in item.group if x.end <= end and _like(x, item)] or [item]
        out.insert(0, Part(tuple(members), like[n].preposition))
        named = [i for i in named if i.end <= min(x.start for x in members)]
    bare = not _fronted(like) and not all(p.preposition for p in like[1:])
    return () if bare and not _verb_between(tokens, out[0], out[1]) else tuple(out)


def _fronted(parts: Parts) -> bool:
    """ "In C, X rose, and in D Y": the verb stands behind all names."""
    return bool(parts[0].preposition) and not parts[-1].preposition


def _nothing_between(tokens: Tokens, last: int, end: int) -> bool:
    """Whether nothing but nouns that go with a name, joints and brackets stands between."""
    inside = _in_brackets(tokens)
    return all(tokens.lower(k) in BEHIND | JOINTS or k in inside for k in range(last, end))


def _nearest(tokens: Tokens, named: Sequence[Item], like: Part, *, any_place: bool) -> Item | None:
    """The last name of the same kind behind the same preposition; ``any_place``: the first part of a clause may stand
    behind any."""
    fits = [i for i in named if _like(i, like.items[0])]
    fits = [i for i in fits if (any_place and not like.preposition) or _preposition_fits(tokens, i, like)]
    same = [i for i in fits if i.label == like.label]
    return max(same or fits, key=lambda i: (i.end, -i.start), default=None)


def _preposition_fits(tokens: Tokens, item: Item, like: Part) -> bool:
    found = _preposition(tokens, item)
    return found == like.preposition or (found == "of" and not like.preposition)  # "lowers levels of Y, and X2 Y2"


def _preposition(tokens: Tokens, item: Item) -> str:
    """The preposition before a name or before the enumeration that it belongs to."""
    k = min(x.start for x in item.group) - 1
    while k > tokens.start and tokens.lower(k) in AMONG - {"of"}:
        k -= 1
    return tokens.lower(k) if k >= tokens.start and tokens.lower(k) in PREPOSITIONS | {"of"} else ""


def _verb_between(tokens: Tokens, a: Part, b: Part) -> bool:
    between = range(a.items[-1].end, b.items[0].start)
    return any(tokens.tag(k).startswith(("VB", "MD")) for k in between)
