"""Reference lists: splitting the printed lines into entries, and parsing one entry.

Nothing here knows a reader: PDF and plain text hand over :class:`ListLine`, JATS hands over single strings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from exomine.document.accents import compose_accents
from exomine.document.addresses import address_goes_on
from exomine.document.hyphens import Vocabulary, join_hyphenated
from exomine.document.model import Reference

__all__ = [
    "Entry",
    "ListLine",
    "is_numbered",
    "normalise_label",
    "parse_reference",
    "read_references",
    "split_references",
]


@dataclass(frozen=True, slots=True)
class ListLine:
    """One printed line of a reference list, in reading order. ``x0``, ``y0`` in points, origin top left; ``None``
    unknown."""

    text: str
    x0: float | None = None
    y0: float | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list before parsing; ``label`` is normalised."""

    label: str
    lines: tuple[ListLine, ...]


# --- splitting -------------------------------------------------------------------------------------------------------

#: Ways to number an entry; the first group is the number, the match ends where the entry's text begins.
_NUMBERED: dict[str, re.Pattern[str]] = {
    "brackets": re.compile(r"\s*\[\s*(\d{1,4})\s*\]\.?\s*"),
    "parentheses": re.compile(r"\s*\(\s*(\d{1,4})\s*\)\.?\s*"),
    "dot": re.compile(r"\s*(\d{1,4})\s?[.)](?:\s+|(?=[^\W\d])|$)"),
    "bare": re.compile(r"\s*(\d{1,4})(?:\s+(?=[^\W\d_“\"(]|“)|(?=[A-Z][^\W\d_])|\s*$)"),
}
#: What may be missing between two labels (a page lost, a label misprinted).
_GAP = 4
#: Lines that close a list although no heading does.
_END = re.compile(
    r"\s*(?:publisher[’']s note\b|submit your (?:next )?manuscript|cite this article as|how to cite this article|"
    r"conflicts? of interests?\b|copyright\s*(?:©|\(c\))|©\s*(?:19|20)\d\d|sample availability|"
    r"this (?:article|work) is (?:licensed|distributed)|open access this article|ready to submit your research)",
    re.I,
)
_AUTHOR_START = re.compile(
    r"(?:(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|el|al|ter|ten|d|El|Al|Van|Von|De|Di|Da|La|Le)[ '’\-])*"
    r"[^\W\d_a-z][\w'’\-]+(?: [^\W\d_a-z][\w'’\-]+){0,2},? (?:[^\W\d_a-z]\.?[ \-‐]?){1,4}(?:[,;:.&(]|\s|$)"
)

#: The end of an entry's last line: "3-4.", "(2010)", a DOI, an address.
_ENTRY_END = re.compile(r"(?:[.\d)/]|\b10\.\d{4,}\S+|https?:\S+)\s*$")
#: A year in parentheses at a line's end and before more text: "(2010).", "(2010) Growth".
_CLOSING_YEAR = re.compile(r"\((?:1[89]|20)\d\d[a-z]?\)[.,:]?\s*$")
_INNER_YEAR = re.compile(r"\((?:1[89]|20)\d\d[a-z]?\)[.,:]?\s+\w")
#: Entries stand so much further apart than their lines (parts of the distance of lines, or points), and so large a part
#: of those gaps has the end of an entry above and an author beneath it.
_GAP_SHARE, _LEAST_GAP, _MOST_FIT = 0.03, 0.35, 0.75
#: Years at the beginning of lines ("(2003) Growth") are no labels.
_FIRST_YEAR, _LAST_YEAR = 1_500, 2_100
#: Longer lists are told by their words alone.
_MOST_LINES = 2_000
#: A distance is frequent where so large a part of the lines has it.
_FREQUENT = 0.15
#: Left edges in a column lie no further apart (points).
_COLUMN = 45
#: Further than any place on a page.
_FAR = 1e9


def normalise_label(label: str) -> str:
    """ "1.", "[1]", "(1)" and "1" are "1"."""
    return re.sub(r"^[\s\[(]+|[\s\]).:]+$", "", label)


