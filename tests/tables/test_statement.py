"""The arrow form."""

from __future__ import annotations

import pytest
from exomine.errors import TableError
from exomine.tables.statement import statement
from exomine.vocabulary.predicates import PREDICATE_NAMES, predicate


@pytest.mark.parametrize("name", PREDICATE_NAMES)
def test_every_predicate_has_a_form_that_names_the_object_unless_it_stands_last(name):
    objects = predicate(name).objects
    shown = [
        statement("A", name, "B", object_label=label, cancer="B" if label == "CANCER" else "C") for label in objects
    ]
    assert all(s.startswith("A -> ") and s.count("B") == 1 and "{" not in s for s in shown)


@pytest.mark.parametrize(
    ("args", "facts", "shown"),
    [
        (
            ("miR-21", "confers_resistance_to", "cisplatin"),
            {"cancer": "gastric cancer"},
            "miR-21 -> cisplatin resistance -> gastric cancer",
        ),
        (("exosome", "confers_resistance_to", "multiple drugs"), {}, "exosome -> multidrug resistance"),
        (
            ("miR-21", "biomarker_for", "lung cancer"),
            {"object_label": "CANCER", "cancer": "lung cancer"},
            "miR-21 -> biomarker -> lung cancer",
        ),
        (("miR-21", "promotes", "lung cancer"), {"object_label": "CANCER"}, "miR-21 -> promotion -> lung cancer"),
        (("miR-21", "downregulates", "PTEN"), {"assertion": "negated"}, "miR-21 -> PTEN downregulation (negated)"),
        (("HSP70", "cargo_of", "exosome"), {"assertion": "speculative"}, "HSP70 -> exosome cargo (speculative)"),
    ],
)
def test_forms(args, facts, shown):
    assert statement(*args, **facts) == shown


def test_an_unknown_predicate_is_an_error():
    with pytest.raises(TableError, match="cures"):
        statement("a", "cures", "b")
