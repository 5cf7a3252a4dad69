"""The phrases of a table's cell, and which way they go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Span

from exomine.document.model import Cell
from exomine.nlp.relations.cues.table_cues import NEGATIVE, POSITIVE

__all__ = ["phrases_of", "resistance", "shared_sign", "sign_of", "target_sign"]

_LED_BY = (
    r"(?:inhibit|suppress|promot|enhanc|induc|reduc|increas|decreas|activat|block|stimulat|accelerat|impair|attenuat"
    r"|facilitat|repress)"
)
_WORD_OF_RESISTANCE = r"insensitiv|sensiti|resistan|refractor|\bmdr\b"
#: What undoes resistance or sensitivity, beside the words of less.
_UNDOES = r"revers|overcom|abrogat|lower|diminish|weaken|eliminat|counteract|alleviat|\bloss\b"
_SIGNS = rf"(?P<less>{NEGATIVE}|{_UNDOES})|(?P<more>{POSITIVE}|restor|confer|gain|acqui)"


def phrases_of(text: str, cell: Cell, names: Iterable[Span]) -> list[tuple[int, int]]:
    """The parts of a cell between commas, semicolons and "and", as offsets.

    Nothing is cut inside brackets or inside of a name ("tumor development and progression").
    """
    out, start, depth = [], cell.start, 0
    inside = {i - cell.start for m in names for i in range(m.start_char + 1, m.end_char)}
    for m in re.finditer(r"[()\[\],;/•·]|\band\b", text[cell.start : cell.end]):
        mark = m.group()
        depth += mark in "([" if len(mark) == 1 else 0
        depth -= mark in ")]" if len(mark) == 1 else 0
        if depth == 0 and mark not in ("(", ")", "[", "]", "/") and m.start() not in inside:
            out.append((start, cell.start + m.start()))
            start = cell.start + m.end()
    out.append((start, cell.end))
    return [(a, b) for a, b in out if text[a:b].strip()]


def sign_of(phrase: str) -> int:
    """-1 for less, 1 for more, 0 where a phrase says neither."""
    if re.search(NEGATIVE, phrase):
        return -1
    return 1 if re.search(POSITIVE, phrase) else 0


def shared_sign(text: str, phrases: Sequence[tuple[int, int]], n: int) -> int:
    """ "IL-12, TNF-α suppression", "inhibits growth, invasion": members of a list share the sign of its last or
    first.
    """
    for start, end in phrases[n + 1 :]:
        phrase = text[start:end].lower().strip()
        if sign_of(phrase):
            if re.search(r"(?:ion|ment|ance|ing|ed|↑|↓)$", phrase) and not re.match(_LED_BY, phrase):
                return sign_of(phrase)
            break
        if len(phrase.split()) > 3:
            break
    for i in range(n - 1, -1, -1):
        phrase = text[phrases[i][0] : phrases[i][1]].lower().strip()
        if ";" in text[phrases[i][1] : phrases[i + 1][0]]:
            return 0
        if sign_of(phrase):
            return sign_of(phrase) if re.match(_LED_BY, phrase) else 0
    return 0


def resistance(phrase: str) -> int:
    """1 where a phrase says more resistance, -1 where it says more sensitivity, 0 where it speaks of neither."""
    word = re.search(_WORD_OF_RESISTANCE, phrase)
    if word is None:
        return 0
    if re.search(r"sensiti[sz]", phrase):
        return -1
    sign = -1 if re.search(r"\bsensitiv|(?<!in)sensitiv", phrase) and "insensitiv" not in phrase else 1
    before = list(re.finditer(_SIGNS, phrase[: word.start()]))
    after = list(re.finditer(r"(?P<less>↓|decreas|reduc|lower)|(?P<more>↑|increas|enhanc)", phrase[word.end() :]))
    told = before[-1] if before else after[0] if after else None
    return -sign if told is not None and told.group("less") else sign


def target_sign(text: str, cell: Cell, m: Span) -> int:
    """Which way a cell of targets says of ``m``: "↑BCL2, ↓BECN1", "CDH1 (increased)"; 0 where it only names it.

    What an arrow stands before goes for the names behind it until the next one."""
    if re.match(r"\W*[↑↓]", text[cell.start : cell.end]):
        arrows = re.findall(r"[↑↓]", text[cell.start : m.start_char] or text[cell.start : m.end_char])
        return 1 if arrows and arrows[-1] == "↑" else -1
    phrases = phrases_of(text, cell, [m])
    start, end = next(((a, b) for a, b in phrases if a <= m.start_char < b), (cell.start, cell.end))
    phrase = text[start:end].lower()
    more, less = bool(re.search(POSITIVE, phrase)), bool(re.search(NEGATIVE, phrase))
    return int(more) - int(less)
