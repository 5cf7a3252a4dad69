"""Short texts as different tools pull them out of PDFs: furniture once or twice, captions, notes and lists inside the
text.
"""

from __future__ import annotations

import pytest
from exomine.document.model import Document
from exomine.document.plain.front import is_front, split_title
from exomine.document.plain.furniture import furniture
from exomine.document.plain.reader import read_plain

#: Everything glued: no blank line around furniture, captions, headings.
GLUED = """Acta Vesic Res 2020;7(2):41-49
doi: 10.0000/avr.2020.0041
Mini Review
Letters in a bottle: how vesicles of the stroma
teach tumours to withstand platinum
Ada B. Ficta1, Bo Inventa2* and Cy Probata1
1Department of Imaginary Biology, University of Nowhere
2Invented Institute, Sampletown
*Corresponding author: Bo Inventa, bo@nowhere.example
Abstract
Vesicles of fibroblasts carry miR-9001 to the
tumour. We collect what they do there and
which of it was shown in patients.
Keywords: vesicles, platinum, stroma
1. Introduction
Fibroblasts make most of the stroma, and they
send vesicles to the tumour [1]. As found by Lee et al.
[2], these hold miR-9001 and a protein that ex-
ports the drug. It was asked whether the conclu-
Ficta et al.
42
sion holds for other tumours as well, and the an-
swer was given by work on the bladder [3].
2. Vesicles of the stroma
2.1 Fibroblasts
Fibroblasts that had seen platinum release more
vesicles than others, and what they hold is sent
Figure 1. The way of a vesicle. A. It buds from the
membrane. B. It is taken up.
to cells nearby. Three steps are known:
\u2022 the vesicle is loaded with a ribonucleic acid
that is bound by a protein;
\u2022 it is released;
\u2022 it is taken up.
2.2 Adipocytes
Adipocytes do the same, and the fat they hold is
Letters in a bottle 43 Acta Vesic Res 2020;7(2):41-49
burnt by the tumour as it was shown in the ovary
[4]. Whether the vesicles of adipocytes reach the
blood is not known.
References
1. Ash B, Birch C. On vesicles. J Imag Res. 2001;
1:2-3.
2. Lee D. On drugs. J Imag Res. 2002;2:3.
3. Elm E. On cells. J Imag Res. 2003;3:4.
4. Fir F. On fat. J Imag Res. 2004;4:5.
"""


@pytest.fixture(scope="module")
def glued() -> Document:
    return read_plain(GLUED.encode(), source="glued.txt")


def blocks(document: Document, *kinds: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind in kinds]


def test_front(glued: Document) -> None:
    assert glued.title == "Letters in a bottle: how vesicles of the stroma teach tumours to withstand platinum"
    assert glued.doi == "10.0000/avr.2020.0041"
    assert blocks(glued, "abstract") == [
        "Vesicles of fibroblasts carry miR-9001 to the tumour. We collect what they do there and which of "
        "it was shown in "
        "patients."
    ]
    assert any("Ada B. Ficta" in a.text for a in glued.apart if a.kind == "author_block")


def test_headings_have_levels(glued: Document) -> None:
    headings = [(b.level, glued.text[b.start : b.end]) for b in glued.blocks if b.kind == "heading"]
    assert headings == [
        (1, "Abstract"),
        (1, "1. Introduction"),
        (1, "2. Vesicles of the stroma"),
        (2, "2.1 Fibroblasts"),
        (2, "2.2 Adipocytes"),
    ]


def test_sentences_are_whole(glued: Document) -> None:
    first, second, third, *_ = blocks(glued, "paragraph")
    assert "As found by Lee et al. [2], these hold miR-9001 and a protein that exports the drug." in first
    assert "It was asked whether the conclusion holds for other tumours as well" in first
    assert second.startswith("Fibroblasts that had seen platinum release more vesicles")
    assert "what they hold is sent to cells nearby." in second
    assert "the fat they hold is burnt by the tumour as it was shown in the ovary [4]." in third


