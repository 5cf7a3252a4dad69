"""Names looked up by people."""

from __future__ import annotations

import pytest
from exomine.vocabulary.lookup import Lookup, shipped_lookup

ROWS = [
    ("doid:1", "CANCER", "stomach cancer", "gastric cancer", "synonym", "gastric cancer"),
    ("doid:1", "CANCER", "stomach cancer", "stomach cancer", "name", "stomach cancer"),
    ("doid:2", "CANCER", "gastric lymphoma", "gastric lymphoma", "name", "gastric lymphoma"),
    ("hgnc:1", "PROTEIN", "GAST", "gastrin", "synonym", "gastrin"),
    ("hgnc:2", "PROTEIN", "LAST", "late gastric factor", "synonym", "late gastric factor"),
    ("", "DRUG", "nameless", "gastric", "name", "gastric"),
]


@pytest.fixture(scope="module")
def lookup():
    return Lookup(ROWS)


def curies(found):
    return [f.curie for f in found]


def test_the_likeliest_come_first_and_each_once(lookup):
    assert curies(lookup.search("gastric")) == ["doid:1", "doid:2", "hgnc:2"]
    assert curies(lookup.search("Gastric  lymphoma")) == ["doid:2"]
    assert curies(lookup.search("gastr", labels=("PROTEIN",))) == ["hgnc:1", "hgnc:2"]
    assert curies(lookup.using({"doid:2": 9}).search("gastric")) == ["doid:2", "doid:1", "hgnc:2"]
    assert lookup.search("astric") == lookup.search("  ") == []


def test_an_identifier_is_found_however_it_is_written(lookup):
    assert lookup.search("DOID:2")[0].name == "gastric lymphoma"
    assert (lookup.entity("doid:1").name, lookup.entity("doid:1").synonym) == ("stomach cancer", "stomach cancer")
    assert lookup.entity("doid:9") is None
    assert curies(lookup.near("DOID_1")) == curies(lookup.near("doid : 1")) == ["doid:1"]
    assert curies(lookup.near("stomach cancer")) == ["doid:1"]


@pytest.mark.parametrize(
    ("said", "name"),
    [("DDP", "cisplatin"), ("gastric cancer", "stomach cancer"), ("miR-21-5p", "miR-21-5p"), ("p53", "TP53")],
)
def test_the_shipped_lexicon_knows_synonyms(said, name):
    assert shipped_lookup().search(said)[0].name == name
