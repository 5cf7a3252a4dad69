"""Which evidence counts: guarded terms need support, the paper's own definitions overrule, words around may exclude.

:func:`supported` is the first step of the merging rule (docs/entities.md); everything here is a pure function over a
text and its candidates.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from exomine.nlp.mentions.evidence import Candidate, place_of
from exomine.nlp.mentions.near import Near
from exomine.nlp.mentions.noise import is_noise, printed_names
from exomine.vocabulary.classes import shares_a_word
from exomine.vocabulary.entities import Role, labels

__all__ = ["OPEN_LABELS", "ORGANISM", "drugs_apart", "supported", "wordlike"]

#: Labels under which a model's mention is kept although no vocabulary knows it.
OPEN_LABELS = labels(Role.OPEN)
#: Labels of which some names are bare symbols, so that a symbol may also be a measure or a part's number.
_SYMBOLS = labels(Role.SYMBOL)
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
    near = Near(place_of, model)
    drugs = Near(place_of, [c for c in candidates if c.label == "DRUG" and c.method == "lexicon" and not c.guard])
    authors = {m[1] for m in _AUTHOR.finditer(text)}
    printed = printed_names(text, candidates)
    out = []
    for c in candidates:
        definition = own.get((c.start, c.end))
        if not c.label or (definition and _overruled(c, definition, sayings.get((c.start, c.end), []))):
            continue
        said = near.touching(c.start, c.end)
        if c.guard and not (definition and definition.label == c.label):
            named = any(m.label == c.label for m in said) or (c.curie in sure and not said) or _has_context(text, c)
            if not (
                named or (not said and _written_as_gene(text, c)) or (c.label == "DRUG" and _listed(text, c, drugs))
            ):
                continue
            c = replace(c, score=round(min(1.0, c.score + 0.2), 4))
        if is_noise(text, c) or (c.status != "lab" and _is_inside(c, printed.touching(c.start, c.end))):
            continue
        if _is_other(text, c) or (not _said(c, said) and _is_unlikely(text, c)) or _of_organism(c, said):
            continue
        if c.method == "model" and (
            c.label not in OPEN_LABELS or not wordlike(text[c.start : c.end]) or _says_nothing(text, c, authors)
        ):
            continue
        out.append(c)
    return out


def _is_inside(c: Candidate, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start <= c.start and c.end <= end for start, end in stretches)


def _said(c: Candidate, touching: list[Candidate]) -> bool:
    """Whether the model gives the same label to a mention that touches ``c``."""
    return any(m.label == c.label for m in touching)


def _of_organism(c: Candidate, touching: list[Candidate]) -> bool:
    """A plant that is also a medicine ("pomegranate"), where the model says that the organism is meant."""
    doubtful = c.label == "DRUG" and c.method == "lexicon" and c.status in ("name", "synonym", "previous")
    return (
        doubtful
        and not _DRUG_STEM.search(c.name)
        and any(m.name == ORGANISM and m.score >= _SURE and m.start <= c.start and c.end <= m.end for m in touching)
    )


def drugs_apart(group: Sequence[Candidate]) -> list[Candidate]:
    """``group`` (candidates of one place) without drugs that are proteins here.

    DrugBank lists proteins: the model tells which are meant as such, but no protein is named with a drug's stem, or by
    words that no protein's name in the lexicon has.
    """
    if not any(c.method == "model" and c.label == "PROTEIN" for c in group):
        return list(group)
    if any(
        c.label == "PROTEIN" or c.method in ("abbreviation", "grammar") or c.status in ("lab", "curated")
        for c in group
        if c.method != "model"
    ):
        return list(group)
    return [c for c in group if c.label != "DRUG" or _DRUG_STEM.search(c.name) or not shares_a_word(c.name)]


#: Stems of international nonproprietary names (WHO's list) that no gene's or protein's name ends in.
_DRUG_STEM = re.compile(
    r"(?:nib|mab|platin|rubicin|taxel|citabine|ciclib|parib|zomib|limus|trexed|trexate|mustine|poside|tecan|clax|degib"
    r"|lutamide|domide|zolomide|oxifen|trozole|vastatin|gliflozin|gliptin|prazole|mycin|cillin|azole|virine|vudine)e?$"
)


def _overruled(c: Candidate, definition: Candidate, others: list[Candidate]) -> bool:
    """What the paper's definition overrules.

    One that names an entity: every other label and, where it has a CURIE, every other one. One that names none: terms
    that are guarded or not an entity's first name, and all of them where the long form is no gene's name either (guard
    "word"); but not what model and lexicon say alike, unless the letters begin the long form's words (guard "spelt").
    """
    if c.method not in ("model", "lexicon"):
        return False
    if definition.guard == "spelt":  # "middle ear tissue (MET)": not the gene, whatever its symbol makes the model say
        return c.status != "lab"
    if not definition.label:
        if any((o.start, o.end, o.label) == (c.start, c.end, c.label) and o.method != c.method for o in others):
            return False
        return c.status != "lab" and (bool(definition.guard) or bool(c.guard) or c.status in ("synonym", "previous"))
    if definition.label != c.label:
        return True
    return bool(definition.curie) and c.curie != definition.curie


#: What stands behind a guarded term when it is meant, by label.
_BEHIND = {
    "CELL_LINE": re.compile(
        r"(?:[\s,/]+(?:and|or)?\s*[A-Z][\w/.-]*){0,4}(?:\s+[a-z]+){0,2}[\s-]+(?:cells?|cell[\s-]lines?"
        r"|xenografts?)\b"
    ),
    "PROTEIN": re.compile(
        r"\s+(?:genes?|proteins?|mRNA|expression|promoter|levels?|knockdown|silencing|overexpression"
        r"|transcripts?|kinase|receptor|mutations?|signaling|inhibitors?|siRNA|shRNA)\b"
    ),
    "VESICLE": re.compile(
        r"\s+(?:(?:that\s)?(?:(?:were|are|was|is)\s)?(?:carry|contain|shed|releas|secret|deriv|isolat|harvest|purif|enrich"
        r"|load|bear|taken\sup|internali[sz])\w*\b|(?:from|of)\s[\w\s-]{0,30}\bcells?\b)"
    ),
    "DRUG": re.compile(r"[\s-](?:chemotherap(?:y|eutics?)|regimens?|protocols?|cycles)\b"),
}  # fmt: skip
#: What stands before the symbol of a gene: "silencing of REST", "targets REST".
_BEFORE_GENE = re.compile(
    r"\b(?:(?:expression|levels?|silencing|knock-?down|loss|depletion|deletion|over-?expression|activity"
    r"|inhibition|suppression|"
    r"transcription|abundance)\s(?:of\s)(?:the\s)?|(?:target|repress|suppress|silenc|downregulat|upregulat"
    r"|inhibit)(?:s|es|ed|ing)?\s)$", re.I
)  # fmt: skip
#: What stands before vesicles: "glioma-derived MVs".
_BEFORE_VESICLES = re.compile(
    r"(?:[-–\s](?:derived|secreted|released|shed)|\bcirculating|\bpurified|\bisolated)\s+$", re.I
)
_LIST_JOINT = re.compile(r"\s?(?:[,/+]|,?\s(?:and|or|plus)(?:\s(?:with|the))?)\s?")


#: "CAFs", "TILs": what is counted and has a cell type's short name is cells.
_PLURAL_SHORT = re.compile(r"[A-Z]{3,}s")


def _has_context(text: str, c: Candidate) -> bool:
    """Whether the words behind a guarded term say that it is meant; common words and ambiguous names need more."""
    if c.label == "PROTEIN" and (c.guard != "short" or c.status not in ("name", "curated")):
        return False
    if c.label == "CELL_TYPE" and c.status == "curated" and _PLURAL_SHORT.fullmatch(text, c.start, c.end):
        return True
    if c.label == "VESICLE" and text[c.end - 1] != "s":
        return False  # "DEX" and "MV" are much else
    if c.label == "VESICLE" and _BEFORE_VESICLES.search(text[max(0, c.start - 20) : c.start]):
        return True
    pattern = _BEHIND.get(c.label)
    return pattern is not None and pattern.match(text, c.end) is not None


def _written_as_gene(text: str, c: Candidate) -> bool:
    """Whether an approved symbol that is an English word ("REST") stands in capitals in lower-case prose, in a
    gene's place.
    """
    surface = text[c.start : c.end]
    if (
        c.label != "PROTEIN"
        or c.status != "name"
        or c.guard == "short"
        or not (surface.isupper() and surface.isalpha())
    ):
        return False
    around = text[max(0, c.start - 40) : c.start] + text[c.end : c.end + 40]
    if sum(map(str.islower, around)) < 2 * sum(map(str.isupper, around)):
        return False
    return bool(_BEHIND["PROTEIN"].match(text, c.end) or _BEFORE_GENE.search(text[max(0, c.start - 30) : c.start]))


#: Between two members of a list there are fewer signs.
_LONGEST_JOINT = 12


def _listed(text: str, c: Candidate, drugs: Near[Candidate]) -> bool:
    """Whether a guarded drug's code or a regimen stands in a list with a drug: "XELOX and CHOP"."""
    return any(
        (d.end <= c.start and _LIST_JOINT.fullmatch(text, d.end, c.start))
        or (c.end <= d.start and _LIST_JOINT.fullmatch(text, c.end, d.start))
        for d in drugs.touching(max(0, c.start - _LONGEST_JOINT), c.end + _LONGEST_JOINT)
    )


