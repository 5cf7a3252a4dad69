"""A name written in any of the usual ways is read back as itself, with its span."""

from __future__ import annotations

from exomine.mirna.grammar import parse
from hypothesis import given, settings
from hypothesis import strategies as st

HEADS = ("miR", "MiR", "mir", "MIR", "miRNA", "microRNA", "MicroRNA", "micro-RNA", "mi-RNA", "micro RNA")
DASHES = ("-", "\u2010", "\u2011", "\u2013", "\u2212", "-\u00ad", "- ", " -", " ")
INNER = ("-", "\u2010", "\u2011", "\u2013", "\u2212")
FRAMES = (
    "{} was lower.",
    "Levels of {}, as shown",
    "({})",
    "serum {}",
    "anti-{}",
    "pre-{} rose",
    "exosomal {}; 25 patients",
    "{}[21]",
)


@st.composite
def _written(draw: st.DrawFn) -> tuple[str, str]:
    """A name as written and as normalised."""
    letter = draw(st.sampled_from(["", "a", "b", "c", "d"]))
    number = draw(st.integers(10, 1800))
    locus = draw(st.sampled_from(["", "1", "2", "3"]))
    arm = draw(st.sampled_from(["", "5p", "3p"]))
    species = draw(st.sampled_from(["", "hsa-", "mmu-", "rno-", "has-"]))
    dash = draw(st.sampled_from(INNER))
    tail = f"{number}{letter}" + "".join(dash + part for part in (locus, arm) if part)
    name = f"miR-{number}{letter}" + "".join("-" + part for part in (locus, arm) if part)
    prefix = species if species in ("mmu-", "rno-") else ""
    head = draw(st.sampled_from(HEADS[:4] if species else HEADS))
    return species + head + draw(st.sampled_from(DASHES[:6] if species else DASHES)) + tail, prefix + name


@settings(max_examples=400)
@given(_written(), st.sampled_from(FRAMES))
def test_written_and_read_back(pair: tuple[str, str], frame: str) -> None:
    written, name = pair
    text = frame.format(written)
    found = [m for m in parse(text) if not m.is_unspecific]
    assert [(m.name, text[m.start : m.end]) for m in found] == [(name, written)]


_MEMBER = st.tuples(st.integers(10, 900), st.sampled_from(["", "a", "b", "c"]), st.sampled_from(["", "5p", "3p"]))


@given(
    st.lists(_MEMBER, min_size=2, max_size=6, unique=True),
    st.sampled_from([", -", ",-", " and -", "/-", " & -", "; -", ", and -"]),
)
def test_dashed_enumerations(members: list[tuple[int, str, str]], joint: str) -> None:
    parts = [f"{n}{letter}" + (f"-{arm}" if arm else "") for n, letter, arm in members]
    text = "miR-" + joint.join(parts) + " fell"
    assert [m.name for m in parse(text)] == [f"miR-{p}" for p in parts]


@given(
    st.lists(st.integers(10, 900), min_size=2, max_size=6, unique=True),
    st.sampled_from(["patients", "of these", "samples", "serum specimens"]),
)
def test_what_is_counted_after_a_list_is_no_member(numbers: list[int], noun: str) -> None:
    text = "miR-" + ", ".join(map(str, numbers)) + f" and 25 {noun}"
    assert [m.name for m in parse(text)] == [f"miR-{n}" for n in numbers]
