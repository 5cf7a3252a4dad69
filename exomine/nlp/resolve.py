"""Component ``resolve``: from all evidence to one set of mentions (docs/entities.md states the rule).

:func:`resolve` is a pure function over candidates; the component applies it to a Doc, fills ``doc.spans["mentions"]`` and
``doc.ents`` (the longest mentions that do not overlap), and leaves the candidates of each mention to the component
``ground`` in ``doc.user_data[CHOICES]``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import filter_spans

from exomine.nlp.evidence import Candidate, evidence
from exomine.nlp.extensions import MENTIONS
from exomine.vocabulary.entities import ENTITY_TYPES

__all__ = ["CHOICES", "Place", "Resolver", "model_candidates", "resolve"]

CHOICES = "exomine.choices"
#: Labels that the model's scheme maps to, each model label once: Cell counts as CELL_TYPE unless a matcher says CELL_LINE.
_MODEL = {m: t.label for t in ENTITY_TYPES for m in t.model_labels if t.label != "CELL_LINE"}
#: Labels under which a model's mention is kept although no vocabulary knows it.
_OPEN = ("PROTEIN", "CANCER", "DRUG", "CELL_TYPE")
#: (outer, inner): mentions of these labels may lie inside each other.
_NESTED = {
    ("CELL_TYPE", "CANCER"), ("PROCESS", "CANCER"), ("PROCESS", "CELL_TYPE"), ("PROCESS", "VESICLE"), ("CELL_LINE", "DRUG"),
    ("CELL_TYPE", "CELL_LINE"),
}  # fmt: skip
#: Classes of evidence, best first.
_CLASS = {"abbreviation": 0, "grammar": 2, "lexicon": 3, "model": 4}
#: From this score on a model's word counts for a code of one letter.
_SURE = 0.85
#: Score of a model's mention where the model gives none.
_MODEL_SCORE = 0.7
_GENERIC = frozenset({"doid:162", "doid:14566"})


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
    usable = _supported(text, sorted(set(candidates)))
    usable = _trim_processes(text, usable)
    usable = _widened(text, usable)
    usable = _without_lines(text, usable)
    groups: dict[tuple[int, int], list[Candidate]] = defaultdict(list)
    for c in usable:
        groups[c.start, c.end].append(c)
    places = [_label(start, end, group) for (start, end), group in groups.items()]
    places.sort(key=lambda p: (_turn(p.candidates[0]), p.start - p.end, p.start))
    kept: list[Place] = []
    for place in places:
        if all(_may_stand(place, other) for other in kept):
            kept.append(place)
    return sorted(_without_generic(kept), key=lambda p: (p.start, -p.end))


def _rank(c: Candidate) -> int:
    """Whose word counts more at one place, best first."""
    return 1 if c.status == "lab" else _CLASS[c.method]


def _turn(c: Candidate) -> int:
    """Whose places are given first; within a turn the longer mention comes first ("PI3K/AKT signaling" before a defined PI3K)."""
    return 0 if c.status == "lab" else {"grammar": 1, "model": 3}.get(c.method, 2)


def _supported(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """Drops what has no support: guarded terms, and readings that the paper's own definition overrules."""
    model = [c for c in candidates if c.method == "model"]
    own = {(c.start, c.end): c for c in candidates if c.method == "abbreviation"}
    sure = {
        c.curie
        for c in candidates
        if c.curie and not c.guard and c.method in ("lexicon", "abbreviation") and c.end - c.start > 3
    }
    out = []
    for c in candidates:
        definition = own.get((c.start, c.end))
        if not c.label or (definition and c.method in ("model", "lexicon") and _overruled(c, definition)):
            continue
        if c.guard and not (definition and definition.label == c.label):
            said = [m for m in model if m.start < c.end and c.start < m.end]
            if not (any(m.label == c.label for m in said) or (c.curie in sure and not said) or _has_context(text, c)):
                continue
            c = replace(c, score=round(min(1.0, c.score + 0.2), 4))
        if _is_other(text, c) or (
            c.method == "model" and (c.label not in _OPEN or not _wordlike(text[c.start : c.end]))
        ):
            continue
        out.append(c)
    return out


