"""The word lists of the miRNA grammar. Data only; the rules that use them are in docs/mirna.md."""

from __future__ import annotations

__all__ = [
    "CLUSTERS_WITH_SLASH", "COMMON_SPECIES", "COMPOUND", "COUNT_WORDS", "GLUED_CLUSTERS", "GLUED_PREFIXES",
    "GLUED_WORDS", "HIGH_LETTERS", "MAX_LOCUS", "NAME_NOUNS", "NAME_WORDS", "NOT_A_MIRNA", "PLANTS", "SPECIES",
    "SPECIES_OF_STEM", "SPECIES_WORDS", "UNITS",
]  # fmt: skip


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Species codes of miRBase 22.1 (the prefixes in its mature.fa) whose names keep the dash after "miR".
_ANIMALS_AND_VIRUSES = """
aae abu aca aga age aja ame ami api apl aqu asu bbe bdo bfl bfv bhv1 bhv5 bib bkv blv bma bmo bpcv1 bpcv2 bta cbn cbr
cel cfa ccr cgr chi cin cja cla cli cpi cpo cqu crm csa cte dan ddi der dev dgr dma dme dmo dno dpe dps dpu dqu dre dse
dsi dvi dwi dya ebv eca eel efu egr emu fhe fru gga ggo gggpv1 gmo gpy gsa hbv hcmv hco hhi hhv6b hiv1 hma hme hpo hru
hsa hsv1 hsv2 hvsa hvt iltv ipu isc jcv kshv lca lco lgi lja lla lmi lva mcmv mco mcpv mdo mdv1 mdv2 meu mghv mja mle
mml mmr mmu mne mse mze nbr ngi nle nlo nve nvi oan oar ocu odi oga oha ola oni pal pbi pbv pca pha pma pmi pny pol ppa
ppc ppy prd prv pte ptr ptvpv2a pxy racpv rlcv rmi rno rrv sbo sci sfr sfv sha sja sko sla sma sme smc smr spu ssa ssc
ssy str sv40 tca tcf tch tgu tni tre ttv tur xbo xla xtr
"""

#: Species codes whose names are written without that dash in miRBase ("ath-miR156a").
_PLANTS = """
aau ahy aly ama amg aof aqc ata ath atr bcy bdi bgy bna bol bra cas cca ccl cln cme cpa cre crt csi cst ctr dpr egu esi
eun far fve gar ghb ghr gma gra gso han har hbr hci hex hpa hpe htu hvu lja lus mdm mes mtr nta osa pab pde peu pgi pin
pla ppe ppt pra psj pta ptc pti pvu rco rgl sbi seu sly smi smo sof ssl ssp stu tae tcc ttu vca vun vvi zma
"""
PLANTS = _words(_PLANTS)
SPECIES = _words(_ANIMALS_AND_VIRUSES) | PLANTS

#: Codes that are also taken in capitals ("EBV-miR-BART5", "Hsa-miR-21"); others could be an abbreviation
#: ("SMC-miR-21").
COMMON_SPECIES = _words(
    "hsa mmu rno bta ssc gga dre cel dme cfa oar ocu xla mml ebv kshv hcmv hsv1 hsv2 mcmv sv40 ath osa"
)

#: Glued to the front of "miR": left out of the span. Every one is followed by mir/miR and a number.
GLUED_PREFIXES = _words(
    "anti antago ago pre pri exo ex onco metasta myo iso xeno angio hypoxa immuno apopto inflamma mito epi "
    "oxi circ evo lna tumi"
)

#: Glued to the end of a name by a lost space ("miR-21expression") or a lab's shorthand ("miR-21KO").
GLUED_WORDS = (
    "mimics?|inhibitors?|inhibition|antagomirs?|agomirs?|sponges?|expression|overexpression|levels?|family|cluster|targets?|mediated|"
    "enriched|transfected|vs|and|or|was|were|is|are|in|on|by|to|of|with|from|has|can|high|low|hi|lo|null|KO|KD|OE"
)

#: What a count counts, and other words after which a bare number is no miRNA. Singular and plural where both occur.
COUNT_WORDS = _words("""
    of other others additional more further different distinct novel new known healthy independent out percent times
    fold folds patient patients sample samples control controls case cases subject subjects individual individuals
    participant participants volunteer volunteers donor donors men women people persons children adults mice mouse rats
    rat animals dogs gene genes protein proteins target targets transcripts mrnas mirnas micrornas lncrnas circrnas rnas
    studies study articles papers publications trials cohorts cohort groups group tumors tumours tumor tumour specimens
    specimen tissues tissue biopsies sera serum-samples lines cell-lines clones hospitals centers centres countries
    institutions independent matched paired respective remaining consecutive weeks week days day hours hour h hrs
    minutes min seconds sec months month years year yr yrs cycles cycle doses dose points sites site nucleotides
    nucleotide nt bp kb bases base-pairs residues amino exons introns loci chromosomes replicates experiments repeats
    wells passages steps
    """)  # fmt: skip

