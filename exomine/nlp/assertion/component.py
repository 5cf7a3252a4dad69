"""Negation and speculation: cues and their scopes.

The component writes two span groups: ``doc.spans["assertion_cues"]`` and ``doc.spans["assertion_scopes"]`` (same
length, same order), labelled ``negated`` or ``speculative``. Scopes follow the parse where there is one (the clause of
the verb, the phrase of the noun), else they run from the cue to the end of the clause, after BioScope's guidelines
(Vincze et al. 2008).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from exomine.nlp.assertion.cues import CLAUSE_BREAKS, CUES, PSEUDO, Cue
from exomine.nlp.trees import root_of

__all__ = ["CUE_SPANS", "SCOPE_SPANS", "SURE", "Assertion", "assertion_of", "surely"]

CUE_SPANS = "assertion_cues"
#: The id of the spans of cues that stand whatever else reads the sentence.
SURE = "sure"
_FINITE = ("VBZ", "VBD", "VBP", "MD")
SCOPE_SPANS = "assertion_scopes"
#: Tokens between "which" and the cue in its clause.
_TO_WHICH = 5


class Assertion:
    """spaCy component; see the module's docstring."""

    def __call__(self, doc: Doc) -> Doc:
        cues: list[Span] = []
        scopes: list[Span] = []
        for sent in _sentences(doc):
            for cue, span in _find(sent):
                start, end = _scope(sent, span, cue)
                sureness = SURE if cue.sure else ""
                cues.append(Span(doc, span.start, span.end, label=cue.kind, span_id=sureness))
                scopes.append(Span(doc, start, end, label=cue.kind, span_id=sureness))
        doc.spans[CUE_SPANS] = cues
        doc.spans[SCOPE_SPANS] = scopes
        return doc


def assertion_of(doc: Doc, anchors: Iterable[int], *, spent: Collection[int] = ()) -> str:
    """asserted, negated or speculative, for a statement carried by the tokens ``anchors``.

    Two negations of the same statement cancel out; a negation outweighs a speculation. Cues at the tokens ``spent`` do
    not count: the statement has them in it ("less", "but not").
    """
    kinds = [cue.label_ for cue in _cues_over(doc, list(anchors), spent)]
    if kinds.count("negated") % 2:
        return "negated"
    return "speculative" if "speculative" in kinds else "asserted"


def surely(doc: Doc, anchors: Iterable[int], *, spent: Collection[int] = ()) -> bool:
    """Whether a sure cue is among those that :func:`assertion_of` goes by."""
    return any(cue.id_ == SURE for cue in _cues_over(doc, list(anchors), spent))


def _cues_over(doc: Doc, tokens: Sequence[int], spent: Collection[int]) -> Iterator[Span]:
    """The cues in whose scope one of the tokens lies, those at the tokens ``spent`` left out."""
    for cue, scope in zip(doc.spans.get(CUE_SPANS, ()), doc.spans.get(SCOPE_SPANS, ()), strict=True):
        if not any(scope.start <= i < scope.end for i in tokens):
            continue
        if cue.label_ == "speculative" and all(cue.start <= i < cue.end for i in tokens):
            continue  # "has the potential to" is a trigger, no cue to itself
        if not any(cue.start <= i < cue.end for i in spent):
            yield cue


def _sentences(doc: Doc) -> list[Span]:
    return list(doc.sents) if doc.has_annotation("SENT_START") else [doc[:]] if len(doc) else []


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[tuple[Cue, re.Pattern[str]], ...], re.Pattern[str]]:
    cues = tuple((c, re.compile(_bounded(c.pattern))) for c in CUES)
    return cues, re.compile("|".join(rf"\b{p}" for p in PSEUDO))


def _bounded(pattern: str) -> str:
    if pattern == "n't":
        return r"n't\b"
    return pattern if pattern.startswith("\\?") else rf"(?<![a-z0-9\-]){pattern}(?![a-z0-9])"


def _find(sent: Span) -> list[tuple[Cue, Span]]:
    """Cues of a sentence, longest first where they overlap, pseudo cues left out."""
    text = sent.text.lower()
    cues, pseudo = _patterns()
    barred = [m.span() for m in pseudo.finditer(text)]
    hits = sorted(
        ((m.start(), m.end(), k) for k, (_, p) in enumerate(cues) for m in p.finditer(text)),
        key=lambda h: (h[0], -(h[1] - h[0]), h[2]),
    )
    out: list[tuple[Cue, Span]] = []
    last = -1
    for start, end, k in hits:
        if start < last or any(a <= start < b for a, b in barred):
            continue
        if text[start:end] == "nor" and "neither" in text[:start]:
            continue  # one negation, told in two places
        span = sent.doc.char_span(sent.start_char + start, sent.start_char + end, alignment_mode="expand")
        if span is None or _is_month(text, start, end):
            continue
        out.append((cues[k][0], span))
        last = end
    return out


def _is_month(text: str, start: int, end: int) -> bool:
    return text[start:end] == "may" and bool(re.match(r" \d{4}", text[end:]))


