"""What the README shows can be done."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
PAPER = "A review\n\nExosomal miR-21 confers cisplatin resistance in gastric cancer. It was seen in many patients.\n"


@pytest.mark.slow
def test_python_snippets_run(tmp_path):
    (tmp_path / "raw.txt").write_text(PAPER)
    extract = [sys.executable, "-m", "exomine", "extract", "raw.txt", "--out", "data/processed"]
    subprocess.run(extract, cwd=tmp_path, check=True, capture_output=True)
    snippets = re.findall(r"```python\n(.*?)```", TEXT, re.S)
    assert snippets
    for snippet in snippets:
        subprocess.run([sys.executable, "-c", snippet], cwd=tmp_path, check=True, capture_output=True)


def test_files_and_targets_that_are_named_exist():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M)
    assert set(re.findall(r"`?make ([a-z]+)", TEXT)) <= set(targets)
    for path in re.findall(r"`((?:docs|models|data/raw)[a-z/.-]*)`", TEXT):
        assert (ROOT / path).exists(), path
