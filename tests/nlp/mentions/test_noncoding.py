"""Names of circular and long non-coding RNAs."""

from __future__ import annotations

import pytest
from exomine.nlp.mentions.noncoding import noncoding


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("circNRIP1 and circ-PVT1", ["circNRIP1", "circPVT1"]),
        ("hsa_circ_0001445 fell", ["hsa_circ_0001445"]),
        ("lncRNA-ATB and lincRNA-p21", ["lncRNA-ATB", "lincRNA-p21"]),
        ("lncRNA-AFAP1-AS1 and lncRNA-DLX6-AS1", ["lncRNA-AFAP1-AS1", "lncRNA-DLX6-AS1"]),
        ("a circle of circuits; circulating miR-21; circRNAs and lncRNAs", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert [c.name for c in noncoding(text)] == names
