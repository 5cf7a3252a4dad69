"""The ``relations`` component: sentences with mentions in, ``doc._.relations`` out.

It reads offsets and labels of ``doc.spans["mentions"]`` and, where there is one, the parse; CURIEs and names may be empty.
Context (cancer, vesicle, cell, citations) is added by :mod:`exomine.nlp.relations.context`, tables are read by
:mod:`exomine.nlp.relations.tables`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from exomine.nlp.assertion.component import assertion_of
from exomine.nlp.extensions import MENTIONS, register_extensions
from exomine.nlp.relation import Relation
from exomine.nlp.relations.contrast import contrasted, contrasts
from exomine.nlp.relations.cues.scores import PENALTIES
from exomine.nlp.relations.frames.catalogue import RELIABILITY
from exomine.nlp.relations.frames.readers import all_statements
from exomine.nlp.relations.operators import operators_of
from exomine.nlp.relations.outline import announced, is_notice
from exomine.nlp.relations.respectively import paired
from exomine.nlp.relations.roles import SentenceRoles
from exomine.nlp.relations.sentence import Item, Sentence
from exomine.nlp.relations.statement import Statement
from exomine.nlp.relations.windows import FAR
from exomine.vocabulary.predicates import predicate

__all__ = ["STATEMENTS", "Relations", "Stated", "sentence_statements"]

#: ``doc.user_data`` key: what the context component needs to know about each relation, in their order.
STATEMENTS = "exomine.statements"
#: Blocks whose sentences are read here; headings state nothing, table rows are read by ``table_relations``.
_SKIPPED_BLOCKS = ("heading", "table_row")


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement with the sentence it stands in."""

    sentence: Sentence
    statement: Statement


class Relations:
    """spaCy component. ``high`` is the score from which a relation is in the tier "high"; below ``low`` it is dropped."""

    def __init__(self, *, high: float = 0.6, low: float = 0.2) -> None:
        register_extensions()
        self.high, self.low = high, low

    def __call__(self, doc: Doc) -> Doc:
        relations: list[Relation] = []
        stated: list[Stated] = []
        for sentence, statement in _document_statements(doc):
            relation = self._relation(doc, sentence, statement)
            if relation.score >= self.low:
                relations.append(relation)
                stated.append(Stated(sentence, statement))
        doc._.relations = tuple(relations)
        doc.user_data[STATEMENTS] = tuple(stated)
        return doc

    def _relation(self, doc: Doc, sentence: Sentence, s: Statement) -> Relation:
        score = statement_score(s)
        document = doc._.document
        block = document.block_at(sentence.span.start_char) if document is not None else None
        return Relation(
            s.subject.span, s.predicate, s.object.span, sentence.span, _assertion(doc, s), s.state, score,
            "high" if score >= self.high else "all", s.frame,
            source="caption" if block is not None and block.kind == "caption" else "text",
        )  # fmt: skip


def _assertion(doc: Doc, s: Statement) -> str:
    said = assertion_of(doc, s.anchors, spent=s.spent)
    return "negated" if s.denied and said == "asserted" else said


def statement_score(s: Statement) -> float:
    """The estimated probability of a statement: its frame's, lowered by what makes it less sure."""
    score = RELIABILITY[s.frame]
    first, last = sorted((s.subject, s.object), key=lambda i: i.start)
    # a long enumeration puts no distance between its members and the verb
    gap = min(x.start for x in (last, *last.group)) - max(x.end for x in (first, *first.group))
    far = gap > FAR and not s.inherited and s.frame in ("regulate", "sensitize", "role", "involve", "protect")
    for name, holds in (("inherited", s.inherited), ("loose", s.loose), ("vague", s.vague), ("far", far)):
        if holds:
            score *= PENALTIES[name]
    if s.subject.label in ("CELL_TYPE", "CELL_LINE", "CANCER", "PROCESS", "PATHWAY"):
        score *= PENALTIES["unusual_subject"]
    return round(score, 4)


