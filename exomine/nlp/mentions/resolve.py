"""Component ``resolve``: from all evidence to one set of mentions (docs/entities.md states the rule).

:func:`resolve` is a pure function over candidates; the component applies it to a Doc, fills ``doc.spans["mentions"]``
and ``doc.ents`` (the longest mentions that do not overlap), and leaves the candidates of each mention to the component
``ground`` in ``doc.user_data[CHOICES]``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import filter_spans

from exomine.nlp.extensions import MENTIONS
from exomine.nlp.mentions.evidence import EVIDENCE, Candidate, evidence
from exomine.nlp.mentions.extent import GENERIC, trim_processes, widened, without_lines
from exomine.nlp.mentions.inhibitors import names_class
from exomine.nlp.mentions.marked_cells import marked
from exomine.nlp.mentions.near import Near
from exomine.nlp.mentions.support import ORGANISM, drugs_apart, supported
from exomine.vocabulary.entities import ENTITY_TYPES, acting, model_labels

__all__ = ["CHOICES", "Place", "Resolver", "model_candidates", "model_evidence", "resolve"]

CHOICES = "exomine.choices"
#: Labels that the model's scheme maps to: Cell counts as CELL_TYPE unless a matcher says CELL_LINE.
_MODEL = model_labels()
#: (outer, inner): mentions of these labels may lie inside each other.
_NESTED = {(t.label, inner) for t in ENTITY_TYPES for inner in t.nests}
#: Classes of evidence, best first.
_CLASS = {"abbreviation": 0, "grammar": 2, "lexicon": 3, "model": 4}
#: Score of a model's mention where the model gives none: enough to take part in statements.
_MODEL_SCORE = 0.75


@dataclass(frozen=True, slots=True)
class Place:
    """A mention: where it is, what it is, and the candidates of its label, best first."""

    start: int
    end: int
    label: str
    candidates: tuple[Candidate, ...]

    @property
    def method(self) -> str:
        return self.candidates[0].method

    @property
    def score(self) -> float:
        return self.candidates[0].score


def resolve(text: str, candidates: Iterable[Candidate]) -> list[Place]:
    """The mentions of ``text``, sorted by place. Candidates without a label only forbid others at their place."""
    usable = supported(text, sorted(set(candidates)))
    usable = trim_processes(text, usable)
    usable = list(marked(text, widened(text, usable)))
    usable = without_lines(text, usable)
    groups: dict[tuple[int, int], list[Candidate]] = defaultdict(list)
    for c in usable:
        groups[c.start, c.end].append(c)
    places = [_label(start, end, group) for (start, end), group in groups.items()]
    places.sort(key=lambda p: (_turn(p.candidates[0]), p.start - p.end, p.start))
    kept: list[Place] = []
    near = Near[Place](_extent)
    for place in places:
        touching = near.touching(place.start, place.end)
        if all(_may_stand(place, other) or _against(text, place, other) for other in touching):
            kept.append(place)
            near.add(place)
    kept = [one for place in _without_generic(kept) for one in _members(place)]
    return sorted(kept, key=lambda p: (p.start, -p.end, p.candidates[0].name, p.candidates[0]))


def _extent(place: Place) -> tuple[int, int]:
    return place.start, place.end


def _rank(c: Candidate) -> int:
    """Whose word counts more at one place, best first."""
    return 1 if c.status == "lab" else _CLASS[c.method]


def _turn(c: Candidate) -> int:
    """Whose places are given first; within a turn the longer mention comes first ("PI3K/AKT signaling" before a
    defined PI3K).
    """
    return 0 if c.status == "lab" else {"grammar": 1, "model": 3}.get(c.method, 2)


def _label(start: int, end: int, group: Sequence[Candidate]) -> Place:
    """One label for a place: that of the best candidate, where the model's word counts among equals."""
    said = {c.label for c in group if c.method == "model"}
    group = drugs_apart(group)
    best = min(group, key=lambda c: (_rank(c), c.status != "curated", c.label not in said, -c.score, c))
    same = sorted((c for c in group if c.label == best.label), key=lambda c: (_rank(c), -c.score, c))
    return Place(start, end, best.label, tuple(same))


def _members(place: Place) -> list[Place]:
    """The dash of "let-7a-g" stands for several miRNAs at one place: a mention for each."""
    if place.label != "MIRNA" or place.method != "grammar":
        return [place]
    names = sorted({(c.name, c.curie) for c in place.candidates if c.method == "grammar"})
    return [
        Place(place.start, place.end, place.label, tuple(c for c in place.candidates if (c.name, c.curie) == name))
        for name in names
    ]


def _may_stand(place: Place, other: Place) -> bool:
    if place.end <= other.start or other.end <= place.start:
        return True
    outer, inner = (place, other) if place.start <= other.start and other.end <= place.end else (other, place)
    inside = (
        outer.start <= inner.start and inner.end <= outer.end and (outer.start, outer.end) != (inner.start, inner.end)
    )
    return inside and (outer.label, inner.label) in _NESTED


def _against(text: str, place: Place, other: Place) -> bool:
    """The protein in "anti-X antibody", "X inhibitors" is a mention of its own beside the drug."""
    drug, protein = (place, other) if place.label == "DRUG" else (other, place)
    inside = drug.start <= protein.start < protein.end <= drug.end
    if drug.label != "DRUG" or acting(protein.label) != "PROTEIN" or not inside:
        return False
    if drug.start < protein.start:
        return text[drug.start : drug.start + 5].lower() == "anti-"
    return names_class(text[protein.end : drug.end])


