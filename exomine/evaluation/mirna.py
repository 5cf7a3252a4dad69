"""Scorers of the miRNA grammar: names of a test list, marked mentions of a corpus of miRNA-gene sentences, standoff
genes.

``python -m exomine.evaluation.mirna --names FILE --mmic FILE --standoff DIR`` prints the figures as JSON; ``--show``
also what went wrong. Unspecific mentions ("miRNAs") are left out of names.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from exomine.errors import UsageError
from exomine.evaluation.gold import gold_file, reading_gold, some
from exomine.mirna.grammar import MirnaMention, parse

__all__ = [
    "Line",
    "MarkScore",
    "Marked",
    "NameScore",
    "main",
    "read_marked",
    "read_names",
    "read_standoff",
    "score_marked",
    "score_names",
]

_NAMES = "a TSV file of texts and the names they must give, a tab and | between"
Parser = Callable[[str], Iterable[MirnaMention]]


@dataclass(frozen=True, slots=True)
class Line:
    """A text and the names it must give, in order of mention."""

    text: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameScore:
    """``exact`` of ``lines`` gave just the names asked for, in order; ``wrong`` holds the others with what was
    found.
    """

    lines: int
    exact: int
    wrong: tuple[tuple[Line, tuple[str, ...]], ...]

    @property
    def share(self) -> float:
        """Share of exact lines; 0 for an empty list."""
        return self.exact / self.lines if self.lines else 0.0


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with a marked miRNA at ``start:end``; ``plain`` if the mark is one name and has no prefix inside or
    before.
    """

    text: str
    start: int
    end: int
    plain: bool


@dataclass(frozen=True, slots=True)
class MarkScore:
    """Marks that some mention overlaps, and marks of a single plain name that one mention equals."""

    marks: int
    overlapped: int
    plain: int
    exact: int
    missed: tuple[Marked, ...]
    inexact: tuple[Marked, ...]


def read_names(path: Path) -> list[Line]:
    """Read ``text TAB name|name`` lines; ``#`` begins a comment.

    Raises :class:`UsageError` for what is no such file and for a line without a tab, :class:`NoGoldError` for one
    without lines.
    """
    with reading_gold(gold_file(path, _NAMES), _NAMES):
        rows = path.read_text(encoding="utf8").splitlines()
    lines = []
    for number, row in enumerate(rows, 1):
        if not row or row.startswith("#"):
            continue
        text, tab, names = row.partition("\t")
        if not tab:
            raise UsageError(
                f"{path}, line {number}: no tab in {row!r}; expected text, a tab and the names between '|'."
            )
        lines.append(Line(text, tuple(n for n in names.strip().split("|") if n)))
    return some(lines, path, _NAMES)


def score_names(lines: Iterable[Line], *, parser: Parser = parse) -> NameScore:
    """Compare the specific names that ``parser`` finds with those asked for."""
    rows = [(line, tuple(m.name for m in parser(line.text) if not m.is_unspecific)) for line in lines]
    wrong = tuple((line, found) for line, found in rows if found != line.names)
    return NameScore(len(rows), len(rows) - len(wrong), wrong)


_MARK = re.compile(r"<(/?)(miRNA|Gene|mRNA)>")
_PREFIX_INSIDE = re.compile(r"(?:anti|antago|pre|pri|exo|[a-z]{3})-(?:mi|let)", re.IGNORECASE)
_PREFIX_BEFORE = re.compile(r"(?:anti|antago|pre|pri|exo|hsa|mmu|rno|has)-?$", re.IGNORECASE)
_SEVERAL = re.compile(r"[/,;&+]|\sand\s")


def read_marked(path: Path) -> Iterator[Marked]:
    """Sentences of a BioC-like XML whose text holds escaped ``<miRNA>`` and ``<Gene>`` tags; one item a miRNA mark."""
    for passage in ElementTree.parse(path).getroot().iter("passage"):
        raw = html.unescape(passage.findtext("text") or "")
        yield from _marks(raw)