#: A chemical before such a word is part of an enzyme's, receptor's or transporter's name.
_PROTEIN_NOUN = re.compile(
    r"[\s-]+(?:\w{2,}(?:kinase|synthase|synthetase|dehydrogenase|reductase|oxidase|isomerase|transferase"
    r"|hydrolase|hydroxylase|lyase)s?"
    r"|kinases?|synthases?|synthetases?|dehydrogenases?|reductases?|oxidases?|isomerases?|\w*transferases?"
    r"|hydrolases?|hydroxylases?"
    r"|lyases?|ligases?|phosphatases?|proteases?|peptidases?|receptors?|transporters?|channels?|exchangers?"
    r"|binding protein)\b"
)  # fmt: skip
_OF_GENES = re.compile(
    r"[\s-]*(?:\(MDR\))?[\s-]*(?:(?:associated|related)[\s-])?(?:genes?|proteins?|transporters?|pumps?)\b", re.I
)


#: Behind a surname: "Gao and co-workers", "Fox et al."
_AUTHORS = re.compile(r",?\s+(?:et\s+al\b|and\s+(?:co-?workers|colleagues)\b|&\s+colleagues)")
#: What authors do, not genes or drugs: "In 2004 Okafor has found".
_REPORTS = (
    r"\s(?:has\s|have\s|had\s)?(?:first\s)?(?:found|reported|described|observed|proposed|discovered|published|noted)\b"
)
#: A surname that the paper cites by: "Lindqvist et al.", "(Ruiz, 2019)", "Okafor's group", "Okafor reported".
_AUTHOR = re.compile(
    rf"\b([A-Z][a-z\u00df-\u017f]{{2,}}(?:-[A-Z][a-z]+)?)(?={_AUTHORS.pattern}|['’]s\s(?:group|team|lab)"
    rf"|{_REPORTS}|,?\s\(?(?:19|20)\d\d[a-d]?\))"
)
#: "RNeasy Mini KIT", "KIT (Qiagen)"
_PRODUCT = re.compile(
    r"\b(?:mini|micro|midi|maxi|plus|assay|isolation|extraction|purification|detection|synthesis|reagents?"
    r"|labell?ing|ELISA|prep|"
    r"preparation|quantification|quantitation|transfection|RT|q?PCR|staining|sequencing|library|viability"
    r"|exosomes?|\w+easy|\w+(?-i:Prep|Script))"
    r"[\s-]$", re.I
)  # fmt: skip
_SOLD = re.compile(r"\s?\(\s?(?:(?:cat|lot|no|ref)\b|#|[A-Z]\w+(?:\s[A-Z&]\w*)*\s?[,;)])|\s(?:from|according to)\s")
_OTHER_VESICLES = re.compile(
    (
        r"(?:synaptic|secretory|intraluminal|endocytic|transport|coated|lipid|phospholipid|seminal|otic"
        r"|intracellular|cytoplasmic)[\s-]+$"
    ),
    re.I,
)
_GROWTH_OF = re.compile(
    r"[\s-]+(?:factors?|hormones?|medium|media|rates?|curves?|conditions?|cones?|chambers?|temperatures?)\b", re.I
)


