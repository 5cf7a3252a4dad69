"""The part of a miRNA name after its head word: number, letter, locus, star, arm, or the chain of a cluster.

Every pattern has bounded repeats and is matched at one place, so that reading is linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from exomine.mirna.words import COMPOUND, GLUED_CLUSTERS, GLUED_WORDS, HIGH_LETTERS, MAX_LOCUS, UNITS

__all__ = ["ARM", "UNIT", "Core", "hard_stop", "is_year", "read_core", "read_viral"]

ARM = re.compile(r"(?: ?[-_] ?|_| )([35])[-']?[pP](?![^\W_])")
_GLUED_ARM = re.compile(r"([35])[pP](?![^\W_])")
UNIT = re.compile(rf" ?-?(?:{UNITS})(?![^\W_])")

_COMPOUND = re.compile(rf"(?:{COMPOUND})(?![A-Za-z])", re.IGNORECASE)
_NUMBER = re.compile(r"[1-9][0-9]{0,4}(?![0-9])")
_SUFFIX = re.compile(
    rf"""
      (?P<glued>[a-f])? (?=(?:{GLUED_WORDS})(?![A-Za-z]))                              # 21expression, 34amimic
    | (?P<letter>[a-z]{{1,2}}|[A-Z]{{1,2}}) (?P<locus>[1-9][0-9]?)?                         # 29a, 548aa, 27B, 125B1
      (?![A-Za-z0-9\u0370-\u03ff])
    | (?P<armed>[a-z]) (?=[35]p(?![A-Za-z0-9]))                                           # 26a5p
    | -(?P<dashed>[a-gA-G]) (?![^\W_]) (?!-[A-Za-z])                                      # 135-b, not 34-c-Met
    | \ ?[(](?P<listed>[a-k]) (?=(?:(?:\ ?[-/,&+]\ ?|,?\ and\ )[a-k]){{1,10}}\))        # 200(a/b/c)
    | \ (?P<spaced>[a-k])                                                                # 29 a/b
      (?=(?:/[a-k]){{1,10}}(?![A-Za-z0-9-])|(?:,\ [a-k]){{0,8}},?\ and\ [a-k](?![A-Za-z0-9-]))
    | (?![A-Za-z0-9\u0370-\u03ff])                                                        # 21
    """,
    re.VERBOSE,
)
#: A number before these measures something, and before the others where a digit follows.
_MEASURING = frozenset("%'°")
_BEFORE_A_DIGIT = frozenset(".:(")
#: The stem whose letters run on to two in one species ("miR-548aa") and stand for nothing else.
_TWO_LETTERS = "548"
#: Words that a lost space glued to the number: "miR-21in".
_GLUED_BEHIND = ("an", "as", "at", "in", "is", "or")
#: One letter for what is made of the miRNA: "miR-21i".
_SHORTHAND = {"i": "inhibitor", "m": "mimic"}
_ELEMENT_LETTERS = tuple("abcdefg")
_LETTER_GROUPS = ("letter", "armed", "dashed", "glued", "listed", "spaced")
_STAR = re.compile(r"\*(?!\*)|-star(?![A-Za-z])")
_LOCUS = re.compile(r"(?:-|_) ?([1-9][0-9]?)(?![0-9A-Za-z'\u0370-\u03ff%°]|\.[0-9]|-[A-Za-z]{2})")
_CHAIN = re.compile(r" ?- ?|(?: ?~ ?)(?:-|mi[rR]-?)?")
_CALLED_CLUSTER = re.compile(r" (?:cluster|polycistron)(?![a-z])")
_HOST_GENE = re.compile(r"-?[0-9]{0,2}[A-Z]?HG(?![A-Za-z])", re.IGNORECASE)
_VIRAL = re.compile(
    r"""
      (?P<two>BHRF1|K12|Ro6|rL1|rR1)-(?P<n2>[0-9]{1,2}[ab]?)
    | (?P<one>BART|UL|US|HSUR|LLT|BF|N)(?P<n1>[0-9]{1,3}[A-Da-d]?)(?:-(?P<sub>[0-9]{1,2})(?![0-9A-Za-z]))?
    | (?P<cap>[BDHIJKMPSTUm])(?P<n0>[0-9]{1,3}[ab]?(?:RC)?)(?:-(?P<sub0>[0-9]{1,2})(?![0-9A-Za-z]))?
    | (?P<word>TAR|LAT|BARTs?)
    """,
    re.VERBOSE,
)
_VIRAL_STEMS = ("BHRF1", "BART", "K12", "HSUR", "LLT", "UL", "US")


@dataclass(frozen=True, slots=True)
class Core:
    """``stem`` is the number (for viruses a word: BART5).

    ``end`` is exclusive; ``chain`` holds a cluster's elements.
    """

    end: int
    stem: str
    letter: str = ""
    locus: str = ""
    arm: str = ""
    star: bool = False
    plural: bool = False
    upper: bool = False
    viral: bool = False
    chain: tuple[str, ...] = ()
    shorthand: str = ""

    @property
    def body(self) -> str:
        """The name without its arm, star and head: 125b-1."""
        return self.stem + self.letter + (f"-{self.locus}" if self.locus else "")


def hard_stop(s: str, end: int) -> bool:
    """Whether what follows a number at ``end`` shows that it measures or names something else (``5%``, ``5-FU``,
    ``2.5``).
    """
    sign, behind = s[end : end + 1], s[end + 1 : end + 2]
    if sign in _MEASURING:
        return True
    if sign in _BEFORE_A_DIGIT and behind.isdigit():
        return True
    if sign == "-" and behind.isalpha():
        return _COMPOUND.match(s, end + 1) is None
    return UNIT.match(s, end) is not None


def is_year(stem: str) -> bool:
    """Whether a number is more likely a year: ``2015``."""
    return 1900 <= int(stem) < 2100


def read_core(s: str, pos: int, *, species: str = "hsa", seven: bool = False) -> Core | None:
    """The name's number and all that belongs to it from ``pos`` on, or ``None`` where no miRNA number stands.

    ``seven`` reads what follows the 7 of let-7: the number is given and only the rest is read.
    """
    start = _Number(pos, "7") if seven else _read_number(s, pos)
    if start is None:
        return None
    core = _read_suffix(s, start, species)
    if core is None or _HOST_GENE.match(s, core.end):
        return None
    return _read_tail(s, core, species)


@dataclass(frozen=True, slots=True)
class _Number:
    end: int
    digits: str


def _read_number(s: str, pos: int) -> _Number | None:
    m = _NUMBER.match(s, pos)
    return _Number(m.end(), m.group()) if m else None


def _read_suffix(s: str, number: _Number, species: str) -> Core | None:
    """Letter and glued locus after the digits; ``None`` where other letters follow them."""
    m = _SUFFIX.match(s, number.end)
    if m is None:
        return None
    letter = next(filter(None, map(m.group, _LETTER_GROUPS)), "")
    core = Core(m.end(), number.digits, letter.lower(), m["locus"] or "", upper=letter.isupper())
    if core.locus:
        return _with_glued_locus(core, species)
    return _with_glued_letters(core, number, species) if m["letter"] else core


def _with_glued_locus(core: Core, species: str) -> Core | None:
    """``125b1``; ``106b25`` are two elements of a cluster, and two letters and a number are no human name but of
    miR-548.
    """
    if species != "hsa":
        return core
    if int(core.locus) > MAX_LOCUS:
        return replace(core, locus="", chain=(core.stem + core.letter, core.locus))
    return core if len(core.letter) == 1 or core.stem == _TWO_LETTERS else None


def _with_glued_letters(core: Core, number: _Number, species: str) -> Core | None:
    """What letters behind the digits are: part of the name, an arm, a plural, or a word whose space is lost."""
    if core.stem == _TWO_LETTERS:
        return core
    if core.letter == "p":
        return _split_arm(core)
    return _human_letters(core, number) if species == "hsa" else core


def _human_letters(core: Core, number: _Number) -> Core | None:
    letters = core.letter
    if letters == "s":
        return None if core.upper else replace(core, letter="", plural=True)
    if len(letters) == 2:
        return replace(core, end=number.end, letter="") if letters in _GLUED_BEHIND else None
    if letters in _SHORTHAND and core.stem not in HIGH_LETTERS:
        return replace(core, end=number.end, letter="", shorthand=_SHORTHAND[letters])
    return core


def _split_arm(core: Core) -> Core | None:
    """``215p`` is miR-21-5p with its dash lost; ``5p`` alone is no number."""
    if len(core.stem) < 2 or core.stem[-1] not in "35":
        return None
    return replace(core, stem=core.stem[:-1], letter="", arm=core.stem[-1] + "p")


def _read_tail(s: str, core: Core, species: str) -> Core:
    """Arm, star, locus or the next elements of a cluster, in the order in which names have them."""
    if core.chain:
        return core
    core = _read_locus(s, core, species)
    if not core.plural:
        core = _read_chain(s, core, species)
    if core.chain or core.arm:
        return core
    m = ARM.match(s, core.end) or (_GLUED_ARM.match(s, core.end) if core.letter else None)
    if m:
        return replace(core, end=m.end(), arm=m[1] + "p")
    m = _STAR.match(s, core.end)
    return replace(core, end=m.end(), star=True) if m else core


def _read_locus(s: str, core: Core, species: str) -> Core:
    m = _LOCUS.match(s, core.end)
    if m is None or core.locus or core.plural or ARM.match(s, core.end) or UNIT.match(s, m.end()):
        return core
    limit = MAX_LOCUS if species == "hsa" else 30
    return replace(core, end=m.end(), locus=m[1]) if int(m[1]) <= limit else core


def _read_chain(s: str, core: Core, species: str) -> Core:
    """Further elements of a cluster: ``17-92``, ``23a~27a~24-2``, ``miR-99b-125a``."""
    if core.body in GLUED_CLUSTERS and _CALLED_CLUSTER.match(s, core.end):
        return replace(core, chain=GLUED_CLUSTERS[core.body])
    chain, end = [core.body], core.end
    while element := _next_element(s, end, core, species):
        chain.append(element.body)
        end = element.end
    return replace(core, end=end, chain=tuple(chain)) if len(chain) > 1 else core


def _next_element(s: str, end: int, first: Core, species: str) -> Core | None:
    """The element that a joint at ``end`` adds to the cluster that begins with ``first``."""
    joint = _CHAIN.match(s, end)
    if joint is None or ARM.match(s, end):
        return None
    number = _read_number(s, joint.end())
    element = _read_suffix(s, number, species) if number else None
    if element is None or element.plural or element.arm:
        return None
    return _read_locus(s, element, species) if _is_element(s, joint.group(), element, first) else None


def _is_element(s: str, joint: str, element: Core, first: Core) -> bool:
    tilde = "~" in joint
    if not tilde and element.stem == first.stem and element.letter:  # 30a-30e is a range
        return False
    if hard_stop(s, element.end) or is_year(element.stem):
        return False
    if " " in joint and "-" in joint and not _CALLED_CLUSTER.match(s, element.end):
        return False
    return tilde or _tells_a_cluster(element)


def _tells_a_cluster(element: Core) -> bool:
    """Whether a dash before the element joins a cluster: by an early letter, or a number too high for a locus."""
    if element.letter:
        return element.letter in _ELEMENT_LETTERS
    return int(element.stem) > MAX_LOCUS


def read_viral(s: str, pos: int) -> Core | None:
    """A viral name after ``miR-``: BART5, K12-11, UL112, BHRF1-2; one capital and a number (H6) only as miRBase has
    it.
    """
    window = _capital_stem(s[pos : pos + 24])
    m = _VIRAL.match(window)
    if m is None or window[m.end() : m.end() + 1].isalnum():
        return None
    core = replace(_viral_core(m), end=pos + m.end())
    arm = ARM.match(s, core.end)
    if arm:
        return replace(core, end=arm.end(), arm=arm[1] + "p")
    star = _STAR.match(s, core.end)
    return replace(core, end=star.end(), star=True) if star else core


def _viral_core(m: re.Match[str]) -> Core:
    if m["word"]:
        return Core(0, m["word"].rstrip("s"), plural=m["word"].endswith("s"), viral=True)
    if m["two"]:
        return Core(0, f"{m['two']}-{m['n2']}", viral=True)
    if m["one"]:
        return Core(0, m["one"] + m["n1"], locus=m["sub"] or "", viral=True)
    return Core(0, m["cap"] + m["n0"], locus=m["sub0"] or "", viral=True)


def _capital_stem(window: str) -> str:
    """``bart5`` with the capitals of its stem: BART5."""
    for stem in _VIRAL_STEMS:
        if window[: len(stem)].upper() == stem:
            return stem + window[len(stem) :]
    return window
