"""What looks like a gene or a drug and is none: reagents, assays, databases, statistics, loading controls, authors,
journals.

The words are in ``noise.tsv``, each with its kind and an example. ``reagent``, ``assay`` and ``database`` are no
mentions, unless the words behind say that a gene is meant; ``statistic`` is none among figures, ``control`` where the
sentence says that it is one. What a lab's own terms or the paper itself define stays.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files

from exomine.nlp.mentions.evidence import Candidate, place_of
from exomine.nlp.mentions.near import Near
from exomine.vocabulary.entities import Role, labels

__all__ = ["is_noise", "printed_names", "words"]


@lru_cache(maxsize=1)
def words() -> dict[str, str]:
    """The words, each with its kind."""
    with files(__package__).joinpath("noise.tsv").open(encoding="utf-8") as handle:
        return {row["word"]: row["kind"] for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)}


#: "CAT expression", "the BCA gene".
_GENE_BEHIND = re.compile(
    r"\s+(?:genes?|mRNA|expression|promoter|knock-?down|silencing|over-?expression|transcripts?|mutations?|siRNA|shRNA)\b"
)
#: "insulin-like": like it, and not it; "insulin-like growth factor" is a name of its own.
_LIKE = re.compile(r"[-‐‑]like\b")


def is_noise(text: str, c: Candidate) -> bool:
    """Whether a candidate of the model or the lexicon is none of the entities that it is taken for."""
    if c.method not in ("model", "lexicon") or c.status == "lab":
        return False
    if _by_form(text, c):
        return True
    kind = words().get(text[c.start : c.end], "")
    if kind == "control":
        return _is_control(text, c)
    if kind == "statistic":
        return _is_figure(text, c)
    if kind == "reagent" and _ARM.match(text, c.end):
        return False
    return bool(kind) and c.status != "curated" and _GENE_BEHIND.match(text, c.end) is None


#: Behind what an arm of a study was given, a buffer too: "PBS-treated mice", "PBS (n = 8)", "PBS, orally".
_ARM = re.compile(
    r"[-‐‑ ](?:treated|injected|fed|gavaged)\b|\s?\(n\s?="
    r"|,?\s(?:orally|intra\w+ly|by gavage|i\.[pv]\.|subcutaneously)\b"
)


#: Trials: "CALGB 9344", "NCT01234567".
_TRIAL = re.compile(r"(?:NCT|ISRCTN|CALGB|NSABP|SWOG|ECOG|EORTC|RTOG|NCIC|KEYNOTE|CheckMate)[ -]?[A-Z]?[ -]?\d[\d-]*")
#: "Noncancer diseases": any but that.
_OTHER_THAN = re.compile(r"non[- ]?(?:cancer|tumou?r|malignan)\w*", re.I)
_PRIMES = "′″‵'"


def _by_form(text: str, c: Candidate) -> bool:
    """Whether its own letters, or those right beside it, say that it is something else."""
    if c.label == "CANCER":
        return bool(_OTHER_THAN.fullmatch(text, c.start, c.end) or _TRIAL.fullmatch(text, c.start, c.end))
    if c.label not in labels(Role.SYMBOL):
        return False
    return bool(_LIKE.match(text, c.end) or _TRIAL.fullmatch(text, c.start, c.end)) or _in_chemical(text, c)


def _in_chemical(text: str, c: Candidate) -> bool:
    """Whether a symbol is cut out of the name of a compound by its primes: "Brd-2" and "dU" of "5-Brd-2′-dU"."""
    before, behind = text[max(0, c.start - 2) : c.start], text[c.end : c.end + 2]
    return (behind[:1] in _PRIMES and behind[1:] == "-") or (before[:1] in _PRIMES and before[1:] == "-")


_CONTROL = re.compile(
    r"\b(?:(?:loading|internal|endogenous|housekeeping|normali[sz]ation)\s(?:controls?|references?|standards?|genes?)|reference\sgenes?"
    r"|normali[sz](?:ed|ation|er|ing)|house-?keeping)\b",
    re.I,
)
#: A sentence is looked at so far to both sides.
_REACH = 120
_END = re.compile(r"[.;]\s|\n")


def _is_control(text: str, c: Candidate) -> bool:
    """Whether the sentence says that a gene is its loading or reference control."""
    before = _END.split(text[max(0, c.start - _REACH) : c.start])[-1]
    behind = _END.split(text[c.end : c.end + _REACH], maxsplit=1)[0]
    return _CONTROL.search(before + " " + behind) is not None


_NUMBER_BEHIND = re.compile(r"\s?(?:[=<>≤≥:,±]|was|of|were)\s?[-−]?\d")
_NUMBER_BEFORE = re.compile(r"\d\s?%\s?$|±\s?$|\bmedian\s$|\bmean\s$")
_JOINT = r"\s?(?:[,/;]|,?\s(?:and|or))\s?"


def _is_figure(text: str, c: Candidate) -> bool:
    """Whether a statistic's name stands at a number or in a list with another one."""
    if _NUMBER_BEHIND.match(text, c.end) or _NUMBER_BEFORE.search(text[max(0, c.start - 12) : c.start]):
        return True
    before, behind = _BESIDE_BEFORE.search(text[max(0, c.start - 16) : c.start]), _BESIDE_BEHIND.match(text, c.end)
    return any(m is not None and words().get(m[1]) == "statistic" for m in (before, behind))


