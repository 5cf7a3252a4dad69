"""Protein-level variants by rule: "EGFR T790M", "BRAFV600E", "KRAS p.Gly12Asp", "the T790M mutation", a bare "V600E".

A letter, a number and a letter may be many things (a cell line T47D, the gene S100P, figure S10A), so a substitution
counts only with a gene before it, a word of mutation beside it, one of the known hotspots, or where the paper names it
so elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from exomine.nlp.mentions.evidence import Candidate
from exomine.nlp.mentions.matcher import Hit
from exomine.vocabulary.terms import Term

__all__ = ["alterations", "fusions", "named_forms", "variants"]

_CODES = {
    "Ala": "A", "Arg": "R", "Asn": "N", "Asp": "D", "Cys": "C", "Gln": "Q", "Glu": "E", "Gly": "G", "His": "H",
    "Ile": "I", "Leu": "L", "Lys": "K", "Met": "M", "Phe": "F", "Pro": "P", "Ser": "S", "Thr": "T", "Trp": "W",
    "Tyr": "Y", "Val": "V", "Ter": "*",
}  # fmt: skip
_THREE = "|".join(_CODES)
_ONE = "ACDEFGHIKLMNPQRSTVWY"
#: "T790M", "p.V600E", "p.(Gly12Asp)", "Arg248Trp", "p.R213*", "p.E746_A750del"
_CHANGE = re.compile(
    rf"(?=[A-Zp])(?P<prefix>p\.\(?)?(?:(?P<a>{_THREE})(?P<n>\d{{1,4}})(?P<b>{_THREE}|\*|fs)"
    rf"|(?P<a1>[{_ONE}])(?P<n1>\d{{2,4}})(?P<b1>[{_ONE}]|\*|fs)"
    rf"|(?P<range>[{_ONE}]\d{{2,4}}_[{_ONE}]\d{{2,4}}(?:del(?:ins)?|ins|dup)[A-Z]{{0,9}}))(?![A-Za-z0-9])"
)
#: Between a gene and its change: "EGFR T790M", "EGFR-T790M", "EGFRT790M", "BRAF^V600E".
_JOINT = re.compile(r"(?:[\s:/^*-]|\s?\(|(?:\s(?:gene|mutant|mutation|mutations|variant))\s\(?)?")
#: Between two changes of one gene: "EGFR L858R and T790M", "KRAS G12D/V12".
_LIST = re.compile(r"\)?(?:\s?[,/&+]\s?|,?\s(?:and|or|and/or|plus)\s)\(?")
_BEHIND = re.compile(
    (
        r"\)?[\s-](?:\w+\s)?(?:mutations?|mutants?|mutated|variants?|substitutions?|alleles?|polymorphisms?"
        r"|positive|negative)\b"
    ),
    re.I,
)
_AHEAD = re.compile(
    r"(?:mutations?|mutants?|mutated|variants?|substitutions?|polymorphisms?)\s(?:of\s|such as\s|\()?$", re.I
)
#: "T790M of EGFR", "T790M mutation in the EGFR gene"
_OF_GENE = re.compile(r"\)?(?:[\s-](?:mutations?|mutants?|variants?|substitutions?))?\s(?:of|in|within)\s(?:the\s)?")
#: "BRAF" of "BRAFV600E", which is one run of letters
_GLUED = re.compile(r"(?<![A-Za-z0-9-])[A-Z][A-Z0-9]{2,7}\Z")
_HYPHENED = re.compile(r"(?<![A-Za-z0-9-])[A-Z][A-Za-z0-9]{2,7}-\Z")
_FIGURE = re.compile(r"(?:figs?\.?|figures?|tables?|suppl\w*\.?)\s[^.;]{0,30}$", re.I)
#: Hotspots that are named without their gene, each with the gene that is meant.
_HOTSPOTS = {
    "BRAF": "V600E V600K", "EGFR": "T790M L858R C797S L861Q G719S S768I", "KRAS": "G12C G12D G12V G13D",
    "JAK2": "V617F", "ABL1": "T315I", "PIK3CA": "H1047R E545K E542K", "IDH1": "R132H", "KIT": "D816V",
    "PDGFRA": "D842V", "BTK": "C481S", "ALK": "L1196M G1202R F1174L", "ROS1": "G2032R", "ESR1": "Y537S D538G",
    "TP53": "R175H R248W R273H",
}  # fmt: skip
_GENE_OF = {change: gene for gene, changes in _HOTSPOTS.items() for change in changes.split()}


@dataclass(frozen=True, slots=True)
class _Found:
    """A change at ``text[start:end]`` with its gene; ``whole`` is where the gene before it starts, if it stands
    right before.
    """

    start: int
    end: int
    change: str
    gene: str = ""
    glued: Term | None = None
    whole: int = -1
    sure: bool = False


def variants(text: str, hits: Sequence[Hit], lookup: Callable[[str], Sequence[Term]]) -> Iterator[Candidate]:
    """Evidence for the variants in ``text``; ``hits`` are the lexicon's, whose genes are taken for theirs."""
    found = _all(text, hits, lookup)
    genes: dict[str, set[str]] = {}
    for f in found:
        if f.gene:
            genes.setdefault(f.change, set()).add(f.gene)
    for f in found:
        known = genes.get(f.change, set())
        gene = f.gene or (next(iter(known)) if len(known) == 1 else "") or _GENE_OF.get(f.change, "")
        if f.sure or f.gene or known or gene:
            name = f"{gene} {f.change}".strip()
            slug = re.sub(r"[^a-z0-9]+", "-", name.lower().replace("*", "ter")).strip("-")
            start = f.whole if f.whole >= 0 else f.start
            yield Candidate(
                start, f.end, "VARIANT", f"exomine:{slug}" if gene else "", name, "grammar", 0.95 if gene else 0.8
            )
            if f.glued:
                yield Candidate(start, f.start, "PROTEIN", f.glued.curie, f.glued.name, "lexicon", 0.95, f.glued.status)


