"""One normal form for names and texts: lower-case tokens joined by spaces.

A token is a run of letters, a run of digits or a single Greek letter, so that "IL-6", "IL 6" and "IL6" have the same
form ("il 6"), and so have "TGFβ1" and "TGF-beta 1". British spellings and plurals are folded. What stands between the
tokens (spaces, hyphens, slashes) is left out here and compared afterwards (:func:`separators_agree`), as is the case of
letters (:func:`case_agrees`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = [
    "GREEK",
    "GREEK_SIGNS",
    "HYPHENS",
    "TOKEN",
    "alnum",
    "case_agrees",
    "compatible",
    "fold",
    "key",
    "separators_agree",
    "split",
]

#: Greek letters and the signs that stand for them in print (German sharp s for beta, the micro sign) with their names.
GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "ß": "beta", "µ": "mu", "ϕ": "phi", "ɑ": "alpha", "ĸ": "kappa", "ϵ": "epsilon",
}  # fmt: skip
#: Hyphens, dashes and the minus sign that join parts of a name; the soft hyphen too.
HYPHENS = "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2212\u2043\ufe63\uff0d"
#: Greek letters, those of mathematics too (from the bold alpha on).
GREEK_SIGNS = "\u0370-\u03ffßµɑĸ\U0001d6a8-\U0001d7cb"
#: Lowered digits: a number of their own in "H₂O₂". Raised ones are citations and stay what they are.
_LOWERED = "\u2080-\u2089"
#: Signs that are another sign in print only: letters of mathematics ("NF-𝜅B"), full width, ligatures, Roman numerals,
#: spaces.
_COMPATIBLE = re.compile(
    rf"[{_LOWERED}\u00a0\u2000-\u200a\u202f\u2102-\u2149\u2160-\u217f\u3000\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff]"
)
#: ``TOKEN.split(text)`` gives separators at even and tokens at odd places:
#: ``[^\W\d_{GREEK_SIGNS}]+|[{GREEK_SIGNS}]|\d+``. Runs of ASCII letters, which most are, and signs below the letters,
#: which most separators are, are told apart first: a fourth faster.
TOKEN = re.compile(
    rf"([A-Za-z]++(?![^\0-\x7f])|\d++|(?=[^\0-\x40])(?:[^\W\d_{GREEK_SIGNS}{_LOWERED}]++|[{GREEK_SIGNS}]"
    rf"|[{_LOWERED}]++))"
)
_BRITISH = (
    (re.compile(r"tumour"), "tumor"), (re.compile(r"leukaemi"), "leukemi"), (re.compile(r"oesophag"), "esophag"),
    (re.compile(r"anaemi"), "anemi"), (re.compile(r"haem"), "hem"), (re.compile(r"oedema"), "edema"),
    (re.compile(r"signalling"), "signaling"), (re.compile(r"oestr"), "estr"), (re.compile(r"paediatr"), "pediatr"),
    (re.compile(r"isation$"), "ization"), (re.compile(r"fibre"), "fiber"), (re.compile(r"gynaec"), "gynec"),
    (re.compile(r"sulph"), "sulf"), (re.compile(r"colour"), "color"), (re.compile(r"caecum"), "cecum"),
)  # fmt: skip
_SOME_BRITISH = re.compile("|".join(pattern.pattern for pattern, _ in _BRITISH))
_DIGIT = re.compile(r"\d")
_FIRST_LETTERS = re.compile(r"[^\W\d]+")
#: Not "virus", "analysis", "loss".
_REGULAR_PLURAL = re.compile(r".[^sui]s$", re.DOTALL)
#: Irregular plurals of nouns that end names.
_PLURALS = {
    "metastases": "metastasis", "carcinomata": "carcinoma", "sarcomata": "sarcoma", "bodies": "body",
    "therapies": "therapy", "antibodies": "antibody", "malignancies": "malignancy", "families": "family",
    "pathways": "pathway", "nuclei": "nucleus", "mitoses": "mitosis", "lymphomata": "lymphoma", "species": "species",
}  # fmt: skip


def compatible(text: str) -> str:
    """``text`` with its signs that only print otherwise replaced: "NF-𝜅B" is "NF-κB", "ＥＧＦＲ" EGFR, "ﬁbronectin"
    fibronectin.

    One sign may become several, so offsets into the result are not those of ``text``.
    """
    return _COMPATIBLE.sub(_plain_sign, text)


def _plain_sign(m: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", m[0])
    return plain if m[0].isspace() or m[0] >= "\uff01" or plain.isalnum() else m[0]


@lru_cache(maxsize=200_000)
def fold(token: str) -> str:
    """The normal form of one token: compatible and lower case, Greek letter named, British spelling and plural
    folded.
    """
    if len(token) > 2 and token[-1] == "s" and token[-2] in "SUI" and token[:-1].isupper():
        token = token[:-1]  # "TKIs"
    low = compatible(token).lower()
    if len(low) == 1:
        return GREEK.get(low, low)
    low = _american(low) if len(low) > 5 else low
    return _PLURALS.get(low) or _singular(low)


def _american(low: str) -> str:
    if _SOME_BRITISH.search(low):
        for pattern, american in _BRITISH:
            low = pattern.sub(american, low)
    return low


def _singular(low: str) -> str:
    """A regular plural's singular; "virus", "analysis", "loss" are none."""
    if len(low) > 5 and low.endswith("ies"):
        return low[:-3] + "y"
    return low[:-1] if _REGULAR_PLURAL.search(low) else low


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