def _is_other(text: str, c: Candidate) -> bool:
    """Whether the words around say that something else is meant: a surname, a protein named after a chemical, MDR
    genes.
    """
    if c.method not in ("lexicon", "abbreviation") or c.status == "lab":
        return False
    if text[c.start].isupper() and _AUTHORS.match(text, c.end):
        return True
    judge = _OTHERS.get(c.label)
    return judge is not None and judge(text, c)


def _is_product(text: str, c: Candidate) -> bool:
    """A kit that is sold."""
    if text[c.start : c.end] not in ("KIT", "Kit"):
        return False
    return bool(_PRODUCT.search(text[max(0, c.start - 20) : c.start]) or _SOLD.match(text, c.end))


def _is_virus_or_house(text: str, c: Candidate) -> bool:
    return bool(_OF_VIRUS.match(text, c.end) or _INSTITUTION.match(text, c.start))


def _is_other_vesicle(text: str, c: Candidate) -> bool:
    return text[c.start] == "v" and _OTHER_VESICLES.search(text[max(0, c.start - 16) : c.start]) is not None


def _is_growth_factor(text: str, c: Candidate) -> bool:
    return text[c.start : c.end].lower() == "growth" and _GROWTH_OF.match(text, c.end) is not None


def _is_gene_of_drug(text: str, c: Candidate) -> bool:
    if c.curie == "exomine:multiple-drugs":
        return text[c.start : c.end] == "MDR" and _OF_GENES.match(text, c.end) is not None
    return not c.curie.startswith("exomine:") and _PROTEIN_NOUN.match(text, c.end) is not None