def _scope(sent: Span, cue: Span, kind: Cue) -> tuple[int, int]:
    """Token range of the scope, cue included."""
    parsed = sent.doc.has_annotation("DEP") and any(t.dep_ for t in sent)
    if kind.scope == "sentence":
        return sent.start, sent.end
    if kind.scope == "both":
        comma = next((i for i in range(cue.end, sent.end) if sent.doc[i].text == ","), sent.end)
        end = min(_clause_end(sent, cue.end), _told_from(sent, cue.end), comma)
        return _subject_start(sent, cue, parsed=parsed), end
    if kind.scope == "complement":
        return cue.start, _complement_end(sent, cue, parsed=parsed)
    if parsed and kind.scope in ("clause", "noun", "phrase"):
        start, end = _within_clause(sent, cue, *_parsed_scope(sent, cue, kind))
    else:
        start, end = cue.start, _clause_end(sent, cue.end)
        if kind.scope == "phrase":
            end = min(end, cue.end + 6)
        if parsed and (kind.kind, kind.scope) == ("negated", "right"):
            end = _before_next_clause(sent, cue, end)
    end = min(end, _insertion_end(sent, cue), _told_from(sent, cue.end))
    return max(start, sent.start), min(max(end, cue.end), sent.end)


def _insertion_end(sent: Span, cue: Span) -> int:
    """Where a relative clause between commas ends that holds the cue: "X, which does not lower Y, promoted P"."""
    which = next((i for i in range(cue.start - 1, max(sent.start, cue.start - _TO_WHICH), -1)
                  if sent.doc[i].lower_ in ("which", "who") and sent.doc[i - 1].text == ","), None)  # fmt: skip
    comma = next((i for i in range(cue.end, sent.end) if sent.doc[i].text == ","), None)
    if which is None or comma is None or not _verb_next(sent, comma + 1):
        return sent.end
    return comma


def _verb_next(sent: Span, start: int) -> bool:
    """Whether a main verb follows at once, adverbs allowed before it; "enhanced" is often taken for an adjective."""
    first = next((t for t in sent.doc[start : sent.end] if t.tag_ != "RB"), None)
    return first is not None and (first.tag_ in _FINITE or first.lower_.endswith("ed"))


def _complement_end(sent: Span, cue: Span, *, parsed: bool) -> int:
    """Where what a preposition leads to ends: "in cells without X, Y promoted P" says nothing against Y."""
    below = max(c.right_edge.i for c in cue) + 1 if parsed else sent.end
    end = min(below if below > cue.end else sent.end, _clause_end(sent, cue.end))
    return next((i for i in range(cue.end, end) if sent.doc[i].text == "," or _finite(sent, cue.end, i + 1)), end)


#: A subject that asks how, or for the way, takes it for granted that it is so: "how X promotes Y remains unclear".
_GRANTED = re.compile(
    r"\b(?:how|why|where|when|(?:mechanisms?|ways?|reasons?|pathways?|manner)\b.{0,40}\b(?:which|how|why|of|behind|underlying))\b"
)


def _subject_start(sent: Span, cue: Span, *, parsed: bool) -> int:
    """Where the subject of the cue's verb begins; at the cue itself where the subject takes its statement for
    granted."""
    start = cue.start
    verbs = [t for t in cue if t.tag_.startswith(("VB", "MD"))] or list(cue)
    heads = [*verbs, *(t.head for t in verbs)]
    subjects = [
        c
        for t in heads
        for c in t.children
        if c.i < cue.start and c.dep_ in ("nsubj", "nsubjpass", "csubj", "csubjpass")
    ]
    if parsed and subjects:
        start = min(c.left_edge.i for c in subjects)
    start = max(start if parsed and subjects else sent.start, _clause_start(sent, cue.start))
    return cue.start if _GRANTED.search(sent.doc[start : cue.start].text.lower()) else start


def _clause_start(sent: Span, end: int) -> int:
    """Where the clause begins that goes on at token ``end``."""
    breaks = (i + 1 for i in range(end - 1, sent.start - 1, -1) if sent.doc[i].lower_ in (";", ":", *CLAUSE_BREAKS))
    return next(breaks, sent.start)


def _parsed_scope(sent: Span, cue: Span, kind: Cue) -> tuple[int, int]:
    token = cue[-1] if kind.scope != "noun" else cue[0]
    head = token.head
    if kind.scope == "noun":
        root = sent.doc[root_of(cue)]
        noun = root.head if root.dep_ in ("det", "neg", "preconj", "cc") else root
        verb = _verb_above(noun)
        if verb is not None and noun.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "conj", "oprd"):
            return _below(verb, sent, from_token=min(noun.left_edge.i, verb.i))
        return noun.left_edge.i, noun.right_edge.i + 1
    if kind.scope == "phrase":
        noun = head if token.dep_ in ("amod", "compound", "advmod") else token
        return noun.left_edge.i, min(noun.right_edge.i + 1, _clause_end(sent, cue.end))
    if head.i == token.i or not sent.start <= head.i < sent.end:
        return cue.start, _clause_end(sent, cue.end)
    return _below(head, sent, from_token=min(cue.start, head.i))