def test_lists_captions_and_references(glued: Document) -> None:
    assert blocks(glued, "list_item") == [
        "the vesicle is loaded with a ribonucleic acid that is bound by a protein;",
        "it is released;",
        "it is taken up.",
    ]
    assert blocks(glued, "caption") == [
        "Figure 1. The way of a vesicle. A. It buds from the membrane. B. It is taken up."
    ]
    assert [r.label for r in glued.references] == ["1", "2", "3", "4"]
    assert [c.labels for c in glued.citations] == [("1",), ("2",), ("3",), ("4",)]


HALVES = (
    "It was said that the vesicles of tumours which",
    "carry miR-9001 in large amounts teach the conclu",
    "sion of others, and this was seen in many cells of",
    "the liver and of the lung, whether old or young.",
    "",
    "Another paragraph tells that nothing is as it was",
    "before, and that the vesicles come back by night.",
)


@pytest.mark.parametrize(
    "inserted",
    [
        ("Ficta et al.", "17"),
        ("", "17", "Ficta et al."),
        ("17", "Ficta et al.", ""),
        ("17 Ficta et al.",),
        ("", "Ficta et al. 17", ""),
        ("Vesicles and therapy 17 Acta Vesic Res 2020;7(2):41-49",),
        ("", "", "Vesicles and therapy", "", "17 Acta Vesic Res 2020;7(2):41-49"),
        ("Acta Vesic Res 2020, 7, 41-49", "17"),
        ("Page 3 of 12", ""),
        ("Acta Vesic Res (2020) 12:7",),
        ("", "(Continued on next page)", "", "17", ""),
        ("", "Ficta and Inventa", "17", ""),
        ("Ficta et al.: Vesicles and therapy", "17"),
        ("", "Acta Vesic Res 2020;7(2):41-49", "Ficta et al.", "17", ""),
    ],
)
@pytest.mark.parametrize("at", [2, 3])
def test_furniture_that_occurs_once(inserted: tuple[str, ...], at: int) -> None:
    lines = [*HALVES[:at], *inserted, *HALVES[at:]]
    found = furniture(lines)
    assert [lines[i] for i in sorted(found)] == [x for x in inserted if x]


def test_no_text_is_furniture() -> None:
    lines = [
        "The number of vesicles in the blood was at most",
        "17",
        "in all the samples, and in those of Lee et al.",
        "Nothing was found in the year 2019, and little in",
        "Lee et al. 2020.",
        "MiR-9001 and miR-9002 were seen in the blood of 30",
        "patients.",
    ]
    assert 5 not in furniture(lines)
    assert not furniture([lines[0], *lines[2:]])


def test_cut_paragraph_is_no_heading() -> None:
    text = """Introduction

Vesicles are small, they are many, and they reach
all parts of the body with the blood in no time.

Spread to other organs

Vesicles with miR-9001 open the walls of vessels and
with them the way to the lung and to the liver and
the way to the bone of mice

12
Ficta et al.
[7]. Others came to the same result in the brain,
where the walls are thicker than in other organs.
"""
    document = read_plain(text.encode(), source="cut.txt")
    assert blocks(document, "heading") == ["Introduction", "Spread to other organs"]
    assert blocks(document, "paragraph")[1].endswith(
        "the way to the bone of mice [7]. Others came to the same result in the brain, where the walls are "
        "thicker than in "
        "other organs."
    )


def test_headings_of_clean_text() -> None:
    text = """Vesicles everywhere

5 Urinary tract

5.1 Bladder

Vesicles of the bladder are found in the urine, where they can be counted without a needle.

5.2 Kidney and ureter

Vesicles of the kidney are found there as well, but nobody knows how many of them there are.

Blood

Plasma

In the plasma they are few, and most of them come from platelets.
They are old, as seen by Lee et al.
[9] in mice.
"""
    document = read_plain(text.encode(), source="clean.txt")
    headings = [(b.level, document.text[b.start : b.end]) for b in document.blocks if b.kind == "heading"]
    assert headings == [
        (1, "5 Urinary tract"),
        (2, "5.1 Bladder"),
        (2, "5.2 Kidney and ureter"),
        (1, "Blood"),
        (1, "Plasma"),
    ]
    assert "They are old, as seen by Lee et al. [9] in mice." in document.text


