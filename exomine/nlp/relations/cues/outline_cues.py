"""How authors say what their text is going to be about; what stands under such a verb is announced and not stated.

"Here we discuss how X promotes Y" announces; "we found that X promotes Y" and "we highlight that X promotes Y" state.
"""

from __future__ import annotations

__all__ = ["ACTIVE", "ENDS", "NOTICE", "PASSIVE", "STATES", "TITLE"]

_ADVERBS = (
    r"(?:(?:will|shall|also|then|now|next|first|firstly|briefly|finally|here|further|mainly|critically|thus"
    r"|therefore|would like to|aim to|intend to|try to|want to|attempt to) )*"
)
_WHO = (
    r"(?:we|i|(?:(?:this|the|our)(?: (?:present|current|following|next|last|previous|second|third|final|first|mini-?))*"
    r" ?(?:review|article|paper|section|subsection|chapter|part|overview|work|sections|paragraphs?|parts"
    r"|text|survey|perspective)))"
)
_VERBS = (
    r"(?:discuss(?:es)?|review(?:s)?|summari[sz]es?|outlines?|surveys?|recalls?|turns? to|go(?:es)? through"
    r"|focus(?:es)? on|go (?:on )?to|"
    r"concentrates? on|deals? with|(?:address|cover|examine|explore|consider|introduce|recapitulate|list"
    r"|sketch)(?:s|es)?|"
    r"closes? with|concludes? with|ends? with|begins? with|starts? with|looks? at|elaborates? on|comments? on|"
    r"(?:give|provide|present|offer)s? (?:a|an|the|some|brief|short)\b[\w\s,-]{0,40}?(?:overview|summary"
    r"|outline|survey|insights?)|"
    r"(?:highlight|describe)s? (?:how|the (?:roles?|ways?|mechanisms?|functions?|potential))|(?:explain|ask"
    r"|show in the following)s? (?:how|why|whether))"
)
#: An author or a part of the paper, and a verb of announcing; over lower-case text.
ACTIVE = rf"(?:^|(?<=[\s,;(])){_WHO} {_ADVERBS}{_VERBS}\b"
#: A passive of announcing that names the place, at the end of its clause; not "as discussed below", "and will be
#: discussed below".
PASSIVE = (
    r"(?<!as )(?<!and )(?<!, )(?:is|are|will be|shall be) (?:\w+ly )?(?:discussed|reviewed|summari[sz]ed"
    r"|outlined|described|addressed|"
    r"considered|the (?:subject|topic|focus) of)\s(?:\w+\s){0,3}?(?:here|below|later|next|(?:this"
    r"|the (?:following|next|present|last)) "
    r"(?:review|article|paper|section|chapter|part|paragraph)s?|section \d[\d.]*)"
)
#: Right behind the verb: what follows is stated ("we highlight that X ...").
STATES = r"\s*(?:,\s*)?(?:here\s+)?that\b"
#: Between the verb and a statement: a clause of its own, which states ("we focus on X, which promotes Y").
ENDS = r"[;:]|,\s*(?:which|who|whose|as|since|because|where)\b|\b(?:because|since|given that|although|whereas)\b"
#: Notices of a change to another paper repeat its title: "Corrigendum: X promotes Y", "Retraction Note to: ..."; they
#: state nothing.
NOTICE = (
    r"\s*[\[(]?(?:(?:author|publisher|editorial)(?:'s|s)? )?"
    r"(?:corrigend(?:um|a)|errat(?:um|a)|retraction(?: note| notice)?|retracted(?: article)?|withdrawn"
    r"|corrections?(?: notice)?|"
    r"expression of concern|addendum|editorial note)[\])]?\s*(?:[:–—]|(?:to|for|on)\s*:|to\s+[\"“‘'(]|\.\s)"
)
#: What a title or the first words of a caption name without a verb, "Effect of X on sensitivity to D"; they state
#: nothing.
TITLE = (
    r"\s*(?:(?:fig(?:ure)?s?|tables?|supplementary \w+|schemes?)\.? ?\w{0,4}[.:|]\s*)?(?:\([a-z]\)\s*)?"
    r"(?:the\s+|an?\s+)?"
    r"(?:effects?|influences?|impacts?|roles?|functions?|involvement|implications?|evaluation|analysis|assessment"
    r"|investigation|"
    r"comparisons?|determination|measurements?|study|studies) (?:of|for|between)\b"
)
