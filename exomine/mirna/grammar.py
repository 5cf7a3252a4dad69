"""miRNA names in running text and table cells: each mention with its span and its normalised name.

``parse`` is the whole interface. The rules, each with examples that the tests run, are written in docs/mirna.md.
Nothing is looked up: what a name means in miRBase is decided afterwards (:mod:`exomine.vocabulary.mirbase`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from exomine.mirna.core import ARM, Core, is_year, read_core, read_viral
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
    otherwise, empty for a stem of several viruses; the name has a prefix only if one was written. ``arm`` is 5p, 3p or
    empty. ``stem`` is the name without species, locus, arm and star (``miR-125b``), ``locus`` the number of the gene
    copy. ``elements`` are a cluster's parts as written (``17``, ``92``). ``modifiers`` tell what is made of the miRNA:
    precursor, inhibitor, mimic, sponge.
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

    ``line_breaks``: a single newline counts as a space, as in a hard-wrapped text; with ``False`` it ends a block, as
    in ``Document.text``. The time taken is linear in the length of the text.
    """
    source = plain(text, line_breaks=line_breaks)
    found = _without_appositions(source.text, _clusters(source.text, list(_scan(source.text))))
    return tuple(_mention(source, item) for item in found)


# --- heads

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
#: Between "let" and 7 a space and no dash.
_ONLY_SPACE = re.compile(r" +7$")
#: Letters that may be glued to the front of "let-7".
_BEFORE_LET = ("", "pre", "pri", "anti", "hsa")
_CALLED_MIRNA = re.compile(r" (?:mi(?:cro)?RNA)")
_PLAIN_ARM = re.compile(r"-([35])p(?![A-Za-z0-9])")
_SPECIES_BEFORE = re.compile(r"(?:^|[^A-Za-z0-9])([A-Za-z]{2,6}[0-9]?[ab]?|sv40)([-_.] ?| )$")
_GLUED_SPECIES = re.compile(r"(?:^|[^A-Za-z0-9])(hsa|has|mmu|rno)$", re.IGNORECASE)
_LETTERS_BEFORE = re.compile(r"[A-Za-z\u0370-\u03ff]{1,12}$")
_SPECIES_WORD = re.compile(
    (
        rf"(?<![A-Za-z])({'|'.join(map(re.escape, SPECIES_WORDS))})[ -](?:(?:mature|homologous"
        rf"|orthologous) )?(?:(?:pre|pri|anti)-)?$"
    ),
    re.IGNORECASE,
)
_PRECURSOR = re.compile(r"(?:pre|pri)(?:-mature)?[- ]?$", re.IGNORECASE)
_INHIBITOR = re.compile(r"(?:anti(?:sense)?|antago|LNA|ASO|AMO)[- ]?$", re.IGNORECASE)
_MIMIC = re.compile(r"(?:\bago|mimic)[- ]?$", re.IGNORECASE)
#: What a word before or behind a name makes of the miRNA.
_BEFOREHAND = (("precursor", _PRECURSOR), ("inhibitor", _INHIBITOR), ("mimic", _MIMIC))
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
    (
        r"[- ]?(?:(?:mi(?:cro)?RNA|gene|polycistronic|genomic|family) )?(?:(?P<many>clusters)|cluster"
        r"|polycistron)(?![a-z])"
    ),
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
        item = _read_let(s, m) if glued in _BEFORE_LET else None
    elif m["lin"] or m["other"]:
        item = None if glued else _read_named(s, m, species)
    else:
        item = _read_mir(s, m, species, glued)
    if item is None or item.core is None:
        return replace(item, modifiers=modifiers) if item else None
    start = start if item.start == m.start() else item.start
    return replace(item, start=start, species=species, modifiers=modifiers, told=_told_species(s, start))


def _told_species(s: str, start: int) -> str:
    """The species that a word before the name tells: "mouse miR-21"."""
    word = _SPECIES_WORD.search(s[max(0, start - 36) : start])
    return SPECIES_WORDS[word[1].lower()] if word else ""