def test_tables_behind_the_references_of_clean_text() -> None:
    text = """Vesicles everywhere

Introduction

Vesicles are found in the urine, where they can be counted without a needle [1].

References

1. Ash B. On vesicles. J Imag Res. 2001;1:2-3.
2. Birch C. On urine. J Imag Res. 2002;2:3-4.

Table 1. Vesicles of the urine
Name\tFound in
miR-9001\tbladder
"""
    document = read_plain(text.encode(), source="clean.txt")
    assert len(document.references) == 2
    assert (document.tables[0].label, document.tables[0].caption) == ("Table 1", "Vesicles of the urine")
    assert [c.text for c in document.tables[0].cells] == ["Name", "Found in", "miR-9001", "bladder"]


def test_abstract_without_its_heading() -> None:
    abstract = "Vesicles carry what the cell gives them. " * 4 + (
        "We tell how they are made and which drugs stop them, in mice and in men, as far as it is known "
        "today. That is all."
    )
    text = (
        f"Vesicles everywhere\n\nAda Ficta1, Bo Inventa2\n\n{abstract}\n\nKeywords: "
        f"vesicles\n\nIntroduction\n\n{abstract}\n"
    )
    document = read_plain(text.encode(), source="clean.txt")
    assert document.title == "Vesicles everywhere"
    assert blocks(document, "abstract") == [abstract]
    assert blocks(document, "paragraph") == [abstract]


@pytest.mark.parametrize(
    ("line", "front"),
    [
        ("Ada B. Ficta1, Bo Inventa2* and Cy Probata1", True),
        ("A. B. Ficta and B. Inventa", True),
        ("1Department of Imaginary Biology, University of Nowhere", True),
        ("Received: 3 March 2020; Accepted: 4 May 2020", True),
        ("Exosomes and Drug Resistance in Cancer", False),
        ("Breast Cancer, Stroma and the Vesicles between them", False),
        ("Institute of Medicine and cancer vesicles", False),
    ],
)
def test_front_lines(line: str, front: bool) -> None:
    assert is_front(line) is front


def test_spaced_labels_are_no_title() -> None:
    assert split_title(["R E V I E W A R T I C L E", "", "Vesicles in Cancer"])[0] == ["Vesicles in Cancer"]


def test_title_among_labels() -> None:
    title, others = split_title(["Review Article", "Vesicles in Cancer:", "a Tale", "Ada B. Ficta1, Bo Inventa2", ""])
    assert title == ["Vesicles in Cancer:", "a Tale"]
    assert others == ["Review Article", "Ada B. Ficta1, Bo Inventa2"]


#: Blank lines everywhere, a cell a line, words of headings that are cells as well, notes on the first page.
AIRY = """Journal of Imaginary Vesicles (2022) 11:145
https://doi.org/10.0000/s12345-022-00001-2

REVIEW Open Access

Exosomal cargo and the failure of targeted
therapy in urogenital cancers

Ada Ficta1†, Bo Inventa1,2† and Cy Probata2*

Abstract

Targeted therapy fails early in cancers of the
urogenital tract. Exosomes are one cause. In this
review we sum up which cargo was made responsible
for it and how it can be stopped.

Keywords: Exosomes, Bladder cancer, Prostate
cancer, miR-9001

* Correspondence: cy@nowhere.example
† Ada Ficta and Bo Inventa contributed equally.
2 Invented Institute, Sampletown
Full list of author information is available at the end of the article

© The Author(s) 2022. This article is licensed under a Creative Commons Attribution 4.0 International License, which \
permits use,
sharing, adaptation, distribution and reproduction in any medium or format, as long as you give appropriate credit.

Background

Exosomes are vesicles of 30-150 nm, and they are
released by every cell of the urogenital tract. It
is known for long that vesicles of resistant cells
make others resist. The first to show it were Lee et al.
[1], who gave vesicles of DU145 cells to PC-3 cells
and saw them survive docetaxel.

Ficta et al. Journal of Imaginary Vesicles (2022) 11:145

Page 2 of 9

Later the same was found for enzalutamide [2, 3].

Prostate cancer

Androgen receptor blockade

Exosomal AR-V7 confers resistance to enzalutamide
and abiraterone in castration-resistant prostate

Fig. 1 How exosomes spread resistance. a Release. b Uptake. c Loss of
the target

cancer, and it was measured in plasma [4]. MiR-9001
did the contrary, since it lowers the receptor
(see Fig. 1). Whether this
holds in patients remains open [5].

Table 1 Exosomal cargo in urogenital cancers

Cargo

Cancer

Drug

Effect

Ref.

AR-V7

Prostate cancer

Enzalutamide

Resistance

[4]

miR-9001

Prostate cancer

Enzalutamide

Sensitivity

[5]

miR-9002, miR-9003

Bladder cancer

Cisplatin

Resistance

[6, 7]

AR-V7 androgen receptor splice variant 7

Bladder cancer

Cisplatin is the drug of choice, and its failure was
explained by exosomal miR-9002 and miR-9003, which

Ficta et al. Journal of Imaginary Vesicles (2022) 11:145

Page 3 of 9

target ABC1 [6, 7].

Abbreviations
AR-V7: Androgen receptor splice variant 7

Acknowledgements
Not applicable.

References
1. Lee A, Kim B. On vesicles of the prostate. J Imag
Res. 2001;1:2-3.
2. Birch C. On drugs. J Imag Res. 2002;2:3.
3. Cedar D. On cells. J Imag Res. 2003;3:4.
4. Elm E. On plasma. J Imag Res. 2004;4:5.
5. Fir F. On mice. J Imag Res. 2005;5:6.
6. Gum G. On bladders. J Imag Res. 2006;6:7.
7. Hop H. On urine. J Imag Res. 2007;7:8.

Publisher's Note
Nobody remains neutral with regard to claims.
"""


