"""What is taken for a gene or drug and is none: by its word, and by the words around it."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest
from exomine.nlp.mentions.evidence import Candidate
from exomine.nlp.mentions.inhibitors import inhibitors
from exomine.nlp.mentions.matcher import lexicon_matcher
from exomine.nlp.mentions.noise import is_noise, printed_names, words
from exomine.nlp.mentions.support import supported

KINDS = {"reagent", "assay", "database", "statistic", "control"}


def at(text: str, part: str, label: str = "PROTEIN", **facts: object) -> Candidate:
    start = text.index(part)
    return Candidate(start, start + len(part), label, **{"method": "model", **facts})  # type: ignore[arg-type]


def test_every_word_has_a_kind_and_an_example() -> None:
    with files("exomine.nlp.mentions").joinpath("noise.tsv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t"))
    assert {r["kind"] for r in rows} == KINDS
    assert all(r["example"] for r in rows)
    assert len({r["word"] for r in rows}) == len(rows) == len(words())


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("The pellet was washed in PBS and kept.", "PBS"),
        ("The medium was DMEM/F12 with 10% FBS.", "DMEM/F12"),
        ("Growth was told by CCK-8 after two days.", "CCK-8"),
        ("Terms of KEGG were enriched.", "KEGG"),
        ("A lesion was seen by PET/CT.", "PET/CT"),
        ("Survival was worse (HR = 2.4).", "HR"),
        ("It was 0.7 (95% CI 0.4 to 0.9).", "CI"),
        ("The median OS was 14 months.", "OS"),
        ("Rates of CR, PR and SD did not differ.", "PR"),
        ("GAPDH was used as the loading control.", "GAPDH"),
        ("Amounts were normalized to β-actin in each lane.", "β-actin"),
        ("An insulin-like piece was cut.", "insulin"),
        ("Senescence came with 5-Brd-2′-dU alone.", "Brd-2"),
        ("Women of CALGB 9344 were asked.", "CALGB 9344"),
    ],
)
def test_noise(text: str, part: str) -> None:
    assert is_noise(text, at(text, part))
    assert supported(text, [at(text, part)]) == []


def test_what_is_said_to_be_no_cancer() -> None:
    text = "The compound is used in noncancer diseases and in cancer."
    assert is_noise(text, at(text, "noncancer", "CANCER"))
    assert not is_noise(text, at(text, "cancer.", "CANCER"))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("GAPDH promotes the growth of glioma.", "GAPDH"),
        ("PR and ER are lost in these tumours.", "PR"),
        ("BCA gene was silenced.", "BCA"),
        ("The expression of insulin fell.", "insulin"),
        ("Amounts were told by blots. GAPDH binds TP53. The loading control is not shown.", "GAPDH"),
    ],
)
def test_no_noise(text: str, part: str) -> None:
    assert not is_noise(text, at(text, part))


def test_a_labs_own_term_and_a_definition_stay() -> None:
    text = "The pellet was washed in PBS."
    assert not is_noise(text, at(text, "PBS", method="lexicon", status="lab"))
    assert not is_noise(text, at(text, "PBS", method="abbreviation"))


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Arden B, Berg CD, Corwin E, Dahl F. A title.", ["Berg CD"]),
        ("Berg-Olsen A, Fås M and Dahl FG wrote it.", ["Dahl"]),
        ("It stood in J Biol Chem last year, as in Nat Cell Biol. and Cancer Lett before.", ["Nat Cell", "Cancer"]),
        ("We saw cyclin A and cells of cancer in blood.", []),
        ("Cell death and lung cancer were seen.", []),
    ],
)
def test_printed_names(text: str, inside: list[str]) -> None:
    found = printed_names(text, [])
    for part in inside:
        start = text.index(part)
        assert found.touching(start, start + len(part)), part
    assert bool(found.touching(0, len(text))) == bool(inside)


def test_a_list_of_genes_is_no_list_of_authors() -> None:
    text = "Cyclin D, Cyclin E, Cathepsin B were seen."
    assert printed_names(text, []).touching(0, len(text))
    assert not printed_names(text, [at(text, "Cyclin D", method="lexicon")]).touching(0, len(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PARPi and MEKi were given.", [("PARPi", "DRUG"), ("MEKi", "DRUG")]),
        ("With CDK4/6i it fell.", [("CDK4/6i", "DRUG")]),
        ("RNAi, siRNA and Pi were used.", []),
        ("XQZWi was used.", []),
    ],
)
def test_inhibitors_by_their_target(text: str, found: list[tuple[str, str]]) -> None:
    got = list(inhibitors(text, lexicon_matcher().lookup))
    assert [(text[c.start : c.end], c.label) for c in got] == found
    assert all(c.name for c in got)


@pytest.mark.parametrize("text", ["PBS-treated mice slept.", "Mice got gefitinib or PBS (n = 6).", "PBS, orally"])
def test_a_buffer_that_an_arm_of_a_study_was_given_is_kept(text: str) -> None:
    assert not is_noise(text, at(text, "PBS", label="DRUG"))
