"""An installed wheel works away from the checkout: it carries pipelines, model and lexicon."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True)
    (path,) = folder.glob("exomine-*.whl")
    return path


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory):
    """An environment with the wheel alone; the libraries are those of the test environment."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, symlinks=True, with_pip=False)
    purelib = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(purelib), str(wheel)],
        check=True,
    )
    (purelib / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin" / "python"


def run(python, *arguments, cwd):
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return subprocess.run(
        [str(python), *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=True
    ).stdout


def test_the_wheel_carries_its_data_and_licence(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert any(n.startswith("exomine/_data/models/lexicon/") for n in names)
    assert "exomine/_data/pipelines/exosome.cfg" in names
    assert any(n.endswith("/licenses/LICENSE") for n in names)
    assert not any(n.startswith(("tests/", "docs/", "data/")) for n in names)
    assert wheel.stat().st_size < 150e6


def test_it_is_the_installed_one_that_runs(python, tmp_path):
    shown = run(python, "-c", "import exomine; print(exomine.__file__)", cwd=tmp_path)
    assert str(python.parent.parent) in shown


def test_a_sentence_is_annotated_in_another_folder(python, tmp_path):
    shown = run(
        python,
        "-m",
        "exomine",
        "annotate",
        "Exosomal miR-21 confers cisplatin resistance in gastric cancer.",
        cwd=tmp_path,
    )
    data = json.loads(shown)
    assert {"cisplatin", "miR-21", "gastric cancer"} <= {m["text"] for m in data["mentions"]}
    assert "confers_resistance_to" in {r["predicate"] for r in data["relations"]}


def test_a_paper_is_extracted_in_another_folder(python, tmp_path):
    (tmp_path / "a.txt").write_text(
        "A review\n\nExosomal miR-21 confers cisplatin resistance in gastric cancer. We agree.\n"
    )
    (tmp_path / "b.txt").write_text(
        "Another review\n\nExosomal miR-155 promotes metastasis in breast cancer. We agree.\n"
    )
    run(python, "-m", "exomine", "extract", ".", "--out", "out", cwd=tmp_path)
    assert "confers_resistance_to" in (tmp_path / "out" / "triples.csv").read_text()