def split_references(lines: Sequence[ListLine]) -> list[Entry]:
    """The entries of a list. Numbered lists keep their numbers; the entries of others are counted from 1.

    Numbers must follow one another (a few may be missing), so that a line that begins with a volume or a year starts no
    entry. Unnumbered lists are split at hanging indents, else at blank lines, else where a line begins like an author.
    """
    kept = _clip([line for line in lines if line.text.strip() or line.x0 is None])
    style, chain = _numbering(kept)
    if _has_numbers(chain):
        return _numbered(kept, chain, _NUMBERED[style])
    filled = [line for line in kept if line.text.strip()]
    return _counted(filled, _starts(kept, filled))


def is_numbered(lines: Sequence[ListLine]) -> bool:
    """Whether the entries of a list have numbers of their own."""
    return _has_numbers(_numbering(_clip([line for line in lines if line.text.strip()]))[1])


def _has_numbers(chain: Sequence[tuple[int, int]]) -> bool:
    """Whether the labels found begin with the list; years at the beginning of lines are none."""
    if not chain or _FIRST_YEAR <= chain[0][1] <= _LAST_YEAR:
        return False
    return chain[0][0] <= 3 and (len(chain) >= 3 or chain[0][0] == 0)


def _numbering(lines: Sequence[ListLine]) -> tuple[str, list[tuple[int, int]]]:
    """The way in which a list is numbered, and its labels; a later way must find clearly more of them."""
    best: list[tuple[int, int]] = []
    style = ""
    for name, pattern in _NUMBERED.items():
        chain = _chain([pattern.match(line.text) for line in lines])
        if len(chain) > max(len(best) * (1.2 if style else 1), 1):
            best, style = chain, name
    return style, best


def _clip(lines: list[ListLine]) -> list[ListLine]:
    """The lines up to one that closes the list; where the list goes on behind it (an advertisement), without what is
    between."""
    for i, line in enumerate(lines):
        if not i or not _END.match(line.text):
            continue
        goes_on = _next_entry(lines, i)
        return _clip([*lines[:i], *lines[goes_on:]]) if goes_on else lines[:i]
    return lines


def _next_entry(lines: Sequence[ListLine], end: int) -> int:
    """The line behind ``end`` with the number that follows the list so far, and more numbers behind it; 0 where none
    does."""
    style, chain = _numbering(lines[:end])
    if len(chain) < 2:
        return 0
    behind = [_NUMBERED[style].match(line.text) for line in lines[end:]]
    numbers = [(i, int(m[1])) for i, m in enumerate(behind, end) if m]
    expected = chain[-1][1] + 1
    followed = {n for _, n in numbers}
    return next((i for i, n in numbers if n == expected and {n + 1, n + 2} & followed), 0)


def _chain(matches: Sequence[re.Match[str] | None]) -> list[tuple[int, int]]:
    """``(line, number)`` of the labels that follow one another; greedy, a jump only where the next number never
    comes."""
    found = [(i, int(m[1])) for i, m in enumerate(matches) if m]
    firsts = [k for k, (_, n) in enumerate(found) if n == 1][:3] or ([0] if found else [])
    return max((_follow(found, k) for k in firsts), key=len, default=[])


def _follow(found: list[tuple[int, int]], first: int) -> list[tuple[int, int]]:
    chain = [found[first]]
    for k in range(first + 1, len(found)):
        last, number = chain[-1][1], found[k][1]
        if number == last + 1 or _is_jump(found, k, last):
            chain.append(found[k])
    return chain


def _is_jump(found: list[tuple[int, int]], k: int, last: int) -> bool:
    """Whether a label leaves out a few numbers that never come, and the next number does."""
    number = found[k][1]
    if not last + 1 < number <= last + _GAP:
        return False
    ahead = {n for _, n in found[k + 1 : k + 40]}
    return number + 1 in ahead and ahead.isdisjoint(range(last + 1, number))


