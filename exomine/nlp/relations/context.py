"""Where a statement holds and who is cited for it: cancer, vesicle, cell, citation marks.

The cancer is the nearest one in the sentence, one relation a cancer where several are coordinated ("in breast and
prostate cancer"); else the cancer that a cell line of the sentence comes from; else, for a sentence that goes on from
the one before, that one's; else the one that the section headings or the title name. A cancer that is the object is the
cancer too.

Which citation mark stands behind which claim is decided in :mod:`exomine.nlp.relations.citing`; a mark glued behind the
full stop belongs to the sentence it follows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from spacy.tokens import Doc, Span

from exomine.document.model import Document
from exomine.nlp.blocks import CITATIONS, citation_marks
from exomine.nlp.extensions import MENTIONS, register_extensions
from exomine.nlp.mentions.sublines import parent_line
from exomine.nlp.relation import Relation
from exomine.nlp.relations.citing import Claim, Extent, Mark, SentenceCitations
from exomine.nlp.relations.component import STATEMENTS, Stated
from exomine.nlp.relations.cues.nouns import BARE_CELL, GENERIC_CANCER
from exomine.nlp.relations.cues.organs import HEADING, ORGANS
from exomine.nlp.relations.cues.scores import PENALTIES
from exomine.nlp.relations.respectively import of_pair
from exomine.nlp.relations.sentence import Item, Sentence
from exomine.nlp.relations.statement import Statement
from exomine.nlp.relations.transfer import exchange, handed_to
from exomine.nlp.relations.unmarked import UnmarkedCitations
from exomine.nlp.relations.voice import is_review, voice_of
from exomine.nlp.relations.windows import CLAUSE_BOUNDARY, LED_TO
from exomine.vocabulary.entities import Role, labels
from exomine.vocabulary.terms import CellLine

__all__ = ["Context", "marks_of"]

_GENERIC = re.compile(GENERIC_CANCER, re.I)
_BARE_CELL = re.compile(BARE_CELL, re.I)
_HEADING = re.compile(HEADING)
#: A sentence that begins like this goes on about what the one before was about.
_GOES_ON = re.compile(
    r"(?:furthermore|moreover|in addition|additionally|also|its?|they|their|these|this|those|both|such|specifically"
    r"|similarly"
    r"|likewise|further|"
    r"consequently|therefore|thus|as a result|in turn|besides|interestingly|mechanistically|importantly"
    r"|in particular|the)\b",
    re.I,
)
#: Between a full stop and the marks that stand behind it: nothing but marks.
_GLUE = re.compile(r"[\s.,;\[\]()\d–\-]*")
_FINITE = ("VBZ", "VBP", "VBD", "MD")
_CARGO = labels(Role.CARGO)
_SPECIFIC = labels(Role.EFFECTOR | Role.CARGO)
#: Sentences of which each goes on from the one before, at most.
_SENTENCES_BACK = 4
#: Names of "cancer" as such: no context where anything more specific is near.
_ANY_CANCER = ("cancer", "neoplasm", "carcinoma", "tumor")
#: Before a cancer that a preposition leads to: "in advanced breast cancer".
_LEADS_TO = re.compile(r"\b(?:in|of|against)\b[\w\s\-]{0,20}$")
_SEVERAL = re.compile(r"\b(?:cancers|tumou?rs|malignanc|neoplas|carcinomas)", re.I)
#: What another cancer may be set against at a sentence's beginning, and what goes on inside of that.
_CONTRAST = re.compile(
    r"\W*(?:unlike|in contrast (?:to|with)|contrary to|as opposed to|whereas|while|although|though"
    r"|different(?:ly)? from|rather than|instead of)\b",
    re.I,
)
#: Before the cells among which a sentence sets itself, and cells that are a cancer's.
_FRONTED_PLACE = re.compile(r"\W*(?:\w+,\s+)?in\s+(?:(?:the|human|normal|primary|recipient|activated)\s+)*", re.I)
_TUMOROUS = re.compile(r"cancer|tumou?r|carcino|glioma|leuk|lymphoma|melanoma|myeloma|sarcoma|blastoma", re.I)
_RELATIVE = ("which", "who", "where", "that", "whose")
_BREAK = re.compile(r";|\b(?:whereas|while|although|but|however)\b", re.I)
#: Where another clause begins, in which another cancer may be meant.
_NEXT_CLAUSE = re.compile(r";|,\s*(?:and|or|so)\b|\b(?:whereas|while|although|but|however)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Cancer:
    span: Span | None
    name: str = ""
    curie: str = ""
    source: str = ""


class Context:
    """spaCy component.

    ``cell_lines`` tells which cancer a cell line comes from, by CURIE; names count where it has none.
    """

    def __init__(self, *, cell_lines: Mapping[str, CellLine] | None = None, high: float = 0.6) -> None:
        register_extensions()
        self.high = high
        self.by_curie = dict(cell_lines or {})
        self.by_name = {_squeezed(line.name): line for line in self.by_curie.values()}

    def __call__(self, doc: Doc) -> Doc:
        stated: Sequence[Stated] = doc.user_data.pop(STATEMENTS, ())
        document = doc._.document
        review = is_review(document)
        cited = _Cited(doc, marks_of(doc), review=review)
        doc.user_data.pop(CITATIONS, None)
        around = _Surroundings(doc)
        out: list[Relation] = []
        for relation, s in zip(doc._.relations, stated, strict=True):
            vesicle = _vesicle(s)
            giver, taker = _exchange(s, vesicle)
            cell = _nearest(s, ("CELL_LINE",)) or _nearest(s, ("CELL_TYPE",))
            if relation.subject.kb_id_ and relation.subject.kb_id_ == relation.object.kb_id_:
                continue  # two names of one thing
            relation = _less_sure(relation, self.high)
            block = document.block_at(relation.sentence.start_char) if document is not None else None
            for cancer in self._cancers(s, around):
                marks_here = cited.of(s, relation.sentence, cancer.span)
                out.append(
                    replace(
                        relation,
                        cancer=cancer.span,
                        cancer_name=cancer.name,
                        cancer_curie=cancer.curie,
                        cancer_source=cancer.source,
                        vesicle=vesicle,
                        cell=cell,
                        citations=marks_here,
                        evidence=_evidence(s),
                        donor=_giver_in(giver, cancer.span),
                        recipient=None if taker is None else taker.span,
                        voice=voice_of(relation.sentence.text, marks_here, block, review=review),
                    )
                )
        doc._.relations = tuple(out)
        return doc

    def _cancers(self, s: Stated, around: _Surroundings) -> list[_Cancer]:
        """The cancers that a statement holds in; one without a name where nothing tells."""
        if s.statement.object.label == "CANCER":
            return [_named(s.statement.object.span, "sentence")]
        inside = _sentence_cancers(s.sentence, s.statement)
        here = [_named(i.span, "sentence") for i in inside]
        if inside and not all(_any_cancer(i.span) for i in inside):
            return here
        line = self._of_cell_line(s.sentence)
        if line is not None:
            return [_Cancer(None, line.cancer_name, line.cancer_curie, "cell_line")]
        found = self._before(s.sentence, around) or around.cancers(s.sentence)
        return found if found[0].name or not here else here

    def _before(self, sentence: Sentence, around: _Surroundings) -> list[_Cancer]:
        """The cancer of the sentence before that a sentence goes on from, or of the one that this goes on from; nothing
        where it names several."""
        for _ in range(_SENTENCES_BACK):
            before = sentence.before
            if before is None or self._elsewhere(sentence) or not around.goes_on(before, sentence):
                return []
            named = _specific([i for i in before.items if _names_cancer(i)])
            if named and not all(_any_cancer(i.span) for i in named):
                return [_named(x.span, "section") for x in _one_told(before, sentence, named)]
            line = self._of_cell_line(before)
            if line is not None:
                return [_Cancer(None, line.cancer_name, line.cancer_curie, "cell_line")]
            sentence = before
        return []

    def _elsewhere(self, sentence: Sentence) -> bool:
        """Whether a sentence sets itself among other cells: "in HEK293T cells", "In T cells, X ..."."""
        lines = [self._cell_line(i.span) for i in sentence.items if i.label == "CELL_LINE"]
        if lines and all(line is not None and not line.cancer_name for line in lines):
            return True
        first = next(iter(sentence.items), None)
        if first is None or first.label != "CELL_TYPE" or first.generic or _TUMOROUS.search(first.span.text):
            return False
        return _FRONTED_PLACE.fullmatch(sentence.doc[sentence.start : first.start].text_with_ws) is not None

    def _of_cell_line(self, sentence: Sentence) -> CellLine | None:
        """The first cell line of the sentence whose cancer is known."""
        spans = [i.span for i in sentence.items if i.label == "CELL_LINE"]
        known = (self._cell_line(span) for span in spans)
        return next((line for line in known if line is not None and line.cancer_name), None)

    def _cell_line(self, span: Span) -> CellLine | None:
        name = span._.name or span.text
        found = self.by_curie.get(span.kb_id_) or self.by_name.get(_squeezed(name))
        return found or self.by_name.get(_squeezed(parent_line(name)))


def _less_sure(relation: Relation, high: float) -> Relation:
    """Lowers the score where only the model found a mention and no identifier confirms it."""
    if not any(m._.method == "model" and not m.kb_id_ for m in (relation.subject, relation.object)):
        return relation
    score = round(relation.score * PENALTIES["ungrounded"], 4)
    return replace(relation, score=score, tier=relation.tier if score >= high else "all")


def _any_cancer(span: Span) -> bool:
    """Whether a mention means cancer as such ("low-grade tumors"); its own text may hide that, its name does not."""
    return bool(_GENERIC.fullmatch(span.text)) or (span._.name or "").lower() in _ANY_CANCER


def _squeezed(name: str) -> str:
    return re.sub(r"[\s\-]+", "", name.lower())


def _named(span: Span, source: str) -> _Cancer:
    return _Cancer(span, span._.name or span.text, span.kb_id_, source)


def _sentence_cancers(sentence: Sentence, s: Statement) -> list[Item]:
    """The nearest cancer with its coordination; clause boundaries between count as distance."""
    named = _specific([i for i in sentence.items if _names_cancer(i)])
    if not named:
        return []
    points = [s.object.start, s.subject.start, *s.anchors]
    nearest = min(named, key=lambda i: (min(_distance(sentence, p, i) for p in points), i.start))
    members = of_pair(sentence, s, _specific([m for m in nearest.group if _names_cancer(m)])) or [nearest]
    seen: dict[str, Item] = {}
    for m in (x for member in members for x in member.stands_for or (member,)):
        seen.setdefault(_identity(m.span), m)
    return list(seen.values())


def _names_cancer(item: Item) -> bool:
    """Whether it is a cancer's name, or points back at one ("in this disease")."""
    return item.label == "CANCER" and not item.generic and item.alias is None


