"""Which marks are cited for which statement: sentences with their mentions, and the exact labels of each relation."""

from __future__ import annotations

import pytest
from exomine.document.builder import DocumentBuilder, Run
from exomine.document.citations import find_marks
from exomine.document.model import Document, Reference
from exomine.nlp.relations.citing import Claim, Extent, Mark, SentenceCitations, cut_marks, joined
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from helpers.relation_sentences import read_case, run

AUTHORS = {1: ("Arden", 2011), 2: ("Berg", 2012), 3: ("Corwin", 2013), 4: ("Dahl", 2014), 5: ("Eklund", 2015)}
REFERENCES = tuple(
    Reference(str(n), (
        f"{AUTHORS[n][0]} A, Other B. A title. "
        f"{AUTHORS[n][1]}."
    ), year=AUTHORS[n][1], authors=(AUTHORS[n][0], "Other"))
    if n in AUTHORS
    else Reference(str(n), f"Nobody N. Paper {n}. 1999.", year=1999, authors=(f"Nobody{'x' * n}",))
    for n in range(1, 61)
)  # fmt: skip

#: A sentence, and for "subject > object" or "subject > object > cancer" the labels that its relation must have.
SENTENCES: list[tuple[str, dict[str, str]]] = [
    # subjects
    (
        "{miR-21|MIRNA} [1], {miR-155|MIRNA} [2] and {miR-222|MIRNA} [3] confer resistance to {gefitinib|DRUG}.",
        {"miR-21 > gefitinib": "1", "miR-155 > gefitinib": "2", "miR-222 > gefitinib": "3"},
    ),
    (
        "{miR-21|MIRNA}, {miR-155|MIRNA} and {miR-222|MIRNA} [3] confer resistance to {gefitinib|DRUG}.",
        {"miR-21 > gefitinib": "3", "miR-155 > gefitinib": "3", "miR-222 > gefitinib": "3"},
    ),
    (
        "{TWIST1|PROTEIN} [4], {SNAI2|PROTEIN} and {ZEB2|PROTEIN} [6] promote {invasion|PROCESS}.",
        {"TWIST1 > invasion": "4", "SNAI2 > invasion": "6", "ZEB2 > invasion": "6"},
    ),
    (
        "{miR-30a|MIRNA} [5] and {miR-30c|MIRNA} suppress {metastasis|PROCESS}.",
        {"miR-30a > metastasis": "5", "miR-30c > metastasis": ""},
    ),
    (
        "{miR-30a|MIRNA} [5], {miR-30c|MIRNA} [6] and {miR-30e|MIRNA} [7] suppress {metastasis|PROCESS} [8].",
        {"miR-30a > metastasis": "5;8", "miR-30c > metastasis": "6;8", "miR-30e > metastasis": "7;8"},
    ),
    (
        "Both {HOXA9|PROTEIN} [11, 12] and {MEIS1|PROTEIN} [13-15] enhance {proliferation|PROCESS}.",
        {"HOXA9 > proliferation": "11;12", "MEIS1 > proliferation": "13;14;15"},
    ),
    # objects
    (
        "{miR-34a|MIRNA} inhibits {migration|PROCESS} [4], {invasion|PROCESS} [5] and {angiogenesis|PROCESS} [6].",
        {"miR-34a > migration": "4", "miR-34a > invasion": "5", "miR-34a > angiogenesis": "6"},
    ),
    (
        (
            "{ABCG2|PROTEIN} confers resistance to {topotecan|DRUG} [21], {mitoxantrone|DRUG} [22] and "
            "{imatinib|DRUG} [23]."
        ),
        {"ABCG2 > topotecan": "21", "ABCG2 > mitoxantrone": "22", "ABCG2 > imatinib": "23"},
    ),
    (
        "{miR-145|MIRNA} suppresses {MYC|PROTEIN}, {KLF4|PROTEIN} and {SOX2|PROTEIN} [31, 33].",
        {"miR-145 > MYC": "31;33", "miR-145 > KLF4": "31;33", "miR-145 > SOX2": "31;33"},
    ),
    (
        "{miR-145|MIRNA} suppresses {MYC|PROTEIN} [31], {KLF4|PROTEIN} and {SOX2|PROTEIN} [33].",
        {"miR-145 > MYC": "31", "miR-145 > KLF4": "33", "miR-145 > SOX2": "33"},
    ),
    # cancers
    (
        "{miR-221|MIRNA} promotes {invasion|PROCESS} in {glioma|CANCER} [14], {melanoma|CANCER} [15], "
        "{breast cancer|CANCER} [16] and "
        "{bladder cancer|CANCER} [19].",
        {
            "miR-221 > invasion > glioma": "14", "miR-221 > invasion > melanoma": "15",
            "miR-221 > invasion > breast cancer": "16", "miR-221 > invasion > bladder cancer": "19",
        },
    ),
    (
        (
            "{miR-221|MIRNA} promotes {invasion|PROCESS} in {glioma|CANCER}, {melanoma|CANCER} and {bladder "
            "cancer|CANCER} [19]."
        ),
        {
            "miR-221 > invasion > glioma": "19", "miR-221 > invasion > melanoma": "19",
            "miR-221 > invasion > bladder cancer": "19",
        },
    ),
    (
        (
            "{miR-25|MIRNA} is overexpressed in {glioma|CANCER} [7], {lymphoma|CANCER} [8] and {thyroid "
            "cancer|CANCER} [9]."
        ),
        {"miR-25 > glioma": "7", "miR-25 > lymphoma": "8", "miR-25 > thyroid cancer": "9"},
    ),
    (
        "{miR-96|MIRNA} promotes {proliferation|PROCESS} in {lung cancer|CANCER} [3] and in {colon cancer|CANCER} [4].",
        {"miR-96 > proliferation > lung cancer": "3", "miR-96 > proliferation > colon cancer": "4"},
    ),
    (
        "In {lung cancer|CANCER} [3] and {colon cancer|CANCER} [4], {miR-96|MIRNA} promotes {proliferation|PROCESS}.",
        {"miR-96 > proliferation > lung cancer": "3", "miR-96 > proliferation > colon cancer": "4"},
    ),
    # subjects and objects at once
    (
        "{miR-21|MIRNA} [1] and {miR-155|MIRNA} [2] promote {invasion|PROCESS} [3] and {migration|PROCESS} [4].",
        {
            "miR-21 > invasion": "1;3", "miR-21 > migration": "1;4",
            "miR-155 > invasion": "2;3", "miR-155 > migration": "2;4",
        },
    ),
    (
        (
            "{miR-21|MIRNA} [1] and {miR-155|MIRNA} [2] promote {invasion|PROCESS} in {glioma|CANCER} and "
            "{melanoma|CANCER} [5]."
        ),
        {
            "miR-21 > invasion > glioma": "1;5", "miR-21 > invasion > melanoma": "1;5",
            "miR-155 > invasion > glioma": "2;5", "miR-155 > invasion > melanoma": "2;5",
        },
    ),
    # nested
    (
        (
            "{miR-200b|MIRNA} and {miR-429|MIRNA} [1], {miR-101|MIRNA} [2] and {miR-7|MIRNA} [3] inhibit "
            "{invasion|PROCESS}."
        ),
        {"miR-200b > invasion": "1", "miR-429 > invasion": "1", "miR-101 > invasion": "2", "miR-7 > invasion": "3"},
    ),
    (
        "{miR-221|MIRNA}/{miR-222|MIRNA} [1] and {miR-17|MIRNA} [2] promote {proliferation|PROCESS}.",
        {"miR-221 > proliferation": "1", "miR-222 > proliferation": "1", "miR-17 > proliferation": "2"},
    ),
    (
        (
            "{miR-24|MIRNA} promotes {invasion|PROCESS} in {glioma|CANCER}, {melanoma|CANCER} [4]; "
            "{lymphoma|CANCER}, {breast cancer|CANCER} [6]."
        ),
        {
            "miR-24 > invasion > glioma": "4", "miR-24 > invasion > melanoma": "4",
            "miR-24 > invasion > lymphoma": "6", "miR-24 > invasion > breast cancer": "6",
        },
    ),
    # a run of members before one mark, as reviews write; and one behind the last mark has none
    (
        "{Exosomes|VESICLE} contain {ANXA2|PROTEIN}, {FLOT1|PROTEIN}, {PDCD6IP|PROTEIN} [8] and {HSPA8|PROTEIN} [9].",
        {"ANXA2 > Exosomes": "8", "FLOT1 > Exosomes": "8", "PDCD6IP > Exosomes": "8", "HSPA8 > Exosomes": "9"},
    ),
    (
        "{miR-210|MIRNA} promotes {angiogenesis|PROCESS} [2], {invasion|PROCESS} [3] and {migration|PROCESS}.",
        {"miR-210 > angiogenesis": "2", "miR-210 > invasion": "3", "miR-210 > migration": ""},
    ),
    # an abbreviation is no second member
    (
        (
            "{ERCC1|PROTEIN} confers resistance to {carboplatin|DRUG} ({CBP|DRUG}) [8] and {oxaliplatin|DRUG} "
            "({OXA|DRUG}) [9]."
        ),
        {"ERCC1 > carboplatin": "8", "ERCC1 > oxaliplatin": "9"},
    ),
    # raised marks, which readers write in brackets glued to the word or the comma
    (
        "{miR-21|MIRNA},[1] {miR-155|MIRNA},[2] and {miR-222|MIRNA}[3] promote {proliferation|PROCESS}.[9]",
        {"miR-21 > proliferation": "1;9", "miR-155 > proliferation": "2;9", "miR-222 > proliferation": "3;9"},
    ),
    (
        "{miR-9|MIRNA} promotes {invasion|PROCESS}[4] and {migration|PROCESS}.[5-7]",
        {"miR-9 > invasion": "4", "miR-9 > migration": "5;6;7"},
    ),
    # authors and years
    (
        "{miR-21|MIRNA} (Arden et al., 2011), {miR-155|MIRNA} (Berg and Other, 2012) and {miR-222|MIRNA} "
        "(Corwin et al., 2013) "
        "promote {invasion|PROCESS}.",
        {"miR-21 > invasion": "1", "miR-155 > invasion": "2", "miR-222 > invasion": "3"},
    ),
    (
        "{miR-21|MIRNA} promotes {invasion|PROCESS} in {glioma|CANCER} (Arden et al., 2011; Berg et al., "
        "2012) and {melanoma|CANCER} "
        "(Dahl et al., 2014).",
        {"miR-21 > invasion > glioma": "1;2", "miR-21 > invasion > melanoma": "4"},
    ),
    ("Eklund et al. (2015) found that {miR-21|MIRNA} promotes {invasion|PROCESS}.", {"miR-21 > invasion": "5"}),
    (
        "Arden et al. (2011) and Berg et al. (2012) showed that {miR-21|MIRNA} promotes {invasion|PROCESS}.",
        {"miR-21 > invasion": "1;2"},
    ),
    (
        (
            "{miR-21|MIRNA} promotes {invasion|PROCESS}, whereas Berg et al. [12] found that {miR-34a|MIRNA} "
            "inhibits {migration|PROCESS}."
        ),
        {"miR-21 > invasion": "", "miR-34a > migration": "12"},
    ),
    ("{miR-21|MIRNA} promotes {invasion|PROCESS}, as was shown by Dahl et al. [4].", {"miR-21 > invasion": "4"}),
    # the whole clause, the whole sentence
    (
        "{miR-21|MIRNA} and {miR-155|MIRNA} promote {invasion|PROCESS} and {migration|PROCESS} [2].",
        {
            "miR-21 > invasion": "2", "miR-21 > migration": "2",
            "miR-155 > invasion": "2", "miR-155 > migration": "2",
        },
    ),
    (
        "{miR-21|MIRNA} promotes {invasion|PROCESS} [3] and {miR-34a|MIRNA} inhibits {migration|PROCESS} [4].",
        {"miR-21 > invasion": "3", "miR-34a > migration": "4"},
    ),
    (
        (
            "{miR-21|MIRNA} promotes {invasion|PROCESS} [1] and {migration|PROCESS} [2], whereas "
            "{miR-34a|MIRNA} inhibits {angiogenesis|PROCESS} [3]."
        ),
        {"miR-21 > invasion": "1", "miR-21 > migration": "2", "miR-34a > angiogenesis": "3"},
    ),
    (
        (
            "{miR-21|MIRNA} promotes {invasion|PROCESS}, whereas {miR-34a|MIRNA} [2] and {miR-34c|MIRNA} [3] "
            "inhibit {angiogenesis|PROCESS}."
        ),
        {"miR-21 > invasion": "", "miR-34a > angiogenesis": "2", "miR-34c > angiogenesis": "3"},
    ),
    (
        "{miR-21|MIRNA} promotes {invasion|PROCESS} by targeting {PTEN|PROTEIN} [3] and {PDCD4|PROTEIN} [4].",
        {"miR-21 > invasion": "3;4", "miR-21 > PTEN": "3", "miR-21 > PDCD4": "4"},
    ),
    (
        "{miR-31|MIRNA} was upregulated in {lung cancer|CANCER} [1], {colon cancer|CANCER} [2] and "
        "{glioma|CANCER} [3], and downregulated in "
        "{melanoma|CANCER} [4].",
        {"miR-31 > lung cancer": "1", "miR-31 > colon cancer": "2", "miR-31 > glioma": "3", "miR-31 > melanoma": "4"},
    ),
    (
        "{miR-31|MIRNA} suppresses {invasion|PROCESS} in {breast cancer|CANCER} cells [1], in {lung "
        "cancer|CANCER} patients [2] and in "
        "{bladder cancer|CANCER} xenografts [3].",
        {
            "miR-31 > invasion > breast cancer": "1", "miR-31 > invasion > lung cancer": "2",
            "miR-31 > invasion > bladder cancer": "3",
        },
    ),
    # respectively
    (
        "{miR-21|MIRNA} [1] and {miR-155|MIRNA} [2] promote {invasion|PROCESS} and {migration|PROCESS}, respectively.",
        {"miR-21 > invasion": "1", "miR-155 > migration": "2"},
    ),
    (
        "{miR-21|MIRNA} and {miR-155|MIRNA} promote {invasion|PROCESS} [1] and {migration|PROCESS} [2], respectively.",
        {"miR-21 > invasion": "1", "miR-155 > migration": "2"},
    ),
    (
        "{miR-21|MIRNA} and {miR-155|MIRNA} promote {invasion|PROCESS} and {migration|PROCESS}, respectively [7, 8].",
        {"miR-21 > invasion": "7;8", "miR-155 > migration": "7;8"},
    ),
    # asides that say something else of somebody else
    (
        "{miR-21|MIRNA} confers resistance to {cisplatin|DRUG} [36] (but not to {docetaxel|DRUG} [37]).",
        {"miR-21 > cisplatin": "36"},
    ),
    (
        "{miR-21|MIRNA} confers resistance to {cisplatin|DRUG} (but not {docetaxel|DRUG} [37]).",
        {"miR-21 > cisplatin": ""},
    ),
    (
        "{miR-21|MIRNA} (unlike {miR-31|MIRNA} [12]) promotes {invasion|PROCESS} [13].",
        {"miR-21 > invasion": "13"},
    ),
    (
        "{miR-21|MIRNA} promotes {invasion|PROCESS} (although {miR-31|MIRNA} suppresses {migration|PROCESS} [12]).",
        {"miR-21 > invasion": "", "miR-31 > migration": "12"},
    ),
    (
        "{miR-21|MIRNA} promotes {invasion|PROCESS} (as was seen in mice [12]).",
        {"miR-21 > invasion": "12"},
    ),
]  # fmt: skip


