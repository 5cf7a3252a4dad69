"""Names as papers write them: other letters, classes before a name, resistant sublines, variants, definitions, and no
names.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from exomine.nlp.extensions import MENTIONS
from exomine.nlp.mentions.evidence import Candidate
from exomine.nlp.mentions.long_forms import likeness
from exomine.nlp.mentions.matcher import lexicon_matcher
from exomine.nlp.mentions.noncoding import noncoding
from exomine.nlp.mentions.resolve import model_evidence, resolve
from exomine.nlp.mentions.sublines import parent_line
from exomine.nlp.relations.context import Context
from exomine.vocabulary.terms import cell_lines
from spacy.language import Language

from helpers.entity_chain import entity_chain

NLP = entity_chain()


@pytest.fixture
def whole(pipeline: Language) -> Iterator[Language]:
    """The shipped pipeline with its model, without what comes after the identifiers."""
    with pipeline.select_pipes(disable=["assertion", "relations", "context", "table_relations"]):
        yield pipeline


def told(nlp: Language, text: str) -> list[tuple[str, str, str]]:
    doc = nlp(text)
    return [(s.text, s.label_, s.kb_id_) for s in doc.spans[MENTIONS]]


def names(nlp: Language, text: str, label: str) -> list[tuple[str, str]]:
    doc = nlp(text)
    return [(s.text, s._.name) for s in doc.spans[MENTIONS] if s.label_ == label]


@pytest.mark.parametrize(
    ("text", "mention", "curie"),
    [
        ("We blocked NF-𝜅B.", "NF-𝜅B", "fplx:NFkappaB"),
        ("Active TGF-𝛽 rose.", "TGF-𝛽", "fplx:TGFB"),
        ("Active TGF-𝛃1 rose.", "TGF-𝛃1", "hgnc:11766"),
        ("Total ＥＧＦＲ fell.", "ＥＧＦＲ", "hgnc:3236"),
        ("The ﬁbronectin coat.", "ﬁbronectin", "hgnc:3778"),
        ("It needs H₂O₂ first.", "H₂O₂", "drugbank:DB11091"),
        ("HSP\u00a070 was lost.", "HSP\u00a070", "fplx:HSPA"),
        ("𝐦𝐢𝐑-𝟐𝟏 was lost.", "𝐦𝐢𝐑-𝟐𝟏", "mirbase:MI0000077"),
    ],
)
def test_letters_that_only_print_otherwise(text: str, mention: str, curie: str) -> None:
    doc = NLP(text)
    assert doc.text == text
    assert (mention, curie) in {(s.text, s.kb_id_) for s in doc.spans[MENTIONS]}


def test_raised_digits_are_no_part_of_a_name() -> None:
    assert ("IL-6", "PROTEIN", "hgnc:6018") not in told(NLP, "It raised IL-6².")
    assert ("CD44", "PROTEIN", "hgnc:1681") in told(NLP, "It raised CD44.")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("LY294002", "LY-294002"),
        ("ABT737", "ABT-737"),
        ("Alix", "alix"),
        ("EGFR-TKI", "EGFR TKIs"),
        ("CA19-9", "CA 19-9"),
    ],
)
def test_one_name_however_it_is_written(a: str, b: str) -> None:
    found = [t[0] for t in (lexicon_matcher().lookup(a), lexicon_matcher().lookup(b))]
    assert (found[0].label, found[0].curie, found[0].name) == (found[1].label, found[1].curie, found[1].name)


@pytest.mark.parametrize(
    ("text", "mention", "name", "curie"),
    [
        ("The lncRNA UCA1 rose.", "UCA1", "UCA1", "hgnc:37126"),
        ("Silencing lncRNA HOTAIR worked.", "HOTAIR", "HOTAIR", "hgnc:33510"),
        ("Long non-coding RNA (lncRNA) GAS5 fell.", "GAS5", "GAS5", "hgnc:16355"),
        ("The long noncoding RNA H19 rose.", "H19", "H19", "hgnc:4713"),
        ("The lncRNA ATB rose.", "lncRNA ATB", "lncRNA-ATB", ""),
        ("circRNA PVT1 rose.", "circRNA PVT1", "circPVT1", ""),
        ("The circRNA CDR1as rose.", "CDR1as", "CDR1-AS", ""),
    ],
)
def test_the_class_of_an_rna_before_its_name(text: str, mention: str, name: str, curie: str) -> None:
    doc = NLP(text)
    found = {(s.text, s._.name, s.kb_id_) for s in doc.spans[MENTIONS] if s.label_ == "PROTEIN"}
    assert found == {(mention, name, curie)}


def test_words_behind_the_class_are_no_names() -> None:
    assert (
        list(
            noncoding(
                "lncRNA Profiles, circRNAs In serum, circular RNA and lncRNAs were listed", lexicon_matcher().lookup
            )
        )
        == []
    )


def test_the_model_sees_the_class_too(whole: Language) -> None:
    text = "The lncRNA UCA1 promoted invasion, and UCA1 was high."
    assert [c for t, label, c in told(whole, text) if label == "PROTEIN"] == ["hgnc:37126", "hgnc:37126"]


@pytest.mark.parametrize(
    ("text", "mention", "curie", "name"),
    [
        ("We lost phosphatase, tensin homologue (PTEN) early. Later PTEN rose.", "PTEN", "hgnc:9588", "PTEN"),
        ("The Yes-associated transcription protein (YAP) rose.", "YAP", "hgnc:16262", "YAP1"),
        ("BMI1 (B cell-specific leukemia virus integration site 1) fell.", "BMI1", "hgnc:1066", "BMI1"),
        ("GLUT4 (glucose transporter 4) rose.", "GLUT4", "hgnc:11009", "SLC2A4"),
        ("Pattern recognition receptors (PRRs) sense RNA. All PRRs act.", "PRRs", "", "pattern recognition receptor"),
        ("The Sjogren syndrome antigen (SSA) rose. Then SSA fell.", "SSA", "", "Sjogren syndrome antigen"),
        ("A soluble NSF attachment protein (SNAP) bound; SNAP left.", "SNAP", "", "soluble NSF attachment protein"),
        (
            "Chloramphenicol acetyltransferase (CAT) was read; CAT was low.",
            "CAT",
            "",
            "Chloramphenicol acetyltransferase",
        ),
    ],
)
def test_a_long_form_against_the_symbol_and_the_alias(
    whole: Language, text: str, mention: str, curie: str, name: str
) -> None:
    doc = whole(text)
    found = {(s.kb_id_, s._.name) for s in doc.spans[MENTIONS] if s.text == mention}
    assert found == {(curie, name)}


@pytest.mark.parametrize(
    "text", ["Chronic kidney disease (CKD) is common. Here CKD rose.", "Daily pain (DPN) rose; DPN fell."]
)
def test_a_disease_is_no_genes_long_form(whole: Language, text: str) -> None:
    assert not [t for t, label, _ in told(whole, text) if label == "PROTEIN"]


def test_a_long_form_gets_the_identifier_of_its_symbol() -> None:
    doc = NLP.make_doc("The tubulin beta-3 chain (TUBB3) rose.")
    for name, pipe in NLP.pipeline:
        if name == "abbreviations":  # as the model has it
            doc.ents = [doc.char_span(4, 24, label="Gene_or_gene_product")]
        doc = pipe(doc)
    assert ("tubulin beta-3 chain", "hgnc:20772") in {(s.text, s.kb_id_) for s in doc.spans[MENTIONS]}


def test_likeness() -> None:
    assert likeness("phosphatase, tensin homologue", ["phosphatase and tensin homolog"]) > 0.9
    assert likeness("RNA binding proteins", ["renin binding protein"]) == 0
    assert likeness("pattern recognition receptor", ["prorenin receptor", "renin receptor"]) < 0.2


@pytest.mark.parametrize("text", ["Peroxidase fell.", "All peroxidases fell."])
def test_a_class_of_enzymes_is_no_gene(whole: Language, text: str) -> None:
    assert {c for *_, c in told(whole, text)} <= {""}


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("ABT-199 killed them.", "ABT-199"),
        ("Cells got ABT-737 and erastin.", "ABT-737"),
        ("Cells got ABT-737 and erastin.", "erastin"),
        ("RSL3 raised lipid peroxides.", "RSL3"),
        ("Resistance to EGFR-TKIs is common.", "EGFR-TKIs"),
        ("He was given rituximab plus CHOP.", "CHOP"),
        ("Six cycles of XELOX or CHOP were planned.", "CHOP"),
        ("CHOP chemotherapy was stopped.", "CHOP chemotherapy"),
    ],
)
def test_drugs_are_no_genes(whole: Language, text: str, mention: str) -> None:
    assert {label for t, label, _ in told(whole, text) if t == mention} == {"DRUG"}


def test_the_gene_chop() -> None:
    text = "ER stress induced CHOP."
    model = Candidate(18, 22, "PROTEIN", method="model", score=0.9)
    lexicon = [
        Candidate(18, 22, "PROTEIN", "hgnc:2726", "DDIT3", "lexicon", 0.5, "synonym", "word"),
        Candidate(18, 22, "DRUG", "exomine:chop", "CHOP", "lexicon", 0.6, "curated", "ambiguous"),
    ]
    assert [(p.label, p.candidates[0].curie) for p in resolve(text, [model, *lexicon])] == [("PROTEIN", "hgnc:2726")]


def test_codes_of_compounds_and_kinase_inhibitors() -> None:
    for text in ("AZD5363", "PF-562271", "GSK 2126458", "MET-TKI", "ROS1 TKIs"):
        (found,) = model_evidence(text, [(0, len(text), "Gene_or_gene_product", 0.9)])
        assert found.label == "DRUG", text
    for text in ("SP1", "PD-1", "MK2", "SB9"):
        (found,) = model_evidence(text, [(0, len(text), "Gene_or_gene_product", 0.9)])
        assert found.label == "PROTEIN", text


def test_cea_is_the_antigen(whole: Language) -> None:
    assert ("CEA", "PROTEIN", "hgnc:1817") in told(whole, "Serum CEA was measured before surgery.")


@pytest.mark.parametrize(
    ("text", "label", "kept"),
    [
        ("The IC50 rose.", "Gene_or_gene_product", "IC50"),
        ("A GI50 of 3.", "Simple_chemical", "GI50"),
        ("A single omega was seen.", "Simple_chemical", "omega"),
        ("Many gamma delta cells.", "Gene_or_gene_product", "gamma delta"),
        ("Each proton counts.", "Simple_chemical", "proton"),
        ("It is member D here.", "Gene_or_gene_product", "member D"),
        ("Any lincRNA counts.", "Gene_or_gene_product", "lincRNA"),
        ("Okafor et al. saw it. So Okafor counts.", "Simple_chemical", "Okafor"),
        ("In 2004 Okafor has found it. Okafor counts.", "Simple_chemical", "Okafor"),
        ("We used GCAACTTCCCAAAATGTGCC-3 here.", "Gene_or_gene_product", "GCAACTTCCCAAAATGTGCC-3"),
        ("Trial NCT01234567 ended.", "Simple_chemical", "NCT01234567"),
        ("See Fig 3A here.", "Gene_or_gene_product", "Fig 3A"),
        ("Shown by Lindqvist and colleagues.", "Gene_or_gene_product", "Lindqvist"),
    ],
)
def test_what_names_nothing(text: str, label: str, kept: str) -> None:
    start = text.rindex(kept)
    assert resolve(text, model_evidence(text, [(start, start + len(kept), label, 0.9)])) == []


def test_relational_words_stay_outside() -> None:
    text = "Synovial fibroblast derived vesicles"
    (found,) = model_evidence(text, [(0, len("Synovial fibroblast derived"), "Cell", 0.9)])
    assert text[found.start : found.end] == "Synovial fibroblast"


def test_bare_cells_have_no_rows(pipeline: Language) -> None:
    doc = pipeline("miR-21 inhibited the cells. miR-21 suppressed cells. The cells promoted angiogenesis.")
    assert [
        (r.subject.text, r.object.text) for r in doc._.relations if "cells" in (r.subject.text, r.object.text)
    ] == []


@pytest.mark.parametrize(
    ("text", "line", "name", "drug"),
    [
        ("HepG2/ADM cells grew.", "HepG2/ADM", "HepG2/ADM", "ADM"),
        ("MCF-7/ADR cells grew.", "MCF-7/ADR", "MCF-7/ADR", "ADR"),
        ("A549/DDP cells grew.", "A549/DDP", "A549/DDP", "DDP"),
        ("Huh7-SR cells grew.", "Huh7-SR", "Huh7-SR", ""),
        ("PC-9/GR cells grew.", "PC-9/GR", "PC-9/GR", ""),
        ("HCC827GR cells grew.", "HCC827GR", "HCC827-GR", ""),
        ("K562/A02 cells grew.", "K562/A02", "K562/A02", ""),
    ],
)
def test_resistant_sublines(text: str, line: str, name: str, drug: str) -> None:
    found = told(NLP, text)
    assert [(t, n) for t, n in names(NLP, text, "CELL_LINE")] == [(line, name)]
    assert [t for t, label, _ in found if label == "DRUG"] == ([drug] if drug else [])
    assert not [t for t, label, _ in found if label == "PROTEIN"]
    context = Context(cell_lines=cell_lines())
    assert parent_line(name).lower().replace("-", "") in context.by_name


@pytest.mark.parametrize(
    ("text", "lines"), [("HepG2/Huh7 cells", ["HepG2", "Huh7"]), ("A549/EGFR cells", ["A549"]), ("IL6R cells", [])]
)
def test_no_sublines(text: str, lines: list[str]) -> None:
    assert [t for t, _ in names(NLP, text, "CELL_LINE")] == lines


@pytest.mark.parametrize(
    "text", ["RNA was taken with the RNeasy Mini KIT.", "We used the KIT (Qiagen, Hilden).", "The qPCR KIT was new."]
)
def test_a_kit_is_no_gene(text: str) -> None:
    assert not names(NLP, text, "PROTEIN")
    assert names(NLP, "KIT was mutated.", "PROTEIN") == [("KIT", "KIT")]


@pytest.mark.parametrize(
    "text", ["REST expression was lowered.", "It targets REST here.", "After silencing of REST they grew."]
)
def test_a_symbol_that_is_a_word_in_a_genes_place(text: str) -> None:
    assert names(NLP, text, "PROTEIN") == [("REST", "REST")]


@pytest.mark.parametrize(
    "text", ["The rest expression was low.", "THE LEVELS OF REST WERE KEPT.", "We rest here.", "Then REST."]
)
def test_a_word_that_is_a_symbol(text: str) -> None:
    assert not names(NLP, text, "PROTEIN")


@pytest.mark.parametrize(
    ("text", "mention", "curie"),
    [
        ("EGFR T790M was found.", "EGFR T790M", "exomine:egfr-t790m"),
        ("EGFR-T790M was found.", "EGFR-T790M", "exomine:egfr-t790m"),
        ("BRAFV600E was found.", "BRAFV600E", "exomine:braf-v600e"),
        ("Mutant KRAS p.Gly12Asp was found.", "KRAS p.Gly12Asp", "exomine:kras-g12d"),
        ("A bare T790M was found.", "T790M", "exomine:egfr-t790m"),
        ("EGFR L858R and L747P were found.", "L747P", "exomine:egfr-l747p"),
        ("TP53 R213* was found.", "TP53 R213*", "exomine:tp53-r213ter"),
        ("The R306Q mutation was found.", "R306Q", ""),
        ("The C321F mutation in the EGFR gene was found.", "C321F", "exomine:egfr-c321f"),
        ("SMO D473H came first; D473H was lost.", "D473H", "exomine:smo-d473h"),
    ],
)
def test_variants(text: str, mention: str, curie: str) -> None:
    found = told(NLP, text)
    assert (mention, "VARIANT", curie) in found
    gene = mention[: -len(mention.split("-")[-1].split()[-1])].strip(" -") or mention
    if gene != mention and not gene.endswith(("p.", "KRAS p.Gly12As")):
        assert gene in {t for t, label, _ in found if label == "PROTEIN"}


def test_the_gene_inside_a_variant() -> None:
    assert told(NLP, "BRAFV600E melanoma")[:2] == [
        ("BRAFV600E", "VARIANT", "exomine:braf-v600e"),
        ("BRAF", "PROTEIN", "hgnc:1097"),
    ]


@pytest.mark.parametrize(
    ("text", "mention", "curie"),
    [
        ("EGFRvIII rose in glioma.", "EGFRvIII", "exomine:egfrviii"),
        ("AR-V7 was measured.", "AR-V7", "exomine:ar-v7"),
        ("The allele rs11614913 was typed.", "rs11614913", "dbsnp:rs11614913"),
        ("A bare E746_A750del was found.", "E746_A750del", ""),
    ],
)
def test_variants_with_names_of_their_own(text: str, mention: str, curie: str) -> None:
    assert (mention, "VARIANT", curie) in told(NLP, text)


@pytest.mark.parametrize(
    "text",
    [
        "H1975, T47D and A549 cells were kept.", "See Fig. S10A and S11B.", "Grants R01C and P30C paid.", "S100P rose.",
        "The primer F12R was used.", "Tables S12A and S13C.", "We saw NM_000546.", "They added VEGF-C156S.",
        "Buffer K20M was used.",
    ],
)  # fmt: skip
def test_no_variants(text: str) -> None:
    assert not names(NLP, text, "VARIANT")


def test_names_of_families_are_readable() -> None:
    text = "Arp2/3 drives motility, SMAD2/3 was phosphorylated, and caspase-3/7 was active."
    doc = NLP(text)
    found = {s.kb_id_: s._.name for s in doc.spans[MENTIONS] if s.label_ == "PROTEIN"}
    assert found["fplx:Arp2_3_protein"] == "Arp2/3"
    assert found["fplx:SMAD2_3"] == "SMAD2/3"


def test_no_family_is_shown_with_an_underscore() -> None:
    matcher = lexicon_matcher()
    columns = matcher._columns
    bad = {
        str(n)
        for n, c in zip(columns["name"], columns["curie"], strict=True)
        if "_" in str(n) and str(c).startswith(("fplx:", "cl:", "drugbank:"))
    }
    assert bad == set()


@pytest.mark.parametrize(
    ("text", "mention", "curie", "gene"),
    [
        ("FLT3-ITD was found.", "FLT3-ITD", "exomine:flt3-itd", "FLT3"),
        ("EGFR exon 19 deletion was found.", "EGFR exon 19 deletion", "exomine:egfr-exon-19-deletion", "EGFR"),
        ("CCNE1 amplification was found.", "CCNE1 amplification", "exomine:ccne1-amplification", "CCNE1"),
    ],
)
def test_alterations_that_are_no_substitution(text: str, mention: str, curie: str, gene: str) -> None:
    found = told(NLP, text)
    assert (mention, "VARIANT", curie) in found
    assert (gene, "PROTEIN") in {(t, label) for t, label, _ in found}


def test_an_amplification_by_primers_is_no_variant() -> None:
    assert not names(NLP, "CCNE1 amplification by two primers failed.", "VARIANT")


@pytest.mark.parametrize("text", ["The EML4-ALK fusion was found.", "A TMPRSS2/ERG rearrangement was found."])
def test_a_fusion_is_one_protein(text: str) -> None:
    assert names(NLP, text, "PROTEIN") == [(text.split()[1],) * 2]


def test_genes_side_by_side_are_no_fusion() -> None:
    assert len(names(NLP, "ZEB1/SNAI2 expression rose.", "PROTEIN")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Middle ear tissue (MET) was stained, and MET promotes invasion.",
        "Multi-drug efflux transport (MET) was raised. MET promotes invasion.",
        "Randomised exercise training (RET) was offered. RET reduced IL6.",
    ],
)
def test_a_paper_s_own_definition_stands_against_a_symbol(whole: Language, text: str) -> None:
    assert {t for t, _ in names(whole, text, "PROTEIN")} <= {"IL6"}


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("Hepatocyte growth factor receptor (MET) promotes invasion. MET is raised.", "MET"),
        ("Phosphatase and tensin homologue (PTEN) is lost. PTEN inhibits invasion.", "PTEN"),
        ("MET promotes invasion.", "MET"),
    ],
)
def test_a_gene_s_own_definition_leaves_the_gene(whole: Language, text: str, symbol: str) -> None:
    assert symbol in {t for t, _ in names(whole, text, "PROTEIN")}


@pytest.mark.parametrize(
    "cells", ["CD8 (+) T cells", "CD8(+) T cells", "CD4(+)CD25(+) T cells", "CD11b+Gr1+ macrophages"]
)
def test_cells_are_named_with_their_markers(cells: str) -> None:
    doc = NLP(f"{cells} were counted in the blood.")
    assert [(s.text, s.label_) for s in doc.spans[MENTIONS]] == [(cells, "CELL_TYPE")]


def test_a_gene_before_cells_without_a_sign_stays() -> None:
    assert names(NLP, "CD8 and T cells were counted.", "PROTEIN") == [("CD8", "CD8A")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MVs carrying KRAS left the cells.", [("MVs", "microvesicle")]),
        ("Glioma-derived MVs were small.", [("MVs", "microvesicle")]),
        ("The MVs of these cells were small.", [("MVs", "microvesicle")]),
        ("Two MVs were replaced by surgery.", []),
        ("DEX released from the gel is a steroid.", []),
    ],
)
def test_short_names_of_vesicles_by_the_words_around_them(text: str, found: list[tuple[str, str]]) -> None:
    assert names(NLP, text, "VESICLE") == found


def test_a_phase_of_the_cell_cycle_is_no_cell(whole: Language) -> None:
    told_of = told(whole, "KRAS loss led to arrest of G2/M cells and to G2/M cell cycle arrest.")
    assert not {text for text, _, _ in told_of} & {"G2", "M cell", "M cells"}
    assert ("cell cycle arrest", "PROCESS") in {(text, label) for text, label, _ in told_of}
