"""The registries of entity types and predicates, and that code asks them instead of listing labels."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from exomine.vocabulary.entities import (
    ENTITY_TYPES,
    LABELS,
    EntityType,
    Role,
    acting,
    entity_type,
    labels,
    listed_together,
    model_labels,
)
from exomine.vocabulary.predicates import PREDICATES, Predicate, predicate

PACKAGE = Path(__file__).resolve().parents[2] / "exomine"
#: Where labels are listed: the registries themselves, and the order in which a trained network numbers them.
LISTED = (
    "vocabulary/entities.py",
    "vocabulary/generic.py",
    "vocabulary/predicates.py",
    "nlp/relations/learned/pieces.py",
)

types = pytest.mark.parametrize("entity", ENTITY_TYPES, ids=lambda t: t.label)
each = pytest.mark.parametrize("known", PREDICATES, ids=lambda p: p.name)


@types
def test_a_type_names_known_labels_only(entity: EntityType) -> None:
    others = {*entity.nests, *entity.absorbs, *entity.lists_with, *([entity.acts_as] if entity.acts_as else [])}
    assert others <= set(LABELS) - {entity.label}
    assert not set(entity.nests) & set(entity.absorbs)


@types
def test_enumerations_are_mutual(entity: EntityType) -> None:
    assert all(listed_together(other, entity.label) for other in entity.lists_with)
    assert listed_together(entity.label, entity.label)


@types
def test_generic_words_name_no_entity_of_the_examples(entity: EntityType) -> None:
    assert entity.word
    assert entity.positive
    if entity.generic:
        assert not any(re.fullmatch(entity.generic, found, re.I) for _, found in entity.positive)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("MIRNA", "microRNAs"), ("PROTEIN", "membrane proteins"), ("DRUG", "chemotherapeutic agents"),
        ("CANCER", "solid tumours"),
        ("CELL_TYPE", "recipient cells"), ("PROCESS", "gene expression"), ("PATHWAY", "downstream signalling pathways"),
    ],
)  # fmt: skip
def test_generic_words(label: str, words: str) -> None:
    assert re.fullmatch(entity_type(label).generic, words, re.I)


def test_a_models_label_means_one_type() -> None:
    assert max(Counter(m for t in ENTITY_TYPES for m in t.model_labels).values()) == 1
    assert model_labels()["Cell"] == "CELL_TYPE"


def test_roles_are_asked_for_together_or_alone() -> None:
    assert labels(Role.EXPRESSED) == ("MIRNA", "PROTEIN")
    assert labels(Role.EFFECTOR | Role.BEARER) == ("VESICLE",)
    assert set(labels(Role.EFFECTOR)) <= set(labels(Role.ACTS))


def test_a_variant_acts_where_its_gene_does() -> None:
    assert (acting("VARIANT"), acting("DRUG"), acting("OTHER")) == ("PROTEIN", "DRUG", "OTHER")
    assert all(acting(t.label) in labels(Role.ACTS) for t in ENTITY_TYPES)


@each
def test_a_predicate_joins_known_labels(known: Predicate) -> None:
    assert {*known.subjects, *known.objects} <= set(labels(Role.ACTS))


@each
def test_a_predicates_identifier_is_one_of_its_mappings(known: Predicate) -> None:
    assert known.curie in (known.biolink, known.ro)
    assert re.fullmatch(r"biolink:[a-z_]+", known.biolink)
    assert re.fullmatch(r"(?:RO:\d{7})?", known.ro)
    assert known.direction in ("", "increased", "decreased")


@each
def test_opposites_are_mutual_and_of_one_signature(known: Predicate) -> None:
    if known.opposite:
        other = predicate(known.opposite)
        assert (other.opposite, other.subjects, other.objects) == (known.name, known.subjects, known.objects)


def test_no_two_predicates_map_to_the_same() -> None:
    mapped = Counter((p.biolink, p.direction, p.objects) for p in PREDICATES)
    assert max(mapped.values()) == 1
    assert len({p.short for p in PREDICATES}) == len(PREDICATES)


def lists_of_labels(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            values = [e.value for e in node.elts if isinstance(e, ast.Constant)]
            if len(values) == len(node.elts) > 1 and set(values) <= set(LABELS):
                yield f"{path.relative_to(PACKAGE)}:{node.lineno} {values}"


def test_code_asks_for_roles_and_lists_no_labels() -> None:
    files = [p for p in sorted(PACKAGE.rglob("*.py")) if not p.relative_to(PACKAGE).as_posix().startswith(LISTED)]
    assert [found for path in files for found in lists_of_labels(path)] == []
