"""Members of an enumeration that are written short: "miR-200a, 200b and -141", "miR-29a/b/c", "miR-378a-3p/5p".

After a name, :func:`next_members` looks for a joint (slash, comma, "and" ...) and for what may stand behind it. What is
written weakly, a bare number, must not count anything: :func:`counts_something` looks at the words behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from exomine.mirna.core import ARM, Core, hard_stop, is_year, read_core, read_viral
from exomine.mirna.spelling import BREAK
from exomine.mirna.words import COMPOUND, COUNT_WORDS, NAME_NOUNS, NAME_WORDS, UNITS

__all__ = ["Member", "counts_something", "next_members"]

_SLASH = re.compile(r" ?/ ?")
_LIST = re.compile(
    r"-?(?: ?[,;] ?(?:and/or |and |or |nor |& ?|as well as |along with |together with |but not |also )?(?:the )?|"
    r" ?[&+] ?(?=-?[0-9a-z])| (?:and/or|and|or|nor|as well as|along with|together with|but not|plus|versus"
    r"|vs\.?) (?:also )?)"
)
#: What may stand between a member and the next joint: arrows, a short remark in brackets, a citation mark.
_ASIDE = re.compile(r" ?(?:[\u2191\u2193\u25b2\u25bc]{1,2}|(?P<comment>\([^()]{1,30}\)|\[[0-9,; -]{1,30}\]))")
#: Opens the list of a family's or cluster's members.
_OPENED = re.compile(r" (?:family|cluster|families|clusters)(?: members)? ?(?:\(|: ?)")
_ARM_ONLY = re.compile(r"-?([35])[-']?[pP](?![^\W_])(?!-[a-z]{3})")
_DASH = re.compile(r"- ?(?=[0-9A-Za-z])")
_HEAD = re.compile(r"-?(?:[A-Za-z]{2,6}-)?(?:mi|let-?7|lin-?4|bantam)", re.IGNORECASE)
_LETTER = re.compile(r"(?P<letter>[a-k]|[A-K])(?P<star>\*(?!\*))?(?![^\W_]|\.[A-Za-z])")  # not "e.g."
_ONE_LOCUS = re.compile(r"-([1-9])(?![0-9A-Za-z'])")
_NEXT_LOCUS = re.compile(r"([1-9][0-9]?)(?![0-9A-Za-z'%]|\.[0-9]|-[A-Za-z0-9])")
_VIRAL_NUMBER = re.compile(r"([0-9]{1,2})(?![^\W_])")
_VIRAL_STEM = re.compile(r"[A-Z]+[0-9]*-|[A-Z]+")
_RANGE = re.compile(r" ?- ?([1-9][0-9]{0,4})?([a-k])(?![^\W_])(?!-[A-Za-z])")
_AFTER_LETTER = re.compile(
    (
        rf"(?:-(?:{COMPOUND})(?![A-Za-z]))|-[1-9](?![0-9])|-[35]p|- ?(?:and|or|,)|[,;:.)\]/*"
        rf"|+~\u2191\u2193\u25b2\u25bc]|$|{BREAK}| [(\[/|]"
    ),
    re.IGNORECASE,
)
_WORD = re.compile(r" {0,2}([A-Za-z\u0370-\u03ff][A-Za-z0-9'\u0370-\u03ff-]*)")
_IN_A_RANGE = re.compile(r" ?- ?[0-9](?!p)")  # 4-6 weeks, 14-3-3
_THOUSANDS = re.compile(r",[0-9]{3}(?![0-9a-z])")  # 3,500
_MONTH = re.compile(
    r" (?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)(?![a-z])"
)
_SHARED_UNIT = re.compile(rf" ?(?:and|or|to|-) ?[0-9]+(?:\.[0-9]+)? ?-?(?:{UNITS})(?![^\W_])")  # 24 and 48 h
_COUNT_SIGN = re.compile(r" ?[=<>≤≥±×%°]| ?\([0-9]| [0-9]|\.[0-9]|:[0-9]")
_COUNTED = (_COUNT_SIGN, _MONTH, _SHARED_UNIT)
#: Before a number that a list of numbers goes on with: ", 3,500", " and 3,500".
_BEFORE_NUMBERS = (", ", "; ", " a", " o")
#: Words behind a number that show it to be a name.
_OF_NAMES = NAME_WORDS | NAME_NOUNS
_DIGIT = re.compile(r"\d")
_LETTER_INSIDE = re.compile(r"[^\W\d_]")
_NUMBERED = re.compile(r"\)? *(?:and +)?(?:[a-z]*mi[rR]|let-7)")


@dataclass(frozen=True, slots=True)
class Member:
    """One short-written member: the span ``start:end`` of the plain text and what it stands for."""

    start: int
    end: int
    core: Core


def next_members(s: str, prev: Core, *, let: bool, species: str, seen: frozenset[str]) -> tuple[Member, ...]:
    """The members that one joint after ``prev`` adds: none, one, or the members of a range of letters.

    ``let`` tells that the enumeration goes on from let-7; ``seen`` holds the numbers named so far.
    """
    found = _letter_range(s, prev, let=let)
    if found:
        return found
    joint = _joint(s, prev.end)
    if joint is None or _HEAD.match(s, joint.end):
        return ()
    pos, slash = joint.end, joint.slash
    member = (
        _arm_member(s, pos, prev)
        or _letter_member(s, pos, prev, slash=slash)
        or _viral_member(s, pos, prev)
        or _number_member(s, pos, prev, let=let, species=species, slash=slash, seen=seen)
    )
    if member is None or (joint.bracketed and not _surely(s, member, seen)):
        return ()
    return (member,)


@dataclass(frozen=True, slots=True)
class _Joint:
    """What joins a member to the one before it; ``bracketed``: with a remark between them, or opening a bracket."""

    end: int
    slash: bool = False
    bracketed: bool = False


def _joint(s: str, end: int) -> _Joint | None:
    """The joint behind a member that ends at ``end``."""
    slash = _SLASH.match(s, end)
    if slash:
        return _Joint(slash.end(), slash=True, bracketed=_remark_at(s, end))
    aside = _ASIDE.match(s, end)
    listed = _LIST.match(s, aside.end() if aside else end)
    if listed:
        return _Joint(listed.end(), bracketed=_remark_at(s, end))
    opened = _OPENED.match(s, end)
    return _Joint(opened.end(), bracketed=True) if opened else None


def _remark_at(s: str, end: int) -> bool:
    aside = _ASIDE.match(s, end)
    return aside is not None and bool(aside["comment"])


def _surely(s: str, member: Member, seen: frozenset[str]) -> bool:
    """Behind brackets a dash tells a miRNA, a number that was named before, or that the number has brackets of its
    own.
    """
    own = s[member.end : member.end + 2].lstrip()[:1] in ("(", "[")
    return s[member.start] == "-" or own or bool(member.core.letter and member.core.stem in seen)


def _letter_range(s: str, prev: Core, *, let: bool) -> tuple[Member, ...]:
    """``let-7a-g``, ``miR-200a-c``: the dash stands for the members between, the last letter for itself."""
    m = _RANGE.match(s, prev.end) if _opens_range(prev) else None
    if m is None or not _goes_on(m, prev):
        return ()
    skipped = "h" if let else ""  # there is no let-7h
    between = [chr(c) for c in range(ord(prev.letter) + 1, ord(m[2])) if chr(c) != skipped]
    dash = m.group().index("-") + m.start()
    cores = [Member(dash, dash + 1, replace(prev, end=dash + 1, letter=c)) for c in between]
    last = _with_arm(s, replace(prev, end=m.end(), letter=m[2]))
    return (*cores, Member(m.start(1) if m[1] else m.start(2), last.end, last))


def _opens_range(prev: Core) -> bool:
    """Whether a range of letters can begin with ``prev``: nothing stands behind its one letter."""
    return len(prev.letter) == 1 and not (prev.arm or prev.locus or prev.star or prev.chain)


def _goes_on(m: re.Match[str], prev: Core) -> bool:
    """Whether the range ends with a later letter of the same number, its dash with as much space on either side."""
    same = m[1] is None or m[1] == prev.stem
    return same and m[2] > prev.letter and m.group().count(" ") != 1


def _behind_dash(s: str, pos: int) -> int:
    """The place behind a dash at ``pos``; ``pos`` where there is none."""
    dash = _DASH.match(s, pos)
    return dash.end() if dash else pos


def _arm_member(s: str, pos: int, prev: Core) -> Member | None:
    """``miR-378a-3p/5p``, ``miR-21-5p and -3p``: the same miRNA, the other arm."""
    m = _ARM_ONLY.match(s, pos)
    if m is None or not prev.arm or prev.arm[0] == m[1]:
        return None
    return Member(pos, m.end(), replace(prev, end=m.end(), arm=m[1] + "p"))


def _letter_member(s: str, pos: int, prev: Core, *, slash: bool) -> Member | None:
    """``miR-29a/b/c``, ``miR-200a, -b and -c``, ``miR-29a, b and c``: a letter alone."""
    if not prev.letter or prev.plural or prev.chain:
        return None
    at = _behind_dash(s, pos)
    m = _LETTER.match(s, at)
    if m is None or not _is_another(m, prev):
        return None
    if slash or at > pos:
        fits = _letter_ends(s, m.end())
    else:
        fits = m["letter"].lower() >= prev.letter and _letter_stands_alone(s, m.end())
    if not fits:
        return None
    core = replace(prev, end=m.end(), letter=m["letter"].lower(), arm="", locus="", star=bool(m["star"]))
    core = core if core.star else _with_arm(s, core)
    return Member(pos, core.end, core)


def _is_another(m: re.Match[str], prev: Core) -> bool:
    """Whether the letter is written as the one before it is, and another one (or the same with a star)."""
    if m["letter"].isupper() and not prev.upper:
        return False
    return m["letter"].lower() != prev.letter or bool(m["star"])


def _letter_ends(s: str, end: int) -> bool:
    """Whether a letter that a slash or dash joins is one by what follows it."""
    return bool(_AFTER_LETTER.match(s, end) or s[end : end + 1].isspace() or ARM.match(s, end))


def _letter_stands_alone(s: str, end: int) -> bool:
    if _AFTER_LETTER.match(s, end):
        return True
    m = _WORD.match(s, end)
    return m is not None and m[1].lower() in _OF_NAMES


def _with_arm(s: str, core: Core) -> Core:
    """``core`` with a locus and an arm that follow it."""
    locus = _ONE_LOCUS.match(s, core.end)
    if locus and not core.locus:
        core = replace(core, end=locus.end(), locus=locus[1])
    m = ARM.match(s, core.end)
    if m:
        return replace(core, end=m.end(), arm=m[1] + "p")
    return core


def _viral_member(s: str, pos: int, prev: Core) -> Member | None:
    """``miR-BART5, BART7 and -BART9``; ``miR-BART1/3`` keeps the stem."""
    if not prev.viral:
        return None
    at = _behind_dash(s, pos)
    core = read_viral(s, at)
    if core and (at > pos or _DIGIT.search(core.stem)):  # not "BART transcripts"
        return Member(pos, core.end, core)
    m = _VIRAL_NUMBER.match(s, at)
    stem = _VIRAL_STEM.match(prev.stem)
    if m is None or stem is None or counts_something(s, m.end()):
        return None
    core = _with_arm(s, Core(m.end(), stem.group() + m[1], viral=True))
    return Member(pos, core.end, core)


def _number_member(
    s: str, pos: int, prev: Core, *, let: bool, species: str, slash: bool, seen: frozenset[str]
) -> Member | None:
    at = _behind_dash(s, pos)
    joined = slash or at > pos
    locus = _locus_member(s, pos, at, prev) if joined else None
    if locus:
        return locus
    core = read_core(s, at, species=species)
    if core is None or hard_stop(s, core.end):
        return None
    if (let and core.stem != "7" and not joined) or (core.upper and not prev.upper):
        return None
    core = _whole_number(core, prev) if slash else core
    after_dash = at > pos and s[at - 1] == "-"
    if not after_dash and not _bare_is_name(s, core, prev, slash=slash, seen=seen):
        return None
    return Member(pos, core.end, core)


def _locus_member(s: str, pos: int, at: int, prev: Core) -> Member | None:
    """``miR-9-2/3``, ``miR-16-1 and -2``: the next locus of the same miRNA."""
    m = _NEXT_LOCUS.match(s, at)
    if m is None or not prev.locus or int(m[1]) != int(prev.locus) + 1:
        return None
    return Member(pos, m.end(), replace(prev, end=m.end(), locus=m[1], star=False, arm=""))


def _whole_number(core: Core, prev: Core) -> Core:
    """``miR-221/2`` is miR-221 and miR-222: one digit that counts on from the last one of the number before."""
    if core.letter or core.locus or core.arm or prev.letter:
        return core
    if len(core.stem) != 1 or len(prev.stem) != 3 or not prev.stem.isdigit():
        return core
    counts_on = int(core.stem) == int(prev.stem[-1]) + 1
    return replace(core, stem=prev.stem[:-1] + core.stem) if counts_on else core


def _bare_is_name(s: str, core: Core, prev: Core, *, slash: bool, seen: frozenset[str]) -> bool:
    """Whether a number without head or dash names a miRNA."""
    if core.chain:
        return _chain_is_name(s, core)
    if core.arm or core.star or core.plural:
        return True
    if _is_part_of_number(s, core, prev) or (core.locus and int(core.locus) > 3):
        return False
    if core.letter:
        return slash or core.letter in "abcef" or core.stem in seen
    four_digits = prev.stem.isdigit() and int(prev.stem) >= 1000
    if is_year(core.stem) and not four_digits:
        return False
    return not counts_something(s, core.end)


def _is_part_of_number(s: str, core: Core, prev: Core) -> bool:
    """``4-6 weeks``, and after a comma or "and" ``3,500``."""
    if _IN_A_RANGE.match(s, core.end):
        return True
    return s[prev.end : prev.end + 2] in _BEFORE_NUMBERS and _THOUSANDS.match(s, core.end) is not None


def _chain_is_name(s: str, core: Core) -> bool:
    """A bare ``17-92`` in an enumeration is a cluster if it has a letter, a tilde or the word; ``12-15`` is a range."""
    if core.chain == ("17", "92") or s.startswith(" cluster", core.end):
        return True
    return _LETTER_INSIDE.search("".join(core.chain)) is not None


def counts_something(s: str, end: int) -> bool:
    """Whether the number that ends at ``end`` counts or measures what follows: ``25 patients``, ``5 nM``, ``3 of
    5``.
    """
    if hard_stop(s, end) or any(pattern.match(s, end) for pattern in _COUNTED):
        return True
    if s.startswith(") ", end) and _NUMBERED.match(s, end):
        return s.rfind("(", max(0, end - 200), end) < s.rfind(")", max(0, end - 200), end)
    for word in _words_behind(s, end):
        if word in COUNT_WORDS:
            return True
        if word in _OF_NAMES:
            return False
        if _plural_noun(word):
            return True
    return False


def _words_behind(s: str, pos: int, *, most: int = 5) -> Iterator[str]:
    """The words in lower case that follow ``pos``, with nothing but spaces between them."""
    for _ in range(most):
        m = _WORD.match(s, pos)
        if m is None:
            return
        yield m[1].lower().strip("'")
        pos = m.end()


def _plural_noun(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous"))