def _specific(items: list[Item]) -> list[Item]:
    """The cancers that are more than cancer as such, where there are any."""
    return [i for i in items if not _any_cancer(i.span)] or items


def _one_told(before: Sentence, sentence: Sentence, named: Sequence[Item]) -> list[Item]:
    """The one cancer that a sentence names, for what the next one says; of several the one that is nearest to the only
    name that both share."""
    meant = {_identity(x.span): x for i in named for x in i.stands_for or (i,)}
    if len(meant) > 1:
        shared = _shared(before, sentence)
        near = [min(named, key=partial(_clauses_between, before, x)) for x in shared]
        meant = {_identity(x.span): x for i in near if len(i.group) < 2 for x in i.stands_for or (i,)}
    return list(meant.values()) if len(meant) == 1 else []


def _clauses_between(sentence: Sentence, name: Item, cancer: Item) -> tuple[int, int]:
    """How many clauses begin between a name and a cancer, and how many tokens stand there."""
    first, last = sorted((name, cancer), key=lambda i: i.start)
    gap = sentence.doc[first.end : last.start]
    return len(_NEXT_CLAUSE.findall(gap.text)), len(gap)


def _shared(before: Sentence, sentence: Sentence) -> list[Item]:
    """The genes, microRNAs and drugs of the sentence before that a sentence names too."""
    names = {_identity(i.span) for i in sentence.items if i.label in _SPECIFIC and not i.generic}
    return [i for i in before.items if i.label in _SPECIFIC and not i.generic and _identity(i.span) in names]


