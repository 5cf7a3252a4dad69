"""Tables as different tools flatten them, each between two halves of a sentence. What the rows say is invented."""

from __future__ import annotations

import pytest
from exomine.document.model import Document
from exomine.document.plain.grids import cell_per_line, split_bars, with_bars
from exomine.document.plain.reader import read_plain
from hypothesis import given, settings
from hypothesis import strategies as st

BEFORE = """Introduction

Vesicles leave nearly every cell of the body and
reach others by the blood [1, 2]. They carry small
ribonucleic acids, and the resistance of one cell
becomes the resistance of its neighbours. What they
hold of proteins is shown below, and it was asked

"""
AFTER = """
whether an inhibitor of their release could help, as
it did in many cells of the liver and of the lung.
Nothing else is known of them until today [3].

Cargo of the vesicles

""" + "\n\n".join(["""What a vesicle carries depends on the cell that made
it and on the state of this cell, whether starved or
irradiated, and on the oxygen around it [4]."""] * 4)  # fmt: skip


def read(table: str) -> Document:
    return read_plain((BEFORE + table + "\n" + AFTER).encode(), source="a.txt")


STYLES = {
    "columns without blank lines": (
        """Table 1. Vesicular miRNAs and resistance
miRNA Cancer Target Effect Reference
miR-9001 Breast cancer ABC1 Doxorubicin and pacli-
taxel resistance [71]
miR-9002 Gastric cancer ABC2 Doxorubicin resistance [73]
miR-9003-5p Hepatocellular carcinoma ABC3 Multidrug resistance,
angiogenesis [81]
miR-9004a Lung cancer ABC4 Cisplatin sensitivity [82]
""",
        [
            "miRNA|Cancer|Target|Effect|Reference",
            "miR-9001|Breast cancer|ABC1|Doxorubicin and paclitaxel resistance|[71]",
            "miR-9002|Gastric cancer|ABC2|Doxorubicin resistance|[73]",
            "miR-9003-5p|Hepatocellular carcinoma|ABC3|Multidrug resistance, angiogenesis|[81]",
            "miR-9004a|Lung cancer|ABC4|Cisplatin sensitivity|[82]",
        ],
    ),
    "a line a cell": (
        """Table 1. Vesicular miRNAs and resistance

miRNA
Cancer
Drug
Effect
miR-9001
Breast cancer
Doxorubicin
Resistance
miR-9002
Gastric cancer
Cisplatin
Resistance
miR-9003
Lung cancer
Cisplatin
Sensitivity
""",
        [
            "miRNA|Cancer|Drug|Effect",
            "miR-9001|Breast cancer|Doxorubicin|Resistance",
            "miR-9002|Gastric cancer|Cisplatin|Resistance",
            "miR-9003|Lung cancer|Cisplatin|Sensitivity",
        ],
    ),
    "a line a cell, blank lines between": (
        """Table 1. Vesicular miRNAs and resistance

Drug

Exosomal miRNA

Tumor

References

Cisplatin

miR-9001, miR-9002

Gastric cancer

[12]

Sorafenib

miR-9003

Hepatocellular
carcinoma

[13, 14]
""",
        [
            "Drug|Exosomal miRNA|Tumor|References",
            "Cisplatin|miR-9001, miR-9002|Gastric cancer|[12]",
            "Sorafenib|miR-9003|Hepatocellular carcinoma|[13, 14]",
        ],
    ),
    "drug, cargo, effect; roman number": (
        """TABLE II
DRUGS AND THE VESICULAR CARGO THAT BLUNTS THEM

Drug Cargo Effect
Cisplatin miR-9001, miR-9002 Resistance
Gemcitabine miR-9003b Resistance by loss of ABC1
Trastuzumab ABC2 Decoy
Docetaxel miR-9004a Sensitization
""",
        [
            "Drug|Cargo|Effect",
            "Cisplatin|miR-9001, miR-9002|Resistance",
            "Gemcitabine|miR-9003b|Resistance by loss of ABC1",
            "Trastuzumab|ABC2|Decoy",
            "Docetaxel|miR-9004a|Sensitization",
        ],
    ),
    "no references, cells of several lines": (
        """Table 2. Drugs and the vesicular cargo that blunts them
Drug Cargo Effect
Cisplatin miR-9001, miR-9002 Resistance

Gemcitabine miR-9003b Resistance by loss of
ABC1

Trastuzumab ABC2 Decoy

Docetaxel, paclitaxel and
cabazitaxel

miR-9004a, miR-9005a Sensitization
""",
        [
            "Drug|Cargo|Effect",
            "Cisplatin|miR-9001, miR-9002|Resistance",
            "Gemcitabine|miR-9003b|Resistance by loss of ABC1",
            "Trastuzumab|ABC2|Decoy",
            "Docetaxel, paclitaxel and cabazitaxel|miR-9004a, miR-9005a|Sensitization",
        ],
    ),
    "no references, no blank lines, a key below": (
        """Table 5. Stromal vesicles and response to therapy.
Donor cell Recipient cell Cancer type Cargo Outcome
CAF Tumor cell Pancreatic cancer miR-9001b Gemcitabine resistance
TAM Tumor cell Gastric cancer miR-9002 Cisplatin resistance
MSC Endothelial cell Multiple myeloma ABC1-AS1 Bortezomib
resistance
Adipocyte Tumor cell Ovarian cancer miR-9003 Paclitaxel resistance
CAF, fibroblast; MSC, mesenchymal stem cell; TAM, macrophage.
""",
        [
            "Donor cell|Recipient cell|Cancer type|Cargo|Outcome",
            "CAF|Tumor cell|Pancreatic cancer|miR-9001b|Gemcitabine resistance",
            "TAM|Tumor cell|Gastric cancer|miR-9002|Cisplatin resistance",
            "MSC|Endothelial cell|Multiple myeloma|ABC1-AS1|Bortezomib resistance",
            "Adipocyte|Tumor cell|Ovarian cancer|miR-9003|Paclitaxel resistance",
        ],
    ),
    "several cells of several lines": (
        """Table 3. Vesicular cargo in patients
Cancer type Cargo Sample Clinical use References
Head and neck squamous
cell carcinoma

miR-9001, miR-9002,
miR-9003c

Serum, saliva Diagnosis and
prognosis

[12, 13]

Gastric cancer miR-9004-3p Serum Diagnosis [14]

Non-small cell
lung cancer

PD-L1, EGFR Plasma Response to
immunotherapy

[15-17]
""",
        [
            "Cancer type|Cargo|Sample|Clinical use|References",
            (
                "Head and neck squamous cell carcinoma|miR-9001, miR-9002, miR-9003c|Serum, saliva|Diagnosis "
                "and prognosis|[12, 13]"
            ),
            "Gastric cancer|miR-9004-3p|Serum|Diagnosis|[14]",
            "Non-small cell lung cancer|PD-L1, EGFR|Plasma|Response to immunotherapy|[15-17]",
        ],
    ),
    "caption below": (
        """Drug Cargo Cancer Reference
Cisplatin miR-9001 Gastric cancer [21]
Gemcitabine miR-9002b Pancreatic cancer [22]
Trastuzumab ABC1 Breast cancer [23]

TABLE II. Drugs and the vesicular cargo that blunts them.
""",
        [
            "Drug|Cargo|Cancer|Reference",
            "Cisplatin|miR-9001|Gastric cancer|[21]",
            "Gemcitabine|miR-9002b|Pancreatic cancer|[22]",
            "Trastuzumab|ABC1|Breast cancer|[23]",
        ],
    ),
    "columns of spaces": (
        """Table 1. Vesicular miRNAs and resistance

miRNA        Cancer              Drug             Effect             Ref.
miR-9001     Breast cancer       Doxorubicin      Resistance         [71]
miR-9002,    Head and neck       Cisplatin and    Resistance,        [73]
miR-9003     squamous cell       5-FU             migration
             carcinoma
miR-9004a    Lung cancer         Cisplatin        Sensitivity        [82]
""",
        [
            "miRNA|Cancer|Drug|Effect|Ref.",
            "miR-9001|Breast cancer|Doxorubicin|Resistance|[71]",
            "miR-9002, miR-9003|Head and neck squamous cell carcinoma|Cisplatin and 5-FU|Resistance, migration|[73]",
            "miR-9004a|Lung cancer|Cisplatin|Sensitivity|[82]",
        ],
    ),
    "bare numbers of references": (
        """Table 1. Vesicular miRNAs and resistance
miRNA Cancer Drug Effect Ref
miR-9001 Breast cancer Doxorubicin Resistance 71
miR-9002 Gastric cancer Cisplatin Resistance 73, 74
miR-9003a Lung cancer Cisplatin Sensitivity 82
""",
        [
            "miRNA|Cancer|Drug|Effect|Ref",
            "miR-9001|Breast cancer|Doxorubicin|Resistance|71",
            "miR-9002|Gastric cancer|Cisplatin|Resistance|73, 74",
            "miR-9003a|Lung cancer|Cisplatin|Sensitivity|82",
        ],
    ),
    "a wrapped header, an empty cell": (
        """Table 6. Circular RNAs of vesicles
circRNA Cancer Sponged
miRNA

Regulated
gene

Effect References
circ-ABC1 Gastric cancer miR-9001a-5p YAP1 Cisplatin resistance [99]

circABC2 Gastric cancer miR-9002-5p AKT1 Metastasis [98]

hsa_circ_9000338 Colorectal cancer miR-9003 - 5-FU resistance,
oxaliplatin resistance

[100, 101]
""",
        [
            "circRNA|Cancer|Sponged miRNA|Regulated gene|Effect|References",
            "circ-ABC1|Gastric cancer|miR-9001a-5p|YAP1|Cisplatin resistance|[99]",
            "circABC2|Gastric cancer|miR-9002-5p|AKT1|Metastasis|[98]",
            "hsa_circ_9000338|Colorectal cancer|miR-9003|-|5-FU resistance, oxaliplatin resistance|[100, 101]",
        ],
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_rows(style: str) -> None:
    table, rows = STYLES[style]
    document = read(table)
    assert len(document.tables) == 1
    assert ["|".join(c.text if c else "" for c in row) for row in document.tables[0].grid()] == rows
    assert document.tables[0].label.lower() in table.lower()


@pytest.mark.parametrize("style", STYLES)
def test_the_sentence_around_it_is_whole(style: str) -> None:
    document = read(STYLES[style][0])
    assert "and it was asked whether an inhibitor of their release could help, as it did in many cells" in document.body
    headings = [document.text[b.start : b.end] for b in document.blocks if b.kind == "heading"]
    assert headings == ["Introduction", "Cargo of the vesicles"]


def test_cells_in_lines_need_a_header_and_like_columns() -> None:
    assert cell_per_line(["Drug", "Effect", "A", "up", "B", "down"]) == [["Drug", "Effect"], ["A", "up"], ["B", "down"]]
    assert cell_per_line(["This", "That", "A", "up", "B", "down"]) == []
    assert cell_per_line(["Drug", "Effect", "A", "up", "B"]) == []


_LINES = st.lists(st.text(alphabet="Aa1 -,|[]\t", max_size=30), max_size=12)


@settings(max_examples=80, deadline=None)
@given(_LINES)
def test_grids_of_any_lines(lines: list[str]) -> None:
    laid = with_bars(["Table 1. Any", *lines])
    assert "".join(laid).count("A") >= "".join(lines).count("A")
    for rows in (split_bars(lines), cell_per_line(lines)):
        assert len({len(r) for r in rows}) <= 1