def _left(s: str, at: int) -> tuple[str, int, tuple[str, ...], str]:
    """Species, start of the span, modifiers and the letters glued to the front of a head word at ``at``."""
    before = s[max(0, at - 16) : at]
    own = _GLUED_SPECIES.search(before)
    if own:
        species, start, glued = _code(own[1]) or "hsa", at - len(own[1]), "hsa"
    else:
        letters = _LETTERS_BEFORE.search(before)
        glued = letters.group() if letters else ""
        species, start = _species_before(before, at)
    front = s[max(0, start - 12) : start]
    return species, start, tuple(kind for kind, pattern in _BEFOREHAND if pattern.search(front)), glued


def _species_before(before: str, at: int) -> tuple[str, int]:
    """The species of a prefix that ends ``before`` the head word at ``at``, and where the prefix starts."""
    prefix = _SPECIES_BEFORE.search(before)
    code = _code(prefix[1]) if prefix else ""
    if prefix is None or not code:
        return "hsa", at
    if prefix[2] == " " and prefix[1] not in COMMON_SPECIES:
        return "hsa", at
    return code, at - len(prefix[1]) - len(prefix[2])


def _code(written: str) -> str:
    """The species code for a prefix as written, or empty: ``Hsa`` and the typo ``has`` are hsa."""
    low = written.lower()
    if low == "has":
        return "hsa"
    known = low in SPECIES if written == low else low in COMMON_SPECIES
    return low if known else ""


def _read_mir(s: str, m: re.Match[str], species: str, glued: str) -> _Item | None:
    """A head word miR, miRNA, microRNA: with a number, with let-7, or alone."""
    before = s[max(0, m.start() - 1) : m.start()]
    if not _is_camel(m.group()) and (before.isdigit() or _is_foreign(glued)):
        return None
    sep = _SEPARATOR.match(s, m.end())
    assert sep is not None
    opened = before == "(" and sep["close"] is not None
    if sep["close"] and not opened:
        return _unspecific(s, m, glued)
    start = m.start() - 1 if opened else m.start()
    let = _LET.match(s, m.end())
    if let:
        return _let_behind(s, m, let, start)
    core = _number_after(s, m, sep, species)
    if core is None:
        return _unspecific(s, m, glued)
    return None if core is _NOTHING else _numbered(s, m, core, glued, start)


def _is_camel(word: str) -> bool:
    """Whether a head word is written so that no letters before it make it part of a longer word: ``miR``."""
    return word[:1] == "m" and word[-1:] in "Rs" and "R" in word


def _is_foreign(glued: str) -> bool:
    """Whether letters glued to a head word's front make it part of a longer word."""
    return glued not in ("", "hsa") and glued.lower() not in GLUED_PREFIXES


def _let_behind(s: str, m: re.Match[str], let: re.Match[str], start: int) -> _Item | None:
    """``miR-let-7a``; in "microRNA let-7a" the noun is not part of the name."""
    core = read_core(s, let.end(), seven=True)
    if core is None:
        return None
    gap = let["gap"] or ""
    return _Item(m.end() + len(gap) if " " in gap else start, core.end, core, base="let")


def _numbered(s: str, m: re.Match[str], core: Core, glued: str, start: int) -> _Item:
    """The mention of a head word with its number; "oncomiR-1" is a cluster's other name."""
    listed = _LISTED.match(s, m.end())
    start = listed.end() - 1 if listed else start
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
    named = read_viral(s, at) if m["mir"] and gap.strip() in ("-", "_") else None
    if named is not None:
        return named
    if s.startswith("iab-", at):
        return _read_iab(s, at)
    if not s[at : at + 1].isdigit() or (gap == "" and plural):
        return None
    core = read_core(s, at, species=species)
    if core is None:
        return _NOTHING if m["mir"] or gap.strip() else None
    return _weighed(s, m, core, gap)


