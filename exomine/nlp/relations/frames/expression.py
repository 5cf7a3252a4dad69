"""Frames of amount in a place: "X is overexpressed in C", "X is highly expressed in D-resistant cells"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exomine.nlp.relations.antecedents import ORDINAL
from exomine.nlp.relations.arguments import MOLECULES, Argument
from exomine.nlp.relations.cues.cell_cues import CELLS, RESISTANT_HAVE
from exomine.nlp.relations.nearby import drug_in, examples, first_word, governing_subject, left_of, tail
from exomine.nlp.relations.roles import SentenceRoles
from exomine.nlp.relations.sentence import Item, Match, Sentence
from exomine.nlp.relations.statement import Statement
from exomine.nlp.relations.windows import (
    EXPRESSION_BEFORE,
    EXPRESSION_BEHIND,
    TO_COMPARED_CANCER,
    TO_EXPRESSING_CANCER,
    TO_FINDING,
    TO_HAVE,
    TO_IN,
    TO_RESISTANT,
)

__all__ = ["expressed_items", "expression_statements", "held_by_group", "is_state", "resistant_expression_statements"]

#: Words of amount that need a word of expression near them.
_PLAIN_AMOUNT = frozenset("highly higher high low lower significantly increased decreased reduced elevated".split())
_OF_EXPRESSION = frozenset(
    "expressed expression level levels abundant concentration concentrations amount amounts detected".split()
)
_COMPARED = re.compile(r"\bthan\b|compared (?:with|to)|\bversus\b")
_PLAINLY_IN = re.compile(r"(?:\s*(?:and\b|,|\w+ed\b|\w+ly\b))*\s*in\b")
#: "Lower in healthy volunteers than in", "higher in normal tissue compared with".
_HEALTHY_THAN = re.compile(
    r"\s*(?:in|among)\s+(?:the\s+)?(?:\w+\s+)?(?:(?:healthy|normal|non-?(?:tumou?r(?:al|ous)?|cancerous|malignant)|adjacent|benign)\s[\w\s-]{3,40}?|controls?)"
    r"\s*(?:than|compared (?:with|to)|versus|vs\.?)\s+(?:(?:in|those|that|of|the)\s+){0,3}",
    re.I,
)
_FINDING = ("found", "detected", "observed", "seen", "measured", "reported", "noted")
_ENDS = (";", ".", "which", "that", "compared", "than", "by", "via")
_FINITE = ("VBZ", "VBP", "VBD", "MD")
#: Between "D-resistant cells express" and X: nothing but words of one phrase.
_ONE_PHRASE = re.compile(r"(?!.*\b(?:in|which|that|to|by|than|via|when|but)\b)[\w\s/(),-]{0,70}", re.S)
_AMOUNT = re.compile(r"\b(high(?:er)?|more|increased|elevated|low(?:er)?|less|reduced|decreased|no)\b")
_LESS = ("low", "lower", "less", "reduced", "decreased", "no")


def expression_statements(roles: SentenceRoles, m: Match) -> Iterator[Statement]:
    """ "X is overexpressed in C", "upregulation of X in C": increased_in, decreased_in."""
    sentence = roles.sentence
    start = _behind_finding(sentence, m)
    cancers, sign = _cancers_after_in(sentence, start), m.trigger.sign
    if not cancers:
        cancers, sign = _cancers_after_healthy(sentence, start), -sign
    if not cancers or not is_state(sentence, m):
        return
    if sentence.lower(m.root) in _PLAIN_AMOUNT and not _says_expression(sentence, m):
        return
    predicate = "increased_in" if sign > 0 else "decreased_in"
    items, loose = expressed_items(roles, m)
    for item in items:
        for c in cancers:
            yield Statement(item.alias or item, predicate, c, "expression", (m.root,), loose=loose)


# ---------------------------------------------------------------------- what is expressed


def expressed_items(roles: SentenceRoles, m: Match) -> tuple[list[Item], bool]:
    """What is expressed, and whether word order had to tell."""
    named = [a.item for a in _expressed(roles, m)] if roles.sentence.parsed else []
    items = [i for i in named if i.label in (*MOLECULES, "VESICLE") and not i.generic]
    listed = [x for x in examples(roles.sentence, m.end) if x.label in MOLECULES]
    if listed and all(i.label == "VESICLE" for i in items):
        items = listed
    if items:
        return items, False
    return [x for x in left_of(roles.sentence, m) if x.label != "DRUG"], True


def _expressed(roles: SentenceRoles, m: Match) -> Sequence[Argument]:
    """What is expressed, by the parse."""
    sentence, of = roles.sentence, roles.of(m)
    if sentence.tag(m.root).startswith("NN"):
        return [*of.behind("of", "in"), *roles.phrases.modifiers(m.root)]
    subjects = sentence.children(m.root, "nsubjpass", "nsubj") or governing_subject(sentence, m.root)
    found: Sequence[Argument] = roles.phrases.read_all(subjects)
    if subjects and all(sentence.lower(s) in ORDINAL for s in subjects):
        return roles.antecedents.pronoun(subjects[0])
    if subjects and all(sentence.lower(s) in ("it", "they", "which", "that") for s in subjects):
        found = of.agents or roles.antecedents.pronoun(m.root)
    if not subjects and sentence.dep(m.root) in ("acl", "relcl", "conj"):
        found = of.patients
    if not found and m.trigger.form == "adjective" and sentence.dep(m.root) == "amod":
        found = roles.phrases.read(sentence.head(m.root))
    return found


# ---------------------------------------------------------------------- whether it is a state, and where


def is_state(sentence: Sentence, m: Match) -> bool:
    """Whether the word says how much there is, and not what something else does to it."""
    if not sentence.parsed:
        return True
    if sentence.tag(m.root).startswith("NN"):
        done = sentence.dep(m.root) in ("pobj", "dobj", "conj")
        return not done or sentence.lower(m.root) == "overexpression"
    if sentence.objects_of(m.root, ("by",)):
        return False
    return sentence.tag(m.root) not in ("VB", "VBP", "VBZ") and not sentence.children(m.root, "dobj")


def _says_expression(sentence: Sentence, m: Match) -> bool:
    """ "Highly", "higher" and "increased" need a word of expression or level near them."""
    if sentence.dep(m.root) in ("acomp", "attr") or _plainly_in(sentence, m):
        return True
    if _COMPARED.search(sentence.doc[m.end : sentence.end].text.lower()):
        return True
    near = range(max(sentence.start, m.start - EXPRESSION_BEFORE), min(sentence.end, m.end + EXPRESSION_BEHIND))
    return any(sentence.lower(k) in _OF_EXPRESSION for k in near)


def _plainly_in(sentence: Sentence, m: Match) -> bool:
    """ "X was decreased in C": the gene or microRNA itself, or its expression, and right behind the verb where."""
    subjects = sentence.children(m.root, "nsubjpass")
    if not subjects and sentence.dep(m.root) == "conj":
        subjects = sentence.children(sentence.head(m.root), "nsubjpass")
    named = any(i.label in MOLECULES for s in subjects for i in sentence.at.get(s, ()))
    where = sentence.doc[m.end : min(sentence.end, m.end + TO_IN)].text.lower()
    return named and bool(_PLAINLY_IN.match(where))


def _behind_finding(sentence: Sentence, m: Match) -> int:
    """ "Reduced X was found in C": behind the verb of finding, else behind the word itself."""
    if sentence.dep(m.root) != "amod":
        return m.end
    finding = first_word(sentence, m.end, TO_FINDING, _FINDING)
    return finding + 1 if finding is not None else m.end


def _cancers_after_in(sentence: Sentence, start: int) -> list[Item]:
    """The cancers in whose cells, patients or plasma something is expressed."""
    armed = False
    for k in range(start, min(sentence.end, start + TO_EXPRESSING_CANCER)):
        item, low = sentence.covered.get(k), sentence.lower(k)
        if armed and item is not None and item.label == "CANCER":
            return [] if _other_place(sentence, start, item) else tail(item, start)
        if low in _ENDS or sentence.tag(k) in _FINITE:
            return []
        armed = armed or low in ("in", "among")
    return []


def _cancers_after_healthy(sentence: Sentence, start: int) -> list[Item]:
    """ "Lower in healthy people than in patients with C": the cancer, with which it is compared."""
    hit = _HEALTHY_THAN.match(sentence.doc[start : sentence.end].text_with_ws)
    if hit is None:
        return []
    base = sentence.token(start).idx + hit.end()
    first = next((i for i in sentence.items if i.label == "CANCER" and i.span.start_char >= base), None)
    return tail(first, first.start) if first is not None and first.span.start_char - base < TO_COMPARED_CANCER else []


def _other_place(sentence: Sentence, start: int, cancer: Item) -> bool:
    """ "In cancer-derived exosomes" is the vesicle's place, "in D-resistant cancer cells" is about the resistance."""
    if any(x.label == "VESICLE" and 2 <= x.start - cancer.end <= 4 for x in sentence.items):
        return True
    if any(sentence.lower(j) in ("patients", "patient", "individuals") for j in range(start, cancer.start)):
        return False
    between = [m for m in sentence.matches if m.trigger.family == "resistant" and start <= m.start < cancer.start]
    return any(drug_in(sentence, m.start - 1, m.start - 2) for m in between)


