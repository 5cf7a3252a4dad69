"""Donor and recipient of vesicles, and the voice of a statement."""

from __future__ import annotations

import pytest
import spacy
from exomine.document.model import Block, Document
from exomine.nlp.relations.sentence import Sentence
from exomine.nlp.relations.transfer import donor, exchange, handed_to, recipient
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
    ("The {exosomes|VESICLE} were taken up by {Huh7|CELL_LINE} cells .", "", "Huh7"),
    ("The {exosomes|VESICLE} were quickly absorbed by {HeLa|CELL_LINE} cells .", "", "HeLa"),
    ("{EVs|VESICLE} that were received by {T cells|CELL_TYPE} raised PTEN .", "", "T cells"),
    ("{Exosomes|VESICLE} may predict metastasis of {glioma|CANCER} .", "", ""),
    ("{EVs|VESICLE} of {glioma|CANCER} patients were counted .", "", ""),
    ("{Exosomes|VESICLE} and {A549|CELL_LINE} cells were counted .", "", ""),
    ("{A549|CELL_LINE} cells were measured after {exosomes|VESICLE} had been removed .", "", ""),
    ("{Exosomes|VESICLE} of {PC-3|CELL_LINE} conferred resistance on {LNCaP|CELL_LINE} cells .", "PC-3", "LNCaP"),
    ("{Glioma|CANCER} cells that were exposed to temozolomide (TMZ) released {EVs|VESICLE} .", "Glioma", ""),
]

#: Two sentences, the donor and the recipient of the vesicle that the second one tells of.
POINTING = [
    ("{EVs|VESICLE} were isolated from {MSC|CELL_TYPE} .", "These {EVs|VESICLE} promoted invasion .", "MSC", ""),
    ("{MSC|CELL_TYPE} shed {EVs|VESICLE} .", "The isolated {EVs|VESICLE} protected {U87|CELL_LINE} .", "MSC", "U87"),
    ("{EVs|VESICLE} from {MSC|CELL_TYPE} entered {U87|CELL_LINE} cells .", "The {EVs|VESICLE} made the cells grow .",
     "MSC", ""),
    ("{EVs|VESICLE} from {MSC|CELL_TYPE} were taken up by {U87|CELL_LINE} cells .",
     "Such {EVs|VESICLE} raised PTEN in the recipient cells .", "MSC", "U87"),
    ("{EVs|VESICLE} of {MSC|CELL_TYPE} were used .", "The {EVs|VESICLE} of {HeLa|CELL_LINE} cells died .", "HeLa", ""),
    ("{EVs|VESICLE} of {MSC|CELL_TYPE} were used .", "The {EVs|VESICLE} in serum did nothing .", "", ""),
    ("{EVs|VESICLE} of {MSC|CELL_TYPE} were used .", "{EVs|VESICLE} are small .", "", ""),
    ("{EVs|VESICLE} of {MSC|CELL_TYPE} and {EVs|VESICLE} of {HeLa|CELL_LINE} cells differ .",
     "These {EVs|VESICLE} promoted invasion .", "", ""),
]  # fmt: skip


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


def _one_behind_another(first: str, second: str) -> tuple[Sentence, Sentence]:
    """Two marked sentences of one text, the second knowing of the first."""
    both = marked(f"{first} {second}")
    full_stop = next(t.i for t in both.doc if t.text == ".") + 1
    mentions = [i.span for i in both.items]
    before = Sentence(both.doc[:full_stop], [m for m in mentions if m.end <= full_stop])
    return before, Sentence(both.doc[full_stop:], [m for m in mentions if m.start >= full_stop], before)


@pytest.mark.parametrize(("first", "second", "giver", "taker"), POINTING, ids=[t[1][:40] + t[0][:30] for t in POINTING])
def test_vesicles_that_point_back_keep_their_cells(first: str, second: str, giver: str, taker: str) -> None:
    _, sentence = _one_behind_another(first, second)
    vesicle = next(i for i in sentence.items if i.label == "VESICLE")
    found = exchange(sentence, vesicle)
    assert [x.span.text if x else "" for x in found] == [giver, taker]


def test_what_a_pronoun_stands_for_keeps_its_cells() -> None:
    before, sentence = _one_behind_another(
        "{EVs|VESICLE} of {MSC|CELL_TYPE} were counted .", "They promoted invasion of {HeLa|CELL_LINE} cells ."
    )
    giver, taker = exchange(sentence, before.items[0])
    assert [x.span.text if x else "" for x in (giver, taker)] == ["MSC", "HeLa"]


def test_those_of_other_cells_come_from_these() -> None:
    before, sentence = _one_behind_another(
        "{EVs|VESICLE} of {MSC|CELL_TYPE} were counted .", "Those of {HeLa|CELL_LINE} cells promoted invasion ."
    )
    giver, _ = exchange(sentence, before.items[0])
    assert (giver.span.text if giver else "") == "HeLa"


@pytest.mark.parametrize(
    ("first", "second", "taker"),
    [
        ("{EVs|VESICLE} carry {miR-9|MIRNA} .", "It is passed on to {U87|CELL_LINE} cells and lowers PTEN .", "U87"),
        ("{EVs|VESICLE} carry {miR-9|MIRNA} .", "After uptake by {T cells|CELL_TYPE} , it lowers PTEN .", "T cells"),
        ("{EVs|VESICLE} carry {miR-9|MIRNA} .", "It was measured in {U87|CELL_LINE} cells .", ""),
        ("{miR-9|MIRNA} was cloned .", "It was delivered to {U87|CELL_LINE} cells by a virus .", ""),
    ],
)
def test_the_cells_that_cargo_is_handed_to(first: str, second: str, taker: str) -> None:
    _, sentence = _one_behind_another(first, second)
    found = handed_to(sentence)
    assert (found.span.text if found else "") == taker
