"""miRNA names in running text and table cells: each mention with its span and its normalised name.

``parse`` is the whole interface. The rules, each with examples that the tests run, are written in docs/mirna.md. Nothing is
looked up: what a name means in miRBase is decided afterwards (:mod:`exomine.vocabulary.mirbase`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from exomine.mirna.core import ARM, Core, read_core, read_viral
from exomine.mirna.enumeration import counts_something, next_members
from exomine.mirna.spelling import Plain, plain
from exomine.mirna.words import (
    CLUSTERS_WITH_SLASH,
    COMMON_SPECIES,
    GLUED_PREFIXES,
    NOT_A_MIRNA,
    PLANTS,
    SPECIES,
    SPECIES_OF_STEM,
    SPECIES_WORDS,
)

__all__ = ["UNSPECIFIC", "MirnaMention", "parse"]

#: The name of an unspecific mention ("miRNAs", "microRNA").
UNSPECIFIC = "miRNA"


@dataclass(frozen=True, slots=True)
class MirnaMention:
    """One mention: ``text[start:end]``, half-open, in Unicode code points of the text as given.

    ``name`` is normalised (``miR-34c-5p``, ``mmu-miR-124-3p``, ``miR-17-92 cluster``; ``miRNA`` for an unspecific one).
    ``species`` is miRBase's code: hsa unless the prefix, a word straight before the name ("mouse") or a viral stem says
    otherwise, empty for a stem of several viruses; the name has a prefix only if one was written. ``arm`` is 5p, 3p or empty. ``stem`` is the name without
    species, locus, arm and star (``miR-125b``), ``locus`` the number of the gene copy. ``elements`` are a cluster's parts as
    written (``17``, ``92``). ``modifiers`` tell what is made of the miRNA: precursor, inhibitor, mimic, sponge.
    """

    start: int
    end: int
    name: str
    species: str = "hsa"
    arm: str = ""
    stem: str = ""
    locus: str = ""
    elements: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    is_family: bool = False
    is_cluster: bool = False
    is_star: bool = False
    is_unspecific: bool = False
    is_viral: bool = False


def parse(text: str, *, line_breaks: bool = True) -> tuple[MirnaMention, ...]:
    """All miRNA mentions of ``text`` in order of their place.

    ``line_breaks``: a single newline counts as a space, as in a hard-wrapped text; with ``False`` it ends a block, as in
    ``Document.text``. The time taken is linear in the length of the text.
    """
    source = plain(text, line_breaks=line_breaks)
    found = _without_appositions(source.text, _clusters(source.text, list(_scan(source.text))))
    return tuple(_mention(source, item) for item in found)


# --- heads ---------------------------------------------------------------------------------------------------------------

_HEAD = re.compile(
    r"""
      (?P<noun>mi(?:-\ ?)?cro[-\ ]{0,2}r(?:-\ ?)?na(?P<nouns>s?) | mi[-\ ]{0,2}rna(?P<mirnas>s?))
    | (?P<mir>mirn(?=[0-9]) | mi[-\ ]{0,2}r(?P<mirs>s?))
    | (?P<let>let(?:hal)?)
    | (?P<lin>lin-?4(?![0-9A-Za-z]) | lin-4(?=-[35]p))
    | (?P<other>bantam | lsy-6 | iab-[48])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SEPARATOR = re.compile(r"(?:\(s\)|'s)?(?P<close>\))?(?P<gap> ?[-_\u2014]{0,2} {0,2})")