#: Letters after which a number may stand apart ("HSP 70", "IL 6", "CD 44"); behind others ("CT 1", "OR 2") it is
#: another.
SPACED = frozenset(
    [
        "abcb",
        "abcc",
        "abcg",
        "adam",
        "ago",
        "akt",
        "aldh",
        "atg",
        "bcl",
        "braf",
        "brca",
        "ca",
        "cas",
        "ccl",
        "ccr",
        "cd",
        "cdk",
        "ck",
        "cox",
        "cxcl",
        "cxcr",
        "dnmt",
        "egfr",
        "erk",
        "fgf",
        "foxo",
        "foxp",
        "gata",
        "gli",
        "glut",
        "hdac",
        "her",
        "hif",
        "hsp",
        "igf",
        "il",
        "jak",
        "kras",
        "lc",
        "mapk",
        "mdr",
        "mmp",
        "mrp",
        "muc",
        "notch",
        "pdgf",
        "pten",
        "rab",
        "rac",
        "rap",
        "rho",
        "smad",
        "socs",
        "sox",
        "stat",
        "tgf",
        "timp",
        "tlr",
        "tnf",
        "traf",
        "trail",
        "trpc",
        "tsg",
        "vegf",
        "wnt",
        "yap",
        "zeb",
        "annexin",
        "caspase",
        "cyclin",
        "claudin",
        "galectin",
        "integrin",
        "bt",
        "caski",
        "du",
        "hct",
        "hela",
        "hep",
        "ht",
        "huh",
        "mcf",
        "mda",
        "nci",
        "ovcar",
        "panc",
        "sgc",
        "bgc",
        "mkn",
        "mgc",
        "skov",
        "sk",
        "sw",
        "bxpc",
        "capan",
        "thp",
        "hl",
        "raw",
    ]
)


def separators_agree(surface: str, synonym: str, *, phrase: bool = False) -> bool:
    """Whether what stands between the tokens of ``surface`` may stand for what stands between those of ``synonym``.

    Hyphens may be added or left out between letters and digits. In a ``phrase`` they may be exchanged with spaces; in
    symbols a space that the synonym has not is taken after the letters in :data:`SPACED` only. Other signs (slash,
    comma, bracket) must be the same.
    """
    left, a = split(surface)
    b = split(synonym)[1]
    if len(a) != len(b):
        return False
    for i in range(1, len(a) - 1):
        if a[i] == b[i]:
            continue
        if _core(a[i]) != _core(b[i]) or len(a[i]) > len(b[i]) + 1:
            return False
        takes_space = (phrase and b[i]) or (left[i].isdigit() and left[i - 1].lower() in SPACED)
        if " " in a[i] and " " not in b[i] and not takes_space:
            return False
    return True


def case_agrees(surface: str, synonym: str, policy: str) -> bool:
    """Whether the letters of ``surface`` are written as ``policy`` allows for ``synonym``; a plural s may follow.

    ``any``: in any case. ``exact``: as in the synonym. ``upper``: as in the synonym or all in capitals. ``symbol``:
    that too, or capitalised ("Pten"), or with a digit and at least four characters also in lower case ("hsp70",
    "Rab27a"); ``title`` the same without lower case ("Erk2").
    """
    if policy == "any":
        return True
    written, name = alnum(surface), alnum(synonym)
    if written.lower() != name.lower():
        written = written.removesuffix("s")
    if written.lower() != name.lower():
        return False
    if written == name or policy == "exact":
        return written == name
    if written == name.upper():
        return len(written) >= 3
    return policy != "upper" and len(name) >= 4 and _capitals_agree(written, name, policy)


def _capitals_agree(written: str, name: str, policy: str) -> bool:
    """Whether a symbol that is not written as it is listed is a usual form of it: "Pten", "hsp70", "Rab27a", "Erk2"."""
    if not _DIGIT.search(name):
        return written == name.capitalize()
    letters = _FIRST_LETTERS.match(written)
    head = letters[0] if letters else ""
    if head in (head.upper(), head.capitalize()):
        return True
    return policy == "symbol" and (head.islower() or (len(name) >= 5 and head[:1].isupper()))
