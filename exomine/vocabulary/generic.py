"""Words of each kind of entity that name none of it: "tumour", "several proteins", "signalling pathways".

Regular expressions for a whole mention, lower and upper case alike; :mod:`exomine.vocabulary.entities` gives each to
its type.
"""

from __future__ import annotations

__all__ = ["CANCER", "CELL_TYPE", "DRUG", "MIRNA", "PATHWAY", "PROCESS", "PROTEIN"]

#: Cancer words that name no cancer; they give no context, and are an object only as "several tumors".
CANCER = (
    r"(?:human |solid |malignant |primary |metastatic |several |various |many |different "
    r"|multiple )*(?:cancers?|tumou?rs?|"
    r"neoplasms?|malignanc(?:y|ies)|carcinomas?|metastas[ie]s|neoplasias?|cancerous|tumou?ral|(?:anti"
    r"|pro)-?(?:tumou?r|cancer)\w*|cancer cells?|tumou?r cells?|malignant cells?)"
)
#: "miRNAs", "oncomiRs", "microRNA", "micro RNAs".
MIRNA = r"(?:onco|exo)?-?(?:mi[- ]?rnas?|micro[- ]?rnas?|mirs?)"
#: Cell words that name no kind of cell.
CELL_TYPE = (
    r"(?:(?:human|other|target|recipient|neighbou?ring|parent(?:al)?|donor|host|cultured|adjacent"
    r"|surrounding|normal|healthy|"
    r"malignant|resistant|sensitive|eukaryotic|mammalian|living|drug|residual|distant|different|various|single|body|"
    r"transformed|secreting|producing|.*cancer|.*tumou?r|.*carcinoma)[\s\-]*)*(?:cells?|cellular|cell lines?)"
)
#: Protein words that name no protein or family.
PROTEIN = (
    r"(?:(?:pro-?|anti-?)?(?:angiogenic|inflammatory|apoptotic|inflammation|tumou?r|surface|membrane"
    r"|soluble|integral|heat|pattern[- ]recognition|cell[- ]surface|cytoskeletal|scavenger|"
    r"transmembrane|oncogenic|immune|cell|growth|transcription|adhesion)?\s*)*"
    r"(?:factors?|cytokines?|chemokines?|receptors?|enzymes?|kinases?|ligands?|proteins?|genes?|antibod(?:y"
    r"|ies)|antigens?|(?:(?:firefly|renilla)[ -])?luciferases?|e?gfp|"
    r"gtpases?|proteoglycans?|glycoproteins?|vaccines?|\w*rnas?|peptides?|oncogenes?|tumou?r suppressors?|hormones?|"
    r"transporters?|molecules?|histones?|ribosomes?|complex(?:es)?|immunoglobulins?|inhibitors?|proteases?"
    r"|proteinases?)"
)
#: "various signalling pathways", "signal transduction".
PATHWAY = (
    r"(?:intra-?cellular |inter-?cellular |multiple |cell |cellular |various |downstream )*"
    r"(?:signal transduction|signall?ing|signall?ing pathways?|pathways?|signall?ing cascades?|cascades?)"
)
#: Processes that everything takes part in: "gene expression", "regulation".
PROCESS = (
    r"(?:gene |protein |mrna )?(?:expression|transcription|translation|synthesis|secretion|signal(?:l?ing"
    r"| transduction)|"
    r"function|regulation|process(?:es)?|pathogenesis of|phosphorylation|ubiquitination|methylation|transport|"
    r"response to xenobiotic stimulus|localization|binding|membrane transport|diagnosis|prognosis|treatment)"
)
#: "chemotherapeutic agents", "multidrug resistance", and matter that is no drug: "water", "fatty acids".
DRUG = (
    r"(?:chemo-?|multi-?|anti-?cancer |anti-?tumou?r |chemotherapeutic |multiple |cytotoxic |cancer |tumou?r )*"
    r"(?:drugs?|therap(?:y|ies|eutics?)|chemotherap(?:y|ies|eutics?)|chemotherapeutic agents?|agents?|resistance"
    r"|mdr|treatments?|"
    r"lipids?|fatty acids?|nucleic acids?|amino acids?|carbohydrates?|metabolites?|nucleotides?|dna|rna"
    r"|water|oxygen|glucose|"
    r"phospholipids?|sphingolipids?|glycolipids?|calcium|compounds?|inhibitors?|antibiotics?|sugars?)"
    r"(?: resistance)?"
)
