"""The entity types: each declared once; lexicon, components, docs and tests derive from here.

A new type is one more :class:`EntityType` in :data:`ENTITY_TYPES`: it cannot exist without example sentences, because the
tests are parametrised over this list.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ENTITY_TYPES", "LABELS", "EntityType", "entity_type"]


@dataclass(frozen=True, slots=True)
class EntityType:
    """One entity type.

    ``prefixes`` are CURIE prefixes in order of preference. ``may_mint`` tells whether an ``exomine:`` identifier is allowed.
    ``model_labels`` are the labels of the BioNLP13CG scheme that count as evidence for it. ``positive`` holds pairs of a
    sentence and the mention to be found in it; ``negative`` pairs of a sentence and a text that must not get this label.
    """

    label: str
    meaning: str
    prefixes: tuple[str, ...]
    may_mint: bool
    model_labels: tuple[str, ...]
    positive: tuple[tuple[str, str], ...]
    negative: tuple[tuple[str, str], ...]


ENTITY_TYPES: tuple[EntityType, ...] = (
    EntityType(
        "MIRNA", "microRNA: mature, precursor, family or cluster", ("mirbase.mature", "mirbase"), True, (),
        positive=(("Serum miR-21 rose after surgery.", "miR-21"), ("Both let-7a and miR-155-5p fell.", "miR-155-5p")),
        negative=(("The MIR station circled the earth in 1986.", "MIR"),),
    ),
    EntityType(
        "PROTEIN", "gene or gene product, protein family or complex; lncRNA and circRNA genes", ("hgnc", "fplx"), False,
        ("Gene_or_gene_product",),
        positive=(("Loss of PTEN activated AKT in these cells.", "PTEN"), ("P-glycoprotein pumps drugs out.", "P-glycoprotein")),
        negative=(("The cat sat on the mat while patients met their doctors.", "cat"),),
    ),
    EntityType(
        "VARIANT", "variant of a protein: EGFR T790M; the gene is a mention of its own inside it", (), True, (),
        positive=(("The EGFR T790M mutation was found again.", "EGFR T790M"), ("Tumours with p.Gly12Asp grew faster.", "p.Gly12Asp")),
        negative=(("T47D cells are shown in Fig. S10A.", "T47D"), ("The gene S100P was silent.", "S100P")),
    ),
    EntityType(
        "DRUG", "drug or small molecule, and the generic chemotherapy, multiple drugs, drug",
        ("drugbank", "chebi", "mesh"), True, ("Simple_chemical",),
        positive=(("Patients received cisplatin weekly.", "cisplatin"), ("Temozolomide (TMZ) was given.", "TMZ")),
        negative=(("The results lead to a new question.", "lead"),),
    ),
    EntityType(
        "CANCER", "cancer or tumour", ("doid", "mondo"), False, ("Cancer",),
        positive=(("Gastric cancer is common.", "Gastric cancer"), ("PDAC is a pancreatic ductal adenocarcinoma.", "pancreatic ductal adenocarcinoma")),
        negative=(("Diabetes was recorded at entry.", "Diabetes"),),
    ),
    EntityType(
        "CELL_LINE", "cell line", ("cellosaurus", "efo"), True, ("Cell",),
        positive=(("We cultured MCF-7 cells.", "MCF-7"), ("A549 cells were treated.", "A549")),
        negative=(("Cells were counted on day 7.", "Cells"),),
    ),
    EntityType(
        "CELL_TYPE", "cell type", ("cl", "mesh"), False, ("Cell",),
        positive=(("Macrophages take up vesicles.", "Macrophages"), ("NK cells were inhibited.", "NK cells")),
        negative=(("A549 was bought from a repository.", "A549"),),
    ),
    EntityType(
        "VESICLE", "exosome, extracellular vesicle, microvesicle", ("go",), False, ("Cellular_component",),
        positive=(("Exosomes carry RNA.", "Exosomes"), ("Small EVs (extracellular vesicles) were isolated.", "extracellular vesicles")),
        negative=(("Mitochondria were intact.", "Mitochondria"),),
    ),
    EntityType(
        "PROCESS", "biological or disease process: apoptosis, angiogenesis, metastasis, drug efflux", ("go", "mesh"), True, (),
        positive=(("It induced apoptosis.", "apoptosis"), ("Tumour angiogenesis was reduced.", "angiogenesis")),
        negative=(("The growth chamber was cleaned.", "chamber"),),
    ),
    EntityType(
        "PATHWAY", "signalling pathway", ("go",), True, (),
        positive=(("PI3K/AKT signaling was active.", "PI3K/AKT signaling"), ("The Wnt pathway was silent.", "Wnt pathway")),
        negative=(("AKT was measured by blotting.", "AKT"),),
    ),
)  # fmt: skip

LABELS: tuple[str, ...] = tuple(t.label for t in ENTITY_TYPES)


def entity_type(label: str) -> EntityType:
    """The type of ``label``; raises :class:`KeyError` naming the known labels."""
    for t in ENTITY_TYPES:
        if t.label == label:
            return t
    raise KeyError(f"no entity type {label!r}; known: {', '.join(LABELS)}")
