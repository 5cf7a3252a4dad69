"""The mentions of one sentence as items: what they are, which of them abbreviate one another, and their
enumerations.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from spacy.tokens import Span

from exomine.document.model import CitationMark
from exomine.nlp.blocks import citation_marks
from exomine.nlp.mentions.inhibitors import names_class
from exomine.nlp.mentions.marked_cells import MARKERS
from exomine.nlp.relations.citing import Mark, cut_marks
from exomine.nlp.relations.cues.nouns import (
    GENERIC_CANCER,
    GENERIC_CELL_TYPE,
    GENERIC_DRUG,
    GENERIC_MIRNA,
    GENERIC_PATHWAY,
    GENERIC_PROCESS,
    GENERIC_PROTEIN,
    REDUCED_NOUNS,
    STATE_WORDS,
)
from exomine.nlp.relations.tokens import FINITE, Tokens
from exomine.nlp.relations.windows import BETWEEN_MEMBERS
from exomine.nlp.texts import text_of
from exomine.vocabulary.entities import Role, acting, labels, listed_together

__all__ = [
    "Enumerations",
    "Item",
    "as_item",
    "find_items",
    "guessed",
    "link_aliases",
    "longest_at",
    "marks_cells",
    "only_seen",
    "response_word",
    "same_thing",
    "shortest_at",
    "target_of_class",
    "variants_with_gene",
]

_GENERIC = {
    "CANCER": re.compile(GENERIC_CANCER, re.I),
    "CELL_TYPE": re.compile(GENERIC_CELL_TYPE, re.I),
    "MIRNA": re.compile(GENERIC_MIRNA, re.I),
    "PATHWAY": re.compile(GENERIC_PATHWAY, re.I),
    "PROCESS": re.compile(GENERIC_PROCESS, re.I),
    "PROTEIN": re.compile(GENERIC_PROTEIN, re.I),
    "DRUG": re.compile(GENERIC_DRUG, re.I),
}
_RESISTANCE = re.compile(r"resist|^mdr\b|refractor|toleran", re.I)
_SENSITIVITY = re.compile(r"sensiti", re.I)
#: Between a word of response and its drug: "chemoresistance to D", "chemoresistance of the cells to D".
_TO_DRUG = re.compile(r"\s*(?:of\s+(?:[\w-]+\s+){1,4})?(?:to|towards?|against)\s+(?:the\s+)?(?:[\w-]+\s+)?$", re.I)
_RESISTANCE_PROCESS = re.compile(r"resistan|sensitiv|tolerance", re.I)
#: Labels of what is enumerated among its like, each for itself, and of all others, which may stand in one enumeration.
_SITES = labels(Role.SITE)
_LISTED = tuple(label for label in labels(Role.ACTS) if label not in _SITES)
#: Figures in brackets behind a member: "(HR 2.6, 95% CI 1.1-5.9)".
_STATISTICS = re.compile(r"\((?=[^()]*\d)(?:[^()]*[=<>≤≥%±]|AUC|HR|OR)[^()]{0,80}\)")
_MARK = r"\[[\d,;\s–\-]+\]"
_JOINT = re.compile(
    rf"^(?:[\-–](?=\s))?(?:\s|{_MARK})*(?:[,;/&+(]|\)\s*(?=[,/]|and|or|\W*$)|and/or\b|and\b|n?or\b"
    rf"|as well as\b|plus\b|along with\b|together with\b|but also\b)"
    rf"(?:\s|{_MARK}|[,;/&()+\-–]|\b(?:and|n?or|also|the|both|its|their|as well as|even|other|then|by|of"
    rf"|hsa|human)\b)*$",
    re.I,
)
#: Between cancers: whose they are, and the preposition said again ("in breast cancer patients and in glioma").
_IN_THOSE = re.compile(
    r"(?<=\s)in(?:\s+the)?\s*$|\b(?:patients?|tissues?|samples?|specimens?|xenografts?|lines?|models?|mice)\b"
)
#: Before the abbreviation of a member: its long form, which no matcher knows ("growth and killer group 2D (KG2D)").
_LONG_FORM = re.compile(r"\)?(?:,|,?\s*\b(?:and|or|as well as))\s+((?:[\w\-]+\s+){2,7})\(")
#: Between two members stands one that no matcher knows: "Rab, GTPases, Tsg101".
_UNKNOWN_MEMBER = re.compile(r"\s*,\s*(?:[\w\-]+\s){0,2}[\w\-]+,\s*(?:and\s+|or\s+)?")
#: Between two proteins stands a long form that no matcher knows: ", epithelial cell surface antigen (".
_UNKNOWN_LONG_FORM = re.compile(r"\)?,\s*(?:and\s+)?[\w\s\-]{3,60}\(")
#: Between a long form and its abbreviation: "(", a word of its kind before it allowed.
_BRACKET = re.compile(r"[\w\s\-]{0,14}\(\s*")
#: Markers and the cells behind them, and how far off these may end.
_MARKED_CELLS = re.compile(
    rf"(?:{MARKERS}|[A-Z]\w*[−–-](?=\s))\s?(?:(?!and\b|or\b)[\w-]+\s){{0,2}}?(?:cells?|lymphocytes|monocytes|macrophages|thymocytes|Tregs?|populations?|subsets?)\b"
)
_TO_CELLS = 60
#: What stands before a miRNA's name and turns it or says which form it has.
_PREFIX = re.compile(r"\s(?:anti|antago|pre|pri|exo)[-–]$", re.I)
#: Nouns behind a name that a verb may follow: "X silencing lowered".
_STATES = REDUCED_NOUNS | STATE_WORDS.keys()
#: Between two mentions of one enumeration: a joint, with nouns of the kind "protein" around it.
_FILLER = re.compile(
    r"\b(?:expressions?|levels?|proteins?|genes?|cells?|signall?ing|pathways?|receptors?|tumou?rs?|cancer"
    r"|mrnas?|family|families|"
    r"activity|activities|mirnas?|micrornas?|increased|decreased|enhanced|reduced|high|low|human|exosomal)\b",
    re.I,
)


@dataclass(eq=False, slots=True)
class Item:
    """A mention in its sentence; ``root`` is the token that carries it. ``response`` is "resistance" or "sensitivity"
    of a DRUG that is named by it ("chemoresistance"), ``alias`` the long form that it abbreviates; ``form`` tells it
    from another thing of its name. ``stands_for`` is what "this miRNA" or "both drugs" was named by before.
    """

    span: Span
    label: str
    start: int
    end: int
    root: int
    generic: bool
    response: str
    alias: Item | None = None
    group: list[Item] = field(default_factory=list)
    form: str = ""
    stands_for: tuple[Item, ...] = ()

    @property
    def name(self) -> str:
        """What mentions of one thing in a sentence share; an abbreviation's is that of its long form."""
        return (self.alias or self).span.text.lower() + self.form

    @property
    def only_describes(self) -> bool:
        """Whether it is a vesicle's adjective: "exosomal"."""
        return self.label == "VESICLE" and self.span.text.lower().endswith(("al", "vesicular"))


