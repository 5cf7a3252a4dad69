"""Plain text: wrapped text with furniture, captions and flattened tables, and well-formed text."""

from __future__ import annotations

import re

import pytest
from exomine.document.hyphens import Vocabulary
from exomine.document.model import Document
from exomine.document.plain.reader import read_plain
from exomine.document.plain.tables import TableEnd, flat_table
from exomine.errors import DocumentError
from hypothesis import given, settings
from hypothesis import strategies as st

#: As a tool pulls it out of a two-column PDF: the sentence on inhibitors is cut by a table, the one on cargo by a page
#: end.
WRAPPED = """ Abstract: Small vesicles carry ribonucleic acids from cell to cell and with them the resis-
tance against drugs. We tell how.
 Introduction

Vesicles leave nearly every cell of the body
and reach others by the blood [1, 2]. They car-
ry microRNAs, and the resistance of one cell
becomes the resistance of its neigh-
bours. Many mi-RNAs were found in them; some
miRNAs are specific, other miRNAs are not [3-
5]. What else they hold of proteins is shown in
Table 1. It was asked whether an in-

Table 1. Cargo of vesicles and what it does
Type of tumour Vesicle miR Functions References
Breast tumour miR-1, miR-2, miR-3a-3p Growth, resistance [5, 6]

Leukemia miR-4, miR-5, miR-6, miR-
7a, 8-b

Autophagy, resistance [3, 7]

Lung tumour miR-9 Cisplatin resistance [8]

Gastric tumour miR-10, miR-11 Diagnostic marker,
spread

[9-11]

hibitor of their release could help, and for some
cells it did [12].

Cargo of the vesicles

What a vesicle carries depends on the cell that
made it and on the state of this cell, whether
starved or irradiated, and on the



Vesicles and drugs

17 J Imag Res 2018;8(11):2210-2226

oxygen around it [13].

Figure 1. How a vesicle is made, loaded, sent away and taken up by another cell far away.
 Some cargo is sorted, and some is not, which
was shown in cells of the liver [14].

References

1. Ash B, Birch C. On vesicles. J Imag Res. 2001;
1:2-3.
2. Cedar D. On drugs. J Imag Res. 2002;2:3.
3. Elm E. On cells. J Imag Res. 2003;3:4.
"""


@pytest.fixture(scope="module")
def paper() -> Document:
    return read_plain(WRAPPED.encode(), source="note.txt")


def blocks(document: Document, *kinds: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind in kinds]


def test_paragraphs_are_whole(paper: Document) -> None:
    paragraphs = blocks(paper, "paragraph")
    assert len(paragraphs) == 3
    assert (
        "They carry microRNAs, and the resistance of one cell becomes the resistance of its neighbours."
        in paragraphs[0]
    )
    assert "Many miRNAs were found in them" in paragraphs[0]
    assert paragraphs[0].endswith("whether an inhibitor of their release could help, and for some cells it did [12].")
    assert "and on the oxygen around it [13]." in paragraphs[1]
    assert paragraphs[2] == "Some cargo is sorted, and some is not, which was shown in cells of the liver [14]."


def test_headings_and_abstract(paper: Document) -> None:
    assert blocks(paper, "heading") == ["Abstract", "Introduction", "Cargo of the vesicles"]
    assert blocks(paper, "abstract") == [
        (
            "Small vesicles carry ribonucleic acids from cell to cell and with them the resistance against "
            "drugs. We tell how."
        )
    ]
    assert [b.section for b in paper.blocks if b.kind == "paragraph"] == [
        ("Introduction",), ("Cargo of the vesicles",), ("Cargo of the vesicles",)
    ]  # fmt: skip


def test_furniture_and_captions(paper: Document) -> None:
    assert [a.text for a in paper.apart if a.kind == "running_head"] == [
        "Vesicles and drugs",
        "17 J Imag Res 2018;8(11):2210-2226",
    ]
    assert blocks(paper, "caption")[1].startswith("Figure 1. How a vesicle is made")
    assert blocks(paper, "caption")[1].endswith("far away.")


def test_table(paper: Document) -> None:
    table = paper.tables[0]
    assert (table.label, table.caption) == ("Table 1", "Cargo of vesicles and what it does")
    assert [[c.text if c else "" for c in row] for row in table.grid()] == [
        ["Type of tumour", "Vesicle miR", "Functions", "References"],
        ["Breast tumour", "miR-1, miR-2, miR-3a-3p", "Growth, resistance", "[5, 6]"],
        ["Leukemia", "miR-4, miR-5, miR-6, miR-7a, 8-b", "Autophagy, resistance", "[3, 7]"],
        ["Lung tumour", "miR-9", "Cisplatin resistance", "[8]"],
        ["Gastric tumour", "miR-10, miR-11", "Diagnostic marker, spread", "[9-11]"],
    ]
    assert all(paper.text[c.start : c.end] == c.text for c in table.cells)


