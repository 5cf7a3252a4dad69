"""The cases of the benchmark on public corpora: readers on miniature files of the same form, counts by hand."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

CASES = Path(__file__).parents[2] / "benchmarks" / "public" / "cases.py"
TEXT = "AGR9 raises response to dasatinib in glioma; AGR9 loss marks glioma."


@pytest.fixture(scope="module")
def cases() -> ModuleType:
    spec = importlib.util.spec_from_file_location("public_cases", CASES)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look for their module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def civicmine(tmp_path: Path) -> Path:
    folder = tmp_path / "civicmine" / "training"
    folder.mkdir(parents=True)
    names = [("gene", "AGR9"), ("drug", "dasatinib"), ("cancer", "glioma"), ("variant", "loss")]
    rows = [
        f"T{k}\t{kind} {TEXT.index(name)} {TEXT.index(name) + len(name)}\t{name}"
        for k, (kind, name) in enumerate(names, 1)
    ]
    stated = ["R1\tPredictive cancer:T3 drug:T2 gene:T1", "R2\tAssociatedVariant gene:T1 variant:T4"]
    for ending, content in (
        ("txt", TEXT),
        ("a1", "\n".join(rows)),
        ("a2", "\n".join(stated)),
        ("json", json.dumps({"pmid": 12})),
    ):
        (folder / f"1.{ending}").write_text(content, encoding="utf-8")
    return tmp_path


def test_relations_keep_all_their_arguments(cases: ModuleType, civicmine: Path) -> None:
    (case,) = cases.read("civicmine", civicmine)
    assert case.doc == "12"
    assert case.stated == {("Predictive", (2, 1, 0)), ("AssociatedVariant", (0, 3))}
    assert list(case.candidates(("cancer", "drug", "gene"))) == [(2, 1, 0)]


def test_sentences_of_one_document_are_in_one_fold(cases: ModuleType) -> None:
    folds = {cases.Case(str(k), "12", "", (), frozenset()).fold for k in range(20)}
    assert len(folds) == 1


def test_counts_by_hand(cases: ModuleType, civicmine: Path) -> None:
    (case,) = cases.read("civicmine", civicmine)
    ways = cases.COUNTS["civicmine"]
    said = {case.id: [("Predictive", (1, 0)), ("Prognostic", (2, 0))]}
    assert cases.counted([case], said, ways["relations"]) == {"f1": 0, "precision": 0, "recall": 0, "gold": 2}
    assert cases.counted([case], said, ways["pairs"])["f1"] == 0.5
    assert cases.counted([case], said, ways["pairs, variants left out"])["recall"] == 1
    assert cases.counted([case], {case.id: []}, ways["relations"])["precision"] == 0


def test_marked_names_of_microrna_sentences(cases: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "mmic"
    folder.mkdir()
    text = "&amp;lt;miRNA&amp;gt;miR-9&amp;lt;/miRNA&amp;gt; lowers &amp;lt;Gene&amp;gt;AGR9&amp;lt;/Gene&amp;gt;."
    relation = '<annotation><infon key="relation">Positive</infon></annotation>'
    passage = f"<passage><text>{text}</text>{relation}</passage>"
    whole = f"<collection><document><id>7</id>{passage}</document></collection>"
    for part in ("train", "dev"):
        (folder / f"{part}.xml").write_text(whole, encoding="utf-8")
    first, second = cases.read("mmic", tmp_path)
    assert first.text == "miR-9 lowers AGR9."
    assert [first.text[a:b] for a, b, _ in first.mentions] == ["AGR9", "miR-9"]
    assert first.stated == {("related", (0, 1))}
    assert (first.doc, first.fold) == (second.doc, second.fold)


def test_a_folder_without_the_corpus_is_told(cases: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="holds no cases of cancermine"):
        cases.read("cancermine", tmp_path)
