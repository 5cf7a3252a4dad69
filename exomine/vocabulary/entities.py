"""The entity types: each declared once; lexicon, components, colours, docs and tests derive from here.

A new type is one more :class:`EntityType` in :data:`ENTITY_TYPES`: it cannot exist without example sentences, because
the tests are parametrised over this list. What a type may be or do is told by its :class:`Role`; code asks
:func:`labels` for the types that have a role, and names a label only where it is about that one type.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto

from exomine.vocabulary import generic

__all__ = [
    "ENTITY_TYPES",
    "LABELS",
    "EntityType",
    "Role",
    "acting",
    "entity_type",
    "labels",
    "listed_together",
    "model_labels",
]


class Role(Flag):
    """What mentions of a type may be in a statement, and how names of the type behave in a text."""

    ACTS = auto()  #: is the subject of statements
    EFFECTOR = auto()  #: a substance or vesicle, which acts wherever it is named; cells and processes where it is said
    AGENT = auto()  #: does something to others by a verb of its own: cells and pathways too, cancers and cell lines not
    EXPRESSED = auto()  #: made from a gene: expressed, silenced, measured as a marker
    AMOUNT = auto()  #: has an amount or activity that is raised or lowered
    COURSE = auto()  #: has a course that is furthered or hindered
    EVENT = auto()  #: happens, and is no thing
    LINKED = auto()  #: what others are linked with, where no clearer relation is said: "associated with metastasis"
    CARGO = auto()  #: is carried by vesicles
    SITE = auto()  #: where others are and act
    BEARER = auto()  #: has molecules of its own: "melanoma iNOS", "exosomal PTEN"
    OPEN = auto()  #: a model's mention counts although no vocabulary knows its name
    CLASS = auto()  #: its generic names are things that statements are about: "miRNAs", "chemotherapy"
    KINDS = auto()  #: words before its name make a kind of it: "early-stage breast cancer"
    HEAD = auto()  #: a definition's long form that ends with its name is one of its kind: "tumour-derived exosomes"
    SYMBOL = auto()  #: a name that goes on is another name: "VEGF" and "VEGF-E"
    GREEK = auto()  #: Greek letters in its names are written in many ways: "TGF-beta", "TGFb"
    PROSE = auto()  #: its names are words of plain English: "growth", "macrophages"
    SYNONYMS = auto()  #: curated names without a CURIE take that of a source's synonym as well as that of its name


_NO_ROLE = Role(0)


@dataclass(frozen=True, slots=True)
class EntityType:
    """One entity type.

    ``prefixes`` are CURIE prefixes in order of preference. ``may_mint`` tells whether an ``exomine:`` identifier is
    allowed. ``model_labels`` are the labels of the BioNLP13CG scheme that mean it; each means one type. ``positive``
    holds pairs of a sentence and the mention to be found in it; ``negative`` pairs of a sentence and a text that must
    not get this label. ``colour`` is a background for black text; ``word`` a plain English word for it. ``generic`` is
    a regular expression of mentions that name none of it ("several proteins"). ``nests`` are the labels of mentions
    that may stand inside one of its own; ``absorbs`` those of names that are only parts of its names ("platelet" in
    "platelet-derived growth factor"). ``lists_with`` are further labels that stand in one enumeration with it, and
    ``acts_as`` the label under which it is subject or object, where that is not its own.
    """

    label: str
    meaning: str
    prefixes: tuple[str, ...]
    may_mint: bool
    model_labels: tuple[str, ...]
    positive: tuple[tuple[str, str], ...]
    negative: tuple[tuple[str, str], ...]
    colour: str
    word: str
    roles: Role = _NO_ROLE
    generic: str = ""
    nests: tuple[str, ...] = ()
    absorbs: tuple[str, ...] = ()
    lists_with: tuple[str, ...] = ()
    acts_as: str = ""


ENTITY_TYPES: tuple[EntityType, ...] = (
    EntityType(
        "MIRNA", "microRNA: mature, precursor, family or cluster", ("mirbase.mature", "mirbase"), True, (),
        positive=(("Serum miR-21 rose after surgery.", "miR-21"), ("Both let-7a and miR-155-5p fell.", "miR-155-5p")),
        negative=(("The MIR station circled the earth in 1986.", "MIR"),),
        colour="#ffd8a8", word="rna",
        roles=Role.ACTS | Role.EFFECTOR | Role.AGENT | Role.EXPRESSED | Role.AMOUNT | Role.CARGO | Role.CLASS,
        generic=generic.MIRNA, lists_with=("PROTEIN",),
    ),
    EntityType(
        "PROTEIN", "gene or gene product, protein family or complex; lncRNA and circRNA genes", ("hgnc", "fplx"), False,
        ("Gene_or_gene_product",),
        positive=(("Loss of PTEN activated AKT in these cells.", "PTEN"),
            ("P-glycoprotein pumps drugs out.", "P-glycoprotein")),
        negative=(("The cat sat on the mat while patients met their doctors.", "cat"),),
        colour="#d0ebff", word="protein",
        roles=Role.ACTS | Role.EFFECTOR | Role.AGENT | Role.EXPRESSED | Role.AMOUNT | Role.CARGO | Role.OPEN | Role.HEAD
        | Role.SYMBOL | Role.GREEK,
        generic=generic.PROTEIN, absorbs=("DRUG", "CANCER", "CELL_TYPE", "PROCESS"),
        lists_with=("MIRNA", "PROCESS", "PATHWAY"),
    ),
    EntityType(
        "VARIANT", "variant of a protein: EGFR T790M; the gene is a mention of its own inside it", (), True, (),
        positive=(("The EGFR T790M mutation was found again.", "EGFR T790M"),
            ("Tumours with p.Gly12Asp grew faster.", "p.Gly12Asp")),
        negative=(("T47D cells are shown in Fig. S10A.", "T47D"), ("The gene S100P was silent.", "S100P")),
        colour="#e9fac8", word="mutation",
        nests=("PROTEIN",), acts_as="PROTEIN",
    ),
    EntityType(
        "DRUG", "drug or small molecule, and the generic chemotherapy, multiple drugs, drug",
        ("drugbank", "chebi", "mesh"), True, ("Simple_chemical",),
        positive=(("Patients received cisplatin weekly.", "cisplatin"), ("Temozolomide (TMZ) was given.", "TMZ")),
        negative=(("The results lead to a new question.", "lead"),),
        colour="#d3f9d8", word="drug",
        roles=Role.ACTS | Role.EFFECTOR | Role.AGENT | Role.CARGO | Role.CLASS | Role.OPEN | Role.SYMBOL | Role.GREEK
        | Role.SYNONYMS,
        generic=generic.DRUG, lists_with=("PROCESS", "PATHWAY"),
    ),
    EntityType(
        "CANCER", "cancer or tumour", ("doid", "mondo"), False, ("Cancer",),
        positive=(("Gastric cancer is common.", "Gastric cancer"),
            ("PDAC is a pancreatic ductal adenocarcinoma.", "pancreatic ductal adenocarcinoma")),
        negative=(("Diabetes was recorded at entry.", "Diabetes"),),
        colour="#ffc9c9", word="cancer",
        roles=Role.ACTS | Role.COURSE | Role.LINKED | Role.SITE | Role.BEARER | Role.OPEN | Role.KINDS | Role.HEAD
        | Role.PROSE | Role.SYNONYMS,
        generic=generic.CANCER, nests=("CELL_LINE", "PROCESS"), absorbs=("CELL_TYPE",),
    ),
    EntityType(
        "CELL_LINE", "cell line", ("cellosaurus", "efo"), True, (),
        positive=(("We cultured MCF-7 cells.", "MCF-7"), ("A549 cells were treated.", "A549")),
        negative=(("Cells were counted on day 7.", "Cells"),),
        colour="#e5dbff", word="cells",
        roles=Role.ACTS | Role.SITE | Role.BEARER,
        nests=("DRUG",),
    ),
    EntityType(
        "CELL_TYPE", "cell type", ("cl", "mesh"), False, ("Cell",),
        positive=(("Macrophages take up vesicles.", "Macrophages"), ("NK cells were inhibited.", "NK cells")),
        negative=(("A549 was bought from a repository.", "A549"),),
        colour="#fcc2d7", word="cell",
        roles=Role.ACTS | Role.AGENT | Role.COURSE | Role.SITE | Role.BEARER | Role.OPEN | Role.KINDS | Role.HEAD
        | Role.PROSE,
        generic=generic.CELL_TYPE, nests=("CANCER", "CELL_LINE", "PROCESS"),
    ),
    EntityType(
        "VESICLE", "exosome, extracellular vesicle, microvesicle", ("go",), False, ("Cellular_component",),
        positive=(("Exosomes carry RNA.", "Exosomes"),
            ("Small EVs (extracellular vesicles) were isolated.", "extracellular vesicles")),
        negative=(("Mitochondria were intact.", "Mitochondria"),),
        colour="#c3fae8", word="membrane",
        roles=Role.ACTS | Role.EFFECTOR | Role.AGENT | Role.BEARER | Role.HEAD,
    ),
    EntityType(
        "PROCESS", "biological or disease process: apoptosis, angiogenesis, metastasis, drug efflux",
        ("go", "mesh"), True, (),
        positive=(("It induced apoptosis.", "apoptosis"), ("Tumour angiogenesis was reduced.", "angiogenesis")),
        negative=(("The growth chamber was cleaned.", "chamber"),),
        colour="#fff3bf", word="process",
        roles=Role.ACTS | Role.COURSE | Role.EVENT | Role.LINKED | Role.PROSE,
        generic=generic.PROCESS, nests=("CANCER", "CELL_TYPE", "VESICLE"), lists_with=("PROTEIN", "DRUG", "PATHWAY"),
    ),
    EntityType(
        "PATHWAY", "signalling pathway", ("go",), True, (),
        positive=(("PI3K/AKT signaling was active.", "PI3K/AKT signaling"),
            ("The Wnt pathway was silent.", "Wnt pathway")),
        negative=(("AKT was measured by blotting.", "AKT"),),
        colour="#dee2e6", word="pathway",
        roles=Role.ACTS | Role.AGENT | Role.AMOUNT | Role.EVENT | Role.LINKED | Role.GREEK,
        generic=generic.PATHWAY, lists_with=("PROTEIN", "DRUG", "PROCESS"),
    ),
)  # fmt: skip

LABELS: tuple[str, ...] = tuple(t.label for t in ENTITY_TYPES)


def entity_type(label: str) -> EntityType:
    """The type of ``label``; raises :class:`KeyError` naming the known labels."""
    for t in ENTITY_TYPES:
        if t.label == label:
            return t
    raise KeyError(f"no entity type {label!r}; known: {', '.join(LABELS)}")


def labels(roles: Role) -> tuple[str, ...]:
    """The labels of the types that have all of ``roles``, in the order of declaration."""
    return tuple(t.label for t in ENTITY_TYPES if roles in t.roles)


def acting(label: str) -> str:
    """The label under which a mention of ``label`` is subject or object: a VARIANT acts where its gene may."""
    return next((t.acts_as for t in ENTITY_TYPES if t.label == label and t.acts_as), label)


def listed_together(a: str, b: str) -> bool:
    """Whether mentions of two labels may be members of one enumeration."""
    return a == b or any(b in t.lists_with for t in ENTITY_TYPES if t.label == a)


def model_labels() -> dict[str, str]:
    """The label that each label of the model's scheme means."""
    return {m: t.label for t in ENTITY_TYPES for m in t.model_labels}
