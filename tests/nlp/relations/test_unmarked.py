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
    Reference("1", "Adler B. One. 2011.", year=2011, authors=("Adler",)),
    Reference("2", "Adler B. Two. 2012.", year=2012, authors=("Adler", "Crane")),
    Reference("3", "Birch C. Three. 2013.", year=2013, authors=("Birch",)),
)
BERG, BRIEN, MULLER = (
    Reference("4", "Van den Berg J. Four. 2014.", year=2014, authors=("Van den Berg", "Birch")),
    Reference("5", "O'Brien K. Five. 2015.", year=2015, authors=("O'Brien",)),
    Reference("6", "Müller K. Six. 2016.", year=2016, authors=("Müller",)),
)
LIST = (ADLER, ALDER, BIRCH, BERG, BRIEN, MULLER)


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
        ("Birch et al. (2013) found that vesicles carry cargo.", ("3",)),
        ("Birch et al. (2012) found that vesicles carry cargo.", ()),  # not in the list
        ("Recently, Van den Berg et al. found that vesicles carry cargo.", ("4",)),
        ("O’Brien et al. found that vesicles carry cargo.", ("5",)),
        ("Muller et al. found that vesicles carry cargo.", ("6",)),
        ("Berg et al. found that vesicles carry cargo.", ()),
        ("Adler et al. found that vesicles carry cargo.", ()),  # two works of one name
        ("Adler et al. in 2012 found that vesicles carry cargo.", ("2",)),
        ("Adler et al. found that vesicles carry cargo. They grow [2].", ("2",)),
        ("Adler et al. found that vesicles carry cargo. They grow [3].", ()),
        ("Adler et al. found that vesicles carry cargo. Exosomes are in milk [2].", ()),
        ("Elm et al. found that vesicles carry cargo. They grow [3].", ()),
        # authors whose finding is not told
        ("Unlike Birch et al., we found that vesicles carry cargo.", ()),
        ("Contrary to the report of Birch et al., vesicles carry cargo.", ()),
        ("Using the protocol of Birch et al., vesicles were found.", ()),
        ("Vesicles carry cargo, which Birch et al. could not confirm.", ()),
        ("Birch et al. and Adler et al. found that vesicles carry cargo.", ()),
        # the next sentence
        ("Vesicles carry cargo. They also carry sugar [3].", ("3",)),
        ("Vesicles carry cargo. In addition, cells grow [1].", ("1",)),
        ("Vesicles carry cargo. These vesicles hold sugar [1], [2].", ("1", "2")),
        ("Vesicles carry cargo. After uptake by cells, it lowers sugar [3].", ("3",)),
        ("Vesicles carry cargo. After surgery, it lowers sugar [3].", ()),
        ("Vesicles carry cargo. Birds carry sugar [3].", ()),
        ("Vesicles carry cargo. They carry sugar as Birch et al. found [3].", ()),
        ("Vesicles carry cargo. They carry sugar. They carry fat [3].", ()),
        ("Vesicles carry cargo. Furthermore, they hold sugar [1] and fat [3].", ()),
        ("In our laboratory vesicles carry cargo. In addition, they hold sugar [1].", ()),
        ("Vesicles carry cargo. Moreover, we showed that they hold sugar [1].", ()),
        ("Vesicles carry cargo. Moreover, in another study they held sugar [1].", ()),
        ("Vesicles carry cargo. These findings contradict those of mice [1].", ()),
        ("Vesicles carry cargo. In addition, Elm and Fir showed that they grow [1].", ()),
        ("Vesicles carry cargo. In addition to sugar, fat is found in them [1].", ()),
        ("Vesicles carry cargo. It is known that cells grow [1].", ()),
        ("Vesicles carry cargo. This review deals with cells [1].", ()),
        ("Vesicles carry cargo. Therefore, they are used as carriers [1].", ()),
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
