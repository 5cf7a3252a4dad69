"""One sentence as the relation component sees it: tokens, mentions, triggers, enumerations.

Only offsets and labels of the mentions and, where there is one, the parse are read. Everything is indexed by the tokens'
place in the Doc. Without a parse :attr:`SentenceView.parsed` is False and the frames fall back on word order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from exomine.document.model import CitationMark
from exomine.nlp.blocks import citation_marks
from exomine.nlp.relations.citing import Mark, cut_marks
from exomine.nlp.relations.cues.nouns import (
    AMBIGUOUS_VERBS,
    GENERIC_CANCER,
    GENERIC_CELL_TYPE,
    GENERIC_DRUG,
    GENERIC_MIRNA,
    GENERIC_PATHWAY,
    GENERIC_PROCESS,
    GENERIC_PROTEIN,
    REDUCED_NOUNS,
    TRANSPARENT,
    VERBS_IN_ER,
)  # fmt: skip
from exomine.nlp.relations.cues.triggers import TRIGGERS, Trigger
from exomine.nlp.relations.operators import ends_before
from exomine.nlp.trees import root_of

__all__ = ["Item", "Match", "SentenceView", "held_after", "held_before", "resistance_word"]

_GENERIC = {
    "CANCER": re.compile(GENERIC_CANCER, re.I),
    "CELL_TYPE": re.compile(GENERIC_CELL_TYPE, re.I),
    "MIRNA": re.compile(GENERIC_MIRNA, re.I),
    "PATHWAY": re.compile(GENERIC_PATHWAY, re.I),
    "PROCESS": re.compile(GENERIC_PROCESS, re.I),
    "PROTEIN": re.compile(GENERIC_PROTEIN, re.I),
    "DRUG": re.compile(GENERIC_DRUG, re.I),
}
_RESISTANCE = re.compile(r"resist|^mdr$|refractor", re.I)
_FINITE = ("VBZ", "VBP", "VBD", "MD", "VB")
_ACTOR_LABELS = ("MIRNA", "PROTEIN", "DRUG", "VESICLE")
_RESISTANCE_PROCESS = re.compile(r"resistan|sensitiv|tolerance", re.I)
#: Labels that stand together in one enumeration.
_CLASSES = (
    frozenset({"MIRNA", "PROTEIN"}),
    frozenset({"PROCESS", "DRUG", "PATHWAY"}),
    frozenset({"PROCESS", "PROTEIN", "PATHWAY"}),
)
_LISTED = ("MIRNA", "PROTEIN", "PROCESS", "DRUG", "PATHWAY", "VESICLE")
_MARK = r"\[[\d,;\s–\-]+\]"
_JOINT = re.compile(
    rf"^(?:[\-–](?=\s))?(?:\s|{_MARK})*(?:[,;/&+(]|\)\s*(?=[,/]|and|or|\W*$)|and/or\b|and\b|n?or\b|as well as\b|plus\b|along with\b|together with\b|but also\b)"
    rf"(?:\s|{_MARK}|[,;/&()+\-–]|\b(?:and|n?or|also|the|both|its|their|as well as|even|other|then|by|of|hsa|human)\b)*$",
    re.I,
)
#: Between cancers: whose they are, and the preposition said again ("in breast cancer patients and in glioma").
_IN_THOSE = re.compile(
    r"(?<=\s)in(?:\s+the)?\s*$|\b(?:patients?|tissues?|samples?|specimens?|xenografts?|lines?|models?|mice)\b"
)
#: Before the abbreviation of a member: its long form, which no matcher knows ("growth and killer group 2D (KG2D)").
_LONG_FORM = re.compile(r"\)?(?:,|,?\s*\b(?:and|or|as well as))\s+((?:[\w\-]+\s+){2,7})\(")
#: What stands before a miRNA's name and turns or tells its form.
_PREFIX = re.compile(r"\s(?:anti|antago|pre|pri|exo)[-–]$", re.I)
#: Between two mentions of one enumeration: a joint, with nouns of the kind "protein" around it.
_FILLER = re.compile(
    r"\b(?:expressions?|levels?|proteins?|genes?|cells?|signall?ing|pathways?|receptors?|tumou?rs?|cancer|mrnas?|family|families|"
    r"activity|activities|mirnas?|micrornas?|increased|decreased|enhanced|reduced|high|low|human|exosomal)\b",
    re.I,
)


@dataclass(eq=False, slots=True)
class Item:
    """A mention in its sentence; ``root`` is the token that carries it. ``alias`` is the long form it abbreviates."""

    span: Span
    label: str
    start: int
    end: int
    root: int
    generic: bool
    resistance: bool
    alias: Item | None = None
    group: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger found at tokens ``start:end``, carried by the token ``root``."""

    trigger: Trigger
    start: int
    end: int
    root: int


