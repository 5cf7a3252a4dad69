"""The frames, one record each: what scores, docs and tests know of them derives from here.

A frame is one way of saying a relation; its name is the relation's ``method``. Mentions in the examples are written
``{text|LABEL}``. The reliabilities are the shares of statements that match a reader's gold in four reviews
(docs/relations.md), which are lower bounds, raised where the gold is known to be incomplete and rounded to 0.05; they
are used as probabilities.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FRAMES", "GO_WITH", "PLAIN", "RELIABILITY", "Frame", "frame_table"]


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of saying a relation.

    ``families`` are those of the triggers it reads, none where word order alone makes it; ``example`` gives the row
    ``states`` (subject, predicate, object) with this frame's name as method, and ``counter`` no row with this method.
    ``cause`` is False where the thing goes with what it stands for and is not said to cause it: such a row is never in
    the high tier. ``plain``: its words tell the sign, which the network does not turn round.
    """

    name: str
    families: tuple[str, ...]
    says: str
    reliability: float
    example: str = ""
    states: tuple[str, str, str] = ("", "", "")
    counter: str = ""
    cause: bool = True
    plain: bool = False


FRAMES: tuple[Frame, ...] = (
    Frame(
        "regulate", ("regulate",), "more or less of a thing, by a verb or noun of regulation", 0.7,
        "{miR-27a|MIRNA} suppressed {FOXO1|PROTEIN} in tumor cells.", ("miR-27a", "downregulates", "FOXO1"),
        "Increased {FOXO1|PROTEIN} and {miR-27a|MIRNA} were found in serum.",
        plain=True,
    ),
    Frame(
        "regulate-vague", ("regulate",), "the direction guessed (for a microRNA and a gene: lowers)", 0.5,
        "{miR-27a|MIRNA} regulates {FOXO1|PROTEIN}.", ("miR-27a", "downregulates", "FOXO1"),
        "{miR-27a|MIRNA} promotes the expression of {FOXO1|PROTEIN}.",
    ),
    Frame(
        "target", ("target", "targeted", "bind"), "a microRNA lowers its target", 0.85,
        "{FOXO1|PROTEIN} is a direct target of {miR-27a|MIRNA}.", ("miR-27a", "downregulates", "FOXO1"),
        "Targets of {FOXO1|PROTEIN} were listed beside those of {miR-27a|MIRNA}.",
    ),
    Frame(
        "oncogene", ("oncogene",), "a tumor suppressor hinders, an oncogene furthers a cancer", 0.65,
        "{TP53|PROTEIN} acts as a tumor suppressor in {glioma|CANCER}.", ("TP53", "inhibits", "glioma"),
        "{TP53|PROTEIN} is expressed in {glioma|CANCER}, as oncogenes are.",
    ),
    Frame(
        "involve", ("involve",), "being involved, essential, required furthers", 0.6,
        "{SNHG7|PROTEIN} is involved in {angiogenesis|PROCESS}.", ("SNHG7", "promotes", "angiogenesis"),
        "{SNHG7|PROTEIN} is involved in {glioma|CANCER}.",
    ),
    Frame(
        "depend", ("depend",), "what a process, an amount or resistance depends on furthers it", 0.6,
        "{Angiogenesis|PROCESS} depends on {SNHG7|PROTEIN}.", ("SNHG7", "promotes", "Angiogenesis"),
        "The dose of {SNHG7|PROTEIN} siRNA depends on the plate, and {angiogenesis|PROCESS} was seen.",
    ),
    Frame(
        "role", ("role", "ability"), "a role in, an effect on", 0.55,
        "{SNHG7|PROTEIN} plays a role in {angiogenesis|PROCESS}.", ("SNHG7", "promotes", "angiogenesis"),
        "{SNHG7|PROTEIN} plays a role in {macrophages|CELL_TYPE}.",
    ),
    Frame(
        "protect", ("protect",), "protection from a drug or process", 0.65,
        (
            "{Exosomes|VESICLE} protect tumor cells "
            "from {doxorubicin|DRUG}."
        ), ("Exosomes", "confers_resistance_to", "doxorubicin"),
        "Gloves protect nurses from {doxorubicin|DRUG} in {exosomes|VESICLE}.",
        plain=True,
    ),
    Frame(
        "sensitize", ("sensitize", "make"), "making cells sensitive or resistant", 0.75,
        "{miR-34a|MIRNA} sensitizes cells to {gefitinib|DRUG}.", ("miR-34a", "confers_sensitivity_to", "gefitinib"),
        "Cells that were sensitive to {gefitinib|DRUG} expressed {miR-34a|MIRNA}.",
        plain=True,
    ),
    Frame(
        "undone", (), "who takes back what another one does", 0.65,
        (
            "{miR-9|MIRNA} promoted {angiogenesis|PROCESS}, an effect "
            "reversed by {SNHG7|PROTEIN}."
        ), ("SNHG7", "inhibits", "angiogenesis"),
        "{miR-9|MIRNA} promoted {angiogenesis|PROCESS}, an effect that {SNHG7|PROTEIN} did not change.",
        plain=True,
    ),
    Frame(
        "resist", ("resist", "efflux"), "resisting a drug, pumping it out", 0.6,
        "{ABCG2|PROTEIN} pumps {mitoxantrone|DRUG} out.", ("ABCG2", "confers_resistance_to", "mitoxantrone"),
        "The gel resists {mitoxantrone|DRUG} without {ABCG2|PROTEIN}.",
    ),
    Frame(
        "against", (), "resistance against a drug that stands apart from the word of resistance", 0.5,
        (
            "{Exosomes|VESICLE} increased the resistance of the tumor cells and of their clones against all "
            "doses of {vincristine|DRUG}."
        ),
        ("Exosomes", "confers_resistance_to", "vincristine"),
        "{Exosomes|VESICLE} increased the growth of tumor cells that were tested against {vincristine|DRUG}.",
    ),
    Frame(
        "through-pathway", ("regulate", "target", "involve", "protect"), "the pathway that an act goes through", 0.55,
        (
            "{miR-9|MIRNA} promotes {invasion|PROCESS} via "
            "{Notch signaling|PATHWAY}."
        ), ("miR-9", "upregulates", "Notch signaling"),
        "{miR-9|MIRNA} promotes {invasion|PROCESS}, and {Notch signaling|PATHWAY} was measured.",
    ),
    Frame(
        "cells-with", ("resistant", "sensitive", "resistance", "sensitivity"),
        "cells with less or more of a thing, as the other cells are compared", 0.65,
        (
            "Cells lacking {BRCA2|PROTEIN} were more "
            "sensitive to {olaparib|DRUG}."
        ), ("BRCA2", "confers_resistance_to", "olaparib"),
        "Cells lacking {BRCA2|PROTEIN} were treated with {olaparib|DRUG}.",
    ),
    Frame(
        "absence", ("resistant", "sensitive", "resistance", "sensitivity"),
        "what comes about or does not where a thing is missing or there is less or more of it", 0.6,
        (
            "Without {miR-9|MIRNA}, cells did not become "
            "resistant to {cisplatin|DRUG}."
        ), ("miR-9", "confers_resistance_to", "cisplatin"),
        "Even without {miR-9|MIRNA}, cells remained resistant to {cisplatin|DRUG}.",
    ),
    # what resistant cells release or have more of goes with the resistance; that it causes it is not said
    Frame(
        "resistant-release", ("resistant",), "vesicles that resistant cells release", 0.45,
        (
            "{Cisplatin|DRUG}-resistant cells "
            "release {exosomes|VESICLE}."
        ), ("exosomes", "confers_resistance_to", "Cisplatin"),
        "{Cisplatin|DRUG}-resistant cells take up {exosomes|VESICLE}.",
        cause=False,
    ),
    Frame(
        "resistant-expression", ("resistant", "expression"), "what resistant cells have more of", 0.45,
        (
            "{miR-9|MIRNA} is highly expressed in "
            "{cisplatin|DRUG}-resistant cells."
        ), ("miR-9", "confers_resistance_to", "cisplatin"),
        "{miR-9|MIRNA} is highly expressed in cells treated with {cisplatin|DRUG}.",
        cause=False,
    ),
    Frame(
        "participle", (), "participles glued to a name", 0.65,
        "{Exosome|VESICLE}-mediated {angiogenesis|PROCESS} was observed.", ("Exosome", "promotes", "angiogenesis"),
        "{Exosome|VESICLE}-mediated tumors without {angiogenesis|PROCESS} were observed.",
    ),
    Frame(
        "adjective", (), "cargo right beside its vesicle", 0.8,
        "{Exosomal|VESICLE} {miR-9|MIRNA} was measured.", ("miR-9", "cargo_of", "Exosomal"),
        "{Exosomes|VESICLE}, {miR-9|MIRNA} and albumin were measured.",
    ),
    Frame(
        "carry", ("cargo",), "vesicles that carry, contain, deliver", 0.85,
        "{Exosomes|VESICLE} carry {miR-9|MIRNA} to the liver.", ("miR-9", "cargo_of", "Exosomes"),
        "Cells carry {miR-9|MIRNA} and take up {exosomes|VESICLE}.",
    ),
    Frame(
        "carry-weak", ("cargo",), "vesicles that express", 0.6,
        "{Exosomes|VESICLE} express {CD63|PROTEIN}.", ("CD63", "cargo_of", "Exosomes"),
        "Cells express {CD63|PROTEIN} and release {exosomes|VESICLE}.",
    ),
    Frame(
        "located", ("located", "cargo_noun", "expression"), "cargo found in, packaged into a vesicle", 0.85,
        "{miR-9|MIRNA} is packaged into {exosomes|VESICLE}.", ("miR-9", "cargo_of", "exosomes"),
        "{miR-9|MIRNA} is suppressed by {exosomes|VESICLE}.",
    ),
    Frame(
        "in-vesicle", (), "cargo in a vesicle, with nothing but words about the vesicle between", 0.7,
        "The levels of {miR-9|MIRNA} in serum {exosomes|VESICLE} fell.", ("miR-9", "cargo_of", "exosomes"),
        "The levels of {miR-9|MIRNA} and {exosomes|VESICLE} fell.",
    ),
    Frame(
        "expression", ("expression",), "more or less in a cancer", 0.75,
        "{miR-9|MIRNA} is overexpressed in {glioma|CANCER}.", ("miR-9", "increased_in", "glioma"),
        "{miR-9|MIRNA} was increased by {EGF|PROTEIN} in {glioma|CANCER}.",
    ),
    Frame(
        "marker", ("marker", "marker_verb"), "a biomarker of a cancer that is named with it", 0.8,
        "{miR-9|MIRNA} is a biomarker for {glioma|CANCER}.", ("miR-9", "biomarker_for", "glioma"),
        "{miR-9|MIRNA} distinguished {glioma|CANCER} cells by their size.",
    ),
    Frame(
        "marker_purpose", ("marker_purpose",), "of use for a diagnosis or prognosis", 0.5,
        "{miR-9|MIRNA} has diagnostic value in {glioma|CANCER}.", ("miR-9", "biomarker_for", "glioma"),
        "{miR-9|MIRNA} was measured in a diagnostic laboratory for {glioma|CANCER}.",
    ),
    Frame(
        "marker-context", ("marker",), "a biomarker of the cancer named before", 0.4,
        (
            "{miR-9|MIRNA} was found in {glioma|CANCER} "
            "patients and may be a biomarker."
        ), ("miR-9", "biomarker_for", "glioma"),
        "{miR-9|MIRNA} is a biomarker for {glioma|CANCER}.",
    ),
    Frame(
        "bind", ("bind",), "binding", 0.5,
        "{EGFR|PROTEIN} binds {GRB2|PROTEIN}.", ("EGFR", "binds", "GRB2"),
        "The binding site of {EGFR|PROTEIN} differs from that of {GRB2|PROTEIN}.",
    ),
    Frame(
        "associate", ("associate",), "a plain link with a process or cancer, where nothing clearer is said", 0.45,
        "{miR-9|MIRNA} is associated with {metastasis|PROCESS}.", ("miR-9", "associated_with", "metastasis"),
        "The association of {miR-9|MIRNA} with {metastasis|PROCESS} was sought.",
    ),
    Frame(
        "associate-resistance", ("associate",), "a plain link with resistance to a drug", 0.75,
        (
            "{miR-9|MIRNA} is associated with "
            "resistance to {cisplatin|DRUG}."
        ), ("miR-9", "confers_resistance_to", "cisplatin"),
        "{miR-9|MIRNA} is associated with {cisplatin|DRUG}.",
    ),
    Frame("table", (), "a row of a table whose headers, caption or cells tell the relation", 0.9),
    Frame("table-loose", (), "a row of a table: what a cell only names, without a word of direction, or in prose", 0.5),
)  # fmt: skip
#: How often each frame is right.
RELIABILITY: dict[str, float] = {f.name: f.reliability for f in FRAMES}


#: Frames whose rows are no causes.
GO_WITH: frozenset[str] = frozenset(f.name for f in FRAMES if not f.cause)


#: Frames whose words tell the sign.
PLAIN: frozenset[str] = frozenset(f.name for f in FRAMES if f.plain)


def frame_table() -> str:
    """The frames as a table in Markdown."""
    head = "| frame | triggers | says | score | example | is |\n|---|---|---|---|---|---|\n"
    return head + "".join(f"| {' | '.join(_cells(f))} |\n" for f in FRAMES)


def _cells(f: Frame) -> tuple[str, ...]:
    names = (part.split("|")[0] for part in f.example.replace("}", "{").split("{"))
    families = ", ".join(f"`{x}`" for x in f.families)
    return f.name, families, f.says, f"{f.reliability:g}", "".join(names), " ".join(f.states).strip()
