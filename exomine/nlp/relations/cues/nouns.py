"""Nouns, prefixes and small words that the argument finder looks through or stops at."""

from __future__ import annotations

from exomine.vocabulary.entities import Role, entity_type, labels

__all__ = [
    "ABILITIES",
    "AGENT_PREPOSITIONS",
    "AMBIGUOUS_VERBS",
    "BARE_CELL",
    "DEGREES",
    "DEMONSTRATED",
    "EFFECTS",
    "EXEMPLIFIERS",
    "GENERIC_CANCER",
    "GENERIC_CELL_TYPE",
    "GENERIC_DRUG",
    "GENERIC_MIRNA",
    "GENERIC_PATHWAY",
    "GENERIC_PROCESS",
    "GENERIC_PROTEIN",
    "GENE_PARTS",
    "LIGHT_VERBS",
    "MEANS",
    "NEGATIVE_ADJECTIVES",
    "POINTED",
    "POINTED_RESPONSES",
    "POINTS",
    "POINTS_AT_SEVERAL",
    "POSITIVE_ADJECTIVES",
    "PRONOUNS",
    "QUANTITY_ADJECTIVES",
    "REDUCED_NOUNS",
    "STATE_NOUNS",
    "STATE_WORDS",
    "SURFACE_STOPS",
    "TRANSPARENT",
    "TREATMENTS",
    "VERBS_IN_ER",
    "words",
]  # fmt: skip


def words(text: str) -> frozenset[str]:
    """The words of a blank-separated list."""
    return frozenset(text.split())