#: Phases of the cell cycle: "G2/M cells" are neither the line G2 nor M cells.
_PHASES = re.compile(r"\bG[0-2]\s?[/–-]\s?(?:G1|S|M)\b")


def _is_phase(text: str, c: Candidate) -> bool:
    around = text[max(0, c.start - 6) : c.end + 6]
    at = c.start - max(0, c.start - 6)
    return any(m.start() <= at < m.end() for m in _PHASES.finditer(around))


#: What else a name of each label may mean.
_OTHERS: dict[str, Callable[[str, Candidate], bool]] = {
    "PROTEIN": _is_product,
    "CANCER": _is_virus_or_house,
    "VESICLE": _is_other_vesicle,
    "PROCESS": _is_growth_factor,
    "DRUG": _is_gene_of_drug,
    "CELL_LINE": _is_phase,
    "CELL_TYPE": _is_phase,
}


#: "Rous sarcoma virus", "leukemia-lymphoma virus"; "National Cancer Center", "Cancer Res."
_OF_VIRUS = re.compile(r"[\s-]+(?:(?:lymphoma|sarcoma|tumou?r)[\s-]+)?virus(?:es)?\b", re.I)
_INSTITUTION = re.compile(
    r"(?:Cancers?|Tumou?rs?)\s(?:Cent(?:er|re)|Institute|Society|Research|Res\b|Hospital|Foundation"
    r"|Registry|Statistics|Agency|"
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


#: A variant of a protein, not a protein: G12D, V600E, Arg72Pro.
_MUTATION = re.compile(r"(?:p\.)?(?:[A-Z]\d{2,4}[A-Z*]|[A-Z][a-z]{2}\d{1,4}[A-Z][a-z]{2})")
#: Measures: IC50, EC90, LD50.
_MEASURE = re.compile(r"(?:IC|EC|GI|LD|LC|ED|TD|CC|TC|ID)[\s-]?\d{2}s?")
#: Numbers of trials and records, and what points at a figure: "NCT01553851", "GSE31210", "hsa05206", "Fig 3A".
_RECORD = re.compile(
    r"NCT\d{6,8}|(?:GSE|GSM|SRP|SRR|PRJNA|hsa)\d{4,}|(?:Figs?|Tables?|Supp\w*)\b\.?(?:\s?\w{1,4})?", re.I
)
#: A primer's sequence: "GCAACTTCCCAAAATGTGCC-3".
_SEQUENCE = re.compile(r"(?:[35]['’′]?-)?[ACGTU]{6,}(?:-[35]['’′]?)?")
#: Companies that sell or make what papers use.
_COMPANIES = frozenset(
    "qiagen invitrogen sigma aldrich sigma-aldrich merck promega roche abcam thermo biorad bio-rad pfizer "
    "novartis astrazeneca bayer gibco "
    "illumina affymetrix agilent millipore takara ambion lonza amgen genentech sanofi".split()
)
#: Words that name nothing by themselves: letters and particles.
_ALONE = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau "
    "upsilon phi chi psi omega "
    "proton protons electron electrons photon photons neutron neutrons ion ions radical radicals".split()
)
#: Words that alone, or with a letter or number, name no gene and no drug: "member D", "type I", "lincRNA".
_NOTHING_NAMED = frozenset(
    "member members subunit subunits isoform isoforms fragment fragments component components type class "
    "group form variant variants "
    "version series sample samples line lines lncrna lncrnas lincrna lincrnas circrna circrnas ncrna "
    "ncrnas lnc linc circ "
    "long short small non coding noncoding circular the a an this these of".split()
)
_PART = re.compile(r"[A-Za-zα-ωΑ-Ω]+|\d+")
#: Behind a tissue from which cells or vesicles come: "adipose-derived MSCs".
_SOURCE = re.compile(
    r"[-–\s]derived\s(?:[a-z-]+\s){0,2}(?:cells?|(?:\w*MS|AS|iPS|ES|EP)Cs?|fibroblasts?|macrophages?|\w*exosom\w*|[sl]?EVs?"
    r"|\w*vesicles?|nanoparticles?)\b"
)
#: Never names, whatever the model says.
_NO_NAMES = frozenset(
    (
        "anti pre pri antago exo non sh si sg i.e. e.g. et al al. and the of in or for with fig figure table "
        "primary dna rna mrna mrnas"
    ).split()
)