def _read_iab(s: str, at: int) -> Core:
    """``miR-iab-4-5p``, of the fruit fly."""
    arm = ARM.match(s, at + 5)
    return Core(arm.end() if arm else at + 5, s[at : at + 5], arm=f"{arm[1]}p" if arm else "")


def _weighed(s: str, m: re.Match[str], core: Core, gap: str) -> Core | None:
    """``core``, unless the whole is another name ("MIR" in capitals) or the number counts or measures something."""
    in_capitals = m.group().startswith(("MIR", "Mir"))
    if gap and in_capitals and _elsewhere(s, m.start(), core.end):
        return _NOTHING
    if gap == "" or _joins(gap):
        return core
    if counts_something(s, core.end) or (not m["mir"] and is_year(core.stem)):
        return _NOTHING if m["mir"] else None
    return core


def _joins(gap: str) -> bool:
    """Whether a dash in the gap joins number and head word: spaces on one side of it at most."""
    return gap.strip() in ("-", "_", "--") and not (gap.startswith(" ") and gap.endswith(" "))


def _elsewhere(s: str, start: int, end: int) -> bool:
    return _NOT_A_MIRNA.search(s[max(0, start - 60) : end + 60]) is not None


def _unspecific(s: str, m: re.Match[str], glued: str) -> _Item | None:
    """``miRNAs``, ``microRNA``, ``miRs``; not ``miRNA-seq`` or ``miR-NC``, and no word that only begins so."""
    word = m.group()
    if m["mir"] and not _stands_for_all(s, m, glued):
        return None
    after = s[m.end() : m.end() + 1]
    cited = word.endswith("s") and after.isdigit()  # "miRNAs21": a citation mark that lost its place
    if after.isalnum() and not cited:
        return None
    if (glued and glued.lower() not in GLUED_PREFIXES) or _SEQUENCING.match(s, m.end()):
        return None
    return _Item(m.start(), m.end(), None)


def _stands_for_all(s: str, m: re.Match[str], glued: str) -> bool:
    """Whether a bare ``miR`` means miRNAs: written so, and not the beginning of a name."""
    if m.group() not in ("miR", "miRs", "MiRs") or glued.lower() in ("antago", "ago"):
        return False
    return not s.startswith("-", m.end())


def _read_let(s: str, m: re.Match[str]) -> _Item | None:
    gap = _LET_GAP.match(s, m.end())
    core = read_core(s, gap.end(), seven=True) if gap else None
    if gap is None or core is None:
        return None
    if m["let"].lower() == "lethal" and "-" not in gap.group():
        return None
    if _ONLY_SPACE.match(gap.group()) and not _LET_AFTER_SPACE.match(s, gap.end()):
        return None
    return _Item(m.start(), core.end, core, base="let")


def _read_named(s: str, m: re.Match[str], species: str) -> _Item | None:
    """lin-4; with a species prefix also bantam, lsy-6, iab-4."""
    if m["other"] and species == "hsa" and not _CALLED_MIRNA.match(s, m.end()):
        return None
    if m["lin"] and "-" not in m["lin"] and m["lin"] != "lin4":
        return None
    base = m.group().lower() if m["other"] else "lin-4"
    core = Core(m.end(), "")
    arm = _PLAIN_ARM.match(s, m.end())
    if arm:
        core = replace(core, end=arm.end(), arm=arm[1] + "p")
    return _Item(m.start(), core.end, core, base=base)


# --- clusters


def _clusters(s: str, items: list[_Item]) -> list[_Item]:
    """Members joined by slashes and called a cluster become one mention; ``clusters`` reaches back over "and"."""
    out: list[_Item] = []
    for i, group in _slash_groups(s, items):
        called = _is_called(s, items, i, group)
        if len(group) > 1 and _is_cluster(s, group, called=called):
            bodies = tuple(body for item in group for body in _bodies(item))
            out.append(replace(group[0], end=group[-1].end, cluster=bodies))
        elif len(group) == 1 and called:
            out.append(_called_alone(s, group[0]))
        else:
            out.extend(group)
    return out


