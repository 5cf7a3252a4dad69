"""The short form that annotators write (docs/annotation.md, "The short form"), read into records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from exomine.annotation.record import (
    ANNOTATED_LABELS,
    SHORT,
    AnnotatedMention,
    AnnotatedRelation,
    AnnotatedSentence,
    faults,
)
from exomine.document.utf8 import read_utf8, why
from exomine.errors import CorpusError

__all__ = ["parse_shorthand", "read_shorthand", "render"]

_LABELS = "|".join(ANNOTATED_LABELS)
_RELATION = re.compile(r"([\d, ]+?)\s+([A-Z]{1,3})\s+([\d, ]*\d)((?:\s+\S+)*)")
_ALIAS = re.compile(r"(\d+)\s*=\s*(\d+)")
_DROP = re.compile(r"-\s*(\d+)")
_RELABEL = re.compile(rf"(\d+)\s*=\s*({_LABELS})")
_ADD = re.compile(rf"\+\s*({_LABELS})[ :]\s*(.+?)(?:\s+#(\d+))?")
_EXTENT = re.compile(r"(\d+)\s*~\s*(.+?)(?:\s+#(\d+))?")
_FLAGS = {
    "neg": ("assertion", "negated"), "spec": ("assertion", "speculative"), "reduced": ("state", "reduced"),
    "increased": ("state", "increased"), "mutated": ("state", "mutated"), "corr": ("basis", "correlation"),
}  # fmt: skip
_SLOTS = {"@": "cancer", "v=": "vesicle", "d=": "donor", "r=": "recipient"}


def parse_shorthand(text: str, given: Mapping[str, AnnotatedSentence] | None = None) -> Iterator[AnnotatedSentence]:
    """The records of a file in the short form. ``given`` holds sentences whose mentions are numbered already, by id.

    Raises :class:`CorpusError` naming the block and its line.
    """
    for number, lines in _blocks(text):
        name = lines[0].removeprefix("@").split()[0]
        if given is not None and name not in given:
            raise CorpusError(f"line {number}: no sentence {name} was given")
        try:
            yield _sentence(lines, name, (given or {}).get(name))
        except CorpusError as error:
            raise CorpusError(f"line {number} ({name}): {error}") from error


def read_shorthand(file: Path, given: Mapping[str, AnnotatedSentence] | None = None) -> list[AnnotatedSentence]:
    """The records of a file in the short form; raises :class:`CorpusError` naming file and line."""
    try:
        text = read_utf8(file)
    except (OSError, ValueError) as error:
        raise CorpusError(f"{file}: {why(error)}; expected the annotators' short form as UTF-8 text.") from None
    try:
        return list(parse_shorthand(text, given))
    except CorpusError as error:
        raise CorpusError(f"{file}: {error}") from error


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    block: list[str] = []
    first = 0
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if line.startswith("@ ") or re.match(r"@\w", line):
            if block:
                yield first, block
            block, first = [line.replace("@ ", "@", 1)], number
        elif line and not line.startswith("#"):
            if not block:
                raise CorpusError(f"line {number}: {line[:60]!r} stands before the first block; expected '@ id'.")
            block.append(line)
    if block:
        yield first, block


def _sentence(lines: list[str], name: str, given: AnnotatedSentence | None) -> AnnotatedSentence:
    head, *rest = lines
    tags = tuple(head.removeprefix("@").split()[1:])
    if given is None:
        rest, text, mentions, focus = _inline(rest)
        base = AnnotatedSentence(name, name.rsplit("-", 1)[0], text, mentions, focus=focus, tags=tags)
    else:
        base = replace(given, tags=tags or given.tags)
    if not rest:
        raise CorpusError("no line behind the sentence; expected relations or 'none'")
    read = _read_lines(base, rest)
    problems = list(faults(read))
    if problems:
        raise CorpusError("; ".join(problems))
    return read


def _inline(lines: list[str]) -> tuple[list[str], str, tuple[AnnotatedMention, ...], int]:
    """The marked-up text: what is left of the lines, plain text, mentions in order of their brackets, the focus."""
    before = lines[0].removeprefix("<").strip() if lines and lines[0].startswith("<") else ""
    lines = lines[1:] if before else lines
    if not lines:
        raise CorpusError("no sentence")
    marked = f"{before} {lines[0]}" if before else lines[0]
    text, mentions = _unmark(marked)
    focus = len(_unmark(before)[0]) + 1 if before else 0
    return lines[1:], text, mentions, focus


_TOKEN = re.compile(rf"\[(?=[^\]]*\|(?:{_LABELS})\])|\|({_LABELS})\]")


def _unmark(marked: str) -> tuple[str, tuple[AnnotatedMention, ...]]:
    out: list[str] = []
    length, at = 0, 0
    open_: list[int] = []
    found: list[tuple[int, int, str]] = []
    for token in _TOKEN.finditer(marked):
        piece = marked[at : token.start()]
        out.append(piece)
        length += len(piece)
        at = token.end()
        if token.group(1) is None:
            open_.append(len(found))
            found.append((length, -1, ""))
        else:
            if not open_:
                raise CorpusError(f"a bracket closes that was not opened: {marked[max(0, at - 30) : at]!r}")
            k = open_.pop()
            found[k] = (found[k][0], length, token.group(1))
    out.append(marked[at:])
    text = "".join(out)
    if open_ or re.search(r"\|[A-Z_]+\]", text):
        raise CorpusError(f"a mention is not closed or has an unknown label: {marked[:80]!r}; labels: {_LABELS}")
    return text, tuple(AnnotatedMention(*m) for m in found)


def _read_lines(base: AnnotatedSentence, lines: list[str]) -> AnnotatedSentence:
    mentions: list[AnnotatedMention | None] = list(base.mentions)
    relations: list[AnnotatedRelation] = []
    aliases: list[tuple[int, int]] = []
    later: list[str] = []
    for line in lines:
        if line != "none" and not _edit(base.text, mentions, line):
            later.append(line)
    for line in later:
        if found := _ALIAS.fullmatch(line):
            aliases.append((int(found[1]) - 1, int(found[2]) - 1))
        elif match := _RELATION.fullmatch(line):
            relations.extend(_relations(match))
        else:
            raise CorpusError(f"{line!r} is neither a relation such as '1 R 2 neg @3' nor a change of mentions")
    return _renumbered(base, mentions, relations, aliases)


def _edit(text: str, mentions: list[AnnotatedMention | None], line: str) -> bool:
    """Apply a change of mentions; whether ``line`` was one."""
    if m := _DROP.fullmatch(line):
        _mention(mentions, m[1])
        mentions[int(m[1]) - 1] = None
    elif m := _RELABEL.fullmatch(line):
        mentions[int(m[1]) - 1] = replace(_mention(mentions, m[1]), label=m[2])
    elif m := _ADD.fullmatch(line):
        mentions.append(_place(text, m[2], int(m[3] or 1), m[1]))
    elif m := _EXTENT.fullmatch(line):
        old = _mention(mentions, m[1])
        mentions[int(m[1]) - 1] = _nearest(text, m[2], old)
    else:
        return False
    return True


def _mention(mentions: list[AnnotatedMention | None], number: str) -> AnnotatedMention:
    k = int(number) - 1
    found = mentions[k] if 0 <= k < len(mentions) else None
    if found is None:
        raise CorpusError(f"there is no mention {number}")
    return found


def _place(text: str, name: str, nth: int, label: str) -> AnnotatedMention:
    starts = [m.start() for m in re.finditer(re.escape(name), text)]
    if len(starts) < nth:
        raise CorpusError(f"{name!r} does not stand {nth} times in the sentence")
    return AnnotatedMention(starts[nth - 1], starts[nth - 1] + len(name), label)


def _nearest(text: str, name: str, old: AnnotatedMention) -> AnnotatedMention:
    starts = [m.start() for m in re.finditer(re.escape(name), text)]
    if not starts:
        raise CorpusError(f"{name!r} does not stand in the sentence")
    start = min(starts, key=lambda s: abs(s - old.start))
    return AnnotatedMention(start, start + len(name), old.label)


def _relations(match: re.Match[str]) -> Iterator[AnnotatedRelation]:
    if match[2] not in SHORT:
        raise CorpusError(f"no predicate {match[2]!r}; known: {', '.join(SHORT)}")
    values: dict[str, str | int] = {}
    for flag in match[4].split():
        sign = next((s for s in _SLOTS if flag.startswith(s) and flag[len(s) :].isdigit()), None)
        if flag in _FLAGS:
            values[_FLAGS[flag][0]] = _FLAGS[flag][1]
        elif sign:
            values[_SLOTS[sign]] = int(flag[len(sign) :]) - 1
        else:
            raise CorpusError(f"{flag!r} is no flag; known: {', '.join(_FLAGS)}, @n, v=n, d=n, r=n")
    for s in _numbers(match[1]):
        for o in _numbers(match[3]):
            yield AnnotatedRelation(s, SHORT[match[2]], o, **values)  # type: ignore[arg-type]


def _numbers(listed: str) -> list[int]:
    return [int(n) - 1 for n in re.split(r"[,\s]+", listed.strip()) if n]


def _renumbered(
    base: AnnotatedSentence,
    mentions: list[AnnotatedMention | None],
    relations: list[AnnotatedRelation],
    aliases: list[tuple[int, int]],
) -> AnnotatedSentence:
    """The record with its mentions in order of place, and everything that names them following."""
    order = sorted((m, k) for k, m in enumerate(mentions) if m is not None)
    place = {k: n for n, (_, k) in enumerate(order)}

    def at(k: int) -> int:
        if k not in place:
            raise CorpusError(f"there is no mention {k + 1}")
        return place[k]

    slots = ("subject", "object", "cancer", "vesicle", "donor", "recipient")

    def follow(r: AnnotatedRelation) -> AnnotatedRelation:
        places: dict[str, Any] = {s: at(getattr(r, s)) for s in slots if getattr(r, s) is not None}
        return replace(r, **places)

    moved = {follow(r) for r in relations}
    pairs = {(min(at(a), at(b)), max(at(a), at(b))) for a, b in aliases}
    return replace(
        base,
        mentions=tuple(m for m, _ in order),
        relations=tuple(sorted(moved, key=repr)),
        aliases=tuple(sorted(pairs)),
    )


def render(sentence: AnnotatedSentence) -> str:
    """A sentence with its mentions numbered, for annotators: ``[1:MIRNA miR-21] promoted [2:PROCESS invasion].``"""
    opens: dict[int, list[str]] = {}
    closes: dict[int, int] = {}
    for k, m in sorted(enumerate(sentence.mentions, 1), key=lambda e: (e[1].start, -e[1].end)):
        opens.setdefault(m.start, []).append(f"[{k}:{m.label} ")
        closes[m.end] = closes.get(m.end, 0) + 1
    out = []
    for i, c in enumerate(sentence.text + " "):
        out += ["]" * closes.get(i, 0), *opens.get(i, ()), c]
    return "".join(out).rstrip()
