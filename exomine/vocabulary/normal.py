"""One normal form for names and texts: lower-case tokens joined by spaces.

A token is a run of letters, a run of digits or a single Greek letter, so that "IL-6", "IL 6" and "IL6" have the same form
("il 6"), and so have "TGFβ1" and "TGF-beta 1". British spellings and plurals are folded. What stands between the tokens
(spaces, hyphens, slashes) is left out here and compared afterwards (:func:`separators_agree`), as is the case of letters
(:func:`case_agrees`).
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["GREEK", "HYPHENS", "TOKEN", "alnum", "case_agrees", "fold", "key", "separators_agree", "split"]

#: Greek letters and the signs that stand for them in print (German sharp s for beta, the micro sign) with their names.
GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "ß": "beta", "µ": "mu", "ϕ": "phi", "ɑ": "alpha", "ĸ": "kappa", "ϵ": "epsilon",
}  # fmt: skip
#: Hyphens, dashes and the minus sign that join parts of a name; the soft hyphen too.
HYPHENS = "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2212"
_G = "\u0370-\u03ffßµɑĸ"
#: ``TOKEN.split(text)`` gives separators at even and tokens at odd places.
TOKEN = re.compile(rf"([^\W\d_{_G}]+|[{_G}]|\d+)")
_BRITISH = (
    (re.compile(r"tumour"), "tumor"), (re.compile(r"leukaemi"), "leukemi"), (re.compile(r"oesophag"), "esophag"),
    (re.compile(r"anaemi"), "anemi"), (re.compile(r"haem"), "hem"), (re.compile(r"oedema"), "edema"),
    (re.compile(r"signalling"), "signaling"), (re.compile(r"oestr"), "estr"), (re.compile(r"paediatr"), "pediatr"),
    (re.compile(r"isation$"), "ization"), (re.compile(r"fibre"), "fiber"), (re.compile(r"gynaec"), "gynec"),
    (re.compile(r"sulph"), "sulf"), (re.compile(r"colour"), "color"), (re.compile(r"caecum"), "cecum"),
)  # fmt: skip
#: Irregular plurals of nouns that end names.
_PLURALS = {
    "metastases": "metastasis", "carcinomata": "carcinoma", "sarcomata": "sarcoma", "bodies": "body",
    "therapies": "therapy", "antibodies": "antibody", "malignancies": "malignancy", "families": "family",
    "pathways": "pathway", "nuclei": "nucleus", "mitoses": "mitosis", "lymphomata": "lymphoma", "species": "species",
}  # fmt: skip


@lru_cache(maxsize=200_000)
def fold(token: str) -> str:
    """The normal form of one token: lower case, Greek letter named, British spelling and plural folded."""
    low = token.lower()
    if len(low) == 1:
        return GREEK.get(low, low)
    if len(low) > 5:
        for pattern, american in _BRITISH:
            low = pattern.sub(american, low)
    if low in _PLURALS:
        return _PLURALS[low]
    if len(low) > 2 and low[-1] == "s" and low[-2] not in "sui":
        return low[:-3] + "y" if low.endswith("ies") and len(low) > 5 else low[:-1]
    return low


def split(text: str) -> tuple[list[str], list[str]]:
    """``(tokens, separators)``; there is one separator more than tokens, the outer ones are before and behind."""
    parts = TOKEN.split(text)
    return parts[1::2], parts[0::2]


def key(text: str) -> str:
    """The normal form of a name: folded tokens joined by single spaces."""
    return " ".join(fold(t) for t in split(text)[0])


def alnum(text: str) -> str:
    """Letters and digits only, Greek letters named, case kept."""
    return "".join(GREEK.get(t, GREEK.get(t.lower(), t)) if len(t) == 1 else t for t in split(text)[0])


def _core(separator: str) -> str:
    return "".join(c for c in separator if c not in HYPHENS and c != " ")


def separators_agree(surface: str, synonym: str) -> bool:
    """Whether what stands between the tokens of ``surface`` may stand for what stands between those of ``synonym``.

    Spaces and hyphens may be exchanged, added or left out between a letter and a digit; other signs (slash, comma,
    bracket) must be the same. "IL 6" stands for "IL6", "AT 1" not for "AT1a" cut differently, "CD4 T" not for "CD4T".
    """
    left, a = split(surface)
    right, b = split(synonym)
    if len(a) != len(b):  # a generated variant (Greek letter written as a Latin one): spaces and hyphens only
        return all(not _core(s) and len(s) < 2 for s in a[1:-1])
    for i in range(1, len(a) - 1):
        if a[i] == b[i]:
            continue
        if _core(a[i]) != _core(b[i]) or len(a[i]) > len(b[i]) + 1:
            return False
        if not b[i] and " " in a[i] and (right[i][0].isalpha() or len(left[i - 1]) < 2):
            return False
    return True


def case_agrees(surface: str, synonym: str, policy: str, *, english: bool = False) -> bool:
    """Whether the letters of ``surface`` are written as ``policy`` allows for ``synonym``.

    ``any``: in any case. ``exact``: as in the synonym. ``symbol``: as in the synonym; in capitals from three characters on;
    in any case when it has a digit and four characters ("hsp70", "Rab27a"); capitalised from four letters on ("Pten")
    unless it is an English word. A plural s may follow.
    """
    if policy == "any":
        return True
    s, a = alnum(surface), alnum(synonym)
    if s.lower() != a.lower() and s[-1:] == "s":
        s = s[:-1]
    if s == a:
        return True
    if policy == "exact" or s.lower() != a.lower():
        return policy != "exact" and s.lower() != a.lower() and _variant_case(s, a)
    digit = any(c.isdigit() for c in a)
    if s == a.upper() and (len(s) >= 3 or digit):
        return True
    if digit and len(a) >= 4:
        return True
    return not digit and len(a) >= 4 and s == a.capitalize() and not english


def _variant_case(surface: str, synonym: str) -> bool:
    """A variant whose letters differ (IFNg for IFN-gamma): its first letter as in the synonym."""
    return surface[:2] == synonym[:2] or surface[:2] == synonym[:2].upper()
