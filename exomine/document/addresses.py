"""Addresses (DOIs, links) that run over a line's end: whether the next line goes on with them."""

from __future__ import annotations

import re

__all__ = ["address_goes_on", "link_goes_on"]

#: An address at a line's end.
_ADDRESS_END = re.compile(r"(?:https?(?:://\S*)?|www\.\S*|\bdoi:?\s?\S*|\b10\.\d{4,9}/\S*)$", re.I)
#: A DOI cut inside its prefix: "doi.org/10.", "doi:10.1".
_CUT_DOI = re.compile(r"(?i)doi\.org/[\d.]*$|^doi:?\s?10(?:\.\d*)?$")
#: What stands before a DOI, and nothing of it: "https://doi.org", "doi:".
_NAMED_DOI = re.compile(r"(?i)(?:https?://)?(?:dx\.)?(?:doi\.org|doi):?\s?")
_DOI_PREFIX = re.compile(r"10\.\d{4,9}/")
#: A token that may be the end of a DOI: a digit in it, no bracket or sign before it but "(".
_LIKE_DOI_END = re.compile(r"(?=[\w(]).*?\d", re.S)
#: What may stand behind a DOI in an entry.
_BEHIND_DOI = re.compile(r"(?:PMID|\[|\(?accessed|epub)", re.I)
#: A token that begins something else: "Epub", "(2010)", "PMID".
_BEGINS_ANEW = re.compile(r"[A-Z][a-z]+|\(?(?:19|20)\d\d\)?\W|PMID")
_SMALL_OR_DIGIT = re.compile(r"[a-z0-9]")
#: Signs in an address behind which it goes on.
_OPEN_SIGNS = frozenset("/_-=")
#: A link at a line's end that no sign closes, and its rest: letters and digits up to a slash ("profiler/docs"), but
#: no words ("and/or").
_LINK_END = re.compile(r"(?:https?://|www\.)[^\s()]*[\w=?&%~]$", re.I)
_REST_OF_LINK = re.compile(r"(?!(?:and|he|she|or|his|with|in|input|on)/)[\w.%=&?~-]*/", re.I)
#: So many characters of a line's end are looked at.
_LONGEST = 200


def address_goes_on(left: str, right: str) -> bool:
    """Whether a line ends with an address and the next line goes on with it: "doi:10.1000/ab-" and "123. PMID"."""
    m = _ADDRESS_END.search(left[-_LONGEST:])
    return m is not None and m[0] != "" and _goes_on(m[0], right)


def link_goes_on(left: str, right: str) -> bool:
    """Whether a line of running text ends inside of a link or DOI that the next line ends."""
    m = _ADDRESS_END.search(left[-_LONGEST:])
    if m is not None and m[0][-1:] in _OPEN_SIGNS and _SMALL_OR_DIGIT.match(right):
        return True
    m = _LINK_END.search(left[-_LONGEST:])
    return m is not None and _REST_OF_LINK.match(right) is not None


def _goes_on(address: str, right: str) -> bool:
    """Whether an address at a line's end goes on in the next line."""
    token, _, rest = right.partition(" ")
    if right.startswith("://") or _CUT_DOI.search(address):
        return True
    if _NAMED_DOI.fullmatch(address):
        return False
    if _DOI_PREFIX.search(address):
        return _doi_goes_on(address, token, rest)
    if address[-1] in _OPEN_SIGNS:
        return True
    return address[-1] == "." and "/" in token and _SMALL_OR_DIGIT.match(token) is not None


def _doi_goes_on(address: str, token: str, rest: str) -> bool:
    """Whether the next line's first token is the end of a DOI: with digits, and alone or behind no end."""
    if not rest and address[-1] in "/_-(":
        return True
    if not _LIKE_DOI_END.match(token):
        return False
    if not rest or _BEHIND_DOI.match(rest):
        return True
    return address[-1] != "." and not _BEGINS_ANEW.match(token)