def response_word(text: str) -> str:
    """What a DRUG mention's own text says: "resistance" ("chemoresistance", "MDR"), "sensitivity", or nothing."""
    if _RESISTANCE.search(text):
        return "resistance"
    return "sensitivity" if _SENSITIVITY.search(text) else ""


def find_items(tokens: Tokens, mentions: Sequence[Span]) -> list[Item]:
    """The items of a sentence.

    A gene inside a variant stands for the whole of it; :mod:`exomine.nlp.relations.variants` tells of the variant what
    is told of the gene. A variant without its gene ("T790M") is an item that acts as a gene.
    """
    whole = {
        (g.start, g.end): v for v in variants_with_gene(mentions) for g in mentions if _gene_in(g, v) and not _amount(v)
    }
    named = {id(v) for v in variants_with_gene(mentions)}
    items = [_item(tokens, m, whole.get((m.start, m.end), m)) for m in mentions if id(m) not in named]
    items = [i for i in items if not marks_cells(tokens, i.span) and not _of_named_drug(tokens, i, items)]
    return _without_resistance(_without_names_of_lines(items))


def variants_with_gene(mentions: Sequence[Span]) -> list[Span]:
    """The variants inside which their gene is named ("EGFR T790M")."""
    return [v for v in mentions if v.label_ == "VARIANT" and any(_gene_in(g, v) for g in mentions)]


