"""Where words end: names before marks, sentences' ends without a space, abbreviations."""

from __future__ import annotations

import pytest
from exomine.nlp.encoder.tokenizer import blank
from spacy.language import Language


@pytest.fixture(scope="module")
def nlp() -> Language:
    return blank()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("resistance to OX.[18]", "resistance to OX . [ 18 ]"),
        ("treated with IRI.(4) Later", "treated with IRI . ( 4 ) Later"),
        ("of mCRC.[7,8]", "of mCRC . [ 7 , 8 ]"),
        ("in the U.S.(2)", "in the U.S. ( 2 )"),
        ("of PTEN.In contrast", "of PTEN . In contrast"),
        ("in cells.miR-21 was", "in cells . miR - 21 was"),
        ("E. coli", "E. coli"),
        ("0.05 and 1,000", "0.05 and 1,000"),
        ("A549/DDP cells", "A549 / DDP cells"),
    ],
)
def test_words_end_where_names_do(nlp: Language, text: str, tokens: str) -> None:
    assert [t.text for t in nlp.make_doc(text)] == tokens.split()