def _slash_groups(s: str, items: list[_Item]) -> Iterator[tuple[int, list[_Item]]]:
    """Runs of items with nothing but a slash or a tilde between them, each with the place of its first."""
    i = 0
    while i < len(items):
        group = [items[i]]
        for k in range(i + 1, len(items)):
            if s[group[-1].end : items[k].start].strip(" -") not in ("/", "~"):
                break
            group.append(items[k])
        yield i, group
        i += len(group)


def _is_called(s: str, items: list[_Item], i: int, group: list[_Item]) -> bool:
    """Whether the group is called a cluster behind it or before it ("the cluster of")."""
    start = group[0].start
    if _called_cluster(s, items, i + len(group) - 1):
        return True
    return _CLUSTER_OF.search(s[max(0, start - 20) : start]) is not None


def _is_cluster(s: str, group: list[_Item], *, called: bool) -> bool:
    """Whether several members without arms are one cluster: by a word, a tilde, or as it is known."""
    if not all(item.core is not None and not item.core.arm for item in group):
        return False
    if called or any("~" in s[a.end : b.start] for a, b in pairwise(group)):
        return True
    return tuple(body for item in group for body in _bodies(item)) in CLUSTERS_WITH_SLASH


def _called_alone(s: str, item: _Item) -> _Item:
    """A single name that "cluster" follows."""
    if item.core is None or _bodies_are_cluster(item):
        return item
    one = _CLUSTER.match(s, item.end)
    return replace(item, cluster=_bodies(item)) if one and not one["many"] else item


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


# --- naming


def _mention(source: Plain, item: _Item) -> MirnaMention:
    start, end = source.first(item.start), source.end(item.end)
    core = item.core
    if core is None:
        return MirnaMention(start, end, UNSPECIFIC, is_unspecific=True, modifiers=item.modifiers)
    modifiers = item.modifiers + tuple(k for k, p in _AFTERWARDS if p.match(source.text, item.end))
    if core.shorthand:
        modifiers += (core.shorthand,)
    prefix = "" if item.species == "hsa" else f"{item.species}-"
    if item.cluster or core.chain:
        joined = "-".join(_bodies(item))
        base = joined if joined.startswith("let-") else f"miR-{joined}"
        return MirnaMention(
            start, end, f"{prefix}{base} cluster", item.species, stem=base, elements=_bodies(item),
            is_cluster=True, modifiers=modifiers,
        )  # fmt: skip
    stem = _stem(item, core)
    family = core.plural or _FAMILY.match(source.text, item.end) is not None
    return MirnaMention(
        start, end, prefix + stem + _tail(core), _species(item, core), core.arm, stem, core.locus, (), modifiers,
        is_family=family, is_star=core.star, is_viral=core.viral,
    )  # fmt: skip


def _tail(core: Core) -> str:
    """Locus, arm and star of a name."""
    parts = (f"-{part}" for part in (core.locus, core.arm) if part)
    return "".join(parts) + ("*" if core.star else "")


_SPECIES_OF_NAME = {"lin-4": "cel", "lsy-6": "cel", "bantam": "dme"}


def _species(item: _Item, core: Core) -> str:
    """The species of the prefix, else of a word before the name, a viral stem or lin-4; empty for a stem of several
    viruses.
    """
    if item.species != "hsa":
        return item.species
    if item.told:
        return item.told
    if core.viral:
        return next((code for stem, code in SPECIES_OF_STEM if core.stem.startswith(stem)), "")
    return _SPECIES_OF_NAME.get(item.base, "hsa")


def _stem(item: _Item, core: Core) -> str:
    if item.base == "let":
        return f"let-7{core.letter}"
    if item.base != "miR":
        return item.base
    dash = "" if item.species in PLANTS else "-"
    return f"miR{dash}{core.stem}{core.letter}"