def _overruled(c: Candidate, definition: Candidate) -> bool:
    """What the paper's definition overrules.

    One that names an entity: every other label and, where it has a CURIE, every other one. One that names none: terms that
    are guarded or not an entity's first name, and all of them where the long form is no gene's name either (guard "word").
    """
    if not definition.label:
        return c.status != "lab" and (bool(definition.guard) or bool(c.guard) or c.status in ("synonym", "previous"))
    if definition.label != c.label:
        return True
    return bool(definition.curie) and c.curie != definition.curie


#: What stands behind a guarded term when it is meant, by label.
_BEHIND = {
    "CELL_LINE": re.compile(r"(?:[\s,/]+(?:and|or)?\s*[A-Z][\w/.-]*){0,4}(?:\s+[a-z]+){0,2}[\s-]+(?:cells?|cell[\s-]lines?|xenografts?)\b"),
    "PROTEIN": re.compile(r"\s+(?:genes?|proteins?|mRNA|expression|promoter|levels?|knockdown|silencing|overexpression|transcripts?|kinase|receptor|mutations?|signaling|inhibitors?|siRNA|shRNA)\b"),
    "VESICLE": re.compile(r"(?!)"),
}  # fmt: skip


def _has_context(text: str, c: Candidate) -> bool:
    """Whether the words behind a guarded term say that it is meant; common words and ambiguous names need more."""
    if c.label == "PROTEIN" and (c.guard != "short" or c.status not in ("name", "curated")):
        return False
    pattern = _BEHIND.get(c.label)
    return pattern is not None and pattern.match(text, c.end) is not None


#: A chemical before such a word is part of an enzyme's, receptor's or transporter's name.
_PROTEIN_NOUN = re.compile(
    r"[\s-]+(?:\w{2,}(?:kinase|synthase|synthetase|dehydrogenase|reductase|oxidase|isomerase|transferase|hydrolase|hydroxylase|lyase)s?"
    r"|kinases?|synthases?|synthetases?|dehydrogenases?|reductases?|oxidases?|isomerases?|\w*transferases?|hydrolases?|hydroxylases?"
    r"|lyases?|ligases?|phosphatases?|proteases?|peptidases?|receptors?|transporters?|channels?|exchangers?|binding protein)\b"
)  # fmt: skip
_OF_GENES = re.compile(
    r"[\s-]*(?:\(MDR\))?[\s-]*(?:(?:associated|related)[\s-])?(?:genes?|proteins?|transporters?|pumps?)\b", re.I
)


#: Behind a surname: "Gao and co-workers", "Fox et al."
_AUTHORS = re.compile(r",?\s+(?:et\s+al\b|and\s+(?:co-?workers|colleagues)\b|&\s+colleagues)")
_OTHER_VESICLES = re.compile(
    r"(?:synaptic|secretory|intraluminal|endocytic|transport|coated|lipid|phospholipid|seminal|otic|intracellular|cytoplasmic)[\s-]+$",
    re.I,
)
_GROWTH_OF = re.compile(
    r"[\s-]+(?:factors?|hormones?|medium|media|rates?|curves?|conditions?|cones?|chambers?|temperatures?)\b", re.I
)


def _is_other(text: str, c: Candidate) -> bool:
    """Whether the words around say that something else is meant: a surname, a protein named after a chemical, MDR genes."""
    if c.method not in ("lexicon", "abbreviation") or c.status == "lab":
        return False
    if text[c.start].isupper() and _AUTHORS.match(text, c.end):
        return True
    if c.label == "VESICLE":
        return (
            text[c.start : c.start + 1] == "v"
            and _OTHER_VESICLES.search(text[max(0, c.start - 16) : c.start]) is not None
        )
    if c.label == "PROCESS":
        return text[c.start : c.end].lower() == "growth" and _GROWTH_OF.match(text, c.end) is not None
    if c.label != "DRUG":
        return False
    if c.curie == "exomine:multiple-drugs":
        return text[c.start : c.end] == "MDR" and _OF_GENES.match(text, c.end) is not None
    return not c.curie.startswith("exomine:") and _PROTEIN_NOUN.match(text, c.end) is not None


