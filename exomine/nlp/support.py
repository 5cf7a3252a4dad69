"""Which evidence counts: guarded terms need support, the paper's own definitions overrule, words around may exclude.

:func:`supported` is the first step of the merging rule (docs/entities.md); everything here is a pure function over a text and
its candidates.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from exomine.nlp.evidence import Candidate

__all__ = ["OPEN_LABELS", "ORGANISM", "drugs_apart", "supported", "wordlike"]

#: Labels under which a model's mention is kept although no vocabulary knows it.
OPEN_LABELS = ("PROTEIN", "CANCER", "DRUG", "CELL_TYPE")
#: What stands as the name of a model's mention without a label that an organism is meant.
ORGANISM = "Organism"
#: From this score on a model's word counts for a code of one letter, and against a drug that may be an organism.
_SURE = 0.85


def supported(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """Drops what has no support: guarded terms, and readings that the paper's own definition overrules."""
    model = [c for c in candidates if c.method == "model"]
    own = {(c.start, c.end): c for c in candidates if c.method == "abbreviation"}
    sayings: dict[tuple[int, int], list[Candidate]] = defaultdict(list)
    for c in candidates:
        if c.method in ("lexicon", "model"):
            sayings[c.start, c.end].append(c)
    sure = {
        c.curie
        for c in candidates
        if c.curie and not c.guard and c.method in ("lexicon", "abbreviation") and c.end - c.start > 3
    }
    organisms = [(c.start, c.end) for c in model if c.name == ORGANISM and c.score >= _SURE]
    out = []
    for c in candidates:
        definition = own.get((c.start, c.end))
        if not c.label or (definition and _overruled(c, definition, sayings.get((c.start, c.end), []))):
            continue
        if c.guard and not (definition and definition.label == c.label):
            said = [m for m in model if m.start < c.end and c.start < m.end]
            if not (any(m.label == c.label for m in said) or (c.curie in sure and not said) or _has_context(text, c)):
                continue
            c = replace(c, score=round(min(1.0, c.score + 0.2), 4))
        if _is_other(text, c) or (not _said(c, model) and _is_unlikely(text, c)) or _of_organism(c, organisms):
            continue
        if c.method == "model" and (c.label not in OPEN_LABELS or not wordlike(text[c.start : c.end])):
            continue
        out.append(c)
    return out


def _said(c: Candidate, model: list[Candidate]) -> bool:
    """Whether the model gives the same label to a mention that touches ``c``."""
    return any(m.label == c.label and m.start < c.end and c.start < m.end for m in model)


def _of_organism(c: Candidate, organisms: list[tuple[int, int]]) -> bool:
    """A plant that is also a medicine ("pomegranate"), where the model says that the organism is meant."""
    doubtful = c.label == "DRUG" and c.method == "lexicon" and c.status in ("name", "synonym", "previous")
    return (
        doubtful
        and not _DRUG_STEM.search(c.name)
        and any(start <= c.start and c.end <= end for start, end in organisms)
    )


def drugs_apart(group: Sequence[Candidate]) -> list[Candidate]:
    """``group`` (candidates of one place) without drugs that are proteins here.

    DrugBank lists proteins: the model tells which are meant as such, but no protein is named with a drug's stem.
    """
    if not any(c.method == "model" and c.label == "PROTEIN" for c in group):
        return list(group)
    if any(
        c.label == "PROTEIN" or c.method in ("abbreviation", "grammar") or c.status in ("lab", "curated")
        for c in group
        if c.method != "model"
    ):
        return list(group)
    return [c for c in group if c.label != "DRUG" or _DRUG_STEM.search(c.name)]


#: Stems of international nonproprietary names (WHO's list) that no gene's or protein's name ends in.
_DRUG_STEM = re.compile(
    r"(?:nib|mab|platin|rubicin|taxel|citabine|ciclib|parib|zomib|limus|trexed|trexate|mustine|poside|tecan|clax|degib"
    r"|lutamide|domide|zolomide|oxifen|trozole|vastatin|gliflozin|gliptin|prazole|mycin|cillin|azole|virine|vudine)e?$"
)


def _overruled(c: Candidate, definition: Candidate, others: list[Candidate]) -> bool:
    """What the paper's definition overrules.

    One that names an entity: every other label and, where it has a CURIE, every other one. One that names none: terms that
    are guarded or not an entity's first name, and all of them where the long form is no gene's name either (guard "word");
    but not what model and lexicon say alike.
    """
    if c.method not in ("model", "lexicon"):
        return False
    if not definition.label:
        if any((o.start, o.end, o.label) == (c.start, c.end, c.label) and o.method != c.method for o in others):
            return False
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