def paper(text: str) -> Document:
    builder = DocumentBuilder()
    builder.add("paragraph", [Run(text)])
    built = builder.finish()
    marks = tuple(find_marks(built.text, REFERENCES))
    return Document("0" * 16, "a.txt", "text", built.text, built.blocks, references=REFERENCES, citations=marks)


def cited(nlp: Language, sentence: str) -> dict[str, str]:
    case = read_case(sentence)
    document = paper(case.text)
    doc = nlp.make_doc(document.text)
    doc._.document = document
    for _name, component in nlp.pipeline:
        doc = component(doc)
    out: dict[str, str] = {}
    for r in run(doc, case.mentions)._.relations:
        labels = ";".join(r.citations)
        out[f"{r.subject.text} > {r.object.text}"] = labels
        out[f"{r.subject.text} > {r.object.text} > {r.cancer_name}"] = labels
    return out


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[s[:60] for s, _ in SENTENCES])
def test_each_relation_has_its_own_citations(syntax: Language, sentence: str, expected: dict[str, str]) -> None:
    found = cited(syntax, sentence)
    assert {k: found.get(k) for k in expected} == expected


# --- the pure functions


def extents(text: str, *names: str) -> list[Extent]:
    return [Extent(text.index(n), text.index(n) + len(n)) for n in names]


