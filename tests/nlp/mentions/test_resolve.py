"""The merging rule of docs/entities.md."""

from __future__ import annotations

import pytest
from exomine.nlp.extensions import MENTIONS
from exomine.nlp.mentions.evidence import Candidate
from exomine.nlp.mentions.ground import grounding_of
from exomine.nlp.mentions.resolve import Place, resolve
from exomine.vocabulary.entities import ENTITY_TYPES, LABELS, EntityType
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from helpers.entity_chain import entity_chain

NLP = entity_chain()


def at(text: str, part: str, label: str, **kwargs: object) -> Candidate:
    start = text.index(part)
    return Candidate(start, start + len(part), label, **kwargs)  # type: ignore[arg-type]


def shown(text: str, places: list[Place]) -> list[tuple[str, str, str]]:
    return [(text[p.start : p.end], p.label, p.candidates[0].curie) for p in places]


def test_the_papers_definition_beats_the_lexicon() -> None:
    text = "AGS grew."
    lexicon = at(text, "AGS", "PROTEIN", curie="hgnc:1", name="X", status="synonym")
    own = at(text, "AGS", "CANCER", curie="doid:1", name="Y", method="abbreviation", score=0.97)
    assert shown(text, resolve(text, [lexicon, own])) == [("AGS", "CANCER", "doid:1")]


def test_a_definition_of_nothing_takes_doubtful_readings_away() -> None:
    text = "OS was long."
    for status, guard, kept in (("synonym", "", 0), ("name", "", 1), ("name", "short", 0), ("lab", "", 1)):
        lexicon = at(text, "OS", "CANCER", curie="doid:1", name="X", status=status, guard=guard)
        nothing = at(text, "OS", "", method="abbreviation")
        assert len(resolve(text, [lexicon, nothing])) == kept, (status, guard)


def test_a_labs_term_beats_all_else_of_the_lexicon() -> None:
    text = "DOX was given."
    terms = [
        at(text, "DOX", "DRUG", curie="drugbank:1", name="a", status="curated"),
        at(text, "DOX", "PROTEIN", curie="hgnc:1", name="b", status="lab"),
    ]
    assert shown(text, resolve(text, terms)) == [("DOX", "PROTEIN", "hgnc:1")]


def test_guarded_terms_need_the_models_word() -> None:
    text = "MET was amplified."
    guarded = at(text, "MET", "PROTEIN", curie="hgnc:1", name="MET", status="name", guard="word", score=0.57)
    assert resolve(text, [guarded]) == []
    said = at(text, "MET", "PROTEIN", method="model", score=0.9)
    assert shown(text, resolve(text, [guarded, said])) == [("MET", "PROTEIN", "hgnc:1")]
    other = at(text, "MET", "CELL_TYPE", method="model", score=0.9)
    assert shown(text, resolve(text, [guarded, other])) == [("MET", "CELL_TYPE", "")]


def test_longest_match_and_one_mention_a_place() -> None:
    text = "lung adenocarcinoma"
    long = at(text, "lung adenocarcinoma", "CANCER", curie="doid:1", name="a", status="name")
    short = at(text, "adenocarcinoma", "CANCER", curie="doid:2", name="b", status="curated")
    assert shown(text, resolve(text, [short, long])) == [("lung adenocarcinoma", "CANCER", "doid:1")]


def test_a_cancer_lies_inside_the_cells_of_the_model() -> None:
    text = "breast cancer cells"
    cancer = at(text, "breast cancer", "CANCER", curie="doid:1612", name="breast cancer", status="name")
    cells = at(text, text, "CELL_TYPE", method="model", score=0.9)
    assert [p.label for p in resolve(text, [cancer, cells])] == ["CELL_TYPE", "CANCER"]


def test_a_process_is_cut_where_a_cancers_name_ends() -> None:
    text = "breast cancer progression"
    cancer = at(text, "breast cancer", "CANCER", curie="doid:1612", name="breast cancer", status="name")
    process = at(text, "cancer progression", "PROCESS", curie="exomine:tumor-progression", name="tumor progression")
    assert [t for t, *_ in shown(text, resolve(text, [cancer, process]))] == ["breast cancer", "progression"]


def test_a_chemical_in_a_proteins_name_is_no_drug() -> None:
    text = "glutamate receptor and glutamate"
    drugs = [
        Candidate(0, 9, "DRUG", "drugbank:1", "glutamic acid"),
        Candidate(23, 32, "DRUG", "drugbank:1", "glutamic acid"),
    ]
    assert [p.start for p in resolve(text, drugs)] == [23]