def _identity(span: Span) -> str:
    return span.kb_id_ or span._.name or span.text.lower()


def _distance(sentence: Sentence, token: int, item: Item) -> int:
    """Tokens between; a clause boundary counts as many, a preposition that leads to the cancer as none."""
    lo, hi = (token, item.start) if token < item.start else (item.end, token)
    gap = sentence.doc[lo:hi].text if lo < hi else ""
    breaks = len(_BREAK.findall(gap)) + (lo <= _fronted_contrast(sentence) < hi)
    distance = max(0, hi - lo) + CLAUSE_BOUNDARY * breaks
    return distance - LED_TO if token < item.start and _LEADS_TO.search(gap) else distance


def _fronted_contrast(sentence: Sentence) -> int:
    """The comma that ends a contrast at the sentence's beginning ("Unlike in C, X ..."), -1 where there is none."""
    if not _CONTRAST.match(sentence.span.text):
        return -1
    commas = [t.i for t in sentence.span if t.text == ","]
    inner = sum(sentence.lower(k + 1) in _RELATIVE for k in commas[:1] if k + 1 < sentence.end)
    return commas[inner] if len(commas) > inner else -1


class _Surroundings:
    """Cancers outside the sentence: the sentence before, headings, title."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.cancers_at = sorted(
            (m for m in doc.spans.get(MENTIONS, ()) if m.label_ == "CANCER" and not _any_cancer(m)),
            key=lambda m: m.start,
        )
        self._cancer_starts = [m.start_char for m in self.cancers_at]
        self.document = doc._.document
        self.text = doc.text
        self._organs: dict[str, list[Span]] = {}
        self.specific = sorted((m for m in doc.spans.get(MENTIONS, ()) if m.label_ in _SPECIFIC), key=lambda m: m.start)
        self._specific_starts = [m.start for m in self.specific]

    def cancers(self, sentence: Sentence) -> list[_Cancer]:
        """The cancers of the headings, else of the title; one without a name in none."""
        if self.document is None:
            return [_Cancer(None)]
        found = [_named(m, "section") for m in self._of_headings(self.document, sentence.span.start_char)]
        return found or [_named(m, "title") for m in self._of_title(self.document)] or [_Cancer(None)]

    def _of_headings(self, document: Document, start: int) -> list[Span]:
        """The cancers of the innermost heading that names any."""
        block = document.block_at(start)
        around = [x for x in document.sections if block is not None and x.start <= block.start < x.end]
        for section in reversed(around):
            heading = section.path[-1]
            found = self._within(section.start, section.start + len(heading)) or self._of_organs(heading)
            if found:
                return _distinct(found)
        return []

    def _of_title(self, document: Document) -> list[Span]:
        """The cancer of the title, where it is about one: "leukemia and solid tumors" is about several."""
        title = next((b for b in document.blocks if b.kind == "title"), None)
        if title is None:
            return []
        found = _distinct(self._within(title.start, title.end))
        rest = self.text[title.start : title.end]
        for m in found:
            rest = rest.replace(m.text, "")
        return found if len(found) == 1 and not _SEVERAL.search(rest) else []

    def goes_on(self, before: Sentence, sentence: Sentence) -> bool:
        """Whether a sentence is about what the one before is about: its first words say so, or both name the same, or a
        word ("the drug") stands for a name."""
        if "\n" in self.text[before.span.end_char - 1 : sentence.span.start_char]:
            return False
        pointing = any(i.stands_for for i in sentence.items)
        return bool(pointing or _GOES_ON.match(sentence.span.text.lstrip()) or _shared(before, sentence))

    def _of_organs(self, heading: str) -> list[Span]:
        """For a heading that is an organ ("5.1 Prostate"): how the paper most often names that organ's cancer."""
        if heading not in self._organs:
            shown = _HEADING.fullmatch(" ".join(heading.lower().split()))
            patterns = _organ_patterns(shown[1]) if shown else []
            self._organs[heading] = [m for p in patterns if (m := self._most_often(p)) is not None]
        return self._organs[heading]

    def _most_often(self, pattern: str) -> Span | None:
        means = re.compile(pattern)
        found = [
            m for m in self.cancers_at if means.fullmatch((m._.name or "").lower()) or means.fullmatch(m.text.lower())
        ]
        counts = Counter(_identity(m) for m in found)
        return max(found, key=lambda m: (counts[_identity(m)], -m.start), default=None)

    def _within(self, start: int, end: int) -> list[Span]:
        first, last = (bisect_left(self._cancer_starts, at) for at in (start, end))
        return [m for m in self.cancers_at[first:last] if m.end_char <= end]