# ---------------------------------------------------------------------- resistant cells


def resistant_expression_statements(roles: SentenceRoles) -> Iterator[Statement]:
    """What resistant cells have more of goes with the resistance."""
    resistant = [m for m in roles.sentence.matches if m.trigger.family == "resistant"]
    resistant = [m for m in resistant if roles.of(m).drugs]
    for m in resistant:
        yield from _raised_in_resistant(roles, m)
    for m in resistant:
        yield from _held_by_resistant(roles, m)


def _raised_in_resistant(roles: SentenceRoles, m: Match) -> Iterator[Statement]:
    """ "X is highly expressed in D-resistant cells"."""
    sentence = roles.sentence
    near = (e for e in sentence.matches if e.trigger.family == "expression" and e.end <= m.start < e.end + TO_RESISTANT)
    e = next((e for e in near if _in_between(sentence, e, m) and is_state(sentence, e)), None)
    if e is None:
        return
    predicate = "confers_resistance_to" if e.trigger.sign > 0 else "confers_sensitivity_to"
    items, loose = expressed_items(roles, e)
    for item in items:
        for d in roles.of(m).drugs if item.label in MOLECULES else ():
            anchors = (e.root, m.root)
            yield held_by_group(item, predicate, d, anchors, more=e.trigger.sign > 0, loose=loose)