def test_airy_text_is_clean() -> None:
    document = read_plain(AIRY.encode(), source="airy.txt")
    assert document.title == "Exosomal cargo and the failure of targeted therapy in urogenital cancers"
    assert document.doi == "10.0000/s12345-022-00001-2"
    assert blocks(document, "heading") == [
        "Abstract",
        "Background",
        "Prostate cancer",
        "Androgen receptor blockade",
        "Bladder cancer",
    ]
    assert blocks(document, "paragraph") == [
        "Exosomes are vesicles of 30-150 nm, and they are released by every cell of the urogenital tract. "
        "It is known for long "
        "that vesicles of resistant cells make others resist. The first to show it were Lee et al. [1], "
        "who gave vesicles of "
        "DU145 cells to PC-3 cells and saw them survive docetaxel.",
        "Later the same was found for enzalutamide [2, 3].",
        "Exosomal AR-V7 confers resistance to enzalutamide and abiraterone in castration-resistant "
        "prostate cancer, and it was "
        "measured in plasma [4]. MiR-9001 did the contrary, since it lowers the receptor (see Fig. 1). "
        "Whether this holds in "
        "patients remains open [5].",
        "Cisplatin is the drug of choice, and its failure was explained by exosomal miR-9002 and miR-9003, "
        "which target ABC1 "
        "[6, 7].",
    ]
    assert [[c.text for c in row if c] for row in document.tables[0].grid()] == [
        ["Cargo", "Cancer", "Drug", "Effect", "Ref."],
        ["AR-V7", "Prostate cancer", "Enzalutamide", "Resistance", "[4]"],
        ["miR-9001", "Prostate cancer", "Enzalutamide", "Sensitivity", "[5]"],
        ["miR-9002, miR-9003", "Bladder cancer", "Cisplatin", "Resistance", "[6, 7]"],
    ]
    assert [r.label for r in document.references] == list("1234567")


