"""The text of a Doc is put together once, and the rules ask for it nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import exomine.nlp.relations
import pytest
import spacy
from exomine.nlp.texts import text_of

#: A piece of the whole text or a search in it, which puts the text together at every sentence or mention.
AT_EVERY_ONE = re.compile(r"\.doc\.text\b|\bdoc\.text\[|\bdoc\.text, \w+\.")
RULES = sorted(Path(exomine.nlp.relations.__file__).parent.rglob("*.py"))


def test_it_is_put_together_once() -> None:
    doc = spacy.blank("en")("Exosomes of the clone carry miR-21 .")
    assert text_of(doc) == doc.text
    assert text_of(doc) is text_of(doc)


def test_two_docs_have_their_own() -> None:
    nlp = spacy.blank("en")
    assert [text_of(doc) for doc in (nlp("first"), nlp("second"))] == ["first", "second"]


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_rules_do_not_put_it_together_anew(path: Path) -> None:
    assert not AT_EVERY_ONE.search(path.read_text(encoding="utf8"))
