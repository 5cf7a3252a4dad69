"""Cues of negation and speculation, with the side on which their scope lies.

``scope``: ``clause`` is the verb the cue belongs to with all that hangs below it; ``phrase`` is the cue's own phrase;
``right`` runs from the cue to the end of the clause. The cue classes follow BioScope (Vincze et al. 2008) and NegEx
(Chapman et al. 2001); ``pseudo`` cues look like cues and are none.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CLAUSE_BREAKS", "CUES", "PSEUDO", "Cue"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: a pattern over lower-case text, ``negated`` or ``speculative``, and its scope."""

    pattern: str
    kind: str
    scope: str


def _cues(kind: str, scope: str, patterns: str) -> tuple[Cue, ...]:
    return tuple(Cue(p.strip(), kind, scope) for p in patterns.strip().split("\n") if p.strip())


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
        without
        nor
        neither
        fail(?:s|ed|ing|ure)? (?:to|of|in)
        unable to
        inability (?:to|of)
        incapable of
        rather than
        instead of
        independent(?:ly)? of
        in the absence of
        """),
    *_cues("speculative", "clause", r"""
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
        seem(?:s|ed|ingly)?
        appear(?:s|ed)? to
        """),
    *_cues("speculative", "right", r"""
        suggest(?:s|ing|ive of)
        suggest(?:ed)? that
        indicat(?:es?|ing) that
        hypothesi[sz](?:e|es|ed|ing) (?:that|to)?
        hypothesis that
        speculat(?:e|es|ed|ing) that
        postulat(?:e|es|ed|ing) (?:that|to)?
        assum(?:e|es|ed|ing) that
        believed to
        (?:is|are|was|were|been) (?:thought|supposed|proposed|presumed|postulated|considered) to
        thought to
        impl(?:y|ies|ied|ying) that
        rais(?:e|es|ed|ing) the possibility
        possibility (?:that|of)
        (?:is|are|was|were) possible that
        whether
        remains? (?:unclear|unknown|elusive|to be (?:determined|elucidated|clarified|validated|explored|established))
        (?:it is|is) (?:unclear|unknown|plausible|tempting)
        can be (?:used|considered|utili[sz]ed|exploited|applied|employed) (?:as|for)
        either
        to (?:test|determine|investigate|examine|explore|assess) (?:whether|if)
        """),
    *_cues("speculative", "phrase", r"""
        potential
        putative
        promising
        candidate
        possible
        hypothetical
        presumptive
        """),
)  # fmt: skip

#: Look like cues, are none.
PSEUDO: tuple[str, ...] = (
    r"not only",
    r"not merely",
    r"not just",
    r"no doubt",
    r"whether or not",
    r"not necessarily",
    r"the potential (?:of|to)",
    r"potential (?:of|to)",
    r"have (?:the )?potential",
    r"no less than",
    r"et al\.? suggested that",
    r"and (?:his|her) (?:colleagues|co-?workers) suggested that",
    r"not fully (?:understood|elucidated)",
    r"mayo",
    r"in may",
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
