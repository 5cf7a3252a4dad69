"""Cues of negation and speculation, with the side on which their scope lies.

``scope``: ``clause`` is the verb the cue belongs to with all that hangs below it; ``phrase`` is the cue's own phrase;
``complement`` is what a preposition leads to;
``right`` runs from the cue to the end of the clause, ``both`` also over the subject of the cue's verb, and
``sentence`` is all of it. The cue classes follow BioScope (Vincze et al. 2008) and NegEx (Chapman et al. 2001);
``pseudo`` cues look like cues and are none.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CLAUSE_BREAKS", "CUES", "PSEUDO", "Cue"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: a pattern over lower-case text, ``negated`` or ``speculative``, and its scope.

    What a ``sure`` cue says of a statement stands whatever the network of the relations makes of it.
    """

    pattern: str
    kind: str
    scope: str
    sure: bool = False


def _cues(kind: str, scope: str, patterns: str, *, sure: bool = False) -> tuple[Cue, ...]:
    return tuple(Cue(p.strip(), kind, scope, sure) for p in patterns.strip().split("\n") if p.strip())


CUES: tuple[Cue, ...] = (
    *_cues("negated", "clause", r"""
        not
        n't
        cannot
        never
        no longer
        hardly
        barely
        """),
    *_cues("negated", "noun", r"""
        no
        none of
        no (?:significant |obvious |clear |apparent |detectable |direct )?(?:effects?|influence|impact|role|evidence|changes?|differences?|association|correlation)
        """),
    *_cues("negated", "right", r"""
        nor
        neither
        fail(?:s|ed|ing|ure)? (?:to|of|in)
        unable to
        inability (?:to|of)
        los(?:e|es|t|ing) (?:its|their|the|any|all) (?:\w+ )?(?:ability|abilities|capacity|capability|power) (?:to|of)
        incapable of
        (?:insufficient|not sufficient|not enough) (?:by (?:itself|themselves) |alone |on its own )?to
        rather than
        """),
    *_cues("negated", "complement", r"""
        fail(?:s|ed|ing|ure)? as
        without
        instead of
        independent(?:ly)? of
        in the absence of
        """),
    # fronted: "in no cell line did X promote P", "at no dose was P seen"
    *_cues("negated", "right", r"""
        (?:(?<![\w)\]%] )|(?<=\band )|(?<=\bbut )|(?<=\bthat ))(?:at|in|under|on|with|for|by|upon|after|during) (?:no|none of)(?=(?: [\w\-+/()]+){1,6}? (?:did|does|do|was|were|is|are|could|can|has|have|had|would|will)\b)
        """, sure=True),
    # what was withdrawn or could not be shown again: "the report that X promotes P has since been withdrawn"
    *_cues("negated", "right", r"""
        (?:claims?|reports?|papers?|articles?|stud(?:y|ies)|findings?|conclusions?|statements?|publications?)(?= [^;.]{3,150}? (?:was|were|has|have|had) (?:(?:since|later|been|then|subsequently|meanwhile|recently) )*withdrawn\b)
        (?:attempts?|efforts?) to (?:reproduce|replicate|confirm|verify|corroborate)(?= [^;.]{3,150}? (?:failed|were (?:unsuccessful|futile|in vain))\b)
        """, sure=True),
    # what the authors hold for wrong, or find no ground for
    *_cues("negated", "right", r"""
        (?:unlikely|improbable|implausible|inconceivable|untrue|false|incorrect|a misconception|a myth) (?:that|to)
        (?:is|was) wrong that
        (?:false|mistaken|erroneous|wrong|untenable|unfounded|misguided) (?:belief|assumption|notion|idea|claim|conclusion|view|impression|hypothesis) (?:that|of)
        (?:wrongly|erroneously|falsely|mistakenly|incorrectly|inaccurately) (?:been )?(?:reported|believed|thought|assumed|claimed|stated|said|concluded|held|described|proposed|considered|suggested|asserted|presumed|supposed|interpreted|implicated|credited|labell?ed|taken|regarded|inferred)
        (?:reported|believed|thought|assumed|claimed|stated|said|concluded),? (?:wrongly|erroneously|falsely|mistakenly|incorrectly)
        (?:evidence|proof|support|indications?) (?:is|are|was|were|remains?|has been|have been) (?:still |currently |so far |as yet |entirely |completely )?(?:lacking|missing|absent|wanting) (?:that|for|of)
        (?:lack|absence|dearth|want) of (?:\w+ ){0,2}(?:evidence|proof|support|indications?) (?:that|for|of)
        no (?:\w+ ){0,2}(?:evidence|proof|indications?|hint|sign|reason to (?:believe|think|assume|suppose|expect)) (?:that|for|of)
        (?:evidence|proof) (?:for|of|that)(?=[^,;.]{3,90} (?:is|are|was|remains?) (?:still |currently |so far )?(?:lacking|missing|wanting|absent)\b)
        den(?:y|ies|ied) that
        (?:den(?:y|ies|ied)|disput(?:e|es|ed)|reject(?:s|ed)?|contradict(?:s|ed)?|disprov(?:e|es|ed)) (?:the |this |that )?(?:\w+ )?(?:idea|notion|claim|hypothesis|view|assumption|conclusion|belief|report)s? (?:that|of)
        (?:argu(?:e|es|ed|ing)|sp(?:eak|eaks|oke|eaking)) against
        no (?:\w+ ){0,2}(?:evidence|proof|indications?|hint|sign) (?:was|were|is|has been|have been|could be|can be) (?:found|seen|obtained|provided|presented|given|available|there) (?:that|for|of)
        """, sure=True),
    *_cues("negated", "both", r"""
        (?:was|were|is|are|has been|have been) (?:later |since |then |subsequently )?(?:retracted|debunked)
        (?:could|can) ?not be (?:reproduced|confirmed|replicated|verified|substantiated|corroborated)
        (?:was|were|has|have) (?:never|not) (?:been )?(?:reproduced|confirmed|replicated|verified|substantiated|corroborated)
        (?:was|were|is|are|proved) (?:not reproducible|irreproducible|not replicable)
        far from(?= \w+ing\b)
        (?:is|are|was|were|seems?|seemed|appears?|appeared|remains?|remained) (?:very |highly |rather |most |quite |therefore |thus |also |simply |plainly |clearly )?(?:unlikely|improbable|implausible|untrue|false|incorrect|wrong|a myth|a misconception|unfounded)(?! (?:that|to)\b)
        """, sure=True),
    *_cues("speculative", "right", r"""
        (?:doubtful|questionable|dubious|debatable|arguable) (?:that|whether|if|to)
        not (?:unlikely|improbable|implausible|inconceivable|impossible) (?:that|to)
        (?:little|scant|scarce|weak|insufficient|limited|inconclusive|conflicting|contradictory) (?:\w+ )?(?:evidence|proof|support) (?:(?:supports?|exists?|suggests?|shows?|indicates?|is available) )?(?:that|for|of)
        (?:challeng(?:e|es|ed)|question(?:s|ed)?) (?:the |this )?(?:\w+ )?(?:idea|notion|claim|hypothesis|view|assumption|conclusion|belief) (?:that|of)
        whether or not
        (?:evidence|proof) (?:is|was|remains?) (?:still |currently |so far )?(?:scarce|weak|insufficient|limited|inconclusive|conflicting) (?:that|for|of)
        in case
        in the event that
        assuming
        """),
    *_cues("speculative", "both", r"""
        (?:is|are|was|were|seems?|seemed|appears?|appeared|remains?|remained) (?:very |highly |rather |therefore |thus |also |still )?(?:doubtful|questionable|dubious|in doubt|open to (?:doubt|question))(?! (?:that|whether|if|to)\b)
        """, sure=True),
    # an inverted condition: "Should X suppress Y, ...", "Had X promoted P, ...", "Were X to suppress Y, ..."
    *_cues("speculative", "right", r"""
        ^(?:(?:and|but|thus|hence),? )?should(?= \w)
        ^(?:(?:and|but|thus|hence),? )?had(?= [^,;]{2,80}?(?:ed|en|wn|un|ung|ost|ade)\b[^;]*,)
        ^(?:(?:and|but|thus|hence),? )?were(?= [^,;]{2,80}? to [a-z]+)
        """),
    *_cues("speculative", "clause", r"""
        (?:may|might|can|could|does|do|did|will|would|should) or (?:may|might|can|could|does|do|did|will|would|should) not
        may
        might
        could
        would
        possibly
        probably
        perhaps
        presumably
        potentially
        conceivably
        likely
        apparently
        putatively
        supposedly
        allegedly
        purportedly
        ostensibly
        seem(?:s|ed|ingly)?
        appear(?:s|ed)? to
        """),
    *_cues("speculative", "right", r"""
        suggest(?:s|ing|ive of)
        suggest(?:ed)? that
        hypothesi[sz](?:e|es|ed|ing) (?:that|to)?
        hypothesis that
        (?:hypothes[ie]s|assumption|prediction|conjecture|premise|idea|suspicion) (?:is|was|were|had been) that
        speculat(?:e|es|ed|ing) that
        postulat(?:e|es|ed|ing) (?:that|to)?
        assum(?:e|es|ed|ing) that
        believed to
        (?:is|are|was|were|been) (?:thought|supposed|proposed|presumed|postulated|considered) to
        thought to
        (?:is|are|was|were|been) (?:\w+ly |also )?predicted (?:by [\w.,/ -]{2,40} )?(?:to|as)
        impl(?:y|ies|ied|ying) that
        rais(?:e|es|ed|ing) the possibility
        possibility (?:that|of)
        (?:is|are|was|were) possible that
        whether
        (?:it is|is) (?:plausible|tempting)
        (?<!as )(?<!even )(?<!only )if(?! any| not)
        provided that
        unless
        can be (?:used|considered|utili[sz]ed|exploited|applied|employed) (?:as|for)
        either
        to (?:test|determine|investigate|examine|explore|assess) (?:whether|if)
        """),
    # an open question: its subject is what is not known ("the role of X in Y remains unclear")
    *_cues("speculative", "both", r"""
        (?:remains?|remained|is|are|was|were|still|stays?) (?:(?:still|largely|mostly|currently|as yet|yet|so far|to date|very|rather|highly|quite|completely|entirely|largely|to be) )*(?:unclear|unknown|elusive|obscure|enigmatic|controversial|debated|disputed|uncertain|undefined|undetermined|unresolved|unproven|unconfirmed|untested|unsubstantiated|(?:attractive|plausible|popular|appealing|tempting),? (?:but|though|yet|albeit) (?:unproven|unconfirmed|untested|speculative)|contradictory|(?:poorly|incompletely|insufficiently|little|barely|inadequately) (?:understood|known|defined|characteri[sz]ed|studied|explored)|not (?:yet )?(?:been )?(?:fully |completely |well |entirely )?(?:understood|known|clear|elucidated|clarified|established|defined|determined))
        (?:remains?|remained|has yet|have yet|is yet|are yet) to be (?:fully |further )?(?:determined|elucidated|clarified|validated|explored|established|confirmed|investigated|tested|shown|proven|defined)
        (?:has|have|had) (?:\w+ly |since |meanwhile )?been (?:\w+ly |heavily )?(?:disputed|questioned|challenged|contested|doubted|called into (?:question|doubt))
        (?:has|have) not (?:yet )?been (?:fully |well |completely )?(?:understood|elucidated|clarified|established|investigated|studied|explored|reported|tested)
        (?:can ?not|can't|could not|may not|must not|should not) be (?:fully |completely |definitely |definitively |entirely )?(?:ruled out|excluded|discounted|dismissed)
        """, sure=True),
    # what was asked
    *_cues("speculative", "right", r"""
        (?:test|examine|explore|address|pursue|investigate)(?:s|d|ed|ing)? (?:the |this )(?:\w+ )?(?:idea|hypothesis|possibility|notion|concept|question) (?:that|whether|of)
        (?:we|they|authors|who) (?:then |thus |next |also )?(?:asked|wondered|inquired) (?:whether|if)
        """, sure=True),
    # what a study is for
    *_cues("speculative", "right", r"""
        (?:aim(?:s|ed|ing)?|(?:aims?|goals?|objectives?|purpose|intention) (?:\w+ ){0,4}(?:is|was|were)|seek|sought|designed|undertaken|conducted|carried out|performed|set out|intended|initiated|planned) to (?:\w+ly )?(?:test|determine|investigate|examine|explore|assess|understand|elucidate|clarify|study|find out|learn|see|evaluate|establish|address|define|dissect|unravel|develop|find|identify|discover|design|synthesi[sz]e|(?:look|search|screen) for)
        """, sure=True),
    # what cannot be excluded is possible
    *_cues("speculative", "right", r"""
        (?:can ?not|can't|could not|do(?:es)? not|did not|unable to) (?:fully |completely |definitely |entirely )?(?:rule out|exclude|discount)(?: that)?
        not (?:possible )?to (?:rule out|exclude)
        """, sure=True),
    *_cues("speculative", "sentence", r"""
        \?(?=["')\]\s]*$)
        """, sure=True),
    *_cues("negated", "both", r"""
        (?:is|are|was|were|been|being|be) (?:then |therefore |thus |clearly |definitely |also )?(?:ruled out|excluded|refuted|disproved|disproven|rejected|discarded|dismissed)(?! from)
        """, sure=True),
    *_cues("negated", "right", r"""
        (?:poor|unreliable|unsuitable|inadequate|useless|worthless|insufficient|ineffective)(?= (?:\w+ ){0,2}(?:bio-?markers?|markers?|predictors?|indicators?))
        (?:rules?|ruled|ruling) out
        perform(?:s|ed|ing)? (?:very |rather |quite )?(?:poorly|badly|no better than chance) as
        (?:is|are|was|were|proved|proved to be|be) of (?:no|little|limited) (?:\w+ )?(?:use|value|utility) as
        refut(?:e|es|ed|ing)
        """, sure=True),
    *_cues("speculative", "phrase", r"""
        potential
        putative
        predicted(?= (?:\w+ ){0,2}(?:targets?|interactions?|binding))
        promising
        candidate
        possible
        hypothetical
        presumptive
        """),
)  # fmt: skip

