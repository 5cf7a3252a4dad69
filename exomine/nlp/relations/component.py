"""The ``relations`` component: sentences with mentions in, ``doc._.relations`` out.

It reads offsets and labels of ``doc.spans["mentions"]`` and, where there is one, the parse; CURIEs and names may be
empty. Context (cancer, vesicle, cell, citations) is added by :mod:`exomine.nlp.relations.context`, tables are read by
:mod:`exomine.nlp.relations.tables`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Span

from exomine.nlp.assertion.component import assertion_of, surely
from exomine.nlp.extensions import register_extensions
from exomine.nlp.relation import Relation, Unread
from exomine.nlp.relations.antecedents import BY_NUMBER, ORDINAL
from exomine.nlp.relations.arguments import ACTORS
from exomine.nlp.relations.aside import Aside, left_aside, turned_round
from exomine.nlp.relations.contrast import contrasted, contrasts
from exomine.nlp.relations.cues.nouns import POINTS, POINTS_AT_SEVERAL
from exomine.nlp.relations.cues.scores import PENALTIES
from exomine.nlp.relations.denials import denials
from exomine.nlp.relations.ellipsis import completed
from exomine.nlp.relations.frames.catalogue import RELIABILITY
from exomine.nlp.relations.frames.readers import all_statements
from exomine.nlp.relations.gapping import crossed, with_gaps_filled
from exomine.nlp.relations.items import guessed, only_seen, same_thing
from exomine.nlp.relations.learned.candidates import Candidate, Pairs, ScoredPair, candidates
from exomine.nlp.relations.learned.component import PAIR_SCORES
from exomine.nlp.relations.learned.excluded import Excluded
from exomine.nlp.relations.learned.judge import Judge
from exomine.nlp.relations.ledger import unread
from exomine.nlp.relations.named import Named
from exomine.nlp.relations.operators import done_by, suspended
from exomine.nlp.relations.outline import announced
from exomine.nlp.relations.pointing import pointing
from exomine.nlp.relations.presupposed import only_part_denied, taken_for_granted
from exomine.nlp.relations.reading import sentences_to_read
from exomine.nlp.relations.respectively import paired
from exomine.nlp.relations.roles import SentenceRoles
from exomine.nlp.relations.sentence import Item, Sentence
from exomine.nlp.relations.set_apart import told_of_both, with_other_names
from exomine.nlp.relations.statement import Statement
from exomine.nlp.relations.undone import taken_back
from exomine.nlp.relations.variants import of_variants
from exomine.nlp.relations.windows import FAR
from exomine.vocabulary.predicates import predicate

__all__ = [
    "STATEMENTS",
    "Relations",
    "Said",
    "SaidByRules",
    "Stated",
    "asserted_by_rules",
    "assertion_by",
    "document_candidates",
    "sentence_statements",
    "tier_by",
]

#: ``doc.user_data`` key: what the context component needs to know about each relation, in their order.
STATEMENTS = "exomine.statements"


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement with the sentence it stands in."""

    sentence: Sentence
    statement: Statement


class Relations:
    """spaCy component. ``high`` is the score from which a relation is in the tier "high"; below ``low`` it is dropped.

    Where ``relation_model`` has read the sentences, its judge scores each statement and sets the tier, and ``high``
    goes unused.
    """

    def __init__(self, *, high: float = 0.6, low: float = 0.2) -> None:
        register_extensions()
        self.high, self.low = high, low

    def __call__(self, doc: Doc) -> Doc:
        bench: Judge | RuleScores = RuleScores(self.high, self.low)
        learned: dict[int, list[ScoredPair]] = {}
        if PAIR_SCORES in doc.user_data:
            bench, learned = doc.user_data.pop(PAIR_SCORES)
        relations: list[Relation] = []
        stated: list[Stated] = []
        silent: list[Unread] = []
        for said in document_candidates(doc, learned):
            judged = [(c, bench.score(c)) for c in said.candidates if not any(map(guessed, _ends(c)))]
            kept = bench.kept(judged)
            for candidate, score in kept:
                relations.append(_relation(doc, said.sentence, candidate, score, bench))
                stated.append(Stated(said.sentence, candidate.statement))
            row = None if kept else unread(said.sentence, announced=said.announced, doubted=judged)
            if row is not None:
                silent.append(row)
        doc._.unread = tuple(silent)
        doc._.relations = tuple(relations)
        doc.user_data[STATEMENTS] = tuple(stated)
        return doc


