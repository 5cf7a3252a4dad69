"""Which pairs of mentions fit a predicate."""

from __future__ import annotations

from exomine.nlp.relations.learned.pairs import CLASSES, NONE, admitted, fitting_pairs
from exomine.vocabulary.predicates import PREDICATE_NAMES, PREDICATES
from hypothesis import given
from hypothesis import strategies as st


def test_classes_begin_with_none() -> None:
    assert (NONE, *PREDICATE_NAMES) == CLASSES


def test_a_pair_admits_what_its_labels_allow() -> None:
    said = dict(zip(CLASSES, admitted("MIRNA", "DRUG"), strict=True))
    assert {name for name, fits in said.items() if fits} == {
        NONE, "confers_resistance_to", "confers_sensitivity_to", "binds", "associated_with",
    }  # fmt: skip


def test_a_variant_acts_as_its_gene_may() -> None:
    assert admitted("VARIANT", "DRUG") == admitted("PROTEIN", "DRUG")


def test_mentions_inside_each_other_are_no_pair() -> None:
    # EGFR T790M: the gene inside its variant; both with the drug
    mentions = [(0, 4, "PROTEIN"), (0, 10, "VARIANT"), (30, 39, "DRUG")]
    found = set(fitting_pairs(mentions))
    assert (0, 1) not in found
    assert (1, 0) not in found
    assert {(0, 2), (1, 2)} <= found


places = st.tuples(
    st.integers(0, 60), st.integers(1, 12), st.sampled_from(["MIRNA", "PROTEIN", "DRUG", "CANCER", "CELL_LINE"])
).map(lambda p: (p[0], p[0] + p[1], p[2]))


@given(st.lists(places, max_size=6))
def test_each_fitting_pair_is_given_once_and_fits(mentions: list[tuple[int, int, str]]) -> None:
    pairs = list(fitting_pairs(mentions))
    assert len(pairs) == len(set(pairs))
    for i, j in pairs:
        (a, b, subject), (c, d, object_) = mentions[i], mentions[j]
        assert b <= c or d <= a
        assert any(subject in p.subjects and object_ in p.objects for p in PREDICATES)