def sentence_statements(sentence: Sentence, topic: Sequence[Item] = ()) -> list[Statement]:
    """All statements of one sentence, one a (subject, predicate, object), the surest of each."""
    roles = SentenceRoles(sentence, topic)
    best: dict[tuple[int, str, int], Statement] = {}
    for s in all_statements(roles):
        if not _fits(s):
            continue
        key = (id(s.subject), s.predicate, id(s.object))
        if key not in best or statement_score(s) > statement_score(best[key]):
            best[key] = s
    found = paired(roles, _without_contradictions(list(best.values())))
    out = list(contrasted(found, contrasts(sentence)))
    return sorted(out, key=lambda s: (s.subject.start, s.object.start, s.predicate))


def _fits(s: Statement) -> bool:
    if s.subject.group and s.subject.group is s.object.group:
        return False  # members of one enumeration do nothing to each other
    if s.subject.start < s.object.end and s.object.start < s.subject.end:
        return False
    if s.subject.span.text.lower() == s.object.span.text.lower():
        return False  # nothing does anything to itself
    signature = predicate(s.predicate)
    return s.subject.label in signature.subjects and s.object.label in signature.objects and s.subject is not s.object


def _without_contradictions(statements: list[Statement]) -> list[Statement]:
    """Of a predicate and its opposite for one pair the surer stays; a plain association yields to anything clearer."""
    by_pair: dict[tuple[int, int], list[tuple[int, Statement]]] = {}
    for n, s in enumerate(statements):
        by_pair.setdefault((id(s.subject), id(s.object)), []).append((n, s))
    out = []
    for n, s in enumerate(statements):
        rivals = [(k, r) for k, r in by_pair[id(s.subject), id(s.object)] if r is not s]
        opposite = predicate(s.predicate).opposite
        rank = (statement_score(s), s.anchors, -n)
        if any(r.predicate == opposite and (statement_score(r), r.anchors, -k) > rank for k, r in rivals):
            continue
        if s.predicate == "associated_with" and rivals:
            continue
        out.append(s)
    return out


def _document_statements(doc: Doc) -> Iterator[tuple[Sentence, Statement]]:
    mentions = sorted(doc.spans.get(MENTIONS, ()), key=lambda m: (m.start, -m.end, m.label_))
    starts = [m.start for m in mentions]
    document = doc._.document
    topic: list[Item] = []
    last_block: object = None
    for sent in _sentences(doc):
        block = document.block_at(sent.start_char) if document is not None else None
        if (block is not None and block.kind in _SKIPPED_BLOCKS) or is_notice(doc.text, sent.start_char, sent.end_char):
            topic = []
            continue
        if block is not last_block:
            topic, last_block = [], block
        lo, hi = bisect_left(starts, sent.start), bisect_left(starts, sent.end)
        inside = [m for m in mentions[lo:hi] if m.end <= sent.end]
        sentence = Sentence(sent, inside)
        text = sent.text
        statements = [
            s
            for s in sentence_statements(sentence, topic)
            if not announced(
                text, [doc[i].idx - sent.start_char for i in s.anchors if sent.start <= i < sent.end] or [0]
            )
        ]
        for statement in statements:
            yield sentence, statement
        topic = _next_topic(sentence, statements, topic)


def _next_topic(sentence: Sentence, statements: Sequence[Statement], before: list[Item]) -> list[Item]:
    """What a pronoun in the next sentence stands for: this sentence's grammatical subject, else its first agent."""
    named = [i for s in statements for i in (s.subject, s.object) if sentence.start <= i.start < sentence.end]
    agents = [i for i in sentence.items if i.label in ("MIRNA", "PROTEIN", "VESICLE", "DRUG") and not i.generic]
    for pool in (named, agents):
        pool = [i for i in pool if i.label in ("MIRNA", "PROTEIN", "VESICLE", "DRUG")]
        if pool:
            subjects = [i for i in pool if _in_subject(sentence, i)]
            head = min(subjects or pool, key=lambda i: i.start)
            return [] if _turned_round(sentence, head) else list(head.group or [head])
    return before if statements else []


def _turned_round(sentence: Sentence, item: Item) -> bool:
    """ "Silencing of X was done. It ...": the pronoun may mean the silencing, so nothing is said of X."""
    return any(operator.sign < 0 for operator in operators_of(sentence, item))


def _in_subject(sentence: Sentence, item: Item) -> bool:
    return sentence.dep(item.root) in ("nsubj", "nsubjpass")


def _sentences(doc: Doc) -> list[Span]:
    if doc.has_annotation("SENT_START"):
        return list(doc.sents)
    return [doc[:]] if len(doc) else []
