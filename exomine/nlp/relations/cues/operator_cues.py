"""Words beside a name that say less or more of it, by word order alone.

The parse often breaks where a name stands ("Inhibition of miR-21 restored ..." with "miR-21" as the subject), but what
stands right before or behind the name does not change by it. ``BEFORE`` ends where the name begins, ``BEHIND`` begins
where it ends; both are matched over lower-case text. Each row: pattern, sign (-1 less, +1 more), state, an example.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "BEFORE",
    "BEHIND",
    "FILLER_BEFORE",
    "FILLER_BEHIND",
    "LESSENED",
    "TAKEN_AWAY",
    "TAKING_AWAY",
    "TOOL",
    "OperatorCue",
]


@dataclass(frozen=True, slots=True)
class OperatorCue:
    """One cue; ``example`` has the name in braces. ``tool``: a thing that takes the name away and that can be given."""

    pattern: str
    sign: int
    state: str
    example: str
    tool: bool = False


#: What may stand between an operator before the name and the name.
FILLER_BEFORE = (
    r"(?:(?:the|a|an|both|either|its|their|of|in|endogenous|exogenous|exosomal|vesicular|circulating|intracellular|cellular|"
    r"tumou?ral|tumou?r-derived|stromal|nuclear|mitochondrial|human|murine|mouse|mature|oncogenic|aberrant|hyperactive|basal|"
    r"canonical|downstream|upstream|direct|target|constitutive|full-length|wild[- ]type|expression|levels?|"
    r"activity|functions?|signall?ing|"
    r"genes?|proteins?|transcripts?|mrnas?|lncrnas?|lincrnas?|circrnas?|mirnas?|micrornas?|receptors?|kinases?|factors?|"
    r"transporters?|oncogenes?|long non-?coding rnas?|circular rnas?|transcription factors?|tumou?r suppressors?|"
    r"hsa|pre|pri|exo)\b[\s-]*)*"
)
#: What may stand between the name and an operator behind it.
FILLER_BEHIND = (
    r"(?:(?:expression|levels?|activity|functions?|signall?ing|pathways?|axis|genes?|proteins?|mrnas?|transcripts?|rnas?|"
    r"kinase|receptor|promoter|transporter|specific|targeting|dependent|mediated|selective)[\s-]+)*"
)
_LESS = (
    r"inhibition|suppression|reduction|decrease|blockade|blocking|attenuation|abolishment|abrogation|impairment|repression|"
    r"silencing|diminution|degradation|depletion|disruption|elimination|inactivation|knock[- ]?down|knock[- ]?out|"
    r"knocking[- ](?:down|out)|knock[- ]?in of inactive|deletion|loss|lack|absence|deficiency|"
    r"haplo-?insufficiency|ablation|deprivation|under-?expression|"
    r"down[- ]?regulation|targeting|antagonism|antagoni[sz]ation|sponging|sequestration|neutrali[sz]ation|interference|"
    r"withdrawal|removal|abatement|destruction|inhibitory targeting"
)
_MORE = (
    r"over[- ]?expression|up[- ]?regulation|activation|re-?activation|restoration|re-?expression|re-?introduction|"
    r"reconstitution|induction|stabili[sz]ation|accumulation|amplification|enforced expression|hyper-?activation|"
    r"elevation|gain|"
    r"replenishment|stimulation|supplementation"
)
_LESS_GERUND = (
    r"inhibiting|suppressing|reducing|decreasing|blocking|attenuating|repressing|silencing|depleting|disrupting|"
    r"eliminating|inactivating|knocking[- ]?(?:down|out)|deleting|losing|lacking|ablating|down[- ]?regulating|"
    r"targeting|antagoni[sz]ing|sponging|sequestering|neutrali[sz]ing|removing"
)
_MORE_GERUND = (
    r"over-?expressing|up[- ]?regulating|(?:re-?)?activating|restoring|re-?expressing|re-?introducing|reconstituting|"
    r"replenishing|stabili[sz]ing|elevating"
)
_LESS_ADJECTIVE = (
    r"reduced|decreased|low|lower|diminished|impaired|attenuated|suppressed|defective|deficient|lost|silenced|blocked|"
    r"inhibited|down-?regulated|depleted|insufficient|absent"
)
_MORE_ADJECTIVE = (
    r"increased|high|higher|elevated|enhanced|abundant|ectopic|ectopically expressed|forced|enforced|excess|excessive|"
    r"up-?regulated|over-?expressed|restored|constitutively active|constitutively activated|exogenous(?:ly added)?"
)
#: What is given to cells to take something away.
TOOL = (
    r"antagomirs?|sirnas?|shrnas?|esirnas?|asos?|gapmers?|lnas?|antisense(?: oligonucleotides?| oligos?)?|"
    r"anti-?bod(?:y|ies)|"
    r"nanobod(?:y|ies)|short hairpin rnas?|small interfering rnas?|sgrnas?|ribozymes?|antimirs?|morpholinos?"
)
_LESS_AGENT = (
    rf"inhibitors?|antagonists?|blockers?|silencers?|sponges?|decoys?|degraders?|knock-?out constructs?|{TOOL}"
)
_AGAINST = (
    r"\s+(?:of|against|for|to|targeting|(?:directed|raised|designed) (?:against|at|to|towards?)|specific (?:for|to))\s+"
)
#: What tells of a thing that takes away how it does so, and takes nothing away by itself: "neutralizing antibodies
#: against X".
_DOING = rf"(?:(?:(?:function-)?(?:{_LESS_GERUND})|inhibitory|antagonistic|depleting)\s+)?"
_MORE_AGENT = r"mimics?|mimetics?|agonists?|activators?|agomirs?|expression (?:vectors?|plasmids?|constructs?)"

#: Participles behind "was" that say apart from the name that it was taken away, and those that only say that there is
#: less of it.
TAKEN_AWAY = (
    r"inhibited|blocked|silenced|suppressed|repressed|depleted|deleted|ablated|inactivated|neutrali[sz]ed|antagoni[sz]ed|"
    r"disrupted|eliminated|sponged|sequestered|withdrawn|removed|targeted|knocked[- ]?(?:down|out)|disabled|"
    r"excised|degraded|abrogated"
)
LESSENED = r"decreased|reduced|lowered|diminished|down-?regulated|lost|weakened|attenuated"
#: The same as infinitives: "shRNA was used to deplete X".
TAKING_AWAY = (
    r"inhibit|block|silence|suppress|repress|deplete|delete|ablate|inactivate|neutrali[sz]e|antagoni[sz]e|disrupt|eliminate|"
    r"sequester|remove|target|knock[- ]?(?:down|out)|disable|excise"
)
#: Changes of a gene after which its product does less.
_DISABLING = (
    r"loss[- ]of[- ]function|lof|inactivating|nonsense|truncating|frameshift|deleterious|disabling|"
    r"dominant[- ]negative|"
    r"null(?=\s+(?:mutation|mutant|allele|variant))"
)
_CHANGES = r"(?:mutations?|mutants?|alterations?|variants?|alleles?|lesions?)"

BEFORE: tuple[OperatorCue, ...] = (
    OperatorCue(rf"(?:{_LESS})\s+(?:of|in)\s+", -1, "reduced", "silencing of the lncRNA {HOTAIR}"),
    OperatorCue(rf"(?:{_LESS_GERUND})\s+", -1, "reduced", "blocking {STAT3}"),
    OperatorCue(rf"(?:{_LESS_ADJECTIVE})\s+", -1, "reduced", "low expression of {miR-34a}"),
    OperatorCue(
        rf"(?:{_LESS_AGENT}){_AGAINST}",
        -1,
        "reduced",
        "siRNA against {ABCB1}",
        tool=True,
    ),
    OperatorCue(
        rf"(?:{_LESS_AGENT})\s+(?:was|were)\s+(?:used|raised|directed|applied|designed)\s+against\s+",
        -1,
        "reduced",
        "siRNA was used against {ABCB1}",
        tool=True,
    ),
    OperatorCue(rf"{_DOING}(?:{TOOL}){_AGAINST}", -1, "reduced", "a neutralizing antibody against {IL6}",
    tool=True),
    OperatorCue(r"anti-?sense\s+(?:to\s+)?", -1, "reduced", "antisense {miR-21}", tool=True),
    OperatorCue(rf"{_DOING}(?:lna-?)?(?:anti|antago(?:mir)?|antimir)-?\s*(?:lna-)?", -1, "reduced",
    "LNA-anti-{miR-155}", tool=True),
    OperatorCue(r"(?:si|sh|sg|aso|dn|crispr|asi)(?:rna)?[-_]?", -1, "reduced", "si-{UCA1}, sh{HOTAIR}",
    tool=True),
    OperatorCue(
        r"(?:dominant[- ]negative|kinase[- ](?:dead|inactive|deficient)|catalytically[- ](?:inactive|dead|"
        r"deficient|inert)|"
        r"loss[- ]of[- ]function|enzymatically (?:inactive|dead)|non-?functional|inactive|phospho-?dead)"
        r"\s+(?:mutants?\s+|forms?\s+|variants?\s+|versions?\s+)*(?:of\s+)?",
        -1,
        "reduced",
        "a dominant-negative mutant of {AKT1}",
    ),
    OperatorCue(
        rf"(?:{_DISABLING})\s+(?:(?:somatic|germline|biallelic|homozygous|point|missense|recurrent)\s+)*(?:{_CHANGES}\s+(?:of|in|within|to)\s+)?",
        -1,
        "reduced",
        "inactivating mutations of {PTEN}",
    ),
    OperatorCue(
        r"(?:mutant|mutated|truncated)\s+(?:(?:forms?|versions?|variants?|alleles?)\s+of\s+)?", 1, "mutated",
        "mutant {TP53}"
    ),
    OperatorCue(rf"(?:{_MORE})\s+of\s+", 1, "increased", "restoration of {PTEN} expression"),
    OperatorCue(r"(?:ectopic|forced|enforced|exogenous|stable|transient|increased|high|elevated) expression\s+of\s+",
    1, "increased",
                "forced expression of {miR-145}"),
    OperatorCue(rf"(?:{_MORE_GERUND})\s+", 1, "increased", "restoring {let-7b}"),
    OperatorCue(rf"(?:{_MORE_ADJECTIVE})\s+", 1, "increased", "ectopic {KLF4} expression"),
    OperatorCue(rf"(?:{_MORE_AGENT})\s+of\s+", 1, "increased", "a mimic of {miR-200c}"),
)  # fmt: skip

_CELL = (
    r"(?!\s+[\w/-]*\s?(?:cells?|cell lines?|mice|mouse|tumou?rs?|xenografts?|patients?|clones?|macrophages?|"
    r"fibroblasts?)\b)"
)
BEHIND: tuple[OperatorCue, ...] = (
    OperatorCue(rf"[\s-]+(?:{_LESS})\b(?!\s+(?:of|by)\b)", -1, "reduced", "{STAT3} knock-down"),
    OperatorCue(rf"[\s-]+(?:{_LESS_AGENT})\b", -1, "reduced", "a {miR-21} sponge", tool=True),
    OperatorCue(
        rf"[\s-]+(?:{_LESS_GERUND}|specific|directed)[\s-]+(?:{TOOL})\b", -1, "reduced",
        "{IL6}-neutralizing antibodies", tool=True,
    ),
    OperatorCue(r"[\s-]+(?:kd|ko|null|/-)\b", -1, "reduced", "{CDH1}-KD"),
    OperatorCue(r"\s?(?:[-−–]\s?/\s?[-−–])", -1, "reduced", "{Trp53}-/- mice"),
    OperatorCue(
        r"[\s-]+(?:deficient|null|depleted|silenced|negative|deleted|inhibited|ablated|low|deplete)\b(?!\s+by\b)",
        -1,
        "reduced",
        "{PTEN}-null cells",
    ),
    OperatorCue(rf"[\s-]+(?:{_DISABLING})\s+{_CHANGES}\b", -1, "reduced", "{PTEN} frameshift mutations"),
    OperatorCue(
        r"[\s-]+(?:(?:kinase|phosphatase|ligase|catalytically)[- ](?:dead|defective|inactive)|dominant[- ]negative)\b",
        -1,
        "reduced",
        "{AKT1} kinase-dead mutant",
    ),
    OperatorCue(rf"[\s-]+(?:{_MORE})\b(?!\s+(?:of|by)\b)", 1, "increased", "{UCA1} overexpression"),
    OperatorCue(rf"[\s-]+(?:{_MORE_AGENT})\b", 1, "increased", "{miR-145} mimics"),
    OperatorCue(r"[\s-]+(?:over-?expressing|transfected|transduced|high|oe|transgenic)\b", 1, "increased",
    "{ABCB1}-overexpressing cells"),
)  # fmt: skip