def test_citations_and_references(paper: Document) -> None:
    assert [r.label for r in paper.references] == ["1", "2", "3"]
    assert paper.references[0].title == "On vesicles"
    assert paper.citations[0].labels == ("1", "2")


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (
            """miRNA Drug Cancer type Target References
miR-21 Cisplatin Gastric cancer PTEN [12]
miR-222 Adriamycin Breast cancer PTEN, p27 [15]

miR-196a Cisplatin Head and neck squamous
cell carcinoma

CDKN1B, ING5 [16]

miR-365 Gemcitabine Pancreatic cancer NTP, CDA [22]""",
            [
                ("miRNA", "Drug", "Cancer type", "Target", "References"),
                ("miR-21", "Cisplatin", "Gastric cancer", "PTEN", "[12]"),
                ("miR-222", "Adriamycin", "Breast cancer", "PTEN, p27", "[15]"),
                ("miR-196a", "Cisplatin", "Head and neck squamous cell carcinoma", "CDKN1B, ING5", "[16]"),
                ("miR-365", "Gemcitabine", "Pancreatic cancer", "NTP, CDA", "[22]"),
            ],
        ),
        (
            """Therapy Source Effect Refs
Curcumin Plant Decreases vesicle release (40)
GW4869 Synthetic Inhibits nSMase2 (41, 42)
Proton pump inhibitors Synthetic Raises pH (43)""",
            [
                ("Therapy", "Source", "Effect", "Refs"),
                ("Curcumin", "Plant", "Decreases vesicle release", "(40)"),
                ("GW4869", "Synthetic", "Inhibits nSMase2", "(41, 42)"),
                ("Proton pump inhibitors", "Synthetic", "Raises pH", "(43)"),
            ],
        ),
        (
            """Cancer Type Vesicle Cargo Biological Function Mechanism Reference
Breast cancer miR-130a Promotes proliferation Targets RAB5B [30]
Glioma lncRNA SBF2-AS1 Confers temozolomide
resistance

Upregulates XRCC4 [32]

Multiple myeloma PSMA3-AS1 Confers bortezomib resistance Stabilizes PSMA3 [34]""",
            [
                ("Cancer Type", "Vesicle Cargo", "Biological Function", "Mechanism", "Reference"),
                ("Breast cancer", "miR-130a", "Promotes proliferation", "Targets RAB5B", "[30]"),
                ("Glioma", "lncRNA SBF2-AS1", "Confers temozolomide resistance", "Upregulates XRCC4", "[32]"),
                ("Multiple myeloma", "PSMA3-AS1", "Confers bortezomib resistance", "Stabilizes PSMA3", "[34]"),
            ],
        ),
        (
            """Name Cell Effect
miR-7 Macrophage Slows growth
miR-8 Platelet Stops bleeding""",
            [("Name", "Cell", "Effect"), ("miR-7", "Macrophage", "Slows growth"),
             ("miR-8", "Platelet", "Stops bleeding")],
        ),
    ],
)  # fmt: skip
def test_flat_tables(lines: str, rows: list[tuple[str, ...]]) -> None:
    split = lines.split("\n")
    table = flat_table(split, vocabulary=Vocabulary.of(split))
    assert [table.header, *table.rows] == rows


def test_a_paragraph_a_line() -> None:
    text = (
        "Vesicles and drugs\r\n\r\nIntroduction\r\nVesicles are small [1].\r\nThey are many.\r\n• One item of "
        "a list.\r\n"
    )
    document = read_plain(text.encode("utf-8-sig"), source="a.txt")
    assert document.title == "Vesicles and drugs"
    assert [(b.kind, document.text[b.start : b.end]) for b in document.blocks[1:]] == [
        ("heading", "Introduction"),
        ("paragraph", "Vesicles are small [1]."),
        ("paragraph", "They are many."),
        ("list_item", "One item of a list."),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1", "utf-32"])
def test_one_sentence_in_any_encoding(encoding: str) -> None:
    sentence = "Exosomal miR-21 confers naïve cells 5 µM cisplatin resistance."
    document = read_plain(sentence.encode(encoding), source="a.txt")
    assert document.text == sentence
    assert document.blocks[0].kind == "paragraph"


def test_tabs_make_a_table() -> None:
    document = read_plain(
        b"Cargo of vesicles is listed.\nName\tCell\nmiR-7\tplatelet\nAll of it is old.\n", source="a.txt"
    )
    assert [c.text for c in document.tables[0].cells] == ["Name", "Cell", "miR-7", "platelet"]
    assert document.body == "Cargo of vesicles is listed.\nAll of it is old."


def test_no_text() -> None:
    with pytest.raises(DocumentError) as error:
        read_plain(b"...\n\n---\n", source="a.txt")
    assert error.value.reason == "no_text"


_LINES = st.lists(
    st.sampled_from(
        [*WRAPPED.split("\n"), "", "", "Table 2. Other", "12", "[3, 4]", "a-", "x" * 300, "Keywords: a, b"]
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(_LINES)
def test_any_order_of_lines(lines: list[str]) -> None:
    text = "\n".join(lines)
    if not re.search(r"\w", text):
        return
    try:
        document = read_plain(text.encode(), source="a.txt")
    except DocumentError:  # nothing but furniture or keywords
        return
    assert all(document.text[b.start : b.end].strip() for b in document.blocks)
    assert document.text == "\n".join(document.text[b.start : b.end] for b in document.blocks)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="Aa1 -,[]();μ\t", max_size=30), max_size=12))
def test_any_table_lines(lines: list[str]) -> None:
    try:
        table = flat_table(lines, vocabulary=Vocabulary())
    except TableEnd:
        return
    assert {len(row) for row in table.rows} <= {len(table.header)}
