"""The shipped lexicon and a lab's own term files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from exomine.errors import ResourceError, TermsError
from exomine.resources import lexicon_path
from exomine.vocabulary.entities import ENTITY_TYPES, LABELS
from exomine.vocabulary.normal import key
from exomine.vocabulary.terms import CASES, STATUSES, cell_lines, read_lexicon, read_stop_terms, read_terms, sha256

HEADER = "label,curie,name,synonym,reason\n"


@pytest.fixture(scope="module")
def columns() -> dict[str, list[str]]:
    return {name: [str(v) for v in values] for name, values in read_lexicon().items()}


def test_the_lexicon_is_what_its_manifest_says() -> None:
    manifest = json.loads((lexicon_path() / "manifest.json").read_text(encoding="utf8"))
    for name, expected in manifest["sha256"].items():
        assert sha256(lexicon_path() / name) == expected, name


def test_rows_are_sorted_and_keep_to_their_values(columns: dict[str, list[str]]) -> None:
    assert columns["key"] == sorted(columns["key"])
    assert set(columns["label"]) <= set(LABELS)
    assert set(columns["status"]) <= set(STATUSES)
    assert set(columns["case"]) <= set(CASES)


def test_curies_have_a_prefix_that_their_label_allows(columns: dict[str, list[str]]) -> None:
    allowed = {t.label: {*t.prefixes, *(("exomine",) if t.may_mint else ())} for t in ENTITY_TYPES}
    prefixes = {
        (label, curie.split(":")[0]) for label, curie in zip(columns["label"], columns["curie"], strict=True) if curie
    }
    assert {(label, p) for label, p in prefixes if p not in allowed[label]} == set()


def test_keys_are_normal_forms(columns: dict[str, list[str]]) -> None:
    for k, synonym in list(zip(columns["key"], columns["synonym"], strict=True))[::997]:
        assert k == key(synonym)


def test_cell_lines_know_their_cancer() -> None:
    lines = {line.name: line for line in cell_lines().values()}
    assert lines["MCF-7"].cancer_name == "breast cancer"
    assert lines["MCF-7"].cancer_curie == "doid:1612"
    assert lines["BGC-823"].curie == "exomine:cell-bgc-823"
    assert lines["HEK293"].cancer_curie == ""


def test_a_missing_lexicon_is_told(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="lexicon cannot be read"):
        read_lexicon(tmp_path)


def test_own_terms(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(HEADER + 'DRUG,exomine:lab-7,LAB-7,"LAB-7|LAB seven",our compound\n', encoding="utf8")
    terms = read_terms(path)
    assert [(t.key, t.synonym, t.status, t.case) for t in terms] == [
        ("lab 7", "LAB-7", "lab", "symbol"),
        ("lab seven", "LAB seven", "lab", "any"),
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("DRUGS,,x,x,y", "line 2: unknown label 'DRUGS'"),
        ("PROTEIN,uniprot:P1,x,x,y", "line 2: CURIE 'uniprot:P1' of a PROTEIN: expected hgnc:... or fplx:..."),
        ("CANCER,exomine:x,x,x,y", "line 2: CURIE"),
        ("DRUG,,,x,y", "line 2: the name is empty"),
        ("DRUG,,x,x,y,z", "line 2: more cells"),
        ("DRUG,,x,---,y", "line 2: synonym '---'"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(HEADER + row + "\n", encoding="utf8")
    with pytest.raises(TermsError) as caught:
        read_terms(path)
    assert message in str(caught.value)
    assert "own.csv" in str(caught.value)


def test_stop_terms(tmp_path: Path) -> None:
    path = tmp_path / "stop.csv"
    path.write_text("synonym,reason,label\nTEM,electron microscopy,\nMSC,here cells,PROTEIN\n", encoding="utf8")
    assert [(s.key, s.label, s.reason) for s in read_stop_terms(path)] == [
        ("tem", "", "electron microscopy"),
        ("msc", "PROTEIN", "here cells"),
    ]
    path.write_text("synonym,reason\nTEM,\n", encoding="utf8")
    with pytest.raises(TermsError, match="line 2: the reason is empty"):
        read_stop_terms(path)
    path.write_text("word\nTEM\n", encoding="utf8")
    with pytest.raises(TermsError, match="column synonym, reason is missing"):
        read_stop_terms(path)
