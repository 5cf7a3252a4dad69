"""Scorers of mentions, with hand-computed figures."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from exomine.evaluation.entities import (
    CG_LABELS,
    Marked,
    Score,
    comparable,
    conventional,
    evaluate,
    flat,
    listed,
    model_mentions,
    read_ab3p,
    read_iob,
    read_standoff,
    score_abbreviations,
    score_spans,
)  # fmt: skip

from helpers.entity_chain import entity_chain


def test_scores_count_what_is_missed_and_what_is_spurious() -> None:
    gold = frozenset({(0, 3, "DRUG"), (5, 9, "CANCER")})
    predicted = frozenset({(0, 3, "DRUG"), (5, 8, "CANCER"), (11, 12, "DRUG")})
    scores = score_spans([(gold, predicted)], ["CANCER", "DRUG", "PROTEIN"])
    assert scores["DRUG"] == Score(1, 1, 0)
    assert scores["CANCER"] == Score(0, 1, 1)
    assert scores["PROTEIN"].f1 == 0.0
    assert (scores["all"].precision, scores["all"].recall) == (1 / 3, 1 / 2)
    assert scores["all"].f1 == 2 * 1 / (2 + 2 + 1)


def test_iob_as_text(tmp_path: Path) -> None:
    lines = [
        "Loss\tO",
        "of\tO",
        "PTEN\tB-Gene_or_gene_product",
        "in\tO",
        "lung\tB-Cancer",
        "cancer\tI-Cancer",
        ".\tO",
        "",
        "p53\tB-Gene_or_gene_product",
        "",
    ]
    path = tmp_path / "a.tsv"
    path.write_text("\n".join(lines), encoding="utf8")
    first, second = read_iob(path, CG_LABELS)
    assert first.text == "Loss of PTEN in lung cancer."
    assert {(first.text[a:b], label) for a, b, label in first.spans} == {("PTEN", "PROTEIN"), ("lung cancer", "CANCER")}
    assert second.spans == frozenset({(0, 3, "PROTEIN")})


def test_standoff(tmp_path: Path) -> None:
    (tmp_path / "1.a1").write_text("T1\tgene 0 4\tPTEN\nT2\tmutation 5 9\tloss\n", encoding="utf8")
    (tmp_path / "1.txt").write_text("PTEN loss", encoding="utf8")
    (gold,) = read_standoff(tmp_path, {"gene": "PROTEIN"})
    assert (gold.text, gold.spans) == ("PTEN loss", frozenset({(0, 4, "PROTEIN")}))


def test_abbreviation_pairs(tmp_path: Path) -> None:
    path = tmp_path / "pairs"
    path.write_text(
        (
            "1\nTitle\nWe saw tumor necrosis factor (TNF) here (ABC).\n  TNF|tumor necrosis factor\n  ABC|all "
            "but cats\n\n2\nNone\n"
        ),
        encoding="utf8",
    )
    records = list(read_ab3p(path))
    assert [len(pairs) for _, pairs in records] == [2, 0]
    assert score_abbreviations(records) == Score(1, 0, 1)


def test_mentions_as_flat_corpora_mark_them() -> None:
    nlp = entity_chain()
    doc = nlp("MCF-7 cells showed tumor growth after chemotherapy via PI3K/AKT signaling.")
    spans = {(doc.text[a:b], label) for a, b, label in comparable(doc)}
    assert {("MCF-7 cells", "CELL_TYPE"), ("tumor", "CANCER"), ("PI3K", "PROTEIN"), ("AKT", "PROTEIN")} <= spans
    assert ("chemotherapy", "DRUG") not in spans
    nested = frozenset({(0, 19, "CELL_TYPE"), (0, 13, "CANCER"), (30, 34, "DRUG")})
    assert flat(nested, ["CELL_TYPE", "CANCER"]) == frozenset({(0, 19, "CELL_TYPE")})


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("cell-cell contact", ("cell-cell contact", "PROCESS"),
         {("cell-cell contact", "PROCESS"), ("cell", "CELL_TYPE")}),
        ("programmed cell death", ("programmed cell death", "PROCESS"),
         {("programmed cell death", "PROCESS"), ("cell", "CELL_TYPE")}),
        ("growth of tumors", ("growth of tumors", "PROCESS"), {("growth of tumors", "PROCESS"), ("tumors", "CANCER")}),
        ("Lewis lung carcinoma", ("Lewis lung carcinoma", "CELL_LINE"), {("Lewis lung carcinoma", "CANCER")}),
        ("MCF-7 cells", ("MCF-7", "CELL_LINE"), {("MCF-7 cells", "CELL_TYPE")}),
        ("anti-cancer drugs", ("anti-cancer drugs", "DRUG", "exomine:chemotherapy"), {("cancer", "CANCER")}),
        ("anticancer drugs", ("anticancer drugs", "DRUG", "exomine:chemotherapy"), {("anticancer", "CANCER")}),
        ("kinase inhibitor", ("kinase inhibitor", "DRUG"), set()),
        ("kinase inhibitor", ("kinase inhibitor", "DRUG", "", True), {("kinase inhibitor", "DRUG")}),
        ("L-arginine", ("L-arginine", "DRUG"), set()),
        ("cytokines", ("cytokines", "PROTEIN"), set()),
        ("miRNAs", ("miRNAs", "PROTEIN"), set()),
        ("miR-21", ("miR-21", "MIRNA"), {("miR-21", "PROTEIN")}),
        ("tumor tissue", ("tumor", "CANCER", "doid:162"), set()),
        ("tumor growth", ("tumor", "CANCER", "doid:162"), {("tumor", "CANCER")}),
        ("carcinoma of the stomach", ("carcinoma of the stomach", "CANCER"), {("carcinoma", "CANCER")}),
        ("metastatic melanoma", ("metastatic melanoma", "CANCER"), {("melanoma", "CANCER")}),
        ("myelodysplastic syndrome", ("myelodysplastic syndrome", "CANCER"), set()),
        ("melanoma tissues", ("melanoma", "CANCER", "x:1"), set()),
    ],
)  # fmt: skip
def test_conventions_are_the_same_for_every_source(
    text: str, marked: tuple[str, str], expected: set[tuple[str, str]]
) -> None:
    start = text.index(marked[0])
    found = conventional(text, [Marked(start, start + len(marked[0]), *marked[1:])], mirna_label="PROTEIN")
    assert {(text[a:b], label) for a, b, label in found} == expected


def test_a_model_alone_goes_through_the_conventions() -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [{"label": "Simple_chemical", "pattern": "chemotherapy"}, {"label": "Cancer", "pattern": "glioma"}]
    )
    text = "chemotherapy of glioma"
    assert model_mentions(nlp, text) == {(0, 12, "DRUG"), (16, 22, "CANCER")}
    assert model_mentions(nlp, text, lambda *_: "exomine:chemotherapy") == {(16, 22, "CANCER")}


def test_cancers_as_word_lists_have_them() -> None:
    text = "stage III breast cancer and oma"
    spans = frozenset({(0, 23, "CANCER"), (28, 31, "CANCER"), (0, 5, "DRUG")})
    find = {"stage III breast cancer": [(10, 23), (17, 23)]}
    assert listed(text, spans, lambda part: find.get(part, [])) == {
        (10, 23, "CANCER"),
        (28, 31, "CANCER"),
        (0, 5, "DRUG"),
    }


def test_members_of_a_list_keep_the_space_before_their_hyphen(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("\n".join(f"{w}\tO" for w in ("MMP", "-", "2", "and", "-", "9", "rose", ".")), encoding="utf8")
    assert [g.text for g in read_iob(path, CG_LABELS)] == ["MMP-2 and -9 rose."]


def test_a_pipeline_is_evaluated(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("Cisplatin\tB-Simple_chemical\nkills\tO\n", encoding="utf8")
    assert evaluate(entity_chain(), read_iob(path, CG_LABELS), ["DRUG"])["DRUG"] == Score(1, 0, 0)