def _below(head: Token, sent: Span, *, from_token: int) -> tuple[int, int]:
    """From ``from_token`` to the end of the clause under ``head``: conjoined clauses with their own subject stay
    out."""
    end = head.i + 1
    for child in head.children:
        if child.i > head.i and not _own_clause(child):
            end = max(end, child.right_edge.i + 1)
    return from_token, min(end, _clause_end(sent, head.i + 1), _which_clause(sent, head.i + 1), sent.end)


def _which_clause(sent: Span, start: int) -> int:
    """Where a relative clause behind a comma begins: it is a statement of its own (", which represses")."""
    doc = sent.doc
    for i in range(start + 1, sent.end - 1):
        if doc[i].lower_ == "which" and doc[i - 1].text == "," and doc[i + 1].tag_ in ("VBZ", "VBD", "VBP"):
            return i
    return sent.end


def _within_clause(sent: Span, cue: Span, start: int, end: int) -> tuple[int, int]:
    """The scope without what a parse hangs into it of coordinated clauses: each side of ", and" that has a verb of its
    own."""
    for i in range(max(start, sent.start), min(end, sent.end)):
        if not (cue.end <= i or i < cue.start) or not _parts_clauses(sent, i):
            continue
        if i < cue.start and _finite(sent, max(start, sent.start), i):
            start = i
        elif i >= cue.end and _finite(sent, min(start, cue.start), i) and _clause_of_its_own(sent, i + 1):
            return start, i
    return start, end


def _before_next_clause(sent: Span, cue: Span, end: int) -> int:
    """Where a clause is joined to the one that the cue leads into: "it is unlikely that X promotes P, and Y inhibits
    it"."""
    joints = (i for i in range(cue.end, min(end, sent.end)) if _parts_clauses(sent, i))
    return next((i for i in joints if _finite(sent, cue.end, i) and _clause_of_its_own(sent, i + 1)), end)


def _parts_clauses(sent: Span, i: int) -> bool:
    """Whether token ``i`` can stand between two main clauses: a colon, a semicolon, "and", "or" or "so" behind a comma
    or a mark."""
    token = sent.doc[i]
    if token.text in (";", ":"):
        return True
    if token.lower_ not in ("and", "or", "so") or i == sent.start:
        return False
    return sent.doc[i - 1].text in (",", "]", ")") or _tells(sent, i + 1)


def _finite(sent: Span, start: int, end: int) -> bool:
    """Whether a main verb stands in the tokens; one behind a relative pronoun is none."""
    relative = False
    for token in sent.doc[start:end]:
        relative = (relative or token.lower_ in ("that", "which", "who", "whose", "where")) and token.text != ","
        if token.tag_ in _FINITE and not relative:
            return True
    return False


def _clause_of_its_own(sent: Span, start: int) -> bool:
    """Whether a subject and its verb begin at ``start``, so that no cue before reaches there."""
    if sent.doc[start - 1].text in (";", ":"):  # any verb will do: behind a colon the parse is often a wrong one
        return any(t.tag_.startswith(("VB", "MD")) for t in sent.doc[start : sent.end])
    first = next((t for t in sent.doc[start : sent.end] if not t.is_punct and t.tag_ not in ("RB", "CC")), None)
    if first is None or first.tag_.startswith(("VB", "MD")):
        return _tells(sent, start)
    return _finite(sent, start, sent.end)


#: Behind "and": what was asked or aimed at before is told now.
_TOLD = re.compile(
    r"(?:(?:we|they|the (?:authors?|results?|data|study)) )?(?:(?:have|has|had|were|was|could) )?(?:\w+ly )?"
    r"(?:found|find|showe?d?|shown|demonstrated?|observed?|reveal(?:ed)?|report(?:ed)?|discovered|concluded?|saw|noted"
    r"|confirm(?:ed)?|established|proved?) (?:\w+ly )?that\b"
)


def _told_from(sent: Span, start: int) -> int:
    return next((i for i in range(start, sent.end) if sent.doc[i].lower_ == "and" and _tells(sent, i + 1)), sent.end)


def _tells(sent: Span, start: int) -> bool:
    """ "We asked whether X promotes P, and found that it does": the second half has a verb that tells."""
    return _TOLD.match(sent.doc[start : sent.end].text.lower()) is not None


def _own_clause(token: Token) -> bool:
    """A conjunct or adverbial clause that the head's cue does not reach."""
    if token.dep_ == "conj":
        return token.tag_ in ("VBZ", "VBD") or any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in token.children)
    return token.dep_ in ("parataxis", "punct") or (
        token.dep_ == "advcl" and any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)
    )


def _verb_above(token: Token) -> Token | None:
    for _ in range(60):  # a wrong parse may hold a cycle
        if token.head.i == token.i:
            return None
        token = token.head
        if token.tag_.startswith(("VB", "MD")):
            return token
    return None


def _clause_end(sent: Span, start: int) -> int:
    for i in range(start, sent.end):
        if sent.doc[i].lower_ in CLAUSE_BREAKS:
            return i
    return sent.end