def _marks(raw: str) -> Iterator[Marked]:
    text, spans, opened, last = "", [], 0, 0
    for tag in _MARK.finditer(raw):
        text += raw[last : tag.start()]
        last = tag.end()
        if tag[2] == "miRNA" and tag[1]:
            spans.append((opened, len(text)))
        elif tag[2] == "miRNA":
            opened = len(text)
    text += raw[last:]
    for start, end in spans:
        yield Marked(text, start, end, _is_plain(text, start, end))


def _is_plain(text: str, start: int, end: int) -> bool:
    mark = text[start:end]
    return not (
        _SEVERAL.search(mark) or _PREFIX_INSIDE.match(mark) or _PREFIX_BEFORE.search(text[max(0, start - 8) : start])
    )


_STANDOFF_MIRNA = re.compile(r"mir(?:na)?s?[- ]?\d|microrna|let-?7|lin-4", re.IGNORECASE)


def read_standoff(folder: Path) -> Iterator[Marked]:
    """miRNAs among the genes of standoff files: ``*.txt`` beside ``*.a1`` with lines ``T1 TAB gene 3 9 TAB miR-21``."""
    for a1 in sorted(folder.glob("*.a1")):
        text = a1.with_suffix(".txt").read_text(encoding="utf8")
        for row in a1.read_text(encoding="utf8").splitlines():
            kind, _, rest = row.partition("\t")[2].partition(" ")
            places, _, surface = rest.partition("\t")
            if kind == "gene" and _STANDOFF_MIRNA.search(surface):
                start, end = int(places.split()[0]), int(places.split()[-1])
                yield Marked(text, start, end, _is_plain(text, start, end))


def score_marked(marked: Iterable[Marked], *, parser: Parser = parse) -> MarkScore:
    """Compare marks with the spans of specific and unspecific mentions."""
    items = list(marked)
    missed, inexact = [], []
    for item in items:
        spans = [(m.start, m.end) for m in parser(item.text)]
        if not any(a < item.end and item.start < b for a, b in spans):
            missed.append(item)
        if item.plain and (item.start, item.end) not in spans:
            inexact.append(item)
    plain = sum(i.plain for i in items)
    return MarkScore(len(items), len(items) - len(missed), plain, plain - len(inexact), tuple(missed), tuple(inexact))


def _figures(score: MarkScore) -> dict[str, float]:
    return {
        "marks": score.marks,
        "overlapped": round(score.overlapped / max(1, score.marks), 4),
        "plain_marks": score.plain,
        "exact_of_plain": round(score.exact / max(1, score.plain), 4),
    }


def main(arguments: list[str] | None = None) -> int:
    """Command line: figures as JSON, errors with ``--show``."""
    cli = argparse.ArgumentParser(prog="exomine.evaluation.mirna", description="Score the miRNA grammar.")
    cli.add_argument("--names", type=Path, help="TSV of texts and names")
    cli.add_argument("--mmic", type=Path, help="XML of sentences with marked miRNAs")
    cli.add_argument("--standoff", type=Path, help="folder of .txt and .a1 files in which miRNAs stand as genes")
    cli.add_argument("--show", action="store_true", help="print what went wrong")
    options = cli.parse_args(arguments)
    figures: dict[str, object] = {}
    if options.names:
        names = score_names(read_names(options.names))
        figures["names"] = {"lines": names.lines, "exact": round(names.share, 4)}
        if options.show:
            for line, found in names.wrong:
                print(f"{line.text!r}: {'|'.join(line.names)} expected, {'|'.join(found)} found")
    sources = {"mmic": (options.mmic, read_marked), "standoff": (options.standoff, read_standoff)}
    for name, (path, reader) in sources.items():
        if path:
            score = score_marked(reader(path))
            figures[name] = _figures(score)
            if options.show:
                for item in (*score.missed, *score.inexact):
                    print(f"{item.text[item.start : item.end]!r} in {item.text!r}")
    print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