def _numbered(lines: list[ListLine], chain: list[tuple[int, int]], pattern: re.Pattern[str]) -> list[Entry]:
    entries: list[Entry] = []
    bounds = [*(i for i, _ in chain), len(lines)]
    for (i, number), end in zip(chain, bounds[1:], strict=True):
        first = lines[i]
        m = pattern.match(first.text)
        rest = first.text[m.end() :] if m else first.text
        body = [ListLine(rest, first.x0, first.y0, first.page), *lines[i + 1 : end]]
        entries.extend(_inside(Entry(str(number), tuple(x for x in body if x.text.strip())), pattern))
    return _fill(entries)


def _inside(entry: Entry, pattern: re.Pattern[str]) -> list[Entry]:
    """The entry itself; where its lines hold the next number of the same style in their midst, it is cut there."""
    number = int(entry.label)
    for k, line in enumerate(entry.lines):
        for m in re.finditer(rf"(?<=[.\d;)]) +(?=[\[(]?{number + 1}[\]).] ?[^\W\d_])", line.text):
            label = pattern.match(line.text, m.end())
            if not label or not _AUTHOR_START.match(line.text, label.end()):
                continue
            head = Entry(entry.label, (*entry.lines[:k], ListLine(line.text[: m.start()], line.x0, line.y0, line.page)))
            tail = ListLine(line.text[label.end() :], line.x0, line.y0, line.page)
            return [head, *_inside(Entry(str(number + 1), (tail, *entry.lines[k + 1 :])), pattern)]
    return [entry]


def _fill(entries: list[Entry]) -> list[Entry]:
    """Without entries whose number came twice (found inside another and again as a line)."""
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.label, entry)
    return list(first.values())


def _counted(lines: list[ListLine], starts: list[int]) -> list[Entry]:
    bounds = [*starts, len(lines)]
    groups = [tuple(lines[a:b]) for a, b in pairwise(bounds)]
    groups = [g for g in groups if sum(len(x.text) for x in g) > 20]
    return [Entry(str(n), group) for n, group in enumerate(groups, 1)]


def _starts(kept: list[ListLine], filled: list[ListLine]) -> list[int]:
    """Indices into ``filled`` of the lines that begin an entry of an unnumbered list."""
    if not filled:
        return []
    by_indent = _indent_starts(filled)
    if by_indent:
        return sorted({0, *by_indent})
    blank = len(kept) - len(filled)
    if blank > 2 and blank >= len(filled) // 8:
        return _blank_starts(kept)
    by_gap = _gap_starts(filled)
    if by_gap:
        return sorted({0, *by_gap})
    closing = _years_close(filled)
    return [0, *(i for i in range(1, len(filled)) if _looks_new(filled[i - 1].text, filled[i].text, closing=closing))]


def _gap_starts(lines: Sequence[ListLine]) -> list[int]:
    """Lines that stand further beneath the one above than lines of one entry do, and those that look new where a column
    begins; nothing where such gaps are not those of entries."""
    steps = [_step(a, b) for a, b in pairwise(lines)]
    fits = [_looks_new(a.text, b.text) for a, b in pairwise(lines)]
    least = _least_gap(steps, fits) if len(lines) <= _MOST_LINES else _FAR
    gaps = [i for i, s in enumerate(steps, 1) if s >= least]
    if len(gaps) < 3 or sum(fits[i - 1] for i in gaps) < _MOST_FIT * len(gaps):
        return []
    closing = _years_close(lines)
    tops = (i for i, s in enumerate(steps, 1) if not s)
    return [*gaps, *(i for i in tops if _looks_new(lines[i - 1].text, lines[i].text, closing=closing))]


def _step(above: ListLine, line: ListLine) -> float:
    """How far a line stands beneath the one before it, to a tenth of a point; 0 where it begins another column or
    page."""
    if above.y0 is None or line.y0 is None or above.page != line.page:
        return 0.0
    return round(max(0.0, line.y0 - above.y0), 1) if abs(_left(line) - _left(above)) < _COLUMN else 0.0


