"""JATS: text, sections, tables, references, marks, and hostile files."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from exomine.document.jats.reader import read_jats
from exomine.document.model import Document
from exomine.errors import DocumentError

#: Written for these tests, with the oddities that JATS files have.
SAMPLE = (Path(__file__).parent / "data" / "article.xml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def paper() -> Document:
    return read_jats(SAMPLE.encode(), source="a.xml")


def blocks(document: Document, *kinds: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind in kinds]


def wrap(body: str, *, back: str = "") -> bytes:
    return f"<article><front/><body>{body}</body><back>{back}</back></article>".encode()


def test_metadata(paper: Document) -> None:
    assert (paper.doi, paper.pmid, paper.pmcid, paper.year) == ("10.5555/abc.1", "7654321", "PMC123456", 2020)
    assert paper.title == "Vesicles in imaginary cancer: a review"
    assert paper.paper_id == "doi:10.5555/abc.1"
    assert paper.format == "jats"
    assert len(paper.doc_id) == 16


def test_abstract(paper: Document) -> None:
    found = [(b.section, paper.text[b.start : b.end]) for b in paper.blocks if b.kind == "abstract"]
    assert found == [(("Abstract", "Background"), "Vesicles carry RNA."), (("Abstract", "Results"), "They do.")]
    assert "A picture." not in paper.text
    assert any(a.text == "A picture." for a in paper.apart)


def test_body(paper: Document) -> None:
    assert blocks(paper, "paragraph") == [
        "Drugs fail by resistance[1,3–5]. Calcium (Ca2+) and CO2 matter [2, 3]. See Fig. 1 (Ash and Birch, "
        "2001; Cedar, 2002) "
        "and the sentence goes on.",
        "There are kinds:",
        "All count.",
        "As Cedar (2002) saidx=1. Here it ends.",
        "A section without a title.",
        "A quotation.",
        "A statement.",
    ]
    assert blocks(paper, "list_item") == ["proteins;", "RNAs.", "EV: a vesicle"]


def test_sections(paper: Document) -> None:
    paths = {paper.text[b.start : b.end]: b.section for b in paper.blocks if b.kind == "paragraph"}
    assert paths["All count."] == ("1 Introduction", "Cargo")
    assert [s.path[-1] for s in paper.sections] == [
        "Abstract",
        "Background",
        "Results",
        "1 Introduction",
        "Cargo",
        "Tables",
    ]
    cargo = next(s for s in paper.sections if s.path[-1] == "Cargo")
    assert paper.text[cargo.start : cargo.end].startswith("Cargo\nThere are kinds:")
    abstract = paper.sections[0]
    assert paper.text[abstract.start : abstract.end].endswith("They do.")


def test_marks(paper: Document) -> None:
    assert [(paper.text[m.start : m.end], m.labels) for m in paper.citations] == [
        ("[1,3–5]", ("1", "3", "4", "5")),
        ("[2, 3]", ("2", "3")),
        ("(Ash and Birch, 2001; Cedar, 2002)", ("1", "2")),
        ("[4]", ("4",)),
        ("(2002)", ("2",)),
        ("[1,2]", ("1", "2")),
        ("[5]", ("5",)),
    ]


def test_captions_and_table(paper: Document) -> None:
    assert blocks(paper, "caption") == [
        "Figure 1 A vesicle. It is round [4].",
        "Table 1 What they carry.",
        "Table 2 Only a picture.",
    ]
    (table,) = paper.tables
    assert (table.label, table.caption, table.footnotes) == ("Table 1", "What they carry.", ("miR, a small RNA",))
    assert [[c.text if c else None for c in row] for row in table.grid()] == [
        ["Cancer", "Cargo", "Cargo"],
        ["Cancer", "miR", "Refs"],
        ["Breast", "miR-1, miR-2", "[1,2]"],
        ["Breast", "miR-3", "[5]"],
        ["", "", ""],
    ]
    assert [c.header for c in table.cells[:4]] == [True] * 4
    assert not table.cells[4].header
    assert blocks(paper, "table_row")[2:] == ["Breast | miR-1, miR-2 | [1,2]", "Breast | miR-3 | [5]"]


def test_references(paper: Document) -> None:
    r = {x.label: x for x in paper.references}
    assert list(r) == ["1", "2", "3", "4", "5"]
    assert (r["1"].title, r["1"].journal, r["1"].year, r["1"].doi, r["1"].pmid) == (
        "On vesicles",
        "J Imag",
        2001,
        "10.5555/x.2",
        "111",
    )
    assert r["1"].authors == ("Ash", "Birch")
    assert r["1"].text == "Ash B, Birch C. On vesicles. J Imag. 2001;1:2–3. doi:10.5555/X.2."
    assert (r["2"].title, r["2"].year, r["2"].doi) == ("On drugs", 2002, "10.5555/y.3")
    assert (r["3"].authors, r["3"].year) == (("Elm Group",), 2003)
    assert (r["5"].title, r["5"].journal) == ("A book", "")


def test_apart(paper: Document) -> None:
    kinds = {a.kind for a in paper.apart}
    assert {
        "author_block",
        "boxed_text",
        "formula",
        "back_matter",
        "footnote",
        "table_footnote",
        "reference",
        "other",
    } <= kinds
    for hidden in ("We thank nobody", "Boxed away", "A letter", "documentclass"):
        assert hidden not in paper.text


@pytest.mark.parametrize(
    ("printed", "shown", "labels"),
    [
        ('<xref ref-type="bibr" rid="a">1</xref><xref ref-type="bibr" rid="b">2</xref>', "[1,2]", ("1", "2")),
        ('<xref ref-type="bibr" rid="a">1 2</xref>', "[1,2]", ("1", "2")),
        (
            '<sup>[<xref ref-type="bibr" rid="a">1</xref>-<xref ref-type="bibr" rid="c">3</xref>]</sup>',
            "[1-3]",
            ("1", "2", "3"),
        ),
        ('<xref ref-type="bibr" rid="a">1\u20133</xref>', "[1–3]", ("1", "2", "3")),
        ('<xref ref-type="bibr" rid="a">[1]</xref>', "[1]", ("1",)),
        (
            '<xref ref-type="bibr" rid="a">[1]</xref>–<xref ref-type="bibr" rid="c">[3]</xref>',
            "[1]–[3]",
            ("1", "2", "3"),
        ),
        ('(<xref ref-type="bibr" rid="a">1</xref>, <xref ref-type="bibr" rid="b">2</xref>)', "(1, 2)", ("1", "2")),
    ],
)
def test_forms_of_marks(printed: str, shown: str, labels: tuple[str, ...]) -> None:
    refs = "".join(
        f'<ref id="{k}"><label>{n}</label><mixed-citation>Ash. 2001.</mixed-citation></ref>'
        for n, k in enumerate("abc", 1)
    )
    document = read_jats(wrap(f"<p>A word{printed} here.</p>", back=f"<ref-list>{refs}</ref-list>"), source="a.xml")
    assert [(document.text[m.start : m.end], m.labels) for m in document.citations] == [(shown, labels)]
    assert document.text == f"A word{shown} here."


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ((
            'It lifts MDR1.<sup><xref ref-type="bibr" '
            'rid="a">1</xref></sup> Androgen is next.'
        ), "It lifts MDR1.[1] Androgen is next."),
        ((
            'It lifts MDR1.<sup><xref ref-type="bibr" '
            'rid="a">1</xref></sup>Androgen is next.'
        ), "It lifts MDR1.[1] Androgen is next."),
        ("It was shown in cells.<sup>1,3</sup> Androgen is next.", "It was shown in cells.[1,3] Androgen is next."),
        ("It holds in tumours<sup>1-3</sup> and more.", "It holds in tumours[1-3] and more."),
        ("An area of 3 cm<sup>2</sup> and Ca<sup>2+</sup> and <sup>18</sup>F.", "An area of 3 cm2 and Ca2+ and 18F."),
    ],
)  # fmt: skip
def test_superscript_marks_part_sentences(body: str, text: str) -> None:
    refs = "".join(
        f'<ref id="{k}"><label>{n}</label><mixed-citation>X {n}.</mixed-citation></ref>' for n, k in enumerate("abc", 1)
    )
    data = f"<article><front/><body><p>{body}</p></body><back><ref-list>{refs}</ref-list></back></article>"
    document = read_jats(data.encode(), source="a.xml")
    assert document.text == text
    marks = [document.text[c.start : c.end] for c in document.citations]
    assert marks == (re.findall(r"\[[\d,-]+\]", text))


@pytest.mark.parametrize("citation", ["mixed-citation", "nlm-citation", "element-citation"])
def test_citations_whose_source_sets_no_signs_are_put_together(citation: str) -> None:
    name = "<name><surname>{}</surname><given-names>{}</given-names></name>"
    fields = (
        "<article-title>Small parcels</article-title><source>J Imag Biol</source><year>2011</year><volume>4</volume>"
        "<fpage>12</fpage><lpage>19</lpage>"
    )
    ref = f'<ref id="a"><{citation}>{name.format("Ash", "B")}{name.format("Elm", "C")}{fields}</{citation}></ref>'
    (found,) = read_jats(wrap("<p>A word.</p>", back=f"<ref-list>{ref}</ref-list>"), source="a.xml").references
    assert found.text == "Ash B, Elm C. Small parcels. J Imag Biol. 2011;4:12–19."
    assert (found.title, found.journal, found.year, found.authors) == (
        "Small parcels",
        "J Imag Biol",
        2011,
        ("Ash", "Elm"),
    )


def test_entities_of_html_are_characters() -> None:
    data = (
        b'<!DOCTYPE article PUBLIC "x" "y.dtd"><article><front/><body><p>A&nbsp;word &alpha;&nosuch; '
        b"here.</p></body></article>"
    )
    assert read_jats(data, source="a.xml").text == "A word α here."


def test_article_inside_an_envelope_and_with_namespace() -> None:
    data = (
        b'<OAI><record><article xmlns="https://jats.nlm.nih.gov/ns"><front/><body><p>A '
        b"word.</p></body></article></record></OAI>"
    )
    assert read_jats(data, source="a.xml").text == "A word."


def test_abstract_only() -> None:
    data = b"<article><front><article-meta><abstract><p>A word.</p></abstract></article-meta></front></article>"
    assert read_jats(data, source="a.xml").text == "A word."


BOMB = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % ((n, *[n - 1] * 8)) for n in range(98, 110))
    + b"]><article><front/><body><p>&m;</p></body></article>"
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (BOMB, "external_entity"),
        ((
            b'<!DOCTYPE a [<!ENTITY x SYSTEM '
            b'"file:///etc/passwd">]><article><front/><body><p>&x;</p></body></article>'
        ), "external_entity"),
        ((
            b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> '
            b'%x;]><article><body><p>a</p></body></article>'
        ), "external_entity"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><article><body><p>a</p></body></article>'.encode("utf-16"), "external_entity"),
        (b"<article><front/><body><p>A word", "not_well_formed"),
        (b"<article><front/><body><p>A &bad word</p></body></article>", "not_well_formed"),
        (b'<?xml version="1.0" encoding="no-such"?><article><body><p>a</p></body></article>', "not_well_formed"),
        (b"<article><body>" + b"<sec>" * 200 + b"<p>a</p>" + b"</sec>" * 200 + b"</body></article>", "too_deep"),
        (b"<article><body>" + b"<sec>" * 100_000, "too_deep"),
        (b"<book><p>A word.</p></book>", "not_an_article"),
        (b"<article><p>A word.</p></article>", "not_an_article"),
        (b"<article><front/><body><sec><title>Empty</title></sec></body></article>", "no_text"),
    ],
)  # fmt: skip
def test_hostile(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError) as error:
        read_jats(data, source="a.xml")
    assert error.value.reason == reason


def test_huge_spans_are_bounded() -> None:
    cell = '<td colspan="99999" rowspan="99999">x</td>'
    data = wrap(f"<p>A word.</p><table-wrap><table><tr>{cell}</tr></table></table-wrap>")
    assert read_jats(data, source="a.xml").tables[0].n_columns <= 1000


def test_mutations_end_in_a_document_or_a_reason() -> None:
    random_ = random.Random(5)
    good = SAMPLE.encode()
    pieces = [
        b"<",
        b">",
        b"&",
        b"</p>",
        b"<p>",
        b"]]>",
        b"\x00",
        b"\xff",
        b"<xref rid='r1'>",
        b'rowspan="7"',
        b"<table>",
        b"<sec>",
    ]
    for _ in range(400):
        data = bytearray(good)
        for _ in range(random_.randint(1, 6)):
            at = random_.randrange(len(data))
            data[at : at + random_.choice([0, 0, 1, 8, 60])] = random_.choice(pieces)
        try:
            read_jats(bytes(data), source="a.xml")
        except DocumentError:
            continue


def test_mutations_of_the_tree() -> None:
    """Well-formed but odd: elements moved, dropped and renamed."""
    from lxml import etree

    random_ = random.Random(7)
    for _ in range(150):
        root = etree.fromstring(SAMPLE.encode())
        for _ in range(4):
            elements = list(root.iter("*"))[1:]
            a, b = random_.choice(elements), random_.choice(elements)
            action = random_.randrange(3)
            if action == 0 and a.getparent() is not None:
                a.getparent().remove(a)
            elif action == 1:
                a.tag = b.tag
            elif b not in list(a.iter()) and a not in b.iterancestors() and a is not b and b not in a.iterancestors():
                b.append(a)
        try:
            document = read_jats(etree.tostring(root), source="a.xml")
        except DocumentError:
            continue
        assert Document.from_dict(document.to_dict()) == document


def test_table_that_is_a_picture_is_told(paper: Document) -> None:
    (problem,) = paper.problems
    assert problem.reason == "table_unread"
    assert problem.message.startswith("Table 2 has no rows.")


def test_tables_of_the_back_matter_are_tables() -> None:
    table = "<table-wrap><label>Table 3</label><table><tr><td>miR-1</td><td>up</td></tr></table></table-wrap>"
    back = f"<sec><title>Tables</title><p>Kept apart.</p>{table}</sec><fn-group><fn><p>A note.</p></fn></fn-group>"
    document = read_jats(wrap("<p>Some text.</p>", back=back), source="a.xml")
    assert [t.label for t in document.tables] == ["Table 3"]
    assert "Kept apart." not in document.text
    assert "miR-1 | up" in document.text


def test_back_matter_at_the_end_of_the_body_is_none_of_it() -> None:
    def section(title: str, text: str) -> str:
        return f"<sec><title>{title}</title><p>{text}</p></sec>"

    body = section("Ethics statement", "It was allowed.") + section("Results", "Cells grew.")
    body += section("Author contributions", "A. A. did it.") + section("Funding", "Nobody paid.")
    document = read_jats(wrap(body), source="a.xml")
    assert blocks(document, "paragraph") == ["It was allowed.", "Cells grew."]
    assert [a.text for a in document.apart if a.kind == "back_matter"] == [
        "Author contributions A. A. did it.",
        "Funding Nobody paid.",
    ]
