"""The scorer of statements against gold triples, counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from exomine.errors import UsageError
from exomine.evaluation.triples import normalise_name, read_aliases, read_gold, score_triples

HEADER = "source\tsubject\tpredicate\tobject\tcancer\tassertion\trefs\n"
GOLD = (
    "text\tmiR-21\tconfers_resistance_to\tcisplatin\tgastric cancer\tasserted\t3,5-7\n"  # all right
    "text\tmiR-22\tpromotes|inhibits\tapoptosis\t\tnegated\t5\n"  # full; assertion and reference wrong
    "text\tmiR-23\tupregulates\tPTEN\tlung cancer\tasserted\t\n"  # triple; another cancer
    "text\tmiR-24\tupregulates\tPTEN\t\tasserted\t\n"  # pair; another predicate
    "text\tmiR-25\tupregulates\tPTEN\t\tasserted\t\n"  # nothing
    "table 1\tmiR-26\tbiomarker_for\tlymphoma\tlymphoma\tasserted\t\n"  # the object is the cancer
)
KEYS = ("subject_name", "predicate", "object_name", "cancer_name", "assertion", "citations", "source")
RELATIONS = [
    dict(zip(KEYS, row, strict=True))
    for row in (
        ("hsa-miR-21", "confers_resistance_to", "CDDP", "Gastric cancer", "asserted", "6", "text"),
        ("miR-22", "inhibits", "apoptosis", "", "asserted", "9", "text"),
        ("miR-23", "upregulates", "PTEN", "breast cancer", "asserted", "", "text"),
        ("miR-24", "downregulates", "PTEN", "", "asserted", "", "text"),
        ("miR-25", "upregulates", "TP53", "", "asserted", "", "text"),
        ("miR-26", "biomarker_for", "lymphoma", "lymphoma", "asserted", "", "table"),
    )
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.tsv"
    path.write_text(HEADER + GOLD, encoding="utf8")
    return path


def test_levels_by_hand(gold: Path) -> None:
    scores, share = score_triples(read_gold(gold), RELATIONS, aliases={"cisplatin": ("CDDP", "DDP")})
    text, table = scores["text"], scores["table"]
    assert (text.gold, text.pair, text.triple, text.full) == (5, 4, 3, 2)
    assert (text.assertion, text.refs_asked, text.refs) == (1, 2, 1)
    assert (table.gold, table.full) == (1, 1)
    assert [g.subject for g in text.missed] == [("mir-23",), ("mir-24",), ("mir-25",)]
    shares = {"pair": 0.8, "triple": 0.6, "full": 0.4, "assertion": 0.5, "refs": 0.5, "refs_exact": 0.0}
    assert text.figures() == {"gold": 5, **shares}
    # of the five distinct statements from prose, those on miR-21, miR-22 and miR-23 match a gold row
    assert share == pytest.approx(3 / 5)


@pytest.mark.parametrize(
    ("citations", "some", "exact"),
    [("3;5;6;7", 1, 1), ("1;2;3;4;5;6;7;8;9", 1, 0), ("3", 1, 0), ("9", 0, 0), ("", 0, 0)],
)
def test_citing_everything_is_not_exact(gold: Path, citations: str, some: int, exact: int) -> None:
    row = {**RELATIONS[0], "citations": citations}
    score = score_triples(read_gold(gold)[:1], [row], aliases={"cisplatin": ("CDDP",)})[0]["text"]
    assert (score.refs, score.refs_exact) == (some, exact)


def test_a_gold_row_that_nothing_matches_counts_whatever_its_predicate(gold: Path) -> None:
    score = score_triples(read_gold(gold), RELATIONS[2:5])[0]
    assert (score["text"].gold, score["table"].gold, score["table"].full) == (5, 1, 0)


def test_nothing_extracted_scores_nothing(gold: Path) -> None:
    scores, share = score_triples(read_gold(gold), [])
    assert scores["text"].recall() == 0
    assert share == 0


def test_statements_that_no_gold_row_has_lower_the_share(gold: Path) -> None:
    more = [*RELATIONS, {**RELATIONS[0], "subject_name": "miR-99"}]
    assert score_triples(read_gold(gold), more, aliases={"cisplatin": ("CDDP",)})[1] == pytest.approx(3 / 6)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("hsa-miR-21", "mir-21"), ("microRNA 21", "mir-21"), ("Exosomes", "exosome"), ("TNF-α", "tnf-alpha"),
     ("apoptosis", "apoptosis")],
)  # fmt: skip
def test_names(name: str, expected: str) -> None:
    assert normalise_name(name) == expected


def test_aliases(tmp_path: Path) -> None:
    (tmp_path / "aliases.tsv").write_text("# name\tmore\nexosome\tEV|vesicle\n", encoding="utf8")
    assert read_aliases(tmp_path / "aliases.tsv") == {"exosome": ("EV", "vesicle")}


def test_a_file_without_its_columns_is_told(tmp_path: Path) -> None:
    (tmp_path / "gold.tsv").write_text("subject\tobject\n", encoding="utf8")
    with pytest.raises(UsageError, match="predicate"):
        read_gold(tmp_path / "gold.tsv")