#: Behind a gene's name: what else happens to a gene and acts, with the end of the variant's name.
_ALTERED = re.compile(
    r"(?P<itd>[\s-]ITD)\b|(?P<more>\s(?:gene\s)?amplification)\b(?!\s(?:by|with|using|primers?|products?|efficiency|plots?|curves?|reactions?|cycles?)\b)|(?P<exon>\sexon\s\d{1,2}\s(?:deletion|insertion|skipping))\b"
)


def alterations(text: str, hits: Sequence[Hit]) -> Iterator[Candidate]:
    """Evidence for alterations other than substitutions, right behind their gene: "FLT3-ITD", "MET amplification"."""
    for h in hits:
        term = next((t for t in h.terms[:1] if t.label == "PROTEIN"), None)
        found = _ALTERED.match(text, h.end) if term is not None else None
        if term is not None and found is not None and (found["itd"] or term.guard in ("", "ambiguous")):
            name = f"{term.name}{found[0]}" if found["itd"] else f"{term.name} {' '.join(found[0].split())}"
            slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
            yield Candidate(h.start, found.end(), "VARIANT", f"exomine:{slug}", name, "grammar", 0.9)


#: Forms that are one word with their gene, "EGFRvIII", "AR-V7", and polymorphisms by their dbSNP number, "rs11614913".
_NAMED = re.compile(
    r"(?<![\w-])(?:(?P<gene>EGFR)[\s-]?(?P<three>vIII|variant III)|(?P<receptor>AR)-?(?P<splice>[vV](?:\d{1,2}|567es))"
    r"|(?P<snp>rs\d{3,11}))\b(?!-)"
)


def named_forms(text: str, lookup: Callable[[str], Sequence[Term]]) -> Iterator[Candidate]:
    """Evidence for variants that have names of their own."""
    for m in _NAMED.finditer(text):
        if m["snp"]:
            yield Candidate(m.start(), m.end(), "VARIANT", f"dbsnp:{m['snp']}", m["snp"], "grammar", 0.95)
            continue
        symbol, form = m["gene"] or m["receptor"], "vIII" if m["gene"] else m["splice"].upper().replace("ES", "es")
        name = f"{symbol}{form}" if m["gene"] else f"{symbol}-{form}"
        yield Candidate(m.start(), m.end(), "VARIANT", f"exomine:{name.lower()}", name, "grammar", 0.95)
        for term in [t for t in lookup(symbol) if t.label == "PROTEIN"][:1]:
            end = m.start() + len(symbol)
            yield Candidate(m.start(), end, "PROTEIN", term.curie, term.name, "lexicon", 0.95, term.status)


