"""The paper's own DOI, told apart from those of the works that it cites."""

from __future__ import annotations

import pytest
from exomine.document.own_doi import stated_doi
from exomine.document.read import read_document

from helpers.pdf import INTRODUCTION, REFERENCES, RESULTS, Setter

OWN = "10.5555/fict.2021.0042"


@pytest.mark.parametrize(
    "paragraphs",
    [
        [[f"Cite this article as: Doe J, Roe R. Vesicles in plenty. J Fict 2021;4:42. https://doi.org/{OWN}."]],
        [["Cite this article as: Doe J, Roe R. Vesicles in plenty.", f"J Fict 2021;4:42. doi:{OWN}"]],
        [["How to cite this article:"], [f"Doe J. Vesicles in plenty. J Fict (2021) 4:42. doi: {OWN}"]],
        [[(
            "Citation: Doe J (2021) Vesicles in plenty. J "
            "Fict 4: 42. doi:10.5555/"
        ), "fict.2021.0042", "Received: 3 May"]],
        [["Citation: Doe J (2021) Vesicles in plenty. J Fict 4: 42. https://doi.org/", OWN]],
        [[f"To cite this paper: Doe, J. {OWN}"]],
        [[f"Open access. Please cite this article as: Doe J. {OWN}"]],
        [[f"Recommended citation: Doe J. {OWN}"]],
        [[f"How to cite: Doe, J. Vesicles. {OWN}"]],
        [[f"To cite: Doe J, Roe R. Vesicles. {OWN}"]],
        [[f"doi:{OWN}", "Cite this article as: Doe et al.: Vesicles in plenty. J Fict 2021 4:42."]],
        [[f"doi:{OWN} Cite this article as: Doe et al.: Vesicles in plenty. J Fict 2021 4:42."]],
        [["1. Poe E. Old. doi:10.9999/x"], [f"Cite this article as: Doe J. Vesicles. doi:{OWN}"]],
    ],
)  # fmt: skip
def test_what_a_paper_states_as_its_own(paragraphs):
    assert stated_doi(paragraphs) == OWN


@pytest.mark.parametrize(
    "paragraphs",
    [
        [[f"1. Poe E. Cited work. J Fict 2019. doi:{OWN}"]],
        [[f"Citation analyses were done before (doi:{OWN})."]],
        [["Citation: Doe J. Vesicles. J Fict 4: 42."], [f"Others wrote so (doi:{OWN})."]],
        [["Citation: Doe J. Vesicles. J Fict 4: 42.", "References", f"1. Poe E. doi:{OWN}"]],
        [["Cite this article as: Doe J. Vesicles.", f"[1] Poe E. Cited work. doi:{OWN}"]],
        [["9. Poe E. Cited work.", f"doi:{OWN}", "Cite this article as: Doe et al.: Vesicles. J Fict 2021 4:42."]],
        [[f"We cite this article {OWN} often."]],
    ],
)
def test_a_cited_work_is_never_taken_for_the_paper(paragraphs):
    assert stated_doi(paragraphs) == ""


STATED = f"Cite this article as: Author A, Writer B. Parcels. J Imag Biol. 2021;9:1-9. https://doi.org/{OWN}"
CITED = [r.rstrip(".") + f". doi:10.9999/jib.{i}" for i, r in enumerate(REFERENCES)]


def made_pdf(*, front: str = "", behind: str = "") -> bytes:
    s = Setter(columns=1)
    s.wide("Parcels that cells send to each other")
    if front:
        s.paragraph(front, size=8.0)
    for heading, texts in (("Introduction", INTRODUCTION), ("Results", RESULTS), ("References", CITED)):
        s.heading(heading)
        for text in texts:
            s.paragraph(text)
    if behind:
        s.paragraph(behind, size=8.0)
    return s.done()


def made_text(*, front: str = "", behind: str = "") -> str:
    parts = ["Parcels that cells send to each other", front, "Introduction", *INTRODUCTION, "Results", *RESULTS]
    return "\n\n".join(p for p in [*parts, "References", *CITED, behind] if p) + "\n"


@pytest.mark.parametrize("place", ["front", "behind"])
def test_the_same_paper_as_pdf_and_as_text_is_one(tmp_path, place):
    (tmp_path / "a.pdf").write_bytes(made_pdf(**{place: STATED}))
    (tmp_path / "a.txt").write_text(made_text(**{place: STATED}))
    papers = [read_document(tmp_path / name) for name in ("a.pdf", "a.txt")]
    assert [p.paper_id for p in papers] == [f"doi:{OWN}"] * 2
    assert {r.doi for r in papers[0].references} == {f"10.9999/jib.{i}" for i in range(3)}


def test_without_a_statement_the_works_cited_give_no_doi(tmp_path):
    (tmp_path / "a.pdf").write_bytes(made_pdf())
    (tmp_path / "a.txt").write_text(made_text())
    assert [read_document(tmp_path / name).doi for name in ("a.pdf", "a.txt")] == ["", ""]