def _without_generic(places: list[Place]) -> list[Place]:
    """A bare "tumor" or "cell" inside a longer mention ("tumor growth", "cell migration") says nothing of its own."""
    near = Near(_extent, places)
    return [p for p in places if not _is_generic(p) or not _is_inside(p, near.touching(p.start, p.end))]


def _is_generic(p: Place) -> bool:
    return p.candidates[0].curie in GENERIC or (p.label == "CELL_TYPE" and p.end - p.start <= len("cells"))


def _is_inside(p: Place, others: Iterable[Place]) -> bool:
    return any(o is not p and o.start <= p.start and p.end <= o.end for o in others)


#: Where the encoder leaves the probabilities of its entities: rows (start, end, label, probability).
SCORES = "exomine.encoder.entity_scores"


def model_candidates(doc: Doc) -> list[Candidate]:
    """The entity model's mentions as evidence, with its probability where the model gives one."""
    scores = {(start, end, label): score for start, end, label, score in doc.user_data.get(SCORES, ())}
    ents = [(e.start_char, e.end_char, e.label_) for e in doc.ents]
    return model_evidence(doc.text, [(*e, scores.get(e, _MODEL_SCORE)) for e in ents])


def model_evidence(text: str, entities: Iterable[tuple[int, int, str, float]]) -> list[Candidate]:
    """Candidates of a model's entities ``(start, end, label, score)``: spans without loose punctuation at their ends.

    Organisms have no label of ours; they become candidates without one, named so, which tell that a word is meant as
    such.
    """
    out = []
    for start, end, name, score in entities:
        label = _MODEL.get(name, "")
        if label or name == ORGANISM:
            start, end = _tidy(text, start, end)
            if label == "PROTEIN" and _DRUG_CODE.fullmatch(text, start, end):
                label = "DRUG"
            if start < end:
                kept = "" if label else ORGANISM
                out.append(Candidate(start, end, label, name=kept, method="model", score=round(min(score, 1.0), 4)))
    return out


#: Codes of compounds that the model takes for genes ("AZD5363", "PF-562271"), and kinase inhibitors by their target
#: ("MET-TKI").
_DRUG_CODE = re.compile(
    r"(?:ABT|AMG|ARRY|AZD|BAY|BEZ|BGJ|BIBR|BIX|BKM|BLU|BMS|BYL|CCT|CGP|CHIR|EPZ|FTY|GDC|GSK|ICI|INCB|IPI"
    r"|JNJ|KRN|LBH|LDE|LDK|LGK|LOXO"
    r"|LY|MDV|MK|MLN|NSC|NVP|OSI|OTX|PD|PF|PHA|PLX|PRT|SB|SCH|SGX|SKI|SP|STI|SU|TAE|TAK|UNC|VX|WAY|WZ|XL|YM"
    r"|ZD|ZM)[\s-]?\d{3,7}[A-Z]?"
    r"|[\w/-]+[\s-]TKIs?"
    # salts: "K2HPO4", "MgSO4", "KCl"
    r"|(?:Na|K|Li|Mg|Ca|Fe|Cu|Zn|Mn|NH4|Ag|Ba|Al)\d?\(?H?\d?(?:SO4|PO4|NO3|CO3|Cl|OH)\)?\d?(?:[·.]?\d?H2O)?"
)
_BRACKETS = {")": "(", "]": "["}


def _tidy(text: str, start: int, end: int) -> tuple[int, int]:
    """``start`` and ``end`` without outer punctuation ("Akt-", "DOTAP)"); a bracket that is left open is closed
    ("Galpha (12").
    """
    while start < end and text[start] in " .,;:/)]-–":
        start += 1
    if text.count("(", start, end) == text.count(")", start, end) + 1 and text[end : end + 1] == ")":
        end += 1
    while start < end:
        last = text[end - 1]
        loose = last in _BRACKETS and text.count(_BRACKETS[last], start, end) < text.count(last, start, end)
        if not loose and last not in " .,;:/([-–":
            break
        end -= 1
    open_end = _OPEN_END.search(text, start, end)
    return start, (open_end.start() if open_end else end)


#: "gliomas of", "TNF and", "synovial fibroblast derived", "VEGF-induced"
_OPEN_END = re.compile(
    r"\s+(?:of|in|the|and|or|with|for|by|to)\Z"
    r"|[\s-]+(?:derived|secreted|released|treated|mediated|induced|dependent|based|loaded|bearing|expressing)\Z"
)


class Resolver:
    """Fills ``doc.spans["mentions"]`` and ``doc.ents``."""

    def __call__(self, doc: Doc) -> Doc:
        places = resolve(doc.text, [*evidence(doc), *model_candidates(doc)])
        spans: list[Span] = []
        choices: list[tuple[Candidate, ...]] = []
        for place in places:
            span = doc.char_span(place.start, place.end, label=place.label)
            if span is not None:
                span._.method, span._.score = place.method, place.score
                spans.append(span)
                choices.append(place.candidates)
        doc.spans[MENTIONS] = SpanGroup(doc, name=MENTIONS, spans=spans)
        doc.ents = tuple(filter_spans(spans))
        doc.user_data[CHOICES] = choices
        for key in (EVIDENCE, SCORES):  # nobody after this component reads them
            doc.user_data.pop(key, None)
        return doc
