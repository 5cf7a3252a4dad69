"""Members of an enumeration that are written short: "miR-200a, 200b and -141", "miR-29a/b/c", "miR-378a-3p/5p".

After a name, :func:`next_members` looks for a joint (slash, comma, "and" ...) and for what may stand behind it. What is
written weakly, a bare number, must not count anything: :func:`counts_something` looks at the words behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from exomine.mirna.core import ARM, Core, hard_stop, read_core, read_viral
from exomine.mirna.spelling import BREAK
from exomine.mirna.words import COMPOUND, COUNT_WORDS, NAME_NOUNS, NAME_WORDS, UNITS

__all__ = ["Member", "counts_something", "next_members"]

_SLASH = re.compile(r" ?/ ?")
_LIST = re.compile(
    r"-?(?: ?[,;] ?(?:and/or |and |or |nor |& ?|as well as |along with |together with |but not |also )?(?:the )?|"
    r" ?[&+] ?(?=-?[0-9a-z])| (?:and/or|and|or|nor|as well as|along with|together with|but not|plus|versus|vs\.?) (?:also )?)"
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
    rf"(?:-(?:{COMPOUND})(?![A-Za-z]))|-[1-9](?![0-9])|-[35]p|- ?(?:and|or|,)|[,;:.)\]/*|+~\u2191\u2193\u25b2\u25bc]|$|{BREAK}| [(\[/|]",
    re.IGNORECASE,
)
_WORD = re.compile(r" {0,2}([A-Za-z\u0370-\u03ff][A-Za-z0-9'\u0370-\u03ff-]*)")
_IN_A_RANGE = re.compile(r" ?- ?[0-9](?!p)")  # 4-6 weeks, 14-3-3
_THOUSANDS = re.compile(r",[0-9]{3}(?![0-9a-z])")  # 3,500
_MONTH = re.compile(
    r" (?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)(?![a-z])"
)
_SHARED_UNIT = re.compile(rf" ?(?:and|or|to|-) ?[0-9]+(?:\.[0-9]+)? ?-?(?:{UNITS})(?![^\W_])")  # 24 and 48 h
_COUNT_SIGN = re.compile(r" ?[=<>≤≥±×%°]| ?\([0-9]| [0-9]|\.[0-9]|:[0-9]")
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
    aside = _ASIDE.match(s, prev.end)
    joint, slash = _SLASH.match(s, prev.end), True
    if joint is None:
        joint, slash = _LIST.match(s, aside.end() if aside else prev.end) or _OPENED.match(s, prev.end), False
    if joint is None or _HEAD.match(s, joint.end()):
        return ()
    pos = joint.end()
    member = _arm_member(s, pos, prev) or _letter_member(s, pos, prev, slash=slash) or _viral_member(s, pos, prev)
    if member is None:
        member = _number_member(s, pos, prev, let=let, species=species, slash=slash, seen=seen)
    if member and ((aside and aside["comment"]) or joint.re is _OPENED) and not _surely(s, member, seen):
        return ()
    return (member,) if member else ()


def _surely(s: str, member: Member, seen: frozenset[str]) -> bool:
    """Behind brackets a dash tells a miRNA, a number that was named before, or that the number has brackets of its own."""
    own = s[member.end : member.end + 2].lstrip()[:1] in ("(", "[")
    return s[member.start] == "-" or own or bool(member.core.letter and member.core.stem in seen)


def _letter_range(s: str, prev: Core, *, let: bool) -> tuple[Member, ...]:
    """``let-7a-g``, ``miR-200a-c``: the dash stands for the members between, the last letter for itself."""
    m = _RANGE.match(s, prev.end) if prev.letter and not (prev.arm or prev.locus or prev.star or prev.chain) else None
    if (
        m is None
        or len(prev.letter) > 1
        or m[2] <= prev.letter
        or (m[1] or prev.stem) != prev.stem
        or m.group().count(" ") == 1
    ):
        return ()
    skipped = "h" if let else ""  # there is no let-7h
    between = [chr(c) for c in range(ord(prev.letter) + 1, ord(m[2])) if chr(c) != skipped]
    dash = m.group().index("-") + m.start()
    cores = [Member(dash, dash + 1, replace(prev, end=dash + 1, letter=c)) for c in between]
    last = _with_arm(s, replace(prev, end=m.end(), letter=m[2]))
    return (*cores, Member(m.start(1) if m[1] else m.start(2), last.end, last))


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
    dash = _DASH.match(s, pos)
    m = _LETTER.match(s, dash.end() if dash else pos)
    if m is None or (m["letter"].isupper() and not prev.upper):
        return None
    letter = m["letter"].lower()
    if letter == prev.letter and not m["star"]:
        return None
    weak = not slash and not dash
    if weak and (letter < prev.letter or not _letter_stands_alone(s, m.end())):
        return None
    if not weak and not (
        _AFTER_LETTER.match(s, m.end()) or s[m.end() : m.end() + 1].isspace() or ARM.match(s, m.end())
    ):
        return None
    core = replace(prev, end=m.end(), letter=letter, arm="", locus="", star=bool(m["star"]))
    core = _with_arm(s, core) if not core.star else core
    return Member(pos, core.end, core)


def _letter_stands_alone(s: str, end: int) -> bool:
    if _AFTER_LETTER.match(s, end):
        return True
    m = _WORD.match(s, end)
    return bool(m and (m[1].lower() in NAME_WORDS or m[1].lower() in NAME_NOUNS))


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
    dash = _DASH.match(s, pos)
    core = read_viral(s, dash.end() if dash else pos)
    if core and (dash or any(c.isdigit() for c in core.stem)):  # not "BART transcripts"
        return Member(pos, core.end, core)
    m = _VIRAL_NUMBER.match(s, dash.end() if dash else pos)
    stem = _VIRAL_STEM.match(prev.stem)
    if m is None or stem is None or counts_something(s, m.end()):
        return None
    core = _with_arm(s, Core(m.end(), stem.group() + m[1], viral=True))
    return Member(pos, core.end, core)


def _number_member(
    s: str, pos: int, prev: Core, *, let: bool, species: str, slash: bool, seen: frozenset[str]
) -> Member | None:
    dash = _DASH.match(s, pos)
    at = dash.end() if dash else pos
    locus = _locus_member(s, pos, at, prev, slash=slash, dash=bool(dash))
    if locus:
        return locus
    core = read_core(s, at, species=species)
    if core is None or hard_stop(s, core.end) or (let and core.stem != "7" and not (dash or slash)):
        return None
    if core.upper and not prev.upper:
        return None
    core = _whole_number(core, prev, slash=slash)
    if not (dash and not dash.group().endswith(" ")) and not _bare_is_name(s, core, prev, slash=slash, seen=seen):
        return None
    return Member(pos, core.end, core)


def _locus_member(s: str, pos: int, at: int, prev: Core, *, slash: bool, dash: bool) -> Member | None:
    """``miR-9-2/3``, ``miR-16-1 and -2``: the next locus of the same miRNA."""
    m = _NEXT_LOCUS.match(s, at)
    if m is None or not prev.locus or not (slash or dash) or int(m[1]) != int(prev.locus) + 1:
        return None
    return Member(pos, m.end(), replace(prev, end=m.end(), locus=m[1], star=False, arm=""))


def _whole_number(core: Core, prev: Core, *, slash: bool) -> Core:
    """``miR-221/2`` is miR-221 and miR-222: one digit that counts on from the last one of the number before."""
    plain_number = not (core.letter or core.locus or core.arm or prev.letter) and prev.stem.isdigit()
    if (
        slash
        and plain_number
        and len(core.stem) == 1
        and len(prev.stem) == 3
        and int(core.stem) == int(prev.stem[-1]) + 1
    ):
        return replace(core, stem=prev.stem[:-1] + core.stem)
    return core


def _bare_is_name(s: str, core: Core, prev: Core, *, slash: bool, seen: frozenset[str]) -> bool:
    """Whether a number without head or dash names a miRNA."""
    if core.chain and not _chain_is_name(s, core):
        return False
    if core.arm or core.star or core.chain or core.plural:
        return True
    if core.locus and int(core.locus) > 3:
        return False
    if _IN_A_RANGE.match(s, core.end) or (
        _THOUSANDS.match(s, core.end) and s[prev.end : prev.end + 2] in (", ", "; ", " a", " o")
    ):
        return False
    if core.letter:
        return core.letter in "abcef" or core.stem in seen or slash
    if 1900 <= int(core.stem) < 2100 and not (prev.stem.isdigit() and int(prev.stem) >= 1000):
        return False
    return not counts_something(s, core.end)


def _chain_is_name(s: str, core: Core) -> bool:
    """A bare ``17-92`` in an enumeration is a cluster if it has a letter, a tilde or the word; ``12-15`` is a range."""
    return (
        any(c.isalpha() for e in core.chain for c in e)
        or core.chain == ("17", "92")
        or s[core.end : core.end + 8] == " cluster"
    )


def counts_something(s: str, end: int) -> bool:
    """Whether the number that ends at ``end`` counts or measures what follows: ``25 patients``, ``5 nM``, ``3 of 5``."""
    if hard_stop(s, end) or _COUNT_SIGN.match(s, end) or _MONTH.match(s, end) or _SHARED_UNIT.match(s, end):
        return True
    if s[end : end + 1] == ")" and s[end + 1 : end + 2] == " " and _NUMBERED.match(s, end):
        return s.rfind("(", max(0, end - 200), end) < s.rfind(")", max(0, end - 200), end)
    pos = end
    for _ in range(5):
        m = _WORD.match(s, pos)
        if m is None:
            return False
        word = m[1].lower().strip("'")
        if word in COUNT_WORDS:
            return True
        if word in NAME_WORDS or word in NAME_NOUNS:
            return False
        if _plural_noun(word):
            return True
        pos = m.end()
    return False


def _plural_noun(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous"))
