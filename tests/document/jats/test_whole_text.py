"""Every sign of an article's text is read once, wherever it stands: articles are made up from JATS elements."""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter

import pytest
from exomine.document.jats.reader import read_jats
from exomine.document.jats.text import flat, plain
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

#: Stands for a word; each gets a word of its own. What is to be left out has no word in it.
WORD = "\N{WHITE SQUARE}"
_LEFT_OUT = (
    "<!-- remark -->",
    "<?page break?>",
    "<break/>",
    "<index-term><term>entry</term></index-term>",
    "<alternatives><tex-math>x</tex-math><graphic/></alternatives>",
)
_ONE_WORD = (
    f"<inline-formula><alternatives><tex-math>x</tex-math><math>{WORD}</math></alternatives></inline-formula>",
    f"<alternatives><graphic/><textual-form>{WORD}</textual-form></alternatives>",
    f"<alternatives>\n<textual-form>{WORD}</textual-form>\n<graphic/></alternatives>",
    f"<fn><p>{WORD}</p></fn>",
    f"<disp-formula>{WORD}</disp-formula>",
    f"<media><caption><p>{WORD}</p></caption></media>",
    f"<chem-struct-wrap>{WORD}</chem-struct-wrap>",
    f'<xref ref-type="fig" rid="f1">{WORD}</xref>',
)
_WRAPS = ("italic", "bold", "sup", "sub", "sc", "named-content", "styled-content", "ext-link", "underline")


class Article:
    """Makes up articles; the same number gives the same one."""

    def __init__(self, number: int) -> None:
        self.any = random.Random(number)

    def body(self) -> str:
        sections = "".join(f"<sec>{self.title()}{self.blocks(3)}{self.any.choice(('', WORD))}</sec>" for _ in range(2))
        return f"<body><p>{WORD}</p>{sections}</body>"

    def inline(self, depth: int = 2) -> str:
        kind = self.any.randrange(5)
        if kind == 0 and depth:
            name = self.any.choice(_WRAPS)
            return f"<{name}>{self.line(depth - 1)}</{name}>"
        return self.any.choice((_LEFT_OUT, _ONE_WORD, (WORD, f"{WORD} {WORD}", " "))[kind % 3])

    def line(self, depth: int = 2) -> str:
        return WORD + "".join(self.inline(depth) for _ in range(self.any.randrange(4)))

    def title(self) -> str:
        return f"<title>{self.line()}</title>"

    def blocks(self, depth: int) -> str:
        return "".join(self.block(depth) for _ in range(self.any.randrange(1, 3)))

    def block(self, depth: int) -> str:
        simple = (self.paragraph, self.figure, self.table, self.apart)
        holding = (self.quotation, self.items, self.definitions, self.statement, self.group)
        if not depth or self.any.random() < 0.4:
            return self.any.choice(simple)()
        return self.any.choice(holding)(depth - 1)

    def paragraph(self) -> str:
        return f"<p>{self.line()}</p>"

    def apart(self) -> str:
        name = self.any.choice(("disp-formula", "chem-struct-wrap", "media", "boxed-text", "supplementary-material"))
        return f"<{name}>{self.line()}</{name}>"

    def figure(self) -> str:
        caption = f"<caption>{self.title()}{self.paragraph()}</caption>"
        return f"<fig>{caption}<graphic/><attrib>{self.line()}</attrib></fig>"

    def table(self) -> str:
        rows = f"<thead><tr><th>{self.line()}</th></tr></thead><tbody><tr><td>{self.line()}</td></tr></tbody>"
        foot = f"<table-wrap-foot><fn>{self.paragraph()}</fn></table-wrap-foot>"
        return f"<table-wrap><caption>{self.paragraph()}</caption><table>{rows}</table>{foot}</table-wrap>"

    def quotation(self, depth: int) -> str:
        name = self.any.choice(("p", "disp-quote", "boxed-text"))
        return f"<{name}>{self.line()}{self.blocks(depth)}{self.line()}</{name}>"

    def items(self, depth: int) -> str:
        items = "".join(
            f"<list-item>{self.any.choice((self.line, lambda: self.blocks(depth)))()}</list-item>" for _ in "ab"
        )
        return f"<list>{self.any.choice(('', self.title()))}{items}</list>"

    def definitions(self, depth: int) -> str:
        item = f"<term>{self.line()}</term><def>{self.blocks(depth)}</def><def>{self.paragraph()}</def>"
        return f"<def-list>{self.title()}<def-item>{item}</def-item></def-list>"

    def statement(self, depth: int) -> str:
        return f"<statement>{self.title()}{self.blocks(depth)}{WORD}</statement>"

    def group(self, depth: int) -> str:
        inner = self.group(depth - 1) if depth else self.table()
        return f"<fig-group><caption>{self.title()}</caption>{self.figure()}{inner}</fig-group>"