_LISTED = re.compile(r" ?[(:] ?-(?=[1-9])")
_LET = re.compile(r"(?P<gap>[-_ ]{0,2})let(?P<gap2> ?[-_]? {0,2})7|LET7", re.IGNORECASE)
_LET_GAP = re.compile(r" ?[-_]{0,2} {0,2}7")
_LET_AFTER_SPACE = re.compile(
    r"[abcefgik](?![A-Za-z0-9])|(?:d(?:-[35]p|[/*])|d? (?:family|miRNA|microRNA|cluster)|-[35]p)"
)
_SPECIES_BEFORE = re.compile(r"(?:^|[^A-Za-z0-9])([A-Za-z]{2,6}[0-9]?[ab]?|sv40)([-_.] ?| )$")
_GLUED_SPECIES = re.compile(r"(?:^|[^A-Za-z0-9])(hsa|has|mmu|rno)$", re.IGNORECASE)
_LETTERS_BEFORE = re.compile(r"[A-Za-z\u0370-\u03ff]{1,12}$")
_SPECIES_WORD = re.compile(
    rf"(?<![A-Za-z])({'|'.join(map(re.escape, SPECIES_WORDS))})[ -](?:(?:mature|homologous|orthologous) )?(?:(?:pre|pri|anti)-)?$",
    re.IGNORECASE,
)
_PRECURSOR = re.compile(r"(?:pre|pri)(?:-mature)?[- ]?$", re.IGNORECASE)
_INHIBITOR = re.compile(r"(?:anti(?:sense)?|antago|LNA|ASO|AMO)[- ]?$", re.IGNORECASE)
_MIMIC = re.compile(r"(?:\bago|mimic)[- ]?$", re.IGNORECASE)
_AFTERWARDS = (
    (
        "inhibitor",
        re.compile(r"[- ]?(?:inhibitors?|antagomirs?|antagonists?|antisense|blockers?)(?![a-z])", re.IGNORECASE),
    ),
    ("mimic", re.compile(r"[- ]?(?:mimics?|agomirs?)(?![a-z])", re.IGNORECASE)),
    ("sponge", re.compile(r"[- ]?(?:sponges?|decoys?)(?![a-z])", re.IGNORECASE)),
)
_FAMILY = re.compile(r"[- ]?(?:seed )?famil(?:y|ies)(?![a-z])|[- ](?:mi(?:cro)?RNA|gene) famil(?:y|ies)", re.IGNORECASE)
_CLUSTER = re.compile(
    r"[- ]?(?:(?:mi(?:cro)?RNA|gene|polycistronic|genomic|family) )?(?:(?P<many>clusters)|cluster|polycistron)(?![a-z])",
    re.IGNORECASE,
)
_CLUSTER_OF = re.compile(r"(?<![A-Za-z])clusters? (?:of )?(?:the )?$", re.IGNORECASE)
_SEQUENCING = re.compile(r"-?seq(?![a-z])|-sequencing|-(?:micro)?arrays?(?![a-z])", re.IGNORECASE)
_NOT_A_MIRNA = re.compile(rf"(?<![A-Za-z])(?:{NOT_A_MIRNA})(?![A-Za-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Item:
    """A mention over the plain text, before naming."""

    start: int
    end: int
    core: Core | None
    base: str = "miR"
    species: str = "hsa"
    modifiers: tuple[str, ...] = ()
    cluster: tuple[str, ...] = ()
    told: str = ""  # the species that a word before the name tells


def _scan(s: str) -> Iterator[_Item]:
    """Heads from left to right, each with the members that follow it."""
    pos = 0
    while (m := _HEAD.search(s, pos)) is not None:
        item = _read_head(s, m)
        if item is None:
            pos = m.end()
            continue
        yield item
        pos = max(item.end, m.end())
        for member in _members(s, item):
            yield member
            pos = member.end


def _members(s: str, item: _Item) -> Iterator[_Item]:
    """The short-written members after ``item``."""
    core = item.core
    if core is None or item.base not in ("miR", "let"):
        return
    base, seen = item.base, frozenset({core.stem})
    while True:
        added = next_members(s, core, let=base == "let", species=item.species, seen=seen)
        if not added:
            return
        for m in added:
            base = "let" if base == "let" and m.core.stem == "7" else "miR"
            yield replace(item, start=m.start, end=m.end, core=m.core, base=base)
        core = added[-1].core
        seen = seen | {core.stem}


def _read_head(s: str, m: re.Match[str]) -> _Item | None:
    """The mention whose head word is ``m``: specific, unspecific, or ``None``."""
    species, start, modifiers, glued = _left(s, m.start())
    if m["let"]:
        item = _read_let(s, m, species) if not glued or glued in ("pre", "pri", "anti", "hsa") else None
    elif m["lin"] or m["other"]:
        item = _read_named(s, m, species) if not glued else None
    else:
        item = _read_mir(s, m, species, glued)
    if item is None:
        return None
    if item.core is not None:
        start = start if item.start == m.start() else item.start
        word = _SPECIES_WORD.search(s[max(0, start - 36) : start])
        told = SPECIES_WORDS[word[1].lower()] if word else ""
        return replace(item, start=start, species=species, modifiers=modifiers, told=told)
    return replace(item, modifiers=modifiers)


def _left(s: str, at: int) -> tuple[str, int, tuple[str, ...], str]:
    """Species, start of the span, modifiers and the letters glued to the front of a head word at ``at``."""
    start, species, glued = at, "hsa", ""
    before = s[max(0, at - 16) : at]
    own = _GLUED_SPECIES.search(before)
    if own:
        species, start, glued = _code(own[1]) or "hsa", at - len(own[1]), "hsa"
    else:
        letters = _LETTERS_BEFORE.search(before)
        glued = letters.group() if letters else ""
        prefix = _SPECIES_BEFORE.search(before)
        code = _code(prefix[1]) if prefix else ""
        if prefix and code and not (prefix[2] == " " and prefix[1] not in COMMON_SPECIES):
            species, start = code, at - len(prefix[1]) - len(prefix[2])
    front = s[max(0, start - 12) : start]
    kinds = (("precursor", _PRECURSOR), ("inhibitor", _INHIBITOR), ("mimic", _MIMIC))
    return species, start, tuple(kind for kind, pattern in kinds if pattern.search(front)), glued


def _code(written: str) -> str:
    """The species code for a prefix as written, or empty: ``Hsa`` and the typo ``has`` are hsa."""
    low = written.lower()
    if low == "has":
        return "hsa"
    known = low in SPECIES if written == low else low in COMMON_SPECIES
    return low if known else ""


def _read_mir(s: str, m: re.Match[str], species: str, glued: str) -> _Item | None:
    """A head word miR, miRNA, microRNA: with a number, with let-7, or alone."""
    before = s[m.start() - 1 : m.start()] if m.start() else ""
    camel = m.group()[-1:] in "Rs" and m.group()[:1] == "m" and "R" in m.group()
    if glued and glued != "hsa" and glued.lower() not in GLUED_PREFIXES and not camel:
        return None
    if before.isdigit() and not camel:
        return None
    sep = _SEPARATOR.match(s, m.end())
    assert sep is not None
    start, close = m.start(), sep["close"]
    if close and before == "(":
        start -= 1
    elif close:
        return _unspecific(s, m, glued)
    let = _LET.match(s, m.end())
    if let:
        core = read_core(s, let.end(), seven=True)
        apart = let["gap"] is not None and " " in let["gap"]  # "microRNA let-7a": the noun is not part of the name
        return _Item(m.end() + len(let["gap"]) if apart else start, core.end, core, base="let") if core else None
    core = _number_after(s, m, sep, species)
    if core is None:
        return _unspecific(s, m, glued)
    if core.end == 0:
        return None
    listed = _LISTED.match(s, m.end())
    if listed:
        start = listed.end() - 1
    if glued.lower() == "onco" and core.body == "1" and not core.arm:
        return _Item(start, core.end, core, cluster=("17", "92"))
    return _Item(start, core.end, core)


_NOTHING = Core(0, "")


def _number_after(s: str, m: re.Match[str], sep: re.Match[str], species: str) -> Core | None:
    """The number after a head word; ``None`` where none stands, ``_NOTHING`` where the whole is something else."""
    gap, at = sep["gap"], sep.end()
    plural = bool(m["mirs"] or m["nouns"] or m["mirnas"])
    listed = _LISTED.match(s, m.end()) if plural else None
    if listed:  # "miRNAs (-21, -155)"
        gap, at = "-", listed.end()
    viral = read_viral(s, at) if m["mir"] and gap.strip() in ("-", "_") else None
    if viral is None and s[at : at + 4] == "iab-":
        arm = ARM.match(s, at + 5)
        viral = Core(arm.end() if arm else at + 5, s[at : at + 5], arm=f"{arm[1]}p" if arm else "")
    if viral is not None:
        return viral
    if not s[at : at + 1].isdigit():
        return None
    core = read_core(s, at, species=species)
    if gap == "" and plural:
        return None
    if core is None:
        return _NOTHING if m["mir"] or gap.strip() else None
    strong = gap.strip() in ("-", "_", "--") and not (gap.startswith(" ") and gap.endswith(" "))
    if strong or gap == "":
        capital = m.group()[:3] in ("MIR", "Mir") and gap != ""
        return _NOTHING if capital and _elsewhere(s, m.start(), core.end) else core
    if m.group()[:3] in ("MIR", "Mir") and _elsewhere(s, m.start(), core.end):
        return _NOTHING
    if counts_something(s, core.end) or (not m["mir"] and 1900 <= int(core.stem) < 2100):
        return None if not m["mir"] else _NOTHING
    return core


def _elsewhere(s: str, start: int, end: int) -> bool:
    return _NOT_A_MIRNA.search(s[max(0, start - 60) : end + 60]) is not None


def _unspecific(s: str, m: re.Match[str], glued: str) -> _Item | None:
    """``miRNAs``, ``microRNA``, ``miRs``; not ``miRNA-seq`` or ``miR-NC``, and no word that only begins so."""
    word = m.group()
    if m["mir"] and (word not in ("miR", "miRs", "MiRs") or glued.lower() in ("antago", "ago")):
        return None
    after = s[m.end() : m.end() + 2]
    cited = word.endswith("s") and after[:1].isdigit()  # "miRNAs21": a citation mark that lost its place
    if (glued and glued.lower() not in GLUED_PREFIXES) or (after[:1].isalnum() and not cited):
        return None
    if (m["mir"] and after[:1] == "-") or _SEQUENCING.match(s, m.end()):
        return None
    return _Item(m.start(), m.end(), None)


def _read_let(s: str, m: re.Match[str], species: str) -> _Item | None:  # noqa: ARG001
    gap = _LET_GAP.match(s, m.end())
    if gap is None:
        return None
    core = read_core(s, gap.end(), seven=True)
    if core is None:
        return None
    if (
        "-" not in gap.group()
        and "_" not in gap.group()
        and " " in gap.group()
        and not _LET_AFTER_SPACE.match(s, gap.end())
    ):
        return None
    if m["let"].lower() == "lethal" and "-" not in gap.group():
        return None
    return _Item(m.start(), core.end, core, base="let")


def _read_named(s: str, m: re.Match[str], species: str) -> _Item | None:
    """lin-4; with a species prefix also bantam, lsy-6, iab-4."""
    if m["other"] and species == "hsa" and not re.compile(r" (?:mi(?:cro)?RNA)").match(s, m.end()):
        return None
    if m["lin"] and "-" not in m["lin"] and m["lin"] != "lin4":
        return None
    base = m.group().lower() if m["other"] else "lin-4"
    core = Core(m.end(), "")
    arm = re.compile(r"-([35])p(?![A-Za-z0-9])").match(s, m.end())
    if arm:
        core = replace(core, end=arm.end(), arm=arm[1] + "p")
    return _Item(m.start(), core.end, core, base=base)


# --- clusters ------------------------------------------------------------------------------------------------------------


def _clusters(s: str, items: list[_Item]) -> list[_Item]:
    """Members joined by slashes and called a cluster become one mention; ``clusters`` reaches back over "and"."""
    out: list[_Item] = []
    i = 0
    while i < len(items):
        group = _slash_group(s, items, i)
        called = _called_cluster(s, items, i + len(group) - 1) or _CLUSTER_OF.search(
            s[max(0, group[0].start - 20) : group[0].start]
        )
        bodies = tuple(b for item in group for b in _bodies(item))
        armless = all(x.core is not None and not x.core.arm for x in group)
        tilde = any("~" in s[a.end : b.start] for a, b in pairwise(group))
        slash = len(group) > 1 and armless and (called or tilde or bodies in CLUSTERS_WITH_SLASH)
        if slash:
            out.append(replace(group[0], end=group[-1].end, cluster=bodies))
        elif len(group) == 1 and called and group[0].core is not None and not _bodies_are_cluster(group[0]):
            one = _CLUSTER.match(s, group[0].end)
            out.append(replace(group[0], cluster=bodies) if one and not one["many"] else group[0])
        else:
            out.extend(group)
        i += len(group)
    return out


def _slash_group(s: str, items: list[_Item], i: int) -> list[_Item]:
    group = [items[i]]
    while i + len(group) < len(items) and s[group[-1].end : items[i + len(group)].start].strip(" -") in ("/", "~"):
        group.append(items[i + len(group)])
    return group


def _called_cluster(s: str, items: list[_Item], last: int) -> bool:
    """Whether "cluster" follows the item ``last``, or "clusters" the items that "and" joins to it."""
    m = _CLUSTER.match(s, items[last].end)
    if m:
        return True
    for j in range(last + 1, min(last + 8, len(items))):
        between = s[items[j - 1].end : items[j].start].strip()
        if between not in ("and", ",", ", and", "/", "or"):
            return False
        m = _CLUSTER.match(s, items[j].end)
        if m:
            return bool(m["many"])
    return False


def _without_appositions(s: str, items: list[_Item]) -> list[_Item]:
    """Leave out a bare noun that only a space parts from a name: "microRNA let-7", "let-7 miRNAs" are one mention."""
    beside: set[int] = set()
    for i, (a, b) in enumerate(pairwise(items)):
        if (a.core is None) != (b.core is None) and s[a.end : b.start] == " ":
            beside.add(i if a.core is None else i + 1)
    return [item for i, item in enumerate(items) if i not in beside]


def _bodies(item: _Item) -> tuple[str, ...]:
    if item.cluster:
        return item.cluster
    if item.core is None:
        return ()
    first, *others = item.core.chain or (item.core.body,)
    return (f"let-{first}" if item.base == "let" else first, *others)


def _bodies_are_cluster(item: _Item) -> bool:
    return bool(item.cluster or (item.core and item.core.chain))


# --- naming --------------------------------------------------------------------------------------------------------------


def _mention(source: Plain, item: _Item) -> MirnaMention:
    start, end = source.first(item.start), source.end(item.end)
    core = item.core
    if core is None:
        return MirnaMention(start, end, UNSPECIFIC, is_unspecific=True, modifiers=item.modifiers)
    elements = _bodies(item) if item.cluster or core.chain else ()
    prefix = "" if item.species == "hsa" else f"{item.species}-"
    modifiers = item.modifiers + tuple(k for k, p in _AFTERWARDS if p.match(source.text, item.end))
    if core.shorthand:
        modifiers += (core.shorthand,)
    if elements:
        joined = "-".join(elements)
        base = joined if joined.startswith("let-") else f"miR-{joined}"
        return MirnaMention(
            start,
            end,
            f"{prefix}{base} cluster",
            item.species,
            stem=base,
            elements=elements,
            is_cluster=True,
            modifiers=modifiers,
        )
    stem = _stem(item, core)
    tail = (f"-{core.locus}" if core.locus else "") + (f"-{core.arm}" if core.arm else "") + ("*" if core.star else "")
    family = core.plural or _FAMILY.match(source.text, item.end) is not None
    species = _species(item, core)
    return MirnaMention(
        start, end, prefix + stem + tail, species, core.arm, stem, core.locus, (), modifiers,
        is_family=family, is_star=core.star, is_viral=core.viral,
    )  # fmt: skip


def _species(item: _Item, core: Core) -> str:
    """The species of the prefix, else of a word before the name, a viral stem or lin-4; empty for a stem of several viruses."""
    if item.species != "hsa" or item.told:
        return item.species if item.species != "hsa" else item.told
    if core.viral:
        return next((code for stem, code in SPECIES_OF_STEM if core.stem.startswith(stem)), "")
    return {"lin-4": "cel", "lsy-6": "cel", "bantam": "dme"}.get(item.base, "hsa")


def _stem(item: _Item, core: Core) -> str:
    if item.base == "let":
        return f"let-7{core.letter}"
    if item.base != "miR":
        return item.base
    dash = "" if item.species in PLANTS else "-"
    return f"miR{dash}{core.stem}{core.letter}"