#: "CAFs", "TILs": what is counted and has a cell type's short name is cells.
_PLURAL_SHORT = re.compile(r"[A-Z]{3,}s")


def _has_context(text: str, c: Candidate) -> bool:
    """Whether the words behind a guarded term say that it is meant; common words and ambiguous names need more."""
    if c.label == "PROTEIN" and (c.guard != "short" or c.status not in ("name", "curated")):
        return False
    if c.label == "CELL_TYPE" and c.status == "curated" and _PLURAL_SHORT.fullmatch(text, c.start, c.end):
        return True
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
    if c.label == "CANCER" and (_OF_VIRUS.match(text, c.end) or _INSTITUTION.match(text, c.start)):
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


#: "Rous sarcoma virus", "leukemia-lymphoma virus"; "National Cancer Center", "Cancer Res."
_OF_VIRUS = re.compile(r"[\s-]+(?:(?:lymphoma|sarcoma|tumou?r)[\s-]+)?virus(?:es)?\b", re.I)
_INSTITUTION = re.compile(
    r"(?:Cancers?|Tumou?rs?)\s(?:Cent(?:er|re)|Institute|Society|Research|Res\b|Hospital|Foundation|Registry|Statistics|Agency|"
    r"Network|Genome\sAtlas|Cell\sLine\sEncyclopedia|Staging|Council|Consortium|Lett\b|Cell\s?(?:[,(\d]|$))"
)
#: A quality of a tumour, not one: "for their malignancy"; "a malignancy", "haematologic malignancy" are tumours.
_KIND_BEFORE = re.compile(
    r"(?:\b(?:an?|this|each|every|another|second|underlying|primary|concomitant|\w+(?:ic|al|oid))\s+)$", re.I
)
#: Effects by which drugs are called, as adjectives: "anti-inflammatory", "analgesic".
_EFFECT = re.compile(r"(?:anti-?|pro-)[a-z]+(?:ory|ant|ic|al|gen|[st]ive)|[a-z]{4,}gesic|[a-z]{4,}static")
_DRUG_NOUN = re.compile(
    r"[\s-]+(?:drugs?|agents?|medications?|medicines?|treatments?|therap(?:y|ies)|resistan\w+|use\b)"
)
_NAMED_AFTER_GENE = re.compile(r"[\s-]+(?:disease|syndrome)\b")


def _is_unlikely(text: str, c: Candidate) -> bool:
    """What the lexicon alone says of a word that mostly means something else; the model has not said it."""
    if c.method != "lexicon" or c.status == "lab":
        return False
    surface = text[c.start : c.end]
    if c.label == "CANCER":
        return surface.lower() == "malignancy" and not _KIND_BEFORE.search(text[max(0, c.start - 24) : c.start])
    if c.label == "PROTEIN":
        return _NAMED_AFTER_GENE.match(text, c.end) is not None
    if c.label == "DRUG":
        return c.status != "curated" and bool(_EFFECT.fullmatch(surface)) and not _DRUG_NOUN.match(text, c.end)
    return False


#: A variant of a protein, not a protein: G12D, V600E.
_MUTATION = re.compile(r"[A-Z]\d{2,4}[A-Z*]")
#: Never names, whatever the model says.
_NO_NAMES = frozenset(
    "anti pre pri antago exo non sh si sg i.e. e.g. et al al. and the of in or for with fig figure table primary dna rna mrna mrnas".split()
)


#: Square brackets of chemistry, with a letter inside, not those of citations: "[18F] FDG", "benzo[a]pyrene".
_LABELLED = re.compile(r"\[[^\[\]\n]{0,20}[A-Za-z][^\[\]\n]{0,20}\]")


def wordlike(surface: str, score: float = 0.0) -> bool:
    """Whether a model's mention can be a name: letters, no outer punctuation, no line of its own kind."""
    sure = score >= _SURE and re.fullmatch(r"[A-Z]\d{1,2}", surface)  # E6, E7 of viruses, by the model's certain word
    if (
        (sum(ch.isalpha() for ch in surface) < 2 and not sure)
        or surface.lower() in _NO_NAMES
        or _MUTATION.fullmatch(surface)
    ):
        return False
    named = _LABELLED.sub("", surface)
    return surface[0] not in " .,;:)]-/" and surface[-1] not in " .,;:([-/" and not re.search(r"[\n\[\]|]", named)
