"""How authors say that something is not there: what does not happen then is what it does."""

from __future__ import annotations

__all__ = [
    "ABSENT_BEFORE", "ACQUIRED", "DONE_TO", "FALLS", "HAPPENS", "LACKED_BEFORE", "LACKED_BEHIND", "PERSISTS", "RISES",
    "UNDERGONE", "WHEN", "WITHOUT",
]  # fmt: skip

#: Between an absence and the name: "without exosomal X", "in the absence of the lncRNA X".
_FILLER = (
    r"(?:(?:the|a|an|any|its|their|functional|endogenous|exosomal|vesicular|circulating|expression of|presence of"
    r"|lncrna|mirna|"
    r"microrna|circrna|gene|protein|kinase|transporter|receptor|transcription factor)[\s-]+)*"
)
#: Right before a name, at the beginning or the end of a clause: "without X, cells did not ...".
WITHOUT = (
    r"\b(?:without|in (?:the )?(?:absence|lack) of|once deprived of|when deprived of"
    r"|in (?:[\w-]+\s+){0,2}cells (?:lacking|devoid of|that lack(?:ed)?|deficient (?:in|for)))"
    rf"\s+{_FILLER}$"
)
#: Right before a name, or what says less or more of it: "when X was silenced", "after transfection with X mimics".
WHEN = (
    r"\b(?:when|whenever|once|after|upon|following|on|as soon as)\s+(?:(?:the|a|an|both)\s+)?"
    rf"(?:(?:transfection|transduction|treatment|delivery)\s+(?:of\s+(?:[\w-]+\s+){{1,3}})?(?:with|of)\s+)?{_FILLER}$"
)
#: Between a name and what was done to it.
DONE_TO = (
    r"(?:[\s-]+(?:expression|levels?|activity))?\s+(?:had been|has been|have been|was|were|is|are)\s+(?:\w+ly\s+)?"
)
#: What an amount does by itself.
FALLS = frozenset(
    "fell fall falls dropped drop drops declined decline declines decreased decrease decreases diminished sank waned "
    "dwindled subsided slowed halved shrank".split()
)
RISES = frozenset("rose rise rises increased increase increases climbed grew doubled soared".split())
#: Cues of negation that say nothing against the cargo that they stand before: "without exosomal X".
ABSENT_BEFORE = ("without", "instead of", "independent of", "independently of", "in the absence of")
#: Between a vesicle and what it lacks: "exosomes lacking X", "vesicles that were depleted of X".
LACKED_BEHIND = (
    r"\s*(?:(?:that|which)\s+)?(?:(?:were|was|are|is|had been)\s+)?"
    r"(?:lack(?:ing|ed|s)?|devoid of|without|deficient (?:in|for)|depleted of|deprived of|free (?:of|from)|stripped of|"
    rf"negative for|with (?:no|deleted|silenced)|(?:did|do) not (?:carry|contain|hold))\s+{_FILLER}"
)
#: Between a name and the vesicles that lack it: "X-depleted exosomes".
LACKED_BEFORE = (
    r"\s*[-–‐ ]\s*(?:depleted|deficient|free|null|negative|deprived|lacking|silenced|deleted)\s+(?:[\w-]+\s+)?"
)
#: Verbs by which cells come to be or to have something: "cells did not become resistant".
ACQUIRED = frozenset(
    "become becomes became turn turned be was were are develop develops developed acquire acquires acquired gain "
    "gained show shows showed exhibit exhibited display displayed".split()
)
#: What goes on as it was says nothing: "even without X cells remained resistant".
PERSISTS = frozenset(
    "even still remain remains remained stay stays stayed kept continue continued persisted also".split()
)
#: Verbs of what a process does by itself or what is done to make it: "invasion did not occur", "no invasion was seen".
HAPPENS = frozenset(
    "occur occurs occurred happen happened proceed proceeded take took seen observed detected found evident noted "
    "induced promoted triggered enhanced stimulated increased initiated activated elicited possible".split()
)
#: Verbs by which cells go through a process: "cells lacking X did not undergo apoptosis".
UNDERGONE = frozenset(
    "undergo undergoes underwent undergoing enter enters entered show showed display displayed".split()
)
