"""Statements that other clauses deny, that have no effect, or that are only announced (own sentences, with the
parser).
"""

from __future__ import annotations

import pytest
from exomine.nlp.relations.outline import announced
from spacy.language import Language

from helpers.relation_sentences import read_case, rows_of, run

#: Other clauses of the sentence have their own negation.
CLAUSES = (
    ("asserted", (
        "{Exosomes|VESICLE} with this cargo increased the sensitivity of {hepatocellular carcinoma|CANCER} to "
        "{sorafenib|DRUG},[36] and no toxicity to the liver was seen."
    )),
    ("asserted", "{miR-122|MIRNA} increased the sensitivity to {sorafenib|DRUG}, and no toxicity was observed."),
    ("asserted", "{miR-9|MIRNA} enhanced {cisplatin|DRUG} resistance, and no weight was lost by the animals."),
    ("asserted", "{miR-9|MIRNA} restored the response to {gefitinib|DRUG}, and there was no harm to healthy tissue."),
    ("asserted", "{miR-9|MIRNA} suppressed {PTEN|PROTEIN}; no side effects were reported."),
    ("asserted", "{miR-9|MIRNA} promoted {invasion|PROCESS}, and none of the controls did so."),
    ("asserted", "No adverse event was recorded, and {miR-9|MIRNA} inhibited {angiogenesis|PROCESS}."),
    ("asserted", "{miR-9|MIRNA} conferred {cisplatin|DRUG} resistance, but the mice did not lose weight."),
    ("asserted", "The mice did not lose weight, and {miR-9|MIRNA} promoted {invasion|PROCESS}."),
    ("asserted", "{miR-9|MIRNA} promoted {invasion|PROCESS}, and the control vesicles had no effect."),
    ("asserted", "Serum was not needed, and {miR-9|MIRNA} downregulated {PTEN|PROTEIN} in every dish."),
    ("negated", "{miR-9|MIRNA}, {miR-10|MIRNA}, and {miR-11|MIRNA} did not promote {invasion|PROCESS}."),
    ("negated", "Toxicity was low, and {miR-9|MIRNA} did not promote {invasion|PROCESS}."),
    ("negated", "{miR-9|MIRNA} did not promote {invasion|PROCESS}, and toxicity was low."),
    ("negated", "{miR-9|MIRNA} did not change growth and did not promote {invasion|PROCESS}."),
)  # fmt: skip

#: Words of no effect, also behind a clause with a negation of its own.
EFFECTS = (
    ("negated", (
        "Not every candidate was confirmed: overexpression of {miR-107|MIRNA} had no effect on "
        "{oxaliplatin|DRUG} resistance."
    )),
    ("negated", "{miR-107|MIRNA} had no effect on {oxaliplatin|DRUG} resistance."),
    ("negated", "Silencing of {miR-107|MIRNA} had no significant effect on resistance to {oxaliplatin|DRUG}."),
    ("negated", "{miR-107|MIRNA} exerted no influence on {oxaliplatin|DRUG} resistance in {colon cancer|CANCER}."),
    ("negated", "No effect of {miR-107|MIRNA} on {oxaliplatin|DRUG} resistance was seen."),
    ("negated", "{miR-107|MIRNA} did not have any effect on {oxaliplatin|DRUG} resistance."),
    ("negated", "In contrast, {miR-107|MIRNA} had little or no effect on {oxaliplatin|DRUG} resistance."),
    ("negated", "The result could not be repeated: {miR-107|MIRNA} did not affect {oxaliplatin|DRUG} resistance."),
    ("negated", (
        "{miR-107|MIRNA} showed no impact on {oxaliplatin|DRUG} resistance, while {miR-9|MIRNA} did not alter "
        "it."
    )),
    ("asserted", "This was not all: {miR-107|MIRNA} enhanced {oxaliplatin|DRUG} resistance."),
    ("asserted", "One thing was not expected: {miR-107|MIRNA} promoted {invasion|PROCESS}."),
    ("asserted", "{miR-107|MIRNA} had a strong effect on {oxaliplatin|DRUG} resistance."),
)  # fmt: skip

#: "none": the sentence only announces what will be written about.
OUTLINES = (
    ("none", "Here we discuss how {exosomal|VESICLE} {miR-21|MIRNA} confers {cisplatin|DRUG} resistance."),
    ("none", "We then turn to {miRNAs|MIRNA} that restore the response to {docetaxel|DRUG}."),
    ("none", (
        "We first go through the drugs for which transfer is known and turn to {miRNAs|MIRNA} that restore the "
        "response to {cisplatin|DRUG}."
    )),
    ("none", "In this review, we summarize the role of {miR-21|MIRNA} in promoting {angiogenesis|PROCESS}."),
    ("none", "This section outlines how {miR-155|MIRNA} induces {paclitaxel|DRUG} resistance."),
    ("none", "The next chapter focuses on {miRNAs|MIRNA} that inhibit {apoptosis|PROCESS}."),
    ("none", "Below, we review the ways in which {exosomes|VESICLE} promote {metastasis|PROCESS}."),
    ("none", "The present article gives an overview of {lncRNAs|PROTEIN} that sponge {miR-21|MIRNA}."),
    ("none", "How {exosomes|VESICLE} promote {metastasis|PROCESS} will be discussed in the next section."),
    ("none", (
        "We first recall how {exosomes|VESICLE} induce {angiogenesis|PROCESS}, and close with {miR-21|MIRNA} "
        "as a biomarker for {lung cancer|CANCER}."
    )),
    ("asserted", "We found that {miR-21|MIRNA} confers {cisplatin|DRUG} resistance."),
    ("asserted", "In this review we highlight that {miR-21|MIRNA} confers {cisplatin|DRUG} resistance."),
    ("asserted", "We focus on {miR-21|MIRNA}, which confers {cisplatin|DRUG} resistance."),
    ("asserted", "As discussed in the next section, {miR-21|MIRNA} confers {cisplatin|DRUG} resistance."),
    ("asserted", "Because {miR-21|MIRNA} confers {cisplatin|DRUG} resistance, we discuss it first."),
    ("asserted", "{miR-21|MIRNA} confers {cisplatin|DRUG} resistance and will be discussed below."),
    ("asserted", "Here we report that {miR-21|MIRNA} promotes {angiogenesis|PROCESS}."),
    ("asserted", "Here we show how {miR-21|MIRNA} promotes {angiogenesis|PROCESS}."),
    ("asserted", "The group discussed earlier work; {miR-21|MIRNA} promotes {angiogenesis|PROCESS}."),
)  # fmt: skip


def assertions(nlp: Language, sentence: str) -> set[str]:
    case = read_case(sentence)
    return {row[4] for row in rows_of(run(nlp(case.text), case.mentions))} or {"none"}


@pytest.mark.parametrize(("expected", "sentence"), [*CLAUSES, *EFFECTS, *OUTLINES])
def test_what_a_sentence_says_of_its_statement(syntax: Language, expected: str, sentence: str) -> None:
    assert assertions(syntax, sentence) == {expected}


@pytest.mark.parametrize(("expected", "sentence"), OUTLINES)
def test_announcements_are_told_without_a_parser(expected: str, sentence: str) -> None:
    text = read_case(sentence).text
    verbs = ("confer", "restore", "promot", "induce", "inhibit", "sponge")
    place = next(text.find(v) for v in verbs if v in text)
    assert announced(text, [place]) == (expected == "none")
