"""Trees that cannot be right: a verb with two subjects, a preposition or gerund without its object."""

from __future__ import annotations

import pytest
from exomine.nlp.encoder.repair import reattached

#: word/tag/head/label, heads as places, -1 the root; then the words' heads and labels as they must come out.
CASES = {
    "of without its object": (
        "Loss/NN/3/nsubj of/IN/0/prep FOXM1/NN/3/nsubj restored/VBD/-1/ROOT apoptosis/NN/3/dobj",
        [3, 0, 1, -1, 3],
        ["nsubj", "prep", "pobj", "ROOT", "dobj"],
    ),
    "a gerund without its object": (
        "Silencing/VBG/2/csubj FOXM1/NN/2/nsubj restored/VBD/-1/ROOT apoptosis/NN/2/dobj",
        [2, 0, -1, 2],
        ["csubj", "dobj", "ROOT", "dobj"],
    ),
    "a compound of a finite verb": (
        "circX/NN/1/compound sponges/VBZ/-1/ROOT Y/NN/1/appos",
        [1, -1, 1],
        ["nsubj", "ROOT", "dobj"],
    ),
    "two subjects side by side": (
        "X/NN/3/nsubjpass expression/NN/3/nsubjpass was/VBD/3/auxpass raised/VBN/-1/ROOT",
        [1, 3, 3, -1],
        ["compound", "nsubjpass", "auxpass", "ROOT"],
    ),
    "a verb behind what is no object of the first": (
        "X/NN/1/nsubj raises/VBZ/-1/ROOT Y/NN/1/dobj and/CC/2/cc Z/NN/2/conj lowers/VBZ/1/conj W/NN/5/dobj",
        [1, -1, 1, 2, 5, 1, 5],
        ["nsubj", "ROOT", "dobj", "cc", "nsubj", "conj", "dobj"],
    ),
    "a second verb of one subject": (
        "X/NN/1/nsubj raises/VBZ/-1/ROOT Y/NN/1/dobj and/CC/1/cc lowers/VBZ/1/conj W/NN/4/dobj",
        [1, -1, 1, 1, 1, 4],
        ["nsubj", "ROOT", "dobj", "cc", "conj", "dobj"],
    ),
    "an agent hung up beside its preposition": (
        "P/NN/2/nsubjpass was/VBD/2/auxpass raised/VBN/-1/ROOT by/IN/2/agent X/NN/2/nsubjpass",
        [2, 2, -1, 2, 3],
        ["nsubjpass", "auxpass", "ROOT", "agent", "pobj"],
    ),
    "a right tree": (
        "Loss/NN/3/nsubj of/IN/0/prep FOXM1/NN/1/pobj restored/VBD/-1/ROOT apoptosis/NN/3/dobj",
        [3, 0, 1, -1, 3],
        ["nsubj", "prep", "pobj", "ROOT", "dobj"],
    ),
    "a stranded preposition": (
        "sites/NNS/3/nsubj looked/VBN/0/acl for/IN/1/prep were/VBD/-1/ROOT found/VBN/3/dep",
        [3, 0, 1, -1, 3],
        ["nsubj", "acl", "prep", "ROOT", "dep"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_reattached(name: str) -> None:
    sentence, heads, labels = CASES[name]
    words = [w.split("/") for w in sentence.split()]
    found = reattached([int(w[2]) for w in words], [w[3] for w in words], [w[1] for w in words])
    assert found == (heads, labels)