@dataclass(frozen=True, slots=True)
class RuleScores:
    """The bench where no network has read: the rules' scores as they are."""

    high: float
    least: float

    def score(self, c: Candidate) -> float:
        """The score of the rule."""
        return c.rule

    def kept(self, judged: Iterable[tuple[Candidate, float]]) -> list[tuple[Candidate, float]]:
        """Those that are sure enough."""
        return [(c, score) for c, score in judged if score >= self.least]

    def tier(self, c: Candidate, score: float, assertion: str) -> str:  # noqa: ARG002 (as a judge is asked)
        """The tier of a score."""
        return "high" if score >= self.high else "all"

    def assertion(self, c: Candidate, ruled: str) -> str:  # noqa: ARG002
        """What the rules say."""
        return ruled

    def state(self, c: Candidate, ruled: str) -> str:  # noqa: ARG002
        """What the rules say."""
        return ruled


def _relation(doc: Doc, sentence: Sentence, c: Candidate, score: float, bench: Judge | RuleScores) -> Relation:
    s, assertion = c.statement, assertion_by(bench, doc, c)
    document = doc._.document
    block = document.block_at(sentence.span.start_char) if document is not None else None
    return Relation(
        s.subject.span,
        s.predicate,
        s.object.span,
        sentence.span,
        assertion,
        bench.state(c, s.state if c.rule else ""),
        score,
        tier_by(bench, c, score, assertion),
        s.frame,
        source="caption" if block is not None and block.kind == "caption" else "text",
    )


def assertion_by(bench: Judge | RuleScores, doc: Doc, c: Candidate) -> str:
    """asserted, negated or speculative: what rules and network say together, and what a sure cue says whatever they
    say."""
    s = c.statement
    ruled = asserted_by_rules(doc, c)
    if surely(doc, s.anchors, spent=s.spent):
        return ruled or assertion_of(doc, s.anchors, spent=s.spent)
    return bench.assertion(c, ruled)


def tier_by(bench: Judge | RuleScores, c: Candidate, score: float, assertion: str) -> str:
    """The tier of a candidate with its score and assertion.

    A word of a kind in a vesicle ("miRNAs in exosomes") says nothing that is not known of all, and is never high; nor
    is what some miRNA does, what is done to the response to "the drug", whichever it is, and what names something that
    only the model has seen.
    """
    subject, object_ = c.statement.subject, c.statement.object
    of_kinds = subject.generic and (c.predicate == "cargo_of" or subject.label == "MIRNA")
    before = object_.span.doc[object_.start - 1].lower_
    of_kinds = of_kinds or (object_.generic and object_.label == "DRUG" and before in (*POINTS, *POINTS_AT_SEVERAL))
    return "all" if of_kinds or any(map(only_seen, _ends(c))) else bench.tier(c, score, assertion)


def _ends(c: Candidate) -> tuple[Span, Span]:
    return c.statement.subject.span, c.statement.object.span


def asserted_by_rules(doc: Doc, c: Candidate) -> str:
    """asserted, negated or speculative; empty where no rule states the candidate."""
    if not c.rule:
        return ""
    s = c.statement
    said = assertion_of(doc, s.anchors, spent=s.spent)
    if (s.denied or said != "asserted") and taken_for_granted(doc, s):
        return "asserted"
    if said == "negated" and only_part_denied(doc, s):
        return "speculative"
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
    if s.subject.label not in ACTORS:
        score *= PENALTIES["unusual_subject"]
    return round(score, 4)


@dataclass(frozen=True, slots=True)
class SaidByRules:
    """The statements of one sentence; ``aside`` holds what they leave out on purpose."""

    statements: list[Statement]
    aside: Aside


