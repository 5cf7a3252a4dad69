"""The shipped relation network: what it needs for a sentence full of names."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCORED = """
from pathlib import Path
from exomine.nlp.relations.learned.network import PairModel
from exomine.resources import model_path
names = [f"miR-{100 + k}" for k in range(40)] + [f"GENE{k}" for k in range(40)]
text = " ".join(names) + " were all measured."
places = [(text.index(n), text.index(n) + len(n), "MIRNA" if n[0] == "m" else "PROTEIN") for n in names]
scores = PairModel(model_path("exomine_relations")).scores(text, places)
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(len(scores), int(status["VmHWM"].split()[0]) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own figure of the highest memory")
def test_memory_does_not_grow_with_pairs_times_words() -> None:
    """6,000 pairs of a sentence each look at all its pieces; none has a copy of them."""
    done = subprocess.run([sys.executable, "-c", SCORED], capture_output=True, text=True, check=True)
    pairs, megabytes = map(int, done.stdout.split())
    assert pairs > 1000
    assert megabytes < 800
