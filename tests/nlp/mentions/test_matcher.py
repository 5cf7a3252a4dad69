"""The lexicon matcher and the members of enumerations."""

from __future__ import annotations

import pytest
from exomine.nlp.mentions.lexicon import candidates, with_enumerations
from exomine.nlp.mentions.matcher import Matcher, lexicon_matcher
from exomine.vocabulary.normal import case_agrees, key, separators_agree, split
from exomine.vocabulary.terms import StopTerm, Term
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return lexicon_matcher()


def found(matcher: Matcher, text: str) -> list[tuple[str, str, str]]:
    """Unguarded hits with the enumerations' members, the longest where they overlap, in order of place."""
    hits = [h for h in with_enumerations(text, matcher) if not h.terms[0].guard]
    longest = [
        h
        for h in hits
        if not any(o.start <= h.start and h.end <= o.end and o.end - o.start > h.end - h.start for o in hits)
    ]
    return [(text[h.start : h.end], h.terms[0].label, h.terms[0].name) for h in sorted(longest, key=lambda h: h.start)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TGFβ and TGF-beta1", [("TGFβ", "TGF-beta"), ("TGF-beta1", "TGFB1")]),
        ("IL-1Ra, IFNg", [("IL-1Ra", "IL1RN"), ("IFNg", "IFNG")]),
        ("IL-1β, TNF-α, and IL-6", [("IL-1β", "IL1B"), ("TNF-α", "TNF"), ("IL-6", "IL6")]),
        ("CD9, CD63, CD53", [("CD9", "CD9"), ("CD63", "CD63"), ("CD53", "CD53")]),
        ("HSP60, 70 and 90 were", [("HSP60", "HSPD1"), ("70", "HSP70"), ("90", "HSP90")]),
        ("Rab5, 7 and others", [("Rab5", "RAB5A"), ("7", "RAB7A")]),
        ("CD11a, 11b, 11c", [("CD11a", "ITGAL"), ("11b", "ITGAM"), ("11c", "ITGAX")]),
        ("annexins (I, II, IV)", [("annexins", "annexin"), ("I", "ANXA1"), ("II", "ANXA2"), ("IV", "ANXA4")]),
        ("caspase-3, -8 and -9", [("caspase-3", "CASP3"), ("-8", "CASP8"), ("-9", "CASP9")]),
        ("Rab27a/b", [("Rab27a", "RAB27A"), ("b", "RAB27B")]),
        ("breast [5], prostate and lung cancer", [("breast", "breast cancer"), ("prostate", "prostate cancer"),
         ("lung cancer", "lung cancer")]),
        ("B and T cells", [("B", "B cell"), ("T cells", "T cell")]),
        ("Tumours and oesophageal cancer", [("Tumours", "cancer"), ("oesophageal cancer", "esophageal cancer")]),
        (
            "tumour initiation and progression",
            [("tumour initiation", "tumorigenesis"), ("progression", "tumor progression")],
        ),
        ("cell growth [5], viability", [("cell growth", "cell growth"), ("viability", "cell survival")]),
        ("tumor growth and weight", [("tumor growth", "tumor growth")]),
        ("sonic hedgehog (SHH) pathway", [("sonic hedgehog (SHH) pathway", "hedgehog signaling")]),
    ],
)  # fmt: skip
def test_names_and_enumerations(matcher: Matcher, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(surface, name) for surface, _, name in found(matcher, text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "CD4 and 25 patients",  # a number of its own
        "IL-6 and 8 h later",
        "arm 1 and part 2, Fig 4",
        "computed tomography (CT 1)",
        "5'-ACG GCT ACC TTG TTA CGA CTT-3'",  # a primer
        "SRR1653607 and PAO1",  # codes
        "The cat sat on the mat; it was a lead to rest.",
        "an HbA1c of 7",
    ],
)
def test_what_is_no_further_name(matcher: Matcher, text: str) -> None:
    surfaces = {surface for surface, _, _ in found(matcher, text)}
    assert surfaces <= {"CD4", "IL-6"}


def test_symbols_that_are_words_wait_for_support(matcher: Matcher) -> None:
    for symbol in ("CAT", "REST", "SET", "MSC"):
        terms = [t for t in matcher.lookup(symbol) if t.label == "PROTEIN"]
        assert all(t.guard for t in terms), symbol
    assert matcher.lookup("cat") == ()