def _organ_patterns(named: str) -> list[str]:
    """The patterns of the organs that make up a heading; empty where anything else stands in it."""
    known = [next((c for organ, c in ORGANS if re.fullmatch(organ, named)), "")]
    if not known[0]:
        parts = re.split(r", | and | & |/", named)
        known = [next((c for organ, c in ORGANS if re.fullmatch(organ, p)), "") for p in parts]
    return known if all(known) else []


def _distinct(mentions: Sequence[Span]) -> list[Span]:
    """The cancers of a heading, each once; of more than two the first."""
    seen: dict[str, Span] = {}
    for m in mentions:
        seen.setdefault(_identity(m), m)
    return list(seen.values()) if len(seen) <= 2 else list(seen.values())[:1]


def _vesicle(s: Stated) -> Span | None:
    for item in (s.statement.subject, s.statement.object):
        if item.label == "VESICLE":
            return item.span
    return _nearest(s, ("VESICLE",))


def _exchange(s: Stated, vesicle: Span | None) -> tuple[Item | None, Item | None]:
    """Donor and recipient of the statement's vesicle."""
    told = (*s.sentence.items, s.statement.subject, s.statement.object)
    item = next((i for i in told if vesicle is not None and i.span is vesicle), None)
    if item is None:
        return None, handed_to(s.sentence) if s.statement.subject.label in _CARGO else None
    return exchange(s.sentence, item)


