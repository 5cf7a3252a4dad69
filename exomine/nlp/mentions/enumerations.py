"""Members of enumerations that are written in part only: "HSP60, 70 and 90", "CD11a, 11b", "breast and lung cancer".

Two kinds, over character offsets. Forwards: after a symbol, numbers or letters that change its end ("Rab5, 7",
"Rab27a/b", "annexins (I, II, IV)", "IL-1α/β"). Backwards: before a noun phrase, words that change its beginning
("breast [55], prostate and lung cancer", "B and T cells"). A member counts only if the name put together is a term of
the lexicon; its span covers what is written of it, a hyphen that stands for the part left out included ("MMP-2 and
-9").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from exomine.nlp.mentions.matcher import Hit
from exomine.vocabulary.terms import Term

__all__ = ["coordinated", "members", "pathway", "sharing"]

Lookup = Callable[[str], Sequence[Term]]
_ROMAN = r"(?:VIII|VII|VI|IV|IX|XI{0,2}|V|I{1,3})"
_JOIN = r"\s*(?:,\s*(?:and|or|&)?|/|and|or|&)\s*-?\s?"
#: The next member: a number with or without a letter, a Greek letter, a Roman numeral, a single letter.
_MEMBER = re.compile(
    rf"({_JOIN})(\d{{1,3}}[A-Za-z]?|[α-ω]|{_ROMAN}|[a-hA-H])(?![\w%°]|[-–.]\d|\s*(?:%|kDa|mg|ml|µ|μ|nm\b"
    rf"|h\b|min\b|days?\b|of\b))"
)
#: Nouns that a number before them counts: "CD4 and 25 patients".
_COUNTED = re.compile(
    r"\s+(?:healthy |other |different |normal |more |new |additional )?(?:patients?|samples?|cases|subjects"
    r"|controls|mice|rats|"
    r"genes|cells|studies|articles|papers|weeks?|years?|months?|hours?|times|others|more|lncRNAs|mRNAs"
    r"|types|groups|volunteers|"
    r"donors|individuals|fold|replicates|pairs|candidates)\b"
)
#: "Brn-3a, a member of": a letter that is the article.
_ARTICLE = re.compile(r"\s*,\s+(?:and |or )?a\s+[a-z]{2,}")
_STEM = re.compile(rf"^(.*?[^\W\d])([- ]?)(\d{{1,3}})?[- ]?([A-Za-zα-ω]|{_ROMAN})?$")
_OPEN = re.compile(rf"s?\s\(({_ROMAN}|\d{{1,3}}[A-Za-z]?)(?=[,)/]|\s*(?:and|or)\b)")
_NUMBERED = re.compile(r"\d")


def members(text: str, hit: Hit, lookup: Lookup) -> Iterator[Hit]:
    """Further members after ``hit``, a protein's symbol or the name of a family, as hits of their own."""
    surface = text[hit.start : hit.end]
    if hit.terms[0].label != "PROTEIN" or len(surface) < 2:
        return
    at = hit.end
    opened = _OPEN.match(text, hit.end) or _OPEN.match(text, hit.end - 1)
    if opened and surface[1:].islower() and not _NUMBERED.search(surface):
        stem = re.sub(r"s$", "", surface)
        terms = _proteins(lookup, [f"{stem} {opened[1]}", f"{stem}{opened[1]}", f"{stem}-{opened[1]}"])
        if not terms:
            return
        if text.startswith(")", opened.end()):  # "Galpha (12)" is one name
            yield Hit(hit.start, opened.end() + 1, terms)
            return
        yield Hit(opened.start(1), opened.end(1), terms)
        surface, at = f"{stem} {opened[1]}", opened.end(1)
    while m := _MEMBER.match(text, at):
        names = _changed(surface, m[2], slash="/" in m[1])
        terms = _proteins(lookup, names)
        if not terms or (m[2].isdigit() and _COUNTED.match(text, m.end(2))) or _ARTICLE.match(text, m.start()):
            return
        yield Hit(m.start(2) - m[1].endswith("-"), m.end(2), terms)
        at = m.end(2)


