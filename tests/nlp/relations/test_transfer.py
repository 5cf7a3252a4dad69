"""Donor and recipient of vesicles, and the voice of a statement."""

from __future__ import annotations

import pytest
import spacy
from exomine.document.model import Block, Document
from exomine.nlp.relations.sentence import Sentence
from exomine.nlp.relations.transfer import donor, recipient
from exomine.nlp.relations.voice import is_review, voice_of
from spacy.tokens import Doc, Span

#: Marked sentences (``{text|LABEL}``), the donor and the recipient of the first vesicle.
TRANSFERS = [
    ("{MSC|CELL_TYPE} - derived {exosomes|VESICLE} were taken up by {A549|CELL_LINE} cells .", "MSC", "A549"),
    ("{Exosomes|VESICLE} secreted by {PC-3|CELL_LINE} cells carried miR-9 .", "PC-3", ""),
    ("{Exosomes|VESICLE} from hypoxic {glioma|CANCER} cells reached the brain .", "glioma", ""),
    ("{Fibroblasts|CELL_TYPE} release {vesicles|VESICLE} that enter {HeLa|CELL_LINE} cells .", "Fibroblasts", ""),
    (
        "{Macrophages|CELL_TYPE} transfer miR-9 into {Huh7|CELL_LINE} cells by {exosomes|VESICLE} .",
        "Macrophages",
        "Huh7",
    ),
    ("{T cells|CELL_TYPE} that took up {exosomes|VESICLE} of {MCF-7|CELL_LINE} cells died .", "MCF-7", "T cells"),
    ("HER2 on {exosomes|VESICLE} of {gastric cancer|CANCER} cells binds trastuzumab .", "gastric cancer", ""),
    ("{Platelets|CELL_TYPE} primed with thrombin put out more {EVs|VESICLE} than before .", "Platelets", ""),
    ("{Exosomal|VESICLE} miR-9 from {adipocytes|CELL_TYPE} was measured .", "adipocytes", ""),
    ("The {exosome|VESICLE} secretion by {HeLa|CELL_LINE} cells fell .", "HeLa", ""),
    ("{Exosomes|VESICLE} lacking miR-9 promoted invasion of {HNSCC|CANCER} cells .", "", "HNSCC"),
    ("{Exosomes|VESICLE} of {monocytes|CELL_TYPE} made {Huh7|CELL_LINE} cells resistant .", "monocytes", "Huh7"),
    ("{Huh7|CELL_LINE} cells given {exosomes|VESICLE} with miR-9 died .", "", "Huh7"),
    ("Uptake of {exosomes|VESICLE} by {Huh7|CELL_LINE} cells was slow .", "", ""),
    ("{Exosomes|VESICLE} may predict metastasis of {glioma|CANCER} .", "", ""),
    ("{EVs|VESICLE} of {glioma|CANCER} patients were counted .", "", ""),
    ("{Exosomes|VESICLE} and {A549|CELL_LINE} cells were counted .", "", ""),
    ("{A549|CELL_LINE} cells were measured after {exosomes|VESICLE} had been removed .", "", ""),
]


def marked(text: str) -> Sentence:
    words: list[str] = []
    spans: list[tuple[int, int, str]] = []
    for k, part in enumerate(text.replace("}", "{").split("{")):
        surface, _, label = part.partition("|")
        start = len(words)
        words += surface.split()
        if k % 2:
            spans.append((start, len(words), label))
    doc = Doc(spacy.blank("en").vocab, words=words)
    return Sentence(doc[:], [Span(doc, a, b, label=label) for a, b, label in spans])


@pytest.mark.parametrize(("text", "giver", "taker"), TRANSFERS, ids=[t[0][:40] for t in TRANSFERS])
def test_donor_and_recipient(text: str, giver: str, taker: str) -> None:
    sentence = marked(text.replace(" - derived", " -derived"))
    vesicle = next(i for i in sentence.items if i.label == "VESICLE")
    found = donor(sentence, vesicle)
    assert (found.span.text if found else "") == giver
    taken = recipient(sentence, vesicle, found)
    assert (taken.span.text if taken else "") == taker


def test_the_donor_is_never_the_recipient() -> None:
    sentence = marked("{Exosomes|VESICLE} of {A549|CELL_LINE} cells went back into {A549|CELL_LINE} cells .")
    vesicle, first, second = sentence.items
    assert donor(sentence, vesicle) is first
    assert recipient(sentence, vesicle, first) is second


def block(heading: str) -> Block:
    return Block("paragraph", 0, 10, (heading,))


@pytest.mark.parametrize(
    ("sentence", "citations", "heading", "review", "voice"),
    [
        ("miR-9 lowers PTEN.", ("3",), "Results", False, "reported"),
        ("miR-9 lowers PTEN.", (), "Results", False, "own"),
        ("miR-9 lowers PTEN.", (), "Introduction", False, "reported"),
        ("miR-9 lowers PTEN.", (), "Mechanisms", True, "reported"),
        ("We found that miR-9 lowers PTEN.", (), "Introduction", False, "own"),
        ("Others have been shown to lower PTEN.", (), "Results", False, "reported"),
    ],
)
def test_voice(sentence: str, citations: tuple[str, ...], heading: str, review: bool, voice: str) -> None:
    assert voice_of(sentence, citations, block(heading), review=review) == voice


def test_a_review_says_so() -> None:
    assert is_review(Document("a" * 16, "a.txt", "text", "", (), title="Vesicles in cancer: a review"))
    assert not is_review(None)


def test_a_cancer_inside_of_cells_as_such_is_the_donor() -> None:
    words = "Exosomes of breast cancer cells bind trastuzumab .".split()
    doc = Doc(spacy.blank("en").vocab, words=words)
    places = [(0, 1, "VESICLE"), (2, 4, "CANCER"), (2, 5, "CELL_TYPE")]
    sentence = Sentence(doc[:], [Span(doc, a, b, label=label) for a, b, label in places])
    found = donor(sentence, next(i for i in sentence.items if i.label == "VESICLE"))
    assert found is not None
    assert found.span.text == "breast cancer"
