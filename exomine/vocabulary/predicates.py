"""The predicates: each declared once, with its signature, arrow form, mapping to Biolink and RO, and example sentences.

Cues (the words that state a predicate) are data of the relation component, keyed by these names. Identifiers are those
of Biolink 4 (4.4.6) and of the Relation Ontology, the latter as Biolink maps its predicates to them exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

from exomine.vocabulary.entities import Role, labels

__all__ = ["AGENTS", "PREDICATES", "PREDICATE_NAMES", "Predicate", "predicate"]

#: Labels that can act: the subjects written "any agent" in the data dictionary.
AGENTS = labels(Role.ACTS)


@dataclass(frozen=True, slots=True)
class Predicate:
    """One predicate: ``subjects`` and ``objects`` are labels, ``curie`` is the identifier that the tables give.

    ``opposite`` is the predicate that holds when the subject is lost or inhibited ("loss of X promotes" is X inhibits).
    ``short`` is what annotators write for it. ``arrow`` is what stands between the arrows of a statement, with ``{o}``
    for the object's name; ``on_cancer`` the same where the object is itself the cancer, which stands last, if it
    differs. ``biolink`` with ``direction`` (Biolink's qualifier: increased, decreased or none) and ``ro`` are what
    others call it; empty where they have no term that means the same. ``response``: it is how cells answer a drug.
    """

    name: str
    meaning: str
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    curie: str
    opposite: str
    positive: tuple[tuple[str, str, str], ...]  # sentence, subject text, object text
    negative: tuple[tuple[str, str, str], ...]
    short: str
    arrow: str
    biolink: str
    on_cancer: str = ""
    direction: str = ""
    ro: str = ""
    response: bool = False


PREDICATES: tuple[Predicate, ...] = (
    Predicate(
        "confers_resistance_to", "makes resistant to a drug", AGENTS, ("DRUG",),
        "biolink:associated_with_resistance_to", "confers_sensitivity_to",
        positive=(("miR-21 confers cisplatin resistance.", "miR-21", "cisplatin"),),
        negative=(("Patients with high miR-21 received cisplatin.", "miR-21", "cisplatin"),),
        short="R", arrow="{o} resistance", biolink="biolink:associated_with_resistance_to", response=True,
    ),
    Predicate(
        "confers_sensitivity_to", "makes sensitive to a drug", AGENTS, ("DRUG",),
        "biolink:associated_with_sensitivity_to", "confers_resistance_to",
        positive=(("miR-34a sensitizes cells to docetaxel.", "miR-34a", "docetaxel"),),
        negative=(("miR-34a and docetaxel were measured.", "miR-34a", "docetaxel"),),
        short="S", arrow="{o} sensitivity", biolink="biolink:associated_with_sensitivity_to", response=True,
    ),
    Predicate(
        "upregulates", "raises amount or activity", AGENTS, labels(Role.AMOUNT),
        "biolink:affects", "downregulates",
        positive=(("Exosomes activated STAT3 in macrophages.", "Exosomes", "STAT3"),),
        negative=(("Exosomes and STAT3 were measured.", "Exosomes", "STAT3"),),
        short="U", arrow="{o} upregulation", biolink="biolink:affects", direction="increased",
    ),
    Predicate(
        "downregulates", "lowers amount or activity; targets", AGENTS, labels(Role.AMOUNT),
        "biolink:affects", "upregulates",
        positive=(("miR-21 targets PTEN.", "miR-21", "PTEN"),),
        negative=(("miR-21 was compared with PTEN.", "miR-21", "PTEN"),),
        short="D", arrow="{o} downregulation", biolink="biolink:affects", direction="decreased",
    ),
    Predicate(
        "promotes", "furthers a process, cancer or cell type", AGENTS, labels(Role.COURSE),
        "RO:0002213", "inhibits",
        positive=(("Exosomes promote angiogenesis.", "Exosomes", "angiogenesis"),),
        negative=(("Exosomes were isolated before angiogenesis was scored.", "Exosomes", "angiogenesis"),),
        short="P", arrow="{o} promotion", on_cancer="promotion", biolink="biolink:affects", direction="increased",
        ro="RO:0002213",
    ),
    Predicate(
        "inhibits", "hinders a process, cancer or cell type", AGENTS, labels(Role.COURSE),
        "RO:0002212", "promotes",
        positive=(("miR-21 suppresses apoptosis.", "miR-21", "apoptosis"),),
        negative=(("miR-21 was measured in apoptosis assays.", "miR-21", "apoptosis"),),
        short="I", arrow="{o} inhibition", on_cancer="inhibition", biolink="biolink:affects", direction="decreased",
        ro="RO:0002212",
    ),
    Predicate(
        "biomarker_for", "diagnostic, prognostic or predictive marker", AGENTS, ("CANCER",),
        "biolink:biomarker_for", "",
        positive=(("miR-1246 is a biomarker for breast cancer.", "miR-1246", "breast cancer"),),
        negative=(("miR-1246 was sequenced in breast cancer.", "miR-1246", "breast cancer"),),
        short="B", arrow="biomarker", biolink="biolink:biomarker_for",
    ),
    Predicate(
        "increased_in", "expressed more in a cancer", AGENTS, ("CANCER",), "biolink:correlated_with", "",
        positive=(("miR-155 is overexpressed in lymphoma.", "miR-155", "lymphoma"),),
        negative=(("miR-155 was sequenced in lymphoma.", "miR-155", "lymphoma"),),
        short="INC", arrow="increased expression", biolink="biolink:correlated_with", direction="increased",
    ),
    Predicate(
        "decreased_in", "expressed less in a cancer", AGENTS, ("CANCER",), "biolink:correlated_with", "",
        positive=(("miR-145 is downregulated in colon cancer.", "miR-145", "colon cancer"),),
        negative=(("miR-145 was sequenced in colon cancer.", "miR-145", "colon cancer"),),
        short="DEC", arrow="decreased expression", biolink="biolink:correlated_with", direction="decreased",
    ),
    Predicate(
        "cargo_of", "carried by a vesicle", labels(Role.CARGO), ("VESICLE",), "biolink:located_in", "",
        positive=(("Exosomes contain HSP70.", "HSP70", "Exosomes"),
            ("Exosomal miR-21 was found.", "miR-21", "Exosomal")),
        negative=(("HSP70 was silenced before exosomes were counted.", "HSP70", "exosomes"),),
        short="C", arrow="{o} cargo", biolink="biolink:located_in", ro="RO:0001025",
    ),
    Predicate(
        "binds", "binds physically", AGENTS, ("PROTEIN", "DRUG"), "biolink:directly_physically_interacts_with", "",
        positive=(("HER2 binds trastuzumab.", "HER2", "trastuzumab"),),
        negative=(("HER2 status was known before trastuzumab was given.", "HER2", "trastuzumab"),),
        short="BI", arrow="{o} binding", biolink="biolink:directly_physically_interacts_with", ro="RO:0002436",
    ),
    Predicate(
        "associated_with", "a stated link with no clearer predicate", AGENTS, AGENTS, "biolink:associated_with", "",
        positive=(("miR-10b is associated with metastasis.", "miR-10b", "metastasis"),),
        negative=(("miR-10b was measured and metastasis was recorded.", "miR-10b", "metastasis"),),
        short="A", arrow="{o} association", on_cancer="association", biolink="biolink:associated_with",
    ),
)  # fmt: skip

PREDICATE_NAMES: tuple[str, ...] = tuple(p.name for p in PREDICATES)


def predicate(name: str) -> Predicate:
    """The predicate ``name``; raises :class:`KeyError` naming the known ones."""
    for p in PREDICATES:
        if p.name == name:
            return p
    raise KeyError(f"no predicate {name!r}; known: {', '.join(PREDICATE_NAMES)}")
