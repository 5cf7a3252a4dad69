"""What is cited for sentences that have no mark."""

from __future__ import annotations

import pytest
import spacy
from exomine.document.citations import find_marks
from exomine.document.model import Block, Document, Reference
from exomine.nlp.extensions import register_extensions
from exomine.nlp.relations.citing import Mark
from exomine.nlp.relations.unmarked import UnmarkedCitations

ADLER, ALDER, BIRCH = (
    Reference("1", "Adler B. One. 2011.", authors=("Adler",)),
    Reference("2", "Adler B. Two. 2012.", authors=("Adler", "Crane")),
    Reference("3", "Birch C. Three. 2013.", authors=("Birch",)),
)
LIST = (ADLER, ALDER, BIRCH)


def cited(text: str, *, references: tuple[Reference, ...] = LIST, review: bool = True, cut: int = 0) -> tuple[str, ...]:
    """What is cited for the first sentence; a second paragraph begins at ``cut``."""
    register_extensions()
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer", config={"punct_chars": ["."]})
    doc = nlp(text.replace("et al. ", "et al "))
    marks = find_marks(doc.text)
    ends = [cut, len(doc.text)] if cut else [len(doc.text)]
    blocks = tuple(Block("paragraph", a, b) for a, b in zip([0, *ends], ends, strict=False))
    doc._.document = Document("d", "a.txt", "text", doc.text, blocks, references=references, citations=marks)
    found = UnmarkedCitations(doc, [Mark(m.start, m.end, m.labels) for m in marks], review=review)
    return found.of(next(doc.sents))


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Birch et al. have reported that vesicles carry cargo. Others did not.", ("3",)),
        ("Birch and co-workers found that vesicles carry cargo.", ("3",)),
        ("Adler et al. found that vesicles carry cargo.", ()),  # two works of one name
        ("Adler et al. found that vesicles carry cargo. They grow [2].", ("2",)),
        ("Adler et al. found that vesicles carry cargo. It was so. They grow [2].", ("2",)),
        ("Adler et al. found that vesicles carry cargo. They grow [3].", ()),
        ("Elm et al. found that vesicles carry cargo. They grow [3].", ()),  # not in the list
        ("Vesicles carry cargo. They also carry sugar [3].", ("3",)),
        ("Vesicles carry cargo. In addition, cells grow [1].", ("1",)),
        ("Vesicles carry cargo. Birds carry sugar [3].", ()),
        ("Vesicles carry cargo. They carry sugar as Birch et al. found [3].", ()),
        ("Vesicles carry cargo. They carry sugar. They carry fat [3].", ()),
    ],
)
def test_of_a_sentence_without_a_mark(text: str, labels: tuple[str, ...]) -> None:
    assert cited(text) == labels


def test_the_next_paragraph_tells_nothing() -> None:
    text = "Vesicles carry cargo. They also carry sugar [3]."
    assert cited(text, cut=text.index("They")) == ()


def test_a_paper_of_its_own_findings_is_given_only_authors_it_names() -> None:
    assert cited("Vesicles carry cargo. They also carry sugar [3].", review=False) == ()
    assert cited("Birch et al. found that vesicles carry cargo.", review=False) == ("3",)


def test_authors_of_a_text_without_its_list_are_cited_with_what_goes_on() -> None:
    assert cited("Birch et al. found that vesicles carry cargo. They grow [7].", references=()) == ("7",)
