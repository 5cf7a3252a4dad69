"""Running text of JATS elements: flattening, and citation marks from cross-references.

A paragraph becomes runs of plain text and of marks. Superscript marks are put into brackets ("resistance[3,4]"), marks
that the source prints in brackets stay as they are, ranges of two cross-references with a dash between them are
expanded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.entities import name2codepoint
from typing import Any

from exomine.document.builder import Run
from exomine.document.citations import expand_labels

__all__ = ["Inline", "Labels", "Whole", "children", "find", "find_all", "flat", "local", "plain", "text_of"]

#: Elements whose content is no running text.
SKIPPED = frozenset(
    {
        "fn", "object-id", "graphic", "inline-graphic", "media", "tex-math", "index-term", "label", "table-wrap",
        "fig", "fig-group", "boxed-text", "supplementary-material", "disp-formula", "disp-formula-group", "ref-list",
        "fn-group", "table-wrap-foot", "table-wrap-group", "def", "code", "alt-text", "long-desc", "annotation",
        "annotation-xml", "permissions", "chem-struct-wrap", "table",
    }
)  # fmt: skip
#: Elements that stand apart from the text around them by a space.
SPACED = frozenset(
    {
        "p",
        "break",
        "title",
        "list",
        "list-item",
        "disp-quote",
        "def-list",
        "def-item",
        "sec",
        "verse-line",
        "statement",
        "pub-id",
    }
)
#: Skipped elements that leave a space.
_GAPS = frozenset({"disp-formula", "disp-formula-group", "table-wrap", "fig", "boxed-text", "table"})
_OPEN, _CLOSE = "\ue000", "\ue001"
_DASH = "‐‑‒–—−-"
_MARK = rf"{_OPEN}[^{_CLOSE}]*{_CLOSE}"
#: What parts two cross-references of one mark: ", ", " and ", "–" and, where each has brackets, "]–[".
_BETWEEN = rf"(?:\]\s?[{_DASH}]\s?\[|[\s,;{_DASH}]*)(?:(?:and|&)\s)?"
#: Cross-references with nothing but such signs between them, and plain numbers among them inside brackets.
_NUMBER = rf"(?<=[\s,;{_DASH}])\d{{1,3}}(?=[\s,;\]){_DASH}])"
_GROUP = re.compile(rf"(?P<open>[\[(]\s*)?(?P<marks>{_MARK}(?:{_BETWEEN}(?:{_MARK}|{_NUMBER}))*)(?P<close>\s*[\])])?")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
#: What a superscript may be a mark behind: a longer word, or one with a stop ("growth", "cells).").
_CITABLE = re.compile(r"[^\W\d_]{5,}[.,;:)]*$|[^\W\d_]{2,}[)]?[.,;]$")
#: The text of a cross-reference: "[3]", "3" or "Ash (2010)".
_IN_BRACKETS = re.compile(r"([\[(]?)([^\[\]()]*)([\])]?)")
_BEHIND_NAME = re.compile(r"([^()\[\]]*)([(\[])([^()\[\]]*)([)\]])")
#: In marks that name authors or years.
_WORD_OR_YEAR = re.compile(r"[^\W\d_]{2}|\d{4}")
#: A longer range of labels is none.
_LONGEST_RANGE = 200
_PAREN = re.compile(rf"[(\[](?=[^()\[\]]*{_OPEN})(?P<inside>(?:[^()\[\]{_OPEN}]|{_MARK})*)[)\]]")


def local(element: Any) -> str:
    """The element's name without its namespace; "" for comments, processing instructions and entity references."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Any, *names: str) -> Iterator[Any]:
    """Child elements, of the names given or all."""
    for child in element:
        name = local(child)
        if name and (not names or name in names):
            yield child


def find(element: Any, *path: str) -> Any | None:
    """The first element along a path of child names, or ``None``."""
    for name in path:
        element = next(children(element, name), None)
        if element is None:
            return None
    return element


def find_all(element: Any, *names: str) -> Iterator[Any]:
    """All descendants of the names given, in document order."""
    return (e for e in element.iter() if local(e) in names)


def plain(element: Any | None, *, skip: frozenset[str] = SKIPPED) -> str:
    """The text of an element without marks, its spaces single."""
    if element is None:
        return ""
    return " ".join("".join(_pieces(element, skip)).split())


def flat(element: Any) -> str:
    """All text of an element, labels included, its spaces single."""
    return plain(element, skip=frozenset({"object-id", "tex-math", "alt-text", "long-desc", "annotation"}))


def text_of(runs: Sequence[Run]) -> str:
    """The text of runs, its spaces single."""
    return " ".join("".join(r.text for r in runs).split())


def entity(node: Any) -> str:
    """The character of an entity reference that was left alone, such as ``&nbsp;``; "" if its name is unknown."""
    name = getattr(node, "name", "") or ""
    return chr(name2codepoint[name]) if name in name2codepoint else ""