@dataclass(slots=True)
class Paragraph:
    """What has been said so far in a block: ``topic`` is what a pronoun stands for, ``earlier`` are the names of the
    sentence before, ``named`` those of all sentences, ``statements`` those of the sentence ``before``."""

    topic: list[Item] = field(default_factory=list)
    earlier: list[Item] = field(default_factory=list)
    named: Named = field(default_factory=Named)
    statements: list[Statement] = field(default_factory=list)
    before: Sentence | None = None

    def add(self, sentence: Sentence, statements: list[Statement]) -> None:
        """Go on to the next sentence."""
        self.topic = _next_topic(sentence, statements, self.topic)
        self.earlier = [i for i in _agents(sentence) if not turned_round(sentence, i)]
        referred = [i for s in statements for i in (s.subject, s.object) if i.end <= sentence.start]
        self.named.add([*sentence.items, *referred])
        self.statements, self.before = statements, sentence


def sentence_statements(sentence: Sentence, told: Paragraph | None = None) -> SaidByRules:
    """All statements of one sentence, one a (subject, predicate, object), the surest of each; ``told`` is what the
    paragraph has said before."""
    told = told or Paragraph()
    roles = SentenceRoles(sentence, told.topic, told.earlier, told.named)
    apart = contrasts(sentence)
    with_other_names(sentence, apart)
    best: dict[tuple[int, str, int], Statement] = {}
    for s in (s for said in all_statements(roles) for s in _named_before(said) if _fits(s)):
        if _part_of_process(sentence, s.object) or _only_does(sentence, s):
            continue
        key = (id(s.subject), s.predicate, id(s.object))
        if key not in best or _surer(sentence, s, best[key]):
            best[key] = s
    found = _without_contradictions(sentence, list(best.values()))
    in_order = [s for s in taken_back(roles, completed(roles, paired(roles, found)), told.statements) if _fits(s)]
    in_order = with_gaps_filled(sentence, told_of_both(sentence, in_order, apart))
    left = list(contrasted(in_order, apart))
    out = sorted(of_variants(sentence, left), key=lambda s: (s.subject.start, s.object.start, s.predicate))
    aside = [*roles.aside, *roles.described.describing()]
    return SaidByRules(out, left_aside(aside, [*found, *in_order], left, crossed(sentence)))


def _surer(sentence: Sentence, s: Statement, other: Statement) -> bool:
    """Whether of two readings of one statement the first is surer: "X lowered but did not abolish P" lowers it."""
    told, score = (not denials(sentence, *s.anchors)), statement_score(s)
    return (told, score) > (not denials(sentence, *other.anchors), statement_score(other))


def _part_of_process(sentence: Sentence, object_: Item) -> bool:
    """ "Apoptosis of T cells" as one name: nothing is done to the cells by themselves. The vesicles of "release of
    exosomes" hold what they hold."""
    outer = sentence.outer.get(object_.root, object_)
    inside = outer is not object_ and len(outer.span) > len(object_.span)
    return inside and outer.label == "PROCESS" and object_.label != "VESICLE"


def _only_does(sentence: Sentence, s: Statement) -> bool:
    """ "X blocked Y- and Z-mediated P": nothing is done to Y and Z."""
    waiting = any(suspended(sentence, x) for x in s.object.group)
    return waiting and done_by(sentence, s.object) and s.predicate != "cargo_of"


def _fits(s: Statement) -> bool:
    if s.subject.group and s.subject.group is s.object.group:
        return False  # members of one enumeration do nothing to each other
    if s.subject.start < s.object.end and s.object.start < s.subject.end:
        return False
    if same_thing(s.subject, s.object):
        return False  # nothing does anything to itself
    signature = predicate(s.predicate)
    return s.subject.label in signature.subjects and s.object.label in signature.objects and s.subject is not s.object


def _without_contradictions(sentence: Sentence, statements: list[Statement]) -> list[Statement]:
    """Of a predicate and its opposite for one pair the one stays that is not denied ("did not sensitize but made more
    resistant"), else the surer; a plain association yields to anything clearer."""

    def rank(n: int, s: Statement) -> tuple[bool, float, tuple[int, ...], int]:
        return (not denials(sentence, *s.anchors), statement_score(s), s.anchors, -n)

    by_pair: dict[tuple[int, int], list[tuple[int, Statement]]] = {}
    for n, s in enumerate(statements):
        by_pair.setdefault((id(s.subject), id(s.object)), []).append((n, s))
    out = []
    for n, s in enumerate(statements):
        rivals = [(k, r) for k, r in by_pair[id(s.subject), id(s.object)] if r is not s]
        opposite = predicate(s.predicate).opposite
        if any(r.predicate == opposite and rank(k, r) > rank(n, s) for k, r in rivals):
            continue
        if s.predicate == "associated_with" and rivals:
            continue
        out.append(s)
    return out