def test_what_only_the_model_knows_is_kept_with_its_score() -> None:
    text = "GPZX9 rose."
    (place,) = resolve(text, [at(text, "GPZX9", "PROTEIN", method="model", score=0.83)])
    assert (place.method, place.score) == ("model", 0.83)
    assert resolve(text, [at(text, "GPZX9", "PATHWAY", method="model")]) == []
    assert resolve("et al. [3]", [Candidate(0, 6, "PROTEIN", method="model")]) == []


CANDIDATES = st.builds(
    lambda start, size, label, method, status, guard: Candidate(
        start, min(40, start + size), label, f"x:{size}", "n", method, 0.5, status, guard
    ),
    st.integers(0, 39), st.integers(1, 12), st.sampled_from([*LABELS, ""]),
    st.sampled_from(["model", "lexicon", "grammar", "abbreviation"]), st.sampled_from(["", "lab", "name", "synonym"]),
    st.sampled_from(["", "short"]),
)  # fmt: skip


@given(st.lists(CANDIDATES, max_size=25))
def test_mentions_never_cross_nor_share_a_place(candidates: list[Candidate]) -> None:
    places = resolve("abcd efgh " * 4, candidates)
    assert places == sorted(places, key=lambda p: (p.start, -p.end))
    # only the dash of a range of miRNAs holds several
    assert len({(p.start, p.end, p.label == "MIRNA" and p.candidates[0].curie) for p in places}) == len(places)
    for a in places:
        for b in places:
            assert not (a.start < b.start < a.end < b.end)
    assert resolve("abcd efgh " * 4, list(reversed(candidates))) == places


def mentions(doc: Doc) -> set[tuple[str, str]]:
    return {(s.text, s.label_) for s in doc.spans[MENTIONS]}


@pytest.mark.parametrize("entity", ENTITY_TYPES, ids=lambda e: e.label)
def test_examples_of_every_type(entity: EntityType) -> None:
    for sentence, mention in entity.positive:
        assert (mention, entity.label) in mentions(NLP(sentence)), sentence
    for sentence, other in entity.negative:
        assert (other, entity.label) not in mentions(NLP(sentence)), sentence


def test_a_range_of_mirnas_keeps_every_identity() -> None:
    doc = NLP("Both let-7a-g and miR-200a-c fell.")
    spans = [s for s in doc.spans[MENTIONS] if s.label_ == "MIRNA"]
    assert [s._.name for s in spans] == [*(f"let-7{c}" for c in "abcdefg"), "miR-200a", "miR-200b", "miR-200c"]
    assert len({s.kb_id_ for s in spans}) == len(spans)
    assert [grounding_of(s).name for s in spans] == [s._.name for s in spans]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MMP-2 and -9 rose.", ["MMP-2", "-9"]),
        ("Brn-3a, a factor of neurons, rose.", ["Brn-3a"]),
        ("Annexins (I, II) rose.", ["I", "II"]),
    ],
)
def test_members_of_enumerations_as_written(text: str, expected: list[str]) -> None:
    doc = NLP(text)
    found = [s.text for s in doc.spans[MENTIONS] if s.label_ == "PROTEIN"]
    assert [f for f in found if f in expected] == expected
    assert "a" not in found


def test_entities_are_the_longest_mentions_that_do_not_overlap() -> None:
    doc = NLP("Exosomal miR-21 confers cisplatin resistance in gastric cancer.")
    assert [(e.text, e.label_) for e in doc.ents] == [
        ("Exosomal", "VESICLE"), ("miR-21", "MIRNA"), ("cisplatin", "DRUG"), ("gastric cancer", "CANCER"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Chemoresistance is common.", "Chemoresistance", "chemotherapy"),
        ("Multidrug resistance (MDR) is common, and MDR kills.", "MDR", "multiple drugs"),
        ("Drug resistance was seen.", "Drug", "drug"),
        ("Resistance to chemotherapeutic drugs.", "chemotherapeutic drugs", "chemotherapy"),
    ],
)
def test_generic_drugs(text: str, mention: str, name: str) -> None:
    doc = NLP(text)
    assert (mention, "DRUG", name) in {(s.text, s.label_, s._.name) for s in doc.spans[MENTIONS]}


def test_mdr_genes_are_no_drug() -> None:
    doc = NLP("The MDR genes and MDR proteins are many.")
    assert mentions(doc) == set()