#: Nouns that stand for what they are said of: "the level of X", "X protein", "X expression", "X pathway".
TRANSPARENT = words(
    "expression expressions level levels amount amounts activity activities concentration concentrations "
    "abundance content "
    "contents protein proteins gene genes mrna mrnas transcript transcripts molecule molecules factor factors receptor "
    "receptors kinase kinases family families member members cluster axis signaling signalling signal signals "
    "pathway pathways "
    "cascade cascades process processes production synthesis quantity quantities number numbers form forms function "
    "functions mimic mimics ligand ligands complex complexes phenotype phenotypes event events formation property "
    "properties transfer delivery transport release secretion uptake internalization treatment treatments "
    "transfection administration exposure incubation injection "
    "variety kind kinds type types set sets range cytokine cytokines chemokine chemokines marker enzyme enzymes "
    "transporter transporters translation transcription status state mediator capacity ability rate rates onset "
    "behavior behaviour behaviours behaviors characteristics potential potentials response responses system "
    "degree cell cells "
    "oncogene oncogenes suppressor antigen antigens biogenesis subunit isoform isoforms exposure presence "
    "differentiation infiltration polarization recruitment survival generation population populations "
    "transformation cytotoxicity killing viability "
    "combination cargo cargos cargoes component components mirna mirnas microrna micrornas rna rnas lncrna lncrnas "
    "product products growth gradient pump pumps channel regulator regulators".replace("mediator ", "")
)
#: Nouns of giving something to cells: what is given acts.
TREATMENTS = words(
    "treatment treatments transfection transfections administration exposure stimulation incubation injection "
    "co-culture coculture "
    "pretreatment supplementation infusion application"
)
#: Nouns and prefixes that turn the subject round: less of it, or a less active one.
REDUCED_NOUNS = words(
    "inhibitor inhibitors antagomir antagomirs antagonist antagonists sirna sirnas shrna shrnas knockdown "
    "knockout antibody "
    "antibodies sponge sponges blocker blockers antisense silencing deletion loss depletion deficiency anti "
    "antago si sh asos kd ko withdrawal removal washout discontinuation omission "
    "disappearance erosion diminution shortage"
)
#: State of the subject that a noun tells, where it is not "normal".
STATE_NOUNS = {
    "increased": words("overexpression upregulation up-regulation mimic mimics activation accumulation amplification"),
    "mutated": words(
        "mutation mutations mutant mutants variant variants polymorphism polymorphisms fusion fusions "
        "rearrangement rearrangements"
    ),
}
STATE_WORDS = {word: state for state, nouns in STATE_NOUNS.items() for word in nouns}
#: Words before an adjective of response that turn it round: "less resistant to D", "no longer sensitive to D".
DEGREES = {
    "less": -1,
    "no longer": -1,
    "poorly": -1,
    "least": -1,
    "hardly": -1,
    "barely": -1,
    "scarcely": -1,
    "weakly": -1,
}
#: Verbs that end as nouns of agents do; the tagger's NN is wrong for them.
VERBS_IN_ER = words("confer foster hamper hinder render")
#: Adjectives before a noun that tell how much of it: +1 or -1.
QUANTITY_ADJECTIVES = {
    **dict.fromkeys(
        [
            "high",
            "higher",
            "increased",
            "elevated",
            "enhanced",
            "abundant",
            "ectopic",
            "forced",
            "aberrant",
            "rich",
            "prolonged",
        ],
        1,
    ),
    **dict.fromkeys(
        [
            "low",
            "lower",
            "decreased",
            "reduced",
            "diminished",
            "impaired",
            "deficient",
            "attenuated",
            "suppressed",
            "poor",
        ],
        -1,
    ),
}
#: Adjectives and adverbs that give a noun or verb of effect its direction.
NEGATIVE_ADJECTIVES = words("negative inhibitory suppressive negatively protective adverse antagonistic")
POSITIVE_ADJECTIVES = words("positive stimulatory positively promoting stimulating")
#: Verbs that are nouns as well: the tagger's word counts.
AMBIGUOUS_VERBS = words(
    "target targets increase increases decrease decreases control controls influence influences impact impacts "
    "cause causes "
    "support supports block blocks limit limits delay delays arrest arrests rescue rescues release releases transfer "
    "transfers transport transports export exports load loads sort sorts display displays result results lead "
    "leads link "
    "links trigger triggers stop stops halt halts spread drive drives effect affects associate produce favor favors "
    "escape shed ship ships hold holds package accumulate boost boosts function functions act acts raise gain "
    "matures present "
    "found alter deliver sponge sponges pump pumps knockdown shutdown"
)
#: Nouns of agents that are parts of a gene as well.
GENE_PARTS = ("promoter", "enhancer", "silencer")
#: Nouns of "this compound", "these vesicles" that name nothing, with the labels of what they may point back at.
DEMONSTRATED = {
    **dict.fromkeys(
        words("compound compounds drug drugs agent agents inhibitor inhibitors chemical chemicals medication"),
        ("DRUG",),
    ),
    **dict.fromkeys(words("mirna mirnas microrna micrornas mir mirs oncomir oncomirs"), ("MIRNA",)),
    **dict.fromkeys(
        words(
            "protein proteins gene genes kinase kinases receptor receptors enzyme enzymes transporter "
            "transporters lncrna lncrnas circrna circrnas "
            "cytokine cytokines chemokine chemokines ligand ligands mrna mrnas transcript antigen antigens pump "
            "channel adaptor chaperone"
        ),
        ("PROTEIN",),
    ),
    **dict.fromkeys(words("vesicle vesicles exosome exosomes microvesicle microvesicles particles"), ("VESICLE",)),
    **dict.fromkeys(
        words(
            "rna rnas oncogene oncogenes suppressor suppressors regulator regulators marker markers biomarker "
            "biomarkers target targets"
        ),
        labels(Role.EXPRESSED),
    ),
    **dict.fromkeys(
        words("molecule molecules factor factors substance substances mediator mediators"),
        labels(Role.EFFECTOR),
    ),
}
#: Words before a noun that points back: at one thing ("the same" too), at several.
POINTS = ("the", "this", "that", "same")
POINTS_AT_SEVERAL = ("these", "those", "both", "either")
#: Nouns that can stand for a name in any place, or for several names, with the label of what they stand for.
POINTED = {
    **dict.fromkeys(
        words("compound drug chemical medication antibody agent compounds drugs antibodies agents"), "DRUG"
    ),
    **dict.fromkeys(
        words(
            "protein gene kinase receptor enzyme transporter lncrna circrna cytokine chemokine pump channel "
            "proteins genes kinases receptors enzymes transporters lncrnas circrnas cytokines chemokines pumps"
        ),
        "PROTEIN",
    ),
    **dict.fromkeys(words("pathway cascade pathways cascades"), "PATHWAY"),
    **dict.fromkeys(words("disease malignancy neoplasm"), "CANCER"),
}
#: Nouns of the response to a drug that was named before: "reversed this resistance", "restored the sensitivity".
POINTED_RESPONSES = ("resistance", "sensitivity", "chemoresistance", "chemosensitivity")
#: Words that carry the subject over from before.
PRONOUNS = words("it they them this these those which that its their both all who such latter former")
#: Words before an enumeration of examples.
EXEMPLIFIERS = (
    "such as",
    "like",
    "including",
    "e.g.",
    "i.e.",
    "namely",
    "for example",
    "especially",
    "particularly",
    "viz.",
)
#: Prepositions that lead to the one who acts.
AGENT_PREPOSITIONS = words("by via through")
#: Prepositions before a nominalisation that make it something the main subject does ("by suppression of X").
MEANS = AGENT_PREPOSITIONS | {"with"}
#: Words that end the search for an object by word order.
SURFACE_STOPS = words(". ; : , by via through in with from which that but while whereas as after when upon")
#: Nouns of what somebody does to a thing: "the effect of Y on P".
EFFECTS = words("effect effects influence influences impact impacts")
#: Nouns of what somebody can do: "the ability of Y to promote P".
ABILITIES = words("ability abilities capacity capacities capability capabilities potential potency power")
#: Verbs without a meaning of their own before "role", "effect", "ability".
LIGHT_VERBS = words(
    "have has had having play plays played playing exert exerts exerted show shows showed shown exhibit exhibits "
    "serve serves act acts function functions possess possesses be is are was were"
)

#: What names nothing of its type, as the types hold it.
GENERIC_CANCER = entity_type("CANCER").generic
GENERIC_MIRNA = entity_type("MIRNA").generic
GENERIC_CELL_TYPE = entity_type("CELL_TYPE").generic
GENERIC_PROTEIN = entity_type("PROTEIN").generic
GENERIC_PATHWAY = entity_type("PATHWAY").generic
GENERIC_PROCESS = entity_type("PROCESS").generic
GENERIC_DRUG = entity_type("DRUG").generic
#: Mentions of cells that do not say which: the bare word, and an adjective without its noun ("epithelial").
BARE_CELL = (
    r"(?:the |these |those |such |other |all |both )*(?:cells?|cellular|cell lines?|cell types?|cell populations?)|"
    r"(?:[a-z]+[\s\-])*(?:[a-z]+(?:eal|ial|mal|nal|oral|ural|etal|dal|lar|tic|ric|nic|etic|ous)|myeloid|lymphoid)"
)