#: Sureness of the model below which a name that nothing else knows takes no part in statements: on the part dev of the
#: corpus one in seven of their statements is right, of all others six in ten.
_GUESSED = 0.75


def only_seen(span: Span) -> bool:
    """Whether only the model takes a name for one: neither lexicon nor grammar knows it, and it has no identifier."""
    return span._.method == "model" and not span.kb_id_


def guessed(span: Span) -> bool:
    """Whether the model alone takes a name for one, and is not sure."""
    return only_seen(span) and span._.score < _GUESSED


def same_thing(one: Item, other: Item) -> bool:
    """Whether two mentions are of one thing, by their words or their identifier."""
    a, b = one.span, other.span
    return a.text.lower() == b.text.lower() or bool(a.kb_id_ and (a.label_, a.kb_id_) == (b.label_, b.kb_id_))


def as_item(tokens: Tokens, span: Span) -> Item:
    """A mention as an item of its own, in no enumeration."""
    item = _item(tokens, span, span)
    item.group = [item]
    return item


def _amount(variant: Span) -> bool:
    """ "MET amplification": more of the gene, which the word beside it says of it as anywhere."""
    return variant.text.lower().endswith("amplification")


def marks_cells(tokens: Tokens, span: Span) -> bool:
    """ "CD8(+) T cells": the protein is a part of what the cells are called, and neither acts nor is acted on."""
    behind = text_of(tokens.doc)[span.start_char : min(tokens.span.end_char, span.end_char + _TO_CELLS)]
    return span.label_ == "PROTEIN" and bool(_MARKED_CELLS.match(behind))


def target_of_class(protein: Span, drug: Span) -> bool:
    """Whether a drug is a class that is called by the protein: "BRAF inhibitors"."""
    if protein.label_ != "PROTEIN" or drug.label_ != "DRUG" or protein.start_char != drug.start_char:
        return False
    return names_class(text_of(drug.doc)[protein.end_char : drug.end_char])


def _gene_in(gene: Span, variant: Span) -> bool:
    return bool(gene.label_ == "PROTEIN" and variant.start <= gene.start and gene.end <= variant.end)


def _item(tokens: Tokens, span: Span, whole: Span) -> Item:
    generic = _GENERIC.get(span.label_)
    return Item(
        span,
        acting(span.label_),
        whole.start,
        whole.end,
        tokens.root(whole),
        generic=bool(generic and generic.fullmatch(span.text)),
        response=response_word(span.text) if span.label_ == "DRUG" else "",
    )


def _of_named_drug(tokens: Tokens, item: Item, items: Sequence[Item]) -> bool:
    """ "Chemoresistance to D", "D chemoresistance": the word tells the response to D, and is no drug of its own."""
    if not item.response:
        return False
    drugs = [d for d in items if d.label == "DRUG" and not d.generic and not d.response]
    if any(d.end == item.start for d in drugs):
        return True
    return any(_TO_DRUG.fullmatch(tokens.doc[item.end : d.start].text_with_ws) for d in drugs if d.start > item.end)


def _without_names_of_lines(items: list[Item]) -> list[Item]:
    """The drug in "A549/DDP" names the line; where the sentence names another drug, nothing is said of it."""
    lines = [i for i in items if i.label == "CELL_LINE"]
    named = [i for i in items if i.label == "DRUG" and any(o.start <= i.start and i.end <= o.end for o in lines)]
    others = [i for i in items if i.label == "DRUG" and not i.generic and i not in named]
    return [i for i in items if i not in named] if others else items


def _without_resistance(items: list[Item]) -> list[Item]:
    """A PROCESS such as "drug resistance" gives way to the DRUG in it and the word of resistance."""
    return [i for i in items if not (_names_resistance(i) and any(_drug_at(d, i) for d in items))]


def _names_resistance(item: Item) -> bool:
    return item.label == "PROCESS" and bool(_RESISTANCE_PROCESS.search(item.span.text))


