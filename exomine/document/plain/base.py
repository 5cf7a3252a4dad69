"""What the two readers of plain text share: blocks, headings, the abstract, what stands apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from exomine.document.builder import DocumentBuilder
from exomine.document.hyphens import Vocabulary, join_lines, repair_inner
from exomine.document.model import Aside, Reference, Table
from exomine.document.plain.lines import heading_level
from exomine.document.references import ListLine, read_references

__all__ = ["ABSTRACT", "BACK_MATTER", "BACK_START", "BODY_BEGINS", "BULLET", "NOTE", "TextReader"]

ABSTRACT = re.compile(r"(?:abstract|summary)\s*(?:[:.\-–—]\s*|$)", re.I)
BODY_BEGINS = re.compile(
    (
        r"(?:abstract|summary)\s*(?:[:.\-–—]|$)|(?:(?:1|I)\.?\s*)?introduction$|(?:1|I)\.?\s+background$"
        r"|key\s?words?\s*[:.\-–—]"
    ),
    re.I,
)
_ABSTRACT_PART = re.compile(
    r"(?:background|context|introduction|objectives?|aims?|purpose|design|setting|(?:patients"
    r"|materials?) and methods?|methods?|"
    r"main outcome|results?|findings|conclusions?|interpretation|discussion|significance|funding"
    r"|trial registration|summary)\b[^.]{0,40}[:.]",
    re.I,
)
_KEYWORDS = re.compile(r"key\s?words?\s*[:.\-–—]", re.I)
BACK_MATTER = re.compile(
    r"(?:acknowledge?ments?|funding(?: sources?)?|(?:disclosure of )?(?:conflicts?"
    r"|declarations?) of (?:competing )?interests?|"
    r"competing interests?|authors?[’']? contributions?|data availability(?: statement)?|ethics (?:approval"
    r"|statement).*|"
    r"supplementary (?:materials?|information)|consent for publication|abbreviations|disclosures?"
    r"|address correspondence to.*)\s*[:.]?",
    re.I,
)
BACK_START = re.compile(r"(?:address correspondence to|corresponding author|received .{3,30}(?:19|20)\d\d)\b", re.I)
BULLET = re.compile(r"(?:[•●▪◦‣·○■□➢✓❖\uf0b7\uf0a7]|[*o](?=\s)|[-–—](?=\s)|\((?:\d{1,2}|[ivx]{1,4}|[a-h])\)(?=\s))\s*")
#: Notes at the foot of a page, on the front and behind the text.
NOTE = re.compile(
    r"(?:(?:[*†‡§¶#✉]|\d{1,2}(?=\s?[A-Z]))+\s*)?(?:address )?(?:(?:for |to whom "
    r"|author for )?correspond(?:ing authors?|ence)\b|"
    r"(?:these|both|all|the) (?:two |first )?authors? (?:contributed|have contributed|share)"
    r"|e-?mails?(?: address(?:es)?)?\s*:|"
    r"(?:present|current) address\b|abbreviations?(?: used)?\s*:|conflicts? of interest\s*:"
    r"|(?:how to )?cite this article\b|"
    r"(?:edited|reviewed) by\b|academic editor|received\s*:?\s.{3,30}(?:19|20)\d\d|accepted\s*:?\s.{3,30}(?:19|20)\d\d|"
    r"contributed equally|this is an open[- ]access article|this article is (?:licensed|distributed)|"
    r"(?:tel|fax|phone)\b\.?\s*:|full list of author information|©|copyright\s+(?:©|\(c\))"
    r"|[\w .,\-]{5,80} contributed equally)",
    re.I,
)


@dataclass
class TextReader:
    vocabulary: Vocabulary
    builder: DocumentBuilder = field(default_factory=DocumentBuilder)
    apart: list[Aside] = field(default_factory=list)
    references: tuple[Reference, ...] = ()
    title: str = ""
    doi: str = ""
    kind: str = "paragraph"  # what text is now: paragraph, abstract, back_matter
    open: list[str] = field(default_factory=list)  # lines of the paragraph that may go on
    floats: list[tuple[str, Table | None]] = field(default_factory=list)  # captions, with their tables, met inside it
    n_tables: int = 0
    parts: list[str] = field(default_factory=list)  # headings met inside the abstract
    abstracted: bool = False  # whether a paragraph of the abstract has been added

    # both ways ----------------------------------------------------------------------------------------------------

    def join(self, lines: Sequence[str]) -> str:
        return repair_inner(join_lines(lines, vocabulary=self.vocabulary), vocabulary=self.vocabulary)

    def flush(self) -> None:
        """Close the open paragraph, then the floats that stood inside it."""
        if self.open:
            self._put(self.join(self.open))
            self.open = []
        floats, self.floats = self.floats, []
        for caption, table in floats:
            if table is None:
                self.builder.add("caption", caption)
            else:
                self.builder.add_table(table, caption)

    def _put(self, text: str) -> None:
        if self.kind == "back_matter":
            self.apart.append(Aside("back_matter", text))
        elif m := BULLET.match(text):
            self.builder.add("list_item", text[m.end() :])
        else:
            self.builder.add(self.kind, text)
            self.abstracted = self.abstracted or self.kind == "abstract"

    def heading(self, text: str) -> None:
        self.flush()
        text = text.strip()
        if self._names_new_part(text):
            self.parts.append(text.lower())
            self.builder.add("heading", text.rstrip(":"), level=2)
            return
        if BACK_MATTER.fullmatch(text) and not ABSTRACT.fullmatch(text):
            self.kind = "back_matter"
            self.apart.append(Aside("back_matter", text))
            return
        self.kind = "abstract" if ABSTRACT.fullmatch(text) else "paragraph"
        self.builder.add("heading", text.rstrip(":"), level=heading_level(text))

    def _names_new_part(self, text: str) -> bool:
        """Whether a heading opens one more part of the abstract ("Methods:"), as the parts before it did."""
        if self.kind != "abstract" or not _is_abstract_part(text):
            return False
        return self._may_have_parts() and text.lower() not in self.parts

    def _may_have_parts(self) -> bool:
        """Whether the abstract has parts, or no paragraph yet."""
        return bool(self.parts) or not self.abstracted

    def run_in(self, text: str) -> str:
        """Takes "Abstract:" and "Keywords:" off the beginning of a paragraph; "" where nothing is left to add."""
        if _KEYWORDS.match(text):
            self.flush()
            self.apart.append(Aside("other", text))
            self.kind = "paragraph"
            self.builder.leave_sections()
            return ""
        m = ABSTRACT.match(text)
        if m and m.end() < len(text) and not self.abstracted:
            self.flush()
            self.builder.add("heading", re.sub(r"\W+$", "", text[: m.end()]), level=1)
            self.kind = "abstract"
            return text[m.end() :]
        return text

    def end_abstract(self, first: str) -> None:
        """An abstract has one paragraph, or several that each name their part; what else follows is the body."""
        if self.kind != "abstract" or self._may_have_parts() or _ABSTRACT_PART.match(first):
            return
        self.kind = "paragraph"
        self.builder.leave_sections()

    def add_references(self, lines: Sequence[str]) -> None:
        self.flush()
        self.references = read_references([ListLine(x) for x in lines], vocabulary=self.vocabulary)
        self.apart += [Aside("reference", r.text) for r in self.references]


def _is_abstract_part(text: str) -> bool:
    """Whether a heading names a part of an abstract; "Introduction" opens the body instead."""
    if len(text) >= 40 or text.lower().startswith("introduction"):
        return False
    return _ABSTRACT_PART.match(text + ":") is not None