def _changed(surface: str, member: str, *, slash: bool) -> list[str]:
    """The names that ``surface`` may become when its end is changed to ``member``."""
    m = _STEM.match(surface)
    if not m:
        return []
    stem, separator, number, letter = m[1], m[2], m[3] or "", m[4] or ""
    if member[0].isdigit():
        return [f"{stem}{separator}{member}"] if number else []
    if re.fullmatch(_ROMAN, member) and not number and re.fullmatch(_ROMAN, letter):
        return [f"{stem} {member}"]
    greek = bool(re.fullmatch(r"[α-ω]", member))
    same_kind = bool(letter) and bool(re.fullmatch(r"[α-ω]", letter)) == greek and letter.isupper() == member.isupper()
    if same_kind and (slash or greek or number):
        return [
            f"{stem}{separator}{number}{'-' if greek and not number else ''}{member}",
            f"{stem}{separator}{number}{member}",
        ]
    return []


def _proteins(lookup: Lookup, names: Sequence[str]) -> tuple[Term, ...]:
    for name in names:
        terms = tuple(t for t in lookup(name) if t.label == "PROTEIN" and not t.guard)
        if terms:
            return terms
    return ()


_PATHWAY = re.compile(
    r"(?:\s\([\w-]{2,10}\))?[\s-](?:signal(?:l)?ing(?:\s(?:pathway|cascade|axis))?|pathways?|cascade|axis)\b", re.I
)


def pathway(text: str, hit: Hit, lookup: Lookup) -> Iterator[Hit]:
    """The pathway that a protein's name and its abbreviation name together: "sonic hedgehog (SHH) pathway"."""
    m = _PATHWAY.match(text, hit.end) if hit.terms[0].label == "PROTEIN" else None
    if m and "(" in m[0]:
        terms = tuple(t for t in lookup(f"{text[hit.start : hit.end]} signaling") if t.label == "PATHWAY")
        if terms:
            yield Hit(hit.start, m.end(), terms)


_WORD = r"[A-Za-z][A-Za-z-]*|[A-Z]"
_CITED = r"(?:\s?\[[\d,;\s–-]+\])?"
_BEFORE = re.compile(rf"({_WORD}){_CITED}(\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or|&)\s+|/)$")
#: Before an organ that is a place: "metastasis to lung, bladder and ..."
_SPREAD = re.compile(r"(?:metasta\w+|spread\w*|dissemination)\s+(?:to|in|into)\s+(?:the\s+)?$", re.I)
#: Heads that coordinated modifiers share, by label.
_HEADS = {
    "CANCER": re.compile((
        r"\b(cancers?|carcinomas?|tumou?rs?|adenocarcinomas?|neoplasms?|malignanc(?:y|ies)|lymphomas?"
        r"|sarcomas?)$"
    ), re.I),
    "CELL_TYPE": re.compile(r"\b(cells?|lymphocytes?|macrophages?)$", re.I),
}  # fmt: skip


def coordinated(text: str, hit: Hit, lookup: Lookup) -> Iterator[Hit]:
    """Modifiers before ``hit`` that share its head: "prostate" in "prostate and lung cancer"."""
    label = hit.terms[0].label
    head = _HEADS[label].search(text[hit.start : hit.end]) if label in _HEADS else None
    if not head or head.start() == 0:
        return
    end = hit.start
    line = text.rfind("\n", 0, end) + 1
    while m := _BEFORE.search(text, max(line, end - 60), end):
        terms = tuple(t for t in lookup(f"{m[1]} {head[1]}") if t.label == label and not t.guard)
        if label == "CANCER" and _SPREAD.search(text[max(0, m.start(1) - 24) : m.start(1)]):
            return
        if not terms or (label == "CANCER" and terms[0].curie in ("", "doid:162", hit.terms[0].curie)):
            return
        yield Hit(m.start(1), m.end(1), terms)
        end = m.start(1)


_AFTER = re.compile(rf"{_CITED}(?:\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or|&)\s+)([a-z]{{4,}})\b")


def sharing(text: str, hit: Hit, lookup: Lookup) -> Iterator[Hit]:
    """What goes on behind ``hit`` in the same thing: "progression" in "tumor initiation and progression".

    A word that is a process by itself needs nobody's first word.
    """
    first, _, rest = text[hit.start : hit.end].partition(" ")
    end = hit.end
    while hit.terms[0].label == "PROCESS" and rest and (m := _AFTER.match(text, end)):
        terms = tuple(t for t in lookup(f"{first} {m[1]}") if t.label == "PROCESS" and not t.guard)
        known = any(t.label == "PROCESS" for t in lookup(m[1]))
        if not terms and not known:
            return
        if not known:
            yield Hit(m.start(1), m.end(1), terms)
        end = m.end(1)