def _marks_within(sent: Span) -> list[CitationMark]:
    """The citation marks that stand in a sentence."""
    document = sent.doc._.document
    marks = document.citations if document is not None else citation_marks(sent.doc)
    lo = bisect_left(marks, sent.start_char, key=lambda m: m.start)
    return list(takewhile(lambda m: m.end <= sent.end_char, marks[lo:]))


def resistance_word(text: str) -> bool:
    """Whether a DRUG mention's own text says resistance ("chemoresistance", "MDR")."""
    return bool(_RESISTANCE.search(text))


class SentenceView:
    """Tokens, mentions and triggers of one sentence."""

    def __init__(self, sent: Span, mentions: Sequence[Span]) -> None:
        self.sent = sent
        self.doc: Doc = sent.doc
        self.start, self.end = sent.start, sent.end
        self.parsed = self.doc.has_annotation("DEP") and len(sent) > 1 and any(t.dep_ for t in sent)
        # a parse without any finite verb has failed or is none ("miR-9 promoted resistance" taken for a noun phrase)
        self.parsed = self.parsed and any(t.tag_ in _FINITE for t in sent)
        self.tagged = self.doc.has_annotation("TAG")
        self._doubtful: bool | None = None
        self._marks = _marks_within(sent)
        # a variant speaks as its gene so far: the gene inside it is taken for the whole of it
        whole = {(g.start, g.end): v for v in mentions if v.label_ == "VARIANT" for g in mentions if _gene_in(g, v)}
        genes = [m for m in mentions if m.label_ != "VARIANT"]
        self.items = _without_resistance([self._item(m, whole.get((m.start, m.end), m)) for m in genes])
        self.at: dict[int, list[Item]] = {}
        for item in self.items:
            self.at.setdefault(item.root, []).append(item)
        self.covered: dict[int, Item] = {}
        for item in sorted(self.items, key=lambda i: i.end - i.start):
            for k in range(item.start, item.end):
                self.covered.setdefault(k, item)
        self.outer: dict[int, Item] = {}
        for item in sorted(self.items, key=lambda i: i.start - i.end):
            for k in range(item.start, item.end):
                self.outer.setdefault(k, item)
        self.matches = self._find_triggers()
        self.triggers: dict[int, list[Match]] = {}
        for match in self.matches:
            self.triggers.setdefault(match.root, []).append(match)
        self._aliases()
        self._groups()

    # ------------------------------------------------------------------ tokens

    def token(self, i: int) -> Token:
        """The token ``i`` of the Doc."""
        return self.doc[i]

    def lower(self, i: int) -> str:
        """Its lower-case text."""
        return self.doc[i].lower_

    def tag(self, i: int) -> str:
        """Its Penn tag, empty without a tagger."""
        return self.doc[i].tag_

    def children(self, i: int, *deps: str) -> list[int]:
        """Children of ``i`` with one of ``deps`` (all of them without ``deps``), in order."""
        if not self.parsed:
            return []
        return [c.i for c in self.doc[i].children if not deps or c.dep_ in deps]

    def head(self, i: int) -> int:
        """The head of ``i``; itself at a root."""
        return self.doc[i].head.i if self.parsed else i

    def modified(self, i: int) -> int:
        """The noun that the clause of ``i`` modifies: the whole name where the parse hangs it on a word inside the name."""
        head = self.head(i)
        name = self.outer.get(head)
        return name.root if name is not None and name.root != head and name.end <= i else head

    def dep(self, i: int) -> str:
        """The dependency label of ``i``."""
        return self.doc[i].dep_ if self.parsed else ""

    def objects_of(self, i: int, prepositions: Iterable[str]) -> list[int]:
        """What the prepositions below ``i`` lead to: heads of ``pobj`` and ``pcomp``, conjoined prepositions too."""
        wanted = frozenset(prepositions)
        out = []
        for p in self.children(i, "prep", "agent", "dative", "prt"):
            for q in [p, *self.children(p, "conj", "prep", "pcomp")]:
                if self.lower(q) in wanted:
                    out.extend(self.children(q, "pobj", "pcomp"))
        return out

    def misparsed(self, i: int) -> bool:
        """Whether the parse cannot be right about the verb ``i``: a finite form or "X promoted Y" hung up as a modifier."""
        if not self.parsed:
            return False
        noun = self.tag(i).startswith("NN") and not self.lower(i).endswith("ing")
        if noun and any(x.trigger.form == "verb" for x in self.triggers.get(i, ())):
            return True  # _form_fits let it pass against the tagger
        if self.second_verb(i) or self._active_participle(i):
            return True
        if self.dep(i) not in ("amod", "compound", "nmod", "npadvmod", "nummod", "appos"):
            return False
        before = ends_before(self, i)
        if before is None and (self.lower(i - 1) in TRANSPARENT or self.lower(i - 1) in REDUCED_NOUNS):
            before = self.covered.get(i - 2)  # "X knockdown reduced Y"
        if self.lower(i - 2) in ("its", "their", "whose") and self.tag(i) in ("VBD", "VBN"):
            return True
        return before is not None and before.label in _ACTOR_LABELS and self.lower(i).endswith("ed")

    def _active_participle(self, i: int) -> bool:
        """ "The vesicles induced X", read as "vesicles that were induced": a participle takes no object."""
        if self.dep(i) != "acl" or not self.lower(i).endswith("ed") or i + 1 >= self.end:
            return False
        if not any(x.trigger.form == "verb" and not x.trigger.prepositions for x in self.triggers.get(i, ())):
            return False
        before, after = self.covered.get(i - 1), self.covered.get(i + 1)
        return (
            before is not None and before.label in _ACTOR_LABELS and before.end == i
            and after is not None and after.start == i + 1 and after.label in ("PROTEIN", "MIRNA", "PROCESS", "PATHWAY")
            and not self.children(i, "agent")
        )  # fmt: skip

    def second_verb(self, i: int) -> bool:
        """ "Decreased A and suppressed B": a second verb in the past that the parse joins to the first one's object."""
        if not self.parsed or not self.lower(i).endswith("ed") or self.lower(i - 1) not in ("and", "but", "or"):
            return False
        if not any(x.trigger.form == "verb" for x in self.triggers.get(i, ())):
            return False
        noun = i if self.dep(i) == "conj" else self.head(i) if self.dep(i) == "amod" else -1
        if noun < 0 or self.dep(noun) != "conj":
            return False
        first = self.head(noun)
        return self.dep(first) in ("dobj", "pobj") and first < i and self._past_verb_above(first)

    def _past_verb_above(self, i: int) -> bool:
        """Whether the verb that governs noun ``i``, directly or by its preposition, is a finite one in the past."""
        h = self.head(i)
        if self.tag(h) in ("IN", "TO"):
            h = self.head(h)
        return self.tag(h) == "VBD"

    def reduced_before(self, item: Item) -> bool:
        """Whether "anti-", "siRNA against" or the like stands before a mention: less of it is meant."""
        before = {self.lower(k) for k in range(max(self.start, item.start - 4), item.start)}
        return bool(
            before & {"anti", "antago", "sirna", "shrna", "sirnas", "shrnas", "antisense", "inhibitor", "inhibitors"}
        )

    @property
    def doubtful(self) -> bool:
        """Whether some verb of the sentence is misparsed, so that its neighbours' arguments are doubtful too."""
        if self._doubtful is None:
            verbs = [m.root for m in self.matches if m.trigger.form == "verb"]
            self._doubtful = any(self.misparsed(i) for i in verbs)
        return self._doubtful

    # ------------------------------------------------------------------ set-up

    def _item(self, span: Span, whole: Span) -> Item:
        generic = _GENERIC.get(span.label_)
        text = span.text
        return Item(
            span, span.label_, whole.start, whole.end, self._root(whole),
            bool(generic and generic.fullmatch(text)), span.label_ == "DRUG" and resistance_word(text),
        )  # fmt: skip

    def _root(self, span: Span) -> int:
        return root_of(span) if self.parsed else span.end - 1

    def _find_triggers(self) -> list[Match]:
        text = self.sent.text.lower()
        base = self.sent.start_char
        found: list[Match] = []
        for trigger, pattern in _compiled():
            for m in pattern.finditer(text):
                span = self.doc.char_span(base + m.start(), base + m.end(), alignment_mode="expand")
                if span is None or span.start < self.start or span.end > self.end:
                    continue
                match = Match(trigger, span.start, span.end, self._root(span))
                if not self._inside_mention(match) and self._form_fits(match):
                    found.append(match)
        keep = [m for m in found if not any(_swallows(o, m) for o in found)]
        return sorted(keep, key=lambda m: (m.start, m.end))

    def _inside_mention(self, match: Match) -> bool:
        return all(k in self.covered for k in range(match.start, match.end)) and any(
            i.start <= match.start and match.end <= i.end
            for i in self.items
            if not (i.generic and match.trigger.form == "agent")
        )

    def _form_fits(self, match: Match) -> bool:
        """Whether the tagger agrees with the cue's form (always where there is no tagger)."""
        if not self.tagged or not self.tag(match.root):
            return True
        tag = self.tag(match.root)
        if match.trigger.form == "verb":
            low = self.lower(match.root)
            return tag.startswith(("VB", "JJ", "RB")) or low.endswith(("ed", "ing")) or self._must_be_verb(match)
        if match.trigger.form == "agent" and tag in _FINITE[:3]:
            return False  # "X causes Y": no "causes of"
        if match.trigger.form == "noun":
            return not tag.startswith("VB") or self.lower(match.root).endswith(("ion", "ment", "ance", "ity"))
        return True

    def _must_be_verb(self, match: Match) -> bool:
        """Whether a word that the tagger takes for a noun has to be a verb: "miR-X targets Y", "they suppress Z"."""
        low = self.lower(match.root)
        if low.endswith(("ing", "ion", "or", "er")) and low not in VERBS_IN_ER:
            return False
        after = self.covered.get(match.end) or (
            self.covered.get(match.end + 1)
            if match.end < self.end and self.lower(match.end) in ("the", "a", "an")
            else None
        )
        if low in AMBIGUOUS_VERBS:
            before = self.covered.get(match.start - 1) or self.covered.get(match.start - 2)
            return (
                after is not None
                and before is not None
                and before.label in _ACTOR_LABELS
                and before.end >= match.start - 1
            )
        return True

    def _aliases(self) -> None:
        """An abbreviation in brackets after its long form is the same thing twice: one of them speaks for both."""
        for b in self.items:
            before = [i for i in self.items if i.label == b.label and i.end <= b.start]
            if not before:
                continue
            a = max(before, key=lambda i: (i.end, -i.start))
            gap = self.doc[a.end : b.start].text
            closed = self.doc[b.end : b.end + 1].text == ")"
            if closed and re.fullmatch(r"[\w\s\-]{0,14}\(\s*", gap) and _abbreviates(b.span.text, a.span.text):
                if b.span.kb_id_ and not a.span.kb_id_:
                    a.alias = b
                else:
                    b.alias = a

    def _groups(self) -> None:
        """Enumerations: runs of mentions of like labels with nothing but joints between them.

        Cancers and cells lie inside other mentions and are enumerated among themselves.
        """
        for item in self.items:
            item.group = [item]
        for labels in (("CANCER",), ("CELL_LINE",), ("CELL_TYPE",), _LISTED):
            run: list[Item] = []
            for item in self.items:
                if item.label not in labels or (run and item.start < run[-1].end and not _one_range(run[-1], item)):
                    continue
                if run and (
                    item.alias is run[-1]
                    or run[-1].alias is item
                    or _one_range(run[-1], item)
                    or self._joined(run[-1], item)
                ):
                    run.append(item)
                else:
                    run = [item]
                item.group = run

    def _verb_between(self, a: Item, b: Item) -> bool:
        return any(self.tag(k).startswith(("VB", "MD")) for k in range(a.end, b.start))

    def _between(self, a: Item, b: Item) -> str:
        """The text between two mentions without citation marks and a prefix that both have: "anti-miR-221 and anti-miR-222"."""
        gap = self._unmarked(a, b)
        prefix = _PREFIX.search(gap)
        before = self.doc[max(self.start, a.start - 2) : a.start].text.lower()
        return gap[: prefix.start()] if prefix and before.endswith(prefix[0].strip().lower()) else gap

    def _unmarked(self, a: Item, b: Item) -> str:
        """The text between two mentions without citation marks, however they are printed."""
        span = self.doc[a.end : b.start]
        if not self._marks or a.end >= b.start:
            return span.text
        base = span.start_char
        return cut_marks(
            span.text,
            0,
            len(span.text),
            [Mark(m.start - base, m.end - base, ()) for m in self._marks if m.start >= base],
        )

    def _words_between(self, a: Item, b: Item) -> int:
        """How many tokens stand between two mentions, those of citation marks left out."""
        places = [self.token(k).idx for k in range(a.end, b.start)]
        return sum(not any(m.start <= at < m.end for m in self._marks) for at in places)

    def _joined(self, a: Item, b: Item) -> bool:
        if a.label != b.label and not any({a.label, b.label} <= c for c in _CLASSES):
            return False
        if {a.label, b.label} == {"PROCESS", "DRUG"} and not (a.resistance or b.resistance):
            return False
        if self._words_between(a, b) > 12 or any(
            a.end <= m.start < b.start for m in self.matches if m.trigger.form == "verb"
        ):
            return False
        gap = self._between(a, b)
        if a.label == "CANCER":
            gap = _IN_THOSE.sub("", gap)
        if (
            re.fullmatch(r",\s*and\s*", gap) and a.group[0] is a and self.tag(b.end) in _FINITE[:4]
            if b.end < self.end
            else False
        ):
            return False  # "vesicles with X, and Y falls": a new clause
        fronted = re.fullmatch(r",\s*", gap) and a.group[0] is a and b.end < self.end
        if fronted and self.tag(b.end) in _FINITE[:4]:
            return False  # "by sponging X, Y promotes"
        if _JOINT.match(gap) or _JOINT.match(_FILLER.sub("", gap).strip()):
            return True
        if _long_form(gap, b.span.text) and self.doc[b.end : b.end + 1].text == ")":
            return True
        # a member that no matcher knows: "Rab, GTPases, Tsg101"
        if re.fullmatch(r"\s*,\s*(?:[\w\-]+\s){0,2}[\w\-]+,\s*(?:and\s+|or\s+)?", gap) and not self._verb_between(a, b):
            return True
        # long forms that no matcher knows: ", epithelial cell surface antigen ("
        return a.label == b.label == "PROTEIN" and bool(re.fullmatch(r"\)?,\s*(?:and\s+)?[\w\s\-]{3,60}\(", gap))