def _giver_in(giver: Item | None, cancer: Span | None) -> Span | None:
    """The donor; of several that are enumerated the one whose cancer it is: "exosomes of C and of D cells"."""
    if giver is None:
        return None
    return next((x.span for x in giver.group if x.span is cancer), giver.span)


def _evidence(s: Stated) -> tuple[Span, ...]:
    """The words that carry a statement, each a Span, without those that are part of a name, whose ever it is."""
    names = (*s.sentence.items, s.statement.subject, s.statement.object)
    free = [k for k in s.statement.anchors if not any(i.start <= k < i.end for i in names)]
    return tuple(s.sentence.doc[k : k + 1] for k in free)


def _nearest(s: Stated, labels: Sequence[str]) -> Span | None:
    points = [s.statement.subject.start, s.statement.object.start, *s.statement.anchors]
    found = [
        i
        for i in s.sentence.items
        if i.label in labels
        and i is not s.statement.subject
        and i is not s.statement.object
        and not (i.label == "CELL_TYPE" and _BARE_CELL.fullmatch(i.span.text))
    ]
    if not found:
        return None
    return min(found, key=lambda i: (min(abs(i.start - p) for p in points), i.start)).span


# ---------------------------------------------------------------------- citations


def marks_of(doc: Doc) -> list[Mark]:
    """Citation marks, from the paper, from the ``blocks`` component, else looked for here."""
    return [Mark(m.start, m.end, m.labels) for m in citation_marks(doc)]


