"""Drugs called by their target: "PARPi", "EGFRi", "CDK4/6i", and, where resistance or a treatment is spoken of, "BRAF
inhibitors" and "HER2-targeted therapy"; they are drugs, not genes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from exomine.nlp.mentions.evidence import Candidate
from exomine.vocabulary.terms import Term

__all__ = ["drug_classes", "inhibitors", "names_class"]

#: "PARPi", "BRAFi", "PI3Ki", "CDK4/6i", also counted ("PARPis"); no "RNAi".
_NAME = re.compile(r"(?<![\w-])(?!RNAi)(?P<target>[A-Z][A-Z0-9]{2,7})(?P<more>/\d{1,2})?is?(?![\w])")
_SCORE = 0.9
#: What makes the name of a target that of a class of drugs.
_TARGETED = (
    r"(?:[\s-]+(?:(?:tyrosine )?kinase|receptor|pathway)?\s*(?:inhibitor|antagonist|blocker|degrader)s?"
    r"|[\s-]+(?:targeted|targeting|directed) (?:therap(?:y|ies)|agents?|drugs?|treatments?|antibod(?:y|ies)))\b"
)
_ONE = r"(?:[A-Z]|m(?=TOR))[\w-]*(?:/[A-Z\d][\w-]*)*(?: [A-Z]\d+[A-Z])?"
#: A class, or several that share the noun: "BRAF and MEK inhibitors". Possessive: a long list of names is read once.
_CLASS = re.compile(rf"(?<![\w/-])(?P<first>(?:{_ONE}(?:, and |, | and | or | plus ))*+)(?P<last>{_ONE}){_TARGETED}")
#: Right before a class of which resistance or a treatment is told: "resistance to", "treated with", "received".
_TOLD_BEFORE = re.compile(
    r"\b(?:(?:resist|insensitiv|sensitiv|sensiti[sz]|resensiti|re-sensiti|refractor|toleran|respon[sd]|unrespon|susceptib"
    r"|vulnerab|protect|efficacy|treat|therap)[\w-]*\b(?:\s+[\w/+()-]+){0,7}?\s+(?:to|towards?|against|with|from|of)"
    r"|(?:receiv|administer|prescrib)\w*)\s+"
    r"(?:(?:a|an|the|both|either|selective|small[- ]molecule|specific|novel|first|second|third"
    r"|[\w/+-]+(?: inhibitors?)?(?:,| and| or| plus"
    r"|-generation))\s+)*$",
    re.I,
)
#: Right behind a class: "BRAF inhibitor resistance", "BRAF inhibitor-treated".
_TOLD_BEHIND = re.compile(
    r"[\s-]+(?:resist|insensitiv|sensitiv|refractor|toleran|respon[sd]|therap|treat|monotherap|na[iï]ve)", re.I
)
#: "Anti-HER2 therapy", whatever is told of it.
_AGAINST = re.compile(
    rf"(?<![\w/-])[Aa]nti[-–‐](?P<target>{_ONE})[\s-]+(?:therap(?:y|ies)|treatments?|agents?|drugs?)\b"
)
_WORD = re.compile(r"\s+([\w-]+)")
_REACH = 120


def inhibitors(text: str, lookup: Callable[[str], Sequence[Term]]) -> Iterator[Candidate]:
    """Evidence for the inhibitors in ``text`` whose target the lexicon knows as a gene or a family."""
    for m in _NAME.finditer(text):
        if not any(t.label == "PROTEIN" for t in lookup(m["target"])):
            continue
        yield _class(m.start(), m.end(), f"{m['target']}{m['more'] or ''} inhibitor", lookup)


def drug_classes(text: str, lookup: Callable[[str], Sequence[Term]]) -> Iterator[Candidate]:
    """Evidence for classes of drugs named by their target, where resistance to them or a treatment is told; of "BRAF
    and MEK inhibitors" each has its own."""
    yield from _against_target(text, lookup)
    for m in _CLASS.finditer(text):
        told = _TOLD_BEHIND.match(text, m.end()) or _TOLD_BEFORE.search(text, max(0, m.start() - _REACH), m.start())
        if not told or _drug_follows(text, m.end(), lookup):
            continue
        targets = [(m.start("last"), m.end(), m["last"])]
        at = m.start("first")
        targets += [(at + x.start(), at + x.end(), x[0]) for x in _one().finditer(m["first"])]
        for start, end, target in targets:
            if _is_target(target, lookup):
                # by grammar, so that the first of "BRAF and MEK inhibitors" is not the gene alone
                yield replace(_class(start, end, f"{target} {_noun(m[0])}", lookup), method="grammar")


def names_class(behind: str) -> bool:
    """Whether what stands behind a target makes it the name of a class of drugs: " inhibitors", " G12C inhibitors"."""
    return bool(re.fullmatch(rf"(?: [A-Z]\d+[A-Z])?{_TARGETED}", behind, re.I))


def _against_target(text: str, lookup: Callable[[str], Sequence[Term]]) -> Iterator[Candidate]:
    """ "Anti-HER2 therapy"."""
    for m in _AGAINST.finditer(text):
        if _is_target(m["target"], lookup):
            yield _class(m.start(), m.end(), f"anti-{m['target']} therapy", lookup)


@lru_cache(maxsize=1)
def _one() -> re.Pattern[str]:
    return re.compile(_ONE)


def _is_target(name: str, lookup: Callable[[str], Sequence[Term]]) -> bool:
    """Whether the lexicon knows the gene: "CDK4/6" by its first member, "KRAS G12C" without its change."""
    gene = re.split(r"[/ ]", name)[0]
    return any(t.label == "PROTEIN" for n in (name, gene) for t in lookup(n))


def _drug_follows(text: str, end: int, lookup: Callable[[str], Sequence[Term]]) -> bool:
    """ "The AKT inhibitor D": the drug is named, and the class only says what it is."""
    behind = _WORD.match(text, end)
    return behind is not None and any(t.label == "DRUG" for t in lookup(behind[1]))


def _noun(text: str) -> str:
    """What the class is called, in the singular: "inhibitor", "targeted therapy"."""
    said = re.search(rf"{_TARGETED}$", text)
    words = said[0].strip(" -").lower() if said else "inhibitor"
    return re.sub(r"ies$", "y", words) if words.endswith("ies") else words.removesuffix("s")


def _class(start: int, end: int, name: str, lookup: Callable[[str], Sequence[Term]]) -> Candidate:
    known = next((t for t in lookup(name) if t.label == "DRUG"), None)
    curie, shown = (known.curie, known.name) if known else ("", name)
    return Candidate(start, end, "DRUG", curie, shown, "lexicon", _SCORE, "curated")
