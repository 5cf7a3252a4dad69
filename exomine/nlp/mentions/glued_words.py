"""Names written together with what takes them away: "shHOTAIR", "siFOXM1", "anti-PD-L1 antibody", "CDH1-KD".

The name inside is the mention; what is glued to it turns it round (:mod:`exomine.nlp.relations.operators`).
"""

from __future__ import annotations

__all__ = ["PREFIXES", "PREFIX_WORD", "SUFFIXES"]

#: Before a name, glued: "siX", "sh-X", "sgX". Case counts: "SHC1" is a gene.
PREFIXES = r"(?:si|sh|sg|dn|ko|kd|asi)(?:RNA)?"
#: A whole word of a prefix and a name that begins like a symbol or a non-coding RNA's.
PREFIX_WORD = (
    rf"(?<![A-Za-z0-9-]){PREFIXES}[-‐_]?(?P<name>(?:[A-Z]|miR|circ|linc"
    rf"|lnc)[A-Za-z0-9]+(?:-[A-Z0-9][A-Za-z0-9]*)*)(?![A-Za-z0-9])"
)
#: Behind a name: "X-KD", "X-KO", "X-/-".
SUFFIXES = r"[-‐\s](?:KD|KO|OE|null|knock-?(?:down|out)|siRNA|shRNA|sponge|deficient|deficiency)"
