"""How far mentions reach, and which evidence counts: steps of the merging rule that are told by own sentences."""

from __future__ import annotations

import pytest
from exomine.nlp.mentions.evidence import Candidate
from exomine.nlp.mentions.resolve import Place, model_evidence, resolve
from exomine.nlp.mentions.support import drugs_apart, wordlike

Shown = list[tuple[str, str, str]]


def at(text: str, part: str, label: str, **kwargs: object) -> Candidate:
    start = text.index(part)
    return Candidate(start, start + len(part), label, **kwargs)  # type: ignore[arg-type]


def said(text: str, part: str, label: str, score: float = 0.9) -> Candidate:
    return at(text, part, label, method="model", score=score)


def known(text: str, part: str, label: str, curie: str = "x:1", status: str = "name", **kwargs: object) -> Candidate:
    return at(text, part, label, curie=curie, name=part, status=status, **kwargs)


def shown(text: str, places: list[Place]) -> Shown:
    return [(text[p.start : p.end], p.label, p.candidates[0].curie) for p in places]


def test_a_cancer_takes_the_models_span_and_keeps_its_identity() -> None:
    text = "Early-stage breast cancer was cured."
    evidence = [
        known(text, "breast cancer", "CANCER", "doid:1612"), known(text, "cancer", "CANCER", "doid:162", "curated"),
        said(text, "Early-stage breast cancer", "CANCER"),
    ]  # fmt: skip
    assert shown(text, resolve(text, evidence)) == [("Early-stage breast cancer", "CANCER", "doid:1612")]


def test_a_cancers_state_and_what_is_taken_of_it_stay_outside() -> None:
    text = "Human advanced uveal melanoma samples and melanoma xenografts."
    evidence = [
        known(text, "melanoma", "CANCER"), said(text, "Human advanced uveal melanoma samples", "CANCER"),
        Candidate(42, 50, "CANCER", "x:1", "melanoma", status="name"), said(text, "melanoma xenografts", "CANCER"),
    ]  # fmt: skip
    assert [t for t, *_ in shown(text, resolve(text, evidence))] == ["uveal melanoma", "melanoma xenografts"]


def test_a_gene_of_a_cancer_is_not_one_name_with_it() -> None:
    text = "High melanoma iNOS was bad."
    evidence = [
        known(text, "melanoma", "CANCER"),
        known(text, "iNOS", "PROTEIN"),
        said(text, "melanoma iNOS", "PROTEIN"),
    ]
    assert [t for t, *_ in shown(text, resolve(text, evidence))] == ["melanoma", "iNOS"]


@pytest.mark.parametrize("between", [" and ", ", ", " or "])
def test_two_cancers_are_not_made_one(between: str) -> None:
    text = f"Glioma{between}breast cancer were compared."
    evidence = [
        known(text, "Glioma", "CANCER", "x:1"), known(text, "breast cancer", "CANCER", "x:2"),
        said(text, f"Glioma{between}breast cancer", "CANCER"),
    ]  # fmt: skip
    assert shown(text, resolve(text, evidence)) == [("Glioma", "CANCER", "x:1"), ("breast cancer", "CANCER", "x:2")]


def test_a_bare_tumour_takes_all_that_the_model_sees() -> None:
    text = "Small tumour masses were cut."
    evidence = [known(text, "tumour", "CANCER", "doid:162", "curated"), said(text, "tumour masses", "CANCER")]
    assert shown(text, resolve(text, evidence)) == [("tumour masses", "CANCER", "doid:162")]


def test_what_a_cancer_resists_is_no_part_of_it() -> None:
    text = "Docetaxel resistant glioma grew."
    drug, cancer = known(text, "Docetaxel", "DRUG"), known(text, "glioma", "CANCER", "x:2")
    for label in ("CANCER", "DRUG"):
        evidence = [drug, cancer, said(text, "Docetaxel resistant glioma", label)]
        assert shown(text, resolve(text, evidence)) == [("Docetaxel", "DRUG", "x:1"), ("glioma", "CANCER", "x:2")]


def test_a_cancers_longer_span_holds_no_gene_but_a_cell_line() -> None:
    text = "HER2-positive breast cancer and B16 melanoma grew."
    evidence = [
        known(text, "HER2", "PROTEIN"), known(text, "breast cancer", "CANCER", "x:2"),
        known(text, "B16", "CELL_LINE", "x:3"),
        known(text, "melanoma", "CANCER", "x:4"), said(text, "HER2-positive breast cancer", "CANCER"),
        said(text, "B16 melanoma", "CANCER"),
    ]  # fmt: skip
    assert shown(text, resolve(text, evidence)) == [
        ("HER2", "PROTEIN", "x:1"), ("breast cancer", "CANCER", "x:2"), ("B16 melanoma", "CANCER", "x:4"),
        ("B16", "CELL_LINE", "x:3"),
    ]  # fmt: skip


