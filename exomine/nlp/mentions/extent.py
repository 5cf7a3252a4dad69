"""How far a mention reaches where the evidence at one place is of different length.

The lexicon knows names, the model sees what belongs to one in its sentence: "early-stage breast cancer", "tumour cell |
death", "platelet-derived endothelial cell growth factor". Each function takes the text and the supported candidates and
gives the candidates as the merging rule (docs/entities.md) goes on with them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from exomine.nlp.mentions.evidence import Candidate, place_of
from exomine.nlp.mentions.glued_words import PREFIXES, SUFFIXES
from exomine.nlp.mentions.near import Near
from exomine.nlp.mentions.support import wordlike
from exomine.vocabulary.entities import ENTITY_TYPES, Role, labels

__all__ = ["GENERIC", "trim_processes", "widened", "without_lines"]

#: Cancer and tumour in general.
GENERIC = frozenset({"doid:162", "doid:14566"})
_CELLS = re.compile(r"[\s-]+(?:cells?|cell[\s-]lines?)")


def trim_processes(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """A process that begins inside a longer name is cut to its own part: "breast [cancer] progression", "tumor
    [cell] death".
    """
    lines = {c.start for c in candidates if c.label == "CELL_LINE"}
    named = (
        c
        for c in candidates
        if (c.label == "CANCER" and c.curie not in GENERIC) or (c.label == "CELL_TYPE" and c.start not in lines)
    )
    names = Near(place_of, named)
    out = []
    for c in candidates:
        if c.label == "PROCESS":
            ends = [n.end for n in names.touching(c.start, c.end) if n.start < c.start < n.end < c.end]
            if ends:
                start = max(ends)
                start += len(text[start : c.end]) - len(text[start : c.end].lstrip(" -"))
                c = replace(c, start=start)
        out.append(c)
    return out


def without_lines(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """Leaves out the model's "MCF-7 cells" where a cell line "MCF-7" is known: it is no cell type."""
    lines = {c.start: c.end for c in candidates if c.label == "CELL_LINE"}
    return [
        c
        for c in candidates
        if not (
            c.method == "model"
            and c.label == "CELL_TYPE"
            and c.start in lines
            and (lines[c.start] == c.end or _CELLS.fullmatch(text, lines[c.start], c.end))
        )
    ]


#: Labels whose names a model's longer mention of another label takes into itself: (label of the longer one, of the
#: shorter).
_PARTS = {(t.label, part) for t in ENTITY_TYPES for part in t.absorbs}
_SYMBOLS, _BEARERS = labels(Role.SYMBOL), labels(Role.BEARER)
#: From this score on the model's longer mention of another label counts.
_LIKELY = 0.5


