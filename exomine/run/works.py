"""Which files of a run are one work: the PDF, the XML and the text of a paper, also where only one of them says its
DOI.

Texts are compared, not names: two files are one work where they have most of their sentences in common, and nothing
says that they are two (a DOI of each).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from exomine.errors import REASONS
from exomine.run.paper import Receipt
from exomine.tables.collate import telling_title
from exomine.tables.parts import PaperPart
from exomine.tables.schema import column_names
from exomine.tables.sketch import likeness

__all__ = ["Work", "as_one", "works"]

#: Texts that share so much are one work; with the same title, less is enough (a page that was not read, an appendix).
_ALIKE, _ALIKE_BY_TITLE = 0.5, 0.25
#: Hashes that a sequence of words may share with so many papers are of a phrase that everybody prints.
_COMMON = 50
#: Kinds of paper_id, the surest first; what is none of them is a doc_id.
_KINDS = ("doi:", "pmid:", "pmcid:")
_COLUMNS = column_names("documents")
_DOC_ID, _PAPER_ID, _PATH, _FORMAT, _TITLE = map(
    _COLUMNS.index, ("doc_id", "paper_id", "source_path", "format", "title")
)


@dataclass(frozen=True, slots=True)
class Work:
    """What a file is a copy of: the work's ``paper_id``, and the path of the file of its own format that stands for
    it, empty where it does so itself."""

    paper_id: str
    copy_of: str = ""


@dataclass(frozen=True, slots=True)
class _File:
    doc_id: str
    paper_id: str
    path: str
    format: str
    title: str
    sketch: tuple[int, ...]

    @property
    def rank(self) -> int:
        """How sure the paper_id is: 0 for a DOI."""
        return next((i for i, kind in enumerate(_KINDS) if self.paper_id.startswith(kind)), len(_KINDS))


def works(receipts: Iterable[Receipt]) -> dict[str, Work]:
    """The work of each file that is read, by doc_id."""
    files = [_file(r) for r in receipts if not r.failed]
    pairs = _pairs(files)
    ids = _paper_ids(files, pairs)
    return {f.doc_id: Work(ids[f.doc_id], _copy_of(f, ids, pairs)) for f in files}


def as_one(part: PaperPart, work: Work) -> PaperPart:
    """What a file adds to the tables as a copy of ``work``; a copy of its own format is told among the failures."""
    made = part.of_paper(work.paper_id)
    if not work.copy_of:
        return made
    doc_id, path = made.documents[0][_DOC_ID], made.documents[0][_PATH]
    message = f"The same paper as {work.copy_of}. {REASONS['duplicate_of']}"
    return replace(made, failures=[*made.failures, (path, doc_id, "tables", "duplicate_of", None, message)])


def _file(receipt: Receipt) -> _File:
    row = receipt.documents[0]
    title = telling_title(row[_TITLE] or "")
    return _File(receipt.doc_id, row[_PAPER_ID], row[_PATH], row[_FORMAT], title, receipt.sketch)


Pairs = Mapping[str, Sequence[tuple[float, _File]]]


def _pairs(files: Sequence[_File]) -> Pairs:
    """For each file those that are the same work, with how alike they are."""
    out: dict[str, list[tuple[float, _File]]] = defaultdict(list)
    for one, other in _neighbours(files):
        alike = likeness(one.sketch, other.sketch)
        least = _ALIKE_BY_TITLE if one.title and one.title == other.title else _ALIKE
        if alike >= least and not _are_two(one, other):
            out[one.doc_id].append((alike, other))
            out[other.doc_id].append((alike, one))
    return out


def _neighbours(files: Sequence[_File]) -> list[tuple[_File, _File]]:
    """Pairs of files that share some hash; all others are as unlike as can be."""
    holders: dict[int, list[int]] = defaultdict(list)
    for i, file in enumerate(files):
        for h in file.sketch:
            holders[h].append(i)
    shared = Counter(pair for places in holders.values() if len(places) <= _COMMON for pair in combinations(places, 2))
    return [(files[a], files[b]) for a, b in sorted(shared)]


def _are_two(one: _File, other: _File) -> bool:
    """Whether the files say themselves that they are not one work."""
    return one.rank == other.rank < len(_KINDS) and one.paper_id != other.paper_id


def _paper_ids(files: Sequence[_File], pairs: Pairs) -> dict[str, str]:
    """The paper_id of each file: its own, or that of the likest file that has a surer one; where none has any, the
    least of the doc_ids."""
    out = {}
    for file in files:
        surer = [(-alike, f.paper_id) for alike, f in pairs.get(file.doc_id, ()) if f.rank < file.rank]
        if surer:
            out[file.doc_id] = min(surer)[1]
        elif file.rank < len(_KINDS):
            out[file.doc_id] = file.paper_id
        else:
            out[file.doc_id] = min([file.paper_id, *(f.paper_id for _, f in pairs.get(file.doc_id, ()))])
    return out


def _copy_of(file: _File, ids: Mapping[str, str], pairs: Pairs) -> str:
    """The path of the first file of the same work and format, where it is not the file itself."""
    same = [f for _, f in pairs.get(file.doc_id, ()) if f.format == file.format and ids[f.doc_id] == ids[file.doc_id]]
    first = min([file, *same], key=lambda f: (f.rank, f.path, f.doc_id))
    return "" if first is file else first.path