def _sentence_citations(sentence: Sentence, marks: Sequence[Mark], text: str) -> SentenceCitations:
    """The sentence's marks with its enumerations and finite verbs."""
    here = _sentence_marks(sentence, marks, text)
    groups = {id(i.group): i.group for i in sentence.items if len(i.group) > 1} if here else {}
    return SentenceCitations(
        text,
        here,
        enumerations=[[_extent(i) for i in g] for g in groups.values()],
        verbs=_verbs(sentence) if here else (),
    )


class _Cited:
    """The works cited for the statements of a paper: by the marks of their sentences, or where these have none."""

    def __init__(self, doc: Doc, marks: Sequence[Mark], *, review: bool) -> None:
        self.text, self.marks = doc.text, marks  # spaCy builds the text anew each time
        self.unmarked = UnmarkedCitations(doc, marks, review=review)
        self.of_sentence: dict[int, SentenceCitations] = {}

    def of(self, s: Stated, span: Span, cancer: Span | None) -> tuple[str, ...]:
        """The labels for a statement that stands in ``span``."""
        key = id(s.sentence)
        if key not in self.of_sentence:
            self.of_sentence[key] = _sentence_citations(s.sentence, self.marks, self.text)
        marked = self.of_sentence[key]
        return marked.of(_claim(s.sentence, s.statement, cancer)) if marked.marks else self.unmarked.of(span)


def _verbs(sentence: Sentence) -> list[int]:
    """Offsets of the finite verbs; where no tagger tells, of the verbs that are triggers."""
    said = [m.root for m in sentence.matches if m.trigger.form == "verb"]
    if not sentence.tagged:
        return [sentence.token(k).idx for k in said]
    free = [k for k in range(sentence.start, sentence.end) if k not in sentence.covered and sentence.tag(k) in _FINITE]
    # a participle that is joined to a verb before: "was found in A [1], and lowered in B [2]"
    second = [
        k for k in said if {sentence.lower(j) for j in range(max(sentence.start, k - 2), k)} & {"and", "but", "or"}
    ]
    return sorted(sentence.token(k).idx for k in {*free, *second})


def _extent(item: Item) -> Extent:
    return Extent(item.span.start_char, item.span.end_char)


def _claim(sentence: Sentence, s: Statement, cancer: Span | None) -> Claim:
    """What a statement is made of in its sentence, with the words ("this drug") that stand for a name before; a subject
    that a pronoun stands for is not there."""
    by_pronoun = s.inherited and not s.words
    named = [i for i in (s.subject, s.object) if sentence.start <= i.start and not (i is s.subject and by_pronoun)]
    roles = [i for i in (*named, *s.words) if i.start < sentence.end]
    words = [sentence.token(a) for a in s.anchors]
    ends = [*(i.span.end_char for i in roles), *(w.idx + len(w) for w in words)] or [sentence.span.start_char]
    starts = [i.span.start_char for i in roles] or ends
    extents = [_extent(i) for i in roles]
    if cancer is not None and sentence.start <= cancer.start < sentence.end:
        extents.append(Extent(cancer.start_char, cancer.end_char))
    return Claim(tuple(extents), min(starts), max(ends))


def _sentence_marks(sentence: Sentence, marks: Sequence[Mark], text: str) -> list[Mark]:
    """The sentence's marks: those inside it, without one that follows the full stop of the sentence before."""
    start, end = sentence.span.start_char, sentence.span.end_char
    lo = bisect_left(marks, start, key=lambda m: m.start)
    out = []
    glued = text[max(0, start - 5) : start].rstrip(" ").endswith((".", "]"))
    for m in marks[lo:]:
        if m.start >= end and not _GLUE.fullmatch(text, end, m.start):
            break
        if start > 0 and glued and _GLUE.fullmatch(text, start, m.start):
            continue
        out.append(m)
    return out