def _least_gap(steps: Sequence[float], fits: Sequence[bool]) -> float:
    """The least distance of two entries: that above which most lines look new, since pages may be set wider and
    narrower."""
    within = _inner_step([s for s in steps if s])
    wider = {s for s in steps if within and s > within + max(_GAP_SHARE * within, _LEAST_GAP)}

    def worth(bound: float) -> tuple[int, float]:
        return sum(1 if fit else -3 for s, fit in zip(steps, fits, strict=True) if s >= bound), bound

    return max(wider, key=worth, default=_FAR)


def _inner_step(steps: Sequence[float]) -> float:
    """The distance of the lines of one entry: the least that is frequent; 0 where none is."""
    counted = Counter(steps)
    for step in sorted(counted):
        if sum(n for s, n in counted.items() if abs(s - step) < 0.03 * step) >= _FREQUENT * len(steps):
            return step
    return 0.0


def _years_close(lines: Sequence[ListLine]) -> bool:
    """Whether years in parentheses end entries ("Cell 3, 12 (2010)."): more of them end a line than stand within."""
    ends = sum(_CLOSING_YEAR.search(line.text) is not None for line in lines)
    return ends >= sum(len(_INNER_YEAR.findall(line.text)) for line in lines)


def _blank_starts(lines: Sequence[ListLine]) -> list[int]:
    """Indices, blank lines not counted, of the lines behind blank ones."""
    starts, n, fresh = [], 0, True
    for line in lines:
        if not line.text.strip():
            fresh = True
            continue
        if fresh:
            starts.append(n)
        n, fresh = n + 1, False
    return starts


def _looks_new(before: str, line: str, *, closing: bool = True) -> bool:
    """Whether an entry may end with a line ("3-4.", "2010)", an address; ``closing``: a year in parentheses too) and
    the next one begins with an author."""
    if not closing and _CLOSING_YEAR.search(before):
        return False
    return _ENTRY_END.search(before) is not None and _AUTHOR_START.match(line.strip()) is not None