@dataclass(frozen=True, slots=True)
class Said:
    """What rules and network say of one sentence; ``announced``: some of what the rules say is only announced."""

    sentence: Sentence
    candidates: list[Candidate]
    announced: bool = False


def document_candidates(doc: Doc, learned: Mapping[int, list[ScoredPair]]) -> Iterator[Said]:
    """What is said in each sentence that may state something; ``learned`` holds the network's scores by first token."""
    told = Paragraph()
    last_block: int | None = None
    for read in sentences_to_read(doc):
        if read.silent or read.block != last_block:
            told, last_block = Paragraph(), None if read.silent else read.block
        if read.silent:
            continue
        pointed = pointing(read, told.named, told.earlier)
        mentions = sorted([*read.mentions, *pointed], key=lambda m: (m.start, -m.end, m.label_))
        sentence = Sentence(read.span, mentions, told.before)
        said = sentence_statements(sentence, told)
        statements = _without_announced(sentence, said.statements)
        pairs = Pairs(sentence, learned.get(read.span.start, ()))
        rules = [(s, statement_score(s)) for s in statements]
        found = Excluded(sentence, said.aside, told.before, told.earlier).left(candidates(sentence, rules, pairs))
        yield Said(sentence, found, len(statements) < len(said.statements))
        told.add(sentence, statements)


def _named_before(s: Statement) -> list[Statement]:
    """What is told of "this miRNA" or "both drugs", all signs counted, is told of what was named before; nothing is
    told of "the latter" where it is open who that is."""
    subjects, objects = s.subject.stands_for, s.object.stands_for
    if not subjects and not objects:
        words = (i.span.text.lower() for i in (s.subject, s.object))
        return [] if any(BY_NUMBER.get(w, w) in ORDINAL for w in words) else [s]
    pairs = [(a, b) for a in subjects or (s.subject,) for b in objects or (s.object,)]
    pointing = tuple(i for i in (s.subject, s.object) if i.stands_for)
    return [replace(s, subject=a, object=b, inherited=True, words=pointing) for a, b in pairs]


def _without_announced(sentence: Sentence, statements: Iterable[Statement]) -> list[Statement]:
    text, base = sentence.span.text, sentence.span.start_char
    return [
        s
        for s in statements
        if not announced(
            text, [sentence.token(i).idx - base for i in s.anchors if sentence.start <= i < sentence.end] or [0]
        )
    ]


def _next_topic(sentence: Sentence, statements: Sequence[Statement], before: list[Item]) -> list[Item]:
    """What a pronoun in the next sentence stands for: this sentence's grammatical subject, which a pronoun may stand
    for, else its first agent."""
    carried = [s for s in statements if s.subject.end <= sentence.start and s.subject.label in ACTORS]
    named = [i for s in statements for i in (s.subject, s.object) if sentence.start <= i.start < sentence.end]
    for pool in (named, _agents(sentence)):
        pool = [i for i in pool if i.label in ACTORS and not i.only_describes]
        if pool:
            subjects = [i for i in pool if _in_subject(sentence, i) and not i.stands_for]
            if carried and not subjects:
                return [] if carried[0].state == "reduced" else list(carried[0].subject.group or [carried[0].subject])
            head = min(subjects or pool, key=lambda i: i.start)
            return [] if turned_round(sentence, head) else list(head.group or [head])
    return before if statements else []


def _agents(sentence: Sentence) -> list[Item]:
    return [i for i in sentence.items if i.label in ACTORS and not i.generic]


def _in_subject(sentence: Sentence, item: Item) -> bool:
    return sentence.dep(item.root) in ("nsubj", "nsubjpass")