def _gene_in(gene: Span, variant: Span) -> bool:
    return bool(gene.label_ == "PROTEIN" and variant.start <= gene.start and gene.end <= variant.end)


def _long_form(gap: str, short: str) -> bool:
    """Whether a gap between two members is a joint and the long form of ``short``, which begins with the same letter."""
    found = _LONG_FORM.fullmatch(gap.strip())
    return found is not None and found[1][0].lower() == short[0].lower()


def _one_range(a: Item, b: Item) -> bool:
    """Members of "let-7a-g": they touch, and the dash stands for several."""
    return a.label == b.label == "MIRNA" and (b.start == a.end or (a.start, a.end) == (b.start, b.end))


def _without_resistance(items: list[Item]) -> list[Item]:
    """A PROCESS such as "drug resistance" gives way to the DRUG in it and the word of resistance."""
    return [
        i
        for i in items
        if i.label != "PROCESS"
        or not _RESISTANCE_PROCESS.search(i.span.text)
        or not any(d.label == "DRUG" and d.start < i.end + 1 and i.start <= d.end + 1 for d in items)
    ]


#: Participles between a cargo and its vesicle: "X-containing exosomes".
_HOLDS = re.compile(
    r"containing|carrying|enriched|loaded|bearing|positive|expressing|rich|harbou?ring|overexpressing|packed|encapsulating|laden|"
    r"delivering|transferring"
)