def is_skipped(element: Any, skip: frozenset[str] = SKIPPED) -> bool:
    """Whether an element's content is no running text; a definition is none beside the abbreviation that it
    explains."""
    name = local(element)
    return name in skip and not (name == "def" and local(element.getparent()) == "def-item")


def _pieces(element: Any, skip: frozenset[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = local(child)
        if name == "alternatives":
            chosen = _alternative(child)
            if chosen is not None:
                yield from _pieces(chosen, skip)
        elif is_skipped(child, skip):
            yield " " if name in _GAPS else ""
        elif name:
            space = " " if name in SPACED else ""
            yield space
            yield from _pieces(child, skip)
            yield space
        else:
            yield entity(child)
        yield child.tail or ""


def _alternative(element: Any) -> Any | None:
    """Of several forms of one thing the one with text: MathML or text before pictures."""
    return next((c for c in children(element) if local(c) not in SKIPPED), None)


@dataclass
class Labels:
    """From the ids of references to their labels, in the order of the list."""

    by_id: dict[str, str] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)

    def add(self, key: str, label: str) -> None:
        if key:
            self.by_id[key] = label
        self.order.append(label)

    def between(self, first: str, last: str) -> list[str]:
        """Both labels and those between them, in the order of numbers or of the list."""
        if first.isdigit() and last.isdigit():
            a, b = int(first), int(last)
            return [str(n) for n in range(a, b + 1)] if a < b < a + _LONGEST_RANGE else [first, last]
        if first not in self.order or last not in self.order:
            return [first, last]
        i, j = self.order.index(first), self.order.index(last)
        return self.order[i : j + 1] if i < j < i + _LONGEST_RANGE else [first, last]


@dataclass(frozen=True, slots=True)
class Whole:
    """An element to be taken with what it is, not only its contents."""

    element: Any


@dataclass
class Inline:
    """Makes runs of an element's text; ``labels`` resolves cross-references to references."""

    labels: Labels
    _refs: list[tuple[str, ...]] = field(default_factory=list)
    _linked: bool | None = None  # whether the paper's marks are cross-references

    def runs(self, *nodes: Any) -> list[Run]:
        """Runs of what follows one another: strings, the contents of elements, elements themselves (:class:`Whole`)."""
        self._refs = []
        text = "".join(x for n in nodes for x in self._node(n))
        return list(self._cut(text.replace("\n", " ")))

    def _node(self, node: Any) -> Iterator[str]:
        if isinstance(node, str):
            yield _clean(node)
        elif isinstance(node, Whole):
            yield from self._child(node.element)
        else:
            yield from self._mark_up(node)

    def _mark_up(self, element: Any) -> Iterator[str]:
        """Text in which each cross-reference to a reference is set between two private characters."""
        yield _clean(element.text)
        for child in element:
            yield from self._child(child)
            yield _clean(child.tail)

    def _child(self, child: Any) -> Iterator[str]:
        name = local(child)
        if name == "xref" and self._resolved(child):
            yield from self._reference(child)
        elif is_skipped(child):
            yield " " if name in _GAPS else ""
        elif name == "alternatives":
            chosen = _alternative(child)
            if chosen is not None:
                yield from self._mark_up(chosen)
        elif name == "sup":
            yield from self._superscript(child)
        elif name:
            space = " " if name in SPACED else ""
            yield space
            yield from self._mark_up(child)
            yield space
        else:
            yield entity(child)

    def _superscript(self, sup: Any) -> Iterator[str]:
        labels = self._unlinked(sup)
        if not labels:
            yield from self._mark_up(sup)
            return
        self._refs.append(labels)
        yield f"{_OPEN}{len(self._refs) - 1}\ue002{flat(sup)}{_CLOSE}"

    def _unlinked(self, sup: Any) -> tuple[str, ...]:
        """Labels of a superscript that is a mark without cross-references: numbers of the list behind a word or a stop.

        A unit ("cm2") or an ion ("Ca2+") is none, nor what begins a word (an isotope), nor anything in a paper that
        links its marks.
        """
        if self._links_marks(sup) or len(sup) or _is_in_table(sup) or not _CITABLE.search(_text_before(sup)):
            return ()
        labels = expand_labels(sup.text or "")
        return labels if set(labels) <= set(self.labels.order) else ()

    def _links_marks(self, element: Any) -> bool:
        """Whether the paper of an element has cross-references to its references; asked once."""
        if self._linked is None:
            root = element.getroottree().getroot()
            self._linked = any(self._resolved(x) for x in find_all(root, "xref"))
        return self._linked

    def _resolved(self, xref: Any) -> list[str]:
        if xref.get("ref-type", "bibr") not in ("bibr", "ref", ""):
            return []
        return [self.labels.by_id[k] for k in (xref.get("rid") or "").split() if k in self.labels.by_id]

    def _reference(self, xref: Any) -> Iterator[str]:
        lead, inner, tail = _brackets_apart(flat(xref))
        labels = self._resolved(xref)
        if not _YEAR.search(inner):
            labels = self._printed(inner, labels)
        self._refs.append(tuple(labels))
        yield f"{lead}{_OPEN}{len(self._refs) - 1}\ue002{inner}{_CLOSE}{tail}"

    def _printed(self, text: str, labels: list[str]) -> list[str]:
        """Labels of a cross-reference whose text lists more than its ids say: "5–9", "19 21 22"."""
        printed = expand_labels(re.sub(r"(?<=\d)\s+(?=\d)", ", ", text.strip()))
        known = set(self.labels.order)
        if len(printed) > len(labels) and all(x in known for x in printed):
            return list(printed)
        return labels

    def _cut(self, text: str) -> Iterator[Run]:
        at = 0
        for start, end, shown, labels in self._found(text):
            if start > at:
                yield Run(_bare(text[at:start]))
            yield Run(shown, labels=labels)
            at = end
            if re.match(r"[^\W\d_]{2}|[A-Z] ", text[end:]):
                yield Run(" ")  # "MDR1.<sup>34</sup>Androgen": the mark parts the sentences
        if at < len(text):
            yield Run(_bare(text[at:]))

    def _found(self, text: str) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
        """``(start, end, text as shown, labels)`` of the marks of marked-up text, in order."""
        spans: list[tuple[int, int]] = []
        for m in _PAREN.finditer(text):
            if self._all_cited(m["inside"]):
                spans.append(m.span())
        done = 0
        for start, end in spans:
            yield from self._groups(text, done, start)
            labels = [x for i in re.findall(rf"{_OPEN}(\d+)", text[start:end]) for x in self._refs[int(i)]]
            yield start, end, _bare(text[start:end]), tuple(dict.fromkeys(labels))
            done = end
        yield from self._groups(text, done, len(text))

    def _all_cited(self, inside: str) -> bool:
        """Whether brackets hold author-year citations and nothing else: every part has a cross-reference with a
        year."""
        parts = re.split(r";", inside)
        return all(_OPEN in p and _YEAR.search(_bare(p)) and len(re.sub(_MARK, "", p)) < 60 for p in parts)

    def _groups(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
        for m in _GROUP.finditer(text, start, end):
            labels = self._expanded(m["marks"])
            if _is_bracketed(m):
                yield m.start(), m.end(), _bare(m[0]), labels
            elif _WORD_OR_YEAR.search(_bare(m["marks"].replace(_CLOSE, " "))):
                yield m.start("marks"), m.end("marks"), _bare(m["marks"]), labels
            else:
                yield m.start("marks"), m.end("marks"), f"[{_listed(m['marks'])}]", labels

    def _expanded(self, marks: str) -> tuple[str, ...]:
        labels: list[str] = []
        dash = False
        for m in re.finditer(rf"{_OPEN}(\d+)\ue002[^{_CLOSE}]*{_CLOSE}|(\d+)|([{_DASH}])", marks):
            if m[3]:
                dash = True
                continue
            found = list(self._refs[int(m[1])]) if m[1] else [m[2]]
            if dash and labels and found:
                labels += [*self.labels.between(labels[-1], found[0])[1:], *found[1:]]
            else:
                labels += found
            dash = False
        return tuple(dict.fromkeys(labels))


def _text_before(element: Any) -> str:
    """The text right before an element, back to the element before it."""
    previous = element.getprevious()
    if previous is not None:
        return previous.tail or ""
    parent = element.getparent()
    return "" if parent is None else parent.text or ""


def _is_in_table(element: Any) -> bool:
    return any(local(e) in ("table", "table-wrap-foot") for e in element.iterancestors())


def _brackets_apart(text: str) -> tuple[str, str, str]:
    """What stands around the text of a cross-reference: "[", "3", "]" of "[3]"; "Ash (", "2010", ")" of "Ash
    (2010)"."""
    if m := _IN_BRACKETS.fullmatch(text):
        return m[1], m[2], m[3]
    m = _BEHIND_NAME.fullmatch(text)
    if m and _YEAR.search(m[3]):
        return m[1] + m[2], m[3], m[4]
    return "", text, ""


def _is_bracketed(group: re.Match[str]) -> bool:
    """Whether marks stand in a pair of brackets."""
    if not group["open"] or not group["close"]:
        return False
    return group["open"].strip() + group["close"].strip() in ("[]", "()")


def _listed(marks: str) -> str:
    """Marks that the source sets side by side, with commas between them."""
    listed = re.sub(rf"{_CLOSE}(?={_OPEN})|(?<=\d)\s+(?=\d)", f"{_CLOSE},", marks)
    return re.sub(r"(?<=\d),?\s+(?=\d)", ",", _bare(listed.replace(f"{_CLOSE},", ","))).strip()


def _clean(text: str | None) -> str:
    """Source text without the private characters that mark-up uses."""
    return re.sub("[\ue000-\ue002]", "", text) if text else ""


def _bare(text: str) -> str:
    """Marked-up text without its mark-up."""
    return re.sub(rf"{_OPEN}\d+\ue002|[\ue000-\ue002]", "", text)