def numbered(xml: str) -> tuple[str, int]:
    """The article with a word of its own at each place of one, and how many there are."""
    count = itertools.count()
    text = re.sub(WORD, lambda _: "q" + f"{next(count):04d}".translate(_LETTERS) + "z", xml)
    return text, next(count)


_LETTERS = str.maketrans("0123456789", "abcdefghij")


def read_words(xml: str) -> Counter[str]:
    paper = read_jats(f"<article><front/>{xml}</article>".encode(), source="a.xml")
    return Counter(re.findall("q[a-j]{4}z", "\n".join((paper.text, *(a.text for a in paper.apart)))))


@settings(deadline=None)
@given(st.integers(0, 1_000_000))
def test_every_word_is_read_once(number: int) -> None:
    text, n = numbered(Article(number).body())
    found = read_words(text)
    assert len(found) == n
    assert set(found.values()) <= {1}


@pytest.mark.parametrize(
    "xml",
    [
        f"<p>{WORD}<alternatives><graphic/><textual-form>{WORD}</textual-form></alternatives>{WORD}</p>",
        f"<sec><title>{WORD}<fn><p>{WORD}</p></fn></title><p>{WORD}</p></sec>",
        f"<list><title>{WORD}</title><list-item>{WORD}<p>{WORD}</p>{WORD}</list-item></list>",
        f"<def-list><def-item><term>{WORD}</term><def><p>{WORD}</p></def><def><p>{WORD}</p></def></def-item></def-list>",
        f"<statement><title>{WORD}</title><p>{WORD}</p></statement>",
        f"<sec><p>{WORD}</p>{WORD}<p>{WORD}</p>{WORD}</sec>",
        f"<p>{WORD}</p><table-wrap><table><tr><td>{WORD}<fn><p>{WORD}</p></fn></td></tr></table></table-wrap>",
        f"<p>{WORD}</p><table-wrap><table><tr><td>{WORD}<def-list><def-item><term>{WORD}</term><def><p>{WORD}</p></def></def-item>"
        "</def-list></td></tr></table></table-wrap>",
        f"<p>{WORD}</p><table-wrap><table><tr><td>{WORD}<table-wrap><table><tr><td>{WORD}</td></tr></table></table-wrap>{WORD}</td></tr>"
        "</table></table-wrap>",
        f"<p>{WORD}</p><fig-group><fig-group><fig><caption><p>{WORD}</p></caption><attrib>{WORD}</attrib></fig></fig-group></fig-group>",
    ],
)
def test_places_where_text_was_lost(xml: str) -> None:
    text, n = numbered(f"<body>{xml}</body>")
    assert sorted(read_words(text).values()) == [1] * n


@settings(deadline=None)
@given(st.integers(0, 1_000_000))
def test_flattening_keeps_the_order(number: int) -> None:
    text, _ = numbered(Article(number).line())
    element = etree.fromstring(f"<label>{text}</label>")
    in_order = re.findall("q[a-j]{4}z", flat(element))
    assert in_order == sorted(in_order)
    assert set(re.findall("q[a-j]{4}z", plain(element))) <= set(in_order)