#: Two genes in one: "EML4-ALK fusion", "TMPRSS2/ERG rearrangement".
_FUSED = re.compile(r"\s?(?:-|–|::|/)\s?")
_FUSION = re.compile(r"\s(?:gene\s|oncogenic\s)?(?:fusions?|rearrangements?|chimeric|oncoproteins?|translocations?)\b")


def fusions(text: str, hits: Sequence[Hit]) -> Iterator[Candidate]:
    """Evidence for fusion genes: one protein, named by both."""
    genes = sorted({(h.start, h.end) for h in hits for t in h.terms[:1] if t.label == "PROTEIN"})
    for a, b in pairwise(genes):
        if a[1] <= b[0] and _FUSED.fullmatch(text, a[1], b[0]) and _FUSION.match(text, b[1]):
            yield Candidate(a[0], b[1], "PROTEIN", "", text[a[0] : b[1]], "grammar", 0.9)


def _all(text: str, hits: Sequence[Hit], lookup: Callable[[str], Sequence[Term]]) -> list[_Found]:
    changes = list(_CHANGE.finditer(text))
    if not changes:
        return []
    genes = sorted({(h.end, h.start, t.name) for h in hits for t in h.terms[:1] if t.label == "PROTEIN"})
    out: list[_Found] = []
    for m in changes:
        if _longer_symbol(text, m, lookup):
            continue
        f = _read(text, m, genes)
        word = _GLUED.search(text, max(0, m.start() - 9), m.start()) if f.whole < 0 else None
        term = next((t for t in lookup(word[0]) if t.label == "PROTEIN" and not t.guard), None) if word else None
        if word and term:
            f = replace(f, gene=term.name, glued=term, whole=word.start(), sure=True)
        if f.whole < 0 and (m.start() and text[m.start() - 1].isalnum()):
            continue  # inside a word that is no gene
        if out and not f.gene and out[-1].gene and _LIST.fullmatch(text, out[-1].end, f.start):
            f = replace(f, gene=out[-1].gene, sure=True)
        if not m["prefix"] and not f.gene and (lookup(m[0]) or _FIGURE.search(text[max(0, f.start - 45) : f.start])):
            continue
        out.append(f)
    return out


def _longer_symbol(text: str, m: re.Match[str], lookup: Callable[[str], Sequence[Term]]) -> bool:
    """Whether the first letter belongs to the symbol before it: "VEGF-C156S" is a form of VEGF-C."""
    before = _HYPHENED.search(text, max(0, m.start() - 9), m.start()) if m["a1"] else None
    return before is not None and any(t.label == "PROTEIN" for t in lookup(before[0] + m["a1"]))


def _read(text: str, m: re.Match[str], genes: Sequence[tuple[int, int, str]]) -> _Found:
    end = m.end() + (bool(m["prefix"]) and m["prefix"].endswith("(") and text.startswith(")", m.end()))
    found = _Found(m.start(), end, _short(m), sure=bool(m["prefix"] or m["range"]))
    i = bisect_left(genes, (m.start() + 1, 0, ""))
    before = sorted(genes[max(0, i - 3) : i], key=lambda g: (-g[0], g[1]))  # "BCR-ABL" before "ABL"
    for at, start, name in before:
        joint = _JOINT.fullmatch(text, at, m.start())
        if joint:
            apart = "(" in joint[0] or len(joint[0]) > 1
            return replace(found, gene=name, whole=-1 if apart else start, sure=True)
    behind = _OF_GENE.match(text, m.end())
    if behind:
        for at, start, name in genes[i : i + 4]:
            if start == behind.end() and at > start:
                return replace(found, gene=name, sure=True)
    said = _BEHIND.match(text, m.end()) or _AHEAD.search(text[max(0, m.start() - 24) : m.start()])
    return replace(found, sure=found.sure or said is not None)


def _short(m: re.Match[str]) -> str:
    """The change in one-letter form: T790M."""
    if m["range"]:
        return m["range"]
    if m["a1"]:
        return f"{m['a1']}{m['n1']}{m['b1']}"
    return f"{_CODES[m['a']]}{m['n']}{_CODES.get(m['b'], m['b'])}"