_BESIDE_BEFORE = re.compile(rf"\b([A-Z]{{2,3}}){_JOINT}$")
_BESIDE_BEHIND = re.compile(rf"{_JOINT}([A-Z]{{2,3}})\b")

#: "Arden B": an author as lists print them.
_AUTHOR = r"[A-Z][a-z\u00df-\u017f'’]+(?:-[A-Z][a-z\u00df-\u017f]+)?\s[A-Z]{1,3}\b"
_AUTHORS = re.compile(rf"{_AUTHOR}(?:(?:\s?[,;]\s|,?\sand\s){_AUTHOR}){{2,}}")
_ONE_AUTHOR = re.compile(_AUTHOR)
_SHORTENED = (
    "Nat|Biol|Chem|Mol|Clin|Natl|Acad|Proc|Lett|Oncol|Biochem|Biophys|Commun|Immunol|Pharmacol|Genet|Biotechnol|Res|Rev|Sci|Exp|"
    "Hum|Med|Curr|Opin|Eur|Int|Ther|Pathol|Hematol|Gastroenterol|Hepatol|Endocrinol|Physiol|Microbiol|Virol|Toxicol|Dis"
)
_JOURNAL_WORD = rf"(?:{_SHORTENED}|J|Am|Br|Ann|Cells?|Cancer|Blood|Lung|Breast|Stem|Signal|Death|Tumou?r|Nanotechnol)"
#: "J Biol Chem", "Nat. Cell Biol.": two words or more, one of them shortened.
_JOURNAL = re.compile(
    rf"\b(?=(?:{_JOURNAL_WORD}\.?\s)*(?:{_SHORTENED})\b){_JOURNAL_WORD}\.?(?:\s{_JOURNAL_WORD}\b\.?)+"
)


def printed_names(text: str, candidates: Iterable[Candidate]) -> Near[tuple[int, int]]:
    """Where lists of authors and names of journals stand; a list of what the lexicon knows ("Cyclin D, Cyclin E") is
    none."""
    known = {place_of(c) for c in candidates if c.method == "lexicon"}
    authors = (m.span() for m in _AUTHORS.finditer(text) if not _holds(text, m, known))
    return Near(lambda place: place, [*authors, *_journals(text)])


def _journals(text: str) -> Iterator[tuple[int, int]]:
    return (m.span() for m in _JOURNAL.finditer(text))


def _holds(text: str, authors: re.Match[str], known: set[tuple[int, int]]) -> bool:
    return any(m.span() in known for m in _ONE_AUTHOR.finditer(text, *authors.span()))