def test_glued_marks_of_cells_and_variants(matcher: Matcher) -> None:
    assert found(matcher, "CD25high and IL-12p70") == [("CD25", "PROTEIN", "IL2RA"), ("IL-12", "PROTEIN", "IL12")]


def test_own_terms_stand_ahead_and_stops_are_kept_out() -> None:
    columns = {c: [] for c in Term.__slots__}
    row = Term("dox", "DRUG", "drugbank:DB1", "doxorubicin", "DOX", "curated", "curated", "exact")
    for column in columns:
        columns[column].append(getattr(row, column))
    own = Term("dox", "DRUG", "exomine:dox", "doxycycline", "DOX", "lab", "own.csv", "symbol")
    both = Matcher(columns, own=[own])
    assert [t.name for t in both.find("with DOX.")[0].terms] == ["doxycycline", "doxorubicin"]
    assert Matcher(columns, stops=[StopTerm("dox", "DOX", "", "unclear here")]).find("with DOX.") == []
    assert Matcher({c: [] for c in columns}, own=[own]).find("with DOX.")[0].terms == (own,)
    assert Matcher({c: [] for c in columns}).find("with DOX.") == []


def test_candidates_are_one_for_each_entity(matcher: Matcher) -> None:
    hit = next(h for h in matcher.find("MDR1 rose") if h.start == 0 and h.end == 4)
    made = candidates(hit)
    assert made[0].name == "ABCB1"
    assert len({(c.label, c.curie) for c in made}) == len(made)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ILCDabc-/ ,()0123456789βαtumor\n", max_size=60))
def test_hits_lie_in_the_text_and_never_cross_lines(text: str) -> None:
    for hit in with_enumerations(text, lexicon_matcher()):
        assert 0 <= hit.start < hit.end <= len(text)
        assert "\n" not in text[hit.start : hit.end]
        assert hit.terms


NAMES = [
    ("IL-6", "symbol"), ("IL-6R", "symbol"), ("TNF-α", "symbol"), ("HSP 70", "upper"), ("Ki67", "exact"),
    ("lung cancer", "any"),
    ("cancer", "any"), ("non-small cell lung cancer", "any"), ("IL-6 receptor (CD126)", "any"), ("CD126", "symbol"),
]  # fmt: skip
SMALL = sorted(Term(key(n), "PROTEIN", f"x:{i}", n, n, "name", "own", case) for i, (n, case) in enumerate(NAMES))
PIECES = ["IL", "6", "R", "il", "TNF", "α", "alpha", "HSP", "70", "Ki", "67", "lung", "Lung", "cancers", "tumour",
    "non", "small", "cell",
          "receptor", "CD", "126", "(", ")", "-", "\u2010", " ", " ", " ", "/", "\n", ",", "²", "_", "é"]  # fmt: skip


def naive(text: str) -> list[tuple[int, int, tuple[Term, ...]]]:
    """Every stretch of tokens compared with every term."""
    tokens, separators = split(text)
    starts = [
        len("".join(t + s for t, s in zip(["", *tokens[:i]], separators, strict=False))) for i in range(len(tokens))
    ]
    out = []
    for i, start in enumerate(starts):
        for j in range(i, len(tokens)):
            end = starts[j] + len(tokens[j])
            surface = text[start:end]
            terms = tuple(
                t
                for t in SMALL
                if t.key == key(surface)
                and case_agrees(surface, t.synonym, t.case)
                and separators_agree(surface, t.synonym, phrase=t.case == "any")
            )
            inside = "\n" in surface or surface.count("(") != surface.count(")")
            if (
                terms
                and not inside
                and not text[max(0, start - 1) : start].isalnum()
                and not text[end : end + 1].isalnum()
            ):
                out.append((start, end, terms))
    return sorted(out, key=lambda hit: (hit[0], -hit[1]))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from([n for n, _ in NAMES])), max_size=25).map("".join),
    st.integers(1, 40),
)
def test_the_automaton_finds_what_a_plain_search_finds(text: str, stretch: int) -> None:
    columns = {c: [getattr(t, c) for t in SMALL] for c in Term.__slots__}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("exomine.nlp.mentions.matcher._STRETCH", stretch)
        assert [tuple(hit) for hit in Matcher(columns).find(text)] == naive(text)