def test_a_process_is_cut_where_the_name_of_cells_ends() -> None:
    text = "Tumour cell death was seen."
    evidence = [known(text, "cell death", "PROCESS", "go:1"), said(text, "Tumour cell", "CELL_TYPE")]
    assert shown(text, resolve(text, evidence)) == [("Tumour cell", "CELL_TYPE", ""), ("death", "PROCESS", "go:1")]
    line = "MCF-7 cell death was seen."
    evidence = [
        known(line, "cell death", "PROCESS", "go:1"),
        known(line, "MCF-7", "CELL_LINE"),
        said(line, "MCF-7 cell", "CELL_TYPE"),
    ]
    assert shown(line, resolve(line, evidence)) == [("MCF-7", "CELL_LINE", "x:1"), ("cell death", "PROCESS", "go:1")]


@pytest.mark.parametrize(
    ("name", "part", "label", "part_label"),
    [
        ("platelet-derived growth factor", "platelet", "PROTEIN", "CELL_TYPE"),
        ("pituitary tumor transforming gene", "pituitary tumor", "PROTEIN", "CANCER"),
        ("ornithine decarboxylase", "ornithine", "PROTEIN", "DRUG"),
        ("T-cell lymphoma", "T-cell", "CANCER", "CELL_TYPE"),
    ],
)
def test_parts_of_a_name_of_another_kind_are_no_mentions(name: str, part: str, label: str, part_label: str) -> None:
    text = f"The {name} was measured."
    evidence = [known(text, part, part_label), said(text, name, label)]
    assert shown(text, resolve(text, evidence)) == [(name, label, "")]
    doubtful = [known(text, part, part_label), said(text, name, label, score=0.3)]
    if part_label != "DRUG":
        assert shown(text, resolve(text, doubtful))[0] == (part, part_label, "x:1")


def test_cells_of_a_cancer_hold_its_name_and_a_process() -> None:
    text = "Metastatic ESCC endothelial cells grew."
    evidence = [
        known(text, "Metastatic", "PROCESS"), known(text, "ESCC", "CANCER"),
        known(text, "endothelial cells", "CELL_TYPE", "cl:1"),
        said(text, "Metastatic ESCC endothelial cells", "CELL_TYPE"),
    ]  # fmt: skip
    assert shown(text, resolve(text, evidence)) == [
        ("Metastatic ESCC endothelial cells", "CELL_TYPE", "cl:1"), ("Metastatic", "PROCESS", "x:1"),
        ("ESCC", "CANCER", "x:1"),
    ]  # fmt: skip


def test_what_is_resisted_is_no_part_of_a_name() -> None:
    text = "MDR transport rose."
    evidence = [known(text, "MDR", "DRUG", "exomine:multiple-drugs", "curated"), said(text, "MDR transport", "PROTEIN")]
    assert shown(text, resolve(text, evidence)) == [("MDR", "DRUG", "exomine:multiple-drugs")]


@pytest.mark.parametrize(
    ("name", "parts", "kept"),
    [
        ("1, 4-diamino-2, 3-benzene", ["benzene"], True),
        ("[18F] deoxyglucose", ["deoxyglucose"], True),
        ("iodine-123-alpha-methyl tyrosine", ["iodine", "tyrosine"], True),
        ("docetaxel-cisplatin", ["docetaxel", "cisplatin"], False),
        ("cisplatin hydrochloride", ["cisplatin"], False),
        ("docetaxel resistant", ["docetaxel"], False),
    ],
)
def test_a_chemicals_longer_name_is_the_models(name: str, parts: list[str], kept: bool) -> None:
    text = f"We gave {name} daily."
    evidence = [*(known(text, part, "DRUG", f"x:{part}") for part in parts), said(text, name, "DRUG")]
    expected = [(name, "DRUG", "")] if kept else [(part, "DRUG", f"x:{part}") for part in parts]
    assert shown(text, resolve(text, evidence)) == expected


def test_a_genes_longer_name_is_told_from_the_longest_known_part() -> None:
    text = "It needs cytochrome P450 4A here."
    evidence = [
        known(text, "cytochrome P450", "PROTEIN"), known(text, "P450", "PROTEIN"), known(text, "cytochrome", "PROTEIN"),
        said(text, "cytochrome P450 4A", "PROTEIN"),
    ]  # fmt: skip
    assert shown(text, resolve(text, evidence)) == [("cytochrome P450 4A", "PROTEIN", "")]


@pytest.mark.parametrize(
    ("text", "part", "label"),
    [
        ("Rous sarcoma virus spread.", "sarcoma", "CANCER"),
        ("leukemia viruses spread.", "leukemia", "CANCER"),
        ("The National Cancer Institute paid.", "Cancer", "CANCER"),
        ("It determines their malignancy in mice.", "malignancy", "CANCER"),
        ("Patients with VHL disease were seen.", "VHL", "PROTEIN"),
        ("Its anti-inflammatory effects are known.", "anti-inflammatory", "DRUG"),
    ],
)
def test_words_that_mean_something_else_here(text: str, part: str, label: str) -> None:
    assert resolve(text, [known(text, part, label)]) == []


