"""Accents that a PDF prints beside their letter ("Mu¨ller", "Burstr¨om", "Dondas¸"), put back onto it."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["compose_accents"]

#: Spacing accents and the combining ones they stand for.
_COMBINING = {
    "´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c", "˘": "\u0306",
    "˙": "\u0307", "˚": "\u030a", "˝": "\u030b", "¸": "\u0327", "˛": "\u0328", "¯": "\u0304",
}  # fmt: skip
_BELOW = "¸˛"
#: Accents that consonants carry as well: "š", "ż".
_ON_CONSONANTS = "ˇ˙"
#: Of the consonants only these carry a tilde, and more often than the vowel before them.
_TILDED = frozenset("nN")
#: Signs that are no accents where no letter stands on both sides.
_QUOTATION_MARKS = "´`"
_ACCENT = re.compile(
    rf"(?P<before>[^\W\d_])?(?P<accent>[{''.join(_COMBINING)}])(?!(?:s|t|d|re|ll|ve)\b)(?P<after>[^\W\d_])?"
)
_VOWELS = frozenset("aeiouyAEIOUYı")


def compose_accents(text: str) -> str:
    """Accents between letters joined with the one they belong to.

    TeX sets an accent before its letter, other systems behind it: of two letters that could carry it the vowel does, of
    two vowels the later one. What cannot be composed stays as it is.
    """
    return _ACCENT.sub(_composed, text) if any(c in text for c in _COMBINING) else text


def _composed(m: re.Match[str]) -> str:
    before, accent, after = m["before"] or "", m["accent"], m["after"] or ""
    if accent in _QUOTATION_MARKS and not (before and after):
        return m[0]
    mark = _COMBINING[accent]
    on_after, on_before = _one(after, mark), _one(before, mark)
    if on_before and (not on_after or _belongs_before(before, accent, after)):
        return on_before + after
    return before + on_after if on_after else m[0]


def _belongs_before(before: str, accent: str, after: str) -> bool:
    """Whether of two letters that could carry an accent the first one does: under it, or the only vowel."""
    if accent in _BELOW:
        return True
    if accent == "˜" and after in _TILDED:  # "Mu˜noz"
        return False
    return before in _VOWELS and after not in _VOWELS and accent not in _ON_CONSONANTS


def _one(letter: str, mark: str) -> str:
    """The letter with the accent as one character, "" if there is none."""
    whole = unicodedata.normalize("NFC", {"ı": "i"}.get(letter, letter) + mark) if letter else ""
    return whole if len(whole) == 1 else ""
