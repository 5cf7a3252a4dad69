"""Identifiers depend on content and on nothing else."""

from __future__ import annotations

from exomine.tables.ids import (
    bare,
    content_hash,
    entity_key,
    id_pattern,
    lettered,
    normalise_name,
    normalise_sentence,
    triple_id,
)
from hypothesis import given
from hypothesis import strategies as st


def test_known_hash():
    # printf 'a\x1fb' | sha256sum
    assert content_hash("a", "b") == "f04cdced9736a69d"


@given(st.lists(st.text(alphabet="ab"), min_size=2, max_size=4))
def test_parts_are_kept_apart(parts):
    assert content_hash(*parts) != content_hash("".join(parts))
    assert content_hash(*parts) == content_hash(*parts)


def test_names_differ_in_more_than_dashes_and_spaces():
    assert normalise_name("MiR‑21 ") == normalise_name("mir-21") == "mir-21"
    assert normalise_name("miR-21") != normalise_name("miR-22")


def test_a_code_is_one_name_however_it_is_joined():
    assert normalise_name("XR-2940") == normalise_name("XR2940") == normalise_name("xr 2940")
    assert normalise_name("PX-β2") == normalise_name("PX-beta 2")
    assert normalise_name("XR-2940") != normalise_name("XR-294")


def test_a_pdf_and_an_xml_give_the_same_sentence():
    pdf = "miR-21 confers multi-drug resistance[3,4] in β-cells."
    xml = "miR-21 confers multidrug resistance [3, 4] in β-cells."
    assert normalise_sentence(pdf) == normalise_sentence(xml)
    assert normalise_sentence("It rose to 3.") != normalise_sentence("It rose to 4.")


def test_entity_key_prefers_the_curie():
    assert entity_key("hgnc:1", "PROTEIN", "PTEN") == "hgnc:1"
    assert entity_key("", "PROTEIN", "PTEN") == "PROTEIN:pten"
    assert entity_key("", "CANCER", "") == ""


def test_each_slot_of_a_triple_counts():
    base = ("a:1", "promotes", "b:2", "", "asserted")
    variants = {
        base,
        ("a:2", *base[1:]),
        (base[0], "inhibits", *base[2:]),
        (*base[:3], "c:3", "asserted"),
        (*base[:4], "negated"),
    }
    assert len({triple_id(*v) for v in variants}) == 5


def test_ids_have_the_letter_of_their_kind():
    key = triple_id("a:1", "promotes", "b:2", "", "asserted")
    assert key == "t" + content_hash("triple", "a:1", "promotes", "b:2", "", "asserted")
    assert bare(key) == key[1:]
    assert lettered("triple_id", key) == lettered("triple_id", key[1:]) == key
    assert lettered("evidence_id", "no id") == "no id"
    assert id_pattern("subject_mention_id") == "^m[0-9a-f]{16}$"
    assert id_pattern("doc_id") == "^[0-9a-f]{16}$"
