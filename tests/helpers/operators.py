"""Sentences that say something of more or less of an agent, with the statement that each must give.

An operator ("inhibition of", "a ... mimic") with an agent and a verb phrase is a sentence; the statement holds for more
of the agent, so that an operator that takes away turns the predicate round. Only what an author could write is put
together: no siRNA against a pathway, no mimic of a gene.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

MIRNA, GENE, LNCRNA, DRUG, PATHWAY = "mirna", "gene", "lncrna", "drug", "pathway"
MADE = (MIRNA, GENE, LNCRNA)  # what cells make: it can be knocked down, deleted, expressed
ANY = (*MADE, DRUG, PATHWAY)

#: Agents by kind.
AGENTS: dict[str, tuple[str, ...]] = {
    MIRNA: ("miR-21", "miR-200c-3p", "microRNA-155", "let-7b"),
    GENE: ("STAT3", "ABCB1", "FOXM1"),
    LNCRNA: ("HOTAIR", "UCA1", "MALAT1"),
    DRUG: ("estradiol", "dexamethasone"),
    PATHWAY: ("Notch signaling", "the PI3K/AKT pathway", "Wnt/β-catenin signaling"),
}


@dataclass(frozen=True)
class Operator:
    """``forms`` hold ``{}`` where the agent stands; ``sign`` -1 takes away, +1 adds."""

    name: str
    sign: int
    kinds: tuple[str, ...]
    forms: tuple[str, ...]


OPERATORS = (
    Operator("inhibition", -1, ANY, ("Inhibition of {}", "{} inhibition", "Pharmacological inhibition of {}")),
    Operator("knockdown", -1, MADE, ("Knockdown of {}", "{} knock-down", "Stable knockdown of {}")),
    Operator("silencing", -1, (*MADE, PATHWAY), ("Silencing of {}", "{} silencing", "Silencing {}")),
    Operator("loss", -1, (*MADE, PATHWAY), ("Loss of {}", "The loss of {}")),
    Operator("depletion", -1, (*MADE, DRUG), ("Depletion of {}", "{} depletion")),
    Operator("knockout", -1, MADE, ("Knockout of {}", "{} knock-out", "Knocking out {}")),
    Operator("siRNA", -1, (GENE, LNCRNA), ("siRNA against {}", "An shRNA targeting {}", "{} siRNA")),
    Operator("antagomir", -1, (MIRNA,), ("An antagomir of {}", "Anti-{}", "A {} antagomir")),
    Operator("inhibitor", -1, (MIRNA, GENE), ("A {} inhibitor", "An inhibitor of {}", "Treatment with a {} inhibitor")),
    Operator("blocking", -1, ANY, ("Blocking {}", "Blockade of {}")),
    Operator("targeting", -1, ANY, ("Targeting {}", "Targeting of {}")),
    Operator("antagonism", -1, (MIRNA, GENE, DRUG, PATHWAY), ("Antagonism of {}", "Antagonizing {}")),
    Operator("reduced", -1, MADE, ("Reduced expression of {}", "Downregulation of {}", "Decreased {} expression")),
    Operator("deletion", -1, MADE, ("Deletion of {}", "{} deletion", "Homozygous deletion of {}")),
    Operator("ablation", -1, (*MADE, PATHWAY), ("Ablation of {}", "Genetic ablation of {}")),
    Operator("inactivation", -1, (MIRNA, GENE, PATHWAY), ("Inactivation of {}", "{} inactivation")),
    Operator("sponge", -1, (MIRNA,), ("A sponge for {}", "A {} sponge", "Sponging of {}")),
    Operator("overexpression", 1, MADE, ("Overexpression of {}", "{} overexpression", "Forced expression of {}")),
    Operator("mimic", 1, (MIRNA,), ("A mimic of {}", "{} mimics", "Transfection with a {} mimic")),
    Operator("restoration", 1, (*MADE, PATHWAY), ("Restoration of {}", "Restoring {}")),
    Operator("ectopic", 1, MADE, ("Ectopic expression of {}", "Ectopic {} expression")),
    Operator("upregulation", 1, (*MADE, PATHWAY), ("Upregulation of {}", "{} upregulation")),
)  # fmt: skip


@dataclass(frozen=True)
class Phrase:
    """A verb phrase, the predicate that it gives a normal subject, its opposite, and the object's words."""

    words: str
    predicate: str
    turned: str
    target: str


RESISTANCE, SENSITIVITY = "confers_resistance_to", "confers_sensitivity_to"
PHRASES = (
    Phrase("restored gemcitabine sensitivity in pancreatic cancer", SENSITIVITY, RESISTANCE, "gemcitabine"),
    Phrase("increased cisplatin resistance of ovarian cancer cells", RESISTANCE, SENSITIVITY, "cisplatin"),
    Phrase("promoted apoptosis of colon cancer cells", "promotes", "inhibits", "apoptosis"),
    Phrase("suppressed the invasion of glioma cells", "inhibits", "promotes", "invasion"),
    Phrase("increased PTEN expression", "upregulates", "downregulates", "PTEN"),
    Phrase("reduced the expression of CDKN1A", "downregulates", "upregulates", "CDKN1A"),
)  # fmt: skip


@dataclass(frozen=True)
class Sentence:
    """``text`` must give ``agent`` ``predicate`` ``target`` with the state, and never ``barred`` between the two."""

    text: str
    operator: str
    kind: str
    agent: str
    predicate: str
    barred: str
    target: str
    state: str


def all_sentences() -> list[Sentence]:
    """The whole product, in a fixed order."""
    return [
        _sentence(operator, kind, form, agent, phrase)
        for operator in OPERATORS
        for kind in operator.kinds
        for form, agent, phrase in product(operator.forms, AGENTS[kind], PHRASES)
    ]


def spread(step: int) -> list[Sentence]:
    """Every ``step``-th of the product; a step prime to the sizes of the tables meets every form, agent and phrase."""
    return all_sentences()[::step]


def _sentence(operator: Operator, kind: str, form: str, agent: str, phrase: Phrase) -> Sentence:
    start = form.format(agent)
    if not start.startswith((agent, "siRNA")):  # names keep their letters
        start = start[0].upper() + start[1:]
    elif start.startswith("the "):
        start = "T" + start[1:]
    predicate, barred = (phrase.predicate, phrase.turned)[:: operator.sign]
    state = "increased" if operator.sign > 0 else "reduced"
    text = f"{start.replace('The the ', 'The ')} {phrase.words}."
    return Sentence(text, operator.name, kind, agent.removeprefix("the "), predicate, barred, phrase.target, state)


def fault(sentence: Sentence, rows: list[tuple[str, str, str, str]]) -> str:
    """What is wrong with the rows (subject, predicate, object, state) of a sentence; empty where it was read right."""
    pair = [row for row in rows if sentence.target in row[2] and _same(sentence.agent, row[0])]
    if any(predicate == sentence.barred for _, predicate, _, _ in pair):
        return "turned round"
    found = [row for row in pair if row[1] == sentence.predicate]
    if not found:
        return "nothing"
    return "" if all(row[3] == sentence.state for row in found) else "state"


def _same(agent: str, subject: str) -> bool:
    return subject in agent or agent in subject