#: Look like cues, are none.
PSEUDO: tuple[str, ...] = (
    # what is denied is the reverse: "X lowers Y, and not vice versa"
    r"(?:not|rather than) (?:vice[ -]versa|conversely|the (?:other way (?:a?round|about)|reverse|converse|opposite)\b(?! of))",
    r"not only",
    # one of two ways of giving something: "D, either alone or with E, lowered Y"
    r"whether (?:\w+ ){0,2}(?:alone|singly|individually|as (?:a )?(?:single|sole) agents?|in combination)\b",
    # two names of which each is told: "silencing of either X or Y raised P"; "did not raise P either"
    r"(?:of|in|with|by|from|for) either\b",
    r"either(?=\s*(?:[.,;:)]|$))",
    r"either of",
    r"either (?:\w+ ){0,2}(?:alone|singly|individually|as (?:a )?(?:single|sole) agents?|as monotherapy|in combination|together)\b",
    # each of two that were named: "overexpression of either miRNA lowered Y"
    r"either (?:of (?:the|these|those|them)|mi(?:cro)?rnas?|genes?|proteins?|drugs?|agents?|compounds?|lncrnas?|lines?)\b(?! or)",
    r"not merely",
    r"not just",
    r"no (?:doubt|question|wonder|surprise|reason to doubt)",
    r"(?:without|beyond) (?:(?:a|any|all|reasonable) )*(?:doubt|question)",
    r"(?:can ?not|can't|could not|must not|should not) be (?:denied|disputed|questioned|doubted|contested|overlooked|ignored|neglected|refuted|overstated|overemphasi[sz]ed)",
    r"not (?:surprising(?:ly)?|unexpected(?:ly)?|least|simply|solely)",
    r"not necessarily",
    r"the potential (?:of|to)",
    r"potential (?:of|to)",
    r"have (?:the )?potential",
    r"no less than",
    r"et al\.? suggested that",
    r"and (?:his|her) (?:colleagues|co-?workers) suggested that",
    r"not fully (?:understood|elucidated)",
    r"mayo",
    # what was shown to be able to: "we found that X could lower Y"
    r"(?:show(?:ed|n|s)?|found|demonstrat\w+|reveal\w*|confirm\w*|observed|proved) that [^;]{0,150}?\bcould",
    r"in may",
    # "X furthers P, although the underlying mechanism remains obscure": that it does so is no question
    r"(?:although|though|but|yet|while|whereas|and),? (?:the|its|their|this) (?:\w+ ){0,2}mechanisms? (?:[\w-]+ ){0,3}?(?:remains?|remained|is|are|was|were) (?:\w+ ){0,2}?(?:obscure|unclear|unknown|elusive|uncertain|undefined|undetermined|unresolved|understood|known|clear)",
)

#: Where a scope to the right ends.
CLAUSE_BREAKS: tuple[str, ...] = (
    ";",
    "but",
    "however",
    "whereas",
    "while",
    "although",
    "though",
    "yet",
    "because",
    "since",
    "except",
)
