"""Windows: how many tokens away a word may stand, one constant a question."""

from __future__ import annotations

#: Between two members of an enumeration.
BETWEEN_MEMBERS = 12
#: Before a name: "anti-", "siRNA against".
TAKING_AWAY = 4
#: Before a participle: the auxiliary that makes it a passive.
AUXILIARY = 3
#: Before the comma that closes a relative clause: the one that opens it.
TO_WHICH = 12
#: Behind a noun: its examples ("proteins such as"), and from "such as" to the first of them.
TO_EXAMPLES, TO_FIRST_EXAMPLE = 40, 6
#: Behind a word of resistance: its preposition, and from there to the drug.
TO_RESISTANCE_PREPOSITION, TO_DRUG = 9, 7
#: Behind general drugs: "such as", and from there to the first of the examples.
TO_DRUG_EXAMPLES, TO_FIRST_DRUG = 4, 6
#: Before a verb: its agent by word order.
TO_AGENT = 12
#: Behind a verb: its object by word order, and its preposition.
TO_OBJECT, TO_PREPOSITION = 9, 4
#: Behind a verb: what it goes through ("via X"), and from "via" to X.
TO_MEANS, TO_MEANS_NAME = 26, 8
#: Behind a verb: "via W signaling", and from "via" to the pathway.
TO_PATHWAY, TO_PATHWAY_NAME = 20, 4
#: Behind a name: the noun that makes it a pathway's ("X/Y signaling axis").
TO_PATHWAY_NOUN = 9
#: Behind a cell: its vesicle ("fibroblast (CAF) exosomes").
TO_ITS_VESICLE = 6
#: Behind "X was raised after treatment with": characters to the agent.
TO_TREATMENT = 30
#: Behind a vesicle: what it holds.
TO_HELD = 5
#: On either side of a verb: its negation.
TO_NEGATION = 8
#: Before a trigger: its cargo; between the members of a list that no matcher knows.
TO_CARGO, BETWEEN_CARGO = 8, 9
#: Words from a verb of carrying to "such as", and characters from there to the first example.
TO_CARGO_EXAMPLES, TO_CARGO_EXAMPLE = 30, 60
#: Before "resistant": "less", "no longer".
TO_DEGREE = 4
#: Behind "inhibition": the agent behind "by".
TO_BY, TO_BY_AGENT = 12, 4
#: Behind "tumor suppressor": the cancer.
TO_SUPPRESSED_CANCER = 8
#: Before "target": "as".
TO_AS = 5
#: Behind "makes": "resistant"; behind "resists", "pumps out", "against", "sensitizes": the drug.
TO_MADE, TO_RESISTED, TO_PUMPED, TO_COUNTERED, TO_SENSITIZED = 14, 6, 4, 4, 14
#: Before "against": a word of resistance.
TO_AGAINST = 22
#: Behind "D-resistant": "release", and from there to the vesicle; "express".
TO_RELEASE, TO_RELEASED, TO_HAVE = 10, 5, 8
#: Between "overexpressed" and "D-resistant".
TO_RESISTANT = 8
#: Behind a vesicle: its cargo ("exosomal X", "exosome-derived X").
TO_ADJACENT = 6
#: Behind "sensitized": "D-resistant".
TO_RESISTANT_CELLS = 6
#: Before a vesicle: "without".
TO_ABSENCE = 3
#: Behind "without X, cells did not": what does not come.
TO_MISSED = 9
#: From a verb by which cells go through something to what that is: "did not undergo massive apoptosis".
TO_UNDERGONE = 4
#: Between two names that share a participle: "X- and Y-mediated".
TO_SUSPENDED = 4
#: Behind "carry": its object by word order, and right behind it.
TO_CARRIED, TO_CARRIED_NEXT, TO_ENRICHED_WITH = 10, 3, 5
#: Behind "packaged": "in exosomes"; between "X" and "in exosomes".
TO_VESICLE, IN_VESICLE = 7, 9
#: Behind cells with less or more of X: their verb; from the verb to a state or process; from "resistant" to its drug.
TO_CELLS_VERB, TO_STATE, TO_PROCESS, TO_STATE_DRUG = 4, 9, 6, 4
#: Between "IC50 of D" and "in cells with X": characters.
TO_DOSE_CELLS = 90
#: Behind "lower in healthy people than in": characters to the cancer.
TO_COMPARED_CANCER = 40
#: Behind "overexpressed": "in C"; before and behind "higher": a word of expression.
TO_EXPRESSING_CANCER, EXPRESSION_BEFORE, EXPRESSION_BEHIND = 22, 5, 4
#: Behind "reduced X": the verb of finding; behind "decreased": "in".
TO_FINDING, TO_IN = 14, 6
#: Behind "biomarker": the cancer; on either side: another word of markers; before "and acts as a marker": the
#: conjunction.
TO_MARKED_CANCER, NEAR_MARKER, TO_CONJUNCTION = 12, 5, 8
#: Behind "distinguishes": patients and healthy people, and the cancer.
TO_PATIENTS, TO_DISTINGUISHED_CANCER = 24, 12
#: Behind "binds": "3'-UTR".
TO_UTR = 14
#: Behind "ability", "capacity": the verb that it is an ability to.
TO_ABLE = 12
#: Beside a word of association: "inversely".
TO_INVERSE = 3
#: Between subject and object, in a frame that needs the verb's arguments: farther is less sure.
FAR = 22
#: Behind "X-targeting": the name that is described.
TO_DESCRIBED = 4
#: Before "from promoting": the verb that keeps from it.
TO_KEEPER = 14
#: Behind a glued participle: its noun, where there is no parse.
TO_MODIFIED_NOUN = 4
#: Tokens that a clause boundary counts for between a statement and a cancer, and that a preposition before the cancer
#: takes off.
CLAUSE_BOUNDARY, LED_TO = 15, 4
#: Between a vesicle and the cells that it comes from; on either side of cells that take it up.
TO_DONOR, TO_TAKER = 10, 12
