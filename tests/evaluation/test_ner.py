"""Entity scores, counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from exomine.evaluation.ner import EntityScores, detokenise, evaluate_entities, read_iob

IOB = """MiR\tB-Gene
-\tI-Gene
21\tI-Gene
in\tO
HeLa\tB-Cell
cells\tI-Cell
.\tO

Lung\tB-Organ
"""


@pytest.fixture
def gold(tmp_path: Path) -> list[list[tuple[str, str]]]:
    path = tmp_path / "gold.tsv"
    path.write_text(IOB, encoding="utf8")
    return read_iob(path)


def test_detokenised_text_and_spans(gold: list[list[tuple[str, str]]]) -> None:
    text, spans = detokenise(gold[0])
    assert text == "MiR-21 in HeLa cells."
    assert [(text[s:e], label) for s, e, label in spans] == [("MiR-21", "Gene"), ("HeLa cells", "Cell")]


def test_neighbours_of_one_label_stay_apart() -> None:
    _text, spans = detokenise([("A549", "B-Cell"), ("H1299", "B-Cell")])
    assert len(spans) == 2


def test_inside_tag_without_a_beginning_begins_a_span() -> None:
    assert detokenise([("in", "O"), ("liver", "I-Organ")])[1] == [(3, 8, "Organ")]


def test_counts_by_hand() -> None:
    scores = EntityScores()
    scores.add(
        {(0, 5, "Gene"), (10, 14, "Cell"), (20, 22, "Cell")}, {(0, 5, "Gene"), (10, 15, "Cell"), (30, 31, "Organ")}
    )
    assert (scores.micro.right, scores.micro.wrong, scores.micro.missed) == (1, 2, 2)
    assert scores.micro.precision == pytest.approx(1 / 3)
    assert scores.micro.recall == pytest.approx(1 / 3)
    assert scores.label("Gene").f1 == 1.0
    assert scores.label("Cell").f1 == 0.0
    assert scores.labels == ["Cell", "Gene", "Organ"]  # a label that is only predicted counts too


def test_a_span_with_the_wrong_label_is_wrong_and_missed() -> None:
    scores = EntityScores()
    scores.add({(0, 5, "Gene")}, {(0, 5, "Cell")})
    assert scores.label("Cell").wrong == 1
    assert scores.label("Gene").missed == 1


def test_one_gold_span_matches_one_prediction() -> None:
    scores = EntityScores()
    scores.add([(0, 5, "Gene")], [(0, 5, "Gene"), (0, 5, "Gene")])
    assert (scores.micro.right, scores.micro.wrong) == (1, 1)


def test_pipeline_is_scored_on_raw_text(gold: list[list[tuple[str, str]]]) -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "Cell", "pattern": "HeLa cells"}, {"label": "Gene", "pattern": "Lung"}])  # type: ignore[attr-defined]
    scores = evaluate_entities(nlp, gold)
    assert (scores.micro.right, scores.micro.wrong, scores.micro.missed) == (1, 1, 2)
    renamed = evaluate_entities(nlp, gold, labels={"Organ": "Gene", "Gene": "-"})
    assert (renamed.micro.right, renamed.micro.wrong, renamed.micro.missed) == (2, 0, 0)