#: Short lines, notes beside the title, running heads of several pieces, an abstract without its heading.
PIECES = """REVIEW
published: 12 March 2021
doi: 10.0000/fonc.2021.00012

Edited by:
Dee Madeup,
University of Nowhere, Nowhere
Reviewed by:
Eff Pretend,
Invented Institute, Sampletown

*Correspondence:
Bo Inventa
bo@nowhere.example

Specialty section:
This article was submitted to
Imaginary Oncology

Citation:
Ficta A and Inventa B (2021) Vesicles in
lung cancer. Front. Imag. 11:12.
doi: 10.0000/fonc.2021.00012

Vesicles and Resistance to EGFR
Inhibitors in Lung Cancer

Ada Ficta and Bo Inventa*

Department of Imaginary Biology, University of Nowhere, Nowhere

EGFR inhibitors stop lung cancer for a year or so. Vesicles that tumor cells send out
were blamed for what comes then. Here, we review the miRNAs and proteins found in
them, and the ways to stop their release in patients.

Keywords: exosome, lung cancer, EGFR, miRNA, resistance

INTRODUCTION

Lung cancer kills more people than any other cancer
(1). Inhibitors of EGFR such as gefitinib help those
with a mutation, but not for long (2, 3). Vesicles of
resistant cells were shown to carry miR-9001 (4), and
its transfer made PC9 cells resist gefitinib. In addi-
tion, the following points were raised:

(1) vesicles of resistant cells hold more miR-9001
than those of others;
(2) an inhibitor of nSMase2 stops the transfer.

VESICULAR miRNAs

miR-9001 and miR-9002

High miR-9001 was found in the plasma of patients who

Frontiers in Imaginary Oncology | www.frontiersin.example

1

March 2021 | Volume 11 | Article 12

Ficta and Inventa

Vesicles in Lung Cancer

progressed under gefitinib (5). It targets ABC1, and

TABLE 1 | Vesicular cargo in lung cancer that resists EGFR inhibitors.

Cargo

Type

Drug

Mechanism

References

miR-9001

miRNA

Gefitinib

Loss of ABC1

(5)

miR-9002

miRNA

Osimertinib

Activation of
AKT1

(6, 7)

H19

lncRNA

Erlotinib

Unknown

(8)

in this way it keeps AKT1 active (5, 6). By contrast,
miR-9002 sensitized HCC827 cells to osimertinib.

Proteins

FIGURE 1 | Transfer of resistance. (A) Release. (B) Uptake.

EGFR itself was found on vesicles, and it bound cetux-
imab before the drug came to the tumor (7). Exosomal

Frontiers in Imaginary Oncology | www.frontiersin.example

2

March 2021 | Volume 11 | Article 12

Ficta and Inventa

Vesicles in Lung Cancer

MET confers resistance to gefitinib (8).

AUTHOR CONTRIBUTIONS

AF and BI wrote the text.

REFERENCES

1. Lee A, Kim B. On lungs. J Imag Res. (2001) 1:2-3. doi: 10.0000/a.1
2. Birch C. On drugs. J Imag Res. (2002) 2:3.
3. Cedar D. On cells. J Imag Res. (2003) 3:4.
4. Elm E. On plasma. J Imag Res. (2004) 4:5.
5. Fir F. On mice. J Imag Res. (2005) 5:6.
6. Gum G. On bladders. J Imag Res. (2006) 6:7.
7. Hop H. On urine. J Imag Res. (2007) 7:8.
8. Ivy I. On walls. J Imag Res. (2008) 8:9.

Conflict of Interest: The authors declare none.

Copyright © 2021 Ficta and Inventa. This is an open-access article.
"""


def test_text_in_pieces_is_clean() -> None:
    document = read_plain(PIECES.encode(), source="pieces.txt")
    assert document.title == "Vesicles and Resistance to EGFR Inhibitors in Lung Cancer"
    assert len(blocks(document, "abstract")) == 1
    assert blocks(document, "heading") == ["INTRODUCTION", "VESICULAR miRNAs", "miR-9001 and miR-9002", "Proteins"]
    first, second, third = blocks(document, "paragraph")
    assert first.startswith("Lung cancer kills more people than any other cancer (1). Inhibitors of EGFR")
    assert second.startswith("High miR-9001 was found in the plasma of patients who progressed under gefitinib (5).")
    assert second.endswith(
        "and in this way it keeps AKT1 active (5, 6). By contrast, miR-9002 sensitized HCC827 cells to osimertinib."
    )
    assert third.endswith("before the drug came to the tumor (7). Exosomal MET confers resistance to gefitinib (8).")
    assert len(blocks(document, "list_item")) == 2
    assert [[c.text for c in row if c] for row in document.tables[0].grid()][2] == [
        "miR-9002", "miRNA", "Osimertinib", "Activation of AKT1", "(6, 7)"
    ]  # fmt: skip
    assert [r.label for r in document.references] == list("12345678")