def _drug_at(drug: Item, process: Item) -> bool:
    return drug.label == "DRUG" and drug.start < process.end + 1 and process.start <= drug.end + 1


def shortest_at(items: Sequence[Item]) -> dict[int, Item]:
    """For each token the innermost item that covers it."""
    return _at_tokens(sorted(items, key=lambda i: i.end - i.start))


def longest_at(items: Sequence[Item]) -> dict[int, Item]:
    """For each token the outermost item that covers it."""
    return _at_tokens(sorted(items, key=lambda i: i.start - i.end))


def _at_tokens(items: Sequence[Item]) -> dict[int, Item]:
    out: dict[int, Item] = {}
    for item in items:
        for k in range(item.start, item.end):
            out.setdefault(k, item)
    return out


def link_aliases(tokens: Tokens, items: Sequence[Item]) -> None:
    """An abbreviation in brackets after its long form is the same thing twice: one of them speaks for both."""
    for short in items:
        before = [i for i in items if i.label == short.label and i.end <= short.start]
        long = max(before, key=lambda i: (i.end, -i.start), default=None)
        if long is None or not _in_brackets(tokens, long, short) or not _abbreviates(short.span.text, long.span.text):
            continue
        if short.span.kb_id_ and not long.span.kb_id_:
            long.alias = short
        else:
            short.alias = long


def _in_brackets(tokens: Tokens, long: Item, short: Item) -> bool:
    closed = tokens.doc[short.end : short.end + 1].text == ")"
    return closed and bool(_BRACKET.fullmatch(tokens.doc[long.end : short.start].text))


def _abbreviates(short: str, long: str) -> bool:
    """Whether ``short`` may abbreviate ``long``: shorter, or a symbol beside words."""
    return len(short) < len(long) or " " in long or "-" in long


