"""Each cue's example holds: the name in braces has the operator with its sign."""

from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from exomine.nlp.relations.cues.cell_cues import HOLDING, STATES
from exomine.nlp.relations.cues.operator_cues import BEFORE, BEHIND, OperatorCue
from exomine.nlp.relations.operators import operators_of
from exomine.nlp.relations.sentence import Sentence


@pytest.mark.parametrize("cue", [*BEFORE, *BEHIND], ids=lambda c: c.example)
def test_examples_of_operators(cue: OperatorCue) -> None:
    for example in cue.example.split(", "):
        before, rest = example.split("{")
        name, behind = rest.split("}")
        nlp = spacy.blank("en")
        nlp.tokenizer.add_special_case(name, [{"ORTH": name}])
        doc = nlp.make_doc(f"{before}{name}{behind}")
        span = doc.char_span(len(before), len(before) + len(name), label="PROTEIN")
        if span is None:  # glued: the pipeline breaks the token at the name
            with doc.retokenize() as retokenizer:
                token = next(t for t in doc if t.idx <= len(before) < t.idx + len(t))
                cuts = [0, len(before) - token.idx, len(before) + len(name) - token.idx, len(token)]
                parts = [token.text[a:b] for a, b in pairwise(cuts) if a < b]
                retokenizer.split(token, parts, heads=[(token, 0)] * len(parts))
            span = doc.char_span(len(before), len(before) + len(name), label="PROTEIN")
        assert span is not None
        sentence = Sentence(doc[:], [span])
        found = operators_of(sentence, sentence.items[0])
        assert [(o.sign, o.state) for o in found[:1]] == [(cue.sign, cue.state)]


def test_cell_cues_have_examples() -> None:
    assert all("{" in row[3] for row in (*HOLDING, *STATES))
