"""What stands near a trigger by word order: drugs and vesicles behind it, examples, cargo before it, words of
degree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exomine.nlp.relations.arguments import MOLECULES
from exomine.nlp.relations.cues.nouns import DEGREES
from exomine.nlp.relations.sentence import Item, Match, Sentence
from exomine.nlp.relations.windows import BETWEEN_CARGO, TO_CARGO, TO_CARGO_EXAMPLE, TO_CARGO_EXAMPLES, TO_DEGREE
from exomine.vocabulary.entities import Role, labels

__all__ = [
    "CARGO_LABELS", "cargo_right", "degree_before", "drug_in", "drugs_right", "examples", "first_word",
    "governing_subject", "left_of", "tail", "vesicles_right",
]  # fmt: skip

CARGO_LABELS = labels(Role.CARGO)
_FINITE = ("VBZ", "VBP", "VBD", "MD")
_EXAMPLES = re.compile(r"\b(?:such as|like|including|e\.g\.|i\.e\.|namely)\b,?")
_ENDS_LIST = (";", ".", "which", "that", "in", "to")


def first_word(sentence: Sentence, start: int, reach: int, wanted: Sequence[str] | frozenset[str]) -> int | None:
    """The first of the next ``reach`` tokens that is one of the ``wanted`` words."""
    return next((k for k in range(start, min(sentence.end, start + reach)) if sentence.lower(k) in wanted), None)


def tail(item: Item, start: int) -> list[Item]:
    """The members of an enumeration from token ``start`` on."""
    return [x for x in item.group if x.start >= start]


def drugs_right(sentence: Sentence, start: int, reach: int) -> list[Item]:
    """The first DRUG mentions in the next ``reach`` tokens of the clause."""
    for k in range(start, min(sentence.end, start + reach)):
        if sentence.token(k).text in (";", "."):
            break
        item = sentence.covered.get(k)
        if item is not None and item.label == "DRUG" and item.start >= start:
            return [(x.alias or x) for x in tail(item, start) if x.label == "DRUG"]
    return []


def vesicles_right(sentence: Sentence, start: int, reach: int) -> list[Item]:
    """The first vesicle that begins in the next ``reach`` tokens."""
    return [i for i in sentence.items if i.label == "VESICLE" and start <= i.start < start + reach][:1]


def cargo_right(sentence: Sentence, start: int, reach: int) -> list[Item]:
    """The next enumeration of cargo to the right, before another verb."""
    for k in range(start, min(sentence.end, start + reach)):
        item = sentence.covered.get(k)
        if item is None and (sentence.token(k).text in (";", ".") or _verb(sentence, k)):
            break
        if item is not None and item.start >= start and item.label in CARGO_LABELS and not item.generic:
            return tail(item, start)
    return []


def _verb(sentence: Sentence, k: int) -> bool:
    return sentence.tag(k) in _FINITE or sentence.says(k, "regulate")


def left_of(sentence: Sentence, m: Match) -> list[Item]:
    """The nearest cargo before a trigger, with no vesicle between."""
    before = (i for i in reversed(sentence.items) if i.end <= m.start)
    item = next((i for i in before if i.label == "VESICLE" or (i.label in CARGO_LABELS and not i.generic)), None)
    if item is None or item.label == "VESICLE":
        return []
    gap = sentence.doc[item.end : m.start]
    near = len(gap) <= TO_CARGO and not any(t.text in (";", ":") for t in gap)
    return [x for x in item.group if x.end <= item.end] if near else []


def examples(sentence: Sentence, start: int) -> list[Item]:
    """Enumerations after "such as", "like", "including" in the rest of the clause; a relative clause may stand
    between.
    """
    if start >= sentence.end:
        return []
    text, base = sentence.doc[start : sentence.end].text, sentence.token(start).idx
    out: list[Item] = []
    for hit in _EXAMPLES.finditer(text):
        if re.search(r"[;.]\s", text[: hit.start()]) or len(text[: hit.start()].split()) > TO_CARGO_EXAMPLES:
            break
        at = base + hit.end()
        first = next((i for i in sentence.items if i.span.start_char >= at and i.label in CARGO_LABELS), None)
        if first is not None and first.span.start_char - at < TO_CARGO_EXAMPLE:
            out.extend(_listed(sentence, first))
    return out


def _listed(sentence: Sentence, first: Item) -> Iterator[Item]:
    """All cargo in the list that begins with ``first``; members that no matcher knows may stand between."""
    yield first
    end = first.end
    for item in sentence.items:
        if item.start < end:
            continue
        gap = sentence.doc[end : item.start]
        if len(gap) > BETWEEN_CARGO or any(t.tag_ in _FINITE or t.lower_ in _ENDS_LIST for t in gap):
            break
        if item.label in MOLECULES and item.alias is None:
            yield item
            end = item.end


def governing_subject(sentence: Sentence, i: int) -> list[int]:
    """The subject of the verb above, for an adjective or a conjunct: "X is present in"."""
    h = sentence.head(i)
    if sentence.dep(i) in ("acomp", "attr", "conj", "oprd", "ccomp", "xcomp") and h != i:
        return sentence.children(h, "nsubj", "nsubjpass")
    return []


def degree_before(sentence: Sentence, m: Match) -> tuple[int, tuple[int, ...]]:
    """-1 for "less resistant", "no longer sensitive", else 1; and the tokens that say so."""
    for k in range(m.start - 1, max(sentence.start, m.start - TO_DEGREE) - 1, -1):
        for degree, sign in DEGREES.items():
            first = k - len(degree.split()) + 1
            if first >= sentence.start and sentence.doc[first : k + 1].text.lower() == degree:
                return sign, tuple(range(first, k + 1))
        if not sentence.tag(k).startswith(("RB", "JJR")):
            break
    return 1, ()


def drug_in(sentence: Sentence, *tokens: int) -> bool:
    """Whether one of the tokens belongs to a DRUG: "D-resistant", as against "castration-resistant"."""
    covering = (sentence.covered.get(k) for k in tokens)
    return any(i is not None and i.label == "DRUG" for i in covering)
