"""What a name stands for."""

from __future__ import annotations

import pytest
from exomine.errors import UsageError
from exomine.questions.names import predicate_names, wanted
from exomine.vocabulary.classes import is_retracted, narrower
from exomine.vocabulary.entities import LABELS
from exomine.vocabulary.predicates import AGENTS, PREDICATES

from helpers.tables import tables

TABLES = tables()


def curies(name, *, role="subject", labels=AGENTS):
    return wanted(TABLES, name, role=role, labels=labels).curies


@pytest.mark.parametrize("name", ["miR-21", "microRNA-21", "hsa-mir-21", "MIR 21"])
def test_a_mirna_without_an_arm_stands_for_its_arms(name):
    assert curies(name) >= {"mirbase:MI0000077", "mirbase.mature:MIMAT0000076", "mirbase.mature:MIMAT0004494"}


def test_an_arm_is_only_itself():
    assert curies("miR-21-5p") == {"mirbase.mature:MIMAT0000076"}


def test_a_family_stands_for_its_members_and_their_arms():
    assert curies("miR-200 family") >= {"mirbase:MI0000737", "mirbase.mature:MIMAT0000682"}


@pytest.mark.parametrize("name", ["cisplatin", "DDP", "CDDP", "Cisplatin "])
def test_a_drug_has_many_names(name):
    assert "drugbank:DB00515" in curies(name, role="object", labels=("DRUG",))


@pytest.mark.parametrize("name", ["gastric", "gastric cancer", "stomach cancer", "doid:10534"])
def test_a_cancer_is_found_by_its_organ_and_by_its_identifier(name):
    assert "doid:10534" in curies(name, role="cancer", labels=("CANCER",))


def test_a_cancer_stands_for_its_kinds_and_not_for_what_it_is_a_kind_of():
    assert "doid:10286" in curies("prostate cancer", role="cancer", labels=("CANCER",))
    assert "doid:10283" not in curies("prostate carcinoma", role="cancer", labels=("CANCER",))


def test_a_name_without_identifier_is_found_as_the_tables_write_it():
    assert wanted(TABLES, "=CMD()", role="object", labels=LABELS).names == {"=cmd()"}


def test_what_a_paper_writes_is_found_where_nobody_else_knows_it():
    assert wanted(TABLES, "<script>alert(1)</script>", role="subject", labels=AGENTS).names


@pytest.mark.parametrize(
    ("name", "role", "labels", "near"),
    [
        ("ciplatin", "object", ("DRUG",), "cisplatin"),
        ("gastrick", "cancer", ("CANCER",), "gastric cancer"),
        ("PTENN", "subject", AGENTS, "PTEN"),
    ],
)
def test_a_name_that_nobody_knows_is_told_with_its_neighbours(name, role, labels, near):
    with pytest.raises(UsageError, match=f"called '{name}'") as caught:
        wanted(TABLES, name, role=role, labels=labels)
    assert near in str(caught.value)


@pytest.mark.parametrize("name", ["foo:1", "doid:99999999"])
def test_an_identifier_that_nobody_has_is_told(name):
    with pytest.raises(UsageError, match=f"called '{name}'"):
        wanted(TABLES, name, role="cancer", labels=("CANCER",))


@pytest.mark.parametrize("name", ["miR-21; DROP", "miR-21 cisplatin"])
def test_a_microrna_with_other_words_is_none(name):
    with pytest.raises(UsageError, match="called"):
        wanted(TABLES, name, role="subject", labels=("MIRNA",))


def test_a_name_without_neighbours_is_told_with_a_remedy():
    with pytest.raises(UsageError, match="give another name or an identifier"):
        wanted(TABLES, "qqqqqqqqqqqqqqqq", role="subject", labels=("VESICLE",))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("resistance", ("confers_resistance_to",)), ("confers_resistance_to", ("confers_resistance_to",)),
        ("Upregulation", ("upregulates",)),
        ("increased expression", ("increased_in",)), ("expression", ("increased_in", "decreased_in")), ("cargo",
        ("cargo_of",)),
        ("biolink:biomarker_for", ("biomarker_for",)),
    ],
)  # fmt: skip
def test_words_for_predicates(word, expected):
    assert predicate_names(word) == expected


def test_every_predicate_has_a_word_of_its_own():
    for p in PREDICATES:
        assert predicate_names(p.arrow.replace("{o}", "")) == (p.name,)


@pytest.mark.parametrize("word", ["", "nonsense"])
def test_an_unknown_predicate_is_told_with_the_known_ones(word):
    with pytest.raises(UsageError, match="known: resistance, sensitivity"):
        predicate_names(word)


def test_kinds_of_cancers():
    assert {"doid:10283", "doid:10286"} <= narrower("doid:10283")
    assert narrower("drugbank:DB00515") == {"drugbank:DB00515"}


def test_the_list_of_retracted_articles():
    assert is_retracted("993")
    assert not is_retracted("994")
    assert not is_retracted("")