#: Measures straight after a number (case-sensitive): "5 nM", "24h", "3%".
UNITS = (
    "nM|pM|fM|[uµμ]M|mM|M|ng|pg|fg|[uµμ]g|mg|kg|g|nL|[uµμ]L|[uµμ]l|mL|ml|dL|L|nm|[uµμ]m|mm|cm|km|kDa|Da|kb|bp|nt|nts|mer|mers|"
    "h|hr|hrs|hpi|min|mins|s|sec|ms|d|wk|wks|mo|yr|yrs|years?|months?|weeks?|days?|hours?|minutes?|seconds?|"
    "fold|folds|percent|K|C|°C|°|℃|%|‰|x|X|×|rpm|Gy|Hz|kHz|MHz|V|mV|Tesla|T|am|pm|CI|SD|SE|Ct"
)

#: A word after which a bare number names a miRNA: function words, verbs and adverbs of expression studies.
NAME_WORDS = _words("""
    was were are is be been being has have had do does did can could may might will would shall should must also both
    all each either in on at by with within without from for to into onto via through during under between among against
    as than that which who whose when where while whereas because since if but and or nor not only both vs versus after
    before upon respectively alone together similarly here there thus then therefore however target targeting regulate
    regulates regulated regulating inhibit inhibits inhibited inhibiting suppress suppresses suppressed suppressing
    promote promotes promoted promoting repress represses induce induces enhance enhances increase increases decrease
    decreases reduce reduces bind binds act acts play plays mediate mediates modulate modulates contribute contributes
    show shows showed shown exhibit exhibits display displays affect affects control controlled directly function
    functions functioned belong belongs participate participates correlate correlates correlated associate associates
    associated confer confers exert exerts activate activates block blocks attenuate attenuates restore restores
    sensitize sensitizes sensitise impair impairs trigger triggers drive drives appear appears seem seems remain
    remained remains rise rose fell fall drop dropped discriminate discriminated distinguish distinguished predict
    predicted derived contained containing carry carrying stimulate alter cooperate synergize synergise synergistically
    serve differ facilitate orchestrate govern influence determine support maintain lead cause lower raise boost abolish
    abrogate reverse overcome downregulate upregulate down-regulate up-regulate accelerate prevent protect counteract
    repress silence transfer deliver secrete export overexpressing expressing loaded transfected we they it our these
    this their represent constitute reside map originate accumulate circulate emerged emerge became become contribute
    play exist
    """)  # fmt: skip

#: Nouns that follow a miRNA's number ("miR-221 and 222 levels").
NAME_NOUNS = _words("""
    expression expressions level levels mimic mimics inhibitor inhibitors antagomir antagomirs agomir agomirs family
    families cluster clusters sponge sponges precursor precursors overexpression knockdown knockout silencing inhibition
    upregulation downregulation signature axis binding seed seeds promoter promoters host locus abundance amounts
    concentrations values ratio ratios
    """)  # fmt: skip

#: After a dash these continue a name ("miR-21- or 155-transfected"); anything else does not ("5-fluorouracil").
COMPOUND = (
    "transfected|enriched|expressing|overexpressing|mediated|induced|containing|loaded|deficient|depleted|dependent|treated|"
    "carrying|bearing|regulated|driven|targeted|targeting|targets?|specific|positive|negative|high|low|rich|null|mimics?|inhibitors?|"
    "antagomirs?|agomirs?|sponges?|family|cluster|knockout|knockdown|KO|KD|OE|transduced|responsive|sensitive|free|based|derived|"
    "associated|related|directed|guided|silenced|modified|encoding|producing|secreting|delivered|engineered|over"
)

#: Around an upper-case MIR, these tell that it is something else (a space station, the infrared, a conference).
NOT_A_MIRNA = (
    "space|station|orbit|orbital|cosmonauts?|astronauts?|crew|soyuz|spacecraft|submersibles?|infrared|spectrometer|telescope|"
    "conference|symposium|workshop|magazine|publishers?|mission"
)

#: The highest number that is read as a locus ("miR-16-1"); a higher one makes a cluster ("miR-17-92").
MAX_LOCUS = 12

#: Written with a slash and yet one cluster, even where the word "cluster" does not follow.
CLUSTERS_WITH_SLASH = frozenset({("17", "92")})

#: Clusters whose dash was lost, before the word "cluster" ("miR-1792 cluster").
GLUED_CLUSTERS = {"1792": ("17", "92"), "302367": ("302", "367")}

#: Numbers whose members go beyond the letter h: for the others a final i or m stands for inhibitor or mimic
#: ("miR-21i").
HIGH_LETTERS = frozenset({"7", "548", "466", "467", "669", "520", "1273"})

#: Stems that one species alone has in miRBase, so that the name tells it without a prefix.
SPECIES_OF_STEM = (("BART", "ebv"), ("BHRF1", "ebv"), ("K12", "kshv"), ("UL", "hcmv"), ("US", "hcmv"))

#: A word straight before a name without prefix that tells its species ("murine miR-155").
SPECIES_WORDS = {
    "mouse": "mmu", "murine": "mmu", "rat": "rno", "zebrafish": "dre", "bovine": "bta", "porcine": "ssc", "pig": "ssc",
    "chicken": "gga", "canine": "cfa", "dog": "cfa", "ovine": "oar", "drosophila": "dme", "fly": "dme",
    "c. elegans": "cel", "nematode": "cel", "arabidopsis": "ath", "rice": "osa", "xenopus": "xtr", "macaque": "mml",
    "human": "hsa",
}  # fmt: skip
