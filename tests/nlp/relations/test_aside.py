"""What rules leave out on purpose, nobody puts in again."""

from __future__ import annotations

import pytest
from exomine.errors import ResourceError
from exomine.nlp.load import load
from exomine.nlp.relations.aside import points_elsewhere
from exomine.nlp.relations.component import sentence_statements
from exomine.nlp.relations.reading import sentences_to_read
from exomine.nlp.relations.sentence import Sentence
from exomine.nlp.relations.statement import Statement
from spacy.language import Language
from spacy.tokens import Doc


@pytest.fixture(scope="module")
def nlp() -> Language:
    try:
        return load(without=("relation_model", "relations", "context", "table_relations"))
    except (ResourceError, OSError):
        pytest.skip("the model is not built in this checkout")


def read(doc: Doc) -> list[Sentence]:
    return [Sentence(r.span, r.mentions) for r in sentences_to_read(doc)]


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("SOCS3-targeting miR-340 raised migration.", "SOCS3 promotes migration"),
        ("SOCS3 as a target of miR-340 suppresses CASP8.", "miR-340 downregulates CASP8"),
        ("miR-340 kept CASC15 from inducing metastasis.", "CASC15 promotes metastasis"),
        ("By binding miR-340, CASC15 prevented it from lowering CASP8.", "miR-340 downregulates CASP8"),
    ],
)
def test_left_out_on_purpose(nlp: Language, text: str, left_out: str) -> None:
    (sentence,) = read(nlp(text))
    items = {i.span.text: i for i in sentence.items}
    subject, predicate, object_ = left_out.split()
    said = sentence_statements(sentence)
    assert said.aside.holds(Statement(items[subject], predicate, items[object_], "learned", ()))
    assert not any(said.aside.holds(s) for s in said.statements)


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("miR-340 was measured. This compound reduced migration.", True),
        ("miR-340 was measured. These authors reduced migration.", True),
        ("miR-340 was measured. This microRNA reduced migration.", False),
        ("miR-340 was measured. It reduced migration.", False),
        ("miR-340 and miR-98 were measured. They reduced migration.", False),
        ("miR-340 was measured. This reduced migration.", False),
    ],
)
def test_what_pointing_words_may_mean(nlp: Language, text: str, elsewhere: bool) -> None:
    before, here = read(nlp(text))
    assert points_elsewhere(here, before.items[0]) is elsewhere