#: A variant of a protein, not a protein: G12D, V600E.
_MUTATION = re.compile(r"[A-Z]\d{2,4}[A-Z*]")
#: Never names, whatever the model says.
_NO_NAMES = frozenset(
    "anti pre pri antago exo non i.e. e.g. et al al. and the of in or for with fig figure table dna rna mrna mrnas".split()
)


def _wordlike(surface: str, score: float = 0.0) -> bool:
    """Whether a model's mention can be a name: letters, no outer punctuation, no line of its own kind."""
    sure = score >= _SURE and re.fullmatch(r"[A-Z]\d{1,2}", surface)  # E6, E7 of viruses, by the model's certain word
    if (
        (sum(ch.isalpha() for ch in surface) < 2 and not sure)
        or surface.lower() in _NO_NAMES
        or _MUTATION.fullmatch(surface)
    ):
        return False
    return surface[0] not in " .,;:)]-/" and surface[-1] not in " .,;:([-/" and not re.search(r"[\n\[\]|]", surface)


def _trim_processes(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """A process that begins inside a longer cancer name ("breast [cancer] progression") is cut to its own part."""
    cancers = [(c.start, c.end) for c in candidates if c.label == "CANCER" and c.curie not in _GENERIC]
    out = []
    for c in candidates:
        if c.label == "PROCESS":
            ends = [end for start, end in cancers if start < c.start < end < c.end]
            if ends:
                start = max(ends)
                start += len(text[start : c.end]) - len(text[start : c.end].lstrip(" -"))
                c = replace(c, start=start)
        out.append(c)
    return out


#: Stems of international nonproprietary names (WHO's list) that no gene's or protein's name ends in.
_DRUG_STEM = re.compile(
    r"(?:nib|mab|platin|rubicin|taxel|citabine|ciclib|parib|zomib|limus|trexed|trexate|mustine|poside|tecan|clax|degib"
    r"|lutamide|domide|zolomide|oxifen|trozole|vastatin|gliflozin|gliptin|prazole|mycin|cillin|azole|virine|vudine)e?$"
)


def _label(start: int, end: int, group: Sequence[Candidate]) -> Place:
    """One label for a place: that of the best candidate, where the model's word counts among equals."""
    said = {c.label for c in group if c.method == "model"}
    if "PROTEIN" in said and not any(
        c.label == "PROTEIN" or _rank(c) < 3 or c.status == "curated" for c in group if c.method != "model"
    ):
        # DrugBank lists proteins: the model tells which are meant as such, but no protein is named with a drug's stem
        group = [c for c in group if c.label != "DRUG" or _DRUG_STEM.search(c.name)]
    best = min(group, key=lambda c: (_rank(c), c.status != "curated", c.label not in said, -c.score, c))
    same = sorted((c for c in group if c.label == best.label), key=lambda c: (_rank(c), -c.score, c))
    return Place(start, end, best.label, tuple(same))


def _may_stand(place: Place, other: Place) -> bool:
    if place.end <= other.start or other.end <= place.start:
        return True
    outer, inner = (place, other) if place.start <= other.start and other.end <= place.end else (other, place)
    inside = (
        outer.start <= inner.start and inner.end <= outer.end and (outer.start, outer.end) != (inner.start, inner.end)
    )
    return inside and (outer.label, inner.label) in _NESTED


#: What a model's longer mention may have besides the lexicon's name without being another entity.
_TRIVIAL = re.compile(
    r"[\s-]*(?:human|mutant|mutated|wild[- ]type|exosomal|serum|soluble|recombinant|total|phosphorylated|activated|proteins?|genes?|"
    r"mRNAs?|oncogenes?|family|members?|hydrochloride|expression|tumou?rs?|cancers?)[\s-]*", re.I
)  # fmt: skip
_LISTED = re.compile(r"[/,;]|\band\b|\bor\b")


def _widened(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """Where the model's mention of the same label is longer than the lexicon's, what becomes of the lexicon's word.

    A bare "tumor" takes the model's span ("RM-9 tumors") and so does a cell type with more modifiers before it ("venous
    endothelial cells"). A gene's or chemical's name that goes on is given up for the model's ("VEGF-E", "dopamine D2
    receptor"), unless what is added changes nothing ("PTEN protein") or the model's mention is a list.
    """
    longer = [c for c in candidates if c.method == "model"]
    sure = [c for c in candidates if c.method in ("lexicon", "abbreviation") and c.label]
    known = [
        (c.start, c.end) for c in candidates if c.label == "CANCER" and c.method != "model" and c.curie not in _GENERIC
    ]
    out = []
    for c in candidates:
        if c.method != "lexicon" or c.status == "lab":
            out.append(c)
            continue
        around = [m for m in longer if m.start <= c.start and c.end <= m.end and m.end - m.start > c.end - c.start]
        m = next((m for m in around if m.label == c.label), None)
        if m is None:
            if not (
                c.label == "DRUG" and not c.curie.startswith("exomine:") and any(o.label == "PROTEIN" for o in around)
            ):
                out.append(c)  # "ornithine" in "ornithine decarboxylase" is no drug
        elif (
            c.label == "CANCER"
            and c.curie in _GENERIC
            and not any(m.start < end and start < m.end for start, end in known)
        ):
            out.append(replace(c, start=m.start, end=m.end))
        elif c.label == "CANCER" and m.start == c.start and _TRIVIAL.fullmatch(text, c.end, m.end):
            out.append(replace(c, end=m.end))
        elif c.label == "CELL_TYPE":
            name = c.name if c.curie else text[m.start : m.end]
            out.append(replace(c, start=m.start, end=m.end, name=name, score=round(c.score * 0.9, 4)))
        elif c.label not in ("PROTEIN", "DRUG") or not _goes_on(text, c, m, sure):
            out.append(c)
    return out


def _goes_on(text: str, c: Candidate, m: Candidate, sure: list[Candidate]) -> bool:
    """Whether the model's longer mention names something else than the lexicon's inside it."""
    before, behind = text[m.start : c.start], text[c.end : m.end]
    if _LISTED.search(before) or _LISTED.search(behind) or not _wordlike(text[m.start : m.end]):
        return False
    if any(s.start < m.end and m.start < s.end and (s.end <= c.start or c.end <= s.start) for s in sure):
        return False  # several names
    return not all(not part or _TRIVIAL.fullmatch(part) for part in (before, behind))


_CELLS = re.compile(r"[\s-]+(?:cells?|cell[\s-]lines?)")


def _without_lines(text: str, candidates: list[Candidate]) -> list[Candidate]:
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


def _without_generic(places: list[Place]) -> list[Place]:
    """A bare "tumor" or "cell" inside a longer mention ("tumor growth", "cell migration") says nothing of its own."""
    return [
        p
        for p in places
        if not (p.candidates[0].curie in _GENERIC or (p.label == "CELL_TYPE" and p.end - p.start <= len("cells")))
        or not any(o is not p and o.start <= p.start and p.end <= o.end for o in places)
    ]


#: Where the encoder leaves the probabilities of its entities: (start, end, label) -> probability.
SCORES = "exomine.encoder.entity_scores"


def model_candidates(doc: Doc) -> list[Candidate]:
    """The entity model's mentions as evidence, with its probability where the model gives one."""
    scores: dict[tuple[int, int, str], float] = doc.user_data.get(SCORES, {})
    out = []
    for ent in doc.ents:
        label = _MODEL.get(ent.label_)
        if label:
            score = scores.get((ent.start_char, ent.end_char, ent.label_), _MODEL_SCORE)
            out.append(Candidate(ent.start_char, ent.end_char, label, method="model", score=round(min(score, 1.0), 4)))
    return out


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
        return doc