class Enumerations:
    """Runs of mentions of like labels with nothing but joints between them; ``verbs`` are where triggers that are verbs
    begin.

    Cancers and cells lie inside other mentions and are enumerated among themselves.
    """

    def __init__(self, tokens: Tokens, verbs: Sequence[int]) -> None:
        self.tokens, self.verbs = tokens, verbs
        self.marks = _read_past(tokens.span)

    def group(self, items: Sequence[Item]) -> None:
        """Gives each item the members of its enumeration."""
        for item in items:
            item.group = [item]
        for together in (*((label,) for label in _SITES), _LISTED):
            self._group_like([i for i in items if i.label in together])

    def _group_like(self, items: Sequence[Item]) -> None:
        run: list[Item] = []
        for item in items:
            if run and item.start < run[-1].end and not _one_range(run[-1], item):
                continue
            run = [*run, item] if run and self._goes_on(run[-1], item) else [item]
            for member in run:
                member.group = run

    def _goes_on(self, a: Item, b: Item) -> bool:
        return b.alias is a or a.alias is b or _one_range(a, b) or self._joined(a, b)

    def _joined(self, a: Item, b: Item) -> bool:
        if not _of_one_class(a, b) or self._words_between(a, b) > BETWEEN_MEMBERS:
            return False
        if any(a.end <= verb < b.start for verb in self.verbs):
            return False
        gap = self._between(a, b)
        if a.label == "CANCER":
            gap = _IN_THOSE.sub("", gap)
        if self._new_clause(a, b, gap):
            return False
        return self._joint(gap) or self._unknown_between(a, b, gap)

    def _joint(self, gap: str) -> bool:
        return bool(_JOINT.match(gap) or _JOINT.match(_FILLER.sub("", gap).strip()))

    def _new_clause(self, a: Item, b: Item, gap: str) -> bool:
        """ "Vesicles with X, and Y falls", "by sponging X, Y promotes": the comma begins a clause, not a second
        member.
        """
        comma = re.fullmatch(r",\s*(?:and\s*)?", gap) and a.group[0] is a
        k = b.end
        if k < self.tokens.end and self.tokens.lower(k) in _STATES:  # "raised P, and X silencing lowered Q"
            k += 1
        if k >= self.tokens.end or self.tokens.tag(k) not in FINITE[:4]:
            return False
        return bool(comma) or (gap.strip() in ("and", "but") and self._told_already(a))

    def _told_already(self, a: Item) -> bool:
        """ "X raises Y and Z lowers W": the verb right before Y has its subject, so that Z is that of the next one."""
        k = a.start - 1
        while k > self.tokens.start and self.tokens.tag(k) in ("DT", "JJ", "RB"):
            k -= 1
        verb = k in self.verbs and self.tokens.tag(k) in FINITE[:3]
        relative = any(self.tokens.lower(j) in ("that", "which", "who", "whose") for j in range(self.tokens.start, k))
        return verb and not relative

    def _unknown_between(self, a: Item, b: Item, gap: str) -> bool:
        """Whether what stands between is a member or a long form that no matcher knows."""
        if _long_form(gap, b.span.text) and self.tokens.doc[b.end : b.end + 1].text == ")":
            return True
        if _UNKNOWN_MEMBER.fullmatch(gap) and not self._verb_between(a, b):
            return True
        return a.label == b.label == "PROTEIN" and bool(_UNKNOWN_LONG_FORM.fullmatch(gap))

    def _verb_between(self, a: Item, b: Item) -> bool:
        return any(self.tokens.tag(k).startswith(("VB", "MD")) for k in range(a.end, b.start))

    def _between(self, a: Item, b: Item) -> str:
        """The text between two mentions without citation marks and a prefix that both have: "anti-miR-221 and
        anti-miR-222".
        """
        gap = self._unmarked(a, b)
        prefix = _PREFIX.search(gap)
        before = self.tokens.doc[max(self.tokens.start, a.start - 2) : a.start].text.lower()
        return gap[: prefix.start()] if prefix and before.endswith(prefix[0].strip().lower()) else gap

    def _unmarked(self, a: Item, b: Item) -> str:
        """The text between two mentions without citation marks, however they are printed."""
        span = self.tokens.doc[a.end : b.start]
        if not self.marks or a.end >= b.start:
            return span.text
        base = span.start_char
        marks = [
            Mark(m.start - base, m.end - base, ()) for m in self.marks if base <= m.start and m.end <= span.end_char
        ]
        return cut_marks(span.text, 0, len(span.text), marks)

    def _words_between(self, a: Item, b: Item) -> int:
        """How many tokens stand between two mentions, those of citation marks left out."""
        offsets = [self.tokens.token(k).idx for k in range(a.end, b.start)]
        return sum(not any(m.start <= at < m.end for m in self.marks) for at in offsets)


def _of_one_class(a: Item, b: Item) -> bool:
    if a.label != b.label and "DRUG" in (a.label, b.label) and "PROCESS" in (a.label, b.label):
        return bool(a.response or b.response)
    return listed_together(a.label, b.label)


def _one_range(a: Item, b: Item) -> bool:
    """Members of "let-7a-g": they touch, and the dash stands for several."""
    return a.label == b.label == "MIRNA" and (b.start == a.end or (a.start, a.end) == (b.start, b.end))


def _long_form(gap: str, short: str) -> bool:
    """Whether a gap between two members is a joint and the long form of ``short``, which begins with the same
    letter.
    """
    found = _LONG_FORM.fullmatch(gap.strip())
    return found is not None and found[1][0].lower() == short[0].lower()


def _read_past(sent: Span) -> list[Mark]:
    """What stands between members and is none: citation marks, and statistics in brackets ("X (p < 0.01) and Y")."""
    cited = [Mark(m.start, m.end, ()) for m in _marks_within(sent)]
    numbers = (
        Mark(sent.start_char + m.start(), sent.start_char + m.end(), ()) for m in _STATISTICS.finditer(sent.text)
    )
    apart = [n for n in numbers if not any(c.start < n.end and n.start < c.end for c in cited)]
    return sorted([*cited, *apart])


def _marks_within(sent: Span) -> list[CitationMark]:
    """The citation marks that stand in a sentence."""
    document = sent.doc._.document
    marks = document.citations if document is not None else citation_marks(sent.doc)
    lo = bisect_left(marks, sent.start_char, key=lambda m: m.start)
    return list(takewhile(lambda m: m.end <= sent.end_char, marks[lo:]))