def _indent_starts(lines: list[ListLine]) -> list[int]:
    """Lines at the left edge of their column where others of that column are indented by 4 to 40 points."""
    starts: list[int] = []
    for column in _columns(lines):
        xs = sorted(_left(lines[i]) for i in column)
        hanging = sum(4 <= x - xs[0] <= 40 for x in xs)
        if hanging >= max(2, len(xs) // 5):
            starts += [i for i in column if _left(lines[i]) - xs[0] < 3]
        elif len(column) <= 3:
            starts += [i for i in column if i and _looks_new(lines[i - 1].text, lines[i].text)]
    covered = len(starts) > max(2, len(lines) // 12)
    return starts if covered else []


def _left(line: ListLine) -> float:
    return line.x0 or 0.0


def _columns(lines: list[ListLine]) -> list[list[int]]:
    """Indices of lines by page and column; a column's left edges lie within 45 points."""
    if any(line.x0 is None for line in lines):
        return []
    pages: dict[int, list[int]] = {}
    for i, line in enumerate(lines):
        pages.setdefault(line.page or 0, []).append(i)
    return [sorted(column) for page in sorted(pages) for column in _columns_of_page(lines, pages[page])]


def _columns_of_page(lines: list[ListLine], on_page: Sequence[int]) -> list[list[int]]:
    """The lines of a page from left to right, parted where a left edge lies far from the column's first."""
    columns: list[list[int]] = []
    edge = -_FAR
    for i in sorted(on_page, key=lambda i: (_left(lines[i]), i)):
        if _left(lines[i]) - edge > _COLUMN:
            columns.append([])
            edge = _left(lines[i])
        columns[-1].append(i)
    return columns


# --- joining and parsing ---------------------------------------------------------------------------------------------

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"“”<>{}|\\^`]+")
#: Closing brackets and their opening ones.
_OPENING = {")": "(", "]": "[", "}": "{", ">": "<"}
_PMID = re.compile(
    r"(?:\bPMID\W{0,3}|\bPubMed(?:\s+PMID)?\W{1,3}|ncbi\.nlm\.nih\.gov/pubmed/|pubmed\.ncbi\.nlm\.nih\.gov/)(\d{5,8})\b",
    re.I,
)
_URL = re.compile(r"(?:https?://|www\.)\S+")
_YEAR = r"(?:1[89]|20)\d\d"
#: Where a year stands, best first.
_YEARS = (
    re.compile(rf"\(\s*({_YEAR})[a-z]?\s*[,)]"),
    re.compile(rf"\b({_YEAR})[a-z]?(?:\s+[A-Z][a-z]{{2,8}}\.?(?:[-–\s]\w+)*)?\s*;"),
    re.compile(rf"[.,]\s*({_YEAR})[a-z]?\s*[,.:]\s*(?:vol\.?\s*)?\d"),
    re.compile(rf"[.,(]\s*({_YEAR})[a-z]?\s*[).]"),
    re.compile(rf"(?<![\d–\-/])({_YEAR})[a-z]?(?![\d–\-/])"),
)


def read_references(lines: Sequence[ListLine], *, vocabulary: Vocabulary | None = None) -> tuple[Reference, ...]:
    """A whole list: split, joined over line ends and parsed."""
    words = vocabulary or Vocabulary()
    out = []
    for entry in split_references(lines):
        text = _join(entry.lines, words)
        page = next((line.page for line in entry.lines if line.page is not None), None)
        out.append(parse_reference(text, label=entry.label, page=page))
    return tuple(out)


def _join(lines: Sequence[ListLine], vocabulary: Vocabulary) -> str:
    """The lines of an entry; an address that runs over a line end is closed up, a word is by :mod:`.hyphens`."""
    parts: list[str] = []
    for line in lines:
        right = " ".join(line.text.split())
        if not right:
            continue
        if parts and not address_goes_on(parts[-1], right):
            join = join_hyphenated(parts[-1], right, vocabulary=vocabulary)
            parts[-1] = join.left + join.glue
        parts.append(right)
    return "".join(parts)


def find_doi(text: str) -> str:
    """The first DOI of a text, without the punctuation behind it; "" if there is none."""
    text = re.sub(r"(10\.\d{4,9}/[^\s,;]+[.\-/]) (?=\d[\d.]*\d\W*$)", r"\1", text)  # a space where a line ended
    m = _DOI.search(text)
    return clean_doi(m[0]) if m else ""


def clean_doi(doi: str) -> str:
    """A DOI without trailing punctuation and unbalanced closing brackets, in lower case as DOIs are compared."""
    doi = re.sub("[\u2010-\u2015\u2212]", "-", doi)
    doi = re.split(r"(?i)(?:\.|;|,)?(?:pmid|https?:|doi:)", doi)[0]
    while doi and (doi[-1] in ".,;:'’\"*" or _is_unbalanced(doi)):
        doi = doi[:-1]
    return doi.lower()


def _is_unbalanced(doi: str) -> bool:
    """Whether a DOI ends with a closing bracket that nothing in it opens."""
    opening = _OPENING.get(doi[-1])
    return opening is not None and doi.count(doi[-1]) > doi.count(opening)


#: Fields are looked for in so many characters; an entry that is longer is no entry.
_MOST = 3_000


def parse_reference(text: str, *, label: str = "", page: int | None = None) -> Reference:
    """One reference from its printed string; fields that cannot be told stay empty.

    Knows the orders of Vancouver, APA and other author-year styles, ACS, Nature, IEEE, Elsevier and MDPI.
    """
    text = compose_accents(" ".join(text.split()))
    start = text[:_MOST]
    doi = find_doi(start)
    pmid = m[1] if (m := _PMID.search(start)) else ""
    bare = _strip(start)
    year = _year(bare)
    names, end = _authors(bare)
    title, journal = _title_and_journal(bare, end)
    return Reference(normalise_label(label), text, title, journal, year, doi, pmid, names, page)


def _strip(text: str) -> str:
    """Without addresses, identifiers and dates of access, which confuse the rest."""
    text = _URL.sub(" ", text)
    text = re.sub(
        r"(?i)\[?(?:\bhttps?|\bdoi|\bPMC(?:ID)?|\bPMID|\bpubmed)\b[:\s]*(?:10\.\S+|\d{4,9}|PMC\d+)\]?\.?", " ", text
    )
    text = _DOI.sub(" ", text)
    text = re.sub(r"(?i)\[?\(?(?:date\s+)?(?:last\s+)?accessed:?\s[^)\];]{0,40}(?:19|20)\d\d[)\]]?", " ", text)
    text = re.sub(r"(?i)\[\s*(?:cross\s?ref|pubmed|google scholar|free full text|medline|pmc)[^\]]*\]", " ", text)
    return re.sub(r"\s+", " ", text).strip()


def _year(text: str) -> int | None:
    for n, pattern in enumerate(_YEARS):
        found = list(pattern.finditer(text))
        if found:
            return int((found[0] if n == 0 else found[-1])[1])
    return None


_PARTICLE = (
    r"(?:(?:van|von|de|der|den|del|della|di|da|das|do|dos|du|la|le|el|al|ter|ten|bin|ben|zu|Van|Von|De|"
    r"Der|Den|Del|Della|Di|Da|Das|Do|Dos|Du|La|Le|El|Al|Bin|Ben|Abu|St\.)[ '’\-]|d['’]|D['’]|O['’])*"
)
_UP = r"[^\W\d_a-zà-öø-ÿ]"
_FAMILY = rf"({_PARTICLE}{_UP}[\w'’\-‐]+(?:[ \-]{_UP}[\w'’\-‐]+){{0,2}})"
_DOTTED = rf"(?:{_UP}[a-z]?\.[ \-‐]?){{1,5}}"
_PLAIN = rf"(?:{_UP}{{1,2}}(?:de|da|do|dos){_UP}|{_UP}{{1,4}}(?:[\-‐]{_UP}{{1,3}})?)"
_SUFFIX = r"(?:,?\s(?:Jr|Sr|II|III|IV|2nd|3rd)\b\.?)?"
#: One author in each order; group 1 is the family name.
_ORDERS = (
    re.compile(rf"{_FAMILY},\s?{_DOTTED}{_SUFFIX}"),
    re.compile(rf"{_FAMILY},?\s{_PLAIN}(?![\w’'])(?!\.[ \-]?{_UP}\.){_SUFFIX}"),
    re.compile(rf"{_FAMILY},?\s{_DOTTED}{_SUFFIX}"),
    re.compile(rf"{_DOTTED}\s?{_FAMILY}{_SUFFIX}"),
)
_BETWEEN = re.compile(r"\s*(?:[,;]\s*(?:and\b|&|…|\.\.\.)?\s*|(?:\band\b|&)\s*|…\s*&?\s*)")
_ET_AL = re.compile(r"[,;]?\s*(?:et\.?\s?al\.?|and others|…)", re.I)


def _authors(text: str) -> tuple[tuple[str, ...], int]:
    """Family names from the beginning, and where the author block ends (0 if there is none)."""
    best: tuple[tuple[str, ...], int] = ((), 0)
    for order in _ORDERS:
        names, at = _authors_in(order, text)
        if m := _ET_AL.match(text, at):
            at = m.end()
        if at > best[1]:
            best = (names, at)
    return best


def _authors_in(order: re.Pattern[str], text: str) -> tuple[tuple[str, ...], int]:
    """Family names from the beginning in one order of names and initials, and where the last author ends."""
    names: list[str] = []
    at = end = 0
    while m := order.match(text, at):
        names.append(m[1])
        end = m.end()
        between = _BETWEEN.match(text, end)
        if not between:
            break
        at = between.end()
    return tuple(names), end


_QUOTED = re.compile(r"(?:“([^“”]{8,}?)[,.?]?”|\"([^\"]{8,}?)[,.?]?\"|(?<!\w)‘([^‘]{8,}?)[,.?]?’(?=[,.]?\s))[,.]?\s")
#: A group of authors behind the named ones; it is no title.
_GROUP_AUTHOR = re.compile(
    r"(?:(?:for|on behalf of|and|with)\b.{3,160}|.{3,120}\b(?:groups?|investigators?|consortium|committee|association|"
    r"collaborators?|collaboration|network|team|organi[sz]ation|society)(?:\s\([^)]*\))?)",
    re.I,
)
#: What stands between authors and title: ". (Eds.) (2010a). ".
_BEFORE_TITLE = re.compile(rf"^[\s.,:;]*(?:\(eds?\.?\)[\s.,]*)?(?:\(?\s*{_YEAR}[a-z]?\s*[^)\w]{{0,2}}\)?[\s.,:;]*)?")
_SENTENCE = re.compile(r"[.?!](?:”)?\s+(?=[^\W_a-z])")
_JOURNAL = re.compile(
    rf"\s*(?:In:?\s)?(?P<name>{_UP}[\w .&:,'’/()\-–]*?)"
    rf"[.,:]?\s*(?:\(\s*(?:{_YEAR})|(?:{_YEAR})\b|(?<![^\s,])(?:[Vv]ol(?:ume)?|[Pp]p?)\.?\s*\d|\d+\s*[(:,;–]|\d+\s*$)"
)


def _title_and_journal(text: str, start: int) -> tuple[str, str]:
    rest = _BEFORE_TITLE.sub("", text[start:])
    quoted = _QUOTED.search(rest[:600])
    if quoted and _quotes_title(rest, quoted.start()):
        return (quoted[1] or quoted[2] or quoted[3]).strip(), _journal(rest[quoted.end() :])
    if (found := _comma_style(rest, sure=True))[0]:
        return found
    ends = _sentence_ends(rest)
    if len(ends) > 1 and _GROUP_AUTHOR.fullmatch(rest[: ends[0].start()]):
        rest = rest[ends[0].end() :]
        ends = _sentence_ends(rest)
    if not ends:
        return _comma_style(rest, sure=False)
    at = ends[0].start() + (rest[ends[0].start()] in "?!")
    return rest[:at].strip(" ."), _journal(rest[ends[0].end() :])


def _quotes_title(rest: str, at: int) -> bool:
    """Whether words in quotation marks are the title: they come first, or behind the end of the authors."""
    if at == 0:
        return True
    return rest[at] == "“" and at < 200 and "." in rest[:at]


def _sentence_ends(text: str) -> list[re.Match[str]]:
    return [m for m in _SENTENCE.finditer(text) if not _abbreviated(text, m.start())]


_COMMAS = re.compile(
    rf"(?P<title>[^“”]{{12,}}?),\s(?P<name>{_UP}[\w .&:\-]{{2,80}}?),?\s(?:vol\.?\s)?"
    rf"\d+(?:\s?\(\d{{1,3}}\))?(?P<year>,?\s\({_YEAR}\))?"
)


def _comma_style(rest: str, *, sure: bool) -> tuple[str, str]:
    """Elsevier's order: "Title of the paper, Journal 12 (2003) 1-5"; ``sure`` asks for the year in its place."""
    m = _COMMAS.match(rest)
    if m and (m["year"] or not sure):
        return m["title"].strip(), m["name"].strip(" .,")
    return ("", "") if sure or len(rest) >= 200 else (rest.strip(" ."), "")


def _journal(tail: str) -> str:
    m = _JOURNAL.match(tail)
    return m["name"].strip(" .,:") if m and len(m["name"]) <= 120 else ""


#: Abbreviations inside titles whose full stop ends no title.
_SHORT = frozenset({"vs", "st", "dr", "no", "subsp", "var", "ssp", "ex", "cv", "linn"})


def _abbreviated(text: str, dot: int) -> bool:
    """Whether the full stop belongs to an abbreviation inside a title: "E. coli", "L. var. alba", "sp."."""
    if text[dot] != ".":
        return False
    word = re.split(r"[\s(]", text[:dot])[-1]
    if len(word) == 1 and word.isupper():
        return dot < 2 or text[: dot - 1].rstrip().endswith((",", "."))
    return word.lower() in _SHORT