@pytest.mark.parametrize(
    ("text", "part", "label"),
    [
        ("A malignancy was found.", "malignancy", "CANCER"),
        ("Haematologic malignancy was found.", "malignancy", "CANCER"),
        ("The VHL gene was lost.", "VHL", "PROTEIN"),
        ("Antioxidants were given.", "Antioxidants", "DRUG"),
        ("An anti-inflammatory drug was given.", "anti-inflammatory", "DRUG"),
        ("Sarcoma cells carried a virus.", "Sarcoma", "CANCER"),
    ],
)
def test_the_same_words_where_they_are_meant(text: str, part: str, label: str) -> None:
    assert [t for t, *_ in shown(text, resolve(text, [known(text, part, label)]))] == [part]


def test_a_plant_is_no_drug_where_the_model_sees_an_organism() -> None:
    text = "The pomegranate tree grew."
    organism = model_evidence(text, [(4, 15, "Organism", 0.9)])
    assert resolve(text, [known(text, "pomegranate", "DRUG"), *organism]) == []
    assert resolve(text, organism) == []
    doubtful = model_evidence(text, [(4, 15, "Organism", 0.4)])
    assert len(resolve(text, [known(text, "pomegranate", "DRUG"), *doubtful])) == 1


def test_plural_short_forms_of_cells_need_no_support() -> None:
    text = "CAFs feed the tumour."
    guarded = known(text, "CAFs", "CELL_TYPE", "mesh:1", "curated", guard="ambiguous")
    assert shown(text, resolve(text, [guarded, said(text, "CAFs", "DRUG")])) == [("CAFs", "CELL_TYPE", "mesh:1")]


def test_a_definition_of_nothing_leaves_what_model_and_lexicon_say_alike() -> None:
    text = "ABX helped."
    nothing = at(text, "ABX", "", method="abbreviation", guard="word")
    lexicon = known(text, "ABX", "DRUG", status="synonym", guard="short")
    assert resolve(text, [nothing, said(text, "ABX", "DRUG")]) == []
    assert shown(text, resolve(text, [nothing, lexicon, said(text, "ABX", "DRUG")])) == [("ABX", "DRUG", "x:1")]


def test_proteins_that_a_drug_list_holds() -> None:
    text = "urokinase"
    drug, protein = known(text, text, "DRUG"), said(text, text, "PROTEIN")
    assert drugs_apart([drug, protein]) == [protein]
    assert drugs_apart([drug]) == [drug]
    small = Candidate(0, 9, "DRUG", "x:1", "metformin")  # a word of no protein's name
    assert drugs_apart([small, protein]) == [small, protein]
    mab = Candidate(0, 9, "DRUG", "x:1", "bevacizumab")
    assert drugs_apart([mab, protein]) == [mab, protein]


@pytest.mark.parametrize(
    ("text", "found", "tidy"),
    [
        ("Akt-FOXO axis", (0, 4), "Akt"),
        ("Galpha (12) rose", (0, 10), "Galpha (12)"),
        ("(DOTAP) rose", (1, 7), "DOTAP"),
        ("[18F] FDG rose", (0, 9), "[18F] FDG"),
        ("protein kinase C.", (0, 17), "protein kinase C"),
        ("gliomas of mice", (0, 10), "gliomas"),
    ],
)
def test_a_models_span_is_tidied(text: str, found: tuple[int, int], tidy: str) -> None:
    (candidate,) = model_evidence(text, [(*found, "Gene_or_gene_product", 0.8)])
    assert text[candidate.start : candidate.end] == tidy
    assert model_evidence(text, [(*found, "Tissue", 0.8)]) == []


def test_brackets_of_chemistry_and_of_citations() -> None:
    assert wordlike("benzo[a]pyrene")
    assert wordlike("[1-13C] glucose")
    assert not wordlike("cisplatin [3, 4]")
    assert not wordlike("a | b")


def test_each_member_of_a_range_of_mirnas_is_a_mention() -> None:
    text = "let-7a-g"
    members = [(0, 6, "a"), *((6, 7, letter) for letter in "bcdef"), (7, 8, "g")]
    evidence = [Candidate(a, b, "MIRNA", f"mirbase:{c}", f"let-7{c}", "grammar") for a, b, c in members]
    assert [p.candidates[0].name for p in resolve(text, evidence)] == [f"let-7{c}" for c in "abcdefg"]


def test_a_gene_stays_in_its_variant() -> None:
    text = "Cells with EGFR T790M grew."
    evidence = [
        known(text, "EGFR", "PROTEIN", "hgnc:3236"),
        known(text, "EGFR T790M", "VARIANT", "exomine:egfr-t790m"),
        said(text, "EGFR T790M", "PROTEIN"),
    ]
    assert ("EGFR", "PROTEIN", "hgnc:3236") in shown(text, resolve(text, evidence))