def held_before(view: SentenceView, v: Item) -> list[Item]:
    """The cargo in "X-positive exosomes", "X and Y containing exosomes"."""
    j = v.start - 1
    if j <= view.start or not _HOLDS.fullmatch(view.lower(j)):
        return []
    hyphen = view.token(j - 1).text in ("-", "‐", "–")
    item = view.covered.get(j - 2 if hyphen else j - 1)
    if item is None or not (hyphen or view.lower(j) in ("containing", "carrying", "positive", "loaded", "bearing")):
        return []
    return [x for x in item.group if x.end <= item.end]


#: Between a vesicle and what it holds: "exosomes rich in X", "vesicles with X", "EVs carrying high levels of X".
_DESCRIBED = re.compile(
    r"\s*(?:(?:(?:that are |which are )?(?:highly )?(?:rich|positive|enriched|loaded|filled|laden|packed|packaged|full|armed|decorated|"
    r"equipped)\s+)?(?:in|for|with|of)|carrying|containing|harbou?ring|bearing|delivering|transferring)\s+(?:[\w\-]+\s+){0,2}"
)


def held_after(view: SentenceView, v: Item) -> list[Item]:
    """The cargo in "exosomes rich in X", "vesicles positive for X and Y", "exosomes with X"."""
    for item in view.items:
        if v.end < item.start <= v.end + 5 and item.label in ("MIRNA", "PROTEIN") and not item.generic:
            found = _DESCRIBED.fullmatch(view.doc[v.end : item.start].text_with_ws)
            bare = found and not re.match(r"\s*(?:in|for|of)\b", found.group())
            return [x for x in item.group if x.start >= item.start] if bare and not view.reduced_before(item) else []
    return []


def _abbreviates(short: str, long: str) -> bool:
    """Whether ``short`` may abbreviate ``long``: shorter, or a symbol beside words."""
    return len(short) < len(long) or " " in long or "-" in long


def _swallows(other: Match, match: Match) -> bool:
    """Longer matches of the same family, and of any family when they begin before, win."""
    if other is match:
        return False
    inside = other.start <= match.start and match.end <= other.end
    longer = (other.end - other.start) > (match.end - match.start)
    return inside and longer


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[Trigger, re.Pattern[str]], ...]:
    return tuple((t, re.compile(rf"(?<![a-z0-9])(?:{t.pattern})(?![a-z0-9])")) for t in TRIGGERS)