def sentence(text: str, *lists: tuple[str, ...], verbs: tuple[str, ...] = ()) -> SentenceCitations:
    marks = [Mark(m.start, m.end, m.labels) for m in find_marks(text)]
    return SentenceCitations(
        text, marks, enumerations=[extents(text, *x) for x in lists], verbs=[text.index(v) for v in verbs]
    )


def test_a_sentence_without_marks_cites_nothing() -> None:
    s = sentence("A helps B and C.", ("B", "C"))
    assert s.of(Claim((Extent(0, 1), Extent(8, 9)), 0, 9)) == ()


def test_marks_with_commas_between_are_one() -> None:
    text = "A helps B [3], [4] [5]; C [6]"
    marks = [Mark(m.start, m.end, m.labels) for m in find_marks(text)]
    assert [m.labels for m in joined(text, marks)] == [("3", "4", "5"), ("6",)]
    assert cut_marks(text, 0, len(text), marks) == "A helps B ,  ; C "


def test_the_mark_of_a_member_that_nobody_knows_is_nobodys() -> None:
    text = "Alix [1], flotillins [2], Rab5 [3] help Q."
    s = sentence(text, ("Alix", "Rab5"), verbs=("help",))
    q = extents(text, "Q")[0]
    alix, rab = extents(text, "Alix", "Rab5")
    assert s.of(Claim((alix, q), alix.start, q.end)) == ("1",)
    assert s.of(Claim((rab, q), rab.start, q.end)) == ("3",)


@given(
    st.lists(st.integers(1, 99), min_size=2, max_size=7, unique=True), st.sampled_from([", ", " and ", "; ", " or "])
)
def test_a_list_in_which_each_has_a_mark_shares_none(numbers: list[int], joint: str) -> None:
    names = [f"N{'x' * k}y" for k in range(len(numbers))]
    text = joint.join(f"{n} [{k}]" for n, k in zip(names, numbers, strict=True)) + " help Q."
    s = sentence(text, tuple(names), verbs=("help",))
    q = extents(text, "Q.")[0]
    for place, number in zip(extents(text, *names), numbers, strict=True):
        assert s.of(Claim((place, q), place.start, q.end)) == (str(number),)