def held_by_group(
    item: Item, predicate: str, drug: Item, anchors: tuple[int, ...], *, more: bool | None, loose: bool = False
) -> Statement:
    """What goes with a response, in the state in which those who show it have it; ``None``: no amount is told."""
    state = {True: "increased", False: "reduced", None: "normal"}[more]
    return Statement(item.alias or item, predicate, drug, "resistant-expression", anchors, state=state, loose=loose)


def _in_between(sentence: Sentence, e: Match, m: Match) -> bool:
    return " in " in f" {sentence.doc[e.end : m.start].text.lower()} "


def _held_by_resistant(roles: SentenceRoles, m: Match) -> Iterator[Statement]:
    """ "D-resistant cells express high levels of X"."""
    sentence = roles.sentence
    verb = first_word(sentence, m.end, TO_HAVE, RESISTANT_HAVE)
    if verb is None or not _cells_have(sentence, m, verb):
        return
    for item in sentence.items:
        if item.start <= verb or item.label not in MOLECULES or item.generic:
            continue
        between = sentence.doc[verb + 1 : item.start].text_with_ws.lower()
        if _ONE_PHRASE.fullmatch(between):
            amount = (_AMOUNT.findall(between) or [""])[-1]
            more = amount not in _LESS if amount else None
            predicate = "confers_sensitivity_to" if more is False else "confers_resistance_to"
            for d in roles.of(m).drugs:
                yield held_by_group(item, predicate, d, (verb, m.root), more=more)


def _cells_have(sentence: Sentence, m: Match, verb: int) -> bool:
    """Whether nothing but the cells stands between the word of resistance and the verb."""
    if not sentence.tag(verb).startswith("VB") or not re.search(CELLS, sentence.doc[m.end : verb].text, re.I):
        return False
    return all(sentence.lower(k) not in (",", ";", ".", "to", "by", "with") for k in range(m.end, verb))