def widened(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """Where the model's mention is longer than the lexicon's, what becomes of the lexicon's word.

    Cancers and cell types take the model's span and keep their identity ("RM-9 tumors", "stage III breast cancer",
    "venous endothelial cells"), unless more than one is named in it. A gene's or chemical's name that goes on is given
    up for the model's ("VEGF-E", "dopamine D2 receptor"), unless what is added changes nothing ("PTEN protein") or the
    model's mention is a list. What is only a part of a name of another kind is no mention: "platelet" in
    "platelet-derived growth factor", "T-cell" in "T-cell lymphoma", "ornithine" in "ornithine decarboxylase".
    """
    models = Near(place_of, (c for c in candidates if c.method == "model"))
    known = Near(place_of, (c for c in candidates if c.method != "model" and c.label))
    out = []
    for c in candidates:
        if c.method not in ("lexicon", "abbreviation") or c.status == "lab":
            out.append(c)
            continue
        around = [m for m in models.touching(c.start, c.end) if m.start <= c.start and c.end <= m.end]
        around = [m for m in around if m.end - m.start > c.end - c.start]
        around = [m for m in around if not _two_names(text, m, known.touching(m.start, m.end))]
        m = next((m for m in around if m.label == c.label), None)
        sure = known.touching(m.start, m.end) if m else []
        if m is None:
            if not any(_part_of(c, o) for o in around):
                out.append(c)
        elif c.label in _HELD:
            out.append(_as_wide(text, c, m, sure))
        elif c.label not in _SYMBOLS or not _goes_on(text, c, m, sure):
            out.append(c)
    return out


def _two_names(text: str, m: Candidate, sure: Sequence[Candidate]) -> bool:
    """Whether a gene's symbol and what it is of are taken for one name: "melanoma iNOS"."""
    if m.label != "PROTEIN":
        return False
    symbols = [s for s in sure if s.label == "PROTEIN" and s.end == m.end and _SYMBOL.fullmatch(text, s.start, s.end)]
    befores = {s.end for s in sure if s.start == m.start and s.label in _BEARERS}
    return any(end < s.start and text[end : s.start].isspace() for s in symbols for end in befores)


_SYMBOL = re.compile(r"(?=.*[A-Z].*[A-Z\d]|.*\d)[\w-]+")


def _part_of(c: Candidate, m: Candidate) -> bool:
    generic = c.label == "DRUG" and c.curie.startswith("exomine:")  # "multidrug" says what is resisted
    return (m.label, c.label) in _PARTS and (m.score >= _LIKELY or c.label == "DRUG") and not generic


#: What joins the members of a list.
_LISTED = re.compile(r"[/,;]|\band\b|\bor\b")
_JOINED = re.compile(r"[,;]|\band\b|\bor\b")
#: Labels that a longer name, as of a cancer or cell type, may hold without being a list of entities.
_HELD = {t.label: (*t.nests, *t.absorbs) for t in ENTITY_TYPES if Role.KINDS in t.roles}


def _as_wide(text: str, c: Candidate, m: Candidate, sure: Sequence[Candidate]) -> Candidate:
    """``c`` with the model's span, where that names one thing only; a cell type that is known better keeps its
    identity.
    """
    if any(
        s.label == c.label and s.start <= c.start and c.end <= s.end and s.end - s.start > c.end - c.start for s in sure
    ):
        return c  # a longer name of the lexicon stands for it
    others = [s for s in sure if s.start < m.end and m.start < s.end and (s.end <= c.start or c.end <= s.start)]
    if any(s.label not in _HELD[c.label] for s in others if not s.guard):
        return c
    before, behind = text[m.start : c.start], text[c.end : m.end]
    if _JOINED.search(_unbracketed(before)) or _JOINED.search(_unbracketed(behind)):
        return c
    if c.label == "CANCER":
        if _RELATED.search(before.replace("derived", "")):  # "germ cell-derived lymphoma" is a kind
            return c
        state = _STATE.match(text, m.start, c.start)
        whole = c.curie in GENERIC or _GROWN.fullmatch(behind)
        return replace(c, start=state.end() if state else m.start, end=m.end if whole else c.end)
    name = c.name if c.curie else text[m.start : m.end]
    return replace(c, start=m.start, end=m.end, name=name, score=round(c.score * 0.9, 4))


#: Words that relate an entity to another: "docetaxel-resistant", "tumour-derived". What they join are two.
_RELATED = re.compile(
    r"resistan|sensitiv|refractory|toleran|\b(?:derived|mediated|treated|induced|based|loaded|bearing)\b", re.I
)


#: What a cancer is in or has come to, not its kind: "human advanced melanoma".
_STATE = re.compile(
    r"(?:(?:human|murine|mouse|rat|locally|advanced|metastatic|recurrent|relapsed|untreated|different)\s+)+", re.I
)  # fmt: skip
#: What may follow a cancer's name inside its mention.
_GROWN = re.compile(r"(?:[\s-]+(?:xenografts?|tumou?rs?|cancers?|lesions?|type \w+))*", re.I)


def _unbracketed(part: str) -> str:
    return re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", part)


#: What a model's longer mention may have besides the lexicon's name without being another entity.
_TRIVIAL = re.compile(
    r"[\s-]*(?:human|mutant|mutated|wild[- ]type|exosomal|serum|soluble|recombinant|total|phosphorylated"
    r"|activated|proteins?|genes?|"
    r"mRNAs?|oncogenes?|family|members?|hydrochloride|expression|tumou?rs?|cancers?|(?:lnc|linc)RNAs?"
    r"|long non-?coding RNAs?)[\s-]*", re.I
)  # fmt: skip


def _goes_on(text: str, c: Candidate, m: Candidate, sure: Sequence[Candidate]) -> bool:
    """Whether the model's longer mention ``m`` names something else than the lexicon's ``c`` inside it."""
    c = _longest(c, m, sure)
    if not wordlike(text[m.start : m.end]) or m.end - m.start == c.end - c.start:
        return False
    if any(s.label == "VARIANT" and s.start <= c.start and c.end < s.end <= m.end for s in sure):
        return False  # "EGFR T790M": the gene in its variant
    before, behind = text[m.start : c.start], text[c.end : m.end]
    if _RELATED.search(before) or _RELATED.search(behind):
        return False
    if _names_several(text, c, m, sure) or _TAKEN_AWAY.fullmatch(before + "|" + behind):
        return False
    return not all(not part or _TRIVIAL.fullmatch(part) for part in (before, behind))


def _names_several(text: str, c: Candidate, m: Candidate, sure: Sequence[Candidate]) -> bool:
    """Whether ``m`` is a list, or holds another name beside ``c``; a drug's name may have commas and parts."""
    parts = [text[m.start : c.start], text[c.end : m.end]]
    others = [s for s in sure if _beside(s, c, m) and (m.label, s.label) not in _PARTS]
    if c.label != "DRUG":
        return bool(others) or any(_LISTED.search(part) for part in parts)
    if any(_LISTED.search(_LOCANTS.sub("", _unbracketed(part))) for part in parts):
        return True
    return any((s.label != "DRUG" and not s.guard) or _side_by_side(text, c, s) for s in others)


def _beside(s: Candidate, c: Candidate, m: Candidate) -> bool:
    """Whether ``s`` lies in ``m``, at least in part, and outside of ``c``."""
    return s.start < m.end and m.start < s.end and (s.end <= c.start or c.end <= s.start)


#: "shHOTAIR", "CDH1-KD", "anti-HER2 antibody": less of what is named.
_TAKEN_AWAY = re.compile(
    rf"(?:{PREFIXES}[-‐_]?|[Aa]nti-)?\|(?:{SUFFIXES}|\s+(?:monoclonal |neutrali[sz]ing "
    rf"|blocking )?(?:antibod(?:y|ies)|mAbs?))?"
)


def _longest(c: Candidate, m: Candidate, sure: Sequence[Candidate]) -> Candidate:
    """The longest name of the lexicon around ``c`` and inside ``m``: "cytochrome P450" for the "P450" of "cytochrome
    P450 4A".
    """
    names = [s for s in sure if s.label == c.label and m.start <= s.start <= c.start and c.end <= s.end <= m.end]
    return max(names, key=lambda s: (s.end - s.start, s)) if names else c


#: Numbers that tell places in a molecule: "1,4-diamino", "N, N, N-trimethyl".
_LOCANTS = re.compile(r"(?<=[\dN'])\s?,\s?(?=[\dN(])")
_BETWEEN = re.compile(r"\s*(?:[-/+,;]|\band\b|\bor\b|\bplus\b)\s*")


def _side_by_side(text: str, a: Candidate, b: Candidate) -> bool:
    """Two drugs that nothing but a joint parts: "docetaxel-cisplatin"."""
    if b.label != "DRUG" or b.guard:
        return False
    first, second = sorted((a, b))
    return _BETWEEN.fullmatch(text, first.end, second.start) is not None