#: Square brackets of chemistry, with a letter inside, not those of citations: "[18F] FDG", "benzo[a]pyrene".
_LABELLED = re.compile(r"\[[^\[\]\n]{0,20}[A-Za-z][^\[\]\n]{0,20}\]")


def _says_nothing(text: str, c: Candidate, authors: set[str]) -> bool:
    """Whether a model's mention is an author whom the paper cites, a measure, a record's number, or words that name
    nothing.
    """
    surface = text[c.start : c.end]
    if surface in authors or (_AUTHORS.match(text, c.end) and surface[0].isupper() and surface[1:].islower()):
        return True
    if c.label in _SYMBOLS and _SOURCE.match(text, c.end):
        return True
    if _RECORD.fullmatch(surface) or _SEQUENCE.fullmatch(surface) or surface.lower() in _COMPANIES:
        return True
    if c.label not in _SYMBOLS:
        return False
    parts = _PART.findall(surface)
    return (
        bool(_MEASURE.fullmatch(surface))
        or (bool(parts) and all(p.lower() in _ALONE for p in parts))
        or (
            any(len(p) > 1 and not p.isdigit() for p in parts)
            and all(p.lower() in _NOTHING_NAMED or len(p) == 1 or p.isdigit() for p in parts)
        )
    )


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
